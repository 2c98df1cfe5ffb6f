/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-identity-private.h"

#include "tl-relay.h"

#define MAILBOX "sales@acme.test"
#define LOGIN   "ada@acme.test"

#define NAME_OF_31 "abcdefghijklmnopqrstuvwxyz01234"
#define NAME_OF_32 NAME_OF_31 "5"
#define NAME_OF_64 NAME_OF_32 NAME_OF_32

typedef struct
{
  const char  *name;
  TlSharedWay  way;
  const char  *provider;   /* NULL: none that is known */
  TlAuth       auth;
  const char  *login;
  const char  *folder;
  gboolean     is_separate;
  const char  *incoming;   /* NULL: as the draft has it */
  const char  *outgoing;
  const char  *opens;
  const char  *sign_in;
  gboolean     is_valid;
  gboolean     has_finding;
} WayCase;

static const WayCase way_cases[] = {
  { "not", TL_SHARED_NOT, .is_valid = TRUE },
  { "not/left-over", TL_SHARED_NOT, .login = LOGIN, .folder = "x", .is_valid = TRUE },
  { "microsoft", TL_SHARED_BY_PROVIDER, "microsoft-365", TL_AUTH_OAUTH2, LOGIN,
    .incoming = MAILBOX, .outgoing = LOGIN, .sign_in = LOGIN, .is_valid = TRUE },
  { "microsoft/separate", TL_SHARED_BY_PROVIDER, "microsoft-365", TL_AUTH_OAUTH2, LOGIN,
    .is_separate = TRUE, .incoming = MAILBOX, .sign_in = LOGIN, .is_valid = TRUE },
  { "microsoft/empty", TL_SHARED_BY_PROVIDER, "microsoft-365", TL_AUTH_OAUTH2 },
  { "microsoft/no-address", TL_SHARED_BY_PROVIDER, "microsoft-365", TL_AUTH_OAUTH2, "ada",
    .has_finding = TRUE },
  { "microsoft/itself", TL_SHARED_BY_PROVIDER, "microsoft-365", TL_AUTH_OAUTH2, MAILBOX,
    .has_finding = TRUE },
  { "by-provider/unknown", TL_SHARED_BY_PROVIDER, NULL, TL_AUTH_PASSWORD, LOGIN },
  { "by-provider/knows-no-way", TL_SHARED_BY_PROVIDER, "icloud", TL_AUTH_APP_PASSWORD, LOGIN },
  { "master", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, LOGIN,
    .incoming = MAILBOX "*" LOGIN, .outgoing = MAILBOX "*" LOGIN, .sign_in = LOGIN,
    .is_valid = TRUE },
  { "master/separate", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, LOGIN, .is_separate = TRUE,
    .incoming = MAILBOX "*" LOGIN, .sign_in = LOGIN, .is_valid = TRUE },
  { "master/spelling", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, " ada@ACME.test ",
    .incoming = MAILBOX "*" LOGIN, .outgoing = MAILBOX "*" LOGIN, .sign_in = LOGIN,
    .is_valid = TRUE },
  { "master/bare", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, " admin ",
    .incoming = MAILBOX "*admin", .outgoing = MAILBOX "*admin", .is_valid = TRUE },
  { "master/bare-with-at", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, "admin@masters",
    .incoming = MAILBOX "*admin@masters", .outgoing = MAILBOX "*admin@masters",
    .is_valid = TRUE },
  { "master/bare-separate", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, "admin",
    .is_separate = TRUE, .incoming = MAILBOX "*admin", .is_valid = TRUE },
  { "master/longest", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, NAME_OF_64,
    .incoming = MAILBOX "*" NAME_OF_64, .outgoing = MAILBOX "*" NAME_OF_64, .is_valid = TRUE },
  { "master/longest-not-ascii", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, NAME_OF_32 NAME_OF_31 "é",
    .incoming = MAILBOX "*" NAME_OF_32 NAME_OF_31 "é",
    .outgoing = MAILBOX "*" NAME_OF_32 NAME_OF_31 "é", .is_valid = TRUE },
  { "master/too-long", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, NAME_OF_64 "a",
    .has_finding = TRUE },
  { "master/star", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, "ad*min", .has_finding = TRUE },
  { "master/star-in-address", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, "a*b@acme.test",
    .has_finding = TRUE },
  { "master/control", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, "ad\tmin", .has_finding = TRUE },
  { "master/line", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, "admin\r\nA LOGOUT",
    .has_finding = TRUE },
  { "master/spaces", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, "  ", .has_finding = TRUE },
  { "master/itself", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD, MAILBOX, .has_finding = TRUE },
  { "master/empty", TL_SHARED_MASTER, NULL, TL_AUTH_PASSWORD },
  { "folder", TL_SHARED_FOLDER, NULL, TL_AUTH_PASSWORD, LOGIN, "shared/Sales",
    .incoming = LOGIN, .outgoing = LOGIN, .opens = "shared/Sales", .sign_in = LOGIN,
    .is_valid = TRUE },
  { "folder/none", TL_SHARED_FOLDER, NULL, TL_AUTH_PASSWORD, LOGIN, .has_finding = TRUE },
  { "folder/bare", TL_SHARED_FOLDER, NULL, TL_AUTH_PASSWORD, "admin", "shared/Sales",
    .has_finding = TRUE },
  { "folder/no-login", TL_SHARED_FOLDER, NULL, TL_AUTH_PASSWORD, NULL, "shared/Sales",
    .has_finding = TRUE },
  { "folder/control", TL_SHARED_FOLDER, NULL, TL_AUTH_PASSWORD, LOGIN, "a\r\nb LOGOUT",
    .has_finding = TRUE },
  { "folder/empty", TL_SHARED_FOLDER, NULL, TL_AUTH_PASSWORD },
};

static TlIdentity *
identity_new (void)
{
  TlIdentity *identity = tl_identity_new ();
  g_autoptr(TlAddress) mailbox = tl_address_parse (MAILBOX, NULL);

  tl_identity_set_mailbox (identity, mailbox);

  return identity;
}

static void
test_way (gconstpointer data)
{
  const WayCase *c = data;
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autoptr(TlFinding) finding = NULL;
  g_autofree char *incoming = NULL;
  g_autofree char *outgoing = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *sign_in = NULL;
  gboolean is_valid;

  tl_identity_set_provider (identity, c->provider == NULL ? NULL : tl_providers_find (c->provider));
  tl_identity_set_auth (identity, c->auth);
  g_object_set (identity,
                "shared-way", c->way,
                "login", c->login,
                "shared-folder", c->folder,
                "separate-sending", c->is_separate,
                NULL);

  incoming = tl_identity_dup_username (identity, TL_LANE_INCOMING);
  outgoing = tl_identity_dup_username (identity, TL_LANE_OUTGOING);
  folder = tl_identity_dup_folder (identity);
  sign_in = tl_identity_dup_sign_in (identity);
  g_object_get (identity, "login-finding", &finding, "valid", &is_valid, NULL);
  g_assert_cmpstr (incoming, ==, c->incoming);
  g_assert_cmpstr (outgoing, ==, c->outgoing);
  g_assert_cmpstr (folder, ==, c->opens);
  g_assert_cmpstr (sign_in, ==, c->sign_in);
  g_assert_cmpint (is_valid, ==, c->is_valid);
  g_assert_cmpint (tl_identity_is_valid (identity), ==, c->is_valid);
  g_assert_cmpstr (finding == NULL ? NULL : tl_finding_get_id (finding), ==,
                   c->has_finding ? "input.login" : NULL);
}

typedef struct
{
  const char *name;
  const char *host;
  const char *relay;
  gboolean    is_separate;
} ServerCase;

static const ServerCase server_cases[] = {
  { "sendgrid", "smtp.sendgrid.net", "sendgrid", TRUE },
  { "region", "email-smtp.eu-west-1.amazonaws.com", "amazon-ses", TRUE },
  { "mailbox-provider", "smtp.gmail.com", NULL, FALSE },
  { "unknown", "smtp.acme.test", NULL, FALSE },
  { "like-it", "smtp.sendgrid.net.acme.test", NULL, FALSE },
  { "nothing", "", NULL, FALSE },
  { "not-typed", NULL, NULL, FALSE },
};

static void
test_server (gconstpointer data)
{
  const ServerCase *c = data;
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autofree char *relay = NULL;

  tl_identity_see_server (identity, c->host);
  g_object_get (identity, "relay", &relay, NULL);
  g_assert_cmpstr (relay, ==, c->relay);
  g_assert_cmpint (tl_identity_is_separate (identity), ==, c->is_separate);
  /* Its server is there already: nothing is to be filled in. */
  g_assert_null (tl_identity_get_chosen_relay (identity));
}

static void
test_server_left (void)
{
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autofree char *relay = NULL;

  tl_identity_see_server (identity, "smtp.sendgrid.net");
  tl_identity_see_server (identity, "smtp.acme.test");
  g_object_get (identity, "relay", &relay, NULL);
  g_assert_null (relay);
  g_assert_true (tl_identity_is_separate (identity));
}

/* A server that is not typed says nothing of a service that was chosen, and much of one that was
 * only known by the server that is gone. */
static void
test_server_gone (void)
{
  static const struct
  {
    gboolean    is_chosen;
    const char *host;
    gboolean    stays;
  } cases[] = {
    { TRUE, NULL, TRUE },
    { TRUE, "", TRUE },
    { TRUE, "smtp.sendgrid.net", TRUE },
    { TRUE, "smtp.acme.test", FALSE },
    { FALSE, NULL, FALSE },
    { FALSE, "", FALSE },
    { FALSE, "smtp.sendgrid.net", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlIdentity) identity = identity_new ();
      g_autofree char *relay = NULL;

      if (cases[i].is_chosen)
        g_assert_true (tl_identity_choose_relay (identity, "sendgrid"));
      else
        tl_identity_see_server (identity, "smtp.sendgrid.net");
      tl_identity_see_server (identity, cases[i].host);
      g_object_get (identity, "relay", &relay, NULL);
      g_assert_cmpstr (relay, ==, cases[i].stays ? "sendgrid" : NULL);
      g_assert_cmpstr (tl_identity_get_chosen_relay (identity), ==,
                       cases[i].stays && cases[i].is_chosen ? "sendgrid" : NULL);
      g_assert_true (tl_identity_is_separate (identity));
    }
}

static void
test_choose (void)
{
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autofree char *name = NULL;
  g_autofree char *other = NULL;

  g_assert_true (tl_identity_choose_relay (identity, "sendgrid"));
  g_assert_true (tl_identity_is_separate (identity));
  g_assert_cmpstr (tl_identity_get_chosen_relay (identity), ==, "sendgrid");
  g_object_get (identity, "outgoing-secret-name", &name, NULL);
  g_assert_cmpstr (name, ==, tl_provider_get_secret_name (tl_providers_find ("sendgrid")));

  g_assert_false (tl_identity_choose_relay (identity, "google"));
  g_assert_false (tl_identity_choose_relay (identity, "nobody"));
  g_assert_cmpstr (tl_identity_get_chosen_relay (identity), ==, "sendgrid");

  g_object_set (identity, "separate-sending", FALSE, NULL);
  g_assert_null (tl_identity_get_chosen_relay (identity));
  g_object_get (identity, "outgoing-secret-name", &other, NULL);
  g_assert_cmpstr (other, !=, name);
}

static void
test_relays (void)
{
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autoptr(GListModel) relays = NULL;
  g_autofree char *before = NULL;
  guint n_in_table = 0;

  for (guint i = 0; i < tl_providers_get_all ()->len; i++)
    n_in_table += tl_provider_get_kind (tl_providers_get_all ()->pdata[i]) == TL_PROVIDER_RELAY;

  g_object_get (identity, "relays", &relays, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (relays), ==, n_in_table);
  g_assert_cmpuint (n_in_table, >, 10);
  for (guint i = 0; i < n_in_table; i++)
    {
      g_autoptr(TlRelay) relay = g_list_model_get_item (relays, i);
      TlProvider *provider = tl_providers_find (tl_relay_get_id (relay));
      g_autofree char *name = NULL;
      g_autofree char *secret_name = NULL;

      g_object_get (relay, "name", &name, "secret-name", &secret_name, NULL);
      g_assert_cmpstr (name, ==, tl_provider_get_name (provider));
      g_assert_cmpstr (secret_name, ==, tl_provider_get_secret_name (provider));
      if (before != NULL)
        g_assert_cmpint (g_utf8_collate (before, name), <=, 0);
      g_free (before);
      before = g_steal_pointer (&name);
    }
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_changed (void)
{
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autoptr(TlAddress) same = tl_address_parse (MAILBOX, NULL);
  guint n = 0;

  g_signal_connect_swapped (identity, "changed", G_CALLBACK (count), &n);

  g_object_set (identity, "shared-way", TL_SHARED_MASTER, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_object_set (identity, "shared-way", TL_SHARED_MASTER, "login", NULL, NULL);
  tl_identity_set_mailbox (identity, same);
  tl_identity_set_auth (identity, TL_AUTH_PASSWORD);
  tl_identity_choose_relay (identity, "nobody");
  g_assert_cmpuint (n, ==, 1);
  g_object_set (identity, "login", LOGIN, NULL);
  g_assert_cmpuint (n, ==, 2);
  tl_identity_choose_relay (identity, "sendgrid");
  g_assert_cmpuint (n, ==, 3);
}

/* What was said of one mailbox is not true of another. */
static void
test_other_mailbox (void)
{
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autoptr(TlAddress) other = tl_address_parse ("eva@acme.test", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *relay = NULL;
  guint n = 0;

  g_object_set (identity, "shared-way", TL_SHARED_FOLDER, "login", LOGIN, "shared-folder", "x",
                "relay", "sendgrid", NULL);
  g_assert_true (tl_identity_is_valid (identity));
  g_assert_cmpstr (tl_identity_get_login (identity), ==, LOGIN);

  g_signal_connect_swapped (identity, "changed", G_CALLBACK (count), &n);
  tl_identity_set_mailbox (identity, other);
  /* Once: in between it would be half the one's and half the other's. */
  g_assert_cmpuint (n, ==, 1);
  g_object_get (identity, "shared-folder", &folder, "relay", &relay, NULL);
  g_assert_cmpint (tl_identity_get_shared_way (identity), ==, TL_SHARED_NOT);
  g_assert_null (tl_identity_get_login (identity));
  g_assert_null (folder);
  g_assert_null (relay);
  g_assert_false (tl_identity_is_separate (identity));
}

static void
test_provider (void)
{
  g_autoptr(TlIdentity) identity = identity_new ();
  g_autoptr(GListModel) notes = NULL;
  gboolean can_share;

  g_object_get (identity, "shared-notes", &notes, "can-share-by-provider", &can_share, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 0);
  g_assert_false (can_share);

  tl_identity_set_provider (identity, tl_providers_find ("microsoft-365"));
  tl_identity_set_auth (identity, TL_AUTH_OAUTH2);
  g_object_get (identity, "can-share-by-provider", &can_share, NULL);
  g_assert_true (can_share);
  g_assert_cmpuint (g_list_model_get_n_items (notes), >, 0);

  tl_identity_set_provider (identity, NULL);
  g_object_get (identity, "can-share-by-provider", &can_share, NULL);
  g_assert_false (can_share);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (way_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/identity/way/", way_cases[i].name, NULL);

      g_test_add_data_func (path, &way_cases[i], test_way);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (server_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/identity/server/", server_cases[i].name, NULL);

      g_test_add_data_func (path, &server_cases[i], test_server);
    }
  g_test_add_func ("/identity/server-left", test_server_left);
  g_test_add_func ("/identity/server-gone", test_server_gone);
  g_test_add_func ("/identity/choose", test_choose);
  g_test_add_func ("/identity/relays", test_relays);
  g_test_add_func ("/identity/changed", test_changed);
  g_test_add_func ("/identity/other-mailbox", test_other_mailbox);
  g_test_add_func ("/identity/provider", test_provider);

  return g_test_run ();
}
