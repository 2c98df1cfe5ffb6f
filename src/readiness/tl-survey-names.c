/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-survey-names.h"

#include <string.h>

#include "tl-error.h"
#include "tl-survey.h"

/* How deep folders are made. */
#define MAX_PARTS 8

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the folder name “%s” %s", name, why);

  return FALSE;
}

static guint
count_parts (const char *name)
{
  guint n = 1;

  for (const char *p = name; *p != '\0'; p++)
    n += *p == '/';

  return n;
}

/**
 * tl_survey_check_name:
 * @name: what somebody wants a folder to be called, parts told apart by `/`
 * @error: return location for a #GError
 *
 * RFC 9051 §5.1, and what no server has to understand otherwise: `*` and `%` are wildcards of LIST,
 * `#` in front is another namespace, `\` tells parts apart on some servers.
 *
 * Returns: whether a folder may be made of it; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_survey_check_name (const char  *name,
                      GError     **error)
{
  gsize len = strlen (name);

  if (!g_utf8_validate (name, -1, NULL))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "a folder name is not UTF-8");
      return FALSE;
    }
  if (len == 0)
    return refuse (error, name, "is empty");
  if (len > TL_SURVEY_MAX_NAME)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "a folder name is longer than %d bytes", TL_SURVEY_MAX_NAME);
      return FALSE;
    }
  if (strpbrk (name, "*%\\") != NULL)
    return refuse (error, name, "has one of * % \\ in it");
  if (name[0] == '#')
    return refuse (error, name, "begins with #");
  if (name[0] == '/' || name[len - 1] == '/' || strstr (name, "//") != NULL)
    return refuse (error, name, "has a part with nothing in it");
  if (count_parts (name) > MAX_PARTS)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the folder name “%s” has more than %d parts", name, MAX_PARTS);
      return FALSE;
    }
  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    return refuse (error, name, "is the inbox");

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      /* What turns text around or cannot be seen makes two folders look like one. */
      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
          type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return refuse (error, "…", "has a control character in it");
      if (g_unichar_isspace (c) && (p == name || p[-1] == '/' ||
                                    *g_utf8_next_char (p) == '\0' || *g_utf8_next_char (p) == '/'))
        return refuse (error, name, "has a part that begins or ends with a space");
    }

  return TRUE;
}

/**
 * tl_survey_names_split:
 * @place: how the server names folders
 * @name: a name that tl_survey_check_name() let through
 *
 * Puts a name on the server's terms: its delimiter in the place of `/`, the personal prefix in
 * front unless it is there, and every folder above it first.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the names from the top down, the last
 *   one that of @name itself; %NULL when the server cannot have such a folder: names are flat, or
 *   its delimiter is part of one
 */
GPtrArray *
tl_survey_names_split (const TlSurveyPlace *place,
                       const char          *name)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *theirs = g_strdup (name);
  g_autofree char *whole = NULL;
  gsize skip;

  if (place->delimiter == '\0')
    {
      if (strchr (name, '/') != NULL)
        return NULL;
    }
  else
    {
      if (place->delimiter != '/' && strchr (name, place->delimiter) != NULL)
        return NULL;
      g_strdelimit (theirs, "/", place->delimiter);
    }

  whole = place->prefix == NULL || g_str_has_prefix (theirs, place->prefix)
          ? g_strdup (theirs) : g_strconcat (place->prefix, theirs, NULL);
  if (place->prefix != NULL && strlen (whole) == strlen (place->prefix))
    return NULL;

  /* What the prefix names is there: the namespace itself, or the inbox. */
  skip = place->prefix == NULL ? 0 : strlen (place->prefix);
  for (const char *p = whole + skip; *p != '\0'; p++)
    if (place->delimiter != '\0' && *p == place->delimiter)
      g_ptr_array_add (names, g_strndup (whole, (gsize) (p - whole)));
  g_ptr_array_add (names, g_strdup (whole));

  return g_steal_pointer (&names);
}
