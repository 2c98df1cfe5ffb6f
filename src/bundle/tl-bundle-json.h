/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-facts.h"

G_BEGIN_DECLS

#define TL_BUNDLE_SCHEMA "twolane-bundle"

GBytes   *tl_bundle_json_write (TlReport             *report,
                                const TlBundleFacts  *facts) G_GNUC_WARN_UNUSED_RESULT;
TlReport *tl_bundle_json_read  (GBytes               *bytes,
                                TlBundleFacts        *out_facts,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
