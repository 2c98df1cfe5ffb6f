/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *tl_document_signature_check (GBytes  *document,
                                   GBytes  *signature,
                                   gint64   now_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
