/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-probe.h"

#include <string.h>

#include "tl-channel.h"
#include "tl-line-stream.h"
#include "tl-resolver.h"

/* RFC 5321 §4.5.3.1.5 allows 512 octets; greetings in the wild run longer. */
#define LINE_MAX_LEN    2048
#define REPLY_MAX_LINES 64

/* What is said to a server, and how its answers start. No log-in, ever: the
 * only words sent are those that lead to TLS. */
typedef struct
{
  TlLaneKind  lane;
  const char *greeting; /* how the first line starts */
  const char *hello;    /* sent before asking for TLS, or NULL */
  const char *starttls;
  const char *agreed;   /* how the answer to @starttls starts */
  const char *goodbye;
} Dialect;

static const Dialect dialects[] = {
  /* RFC 9051 §7.1.1 and §6.2.1 */
  { TL_LANE_INCOMING, "* OK", NULL, "a STARTTLS", "a OK", "b LOGOUT" },
  /* RFC 5321 §4.2 and RFC 3207 §4; the address literal names nobody */
  { TL_LANE_OUTGOING, "220", "EHLO [127.0.0.1]", "STARTTLS", "220", "QUIT" },
};

typedef struct
{
  TlLineStream  *stream;
  TlDeadline     deadline;
  GCancellable  *cancellable;
} Talk;

/* Reads one answer: for IMAP up to the line with our tag, untagged lines
 * passed over; for SMTP all lines of the reply. TRUE in @out_fits when its last
 * line starts as @expected. */
static gboolean
read_answer (const Talk     *talk,
             const Dialect  *dialect,
             const char     *expected,
             gboolean       *out_fits,
             TlFault       **out_fault,
             GError        **error)
{
  for (guint i = 0; i < REPLY_MAX_LINES; i++)
    {
      g_autofree char *line = tl_line_stream_read_sync (talk->stream, talk->deadline,
                                                        talk->cancellable, out_fault, error);
      gboolean goes_on;

      if (line == NULL)
        return FALSE;

      if (dialect->lane == TL_LANE_OUTGOING)
        goes_on = strlen (line) > 3 && line[3] == '-';
      else
        goes_on = expected[0] != '*' && line[0] == '*';

      if (!goes_on)
        {
          gsize len = strlen (expected);

          *out_fits = g_ascii_strncasecmp (line, expected, len) == 0 &&
                      (line[len] == '\0' || line[len] == ' ');
          return TRUE;
        }
    }

  *out_fault = tl_fault_new_detail (TL_CAUSE_TOO_LONG, "more than %d lines in one answer",
                                    REPLY_MAX_LINES);
  return FALSE;
}

static gboolean
say (const Talk     *talk,
     const Dialect  *dialect,
     const char     *line,
     const char     *expected,
     TlCause         otherwise,
     TlFault       **out_fault,
     GError        **error)
{
  gboolean fits = FALSE;

  if (line != NULL &&
      !tl_line_stream_write_sync (talk->stream, line, talk->deadline, talk->cancellable,
                                  out_fault, error))
    return FALSE;
  if (!read_answer (talk, dialect, expected, &fits, out_fault, error))
    return FALSE;
  if (!fits)
    *out_fault = tl_fault_new_detail (otherwise, "the answer does not start with “%s”", expected);

  return fits;
}

/* From the greeting to the point where a handshake may start. Bytes already
 * there behind the agreement were sent in the clear (RFC 3207 §4.2). */
static gboolean
ask_for_tls (const Talk     *talk,
             const Dialect  *dialect,
             TlFault       **out_fault,
             GError        **error)
{
  if (!say (talk, dialect, NULL, dialect->greeting, TL_CAUSE_WRONG_SERVICE, out_fault, error) ||
      (dialect->hello != NULL &&
       !say (talk, dialect, dialect->hello, "250", TL_CAUSE_REJECTED, out_fault, error)) ||
      !say (talk, dialect, dialect->starttls, dialect->agreed, TL_CAUSE_NOT_OFFERED, out_fault,
            error))
    return FALSE;

  if (tl_line_stream_has_pending (talk->stream))
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_INJECTED, "bytes behind the answer to STARTTLS");
      return FALSE;
    }

  return TRUE;
}

static gboolean
talk_to (TlChannel         *channel,
         const Dialect     *dialect,
         const TlEndpoint  *endpoint,
         TlDeadline         deadline,
         GCancellable      *cancellable,
         TlFault          **out_fault,
         GError           **error)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlLineStream) before = NULL;
  g_autoptr(TlLineStream) after = NULL;
  g_autoptr(TlFault) ignored = NULL;
  Talk talk = { NULL, deadline, cancellable };

  if (tl_endpoint_get_security (endpoint) == TL_SECURITY_STARTTLS)
    {
      before = tl_line_stream_new (channel, LINE_MAX_LEN, transcript);
      talk.stream = before;
      if (!ask_for_tls (&talk, dialect, out_fault, error))
        return FALSE;
    }

  proof = tl_channel_handshake_sync (channel, tl_endpoint_get_host (endpoint), deadline,
                                     cancellable, out_fault, error);
  if (proof == NULL)
    return FALSE;

  after = tl_line_stream_new (channel, LINE_MAX_LEN, transcript);
  talk.stream = after;
  if (before == NULL &&
      !say (&talk, dialect, NULL, dialect->greeting, TL_CAUSE_WRONG_SERVICE, out_fault, error))
    return FALSE;

  /* Leaving politely keeps us out of servers' logs of aborted connections;
   * whether it arrives changes nothing. */
  tl_line_stream_write_sync (after, dialect->goodbye, deadline, cancellable, &ignored, NULL);

  return TRUE;
}

/**
 * tl_probe_run_sync:
 * @network: the network to use
 * @lane: what is expected there: IMAP or submission
 * @endpoint: where, with TLS or STARTTLS
 * @deadline: the moment by which it has to be done
 * @cancellable: (nullable): stops it
 * @out_fault: where to put why not
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Finds out whether a server of the right kind is there and can prove its
 * name: it is resolved and connected to, greets as such a server does, and its
 * certificate holds for the host of @endpoint. Nobody signs in. Blocks.
 *
 * Returns: %TRUE when all of that held
 */
gboolean
tl_probe_run_sync (TlNetwork         *network,
                   TlLaneKind         lane,
                   const TlEndpoint  *endpoint,
                   TlDeadline         deadline,
                   GCancellable      *cancellable,
                   TlFault          **out_fault,
                   GError           **error)
{
  const Dialect *dialect = &dialects[lane == TL_LANE_INCOMING ? 0 : 1];
  g_autoptr(GPtrArray) addresses = NULL;
  g_autoptr(TlChannel) channel = NULL;

  g_return_val_if_fail (tl_endpoint_get_security (endpoint) != TL_SECURITY_NONE, FALSE);

  addresses = tl_resolver_lookup_sync (network, tl_endpoint_get_host (endpoint), deadline,
                                       cancellable, out_fault, error);
  if (addresses == NULL)
    return FALSE;

  channel = tl_channel_dial_sync (network, endpoint, addresses, deadline, cancellable, out_fault,
                                  error);

  return channel != NULL &&
         talk_to (channel, dialect, endpoint, deadline, cancellable, out_fault, error);
}
