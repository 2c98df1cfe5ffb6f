/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-message.h"

#include <string.h>

/* 2026-02-01T12:34:56Z, a Sunday */
#define NOW_S 1769949296

#define MAX_LINE_LEN 998
#define MAX_LEN      2048

typedef struct
{
  const char *name;
  const char *typed;
  const char *addr_spec;  /* as it has to be on the wire */
  const char *domain;
} Case;

static const Case cases[] = {
  { "plain", "you@acme.test", "you@acme.test", "acme.test" },
  { "atext", "=?x?q?a?={|}~!#$%&'*+/^_`-@acme.test", "=?x?q?a?={|}~!#$%&'*+/^_`-@acme.test",
    "acme.test" },
  { "idn", "you@b\xc3\xbc" "cher.test", "you@xn--bcher-kva.test", "xn--bcher-kva.test" },
  { "utf8-local-part", "j\xc3\xbcrgen@b\xc3\xbc" "cher.test",
    "j\xc3\xbcrgen@xn--bcher-kva.test", "xn--bcher-kva.test" },
  { "long",
    "a123456789b123456789c123456789d123456789e123456789f123456789xxxx@"
    "a123456789b123456789c123456789d123456789e123456789f123456789.test",
    "a123456789b123456789c123456789d123456789e123456789f123456789xxxx@"
    "a123456789b123456789c123456789d123456789e123456789f123456789.test",
    "a123456789b123456789c123456789d123456789e123456789f123456789.test" },
};

static const char * const names[] = {
  "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "X-Twolane-Loop",
  "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
};

static char *
dup_text (const TlLoopMessage *message)
{
  gsize len;
  const char *bytes = g_bytes_get_data (message->bytes, &len);

  g_assert_cmpuint (len, <=, MAX_LEN);
  g_assert_null (memchr (bytes, '\0', len));

  return g_strndup (bytes, len);
}

/* A reader of its own: fields by name, unfolded, and the body under "". */
static GHashTable *
read_message (const char *text)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *gap = strstr (text, "\r\n\r\n");
  g_autofree char *header = NULL;
  g_autoptr(GRegex) fold = g_regex_new ("\\r\\n[ \\t]+", G_REGEX_RAW, 0, NULL);
  g_autofree char *unfolded = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_nonnull (gap);
  header = g_strndup (text, (gsize) (gap - text));
  unfolded = g_regex_replace_literal (fold, header, -1, 0, " ", 0, NULL);
  lines = g_strsplit (unfolded, "\r\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (lines[i], ":", 2);
      g_autofree char *key = g_ascii_strdown (parts[0], -1);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_assert_false (g_hash_table_contains (fields, key));
      g_hash_table_insert (fields, g_steal_pointer (&key), g_strdup (g_strstrip (parts[1])));
    }
  g_hash_table_insert (fields, g_strdup (""), g_strdup (gap + 4));

  return fields;
}

static const char *
get_field (GHashTable *fields,
           const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (fields, key);
}

static void
assert_lines (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\r\n", -1);

  g_assert_true (g_str_has_suffix (text, "\r\n"));
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_assert_null (strpbrk (lines[i], "\r\n"));
      g_assert_cmpuint (strlen (lines[i]), <=, MAX_LINE_LEN);
    }
}

static void
test_bytes (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlAddress) address = tl_address_parse (c->typed, NULL);
  g_autoptr(TlLoopMessage) message = tl_loop_message_new (address, NOW_S);
  g_autofree char *text = dup_text (message);
  g_autofree char *id = g_strdup_printf ("<%s@%s>", message->token, c->domain);
  g_autoptr(GHashTable) fields = NULL;

  assert_lines (text);
  fields = read_message (text);
  g_assert_cmpuint (g_hash_table_size (fields), ==, G_N_ELEMENTS (names) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (get_field (fields, names[i]));

  g_assert_cmpstr (get_field (fields, "From"), ==, c->addr_spec);
  g_assert_cmpstr (get_field (fields, "To"), ==, c->addr_spec);
  g_assert_cmpstr (get_field (fields, "Message-ID"), ==, id);
  g_assert_cmpstr (message->message_id, ==, id);
  g_assert_true (g_str_is_ascii (id));
  g_assert_cmpstr (get_field (fields, "X-Twolane-Loop"), ==, message->token);
  g_assert_cmpstr (get_field (fields, "Date"), ==, "Sun, 01 Feb 2026 12:34:56 +0000");
  g_assert_cmpstr (get_field (fields, "Auto-Submitted"), ==, "auto-generated");
  g_assert_cmpstr (get_field (fields, "MIME-Version"), ==, "1.0");
  g_assert_cmpstr (get_field (fields, "Content-Type"), ==, "text/plain; charset=utf-8");
  g_assert_true (g_str_is_ascii (get_field (fields, "Subject")));
  g_assert_cmpuint (strlen (get_field (fields, "")), >, 80);
  g_assert_true (g_str_is_ascii (get_field (fields, "")));
}

/* The name of this computer and of who uses it are in none of it. */
static void
test_discreet (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("you@acme.test", NULL);
  g_autoptr(TlLoopMessage) message = tl_loop_message_new (address, NOW_S);
  g_autofree char *text = dup_text (message);
  const char *host = g_get_host_name ();
  const char *name = g_get_real_name ();

  g_assert_true (strlen (host) < 5 || strstr (text, host) == NULL);
  g_assert_true (strlen (name) < 5 || strstr (text, name) == NULL);
  g_assert_null (strstr (text, "User-Agent"));
  g_assert_null (strstr (text, "X-Mailer"));
}

static void
test_tokens (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("you@acme.test", NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(TlLoopMessage) message = tl_loop_message_new (address, NOW_S);

      g_assert_cmpuint (strlen (message->token), ==, 32);
      g_assert_cmpuint (strspn (message->token, G_CSET_DIGITS "abcdef"), ==, 32);
      g_assert_true (g_hash_table_add (seen, g_strdup (message->token)));
    }
}

/* How the header of a message that was found differs, `%s` being the token. */
static const struct
{
  const char *name;
  const char *format;
  gboolean    is_ours;
} headers[] = {
  { "plain", "Received: x\r\nX-Twolane-Loop: %s\r\n\r\n", TRUE },
  { "lower-case", "x-twolane-loop:%s\r\n", TRUE },
  { "folded", "X-Twolane-Loop:\r\n %s\r\n", TRUE },
  { "another-message-id", "Message-ID: <1@elsewhere.test>\r\nX-Twolane-Loop: %s\r\n", TRUE },
  { "message-id-alone", "Message-ID: <%s@acme.test>\r\n", FALSE },
  { "in-body", "Subject: x\r\n\r\nX-Twolane-Loop: %s\r\n", FALSE },
  { "longer", "X-Twolane-Loop: %s0\r\n", FALSE },
  { "shorter", "X-Twolane-Loop: %.31s\r\n", FALSE },
  { "another-field", "X-Twolane-Loop2: %s\r\n", FALSE },
  { "in-subject", "Subject: X-Twolane-Loop: %s\r\n", FALSE },
  { "empty", "%.0s", FALSE },
};

static void
test_owns (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlAddress) address = tl_address_parse ("you@acme.test", NULL);
  g_autoptr(TlLoopMessage) message = tl_loop_message_new (address, NOW_S);
  g_auto(GStrv) halves = g_strsplit (headers[i].format, "%", 2);
  const char *rest = strchr (halves[1], 's');
  gsize n = halves[1][0] == '.' ? (gsize) g_ascii_strtoull (halves[1] + 1, NULL, 10) : 32;
  g_autofree char *token = g_strndup (message->token, n);
  g_autofree char *header = g_strconcat (halves[0], token, rest + 1, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new (header, strlen (header));

  g_assert_cmpint (tl_loop_message_owns (message, bytes), ==, headers[i].is_ours);
}

/* X19, X20: no address gets a line end or a second address into the message. */
static void
test_injection (void)
{
  static const char * const typed[] = {
    "you\r\nBcc: x@evil.test@acme.test", "you@acme.test\r\nBcc: x", "you@acme.test, x@evil.test",
    "<you@acme.test>", "you\n.\n@acme.test", "\"a\r\n.\r\nb\"@acme.test", "you%0d%0a@acme.test\r",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr(TlAddress) address = tl_address_parse (typed[i], NULL);
      g_autoptr(TlLoopMessage) message = NULL;
      g_autofree char *text = NULL;
      g_autoptr(GHashTable) fields = NULL;

      if (address == NULL)
        continue;

      message = tl_loop_message_new (address, NOW_S);
      text = dup_text (message);
      assert_lines (text);
      fields = read_message (text);
      g_assert_cmpuint (g_hash_table_size (fields), ==, G_N_ELEMENTS (names) + 1);
      g_assert_null (strstr (text, "evil"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/loop-message/X19/bytes/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_bytes);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *path = g_strconcat ("/loop-message/owns/", headers[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_owns);
    }
  g_test_add_func ("/loop-message/discreet", test_discreet);
  g_test_add_func ("/loop-message/tokens", test_tokens);
  g_test_add_func ("/loop-message/X20/injection", test_injection);

  return g_test_run ();
}
