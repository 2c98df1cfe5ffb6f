/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-host-pattern.h"

typedef struct
{
  const char *name;
  const char *pattern;
  const char *host;
  gsize       told;   /* 0: no match */
} MatchCase;

static const MatchCase match_cases[] = {
  { "whole",              "mx.example.net",       "mx.example.net",       15 },
  { "whole-other",        "mx.example.net",       "my.example.net",       0 },
  { "whole-below",        "mx.example.net",       "a.mx.example.net",     0 },
  { "whole-empty",        "mx.example.net",       "",                     0 },
  { "below",              "*.example.net",        "mx.example.net",       12 },
  { "below-deep",         "*.example.net",        "a.b.example.net",      12 },
  { "below-itself",       "*.example.net",        "example.net",          0 },
  { "below-bare-dot",     "*.example.net",        ".example.net",         0 },
  { "below-glued",        "*.example.net",        "myexample.net",        0 },
  { "below-behind",       "*.example.net",        "mx.example.net.test",  0 },
  { "star",               "mx*.example.net",      "mx10.example.net",     14 },
  { "star-nothing",       "mx*.example.net",      "mx.example.net",       14 },
  { "star-no-dot",        "mx*.example.net",      "mx1.a.example.net",    0 },
  { "star-before",        "mx*.example.net",      "amx1.example.net",     0 },
  { "star-above",         "mx*.example.net",      "a.mx1.example.net",    0 },
  { "star-overlap",       "mx-*-mx.example.net",  "mx-mx.example.net",    0 },
  { "star-first",         "*mx.example.net",      "hzmx.example.net",     14 },
  { "star-second-label",  "in.mx*.example.net",   "in.mx3.example.net",   17 },
  { "word",               "in.{region}.example.net", "in.eu-1.example.net", 15 },
  { "word-nothing",       "in.{region}.example.net", "in..example.net",   0 },
  { "word-two-labels",    "in.{region}.example.net", "in.a.b.example.net", 0 },
  { "word-first",         "{x}.example.net",      "a.example.net",        12 },
  { "word-first-dotted",  "{x}.example.net",      "a.b.example.net",      0 },
};

static void
test_match (gconstpointer data)
{
  const MatchCase *c = data;

  g_assert_cmpuint (tl_host_pattern_match (c->pattern, c->host), ==, c->told);
}

typedef struct
{
  const char *name;
  const char *pattern;
  const char *word;
  const char *host;
  const char *caught;
} CatchCase;

static const CatchCase catch_cases[] = {
  { "label",       "in.{region}.example.net", "{region}", "in.eu-1.example.net", "eu-1" },
  { "first",       "{x}.example.net",         "{x}",      "a.example.net",       "a" },
  { "other-word",  "in.{region}.example.net", "{cluster}", "in.a.example.net",   NULL },
  { "prefix",      "in.{region}.example.net", "{reg}",    "in.a.example.net",    NULL },
  { "no-match",    "in.{region}.example.net", "{region}", "out.a.example.net",   NULL },
  { "no-word",     "mx*.example.net",         "{region}", "mx1.example.net",     NULL },
  { "whole",       "mx.example.net",          "{region}", "mx.example.net",      NULL },
};

static void
test_catch (gconstpointer data)
{
  const CatchCase *c = data;
  g_autofree char *caught = tl_host_pattern_catch (c->pattern, c->word, c->host);

  g_assert_cmpstr (caught, ==, c->caught);
}

static void
test_fold (void)
{
  g_autofree char *name = tl_host_pattern_fold ("MX.Example.NET.");
  g_autofree char *dot = tl_host_pattern_fold (".");
  g_autofree char *empty = tl_host_pattern_fold ("");

  g_assert_cmpstr (name, ==, "mx.example.net");
  g_assert_cmpstr (dot, ==, "");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_several (void)
{
  const char * const patterns[] = { "*.example.net", "mx.example.net", "mx*.example.net", NULL };
  const char * const none[] = { NULL };

  g_assert_cmpuint (tl_host_patterns_match (patterns, "mx.example.net"), ==, 15);
  g_assert_cmpuint (tl_host_patterns_match (patterns, "a.example.net"), ==, 12);
  g_assert_cmpuint (tl_host_patterns_match (patterns, "example.org"), ==, 0);
  g_assert_cmpuint (tl_host_patterns_match (none, "mx.example.net"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/host-pattern/match/", match_cases[i].name, NULL);

      g_test_add_data_func (path, &match_cases[i], test_match);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (catch_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/host-pattern/catch/", catch_cases[i].name, NULL);

      g_test_add_data_func (path, &catch_cases[i], test_catch);
    }
  g_test_add_func ("/host-pattern/fold", test_fold);
  g_test_add_func ("/host-pattern/several", test_several);

  return g_test_run ();
}
