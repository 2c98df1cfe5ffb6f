/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-condition.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-mailbox.h"

typedef struct
{
  const char *name;
  const char *condition;
  gboolean    is_true;
} TruthCase;

/* Of imaps on 993 and smtp with STARTTLS on 587, one user, an outgoing password of "p". */
static const TruthCase truth_cases[] = {
  { "set",               "name",                                             TRUE },
  { "unset",             "provider",                                         FALSE },
  { "false",             "incoming.private",                                 FALSE },
  { "true",              "same_user",                                        TRUE },
  { "number",            "incoming.port",                                    TRUE },
  { "password",          "outgoing.password",                                TRUE },
  { "blank",             "incoming.password",                                FALSE },
  { "equal-text",        "incoming.security = 'tls'",                        TRUE },
  { "equal-other",       "outgoing.security = 'tls'",                        FALSE },
  { "equal-number",      "outgoing.port = 587",                              TRUE },
  { "equal-bool",        "same_user = true",                                 TRUE },
  { "equal-bool-false",  "incoming.private = false",                         TRUE },
  { "equal-name",        "incoming.user = outgoing.user",                    TRUE },
  { "unequal-name",      "incoming.host != outgoing.host",                   TRUE },
  { "unequal-number",    "incoming.port != 993",                             FALSE },
  { "unequal-unset",     "provider != 'google'",                             TRUE },
  { "equal-unset",       "provider = 'google'",                              FALSE },
  { "empty",             "provider = ''",                                    TRUE },
  { "case",              "incoming.security = 'TLS'",                        FALSE },
  { "in",                "outgoing.port in (465, 587)",                      TRUE },
  { "in-one",            "outgoing.port in (465)",                           FALSE },
  { "in-text",           "address.domain in ('a.test', 'example.org')",      TRUE },
  { "not-in",            "not outgoing.port in (465, 2525)",                 TRUE },
  { "like",              "incoming.host like '*.example.org'",               TRUE },
  { "like-whole",        "incoming.host like 'imap.example.org'",            TRUE },
  { "like-not-itself",   "address.domain like '*.example.org'",              FALSE },
  { "like-unset",        "provider like '*.example.org'",                    FALSE },
  { "contains",          "name contains 'King'",                             TRUE },
  { "contains-all",      "name contains 'Ada King Lovelace'",                TRUE },
  { "contains-end",      "name contains 'e'",                                TRUE },
  { "contains-other",    "name contains 'Queen'",                            FALSE },
  { "contains-case",     "name contains 'king'",                             FALSE },
  { "contains-unset",    "provider contains 'a'",                            FALSE },
  { "not",               "not same_user",                                    FALSE },
  { "not-binds-closest", "not provider and same_user",                       TRUE },
  { "not-group",         "not (provider and same_user)",                     TRUE },
  { "and-before-or",     "name or provider and incoming.private",            TRUE },
  { "and-before-or-2",   "provider and incoming.private or name",            TRUE },
  { "group-first",       "(name or provider) and incoming.private",          FALSE },
  { "and-all",           "name and same_user and provider",                  FALSE },
  { "or-last",           "provider or login or same_user",                   TRUE },
  { "blanks",            "  ( name )  and(same_user)",                       TRUE },
  { "tight",             "outgoing.port=587 and incoming.security!='none'",  TRUE },
  { "port-decides",      "not (incoming.port = 993 and incoming.security = 'tls' or "
                         "incoming.port = 143 and incoming.security = 'starttls')", FALSE },
  { "quoted-words",      "name = 'Ada King Lovelace'",                       TRUE },
  { "quoted-sign",       "name != 'a) or (b'",                               TRUE },
};

typedef struct
{
  const char *name;
  const char *condition;
} WrongCase;

static const WrongCase wrong_cases[] = {
  { "nothing",         "" },
  { "blanks",          "   " },
  { "unknown",         "nosuch" },
  { "upper",           "Name" },
  { "keyword",         "and" },
  { "keyword-name",    "name and or" },
  { "after-and",       "name and" },
  { "two-names",       "name provider" },
  { "not-not",         "not not name" },
  { "open",            "(name" },
  { "close",           "name)" },
  { "empty-group",     "()" },
  { "no-operand",      "name =" },
  { "double-sign",     "name == 'a'" },
  { "less",            "incoming.port < 5" },
  { "open-quote",      "name = 'a" },
  { "double-quote",    "name = \"a\"" },
  { "text-number",     "name = 1" },
  { "number-text",     "incoming.port = '993'" },
  { "bool-text",       "same_user = 'true'" },
  { "bool-number",     "same_user = 1" },
  { "name-types",      "incoming.port = incoming.user" },
  { "in-name",         "incoming.port in (outgoing.port)" },
  { "in-empty",        "incoming.port in ()" },
  { "in-open",         "incoming.port in (1, 2" },
  { "in-types",        "incoming.port in (1, 'a')" },
  { "in-bare",         "incoming.port in 1" },
  { "like-name",       "incoming.host like outgoing.host" },
  { "like-empty",      "incoming.host like ''" },
  { "like-upper",      "incoming.host like '*.Example.org'" },
  { "like-number",     "incoming.port like '1'" },
  { "contains-empty",  "name contains ''" },
  { "contains-name",   "address contains name" },
  { "contains-number", "incoming.port contains '9'" },
  { "contains-digit",  "incoming.port contains 9" },
  { "password-part",   "incoming.password contains 'a'" },
  { "literal-first",   "'a' = name" },
  { "password-equal",  "incoming.password = 'a'" },
  { "password-names",  "incoming.password = outgoing.password" },
  { "name-password",   "name = incoming.password" },
  { "password-in",     "incoming.password in ('a')" },
  { "long-number",     "incoming.port = 1234567890" },
  { "negative",        "incoming.port = -1" },
  { "control",         "name\t" },
  { "bytes",           "name = '\xff'" },
};

static void
test_truth (gconstpointer data)
{
  const TruthCase *c = data;
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  g_autoptr(TlSecret) password = tl_test_secret_new ("p");
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, NULL, password };
  g_autoptr(TlTargetValues) values = tl_target_values_new (&mailbox);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlTargetCondition) condition = tl_target_condition_parse (c->condition, &error);

  g_assert_no_error (error);
  g_assert_cmpint (tl_target_condition_test (condition, values), ==, c->is_true);
}

static void
test_wrong (gconstpointer data)
{
  const WrongCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlTargetCondition) condition = tl_target_condition_parse (c->condition, &error);

  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (condition);
}

static gboolean
can_nest (guint n_levels)
{
  g_autofree char *open = g_strnfill (n_levels, '(');
  g_autofree char *close = g_strnfill (n_levels, ')');
  g_autofree char *text = g_strconcat (open, "name", close, NULL);
  g_autoptr(TlTargetCondition) condition = tl_target_condition_parse (text, NULL);

  return condition != NULL;
}

static gboolean
can_be_long (gsize len)
{
  g_autofree char *blanks = g_strnfill (len - strlen ("name"), ' ');
  g_autofree char *text = g_strconcat ("name", blanks, NULL);
  g_autoptr(TlTargetCondition) condition = tl_target_condition_parse (text, NULL);

  return condition != NULL;
}

static void
test_bounds (void)
{
  g_assert_true (can_nest (TL_TARGET_CONDITION_MAX_LEVELS));
  g_assert_false (can_nest (TL_TARGET_CONDITION_MAX_LEVELS + 1));
  g_assert_true (can_be_long (TL_TARGET_CONDITION_MAX_BYTES));
  g_assert_false (can_be_long (TL_TARGET_CONDITION_MAX_BYTES + 1));
}

static void
test_names (void)
{
  g_autoptr(TlTargetCondition) condition =
    tl_target_condition_parse ("incoming.port = outgoing.port or not name", NULL);

  g_assert_cmpuint (tl_target_condition_get_names (condition), ==,
                    TL_TARGET_NAME_BIT (TL_TARGET_NAME_INCOMING_PORT) |
                    TL_TARGET_NAME_BIT (TL_TARGET_NAME_OUTGOING_PORT) |
                    TL_TARGET_NAME_BIT (TL_TARGET_NAME_NAME));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (truth_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/condition/truth/", truth_cases[i].name, NULL);

      g_test_add_data_func (path, &truth_cases[i], test_truth);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/condition/wrong/", wrong_cases[i].name, NULL);

      g_test_add_data_func (path, &wrong_cases[i], test_wrong);
    }
  g_test_add_func ("/target/condition/bounds", test_bounds);
  g_test_add_func ("/target/condition/names", test_names);

  return g_test_run ();
}
