/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-vault-finding.h"

/* Statuses that a person should hear about; the others are no news. */
static const struct
{
  TlVaultStatus  status;
  const char    *finding;
} findings[] = {
  { TL_VAULT_NO_SERVICE,    "store.no-service" },
  { TL_VAULT_LOCKED,        "store.locked" },
  { TL_VAULT_DISMISSED,     "store.dismissed" },
  { TL_VAULT_VERIFY_FAILED, "store.verify-failed" },
};

/**
 * tl_vault_finding_new:
 * @status: what became of a request to the keyring
 * @lane: whose secret it was about, or %TL_LANE_NONE
 *
 * Returns: (transfer full) (nullable): the finding to show, or %NULL when all is well
 */
TlFinding *
tl_vault_finding_new (TlVaultStatus status,
                      TlLaneKind    lane)
{
  for (gsize i = 0; i < G_N_ELEMENTS (findings); i++)
    {
      if (findings[i].status == status)
        return tl_finding_new (findings[i].finding, lane, NULL);
    }

  return NULL;
}
