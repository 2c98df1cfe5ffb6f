/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rep.h"

#include <string.h>

#define LOCATION "\r\nLocation: "

typedef struct
{
  TlTestIssuer *issuer;  /* borrowed */
  char         *url;     /* owned */
} Visit;

/* The person at the page, in a browser that blocks. */
static gpointer
visit_thread (gpointer data)
{
  Visit *visit = data;
  g_autofree char *back = tl_test_issuer_authorize (visit->issuer, visit->url);
  g_autofree char *sent_on = tl_test_issuer_browse (back);
  const char *at = sent_on != NULL ? strstr (sent_on, LOCATION) : NULL;
  g_autofree char *path = at != NULL
    ? g_strndup (at + strlen (LOCATION), strcspn (at + strlen (LOCATION), "\r")) : NULL;
  g_autofree char *last = path != NULL
    ? g_uri_resolve_relative (back, path, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autofree char *page = last != NULL ? tl_test_issuer_browse (last) : NULL;

  g_free (visit->url);
  g_free (visit);

  return NULL;
}

static void
on_open_url (TlTestRep  *self,
             const char *url)
{
  Visit *visit;

  if (!self->browses)
    return;
  visit = g_new0 (Visit, 1);
  visit->issuer = self->issuer;
  visit->url = g_strdup (url);
  g_ptr_array_add (self->browsers, g_thread_new ("tl-test-browser", visit_thread, visit));
}

static TlProvider *
make_provider (TlTestIssuer *issuer,
               const char   *sign_in)
{
  const char *url = tl_test_issuer_get_issuer (issuer);
  gboolean takes_app = strstr (sign_in, "app-password") != NULL;
  g_autoptr(GError) error = NULL;
  TlProvider *provider;
  g_autofree char *json = g_strdup_printf (
    "{ \"id\": \"example\", \"name\": \"Example Mail\", \"kind\": \"mailbox\","
    "  \"domains\": [\"mail.test\"], \"mx\": [],"
    "  \"incoming\": [{ \"protocol\": \"imap\", \"host\": \"imap.mail.test\", \"port\": 993,"
    "                   \"security\": \"tls\" },"
    "                 { \"protocol\": \"imap\", \"host\": \"mail.practice.invalid\","
    "                   \"port\": 993, \"security\": \"tls\" }],"
    "  \"outgoing\": [{ \"protocol\": \"smtp\", \"host\": \"smtp.mail.test\", \"port\": 465,"
    "                   \"security\": \"tls\" },"
    "                 { \"protocol\": \"smtp\", \"host\": \"mail.practice.invalid\","
    "                   \"port\": 465, \"security\": \"tls\" }],"
    "  \"username\": \"address\", \"sign_in\": [%s], \"prerequisites\": [], \"limits\": [],"
    "  \"oauth\": { \"issuer\": \"%s\", \"scopes\": [\"" TL_TEST_ISSUER_SCOPE "\"],"
    "    \"endpoints\": { \"authorization\": \"%s/authorize\", \"token\": \"%s/token\","
    "      \"device\": \"%s/device\", \"revocation\": \"%s/revoke\" } }, %s"
    "  \"confidence\": \"confirmed\", \"checked_on\": \"2026-11-21\" }",
    sign_in, url, url, url, url, url,
    takes_app ? "\"app_password\": { \"link\": \"https://mail.test/app\", \"steps\": [\"Open.\"],"
                "  \"form\": { \"length\": 16, \"alphabet\": \"lower\" } }," : "");

  provider = tl_provider_parse (json, -1, &error);
  g_assert_no_error (error);

  return provider;
}

/**
 * tl_test_rep_begin:
 * @self: somebody
 * @address: their address
 *
 * Returns: (transfer full): a set-up whose provider is known, and who nobody was asked for
 */
TlSetup *
tl_test_rep_begin (TlTestRep  *self,
                   const char *address)
{
  TlSetup *setup = tl_setup_new ();

  tl_setup_set_client_store (setup, self->clients);
  tl_setup_set_address_text (setup, address);
  g_clear_pointer (&setup->network, tl_network_unref);
  setup->network = tl_test_issuer_dup_network (self->issuer);
  if (self->setup != NULL && self->setup->provider != NULL)
    setup->provider = tl_provider_ref (self->setup->provider);

  return setup;
}

/**
 * tl_test_rep_new:
 * @mood: what their authorization server is like
 * @sign_in: what their provider takes, as the provider table has it
 *
 * Returns: (transfer full): somebody whose program IT has not registered
 */
TlTestRep *
tl_test_rep_new (TlTestIssuerMood  mood,
                 const char       *sign_in)
{
  TlTestRep *self = g_new0 (TlTestRep, 1);

  self->browsers = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void))
                                                   g_thread_join);
  self->browses = TRUE;
  self->issuer = tl_test_issuer_new (NULL, mood);
  self->clients = tl_client_store_new ("/nonexistent/policy.json");
  self->setup = tl_test_rep_begin (self, TL_TEST_ISSUER_ACCOUNT);
  self->setup->provider = make_provider (self->issuer, sign_in);
  tl_setup_refresh_signin (self->setup);
  g_signal_connect_swapped (tl_setup_get_signin (self->setup), "open-url",
                            G_CALLBACK (on_open_url), self);

  return self;
}

/* Whether a thread of ours is still on its way out; what it has counts as leaked until it is gone. */
static gboolean
has_threads (void)
{
  g_autoptr(GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "tl-"))
        return TRUE;
    }

  return FALSE;
}

void
tl_test_rep_free (TlTestRep *self)
{
  g_clear_object (&self->setup);
  g_clear_object (&self->clients);
  /* They use the issuer, and what a thread leaves to its end counts as leaked before. */
  g_clear_pointer (&self->browsers, g_ptr_array_unref);
  g_clear_pointer (&self->issuer, tl_test_issuer_free);
  for (guint i = 0; i < 200 && has_threads (); i++)
    g_usleep (10000);
  g_free (self);
}

void
tl_test_rep_register (TlTestRep *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_setup_set_client (self->setup, TL_TEST_ISSUER_CLIENT, NULL, NULL, &error));
  g_assert_no_error (error);
}

gboolean
tl_test_rep_sign_in (TlTestRep   *self,
                     TlSigninWay  way)
{
  TlTestWait wait = { NULL };
  g_autoptr(GError) error = NULL;
  gboolean is_done;

  tl_setup_sign_in_async (self->setup, way, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_done = tl_setup_sign_in_finish (self->setup, wait.result, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);

  return is_done;
}

const char *
tl_test_rep_get_finding (TlTestRep *self)
{
  TlFinding *finding = tl_signin_get_finding (tl_setup_get_signin (self->setup));

  return finding == NULL ? NULL : tl_finding_get_id (finding);
}

/**
 * tl_test_rep_pass:
 * @self: somebody
 * @lane: which lane
 *
 * Gives a lane a green result without a server.
 */
void
tl_test_rep_pass (TlTestRep  *self,
                  TlLaneKind  lane)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new ();
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (lane == TL_LANE_INCOMING ? "imaps://imap.mail.test:993"
                                                            : "smtps://smtp.mail.test:465",
                                   tl_setup_get_lane_auth (self->setup, lane),
                                   TL_TEST_ISSUER_ACCOUNT, NULL);
  const TlLaneReportParts parts = {
    .lane = lane,
    .settings = settings,
    .steps = steps,
    .findings = findings,
    .tested_at_s = g_get_real_time () / G_USEC_PER_SEC,
  };
  g_autoptr(TlLaneReport) report = NULL;
  gsize n_stages = 0;
  const TlStage *stages = tl_stage_list_lane (TL_SECURITY_TLS, &n_stages);

  for (gsize i = 0; i < n_stages; i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, 0, 1));
  report = tl_lane_report_new (&parts);
  tl_lane_run_show (tl_setup_get_run (self->setup, lane), report);
  g_assert_cmpint (tl_lane_run_get_verdict (tl_setup_get_run (self->setup, lane)), ==,
                   TL_VERDICT_OK);
}
