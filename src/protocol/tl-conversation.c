/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-conversation.h"

#include "tl-greeting.h"

struct _TlConversation
{
  TlChannel     *channel;      /* owned */
  TlTranscript  *transcript;   /* owned */
  TlLineStream  *stream;       /* owned, of the present layer */
  TlVerifiedTls *proof;        /* owned, NULL in the clear */
  gsize          max_line_len;
  gboolean       has_spoken;   /* a line was read in the clear */
  gboolean       has_written_secret;
};

/**
 * tl_conversation_new:
 * @channel: (transfer full): a dialled channel
 * @max_line_len: the longest line the protocol allows, in bytes
 * @transcript: where it is written down
 *
 * Returns: (transfer full): a conversation in the clear
 */
TlConversation *
tl_conversation_new (TlChannel    *channel,
                     gsize         max_line_len,
                     TlTranscript *transcript)
{
  TlConversation *self = g_new0 (TlConversation, 1);

  self->channel = channel;
  self->transcript = tl_transcript_ref (transcript);
  self->max_line_len = max_line_len;
  self->stream = tl_line_stream_new (channel, max_line_len, transcript);

  return self;
}

void
tl_conversation_free (TlConversation *self)
{
  g_clear_pointer (&self->stream, tl_line_stream_free);
  g_clear_pointer (&self->proof, tl_verified_tls_unref);
  g_clear_pointer (&self->channel, tl_channel_free);
  g_clear_pointer (&self->transcript, tl_transcript_unref);
  g_free (self);
}

/* Text of a mail protocol where a TLS record should be: somebody pushed it in
 * behind the answer to STARTTLS, later than tl_conversation_check_quiet() could
 * see. */
static gboolean
is_injection (const TlFault *fault)
{
  const char *first = tl_evidence_get_string (tl_fault_get_evidence (fault),
                                              TL_EVIDENCE_FIRST_BYTES);

  return tl_fault_get_cause (fault) == TL_CAUSE_PLAINTEXT_PEER ||
         (first != NULL && g_ascii_isprint (*first) &&
          tl_greeting_recognize (first) != TL_GREETING_TLS);
}

/**
 * tl_conversation_handshake_sync:
 * @self: a conversation in the clear
 * @host: the name the certificate has to be for
 * @deadline: the moment by which the handshake is done
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it failed
 * @error: return location for a #GError
 *
 * Puts the channel under TLS and starts a new line stream. What was said before
 * is gone with the old one. After an upgrade, plaintext in place of the
 * handshake is %TL_CAUSE_INJECTED.
 *
 * Returns: whether the peer was verified
 */
gboolean
tl_conversation_handshake_sync (TlConversation  *self,
                                const char      *host,
                                TlDeadline       deadline,
                                GCancellable    *cancellable,
                                TlFault        **out_fault,
                                GError         **error)
{
  g_autoptr(TlFault) fault = NULL;

  g_return_val_if_fail (self->proof == NULL, FALSE);

  self->proof = tl_channel_handshake_sync (self->channel, host, deadline, cancellable,
                                           &fault, error);
  if (self->proof == NULL)
    {
      if (fault != NULL && self->has_spoken && is_injection (fault))
        *out_fault = tl_fault_new (TL_CAUSE_INJECTED, tl_fault_get_evidence (fault));
      else
        *out_fault = g_steal_pointer (&fault);
      return FALSE;
    }

  tl_line_stream_free (self->stream);
  self->stream = tl_line_stream_new (self->channel, self->max_line_len, self->transcript);
  tl_transcript_add (self->transcript, TL_TRANSCRIPT_NOTE, "under TLS, the server is verified", -1);

  return TRUE;
}

/**
 * tl_conversation_check_quiet:
 * @self: a conversation with no command outstanding
 * @cause: what it means when the server has said more
 * @out_fault: (out): a fault of @cause with what was said
 *
 * Returns: whether nothing lies behind the last line that was read
 */
gboolean
tl_conversation_check_quiet (TlConversation  *self,
                             TlCause          cause,
                             TlFault        **out_fault)
{
  g_autofree char *pending = NULL;
  GVariantDict dict;

  if (!tl_line_stream_has_pending (self->stream))
    return TRUE;

  g_variant_dict_init (&dict, NULL);
  pending = tl_line_stream_dup_pending (self->stream);
  if (*pending != '\0')
    g_variant_dict_insert (&dict, TL_EVIDENCE_FIRST_BYTES, "s", pending);
  *out_fault = tl_fault_new (cause, g_variant_dict_end (&dict));

  return FALSE;
}

/**
 * tl_conversation_read_first_sync:
 * @self: a conversation in which nobody has spoken
 * @deadline: the moment by which a whole line is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * Reads the first line of a greeting. TLS records in its place are
 * %TL_CAUSE_TLS_EXPECTED.
 *
 * Returns: (transfer full): a line without its end, or %NULL
 */
char *
tl_conversation_read_first_sync (TlConversation  *self,
                                 TlDeadline       deadline,
                                 GCancellable    *cancellable,
                                 TlFault        **out_fault,
                                 GError         **error)
{
  g_autoptr(TlFault) fault = NULL;
  char *line = tl_conversation_read_sync (self, deadline, cancellable, &fault, error);

  if (fault != NULL)
    {
      g_autofree char *pending = tl_line_stream_dup_pending (self->stream);

      *out_fault = tl_greeting_restate (fault, pending);
    }

  return line;
}

/**
 * tl_conversation_read_sync:
 * @self: a conversation
 * @deadline: the moment by which a whole line is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a line without its end, or %NULL
 */
char *
tl_conversation_read_sync (TlConversation  *self,
                           TlDeadline       deadline,
                           GCancellable    *cancellable,
                           TlFault        **out_fault,
                           GError         **error)
{
  char *line = tl_line_stream_read_sync (self->stream, deadline, cancellable, out_fault, error);

  if (self->proof == NULL && line != NULL)
    self->has_spoken = TRUE;

  return line;
}

gboolean
tl_conversation_write_sync (TlConversation  *self,
                            const char      *line,
                            TlDeadline       deadline,
                            GCancellable    *cancellable,
                            TlFault        **out_fault,
                            GError         **error)
{
  return tl_line_stream_write_sync (self->stream, line, deadline, cancellable, out_fault, error);
}

/**
 * tl_conversation_write_secret_sync:
 * @self: a conversation under verified TLS
 * @line: a line without its end
 * @deadline: the moment by which it is out
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * The transcript keeps the length of @line alone. In the clear nothing is
 * written: %TL_CAUSE_TLS_REQUIRED.
 *
 * Returns: whether @line was written
 */
gboolean
tl_conversation_write_secret_sync (TlConversation  *self,
                                   TlSecret        *line,
                                   TlDeadline       deadline,
                                   GCancellable    *cancellable,
                                   TlFault        **out_fault,
                                   GError         **error)
{
  if (self->proof == NULL)
    {
      *out_fault = tl_fault_new (TL_CAUSE_TLS_REQUIRED, NULL);
      return FALSE;
    }

  /* Of one that fails, some may have gone. */
  self->has_written_secret = TRUE;

  return tl_line_stream_write_secret_sync (self->stream, self->proof, line,
                                           deadline, cancellable, out_fault, error);
}

/**
 * tl_conversation_write_bytes_sync:
 * @self: a conversation
 * @bytes: what to say, line ends and all; holds no secret
 * @deadline: the moment by which it is out
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * For what is too long to be written line by line. The transcript keeps its
 * length.
 *
 * Returns: whether @bytes were written
 */
gboolean
tl_conversation_write_bytes_sync (TlConversation  *self,
                                  GBytes          *bytes,
                                  TlDeadline       deadline,
                                  GCancellable    *cancellable,
                                  TlFault        **out_fault,
                                  GError         **error)
{
  gsize len;
  const void *data = g_bytes_get_data (bytes, &len);
  g_autofree char *note = g_strdup_printf ("(%" G_GSIZE_FORMAT " bytes)", len);

  tl_transcript_add (self->transcript, TL_TRANSCRIPT_SENT, note, -1);

  return tl_channel_write_sync (self->channel, data, len, deadline, cancellable, out_fault, error);
}

/**
 * tl_conversation_guard:
 * @self: a conversation
 * @username: who is about to sign in
 * @password: with what
 *
 * From now on @password is taken out of whatever the server says, however it
 * writes it down. Lasts as long as the present security layer.
 */
void
tl_conversation_guard (TlConversation *self,
                       const char     *username,
                       const TlSecret *password)
{
  g_autoptr(GPtrArray) guises = tl_secret_list_guises (password, username);

  for (guint i = 0; i < guises->len; i++)
    tl_line_stream_guard (self->stream, guises->pdata[i]);
}

/**
 * tl_conversation_has_written_secret:
 * @self: a conversation
 *
 * Returns: whether a secret, or some of it, may have gone out
 */
gboolean
tl_conversation_has_written_secret (const TlConversation *self)
{
  return self->has_written_secret;
}

TlLineStream *
tl_conversation_get_stream (TlConversation *self)
{
  return self->stream;
}

TlChannel *
tl_conversation_get_channel (TlConversation *self)
{
  return self->channel;
}

/**
 * tl_conversation_get_proof:
 * @self: a conversation
 *
 * Returns: (transfer none) (nullable): the proof of verified TLS, %NULL in the clear
 */
TlVerifiedTls *
tl_conversation_get_proof (TlConversation *self)
{
  return self->proof;
}
