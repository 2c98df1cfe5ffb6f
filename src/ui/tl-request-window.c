/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-request-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-closures.h"
#include "tl-compat.h"

struct _TlRequestWindow
{
  AdwWindow        parent_instance;

  /* Owned */
  char            *text;          /* as a mail program folds it */
  char            *uri;           /* a mail with the text, `mailto:`, or NULL */

  /* Template children, borrowed */
  AdwToastOverlay *toast_overlay;
  GtkLabel        *text_label;
  GtkWidget       *mail_button;
};

G_DEFINE_FINAL_TYPE (TlRequestWindow, tl_request_window, ADW_TYPE_WINDOW)

static void
say (TlRequestWindow *self,
     const char      *what)
{
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (what));
}

static void
on_mail_opened (gboolean opened,
                gpointer data)
{
  g_autoptr(TlRequestWindow) self = data;

  if (!opened)
    say (self, _("No mail app could be opened. Copy the text instead."));
}

static void
on_mail_clicked (TlRequestWindow *self)
{
  tl_compat_open_uri (GTK_WINDOW (self), self->uri, on_mail_opened, g_object_ref (self));
}

static void
on_copy_clicked (TlRequestWindow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  say (self, _("Copied"));
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(TlRequestWindow) self = data;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    {
      say (self, _("Saved"));
      return;
    }

  g_debug ("saving the request: %s", error->message);
  say (self, _("It could not be saved there"));
}

static void
on_path_chosen (const char *path,
                gpointer    data)
{
  g_autoptr(TlRequestWindow) self = data;
  g_autoptr(GFile) file = path == NULL ? NULL : g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = g_bytes_new (self->text, strlen (self->text));

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         on_saved, g_object_ref (self));
}

static void
on_save_clicked (TlRequestWindow *self)
{
  /* Translators: the name of a file; only letters, digits and hyphens before the dot */
  tl_compat_choose_save_path (GTK_WINDOW (self), _("Save the Request"), _("request-for-it.txt"),
                              on_path_chosen, g_object_ref (self));
}

static void
tl_request_window_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_REQUEST_WINDOW);

  G_OBJECT_CLASS (tl_request_window_parent_class)->dispose (object);
}

static void
tl_request_window_finalize (GObject *object)
{
  g_clear_pointer (&TL_REQUEST_WINDOW (object)->text, g_free);
  g_clear_pointer (&TL_REQUEST_WINDOW (object)->uri, g_free);

  G_OBJECT_CLASS (tl_request_window_parent_class)->finalize (object);
}

static void
tl_request_window_class_init (TlRequestWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_request_window_dispose;
  object_class->finalize = tl_request_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-request-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlRequestWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, TlRequestWindow, text_label);
  gtk_widget_class_bind_template_child (widget_class, TlRequestWindow, mail_button);
  gtk_widget_class_bind_template_callback (widget_class, on_mail_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
tl_request_window_init (TlRequestWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_request_window_new:
 * @parent: (nullable): the window it is above
 * @setup: what is asked for
 *
 * Returns: (transfer none): a window, owned by GTK
 */
TlRequestWindow *
tl_request_window_new (GtkWindow *parent,
                       TlSetup   *setup)
{
  TlRequestWindow *self = g_object_new (TL_TYPE_REQUEST_WINDOW, "transient-for", parent, NULL);
  g_autofree char *page = tl_setup_dup_request_page (setup);

  self->text = tl_setup_dup_request_text (setup);
  if (self->text == NULL)
    self->text = g_strdup ("");
  self->uri = tl_setup_dup_request_uri (setup);
  gtk_label_set_label (self->text_label, page == NULL ? "" : page);
  gtk_widget_set_visible (self->mail_button, self->uri != NULL);
  gtk_window_set_focus (GTK_WINDOW (self), self->mail_button);

  return self;
}
