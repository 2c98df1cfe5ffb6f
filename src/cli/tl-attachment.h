/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policy-store.h"

G_BEGIN_DECLS

/* `export --attach`: a signature that was made elsewhere, and what it is for, become a bundle. */
gboolean tl_attachment_pack (const char     *folder,
                             const char     *signature_path,
                             TlPolicyStore  *policies,
                             const char     *output,
                             TlFinding     **out_finding,
                             GError        **error);

G_END_DECLS
