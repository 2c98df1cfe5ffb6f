/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-reply.h"

#include <string.h>

#include "tl-address.h"
#include "tl-oauth-id-token.h"
#include "tl-oauth-members.h"
#include "tl-oauth-scope.h"
#include "tl-text.h"

enum
{
  ACCESS_TOKEN,
  EXPIRES_IN,
  ID_TOKEN,
  REFRESH_TOKEN,
  SCOPE,
  TOKEN_TYPE,
  N_MEMBERS
};

static const TlOauthMember members_wanted[N_MEMBERS] = {
  [ACCESS_TOKEN]  = { "access_token",  TL_OAUTH_MEMBER_SECRET },
  [EXPIRES_IN]    = { "expires_in",    TL_OAUTH_MEMBER_COUNT },
  [ID_TOKEN]      = { "id_token",      TL_OAUTH_MEMBER_SECRET },
  [REFRESH_TOKEN] = { "refresh_token", TL_OAUTH_MEMBER_SECRET },
  [SCOPE]         = { "scope",         TL_OAUTH_MEMBER_LIST },
  [TOKEN_TYPE]    = { "token_type",    TL_OAUTH_MEMBER_TEXT },
};

/* What is wrong with an answer of RFC 6749 §5.1, as a clause; NULL: nothing. */
static const char *
find_flaw (const TlOauthMembers *members)
{
  const TlSecret *access = tl_oauth_members_get_secret (members, ACCESS_TOKEN);
  const char *type = tl_oauth_members_get_text (members, TOKEN_TYPE);
  guint64 expires_in = tl_oauth_members_get_count (members, EXPIRES_IN);

  if (access == NULL)
    return "there is no access token in it";
  if (!tl_oauth_tokens_may_be_access (access))
    return "its access token is too long or has characters that none has";
  if (type == NULL || g_ascii_strcasecmp (type, "Bearer") != 0)
    return "its token is not of the type Bearer";
  if (tl_oauth_members_has (members, EXPIRES_IN) &&
      (expires_in == 0 || expires_in > TL_OAUTH_REPLY_MAX_EXPIRES_S))
    return "its token lasts for no time or for years";

  return NULL;
}

/* Providers that say of different spellings that they are one mailbox. */
static const struct
{
  const char *domain;
  const char *same_as;
  gboolean    ignores_dots;   /* in the local part */
} spellings[] = {
  { "gmail.com",      "gmail.com", TRUE },
  { "googlemail.com", "gmail.com", TRUE },
};

/* Who it is may not turn on the case of a local part: RFC 5321 §2.4 leaves that to the host, and no
 * provider with a sign-in page makes a difference. */
static char *
dup_one_spelling (const char *account)
{
  g_autofree char *folded = g_utf8_casefold (account, -1);
  const char *at = strrchr (folded, '@');

  for (gsize i = 0; at != NULL && i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr(GString) local = NULL;

      if (!g_str_equal (at + 1, spellings[i].domain))
        continue;
      local = g_string_new_len (folded, at - folded);
      if (spellings[i].ignores_dots)
        g_string_replace (local, ".", "", 0);
      return g_strconcat (local->str, "@", spellings[i].same_as, NULL);
    }

  return g_steal_pointer (&folded);
}

static gboolean
is_same_account (const char *a,
                 const char *b)
{
  g_autofree char *spelt_a = dup_one_spelling (a);
  g_autofree char *spelt_b = dup_one_spelling (b);

  return g_str_equal (spelt_a, spelt_b);
}

/* Which of @accounts signed in, as far as it is the one that was expected; else the first. */
static const char *
pick_account (char       **accounts,
              const char  *login_hint,
              gboolean    *out_is_wrong)
{
  g_autoptr(TlAddress) expected = login_hint != NULL ? tl_address_parse (login_hint, NULL) : NULL;

  *out_is_wrong = expected != NULL && accounts[0] != NULL;
  for (gsize i = 0; *out_is_wrong && accounts[i] != NULL; i++)
    {
      if (is_same_account (accounts[i], tl_address_get_addr_spec (expected)))
        {
          *out_is_wrong = FALSE;
          return accounts[i];
        }
    }

  return accounts[0];
}

static TlOauthRefusal *
refuse_account (const char *account,
                const char *login_hint)
{
  g_autofree char *shown = tl_text_clean (account, -1);
  g_autofree char *user = tl_text_clean (login_hint, -1);
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_ACCOUNT, "s", shown);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_USER, "s", user);

  return tl_oauth_refusal_new ("auth.wrong-account", g_variant_dict_end (&evidence));
}

/* Refuses where a scope is missing. */
static TlOauthRefusal *
check_scope (const TlOauthMembers *members,
             const TlOauthRequest *request,
             const char           *host)
{
  const char * const *said = tl_oauth_members_get_list (members, SCOPE);
  g_auto(GStrv) granted = said != NULL ? tl_oauth_scope_split (said) : NULL;
  g_auto(GStrv) missing = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  /* An empty scope is outside the grammar (RFC 6749 §3.3), and as good as none. */
  if (granted == NULL || granted[0] == NULL)
    return NULL;
  missing = tl_oauth_scope_dup_missing (request->scopes, (const char * const *) granted);
  if (missing[0] == NULL)
    return NULL;

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_WANTED, "^as", missing);

  return tl_oauth_refusal_new ("auth.scope-missing", g_variant_dict_end (&evidence));
}

static TlSecret *
ref_secret (TlSecret *secret)
{
  return secret != NULL ? tl_secret_ref (secret) : NULL;
}

/* The tokens of an answer that is refused for its rest: some server has given them out all the
 * same, and the refresh token before them is gone. Of one that is not even in order, the refresh
 * token alone is looked for. */
static void
note_tokens (TlOauthRefusal          *refusal,
             const TlOauthMembers    *members,
             const TlHttpsPostAnswer *answer)
{
  g_autoptr(TlOauthMembers) rescued = NULL;
  const char *bytes;
  gsize len;

  if (members != NULL)
    {
      refusal->access = ref_secret (tl_oauth_members_get_secret (members, ACCESS_TOKEN));
      refusal->refresh = ref_secret (tl_oauth_members_get_secret (members, REFRESH_TOKEN));
      return;
    }

  bytes = tl_secret_peek (answer->body, &len);
  rescued = tl_oauth_members_parse (bytes, len, &members_wanted[REFRESH_TOKEN], 1, NULL);
  if (rescued != NULL)
    refusal->refresh = ref_secret (tl_oauth_members_get_secret (rescued, 0));
}

/**
 * tl_oauth_reply_read:
 * @answer: what the token endpoint said
 * @request: as whom, what for, and who is expected to sign in
 * @asked: what it was asked
 * @nonce: (nullable): what the ID token has to repeat
 * @asked_at_us: g_get_monotonic_time() when it was asked: from there on the tokens last
 * @out_refusal: (out): why there are no tokens, with those that came all the same
 *
 * Pure. Reads an answer of the token endpoint (RFC 6749 §5). Without expires_in nobody knows how
 * long the token lasts; no lifetime comes from a clock.
 *
 * Returns: (transfer full): the tokens; or %NULL with @out_refusal
 */
TlOauthTokens *
tl_oauth_reply_read (const TlHttpsPostAnswer  *answer,
                     const TlOauthRequest     *request,
                     const TlOauthAsked       *asked,
                     const char               *nonce,
                     gint64                    asked_at_us,
                     TlOauthRefusal          **out_refusal)
{
  TlOauthRefusal *refusal = tl_oauth_refusal_read (answer, asked);
  gboolean is_grant = refusal == NULL;
  const char *client_id = tl_oauth_client_get_id (request->client);
  g_autoptr(TlOauthMembers) members = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) accounts = NULL;
  TlOauthTokensParts parts = { NULL };
  gboolean is_wrong = FALSE;
  const char *bytes;
  const char *flaw;
  gsize len;

  if (refusal == NULL)
    {
      bytes = tl_secret_peek (answer->body, &len);
      members = tl_oauth_members_parse (bytes, len, members_wanted, N_MEMBERS, &error);
      flaw = members != NULL ? find_flaw (members) : error->message;
      refusal = flaw != NULL ? tl_oauth_refusal_new_bad_answer (asked->host, flaw) : NULL;
    }
  if (refusal == NULL)
    refusal = check_scope (members, request, asked->host);
  if (refusal == NULL && tl_oauth_members_has (members, ID_TOKEN))
    {
      accounts = tl_oauth_id_token_read (tl_oauth_members_get_secret (members, ID_TOKEN),
                                         request->server, client_id, nonce, &error);
      if (accounts == NULL)
        refusal = tl_oauth_refusal_new_bad_answer (asked->host, error->message);
      else
        parts.account = pick_account (accounts, request->login_hint, &is_wrong);
    }
  if (is_wrong)
    refusal = refuse_account (parts.account, request->login_hint);
  if (refusal != NULL)
    {
      if (is_grant)
        note_tokens (refusal, members, answer);
      *out_refusal = refusal;
      return NULL;
    }

  parts.access = tl_oauth_members_get_secret (members, ACCESS_TOKEN);
  parts.refresh = tl_oauth_members_get_secret (members, REFRESH_TOKEN);
  if (tl_oauth_members_has (members, EXPIRES_IN))
    parts.expires_at_us = asked_at_us + (gint64) tl_oauth_members_get_count (members, EXPIRES_IN) *
                          G_USEC_PER_SEC;

  return tl_oauth_tokens_new (&parts);
}
