/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up makes of a keyring that misbehaves, on a bus with no other: see with-bus. */
#include "tl-test-rep.h"

#include <libsecret/secret.h>

#include "tl-error.h"
#include "tl-test-keyring.h"

#define OAUTH_ONLY "\"oauth2\""
#define OAUTH_OR_APP "\"oauth2\", \"app-password\""

#define TICK_MS     20
#define MOST_GAP_MS 400

#define NO_KEYRING -1

typedef struct
{
  const char *name;
  int         manner;       /* a TlTestKeyringManner, or NO_KEYRING */
  gboolean    has_screen;   /* there is one, as far as anybody can tell */
  const char *finding;
} MannerCase;

static const MannerCase manner_cases[] = {
  { .name = "K02/no-service", .manner = NO_KEYRING, .finding = "store.no-service" },
  { .name = "K03/locked", .manner = TL_TEST_KEYRING_DISMISSED, .finding = "store.locked" },
  { .name = "K04/dismissed", .manner = TL_TEST_KEYRING_DISMISSED, .has_screen = TRUE,
    .finding = "store.dismissed" },
  { .name = "K06/hangs", .manner = TL_TEST_KEYRING_HANGS, .finding = "store.no-service" },
  { .name = "K07/corrupts", .manner = TL_TEST_KEYRING_CORRUPTS,
    .finding = "store.verify-failed" },
  { .name = "K07/forgets", .manner = TL_TEST_KEYRING_FORGETS, .finding = "store.verify-failed" },
  { .name = "K07/dies", .manner = TL_TEST_KEYRING_DIES, .finding = "store.no-service" },
};

typedef struct
{
  guint  n_findings;
  guint  n_ticks;
  gint64 ticked_at_us;
  gint64 longest_us;
} Seen;

static void
on_store_finding (TlSetup    *setup,
                  GParamSpec *pspec,
                  Seen       *seen)
{
  if (tl_setup_get_store_finding (setup) != NULL)
    seen->n_findings++;
}

static gboolean
on_tick (gpointer data)
{
  Seen *seen = data;
  gint64 now_us = g_get_monotonic_time ();

  seen->n_ticks++;
  seen->longest_us = MAX (seen->longest_us, now_us - seen->ticked_at_us);
  seen->ticked_at_us = now_us;

  return G_SOURCE_CONTINUE;
}

/* Asks for it to be kept, and waits for as long as the set-up says that it is being kept. */
static void
keep (TlSetup *setup,
      Seen    *seen)
{
  guint tick;

  seen->ticked_at_us = g_get_monotonic_time ();
  tick = g_timeout_add (TICK_MS, on_tick, seen);
  g_signal_connect (setup, "notify::store-finding", G_CALLBACK (on_store_finding), seen);
  tl_setup_remember_secrets (setup);
  g_assert_true (tl_test_setup_get (setup, "storing"));
  while (tl_test_setup_get (setup, "storing"))
    g_main_context_iteration (NULL, TRUE);
  /* Whatever comes late comes now. */
  tl_test_pass_ms (300);
  g_source_remove (tick);
  g_signal_handlers_disconnect_by_data (setup, seen);
}

static guint
count_store_findings (TlSetup *setup)
{
  GListModel *findings = tl_setup_get_hand_over_findings (setup);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (g_str_has_prefix (tl_finding_get_id (finding), "store."))
        n++;
    }

  return n;
}

static void
check (const MannerCase *c,
       gboolean          is_signin)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL,
                                              is_signin ? OAUTH_ONLY : OAUTH_OR_APP);
  g_autoptr(TlTestKeyring) keyring = c->manner == NO_KEYRING
    ? NULL : tl_test_keyring_start ((TlTestKeyringManner) c->manner);
  g_autoptr(TlSecret) own = tl_secret_new ("abcdefghijklmnop", 16);
  TlLaneReport *reports[2];
  Seen seen = { 0 };

  if (is_signin)
    {
      tl_test_rep_register (rep);
      g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
    }
  else
    {
      tl_setup_set_secret (rep->setup, TL_LANE_NONE, own);
    }
  g_object_set (rep->setup, "remember", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      tl_test_rep_pass (rep, TL_LANE_INCOMING + i);
      reports[i] = tl_lane_run_get_report (rep->setup->lanes[i].run);
    }

  keep (rep->setup, &seen);
  g_assert_nonnull (tl_setup_get_store_finding (rep->setup));
  g_assert_cmpstr (tl_finding_get_id (tl_setup_get_store_finding (rep->setup)), ==, c->finding);
  g_assert_cmpuint (seen.n_findings, ==, 1);
  g_assert_cmpuint (count_store_findings (rep->setup), ==, 1);
  g_assert_cmpuint (seen.n_ticks, >, 5);
  g_assert_cmpint (seen.longest_us, <, MOST_GAP_MS * 1000);

  g_assert_false (tl_test_setup_get (rep->setup, "remember"));
  g_assert_false (tl_test_setup_get (rep->setup, "kept"));
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
  g_assert_true (tl_test_setup_get (rep->setup, "tested"));
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      g_assert_true (tl_lane_run_get_report (rep->setup->lanes[i].run) == reports[i]);
      g_assert_cmpint (tl_lane_run_get_verdict (rep->setup->lanes[i].run), ==, TL_VERDICT_OK);
    }

  secret_service_disconnect ();
}

typedef struct
{
  const char *name;
  int         manner;
  const char *finding;
} ForgetCase;

static const ForgetCase forget_cases[] = {
  { .name = "K02/no-service", .manner = NO_KEYRING, .finding = "store.no-service" },
  { .name = "K03/locked", .manner = TL_TEST_KEYRING_DISMISSED, .finding = "store.locked" },
};

static void
test_forget (gconstpointer data)
{
  const ForgetCase *c = data;
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlTestKeyring) keyring = c->manner == NO_KEYRING
    ? NULL : tl_test_keyring_start ((TlTestKeyringManner) c->manner);
  g_autoptr(GListModel) left = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  g_unsetenv ("DISPLAY");
  g_test_summary ("A keyring that cannot be emptied is said; the rest is forgotten all the same");

  tl_test_rep_register (rep);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_setup_forget_async (rep->setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_forget_finish (rep->setup, wait.result, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_UNREACHABLE);
  g_object_unref (wait.result);

  g_assert_nonnull (tl_setup_get_store_finding (rep->setup));
  g_assert_cmpstr (tl_finding_get_id (tl_setup_get_store_finding (rep->setup)), ==, c->finding);
  g_assert_cmpuint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_REVOKE), ==, 1);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
  g_object_get (rep->setup, "left-to-do", &left, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, 1);

  secret_service_disconnect ();
}

static void
set_screen (const MannerCase *c)
{
  if (c->has_screen)
    g_setenv ("DISPLAY", ":scripted", TRUE);
  else
    g_unsetenv ("DISPLAY");
}

static void
test_password (gconstpointer data)
{
  g_test_summary ("It is for this time only: said once, and the results stand");

  set_screen (data);
  check (data, FALSE);
}

static void
test_signin (gconstpointer data)
{
  set_screen (data);
  check (data, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (manner_cases); i++)
    {
      g_autofree char *password = g_strdup_printf ("/setup-vault/%s/password",
                                                   manner_cases[i].name);
      g_autofree char *signin = g_strdup_printf ("/setup-vault/%s/sign-in", manner_cases[i].name);

      g_test_add_data_func (password, &manner_cases[i], test_password);
      g_test_add_data_func (signin, &manner_cases[i], test_signin);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (forget_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-vault/%s/forget", forget_cases[i].name);

      g_test_add_data_func (path, &forget_cases[i], test_forget);
    }

  return g_test_run ();
}
