/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What policies grant, and the places from which that counts. */
#include "tl-policies.h"

#include <string.h>

#include "tl-policy-private.h"

/* The policy, if what it grants counts. */
static TlPolicy *
get_grantor (const TlPolicies *self,
             guint             i)
{
  return tl_policy_origin_grants (tl_policies_get_origin (self, i)) ? tl_policies_get (self, i)
                                                                    : NULL;
}

/**
 * tl_policies_get_contact:
 * @self: policies
 *
 * Whom people write to for help is trusted, so not every file may say it.
 *
 * Returns: (transfer none) (nullable): the address that requests for IT go to
 */
const char *
tl_policies_get_contact (const TlPolicies *self)
{
  const char *contact = NULL;

  for (guint i = 0; i < tl_policies_get_n (self) && contact == NULL; i++)
    {
      TlPolicy *policy = get_grantor (self, i);

      contact = policy == NULL ? NULL : tl_policy_get_contact (policy);
    }

  return contact;
}

/**
 * tl_policies_find_client:
 * @self: policies
 * @issuer: an authorization server, as the provider table or discovery names it
 *
 * Returns: (transfer none) (nullable): as whom to sign in there, on the most trusted word
 */
TlOauthClient *
tl_policies_find_client (const TlPolicies *self,
                         const char       *issuer)
{
  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      TlPolicy *policy = get_grantor (self, i);
      GPtrArray *clients = policy == NULL ? NULL : tl_policy_get_clients (policy);

      for (guint j = 0; clients != NULL && j < clients->len; j++)
        {
          TlOauthClient *client = g_ptr_array_index (clients, j);

          if (g_str_equal (tl_oauth_client_get_issuer (client), issuer))
            return client;
        }
    }

  return NULL;
}

/**
 * tl_policies_list_signers:
 * @self: policies
 *
 * Returns: (transfer full) (array zero-terminated=1): fingerprints of those whose bundles count,
 *   each once
 */
char **
tl_policies_list_signers (const TlPolicies *self)
{
  g_autoptr(GPtrArray) signers = g_ptr_array_new ();

  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      TlPolicy *policy = get_grantor (self, i);
      const char * const *from = policy == NULL ? NULL : tl_policy_get_signers (policy);

      for (guint j = 0; from != NULL && from[j] != NULL; j++)
        {
          if (!g_ptr_array_find_with_equal_func (signers, from[j], g_str_equal, NULL))
            g_ptr_array_add (signers, (gpointer) from[j]);
        }
    }
  g_ptr_array_add (signers, NULL);

  return g_strdupv ((char **) signers->pdata);
}

/**
 * tl_policies_get_target:
 * @self: policies
 *
 * Returns: (transfer none) (nullable): the id of the target that the most trusted policy names; a
 *   restriction, so that any policy may
 */
const char *
tl_policies_get_target (const TlPolicies *self)
{
  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      const TlPolicyLimits *limits = tl_policy_get_limits (tl_policies_get (self, i));

      if (limits->target != NULL)
        return limits->target;
    }

  return NULL;
}

/**
 * tl_policies_get_min_tls:
 * @self: policies
 *
 * Returns: (transfer none) (nullable): the newest TLS that any of them asks for at least, `1.2` or
 *   `1.3`; %NULL where none does
 */
const char *
tl_policies_get_min_tls (const TlPolicies *self)
{
  const char *strictest = NULL;

  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      const char *min = tl_policy_get_limits (tl_policies_get (self, i))->min_tls;

      /* There are two, and they sort as they should. */
      if (min != NULL && (strictest == NULL || strcmp (min, strictest) > 0))
        strictest = min;
    }

  return strictest;
}

/**
 * tl_policies_get_certificate:
 * @self: policies
 *
 * Returns: (transfer none) (nullable): in PEM, whom to seal passwords for, by the word of a policy
 *   that may grant, for the target of tl_policies_get_target() and no other
 */
const char *
tl_policies_get_certificate (const TlPolicies *self)
{
  const char *target = tl_policies_get_target (self);

  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      TlPolicy *policy = get_grantor (self, i);

      if (policy != NULL && tl_policy_get_certificate (policy) != NULL &&
          g_strcmp0 (tl_policy_get_limits (policy)->target, target) == 0)
        return tl_policy_get_certificate (policy);
    }

  return NULL;
}

/**
 * tl_policies_get_directory:
 * @self: policies
 *
 * Returns: (transfer none) (nullable): which directory of mail servers to ask, an https URL with a
 *   slash at its end
 */
const char *
tl_policies_get_directory (const TlPolicies *self)
{
  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      TlPolicy *policy = get_grantor (self, i);

      if (policy != NULL && tl_policy_get_directory (policy) != NULL)
        return tl_policy_get_directory (policy);
    }

  return NULL;
}
