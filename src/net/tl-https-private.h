/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-https.h"

G_BEGIN_DECLS

TlHttps *tl_https_new_for      (GTlsDatabase   *trust,
                                GProxyResolver *proxies) G_GNUC_WARN_UNUSED_RESULT;
void     tl_https_set_contacts (TlHttps        *self,
                                TlContacts     *contacts);

G_END_DECLS
