/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sending plan of a set-up: what limits it, and when it is part of a bundle. */
#include "tl-setup-private.h"

#include "tl-test-mailbox.h"

static TlSendingPlan *
get_section (TlSetup *setup)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (setup);

  /* The set-up keeps it. */
  return tl_report_get_sending (report);
}

static const TlSendingPlanParts *
get_parts (TlSetup *setup)
{
  return tl_sending_plan_get_parts (tl_sending_get_plan (tl_setup_get_sending (setup)));
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_only_when_asked (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autoptr(TlSending) sending = NULL;
  guint n_ready = 0;

  g_test_summary ("Nobody said anything: nothing is in the report");

  g_object_get (mailbox->setup, "sending", &sending, NULL);
  g_assert_true (sending == tl_setup_get_sending (mailbox->setup));
  g_assert_null (get_section (mailbox->setup));
  g_signal_connect_swapped (mailbox->setup, "notify::ready", G_CALLBACK (count), &n_ready);
  g_object_set (sending, "volume", 30, NULL);
  g_assert_cmpuint (n_ready, >=, 1);
  g_assert_true (get_section (mailbox->setup) == tl_sending_get_plan (sending));
}

static void
test_confirmed (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  tl_sending_confirm (tl_setup_get_sending (mailbox->setup));
  g_assert_nonnull (get_section (mailbox->setup));
}

static void
test_policy (void)
{
  g_autofree char *document = tl_test_policy_new (", \"daily_ceiling\": 6");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (document, NULL);

  g_test_summary ("The ceiling of a policy is the plan's where no other is smaller");

  g_assert_cmpuint (get_parts (mailbox->setup)->ceiling, ==, 6);
  g_assert_cmpint (get_parts (mailbox->setup)->ceiling_of, ==, TL_LIMIT_OF_POLICY);
}

static void
test_practice (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);

  g_test_summary ("Nobody's policy is about practice");

  g_assert_cmpint (get_parts (setup)->ceiling_of, !=, TL_LIMIT_OF_POLICY);
}

static void
test_provider (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  gboolean is_there = FALSE;

  g_test_summary ("The limits are those of the provider that was found");

  mailbox->setup->provider = tl_provider_ref (tl_providers_find ("google"));
  tl_setup_refresh_results (mailbox->setup);
  for (guint i = 0; i < get_parts (mailbox->setup)->limits->len; i++)
    {
      const TlSendingLimit *limit = get_parts (mailbox->setup)->limits->pdata[i];

      is_there = is_there || (limit->of == TL_LIMIT_OF_PROVIDER &&
                              g_strcmp0 (limit->name, "google") == 0);
    }
  g_assert_true (is_there);
}

static void
test_forgets (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  TlSending *sending = tl_setup_get_sending (mailbox->setup);
  g_autoptr(TlSecret) secret = tl_secret_new ("other", 5);

  g_test_summary ("Another address has a plan of its own; another password or server has not");

  g_object_set (sending, "volume", 30, NULL);
  tl_setup_set_secret (mailbox->setup, TL_LANE_NONE, secret);
  g_object_set (tl_setup_get_draft (mailbox->setup, TL_LANE_OUTGOING), "port", 1, NULL);
  g_assert_true (tl_sending_was_asked (sending));
  tl_setup_set_address_text (mailbox->setup, "bob@acme.test");
  g_assert_false (tl_sending_was_asked (sending));
  g_assert_null (get_section (mailbox->setup));
}

static void
test_export_goes_on (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  g_test_summary ("A plan above every limit keeps nobody from handing over");

  tl_test_mailbox_pass (mailbox);
  g_assert_true (tl_setup_is_ready (mailbox->setup));
  g_object_set (tl_setup_get_sending (mailbox->setup), "volume", 900000, NULL);
  g_assert_true (tl_setup_is_ready (mailbox->setup));
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-sending/only-when-asked", test_only_when_asked);
  g_test_add_func ("/setup-sending/confirmed", test_confirmed);
  g_test_add_func ("/setup-sending/policy", test_policy);
  g_test_add_func ("/setup-sending/practice", test_practice);
  g_test_add_func ("/setup-sending/provider", test_provider);
  g_test_add_func ("/setup-sending/forgets", test_forgets);
  g_test_add_func ("/setup-sending/export-goes-on", test_export_goes_on);

  return g_test_run ();
}
