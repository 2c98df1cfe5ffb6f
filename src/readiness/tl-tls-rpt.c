/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-tls-rpt.h"

#include <string.h>

#include "tl-domain-text.h"
#include "tl-error.h"

#define MAX_URIS 16

/* mailto (RFC 6068) with an address behind it, or https; what else there may be one day is no
 * fault, and of no use to a sender of today (RFC 8460 §3). */
static gboolean
is_usable (const char *uri)
{
  const char *at = strchr (uri, '@');

  if (g_ascii_strncasecmp (uri, "mailto:", strlen ("mailto:")) == 0)
    return at != NULL && at > uri + strlen ("mailto:") && at[1] != '\0';

  return g_ascii_strncasecmp (uri, "https://", strlen ("https://")) == 0 &&
         g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL);
}

/**
 * tl_tls_rpt_parse:
 * @text: a TXT record of `_smtp._tls` that begins with `TL_TLS_RPT_VERSION`
 * @error: return location for a #GError
 *
 * Reads where reports about failed encryption are to be sent, RFC 8460 §3:
 *
 *   tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]
 *   tlsrpt-rua    = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)
 *
 * Returns: (transfer full): the URIs that can be sent to, one at least, or %NULL with
 *   %TL_ERROR_PROTOCOL
 */
char **
tl_tls_rpt_parse (GBytes  *text,
                  GError **error)
{
  g_autoptr(GPtrArray) fields = tl_domain_text_split (text, error);
  g_autoptr(GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);
  guint n_rua = 0;

  if (fields == NULL)
    return NULL;

  for (guint i = 1; i < fields->len; i++)
    {
      const TlDomainField *field = fields->pdata[i];
      g_auto(GStrv) parts = NULL;

      if (!g_str_equal (field->name, "rua"))
        continue;

      n_rua++;
      parts = g_strsplit (field->value, ",", MAX_URIS + 1);
      for (gsize j = 0; parts[j] != NULL && j < MAX_URIS; j++)
        {
          if (is_usable (g_strstrip (parts[j])))
            g_ptr_array_add (uris, g_strdup (parts[j]));
        }
    }

  if (n_rua != 1 || uris->len == 0)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL,
                           n_rua == 0 ? "it names no place for reports (rua)" :
                           n_rua > 1 ? "it has rua twice" :
                                       "its rua is neither a mailto: nor an https: URI");
      return NULL;
    }

  g_ptr_array_add (uris, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&uris), FALSE);
}
