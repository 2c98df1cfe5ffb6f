/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "tl-record-parse.h"
#include "tl-record-set.h"
#include "tl-test-ca.h"
#include "tl-test-dns.h"
#include "tl-tlsa-lookup-private.h"
#include "tl-tlsa.h"

/* The chain that is judged, and one of a stranger: the server's own, one above it. */
static GPtrArray *chain;
static GPtrArray *strangers;

typedef enum
{
  LEAF,
  ABOVE,
  STRANGER,
} Whose;

/* One record, with what is wrong about its association data. */
typedef struct
{
  guint8   usage;
  guint8   selector;
  guint8   matching_type;
  Whose    whose;
  gboolean is_spoiled;
  gboolean is_cut;
  gboolean is_long;
} Entry;

static const struct
{
  const char    *name;
  TlDnssec       dnssec;
  TlTlsaVerdict  verdict;
  Entry          entries[3];
  guint          n_entries;
} cases[] = {
  { "3-0-0", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 3, 0, 0, LEAF } }, 1 },
  { "3-0-1", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 3, 0, 1, LEAF } }, 1 },
  { "3-0-2", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 3, 0, 2, LEAF } }, 1 },
  { "3-1-0", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 3, 1, 0, LEAF } }, 1 },
  { "3-1-1", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 3, 1, 1, LEAF } }, 1 },
  { "3-1-2", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 3, 1, 2, LEAF } }, 1 },
  { "2-0-1", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 2, 0, 1, ABOVE } }, 1 },
  { "2-1-1", TL_DNSSEC_SECURE, TL_TLSA_MATCHES, { { 2, 1, 1, ABOVE } }, 1 },
  { "d10-3-1-1-spoiled", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS,
    { { 3, 1, 1, LEAF, .is_spoiled = TRUE } }, 1 },
  { "d10-3-0-0-spoiled", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS,
    { { 3, 0, 0, LEAF, .is_spoiled = TRUE } }, 1 },
  { "d10-stranger", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 3, 1, 1, STRANGER } }, 1 },
  { "d10-stranger-above", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 2, 1, 1, STRANGER } }, 1 },
  { "3-is-not-about-what-is-above", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 3, 1, 1, ABOVE } }, 1 },
  { "2-is-not-about-the-leaf", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 2, 1, 1, LEAF } }, 1 },
  { "certificate-is-no-key", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS,
    { { 3, 0, 1, LEAF, .is_spoiled = TRUE } }, 1 },
  { "cut-digest", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 3, 1, 1, LEAF, .is_cut = TRUE } }, 1 },
  { "long-digest", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 3, 1, 1, LEAF, .is_long = TRUE } }, 1 },
  { "cut-certificate", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS,
    { { 3, 0, 0, LEAF, .is_cut = TRUE } }, 1 },
  { "cut-key", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 3, 1, 0, LEAF, .is_cut = TRUE } }, 1 },
  { "long-key", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS, { { 3, 1, 0, LEAF, .is_long = TRUE } }, 1 },
  { "one-of-three", TL_DNSSEC_SECURE, TL_TLSA_MATCHES,
    { { 3, 1, 1, STRANGER }, { 2, 1, 1, STRANGER }, { 3, 0, 2, LEAF } }, 3 },
  { "none-of-three", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS,
    { { 3, 1, 1, STRANGER }, { 2, 1, 1, STRANGER }, { 3, 0, 2, STRANGER } }, 3 },
  { "usage-0", TL_DNSSEC_SECURE, TL_TLSA_NONE, { { 0, 1, 1, STRANGER } }, 1 },
  { "usage-1", TL_DNSSEC_SECURE, TL_TLSA_NONE, { { 1, 1, 1, STRANGER } }, 1 },
  { "usage-4", TL_DNSSEC_SECURE, TL_TLSA_NONE, { { 4, 1, 1, STRANGER } }, 1 },
  { "selector-2", TL_DNSSEC_SECURE, TL_TLSA_NONE, { { 3, 2, 1, STRANGER } }, 1 },
  { "matching-3", TL_DNSSEC_SECURE, TL_TLSA_NONE, { { 3, 1, 3, STRANGER } }, 1 },
  { "unusable-beside-wrong", TL_DNSSEC_SECURE, TL_TLSA_DIFFERS,
    { { 1, 1, 1, LEAF }, { 3, 1, 1, STRANGER } }, 2 },
  { "no-records", TL_DNSSEC_SECURE, TL_TLSA_NONE, .n_entries = 0 },
  { "insecure", TL_DNSSEC_INSECURE, TL_TLSA_NONE, { { 3, 1, 1, STRANGER } }, 1 },
  { "d11-unknown", TL_DNSSEC_UNKNOWN, TL_TLSA_NONE, { { 3, 1, 1, STRANGER } }, 1 },
  { "d11-unknown-match", TL_DNSSEC_UNKNOWN, TL_TLSA_NONE, { { 3, 1, 1, LEAF } }, 1 },
  { "bogus", TL_DNSSEC_BOGUS, TL_TLSA_NONE, { { 3, 1, 1, STRANGER } }, 1 },
};

/* RFC 6698 §2.1, made by another road than the one that is tested. */
static GByteArray *
new_rdata (const Entry *entry)
{
  static const GChecksumType digests[] = { [1] = G_CHECKSUM_SHA256, [2] = G_CHECKSUM_SHA512 };
  GPtrArray *from = entry->whose == STRANGER ? strangers : chain;
  GBytes *certificate = from->pdata[entry->whose == ABOVE ? 1 : 0];
  GByteArray *rdata = g_byte_array_new ();
  g_autoptr(GBytes) part = g_bytes_ref (certificate);

  g_byte_array_append (rdata, (const guint8[]) { entry->usage, entry->selector,
                                                 entry->matching_type }, 3);
  if (entry->selector == 1)
    {
      gsize len;
      const guchar *der = g_bytes_get_data (certificate, &len);
      X509 *parsed = d2i_X509 (NULL, &der, (long) len);
      guchar *key = NULL;
      int key_len = i2d_PUBKEY (X509_get0_pubkey (parsed), &key);

      g_bytes_unref (part);
      part = g_bytes_new (key, (gsize) key_len);
      OPENSSL_free (key);
      X509_free (parsed);
    }

  if (entry->matching_type == 1 || entry->matching_type == 2)
    {
      GChecksum *checksum = g_checksum_new (digests[entry->matching_type]);
      guint8 digest[64];
      gsize digest_len = sizeof digest;

      g_checksum_update (checksum, g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));
      g_checksum_get_digest (checksum, digest, &digest_len);
      g_checksum_free (checksum);
      g_byte_array_append (rdata, digest, (guint) digest_len);
    }
  else
    {
      g_byte_array_append (rdata, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));
    }

  if (entry->is_spoiled)
    rdata->data[rdata->len - 1] ^= 1;
  if (entry->is_long)
    g_byte_array_append (rdata, (const guint8[]) { 0 }, 1);
  if (entry->is_cut)
    g_byte_array_set_size (rdata, rdata->len - 1);

  return rdata;
}

static void
test_judge (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  g_autoptr(TlRecordSet) set = NULL;

  for (guint j = 0; j < cases[i].n_entries; j++)
    {
      g_autoptr(GByteArray) rdata = new_rdata (&cases[i].entries[j]);

      g_ptr_array_add (records, tl_record_parse (TL_RECORD_TLSA, rdata->data, rdata->len));
    }
  set = tl_record_set_new (TL_RECORDS_ANSWERED, cases[i].dnssec, records);

  g_assert_cmpint (tl_tlsa_judge (set, chain), ==, cases[i].verdict);
}

static void
test_odd_chains (void)
{
  const Entry entries[] = { { 3, 1, 1, LEAF }, { 2, 0, 1, LEAF } };
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GBytes) noise = g_bytes_new_static ("noise", 5);
  g_autoptr(GPtrArray) noises = g_ptr_array_new ();

  g_ptr_array_add (noises, noise);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
      g_autoptr(GByteArray) rdata = new_rdata (&entries[i]);
      g_autoptr(TlRecordSet) set = NULL;

      g_ptr_array_add (records, tl_record_parse (TL_RECORD_TLSA, rdata->data, rdata->len));
      set = tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_SECURE, records);
      g_assert_cmpint (tl_tlsa_judge (set, none), ==, TL_TLSA_NONE);
      g_assert_cmpint (tl_tlsa_judge (set, noises), ==, TL_TLSA_DIFFERS);
    }
}

static const TlTestDnsRow rows[] = {
  { "_993._tcp.mail.test", TL_RECORD_TLSA, .hex = "030101ff" },
  { "_993._tcp.mute.test", TL_RECORD_TLSA, TL_TEST_DNS_SILENT },
};

/* Where the key of @dns is. */
static char *
new_anchor_file (TlTestDns *dns)
{
  g_autofree char *anchor = tl_test_dns_dup_anchor (dns);
  g_autofree char *folder = g_dir_make_tmp ("twolane-tlsa-XXXXXX", NULL);
  char *file = g_build_filename (folder, "root.key", NULL);

  g_assert_true (g_file_set_contents (file, anchor, -1, NULL));

  return file;
}

static void
drop_anchor_file (char *file)
{
  g_autofree char *owned = file;
  g_autofree char *folder = g_path_get_dirname (file);

  g_unlink (file);
  g_rmdir (folder);
}

static void
test_lookup (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_SIGNED);
  char *file = new_anchor_file (dns);
  g_autoptr(TlTlsaLookup) lookup = tl_tlsa_lookup_new_for (tl_test_dns_get_forwarder (dns), file,
                                                           "mail.test", 993);
  g_autoptr(TlRecordSet) records = tl_tlsa_lookup_wait_sync (lookup, tl_deadline_in_ms (10000),
                                                             NULL);
  g_autoptr(TlRecordSet) again = tl_tlsa_lookup_wait_sync (lookup, tl_deadline_in_ms (0), NULL);

  g_assert_nonnull (records);
  g_assert_cmpint (tl_record_set_get_dnssec (records), ==, TL_DNSSEC_SECURE);
  g_assert_cmpuint (tl_record_set_get_n (records), ==, 1);
  g_assert_true (again == records);
  drop_anchor_file (file);
}

static void
test_nobody_waits (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_SIGNED);
  char *file = new_anchor_file (dns);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TlTlsaLookup *lookup = tl_tlsa_lookup_new_for (tl_test_dns_get_forwarder (dns), file,
                                                 "mute.test", 993);
  gint64 began_us = g_get_monotonic_time ();

  g_assert_null (tl_tlsa_lookup_wait_sync (lookup, tl_deadline_in_ms (100), NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (tl_tlsa_lookup_wait_sync (lookup, tl_deadline_in_ms (10000), cancellable));
  tl_tlsa_lookup_free (lookup);

  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 100 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 1000 * 1000);
  drop_anchor_file (file);
}

static void
test_nothing_to_ask (void)
{
  g_autoptr(TlTestCa) ca = tl_test_ca_new (NULL);
  g_autoptr(TlNetwork) practice = tl_network_new_practice (tl_test_ca_get_pem (ca), NULL);
  g_autoptr(TlNetwork) systems = tl_network_new_system ();

  g_assert_null (tl_tlsa_lookup_new (practice, "mail.practice.invalid", 993));
  g_assert_null (tl_tlsa_lookup_new (systems, "192.0.2.1", 993));
  g_assert_null (tl_tlsa_lookup_new (systems, "2001:db8::1", 993));
}

static void
add_certificate (GPtrArray *certificates,
                 X509      *certificate)
{
  guchar *der = NULL;
  int len = i2d_X509 (certificate, &der);

  g_ptr_array_add (certificates, g_bytes_new (der, (gsize) len));
  OPENSSL_free (der);
}

static GPtrArray *
new_chain (void)
{
  g_autoptr(TlTestCa) ca = tl_test_ca_new (NULL);
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (ca, "a.test", TL_TEST_TLS_GOOD);
  BIO *bio = BIO_new_mem_buf (tl_test_ca_get_pem (ca), -1);
  X509 *root = PEM_read_bio_X509 (bio, NULL, NULL, NULL);
  GPtrArray *certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  add_certificate (certificates, SSL_CTX_get0_certificate (ctx));
  add_certificate (certificates, root);
  X509_free (root);
  BIO_free (bio);

  return certificates;
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  chain = new_chain ();
  strangers = new_chain ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tlsa/judge/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_judge);
    }
  g_test_add_func ("/tlsa/odd-chains", test_odd_chains);
  g_test_add_func ("/tlsa/lookup", test_lookup);
  g_test_add_func ("/tlsa/nobody-waits", test_nobody_waits);
  g_test_add_func ("/tlsa/nothing-to-ask", test_nothing_to_ask);

  status = g_test_run ();
  g_ptr_array_unref (chain);
  g_ptr_array_unref (strangers);

  return status;
}
