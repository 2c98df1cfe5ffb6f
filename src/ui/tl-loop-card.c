/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-card.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-detail-view.h"
#include "tl-finding-card.h"
#include "tl-loop-details.h"
#include "tl-loop-words.h"

struct _TlLoopCard
{
  GtkWidget     parent_instance;

  /* Owned */
  TlSetup      *setup;
  GListStore   *details;       /* of TlDetail */
  GCancellable *cancellable;   /* of the message under way, or NULL */

  guint         elapsed_s;
  guint         tick_id;

  /* Template children, borrowed */
  GtkListBox   *details_list;
  GtkListBox   *findings_list;
  GtkWidget    *send_button;
  GtkWidget    *cancel_button;
};

enum
{
  PROP_SETUP = 1,
  PROP_ELAPSED_S,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlLoopCard, tl_loop_card, GTK_TYPE_WIDGET)

static void
set_elapsed (TlLoopCard *self,
             guint       elapsed_s)
{
  if (self->elapsed_s == elapsed_s)
    return;
  self->elapsed_s = elapsed_s;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ELAPSED_S]);
}

static gboolean
on_second_passed (gpointer data)
{
  TlLoopCard *self = data;

  set_elapsed (self, self->elapsed_s + 1);

  return G_SOURCE_CONTINUE;
}

/* Whoever pressed the button that goes finds the other in its place. */
static void
on_looping_changed (TlLoopCard *self)
{
  gboolean looping = FALSE;
  GtkWidget *from;
  GtkWidget *to;
  gboolean has_focus;

  g_object_get (self->setup, "looping", &looping, NULL);
  from = looping ? self->send_button : self->cancel_button;
  to = looping ? self->cancel_button : self->send_button;
  has_focus = gtk_widget_has_focus (from);
  gtk_widget_set_visible (to, TRUE);
  if (has_focus)
    gtk_widget_grab_focus (to);
  gtk_widget_set_visible (from, FALSE);

  if (looping && self->tick_id == 0)
    {
      set_elapsed (self, 0);
      self->tick_id = g_timeout_add_seconds (1, on_second_passed, self);
      g_source_set_name_by_id (self->tick_id, "[twolane] clock of the message to oneself");
    }
  else if (!looping)
    {
      g_clear_handle_id (&self->tick_id, g_source_remove);
    }
}

static void
on_stage_changed (TlLoopCard *self)
{
  set_elapsed (self, 0);
}

static void
on_report_changed (TlLoopCard *self)
{
  g_autoptr(TlLoopReport) report = NULL;
  g_autoptr(GPtrArray) details = NULL;

  g_object_get (self->setup, "loop-report", &report, NULL);
  details = tl_loop_details_list (report);
  g_list_store_splice (self->details, 0, g_list_model_get_n_items (G_LIST_MODEL (self->details)),
                       details->pdata, details->len);
}

static void
set_setup (TlLoopCard *self,
           TlSetup    *setup)
{
  if (self->setup != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->setup, on_looping_changed, self);
      g_signal_handlers_disconnect_by_func (self->setup, on_stage_changed, self);
      g_signal_handlers_disconnect_by_func (self->setup, on_report_changed, self);
    }
  g_set_object (&self->setup, setup);
  if (setup == NULL)
    {
      g_clear_handle_id (&self->tick_id, g_source_remove);
      return;
    }

  {
    g_autoptr(GListModel) findings = NULL;

    g_object_get (setup, "loop-findings", &findings, NULL);
    tl_bind_list (self->findings_list, findings, TL_TYPE_FINDING_CARD, "finding");
  }
  g_signal_connect_object (setup, "notify::looping", G_CALLBACK (on_looping_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::loop-stage", G_CALLBACK (on_stage_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::loop-report", G_CALLBACK (on_report_changed), self,
                           G_CONNECT_SWAPPED);
  on_looping_changed (self);
  on_report_changed (self);
}

static void
on_looped (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(TlLoopCard) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLoopReport) report = tl_setup_loop_finish (TL_SETUP (object), result, &error);

  if (report == NULL)
    g_debug ("a message to oneself: %s", error->message);
  g_clear_object (&self->cancellable);
}

static void
on_send_clicked (TlLoopCard *self)
{
  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  tl_setup_loop_async (self->setup, self->cancellable, on_looped, g_object_ref (self));
}

static void
on_cancel_clicked (TlLoopCard *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
tl_loop_card_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlLoopCard *self = TL_LOOP_CARD (object);

  switch (prop_id)
    {
    case PROP_SETUP:
      g_value_set_object (value, self->setup);
      break;
    case PROP_ELAPSED_S:
      g_value_set_uint (value, self->elapsed_s);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_loop_card_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlLoopCard *self = TL_LOOP_CARD (object);

  switch (prop_id)
    {
    case PROP_SETUP:
      if (self->setup != g_value_get_object (value))
        {
          set_setup (self, g_value_get_object (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_loop_card_dispose (GObject *object)
{
  TlLoopCard *self = TL_LOOP_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_setup (self, NULL);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_LOOP_CARD);
  g_clear_object (&self->details);

  G_OBJECT_CLASS (tl_loop_card_parent_class)->dispose (object);
}

static void
tl_loop_card_class_init (TlLoopCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_loop_card_get_property;
  object_class->set_property = tl_loop_card_set_property;
  object_class->dispose = tl_loop_card_dispose;

  properties[PROP_SETUP] =
    g_param_spec_object ("setup", NULL, NULL, TL_TYPE_SETUP, flags | G_PARAM_READWRITE);
  properties[PROP_ELAPSED_S] =
    g_param_spec_uint ("elapsed-s", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-loop-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TlLoopCard, details_list);
  gtk_widget_class_bind_template_child (widget_class, TlLoopCard, findings_list);
  gtk_widget_class_bind_template_child (widget_class, TlLoopCard, send_button);
  gtk_widget_class_bind_template_child (widget_class, TlLoopCard, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, on_send_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  tl_closures_bind (widget_class);
  tl_loop_words_bind (widget_class);
}

static void
tl_loop_card_init (TlLoopCard *self)
{
  self->details = g_list_store_new (TL_TYPE_DETAIL);
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_bind_list (self->details_list, G_LIST_MODEL (self->details), TL_TYPE_DETAIL_VIEW, "detail");
}
