/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-members.h"

#include "tl-bundle.h"
#include "tl-error.h"
#include "tl-zip.h"

static GBytes *
make_zeros (gsize len)
{
  return g_bytes_new_take (g_malloc0 (len), len);
}

/* How long a container is around nothing. */
static gsize
measure_frame (void)
{
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  const TlBundleMembers members = { .json = empty, .report = empty, .signature = empty };
  g_autoptr(GBytes) bytes = tl_bundle_members_pack (&members, NULL);

  return g_bytes_get_size (bytes);
}

/* To the byte, both ways. */
static void
test_longest (void)
{
  gsize fits = TL_BUNDLE_MAX_BYTES - TL_ZIP_MAX_MEMBER_BYTES - measure_frame ();
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) report = make_zeros (TL_ZIP_MAX_MEMBER_BYTES);
  g_autoptr(GBytes) longest = make_zeros (fits);
  g_autoptr(GBytes) longer = make_zeros (fits + 1);
  const char * const names[] = { "bundle.json", "report.html", "bundle.json.p7s", NULL };
  TlBundleMembers members = { .json = longest, .report = report, .signature = empty };
  g_auto(TlBundleMembers) again = { NULL };
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) too_long = NULL;
  g_autoptr(GError) error = NULL;

  bytes = tl_bundle_members_pack (&members, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, TL_BUNDLE_MAX_BYTES);
  g_assert_true (tl_bundle_members_unpack (bytes, &again, &error));
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again.json, longest));

  members.json = longer;
  g_assert_null (tl_bundle_members_pack (&members, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  g_ptr_array_add (parts, longer);
  g_ptr_array_add (parts, report);
  g_ptr_array_add (parts, empty);
  too_long = tl_zip_write (names, parts);
  g_assert_cmpuint (g_bytes_get_size (too_long), ==, TL_BUNDLE_MAX_BYTES + 1);
  tl_bundle_members_clear (&again);
  g_assert_false (tl_bundle_members_unpack (too_long, &again, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bundle/B02/longest", test_longest);

  return g_test_run ();
}
