/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy of the organisation arrives while a set-up waits for it. */
#include "tl-test-rep.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define OAUTH_ONLY "\"oauth2\""
#define OAUTH_OR_APP "\"oauth2\", \"app-password\""

/* More than a monitor of files needs to see something. */
#define LATE_MS 4000

typedef struct
{
  TlTestRep     *rep;
  TlClientStore *clients;
  char          *folder;
  char          *path;
} Waiting;

static Waiting *
waiting_new (const char *sign_in)
{
  Waiting *self = g_new0 (Waiting, 1);

  self->rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, sign_in);
  self->folder = g_dir_make_tmp ("twolane-policy-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "policy.json", NULL);
  self->clients = tl_client_store_new (self->path);
  tl_setup_set_client_store (self->rep->setup, self->clients);

  return self;
}

static void
waiting_free (Waiting *self)
{
  tl_test_rep_free (self->rep);
  g_object_unref (self->clients);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
write_policy (Waiting    *self,
              const char *issuer,
              guint       mode)
{
  g_autofree char *text = g_strdup_printf (
    "{ \"format\": \"twolane-policy\", \"version\": 0, \"oauth_clients\": ["
    "{ \"issuer\": \"%s\", \"client_id\": \"" TL_TEST_ISSUER_CLIENT "\" }] }", issuer);
  mode_t mask = umask (0);
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, (int) mode,
                            &error);
  umask (mask);
  g_assert_no_error (error);
}

static gboolean
needs (Waiting *self)
{
  gboolean needs_client = tl_signin_needs_client (tl_setup_get_signin (self->rep->setup));

  if (tl_setup_get_auth (self->rep->setup) == TL_AUTH_OAUTH2)
    g_assert_cmpint (tl_test_setup_get (self->rep->setup, "request-needed"), ==, needs_client);

  return needs_client;
}

static void
wait_until (Waiting  *self,
            gboolean  is_needed)
{
  gint64 until_us = g_get_monotonic_time () + LATE_MS * 1000;

  while (needs (self) != is_needed && g_get_monotonic_time () < until_us)
    tl_test_pass_ms (20);
  g_assert_cmpint (needs (self), ==, is_needed);
}

static void
on_notified (guint *n)
{
  (*n)++;
}

static void
test_arrives (void)
{
  g_autoptr(Waiting) waiting = waiting_new (OAUTH_ONLY);
  TlTestRep *rep = waiting->rep;
  g_autofree char *asked = NULL;
  guint n_request = 0;
  guint n_client = 0;

  g_test_summary ("Whoever waits for IT goes on by themselves when the policy is there");

  g_assert_true (needs (waiting));
  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, "oauth.no-client");
  g_signal_connect_swapped (rep->setup, "notify::request-needed", G_CALLBACK (on_notified),
                            &n_request);
  g_signal_connect_swapped (tl_setup_get_signin (rep->setup), "notify::needs-client",
                            G_CALLBACK (on_notified), &n_client);

  write_policy (waiting, tl_test_issuer_get_issuer (rep->issuer), 0644);
  wait_until (waiting, FALSE);
  g_assert_cmpuint (n_request, >, 0);
  g_assert_cmpuint (n_client, ==, 1);
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, NULL);

  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  asked = tl_test_issuer_dup_asked (rep->issuer, TL_TEST_ISSUER_AUTHORIZE);
  g_assert_nonnull (strstr (asked, "client_id=" TL_TEST_ISSUER_CLIENT));
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
}

static void
test_preferred (void)
{
  g_autoptr(Waiting) waiting = waiting_new (OAUTH_OR_APP);

  g_test_summary ("Once the page lets people in it is preferred to an app password");

  g_assert_cmpint (tl_setup_get_auth (waiting->rep->setup), ==, TL_AUTH_APP_PASSWORD);
  write_policy (waiting, tl_test_issuer_get_issuer (waiting->rep->issuer), 0644);
  wait_until (waiting, FALSE);
  g_assert_cmpint (tl_setup_get_auth (waiting->rep->setup), ==, TL_AUTH_OAUTH2);
}

static void
test_taken_back (void)
{
  g_autoptr(Waiting) waiting = waiting_new (OAUTH_ONLY);

  write_policy (waiting, tl_test_issuer_get_issuer (waiting->rep->issuer), 0644);
  wait_until (waiting, FALSE);
  g_unlink (waiting->path);
  wait_until (waiting, TRUE);
}

typedef struct
{
  const char *name;
  const char *issuer;  /* NULL: the right one */
  guint       mode;
} NoHelpCase;

static const NoHelpCase no_help_cases[] = {
  { .name = "another-issuer", .issuer = "https://login.other.test", .mode = 0644 },
  { .name = "all-write", .mode = 0666 },
};

static void
test_no_help (gconstpointer data)
{
  const NoHelpCase *c = data;
  g_autoptr(Waiting) waiting = waiting_new (OAUTH_ONLY);
  guint n = 0;

  g_test_summary ("A policy for others, or one that grants nothing, ends no waiting");

  g_signal_connect_swapped (waiting->clients, "changed", G_CALLBACK (on_notified), &n);
  write_policy (waiting, c->issuer != NULL ? c->issuer
                                           : tl_test_issuer_get_issuer (waiting->rep->issuer),
                c->mode);
  for (guint i = 0; n == 0 && i < LATE_MS / 20; i++)
    tl_test_pass_ms (20);
  g_assert_cmpuint (n, >, 0);
  g_assert_true (needs (waiting));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-policy/arrives", test_arrives);
  g_test_add_func ("/setup-policy/preferred", test_preferred);
  g_test_add_func ("/setup-policy/taken-back", test_taken_back);
  for (gsize i = 0; i < G_N_ELEMENTS (no_help_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-policy/no-help/", no_help_cases[i].name, NULL);

      g_test_add_data_func (path, &no_help_cases[i], test_no_help);
    }

  return g_test_run ();
}
