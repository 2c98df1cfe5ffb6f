/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include "tl-dns-why.h"
#include "tl-network-private.h"

#define TYPE_A 1

/* Shared by the one who asks and the thread that waits for the system, which
 * cannot be interrupted: whoever is last frees it. */
typedef struct
{
  GMutex     lock;
  GCond      done_cond;
  gboolean   done;
  char      *host;
  int        status;    /* of getaddrinfo() */
  GPtrArray *addresses; /* of GInetAddress */
} Lookup;

static void
lookup_clear (gpointer data)
{
  Lookup *self = data;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done_cond);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
}

static void
lookup_unref (Lookup *self)
{
  g_atomic_rc_box_release_full (self, lookup_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_unref)

/* By name: gai_strerror() speaks the language of the system, evidence none. */
static const struct
{
  int         status;
  const char *name;
  TlCause     cause;
} statuses[] = {
  { EAI_NONAME,     "EAI_NONAME",     TL_CAUSE_NXDOMAIN },
  { EAI_NODATA,     "EAI_NODATA",     TL_CAUSE_NO_ADDRESS },
  { EAI_ADDRFAMILY, "EAI_ADDRFAMILY", TL_CAUSE_NO_ADDRESS },
  { EAI_AGAIN,      "EAI_AGAIN",      TL_CAUSE_SERVFAIL },
  { EAI_FAIL,       "EAI_FAIL",       TL_CAUSE_SERVFAIL },
  { EAI_MEMORY,     "EAI_MEMORY",     TL_CAUSE_SERVFAIL },
  { EAI_SYSTEM,     "EAI_SYSTEM",     TL_CAUSE_SERVFAIL },
};

/* What the system's resolver library has no word for. */
static const struct
{
  TlRecordsStatus why;
  TlCause         cause;
} reasons[] = {
  { TL_RECORDS_LOOP,      TL_CAUSE_LOOP },
  { TL_RECORDS_TRUNCATED, TL_CAUSE_TRUNCATED },
  { TL_RECORDS_BOGUS,     TL_CAUSE_DNSSEC_BOGUS },
};

static gpointer
lookup_thread (gpointer data)
{
  g_autoptr(Lookup) self = data;
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC };
  struct addrinfo *found = NULL;
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  int status = getaddrinfo (self->host, NULL, &hints, &found);

  for (struct addrinfo *at = found; at != NULL; at = at->ai_next)
    {
      g_autoptr(GSocketAddress) address = g_socket_address_new_from_native (at->ai_addr,
                                                                            at->ai_addrlen);

      if (G_IS_INET_SOCKET_ADDRESS (address))
        g_ptr_array_add (addresses, g_object_ref (g_inet_socket_address_get_address (
                                      G_INET_SOCKET_ADDRESS (address))));
    }
  if (found != NULL)
    freeaddrinfo (found);

  g_mutex_lock (&self->lock);
  self->status = status;
  self->addresses = g_steal_pointer (&addresses);
  self->done = TRUE;
  g_cond_signal (&self->done_cond);
  g_mutex_unlock (&self->lock);

  return NULL;
}

static void
on_cancelled (GCancellable *cancellable,
              Lookup       *lookup)
{
  g_mutex_lock (&lookup->lock);
  g_cond_signal (&lookup->done_cond);
  g_mutex_unlock (&lookup->lock);
}

static GPtrArray *
list_one (GInetAddress *address)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (addresses, address);

  return addresses;
}

static TlFault *
name_fault (TlCause     cause,
            const char *host,
            const char *os_error)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  if (os_error != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_OS_ERROR, "s", os_error);

  return tl_fault_new (cause, g_variant_dict_end (&evidence));
}

/* Asks a resolver what the system has no word for; @cause when there is nothing of it. */
static TlCause
explain_sync (const char   *host,
              TlCause       cause,
              TlDeadline    deadline,
              GCancellable *cancellable)
{
  g_autofree char *server = tl_dns_why_dup_server ();
  TlRecordsStatus why = tl_dns_why_sync (server, host, TYPE_A, deadline, cancellable);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (reasons[i].why == why)
        return reasons[i].cause;
    }

  return cause;
}

/* Returns whether the thread has come back by @deadline. */
static gboolean
wait_sync (Lookup       *lookup,
           TlDeadline    deadline,
           GCancellable *cancellable)
{
  gulong cancelled_id = 0;
  gboolean done;

  if (cancellable != NULL)
    cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), lookup, NULL);
  g_mutex_lock (&lookup->lock);
  while (!lookup->done && !g_cancellable_is_cancelled (cancellable) &&
         g_cond_wait_until (&lookup->done_cond, &lookup->lock, deadline.at_us))
    ;
  done = lookup->done;
  g_mutex_unlock (&lookup->lock);
  if (cancelled_id != 0)
    g_cancellable_disconnect (cancellable, cancelled_id);

  return done;
}

/* What getaddrinfo() said, in our words. */
static TlCause
read_status (Lookup      *lookup,
             const char **out_name)
{
  *out_name = NULL;
  if (lookup->status == 0)
    return TL_CAUSE_NO_ADDRESS;

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (statuses[i].status == lookup->status)
        {
          *out_name = statuses[i].name;
          return statuses[i].cause;
        }
    }

  return TL_CAUSE_SERVFAIL;
}

/**
 * tl_resolver_lookup_sync:
 * @network: the world the name belongs to
 * @host: a canonical host name or address literal
 * @deadline: the moment by which the answer must be in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is no address
 * @error: return location for a #GError
 *
 * Gets the addresses of a host from the system, IPv6 and IPv4, in the order of
 * RFC 6724. The system's call cannot be interrupted, so it is made on a thread
 * of its own whose late answer is dropped. Where it fails or stays silent, the
 * resolver itself is asked why.
 *
 * Returns: (transfer full) (element-type GInetAddress): one address or more, or
 *   %NULL with @out_fault (`nxdomain`, `no-address`, `servfail`, `timeout`, `loop`,
 *   `truncated`, `dnssec-bogus`) or with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
tl_resolver_lookup_sync (TlNetwork     *network,
                         const char    *host,
                         TlDeadline     deadline,
                         GCancellable  *cancellable,
                         TlFault      **out_fault,
                         GError       **error)
{
  GInetAddress *literal = g_inet_address_new_from_string (host);
  g_autoptr(Lookup) lookup = NULL;
  TlDeadline patience = tl_deadline_in_ms (tl_deadline_get_left_ms (deadline) * 3 / 4);
  TlCause cause = TL_CAUSE_TIMEOUT;
  const char *name = NULL;

  /* Practice leads nowhere but to this computer, literals included. */
  if (literal != NULL &&
      (!tl_network_is_practice (network) || g_inet_address_get_is_loopback (literal)))
    return list_one (literal);
  g_clear_object (&literal);

  if (tl_network_is_practice (network) || tl_network_is_practice_host (host))
    {
      if (tl_network_is_practice (network) && tl_network_is_practice_host (host))
        return list_one (g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
      *out_fault = name_fault (TL_CAUSE_NXDOMAIN, host, NULL);
      return NULL;
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  lookup = g_atomic_rc_box_new0 (Lookup);
  g_mutex_init (&lookup->lock);
  g_cond_init (&lookup->done_cond);
  lookup->host = g_strdup (host);
  g_thread_unref (g_thread_new ("tl-resolver", lookup_thread, g_atomic_rc_box_acquire (lookup)));

  /* Of the time, a quarter is kept for finding out why nothing comes. */
  if (!wait_sync (lookup, patience, cancellable) && !g_cancellable_is_cancelled (cancellable))
    cause = explain_sync (host, cause, deadline, cancellable);
  if (wait_sync (lookup, deadline, cancellable))
    {
      if (lookup->status == 0 && lookup->addresses->len > 0)
        return g_steal_pointer (&lookup->addresses);

      cause = read_status (lookup, &name);
      if (cause != TL_CAUSE_NXDOMAIN)
        cause = explain_sync (host, cause, deadline, cancellable);
    }

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    *out_fault = name_fault (cause, host, name);

  return NULL;
}
