/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

/* Whose provider we know to have no such page needs no request. */
static gboolean
check_page (TlJourney  *journey,
            GError    **error)
{
  g_autofree char *provider = NULL;
  gboolean takes = FALSE;
  gboolean can_request = FALSE;

  g_object_get (journey->setup, "provider-name", &provider, "takes-oauth", &takes,
                "can-request", &can_request, NULL);
  if ((takes && can_request) || provider == NULL)
    return TRUE;
  if (takes)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_NOT_FOUND,
                   "behind a personal mailbox at %s there is no IT that could register this "
                   "program; use the sign-in that your outreach platform has for it, or get a "
                   "client id from somebody who registered this program", provider);
      return FALSE;
    }

  g_set_error (error, TL_ERROR, TL_ERROR_NOT_FOUND,
               "no sign-in on a page of %s is known for which IT could register this program; "
               "“twolanectl setup %s” says what it takes", provider,
               tl_address_get_addr_spec (tl_setup_get_address (journey->setup)));

  return FALSE;
}

/* Whose mailbox it is may not be known, or not now. */
static void
check_provider (TlJourney *journey)
{
  g_autofree char *provider = NULL;
  gboolean takes = FALSE;

  g_object_get (journey->setup, "provider-name", &provider, "takes-oauth", &takes, NULL);
  if (provider == NULL && !takes)
    /* Translators: %s is an address */
    tl_terminal_complain (_("the provider of %s is not known, so the letter is general: it has no "
                            "exact values. Is there a network?"),
                          tl_address_get_addr_spec (tl_setup_get_address (journey->setup)));
  tl_journey_complain_of_policy ();
}

/* Who signs in, and what sending goes through, is part of what IT is asked for. */
static gboolean
prepare (TlJourney   *journey,
         const char  *address,
         GError     **error)
{
  if (!tl_journey_check_sign_in (journey, error) ||
      !tl_journey_set_address (journey, address, error) || !tl_journey_discover (journey, error))
    return FALSE;

  tl_journey_use_sending (journey);

  return tl_journey_use_identity (journey, error) && check_page (journey, error);
}

int
tl_verb_request_run (int    argc,
                     char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_identity_entries (journey);
  gboolean mail = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json, N_("Answer in JSON, for programs"), NULL },
    { "mail", 0, 0, G_OPTION_ARG_NONE, &mail,
      N_("Print a mailto: address that opens it in a mail program"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;
  int status;

  if (!tl_cli_parse ("request", entries, shared, &argc, &argv, 1, 1, &status))
    return status;
  if (!prepare (journey, argv[1], &error))
    return tl_cli_fail (error);

  check_provider (journey);
  text = tl_setup_dup_request_text (journey->setup);
  uri = tl_setup_dup_request_uri (journey->setup);
  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_json_new_object ();

      tl_json_set_string (json, "address",
                          tl_address_get_addr_spec (tl_setup_get_address (journey->setup)));
      tl_json_set_string (json, "text", text);
      tl_json_set_string (json, "mail", uri);
      tl_terminal_print_json (json);
    }
  else if (mail)
    {
      tl_terminal_print ("%s", uri);
    }
  else
    {
      tl_journey_print_request (journey);
    }

  return TL_EXIT_OK;
}
