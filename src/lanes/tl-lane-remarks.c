/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-remarks.h"

#include <string.h>

#include "tl-interceptor.h"
#include "tl-tlsa.h"

#define DAY_S (24 * 60 * 60)

/* What is advice and no more is not waited for, but where a lane is over so
 * soon that nobody would notice. */
#define TLSA_MS 50

/* --- Connecting ------------------------------------------------------------- */

static GSocketFamily
get_family (const char *address)
{
  g_autoptr(GInetAddress) parsed = address == NULL ? NULL
                                                   : g_inet_address_new_from_string (address);

  return parsed == NULL ? G_SOCKET_FAMILY_INVALID : g_inet_address_get_family (parsed);
}

/**
 * tl_lane_remarks_on_connection:
 * @work: a lane that is connected
 *
 * Remarks that the host's addresses of the other family did not answer.
 */
void
tl_lane_remarks_on_connection (TlLaneWork *work)
{
  TlChannel *channel = tl_conversation_get_channel (work->conversation);
  const char * const *unanswered = tl_channel_get_unanswered (channel);
  GSocketFamily family = get_family (tl_channel_get_address (channel));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) addresses = NULL;
  GVariantDict dict;

  for (gsize i = 0; unanswered[i] != NULL; i++)
    if (get_family (unanswered[i]) != family)
      g_strv_builder_add (builder, unanswered[i]);
  addresses = g_strv_builder_end (builder);
  if (addresses[0] == NULL)
    return;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_ADDRESSES, "^as", addresses);
  tl_lane_work_add_remark (work, "connect.family-dead", g_variant_dict_end (&dict));
}

/* --- TLS -------------------------------------------------------------------- */

/**
 * tl_lane_remarks_expires_soon:
 * @not_after_s: when a certificate ends
 * @now_s: this moment, seconds since the epoch
 * @out_days: (out): how many whole days are left, when it does
 *
 * Returns: whether it ends within `TL_LANE_EXPIRY_DAYS` days
 */
gboolean
tl_lane_remarks_expires_soon (gint64  not_after_s,
                              gint64  now_s,
                              guint  *out_days)
{
  gint64 left_s = MAX (not_after_s - now_s, 0);

  if (left_s > TL_LANE_EXPIRY_DAYS * DAY_S)
    return FALSE;

  *out_days = (guint) (left_s / DAY_S);

  return TRUE;
}

/**
 * tl_lane_remarks_on_tls:
 * @work: a lane whose server was verified
 * @now_s: this moment, seconds since the epoch
 *
 * Remarks on a certificate that ends soon, and on one that an antivirus program
 * or a proxy issued which this computer was told to trust.
 */
void
tl_lane_remarks_on_tls (TlLaneWork *work,
                        gint64      now_s)
{
  TlTlsInfo *info = tl_verified_tls_get_info (tl_conversation_get_proof (work->conversation));
  const char *issuer = tl_tls_info_get_issuer (info);
  const char *product = tl_interceptor_find (issuer);
  g_autoptr(GDateTime) not_after =
    g_date_time_new_from_unix_utc (tl_tls_info_get_not_after_s (info));
  GVariantDict dict;
  guint days;

  if (not_after != NULL &&
      tl_lane_remarks_expires_soon (tl_tls_info_get_not_after_s (info), now_s, &days))
    {
      g_autofree char *text = g_date_time_format_iso8601 (not_after);

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_DAYS, "u", (guint32) days);
      g_variant_dict_insert (&dict, TL_EVIDENCE_NOT_AFTER, "s", text);
      tl_lane_work_add_remark (work, "tls.expires-soon", g_variant_dict_end (&dict));
    }

  if (product != NULL)
    {
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_ISSUER, "s", issuer);
      g_variant_dict_insert (&dict, TL_EVIDENCE_PRODUCT, "s", product);
      tl_lane_work_add_remark (work, "tls.inspected", g_variant_dict_end (&dict));
    }
}

/**
 * tl_lane_remarks_on_tlsa_sync:
 * @work: a lane that has ended
 * @lane_ms: how long it took
 * @cancellable: (nullable): cancels the wait
 *
 * Remarks on a certificate that is another than the domain's owner says (RFC
 * 6698). That is advice: for mailboxes no standard asks for DANE, and the
 * certificate was verified otherwise. Records that are not there by now are
 * left out, unless the lane was over in less than `TLSA_MS`.
 */
void
tl_lane_remarks_on_tlsa_sync (TlLaneWork   *work,
                              guint         lane_ms,
                              GCancellable *cancellable)
{
  g_autoptr(GPtrArray) chain = NULL;
  g_autoptr(TlRecordSet) records = NULL;
  TlDeadline patience = tl_deadline_in_ms (lane_ms < TLSA_MS ? TLSA_MS : 0);
  GVariantDict dict;

  if (work->tlsa != NULL && work->conversation != NULL)
    chain = tl_channel_dup_chain (tl_conversation_get_channel (work->conversation));
  if (chain == NULL)
    return;

  records = tl_tlsa_lookup_wait_sync (work->tlsa, patience, cancellable);
  if (records == NULL || tl_tlsa_judge (records, chain) != TL_TLSA_DIFFERS)
    return;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_DOMAIN, "s", tl_lane_work_get_host (work));
  tl_lane_work_add_remark (work, "domain.tlsa-mismatch", g_variant_dict_end (&dict));
}

/* --- Signing in -------------------------------------------------------------- */

/**
 * tl_lane_remarks_on_sign_in:
 * @work: a lane that has signed in
 *
 * Remarks that the server would have taken the password before STARTTLS, too.
 * Whose sign-in failed has other things to think of.
 */
void
tl_lane_remarks_on_sign_in (TlLaneWork *work)
{
  gboolean took = work->smtp != NULL ? tl_smtp_session_took_clear_sign_in (work->smtp)
                                     : tl_imap_session_took_clear_sign_in (work->imap);

  if (took)
    tl_lane_work_add_remark (work, "upgrade.plaintext-allowed", NULL);
}

/* --- The mailbox ------------------------------------------------------------- */

static void
remark_wanted (TlLaneWork *work,
               const char *id,
               const char *wanted)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, TL_EVIDENCE_WANTED, g_variant_new_strv (&wanted, 1));
  tl_lane_work_add_remark (work, id, g_variant_dict_end (&dict));
}

static gboolean
has_sent_folder (TlLaneWork *work)
{
  for (guint i = 0; i < work->folders->len; i++)
    {
      const TlFolder *folder = work->folders->pdata[i];

      if (g_strcmp0 (folder->role, "sent") == 0)
        return TRUE;
    }

  return FALSE;
}

/* What whoever works in a mailbox does there, RFC 4314 §2.1. “c” stood for making folders before
 * there was “k” (RFC 2086), and servers that know both give both (§2.1.1). */
static const struct
{
  const char *letters;  /* any of them will do */
  const char *wanted;   /* evidence; the catalogue has its words */
} rights[] = {
  { "s",  "right-seen" },
  { "w",  "right-flags" },
  { "i",  "right-insert" },
  { "kc", "right-create" },
};

static void
remark_rights (TlLaneWork *work,
               const char *granted)
{
  const char *missing[G_N_ELEMENTS (rights)];
  GVariantDict dict;
  gsize n = 0;

  for (gsize i = 0; granted != NULL && i < G_N_ELEMENTS (rights); i++)
    {
      if (strpbrk (granted, rights[i].letters) == NULL)
        missing[n++] = rights[i].wanted;
    }
  if (n == 0)
    return;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, TL_EVIDENCE_WANTED,
                               g_variant_new_strv (missing, (gssize) n));
  g_variant_dict_insert_value (&dict, TL_EVIDENCE_OFFERED, g_variant_new_strv (&granted, 1));
  g_variant_dict_insert (&dict, TL_EVIDENCE_USER, "s",
                         tl_lane_settings_get_username (work->settings));
  if (tl_lane_settings_get_folder (work->settings) != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_FOLDER, "s",
                           tl_lane_settings_get_folder (work->settings));
  tl_lane_work_add_remark (work, "use.rights-limited", g_variant_dict_end (&dict));
}

/* Without “r” nobody may open it. */
static TlFault *
judge_rights (TlLaneWork *work,
              const char *granted)
{
  const char *folder = tl_lane_settings_get_folder (work->settings);
  const char *wanted = "right-read";
  GVariantDict dict;

  if (granted == NULL || strchr (granted, 'r') != NULL)
    return NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, TL_EVIDENCE_WANTED, g_variant_new_strv (&wanted, 1));
  g_variant_dict_insert_value (&dict, TL_EVIDENCE_OFFERED, g_variant_new_strv (&granted, 1));
  g_variant_dict_insert (&dict, TL_EVIDENCE_FOLDER, "s", folder != NULL ? folder : "INBOX");

  return tl_fault_new (TL_CAUSE_NO_PERMISSION, g_variant_dict_end (&dict));
}

/* A limit of 0 is none: servers without quotas say it. */
static TlFault *
judge_quota (const TlLaneFactsParts *facts)
{
  if (!facts->has_quota || facts->quota_limit == 0 || facts->quota_used < facts->quota_limit)
    return NULL;

  return tl_fault_new_detail (TL_CAUSE_OVER_QUOTA,
                              "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " KiB are used",
                              facts->quota_used, facts->quota_limit);
}

/**
 * tl_lane_remarks_on_mailbox:
 * @work: an incoming lane whose mailbox was looked at: folders and facts are there
 *
 * Remarks on what is missing in a mailbox that works, and hands on what the
 * server wants people to know.
 *
 * Returns: (transfer full) (nullable): why it does not work after all, or %NULL
 */
TlFault *
tl_lane_remarks_on_mailbox (TlLaneWork *work)
{
  const TlLaneFactsParts *facts = tl_lane_facts_get_parts (work->facts);
  char **alerts = tl_imap_session_get_facts (work->imap)->alerts;
  TlFault *fault;

  if (!facts->idles)
    remark_wanted (work, "use.idle-missing", "IDLE");
  if (!has_sent_folder (work))
    remark_wanted (work, "use.role-missing", "sent");

  for (gsize i = 0; alerts != NULL && alerts[i] != NULL; i++)
    {
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", alerts[i]);
      tl_lane_work_add_remark (work, "use.alert", g_variant_dict_end (&dict));
    }

  fault = judge_rights (work, facts->rights);
  if (fault == NULL)
    remark_rights (work, facts->rights);

  return fault != NULL ? fault : judge_quota (facts);
}
