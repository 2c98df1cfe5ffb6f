/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-draft.h"

#include "tl-finding.h"

static TlCandidate *
make_candidate (const char *host,
                guint16     port,
                TlSecurity  security,
                gboolean    confirm)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (host, port, security, NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint,
                                                             TL_AUTH_PASSWORD, "ada@example.test",
                                                             NULL);
  const char *nobody[] = { NULL };

  return tl_candidate_new (TL_LANE_INCOMING, settings, TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS, 70,
                           confirm, nobody, nobody, NULL);
}

static gboolean
get_boolean (TlLaneDraft *draft,
             const char  *name)
{
  gboolean value = FALSE;

  g_object_get (draft, name, &value, NULL);

  return value;
}

static void
test_empty (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_OUTGOING);
  g_autoptr(TlFinding) problem = NULL;
  guint port = 0;

  g_object_get (draft, "port", &port, "problem", &problem, NULL);

  g_assert_cmpuint (port, ==, 465);
  g_assert_null (problem);
  g_assert_false (tl_lane_draft_is_valid (draft));
  g_assert_null (tl_lane_draft_dup_settings (draft, TL_AUTH_PASSWORD));
  g_assert_false (get_boolean (draft, "found"));
}

static void
test_propose (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) candidate = make_candidate ("imap.example.test", 143,
                                                     TL_SECURITY_STARTTLS, FALSE);
  g_autoptr(TlLaneSettings) settings = NULL;

  tl_lane_draft_propose (draft, candidate);
  settings = tl_lane_draft_dup_settings (draft, TL_AUTH_PASSWORD);

  g_assert_true (tl_lane_draft_is_valid (draft));
  g_assert_true (get_boolean (draft, "found"));
  g_assert_false (get_boolean (draft, "edited"));
  g_assert_true (tl_lane_settings_equal (settings, tl_candidate_get_settings (candidate)));
  g_assert_cmpstr (tl_lane_draft_get_source (draft), ==, TL_SOURCE_SRV);
  g_assert_cmpint (tl_lane_draft_get_trust (draft), ==, TL_TRUST_UNSIGNED_DNS);
}

static void
test_edit_and_reset (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) candidate = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS,
                                                     FALSE);
  g_autofree char *host = NULL;

  tl_lane_draft_propose (draft, candidate);
  g_object_set (draft, "host", "other.example.test", NULL);

  g_assert_true (get_boolean (draft, "edited"));
  g_assert_cmpstr (tl_lane_draft_get_source (draft), ==, TL_SOURCE_MANUAL);
  g_assert_cmpint (tl_lane_draft_get_trust (draft), ==, TL_TRUST_MANUAL);

  tl_lane_draft_reset (draft);
  g_object_get (draft, "host", &host, NULL);

  g_assert_cmpstr (host, ==, "imap.example.test");
  g_assert_false (get_boolean (draft, "edited"));
  g_assert_cmpstr (tl_lane_draft_get_source (draft), ==, TL_SOURCE_SRV);
}

static void
test_found_later (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) candidate = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS,
                                                     FALSE);
  g_autofree char *typed = NULL;
  g_autofree char *found = NULL;

  g_test_summary ("What is found after something was typed is only what a reset goes back to");

  g_object_set (draft, "host", "other.example.test", "port", 1993, NULL);
  tl_lane_draft_set_found (draft, candidate);
  g_object_get (draft, "host", &typed, NULL);
  g_assert_cmpstr (typed, ==, "other.example.test");
  g_assert_true (get_boolean (draft, "found"));
  g_assert_true (get_boolean (draft, "edited"));
  g_assert_cmpstr (tl_lane_draft_get_source (draft), ==, TL_SOURCE_MANUAL);

  tl_lane_draft_reset (draft);
  g_object_get (draft, "host", &found, NULL);
  g_assert_cmpstr (found, ==, "imap.example.test");
  g_assert_false (get_boolean (draft, "edited"));
}

static void
test_own_user (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) candidate = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS,
                                                     FALSE);

  g_test_summary ("Another user name makes nobody vouch for the server who did not before");

  tl_lane_draft_propose (draft, candidate);
  g_assert_false (tl_lane_draft_has_own_user (draft, "ada@example.test"));

  g_object_set (draft, "username", "relay", NULL);

  g_assert_true (tl_lane_draft_has_own_user (draft, "ada@example.test"));
  g_assert_true (get_boolean (draft, "edited"));
  g_assert_cmpstr (tl_lane_draft_get_source (draft), ==, TL_SOURCE_SRV);
  g_assert_cmpint (tl_lane_draft_get_trust (draft), ==, TL_TRUST_UNSIGNED_DNS);
}

static void
test_confirm (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) candidate = make_candidate ("mail.elsewhere.co.uk", 993, TL_SECURITY_TLS,
                                                     TRUE);
  g_autofree char *site = NULL;

  g_test_summary ("A host that nobody vouches for is not valid without a yes");

  tl_lane_draft_propose (draft, candidate);
  g_object_get (draft, "site", &site, NULL);

  g_assert_cmpstr (site, ==, "elsewhere.co.uk");
  g_assert_true (tl_lane_draft_needs_yes (draft));
  g_assert_false (tl_lane_draft_is_valid (draft));

  g_object_set (draft, "confirmed", TRUE, NULL);
  g_assert_true (tl_lane_draft_is_valid (draft));

  /* Another proposal is another question. */
  tl_lane_draft_propose (draft, candidate);
  g_assert_false (tl_lane_draft_is_valid (draft));

  /* What a person types is that person's word. */
  g_object_set (draft, "host", "mail.example.test", NULL);
  g_assert_false (get_boolean (draft, "confirm-needed"));
  g_assert_true (tl_lane_draft_is_valid (draft));
}

static void
test_port_follows (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_OUTGOING);
  guint port = 0;

  g_object_set (draft, "security", TL_SECURITY_STARTTLS, NULL);
  g_object_get (draft, "port", &port, NULL);
  g_assert_cmpuint (port, ==, 587);

  g_object_set (draft, "port", 2525, "security", TL_SECURITY_TLS, NULL);
  g_object_get (draft, "port", &port, NULL);
  g_assert_cmpuint (port, ==, 2525);
}

static void
test_without_encryption (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);

  g_test_summary ("No settings come of no encryption, whatever else is right");

  g_object_set (draft, "host", "imap.example.test", "username", "ada", NULL);
  g_assert_true (tl_lane_draft_is_valid (draft));
  g_object_set (draft, "security", TL_SECURITY_NONE, "port", 993, NULL);
  g_assert_false (tl_lane_draft_is_valid (draft));
  g_assert_null (tl_lane_draft_dup_settings (draft, TL_AUTH_PASSWORD));
}

typedef struct
{
  const char *name;
  const char *host;
  guint       port;
  const char *finding; /* NULL: nothing is wrong */
} ProblemCase;

static const ProblemCase problem_cases[] = {
  { "good",       "imap.example.test",       993, NULL },
  { "dot",        "imap.example.test.",      993, NULL },
  { "idn",        "imap.bücher.example",     993, NULL },
  { "ipv6",       "[2001:db8::1]",           993, NULL },
  { "space",      "imap example.test",       993, "input.bad-host" },
  { "at",         "ada@example.test",        993, "input.bad-host" },
  { "url",        "imaps://imap.example.test", 993, "input.bad-host" },
  { "line-end",   "imap.example.test\r\nX",  993, "input.bad-host" },
  { "format",     "%n%s",                    993, "input.bad-host" },
  { "no-port",    "imap.example.test",       0,   "input.bad-port" },
};

static void
test_problem (gconstpointer data)
{
  const ProblemCase *c = data;
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlFinding) problem = NULL;

  g_object_set (draft, "host", c->host, "port", c->port, "username", "ada", NULL);
  g_object_get (draft, "problem", &problem, NULL);

  g_assert_cmpstr (problem == NULL ? NULL : tl_finding_get_id (problem), ==, c->finding);
  g_assert_cmpint (tl_lane_draft_is_valid (draft), ==, c->finding == NULL);
}

static void
test_properties (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  guint n = 0;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (draft), &n);

  g_assert_cmpuint (n, >, 10);
  for (guint i = 0; i < n; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (draft), specs[i]->name, &value);
      g_assert_true (G_IS_VALUE (&value));
    }
}

static void
test_choose (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) found = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS, FALSE);
  g_autoptr(TlCandidate) other = make_candidate ("imap.elsewhere.test", 993, TL_SECURITY_TLS, TRUE);
  g_autofree char *host = NULL;

  g_test_summary ("Another candidate brings its own source and its own need for a yes");

  tl_lane_draft_propose (draft, found);
  tl_lane_draft_choose (draft, other);
  g_assert_cmpstr (tl_lane_draft_get_source (draft), ==, TL_SOURCE_SRV);
  g_assert_cmpint (tl_lane_draft_get_trust (draft), ==, TL_TRUST_UNSIGNED_DNS);
  g_assert_true (get_boolean (draft, "edited"));
  g_assert_true (tl_lane_draft_needs_yes (draft));
  g_assert_false (tl_lane_draft_is_valid (draft));
  g_assert_false (tl_lane_draft_has_own_user (draft, "ada"));

  g_object_set (draft, "confirmed", TRUE, NULL);
  g_assert_true (tl_lane_draft_is_valid (draft));

  g_object_set (draft, "port", 1993, NULL);
  g_assert_cmpstr (tl_lane_draft_get_source (draft), ==, TL_SOURCE_MANUAL);

  tl_lane_draft_reset (draft);
  g_object_get (draft, "host", &host, NULL);
  g_assert_cmpstr (host, ==, "imap.example.test");
  g_assert_false (get_boolean (draft, "edited"));
  g_assert_false (tl_lane_draft_needs_yes (draft));
}

static void
on_valid_notified (gpointer counter)
{
  (*(guint *) counter)++;
}

static void
test_found_again (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) first = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS, TRUE);
  g_autoptr(TlCandidate) again = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS, TRUE);
  g_autoptr(TlCandidate) surer = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS, FALSE);
  g_autoptr(TlCandidate) other = make_candidate ("other.example.test", 993, TL_SECURITY_TLS, TRUE);
  g_autoptr(TlCandidate) now = NULL;
  guint n_valid = 0;

  g_test_summary ("The same settings found again keep the yes; others ask for one of their own");

  tl_lane_draft_propose (draft, first);
  g_object_set (draft, "confirmed", TRUE, NULL);
  g_signal_connect_swapped (draft, "notify::valid", G_CALLBACK (on_valid_notified), &n_valid);

  tl_lane_draft_set_found (draft, again);
  g_object_get (draft, "candidate", &now, NULL);
  g_assert_true (now == again);
  g_assert_true (get_boolean (draft, "confirmed"));
  tl_lane_draft_set_found (draft, surer);
  g_assert_true (tl_lane_draft_is_valid (draft));
  g_assert_cmpuint (n_valid, ==, 0);

  tl_lane_draft_set_found (draft, other);
  g_assert_false (get_boolean (draft, "confirmed"));
  tl_lane_draft_reset (draft);
  g_assert_true (tl_lane_draft_needs_yes (draft));
}

static void
test_surer (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_INCOMING);
  g_autoptr(TlCandidate) first = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS, TRUE);
  g_autoptr(TlCandidate) surer = make_candidate ("imap.example.test", 993, TL_SECURITY_TLS, FALSE);
  guint n_valid = 0;

  g_test_summary ("Where somebody vouches for the server after all, the yes is not needed any more");

  tl_lane_draft_propose (draft, first);
  g_assert_false (tl_lane_draft_is_valid (draft));
  g_signal_connect_swapped (draft, "notify::valid", G_CALLBACK (on_valid_notified), &n_valid);
  tl_lane_draft_set_found (draft, surer);

  g_assert_true (tl_lane_draft_is_valid (draft));
  g_assert_cmpuint (n_valid, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lane-draft/empty", test_empty);
  g_test_add_func ("/lane-draft/propose", test_propose);
  g_test_add_func ("/lane-draft/edit-and-reset", test_edit_and_reset);
  g_test_add_func ("/lane-draft/found-later", test_found_later);
  g_test_add_func ("/lane-draft/own-user", test_own_user);
  g_test_add_func ("/lane-draft/confirm", test_confirm);
  g_test_add_func ("/lane-draft/port-follows", test_port_follows);
  g_test_add_func ("/lane-draft/without-encryption", test_without_encryption);
  g_test_add_func ("/lane-draft/properties", test_properties);
  for (gsize i = 0; i < G_N_ELEMENTS (problem_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-draft/problem/", problem_cases[i].name, NULL);

      g_test_add_data_func (path, &problem_cases[i], test_problem);
    }

  g_test_add_func ("/lane-draft/choose", test_choose);
  g_test_add_func ("/lane-draft/found-again", test_found_again);
  g_test_add_func ("/lane-draft/surer", test_surer);

  return g_test_run ();
}
