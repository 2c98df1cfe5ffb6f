/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-steps.h"

#include "tl-imap-mailbox.h"
#include "tl-lane-ledger.h"
#include "tl-lane-place.h"
#include "tl-lane-remarks.h"
#include "tl-lane-roles.h"
#include "tl-resolver.h"
#include "tl-text.h"

/* The practice mailbox is nowhere else; any other server has to be reached from
 * outside as well. */
static void
remark_private_address (TlLaneWork *work)
{
  GInetAddress *address = tl_network_is_practice (work->network)
                          ? NULL : tl_lane_place_find_private (work->addresses);
  g_autofree char *text = address == NULL ? NULL : g_inet_address_to_string (address);
  GVariantDict dict;

  if (text == NULL)
    return;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_ADDRESS, "s", text);
  tl_lane_work_add_remark (work, "resolve.private-address", g_variant_dict_end (&dict));
}

static gboolean
resolve_sync (TlLaneWork    *work,
              TlDeadline     deadline,
              GCancellable  *cancellable,
              TlFault      **out_fault,
              GError       **error)
{
  const char *host = tl_lane_work_get_host (work);

  if (g_hostname_is_ip_address (host))
    work->status = TL_STATUS_NOT_NEEDED;

  /* Beside all that follows: nothing waits for it. */
  work->tlsa = tl_tlsa_lookup_new (work->network, host, tl_lane_work_get_port (work));
  work->addresses = tl_resolver_lookup_sync (work->network, host, deadline, cancellable,
                                             out_fault, error);
  if (work->addresses == NULL)
    return FALSE;

  remark_private_address (work);

  return TRUE;
}

static gboolean
connect_sync (TlLaneWork    *work,
              TlDeadline     deadline,
              GCancellable  *cancellable,
              TlFault      **out_fault,
              GError       **error)
{
  gboolean is_outgoing = work->kind == TL_LANE_OUTGOING;
  g_autofree char *ledger_name = NULL;
  TlChannel *channel;

  channel = tl_channel_dial_sync (work->network, tl_lane_settings_get_endpoint (work->settings),
                                  work->addresses, deadline, cancellable, out_fault, error);
  if (channel == NULL)
    return FALSE;

  work->conversation = tl_conversation_new (channel, is_outgoing ? TL_SMTP_MAX_LINE_LEN
                                                                 : TL_IMAP_MAX_LINE_LEN,
                                            work->transcript);
  if (is_outgoing)
    work->smtp = tl_smtp_session_new (work->conversation);
  else
    work->imap = tl_imap_session_new (work->conversation);

  ledger_name = tl_lane_work_dup_ledger_name (work);
  tl_lane_ledger_record_answer (tl_lane_ledger_get_default (), ledger_name,
                                g_get_monotonic_time ());
  tl_lane_remarks_on_connection (work);

  return TRUE;
}

static gboolean
tls_sync (TlLaneWork    *work,
          TlDeadline     deadline,
          GCancellable  *cancellable,
          TlFault      **out_fault,
          GError       **error)
{
  if (!tl_conversation_handshake_sync (work->conversation, tl_lane_work_get_host (work), deadline,
                                       cancellable, out_fault, error))
    return FALSE;

  tl_lane_remarks_on_tls (work, g_get_real_time () / G_USEC_PER_SEC);

  return TRUE;
}

static gboolean
greet_sync (TlLaneWork    *work,
            TlDeadline     deadline,
            GCancellable  *cancellable,
            TlFault      **out_fault,
            GError       **error)
{
  return work->smtp != NULL
         ? tl_smtp_session_greet_sync (work->smtp, deadline, cancellable, out_fault, error)
         : tl_imap_session_greet_sync (work->imap, deadline, cancellable, out_fault, error);
}

static gboolean
upgrade_sync (TlLaneWork    *work,
              TlDeadline     deadline,
              GCancellable  *cancellable,
              TlFault      **out_fault,
              GError       **error)
{
  return work->smtp != NULL
         ? tl_smtp_session_upgrade_sync (work->smtp, deadline, cancellable, out_fault, error)
         : tl_imap_session_upgrade_sync (work->imap, deadline, cancellable, out_fault, error);
}

static TlSaslWith
get_with (TlLaneWork *work)
{
  return tl_lane_settings_get_auth (work->settings) == TL_AUTH_OAUTH2 ? TL_SASL_WITH_TOKEN
                                                                      : TL_SASL_WITH_PASSWORD;
}

static gboolean
caps_sync (TlLaneWork    *work,
           TlDeadline     deadline,
           GCancellable  *cancellable,
           TlFault      **out_fault,
           GError       **error)
{
  gboolean is_known;

  if (work->smtp != NULL)
    is_known = tl_smtp_session_ehlo_sync (work->smtp, deadline, cancellable, out_fault, error);
  else
    is_known = tl_imap_session_capability_sync (work->imap, deadline, cancellable,
                                                out_fault, error);
  if (!is_known)
    return FALSE;

  /* What the server takes does not matter to who has nothing to give. */
  if (work->secret == NULL)
    return TRUE;

  *out_fault = work->smtp != NULL ? tl_smtp_session_judge_offer (work->smtp, get_with (work))
                                  : tl_imap_session_judge_offer (work->imap, get_with (work));

  return *out_fault == NULL;
}

/* What firewalls count: sign-ins that the server said no to. */
static void
record_sign_in (TlLaneWork    *work,
                gboolean       is_accepted,
                const TlFault *fault)
{
  static const TlCause rejections[] = {
    TL_CAUSE_REFUSED, TL_CAUSE_BAD_CREDENTIALS, TL_CAUSE_TOKEN_REJECTED,
  };
  g_autofree char *name = tl_lane_work_dup_ledger_name (work);
  gboolean is_rejected = FALSE;

  for (gsize i = 0; fault != NULL && i < G_N_ELEMENTS (rejections); i++)
    is_rejected = is_rejected || tl_fault_get_cause (fault) == rejections[i];

  if (is_accepted || is_rejected)
    tl_lane_ledger_record_sign_in (tl_lane_ledger_get_default (), name, work->kind, is_accepted,
                                   g_get_monotonic_time ());
}

static gboolean
auth_sync (TlLaneWork    *work,
           TlDeadline     deadline,
           GCancellable  *cancellable,
           TlFault      **out_fault,
           GError       **error)
{
  const TlSaslCredentials who = {
    .with = get_with (work),
    .username = tl_lane_settings_get_username (work->settings),
    .secret = work->secret,
    .host = tl_lane_work_get_host (work),
    .port = tl_lane_work_get_port (work),
  };
  gboolean is_done;

  if (work->secret == NULL)
    {
      work->blamed = TL_STAGE_OAUTH;
      *out_fault = tl_fault_new (TL_CAUSE_OAUTH_REQUIRED, NULL);
      return FALSE;
    }

  if (work->smtp != NULL)
    is_done = tl_smtp_session_authenticate_sync (work->smtp, &who, deadline, cancellable,
                                                 out_fault, error);
  else
    is_done = tl_imap_session_authenticate_sync (work->imap, &who, deadline, cancellable,
                                                 out_fault, error);
  record_sign_in (work, is_done, *out_fault);
  if (is_done)
    tl_lane_remarks_on_sign_in (work);

  return is_done;
}

static void
take_folders (TlLaneWork *work)
{
  GPtrArray *mailboxes = tl_imap_session_get_mailboxes (work->imap);

  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];
      /* In this order: what is cut off must not hide the end of a password. */
      g_autofree char *redacted = tl_lane_work_redact (work, mailbox->name);
      g_autofree char *name = tl_text_clean (redacted, -1);

      g_ptr_array_add (work->folders, tl_folder_new (name, mailbox->role));
    }
}

static TlLaneFacts *
make_facts (TlLaneWork *work)
{
  const TlImapFacts *imap = work->imap == NULL ? NULL : tl_imap_session_get_facts (work->imap);
  g_autofree char *software = imap == NULL ? NULL : tl_lane_work_redact (work, imap->software);
  g_autofree char *prefix = imap == NULL ? NULL : tl_lane_work_redact (work, imap->prefix);
  TlLaneFactsParts parts = { .n_messages = -1 };

  if (work->smtp != NULL)
    {
      parts.mechanism = tl_smtp_session_get_mechanism (work->smtp);
      parts.max_message_bytes = tl_smtp_session_get_max_message_bytes (work->smtp);
    }
  else
    {
      parts.mechanism = tl_imap_session_get_mechanism (work->imap);
      parts.software = software;
      parts.prefix = prefix;
      parts.delimiter = imap->delimiter;
      parts.rights = imap->rights;
      parts.has_quota = imap->has_quota;
      parts.quota_used = imap->quota_used;
      parts.quota_limit = imap->quota_limit;
      parts.n_messages = imap->n_messages;
      parts.idles = imap->idles;
    }

  return tl_lane_facts_new (&parts);
}

static gboolean
use_sync (TlLaneWork    *work,
          TlDeadline     deadline,
          GCancellable  *cancellable,
          TlFault      **out_fault,
          GError       **error)
{
  gboolean is_done;

  if (work->smtp != NULL)
    is_done = tl_smtp_session_try_sender_sync (work->smtp, work->address, deadline, cancellable,
                                               out_fault, error);
  else
    is_done = tl_imap_session_use_sync (work->imap, tl_lane_settings_get_folder (work->settings),
                                        deadline, cancellable, out_fault, error);
  if (!is_done)
    return FALSE;

  work->facts = make_facts (work);
  if (work->imap != NULL)
    {
      tl_lane_roles_give (tl_imap_session_get_mailboxes (work->imap),
                          tl_imap_session_get_facts (work->imap)->prefix);
      take_folders (work);
      *out_fault = tl_lane_remarks_on_mailbox (work);
    }

  return *out_fault == NULL;
}

#define BUDGET(stage) G_STRUCT_OFFSET (TlLaneBudget, stage ## _ms)

/* The roads of either lane: encrypted from the start, or after an upgrade. */
static const TlLaneStep tls_steps[] = {
  { TL_STAGE_RESOLVE, BUDGET (resolve), resolve_sync },
  { TL_STAGE_CONNECT, BUDGET (connect), connect_sync },
  { TL_STAGE_TLS,     BUDGET (tls),     tls_sync },
  { TL_STAGE_GREET,   BUDGET (greet),   greet_sync },
  { TL_STAGE_CAPS,    BUDGET (caps),    caps_sync },
  { TL_STAGE_AUTH,    BUDGET (auth),    auth_sync },
  { TL_STAGE_USE,     BUDGET (use),     use_sync },
};

static const TlLaneStep starttls_steps[] = {
  { TL_STAGE_RESOLVE, BUDGET (resolve), resolve_sync },
  { TL_STAGE_CONNECT, BUDGET (connect), connect_sync },
  { TL_STAGE_GREET,   BUDGET (greet),   greet_sync },
  { TL_STAGE_UPGRADE, BUDGET (upgrade), upgrade_sync },
  { TL_STAGE_TLS,     BUDGET (tls),     tls_sync },
  { TL_STAGE_CAPS,    BUDGET (caps),    caps_sync },
  { TL_STAGE_AUTH,    BUDGET (auth),    auth_sync },
  { TL_STAGE_USE,     BUDGET (use),     use_sync },
};

/**
 * tl_lane_steps_for:
 * @security: how the lane is protected; there is none without TLS, hence anything but
 *   %TL_SECURITY_TLS has to upgrade
 * @out_n: (out): how many steps there are
 *
 * Returns: (array length=out_n) (transfer none): the steps of either lane, in order
 */
const TlLaneStep *
tl_lane_steps_for (TlSecurity  security,
                   gsize      *out_n)
{
  gboolean is_tls = security == TL_SECURITY_TLS;

  *out_n = is_tls ? G_N_ELEMENTS (tls_steps) : G_N_ELEMENTS (starttls_steps);

  return is_tls ? tls_steps : starttls_steps;
}
