/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up signs in with: typed, or from the keyring. */
#include "tl-setup-private.h"

#include "tl-endpoint.h"
#include "tl-hand-over-private.h"
#include "tl-vault-finding.h"

static void
stop_recall (TlSetup *self)
{
  g_cancellable_cancel (self->recall_cancellable);
  g_clear_object (&self->recall_cancellable);
}

/* The server that a lane has now, as an endpoint spells it; NULL where there is none yet. */
static char *
dup_host (TlSetup    *self,
          TlLaneKind  lane)
{
  g_autofree char *typed = NULL;

  g_object_get (tl_setup_get_draft (self, lane), "host", &typed, NULL);

  return tl_host_canonicalize (typed);
}

/**
 * tl_setup_find_secret_problem:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: (transfer full) (nullable): why the password of this lane is not sent: its provider
 *   takes app passwords alone, and it cannot be one; %NULL where there is no reason, or a person
 *   insists
 */
TlFinding *
tl_setup_find_secret_problem (TlSetup    *self,
                              TlLaneKind  lane)
{
  const TlSecret *secret = self->lanes[lane - TL_LANE_INCOMING].secret;
  const TlAppPasswordForm *form = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (self->provider != NULL && !tl_provider_takes (self->provider, TL_AUTH_PASSWORD))
    form = tl_provider_get_app_password_form (self->provider);
  if (self->insists || form == NULL || secret == NULL ||
      tl_setup_get_lane_auth (self, lane) != TL_AUTH_APP_PASSWORD ||
      tl_app_password_fits (form, secret))
    return NULL;

  g_variant_dict_insert (&evidence, TL_EVIDENCE_PROVIDER, "s",
                         tl_provider_get_name (self->provider));

  return tl_finding_new ("input.not-app-password", lane, g_variant_dict_end (&evidence));
}

/* What is wrong with what was typed: with one password for both lanes it is no lane's. */
static TlFinding *
find_typed_problem (TlSetup *self)
{
  g_autoptr(TlFinding) incoming = tl_setup_find_secret_problem (self, TL_LANE_INCOMING);
  g_autoptr(TlFinding) outgoing = tl_setup_find_secret_problem (self, TL_LANE_OUTGOING);

  if (incoming == NULL)
    return g_steal_pointer (&outgoing);
  if (outgoing == NULL || !tl_secret_equal (self->lanes[0].secret, self->lanes[1].secret))
    return g_steal_pointer (&incoming);

  return tl_finding_new (tl_finding_get_id (incoming), TL_LANE_NONE,
                         tl_finding_get_evidence (incoming));
}

/**
 * tl_setup_refresh_secrets:
 * @self: a set-up
 *
 * Works out anew what follows from what there is to sign in with.
 */
void
tl_setup_refresh_secrets (TlSetup *self)
{
  static const char * const names[] = {
    "has-secret", "has-incoming-secret", "has-outgoing-secret",
  };
  g_autoptr(TlFinding) finding = find_typed_problem (self);

  if ((finding == NULL) != (self->secret_finding == NULL) ||
      (finding != NULL &&
       tl_finding_get_lane (finding) != tl_finding_get_lane (self->secret_finding)))
    {
      g_set_object (&self->secret_finding, finding);
      g_object_notify (G_OBJECT (self), "secret-finding");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_notify (G_OBJECT (self), names[i]);
  tl_hand_over_refresh_can_seal (self->hand_over);
}

/**
 * tl_setup_forget_secrets:
 * @self: a set-up
 *
 * For a change of the address: forgets the passwords and the sign-in, and what the
 * keyring may still say about them.
 */
void
tl_setup_forget_secrets (TlSetup *self)
{
  stop_recall (self);
  tl_setup_forget_signin (self);
  tl_setup_refresh_contacts (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      g_clear_pointer (&self->lanes[i].secret, tl_secret_unref);
      g_clear_pointer (&self->lanes[i].secret_host, g_free);
      self->lanes[i].has_token = FALSE;
    }
  self->insists = FALSE;
  self->is_auth_chosen = FALSE;
  tl_setup_take_store_finding (self, NULL);
  tl_setup_set_kept (self, FALSE);
  tl_setup_refresh_signin (self);
}

/* The password of a mailbox is nothing to send to a service that has its own. */
static gboolean
is_meant (TlSetup    *self,
          TlLaneKind  asked,
          TlLaneKind  lane)
{
  if (asked == TL_LANE_NONE)
    return lane == TL_LANE_INCOMING || !tl_identity_is_separate (self->identity);

  return asked == lane;
}

static void
take_lane_secret (TlSetup  *self,
                  guint     index,
                  TlSecret *secret,
                  gboolean  is_token)
{
  TlLaneKind lane = tl_lane_run_get_lane (self->lanes[index].run);
  g_autoptr(TlSecret) taken = NULL;
  TlProvider *provider;

  /* What it was before says nothing about how the new one is meant. */
  self->lanes[index].has_token = FALSE;
  g_clear_pointer (&self->lanes[index].secret_provider, tl_provider_unref);
  g_clear_pointer (&self->lanes[index].secret_host, g_free);
  if (secret != NULL)
    taken = !is_token && tl_setup_get_lane_auth (self, lane) == TL_AUTH_APP_PASSWORD
              ? tl_secret_strip_spaces (secret) : tl_secret_ref (secret);

  g_clear_pointer (&self->lanes[index].secret, tl_secret_unref);
  self->lanes[index].has_token = taken != NULL && is_token;
  provider = taken == NULL || is_token ? NULL : tl_setup_find_app_password_provider (self, lane);
  if (provider != NULL)
    self->lanes[index].secret_provider = tl_provider_ref (provider);
  self->lanes[index].secret = g_steal_pointer (&taken);
}

static void
take_secret (TlSetup    *self,
             TlLaneKind  lane,
             TlSecret   *secret,
             gboolean    is_token)
{
  self->insists = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      TlLaneKind kind = tl_lane_run_get_lane (self->lanes[i].run);

      if (is_meant (self, lane, kind))
        {
          take_lane_secret (self, i, secret, is_token);
          tl_setup_forget_results (self, kind);
        }
    }

  tl_setup_identify (self);
  tl_setup_refresh_secrets (self);
}

/**
 * tl_setup_check_secret_host:
 * @self: a set-up
 * @lane: which lane
 *
 * For a change of the server of a lane: what the keyring had for another one is forgotten.
 */
void
tl_setup_check_secret_host (TlSetup    *self,
                            TlLaneKind  lane)
{
  guint index = lane - TL_LANE_INCOMING;
  g_autofree char *host = NULL;

  if (self->lanes[index].secret_host == NULL)
    return;

  host = dup_host (self, lane);
  if (g_strcmp0 (host, self->lanes[index].secret_host) == 0)
    return;

  take_lane_secret (self, index, NULL, FALSE);
  tl_setup_refresh_secrets (self);
}

/**
 * tl_setup_refresh_sending:
 * @self: a set-up
 *
 * For a change of who signs in: a service that begins to have a sign-in of its own begins without
 * one, and the mailbox's own server has the mailbox's.
 */
void
tl_setup_refresh_sending (TlSetup *self)
{
  gboolean is_separate = tl_identity_is_separate (self->identity);

  if (self->was_separate != is_separate)
    {
      self->was_separate = is_separate;
      g_clear_pointer (&self->lanes[1].secret, tl_secret_unref);
      g_clear_pointer (&self->lanes[1].secret_provider, tl_provider_unref);
      g_clear_pointer (&self->lanes[1].secret_host, g_free);
      self->lanes[1].has_token = FALSE;
      if (!is_separate && self->lanes[0].secret != NULL)
        {
          self->lanes[1].secret_host = g_strdup (self->lanes[0].secret_host);
          self->lanes[1].secret = tl_secret_ref (self->lanes[0].secret);
          self->lanes[1].has_token = self->lanes[0].has_token;
          if (self->lanes[0].secret_provider != NULL)
            self->lanes[1].secret_provider = tl_provider_ref (self->lanes[0].secret_provider);
          tl_setup_check_secret_host (self, TL_LANE_OUTGOING);
        }
      tl_setup_forget_results (self, TL_LANE_OUTGOING);
    }
  tl_setup_refresh_secrets (self);
}

/**
 * tl_setup_get_password:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: (transfer none) (nullable): the password that the lane signs in with, which may be
 *   handed over; %NULL where it signs in with a token, or there is none
 */
TlSecret *
tl_setup_get_password (TlSetup    *self,
                       TlLaneKind  lane)
{
  guint index = lane - TL_LANE_INCOMING;
  g_autoptr(TlLaneSettings) settings = tl_setup_dup_settings (self, lane);

  return settings != NULL && tl_lane_settings_get_auth (settings) != TL_AUTH_OAUTH2 &&
         !self->lanes[index].has_token && !tl_setup_needs_token (self, lane)
           ? self->lanes[index].secret : NULL;
}

/**
 * tl_setup_insist_on_secret:
 * @self: a set-up
 *
 * For who knows better than our table what an app password looks like: what was typed is sent as it
 * is, until something else is typed.
 */
void
tl_setup_insist_on_secret (TlSetup *self)
{
  g_return_if_fail (TL_IS_SETUP (self));

  self->insists = TRUE;
  tl_setup_refresh_secrets (self);
}

/**
 * tl_setup_set_secret:
 * @self: a set-up
 * @lane: for which lane, or %TL_LANE_NONE for both
 * @secret: (nullable): what to sign in with
 *
 * The white space that providers put into app passwords to make them readable
 * is dropped; a password of one's own is taken as it is. A recall under way is
 * stopped: what a person typed stands.
 */
void
tl_setup_set_secret (TlSetup    *self,
                     TlLaneKind  lane,
                     TlSecret   *secret)
{
  g_return_if_fail (TL_IS_SETUP (self));

  stop_recall (self);
  /* What is typed for one kind of sign-in is not to become another kind by itself. */
  if (secret != NULL && self->discovery != NULL && lane != TL_LANE_OUTGOING)
    tl_setup_choose_auth (self, tl_setup_get_auth (self));
  take_secret (self, lane, secret, FALSE);
}

/**
 * tl_setup_set_token:
 * @self: a set-up
 * @lane: for which lane, or %TL_LANE_NONE for both
 * @token: an OAuth 2.0 access token (RFC 6750 §2.1)
 *
 * Like tl_setup_set_secret(), and the lane signs in with OAuth whatever discovery says. It is not
 * put into the keyring: it is of no use after an hour.
 */
void
tl_setup_set_token (TlSetup    *self,
                    TlLaneKind  lane,
                    TlSecret   *token)
{
  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (token != NULL);

  stop_recall (self);
  take_secret (self, lane, token, TRUE);
}

/* What the keyring may have of a mailbox. */
static const TlVaultUse uses[] = {
  TL_VAULT_INCOMING_PASSWORD, TL_VAULT_OUTGOING_PASSWORD, TL_VAULT_REFRESH_TOKEN,
};

typedef struct
{
  /* Owned */
  TlAddress *address;
  char      *host;      /* the server that the password asked for is to go to */

  guint      index;     /* of what is asked for */
  gboolean   has[3];    /* what the keyring had of it */
} Recall;

static void
recall_free (gpointer data)
{
  Recall *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->host, g_free);
  g_free (self);
}

/* Where a password is to go to now; NULL where that is not known, or it is about something else. */
static char *
dup_use_host (TlSetup    *self,
              TlVaultUse  use)
{
  if (use == TL_VAULT_REFRESH_TOKEN)
    return NULL;

  return dup_host (self, use == TL_VAULT_INCOMING_PASSWORD ? TL_LANE_INCOMING : TL_LANE_OUTGOING);
}

/* A password without a server is not asked for. The sign-in comes last and needs none. */
static void
ask_keyring (GTask               *task,
             GAsyncReadyCallback  callback)
{
  TlSetup *self = g_task_get_source_object (task);
  Recall *recall = g_task_get_task_data (task);

  g_clear_pointer (&recall->host, g_free);
  for (; uses[recall->index] != TL_VAULT_REFRESH_TOKEN; recall->index++)
    {
      recall->host = dup_use_host (self, uses[recall->index]);
      if (recall->host != NULL)
        break;
    }

  tl_vault_lookup_async (uses[recall->index], tl_address_get_addr_spec (recall->address),
                         recall->host, g_task_get_cancellable (task), callback,
                         g_object_ref (task));
}

/* A password is kept only once it has worked, and a sign-in likewise, and the one takes the place
 * of the other: what there is says how it is signed in. */
static void
choose_recalled (TlSetup *self)
{
  static const TlAuth passwords[] = { TL_AUTH_APP_PASSWORD, TL_AUTH_PASSWORD };

  if (self->is_auth_chosen || self->lanes[0].secret == NULL ||
      tl_setup_get_auth (self) != TL_AUTH_OAUTH2)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      if (tl_setup_takes (self, passwords[i]))
        {
          tl_setup_choose_auth (self, passwords[i]);
          return;
        }
    }
}

static void
take_password (TlSetup    *self,
               TlLaneKind  lane,
               const char *host,
               TlSecret   *secret)
{
  take_secret (self, lane, secret, FALSE);
  self->lanes[lane - TL_LANE_INCOMING].secret_host = g_strdup (host);
  /* Whoever heard of it may have changed the server. */
  tl_setup_check_secret_host (self, lane);
}

static void
take_recalled (TlSetup    *self,
               TlVaultUse  use,
               const char *host,
               TlSecret   *secret)
{
  switch (use)
    {
    case TL_VAULT_INCOMING_PASSWORD:
      take_password (self, TL_LANE_INCOMING, host, secret);
      break;
    case TL_VAULT_OUTGOING_PASSWORD:
      take_password (self, TL_LANE_OUTGOING, host, secret);
      break;
    case TL_VAULT_REFRESH_TOKEN:
      tl_setup_take_kept (self, secret);
      break;
    case TL_VAULT_SIGNING_KEY:
    case TL_VAULT_CLIENT:
    default:
      g_assert_not_reached ();
    }
}

/* Whether a lane signs in with what the keyring had, not with what was typed before. */
static gboolean
has_recalled (TlSetup      *self,
              const Recall *recall,
              TlLaneKind    lane)
{
  if (tl_setup_needs_token (self, lane))
    return recall->has[2] && tl_setup_has_lane_secret (self, lane);

  return recall->has[lane - TL_LANE_INCOMING] && tl_setup_has_lane_secret (self, lane);
}

static void
on_recalled (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  Recall *recall = g_task_get_task_data (task);
  TlVaultStatus status = TL_VAULT_OK;
  GError *error = NULL;
  TlFinding *finding;
  g_autofree char *host = NULL;
  g_autoptr(TlSecret) secret = tl_vault_lookup_finish (result, &status, &error);

  /* Cancelled by a caller, by another address, or by a password that was typed. */
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  finding = tl_vault_finding_new (status, TL_LANE_NONE);
  host = dup_use_host (self, uses[recall->index]);
  /* The person may have chosen another server while the keyring was asked. */
  recall->has[recall->index] = secret != NULL && g_strcmp0 (host, recall->host) == 0;
  if (recall->has[recall->index])
    take_recalled (self, uses[recall->index], host, secret);

  /* Who said no to one question of the keyring is not asked the next. */
  if (finding == NULL && ++recall->index < G_N_ELEMENTS (uses))
    {
      ask_keyring (task, on_recalled);
      return;
    }

  if (finding != NULL)
    tl_setup_take_store_finding (self, finding);
  choose_recalled (self);
  g_task_return_boolean (task, has_recalled (self, recall, TL_LANE_INCOMING) &&
                               has_recalled (self, recall, TL_LANE_OUTGOING));
}

/**
 * tl_setup_recall_async:
 * @self: a set-up with a valid address
 * @cancellable: (nullable): stops it
 * @callback: called when the keyring has answered
 * @user_data: for @callback
 *
 * Takes the passwords of this address, or its sign-in, from the keyring, if it has them: each
 * password for the server that its lane has now, and not where there is none; it is forgotten when
 * the lane gets another server. Another address, or a password that is set meanwhile, stops it; so
 * does asking again.
 * Where the keyring could not answer, `store-finding` says why.
 */
void
tl_setup_recall_async (TlSetup             *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Recall *recall;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  stop_recall (self);
  tl_setup_take_store_finding (self, NULL);
  self->recall_cancellable = g_cancellable_new ();
  tl_cancellable_chain (cancellable, self->recall_cancellable);

  recall = g_new0 (Recall, 1);
  recall->address = tl_address_ref (self->address);
  task = g_task_new (self, self->recall_cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_setup_recall_async);
  g_task_set_task_data (task, recall, recall_free);
  ask_keyring (task, on_recalled);
}

/**
 * tl_setup_recall_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the keyring had what both lanes sign in with; %FALSE without an error when
 *   it had none or could not answer, and with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_recall_finish (TlSetup       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
