/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-sending.h"

#include <glib/gi18n-lib.h>

#include "tl-provider-words.h"
#include "tl-provider.h"
#include "tl-report-markup.h"
#include "tl-sending-rule.h"

#define DAYS_IN_WEEK  7
#define WORKING_DAYS  5

static char *
dup_whose (const TlSendingLimit *limit)
{
  TlProvider *provider = limit->of == TL_LIMIT_OF_PROVIDER && limit->name != NULL
                         ? tl_providers_find (limit->name) : NULL;
  const char *name = provider != NULL ? tl_provider_get_name (provider) : limit->name;

  return name == NULL ? g_strdup (tl_limit_of_get_label (limit->of))
                      : g_strdup_printf ("%s: %s", tl_limit_of_get_label (limit->of), name);
}

/* On whose word, and that it is an opinion where it is one: `Opinion · Twolane · 2026-01-31`. */
static char *
dup_source (gboolean    is_opinion,
            const char *source,
            const char *as_of)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) words = NULL;

  if (is_opinion)
    /* Translators: somebody's advice and nobody's rule; followed by whose, after a · */
    g_strv_builder_add (builder, _("Opinion"));
  if (source != NULL)
    g_strv_builder_add (builder, tl_provider_source_get_label (source));
  if (as_of != NULL)
    g_strv_builder_add (builder, as_of);
  words = g_strv_builder_end (builder);

  return g_strjoinv (" · ", words);
}

static void
add_limit (GString              *out,
           const TlSendingLimit *limit)
{
  g_autofree char *whose = dup_whose (limit);
  g_autofree char *source = dup_source (limit->is_opinion, limit->source, limit->as_of);

  tl_markup_add (out,
                 "<tr><th scope=\"row\">%s</th><td>%s%s%s</td><td class=\"ms\">%u</td>"
                 "<td>%s%s%s</td></tr>\n",
                 whose, tl_provider_limit_get_label (limit->what),
                 limit->when != NULL ? ", " : "",
                 limit->when != NULL ? limit->when : "", limit->value, source,
                 limit->is_confirmed ? "" : " · ",
                 /* Translators: nobody who made this program saw where a number is from */
                 limit->is_confirmed ? "" : _("not confirmed"));
}

static void
add_limits (GString                  *out,
            const TlSendingPlanParts *parts)
{
  if (parts->limits->len == 0)
    {
      tl_report_markup_text (out, _("No limit is known."));
      return;
    }

  tl_markup_add (out,
                 "<table class=\"limits\">\n<caption>%s</caption>\n"
                 "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
                 "<th scope=\"col\" class=\"ms\">%s</th><th scope=\"col\">%s</th></tr></thead>\n"
                 "<tbody>\n",
                 _("Limits"),
                 /* Translators: who sets a limit */
                 _("Of"),
                 /* Translators: what a limit is about, such as messages a day */
                 _("What"),
                 /* Translators: how many may be sent */
                 _("At most"), _("Source"));
  for (guint i = 0; i < parts->limits->len; i++)
    add_limit (out, g_ptr_array_index (parts->limits, i));
  g_string_append (out, "</tbody>\n</table>\n");
}

/* A bar is a border, which paper prints where it leaves backgrounds out. */
static void
add_week (GString                  *out,
          const TlSendingPlanParts *parts,
          guint                     first,
          guint                     n_columns,
          guint                     most)
{
  guint here = 0;

  tl_markup_add (out, "<tr><th scope=\"row\">%u</th>", first / n_columns + 1);
  for (guint i = first; i < first + n_columns; i++)
    {
      if (i < parts->n_days)
        tl_markup_add (out, "<td class=\"ms\">%u</td>", parts->days[i]);
      else
        g_string_append (out, "<td></td>");
      if (i < parts->n_days)
        here = MAX (here, parts->days[i]);
    }
  tl_markup_add (out, "<td class=\"bar\" aria-hidden=\"true\"><span style=\"width:%u%%\"></span>"
                      "</td></tr>\n", most > 0 ? (guint) ((guint64) here * 100 / most) : 0);
}

static void
add_warm_up (GString                  *out,
             const TlSendingPlanParts *parts)
{
  guint n_columns = parts->weekdays_only ? WORKING_DAYS : DAYS_IN_WEEK;
  guint most = parts->ceiling;

  if (parts->n_days == 0)
    return;

  for (guint i = 0; parts->ceiling == 0 && i < parts->n_days; i++)
    most = MAX (most, parts->days[i]);

  tl_markup_add (out,
                 "<table class=\"warm-up\">\n<caption>%s</caption>\n"
                 "<thead><tr><th scope=\"col\">%s</th>",
                 /* Translators: how a new mailbox sends more from day to day */
                 _("Warm-up, in messages a day"), _("Week"));
  for (guint i = 1; i <= n_columns; i++)
    tl_markup_add (out, "<th scope=\"col\" class=\"ms\">%u</th>", i);
  g_string_append (out, "<td></td></tr></thead>\n<tbody>\n");
  for (guint first = 0; first < parts->n_days; first += n_columns)
    add_week (out, parts, first, n_columns, most);
  g_string_append (out, "</tbody>\n</table>\n");
  tl_report_markup_remark (out, parts->is_edited
                                ? _("A plan of this kind is somebody’s advice and nobody’s rule. "
                                    "It was changed by the person who set the mailbox up.")
                                : _("A plan of this kind is somebody’s advice and nobody’s rule."));
  if (parts->weekdays_only)
    tl_report_markup_remark (out, _("Weekends do not count."));
}

/* Why that is advised. A rule that this version does not know is shown as its id. */
static void
add_reasons (GString       *out,
             TlSendingPlan *sending)
{
  const char * const *reasons = tl_sending_plan_get_parts (sending)->reasons;

  if (reasons[0] == NULL)
    return;

  tl_markup_add (out, "<p class=\"label\">%s</p>\n<ul>\n",
                 /* Translators: followed by a list of reasons for what is advised */
                 _("Because:"));
  for (gsize i = 0; reasons[i] != NULL; i++)
    {
      const TlSendingRule *rule = tl_sending_rule_find (reasons[i]);
      g_autofree char *text = rule != NULL ? tl_sending_rule_dup_text (rule, sending) : NULL;
      g_autofree char *source = rule != NULL ? dup_source (rule->is_opinion, rule->source,
                                                           rule->as_of) : NULL;

      if (rule == NULL)
        tl_markup_add (out, "<li><code>%s</code></li>\n", reasons[i]);
      else
        tl_markup_add (out, "<li>%s <span class=\"source\">%s</span></li>\n", text, source);
    }
  g_string_append (out, "</ul>\n");
}

static void
add_wish (GString                  *out,
          const TlSendingPlanParts *parts)
{
  g_autofree char *volume = parts->volume == 0 ? NULL : g_strdup_printf ("%u", parts->volume);
  g_autofree char *mailboxes = g_strdup_printf ("%u", parts->n_mailboxes);
  g_autofree char *domains = g_strdup_printf ("%u", parts->n_domains);
  g_autofree char *ceiling = parts->ceiling == 0 ? NULL : g_strdup_printf ("%u", parts->ceiling);

  g_string_append (out, "<dl>\n");
  /* Translators: what kind of messages are to be sent */
  tl_report_markup_row (out, _("Messages"), tl_sending_kind_get_label (parts->kind));
  tl_report_markup_row (out, _("Planned a day"), volume);
  tl_report_markup_row (out, _("From mailboxes"), mailboxes);
  tl_report_markup_row (out, _("Under domains"), domains);
  tl_report_markup_row (out, _("Advised to send by"),
                        tl_sending_service_get_label (parts->service));
  tl_report_markup_row (out, _("At most a day from this mailbox"), ceiling);
  /* Translators: who sets the limit on a line above */
  tl_report_markup_row (out, _("Limited by"),
                        parts->ceiling == 0 ? NULL : tl_limit_of_get_label (parts->ceiling_of));
  g_string_append (out, "</dl>\n");
}

/**
 * tl_report_sending_add:
 * @out: the page so far
 * @sending: (nullable): how much is to be sent; without it there is no section
 *
 * Adds the section of what is planned and advised, whose limits there are, and how the mailbox gets
 * there.
 */
void
tl_report_sending_add (GString       *out,
                       TlSendingPlan *sending)
{
  const TlSendingPlanParts *parts;

  if (sending == NULL)
    return;

  parts = tl_sending_plan_get_parts (sending);
  tl_report_markup_open (out, "sending", _("How much to send"));
  add_wish (out, parts);
  add_reasons (out, sending);
  add_limits (out, parts);
  add_warm_up (out, parts);
  tl_report_markup_close (out);
}
