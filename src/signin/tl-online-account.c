/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-online-account-private.h"

#include <string.h>

#include "tl-address.h"
#include "tl-error.h"
#include "tl-gsource.h"
#include "tl-oauth-tokens.h"
#include "tl-text.h"

#define SERVICE      "org.gnome.OnlineAccounts"
#define SERVICE_PATH "/org/gnome/OnlineAccounts"
#define ACCOUNT      "org.gnome.OnlineAccounts.Account"
#define MAIL         "org.gnome.OnlineAccounts.Mail"
#define OAUTH2       "org.gnome.OnlineAccounts.OAuth2Based"

/* More than any message that has a token in it. */
#define SCRUB_BYTES  (TL_SECRET_MAX_BYTES + 4096)
#define SCRUB_MS     1000

struct _TlOnlineAccount
{
  char *path;       /* of the object on the bus */
  char *address;    /* as the service has it */
  char *provider;
};

G_DEFINE_BOXED_TYPE (TlOnlineAccount, tl_online_account, tl_online_account_ref,
                     tl_online_account_unref)

static const TlOnlineAccountLimits usual = { "/.flatpak-info", 5000, 30000 };

typedef struct
{
  /* Owned */
  TlAddress       *address;     /* to be found; NULL for a token */
  TlOnlineAccount *account;     /* whose token is wanted; NULL to find one */
  GDBusConnection *bus;         /* NULL until there is one */
  GCancellable    *inner;       /* stops what GDBus does for us */
  GSource         *timer;
  GSource         *caller;      /* fires when the caller cancels */
  TlSecret        *token;

  guint            seconds;
  gboolean         answered;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->caller);
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->account, tl_online_account_unref);
  g_clear_pointer (&self->token, tl_secret_unref);
  g_clear_object (&self->bus);
  g_clear_object (&self->inner);
  g_free (self);
}

TlOnlineAccount *
tl_online_account_ref (TlOnlineAccount *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_online_account_clear (gpointer data)
{
  TlOnlineAccount *self = data;

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->provider, g_free);
}

void
tl_online_account_unref (TlOnlineAccount *self)
{
  g_atomic_rc_box_release_full (self, tl_online_account_clear);
}

const char *
tl_online_account_get_address (const TlOnlineAccount *self)
{
  return self->address;
}

/**
 * tl_online_account_get_provider:
 * @self: an account
 *
 * Returns: (transfer none): the service's word for the provider: `google`, `ms_graph`
 */
const char *
tl_online_account_get_provider (const TlOnlineAccount *self)
{
  return self->provider;
}

/* Ends the request, whatever the service is still at; its late answer finds the
 * request answered. Takes all that it is given. */
static void
answer (GTask           *task,
        TlOnlineAccount *account,
        TlSecret        *token,
        GError          *error)
{
  Request *request = g_task_get_task_data (task);

  if (request->answered)
    {
      g_clear_pointer (&account, tl_online_account_unref);
      g_clear_pointer (&token, tl_secret_unref);
      g_clear_error (&error);
      return;
    }

  request->answered = TRUE;
  tl_gsource_clear (&request->timer);
  tl_gsource_clear (&request->caller);
  g_cancellable_cancel (request->inner);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) tl_secret_unref);
  else
    g_task_return_pointer (task, account, (GDestroyNotify) tl_online_account_unref);
}

static gboolean
on_overdue (gpointer data)
{
  const Request *request = g_task_get_task_data (data);

  answer (data, NULL, NULL,
          request->account == NULL ? NULL
                                   : g_error_new_literal (TL_ERROR, TL_ERROR_TIMED_OUT,
                                                          "asking the online account for a token: "
                                                          "no answer in time"));

  return G_SOURCE_REMOVE;
}

static gboolean
on_caller_cancelled (GCancellable *cancellable,
                     gpointer      data)
{
  /* The task itself turns this into the error. */
  answer (data, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static GTask *
request_start (gpointer             tag,
               Request             *request,
               guint                max_ms,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, request_free);
  request->inner = g_cancellable_new ();

  request->timer = g_timeout_source_new (max_ms);
  g_source_set_callback (request->timer, on_overdue, g_object_ref (task), g_object_unref);
  g_source_set_static_name (request->timer, "[twolane] online account overdue");
  g_source_attach (request->timer, g_task_get_context (task));

  if (cancellable != NULL)
    {
      request->caller = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->caller, G_SOURCE_FUNC (on_caller_cancelled),
                             g_object_ref (task), g_object_unref);
      g_source_set_static_name (request->caller, "[twolane] online account cancelled");
      g_source_attach (request->caller, g_task_get_context (task));
    }

  return task;
}

static gboolean
is_on (GVariant   *properties,
       const char *name,
       gboolean    by_default)
{
  gboolean value = by_default;

  g_variant_lookup (properties, name, "b", &value);

  return value;
}

/* RFC 5321 §2.4 lets a server tell local parts apart by case; none of those whose
 * accounts the service knows does. */
static gboolean
is_same (TlAddress  *address,
         const char *other)
{
  g_autoptr(TlAddress) parsed = tl_address_parse (other, NULL);
  g_autofree char *ours = g_utf8_casefold (tl_address_get_local_part (address), -1);
  g_autofree char *theirs = NULL;

  if (parsed == NULL)
    return FALSE;
  theirs = g_utf8_casefold (tl_address_get_local_part (parsed), -1);

  return g_str_equal (ours, theirs) &&
         g_str_equal (tl_address_get_domain (address), tl_address_get_domain (parsed));
}

/* One object of the service, if it is the account of @address and has tokens for mail. */
static TlOnlineAccount *
account_of (TlAddress  *address,
            const char *path,
            GVariant   *interfaces,
            gboolean   *out_needs_attention)
{
  g_autoptr(GVariant) account =
    g_variant_lookup_value (interfaces, ACCOUNT, G_VARIANT_TYPE_VARDICT);
  g_autoptr(GVariant) mail = g_variant_lookup_value (interfaces, MAIL, G_VARIANT_TYPE_VARDICT);
  g_autoptr(GVariant) oauth2 = g_variant_lookup_value (interfaces, OAUTH2, G_VARIANT_TYPE_VARDICT);
  const char *found = NULL;
  const char *provider = "";
  TlOnlineAccount *self;

  /* The interface for mail goes when mail is switched off, but not at once. An
   * account whose tokens are for files and calendars has no IMAP. */
  if (account == NULL || mail == NULL || oauth2 == NULL || is_on (account, "MailDisabled", FALSE) ||
      !is_on (mail, "ImapSupported", TRUE))
    return NULL;

  if ((!g_variant_lookup (mail, "EmailAddress", "&s", &found) || *found == '\0') &&
      !g_variant_lookup (account, "PresentationIdentity", "&s", &found))
    return NULL;
  if (!is_same (address, found))
    return NULL;

  g_variant_lookup (account, "ProviderType", "&s", &provider);
  *out_needs_attention = is_on (account, "AttentionNeeded", FALSE);

  self = g_atomic_rc_box_new0 (TlOnlineAccount);
  self->path = g_strdup (path);
  self->address = tl_text_clean (found, -1);
  self->provider = tl_text_clean (provider, -1);

  return self;
}

/* The account of @address; of several, one that needs no attention, then the
 * first by its path, which the service keeps. */
static TlOnlineAccount *
choose (TlAddress *address,
        GVariant  *objects)
{
  g_autoptr(TlOnlineAccount) chosen = NULL;
  gboolean chosen_needs_attention = FALSE;
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      gboolean needs_attention = FALSE;
      g_autoptr(TlOnlineAccount) account = account_of (address, path, interfaces, &needs_attention);

      if (account == NULL ||
          (chosen != NULL && needs_attention > chosen_needs_attention) ||
          (chosen != NULL && needs_attention == chosen_needs_attention &&
           strcmp (path, chosen->path) > 0))
        continue;
      g_clear_pointer (&chosen, tl_online_account_unref);
      chosen = g_steal_pointer (&account);
      chosen_needs_attention = needs_attention;
    }

  return g_steal_pointer (&chosen);
}

/* No service, no bus: nothing that anybody has to know. */
static void
find_nothing (GTask        *task,
              const GError *error)
{
  g_debug ("online accounts: %s", error->message);
  answer (task, NULL, NULL, NULL);
}

static void
on_objects_listed (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  g_autoptr(GVariant) objects = NULL;

  if (reply == NULL)
    {
      find_nothing (task, error);
      return;
    }

  objects = g_variant_get_child_value (reply, 0);
  answer (task, choose (request->address, objects), NULL, NULL);
}

static void
on_bus_to_find (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  request->bus = g_bus_get_finish (result, &error);
  if (request->bus == NULL)
    {
      find_nothing (task, error);
      return;
    }

  /* The bus starts the service where it is installed, and says that there is none
   * where it is not. */
  g_dbus_connection_call (request->bus, SERVICE, SERVICE_PATH, "org.freedesktop.DBus.ObjectManager",
                          "GetManagedObjects", NULL, G_VARIANT_TYPE ("(a{oa{sa{sv}}})"),
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, request->inner, on_objects_listed,
                          g_object_ref (task));
}

/**
 * tl_online_account_find_async:
 * @address: a mailbox
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks whether GNOME's Online Accounts is signed in to the mailbox, for mail and
 * by OAuth 2.0. Upper and lower case are the same. Asking starts the service of a
 * desktop that has it, so ask once a person has come to signing in, not before.
 */
void
tl_online_account_find_async (const char          *address,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  tl_online_account_find_within_async (address, usual, cancellable, callback, user_data);
}

void
tl_online_account_find_within_async (const char            *address,
                                     TlOnlineAccountLimits  limits,
                                     GCancellable          *cancellable,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  Request *request = g_new0 (Request, 1);

  request->address = tl_address_parse (address, NULL);
  task = request_start (tl_online_account_find_async, request, limits.find_ms, cancellable,
                        callback, user_data);

  if (request->address == NULL || g_file_test (limits.sandbox_path, G_FILE_TEST_EXISTS))
    answer (task, NULL, NULL, NULL);
  else
    g_bus_get (G_BUS_TYPE_SESSION, request->inner, on_bus_to_find, g_object_ref (task));
}

/**
 * tl_online_account_find_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the account; %NULL when there is none, and with @error
 *   set only when it is %G_IO_ERROR_CANCELLED
 */
TlOnlineAccount *
tl_online_account_find_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_online_account_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a caller can do about a D-Bus error. The words of the service stay out of
 * it: nobody knows what it puts there. */
static const struct
{
  const char *name;
  TlError     code;
} error_codes[] = {
  { "org.gnome.OnlineAccounts.Error.NotAuthorized",    TL_ERROR_REFUSED },
  { "org.gnome.OnlineAccounts.Error.NotSupported",     TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.UnknownObject",        TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.UnknownInterface",     TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.UnknownMethod",        TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.UnknownProperty",      TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.InvalidArgs",          TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.ServiceUnknown",       TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.NameHasNoOwner",       TL_ERROR_NOT_FOUND },
  { "org.freedesktop.DBus.Error.NoReply",              TL_ERROR_TIMED_OUT },
  { "org.freedesktop.DBus.Error.Timeout",              TL_ERROR_TIMED_OUT },
  { "org.freedesktop.DBus.Error.TimedOut",             TL_ERROR_TIMED_OUT },
};

static GError *
restate (const GError *cause)
{
  g_autofree char *name = NULL;
  TlError code = TL_ERROR_UNREACHABLE;

  if (g_dbus_error_is_remote_error (cause))
    name = g_dbus_error_get_remote_error (cause);
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (error_codes); i++)
    {
      if (g_str_equal (name, error_codes[i].name))
        code = error_codes[i].code;
    }

  return g_error_new (TL_ERROR, code, "asking the online account for a token: %s",
                      name != NULL ? name : "the session bus is not there");
}

/* Sends ourselves a message that is longer than any with a token. GDBus keeps the
 * buffer that it reads into and neither wipes nor frees it: before the token is
 * asked for, this makes the buffer large enough not to be moved; afterwards, it
 * writes over what is left in it. Nobody answers such a call but GDBus, with an error. */
static void
scrub (GDBusConnection     *bus,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autofree guint8 *zeros = g_malloc0 (SCRUB_BYTES);

  g_dbus_connection_call (bus, g_dbus_connection_get_unique_name (bus), "/", SERVICE, "Scrub",
                          g_variant_new ("(@ay)",
                                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, zeros,
                                                                    SCRUB_BYTES, 1)),
                          NULL, G_DBUS_CALL_FLAGS_NONE, SCRUB_MS, NULL, callback, user_data);
}

static void
on_scrubbed_after (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);

  answer (task, NULL, g_steal_pointer (&request->token), NULL);
}

/* Takes the token out of a reply and wipes it there. The reply is ours alone: it
 * was made of the message for us. The service and the bus have copies of their
 * own, as has the kernel; those are out of our hands. */
static TlSecret *
take_token (GVariant *reply,
            int      *out_seconds)
{
  g_autoptr(GVariant) child = g_variant_get_child_value (reply, 0);
  gsize len;
  const char *text = g_variant_get_string (child, &len);
  g_autoptr(TlSecret) token = len <= TL_SECRET_MAX_BYTES ? tl_secret_new (text, len) : NULL;

  explicit_bzero ((char *) text, len);
  g_variant_get_child (reply, 1, "i", out_seconds);

  return token != NULL && tl_oauth_tokens_may_be_access (token) ? g_steal_pointer (&token) : NULL;
}

static void
on_token_given (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) cause = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &cause);
  int seconds;

  if (reply == NULL)
    {
      answer (task, NULL, NULL, restate (cause));
      return;
    }

  /* A late one is taken too, to be wiped. */
  request->token = take_token (reply, &seconds);
  request->seconds = (guint) MAX (seconds, 0);
  if (request->token == NULL)
    answer (task, NULL, NULL, g_error_new_literal (TL_ERROR, TL_ERROR_PROTOCOL,
                                                   "the online account gave what is no token"));
  else if (seconds < 0)
    answer (task, NULL, NULL, g_error_new_literal (TL_ERROR, TL_ERROR_REFUSED,
                                                   "the online account’s token has expired"));
  scrub (request->bus, on_scrubbed_after, g_object_ref (task));
}

static void
on_scrubbed_before (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);

  if (request->answered)
    return;

  /* Nothing stops this call: GDBus would drop a late token without wiping it. */
  g_dbus_connection_call (request->bus, SERVICE, request->account->path, OAUTH2, "GetAccessToken",
                          NULL, G_VARIANT_TYPE ("(si)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                          on_token_given, g_object_ref (task));
}

static void
on_attention_known (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) cause = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &cause);
  g_autoptr(GVariant) value = NULL;

  if (reply == NULL)
    {
      answer (task, NULL, NULL, restate (cause));
      return;
    }

  /* Asked now and not remembered: a person may have seen to it since. */
  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value))
    answer (task, NULL, NULL, g_error_new_literal (TL_ERROR, TL_ERROR_REFUSED,
                                                   "the online account needs attention"));
  else
    scrub (request->bus, on_scrubbed_before, g_object_ref (task));
}

static void
on_bus_for_token (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) cause = NULL;

  request->bus = g_bus_get_finish (result, &cause);
  if (request->bus == NULL)
    {
      answer (task, NULL, NULL, restate (cause));
      return;
    }

  g_dbus_connection_call (request->bus, SERVICE, request->account->path,
                          "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", ACCOUNT, "AttentionNeeded"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, request->inner,
                          on_attention_known, g_object_ref (task));
}

/**
 * tl_online_account_get_token_async:
 * @self: an account that was found
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Borrows an access token. The service refreshes it first where that is due.
 */
void
tl_online_account_get_token_async (TlOnlineAccount     *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  tl_online_account_get_token_within_async (self, usual, cancellable, callback, user_data);
}

void
tl_online_account_get_token_within_async (TlOnlineAccount       *self,
                                          TlOnlineAccountLimits  limits,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  Request *request = g_new0 (Request, 1);

  request->account = tl_online_account_ref (self);
  task = request_start (tl_online_account_get_token_async, request, limits.token_ms, cancellable,
                        callback, user_data);
  g_bus_get (G_BUS_TYPE_SESSION, request->inner, on_bus_for_token, g_object_ref (task));
}

/**
 * tl_online_account_get_token_finish:
 * @self: the account
 * @result: what the callback was given
 * @out_seconds: (out): how long the token is good for, 0 when the service does not know
 * @error: return location for a #GError
 *
 * Fails with %TL_ERROR_REFUSED when the account needs a person’s attention,
 * %TL_ERROR_NOT_FOUND when it is gone or has no tokens, %TL_ERROR_TIMED_OUT,
 * %TL_ERROR_UNREACHABLE when the service could not get one, %TL_ERROR_PROTOCOL when
 * what it gave is no token, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the access token, or %NULL with @error set
 */
TlSecret *
tl_online_account_get_token_finish (TlOnlineAccount  *self,
                                    GAsyncResult     *result,
                                    guint            *out_seconds,
                                    GError          **error)
{
  const Request *request;
  TlSecret *token;

  g_return_val_if_fail (g_async_result_is_tagged (result, tl_online_account_get_token_async), NULL);

  request = g_task_get_task_data (G_TASK (result));
  token = g_task_propagate_pointer (G_TASK (result), error);
  if (token != NULL)
    *out_seconds = request->seconds;

  return token;
}
