/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey.h"
#include "tl-terminal.h"

/* A key that is for this run only signs nothing after it: its fingerprint would lead whoever pins
 * it astray. */
static int
explain_no_key (TlJourney *journey)
{
  TlFinding *finding = tl_signing_get_finding (tl_setup_get_signing (journey->setup));

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_json_new_object ();

      tl_json_set_string (json, "fingerprint", NULL);
      tl_json_set_bool (json, "kept", FALSE);
      tl_json_set_string (json, "certificate", NULL);
      tl_terminal_print_json (json);
    }
  tl_terminal_complain ("%s", _("no key is kept on this computer: a bundle made now is signed with "
                                "a new one each time. Start a keyring such as GNOME Keyring, or "
                                "sign with --signing-key"));
  tl_terminal_talk_aside ();
  if (finding != NULL)
    tl_terminal_print_finding (finding, NULL);

  return TL_EXIT_INTERNAL;
}

static gboolean
show (TlJourney   *journey,
      const char  *output,
      GError     **error)
{
  TlSigning *signing = tl_setup_get_signing (journey->setup);
  g_autofree char *groups = tl_signing_dup_fingerprint (signing);
  g_autofree char *certificate = tl_signer_dup_certificate (tl_signing_get_signer (signing));

  if (output != NULL && !g_file_set_contents (output, certificate, -1, error))
    return FALSE;

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_json_new_object ();

      tl_json_set_string (json, "fingerprint",
                          tl_signer_get_fingerprint (tl_signing_get_signer (signing)));
      tl_json_set_bool (json, "kept", TRUE);
      tl_json_set_string (json, "certificate", certificate);
      tl_terminal_print_json (json);
    }
  else
    {
      /* Translators: %s is a fingerprint, to be read out to whoever checks the bundles */
      tl_terminal_print (_("Your fingerprint: %s"), groups);
      if (output != NULL)
        /* Translators: %s is a file */
        tl_terminal_print (_("Saved %s"), output);
    }

  return TRUE;
}

int
tl_verb_signer_run (int    argc,
                    char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json, N_("Answer in JSON, for programs"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_("Save the certificate here, for whoever checks the bundles"), N_("FILE") },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  int status;

  if (!tl_cli_parse ("signer", entries, NULL, &argc, &argv, 0, 0, &status))
    return status;
  if (!tl_journey_load_signer (journey, &error))
    return tl_cli_fail (error);

  if (!tl_signing_is_kept (tl_setup_get_signing (journey->setup)))
    return explain_no_key (journey);
  if (!show (journey, output, &error))
    return tl_cli_fail_on_file (error);

  return TL_EXIT_OK;
}
