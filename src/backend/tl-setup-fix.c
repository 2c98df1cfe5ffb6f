/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done at one press about a finding of a lane, and doing it. */
#include "tl-setup-private.h"

#include <glib/gi18n-lib.h>

#include "tl-domain.h"
#include "tl-error.h"

/* An account has at most this many user names that are tried on a lane: servers lock out who
 * guesses. */
#define MAX_USERS 2

/* The two spellings of one account. */
static const struct
{
  TlAction action;
  gboolean is_full;    /* the whole address, else what stands before the @ */
} forms[] = {
  { TL_ACTION_RETRY_AS_FULL_ADDRESS, TRUE },
  { TL_ACTION_RETRY_AS_LOCAL_PART,   FALSE },
};

/* What another spelling may help against: a refusal that does not name its reason. */
static const char * const unexplained[] = { "auth.bad-credentials", "auth.refused", NULL };

static char *
dup_switch_label (TlEndpoint *from,
                  TlEndpoint *to)
{
  gboolean is_tls = tl_endpoint_get_security (to) == TL_SECURITY_TLS;
  g_autofree char *host = NULL;

  if (g_str_equal (tl_endpoint_get_host (from), tl_endpoint_get_host (to)))
    return g_strdup_printf (is_tls
                              /* Translators: on a button; %u is a port, TLS a kind of encryption */
                              ? _("Use TLS on port %u")
                              /* Translators: on a button; %u is a port, STARTTLS a kind of
                               * encryption */
                              : _("Use STARTTLS on port %u"),
                            tl_endpoint_get_port (to));

  host = tl_domain_dup_display (tl_endpoint_get_host (to));
  if (tl_endpoint_get_port (from) == tl_endpoint_get_port (to) &&
      tl_endpoint_get_security (from) == tl_endpoint_get_security (to))
    /* Translators: on a button; %s is a server name */
    return g_strdup_printf (_("Use %s"), host);

  return g_strdup_printf (is_tls
                            /* Translators: on a button; a server name, then a port number. TLS is a
                             * kind of encryption. */
                            ? _("Use %s with TLS on port %u")
                            /* Translators: on a button; a server name, then a port number. STARTTLS
                             * is a kind of encryption. */
                            : _("Use %s with STARTTLS on port %u"),
                          host, tl_endpoint_get_port (to));
}

static void
add_switch (GPtrArray      *fixes,
            TlFinding      *finding,
            TlLaneSettings *settings)
{
  const char *url = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                            TL_EVIDENCE_ENDPOINT);
  g_autoptr(TlLaneSettings) other = NULL;
  g_autofree char *label = NULL;

  if (url == NULL || !tl_finding_has_action (finding, TL_ACTION_SWITCH_ENDPOINT))
    return;

  /* There is no URL of a server without encryption. */
  other = tl_lane_settings_new_from_url (url, tl_lane_settings_get_auth (settings),
                                         tl_lane_settings_get_username (settings), NULL);
  if (other == NULL ||
      tl_lane_settings_get_protocol (other) != tl_lane_settings_get_protocol (settings) ||
      tl_lane_settings_equal (other, settings))
    return;

  label = dup_switch_label (tl_lane_settings_get_endpoint (settings),
                            tl_lane_settings_get_endpoint (other));
  g_ptr_array_add (fixes, tl_fix_new (TL_ACTION_SWITCH_ENDPOINT, tl_finding_get_lane (finding),
                                      other, label));
}

static void
add_forms (GPtrArray      *fixes,
           TlSetup        *self,
           TlFinding      *finding,
           TlLaneSettings *settings)
{
  GPtrArray *tried = self->lanes[tl_finding_get_lane (finding) - TL_LANE_INCOMING].tried_users;
  const char *username = tl_lane_settings_get_username (settings);
  const char *names[2] = { tl_address_get_addr_spec (self->address),
                           tl_address_get_local_part (self->address) };

  if (tried->len >= MAX_USERS)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const char *is_now = forms[i].is_full ? names[1] : names[0];
      const char *other = forms[i].is_full ? names[0] : names[1];
      g_autoptr(TlLaneSettings) again = NULL;
      g_autofree char *label = NULL;

      if (!g_str_equal (username, is_now))
        continue;
      again = tl_lane_settings_new (tl_lane_settings_get_protocol (settings),
                                    tl_lane_settings_get_endpoint (settings),
                                    tl_lane_settings_get_auth (settings), other, NULL);
      if (again == NULL)
        continue;

      /* Translators: on a button; %s is a user name */
      label = g_strdup_printf (_("Sign In as ‘%s’ Instead"), other);
      g_ptr_array_add (fixes, tl_fix_new (forms[i].action, tl_finding_get_lane (finding), again,
                                          label));
    }
}

/* What would help, were nothing under way. */
static GPtrArray *
list_fixes (TlSetup   *self,
            TlFinding *finding)
{
  GPtrArray *fixes = g_ptr_array_new_with_free_func (g_object_unref);
  TlLaneKind lane = tl_finding_get_lane (finding);
  g_autoptr(TlLaneSettings) settings = NULL;
  TlLaneReport *report;

  if (self->address == NULL || lane == TL_LANE_NONE)
    return fixes;

  report = tl_lane_run_get_report (tl_setup_get_run (self, lane));
  settings = tl_setup_dup_settings (self, lane);
  if (report == NULL || settings == NULL ||
      !g_ptr_array_find (tl_lane_report_get_findings (report), finding, NULL))
    return fixes;

  add_switch (fixes, finding, settings);
  if (g_strv_contains (unexplained, tl_finding_get_id (finding)))
    add_forms (fixes, self, finding, settings);

  return fixes;
}

/**
 * tl_setup_list_fixes:
 * @self: a set-up
 * @finding: a finding of its lanes' results
 *
 * What the program can do about a finding at one press, as things are now: never while anything is
 * being tested, never for a result that is forgotten. A fix keeps to encryption, and to two
 * spellings of the user name for a lane and address.
 *
 * Returns: (transfer full) (element-type TlFix): what can be done, the best first; often nothing
 */
GPtrArray *
tl_setup_list_fixes (TlSetup   *self,
                     TlFinding *finding)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);
  g_return_val_if_fail (TL_IS_FINDING (finding), NULL);

  if (self->testing || self->is_looping)
    return g_ptr_array_new_with_free_func (g_object_unref);

  return list_fixes (self, finding);
}

static gboolean
is_form (const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (g_strcmp0 (action, tl_action_get_nick (forms[i].action)) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
takes_app_password (TlSetup *self)
{
  return tl_setup_takes (self, TL_AUTH_APP_PASSWORD);
}

static gboolean
has_nobody_to_ask (TlSetup *self)
{
  return !tl_setup_can_register (self);
}

/* Remedies that do not help with every mailbox. */
static const struct
{
  const char *id;       /* NULL: of each finding */
  const char *action;   /* NULL: the remedy that has none */
  gboolean  (*helps) (TlSetup *self);
} conditions[] = {
  { NULL, "send-request", tl_setup_can_register },
  { "oauth.no-client", "edit-password", takes_app_password },
  { "oauth.no-client", NULL, has_nobody_to_ask },
};

static gboolean
can_help (TlSetup    *self,
          const char *id,
          const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      if ((conditions[i].id == NULL || g_str_equal (conditions[i].id, id)) &&
          g_strcmp0 (conditions[i].action, action) == 0 && !conditions[i].helps (self))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_offered (GPtrArray  *fixes,
            const char *action)
{
  for (guint i = 0; i < fixes->len; i++)
    {
      TlFix *fix = g_ptr_array_index (fixes, i);

      if (g_str_equal (action, tl_action_get_nick (tl_fix_get_action (fix))))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_setup_dup_remedies:
 * @self: a set-up
 * @finding: something it found
 * @out_first_action: (out) (optional) (transfer none): what the program can do about the first of
 *   them, a word of the closed list of TlAction; %NULL for nothing
 *
 * The remedies of the catalogue without another spelling of the user name that was tried already,
 * or that is none of this user name, and without what this mailbox's provider does not have.
 *
 * Returns: (transfer full) (array zero-terminated=1): what to do, in order, in the user's language
 */
char **
tl_setup_dup_remedies (TlSetup     *self,
                       TlFinding   *finding,
                       const char **out_first_action)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GPtrArray) fixes = NULL;
  g_auto(GStrv) sentences = NULL;
  const TlRemedy *remedies;
  const char *first = NULL;
  gboolean is_first = TRUE;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);
  g_return_val_if_fail (TL_IS_FINDING (finding), NULL);

  fixes = list_fixes (self, finding);
  sentences = tl_finding_dup_remedies (finding);
  remedies = tl_finding_get_entry (finding)->remedies;
  for (gsize i = 0; sentences[i] != NULL; i++)
    {
      if ((is_form (remedies[i].action) && !is_offered (fixes, remedies[i].action)) ||
          !can_help (self, tl_finding_get_id (finding), remedies[i].action))
        continue;
      if (is_first)
        first = remedies[i].action;
      is_first = FALSE;
      g_strv_builder_add (builder, sentences[i]);
    }

  if (out_first_action != NULL)
    *out_first_action = first;

  return g_strv_builder_end (builder);
}

guint
tl_setup_get_wait_at_s (TlSetup   *self,
                        TlFinding *finding,
                        gint64     now_s)
{
  gint64 asked_s = tl_evidence_get_uint (tl_finding_get_evidence (finding),
                                         TL_EVIDENCE_RETRY_AFTER, 0);
  TlLaneKind lane = tl_finding_get_lane (finding);
  TlLaneReport *report;

  if (asked_s == 0 || lane == TL_LANE_NONE || !tl_finding_has_action (finding, TL_ACTION_WAIT))
    return 0;

  report = tl_lane_run_get_report (tl_setup_get_run (self, lane));
  if (report == NULL ||
      !g_ptr_array_find (tl_lane_report_get_findings (report), finding, NULL))
    return 0;

  /* A clock that was set back does not make it longer. */
  return (guint) CLAMP (tl_lane_report_get_tested_at_s (report) + asked_s - now_s, 0, asked_s);
}

/**
 * tl_setup_get_wait_s:
 * @self: a set-up
 * @finding: a finding of its lanes' results
 *
 * Returns: how many seconds its server still asks to wait before another try; 0 when it does not
 *   say, or when they are over
 */
guint
tl_setup_get_wait_s (TlSetup   *self,
                     TlFinding *finding)
{
  g_return_val_if_fail (TL_IS_SETUP (self), 0);
  g_return_val_if_fail (TL_IS_FINDING (finding), 0);

  return tl_setup_get_wait_at_s (self, finding, g_get_real_time () / G_USEC_PER_SEC);
}

/**
 * tl_setup_remember_user:
 * @self: a set-up
 * @lane: the lane that is going to be tested
 * @username: who signs in
 *
 * Remembers that a user name has been tried on a lane, until the address changes.
 */
void
tl_setup_remember_user (TlSetup    *self,
                        TlLaneKind  lane,
                        const char *username)
{
  GPtrArray *tried = self->lanes[lane - TL_LANE_INCOMING].tried_users;

  if (!g_ptr_array_find_with_equal_func (tried, username, g_str_equal, NULL))
    g_ptr_array_add (tried, g_strdup (username));
}

void
tl_setup_forget_users (TlSetup *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_ptr_array_set_size (self->lanes[i].tried_users, 0);
}

/* Whether it is still one of the things that can be done. */
static gboolean
still_fits (TlSetup *self,
            TlFix   *fix)
{
  GListModel *findings = tl_lane_run_get_findings (tl_setup_get_run (self, tl_fix_get_lane (fix)));

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);
      g_autoptr(GPtrArray) fixes = tl_setup_list_fixes (self, finding);

      for (guint j = 0; j < fixes->len; j++)
        {
          TlFix *other = g_ptr_array_index (fixes, j);

          if (tl_fix_get_action (other) == tl_fix_get_action (fix) &&
              tl_lane_settings_equal (tl_fix_get_settings (other), tl_fix_get_settings (fix)))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_vouched_for (TlSetup    *self,
                TlLaneKind  lane,
                const char *host)
{
  GListModel *candidates = G_LIST_MODEL (self->candidates);

  for (guint i = 0; i < g_list_model_get_n_items (candidates); i++)
    {
      g_autoptr(TlCandidate) candidate = g_list_model_get_item (candidates, i);
      TlEndpoint *endpoint =
        tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));

      if (tl_candidate_get_lane (candidate) == lane && !tl_candidate_get_confirm (candidate) &&
          g_str_equal (tl_endpoint_get_host (endpoint), host))
        return TRUE;
    }

  return FALSE;
}

/* Whether the password goes to a host already, or goes there on somebody's word. A neighbour under
 * the same site is no such word: who names it may be a certificate that failed its check. */
static gboolean
is_agreed (TlSetup    *self,
           TlLaneKind  lane,
           const char *host)
{
  g_autofree char *typed = NULL;
  g_autofree char *now = NULL;

  g_object_get (tl_setup_get_draft (self, lane), "host", &typed, NULL);
  now = tl_host_canonicalize (typed);
  if (now == NULL)
    return FALSE;

  return g_str_equal (now, host) || is_vouched_for (self, lane, host);
}

static void
edit_draft (TlSetup *self,
            TlFix   *fix)
{
  TlLaneKind lane = tl_fix_get_lane (fix);
  TlLaneDraft *draft = tl_setup_get_draft (self, lane);
  TlLaneSettings *settings = tl_fix_get_settings (fix);
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);
  g_autoptr(TlCandidate) candidate = NULL;
  const char *nobody[] = { NULL };

  if (is_agreed (self, lane, tl_endpoint_get_host (endpoint)))
    {
      /* The port comes last: the kind of encryption brings its usual one along. */
      g_object_set (draft,
                    "host", tl_endpoint_get_host (endpoint),
                    "security", tl_endpoint_get_security (endpoint),
                    "port", (guint) tl_endpoint_get_port (endpoint),
                    "username", tl_lane_settings_get_username (settings),
                    NULL);
      return;
    }

  /* A press is for the settings; that a password may go to other people is asked for apart. */
  candidate = tl_candidate_new (lane, settings, TL_SOURCE_GUESS, TL_TRUST_GUESSED, 0, TRUE, nobody,
                                nobody, NULL);
  tl_lane_draft_choose (draft, candidate);
}

static void
on_fix_tested (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (tl_setup_test_finish (TL_SETUP (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * tl_setup_apply_fix_async:
 * @self: a set-up
 * @fix: what tl_setup_list_fixes() gave
 * @cancellable: (nullable): stops the test; the settings stay changed
 * @callback: called when the lane has a result
 * @user_data: for @callback
 *
 * Changes the settings of the fix's lane, as if they were typed, and tests that lane alone; the
 * other keeps its result. Where the fix names another host, for which discovery does not vouch on
 * this lane, it waits for a yes like any server that was found, and the lane's result says so.
 */
void
tl_setup_apply_fix_async (TlSetup             *self,
                          TlFix               *fix,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (TL_IS_FIX (fix));

  g_task_set_source_tag (task, tl_setup_apply_fix_async);
  if (self->testing || self->is_looping)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a test is running already");
      return;
    }
  if (!still_fits (self, fix))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "the settings have changed since this was offered");
      return;
    }

  edit_draft (self, fix);
  tl_setup_test_async (self, tl_fix_get_lane (fix), cancellable, on_fix_tested,
                       g_steal_pointer (&task));
}

/**
 * tl_setup_apply_fix_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE when the lane has a result, whatever it says; %FALSE with
 *   %TL_ERROR_INVALID_INPUT when the fix was for other settings than there are now and with
 *   %G_IO_ERROR_PENDING while something is tested, neither of which changes anything, or with
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_apply_fix_finish (TlSetup       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
