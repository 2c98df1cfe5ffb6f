/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-form.h"

#include <string.h>

#include "tl-error.h"

#define AS_IT_IS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "*-._"

/* application/x-www-form-urlencoded, RFC 6749 appendix B */
static void
append_encoded (TlSecret   *form,
                const char *bytes,
                gsize       len)
{
  static const char hex[] = "0123456789ABCDEF";

  for (gsize i = 0; i < len; i++)
    {
      guchar byte = (guchar) bytes[i];
      const char escaped[] = { '%', hex[byte >> 4], hex[byte & 0xf] };

      if (byte == ' ')
        tl_secret_append (form, "+", 1);
      else if (byte != '\0' && strchr (AS_IT_IS, byte) != NULL)
        tl_secret_append (form, &bytes[i], 1);
      else
        tl_secret_append (form, escaped, sizeof escaped);
    }
}

static const char *
peek_value (const TlOauthField *field,
            gsize              *out_len)
{
  if (field->secret != NULL)
    return tl_secret_peek (field->secret, out_len);
  *out_len = field->text != NULL ? strlen (field->text) : 0;

  return field->text;
}

/**
 * tl_oauth_form_new:
 * @fields: (array length=n_fields): what to put into it, in this order
 * @n_fields: how many
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the body of a POST, as secret as what is in it; %NULL with
 *   %TL_ERROR_INVALID_INPUT when it is longer than `TL_SECRET_MAX_DERIVED_BYTES`
 */
TlSecret *
tl_oauth_form_new (const TlOauthField  *fields,
                   gsize                n_fields,
                   GError             **error)
{
  g_autoptr(TlSecret) self = NULL;
  gsize max_len = 0;

  for (gsize i = 0; i < n_fields; i++)
    {
      gsize len;

      if (peek_value (&fields[i], &len) != NULL)
        max_len += strlen ("&=") + 3 * (strlen (fields[i].name) + len);
    }
  if (max_len > TL_SECRET_MAX_DERIVED_BYTES)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "what has to be sent is too long");
      return NULL;
    }

  self = tl_secret_new_sized (max_len);
  for (gsize i = 0; i < n_fields; i++)
    {
      gsize len;
      const char *value = peek_value (&fields[i], &len);

      if (value == NULL)
        continue;
      if (tl_secret_get_len (self) > 0)
        tl_secret_append (self, "&", 1);
      append_encoded (self, fields[i].name, strlen (fields[i].name));
      tl_secret_append (self, "=", 1);
      append_encoded (self, value, len);
    }

  return g_steal_pointer (&self);
}
