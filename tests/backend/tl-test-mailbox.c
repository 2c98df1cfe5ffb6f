/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-mailbox.h"

#include <glib/gstdio.h>
#include <string.h>

/**
 * tl_test_policy_new:
 * @members: of a policy, with a comma before each
 *
 * Returns: (transfer full): the document
 */
char *
tl_test_policy_new (const char *members)
{
  return g_strdup_printf ("{ \"format\": \"twolane-policy\", \"version\": 0%s }", members);
}

static TlLaneSettings *
settings_new (TlLaneKind lane)
{
  g_autoptr(GError) error = NULL;
  TlLaneSettings *settings =
    tl_lane_settings_new_from_url (lane == TL_LANE_INCOMING ? "imaps://imap.acme.test:993"
                                                            : "smtps://smtp.acme.test:465",
                                   TL_AUTH_PASSWORD, TL_TEST_MAILBOX_ADDRESS, &error);

  g_assert_no_error (error);

  return settings;
}

static char *
make_folder (TlTestMailbox *self,
             const char    *name,
             const char    *policy)
{
  char *folder = g_build_filename (self->folder, name, NULL);
  g_autofree char *path = g_build_filename (folder, "policy.json", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  if (policy != NULL)
    g_assert_true (g_file_set_contents (path, policy, -1, NULL));

  return folder;
}

/**
 * tl_test_mailbox_new:
 * @system_policy: (nullable): the document in the system's place
 * @user_policy: (nullable): the one in the user's
 *
 * Returns: (transfer full): a mailbox, not tested yet
 */
TlTestMailbox *
tl_test_mailbox_new (const char *system_policy,
                     const char *user_policy)
{
  TlTestMailbox *self = g_new0 (TlTestMailbox, 1);
  g_autoptr(TlSecret) password = tl_secret_new (TL_TEST_MAILBOX_PASSWORD,
                                                strlen (TL_TEST_MAILBOX_PASSWORD));
  g_autofree char *system = NULL;
  g_autofree char *user = NULL;

  self->folder = g_dir_make_tmp ("twolane-mailbox-XXXXXX", NULL);
  system = make_folder (self, "system", system_policy);
  user = make_folder (self, "user", user_policy);
  self->policies = tl_policy_store_new (system, user);
  self->setup = tl_setup_new ();
  tl_setup_set_policy_store (self->setup, self->policies);
  tl_setup_set_address_text (self->setup, TL_TEST_MAILBOX_ADDRESS);
  for (guint i = 0; i < G_N_ELEMENTS (tl_lanes); i++)
    {
      g_autoptr(TlLaneSettings) settings = settings_new (tl_lanes[i]);

      tl_lane_draft_set_settings (tl_setup_get_draft (self->setup, tl_lanes[i]), settings,
                                  TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN);
    }
  tl_setup_set_secret (self->setup, TL_LANE_NONE, password);

  return self;
}

static void
remove_all (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_all (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

void
tl_test_mailbox_free (TlTestMailbox *self)
{
  g_clear_object (&self->setup);
  g_clear_object (&self->policies);
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self);
}

/**
 * tl_test_mailbox_pass:
 * @self: a mailbox
 *
 * Gives both lanes a green result for exactly the settings that it has.
 */
void
tl_test_mailbox_pass (TlTestMailbox *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (tl_lanes); i++)
    {
      g_autoptr(GPtrArray) findings = g_ptr_array_new ();
      g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
      g_autoptr(TlLaneSettings) settings = tl_setup_dup_settings (self->setup, tl_lanes[i]);
      static const char * const names[] = { "acme.test", NULL };
      gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
      g_autoptr(TlTlsInfo) tls = tl_tls_info_new ("TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "Acme Test CA", names,
        now_s + 86400);
      const TlLaneReportParts parts = {
        .lane = tl_lanes[i],
        .settings = settings,
        .steps = steps,
        .findings = findings,
        .tls = tls,
        .tested_at_s = now_s,
      };
      g_autoptr(TlLaneReport) report = NULL;
      gsize n_stages = 0;
      const TlStage *stages = tl_stage_list_lane (TL_SECURITY_TLS, &n_stages);

      for (gsize j = 0; j < n_stages; j++)
        g_ptr_array_add (steps, tl_step_new (stages[j], TL_STATUS_OK, 0, 1));
      report = tl_lane_report_new (&parts);
      tl_lane_run_show (tl_setup_get_run (self->setup, tl_lanes[i]), report);
    }
  tl_setup_refresh_results (self->setup);
}

/**
 * tl_test_mailbox_put:
 * @self: a mailbox
 * @name: of a file
 * @text: what it says
 *
 * Returns: (transfer full): where it is now
 */
char *
tl_test_mailbox_put (TlTestMailbox *self,
                     const char    *name,
                     const char    *text)
{
  char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

/**
 * tl_test_mailbox_export:
 * @self: a mailbox
 * @path: where to
 *
 * Returns: whether it is there
 */
gboolean
tl_test_mailbox_export (TlTestMailbox *self,
                        const char    *path)
{
  TlTestWait wait = { NULL };
  g_autoptr(GError) error = NULL;
  gboolean is_there;

  tl_setup_export_async (self->setup, path, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_there = tl_setup_export_finish (self->setup, wait.result, &error);
  g_assert_cmpint (is_there, ==, error == NULL);
  g_object_unref (wait.result);

  return is_there;
}

/**
 * tl_test_mailbox_count:
 * @self: a mailbox
 *
 * Returns: how many files and folders a test has made so far
 */
guint
tl_test_mailbox_count (TlTestMailbox *self)
{
  g_autoptr(GDir) folder = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n - 2;
}

/**
 * tl_test_finding_get_id:
 * @object: what has a finding
 * @property: where
 *
 * Returns: (nullable): its id
 */
const char *
tl_test_finding_get_id (gpointer    object,
                        const char *property)
{
  g_autoptr(TlFinding) finding = NULL;

  g_object_get (object, property, &finding, NULL);

  return finding == NULL ? NULL : tl_finding_get_id (finding);
}
