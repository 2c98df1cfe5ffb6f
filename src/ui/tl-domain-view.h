/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlDomainView:
 *
 * A row: one topic of a domain, how it is, and what to publish. The item is a #TlDomainRow.
 * Warnings are in view; what is only to be known is with the details.
 */
#define TL_TYPE_DOMAIN_VIEW (tl_domain_view_get_type ())
G_DECLARE_FINAL_TYPE (TlDomainView, tl_domain_view, TL, DOMAIN_VIEW, TlItemView)

G_END_DECLS
