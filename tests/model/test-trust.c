/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-trust.h"

static const char * const ids[] = {
  "provider-domain", "provider-mx", "autoconfig", "well-known", "pacc", "mailconf", "srv",
  "directory", "mx-autoconfig", "mx-directory", "autodiscover", "gateway", "guess", "manual",
  "practice",
};

static void
test_sources (void)
{
  g_test_summary ("Each source has words of its own: two rows that read alike say nothing");

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_nonnull (tl_source_get_label (ids[i]));
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (tl_source_get_label (ids[i]), !=, tl_source_get_label (ids[j]));
    }
}

static void
test_trust_labels (void)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_TRUST);

  for (guint i = 0; i < klass->n_values; i++)
    g_assert_nonnull (tl_trust_get_label ((TlTrust) klass->values[i].value));
}

static void
test_unknown_source (void)
{
  g_assert_null (tl_source_get_label ("ispdb"));
  g_assert_null (tl_source_get_label ("SRV"));
  g_assert_null (tl_source_get_label (""));
  g_assert_null (tl_source_get_label (NULL));
}

static void
test_order (void)
{
  g_test_summary ("Trust may be compared");

  g_assert_cmpint (TL_TRUST_GUESSED, <, TL_TRUST_UNSIGNED_DNS);
  g_assert_cmpint (TL_TRUST_UNSIGNED_DNS, <, TL_TRUST_DIRECTORY);
  g_assert_cmpint (TL_TRUST_DIRECTORY, <, TL_TRUST_OWN_DOMAIN);
  g_assert_cmpint (TL_TRUST_OWN_DOMAIN, <, TL_TRUST_CURATED);
  g_assert_cmpint (TL_TRUST_CURATED, <, TL_TRUST_MANUAL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trust/sources", test_sources);
  g_test_add_func ("/trust/labels", test_trust_labels);
  g_test_add_func ("/trust/unknown-source", test_unknown_source);
  g_test_add_func ("/trust/order", test_order);

  return g_test_run ();
}
