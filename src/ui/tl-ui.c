/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ui.h"

#include <adwaita.h>

#include "tl-adaptive-box.h"
#include "tl-also-found.h"
#include "tl-ask-again.h"
#include "tl-client-card.h"
#include "tl-contacts-view.h"
#include "tl-count-row.h"
#include "tl-detail.h"
#include "tl-detail-group.h"
#include "tl-device-code.h"
#include "tl-difference.h"
#include "tl-domain-group.h"
#include "tl-domain-health.h"
#include "tl-field-hint.h"
#include "tl-finding-card.h"
#include "tl-folders-group.h"
#include "tl-hand-over.h"
#include "tl-identity-group.h"
#include "tl-keyring-group.h"
#include "tl-lane-card.h"
#include "tl-lane-column.h"
#include "tl-lane-line.h"
#include "tl-lane-strip.h"
#include "tl-loop-card.h"
#include "tl-mailbox.h"
#include "tl-page-view.h"
#include "tl-password-group.h"
#include "tl-policy-group.h"
#include "tl-policy-result.h"
#include "tl-recalled-card.h"
#include "tl-relay.h"
#include "tl-review.h"
#include "tl-review-lane.h"
#include "tl-secret-row.h"
#include "tl-sending.h"
#include "tl-setup.h"
#include "tl-setup-widget.h"
#include "tl-signature-group.h"
#include "tl-signin-card.h"
#include "tl-signin-choice.h"
#include "tl-stage-view.h"
#include "tl-target.h"
#include "tl-target-group.h"
#include "tl-target-remark.h"
#include "tl-time-axis.h"
#include "tl-ui-resources.h"
#include "tl-volume-group.h"
#include "tl-warm-up-chart.h"
#include "tl-warm-up-group.h"
#include "tl-wrap-box.h"

/**
 * tl_ui_init:
 *
 * Makes the templates of this library loadable: its resource, and the types
 * that they name. Has no effect when called again.
 */
void
tl_ui_init (void)
{
  GType types[] = {
    TL_TYPE_ACTION,
    TL_TYPE_ADAPTIVE_BOX,
    TL_TYPE_ALSO_FOUND,
    TL_TYPE_ASK_AGAIN,
    TL_TYPE_AUTH,
    TL_TYPE_CLIENT_CARD,
    TL_TYPE_CONTACTS_VIEW,
    TL_TYPE_CONTACT_KIND,
    TL_TYPE_COUNT_ROW,
    TL_TYPE_DETAIL,
    TL_TYPE_DETAIL_GROUP,
    TL_TYPE_DEVICE_CODE,
    TL_TYPE_DIFFERENCE,
    TL_TYPE_DOMAIN_GROUP,
    TL_TYPE_DOMAIN_ROW,
    TL_TYPE_FIELD_HINT,
    TL_TYPE_FINDING,
    TL_TYPE_FINDING_CARD,
    TL_TYPE_FOLDERS_GROUP,
    TL_TYPE_FOLDER_WISH,
    TL_TYPE_HAND_OVER,
    TL_TYPE_IDENTITY_GROUP,
    TL_TYPE_KEYRING_GROUP,
    TL_TYPE_LANE_CARD,
    TL_TYPE_LANE_COLUMN,
    TL_TYPE_LANE_KIND,
    TL_TYPE_LANE_LINE,
    TL_TYPE_LANE_STRIP,
    TL_TYPE_LOOP_CARD,
    TL_TYPE_LOOP_REPORT,
    TL_TYPE_LOOP_STAGE,
    TL_TYPE_PAGE_VIEW,
    TL_TYPE_PASSWORD_GROUP,
    TL_TYPE_POLICY_GROUP,
    TL_TYPE_POLICY_RESULT,
    TL_TYPE_PRACTICE_SCENARIO,
    TL_TYPE_RECALLED_CARD,
    TL_TYPE_RECORD_FIX,
    TL_TYPE_RELAY,
    TL_TYPE_REVIEW,
    TL_TYPE_REVIEW_LANE,
    TL_TYPE_SECRET_ROW,
    TL_TYPE_SECURITY,
    TL_TYPE_SETUP_WIDGET,
    TL_TYPE_SHARED_WAY,
    TL_TYPE_SIGNATURE_GROUP,
    TL_TYPE_SIGNIN_CARD,
    TL_TYPE_SIGNIN_CHOICE,
    TL_TYPE_SIGNIN_STATE,
    TL_TYPE_SIGNIN_WAY,
    TL_TYPE_STAGE_VIEW,
    TL_TYPE_TARGET,
    TL_TYPE_TARGET_GROUP,
    TL_TYPE_TARGET_REMARK,
    TL_TYPE_TIME_AXIS,
    TL_TYPE_VERDICT,
    TL_TYPE_VOLUME_GROUP,
    TL_TYPE_WARM_UP_CHART,
    TL_TYPE_WARM_UP_GROUP,
    TL_TYPE_WRAP_BOX,
  };

  /* The resource registers itself, provided that the linker does not drop it. */
  tl_ui_get_resource ();
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    g_type_ensure (types[i]);
}
