/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-scram.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#include "tl-saslprep.h"

#define BLOCK_BYTES      64   /* of both hashes */
#define MAX_MESSAGE_LEN  4096
#define MAX_SALT_BYTES   1024

/* How many rounds of the key derivation go by between two looks at the
 * cancellable: some milliseconds. */
#define ROUNDS_PER_LOOK  4096

/* Indexed by TlScramHash. */
static const struct
{
  const EVP_MD *(*get_md) (void);
  gsize           n_bytes;
} hashes[] = {
  [TL_SCRAM_SHA_1]   = { EVP_sha1,   20 },
  [TL_SCRAM_SHA_256] = { EVP_sha256, 32 },
};

struct _TlScram
{
  TlScramHash hash;
  char     *username;    /* as it was given */
  TlSecret *password;
  char     *nonce;       /* ours */
  char     *gs2_header;  /* whether the exchange is bound, and how */
  char     *cbind;       /* the header and what it is bound to, in base64 */

  /* As it goes, owned */
  char     *first_bare;  /* client-first-message-bare */
  guint8    server_signature[TL_SCRAM_KEY_BYTES];
  gboolean  has_signature;
  gboolean  is_proven;
};

/* HMAC (RFC 2104) with the key hashed in once: a key derivation takes up to
 * two million of them. */
typedef struct
{
  TlScramHash hash;
  EVP_MD_CTX *inner;
  EVP_MD_CTX *outer;
  EVP_MD_CTX *work;
} Hmac;

static void
hmac_init (Hmac         *self,
           TlScramHash   hash,
           const guint8 *key,
           gsize         key_len)
{
  const EVP_MD *md = hashes[hash].get_md ();
  guint8 block[BLOCK_BYTES] = { 0 };

  self->hash = hash;
  self->inner = EVP_MD_CTX_new ();
  self->outer = EVP_MD_CTX_new ();
  self->work = EVP_MD_CTX_new ();

  if (key_len > BLOCK_BYTES)
    EVP_Digest (key, key_len, block, NULL, md, NULL);
  else if (key_len > 0)
    memcpy (block, key, key_len);

  for (gsize i = 0; i < BLOCK_BYTES; i++)
    block[i] ^= 0x36;
  EVP_DigestInit_ex (self->inner, md, NULL);
  EVP_DigestUpdate (self->inner, block, BLOCK_BYTES);

  for (gsize i = 0; i < BLOCK_BYTES; i++)
    block[i] ^= 0x36 ^ 0x5c;
  EVP_DigestInit_ex (self->outer, md, NULL);
  EVP_DigestUpdate (self->outer, block, BLOCK_BYTES);

  OPENSSL_cleanse (block, sizeof block);
}

static void
hmac_run (Hmac       *self,
          const void *message,
          gsize       len,
          guint8      out_digest[TL_SCRAM_KEY_BYTES])
{
  EVP_MD_CTX_copy_ex (self->work, self->inner);
  EVP_DigestUpdate (self->work, message, len);
  EVP_DigestFinal_ex (self->work, out_digest, NULL);
  EVP_MD_CTX_copy_ex (self->work, self->outer);
  EVP_DigestUpdate (self->work, out_digest, hashes[self->hash].n_bytes);
  EVP_DigestFinal_ex (self->work, out_digest, NULL);
}

static void
hmac_clear (Hmac *self)
{
  EVP_MD_CTX_free (self->inner);
  EVP_MD_CTX_free (self->outer);
  EVP_MD_CTX_free (self->work);
}

/**
 * tl_scram_hmac:
 * @hash: what to hash with
 * @key: a key
 * @key_len: its length in bytes
 * @message: what to authenticate
 * @out_digest: (out): HMAC (RFC 2104) of @message, as long as @hash is
 */
void
tl_scram_hmac (TlScramHash   hash,
               const guint8 *key,
               gsize         key_len,
               const char   *message,
               guint8        out_digest[TL_SCRAM_KEY_BYTES])
{
  Hmac hmac;

  hmac_init (&hmac, hash, key, key_len);
  hmac_run (&hmac, message, strlen (message), out_digest);
  hmac_clear (&hmac);
}

/* Hi(), RFC 5802 §2.2. Not PKCS5_PBKDF2_HMAC(), which gives the same bytes but
 * cannot be stopped for up to a second. */
static gboolean
derive_salted_password (TlScramHash     hash,
                        const TlSecret *password,
                        const guint8   *salt,
                        gsize           salt_len,
                        guint           iterations,
                        GCancellable   *cancellable,
                        guint8          out_key[TL_SCRAM_KEY_BYTES],
                        GError        **error)
{
  g_autofree guint8 *first = g_malloc (salt_len + 4);
  gsize n_bytes = hashes[hash].n_bytes;
  guint8 u[TL_SCRAM_KEY_BYTES];
  gboolean is_done = TRUE;
  const char *key;
  gsize key_len;
  Hmac hmac;

  memcpy (first, salt, salt_len);
  memcpy (first + salt_len, "\0\0\0\1", 4);

  key = tl_secret_peek (password, &key_len);
  hmac_init (&hmac, hash, (const guint8 *) key, key_len);
  hmac_run (&hmac, first, salt_len + 4, u);
  memcpy (out_key, u, n_bytes);

  for (guint i = 1; i < iterations && is_done; i++)
    {
      hmac_run (&hmac, u, n_bytes, u);
      for (gsize j = 0; j < n_bytes; j++)
        out_key[j] ^= u[j];
      if (i % ROUNDS_PER_LOOK == 0)
        is_done = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  hmac_clear (&hmac);
  OPENSSL_cleanse (u, sizeof u);

  return is_done;
}

/**
 * tl_scram_derive:
 * @hash: what to hash with
 * @prepared_password: a password that tl_saslprep() has prepared
 * @salt: (array length=salt_len): the server's salt
 * @salt_len: its length in bytes
 * @iterations: how many rounds, at least 1
 * @cancellable: (nullable): looked at every few milliseconds
 * @out_keys: (out): the keys; wipe them with tl_scram_keys_clear()
 * @error: return location for a #GError
 *
 * Makes the keys of RFC 5802 §3. Servers need the same ones, hence public.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_scram_derive (TlScramHash     hash,
                 const TlSecret *prepared_password,
                 const guint8   *salt,
                 gsize           salt_len,
                 guint           iterations,
                 GCancellable   *cancellable,
                 TlScramKeys    *out_keys,
                 GError        **error)
{
  gsize n_bytes = hashes[hash].n_bytes;
  guint8 salted[TL_SCRAM_KEY_BYTES];
  gboolean is_done;

  is_done = derive_salted_password (hash, prepared_password, salt, salt_len, iterations,
                                    cancellable, salted, error);
  if (is_done)
    {
      tl_scram_hmac (hash, salted, n_bytes, "Client Key", out_keys->client);
      EVP_Digest (out_keys->client, n_bytes, out_keys->stored, NULL, hashes[hash].get_md (), NULL);
      tl_scram_hmac (hash, salted, n_bytes, "Server Key", out_keys->server);
    }
  OPENSSL_cleanse (salted, sizeof salted);

  return is_done;
}

void
tl_scram_keys_clear (TlScramKeys *keys)
{
  OPENSSL_cleanse (keys, sizeof *keys);
}

/**
 * tl_scram_append_name:
 * @message: what to append to
 * @name: a user name
 *
 * saslname, RFC 5802 §5.1: a comma is "=2C" and an equals sign is "=3D". The
 * header of RFC 7628 is written the same way.
 */
void
tl_scram_append_name (GString    *message,
                      const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == ',')
        g_string_append (message, "=2C");
      else if (*p == '=')
        g_string_append (message, "=3D");
      else
        g_string_append_c (message, *p);
    }
}

/**
 * tl_scram_new:
 * @hash: what the mechanism hashes with
 * @username: who signs in
 * @password: with what
 * @nonce: random printable ASCII without a comma, fresh for this exchange
 * @gs2_header: gs2-header of RFC 5802 §7: `p=NAME,,` to bind the exchange to its connection, `y,,`
 *   when we could and the server does not offer to, `n,,` when we cannot
 * @binding: (nullable): what the exchange is bound to, with `p=` alone
 *
 * Returns: (transfer full): an exchange that has not begun
 */
TlScram *
tl_scram_new (TlScramHash  hash,
              const char  *username,
              TlSecret    *password,
              const char  *nonce,
              const char  *gs2_header,
              GBytes      *binding)
{
  g_autoptr(GByteArray) cbind = g_byte_array_new ();
  TlScram *self = g_new0 (TlScram, 1);

  self->hash = hash;
  self->username = g_strdup (username);
  self->password = tl_secret_ref (password);
  self->nonce = g_strdup (nonce);
  self->gs2_header = g_strdup (gs2_header);

  g_byte_array_append (cbind, (const guint8 *) gs2_header, (guint) strlen (gs2_header));
  if (binding != NULL)
    g_byte_array_append (cbind, g_bytes_get_data (binding, NULL),
                         (guint) g_bytes_get_size (binding));
  self->cbind = g_base64_encode (cbind->data, cbind->len);

  return self;
}

void
tl_scram_free (TlScram *self)
{
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->password, tl_secret_unref);
  g_clear_pointer (&self->nonce, g_free);
  g_clear_pointer (&self->gs2_header, g_free);
  g_clear_pointer (&self->cbind, g_free);
  g_clear_pointer (&self->first_bare, g_free);
  OPENSSL_cleanse (self->server_signature, sizeof self->server_signature);
  g_free (self);
}

static gboolean
fail (TlFault    **out_fault,
      TlCause      cause,
      const char  *detail)
{
  *out_fault = tl_fault_new_detail (cause, "%s", detail);

  return FALSE;
}

/**
 * tl_scram_begin:
 * @self: an exchange that has not begun
 * @out_fault: (out): what is wrong
 *
 * client-first-message, RFC 5802 §7: `gs2-header "n=" saslname ",r=" c-nonce`.
 * It holds no secret.
 *
 * Returns: (transfer full): the message, or %NULL with %TL_CAUSE_NO_COMMON_MECHANISM when the user
 *   name or the password has characters that this mechanism cannot carry; nothing was sent then
 */
char *
tl_scram_begin (TlScram  *self,
                TlFault **out_fault)
{
  g_autoptr(TlSecret) name = tl_secret_new (self->username, strlen (self->username));
  g_autoptr(TlSecret) prepared_name = tl_saslprep (name, NULL);
  g_autoptr(TlSecret) prepared_password = tl_saslprep (self->password, NULL);
  g_autoptr(GString) message = g_string_new (self->gs2_header);

  if (prepared_name == NULL || prepared_password == NULL)
    {
      fail (out_fault, TL_CAUSE_NO_COMMON_MECHANISM,
            "the user name or the password has characters that SCRAM does not allow");
      return NULL;
    }

  g_clear_pointer (&self->password, tl_secret_unref);
  self->password = g_steal_pointer (&prepared_password);

  g_string_append (message, "n=");
  tl_scram_append_name (message, tl_secret_peek (prepared_name, NULL));
  g_string_append_printf (message, ",r=%s", self->nonce);
  self->first_bare = g_strdup (message->str + strlen (self->gs2_header));

  return g_string_free (g_steal_pointer (&message), FALSE);
}

/* Strict base64 (RFC 4648 §4): GLib skips over whatever it does not know. */
static guint8 *
decode_base64 (const char *text,
               gsize      *out_len)
{
  gsize len = strlen (text);
  gsize body = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/");

  if (len == 0 || len % 4 != 0 || len - body > 2 || strspn (text + body, "=") != len - body)
    return NULL;

  return g_base64_decode (text, out_len);
}

/* server-first-message, RFC 5802 §7: "r=" c-nonce s-nonce ",s=" base64 ",i=" posit-number, then
 * extensions that may be ignored. One that may not, "m=", comes first and ends it (§5.1). */
static gboolean
parse_first (TlScram     *self,
             const char  *message,
             char       **out_nonce,
             guint8     **out_salt,
             gsize       *out_salt_len,
             guint       *out_iterations,
             TlFault    **out_fault)
{
  g_auto(GStrv) parts = g_strsplit (message, ",", -1);
  g_autofree guint8 *salt = NULL;
  guint64 iterations = 0;
  gsize salt_len = 0;

  if (g_strv_length (parts) < 3 || !g_str_has_prefix (parts[0], "r=") ||
      !g_str_has_prefix (parts[1], "s=") || !g_str_has_prefix (parts[2], "i="))
    return fail (out_fault, TL_CAUSE_PROTOCOL,
                 "the first SCRAM message of the server is malformed");

  for (gsize i = 3; parts[i] != NULL; i++)
    {
      if (!g_ascii_isalpha (parts[i][0]) || parts[i][1] != '=' ||
          strchr ("rsimnvec", parts[i][0]) != NULL)
        return fail (out_fault, TL_CAUSE_PROTOCOL, "a SCRAM attribute came twice or out of place");
    }

  /* A nonce that does not extend ours is an answer to somebody else (§5.1). */
  if (!g_str_has_prefix (parts[0] + 2, self->nonce) ||
      strlen (parts[0] + 2) == strlen (self->nonce))
    return fail (out_fault, TL_CAUSE_SERVER_NOT_PROVEN, "the server did not extend the nonce");

  salt = decode_base64 (parts[1] + 2, &salt_len);
  if (salt == NULL || salt_len == 0 || salt_len > MAX_SALT_BYTES)
    return fail (out_fault, TL_CAUSE_PROTOCOL, "the SCRAM salt is malformed");

  if (!g_ascii_string_to_unsigned (parts[2] + 2, 10, 1, G_MAXUINT64, &iterations, NULL))
    return fail (out_fault, TL_CAUSE_PROTOCOL, "the SCRAM iteration count is malformed");

  /* Too few would let a false server guess the password from our proof; too
   * many would keep this computer busy for as long as it likes. */
  if (iterations < TL_SCRAM_MIN_ITERATIONS || iterations > TL_SCRAM_MAX_ITERATIONS)
    {
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert_value (&dict, TL_EVIDENCE_DETAIL,
                                   g_variant_new_printf ("the server asked for %s rounds",
                                                         parts[2] + 2));
      g_variant_dict_insert (&dict, TL_EVIDENCE_LIMIT, "u",
                             iterations < TL_SCRAM_MIN_ITERATIONS ? TL_SCRAM_MIN_ITERATIONS
                                                                  : TL_SCRAM_MAX_ITERATIONS);
      *out_fault = tl_fault_new (TL_CAUSE_SCRAM_LIMITS, g_variant_dict_end (&dict));
      return FALSE;
    }

  *out_nonce = g_strdup (parts[0] + 2);
  *out_salt = g_steal_pointer (&salt);
  *out_salt_len = salt_len;
  *out_iterations = (guint) iterations;

  return TRUE;
}

/* server-error-value, RFC 5802 §7. Anything else is about the exchange and not
 * about who signs in. That the bindings differ, or that the server offers one
 * although we saw none offered, says that somebody sits between us and it. */
static const struct
{
  const char *value;
  TlCause     cause;
} server_errors[] = {
  { "invalid-proof",                       TL_CAUSE_BAD_CREDENTIALS },
  { "unknown-user",                        TL_CAUSE_BAD_CREDENTIALS },
  { "no-resources",                        TL_CAUSE_TEMPORARY },
  { "other-error",                         TL_CAUSE_TEMPORARY },
  { "channel-bindings-dont-match",         TL_CAUSE_SERVER_NOT_PROVEN },
  { "server-does-support-channel-binding", TL_CAUSE_SERVER_NOT_PROVEN },
  { "unsupported-channel-binding-type",    TL_CAUSE_NO_COMMON_MECHANISM },
  { "channel-binding-not-supported",       TL_CAUSE_NO_COMMON_MECHANISM },
};

/* Whether @message is `"e=" server-error-value`; @out_fault says what it means. */
static gboolean
take_server_error (const char  *message,
                   TlFault    **out_fault)
{
  g_autofree char *value = NULL;

  if (!g_str_has_prefix (message, "e="))
    return FALSE;

  value = g_strndup (message + 2, strcspn (message + 2, ","));
  for (gsize i = 0; i < G_N_ELEMENTS (server_errors); i++)
    {
      if (g_str_equal (value, server_errors[i].value))
        {
          fail (out_fault, server_errors[i].cause, server_errors[i].value);
          return TRUE;
        }
    }
  fail (out_fault, TL_CAUSE_PROTOCOL, "the server gave up the SCRAM exchange");

  return TRUE;
}

/**
 * tl_scram_answer:
 * @self: an exchange that has begun
 * @server_first: the server's first message
 * @cancellable: (nullable): stops the key derivation
 * @out_fault: (out): what is wrong
 * @error: return location for a #GError
 *
 * client-final-message, RFC 5802 §7: `"c=" cbind ",r=" nonce ",p=" base64`. It
 * holds the proof, from which a weak password can be guessed, hence a secret.
 * Takes up to a second of computing.
 *
 * Fails with %TL_CAUSE_PROTOCOL, %TL_CAUSE_SERVER_NOT_PROVEN,
 * %TL_CAUSE_SCRAM_LIMITS or %G_IO_ERROR_CANCELLED, or as tl_scram_verify() when
 * the server gives up already.
 *
 * Returns: (transfer full): the message, or %NULL with @out_fault or @error set
 */
TlSecret *
tl_scram_answer (TlScram       *self,
                 const char    *server_first,
                 GCancellable  *cancellable,
                 TlFault      **out_fault,
                 GError       **error)
{
  g_autofree char *nonce = NULL;
  g_autofree guint8 *salt = NULL;
  g_autofree char *final_bare = NULL;
  g_autofree char *auth_message = NULL;
  g_autoptr(TlSecret) proof = NULL;
  g_autoptr(TlSecret) proof_base64 = NULL;
  gsize n_bytes = hashes[self->hash].n_bytes;
  guint8 signature[TL_SCRAM_KEY_BYTES];
  TlScramKeys keys;
  gsize salt_len = 0;
  guint iterations = 0;
  TlSecret *message;

  g_return_val_if_fail (self->first_bare != NULL, NULL);

  if (strlen (server_first) > MAX_MESSAGE_LEN)
    {
      fail (out_fault, TL_CAUSE_TOO_LONG, "the first SCRAM message of the server is too long");
      return NULL;
    }
  if (take_server_error (server_first, out_fault))
    return NULL;
  if (!parse_first (self, server_first, &nonce, &salt, &salt_len, &iterations, out_fault))
    return NULL;

  if (!tl_scram_derive (self->hash, self->password, salt, salt_len, iterations, cancellable,
                        &keys, error))
    return NULL;

  final_bare = g_strconcat ("c=", self->cbind, ",r=", nonce, NULL);
  auth_message = g_strjoin (",", self->first_bare, server_first, final_bare, NULL);

  tl_scram_hmac (self->hash, keys.stored, n_bytes, auth_message, signature);
  tl_scram_hmac (self->hash, keys.server, n_bytes, auth_message, self->server_signature);
  self->has_signature = TRUE;
  for (gsize i = 0; i < n_bytes; i++)
    signature[i] ^= keys.client[i];

  proof = tl_secret_new (signature, n_bytes);
  proof_base64 = tl_secret_new_base64 (proof);
  tl_scram_keys_clear (&keys);
  OPENSSL_cleanse (signature, sizeof signature);

  message = tl_secret_new_sized (strlen (final_bare) + strlen (",p=") +
                                 tl_secret_get_len (proof_base64));
  tl_secret_append (message, final_bare, strlen (final_bare));
  tl_secret_append (message, ",p=", strlen (",p="));
  tl_secret_append (message, tl_secret_peek (proof_base64, NULL), tl_secret_get_len (proof_base64));

  return message;
}

/**
 * tl_scram_verify:
 * @self: an exchange that has been answered
 * @server_final: the server's last message
 * @out_fault: (out): what is wrong
 *
 * server-final-message, RFC 5802 §7: `"v=" base64` or `"e=" server-error-value`.
 *
 * Returns: whether the server proved that it knows the password; %FALSE with
 *   %TL_CAUSE_SERVER_NOT_PROVEN, or with what the server gave as its error
 */
gboolean
tl_scram_verify (TlScram     *self,
                 const char  *server_final,
                 TlFault    **out_fault)
{
  g_auto(GStrv) parts = g_strsplit (server_final, ",", 2);
  g_autofree guint8 *signature = NULL;
  gsize len = 0;

  if (take_server_error (server_final, out_fault))
    return FALSE;

  if (self->has_signature && parts[0] != NULL && g_str_has_prefix (parts[0], "v="))
    signature = decode_base64 (parts[0] + 2, &len);
  if (signature == NULL || len != hashes[self->hash].n_bytes ||
      CRYPTO_memcmp (signature, self->server_signature, len) != 0)
    return fail (out_fault, TL_CAUSE_SERVER_NOT_PROVEN, "the server's signature is not right");

  self->is_proven = TRUE;

  return TRUE;
}

gboolean
tl_scram_is_proven (const TlScram *self)
{
  return self->is_proven;
}
