/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-post.h"

#include <poll.h>
#include <string.h>

#include "tl-test-ca.h"
#include "tl-test-server.h"

#define PASSWORD "c4n4ry-Pa55w0rd"

#define FOLDERS \
  "() \"/\" INBOX\n(\\Junk) \"/\" Junk\n(\\Sent) \"/\" Sent\n(\\Drafts) \"/\" Drafts\n" \
  "() \"/\" Lists\n(\\Noselect) \"/\" Parent"

/* How often a mailbox that is watched is looked at. */
#define LOOK_MS 5

typedef struct
{
  char     *folder;
  char     *text;
  guint32   uid;
  gint64    at_us;       /* when it is there */
  gboolean  is_deleted;
} Message;

struct _TlTestPost
{
  TlTestPostScene  scene;
  guint            total_ms;  /* of a loop's budget */
  TlTestCa        *ca;
  SSL_CTX         *tls;
  TlTestServer    *imap;
  TlTestServer    *smtp;

  GMutex           lock;      /* of what is below */
  GPtrArray       *messages;  /* of Message */
  GPtrArray       *lines;     /* what clients said */
  guint32          next_uid;
  char            *sent;      /* the message, as it came in */
};

/* One client, on its own thread. */
typedef struct
{
  TlTestPost *post;
  int         fd;
  SSL        *ssl;
  char       *tag;
  char       *folder;    /* open, or NULL */
  guint       n_known;   /* how many messages it was told of */
  guint       n_spared;
} Client;

static void
message_free (gpointer data)
{
  Message *self = data;

  g_free (self->folder);
  g_free (self->text);
  g_free (self);
}

static void
add_message (TlTestPost *self,
             const char *folder,
             const char *header,
             const char *text,
             guint       after_ms)
{
  Message *message = g_new0 (Message, 1);

  message->folder = g_strdup (folder);
  message->text = g_strconcat (header, text, NULL);
  message->uid = self->next_uid++;
  message->at_us = g_get_monotonic_time () + (gint64) after_ms * 1000;
  g_ptr_array_add (self->messages, message);
}

static gboolean
is_there (const Message *message,
          const char    *folder)
{
  return g_strcmp0 (message->folder, folder) == 0 && message->at_us <= g_get_monotonic_time ();
}

static guint
count_messages (Client *client)
{
  TlTestPost *self = client->post;
  guint n = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->messages->len; i++)
    n += is_there (self->messages->pdata[i], client->folder);
  g_mutex_unlock (&self->lock);

  return n;
}

static gboolean G_GNUC_PRINTF (2, 3)
say (Client     *client,
     const char *format,
     ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat (text, "\r\n", NULL);

  return SSL_write (client->ssl, line, (int) strlen (line)) > 0;
}

static char *
hear (Client *client)
{
  g_autoptr(GString) line = g_string_new (NULL);
  char byte;

  while (SSL_read (client->ssl, &byte, 1) == 1)
    {
      if (byte != '\n')
        {
          g_string_append_c (line, byte);
          continue;
        }
      if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate (line, line->len - 1);

      return g_string_free (g_steal_pointer (&line), FALSE);
    }

  return NULL;
}

static void
note (TlTestPost *self,
      const char *line)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->lines, g_strdup (line));
  g_mutex_unlock (&self->lock);
}

static gboolean
begins (const char *line,
        const char *prefix)
{
  return line != NULL && prefix != NULL && g_str_has_prefix (line, prefix);
}

/* A client that waits for a dead server goes by itself. */
static gboolean
stall (Client *client)
{
  tl_test_wait_for_hang_up (client->fd);

  return FALSE;
}

/* An IDLE is entered first. */
static gboolean
die (Client     *client,
     const char *line)
{
  if (g_str_equal (line, "IDLE"))
    {
      say (client, "+ idling");
      g_usleep (LOOK_MS * 1000);
    }
  if (client->post->scene.bye != NULL)
    say (client, "* BYE %s", client->post->scene.bye);

  return FALSE;
}

static gboolean
list (Client *client)
{
  const char *folders = client->post->scene.folders;
  g_auto(GStrv) rows = g_strsplit (folders == NULL ? FOLDERS : folders, "\n", -1);

  for (gsize i = 0; rows[i] != NULL; i++)
    say (client, "* LIST %s", rows[i]);

  return say (client, "%s OK done", client->tag);
}

static gboolean
open_folder (Client     *client,
             const char *name)
{
  g_auto(GStrv) parts = g_strsplit_set (name, "\"", -1);

  g_free (client->folder);
  client->folder = g_strdup (parts[1] != NULL ? parts[1] : parts[0]);
  client->n_known = count_messages (client);
  say (client, "* %u EXISTS", client->n_known);

  return say (client, "%s OK done", client->tag);
}

/* What has changed since, RFC 9051 §6.1.2. */
static gboolean
tell_news (Client *client)
{
  guint n = count_messages (client);
  gboolean is_news = n != client->n_known || client->post->scene.announces;

  client->n_known = n;

  return !is_news || say (client, "* %u EXISTS", n);
}

static gboolean
noop (Client     *client,
      const char *argument)
{
  return tell_news (client) && say (client, "%s OK done", client->tag);
}

static gboolean
idle (Client *client)
{
  struct pollfd wait = { .fd = client->fd, .events = POLLIN };
  g_autofree char *done = NULL;

  if (!say (client, "+ idling") || !tell_news (client))
    return FALSE;
  while (SSL_pending (client->ssl) == 0 && poll (&wait, 1, LOOK_MS) == 0)
    if (count_messages (client) != client->n_known && !tell_news (client))
      return FALSE;
  done = hear (client);
  if (done == NULL)
    return FALSE;
  note (client->post, done);

  return say (client, "%s OK done", client->tag);
}

static gboolean
has_field (const Message *message,
           const char    *name,
           const char    *value)
{
  g_autofree char *line = g_strconcat ("\r\n", name, ": ", value, "\r\n", NULL);

  return strstr (message->text, line) != NULL;
}

/* `"ID"`, or `"ID" HEADER X-Twolane-Loop "TOKEN"` */
static gboolean
search (Client     *client,
        const char *argument)
{
  TlTestPost *self = client->post;
  g_auto(GStrv) parts = g_strsplit (argument, "\"", -1);
  g_autoptr(GString) found = g_string_new ("* SEARCH");
  const char *token;

  g_assert_nonnull (parts[1]);
  token = g_str_equal (parts[2], " HEADER X-Twolane-Loop ") ? parts[3] : NULL;
  if (self->scene.chatters)
    say (client, "* %u EXISTS", count_messages (client));

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->messages->len; i++)
    {
      const Message *message = self->messages->pdata[i];

      if (is_there (message, client->folder) &&
          (self->scene.finds_all || has_field (message, "Message-ID", parts[1]) ||
           (token != NULL && has_field (message, "X-Twolane-Loop", token))))
        g_string_append_printf (found, " %u", message->uid);
    }
  g_mutex_unlock (&self->lock);
  say (client, "%s", found->str);

  return say (client, "%s OK done", client->tag);
}

static Message *
find_message (TlTestPost *self,
              const char *folder,
              guint32     uid)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      Message *message = self->messages->pdata[i];

      if (message->uid == uid && is_there (message, folder))
        return message;
    }

  return NULL;
}

static char *
dup_header (TlTestPost *self,
            const char *folder,
            guint32     uid)
{
  g_autoptr(GString) header = g_string_new (NULL);
  const Message *message;

  g_mutex_lock (&self->lock);
  message = find_message (self, folder, uid);
  if (message != NULL)
    g_string_append_len (header, message->text, strstr (message->text, "\r\n\r\n") + 4 -
                                                message->text);
  g_mutex_unlock (&self->lock);
  if (message == NULL)
    return NULL;

  for (gsize i = 0; i < self->scene.padding; i += 1000)
    {
      g_autofree char *line = g_strnfill (1000, 'x');

      memcpy (line, "X-P: ", 5);
      memcpy (line + 998, "\r\n", 2);
      g_string_prepend (header, line);
    }

  return g_string_free (g_steal_pointer (&header), FALSE);
}

static gboolean
fetch (Client     *client,
       const char *argument)
{
  guint32 uid = (guint32) g_ascii_strtoull (argument, NULL, 10);
  g_autofree char *header = dup_header (client->post, client->folder, uid);

  if (header != NULL)
    say (client, "* 1 FETCH (UID %u BODY[HEADER]<0> {%" G_GSIZE_FORMAT "}\r\n%s)", uid,
         strlen (header), header);

  return say (client, "%s OK done", client->tag);
}

static gboolean
store (Client     *client,
       const char *argument)
{
  TlTestPost *self = client->post;
  Message *message;

  g_mutex_lock (&self->lock);
  message = find_message (self, client->folder, (guint32) g_ascii_strtoull (argument, NULL, 10));
  if (message != NULL)
    message->is_deleted = strstr (argument, "+FLAGS") != NULL;
  g_mutex_unlock (&self->lock);

  return say (client, "%s OK done", client->tag);
}

static gboolean
expunge (Client     *client,
         const char *argument)
{
  TlTestPost *self = client->post;
  Message *message;
  gboolean is_gone;

  g_mutex_lock (&self->lock);
  message = find_message (self, client->folder, (guint32) g_ascii_strtoull (argument, NULL, 10));
  is_gone = message != NULL && message->is_deleted;
  if (is_gone && !self->scene.keeps)
    g_ptr_array_remove (self->messages, message);
  g_mutex_unlock (&self->lock);
  if (is_gone)
    say (client, "* 1 EXPUNGE");

  return say (client, "%s OK done", client->tag);
}

static gboolean
sign_in (Client     *client,
         const char *argument)
{
  const char *capabilities = client->post->scene.capabilities;

  return say (client, "%s OK [CAPABILITY IMAP4rev1 %s] in", client->tag,
              capabilities == NULL ? TL_TEST_POST_CAPABILITIES : capabilities);
}

static gboolean
on_list (Client     *client,
         const char *argument)
{
  return list (client);
}

static gboolean
on_idle (Client     *client,
         const char *argument)
{
  return idle (client);
}

static const struct
{
  const char *name;
  gboolean  (*run) (Client     *client,
                    const char *argument);
} commands[] = {
  { "AUTHENTICATE PLAIN ", sign_in },
  { "LIST ", on_list },
  { "SELECT ", open_folder },
  { "EXAMINE ", open_folder },
  { "IDLE", on_idle },
  { "NOOP", noop },
  { "UID SEARCH HEADER Message-ID ", search },
  { "UID SEARCH OR HEADER Message-ID ", search },
  { "UID FETCH ", fetch },
  { "UID STORE ", store },
  { "UID EXPUNGE ", expunge },
};

static gboolean
run_imap (Client     *client,
          const char *line)
{
  const TlTestPostScene *scene = &client->post->scene;
  const char *space = strchr (line, ' ');

  g_assert_nonnull (space);
  g_free (client->tag);
  client->tag = g_strndup (line, (gsize) (space - line));
  line = space + 1;
  note (client->post, line);

  g_usleep (1000 * scene->slow_ms);
  if (begins (line, scene->stalls_at))
    return stall (client);
  if (begins (line, scene->dies_at) && client->n_spared++ >= scene->n_spared)
    return die (client, line);
  if (begins (line, scene->refuses))
    return say (client, "%s NO not here", client->tag);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (line, commands[i].name))
      return commands[i].run (client, line + strlen (commands[i].name));

  /* LOGOUT, and what nobody foresaw */
  return FALSE;
}

static void
serve_imap (int      fd,
            gpointer data)
{
  TlTestPost *self = data;
  Client client = { self, fd, tl_test_accept_tls (fd, self->tls), NULL, NULL, 0, 0 };
  gboolean is_open;

  if (client.ssl == NULL)
    return;

  is_open = say (&client, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready");
  while (is_open)
    {
      g_autofree char *line = hear (&client);

      is_open = line != NULL && run_imap (&client, line);
    }

  g_free (client.tag);
  g_free (client.folder);
  SSL_shutdown (client.ssl);
  SSL_free (client.ssl);
}

/* As relays do that keep a number of their own for each message. */
static char *
dup_with_other_id (const char *text)
{
  const char *at = strstr (text, "\r\nMessage-ID: ");
  const char *end = strchr (at + 2, '\r');

  return g_strdup_printf ("%.*s\r\nMessage-ID: <010001@relay.practice.invalid>%s",
                          (int) (at - text), text, end);
}

/* What was sent goes where the scene wants it. */
static void
take_message (TlTestPost *self,
              const char *text)
{
  const TlTestPostScene *scene = &self->scene;
  g_auto(GStrv) folders = g_strsplit (scene->delivers_to == NULL ? "" : scene->delivers_to, ",", -1);
  g_autofree char *arriving = scene->changes_id ? dup_with_other_id (text) : g_strdup (text);

  g_mutex_lock (&self->lock);
  g_assert_null (self->sent);
  self->sent = g_strdup (text);
  if (scene->files_sent)
    add_message (self, "Sent", "", text, 0);
  for (gsize i = 0; folders[i] != NULL; i++)
    add_message (self, folders[i], scene->header == NULL
                 ? "Received: from x by " TL_TEST_POST_HOST "; now\r\n" : scene->header, arriving,
                 scene->after_ms);
  g_mutex_unlock (&self->lock);
}

static char *
hear_message (Client *client)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (;;)
    {
      g_autofree char *line = hear (client);

      if (line == NULL)
        return NULL;
      if (g_str_equal (line, "."))
        return g_string_free (g_steal_pointer (&text), FALSE);
      g_string_append_printf (text, "%s\r\n", *line == '.' ? line + 1 : line);
    }
}

/* What the scene has for @command, or @usual. */
static gboolean
answer (Client     *client,
        const char *command,
        const char *usual)
{
  const char *reply = client->post->scene.reply;

  if (begins (command, client->post->scene.stalls_at))
    return stall (client);
  if (reply != NULL && g_str_has_prefix (reply, command) && reply[strlen (command)] == ' ')
    {
      const char *text = reply + strlen (command) + 1;

      return !g_str_equal (text, "CLOSE") && say (client, "%s", text);
    }

  return say (client, "%s", usual);
}

static gboolean
run_smtp (Client     *client,
          const char *line)
{
  TlTestPost *self = client->post;
  g_autofree char *text = NULL;

  note (self, line);
  if (begins (line, "EHLO "))
    return say (client, "250-" TL_TEST_POST_HOST "\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n"
                "250 AUTH PLAIN");
  if (begins (line, "AUTH PLAIN "))
    return answer (client, "AUTH", "235 2.7.0 in");
  if (begins (line, "MAIL FROM:"))
    return answer (client, "MAIL", "250 2.1.0 ok");
  if (begins (line, "RCPT TO:"))
    return answer (client, "RCPT", "250 2.1.5 ok");
  if (!begins (line, "DATA"))
    return FALSE;

  if (!answer (client, "DATA", "354 go on") || begins (self->scene.reply, "DATA "))
    return begins (self->scene.reply, "DATA ");
  text = hear_message (client);
  if (text == NULL)
    return FALSE;
  if (*text != '\0' && !begins (self->scene.reply, ". 5"))
    take_message (self, text);

  return answer (client, ".", "250 2.0.0 queued as 1A2B3C");
}

static void
serve_smtp (int      fd,
            gpointer data)
{
  TlTestPost *self = data;
  Client client = { self, fd, tl_test_accept_tls (fd, self->tls), NULL, NULL, 0, 0 };
  gboolean is_open;

  if (client.ssl == NULL)
    return;

  is_open = say (&client, "220 " TL_TEST_POST_HOST " ESMTP");
  while (is_open)
    {
      g_autofree char *line = hear (&client);

      is_open = line != NULL && run_smtp (&client, line);
    }
  SSL_shutdown (client.ssl);
  SSL_free (client.ssl);
}

/**
 * tl_test_post_new:
 * @scene: how it goes; copied, its strings are not
 *
 * Returns: (transfer full): a mailbox that waits for clients
 */
TlTestPost *
tl_test_post_new (const TlTestPostScene *scene)
{
  static const char strange[] = "Message-ID: <0@practice.invalid>\r\nX-Twolane-Loop: "
                                "00000000000000000000000000000000\r\n\r\nanother one\r\n";
  TlTestPost *self = g_new0 (TlTestPost, 1);

  self->scene = *scene;
  self->total_ms = 30000;
  self->ca = tl_test_ca_new ("practice.invalid");
  self->tls = tl_test_ca_new_server (self->ca, TL_TEST_POST_HOST, TL_TEST_TLS_GOOD);
  g_mutex_init (&self->lock);
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->next_uid = 7;
  for (guint i = 0; i < 1 + self->scene.n_others; i++)
    add_message (self, "INBOX", "", strange, 0);
  add_message (self, "Junk", "", strange, 0);
  add_message (self, "Sent", "", strange, 0);

  self->imap = tl_test_server_new (serve_imap, self);
  self->smtp = tl_test_server_new (serve_smtp, self);

  return self;
}

void
tl_test_post_free (TlTestPost *self)
{
  tl_test_server_free (self->imap);
  tl_test_server_free (self->smtp);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->lines);
  g_mutex_clear (&self->lock);
  SSL_CTX_free (self->tls);
  tl_test_ca_free (self->ca);
  g_free (self->sent);
  g_free (self);
}

/**
 * tl_test_post_set_total_ms:
 * @self: a mailbox
 * @total_ms: how long its lanes, and tidying up, may take
 */
void
tl_test_post_set_total_ms (TlTestPost *self,
                           guint       total_ms)
{
  self->total_ms = total_ms;
}

static TlLaneSettings *
make_settings (TlProtocol  protocol,
               guint16     port,
               const char *login)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (TL_TEST_POST_HOST, port, TL_SECURITY_TLS, NULL);

  return tl_lane_settings_new (protocol, endpoint, TL_AUTH_PASSWORD,
                               login == NULL ? TL_TEST_POST_ADDRESS : login, NULL);
}

/**
 * tl_test_post_new_loop:
 * @self: a mailbox
 * @patience_ms: how long the message is waited for
 *
 * Returns: (transfer full): a loop through it
 */
TlLoop *
tl_test_post_new_loop (TlTestPost *self,
                       guint       patience_ms)
{
  TlLaneBudget budget = {
    10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, self->total_ms
  };
  g_autoptr(TlNetwork) network = tl_network_new_practice (tl_test_ca_get_pem (self->ca), NULL);
  g_autoptr(TlAddress) address = tl_address_parse (TL_TEST_POST_ADDRESS, NULL);
  g_autoptr(TlSecret) secret = tl_secret_new (PASSWORD, strlen (PASSWORD));
  g_autoptr(TlLaneSettings) inbox = NULL;
  g_autoptr(TlLaneSettings) incoming = NULL;
  g_autoptr(TlLaneSettings) outgoing = NULL;

  inbox = make_settings (TL_PROTOCOL_IMAP, tl_test_server_get_port (self->imap), self->scene.login);
  incoming = tl_lane_settings_with_folder (inbox, self->scene.opens);
  outgoing = make_settings (TL_PROTOCOL_SMTP, tl_test_server_get_port (self->smtp),
                            self->scene.login);

  return tl_loop_new (&(TlLoopParts) {
    .incoming = incoming,
    .outgoing = outgoing,
    .address = address,
    .incoming_secret = secret,
    .outgoing_secret = secret,
    .network = network,
    .budget = &budget,
    .patience_ms = patience_ms,
  });
}

/**
 * tl_test_post_dup_contents:
 * @self: a mailbox
 *
 * Returns: (transfer full): the folders of all messages in it, in the order they came
 */
char *
tl_test_post_dup_contents (TlTestPost *self)
{
  g_autoptr(GString) contents = g_string_new (NULL);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->messages->len; i++)
    {
      const Message *message = self->messages->pdata[i];

      g_string_append_printf (contents, "%s%s%s", i == 0 ? "" : " ", message->folder,
                              message->is_deleted ? "!" : "");
    }
  g_mutex_unlock (&self->lock);

  return g_string_free (g_steal_pointer (&contents), FALSE);
}

/**
 * tl_test_post_count:
 * @self: a mailbox
 * @glob: a pattern
 *
 * Returns: how many commands, without their tags, were like that
 */
guint
tl_test_post_count (TlTestPost *self,
                    const char *glob)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->lines->len; i++)
    n += g_pattern_match_simple (glob, self->lines->pdata[i]);
  g_mutex_unlock (&self->lock);

  return n;
}

/**
 * tl_test_post_dup_sent:
 * @self: a mailbox
 *
 * Returns: (transfer full) (nullable): the message that was handed in
 */
char *
tl_test_post_dup_sent (TlTestPost *self)
{
  char *sent;

  g_mutex_lock (&self->lock);
  sent = g_strdup (self->sent);
  g_mutex_unlock (&self->lock);

  return sent;
}
