/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the window that reviews a bundle, and of what policy says on the way to one. */
#include "tl-shots.h"

#include <adwaita.h>

#include "tl-hand-over.h"
#include "tl-key-window.h"
#include "tl-password-group.h"
#include "tl-policy-group.h"
#include "tl-review-window.h"
#include "tl-rules-window.h"
#include "tl-scene-review.h"
#include "tl-sheet-window.h"
#include "tl-signature-group.h"
#include "tl-target-group.h"
#include "tl-target-window.h"

#define AHEAD_S (-60 * 60)

typedef struct
{
  TlSceneLanes  lanes;
  gboolean      is_stranger;    /* nobody pinned who signs */
  gboolean      damages;
  int           ago_s;
  const char   *policy;
  gboolean      compares;
} ReviewScene;

static void
review (TlShots           *stage,
        const ReviewScene *what)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (what->policy);
  g_autofree char *before = tl_scene_review_write (scene, what->lanes, "Ada", 3, what->ago_s);
  g_autofree char *path = NULL;
  TlReviewWindow *window = tl_review_window_new (NULL, scene->policies);
  TlReview *shown = tl_review_window_get_review (window);

  path = tl_scene_review_write (scene, what->compares ? TL_SCENE_LANES_EXPIRES : what->lanes,
                                what->compares ? "Ada L." : "Ada", 4, what->ago_s);
  if (what->damages)
    tl_scene_review_damage (path);
  tl_review_set_state_file (shown, scene->state_path);
  if (!what->is_stranger)
    tl_review_add_signer (shown, tl_signer_get_fingerprint (scene->signer));
  gtk_window_present (GTK_WINDOW (window));
  tl_review_window_load (window, path);
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);
  if (what->compares)
    tl_review_window_compare_with (window, before);
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);
}

static void
state_accepted (TlShots *stage)
{
  review (stage, &(ReviewScene) { .lanes = TL_SCENE_LANES_GREEN });
}

static void
state_tampered (TlShots *stage)
{
  review (stage, &(ReviewScene) { .damages = TRUE });
}

static void
state_stranger (TlShots *stage)
{
  review (stage, &(ReviewScene) { .is_stranger = TRUE });
}

static void
state_expired (TlShots *stage)
{
  review (stage, &(ReviewScene) { .ago_s = AHEAD_S });
}

static void
state_draft (TlShots *stage)
{
  review (stage, &(ReviewScene) { .lanes = TL_SCENE_LANES_USER });
}

static void
state_against_policy (TlShots *stage)
{
  review (stage, &(ReviewScene) { .policy = TL_SCENE_POLICY });
}

static void
state_compare (TlShots *stage)
{
  review (stage, &(ReviewScene) { .compares = TRUE, .policy = TL_SCENE_KEPT_POLICY });
}

/* The policy stays until the next state has one of its own. */
static void
rule (TlShots    *stage,
      const char *policy)
{
  TlSceneReview *scene = tl_scene_review_new (policy);

  tl_scene_review_rule (scene, stage->setup);
  g_object_set_data_full (G_OBJECT (stage->setup), "scene", scene,
                          (GDestroyNotify) tl_scene_review_free);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_address_policy (TlShots *stage)
{
  rule (stage, TL_SCENE_KEPT_POLICY);
}

static void
state_rules (TlShots *stage)
{
  rule (stage, TL_SCENE_POLICY);
  tl_scene_test (stage->setup, TL_SCENE_LANES_GREEN);
  gtk_window_present (GTK_WINDOW (tl_rules_window_new (GTK_WINDOW (stage->window), stage->setup)));
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_servers_policy (TlShots *stage)
{
  rule (stage, TL_SCENE_POLICY);
  tl_scene_test (stage->setup, TL_SCENE_LANES_GREEN);
  tl_shots_go_to (stage, "servers");
}

static void
state_lanes_policy (TlShots *stage)
{
  rule (stage, TL_SCENE_POLICY);
  tl_scene_test (stage->setup, TL_SCENE_LANES_GREEN);
  tl_shots_go_to (stage, "lanes");
}

static TlHandOver *
hand_over (TlShots    *stage,
           const char *target)
{
  TlHandOver *self = tl_setup_get_hand_over (stage->setup);

  rule (stage, NULL);
  tl_scene_test (stage->setup, TL_SCENE_LANES_GREEN);
  tl_shots_go_to (stage, "hand-over");
  tl_hand_over_set_target (self, target == NULL ? NULL : tl_targets_find (target));
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);

  return self;
}

static void
state_hand_over_target (TlShots *stage)
{
  hand_over (stage, "thunderbird-xml");
}

static void
state_hand_over_remarks (TlShots *stage)
{
  hand_over (stage, "gmail-send-as");
}

static void
state_hand_over_choose (TlShots *stage)
{
  hand_over (stage, NULL);
  gtk_window_present (GTK_WINDOW (tl_target_window_new (GTK_WINDOW (stage->window),
                                                        stage->setup)));
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_hand_over_sheet (TlShots *stage)
{
  hand_over (stage, "custom");
  gtk_window_present (GTK_WINDOW (tl_sheet_window_new (GTK_WINDOW (stage->window), stage->setup)));
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
on_recipient_loaded (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!tl_hand_over_load_recipient_finish (TL_HAND_OVER (object), result, &error))
    g_printerr ("the certificate: %s\n", error->message);
}

static void
state_hand_over_sealed (TlShots *stage)
{
  TlHandOver *self = hand_over (stage, NULL);
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *path = tl_scene_review_write_certificate (scene);

  tl_hand_over_set_password_way (self, TL_PASSWORD_SEALED);
  tl_hand_over_load_recipient_async (self, path, NULL, on_recipient_loaded, NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);
  tl_hand_over_agree_to_recipient (self, TRUE);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_hand_over_signature (TlShots *stage)
{
  hand_over (stage, NULL);
}

static void
state_hand_over_key (TlShots *stage)
{
  hand_over (stage, NULL);
  gtk_window_present (GTK_WINDOW (tl_key_window_new (GTK_WINDOW (stage->window), stage->setup)));
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

const TlShotsState tl_shots_review_states[] = {
  { "review-accepted",       state_accepted, .is_above = TRUE },
  { "review-tampered",       state_tampered, .is_above = TRUE },
  { "review-stranger",       state_stranger, .is_above = TRUE },
  { "review-expired",        state_expired, .is_above = TRUE },
  { "review-draft",          state_draft, .is_above = TRUE },
  { "review-against-policy", state_against_policy, .is_above = TRUE },
  { "review-compare",        state_compare, .is_above = TRUE },
  { "address-policy",        state_address_policy, tl_policy_group_get_type },
  { "rules",                 state_rules, .is_above = TRUE },
  { "servers-policy",        state_servers_policy },
  { "lanes-policy",          state_lanes_policy },
  { "hand-over-target",      state_hand_over_target, tl_target_group_get_type },
  { "hand-over-remarks",     state_hand_over_remarks, tl_target_group_get_type },
  { "hand-over-choose",      state_hand_over_choose, .is_above = TRUE },
  { "hand-over-sheet",       state_hand_over_sheet, .is_above = TRUE },
  { "hand-over-sealed",      state_hand_over_sealed, tl_password_group_get_type },
  { "hand-over-signature",   state_hand_over_signature, tl_signature_group_get_type },
  { "hand-over-key",         state_hand_over_key, .is_above = TRUE },
  { NULL },
};
