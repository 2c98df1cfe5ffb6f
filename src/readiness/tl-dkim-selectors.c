/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dkim-selectors.h"

/* Selectors that services propose, as seen in many domains: where to look when nobody knows. That
 * nothing is there says nothing, for anybody may choose another. By the ids of data/providers; a
 * row without one is for all. */
static const struct
{
  const char *provider;
  const char *selectors[5];
} table[] = {
  { "google",        { "google", NULL } },
  { "microsoft-365", { "selector1", "selector2", NULL } },
  { "zoho",          { "zoho", "zmail", NULL } },
  { "zoho-eu",       { "zoho", "zmail", NULL } },
  { "fastmail",      { "fm1", "fm2", "fm3", NULL } },
  { "proton-business", { "protonmail", "protonmail2", "protonmail3", NULL } },
  { "sendgrid",      { "s1", "s2", NULL } },
  { "mandrill",      { "mandrill", "mte1", "mte2", NULL } },
  { "brevo",         { "mail", "brevo1", "brevo2", NULL } },
  { "mailgun",       { "k1", "mx", "smtp", "pic", NULL } },
  { "mailjet",       { "mailjet", NULL } },
  { "resend",        { "resend", NULL } },
  { "ionos",         { "s1-ionos", "s2-ionos", NULL } },
  { "yandex",        { "mail", NULL } },
  { NULL,            { "google", "selector1", "selector2", "default", NULL } },
  { NULL,            { "s1", "s2", "k1", "mail", NULL } },
  { NULL,            { "dkim", "zoho", "fm1", "protonmail", NULL } },
};

/**
 * tl_dkim_selectors_list:
 * @provider: (nullable): id of whose mailbox it is
 * @relay: (nullable): id of the sending service
 *
 * Returns: (transfer full) (array zero-terminated=1): selectors to look for, the likeliest first:
 *   those of the sending service, the provider's, and some for all
 */
char **
tl_dkim_selectors_list (const char *provider,
                        const char *relay)
{
  const char * const asked[] = { relay, provider, NULL };
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      if (asked[i] == NULL && i + 1 < G_N_ELEMENTS (asked))
        continue;
      for (gsize row = 0; row < G_N_ELEMENTS (table); row++)
        {
          if (g_strcmp0 (table[row].provider, asked[i]) != 0)
            continue;
          for (gsize j = 0; table[row].selectors[j] != NULL; j++)
            {
              if (!g_ptr_array_find_with_equal_func (list, table[row].selectors[j], g_str_equal,
                                                     NULL))
                g_ptr_array_add (list, g_strdup (table[row].selectors[j]));
            }
        }
    }
  g_ptr_array_add (list, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}
