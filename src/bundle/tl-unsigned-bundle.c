/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-unsigned-bundle.h"

#include <string.h>

#include "tl-bundle-json.h"
#include "tl-bundle-members.h"
#include "tl-bundle.h"
#include "tl-cms.h"
#include "tl-error.h"
#include "tl-report-html.h"
#include "tl-sealed.h"
#include "tl-secrets.h"
#include "tl-zip.h"

struct _TlUnsignedBundle
{
  TlBundleFacts    facts;
  TlBundleMembers  members;   /* the signature is NULL */
  const char      *names[4];  /* of the members that there are */
};

G_DEFINE_BOXED_TYPE (TlUnsignedBundle, tl_unsigned_bundle,
                     tl_unsigned_bundle_ref, tl_unsigned_bundle_unref)

static gboolean
refuse (GError     **error,
        int          code,
        const char  *why)
{
  g_set_error_literal (error, TL_ERROR, code, why);

  return FALSE;
}

static void
name_members (TlUnsignedBundle *self)
{
  self->names[0] = TL_BUNDLE_MEMBER_JSON;
  self->names[1] = TL_BUNDLE_MEMBER_REPORT;
  self->names[2] = self->members.secrets != NULL ? TL_BUNDLE_MEMBER_SECRETS : NULL;
}

static gboolean
take_signer (TlUnsignedBundle  *self,
             const char        *certificate_pem,
             gint64             now_s,
             GError           **error)
{
  g_autoptr(TlCertificate) certificate =
    tl_certificate_new_from_pem (certificate_pem, strlen (certificate_pem), error);

  if (certificate == NULL)
    return FALSE;
  if (!tl_certificate_covers (certificate, now_s))
    return refuse (error, TL_ERROR_REFUSED,
                   "the signer's certificate is not valid at this time");

  g_strlcpy (self->facts.fingerprint, tl_certificate_get_fingerprint (certificate),
             sizeof self->facts.fingerprint);
  g_strlcpy (self->facts.certificate_sha256, tl_certificate_get_sha256 (certificate),
             sizeof self->facts.certificate_sha256);

  return TRUE;
}

/* A token is never handed over. */
static gboolean
can_hand_over (TlPlan     *plan,
               TlLaneKind  lane,
               TlSecret   *password)
{
  TlLaneSettings *settings = tl_plan_get_lane (plan, lane)->settings;

  return password == NULL ||
         (settings != NULL && tl_lane_settings_get_auth (settings) != TL_AUTH_OAUTH2);
}

static gboolean
is_to_be_sealed (const TlBundleContents *contents)
{
  return contents->recipient != NULL && (contents->incoming != NULL || contents->outgoing != NULL);
}

/**
 * tl_unsigned_bundle_can_seal:
 * @contents: what is handed over
 * @error: return location for a #GError
 *
 * Returns: whether the passwords can be sealed, or there is nothing to seal; %FALSE with
 *   %TL_ERROR_INVALID_INPUT about a password, or %TL_ERROR_REFUSED about a certificate that has
 *   expired
 */
gboolean
tl_unsigned_bundle_can_seal (const TlBundleContents  *contents,
                             GError                 **error)
{
  TlPlan *plan = tl_report_get_plan (contents->report);

  if (!is_to_be_sealed (contents))
    return TRUE;
  if (!can_hand_over (plan, TL_LANE_INCOMING, contents->incoming) ||
      !can_hand_over (plan, TL_LANE_OUTGOING, contents->outgoing))
    return refuse (error, TL_ERROR_INVALID_INPUT,
                   "a lane that does not sign in with a password has none to hand over");
  if ((contents->incoming != NULL && !tl_secrets_can_hold (contents->incoming)) ||
      (contents->outgoing != NULL && !tl_secrets_can_hold (contents->outgoing)))
    return refuse (error, TL_ERROR_INVALID_INPUT, "a password that no bundle can hold");
  if (contents->now_s >= tl_recipient_get_expires_s (contents->recipient))
    return refuse (error, TL_ERROR_REFUSED, "the recipient's certificate has expired");

  return TRUE;
}

static gboolean
seal_passwords (TlUnsignedBundle        *self,
                const TlBundleContents  *contents,
                GError                 **error)
{
  TlPlan *plan = tl_report_get_plan (contents->report);
  g_autofree char *settings_hash = tl_plan_dup_settings_hash (plan);
  g_autofree char *sha256 = NULL;
  g_autoptr(TlSecret) line = NULL;

  if (!tl_unsigned_bundle_can_seal (contents, error))
    return FALSE;

  line = tl_secrets_write (&self->facts, settings_hash, contents->incoming, contents->outgoing,
                           error);
  if (line == NULL ||
      (self->members.secrets = tl_sealed_write (line, contents->recipient, error)) == NULL)
    return FALSE;

  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->members.secrets);
  g_strlcpy (self->facts.secrets_sha256, sha256, sizeof self->facts.secrets_sha256);
  g_strlcpy (self->facts.recipient, tl_recipient_get_fingerprint (contents->recipient),
             sizeof self->facts.recipient);
  self->facts.has_incoming = contents->incoming != NULL;
  self->facts.has_outgoing = contents->outgoing != NULL;

  return TRUE;
}

/**
 * tl_unsigned_bundle_new:
 * @contents: what is handed over
 * @certificate_pem: the certificate of whoever will sign, in PEM
 * @error: return location for a #GError
 *
 * Makes the members of a bundle, valid for `TL_BUNDLE_VALID_S` from now.
 * Passwords are sealed only where @contents have both a recipient and a
 * password. But for what is sealed, the same input gives the same bytes.
 *
 * Returns: (transfer full): the members; or %NULL with %TL_ERROR_REFUSED when
 *   the certificate of signer or recipient is not valid now, and
 *   %TL_ERROR_INVALID_INPUT when the report is too long for a bundle, or a
 *   password cannot be handed over
 */
TlUnsignedBundle *
tl_unsigned_bundle_new (const TlBundleContents  *contents,
                        const char              *certificate_pem,
                        GError                 **error)
{
  g_autoptr(TlUnsignedBundle) self = g_atomic_rc_box_new0 (TlUnsignedBundle);
  g_autofree char *html_sha256 = NULL;
  TlBundleFacts *facts = &self->facts;

  g_return_val_if_fail (contents->serial <= TL_BUNDLE_MAX_SERIAL, NULL);

  facts->serial = contents->serial;
  facts->made_s = contents->now_s;
  facts->expires_s = contents->now_s + TL_BUNDLE_VALID_S;
  facts->readiness = tl_report_get_readiness (contents->report, contents->now_s);
  if (!take_signer (self, certificate_pem, contents->now_s, error))
    return NULL;
  if (is_to_be_sealed (contents) && !seal_passwords (self, contents, error))
    return NULL;

  self->members.report = tl_report_html_write (contents->report, facts, NULL);
  html_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->members.report);
  g_strlcpy (facts->report_sha256, html_sha256, sizeof facts->report_sha256);
  self->members.json = tl_bundle_json_write (contents->report, facts);
  name_members (self);

  if (g_bytes_get_size (self->members.json) > TL_JSON_MAX_BYTES ||
      g_bytes_get_size (self->members.report) > TL_ZIP_MAX_MEMBER_BYTES)
    {
      refuse (error, TL_ERROR_INVALID_INPUT, "the report is too long for a bundle");
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * tl_unsigned_bundle_read:
 * @json: `bundle.json`, from anywhere
 * @report: `report.html`
 * @secrets: (nullable): `secrets.p7m`, where there is one
 * @error: return location for a #GError
 *
 * Takes members back that were written as files: `bundle.json` has to be what
 * is written, byte for byte, and the others those that it names.
 *
 * Returns: (transfer full): the members, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlUnsignedBundle *
tl_unsigned_bundle_read (GBytes  *json,
                         GBytes  *report,
                         GBytes  *secrets,
                         GError **error)
{
  g_autoptr(TlUnsignedBundle) self = g_atomic_rc_box_new0 (TlUnsignedBundle);
  g_autoptr(TlReport) read = NULL;

  self->members.json = g_bytes_ref (json);
  self->members.report = g_bytes_ref (report);
  if (secrets != NULL)
    self->members.secrets = g_bytes_ref (secrets);
  name_members (self);

  if (g_bytes_get_size (report) > TL_ZIP_MAX_MEMBER_BYTES)
    {
      refuse (error, TL_ERROR_INVALID_INPUT, "report.html is too long for a bundle");
      return NULL;
    }

  read = tl_bundle_members_read (&self->members, &self->facts, NULL, error);

  return read != NULL ? g_steal_pointer (&self) : NULL;
}

TlUnsignedBundle *
tl_unsigned_bundle_ref (TlUnsignedBundle *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_unsigned_bundle_clear (gpointer data)
{
  TlUnsignedBundle *self = data;

  tl_bundle_members_clear (&self->members);
}

void
tl_unsigned_bundle_unref (TlUnsignedBundle *self)
{
  g_atomic_rc_box_release_full (self, tl_unsigned_bundle_clear);
}

/**
 * tl_unsigned_bundle_list_members:
 * @self: members
 *
 * Returns: (transfer none): their names, in the order they stand in
 */
const char * const *
tl_unsigned_bundle_list_members (const TlUnsignedBundle *self)
{
  return self->names;
}

/**
 * tl_unsigned_bundle_get_member:
 * @self: members
 * @name: a name that tl_unsigned_bundle_list_members() gave
 *
 * Returns: (transfer none): its bytes, or %NULL where there is no such member
 */
GBytes *
tl_unsigned_bundle_get_member (const TlUnsignedBundle *self,
                               const char             *name)
{
  GBytes * const members[] = { self->members.json, self->members.report, self->members.secrets };

  for (guint i = 0; i < G_N_ELEMENTS (members) && self->names[i] != NULL; i++)
    if (g_str_equal (self->names[i], name))
      return members[i];

  return NULL;
}

/**
 * tl_unsigned_bundle_attach:
 * @self: members
 * @signature: a detached signature of `bundle.json`, CMS in DER, from anywhere
 * @error: return location for a #GError
 *
 * Packs the file. An ECDSA signature of which two forms would do is brought
 * into the one that counts; for the rest it has to be as src/bundle/README.md
 * specifies.
 *
 * Returns: (transfer full): the file; or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @signature is not one of this `bundle.json` in that form, and
 *   %TL_ERROR_REFUSED when it is by another certificate than `bundle.json`
 *   names, or one that is not valid when the bundle was made
 */
GBytes *
tl_unsigned_bundle_attach (const TlUnsignedBundle  *self,
                           GBytes                  *signature,
                           GError                 **error)
{
  g_autoptr(GBytes) normal = tl_cms_normalise (signature, error);
  g_autoptr(TlCertificate) certificate = NULL;
  TlBundleMembers members = self->members;

  if (normal == NULL ||
      tl_cms_verify (normal, self->members.json, &certificate, error) != TL_CMS_GOOD)
    return NULL;

  if (!g_str_equal (tl_certificate_get_sha256 (certificate), self->facts.certificate_sha256) ||
      !g_str_equal (tl_certificate_get_fingerprint (certificate), self->facts.fingerprint))
    {
      refuse (error, TL_ERROR_REFUSED,
              "the signature is by another certificate than bundle.json names");
      return NULL;
    }
  if (!tl_certificate_covers (certificate, self->facts.made_s))
    {
      refuse (error, TL_ERROR_REFUSED,
              "the signer's certificate was not valid when the bundle was made");
      return NULL;
    }

  /* Borrowed: what is packed copies it. */
  members.signature = normal;

  return tl_bundle_members_pack (&members, error);
}
