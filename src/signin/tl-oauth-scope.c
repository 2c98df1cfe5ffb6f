/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-scope.h"

#include <string.h>

/* No server grants more words than this to a mail program. */
#define MAX_WORDS 64

/* Says who somebody is, or how long a permission lasts: no mail is read or sent with it. Servers
 * leave these out of what they grant, whether they granted them or not. */
static const char * const uncounted[] = {
  "openid", "email", "profile", "offline_access",
};

/**
 * tl_oauth_scope_join:
 * @scopes: (array zero-terminated=1): what is wanted
 * @with_openid: whether to ask who signs in, too: for servers that know OpenID Connect, others turn
 *   down a request that has a scope they do not know
 *
 * Returns: (transfer full): scope-token *( SP scope-token ), RFC 6749 §3.3
 */
char *
tl_oauth_scope_join (const char * const *scopes,
                     gboolean            with_openid)
{
  static const char * const openid[] = { "openid", "email" };
  g_autoptr(GString) joined = g_string_new (NULL);

  for (gsize i = 0; scopes[i] != NULL; i++)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", scopes[i]);
  for (gsize i = 0; with_openid && i < G_N_ELEMENTS (openid); i++)
    if (!g_strv_contains (scopes, openid[i]))
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", openid[i]);

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/**
 * tl_oauth_scope_split:
 * @texts: (array zero-terminated=1): scopes, each text with any number of them
 *
 * scope = scope-token *( SP scope-token ), RFC 6749 §3.3; empty ones are left out.
 *
 * Returns: (transfer full): the scopes one by one, the first 64 of them
 */
char **
tl_oauth_scope_split (const char * const *texts)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  guint n_words = 0;

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      const char *at = texts[i] + strspn (texts[i], " ");

      while (*at != '\0' && n_words < MAX_WORDS)
        {
          gsize len = strcspn (at, " ");
          g_autofree char *word = g_strndup (at, len);

          g_strv_builder_add (words, word);
          n_words++;
          at += len + strspn (at + len, " ");
        }
    }

  return g_strv_builder_end (words);
}

/* Microsoft leaves out the resource and changes the case: "IMAP.AccessAsUser.All" stands for
 * "https://outlook.office.com/IMAP.AccessAsUser.All". With another resource it would be another
 * permission. What ends in "/" has no name of its own, and none that is granted is empty. */
static gboolean
grants (const char *granted,
        const char *wanted)
{
  const char *bare = strrchr (wanted, '/');

  if (g_ascii_strcasecmp (granted, wanted) == 0)
    return TRUE;

  return bare != NULL && g_ascii_strcasecmp (granted, bare + 1) == 0;
}

/* ".default" asks for whatever was consented to before, and is never granted by that name. */
static gboolean
counts (const char *wanted)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uncounted); i++)
    if (g_ascii_strcasecmp (wanted, uncounted[i]) == 0)
      return FALSE;

  return !g_str_has_suffix (wanted, "/.default");
}

/**
 * tl_oauth_scope_dup_missing:
 * @wanted: (array zero-terminated=1): scopes that were asked for
 * @granted: (array zero-terminated=1): scopes that the server says it granted
 *
 * Returns: (transfer full): those of @wanted that mail needs and that were not granted
 */
char **
tl_oauth_scope_dup_missing (const char * const *wanted,
                            const char * const *granted)
{
  g_autoptr(GStrvBuilder) missing = g_strv_builder_new ();

  for (gsize i = 0; wanted[i] != NULL; i++)
    {
      gboolean is_granted = !counts (wanted[i]);

      for (gsize j = 0; granted[j] != NULL && !is_granted; j++)
        is_granted = grants (granted[j], wanted[i]);
      if (!is_granted)
        g_strv_builder_add (missing, wanted[i]);
    }

  return g_strv_builder_end (missing);
}
