/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-data.h"
#include "tl-gateway.h"
#include "tl-nick.h"
#include "tl-provider-text.h"
#include "tl-terminal.h"
#include "tl-text.h"
#include "tl-typo.h"

/* What is after the @, if there is one, as it is written in DNS; @name itself
 * when it cannot be. */
static char *
find_host_part (const char *name)
{
  const char *at = strrchr (name, '@');
  char *ascii = g_hostname_to_ascii (at == NULL ? name : at + 1);

  return ascii != NULL ? ascii : g_strdup (name);
}

static gboolean
is_like (const TlProvider *provider,
         const char       *folded)
{
  const char * const *domains = tl_provider_get_domains (provider);

  for (guint i = 0; domains[i] != NULL; i++)
    {
      if (strstr (domains[i], folded) != NULL)
        return TRUE;
    }

  return tl_cli_contains (tl_provider_get_id (provider), folded) ||
         tl_cli_contains (tl_provider_get_name (provider), folded);
}

/* One that is meant exactly, else all that have @name in an id, a name or a domain. */
static GPtrArray *
find_providers (const char *name)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *host = find_host_part (name);
  TlProvider *exact;

  if ((exact = tl_providers_find (folded)) != NULL ||
      (exact = tl_providers_find_by_domain (host)) != NULL ||
      (exact = tl_providers_find_by_mx (host)) != NULL ||
      (exact = tl_providers_find_by_host (host)) != NULL)
    {
      g_ptr_array_add (found, exact);
      return g_steal_pointer (&found);
    }

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (is_like (provider, folded))
        g_ptr_array_add (found, provider);
    }

  return g_steal_pointer (&found);
}

static int
complain (const char *name)
{
  g_autofree char *host = find_host_part (name);
  g_autofree char *meant = tl_typo_suggest (host);
  TlGateway *gateway = tl_gateways_find_by_mx (host);

  if (gateway != NULL)
    /* Translators: a server name, then whose it is */
    tl_terminal_complain (_("“%s” belongs to %s, and mail is only handed on there: the mailbox is "
                            "elsewhere. Try “twolanectl discover” with an address"),
                          name, tl_gateway_get_name (gateway));
  else if (meant != NULL)
    /* Translators: what was typed, then a domain that is spelt nearly like it */
    tl_terminal_complain (_("no provider is known by “%s”; did you mean “%s”?"), name, meant);
  else
    /* Translators: %s is what was typed */
    tl_terminal_complain (_("no provider is known by “%s”; “twolanectl providers” lists them all, "
                            "and “twolanectl discover” finds the servers of an address"),
                          name);

  return TL_EXIT_USAGE;
}

static TlJson *
load_document (const TlProvider *provider)
{
  g_autofree char *file = g_strdup_printf ("providers/%s.json", tl_provider_get_id (provider));
  g_autoptr(GBytes) bytes = tl_data_lookup (file);

  return tl_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL);
}

/* The list, and the one provider in full, as its file says it, when there is but one. */
static TlJson *
describe (GPtrArray *providers)
{
  TlJson *json = tl_json_new_object ();
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < providers->len; i++)
    {
      const TlProvider *provider = g_ptr_array_index (providers, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "id", tl_provider_get_id (provider));
      tl_json_set_string (row, "name", tl_provider_get_name (provider));
      tl_json_set_string (row, "kind", tl_nick_get (TL_TYPE_PROVIDER_KIND,
                                                    (int) tl_provider_get_kind (provider)));
      tl_json_set_string (row, "confidence", tl_provider_is_confirmed (provider, NULL)
                                               ? "confirmed" : "unconfirmed");
      tl_json_set_int (row, "n_unconfirmed",
                       g_strv_length ((char **) tl_provider_get_unconfirmed (provider)));
      tl_json_set_string (row, "checked_on", tl_provider_get_checked_on (provider));
      tl_json_append_take (list, row);
    }
  tl_json_set_take (json, "providers", list);
  tl_json_set_take (json, "provider", providers->len == 1
                                        ? load_document (g_ptr_array_index (providers, 0)) : NULL);

  return json;
}

int
tl_verb_providers_run (int    argc,
                       char **argv)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON, for programs"), NULL },
    { NULL }
  };
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *name = NULL;
  int status;

  if (!tl_cli_parse ("providers", entries, NULL, &argc, &argv, 0, 1, &status))
    return status;

  /* Not every file name or paste is UTF-8, and all of it may be printed again. */
  name = argc > 1 ? tl_text_clean (argv[1], -1) : NULL;
  found = name != NULL ? find_providers (name) : g_ptr_array_ref (tl_providers_get_all ());
  if (found->len == 0)
    return complain (name);

  if (as_json)
    {
      g_autoptr(TlJson) json = describe (found);

      tl_terminal_print_json (json);
    }
  else if (name != NULL && found->len == 1)
    {
      tl_provider_text_show (g_ptr_array_index (found, 0));
    }
  else
    {
      tl_provider_text_list (found, name);
    }

  return TL_EXIT_OK;
}
