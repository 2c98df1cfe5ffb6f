/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policy-store.h"
#include "tl-scene-lanes.h"
#include "tl-signer.h"

G_BEGIN_DECLS

/* A policy that no scene keeps: its servers are elsewhere. */
#define TL_SCENE_POLICY \
  "{\"format\":\"twolane-policy\",\"version\":0,\"name\":\"Example IT\"," \
  "\"hosts\":{\"incoming\":[\"*.example.test\"]}}"

/* One that they all keep. */
#define TL_SCENE_KEPT_POLICY \
  "{\"format\":\"twolane-policy\",\"version\":0,\"name\":\"Example IT\"," \
  "\"hosts\":{\"incoming\":[\"*.acme.test\"],\"outgoing\":[\"*.acme.test\"]}}"

/**
 * TlSceneReview:
 * @folder: of its own, where everything is
 * @state_path: what was accepted before, for reviews
 * @signer: who signs the bundles
 * @policies: what holds here: one document or none
 *
 * Files to look at, and somebody who made them.
 */
typedef struct
{
  char          *folder;
  char          *state_path;
  TlSigner      *signer;
  TlPolicyStore *policies;
} TlSceneReview;

TlSceneReview *tl_scene_review_new    (const char     *policy);
void           tl_scene_review_free   (TlSceneReview  *self);
char          *tl_scene_review_write  (TlSceneReview  *self,
                                       TlSceneLanes    lanes,
                                       const char     *display_name,
                                       guint64         serial,
                                       int             ago_s) G_GNUC_WARN_UNUSED_RESULT;
char          *tl_scene_review_write_certificate (TlSceneReview *self) G_GNUC_WARN_UNUSED_RESULT;
void           tl_scene_review_rule   (TlSceneReview  *self,
                                       TlSetup        *setup);
void           tl_scene_review_pin    (TlSceneReview  *self);
void           tl_scene_review_remove (const char     *path);
void           tl_scene_review_damage (const char     *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSceneReview, tl_scene_review_free)

G_END_DECLS
