/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tl_gsource_clear (GSource **source);

G_END_DECLS
