/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lanes-page.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-finding-card.h"

struct _TlLanesPage
{
  TlPage        parent_instance;

  /* Owned */
  GCancellable *cancellable;      /* of the test under way, or NULL */

  gboolean      again;            /* shown again before that test has stopped */

  /* Template children, borrowed */
  GtkListBox   *pair_list;
};

G_DEFINE_FINAL_TYPE (TlLanesPage, tl_lanes_page, TL_TYPE_PAGE)

static void
stop (TlLanesPage *self)
{
  self->again = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
test (TlLanesPage         *self,
      TlLaneKind           lane,
      GAsyncReadyCallback  callback)
{
  self->cancellable = g_cancellable_new ();
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
on_tested (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(TlLanesPage) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_setup_test_finish (TL_SETUP (object), result, &error))
    g_debug ("testing: %s", error->message);

  g_clear_object (&self->cancellable);
  if (self->again)
    {
      self->again = FALSE;
      test_missing (self, on_tested);
    }
}

static void
tl_lanes_page_entered (TlPage *page)
{
  TlLanesPage *self = TL_LANES_PAGE (page);

  gtk_widget_grab_focus (tl_page_get_next_button (page));
  /* A test that was stopped on leaving takes a moment to end. */
  if (self->cancellable != NULL)
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

  if (self->cancellable == NULL)
    test (self, lane, on_tested);
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
}

static void
tl_lanes_page_dispose (GObject *object)
{
  TlLanesPage *self = TL_LANES_PAGE (object);

  stop (self);
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

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-lanes-page.ui");
  gtk_widget_class_bind_template_callback_full (widget_class, "on_cancel_clicked",
                                                G_CALLBACK (stop));
  gtk_widget_class_bind_template_child (widget_class, TlLanesPage, pair_list);
  tl_closures_bind (widget_class);
}

static void
tl_lanes_page_init (TlLanesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
