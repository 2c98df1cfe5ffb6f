/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlSceneMailbox:
 * @TL_SCENE_MAILBOX_MARKED: the server says what its folders are for
 * @TL_SCENE_MAILBOX_NAMED: it does not; names tell
 * @TL_SCENE_MAILBOX_FULL: there is hardly any room left
 * @TL_SCENE_MAILBOX_SHARED: a shared one that little may be done with
 * @TL_SCENE_MAILBOX_SILENT: one folder, and nothing said of it
 * @TL_SCENE_MAILBOX_MADE: two folders for outreach were made
 * @TL_SCENE_MAILBOX_REFUSED: one was not
 * @TL_SCENE_MAILBOX_HOSTILE: names of folders try markup
 *
 * What a mailbox may be like.
 */
typedef enum
{
  TL_SCENE_MAILBOX_MARKED,
  TL_SCENE_MAILBOX_NAMED,
  TL_SCENE_MAILBOX_FULL,
  TL_SCENE_MAILBOX_SHARED,
  TL_SCENE_MAILBOX_SILENT,
  TL_SCENE_MAILBOX_MADE,
  TL_SCENE_MAILBOX_REFUSED,
  TL_SCENE_MAILBOX_HOSTILE,
} TlSceneMailbox;

/**
 * TlSceneDomain:
 * @TL_SCENE_DOMAIN_GOOD: all is as it should be
 * @TL_SCENE_DOMAIN_FAULTS: much is missing, with the records to publish
 * @TL_SCENE_DOMAIN_NOTES: only notes, one with a record
 *
 * How a domain may be.
 */
typedef enum
{
  TL_SCENE_DOMAIN_GOOD,
  TL_SCENE_DOMAIN_FAULTS,
  TL_SCENE_DOMAIN_NOTES,
} TlSceneDomain;

void tl_scene_look_around (TlSetup        *setup,
                           TlSceneMailbox  mailbox);
void tl_scene_look_up     (TlSetup        *setup,
                           TlSceneDomain   domain);
void tl_scene_keep_asking (TlSetup        *setup);

G_END_DECLS
