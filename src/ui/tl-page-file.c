/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-page-file.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  GtkWindow    *window;      /* owned */
  GFile        *file;        /* owned */
  TlAnswerFunc  func;
  gpointer      user_data;
} ShowCall;

static void
show_call_end (ShowCall *self,
               gboolean  shown)
{
  self->func (shown, self->user_data);
  g_object_unref (self->window);
  g_object_unref (self->file);
  g_free (self);
}

static void
on_opened (gboolean opened,
           gpointer data)
{
  show_call_end (data, opened);
}

static void
remove_file (gpointer data)
{
  g_autoptr(GFile) file = data;

  /* A browser that has it open keeps what it has read. */
  g_file_delete (file, NULL, NULL);
}

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  ShowCall *self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = g_file_get_uri (self->file);

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    {
      tl_compat_open_uri (self->window, uri, on_opened, self);
      return;
    }

  g_debug ("writing a page: %s", error->message);
  show_call_end (self, FALSE);
}

/**
 * tl_page_file_show:
 * @window: the window it belongs to
 * @html: a page
 * @func: called once, with whether a program was found for it
 * @user_data: for @func
 *
 * Opens a page in the browser, out of a file that only this user may read and that goes when
 * @window does, or is asked to show another one.
 */
void
tl_page_file_show (GtkWindow    *window,
                   const char   *html,
                   TlAnswerFunc  func,
                   gpointer      user_data)
{
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (html, strlen (html));
  g_autoptr(GError) error = NULL;
  ShowCall *call;

  file = g_file_new_tmp ("twolane-XXXXXX.html", &stream, &error);
  if (file == NULL)
    {
      g_debug ("making a page: %s", error->message);
      func (FALSE, user_data);
      return;
    }

  g_object_set_data_full (G_OBJECT (window), "tl-page-file", g_object_ref (file), remove_file);
  call = g_new (ShowCall, 1);
  call->window = g_object_ref (window);
  call->file = g_object_ref (file);
  call->func = func;
  call->user_data = user_data;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       on_written, call);
}
