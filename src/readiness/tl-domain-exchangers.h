/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-domain-judge.h"

G_BEGIN_DECLS

/* As many of a domain's mail exchangers are looked into, those that are preferred first. */
#define TL_DOMAIN_MAX_EXCHANGERS 10

GPtrArray *tl_domain_exchangers_list (TlDomainVerdict *verdict) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
