/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-note.h"

#include "tl-trust.h"

static char *
dup_host (TlNote *note)
{
  char *host = NULL;

  g_object_get (note, "host", &host, NULL);

  return host;
}

static void
test_own (void)
{
  static const struct
  {
    const char *link;
    const char *host;
  } cases[] = {
    { "https://help.example/imap", "help.example" },
    { "https://b\303\274cher.example/", "xn--bcher-kva.example" },
    { "https://bank.example@evil.example/", NULL },
    { "http://help.example/", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlNote) note = tl_note_new ("Switch it on", cases[i].link);
      g_autoptr(TlNote) notice = tl_note_new_notice ("Switch it on", cases[i].link);
      g_autofree char *host = dup_host (note);
      g_autofree char *other = dup_host (notice);

      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpstr (other, ==, cases[i].host);
      g_assert_cmpstr (tl_note_get_link (note), ==, cases[i].link);
      g_assert_false (tl_note_equal (note, notice));
    }
}

static void
test_hint (void)
{
  g_autoptr(TlHint) hint = tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_AUTOCONFIG, "Switch it on",
                                        "HTTPS://Help.B\303\274cher.example/");
  g_autoptr(TlNote) note = tl_note_new_from_hint (hint);
  g_autofree char *host = dup_host (note);
  g_autofree char *source = NULL;

  g_test_summary ("What is shown of a stranger's link is what the hint says of it");

  g_object_get (note, "source", &source, NULL);
  g_assert_cmpstr (source, ==, TL_SOURCE_AUTOCONFIG);
  g_assert_nonnull (host);
  g_assert_cmpstr (host, ==, tl_hint_get_host (hint));
  g_assert_cmpstr (tl_note_get_link (note), ==, tl_hint_get_link (hint));
}

static void
test_hint_without_link (void)
{
  g_autoptr(TlHint) hint = tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_AUTOCONFIG, "Switch it on",
                                        "https://bank.example@evil.example/");
  g_autoptr(TlNote) note = tl_note_new_from_hint (hint);
  g_autofree char *host = dup_host (note);

  g_assert_null (host);
  g_assert_null (tl_note_get_link (note));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/note/own", test_own);
  g_test_add_func ("/note/hint", test_hint);
  g_test_add_func ("/note/hint-without-link", test_hint_without_link);

  return g_test_run ();
}
