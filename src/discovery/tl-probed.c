/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-probed.h"

/**
 * tl_probed_new:
 * @lane: the lane it was tried for
 * @endpoint: where
 * @is_there: whether a server of that kind greeted and proved its name
 *
 * Returns: (transfer full): what trying it brought to light
 */
TlProbed *
tl_probed_new (TlLaneKind  lane,
               TlEndpoint *endpoint,
               gboolean    is_there)
{
  TlProbed *self = g_new (TlProbed, 1);

  self->lane = lane;
  self->endpoint = tl_endpoint_ref (endpoint);
  self->is_there = is_there;

  return self;
}

void
tl_probed_free (TlProbed *self)
{
  tl_endpoint_unref (self->endpoint);
  g_free (self);
}
