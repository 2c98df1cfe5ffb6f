/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* A policy of an organisation with very many domains has a few dozen clients. */
#define TL_POLICY_FILE_MAX_BYTES (256 * 1024)

GBytes *tl_policy_file_read_sync (const char  *path,
                                  uid_t        owner,
                                  GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
