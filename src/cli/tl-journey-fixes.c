/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a journey says about a finding that can be acted on: the commands that do it, and the note
 * for somebody else. */
#include "tl-journey.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-journey-private.h"
#include "tl-terminal.h"

/**
 * tl_journey_dup_word:
 * @text: an address, a user name or a URL
 *
 * Returns: (transfer full): @text as it is typed in a shell, as one word
 */
char *
tl_journey_dup_word (const char *text)
{
  static const char plain[] =
    "@.-_+:/[]0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /* Brackets stand for one of several characters, where a file is called so. */
  if (*text != '\0' && text[strspn (text, plain)] == '\0' && strpbrk (text, "[]") == NULL)
    return g_strdup (text);

  return g_shell_quote (text);
}

static void
add_option (GString    *line,
            const char *name,
            const char *value)
{
  g_autofree char *word = value == NULL ? NULL : tl_journey_dup_word (value);

  if (word != NULL)
    g_string_append_printf (line, " --%s=%s", name, word);
}

static void
add_flag (GString    *line,
          const char *name,
          gboolean    is_set)
{
  if (is_set)
    g_string_append_printf (line, " --%s", name);
}

/* Who signs in on a lane once a fix of it, if there is one, is applied. */
static char *
dup_user (TlJourney  *self,
          TlLaneKind  lane,
          TlFix      *fix)
{
  char *user = NULL;

  if (fix != NULL)
    return g_strdup (tl_lane_settings_get_username (tl_fix_get_settings (fix)));
  g_object_get (tl_setup_get_draft (self->setup, lane), "username", &user, NULL);

  return user;
}

/* Whether a lane needs to be told its user name: it was told before, it is told another one now, or
 * a server by hand comes without one and it is not the address. */
static gboolean
has_to_name_user (TlJourney  *self,
                  TlFix      *fix,
                  const char *option,
                  const char *url,
                  const char *user)
{
  TlAddress *address = tl_setup_get_address (self->setup);
  gboolean is_form = fix != NULL && tl_fix_get_action (fix) != TL_ACTION_SWITCH_ENDPOINT;

  return option != NULL || is_form ||
         (url != NULL && g_strcmp0 (user, tl_address_get_addr_spec (address)) != 0);
}

/* The server that a fix changes a lane to, or else what the command line says of it. */
static char *
dup_server (TlFix      *fix,
            const char *option)
{
  if (fix != NULL && tl_fix_get_action (fix) == TL_ACTION_SWITCH_ENDPOINT)
    return tl_lane_settings_to_url (tl_fix_get_settings (fix));

  return g_strdup (option);
}

/* As whom, where that was told: it may not have been kept. Where nobody knows it yet, what IT sends
 * is to be put in. */
static void
add_client (GString   *line,
            TlJourney *self,
            gboolean   waits_for_client)
{
  if (waits_for_client)
    {
      g_string_append (line, " --client-id=…");
      return;
    }

  add_option (line, "client-id", self->client_id);
  add_option (line, "tenant", self->tenant);
}

static char *
dup_command (TlJourney  *self,
             const char *verb,
             TlFix      *incoming_fix,
             TlFix      *outgoing_fix,
             const char *sign_in,
             gboolean    waits_for_client)
{
  TlAddress *address = tl_setup_get_address (self->setup);
  const char *spec = tl_address_get_addr_spec (address);
  g_autofree char *incoming = dup_server (incoming_fix, self->incoming);
  g_autofree char *outgoing = dup_server (outgoing_fix, self->outgoing);
  g_autofree char *user = dup_user (self, TL_LANE_INCOMING, incoming_fix);
  g_autofree char *outgoing_user = dup_user (self, TL_LANE_OUTGOING, outgoing_fix);
  gboolean names_user = has_to_name_user (self, incoming_fix, self->user, incoming, user);
  gboolean names_outgoing_user =
    has_to_name_user (self, outgoing_fix, self->outgoing_user, outgoing, outgoing_user);
  g_autofree char *word = tl_journey_dup_word (spec);
  g_autoptr(GString) line = g_string_new ("twolanectl ");

  g_string_append (line, verb);
  add_option (line, "incoming", incoming);
  add_option (line, "outgoing", outgoing);
  if (names_user)
    add_option (line, "user", user);
  /* What the incoming lane is told goes for both, unless the outgoing one is told its own. */
  if (names_user ? g_strcmp0 (user, outgoing_user) != 0 : names_outgoing_user)
    add_option (line, "outgoing-user", outgoing_user);
  /* A service that is named by its server is known by it. */
  if (outgoing == NULL)
    add_option (line, "relay", self->relay);
  add_option (line, "login", self->login);
  add_option (line, "shared", self->shared);
  add_option (line, "sign-in", sign_in);
  add_client (line, self, waits_for_client);
  add_flag (line, "insist", self->insist);
  add_option (line, "accept", self->accept);
  add_option (line, "directory", self->directory);
  add_flag (line, "send-address", self->send_address);
  add_flag (line, "keyring", self->keyring && sign_in == NULL);
  g_string_append_printf (line, "%s %s", *spec == '-' ? " --" : "", word);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * tl_journey_dup_fix_command:
 * @self: a journey whose results have findings
 * @incoming_fix: (nullable): what can be done about one of the incoming lane
 * @outgoing_fix: (nullable): the same for the outgoing lane
 *
 * Repeats what was asked for on the command line and changes exactly what the fixes do. Passwords
 * are not part of a command.
 *
 * Returns: (transfer full): a command line
 */
char *
tl_journey_dup_fix_command (TlJourney *self,
                            TlFix     *incoming_fix,
                            TlFix     *outgoing_fix)
{
  return dup_command (self, "test", incoming_fix, outgoing_fix, self->sign_in, FALSE);
}

/**
 * tl_journey_dup_command:
 * @self: a journey with an address
 * @verb: which verb
 * @waits_for_client: whether the client id has still to be put in
 *
 * Returns: (transfer full): a command line that repeats what was asked for
 */
char *
tl_journey_dup_command (TlJourney  *self,
                        const char *verb,
                        gboolean    waits_for_client)
{
  return dup_command (self, verb, NULL, NULL, self->sign_in, waits_for_client);
}

/* What a person can do about a sign-in, by the command that does it. */
static const struct
{
  TlAction    action;
  const char *label;
  const char *sign_in;  /* word of --sign-in, or NULL: it is the request */
} sign_in_commands[] = {
  { TL_ACTION_USE_OAUTH,    N_("Sign in on the provider’s page"),       "browser" },
  { TL_ACTION_USE_DEVICE,   N_("Sign in with a code on another device"), "device" },
  { TL_ACTION_SEND_REQUEST, N_("Write the request to IT"),               NULL },
};

/* Whether the provider does not know this program, or no longer. */
static gboolean
is_unknown (TlFinding *finding)
{
  return g_str_equal (tl_finding_get_id (finding), "oauth.no-client");
}

/* It can work no sooner than there is a client id; it is kept then. */
static void
print_client_command (TlJourney *self)
{
  const char *sign_in = g_strcmp0 (self->sign_in, "device") == 0 ? "device" : "browser";
  g_autofree char *command = dup_command (self, "sign-in", NULL, NULL, sign_in, TRUE);

  /* Translators: %s is a command, in which … stands for the client id */
  tl_terminal_print (_("  When you have got a client id:  %s"), command);
}

/* Only where the mailbox has such a page. */
static void
print_sign_in_commands (TlJourney *self,
                        TlFinding *finding)
{
  const char *spec = tl_address_get_addr_spec (tl_setup_get_address (self->setup));
  g_autofree char *word = tl_journey_dup_word (spec);
  gboolean takes = FALSE;

  g_object_get (self->setup, "takes-oauth", &takes, NULL);
  if (self->practice || self->is_dialogue || !takes)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (sign_in_commands); i++)
    {
      g_autofree char *command = NULL;

      if (!tl_finding_has_action (finding, sign_in_commands[i].action) ||
          (sign_in_commands[i].sign_in != NULL ? is_unknown (finding)
                                               : !tl_journey_can_request (self)))
        continue;
      command = sign_in_commands[i].sign_in == NULL
                  ? g_strdup_printf ("twolanectl request %s%s", *spec == '-' ? "-- " : "", word)
                  : dup_command (self, "test", NULL, NULL, sign_in_commands[i].sign_in, FALSE);
      /* Translators: what a command does, such as “Use TLS on port 993”, then the command */
      tl_terminal_print (_("  %s:  %s"), _(sign_in_commands[i].label), command);
    }
  if (is_unknown (finding))
    print_client_command (self);
}

/* What a command may do about a finding. A short user name on the command line was most likely
 * typed because the whole address had been refused: no command goes back to that. */
static GPtrArray *
list_fixes (TlJourney *self,
            TlFinding *finding)
{
  GPtrArray *fixes;

  /* A dialogue offers them in its menu. */
  if (self->practice || self->is_dialogue)
    return g_ptr_array_new_with_free_func (g_object_unref);

  fixes = tl_setup_list_fixes (self->setup, finding);
  for (guint i = fixes->len; i > 0; i--)
    {
      if (tl_fix_get_action (g_ptr_array_index (fixes, i - 1)) == TL_ACTION_RETRY_AS_FULL_ADDRESS)
        g_ptr_array_remove_index (fixes, i - 1);
    }

  return fixes;
}

/* The first thing that can be done about a lane. */
static TlFix *
dup_best_fix (TlJourney  *self,
              TlLaneKind  lane)
{
  GListModel *findings = tl_lane_run_get_findings (tl_setup_get_run (self->setup, lane));

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);
      g_autoptr(GPtrArray) fixes = list_fixes (self, finding);

      if (fixes->len > 0)
        return g_object_ref (g_ptr_array_index (fixes, 0));
    }

  return NULL;
}

static gboolean
has_fix (TlJourney  *self,
         TlLaneKind  lane)
{
  g_autoptr(TlFix) fix = dup_best_fix (self, lane);

  return fix != NULL;
}

/**
 * tl_journey_print_both_fixes:
 * @self: a journey with results
 *
 * Where something can be done about each of the two lanes, prints the one command that does both:
 * a command for one alone would leave the other as it is.
 */
void
tl_journey_print_both_fixes (TlJourney *self)
{
  g_autoptr(TlFix) incoming = dup_best_fix (self, TL_LANE_INCOMING);
  g_autoptr(TlFix) outgoing = dup_best_fix (self, TL_LANE_OUTGOING);
  g_autofree char *command = NULL;

  if (incoming == NULL || outgoing == NULL)
    return;

  command = tl_journey_dup_fix_command (self, incoming, outgoing);
  tl_terminal_print ("\n%s", _("For both lanes at once:"));
  tl_terminal_print ("  %s: %s", tl_lane_kind_get_label (TL_LANE_INCOMING),
                     tl_fix_get_label (incoming));
  tl_terminal_print ("  %s: %s", tl_lane_kind_get_label (TL_LANE_OUTGOING),
                     tl_fix_get_label (outgoing));
  tl_terminal_print ("  %s", command);
}

static gboolean
asks_for_note (TlFinding *finding)
{
  return tl_finding_has_action (finding, TL_ACTION_COPY_NOTE) ||
         tl_finding_has_action (finding, TL_ACTION_ASK_ADMIN);
}

static void
print_note (TlJourney *self,
            TlFinding *finding)
{
  g_autofree char *note = tl_setup_dup_note_text (self->setup, finding);
  g_auto(GStrv) lines = g_strsplit (note, "\n", -1);
  guint n = g_strv_length (lines);

  tl_terminal_print ("\n%s", _("-- The note to send --"));
  /* What follows the last newline is no line. */
  for (guint i = 0; i + 1 < n; i++)
    tl_terminal_print ("%s", lines[i]);
  tl_terminal_print ("%s", "--");
}

/**
 * tl_journey_print_finding:
 * @self: a journey with results
 * @finding: one of them
 *
 * Prints it with what is still to be done about it.
 */
void
tl_journey_print_finding (TlJourney *self,
                          TlFinding *finding)
{
  g_auto(GStrv) remedies = tl_setup_dup_remedies (self->setup, finding, NULL);

  tl_terminal_print_finding (finding, remedies);
}

/**
 * tl_journey_print_help:
 * @self: a journey with results
 * @finding: one of them
 *
 * Prints the commands that may mend it, unless one mends both lanes, and the note for whoever else
 * can.
 *
 * Returns: whether there is a note that was not printed
 */
gboolean
tl_journey_print_help (TlJourney *self,
                       TlFinding *finding)
{
  gboolean has_both = has_fix (self, TL_LANE_INCOMING) && has_fix (self, TL_LANE_OUTGOING);
  g_autoptr(GPtrArray) fixes = list_fixes (self, finding);

  for (guint i = 0; !has_both && i < fixes->len; i++)
    {
      TlFix *fix = g_ptr_array_index (fixes, i);
      gboolean is_incoming = tl_fix_get_lane (fix) == TL_LANE_INCOMING;
      g_autofree char *command = tl_journey_dup_fix_command (self, is_incoming ? fix : NULL,
                                                             is_incoming ? NULL : fix);

      /* Translators: what a command does, such as “Use TLS on port 993”, then the command */
      tl_terminal_print (_("  %s:  %s"), tl_fix_get_label (fix), command);
    }

  print_sign_in_commands (self, finding);
  if (!asks_for_note (finding) || tl_finding_get_severity (finding) == TL_SEVERITY_NOTE)
    return FALSE;
  if (self->note)
    print_note (self, finding);

  return !self->note;
}
