/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-macro.h"

#include <string.h>

/* RFC 7208 §7.4, and what it leaves out. */
static const TlSpfMacroValues values = {
  .sender = "strong-bad@email.example.com",
  .local = "strong-bad",
  .sender_domain = "email.example.com",
  .domain = "mail.example.com",
  .ip_parts = "192.0.2.3",
  .validated = "mx.example.org",
  .ip_kind = "in-addr",
  .helo = "a b&c\xc3\xa4~.test",
  .ip_text = "192.0.2.4",
  .receiver = "here.test",
  .now = "1700000000",
};

static const struct
{
  const char *text;
  const char *expanded;  /* NULL: no explanation */
} texts[] = {
  { "%{s}", "strong-bad@email.example.com" },
  { "%{o}", "email.example.com" },
  { "%{d}", "mail.example.com" },
  { "%{D}", "mail.example.com" },
  { "%{l}", "strong-bad" },
  { "%{i}", "192.0.2.3" },
  { "%{c}", "192.0.2.4" },
  { "%{p}", "mx.example.org" },
  { "%{v}", "in-addr" },
  { "%{r} %{t}", "here.test 1700000000" },
  { "%{h}", "a b&c\xc3\xa4~.test" },
  { "%{H}", "a%20b%26c%C3%A4~.test" },
  { "%{o4}", "email.example.com" },
  { "%{o3}", "email.example.com" },
  { "%{o2}", "example.com" },
  { "%{o1}", "com" },
  { "%{or}", "com.example.email" },
  { "%{oR}", "com.example.email" },
  { "%{o2r}", "example.email" },
  { "%{l-}", "strong.bad" },
  { "%{lr}", "strong-bad" },
  { "%{lr-}", "bad.strong" },
  { "%{l1r-}", "strong" },
  { "%{s1@}", NULL },
  { "%{sr.-}", "com.example.bad@email.strong" },
  { "%{s+,/_=}", "strong-bad@email.example.com" },
  { "%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com" },
  { "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com" },
  { "%{d128}", "mail.example.com" },
  { "%{d99999999999999999999}", "mail.example.com" },
  { "%{d10}", "mail.example.com" },
  { "%{d02}", "example.com" },
  { "%{d0}", NULL },
  { "%{d00r}", NULL },
  { "%{dr2}", NULL },
  { "%{drr}", NULL },
  { "%{z}", NULL },
  { "%{}", NULL },
  { "%{d", NULL },
  { "%{", NULL },
  { "%", NULL },
  { "5% off", NULL },
  { "%(d)", NULL },
  { "%{d!}", NULL },
  { "%{dd}", NULL },
  { "%%%_%-", "% %20" },
  { "%%{d}", "%{d}" },
  { "plain. text.", "plain. text." },
  { "tab\t", NULL },
  { "\x7f", NULL },
  { "\xc3\xa4", NULL },
  { "", "" },
};

static const struct
{
  const char *spec;
  const char *name;  /* NULL: no domain-spec */
} specs[] = {
  { "a.test", "a.test" },
  { "a.test.", "a.test" },
  { "a.test..", NULL },
  { ".test", ".test" },
  { "a..test", "a..test" },
  { "test", NULL },
  { "test.", NULL },
  { "", NULL },
  { ".", NULL },
  { "a.123", NULL },
  { "a.1a3", "a.1a3" },
  { "a.1-3", "a.1-3" },
  { "a.te-st", "a.te-st" },
  { "a.te--st", "a.te--st" },
  { "a.-test", NULL },
  { "a.test-", NULL },
  { "a.te_st", NULL },
  { "a_b.test", "a_b.test" },
  { "a b.test", NULL },
  { "a.test/24", NULL },
  { "a.b:c", NULL },
  { "%{d}", "mail.example.com" },
  { "%{d}.", NULL },
  { "%{d}.test", "mail.example.com.test" },
  { "%{d}.test.", "mail.example.com.test" },
  { "%{d}test", NULL },
  { "x%{d}", "xmail.example.com" },
  { "a.test%%", "a.test%" },
  { "a.test%_", "a.test " },
  { "a.test%-", "a.test%20" },
  { "%{c}", NULL },
  { "%{R}.test", NULL },
  { "%{t}.test", NULL },
  { "crt.test", "crt.test" },
  { "%{z}.test", NULL },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *expanded = NULL;

      g_test_message ("%s", texts[i].text);
      g_assert_cmpint (tl_spf_macro_is_explanation (texts[i].text), ==, texts[i].expanded != NULL);
      g_assert_cmpint (tl_spf_macro_is_string (texts[i].text), ==,
                       texts[i].expanded != NULL && strchr (texts[i].text, ' ') == NULL);
      if (texts[i].expanded == NULL)
        continue;
      expanded = tl_spf_macro_expand (texts[i].text, &values);
      g_assert_cmpstr (expanded, ==, texts[i].expanded);
    }
}

static void
test_specs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autofree char *name = NULL;

      g_test_message ("%s", specs[i].spec);
      g_assert_cmpint (tl_spf_macro_is_domain_spec (specs[i].spec), ==, specs[i].name != NULL);
      if (specs[i].name == NULL)
        continue;
      name = tl_spf_macro_expand_name (specs[i].spec, &values);
      g_assert_cmpstr (name, ==, specs[i].name);
    }
}

static void
test_uses (void)
{
  g_assert_true (tl_spf_macro_uses ("a.%{P2r-}.test", "p"));
  g_assert_true (tl_spf_macro_uses ("a.%{d}.%{i}.test", "slipvh"));
  g_assert_false (tl_spf_macro_uses ("p.%{d}.%%{p}.test", "p"));
  g_assert_false (tl_spf_macro_uses ("", "p"));
}

static char *
repeat (const char *label,
        guint       n,
        const char *end)
{
  g_autoptr(GString) name = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (name, label);
  g_string_append (name, end);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Labels on the left go, until 253 characters are left. */
static void
test_cut (void)
{
  g_autofree char *fits = repeat ("abcdefg.", 31, "hijkl");
  g_autofree char *longer = repeat ("abcdefg.", 31, "hijklm");
  g_autofree char *one = repeat ("a", 300, "");
  TlSpfMacroValues long_values = { 0 };
  g_autofree char *kept = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *dotted = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *whole = NULL;

  g_assert_cmpuint (strlen (fits), ==, TL_SPF_MAX_NAME);
  long_values.domain = fits;
  kept = tl_spf_macro_expand_name ("%{d}", &long_values);
  g_assert_cmpstr (kept, ==, fits);
  dotted = tl_spf_macro_expand_name ("y.%{d}.a.", &(TlSpfMacroValues) { .domain = fits });
  g_assert_cmpuint (strlen (dotted), ==, TL_SPF_MAX_NAME + 2 - 8);

  parts = tl_spf_macro_expand_name ("%{d12}", &long_values);
  g_assert_cmpuint (strlen (parts), ==, 11 * 8 + 5);

  long_values.domain = longer;
  cut = tl_spf_macro_expand_name ("%{d}", &long_values);
  g_assert_cmpstr (cut, ==, longer + 8);

  long_values.domain = one;
  whole = tl_spf_macro_expand_name ("%{d}", &long_values);
  g_assert_cmpstr (whole, ==, one);
}

/* A thousand macros of a thousand labels each: what counts is kept, and no more. */
static void
test_bomb (void)
{
  g_autofree char *local = repeat ("l.", 1000, "end");
  g_autofree char *spec = repeat ("%{L}", 1000, ".a.test");
  TlSpfMacroValues long_values = { .local = local };
  g_autofree char *name = tl_spf_macro_expand_name (spec, &long_values);
  g_autofree char *text = tl_spf_macro_expand (spec, &long_values);

  g_assert_cmpuint (strlen (name), <=, TL_SPF_MAX_NAME);
  g_assert_cmpuint (strlen (name), >, TL_SPF_MAX_NAME - 4);
  g_assert_true (g_str_has_suffix (name, ".l.l.end.a.test"));
  g_assert_cmpuint (strlen (text), ==, 16384);
  g_assert_true (g_str_has_prefix (text, "l.l."));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spf/macro/texts", test_texts);
  g_test_add_func ("/spf/macro/specs", test_specs);
  g_test_add_func ("/spf/macro/uses", test_uses);
  g_test_add_func ("/spf/macro/cut", test_cut);
  g_test_add_func ("/spf/macro/bomb", test_bomb);

  return g_test_run ();
}
