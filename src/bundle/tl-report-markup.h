/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-markup.h"

G_BEGIN_DECLS

/*
 * What report.html is built of. What is no literal gets in by tl_markup_add() alone.
 */
void  tl_report_markup_open    (GString     *out,
                                const char  *id,
                                const char  *title);
void  tl_report_markup_close   (GString     *out);
void  tl_report_markup_text    (GString     *out,
                                const char  *text);
void  tl_report_markup_remark  (GString     *out,
                                const char  *text);
void  tl_report_markup_row     (GString     *out,
                                const char  *term,
                                const char  *value);
void  tl_report_markup_code    (GString     *out,
                                const char  *term,
                                const char  *value);
char *tl_report_markup_moment  (gint64       moment_s) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
