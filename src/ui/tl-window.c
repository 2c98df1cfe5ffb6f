/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-window.h"

#include <glib/gi18n-lib.h>

#include "tl-address-page.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-handover-page.h"
#include "tl-lane-strip.h"
#include "tl-lanes-page.h"
#include "tl-mailbox-page.h"
#include "tl-sending-page.h"
#include "tl-sentences.h"
#include "tl-servers-page.h"
#include "tl-signin-page.h"

struct _TlWindow
{
  AdwApplicationWindow  parent_instance;

  /* Owned */
  TlSetup              *setup;
  GBindingGroup        *page_bindings;     /* of the page in view */
  GSignalGroup         *page_signals;

  guint                 position;

  /* Template children, borrowed */
  AdwToastOverlay      *toast_overlay;
  GtkStack             *stack;
  TlLaneStrip          *strip;
};

enum
{
  PROP_SETUP = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlWindow, tl_window, ADW_TYPE_APPLICATION_WINDOW)

/* The wizard: to reorder it is to move a line. A phase is what `wizard.go-to`
 * takes; the page where lanes are tested is where a line of the strip breaks; a finding of any page
 * may lead to the one that signs in. */
static const struct
{
  const char  *phase;
  GType      (*get_type) (void);
  gboolean     signs_in;
  gboolean     tests;
} pages[] = {
  { "address",   tl_address_page_get_type },
  { "servers",   tl_servers_page_get_type },
  { "sign-in",   tl_signin_page_get_type,   .signs_in = TRUE },
  { "lanes",     tl_lanes_page_get_type,    .tests = TRUE },
  { "mailbox",   tl_mailbox_page_get_type },
  { "sending",   tl_sending_page_get_type },
  { "hand-over", tl_handover_page_get_type },
};

/* The strip is a picture: the names of its stops are told to whoever asks. */
static void
name_stops (TlWindow *self)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = tl_phase_to_name (NULL, pages[i].phase);

      g_string_append_printf (names, "%s%s", i == 0 ? "" : " · ", name);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->strip), names->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->strip),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, names->str, -1);
}

static void
update_actions (TlWindow *self)
{
  TlPage *page = tl_window_get_page (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.next",
                                 page != NULL && tl_page_get_can_advance (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.back", self->position > 0);
}

/* Pages are made when they are first entered and kept, so that what is on them
 * stays; all that was typed is in the set-up anyway. */
static TlPage *
ensure_page (TlWindow *self,
             guint     position)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, pages[position].phase);

  if (page == NULL)
    {
      page = g_object_new (pages[position].get_type (), "setup", self->setup, NULL);
      gtk_stack_add_named (self->stack, page, pages[position].phase);
    }

  return TL_PAGE (page);
}

static void
show_page (TlWindow *self,
           guint     position)
{
  TlPage *left = tl_window_get_page (self);
  TlPage *entered = ensure_page (self, position);
  GtkStackTransitionType transition = position >= self->position
                                      ? GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT
                                      : GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT;

  if (left == entered)
    {
      tl_page_entered (entered);
      return;
    }

  if (left != NULL)
    tl_page_left (left);
  self->position = position;
  gtk_stack_set_visible_child_full (self->stack, pages[position].phase, transition);
  g_object_set (self->strip, "position", position, NULL);
  g_binding_group_set_source (self->page_bindings, entered);
  g_signal_group_set_target (self->page_signals, entered);
  gtk_window_set_default_widget (GTK_WINDOW (self), tl_page_get_next_button (entered));
  update_actions (self);
  tl_page_entered (entered);
}

static void
on_next (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  TlPage *page = tl_window_get_page (self);

  if (!tl_page_get_can_advance (page) || !tl_page_advance (page))
    return;

  if (self->position + 1 < G_N_ELEMENTS (pages))
    show_page (self, self->position + 1);
}

static void
on_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  if (self->position > 0)
    show_page (self, self->position - 1);
}

static void
on_go_to (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (g_str_equal (pages[i].phase, g_variant_get_string (parameter, NULL)))
        show_page (TL_WINDOW (widget), i);
    }
}

static void
on_test_again (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (!pages[i].tests)
        continue;

      show_page (self, i);
      gtk_widget_activate_action (GTK_WIDGET (tl_window_get_page (self)), "page.retry", "s",
                                  tl_lane_kind_get_nick (TL_LANE_NONE));
    }
}

static void
on_sign_in (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (!pages[i].signs_in)
        continue;

      show_page (self, i);
      tl_page_sign_in (tl_window_get_page (self), (TlSigninWay) g_variant_get_int32 (parameter));
    }
}

static void
on_start_over (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  show_page (self, 0);
  tl_setup_start_over (self->setup);

  /* What a page keeps beside the set-up was for the mailbox before. */
  for (guint i = 1; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *page = gtk_stack_get_child_by_name (self->stack, pages[i].phase);

      if (page != NULL)
        gtk_stack_remove (self->stack, page);
    }
}

static void
on_link_opened (gboolean opened,
                gpointer data)
{
  g_autoptr(TlWindow) self = data;

  if (!opened)
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s",
                                _("No browser could be opened. Copy the link instead."));
}

static void
on_open_link (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  const char *uri = g_variant_get_string (parameter, NULL);

  if (g_str_has_prefix (uri, "https://"))
    tl_compat_open_uri (GTK_WINDOW (widget), uri, on_link_opened, g_object_ref (widget));
}

static void
on_toast (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  /* A toast's title is markup, and what it is given may be anything. */
  g_autofree char *title = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (TL_WINDOW (widget)->toast_overlay, adw_toast_new (title));
}

static void
tl_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TlWindow *self = TL_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SETUP:
      g_value_set_object (value, self->setup);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_window_dispose (GObject *object)
{
  TlWindow *self = TL_WINDOW (object);

  if (self->stack != NULL && tl_window_get_page (self) != NULL)
    tl_page_left (tl_window_get_page (self));
  g_clear_object (&self->page_bindings);
  g_clear_object (&self->page_signals);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_WINDOW);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (tl_window_parent_class)->dispose (object);
}

static void
tl_window_class_init (TlWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_window_get_property;
  object_class->dispose = tl_window_dispose;

  properties[PROP_SETUP] =
    g_param_spec_object ("setup", NULL, NULL, TL_TYPE_SETUP,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "wizard.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "wizard.go-to", "s", on_go_to);
  gtk_widget_class_install_action (widget_class, "wizard.test-again", NULL, on_test_again);
  gtk_widget_class_install_action (widget_class, "wizard.sign-in", "i", on_sign_in);
  gtk_widget_class_install_action (widget_class, "wizard.start-over", NULL, on_start_over);
  gtk_widget_class_install_action (widget_class, "wizard.open-link", "s", on_open_link);
  gtk_widget_class_install_action (widget_class, "wizard.toast", "s", on_toast);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "wizard.back",
                                       NULL);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TlWindow, strip);
  tl_closures_bind (widget_class);
}

static void
tl_window_init (TlWindow *self)
{
  /* Before the template, whose expressions look at it. */
  self->setup = tl_setup_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  /* The window is called what the page is called, so that a screen reader says
   * where one is when a page comes into view. */
  self->page_bindings = g_binding_group_new ();
  g_binding_group_bind (self->page_bindings, "title", self, "title", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->page_bindings, "title", self->strip, "stop-title",
                        G_BINDING_SYNC_CREATE);
  self->page_signals = g_signal_group_new (TL_TYPE_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "notify::can-advance",
                                  G_CALLBACK (update_actions), self);

  g_object_set (self->strip, "n-stops", (guint) G_N_ELEMENTS (pages), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (pages[i].tests)
        g_object_set (self->strip, "test-stop", i, NULL);
    }
  name_stops (self);
  show_page (self, 0);
}

/**
 * tl_window_new:
 * @application: what it belongs to
 *
 * Returns: (transfer none): a window at the wizard's first page, owned by GTK
 */
TlWindow *
tl_window_new (GtkApplication *application)
{
  return g_object_new (TL_TYPE_WINDOW, "application", application, NULL);
}

TlSetup *
tl_window_get_setup (TlWindow *self)
{
  g_return_val_if_fail (TL_IS_WINDOW (self), NULL);

  return self->setup;
}

/**
 * tl_window_get_page:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page in view
 */
TlPage *
tl_window_get_page (TlWindow *self)
{
  GtkWidget *page;

  g_return_val_if_fail (TL_IS_WINDOW (self), NULL);

  page = gtk_stack_get_visible_child (self->stack);

  return page == NULL ? NULL : TL_PAGE (page);
}
