/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlOauthPace:
 * @interval_s: seconds between two polls
 *
 * How often a token endpoint may be polled (RFC 8628 §3.5).
 */
typedef struct
{
  guint interval_s;
} TlOauthPace;

/**
 * TlOauthBeat: what came of one poll
 * @TL_OAUTH_BEAT_PENDING: nobody has typed the code yet
 * @TL_OAUTH_BEAT_SLOW_DOWN: that was too soon
 * @TL_OAUTH_BEAT_UNREACHABLE: nothing, or that the server is out of order
 */
typedef enum
{
  TL_OAUTH_BEAT_PENDING,
  TL_OAUTH_BEAT_SLOW_DOWN,
  TL_OAUTH_BEAT_UNREACHABLE,
} TlOauthBeat;

TlOauthPace tl_oauth_pace_begin (gboolean      has_interval,
                                 guint64       interval_s);
guint       tl_oauth_pace_next  (TlOauthPace  *self,
                                 TlOauthBeat   beat,
                                 guint         retry_after_s);

G_END_DECLS
