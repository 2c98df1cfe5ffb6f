/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-evidence.h"
#include "tl-record-parse.h"
#include "tl-record-set.h"
#include "tl-test-lane.h"
#include "tl-tlsa-lookup.h"

/* The look-up, played by this file: the linker takes these for net's. In the
 * practice network, where lanes are tested, there would be none. */
static struct
{
  const char *rdata;     /* NULL: no records */
  gsize       len;
  TlDnssec    dnssec;
  gboolean    is_late;   /* not there in time */
  guint       n_open;
  guint       patience_ms;
} dns;

struct _TlTlsaLookup
{
  guint16 port;
};

TlTlsaLookup *
tl_tlsa_lookup_new (TlNetwork  *network,
                    const char *host,
                    guint16     port)
{
  TlTlsaLookup *self = g_new0 (TlTlsaLookup, 1);

  g_assert_cmpstr (host, ==, TL_TEST_LANE_HOST);
  self->port = port;
  dns.n_open++;

  return self;
}

void
tl_tlsa_lookup_free (TlTlsaLookup *self)
{
  dns.n_open--;
  g_free (self);
}

TlRecordSet *
tl_tlsa_lookup_wait_sync (TlTlsaLookup *self,
                          TlDeadline    deadline,
                          GCancellable *cancellable)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);

  dns.patience_ms = tl_deadline_get_left_ms (deadline);
  if (dns.is_late)
    {
      g_ptr_array_unref (records);
      g_usleep ((gulong) tl_deadline_get_left_us (deadline));
      return NULL;
    }

  if (dns.rdata != NULL)
    g_ptr_array_add (records, tl_record_parse (TL_RECORD_TLSA, (const guint8 *) dns.rdata,
                                               dns.len));

  return tl_record_set_new (TL_RECORDS_ANSWERED, dns.dnssec, records);
}

/* 3 1 1 and 32 zeros: it is about nobody. */
#define WRONG "\x03\x01\x01" "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static const struct
{
  const char *name;
  TlLaneKind  kind;
  const char *rdata;
  gsize       len;
  TlDnssec    dnssec;
  gboolean    is_late;
  const char *script;
  const char *names;      /* of the certificate */
  const char *primary;    /* NULL: green */
  gboolean    is_remarked;
} cases[] = {
  { "d10-wrong-in", TL_LANE_INCOMING, WRONG, sizeof WRONG - 1, TL_DNSSEC_SECURE, FALSE,
    TL_TEST_IMAP_TLS, NULL, "domain.tlsa-mismatch", TRUE },
  { "d10-wrong-out", TL_LANE_OUTGOING, WRONG, sizeof WRONG - 1, TL_DNSSEC_SECURE, FALSE,
    TL_TEST_SMTP_TLS, NULL, "domain.tlsa-mismatch", TRUE },
  { "d10-wrong-and-refused", TL_LANE_INCOMING, WRONG, sizeof WRONG - 1, TL_DNSSEC_SECURE, FALSE,
    "TLS\nS: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\n"
    "S: %T OK done\nC: %T AUTHENTICATE PLAIN ?*\nS: %T NO [AUTHENTICATIONFAILED] no\n",
    NULL, "auth.bad-credentials", TRUE },
  { "d11-unproven", TL_LANE_INCOMING, WRONG, sizeof WRONG - 1, TL_DNSSEC_UNKNOWN, FALSE,
    TL_TEST_IMAP_TLS },
  { "none", TL_LANE_INCOMING, NULL, 0, TL_DNSSEC_SECURE, FALSE, TL_TEST_IMAP_TLS },
  { "late", TL_LANE_INCOMING, WRONG, sizeof WRONG - 1, TL_DNSSEC_SECURE, TRUE, TL_TEST_IMAP_TLS },
  { "late-and-slow", TL_LANE_INCOMING, WRONG, sizeof WRONG - 1, TL_DNSSEC_SECURE, TRUE,
    "SLEEP 60\n" TL_TEST_IMAP_TLS },
  { "not-verified", TL_LANE_INCOMING, WRONG, sizeof WRONG - 1, TL_DNSSEC_SECURE, FALSE,
    "TLS\n", "other.practice.invalid", "tls.hostname", FALSE },
};

static gboolean
has_remark (TlLaneReport *report)
{
  GPtrArray *findings = tl_lane_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = findings->pdata[i];

      if (g_str_equal (tl_finding_get_id (finding), "domain.tlsa-mismatch"))
        {
          g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                                   TL_EVIDENCE_DOMAIN), ==, TL_TEST_LANE_HOST);
          return TRUE;
        }
    }

  return FALSE;
}

static void
test_tlsa (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(TlTestLane) lane = { .kind = cases[i].kind, .security = TL_SECURITY_TLS,
                              .script = cases[i].script, .names = cases[i].names };

  dns.rdata = cases[i].rdata;
  dns.len = cases[i].len;
  dns.dnssec = cases[i].dnssec;
  dns.is_late = cases[i].is_late;
  dns.patience_ms = 0;
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  tl_test_lane_assert_sane (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, cases[i].primary);
  g_assert_cmpint (has_remark (lane.report), ==, cases[i].is_remarked);
  g_assert_cmpuint (dns.n_open, ==, 0);
  /* A lane that took a while waits for nothing more. */
  g_assert_cmpuint (dns.patience_ms, <=, g_str_has_suffix (cases[i].name, "-slow") ? 0 : 50);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-tlsa/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_tlsa);
    }

  return g_test_run ();
}
