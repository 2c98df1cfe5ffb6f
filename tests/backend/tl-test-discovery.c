/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A discovery that asks nobody: its one source answers when a test lets it. */
#include "tl-test-discovery.h"

#include "tl-discovery-private.h"
#include "tl-setup-private.h"

/* One question to the source. */
typedef struct
{
  GTask        *task;        /* owned */
  TlAddress    *address;     /* owned */
  GCancellable *cancellable; /* owned */
} Asking;

static gint let_answer;

TlLaneSettings *
tl_test_discovery_make_settings (TlLaneKind  lane,
                                 const char *host,
                                 TlAddress  *address)
{
  gboolean is_incoming = lane == TL_LANE_INCOMING;
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (host, is_incoming ? 993 : 465, TL_SECURITY_TLS,
                                                    NULL);

  return tl_lane_settings_new (is_incoming ? TL_PROTOCOL_IMAP : TL_PROTOCOL_SMTP, endpoint,
                               TL_AUTH_PASSWORD, tl_address_get_addr_spec (address), NULL);
}

static TlSourceReply *
make_reply (TlAddress *address)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlLaneSettings) incoming =
    tl_test_discovery_make_settings (TL_LANE_INCOMING, "imap.acme.test", address);
  g_autoptr(TlLaneSettings) outgoing =
    tl_test_discovery_make_settings (TL_LANE_OUTGOING, "smtp.acme.test", address);

  g_ptr_array_add (claims, tl_claim_new (TL_LANE_INCOMING, incoming, TL_TRUST_OWN_DOMAIN, NULL));
  g_ptr_array_add (claims, tl_claim_new (TL_LANE_OUTGOING, outgoing, TL_TRUST_OWN_DOMAIN, NULL));
  g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_INCOMING, TL_SOURCE_AUTOCONFIG,
                                                 "pop.acme.test:995", TL_REJECTION_POP3));
  g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_AUTOCONFIG, "Switch <b>it</b> on",
                                       "https://help.acme.test/"));
  g_ptr_array_add (hints, tl_hint_new (TL_HINT_DOCUMENTATION, TL_SOURCE_AUTOCONFIG, NULL,
                                       "https://help.acme.test/"));

  return tl_source_reply_new (TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED, &(TlSourceFacts) {
    .claims = claims, .rejections = rejections, .hints = hints,
  });
}

static gboolean
on_looked (gpointer data)
{
  Asking *asking = data;
  TlSourceReply *reply;

  if (g_cancellable_is_cancelled (asking->cancellable))
    reply = tl_source_reply_new_status (TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_TIMEOUT);
  else if (g_atomic_int_get (&let_answer))
    reply = make_reply (asking->address);
  else
    return G_SOURCE_CONTINUE;

  tl_discovery_source_take_reply (asking->task, reply);
  g_object_unref (asking->task);
  tl_address_unref (asking->address);
  g_object_unref (asking->cancellable);
  g_free (asking);

  return G_SOURCE_REMOVE;
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GSource) look = g_timeout_source_new (2);
  Asking *asking = g_new0 (Asking, 1);

  asking->task = tl_discovery_source_task (self, callback, user_data);
  asking->address = tl_address_ref (inquiry->address);
  asking->cancellable = g_object_ref (inquiry->cancellable);
  g_source_set_callback (look, on_looked, asking, NULL);
  g_source_attach (look, g_main_context_get_thread_default ());
}

static gboolean
is_there (TlNetwork         *network,
          TlLaneKind         lane,
          const TlEndpoint  *endpoint,
          TlDeadline         deadline,
          GCancellable      *cancellable)
{
  return TRUE;
}

static const TlDiscoverySource source = { .id = TL_SOURCE_AUTOCONFIG, .ask_async = ask };
static const TlDiscoverySource * const sources[] = { &source };

/**
 * tl_test_discovery_begin:
 * @setup: a set-up
 * @address: whose servers to look for
 * @cancellable: (nullable): stops it
 * @wait: for the answer
 *
 * Begins a discovery that knows nothing until tl_test_discovery_let_answer().
 *
 * Returns: (transfer full): the discovery, whose signals a test may emit
 */
TlDiscovery *
tl_test_discovery_begin (TlSetup      *setup,
                         const char   *address,
                         GCancellable *cancellable,
                         TlTestWait   *wait)
{
  TlDiscovery *discovery;

  g_atomic_int_set (&let_answer, FALSE);
  tl_setup_set_address_text (setup, address);
  discovery = tl_discovery_new_with_sources (tl_setup_get_address (setup), setup->network, NULL,
                                             sources, G_N_ELEMENTS (sources), is_there);
  tl_setup_run_discovery (setup, discovery,
                          g_task_new (setup, cancellable, tl_test_wait_ready, wait));

  return discovery;
}

/**
 * tl_test_discovery_let_answer:
 *
 * Lets the source answer: both lanes at acme.test, a rejection and two hints.
 */
void
tl_test_discovery_let_answer (void)
{
  g_atomic_int_set (&let_answer, TRUE);
}
