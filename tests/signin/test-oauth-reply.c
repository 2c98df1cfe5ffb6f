/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-reply.h"

#include <malloc.h>
#include <string.h>

#include "tl-error.h"
#include "tl-oauth-form.h"
#include "tl-oauth-id-token.h"
#include "tl-oauth-members.h"
#include "tl-oauth-metadata.h"
#include "tl-oauth-scope.h"
#include "tl-test-memory.h"

#define ISSUER   "https://issuer.test"
#define HINT     "Rep@Mail.test"
#define ASKED_AT G_GINT64_CONSTANT (5000000000)

static const char metadata[] =
  "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"" ISSUER "/a\","
  "\"token_endpoint\":\"" ISSUER "/t\"}";

typedef struct
{
  TlOauthServer *server;
  TlOauthClient *client;
  TlNetwork     *network;
} World;

static World world;

/* --- What a token endpoint says ---------------------------------------------------- */

typedef struct
{
  const char *path;
  const char *body;
  guint       status;     /* 0: 200 */
  const char *scope;      /* asked for, one; NULL: "mail" */
  const char *hint;
  const char *nonce;
  const char *id;         /* NULL: there are tokens */
  const char *wanted;     /* of auth.scope-missing */
  const char *error;      /* code of the refusal */
  const char *refresh;    /* of the tokens */
  const char *account;    /* of the tokens */
  gint64      lasts_s;    /* of the tokens; 0: nobody knows */
  gboolean    refreshes;
} ReplyCase;

#define TOKEN "\"access_token\":\"a.b-c_d~e+f/g=\",\"token_type\":\"bearer\""

/* Payloads: {"iss":"https://issuer.test","aud":…} and so on, put into the cases by %CLAIMS%. */
#define CLAIMS(claims) "{" TOKEN ",\"id_token\":\"<" claims ">\"}"
#define ISS            "'iss':'" ISSUER "'"
#define AUD            "'aud':'client-1'"

static const ReplyCase reply_cases[] = {
  { "good", "{" TOKEN ",\"expires_in\":3600,\"refresh_token\":\"r 1\"}",
    .lasts_s = 3600, .refresh = "r 1" },
  { "escapes", "{\"access_token\":\"a\\/\\u0062\",\"token_type\":\"Bearer\"}" },
  { "more-than-we-know", " {\n" TOKEN ",\"x\":[1,-2.5e+3,{\"access_token\":\"no\"},\"\\ud83d\\ude00\"],"
    "\"y\":true,\"z\":null} " },
  { "status-201", "{" TOKEN "}", .status = 201 },
  { "null-refresh", "{" TOKEN ",\"refresh_token\":null,\"expires_in\":null,\"id_token\":null}" },

  { "O10/no-lifetime", "{" TOKEN "}" },
  { "O10/lifetime-string", "{" TOKEN ",\"expires_in\":\"3599\"}", .lasts_s = 3599 },
  { "O10/lifetime-most", "{" TOKEN ",\"expires_in\":100000000}", .lasts_s = 100000000 },
  { "O10/lifetime-too-long", "{" TOKEN ",\"expires_in\":100000001}", .id = "oauth.bad-answer" },
  { "O10/lifetime-zero", "{" TOKEN ",\"expires_in\":0}", .id = "oauth.bad-answer" },
  { "O10/lifetime-negative", "{" TOKEN ",\"expires_in\":-1}", .id = "oauth.bad-answer" },
  { "O10/lifetime-float", "{" TOKEN ",\"expires_in\":3600.0}", .id = "oauth.bad-answer" },
  { "O10/lifetime-1e300", "{" TOKEN ",\"expires_in\":1e300}", .id = "oauth.bad-answer" },
  { "O10/lifetime-wraps", "{" TOKEN ",\"expires_in\":18446744073709551617}",
    .id = "oauth.bad-answer" },
  { "O10/lifetime-words", "{" TOKEN ",\"expires_in\":\"3600s\"}", .id = "oauth.bad-answer" },
  { "O10/lifetime-empty", "{" TOKEN ",\"expires_in\":\"\"}", .id = "oauth.bad-answer" },
  { "O10/lifetime-true", "{" TOKEN ",\"expires_in\":true}", .id = "oauth.bad-answer" },
  { "O10/type-mac", "{\"access_token\":\"a\",\"token_type\":\"mac\"}", .id = "oauth.bad-answer" },
  { "O10/type-dpop", "{\"access_token\":\"a\",\"token_type\":\"DPoP\"}", .id = "oauth.bad-answer" },
  { "O10/type-none", "{\"access_token\":\"a\"}", .id = "oauth.bad-answer" },
  { "O10/no-token", "{\"token_type\":\"Bearer\"}", .id = "oauth.bad-answer" },
  { "O10/empty-token", "{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
    .id = "oauth.bad-answer" },
  { "O10/number-token", "{\"access_token\":12,\"token_type\":\"Bearer\"}",
    .id = "oauth.bad-answer" },
  { "O10/token-with-space", "{\"access_token\":\"a b\",\"token_type\":\"Bearer\"}",
    .id = "oauth.bad-answer" },
  { "O10/token-with-line-end", "{\"access_token\":\"a\\r\\nb\",\"token_type\":\"Bearer\"}",
    .id = "oauth.bad-answer" },
  { "O10/token-not-ascii", "{\"access_token\":\"\\u00e4\",\"token_type\":\"Bearer\"}",
    .id = "oauth.bad-answer" },
  { "O10/token-with-nul", "{\"access_token\":\"a\\u0000\",\"token_type\":\"Bearer\"}",
    .id = "oauth.bad-answer" },
  { "O10/empty-refresh", "{" TOKEN ",\"refresh_token\":\"\"}", .id = "oauth.bad-answer" },
  { "O10/refresh-not-ascii", "{" TOKEN ",\"refresh_token\":\"\\u00e4\"}",
    .id = "oauth.bad-answer" },
  { "O10/refresh-with-line-end", "{" TOKEN ",\"refresh_token\":\"a\\nb\"}",
    .id = "oauth.bad-answer" },
  { "O10/token-twice", "{" TOKEN ",\"access_token\":\"b\"}", .id = "oauth.bad-answer" },
  { "O10/token-twice-spelt", "{" TOKEN ",\"\\u0061ccess_token\":\"b\"}",
    .id = "oauth.bad-answer" },
  { "O10/null-and-token", "{\"access_token\":null," TOKEN "}", .id = "oauth.bad-answer" },
  { "O10/html", "<!DOCTYPE html><title>Sign in</title>", .id = "oauth.bad-answer" },
  { "O10/html-403", "<html>", .status = 403, .id = "oauth.bad-answer" },
  { "O10/empty", "", .id = "oauth.bad-answer" },
  { "O10/array", "[{" TOKEN "}]", .id = "oauth.bad-answer" },
  { "O10/cut", "{" TOKEN, .id = "oauth.bad-answer" },
  { "O10/goes-on", "{" TOKEN "}{}", .id = "oauth.bad-answer" },
  { "O10/not-utf-8", "{" TOKEN ",\"x\":\"\xff\"}", .id = "oauth.bad-answer" },
  { "O10/half-surrogate", "{" TOKEN ",\"x\":\"\\ud800\"}", .id = "oauth.bad-answer" },
  { "O10/form", "access_token=a&token_type=bearer", .id = "oauth.bad-answer" },
  { "O10/too-deep", "{" TOKEN ",\"x\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}",
    .id = "oauth.bad-answer" },
  { "O10/redirect", "", .status = 302, .id = "oauth.bad-answer" },

  { "O10/scope-same", "{" TOKEN ",\"scope\":\"mail\"}" },
  { "O10/scope-more", "{" TOKEN ",\"scope\":\"openid  mail extra\"}" },
  { "O10/scope-list", "{" TOKEN ",\"scope\":[\"extra\",\"mail\"]}" },
  { "O10/scope-empty", "{" TOKEN ",\"scope\":\"\"}" },
  { "O10/scope-smaller", "{" TOKEN ",\"scope\":\"openid\"}",
    .id = "auth.scope-missing", .wanted = "mail" },
  { "O10/scope-part", "{" TOKEN ",\"scope\":\"mailbox\"}",
    .id = "auth.scope-missing", .wanted = "mail" },
  { "O10/scope-bare", "{" TOKEN ",\"scope\":\"imap.accessasuser.all\"}",
    .scope = "https://outlook.office.com/IMAP.AccessAsUser.All" },
  { "O10/scope-case", "{" TOKEN ",\"scope\":\"https://Outlook.office.com/imap.accessasuser.all\"}",
    .scope = "https://outlook.office.com/IMAP.AccessAsUser.All" },
  { "O10/scope-other-resource", "{" TOKEN ",\"scope\":\"https://graph.test/IMAP.AccessAsUser.All\"}",
    .scope = "https://outlook.office.com/IMAP.AccessAsUser.All",
    .id = "auth.scope-missing", .wanted = "https://outlook.office.com/IMAP.AccessAsUser.All" },
  { "O10/scope-slash", "{" TOKEN ",\"scope\":\"openid\"}", .scope = "https://mail.google.com/",
    .id = "auth.scope-missing", .wanted = "https://mail.google.com/" },
  { "O10/scope-uncounted", "{" TOKEN ",\"scope\":\"mail\"}", .scope = "offline_access" },
  { "O10/scope-default", "{" TOKEN ",\"scope\":\"mail\"}",
    .scope = "https://outlook.office365.com/.default" },

  { "error/200", "{\"error\":\"access_denied\"," TOKEN "}", .id = "oauth.denied",
    .error = "access_denied" },
  { "error/denied", "{\"error\":\"access_denied\"}", 400, .id = "oauth.denied",
    .error = "access_denied" },
  { "error/consent", "{\"error\":\"consent_required\"}", 400, .id = "oauth.denied",
    .error = "consent_required" },
  { "error/interaction", "{\"error\":\"interaction_required\"}", 400, .id = "oauth.denied",
    .error = "interaction_required" },
  { "error/interaction-at-refresh", "{\"error\":\"interaction_required\"}", 400,
    .id = "oauth.reauth-needed", .error = "interaction_required", .refreshes = TRUE },
  { "error/grant", "{\"error\":\"invalid_grant\"}", 400, .id = "oauth.exchange-rejected",
    .error = "invalid_grant" },
  { "error/O13/grant-at-refresh", "{\"error\":\"invalid_grant\"}", 400,
    .id = "oauth.reauth-needed", .error = "invalid_grant", .refreshes = TRUE },
  { "error/client", "{\"error\":\"invalid_client\"}", 401, .id = "oauth.no-client",
    .error = "invalid_client" },
  { "error/unauthorized", "{\"error\":\"unauthorized_client\"}", 400, .id = "oauth.no-client",
    .error = "unauthorized_client" },
  { "error/scope", "{\"error\":\"invalid_scope\"}", 400, .id = "auth.scope-missing",
    .error = "invalid_scope", .wanted = "mail" },
  { "error/request", "{\"error\":\"invalid_request\"}", 400, .id = "oauth.bad-answer",
    .error = "invalid_request" },
  { "error/server", "{\"error\":\"server_error\"}", 400, .id = "oauth.unreachable",
    .error = "server_error" },
  { "error/later", "{\"error\":\"temporarily_unavailable\"}", 503, .id = "oauth.unreachable",
    .error = "temporarily_unavailable" },
  { "error/expired", "{\"error\":\"expired_token\"}", 400, .id = "oauth.timeout",
    .error = "expired_token" },
  { "error/unknown", "{\"error\":\"no such code\"}", 400, .id = "oauth.bad-answer",
    .error = "no such code" },
  { "error/control-characters", "{\"error\":\"a\\u001b\"}", 400, .id = "oauth.bad-answer" },
  { "error/object", "{\"error\":{\"code\":1}}", 400, .id = "oauth.bad-answer" },
  { "error/too-many", "", 429, .id = "oauth.unreachable" },
  { "error/5xx", "<html>", 502, .id = "oauth.unreachable" },

  { "O17/account", CLAIMS (ISS "," AUD ",'email':'rep@MAIL.test'"), .hint = HINT,
    .account = "rep@mail.test" },
  { "O17/any-name-will-do", CLAIMS (ISS "," AUD ",'email':'r@other.test','upn':'REP@mail.test'"),
    .hint = HINT, .account = "REP@mail.test" },
  { "O17/no-address", CLAIMS (ISS "," AUD ",'preferred_username':'rep'"), .hint = HINT },
  { "O17/nobody-expected", CLAIMS (ISS "," AUD ",'email':'a@b.test'"), .account = "a@b.test" },
  { "O17/a-name-expected", CLAIMS (ISS "," AUD ",'email':'a@b.test'"), .hint = "rep",
    .account = "a@b.test" },
  { "O17/wrong-account", CLAIMS (ISS "," AUD ",'email':'boss@mail.test'"), .hint = HINT,
    .id = "auth.wrong-account" },
  { "O17/wrong-domain", CLAIMS (ISS "," AUD ",'email':'rep@mail.test.evil'"), .hint = HINT,
    .id = "auth.wrong-account" },
  { "O17/audience-list", CLAIMS (ISS ",'aud':['x','client-1'],'email':'a@b.test'"),
    .account = "a@b.test" },
  { "O17/other-audience", CLAIMS (ISS ",'aud':'client-2'"), .id = "oauth.bad-answer" },
  { "O17/no-audience", CLAIMS (ISS), .id = "oauth.bad-answer" },
  { "O17/other-issuer", CLAIMS ("'iss':'https://issuer.test.evil'," AUD),
    .id = "oauth.bad-answer" },
  { "O17/no-issuer", CLAIMS (AUD), .id = "oauth.bad-answer" },
  { "O17/gmail-dots", CLAIMS (ISS "," AUD ",'email':'ada.b.c@gmail.com'"),
    .hint = "Ada.bc@gmail.com", .account = "ada.b.c@gmail.com" },
  { "O17/gmail-two-names", CLAIMS (ISS "," AUD ",'email':'ada@gmail.com'"),
    .hint = "a.da@GoogleMail.com", .account = "ada@gmail.com" },
  { "O17/gmail-other", CLAIMS (ISS "," AUD ",'email':'adabc@gmail.com'"),
    .hint = "ada.b@gmail.com", .id = "auth.wrong-account" },
  { "O17/dots-elsewhere", CLAIMS (ISS "," AUD ",'email':'adab@mail.test'"),
    .hint = "ada.b@mail.test", .id = "auth.wrong-account" },
  { "O17/like-gmail", CLAIMS (ISS "," AUD ",'email':'adab@notgmail.com'"),
    .hint = "ada.b@notgmail.com", .id = "auth.wrong-account" },
  { "O17/below-gmail", CLAIMS (ISS "," AUD ",'email':'ada@gmail.com'"),
    .hint = "ada@gmail.com.mail.test", .id = "auth.wrong-account" },
  { "O17/nonce", CLAIMS (ISS "," AUD ",'nonce':'n-1'"), .nonce = "n-1" },
  { "O17/other-nonce", CLAIMS (ISS "," AUD ",'nonce':'n-2'"), .nonce = "n-1",
    .id = "oauth.bad-answer" },
  { "O17/no-nonce", CLAIMS (ISS "," AUD), .nonce = "n-1", .id = "oauth.bad-answer" },
  { "O17/two-parts", "{" TOKEN ",\"id_token\":\"a.e30\"}", .id = "oauth.bad-answer" },
  { "O17/not-base64url", "{" TOKEN ",\"id_token\":\"a.e+0=.c\"}", .id = "oauth.bad-answer" },
  { "O17/not-json", "{" TOKEN ",\"id_token\":\"a.aGVsbG8.c\"}", .id = "oauth.bad-answer" },
  { "O18/times-are-not-looked-at", CLAIMS (ISS "," AUD ",'exp':1,'iat':99999999999,'nbf':99999999999,"
                                           "'email':'rep@mail.test'"),
    .hint = HINT, .account = "rep@mail.test" },
};

/* "<claims>" in a body becomes an ID token that says so. */
static char *
put_id_token (const char *body)
{
  const char *begin = strchr (body, '<');
  const char *end = strrchr (body, '>');
  g_autofree char *claims = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *head = NULL;

  if (begin == NULL || end == NULL || strstr (body, "id_token") == NULL)
    return g_strdup (body);

  claims = g_strdup_printf ("{%.*s}", (int) (end - begin - 1), begin + 1);
  g_strdelimit (claims, "'", '"');
  payload = g_base64_encode ((const guchar *) claims, strlen (claims));
  g_strdelimit (payload, "+", '-');
  g_strdelimit (payload, "/", '_');
  payload[strcspn (payload, "=")] = '\0';
  head = g_strndup (body, (gsize) (begin - body));

  return g_strconcat (head, "e30.", payload, ".c2ln", end + 1, NULL);
}

static TlOauthTokens *
read_body (const char      *body,
           gsize            len,
           const ReplyCase *c,
           TlOauthRefusal **out_refusal)
{
  const char * const scopes[] = { c->scope != NULL ? c->scope : "mail", NULL };
  const TlOauthRequest request = {
    .server = world.server,
    .client = world.client,
    .scopes = scopes,
    .login_hint = c->hint,
    .network = world.network,
  };
  const TlOauthAsked asked = {
    .host = "issuer.test", .refreshes = c->refreshes, .scopes = scopes,
  };
  g_autoptr(TlSecret) secret = tl_secret_new (body, len);
  const TlHttpsPostAnswer answer = {
    .status = c->status != 0 ? c->status : 200,
    .retry_after = 3,
    .body = secret,
  };

  return tl_oauth_reply_read (&answer, &request, &asked, c->nonce, ASKED_AT, out_refusal);
}

static void
check_refusal (const TlOauthRefusal *refusal,
               const ReplyCase      *c)
{
  GVariant *evidence = tl_finding_get_evidence (refusal->finding);
  g_autoptr(GVariant) wanted = g_variant_lookup_value (evidence, TL_EVIDENCE_WANTED, NULL);

  g_assert_cmpstr (tl_finding_get_id (refusal->finding), ==, c->id);
  g_assert_cmpstr (refusal->error, ==, c->error);
  if (c->wanted != NULL)
    {
      g_autofree const char **words = g_variant_get_strv (wanted, NULL);

      g_assert_cmpstr (words[0], ==, c->wanted);
      g_assert_null (words[1]);
    }
  if (g_str_equal (c->id, "auth.wrong-account"))
    g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_USER), ==, c->hint);
  else
    g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_HOST), ==, "issuer.test");
}

static void
test_reply (gconstpointer data)
{
  const ReplyCase *c = data;
  g_autofree char *body = put_id_token (c->body);
  g_autoptr(TlOauthRefusal) refusal = NULL;
  g_autoptr(TlOauthTokens) tokens = read_body (body, strlen (body), c, &refusal);
  TlSecret *refresh;

  g_assert_cmpint ((tokens != NULL) + (refusal != NULL), ==, 1);
  if (refusal != NULL)
    {
      check_refusal (refusal, c);
      return;
    }

  g_assert_cmpstr (c->id, ==, NULL);
  refresh = tl_oauth_tokens_get_refresh (tokens);
  g_assert_cmpstr (refresh != NULL ? tl_secret_peek (refresh, NULL) : NULL, ==, c->refresh);
  g_assert_cmpstr (tl_oauth_tokens_get_account (tokens), ==, c->account);
  if (c->lasts_s == 0)
    {
      g_assert_true (tl_oauth_tokens_lasts (tokens, G_MAXUINT, G_MAXINT64 / 2));
      return;
    }
  g_assert_true (tl_oauth_tokens_lasts (tokens, (guint) c->lasts_s - 1, ASKED_AT));
  g_assert_false (tl_oauth_tokens_lasts (tokens, (guint) c->lasts_s, ASKED_AT));
  g_assert_false (tl_oauth_tokens_lasts (tokens, 0, ASKED_AT + c->lasts_s * G_USEC_PER_SEC));
}

static void
test_escapes (void)
{
  static const ReplyCase c = { NULL };
  static const char body[] = "{\"access_token\":\"a\\/\\u0062\\\"\\\\\",\"token_type\":\"Bearer\"}";
  g_autoptr(TlOauthRefusal) refusal = NULL;
  g_autoptr(TlOauthTokens) tokens = read_body (body, strlen (body), &c, &refusal);

  g_assert_nonnull (tokens);
  g_assert_cmpstr (tl_secret_peek (tl_oauth_tokens_get_access (tokens), NULL), ==, "a/b\"\\");
}

/* --- Bounds ------------------------------------------------------------------------ */

typedef struct
{
  const char *path;
  gsize       access_len;
  gsize       refresh_len;
  gsize       rest_len;
  gboolean    is_good;
} SizeCase;

static const SizeCase size_cases[] = {
  { "access-most", TL_OAUTH_TOKENS_MAX_ACCESS_BYTES, 1, 0, TRUE },
  { "O10/access-too-long", TL_OAUTH_TOKENS_MAX_ACCESS_BYTES + 1, 1, 0, FALSE },
  { "O10/access-far-too-long", TL_SECRET_MAX_BYTES + 1, 1, 0, FALSE },
  { "refresh-most", 1, TL_SECRET_MAX_BYTES, 0, TRUE },
  { "O10/refresh-too-long", 1, TL_SECRET_MAX_BYTES + 1, 0, FALSE },
  { "rest-most", 1, 1, 60000, TRUE },
};

static void
test_size (gconstpointer data)
{
  static const ReplyCase c = { NULL };
  const SizeCase *s = data;
  g_autofree char *access = g_strnfill (s->access_len, 'a');
  g_autofree char *refresh = g_strnfill (s->refresh_len, 'r');
  g_autofree char *rest = g_strnfill (s->rest_len, 'x');
  g_autofree char *body = g_strdup_printf ("{\"x\":\"%s\",\"access_token\":\"%s\","
                                           "\"refresh_token\":\"%s\",\"token_type\":\"Bearer\"}",
                                           rest, access, refresh);
  g_autoptr(TlOauthRefusal) refusal = NULL;
  g_autoptr(TlOauthTokens) tokens = read_body (body, strlen (body), &c, &refusal);

  g_assert_cmpint (tokens != NULL, ==, s->is_good);
  if (s->is_good)
    g_assert_cmpuint (tl_secret_get_len (tl_oauth_tokens_get_access (tokens)), ==, s->access_len);
}

static void
test_huge (void)
{
  static const TlOauthMember wanted[] = { { "a", TL_OAUTH_MEMBER_TEXT } };
  g_autofree char *rest = g_strnfill (TL_OAUTH_MEMBERS_MAX_BYTES, ' ');
  g_autofree char *text = g_strconcat ("{}", rest, NULL);
  g_autoptr(TlOauthMembers) most = tl_oauth_members_parse (text, TL_OAUTH_MEMBERS_MAX_BYTES, wanted,
                                                           1, NULL);
  g_autoptr(TlOauthMembers) more = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (most);
  more = tl_oauth_members_parse (text, TL_OAUTH_MEMBERS_MAX_BYTES + 1, wanted, 1, &error);
  g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
  g_assert_null (more);
}

/* --- Completing, encoding ---------------------------------------------------------- */

static void
test_renew (void)
{
  g_autoptr(TlSecret) one = tl_secret_new ("1", 1);
  g_autoptr(TlSecret) two = tl_secret_new ("2", 1);
  const TlOauthTokensParts old_parts = { one, two, 7, "a@b.test" };
  const TlOauthTokensParts new_parts = { two, NULL, 9 * G_USEC_PER_SEC, NULL };
  g_autoptr(TlOauthTokens) old = tl_oauth_tokens_new (&old_parts);
  g_autoptr(TlOauthTokens) fresh = tl_oauth_tokens_new (&new_parts);
  g_autoptr(TlOauthTokens) both = tl_oauth_tokens_renew (old, fresh);

  g_assert_true (tl_oauth_tokens_get_access (both) == two);
  g_assert_true (tl_oauth_tokens_get_refresh (both) == two);
  g_assert_cmpstr (tl_oauth_tokens_get_account (both), ==, "a@b.test");
  g_assert_true (tl_oauth_tokens_lasts (both, 8, 0));
  g_assert_false (tl_oauth_tokens_lasts (both, 9, 0));
}

static void
test_form (void)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("a\0~/", 4);
  const TlOauthField fields[] = {
    { .name = "a", .text = "x y*-._&=\xc3\xa4" },
    { .name = "left-out" },
    { .name = "s&", .secret = secret },
    { .name = "e", .text = "" },
  };
  g_autoptr(TlSecret) form = tl_oauth_form_new (fields, G_N_ELEMENTS (fields), NULL);

  /* RFC 6749 appendix B */
  g_assert_cmpstr (tl_secret_peek (form, NULL), ==, "a=x+y*-._%26%3D%C3%A4&s%26=a%00%7E%2F&e=");
}

static void
test_form_too_long (void)
{
  g_autofree char *text = g_strnfill (TL_SECRET_MAX_DERIVED_BYTES / 3, 'a');
  const TlOauthField fields[] = { { .name = "a", .text = text } };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) form = tl_oauth_form_new (fields, 1, &error);

  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (form);
}

static void
test_scope_join (void)
{
  static const char * const scopes[] = { "mail", "email", NULL };
  g_autofree char *plain = tl_oauth_scope_join (scopes, FALSE);
  g_autofree char *openid = tl_oauth_scope_join (scopes, TRUE);

  g_assert_cmpstr (plain, ==, "mail email");
  g_assert_cmpstr (openid, ==, "mail email openid");
}

/* --- What is left in memory -------------------------------------------------------- */

static void
test_memory (void)
{
  g_autoptr(TlTestMemory) canary = tl_test_memory_new ();
  const char *text = tl_test_memory_peek (canary);
  const char * const pieces[] = {
    "{\"token_type\":\"Bearer\",\"access_token\":\"", text, "\",\"refresh_token\":\"\\u0041", text,
    "\",\"unheard_of\":\"", text, "\",\"data\":{\"access_token\":[\"", text, "\"]}}", NULL,
  };
  const char * const scopes[] = { "mail", NULL };
  const TlOauthRequest request = { world.server, world.client, scopes, NULL, world.network, NULL };
  const TlOauthAsked asked = { .host = "issuer.test" };
  g_autoptr(TlSecret) body = tl_secret_new_sized (TL_SECRET_MAX_BYTES);
  const TlHttpsPostAnswer answer = { .status = 200, .body = body };
  g_autoptr(TlOauthRefusal) refusal = NULL;
  g_autoptr(TlOauthTokens) tokens = NULL;
  g_autoptr(TlSecret) form = NULL;
  g_autofree char *found = NULL;

  g_test_summary ("Neither a token nor what stands beside it is copied to where a core dump goes");

  for (gsize i = 0; pieces[i] != NULL; i++)
    tl_secret_append (body, pieces[i], strlen (pieces[i]));
  tokens = tl_oauth_reply_read (&answer, &request, &asked, NULL, ASKED_AT, &refusal);
  g_assert_nonnull (tokens);
  form = tl_oauth_form_new (&(const TlOauthField) {
                              .name = "refresh_token",
                              .secret = tl_oauth_tokens_get_refresh (tokens),
                            }, 1, NULL);
  g_assert_nonnull (strstr (tl_secret_peek (form, NULL), text));

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("AddressSanitizer keeps copies");
#else
  found = tl_test_memory_find (canary);
#endif
  g_assert_cmpstr (found, ==, NULL);
}

/* Wherever in an answer a secret stands. */
static const struct
{
  const char *name;
  const char *before;
  const char *after;
} places[] = {
  { "description", "{\"error\":\"invalid_grant\",\"error_description\":\"bad ", "\"}" },
  { "error",       "{\"error\":\"", "\"}" },
  { "unknown",     "{\"error\":\"invalid_grant\",\"error_uri\":\"bad ", "\"}" },
  { "name",        "{\"error\":\"invalid_grant\",\"", "\":1}" },
};

static void
test_memory_place (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestMemory) memory = tl_test_memory_new ();
  const char *canary = tl_test_memory_peek (memory);
  g_autofree char *where = NULL;

  {
    g_autoptr(TlSecret) sent = tl_secret_new (canary, strlen (canary));
    g_autoptr(TlSecret) body = tl_secret_new_sized (4096);
    const TlOauthAsked asked = { "issuer.test", TRUE, &sent, 1, NULL };
    const TlHttpsPostAnswer answer = { .status = 400, .body = body };
    g_autoptr(TlOauthRefusal) refusal = NULL;

    tl_secret_append (body, places[i].before, strlen (places[i].before));
    tl_secret_append (body, canary, strlen (canary));
    tl_secret_append (body, places[i].after, strlen (places[i].after));
    refusal = tl_oauth_refusal_read (&answer, &asked);
    g_assert_nonnull (refusal);
  }
  where = tl_test_memory_find (memory);
  g_assert_cmpstr (where, ==, NULL);
}

int
main (int   argc,
      char *argv[])
{
  const TlOauthClientParts parts = { .issuer = ISSUER, .client_id = "client-1" };
  int status;

  g_test_init (&argc, &argv, NULL);
  /* What is freed and not wiped must be found. */
  mallopt (M_PERTURB, 0);
  world.server = tl_oauth_metadata_parse (metadata, strlen (metadata), ISSUER, NULL);
  world.client = tl_oauth_client_new (&parts, NULL);
  world.network = tl_network_new_system ();

  for (gsize i = 0; i < G_N_ELEMENTS (reply_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-reply/", reply_cases[i].path, NULL);

      g_test_add_data_func (path, &reply_cases[i], test_reply);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (size_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-reply/size/", size_cases[i].path, NULL);

      g_test_add_data_func (path, &size_cases[i], test_size);
    }
  g_test_add_func ("/oauth-reply/escapes-of-a-secret", test_escapes);
  g_test_add_func ("/oauth-reply/O10/huge", test_huge);
  g_test_add_func ("/oauth-reply/renew", test_renew);
  g_test_add_func ("/oauth-reply/form", test_form);
  g_test_add_func ("/oauth-reply/form-too-long", test_form_too_long);
  g_test_add_func ("/oauth-reply/scope-join", test_scope_join);
  g_test_add_func ("/oauth-reply/P9/memory", test_memory);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-reply/P9/place/", places[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_memory_place);
    }

  status = g_test_run ();
  tl_network_unref (world.network);
  tl_oauth_client_unref (world.client);
  tl_oauth_server_unref (world.server);

  return status;
}
