/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policy-result.h"
#include "tl-policy.h"
#include "tl-report.h"

G_BEGIN_DECLS

/**
 * TlPolicies:
 *
 * All policies that hold here, each with where it came from, the most trusted first. Restrictions
 * add up: a set-up has to keep every rule of every one, so the stricter wins. What grants trust
 * counts only from a place that may grant. Immutable, atomically counted.
 */
typedef struct _TlPolicies TlPolicies;

/* More than anybody has; a bundle names each. */
#define TL_POLICIES_MAX 16

#define TL_TYPE_POLICIES (tl_policies_get_type ())
GType           tl_policies_get_type        (void) G_GNUC_CONST;

TlPolicies     *tl_policies_new             (void) G_GNUC_WARN_UNUSED_RESULT;
TlPolicies     *tl_policies_with            (const TlPolicies  *self,
                                             TlPolicy          *policy,
                                             TlPolicyOrigin     origin) G_GNUC_WARN_UNUSED_RESULT;
TlPolicies     *tl_policies_ref             (TlPolicies        *self);
void            tl_policies_unref           (TlPolicies        *self);

guint           tl_policies_get_n           (const TlPolicies  *self);
TlPolicy       *tl_policies_get             (const TlPolicies  *self,
                                             guint              i);
TlPolicyOrigin  tl_policies_get_origin      (const TlPolicies  *self,
                                             guint              i);
const char     *tl_policies_get_name        (const TlPolicies  *self);
const char     *tl_policies_get_contact     (const TlPolicies  *self);

/* Every rule of every policy against a set-up: GPtrArray of TlPolicyResult, in order. What only a
 * test can show is not-tested with a plan alone. */
GPtrArray      *tl_policies_list_rules      (const TlPolicies  *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *tl_policies_check_plan      (const TlPolicies  *self,
                                             TlPlan            *plan) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *tl_policies_check_report    (const TlPolicies  *self,
                                             TlReport          *report) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *tl_policies_check_bundle    (const TlPolicies  *self,
                                             TlReport          *report,
                                             gint64             made_s,
                                             gint64             now_s,
                                             gboolean           has_passwords)
                                             G_GNUC_WARN_UNUSED_RESULT;
TlPolicyRecord *tl_policies_make_record     (const TlPolicies  *self,
                                             TlReport          *report) G_GNUC_WARN_UNUSED_RESULT;
TlFinding      *tl_policies_refuse_target   (const TlPolicies  *self,
                                             const char        *target_id)
                                             G_GNUC_WARN_UNUSED_RESULT;
TlFinding      *tl_policies_refuse_passwords (const TlPolicies *self,
                                             gboolean           are_sealed)
                                             G_GNUC_WARN_UNUSED_RESULT;
TlFinding      *tl_policies_refuse_render   (const TlPolicies  *self,
                                             const char        *target_id,
                                             gboolean           with_passwords)
                                             G_GNUC_WARN_UNUSED_RESULT;

/* What a mailbox should be like, of all of them together. */
guint           tl_policies_get_daily_ceiling (const TlPolicies *self);
char          **tl_policies_list_outreach_folders (const TlPolicies *self)
                                             G_GNUC_WARN_UNUSED_RESULT;
char          **tl_policies_list_folder_roles (const TlPolicies *self)
                                             G_GNUC_WARN_UNUSED_RESULT;

/* Ids that nothing here has: mistyped, or of a newer version. */
char          **tl_policies_list_unknown_providers (const TlPolicies *self)
                                             G_GNUC_WARN_UNUSED_RESULT;

/* What is granted. */
TlOauthClient  *tl_policies_find_client     (const TlPolicies  *self,
                                             const char        *issuer);
char          **tl_policies_list_signers    (const TlPolicies  *self) G_GNUC_WARN_UNUSED_RESULT;
const char     *tl_policies_get_target      (const TlPolicies  *self);
const char     *tl_policies_get_min_tls     (const TlPolicies  *self);
const char     *tl_policies_get_certificate (const TlPolicies  *self);
const char     *tl_policies_get_directory   (const TlPolicies  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPolicies, tl_policies_unref)

G_END_DECLS
