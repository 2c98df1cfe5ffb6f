/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-capabilities.h"

typedef struct
{
  const char *name;
  const char *lines[4];  /* of an EHLO reply, or one list of IMAP */
  gboolean    is_ehlo;
  const char *all;       /* everything, sorted */
  const char *mechanisms;
} Case;

static const Case cases[] = {
  { "imap/usual", { "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN IDLE" },
    .all = "AUTH=LOGIN AUTH=PLAIN IDLE IMAP4REV1 SASL-IR", .mechanisms = "PLAIN LOGIN" },
  { "imap/lower-case", { "imap4rev1 auth=plain" }, .all = "AUTH=PLAIN IMAP4REV1", .mechanisms = "PLAIN" },
  { "imap/twice", { "IDLE idle AUTH=PLAIN auth=PLAIN" }, .all = "AUTH=PLAIN IDLE", .mechanisms = "PLAIN" },
  { "imap/auth-of-nothing", { "IMAP4rev1 AUTH=" }, .all = "IMAP4REV1", .mechanisms = "" },
  { "imap/empty", { "" }, .all = "", .mechanisms = "" },
  { "imap/only-spaces", { "    " }, .all = "", .mechanisms = "" },
  { "imap/no-atom", { "IMAP4rev1 \x01\x02 K\xc3\xb6nig" }, .all = "IMAP4REV1", .mechanisms = "" },
  { "ehlo/usual", { "PIPELINING", "SIZE 35882577", "AUTH LOGIN PLAIN XOAUTH2", "STARTTLS" }, TRUE,
    "AUTH AUTH=LOGIN AUTH=PLAIN AUTH=XOAUTH2 PIPELINING SIZE STARTTLS", "LOGIN PLAIN XOAUTH2" },
  { "ehlo/both-forms", { "AUTH PLAIN", "AUTH=LOGIN PLAIN" }, TRUE,
    "AUTH AUTH=LOGIN AUTH=PLAIN", "PLAIN LOGIN" },
  { "ehlo/auth-of-nothing", { "AUTH" }, TRUE, "AUTH", "" },
  { "ehlo/X10/keywords", { "DSN", "SMTPUTF8", "CHUNKING", "SIZE -1" }, TRUE,
    "CHUNKING DSN SIZE SMTPUTF8", "" },
  { "ehlo/X10/auth-twice", { "AUTH PLAIN LOGIN", "AUTH LOGIN CRAM-MD5", "AUTH=PLAIN" }, TRUE,
    "AUTH AUTH=CRAM-MD5 AUTH=LOGIN AUTH=PLAIN", "PLAIN LOGIN CRAM-MD5" },
  { "ehlo/empty-line", { "", "8BITMIME" }, TRUE, "8BITMIME", "" },
  { "ehlo/lower-case", { "starttls" }, TRUE, "STARTTLS", "" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlCapabilities) capabilities = tl_capabilities_new ();
  g_auto(GStrv) names = NULL;
  g_autofree char *all = NULL;
  g_autofree char *mechanisms = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (c->lines) && c->lines[i] != NULL; i++)
    g_assert_true (c->is_ehlo ? tl_capabilities_add_ehlo (capabilities, c->lines[i])
                              : tl_capabilities_add_imap (capabilities, c->lines[i]));

  names = tl_capabilities_dup_names (capabilities);
  all = g_strjoinv (" ", names);
  mechanisms = g_strjoinv (" ", (char **) tl_capabilities_get_mechanisms (capabilities));
  g_assert_cmpstr (all, ==, c->all);
  g_assert_cmpstr (mechanisms, ==, c->mechanisms);
  g_assert_cmpint (tl_capabilities_is_empty (capabilities), ==, *c->all == '\0');
}

static void
test_ask (void)
{
  g_autoptr(TlCapabilities) capabilities = tl_capabilities_new ();

  g_assert_true (tl_capabilities_add_ehlo (capabilities, "SIZE 1000"));
  g_assert_true (tl_capabilities_add_ehlo (capabilities, "AUTH PLAIN"));

  g_assert_true (tl_capabilities_has (capabilities, "size"));
  g_assert_cmpstr (tl_capabilities_get_parameters (capabilities, "Size"), ==, "1000");
  g_assert_false (tl_capabilities_has (capabilities, "SIZ"));
  g_assert_false (tl_capabilities_has (capabilities, "PLAIN"));
  g_assert_null (tl_capabilities_get_parameters (capabilities, "STARTTLS"));
}

static void
test_bounds (void)
{
  g_autoptr(TlCapabilities) capabilities = tl_capabilities_new ();
  g_autoptr(GString) words = g_string_new ("IMAP4rev1");
  gboolean fits = TRUE;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (words, " X%u", i);
  g_assert_false (tl_capabilities_add_imap (capabilities, words->str));

  for (guint i = 0; i < 5000 && fits; i++)
    {
      g_autofree char *line = g_strdup_printf ("AUTH M%u", i);

      fits = tl_capabilities_add_ehlo (capabilities, line);
    }
  g_assert_false (fits);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/capabilities/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/capabilities/ask", test_ask);
  g_test_add_func ("/capabilities/bounds", test_bounds);

  return g_test_run ();
}
