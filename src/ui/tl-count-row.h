/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TlCountRow:
 *
 * A row with a number that can be changed. An underscore in its title marks a mnemonic.
 *
 * Properties: `count` (uint), `least`, `most` (uint: what it can be; out of that it is moved into
 * it), `step` (uint: what a press adds).
 */
#define TL_TYPE_COUNT_ROW (tl_count_row_get_type ())
G_DECLARE_FINAL_TYPE (TlCountRow, tl_count_row, TL, COUNT_ROW, AdwActionRow)

G_END_DECLS
