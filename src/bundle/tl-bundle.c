/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle.h"

#include <string.h>

#include "tl-bundle-json.h"
#include "tl-cms.h"
#include "tl-error.h"
#include "tl-report-html.h"
#include "tl-text.h"
#include "tl-zip.h"

/* A clock here may be this much behind the signer's. */
#define CLOCK_SKEW_S (10 * 60)

/* Nothing real is under it (RFC 6761 §6.4). */
#define PRACTICE_DOMAIN "practice.invalid"

struct _TlBundle
{
  TlReport      *report;
  char          *json;
  TlBundleFacts  facts;
  gboolean       vouched_for;
};

G_DEFINE_BOXED_TYPE (TlBundle, tl_bundle, tl_bundle_ref, tl_bundle_unref)

enum
{
  MEMBER_JSON,
  MEMBER_REPORT,
  MEMBER_SIGNATURE,
};

/* The members of a container, in the order they stand in. */
static const char * const member_names[] = {
  [MEMBER_JSON]      = "bundle.json",
  [MEMBER_REPORT]    = "report.html",
  [MEMBER_SIGNATURE] = "bundle.json.p7s",
  NULL
};

static GBytes *
check_size (GBytes   *bytes,
            GError  **error)
{
  g_autoptr(GBytes) owned = bytes;

  if (g_bytes_get_size (bytes) > TL_BUNDLE_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the bundle would be longer than %d bytes", TL_BUNDLE_MAX_BYTES);
      return NULL;
    }

  return g_steal_pointer (&owned);
}

/**
 * tl_bundle_write:
 * @report: what is handed over
 * @signer: who signs
 * @serial: at most 2^53 − 1, growing from one bundle of a signer to the next
 * @now_s: the present, seconds since the epoch
 * @error: return location for a #GError
 *
 * Makes a bundle, valid for `TL_BUNDLE_VALID_S` from @now_s. Unless both lanes
 * are green for exactly these settings and were tested lately, it is marked as
 * a draft. But for the signature, the same input gives the same bytes.
 *
 * Returns: (transfer full): the file, or %NULL with %TL_ERROR_REFUSED when the
 *   signer's certificate is not valid at @now_s or OpenSSL would not sign, and
 *   %TL_ERROR_INVALID_INPUT when the report is too long for a bundle
 */
GBytes *
tl_bundle_write (TlReport  *report,
                 TlSigner  *signer,
                 guint64    serial,
                 gint64     now_s,
                 GError   **error)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GBytes) html = NULL;
  g_autoptr(GBytes) json = NULL;
  g_autofree char *html_sha256 = NULL;
  GBytes *signature;
  TlBundleFacts facts = {
    .serial = serial,
    .made_s = now_s,
    .expires_s = now_s + TL_BUNDLE_VALID_S,
    .readiness = tl_report_get_readiness (report, now_s),
  };

  g_return_val_if_fail (serial <= TL_BUNDLE_MAX_SERIAL, NULL);

  if (!tl_signer_covers (signer, now_s))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_REFUSED,
                           "the signer's certificate is not valid at this time");
      return NULL;
    }

  g_strlcpy (facts.fingerprint, tl_signer_get_fingerprint (signer), sizeof facts.fingerprint);
  html = tl_report_html_write (report, &facts);
  html_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, html);
  g_strlcpy (facts.report_sha256, html_sha256, sizeof facts.report_sha256);
  json = tl_bundle_json_write (report, &facts);

  if (g_bytes_get_size (json) > TL_JSON_MAX_BYTES ||
      g_bytes_get_size (html) > TL_ZIP_MAX_MEMBER_BYTES)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the report is too long for a bundle");
      return NULL;
    }

  signature = tl_cms_sign (json, signer, error);
  if (signature == NULL)
    return NULL;

  g_ptr_array_add (members, g_steal_pointer (&json));
  g_ptr_array_add (members, g_steal_pointer (&html));
  g_ptr_array_add (members, signature);

  return check_size (tl_zip_write (member_names, members), error);
}

/**
 * tl_bundle_save_sync:
 * @bundle: what tl_bundle_write() gave
 * @path: where to
 * @error: return location for a #GError
 *
 * Saves a bundle for its owner alone (mode 0600): the new file is there whole,
 * and on the disk, or what was there before still is. A symbolic link is
 * replaced, not followed. Blocks for as long as the disk takes.
 *
 * Returns: whether it is there; %FALSE with a #GFileError
 */
gboolean
tl_bundle_save_sync (GBytes      *bundle,
                     const char  *path,
                     GError     **error)
{
  gsize len;
  const char *data = g_bytes_get_data (bundle, &len);

  return g_file_set_contents_full (path, data, (gssize) len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static TlFinding *
finding_new_detail (const char *id,
                    const char *detail)
{
  g_autofree char *clean = tl_text_clean (detail, -1);
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", clean);

  return tl_finding_new (id, TL_LANE_NONE, g_variant_dict_end (&evidence));
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
finding_new_unknown_signer (const char *fingerprint)
{
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_FINGERPRINT, "s", fingerprint);

  return tl_finding_new ("bundle.unknown-signer", TL_LANE_NONE, g_variant_dict_end (&evidence));
}

static gboolean
is_practice (TlReport *report)
{
  TlPlan *plan = tl_report_get_plan (report);

  return tl_plan_get_purpose (plan) == TL_PURPOSE_PRACTICE ||
         g_str_equal (tl_address_get_domain (tl_plan_get_address (plan)), PRACTICE_DOMAIN);
}

/* The container, then the signature's form, then the signature, and only then
 * what was signed. Gives the id of what is wrong, or NULL. */
static const char *
open_bundle (GBytes    *bytes,
             TlBundle  *self,
             GError   **error)
{
  g_autoptr(GPtrArray) members = NULL;
  g_autoptr(TlCertificate) certificate = NULL;
  g_autofree char *report_sha256 = NULL;
  const char *json;
  gsize len;

  if (g_bytes_get_size (bytes) > TL_BUNDLE_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the file is longer than %d bytes", TL_BUNDLE_MAX_BYTES);
      return "bundle.tampered";
    }
  if ((members = tl_zip_read (bytes, member_names, error)) == NULL)
    return "bundle.tampered";

  switch (tl_cms_verify (members->pdata[MEMBER_SIGNATURE], members->pdata[MEMBER_JSON],
                         &certificate, error))
    {
    case TL_CMS_NOT_OUR_FORM:
      return "bundle.tampered";
    case TL_CMS_BAD:
      return "bundle.bad-signature";
    case TL_CMS_GOOD:
    default:
      break;
    }

  self->report = tl_bundle_json_read (members->pdata[MEMBER_JSON], &self->facts, error);
  if (self->report == NULL)
    return "bundle.schema";

  report_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, members->pdata[MEMBER_REPORT]);
  if (!g_str_equal (report_sha256, self->facts.report_sha256))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "report.html is not the one that was signed for");
      return "bundle.tampered";
    }

  if (!g_str_equal (self->facts.fingerprint, tl_certificate_get_fingerprint (certificate)))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the signature is by another signer than bundle.json names");
      return "bundle.bad-signature";
    }
  if (!tl_certificate_covers (certificate, self->facts.made_s))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the signer's certificate was not valid when the bundle was made");
      return "bundle.bad-signature";
    }

  json = g_bytes_get_data (members->pdata[MEMBER_JSON], &len);
  self->json = g_strndup (json, len);

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
 * document, settings hash and hashes of the other members. Releases nothing
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
  const char *wrong = open_bundle (bytes, self, &cause);

  if (wrong != NULL)
    {
      *out_finding = finding_new_detail (wrong, cause->message);
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  self->vouched_for = pinned_fingerprints != NULL &&
                      g_strv_contains (pinned_fingerprints, self->facts.fingerprint);

  *out_finding = NULL;
  if (is_practice (self->report))
    *out_finding = tl_finding_new ("bundle.practice", TL_LANE_NONE, NULL);
  else if (now_s >= self->facts.expires_s || now_s < self->facts.made_s - CLOCK_SKEW_S)
    *out_finding = finding_new_expired (&self->facts);
  else if (!self->vouched_for)
    *out_finding = finding_new_unknown_signer (self->facts.fingerprint);

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
