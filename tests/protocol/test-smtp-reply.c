/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-reply.h"

typedef struct
{
  const char *name;
  const char *lines[4];
  guint       code;      /* 0: malformed at its last line */
  const char *enhanced;
  const char *text;
} ReplyCase;

static const ReplyCase reply_cases[] = {
  { "one-line",     { "250 ok" },                          250, NULL, "ok" },
  { "bare-code",    { "220" },                             220, NULL, "" },
  { "empty-text",   { "354 " },                            354, NULL, "" },
  { "two-lines",    { "250-mx.test", "250 SIZE 10" },      250, NULL, "mx.test SIZE 10" },
  { "enhanced",     { "535 5.7.8 no" },                    535, "5.7.8", "5.7.8 no" },
  { "enhanced-bare", { "535 5.7.139" },                    535, "5.7.139", "5.7.139" },
  { "enhanced-each", { "534-5.7.9 Please log", "534 5.7.9 in again" }, 534, "5.7.9",
    "5.7.9 Please log in again" },
  { "enhanced-differs", { "550-5.7.1 This is", "550 5.7.26 refused" }, 550, "5.7.1",
    "5.7.1 This is refused" },
  { "enhanced-last",    { "535-Sorry", "535 5.7.8 no" },   535, "5.7.8", "Sorry no" },
  { "enhanced-other-class", { "535 4.7.8 no" },            535, NULL, "4.7.8 no" },
  { "enhanced-glued", { "535 5.7.8x no" },                 535, NULL, "5.7.8x no" },
  { "enhanced-long", { "535 5.7.1390 no" },                535, NULL, "5.7.1390 no" },
  { "version-number", { "220 2.10 is my version" },        220, NULL, "2.10 is my version" },

  { "short",        { "25" },             0 },
  { "long-code",    { "2500 ok" },        0 },
  { "glued",        { "250ok" },          0 },
  { "zeros",        { "000 ok" },         0 },
  { "nines",        { "999 ok" },         0 },
  { "first-digit-1", { "150 ok" },        0 },
  { "first-digit-6", { "650 ok" },        0 },
  { "second-digit", { "260 ok" },         0 },
  { "third-digit",  { "25x ok" },         0 },
  { "negative",     { "-250 ok" },        0 },
  { "empty",        { "" },               0 },
  { "imap",         { "* OK ready" },     0 },
  { "mixed-codes",  { "250-a", "251 b" }, 0 },
};

static void
test_reply (gconstpointer data)
{
  const ReplyCase *c = data;
  g_autoptr(TlSmtpReply) reply = tl_smtp_reply_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *text = NULL;
  gboolean more = TRUE;

  for (gsize i = 0; more; i++)
    {
      g_assert_nonnull (c->lines[i]);
      if (!tl_smtp_reply_feed (reply, c->lines[i], &more, &fault))
        {
          g_assert_cmpuint (c->code, ==, 0);
          g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
          return;
        }
    }

  text = tl_smtp_reply_dup_text (reply);
  g_assert_cmpuint (tl_smtp_reply_get_code (reply), ==, c->code);
  g_assert_cmpstr (tl_smtp_reply_get_enhanced_code (reply), ==, c->enhanced);
  g_assert_cmpstr (text, ==, c->text);
  g_assert_cmpint (tl_smtp_reply_is_positive (reply), ==, c->code < 300);
}

static void
test_endless (void)
{
  g_autoptr(TlSmtpReply) reply = tl_smtp_reply_new ();
  g_autoptr(TlFault) fault = NULL;
  gboolean more = FALSE;

  for (guint i = 0; i < TL_SMTP_REPLY_MAX_LINES; i++)
    g_assert_true (tl_smtp_reply_feed (reply, "220-", &more, &fault));
  g_assert_false (tl_smtp_reply_feed (reply, "220-", &more, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TOO_LONG);
}

static void
test_heavy (void)
{
  g_autoptr(TlSmtpReply) reply = tl_smtp_reply_new ();
  g_autofree char *filler = g_strnfill (TL_SMTP_MAX_LINE_LEN - 4, 'x');
  g_autofree char *line = g_strconcat ("220-", filler, NULL);
  g_autoptr(TlFault) fault = NULL;
  gboolean more = FALSE;
  guint n = 0;

  while (tl_smtp_reply_feed (reply, line, &more, &fault))
    n++;
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TOO_LONG);
  g_assert_cmpuint (n, ==, TL_SMTP_REPLY_MAX_BYTES / TL_SMTP_MAX_LINE_LEN);
}

static void
test_fault (void)
{
  g_autoptr(TlSmtpReply) reply = tl_smtp_reply_new ();
  g_autoptr(TlFault) fault = NULL;
  GVariant *evidence;
  gboolean more;

  g_assert_true (tl_smtp_reply_feed (reply, "535 5.7.8 no\x1b[0m", &more, &fault));
  fault = tl_smtp_reply_to_fault (reply, TL_CAUSE_REFUSED);
  evidence = tl_fault_get_evidence (fault);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_REFUSED);
  g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_REPLY_CODE, 0), ==, 535);
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_ENHANCED_CODE), ==, "5.7.8");
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT), ==,
                   "5.7.8 no\\x1b[0m");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reply_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp/reply/X09/", reply_cases[i].name, NULL);

      g_test_add_data_func (path, &reply_cases[i], test_reply);
    }
  g_test_add_func ("/smtp/reply/X02/endless", test_endless);
  g_test_add_func ("/smtp/reply/X02/heavy", test_heavy);
  g_test_add_func ("/smtp/reply/fault", test_fault);

  return g_test_run ();
}
