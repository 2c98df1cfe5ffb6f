/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-includes.h"

#include <string.h>

#define VERSION "v=spf1"

#define MAX_NAME 253
#define IN_NAMES "abcdefghijklmnopqrstuvwxyz0123456789-_."

/* What goes on to be asked of DNS and shown to people: nothing that no zone
 * would hold. Unlike a host's, such a name may have underscores. */
static gboolean
is_name (const char *name)
{
  gsize len = strlen (name);

  return len <= MAX_NAME && strspn (name, IN_NAMES) == len && strchr (name, '.') != NULL &&
         name[0] != '.' && name[len - 1] != '.' && strstr (name, "..") == NULL;
}

/* The name behind @what, or NULL when the term says something else. A macro (§7)
 * makes it depend on a message, so that it names nobody here. */
static char *
dup_name (const char *term,
          const char *what)
{
  gsize len = strlen (what);
  g_autofree char *name = NULL;

  if (g_ascii_strncasecmp (term, what, len) != 0 || term[len] == '\0' ||
      strchr (term, '%') != NULL)
    return NULL;

  name = g_ascii_strdown (term + len, -1);
  if (g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';

  return is_name (name) ? g_steal_pointer (&name) : NULL;
}

/**
 * tl_spf_dup_includes:
 * @text: a TXT record
 * @out_redirect: (out) (transfer full) (nullable): the domain whose record stands in place of what
 *   this one leaves open, or %NULL
 *
 * Lists the domains whose records an SPF record builds on (RFC 7208 §4.6.1,
 * §5.2 and §6.1):
 *
 *   record    = "v=spf1" *( 1*SP ( directive / modifier ) ) *SP
 *   include   = [ qualifier ] "include" ":" domain-spec
 *   redirect  = "redirect" "=" domain-spec
 *
 * Those after the first `TL_SPF_MAX_INCLUDES`, twice as many as §4.6.4 lets a
 * record have, are left out.
 *
 * Returns: (transfer full) (nullable): the included names in lower case, in the record's order, or
 *   %NULL when @text is no SPF record
 */
char **
tl_spf_dup_includes (const char  *text,
                     char       **out_redirect)
{
  g_autoptr(GStrvBuilder) includes = g_strv_builder_new ();
  g_autofree char *redirect = NULL;
  g_auto(GStrv) terms = NULL;
  guint n = 0;

  if (g_ascii_strncasecmp (text, VERSION, strlen (VERSION)) != 0 ||
      (text[strlen (VERSION)] != '\0' && text[strlen (VERSION)] != ' '))
    return NULL;

  terms = g_strsplit (text + strlen (VERSION), " ", -1);
  for (guint i = 0; terms[i] != NULL; i++)
    {
      const char *bare = terms[i] + strspn (terms[i], "+-~?");
      g_autofree char *include = dup_name (bare, "include:");

      if (include != NULL && n++ < TL_SPF_MAX_INCLUDES)
        g_strv_builder_add (includes, include);
      if (redirect == NULL)
        redirect = dup_name (terms[i], "redirect=");
    }

  *out_redirect = g_steal_pointer (&redirect);

  return g_strv_builder_end (includes);
}
