/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlDeviceCode:
 *
 * A code of a sign-in that was started here, and the address where it is typed on another device.
 * Both are text: nothing is opened by itself.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_DEVICE_CODE (tl_device_code_get_type ())
G_DECLARE_FINAL_TYPE (TlDeviceCode, tl_device_code, TL, DEVICE_CODE, TlSetupWidget)

G_END_DECLS
