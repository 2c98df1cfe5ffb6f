/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-secret-echo.h"

#include <string.h>

/* What is shorter once folded may well be an ordinary word. */
#define MIN_NEEDLE_LEN 6

/* Escapes within escapes. */
#define MAX_ROUNDS 2

#define TEXT_MAX_LEN (TL_SECRET_MAX_DERIVED_BYTES - 1)

/* --- Forms of bytes --------------------------------------------------------------- */

/* Letters and digits alone, in lower case as to ASCII: what is left of a text whatever was put in
 * between, and the same for base64 in both alphabets. Bytes that are no UTF-8 stay. */
static TlSecret *
fold (const TlSecret *plain)
{
  gsize len;
  const char *at = tl_secret_peek (plain, &len);
  const char *end = at + len;
  TlSecret *self = tl_secret_new_sized (len);

  while (at < end)
    {
      gunichar c = g_utf8_get_char_validated (at, end - at);
      gboolean is_character = c != (gunichar) -1 && c != (gunichar) -2;
      gsize n = is_character ? (gsize) (g_utf8_next_char (at) - at) : 1;
      char lower = g_ascii_tolower (*at);

      if (is_character && c < 0x80)
        {
          if (g_ascii_isalnum (lower))
            tl_secret_append (self, &lower, 1);
        }
      else if (!is_character || g_unichar_isalnum (c))
        tl_secret_append (self, at, n);
      at += n;
    }

  return self;
}

/* Takes one round of escapes off: "%41" (RFC 3986 §2.1), "=41" (RFC 2045 §6.7). */
static TlSecret *
unescape (const TlSecret *text)
{
  gsize len;
  const char *at = tl_secret_peek (text, &len);
  TlSecret *self = tl_secret_new_sized (len);

  for (gsize i = 0; i < len; i++)
    {
      char c = at[i];

      if ((c == '%' || c == '=') && i + 2 < len && g_ascii_isxdigit (at[i + 1]) &&
          g_ascii_isxdigit (at[i + 2]))
        {
          c = (char) (g_ascii_xdigit_value (at[i + 1]) * 16 + g_ascii_xdigit_value (at[i + 2]));
          i += 2;
        }
      tl_secret_append (self, &c, 1);
    }

  return self;
}

static TlSecret *
new_reversed (const TlSecret *plain)
{
  gsize len;
  const char *at = tl_secret_peek (plain, &len);
  TlSecret *self = tl_secret_new_sized (len);

  for (gsize i = len; i > 0; i--)
    tl_secret_append (self, at + i - 1, 1);

  return self;
}

static TlSecret *
new_hex (const TlSecret *plain)
{
  static const char digits[] = "0123456789abcdef";
  gsize len;
  const char *at = tl_secret_peek (plain, &len);
  TlSecret *self = tl_secret_new_sized (2 * len);

  for (gsize i = 0; i < len; i++)
    {
      tl_secret_append (self, &digits[(guchar) at[i] >> 4], 1);
      tl_secret_append (self, &digits[at[i] & 0xf], 1);
    }

  return self;
}

/* UTF-16 of what is ASCII, with or without the byte that its first unit begins or ends with. */
static TlSecret *
new_wide (const TlSecret *plain)
{
  gsize len;
  const char *at = tl_secret_peek (plain, &len);
  TlSecret *self = tl_secret_new_sized (2 * len);

  for (gsize i = 0; i < len; i++)
    {
      if (i > 0)
        tl_secret_append (self, "", 1);
      tl_secret_append (self, at + i, 1);
    }

  return self;
}

/* What base64 has of @plain wherever it stands in some text: the digits that hold nothing of what
 * is around, with @offset bytes, modulo three, in front. */
static TlSecret *
new_base64_middle (const TlSecret *plain,
                   gsize           offset)
{
  gsize len;
  const char *at = tl_secret_peek (plain, &len);
  g_autoptr(TlSecret) shifted = tl_secret_new_sized (offset + len);
  g_autoptr(TlSecret) base64 = NULL;
  gsize end = 8 * (offset + len) / 6;
  gsize first = MIN ((8 * offset + 5) / 6, end);

  tl_secret_append (shifted, "\0\0", offset);
  tl_secret_append (shifted, at, len);
  base64 = tl_secret_new_base64 (shifted);

  return tl_secret_new (tl_secret_peek (base64, NULL) + first, end - first);
}

/* --- Looking for them ------------------------------------------------------------- */

static void
add_needle (GPtrArray *needles,
            TlSecret  *form)
{
  g_autoptr(TlSecret) owned = form;
  g_autoptr(TlSecret) folded = fold (owned);

  if (tl_secret_get_len (folded) >= MIN_NEEDLE_LEN)
    g_ptr_array_add (needles, g_steal_pointer (&folded));
}

static GPtrArray *
list_needles (const TlSecret *secret)
{
  g_autoptr(GPtrArray) needles =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secret_unref);
  g_autoptr(TlSecret) reversed = new_reversed (secret);
  g_autoptr(TlSecret) wide = new_wide (secret);
  gsize len;
  const char *bytes = tl_secret_peek (secret, &len);

  add_needle (needles, tl_secret_new (bytes, len));
  add_needle (needles, tl_secret_ref (reversed));
  add_needle (needles, new_hex (secret));
  for (gsize offset = 0; offset < 3; offset++)
    {
      TlSecret *base64 = new_base64_middle (secret, offset);

      add_needle (needles, new_reversed (base64));
      add_needle (needles, base64);
      add_needle (needles, new_base64_middle (reversed, offset));
      add_needle (needles, new_base64_middle (wide, offset));
    }

  return g_steal_pointer (&needles);
}

static gboolean
has_any (const TlSecret  *text,
         const GPtrArray *needles)
{
  g_autoptr(TlSecret) folded = fold (text);
  gsize len;
  const char *at = tl_secret_peek (folded, &len);

  for (guint i = 0; i < needles->len; i++)
    {
      gsize needle_len;
      const char *needle = tl_secret_peek (needles->pdata[i], &needle_len);

      if (memmem (at, len, needle, needle_len) != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_secret_echo_is_in:
 * @secret: what was sent, up to `TL_SECRET_MAX_BYTES`
 * @text: what was said back
 *
 * Looks for @secret as it is, backwards, in hexadecimal, in base64 of either alphabet, at each
 * alignment, of UTF-16, of it backwards, or itself backwards, percent-encoded or
 * quoted-printable, in either case, and with anything in between that is no letter and no digit:
 * format characters too. Doubt is a yes, as is text of more than 64 KiB.
 *
 * Returns: whether some form of it is in there
 */
gboolean
tl_secret_echo_is_in (const TlSecret *secret,
                      const char     *text)
{
  gsize len = strlen (text);
  g_autoptr(GPtrArray) needles = NULL;
  g_autoptr(TlSecret) form = NULL;

  if (len > TEXT_MAX_LEN)
    return TRUE;

  needles = list_needles (secret);
  form = tl_secret_new (text, len);
  for (guint round = 0; round <= MAX_ROUNDS; round++)
    {
      TlSecret *next;

      if (has_any (form, needles))
        return TRUE;
      next = unescape (form);
      tl_secret_unref (form);
      form = next;
    }

  return FALSE;
}

/**
 * tl_secret_echo_dup_without:
 * @secrets: (array length=n_secrets): what was sent
 * @n_secrets: how many
 * @text: what was said back
 *
 * Takes each secret out of @text where it stands as it is. Where any is in there in another form,
 * nobody can say how much of the text is it.
 *
 * Returns: (transfer full): @text without them, or `TL_SECRET_ECHO_LEFT_OUT`
 */
char *
tl_secret_echo_dup_without (TlSecret * const *secrets,
                            gsize             n_secrets,
                            const char       *text)
{
  g_autofree char *left = NULL;

  for (gsize i = 0; i < n_secrets; i++)
    {
      char *next = tl_secret_redact (secrets[i], left != NULL ? left : text);

      if (left != NULL)
        explicit_bzero (left, strlen (left));
      g_free (left);
      left = next;
    }
  for (gsize i = 0; left != NULL && i < n_secrets; i++)
    {
      if (tl_secret_echo_is_in (secrets[i], left))
        {
          explicit_bzero (left, strlen (left));
          return g_strdup (TL_SECRET_ECHO_LEFT_OUT);
        }
    }

  return left != NULL ? g_steal_pointer (&left) : g_strdup (text);
}
