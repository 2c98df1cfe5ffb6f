/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-attachment.h"
#include "tl-cli.h"
#include "tl-domain.h"
#include "tl-error.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

/* Far more than a certificate is. */
#define MAX_CERTIFICATE_BYTES (64 * 1024)

/* What `export` alone takes. */
typedef struct
{
  char     *output;
  char     *name;
  gboolean  draft;
  gboolean  is_unsigned;
  char     *certificate_path;
  char     *signature_path;
  GBytes   *certificate;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->certificate_path, g_free);
  g_clear_pointer (&self->signature_path, g_free);
  g_clear_pointer (&self->certificate, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Which go together, and that the files they name are there: before anything is tested. */
static gboolean
check_options (Options    *options,
               TlJourney  *journey,
               GError    **error)
{
  const char *flaw = NULL;

  if (options->is_unsigned && options->certificate_path == NULL)
    flaw = _("--unsigned needs --signer-certificate: the certificate of whoever will sign");
  else if (!options->is_unsigned && options->certificate_path != NULL)
    flaw = _("--signer-certificate goes with --unsigned; to sign here, take --signing-key");
  else if (options->is_unsigned && journey->signing_key != NULL)
    flaw = _("take either --unsigned or --signing-key");
  else if (options->is_unsigned && options->output == NULL)
    flaw = _("--unsigned makes several files: say with --output in which folder");
  if (flaw != NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, flaw);
      return FALSE;
    }

  if (options->certificate_path != NULL)
    {
      options->certificate = tl_cli_read_file (options->certificate_path, MAX_CERTIFICATE_BYTES,
                                               error);
      if (options->certificate == NULL)
        {
          g_prefix_error (error, "--signer-certificate: ");
          return FALSE;
        }
    }

  return options->output == NULL || tl_cli_check_folder (options->output, error);
}

/* It keeps nobody from handing over, and is a story of its own. */
static void
print_domain (TlJourney *journey)
{
  TlDomainReport *report =
    tl_domain_health_get_report (tl_setup_get_domain_health (journey->setup));
  g_autofree char *display = NULL;

  if (report == NULL || tl_domain_report_get_verdict (report) == TL_VERDICT_OK)
    return;

  display = tl_domain_dup_display (tl_domain_report_get_parts (report)->domain);
  /* Translators: a domain, then the same as the end of a command line */
  tl_terminal_print (_("\nReceivers have reason to doubt %s. What to publish:  "
                       "twolanectl domain %s"),
                     display, tl_domain_report_get_parts (report)->domain);
}

static void
print_for_people (TlJourney     *journey,
                  const Options *options,
                  gboolean       ready)
{
  TlSigning *signing = tl_setup_get_signing (journey->setup);
  GListModel *findings = tl_setup_get_hand_over_findings (journey->setup);
  g_autofree char *fingerprint = tl_signing_dup_fingerprint (signing);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      /* A broken rule was told with what the test found. */
      if (g_str_has_prefix (tl_finding_get_id (finding), "export.policy"))
        continue;
      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (finding, NULL);
    }

  print_domain (journey);
  tl_terminal_print ("%s", "");
  /* Translators: %s is a file */
  tl_terminal_print (ready ? _("Saved %s") : _("Saved a draft: %s"), options->output);
  if (options->is_unsigned)
    /* Translators: %s is a folder */
    tl_terminal_print (_("Have bundle.json in it signed, then: twolanectl export --attach "
                         "bundle.json.p7s %s"),
                       options->output);
  else
    /* Translators: %s is a fingerprint, to be read out over the phone */
    tl_terminal_print (_("Signed by %s"), fingerprint);
}

/* A bundle, or its members without a signature. */
static gboolean
save (TlJourney  *journey,
      Options    *options,
      GError    **error)
{
  g_autofree char *pem = NULL;

  if (!options->is_unsigned)
    return tl_journey_export (journey, options->output, error);

  pem = g_strndup (g_bytes_get_data (options->certificate, NULL),
                   g_bytes_get_size (options->certificate));

  return tl_journey_export_unsigned (journey, options->output, pem, error);
}

static int
refuse_red_lane (TlJourney *journey,
                 TlReport  *report)
{
  TlFinding *policy = tl_setup_get_policy_finding (journey->setup);
  int status = (int) tl_exit_status_for_report (report);

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_journey_report_to_json (journey, report);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_journey_print_results (journey);
    }

  if (policy == NULL)
    {
      tl_terminal_complain ("%s", _("nothing was saved: a lane is not green; "
                                    "--draft saves all the same"));
      return status;
    }
  tl_terminal_complain ("%s", _("nothing was saved: it does not follow policy; "
                                "--draft saves all the same"));

  /* Both lanes may be green. */
  return status > TL_EXIT_WARNINGS
           ? status
           : (int) tl_exit_status_for_finding (tl_finding_get_id (policy), TL_LANE_NONE);
}

/* The finding says what to do about it; without one it was interrupted. */
static int
fail_to_save (TlJourney    *journey,
              const GError *error)
{
  TlFinding *finding = tl_setup_get_export_finding (journey->setup);

  if (finding == NULL)
    return tl_cli_fail (error) == TL_EXIT_INTERRUPTED ? TL_EXIT_INTERRUPTED : TL_EXIT_BUNDLE;

  tl_terminal_complain ("%s", error->message);
  tl_terminal_talk_aside ();
  tl_terminal_print_finding (finding, NULL);

  return (int) tl_exit_status_for_finding (tl_finding_get_id (finding), TL_LANE_NONE);
}

/* What else the bundle says. Where a lane is red nobody gets that far. */
static gboolean
get_ready (TlJourney  *journey,
           GError    **error)
{
  gboolean tested = FALSE;

  g_object_get (journey->setup, "tested", &tested, NULL);

  return !tested || (tl_journey_use_mailbox (journey, error) &&
                     tl_journey_use_sending_plan (journey, error) &&
                     tl_journey_check_domain (journey, error));
}

static int
hand_over (TlJourney *journey,
           Options   *options)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (journey->setup);
  g_autoptr(GError) error = NULL;
  gboolean ready = FALSE;

  g_object_get (journey->setup, "ready", &ready, NULL);
  if (!ready && !options->draft)
    return refuse_red_lane (journey, report);

  if (options->output == NULL)
    options->output = tl_setup_dup_file_name (journey->setup);
  if (!save (journey, options, &error))
    return fail_to_save (journey, error);

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_journey_describe_export (journey, options->output, ready);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_journey_print_results (journey);
      print_for_people (journey, options, ready);
    }

  return (int) tl_exit_status_for_report (report);
}

static int
fail_to_attach (TlFinding    *finding,
                const GError *error)
{
  int status = tl_cli_fail (error);

  if (finding == NULL)
    return status == TL_EXIT_INTERRUPTED ? status : TL_EXIT_BUNDLE;

  tl_terminal_talk_aside ();
  tl_terminal_print_finding (finding, NULL);

  return (int) tl_exit_status_for_finding (tl_finding_get_id (finding), TL_LANE_NONE);
}

static int
attach (TlJourney *journey,
        Options   *options,
        int        argc,
        char     **argv)
{
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;

  if (argc < 2 || options->output == NULL)
    {
      tl_terminal_complain ("%s", _("--attach needs the folder that --unsigned filled, and "
                                    "--output. Example: twolanectl export --attach bundle.json.p7s "
                                    "--output ada.twolane FOLDER"));
      return TL_EXIT_USAGE;
    }
  if (!tl_journey_use_policies (journey, &error))
    return tl_cli_fail_on_file (error);
  if (!tl_attachment_pack (argv[1], options->signature_path,
                           tl_setup_get_policy_store (journey->setup), options->output, &finding,
                           &error))
    return fail_to_attach (finding, error);

  if (!journey->json)
    {
      /* Translators: %s is a file */
      tl_terminal_print (_("Saved %s"), options->output);
    }
  else
    {
      g_autoptr(TlJson) json = tl_json_new_object ();

      tl_json_set_string (json, "path", options->output);
      tl_terminal_print_json (json);
    }

  return TL_EXIT_OK;
}

int
tl_verb_export_run (int    argc,
                    char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_entries (journey);
  g_autofree GOptionEntry *handing = tl_journey_dup_hand_over_entries (journey);
  g_autofree GOptionEntry *mailbox = tl_journey_dup_mailbox_entries (journey);
  g_autofree GOptionEntry *sending = tl_journey_dup_sending_entries (journey);
  g_autofree GOptionEntry *domain = tl_journey_dup_domain_entries (journey);
  g_autofree GOptionEntry *planned = tl_cli_join_entries (sending, domain);
  g_autofree GOptionEntry *readiness = tl_cli_join_entries (mailbox, planned);
  g_autofree GOptionEntry *basics = tl_cli_join_entries (handing, shared);
  g_autofree GOptionEntry *all = tl_cli_join_entries (readiness, basics);
  g_auto(Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_("Save the bundle here instead of ADDRESS.twolane in this folder"), N_("FILE") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name,
      N_("Who the messages come from"), N_("NAME") },
    { "draft", 0, 0, G_OPTION_ARG_NONE, &options.draft,
      N_("Save even if a lane is not green; the bundle says that it is a draft"), NULL },
    { "unsigned", 0, 0, G_OPTION_ARG_NONE, &options.is_unsigned,
      N_("Save what is to be signed elsewhere into the folder that --output names"), NULL },
    { "signer-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate_path,
      N_("Whose signature it will be"), N_("CERTIFICATE") },
    { "attach", 0, 0, G_OPTION_ARG_FILENAME, &options.signature_path,
      N_("Test nothing: check this signature of what --unsigned saved, and pack the bundle"),
      N_("FILE") },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  const char *address;
  int status;

  if (!tl_cli_parse ("export", entries, all, &argc, &argv, 0, 1, &status))
    return status;
  if (options.signature_path != NULL)
    return attach (journey, &options, argc, argv);
  address = tl_journey_pick_address (journey, "export", argc, argv);
  if (address == NULL)
    return TL_EXIT_USAGE;
  if (!check_options (&options, journey, &error))
    return tl_cli_fail_on_file (error);
  if (!tl_journey_set_address (journey, address, &error) ||
      !tl_journey_check_readiness (journey, &error))
    return tl_cli_fail (error);
  if (!tl_journey_prepare_hand_over (journey, &error))
    return tl_cli_fail_on_file (error);
  if (!tl_journey_find_servers (journey, &error))
    return tl_cli_fail (error);

  if (!journey->json)
    {
      tl_journey_print_servers (journey);
      tl_terminal_print ("%s", "");
    }
  tl_journey_confirm_servers (journey);
  tl_setup_set_display_name (journey->setup, options.name);
  if (!tl_journey_get_secrets (journey, &error) || !tl_journey_check_sealing (journey, &error) ||
      !tl_journey_test (journey, &error) || !get_ready (journey, &error))
    return tl_journey_fail (journey, "export", error);

  return hand_over (journey, &options);
}
