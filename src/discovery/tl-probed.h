/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-endpoint.h"
#include "tl-lane-kind.h"

G_BEGIN_DECLS

/**
 * TlProbed:
 * @lane: the lane it was tried for
 * @endpoint: where
 * @is_there: a server of that kind greeted and proved its name
 *
 * What trying a server brought to light.
 */
typedef struct
{
  TlLaneKind  lane;
  TlEndpoint *endpoint;
  gboolean    is_there;
} TlProbed;

TlProbed *tl_probed_new  (TlLaneKind   lane,
                          TlEndpoint  *endpoint,
                          gboolean     is_there) G_GNUC_WARN_UNUSED_RESULT;
void      tl_probed_free (TlProbed    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlProbed, tl_probed_free)

G_END_DECLS
