/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-members.h"

#include "tl-bundle-json.h"
#include "tl-bundle.h"
#include "tl-error.h"
#include "tl-sealed.h"
#include "tl-zip.h"

/* The members of a container, in the order they stand in. */
static const char * const names_without_secrets[] = {
  TL_BUNDLE_MEMBER_JSON, TL_BUNDLE_MEMBER_REPORT, TL_BUNDLE_MEMBER_SIGNATURE, NULL
};
static const char * const names_with_secrets[] = {
  TL_BUNDLE_MEMBER_JSON, TL_BUNDLE_MEMBER_REPORT, TL_BUNDLE_MEMBER_SECRETS,
  TL_BUNDLE_MEMBER_SIGNATURE, NULL
};

void
tl_bundle_members_clear (TlBundleMembers *self)
{
  g_clear_pointer (&self->json, g_bytes_unref);
  g_clear_pointer (&self->report, g_bytes_unref);
  g_clear_pointer (&self->secrets, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
}

/**
 * tl_bundle_members_pack:
 * @self: members, the signature among them
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the file, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when it would be too long
 */
GBytes *
tl_bundle_members_pack (const TlBundleMembers  *self,
                        GError                **error)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new ();
  g_autoptr(GBytes) bytes = NULL;

  g_ptr_array_add (members, self->json);
  g_ptr_array_add (members, self->report);
  if (self->secrets != NULL)
    g_ptr_array_add (members, self->secrets);
  g_ptr_array_add (members, self->signature);
  bytes = tl_zip_write (self->secrets != NULL ? names_with_secrets : names_without_secrets,
                        members);

  if (g_bytes_get_size (bytes) > TL_BUNDLE_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the bundle would be longer than %d bytes", TL_BUNDLE_MAX_BYTES);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

/**
 * tl_bundle_members_unpack:
 * @bytes: a file from anywhere
 * @out_members: (out caller-allocates): what is in it, sharing memory with @bytes
 * @error: return location for a #GError
 *
 * Returns: whether @bytes is a container in its one form, with the members of a
 *   bundle in their order and no others; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_bundle_members_unpack (GBytes           *bytes,
                          TlBundleMembers  *out_members,
                          GError          **error)
{
  gboolean with_secrets = tl_zip_claim_length (bytes) == G_N_ELEMENTS (names_with_secrets) - 1;
  g_autoptr(GPtrArray) members = NULL;
  guint n = 0;

  if (g_bytes_get_size (bytes) > TL_BUNDLE_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the file is longer than %d bytes", TL_BUNDLE_MAX_BYTES);
      return FALSE;
    }

  members = tl_zip_read (bytes, with_secrets ? names_with_secrets : names_without_secrets, error);
  if (members == NULL)
    return FALSE;

  out_members->json = g_bytes_ref (members->pdata[n++]);
  out_members->report = g_bytes_ref (members->pdata[n++]);
  out_members->secrets = with_secrets ? g_bytes_ref (members->pdata[n++]) : NULL;
  out_members->signature = g_bytes_ref (members->pdata[n]);

  return TRUE;
}

static gboolean
has_hash (GBytes     *member,
          const char *wanted)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, member);

  return g_str_equal (hash, wanted);
}

/* The other members, held against what bundle.json says of them. */
static gboolean
check_others (const TlBundleMembers  *self,
              const TlBundleFacts    *facts,
              GError                **error)
{
  if (!has_hash (self->report, facts->report_sha256))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "report.html is not the one that bundle.json names");
      return FALSE;
    }
  if ((self->secrets != NULL) != (facts->recipient[0] != '\0'))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           self->secrets != NULL ? "bundle.json names no secrets.p7m"
                                                 : "bundle.json names a secrets.p7m");
      return FALSE;
    }
  if (self->secrets != NULL && !has_hash (self->secrets, facts->secrets_sha256))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "secrets.p7m is not the one that bundle.json names");
      return FALSE;
    }

  return self->secrets == NULL || tl_sealed_check (self->secrets, error);
}

/**
 * tl_bundle_members_read:
 * @self: members; the signature is not looked at
 * @out_facts: (out caller-allocates): what the bundle says about itself
 * @out_wrong: (out) (optional): the id of what is wrong, on failure
 * @error: return location for a #GError
 *
 * Reads `bundle.json` strictly, then holds the other members against it: which
 * there are, their hashes, and the form of what is sealed.
 *
 * Returns: (transfer full): the report, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlReport *
tl_bundle_members_read (const TlBundleMembers  *self,
                        TlBundleFacts          *out_facts,
                        const char            **out_wrong,
                        GError                **error)
{
  TlBundleFacts facts;
  g_autoptr(TlReport) report = tl_bundle_json_read (self->json, &facts, error);
  const char *wrong = report == NULL ? "bundle.schema" : NULL;

  if (wrong == NULL && !check_others (self, &facts, error))
    wrong = "bundle.tampered";

  if (wrong != NULL)
    {
      if (out_wrong != NULL)
        *out_wrong = wrong;
      return NULL;
    }

  *out_facts = facts;

  return g_steal_pointer (&report);
}
