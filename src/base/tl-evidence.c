/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-evidence.h"

static const struct
{
  const char *key;
  const char *type;
} members[] = {
  { TL_EVIDENCE_ACCOUNT,       "s" },
  { TL_EVIDENCE_ADDRESS,       "s" },
  { TL_EVIDENCE_ADDRESSES,     "as" },
  { TL_EVIDENCE_BYTES,         "u" },
  { TL_EVIDENCE_DAYS,          "u" },
  { TL_EVIDENCE_DETAIL,        "s" },
  { TL_EVIDENCE_DOMAIN,        "s" },
  { TL_EVIDENCE_ENDPOINT,      "s" },
  { TL_EVIDENCE_ENHANCED_CODE, "s" },
  { TL_EVIDENCE_FINGERPRINT,   "s" },
  { TL_EVIDENCE_FIRST_BYTES,   "s" },
  { TL_EVIDENCE_FOLDER,        "s" },
  { TL_EVIDENCE_GATEWAY,       "s" },
  { TL_EVIDENCE_HOST,          "s" },
  { TL_EVIDENCE_IMAP_CODE,     "s" },
  { TL_EVIDENCE_ISSUER,        "s" },
  { TL_EVIDENCE_LIMIT,         "u" },
  { TL_EVIDENCE_MECHANISM,     "s" },
  { TL_EVIDENCE_NAMES,         "as" },
  { TL_EVIDENCE_NOT_AFTER,     "s" },
  { TL_EVIDENCE_NOT_BEFORE,    "s" },
  { TL_EVIDENCE_OFFERED,       "as" },
  { TL_EVIDENCE_OS_ERROR,      "s" },
  { TL_EVIDENCE_PERCENT,       "u" },
  { TL_EVIDENCE_POLICY,        "s" },
  { TL_EVIDENCE_PORT,          "u" },
  { TL_EVIDENCE_PORTS_SILENT,  "as" },
  { TL_EVIDENCE_PORTS_OPEN,    "as" },
  { TL_EVIDENCE_PRODUCT,       "s" },
  { TL_EVIDENCE_PROVIDER,      "s" },
  { TL_EVIDENCE_PROXY,         "s" },
  { TL_EVIDENCE_RECEIVERS,     "as" },
  { TL_EVIDENCE_RECORD,        "s" },
  { TL_EVIDENCE_RECORD_NAME,   "s" },
  { TL_EVIDENCE_RECORD_TYPE,   "s" },
  { TL_EVIDENCE_REPLY_CODE,    "u" },
  { TL_EVIDENCE_RETRY_AFTER,   "u" },
  { TL_EVIDENCE_ROLE,          "s" },
  { TL_EVIDENCE_RULE,          "s" },
  { TL_EVIDENCE_SECONDS,       "u" },
  { TL_EVIDENCE_SELECTOR,      "s" },
  { TL_EVIDENCE_SERVER_TEXT,   "s" },
  { TL_EVIDENCE_SOURCE,        "s" },
  { TL_EVIDENCE_SUGGESTION,    "s" },
  { TL_EVIDENCE_TARGET,        "s" },
  { TL_EVIDENCE_TLS_ALERT,     "u" },
  { TL_EVIDENCE_TLS_VERSION,   "s" },
  { TL_EVIDENCE_TOKEN_STATUS,  "s" },
  { TL_EVIDENCE_URL,           "s" },
  { TL_EVIDENCE_USER,          "s" },
  { TL_EVIDENCE_VERIFY_CODE,   "u" },
  { TL_EVIDENCE_WANTED,        "as" },
};

/**
 * tl_evidence_is_valid:
 * @evidence: a variant
 *
 * Returns: whether @evidence is an a{sv} whose keys are all in the table, each with its type
 */
gboolean
tl_evidence_is_valid (GVariant *evidence)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (!g_variant_is_of_type (evidence, G_VARIANT_TYPE_VARDICT))
    return FALSE;

  g_variant_iter_init (&iter, evidence);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autoptr(GVariant) owned = value;
      gboolean known = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (members) && !known; i++)
        known = g_str_equal (key, members[i].key) &&
                g_variant_is_of_type (owned, G_VARIANT_TYPE (members[i].type));
      if (!known)
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_evidence_get_string:
 * @evidence: (nullable): evidence
 * @key: one of the `TL_EVIDENCE_` keys whose type is s
 *
 * Returns: (transfer none) (nullable): the value, or %NULL when absent
 */
const char *
tl_evidence_get_string (GVariant   *evidence,
                        const char *key)
{
  const char *value = NULL;

  if (evidence != NULL)
    g_variant_lookup (evidence, key, "&s", &value);

  return value;
}

/**
 * tl_evidence_get_uint:
 * @evidence: (nullable): evidence
 * @key: one of the `TL_EVIDENCE_` keys whose type is u
 * @fallback: what to return when absent
 *
 * Returns: the value, or @fallback
 */
guint
tl_evidence_get_uint (GVariant   *evidence,
                      const char *key,
                      guint       fallback)
{
  guint32 value = fallback;

  if (evidence != NULL)
    g_variant_lookup (evidence, key, "u", &value);

  return value;
}

/**
 * tl_evidence_merge:
 * @base: (nullable): evidence
 * @over: (nullable): evidence whose members win
 *
 * Returns: (transfer full): one evidence with the members of both, keys in sorted order
 */
GVariant *
tl_evidence_merge (GVariant *base,
                   GVariant *over)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  /* The table is in alphabetical order: two runs give the same bytes. */
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr(GVariant) value = NULL;

      if (over != NULL)
        value = g_variant_lookup_value (over, members[i].key, NULL);
      if (value == NULL && base != NULL)
        value = g_variant_lookup_value (base, members[i].key, NULL);
      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", members[i].key, value);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}
