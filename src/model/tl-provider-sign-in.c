/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a provider's file is about signing in. */
#include "tl-provider-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-data-check.h"
#include "tl-nick.h"

/* Bounds of data/schema/provider.schema.json, as in tl-provider-parse.c. */
#define MAX_STEPS     8
#define MAX_SCOPES    10
#define MAX_REDIRECTS 4
#define MAX_PAGES     4
#define MAX_PASSWORD  64

/* `{tenant}` and what stands for it go together. */
static void
check_tenant (TlProvider   *self,
              TlJsonReader *row)
{
  gboolean asked = self->oauth_issuer != NULL &&
                   strstr (self->oauth_issuer, TL_PROVIDER_OAUTH_TENANT) != NULL;

  if (asked != (self->oauth_tenant != NULL))
    tl_json_reader_refuse (row, "tenant", "and “issuer” do not agree");

  for (guint i = 0; i < G_N_ELEMENTS (self->oauth_endpoints); i++)
    {
      if (!asked && self->oauth_endpoints[i] != NULL &&
          strstr (self->oauth_endpoints[i], TL_PROVIDER_OAUTH_TENANT) != NULL)
        tl_json_reader_refuse (row, "endpoints", "ask for a tenant");
    }
}

static void
read_endpoints (TlProvider   *self,
                TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "endpoints", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;

  if (json == NULL)
    return;

  row = tl_json_reader_new (json, "endpoints");
  for (guint i = 0; i < G_N_ELEMENTS (self->oauth_endpoints); i++)
    {
      TlJsonPresence presence = i == TL_OAUTH_ENDPOINT_AUTHORIZATION || i == TL_OAUTH_ENDPOINT_TOKEN
                                  ? TL_JSON_REQUIRED : TL_JSON_OPTIONAL;
      const char *url = tl_data_check_string (row, tl_nick_get (TL_TYPE_OAUTH_ENDPOINT, (int) i),
                                              presence, TL_DATA_OAUTH_URL);

      self->oauth_endpoints[i] = g_strdup (url);
    }

  tl_provider_finish_row (row, reader, "endpoints");
}

/* Where the answer of a sign-in page comes to (RFC 8252 §7.3): those that are taken by a page
 * that says nothing else. */
static void
read_redirects (TlProvider   *self,
                TlJsonReader *reader)
{
  static const char * const usual[] = { "http://127.0.0.1/", "http://[::1]/", NULL };
  static const char * const known[] = {
    "http://127.0.0.1/", "http://[::1]/", "http://127.0.0.1", "http://[::1]", "http://localhost",
    "http://localhost/", NULL,
  };

  g_strfreev (self->oauth_redirects);
  self->oauth_redirects = tl_json_reader_dup_strv (reader, "redirects", TL_JSON_OPTIONAL,
                                                   MAX_REDIRECTS);
  if (!tl_json_reader_has (reader, "redirects"))
    {
      g_strfreev (self->oauth_redirects);
      self->oauth_redirects = g_strdupv ((char **) usual);
    }
  for (guint i = 0; self->oauth_redirects[i] != NULL; i++)
    {
      const char * const *before = (const char * const *) self->oauth_redirects;

      if (!g_strv_contains (known, before[i]))
        tl_json_reader_refuse (reader, "redirects", "is no address of this computer");
      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (before[j], before[i]))
            tl_json_reader_refuse (reader, "redirects", "has something twice");
        }
    }
}

void
tl_provider_read_oauth (TlProvider   *self,
                        TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "oauth", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;

  if ((json != NULL) != tl_provider_takes (self, TL_AUTH_OAUTH2))
    tl_json_reader_refuse (reader, "oauth", "and “sign_in” do not agree");
  if (json == NULL)
    return;

  row = tl_json_reader_new (json, "oauth");
  self->oauth_issuer = g_strdup (tl_data_check_string (row, "issuer", TL_JSON_REQUIRED,
                                                       TL_DATA_OAUTH_URL));
  self->oauth_tenant = g_strdup (tl_data_check_string (row, "tenant", TL_JSON_OPTIONAL,
                                                       TL_DATA_TENANT));
  read_endpoints (self, row);
  check_tenant (self, row);
  g_strfreev (self->oauth_scopes);
  self->oauth_scopes = tl_data_check_strv (row, "scopes", TL_JSON_REQUIRED, MAX_SCOPES,
                                           TL_DATA_SCOPE);
  if (self->oauth_scopes[0] == NULL)
    tl_json_reader_refuse (row, "scopes", "is empty");
  g_strfreev (self->oauth_device_pages);
  self->oauth_device_pages = tl_data_check_strv (row, "device_pages", TL_JSON_OPTIONAL, MAX_PAGES,
                                                 TL_DATA_HOST);
  self->oauth_openid = tl_json_reader_get_bool (row, "openid", TL_JSON_OPTIONAL);
  self->oauth_secret = tl_json_reader_get_bool (row, "client_secret", TL_JSON_OPTIONAL);
  read_redirects (self, row);
  tl_provider_read_hints (row, "register", TL_JSON_OPTIONAL, self->oauth_steps);
  tl_provider_read_hints (row, "switches", TL_JSON_OPTIONAL, self->oauth_switches);
  self->grants_link = g_strdup (tl_data_check_string (row, "grants_link", TL_JSON_OPTIONAL,
                                                      TL_DATA_LINK));

  tl_provider_finish_row (row, reader, "oauth");
}

/* The user names of both lanes for one way of signing in. */
static void
read_shared_users (TlProvider   *self,
                   TlJsonReader *reader,
                   TlAuth        auth)
{
  const char *member = tl_auth_get_nick (auth);
  TlJson *json = tl_json_reader_get_object (reader, member, TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;

  if (json == NULL)
    return;

  row = tl_json_reader_new (json, member);
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      const char *user = tl_data_check_string (row, tl_lane_kind_get_nick (tl_lanes[i]),
                                               TL_JSON_REQUIRED, TL_DATA_USER_TEMPLATE);

      self->shared_users[auth][tl_lanes[i]] = g_strdup (user);
    }
  if (!tl_provider_takes (self, auth))
    tl_json_reader_refuse (reader, member, "and “sign_in” do not agree");

  tl_provider_finish_row (row, reader, member);
}

void
tl_provider_read_shared_mailbox (TlProvider   *self,
                                 TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "shared_mailbox", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;

  if (json == NULL)
    return;

  row = tl_json_reader_new (json, "shared_mailbox");
  for (guint auth = 0; auth < G_N_ELEMENTS (self->shared_users); auth++)
    read_shared_users (self, row, (TlAuth) auth);
  tl_provider_read_hints (row, "notes", TL_JSON_REQUIRED, self->shared_notes);
  if (self->shared_notes->len == 0)
    tl_json_reader_refuse (row, "notes", "is empty");

  tl_provider_finish_row (row, reader, "shared_mailbox");
}

static void
read_form (TlProvider   *self,
           TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "form", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;

  if (json == NULL)
    return;

  /* What is no app password may be the other one. */
  if (tl_provider_takes (self, TL_AUTH_PASSWORD))
    tl_json_reader_refuse (reader, "form", "and “sign_in” do not agree");

  row = tl_json_reader_new (json, "form");
  self->app_password_form.len = (guint) tl_json_reader_get_int (row, "length", TL_JSON_REQUIRED,
                                                                1, MAX_PASSWORD);
  self->app_password_form.alphabet =
    (TlAppPasswordAlphabet) tl_json_reader_get_enum (row, "alphabet", TL_JSON_REQUIRED,
                                                     TL_TYPE_APP_PASSWORD_ALPHABET,
                                                     TL_APP_PASSWORD_ALNUM);

  tl_provider_finish_row (row, reader, "form");
}

void
tl_provider_read_app_password (TlProvider   *self,
                               TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "app_password", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;
  g_autoptr(GStrvBuilder) steps = g_strv_builder_new ();
  g_auto(GStrv) texts = NULL;

  if ((json != NULL) != tl_provider_takes (self, TL_AUTH_APP_PASSWORD))
    tl_json_reader_refuse (reader, "app_password", "and “sign_in” do not agree");
  if (json == NULL)
    return;

  row = tl_json_reader_new (json, "app_password");
  self->app_password_link = g_strdup (tl_data_check_string (row, "link", TL_JSON_OPTIONAL,
                                                            TL_DATA_LINK));
  read_form (self, row);
  texts = tl_data_check_strv (row, "steps", TL_JSON_REQUIRED, MAX_STEPS, TL_DATA_TEXT);
  if (texts[0] == NULL)
    tl_json_reader_refuse (row, "steps", "is empty");
  if (!tl_provider_finish_row (row, reader, "app_password"))
    return;

  for (guint i = 0; texts[i] != NULL; i++)
    g_strv_builder_add (steps, g_dgettext (GETTEXT_PACKAGE, texts[i]));
  g_strfreev (self->app_password_steps);
  self->app_password_steps = g_strv_builder_end (steps);
}
