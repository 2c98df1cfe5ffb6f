/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-rejection.h"

#include "tl-nick.h"
#include "tl-text.h"
#include "tl-trust.h"

static const char * const nicks[] = {
  [TL_REJECTION_PLAINTEXT]    = "plaintext",
  [TL_REJECTION_POP3]         = "pop3",
  [TL_REJECTION_NOT_OFFERED]  = "not-offered",
  [TL_REJECTION_BAD_HOST]     = "bad-host",
  [TL_REJECTION_BAD_PORT]     = "bad-port",
  [TL_REJECTION_BAD_USER]     = "bad-user",
  [TL_REJECTION_BAD_SECURITY] = "bad-security",
  [TL_REJECTION_NO_SIGN_IN]   = "no-sign-in",
  [TL_REJECTION_LIST_CUT]     = "list-cut",
};

static void
test_reasons (void)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_REJECTION_REASON);

  g_test_summary ("C08: each reason has a word for files and one for people");

  g_assert_cmpuint (klass->n_values, ==, G_N_ELEMENTS (nicks));
  for (guint i = 0; i < klass->n_values; i++)
    {
      g_assert_cmpstr (klass->values[i].value_nick, ==, nicks[i]);
      g_assert_nonnull (tl_rejection_reason_get_label ((TlRejectionReason) i));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (tl_rejection_reason_get_label ((TlRejectionReason) i), !=,
                         tl_rejection_reason_get_label ((TlRejectionReason) j));
    }
}

static void
test_values (void)
{
  g_autoptr(TlRejection) rejection =
    tl_rejection_new (TL_LANE_INCOMING, TL_SOURCE_AUTOCONFIG, "imap.acme.test:143",
                      TL_REJECTION_PLAINTEXT);
  g_autofree char *source = NULL;
  g_autofree char *server = NULL;
  TlLaneKind lane;
  TlRejectionReason reason;

  g_object_get (rejection, "lane", &lane, "source", &source, "server", &server, "reason", &reason,
                NULL);

  g_assert_cmpint (lane, ==, TL_LANE_INCOMING);
  g_assert_cmpint (tl_rejection_get_lane (rejection), ==, TL_LANE_INCOMING);
  g_assert_cmpstr (source, ==, "autoconfig");
  g_assert_cmpstr (tl_rejection_get_source (rejection), ==, "autoconfig");
  g_assert_cmpstr (server, ==, "imap.acme.test:143");
  g_assert_cmpstr (tl_rejection_get_server (rejection), ==, "imap.acme.test:143");
  g_assert_cmpint (reason, ==, TL_REJECTION_PLAINTEXT);
  g_assert_cmpint (tl_rejection_get_reason (rejection), ==, TL_REJECTION_PLAINTEXT);
}

typedef struct
{
  const char *name;
  const char *server;
  const char *clean;
} ServerCase;

static const ServerCase server_cases[] = {
  { "empty", "", "" },
  { "markup", "<b>imap</b>&amp;", "<b>imap</b>&amp;" },
  { "line-break", "imap.acme.test\r\nX: y", "imap.acme.test\\x0d\\x0aX: y" },
  { "escape", "\033[2Jimap", "\\x1b[2Jimap" },
  { "bidi", "\u202etset.emca", "\\u202etset.emca" },
  { "not-utf8", "imap\xff", "imap\\xff" },
};

static void
test_server (gconstpointer data)
{
  const ServerCase *c = data;
  g_autoptr(TlRejection) rejection =
    tl_rejection_new (TL_LANE_OUTGOING, TL_SOURCE_PACC, c->server, TL_REJECTION_BAD_HOST);

  g_assert_cmpstr (tl_rejection_get_server (rejection), ==, c->clean);
}

static void
test_long_server (void)
{
  g_autofree char *server = g_strnfill (100000, 'a');
  g_autoptr(TlRejection) rejection =
    tl_rejection_new (TL_LANE_OUTGOING, TL_SOURCE_PACC, server, TL_REJECTION_BAD_HOST);

  g_assert_cmpint (g_utf8_strlen (tl_rejection_get_server (rejection), -1), <=, 256);
  g_assert_true (tl_text_is_clean (tl_rejection_get_server (rejection)));
}

static void
test_json (gconstpointer data)
{
  TlLaneKind lane = GPOINTER_TO_INT (data);
  g_autoptr(TlRejection) rejection =
    tl_rejection_new (lane, TL_SOURCE_SRV, "\"\n", TL_REJECTION_LIST_CUT);
  g_autoptr(TlJson) json = tl_rejection_to_json (rejection);
  g_autofree char *text = tl_json_to_canonical (json);
  g_autofree char *expected =
    g_strdup_printf ("{\"lane\":%s,\"reason\":\"list-cut\",\"server\":\"\\\"\\\\x0a\","
                     "\"source\":\"srv\"}",
                     lane == TL_LANE_NONE ? "null" : "\"outgoing\"");

  g_assert_cmpstr (text, ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rejection/c08/reasons", test_reasons);
  g_test_add_func ("/rejection/values", test_values);
  for (gsize i = 0; i < G_N_ELEMENTS (server_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rejection/c08/server/", server_cases[i].name, NULL);

      g_test_add_data_func (path, &server_cases[i], test_server);
    }
  g_test_add_func ("/rejection/c08/server/long", test_long_server);
  g_test_add_data_func ("/rejection/json/lane", GINT_TO_POINTER (TL_LANE_OUTGOING), test_json);
  g_test_add_data_func ("/rejection/json/no-lane", GINT_TO_POINTER (TL_LANE_NONE), test_json);

  return g_test_run ();
}
