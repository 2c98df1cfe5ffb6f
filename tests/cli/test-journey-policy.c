/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command line says of rules that only a test shows to be broken. */
#include "tl-journey.h"

#include "tl-exit-status.h"
#include "tl-test-mailbox.h"

typedef struct
{
  const char *name;
  const char *members;   /* of the policy; NULL: there is none */
  guint       n_broken;
  guint       status;
} Case;

static const Case cases[] = {
  { .name = "none" },
  { .name = "kept", .members = ", \"tls\": { \"min_version\": \"1.2\" }" },
  { .name = "tls", .members = ", \"tls\": { \"min_version\": \"1.3\" }", .n_broken = 1,
    .status = 40 },
  { .name = "folder-roles", .members = ", \"folder_roles\": [\"sent\"]", .n_broken = 1,
    .status = 40 },
  { .name = "both", .members = ", \"folder_roles\": [\"sent\"], "
                               "\"tls\": { \"min_version\": \"1.3\" }",
    .n_broken = 2, .status = 40 },
};

static TlJourney *
journey_new (TlTestMailbox *mailbox)
{
  TlJourney *journey = tl_journey_new ();

  tl_test_mailbox_pass (mailbox);
  g_set_object (&journey->setup, mailbox->setup);

  return journey;
}

static guint
count_broken (TlJson *json)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = tl_json_to_canonical (json);
  g_autoptr(GRegex) regex = g_regex_new ("\"id\":\\s*\"export\\.policy\"", 0, 0, &error);
  g_autoptr(GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    n++;

  return n;
}

static void
test_json (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *policy = c->members == NULL ? NULL : tl_test_policy_new (c->members);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, NULL);
  g_autoptr(TlJourney) journey = journey_new (mailbox);
  g_autoptr(TlReport) report = tl_setup_dup_report (mailbox->setup);
  g_autoptr(TlJson) json = tl_journey_report_to_json (journey, report);
  g_autofree char *text = tl_json_to_canonical (json);

  g_test_message ("%s", text);
  g_assert_cmpuint (count_broken (json), ==, c->n_broken);
  g_assert_cmpint (g_regex_match_simple ("\"policy\":\\s*\\{", text, 0, 0), ==,
                   c->members != NULL);
  g_assert_cmpuint (tl_exit_status_for_report (report), ==, c->status);
}

static void
test_print (void)
{
  g_autofree char *policy = tl_test_policy_new (cases[2].members);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, NULL);

  if (g_test_subprocess ())
    {
      g_autoptr(TlJourney) journey = journey_new (mailbox);

      tl_journey_print_results (journey);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*export.policy*");
}

/* What kept a lane from being tested is said once. */
static void
test_once (void)
{
  g_autofree char *policy = tl_test_policy_new (", \"domains\": [\"other.test\"]");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, NULL);
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(TlReport) report = NULL;
  g_autoptr(TlJson) json = NULL;

  g_set_object (&journey->setup, mailbox->setup);
  tl_test_setup_run (mailbox->setup, TL_LANE_NONE);
  report = tl_setup_dup_report (mailbox->setup);
  json = tl_journey_report_to_json (journey, report);
  g_assert_cmpuint (count_broken (json), ==, 2);
  g_assert_cmpuint (tl_report_get_findings (report)->len, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/journey-policy/json/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_json);
    }
  g_test_add_func ("/journey-policy/print", test_print);
  g_test_add_func ("/journey-policy/once", test_once);

  return g_test_run ();
}
