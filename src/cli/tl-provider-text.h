/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-provider-details.h"

G_BEGIN_DECLS

/* Providers in words for people, on standard output. */
void tl_provider_text_list (GPtrArray        *providers,
                            const char       *name);
void tl_provider_text_show (const TlProvider *provider);

G_END_DECLS
