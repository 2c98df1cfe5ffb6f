/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tl-sign-in ISSUER CLIENT-ID|- LOGIN TOKEN-FILE [SCOPE…]: the sign-in of src/signin at a real authorization
 * server, without a front end. A CLIENT-ID of `-` is registered first. Reads one command a line:
 *
 *   browser SECONDS   signs in; prints `url URL`, and waits that long for whoever opens it
 *   device SECONDS    signs in by a code; prints `code CODE URL`; gives up after that long
 *   get SECONDS N     wants an access token that lasts so long, N times at once, and writes it to TOKEN-FILE
 *   spoil             a mail server did not take it
 *   revoke            gives everything back
 *
 * Each ends with a line: `tokens ACCOUNT`, `got N`, `ok`, `finding JSON`, `failed CODE` or `cancelled`. Before them come
 * `client ID`, and `rotated` for each refresh token that took the place of another. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tl-oauth-device.h"
#include "tl-oauth-keeper.h"
#include "tl-oauth-metadata.h"
#include "tl-oauth-register.h"
#include "tl-oauth-server.h"
#include "tl-oauth-sign-in.h"

typedef struct
{
  TlOauthRequest  request;     /* its server and client are owned */
  TlOauthKeeper  *keeper;      /* owned, nullable */
  const char     *token_path;  /* borrowed */
  GAsyncResult   *result;      /* owned while one is waited for */
  guint           n_wanted;
  guint           n_got;
  TlSecret       *token;       /* owned, nullable */
  TlFinding      *finding;     /* owned, nullable */
} Driver;

static void
say (const char *format,
     ...)
{
  va_list args;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  fflush (stdout);
}

static void
say_outcome (TlFinding *finding)
{
  g_autoptr(TlJson) json = NULL;
  g_autofree char *text = NULL;

  if (finding == NULL)
    {
      say ("cancelled");
      return;
    }

  json = tl_finding_to_json (finding);
  text = tl_json_to_canonical (json);
  say ("finding %s", text);
}

static void
on_done (GObject      *source G_GNUC_UNUSED,
         GAsyncResult *result,
         gpointer      user_data)
{
  Driver *self = user_data;

  self->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (Driver *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (&self->result);
}

static void
on_rotated (TlOauthKeeper *keeper G_GNUC_UNUSED,
            gpointer       user_data G_GNUC_UNUSED)
{
  say ("rotated");
}

static void
take_tokens (Driver        *self,
             TlOauthTokens *tokens,
             TlFinding     *finding)
{
  const char *account;

  if (tokens == NULL)
    {
      say_outcome (finding);
      return;
    }

  account = tl_oauth_tokens_get_account (tokens);
  g_clear_object (&self->keeper);
  self->keeper = tl_oauth_keeper_new (&self->request, tokens);
  g_signal_connect (self->keeper, "rotated", G_CALLBACK (on_rotated), NULL);
  say ("tokens %s", account != NULL ? account : "-");
}

static void
on_url_opened (TlOauthSignIn *sign_in G_GNUC_UNUSED,
               const char    *url,
               gpointer       user_data G_GNUC_UNUSED)
{
  say ("url %s", url);
}

static void
sign_in_by_browser (Driver *self,
                    guint   seconds)
{
  g_autoptr(TlOauthSignIn) sign_in = tl_oauth_sign_in_new (&self->request);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(TlOauthTokens) tokens = NULL;
  g_autoptr(TlFinding) finding = NULL;

  g_signal_connect (sign_in, "open-url", G_CALLBACK (on_url_opened), NULL);
  tl_oauth_sign_in_run_async (sign_in, seconds, NULL, on_done, self);
  result = wait_for_result (self);
  tokens = tl_oauth_sign_in_run_finish (sign_in, result, &finding, NULL);
  take_tokens (self, tokens, finding);
}

static void
on_code_ready (TlOauthDevice *device,
               gpointer       user_data G_GNUC_UNUSED)
{
  g_autofree char *code = NULL;
  g_autofree char *uri = NULL;

  g_object_get (device, "user-code", &code, "verification-uri", &uri, NULL);
  say ("code %s %s", code, uri);
}

static gboolean
on_patience_ended (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
sign_in_by_device (Driver *self,
                   guint   seconds)
{
  g_autoptr(TlOauthDevice) device = tl_oauth_device_new (&self->request);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(TlOauthTokens) tokens = NULL;
  g_autoptr(TlFinding) finding = NULL;
  guint patience_id = g_timeout_add_seconds (seconds, on_patience_ended, cancellable);

  g_signal_connect (device, "code-ready", G_CALLBACK (on_code_ready), NULL);
  tl_oauth_device_run_async (device, cancellable, on_done, self);
  result = wait_for_result (self);
  if (!g_cancellable_is_cancelled (cancellable))
    g_source_remove (patience_id);
  tokens = tl_oauth_device_run_finish (device, result, &finding, NULL);
  take_tokens (self, tokens, finding);
}

static void
on_token_got (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Driver *self = user_data;
  g_autoptr(TlFinding) finding = NULL;
  TlSecret *token = tl_oauth_keeper_get_finish (TL_OAUTH_KEEPER (source), result, &finding, NULL);

  self->n_wanted--;
  if (token != NULL)
    {
      self->n_got++;
      g_clear_pointer (&self->token, tl_secret_unref);
      self->token = token;
    }
  if (finding != NULL)
    g_set_object (&self->finding, finding);
}

static void
write_token (Driver *self)
{
  int fd = open (self->token_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gsize len;
  const char *bytes = tl_secret_peek (self->token, &len);

  if (fd < 0 || write (fd, bytes, len) != (gssize) len)
    g_error ("%s cannot be written", self->token_path);
  close (fd);
}

static void
get_tokens (Driver *self,
            guint   seconds,
            guint   times)
{
  self->n_wanted = times;
  self->n_got = 0;
  g_clear_object (&self->finding);
  for (guint i = 0; i < times; i++)
    tl_oauth_keeper_get_async (self->keeper, seconds, NULL, on_token_got, self);
  while (self->n_wanted > 0)
    g_main_context_iteration (NULL, TRUE);

  if (self->n_got == times)
    {
      write_token (self);
      say ("got %u", self->n_got);
    }
  else
    {
      say_outcome (self->finding);
    }
  g_clear_pointer (&self->token, tl_secret_unref);
}

static void
revoke_tokens (Driver *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  tl_oauth_keeper_revoke_async (self->keeper, NULL, on_done, self);
  result = wait_for_result (self);
  if (tl_oauth_keeper_revoke_finish (self->keeper, result, &error))
    say ("ok");
  else
    say ("failed %d", error->code);
}

static gboolean
prepare (Driver     *self,
         const char *issuer,
         const char *client_id,
         const char *login)
{
  g_autoptr(TlHttps) https = tl_https_new (self->request.contacts);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  self->request.login_hint = login;
  tl_oauth_metadata_fetch_async (https, issuer, tl_deadline_in_ms (15000), NULL, on_done, self);
  result = wait_for_result (self);
  self->request.server = tl_oauth_metadata_fetch_finish (result, &error);
  if (self->request.server == NULL)
    {
      say ("failed %d", error->code);
      return FALSE;
    }

  if (g_str_equal (client_id, "-"))
    {
      g_autoptr(GAsyncResult) registered = NULL;
      g_autoptr(TlFinding) finding = NULL;

      tl_oauth_register_async (self->request.server, self->request.scopes, self->request.network,
                               self->request.contacts, NULL, on_done, self);
      registered = wait_for_result (self);
      self->request.client = tl_oauth_register_finish (registered, &finding, NULL);
      if (self->request.client == NULL)
        say_outcome (finding);
    }
  else
    {
      const TlOauthClientParts parts = {
        .issuer = issuer,
        .client_id = client_id,
        .origin = TL_CLIENT_FROM_SETTINGS,
      };

      self->request.client = tl_oauth_client_new (&parts, NULL);
    }
  if (self->request.client == NULL)
    return FALSE;

  say ("client %s", tl_oauth_client_get_id (self->request.client));

  return TRUE;
}

static void
obey (Driver     *self,
      const char *line)
{
  guint first = 0;
  guint second = 0;

  if (sscanf (line, "browser %u", &first) == 1)
    sign_in_by_browser (self, first);
  else if (sscanf (line, "device %u", &first) == 1)
    sign_in_by_device (self, first);
  else if (self->keeper == NULL)
    say ("failed: nobody is signed in");
  else if (sscanf (line, "get %u %u", &first, &second) == 2)
    get_tokens (self, first, second);
  else if (g_str_has_prefix (line, "revoke"))
    revoke_tokens (self);
  else if (g_str_has_prefix (line, "spoil"))
    {
      tl_oauth_keeper_spoil (self->keeper, NULL);
      say ("ok");
    }
  else
    say ("failed: what is that?");
}

int
main (int    argc,
      char **argv)
{
  static const char *usual_scopes[] = { "urn:ietf:params:oauth:scope:mail", "offline_access", NULL };
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  Driver self = { .request = { .network = network, .contacts = contacts, .scopes = usual_scopes } };
  char line[256];

  if (argc < 5)
    return 64;
  if (argc > 5)
    self.request.scopes = (const char * const *) argv + 5;
  self.token_path = argv[4];

  if (prepare (&self, argv[1], argv[2], argv[3]))
    {
      while (fgets (line, sizeof line, stdin) != NULL)
        obey (&self, line);
    }

  g_clear_object (&self.keeper);
  g_clear_object (&self.finding);
  g_clear_pointer (&self.request.client, tl_oauth_client_unref);
  g_clear_pointer (&self.request.server, tl_oauth_server_unref);

  return 0;
}
