/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-markup.h"

/**
 * tl_markup_add:
 * @out: a page of HTML so far
 * @format: a literal, markup as it stands
 * @...: its arguments, each of which is escaped
 *
 * Adds to a page. Everything that is no literal of ours goes into any page through here.
 */
void
tl_markup_add (GString    *out,
               const char *format,
               ...)
{
  va_list args;
  g_autofree char *escaped = NULL;

  va_start (args, format);
  escaped = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (out, escaped);
}
