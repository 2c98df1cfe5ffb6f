/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlGatewayKind:
 * @TL_GATEWAY_FILTER: looks through mail and hands it on to the mailbox's own server
 * @TL_GATEWAY_FORWARD: sends mail on to some other address: there may be no mailbox
 */
typedef enum
{
  TL_GATEWAY_FILTER,
  TL_GATEWAY_FORWARD,
} TlGatewayKind;

#define TL_TYPE_GATEWAY_KIND (tl_gateway_kind_get_type ())
GType          tl_gateway_kind_get_type (void) G_GNUC_CONST;

/**
 * TlGateway:
 *
 * Somebody whose mail exchangers stand before mailboxes that are elsewhere: a
 * row of `data/gateways.json`. Immutable, atomically counted.
 */
typedef struct _TlGateway TlGateway;

#define TL_TYPE_GATEWAY (tl_gateway_get_type ())
GType          tl_gateway_get_type      (void) G_GNUC_CONST;

TlGateway     *tl_gateway_ref           (TlGateway        *self);
void           tl_gateway_unref         (TlGateway        *self);

const char    *tl_gateway_get_id        (const TlGateway  *self);
const char    *tl_gateway_get_name      (const TlGateway  *self);
TlGatewayKind  tl_gateway_get_kind      (const TlGateway  *self);
const char * const *tl_gateway_get_mx   (const TlGateway  *self);

GPtrArray     *tl_gateways_parse        (const char       *json,
                                         gssize            len,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* The whole table, loaded once; never freed. Any thread. */
GPtrArray     *tl_gateways_get_all      (void);
TlGateway     *tl_gateways_find         (const char       *id);
TlGateway     *tl_gateways_find_by_mx   (const char       *mx_host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlGateway, tl_gateway_unref)

G_END_DECLS
