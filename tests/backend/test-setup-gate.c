/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one provider gave is not sent to the servers of another, whoever names them. */
#include "tl-test-rep.h"

#include <string.h>

#include "tl-discovery-private.h"
#include "tl-error.h"
#include "tl-provider-details.h"
#include "tl-test-ca.h"
#include "tl-test-discovery.h"
#include "tl-test-peer.h"

#define OWN_HOST "mail.practice.invalid"   /* one of the provider of TlTestRep */
#define ELSEWHERE "other.practice.invalid"
#define GOOGLE "https://accounts.google.com"
#define MICROSOFT "https://login.microsoftonline.com/{tenant}/v2.0"
#define APP_PASSWORD "abcdefghijklmnop"

static const char * const scripts[] = {
  "TLS\n"
  "S: * OK ready\n"
  "C: %T CAPABILITY\n"
  "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2\n"
  "S: %T OK done\n"
  "C: %T AUTHENTICATE *\n"
  "S: %T NO [AUTHENTICATIONFAILED] no\n"
  "HANG\n",
  "TLS\n"
  "S: 220 mail.practice.invalid ESMTP\n"
  "C: EHLO *\n"
  "S: 250-mail.practice.invalid\n"
  "S: 250 AUTH PLAIN XOAUTH2\n"
  "C: AUTH *\n"
  "S: 535 5.7.8 no\n"
  "HANG\n",
};

/* A server that takes note of what is sent to it. */
typedef struct
{
  TlTestCa   *ca;
  SSL_CTX    *tls;
  TlTestPeer *peer;
  guint       port;
} Server;

static void
server_start (Server     *self,
              TlLaneKind  lane,
              const char *host)
{
  self->ca = tl_test_ca_new (NULL);
  self->tls = tl_test_ca_new_server (self->ca, host, TL_TEST_TLS_GOOD);
  self->peer = tl_test_peer_new (scripts[lane - TL_LANE_INCOMING], self->tls);
  self->port = tl_test_peer_start (self->peer);
}

static void
server_use (Server  *self,
            TlSetup *setup)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&setup->network, tl_network_unref);
  setup->network = tl_network_new_practice (tl_test_ca_get_pem (self->ca), &error);
  g_assert_no_error (error);
}

/* How often somebody tried to sign in; where nobody may, nobody came at all. */
static void
server_stop (Server *self,
             guint   n_expected)
{
  tl_test_peer_stop (self->peer);
  g_assert_cmpuint (tl_test_peer_count (self->peer, "*AUTH*"), ==, n_expected);
  g_assert_cmpuint (tl_test_peer_get_n_connections (self->peer), ==, n_expected);
  tl_test_peer_free (self->peer);
  SSL_CTX_free (self->tls);
  tl_test_ca_free (self->ca);
}

/* --- Discovery by a document of the domain's own ----------------------------------- */

static const char *said[2];
static guint said_ports[2];

static TlClaim *
make_claim (TlLaneKind  lane,
            TlAddress  *address)
{
  guint index = lane - TL_LANE_INCOMING;
  g_autofree char *url =
    g_strdup_printf ("%s://%s:%u", lane == TL_LANE_INCOMING ? "imaps" : "smtps", said[index],
                     said_ports[index] > 0 ? said_ports[index]
                                           : lane == TL_LANE_INCOMING ? 993 : 465);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, tl_address_get_addr_spec (address),
                                   &error);

  g_assert_no_error (error);

  return tl_claim_new (lane, settings, TL_TRUST_OWN_DOMAIN, NULL);
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < TL_N_LANES; i++)
    g_ptr_array_add (claims, make_claim (tl_lanes[i], inquiry->address));

  tl_discovery_source_take_reply (task, tl_source_reply_new (
    TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED,
    &(TlSourceFacts) { .claims = claims, .rejections = rejections, .hints = hints }));
}

static gboolean
is_there (TlNetwork         *network,
          TlLaneKind         lane,
          const TlEndpoint  *endpoint,
          TlDeadline         deadline,
          GCancellable      *cancellable)
{
  return TRUE;
}

static const TlDiscoverySource source = { .id = TL_SOURCE_AUTOCONFIG, .ask_async = ask };
static const TlDiscoverySource * const sources[] = { &source };

static TlSetup *
begin (const char *address)
{
  g_autoptr(TlClientStore) clients = tl_client_store_new ("/nonexistent/policy.json");
  TlSetup *setup = tl_setup_new ();

  tl_setup_set_client_store (setup, clients);
  tl_setup_set_address_text (setup, address);

  return setup;
}

/* A set-up whose servers are those, each with the yes that it may need. */
static TlSetup *
discover (const char *address,
          const char *incoming,
          guint       incoming_port,
          const char *outgoing,
          guint       outgoing_port)
{
  TlSetup *setup = begin (address);
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = NULL;

  said[0] = incoming;
  said[1] = outgoing;
  said_ports[0] = incoming_port;
  said_ports[1] = outgoing_port;
  discovery = tl_discovery_new_with_sources (tl_setup_get_address (setup), setup->network, NULL,
                                             sources, G_N_ELEMENTS (sources), is_there);
  tl_setup_run_discovery (setup, discovery, g_task_new (setup, NULL, tl_test_wait_ready, &wait));
  tl_test_wait_for (&wait);
  g_clear_object (&wait.result);
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      g_object_set (setup->lanes[i].draft, "confirmed", TRUE, NULL);
      g_assert_true (tl_lane_draft_is_valid (setup->lanes[i].draft));
    }

  return setup;
}

/* --- A sign-in at the provider's page ----------------------------------------------- */

/* What the keyring has as the sign-in at that server. */
static TlSecret *
make_kept (const char *issuer)
{
  static const char * const scopes[] = { "mail", NULL };
  TlOauthClientParts parts = { .issuer = issuer, .client_id = "client-1" };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlOauthClient) client = tl_oauth_client_new (&parts, &error);
  g_autoptr(TlSecret) refresh = tl_secret_new ("1//refresh", strlen ("1//refresh"));
  g_autoptr(TlSigninKeep) keep = NULL;

  g_assert_no_error (error);
  keep = tl_signin_keep_new (client, scopes, refresh);

  return tl_signin_keep_encode (keep);
}

/* Google's own tokens, as a sign-in at its page gives them. */
static void
sign_in_at_google (TlSetup *setup)
{
  TlProvider *google = tl_providers_find ("google");
  TlOauthClientParts client_parts = { .issuer = GOOGLE, .client_id = "client-1" };
  g_autoptr(TlOauthClient) client = tl_oauth_client_new (&client_parts, NULL);
  g_autoptr(TlOauthServer) server = tl_oauth_server_new_for_provider (google, NULL);
  g_autoptr(TlSecret) access = tl_secret_new ("ya29.GOOGLE", strlen ("ya29.GOOGLE"));
  TlOauthTokensParts token_parts = { .access = access };
  g_autoptr(TlOauthTokens) tokens = tl_oauth_tokens_new (&token_parts);
  TlOauthRequest request = {
    .server = server,
    .client = client,
    .scopes = tl_provider_get_oauth_scopes (google),
    .network = setup->network,
  };
  g_autoptr(TlOauthKeeper) keeper = tl_oauth_keeper_new (&request, tokens);

  tl_setup_take_keeper (setup, &request, keeper);
  tl_setup_show_signed_in (setup, TL_SIGNIN_BY_BROWSER, NULL);
}

static void
assert_foreign (TlSetup    *setup,
                TlLaneKind  lane,
                const char *host,
                const char *provider)
{
  TlLaneReport *report = tl_lane_run_get_report (tl_setup_get_run (setup, lane));
  g_autoptr(GVariantDict) evidence = NULL;
  const char *value = NULL;

  g_assert_cmpstr (tl_test_setup_get_primary (setup, lane), ==, "auth.foreign-host");
  evidence =
    g_variant_dict_new (tl_finding_get_evidence (tl_lane_report_get_primary (report)));
  g_assert_true (g_variant_dict_lookup (evidence, TL_EVIDENCE_HOST, "&s", &value));
  g_assert_cmpstr (value, ==, host);
  g_assert_true (g_variant_dict_lookup (evidence, TL_EVIDENCE_PROVIDER, "&s", &value));
  g_assert_cmpstr (value, ==, provider);
}

typedef struct
{
  const char *name;
  const char *host;
  gboolean    is_refused;
} TypedCase;

static const TypedCase typed_cases[] = {
  { "own", OWN_HOST, FALSE },
  { "elsewhere", ELSEWHERE, TRUE },
};

static void
test_typed_over (gconstpointer data)
{
  const TypedCase *c = data;
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, "\"oauth2\"");
  Server server;

  g_test_summary ("A host that is typed after the sign-in gets the token only where it is the "
                  "provider's");

  tl_test_rep_register (rep);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  server_start (&server, TL_LANE_INCOMING, c->host);
  server_use (&server, rep->setup);
  g_object_set (rep->setup->lanes[0].draft, "host", c->host, "port", server.port,
                "username", TL_TEST_ISSUER_ACCOUNT, NULL);
  tl_test_setup_run (rep->setup, TL_LANE_INCOMING);
  server_stop (&server, c->is_refused ? 0 : 1);
  if (c->is_refused)
    assert_foreign (rep->setup, TL_LANE_INCOMING, c->host, "Example Mail");
  else
    g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_INCOMING), ==,
                     "auth.token-rejected");
}

static void
test_token_in (void)
{
  g_autoptr(TlSetup) setup = NULL;
  Server server;

  g_test_summary ("A document that sends by Google's server makes nobody a customer of Google's, "
                  "and its token does not go where mail comes in");

  server_start (&server, TL_LANE_INCOMING, OWN_HOST);
  setup = discover ("rep@practice.invalid", OWN_HOST, server.port, "smtp.gmail.com", 0);
  server_use (&server, setup);
  g_assert_null (setup->provider);
  g_assert_false (tl_setup_takes (setup, TL_AUTH_OAUTH2));
  sign_in_at_google (setup);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  server_stop (&server, 0);
  assert_foreign (setup, TL_LANE_INCOMING, OWN_HOST, "Google");
}

static void
test_token_out (void)
{
  g_autoptr(TlSetup) setup = NULL;
  Server server;

  g_test_summary ("A mailbox of Google's whose mail goes out elsewhere: its token does not");

  server_start (&server, TL_LANE_OUTGOING, OWN_HOST);
  setup = discover ("rep@practice.invalid", "imap.gmail.com", 0, OWN_HOST, server.port);
  server_use (&server, setup);
  g_assert_cmpstr (tl_provider_get_id (setup->provider), ==, "google");
  sign_in_at_google (setup);
  tl_test_setup_run (setup, TL_LANE_OUTGOING);
  server_stop (&server, 0);
  assert_foreign (setup, TL_LANE_OUTGOING, OWN_HOST, "Google");
}

static void
test_while_waiting (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_SLOW, "\"oauth2\"");
  g_autoptr(TlOauthServer) google = tl_oauth_server_new_for_provider (tl_providers_find ("google"),
                                                                     NULL);
  TlTestWait wait = { NULL };
  Server server;

  g_test_summary ("Where a token may go is looked at again when it is there");

  tl_test_rep_register (rep);
  tl_test_issuer_set_expires (rep->issuer, 5);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_test_issuer_set_expires (rep->issuer, 3600);
  server_start (&server, TL_LANE_INCOMING, OWN_HOST);
  server_use (&server, rep->setup);
  g_object_set (rep->setup->lanes[0].draft, "host", OWN_HOST, "port", server.port,
                "username", TL_TEST_ISSUER_ACCOUNT, NULL);
  tl_setup_test_async (rep->setup, TL_LANE_INCOMING, NULL, tl_test_wait_ready, &wait);
  g_assert_true (rep->setup->lanes[0].is_waiting);
  tl_oauth_server_unref (rep->setup->signin.request->server);
  rep->setup->signin.request->server = tl_oauth_server_ref (google);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_test_finish (rep->setup, wait.result, NULL));
  g_object_unref (wait.result);
  server_stop (&server, 0);
  assert_foreign (rep->setup, TL_LANE_INCOMING, OWN_HOST, "Google");
}

/* As with `--token-fd`. */
static void
test_handed_over (void)
{
  g_autoptr(TlSetup) setup = NULL;
  g_autoptr(TlSecret) token = tl_secret_new ("ya29.GOOGLE", strlen ("ya29.GOOGLE"));
  Server server;

  g_test_summary ("A token that a person hands over for these servers goes to them");

  server_start (&server, TL_LANE_OUTGOING, OWN_HOST);
  setup = discover ("rep@practice.invalid", "imap.gmail.com", 0, OWN_HOST, server.port);
  server_use (&server, setup);
  sign_in_at_google (setup);
  tl_setup_set_token (setup, TL_LANE_NONE, token);
  tl_test_setup_run (setup, TL_LANE_OUTGOING);
  server_stop (&server, 1);
}

/* --- A sign-in that was kept -------------------------------------------------------- */

static void
test_kept_foreign (void)
{
  g_autoptr(TlSetup) setup = discover ("rep@acme.test", "imap.acme.test", 0, "smtp.acme.test", 0);
  g_autoptr(TlSecret) kept = make_kept (GOOGLE);

  g_test_summary ("A kept sign-in of a provider that none of the servers is of is not used");

  tl_setup_take_kept (setup, kept);
  g_assert_null (setup->signin.kept);
  g_assert_cmpint (tl_setup_get_auth (setup), ==, TL_AUTH_PASSWORD);
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (setup)), !=, TL_SIGNIN_DONE);
}

static void
test_kept_own (void)
{
  g_autoptr(TlSetup) setup = discover ("rep@acme.test", "imap.gmail.com", 0, "smtp.gmail.com", 0);
  g_autoptr(TlSecret) kept = make_kept (GOOGLE);

  tl_setup_take_kept (setup, kept);
  g_assert_nonnull (setup->signin.kept);
  g_assert_cmpint (tl_setup_get_auth (setup), ==, TL_AUTH_OAUTH2);
}

static void
test_kept_early (void)
{
  g_autoptr(TlSetup) setup = begin ("rep@practice.invalid");
  g_autoptr(TlSecret) kept = make_kept (GOOGLE);
  Server server;

  g_test_summary ("One that was there before any server was known is not sent to another's");

  tl_setup_take_kept (setup, kept);
  g_assert_nonnull (setup->signin.kept);
  server_start (&server, TL_LANE_INCOMING, OWN_HOST);
  server_use (&server, setup);
  g_object_set (setup->lanes[0].draft, "host", OWN_HOST, "port", server.port, NULL);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  server_stop (&server, 0);
  assert_foreign (setup, TL_LANE_INCOMING, OWN_HOST, "Google");
}

typedef struct
{
  const char *name;
  const char *issuer;
  TlLaneKind  lane;
  const char *host;
  gboolean    is_refused;
} HostCase;

static const HostCase host_cases[] = {
  { "google/in",         GOOGLE, TL_LANE_INCOMING, "imap.gmail.com" },
  { "google/out",        GOOGLE, TL_LANE_OUTGOING, "smtp.gmail.com" },
  { "google/other-lane", GOOGLE, TL_LANE_INCOMING, "smtp.gmail.com", TRUE },
  { "google/below",      GOOGLE, TL_LANE_INCOMING, "x.imap.gmail.com", TRUE },
  { "google/same-site",  GOOGLE, TL_LANE_INCOMING, "mail.google.com", TRUE },
  { "google/own-domain", GOOGLE, TL_LANE_INCOMING, "imap.acme.test", TRUE },
  { "google/microsoft",  GOOGLE, TL_LANE_INCOMING, "outlook.office365.com", TRUE },
  { "google/port",       GOOGLE ":8443", TL_LANE_INCOMING, "imap.acme.test", TRUE },
  { "microsoft/in",      MICROSOFT, TL_LANE_INCOMING, "outlook.office365.com" },
  { "microsoft/out",     MICROSOFT, TL_LANE_OUTGOING, "smtp.office365.com" },
  { "microsoft/personal", MICROSOFT, TL_LANE_OUTGOING, "smtp-mail.outlook.com" },
  { "microsoft/tenant",  "https://login.microsoftonline.com/acme.test/v2.0", TL_LANE_OUTGOING,
    "smtp.office365.com" },
  { "microsoft/elsewhere", MICROSOFT, TL_LANE_OUTGOING, "smtp.gmail.com", TRUE },
  { "microsoft/tenant-elsewhere", "https://login.microsoftonline.com/acme.test/v2.0",
    TL_LANE_OUTGOING, "smtp.acme.test", TRUE },
  { "own/own-domain",    "https://login.hoster.test", TL_LANE_INCOMING, "imap.acme.test" },
  { "own/issuers-domain", "https://login.hoster.test", TL_LANE_INCOMING, "imap.hoster.test" },
  { "own/agreed",        "https://login.hoster.test", TL_LANE_INCOMING, "imap.third.test" },
  { "own/google",        "https://login.hoster.test", TL_LANE_INCOMING, "imap.gmail.com", TRUE },
  { "own/relay",         "https://login.hoster.test", TL_LANE_OUTGOING, "smtp.sendgrid.net", TRUE },
};

static void
test_host (gconstpointer data)
{
  const HostCase *c = data;
  g_autoptr(TlSetup) setup = begin ("rep@acme.test");
  g_autoptr(TlSecret) kept = make_kept (c->issuer);
  g_autoptr(TlFinding) finding = NULL;

  tl_setup_take_kept (setup, kept);
  g_assert_true (tl_setup_needs_token (setup, c->lane));
  finding = tl_setup_gate_host (setup, c->lane, c->host);
  g_assert_cmpstr (finding == NULL ? NULL : tl_finding_get_id (finding), ==,
                   c->is_refused ? "auth.foreign-host" : NULL);
}

/* --- An app password ----------------------------------------------------------------- */

static void
type (TlSetup    *setup,
      TlLaneKind  lane,
      const char *password)
{
  g_autoptr(TlSecret) secret = tl_secret_new (password, strlen (password));

  tl_setup_set_secret (setup, lane, secret);
}

static void
test_app_out (void)
{
  g_autoptr(TlSetup) setup = NULL;
  Server server;

  g_test_summary ("Google's app password does not go out elsewhere; a secret of the service's own "
                  "does, and never the mailbox's in its place");

  server_start (&server, TL_LANE_OUTGOING, OWN_HOST);
  setup = discover ("rep@practice.invalid", "imap.gmail.com", 0, OWN_HOST, server.port);
  server_use (&server, setup);
  g_assert_cmpint (tl_setup_get_auth (setup), ==, TL_AUTH_APP_PASSWORD);
  type (setup, TL_LANE_NONE, APP_PASSWORD);
  tl_test_setup_run (setup, TL_LANE_OUTGOING);
  assert_foreign (setup, TL_LANE_OUTGOING, OWN_HOST, "Google");
  g_assert_cmpuint (tl_test_peer_get_n_connections (server.peer), ==, 0);

  g_object_set (setup->identity, "separate-sending", TRUE, NULL);
  g_object_set (setup->lanes[1].draft, "host", OWN_HOST, "port", server.port,
                "security", TL_SECURITY_TLS, "username", "service", NULL);
  g_assert_null (setup->lanes[1].secret);
  type (setup, TL_LANE_NONE, APP_PASSWORD);
  g_assert_null (setup->lanes[1].secret);
  type (setup, TL_LANE_OUTGOING, "its own");
  tl_test_setup_run (setup, TL_LANE_OUTGOING);
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_OUTGOING), ==,
                   "auth.bad-credentials");
  server_stop (&server, 1);
}

static void
test_app_typed_over (void)
{
  g_autoptr(TlSetup) setup = discover ("rep@practice.invalid", "imap.gmail.com", 0,
                                       "smtp.gmail.com", 0);
  Server server;

  g_test_summary ("Google's app password is not taken for the password of a host that is typed "
                  "after it; what is typed for that host is");

  type (setup, TL_LANE_NONE, APP_PASSWORD);
  server_start (&server, TL_LANE_INCOMING, OWN_HOST);
  server_use (&server, setup);
  g_object_set (setup->lanes[0].draft, "host", OWN_HOST, "port", server.port, NULL);
  g_assert_cmpint (tl_setup_get_auth (setup), ==, TL_AUTH_PASSWORD);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  assert_foreign (setup, TL_LANE_INCOMING, OWN_HOST, "Google");
  g_assert_cmpuint (tl_test_peer_get_n_connections (server.peer), ==, 0);

  type (setup, TL_LANE_INCOMING, "its own");
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  server_stop (&server, 1);
}

static void
test_app_relay (void)
{
  g_autoptr(TlSetup) setup = discover ("rep@gmail.com", "imap.gmail.com", 0, "smtp.gmail.com", 0);
  g_autoptr(TlFinding) finding = NULL;

  g_test_summary ("Google's relay takes the app passwords of its mailboxes");

  type (setup, TL_LANE_NONE, APP_PASSWORD);
  finding = tl_setup_gate_host (setup, TL_LANE_OUTGOING, "smtp-relay.gmail.com");
  g_assert_null (finding);
}

static const char * const other_senders[] = {
  "smtp.gmail.com", "smtp.office365.com", "smtp.mail.yahoo.com",
};

static void
test_provider (gconstpointer data)
{
  g_autoptr(TlSetup) setup = discover ("rep@acme.test", "imap.acme.test", 0, data, 0);
  g_autofree char *issuer = tl_setup_dup_issuer (setup);
  g_autofree char *link = NULL;

  g_test_summary ("Who else sends does not say how the mailbox is signed in to");

  g_object_get (setup, "app-password-link", &link, NULL);
  g_assert_null (setup->provider);
  g_assert_null (issuer);
  g_assert_null (link);
  g_assert_cmpint (tl_setup_get_auth (setup), ==, TL_AUTH_PASSWORD);
}

/* --- What else there is ------------------------------------------------------------- */

static void
test_loop (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, "\"oauth2\", \"app-password\"");
  TlTestWait wait = { NULL };
  g_autoptr(TlLoopReport) report = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("The message to oneself goes where the test went, and no further");

  type (rep->setup, TL_LANE_NONE, APP_PASSWORD);
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_test_rep_pass (rep, TL_LANE_OUTGOING);
  g_clear_pointer (&rep->setup->lanes[1].secret_provider, tl_provider_unref);
  rep->setup->lanes[1].secret_provider = tl_provider_ref (tl_providers_find ("google"));
  tl_setup_loop_async (rep->setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  report = tl_setup_loop_finish (rep->setup, wait.result, &error);
  g_object_unref (wait.result);
  g_assert_null (report);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, "smtp.mail.test"));
}

static void
test_practice (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlFinding) finding = NULL;

  g_test_summary ("In practice nothing leaves this computer");

  type (setup, TL_LANE_NONE, APP_PASSWORD);
  g_clear_pointer (&setup->lanes[0].secret_provider, tl_provider_unref);
  setup->lanes[0].secret_provider = tl_provider_ref (tl_providers_find ("google"));
  finding = tl_setup_gate_host (setup, TL_LANE_INCOMING, OWN_HOST);
  g_assert_null (finding);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (typed_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/gate/token/typed-over/", typed_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &typed_cases[i], test_typed_over);
    }
  g_test_add_func ("/gate/token/in", test_token_in);
  g_test_add_func ("/gate/token/out", test_token_out);
  g_test_add_func ("/gate/token/while-waiting", test_while_waiting);
  g_test_add_func ("/gate/token/handed-over", test_handed_over);
  g_test_add_func ("/gate/kept/foreign", test_kept_foreign);
  g_test_add_func ("/gate/kept/own", test_kept_own);
  g_test_add_func ("/gate/kept/early", test_kept_early);
  for (gsize i = 0; i < G_N_ELEMENTS (host_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/gate/host/", host_cases[i].name, NULL);

      g_test_add_data_func (path, &host_cases[i], test_host);
    }
  g_test_add_func ("/gate/app-password/out", test_app_out);
  g_test_add_func ("/gate/app-password/typed-over", test_app_typed_over);
  g_test_add_func ("/gate/app-password/relay", test_app_relay);
  for (gsize i = 0; i < G_N_ELEMENTS (other_senders); i++)
    {
      g_autofree char *path = g_strconcat ("/gate/provider/", other_senders[i], NULL);

      g_test_add_data_func (path, other_senders[i], test_provider);
    }
  g_test_add_func ("/gate/loop", test_loop);
  g_test_add_func ("/gate/practice", test_practice);

  return g_test_run ();
}
