/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a set-up goes into the keyring, one thing after the other: a person may be asked to
 * unlock it, once. Where that cannot be done it is for this time only. */
#include "tl-setup-private.h"

#include "tl-endpoint.h"
#include "tl-vault-finding.h"

typedef struct
{
  /* Owned */
  TlAddress  *address;
  char       *account;    /* whose it is in the keyring: the address's, or an issuer's */
  char       *server;     /* the host that a password worked at; NULL for all else */
  TlSecret   *secret;     /* NULL: what is there is taken out */

  TlVaultUse  use;
} Errand;

static void
errand_free (Errand *self)
{
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->secret, tl_secret_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void run_next (TlSetup *self);

/**
 * tl_setup_take_store_finding:
 * @self: a set-up
 * @finding: (transfer full) (nullable): what the keyring said
 */
void
tl_setup_take_store_finding (TlSetup   *self,
                             TlFinding *finding)
{
  g_clear_object (&self->store_finding);
  self->store_finding = finding;
  self->is_keeping_refused = FALSE;
  tl_setup_refresh_hand_over (self);
  g_object_notify (G_OBJECT (self), "store-finding");
}

void
tl_setup_set_kept (TlSetup  *self,
                   gboolean  is_kept)
{
  if (self->is_kept == is_kept)
    return;

  self->is_kept = is_kept;
  g_object_notify (G_OBJECT (self), "kept");
}

/**
 * tl_setup_is_storing:
 * @self: a set-up
 *
 * Returns: whether something is on its way into the keyring, or out of it
 */
gboolean
tl_setup_is_storing (TlSetup *self)
{
  return self->is_errand_running || (self->errands != NULL && !g_queue_is_empty (self->errands));
}

/* One sentence says why, and nothing is tried again until somebody wants it. */
static void
keep_for_this_time_only (TlSetup   *self,
                         TlFinding *finding)
{
  g_queue_clear_full (self->errands, (GDestroyNotify) errand_free);
  tl_setup_take_store_finding (self, finding);
  self->is_keeping_refused = TRUE;
  g_object_set (self, "remember", FALSE, NULL);
  tl_setup_refresh_hand_over (self);
}

static void
end_errand (TlSetup       *self,
            Errand        *errand,
            TlVaultStatus  status)
{
  TlFinding *finding = tl_vault_finding_new (status, TL_LANE_NONE);
  /* As whom the program signs in is nothing to sign in with. */
  gboolean is_sign_in = errand->use != TL_VAULT_CLIENT;

  self->is_errand_running = FALSE;
  /* The set-up may be at the next mailbox by now, and what could not be taken out of a keyring that
   * is not there is no news. */
  if (finding != NULL && self->address == errand->address && errand->secret != NULL)
    {
      if (is_sign_in)
        tl_setup_set_kept (self, FALSE);
      keep_for_this_time_only (self, finding);
    }
  else
    {
      if (finding == NULL && self->address == errand->address && errand->secret != NULL &&
          is_sign_in)
        tl_setup_set_kept (self, TRUE);
      g_clear_object (&finding);
    }

  run_next (self);
  if (!tl_setup_is_storing (self))
    g_object_notify (G_OBJECT (self), "storing");
}

typedef struct
{
  /* Owned */
  TlSetup *setup;
  Errand  *errand;
} Trip;

static void
trip_free (Trip *self)
{
  g_clear_object (&self->setup);
  g_clear_pointer (&self->errand, errand_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trip, trip_free)

static void
on_stored (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(Trip) trip = data;
  TlVaultStatus status = TL_VAULT_OK;

  tl_vault_store_finish (result, &status, NULL);
  end_errand (trip->setup, trip->errand, status);
}

static void
on_forgotten (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(Trip) trip = data;
  TlVaultStatus status = TL_VAULT_OK;

  tl_vault_forget_finish (result, &status, NULL);
  end_errand (trip->setup, trip->errand, status);
}

static void
run_next (TlSetup *self)
{
  Errand *errand;
  Trip *trip;

  /* A set-up that is gone has no queue. */
  if (self->is_errand_running || self->errands == NULL || g_queue_is_empty (self->errands))
    return;

  errand = g_queue_pop_head (self->errands);
  self->is_errand_running = TRUE;
  trip = g_new0 (Trip, 1);
  trip->setup = g_object_ref (self);
  trip->errand = errand;
  if (errand->secret != NULL)
    tl_vault_store_async (errand->use, errand->account, errand->server, errand->secret, NULL,
                          on_stored, trip);
  else
    tl_vault_forget_async (errand->use, errand->account, NULL, on_forgotten, trip);
}

static void
add_errand (TlSetup    *self,
            TlAddress  *address,
            const char *account,
            const char *server,
            TlVaultUse  use,
            TlSecret   *secret)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->address = tl_address_ref (address);
  errand->account = g_strdup (account);
  errand->server = g_strdup (server);
  errand->secret = secret == NULL ? NULL : tl_secret_ref (secret);
  errand->use = use;
  g_queue_push_tail (self->errands, errand);
  run_next (self);
  g_object_notify (G_OBJECT (self), "storing");
}

/**
 * tl_setup_keep:
 * @self: a set-up with an address
 * @use: what is kept, other than a password
 * @secret: (nullable): it, or %NULL to take out what is there
 *
 * Has the keyring keep something of the mailbox. Where that fails `remember` is off again, and
 * `store-finding` says why.
 */
void
tl_setup_keep (TlSetup    *self,
               TlVaultUse  use,
               TlSecret   *secret)
{
  add_errand (self, self->address, tl_address_get_addr_spec (self->address), NULL, use, secret);
}

/**
 * tl_setup_keep_client:
 * @self: a set-up with an address
 * @issuer: an authorization server
 * @secret: (nullable): as whom the program signs in there, or %NULL where that cannot be written
 *
 * Has the keyring keep it for every mailbox of that provider.
 */
void
tl_setup_keep_client (TlSetup    *self,
                      const char *issuer,
                      TlSecret   *secret)
{
  if (secret == NULL)
    keep_for_this_time_only (self, tl_finding_new ("store.verify-failed", TL_LANE_NONE, NULL));
  else
    add_errand (self, self->address, issuer, NULL, TL_VAULT_CLIENT, secret);
}

/**
 * tl_setup_drop_client:
 * @self: a set-up with an address
 * @issuer: an authorization server
 *
 * Takes out of the keyring as whom the program signed in there, after what is on its way into it.
 */
void
tl_setup_drop_client (TlSetup    *self,
                      const char *issuer)
{
  add_errand (self, self->address, issuer, NULL, TL_VAULT_CLIENT, NULL);
}

/* --- A sign-in -------------------------------------------------------------------- */

/* Whose refresh token a keeper has. It outlives the keeper's place in the set-up: the answer to a
 * refresh that is under way may hold the only token that is good. */
struct _TlSetupKeeping
{
  GWeakRef        setup;

  /* Owned */
  TlAddress      *address;
  TlOauthRequest *request;

  gboolean        is_in_keyring;
};

static void
keeping_free (gpointer  data,
              GClosure *closure)
{
  TlSetupKeeping *self = data;

  g_weak_ref_clear (&self->setup);
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->request, tl_oauth_request_free);
  g_free (self);
}

static void
keep_refresh (TlSetup        *self,
              TlSetupKeeping *keeping,
              TlOauthKeeper  *keeper)
{
  TlSecret *refresh = tl_oauth_keeper_get_refresh (keeper);
  g_autoptr(TlSigninKeep) keep = NULL;
  g_autoptr(TlSecret) secret = NULL;

  if (refresh == NULL)
    return;

  keep = tl_signin_keep_new (keeping->request->client, keeping->request->scopes, refresh);
  secret = tl_signin_keep_encode (keep);
  if (secret == NULL)
    {
      keep_for_this_time_only (self, tl_finding_new ("store.verify-failed", TL_LANE_NONE, NULL));
      return;
    }

  keeping->is_in_keyring = TRUE;
  add_errand (self, keeping->address, tl_address_get_addr_spec (keeping->address), NULL,
              TL_VAULT_REFRESH_TOKEN, secret);
}

/* The one in the keyring is dead from now on, whatever a test will say. */
static void
on_rotated (TlOauthKeeper  *keeper,
            TlSetupKeeping *keeping)
{
  g_autoptr(TlSetup) setup = g_weak_ref_get (&keeping->setup);
  TlSetupKeeping *current = setup == NULL ? NULL : setup->signin.keeping;

  if (setup == NULL || !keeping->is_in_keyring)
    return;

  /* A newer sign-in of the same mailbox is there already. */
  if (current != NULL && current != keeping && current->is_in_keyring &&
      tl_address_equal (current->address, keeping->address))
    return;

  keep_refresh (setup, keeping, keeper);
}

/**
 * tl_setup_watch_keeper:
 * @self: a set-up with an address
 * @request: what the tokens were got with
 * @keeper: what keeps them usable
 *
 * Returns: (transfer none): what is known about keeping @keeper's refresh token; lives as long as
 *   @keeper
 */
TlSetupKeeping *
tl_setup_watch_keeper (TlSetup        *self,
                       TlOauthRequest *request,
                       TlOauthKeeper  *keeper)
{
  TlSetupKeeping *keeping = g_new0 (TlSetupKeeping, 1);

  g_weak_ref_init (&keeping->setup, self);
  keeping->address = tl_address_ref (self->address);
  keeping->request = tl_oauth_request_copy (request);
  g_signal_connect_data (keeper, "rotated", G_CALLBACK (on_rotated), keeping, keeping_free, 0);

  return keeping;
}

void
tl_setup_set_in_keyring (TlSetup  *self,
                         gboolean  is_in_keyring)
{
  if (self->signin.keeping != NULL)
    self->signin.keeping->is_in_keyring = is_in_keyring;
}

/**
 * tl_setup_is_in_keyring:
 * @self: a set-up
 *
 * Returns: whether the refresh token of its sign-in is in the keyring, or one that it replaced
 */
gboolean
tl_setup_is_in_keyring (TlSetup *self)
{
  return self->signin.kept != NULL ||
         (self->signin.keeping != NULL && self->signin.keeping->is_in_keyring);
}

/* Whoever keeps nothing leaves no trace of the program's own registration either. */
static void
keep_registration (TlSetup *self)
{
  TlOauthClient *client = self->signin.registered;
  g_autoptr(TlSigninKeep) keep = NULL;
  g_autoptr(TlSecret) secret = NULL;

  if (client == NULL || client != self->signin.request->client)
    return;

  keep = tl_signin_keep_new (client, NULL, NULL);
  secret = tl_signin_keep_encode (keep);
  tl_setup_keep_client (self, keep->issuer, secret);
}

/**
 * tl_setup_keep_refresh:
 * @self: a set-up that is signed in
 *
 * Has the keyring keep the refresh token as it is now, if there is one.
 */
void
tl_setup_keep_refresh (TlSetup *self)
{
  keep_refresh (self, self->signin.keeping, self->signin.keeper);
}

/* --- What was tested -------------------------------------------------------------- */

static gboolean
is_green (TlLaneRun *run)
{
  TlVerdict verdict = tl_lane_run_get_verdict (run);

  return verdict == TL_VERDICT_OK || verdict == TL_VERDICT_WARNING;
}

static gboolean
is_signin_green (TlSetup *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (is_green (self->lanes[i].run) &&
          tl_setup_needs_token (self, tl_lane_run_get_lane (self->lanes[i].run)))
        return TRUE;
    }

  return FALSE;
}

/* @secret is for the server that has taken it, and for no other. */
static void
keep_password (TlSetup    *self,
               TlLaneRun  *run,
               TlVaultUse  use,
               TlSecret   *secret)
{
  TlLaneSettings *settings = tl_lane_report_get_settings (tl_lane_run_get_report (run));

  add_errand (self, self->address, tl_address_get_addr_spec (self->address),
              tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings)), use, secret);
}

/**
 * tl_setup_remember_secrets:
 * @self: a set-up that was tested
 *
 * Puts what a server has taken into the keyring, if that is wanted; a mistyped password would come
 * back to haunt. It takes the place of what was there, of the other kind too.
 */
void
tl_setup_remember_secrets (TlSetup *self)
{
  static const TlVaultUse uses[] = { TL_VAULT_INCOMING_PASSWORD, TL_VAULT_OUTGOING_PASSWORD };
  gboolean uses_password = FALSE;

  tl_setup_set_kept (self, FALSE);
  if (!self->remember || self->purpose == TL_PURPOSE_PRACTICE)
    return;

  tl_setup_take_store_finding (self, NULL);
  if (self->signin.keeper != NULL && is_signin_green (self))
    {
      tl_setup_keep_refresh (self);
      keep_registration (self);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      TlLaneKind lane = tl_lane_run_get_lane (self->lanes[i].run);
      gboolean is_signin = tl_setup_needs_token (self, lane);

      if (!is_green (self->lanes[i].run) || self->lanes[i].has_token)
        continue;
      uses_password = uses_password || (!is_signin && lane == TL_LANE_INCOMING);
      keep_password (self, self->lanes[i].run, uses[i],
                     is_signin ? NULL : self->lanes[i].secret);
    }

  if (uses_password)
    tl_setup_keep (self, TL_VAULT_REFRESH_TOKEN, NULL);
}
