/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-interceptor.h"

#include "tl-data.h"
#include "tl-json.h"

/* Authorities that a mail provider's certificate may really come from, some of
 * them of companies that make firewalls, too. None may be taken for one. */
static const char * const public_issuers[] = {
  "C = US, O = Let's Encrypt, CN = R11",
  "C = US, O = Let's Encrypt, CN = E6",
  "C = US, O = Internet Security Research Group, CN = ISRG Root X1",
  "C = US, O = DigiCert Inc, CN = DigiCert Global G2 TLS RSA SHA256 2020 CA1",
  "C = US, O = DigiCert Inc, OU = www.digicert.com, CN = GeoTrust TLS RSA CA G1",
  "C = US, O = DigiCert Inc, CN = DigiCert Cloud Services CA-1",
  "C = US, O = DigiCert Inc, CN = Thawte TLS RSA CA G1",
  "C = GB, ST = Greater Manchester, L = Salford, O = Sectigo Limited, CN = Sectigo RSA Domain Validation Secure Server CA",
  "C = GB, O = Sectigo Limited, CN = Sectigo Public Server Authentication CA DV R36",
  "C = GB, ST = Greater Manchester, L = Salford, O = COMODO CA Limited, CN = COMODO RSA Domain Validation Secure Server CA",
  "C = US, O = Google Trust Services, CN = WR2",
  "C = US, O = Google Trust Services LLC, CN = GTS CA 1C3",
  "C = BE, O = GlobalSign nv-sa, CN = GlobalSign RSA OV SSL CA 2018",
  "C = BE, O = GlobalSign nv-sa, CN = GlobalSign Atlas R3 DV TLS CA 2025 Q1",
  "C = US, ST = Arizona, L = Scottsdale, O = \"GoDaddy.com, Inc.\", CN = Go Daddy Secure Certificate Authority - G2",
  "C = US, ST = Arizona, L = Scottsdale, O = \"Starfield Technologies, Inc.\", CN = Starfield Secure Certificate Authority - G2",
  "C = US, O = Amazon, CN = Amazon RSA 2048 M02",
  "C = US, O = Microsoft Corporation, CN = Microsoft Azure RSA TLS Issuing CA 03",
  "C = US, O = Apple Inc., CN = Apple Public Server RSA CA 12 - G1",
  "C = US, O = \"Entrust, Inc.\", CN = Entrust Certification Authority - L1K",
  "C = US, O = \"Cloudflare, Inc.\", CN = Cloudflare Inc ECC CA-3",
  "C = US, O = Cisco Systems, CN = Cisco RXC-R2",
  "C = US, O = HydrantID (Avalanche Cloud Corporation), CN = HydrantID Server CA O1",
  "C = US, O = Symantec Corporation, OU = Symantec Trust Network, CN = Symantec Class 3 Secure Server CA - G4",
  "C = US, O = Symantec Corporation, CN = Blue Coat Public Services Intermediate CA",
  "C = US, O = \"McAfee, Inc.\", CN = McAfee OV SSL CA 2",
  "C = US, O = \"Trend Micro, Inc\", CN = Trend Micro CA",
  "C = US, O = \"Trustwave Holdings, Inc.\", CN = Trustwave Organization Validation SHA256 CA\\, Level 1",
  "C = DE, O = T-Systems Enterprise Services GmbH, CN = T-TeleSec GlobalRoot Class 2",
  "C = DE, O = Deutsche Telekom Security GmbH, CN = Telekom Security ServerID OV Class 2 CA",
  "C = DE, O = D-Trust GmbH, CN = D-TRUST SSL Class 3 CA 1 2009",
  "C = CH, O = SwissSign AG, CN = SwissSign RSA TLS DV ICA 2022 - 1",
  "C = IT, L = San Donato Milanese, O = Actalis S.p.A., CN = Actalis Domain Validation Server CA G3",
  "C = PL, O = Unizeto Technologies S.A., OU = Certum Certification Authority, CN = Certum Domain Validation CA SHA2",
  "C = PL, O = home.pl S.A., CN = Certyfikat SSL",
  "C = NO, O = Buypass AS-983163327, CN = Buypass Class 2 CA 5",
  "C = AT, O = ZeroSSL, CN = ZeroSSL RSA Domain Secure Site CA",
  "C = BM, O = QuoVadis Limited, CN = QuoVadis Global SSL ICA G3",
  "C = JP, O = \"Cybertrust Japan Co., Ltd.\", CN = Cybertrust Japan SureServer CA G4",
  "C = JP, O = \"SECOM Trust Systems CO.,LTD.\", CN = SECOM Passport for Web SR 3.0 CA",
  "C = CN, O = \"TrustAsia Technologies, Inc.\", CN = TrustAsia RSA DV TLS CA G2",
  "C = CN, O = WoTrus CA Limited, CN = WoTrus DV Server CA",
  "C = TW, O = \"Chunghwa Telecom Co., Ltd.\", CN = HiPKI OV TLS CA - G1",
  "C = ES, O = FNMT-RCM, CN = AC Componentes Inform\303\241ticos",
  "C = US, ST = Illinois, L = Chicago, O = \"Trustwave Holdings, Inc.\", CN = SecureTrust CA",
  "C = US, ST = TX, L = Houston, O = SSL Corporation, CN = SSL.com RSA SSL subCA",
  "C = US, O = \"VeriSign, Inc.\", OU = VeriSign Trust Network, CN = VeriSign Class 3 Secure Server CA - G3",
  "C = US, L = Palo Alto, O = Example Networks, CN = Example Networks Root",
  "O = Practice, CN = Practice Root",
  "CN = mail.example.org",
  "",
};

static void
test_public (gconstpointer data)
{
  g_assert_cmpstr (tl_interceptor_find (data), ==, NULL);
}

static void
test_row (gconstpointer data)
{
  g_autoptr(TlJsonReader) row = tl_json_reader_new ((TlJson *) data, "a row");
  g_auto(GStrv) samples = tl_json_reader_dup_strv (row, "samples", TL_JSON_REQUIRED, 100);
  g_auto(GStrv) phrases = tl_json_reader_dup_strv (row, "issuer", TL_JSON_REQUIRED, 100);
  const char *name = tl_json_reader_get_string (row, "name", TL_JSON_REQUIRED);

  g_assert_nonnull (samples[0]);
  for (guint i = 0; samples[i] != NULL; i++)
    g_assert_cmpstr (tl_interceptor_find (samples[i]), ==, name);
  for (guint i = 0; phrases[i] != NULL; i++)
    g_assert_cmpstr (tl_interceptor_find (phrases[i]), ==, name);
}

typedef struct
{
  const char *name;
  const char *issuer;
  const char *expected;
} FindCase;

static const FindCase cases[] = {
  { "any-case",      "CN = KASPERSKY ANTI-VIRUS PERSONAL ROOT CERTIFICATE", "Kaspersky" },
  { "blanks",        "CN = ESET  SSL\tFilter   CA",                         "ESET" },
  { "at-the-end",    "O = avast",                                           "Avast" },
  { "bang",          "CN = avast! Mail Scanner Root",                       "Avast" },
  { "underscore",    "CN = Fortinet_CA_SSL",                                "Fortinet FortiGate" },
  { "dot",           "CN = ca.tenant.goskope.com",                          "Netskope" },
  { "glued-before",  "CN = Notavast Root",                                  NULL },
  { "glued-behind",  "CN = Avastar Trust Root",                             NULL },
  { "second-chance", "CN = Avastar, O = Avast",                             "Avast" },
  { "not-ascii",     "CN = avast\303\251 Root",                             NULL },
  { "half-a-phrase", "CN = ESET SSL",                                       NULL },
  { "own-authority", "O = Example GmbH, CN = Example Corporate Root CA",    NULL },
};

static void
test_case (gconstpointer data)
{
  const FindCase *c = data;

  g_assert_cmpstr (tl_interceptor_find (c->issuer), ==, c->expected);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GBytes) bytes = tl_data_lookup ("interceptors.json");
  g_autoptr(TlJson) document = NULL;
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  g_test_init (&argc, &argv, NULL);

  document = tl_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                            NULL);
  reader = tl_json_reader_new (document, "the interceptors");
  rows = tl_json_reader_dup_array (reader, "rows", TL_JSON_REQUIRED, 10000);
  g_assert_cmpuint (rows->len, ==, tl_interceptor_get_n ());
  g_assert_cmpuint (rows->len, >=, 25);

  for (guint i = 0; i < rows->len; i++)
    {
      TlJson *row = g_ptr_array_index (rows, i);
      g_autoptr(TlJsonReader) names = tl_json_reader_new (row, "a row");
      g_autofree char *path = NULL;

      path = g_strconcat ("/interceptor/row/",
                          tl_json_reader_get_string (names, "id", TL_JSON_REQUIRED), NULL);
      g_test_add_data_func (path, row, test_row);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (public_issuers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/interceptor/public/%" G_GSIZE_FORMAT, i + 1);

      g_test_add_data_func (path, public_issuers[i], test_public);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/interceptor/find/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
