/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is inside secrets.p7m: one line of canonical JSON (RFC 8785) that never leaves locked
 * memory, so it goes through no JSON library. Beside the passwords stands what binds them to one
 * bundle. */
#include "tl-secrets.h"

#include <string.h>

#include "tl-error.h"

/* More than what stands around the passwords is long. */
#define FRAME_MAX_BYTES 512

static const char head[] = "{\"format\":\"twolane-secrets\",";
static const char incoming_member[] = "\"incoming\":\"";
static const char outgoing_member[] = "\"outgoing\":\"";

/* Escapes of two characters, RFC 8785 §3.2.2.2 */
static const struct
{
  char plain;
  char letter;
} short_escapes[] = {
  { '\b', 'b' }, { '\t', 't' }, { '\n', 'n' }, { '\f', 'f' }, { '\r', 'r' },
  { '"', '"' }, { '\\', '\\' },
};

static char *
dup_tail (const TlBundleFacts *facts,
          const char          *settings_hash)
{
  return g_strdup_printf ("\"serial\":%" G_GUINT64_FORMAT ",\"settings_hash\":\"%s\","
                          "\"signer\":\"%s\",\"version\":1}",
                          facts->serial, settings_hash, facts->fingerprint);
}

static char
short_escape_of (char plain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (short_escapes); i++)
    if (short_escapes[i].plain == plain)
      return short_escapes[i].letter;

  return '\0';
}

static void
append_escaped (TlSecret       *out,
                const TlSecret *password)
{
  static const char digits[] = "0123456789abcdef";
  gsize len;
  const char *bytes = tl_secret_peek (password, &len);

  for (gsize i = 0; i < len; i++)
    {
      char letter = short_escape_of (bytes[i]);

      if (letter != '\0')
        {
          tl_secret_append (out, "\\", 1);
          tl_secret_append (out, &letter, 1);
        }
      else if ((guchar) bytes[i] < 0x20)
        {
          tl_secret_append (out, "\\u00", 4);
          tl_secret_append (out, &digits[(guchar) bytes[i] >> 4], 1);
          tl_secret_append (out, &digits[bytes[i] & 0xf], 1);
        }
      else
        tl_secret_append (out, &bytes[i], 1);
    }
}

/**
 * tl_secrets_can_hold:
 * @password: what may travel in a bundle
 *
 * Returns: whether it can: 1 to `TL_SECRETS_MAX_PASSWORD_BYTES` of UTF-8, without a NUL
 */
gboolean
tl_secrets_can_hold (const TlSecret *password)
{
  gsize len;
  const char *bytes = tl_secret_peek (password, &len);

  return len > 0 && len <= TL_SECRETS_MAX_PASSWORD_BYTES &&
         g_utf8_validate_len (bytes, len, NULL);
}

static void
append_member (TlSecret       *out,
               const char     *member,
               const TlSecret *password)
{
  tl_secret_append (out, member, strlen (member));
  append_escaped (out, password);
  tl_secret_append (out, "\",", 2);
}

/**
 * tl_secrets_write:
 * @facts: what the bundle says about itself: serial and signer are used
 * @settings_hash: of the bundle's settings
 * @incoming: (nullable): the incoming lane's password
 * @outgoing: (nullable): the outgoing lane's password
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the line, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when a password is empty, too long, not UTF-8, or has a NUL
 */
TlSecret *
tl_secrets_write (const TlBundleFacts  *facts,
                  const char           *settings_hash,
                  const TlSecret       *incoming,
                  const TlSecret       *outgoing,
                  GError              **error)
{
  g_autofree char *tail = dup_tail (facts, settings_hash);
  gsize escaped_max = 0;
  TlSecret *line;

  if ((incoming != NULL && !tl_secrets_can_hold (incoming)) ||
      (outgoing != NULL && !tl_secrets_can_hold (outgoing)))
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "a password is empty, longer than %d bytes or no text",
                   TL_SECRETS_MAX_PASSWORD_BYTES);
      return NULL;
    }

  /* “\u001f” is the longest that becomes of one byte. */
  if (incoming != NULL)
    escaped_max += 6 * tl_secret_get_len (incoming);
  if (outgoing != NULL)
    escaped_max += 6 * tl_secret_get_len (outgoing);

  line = tl_secret_new_sized (FRAME_MAX_BYTES + escaped_max);
  tl_secret_append (line, head, strlen (head));
  if (incoming != NULL)
    append_member (line, incoming_member, incoming);
  if (outgoing != NULL)
    append_member (line, outgoing_member, outgoing);
  tl_secret_append (line, tail, strlen (tail));

  return line;
}

static gboolean
take_literal (const char **at,
              const char  *end,
              const char  *wanted)
{
  gsize len = strlen (wanted);

  if ((gsize) (end - *at) < len || memcmp (*at, wanted, len) != 0)
    return FALSE;
  *at += len;

  return TRUE;
}

/* string = *( unescaped / "\" short / "\u00" 2HEXDIG ) DQUOTE, RFC 8259 §7, of which the caller
 * writes it again and compares, so what is not canonical need not be told apart here. */
static TlSecret *
take_string (const char **at,
             const char  *end)
{
  g_autoptr(TlSecret) out = tl_secret_new_sized ((gsize) (end - *at));
  const char *p = *at;

  while (p < end && *p != '"')
    {
      char plain = *p++;

      if (plain == '\\')
        {
          if (p == end)
            return NULL;
          plain = *p++;
          if (plain == 'u')
            {
              if (end - p < 4 || !g_ascii_isxdigit (p[2]) || !g_ascii_isxdigit (p[3]))
                return NULL;
              plain = (char) (g_ascii_xdigit_value (p[2]) << 4 | g_ascii_xdigit_value (p[3]));
              p += 4;
            }
          else
            {
              for (gsize i = 0; i < G_N_ELEMENTS (short_escapes); i++)
                if (short_escapes[i].letter == plain)
                  {
                    plain = short_escapes[i].plain;
                    break;
                  }
            }
        }
      tl_secret_append (out, &plain, 1);
    }
  if (p == end)
    return NULL;

  *at = p + 1;

  return g_steal_pointer (&out);
}

static gboolean
take_member (const char **at,
             const char  *end,
             const char  *member,
             gboolean     wanted,
             TlSecret   **out_password)
{
  if (!wanted)
    return TRUE;

  return take_literal (at, end, member) &&
         (*out_password = take_string (at, end)) != NULL &&
         take_literal (at, end, ",");
}

/**
 * tl_secrets_read:
 * @content: what was sealed
 * @facts: what the verified bundle says about itself
 * @settings_hash: of the verified bundle's settings
 * @out_incoming: (out) (nullable): the incoming lane's password, when the bundle has it
 * @out_outgoing: (out) (nullable): the outgoing lane's password, when the bundle has it
 * @error: return location for a #GError
 *
 * Takes the passwords out, writes the line again and compares every byte: so
 * everything beside them is that of this bundle, and nothing else is in it.
 *
 * Returns: whether all of it is this bundle's; %FALSE with
 *   %TL_ERROR_INVALID_INPUT, and nothing is given out
 */
gboolean
tl_secrets_read (const TlSecret       *content,
                 const TlBundleFacts  *facts,
                 const char           *settings_hash,
                 TlSecret            **out_incoming,
                 TlSecret            **out_outgoing,
                 GError              **error)
{
  gsize len;
  const char *at = tl_secret_peek (content, &len);
  const char *end = at + len;
  g_autoptr(TlSecret) incoming = NULL;
  g_autoptr(TlSecret) outgoing = NULL;
  g_autoptr(TlSecret) again = NULL;

  if (take_literal (&at, end, head) &&
      take_member (&at, end, incoming_member, facts->has_incoming, &incoming) &&
      take_member (&at, end, outgoing_member, facts->has_outgoing, &outgoing))
    again = tl_secrets_write (facts, settings_hash, incoming, outgoing, NULL);

  if (again == NULL || !tl_secret_equal (again, content))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the sealed passwords are not those of this bundle");
      return FALSE;
    }

  *out_incoming = g_steal_pointer (&incoming);
  *out_outgoing = g_steal_pointer (&outgoing);

  return TRUE;
}
