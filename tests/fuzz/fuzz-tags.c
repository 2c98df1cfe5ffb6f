/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-dkim-key.h"
#include "tl-dkim-tags.h"
#include "tl-dmarc-record.h"
#include "tl-domain-remedy.h"
#include "tl-fuzz.h"

/* Tags stay within their bounds, each name there once; a key that can be used has a length; policies
 * and report hosts are what they may be. */
static void
check_dmarc (const char *bytes,
             gsize       len)
{
  g_autoptr(TlDmarcRecord) record = tl_dmarc_record_new (bytes, len);

  g_assert_cmpint (record->p, <=, TL_DMARC_REJECT);
  g_assert_cmpint (record->sp, <=, TL_DMARC_REJECT);
  g_assert_cmpint (record->np, <=, TL_DMARC_REJECT);
  g_assert_nonnull (strchr ("ynu", record->psd));
  g_assert_cmpuint (g_strv_length (record->report_hosts), <=, TL_DMARC_MAX_REPORT_HOSTS);
  g_assert_cmpint (record->has_rua, ==, record->report_hosts[0] != NULL);
}

static void
check_key (const char *bytes,
           gsize       len)
{
  TlDkimKey key;

  tl_dkim_key_parse (bytes, len, &key);
  g_assert_cmpint (key.state == TL_DKIM_KEY_USABLE, ==, key.n_bits > 0);
  g_assert_cmpint (key.state == TL_DKIM_KEY_UNUSABLE, ==, key.why != NULL);
}

/* What was put in is there the next time, and nothing is put in twice. */
static void
check_remedy (const char *text)
{
  const char * const records[] = { text, NULL };
  g_autofree char *once = tl_domain_remedy_dup_spf (records, "include:a.example", 0);
  const char * const again[] = { once, NULL };
  g_autofree char *twice = tl_domain_remedy_dup_spf (again, "include:a.example", 0);

  g_assert_cmpstr (once, ==, twice);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *bytes = (const char *) data;
  g_autofree char *text = g_strndup (bytes, size);
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(TlDkimTags) tags = tl_dkim_tags_parse (bytes, size, NULL);

  for (guint i = 0; tags != NULL && i < tl_dkim_tags_get_n (tags); i++)
    {
      const char *name = tl_dkim_tags_get_name (tags, i);

      g_assert_true (g_hash_table_add (names, (gpointer) name));
      g_assert_nonnull (tl_dkim_tags_get (tags, name));
    }

  check_key (bytes, size);
  if (tl_dmarc_record_is (bytes, size))
    check_dmarc (bytes, size);
  check_remedy (text);

  return 0;
}
