/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policies.h"

G_BEGIN_DECLS

#define TL_TEST_NOW_S G_GINT64_CONSTANT (1769860800)

/* A set-up of ada@example.org, as it is where a case does not say otherwise. Both lanes work. */
typedef struct
{
  const char *address;
  const char *provider;    /* "": none */
  const char *in_url;
  const char *out_url;     /* "": no server */
  const char *in_user;
  const char *out_user;
  TlAuth      in_auth;
  TlAuth      out_auth;
  gboolean    own_out_user;
  const char *login;
  const char *in_tls;      /* "": not seen */
  const char *out_tls;
  const char *roles;       /* with spaces between */
  gboolean    in_failed;
  gboolean    in_warns;    /* it works, and its verdict is a warning */
  const char *finding;
  TlPurpose   purpose;
  const char *folders;     /* of a mailbox that was looked at: `role=name`, `name`, `-name` where no
                            * messages are held, with spaces between; NULL: nobody looked */
  const char *prefix;
  char        delimiter;
  guint       ceiling;     /* of a sending plan */
  guint       most;        /* the most on one day of its warm-up */
  gboolean    has_plan;
  const char *health;      /* of a domain that was looked at: its finding; "": none */
  const char *health_of;   /* another domain than example.org */
  const char *unseen;      /* a topic that nobody could look at */
  const char *half_seen;   /* a topic with a warning beside what nobody could look at */
} TlTestSetUp;

TlPolicies     *tl_test_policies_add        (TlPolicies         *self,
                                             const char         *members,
                                             TlPolicyOrigin      origin) G_GNUC_WARN_UNUSED_RESULT;
TlPlan         *tl_test_set_up_plan_new     (const TlTestSetUp  *s) G_GNUC_WARN_UNUSED_RESULT;
TlReport       *tl_test_set_up_report_new   (const TlTestSetUp  *s) G_GNUC_WARN_UNUSED_RESULT;
TlPolicyResult *tl_test_policy_result_find  (GPtrArray          *results,
                                             const char         *rule);

G_END_DECLS
