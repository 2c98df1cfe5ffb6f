/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-security.h"

typedef struct
{
  TlSecurity  security;
  const char *nick;
} NickCase;

static const NickCase nick_cases[] = {
  { TL_SECURITY_NONE, "none" },
  { TL_SECURITY_STARTTLS, "starttls" },
  { TL_SECURITY_TLS, "tls" },
};

static void
test_nick (gconstpointer data)
{
  const NickCase *c = data;
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_SECURITY);
  GEnumValue *by_nick = g_enum_get_value_by_nick (klass, c->nick);

  g_assert_nonnull (by_nick);
  g_assert_cmpint (by_nick->value, ==, c->security);
  g_assert_cmpstr (tl_security_get_label (c->security), !=, NULL);
}

static void
test_complete (void)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_SECURITY);

  g_assert_cmpuint (klass->n_values, ==, G_N_ELEMENTS (nick_cases));
}

static void
test_order (void)
{
  g_assert_cmpint (TL_SECURITY_NONE, <, TL_SECURITY_STARTTLS);
  g_assert_cmpint (TL_SECURITY_STARTTLS, <, TL_SECURITY_TLS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (nick_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/security/nick/", nick_cases[i].nick, NULL);

      g_test_add_data_func (path, &nick_cases[i], test_nick);
    }

  g_test_add_func ("/security/complete", test_complete);
  g_test_add_func ("/security/order", test_order);

  return g_test_run ();
}
