/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-steps.h"

#include "tl-imap-mailbox.h"
#include "tl-lane-place.h"
#include "tl-lane-ports.h"
#include "tl-resolver.h"
#include "tl-text.h"
#include "tl-tlsa.h"

/* How long saying goodbye may hold up the result. */
#define GOODBYE_MS 100

/* And waiting for what is advice and no more. */
#define TLSA_MS 300

TlLaneWork *
tl_lane_work_new (TlLaneKind          kind,
                  TlLaneSettings     *settings,
                  TlAddress          *address,
                  TlSecret           *secret,
                  TlNetwork          *network,
                  const TlLaneBudget *budget)
{
  TlLaneWork *work = g_new0 (TlLaneWork, 1);

  work->kind = kind;
  work->settings = tl_lane_settings_ref (settings);
  work->address = tl_address_ref (address);
  work->secret = secret == NULL ? NULL : tl_secret_ref (secret);
  work->network = tl_network_ref (network);
  work->budget = *budget;
  work->transcript = tl_transcript_new ();
  work->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);
  work->remarks = g_ptr_array_new_with_free_func (g_object_unref);

  return work;
}

void
tl_lane_work_free (TlLaneWork *work)
{
  /* Sessions before the conversation that they talk through. */
  g_clear_pointer (&work->imap, tl_imap_session_free);
  g_clear_pointer (&work->smtp, tl_smtp_session_free);
  g_clear_pointer (&work->conversation, tl_conversation_free);
  g_clear_pointer (&work->tlsa, tl_tlsa_lookup_free);
  g_clear_pointer (&work->addresses, g_ptr_array_unref);
  g_clear_pointer (&work->folders, g_ptr_array_unref);
  g_clear_pointer (&work->remarks, g_ptr_array_unref);

  g_clear_pointer (&work->settings, tl_lane_settings_unref);
  g_clear_pointer (&work->address, tl_address_unref);
  g_clear_pointer (&work->secret, tl_secret_unref);
  g_clear_pointer (&work->network, tl_network_unref);
  g_clear_pointer (&work->transcript, tl_transcript_unref);
  g_free (work);
}

static const char *
get_host (TlLaneWork *work)
{
  return tl_endpoint_get_host (tl_lane_settings_get_endpoint (work->settings));
}

static gboolean
is_upgraded (TlLaneWork *work)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);

  return tl_endpoint_get_security (endpoint) != TL_SECURITY_TLS;
}

/* @value is floating; the host goes in as well. */
static void
add_remark (TlLaneWork *work,
            const char *id,
            const char *key,
            GVariant   *value)
{
  g_autoptr(GVariant) evidence = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_HOST, "s", get_host (work));
  g_variant_dict_insert_value (&dict, key, value);
  evidence = g_variant_ref_sink (g_variant_dict_end (&dict));

  g_ptr_array_add (work->remarks, tl_finding_new (id, work->kind, evidence));
}

static void
add_remark_wanted (TlLaneWork *work,
                   const char *id,
                   const char *wanted)
{
  add_remark (work, id, TL_EVIDENCE_WANTED, g_variant_new_strv (&wanted, 1));
}

/* The practice mailbox is nowhere else; any other server has to be reached from
 * outside as well. */
static void
remark_private_address (TlLaneWork *work)
{
  GInetAddress *address = tl_network_is_practice (work->network)
                          ? NULL : tl_lane_place_find_private (work->addresses);
  g_autofree char *text = address == NULL ? NULL : g_inet_address_to_string (address);

  if (text == NULL)
    return;

  work->status = TL_STATUS_WARNING;
  add_remark (work, "resolve.private-address", TL_EVIDENCE_ADDRESS, g_variant_new_string (text));
}

static gboolean
resolve_sync (TlLaneWork    *work,
              TlDeadline     deadline,
              GCancellable  *cancellable,
              TlFault      **out_fault,
              GError       **error)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);

  if (g_hostname_is_ip_address (get_host (work)))
    work->status = TL_STATUS_NOT_NEEDED;

  /* Beside all that follows: nothing waits for it. */
  work->tlsa = tl_tlsa_lookup_new (work->network, get_host (work), tl_endpoint_get_port (endpoint));
  work->addresses = tl_resolver_lookup_sync (work->network, get_host (work), deadline, cancellable,
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
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);
  gboolean is_outgoing = work->kind == TL_LANE_OUTGOING;
  g_autoptr(TlFault) fault = NULL;
  TlDeadline patience = deadline;
  TlChannel *channel;

  /* Networks that keep messages in drop them without a word. Of the time for
   * the outgoing lane, a third is kept for finding out. */
  if (is_outgoing)
    patience = tl_deadline_earlier (deadline, tl_deadline_in_ms (work->budget.connect_ms * 2 / 3));
  channel = tl_channel_dial_sync (work->network, endpoint, work->addresses, patience, cancellable,
                                  &fault, error);
  if (channel == NULL)
    {
      if (fault != NULL && is_outgoing && tl_fault_get_cause (fault) == TL_CAUSE_TIMEOUT)
        {
          deadline = tl_deadline_earlier (deadline,
                                          tl_deadline_in_ms (work->budget.connect_ms * 5 / 18));
          *out_fault = tl_lane_ports_explain_sync (work, fault, deadline, cancellable);
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            g_clear_pointer (out_fault, tl_fault_unref);
        }
      else
        {
          *out_fault = g_steal_pointer (&fault);
        }
      return FALSE;
    }

  work->conversation = tl_conversation_new (channel, is_outgoing ? TL_SMTP_MAX_LINE_LEN
                                                                 : TL_IMAP_MAX_LINE_LEN,
                                            work->transcript);
  if (is_outgoing)
    work->smtp = tl_smtp_session_new (work->conversation);
  else
    work->imap = tl_imap_session_new (work->conversation);

  return TRUE;
}

static gboolean
tls_sync (TlLaneWork    *work,
          TlDeadline     deadline,
          GCancellable  *cancellable,
          TlFault      **out_fault,
          GError       **error)
{
  return tl_conversation_handshake_sync (work->conversation, get_host (work), deadline, cancellable,
                                         out_fault, error);
}

static gboolean
greet_sync (TlLaneWork    *work,
            TlDeadline     deadline,
            GCancellable  *cancellable,
            TlFault      **out_fault,
            GError       **error)
{
  g_autoptr(TlFault) fault = NULL;
  TlDeadline patience = deadline;
  gboolean is_greeted;

  /* A server that waits for a TLS handshake is as silent as a dead one. Of the
   * time, a quarter is kept for telling them apart. */
  if (is_upgraded (work))
    patience = tl_deadline_earlier (deadline, tl_deadline_in_ms (work->budget.greet_ms * 3 / 4));

  if (work->smtp != NULL)
    is_greeted = tl_smtp_session_greet_sync (work->smtp, patience, cancellable, &fault, error);
  else
    is_greeted = tl_imap_session_greet_sync (work->imap, patience, cancellable, &fault, error);
  if (is_greeted || fault == NULL)
    return is_greeted;

  if (is_upgraded (work) && tl_fault_get_cause (fault) == TL_CAUSE_TIMEOUT &&
      tl_lane_ports_speaks_tls_sync (work, deadline, cancellable))
    *out_fault = tl_fault_new (TL_CAUSE_TLS_EXPECTED, tl_fault_get_evidence (fault));
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    *out_fault = g_steal_pointer (&fault);

  return FALSE;
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

  /* Whether a password would do does not matter to who has none. */
  if (tl_lane_settings_get_auth (work->settings) == TL_AUTH_OAUTH2)
    return TRUE;

  *out_fault = work->smtp != NULL ? tl_smtp_session_judge_offer (work->smtp)
                                  : tl_imap_session_judge_offer (work->imap);

  return *out_fault == NULL;
}

static gboolean
auth_sync (TlLaneWork    *work,
           TlDeadline     deadline,
           GCancellable  *cancellable,
           TlFault      **out_fault,
           GError       **error)
{
  const char *username = tl_lane_settings_get_username (work->settings);

  if (tl_lane_settings_get_auth (work->settings) == TL_AUTH_OAUTH2)
    {
      work->blamed = TL_STAGE_OAUTH;
      *out_fault = tl_fault_new (TL_CAUSE_OAUTH_REQUIRED, NULL);
      return FALSE;
    }

  return work->smtp != NULL
         ? tl_smtp_session_authenticate_sync (work->smtp, username, work->secret, deadline,
                                              cancellable, out_fault, error)
         : tl_imap_session_authenticate_sync (work->imap, username, work->secret, deadline,
                                              cancellable, out_fault, error);
}

static void
take_folders (TlLaneWork *work)
{
  GPtrArray *mailboxes = tl_imap_session_get_mailboxes (work->imap);
  gboolean has_sent = FALSE;

  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];
      g_autofree char *name = tl_text_clean (mailbox->name, -1);

      g_ptr_array_add (work->folders, tl_folder_new (name, mailbox->role));
      has_sent = has_sent || g_strcmp0 (mailbox->role, "sent") == 0;
    }

  if (!has_sent)
    add_remark_wanted (work, "use.role-missing", "sent");
}

static gboolean
use_incoming_sync (TlLaneWork    *work,
                   TlDeadline     deadline,
                   GCancellable  *cancellable,
                   TlFault      **out_fault,
                   GError       **error)
{
  if (!tl_imap_session_list_sync (work->imap, deadline, cancellable, out_fault, error) ||
      !tl_imap_session_examine_sync (work->imap, deadline, cancellable, out_fault, error))
    return FALSE;

  if (!tl_capabilities_has (tl_imap_session_get_capabilities (work->imap), "IDLE"))
    {
      work->status = TL_STATUS_WARNING;
      add_remark_wanted (work, "use.idle-missing", "IDLE");
    }
  take_folders (work);

  return TRUE;
}

static gboolean
use_sync (TlLaneWork    *work,
          TlDeadline     deadline,
          GCancellable  *cancellable,
          TlFault      **out_fault,
          GError       **error)
{
  return work->smtp != NULL
         ? tl_smtp_session_try_sender_sync (work->smtp, work->address, deadline, cancellable,
                                            out_fault, error)
         : use_incoming_sync (work, deadline, cancellable, out_fault, error);
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

/**
 * tl_lane_work_say_goodbye_sync:
 * @work: a lane that went through
 * @cancellable: (nullable): cancels the wait
 *
 * Tells the server that this was all. Its answer is not waited for.
 */
void
tl_lane_work_say_goodbye_sync (TlLaneWork   *work,
                               GCancellable *cancellable)
{
  if (work->smtp != NULL)
    tl_smtp_session_quit_sync (work->smtp, tl_deadline_in_ms (GOODBYE_MS), cancellable);
  else if (work->imap != NULL)
    tl_imap_session_logout_sync (work->imap, tl_deadline_in_ms (GOODBYE_MS), cancellable);
}

/**
 * tl_lane_work_judge_tlsa_sync:
 * @work: a lane that has ended
 * @cancellable: (nullable): cancels the wait
 *
 * Remarks on a certificate that is another than the domain's owner says (RFC
 * 6698). That is advice: for mailboxes no standard asks for DANE, and the
 * certificate was verified otherwise.
 */
void
tl_lane_work_judge_tlsa_sync (TlLaneWork   *work,
                              GCancellable *cancellable)
{
  g_autoptr(GPtrArray) chain = NULL;
  g_autoptr(TlRecordSet) records = NULL;

  if (work->tlsa != NULL && work->conversation != NULL)
    chain = tl_channel_dup_chain (tl_conversation_get_channel (work->conversation));
  if (chain == NULL)
    return;

  records = tl_tlsa_lookup_wait_sync (work->tlsa, tl_deadline_in_ms (TLSA_MS), cancellable);
  if (records != NULL && tl_tlsa_judge (records, chain) == TL_TLSA_DIFFERS)
    add_remark (work, "domain.tlsa-mismatch", TL_EVIDENCE_DOMAIN,
                g_variant_new_string (get_host (work)));
}

/**
 * tl_lane_work_get_capabilities:
 * @work: a lane
 *
 * Returns: (transfer none) (nullable): what the server said it can, if it said so under TLS
 */
TlCapabilities *
tl_lane_work_get_capabilities (TlLaneWork *work)
{
  if (work->conversation == NULL || tl_conversation_get_proof (work->conversation) == NULL)
    return NULL;

  return work->smtp != NULL ? tl_smtp_session_get_capabilities (work->smtp)
                            : tl_imap_session_get_capabilities (work->imap);
}
