/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose key a bundle was signed with, asked of a keyring that is there. */
#include "tl-review.h"

#include "tl-test-mailbox.h"

static void
review_export (TlTestMailbox *mailbox,
               const char    *policy,
               gboolean       is_own,
               const char    *objection)
{
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *state = g_build_filename (mailbox->folder, "seen.json", NULL);
  g_autoptr(TlPolicyStore) policies = NULL;
  g_autoptr(TlReview) review = NULL;
  TlTestWait wait = { NULL };

  g_assert_true (tl_test_mailbox_export (mailbox, path));
  if (policy != NULL)
    g_free (tl_test_mailbox_put (mailbox, "policy.json", policy));
  policies = tl_policy_store_new (mailbox->folder, NULL);
  review = tl_review_new (policies);
  tl_review_set_state_file (review, state);
  tl_review_load_async (review, path, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_review_load_finish (review, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_cmpstr (tl_finding_get_id (tl_review_get_finding (review)), ==,
                   "bundle.unknown-signer");

  while (tl_test_setup_get ((TlSetup *) review, "seeking-own"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (tl_review_is_own (review), ==, is_own);
  g_assert_false (tl_review_is_accepted (review));
  g_assert_cmpstr (tl_test_finding_get_id (review, "objection"), ==, objection);
}

static void
test_own (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  tl_test_mailbox_pass (mailbox);
  review_export (mailbox, NULL, TRUE, NULL);
}

static void
test_forbidden (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *policy = tl_test_policy_new (", \"domains\": [\"other.test\"]");

  g_test_summary ("Being one's own lets no rule be broken");

  tl_test_mailbox_pass (mailbox);
  review_export (mailbox, policy, TRUE, "export.policy");
}

static void
test_unreadable (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  tl_test_mailbox_pass (mailbox);
  review_export (mailbox, "{}", TRUE, "store.policy");
}

static void
test_of_another (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  tl_test_mailbox_pass (mailbox);
  g_assert_true (tl_signing_make_fleeting (tl_setup_get_signing (mailbox->setup), NULL));
  review_export (mailbox, NULL, FALSE, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/review-own/own", test_own);
  g_test_add_func ("/review-own/B12/forbidden", test_forbidden);
  g_test_add_func ("/review-own/F07/unreadable", test_unreadable);
  g_test_add_func ("/review-own/of-another", test_of_another);

  return g_test_run ();
}
