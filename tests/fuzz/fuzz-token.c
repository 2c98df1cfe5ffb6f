/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-fuzz.h"
#include "tl-oauth-id-token.h"
#include "tl-oauth-metadata.h"
#include "tl-oauth-reply.h"
#include "tl-text.h"

#define ISSUER   "https://issuer.test"
#define METADATA "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"" ISSUER "/a\"," \
                 "\"token_endpoint\":\"" ISSUER "/t\"}"
#define ASKED_AT 1000

/* Made once; what a reply is read against. */
static const TlOauthRequest *
get_request (void)
{
  static const char * const scopes[] = { "mail", "https://mail.test/IMAP.All", NULL };
  static const TlOauthClientParts parts = { .issuer = ISSUER, .client_id = "client-1" };
  static TlOauthRequest request;

  if (request.server == NULL)
    {
      request.server = tl_oauth_metadata_parse (METADATA, strlen (METADATA), ISSUER, NULL);
      request.client = tl_oauth_client_new (&parts, NULL);
      request.scopes = scopes;
      request.login_hint = "rep@mail.test";
      g_assert_nonnull (request.server);
      g_assert_nonnull (request.client);
    }

  return &request;
}

static void
check_secret (const TlSecret *secret,
              gsize           max_len)
{
  gsize len;
  const char *bytes = tl_secret_peek (secret, &len);

  g_assert_cmpuint (len, >=, 1);
  g_assert_cmpuint (len, <=, max_len);
  for (gsize i = 0; i < len; i++)
    g_assert_true (bytes[i] >= ' ' && bytes[i] <= '~');
}

static void
check_tokens (const TlOauthTokens *tokens)
{
  check_secret (tl_oauth_tokens_get_access (tokens), TL_OAUTH_TOKENS_MAX_ACCESS_BYTES);
  if (tl_oauth_tokens_get_refresh (tokens) != NULL)
    check_secret (tl_oauth_tokens_get_refresh (tokens), TL_SECRET_MAX_BYTES);
  /* Nobody else than who was expected gets in. */
  if (tl_oauth_tokens_get_account (tokens) != NULL)
    g_assert_cmpint (g_ascii_strcasecmp (tl_oauth_tokens_get_account (tokens), "rep@mail.test"), ==,
                     0);
  g_assert_true (tl_oauth_tokens_lasts (tokens, 0, ASKED_AT));
}

static void
check_refusal (const TlOauthRefusal *refusal)
{
  GVariant *evidence = tl_finding_get_evidence (refusal->finding);
  const char *said = tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT);

  g_assert_true (tl_evidence_is_valid (evidence));
  g_assert_true (said == NULL || tl_text_is_clean (said));
  g_assert_true (refusal->error == NULL || tl_text_is_clean (refusal->error));
}

/* input = status body: the first byte is a place in a table; "I" before claims of an ID token that
 * is put around them. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint statuses[] = { 200, 201, 400, 401, 429, 503 };
  const TlOauthRequest *request = get_request ();
  const TlOauthAsked asked = { .host = "issuer.test" };
  g_autoptr(TlSecret) body = NULL;
  g_autoptr(TlOauthTokens) tokens = NULL;
  g_autoptr(TlOauthRefusal) refusal = NULL;
  TlHttpsPostAnswer answer = { 0 };

  if (size == 0 || size > TL_SECRET_MAX_DERIVED_BYTES)
    return 0;

  if (data[0] == 'I')
    {
      g_autofree char *payload = g_base64_encode (data + 1, size - 1);
      g_autofree char *text = NULL;
      g_autoptr(TlSecret) token = NULL;
      g_auto(GStrv) accounts = NULL;

      g_strdelimit (payload, "+", '-');
      g_strdelimit (payload, "/", '_');
      payload[strcspn (payload, "=")] = '\0';
      text = g_strconcat ("e30.", payload, ".x", NULL);
      if (strlen (text) > TL_SECRET_MAX_DERIVED_BYTES)
        return 0;
      token = tl_secret_new (text, strlen (text));
      accounts = tl_oauth_id_token_read (token, request->server, "client-1", NULL, NULL);
      for (gsize i = 0; accounts != NULL && accounts[i] != NULL; i++)
        g_assert_nonnull (strchr (accounts[i], '@'));
      return 0;
    }

  body = tl_secret_new (data + 1, size - 1);
  answer.status = statuses[data[0] % G_N_ELEMENTS (statuses)];
  answer.body = body;
  tokens = tl_oauth_reply_read (&answer, request, &asked, NULL, ASKED_AT, &refusal);
  g_assert_cmpint ((tokens != NULL) + (refusal != NULL), ==, 1);
  if (tokens != NULL)
    check_tokens (tokens);
  else
    check_refusal (refusal);

  return 0;
}
