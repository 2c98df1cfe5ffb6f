/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An address that a world of its own has and that is not loopback. */
#define TL_TEST_WORLD_ADDRESS "192.0.2.1"

gboolean tl_test_world_enter (void);
void     tl_test_world_join  (void);
void     tl_test_world_join_without_ipv4 (void);
void     tl_test_world_leave (void);

G_END_DECLS
