/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dkim-key.h"

#include <string.h>

#include "dkim-keys.h"
#include "tl-dkim-tags.h"
#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *tags;  /* `name=value|…`; NULL: refused */
} TagsCase;

static const TagsCase tags_cases[] = {
  { "two",             "v=DKIM1; p=abc",           "v=DKIM1|p=abc" },
  { "end",             "v=DKIM1; p=abc;",          "v=DKIM1|p=abc" },
  { "end-and-space",   "v=DKIM1;p=abc; ",          "v=DKIM1|p=abc" },
  { "spaces",          " v =\tDKIM1 ; p = a b c ", "v=DKIM1|p=a b c" },
  { "folded",          "a=1;\r\n b=2",             "a=1|b=2" },
  { "empty-value",     "p=",                       "p=" },
  { "equals-in-value", "p=ab==",                   "p=ab==" },
  { "case-of-names",   "a=1; A=2",                 "a=1|A=2" },
  { "underscore",      "a_1=x",                    "a_1=x" },
  { "twice",           "a=1; b=2; a=3",            NULL },
  { "no-equals",       "v=DKIM1; nonsense",        NULL },
  { "empty-tag",       "a=1;; b=2",                NULL },
  { "only-end",        ";",                        NULL },
  { "nothing",         "",                         NULL },
  { "digit-first",     "1a=x",                     NULL },
  { "hyphen",          "a-b=x",                    NULL },
  { "no-name",         "=x",                       NULL },
  { "not-ascii",       "n=\xc3\xa4",               NULL },
  { "control",         "n=\x01",                   NULL },
};

static void
test_tags (gconstpointer data)
{
  const TagsCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDkimTags) tags = tl_dkim_tags_parse (c->text, strlen (c->text), &error);
  g_autoptr(GString) seen = g_string_new (NULL);

  if (c->tags == NULL)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (tags);
      return;
    }

  g_assert_no_error (error);
  for (guint i = 0; i < tl_dkim_tags_get_n (tags); i++)
    {
      const char *name = tl_dkim_tags_get_name (tags, i);

      g_string_append_printf (seen, "%s%s=%s", i > 0 ? "|" : "", name,
                              tl_dkim_tags_get (tags, name));
    }
  g_assert_cmpstr (seen->str, ==, c->tags);
}

static void
test_tags_bounds (void)
{
  g_autoptr(GString) many = g_string_new (NULL);
  g_autofree char *long_one = g_strnfill (TL_DKIM_TAGS_MAX_BYTES + 1, 'a');
  g_autoptr(TlDkimTags) tags = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i <= TL_DKIM_TAGS_MAX; i++)
    g_string_append_printf (many, "a%u=1;", i);
  tags = tl_dkim_tags_parse (many->str, many->len, &error);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  long_one[1] = '=';
  tags = tl_dkim_tags_parse (long_one, strlen (long_one), &error);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  tags = tl_dkim_tags_parse (long_one, strlen (long_one) - 1, &error);
  g_assert_no_error (error);

  g_assert_true (tl_dkim_tags_has_word ("sha1 : sha256", "sha256"));
  g_assert_false (tl_dkim_tags_has_word ("sha2567", "sha256"));
  g_assert_false (tl_dkim_tags_has_word ("", "y"));
}

typedef struct
{
  const char     *name;
  const char     *text;
  TlDkimKeyState  state;
  const char     *algorithm;
  guint           n_bits;
  gboolean        is_test;
  gboolean        is_strict;
} KeyCase;

static const KeyCase key_cases[] = {
  { "rsa-2048",      "v=DKIM1; k=rsa; p=" KEY_RSA_2048, TL_DKIM_KEY_USABLE, "rsa", 2048 },
  { "rsa-1024",      "v=DKIM1; p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024 },
  { "rsa-512",       "v=DKIM1; p=" KEY_RSA_512, TL_DKIM_KEY_USABLE, "rsa", 512 },
  { "no-version",    "p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024 },
  { "ed25519",       "v=DKIM1; k=ed25519; p=" KEY_ED25519, TL_DKIM_KEY_USABLE, "ed25519", 256 },
  { "spaces-in-key", "v=DKIM1; k=ed25519; p= " KEY_ED25519 " ", TL_DKIM_KEY_USABLE, "ed25519", 256 },
  { "test",          "v=DKIM1; t=y; p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024, TRUE },
  { "strict",        "v=DKIM1; t=s; p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024, FALSE, TRUE },
  { "both-flags",    "v=DKIM1; t=y:s; p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024, TRUE, TRUE },
  { "both-hashes",   "v=DKIM1; h=sha1:sha256; p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024 },
  { "any-service",   "v=DKIM1; s=*; p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024 },
  { "email-service", "v=DKIM1; s=tlsrpt:email; p=" KEY_RSA_1024, TL_DKIM_KEY_USABLE, "rsa", 1024 },
  { "revoked",       "v=DKIM1; p=", TL_DKIM_KEY_REVOKED, "rsa", 0 },
  { "sha1-only",     "v=DKIM1; h=sha1; p=" KEY_RSA_1024, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "other-service", "v=DKIM1; s=tlsrpt; p=" KEY_RSA_1024, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "unknown-kind",  "v=DKIM1; k=dsa; p=" KEY_RSA_1024, TL_DKIM_KEY_UNUSABLE, NULL, 0 },
  { "no-key",        "v=DKIM1; k=rsa", TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "other-version", "v=DKIM2; p=" KEY_RSA_1024, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "version-case",  "v=dkim1; p=" KEY_RSA_1024, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "version-late",  "p=" KEY_RSA_1024 "; v=DKIM1", TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "not-base64",    "v=DKIM1; p=!!!!", TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "cut-base64",    "v=DKIM1; p=MIGf", TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "cut-quartet",   "v=DKIM1; p=MIG", TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "wrong-kind",    "v=DKIM1; k=ed25519; p=" KEY_RSA_1024, TL_DKIM_KEY_UNUSABLE, "ed25519", 0 },
  { "wrong-kind-2",  "v=DKIM1; k=rsa; p=" KEY_ED25519, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "elliptic",      "v=DKIM1; k=rsa; p=" KEY_EC_256, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "bare-rsa",      "v=DKIM1; k=rsa; p=" KEY_RSA_BARE, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "trailed",       "v=DKIM1; k=rsa; p=" KEY_RSA_TRAILED, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "syntax",        "v=DKIM1 p=" KEY_RSA_1024, TL_DKIM_KEY_UNUSABLE, "rsa", 0 },
  { "no-tags",       "this is no key", TL_DKIM_KEY_UNUSABLE, NULL, 0 },
};

static void
test_key (gconstpointer data)
{
  const KeyCase *c = data;
  TlDkimKey key;

  tl_dkim_key_parse (c->text, strlen (c->text), &key);
  g_assert_cmpint (key.state, ==, c->state);
  g_assert_cmpstr (key.algorithm, ==, c->algorithm);
  g_assert_cmpuint (key.n_bits, ==, c->n_bits);
  g_assert_cmpint (key.is_test, ==, c->is_test);
  g_assert_cmpint (key.is_strict, ==, c->is_strict);
  g_assert_cmpint (key.why != NULL, ==, c->state == TL_DKIM_KEY_UNUSABLE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tags_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dkim/tags/", tags_cases[i].name, NULL);

      g_test_add_data_func (path, &tags_cases[i], test_tags);
    }
  g_test_add_func ("/dkim/tags-bounds", test_tags_bounds);
  for (gsize i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dkim/key/", key_cases[i].name, NULL);

      g_test_add_data_func (path, &key_cases[i], test_key);
    }

  return g_test_run ();
}
