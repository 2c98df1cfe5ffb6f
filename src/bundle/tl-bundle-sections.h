/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-report.h"

G_BEGIN_DECLS

/*
 * What bundle.json has where somebody looked or said so: `policy`, `folders`, `sending`, `domain`.
 */
void      tl_bundle_sections_write (TlReport      *report,
                                    TlJson        *json);
TlReport *tl_bundle_sections_read  (TlJsonReader  *reader,
                                    TlReport      *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
