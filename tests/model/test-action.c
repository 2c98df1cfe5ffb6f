/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-finding.h"
#include "tl-nick.h"

static void
test_closed (void)
{
  g_autoptr(GEnumClass) actions = g_type_class_ref (TL_TYPE_ACTION);
  g_autoptr(GHashTable) offered = g_hash_table_new (NULL, NULL);

  g_test_summary ("Every action of the catalogue is one of the enum, and each of them is offered");

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      const TlCatalogueEntry *entry = tl_catalogue_get (i);

      for (const TlRemedy *remedy = entry->remedies; remedy->text != NULL; remedy++)
        {
          int action = -1;

          if (remedy->action == NULL)
            continue;
          g_test_message ("%s: %s", entry->id, remedy->action);
          g_assert_true (tl_nick_parse (TL_TYPE_ACTION, remedy->action, &action));
          g_assert_cmpstr (tl_action_get_nick ((TlAction) action), ==, remedy->action);
          g_hash_table_add (offered, GINT_TO_POINTER (action));
        }
    }

  g_assert_cmpuint (g_hash_table_size (offered), ==, actions->n_values);
}

static void
test_finding (void)
{
  static const struct { const char *id; TlAction action; gboolean has; } cases[] = {
    { "auth.bad-credentials", TL_ACTION_EDIT_PASSWORD,   TRUE },
    { "auth.bad-credentials", TL_ACTION_RETRY,           FALSE },
    { "auth.bad-credentials", TL_ACTION_WAIT,            FALSE },
    { "auth.throttled",       TL_ACTION_WAIT,            TRUE },
    { "auth.throttled",       TL_ACTION_RETRY,           TRUE },
    { "auth.throttled",       TL_ACTION_EDIT_PASSWORD,   FALSE },
    { "greet.tls-expected",   TL_ACTION_SWITCH_ENDPOINT, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlFinding) finding = tl_finding_new (cases[i].id, TL_LANE_INCOMING, NULL);

      g_test_message ("%s, %s", cases[i].id, tl_action_get_nick (cases[i].action));
      g_assert_cmpint (tl_finding_has_action (finding, cases[i].action), ==, cases[i].has);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/action/closed", test_closed);
  g_test_add_func ("/action/finding", test_finding);

  return g_test_run ();
}
