/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The note for somebody else: what is in it, what never is, and its shape. */
#include "tl-setup-private.h"

#include <string.h>

#include "config.h"
#include "tl-test-setup.h"

#define MAX_COLUMNS 76

/* How wide a line looks, counted apart from the code that is tested. */
static guint
count_columns (const char *line)
{
  guint columns = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      columns += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return columns;
}

static void
assert_shape (const char *note)
{
  g_auto(GStrv) lines = g_strsplit (note, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_true (g_utf8_validate (note, -1, NULL));
  g_assert_true (g_str_has_suffix (note, "\n"));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (count_columns (lines[i]), <=, MAX_COLUMNS);
      g_assert_false (g_str_has_suffix (lines[i], " ") && !g_str_equal (lines[i], "> "));
    }
}

/* The note without its line ends, so that a value that was broken over lines is found. */
static char *
dup_joined (const char *note)
{
  g_auto(GStrv) lines = g_strsplit (note, "\n", -1);
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];

      if (g_str_has_prefix (line, "> ") || g_str_has_prefix (line, "  "))
        line += 2;
      g_string_append (joined, line);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

typedef struct
{
  const char *name;
  const char *id;
  TlLaneKind  lane;
  const char *evidence;     /* GVariant text */
  const char *present[8];   /* in the note, line ends left out */
  const char *absent[4];
} NoteCase;

static const NoteCase cases[] = {
  { .name = "ports-blocked", .id = "connect.ports-blocked", .lane = TL_LANE_OUTGOING,
    .evidence = "{'host': <'smtp.acme.test'>, 'port': <uint32 465>, "
                "'addresses': <['192.0.2.7', '2001:db8::7']>, "
                "'ports_silent': <['25', '465', '587']>, 'ports_open': <['443', '993']>}",
    .present = { "smtp.acme.test", "25, 465, 587", "443, 993", "192.0.2.7, 2001:db8::7",
                 "[connect.ports-blocked]", TL_VERSION, TL_PRACTICE_OUTGOING_HOST },
    .absent = { TL_PRACTICE_ADDRESS } },
  { .name = "rejected", .id = "auth.refused", .lane = TL_LANE_INCOMING,
    .evidence = "{'server_text': <'NO [UNAVAILABLE] not today'>, 'imap_code': <'UNAVAILABLE'>}",
    .present = { "> NO [UNAVAILABLE] not today", TL_PRACTICE_ADDRESS, "[auth.refused]" } },
  { .name = "certificate", .id = "tls.hostname", .lane = TL_LANE_INCOMING,
    .evidence = "{'issuer': <'CN=Acme Test CA'>, 'names': <['a.acme.test', 'b.acme.test']>, "
                "'fingerprint': <'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'>, "
                "'tls_version': <'TLSv1.3'>}",
    .present = { "CN=Acme Test CA", "a.acme.test, b.acme.test", "TLSv1.3",
                 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" },
    .absent = { TL_PRACTICE_ADDRESS } },
  { .name = "green-but-ending", .id = "tls.expires-soon", .lane = TL_LANE_INCOMING,
    .evidence = "{'host': <'imap.acme.test'>, 'days': <uint32 12>, "
                "'not_after': <'2026-12-04T00:00:00Z'>}",
    .present = { "2026-12-04T00:00:00Z", "SHA-256" } },
  { .name = "codes", .id = "use.relay-denied", .lane = TL_LANE_OUTGOING,
    .evidence = "{'reply_code': <uint32 550>, 'enhanced_code': <'5.7.1'>, "
                "'server_text': <'550 5.7.1 relaying denied'>}",
    .present = { "550", "5.7.1", "> 550 5.7.1 relaying denied", TL_PRACTICE_ADDRESS } },
  { .name = "no-lane", .id = "domain.spf-missing", .lane = TL_LANE_NONE,
    .evidence = "{'domain': <'acme.test'>}",
    .present = { "acme.test", "[domain.spf-missing]" },
    .absent = { TL_PRACTICE_INCOMING_HOST, TL_PRACTICE_ADDRESS } },
  { .name = "rows/X17/echoed-password", .id = "auth.refused", .lane = TL_LANE_INCOMING,
    .evidence = "{'server_text': <'NO bad password: " TL_PRACTICE_PASSWORD "!'>}",
    .present = { "NO bad password" }, .absent = { ": " TL_PRACTICE_PASSWORD } },
  { .name = "wide", .id = "auth.refused", .lane = TL_LANE_INCOMING,
    .evidence = "{'server_text': <'登录失败登录失败登录失败登录失败登录失败登录失败登录失败登录失败登录失败"
                "登录失败登录失败登录失败登录失败登录失败登录失败'>}",
    .present = { "登录失败登录失败" } },
  { .name = "unbroken", .id = "auth.refused", .lane = TL_LANE_INCOMING,
    .evidence = "{'server_text': <'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'>}",
    .present = { "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" } },
  { .name = "edge", .id = "auth.refused", .lane = TL_LANE_INCOMING,
    .evidence = "{'server_text': <'1234567890123456789012345678901234567890123456789012345678901234"
                "56789 1234 x'>}",
    .present = { "> 123456789012345678901234567890123456789012345678901234567890123456789 1234" } },
};

static TlSetup *
make_tested (void)
{
  TlSetup *setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);

  tl_test_setup_run (setup, TL_LANE_NONE);

  return setup;
}

static void
test_note (gconstpointer data)
{
  const NoteCase *c = data;
  g_autoptr(TlSetup) setup = make_tested ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) evidence = g_variant_parse (G_VARIANT_TYPE_VARDICT, c->evidence, NULL, NULL,
                                                  &error);
  g_autoptr(TlFinding) finding = NULL;
  g_autofree char *note = NULL;
  g_autofree char *again = NULL;
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  finding = tl_finding_new (c->id, c->lane, evidence);
  note = tl_setup_dup_note_text (setup, finding);
  again = tl_setup_dup_note_text (setup, finding);
  joined = dup_joined (note);

  g_assert_cmpstr (note, ==, again);
  assert_shape (note);
  for (gsize i = 0; c->present[i] != NULL; i++)
    {
      if (strstr (joined, c->present[i]) == NULL && strstr (note, c->present[i]) == NULL)
        g_error ("“%s” is not in:\n%s", c->present[i], note);
    }
  for (gsize i = 0; c->absent[i] != NULL; i++)
    {
      if (strstr (note, c->absent[i]) != NULL)
        g_error ("“%s” is in:\n%s", c->absent[i], note);
    }
}

static void
test_golden (void)
{
  static const char golden[] =
    "To whoever runs our network\n"
    "\n"
    "This network seems to let no mail out\n"
    "Ports are the numbered doors of a server: all doors for sending (25, 465,\n"
    "587) stayed silent while others (443, 993) answered, as if a firewall on the\n"
    "way drops what you send.\n"
    "\n"
    "Please allow connections from this network to smtp.acme.test on a port for\n"
    "handing in mail: TCP 465 or 587.\n"
    "\n"
    "What was tried:\n"
    "- Lane: Outgoing\n"
    "- Server: smtp.acme.test:465, Encrypted from the start (TLS)\n"
    "- Addresses: 192.0.2.7, 2001:db8::7\n"
    "- Tested: 2001-09-09 01:46:40 UTC\n"
    "- Ports that did not answer: 25, 465, 587\n"
    "- Ports that did: 443, 993\n"
    "- Find the server: Passed, 12 ms\n"
    "- Reach it: Failed, 6001 ms\n"
    "\n"
    "Written by Twolane " TL_VERSION "; it found [connect.ports-blocked]. No password is\n"
    "in this note.\n";
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url ("smtps://smtp.acme.test", TL_AUTH_PASSWORD, "ada@acme.test",
                                   NULL);
  g_autoptr(GVariant) evidence =
    g_variant_parse (G_VARIANT_TYPE_VARDICT,
                     "{'host': <'smtp.acme.test'>, 'port': <uint32 465>, "
                     "'addresses': <['192.0.2.7', '2001:db8::7']>, "
                     "'ports_silent': <['25', '465', '587']>, 'ports_open': <['443', '993']>}",
                     NULL, NULL, NULL);
  g_autoptr(TlFinding) finding = tl_finding_new ("connect.ports-blocked", TL_LANE_OUTGOING,
                                                 evidence);
  g_autoptr(GPtrArray) findings = g_ptr_array_new ();
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(TlLaneReport) report = NULL;
  g_autofree char *note = NULL;

  g_test_summary ("One whole note, to the letter");

  tl_setup_set_address_text (setup, "ada@acme.test");
  g_ptr_array_add (findings, finding);
  g_ptr_array_add (steps, tl_step_new (TL_STAGE_RESOLVE, TL_STATUS_OK, 0, 12));
  g_ptr_array_add (steps, tl_step_new (TL_STAGE_CONNECT, TL_STATUS_ERROR, 12, 6001));
  report = tl_lane_report_new (&(TlLaneReportParts) {
    .lane = TL_LANE_OUTGOING, .settings = settings, .steps = steps, .findings = findings,
    .tested_at_s = 1000000000,
  });
  tl_lane_run_show (tl_setup_get_run (setup, TL_LANE_OUTGOING), report);
  note = tl_setup_dup_note_text (setup, finding);

  g_assert_cmpstr (note, ==, golden);
}

static void
test_moment (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  TlLaneReport *report = tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_OUTGOING));
  g_autoptr(GDateTime) moment =
    g_date_time_new_from_unix_utc (tl_lane_report_get_tested_at_s (report));
  g_autofree char *text = g_date_time_format (moment, "%Y-%m-%d %H:%M:%S UTC");
  g_autofree char *place = g_strdup_printf ("%s:%u", TL_PRACTICE_OUTGOING_HOST,
                                            tl_practice_get_outgoing_port (setup->practice));
  g_autoptr(TlFinding) finding = tl_finding_new ("use.rate-limited", TL_LANE_OUTGOING, NULL);
  g_autofree char *note = tl_setup_dup_note_text (setup, finding);

  g_test_summary ("It says when, in UTC, and to which port");

  g_assert_nonnull (strstr (note, text));
  g_assert_nonnull (strstr (note, place));
}

static void
test_untested (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlFinding) finding = tl_finding_new ("connect.timeout", TL_LANE_INCOMING, NULL);
  g_autofree char *note = tl_setup_dup_note_text (setup, finding);

  g_test_summary ("With no address and no result there is a note all the same");

  assert_shape (note);
  g_assert_nonnull (strstr (note, "[connect.timeout]"));
}

static void
test_every_entry (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  g_autoptr(TlSecret) secret = tl_secret_new ("canary-8461", strlen ("canary-8461"));

  g_test_summary ("Every entry makes a note, with nothing known; none holds the password (P9)");

  g_clear_pointer (&setup->lanes[0].secret, tl_secret_unref);
  setup->lanes[0].secret = g_steal_pointer (&secret);

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
      g_autoptr(TlFinding) finding = NULL;
      g_autofree char *note = NULL;

      g_variant_dict_insert (&evidence, TL_EVIDENCE_SERVER_TEXT, "s", "NO canary-8461 is wrong");
      finding = tl_finding_new (tl_catalogue_get (i)->id, TL_LANE_INCOMING,
                                g_variant_dict_end (&evidence));
      note = tl_setup_dup_note_text (setup, finding);
      assert_shape (note);
      g_assert_null (strstr (note, "canary-8461"));
      g_assert_null (strstr (note, "{"));
    }
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_str_has_prefix (cases[i].name, "rows/")
                                ? g_strconcat ("/", cases[i].name, NULL)
                                : g_strconcat ("/note-text/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_note);
    }
  g_test_add_func ("/note-text/golden", test_golden);
  g_test_add_func ("/note-text/moment", test_moment);
  g_test_add_func ("/note-text/untested", test_untested);
  g_test_add_func ("/rows/P9/note-text-every-entry", test_every_entry);

  return g_test_run ();
}
