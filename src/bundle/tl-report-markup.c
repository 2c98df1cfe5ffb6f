/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-markup.h"

/**
 * tl_report_markup_open:
 * @out: the page so far
 * @id: the section's, the same in every language
 * @title: its heading
 */
void
tl_report_markup_open (GString    *out,
                       const char *id,
                       const char *title)
{
  tl_markup_add (out, "<section id=\"%s\">\n<h2>%s</h2>\n", id, title);
}

void
tl_report_markup_close (GString *out)
{
  g_string_append (out, "</section>\n");
}

void
tl_report_markup_text (GString    *out,
                       const char *text)
{
  tl_markup_add (out, "<p>%s</p>\n", text);
}

/* Something that matters less than what stands around it. */
void
tl_report_markup_remark (GString    *out,
                         const char *text)
{
  tl_markup_add (out, "<p class=\"remark\">%s</p>\n", text);
}

/**
 * tl_report_markup_row:
 * @out: the page so far, inside of a `dl`
 * @term: what it is
 * @value: (nullable): the value; without one there is no row
 *
 * Adds a row. A value may be written the other way than the page: it turns nothing around it.
 */
void
tl_report_markup_row (GString    *out,
                      const char *term,
                      const char *value)
{
  if (value != NULL)
    tl_markup_add (out, "<dt>%s</dt><dd><bdi>%s</bdi></dd>\n", term, value);
}

/* The same for what is compared or copied letter by letter. */
void
tl_report_markup_code (GString    *out,
                       const char *term,
                       const char *value)
{
  if (value != NULL)
    tl_markup_add (out, "<dt>%s</dt><dd><code>%s</code></dd>\n", term, value);
}

/**
 * tl_report_markup_moment:
 * @moment_s: seconds since the epoch, UTC
 *
 * Returns: (transfer full): the moment as it is read, the same in every language
 */
char *
tl_report_markup_moment (gint64 moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M UTC") : g_strdup ("–");
}
