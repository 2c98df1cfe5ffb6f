/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fuzz.h"
#include "tl-srv.h"
#include "tl-text.h"

#define MAX_RECORDS 600

static void
record_clear (gpointer data)
{
  TlRecord *record = data;

  g_free (record->target);
  g_free (record->raw_target);
}

/* input  = service-and-dnssec *record
 * record = priority(1) weight(1) port(2) length(1) target
 *
 * A target becomes what tl-record-parse.c makes of one. */
static GArray *
decode (const guint8 *data,
        gsize         size)
{
  GArray *records = g_array_new (FALSE, TRUE, sizeof (TlRecord));

  g_array_set_clear_func (records, record_clear);
  while (size >= 5 && records->len < MAX_RECORDS)
    {
      TlRecord record = { data[0], data[1], (guint16) (data[2] << 8 | data[3]) };
      gsize len = MIN (data[4], size - 5);
      g_autofree char *text = g_strndup ((const char *) data + 5, len);

      record.target = g_str_equal (text, ".") ? g_strdup (".") : tl_host_canonicalize (text);
      if (record.target == NULL)
        record.raw_target = tl_text_clean (text, -1);
      g_array_append_val (records, record);
      data += 5 + len;
      size -= 5 + len;
    }

  return records;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GArray) records = NULL;
  g_autoptr(GPtrArray) pointers = g_ptr_array_new ();
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  const TlSrvService *service;
  TlDnssec dnssec;
  gboolean is_refused;

  if (size == 0)
    return 0;

  service = &tl_srv_services[data[0] % tl_srv_n_services];
  dnssec = (TlDnssec) (data[0] >> 6);
  records = decode (data + 1, size - 1);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (pointers, &g_array_index (records, TlRecord, i));

  is_refused = tl_srv_read (service, (const TlRecord * const *) pointers->pdata, pointers->len,
                            dnssec, tl_fuzz_get_address (), claims, rejections);

  g_assert_false (is_refused && claims->len > 0);
  g_assert_cmpuint (claims->len, <=, TL_SRV_MAX_TARGETS);
  tl_fuzz_check_rejections (rejections, TL_SRV_MAX_TARGETS + 1);
  g_assert_true (records->len == 0 || claims->len + rejections->len > 0);
  for (guint i = 0; i < claims->len; i++)
    {
      TlTrust trust = tl_claim_get_trust (claims->pdata[i]);

      tl_fuzz_check_settings (tl_claim_get_settings (claims->pdata[i]), service->lane);
      g_assert_cmpint (trust, ==, dnssec == TL_DNSSEC_SECURE ? TL_TRUST_OWN_DOMAIN
                                                             : TL_TRUST_UNSIGNED_DNS);
    }

  return 0;
}
