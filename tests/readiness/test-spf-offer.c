/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-evidence.h"
#include "tl-provider.h"
#include "tl-spf.h"
#include "zone.h"

#define N_DOMAINS   3000
#define MAX_ROWS    48
#define MAX_RECORDS 3

/* What the terms of made up records lead to. */
static const ZoneRow world[] = {
  { "h0.test", TL_RECORD_A, .hex = "0a000001" },
  { "h0.test", TL_RECORD_AAAA, .hex = "20010db8000000000000000000000010" },
  { "h1.test", TL_RECORD_A, .hex = "0a000002" },
  { "h2.test", TL_RECORD_AAAA, .hex = "20010db8000000000000000000000012" },
  { "a.test", TL_RECORD_MX, .text = "h0.test" },
  { "i0.test", TL_RECORD_TXT, .text = "v=spf1 ip4:10.1.0.0/24 -all" },
  { "i1.test", TL_RECORD_TXT, .text = "v=spf1 include:i0.test a:h1.test ?all" },
  { "i2.test", TL_RECORD_TXT, .text = "v=spf1 redirect=i1.test" },
  { "i3.test", TL_RECORD_TXT, .text = "v=spf1 ip4:10.3.0.0/24 a:h0.test a:h1.test mx:a.test ~all" },
  { "i4.test", TL_RECORD_TXT, .text = "v=spf1 +all" },
  { "i5.test", TL_RECORD_TXT, .text = "v=spf1 -ip4:10.1.0.7 include:i3.test exp=e.test -all" },
  { "_spf.google.com", TL_RECORD_TXT, .text = "v=spf1 include:i3.test ip4:10.9.0.0/24 ~all" },
  { "smtp.gmail.com", TL_RECORD_A, .hex = "0a080001" },
  { "smtp.a.test", TL_RECORD_A, .hex = "c0000201" },
};

static const char * const terms[] = {
  "ip4:10.2.0.0/24", "ip4:10.1.0.7", "-ip4:10.1.0.7", "?ip4:10.0.0.2", "ip4:0.0.0.0/0",
  "ip6:2001:db8::/64", "a:h0.test", "a:h1.test", "~a:h1.test", "a:h2.test", "a:gone.test", "mx",
  "include:i0.test", "include:i1.test", "INCLUDE:I2.test", "include:i3.test", "?include:i3.test",
  "include:i4.test", "include:i5.test", "include:gone.test", "-include:_spf.google.com",
  "exp=e.test", "redirect=i0.test", "redirect=i2.test", "redirect=i4.test", "x=y", "all", "-all",
  "~all", "?all", "mx:a.test", "a:h0.test/24", "a:h1.test/28", "a:h0.test/8",
};

/* Who sends. */
static const char * const clients[] = {
  "10.0.0.1", "10.0.0.2", "10.1.0.7", "10.1.0.8", "10.2.0.1", "10.3.0.1", "10.8.0.1", "10.9.0.1",
  "192.0.2.1", "203.0.113.9", "2001:db8::10", "2001:db8::12", "2001:db9::1",
};

typedef struct
{
  TlSpfResult result[G_N_ELEMENTS (clients)];
  gboolean    is_by_all[G_N_ELEMENTS (clients)];
} Results;

static Results results;

static void
check_clients (TlDomainVerdict *verdict)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr(GInetAddress) ip = g_inet_address_new_from_string (clients[i]);
      const TlSpfSubject subject = { ip, "a.test", "x@a.test", "h.test", NULL, 1 };
      g_autoptr(TlSpfOutcome) outcome = tl_spf_check (&subject, verdict->facts);

      results.result[i] = outcome->result;
      results.is_by_all[i] = outcome->matched != NULL && g_str_has_suffix (outcome->matched, "all");
    }
}

static Results
evaluate (const ZoneRow *rows)
{
  g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test" },
                                   check_clients);

  return results;
}

static void
make_rows (ZoneRow            *rows,
           const char * const *records)
{
  gsize n = 0;

  memset (rows, 0, MAX_ROWS * sizeof (ZoneRow));
  for (; n < G_N_ELEMENTS (world); n++)
    rows[n] = world[n];
  for (gsize i = 0; records[i] != NULL; i++)
    rows[n++] = (ZoneRow) { "a.test", TL_RECORD_TXT, .text = records[i] };
}

static char *
make_record (GRand *rand)
{
  GString *record = g_string_new ("v=spf1");

  for (int n = g_rand_int_range (rand, 0, g_rand_int_range (rand, 0, 8) == 0 ? 14 : 6); n > 0; n--)
    g_string_append_printf (record, " %s",
                            terms[g_rand_int_range (rand, 0, G_N_ELEMENTS (terms))]);

  return g_string_free (record, FALSE);
}

/* The record that is proposed, the same in all findings; NULL where there is none. */
static const char *
get_proposed (const Zone *zone,
              gboolean   *out_excludes)
{
  const char *proposed = NULL;

  for (guint i = 0; i < zone->verdict.findings->len; i++)
    {
      TlFinding *finding = zone->verdict.findings->pdata[i];
      const char *value = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                                  TL_EVIDENCE_RECORD);

      *out_excludes |= g_str_equal (tl_finding_get_id (finding), "domain.spf-excludes-lane");
      if (i > 0)
        g_assert_cmpstr (value, ==, proposed);
      proposed = value;
    }

  return proposed;
}

static void
hold_against (const char * const         *records,
              const TlDomainSubjectParts *parts,
              guint                      *n_proposed)
{
  ZoneRow rows[MAX_ROWS];
  g_autoptr(Zone) zone = NULL;
  gboolean excludes = FALSE;
  const char *proposed[] = { NULL, NULL };
  Results before;
  Results after;

  make_rows (rows, records);
  zone = zone_run (rows, parts, tl_domain_spf_judge);
  proposed[0] = get_proposed (zone, &excludes);
  if (proposed[0] == NULL)
    return;

  (*n_proposed)++;
  before = evaluate (rows);
  make_rows (rows, proposed);
  after = evaluate (rows);
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      gboolean is_lane = g_str_equal (clients[i],
                                      parts->provider == NULL ? "192.0.2.1" : "10.9.0.1");

      if (after.result[i] == TL_SPF_PERMERROR ||
          (before.result[i] == TL_SPF_PASS && !before.is_by_all[i] &&
           after.result[i] != TL_SPF_PASS) ||
          (excludes && is_lane && after.result[i] != TL_SPF_PASS))
        {
          g_autofree char *was = g_strjoinv (" | ", (char **) records);

          g_error ("%s: %s → %s: %s, was %s", clients[i], was, proposed[0],
                   tl_spf_result_get_nick (after.result[i]),
                   tl_spf_result_get_nick (before.result[i]));
        }
    }
}

static void
test_made_up (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7208);
  TlDomainSubjectParts lanes[] = {
    { .domain = "a.test", .now_s = 1 },
    { .domain = "a.test", .outgoing_host = "smtp.a.test", .now_s = 1 },
    { .domain = "a.test", .outgoing_host = "smtp.gmail.com", .now_s = 1 },
  };
  guint n_proposed = 0;

  g_test_summary ("What is proposed holds, whoever passed still does, and the lane does, too");

  lanes[2].provider = tl_providers_find ("google");
  for (guint i = 0; i < N_DOMAINS; i++)
    {
      g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_free);
      int n = g_rand_int_range (rand, 0, MAX_RECORDS);

      for (int j = 0; j < n; j++)
        g_ptr_array_add (records, make_record (rand));
      g_ptr_array_add (records, NULL);
      hold_against ((const char * const *) records->pdata, &lanes[i % G_N_ELEMENTS (lanes)],
                    &n_proposed);
    }

  g_test_message ("%u of %u have a proposal", n_proposed, N_DOMAINS);
  g_assert_cmpuint (n_proposed, >, N_DOMAINS / 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spf-offer/made-up", test_made_up);

  return g_test_run ();
}
