/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-secret-echo.h"

#include <string.h>

#include "tl-test-canary.h"

#define SECRET "1//0gCANARY+refresh/tok=~x"

static void
test_way (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlSecret) secret = tl_secret_new (SECRET, strlen (SECRET));
  g_autoptr(GBytes) planted = tl_test_canary_plant (i, SECRET);
  gsize len;
  const char *bytes = g_bytes_get_data (planted, &len);
  g_autoptr(GString) text = g_string_new ("bad ");

  /* A NUL ends a text: what is in UTF-16 comes without. */
  for (gsize at = 0; at < len; at++)
    if (bytes[at] != '\0')
      g_string_append_c (text, bytes[at]);
  g_string_append (text, ".");
  g_assert_true (tl_secret_echo_is_in (secret, text->str));
}

static const struct
{
  const char *name;
  const char *text;
  gboolean    is_in;
} texts[] = {
  { "percent-twice",    "%2531%252F%252F0gCANARY%252Brefresh%252Ftok%253D%257Ex", TRUE },
  { "quoted-printable", "=31=2F=2F=30gCANARY=2Brefresh=2Ftok=3D=7Ex", TRUE },
  { "zero-width",       "1//0gCAN\xe2\x80\x8b" "ARY+refresh/tok=~x", TRUE },
  { "apart",            "1//0gCANARY +refresh /tok = ~x", TRUE },
  { "other-case",       "1//0GCANARY+REFRESH/TOK=~X", TRUE },
  { "begins-alike",     "1//0gCANARY+refresh", FALSE },
  { "words",            "the refresh token was revoked", FALSE },
  { "no-utf-8",         "\xff%ff=ff%f%", FALSE },
  { "empty",            "", FALSE },
};

static void
test_text (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlSecret) secret = tl_secret_new (SECRET, strlen (SECRET));

  g_assert_cmpint (tl_secret_echo_is_in (secret, texts[i].text), ==, texts[i].is_in);
}

static void
test_without (void)
{
  g_autoptr(TlSecret) one = tl_secret_new (SECRET, strlen (SECRET));
  g_autoptr(TlSecret) other = tl_secret_new ("hunter-2 hunter-2", 17);
  TlSecret *secrets[] = { one, other };
  g_autofree char *plain = tl_secret_echo_dup_without (secrets, 2, "no " SECRET " and none");
  g_autofree char *hidden = tl_secret_echo_dup_without (secrets, 2, "no " SECRET " 2-retnuh 2-retnuh");
  g_autofree char *clean = tl_secret_echo_dup_without (secrets, 2, "no such token");
  g_autofree char *none = tl_secret_echo_dup_without (secrets, 0, SECRET);

  g_assert_cmpstr (plain, ==, "no ••• and none");
  g_assert_cmpstr (hidden, ==, TL_SECRET_ECHO_LEFT_OUT);
  g_assert_cmpstr (clean, ==, "no such token");
  g_assert_cmpstr (none, ==, SECRET);
}

static void
test_bounds (void)
{
  g_autofree char *longest = g_strnfill (TL_SECRET_MAX_BYTES, 'x');
  g_autofree char *text = g_strnfill (TL_SECRET_MAX_DERIVED_BYTES - 1, 'y');
  g_autofree char *longer = g_strnfill (TL_SECRET_MAX_DERIVED_BYTES, 'y');
  g_autoptr(TlSecret) secret = tl_secret_new (longest, TL_SECRET_MAX_BYTES);
  g_autoptr(TlSecret) short_one = tl_secret_new ("imap", 4);

  g_assert_false (tl_secret_echo_is_in (secret, text));
  g_assert_true (tl_secret_echo_is_in (secret, longer));
  /* Any word may be one that is as short. */
  g_assert_false (tl_secret_echo_is_in (short_one, "IMAP4rev1"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < tl_test_canary_get_n_ways (); i++)
    {
      g_autofree char *path = g_strconcat ("/secret-echo/P9/way/", tl_test_canary_get_way (i), NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_way);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strconcat ("/secret-echo/P9/text/", texts[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
    }
  g_test_add_func ("/secret-echo/P9/without", test_without);
  g_test_add_func ("/secret-echo/bounds", test_bounds);

  return g_test_run ();
}
