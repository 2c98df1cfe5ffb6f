/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-zone.h"

#include <string.h>

typedef struct
{
  const char  *name;
  const char  *zone;
  TlSpfResult  result;
  guint        records;
  guint        lookups;
  guint        voids;
  guint        rounds;
  char         all;
  const char  *includes;
  const char  *terms;
} Case;

static const Case cases[] = {
  { "none", "a.test TXT x", TL_SPF_NONE, .rounds = 1 },
  { "nxdomain", "b.test A 192.0.2.1", TL_SPF_NONE, .rounds = 1 },
  { "timeout", "a.test TIMEOUT", TL_SPF_TEMPERROR, .rounds = 1 },
  { "two", "a.test TXT v=spf1 -all\na.test TXT v=spf1", TL_SPF_PERMERROR, 2, .rounds = 1 },
  { "syntax", "a.test TXT v=spf1 moo -all", TL_SPF_PERMERROR, 1, .rounds = 1 },
  { "bare", "a.test TXT v=spf1", TL_SPF_NEUTRAL, 1, .rounds = 1 },
  { "all", "a.test TXT v=spf1 ip4:192.0.2.1 ~all a", TL_SPF_NEUTRAL, 1, .rounds = 1, .all = '~' },
  { "open", "a.test TXT v=spf1 all", TL_SPF_NEUTRAL, 1, .rounds = 1, .all = '+' },
  { "all-of-redirect", "a.test TXT v=spf1 redirect=b.test\nb.test TXT v=spf1 a -all\n"
    "b.test A 1.2.3.4",
    TL_SPF_NEUTRAL, 1, 2, 0, 3, '-', "b.test", "a.test redirect=b.test; b.test a" },
  { "all-of-include", "a.test TXT v=spf1 include:b.test\nb.test TXT v=spf1 -all", TL_SPF_NEUTRAL,
    1, 1,
    0, 2, 0, "b.test", "a.test include:b.test" },
  { "redirect-in-include", "a.test TXT v=spf1 include:b.test ?all\n"
    "b.test TXT v=spf1 redirect=c.test\n"
    "c.test TXT v=spf1 -all", TL_SPF_NEUTRAL, 1, 2, 0, 3, '?', "b.test c.test",
    "a.test include:b.test; b.test redirect=c.test" },
  { "all-before-redirect", "a.test TXT v=spf1 redirect=b.test -all", TL_SPF_NEUTRAL, 1, .rounds = 1,
    .all = '-' },
  { "order", "a.test TXT v=spf1 a include:b.test mx include:c.test -all\na.test A 192.0.2.1\n"
    "a.test MX 1 m.test\nm.test AAAA ::1\nb.test TXT v=spf1 include:d.test ptr\nc.test TXT v=spf1\n"
    "d.test TXT v=spf1 exists:%{i}.e.test", TL_SPF_NEUTRAL, 1, 7, 0, 4, '-', "b.test d.test c.test",
    "a.test a; a.test include:b.test; b.test include:d.test; d.test exists:%{i}.e.test; "
    "b.test ptr; "
    "a.test mx; a.test include:c.test" },
  { "macro-of-domain", "a.test TXT v=spf1 include:%{d}.b.test -all\n"
    "a.test.b.test TXT v=spf1 include:%{d2}.%{o}\nb.test.a.test TXT v=spf1 -all", TL_SPF_NEUTRAL,
    1, 2,
    0, 3, '-', "a.test.b.test b.test.a.test",
    "a.test include:%{d}.b.test; a.test.b.test include:%{d2}.%{o}" },
  { "macro-of-sender", "a.test TXT v=spf1 include:%{l}.b.test a:%{h} include:%{s}.test "
    "redirect=%{p}.test", TL_SPF_NEUTRAL, 1, 4, 0, 1, 0, "", "a.test include:%{l}.b.test; "
    "a.test a:%{h}; a.test include:%{s}.test; a.test redirect=%{p}.test" },
  { "include-two", "a.test TXT v=spf1 include:b.test ~all\nb.test TXT v=spf1\nb.test TXT v=spf1",
    TL_SPF_PERMERROR, 1, 1, 0, 2, '~', "b.test", "a.test include:b.test" },
  { "include-none", "a.test TXT v=spf1 include:b.test include:c.test -all\nc.test TXT v=spf1",
    TL_SPF_PERMERROR, 1, 2, 0, 2, '-', "b.test c.test",
    "a.test include:b.test; a.test include:c.test" },
  { "include-syntax", "a.test TXT v=spf1 include:b.test ~all\nb.test TXT v=spf1 moo",
    TL_SPF_PERMERROR,
    1, 1, 0, 2, '~', "b.test", "a.test include:b.test" },
  { "include-timeout", "a.test TXT v=spf1 include:b.test ~all\nb.test TIMEOUT", TL_SPF_TEMPERROR,
    1, 1,
    0, 2, '~', "b.test", "a.test include:b.test" },
  { "first-error", "a.test TXT v=spf1 include:b.test include:c.test ~all\nb.test TIMEOUT",
    TL_SPF_TEMPERROR, 1, 2, 0, 2, '~', "b.test c.test",
    "a.test include:b.test; a.test include:c.test" },
  { "host-timeout", "a.test TXT v=spf1 a:b.test ~all\nb.test TIMEOUT", TL_SPF_TEMPERROR, 1, 1, 0, 2,
    '~', "", "a.test a:b.test" },
  { "voids", "a.test TXT v=spf1 a:x.test mx:y.test -all", TL_SPF_NEUTRAL, 1, 2, 2, 3, '-', "",
    "a.test a:x.test; a.test mx:y.test" },
  { "voids-3", "a.test TXT v=spf1 a:x.test mx:y.test exists:z.test -all", TL_SPF_PERMERROR, 1, 3,
    3, 3,
    '-', "", "a.test a:x.test; a.test mx:y.test; a.test exists:z.test" },
  { "void-exists", "a.test TXT v=spf1 exists:y.test exists:z.test -all\nz.test A 192.0.2.1",
    TL_SPF_NEUTRAL, 1, 2, 1, 2, '-', "", "a.test exists:y.test; a.test exists:z.test" },
  { "void-of-one-kind", "a.test TXT v=spf1 a:x.test exists:y.test -all\nx.test AAAA ::1\n"
    "y.test AAAA ::1", TL_SPF_NEUTRAL, 1, 2, 1, 3, '-', "",
    "a.test a:x.test; a.test exists:y.test" },
  { "void-servers", "a.test TXT v=spf1 mx -all\na.test MX 1 m.test\na.test MX 2 n.test\n"
    "n.test A 192.0.2.1", TL_SPF_NEUTRAL, 1, 1, 1, 4, '-', "", "a.test mx" },
  { "servers-null", "a.test TXT v=spf1 mx -all\na.test MX 0 .", TL_SPF_NEUTRAL, 1, 1, 0, 2, '-', "",
    "a.test mx" },
  { "servers-11", "a.test TXT v=spf1 mx -all\na.test MX 1 a.t\na.test MX 1 b.t\na.test MX 1 c.t\n"
    "a.test MX 1 d.t\na.test MX 1 e.t\na.test MX 1 f.t\na.test MX 1 g.t\na.test MX 1 h.t\n"
    "a.test MX 1 i.t\na.test MX 1 j.t\na.test MX 1 k.t", TL_SPF_PERMERROR, 1, 1, 0, 2, '-', "",
    "a.test mx" },
  { "ten", "a.test TXT v=spf1 a a a a a a a a a ptr -all\na.test A 192.0.2.1", TL_SPF_NEUTRAL, 1,
    10, 0,
    2, '-', "", "a.test a; a.test a; a.test a; a.test a; a.test a; a.test a; a.test a; a.test a; "
    "a.test a; a.test ptr" },
  { "twelve", "a.test TXT v=spf1 a a a a a a a a a ptr a:b.test include:c.test -all\n"
    "a.test A 192.0.2.1\n"
    "c.test TXT v=spf1", TL_SPF_PERMERROR, 1, 12, 0, 2, '-', "c.test",
    "a.test a; a.test a; a.test a; a.test a; a.test a; a.test a; a.test a; a.test a; "
    "a.test a; a.test ptr; a.test a:b.test; a.test include:c.test" },
};

static char *
join (char       **words,
      const char  *between)
{
  return g_strjoinv (between, words);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlSpfZone) zone = tl_spf_zone_new (c->zone);
  guint rounds = 0;
  g_autoptr(TlSpfSurvey) survey = tl_spf_zone_survey (zone, "a.test", &rounds);
  g_autofree char *includes = join (survey->includes, " ");
  g_autofree char *terms = join (survey->lookup_terms, "; ");

  g_assert_cmpstr (tl_spf_result_get_nick (survey->result), ==, tl_spf_result_get_nick (c->result));
  g_assert_cmpint (survey->why != NULL, ==, c->result != TL_SPF_NEUTRAL);
  g_assert_cmpuint (survey->n_records, ==, c->records);
  g_assert_cmpuint (survey->n_lookups, ==, c->lookups);
  g_assert_cmpuint (survey->n_voids, ==, c->voids);
  g_assert_cmpuint (rounds, ==, c->rounds);
  g_assert_cmpint (survey->all, ==, c->all);
  g_assert_cmpstr (includes, ==, c->includes == NULL ? "" : c->includes);
  g_assert_cmpstr (terms, ==, c->terms == NULL ? "" : c->terms);
  g_assert_cmpint (survey->record != NULL, ==, c->records == 1);
}

static void
test_record (void)
{
  g_autoptr(TlSpfZone) zone = tl_spf_zone_new ("a.test TXT v=spf1 x=\\001\\377 -all");
  guint rounds = 0;
  g_autoptr(TlSpfSurvey) survey = tl_spf_zone_survey (zone, "a.test", &rounds);

  g_assert_cmpstr (survey->record, ==, "v=spf1 x=\\x01\\xff -all");
  g_assert_cmpuint (survey->n_bytes, ==, 16);
}

/* Counting has an end, and what is included in a circle is named once. */
static void
test_loop (void)
{
  g_autoptr(TlSpfZone) zone = tl_spf_zone_new ("a.test TXT v=spf1 include:b.test "
                                               "include:c.test -all\n"
                                               "b.test TXT v=spf1 include:a.test include:c.test\n"
                                               "c.test TXT v=spf1 include:a.test include:b.test");
  guint rounds = 0;
  g_autoptr(TlSpfSurvey) survey = tl_spf_zone_survey (zone, "a.test", &rounds);
  g_autofree char *includes = join (survey->includes, " ");

  g_assert_cmpint (survey->result, ==, TL_SPF_PERMERROR);
  g_assert_cmpuint (survey->n_records, ==, 1);
  g_assert_cmpuint (survey->n_lookups, ==, 30);
  g_assert_cmpuint (g_strv_length (survey->lookup_terms), ==, 30);
  g_assert_cmpstr (includes, ==, "b.test a.test");
  g_assert_cmpuint (rounds, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/spf/survey/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/spf/survey/record", test_record);
  g_test_add_func ("/spf/survey/loop", test_loop);

  return g_test_run ();
}
