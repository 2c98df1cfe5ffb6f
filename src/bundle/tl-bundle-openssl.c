/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-openssl.h"

#include <openssl/err.h>

#include "tl-error.h"

/**
 * tl_bundle_openssl_refuse:
 * @error: return location for a #GError
 * @code: a #TlError
 * @doing: what was being done, as a clause
 *
 * Sets @error from the newest entry of OpenSSL's error queue and empties the
 * queue: what is left there would be taken for the reason of the next failure
 * on this thread, be it in a handshake.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
tl_bundle_openssl_refuse (GError     **error,
                          int          code,
                          const char  *doing)
{
  unsigned long reason = ERR_peek_last_error ();
  const char *words = reason != 0 ? ERR_reason_error_string (reason) : NULL;

  if (words != NULL)
    g_set_error (error, TL_ERROR, code, "%s: %s", doing, words);
  else
    g_set_error_literal (error, TL_ERROR, code, doing);
  ERR_clear_error ();

  return FALSE;
}

/**
 * tl_bundle_openssl_on_passphrase:
 * @buffer: unused
 * @size: unused
 * @for_writing: unused
 * @data: unused
 *
 * For every reader of PEM: nobody is asked for a passphrase. With no callback,
 * OpenSSL would prompt on the terminal.
 *
 * Returns: -1: there is none
 */
int
tl_bundle_openssl_on_passphrase (char *buffer,
                                 int   size,
                                 int   for_writing,
                                 void *data)
{
  return -1;
}
