/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-inspection.h"

#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

/* A key and its certificates, in any of the forms that are taken. */
#define MAX_KEY_BYTES (64 * 1024)

TlInspection *
tl_inspection_new (void)
{
  TlInspection *self = g_new0 (TlInspection, 1);

  self->policies = g_object_ref (tl_policy_store_get_default ());
  self->passphrase_fd = -1;

  return self;
}

void
tl_inspection_free (TlInspection *self)
{
  g_clear_object (&self->policies);
  g_clear_pointer (&self->signers, g_strfreev);
  g_clear_pointer (&self->policy_files, g_strfreev);
  g_clear_pointer (&self->key_path, g_free);
  g_free (self);
}

/**
 * tl_inspection_dup_entries:
 * @self: an inspection, which the options are read into
 *
 * Returns: (transfer full): the options that say whose bundles are trusted, and by which rules;
 *   free with g_free()
 */
GOptionEntry *
tl_inspection_dup_entries (TlInspection *self)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Answer in JSON, for programs"), NULL },
    { "signer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->signers,
      N_("Trust this signer: a fingerprint, a certificate or a file of fingerprints"),
      N_("SIGNER") },
    { "policy", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->policy_files,
      N_("Hold it against this policy too"), N_("FILE") },
    { "allow-rollback", 0, 0, G_OPTION_ARG_NONE, &self->allow_rollback,
      N_("Take a bundle that is older than one accepted before"), NULL },
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
}

/**
 * tl_inspection_dup_key_entries:
 * @self: an inspection, which the options are read into
 *
 * Returns: (transfer full): the same, and those that open what is sealed; free with g_free()
 */
GOptionEntry *
tl_inspection_dup_key_entries (TlInspection *self)
{
  g_autofree GOptionEntry *shared = tl_inspection_dup_entries (self);
  const GOptionEntry entries[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key_path,
      N_("The private key that passwords were encrypted for: PEM or PKCS #12"), N_("FILE") },
    { "passphrase-fd", 0, 0, G_OPTION_ARG_INT, &self->passphrase_fd,
      N_("Read the key’s passphrase from file descriptor N; else it is asked for"), N_("N") },
    { NULL }
  };

  return tl_cli_join_entries (shared, entries);
}

/**
 * tl_inspection_prepare:
 * @self: an inspection whose options were read
 * @error: return location for a #GError
 *
 * Reads the policies that were given.
 *
 * Returns: whether they are policies; %FALSE with an error that names the option
 */
gboolean
tl_inspection_prepare (TlInspection  *self,
                       GError       **error)
{
  for (gsize i = 0; self->policy_files != NULL && self->policy_files[i] != NULL; i++)
    {
      if (!tl_policy_store_add_file_sync (self->policies, self->policy_files[i], error))
        {
          g_prefix_error (error, "--policy: ");
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_seeking_own (TlReview *review)
{
  gboolean seeking = FALSE;

  g_object_get (review, "seeking-own", &seeking, NULL);

  return seeking;
}

/* Whether it is this person's own signature, the keyring knows. */
static gboolean
wait_for_own (TlReview  *review,
              GError   **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_WHILE (wait, (void) 0, is_seeking_own (review) &&
                              !g_cancellable_is_cancelled (wait.cancellable));

  return !g_cancellable_set_error_if_cancelled (wait.cancellable, error);
}

/* What a shell puts in the place of a file, and /dev/null: read here, where waiting for whoever
 * writes is what was asked for. */
static gboolean
is_pipe (const char *path)
{
  GStatBuf facts;

  return g_stat (path, &facts) == 0 && (S_ISFIFO (facts.st_mode) || S_ISCHR (facts.st_mode));
}

/**
 * tl_inspection_look:
 * @self: an inspection that was prepared
 * @path: a bundle
 * @error: return location for a #GError
 *
 * Reads and verifies one. What stands against it is for the caller to say.
 *
 * Returns: (transfer full): what came of it, or %NULL when the file cannot be read or the options
 *   cannot be meant
 */
TlReview *
tl_inspection_look (TlInspection  *self,
                    const char    *path,
                    GError       **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  g_autoptr(TlReview) review = tl_review_new (self->policies);
  g_autoptr(GBytes) bytes = NULL;

  for (gsize i = 0; self->signers != NULL && self->signers[i] != NULL; i++)
    tl_review_add_signer (review, self->signers[i]);
  if (self->allow_rollback)
    tl_review_allow_rollback (review);
  tl_review_set_is_glance (review, self->is_glance);

  if (!is_pipe (path))
    {
      WAIT_FOR (wait, tl_review_load_async (review, path, wait.cancellable, tl_journey_wait_ready,
                                            &wait));
    }
  else
    {
      bytes = tl_cli_read_file (path, TL_BUNDLE_MAX_BYTES, error);
      if (bytes == NULL)
        return NULL;
      WAIT_FOR (wait, tl_review_load_bytes_async (review, bytes, path, wait.cancellable,
                                                  tl_journey_wait_ready, &wait));
    }
  if (!tl_review_load_finish (review, wait.result, error) || !wait_for_own (review, error))
    return NULL;

  return g_steal_pointer (&review);
}

/**
 * tl_inspection_get_obstacle:
 * @review: a bundle that was looked at
 *
 * Whoever signed a bundle may make platform files of it without pinning themselves; whatever else
 * stands against it still does.
 *
 * Returns: (transfer none) (nullable): what keeps anything from being set up from it
 */
TlFinding *
tl_inspection_get_obstacle (TlReview *review)
{
  return tl_review_is_own (review) ? tl_review_get_objection (review)
                                   : tl_review_get_finding (review);
}

gboolean
tl_inspection_may_use (TlReview *review)
{
  return tl_review_get_bundle (review) != NULL && tl_inspection_get_obstacle (review) == NULL;
}

/* What the looking itself found: the list of bundles that were accepted before could not be
 * asked. */
static gboolean
has_trouble (TlReview *review)
{
  g_autoptr(GListModel) findings = NULL;

  g_object_get (review, "findings", &findings, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (g_str_equal (tl_finding_get_id (finding), "store.seen"))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_inspection_get_status:
 * @review: a bundle that was looked at
 *
 * Returns: the exit status: what is wrong with it; a warning where nobody could see whether a newer
 *   one was accepted before
 */
int
tl_inspection_get_status (TlReview *review)
{
  TlFinding *finding = tl_review_get_finding (review);

  if (finding != NULL)
    return (int) tl_exit_status_for_finding (tl_finding_get_id (finding), TL_LANE_NONE);

  return has_trouble (review) ? TL_EXIT_WARNINGS : TL_EXIT_OK;
}

/* The key with its passphrase: none, from a file descriptor, or asked for once it is seen to be
 * wanted. */
static TlOpener *
load_key (TlInspection  *self,
          GError       **error)
{
  g_autoptr(GBytes) bytes = tl_cli_read_file (self->key_path, MAX_KEY_BYTES, error);
  g_autoptr(TlSecret) passphrase = NULL;
  TlOpener *opener = NULL;

  if (bytes == NULL)
    return NULL;

  if (self->passphrase_fd >= 0)
    {
      passphrase = tl_secret_read_sync (self->passphrase_fd, error);
      if (passphrase == NULL)
        g_prefix_error (error, "--passphrase-fd: ");
      else
        opener = tl_opener_new (bytes, passphrase, error);
    }
  else
    {
      g_autoptr(GError) why = NULL;

      opener = tl_opener_new (bytes, NULL, &why);
      if (opener == NULL && tl_terminal_can_ask ())
        {
          passphrase = tl_terminal_ask_secret (_("Passphrase of the key:"), error);
          if (passphrase != NULL)
            opener = tl_opener_new (bytes, passphrase, error);
        }
      else if (opener == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&why));
        }
    }

  return opener;
}

/**
 * tl_inspection_open:
 * @self: an inspection with a key
 * @review: a bundle that may be used
 * @out_incoming: (out) (nullable): the incoming lane's password, or %NULL: there is none
 * @out_outgoing: (out) (nullable): the outgoing lane's
 * @out_status: (out): the exit status when %FALSE is returned
 *
 * Opens the passwords. What went wrong has been said when it returns %FALSE.
 *
 * Returns: whether they are open
 */
gboolean
tl_inspection_open (TlInspection  *self,
                    TlReview      *review,
                    TlSecret     **out_incoming,
                    TlSecret     **out_outgoing,
                    int           *out_status)
{
  TlBundle *bundle = tl_review_get_bundle (review);
  g_autoptr(TlOpener) opener = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;

  if (tl_bundle_get_recipient (bundle) == NULL)
    {
      tl_terminal_complain ("%s", _("there are no passwords in this bundle: whoever imports it "
                                    "types them"));
      *out_status = TL_EXIT_USAGE;
      return FALSE;
    }

  opener = load_key (self, &error);
  if (opener == NULL)
    {
      *out_status = tl_cli_fail_on_file (error);
      return FALSE;
    }
  if (tl_bundle_open (bundle, opener, out_incoming, out_outgoing, &finding, &error))
    return TRUE;

  if (finding != NULL)
    {
      tl_terminal_talk_aside ();
      tl_terminal_print_finding (finding, NULL);
      *out_status = TL_EXIT_BUNDLE;
    }
  else
    {
      *out_status = tl_cli_fail (error);
    }

  return FALSE;
}
