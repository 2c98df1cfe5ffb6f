/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-origin.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"

G_DEFINE_ENUM_TYPE (TlPolicyOrigin, tl_policy_origin,
                    G_DEFINE_ENUM_VALUE (TL_POLICY_FROM_SYSTEM, "system"),
                    G_DEFINE_ENUM_VALUE (TL_POLICY_FROM_SIGNER, "signer"),
                    G_DEFINE_ENUM_VALUE (TL_POLICY_FROM_USER, "user"),
                    G_DEFINE_ENUM_VALUE (TL_POLICY_FROM_FILE, "file"))

static const struct
{
  const char *label;
  gboolean    grants;
} origins[] = {
  /* Translators: where a policy came from */
  [TL_POLICY_FROM_SYSTEM] = { N_("this computer’s administrator"), TRUE },
  /* Translators: where a policy came from */
  [TL_POLICY_FROM_SIGNER] = { N_("a signer who is trusted here"), TRUE },
  /* Translators: where a policy came from */
  [TL_POLICY_FROM_USER]   = { N_("your own settings"), FALSE },
  /* Translators: where a policy came from */
  [TL_POLICY_FROM_FILE]   = { N_("a file you chose"), FALSE },
};

const char *
tl_policy_origin_get_nick (TlPolicyOrigin origin)
{
  return tl_nick_get (TL_TYPE_POLICY_ORIGIN, (int) origin);
}

/**
 * tl_policy_origin_get_label:
 * @origin: an origin
 *
 * Returns: (transfer none): the words for people, translated; they fit behind “the policy of”
 */
const char *
tl_policy_origin_get_label (TlPolicyOrigin origin)
{
  g_return_val_if_fail (origin < G_N_ELEMENTS (origins), NULL);

  return _(origins[origin].label);
}

/**
 * tl_policy_origin_grants:
 * @origin: an origin
 *
 * Returns: whether what a policy from there grants counts
 */
gboolean
tl_policy_origin_grants (TlPolicyOrigin origin)
{
  g_return_val_if_fail (origin < G_N_ELEMENTS (origins), FALSE);

  return origins[origin].grants;
}
