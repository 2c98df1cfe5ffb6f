/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-words.h"

#include <glib/gi18n-lib.h>

gboolean
tl_loop_is_done (GObject      *object,
                 gboolean      looping,
                 TlLoopReport *report)
{
  return !looping && report != NULL;
}

TlVerdict
tl_loop_to_verdict (GObject      *object,
                    TlLoopReport *report)
{
  return report == NULL ? TL_VERDICT_NOT_TESTED : tl_loop_report_get_verdict (report);
}

char *
tl_loop_to_title (GObject      *object,
                  TlLoopReport *report)
{
  return g_strdup (report == NULL ? _("Send a test message to yourself")
                                  : _("Test message to yourself"));
}

static guint
count_warnings (TlLoopReport *report)
{
  GPtrArray *findings = tl_loop_report_get_parts (report)->findings;
  guint n = 0;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    n += tl_finding_get_severity (g_ptr_array_index (findings, i)) == TL_SEVERITY_WARNING;

  return n;
}

/**
 * tl_loop_to_lead:
 * @object: (nullable): unused
 * @looping: one is under way
 * @report: (nullable): how the last one fared
 *
 * Returns: (transfer full): what it is good for, or how it went
 */
char *
tl_loop_to_lead (GObject      *object,
                 gboolean      looping,
                 TlLoopReport *report)
{
  if (looping)
    return g_strdup (_("One small message is on its way from you to you."));

  switch (tl_loop_to_verdict (NULL, report))
    {
    case TL_VERDICT_OK:
      return g_strdup (_("It went out by one lane and came back by the other."));
    case TL_VERDICT_WARNING:
      return g_strdup (ngettext ("It went out by one lane and came back by the other. Look at the "
                                 "warning below before you start.",
                                 "It went out by one lane and came back by the other. Look at the "
                                 "warnings below before you start.", count_warnings (report)));
    case TL_VERDICT_ERROR:
      return g_strdup (_("It did not come full circle. What is wrong, and who can fix it, is "
                         "written below."));
    case TL_VERDICT_NOT_TESTED:
    default:
      return g_strdup (_("See whether what you send comes back, where it lands, and whether "
                         "receivers believe that it is yours. It is removed afterwards."));
    }
}

char *
tl_loop_to_send_label (GObject      *object,
                       TlLoopReport *report)
{
  return g_strdup (report == NULL ? _("_Send Test Message") : _("_Send Again"));
}

char *
tl_loop_stage_to_label (GObject     *object,
                        TlLoopStage  stage)
{
  return g_strdup (tl_loop_stage_get_label (stage));
}

/**
 * tl_loop_stage_to_time:
 * @object: (nullable): unused
 * @stage: what a message to oneself is at
 * @elapsed_s: since when
 * @patience_s: how long it is waited for
 *
 * Returns: (transfer full): how long that has taken, and how long it may take where that is known
 */
char *
tl_loop_stage_to_time (GObject     *object,
                       TlLoopStage  stage,
                       guint        elapsed_s,
                       guint        patience_s)
{
  if (stage == TL_LOOP_STAGE_WAITING)
    /* Translators: how many seconds have passed, then how many may pass, as short as the language
     * allows */
    return g_strdup_printf (_("%u of %u s"), elapsed_s, patience_s);

  /* Translators: how many seconds have passed, as short as the language allows */
  return g_strdup_printf (_("%u s"), elapsed_s);
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} words[] = {
  CLOSURE (tl_loop_is_done),
  CLOSURE (tl_loop_stage_to_label),
  CLOSURE (tl_loop_stage_to_time),
  CLOSURE (tl_loop_to_lead),
  CLOSURE (tl_loop_to_send_label),
  CLOSURE (tl_loop_to_title),
  CLOSURE (tl_loop_to_verdict),
};

/**
 * tl_loop_words_bind:
 * @widget_class: the class of a template
 *
 * Lets the template name the functions of this file.
 */
void
tl_loop_words_bind (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, words[i].name, words[i].callback);
}
