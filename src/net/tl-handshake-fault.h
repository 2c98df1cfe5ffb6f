/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-channel-private.h"

G_BEGIN_DECLS

TlFault *tl_handshake_fault_describe (TlChannel  *self,
                                      SSL        *ssl,
                                      const char *host,
                                      gboolean    certificate_asked) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
