/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-host-pattern.h"
#include "tl-provider-details.h"
#include "tl-provider-words.h"

/* Every file of data/providers/ has to hold what it promises: who adds a
 * provider writes no test. */

/* A name that @pattern takes. */
static char *
make_example (const char *pattern)
{
  const char *start = strpbrk (pattern, "*{");
  const char *rest;

  if (start == NULL)
    return g_strdup (pattern);

  rest = start + (*start == '{' ? strcspn (start, "}") + 1 : 1);

  return g_strdup_printf ("%.*s7%s", (int) (start - pattern), pattern, rest);
}

static gboolean
uses_server (TlProvider *provider,
             const char *host)
{
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      for (guint i = 0; i < tl_provider_get_n_endpoints (provider, lane); i++)
        {
          if (g_str_equal (tl_provider_get_server (provider, lane, i)->host, host))
            return TRUE;
        }
    }

  return FALSE;
}

static void
check_names (TlProvider *self)
{
  const char * const *domains = tl_provider_get_domains (self);
  const char * const *mx = tl_provider_get_mx (self);
  const char * const *spf = tl_provider_get_spf (self);
  const char * const *autodiscover = tl_provider_get_autodiscover (self);

  for (guint i = 0; domains[i] != NULL; i++)
    g_assert_true (tl_providers_find_by_domain (domains[i]) == self);
  for (guint i = 0; spf[i] != NULL; i++)
    g_assert_true (tl_providers_find_by_spf (spf[i]) == self);
  if (tl_provider_get_tenant (self) != NULL)
    g_assert_true (tl_providers_find_by_tenant (tl_provider_get_tenant (self)) == self);

  for (guint i = 0; mx[i] != NULL; i++)
    {
      g_autofree char *example = make_example (mx[i]);

      g_test_message ("%s", example);
      g_assert_true (tl_providers_find_by_mx (example) == self);
    }
  for (guint i = 0; autodiscover[i] != NULL; i++)
    {
      g_autofree char *example = make_example (autodiscover[i]);

      g_test_message ("%s", example);
      g_assert_true (tl_providers_find_by_autodiscover (example) == self);
    }
}

/* The mail exchanger from which @template can be filled; NULL when none is needed or there is none. */
static char *
find_exchanger (TlProvider *self,
                const char *template)
{
  const char * const *mx = tl_provider_get_mx (self);
  const char *start = strchr (template, '{');
  g_autofree char *word = start == NULL ? NULL : g_strndup (start, strcspn (start, "}") + 1);

  if (word == NULL || g_str_equal (word, "{domain}"))
    return NULL;

  for (guint i = 0; mx[i] != NULL; i++)
    {
      g_autofree char *example = make_example (mx[i]);
      g_autofree char *caught = tl_host_pattern_catch (mx[i], word, example);

      if (caught != NULL || g_str_equal (word, "{mx}"))
        return g_steal_pointer (&example);
    }

  return NULL;
}

static void
check_server (TlProvider *self,
              TlLaneKind  lane,
              guint       index,
              TlAddress  *address)
{
  const TlProviderServer *server = tl_provider_get_server (self, lane, index);
  gboolean whole = strchr (server->host, '{') == NULL;
  gboolean by_domain = strstr (server->host, "{domain}") != NULL;
  gboolean by_exchanger = strstr (server->host, "{mx}") != NULL;
  g_autofree char *exchanger = find_exchanger (self, server->host);
  g_autofree char *example = make_example (server->host);
  gboolean fillable = whole || by_domain || exchanger != NULL;
  TlProvider *found = tl_providers_find_by_host (example);
  g_autoptr(TlLaneSettings) settings = tl_provider_dup_settings (self, lane, index, address,
                                                                 exchanger);

  g_test_message ("%s:%u", server->host, server->port);
  g_assert_cmpuint (server->port, !=, 25);
  g_assert_cmpint (server->security, !=, TL_SECURITY_NONE);
  /* What no name can lead to may stay open, as the region of a relay may. */
  g_assert_true (fillable || tl_provider_get_kind (self) == TL_PROVIDER_RELAY);
  if (fillable && tl_provider_get_username (self, lane, NULL) != TL_USERNAME_GIVEN)
    {
      TlEndpoint *endpoint;

      g_assert_nonnull (settings);
      endpoint = tl_lane_settings_get_endpoint (settings);
      if (whole)
        g_assert_cmpstr (tl_endpoint_get_host (endpoint), ==, server->host);
      g_assert_null (strpbrk (tl_endpoint_get_host (endpoint), "{}*"));
      g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, server->port);
      g_assert_cmpint (tl_endpoint_get_security (endpoint), ==, server->security);
    }
  else
    {
      g_assert_null (settings);
    }

  if (by_domain || by_exchanger)
    g_assert_null (found);
  else
    g_assert_true (found != NULL && uses_server (found, server->host));
}

static void
check_words (TlProvider *self)
{
  const TlAuth *sign_in;
  guint n_sign_in = tl_provider_get_sign_in (self, &sign_in);
  gboolean oauth = tl_provider_takes (self, TL_AUTH_OAUTH2);
  gboolean app_password = tl_provider_takes (self, TL_AUTH_APP_PASSWORD);

  g_assert_cmpuint (n_sign_in, >, 0);
  g_assert_true (tl_provider_takes (self, sign_in[0]));
  g_assert_cmpint (tl_provider_get_oauth_issuer (self) != NULL, ==, oauth);
  g_assert_cmpint (tl_provider_get_oauth_scopes (self)[0] != NULL, ==, oauth);
  if (tl_provider_get_app_password_link (self) != NULL)
    g_assert_true (app_password);
  g_assert_cmpint (tl_provider_get_app_password_steps (self)[0] != NULL, ==, app_password);

  for (guint i = 0; i < tl_provider_get_n_prerequisites (self); i++)
    g_assert_cmpuint (strlen (tl_provider_get_prerequisite (self, i)->text), >, 0);
  for (guint i = 0; i < tl_provider_get_n_notices (self); i++)
    g_assert_cmpuint (strlen (tl_provider_get_notice (self, i)->text), >, 0);
  for (guint i = 0; i < tl_provider_get_n_limits (self); i++)
    {
      const TlProviderLimit *limit = tl_provider_get_limit (self, i);

      g_assert_cmpuint (limit->value, >, 0);
      g_assert_cmpuint (strlen (limit->as_of), ==, strlen ("2026-01-31"));
      g_assert_cmpuint (strlen (limit->source), >, 0);
    }
  g_assert_cmpuint (strlen (tl_provider_get_checked_on (self)), ==, strlen ("2026-01-31"));
}

static void
test_file (gconstpointer data)
{
  TlProvider *self = (TlProvider *) data;
  const char *domain = tl_provider_get_domains (self)[0];
  g_autofree char *typed = g_strconcat ("ada@", domain != NULL ? domain : "example.org", NULL);
  g_autoptr(TlAddress) address = tl_address_parse (typed, NULL);
  guint n_incoming = tl_provider_get_n_endpoints (self, TL_LANE_INCOMING);
  guint n_outgoing = tl_provider_get_n_endpoints (self, TL_LANE_OUTGOING);

  g_assert_nonnull (address);
  g_assert_true (tl_providers_find (tl_provider_get_id (self)) == self);
  g_assert_cmpuint (tl_provider_get_n_endpoints (self, TL_LANE_NONE), ==, 0);
  if (tl_provider_get_kind (self) == TL_PROVIDER_RELAY)
    {
      g_assert_cmpuint (n_incoming, ==, 0);
      g_assert_null (domain);
      g_assert_null (tl_provider_get_mx (self)[0]);
    }

  check_names (self);
  for (guint i = 0; i < n_incoming; i++)
    check_server (self, TL_LANE_INCOMING, i, address);
  for (guint i = 0; i < n_outgoing; i++)
    check_server (self, TL_LANE_OUTGOING, i, address);
  check_words (self);
}

static void
claim_all (GHashTable         *claimed,
           const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_true (g_hash_table_add (claimed, (gpointer) names[i]));
    }
}

/* Two providers that claim the same would be told apart by the order of files. */
static void
test_claims (void)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autoptr(GHashTable) domains = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) mx = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) spf = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) autodiscover = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) tenants = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);
      const char *tenant = tl_provider_get_tenant (provider);

      claim_all (domains, tl_provider_get_domains (provider));
      claim_all (mx, tl_provider_get_mx (provider));
      claim_all (spf, tl_provider_get_spf (provider));
      claim_all (autodiscover, tl_provider_get_autodiscover (provider));
      claim_all (tenants, (const char * const []) { tenant, NULL });
      if (i > 0)
        g_assert_cmpstr (tl_provider_get_id (g_ptr_array_index (all, i - 1)), <,
                         tl_provider_get_id (provider));
    }
}

/* Who has to be there: the survey of providers that the table was made from,
 * row by row. One file may serve two rows, as Gmail and Google Workspace do,
 * and a row may need several, as a company in several countries does. */
static const char * const mailbox_rows[] = {
  "google",                    /* 1 */
  "google",                    /* 2 */
  "microsoft-365",             /* 3 */
  "outlook-com",               /* 4 */
  "yahoo",                     /* 5 */
  "yahoo-small-business",      /* 6 */
  "aol",                       /* 7 */
  "att",                       /* 8 */
  "zoho",                      /* 9 */
  "zoho-personal",             /* 10 */
  "zoho-au zoho-ca zoho-cn zoho-eu zoho-in zoho-jp zoho-sa", /* 11 */
  "fastmail",                  /* 12 */
  "icloud",                    /* 13 */
  "godaddy",                   /* 14 */
  "microsoft-365",             /* 15 */
  "ionos ionos-de ionos-es ionos-fr ionos-uk", /* 16 */
  "ovh",                       /* 17 */
  "namecheap",                 /* 18 */
  "rackspace",                 /* 19 */
  "amazon-workmail",           /* 20 */
  "proton",                    /* 21 */
  "proton-business",           /* 22 */
  "hostinger",                 /* 23 */
  "titan",                     /* 24 */
  "gandi",                     /* 25 */
  "infomaniak",                /* 26 */
  "mailbox-org",               /* 27 */
  "migadu",                    /* 28 */
  "yandex",                    /* 29 */
  "mail-ru",                   /* 30 */
  "gmx",                       /* 31 */
  "gmx-com",                   /* 32 */
  "web-de",                    /* 33 */
  "mail-com",                  /* 34 */
  "t-online",                  /* 35 */
  "strato",                    /* 36 */
  "one-com",                   /* 37 */
  "aruba",                     /* 38 */
  "aruba-pec",                 /* 39 */
  "mxroute",                   /* 40 */
  "dreamhost",                 /* 41 */
  "bluehost",                  /* 42 */
  "siteground",                /* 43 */
  "cpanel",                    /* 44 */
  "hetzner",                   /* 45 */
  "domainfactory",             /* 46 */
  "mittwald",                  /* 47 */
  "all-inkl",                  /* 48 */
  "combell",                   /* 49 */
  "loopia",                    /* 50 */
  "soverin",                   /* 51 */
  "purelymail",                /* 52 */
  "runbox",                    /* 53 */
  "pobox",                     /* 54 */
  "posteo",                    /* 55 */
  "startmail",                 /* 56 */
  "mailfence",                 /* 57 */
  "forward-email",             /* 58 */
  "opensrs",                   /* 59 */
  "123-reg",                   /* 60 */
  "ox-cloud ox-cloud-us",      /* 61 */
  "thundermail",               /* 62 */
  "scaleway",                  /* 63 */
  "zone",                      /* 64 */
  "seznam",                    /* 65 */
  "qq",                        /* 66 */
  "tencent-exmail",            /* 67 */
  "netease-126 netease-163 netease-yeah", /* 68 */
  "netease-enterprise",        /* 69 */
  "alibaba alibaba-sg",        /* 70 */
  "naver",                     /* 71 */
  "daum kakao",                /* 72 */
  "feishu lark",               /* 73 */
  "comcast",                   /* 74 */
};

static const char * const relays[] = {
  "amazon-ses", "sendgrid", "mailgun", "postmark", "smtp2go", "brevo", "sparkpost", "mailjet",
  "elastic-email", "mandrill", "resend", "mailersend", "mailtrap", "google-smtp-relay",
  "forward-email-relay",
};

static void
check_row (const char     *ids,
           TlProviderKind  kind)
{
  g_auto(GStrv) row = g_strsplit (ids, " ", -1);

  for (guint i = 0; row[i] != NULL; i++)
    {
      TlProvider *provider = tl_providers_find (row[i]);

      g_test_message ("%s", row[i]);
      g_assert_nonnull (provider);
      g_assert_cmpint (tl_provider_get_kind (provider), ==, kind);
    }
}

static void
test_rows (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (mailbox_rows), ==, 74);
  g_assert_cmpuint (G_N_ELEMENTS (relays), ==, 15);
  for (gsize i = 0; i < G_N_ELEMENTS (mailbox_rows); i++)
    check_row (mailbox_rows[i], TL_PROVIDER_MAILBOX);
  for (gsize i = 0; i < G_N_ELEMENTS (relays); i++)
    check_row (relays[i], TL_PROVIDER_RELAY);
}

static void
test_words (void)
{
  GPtrArray *providers = tl_providers_get_all ();

  g_test_summary ("No word of a limit or its source reaches people as the table has it");

  for (guint i = 0; i < providers->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (providers, i);

      for (guint j = 0; j < tl_provider_get_n_limits (provider); j++)
        {
          const TlProviderLimit *limit = tl_provider_get_limit (provider, j);

          g_assert_cmpstr (tl_provider_limit_get_label (limit->what), !=, limit->what);
          g_assert_cmpstr (tl_provider_source_get_label (limit->source), !=, limit->source);
        }
    }
  g_assert_cmpstr (tl_provider_limit_get_label ("x"), ==, "x");
  g_assert_cmpstr (tl_provider_source_get_label ("Example Ltd"), ==, "Example Ltd");
  g_assert_null (tl_provider_source_get_label (NULL));
}

int
main (int   argc,
      char *argv[])
{
  GPtrArray *all;

  g_test_init (&argc, &argv, NULL);

  all = tl_providers_get_all ();
  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);
      g_autofree char *path = g_strconcat ("/provider-table/file/", tl_provider_get_id (provider),
                                           NULL);

      g_test_add_data_func (path, provider, test_file);
    }
  g_test_add_func ("/provider-table/claims", test_claims);
  g_test_add_func ("/provider-table/rows", test_rows);
  g_test_add_func ("/provider-table/words", test_words);

  return g_test_run ();
}
