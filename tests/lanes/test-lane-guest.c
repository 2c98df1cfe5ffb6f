/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-imap-around.h"
#include "tl-test-lane.h"

/* All that is known of what a guest saw. */
typedef struct
{
  int       n_calls;     /* atomic */
  int       n_destroyed; /* atomic */
  gboolean  was_on_owner;
  guint     n_mailboxes;
  char     *redacted;    /* owned */
  gboolean  looks;       /* goes on talking */
  gboolean  waits;       /* until the lane is cancelled */
  gboolean  has_looked;
} Guest;

static void
visit (TlImapSession *session,
       TlRedact       redact,
       gconstpointer  redact_data,
       GCancellable  *cancellable,
       gpointer       user_data)
{
  Guest *guest = user_data;

  g_atomic_int_inc (&guest->n_calls);
  guest->was_on_owner = g_main_context_is_owner (NULL);
  guest->n_mailboxes = tl_imap_session_get_mailboxes (session)->len;
  guest->redacted = redact ("my " TL_TEST_LANE_PASSWORD " here", redact_data);
  if (guest->looks)
    {
      g_autoptr(TlImapAround) around = tl_imap_around_new ();
      g_autoptr(TlFault) fault = NULL;

      g_ptr_array_add (around->count, g_strdup ("INBOX"));
      guest->has_looked = tl_imap_session_look_around_sync (session, around,
                                                            tl_deadline_in_ms (300), cancellable,
                                                            &fault, NULL);
    }
  while (guest->waits && !g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);
}

static void
on_destroyed (gpointer data)
{
  Guest *guest = data;

  g_atomic_int_inc (&guest->n_destroyed);
}

#define IN(caps) \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\n" \
  "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 SPECIAL-USE " caps "] in\n" \
  "C: %T LIST *\nS: * LIST (\\\\Sent) \"/\" Sent\nS: * LIST () \"/\" INBOX\nS: %T OK done\n" \
  "C: %T EXAMINE INBOX\n"
#define OPEN IN ("") "S: * 0 EXISTS\nS: %T OK done\n"
/* The lane's last stage fails, and its session does not. */
#define FULL \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\n" \
  "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 SPECIAL-USE QUOTA] in\n" \
  "C: %T LIST *\nS: * LIST (\\\\Sent) \"/\" Sent\nS: * LIST () \"/\" INBOX\nS: %T OK done\n" \
  "C: %T GETQUOTAROOT INBOX\nS: * QUOTAROOT INBOX \"\"\n" \
  "S: * QUOTA \"\" (STORAGE 512 512)\nS: %T OK done\n" \
  "C: %T EXAMINE INBOX\nS: * 0 EXISTS\nS: %T OK done\n"
#define STATUS "C: %T STATUS \"INBOX\" (MESSAGES UNSEEN)\n"

static const struct
{
  const char *name;
  const char *script;
  gboolean    looks;
  int         n_calls;
  gboolean    has_looked;
  gboolean    has_failed;
} cases[] = {
  { "called", OPEN "C: %T LOGOUT\n", FALSE, 1, FALSE, FALSE },
  { "talks-on", OPEN STATUS "S: * STATUS INBOX (MESSAGES 0 UNSEEN 0)\nS: %T OK done\nC: %T LOGOUT\n",
    TRUE, 1, TRUE, FALSE },
  { "behind-late-idle", IN ("IDLE") "S: * 0 EXISTS\nS: %T OK done\nC: %T IDLE\nS: + \nC: DONE\n"
    STATUS "S: %1 OK idled\nS: * STATUS INBOX (MESSAGES 0 UNSEEN 0)\nS: %T OK done\nC: %T LOGOUT\n",
    TRUE, 1, TRUE, FALSE },
  { "refused", OPEN STATUS "S: %T NO no\nC: %T LOGOUT\n", TRUE, 1, TRUE, FALSE },
  { "cut", OPEN STATUS "CLOSE\n", TRUE, 1, FALSE, FALSE },
  { "stalled", OPEN STATUS "HANG\n", TRUE, 1, FALSE, FALSE },
  { "garbled", OPEN STATUS "S: rubbish\nHANG\n", TRUE, 1, FALSE, FALSE },
  { "full", FULL "C: %T GETQUOTAROOT \"INBOX\"\nS: %T OK done\n" STATUS
    "S: * STATUS INBOX (MESSAGES 0 UNSEEN 0)\nS: %T OK done\n",
    TRUE, 1, TRUE, TRUE },
  { "not-when-failed", IN ("") "S: %T NO no\n", FALSE, 0, FALSE, TRUE },
};

static void
test_visit (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Guest guest = { .looks = cases[i].looks };
  TlTestLane lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = cases[i].script,
    .guest = visit, .guest_data = &guest, .guest_destroy = on_destroyed,
  };

  tl_test_lane_run (&lane);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report) == TL_VERDICT_ERROR, ==,
                   cases[i].has_failed);
  g_assert_cmpint (g_atomic_int_get (&guest.n_calls), ==, cases[i].n_calls);
  g_assert_cmpint (guest.has_looked, ==, cases[i].has_looked);
  g_assert_cmpint (lane.took_us, <, 3 * G_USEC_PER_SEC);
  if (cases[i].n_calls > 0)
    {
      g_assert_false (guest.was_on_owner);
      g_assert_cmpuint (guest.n_mailboxes, ==, 2);
      g_assert_null (strstr (guest.redacted, TL_TEST_LANE_PASSWORD));
      g_assert_nonnull (strstr (guest.redacted, "here"));
      /* What the guest did not do is as it was without. */
      g_assert_cmpuint (tl_lane_report_get_folders (lane.report)->len, ==, 2);
    }

  g_assert_cmpint (g_atomic_int_get (&guest.n_destroyed), ==, 0);
  tl_test_lane_clear (&lane);
  g_assert_cmpint (g_atomic_int_get (&guest.n_destroyed), ==, 1);
  g_free (guest.redacted);
}

static void
test_cancelled (void)
{
  Guest guest = { .waits = TRUE };
  TlTestLane lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = OPEN "HANG\n",
    .guest = visit, .guest_data = &guest, .guest_destroy = on_destroyed,
  };

  tl_test_lane_start (&lane);
  while (g_atomic_int_get (&guest.n_calls) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (lane.cancellable);
  tl_test_lane_wait (&lane);
  g_assert_error (lane.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tl_test_lane_clear (&lane);
  g_assert_cmpint (g_atomic_int_get (&guest.n_destroyed), ==, 1);
  g_free (guest.redacted);
}

static void
test_never_run (void)
{
  Guest guest = { 0 };
  g_autoptr(TlAddress) address = tl_address_parse (TL_TEST_LANE_ADDRESS, NULL);
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (TL_TEST_LANE_HOST, 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint,
                                                             TL_AUTH_PASSWORD,
                                                             TL_TEST_LANE_ADDRESS, NULL);
  g_autoptr(TlSecret) secret = tl_secret_new ("x", 1);
  g_autoptr(TlNetwork) network = NULL;
  TlLane *lane;

  network = tl_network_new_practice (tl_test_ca_get_pem (tl_test_lane_get_ca ()), NULL);
  lane = tl_lane_new (TL_LANE_INCOMING, settings, address, secret, network, &TL_LANE_BUDGET_DEFAULT);
  tl_lane_invite (lane, visit, &guest, on_destroyed);
  g_object_unref (lane);
  g_assert_cmpint (guest.n_calls, ==, 0);
  g_assert_cmpint (guest.n_destroyed, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/guest/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_visit);
    }
  g_test_add_func ("/lane/guest/cancelled", test_cancelled);
  g_test_add_func ("/lane/guest/never-run", test_never_run);

  return g_test_run ();
}
