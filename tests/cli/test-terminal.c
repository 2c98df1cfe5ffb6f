/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reaches the terminal, byte by byte. */
#include "tl-terminal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NASTY "a\033[31m\nb\r\xc2\x9bm\x9b\x7f\xe2\x80\xae\xe2\x81\xa6."
#define SPELT "a\\u001b[31m\\u000ab\\u000d\\u009bm\\x9b\\u007f\\u202e\\u2066."

static void
begin (int  end,
       int *out_before)
{
  fflush (stdout);
  *out_before = dup (STDOUT_FILENO);
  g_assert_cmpint (*out_before, >=, 0);
  g_assert_cmpint (dup2 (end, STDOUT_FILENO), >=, 0);
  close (end);
}

/* What has been written to @end since begin(). */
static char *
finish (int end,
        int before)
{
  char *bytes = g_malloc0 (4096);
  gsize len = 0;

  /* A terminal may hand a line over in parts; whatever is printed ends with one. */
  fflush (stdout);
  while (len == 0 || bytes[len - 1] != '\n')
    {
      gssize n = read (end, bytes + len, 4095 - len);

      g_assert_cmpint (n, >, 0);
      len += (gsize) n;
    }
  g_assert_cmpint (dup2 (before, STDOUT_FILENO), >=, 0);
  close (before);
  close (end);

  return bytes;
}

static void
test_lines (void)
{
  g_autofree char *bytes = NULL;
  int ends[2];
  int before;

  g_test_summary ("One line is one line, and nothing in it is a command");

  g_assert_cmpint (pipe (ends), ==, 0);
  begin (ends[1], &before);
  tl_terminal_print ("\n%s|%s", NASTY, "\033[9m");
  tl_terminal_print ("%s", "zw\xe2\x80\x8dj bücher \xe2\x80\x8f\\x1b");
  bytes = finish (ends[0], before);

  g_assert_cmpstr (bytes, ==,
                   "\n" SPELT "|\\u001b[9m\nzw\xe2\x80\x8dj bücher \xe2\x80\x8f\\x1b\n");
}

static void
test_json (void)
{
  g_autoptr(TlJson) json = tl_json_parse ("{\"a\": \"\xc2\x9b\xe2\x80\xae\\u001b\"}", -1, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr(TlJson) again = NULL;
  int ends[2];
  int before;

  g_test_summary ("JSON means what it meant");

  g_assert_nonnull (json);
  g_assert_cmpint (pipe (ends), ==, 0);
  begin (ends[1], &before);
  tl_terminal_print_json (json);
  bytes = finish (ends[0], before);

  g_assert_nonnull (strstr (bytes, "\"\\u009b\\u202e\\u001b\""));
  g_assert_true (g_str_has_prefix (bytes, "{\n"));
  again = tl_json_parse (bytes, -1, NULL);
  g_assert_nonnull (again);
}

static void
test_terminal (void)
{
  g_autofree char *struck = NULL;
  g_autofree char *bytes = NULL;
  int master = posix_openpt (O_RDWR | O_NOCTTY);
  int before;

  g_test_summary ("On a terminal text is struck through, and that is all");

  g_assert_cmpint (master, >=, 0);
  g_assert_cmpint (grantpt (master), ==, 0);
  g_assert_cmpint (unlockpt (master), ==, 0);
  g_setenv ("TERM", "xterm-256color", TRUE);
  begin (open (ptsname (master), O_RDWR | O_NOCTTY), &before);
  struck = tl_terminal_dup_struck ("x\033[8m");
  tl_terminal_print ("%s|%s", struck, NASTY);
  bytes = finish (master, before);

  g_assert_cmpstr (bytes, ==, "\033[9mx\\u001b[8m\033[29m|" SPELT "\r\n");
}

static void
test_complaint (void)
{
  if (g_test_subprocess ())
    {
      tl_terminal_complain ("%s", NASTY);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*" SPELT "\n*");
}

static void
test_question (void)
{
  g_autofree char *answer = NULL;

  if (g_test_subprocess ())
    {
      g_assert_nonnull (freopen ("/dev/null", "r", stdin));
      answer = tl_terminal_ask ("\033[2Jwho?", "\033[8m");
      g_assert_null (answer);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*\\u001b[2Jwho? [\\u001b[8m] \n*");
}

static void
test_retry_after (void)
{
  if (g_test_subprocess ())
    {
      for (guint seconds = 90; seconds <= 300; seconds += 210)
        {
          g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
          g_autoptr(TlFinding) finding = NULL;

          g_variant_dict_insert (&evidence, TL_EVIDENCE_RETRY_AFTER, "u", seconds);
          finding = tl_finding_new ("auth.throttled", TL_LANE_INCOMING,
                                    g_variant_dict_end (&evidence));
          tl_terminal_print_finding (finding, NULL);
        }
      return;
    }

  g_test_summary ("How long to wait: in seconds while that is short, else in minutes");

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("* 90 *auth.throttled* 5 *");
  g_test_trap_assert_stdout_unmatched ("* 300 *");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/terminal/lines", test_lines);
  g_test_add_func ("/terminal/json", test_json);
  g_test_add_func ("/terminal/terminal", test_terminal);
  g_test_add_func ("/terminal/complaint", test_complaint);
  g_test_add_func ("/terminal/question", test_question);
  g_test_add_func ("/terminal/retry-after", test_retry_after);

  return g_test_run ();
}
