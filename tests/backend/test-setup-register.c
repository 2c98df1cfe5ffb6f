/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sign-in that the provider table does not know: where discovery says, as its document says, as a
 * client that the program registers and keeps in the keyring. See with-bus. */
#include "tl-test-rep.h"

#include <glib/gstdio.h>
#include <string.h>

/* A server that somebody typed, of the same house as the issuer. */
#define AGREED_URL "imaps://mail.practice.invalid:993"

/* What comes into the keyring though nobody says so comes meanwhile. */
#define LATE_MS 100

/* --- The web, behind the issuer's proxy -------------------------------------------- */

static char *proxy;

/* Where its authority stands: read when it is first needed. */
static char *trusted;

typedef struct { GObject parent; } IssuerProxy;
typedef struct { GObjectClass parent; } IssuerProxyClass;

GType issuer_proxy_get_type (void);
static void issuer_proxy_resolver_init (GProxyResolverInterface *iface);
G_DEFINE_TYPE_WITH_CODE (IssuerProxy, issuer_proxy, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, issuer_proxy_resolver_init))

static gboolean
issuer_proxy_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
issuer_proxy_lookup (GProxyResolver  *resolver,
                     const char      *uri,
                     GCancellable    *cancellable,
                     GError         **error)
{
  const char * const proxies[] = { proxy != NULL ? proxy : "direct://", NULL };

  return g_strdupv ((char **) proxies);
}

static void
issuer_proxy_lookup_async (GProxyResolver      *resolver,
                           const char          *uri,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, issuer_proxy_lookup (resolver, uri, NULL, NULL),
                         (GDestroyNotify) g_strfreev);
}

static char **
issuer_proxy_lookup_finish (GProxyResolver  *resolver,
                            GAsyncResult    *result,
                            GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
issuer_proxy_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = issuer_proxy_is_supported;
  iface->lookup = issuer_proxy_lookup;
  iface->lookup_async = issuer_proxy_lookup_async;
  iface->lookup_finish = issuer_proxy_lookup_finish;
}

static void
issuer_proxy_class_init (IssuerProxyClass *klass)
{
}

static void
issuer_proxy_init (IssuerProxy *self)
{
}

/* Has every https request of this process go to @issuer, which is believed. */
static void
use_issuer (TlTestIssuer *issuer)
{
  g_autoptr(GTlsDatabase) trust = NULL;
  g_autoptr(GError) error = NULL;

  g_free (proxy);
  proxy = tl_test_issuer_dup_proxy (issuer);
  g_assert_true (g_file_set_contents (trusted, tl_test_issuer_get_ca_pem (issuer), -1, NULL));
  trust = g_tls_file_database_new (trusted, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), trust);
}

/* --- A mailbox that nobody knows --------------------------------------------------- */

static void
show_hints (TlSetup   *setup,
            GPtrArray *hints)
{
  g_autoptr(TlDiscoveryReport) report =
    tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) {
      .hints = hints,
    });

  tl_setup_show_discovery (setup, report);
}

static void
type_server (TlSetup    *setup,
             const char *url)
{
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autoptr(GError) error = NULL;

  settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, TL_TEST_ISSUER_ACCOUNT, &error);
  g_assert_no_error (error);
  tl_lane_draft_set_settings (tl_setup_get_draft (setup, TL_LANE_INCOMING), settings,
                              TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
}

static void
show_page (TlSetup      *setup,
           TlTestIssuer *issuer)
{
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (hints, tl_hint_new (TL_HINT_OAUTH, TL_SOURCE_AUTOCONFIG, NULL,
                                       tl_test_issuer_get_issuer (issuer)));
  show_hints (setup, hints);
}

static TlTestRep *
begin (TlTestIssuerMood mood,
       gboolean         is_agreed)
{
  TlTestRep *rep = tl_test_rep_new (mood, "\"oauth2\"");

  use_issuer (rep->issuer);
  g_clear_pointer (&rep->setup->provider, tl_provider_unref);
  show_page (rep->setup, rep->issuer);
  if (is_agreed)
    type_server (rep->setup, AGREED_URL);

  return rep;
}

static guint
n_asked (TlTestRep        *rep,
         TlTestIssuerDoor  door)
{
  return tl_test_issuer_get_n_asked (rep->issuer, door);
}

/* What the keyring has as this program's registration: NULL for nothing. */
static char *
dup_kept_client (TlTestRep *rep)
{
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) secret = NULL;
  g_autoptr(TlSigninKeep) keep = NULL;

  tl_vault_lookup_async (TL_VAULT_CLIENT, tl_test_issuer_get_issuer (rep->issuer), NULL, NULL,
                         tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  secret = tl_vault_lookup_finish (wait.result, &status, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  if (secret == NULL)
    return NULL;

  keep = tl_signin_keep_decode (secret, &error);
  g_assert_no_error (error);
  g_assert_null (keep->refresh);
  g_assert_cmpstr (keep->issuer, ==, tl_test_issuer_get_issuer (rep->issuer));

  return g_strdup (keep->client_id);
}

/* Passes an incoming test, after which what is to be kept is. */
static void
pass (TlTestRep *rep)
{
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_setup_remember_secrets (rep->setup);
  while (tl_test_setup_get (rep->setup, "storing"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (tl_setup_get_store_finding (rep->setup));
}

static void
test_registered (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);
  g_autoptr(TlSetup) next = NULL;
  g_autofree char *before = dup_kept_client (rep);
  g_autofree char *after = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *asked = NULL;

  g_test_summary ("The program registers itself once, keeps that when that is wanted and the sign-in "
                  "has worked, and is known the next time");

  g_assert_null (before);
  g_assert_false (tl_signin_needs_client (tl_setup_get_signin (rep->setup)));
  g_assert_true (tl_test_setup_get (rep->setup, "takes-oauth"));

  tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER);
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, NULL);
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_METADATA), ==, 1);
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_REGISTER), ==, 1);
  asked = tl_test_issuer_dup_asked (rep->issuer, TL_TEST_ISSUER_REGISTER);
  g_assert_nonnull (strstr (asked, "urn:ietf:params:oauth:scope:mail"));
  g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, TL_AUTH_OAUTH2);
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
  pass (rep);
  tl_test_pass_ms (LATE_MS);
  after = dup_kept_client (rep);
  g_assert_null (after);

  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_DEVICE));
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_METADATA), ==, 2);
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_REGISTER), ==, 1);
  g_assert_cmpint (tl_oauth_client_get_origin (rep->setup->signin.request->client), ==,
                   TL_CLIENT_REGISTERED);

  g_object_set (rep->setup, "remember", TRUE, NULL);
  tl_test_pass_ms (LATE_MS);
  after = dup_kept_client (rep);
  g_assert_null (after);
  pass (rep);
  kept = dup_kept_client (rep);
  g_assert_cmpstr (kept, ==, TL_TEST_ISSUER_CLIENT);

  next = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  show_page (next, rep->issuer);
  type_server (next, AGREED_URL);
  g_set_object (&rep->setup, next);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_DEVICE));
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_REGISTER), ==, 1);
}

static void
type_client (TlTestRep  *rep,
             const char *id,
             TlSecret   *secret)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_setup_set_client (rep->setup, id, NULL, secret, &error));
  g_assert_no_error (error);
  while (tl_test_setup_get (rep->setup, "storing"))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_replaced (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);
  g_autoptr(TlSecret) secret = tl_secret_new ("c2d3", 4);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_test_summary ("A client that came with a secret leaves the keyring when one without takes its "
                  "place");

  type_client (rep, "with", secret);
  before = dup_kept_client (rep);
  g_assert_cmpstr (before, ==, "with");

  type_client (rep, "without", NULL);
  after = dup_kept_client (rep);
  g_assert_cmpstr (after, ==, NULL);
  g_assert_null (tl_setup_get_store_finding (rep->setup));
}

static void
test_told (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);

  g_test_summary ("A client id that IT told is used, and nothing is registered");

  tl_test_rep_register (rep);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_METADATA), ==, 1);
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_REGISTER), ==, 0);
}

static const TlTestIssuerAnswer stranger = {
  .status = "401 Unauthorized", .body = "{\"error\":\"invalid_client\"}",
};

static void
test_forgotten (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_test_summary ("A registration that the server has forgotten is made anew");

  g_object_set (rep->setup, "remember", TRUE, NULL);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  pass (rep);
  before = dup_kept_client (rep);
  g_assert_nonnull (before);

  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, &stranger, 1);
  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, "oauth.no-client");
  tl_test_pass_ms (LATE_MS);
  after = dup_kept_client (rep);
  g_assert_null (after);

  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, NULL, 0);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_REGISTER), ==, 2);
}

static void
test_forgotten_at_refresh (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);
  TlTestWait wait = { NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlSecret) token = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *after = NULL;

  g_object_set (rep->setup, "remember", TRUE, NULL);
  tl_test_issuer_set_expires (rep->issuer, 5);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  pass (rep);

  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, &stranger, 1);
  tl_setup_get_token_async (rep->setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  token = tl_setup_get_token_finish (rep->setup, wait.result, &finding, &error);
  g_object_unref (wait.result);
  g_assert_no_error (error);
  g_assert_null (token);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "oauth.no-client");
  tl_test_pass_ms (LATE_MS);
  after = dup_kept_client (rep);
  g_assert_null (after);

  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, NULL, 0);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_REGISTER), ==, 2);
}

static void
test_forget_server_away (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);
  g_autoptr(TlSetup) again = NULL;
  g_autoptr(GListModel) left = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) secret = NULL;
  TlVaultStatus status = TL_VAULT_OK;
  TlTestWait wait = { NULL };
  TlTestWait looked = { NULL };

  g_test_summary ("Where nobody says where to give it back, the keyring is emptied all the same");

  g_object_set (rep->setup, "remember", TRUE, NULL);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  pass (rep);
  again = tl_setup_new ();
  tl_setup_set_address_text (again, TL_TEST_ISSUER_ACCOUNT);
  g_free (proxy);
  proxy = g_strdup ("http://127.0.0.1:1");
  tl_setup_forget_async (again, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_forget_finish (again, wait.result, &error));
  g_assert_no_error (error);
  g_object_unref (wait.result);
  g_object_get (again, "left-to-do", &left, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, 2);
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_REVOKE), ==, 0);

  tl_vault_lookup_async (TL_VAULT_REFRESH_TOKEN, TL_TEST_ISSUER_ACCOUNT, NULL, NULL,
                         tl_test_wait_ready, &looked);
  tl_test_wait_for (&looked);
  secret = tl_vault_lookup_finish (looked.result, &status, NULL);
  g_object_unref (looked.result);
  g_assert_null (secret);
  g_assert_cmpint (status, ==, TL_VAULT_NOTHING);
}

typedef struct
{
  const char        *name;
  TlTestIssuerDoor   door;
  TlTestIssuerAnswer answer;
  const char        *finding;
  gboolean           needs_client;  /* from then on */
} RefusedCase;

static const RefusedCase refused_cases[] = {
  { .name = "registers-nobody", .door = TL_TEST_ISSUER_REGISTER,
    .answer = { .status = "401 Unauthorized", .body = "{\"error\":\"invalid_token\"}" },
    .finding = "oauth.no-client", .needs_client = TRUE },
  { .name = "O09/other-issuer", .door = TL_TEST_ISSUER_METADATA,
    .answer = { .body = "{\"issuer\":\"https://id.other.test\","
                        "\"authorization_endpoint\":\"https://id.other.test/a\","
                        "\"token_endpoint\":\"https://id.other.test/t\"}" },
    .finding = "oauth.bad-answer" },
  { .name = "O09/no-json", .door = TL_TEST_ISSUER_METADATA,
    .answer = { .body = "<html>welcome</html>" }, .finding = "oauth.bad-answer" },
  { .name = "missing", .door = TL_TEST_ISSUER_METADATA,
    .answer = { .status = "404 Not Found", .body = "" }, .finding = "oauth.bad-answer" },
};

static void
test_refused (gconstpointer data)
{
  const RefusedCase *c = data;
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);
  g_autofree char *kept = NULL;

  tl_setup_set_auth (rep->setup, TL_AUTH_OAUTH2);
  tl_test_issuer_script (rep->issuer, c->door, &c->answer, 1);
  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, c->finding);
  g_assert_cmpint (tl_signin_needs_client (tl_setup_get_signin (rep->setup)), ==,
                   c->needs_client);
  g_assert_cmpint (tl_test_setup_get (rep->setup, "request-needed"), ==, c->needs_client);
  g_assert_cmpuint (n_asked (rep, TL_TEST_ISSUER_AUTHORIZE), ==, 0);
  kept = dup_kept_client (rep);
  g_assert_null (kept);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
}

static void
test_unreachable (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, TRUE);

  g_free (proxy);
  proxy = g_strdup ("http://127.0.0.1:1");
  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, "oauth.unreachable");
}

static void
test_stranger (void)
{
  g_autoptr(TlTestRep) rep = begin (TL_TEST_ISSUER_WELL, FALSE);

  g_test_summary ("A page that a stranger names in another house is neither shown nor asked");

  g_assert_false (tl_test_setup_get (rep->setup, "takes-oauth"));
  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, "oauth.no-client");
  for (guint i = 0; i < TL_TEST_ISSUER_N_DOORS; i++)
    g_assert_cmpuint (n_asked (rep, (TlTestIssuerDoor) i), ==, 0);

  /* Agreed to after all. */
  type_server (rep->setup, AGREED_URL);
  g_assert_true (tl_test_setup_get (rep->setup, "takes-oauth"));
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
}

/* --- Which hints are followed ------------------------------------------------------ */

typedef struct
{
  const char *name;
  const char *hints[2];
  const char *address;   /* NULL: at mail.test */
  const char *server;    /* typed, nullable */
  TlHintKind  kind;      /* 0: TL_HINT_OAUTH */
  const char *issuer;    /* that is followed; NULL: none */
} HintCase;

static const HintCase hint_cases[] = {
  { .name = "own-domain", .hints = { "https://mail.test" }, .issuer = "https://mail.test" },
  { .name = "below-it", .hints = { "https://id.auth.mail.test/t" },
    .issuer = "https://id.auth.mail.test/t" },
  { .name = "beside-it", .hints = { "https://id.acme.test" }, .address = "rep@sales.acme.test",
    .issuer = "https://id.acme.test" },
  { .name = "elsewhere", .hints = { "https://id.other.test" } },
  { .name = "look-alike", .hints = { "https://mail.test.other.test" } },
  { .name = "ends-alike", .hints = { "https://id.evilmail.test" } },
  { .name = "same-public-suffix", .hints = { "https://id.evil.co.uk" },
    .address = "rep@acme.co.uk" },
  { .name = "user-in-front", .hints = { "https://mail.test@id.other.test" } },
  { .name = "plain", .hints = { "http://id.mail.test" } },
  { .name = "agreed-server", .hints = { "https://id.hosting.test" },
    .server = "imaps://imap.hosting.test", .issuer = "https://id.hosting.test" },
  { .name = "beside-agreed-server", .hints = { "https://id.other.test" },
    .server = "imaps://imap.hosting.test" },
  { .name = "stranger-first", .hints = { "https://id.other.test", "https://id.mail.test" },
    .issuer = "https://id.mail.test" },
  { .name = "no-sign-in-page", .hints = { "https://id.mail.test" }, .kind = TL_HINT_WEBMAIL },
};

static void
test_hint (gconstpointer data)
{
  const HintCase *c = data;
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *issuer = NULL;

  tl_setup_set_address_text (setup, c->address != NULL ? c->address : TL_TEST_ISSUER_ACCOUNT);
  for (gsize i = 0; i < G_N_ELEMENTS (c->hints) && c->hints[i] != NULL; i++)
    {
      TlHint *hint = tl_hint_new (c->kind != 0 ? c->kind : TL_HINT_OAUTH, TL_SOURCE_AUTOCONFIG,
                                  "Sign in", c->hints[i]);

      g_ptr_array_add (hints, hint);
    }
  show_hints (setup, hints);
  if (c->server != NULL)
    type_server (setup, c->server);

  issuer = tl_setup_dup_issuer (setup);
  g_assert_cmpstr (issuer, ==, c->issuer);
  g_assert_cmpint (tl_test_setup_get (setup, "takes-oauth"), ==, c->issuer != NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("twolane-register-XXXXXX", NULL);
  int status;

  trusted = g_build_filename (folder, "ca.pem", NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "issuer", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, issuer_proxy_get_type (),
                                  "issuer", 0);

  g_test_add_func ("/setup-register/registered", test_registered);
  g_test_add_func ("/setup-register/K01/replaced", test_replaced);
  g_test_add_func ("/setup-register/told", test_told);
  g_test_add_func ("/setup-register/forgotten", test_forgotten);
  g_test_add_func ("/setup-register/forgotten-at-refresh", test_forgotten_at_refresh);
  g_test_add_func ("/setup-register/forget-server-away", test_forget_server_away);
  for (gsize i = 0; i < G_N_ELEMENTS (refused_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-register/refused/", refused_cases[i].name, NULL);

      g_test_add_data_func (path, &refused_cases[i], test_refused);
    }
  g_test_add_func ("/setup-register/unreachable", test_unreachable);
  g_test_add_func ("/setup-register/stranger", test_stranger);
  for (gsize i = 0; i < G_N_ELEMENTS (hint_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-register/hint/", hint_cases[i].name, NULL);

      g_test_add_data_func (path, &hint_cases[i], test_hint);
    }

  status = g_test_run ();
  g_unlink (trusted);
  g_rmdir (folder);
  g_free (trusted);
  g_free (proxy);

  return status;
}
