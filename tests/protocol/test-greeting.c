/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-greeting.h"

typedef struct
{
  const char     *name;
  const char     *line;
  TlGreetingKind  kind;
  TlCause         as_imap; /* the fault when an IMAP greeting was wanted and this is none */
} Case;

static const Case cases[] = {
  { "imap/ok",        "* OK ready",                     TL_GREETING_IMAP,    TL_CAUSE_PROTOCOL },
  { "imap/bye",       "* BYE overloaded",               TL_GREETING_IMAP,    TL_CAUSE_PROTOCOL },
  { "smtp/220",       "220 mx.test ESMTP",              TL_GREETING_SMTP,    TL_CAUSE_WRONG_SERVICE },
  { "smtp/554",       "554-no service",                 TL_GREETING_SMTP,    TL_CAUSE_WRONG_SERVICE },
  { "pop3",           "+OK ready",                      TL_GREETING_POP3,    TL_CAUSE_WRONG_SERVICE },
  { "ssh",            "SSH-2.0-x",                      TL_GREETING_SSH,     TL_CAUSE_WRONG_SERVICE },
  { "http",           "HTTP/1.1 400 Bad Request",       TL_GREETING_HTTP,    TL_CAUSE_WRONG_SERVICE },
  { "html",           "<!doctype html>",                TL_GREETING_HTTP,    TL_CAUSE_WRONG_SERVICE },
  { "tls/raw",        "\x15\x03\x01",                   TL_GREETING_TLS,     TL_CAUSE_TLS_EXPECTED },
  { "tls/cleaned",    "\\x15\\x03\\x01\\x00",           TL_GREETING_TLS,     TL_CAUSE_TLS_EXPECTED },
  { "unknown/tagged", "A1 OK ready",                    TL_GREETING_UNKNOWN, TL_CAUSE_PROTOCOL },
  { "unknown/empty",  "",                               TL_GREETING_UNKNOWN, TL_CAUSE_PROTOCOL },
  { "unknown/star",   "* XX",                           TL_GREETING_UNKNOWN, TL_CAUSE_PROTOCOL },
  { "unknown/glued",  "220mx",                          TL_GREETING_UNKNOWN, TL_CAUSE_PROTOCOL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlFault) fault = tl_greeting_to_fault (c->line, TL_GREETING_IMAP);

  g_assert_cmpint (tl_greeting_recognize (c->line), ==, c->kind);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, c->as_imap);
  g_assert_nonnull (tl_evidence_get_string (tl_fault_get_evidence (fault),
                                            TL_EVIDENCE_FIRST_BYTES));
}

static void
test_restate (void)
{
  g_autoptr(TlFault) cut = tl_fault_new (TL_CAUSE_TRUNCATED, NULL);
  g_autoptr(TlFault) tls = tl_greeting_restate (cut, "\\x16\\x03\\x03");
  g_autoptr(TlFault) same = tl_greeting_restate (cut, "220 half a li");
  g_autoptr(TlFault) nothing = tl_greeting_restate (cut, NULL);

  g_assert_cmpint (tl_fault_get_cause (tls), ==, TL_CAUSE_TLS_EXPECTED);
  g_assert_cmpint (tl_fault_get_cause (same), ==, TL_CAUSE_TRUNCATED);
  g_assert_cmpint (tl_fault_get_cause (nothing), ==, TL_CAUSE_TRUNCATED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/greeting/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/greeting/restate", test_restate);

  return g_test_run ();
}
