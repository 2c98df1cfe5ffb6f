/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-test-peer.h"

G_BEGIN_DECLS

/* What may be behind a door instead of a script. */
#define TL_TEST_DOOR_SILENT "silent"
#define TL_TEST_DOOR_CLOSED "closed"

/**
 * TlTestDoor:
 *
 * A port of this computer: behind it is a scripted peer, or nobody, who
 * refuses, or one who is silent: its queue of connections is full, so packets
 * are dropped.
 */
typedef struct _TlTestDoor TlTestDoor;

TlTestDoor *tl_test_door_new      (const char        *behind,
                                   SSL_CTX           *tls) G_GNUC_WARN_UNUSED_RESULT;
void        tl_test_door_free     (TlTestDoor        *self);
guint16     tl_test_door_get_port (const TlTestDoor  *self);
TlTestPeer *tl_test_door_get_peer (const TlTestDoor  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestDoor, tl_test_door_free)

G_END_DECLS
