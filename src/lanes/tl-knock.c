/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-knock.h"

typedef struct
{
  /* Borrowed */
  TlLaneWork   *work;
  TlKnock      *knock;
  TlDeadline    deadline;
  GCancellable *cancellable;

  GThread      *thread;
} Visit;

/* How a dial may fail; anything else says nothing about the port. */
static const struct
{
  TlCause      cause;
  TlKnockState state;
} failures[] = {
  { TL_CAUSE_TIMEOUT,  TL_KNOCK_SILENT },
  { TL_CAUSE_FILTERED, TL_KNOCK_FILTERED },
  { TL_CAUSE_REFUSED,  TL_KNOCK_REFUSED },
  { TL_CAUSE_RESET,    TL_KNOCK_REFUSED },
};

/* Judgements on a certificate or a TLS version: there was one to judge. */
static const TlCause spoken[] = {
  TL_CAUSE_EXPIRED,
  TL_CAUSE_NOT_YET_VALID,
  TL_CAUSE_HOSTNAME,
  TL_CAUSE_SELF_SIGNED,
  TL_CAUSE_UNTRUSTED_ROOT,
  TL_CAUSE_INCOMPLETE_CHAIN,
  TL_CAUSE_CHAIN_INVALID,
  TL_CAUSE_NO_SAN,
  TL_CAUSE_PURPOSE,
  TL_CAUSE_REVOKED,
  TL_CAUSE_INTERCEPTED,
  TL_CAUSE_CLIENT_CERT_REQUIRED,
  TL_CAUSE_VERSION,
  TL_CAUSE_WEAK,
  TL_CAUSE_OVERSIZED,
};

static TlKnockState
judge_failure (const TlFault *fault)
{
  for (gsize i = 0; fault != NULL && i < G_N_ELEMENTS (failures); i++)
    if (failures[i].cause == tl_fault_get_cause (fault))
      return failures[i].state;

  return TL_KNOCK_UNKNOWN;
}

static gboolean
spoke_tls (const TlFault *fault)
{
  for (gsize i = 0; fault != NULL && i < G_N_ELEMENTS (spoken); i++)
    if (spoken[i] == tl_fault_get_cause (fault))
      return TRUE;

  return FALSE;
}

static gboolean
greets (Visit          *self,
        TlConversation *conversation)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = tl_conversation_read_first_sync (conversation, self->deadline,
                                                           self->cancellable, &fault, &error);

  return line != NULL && tl_greeting_recognize (line) == self->knock->wanted;
}

static gboolean
speaks_tls (Visit          *self,
            TlConversation *conversation)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  if (!tl_conversation_handshake_sync (conversation, tl_lane_work_get_host (self->work),
                                       self->deadline, self->cancellable, &fault, &error))
    return self->knock->wanted != TL_GREETING_POP3 && spoke_tls (fault);

  return self->knock->wanted != TL_GREETING_POP3 || greets (self, conversation);
}

static gpointer
visit_thread (gpointer data)
{
  Visit *self = data;
  TlKnock *knock = self->knock;
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (tl_lane_work_get_host (self->work), knock->port,
                                                    TL_SECURITY_TLS, NULL);
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  g_autoptr(TlConversation) conversation = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  TlChannel *channel;

  channel = tl_channel_dial_sync (self->work->network, endpoint, self->work->addresses,
                                  self->deadline, self->cancellable, &fault, &error);
  if (channel == NULL)
    {
      knock->state = judge_failure (fault);
      return NULL;
    }

  knock->state = TL_KNOCK_OPEN;
  conversation = tl_conversation_new (channel, TL_SMTP_MAX_LINE_LEN, transcript);
  if (knock->security == TL_SECURITY_TLS)
    knock->speaks = speaks_tls (self, conversation);
  else if (knock->security == TL_SECURITY_STARTTLS)
    knock->speaks = greets (self, conversation);

  return NULL;
}

/**
 * tl_knock_all_sync:
 * @work: a lane whose host has addresses
 * @knocks: (array length=n_knocks): where to knock; what came of it is put in
 * @n_knocks: how many, `TL_KNOCK_MAX` at most
 * @deadline: the moment by which all is known that can be
 * @cancellable: (nullable): cancels the waits
 *
 * Knocks on several ports of the lane's host, all at once.
 */
void
tl_knock_all_sync (TlLaneWork   *work,
                   TlKnock      *knocks,
                   gsize         n_knocks,
                   TlDeadline    deadline,
                   GCancellable *cancellable)
{
  Visit visits[TL_KNOCK_MAX] = { { 0 } };

  g_return_if_fail (n_knocks <= TL_KNOCK_MAX);

  for (gsize i = 0; i < n_knocks; i++)
    {
      if (knocks[i].port == 0)
        continue;

      visits[i] = (Visit) {
        .work = work, .knock = &knocks[i], .deadline = deadline, .cancellable = cancellable,
      };
      visits[i].thread = g_thread_try_new ("tl-lane-knock", visit_thread, &visits[i], NULL);
    }

  for (gsize i = 0; i < n_knocks; i++)
    if (visits[i].thread != NULL)
      g_thread_join (visits[i].thread);
}

/**
 * tl_knock_find:
 * @knocks: (array length=n_knocks): knocks
 * @n_knocks: how many
 * @port: a port, or 0
 *
 * Returns: (transfer none) (nullable): the one on @port
 */
const TlKnock *
tl_knock_find (const TlKnock *knocks,
               gsize          n_knocks,
               guint16        port)
{
  for (gsize i = 0; port != 0 && i < n_knocks; i++)
    if (knocks[i].port == port)
      return &knocks[i];

  return NULL;
}
