/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlDomainGroup:
 *
 * Whether receivers will trust the domain: the button that looks it up, and what was found.
 */
#define TL_TYPE_DOMAIN_GROUP (tl_domain_group_get_type ())
G_DECLARE_FINAL_TYPE (TlDomainGroup, tl_domain_group, TL, DOMAIN_GROUP, TlSetupWidget)

void tl_domain_group_check (TlDomainGroup *self);
void tl_domain_group_stop  (TlDomainGroup *self);

G_END_DECLS
