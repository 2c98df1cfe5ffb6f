/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-pins.h"

#include <string.h>

#include "tl-certificate.h"
#include "tl-error.h"
#include "tl-fingerprint.h"

static const char pem_head[] = "-----BEGIN CERTIFICATE-----";

/* Pins file:
 *
 *   file    = *( line LF ) [ line ]
 *   line    = *WSP [ pin *WSP ] [ "#" *VCHAR ]
 *   pin     = 64( HEXDIG / separator )   ; separators are not counted
 *
 * as tl_fingerprint_parse() takes a pin. */
static char **
parse_lines (const char  *text,
             GError     **error)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GPtrArray) pins = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *pin = NULL;

      g_strdelimit (lines[i], "#", '\0');
      g_strstrip (lines[i]);
      if (*lines[i] == '\0')
        continue;

      pin = tl_fingerprint_parse (lines[i]);
      if (pin == NULL)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "line %u is not a fingerprint of 64 hexadecimal digits", i + 1);
          return NULL;
        }
      if (pins->len == TL_PINS_MAX)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "there are more than %d fingerprints", TL_PINS_MAX);
          return NULL;
        }
      g_ptr_array_add (pins, g_steal_pointer (&pin));
    }

  g_ptr_array_add (pins, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&pins), FALSE);
}

/**
 * tl_pins_parse:
 * @text: a trust file: one fingerprint a line with `#` comments, or one
 *   signer's certificate in PEM
 * @len: its length, up to `TL_PINS_MAX_BYTES`
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the fingerprints, possibly none, or %NULL with
 *   %TL_ERROR_INVALID_INPUT: a line that cannot be read is never passed over
 */
char **
tl_pins_parse (const char  *text,
               gsize        len,
               GError     **error)
{
  g_autoptr(TlCertificate) certificate = NULL;
  g_autofree char *copy = NULL;
  const char *pins[2] = { NULL, NULL };

  if (len > TL_PINS_MAX_BYTES || memchr (text, '\0', len) != NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "this is neither a list of fingerprints nor a certificate");
      return NULL;
    }

  copy = g_strndup (text, len);
  if (strstr (copy, pem_head) == NULL)
    return parse_lines (copy, error);

  /* With a chain in it, which of them is meant is not for us to say. */
  if (strstr (strstr (copy, pem_head) + 1, pem_head) != NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "there is more than one certificate");
      return NULL;
    }

  certificate = tl_certificate_new_from_pem (copy, len, error);
  if (certificate == NULL)
    return NULL;
  pins[0] = tl_certificate_get_fingerprint (certificate);

  return g_strdupv ((char **) pins);
}
