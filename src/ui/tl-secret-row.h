/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlSecretRow:
 *
 * Where a password is typed. What the entry holds, and so what the
 * accessibility bus, the clipboard, a drag and input methods can read from it, is
 * one bullet for each character, always; the characters themselves are in a
 * #TlSecret. A person who asks to see them sees a drawing of them below the entry.
 *
 * Properties: `filled` (bool, read-only: something was typed), `revealed` (bool).
 */
#define TL_TYPE_SECRET_ROW (tl_secret_row_get_type ())
G_DECLARE_FINAL_TYPE (TlSecretRow, tl_secret_row, TL, SECRET_ROW, AdwPreferencesRow)

TlSecret *tl_secret_row_steal_secret (TlSecretRow *self) G_GNUC_WARN_UNUSED_RESULT;
void      tl_secret_row_clear        (TlSecretRow *self);

G_END_DECLS
