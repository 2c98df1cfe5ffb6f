/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-address-page.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"

struct _TlAddressPage
{
  TlPage       parent_instance;

  /* Template children, borrowed */
  AdwEntryRow *address_row;
  AdwEntryRow *name_row;
};

G_DEFINE_FINAL_TYPE (TlAddressPage, tl_address_page, TL_TYPE_PAGE)

static void
on_practise (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  TlPage *page = TL_PAGE (widget);
  const char *nick = g_variant_get_string (parameter, NULL);
  g_autoptr(GEnumClass) scenarios = g_type_class_ref (TL_TYPE_PRACTICE_SCENARIO);
  const GEnumValue *scenario = g_enum_get_value_by_nick (scenarios, nick);
  g_autoptr(GError) error = NULL;

  if (scenario == NULL)
    return;

  if (!tl_setup_practise (tl_page_get_setup (page), scenario->value, &error))
    {
      g_debug ("the practice mailbox: %s", error->message);
      gtk_widget_activate_action (widget, "wizard.toast", "s",
                                  _("The practice mailbox could not be started."));
      return;
    }

  gtk_widget_activate_action (widget, "wizard.next", NULL);
}

/* The domain is replaced, what was typed before it stays. */
static void
on_suggestion_clicked (TlAddressPage *self)
{
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  g_autofree char *suggestion = NULL;
  g_autofree char *address = NULL;

  g_object_get (setup, "suggestion", &suggestion, NULL);
  if (suggestion == NULL)
    return;

  address = g_strconcat (tl_address_get_local_part (tl_setup_get_address (setup)), "@", suggestion,
                         NULL);
  tl_setup_set_address_text (setup, address);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
  gtk_editable_set_position (GTK_EDITABLE (self->address_row), -1);
}

static gboolean
on_bundle_dropped (TlAddressPage *self,
                   const GValue  *value,
                   double         x,
                   double         y,
                   GtkDropTarget *target)
{
  g_autofree char *path = g_file_get_path (g_value_get_object (value));

  if (path == NULL || !g_str_has_suffix (path, ".twolane"))
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "app.review", "^ay", path);

  return TRUE;
}

static void
tl_address_page_entered (TlPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (TL_ADDRESS_PAGE (page)->address_row));
}

static void
tl_address_page_constructed (GObject *object)
{
  TlAddressPage *self = TL_ADDRESS_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));

  G_OBJECT_CLASS (tl_address_page_parent_class)->constructed (object);

  tl_bind_text (G_OBJECT (setup), "address-text", GTK_EDITABLE (self->address_row));
  tl_bind_text (G_OBJECT (setup), "display-name", GTK_EDITABLE (self->name_row));
}

static void
tl_address_page_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_ADDRESS_PAGE);

  G_OBJECT_CLASS (tl_address_page_parent_class)->dispose (object);
}

static void
tl_address_page_class_init (TlAddressPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlPageClass *page_class = TL_PAGE_CLASS (klass);

  object_class->constructed = tl_address_page_constructed;
  object_class->dispose = tl_address_page_dispose;
  page_class->entered = tl_address_page_entered;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-address-page.ui");
  gtk_widget_class_install_action (widget_class, "address.practise", "s", on_practise);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestion_clicked);
  gtk_widget_class_bind_template_child (widget_class, TlAddressPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, TlAddressPage, name_row);
  tl_closures_bind (widget_class);
}

static void
tl_address_page_init (TlAddressPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_bundle_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
