/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-address.h"
#include "tl-error.h"

#define A16 "aaaaaaaaaaaaaaaa"
#define A64 A16 A16 A16 A16
#define LABEL60 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct
{
  const char *name;
  const char *typed;
  const char *addr_spec; /* NULL: refused */
  const char *domain;
  const char *display_domain;
} ParseCase;

static const ParseCase parse_cases[] = {
  { "plain", "ada@example.org", "ada@example.org", "example.org", "example.org" },
  { "spaces-around", " \t ada@example.org\n", "ada@example.org", "example.org", "example.org" },
  { "local-part-kept", "Ada.Example+x@Example.ORG", "Ada.Example+x@example.org",
    "example.org", "example.org" },
  { "trailing-dot", "ada@example.org.", "ada@example.org", "example.org", "example.org" },
  { "u-labels", "ada@b\u00fccher.example", "ada@xn--bcher-kva.example",
    "xn--bcher-kva.example", "b\u00fccher.example" },
  { "a-labels", "ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example",
    "xn--bcher-kva.example", "b\u00fccher.example" },
  { "utf8-local-part", "j\u00f6rg@example.org", "j\u00f6rg@example.org",
    "example.org", "example.org" },
  { "atext", "!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org",
    "example.org", "example.org" },
  { "local-part-64", A64 "@example.org", A64 "@example.org", "example.org", "example.org" },

  { "empty", "" },
  { "blank", "  \t" },
  { "no-at", "example.org" },
  { "two-ats", "a@b@example.org" },
  { "nothing-before", "@example.org" },
  { "nothing-after", "ada@" },
  { "local-part-65", "a" A64 "@example.org" },
  { "too-long", "ada@" LABEL60 "." LABEL60 "." LABEL60 "." LABEL60 ".example.org" },
  { "dot-first", ".ada@example.org" },
  { "dot-last", "ada.@example.org" },
  { "dot-twice", "a..b@example.org" },
  { "space-inside", "a b@example.org" },
  { "quoted", "\"a b\"@example.org" },
  { "comma", "a,b@example.org" },
  { "angle", "<ada@example.org>" },
  { "control", "a\001b@example.org" },
  { "newline", "ada\r\nRCPT@example.org" },
  { "zero-width", "ada\u200b@example.org" },
  { "bidi", "ada\u202e@example.org" },
  { "line-separator", "ada\u2028@example.org" },
  { "private-use", "ada\ue000@example.org" },
  { "not-utf8", "ad\xff@example.org" },
  { "one-label", "ada@localhost" },
  { "literal", "ada@[192.0.2.1]" },
  { "bare-ipv4", "ada@192.0.2.1" },
  { "underscore", "ada@ex_ample.org" },
  { "hyphen-first", "ada@-example.org" },
  { "empty-label", "ada@example..org" },
  { "numeric-end", "ada@example.123" },
};

static void
test_parse (gconstpointer data)
{
  const ParseCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAddress) address = tl_address_parse (c->typed, &error);

  if (c->addr_spec == NULL)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (address);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (tl_address_get_addr_spec (address), ==, c->addr_spec);
  g_assert_cmpstr (tl_address_get_domain (address), ==, c->domain);
  g_assert_cmpstr (tl_address_get_display_domain (address), ==, c->display_domain);
  g_assert_true (g_str_has_prefix (c->addr_spec, tl_address_get_local_part (address)));
  g_assert_cmpuint (strlen (tl_address_get_local_part (address)), ==,
                    strlen (c->addr_spec) - strlen (c->domain) - 1);
}

static void
test_again (gconstpointer data)
{
  const ParseCase *c = data;
  g_autoptr(TlAddress) again = NULL;
  g_autoptr(TlAddress) address = tl_address_parse (c->typed, NULL);

  g_test_summary ("The one spelling reads as itself");

  again = tl_address_parse (tl_address_get_addr_spec (address), NULL);
  g_assert_nonnull (again);
  g_assert_true (tl_address_equal (address, again));
}

static void
test_equal (void)
{
  g_autoptr(TlAddress) a = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlAddress) domain_case = tl_address_parse ("ada@EXAMPLE.org", NULL);
  g_autoptr(TlAddress) local_case = tl_address_parse ("Ada@example.org", NULL);

  g_test_summary ("Only its own host may say that Ada and ada are one (RFC 5321 §2.4)");

  g_assert_true (tl_address_equal (a, domain_case));
  g_assert_false (tl_address_equal (a, local_case));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/address/parse/", parse_cases[i].name, NULL);
      g_autofree char *again = g_strconcat ("/address/again/", parse_cases[i].name, NULL);

      g_test_add_data_func (path, &parse_cases[i], test_parse);
      if (parse_cases[i].addr_spec != NULL)
        g_test_add_data_func (again, &parse_cases[i], test_again);
    }

  g_test_add_func ("/address/equal", test_equal);

  return g_test_run ();
}
