/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-visit.h"

#include <string.h>

#include "tl-gsource.h"
#include "tl-oauth-redirect.h"

/* What is read and thrown away of who goes on talking after its answer: closing on it would be a
 * reset, which may overtake the answer. */
#define MAX_IGNORED_BYTES (2 * 1024 * 1024)

struct _TlOauthVisit
{
  const TlOauthVisitHost *vtable;
  GObject                *host;       /* borrowed; NULL once it is gone, or wants no more of it */
  GSocketConnection      *connection; /* owned */
  GCancellable           *stopper;    /* owned */
  GSource                *timer;      /* owned */
  char                    head[TL_OAUTH_REDIRECT_MAX_BYTES + 1];
  gsize                   head_len;
  char                   *reply;      /* owned */
  gsize                   n_ignored;
  gboolean                is_last;
};

static void
tl_oauth_visit_free (TlOauthVisit *self)
{
  if (self->host != NULL)
    self->vtable->left (self->host, self);
  tl_gsource_clear (&self->timer);
  g_clear_object (&self->stopper);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->reply, g_free);
  explicit_bzero (self->head, sizeof self->head);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthVisit, tl_oauth_visit_free)

static gboolean
on_too_long (gpointer data)
{
  TlOauthVisit *self = data;

  g_cancellable_cancel (self->stopper);

  return G_SOURCE_CONTINUE;
}

/* Reads what is still said, to no purpose, until the other side has hung up. */
static void
on_rest_read (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(TlOauthVisit) self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  if (n <= 0 || (self->n_ignored += (gsize) n) > MAX_IGNORED_BYTES)
    return;

  g_input_stream_read_async (G_INPUT_STREAM (object), self->head, TL_OAUTH_REDIRECT_MAX_BYTES,
                             G_PRIORITY_DEFAULT, self->stopper, on_rest_read, self);
  (void) g_steal_pointer (&self);
}

static void
on_reply_written (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(TlOauthVisit) self = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  gboolean is_written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL,
                                                          NULL);

  if (self->is_last && self->host != NULL)
    self->vtable->told (self->host);
  if (!is_written)
    return;

  g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE, NULL);
  g_input_stream_read_async (input, self->head, TL_OAUTH_REDIRECT_MAX_BYTES, G_PRIORITY_DEFAULT,
                             self->stopper, on_rest_read, self);
  (void) g_steal_pointer (&self);
}

static void
on_head_read (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(TlOauthVisit) self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);
  g_autoptr(GObject) host = NULL;
  gssize head_len;

  if (self->host == NULL || n <= 0)
    return;

  self->head_len += (gsize) n;
  head_len = tl_oauth_redirect_find_head_end (self->head, self->head_len);
  if (head_len < 0 && self->head_len <= TL_OAUTH_REDIRECT_MAX_BYTES)
    {
      g_input_stream_read_async (G_INPUT_STREAM (object), self->head + self->head_len,
                                 sizeof self->head - self->head_len, G_PRIORITY_DEFAULT,
                                 self->stopper, on_head_read, self);
      (void) g_steal_pointer (&self);
      return;
    }

  /* Whoever is told of the answer may drop the host. */
  host = g_object_ref (self->host);
  self->reply = self->vtable->receive (host, self->head,
                                       head_len < 0 ? self->head_len : (gsize) head_len,
                                       &self->is_last);
  explicit_bzero (self->head, sizeof self->head);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (self->connection)),
                                   self->reply, strlen (self->reply), G_PRIORITY_DEFAULT,
                                   self->stopper, on_reply_written, self);
  (void) g_steal_pointer (&self);
}

/**
 * tl_oauth_visit_new:
 * @connection: a connection that was just accepted
 * @vtable: what @host does about it; static
 * @host: whom it came to; not referred to: tl_oauth_visit_dismiss() before it goes
 *
 * Returns: (transfer none): the visit, good until `left`
 */
TlOauthVisit *
tl_oauth_visit_new (GSocketConnection      *connection,
                    const TlOauthVisitHost *vtable,
                    GObject                *host)
{
  TlOauthVisit *self = g_new0 (TlOauthVisit, 1);

  self->vtable = vtable;
  self->host = host;
  self->connection = g_object_ref (connection);
  self->stopper = g_cancellable_new ();
  self->timer = g_timeout_source_new (TL_OAUTH_VISIT_MS);
  g_source_set_static_name (self->timer, "[twolane] redirect visit");
  g_source_set_callback (self->timer, on_too_long, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), self->head,
                             sizeof self->head, G_PRIORITY_DEFAULT, self->stopper, on_head_read,
                             self);

  return self;
}

/**
 * tl_oauth_visit_dismiss:
 * @self: a visit
 *
 * Its host hears no more of it. It ends when what is under way of it comes back.
 */
void
tl_oauth_visit_dismiss (TlOauthVisit *self)
{
  self->host = NULL;
  g_cancellable_cancel (self->stopper);
}
