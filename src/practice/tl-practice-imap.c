/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-practice-login.h"
#include "tl-practice-server.h"

#define CAPABILITIES "IMAP4rev1 SASL-IR AUTH=PLAIN IDLE SPECIAL-USE"
#define MAX_COMMANDS 200
#define MAX_ATTEMPTS 5

typedef struct
{
  TlPracticeLink     *link;         /* borrowed */
  TlPracticeScenario  scenario;
  gboolean            is_signed_in;
  gboolean            is_selected;
  gboolean            is_leaving;
  guint               n_attempts;
} Session;

typedef struct
{
  const char *name;
  const char *role; /* RFC 6154 §2, or NULL */
} Folder;

static const Folder folders[] = {
  { "INBOX",   NULL },
  { "Archive", "\\Archive" },
  { "Drafts",  "\\Drafts" },
  { "Junk",    "\\Junk" },
  { "Sent",    "\\Sent" },
  { "Trash",   "\\Trash" },
};

/* What each log-in is answered with, in words that servers really use. */
static const char * const refusals[] = {
  [TL_PRACTICE_LOGIN_WRONG] = "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
  [TL_PRACTICE_LOGIN_WANTS_APP_PASSWORD] =
    "NO [ALERT] Application-specific password required: "
    "https://support.google.com/accounts/answer/185833 (Failure)",
  [TL_PRACTICE_LOGIN_UNREADABLE] = "BAD Invalid SASL argument",
};

static void
answer_login (Session         *self,
              const char      *tag,
              TlPracticeLogin  login)
{
  if (login == TL_PRACTICE_LOGIN_TAKEN)
    {
      self->is_signed_in = TRUE;
      tl_practice_link_say (self->link, "%s OK [CAPABILITY " CAPABILITIES "] Signed in", tag);
      return;
    }

  tl_practice_link_say (self->link, "%s %s", tag, refusals[login]);
  if (++self->n_attempts == MAX_ATTEMPTS)
    self->is_leaving = TRUE;
}

/* astring without literals (RFC 9051 §9): an atom, or a quoted string with its
 * two escapes. Moves @at behind it and one space. */
static char *
take_astring (const char **at)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *p = *at;

  if (*p == '"')
    {
      for (p++; *p != '"'; p++)
        {
          if (*p == '\\')
            p++;
          if (*p == '\0')
            return NULL;
          g_string_append_c (out, *p);
        }
      p++;
    }
  else
    {
      for (; *p != '\0' && *p != ' '; p++)
        g_string_append_c (out, *p);
      if (out->len == 0)
        return NULL;
    }

  if (*p != '\0' && *p != ' ')
    return NULL;
  *at = *p == ' ' ? p + 1 : p;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
do_capability (Session    *self,
               const char *tag,
               const char *arguments)
{
  tl_practice_link_say (self->link, "* CAPABILITY " CAPABILITIES);
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

static void
do_noop (Session    *self,
         const char *tag,
         const char *arguments)
{
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

static void
do_logout (Session    *self,
           const char *tag,
           const char *arguments)
{
  tl_practice_link_say (self->link, "* BYE Until next time");
  tl_practice_link_say (self->link, "%s OK Done", tag);
  self->is_leaving = TRUE;
}

static void
do_login (Session    *self,
          const char *tag,
          const char *arguments)
{
  char *user = take_astring (&arguments);
  char *password = user != NULL ? take_astring (&arguments) : NULL;

  answer_login (self, tag,
                password != NULL ? tl_practice_login_check (self->scenario, user, password)
                                 : TL_PRACTICE_LOGIN_UNREADABLE);
  tl_practice_line_free (user);
  tl_practice_line_free (password);
}

/* RFC 9051 §6.2.2, with the initial response of SASL-IR. */
static void
do_authenticate (Session    *self,
                 const char *tag,
                 const char *arguments)
{
  const char *initial = strchr (arguments, ' ');
  gsize len = initial != NULL ? (gsize) (initial - arguments) : strlen (arguments);
  char *response;

  if (len != 5 || g_ascii_strncasecmp (arguments, "PLAIN", 5) != 0)
    {
      tl_practice_link_say (self->link, "%s NO [CANNOT] Only PLAIN is offered", tag);
      return;
    }

  if (initial != NULL)
    {
      answer_login (self, tag, tl_practice_login_check_plain (self->scenario, initial + 1));
      return;
    }

  tl_practice_link_say (self->link, "+ ");
  response = tl_practice_link_read_line (self->link);
  if (response == NULL)
    self->is_leaving = TRUE;
  else if (g_str_equal (response, "*"))
    tl_practice_link_say (self->link, "%s BAD Cancelled", tag);
  else
    answer_login (self, tag, tl_practice_login_check_plain (self->scenario, response));
  tl_practice_line_free (response);
}

/* RFC 9051 §6.3.9 as far as a client that looks for roles goes: everything, or
 * with the selection option of RFC 6154 §3 only what has a role. */
static void
do_list (Session    *self,
         const char *tag,
         const char *arguments)
{
  gboolean only_roles = g_ascii_strncasecmp (arguments, "(SPECIAL-USE)", 13) == 0;

  if (g_str_equal (arguments, "\"\" \"\""))
    {
      tl_practice_link_say (self->link, "* LIST (\\Noselect) \"/\" \"\"");
      tl_practice_link_say (self->link, "%s OK Done", tag);
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      if (folders[i].role != NULL)
        tl_practice_link_say (self->link, "* LIST (\\HasNoChildren %s) \"/\" %s", folders[i].role,
                              folders[i].name);
      else if (!only_roles)
        tl_practice_link_say (self->link, "* LIST (\\HasNoChildren) \"/\" %s", folders[i].name);
    }
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

static void
open_folder (Session    *self,
             const char *tag,
             const char *arguments,
             const char *access)
{
  g_autofree char *wanted = take_astring (&arguments);
  gboolean is_known = FALSE;

  for (gsize i = 0; wanted != NULL && i < G_N_ELEMENTS (folders); i++)
    is_known |= i == 0 ? g_ascii_strcasecmp (wanted, folders[i].name) == 0
                       : g_str_equal (wanted, folders[i].name);

  if (!is_known)
    {
      tl_practice_link_say (self->link, "%s NO [NONEXISTENT] There is no such folder", tag);
      return;
    }

  self->is_selected = TRUE;
  tl_practice_link_say (self->link, "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)");
  tl_practice_link_say (self->link, "* 0 EXISTS");
  tl_practice_link_say (self->link, "* 0 RECENT");
  tl_practice_link_say (self->link, "* OK [PERMANENTFLAGS ()] None are kept");
  tl_practice_link_say (self->link, "* OK [UIDVALIDITY 1] UIDs are valid");
  tl_practice_link_say (self->link, "* OK [UIDNEXT 1] The next UID");
  tl_practice_link_say (self->link, "%s OK [%s] Done", tag, access);
}

static void
do_select (Session    *self,
           const char *tag,
           const char *arguments)
{
  open_folder (self, tag, arguments, "READ-WRITE");
}

static void
do_examine (Session    *self,
            const char *tag,
            const char *arguments)
{
  open_folder (self, tag, arguments, "READ-ONLY");
}

static void
do_close (Session    *self,
          const char *tag,
          const char *arguments)
{
  tl_practice_link_say (self->link, self->is_selected ? "%s OK Done" : "%s BAD Nothing is selected",
                        tag);
  self->is_selected = FALSE;
}

/* RFC 2177: nothing ever happens in here, so all there is to do is to wait. */
static void
do_idle (Session    *self,
         const char *tag,
         const char *arguments)
{
  char *line;

  tl_practice_link_say (self->link, "+ idling");
  line = tl_practice_link_read_line (self->link);
  if (line == NULL)
    self->is_leaving = TRUE;
  else if (g_ascii_strcasecmp (line, "DONE") == 0)
    tl_practice_link_say (self->link, "%s OK Done", tag);
  else
    tl_practice_link_say (self->link, "%s BAD Only DONE ends IDLE", tag);
  tl_practice_line_free (line);
}

static const struct
{
  const char *name;
  gboolean    before_login; /* allowed there */
  gboolean    after_login;  /* allowed there */
  void      (*run) (Session    *self,
                    const char *tag,
                    const char *arguments);
} commands[] = {
  { "CAPABILITY",   TRUE,  TRUE,  do_capability },
  { "NOOP",         TRUE,  TRUE,  do_noop },
  { "LOGOUT",       TRUE,  TRUE,  do_logout },
  { "LOGIN",        TRUE,  FALSE, do_login },
  { "AUTHENTICATE", TRUE,  FALSE, do_authenticate },
  { "LIST",         FALSE, TRUE,  do_list },
  { "SELECT",       FALSE, TRUE,  do_select },
  { "EXAMINE",      FALSE, TRUE,  do_examine },
  { "CLOSE",        FALSE, TRUE,  do_close },
  { "UNSELECT",     FALSE, TRUE,  do_close },
  { "IDLE",         FALSE, TRUE,  do_idle },
};

static gboolean
is_tag (const char *text,
        gsize       len)
{
  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isalnum (text[i]))
        return FALSE;
    }

  return len > 0 && len <= 32;
}

/* command = tag SP command-name [SP arguments] CRLF, RFC 9051 §9. A command
 * that ends in a literal is refused before the literal is sent. */
static void
run_command (Session    *self,
             const char *line)
{
  const char *space = strchr (line, ' ');
  g_autofree char *tag = NULL;
  const char *name;
  gsize name_len;

  if (space == NULL || !is_tag (line, (gsize) (space - line)))
    {
      tl_practice_link_say (self->link, "* BAD That is no command");
      return;
    }

  tag = g_strndup (line, (gsize) (space - line));
  name = space + 1;
  name_len = strcspn (name, " ");
  if (g_str_has_suffix (name, "}"))
    {
      tl_practice_link_say (self->link, "%s BAD Literals are not taken here", tag);
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strlen (commands[i].name) != name_len ||
          g_ascii_strncasecmp (commands[i].name, name, name_len) != 0)
        continue;

      if (self->is_signed_in ? commands[i].after_login : commands[i].before_login)
        commands[i].run (self, tag, name[name_len] == ' ' ? name + name_len + 1 : "");
      else
        tl_practice_link_say (self->link, "%s BAD Not now", tag);
      return;
    }

  tl_practice_link_say (self->link, "%s BAD Unknown command", tag);
}

/**
 * tl_practice_imap_serve:
 * @link: a client, in the clear
 * @scenario: what is practised
 *
 * Is a small IMAP server (RFC 9051) with TLS from the start and an empty
 * mailbox.
 */
void
tl_practice_imap_serve (TlPracticeLink     *link,
                        TlPracticeScenario  scenario)
{
  Session session = { .link = link, .scenario = scenario };

  if (!tl_practice_link_secure (link) ||
      !tl_practice_link_say (link, "* OK [CAPABILITY " CAPABILITIES "] Twolane practice mailbox"))
    return;

  for (guint i = 0; i < MAX_COMMANDS && !session.is_leaving; i++)
    {
      char *line = tl_practice_link_read_line (link);

      if (line == NULL)
        return;
      run_command (&session, line);
      tl_practice_line_free (line);
    }
}
