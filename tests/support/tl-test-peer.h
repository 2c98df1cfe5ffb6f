/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

/**
 * TlTestPeer:
 *
 * A server on loopback that plays a script, on threads of its own: each
 * connection plays it from the start. One line of the script is one act:
 *
 * - `C: GLOB` reads a line that has to fit. A glob that begins with `%T`
 *   takes the first word for the tag.
 * - `S: TEXT` sends a line. `%T` in it is the tag, `%1` to `%9` are the ones before it.
 * - `S! BYTES` sends bytes; `\r`, `\n`, `\0`, `\\` and `\xNN` are bytes in both.
 * - `H: ARGUMENT` sends the line that the hook makes of it and of the last line read.
 * - `FLOOD BYTES` sends them over and over until the client leaves, `DRIP BYTES` one by one.
 * - `TLS` does a handshake, `SHUTDOWN` closes properly, `CLOSE` does not, `RST` resets.
 * - `CORK` keeps what is sent, a TLS record for each act, until `UNCORK`: all of it arrives at once.
 * - `AWAIT` waits for the client to send something, and does not read it.
 * - `QUIET` sees to it that the client does not send ahead.
 * - `SLEEP MS` waits, `HANG` reads on without a word until the client leaves.
 *
 * Empty lines and lines that begin with `#` are skipped.
 */
typedef struct _TlTestPeer TlTestPeer;

typedef char *(*TlTestPeerHook) (const char *argument,
                                 const char *line,
                                 gpointer    user_data);

TlTestPeer *tl_test_peer_new              (const char        *script,
                                           SSL_CTX           *tls) G_GNUC_WARN_UNUSED_RESULT;
void        tl_test_peer_free             (TlTestPeer        *self);
void        tl_test_peer_set_hook         (TlTestPeer        *self,
                                           TlTestPeerHook     hook,
                                           gpointer           user_data);

guint16     tl_test_peer_start            (TlTestPeer        *self);
void        tl_test_peer_stop             (TlTestPeer        *self);

/* Once it has stopped. */
const char *tl_test_peer_get_transcript   (TlTestPeer        *self);
const char *tl_test_peer_get_problem      (TlTestPeer        *self);
guint       tl_test_peer_get_n_connections (TlTestPeer       *self);
gboolean    tl_test_peer_played_all       (TlTestPeer        *self);
guint       tl_test_peer_count            (TlTestPeer        *self,
                                           const char        *glob);
char       *tl_test_peer_dup_clear        (TlTestPeer        *self) G_GNUC_WARN_UNUSED_RESULT;
GBytes     *tl_test_peer_dup_clear_bytes  (TlTestPeer        *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TlTestSabotage: what happens in the place of one act of the server
 */
typedef enum
{
  TL_TEST_SABOTAGE_CUT,
  TL_TEST_SABOTAGE_RESET,
  TL_TEST_SABOTAGE_STALL,
  TL_TEST_SABOTAGE_GARBLE,
} TlTestSabotage;

#define TL_TEST_N_SABOTAGES 4

guint       tl_test_script_count          (const char        *script);
char       *tl_test_script_sabotage       (const char        *script,
                                           guint              index,
                                           TlTestSabotage     sabotage) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestPeer, tl_test_peer_free)

G_END_DECLS
