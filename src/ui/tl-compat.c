/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-compat.h"

#include <glib/gi18n-lib.h>

#include "config.h"
#include "tl-item-view.h"
#include "tl-setup-widget.h"

typedef struct
{
  TlSaveFunc func;
  gpointer   user_data;
} SaveCall;

static void
on_path_answered (GtkNativeDialog *dialog,
                  int              response,
                  gpointer         data)
{
  SaveCall *call = data;
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    path = g_file_get_path (file);

  call->func (path, call->user_data);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
save_call_free (gpointer  data,
                GClosure *closure)
{
  g_free (data);
}

/* @dialog is given. */
static void
ask_for_path (GtkFileChooserNative *dialog,
              TlSaveFunc            func,
              gpointer              user_data)
{
  SaveCall *call = g_new (SaveCall, 1);

  call->func = func;
  call->user_data = user_data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_path_answered), call, save_call_free,
                         0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * tl_compat_choose_save_path:
 * @parent: the window it belongs to
 * @title: the dialog's title
 * @name: the file name to begin with
 * @func: called once, with the path or with %NULL
 * @user_data: for @func
 *
 * Asks where to save a file.
 */
void
tl_compat_choose_save_path (GtkWindow  *parent,
                            const char *title,
                            const char *name,
                            TlSaveFunc  func,
                            gpointer    user_data)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
                                 _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  ask_for_path (dialog, func, user_data);
}

/**
 * tl_compat_choose_open_path:
 * @parent: the window it belongs to
 * @title: the dialog's title
 * @kind: what such files are called
 * @patterns: their names, as shell patterns, ended by %NULL
 * @func: called once, with the path or with %NULL
 * @user_data: for @func
 *
 * Asks for a file to read.
 */
void
tl_compat_choose_open_path (GtkWindow          *parent,
                            const char         *title,
                            const char         *kind,
                            const char * const *patterns,
                            TlSaveFunc          func,
                            gpointer            user_data)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"),
                                 _("_Cancel"));
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, kind);
  for (gsize i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  ask_for_path (dialog, func, user_data);
}

typedef struct
{
  TlAnswerFunc func;
  gpointer     user_data;
} AnswerCall;

static AnswerCall *
answer_call_new (TlAnswerFunc func,
                 gpointer     user_data)
{
  AnswerCall *self = g_new (AnswerCall, 1);

  self->func = func;
  self->user_data = user_data;

  return self;
}

static void
answer_call_end (AnswerCall *self,
                 gboolean    yes)
{
  if (self->func != NULL)
    self->func (yes, self->user_data);
  g_free (self);
}

static void
on_uri_shown (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GError) error = NULL;
  gboolean shown = gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error);

  if (!shown)
    g_debug ("opening a page: %s", error->message);
  answer_call_end (data, shown);
}

/**
 * tl_compat_open_uri:
 * @parent: the window it belongs to
 * @uri: what to open
 * @func: (nullable): called once, with whether a program was found for it
 * @user_data: for @func
 *
 * Opens @uri with the program that the desktop has for it.
 */
void
tl_compat_open_uri (GtkWindow    *parent,
                    const char   *uri,
                    TlAnswerFunc  func,
                    gpointer      user_data)
{
  gtk_show_uri_full (parent, uri, GDK_CURRENT_TIME, NULL, on_uri_shown,
                     answer_call_new (func, user_data));
}

static void
on_confirm_answered (AdwMessageDialog *dialog,
                     const char       *response,
                     gpointer          data)
{
  answer_call_end (data, g_str_equal (response, "do"));
}

/**
 * tl_compat_confirm:
 * @parent: the window it belongs to
 * @question: what is asked
 * @explanation: what follows from yes
 * @verb: what the button for yes says, with a mnemonic
 * @func: called once
 * @user_data: for @func
 *
 * Asks before something that cannot be taken back.
 */
void
tl_compat_confirm (GtkWindow    *parent,
                   const char   *question,
                   const char   *explanation,
                   const char   *verb,
                   TlAnswerFunc  func,
                   gpointer      user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, question, explanation);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "do",
                                    verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_confirm_answered),
                    answer_call_new (func, user_data));
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  GWeakRef  parent;
  char     *folder_uri;
} FolderCall;

static void
on_items_shown (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  FolderCall *call = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GtkWindow) parent = g_weak_ref_get (&call->parent);

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  if (reply == NULL)
    {
      g_debug ("showing the file in its folder: %s", error->message);
      tl_compat_open_uri (parent, call->folder_uri, NULL, NULL);
    }

  g_weak_ref_clear (&call->parent);
  g_free (call->folder_uri);
  g_free (call);
}

/**
 * tl_compat_show_in_folder:
 * @parent: the window it belongs to
 * @path: a file
 *
 * Opens the file manager with @path selected or, where there is none that can,
 * whatever opens its folder.
 */
void
tl_compat_show_in_folder (GtkWindow  *parent,
                          const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };
  GDBusConnection *bus = g_application_get_dbus_connection (g_application_get_default ());
  FolderCall *call;

  if (folder == NULL)
    return;
  if (bus == NULL)
    {
      g_autofree char *folder_uri = g_file_get_uri (folder);

      tl_compat_open_uri (parent, folder_uri, NULL, NULL);
      return;
    }

  call = g_new0 (FolderCall, 1);
  g_weak_ref_init (&call->parent, parent);
  call->folder_uri = g_file_get_uri (folder);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, on_items_shown, call);
}

void
tl_compat_present_about (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name", "Twolane",
                         "application-icon", TL_APP_ID,
                         "version", TL_VERSION,
                         "developer-name", _("The Twolane contributors"),
                         /* Translators: one sentence about what the program is for */
                         "comments", _("Sets up a sales mailbox right the first time: both lanes "
                                       "proven, one signed file to hand over."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your name here, one a line, and your address */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

/**
 * tl_compat_get_lane_color:
 * @widget: a widget
 * @lane: which lane
 * @out_color: (out): the colour that the style sheet gives this lane
 */
void
tl_compat_get_lane_color (GtkWidget  *widget,
                          TlLaneKind  lane,
                          GdkRGBA    *out_color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  const char *name = lane == TL_LANE_INCOMING ? "lane_incoming_color" : "lane_outgoing_color";

  /* A test that made no application has no style sheet. */
  if (!gtk_style_context_lookup_color (context, name, out_color))
    gtk_style_context_get_color (context, out_color);
}

void
tl_compat_get_text_color (GtkWidget *widget,
                          GdkRGBA   *out_color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), out_color);
}

/**
 * tl_compat_dispose_template:
 * @widget: a widget, in its `dispose`
 * @type: the type whose template it is; nothing may descend from it
 *
 * Lets go of a template's widgets: gtk_widget_dispose_template() as it is meant
 * to be. That of GTK 4.8 aborts when it is called a second time, and forgets
 * children of the widget itself that are not bound to a field.
 */
void
tl_compat_dispose_template (GtkWidget *widget,
                            GType      type)
{
  GQuark done = g_quark_from_static_string ("tl-template-disposed");
  GType parent = g_type_parent (type);
  GtkWidget *child;

  if (g_object_get_qdata (G_OBJECT (widget), done) != NULL)
    return;
  g_object_set_qdata (G_OBJECT (widget), done, GINT_TO_POINTER (TRUE));

  gtk_widget_dispose_template (widget, type);

  /* Any other parent type knows its child, and lets go of it in its own dispose. */
  while ((parent == GTK_TYPE_WIDGET || parent == TL_TYPE_SETUP_WIDGET ||
          parent == TL_TYPE_ITEM_VIEW) &&
         (child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
