/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-response.h"

G_BEGIN_DECLS

/**
 * TlImapFlightFlags: how a command takes part in its flight
 * @TL_IMAP_FLIGHT_PLAIN: others may be completed before it and after it
 * @TL_IMAP_FLIGHT_SETTLES: what was sent behind it depends on it: it is completed first
 * @TL_IMAP_FLIGHT_CONTINUES: it may be answered with a continuation
 */
typedef enum
{
  TL_IMAP_FLIGHT_PLAIN     = 0,
  TL_IMAP_FLIGHT_SETTLES   = 1 << 0,
  TL_IMAP_FLIGHT_CONTINUES = 1 << 1,
} TlImapFlightFlags;

/**
 * TlImapFlight:
 *
 * The commands that are on their way and not completed, which decides what each
 * response belongs to (RFC 9051 §5.5). Pure: it sends and reads nothing. Not a
 * value: one thread uses it.
 */
typedef struct _TlImapFlight TlImapFlight;

TlImapFlight *tl_imap_flight_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void          tl_imap_flight_free    (TlImapFlight          *self);

void          tl_imap_flight_add     (TlImapFlight          *self,
                                      int                    id,
                                      const char            *tag,
                                      const char * const    *data,
                                      TlImapFlightFlags      flags);
gboolean      tl_imap_flight_take    (TlImapFlight          *self,
                                      const TlImapResponse  *response,
                                      int                   *out_id,
                                      TlFault              **out_fault);
gboolean      tl_imap_flight_is_done (const TlImapFlight    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapFlight, tl_imap_flight_free)

G_END_DECLS
