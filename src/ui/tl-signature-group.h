/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlSignatureGroup:
 *
 * Whose signature goes on the file, by its fingerprint; a company's key in place of the person's
 * own.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_SIGNATURE_GROUP (tl_signature_group_get_type ())
G_DECLARE_FINAL_TYPE (TlSignatureGroup, tl_signature_group, TL, SIGNATURE_GROUP, TlSetupWidget)

G_END_DECLS
