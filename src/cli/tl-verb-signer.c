/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey.h"
#include "tl-terminal.h"

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
  g_autofree char *groups = NULL;
  g_autofree char *certificate = NULL;
  TlSigning *signing;
  int status;

  if (!tl_cli_parse ("signer", entries, NULL, &argc, &argv, 0, 0, &status))
    return status;
  if (!tl_journey_load_signer (journey, &error))
    return tl_cli_fail (error);

  signing = tl_setup_get_signing (journey->setup);
  groups = tl_signing_dup_fingerprint (signing);
  certificate = tl_signer_dup_certificate (tl_signing_get_signer (signing));
  if (output != NULL && !g_file_set_contents (output, certificate, -1, &error))
    return tl_cli_fail (error);

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_json_new_object ();

      tl_json_set_string (json, "fingerprint",
                          tl_signer_get_fingerprint (tl_signing_get_signer (signing)));
      tl_json_set_bool (json, "kept", tl_signing_is_kept (signing));
      tl_json_set_string (json, "certificate", certificate);
      tl_terminal_print_json (json);
    }
  else
    {
      tl_terminal_print ("%s", groups);
      if (tl_signing_get_finding (signing) != NULL)
        tl_terminal_print_finding (tl_signing_get_finding (signing), NULL);
    }

  return tl_signing_is_kept (signing) ? TL_EXIT_OK : TL_EXIT_WARNINGS;
}
