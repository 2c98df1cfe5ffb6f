/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-journey.h"

#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "tl-error.h"
#include "tl-stage-row.h"
#include "tl-terminal.h"

TlJourney *
tl_journey_new (void)
{
  TlJourney *self = g_new0 (TlJourney, 1);

  self->setup = tl_setup_new ();
  self->password_fd = -1;
  self->outgoing_password_fd = -1;

  return self;
}

void
tl_journey_free (TlJourney *self)
{
  g_clear_object (&self->setup);
  g_clear_pointer (&self->incoming, g_free);
  g_clear_pointer (&self->outgoing, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->outgoing_user, g_free);
  g_clear_pointer (&self->accept, g_free);
  g_free (self);
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
    { "keyring", 0, 0, G_OPTION_ARG_NONE, &self->keyring,
      N_("Take the password from the keyring"), NULL },
    { "accept", 0, 0, G_OPTION_ARG_STRING, &self->accept,
      N_("Say yes to servers found under this domain although nobody vouches for it"),
      N_("DOMAIN") },
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
}

/* --- Waiting ------------------------------------------------------------------ */

typedef struct
{
  GCancellable *cancellable;
  GAsyncResult *result;
} Wait;

static gboolean
on_signal (gpointer data)
{
  Wait *wait = data;

  g_cancellable_cancel (wait->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
on_ready (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
}

/* Starts one asynchronous call of the set-up and runs the main loop until it
 * is over. Signals are caught only meanwhile: at a prompt they do what a
 * terminal user expects. */
#define WAIT_FOR(wait, call) \
  G_STMT_START \
    { \
      guint int_id = g_unix_signal_add (SIGINT, on_signal, &(wait)); \
      guint term_id = g_unix_signal_add (SIGTERM, on_signal, &(wait)); \
      guint hup_id = g_unix_signal_add (SIGHUP, on_signal, &(wait)); \
      \
      (wait).cancellable = g_cancellable_new (); \
      (call); \
      while ((wait).result == NULL) \
        g_main_context_iteration (NULL, TRUE); \
      g_source_remove (int_id); \
      g_source_remove (term_id); \
      g_source_remove (hup_id); \
    } \
  G_STMT_END

static void
wait_clear (Wait *wait)
{
  g_clear_object (&wait->cancellable);
  g_clear_object (&wait->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wait, wait_clear)

/* --- Address and servers -------------------------------------------------------- */

/**
 * tl_journey_set_address:
 * @self: a journey
 * @address: what was typed
 * @error: return location for a #GError
 *
 * Returns: whether it is an address; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_journey_set_address (TlJourney   *self,
                        const char  *address,
                        GError     **error)
{
  g_autoptr(TlFinding) finding = NULL;

  if (self->practice && (self->incoming != NULL || self->outgoing != NULL || self->user != NULL ||
                         self->outgoing_user != NULL))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--practice has servers and a user of its own: leave out "
                           "--incoming, --outgoing, --user and --outgoing-user");
      return FALSE;
    }
  if (self->practice && g_strcmp0 (address, TL_PRACTICE_ADDRESS) != 0 && *address != '\0')
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "with --practice the address is %s", TL_PRACTICE_ADDRESS);
      return FALSE;
    }
  if (self->practice)
    return tl_setup_use_practice_file (self->setup, NULL) ||
           tl_setup_practise (self->setup, TL_PRACTICE_ALL_WELL, error);

  tl_setup_set_address_text (self->setup, address);
  if (tl_setup_get_address (self->setup) != NULL)
    return TRUE;

  g_object_get (self->setup, "address-finding", &finding, NULL);
  if (finding != NULL)
    {
      g_autofree char *title = tl_finding_dup_title (finding);
      g_autofree char *explanation = tl_finding_dup_explanation (finding);

      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s. %s (%s)", title, explanation,
                   tl_evidence_get_string (tl_finding_get_evidence (finding), TL_EVIDENCE_DETAIL));
    }
  else
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, _("An address is needed"));
    }

  return FALSE;
}

gboolean
tl_journey_discover (TlJourney  *self,
                     GError    **error)
{
  g_auto(Wait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_discover_async (self->setup, wait.cancellable, on_ready, &wait));

  return tl_setup_discover_finish (self->setup, wait.result, error);
}

static gboolean
use_url (TlJourney   *self,
         TlLaneKind   lane,
         const char  *url,
         const char  *user,
         GError     **error)
{
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
  g_autoptr(TlLaneSettings) settings = NULL;
  TlProtocol protocol = tl_protocol_for_lane (lane);

  if (url != NULL)
    {
      TlAddress *address = tl_setup_get_address (self->setup);

      settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD,
                                                user != NULL ? user
                                                             : tl_address_get_addr_spec (address),
                                                error);
      if (settings == NULL)
        {
          g_prefix_error (error, "--%s: ", tl_lane_kind_get_nick (lane));
          return FALSE;
        }
      if (tl_lane_settings_get_protocol (settings) != protocol)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "--%s: “%s” is for the other lane; here it is %s",
                       tl_lane_kind_get_nick (lane), url,
                       lane == TL_LANE_INCOMING ? "imaps:// or imap://"
                                                : "smtps:// or smtp://");
          return FALSE;
        }
      tl_lane_draft_set_settings (draft, settings, TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
    }
  else if (user != NULL)
    {
      g_object_set (draft, "username", user, NULL);
    }

  return TRUE;
}

/* Somebody has to vouch for a host outside the address's domain: the person at
 * the terminal, or whoever wrote --accept into a script. */
static void
agree (TlJourney  *self,
       TlLaneKind  lane)
{
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
  g_autofree char *site = NULL;
  g_autofree char *host = NULL;
  g_autofree char *question = NULL;

  if (!tl_lane_draft_needs_yes (draft))
    return;

  g_object_get (draft, "site", &site, "host", &host, NULL);
  if (g_strcmp0 (self->accept, site) == 0)
    {
      g_object_set (draft, "confirmed", TRUE, NULL);
      return;
    }
  if (!tl_terminal_can_ask () || self->json)
    return;

  /* Translators: server name, then the domain it belongs to */
  question = g_strdup_printf (_("%s belongs to %s, and nobody vouches for that. "
                                "Send your password there?"),
                              host, site);
  if (tl_terminal_ask_yes (question, FALSE))
    g_object_set (draft, "confirmed", TRUE, NULL);
}

/**
 * tl_journey_find_servers:
 * @self: a journey with an address
 * @error: return location for a #GError
 *
 * Takes the servers from the command line and looks for those that are not there.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT or %G_IO_ERROR_CANCELLED; a
 *   server that was not found is no error here, but the result of its lane
 */
gboolean
tl_journey_find_servers (TlJourney  *self,
                         GError    **error)
{
  if (!self->practice && (self->incoming == NULL || self->outgoing == NULL) &&
      !tl_journey_discover (self, error))
    return FALSE;

  if (!use_url (self, TL_LANE_INCOMING, self->incoming, self->user, error) ||
      !use_url (self, TL_LANE_OUTGOING, self->outgoing,
                self->outgoing_user != NULL ? self->outgoing_user : self->user, error))
    return FALSE;

  agree (self, TL_LANE_INCOMING);
  agree (self, TL_LANE_OUTGOING);

  return TRUE;
}

/* --- Secrets ---------------------------------------------------------------------- */

/* Says why the keyring did not answer. Standard output is for the results. */
static gboolean
recall (TlJourney  *self,
        GError    **error)
{
  g_auto(Wait) wait = { NULL, NULL };
  g_autoptr(GError) why = NULL;
  TlFinding *finding;

  WAIT_FOR (wait, tl_setup_recall_async (self->setup, wait.cancellable, on_ready, &wait));

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
      tl_terminal_print_finding (finding);
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
             GError     **error)
{
  g_autoptr(TlSecret) secret = tl_secret_read_sync (fd, error);

  if (secret == NULL)
    {
      g_prefix_error (error, "--%s: ", option);
      return FALSE;
    }
  tl_setup_set_secret (self->setup, lane, secret);

  return TRUE;
}

/**
 * tl_journey_get_secrets:
 * @self: a journey
 * @error: return location for a #GError
 *
 * Gets the passwords: from file descriptors, the keyring, or a prompt.
 *
 * Returns: whether each lane has one
 */
gboolean
tl_journey_get_secrets (TlJourney  *self,
                        GError    **error)
{
  g_autoptr(TlSecret) secret = NULL;
  g_autofree char *question = NULL;

  if (self->practice)
    return TRUE;
  if (self->keyring)
    return recall (self, error);

  if (self->password_fd >= 0)
    return read_secret (self, TL_LANE_NONE, self->password_fd, "password-fd", error) &&
           (self->outgoing_password_fd < 0 ||
            read_secret (self, TL_LANE_OUTGOING, self->outgoing_password_fd,
                         "outgoing-password-fd", error));

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
  g_auto(Wait) wait = { NULL, NULL };
  gboolean tested;

  if (!self->json)
    {
      watch (self, TL_LANE_INCOMING);
      watch (self, TL_LANE_OUTGOING);
    }

  WAIT_FOR (wait, tl_setup_test_async (self->setup, TL_LANE_NONE, wait.cancellable, on_ready,
                                       &wait));
  tested = tl_setup_test_finish (self->setup, wait.result, error);

  if (!self->json)
    {
      unwatch (self, TL_LANE_INCOMING);
      unwatch (self, TL_LANE_OUTGOING);
    }

  return tested;
}

gboolean
tl_journey_load_signer (TlJourney  *self,
                        GError    **error)
{
  g_auto(Wait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_load_signer_async (self->setup, wait.cancellable, on_ready, &wait));

  return tl_setup_load_signer_finish (self->setup, wait.result, error);
}

gboolean
tl_journey_export (TlJourney   *self,
                   const char  *path,
                   GError     **error)
{
  g_auto(Wait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_export_async (self->setup, path, wait.cancellable, on_ready, &wait));

  return tl_setup_export_finish (self->setup, wait.result, error);
}

/* --- For people ------------------------------------------------------------------------- */

void
tl_journey_print_servers (TlJourney *self)
{
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
      g_autoptr(TlLaneSettings) settings = tl_lane_draft_dup_settings (draft, TL_AUTH_PASSWORD);
      TlEndpoint *endpoint;
      g_autofree char *place = NULL;

      if (settings == NULL)
        {
          /* Translators: %s is a lane */
          tl_terminal_print (_("%s: no server found"), tl_lane_kind_get_label (lane));
          continue;
        }

      endpoint = tl_lane_settings_get_endpoint (settings);
      place = tl_endpoint_to_string (endpoint);
      tl_terminal_print ("%s: %s, %s", tl_lane_kind_get_label (lane), place,
                         tl_security_get_label (tl_endpoint_get_security (endpoint)));
      tl_terminal_print (_("  User name: %s"), tl_lane_settings_get_username (settings));
      /* Translators: %s is a source, such as “The domain’s service records (SRV)” */
      tl_terminal_print (_("  Found by: %s"),
                         tl_source_get_label (tl_lane_draft_get_source (draft)));
      if (g_strcmp0 (tl_source_get_label (tl_lane_draft_get_source (draft)),
                     tl_trust_get_label (tl_lane_draft_get_trust (draft))) != 0)
        /* Translators: %s is who vouches for it, such as “The domain itself” */
        tl_terminal_print (_("  On the word of: %s"),
                           tl_trust_get_label (tl_lane_draft_get_trust (draft)));
    }
}

void
tl_journey_print_results (TlJourney *self)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (self->setup);
  GPtrArray *findings = tl_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    {
      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (g_ptr_array_index (findings, i));
    }

  tl_terminal_print ("%s", "");
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneReport *lane_report = tl_report_get_lane (report, lane);

      if (lane_report != NULL)
        tl_terminal_print ("%s: %s", tl_lane_kind_get_label (lane),
                           tl_verdict_get_label (tl_lane_report_get_verdict (lane_report)));
    }
}

/**
 * tl_journey_describe_export:
 * @self: a journey that has exported
 * @path: the file
 * @ready: whether it is more than a draft
 *
 * Returns: (transfer full): what `export --json` prints
 */
TlJson *
tl_journey_describe_export (TlJourney  *self,
                            const char *path,
                            gboolean    ready)
{
  TlSigning *signing = tl_setup_get_signing (self->setup);
  GListModel *findings = tl_setup_get_hand_over_findings (self->setup);
  TlJson *json = tl_json_new_object ();
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      tl_json_append_take (list, tl_finding_to_json (finding));
    }

  tl_json_set_string (json, "path", path);
  tl_json_set_bool (json, "draft", !ready);
  tl_json_set_string (json, "signer", tl_signer_get_fingerprint (tl_signing_get_signer (signing)));
  tl_json_set_bool (json, "signer_kept", tl_signing_is_kept (signing));
  tl_json_set_take (json, "findings", list);

  return json;
}
