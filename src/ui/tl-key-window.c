/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-key-window.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-secret-row.h"

struct _TlKeyWindow
{
  TlSetupWindow  parent_instance;

  /* Owned */
  GCancellable  *cancellable;

  /* Template children, borrowed */
  GtkEditable   *where_row;
  GtkWidget     *secret_row;
  GtkWidget     *use_button;
};

G_DEFINE_FINAL_TYPE (TlKeyWindow, tl_key_window, TL_TYPE_SETUP_WINDOW)

static char *
dup_where (TlKeyWindow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->where_row)));
}

static void
on_changed (TlKeyWindow *self)
{
  g_autofree char *where = dup_where (self);

  gtk_widget_set_sensitive (self->use_button, *where != '\0');
}

static void
on_path_chosen (const char *path,
                gpointer    data)
{
  g_autoptr(TlKeyWindow) self = data;

  if (path == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_editable_set_text (self->where_row, path);
  gtk_widget_grab_focus (self->secret_row);
}

static void
on_choose_clicked (TlKeyWindow *self)
{
  static const char * const patterns[] = { "*.p12", "*.pfx", NULL };

  tl_compat_choose_open_path (GTK_WINDOW (self), _("Choose the Company Key"), _("Keys (PKCS #12)"),
                              patterns, on_path_chosen, g_object_ref (self));
}

static void
on_key_used (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(TlKeyWindow) self = data;
  g_autoptr(GError) error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (tl_hand_over_use_key_finish (TL_HAND_OVER (object), result, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  g_debug ("taking a company's key: %s", error->message);
  on_changed (self);
  gtk_widget_grab_focus (self->secret_row);
}

static void
on_use_clicked (TlKeyWindow *self)
{
  TlSetup *setup = tl_setup_window_get_setup (TL_SETUP_WINDOW (self));
  g_autofree char *where = dup_where (self);
  g_autoptr(TlSecret) passphrase = NULL;
  gboolean is_filled = FALSE;

  g_object_get (self->secret_row, "filled", &is_filled, NULL);
  if (is_filled)
    passphrase = tl_secret_row_steal_secret (TL_SECRET_ROW (self->secret_row));
  gtk_widget_set_sensitive (self->use_button, FALSE);
  tl_hand_over_use_key_async (tl_setup_get_hand_over (setup), where, passphrase,
                              self->cancellable, on_key_used, g_object_ref (self));
}

static void
tl_key_window_dispose (GObject *object)
{
  g_cancellable_cancel (TL_KEY_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (tl_key_window_parent_class)->dispose (object);
}

static void
tl_key_window_finalize (GObject *object)
{
  g_clear_object (&TL_KEY_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (tl_key_window_parent_class)->finalize (object);
}

static void
tl_key_window_class_init (TlKeyWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_key_window_dispose;
  object_class->finalize = tl_key_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-key-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlKeyWindow, where_row);
  gtk_widget_class_bind_template_child (widget_class, TlKeyWindow, secret_row);
  gtk_widget_class_bind_template_child (widget_class, TlKeyWindow, use_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
  tl_closures_bind (widget_class);
}

static void
tl_key_window_init (TlKeyWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_key_window_new:
 * @parent: (nullable): the window it is above
 * @setup: what is signed
 *
 * Returns: (transfer none): a window, owned by GTK
 */
TlKeyWindow *
tl_key_window_new (GtkWindow *parent,
                   TlSetup   *setup)
{
  TlKeyWindow *self = g_object_new (TL_TYPE_KEY_WINDOW, "transient-for", parent, "setup", setup,
                                    NULL);

  gtk_widget_grab_focus (GTK_WIDGET (self->where_row));

  return self;
}
