/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-facts.h"

G_BEGIN_DECLS

void tl_report_access_add_passwords (GString              *out,
                                     TlReport             *report,
                                     const TlBundleFacts  *facts);
void tl_report_access_add_sign_in   (GString              *out,
                                     TlReport             *report);

G_END_DECLS
