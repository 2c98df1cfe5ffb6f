/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TlApplication:
 *
 * The program with a window: one wizard each time it is activated. With
 * `--practice` the wizard opens on the practice mailbox that
 * `twolanectl practice` runs.
 */
#define TL_TYPE_APPLICATION (tl_application_get_type ())
G_DECLARE_FINAL_TYPE (TlApplication, tl_application, TL, APPLICATION, AdwApplication)

TlApplication *tl_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
