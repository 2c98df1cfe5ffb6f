/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As whom this program presents itself at the provider's page: what IT sent, typed or as an option,
 * and what is wrong with the organisation's file that says it. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-client-store.h"
#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-preferences.h"
#include "tl-provider-details.h"
#include "tl-terminal.h"

/**
 * tl_journey_can_request:
 * @self: a journey with an address
 *
 * Returns: whether there is an IT that could register this program at the provider
 */
gboolean
tl_journey_can_request (TlJourney *self)
{
  gboolean can = FALSE;

  g_object_get (self->setup, "can-request", &can, NULL);

  return can;
}

static gboolean
is_host_of (const char *url,
            const char *host)
{
  g_autoptr(GUri) uri = url == NULL ? NULL : g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL && g_strcmp0 (g_uri_get_host (uri), host) == 0;
}

/* A server that serves many organisations, each by a tenant (Microsoft's), knows every program by a
 * UUID. */
static gboolean
wants_uuid (TlJourney *self)
{
  GPtrArray *providers = tl_providers_get_all ();
  g_autofree char *host = NULL;

  g_object_get (tl_setup_get_signin (self->setup), "issuer-host", &host, NULL);
  for (guint i = 0; host != NULL && i < providers->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (providers, i);

      if (tl_provider_get_oauth_tenant (provider) != NULL &&
          is_host_of (tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_TOKEN), host))
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_client_id (TlJourney   *self,
                 const char  *client_id,
                 GError     **error)
{
  if (!wants_uuid (self) || g_uuid_string_is_valid (client_id))
    return TRUE;

  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
               _("“%s” is no client id of this provider: there it is five groups of digits and "
                 "letters a to f, such as 01234567-89ab-cdef-0123-456789abcdef. Copy it as IT "
                 "sent it"), client_id);

  return FALSE;
}

static gboolean
has_settings (void)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings_with (TL_PREFERENCES_CLIENTS_KEY);

  return settings != NULL;
}

/* Once in a run: it does not change. */
static void
warn_if_lost (TlJourney *self,
              gboolean   has_secret)
{
  TlFinding *finding = tl_setup_get_store_finding (self->setup);
  g_autofree char *title = NULL;

  if (self->warned_of_client || (self->json && !self->is_dialogue) ||
      (has_secret ? finding == NULL : has_settings ()))
    return;

  self->warned_of_client = TRUE;
  title = has_secret ? tl_finding_dup_title (finding)
                     : g_strdup (_("the settings of this program are not installed"));
  /* Translators: %s is why, a clause or a short sentence */
  tl_terminal_complain (_("the client id is good for this time only: %s"), title);
}

/**
 * tl_journey_set_client:
 * @self: a journey with servers
 * @client_id: as whom to sign in, as IT told it
 * @tenant: (nullable): a directory id or domain
 * @secret: (nullable): what goes with it
 * @error: return location for a #GError
 *
 * Looks whether it can be one of the mailbox's provider, takes it, and says so when it could not be
 * kept.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT, %TL_ERROR_NOT_FOUND where nobody knows where to
 *   sign in, or %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_set_client (TlJourney   *self,
                       const char  *client_id,
                       const char  *tenant,
                       TlSecret    *secret,
                       GError     **error)
{
  if (!check_client_id (self, client_id, error) ||
      !tl_setup_set_client (self->setup, client_id, tenant, secret, error) ||
      (secret != NULL && !tl_journey_wait_until_kept (self, error)))
    return FALSE;

  warn_if_lost (self, secret != NULL);

  return TRUE;
}

/* Asks until it is one of the provider's. Returns NULL when nothing is typed. */
static char *
ask_client_id (TlJourney *self)
{
  for (;;)
    {
      g_autofree char *client_id = tl_terminal_ask (_("Client id (Enter goes back):"), NULL);
      g_autoptr(GError) error = NULL;

      if (client_id == NULL || *client_id == '\0')
        return NULL;
      if (check_client_id (self, client_id, &error))
        return g_steal_pointer (&client_id);
      tl_terminal_complain ("%s", error->message);
    }
}

/* Returns %FALSE when it was broken off. */
static gboolean
ask_client_secret (TlJourney  *self,
                   TlSecret  **out_secret)
{
  g_autoptr(GError) error = NULL;
  gboolean wants_secret = FALSE;

  g_object_get (tl_setup_get_signin (self->setup), "wants-client-secret", &wants_secret, NULL);
  if (wants_secret)
    *out_secret = tl_terminal_ask_secret (_("Client secret, if IT sent one (Enter for none):"),
                                          &error);

  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * tl_journey_type_client:
 * @self: a journey in a dialogue
 *
 * Asks for what IT sent, again where it cannot be meant, and takes it. Whoever types nothing goes
 * back.
 */
void
tl_journey_type_client (TlJourney *self)
{
  for (;;)
    {
      g_autofree char *client_id = ask_client_id (self);
      g_autofree char *tenant = NULL;
      g_autoptr(TlSecret) secret = NULL;
      g_autoptr(GError) error = NULL;

      if (client_id == NULL)
        return;
      tenant = tl_terminal_ask (_("Tenant, if IT sent one (Enter for none):"), NULL);
      if (!ask_client_secret (self, &secret))
        return;
      if (tl_journey_set_client (self, client_id,
                                 tenant == NULL || *tenant == '\0' ? NULL : tenant, secret,
                                 &error))
        return;
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      tl_terminal_complain ("%s", error->message);
    }
}

static TlFinding *
dup_policy_finding (void)
{
  TlFinding *finding = NULL;

  g_object_get (tl_client_store_get_default (), "finding", &finding, NULL);

  return finding;
}

/**
 * tl_journey_print_policy_finding:
 *
 * IT may have put a policy on this computer, and it is no use: says so to whoever is told that
 * there is no client id.
 *
 * Returns: whether there was anything to say
 */
gboolean
tl_journey_print_policy_finding (void)
{
  g_autoptr(TlFinding) finding = dup_policy_finding ();

  if (finding != NULL)
    tl_terminal_print_finding (finding, NULL);

  return finding != NULL;
}

/**
 * tl_journey_complain_of_policy:
 *
 * The same in one line on standard error, where standard output is for something else.
 */
void
tl_journey_complain_of_policy (void)
{
  g_autoptr(TlFinding) finding = dup_policy_finding ();
  g_autofree char *title = finding == NULL ? NULL : tl_finding_dup_title (finding);

  if (finding != NULL)
    /* Translators: a short sentence, a technical clause in English, the id of a finding */
    tl_terminal_complain (_("%s (%s)  [%s]"), title,
                          tl_evidence_get_string (tl_finding_get_evidence (finding),
                                                  TL_EVIDENCE_DETAIL),
                          tl_finding_get_id (finding));
}
