/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider.h"

#include "tl-diagnosis.h"
#include "tl-error.h"
#include "tl-gateway.h"
#include "tl-interceptor.h"
#include "tl-policy.h"
#include "tl-provider-details.h"

typedef struct
{
  const char *name;
  const char *asked;
  const char *expected; /* id, or NULL */
} FindCase;

static const FindCase domain_cases[] = {
  { "gmail",       "gmail.com",       "google" },
  { "any-case",    "GMail.COM",       "google" },
  { "final-dot",   "gmail.com.",      "google" },
  { "googlemail",  "googlemail.com",  "google" },
  { "hotmail",     "hotmail.com",     "outlook-com" },
  { "ymail",       "ymail.com",       "yahoo" },
  { "me",          "me.com",          "icloud" },
  { "zohomail",    "zohomail.com",    "zoho-personal" },
  { "fastmail-fm", "fastmail.fm",     "fastmail" },
  { "below",       "mail.gmail.com",  NULL },
  { "glued",       "notgmail.com",    NULL },
  { "own",         "example.org",     NULL },
  { "empty",       "",                NULL },
};

static void
test_domain (gconstpointer data)
{
  const FindCase *c = data;
  TlProvider *provider = tl_providers_find_by_domain (c->asked);

  g_assert_cmpstr (provider != NULL ? tl_provider_get_id (provider) : NULL, ==, c->expected);
}

static const FindCase mx_cases[] = {
  { "google",          "aspmx.l.google.com",                           "google" },
  { "google-alt",      "ALT1.ASPMX.L.GOOGLE.COM.",                     "google" },
  { "google-whole",    "smtp.google.com",                              "google" },
  { "google-old",      "aspmx2.googlemail.com",                        "google" },
  { "microsoft",       "example-org.mail.protection.outlook.com",      "microsoft-365" },
  { "outlook",         "outlook-com.olc.protection.outlook.com",       "outlook-com" },
  { "yahoo",           "mta5.am0.yahoodns.net",                        "yahoo" },
  { "longest",         "mx-biz.mail.am0.yahoodns.net",                 "yahoo-small-business" },
  { "icloud",          "mx01.mail.icloud.com",                         "icloud" },
  { "zoho",            "mx.zoho.com",                                  "zoho" },
  { "zoho-eu",         "mx2.zoho.eu",                                  "zoho-eu" },
  { "zoho-in",         "mx3.zoho.in",                                  "zoho-in" },
  { "zoho-au",         "mx.zoho.com.au",                               "zoho-au" },
  { "zoho-jp",         "mx.zoho.jp",                                   "zoho-jp" },
  { "zoho-ca",         "mx.zohocloud.ca",                              "zoho-ca" },
  { "zoho-sa",         "mx.zoho.sa",                                   "zoho-sa" },
  { "zoho-cn",         "mx.zoho.com.cn",                               "zoho-cn" },
  { "fastmail",        "in1-smtp.messagingengine.com",                 "fastmail" },
  { "ionos",           "mx00.ionos.com",                               "ionos" },
  { "ionos-de",        "mx01.kundenserver.de",                         "ionos-de" },
  { "ionos-uk",        "mx00.ionos.co.uk",                             "ionos-uk" },
  { "godaddy",         "mailstore1.europe.secureserver.net",           "godaddy" },
  { "namecheap",       "mx1.privateemail.com",                         "namecheap" },
  { "titan",           "mx1.titan.email",                              "titan" },
  { "ovh",             "mx1.mail.ovh.net",                             "ovh" },
  { "label-boundary",  "evil-l.google.com",                            NULL },
  { "suffix-alone",    "l.google.com",                                 NULL },
  { "behind",          "aspmx.l.google.com.evil.test",                 NULL },
  { "whole-only",      "x.smtp.google.com",                            NULL },
  { "ovh-machine",     "vps1.ovh.net",                                 NULL },
  { "star",            "mxext3.mailbox.org",                           "mailbox-org" },
  { "star-no-label",   "mxext3.a.mailbox.org",                         NULL },
  { "word",            "inbound-smtp.eu-west-1.amazonaws.com",         "amazon-workmail" },
  { "word-one-label",  "inbound-smtp.a.b.amazonaws.com",               NULL },
  { "more-literal",    "mx.pec.aruba.it",                              "aruba-pec" },
  { "less-literal",    "mx.fi1.aruba.it",                              "aruba" },
  { "gateway",         "eu-smtp-inbound-1.mimecast.com",               NULL },
  { "gateway-ours",    "mx10.mailspamprotection.com",                  "siteground" },
  { "gateway-theirs",  "a.mailspamprotection.com",                     NULL },
  { "empty",           "",                                             NULL },
};

static void
test_mx (gconstpointer data)
{
  const FindCase *c = data;
  TlProvider *provider = tl_providers_find_by_mx (c->asked);

  g_assert_cmpstr (provider != NULL ? tl_provider_get_id (provider) : NULL, ==, c->expected);
}

static const FindCase host_cases[] = {
  { "incoming",  "imap.gmail.com",          "google" },
  { "outgoing",  "smtp.office365.com",      "microsoft-365" },
  { "shared",    "outlook.office365.com",   "microsoft-365" },
  { "any-case",  "IMAP.Titan.email",        "titan" },
  { "word",      "imap.mail.us-east-1.awsapps.com", "amazon-workmail" },
  { "words",     "imap.mail.a.b.awsapps.com", NULL },
  { "relay",     "smtp.sendgrid.net",       "sendgrid" },
  { "relay-word", "email-smtp.eu-west-1.amazonaws.com", "amazon-ses" },
  { "mailbox-first", "smtp.forwardemail.net", "forward-email" },
  { "by-domain", "mail.example.org",        NULL },
  { "by-mx",     "w0123456.kasserver.com",  NULL },
  { "unknown",   "imap.example.org",        NULL },
  { "below",     "x.imap.gmail.com",        NULL },
};

static void
test_host (gconstpointer data)
{
  const FindCase *c = data;
  TlProvider *provider = tl_providers_find_by_host (c->asked);

  g_assert_cmpstr (provider != NULL ? tl_provider_get_id (provider) : NULL, ==, c->expected);
}

typedef struct
{
  const char *name;
  const char *id;
  TlLaneKind  lane;
  const char *host;
  gboolean    expected;
} HasHostCase;

static const HasHostCase has_host_cases[] = {
  { "in",         "google", TL_LANE_INCOMING, "imap.gmail.com", TRUE },
  { "any-case",   "google", TL_LANE_INCOMING, "IMAP.Gmail.com.", TRUE },
  { "other-lane", "google", TL_LANE_OUTGOING, "imap.gmail.com", FALSE },
  { "below",      "google", TL_LANE_INCOMING, "x.imap.gmail.com", FALSE },
  { "same-site",  "google", TL_LANE_INCOMING, "mail.gmail.com", FALSE },
  { "another",    "google", TL_LANE_INCOMING, "outlook.office365.com", FALSE },
  { "shared-1",   "microsoft-365", TL_LANE_INCOMING, "outlook.office365.com", TRUE },
  { "shared-2",   "outlook-com", TL_LANE_INCOMING, "outlook.office365.com", TRUE },
  { "word",       "amazon-workmail", TL_LANE_INCOMING, "imap.mail.eu-west-1.awsapps.com", TRUE },
  { "words",      "amazon-workmail", TL_LANE_INCOMING, "imap.mail.a.b.awsapps.com", FALSE },
  { "exchanger",  "all-inkl", TL_LANE_INCOMING, "w0123456.kasserver.com", TRUE },
  { "stranger",   "all-inkl", TL_LANE_INCOMING, "mail.example.org", FALSE },
  { "by-domain",  "cpanel", TL_LANE_INCOMING, "mail.example.org", FALSE },
  { "none",       "sendgrid", TL_LANE_INCOMING, "smtp.sendgrid.net", FALSE },
};

static void
test_has_host (gconstpointer data)
{
  const HasHostCase *c = data;
  TlProvider *provider = tl_providers_find (c->id);

  g_assert_nonnull (provider);
  g_assert_cmpint (tl_provider_has_host (provider, c->lane, c->host), ==, c->expected);
}

static const FindCase spf_cases[] = {
  { "google",     "_spf.google.com",             "google" },
  { "any-case",   "_SPF.Google.com.",            "google" },
  { "microsoft",  "spf.protection.outlook.com",  "microsoft-365" },
  { "fastmail",   "spf.messagingengine.com",     "fastmail" },
  { "below",      "x._spf.google.com",           NULL },
  { "relay",      "sendgrid.net",                NULL },
  { "empty",      "",                            NULL },
};

static void
test_spf (gconstpointer data)
{
  const FindCase *c = data;
  TlProvider *provider = tl_providers_find_by_spf (c->asked);

  g_assert_cmpstr (provider != NULL ? tl_provider_get_id (provider) : NULL, ==, c->expected);
}

static const FindCase autodiscover_cases[] = {
  { "microsoft",  "autodiscover.outlook.com",    "microsoft-365" },
  { "any-case",   "Autodiscover.Outlook.com.",   "microsoft-365" },
  { "other",      "autodiscover.example.org",    NULL },
  { "empty",      "",                            NULL },
};

static void
test_autodiscover (gconstpointer data)
{
  const FindCase *c = data;
  TlProvider *provider = tl_providers_find_by_autodiscover (c->asked);

  g_assert_cmpstr (provider != NULL ? tl_provider_get_id (provider) : NULL, ==, c->expected);
}

typedef struct
{
  const char *name;
  const char *id;
  TlLaneKind  lane;
  guint       index;
  const char *host;      /* NULL: no settings can be made */
  guint       port;
  TlSecurity  security;
  TlAuth      auth;
  const char *username;
  const char *mx_host;
} SettingsCase;

static const SettingsCase settings_cases[] = {
  { "google-in",    "google",        TL_LANE_INCOMING, 0, "imap.gmail.com", 993, TL_SECURITY_TLS,
    TL_AUTH_APP_PASSWORD, "ada@example.org" },
  { "google-out",   "google",        TL_LANE_OUTGOING, 0, "smtp.gmail.com", 465, TL_SECURITY_TLS,
    TL_AUTH_APP_PASSWORD, "ada@example.org" },
  { "google-out-2", "google",        TL_LANE_OUTGOING, 1, "smtp.gmail.com", 587,
    TL_SECURITY_STARTTLS, TL_AUTH_APP_PASSWORD, "ada@example.org" },
  { "microsoft",    "microsoft-365", TL_LANE_OUTGOING, 0, "smtp.office365.com", 587,
    TL_SECURITY_STARTTLS, TL_AUTH_OAUTH2, "ada@example.org" },
  { "yahoo",        "yahoo",         TL_LANE_INCOMING, 0, "imap.mail.yahoo.com", 993,
    TL_SECURITY_TLS, TL_AUTH_APP_PASSWORD, "ada@example.org" },
  { "icloud-in",    "icloud",        TL_LANE_INCOMING, 0, "imap.mail.me.com", 993,
    TL_SECURITY_TLS, TL_AUTH_APP_PASSWORD, "ada" },
  { "icloud-out",   "icloud",        TL_LANE_OUTGOING, 0, "smtp.mail.me.com", 587,
    TL_SECURITY_STARTTLS, TL_AUTH_APP_PASSWORD, "ada@example.org" },
  { "titan",        "titan",         TL_LANE_INCOMING, 0, "imap.titan.email", 993,
    TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "word",         "amazon-workmail", TL_LANE_INCOMING, 0, "imap.mail.eu-west-1.awsapps.com",
    993, TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org",
    .mx_host = "Inbound-SMTP.eu-west-1.amazonaws.com." },
  { "word-unknown", "amazon-workmail", TL_LANE_INCOMING, 0, NULL },
  { "word-stranger", "amazon-workmail", TL_LANE_INCOMING, 0, NULL,
    .mx_host = "inbound-smtp.eu-west-1.example.com" },
  { "mx",           "all-inkl",      TL_LANE_OUTGOING, 0, "w0123456.kasserver.com", 465,
    TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org", .mx_host = "w0123456.kasserver.com" },
  { "mx-unknown",   "all-inkl",      TL_LANE_OUTGOING, 0, NULL },
  { "mx-stranger",  "all-inkl",      TL_LANE_OUTGOING, 0, NULL, .mx_host = "mx.example.com" },
  { "domain",       "siteground",    TL_LANE_INCOMING, 0, "mail.example.org", 993,
    TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "literal",      "sendgrid",      TL_LANE_OUTGOING, 0, "smtp.sendgrid.net", 587,
    TL_SECURITY_STARTTLS, TL_AUTH_PASSWORD, "apikey" },
  { "any",          "mandrill",      TL_LANE_OUTGOING, 0, "smtp.mandrillapp.com", 587,
    TL_SECURITY_STARTTLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "given",        "brevo",         TL_LANE_OUTGOING, 0, NULL },
  { "local-part",   "naver",         TL_LANE_INCOMING, 0, "imap.naver.com", 993,
    TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada" },
};

static void
test_settings (gconstpointer data)
{
  const SettingsCase *c = data;
  TlProvider *provider = tl_providers_find (c->id);
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlLaneSettings) settings = NULL;
  TlEndpoint *endpoint;

  g_assert_nonnull (provider);
  settings = tl_provider_dup_settings (provider, c->lane, c->index, address, c->mx_host);
  g_assert_cmpint (settings != NULL, ==, c->host != NULL);
  if (settings == NULL)
    return;
  endpoint = tl_lane_settings_get_endpoint (settings);

  g_assert_cmpint (tl_lane_settings_get_protocol (settings), ==,
                   tl_protocol_for_lane (c->lane));
  g_assert_cmpstr (tl_endpoint_get_host (endpoint), ==, c->host);
  g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, c->port);
  g_assert_cmpint (tl_endpoint_get_security (endpoint), ==, c->security);
  g_assert_cmpint (tl_lane_settings_get_auth (settings), ==, c->auth);
  g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, c->username);
}

static const struct
{
  const char *name;
  const char *id;
  TlLaneKind  lane;
  guint       index;
  gboolean    vouches;
} vouch_cases[] = {
  { "whole",        "google",          TL_LANE_INCOMING, 0, TRUE },
  { "word",         "amazon-workmail", TL_LANE_INCOMING, 0, TRUE },
  { "domain",       "siteground",      TL_LANE_OUTGOING, 0, TRUE },
  { "mx",           "all-inkl",        TL_LANE_INCOMING, 0, FALSE },
  { "mx-outgoing",  "all-inkl",        TL_LANE_OUTGOING, 0, FALSE },
  { "beside-mx",    "mxroute",         TL_LANE_INCOMING, 0, TRUE },
  { "second-is-mx", "mxroute",         TL_LANE_INCOMING, 1, FALSE },
};

static void
test_vouches (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vouch_cases); i++)
    {
      TlProvider *provider = tl_providers_find (vouch_cases[i].id);

      g_test_message ("%s", vouch_cases[i].name);
      g_assert_nonnull (provider);
      g_assert_cmpint (tl_provider_vouches (provider, vouch_cases[i].lane, vouch_cases[i].index),
                       ==, vouch_cases[i].vouches);
    }
}

static void
test_takes (void)
{
  TlProvider *google = tl_providers_find ("google");
  TlProvider *microsoft = tl_providers_find ("microsoft-365");

  g_assert_true (tl_provider_takes (google, TL_AUTH_OAUTH2));
  g_assert_true (tl_provider_takes (google, TL_AUTH_APP_PASSWORD));
  g_assert_false (tl_provider_takes (google, TL_AUTH_PASSWORD));
  g_assert_cmpint (tl_provider_get_preferred_auth (google), ==, TL_AUTH_APP_PASSWORD);
  g_assert_cmpint (tl_provider_get_preferred_auth (microsoft), ==, TL_AUTH_OAUTH2);
}

static void
test_words (void)
{
  TlProvider *google = tl_providers_find ("google");
  TlProvider *ovh = tl_providers_find ("ovh");

  g_assert_cmpuint (tl_provider_get_n_prerequisites (google), ==, 3);
  g_assert_nonnull (tl_provider_get_prerequisite (google, 0)->text);
  g_assert_true (g_str_has_prefix (tl_provider_get_app_password_link (google), "https://"));
  g_assert_nonnull (tl_provider_get_app_password_steps (google)[0]);

  g_assert_cmpuint (tl_provider_get_n_prerequisites (ovh), ==, 0);
  g_assert_null (tl_provider_get_app_password_link (ovh));
  g_assert_null (tl_provider_get_app_password_steps (ovh)[0]);
}

static TlProvider *
parse_corpus (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", "good", file, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  TlProvider *provider;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  provider = tl_provider_parse (text, -1, &error);
  g_assert_no_error (error);

  return provider;
}

/* What is known before anything failed: a day, who can do it, and which lane it is about. */
static const struct
{
  const char *id;
  gboolean    notice;
  guint       index;
  TlFixer     fixer;
  const char *as_of;
  TlLaneKind  lane;
} hint_cases[] = {
  { "microsoft-365", FALSE, 0, TL_FIXER_YOUR_ADMIN, "2026-11-21", TL_LANE_INCOMING },
  { "microsoft-365", FALSE, 1, TL_FIXER_YOUR_ADMIN, "2026-11-21", TL_LANE_OUTGOING },
  { "microsoft-365", TRUE,  1, TL_FIXER_YOUR_ADMIN, "2026-01-27", TL_LANE_OUTGOING },
  { "google",        FALSE, 1, TL_FIXER_YOUR_ADMIN, "2026-11-21", TL_LANE_INCOMING },
  { "zoho",          FALSE, 0, TL_FIXER_YOU,        "2026-11-21", TL_LANE_INCOMING },
  { "gmx",           FALSE, 0, TL_FIXER_YOU,        "2026-11-21", TL_LANE_INCOMING },
  { "titan",         FALSE, 0, TL_FIXER_YOU,        "2026-11-21", TL_LANE_NONE },
  { "sendgrid",      FALSE, 0, TL_FIXER_YOU,        NULL,         TL_LANE_NONE },
};

static void
test_hints (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hint_cases); i++)
    {
      TlProvider *provider = tl_providers_find (hint_cases[i].id);
      const TlPrerequisite *hint = hint_cases[i].notice
                                     ? tl_provider_get_notice (provider, hint_cases[i].index)
                                     : tl_provider_get_prerequisite (provider, hint_cases[i].index);

      g_test_message ("%s %u", hint_cases[i].id, hint_cases[i].index);
      g_assert_cmpint (hint->fixer, ==, hint_cases[i].fixer);
      g_assert_cmpstr (hint->as_of, ==, hint_cases[i].as_of);
      g_assert_cmpint (hint->lane, ==, hint_cases[i].lane);
    }
}

/* A form keeps what was typed from being sent, so an uncertain one is none. */
static void
test_form (void)
{
  static const char * const with[] = { "google", "yahoo", "aol", "icloud" };
  static const char * const without[] = { "fastmail", "zoho", "google-smtp-relay", "sendgrid" };
  g_autoptr(TlProvider) sure = parse_corpus ("provider-form.json");
  g_autoptr(TlProvider) doubtful = parse_corpus ("provider-form-unconfirmed.json");
  g_autoptr(TlProvider) hearsay = parse_corpus ("provider-form-hearsay.json");

  for (gsize i = 0; i < G_N_ELEMENTS (with); i++)
    {
      const TlAppPasswordForm *form = tl_provider_get_app_password_form (tl_providers_find (with[i]));

      g_test_message ("%s", with[i]);
      g_assert_nonnull (form);
      g_assert_cmpuint (form->len, ==, 16);
      g_assert_cmpint (form->alphabet, ==, TL_APP_PASSWORD_LOWER);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    {
      g_test_message ("%s", without[i]);
      g_assert_null (tl_provider_get_app_password_form (tl_providers_find (without[i])));
    }

  g_assert_cmpuint (tl_provider_get_app_password_form (sure)->len, ==, 16);
  g_assert_null (tl_provider_get_app_password_form (doubtful));
  g_assert_null (tl_provider_get_app_password_form (hearsay));
}

static const struct
{
  const char *file;  /* of the corpus, or NULL */
  const char *id;    /* of the table */
  TlAuth      auth;
  TlLaneKind  lane;
  const char *expected;
} shared_cases[] = {
  { NULL, "microsoft-365", TL_AUTH_OAUTH2,       TL_LANE_INCOMING, "sales@example.org" },
  { NULL, "microsoft-365", TL_AUTH_OAUTH2,       TL_LANE_OUTGOING, "ada@example.net" },
  { NULL, "microsoft-365", TL_AUTH_PASSWORD,     TL_LANE_INCOMING, NULL },
  { NULL, "google",        TL_AUTH_OAUTH2,       TL_LANE_INCOMING, NULL },
  { NULL, "google",        TL_AUTH_APP_PASSWORD, TL_LANE_INCOMING, NULL },
  { NULL, "migadu",        TL_AUTH_PASSWORD,     TL_LANE_INCOMING, NULL },
  { "provider-most.json", NULL, TL_AUTH_PASSWORD, TL_LANE_INCOMING, "ada@example.net\\sales" },
  { "provider-most.json", NULL, TL_AUTH_PASSWORD, TL_LANE_OUTGOING, "ada*shared" },
  { "provider-most.json", NULL, TL_AUTH_OAUTH2,   TL_LANE_OUTGOING, "ada@example.net" },
};

static void
test_shared (void)
{
  g_autoptr(TlAddress) mailbox = tl_address_parse ("sales@example.org", NULL);
  g_autoptr(TlAddress) login = tl_address_parse ("ada@example.net", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shared_cases); i++)
    {
      g_autoptr(TlProvider) parsed = shared_cases[i].file != NULL
                                       ? parse_corpus (shared_cases[i].file) : NULL;
      TlProvider *provider = parsed != NULL ? parsed : tl_providers_find (shared_cases[i].id);
      g_autofree char *user = tl_provider_dup_shared_user (provider, shared_cases[i].auth,
                                                           shared_cases[i].lane, mailbox, login);

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (user, ==, shared_cases[i].expected);
    }

  g_assert_cmpuint (tl_provider_get_n_shared_notes (tl_providers_find ("google")), ==, 3);
  g_assert_cmpuint (tl_provider_get_n_shared_notes (tl_providers_find ("migadu")), ==, 0);
}

static const struct
{
  const char *id;
  const char *issuer;
  const char *tenant;
  const char *endpoints[4]; /* by TlOauthEndpoint */
  gboolean    openid;
} oauth_cases[] = {
  { "google", "https://accounts.google.com", NULL,
    { "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token", NULL,
      "https://oauth2.googleapis.com/revoke" }, TRUE },
  { "microsoft-365", "https://login.microsoftonline.com/{tenant}/v2.0", "organizations",
    { "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
      "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
      "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode", NULL }, TRUE },
  { "yandex", "https://oauth.yandex.com", NULL,
    { "https://oauth.yandex.com/authorize", "https://oauth.yandex.com/token", NULL, NULL }, FALSE },
  { "migadu", NULL, NULL, { NULL, NULL, NULL, NULL }, FALSE },
};

static void
test_oauth (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (oauth_cases); i++)
    {
      TlProvider *provider = tl_providers_find (oauth_cases[i].id);

      g_test_message ("%s", oauth_cases[i].id);
      g_assert_cmpstr (tl_provider_get_oauth_issuer (provider), ==, oauth_cases[i].issuer);
      g_assert_cmpstr (tl_provider_get_oauth_tenant (provider), ==, oauth_cases[i].tenant);
      for (guint j = 0; j < G_N_ELEMENTS (oauth_cases[i].endpoints); j++)
        g_assert_cmpstr (tl_provider_get_oauth_endpoint (provider, (TlOauthEndpoint) j), ==,
                         oauth_cases[i].endpoints[j]);
      g_assert_cmpint (tl_provider_has_openid (provider), ==, oauth_cases[i].openid);
      g_assert_cmpint (tl_provider_wants_client_secret (provider), ==,
                       g_str_equal (oauth_cases[i].id, "google"));
    }
}

static void
test_relay (void)
{
  TlProvider *sendgrid = tl_providers_find ("sendgrid");
  const char *literal;

  g_assert_cmpint (tl_provider_get_kind (sendgrid), ==, TL_PROVIDER_RELAY);
  g_assert_cmpint (tl_provider_get_kind (tl_providers_find ("google")), ==, TL_PROVIDER_MAILBOX);
  g_assert_cmpint (tl_provider_get_username (sendgrid, TL_LANE_OUTGOING, &literal), ==,
                   TL_USERNAME_LITERAL);
  g_assert_cmpstr (literal, ==, "apikey");
  g_assert_nonnull (tl_provider_get_secret_name (sendgrid));
  g_assert_null (tl_provider_get_secret_name (tl_providers_find ("google")));
}

static void
test_tenant (void)
{
  TlProvider *microsoft = tl_providers_find_by_tenant ("microsoft");

  g_assert_nonnull (microsoft);
  g_assert_cmpstr (tl_provider_get_id (microsoft), ==, "microsoft-365");
  g_assert_null (tl_providers_find_by_tenant ("nobody"));
}

static void
check_hint (const TlPrerequisite *hint,
            const char           *link,
            TlFixer               fixer,
            const char           *as_of,
            TlLaneKind            lane)
{
  g_assert_nonnull (hint->text);
  g_assert_cmpstr (hint->link, ==, link);
  g_assert_cmpint (hint->fixer, ==, fixer);
  g_assert_cmpstr (hint->as_of, ==, as_of);
  g_assert_cmpint (hint->lane, ==, lane);
}

static const struct
{
  const char *id;
  const char *redirects;
  gboolean    can_register;
  guint       n_switches;
} registration_cases[] = {
  { "google", "", TRUE, 1 },
  { "microsoft-365", "http://127.0.0.1/", TRUE, 4 },
  { "outlook-com", "http://127.0.0.1/", TRUE, 0 },
  { "fastmail", "http://127.0.0.1/ http://[::1]/", TRUE, 0 },
  { "yahoo", "http://127.0.0.1/ http://[::1]/", FALSE, 0 },
  { "aol", "http://127.0.0.1/ http://[::1]/", FALSE, 0 },
  { "icloud", "", FALSE, 0 },
};

static void
test_registration (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (registration_cases); i++)
    {
      TlProvider *provider = tl_providers_find (registration_cases[i].id);
      g_autofree char *redirects =
        g_strjoinv (" ", (char **) tl_provider_get_oauth_redirects (provider));

      g_test_message ("%s", registration_cases[i].id);
      g_assert_cmpstr (redirects, ==, registration_cases[i].redirects);
      g_assert_cmpint (tl_provider_can_register (provider), ==, registration_cases[i].can_register);
      g_assert_cmpuint (tl_provider_get_n_oauth_switches (provider), ==,
                        registration_cases[i].n_switches);
    }
}

/* What an administrator reads at the sign-in page, and what the table has. */
static const struct
{
  const char *issuer;
  const char *tenant;
  const char *in_table;
} issuer_cases[] = {
  { "https://login.microsoftonline.com/{tenant}/v2.0", NULL,
    "https://login.microsoftonline.com/{tenant}/v2.0" },
  { "https://login.microsoftonline.com/organizations/v2.0", "acme.test",
    "https://login.microsoftonline.com/{tenant}/v2.0" },
  { "https://login.microsoftonline.com/acme.test/v2.0", "acme.test",
    "https://login.microsoftonline.com/{tenant}/v2.0" },
  { "https://login.microsoftonline.com/other.test/v2.0", "acme.test",
    "https://login.microsoftonline.com/other.test/v2.0" },
  { "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", NULL,
    "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0" },
  { "https://accounts.google.com", NULL, "https://accounts.google.com" },
  { "https://auth.acme.test", NULL, "https://auth.acme.test" },
};

static void
test_issuer (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (issuer_cases); i++)
    {
      g_autofree char *issuer = tl_providers_dup_issuer (issuer_cases[i].issuer,
                                                         issuer_cases[i].tenant);

      g_assert_cmpstr (issuer, ==, issuer_cases[i].in_table);
    }
}

/* Every member that the format has, from a file to the getters. */
static void
test_members (void)
{
  g_autoptr(TlProvider) provider = parse_corpus ("provider-most.json");
  const TlProviderLimit *limit;
  const TlAuth *sign_in;

  g_assert_cmpstr (tl_provider_get_id (provider), ==, "example");
  g_assert_cmpstr (tl_provider_get_domains (provider)[0], ==, "example.org");
  g_assert_cmpstr (tl_provider_get_mx (provider)[1], ==, "mx.example.net");
  g_assert_cmpstr (tl_provider_get_spf (provider)[0], ==, "_spf.example.net");
  g_assert_cmpstr (tl_provider_get_autodiscover (provider)[0], ==, "autodiscover.example.net");
  g_assert_cmpstr (tl_provider_get_tenant (provider), ==, "microsoft");
  g_assert_cmpstr (tl_provider_get_server (provider, TL_LANE_OUTGOING, 0)->host, ==,
                   "smtp.example.net");
  g_assert_cmpint (tl_provider_get_username (provider, TL_LANE_INCOMING, NULL), ==,
                   TL_USERNAME_LOCAL_PART);
  g_assert_cmpint (tl_provider_get_username (provider, TL_LANE_OUTGOING, NULL), ==,
                   TL_USERNAME_ADDRESS);
  g_assert_cmpstr (tl_provider_get_secret_name (provider), ==, "token");
  g_assert_cmpuint (tl_provider_get_sign_in (provider, &sign_in), ==, 3);
  g_assert_cmpint (sign_in[1], ==, TL_AUTH_APP_PASSWORD);
  g_assert_cmpstr (tl_provider_get_oauth_issuer (provider), ==,
                   "https://id.example.net/{tenant}/v2");
  g_assert_cmpstr (tl_provider_get_oauth_tenant (provider), ==, "everybody");
  g_assert_cmpstr (tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_AUTHORIZATION), ==,
                   "https://id.example.net/{tenant}/authorize");
  g_assert_cmpstr (tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_TOKEN), ==,
                   "https://id.example.net/{tenant}/token");
  g_assert_cmpstr (tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_DEVICE), ==,
                   "https://id.example.net/device");
  g_assert_cmpstr (tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_REVOCATION), ==,
                   "https://id.example.net:8443/revoke");
  g_assert_true (tl_provider_has_openid (provider));
  g_assert_true (tl_provider_wants_client_secret (provider));
  g_assert_cmpstr (tl_provider_get_oauth_redirects (provider)[0], ==, "http://127.0.0.1/");
  g_assert_cmpstr (tl_provider_get_oauth_redirects (provider)[1], ==, "http://localhost");
  g_assert_cmpuint (tl_provider_get_n_oauth_switches (provider), ==, 1);
  check_hint (tl_provider_get_oauth_switch (provider, 0), "https://example.net/imap",
              TL_FIXER_YOUR_ADMIN, "2026-01-28", TL_LANE_INCOMING);
  g_assert_true (tl_provider_can_register (provider));
  g_assert_cmpuint (tl_provider_get_n_oauth_steps (provider), ==, 1);
  check_hint (tl_provider_get_oauth_step (provider, 0), "https://example.net/register",
              TL_FIXER_YOUR_ADMIN, "2026-01-30", TL_LANE_NONE);
  g_assert_cmpstr (tl_provider_get_grants_link (provider), ==, "https://example.net/grants");
  check_hint (tl_provider_get_prerequisite (provider, 0), "https://example.net/help",
              TL_FIXER_THE_PROVIDER, "2026-01-29", TL_LANE_OUTGOING);
  g_assert_cmpuint (tl_provider_get_n_shared_notes (provider), ==, 1);
  check_hint (tl_provider_get_shared_note (provider, 0), NULL, TL_FIXER_YOU, NULL,
              TL_LANE_INCOMING);
  g_assert_cmpstr (tl_provider_get_oauth_scopes (provider)[0], ==, "mail");
  g_assert_cmpuint (tl_provider_get_n_notices (provider), ==, 1);
  g_assert_cmpstr (tl_provider_get_notice (provider, 0)->link, ==, "https://example.net/policy");

  g_assert_cmpuint (tl_provider_get_n_limits (provider), ==, 1);
  limit = tl_provider_get_limit (provider, 0);
  g_assert_cmpstr (limit->what, ==, "messages-per-day");
  g_assert_cmpuint (limit->value, ==, 500);
  g_assert_cmpstr (limit->when, ==, "trial");
  g_assert_cmpstr (limit->as_of, ==, "2026-01-31");
  g_assert_cmpstr (limit->source, ==, "vendor page");
  g_assert_false (limit->confirmed);
  g_assert_true (tl_provider_get_limit (tl_providers_find ("google"), 0)->confirmed);

  g_assert_true (tl_provider_is_confirmed (provider, NULL));
  g_assert_false (tl_provider_is_confirmed (provider, "/mx/1"));
  g_assert_false (tl_provider_is_confirmed (provider, "/mx"));
  g_assert_false (tl_provider_is_confirmed (provider, "/mx/1/x"));
  g_assert_true (tl_provider_is_confirmed (provider, "/mx/0"));
  g_assert_true (tl_provider_is_confirmed (provider, "/mx/10"));
  g_assert_cmpstr (tl_provider_get_unconfirmed (provider)[0], ==, "/mx/1");
  g_assert_cmpstr (tl_provider_get_checked_on (provider), ==, "2026-01-31");
}

static void
judge (const char *folder,
       const char *file,
       gboolean    good)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", folder, file, NULL);
  g_autoptr(TlProvider) provider = NULL;
  g_autoptr(GPtrArray) gateways = NULL;
  g_autoptr(TlPolicy) policy = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean taken;
  gsize len;

  g_test_message ("%s/%s", folder, file);
  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);

  /* The part of the name before the first hyphen says by which schema. */
  if (g_str_has_prefix (file, "diagnoses-"))
    {
      taken = tl_diagnosis_check (text, (gssize) len, &error);
    }
  else if (g_str_has_prefix (file, "gateways-"))
    {
      gateways = tl_gateways_parse (text, (gssize) len, &error);
      taken = gateways != NULL;
    }
  else if (g_str_has_prefix (file, "interceptors-"))
    {
      taken = tl_interceptor_check (text, (gssize) len, &error);
    }
  else if (g_str_has_prefix (file, "policy-"))
    {
      policy = tl_policy_parse (text, (gssize) len, &error);
      taken = policy != NULL;
    }
  else
    {
      g_assert_true (g_str_has_prefix (file, "provider-"));
      provider = tl_provider_parse (text, (gssize) len, &error);
      taken = provider != NULL;
    }

  if (good)
    g_assert_no_error (error);
  else
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpint (taken, ==, good);
}

/* The same documents are given to the JSON Schemas by tests/data/check-data:
 * reader and schema must agree. */
static void
test_corpus (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", folder, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (path, 0, &error);
  const char *file;
  guint n = 0;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      judge (folder, file, g_str_equal (folder, "good"));
      n++;
    }

  g_assert_cmpuint (n, >, 3);
}

static void
add_find_cases (const char      *prefix,
                const FindCase  *cases,
                gsize            n,
                GTestDataFunc    func)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat (prefix, cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], func);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (has_host_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/provider/has-host/", has_host_cases[i].name, NULL);

      g_test_add_data_func (path, &has_host_cases[i], test_has_host);
    }
  add_find_cases ("/provider/domain/", domain_cases, G_N_ELEMENTS (domain_cases), test_domain);
  add_find_cases ("/provider/mx/", mx_cases, G_N_ELEMENTS (mx_cases), test_mx);
  add_find_cases ("/provider/host/", host_cases, G_N_ELEMENTS (host_cases), test_host);
  add_find_cases ("/provider/spf/", spf_cases, G_N_ELEMENTS (spf_cases), test_spf);
  add_find_cases ("/provider/autodiscover/", autodiscover_cases,
                  G_N_ELEMENTS (autodiscover_cases), test_autodiscover);

  for (gsize i = 0; i < G_N_ELEMENTS (settings_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/provider/settings/", settings_cases[i].name, NULL);

      g_test_add_data_func (path, &settings_cases[i], test_settings);
    }

  g_test_add_func ("/provider/tenant", test_tenant);
  g_test_add_func ("/provider/relay", test_relay);
  g_test_add_func ("/provider/members", test_members);
  g_test_add_func ("/provider/vouches", test_vouches);
  g_test_add_func ("/provider/takes", test_takes);
  g_test_add_func ("/provider/words", test_words);
  g_test_add_func ("/provider/hints", test_hints);
  g_test_add_func ("/provider/form", test_form);
  g_test_add_func ("/provider/shared", test_shared);
  g_test_add_func ("/provider/oauth", test_oauth);
  g_test_add_func ("/provider/registration", test_registration);
  g_test_add_func ("/provider/issuer", test_issuer);
  g_test_add_data_func ("/provider/corpus/good", "good", test_corpus);
  g_test_add_data_func ("/provider/corpus/bad", "bad", test_corpus);

  return g_test_run ();
}
