/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlRelay:
 *
 * A sending service of our provider table, as an item of list models. Construct-only properties
 * `id` (string), `name` (string), `secret-name` (string: what its secret is called there).
 */
#define TL_TYPE_RELAY (tl_relay_get_type ())
G_DECLARE_FINAL_TYPE (TlRelay, tl_relay, TL, RELAY, GObject)

TlRelay    *tl_relay_new    (const char *id,
                             const char *name,
                             const char *secret_name) G_GNUC_WARN_UNUSED_RESULT;
const char *tl_relay_get_id (TlRelay    *self);
GListModel *tl_relay_list_all (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
