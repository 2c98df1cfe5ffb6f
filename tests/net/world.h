/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-channel.h"
#include "tl-test-ca.h"

/* The same peers for both worlds: each trusts its own authority. */
typedef enum
{
  WORLD_PRACTICE,
  WORLD_SYSTEM,
} World;

void       world_begin         (void);
void       world_end           (void);
TlTestCa  *world_get_authority (World   world);
TlNetwork *world_get_network   (World   world);
TlChannel *world_connect       (World   world,
                                guint16 port) G_GNUC_WARN_UNUSED_RESULT;
TlChannel *world_connect_in    (TlNetwork *network,
                                guint16 port) G_GNUC_WARN_UNUSED_RESULT;
