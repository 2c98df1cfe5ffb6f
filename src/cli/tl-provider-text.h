/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-provider-details.h"

G_BEGIN_DECLS

/* Providers in words for people, on standard output. */
void tl_provider_text_list (GPtrArray        *providers,
                            const char       *name);
void tl_provider_text_show (const TlProvider *provider);

/* For both files of it. */
void tl_provider_text_show_sign_in (const TlProvider *provider);
const char *tl_provider_text_doubt (const TlProvider *provider,
                                    const char       *format,
                                    ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
