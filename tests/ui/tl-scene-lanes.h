/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlSceneLanes:
 * @TL_SCENE_LANES_GREEN: both lanes work, and much was learnt
 * @TL_SCENE_LANES_ENDPOINT: the incoming lane fails; other settings of its server would do
 * @TL_SCENE_LANES_USER: the outgoing lane fails; another spelling of the user name may do
 * @TL_SCENE_LANES_THROTTLED: the outgoing server asks to wait twenty minutes
 * @TL_SCENE_LANES_BLOCKED: this network blocks the port for sending
 * @TL_SCENE_LANES_BANNED: the server for reading no longer answers
 * @TL_SCENE_LANES_INTERCEPTED: somebody sits between, on both lanes
 * @TL_SCENE_LANES_EXPIRES: both work; a certificate soon runs out
 *
 * How a test of both lanes may end.
 */
typedef enum
{
  TL_SCENE_LANES_GREEN,
  TL_SCENE_LANES_ENDPOINT,
  TL_SCENE_LANES_USER,
  TL_SCENE_LANES_THROTTLED,
  TL_SCENE_LANES_BLOCKED,
  TL_SCENE_LANES_BANNED,
  TL_SCENE_LANES_INTERCEPTED,
  TL_SCENE_LANES_EXPIRES,
} TlSceneLanes;

/**
 * TlSceneLoop:
 * @TL_SCENE_LOOP_RUNNING: a message to oneself is being waited for
 * @TL_SCENE_LOOP_GREEN: it came back, and passes for genuine
 * @TL_SCENE_LOOP_JUNK: it landed in the junk folder, and does not pass
 * @TL_SCENE_LOOP_LOST: it was not seen again
 *
 * How far a message to oneself may be.
 */
typedef enum
{
  TL_SCENE_LOOP_RUNNING,
  TL_SCENE_LOOP_GREEN,
  TL_SCENE_LOOP_JUNK,
  TL_SCENE_LOOP_LOST,
} TlSceneLoop;

void       tl_scene_test      (TlSetup      *setup,
                               TlSceneLanes  lanes);
void       tl_scene_test_ago  (TlSetup      *setup,
                               TlSceneLanes  lanes,
                               int           ago_s);
TlFinding *tl_scene_misdirect (TlSetup      *setup) G_GNUC_WARN_UNUSED_RESULT;
void       tl_scene_loop      (TlSetup      *setup,
                               TlSceneLoop   loop);
void       tl_scene_end_loop  (TlSetup      *setup);
gboolean   tl_scene_get       (TlSetup      *setup,
                               const char   *property);
void       tl_scene_run_until (TlSetup      *setup,
                               const char   *property,
                               gboolean      wanted);

G_END_DECLS
