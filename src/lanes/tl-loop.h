/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane.h"
#include "tl-loop-report.h"

G_BEGIN_DECLS

/**
 * TlLoopParts:
 * @incoming: how the mailbox is read
 * @outgoing: how messages are handed in
 * @address: whose mailbox it is: sender and recipient
 * @incoming_secret: password or token
 * @outgoing_secret: password or token
 * @network: the world the connections are made in
 * @budget: how long each stage of a lane may take
 * @patience_ms: how long the message is waited for, once it was taken
 *
 * What a loop is made of; everything is referenced or copied.
 */
typedef struct
{
  TlLaneSettings     *incoming;
  TlLaneSettings     *outgoing;
  TlAddress          *address;
  TlSecret           *incoming_secret;
  TlSecret           *outgoing_secret;
  TlNetwork          *network;
  const TlLaneBudget *budget;
  guint               patience_ms;
} TlLoopParts;

#define TL_LOOP_PATIENCE_MS 120000

/**
 * TlLoop:
 *
 * One small message to oneself: out by the outgoing lane, awaited by the
 * incoming one, then removed. Both lanes sign in anew, on the threads
 * `tl-loop-in` and `tl-loop-out`. Signals and the callback come on the
 * #GMainContext that was the thread default when tl_loop_run_async() was
 * called, news before the result. A loop runs once.
 *
 * Signal: `stage (TlLoopStage stage, guint budget_ms)`.
 */
#define TL_TYPE_LOOP (tl_loop_get_type ())
G_DECLARE_FINAL_TYPE (TlLoop, tl_loop, TL, LOOP, GObject)

TlLoop       *tl_loop_new        (const TlLoopParts    *parts) G_GNUC_WARN_UNUSED_RESULT;
void          tl_loop_run_async  (TlLoop               *self,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
TlLoopReport *tl_loop_run_finish (TlLoop               *self,
                                  GAsyncResult         *result,
                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
