/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lanes-page.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-finding-card.h"
#include "tl-lane-column.h"
#include "tl-page-view.h"

#define FRAMES_OF_LAYOUT 3

struct _TlLanesPage
{
  TlPage        parent_instance;

  /* Owned */
  GCancellable *cancellable;      /* of the test under way, or NULL */

  TlLaneKind    shown_lane;       /* where a failure is scrolled to; none: anywhere */
  gboolean      again;            /* shown again before what was under way has stopped */
  guint         tick_id;          /* while what failed waits to be scrolled to */
  guint         n_ticks;

  /* Template children, borrowed */
  GtkListBox   *pair_list;
  TlLaneColumn *incoming_column;
  TlLaneColumn *outgoing_column;
};

G_DEFINE_FINAL_TYPE (TlLanesPage, tl_lanes_page, TL_TYPE_PAGE)

static void
stop (TlLanesPage *self)
{
  self->again = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static GtkWidget *
find_card (GtkWidget *widget)
{
  if (TL_IS_FINDING_CARD (widget) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_card (child);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

/* A card that has just become visible has its place once a frame was laid out. */
static gboolean
on_frame_begun (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  TlLanesPage *self = TL_LANES_PAGE (widget);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  struct { TlLaneKind lane; TlLaneColumn *column; } columns[] = {
    { TL_LANE_INCOMING, self->incoming_column },
    { TL_LANE_OUTGOING, self->outgoing_column },
  };

  if (++self->n_ticks < FRAMES_OF_LAYOUT)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkWidget *card;

      if (self->shown_lane != TL_LANE_NONE && self->shown_lane != columns[i].lane)
        continue;
      if (tl_lane_run_get_verdict (tl_setup_get_run (setup, columns[i].lane)) != TL_VERDICT_ERROR)
        continue;
      card = find_card (GTK_WIDGET (columns[i].column));
      if (card == NULL)
        continue;

      tl_page_view_show_child (TL_PAGE_VIEW (adw_bin_get_child (ADW_BIN (self))), card);
      break;
    }

  return G_SOURCE_REMOVE;
}

static void
show_failure (TlLanesPage *self)
{
  self->n_ticks = 0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame_begun, NULL, NULL);
}

static void
test (TlLanesPage         *self,
      TlLaneKind           lane,
      GAsyncReadyCallback  callback)
{
  self->cancellable = g_cancellable_new ();
  self->shown_lane = lane;
  tl_setup_test_async (tl_page_get_setup (TL_PAGE (self)), lane, self->cancellable, callback,
                       g_object_ref (self));
}

/* What was tested for exactly these settings stands; the rest is tested. */
static void
test_missing (TlLanesPage         *self,
              GAsyncReadyCallback  callback)
{
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  gboolean incoming = tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)) != NULL;
  gboolean outgoing = tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_OUTGOING)) != NULL;

  if (!incoming && !outgoing)
    test (self, TL_LANE_NONE, callback);
  else if (!incoming)
    test (self, TL_LANE_INCOMING, callback);
  else if (!outgoing)
    test (self, TL_LANE_OUTGOING, callback);
}

static void
finish (TlLanesPage         *self,
        GAsyncReadyCallback  callback)
{
  g_clear_object (&self->cancellable);
  if (self->again)
    {
      self->again = FALSE;
      test_missing (self, callback);
    }
  else
    {
      show_failure (self);
    }
}

static void
on_tested (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(TlLanesPage) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_setup_test_finish (TL_SETUP (object), result, &error))
    g_debug ("testing: %s", error->message);

  finish (self, on_tested);
}

static gboolean
is_looping (TlLanesPage *self)
{
  gboolean looping = FALSE;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "looping", &looping, NULL);

  return looping;
}

/* A message to oneself that a change has stopped makes room for the test that was asked for. */
static void
on_looping_changed (TlLanesPage *self)
{
  if (is_looping (self) || !self->again || self->cancellable != NULL)
    return;

  self->again = FALSE;
  test_missing (self, on_tested);
}

static void
tl_lanes_page_entered (TlPage *page)
{
  TlLanesPage *self = TL_LANES_PAGE (page);

  gtk_widget_grab_focus (tl_page_get_next_button (page));
  /* What was stopped takes a moment to end. */
  if (self->cancellable != NULL || is_looping (self))
    self->again = TRUE;
  else
    test_missing (self, on_tested);
}

static void
tl_lanes_page_left (TlPage *page)
{
  stop (TL_LANES_PAGE (page));
}

static void
tl_lanes_page_retry (TlPage     *page,
                     TlLaneKind  lane)
{
  TlLanesPage *self = TL_LANES_PAGE (page);

  if (self->cancellable == NULL && !is_looping (self))
    test (self, lane, on_tested);
}

static void
on_fix_applied (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(TlLanesPage) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_setup_apply_fix_finish (TL_SETUP (object), result, &error))
    g_debug ("applying a fix: %s", error->message);

  finish (self, on_tested);
}

static void
tl_lanes_page_apply_fix (TlPage *page,
                         TlFix  *fix)
{
  TlLanesPage *self = TL_LANES_PAGE (page);

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->shown_lane = tl_fix_get_lane (fix);
  tl_lane_column_take_focus (self->shown_lane == TL_LANE_INCOMING ? self->incoming_column
                                                                  : self->outgoing_column);
  tl_setup_apply_fix_async (tl_page_get_setup (page), fix, self->cancellable, on_fix_applied,
                            g_object_ref (self));
}

static void
tl_lanes_page_constructed (GObject *object)
{
  TlLanesPage *self = TL_LANES_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  g_autoptr(GListModel) findings = NULL;

  G_OBJECT_CLASS (tl_lanes_page_parent_class)->constructed (object);

  g_object_get (setup, "pair-findings", &findings, NULL);
  tl_bind_list (self->pair_list, findings, TL_TYPE_FINDING_CARD, "finding");
  g_signal_connect_object (setup, "notify::looping", G_CALLBACK (on_looping_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
tl_lanes_page_dispose (GObject *object)
{
  TlLanesPage *self = TL_LANES_PAGE (object);

  stop (self);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_object (&self->cancellable);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_LANES_PAGE);

  G_OBJECT_CLASS (tl_lanes_page_parent_class)->dispose (object);
}

static void
tl_lanes_page_class_init (TlLanesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlPageClass *page_class = TL_PAGE_CLASS (klass);

  object_class->constructed = tl_lanes_page_constructed;
  object_class->dispose = tl_lanes_page_dispose;
  page_class->entered = tl_lanes_page_entered;
  page_class->left = tl_lanes_page_left;
  page_class->retry = tl_lanes_page_retry;
  page_class->apply_fix = tl_lanes_page_apply_fix;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-lanes-page.ui");
  gtk_widget_class_bind_template_callback_full (widget_class, "on_cancel_clicked",
                                                G_CALLBACK (stop));
  gtk_widget_class_bind_template_child (widget_class, TlLanesPage, pair_list);
  gtk_widget_class_bind_template_child (widget_class, TlLanesPage, incoming_column);
  gtk_widget_class_bind_template_child (widget_class, TlLanesPage, outgoing_column);
  tl_closures_bind (widget_class);
}

static void
tl_lanes_page_init (TlLanesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
