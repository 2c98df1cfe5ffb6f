/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-ports.h"

/* What is tried when the port of the outgoing lane is silent: the others that
 * messages are handed in at, and ports that say whether the host is there. */
static const struct
{
  guint16  port;
  gboolean is_control;
} ports[] = {
  { 465,  FALSE },
  { 587,  FALSE },
  { 2525, FALSE },
  { 443,  TRUE },
  { 993,  TRUE },
};

typedef enum
{
  PORT_UNKNOWN,
  PORT_SILENT,
  PORT_ANSWERS,
} PortState;

typedef struct
{
  /* Set before its thread starts, borrowed */
  TlNetwork    *network;
  GPtrArray    *addresses;
  TlEndpoint   *endpoint;     /* owned */
  TlDeadline    deadline;
  GCancellable *cancellable;

  /* Read after its thread has ended */
  PortState     state;
} Knock;

static gpointer
knock_thread (gpointer data)
{
  Knock *self = data;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlChannel) channel = NULL;

  channel = tl_channel_dial_sync (self->network, self->endpoint, self->addresses, self->deadline,
                                  self->cancellable, &fault, &error);
  /* A refusal is an answer, too: packets get there and back. */
  if (channel != NULL || (fault != NULL && (tl_fault_get_cause (fault) == TL_CAUSE_REFUSED ||
                                            tl_fault_get_cause (fault) == TL_CAUSE_RESET)))
    self->state = PORT_ANSWERS;
  else if (fault != NULL && tl_fault_get_cause (fault) == TL_CAUSE_TIMEOUT)
    self->state = PORT_SILENT;

  return NULL;
}

static char *
port_to_string (guint16 port)
{
  return g_strdup_printf ("%u", port);
}

/**
 * tl_lane_ports_explain_sync:
 * @work: an outgoing lane whose port did not answer
 * @fault: the time-out
 * @deadline: the moment by which it is explained
 * @cancellable: (nullable): cancels the waits
 *
 * Knocks on other ports of the same host, all at once: nothing is sent. When
 * every port for handing in messages is silent and another one answers, the
 * network between here and there keeps messages from going out.
 *
 * Returns: (transfer full): @fault or %TL_CAUSE_PORTS_BLOCKED, with the ports that were silent and
 *   those that answered
 */
TlFault *
tl_lane_ports_explain_sync (TlLaneWork    *work,
                            const TlFault *fault,
                            TlDeadline     deadline,
                            GCancellable  *cancellable)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);
  g_autoptr(GStrvBuilder) silent = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) open = g_strv_builder_new ();
  g_autofree char *own_port = port_to_string (tl_endpoint_get_port (endpoint));
  Knock knocks[G_N_ELEMENTS (ports)] = { { 0 } };
  GThread *threads[G_N_ELEMENTS (ports)] = { NULL };
  gboolean all_silent = TRUE;
  gboolean control_answers = FALSE;
  g_auto(GStrv) silent_ports = NULL;
  g_auto(GStrv) open_ports = NULL;
  GVariantDict dict;

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      if (ports[i].port == tl_endpoint_get_port (endpoint))
        continue;

      knocks[i].network = work->network;
      knocks[i].addresses = work->addresses;
      knocks[i].endpoint = tl_endpoint_new (tl_endpoint_get_host (endpoint), ports[i].port,
                                            TL_SECURITY_TLS, NULL);
      knocks[i].deadline = deadline;
      knocks[i].cancellable = cancellable;
      threads[i] = g_thread_try_new ("tl-lane-port", knock_thread, &knocks[i], NULL);
    }

  g_strv_builder_add (silent, own_port);
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autofree char *port = port_to_string (ports[i].port);

      if (threads[i] != NULL)
        g_thread_join (threads[i]);
      if (knocks[i].endpoint == NULL)
        continue;
      g_clear_pointer (&knocks[i].endpoint, tl_endpoint_unref);

      if (knocks[i].state == PORT_SILENT)
        g_strv_builder_add (silent, port);
      if (knocks[i].state == PORT_ANSWERS)
        g_strv_builder_add (open, port);
      if (ports[i].is_control)
        control_answers = control_answers || knocks[i].state == PORT_ANSWERS;
      else
        all_silent = all_silent && knocks[i].state == PORT_SILENT;
    }

  silent_ports = g_strv_builder_end (silent);
  open_ports = g_strv_builder_end (open);
  g_variant_dict_init (&dict, tl_fault_get_evidence (fault));
  g_variant_dict_insert (&dict, TL_EVIDENCE_PORTS_SILENT, "^as", silent_ports);
  g_variant_dict_insert (&dict, TL_EVIDENCE_PORTS_OPEN, "^as", open_ports);

  return tl_fault_new (all_silent && control_answers ? TL_CAUSE_PORTS_BLOCKED
                                                     : tl_fault_get_cause (fault),
                       g_variant_dict_end (&dict));
}

/**
 * tl_lane_ports_speaks_tls_sync:
 * @work: a lane whose server says nothing in the clear
 * @deadline: the moment by which it is known
 * @cancellable: (nullable): cancels the waits
 *
 * Tries a TLS handshake on a connection of its own. Whether the certificate is
 * any good does not matter here; nothing else is sent.
 *
 * Returns: whether the port speaks TLS from the first byte
 */
gboolean
tl_lane_ports_speaks_tls_sync (TlLaneWork    *work,
                               TlDeadline     deadline,
                               GCancellable  *cancellable)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlVerifiedTls) proof = NULL;

  channel = tl_channel_dial_sync (work->network, endpoint, work->addresses, deadline, cancellable,
                                  &fault, &error);
  if (channel == NULL)
    return FALSE;

  proof = tl_channel_handshake_sync (channel, tl_endpoint_get_host (endpoint), deadline,
                                     cancellable, &fault, &error);
  if (proof != NULL)
    return TRUE;
  if (fault == NULL)
    return FALSE;

  switch (tl_fault_get_cause (fault))
    {
    /* Judgements on a certificate or a TLS version: there was one to judge. */
    case TL_CAUSE_EXPIRED:
    case TL_CAUSE_NOT_YET_VALID:
    case TL_CAUSE_HOSTNAME:
    case TL_CAUSE_SELF_SIGNED:
    case TL_CAUSE_UNTRUSTED_ROOT:
    case TL_CAUSE_INCOMPLETE_CHAIN:
    case TL_CAUSE_CHAIN_INVALID:
    case TL_CAUSE_NO_SAN:
    case TL_CAUSE_PURPOSE:
    case TL_CAUSE_REVOKED:
    case TL_CAUSE_INTERCEPTED:
    case TL_CAUSE_CLIENT_CERT_REQUIRED:
    case TL_CAUSE_VERSION:
    case TL_CAUSE_WEAK:
    case TL_CAUSE_OVERSIZED:
      return TRUE;
    default:
      return FALSE;
    }
}
