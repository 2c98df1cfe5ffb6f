/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-error.h"
#include "tl-fuzz.h"
#include "tl-sts-policy.h"
#include "tl-sts-record.h"
#include "tl-tls-rpt.h"

static void
check_policy (const char *bytes,
              gsize       size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlStsPolicy) policy = tl_sts_policy_parse (bytes, size, &error);

  g_assert_true ((policy == NULL) == (error != NULL));
  if (policy == NULL)
    return;

  g_assert_cmpuint (g_strv_length (policy->mx), <=, TL_STS_POLICY_MAX_MX);
  g_assert_true (policy->mode == TL_STS_MODE_NONE || policy->mx[0] != NULL);
  g_assert_cmpuint (policy->max_age_s, <=, 31557600);
  for (gsize i = 0; policy->mx[i] != NULL; i++)
    {
      const char *host = policy->mx[i] + (g_str_has_prefix (policy->mx[i], "*.") ? 2 : 0);

      g_assert_cmpuint (strspn (host, G_CSET_a_2_z G_CSET_DIGITS "-."), ==, strlen (host));
      g_assert_true (tl_sts_policy_fits (policy, policy->mx[i]));
    }
}

static void
check_record (GBytes *text)
{
  g_autofree char *id = tl_sts_record_parse_id (text, NULL);
  g_auto(GStrv) uris = tl_tls_rpt_parse (text, NULL);

  if (id != NULL)
    g_assert_cmpuint (strlen (id), <=, 32);
  g_assert_true (uris == NULL || uris[0] != NULL);
}

/* A policy of MTA-STS, its record, and that of TLS-RPT. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) text = g_bytes_new (data, size);

  check_policy ((const char *) data, size);
  check_record (text);

  return 0;
}
