/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-also-found.h"

#include "tl-bindings.h"
#include "tl-candidate-view.h"
#include "tl-closures.h"
#include "tl-rejection-view.h"

struct _TlAlsoFound
{
  TlSetupWidget       parent_instance;

  /* Owned */
  GtkFilterListModel *others;    /* of TlCandidate: all that are not proposed */

  /* Template children, borrowed */
  GtkExpander        *expander;
  GtkListBox         *candidates_list;
  GtkListBox         *rejections_list;
};

G_DEFINE_FINAL_TYPE (TlAlsoFound, tl_also_found, TL_TYPE_SETUP_WIDGET)

static TlLaneDraft *
get_draft (TlAlsoFound *self,
           TlCandidate *candidate)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));

  return tl_setup_get_draft (setup, tl_candidate_get_lane (candidate));
}

static gboolean
is_other (gpointer item,
          gpointer user_data)
{
  TlAlsoFound *self = user_data;
  g_autoptr(TlCandidate) proposal = NULL;

  g_object_get (get_draft (self, item), "candidate", &proposal, NULL);

  return proposal == NULL ||
         !tl_lane_settings_equal (tl_candidate_get_settings (item),
                                  tl_candidate_get_settings (proposal));
}

static GtkWidget *
create_candidate_row (gpointer item,
                      gpointer user_data)
{
  return tl_row_new (g_object_new (TL_TYPE_CANDIDATE_VIEW,
                                   "candidate", item,
                                   "draft", get_draft (user_data, item),
                                   NULL));
}

static void
on_proposal_changed (TlAlsoFound *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->others),
                      GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_lists_changed (TlAlsoFound *self)
{
  gboolean has_others = g_list_model_get_n_items (G_LIST_MODEL (self->others)) > 0;
  gboolean has_rejections = gtk_widget_get_visible (GTK_WIDGET (self->rejections_list));

  gtk_widget_set_visible (GTK_WIDGET (self->candidates_list), has_others);
  gtk_widget_set_visible (GTK_WIDGET (self), has_others || has_rejections);
  if (!has_others && !has_rejections)
    gtk_expander_set_expanded (self->expander, FALSE);
}

static void
show_candidates (TlAlsoFound *self,
                 TlSetup     *setup)
{
  g_autoptr(GListModel) candidates = NULL;

  g_object_get (setup, "candidates", &candidates, NULL);
  self->others =
    gtk_filter_list_model_new (g_steal_pointer (&candidates),
                               GTK_FILTER (gtk_custom_filter_new (is_other, self, NULL)));
  gtk_list_box_bind_model (self->candidates_list, G_LIST_MODEL (self->others),
                           create_candidate_row, self, NULL);
  g_signal_connect_object (self->others, "items-changed", G_CALLBACK (on_lists_changed), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < TL_N_LANES; i++)
    g_signal_connect_object (tl_setup_get_draft (setup, tl_lanes[i]), "notify::candidate",
                             G_CALLBACK (on_proposal_changed), self, G_CONNECT_SWAPPED);
}

static void
tl_also_found_setup_changed (TlSetupWidget *widget,
                             TlSetup       *setup)
{
  TlAlsoFound *self = TL_ALSO_FOUND (widget);
  g_autoptr(GListModel) rejections = NULL;

  /* A page shows the same one for as long as it is there. */
  g_return_if_fail (self->others == NULL);

  g_object_get (setup, "rejections", &rejections, NULL);
  tl_bind_list (self->rejections_list, rejections, TL_TYPE_REJECTION_VIEW, "rejection");
  g_signal_connect_object (rejections, "items-changed", G_CALLBACK (on_lists_changed), self,
                           G_CONNECT_SWAPPED);
  show_candidates (self, setup);
  on_lists_changed (self);
}

static void
tl_also_found_dispose (GObject *object)
{
  TlAlsoFound *self = TL_ALSO_FOUND (object);

  /* The filter looks at this widget. */
  if (self->others != NULL)
    gtk_filter_list_model_set_filter (self->others, NULL);
  g_clear_object (&self->others);

  G_OBJECT_CLASS (tl_also_found_parent_class)->dispose (object);
}

static void
tl_also_found_class_init (TlAlsoFoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlSetupWidgetClass *setup_widget_class = TL_SETUP_WIDGET_CLASS (klass);

  object_class->dispose = tl_also_found_dispose;
  setup_widget_class->setup_changed = tl_also_found_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-also-found.ui");
  gtk_widget_class_bind_template_child (widget_class, TlAlsoFound, expander);
  gtk_widget_class_bind_template_child (widget_class, TlAlsoFound, candidates_list);
  gtk_widget_class_bind_template_child (widget_class, TlAlsoFound, rejections_list);
  tl_closures_bind (widget_class);
}

static void
tl_also_found_init (TlAlsoFound *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
