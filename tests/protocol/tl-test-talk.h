/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-conversation.h"
#include "tl-test-ca.h"
#include "tl-test-peer.h"

G_BEGIN_DECLS

#define TL_TEST_TALK_HOST "mail.practice.invalid"

/**
 * TlTestTalk:
 *
 * A conversation with a scripted peer, under TLS when the script begins with
 * it. Set @hook and @hook_data before it is opened, for `H:` lines.
 */
typedef struct
{
  TlTestPeerHook  hook;
  gpointer        hook_data;
  TlTestTls       peculiar;

  /* As it goes, owned */
  gboolean        hangs_up;
  TlTestPeer     *peer;
  TlTranscript   *transcript;
  TlConversation *conversation;
} TlTestTalk;

void       tl_test_talk_open         (TlTestTalk  *self,
                                      const char  *script,
                                      gsize        max_line_len);
void       tl_test_talk_handshake    (TlTestTalk  *self);
void       tl_test_talk_end          (TlTestTalk  *self);
void       tl_test_talk_clear        (TlTestTalk  *self);
TlDeadline tl_test_talk_get_deadline (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlTestTalk, tl_test_talk_clear)

G_END_DECLS
