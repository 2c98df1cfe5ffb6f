/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-talk.h"

/* Longer than any healthy test takes. */
#define LONG_MS 10000

/* One authority for the whole test program. */
static TlTestCa *
get_ca (void)
{
  static TlTestCa *ca = NULL;

  if (ca == NULL)
    ca = tl_test_ca_new ("practice.invalid");

  return ca;
}

static TlNetwork *
get_network (void)
{
  static TlNetwork *network = NULL;

  if (network == NULL)
    network = tl_network_new_practice (tl_test_ca_get_pem (get_ca ()), NULL);
  g_assert_nonnull (network);

  return network;
}

TlDeadline
tl_test_talk_get_deadline (void)
{
  return tl_deadline_in_ms (LONG_MS);
}

/**
 * tl_test_talk_open:
 * @self: zeroed, but for the fields that are set before
 * @script: what the peer plays
 * @max_line_len: the longest line that is read, in bytes
 *
 * Starts the peer, dials it, and does the handshake that @script begins with.
 */
void
tl_test_talk_open (TlTestTalk *self,
                   const char *script,
                   gsize       max_line_len)
{
  g_autoptr(SSL_CTX) tls = tl_test_ca_new_server (get_ca (), TL_TEST_TALK_HOST, self->peculiar);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  TlChannel *channel;

  self->hangs_up = g_str_has_suffix (script, "SHUTDOWN\n");
  self->peer = tl_test_peer_new (script, tls);
  if (self->hook != NULL)
    tl_test_peer_set_hook (self->peer, self->hook, self->hook_data);
  endpoint = tl_endpoint_new (TL_TEST_TALK_HOST, tl_test_peer_start (self->peer),
                              TL_SECURITY_TLS, NULL);
  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  channel = tl_channel_dial_sync (get_network (), endpoint, addresses, tl_test_talk_get_deadline (),
                                  NULL, &fault, &error);
  g_assert_no_error (error);
  g_assert_null (fault);

  self->transcript = tl_transcript_new ();
  self->conversation = tl_conversation_new (channel, max_line_len, self->transcript);
  if (g_str_has_prefix (script, "TLS\n"))
    tl_test_talk_handshake (self);
}

void
tl_test_talk_handshake (TlTestTalk *self)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_verified = tl_conversation_handshake_sync (self->conversation, TL_TEST_TALK_HOST,
                                                         tl_test_talk_get_deadline (), NULL,
                                                         &fault, &error);

  g_assert_no_error (error);
  g_assert_true (is_verified);
}

/**
 * tl_test_talk_end:
 * @self: a conversation that is over
 *
 * Hangs up, waits for the peer, and asks it whether all went as its script says.
 */
void
tl_test_talk_end (TlTestTalk *self)
{
  g_clear_pointer (&self->conversation, tl_conversation_free);
  tl_test_peer_stop (self->peer);
  g_assert_cmpstr (tl_test_peer_get_problem (self->peer), ==, NULL);
  /* A peer that hangs up first does not get to its end. */
  g_assert_true (self->hangs_up || tl_test_peer_played_all (self->peer));
}

void
tl_test_talk_clear (TlTestTalk *self)
{
  g_clear_pointer (&self->conversation, tl_conversation_free);
  g_clear_pointer (&self->transcript, tl_transcript_unref);
  g_clear_pointer (&self->peer, tl_test_peer_free);
}
