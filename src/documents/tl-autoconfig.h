/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-document.h"

G_BEGIN_DECLS

TlDocument *tl_autoconfig_parse (const char  *bytes,
                                 gsize        len,
                                 TlAddress   *address,
                                 const char  *domain,
                                 const char  *source,
                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
