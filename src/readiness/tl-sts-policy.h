/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TL_STS_POLICY_MAX_BYTES 65536
#define TL_STS_POLICY_MAX_MX    100

/**
 * TlStsMode: what a sender does when a mail server does not fit the policy, the stricter the later
 */
typedef enum
{
  TL_STS_MODE_NONE,
  TL_STS_MODE_TESTING,
  TL_STS_MODE_ENFORCE,
} TlStsMode;

#define TL_TYPE_STS_MODE (tl_sts_mode_get_type ())
GType        tl_sts_mode_get_type   (void) G_GNUC_CONST;

/**
 * TlStsPolicy:
 * @mode: how strict it is
 * @mx: (array zero-terminated=1): patterns of host names, lower case: `mx.a.test`, `*.a.test`
 * @max_age_s: for how long senders keep it
 *
 * A policy of MTA-STS.
 */
typedef struct
{
  TlStsMode   mode;
  char      **mx;
  guint       max_age_s;
} TlStsPolicy;

TlStsPolicy *tl_sts_policy_parse    (const char         *bytes,
                                     gsize               len,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void         tl_sts_policy_free     (TlStsPolicy        *self);
gboolean     tl_sts_policy_fits     (const TlStsPolicy  *self,
                                     const char         *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlStsPolicy, tl_sts_policy_free)

G_END_DECLS
