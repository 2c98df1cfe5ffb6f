/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlSceneParts:
 * @TL_SCENE_OTHERS: other servers, and such as are named and not used
 * @TL_SCENE_HINTS: advice of strangers
 * @TL_SCENE_HOSTILE: strangers try markup
 * @TL_SCENE_GATEWAY: the servers are behind a mail filter and need a yes
 * @TL_SCENE_CONFLICT: two sources contradict each other
 * @TL_SCENE_NO_OUTGOING: nothing is proposed for sending
 * @TL_SCENE_NO_NAME: the domain does not exist
 * @TL_SCENE_NOBODY: it took nobody to find out
 * @TL_SCENE_ELSEWHERE: the servers are somebody else's and need a yes
 *
 * What a report has besides the two servers that it proposes.
 */
typedef enum
{
  TL_SCENE_OTHERS      = 1 << 0,
  TL_SCENE_HINTS       = 1 << 1,
  TL_SCENE_GATEWAY     = 1 << 2,
  TL_SCENE_CONFLICT    = 1 << 3,
  TL_SCENE_NO_OUTGOING = 1 << 4,
  TL_SCENE_NO_NAME     = 1 << 5,
  TL_SCENE_NOBODY      = 1 << 6,
  TL_SCENE_ELSEWHERE   = 1 << 7,
  TL_SCENE_HOSTILE     = 1 << 8,
} TlSceneParts;

void tl_scene_show   (TlSetup      *setup,
                      const char   *address,
                      TlSceneParts  parts);
void tl_scene_ask    (TlSetup      *setup);
void tl_scene_settle (TlSetup      *setup,
                      gboolean      settling);

G_END_DECLS
