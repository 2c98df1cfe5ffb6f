/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-practice-folder.h"
#include "tl-practice-listing.h"
#include "tl-practice-login.h"
#include "tl-practice-server.h"
#include "tl-practice-words.h"

#define CAPABILITIES "IMAP4rev1 SASL-IR AUTH=PLAIN ID NAMESPACE ACL QUOTA IDLE UIDPLUS " \
                     "SPECIAL-USE LIST-EXTENDED LIST-STATUS STATUS=SIZE"
#define MAX_COMMANDS 200
#define MAX_ATTEMPTS 5

/* How often a client that idles is told what has changed, and for how long. */
#define TELL_MS   100
#define MAX_TELLS 18000

typedef struct
{
  TlPracticeLink     *link;         /* borrowed */
  TlPracticeScenario  scenario;
  TlPracticeInbox    *inbox;        /* borrowed */
  TlPracticeFolder   *folder;       /* owned, NULL when none is open */
  gboolean            is_signed_in;
  gboolean            is_leaving;
  guint               n_attempts;
} Session;

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
  if (self->folder != NULL)
    tl_practice_folder_tell (self->folder);
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
  char *user = tl_practice_words_take_astring (&arguments);
  char *password = user != NULL ? tl_practice_words_take_astring (&arguments) : NULL;

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

static void
open_folder (Session    *self,
             const char *tag,
             const char *arguments,
             gboolean    is_writable)
{
  g_autofree char *wanted = tl_practice_words_take_astring (&arguments);
  gboolean is_inbox = wanted != NULL && g_ascii_strcasecmp (wanted, "INBOX") == 0;
  gboolean is_known = wanted != NULL &&
                      tl_practice_folders_has (tl_practice_inbox_get_folders (self->inbox), wanted);

  g_clear_pointer (&self->folder, tl_practice_folder_close);
  if (!is_known)
    {
      tl_practice_link_say (self->link, "%s NO [NONEXISTENT] There is no such folder", tag);
      return;
    }

  self->folder = tl_practice_folder_open (self->link, is_inbox ? self->inbox : NULL, is_writable);
  tl_practice_link_say (self->link, "%s OK [%s] Done", tag,
                        is_writable ? "READ-WRITE" : "READ-ONLY");
}

static void
do_select (Session    *self,
           const char *tag,
           const char *arguments)
{
  open_folder (self, tag, arguments, TRUE);
}

static void
do_examine (Session    *self,
            const char *tag,
            const char *arguments)
{
  open_folder (self, tag, arguments, FALSE);
}

static void
do_close (Session    *self,
          const char *tag,
          const char *arguments)
{
  tl_practice_link_say (self->link, self->folder != NULL ? "%s OK Done"
                                                         : "%s BAD Nothing is selected", tag);
  g_clear_pointer (&self->folder, tl_practice_folder_close);
}

/* RFC 2177. */
static void
do_idle (Session    *self,
         const char *tag,
         const char *arguments)
{
  char *line;

  tl_practice_link_say (self->link, "+ idling");
  for (guint i = 0; i < MAX_TELLS && !tl_practice_link_wait (self->link, TELL_MS); i++)
    if (self->folder != NULL)
      tl_practice_folder_tell (self->folder);

  line = tl_practice_link_read_line (self->link);
  if (line == NULL)
    self->is_leaving = TRUE;
  else if (g_ascii_strcasecmp (line, "DONE") == 0)
    tl_practice_link_say (self->link, "%s OK Done", tag);
  else
    tl_practice_link_say (self->link, "%s BAD Only DONE ends IDLE", tag);
  tl_practice_line_free (line);
}

/* RFC 2971. Who asks is not written down. */
static void
do_id (Session    *self,
       const char *tag,
       const char *arguments)
{
  tl_practice_link_say (self->link, "* ID (\"name\" \"Twolane practice mailbox\")");
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

/* RFC 2342: one namespace, of one's own. */
static void
do_namespace (Session    *self,
              const char *tag,
              const char *arguments)
{
  tl_practice_link_say (self->link, "* NAMESPACE ((\"\" \"/\")) NIL NIL");
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

/* SEARCH of a Message-ID, alone or with another field to choose from. */
static gboolean
do_search (Session    *self,
           const char *tag,
           const char *arguments)
{
  static const char simple[] = "SEARCH HEADER Message-ID ";
  static const char either[] = "SEARCH OR HEADER Message-ID ";
  static const char other[] = "HEADER ";
  gboolean is_either = g_ascii_strncasecmp (arguments, either, strlen (either)) == 0;
  g_autofree char *message_id = NULL;
  g_autofree char *field = NULL;
  g_autofree char *value = NULL;
  const char *at = arguments;

  if (!is_either && g_ascii_strncasecmp (arguments, simple, strlen (simple)) != 0)
    return FALSE;

  at += is_either ? strlen (either) : strlen (simple);
  message_id = tl_practice_words_take_astring (&at);
  if (message_id == NULL)
    return FALSE;
  if (is_either)
    {
      if (g_ascii_strncasecmp (at, other, strlen (other)) != 0)
        return FALSE;
      at += strlen (other);
      field = tl_practice_words_take_astring (&at);
      value = field == NULL ? NULL : tl_practice_words_take_astring (&at);
      if (value == NULL)
        return FALSE;
    }
  if (*at != '\0')
    return FALSE;

  tl_practice_folder_search (self->folder, tag, message_id, field, value);

  return TRUE;
}

/* SEARCH for a message, FETCH of the header, STORE of \Deleted, EXPUNGE:
 * each of one message by its UID (RFC 9051 §6.4.9), in the forms that the loop
 * test uses. */
static void
do_uid (Session    *self,
        const char *tag,
        const char *arguments)
{
  g_auto(GStrv) words = g_strsplit (arguments, " ", 3);
  guint n = g_strv_length (words);
  guint64 uid = 0;

  if (self->folder == NULL)
    {
      tl_practice_link_say (self->link, "%s BAD Nothing is selected", tag);
      return;
    }

  if (do_search (self, tag, arguments))
    return;
  if (n >= 2 && g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXUINT32, &uid, NULL))
    {
      if (n == 2 && g_ascii_strcasecmp (words[0], "EXPUNGE") == 0)
        {
          tl_practice_folder_expunge (self->folder, tag, (guint32) uid);
          return;
        }
      if (n == 3 && g_ascii_strcasecmp (words[0], "FETCH") == 0 &&
          g_ascii_strncasecmp (words[2], "(BODY.PEEK[HEADER]", strlen ("(BODY.PEEK[HEADER]")) == 0)
        {
          tl_practice_folder_fetch (self->folder, tag, (guint32) uid);
          return;
        }
      if (n == 3 && g_ascii_strcasecmp (words[0], "STORE") == 0 &&
          strchr ("+-", words[2][0]) != NULL &&
          g_ascii_strcasecmp (words[2] + 1, "FLAGS.SILENT (\\Deleted)") == 0)
        {
          tl_practice_folder_mark (self->folder, tag, (guint32) uid, words[2][0] == '+');
          return;
        }
    }

  tl_practice_link_say (self->link, "%s BAD That is more than is practised here", tag);
}

/* What is said of folders without opening one. */
static const struct
{
  const char *name;
  void      (*run) (TlPracticeLink  *link,
                    TlPracticeInbox *inbox,
                    const char      *tag,
                    const char      *arguments);
} listings[] = {
  { "LIST",         tl_practice_listing_list },
  { "STATUS",       tl_practice_listing_status },
  { "CREATE",       tl_practice_listing_create },
  { "SUBSCRIBE",    tl_practice_listing_subscribe },
  { "MYRIGHTS",     tl_practice_listing_rights },
  { "GETQUOTAROOT", tl_practice_listing_quota },
};

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
  { "SELECT",       FALSE, TRUE,  do_select },
  { "EXAMINE",      FALSE, TRUE,  do_examine },
  { "CLOSE",        FALSE, TRUE,  do_close },
  { "UNSELECT",     FALSE, TRUE,  do_close },
  { "IDLE",         FALSE, TRUE,  do_idle },
  { "ID",           TRUE,  TRUE,  do_id },
  { "NAMESPACE",    FALSE, TRUE,  do_namespace },
  { "UID",          FALSE, TRUE,  do_uid },
};

/* Whether it is one of those. */
static gboolean
run_listing (Session    *self,
             const char *tag,
             const char *name,
             gsize       name_len)
{
  for (gsize i = 0; i < G_N_ELEMENTS (listings); i++)
    {
      if (strlen (listings[i].name) != name_len ||
          g_ascii_strncasecmp (listings[i].name, name, name_len) != 0)
        continue;

      if (self->is_signed_in)
        listings[i].run (self->link, self->inbox, tag,
                         name[name_len] == ' ' ? name + name_len + 1 : "");
      else
        tl_practice_link_say (self->link, "%s BAD Not now", tag);
      return TRUE;
    }

  return FALSE;
}

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

  if (!run_listing (self, tag, name, name_len))
    tl_practice_link_say (self->link, "%s BAD Unknown command", tag);
}

/**
 * tl_practice_imap_serve:
 * @link: a client, in the clear
 * @scenario: what is practised
 * @inbox: what is in the mailbox
 *
 * Is a small IMAP server (RFC 9051) with TLS from the start.
 */
void
tl_practice_imap_serve (TlPracticeLink     *link,
                        TlPracticeScenario  scenario,
                        TlPracticeInbox    *inbox)
{
  Session session = { .link = link, .scenario = scenario, .inbox = inbox };
  gboolean is_there = tl_practice_link_secure (link) &&
                      tl_practice_link_say (link, "* OK [CAPABILITY " CAPABILITIES
                                            "] Twolane practice mailbox");

  for (guint i = 0; is_there && i < MAX_COMMANDS && !session.is_leaving; i++)
    {
      char *line = tl_practice_link_read_line (link);

      is_there = line != NULL;
      if (is_there)
        run_command (&session, line);
      tl_practice_line_free (line);
    }

  g_clear_pointer (&session.folder, tl_practice_folder_close);
}
