/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-vault.h"

G_BEGIN_DECLS

TlFinding *tl_vault_finding_new (TlVaultStatus  status,
                                 TlLaneKind     lane) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
