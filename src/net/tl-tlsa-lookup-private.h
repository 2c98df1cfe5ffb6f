/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-tlsa-lookup.h"

G_BEGIN_DECLS

TlTlsaLookup *tl_tlsa_lookup_new_for (const char *forwarder,
                                      const char *anchor_file,
                                      const char *host,
                                      guint16     port) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
