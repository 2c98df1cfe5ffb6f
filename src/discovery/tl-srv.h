/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-claim.h"
#include "tl-records.h"
#include "tl-rejection.h"

G_BEGIN_DECLS

#define TL_SRV_MAX_TARGETS 8

/**
 * TlSrvService:
 * @label: the service's part of the owner name: `_imaps`
 * @lane: the lane it serves
 * @security: how its servers are spoken to
 */
typedef struct
{
  const char *label;
  TlLaneKind  lane;
  TlSecurity  security;
} TlSrvService;

extern const TlSrvService tl_srv_services[];
extern const guint        tl_srv_n_services;

gboolean tl_srv_read (const TlSrvService      *service,
                      const TlRecord * const  *records,
                      guint                    n_records,
                      TlDnssec                 dnssec,
                      TlAddress               *address,
                      GPtrArray               *claims,
                      GPtrArray               *rejections);

G_END_DECLS
