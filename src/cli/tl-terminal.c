/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "tl-domain.h"
#include "tl-duration.h"
#include "tl-error.h"

#define ANSWER_MAX_LEN 1024

/* Struck through, and no longer: SGR 9 and 29, ECMA-48 §8.3.117. */
#define STRIKE "\033[9m"
#define STRIKE_END "\033[29m"

/* Where words for people go. Standard output, unless that is for a program. */
static gboolean aside;

static FILE *
get_stream (void)
{
  return aside ? stderr : stdout;
}

/**
 * tl_terminal_talk_aside:
 *
 * From now on words for people go to standard error: standard output is for
 * one document of JSON.
 */
void
tl_terminal_talk_aside (void)
{
  aside = TRUE;
}

/* Characters that a terminal acts on instead of showing them (ECMA-48 §5.2 and
 * §5.3), or by which it shows others in another order. Joiners and marks that
 * some languages are written with are none of them. */
static gboolean
is_command (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

/* How much at the start of @text is of our own making. */
static gsize
measure_style (const char *text)
{
  static const char * const styles[] = { STRIKE, STRIKE_END };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (g_str_has_prefix (text, styles[i]) && tl_terminal_can_style ())
        return strlen (styles[i]);
    }

  return 0;
}

/* The last net: text from outside has been cleaned when it came in, and what was
 * forgotten there is spelt out here. The spelling means the same in JSON. */
static char *
spell_out (const char *text,
           const char *kept)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      gunichar c = g_utf8_get_char_validated (p, -1);
      gsize style_len = measure_style (p);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02x", (guint) (guchar) *p);
          p++;
          continue;
        }

      if (style_len > 0)
        g_string_append_len (out, p, (gssize) style_len);
      else if (is_command (c) && strchr (kept, *p) == NULL)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
      p = style_len > 0 ? p + style_len : g_utf8_next_char (p);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
put (FILE       *stream,
     const char *text)
{
  g_autofree char *shown = spell_out (text, "");

  fputs (shown, stream);
  fflush (stream);
}

static void
end_line (FILE *stream)
{
  fputc ('\n', stream);
  fflush (stream);
}

/**
 * tl_terminal_print:
 * @format: printf style, without the final newline; newlines that it begins with are empty lines
 * @...: its arguments
 *
 * Prints a line for people, on standard output as a rule: one, whatever the
 * arguments hold.
 */
void
tl_terminal_print (const char *format,
                   ...)
{
  g_autofree char *line = NULL;
  gsize n_empty = strspn (format, "\n");
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  for (gsize i = 0; i < n_empty; i++)
    end_line (get_stream ());
  put (get_stream (), line + n_empty);
  end_line (get_stream ());
}

/**
 * tl_terminal_print_link:
 * @link: a link, to be copied by whoever wants to open it
 * @host: (nullable): the host that it leads to, in A-labels
 *
 * Prints a link with its host: the start of a long link is where it lies.
 */
void
tl_terminal_print_link (const char *link,
                        const char *host)
{
  g_autofree char *display = host == NULL ? NULL : tl_domain_dup_display (host);

  if (display == NULL)
    tl_terminal_print ("     %s", link);
  else
    /* Translators: a link, then the host that it leads to */
    tl_terminal_print (_("     %s (leads to %s)"), link, display);
}

/**
 * tl_terminal_complain:
 * @format: printf style, without the final newline
 * @...: its arguments
 *
 * Prints a line on standard error, after the program's name.
 */
void
tl_terminal_complain (const char *format,
                      ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  put (stderr, g_get_prgname () == NULL ? "twolanectl" : g_get_prgname ());
  put (stderr, ": ");
  put (stderr, line);
  end_line (stderr);
}

void
tl_terminal_print_json (TlJson *json)
{
  g_autofree char *text = tl_json_to_pretty (json);
  g_autofree char *shown = spell_out (text, "\n");

  fputs (shown, stdout);
  end_line (stdout);
}

/* How long the server asks to wait. */
static void
print_retry_after (guint seconds)
{
  guint minutes = (seconds + 59) / 60;

  if (seconds == 0)
    return;
  if (seconds < 120)
    /* Translators: %u is how long a server asks to wait */
    tl_terminal_print (ngettext ("  Try again in %u second at the earliest",
                                 "  Try again in %u seconds at the earliest", seconds),
                       seconds);
  else
    /* Translators: %u is how long a server asks to wait */
    tl_terminal_print (ngettext ("  Try again in %u minute at the earliest",
                                 "  Try again in %u minutes at the earliest", minutes),
                       minutes);
}

/**
 * tl_terminal_print_finding:
 * @finding: what to say
 * @remedies: (nullable) (array zero-terminated=1): what to do, if not all that the catalogue knows
 *
 * Prints what, why, what to do, who can fix it, and the server's own words.
 */
void
tl_terminal_print_finding (TlFinding  *finding,
                           char      **remedies)
{
  const TlCatalogueEntry *entry = tl_finding_get_entry (finding);
  const char *server_text = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                                    TL_EVIDENCE_SERVER_TEXT);
  const char *detail = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                               TL_EVIDENCE_DETAIL);
  g_autofree char *title = tl_finding_dup_title (finding);
  g_autofree char *explanation = tl_finding_dup_explanation (finding);
  g_auto(GStrv) all = NULL;

  if (remedies == NULL)
    remedies = all = tl_finding_dup_remedies (finding);
  if (tl_finding_get_lane (finding) == TL_LANE_NONE)
    tl_terminal_print ("%s: %s  [%s]", tl_severity_get_label (entry->severity), title, entry->id);
  else
    /* Translators: severity, lane, what happened, and the finding's id */
    tl_terminal_print (_("%s, %s: %s  [%s]"), tl_severity_get_label (entry->severity),
                       tl_lane_kind_get_label (tl_finding_get_lane (finding)), title, entry->id);
  tl_terminal_print ("  %s", explanation);
  for (gsize i = 0; remedies[i] != NULL; i++)
    tl_terminal_print ("  %" G_GSIZE_FORMAT ". %s", i + 1, remedies[i]);
  if (entry->severity != TL_SEVERITY_NOTE)
    /* Translators: %s is a person or organisation, such as “you” or “the provider” */
    tl_terminal_print (_("  Who can fix it: %s"), tl_fixer_get_label (entry->fixer));
  print_retry_after (tl_evidence_get_uint (tl_finding_get_evidence (finding),
                                           TL_EVIDENCE_RETRY_AFTER, 0));
  if (server_text != NULL)
    tl_terminal_print (_("  What the server said: “%s”"), server_text);
  else if (detail != NULL)
    /* Translators: %s is a technical clause in English */
    tl_terminal_print (_("  Details: %s"), detail);
}

/**
 * tl_terminal_print_detail:
 * @detail: what was learnt
 *
 * Prints a row that the window shows.
 */
void
tl_terminal_print_detail (TlDetail *detail)
{
  const char *label = tl_detail_get_label (detail);
  const char *value = tl_detail_get_value (detail);
  const char *hint = tl_detail_get_hint (detail);

  if (hint == NULL)
    /* Translators: what it is, then how it is: “Encryption: TLSv1.3” */
    tl_terminal_print (_("  %s: %s"), label, value);
  else if (tl_detail_get_status (detail) == TL_STATUS_ERROR)
    /* Translators: what it is, how it is, and what is wrong with that */
    tl_terminal_print (_("  %s: %s  ✗ %s"), label, value, hint);
  else
    /* Translators: what it is, how it is, a few words more: “Arrived: 1.8 s – In the inbox” */
    tl_terminal_print (_("  %s: %s – %s"), label, value, hint);
}

void
tl_terminal_print_step (TlLaneKind  lane,
                        TlStep     *step)
{
  static const char * const marks[] = {
    [TL_STATUS_NOT_TESTED] = "·",
    [TL_STATUS_RUNNING]    = "…",
    [TL_STATUS_OK]         = "✓",
    [TL_STATUS_NOT_NEEDED] = "–",
    [TL_STATUS_WARNING]    = "!",
    [TL_STATUS_ERROR]      = "✗",
  };
  TlStatus status = tl_step_get_status (step);
  g_autofree char *took = tl_duration_dup_label (tl_step_get_ms (step));

  if (status == TL_STATUS_NOT_TESTED)
    tl_terminal_print ("%s %s  %s – %s", marks[status], tl_lane_kind_get_label (lane),
                       tl_stage_get_label (tl_step_get_stage (step)),
                       tl_status_get_label (status));
  else
    /* Translators: mark, lane, stage, how it ended, how long it took */
    tl_terminal_print (_("%s %s  %s – %s, %s"), marks[status], tl_lane_kind_get_label (lane),
                       tl_stage_get_label (tl_step_get_stage (step)), tl_status_get_label (status),
                       took);
}

/**
 * tl_terminal_can_style:
 *
 * Returns: whether there is a terminal that is told how text looks
 */
gboolean
tl_terminal_can_style (void)
{
  const char *term = g_getenv ("TERM");

  return isatty (fileno (get_stream ())) && term != NULL && *term != '\0' &&
         !g_str_equal (term, "dumb");
}

/**
 * tl_terminal_dup_struck:
 * @text: what is not to be used
 *
 * The words beside it have to say so too: few terminals of old can do this.
 *
 * Returns: (transfer full): @text, struck through where the terminal can
 */
char *
tl_terminal_dup_struck (const char *text)
{
  return tl_terminal_can_style () ? g_strconcat (STRIKE, text, STRIKE_END, NULL)
                                  : g_strdup (text);
}

/**
 * tl_terminal_can_ask:
 *
 * Returns: whether there is a person to ask
 */
gboolean
tl_terminal_can_ask (void)
{
  return isatty (STDIN_FILENO) && isatty (fileno (get_stream ()));
}

/**
 * tl_terminal_ask:
 * @question: what to ask
 * @fallback: (nullable): what an empty answer means
 *
 * Asks one question on the terminal.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL at the end of input
 */
char *
tl_terminal_ask (const char *question,
                 const char *fallback)
{
  g_autofree char *asked = fallback != NULL && *fallback != '\0'
                             ? g_strdup_printf ("%s [%s] ", question, fallback)
                             : g_strdup_printf ("%s ", question);
  char answer[ANSWER_MAX_LEN];

  put (get_stream (), asked);
  if (fgets (answer, sizeof answer, stdin) == NULL)
    {
      end_line (get_stream ());
      return NULL;
    }
  g_strstrip (answer);
  if (*answer == '\0' && fallback != NULL)
    return g_strdup (fallback);

  return g_strdup (answer);
}

/**
 * tl_terminal_ask_yes:
 * @question: what to ask
 * @fallback: what an empty answer means
 *
 * Asks until the answer is a yes or a no; the end of input is a no.
 *
 * Returns: whether it was a yes
 */
gboolean
tl_terminal_ask_yes (const char *question,
                     gboolean    fallback)
{
  /* Translators: how to answer a question, the capital being what Enter means; the letters are
   * those of “y” and “n” */
  g_autofree char *asked = g_strdup_printf ("%s %s", question, fallback ? _("(Y/n)") : _("(y/N)"));

  for (;;)
    {
      g_autofree char *answer = tl_terminal_ask (asked, NULL);

      if (answer == NULL)
        return FALSE;
      if (*answer == '\0')
        return fallback;
      /* Translators: yes, as a letter and as a word */
      if (g_ascii_strcasecmp (answer, _("y")) == 0 || g_ascii_strcasecmp (answer, _("yes")) == 0)
        return TRUE;
      /* Translators: no, as a letter and as a word */
      if (g_ascii_strcasecmp (answer, _("n")) == 0 || g_ascii_strcasecmp (answer, _("no")) == 0)
        return FALSE;
    }
}

static int interrupts[2];

static void
on_interrupt (int number)
{
  int before = errno;

  /* A pipe that is full says as much. */
  if (write (interrupts[1], "", 1) < 0)
    errno = before;
}

/* One line from the terminal into locked memory, a byte at a time: stdio would
 * keep a copy in a buffer that nobody wipes. An interrupt is a byte in a pipe:
 * it counts even if it comes just before the wait, or on another thread. */
static TlSecret *
read_secret_line (int      fd,
                  GError **error)
{
  g_autoptr(TlSecret) secret = tl_secret_new_sized (ANSWER_MAX_LEN);
  char byte = '\0';

  for (;;)
    {
      struct pollfd ends[] = { { .fd = fd, .events = POLLIN },
                               { .fd = interrupts[0], .events = POLLIN } };
      ssize_t n = poll (ends, G_N_ELEMENTS (ends), -1);

      if (n < 0 && errno == EINTR)
        continue;
      if (ends[1].revents != 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted");
          return NULL;
        }

      n = read (fd, &byte, 1);
      if (n < 0 && errno == EINTR)
        continue;
      /* Nobody is there any more to be asked again. */
      if (n <= 0 && tl_secret_get_len (secret) == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "end of input");
          return NULL;
        }
      if (n <= 0 || byte == '\n')
        break;
      if (tl_secret_get_len (secret) == ANSWER_MAX_LEN)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "the password is longer than %d bytes", ANSWER_MAX_LEN);
          return NULL;
        }
      tl_secret_append (secret, &byte, 1);
    }
  byte = '\0';

  if (tl_secret_get_len (secret) == 0)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the password is empty");
      return NULL;
    }

  return g_steal_pointer (&secret);
}

/**
 * tl_terminal_ask_secret:
 * @question: what to ask
 * @error: return location for a #GError
 *
 * Asks for a password on the controlling terminal, which does not show what is typed.
 *
 * Returns: (transfer full): the password, or %NULL with %TL_ERROR_INVALID_INPUT where what was
 *   typed cannot be one, %TL_ERROR_NOT_FOUND where there is no terminal, or %G_IO_ERROR_CANCELLED
 *   after an interrupt or at the end of input
 */
TlSecret *
tl_terminal_ask_secret (const char *question,
                        GError    **error)
{
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  /* The terminal has to be given back as it was, however this ends. */
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  const struct sigaction catching = { .sa_handler = on_interrupt };
  struct sigaction before[G_N_ELEMENTS (signals)];
  struct termios shown;
  struct termios hidden;
  TlSecret *secret;

  if (fd < 0 || tcgetattr (fd, &shown) != 0)
    {
      if (fd >= 0)
        close (fd);
      g_set_error_literal (error, TL_ERROR, TL_ERROR_NOT_FOUND,
                           "there is no terminal to ask for the password");
      return NULL;
    }

  if (!g_unix_open_pipe (interrupts, FD_CLOEXEC, error) ||
      !g_unix_set_fd_nonblocking (interrupts[1], TRUE, error))
    {
      close (fd);
      return NULL;
    }

  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  hidden.c_lflag |= ECHONL | ICANON;
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &catching, &before[i]);
  tcsetattr (fd, TCSAFLUSH, &hidden);
  put (get_stream (), question);
  put (get_stream (), " ");
  secret = read_secret_line (fd, error);
  tcsetattr (fd, TCSAFLUSH, &shown);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &before[i], NULL);
  close (interrupts[0]);
  close (interrupts[1]);
  close (fd);

  return secret;
}
