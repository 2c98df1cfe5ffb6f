/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-gsource.h"

/**
 * tl_gsource_clear:
 * @source: (inout): a source, attached or not, or %NULL
 *
 * Destroys the source and drops the reference to it; @source is %NULL after.
 * Unlike g_clear_handle_id() this works for any context. It may be called from
 * the source's own callback.
 */
void
tl_gsource_clear (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
