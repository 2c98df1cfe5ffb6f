/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-work.h"

G_BEGIN_DECLS

/* A certificate that ends sooner is worth a warning. */
#define TL_LANE_EXPIRY_DAYS 21

void     tl_lane_remarks_on_connection (TlLaneWork *work);
void     tl_lane_remarks_on_tls        (TlLaneWork *work,
                                        gint64      now_s);
void     tl_lane_remarks_on_tlsa_sync  (TlLaneWork *work,
                                        guint       lane_ms,
                                        GCancellable *cancellable);
void     tl_lane_remarks_on_sign_in    (TlLaneWork *work);
TlFault *tl_lane_remarks_on_mailbox    (TlLaneWork *work) G_GNUC_WARN_UNUSED_RESULT;

gboolean tl_lane_remarks_expires_soon  (gint64      not_after_s,
                                        gint64      now_s,
                                        guint      *out_days);

G_END_DECLS
