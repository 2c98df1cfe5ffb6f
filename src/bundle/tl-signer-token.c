/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signer-private.h"

#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/ui.h>
#include <string.h>

#include "tl-error.h"

#define URI_SCHEME "pkcs11:"
#define URI_MAX    1024

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UI_METHOD, UI_destroy_method)

/* A library context with OpenSSL's own pieces and the provider for PKCS #11, or
 * NULL. */
static OSSL_LIB_CTX *
load_library (void)
{
  OSSL_LIB_CTX *library = OSSL_LIB_CTX_new ();
  OSSL_PROVIDER *own;
  char *path = CONF_get1_default_config_file ();

  /* The machine's configuration is where the provider's module is named. */
  if (path != NULL)
    OSSL_LIB_CTX_load_config (library, path);
  OPENSSL_free (path);

  own = OSSL_PROVIDER_load (library, "default");
  if (own != NULL && OSSL_PROVIDER_load (library, "pkcs11") != NULL)
    return library;

  if (own != NULL)
    OSSL_PROVIDER_unload (own);
  OSSL_LIB_CTX_free (library);

  return NULL;
}

/* Apart from what the rest of the process uses: no handshake is ever done by a
 * token. Lives as long as the process, as keys on tokens refer to it. */
static OSSL_LIB_CTX *
get_library (void)
{
  static gsize is_set = 0;
  static OSSL_LIB_CTX *library = NULL;

  if (g_once_init_enter (&is_set))
    {
      library = load_library ();
      ERR_clear_error ();
      g_once_init_leave (&is_set, 1);
    }

  return library;
}

/**
 * tl_signer_can_use_tokens:
 *
 * Returns: whether OpenSSL has a provider for PKCS #11 on this machine, so that
 *   tl_signer_new_from_token() can work. A key on a token can always sign with
 *   stock tools: see #TlUnsignedBundle
 */
gboolean
tl_signer_can_use_tokens (void)
{
  return get_library () != NULL;
}

typedef struct
{
  const TlSecret *pin;
  gboolean        is_asked;
} PinRequest;

/* A pem_password_cb. The PIN is given once: a token that asks again has refused
 * it, and locks itself after a few tries. */
static int
on_pin_asked (char *buffer,
              int   size,
              int   for_writing,
              void *data)
{
  PinRequest *request = data;
  gsize len;
  const char *pin;

  if (request->is_asked || request->pin == NULL)
    return -1;

  request->is_asked = TRUE;
  pin = tl_secret_peek (request->pin, &len);
  if (len > (gsize) size)
    return -1;
  memcpy (buffer, pin, len);

  return (int) len;
}

/* The first object of one type under @uri, or NULL. */
static OSSL_STORE_INFO *
find (OSSL_LIB_CTX *library,
      const char   *uri,
      int           type,
      UI_METHOD    *method,
      PinRequest   *request)
{
  g_autoptr(OSSL_STORE_CTX) store = OSSL_STORE_open_ex (uri, library, "provider=pkcs11", method,
                                                        request, NULL, NULL, NULL);

  if (store == NULL || OSSL_STORE_expect (store, type) != 1)
    return NULL;

  while (!OSSL_STORE_eof (store) && !OSSL_STORE_error (store))
    {
      g_autoptr(OSSL_STORE_INFO) info = OSSL_STORE_load (store);

      if (info != NULL && OSSL_STORE_INFO_get_type (info) == type)
        return g_steal_pointer (&info);
    }

  return NULL;
}

/* The certificate as it is read from a file: from the store it comes with a
 * public key that is the token's too. */
static X509 *
read_again (X509 *x509)
{
  g_autofree guint8 *der = NULL;
  int len = i2d_X509 (x509, NULL);
  guint8 *to;
  const guint8 *from;

  if (len <= 0)
    return NULL;
  to = der = g_malloc ((gsize) len);
  i2d_X509 (x509, &to);
  from = der;

  return d2i_X509 (NULL, &from, len);
}

/* pk11-URI, RFC 7512 §2.3, without pk11-query: there a module could be named,
 * which would be loaded, or the PIN, which would stand in an argument. */
static gboolean
is_plain_uri (const char *uri)
{
  return g_str_has_prefix (uri, URI_SCHEME) && strlen (uri) <= URI_MAX &&
         strchr (uri, '?') == NULL;
}

/**
 * tl_signer_new_from_token:
 * @pkcs11_uri: where key and certificate are (RFC 7512), without a query part
 *   and without `type`: `pkcs11:token=Release;object=signing`
 * @pin: (nullable): the token's PIN; given to it once
 * @error: return location for a #GError
 *
 * Makes a signer of a company's key that stays on its token. Blocks while the
 * token is asked.
 *
 * Returns: (transfer full): the signer, or %NULL with %TL_ERROR_NOT_FOUND when
 *   there is no provider, no such token or nothing of that name on it,
 *   %TL_ERROR_REFUSED when the token does not give the key with this PIN, and
 *   %TL_ERROR_INVALID_INPUT when the address, key or certificate are not of the
 *   forms that sign
 */
TlSigner *
tl_signer_new_from_token (const char      *pkcs11_uri,
                          const TlSecret  *pin,
                          GError         **error)
{
  OSSL_LIB_CTX *library = get_library ();
  PinRequest request = { .pin = pin };
  g_autoptr(UI_METHOD) method = NULL;
  g_autoptr(OSSL_STORE_INFO) certificate = NULL;
  g_autoptr(OSSL_STORE_INFO) key = NULL;
  g_autoptr(X509) x509 = NULL;

  if (!is_plain_uri (pkcs11_uri))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "a key on a token is named by a pkcs11: address without a query part");
      return NULL;
    }

  if (library == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_NOT_FOUND,
                           "OpenSSL has no provider for PKCS #11 on this machine");
      return NULL;
    }

  method = UI_UTIL_wrap_read_pem_callback (on_pin_asked, 0);
  certificate = find (library, pkcs11_uri, OSSL_STORE_INFO_CERT, method, &request);
  if (certificate != NULL)
    x509 = read_again (OSSL_STORE_INFO_get0_CERT (certificate));
  if (x509 == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_NOT_FOUND,
                                "there is no token with a certificate at this address");
      return NULL;
    }

  key = find (library, pkcs11_uri, OSSL_STORE_INFO_PKEY, method, &request);
  if (key == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED,
                                "the token gives no key at this address with this PIN");
      return NULL;
    }

  return tl_signer_new_company (OSSL_STORE_INFO_get0_PKEY (key), x509, library, error);
}
