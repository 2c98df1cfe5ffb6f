/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netdb.h>

#include "tl-channel.h"
#include "tl-dns-why.h"
#include "tl-resolver.h"
#include "tl-route.h"
#include "tl-test-ca.h"
#include "tl-test-names.h"
#include "tl-test-peer.h"

#define LONG_MS 10000

static const TlTestName names[] = {
  { "both.test",   0,             { "2001:db8::1", "192.0.2.1" } },
  { "keep.test",   0,             { "192.0.2.3" } },
  { "share.test",  0,             { "192.0.2.4", "2001:db8::4" } },
  { "late.test",   0,             { "192.0.2.5" } },
  { "*.many.test", 0,             { "192.0.2.6" } },
  { "twice.test",  0,             { "192.0.2.1", "192.0.2.2" } },
  { "file.test",   0,             { "192.0.2.8" } },
  { "old.test",    0,             { "192.0.2.9" } },
  { "here.test",   0,             { "127.0.0.1" } },
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

/* What can be asked when the system fails is played by this file: the linker takes it for the
 * library's. */
static const struct
{
  const char      *host;
  TlRecordsStatus  why;
} known_whys[] = {
  { "loop.test",  TL_RECORDS_LOOP },
  { "round.test", TL_RECORDS_LOOP },
  { "long.test",  TL_RECORDS_TRUNCATED },
  { "both.test",  TL_RECORDS_TRUNCATED },
  { "mute.test",  TL_RECORDS_TRUNCATED },
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

/* So is whether there is a network at all. */
static gboolean is_offline;

gboolean
tl_route_leads_out (void)
{
  return !is_offline;
}

gboolean
tl_route_leads_to (GInetAddress *address)
{
  return !is_offline;
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
  gboolean    offline;
} lookups[] = {
  { "both-families",  FALSE, "both.test",     FOUND, "2001:db8::1 192.0.2.1" },
  { "two",            FALSE, "twice.test",    FOUND, "192.0.2.1 192.0.2.2" },
  { "nxdomain",       FALSE, "nobody.test",   TL_CAUSE_NXDOMAIN, .os_error = "EAI_NONAME" },
  { "no-address",     FALSE, "mx-only.test",  TL_CAUSE_NO_ADDRESS, .os_error = "EAI_NODATA" },
  { "other-family",   FALSE, "family.test",   TL_CAUSE_NO_ADDRESS, .os_error = "EAI_ADDRFAMILY" },
  { "try-again",      FALSE, "broken.test",   TL_CAUSE_SERVFAIL, .os_error = "EAI_AGAIN" },
  { "fails",          FALSE, "lame.test",     TL_CAUSE_SERVFAIL, .os_error = "EAI_FAIL" },
  { "system-error",   FALSE, "odd.test",      TL_CAUSE_SERVFAIL, .os_error = "EAI_SYSTEM" },
  { "N04/try-again",  FALSE, "broken.test",   TL_CAUSE_OFFLINE, .os_error = "EAI_AGAIN",
    .offline = TRUE },
  { "N04/fails",      FALSE, "lame.test",     TL_CAUSE_OFFLINE, .os_error = "EAI_FAIL",
    .offline = TRUE },
  { "N04/no-name",    FALSE, "nobody.test",   TL_CAUSE_NXDOMAIN, .os_error = "EAI_NONAME",
    .offline = TRUE },
  { "N04/hosts-file", FALSE, "file.test",     FOUND, "192.0.2.8", .offline = TRUE },
  { "N04/practice",   TRUE,  "mail.practice.invalid", FOUND, "127.0.0.1", .unasked = TRUE,
    .offline = TRUE },
  { "D06/loop",       FALSE, "loop.test",     TL_CAUSE_LOOP, .os_error = "EAI_AGAIN" },
  { "D06/loop-no-data", FALSE, "round.test",  TL_CAUSE_LOOP, .os_error = "EAI_NODATA" },
  { "D07/truncated",  FALSE, "long.test",     TL_CAUSE_TRUNCATED, .os_error = "EAI_AGAIN" },
  { "D09/bogus",      FALSE, "bogus.test",    TL_CAUSE_DNSSEC_BOGUS, .os_error = "EAI_FAIL" },
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
  guint asked_before = tl_test_names_count ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) addresses = NULL;

  is_offline = lookups[i].offline;
  addresses = tl_resolver_lookup_sync (networks[lookups[i].practice], lookups[i].host,
                                       tl_deadline_in_ms (LONG_MS), NULL, &fault, &error);
  is_offline = FALSE;
  g_assert_no_error (error);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, lookups[i].unasked ? 0 : 1);
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

  tl_test_names_set_stalls (TRUE);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "slow.many.test",
                                          tl_deadline_in_ms (200), NULL, &fault, &error));
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 190 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 600 * 1000);
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  tl_test_names_set_stalls (FALSE);
}

static void
test_silent_and_offline (void)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  is_offline = TRUE;
  tl_test_names_set_stalls (TRUE);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "mute.test", tl_deadline_in_ms (200), NULL,
                                          &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_OFFLINE);
  tl_test_names_set_stalls (FALSE);
  is_offline = FALSE;
}

static void
test_silent_and_truncated (void)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("D07: the system waits for TCP without end, and there is time to find out why");

  tl_test_names_set_stalls (TRUE);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "mute.test", tl_deadline_in_ms (200), NULL,
                                          &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TRUNCATED);
  tl_test_names_set_stalls (FALSE);
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

  tl_test_names_set_stalls (TRUE);
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "slow.test", tl_deadline_in_ms (LONG_MS),
                                          cancellable, &fault, &error));
  over_at_us = g_get_monotonic_time ();
  cancelled_at_us = g_thread_join (thread);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpint (over_at_us - *cancelled_at_us, <, 200 * 1000);
  tl_test_names_set_stalls (FALSE);
}

static void
test_cancelled_before (void)
{
  guint asked_before = tl_test_names_count ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tl_resolver_lookup_sync (networks[0], "slow.test", tl_deadline_in_ms (LONG_MS),
                                          cancellable, &fault, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpuint (tl_test_names_count (), ==, asked_before);
}

/* One of several who ask for the same host at once. */
typedef struct
{
  guint         ms;          /* its patience */
  GCancellable *cancellable; /* or NULL */
  int           cause;       /* or FOUND */
  const char   *host;
} Asker;

static gpointer
ask_thread (gpointer data)
{
  const Asker *asker = data;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) addresses = tl_resolver_lookup_sync (networks[0], asker->host,
                                                            tl_deadline_in_ms (asker->ms),
                                                            asker->cancellable, &fault, &error);

  if (asker->cancellable != NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (addresses);
    }
  else if (asker->cause == FOUND)
    {
      g_assert_nonnull (addresses);
      g_assert_cmpuint (addresses->len, ==, g_str_equal (asker->host, "share.test") ? 2 : 1);
      /* What one does to its list is nobody else's business. */
      g_ptr_array_set_size (addresses, 1);
    }
  else
    {
      g_assert_null (addresses);
      g_assert_cmpint (tl_fault_get_cause (fault), ==, asker->cause);
    }

  return NULL;
}

static void
test_shared (void)
{
  GThread *threads[30];
  Asker asker = { LONG_MS, NULL, FOUND, "share.test" };
  guint asked_before = tl_test_names_count ();
  gint64 answered_us;

  g_test_summary ("One look-up serves all who ask for a host while it is under way");

  tl_test_names_set_stalls (TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_thread, &asker);
  g_usleep (100 * 1000);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
  answered_us = g_get_monotonic_time ();
  tl_test_names_set_stalls (FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (g_get_monotonic_time () - answered_us, <, 1000 * 1000);
  ask_thread (&asker);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
}

static void
test_shared_unless_left (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Asker askers[] = {
    { 150, NULL, TL_CAUSE_TIMEOUT, "late.test" },
    { LONG_MS, cancellable, FOUND, "late.test" },
    { LONG_MS, NULL, FOUND, "late.test" },
  };
  GThread *threads[G_N_ELEMENTS (askers)];
  guint asked_before = tl_test_names_count ();

  g_test_summary ("Who gives up or is cancelled takes nothing from those who go on waiting");

  tl_test_names_set_stalls (TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (askers); i++)
    threads[i] = g_thread_new ("ask", ask_thread, &askers[i]);
  g_usleep (50 * 1000);
  g_cancellable_cancel (cancellable);
  g_thread_join (threads[0]);
  g_thread_join (threads[1]);
  tl_test_names_set_stalls (FALSE);
  g_thread_join (threads[2]);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
}

static void
test_shared_failure (void)
{
  Asker asker = { LONG_MS, NULL, TL_CAUSE_NXDOMAIN, "nobody.test" };
  guint asked_before = tl_test_names_count ();
  GThread *threads[4];

  g_test_summary ("A failure is shared while it is waited for, and not kept");

  tl_test_names_set_stalls (TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_thread, &asker);
  g_usleep (100 * 1000);
  tl_test_names_set_stalls (FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
  ask_thread (&asker);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 2);
}

static void
test_late_answer_kept (void)
{
  Asker hasty = { 100, NULL, TL_CAUSE_TIMEOUT, "keep.test" };
  Asker next = { LONG_MS, NULL, FOUND, "keep.test" };
  guint asked_before = tl_test_names_count ();

  g_test_summary ("What comes after everybody has left is there for the next, and then for 3 s");

  tl_test_names_set_stalls (TRUE);
  ask_thread (&hasty);
  tl_test_names_set_stalls (FALSE);
  for (guint i = 0; i < 3; i++)
    ask_thread (&next);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
}

static void
test_old_answer (void)
{
  Asker asker = { LONG_MS, NULL, FOUND, "old.test" };
  guint asked_before = tl_test_names_count ();

  g_test_summary ("Whoever has signed in to the network meanwhile does not meet its old lie");

  ask_thread (&asker);
  g_usleep (2000 * 1000);
  ask_thread (&asker);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
  /* From when it came, and not from when it was last asked for. */
  g_usleep (1200 * 1000);
  ask_thread (&asker);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 2);
}

static void
test_forget (void)
{
  Asker asker = { LONG_MS, NULL, FOUND, "old.test" };
  GThread *threads[2];
  guint asked_before;

  g_test_summary ("An answer is forgotten by its host's name, and a question is not");

  ask_thread (&asker);
  asked_before = tl_test_names_count ();
  tl_resolver_forget ("other.test");
  ask_thread (&asker);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 0);

  tl_resolver_forget ("old.test");
  tl_test_names_set_stalls (TRUE);
  threads[0] = g_thread_new ("ask", ask_thread, &asker);
  g_usleep (100 * 1000);
  tl_resolver_forget ("old.test");
  threads[1] = g_thread_new ("ask", ask_thread, &asker);
  g_usleep (100 * 1000);
  tl_test_names_set_stalls (FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
}

/* Dials @port of a host that the system says is this computer, and shakes hands. */
static void
meet (guint16 port,
      TlCause cause)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("here.test", port, TL_SECURITY_TLS, NULL);
  TlDeadline deadline = tl_deadline_in_ms (LONG_MS);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) addresses = tl_resolver_lookup_sync (networks[0], "here.test", deadline,
                                                            NULL, &fault, &error);
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlChannel) channel = NULL;

  g_assert_nonnull (addresses);
  channel = tl_channel_dial_sync (networks[0], endpoint, addresses, deadline, NULL, &fault, &error);
  if (channel != NULL)
    proof = tl_channel_handshake_sync (channel, "here.test", deadline, NULL, &fault, &error);
  g_assert_no_error (error);
  g_assert_null (proof);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, tl_cause_get_nick (cause));
}

static void
test_forgotten_by_failure (void)
{
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("S: hello\nHANG", NULL);
  guint asked_before = tl_test_names_count ();

  g_test_summary ("Where nobody is, or somebody else, is looked for anew the next time");

  meet (1, TL_CAUSE_REFUSED);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 1);
  meet (tl_test_peer_start (peer), TL_CAUSE_PLAINTEXT_PEER);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 2);
  meet (1, TL_CAUSE_REFUSED);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 3);
}

static void
test_many_hosts (void)
{
  guint asked_before = tl_test_names_count ();

  g_test_summary ("Of hosts without number, the last 64 are kept");

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *host = g_strdup_printf ("h%u.many.test", i);
      Asker asker = { LONG_MS, NULL, FOUND, host };

      ask_thread (&asker);
    }
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 100);

  ask_thread (&(Asker) { LONG_MS, NULL, FOUND, "h99.many.test" });
  ask_thread (&(Asker) { LONG_MS, NULL, FOUND, "h36.many.test" });
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 100);
  ask_thread (&(Asker) { LONG_MS, NULL, FOUND, "h35.many.test" });
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, 101);
}

static void
test_side_by_side (void)
{
  char hosts[30][16];
  Asker askers[30];
  GThread *threads[30];
  guint asked_before = tl_test_names_count ();
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("A household's worth of slow names: nobody waits for a place in a pool");

  tl_test_names_set_stalls (TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_snprintf (hosts[i], sizeof hosts[i], "s%u.many.test", i);
      askers[i] = (Asker) { 300, NULL, TL_CAUSE_TIMEOUT, hosts[i] };
      threads[i] = g_thread_new ("ask", ask_thread, &askers[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (tl_test_names_count () - asked_before, ==, G_N_ELEMENTS (threads));
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 1200 * 1000);
  tl_test_names_set_stalls (FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(TlTestCa) authority = tl_test_ca_new ("practice.invalid");
  int status;

  g_test_init (&argc, &argv, NULL);
  tl_test_names_set (names, G_N_ELEMENTS (names));
  networks[0] = tl_network_new_system ();
  networks[1] = tl_network_new_practice (tl_test_ca_get_pem (authority), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lookups); i++)
    {
      g_autofree char *path = g_strconcat ("/resolver/lookup/", lookups[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_lookup);
    }
  g_test_add_func ("/resolver/N04/silent", test_silent_and_offline);
  g_test_add_func ("/resolver/D03/time-out", test_time_out);
  g_test_add_func ("/resolver/D03/cancel", test_cancel);
  g_test_add_func ("/resolver/D07/silent-and-truncated", test_silent_and_truncated);
  g_test_add_func ("/resolver/cancelled-before", test_cancelled_before);
  g_test_add_func ("/resolver/side-by-side", test_side_by_side);
  g_test_add_func ("/resolver/shared", test_shared);
  g_test_add_func ("/resolver/shared-unless-left", test_shared_unless_left);
  g_test_add_func ("/resolver/shared-failure", test_shared_failure);
  g_test_add_func ("/resolver/late-answer-kept", test_late_answer_kept);
  g_test_add_func ("/resolver/many-hosts", test_many_hosts);
  g_test_add_func ("/resolver/old-answer", test_old_answer);
  g_test_add_func ("/resolver/forget", test_forget);
  g_test_add_func ("/resolver/forgotten-by-failure", test_forgotten_by_failure);

  status = g_test_run ();

  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    tl_network_unref (networks[i]);

  return status;
}
