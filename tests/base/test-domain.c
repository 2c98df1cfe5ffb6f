/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain.h"

typedef struct
{
  const char *name;
  const char *readable; /* converted to A-labels by the test */
  const char *display;  /* NULL: the same as on the wire */
  gboolean    lookalike;
} DomainCase;

/* D16. Every readable form is what its owner would type. */
static const DomainCase domain_cases[] = {
  { "ascii", "example.org", NULL, FALSE },
  { "latin", "b\u00fccher.example", "b\u00fccher.example (xn--bcher-kva.example)", FALSE },
  { "latin-digits", "m\u00fcller-24.example",
    "m\u00fcller-24.example (xn--mller-24-65a.example)", FALSE },
  { "cyrillic", "\u043f\u0440\u0438\u043c\u0435\u0440.example",
    "\u043f\u0440\u0438\u043c\u0435\u0440.example (xn--e1afmkfd.example)", FALSE },
  { "two-scripts-in-two-labels", "mail.\u043f\u0440\u0438\u043c\u0435\u0440.example",
    "mail.\u043f\u0440\u0438\u043c\u0435\u0440.example (mail.xn--e1afmkfd.example)", FALSE },
  { "greek", "\u03c0\u03b1\u03c1\u03ac\u03b4\u03b5\u03b9\u03b3\u03bc\u03b1.example",
    "\u03c0\u03b1\u03c1\u03ac\u03b4\u03b5\u03b9\u03b3\u03bc\u03b1.example "
    "(xn--hxajbheg2az3al.example)", FALSE },
  { "japanese", "\u3042\u30a2\u6f22abc.example",
    "\u3042\u30a2\u6f22abc.example (xn--abc-j63byty012a.example)", FALSE },
  { "korean", "\ud55c\u6f22abc.example",
    "\ud55c\u6f22abc.example (xn--abc-2q6gt574b.example)", FALSE },
  { "chinese-bopomofo", "\u6f22\u3105a.example", "\u6f22\u3105a.example (xn--a-1juw89u.example)",
    FALSE },

  { "cyrillic-a-in-latin", "ex\u0430mple.org", "ex\u0430mple.org (xn--exmple-4nf.org)", TRUE },
  { "greek-o-in-latin", "g\u03bfogle.example", "g\u03bfogle.example (xn--gogle-rce.example)",
    TRUE },
  { "armenian-in-latin", "\u0578range.example", "\u0578range.example (xn--range-cig.example)",
    TRUE },
  { "kana-and-hangul", "\u3042\ud55c.example", "\u3042\ud55c.example (xn--l8jz580c.example)",
    TRUE },
  { "kana-and-cyrillic", "\u3042\u0430.example", "\u3042\u0430.example (xn--80a776t.example)",
    TRUE },
  { "mixed-below", "m\u0430il.example.org", "m\u0430il.example.org (xn--mil-6cd.example.org)",
    TRUE },
  { "wholly-disguised", "\u0430\u0440\u0440\u04cf\u0435.example",
    "\u0430\u0440\u0440\u04cf\u0435.example (xn--80ak6aa92e.example)", TRUE },
  { "disguised-at-home", "\u0441\u043e\u0440\u0430.\u0440\u0444",
    "\u0441\u043e\u0440\u0430.\u0440\u0444 (xn--80a1agc.xn--p1ai)", FALSE },
};

static void
test_domain (gconstpointer data)
{
  const DomainCase *c = data;
  g_autofree char *domain = g_hostname_to_ascii (c->readable);
  g_autofree char *display = tl_domain_dup_display (domain);

  g_assert_cmpstr (display, ==, c->display != NULL ? c->display : domain);
  g_assert_cmpint (tl_domain_is_lookalike (domain), ==, c->lookalike);
}

static void
test_undecodable (void)
{
  g_autofree char *display = tl_domain_dup_display ("xn--a-ecp.xn--99999999.example");

  g_test_summary ("What is no name in Unicode stays what it is on the wire");

  g_assert_cmpstr (display, ==, "xn--a-ecp.xn--99999999.example");
  g_assert_false (tl_domain_is_lookalike ("xn--99999999.example"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (domain_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain/d16/", domain_cases[i].name, NULL);

      g_test_add_data_func (path, &domain_cases[i], test_domain);
    }
  g_test_add_func ("/domain/d16/undecodable", test_undecodable);

  return g_test_run ();
}
