/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-text.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *bytes;
  gssize      len;
  const char *clean;
  gboolean    was_clean; /* as it came, for tl_text_is_clean() */
} CleanCase;

static const CleanCase clean_cases[] = {
  { "plain", "Login failed.", -1, "Login failed.", TRUE },
  { "empty", "", -1, "", TRUE },
  { "utf8", "Kennwort ung\u00fcltig \u2013 \u65e5\u672c", -1,
    "Kennwort ung\u00fcltig \u2013 \u65e5\u672c", TRUE },
  { "emoji", "\U0001f600", -1, "\U0001f600", TRUE },
  { "one-mark", "e\u0301", -1, "e\u0301", TRUE },
  { "markup-is-text", "<b>&amp;%s", -1, "<b>&amp;%s", TRUE },
  { "newline", "a\r\nb", -1, "a\\x0d\\x0ab", FALSE },
  { "tab", "a\tb", -1, "a\\x09b", FALSE },
  { "escape", "\033[31mred", -1, "\\x1b[31mred", FALSE },
  { "delete", "a\177b", -1, "a\\x7fb", FALSE },
  { "c1", "a\xc2\x85" "b", -1, "a\\x85b", FALSE },
  { "nul", "a\0b", 3, "a\\x00b", FALSE },
  { "bidi-override", "a\u202eb", -1, "a\\u202eb", FALSE },
  { "bidi-isolate", "a\u2066b", -1, "a\\u2066b", FALSE },
  { "zero-width-space", "a\u200bb", -1, "a\\u200bb", FALSE },
  { "byte-order-mark", "\ufeff" "a", -1, "\\ufeffa", FALSE },
  { "soft-hyphen", "a\u00adb", -1, "a\\xadb", FALSE },
  { "line-separator", "a\u2028b", -1, "a\\u2028b", FALSE },
  { "private-use", "a\ue000b", -1, "a\\ue000b", FALSE },
  { "tag", "a\U000e0041b", -1, "a\\ue0041b", FALSE },
  { "two-marks", "e\u0301\u0302", -1, "e\u0301\\u0302", FALSE },
  { "bad-byte", "a\xff" "b", -1, "a\\xffb", FALSE },
  { "cut-sequence", "a\xc3", -1, "a\\xc3", FALSE },
  { "overlong", "\xc0\xaf", -1, "\\xc0\\xaf", FALSE },
  { "utf8-surrogate", "\xed\xa0\x80", -1, "\\xed\\xa0\\x80", FALSE },
  { "length-counts", "abcdef", 3, "abc", TRUE },
  { "length-cuts-sequence", "a\u00fc", 2, "a\\xc3", TRUE },
};

static void
test_clean (gconstpointer data)
{
  const CleanCase *c = data;
  g_autofree char *clean = tl_text_clean (c->bytes, c->len);

  g_assert_cmpstr (clean, ==, c->clean);
  g_assert_true (tl_text_is_clean (clean));
}

static void
test_is_clean (gconstpointer data)
{
  const CleanCase *c = data;

  g_assert_cmpint (tl_text_is_clean (c->bytes), ==, c->was_clean);
}

static void
test_backslash (void)
{
  g_autofree char *spelt = tl_text_clean ("\\x1b", -1);
  g_autofree char *real = tl_text_clean ("\033", -1);

  g_test_summary ("A server that writes the spelling is told from one that sends the character");

  g_assert_cmpstr (spelt, ==, "\\\\x1b");
  g_assert_cmpstr (real, ==, "\\x1b");
}

typedef struct
{
  const char *name;
  const char *bytes;
  gsize       max_chars;
  const char *clean;
} CapCase;

static const CapCase cap_cases[] = {
  { "under", "abc", 4, "abc" },
  { "exact", "abc", 3, "abc" },
  { "over", "abcd", 3, "abc\u2026" },
  { "characters-not-bytes", "\u00fc\u00fc\u00fc", 3, "\u00fc\u00fc\u00fc" },
  { "zero", "a", 0, "\u2026" },
  { "zero-of-nothing", "", 0, "" },
  { "spelling-counts", "\033\033", 4, "\\x1b\u2026" },
};

static void
test_cap (gconstpointer data)
{
  const CapCase *c = data;
  g_autofree char *clean = tl_text_clean_capped (c->bytes, -1, c->max_chars);

  g_assert_cmpstr (clean, ==, c->clean);
}

static void
test_bounded (void)
{
  g_autofree char *controls = g_strnfill (100000, '\001');
  g_autofree char *clean = tl_text_clean (controls, -1);

  g_assert_cmpint (g_utf8_strlen (clean, -1), <=, TL_TEXT_MAX_CHARS + 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (clean_cases); i++)
    {
      g_autofree char *clean = g_strconcat ("/text/clean/", clean_cases[i].name, NULL);
      g_autofree char *is_clean = g_strconcat ("/text/is-clean/", clean_cases[i].name, NULL);

      g_test_add_data_func (clean, &clean_cases[i], test_clean);
      if (clean_cases[i].len < 0)
        g_test_add_data_func (is_clean, &clean_cases[i], test_is_clean);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cap_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/text/cap/", cap_cases[i].name, NULL);

      g_test_add_data_func (path, &cap_cases[i], test_cap);
    }

  g_test_add_func ("/text/backslash", test_backslash);
  g_test_add_func ("/text/bounded", test_bounded);

  return g_test_run ();
}
