/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-id-token.h"

#include <string.h>

#include "tl-address.h"
#include "tl-error.h"
#include "tl-oauth-members.h"

/* In the order of how well they name a mailbox; `upn` is Microsoft's. */
enum
{
  EMAIL,
  PREFERRED_USERNAME,
  UPN,
  N_NAMES,
  AUD = N_NAMES,
  ISS,
  NONCE,
  N_CLAIMS
};

static const TlOauthMember claims_wanted[N_CLAIMS] = {
  [EMAIL]              = { "email",              TL_OAUTH_MEMBER_TEXT },
  [PREFERRED_USERNAME] = { "preferred_username", TL_OAUTH_MEMBER_TEXT },
  [UPN]                = { "upn",                TL_OAUTH_MEMBER_TEXT },
  [AUD]                = { "aud",                TL_OAUTH_MEMBER_LIST },
  [ISS]                = { "iss",                TL_OAUTH_MEMBER_TEXT },
  [NONCE]              = { "nonce",              TL_OAUTH_MEMBER_TEXT },
};

/* The six bits of a digit of base64url (RFC 4648 §5), or -1. */
static int
value_of_digit (char digit)
{
  static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const char *found = digit != '\0' ? strchr (digits, digit) : NULL;

  return found != NULL ? (int) (found - digits) : -1;
}

/* base64url without padding, RFC 7515 §2. GLib's decoder would leave a copy in plain memory. */
static TlSecret *
decode (const char *text,
        gsize       len)
{
  g_autoptr(TlSecret) plain = tl_secret_new_sized (len / 4 * 3 + 3);
  guint bits = 0;
  guint n_bits = 0;

  if (len % 4 == 1)
    return NULL;
  for (gsize i = 0; i < len; i++)
    {
      int value = value_of_digit (text[i]);
      char byte;

      if (value < 0)
        return NULL;
      bits = (bits << 6 | (guint) value) & 0xfff;
      n_bits += 6;
      if (n_bits < 8)
        continue;
      n_bits -= 8;
      byte = (char) (bits >> n_bits);
      tl_secret_append (plain, &byte, 1);
    }

  return g_steal_pointer (&plain);
}

static TlOauthMembers *
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL, "the ID token %s", why);

  return NULL;
}

/* JWS Compact Serialization, RFC 7515 §3.1: header "." payload "." signature */
static TlOauthMembers *
read_claims (const TlSecret  *token,
             GError         **error)
{
  gsize len;
  const char *text = tl_secret_peek (token, &len);
  const char *first = memchr (text, '.', len);
  const char *second = first == NULL
    ? NULL : memchr (first + 1, '.', len - (gsize) (first + 1 - text));
  g_autoptr(TlSecret) payload = NULL;
  const char *bytes;

  if (second == NULL)
    return refuse (error, "is not three parts with dots between them");
  payload = decode (first + 1, (gsize) (second - first - 1));
  if (payload == NULL)
    return refuse (error, "has a payload that is not base64url");
  bytes = tl_secret_peek (payload, &len);

  return tl_oauth_members_parse (bytes, len, claims_wanted, N_CLAIMS, error);
}

/* Of those who have no mailbox, and of Microsoft's guests, the names are no addresses. */
static char **
dup_accounts (const TlOauthMembers *claims)
{
  g_autoptr(GStrvBuilder) accounts = g_strv_builder_new ();

  for (guint i = 0; i < N_NAMES; i++)
    {
      const char *name = tl_oauth_members_get_text (claims, i);
      g_autoptr(TlAddress) address = name != NULL ? tl_address_parse (name, NULL) : NULL;

      if (address != NULL)
        g_strv_builder_add (accounts, tl_address_get_addr_spec (address));
    }

  return g_strv_builder_end (accounts);
}

/**
 * tl_oauth_id_token_read:
 * @token: an ID token (OpenID Connect Core §2), as it came from the token endpoint
 * @server: who has to have issued it
 * @client_id: for whom
 * @nonce: (nullable): what it was asked to repeat
 * @error: return location for a #GError
 *
 * Pure. The signature is not looked at: the token came straight from the token endpoint over TLS
 * that was verified, which OpenID Connect Core §3.1.3.7 item 6 takes in its place. Its times are
 * not looked at either: the clocks of two computers need not agree.
 *
 * Returns: (transfer full) (array zero-terminated=1): who signed in: addresses, the best one first,
 *   their domains in A-labels; empty where it names nobody by address. %NULL with
 *   %TL_ERROR_PROTOCOL for a token that is none, or is not for us
 */
char **
tl_oauth_id_token_read (const TlSecret       *token,
                        const TlOauthServer  *server,
                        const char           *client_id,
                        const char           *nonce,
                        GError              **error)
{
  g_autoptr(TlOauthMembers) claims = read_claims (token, error);
  const char *issuer;
  const char * const *audience;
  const char *why = NULL;

  if (claims == NULL)
    return NULL;

  issuer = tl_oauth_members_get_text (claims, ISS);
  audience = tl_oauth_members_get_list (claims, AUD);
  if (issuer == NULL || !tl_oauth_server_is_issuer (server, issuer))
    why = "is from another issuer";
  else if (audience == NULL || !g_strv_contains (audience, client_id))
    why = "is for another client";
  else if (nonce != NULL && g_strcmp0 (tl_oauth_members_get_text (claims, NONCE), nonce) != 0)
    why = "is of another sign-in";

  return why != NULL ? (refuse (error, why), NULL) : dup_accounts (claims);
}
