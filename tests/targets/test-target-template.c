/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-template.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-mailbox.h"

typedef struct
{
  const char *name;
  const char *template;
  const char *text;     /* NULL: it is wrong */
} TemplateCase;

static const TemplateCase cases[] = {
  { "literal",          "abc",                              "abc" },
  { "empty",            "",                                 "" },
  { "value",            "{address}",                        "Ada+Ä@example.org" },
  { "two",              "{incoming.host}:{incoming.port}",  "imap.example.org:993" },
  { "bool",             "{same_user}",                      "true" },
  { "unset",            "<{provider}>",                     "<>" },
  { "braces",           "{{{name.first}}}",                 "{Ada}" },
  { "braces-empty",     "{{}}",                             "{}" },
  { "lower",            "{address|lower}",                  "ada+ä@example.org" },
  { "upper",            "{address|upper}",                  "ADA+Ä@EXAMPLE.ORG" },
  { "url",              "{address|url}",                    "Ada%2B%C3%84%40example.org" },
  { "nospace",          "{name|nospace}",                   "AdaKing50%-~" },
  { "word",             "{address|word}",                   "Ada---example-org" },
  { "double-percent",   "{name|double_percent}",            "Ada King 50%% - ~" },
  { "chain",            "{name|nospace|lower|url}",         "adaking50%25-~" },
  { "order",            "{name|nospace|url|double_percent}", "AdaKing50%%25-~" },
  { "four",             "{name|lower|lower|lower|lower}",   "ada king 50% - ~" },
  { "password",         "{incoming.password}",              "p w" },
  { "password-url",     "{incoming.password|url}",          "p%20w" },
  { "password-nospace", "{incoming.password|nospace}",      "pw" },
  { "five",             "{name|lower|lower|lower|lower|lower}" },
  { "unknown",          "{nosuch}" },
  { "nothing",          "{}x" },
  { "blank",            "{ name }" },
  { "filter-unknown",   "{name|raw}" },
  { "filter-empty",     "{name|}" },
  { "open",             "a {name" },
  { "close",            "name}" },
  { "close-later",      "{name}}" },
  { "nested",           "{name{name}}" },
  { "control",          "a\nb" },
  { "bytes",            "\xff" },
  { "bidi",             "a\xe2\x80\xae" },
  { "password-lower",   "{incoming.password|lower}" },
  { "password-word",    "{outgoing.password|word}" },
  { "password-upper",   "{outgoing.password|upper}" },
};

static TlTargetValues *
values_new (TlSecret *password)
{
  const TlTestMailbox parts = { .address = "Ada+Ä@example.org", .name = "Ada King 50% - ~" };
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, password, NULL };

  return tl_target_values_new (&mailbox);
}

static void
test_template (gconstpointer data)
{
  const TemplateCase *c = data;
  g_autoptr(TlSecret) password = tl_test_secret_new ("p w");
  g_autoptr(TlTargetValues) values = values_new (password);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlTargetTemplate) template = tl_target_template_parse (c->template, &error);
  g_autoptr(GString) out = g_string_new (NULL);
  TlTargetName failed;

  if (c->text == NULL)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (template);
      return;
    }

  g_assert_no_error (error);
  g_assert_true (tl_target_template_append (template, values, TL_TARGET_TEXT, out, &failed));
  g_assert_cmpstr (out->str, ==, c->text);
}

static gboolean
can_be_long (gsize len)
{
  g_autofree char *text = g_strnfill (len, 'a');
  g_autoptr(TlTargetTemplate) template = tl_target_template_parse (text, NULL);

  return template != NULL;
}

static void
test_bounds (void)
{
  g_assert_true (can_be_long (TL_TARGET_TEMPLATE_MAX_BYTES));
  g_assert_false (can_be_long (TL_TARGET_TEMPLATE_MAX_BYTES + 1));
}

static void
test_lacks_password (void)
{
  g_autoptr(TlSecret) password = tl_test_secret_new ("p w");
  g_autoptr(TlTargetValues) values = values_new (password);
  g_autoptr(TlTargetTemplate) given = tl_target_template_parse ("a{incoming.password}", NULL);
  g_autoptr(TlTargetTemplate) blank =
    tl_target_template_parse ("{incoming.password}{outgoing.password}", NULL);
  g_autoptr(TlTargetTemplate) none = tl_target_template_parse ("{provider}", NULL);

  g_assert_false (tl_target_template_lacks_password (given, values));
  g_assert_true (tl_target_template_lacks_password (blank, values));
  g_assert_false (tl_target_template_lacks_password (none, values));
}

static const struct
{
  const char *template;
  gboolean    is_number;
} number_cases[] = {
  { "{incoming.port}", TRUE }, { "0", TRUE }, { "-12", TRUE }, { "123456789", TRUE },
  { "{incoming.port|url}", FALSE }, { "1{incoming.port}", FALSE }, { "{name}", FALSE },
  { "{same_user}", FALSE }, { "", FALSE }, { "01", FALSE }, { "-0", FALSE }, { "1.5", FALSE },
  { "1234567890", FALSE }, { " 1", FALSE },
};

static void
test_number (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (number_cases); i++)
    {
      g_autoptr(TlTargetTemplate) template =
        tl_target_template_parse (number_cases[i].template, NULL);

      g_test_message ("%s", number_cases[i].template);
      g_assert_cmpint (tl_target_template_is_number (template), ==, number_cases[i].is_number);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/template/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_template);
    }
  g_test_add_func ("/target/template/bounds", test_bounds);
  g_test_add_func ("/target/template/lacks-password", test_lacks_password);
  g_test_add_func ("/target/template/is-number", test_number);

  return g_test_run ();
}
