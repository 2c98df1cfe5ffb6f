/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle.h"

#include <string.h>

#include "tl-bundle-members.h"
#include "tl-cms.h"
#include "tl-error.h"
#include "tl-sealed.h"
#include "tl-secrets.h"
#include "tl-text.h"
#include "tl-unsigned-bundle.h"

/* A clock here may be this much behind the signer's. */
#define CLOCK_SKEW_S (10 * 60)

/* Nothing real is under it (RFC 6761 §6.4). */
#define PRACTICE_DOMAIN "practice.invalid"

struct _TlBundle
{
  TlReport      *report;
  char          *json;
  char          *signer_name;
  GBytes        *secrets;      /* NULL: none are in it */
  TlBundleFacts  facts;
  gboolean       vouched_for;
  TlFinding     *held_back;    /* NULL: nothing speaks against opening it */
};

G_DEFINE_BOXED_TYPE (TlBundle, tl_bundle, tl_bundle_ref, tl_bundle_unref)

/**
 * tl_bundle_write:
 * @contents: what is handed over
 * @signer: who signs
 * @error: return location for a #GError
 *
 * Makes a bundle of what tl_unsigned_bundle_new() makes of @contents. Unless
 * both lanes are green for exactly these settings and were tested lately, and
 * no rule of a policy is broken, it is marked as a draft.
 *
 * Returns: (transfer full): the file; or %NULL with %TL_ERROR_REFUSED when a
 *   certificate is not valid now or OpenSSL would not sign, and
 *   %TL_ERROR_INVALID_INPUT when the contents do not fit into a bundle
 */
GBytes *
tl_bundle_write (const TlBundleContents  *contents,
                 TlSigner                *signer,
                 GError                 **error)
{
  g_autofree char *certificate = tl_signer_dup_certificate (signer);
  g_autoptr(TlUnsignedBundle) members = tl_unsigned_bundle_new (contents, certificate, error);
  g_autoptr(GBytes) signature = NULL;

  if (members == NULL)
    return NULL;

  signature = tl_cms_sign (tl_unsigned_bundle_get_member (members, TL_BUNDLE_MEMBER_JSON), signer,
                           error);

  return signature != NULL ? tl_unsigned_bundle_attach (members, signature, error) : NULL;
}

static TlFinding *
finding_new_expired (const TlBundleFacts *facts)
{
  g_autoptr(GDateTime) made = g_date_time_new_from_unix_utc (facts->made_s);
  g_autoptr(GDateTime) expires = g_date_time_new_from_unix_utc (facts->expires_s);
  g_autofree char *not_before = g_date_time_format_iso8601 (made);
  g_autofree char *not_after = g_date_time_format_iso8601 (expires);
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_NOT_BEFORE, "s", not_before);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_NOT_AFTER, "s", not_after);

  return tl_finding_new ("bundle.expired", TL_LANE_NONE, g_variant_dict_end (&evidence));
}

static TlFinding *
finding_new_fingerprint (const char *id,
                         const char *fingerprint)
{
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_FINGERPRINT, "s", fingerprint);

  return tl_finding_new (id, TL_LANE_NONE, g_variant_dict_end (&evidence));
}

static gboolean
is_practice (TlReport *report)
{
  TlPlan *plan = tl_report_get_plan (report);

  return tl_plan_get_purpose (plan) == TL_PURPOSE_PRACTICE ||
         g_str_equal (tl_address_get_domain (tl_plan_get_address (plan)), PRACTICE_DOMAIN);
}

/* What was signed, held against who signed it. */
static gboolean
check_signer (const TlBundleFacts  *facts,
              const TlCertificate  *certificate,
              GError              **error)
{
  if (!g_str_equal (facts->fingerprint, tl_certificate_get_fingerprint (certificate)) ||
      !g_str_equal (facts->certificate_sha256, tl_certificate_get_sha256 (certificate)))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the signature is by another signer than bundle.json names");
      return FALSE;
    }
  if (!tl_certificate_covers (certificate, facts->made_s))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the signer's certificate was not valid when the bundle was made");
      return FALSE;
    }

  return TRUE;
}

/* The container, then the signature's form, then the signature, and only then
 * what was signed. Gives the id of what is wrong, or NULL. */
static const char *
read_bundle (GBytes    *bytes,
             TlBundle  *self,
             GError   **error)
{
  g_auto(TlBundleMembers) members = { NULL };
  g_autoptr(TlCertificate) certificate = NULL;
  const char *wrong = NULL;
  const char *json;
  gsize len;

  if (!tl_bundle_members_unpack (bytes, &members, error))
    return "bundle.tampered";

  switch (tl_cms_verify (members.signature, members.json, &certificate, error))
    {
    case TL_CMS_NOT_OUR_FORM:
      return "bundle.tampered";
    case TL_CMS_BAD:
      return "bundle.bad-signature";
    case TL_CMS_GOOD:
    default:
      break;
    }

  self->report = tl_bundle_members_read (&members, &self->facts, &wrong, error);
  if (self->report == NULL)
    return wrong;
  if (!check_signer (&self->facts, certificate, error))
    return "bundle.bad-signature";

  json = g_bytes_get_data (members.json, &len);
  self->json = g_strndup (json, len);
  self->signer_name = tl_certificate_dup_name (certificate);
  self->secrets = g_steal_pointer (&members.secrets);

  return NULL;
}

/**
 * tl_bundle_verify:
 * @bytes: a file from anywhere
 * @pinned_fingerprints: (nullable): signers that somebody vouches for, 64
 *   lower-case hex digits each
 * @now_s: the present, seconds since the epoch
 * @out_finding: (out) (nullable): what is wrong, or %NULL when all is well
 * @error: return location for a #GError
 *
 * Writes the container and the signature again from what they parse to and
 * compares every byte, before it looks at the signature; then signature,
 * document, settings hash, the other members and the form of what is sealed.
 * Releases nothing
 * before all that passed: %NULL with `bundle.tampered`, `bundle.bad-signature`
 * or `bundle.schema`.
 *
 * What passed may still not be imported: `bundle.practice`, `bundle.expired`
 * (or made in the future) and `bundle.unknown-signer`, in this order of
 * precedence, come with the bundle, so that it can be shown under words that
 * say so.
 *
 * Returns: (transfer full) (nullable): the bundle, or %NULL with @out_finding
 *   set and @error telling the same in a clause for the log
 */
TlBundle *
tl_bundle_verify (GBytes              *bytes,
                  const char * const  *pinned_fingerprints,
                  gint64               now_s,
                  TlFinding          **out_finding,
                  GError             **error)
{
  g_autoptr(TlBundle) self = g_atomic_rc_box_new0 (TlBundle);
  g_autoptr(GError) cause = NULL;
  const char *wrong = read_bundle (bytes, self, &cause);

  if (wrong != NULL)
    {
      *out_finding = tl_finding_new_detail (wrong, TL_LANE_NONE, cause->message);
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  self->vouched_for = pinned_fingerprints != NULL &&
                      g_strv_contains (pinned_fingerprints, self->facts.fingerprint);

  if (is_practice (self->report))
    self->held_back = tl_finding_new ("bundle.practice", TL_LANE_NONE, NULL);
  else if (now_s >= self->facts.expires_s || now_s < self->facts.made_s - CLOCK_SKEW_S)
    self->held_back = finding_new_expired (&self->facts);
  else if (!self->vouched_for)
    self->held_back = finding_new_fingerprint ("bundle.unknown-signer", self->facts.fingerprint);
  *out_finding = self->held_back != NULL ? g_object_ref (self->held_back) : NULL;

  return g_steal_pointer (&self);
}

TlBundle *
tl_bundle_ref (TlBundle *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_bundle_clear (gpointer data)
{
  TlBundle *self = data;

  g_clear_pointer (&self->report, tl_report_unref);
  g_clear_pointer (&self->json, g_free);
  g_clear_pointer (&self->signer_name, g_free);
  g_clear_pointer (&self->secrets, g_bytes_unref);
  g_clear_object (&self->held_back);
}

void
tl_bundle_unref (TlBundle *self)
{
  g_atomic_rc_box_release_full (self, tl_bundle_clear);
}

TlReport *
tl_bundle_get_report (const TlBundle *self)
{
  return self->report;
}

/**
 * tl_bundle_get_facts:
 * @self: a bundle
 *
 * Returns: (transfer none): what the signed document says about the bundle
 */
const TlBundleFacts *
tl_bundle_get_facts (const TlBundle *self)
{
  return &self->facts;
}

/**
 * tl_bundle_get_fingerprint:
 * @self: a bundle
 *
 * Returns: (transfer none): the signer's, 64 lower-case hex digits
 */
const char *
tl_bundle_get_fingerprint (const TlBundle *self)
{
  return self->facts.fingerprint;
}

gint64
tl_bundle_get_made_s (const TlBundle *self)
{
  return self->facts.made_s;
}

gint64
tl_bundle_get_expires_s (const TlBundle *self)
{
  return self->facts.expires_s;
}

guint64
tl_bundle_get_serial (const TlBundle *self)
{
  return self->facts.serial;
}

/**
 * tl_bundle_is_draft:
 * @self: a bundle
 *
 * Returns: whether it was made with a lane that was not green, or not tested
 *   lately; nothing may be set up from it then
 */
gboolean
tl_bundle_is_draft (const TlBundle *self)
{
  return self->facts.readiness != TL_READINESS_READY;
}

/**
 * tl_bundle_is_vouched_for:
 * @self: a bundle
 *
 * Returns: whether its signer was among those pinned when it was verified
 */
gboolean
tl_bundle_is_vouched_for (const TlBundle *self)
{
  return self->vouched_for;
}

/**
 * tl_bundle_get_json:
 * @self: a bundle
 *
 * Returns: (transfer none): `bundle.json`, as signed
 */
const char *
tl_bundle_get_json (const TlBundle *self)
{
  return self->json;
}

/**
 * tl_bundle_get_signer_name:
 * @self: a bundle
 *
 * Returns: (transfer none): what the signer's certificate calls itself, clean
 *   text and its own word only; possibly empty
 */
const char *
tl_bundle_get_signer_name (const TlBundle *self)
{
  return self->signer_name;
}

/**
 * tl_bundle_get_recipient:
 * @self: a bundle
 *
 * Returns: (transfer none) (nullable): the fingerprint of whom passwords in it
 *   are sealed for, 64 lower-case hex digits; %NULL: there are none
 */
const char *
tl_bundle_get_recipient (const TlBundle *self)
{
  return self->secrets != NULL ? self->facts.recipient : NULL;
}

/* Gives the id of what is wrong, or NULL. */
static const char *
unseal (const TlBundle  *self,
        TlOpener        *opener,
        TlSecret       **out_incoming,
        TlSecret       **out_outgoing,
        GError         **error)
{
  g_autofree char *settings_hash = tl_plan_dup_settings_hash (tl_report_get_plan (self->report));
  g_autoptr(TlSecret) content = NULL;

  if (!g_str_equal (self->facts.recipient, tl_opener_get_fingerprint (opener)))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_REFUSED,
                           "the passwords are sealed for another key");
      return "bundle.not-for-you";
    }

  content = tl_sealed_open (self->secrets, opener, error);
  if (content == NULL ||
      !tl_secrets_read (content, &self->facts, settings_hash, out_incoming, out_outgoing, error))
    return "bundle.tampered";

  return NULL;
}

/**
 * tl_bundle_open:
 * @self: a bundle
 * @opener: the key of whom it is for
 * @out_incoming: (out) (nullable): the incoming lane's password, or %NULL where
 *   it is not in the bundle and has to be asked for
 * @out_outgoing: (out) (nullable): the outgoing lane's password, likewise
 * @out_finding: (out) (nullable): what is wrong, or %NULL when all is well
 * @error: return location for a #GError
 *
 * Gives out the passwords that are in the bundle, which may be none. What spoke
 * against the bundle when it was verified speaks against this as well:
 * `bundle.practice`, `bundle.expired`, `bundle.unknown-signer`. Then
 * `bundle.not-for-you`, and `bundle.tampered` when what is sealed is not what
 * was sealed for this bundle. After any of them the passwords are untouched.
 *
 * Returns: whether all is well; %FALSE with @out_finding set and @error telling
 *   the same in a clause for the log
 */
gboolean
tl_bundle_open (const TlBundle  *self,
                TlOpener        *opener,
                TlSecret       **out_incoming,
                TlSecret       **out_outgoing,
                TlFinding      **out_finding,
                GError         **error)
{
  g_autoptr(TlSecret) incoming = NULL;
  g_autoptr(TlSecret) outgoing = NULL;
  g_autoptr(GError) cause = NULL;
  const char *wrong = NULL;

  if (self->held_back != NULL)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_REFUSED, "the bundle is not to be opened: %s",
                   tl_finding_get_id (self->held_back));
      *out_finding = g_object_ref (self->held_back);
      return FALSE;
    }

  if (self->secrets != NULL)
    wrong = unseal (self, opener, &incoming, &outgoing, &cause);
  if (wrong != NULL)
    {
      *out_finding = g_str_equal (wrong, "bundle.not-for-you")
                       ? finding_new_fingerprint (wrong, self->facts.recipient)
                       : tl_finding_new_detail (wrong, TL_LANE_NONE, cause->message);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  *out_incoming = g_steal_pointer (&incoming);
  *out_outgoing = g_steal_pointer (&outgoing);
  *out_finding = NULL;

  return TRUE;
}
