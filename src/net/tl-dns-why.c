/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dns-why.h"

#include <string.h>

#include "tl-dns-message.h"
#include "tl-handles.h"

#define DNS_PORT 53
#define TYPE_CNAME 5
#define MAX_REPLY_LEN 4096

/* How long one question waits: the resolver has answered, or failed to, before. */
#define QUESTION_MS 1000

static TlDnsReply *
ask (GSocket      *socket,
     const char   *name,
     guint16       type,
     gboolean      unchecked,
     TlDeadline    deadline,
     GCancellable *cancellable)
{
  guint16 id = (guint16) g_random_int ();
  g_autoptr(GBytes) query = tl_dns_query_new (id, name, type, unchecked);
  char reply_bytes[MAX_REPLY_LEN];
  TlDeadline until = tl_deadline_earlier (deadline, tl_deadline_in_ms (QUESTION_MS));

  if (query == NULL || !tl_handles_have_room (TL_HANDLES_FOR_WAIT) ||
      g_socket_send (socket, g_bytes_get_data (query, NULL),
                                      g_bytes_get_size (query), cancellable, NULL) < 0)
    return NULL;

  while (g_socket_condition_timed_wait (socket, G_IO_IN, tl_deadline_get_left_us (until),
                                        cancellable, NULL))
    {
      gssize len = g_socket_receive (socket, reply_bytes, sizeof reply_bytes, cancellable, NULL);
      g_autoptr(TlDnsReply) reply = NULL;

      if (len < 0)
        return NULL;
      reply = tl_dns_reply_parse ((const guint8 *) reply_bytes, (gsize) len);
      if (reply != NULL && reply->id == id)
        return g_steal_pointer (&reply);
    }

  return NULL;
}

/* A resolver that gives up on aliases shows none of them, but each of them when
 * it is asked for that one alone. */
static gboolean
is_loop (GSocket      *socket,
         const char   *name,
         TlDeadline    deadline,
         GCancellable *cancellable)
{
  g_autofree char *at = g_strdup (name);
  guint n_aliases = 0;

  while (n_aliases <= TL_DNS_MAX_ALIASES)
    {
      g_autoptr(TlDnsReply) reply = ask (socket, at, TYPE_CNAME, TRUE, deadline, cancellable);

      if (reply == NULL || reply->n_aliases == 0)
        return FALSE;
      if (reply->is_loop)
        return TRUE;

      n_aliases += reply->n_aliases;
      g_free (at);
      at = g_steal_pointer (&reply->end);
    }

  return TRUE;
}

/* `192.0.2.1` or `192.0.2.1@5353`, as libunbound spells it. */
static GSocketAddress *
parse_server (const char *server)
{
  const char *at = strrchr (server, '@');
  g_autofree char *host = at != NULL ? g_strndup (server, (gsize) (at - server))
                                     : g_strdup (server);
  guint64 port = at != NULL ? g_ascii_strtoull (at + 1, NULL, 10) : DNS_PORT;

  return g_inet_socket_address_new_from_string (host, (guint) MIN (port, G_MAXUINT16));
}

static GSocket *
connect_to (const char *server)
{
  g_autoptr(GSocketAddress) address = parse_server (server);
  g_autoptr(GSocket) socket = NULL;

  if (address == NULL)
    return NULL;

  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_DATAGRAM,
                         G_SOCKET_PROTOCOL_UDP, NULL);
  if (socket == NULL || !g_socket_connect (socket, address, NULL, NULL))
    return NULL;

  return g_steal_pointer (&socket);
}

/**
 * tl_dns_why_dup_server:
 *
 * Returns: (transfer full): the address of the resolver that the system asks
 *   first, or of this computer when it names none (resolv.conf(5))
 */
char *
tl_dns_why_dup_server (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  if (g_file_get_contents ("/etc/resolv.conf", &text, NULL, NULL))
    lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit_set (g_strstrip (lines[i]), " \t", -1);
      gsize last = g_strv_length (words);

      /* Any number of blanks may stand between the two. */
      if (last >= 2 && g_str_equal (words[0], "nameserver"))
        return g_strdup (words[last - 1]);
    }

  return g_strdup ("127.0.0.1");
}

/**
 * tl_dns_why_sync:
 * @server: the resolver to ask, `192.0.2.1` or `192.0.2.1@5353`
 * @name: a domain name in A-labels
 * @type: the record type that was asked for
 * @deadline: the moment by which there is an answer
 * @cancellable: (nullable): cancels the wait
 *
 * Finds out why a look-up failed, where whoever made it can only say that it
 * did. A few small datagrams and no more: one question as it was, one without
 * the resolver's validation, and the aliases one by one. Blocks.
 *
 * What comes back is a reason and never data: anybody on the way can forge it.
 *
 * Returns: %TL_RECORDS_TRUNCATED when the answer does not fit into a datagram
 *   (to whom that matters, TCP has failed before), %TL_RECORDS_LOOP for aliases
 *   without end or more than `TL_DNS_MAX_ALIASES` of them, %TL_RECORDS_BOGUS when
 *   it fails with the resolver's validation alone, %TL_RECORDS_TIMEOUT for
 *   silence, else what the resolver says now
 */
TlRecordsStatus
tl_dns_why_sync (const char   *server,
                 const char   *name,
                 guint16       type,
                 TlDeadline    deadline,
                 GCancellable *cancellable)
{
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(TlDnsReply) reply = NULL;
  g_autoptr(TlDnsReply) unchecked = NULL;

  g_return_val_if_fail (server != NULL, TL_RECORDS_SERVFAIL);
  g_return_val_if_fail (name != NULL, TL_RECORDS_SERVFAIL);

  socket = connect_to (server);
  reply = socket != NULL ? ask (socket, name, type, FALSE, deadline, cancellable) : NULL;
  if (reply == NULL)
    return TL_RECORDS_TIMEOUT;
  if (reply->is_loop)
    return TL_RECORDS_LOOP;
  if (reply->is_truncated)
    return TL_RECORDS_TRUNCATED;
  if (reply->rcode == TL_DNS_NXDOMAIN)
    return TL_RECORDS_NXDOMAIN;
  if (reply->rcode == TL_DNS_REFUSED)
    return TL_RECORDS_REFUSED;
  if (reply->rcode == TL_DNS_NOERROR && reply->n_answers > reply->n_aliases)
    return TL_RECORDS_ANSWERED;
  if (reply->rcode == TL_DNS_NOERROR)
    return is_loop (socket, reply->end, deadline, cancellable) ? TL_RECORDS_LOOP
                                                               : TL_RECORDS_NOTHING;
  if (reply->rcode != TL_DNS_SERVFAIL)
    return TL_RECORDS_SERVFAIL;

  unchecked = ask (socket, name, type, TRUE, deadline, cancellable);
  if (unchecked != NULL && unchecked->is_loop)
    return TL_RECORDS_LOOP;
  if (unchecked != NULL &&
      (unchecked->rcode == TL_DNS_NOERROR || unchecked->rcode == TL_DNS_NXDOMAIN))
    return TL_RECORDS_BOGUS;

  return is_loop (socket, name, deadline, cancellable) ? TL_RECORDS_LOOP : TL_RECORDS_SERVFAIL;
}
