/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-srv.h"

#include <string.h>

#define MAX_RECORDS 4

typedef struct
{
  const char *name;
  const char *label;
  TlDnssec    dnssec;
  TlRecord    records[MAX_RECORDS];
  guint       n_records;
  gboolean    not_offered;
  const char *endpoints; /* "host:port/security", in order, by spaces */
  TlTrust     trust;
  const char *rejections; /* "server reason", by commas; NULL: none */
} SrvCase;

static const SrvCase srv_cases[] = {
  { "one", "_imaps", TL_DNSSEC_INSECURE, { { 0, 1, 993, (char *) "imap.example.org" } }, 1, FALSE,
    "imap.example.org:993/tls", TL_TRUST_UNSIGNED_DNS },
  { "signed", "_imaps", TL_DNSSEC_SECURE, { { 0, 1, 993, (char *) "imap.example.org" } }, 1, FALSE,
    "imap.example.org:993/tls", TL_TRUST_OWN_DOMAIN },
  { "validation-unknown", "_imaps", TL_DNSSEC_UNKNOWN, { { 0, 1, 993,
                                                           (char *) "imap.example.org" } }, 1,
    FALSE, "imap.example.org:993/tls", TL_TRUST_UNSIGNED_DNS },
  { "upgrade", "_imap", TL_DNSSEC_INSECURE, { { 0, 1, 143, (char *) "imap.example.org" } }, 1,
    FALSE,
    "imap.example.org:143/starttls", TL_TRUST_UNSIGNED_DNS },
  { "submissions", "_submissions", TL_DNSSEC_INSECURE, { { 0, 1, 465,
                                                           (char *) "smtp.example.org" } }, 1,
    FALSE, "smtp.example.org:465/tls", TL_TRUST_UNSIGNED_DNS },
  { "submission", "_submission", TL_DNSSEC_INSECURE, { { 0, 1, 587, (char *) "smtp.example.org" } },
    1,
    FALSE, "smtp.example.org:587/starttls", TL_TRUST_UNSIGNED_DNS },
  { "submission-on-465", "_submission", TL_DNSSEC_INSECURE, { { 0, 1, 465,
                                                                (char *) "smtp.example.org" } },
    1, FALSE, "smtp.example.org:465/tls", TL_TRUST_UNSIGNED_DNS },
  { "imap-on-465", "_imap", TL_DNSSEC_INSECURE, { { 0, 1, 465, (char *) "imap.example.org" } }, 1,
    FALSE,
    "imap.example.org:465/starttls", TL_TRUST_UNSIGNED_DNS },
  /* Fault D04 */
  { "not-offered", "_imaps", TL_DNSSEC_INSECURE, { { 0, 0, 0, (char *) "." } }, 1, TRUE, "",
    .rejections = "_imaps._tcp.example.org not-offered" },
  { "root-among-others", "_imaps", TL_DNSSEC_INSECURE,
    { { 0, 0, 993, (char *) "." }, { 1, 0, 993, (char *) "b.example.org" } }, 2, FALSE,
    "b.example.org:993/tls", TL_TRUST_UNSIGNED_DNS, ".:993 bad-host" },
  { "priority-first", "_imaps", TL_DNSSEC_INSECURE,
    { { 10, 9, 993, (char *) "a.example.org" }, { 1, 0, 993, (char *) "b.example.org" } }, 2, FALSE,
    "b.example.org:993/tls a.example.org:993/tls", TL_TRUST_UNSIGNED_DNS },
  { "weight-then", "_imaps", TL_DNSSEC_INSECURE,
    { { 1, 1, 993, (char *) "a.example.org" }, { 1, 5, 993, (char *) "b.example.org" } }, 2, FALSE,
    "b.example.org:993/tls a.example.org:993/tls", TL_TRUST_UNSIGNED_DNS },
  { "name-then", "_imaps", TL_DNSSEC_INSECURE,
    { { 1, 1, 993, (char *) "b.example.org" }, { 1, 1, 993, (char *) "a.example.org" } }, 2, FALSE,
    "a.example.org:993/tls b.example.org:993/tls", TL_TRUST_UNSIGNED_DNS },
  { "port-then", "_imaps", TL_DNSSEC_INSECURE,
    { { 1, 1, 994, (char *) "a.example.org" }, { 1, 1, 993, (char *) "a.example.org" } }, 2, FALSE,
    "a.example.org:993/tls a.example.org:994/tls", TL_TRUST_UNSIGNED_DNS },
  /* Fault D12 */
  { "port-0", "_imaps", TL_DNSSEC_INSECURE, { { 0, 0, 0, (char *) "imap.example.org" } }, 1, FALSE,
    "", .rejections = "imap.example.org:0 bad-port" },
  { "target-empty", "_imaps", TL_DNSSEC_INSECURE, { { 0, 0, 993, (char *) "" } }, 1, FALSE, "",
    .rejections = "_imaps._tcp.example.org bad-host" },
  { "target-null", "_imaps", TL_DNSSEC_INSECURE, { { 0, 0, 993, NULL } }, 1, FALSE, "",
    .rejections = "_imaps._tcp.example.org bad-host" },
  { "target-raw", "_imaps", TL_DNSSEC_INSECURE,
    { { 0, 0, 993, NULL, (char *) "a b\\x00.example.org" } }, 1, FALSE, "",
    .rejections = "a b\\x00.example.org:993 bad-host" },
  { "target-address", "_imaps", TL_DNSSEC_INSECURE, { { 0, 0, 993, (char *) "192.0.2.1" } }, 1,
    FALSE, "", .rejections = "192.0.2.1:993 bad-host" },
  { "target-bare", "_imaps", TL_DNSSEC_INSECURE, { { 0, 0, 993, (char *) "localhost" } }, 1, FALSE,
    "", .rejections = "localhost:993 bad-host" },
  { "target-underscore", "_imaps", TL_DNSSEC_INSECURE, { { 0, 0, 993, (char *) "_x.example.org" } },
    1, FALSE, "", .rejections = "_x.example.org:993 bad-host" },
  { "bad-and-good", "_submission", TL_DNSSEC_INSECURE,
    { { 0, 0, 0, (char *) "a.example.org" }, { 1, 0, 587, (char *) "b.example.org" },
      { 2, 0, 587, (char *) "10.0.0.1" } }, 3, FALSE,
    "b.example.org:587/starttls", TL_TRUST_UNSIGNED_DNS,
    "a.example.org:0 bad-port, 10.0.0.1:587 bad-host" },
  { "nothing", "_imaps", TL_DNSSEC_INSECURE, { { 0 } }, 0, FALSE, "" },
};

static const TlSrvService *
find_service (const char *label)
{
  for (guint i = 0; i < tl_srv_n_services; i++)
    {
      if (g_str_equal (tl_srv_services[i].label, label))
        return &tl_srv_services[i];
    }

  g_assert_not_reached ();
}

static char *
describe (GPtrArray *claims)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < claims->len; i++)
    {
      TlEndpoint *endpoint = tl_claim_get_endpoint (claims->pdata[i]);
      g_autofree char *place = tl_endpoint_to_string (endpoint);

      g_string_append_printf (out, "%s%s/%s", i > 0 ? " " : "", place,
                              tl_endpoint_get_security (endpoint) == TL_SECURITY_TLS
                                ? "tls" : "starttls");
    }

  return g_string_free (out, FALSE);
}

static char *
describe_rejections (GPtrArray  *rejections,
                     TlLaneKind  lane)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_REJECTION_REASON);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rejections->len; i++)
    {
      TlRejectionReason reason = tl_rejection_get_reason (rejections->pdata[i]);

      g_assert_cmpint (tl_rejection_get_lane (rejections->pdata[i]), ==, lane);
      g_assert_cmpstr (tl_rejection_get_source (rejections->pdata[i]), ==, TL_SOURCE_SRV);
      g_string_append_printf (out, "%s%s %s", i > 0 ? ", " : "",
                              tl_rejection_get_server (rejections->pdata[i]),
                              g_enum_get_value (klass, (int) reason)->value_nick);
    }

  return g_string_free (out, FALSE);
}

/* Each case in both orders: a name server may shuffle. */
static void
test_srv (gconstpointer data)
{
  const SrvCase *c = data;
  const TlSrvService *service = find_service (c->label);
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);

  for (guint turn = 0; turn < 2; turn++)
    {
      const TlRecord *records[MAX_RECORDS];
      g_autoptr(GPtrArray) claims =
        g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
      g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
      g_autofree char *endpoints = NULL;
      g_autofree char *reasons = NULL;

      for (guint i = 0; i < c->n_records; i++)
        records[i] = &c->records[turn == 0 ? i : c->n_records - 1 - i];

      g_assert_cmpint (tl_srv_read (service, records, c->n_records, c->dnssec, address, claims,
                                    rejections), ==, c->not_offered);
      endpoints = describe (claims);
      g_assert_cmpstr (endpoints, ==, c->endpoints);
      reasons = describe_rejections (rejections, service->lane);
      g_assert_cmpstr (reasons, ==, c->rejections != NULL ? c->rejections : "");

      for (guint i = 0; i < claims->len; i++)
        {
          TlLaneSettings *settings = tl_claim_get_settings (claims->pdata[i]);

          g_assert_cmpint (tl_claim_get_lane (claims->pdata[i]), ==, service->lane);
          g_assert_cmpint (tl_claim_get_trust (claims->pdata[i]), ==, c->trust);
          g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, "ada@example.org");
          g_assert_cmpstr (tl_claim_get_hops (claims->pdata[i])[1], ==, NULL);
          g_assert_true (g_str_has_prefix (tl_claim_get_hops (claims->pdata[i])[0], c->label));
        }
    }
}

/* Fault D08 */
static void
test_many (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *reasons = NULL;
  TlRecord records[500];
  const TlRecord *pointers[500];
  const char *hop;

  for (guint i = 0; i < 500; i++)
    {
      records[i] = (TlRecord) { 1, 1, 993, g_strdup_printf ("h%03u.example.org", 499 - i) };
      pointers[i] = &records[i];
    }

  tl_srv_read (find_service ("_imaps"), pointers, 500, TL_DNSSEC_INSECURE, address, claims,
               rejections);
  g_assert_cmpuint (claims->len, ==, TL_SRV_MAX_TARGETS);
  hop = tl_claim_get_hops (claims->pdata[0])[0];
  g_assert_cmpstr (hop, ==, "_imaps._tcp.example.org SRV 1 1 993 h000.example.org");
  reasons = describe_rejections (rejections, TL_LANE_INCOMING);
  g_assert_cmpstr (reasons, ==, "h008.example.org:993 list-cut");

  for (guint i = 0; i < 500; i++)
    g_free (records[i].target);
}

/* Five hundred that are all wrong do not make five hundred rejections. */
static void
test_many_absurd (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  const TlRecord record = { .port = 0, .target = (char *) "a.example.org" };
  const TlRecord *pointers[500];

  for (guint i = 0; i < 500; i++)
    pointers[i] = &record;

  tl_srv_read (find_service ("_imaps"), pointers, 500, TL_DNSSEC_INSECURE, address, claims,
               rejections);
  g_assert_cmpuint (claims->len, ==, 0);
  g_assert_cmpuint (rejections->len, ==, TL_SRV_MAX_TARGETS + 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (srv_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/srv/", srv_cases[i].name, NULL);

      g_test_add_data_func (path, &srv_cases[i], test_srv);
    }
  g_test_add_func ("/srv/many", test_many);
  g_test_add_func ("/srv/many-absurd", test_many_absurd);

  return g_test_run ();
}
