/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-pace.h"

#define USUAL_S     5   /* RFC 8628 §3.2: when the server names none */
#define MORE_S      5   /* RFC 8628 §3.5: at each slow_down */
#define LONGEST_S   60

/**
 * tl_oauth_pace_begin:
 * @has_interval: whether the server names one
 * @interval_s: what it names
 *
 * No server is polled more than once a second. One that asks for more than a minute is polled once
 * a minute: the person waits in front of the screen, and a server that minds says slow_down.
 *
 * Returns: the pace to begin with
 */
TlOauthPace
tl_oauth_pace_begin (gboolean has_interval,
                     guint64  interval_s)
{
  return (TlOauthPace) { has_interval ? (guint) CLAMP (interval_s, 1, LONGEST_S) : USUAL_S };
}

/**
 * tl_oauth_pace_next:
 * @self: the pace, which is adapted
 * @beat: what came of the last poll
 * @retry_after_s: how long the server asks to be left alone, or 0; for this once
 *
 * A slow_down holds for all polls that follow. Where there is no answer, the interval doubles (RFC
 * 8628 §3.5 wants a back-off), up to a minute.
 *
 * Returns: seconds to wait before the next poll
 */
guint
tl_oauth_pace_next (TlOauthPace *self,
                    TlOauthBeat  beat,
                    guint        retry_after_s)
{
  if (beat == TL_OAUTH_BEAT_SLOW_DOWN)
    self->interval_s += MORE_S;
  else if (beat == TL_OAUTH_BEAT_UNREACHABLE && self->interval_s < LONGEST_S)
    self->interval_s = MIN (self->interval_s * 2, LONGEST_S);

  return MAX (self->interval_s, retry_after_s);
}
