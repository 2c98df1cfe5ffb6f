/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-listener.h"

#include <string.h>

#include "tl-error.h"
#include "tl-gsource.h"
#include "tl-oauth-page.h"
#include "tl-oauth-random.h"
#include "tl-oauth-visit.h"

#define FAVICON_PATH "/favicon.ico"

/* How long nobody is let in after that failed: with no descriptor left, who waits at the door would
 * be found there again at once. */
#define RETRY_MS 100

struct _TlOauthListener
{
  GObject          parent_instance;

  char            *state;        /* owned */
  GSocketListener *sockets;      /* owned */
  char            *authority;    /* owned: `127.0.0.1:40000` */
  char            *path;         /* owned: where answers are taken */
  char            *redirect_uri; /* owned */
  char            *done_path;    /* owned: of the last page, told to nobody but who brings it */
  GCancellable    *stopper;      /* owned: of accepting */
  GSource         *retry;        /* owned: NULL while somebody may come in */
  GQueue           visits;       /* of borrowed TlOauthVisit, the oldest first */
  GTask           *task;         /* owned: who waits; NULL before and after */
  GSource         *cancelled;    /* owned; NULL without a cancellable */
  TlOauthRedirect *answer;       /* owned: came before anyone waited */
  guint            turned_away;
  gboolean         is_answered;
  gboolean         is_good;      /* the answer brought a code */
  gboolean         settled;
};

enum
{
  PROP_0,
  PROP_TURNED_AWAY,
  PROP_SETTLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlOauthListener, tl_oauth_listener, G_TYPE_OBJECT)

/* --- Who comes ------------------------------------------------------------------- */

/* In time that does not depend on where they differ. */
static gboolean
is_same_state (const char *a,
               const char *b)
{
  gsize len = strlen (a);
  guchar difference = 0;

  if (len != strlen (b))
    return FALSE;
  for (gsize i = 0; i < len; i++)
    difference |= (guchar) (a[i] ^ b[i]);

  return difference == 0;
}

static void
take_answer (TlOauthListener *self,
             TlOauthRedirect *answer)
{
  self->is_answered = TRUE;
  self->is_good = answer->code != NULL;
  if (self->task != NULL)
    {
      g_autoptr(GTask) task = g_steal_pointer (&self->task);

      tl_gsource_clear (&self->cancelled);
      g_task_return_pointer (task, answer, (GDestroyNotify) tl_oauth_redirect_free);
    }
  else
    self->answer = answer;
}

static char *
turn_away (TlOauthListener *self,
           guint            status)
{
  self->turned_away++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TURNED_AWAY]);

  return tl_oauth_page_new_refusal (status);
}

/* Decides what to say to a request whose head is whole. */
static char *
receive (gpointer    host,
         const char *head,
         gsize       len,
         gboolean   *out_is_last)
{
  TlOauthListener *self = host;
  g_autoptr(TlOauthRedirect) answer = NULL;
  g_autofree char *path = NULL;
  guint status = 0;

  switch (tl_oauth_redirect_parse (head, len, self->authority, self->path, &answer, &path,
                                   &status))
    {
    case TL_OAUTH_ERRAND_ANSWER:
      if (self->is_answered)
        return turn_away (self, 410);
      if (!is_same_state (answer->state, self->state))
        return turn_away (self, 400);
      take_answer (self, g_steal_pointer (&answer));
      return tl_oauth_page_new_departure (self->done_path);

    case TL_OAUTH_ERRAND_PAGE:
      /* Browsers ask for a picture of the place on their own. */
      if (g_str_equal (path, FAVICON_PATH))
        return tl_oauth_page_new_refusal (404);
      if (!self->is_answered || !g_str_equal (path, self->done_path))
        return turn_away (self, 404);
      *out_is_last = TRUE;
      return tl_oauth_page_new_last (self->is_good);

    case TL_OAUTH_ERRAND_REFUSED:
    default:
      return turn_away (self, status);
    }
}

static void
settle (gpointer host)
{
  TlOauthListener *self = host;

  if (self->settled)
    return;

  self->settled = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

static void
strike_out (gpointer      host,
            TlOauthVisit *visit)
{
  TlOauthListener *self = host;

  g_queue_remove (&self->visits, visit);
}

static const TlOauthVisitHost vtable = { receive, settle, strike_out };

/* Who comes last is let in, and who has been there longest leaves for it: a browser says what it
 * wants at once, and whoever holds a place without a word is none. */
static void
make_room (TlOauthListener *self)
{
  if (g_queue_get_length (&self->visits) >= TL_OAUTH_LISTENER_MAX_VISITS)
    tl_oauth_visit_dismiss (g_queue_pop_head (&self->visits));
}

static void on_visitor_accepted (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);

static gboolean
on_retry_due (gpointer data)
{
  TlOauthListener *self = data;

  tl_gsource_clear (&self->retry);
  g_socket_listener_accept_async (self->sockets, self->stopper, on_visitor_accepted, self);

  return G_SOURCE_REMOVE;
}

static void
on_visitor_accepted (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GSocketListener *sockets = G_SOCKET_LISTENER (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) connection =
    g_socket_listener_accept_finish (sockets, result, NULL, &error);
  TlOauthListener *self;

  /* Only the last reference to the listener cancels: it is not there any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (connection == NULL)
    {
      self->retry = g_timeout_source_new (RETRY_MS);
      g_source_set_static_name (self->retry, "[twolane] redirect retry");
      g_source_set_callback (self->retry, on_retry_due, self, NULL);
      g_source_attach (self->retry, g_main_context_get_thread_default ());
      return;
    }

  g_socket_listener_accept_async (sockets, self->stopper, on_visitor_accepted, self);
  make_room (self);
  g_queue_push_tail (&self->visits, tl_oauth_visit_new (connection, &vtable, G_OBJECT (self)));
}

/* --- The object ------------------------------------------------------------------ */

static void
tl_oauth_listener_dispose (GObject *object)
{
  TlOauthListener *self = TL_OAUTH_LISTENER (object);
  TlOauthVisit *visit;

  if (self->stopper != NULL)
    g_cancellable_cancel (self->stopper);
  if (self->sockets != NULL)
    g_socket_listener_close (self->sockets);
  while ((visit = g_queue_pop_head (&self->visits)) != NULL)
    tl_oauth_visit_dismiss (visit);
  tl_gsource_clear (&self->cancelled);
  tl_gsource_clear (&self->retry);
  g_clear_object (&self->task);
  g_clear_object (&self->stopper);
  g_clear_object (&self->sockets);

  G_OBJECT_CLASS (tl_oauth_listener_parent_class)->dispose (object);
}

static void
tl_oauth_listener_finalize (GObject *object)
{
  TlOauthListener *self = TL_OAUTH_LISTENER (object);

  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->redirect_uri, g_free);
  g_clear_pointer (&self->done_path, g_free);
  g_clear_pointer (&self->answer, tl_oauth_redirect_free);

  G_OBJECT_CLASS (tl_oauth_listener_parent_class)->finalize (object);
}

static void
tl_oauth_listener_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlOauthListener *self = TL_OAUTH_LISTENER (object);

  switch (id)
    {
    case PROP_TURNED_AWAY:
      g_value_set_uint (value, self->turned_away);
      break;

    case PROP_SETTLED:
      g_value_set_boolean (value, self->settled);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_oauth_listener_class_init (TlOauthListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = tl_oauth_listener_dispose;
  object_class->finalize = tl_oauth_listener_finalize;
  object_class->get_property = tl_oauth_listener_get_property;

  properties[PROP_TURNED_AWAY] = g_param_spec_uint ("turned-away", NULL, NULL, 0, G_MAXUINT, 0,
                                                    flags);
  properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_oauth_listener_init (TlOauthListener *self)
{
  g_queue_init (&self->visits);
  self->stopper = g_cancellable_new ();
}

/* On a literal address: what a name leads to is for others to say (RFC 8252 §8.3). */
static gboolean
bind_to (TlOauthListener  *self,
         GSocketFamily     family,
         GError          **error)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr(GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;
  guint16 port;

  if (!g_socket_listener_add_address (self->sockets, any_port, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;

  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->authority = g_strdup_printf (family == G_SOCKET_FAMILY_IPV4 ? "127.0.0.1:%u" : "[::1]:%u",
                                     port);
  self->redirect_uri = g_strconcat ("http://", self->authority, self->path, NULL);

  return TRUE;
}

/**
 * tl_oauth_listener_new:
 * @state: what the answer has to name, that nobody else can know
 * @path: where answers are taken: tl_oauth_redirect_dup_path()
 * @error: return location for a #GError
 *
 * Takes a free port of 127.0.0.1, or else of ::1, and listens from now on.
 *
 * Returns: (transfer full): a listener; %NULL with %TL_ERROR_UNREACHABLE when there is no port, or
 *   as tl_oauth_random_new() fails
 */
TlOauthListener *
tl_oauth_listener_new (const char  *state,
                       const char  *path,
                       GError     **error)
{
  g_autoptr(TlOauthListener) self = g_object_new (TL_TYPE_OAUTH_LISTENER, NULL);
  g_autoptr(TlSecret) token = tl_oauth_random_new (error);
  g_autoptr(GError) why = NULL;

  if (token == NULL)
    return NULL;

  self->state = g_strdup (state);
  self->path = g_strdup (path);
  self->done_path = g_strconcat (TL_OAUTH_PAGE_PATH, tl_secret_peek (token, NULL), NULL);
  self->sockets = g_socket_listener_new ();
  if (!bind_to (self, G_SOCKET_FAMILY_IPV4, &why) && !bind_to (self, G_SOCKET_FAMILY_IPV6, NULL))
    {
      g_set_error (error, TL_ERROR, TL_ERROR_UNREACHABLE, "there is no port to listen on: %s: %d",
                   g_quark_to_string (why->domain), why->code);
      return NULL;
    }

  g_socket_listener_accept_async (self->sockets, self->stopper, on_visitor_accepted, self);

  return g_steal_pointer (&self);
}

/**
 * tl_oauth_listener_get_redirect_uri:
 * @self: a listener
 *
 * Returns: (transfer none): its address: `http://127.0.0.1:40000/`
 */
const char *
tl_oauth_listener_get_redirect_uri (TlOauthListener *self)
{
  g_return_val_if_fail (TL_IS_OAUTH_LISTENER (self), NULL);

  return self->redirect_uri;
}

guint
tl_oauth_listener_get_turned_away (TlOauthListener *self)
{
  g_return_val_if_fail (TL_IS_OAUTH_LISTENER (self), 0);

  return self->turned_away;
}

gboolean
tl_oauth_listener_get_settled (TlOauthListener *self)
{
  g_return_val_if_fail (TL_IS_OAUTH_LISTENER (self), FALSE);

  return self->settled;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  TlOauthListener *self = data;
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  tl_gsource_clear (&self->cancelled);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/**
 * tl_oauth_listener_wait_async:
 * @self: a listener that nobody has waited for
 * @cancellable: (nullable): cancels the wait
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Waits for the one answer that names the state, for as long as it takes. The callback comes when
 * it is there, and the browser is shown a page after that: hold @self until it is `settled`, or for
 * a moment.
 */
void
tl_oauth_listener_wait_async (TlOauthListener     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_OAUTH_LISTENER (self));
  g_return_if_fail (self->task == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_oauth_listener_wait_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->answer != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&self->answer),
                             (GDestroyNotify) tl_oauth_redirect_free);
      return;
    }

  self->task = g_steal_pointer (&task);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_static_name (self->cancelled, "[twolane] redirect cancelled");
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancelled, g_main_context_get_thread_default ());
    }
}

/**
 * tl_oauth_listener_wait_finish:
 * @self: a listener
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the answer, or %NULL with %G_IO_ERROR_CANCELLED
 */
TlOauthRedirect *
tl_oauth_listener_wait_finish (TlOauthListener  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
