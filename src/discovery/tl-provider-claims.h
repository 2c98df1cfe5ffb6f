/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-claim.h"
#include "tl-provider.h"

G_BEGIN_DECLS

GPtrArray *tl_provider_to_claims (TlProvider          *provider,
                                  TlAddress           *address,
                                  const char          *mx_host,
                                  const char * const  *hops) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
