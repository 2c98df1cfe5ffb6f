/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include "tl-dns-why.h"
#include "tl-handles.h"
#include "tl-network-private.h"
#include "tl-route.h"

#define TYPE_A 1

#define MAX_HOSTS 64
/* How long addresses are as good as asked for anew, which is for what one press
 * of a button starts at once, and how long a look-up may have been under way for
 * others to join it: the network may be another by then. */
#define KEEP_S 3
#define JOIN_S 10

/* Shared by all who ask and the thread that waits for the system, which cannot
 * be interrupted: whoever is last frees it. */
typedef struct
{
  GMutex     lock;
  GCond      done_cond;
  gboolean   done;
  gint64     since_us;  /* when it began; once it is done, when it was; under the table's lock */
  char      *host;
  int        status;    /* of getaddrinfo() */
  gboolean   is_short;  /* of descriptors: it may have failed for want of one */
  GPtrArray *addresses; /* of GInetAddress */
} Lookup;

/* What others may share, by host. This lock is taken before a look-up's own. */
static struct
{
  GMutex      lock;
  GHashTable *by_host; /* of Lookup, or NULL */
} shared;

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
ref_address (gconstpointer address,
             gpointer      user_data)
{
  return g_object_ref ((gpointer) address);
}

static gboolean
is_found (Lookup *self)
{
  return self->status == 0 && self->addresses->len > 0;
}

static gpointer
lookup_thread (gpointer data)
{
  g_autoptr(Lookup) self = data;
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC };
  struct addrinfo *found = NULL;
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_short = !tl_handles_have_room (TL_HANDLES_FOR_NAME);
  int status = getaddrinfo (self->host, NULL, &hints, &found);

  /* It says “no such name” when it cannot open the files that it needs. */
  is_short = is_short || (status != 0 && !tl_handles_have_room (TL_HANDLES_FOR_NAME));

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

  g_mutex_lock (&shared.lock);
  g_mutex_lock (&self->lock);
  self->status = status;
  self->is_short = is_short;
  self->addresses = g_steal_pointer (&addresses);
  self->since_us = g_get_monotonic_time ();
  self->done = TRUE;
  g_cond_broadcast (&self->done_cond);
  g_mutex_unlock (&self->lock);
  /* A failure is for those who wait for it; whoever comes next asks again. */
  if (!is_found (self) && g_hash_table_lookup (shared.by_host, self->host) == self)
    g_hash_table_remove (shared.by_host, self->host);
  g_mutex_unlock (&shared.lock);

  return NULL;
}

/* Returns whether it is too late to share it. The table is locked. */
static gboolean
is_stale (Lookup *self)
{
  return g_get_monotonic_time () - self->since_us >
         (self->done ? KEEP_S : JOIN_S) * G_USEC_PER_SEC;
}

static gboolean
is_stale_row (gpointer host,
              gpointer lookup,
              gpointer user_data)
{
  return is_stale (lookup);
}

/* Lets go of the one that was begun or done first. The table is locked. */
static void
forget_oldest (void)
{
  GHashTableIter iter;
  Lookup *lookup;
  Lookup *oldest = NULL;

  g_hash_table_iter_init (&iter, shared.by_host);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &lookup))
    {
      if (oldest == NULL || lookup->since_us < oldest->since_us)
        oldest = lookup;
    }

  g_hash_table_remove (shared.by_host, oldest->host);
}

/* Returns a new reference to the look-up of @host that is under way or done, or
 * else begins one. */
static Lookup *
share_lookup (const char *host)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&shared.lock);
  Lookup *lookup;

  if (shared.by_host == NULL)
    shared.by_host = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) lookup_unref);
  g_hash_table_foreach_remove (shared.by_host, is_stale_row, NULL);
  lookup = g_hash_table_lookup (shared.by_host, host);
  if (lookup != NULL)
    return g_atomic_rc_box_acquire (lookup);

  lookup = g_atomic_rc_box_new0 (Lookup);
  g_mutex_init (&lookup->lock);
  g_cond_init (&lookup->done_cond);
  lookup->host = g_strdup (host);
  lookup->since_us = g_get_monotonic_time ();
  if (g_hash_table_size (shared.by_host) == MAX_HOSTS)
    forget_oldest ();
  g_hash_table_insert (shared.by_host, lookup->host, g_atomic_rc_box_acquire (lookup));
  g_thread_unref (g_thread_new ("tl-resolver", lookup_thread, g_atomic_rc_box_acquire (lookup)));

  return lookup;
}

static void
on_cancelled (GCancellable *cancellable,
              Lookup       *lookup)
{
  g_mutex_lock (&lookup->lock);
  g_cond_broadcast (&lookup->done_cond);
  g_mutex_unlock (&lookup->lock);
}

static GPtrArray *
list_one (GInetAddress *address)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (addresses, address);

  return addresses;
}

/* Whether a cause may be no more than silence: a resolver on this computer, too,
 * says that it failed when it reaches nobody. */
static gboolean
is_no_answer (TlCause cause)
{
  return cause == TL_CAUSE_TIMEOUT || cause == TL_CAUSE_SERVFAIL;
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

/* Asks a resolver what the system has no word for; @cause when there is nothing
 * of it. Where no way leads out, there is nobody to ask. */
static TlCause
explain_sync (const char   *host,
              TlCause       cause,
              TlDeadline    deadline,
              GCancellable *cancellable)
{
  g_autofree char *server = NULL;
  TlRecordsStatus why;

  if (is_no_answer (cause) && !tl_route_leads_out ())
    return TL_CAUSE_OFFLINE;

  server = tl_dns_why_dup_server ();
  why = tl_dns_why_sync (server, host, TYPE_A, deadline, cancellable);
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
  if (lookup->is_short)
    {
      *out_name = "EMFILE";
      return TL_CAUSE_LOCAL_LIMIT;
    }
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
 * of its own; all who ask for a host meanwhile share it, each for as long as it
 * likes, and addresses are kept for 3 s, or until tl_resolver_forget(). Where it
 * fails or stays silent, the resolver itself is asked why.
 *
 * Returns: (transfer full) (element-type GInetAddress): one address or more, or
 *   %NULL with @out_fault (`nxdomain`, `no-address`, `servfail`, `timeout`, `loop`,
 *   `truncated`, `dnssec-bogus`, `offline`, `local-limit`) or with %G_IO_ERROR_CANCELLED
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

  lookup = share_lookup (host);

  /* Of the time, a quarter is kept for finding out why nothing comes. */
  if (!wait_sync (lookup, patience, cancellable) && !g_cancellable_is_cancelled (cancellable))
    cause = explain_sync (host, cause, deadline, cancellable);
  if (wait_sync (lookup, deadline, cancellable))
    {
      if (is_found (lookup))
        return g_ptr_array_copy (lookup->addresses, ref_address, NULL);

      cause = read_status (lookup, &name);
      if (cause != TL_CAUSE_NXDOMAIN && cause != TL_CAUSE_LOCAL_LIMIT)
        cause = explain_sync (host, cause, deadline, cancellable);
    }

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    *out_fault = name_fault (cause, host, name);

  return NULL;
}

/**
 * tl_resolver_forget:
 * @host: a canonical host name or address literal
 *
 * Lets go of the addresses that are kept for @host: whoever they lead to is not
 * who was looked for, or is not there, and a network that is signed in to, or a
 * VPN, may lead elsewhere the next time. A look-up under way stays. Any thread.
 */
void
tl_resolver_forget (const char *host)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&shared.lock);
  Lookup *lookup = shared.by_host == NULL ? NULL : g_hash_table_lookup (shared.by_host, host);

  /* Written under this lock. */
  if (lookup != NULL && lookup->done)
    g_hash_table_remove (shared.by_host, host);
}
