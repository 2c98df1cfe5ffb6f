/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the pages of the mailbox and of sending. */
#include "tl-shots.h"

#include <adwaita.h>

#include "tl-detail-group.h"
#include "tl-domain-group.h"
#include "tl-domain-view.h"
#include "tl-folders-group.h"
#include "tl-scene-lanes.h"
#include "tl-scene-readiness.h"
#include "tl-warm-up-group.h"

static void
look_around (TlShots        *stage,
             TlSceneMailbox  mailbox)
{
  tl_scene_test (stage->setup, TL_SCENE_LANES_GREEN);
  tl_scene_look_around (stage->setup, mailbox);
  tl_shots_go_to (stage, "mailbox");
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_mailbox_unknown (TlShots *stage)
{
  tl_scene_test (stage->setup, TL_SCENE_LANES_USER);
  tl_shots_go_to (stage, "mailbox");
}

static void
state_mailbox_marked (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_MARKED);
}

static void
state_mailbox_named (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_NAMED);
}

static void
state_mailbox_full (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_FULL);
}

static void
state_mailbox_shared (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_SHARED);
}

static void
state_mailbox_silent (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_SILENT);
}

static void
state_mailbox_folders (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_MARKED);
  tl_mailbox_wish (tl_setup_get_mailbox (stage->setup), "Replies", NULL);
  tl_mailbox_wish (tl_setup_get_mailbox (stage->setup), "Clients/New", NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_mailbox_made (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_MADE);
}

static void
state_mailbox_refused (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_REFUSED);
}

static void
state_mailbox_hostile (TlShots *stage)
{
  look_around (stage, TL_SCENE_MAILBOX_HOSTILE);
}

static TlSending *
plan (TlShots *stage,
      guint    volume)
{
  TlSending *sending = tl_setup_get_sending (stage->setup);

  tl_scene_test (stage->setup, TL_SCENE_LANES_GREEN);
  if (volume > 0)
    g_object_set (sending, "volume", volume, "n-mailboxes", 4, NULL);
  tl_shots_go_to (stage, "sending");
  tl_shots_settle (TL_SHOTS_SETTLE_MS);

  return sending;
}

static void
state_sending_empty (TlShots *stage)
{
  plan (stage, 0);
}

static void
state_sending_outreach (TlShots *stage)
{
  plan (stage, 120);
}

static void
state_sending_over (TlShots *stage)
{
  plan (stage, 25000);
}

static void
state_sending_warm_up (TlShots *stage)
{
  plan (stage, 120);
}

static void
state_sending_edited (TlShots *stage)
{
  TlSending *sending = plan (stage, 120);
  g_autoptr(TlWarmUpDay) day = g_list_model_get_item (tl_sending_get_days (sending), 3);

  g_object_set (day, "messages", 3, NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_domain_asked (TlShots *stage)
{
  plan (stage, 120);
}

static void
state_domain_checking (TlShots *stage)
{
  plan (stage, 120);
  tl_scene_keep_asking (stage->setup);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_domain_good (TlShots *stage)
{
  plan (stage, 120);
  tl_scene_look_up (stage->setup, TL_SCENE_DOMAIN_GOOD);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_domain_faults (TlShots *stage)
{
  plan (stage, 120);
  tl_scene_look_up (stage->setup, TL_SCENE_DOMAIN_FAULTS);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

/* What is quiet, once it is looked at. */
static void
state_domain_details (TlShots *stage)
{
  GtkWidget *expander;

  plan (stage, 120);
  tl_scene_look_up (stage->setup, TL_SCENE_DOMAIN_NOTES);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
  for (guint i = 0, skip; skip = i,
       (expander = tl_shots_find (GTK_WIDGET (stage->window), GTK_TYPE_EXPANDER, &skip)) != NULL;
       i++)
    gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

const TlShotsState tl_shots_readiness_states[] = {
  { "mailbox-unknown",  state_mailbox_unknown },
  { "mailbox-marked",   state_mailbox_marked },
  { "mailbox-named",    state_mailbox_named },
  { "mailbox-full",     state_mailbox_full },
  { "mailbox-shared",   state_mailbox_shared },
  { "mailbox-silent",   state_mailbox_silent },
  { "mailbox-folders",  state_mailbox_folders, tl_folders_group_get_type },
  { "mailbox-made",     state_mailbox_made, tl_folders_group_get_type },
  { "mailbox-refused",  state_mailbox_refused, tl_folders_group_get_type },
  { "mailbox-hostile",  state_mailbox_hostile },
  { "sending-empty",    state_sending_empty },
  { "sending-outreach", state_sending_outreach },
  { "sending-over",     state_sending_over },
  { "sending-limits",   state_sending_over, tl_detail_group_get_type },
  { "sending-warm-up",  state_sending_warm_up, tl_warm_up_group_get_type },
  { "sending-edited",   state_sending_edited, tl_warm_up_group_get_type },
  { "domain-asked",     state_domain_asked, tl_domain_group_get_type },
  { "domain-checking",  state_domain_checking, tl_domain_group_get_type },
  { "domain-good",      state_domain_good, tl_domain_group_get_type },
  { "domain-faults",    state_domain_faults, tl_domain_group_get_type },
  { "domain-details",   state_domain_details, tl_domain_view_get_type },
  { NULL },
};
