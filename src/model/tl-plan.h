/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-lane-kind.h"
#include "tl-lane-settings.h"
#include "tl-trust.h"

G_BEGIN_DECLS

/**
 * TlPurpose: what a plan is for
 */
typedef enum
{
  TL_PURPOSE_MAILBOX,
  TL_PURPOSE_PRACTICE,
} TlPurpose;

#define TL_TYPE_PURPOSE (tl_purpose_get_type ())
GType tl_purpose_get_type (void) G_GNUC_CONST;

/**
 * TlPlanLane:
 * @settings: (nullable): how the lane is reached, or %NULL when none was found
 * @source: the `TL_SOURCE_` id that named it
 * @trust: how far that is believed
 * @own_user: a person gave this lane its user name: the two lanes may then be
 *   different accounts on purpose, such as a separate sending service
 */
typedef struct
{
  TlLaneSettings *settings;
  const char     *source;
  TlTrust         trust;
  gboolean        own_user;
} TlPlanLane;

/**
 * TlPlanSignIn:
 * @login: (nullable): who signs in, an address, where that is not the mailbox itself, which
 *   several people share then
 * @issuer: (nullable): the authorization server, where a lane signs in with a token; the rest is
 *   %NULL without it
 * @client_id: (nullable): as whom the program was presented there; public
 * @scopes: (nullable): what was asked for
 * @account: (nullable): who signed in there, as the server has it
 */
typedef struct
{
  const char         *login;
  const char         *issuer;
  const char         *client_id;
  const char * const *scopes;
  const char         *account;
} TlPlanSignIn;

/**
 * TlPlan:
 *
 * What is to be tested and handed over: an address, a name to send as, and
 * both lanes with where each came from. Never a secret. Immutable, atomically
 * counted.
 */
typedef struct _TlPlan TlPlan;

#define TL_TYPE_PLAN (tl_plan_get_type ())
GType             tl_plan_get_type          (void) G_GNUC_CONST;

TlPlan           *tl_plan_new               (TlPurpose          purpose,
                                             TlAddress         *address,
                                             const char        *display_name,
                                             const char        *provider,
                                             const TlPlanLane  *incoming,
                                             const TlPlanLane  *outgoing) G_GNUC_WARN_UNUSED_RESULT;
TlPlan           *tl_plan_with_sign_in      (const TlPlan      *self,
                                             const TlPlanSignIn *sign_in) G_GNUC_WARN_UNUSED_RESULT;
const TlPlanSignIn *tl_plan_get_sign_in     (const TlPlan      *self);
TlJson           *tl_plan_sign_in_to_json   (const TlPlan      *self) G_GNUC_WARN_UNUSED_RESULT;
TlPlan           *tl_plan_ref               (TlPlan            *self);
void              tl_plan_unref             (TlPlan            *self);

TlPurpose         tl_plan_get_purpose       (const TlPlan      *self);
TlAddress        *tl_plan_get_address       (const TlPlan      *self);
const char       *tl_plan_get_display_name  (const TlPlan      *self);
const char       *tl_plan_get_provider      (const TlPlan      *self);
const TlPlanLane *tl_plan_get_lane          (const TlPlan      *self,
                                             TlLaneKind         lane);
char             *tl_plan_dup_settings_hash (const TlPlan      *self) G_GNUC_WARN_UNUSED_RESULT;
TlJson           *tl_plan_to_json           (const TlPlan      *self) G_GNUC_WARN_UNUSED_RESULT;
TlPlan           *tl_plan_from_json         (TlJson            *json,
                                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPlan, tl_plan_unref)

G_END_DECLS
