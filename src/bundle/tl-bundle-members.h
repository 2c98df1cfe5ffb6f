/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-facts.h"

G_BEGIN_DECLS

#define TL_BUNDLE_MEMBER_JSON      "bundle.json"
#define TL_BUNDLE_MEMBER_REPORT    "report.html"
#define TL_BUNDLE_MEMBER_SECRETS   "secrets.p7m"
#define TL_BUNDLE_MEMBER_SIGNATURE "bundle.json.p7s"

/**
 * TlBundleMembers:
 * @json: `bundle.json`
 * @report: `report.html`
 * @secrets: (nullable): `secrets.p7m`
 * @signature: (nullable): `bundle.json.p7s`; %NULL until there is one
 *
 * What is in the container, all of it owned.
 */
typedef struct
{
  GBytes *json;
  GBytes *report;
  GBytes *secrets;
  GBytes *signature;
} TlBundleMembers;

void      tl_bundle_members_clear  (TlBundleMembers        *self);
GBytes   *tl_bundle_members_pack   (const TlBundleMembers  *self,
                                    GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_bundle_members_unpack (GBytes                 *bytes,
                                    TlBundleMembers        *out_members,
                                    GError                **error);
TlReport *tl_bundle_members_read   (const TlBundleMembers  *self,
                                    TlBundleFacts          *out_facts,
                                    const char            **out_wrong,
                                    GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlBundleMembers, tl_bundle_members_clear)

G_END_DECLS
