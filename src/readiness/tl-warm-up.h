/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-sending-advice.h"

G_BEGIN_DECLS

/* The reader of data/warm-up.json; what it reads is in tl-sending-advice.h. */
gboolean tl_warm_up_check (const char  *json,
                           gssize       len,
                           GError     **error);

G_END_DECLS
