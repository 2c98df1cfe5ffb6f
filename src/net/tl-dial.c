/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dial.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "tl-handles.h"
#include "tl-route.h"

/* RFC 8305 §5: the next address is tried when the one before has not answered
 * for this long. */
#define STAGGER_MS   250
#define MAX_PARALLEL 3
/* When that many are silent, the oldest makes room for the next, but not before
 * its second SYN (RFC 6298 §2: after one second) has had time to be answered. */
#define GIVE_UP_MS   1500
/* An ICMP refusal by a firewall comes at once; a host that is not there is
 * given up by the kernel after some three seconds of unanswered ARP. */
#define FIREWALL_MS  1000

typedef struct
{
  GInetAddress *address;  /* borrowed */
  GSocket      *socket;   /* or NULL: not begun, or over */
  gint64        began_us;
} Attempt;

static void
attempt_clear (gpointer data)
{
  Attempt *self = data;

  g_clear_object (&self->socket);
}

/* RFC 8305 §4: families by turns, beginning with that of the first address. */
static GArray *
line_up (GPtrArray *addresses)
{
  GArray *attempts = g_array_new (FALSE, TRUE, sizeof (Attempt));
  GSocketFamily first = g_inet_address_get_family (g_ptr_array_index (addresses, 0));
  guint at[2] = { 0, 0 };

  g_array_set_clear_func (attempts, attempt_clear);
  while (attempts->len < addresses->len)
    {
      for (guint other = 0; other < 2; other++)
        {
          while (at[other] < addresses->len)
            {
              GInetAddress *address = g_ptr_array_index (addresses, at[other]++);

              if ((g_inet_address_get_family (address) != first) == (gboolean) other)
                {
                  Attempt attempt = { .address = address };

                  g_array_append_val (attempts, attempt);
                  break;
                }
            }
        }
    }

  return attempts;
}

/* What an errno of connect(2) says. @at_once: before anything could have come back. */
static TlCause
judge (int      os_error,
       gboolean at_once,
       guint    ms)
{
  switch (os_error)
    {
    case ECONNREFUSED:
      return TL_CAUSE_REFUSED;
    case EACCES:
    case EPERM:
      return TL_CAUSE_FILTERED;
    case EHOSTUNREACH:
      return !at_once && ms < FIREWALL_MS ? TL_CAUSE_FILTERED : TL_CAUSE_UNREACHABLE;
    case ENETUNREACH:
      return tl_route_leads_out () ? TL_CAUSE_UNREACHABLE : TL_CAUSE_OFFLINE;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
    case EADDRNOTAVAIL:
      return TL_CAUSE_LOCAL_LIMIT;
    case ETIMEDOUT:
      return TL_CAUSE_TIMEOUT;
    default:
      return TL_CAUSE_UNREACHABLE;
    }
}

/* Ordered by how much a cause says about the server: when addresses fail in
 * different ways, the one that says most is told. */
static guint
rank (TlCause cause)
{
  static const TlCause order[] = {
    TL_CAUSE_OFFLINE, TL_CAUSE_UNREACHABLE, TL_CAUSE_TIMEOUT, TL_CAUSE_FILTERED, TL_CAUSE_REFUSED,
    TL_CAUSE_LOCAL_LIMIT,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (order[i] == cause)
        return i + 1;
    }

  return 0;
}

typedef struct
{
  GArray  *attempts;
  guint    n_begun;
  guint    n_open;
  gboolean failed;
  TlCause  cause;
  int      os_error;
} Race;

static void
note_failure (Race    *race,
              int      os_error,
              gboolean at_once,
              guint    ms)
{
  TlCause cause = judge (os_error, at_once, ms);

  if (!race->failed || rank (cause) > rank (race->cause))
    {
      race->cause = cause;
      race->os_error = os_error;
    }
  race->failed = TRUE;
}

/* Returns TRUE when the connection stands already, as it may on loopback. */
static gboolean
begin (Race    *race,
       Attempt *attempt,
       guint16  port)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (attempt->address, port);
  g_autoptr(GError) error = NULL;
  struct sockaddr_storage native;
  int fd;

  attempt->began_us = g_get_monotonic_time ();
  attempt->socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, &error);
  if (attempt->socket != NULL && !tl_handles_have_room (TL_HANDLES_FOR_WAIT))
    {
      note_failure (race, EMFILE, TRUE, 0);
      g_clear_object (&attempt->socket);
      return FALSE;
    }
  if (attempt->socket == NULL)
    {
      note_failure (race, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES)
                            ? EMFILE : EAFNOSUPPORT, TRUE, 0);
      return FALSE;
    }

  g_socket_set_blocking (attempt->socket, FALSE);
  fd = g_socket_get_fd (attempt->socket);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &(int) { 1 }, sizeof (int));
  g_socket_address_to_native (address, &native, sizeof native, NULL);
  /* connect(2) itself, for the errno that GError folds away. */
  if (connect (fd, (struct sockaddr *) &native,
               (socklen_t) g_socket_address_get_native_size (address)) == 0)
    return TRUE;

  if (errno == EINPROGRESS)
    {
      race->n_open++;
      return FALSE;
    }

  note_failure (race, errno, TRUE, 0);
  g_clear_object (&attempt->socket);

  return FALSE;
}

/* Waits for the first news or @until. Returns the winner, if there is one. */
static Attempt *
wait_for_news (Race         *race,
               TlDeadline    until,
               GCancellable *cancellable)
{
  GPollFD fds[MAX_PARALLEL + 1];
  Attempt *owners[MAX_PARALLEL];
  guint n = 0;
  gboolean has_cancel_fd;

  for (guint i = 0; i < race->n_begun; i++)
    {
      Attempt *attempt = &g_array_index (race->attempts, Attempt, i);

      if (attempt->socket == NULL)
        continue;
      owners[n] = attempt;
      fds[n] = (GPollFD) { g_socket_get_fd (attempt->socket), G_IO_OUT | G_IO_ERR | G_IO_HUP, 0 };
      n++;
    }

  has_cancel_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[n]);
  g_poll (fds, n + (has_cancel_fd ? 1 : 0), (int) tl_deadline_get_left_ms (until));
  if (has_cancel_fd)
    g_cancellable_release_fd (cancellable);

  for (guint i = 0; i < n; i++)
    {
      int os_error = 0;
      socklen_t len = sizeof os_error;

      if (fds[i].revents == 0)
        continue;
      getsockopt (fds[i].fd, SOL_SOCKET, SO_ERROR, &os_error, &len);
      if (os_error == 0)
        return owners[i];

      note_failure (race, os_error, FALSE,
                    (guint) ((g_get_monotonic_time () - owners[i]->began_us) / 1000));
      g_clear_object (&owners[i]->socket);
      race->n_open--;
    }

  return NULL;
}

/* The one that has been silent for longest. Returns %NULL when nothing is under way. */
static Attempt *
get_oldest (Race *race)
{
  for (guint i = 0; i < race->n_begun; i++)
    {
      Attempt *attempt = &g_array_index (race->attempts, Attempt, i);

      if (attempt->socket != NULL)
        return attempt;
    }

  return NULL;
}

static void
give_up_oldest (Race *race)
{
  Attempt *oldest = get_oldest (race);

  note_failure (race, ETIMEDOUT, FALSE, GIVE_UP_MS);
  g_clear_object (&oldest->socket);
  race->n_open--;
}

/* When the next address is to be tried, given that it is @stagger's turn. */
static TlDeadline
get_next_begin (Race       *race,
                TlDeadline  stagger)
{
  TlDeadline room = { .at_us = 0 };

  if (race->n_open == 0)
    return room;
  if (race->n_open == MAX_PARALLEL)
    room.at_us = get_oldest (race)->began_us + GIVE_UP_MS * 1000;

  return room.at_us > stagger.at_us ? room : stagger;
}

static char **
list_unanswered (Race    *race,
                 Attempt *winner)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (Attempt *at = &g_array_index (race->attempts, Attempt, 0); at < winner; at++)
    {
      g_autofree char *text = g_inet_address_to_string (at->address);

      g_strv_builder_add (names, text);
    }

  return g_strv_builder_end (names);
}

/* An address that was tried had a route then. */
static gboolean
has_lost_network (Race *race)
{
  for (guint i = 0; i < race->n_begun; i++)
    {
      if (tl_route_leads_to (g_array_index (race->attempts, Attempt, i).address))
        return FALSE;
    }

  return race->n_begun > 0;
}

static TlFault *
describe (Race    *race,
          guint16  port,
          gboolean late)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  g_auto(GVariantBuilder) tried = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  TlCause cause = late && (!race->failed || rank (race->cause) < rank (TL_CAUSE_TIMEOUT))
    ? TL_CAUSE_TIMEOUT : race->cause;

  for (guint i = 0; i < race->n_begun; i++)
    {
      g_autofree char *text =
        g_inet_address_to_string (g_array_index (race->attempts, Attempt, i).address);

      g_variant_builder_add (&tried, "s", text);
    }
  g_variant_dict_insert_value (&evidence, TL_EVIDENCE_ADDRESSES, g_variant_builder_end (&tried));
  g_variant_dict_insert (&evidence, TL_EVIDENCE_PORT, "u", (guint32) port);
  if (cause == TL_CAUSE_TIMEOUT && has_lost_network (race))
    cause = TL_CAUSE_NETWORK_LOST;
  else if (cause != TL_CAUSE_TIMEOUT && strerrorname_np (race->os_error) != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_OS_ERROR, "s", strerrorname_np (race->os_error));

  return tl_fault_new (cause, g_variant_dict_end (&evidence));
}

static Attempt *
run_race (Race          *race,
          guint16        port,
          TlDeadline     deadline,
          GCancellable  *cancellable,
          TlFault      **out_fault,
          GError       **error)
{
  TlDeadline stagger = { .at_us = 0 };

  for (;;)
    {
      gboolean more = race->n_begun < race->attempts->len;
      TlDeadline next = more ? get_next_begin (race, stagger) : deadline;
      Attempt *winner;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (tl_deadline_is_past (deadline))
        {
          *out_fault = describe (race, port, TRUE);
          return NULL;
        }

      if (more && tl_deadline_is_past (next))
        {
          Attempt *attempt = &g_array_index (race->attempts, Attempt, race->n_begun);

          if (race->n_open == MAX_PARALLEL)
            give_up_oldest (race);
          race->n_begun++;
          stagger = tl_deadline_in_ms (STAGGER_MS);
          if (begin (race, attempt, port))
            return attempt;
          continue;
        }
      if (race->n_open == 0)
        {
          *out_fault = describe (race, port, FALSE);
          return NULL;
        }

      winner = wait_for_news (race, tl_deadline_earlier (deadline, next), cancellable);
      if (winner != NULL)
        return winner;
    }
}

/**
 * tl_dial_sync:
 * @addresses: (element-type GInetAddress): one address or more, in order of preference
 * @port: a TCP port
 * @deadline: the moment by which a connection must stand
 * @cancellable: (nullable): cancels the wait
 * @out_unanswered: (out) (optional) (array zero-terminated=1): the addresses that
 *   were tried before the one that answered, and had not
 * @out_fault: (out): why there is no connection
 * @error: return location for a #GError
 *
 * Connects to the first address that answers (RFC 8305): families by turns,
 * a new attempt every 250 ms, at most three at a time, of which the oldest makes
 * room after a while; the losers are closed.
 *
 * Returns: (transfer full): a connected non-blocking socket, or %NULL with
 *   @out_fault (`refused`, `timeout`, `filtered`, `unreachable`, `offline`,
 *   `network-lost`, `local-limit`) or with %G_IO_ERROR_CANCELLED
 */
GSocket *
tl_dial_sync (GPtrArray     *addresses,
              guint16        port,
              TlDeadline     deadline,
              GCancellable  *cancellable,
              char        ***out_unanswered,
              TlFault      **out_fault,
              GError       **error)
{
  g_autoptr(GArray) attempts = NULL;
  Race race = { 0 };
  Attempt *winner;

  g_return_val_if_fail (addresses->len > 0, NULL);

  attempts = line_up (addresses);
  race.attempts = attempts;

  winner = run_race (&race, port, deadline, cancellable, out_fault, error);
  if (winner == NULL)
    return NULL;
  if (out_unanswered != NULL)
    *out_unanswered = list_unanswered (&race, winner);

  return g_steal_pointer (&winner->socket);
}
