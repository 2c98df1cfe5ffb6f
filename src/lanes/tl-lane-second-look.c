/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-second-look.h"

#include "tl-interceptor.h"
#include "tl-site.h"

/* One bad machine of several is seldom met twice in a row. */
#define N_LOOKS 2
#define MAX_NAMES 20

/* --- One more connection, as far as the handshake -------------------------------------- */

/* Gets to where the handshake begins, as the lane did. A server that is
 * upgraded is greeted by no more than what comes before STARTTLS. */
static TlConversation *
reach_sync (TlLaneWork    *work,
            GPtrArray     *addresses,
            TlDeadline     deadline,
            GCancellable  *cancellable)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  g_autoptr(TlConversation) conversation = NULL;
  g_autoptr(TlSmtpSession) smtp = NULL;
  g_autoptr(TlImapSession) imap = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_there;
  TlChannel *channel;

  channel = tl_channel_dial_sync (work->network, tl_lane_settings_get_endpoint (work->settings),
                                  addresses, deadline, cancellable, &fault, &error);
  if (channel == NULL)
    return NULL;

  conversation = tl_conversation_new (channel, TL_IMAP_MAX_LINE_LEN, transcript);
  if (!tl_lane_work_is_upgraded (work))
    return g_steal_pointer (&conversation);

  if (work->kind == TL_LANE_OUTGOING)
    {
      smtp = tl_smtp_session_new (conversation);
      is_there = tl_smtp_session_greet_sync (smtp, deadline, cancellable, &fault, &error) &&
                 tl_smtp_session_upgrade_sync (smtp, deadline, cancellable, &fault, &error);
      g_clear_pointer (&smtp, tl_smtp_session_free);
    }
  else
    {
      imap = tl_imap_session_new (conversation);
      is_there = tl_imap_session_greet_sync (imap, deadline, cancellable, &fault, &error) &&
                 tl_imap_session_upgrade_sync (imap, deadline, cancellable, &fault, &error);
      g_clear_pointer (&imap, tl_imap_session_free);
    }

  return is_there ? g_steal_pointer (&conversation) : NULL;
}

/* --- Too old, or too weak ------------------------------------------------------------------ */

/* RFC 8996 §1: everything before TLS 1.2; and before what is asked for here. */
static gboolean
is_outdated (const char *version,
             const char *min)
{
  return !g_str_equal (version, "TLSv1.3") && !g_str_equal (version, min);
}

/**
 * tl_lane_second_look_explain_age_sync:
 * @work: a lane that agreed on no encryption with its server
 * @fault: how that showed
 * @deadline: the moment by which it is explained
 * @cancellable: (nullable): cancels the waits
 *
 * Takes a second connection on which anything is agreed to, and leaves it
 * again: it shows which version the server speaks. One that needs all that and
 * speaks TLS 1.2 is not old but weak.
 *
 * Returns: (transfer full) (nullable): %TL_CAUSE_VERSION or %TL_CAUSE_WEAK with what was agreed
 */
TlFault *
tl_lane_second_look_explain_age_sync (TlLaneWork    *work,
                                      const TlFault *fault,
                                      TlDeadline     deadline,
                                      GCancellable  *cancellable)
{
  g_autoptr(TlConversation) conversation = reach_sync (work, work->addresses, deadline,
                                                       cancellable);
  const char *min = tl_network_get_min_tls (work->network);
  TlCause cause = tl_fault_get_cause (fault);
  g_autoptr(TlTlsInfo) info = NULL;
  g_autoptr(TlFault) why_not = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *detail = NULL;
  GVariantDict dict;

  if (conversation != NULL)
    info = tl_channel_probe_tls_sync (tl_conversation_get_channel (conversation),
                                      tl_lane_work_get_host (work), deadline, cancellable,
                                      &why_not, &error);
  if (info == NULL)
    return NULL;

  if (is_outdated (tl_tls_info_get_version (info), min))
    cause = TL_CAUSE_VERSION;
  else if (cause == TL_CAUSE_HANDSHAKE && g_str_equal (tl_tls_info_get_version (info), "TLSv1.2"))
    cause = TL_CAUSE_WEAK;
  else if (cause != TL_CAUSE_WEAK)
    return NULL;

  detail = g_strdup_printf ("a second connection that takes anything agreed on %s with %s",
                            tl_tls_info_get_version (info), tl_tls_info_get_cipher (info));
  g_variant_dict_init (&dict, tl_fault_get_evidence (fault));
  g_variant_dict_insert (&dict, TL_EVIDENCE_TLS_VERSION, "s", tl_tls_info_get_version (info));
  if (cause == TL_CAUSE_VERSION)
    g_variant_dict_insert_value (&dict, TL_EVIDENCE_WANTED,
                                 g_variant_new_strv ((const char *[]) { min }, 1));
  g_variant_dict_insert (&dict, TL_EVIDENCE_DETAIL, "s", detail);

  return tl_fault_new (cause, g_variant_dict_end (&dict));
}

/* --- Who shows which certificate -------------------------------------------------------------- */

typedef struct
{
  /* Borrowed */
  TlLaneWork    *work;
  TlDeadline     deadline;
  GCancellable  *cancellable;

  /* Owned */
  GPtrArray     *addresses;
  GThread       *thread;
  TlVerifiedTls *proof;   /* it passed */
  TlFault       *fault;   /* or why it did not */
} Look;

static void
look_clear (Look *self)
{
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_pointer (&self->proof, tl_verified_tls_unref);
  g_clear_pointer (&self->fault, tl_fault_unref);
}

static gpointer
look_thread (gpointer data)
{
  Look *self = data;
  g_autoptr(TlConversation) conversation = reach_sync (self->work, self->addresses, self->deadline,
                                                       self->cancellable);
  g_autoptr(GError) error = NULL;

  /* The very handshake of the lane, and not a laxer one: servers choose their
   * certificate by what they are offered. */
  if (conversation != NULL &&
      tl_conversation_handshake_sync (conversation, tl_lane_work_get_host (self->work),
                                      self->deadline, self->cancellable, &self->fault, &error))
    self->proof = tl_verified_tls_ref (tl_conversation_get_proof (conversation));

  return NULL;
}

/* Another address for each look, as far as there are any. */
static GPtrArray *
pick_address (TlLaneWork *work,
              guint       index)
{
  const char *tried = tl_channel_get_address (tl_conversation_get_channel (work->conversation));
  g_autoptr(GInetAddress) own = tried == NULL ? NULL : g_inet_address_new_from_string (tried);
  GPtrArray *picked = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < work->addresses->len; i++)
    if (own == NULL || !g_inet_address_equal (work->addresses->pdata[i], own))
      g_ptr_array_add (others, work->addresses->pdata[i]);

  if (others->len > 0)
    g_ptr_array_add (picked, g_object_ref (others->pdata[index % others->len]));
  else
    g_ptr_array_add (picked, g_object_ref (work->addresses->pdata[0]));

  return picked;
}

static const char *
get_fingerprint (const Look *look)
{
  if (look->proof != NULL)
    return tl_tls_info_get_fingerprint (tl_verified_tls_get_info (look->proof));

  return look->fault == NULL ? NULL
                             : tl_evidence_get_string (tl_fault_get_evidence (look->fault),
                                                       TL_EVIDENCE_FINGERPRINT);
}

/* An answer that contradicts @fault: another certificate, with another verdict.
 * Programs in the middle make up a certificate for each connection, and all of
 * those have the same fault. */
static gboolean
contradicts (const Look    *look,
             const TlFault *fault)
{
  const char *shown = tl_evidence_get_string (tl_fault_get_evidence (fault),
                                              TL_EVIDENCE_FINGERPRINT);
  const char *other = get_fingerprint (look);

  return shown != NULL && other != NULL && !g_str_equal (shown, other) &&
         (look->proof != NULL || tl_fault_get_cause (look->fault) != tl_fault_get_cause (fault));
}

static void
add_names (GPtrArray          *names,
           const char * const *more)
{
  for (gsize i = 0; more[i] != NULL && names->len < MAX_NAMES; i++)
    if (!g_ptr_array_find_with_equal_func (names, more[i], g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (more[i]));
}

static char **
get_names (const TlFault *fault)
{
  char **names = NULL;

  g_variant_lookup (tl_fault_get_evidence (fault), TL_EVIDENCE_NAMES, "^as", &names);

  return names != NULL ? names : g_new0 (char *, 1);
}

/* Gives NULL when nobody contradicts. */
static TlFault *
compare (const TlFault *fault,
         const Look    *looks)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) own_names = get_names (fault);
  g_autofree char *detail = NULL;
  guint n_seen = 1;
  guint n_others = 0;
  GVariantDict dict;

  add_names (names, (const char * const *) own_names);
  for (gsize i = 0; i < N_LOOKS; i++)
    {
      g_auto(GStrv) failed_names = looks[i].fault == NULL ? NULL : get_names (looks[i].fault);

      if (get_fingerprint (&looks[i]) == NULL)
        continue;

      n_seen++;
      n_others += contradicts (&looks[i], fault);
      add_names (names, looks[i].proof != NULL
                        ? tl_tls_info_get_names (tl_verified_tls_get_info (looks[i].proof))
                        : (const char * const *) failed_names);
    }
  if (n_others == 0)
    return NULL;

  detail = g_strdup_printf ("%u of %u answers showed this certificate (%s), the others another",
                            n_seen - n_others, n_seen,
                            tl_cause_get_nick (tl_fault_get_cause (fault)));
  g_variant_dict_init (&dict, tl_fault_get_evidence (fault));
  g_variant_dict_insert_value (&dict, TL_EVIDENCE_NAMES,
                               g_variant_new_strv ((const char * const *) names->pdata,
                                                   names->len));
  g_variant_dict_insert (&dict, TL_EVIDENCE_DETAIL, "s", detail);

  return tl_fault_new (TL_CAUSE_INCONSISTENT, g_variant_dict_end (&dict));
}

static TlFault *
look_again_sync (TlLaneWork    *work,
                 const TlFault *fault,
                 TlDeadline     deadline,
                 GCancellable  *cancellable)
{
  Look looks[N_LOOKS] = { { 0 } };
  TlFault *compared;

  for (guint i = 0; i < N_LOOKS; i++)
    {
      looks[i].work = work;
      looks[i].deadline = deadline;
      looks[i].cancellable = cancellable;
      looks[i].addresses = pick_address (work, i);
      looks[i].thread = g_thread_try_new ("tl-lane-look", look_thread, &looks[i], NULL);
    }
  for (gsize i = 0; i < N_LOOKS; i++)
    if (looks[i].thread != NULL)
      g_thread_join (looks[i].thread);

  compared = compare (fault, looks);
  for (gsize i = 0; i < N_LOOKS; i++)
    look_clear (&looks[i]);

  return compared;
}

/* A program in the middle that this computer was not told to trust. */
static TlFault *
name_interceptor (const TlFault *fault)
{
  TlCause cause = tl_fault_get_cause (fault);
  const char *issuer = tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_ISSUER);
  const char *product = issuer == NULL ? NULL : tl_interceptor_find (issuer);
  GVariantDict dict;

  if (product == NULL || (cause != TL_CAUSE_UNTRUSTED_ROOT && cause != TL_CAUSE_SELF_SIGNED))
    return NULL;

  g_variant_dict_init (&dict, tl_fault_get_evidence (fault));
  g_variant_dict_insert (&dict, TL_EVIDENCE_PRODUCT, "s", product);

  return tl_fault_new (TL_CAUSE_INTERCEPTED, g_variant_dict_end (&dict));
}

/* A name of the certificate that is under the host's own registrable domain:
 * whoever holds the certificate for another domain must not get a click. */
static char *
dup_other_name (TlLaneWork    *work,
                const TlFault *fault)
{
  const char *host = tl_lane_work_get_host (work);
  g_auto(GStrv) names = get_names (fault);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = strchr (names[i], '*') != NULL ? NULL
                                                             : tl_host_canonicalize (names[i]);

      if (name != NULL && !g_hostname_is_ip_address (name) && !g_str_equal (name, host) &&
          tl_site_same (name, host))
        return g_steal_pointer (&name);
    }

  return NULL;
}

static TlFault *
offer_other_name (TlLaneWork    *work,
                  const TlFault *fault)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;
  GVariantDict dict;

  if (tl_fault_get_cause (fault) == TL_CAUSE_HOSTNAME)
    name = dup_other_name (work, fault);
  if (name != NULL)
    url = tl_lane_work_dup_url (work, name, tl_endpoint_get_port (endpoint),
                                tl_endpoint_get_security (endpoint));
  if (url == NULL)
    return NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_ENDPOINT, "s", url);

  return tl_fault_with (fault, g_variant_dict_end (&dict));
}

/**
 * tl_lane_second_look_explain_peer_sync:
 * @work: a lane whose server showed a certificate that was not accepted
 * @fault: what is wrong with it
 * @deadline: the moment by which it is explained
 * @cancellable: (nullable): cancels the waits
 *
 * Looks at who issued it, and at what the host's other machines show: the
 * handshake is done twice more, at other addresses if there are any.
 *
 * Returns: (transfer full) (nullable): %TL_CAUSE_INTERCEPTED, %TL_CAUSE_INCONSISTENT, or
 *   @fault with a host of the same domain that the certificate is for
 */
TlFault *
tl_lane_second_look_explain_peer_sync (TlLaneWork    *work,
                                       const TlFault *fault,
                                       TlDeadline     deadline,
                                       GCancellable  *cancellable)
{
  TlFault *explained = name_interceptor (fault);

  if (explained == NULL)
    explained = look_again_sync (work, fault, deadline, cancellable);

  return explained != NULL ? explained : offer_other_name (work, fault);
}

/**
 * tl_lane_second_look_explain_stall_sync:
 * @work: a lane whose handshake stopped half-way
 * @fault: the time-out, with how many bytes had come
 * @deadline: not needed: nothing is waited for
 * @cancellable: (nullable): as little
 *
 * A path that drops large packets lets the connection stand and the handshake
 * begin, and then nothing more comes.
 *
 * Returns: (transfer full) (nullable): @fault with that as a detail
 */
TlFault *
tl_lane_second_look_explain_stall_sync (TlLaneWork    *work,
                                        const TlFault *fault,
                                        TlDeadline     deadline,
                                        GCancellable  *cancellable)
{
  guint n_bytes = tl_evidence_get_uint (tl_fault_get_evidence (fault), TL_EVIDENCE_BYTES, 0);
  g_autofree char *detail = NULL;
  GVariantDict dict;

  if (n_bytes == 0)
    return NULL;

  detail = g_strdup_printf ("the connection stands and %u bytes came, then no more: large packets "
                            "may get lost on the way (VPN, MTU)", n_bytes);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_DETAIL, "s", detail);

  return tl_fault_with (fault, g_variant_dict_end (&dict));
}
