/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-error.h"
#include "tl-nick.h"
#include "tl-sts-policy.h"
#include "tl-sts-record.h"

#define GOOD "version: STSv1\nmode: enforce\nmx: mx.a.test\nmax_age: 86400\n"

/* As `MODE MAX_AGE MX,MX`; NULL: no policy. */
static const struct
{
  const char *name;
  const char *text;
  const char *found;
} policies[] = {
  { "plain",           GOOD, "enforce 86400 mx.a.test" },
  { "crlf",            "version: STSv1\r\nmode: testing\r\nmx: mx.a.test\r\nmax_age: 1\r\n",
    "testing 1 mx.a.test" },
  { "no-end-of-line",  "version: STSv1\nmode: none\nmax_age: 0", "none 0 " },
  { "any-order",       "mx: b.test\nmax_age: 5\nmode: enforce\nmx: *.A.test\nversion: STSv1",
    "enforce 5 b.test,*.a.test" },
  { "tight",           "version:STSv1\nmode:enforce\nmx:a.test\nmax_age:5", "enforce 5 a.test" },
  { "blanks",          "version: \t STSv1 \t\nmode:\tenforce\nmx: a.test \nmax_age: 5 ",
    "enforce 5 a.test" },
  { "empty-lines",     "\nversion: STSv1\n\nmode: enforce\nmx: a.test\nmax_age: 5\n\n",
    "enforce 5 a.test" },
  { "extension",       GOOD "x-new_1.2: ü yes\n", "enforce 86400 mx.a.test" },
  { "first-mode",      GOOD "mode: none\n", "enforce 86400 mx.a.test" },
  { "first-max-age",   GOOD "max_age: x\n", "enforce 86400 mx.a.test" },
  { "longest",         "version: STSv1\nmode: none\nmax_age: 31557600", "none 31557600 " },
  { "too-long",        "version: STSv1\nmode: none\nmax_age: 31557601" },
  { "eleven-digits",   "version: STSv1\nmode: none\nmax_age: 00000000005" },
  { "negative",        "version: STSv1\nmode: none\nmax_age: -1" },
  { "no-number",       "version: STSv1\nmode: none\nmax_age: 5s" },
  { "no-version",      "mode: none\nmax_age: 5" },
  { "other-version",   "version: STSv2\nmode: none\nmax_age: 5" },
  { "no-mode",         "version: STSv1\nmx: a.test\nmax_age: 5" },
  { "other-mode",      "version: STSv1\nmode: report\nmx: a.test\nmax_age: 5" },
  { "mode-in-capitals", "version: STSv1\nmode: Enforce\nmx: a.test\nmax_age: 5" },
  { "key-in-capitals", "Version: STSv1\nmode: none\nmax_age: 5" },
  { "no-max-age",      "version: STSv1\nmode: none" },
  { "no-mx",           "version: STSv1\nmode: enforce\nmax_age: 5" },
  { "empty-mx",        GOOD "mx:\n" },
  { "mx-is-address",   GOOD "mx: 192.0.2.1\n" },
  { "mx-star-inside",  GOOD "mx: mx.*.test\n" },
  { "mx-star-alone",   GOOD "mx: *\n" },
  { "mx-star-glued",   GOOD "mx: *a.test\n" },
  { "no-colon",        GOOD "hello\n" },
  { "html",            "<!doctype html><title>404</title>" },
  { "key-too-long",    GOOD "a23456789012345678901234567890123: b\n" },
  { "key-odd",         GOOD "-a: b\n" },
  { "not-utf8",        GOOD "x: \xff\n" },
  { "empty",           "" },
};

static char *
describe (const TlStsPolicy *policy)
{
  g_autofree char *mx = g_strjoinv (",", policy->mx);

  return g_strdup_printf ("%s %u %s", tl_nick_get (TL_TYPE_STS_MODE, (int) policy->mode),
                          policy->max_age_s, mx);
}

static void
test_policy (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize len = strlen (policies[i].text);
  g_autofree char *copy = g_memdup2 (policies[i].text, len);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlStsPolicy) policy = tl_sts_policy_parse (copy != NULL ? copy : "", len, &error);
  g_autofree char *found = policy != NULL ? describe (policy) : NULL;

  g_assert_cmpstr (found, ==, policies[i].found);
  if (found == NULL)
    g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
}

static void
test_bounds (void)
{
  g_autoptr(GString) text = g_string_new (GOOD);
  g_autoptr(TlStsPolicy) full = NULL;
  g_autoptr(TlStsPolicy) large = NULL;

  for (guint i = 1; i < TL_STS_POLICY_MAX_MX; i++)
    g_string_append_printf (text, "mx: m%u.test\n", i);
  full = tl_sts_policy_parse (text->str, text->len, NULL);
  g_assert_nonnull (full);
  g_assert_cmpuint (g_strv_length (full->mx), ==, TL_STS_POLICY_MAX_MX);
  g_string_append (text, "mx: more.test\n");
  g_assert_null (tl_sts_policy_parse (text->str, text->len, NULL));

  g_string_assign (text, GOOD);
  while (text->len < TL_STS_POLICY_MAX_BYTES)
    g_string_append_c (text, '\n');
  large = tl_sts_policy_parse (text->str, text->len, NULL);
  g_assert_nonnull (large);
  g_string_append_c (text, '\n');
  g_assert_null (tl_sts_policy_parse (text->str, text->len, NULL));
  g_assert_null (tl_sts_policy_parse (GOOD "x: \0y\n", sizeof GOOD "x: \0y\n" - 1, NULL));
}

static void
test_fits (void)
{
  static const struct
  {
    const char *pattern;
    const char *host;
    gboolean    fits;
  } cases[] = {
    { "mx.a.test",  "mx.a.test",   TRUE },
    { "mx.a.test",  "mx2.a.test",  FALSE },
    { "mx.a.test",  "x.mx.a.test", FALSE },
    { "*.a.test",   "mx.a.test",   TRUE },
    { "*.a.test",   "a.test",      FALSE },
    { "*.a.test",   "b.mx.a.test", FALSE },
    { "*.a.test",   "mx.ba.test",  FALSE },
    { "*.a.test",   "test",        FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *mx[] = { (char *) "other.test", (char *) cases[i].pattern, NULL };
      TlStsPolicy policy = { .mx = mx };

      g_test_message ("%s, %s", cases[i].pattern, cases[i].host);
      g_assert_cmpint (tl_sts_policy_fits (&policy, cases[i].host), ==, cases[i].fits);
    }
}

static const struct
{
  const char *name;
  const char *text;
  const char *id; /* NULL: no record that counts */
} records[] = {
  { "plain",         "v=STSv1; id=20160831085700Z;", "20160831085700Z" },
  { "no-end",        "v=STSv1;id=1",                 "1" },
  { "blanks",        "v=STSv1 \t; \tid=a \t ;",      "a" },
  { "extension",     "v=STSv1; x=y; id=a",           "a" },
  { "longest",       "v=STSv1; id=01234567890123456789012345678901", "01234567890123456789012345678901" },
  { "too-long",      "v=STSv1; id=012345678901234567890123456789012" },
  { "no-id",         "v=STSv1; x=y" },
  { "nothing",       "v=STSv1;" },
  { "empty-id",      "v=STSv1; id=" },
  { "hyphen",        "v=STSv1; id=2016-08-31" },
  { "two-ids",       "v=STSv1; id=a; id=a" },
  { "no-name",       "v=STSv1; =a; id=b" },
  { "no-equals",     "v=STSv1; id" },
  { "empty-field",   "v=STSv1;; id=a" },
  { "capitals",      "v=STSv1; ID=a" },
  { "not-ascii",     "v=STSv1; id=a; x=\xc3\xbc" },
  { "control",       "v=STSv1; id=a; x=\x01" },
};

static void
test_record (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GBytes) text = g_bytes_new (records[i].text, strlen (records[i].text));
  g_autoptr(GError) error = NULL;
  g_autofree char *id = tl_sts_record_parse_id (text, &error);

  g_assert_cmpstr (id, ==, records[i].id);
  if (id == NULL)
    g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
}

static void
test_new_record (void)
{
  g_autofree char *text = tl_sts_record_new_text (1472633820);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *id = tl_sts_record_parse_id (bytes, NULL);

  g_assert_cmpstr (text, ==, "v=STSv1; id=20160831085700Z;");
  g_assert_cmpstr (id, ==, "20160831085700Z");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *path = g_strconcat ("/sts-policy/parse/", policies[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_policy);
    }
  g_test_add_func ("/sts-policy/bounds", test_bounds);
  g_test_add_func ("/sts-policy/fits", test_fits);
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autofree char *path = g_strconcat ("/sts-record/parse/", records[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_record);
    }
  g_test_add_func ("/sts-record/new", test_new_record);

  return g_test_run ();
}
