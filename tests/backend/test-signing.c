/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signing.h"

#include <gio/gio.h>

/* Longer than a keyring that is not there needs to be missed. */
#define LATE_MS 500

typedef struct
{
  guint  n;
  guint  n_ok;
  guint  n_cancelled;
} Answers;

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  Answers *answers = data;
  g_autoptr(GError) error = NULL;

  answers->n++;
  if (tl_signing_load_finish (TL_SIGNING (object), result, &error))
    answers->n_ok++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    answers->n_cancelled++;
}

static void
wait_for (Answers *answers,
          guint    n)
{
  while (answers->n < n)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
on_time_passed (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
let_time_pass (void)
{
  gboolean passed = FALSE;

  g_timeout_add (LATE_MS, on_time_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_key_changed (TlSigning  *signing,
                GParamSpec *pspec,
                guint      *n)
{
  ++*n;
}

static void
test_one_key (void)
{
  g_autoptr(TlSigning) signing = tl_signing_new ();
  Answers answers = { 0 };
  guint n_keys = 0;

  g_test_summary ("Two first uses at once get one key");

  g_signal_connect (signing, "notify::fingerprint", G_CALLBACK (on_key_changed), &n_keys);
  tl_signing_load_async (signing, NULL, on_loaded, &answers);
  tl_signing_load_async (signing, NULL, on_loaded, &answers);
  wait_for (&answers, 2);

  g_assert_cmpuint (answers.n_ok, ==, 2);
  g_assert_cmpuint (n_keys, ==, 1);
  g_assert_nonnull (tl_signing_get_signer (signing));
  g_assert_cmpstr (tl_finding_get_id (tl_signing_get_finding (signing)), ==, "store.no-service");
}

static void
test_late_key (void)
{
  g_autoptr(TlSigning) signing = tl_signing_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *fleeting = NULL;
  g_autofree char *later = NULL;
  Answers answers = { 0 };

  g_test_summary ("A key that comes late does not take the place of the practice key");

  tl_signing_load_async (signing, NULL, on_loaded, &answers);
  tl_signing_clear (signing);
  g_assert_true (tl_signing_make_fleeting (signing, &error));
  fleeting = tl_signing_dup_fingerprint (signing);
  wait_for (&answers, 1);
  let_time_pass ();
  later = tl_signing_dup_fingerprint (signing);

  g_assert_cmpuint (answers.n_cancelled, ==, 1);
  g_assert_cmpstr (later, ==, fleeting);
  g_assert_null (tl_signing_get_finding (signing));
}

static void
test_asked_again (void)
{
  g_autoptr(TlSigning) signing = tl_signing_new ();
  Answers first = { 0 };
  Answers second = { 0 };
  guint n_keys = 0;

  g_test_summary ("Who asks after a clear gets the key that is still on its way");

  tl_signing_load_async (signing, NULL, on_loaded, &first);
  tl_signing_clear (signing);
  g_signal_connect (signing, "notify::fingerprint", G_CALLBACK (on_key_changed), &n_keys);
  tl_signing_load_async (signing, NULL, on_loaded, &second);
  wait_for (&second, 1);
  let_time_pass ();

  g_assert_cmpuint (first.n_cancelled, ==, 1);
  g_assert_cmpuint (second.n_ok, ==, 1);
  g_assert_cmpuint (n_keys, ==, 1);
}

static void
test_cancel (void)
{
  g_autoptr(TlSigning) signing = tl_signing_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answers stopped = { 0 };
  Answers patient = { 0 };

  g_test_summary ("One caller who stops waiting stops nobody else");

  tl_signing_load_async (signing, cancellable, on_loaded, &stopped);
  tl_signing_load_async (signing, NULL, on_loaded, &patient);
  g_cancellable_cancel (cancellable);
  wait_for (&stopped, 1);
  wait_for (&patient, 1);

  g_assert_cmpuint (stopped.n_cancelled, ==, 1);
  g_assert_cmpuint (patient.n_ok, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signing/one-key", test_one_key);
  g_test_add_func ("/signing/late-key", test_late_key);
  g_test_add_func ("/signing/asked-again", test_asked_again);
  g_test_add_func ("/signing/cancel", test_cancel);

  return g_test_run ();
}
