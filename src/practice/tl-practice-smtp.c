/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-practice-login.h"
#include "tl-practice-server.h"

#define MAX_COMMANDS 200
#define MAX_ATTEMPTS 5

typedef struct
{
  TlPracticeLink     *link;         /* borrowed */
  TlPracticeScenario  scenario;
  TlPracticeInbox    *inbox;        /* borrowed */
  gboolean            has_greeted;
  gboolean            is_signed_in;
  gboolean            has_sender;
  gboolean            has_recipient;
  gboolean            is_leaving;
  guint               n_attempts;
} Session;

static void
answer_login (Session         *self,
              TlPracticeLogin  login)
{
  switch (login)
    {
    case TL_PRACTICE_LOGIN_TAKEN:
      self->is_signed_in = TRUE;
      tl_practice_link_say (self->link, "235 2.7.0 Accepted");
      return;
    case TL_PRACTICE_LOGIN_WANTS_APP_PASSWORD:
      tl_practice_link_say (self->link, "534-5.7.9 Application-specific password required. "
                            "For more information, go to");
      tl_practice_link_say (self->link, "534 5.7.9  "
                            "https://support.google.com/mail/?p=InvalidSecondFactor");
      break;
    case TL_PRACTICE_LOGIN_WRONG:
      tl_practice_link_say (self->link, "535 5.7.8 Username and Password not accepted");
      break;
    case TL_PRACTICE_LOGIN_UNREADABLE:
    default:
      tl_practice_link_say (self->link, "501 5.5.2 Cannot decode response");
      break;
    }

  if (++self->n_attempts == MAX_ATTEMPTS)
    self->is_leaving = TRUE;
}

static void
forget_message (Session *self)
{
  self->has_sender = FALSE;
  self->has_recipient = FALSE;
}

/* RFC 5321 §4.1.1.1. AUTH is offered under TLS only (RFC 4954 §4). */
static void
do_ehlo (Session    *self,
         const char *arguments)
{
  self->has_greeted = TRUE;
  forget_message (self);
  tl_practice_link_say (self->link, "250-" TL_PRACTICE_OUTGOING_HOST);
  tl_practice_link_say (self->link, "250-8BITMIME");
  tl_practice_link_say (self->link, "250-ENHANCEDSTATUSCODES");
  tl_practice_link_say (self->link, "250-PIPELINING");
  tl_practice_link_say (self->link, "250-SIZE %d", TL_PRACTICE_INBOX_MAX_MESSAGE_BYTES);
  tl_practice_link_say (self->link, tl_practice_link_is_secure (self->link) ? "250 AUTH PLAIN"
                                                                            : "250 STARTTLS");
}

static void
do_helo (Session    *self,
         const char *arguments)
{
  self->has_greeted = TRUE;
  forget_message (self);
  tl_practice_link_say (self->link, "250 " TL_PRACTICE_OUTGOING_HOST);
}

/* RFC 3207 §4: what was said before does not count afterwards. */
static void
do_starttls (Session    *self,
             const char *arguments)
{
  if (tl_practice_link_is_secure (self->link))
    {
      tl_practice_link_say (self->link, "503 5.5.1 TLS is already there");
      return;
    }

  tl_practice_link_say (self->link, "220 2.0.0 Ready to start TLS");
  self->has_greeted = FALSE;
  self->is_leaving = !tl_practice_link_secure (self->link);
}

/* RFC 4954 §4, with and without an initial response. */
static void
do_auth (Session    *self,
         const char *arguments)
{
  const char *initial = strchr (arguments, ' ');
  gsize len = initial != NULL ? (gsize) (initial - arguments) : strlen (arguments);
  char *response;

  if (!tl_practice_link_is_secure (self->link))
    {
      tl_practice_link_say (self->link, "530 5.7.0 Must issue a STARTTLS command first");
      return;
    }
  if (self->is_signed_in || !self->has_greeted)
    {
      tl_practice_link_say (self->link, "503 5.5.1 Not now");
      return;
    }
  if (len != 5 || g_ascii_strncasecmp (arguments, "PLAIN", 5) != 0)
    {
      tl_practice_link_say (self->link, "504 5.5.4 Only PLAIN is offered");
      return;
    }

  if (initial != NULL)
    {
      answer_login (self, tl_practice_login_check_plain (self->scenario, initial + 1));
      return;
    }

  tl_practice_link_say (self->link, "334 ");
  response = tl_practice_link_read_line (self->link);
  if (response == NULL)
    self->is_leaving = TRUE;
  else if (g_str_equal (response, "*"))
    tl_practice_link_say (self->link, "501 5.7.0 Cancelled");
  else
    answer_login (self, tl_practice_login_check_plain (self->scenario, response));
  tl_practice_line_free (response);
}

/* The mailbox between "KEYWORD:<" and ">", RFC 5321 §4.1.1.2 and §4.1.1.3. */
static char *
take_path (const char *arguments,
           const char *keyword)
{
  gsize len = strlen (keyword);
  const char *end;

  if (g_ascii_strncasecmp (arguments, keyword, len) != 0)
    return NULL;

  arguments += len;
  while (*arguments == ' ')
    arguments++;
  if (*arguments != '<' || (end = strchr (arguments, '>')) == NULL)
    return NULL;

  return g_strndup (arguments + 1, (gsize) (end - arguments - 1));
}

static void
do_mail (Session    *self,
         const char *arguments)
{
  g_autofree char *path = take_path (arguments, "FROM:");

  if (!self->is_signed_in)
    tl_practice_link_say (self->link, "530 5.7.0 Authentication Required");
  else if (path == NULL)
    tl_practice_link_say (self->link, "501 5.5.4 Syntax: MAIL FROM:<address>");
  else if (g_ascii_strcasecmp (path, TL_PRACTICE_ADDRESS) != 0)
    tl_practice_link_say (self->link, "553 5.7.1 Sender address rejected: not owned by user "
                          TL_PRACTICE_ADDRESS);
  else
    {
      self->has_sender = TRUE;
      tl_practice_link_say (self->link, "250 2.1.0 Ok");
    }
}

static void
do_rcpt (Session    *self,
         const char *arguments)
{
  g_autofree char *path = take_path (arguments, "TO:");

  if (!self->has_sender)
    tl_practice_link_say (self->link, "503 5.5.1 Need MAIL first");
  else if (path == NULL)
    tl_practice_link_say (self->link, "501 5.5.4 Syntax: RCPT TO:<address>");
  else if (g_ascii_strcasecmp (path, TL_PRACTICE_ADDRESS) != 0)
    tl_practice_link_say (self->link, "550 5.7.1 Only the practice mailbox can be written to");
  else
    {
      self->has_recipient = TRUE;
      tl_practice_link_say (self->link, "250 2.1.5 Ok");
    }
}

/* The message up to the line with the dot, whose first one is taken off every
 * line that has one (RFC 5321 §4.5.2). What is too long is read and let go of. */
static char *
read_message (Session *self)
{
  g_autoptr(GString) message = g_string_new (NULL);

  for (;;)
    {
      char *line = tl_practice_link_read_line (self->link);

      if (line == NULL)
        return NULL;
      if (g_str_equal (line, "."))
        {
          tl_practice_line_free (line);
          return g_string_free (g_steal_pointer (&message), FALSE);
        }
      if (message->len <= TL_PRACTICE_INBOX_MAX_MESSAGE_BYTES)
        {
          g_string_append (message, line + (line[0] == '.' ? 1 : 0));
          g_string_append (message, "\r\n");
        }
      tl_practice_line_free (line);
    }
}

/* RFC 5321 §4.1.1.4. Nothing leaves this computer: the one who may be written
 * to is the one who writes. */
static void
do_data (Session    *self,
         const char *arguments)
{
  g_autofree char *message = NULL;

  if (!self->has_recipient)
    {
      tl_practice_link_say (self->link, "503 5.5.1 Need RCPT first");
      return;
    }

  tl_practice_link_say (self->link, "354 Go ahead, a dot ends it");
  message = read_message (self);
  forget_message (self);
  if (message == NULL)
    self->is_leaving = TRUE;
  else if (tl_practice_inbox_deliver (self->inbox, message))
    tl_practice_link_say (self->link, "250 2.0.0 In the inbox");
  else
    tl_practice_link_say (self->link, "552 5.2.2 The practice mailbox is full");
}

static void
do_rset (Session    *self,
         const char *arguments)
{
  forget_message (self);
  tl_practice_link_say (self->link, "250 2.0.0 Ok");
}

static void
do_noop (Session    *self,
         const char *arguments)
{
  tl_practice_link_say (self->link, "250 2.0.0 Ok");
}

static void
do_quit (Session    *self,
         const char *arguments)
{
  tl_practice_link_say (self->link, "221 2.0.0 Until next time");
  self->is_leaving = TRUE;
}

static const struct
{
  const char *name;
  void      (*run) (Session    *self,
                    const char *arguments);
} commands[] = {
  { "EHLO",     do_ehlo },
  { "HELO",     do_helo },
  { "STARTTLS", do_starttls },
  { "AUTH",     do_auth },
  { "MAIL",     do_mail },
  { "RCPT",     do_rcpt },
  { "DATA",     do_data },
  { "RSET",     do_rset },
  { "NOOP",     do_noop },
  { "QUIT",     do_quit },
};

static void
run_command (Session    *self,
             const char *line)
{
  gsize len = strcspn (line, " ");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strlen (commands[i].name) == len &&
          g_ascii_strncasecmp (commands[i].name, line, len) == 0)
        {
          commands[i].run (self, line[len] == ' ' ? line + len + 1 : "");
          return;
        }
    }

  tl_practice_link_say (self->link, "500 5.5.2 Unknown command");
}

/**
 * tl_practice_smtp_serve:
 * @link: a client, in the clear
 * @scenario: what is practised
 * @inbox: where messages go
 *
 * Is a small submission server (RFC 6409) that wants STARTTLS and a log-in, and
 * takes messages from the practice mailbox to itself.
 */
void
tl_practice_smtp_serve (TlPracticeLink     *link,
                        TlPracticeScenario  scenario,
                        TlPracticeInbox    *inbox)
{
  Session session = { .link = link, .scenario = scenario, .inbox = inbox };

  if (!tl_practice_link_say (link, "220 " TL_PRACTICE_OUTGOING_HOST
                             " ESMTP Twolane practice mailbox"))
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
