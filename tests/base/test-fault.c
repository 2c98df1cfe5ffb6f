/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fault.h"

#include <string.h>

static GVariant *
variant (const char *text)
{
  return g_variant_ref_sink (g_variant_new_parsed (text));
}

typedef struct
{
  const char *name;
  const char *evidence;
  gboolean    valid;
} ValidCase;

static const ValidCase valid_cases[] = {
  { "empty", "@a{sv} {}", TRUE },
  { "string", "{'host': <'imap.example.org'>}", TRUE },
  { "number", "{'port': <uint32 993>}", TRUE },
  { "list", "{'names': <['a', 'b']>}", TRUE },
  { "empty-list", "{'names': <@as []>}", TRUE },
  { "unknown-key", "{'password': <'x'>}", FALSE },
  { "one-unknown-of-two", "{'host': <'a'>, 'secret': <'x'>}", FALSE },
  { "signed-number", "{'port': <993>}", FALSE },
  { "string-for-number", "{'port': <'993'>}", FALSE },
  { "string-for-list", "{'names': <'a'>}", FALSE },
  { "list-for-string", "{'host': <['a']>}", FALSE },
  { "not-a-dictionary", "'host'", FALSE },
  { "another-dictionary", "{'host': 'a'}", FALSE },
};

static void
test_valid (gconstpointer data)
{
  const ValidCase *c = data;
  g_autoptr(GVariant) evidence = variant (c->evidence);

  g_assert_cmpint (tl_evidence_is_valid (evidence), ==, c->valid);
}

static void
test_get (void)
{
  g_autoptr(GVariant) evidence = variant ("{'host': <'a.example'>, 'port': <uint32 993>}");

  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_HOST), ==, "a.example");
  g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_PORT, 7), ==, 993);
  g_assert_null (tl_evidence_get_string (evidence, TL_EVIDENCE_USER));
  g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_LIMIT, 7), ==, 7);
  g_assert_null (tl_evidence_get_string (NULL, TL_EVIDENCE_HOST));
  g_assert_cmpuint (tl_evidence_get_uint (NULL, TL_EVIDENCE_PORT, 7), ==, 7);
}

static void
test_merge (void)
{
  g_autoptr(GVariant) base = variant ("{'user': <'ada'>, 'host': <'a.example'>}");
  g_autoptr(GVariant) over = variant ("{'port': <uint32 993>, 'host': <'b.example'>}");
  g_autoptr(GVariant) expected =
    variant ("{'host': <'b.example'>, 'port': <uint32 993>, 'user': <'ada'>}");
  g_autoptr(GVariant) merged = tl_evidence_merge (base, over);
  g_autoptr(GVariant) only_base = tl_evidence_merge (base, NULL);
  g_autoptr(GVariant) only_over = tl_evidence_merge (NULL, base);
  g_autoptr(GVariant) nothing = tl_evidence_merge (NULL, NULL);

  g_assert_cmpvariant (merged, expected);
  g_assert_cmpvariant (only_base, only_over);
  g_assert_cmpuint (g_variant_n_children (nothing), ==, 0);
  g_assert_true (tl_evidence_is_valid (nothing));
}

static void
test_new (void)
{
  g_autoptr(TlFault) bare = tl_fault_new (TL_CAUSE_TIMEOUT, NULL);
  g_autoptr(TlFault) fault = tl_fault_new (TL_CAUSE_REFUSED,
                                           g_variant_new_parsed ("{'reply_code': <uint32 535>}"));

  g_assert_cmpint (tl_fault_get_cause (bare), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpuint (g_variant_n_children (tl_fault_get_evidence (bare)), ==, 0);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_REFUSED);
  g_assert_cmpuint (tl_evidence_get_uint (tl_fault_get_evidence (fault),
                                          TL_EVIDENCE_REPLY_CODE, 0), ==, 535);
}

static void
test_detail (void)
{
  g_autoptr(TlFault) fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL, "line %u of %s", 3, "it");

  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_DETAIL), ==,
                   "line 3 of it");
}

static void
test_with (void)
{
  g_autoptr(TlFault) fault = tl_fault_new_detail (TL_CAUSE_RESET, "before");
  g_autoptr(TlFault) more = tl_fault_with (fault,
                                           g_variant_new_parsed ("{'host': <'a.example'>}"));

  g_assert_cmpint (tl_fault_get_cause (more), ==, TL_CAUSE_RESET);
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (more), TL_EVIDENCE_HOST), ==,
                   "a.example");
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (more), TL_EVIDENCE_DETAIL), ==,
                   "before");
  g_assert_null (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_HOST));
}

static void
test_bad_evidence (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(TlFault) fault = tl_fault_new (TL_CAUSE_RESET,
                                               g_variant_new_parsed ("{'password': <'x'>}"));

      g_assert_null (fault);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_cause_nicks (void)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_CAUSE);

  g_test_summary ("Every cause has a nick of its own, fit for the second half of an id");

  g_assert_cmpuint (klass->n_values, ==, TL_CAUSE_IDLE_MISSING + 1);
  for (guint i = 0; i < klass->n_values; i++)
    {
      const char *nick = tl_cause_get_nick ((TlCause) i);

      g_assert_cmpuint (strspn (nick, G_CSET_a_2_z G_CSET_DIGITS "-"), ==, strlen (nick));
      g_assert_cmpint (g_enum_get_value_by_nick (klass, nick)->value, ==, (int) i);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (valid_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/evidence/valid/", valid_cases[i].name, NULL);

      g_test_add_data_func (path, &valid_cases[i], test_valid);
    }

  g_test_add_func ("/evidence/get", test_get);
  g_test_add_func ("/evidence/merge", test_merge);
  g_test_add_func ("/fault/new", test_new);
  g_test_add_func ("/fault/detail", test_detail);
  g_test_add_func ("/fault/with", test_with);
  g_test_add_func ("/fault/bad-evidence", test_bad_evidence);
  g_test_add_func ("/fault/cause-nicks", test_cause_nicks);

  return g_test_run ();
}
