/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-escape.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (TlTargetMedium, tl_target_medium,
                    G_DEFINE_ENUM_VALUE (TL_TARGET_CSV, "csv"),
                    G_DEFINE_ENUM_VALUE (TL_TARGET_JSON, "json"),
                    G_DEFINE_ENUM_VALUE (TL_TARGET_XML, "xml"),
                    G_DEFINE_ENUM_VALUE (TL_TARGET_TOML, "toml"),
                    G_DEFINE_ENUM_VALUE (TL_TARGET_INI, "ini"),
                    G_DEFINE_ENUM_VALUE (TL_TARGET_CONF, "conf"),
                    G_DEFINE_ENUM_VALUE (TL_TARGET_TEXT, "text"))

/* Control characters, U+0080 to U+009F among them: U+0085 ends a line for some readers. The line
 * and the paragraph separator do for others. */
static gboolean
has_controls (const char *text,
              gsize       len)
{
  for (const char *p = text; p < text + len; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        return TRUE;
    }

  return FALSE;
}

/* Char of XML 1.0 §2.2 without the control characters that are left; a line break and a tab go in
 * as references, or a reader would make blanks of them (§2.11, §3.3.3). */
static gboolean
escape_xml (GString    *out,
            const char *text,
            gsize       len)
{
  static const char * const references[] = {
    ['"'] = "&quot;", ['&'] = "&amp;", ['\''] = "&apos;", ['<'] = "&lt;", ['>'] = "&gt;",
    ['\t'] = "&#9;", ['\n'] = "&#10;", ['\r'] = "&#13;",
  };

  for (const char *p = text; p < text + len; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *reference = c < G_N_ELEMENTS (references) ? references[c] : NULL;

      if (reference != NULL)
        g_string_append (out, reference);
      else if (g_unichar_iscntrl (c) || c == 0xfffe || c == 0xffff)
        return FALSE;
      else
        g_string_append_unichar (out, c);
    }

  return TRUE;
}

/* basic-char of TOML 1.0, within quotes. */
static gboolean
escape_toml (GString    *out,
             const char *text,
             gsize       len)
{
  for (gsize i = 0; i < len; i++)
    {
      guchar c = (guchar) text[i];

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (out, "\\u%04X", c);
      else
        g_string_append_c (out, text[i]);
    }

  return TRUE;
}

/* What readers of such files would take for a comment, a quote or a line that goes on: they do not
 * agree on how it is written, so it is not. */
static gboolean
escape_ini (GString    *out,
            const char *text,
            gsize       len)
{
  if (has_controls (text, len))
    return FALSE;
  if (len > 0 && (text[0] == ' ' || text[len - 1] == ' ' || text[len - 1] == '\\' ||
                  strchr ("\"'`#;", text[0]) != NULL))
    return FALSE;
  if (g_strstr_len (text, (gssize) len, " #") != NULL ||
      g_strstr_len (text, (gssize) len, " ;") != NULL)
    return FALSE;

  g_string_append_len (out, text, (gssize) len);

  return TRUE;
}

/* The body of a string in double quotes. */
static gboolean
escape_conf (GString    *out,
             const char *text,
             gsize       len)
{
  if (has_controls (text, len))
    return FALSE;

  for (gsize i = 0; i < len; i++)
    {
      if (text[i] == '"' || text[i] == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, text[i]);
    }

  return TRUE;
}

static gboolean
escape_text (GString    *out,
             const char *text,
             gsize       len)
{
  if (has_controls (text, len))
    return FALSE;

  g_string_append_len (out, text, (gssize) len);

  return TRUE;
}

/* What is quoted when the cell or the string is whole. */
static gboolean
escape_later (GString    *out,
              const char *text,
              gsize       len)
{
  g_string_append_len (out, text, (gssize) len);

  return TRUE;
}

/**
 * tl_target_escape:
 * @medium: how the file is written
 * @out: what it is added to
 * @bytes: a value
 * @len: its length
 *
 * Adds a value as the medium spells it, so that nothing in it can end the place where it stands.
 * Every medium is UTF-8.
 *
 * Returns: whether the medium can hold it; if not, @out may have a part of it
 */
gboolean
tl_target_escape (TlTargetMedium  medium,
                  GString        *out,
                  const char     *bytes,
                  gsize           len)
{
  static gboolean (* const escapes[]) (GString *, const char *, gsize) = {
    [TL_TARGET_CSV] = escape_later,
    [TL_TARGET_JSON] = escape_later,
    [TL_TARGET_XML] = escape_xml,
    [TL_TARGET_TOML] = escape_toml,
    [TL_TARGET_INI] = escape_ini,
    [TL_TARGET_CONF] = escape_conf,
    [TL_TARGET_TEXT] = escape_text,
  };

  return g_utf8_validate (bytes, (gssize) len, NULL) && escapes[medium] (out, bytes, len);
}
