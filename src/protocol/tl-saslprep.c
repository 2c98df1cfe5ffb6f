/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-saslprep.h"

#include <string.h>

#include "tl-error.h"

/* RFC 3454 table B.1: commonly mapped to nothing. */
static gboolean
is_mapped_to_nothing (gunichar c)
{
  return c == 0x00ad || c == 0x034f || c == 0x1806 || (c >= 0x180b && c <= 0x180d) ||
         (c >= 0x200b && c <= 0x200d) || c == 0x2060 || (c >= 0xfe00 && c <= 0xfe0f) ||
         c == 0xfeff;
}

/* RFC 3454 tables C.2.1 to C.9, as RFC 4013 §2.3 lists them. */
static gboolean
is_prohibited (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      break;
    }

  return c == 0x0340 || c == 0x0341 || (c >= 0xfff9 && c <= 0xfffd) ||
         (c >= 0x2ff0 && c <= 0x2ffb) || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static void
clear_text (char *text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the text %s (RFC 4013)", why);

  return FALSE;
}

/* Maps spaces (RFC 3454 table C.1.2) and what counts for nothing. */
static TlSecret *
map (const char *text,
     gsize       len)
{
  TlSecret *mapped = tl_secret_new_sized (len);

  for (const char *p = text; p < text + len; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_mapped_to_nothing (c))
        continue;
      if (c >= 0x80 && g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR)
        tl_secret_append (mapped, " ", 1);
      else
        tl_secret_append (mapped, p, (gsize) (g_utf8_next_char (p) - p));
    }

  return mapped;
}

/**
 * tl_saslprep:
 * @text: a user name or a password
 * @error: return location for a #GError
 *
 * Prepares @text as RFC 4013 asks before it is hashed: other spaces become
 * spaces, what is mapped to nothing goes, NFKC, and what is prohibited is
 * refused. Of the rules left out, bidirectional text (§2.4) is let through and
 * so are code points newer than Unicode 3.2 (§2.5 allows that for a query):
 * whoever set the password got it past the server's own rules. Plain ASCII is
 * never copied outside of a secret; for anything else GLib's normalisation
 * makes copies, and the one it gives is wiped.
 *
 * Returns: (transfer full): the prepared text, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlSecret *
tl_saslprep (const TlSecret  *text,
             GError         **error)
{
  g_autoptr(TlSecret) mapped = NULL;
  gsize len;
  const char *bytes = tl_secret_peek (text, &len);
  gboolean is_ascii = TRUE;
  char *normal;
  TlSecret *prepared;

  if (!g_utf8_validate_len (bytes, len, NULL))
    {
      refuse (error, "is not UTF-8");
      return NULL;
    }

  for (gsize i = 0; i < len && is_ascii; i++)
    is_ascii = (guchar) bytes[i] < 0x80;
  for (const char *p = bytes; is_ascii && p < bytes + len; p++)
    {
      if (g_ascii_iscntrl (*p))
        {
          refuse (error, "has a control character");
          return NULL;
        }
    }
  if (is_ascii)
    return tl_secret_new (bytes, len);

  mapped = map (bytes, len);
  normal = g_utf8_normalize (tl_secret_peek (mapped, NULL), (gssize) tl_secret_get_len (mapped),
                             G_NORMALIZE_NFKC);
  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (is_prohibited (g_utf8_get_char (p)))
        {
          clear_text (normal);
          refuse (error, "has a character that is not allowed");
          return NULL;
        }
    }

  if (strlen (normal) > TL_SECRET_MAX_BYTES)
    {
      clear_text (normal);
      refuse (error, "is too long");
      return NULL;
    }

  prepared = tl_secret_new (normal, strlen (normal));
  clear_text (normal);

  return prepared;
}
