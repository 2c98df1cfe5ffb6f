/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery.h"

G_BEGIN_DECLS

char *tl_directory_dup_url (const TlDiscoveryOptions *options,
                            const char               *domain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
