/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dkim-key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#include "tl-dkim-tags.h"

/* Of an ed25519 key (RFC 8032 §5.1.5). */
#define ED25519_BYTES 32
#define ED25519_BITS  256

G_DEFINE_ENUM_TYPE (TlDkimKeyState, tl_dkim_key_state,
                    G_DEFINE_ENUM_VALUE (TL_DKIM_KEY_USABLE, "usable"),
                    G_DEFINE_ENUM_VALUE (TL_DKIM_KEY_REVOKED, "revoked"),
                    G_DEFINE_ENUM_VALUE (TL_DKIM_KEY_UNUSABLE, "unusable"))

/* Of SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), which is what signers publish and verifiers take,
 * whatever RFC 6376 §3.6.1 calls it. */
static guint
count_rsa_bits (const guint8 *der,
                gsize         len)
{
  const unsigned char *at = der;
  EVP_PKEY *key = len > G_MAXLONG ? NULL : d2i_PUBKEY (NULL, &at, (long) len);
  guint n_bits = 0;

  if (key != NULL && EVP_PKEY_get_base_id (key) == EVP_PKEY_RSA && at == der + len)
    n_bits = (guint) EVP_PKEY_get_bits (key);
  EVP_PKEY_free (key);
  /* What a stranger's key was taken amiss for is not to be read as the fault of what comes next. */
  ERR_clear_error ();

  return n_bits;
}

/* base64string = ALPHADIGITPS *([FWS] ALPHADIGITPS) [ [FWS] "=" [ [FWS] "=" ] ] */
static guint8 *
decode (const char *value,
        gsize      *out_len)
{
  g_autoptr(GString) bare = g_string_new (NULL);
  gsize n_digits;

  for (const char *p = value; *p != '\0'; p++)
    {
      if (!g_ascii_isspace (*p))
        g_string_append_c (bare, *p);
    }

  n_digits = strspn (bare->str, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/");
  if (bare->len % 4 != 0 || n_digits + 2 < bare->len ||
      n_digits + strspn (bare->str + n_digits, "=") != bare->len)
    return NULL;

  return g_base64_decode (bare->str, out_len);
}

static void
read_key (const TlDkimTags *tags,
          TlDkimKey        *key)
{
  const char *public_key = tl_dkim_tags_get (tags, "p");
  g_autofree guint8 *bytes = NULL;
  gsize len = 0;

  bytes = decode (public_key, &len);
  if (bytes == NULL)
    {
      key->why = "the key is not written in base64";
      return;
    }

  if (g_str_equal (key->algorithm, "ed25519"))
    key->n_bits = len == ED25519_BYTES ? ED25519_BITS : 0;
  else
    key->n_bits = count_rsa_bits (bytes, len);

  if (key->n_bits == 0)
    key->why = "what stands there is no key of its kind";
  else
    key->state = TL_DKIM_KEY_USABLE;
}

/**
 * tl_dkim_key_parse:
 * @bytes: the strings of a TXT record, joined
 * @len: how many
 * @out_key: what it comes to; its strings are constants
 *
 * Reads a key record (RFC 6376 §3.6.1; RFC 8463 §4 for `k=ed25519`; RFC 8301 for what no longer
 * counts: SHA-1). Pure.
 */
void
tl_dkim_key_parse (const char *bytes,
                   gsize       len,
                   TlDkimKey  *out_key)
{
  g_autoptr(TlDkimTags) tags = tl_dkim_tags_parse (bytes, len, NULL);
  TlDkimKey key = { .state = TL_DKIM_KEY_UNUSABLE };
  const char *value;

  if (tags == NULL)
    {
      key.why = "the record is not a list of tags";
      *out_key = key;
      return;
    }

  value = tl_dkim_tags_get (tags, "t");
  key.is_test = value != NULL && tl_dkim_tags_has_word (value, "y");
  key.is_strict = value != NULL && tl_dkim_tags_has_word (value, "s");

  value = tl_dkim_tags_get (tags, "k");
  key.algorithm = value == NULL || g_str_equal (value, "rsa") ? "rsa" :
                  g_str_equal (value, "ed25519") ? "ed25519" : NULL;

  if ((value = tl_dkim_tags_get (tags, "v")) != NULL &&
      (!g_str_equal (value, "DKIM1") || !g_str_equal (tl_dkim_tags_get_name (tags, 0), "v")))
    key.why = "it does not begin with v=DKIM1";
  else if ((value = tl_dkim_tags_get (tags, "p")) == NULL)
    key.why = "there is no p= with a key";
  else if (value[0] == '\0')
    key.state = TL_DKIM_KEY_REVOKED;
  else if (key.algorithm == NULL)
    key.why = "k= names a kind of key that receivers do not know";
  else if ((value = tl_dkim_tags_get (tags, "h")) != NULL &&
           !tl_dkim_tags_has_word (value, "sha256"))
    key.why = "h= leaves SHA-256 out";
  else if ((value = tl_dkim_tags_get (tags, "s")) != NULL &&
           !tl_dkim_tags_has_word (value, "*") && !tl_dkim_tags_has_word (value, "email"))
    key.why = "s= leaves email out";
  else
    read_key (tags, &key);

  *out_key = key;
}
