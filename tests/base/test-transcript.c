/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-transcript.h"

#include <string.h>

static void
test_lines (void)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();

  tl_transcript_add (transcript, TL_TRANSCRIPT_RECEIVED, "* OK ready", -1);
  tl_transcript_add (transcript, TL_TRANSCRIPT_SENT, "a1 NOOP and no more", 7);
  tl_transcript_add (transcript, TL_TRANSCRIPT_NOTE, "handshake", -1);

  g_assert_cmpuint (tl_transcript_get_n_lines (transcript), ==, 3);
  g_assert_cmpint (tl_transcript_get_direction (transcript, 0), ==, TL_TRANSCRIPT_RECEIVED);
  g_assert_cmpint (tl_transcript_get_direction (transcript, 1), ==, TL_TRANSCRIPT_SENT);
  g_assert_cmpint (tl_transcript_get_direction (transcript, 2), ==, TL_TRANSCRIPT_NOTE);
  g_assert_cmpstr (tl_transcript_get_text (transcript, 0), ==, "* OK ready");
  g_assert_cmpstr (tl_transcript_get_text (transcript, 1), ==, "a1 NOOP");
}

static void
test_cleaned (void)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();

  tl_transcript_add (transcript, TL_TRANSCRIPT_RECEIVED, "a\033[2Jb", -1);

  g_assert_cmpstr (tl_transcript_get_text (transcript, 0), ==, "a\\x1b[2Jb");
}

static void
test_clock (void)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();

  tl_transcript_add (transcript, TL_TRANSCRIPT_SENT, "first", -1);
  g_usleep (20 * 1000);
  tl_transcript_add (transcript, TL_TRANSCRIPT_SENT, "second", -1);

  g_assert_cmpuint (tl_transcript_get_ms (transcript, 1), >=,
                    tl_transcript_get_ms (transcript, 0) + 19);
}

static void
test_secret (void)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();

  tl_transcript_add_secret (transcript, 17);

  g_assert_cmpint (tl_transcript_get_direction (transcript, 0), ==, TL_TRANSCRIPT_SENT);
  g_assert_nonnull (strstr (tl_transcript_get_text (transcript, 0), "17"));
}

static void
test_bounded (void)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();

  g_test_summary ("Past the bound one note says so, once, and nothing is kept");

  for (guint i = 0; i < TL_TRANSCRIPT_MAX_LINES + 50; i++)
    tl_transcript_add (transcript, TL_TRANSCRIPT_RECEIVED, "line", -1);
  tl_transcript_add_secret (transcript, 5);

  g_assert_cmpuint (tl_transcript_get_n_lines (transcript), ==, TL_TRANSCRIPT_MAX_LINES + 1);
  g_assert_cmpint (tl_transcript_get_direction (transcript, TL_TRANSCRIPT_MAX_LINES - 1), ==,
                   TL_TRANSCRIPT_RECEIVED);
  g_assert_cmpint (tl_transcript_get_direction (transcript, TL_TRANSCRIPT_MAX_LINES), ==,
                   TL_TRANSCRIPT_NOTE);
}

static void
test_to_string (void)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  g_autofree char *empty = tl_transcript_to_string (transcript);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  tl_transcript_add (transcript, TL_TRANSCRIPT_SENT, "out", -1);
  tl_transcript_add (transcript, TL_TRANSCRIPT_RECEIVED, "in", -1);
  text = tl_transcript_to_string (transcript);
  lines = g_strsplit (text, "\n", -1);

  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_suffix (lines[0], " \u2192 out"));
  g_assert_true (g_str_has_suffix (lines[1], " \u2190 in"));
  g_assert_cmpstr (lines[2], ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transcript/lines", test_lines);
  g_test_add_func ("/transcript/cleaned", test_cleaned);
  g_test_add_func ("/transcript/clock", test_clock);
  g_test_add_func ("/transcript/secret", test_secret);
  g_test_add_func ("/transcript/bounded", test_bounded);
  g_test_add_func ("/transcript/to-string", test_to_string);

  return g_test_run ();
}
