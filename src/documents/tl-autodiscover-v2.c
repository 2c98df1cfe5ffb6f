/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autodiscover-v2.h"

#include "tl-endpoint.h"
#include "tl-error.h"
#include "tl-json.h"
#include "tl-url.h"

/**
 * tl_autodiscover_v2_parse:
 * @bytes: the answer's body
 * @len: its length in bytes
 * @error: return location for a #GError
 *
 * Reads the answer of a Microsoft Autodiscover server of the second version:
 *
 *   { "Protocol": …, "Url": "https://…" }  or  { "ErrorCode": …, "ErrorMessage": … }
 *
 * It never names an IMAP or SMTP server: which host it does name is evidence of
 * whose service it is. Pure.
 *
 * Returns: (transfer full): that host, canonical, or %NULL with %TL_ERROR_REFUSED when it says that
 *   something went wrong, %TL_ERROR_PROTOCOL when what it names is no https URL with a host, and
 *   %TL_ERROR_NOT_FOUND when it is something else
 */
char *
tl_autodiscover_v2_parse (const char  *bytes,
                          gsize        len,
                          GError     **error)
{
  g_autoptr(TlJson) json = tl_json_parse_foreign (bytes, len, NULL);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the answer");
  const char *url = tl_json_reader_get_string (reader, "Url", TL_JSON_OPTIONAL);
  g_autofree char *named = NULL;
  char *host = NULL;

  if (url == NULL)
    {
      gboolean is_error = tl_json_reader_has (reader, "ErrorCode");

      g_set_error_literal (error, TL_ERROR, is_error ? TL_ERROR_REFUSED : TL_ERROR_NOT_FOUND,
                           is_error ? "the server says that something went wrong"
                                    : "it is no answer of Autodiscover");
      return NULL;
    }

  named = tl_url_dup_host (url);
  if (named != NULL)
    host = tl_host_canonicalize (named);
  if (host == NULL)
    g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL,
                         "the answer names no https URL with a host");

  return host;
}
