/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-work.h"

#include "tl-secret-echo.h"

/**
 * tl_lane_work_new:
 * @kind: which lane
 * @settings: how it is reached and signed in to
 * @address: whose mailbox it is
 * @secret: (nullable): the password or the token
 * @network: the world the connection is made in
 * @budget: how long each stage may take; copied
 *
 * Returns: (transfer full): what a lane works on, with the usual ports
 */
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
  work->guises = secret == NULL
                 ? g_ptr_array_new ()
                 : tl_secret_list_guises (secret, tl_lane_settings_get_username (settings));
  work->network = tl_network_ref (network);
  work->budget = *budget;
  work->ports = TL_LANE_PORTS_DEFAULT;
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
  g_clear_pointer (&work->facts, tl_lane_facts_unref);

  g_clear_pointer (&work->settings, tl_lane_settings_unref);
  g_clear_pointer (&work->address, tl_address_unref);
  g_clear_pointer (&work->secret, tl_secret_unref);
  g_clear_pointer (&work->guises, g_ptr_array_unref);
  g_clear_pointer (&work->network, tl_network_unref);
  g_clear_pointer (&work->transcript, tl_transcript_unref);
  g_free (work);
}

const char *
tl_lane_work_get_host (const TlLaneWork *work)
{
  return tl_endpoint_get_host (tl_lane_settings_get_endpoint (work->settings));
}

/**
 * tl_lane_work_dup_ledger_name:
 * @work: a lane
 *
 * Returns: (transfer full): what the ledger knows its server by: the host; in practice with the
 *   port, for each exercise has servers of its own under the same names
 */
char *
tl_lane_work_dup_ledger_name (const TlLaneWork *work)
{
  return tl_network_is_practice (work->network)
         ? tl_endpoint_to_string (tl_lane_settings_get_endpoint (work->settings))
         : g_strdup (tl_lane_work_get_host (work));
}

guint16
tl_lane_work_get_port (const TlLaneWork *work)
{
  return tl_endpoint_get_port (tl_lane_settings_get_endpoint (work->settings));
}

/**
 * tl_lane_work_is_upgraded:
 * @work: a lane
 *
 * Returns: whether TLS comes by STARTTLS: there is no lane without, hence always unless the
 *   connection begins with it
 */
gboolean
tl_lane_work_is_upgraded (const TlLaneWork *work)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);

  return tl_endpoint_get_security (endpoint) != TL_SECURITY_TLS;
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

/**
 * tl_lane_work_dup_url:
 * @work: a lane
 * @host: a host
 * @port: a port of it
 * @security: how it is protected; there is no lane without, hence anything but
 *   %TL_SECURITY_TLS is an upgrade
 *
 * Returns: (transfer full) (nullable): that place for this lane, as
 *   tl_lane_settings_new_from_url() reads it; %NULL when @host is none
 */
char *
tl_lane_work_dup_url (const TlLaneWork *work,
                      const char       *host,
                      guint16           port,
                      TlSecurity        security)
{
  TlSecurity lane_security = security == TL_SECURITY_TLS ? TL_SECURITY_TLS : TL_SECURITY_STARTTLS;
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (host, port, lane_security, NULL);
  g_autoptr(TlLaneSettings) settings = NULL;

  if (endpoint != NULL)
    settings = tl_lane_settings_new (tl_lane_settings_get_protocol (work->settings), endpoint,
                                     tl_lane_settings_get_auth (work->settings),
                                     tl_lane_settings_get_username (work->settings), NULL);

  return settings == NULL ? NULL : tl_lane_settings_to_url (settings);
}

/**
 * tl_lane_work_redact:
 * @work: a lane
 * @text: (nullable): what came from its server
 *
 * Takes the password out of text on its way into a report, however the server
 * wrote it down; in a way that is not usual, all of the text with it. Lines were
 * looked through as they came; what was decoded since (folder names, headers,
 * challenges) shows only now what it holds.
 *
 * Returns: (transfer full) (nullable): @text without it, %NULL for %NULL
 */
char *
tl_lane_work_redact (const TlLaneWork *work,
                     const char       *text)
{
  char *redacted = g_strdup (text);

  for (guint i = 0; redacted != NULL && i < work->guises->len; i++)
    {
      g_autofree char *before = g_steal_pointer (&redacted);

      redacted = tl_secret_redact (work->guises->pdata[i], before);
    }
  if (redacted != NULL && work->secret != NULL)
    {
      g_autofree char *before = g_steal_pointer (&redacted);

      redacted = tl_secret_echo_dup_without (&work->secret, 1, before);
    }

  return redacted;
}

static GVariant *
redact_list (const TlLaneWork *work,
             GVariant         *list)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  GVariantIter iter;
  const char *text;

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "&s", &text))
    {
      g_autofree char *redacted = tl_lane_work_redact (work, text);

      g_variant_builder_add (&builder, "s", redacted);
    }

  return g_variant_builder_end (&builder);
}

/**
 * tl_lane_work_redact_evidence:
 * @work: a lane
 * @evidence: (nullable): what was seen on it
 *
 * As tl_lane_work_redact(), for every string of @evidence.
 *
 * Returns: (transfer full): the same without the password
 */
GVariant *
tl_lane_work_redact_evidence (const TlLaneWork *work,
                              GVariant         *evidence)
{
  GVariantDict dict;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_dict_init (&dict, evidence);
  if (evidence == NULL)
    return g_variant_ref_sink (g_variant_dict_end (&dict));

  g_variant_iter_init (&iter, evidence);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autoptr(GVariant) owned = value;

      if (g_variant_is_of_type (owned, G_VARIANT_TYPE_STRING))
        {
          const char *text = g_variant_get_string (owned, NULL);
          g_autofree char *redacted = tl_lane_work_redact (work, text);

          g_variant_dict_insert (&dict, key, "s", redacted);
        }
      else if (g_variant_is_of_type (owned, G_VARIANT_TYPE_STRING_ARRAY))
        {
          g_variant_dict_insert_value (&dict, key, redact_list (work, owned));
        }
    }

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * tl_lane_work_add_remark:
 * @work: a lane
 * @id: a warning or a note of the catalogue
 * @evidence: (nullable): what was seen; a floating reference is taken over
 *
 * Notes what is worth saying and stops nothing; the host goes in as well. A
 * warning makes the step under way one that ends with a warning.
 */
void
tl_lane_work_add_remark (TlLaneWork *work,
                         const char *id,
                         GVariant   *evidence)
{
  g_autoptr(GVariant) owned = evidence == NULL ? NULL : g_variant_ref_sink (evidence);
  g_autoptr(GVariant) redacted = tl_lane_work_redact_evidence (work, owned);
  g_autoptr(GVariant) circumstances = NULL;
  g_autoptr(GVariant) merged = NULL;
  TlFinding *remark;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_HOST, "s", tl_lane_work_get_host (work));
  circumstances = g_variant_ref_sink (g_variant_dict_end (&dict));
  merged = tl_evidence_merge (circumstances, redacted);

  remark = tl_finding_new (id, work->kind, merged);
  if (tl_finding_get_severity (remark) == TL_SEVERITY_WARNING)
    work->status = TL_STATUS_WARNING;
  g_ptr_array_add (work->remarks, remark);
}

/**
 * tl_lane_work_say_goodbye_sync:
 * @work: a lane that went through
 * @cancellable: (nullable): cancels the writing
 *
 * Tells the server that this was all. Nothing is waited for, neither its
 * answer nor room to write in.
 */
void
tl_lane_work_say_goodbye_sync (TlLaneWork   *work,
                                GCancellable *cancellable)
{
  if (work->smtp != NULL)
    tl_smtp_session_quit_sync (work->smtp, tl_deadline_in_ms (0), cancellable);
  else if (work->imap != NULL)
    tl_imap_session_logout_sync (work->imap, tl_deadline_in_ms (0), cancellable);
}
