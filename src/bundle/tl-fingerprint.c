/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fingerprint.h"

#include <string.h>

/**
 * tl_fingerprint_parse:
 * @typed: a fingerprint as a person copies it: either case, and spaces, colons
 *   or hyphens between groups
 *
 * Returns: (transfer full) (nullable): 64 lower-case hex digits, or %NULL when
 *   @typed is not a fingerprint
 */
char *
tl_fingerprint_parse (const char *typed)
{
  g_autoptr(GString) digits = g_string_sized_new (TL_FINGERPRINT_LEN);

  g_return_val_if_fail (typed != NULL, NULL);

  for (const char *p = typed; *p != '\0'; p++)
    {
      if (strchr (" \t:-", *p) != NULL)
        continue;
      if (!g_ascii_isxdigit (*p) || digits->len == TL_FINGERPRINT_LEN)
        return NULL;
      g_string_append_c (digits, g_ascii_tolower (*p));
    }

  if (digits->len != TL_FINGERPRINT_LEN)
    return NULL;

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/**
 * tl_fingerprint_is_valid:
 * @text: text
 *
 * Returns: whether @text is exactly the 64 lower-case hex digits that files hold
 */
gboolean
tl_fingerprint_is_valid (const char *text)
{
  return strlen (text) == TL_FINGERPRINT_LEN &&
         strspn (text, "0123456789abcdef") == TL_FINGERPRINT_LEN;
}

/**
 * tl_fingerprint_to_groups:
 * @fingerprint: 64 hex digits
 *
 * Returns: (transfer full): the same in groups of four with a space between
 *   them, to be read out
 */
char *
tl_fingerprint_to_groups (const char *fingerprint)
{
  g_autoptr(GString) groups = g_string_new (NULL);

  g_return_val_if_fail (fingerprint != NULL, NULL);

  for (gsize i = 0; fingerprint[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (groups, ' ');
      g_string_append_c (groups, fingerprint[i]);
    }

  return g_string_free (g_steal_pointer (&groups), FALSE);
}
