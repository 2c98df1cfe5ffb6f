/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where what a mailbox is signed in to with may go. Whoever names the servers could otherwise have
 * the sign-in of one provider sent to the servers of another, or past the organisation's rules. */
#include "tl-setup-private.h"

#include "tl-endpoint.h"
#include "tl-error.h"
#include "tl-oauth-tenant.h"
#include "tl-provider-details.h"
#include "tl-site.h"
#include "tl-url.h"

/* What GNOME's Online Accounts call the providers that lend tokens for mail. */
static const struct
{
  const char *word;
  const char *provider; /* its row in our table */
} online_providers[] = {
  { "google",       "google" },
  { "ms_graph",     "microsoft-365" },
  { "windows_live", "outlook-com" },
};

/* The host of an authorization server, A-labels; NULL where there is none. */
static char *
dup_server (const char *issuer)
{
  g_autofree char *url = issuer == NULL ? NULL : tl_oauth_tenant_put (issuer, "tenant");
  g_autofree char *host = url == NULL ? NULL : tl_url_dup_host (url);

  return host == NULL ? NULL : g_ascii_strdown (host, -1);
}

static gboolean
is_issued_by (TlProvider *provider,
              const char *server)
{
  g_autofree char *own = dup_server (tl_provider_get_oauth_issuer (provider));

  return g_strcmp0 (own, server) == 0;
}

/* Two rows may have one authorization server, as Microsoft's do; the set-up's own comes first. */
static GPtrArray *
list_issued_by (TlSetup    *self,
                const char *server)
{
  GPtrArray *all = tl_providers_get_all ();
  GPtrArray *found = g_ptr_array_new ();

  if (self->provider != NULL && is_issued_by (self->provider, server))
    g_ptr_array_add (found, self->provider);
  for (guint i = 0; i < all->len; i++)
    {
      if (all->pdata[i] != self->provider && is_issued_by (all->pdata[i], server))
        g_ptr_array_add (found, all->pdata[i]);
    }

  return found;
}

static const char *
find_online_issuer (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (online_providers); i++)
    {
      if (g_str_equal (online_providers[i].word, word))
        return tl_provider_get_oauth_issuer (tl_providers_find (online_providers[i].provider));
    }

  return NULL;
}

/* Who gave what this mailbox is signed in to with, whatever discovery says today: the host of an
 * authorization server; empty where that is not known, NULL where nobody has signed in. */
static char *
dup_signed_in_server (TlSetup *self)
{
  const char *issuer = NULL;
  char *server;

  if (self->signin.is_borrowed && self->signin.online != NULL)
    issuer = find_online_issuer (tl_online_account_get_provider (self->signin.online));
  else if (self->signin.keeper != NULL)
    issuer = tl_oauth_server_get_issuer (self->signin.request->server);
  else if (self->signin.kept != NULL)
    issuer = self->signin.kept->issuer;
  else
    return NULL;

  server = dup_server (issuer);

  return server != NULL ? server : g_strdup ("");
}

static gboolean
is_for_host (TlSetup    *self,
             TlLaneKind  lane,
             const char *host,
             const char *server,
             GPtrArray  *providers)
{
  for (guint i = 0; i < providers->len; i++)
    {
      if (tl_provider_has_host (providers->pdata[i], lane, host))
        return TRUE;
    }
  if (providers->len > 0)
    return FALSE;

  /* A server that is used at all was vouched for, or a person agreed to it. */
  return tl_site_same (host, server) ||
         tl_site_same (host, tl_address_get_domain (self->address)) ||
         tl_providers_find_by_host (host) == NULL;
}

static TlFinding *
make_finding (TlLaneKind  lane,
              const char *host,
              TlProvider *provider)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  if (provider != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_PROVIDER, "s", tl_provider_get_name (provider));

  return tl_finding_new ("auth.foreign-host", lane, g_variant_dict_end (&evidence));
}

static TlFinding *
judge_token (TlSetup    *self,
             TlLaneKind  lane,
             const char *host)
{
  g_autofree char *server = dup_signed_in_server (self);
  g_autoptr(GPtrArray) providers = NULL;

  if (server == NULL)
    return NULL;

  providers = list_issued_by (self, server);

  return is_for_host (self, lane, host, server, providers)
           ? NULL
           : make_finding (lane, host, providers->len > 0 ? providers->pdata[0] : NULL);
}

/**
 * tl_setup_find_app_password_provider:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: (transfer none) (nullable): the provider whose app password is asked for on this lane,
 *   where it takes no other; %NULL where it may be a password like any
 */
TlProvider *
tl_setup_find_app_password_provider (TlSetup    *self,
                                     TlLaneKind  lane)
{
  return self->provider != NULL && tl_setup_get_lane_auth (self, lane) == TL_AUTH_APP_PASSWORD &&
         !tl_provider_takes (self->provider, TL_AUTH_PASSWORD) ? self->provider : NULL;
}

/* Where app passwords are made on the same page they are the same, as with a provider's relay. */
static gboolean
shares_app_passwords (TlProvider *provider,
                      TlLaneKind  lane,
                      const char *host)
{
  GPtrArray *all = tl_providers_get_all ();
  const char *link = tl_provider_get_app_password_link (provider);

  for (guint i = 0; link != NULL && i < all->len; i++)
    {
      if (g_strcmp0 (tl_provider_get_app_password_link (all->pdata[i]), link) == 0 &&
          tl_provider_has_host (all->pdata[i], lane, host))
        return TRUE;
    }

  return FALSE;
}

static TlFinding *
judge_password (TlSetup    *self,
                TlLaneKind  lane,
                const char *host)
{
  guint index = lane - TL_LANE_INCOMING;
  TlProvider *provider = self->lanes[index].secret_provider;

  /* It may have been typed before anybody knew whose it is. */
  if (provider == NULL)
    provider = tl_setup_find_app_password_provider (self, lane);
  if (self->lanes[index].secret == NULL || provider == NULL ||
      tl_provider_has_host (provider, lane, host) || shares_app_passwords (provider, lane, host))
    return NULL;

  return make_finding (lane, host, provider);
}

/**
 * tl_setup_gate_host:
 * @self: a set-up
 * @lane: which lane
 * @host: a server of it that may be used
 *
 * A sign-in at the page of a provider of the table, and an app password of one that takes no other,
 * are for that provider's servers alone; nobody's yes changes that. A sign-in elsewhere is not for
 * a provider of the table. A token that a person handed over for these servers, a password of
 * one's own and the secret of a separate service are for the servers they are used with. Where the
 * lane breaks a rule of the organisation none of them is for anybody.
 *
 * Returns: (transfer full) (nullable): why what this lane signs in with may not go to @host; %NULL
 *   where it may, or there is none
 */
TlFinding *
tl_setup_gate_host (TlSetup    *self,
                    TlLaneKind  lane,
                    const char *host)
{
  TlFinding *finding;

  if (self->purpose == TL_PURPOSE_PRACTICE)
    return NULL;

  finding = tl_setup_gate_policy (self, lane);
  if (finding != NULL)
    return finding;

  return tl_setup_needs_token (self, lane) ? judge_token (self, lane, host)
                                           : judge_password (self, lane, host);
}

/**
 * tl_setup_gate:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: (transfer full) (nullable): as tl_setup_gate_host(), of the server that the lane has now
 */
TlFinding *
tl_setup_gate (TlSetup    *self,
               TlLaneKind  lane)
{
  g_autoptr(TlLaneSettings) settings = tl_setup_dup_settings (self, lane);

  return settings == NULL
           ? NULL
           : tl_setup_gate_host (self, lane,
                                 tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings)));
}

/**
 * tl_setup_has_place_for:
 * @self: a set-up
 * @issuer: the authorization server of a sign-in
 *
 * Returns: whether the sign-in is for a server that the mailbox has now, as far as any are known
 */
gboolean
tl_setup_has_place_for (TlSetup    *self,
                        const char *issuer)
{
  g_autofree char *server = dup_server (issuer);
  g_autoptr(GPtrArray) providers = NULL;
  gboolean is_any_known = FALSE;

  if (server == NULL)
    return FALSE;

  providers = list_issued_by (self, server);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      TlLaneKind lane = tl_lane_run_get_lane (self->lanes[i].run);
      g_autoptr(TlLaneSettings) settings = tl_setup_dup_settings (self, lane);

      if (settings == NULL ||
          (lane == TL_LANE_OUTGOING && tl_identity_is_separate (self->identity)))
        continue;
      is_any_known = TRUE;
      if (is_for_host (self, lane, tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings)),
                       server, providers))
        return TRUE;
    }

  return !is_any_known;
}

/**
 * tl_setup_may_go_again:
 * @self: a set-up
 * @lane: a lane that was tested
 * @error: return location for a #GError
 *
 * Returns: whether what the lane signs in with may go where it was tested; else
 *   %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_setup_may_go_again (TlSetup     *self,
                       TlLaneKind   lane,
                       GError     **error)
{
  TlLaneRun *run = tl_setup_get_run (self, lane);
  TlLaneSettings *settings = tl_lane_report_get_settings (tl_lane_run_get_report (run));
  const char *host = tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings));
  g_autoptr(TlFinding) finding = tl_setup_gate_host (self, lane, host);

  if (finding == NULL)
    return TRUE;

  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
               "what is signed in with is not for %s: test again", host);

  return FALSE;
}
