/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-group.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-domain-view.h"
#include "tl-field-hint.h"
#include "tl-readiness-words.h"

struct _TlDomainGroup
{
  TlSetupWidget  parent_instance;

  /* Owned */
  GCancellable  *cancellable;    /* of the check, or NULL */

  /* Template children, borrowed */
  GtkListBox    *rows_list;
  AdwEntryRow   *registered_row;
  AdwEntryRow   *reply_to_row;
};

G_DEFINE_FINAL_TYPE (TlDomainGroup, tl_domain_group, TL_TYPE_SETUP_WIDGET)

static TlSetup *
get_setup (TlDomainGroup *self)
{
  return tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
}

static void
on_checked (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(TlDomainGroup) self = data;
  g_autoptr(GError) error = NULL;

  g_clear_object (&self->cancellable);
  if (!tl_setup_check_domain_finish (TL_SETUP (object), result, &error))
    g_debug ("checking the domain: %s", error->message);
}

static void
on_copy_clicked (TlDomainGroup *self)
{
  g_autofree char *text =
    tl_domain_health_dup_fixes_text (tl_setup_get_domain_health (get_setup (self)));

  if (text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
show_validity (TlDomainGroup *self)
{
  gboolean registered_valid = TRUE;
  gboolean reply_to_valid = TRUE;

  g_object_get (get_setup (self), "registered-domain-valid", &registered_valid, "reply-to-valid",
                &reply_to_valid, NULL);
  tl_field_hint_mark (GTK_WIDGET (self->registered_row), !registered_valid);
  tl_field_hint_mark (GTK_WIDGET (self->reply_to_row), !reply_to_valid);
}

static void
tl_domain_group_setup_changed (TlSetupWidget *widget,
                               TlSetup       *setup)
{
  TlDomainGroup *self = TL_DOMAIN_GROUP (widget);

  tl_bind_list (self->rows_list, tl_domain_health_get_rows (tl_setup_get_domain_health (setup)),
                TL_TYPE_DOMAIN_VIEW, "item");
  tl_bind_text (G_OBJECT (setup), "registered-domain", GTK_EDITABLE (self->registered_row));
  tl_bind_text (G_OBJECT (setup), "reply-to", GTK_EDITABLE (self->reply_to_row));
  g_signal_connect_object (setup, "notify::registered-domain-valid", G_CALLBACK (show_validity),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::reply-to-valid", G_CALLBACK (show_validity), self,
                           G_CONNECT_SWAPPED);
  show_validity (self);
}

static void
tl_domain_group_dispose (GObject *object)
{
  TlDomainGroup *self = TL_DOMAIN_GROUP (object);

  tl_domain_group_stop (self);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (tl_domain_group_parent_class)->dispose (object);
}

static void
tl_domain_group_class_init (TlDomainGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_domain_group_dispose;
  TL_SETUP_WIDGET_CLASS (klass)->setup_changed = tl_domain_group_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-domain-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlDomainGroup, rows_list);
  gtk_widget_class_bind_template_child (widget_class, TlDomainGroup, registered_row);
  gtk_widget_class_bind_template_child (widget_class, TlDomainGroup, reply_to_row);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_check_clicked",
                                                G_CALLBACK (tl_domain_group_check));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_cancel_clicked",
                                                G_CALLBACK (tl_domain_group_stop));
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_domain_group_init (TlDomainGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_domain_group_check:
 * @self: a group
 *
 * Looks the domain up, if that is not under way.
 */
void
tl_domain_group_check (TlDomainGroup *self)
{
  g_return_if_fail (TL_IS_DOMAIN_GROUP (self));

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  tl_setup_check_domain_async (get_setup (self), self->cancellable, on_checked,
                               g_object_ref (self));
}

/* Half a check says nothing: what it found so far goes. */
void
tl_domain_group_stop (TlDomainGroup *self)
{
  g_return_if_fail (TL_IS_DOMAIN_GROUP (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
