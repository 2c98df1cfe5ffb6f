/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#include "tl-dns-why.h"
#include "tl-resolver.h"
#include "tl-test-ca.h"

#define LONG_MS 10000

/* The system's resolver, played by this file: the linker takes these for libc's. */
static struct
{
  GMutex   lock;
  GCond    cond;
  gboolean stalls;   /* nobody answers while this is set */
  guint    n_begun;
  guint    n_ended;
} system_resolver;

static const struct
{
  const char *host;
  int         status;
  const char *addresses[3];
} known[] = {
  { "both.test",   0,             { "2001:db8::1", "192.0.2.1" } },
  { "twice.test",  0,             { "192.0.2.1", "192.0.2.2" } },
  { "nobody.test", EAI_NONAME },
  { "mx-only.test", EAI_NODATA },
  { "family.test", EAI_ADDRFAMILY },
  { "broken.test", EAI_AGAIN },
  { "lame.test",   EAI_FAIL },
  { "odd.test",    EAI_SYSTEM },
  { "loop.test",   EAI_AGAIN },
  { "round.test",  EAI_NODATA },
  { "long.test",   EAI_AGAIN },
  { "bogus.test",  EAI_FAIL },
};

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

int
getaddrinfo (const char             *name,
             const char             *service,
             const struct addrinfo  *hints,
             struct addrinfo       **out_found)
{
  int status = EAI_NONAME;

  g_mutex_lock (&system_resolver.lock);
  system_resolver.n_begun++;
  while (system_resolver.stalls)
    g_cond_wait (&system_resolver.cond, &system_resolver.lock);
  system_resolver.n_ended++;
  g_cond_broadcast (&system_resolver.cond);
  g_mutex_unlock (&system_resolver.lock);

  *out_found = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      struct addrinfo **at = out_found;

      if (!g_str_equal (known[i].host, name))
        continue;
      status = known[i].status;
      for (gsize j = 0; known[i].addresses[j] != NULL; j++)
        {
          *at = addrinfo_new (known[i].addresses[j]);
          at = &(*at)->ai_next;
        }
    }

  return status;
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

/* And so is what can be asked when the system fails. */
static const struct
{
  const char      *host;
  TlRecordsStatus  why;
} known_whys[] = {
  { "loop.test",  TL_RECORDS_LOOP },
  { "round.test", TL_RECORDS_LOOP },
  { "long.test",  TL_RECORDS_TRUNCATED },
  { "both.test",  TL_RECORDS_TRUNCATED },
  { "bogus.test", TL_RECORDS_BOGUS },
  { "lame.test",  TL_RECORDS_SERVFAIL },
  { "mx-only.test", TL_RECORDS_NOTHING },
};

char *
tl_dns_why_dup_server (void)
{
  return g_strdup ("192.0.2.53");
}

TlRecordsStatus
tl_dns_why_sync (const char   *server,
                 const char   *name,
                 guint16       type,
                 TlDeadline    deadline,
                 GCancellable *cancellable)
{
  g_assert_cmpstr (server, ==, "192.0.2.53");
  g_assert_cmpuint (type, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (known_whys); i++)
    {
      if (g_str_equal (known_whys[i].host, name))
        return known_whys[i].why;
    }

  return TL_RECORDS_TIMEOUT;
}

static void
set_stalls (gboolean stalls)
{
  g_mutex_lock (&system_resolver.lock);
  system_resolver.stalls = stalls;
  g_cond_broadcast (&system_resolver.cond);
  while (!stalls && system_resolver.n_ended < system_resolver.n_begun)
    g_cond_wait (&system_resolver.cond, &system_resolver.lock);
  g_mutex_unlock (&system_resolver.lock);
}

static guint
count_asked (void)
{
  guint n;

  g_mutex_lock (&system_resolver.lock);
  n = system_resolver.n_begun;
  g_mutex_unlock (&system_resolver.lock);

  return n;
}

static TlNetwork *networks[2];

#define FOUND -1

static const struct
{
  const char *name;
  gboolean    practice;
  const char *host;
  int         cause;      /* or FOUND */
  const char *addresses;
  const char *os_error;
  gboolean    unasked;    /* decided here, without a question to anyone */
} lookups[] = {
  { "both-families",  FALSE, "both.test",     FOUND, "2001:db8::1 192.0.2.1" },
  { "two",            FALSE, "twice.test",    FOUND, "192.0.2.1 192.0.2.2" },
  { "nxdomain",       FALSE, "nobody.test",   TL_CAUSE_NXDOMAIN, .os_error = "EAI_NONAME" },
  { "no-address",     FALSE, "mx-only.test",  TL_CAUSE_NO_ADDRESS, .os_error = "EAI_NODATA" },
  { "other-family",   FALSE, "family.test",   TL_CAUSE_NO_ADDRESS, .os_error = "EAI_ADDRFAMILY" },
  { "try-again",      FALSE, "broken.test",   TL_CAUSE_SERVFAIL, .os_error = "EAI_AGAIN" },
  { "fails",          FALSE, "lame.test",     TL_CAUSE_SERVFAIL, .os_error = "EAI_FAIL" },
  { "system-error",   FALSE, "odd.test",      TL_CAUSE_SERVFAIL, .os_error = "EAI_SYSTEM" },
  { "d06-loop",       FALSE, "loop.test",     TL_CAUSE_LOOP, .os_error = "EAI_AGAIN" },
  { "d06-loop-no-data", FALSE, "round.test",  TL_CAUSE_LOOP, .os_error = "EAI_NODATA" },
  { "d07-truncated",  FALSE, "long.test",     TL_CAUSE_TRUNCATED, .os_error = "EAI_AGAIN" },
  { "d09-bogus",      FALSE, "bogus.test",    TL_CAUSE_DNSSEC_BOGUS, .os_error = "EAI_FAIL" },
  { "ipv4",           FALSE, "192.0.2.7",     FOUND, "192.0.2.7", .unasked = TRUE },
  { "ipv6",           FALSE, "2001:db8::7",   FOUND, "2001:db8::7", .unasked = TRUE },
  { "practice",       TRUE,  "mail.practice.invalid", FOUND, "127.0.0.1", .unasked = TRUE },
  { "practice-deep",  TRUE,  "a.b.practice.invalid",  FOUND, "127.0.0.1", .unasked = TRUE },
  { "practice-itself", TRUE, "practice.invalid",      TL_CAUSE_NXDOMAIN, NULL, .unasked = TRUE },
  { "practice-lookalike", TRUE, "notpractice.invalid", TL_CAUSE_NXDOMAIN, NULL, .unasked = TRUE },
  { "practice-real",  TRUE,  "both.test",             TL_CAUSE_NXDOMAIN, NULL, .unasked = TRUE },
  { "real-practice",  FALSE, "mail.practice.invalid", TL_CAUSE_NXDOMAIN, NULL, .unasked = TRUE },
};

static char *
describe (GPtrArray *addresses)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    {
      g_autofree char *address = g_inet_address_to_string (g_ptr_array_index (addresses, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", address);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_lookup (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint asked_before = count_asked ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) addresses = tl_resolver_lookup_sync (networks[lookups[i].practice],
                                                            lookups[i].host,
                                                            tl_deadline_in_ms (LONG_MS), NULL,
                                                            &fault, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_asked () - asked_before, ==, lookups[i].unasked ? 0 : 1);
  if (lookups[i].cause == FOUND)
    {
      g_autofree char *found = describe (addresses);

      g_assert_null (fault);
      g_assert_cmpstr (found, ==, lookups[i].addresses);
      return;
    }

  g_assert_null (addresses);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick ((TlCause) lookups[i].cause));
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_HOST), ==,
                   lookups[i].host);
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_OS_ERROR), ==,
                   lookups[i].os_error);
  g_assert_null (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_DETAIL));
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
}

static void
test_time_out (void)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  set_stalls (TRUE);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "twice.test", tl_deadline_in_ms (200),
                                          NULL, &fault, &error));
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 190 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 600 * 1000);
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  set_stalls (FALSE);
}

static void
test_silent_and_truncated (void)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("D07: the system waits for TCP without end, and there is time to find out why");

  set_stalls (TRUE);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "both.test", tl_deadline_in_ms (200), NULL,
                                          &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TRUNCATED);
  set_stalls (FALSE);
}

static gpointer
cancel_thread (gpointer data)
{
  gint64 *at_us = g_new (gint64, 1);

  g_usleep (100 * 1000);
  *at_us = g_get_monotonic_time ();
  g_cancellable_cancel (data);

  return at_us;
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree gint64 *cancelled_at_us = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread;
  gint64 over_at_us;

  set_stalls (TRUE);
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "both.test", tl_deadline_in_ms (LONG_MS),
                                          cancellable, &fault, &error));
  over_at_us = g_get_monotonic_time ();
  cancelled_at_us = g_thread_join (thread);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpint (over_at_us - *cancelled_at_us, <, 200 * 1000);
  set_stalls (FALSE);
}

static void
test_cancelled_before (void)
{
  guint asked_before = count_asked ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "both.test", tl_deadline_in_ms (LONG_MS),
                                          cancellable, &fault, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpuint (count_asked (), ==, asked_before);
}

/* As many as a household's worth of slow names: nobody waits for a place in a pool. */
static gpointer
lookup_thread (gpointer data)
{
  g_autoptr(TlFault) fault = NULL;

  g_assert_null (tl_resolver_lookup_sync (networks[0], "both.test", tl_deadline_in_ms (300), NULL,
                                          &fault, NULL));

  return NULL;
}

static void
test_side_by_side (void)
{
  GThread *threads[30];
  guint asked_before = count_asked ();
  gint64 began_us = g_get_monotonic_time ();

  set_stalls (TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("lookup", lookup_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (count_asked () - asked_before, ==, G_N_ELEMENTS (threads));
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 1200 * 1000);
  set_stalls (FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(TlTestCa) authority = tl_test_ca_new ("practice.invalid");
  int status;

  g_test_init (&argc, &argv, NULL);
  networks[0] = tl_network_new_system ();
  networks[1] = tl_network_new_practice (tl_test_ca_get_pem (authority), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lookups); i++)
    {
      g_autofree char *path = g_strconcat ("/resolver/lookup/", lookups[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_lookup);
    }
  g_test_add_func ("/resolver/d03-time-out", test_time_out);
  g_test_add_func ("/resolver/d03-cancel", test_cancel);
  g_test_add_func ("/resolver/d07-silent-and-truncated", test_silent_and_truncated);
  g_test_add_func ("/resolver/cancelled-before", test_cancelled_before);
  g_test_add_func ("/resolver/side-by-side", test_side_by_side);

  status = g_test_run ();

  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    tl_network_unref (networks[i]);

  return status;
}
