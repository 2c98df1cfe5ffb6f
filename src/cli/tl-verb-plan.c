/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey.h"
#include "tl-sections-text.h"
#include "tl-terminal.h"

/* Ids that have the word in them, or whose names do. NULL when there are none. */
static char *
dup_similar (const char *word)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = g_utf8_casefold (word, -1);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = all->pdata[i];

      if (tl_cli_contains (tl_provider_get_id (provider), folded) ||
          tl_cli_contains (tl_provider_get_name (provider), folded))
        g_string_append_printf (ids, "%s%s", ids->len == 0 ? "" : ", ",
                                tl_provider_get_id (provider));
    }

  return ids->len == 0 ? NULL : g_string_free (g_steal_pointer (&ids), FALSE);
}

/* Whose mailbox it is: by the provider's id, without anything being asked. */
static gboolean
choose_provider (TlSending   *sending,
                 const char  *id,
                 GError     **error)
{
  TlProvider *provider = id == NULL ? NULL : tl_providers_find (id);

  if (id != NULL && provider == NULL)
    {
      g_autofree char *similar = *id == '\0' ? NULL : dup_similar (id);

      if (similar != NULL)
        /* Translators: what was typed, then a list of words to choose from */
        g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                     _("--provider: nobody here is called “%s”. Is it one of these: %s?"), id,
                     similar);
      else
        g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                     _("--provider: nobody here is called “%s”; “twolanectl providers” lists all"),
                     id);
      return FALSE;
    }

  tl_sending_set_provider (sending, provider);

  return TRUE;
}

int
tl_verb_plan_run (int    argc,
                  char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_sending_entries (journey);
  g_autofree char *provider = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json, N_("Answer in JSON, for programs"), NULL },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &provider,
      N_("Whose mailboxes they are; “twolanectl providers” lists the names"), N_("PROVIDER") },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  TlSending *sending = tl_setup_get_sending (journey->setup);
  int status;

  if (!tl_cli_parse ("plan", entries, shared, &argc, &argv, 0, 0, &status))
    return status;
  if (!choose_provider (sending, provider, &error) ||
      !tl_journey_check_readiness (journey, &error) ||
      !tl_journey_use_sending_plan (journey, &error))
    return tl_cli_fail (error);

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_sending_plan_to_json (tl_sending_get_plan (sending));

      tl_terminal_print_json (json);
    }
  else
    {
      tl_sections_text_print_sending (sending);
    }

  return TL_EXIT_OK;
}
