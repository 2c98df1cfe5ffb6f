/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-record-parse.h"
#include "tl-record-set.h"

/* Rdata as a string literal; the NUL that C adds does not count. */
#define RDATA(bytes) (const guint8 *) (bytes), sizeof (bytes) - 1

#define LABEL_63 "\x3f" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LABEL_61 "\x3d" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A_62 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct
{
  const char   *name;
  TlRecordType  type;
  const guint8 *rdata;
  gsize         len;
  gboolean      damaged;
  guint16       priority;
  guint16       weight;
  guint16       port;
  const char   *target;
  const char   *text;
  const char   *raw_target;
  gsize         data_len;
  const char   *data;
} RecordCase;

static const RecordCase record_cases[] = {
  { "srv/plain", TL_RECORD_SRV, RDATA ("\x00\x0a\x01\x02\x03\xe1" "\x04imap\x01" "a\x04test\x00"),
    .priority = 10, .weight = 258, .port = 993, .target = "imap.a.test" },
  { "srv/not-offered", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x00\x00"), .target = "." },
  { "srv/upper-case", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x04IMAP\x04TEST\x00"),
    .port = 1, .target = "imap.test" },
  { "srv/largest-numbers", TL_RECORD_SRV, RDATA ("\xff\xff\xff\xff\xff\xff" "\x01" "a\x04test\x00"),
    .priority = 65535, .weight = 65535, .port = 65535, .target = "a.test" },
  { "srv/label-of-63", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" LABEL_63 "\x00"), .port = 1,
    .target = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
  { "srv/name-of-255", TL_RECORD_SRV,
    RDATA ("\x00\x00\x00\x00\x00\x01" LABEL_63 LABEL_63 LABEL_63 LABEL_61 "\x00"), .port = 1,
    .target = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
  { "srv/name-of-257", TL_RECORD_SRV,
    RDATA ("\x00\x00\x00\x00\x00\x01" LABEL_63 LABEL_63 LABEL_63 LABEL_63 "\x00"),
    .port = 1, .raw_target = LABEL_63 LABEL_63 LABEL_63 "\x3f" A_62 "…" },
  { "srv/label-of-64", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x40" LABEL_63 "\x00"),
    .port = 1, .raw_target = "\x40" LABEL_63 "\\x00" },
  { "srv/empty", TL_RECORD_SRV, RDATA (""), TRUE },
  { "srv/cut-in-port", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00"), TRUE },
  { "srv/no-target", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01"),
    .port = 1, .raw_target = "" },
  { "srv/cut-in-label", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x05" "a"),
    .port = 1, .raw_target = "\\x05" "a" },
  { "srv/cut-before-root", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x01" "a"),
    .port = 1, .raw_target = "\\x01" "a" },
  { "srv/cut-after-length", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x01"),
    .port = 1, .raw_target = "\\x01" },
  { "srv/junk-behind", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x01" "a\x00z"),
    .port = 1, .raw_target = "\\x01" "a\\x00z" },
  { "srv/pointer", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\xc0\x00"),
    .port = 1, .raw_target = "\\xc0\\x00" },
  { "srv/pointer-to-itself", TL_RECORD_SRV,
    RDATA ("\x00\x00\x00\x00\x00\x01" "\x01" "a\xc0\x06\x00"),
    .port = 1, .raw_target = "\\x01" "a\\xc0\\x06\\x00" },
  { "srv/nul-in-label", TL_RECORD_SRV,
    RDATA ("\x00\x00\x00\x00\x00\x01" "\x0f" "a.test\x00.evil.te\x00"),
    .port = 1, .raw_target = "a.test\\x00.evil.te" },
  { "srv/dot-in-label", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x06" "a.test\x00"),
    .port = 1, .raw_target = "a.test" },
  { "srv/underscore", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x02_a\x04test\x00"),
    .port = 1, .raw_target = "_a.test" },
  { "srv/space", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x03" "a b\x04test\x00"),
    .port = 1, .raw_target = "a b.test" },
  { "srv/newline", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x03" "a\nb\x04test\x00"),
    .port = 1, .raw_target = "a\\x0ab.test" },
  { "srv/high-octets", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x02\xc3\xbc\x04test\x00"),
    .port = 1, .raw_target = "ü.test" },
  { "srv/hyphen-first", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x02-a\x04test\x00"),
    .port = 1, .raw_target = "-a.test" },
  { "srv/address-in-labels", TL_RECORD_SRV,
    RDATA ("\x00\x00\x00\x00\x00\x01" "\x03" "192\x01" "0\x01" "2\x01" "1\x00"),
    .port = 1, .raw_target = "192.0.2.1" },
  { "srv/address-in-brackets", TL_RECORD_SRV, RDATA ("\x00\x00\x00\x00\x00\x01" "\x05[::1]\x00"),
    .port = 1, .raw_target = "[::1]" },

  { "mx/plain", TL_RECORD_MX, RDATA ("\x00\x05" "\x02mx\x01" "a\x04test\x00"),
    .priority = 5, .target = "mx.a.test" },
  { "mx/null", TL_RECORD_MX, RDATA ("\x00\x00\x00"), .target = "." },
  { "mx/empty", TL_RECORD_MX, RDATA (""), TRUE },
  { "mx/no-target", TL_RECORD_MX, RDATA ("\x00\x05"), .priority = 5, .raw_target = "" },
  { "mx/junk-behind", TL_RECORD_MX, RDATA ("\x00\x05" "\x00\x00"), .priority = 5,
    .raw_target = "\\x00\\x00" },

  { "cname/plain", TL_RECORD_CNAME, RDATA ("\x02mx\x01" "a\x04test\x00"), .target = "mx.a.test" },
  { "cname/underscore", TL_RECORD_CNAME, RDATA ("\x02_a\x04test\x00"), .raw_target = "_a.test" },
  { "cname/empty", TL_RECORD_CNAME, RDATA (""), .raw_target = "" },

  { "ptr/plain", TL_RECORD_PTR, RDATA ("\x02mx\x01" "a\x04test\x00"), .target = "mx.a.test" },
  { "ptr/underscore", TL_RECORD_PTR, RDATA ("\x02_a\x04test\x00"), .raw_target = "_a.test" },

  { "a/plain", TL_RECORD_A, RDATA ("\xc0\x00\x02\x01"), .data_len = 4,
    .data = "\xc0\x00\x02\x01" },
  { "a/short", TL_RECORD_A, RDATA ("\xc0\x00\x02"), TRUE },
  { "a/long", TL_RECORD_A, RDATA ("\xc0\x00\x02\x01\x01"), TRUE },
  { "a/empty", TL_RECORD_A, RDATA (""), TRUE },
  { "aaaa/plain", TL_RECORD_AAAA, RDATA ("\x20\x01\x0d\xb8" "abcdefghijk\x01"), .data_len = 16,
    .data = "\x20\x01\x0d\xb8" "abcdefghijk\x01" },
  { "aaaa/of-4", TL_RECORD_AAAA, RDATA ("\xc0\x00\x02\x01"), TRUE },
  { "aaaa/long", TL_RECORD_AAAA, RDATA ("\x20\x01\x0d\xb8" "abcdefghijklm"), TRUE },

  { "tlsa/plain", TL_RECORD_TLSA, RDATA ("\x03\x01\x01" "01234567890123456789012345678901"),
    .data_len = 35 },
  { "tlsa/unknown-numbers", TL_RECORD_TLSA, RDATA ("\xff\xff\xff\xff"), .data_len = 4 },
  { "tlsa/no-data", TL_RECORD_TLSA, RDATA ("\x03\x01\x01"), TRUE },
  { "tlsa/empty", TL_RECORD_TLSA, RDATA (""), TRUE },

  { "txt/plain", TL_RECORD_TXT, RDATA ("\x06" "v=spf1"), .text = "v=spf1", .data_len = 6,
    .data = "v=spf1" },
  { "txt/joined", TL_RECORD_TXT, RDATA ("\x03" "v=s\x00\x03pf1"), .text = "v=spf1",
    .data_len = 6, .data = "v=spf1" },
  { "txt/empty-string", TL_RECORD_TXT, RDATA ("\x00"), .text = "" },
  { "txt/cleaned", TL_RECORD_TXT, RDATA ("\x03" "a\x1b" "b"), .text = "a\\x1b" "b",
    .data_len = 3, .data = "a\x1b" "b" },
  { "txt/nul", TL_RECORD_TXT, RDATA ("\x03" "a\x00" "b"), .text = "a\\x00" "b",
    .data_len = 3, .data = "a\x00" "b" },
  { "txt/high-octet", TL_RECORD_TXT, RDATA ("\x02" "a\xff"), .text = "a\\xff",
    .data_len = 2, .data = "a\xff" },
  { "txt/empty", TL_RECORD_TXT, RDATA (""), TRUE },
  { "txt/cut", TL_RECORD_TXT, RDATA ("\x07" "v=spf1"), TRUE },
  { "txt/cut-second", TL_RECORD_TXT, RDATA ("\x06" "v=spf1\x01"), TRUE },
};

/* The copy is exactly as long as the rdata, so that a sanitizer sees a read past its end. */
static TlRecord *
parse_copy (const RecordCase *c,
            gsize             len)
{
  g_autofree guint8 *copy = g_memdup2 (c->rdata, len);

  return tl_record_parse (c->type, copy, len);
}

static void
test_record (gconstpointer data)
{
  const RecordCase *c = data;
  g_autoptr(TlRecord) record = parse_copy (c, c->len);

  if (c->damaged)
    {
      g_assert_null (record);
      return;
    }

  g_assert_nonnull (record);
  g_assert_cmpuint (record->priority, ==, c->priority);
  g_assert_cmpuint (record->weight, ==, c->weight);
  g_assert_cmpuint (record->port, ==, c->port);
  g_assert_cmpstr (record->target, ==, c->target);
  g_assert_cmpstr (record->text, ==, c->text);
  g_assert_cmpstr (record->raw_target, ==, c->raw_target);
  g_assert_cmpuint (record->data != NULL ? g_bytes_get_size (record->data) : 0, ==, c->data_len);
  if (c->data != NULL)
    g_assert_cmpmem (g_bytes_get_data (record->data, NULL), c->data_len, c->data, c->data_len);
}

static void
test_long_text (void)
{
  g_autoptr(GByteArray) rdata = g_byte_array_new ();
  g_autofree char *kept = g_strnfill (TL_RECORD_MAX_TEXT, 'a');
  g_autofree char *capped = g_strconcat (kept, "…", NULL);
  g_autoptr(TlRecord) record = NULL;

  g_test_summary ("D08: no end of strings in one record");

  for (guint i = 0; i < 200; i++)
    {
      guint8 string[256];

      memset (string, 'a', sizeof string);
      string[0] = sizeof string - 1;
      g_byte_array_append (rdata, string, sizeof string);
    }
  record = tl_record_parse (TL_RECORD_TXT, rdata->data, rdata->len);
  g_assert_nonnull (record);
  g_assert_cmpstr (record->text, ==, capped);
  g_assert_cmpuint (g_bytes_get_size (record->data), ==, TL_RECORD_MAX_TEXT);
}

static void
test_cut_everywhere (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (record_cases); i++)
    {
      if (record_cases[i].target == NULL)
        continue;

      for (gsize len = 0; len < record_cases[i].len; len++)
        {
          g_autoptr(TlRecord) record = parse_copy (&record_cases[i], len);

          g_assert_true (record == NULL || (record->target == NULL && record->raw_target != NULL));
        }
    }
}

static void
test_noise (void)
{
  static const TlRecordType types[] = { TL_RECORD_MX, TL_RECORD_TXT, TL_RECORD_SRV,
                                        TL_RECORD_CNAME, TL_RECORD_TLSA,
                                        TL_RECORD_A, TL_RECORD_AAAA, TL_RECORD_PTR };

  g_test_summary ("Whatever the bytes, a target that comes out is a host name or a dot");

  for (guint i = 0; i < 20000; i++)
    {
      gsize len = (gsize) g_test_rand_int_range (0, 64);
      g_autofree guint8 *noise = g_malloc (len);
      g_autoptr(TlRecord) record = NULL;

      for (gsize j = 0; j < len; j++)
        noise[j] = (guint8) g_test_rand_int_range (0, j % 4 == 0 ? 8 : 256);
      record = tl_record_parse (types[i % G_N_ELEMENTS (types)], noise, len);

      if (record != NULL && record->target != NULL && !g_str_equal (record->target, "."))
        g_assert_cmpuint (strspn (record->target, G_CSET_a_2_z G_CSET_DIGITS "-."), ==,
                          strlen (record->target));
    }
}

static TlRecord *
new_record (guint16     priority,
            guint16     weight,
            const char *target)
{
  TlRecord *record = g_new0 (TlRecord, 1);

  record->priority = priority;
  record->weight = weight;
  record->target = g_strdup (target);
  record->raw_target = target == NULL ? g_strdup ("_") : NULL;

  return record;
}

static void
test_order (void)
{
  static const struct
  {
    guint16     priority;
    guint16     weight;
    const char *target;
  } sorted[] = {
    { 0,  0, "z.test" },
    { 1, 20, "y.test" },
    { 1, 10, "a.test" },
    { 1, 10, "b.test" },
    { 2, 99, "a.test" },
  };

  /* Every rotation has to come out the same. */
  for (gsize first = 0; first < G_N_ELEMENTS (sorted); first++)
    {
      GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
      g_autoptr(TlRecordSet) set = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
        {
          gsize j = (first + i * 3) % G_N_ELEMENTS (sorted);

          g_ptr_array_add (records,
                           new_record (sorted[j].priority, sorted[j].weight, sorted[j].target));
        }

      set = tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_INSECURE, records);
      g_assert_cmpuint (tl_record_set_get_n (set), ==, G_N_ELEMENTS (sorted));
      for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
        {
          g_assert_cmpuint (tl_record_set_get (set, i)->priority, ==, sorted[i].priority);
          g_assert_cmpuint (tl_record_set_get (set, i)->weight, ==, sorted[i].weight);
          g_assert_cmpstr (tl_record_set_get (set, i)->target, ==, sorted[i].target);
        }
    }
}

static void
test_cap (void)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  g_autoptr(TlRecordSet) set = NULL;

  g_test_summary ("D08: no end of records, and D12: those of no use push out none that are");

  for (guint16 i = 500; i > 0; i--)
    {
      g_ptr_array_add (records, new_record (i, 0, "a.test"));
      g_ptr_array_add (records, new_record (0, 0, NULL));
    }

  set = tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_INSECURE, records);
  g_assert_cmpuint (tl_record_set_get_n (set), ==, TL_RECORD_SET_MAX_RECORDS);
  g_assert_true (tl_record_set_is_cut (set));
  for (guint i = 0; i < TL_RECORD_SET_MAX_RECORDS; i++)
    g_assert_cmpuint (tl_record_set_get (set, i)->priority, ==, i + 1);
}

static void
test_set (void)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  g_autoptr(TlRecordSet) none = tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_UNKNOWN, NULL);
  g_autoptr(TlRecordSet) one = NULL;
  g_autoptr(TlRecordSet) proven = NULL;

  g_assert_cmpint (tl_record_set_get_status (none), ==, TL_RECORDS_NOTHING);
  g_assert_cmpuint (tl_record_set_get_n (none), ==, 0);

  g_ptr_array_add (records, new_record (1, 2, "a.test"));
  one = tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_UNKNOWN, records);
  proven = tl_record_set_with_dnssec (one, TL_DNSSEC_SECURE);

  g_assert_cmpint (tl_record_set_get_dnssec (one), ==, TL_DNSSEC_UNKNOWN);
  g_assert_cmpint (tl_record_set_get_dnssec (proven), ==, TL_DNSSEC_SECURE);
  g_assert_cmpint (tl_record_set_get_status (proven), ==, TL_RECORDS_ANSWERED);
  g_assert_cmpstr (tl_record_set_get (proven, 0)->target, ==, "a.test");
  g_assert_false (tl_record_set_is_cut (proven));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (record_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/record-parse/", record_cases[i].name, NULL);

      g_test_add_data_func (path, &record_cases[i], test_record);
    }

  g_test_add_func ("/record-parse/long-text", test_long_text);
  g_test_add_func ("/record-parse/cut-everywhere", test_cut_everywhere);
  g_test_add_func ("/record-parse/noise", test_noise);
  g_test_add_func ("/record-set/order", test_order);
  g_test_add_func ("/record-set/cap", test_cap);
  g_test_add_func ("/record-set/values", test_set);

  return g_test_run ();
}
