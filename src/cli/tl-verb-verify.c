/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-bundle.h"
#include "tl-cli.h"
#include "tl-error.h"
#include "tl-pins.h"
#include "tl-terminal.h"

/* Where trusted signers are kept: the system's file and the user's. */
static char **
list_trust_files (void)
{
  g_autoptr(GStrvBuilder) files = g_strv_builder_new ();
  g_autofree char *own = g_build_filename (g_get_user_config_dir (), "twolane", "signers", NULL);

  g_strv_builder_add (files, "/etc/twolane/signers");
  g_strv_builder_add (files, own);

  return g_strv_builder_end (files);
}

static gboolean
add_file (GPtrArray   *pins,
          const char  *path,
          GError     **error)
{
  g_auto(GStrv) found = tl_pins_load_sync (path, error);

  if (found == NULL)
    return FALSE;
  for (gsize i = 0; found[i] != NULL; i++)
    g_ptr_array_add (pins, g_strdup (found[i]));

  return TRUE;
}

/* What --signer was given is a fingerprint when it reads as one, else a file. */
static GPtrArray *
collect_pins (char   **signers,
              GError **error)
{
  g_autoptr(GPtrArray) pins = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) files = list_trust_files ();

  for (gsize i = 0; signers != NULL && signers[i] != NULL; i++)
    {
      char *fingerprint = tl_fingerprint_parse (signers[i]);

      if (fingerprint != NULL)
        g_ptr_array_add (pins, fingerprint);
      else if (!add_file (pins, signers[i], error))
        return NULL;
    }

  for (gsize i = 0; files[i] != NULL; i++)
    {
      if (g_file_test (files[i], G_FILE_TEST_EXISTS) && !add_file (pins, files[i], error))
        return NULL;
    }
  g_ptr_array_add (pins, NULL);

  return g_steal_pointer (&pins);
}

/* To its end, or to one byte more than a bundle may have: a pipe gives what it
 * has, in pieces. */
static GBytes *
read_bundle (const char  *path,
             GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *bytes = NULL;
  gsize len = 0;

  if (stream == NULL)
    return NULL;

  bytes = g_malloc (TL_BUNDLE_MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, TL_BUNDLE_MAX_BYTES + 1, &len, NULL,
                                error))
    return NULL;
  if (len > TL_BUNDLE_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "“%s” is larger than a bundle may be", path);
      return NULL;
    }

  return g_bytes_new (bytes, len);
}

static char *
describe_moment (gint64 moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);

  return g_date_time_format_iso8601 (moment);
}

static TlJson *
describe (TlBundle  *bundle,
          TlFinding *finding)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_take (json, "finding", finding == NULL ? tl_json_new_string (NULL)
                                                     : tl_finding_to_json (finding));
  tl_json_set_bool (json, "vouched_for", bundle != NULL && tl_bundle_is_vouched_for (bundle));
  if (bundle != NULL)
    {
      TlReport *report = tl_bundle_get_report (bundle);
      TlAddress *address = tl_plan_get_address (tl_report_get_plan (report));
      g_autofree char *made = describe_moment (tl_bundle_get_made_s (bundle));
      g_autofree char *expires = describe_moment (tl_bundle_get_expires_s (bundle));

      tl_json_set_string (json, "address", tl_address_get_addr_spec (address));
      tl_json_set_string (json, "signer", tl_bundle_get_fingerprint (bundle));
      tl_json_set_string (json, "made", made);
      tl_json_set_string (json, "expires", expires);
      tl_json_set_int (json, "serial", (gint64) tl_bundle_get_serial (bundle));
      tl_json_set_bool (json, "draft", tl_bundle_is_draft (bundle));
    }

  return json;
}

/* Who signed in where, beside the lanes' user names. */
static void
print_sign_in (TlPlan *plan)
{
  const TlPlanSignIn *sign_in = tl_plan_get_sign_in (plan);
  TlLaneSettings *incoming = tl_plan_get_lane (plan, TL_LANE_INCOMING)->settings;
  const char *folder = incoming == NULL ? NULL : tl_lane_settings_get_folder (incoming);

  if (folder != NULL)
    /* Translators: %s is a folder that is a shared mailbox */
    tl_terminal_print (_("  Opens the folder: %s"), folder);
  if (sign_in == NULL)
    return;

  if (sign_in->login != NULL)
    /* Translators: %s is an email address */
    tl_terminal_print (_("  Shared mailbox, signed in to by: %s"), sign_in->login);
  if (sign_in->issuer != NULL && sign_in->account != NULL)
    /* Translators: an account, an address as a rule; then the server at whose page it signed in */
    tl_terminal_print (_("  Signed in as %s at %s"), sign_in->account, sign_in->issuer);
  else if (sign_in->issuer != NULL)
    /* Translators: the server at whose page somebody signed in */
    tl_terminal_print (_("  Signed in at %s"), sign_in->issuer);
}

static void
print_for_people (TlBundle *bundle)
{
  TlReport *report = tl_bundle_get_report (bundle);
  TlPlan *plan = tl_report_get_plan (report);
  g_autofree char *groups = tl_fingerprint_to_groups (tl_bundle_get_fingerprint (bundle));
  g_autofree char *made = describe_moment (tl_bundle_get_made_s (bundle));
  g_autofree char *expires = describe_moment (tl_bundle_get_expires_s (bundle));

  tl_terminal_print ("%s", tl_bundle_is_vouched_for (bundle)
                             ? _("Unchanged, and signed by someone you trust:")
                             : _("Nobody you trust vouches for these contents:"));
  tl_terminal_print (_("  Address: %s"), tl_address_get_addr_spec (tl_plan_get_address (plan)));
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneSettings *settings = tl_plan_get_lane (plan, lane)->settings;
      TlLaneReport *lane_report = tl_report_get_lane (report, lane);
      TlVerdict verdict = lane_report == NULL ? TL_VERDICT_NOT_TESTED
                                              : tl_lane_report_get_verdict (lane_report);
      g_autofree char *place = NULL;

      if (settings == NULL)
        continue;
      place = tl_endpoint_to_string (tl_lane_settings_get_endpoint (settings));
      /* Translators: lane, host and port, user name, result of the test */
      tl_terminal_print (_("  %s: %s, user %s – %s"), tl_lane_kind_get_label (lane), place,
                         tl_lane_settings_get_username (settings), tl_verdict_get_label (verdict));
    }
  print_sign_in (plan);
  tl_terminal_print (_("  Signer: %s"), groups);
  /* Translators: two moments */
  tl_terminal_print (_("  Made %s, valid until %s"), made, expires);
  if (tl_bundle_is_draft (bundle))
    tl_terminal_print ("  %s", _("A draft: not both lanes were green when it was made"));
}

int
tl_verb_verify_run (int    argc,
                    char **argv)
{
  gboolean as_json = FALSE;
  g_auto(GStrv) signers = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON, for programs"), NULL },
    { "signer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &signers,
      N_("Trust this signer: a fingerprint, a certificate or a file of fingerprints"),
      N_("SIGNER") },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pins = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  int status;

  if (!tl_cli_parse ("verify", entries, NULL, &argc, &argv, 1, 1, &status))
    return status;

  pins = collect_pins (signers, &error);
  if (pins == NULL || (bytes = read_bundle (argv[1], &error)) == NULL)
    {
      tl_cli_fail (error);
      return TL_EXIT_USAGE;
    }

  bundle = tl_bundle_verify (bytes, (const char * const *) pins->pdata,
                             g_get_real_time () / G_USEC_PER_SEC, &finding, &error);
  if (bundle == NULL && finding == NULL)
    return tl_cli_fail (error);
  /* A draft is told from a finished bundle by the status, too: scripts look at nothing else. */
  if (finding == NULL && tl_bundle_is_draft (bundle))
    finding = tl_finding_new ("export.lane-not-green", TL_LANE_NONE, NULL);

  if (as_json)
    {
      g_autoptr(TlJson) json = describe (bundle, finding);

      tl_terminal_print_json (json);
    }
  else
    {
      if (finding != NULL)
        tl_terminal_print_finding (finding, NULL);
      if (bundle != NULL)
        print_for_people (bundle);
    }

  return finding == NULL ? TL_EXIT_OK
                         : (int) tl_exit_status_for_finding (tl_finding_get_id (finding),
                                                             TL_LANE_NONE);
}
