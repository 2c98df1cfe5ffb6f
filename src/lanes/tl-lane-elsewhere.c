/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-elsewhere.h"

static TlGreetingKind
get_own_kind (const TlLaneWork *work)
{
  return work->kind == TL_LANE_OUTGOING ? TL_GREETING_SMTP : TL_GREETING_IMAP;
}

static guint16
get_tls_port (const TlLaneWork *work)
{
  return work->kind == TL_LANE_OUTGOING ? work->ports.smtps : work->ports.imaps;
}

/* --- Other doors --------------------------------------------------------------------- */

/**
 * tl_lane_elsewhere_list:
 * @work: a lane
 * @out_knocks: (out): room for `TL_LANE_ELSEWHERE_MAX` knocks
 *
 * Lists the other ports where the lane's protocol is usually spoken, those
 * with TLS from the start first (RFC 8314 §3).
 *
 * Returns: how many there are
 */
gsize
tl_lane_elsewhere_list (const TlLaneWork *work,
                        TlKnock          *out_knocks)
{
  const TlLanePorts *ports = &work->ports;
  gboolean is_outgoing = work->kind == TL_LANE_OUTGOING;
  const TlKnock doors[TL_LANE_ELSEWHERE_MAX] = {
    { .port = get_tls_port (work), .security = TL_SECURITY_TLS },
    { .port = is_outgoing ? ports->smtp : ports->imap, .security = TL_SECURITY_STARTTLS },
    { .port = is_outgoing ? ports->smtp_other : 0, .security = TL_SECURITY_STARTTLS },
  };
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      if (doors[i].port == 0 || doors[i].port == tl_lane_work_get_port (work))
        continue;

      out_knocks[n] = doors[i];
      out_knocks[n].wanted = get_own_kind (work);
      n++;
    }

  return n;
}

/**
 * tl_lane_elsewhere_dup_best:
 * @work: a lane
 * @knocks: (array length=n_knocks): knocks of tl_lane_elsewhere_list(), once they are done
 * @n_knocks: how many
 *
 * Returns: (transfer full) (nullable): the first that would do, for %TL_EVIDENCE_ENDPOINT
 */
char *
tl_lane_elsewhere_dup_best (const TlLaneWork *work,
                            const TlKnock    *knocks,
                            gsize             n_knocks)
{
  for (gsize i = 0; i < n_knocks; i++)
    if (knocks[i].speaks)
      return tl_lane_work_dup_url (work, tl_lane_work_get_host (work), knocks[i].port,
                                   knocks[i].security);

  return NULL;
}

/* Takes @url over; NULL adds nothing. */
static TlFault *
restate (const TlFault *fault,
         TlCause        cause,
         char          *url)
{
  g_autofree char *owned = url;
  GVariantDict dict;

  g_variant_dict_init (&dict, tl_fault_get_evidence (fault));
  if (owned != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_ENDPOINT, "s", owned);

  return tl_fault_new (cause, g_variant_dict_end (&dict));
}

/* --- Port and encryption that do not fit ---------------------------------------------- */

/**
 * tl_lane_elsewhere_explain_tls_sync:
 * @work: a lane whose server spoke TLS where it was to greet in the clear
 * @fault: what was seen
 * @deadline: not needed: nothing is waited for
 * @cancellable: (nullable): as little
 *
 * Returns: (transfer full) (nullable): @fault with the same port under TLS
 */
TlFault *
tl_lane_elsewhere_explain_tls_sync (TlLaneWork    *work,
                                    const TlFault *fault,
                                    TlDeadline     deadline,
                                    GCancellable  *cancellable)
{
  if (!tl_lane_work_is_upgraded (work))
    return NULL;

  return restate (fault, TL_CAUSE_TLS_EXPECTED,
                  tl_lane_work_dup_url (work, tl_lane_work_get_host (work),
                                        tl_lane_work_get_port (work), TL_SECURITY_TLS));
}

/**
 * tl_lane_elsewhere_explain_silence_sync:
 * @work: a lane whose server says nothing
 * @fault: the time-out
 * @deadline: the moment by which it is explained
 * @cancellable: (nullable): cancels the waits
 *
 * A server that waits for a TLS handshake is as silent as a dead one: a
 * handshake on a connection of its own tells them apart. Whether the
 * certificate is any good does not matter here.
 *
 * Returns: (transfer full) (nullable): %TL_CAUSE_TLS_EXPECTED with the same port under TLS
 */
TlFault *
tl_lane_elsewhere_explain_silence_sync (TlLaneWork    *work,
                                        const TlFault *fault,
                                        TlDeadline     deadline,
                                        GCancellable  *cancellable)
{
  TlKnock knock = {
    .port = tl_lane_work_get_port (work),
    .security = TL_SECURITY_TLS,
    .wanted = get_own_kind (work),
  };

  if (!tl_lane_work_is_upgraded (work))
    return NULL;

  tl_knock_all_sync (work, &knock, 1, deadline, cancellable);

  return knock.speaks ? tl_lane_elsewhere_explain_tls_sync (work, fault, deadline, cancellable)
                      : NULL;
}

/* The right protocol in the clear: the port that is meant for TLS is the better
 * one, and this port with STARTTLS is right as well. */
static TlFault *
explain_clear_sync (TlLaneWork    *work,
                    const TlFault *fault,
                    TlDeadline     deadline,
                    GCancellable  *cancellable)
{
  guint16 own_port = tl_lane_work_get_port (work);
  TlKnock knock = {
    .port = get_tls_port (work), .security = TL_SECURITY_TLS, .wanted = get_own_kind (work),
  };
  char *url;

  if (knock.port == own_port)
    knock.port = 0;
  tl_knock_all_sync (work, &knock, 1, deadline, cancellable);
  url = tl_lane_elsewhere_dup_best (work, &knock, 1);
  if (url == NULL)
    url = tl_lane_work_dup_url (work, tl_lane_work_get_host (work), own_port,
                                TL_SECURITY_STARTTLS);

  return restate (fault, tl_fault_get_cause (fault), url);
}

/**
 * tl_lane_elsewhere_explain_service_sync:
 * @work: a lane whose server does not speak as it was expected to
 * @fault: %TL_CAUSE_PLAINTEXT_PEER or %TL_CAUSE_WRONG_SERVICE, with what it said first
 * @deadline: the moment by which it is explained
 * @cancellable: (nullable): cancels the waits
 *
 * Looks for the right service on the other ports of the host. A mailbox that
 * greets with POP3 and has no IMAP anywhere has only POP3.
 *
 * Returns: (transfer full) (nullable): @fault with another place to try, or
 *   %TL_CAUSE_POP3_ONLY
 */
TlFault *
tl_lane_elsewhere_explain_service_sync (TlLaneWork    *work,
                                        const TlFault *fault,
                                        TlDeadline     deadline,
                                        GCancellable  *cancellable)
{
  const char *first = tl_evidence_get_string (tl_fault_get_evidence (fault),
                                              TL_EVIDENCE_FIRST_BYTES);
  TlGreetingKind kind = first == NULL ? TL_GREETING_UNKNOWN : tl_greeting_recognize (first);
  TlKnock knocks[TL_LANE_ELSEWHERE_MAX];
  gboolean is_there = FALSE;
  gsize n_knocks;
  char *url;

  /* What comes in the clear behind an agreed upgrade is another matter. */
  if (kind == TL_GREETING_UNKNOWN ||
      (tl_lane_work_is_upgraded (work) && tl_fault_get_cause (fault) == TL_CAUSE_PLAINTEXT_PEER))
    return NULL;
  if (kind == get_own_kind (work))
    return explain_clear_sync (work, fault, deadline, cancellable);

  n_knocks = tl_lane_elsewhere_list (work, knocks);
  tl_knock_all_sync (work, knocks, n_knocks, deadline, cancellable);
  for (gsize i = 0; i < n_knocks; i++)
    is_there = is_there || knocks[i].state == TL_KNOCK_OPEN;

  url = tl_lane_elsewhere_dup_best (work, knocks, n_knocks);
  if (kind == TL_GREETING_POP3 && work->kind == TL_LANE_INCOMING && n_knocks > 0 && !is_there)
    {
      GVariantDict dict;

      g_variant_dict_init (&dict, tl_fault_get_evidence (fault));
      g_variant_dict_insert (&dict, TL_EVIDENCE_DOMAIN, "s",
                             tl_address_get_domain (work->address));

      return tl_fault_new (TL_CAUSE_POP3_ONLY, g_variant_dict_end (&dict));
    }

  return restate (fault, tl_fault_get_cause (fault), url);
}

/**
 * tl_lane_elsewhere_explain_no_upgrade_sync:
 * @work: a lane whose server does not offer STARTTLS
 * @fault: %TL_CAUSE_NOT_OFFERED or %TL_CAUSE_STRIPPED
 * @deadline: the moment by which it is explained
 * @cancellable: (nullable): cancels the waits
 *
 * Looks whether the port that is meant for TLS speaks it. It is offered, and
 * never taken without being asked for.
 *
 * Returns: (transfer full) (nullable): @fault with that port
 */
TlFault *
tl_lane_elsewhere_explain_no_upgrade_sync (TlLaneWork    *work,
                                           const TlFault *fault,
                                           TlDeadline     deadline,
                                           GCancellable  *cancellable)
{
  TlKnock knock = {
    .port = get_tls_port (work), .security = TL_SECURITY_TLS, .wanted = get_own_kind (work),
  };

  if (knock.port == tl_lane_work_get_port (work))
    return NULL;

  tl_knock_all_sync (work, &knock, 1, deadline, cancellable);

  return knock.speaks ? restate (fault, tl_fault_get_cause (fault),
                                 tl_lane_elsewhere_dup_best (work, &knock, 1))
                      : NULL;
}
