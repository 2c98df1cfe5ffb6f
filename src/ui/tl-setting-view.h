/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-detail.h"

G_BEGIN_DECLS

/**
 * TlSettingView:
 *
 * A row: a setting, beside what a policy says of it and what another file has.
 *
 * Properties: `detail` (TlDetail: its hint is what the policy says), `ruled` (bool: there is a
 * column for that), `compared` (bool: there is another file), `other` (string or NULL: what that
 * has), `differs` (bool, read-only).
 */
#define TL_TYPE_SETTING_VIEW (tl_setting_view_get_type ())
G_DECLARE_FINAL_TYPE (TlSettingView, tl_setting_view, TL, SETTING_VIEW, GtkWidget)

G_END_DECLS
