/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up makes of discovery: an early proposal, and what is said after it. */
#include "tl-setup.h"

#include "tl-contact.h"
#include "tl-error.h"
#include "tl-note.h"
#include "tl-setup-private.h"
#include "tl-test-discovery.h"

#define SLOW_MS 20

static TlDiscoveryReport *
make_report (TlSetup    *setup,
             const char *incoming_host,
             gboolean    confirm)
{
  const char *hosts[] = { incoming_host, "smtp.acme.test" };
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      g_autoptr(TlLaneSettings) settings = tl_test_discovery_make_settings (tl_lanes[i], hosts[i],
                                                          tl_setup_get_address (setup));

      g_ptr_array_add (candidates, tl_candidate_new (tl_lanes[i], settings, TL_SOURCE_AUTOCONFIG,
                                                     TL_TRUST_OWN_DOMAIN, 80, confirm, NULL, NULL,
                                                     NULL));
    }

  return tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) {
    .candidates = candidates, .proposed_ms = 5,
  });
}

static void
propose (TlSetup     *setup,
         TlDiscovery *discovery,
         TlTestWait  *wait)
{
  g_autoptr(TlDiscoveryReport) report = make_report (setup, "imap.acme.test", FALSE);

  g_signal_emit_by_name (discovery, "proposed", report);
  tl_test_wait_for (wait);
  g_assert_true (tl_setup_discover_finish (setup, wait->result, NULL));
  g_clear_object (&wait->result);
}

static void
settle (TlSetup *setup)
{
  tl_test_discovery_let_answer ();
  while (tl_setup_is_settling (setup))
    g_main_context_iteration (NULL, TRUE);
}

static guint
count (TlSetup    *setup,
       const char *property)
{
  g_autoptr(GListModel) model = NULL;

  g_object_get (setup, property, &model, NULL);

  return g_list_model_get_n_items (model);
}

static char *
get_host (TlSetup    *setup,
          TlLaneKind  lane)
{
  char *host = NULL;

  g_object_get (tl_setup_get_draft (setup, lane), "host", &host, NULL);

  return host;
}

static void
test_early (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autofree char *host = NULL;

  g_test_summary ("The caller has its answer when the proposal stands, and the rest comes after it");

  g_assert_true (tl_test_setup_get (setup, "discovering"));
  g_assert_false (tl_test_setup_get (setup, "discovered"));
  g_assert_false (tl_test_setup_get (setup, "settling"));

  propose (setup, discovery, &wait);
  host = get_host (setup, TL_LANE_INCOMING);
  g_assert_cmpstr (host, ==, "imap.acme.test");
  g_assert_false (tl_test_setup_get (setup, "discovering"));
  g_assert_true (tl_test_setup_get (setup, "discovered"));
  g_assert_true (tl_test_setup_get (setup, "settling"));
  g_assert_true (tl_test_setup_get (setup, "servers-valid"));
  g_assert_cmpuint (count (setup, "rejections"), ==, 0);

  settle (setup);
  g_assert_null (wait.result);
  g_assert_false (tl_test_setup_get (setup, "settling"));
  g_assert_true (tl_test_setup_get (setup, "discovered"));
  g_assert_cmpuint (count (setup, "rejections"), ==, 1);
  g_assert_cmpuint (count (setup, "hints"), ==, 2);
  g_assert_cmpuint (count (setup, "candidates"), ==, 2);
}

static void
test_without_proposal (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autofree char *host = NULL;

  g_test_summary ("With or without an early word, the end is an answer");

  tl_test_discovery_let_answer ();
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_discover_finish (setup, wait.result, NULL));
  g_clear_object (&wait.result);
  settle (setup);
  host = get_host (setup, TL_LANE_OUTGOING);

  g_assert_cmpstr (host, ==, "smtp.acme.test");
  g_assert_cmpuint (count (setup, "hints"), ==, 2);
}

static void
test_late_leaves_drafts (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlLaneDraft *incoming = tl_setup_get_draft (setup, TL_LANE_INCOMING);
  TlLaneDraft *outgoing = tl_setup_get_draft (setup, TL_LANE_OUTGOING);
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mine.test", 465, TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) mine = tl_lane_settings_new (TL_PROTOCOL_SMTP, endpoint,
                                                         TL_AUTH_PASSWORD, "me", NULL);
  g_autofree char *typed = NULL;
  g_autofree char *given = NULL;
  g_autofree char *reset = NULL;

  g_test_summary ("C12: what a person typed or gave after the proposal outlives the late report");

  propose (setup, discovery, &wait);
  g_object_set (incoming, "host", "typed.test", NULL);
  tl_lane_draft_set_settings (outgoing, mine, TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
  settle (setup);

  typed = get_host (setup, TL_LANE_INCOMING);
  given = get_host (setup, TL_LANE_OUTGOING);
  g_assert_cmpstr (typed, ==, "typed.test");
  g_assert_cmpstr (given, ==, "mine.test");
  g_assert_cmpstr (tl_lane_draft_get_source (outgoing), ==, TL_SOURCE_MANUAL);

  tl_lane_draft_reset (incoming);
  reset = get_host (setup, TL_LANE_INCOMING);
  g_assert_cmpstr (reset, ==, "imap.acme.test");
}

static void
test_late_other (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autoptr(TlDiscoveryReport) late = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *after = NULL;
  g_autofree char *reset = NULL;

  g_test_summary ("C12: even a late report that breaks the contract replaces nothing that was seen");

  propose (setup, discovery, &wait);
  seen = get_host (setup, TL_LANE_INCOMING);
  late = make_report (setup, "other.acme.test", FALSE);
  tl_setup_show_discovery (setup, late);
  after = get_host (setup, TL_LANE_INCOMING);
  g_assert_cmpstr (after, ==, seen);
  tl_lane_draft_reset (tl_setup_get_draft (setup, TL_LANE_INCOMING));
  reset = get_host (setup, TL_LANE_INCOMING);
  g_assert_cmpstr (reset, ==, "other.acme.test");

  settle (setup);
}

static void
on_valid_notified (gpointer counter)
{
  (*(guint *) counter)++;
}

static void
test_late_keeps_yes (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_INCOMING);
  g_autoptr(TlDiscoveryReport) first = NULL;
  g_autoptr(TlDiscoveryReport) second = NULL;
  guint n_valid = 0;

  g_test_summary ("A late report on the same servers keeps the yes and the test results");

  tl_setup_set_address_text (setup, "ada@acme.test");
  first = make_report (setup, "imap.elsewhere.test", TRUE);
  second = make_report (setup, "imap.elsewhere.test", TRUE);
  tl_setup_show_discovery (setup, first);
  g_assert_true (tl_lane_draft_needs_yes (draft));
  g_object_set (draft, "confirmed", TRUE, NULL);
  g_signal_connect_swapped (draft, "notify::valid", G_CALLBACK (on_valid_notified), &n_valid);

  tl_setup_show_discovery (setup, second);
  g_assert_false (tl_lane_draft_needs_yes (draft));
  g_assert_true (tl_lane_draft_is_valid (draft));
  g_assert_cmpuint (n_valid, ==, 0);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *n_touched)
{
  *n_touched += removed + added;
}

static void
test_late_leaves_rows (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlDiscoveryReport) first = NULL;
  g_autoptr(TlDiscoveryReport) second = NULL;
  g_autoptr(TlDiscoveryReport) third = NULL;
  g_autoptr(TlDiscoveryReport) fourth = NULL;
  g_autoptr(GPtrArray) more = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlFinding) finding = tl_finding_new ("discover.conflict", TL_LANE_NONE, NULL);
  g_autoptr(GListModel) candidates = NULL;
  g_autoptr(GListModel) findings = NULL;
  guint n_candidates = 0;
  guint n_findings = 0;

  g_test_summary ("Rows that say the same again are not made anew");

  tl_setup_set_address_text (setup, "ada@acme.test");
  first = make_report (setup, "imap.acme.test", FALSE);
  second = make_report (setup, "imap.acme.test", FALSE);
  third = tl_discovery_report_with_finding (second, finding);
  tl_setup_show_discovery (setup, first);
  g_object_get (setup, "candidates", &candidates, "discovery-findings", &findings, NULL);
  g_signal_connect (candidates, "items-changed", G_CALLBACK (on_items_changed), &n_candidates);
  g_signal_connect (findings, "items-changed", G_CALLBACK (on_items_changed), &n_findings);
  tl_setup_show_discovery (setup, third);

  g_assert_cmpuint (n_candidates, ==, 0);
  g_assert_cmpuint (n_findings, ==, 1);

  for (guint i = 0; i < tl_discovery_report_get_candidates (third)->len; i++)
    g_ptr_array_add (more, g_object_ref (tl_discovery_report_get_candidates (third)->pdata[i]));
  g_ptr_array_add (more, tl_candidate_new (TL_LANE_OUTGOING,
                                           tl_candidate_get_settings (more->pdata[1]),
                                           TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS, 70, FALSE, NULL,
                                           NULL, NULL));
  fourth = tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) {
    .candidates = more,
  });
  tl_setup_show_discovery (setup, fourth);
  g_assert_cmpuint (n_candidates, ==, 1);
  g_assert_cmpuint (n_findings, ==, 2);
}

static void
test_left_while_settling (gconstpointer data)
{
  gboolean by_address = GPOINTER_TO_INT (data);
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);

  g_test_summary ("Forgetting, or another address, stops what is still asked and drops what it says");

  propose (setup, discovery, &wait);
  if (by_address)
    tl_setup_set_address_text (setup, "bob@other.test");
  else
    tl_setup_forget_discovery (setup);
  g_assert_false (tl_test_setup_get (setup, "settling"));
  g_assert_false (tl_test_setup_get (setup, "discovered"));

  tl_test_discovery_let_answer ();
  tl_test_pass_ms (10 * SLOW_MS);
  g_assert_null (wait.result);
  g_assert_null (tl_setup_get_discovery (setup));
  g_assert_cmpuint (count (setup, "hints"), ==, 0);
  g_assert_cmpuint (count (setup, "candidates"), ==, 0);
}

static void
test_two_at_once (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlTestWait wait = { NULL };
  TlTestWait next = { NULL };
  g_autoptr(TlDiscovery) first = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autoptr(TlDiscovery) second = NULL;

  g_test_summary ("The end of a discovery that was left is not the end of the one after it");

  propose (setup, first, &wait);
  second = tl_test_discovery_begin (setup, "bob@other.test", NULL, &next);
  tl_test_pass_ms (10 * SLOW_MS);
  g_assert_true (tl_test_setup_get (setup, "discovering"));
  g_assert_null (next.result);

  propose (setup, second, &next);
  settle (setup);
  g_assert_cmpuint (count (setup, "hints"), ==, 2);
}

static void
test_cancelled_while_settling (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", cancellable, &wait);

  g_test_summary ("Stopping the further sources leaves the proposal");

  propose (setup, discovery, &wait);
  g_cancellable_cancel (cancellable);
  while (tl_setup_is_settling (setup))
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (tl_test_setup_get (setup, "discovered"));
  g_assert_true (tl_test_setup_get (setup, "servers-valid"));
}

static void
test_prerequisites (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autoptr(GListModel) notes = NULL;
  g_autoptr(TlNote) note = NULL;
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  g_autofree char *source_id = NULL;

  g_test_summary ("C13: what a domain wants switched on is its word, with the host of its link");

  propose (setup, discovery, &wait);
  settle (setup);
  g_object_get (setup, "prerequisites", &notes, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 1);
  note = g_list_model_get_item (notes, 0);
  g_object_get (note, "text", &text, "host", &host, "source", &source_id, NULL);
  g_assert_cmpstr (text, ==, "Switch <b>it</b> on");
  g_assert_cmpstr (host, ==, "help.acme.test");
  g_assert_cmpstr (source_id, ==, TL_SOURCE_AUTOCONFIG);

  /* Servers of a person's own are not for that document to advise on. */
  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "host", "a.test", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 1);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_OUTGOING), "host", "b.test", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 0);
}

static void
test_provider_notes (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlDiscoveryReport) report = NULL;
  g_autoptr(GListModel) notes = NULL;
  TlProvider *provider = tl_providers_find ("microsoft-365");
  guint n_tasks = tl_provider_get_n_prerequisites (provider);
  guint n_notices = tl_provider_get_n_notices (provider);

  g_test_summary ("What is to be done comes before what is only to be known");

  tl_setup_set_address_text (setup, "ada@acme.test");
  report = tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) {
    .provider = "microsoft-365",
  });
  tl_setup_show_discovery (setup, report);

  g_assert_true (n_tasks > 0 && n_notices > 0);
  g_object_get (setup, "prerequisites", &notes, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, n_tasks + n_notices);
  for (guint i = 0; i < n_tasks + n_notices; i++)
    {
      g_autoptr(TlNote) note = g_list_model_get_item (notes, i);
      gboolean is_notice;

      g_object_get (note, "notice", &is_notice, NULL);
      g_assert_true (is_notice == (i >= n_tasks));
    }
}

static void
test_contacts (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autoptr(TlDiscoveryReport) report = NULL;
  g_autoptr(GListModel) model = NULL;
  g_autoptr(TlContact) first = NULL;
  g_autoptr(TlContact) last = NULL;
  g_autofree char *host = NULL;
  TlContactKind kind;

  tl_setup_set_address_text (setup, "ada@acme.test");
  tl_contacts_add (contacts, TL_CONTACT_MAIL, "imap.acme.test");
  tl_contacts_add (contacts, TL_CONTACT_DNS, "acme.test");
  report = tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) {
    .contacts = contacts,
  });
  tl_setup_show_discovery (setup, report);
  g_object_get (setup, "contacts", &model, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  first = g_list_model_get_item (model, 0);
  last = g_list_model_get_item (model, 1);
  g_object_get (first, "kind", &kind, "host", &host, NULL);

  g_assert_cmpint (kind, ==, TL_CONTACT_DNS);
  g_assert_cmpstr (host, ==, "acme.test");
  g_assert_cmpint (tl_contact_get_kind (last), ==, TL_CONTACT_MAIL);
  g_assert_cmpstr (tl_contact_get_host (last), ==, "imap.acme.test");
}

static void
test_lookalike (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlDiscoveryReport) report = NULL;
  g_autoptr(GListModel) findings = NULL;
  g_autofree char *domain = NULL;

  g_test_summary ("D16: letters of two scripts are a finding; both forms of the domain are shown");

  tl_setup_set_address_text (setup, "ada@ex\u0430mple.org");
  report = make_report (setup, "imap.acme.test", FALSE);
  tl_setup_show_discovery (setup, report);
  g_object_get (setup, "discovery-findings", &findings, "domain", &domain, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (findings), ==, 1);
  g_assert_true (tl_test_model_has (findings, "input.lookalike"));
  g_assert_cmpstr (domain, ==, "ex\u0430mple.org (xn--exmple-4nf.org)");
  g_assert_cmpuint (tl_discovery_report_get_findings (tl_setup_get_discovery (setup))->len, ==, 1);
}

static void
test_suggestion (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autofree char *meant = NULL;
  g_autofree char *none = NULL;

  g_test_summary ("D01: a misspelt domain is noticed while nobody has been asked");

  tl_setup_set_address_text (setup, "ada@gmial.com");
  g_object_get (setup, "suggestion", &meant, NULL);
  g_assert_cmpstr (meant, ==, "gmail.com");
  g_assert_false (tl_test_setup_get (setup, "discovering"));

  tl_setup_set_address_text (setup, "ada@gmail.com");
  g_object_get (setup, "suggestion", &none, NULL);
  g_assert_null (none);
  tl_setup_set_address_text (setup, "ada@gmial.");
  g_object_get (setup, "suggestion", &none, NULL);
  g_assert_null (none);
}

static void
test_bad_directory (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("Nobody is asked as long as the directory is no https URL");

  tl_setup_set_address_text (setup, "ada@acme.test");
  g_object_set (setup, "directory-url", "http://directory.test/", NULL);
  tl_setup_discover_async (setup, NULL, tl_test_wait_ready, &wait);
  g_assert_false (tl_test_setup_get (setup, "discovering"));
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_discover_finish (setup, wait.result, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, "directory-url"));
  g_object_unref (wait.result);
}

static void
test_send_address (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlDiscoveryReport) report = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("C14: a yes to sending the address asks again, and is for that address alone");

  /* Without a directory that is one, it ends before anybody is asked. */
  tl_setup_set_address_text (setup, "ada@acme.test");
  g_object_set (setup, "directory-url", "x", NULL);
  report = make_report (setup, "imap.acme.test", FALSE);
  tl_setup_show_discovery (setup, report);
  g_assert_false (tl_test_setup_get (setup, "send-address"));
  tl_setup_discover_with_address_async (setup, NULL, tl_test_wait_ready, &wait);
  g_assert_true (tl_test_setup_get (setup, "send-address"));
  g_assert_false (tl_test_setup_get (setup, "discovered"));
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_discover_finish (setup, wait.result, &error));
  g_object_unref (wait.result);

  tl_setup_set_address_text (setup, "bob@acme.test");
  g_assert_false (tl_test_setup_get (setup, "send-address"));
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-discover/early", test_early);
  g_test_add_func ("/setup-discover/without-proposal", test_without_proposal);
  g_test_add_func ("/setup-discover/c12/late-leaves-drafts", test_late_leaves_drafts);
  g_test_add_func ("/setup-discover/c12/late-other", test_late_other);
  g_test_add_func ("/setup-discover/c12/late-keeps-yes", test_late_keeps_yes);
  g_test_add_func ("/setup-discover/late-leaves-rows", test_late_leaves_rows);
  g_test_add_data_func ("/setup-discover/left-while-settling/forgotten", GINT_TO_POINTER (FALSE),
                        test_left_while_settling);
  g_test_add_data_func ("/setup-discover/left-while-settling/address", GINT_TO_POINTER (TRUE),
                        test_left_while_settling);
  g_test_add_func ("/setup-discover/two-at-once", test_two_at_once);
  g_test_add_func ("/setup-discover/cancelled-while-settling", test_cancelled_while_settling);
  g_test_add_func ("/setup-discover/c13/prerequisites", test_prerequisites);
  g_test_add_func ("/setup-discover/provider-notes", test_provider_notes);
  g_test_add_func ("/setup-discover/contacts", test_contacts);
  g_test_add_func ("/setup-discover/d16/lookalike", test_lookalike);
  g_test_add_func ("/setup-discover/d01/suggestion", test_suggestion);
  g_test_add_func ("/setup-discover/bad-directory", test_bad_directory);
  g_test_add_func ("/setup-discover/c14/send-address", test_send_address);

  return g_test_run ();
}
