/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-compat.h"

G_BEGIN_DECLS

void tl_page_file_show (GtkWindow    *window,
                        const char   *html,
                        TlAnswerFunc  func,
                        gpointer      user_data);

G_END_DECLS
