/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-warm-up-group.h"

#include "tl-closures.h"
#include "tl-count-row.h"
#include "tl-readiness-words.h"
#include "tl-sending-advice.h"
#include "tl-warm-up-chart.h"

struct _TlWarmUpGroup
{
  TlSetupWidget  parent_instance;

  gboolean       is_following;   /* the plan changes, not the person */

  /* Template children, borrowed */
  AdwComboRow   *preset_row;
  TlWarmUpChart *chart;
  TlCountRow    *day_row;
};

G_DEFINE_FINAL_TYPE (TlWarmUpGroup, tl_warm_up_group, TL_TYPE_SETUP_WIDGET)

static TlSending *
get_sending (TlWarmUpGroup *self)
{
  return tl_setup_get_sending (tl_setup_widget_get_setup (TL_SETUP_WIDGET (self)));
}

static guint
find_preset (const char *id)
{
  for (guint i = 0; i < tl_warm_up_get_n_presets (); i++)
    {
      if (g_strcmp0 (tl_warm_up_get_preset (i)->id, id) == 0)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
follow (TlWarmUpGroup *self)
{
  g_autoptr(TlWarmUpDay) day = tl_warm_up_chart_dup_day (self->chart);
  g_autofree char *preset = NULL;

  g_object_get (get_sending (self), "preset", &preset, NULL);
  self->is_following = TRUE;
  adw_combo_row_set_selected (self->preset_row, find_preset (preset));
  gtk_widget_set_sensitive (GTK_WIDGET (self->day_row), day != NULL);
  if (day != NULL)
    {
      g_autofree char *title = NULL;
      guint number = 0;
      guint ceiling = 0;

      g_object_get (day, "day", &number, "ceiling", &ceiling, NULL);
      title = tl_day_to_title (NULL, number);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->day_row), title);
      g_object_set (self->day_row,
                    "most", ceiling == 0 ? (guint) TL_SENDING_PLAN_MAX_VOLUME : ceiling,
                    "count", tl_warm_up_day_get_messages (day), NULL);
    }
  self->is_following = FALSE;
}

static void
on_preset_selected (TlWarmUpGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->preset_row);
  g_autoptr(GError) error = NULL;

  if (self->is_following || selected >= tl_warm_up_get_n_presets ())
    return;

  if (!tl_sending_set_preset (get_sending (self), tl_warm_up_get_preset (selected)->id, &error))
    g_debug ("the preset: %s", error->message);
}

static void
on_count_changed (TlWarmUpGroup *self)
{
  g_autoptr(TlWarmUpDay) day = tl_warm_up_chart_dup_day (self->chart);
  guint count = 0;

  g_object_get (self->day_row, "count", &count, NULL);
  if (!self->is_following && day != NULL && tl_warm_up_day_get_messages (day) != count)
    g_object_set (day, "messages", count, NULL);
}

static void
on_reset_activated (TlWarmUpGroup *self)
{
  /* The row goes with the press: the focus goes first. */
  gtk_widget_grab_focus (GTK_WIDGET (self->chart));
  tl_sending_reset_days (get_sending (self));
}

static void
tl_warm_up_group_setup_changed (TlSetupWidget *widget,
                                TlSetup       *setup)
{
  TlWarmUpGroup *self = TL_WARM_UP_GROUP (widget);
  TlSending *sending = tl_setup_get_sending (setup);
  g_autoptr(GtkStringList) titles = NULL;
  g_auto(GStrv) names = NULL;

  g_object_get (sending, "preset-titles", &names, NULL);
  titles = gtk_string_list_new ((const char * const *) names);
  self->is_following = TRUE;
  adw_combo_row_set_model (self->preset_row, G_LIST_MODEL (titles));
  self->is_following = FALSE;
  g_object_set (self->chart, "sending", sending, NULL);
  g_signal_connect_object (self->chart, "notify::selected", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sending, "notify::plan", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sending, "notify::preset", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  follow (self);
}

static void
tl_warm_up_group_class_init (TlWarmUpGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TL_SETUP_WIDGET_CLASS (klass)->setup_changed = tl_warm_up_group_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-warm-up-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlWarmUpGroup, preset_row);
  gtk_widget_class_bind_template_child (widget_class, TlWarmUpGroup, chart);
  gtk_widget_class_bind_template_child (widget_class, TlWarmUpGroup, day_row);
  gtk_widget_class_bind_template_callback (widget_class, on_preset_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_count_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_activated);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_warm_up_group_init (TlWarmUpGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
