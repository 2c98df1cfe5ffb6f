/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The style sheet that stands inside every report.html. */
extern const char tl_report_style[];

G_END_DECLS
