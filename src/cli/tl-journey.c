/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

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

  return self;
}

static gboolean
on_waited_enough (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
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
  g_free (self);
}

/**
 * tl_journey_dup_search_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options that say whom to ask for servers; free with g_free()
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
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
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
  g_autofree GOptionEntry *search = tl_journey_dup_search_entries (self);
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
      N_("Take the password from the keyring"), NULL },
    { "accept", 0, 0, G_OPTION_ARG_STRING, &self->accept,
      N_("Say yes to servers found under this domain although nobody vouches for it"),
      N_("DOMAIN") },
    search[0],
    search[1],
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
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

/* --- Secrets ---------------------------------------------------------------------- */

/* Says why the keyring did not answer. Standard output is for the results. */
static gboolean
recall (TlJourney  *self,
        GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  g_autoptr(GError) why = NULL;
  TlFinding *finding;

  WAIT_FOR (wait, tl_setup_recall_async (self->setup, wait.cancellable, tl_journey_wait_ready,
                                         &wait));

  if (tl_setup_recall_finish (self->setup, wait.result, &why))
    return TRUE;

  finding = tl_setup_get_store_finding (self->setup);
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
    }
  else if (finding != NULL)
    {
      tl_terminal_talk_aside ();
      tl_terminal_print_finding (finding, NULL);
      g_set_error_literal (error, TL_ERROR, TL_ERROR_UNREACHABLE,
                           "the keyring did not give the password");
    }
  else
    {
      g_set_error (error, TL_ERROR, TL_ERROR_NOT_FOUND,
                   "the keyring has no password for %s",
                   tl_address_get_addr_spec (tl_setup_get_address (self->setup)));
    }

  return FALSE;
}

static gboolean
read_secret (TlJourney   *self,
             TlLaneKind   lane,
             int          fd,
             const char  *option,
             gboolean     is_token,
             GError     **error)
{
  g_autoptr(TlSecret) secret = tl_secret_read_sync (fd, error);

  if (secret == NULL)
    {
      g_prefix_error (error, "--%s: ", option);
      return FALSE;
    }
  if (is_token)
    tl_setup_set_token (self->setup, lane, secret);
  else
    tl_setup_set_secret (self->setup, lane, secret);

  return TRUE;
}

/* Standard input is a file descriptor like any other; minus one is none. */
static gboolean
read_secrets (TlJourney  *self,
              GError    **error)
{
  gboolean is_token = self->token_fd >= 0;

  if (!read_secret (self, TL_LANE_NONE, is_token ? self->token_fd : self->password_fd,
                    is_token ? "token-fd" : "password-fd", is_token, error))
    return FALSE;

  return self->outgoing_password_fd < 0 ||
         read_secret (self, TL_LANE_OUTGOING, self->outgoing_password_fd, "outgoing-password-fd",
                      FALSE, error);
}

static gboolean
has_lane_to_test (TlJourney *self)
{
  return tl_lane_draft_is_valid (tl_setup_get_draft (self->setup, TL_LANE_INCOMING)) ||
         tl_lane_draft_is_valid (tl_setup_get_draft (self->setup, TL_LANE_OUTGOING));
}

/**
 * tl_journey_get_secrets:
 * @self: a journey
 * @error: return location for a #GError
 *
 * Gets the passwords: from file descriptors, the keyring, or a prompt. Where no lane has a server,
 * nobody is asked for anything.
 *
 * Returns: whether each lane that is going to be tested has one
 */
gboolean
tl_journey_get_secrets (TlJourney  *self,
                        GError    **error)
{
  g_autoptr(TlSecret) secret = NULL;
  g_autofree char *question = NULL;

  if (self->practice)
    return TRUE;
  if (self->token_fd >= 0 && (self->password_fd >= 0 || self->keyring))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--token-fd is for both lanes in place of a password; only "
                           "--outgoing-password-fd goes beside it");
      return FALSE;
    }
  if (self->token_fd >= 0 || (self->password_fd >= 0 && !self->keyring))
    return read_secrets (self, error);
  if (!has_lane_to_test (self))
    return TRUE;
  if (self->keyring)
    return recall (self, error);

  if (!tl_terminal_can_ask ())
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "there is no terminal to ask for the password: "
                           "give --password-fd N or --keyring");
      return FALSE;
    }

  /* Translators: %s is an address */
  question = g_strdup_printf (_("Password for %s (not shown):"),
                              tl_address_get_addr_spec (tl_setup_get_address (self->setup)));
  secret = tl_terminal_ask_secret (question, error);
  if (secret == NULL)
    return FALSE;
  tl_setup_set_secret (self->setup, TL_LANE_NONE, secret);

  return TRUE;
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
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  gboolean tested;

  if (!self->json)
    {
      watch (self, TL_LANE_INCOMING);
      watch (self, TL_LANE_OUTGOING);
    }

  WAIT_FOR (wait, tl_setup_test_async (self->setup, TL_LANE_NONE, wait.cancellable,
                                       tl_journey_wait_ready, &wait));
  tested = tl_setup_test_finish (self->setup, wait.result, error);

  if (!self->json)
    {
      unwatch (self, TL_LANE_INCOMING);
      unwatch (self, TL_LANE_OUTGOING);
    }

  return tested;
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

  return applied;
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
