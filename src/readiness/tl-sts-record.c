/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sts-record.h"

#include <string.h>

#include "tl-domain-text.h"
#include "tl-error.h"

#define MAX_ID_LEN 32

static gboolean
is_id (const char *text)
{
  gsize len = strlen (text);

  return len > 0 && len <= MAX_ID_LEN &&
         strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS) == len;
}

/**
 * tl_sts_record_parse_id:
 * @text: a TXT record of `_mta-sts` that begins with `TL_STS_VERSION`
 * @error: return location for a #GError
 *
 * Reads the record that announces a policy, RFC 8461 §3.1:
 *
 *   sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]
 *   sts-field       = sts-id / sts-extension
 *   sts-id          = %s"id=" 1*32(ALPHA / DIGIT)
 *
 * Returns: (transfer full): which policy it announces, or %NULL with %TL_ERROR_PROTOCOL
 */
char *
tl_sts_record_parse_id (GBytes  *text,
                        GError **error)
{
  g_autoptr(GPtrArray) fields = tl_domain_text_split (text, error);
  const char *id = NULL;

  if (fields == NULL)
    return NULL;

  for (guint i = 1; i < fields->len; i++)
    {
      const TlDomainField *field = fields->pdata[i];

      if (!g_str_equal (field->name, "id"))
        continue;
      if (id != NULL || !is_id (field->value))
        {
          g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL,
                               id != NULL ? "it has two ids"
                                          : "its id is not 1 to 32 letters and digits");
          return NULL;
        }
      id = field->value;
    }

  if (id == NULL)
    g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, "it has no id");

  return g_strdup (id);
}

/**
 * tl_sts_record_new_text:
 * @now_s: what time it is, seconds since the epoch
 *
 * Makes a record for a policy that is new as of now: the id has only to be another than before.
 *
 * Returns: (transfer full): what to publish
 */
char *
tl_sts_record_new_text (gint64 now_s)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (now_s);
  g_autofree char *id = now != NULL ? g_date_time_format (now, "%Y%m%d%H%M%SZ") : g_strdup ("1");

  return g_strconcat (TL_STS_VERSION "; id=", id, ";", NULL);
}
