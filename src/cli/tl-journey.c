/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-stage-row.h"
#include "tl-terminal.h"

/* How long the end of a program waits for what it has stopped. */
#define END_MS 1000

TlJourney *
tl_journey_new (void)
{
  TlJourney *self = g_new0 (TlJourney, 1);

  self->setup = tl_setup_new ();
  self->password_fd = -1;
  self->outgoing_password_fd = -1;
  self->token_fd = -1;
  self->client_secret_fd = -1;
  self->signing_passphrase_fd = -1;

  return self;
}

static gboolean
on_waited_enough (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
is_storing (TlSetup *setup)
{
  gboolean storing = FALSE;

  g_object_get (setup, "storing", &storing, NULL);

  return storing;
}

/* Whoever interrupts a test may do so between a refresh and the keyring: the token that it has by
 * then is the only good one. */
static void
let_store (TlSetup *setup)
{
  gboolean waited_enough = FALSE;
  guint timeout_id;

  if (!is_storing (setup))
    return;

  timeout_id = g_timeout_add (END_MS, on_waited_enough, &waited_enough);
  while (is_storing (setup) && !waited_enough)
    g_main_context_iteration (NULL, TRUE);
  if (!waited_enough)
    g_source_remove (timeout_id);
}

/* Sources may still be asked when the results are there. What is stopped still
 * has a thread, and a program must not end under it. */
static void
let_go (TlSetup *setup)
{
  gboolean was_settling = tl_setup_is_settling (setup);
  gboolean waited_enough = FALSE;
  gpointer left = setup;
  guint timeout_id;

  let_store (setup);
  g_object_add_weak_pointer (G_OBJECT (setup), &left);
  tl_setup_forget_discovery (setup);
  g_object_unref (setup);
  if (was_settling)
    {
      timeout_id = g_timeout_add (END_MS, on_waited_enough, &waited_enough);
      while (left != NULL && !waited_enough)
        g_main_context_iteration (NULL, TRUE);
      if (!waited_enough)
        g_source_remove (timeout_id);
    }
  if (left != NULL)
    g_object_remove_weak_pointer (G_OBJECT (setup), &left);
}

void
tl_journey_free (TlJourney *self)
{
  let_go (self->setup);
  g_clear_pointer (&self->incoming, g_free);
  g_clear_pointer (&self->outgoing, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->outgoing_user, g_free);
  g_clear_pointer (&self->accept, g_free);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->sign_in, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->tenant, g_free);
  g_clear_pointer (&self->client_secret, tl_secret_unref);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->shared, g_free);
  g_clear_pointer (&self->relay, g_free);
  g_clear_pointer (&self->policy_files, g_strfreev);
  g_clear_pointer (&self->seal_for, g_free);
  g_clear_pointer (&self->agree, g_free);
  g_clear_pointer (&self->signing_key, g_free);
  g_clear_pointer (&self->folders, g_strfreev);
  g_clear_pointer (&self->create, g_strfreev);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->warm_up, g_free);
  g_clear_pointer (&self->registered, g_free);
  g_clear_pointer (&self->reply_to, g_free);
  g_free (self);
}

/**
 * tl_journey_dup_search_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options that say whom to ask for servers, and by which rules; free
 *   with g_free()
 */
GOptionEntry *
tl_journey_dup_search_entries (TlJourney *self)
{
  const GOptionEntry entries[] = {
    { "directory", 0, 0, G_OPTION_ARG_STRING, &self->directory,
      N_("Ask this public directory of mail servers (https), or “none”, instead of the one in the "
         "preferences"),
      N_("URL") },
    { "send-address", 0, 0, G_OPTION_ARG_NONE, &self->send_address,
      N_("Show servers under the address’s own domain the whole address, over HTTPS; "
         "else nobody is told more than the domain"),
      NULL },
    { "policy", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->policy_files,
      N_("Keep to this policy too"), N_("FILE") },
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
}

/**
 * tl_journey_dup_identity_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options that say whom to ask for servers, and who signs in on which
 *   lane; free with g_free()
 */
GOptionEntry *
tl_journey_dup_identity_entries (TlJourney *self)
{
  g_autofree GOptionEntry *search = tl_journey_dup_search_entries (self);
  const GOptionEntry entries[] = {
    { "login", 0, 0, G_OPTION_ARG_STRING, &self->login,
      N_("Who signs in, if ADDRESS is a shared mailbox"), N_("LOGIN") },
    { "shared", 0, 0, G_OPTION_ARG_STRING, &self->shared,
      N_("How the shared mailbox is reached: provider, master, or folder:NAME"), N_("HOW") },
    { "relay", 0, 0, G_OPTION_ARG_STRING, &self->relay,
      N_("Send through this service, with a sign-in of its own; “twolanectl providers” lists them"),
      N_("SERVICE") },
    { NULL }
  };

  return tl_cli_join_entries (search, entries);
}

/**
 * tl_journey_dup_dialogue_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options that a dialogue takes too: whom to ask for servers, who
 *   signs in, and how; free with g_free()
 */
GOptionEntry *
tl_journey_dup_dialogue_entries (TlJourney *self)
{
  g_autofree GOptionEntry *identity = tl_journey_dup_identity_entries (self);
  const GOptionEntry entries[] = {
    { "sign-in", 0, 0, G_OPTION_ARG_STRING, &self->sign_in,
      N_("How to sign in: browser, device (a code on another device), online-account, "
         "app-password or password"),
      N_("WAY") },
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &self->client_id,
      N_("The client id that IT gave this program at your provider; it is kept"), N_("ID") },
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &self->tenant,
      N_("The tenant (directory) that goes with it"), N_("TENANT") },
    { "client-secret-fd", 0, 0, G_OPTION_ARG_INT, &self->client_secret_fd,
      N_("Read the client secret that goes with it from file descriptor N; the keyring keeps it"),
      N_("N") },
    { "insist", 0, 0, G_OPTION_ARG_NONE, &self->insist,
      N_("Send a password although it does not look like an app password of this provider"), NULL },
    { NULL }
  };

  return tl_cli_join_entries (identity, entries);
}

/**
 * tl_journey_dup_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options that say where and as whom; free with g_free()
 */
GOptionEntry *
tl_journey_dup_entries (TlJourney *self)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
      N_("Answer in JSON, for programs"), NULL },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &self->practice,
      N_("Use the practice mailbox; nothing leaves this computer"), NULL },
    { "practise", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->practice, NULL, NULL },
    { "incoming", 0, 0, G_OPTION_ARG_STRING, &self->incoming,
      N_("Incoming server, imaps://HOST[:PORT], or imap:// for STARTTLS; else it is looked for"),
      N_("URL") },
    { "outgoing", 0, 0, G_OPTION_ARG_STRING, &self->outgoing,
      N_("Outgoing server, smtps://HOST[:PORT], or smtp:// for STARTTLS; else it is looked for"),
      N_("URL") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self->user,
      N_("User name to sign in with, if it is not the address"), N_("NAME") },
    { "outgoing-user", 0, 0, G_OPTION_ARG_STRING, &self->outgoing_user,
      N_("User name of the outgoing server, if it is another one"), N_("NAME") },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &self->password_fd,
      N_("Read the password from this file descriptor; one final newline is dropped"), N_("N") },
    { "outgoing-password-fd", 0, 0, G_OPTION_ARG_INT, &self->outgoing_password_fd,
      N_("The same for the outgoing server, if it has another password"), N_("N") },
    { "token-fd", 0, 0, G_OPTION_ARG_INT, &self->token_fd,
      N_("For who has an OAuth access token: read it from this file descriptor and sign in with it "
         "in place of a password"), N_("N") },
    { "keyring", 0, 0, G_OPTION_ARG_NONE, &self->keyring,
      N_("Take the password, or the permission given on the provider’s page, from the keyring"),
      NULL },
    { "accept", 0, 0, G_OPTION_ARG_STRING, &self->accept,
      N_("Say yes to servers found under this domain although nobody vouches for it"),
      N_("DOMAIN") },
    { NULL }
  };
  g_autofree GOptionEntry *dialogue = tl_journey_dup_dialogue_entries (self);

  return tl_cli_join_entries (entries, dialogue);
}

/* --- Waiting ------------------------------------------------------------------ */

gboolean
tl_journey_wait_stop (gpointer data)
{
  TlJourneyWait *wait = data;

  g_cancellable_cancel (wait->cancellable);

  return G_SOURCE_CONTINUE;
}

void
tl_journey_wait_ready (GObject      *object,
                       GAsyncResult *result,
                       gpointer      data)
{
  TlJourneyWait *wait = data;

  wait->result = g_object_ref (result);
}

void
tl_journey_wait_clear (TlJourneyWait *wait)
{
  g_clear_object (&wait->cancellable);
  g_clear_object (&wait->result);
}

/* --- The test ------------------------------------------------------------------------ */

/* Lines as they happen are for a person: a program gets one document. */
static void
on_status_changed (TlStageRow *row,
                   GParamSpec *pspec,
                   gpointer    lane)
{
  TlStatus status = tl_stage_row_get_status (row);
  g_autoptr(TlStep) step = NULL;

  if (status == TL_STATUS_RUNNING || status == TL_STATUS_NOT_TESTED)
    return;

  step = tl_step_new (tl_stage_row_get_stage (row), status, 0, tl_stage_row_get_ms (row));
  tl_terminal_print_step ((TlLaneKind) GPOINTER_TO_UINT (lane), step);
}

static void
on_stages_changed (GListModel *stages,
                   guint       position,
                   guint       removed,
                   guint       added,
                   gpointer    lane)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);

      g_signal_connect (row, "notify::status", G_CALLBACK (on_status_changed), lane);
    }
}

static void
watch (TlJourney  *self,
       TlLaneKind  lane)
{
  GListModel *stages = tl_lane_run_get_stages (tl_setup_get_run (self->setup, lane));
  gpointer data = GUINT_TO_POINTER ((guint) lane);
  guint n = g_list_model_get_n_items (stages);

  g_signal_connect (stages, "items-changed", G_CALLBACK (on_stages_changed), data);
  on_stages_changed (stages, 0, 0, n, data);
}

static void
unwatch (TlJourney  *self,
         TlLaneKind  lane)
{
  GListModel *stages = tl_lane_run_get_stages (tl_setup_get_run (self->setup, lane));

  g_signal_handlers_disconnect_by_func (stages, on_stages_changed,
                                        GUINT_TO_POINTER ((guint) lane));
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);

      g_signal_handlers_disconnect_by_func (row, on_status_changed,
                                            GUINT_TO_POINTER ((guint) lane));
    }
}

/**
 * tl_journey_wait_until_kept:
 * @self: a journey that has tested
 * @error: return location for a #GError
 *
 * Waits until the keyring has what it is to have: what was typed, or a refresh token that took the
 * place of the one it had, which is good for nothing any more.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_wait_until_kept (TlJourney  *self,
                            GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_WHILE (wait, (void) 0, is_storing (self->setup) &&
                              !g_cancellable_is_cancelled (wait.cancellable));

  return !is_storing (self->setup) ||
         !g_cancellable_set_error_if_cancelled (wait.cancellable, error);
}

static gboolean
test (TlJourney   *self,
      TlLaneKind   lane,
      GError     **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  gboolean tested;

  if (!self->json)
    {
      watch (self, TL_LANE_INCOMING);
      watch (self, TL_LANE_OUTGOING);
    }

  WAIT_FOR (wait, tl_setup_test_async (self->setup, lane, wait.cancellable,
                                       tl_journey_wait_ready, &wait));
  tested = tl_setup_test_finish (self->setup, wait.result, error);

  if (!self->json)
    {
      unwatch (self, TL_LANE_INCOMING);
      unwatch (self, TL_LANE_OUTGOING);
    }

  return tested && tl_journey_wait_until_kept (self, error);
}

/**
 * tl_journey_test:
 * @self: a journey with servers and secrets
 * @error: return location for a #GError
 *
 * Tests both lanes, telling what happens as it happens unless JSON was asked for.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_test (TlJourney  *self,
                 GError    **error)
{
  return test (self, TL_LANE_NONE, error);
}

/**
 * tl_journey_test_incoming:
 * @self: a journey with servers and secrets
 * @error: return location for a #GError
 *
 * As tl_journey_test(), for who wants to see the mailbox alone: nothing is sent.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_test_incoming (TlJourney  *self,
                          GError    **error)
{
  return test (self, TL_LANE_INCOMING, error);
}

/**
 * tl_journey_apply_fix:
 * @self: a journey with results
 * @fix: what can be done about one
 * @error: return location for a #GError
 *
 * Changes the settings of one lane and tests it, telling what happens as it happens.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_apply_fix (TlJourney  *self,
                      TlFix      *fix,
                      GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  gboolean applied;

  watch (self, tl_fix_get_lane (fix));
  WAIT_FOR (wait, tl_setup_apply_fix_async (self->setup, fix, wait.cancellable,
                                            tl_journey_wait_ready, &wait));
  applied = tl_setup_apply_fix_finish (self->setup, wait.result, error);
  unwatch (self, tl_fix_get_lane (fix));

  return applied && tl_journey_wait_until_kept (self, error);
}

gboolean
tl_journey_load_signer (TlJourney  *self,
                        GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_load_signer_async (self->setup, wait.cancellable,
                                              tl_journey_wait_ready, &wait));

  return tl_setup_load_signer_finish (self->setup, wait.result, error);
}

/**
 * tl_journey_export_unsigned:
 * @self: a journey with results
 * @folder: where the members of the bundle go
 * @certificate_pem: whose signature it will be
 * @error: return location for a #GError
 *
 * Returns: whether they are there
 */
gboolean
tl_journey_export_unsigned (TlJourney   *self,
                            const char  *folder,
                            const char  *certificate_pem,
                            GError     **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_export_unsigned_async (self->setup, folder, certificate_pem,
                                                  wait.cancellable, tl_journey_wait_ready,
                                                  &wait));

  return tl_setup_export_unsigned_finish (self->setup, wait.result, error);
}

gboolean
tl_journey_export (TlJourney   *self,
                   const char  *path,
                   GError     **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_export_async (self->setup, path, wait.cancellable, tl_journey_wait_ready,
                                         &wait));

  return tl_setup_export_finish (self->setup, wait.result, error);
}
