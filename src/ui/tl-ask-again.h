/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlAskAgain:
 *
 * The offer to ask once more with the whole address, and who would get to see
 * it. Its button is the action `servers.ask-with-address`.
 *
 * Properties: `site` (string: the registrable domain of the address) and `missing`
 * (bool: a server is missing that may be found so).
 */
#define TL_TYPE_ASK_AGAIN (tl_ask_again_get_type ())
G_DECLARE_FINAL_TYPE (TlAskAgain, tl_ask_again, TL, ASK_AGAIN, GtkWidget)

G_END_DECLS
