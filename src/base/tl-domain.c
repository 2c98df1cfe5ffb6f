/* SPDX-License-Identifier: GPL-3.0-or-later */
/* International domain names as people see them: on the wire and in files they are A-labels. */
#include "tl-domain.h"

#include <string.h>

#include "tl-text.h"

/* The sets of scripts that the profile “Highly Restrictive” (UTS 39 §5.2) lets into one label
 * beside a single script: how Japanese, Chinese and Korean are written. */
static const struct
{
  GUnicodeScript scripts[5];
  guint          n;
} mixtures[] = {
  { { G_UNICODE_SCRIPT_LATIN, G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_HIRAGANA,
      G_UNICODE_SCRIPT_KATAKANA }, 4 },
  { { G_UNICODE_SCRIPT_LATIN, G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_BOPOMOFO }, 3 },
  { { G_UNICODE_SCRIPT_LATIN, G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_HANGUL }, 3 },
};

/* Letters of other scripts that are drawn like Latin ones (a part of UTS 39's confusables):
 * a label of nothing else is one script and yet reads as another word. */
static const char latin_twins[] =
  "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458"
  "\u044c\u04bb\u04cf\u0501\u051b\u051d"
  "\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03c7";

static gboolean
has_script (const GUnicodeScript *scripts,
            guint                 n,
            GUnicodeScript        script)
{
  for (guint i = 0; i < n; i++)
    {
      if (scripts[i] == script)
        return TRUE;
    }

  return FALSE;
}

/* Digits and the hyphen are of every script, a combining mark of its letter's. */
static gboolean
is_of_any_script (GUnicodeScript script)
{
  return script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED;
}

/* Whether every letter of a label is in @scripts. */
static gboolean
is_written_in (const char           *label,
               const GUnicodeScript *scripts,
               guint                 n)
{
  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      if (!is_of_any_script (script) && !has_script (scripts, n, script))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_mixed (const char *label)
{
  GUnicodeScript first = G_UNICODE_SCRIPT_COMMON;

  for (const char *p = label; is_of_any_script (first) && *p != '\0'; p = g_utf8_next_char (p))
    first = g_unichar_get_script (g_utf8_get_char (p));

  if (is_written_in (label, &first, 1))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (mixtures); i++)
    {
      if (is_written_in (label, mixtures[i].scripts, mixtures[i].n))
        return FALSE;
    }

  return TRUE;
}

/* Whether a label has letters, and all of them have a Latin twin. */
static gboolean
is_disguised (const char *label)
{
  gboolean has_letter = FALSE;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && !g_ascii_isalpha ((char) c))
        continue;
      if (c < 0x80 || g_utf8_strchr (latin_twins, -1, c) == NULL)
        return FALSE;
      has_letter = TRUE;
    }

  return has_letter;
}

static gboolean
is_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p >= 0x80)
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_domain_dup_display:
 * @domain: a domain in A-labels
 *
 * Makes a domain readable without hiding how it is written: where the two forms
 * differ (RFC 5890 §2.3.2.1), both are given, as `bücher.example (xn--bcher-kva.example)`.
 * A name that decodes to nothing, or to what is no clean text, stays as it is.
 *
 * Returns: (transfer full): the domain for people
 */
char *
tl_domain_dup_display (const char *domain)
{
  g_autofree char *readable = g_hostname_to_unicode (domain);

  if (readable == NULL || g_str_equal (readable, domain) || !tl_text_is_clean (readable))
    return g_strdup (domain);

  return g_strdup_printf ("%s (%s)", readable, domain);
}

/**
 * tl_domain_is_lookalike:
 * @domain: a domain in A-labels
 *
 * Looks whether a domain may pass for another one: a label mixes scripts beyond
 * the profile “Highly Restrictive” of UTS 39 §5.2, or stands under a Latin
 * top-level domain and is made of nothing but letters with Latin twins.
 *
 * Returns: whether a person should look at it twice
 */
gboolean
tl_domain_is_lookalike (const char *domain)
{
  g_autofree char *readable = g_hostname_to_unicode (domain);
  g_auto(GStrv) labels = NULL;
  gsize n;

  if (readable == NULL)
    return FALSE;

  labels = g_strsplit (readable, ".", -1);
  n = g_strv_length (labels);
  for (gsize i = 0; i < n; i++)
    {
      if (is_mixed (labels[i]) || (is_ascii (labels[n - 1]) && is_disguised (labels[i])))
        return TRUE;
    }

  return FALSE;
}
