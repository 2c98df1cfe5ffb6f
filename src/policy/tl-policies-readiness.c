/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policies.h"

#include "tl-policy-private.h"

/**
 * tl_policies_get_daily_ceiling:
 * @self: policies
 *
 * Returns: the most messages a day that a mailbox may send: the smallest that any of them says; 0
 *   where none says anything
 */
guint
tl_policies_get_daily_ceiling (const TlPolicies *self)
{
  gint64 ceiling = 0;

  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      gint64 here = tl_policy_get_limits (tl_policies_get (self, i))->daily_ceiling;

      if (here > 0 && (ceiling == 0 || here < ceiling))
        ceiling = here;
    }

  return (guint) ceiling;
}

static void
add_new (GPtrArray  *names,
         char      **more)
{
  for (gsize i = 0; more != NULL && more[i] != NULL; i++)
    {
      if (!g_ptr_array_find_with_equal_func (names, more[i], g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (more[i]));
    }
}

static char **
end (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * tl_policies_list_outreach_folders:
 * @self: policies
 *
 * Returns: (transfer full) (array zero-terminated=1): the folders that any of them wants to be
 *   there, each once, with `/` between the parts of a name
 */
char **
tl_policies_list_outreach_folders (const TlPolicies *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < tl_policies_get_n (self); i++)
    add_new (names, tl_policy_get_limits (tl_policies_get (self, i))->outreach_folders);

  return end (names);
}

/**
 * tl_policies_list_folder_roles:
 * @self: policies
 *
 * Returns: (transfer full) (array zero-terminated=1): the roles that any of them wants a folder to
 *   have, each once
 */
char **
tl_policies_list_folder_roles (const TlPolicies *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < tl_policies_get_n (self); i++)
    add_new (names, tl_policy_get_limits (tl_policies_get (self, i))->folder_roles);

  return end (names);
}
