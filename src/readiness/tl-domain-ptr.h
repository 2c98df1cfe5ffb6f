/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-domain-judge.h"

G_BEGIN_DECLS

void tl_domain_ptr_judge (TlDomainVerdict *verdict);

G_END_DECLS
