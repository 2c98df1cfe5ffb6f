/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-names.h"

#include <gio/gio.h>
#include <netdb.h>

static struct
{
  GMutex            lock;
  GCond             cond;
  const TlTestName *names;
  gsize             n;
  gboolean          stalls;  /* nobody answers while this is set */
  guint             n_begun;
  guint             n_ended;
} played;

static struct addrinfo *
addrinfo_new (const char *text)
{
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (text);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (inet, 0);
  gsize len = (gsize) g_socket_address_get_native_size (address);
  struct addrinfo *self = g_new0 (struct addrinfo, 1);

  self->ai_addr = g_malloc (len);
  self->ai_addrlen = (socklen_t) len;
  g_assert_true (g_socket_address_to_native (address, self->ai_addr, len, NULL));

  return self;
}

static const TlTestName *
find (const char *host)
{
  for (gsize i = 0; i < played.n; i++)
    {
      const TlTestName *name = &played.names[i];

      if (g_str_equal (name->host, host) ||
          (name->host[0] == '*' && g_str_has_suffix (host, name->host + 1)))
        return name;
    }

  return NULL;
}

int
getaddrinfo (const char             *name,
             const char             *service,
             const struct addrinfo  *hints,
             struct addrinfo       **out_found)
{
  const TlTestName *known;
  struct addrinfo **at = out_found;

  g_mutex_lock (&played.lock);
  played.n_begun++;
  while (played.stalls)
    g_cond_wait (&played.cond, &played.lock);
  played.n_ended++;
  known = find (name);
  g_cond_broadcast (&played.cond);
  g_mutex_unlock (&played.lock);

  *out_found = NULL;
  for (gsize i = 0; known != NULL && known->addresses[i] != NULL; i++)
    {
      *at = addrinfo_new (known->addresses[i]);
      at = &(*at)->ai_next;
    }

  return known != NULL ? known->status : EAI_NONAME;
}

void
freeaddrinfo (struct addrinfo *found)
{
  while (found != NULL)
    {
      struct addrinfo *next = found->ai_next;

      g_free (found->ai_addr);
      g_free (found);
      found = next;
    }
}

/**
 * tl_test_names_set:
 * @names: (array length=n): what the resolver knows from now on; kept
 * @n: how many
 */
void
tl_test_names_set (const TlTestName *names,
                   gsize             n)
{
  g_mutex_lock (&played.lock);
  played.names = names;
  played.n = n;
  g_mutex_unlock (&played.lock);
}

/**
 * tl_test_names_set_stalls:
 * @stalls: whether nobody gets an answer
 *
 * Lets all who wait have theirs, and waits until they do, when @stalls is %FALSE.
 */
void
tl_test_names_set_stalls (gboolean stalls)
{
  g_mutex_lock (&played.lock);
  played.stalls = stalls;
  g_cond_broadcast (&played.cond);
  while (!stalls && played.n_ended < played.n_begun)
    g_cond_wait (&played.cond, &played.lock);
  g_mutex_unlock (&played.lock);
}

/**
 * tl_test_names_count:
 *
 * Returns: how often getaddrinfo() was called so far
 */
guint
tl_test_names_count (void)
{
  guint n;

  g_mutex_lock (&played.lock);
  n = played.n_begun;
  g_mutex_unlock (&played.lock);

  return n;
}
