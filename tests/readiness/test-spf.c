/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-zone.h"

#include <string.h>

/* What is not said: 192.0.2.1 sends as user@a.test from mail.a.test; no round trip is counted, and
 * one look-up. */
typedef struct
{
  const char  *name;
  const char  *zone;
  const char  *ip;
  const char  *domain;
  const char  *sender;
  const char  *helo;
  TlSpfResult  result;
  guint        lookups;
  guint        voids;
  guint        rounds;       /* 0: whatever it takes */
  const char  *matched;
  const char  *explanation;
  gboolean     has_why;
} Case;

#define PERMANENT .result = TL_SPF_PERMERROR, .has_why = TRUE
#define TEMPORARY .result = TL_SPF_TEMPERROR, .has_why = TRUE
#define NAMES_10 "MX 0 m0.t\na.test MX 1 m1.t\na.test MX 2 m2.t\na.test MX 3 m3.t\n" \
                 "a.test MX 4 m4.t\na.test MX 5 m5.t\na.test MX 6 m6.t\na.test MX 7 m7.t\n" \
                 "a.test MX 8 m8.t\n" \
                 "a.test MX 9 m9.t\n"
#define A_10 "m0.t A 192.0.2.9\nm1.t A 192.0.2.9\nm2.t A 192.0.2.9\nm3.t A 192.0.2.9\n" \
             "m4.t A 192.0.2.9\nm5.t A 192.0.2.9\nm6.t A 192.0.2.9\nm7.t A 192.0.2.9\n" \
             "m8.t A 192.0.2.9\nm9.t A 192.0.2.1\n"
#define PTR(host) "1.2.0.192.in-addr.arpa PTR " host "\n"
#define PTR_10 PTR ("m0.t") PTR ("m1.t") PTR ("m2.t") PTR ("m3.t") PTR ("m4.t") PTR ("m5.t") \
               PTR ("m6.t") PTR ("m7.t") PTR ("m8.t") PTR ("m9.t")
#define PTR_6 "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR "

static const Case cases[] = {
  /* §4.3: what cannot be a domain */
  { "domain/nxdomain", "b.test A 192.0.2.1", .rounds = 1 },
  { "domain/single-label", "test TXT v=spf1 +all", .domain = "test" },
  { "domain/literal", "[192.0.2.1] TXT v=spf1 +all", .domain = "[192.0.2.1]" },
  { "domain/empty-label", "a..test TXT v=spf1 +all", .domain = "a..test" },
  { "domain/empty", "a.test TXT v=spf1 +all", .domain = "" },
  { "domain/long-label",
    "a123456789012345678901234567890123456789012345678901234567890123.test TXT v=spf1 +all",
    .domain = "a123456789012345678901234567890123456789012345678901234567890123.test" },
  { "domain/longest-label",
    "a12345678901234567890123456789012345678901234567890123456789012.test TXT v=spf1 +all",
    .domain = "a12345678901234567890123456789012345678901234567890123456789012.test",
    .result = TL_SPF_PASS, .matched = "+all" },
  { "domain/not-ascii", "\303\244.test TXT v=spf1 +all", .domain = "\303\244.test" },
  { "domain/control", "\x7f.test TXT v=spf1 +all", .domain = "\x7f.test" },
  { "domain/two-dots-at-end", "a.test TXT v=spf1 +all", .domain = "a.test.." },
  { "domain/dot-at-end", "a.test TXT v=spf1 exists:%{d}.x.test -all\na.test.x.test A 192.0.2.1",
    .domain = "A.TEST.", .result = TL_SPF_PASS, .lookups = 1, .matched = "exists:%{d}.x.test" },

  /* §4.4, §4.5: records */
  { "record/none", "a.test TXT hello\na.test TXT v=spf10", .result = TL_SPF_NONE },
  { "record/nodata", "a.test A 192.0.2.1", .result = TL_SPF_NONE },
  { "record/two", "a.test TXT v=spf1 -all\na.test TXT v=spf1", PERMANENT },
  { "record/timeout", "a.test TIMEOUT", TEMPORARY },
  { "record/servfail", "a.test SERVFAIL TXT", TEMPORARY },
  { "record/alias", "a.test CNAME b.test\nb.test TXT v=spf1 -all", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "record/alias-loop", "a.test CNAME a.test", TEMPORARY },
  { "record/syntax", "a.test TXT v=spf1 ip4:192.0.2.1 -all moo", PERMANENT, .rounds = 1 },
  { "record/binary-elsewhere", "a.test TXT \\377\na.test TXT v=spf1 -all", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "record/binary", "a.test TXT v=spf1 x=\\377 +all", PERMANENT },
  { "record/zero", "a.test TXT v=spf1 +all\\000", PERMANENT },

  /* §4.6, §4.7: terms and results */
  { "term/default", "a.test TXT v=spf1", .result = TL_SPF_NEUTRAL, .rounds = 1 },
  { "term/pass", "a.test TXT v=spf1 all", .result = TL_SPF_PASS, .matched = "all" },
  { "term/fail", "a.test TXT v=spf1 -all", .result = TL_SPF_FAIL, .matched = "-all" },
  { "term/softfail", "a.test TXT v=spf1 ~all", .result = TL_SPF_SOFTFAIL, .matched = "~all" },
  { "term/neutral", "a.test TXT v=spf1 ?all", .result = TL_SPF_NEUTRAL, .matched = "?all" },
  { "term/first-wins", "a.test TXT v=spf1 ?ip4:192.0.2.0/24 -all", .result = TL_SPF_NEUTRAL,
    .matched = "?ip4:192.0.2.0/24" },
  { "term/behind-all", "a.test TXT v=spf1 -all include:b.test", .result = TL_SPF_FAIL,
    .matched = "-all", .rounds = 1 },

  /* §5.2: include, by its table */
  { "include/pass", "a.test TXT v=spf1 ~include:b.test -all\nb.test TXT v=spf1 all",
    .result = TL_SPF_SOFTFAIL, .lookups = 1, .rounds = 2, .matched = "~include:b.test" },
  { "include/fail", "a.test TXT v=spf1 include:b.test ~all\nb.test TXT v=spf1 -all",
    .result = TL_SPF_SOFTFAIL, .lookups = 1, .matched = "~all" },
  { "include/softfail", "a.test TXT v=spf1 include:b.test ?all\nb.test TXT v=spf1 ~all",
    .result = TL_SPF_NEUTRAL, .lookups = 1, .matched = "?all" },
  { "include/neutral", "a.test TXT v=spf1 include:b.test -all\nb.test TXT v=spf1 ?all",
    .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "include/none", "a.test TXT v=spf1 include:b.test -all\nb.test TXT x", PERMANENT,
    .lookups = 1 },
  { "include/nxdomain", "a.test TXT v=spf1 include:b.test -all", PERMANENT, .lookups = 1 },
  { "include/permerror", "a.test TXT v=spf1 include:b.test +all\nb.test TXT v=spf1 moo", PERMANENT,
    .lookups = 1 },
  { "include/two", "a.test TXT v=spf1 include:b.test +all\nb.test TXT v=spf1\nb.test TXT v=spf1",
    PERMANENT, .lookups = 1 },
  { "include/temperror", "a.test TXT v=spf1 include:b.test +all\nb.test TIMEOUT", TEMPORARY,
    .lookups = 1 },
  { "include/matched-before", "a.test TXT v=spf1 ip4:192.0.2.1 include:b.test",
    .result = TL_SPF_PASS, .rounds = 1, .matched = "ip4:192.0.2.1" },
  { "include/single-label", "a.test TXT v=spf1 include:%{h} -all\nb TXT v=spf1 +all", .helo = "b",
    PERMANENT, .lookups = 1 },
  { "include/domain-within",
    "a.test TXT v=spf1 include:b.test exists:%{d}.x.test -all\n"
    "b.test TXT v=spf1 exists:%{d}.%{o}.x.test -all\na.test.x.test A 192.0.2.1\n"
    "b.test.b.test.x.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 3, .voids = 1, .matched = "exists:%{d}.x.test" },
  { "include/redirect-within",
    "a.test TXT v=spf1 include:b.test -all\nb.test TXT v=spf1 redirect=c.test\n"
    "c.test TXT v=spf1 all",
    .result = TL_SPF_PASS, .lookups = 2, .rounds = 3, .matched = "include:b.test" },
  { "include/redirect-fails", "a.test TXT v=spf1 include:b.test\n"
    "b.test TXT v=spf1 redirect=c.test\n"
    "c.test TXT v=spf1 -all exp=e.test\ne.test TXT no", .result = TL_SPF_NEUTRAL, .lookups = 2 },
  { "include/redirect-to-none",
    "a.test TXT v=spf1 include:b.test -all\nb.test TXT v=spf1 redirect=c.test", PERMANENT,
    .lookups = 2 },
  { "include/no-explanation",
    "a.test TXT v=spf1 include:b.test ~all\nb.test TXT v=spf1 -all exp=e.test\ne.test TXT no",
    .result = TL_SPF_SOFTFAIL, .lookups = 1, .matched = "~all" },

  /* §5.3: a */
  { "a/self", "a.test TXT v=spf1 a -all\na.test A 192.0.2.9\na.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .rounds = 2, .matched = "a" },
  { "a/other", "a.test TXT v=spf1 a:b.test -all\nb.test A 192.0.2.2", .result = TL_SPF_FAIL,
    .lookups = 1, .matched = "-all" },
  { "a/prefix", "a.test TXT v=spf1 a:b.test/25 -all\nb.test A 192.0.2.127", .result = TL_SPF_PASS,
    .lookups = 1, .matched = "a:b.test/25" },
  { "a/prefix-outside", "a.test TXT v=spf1 a:b.test/25 -all\nb.test A 192.0.2.128",
    .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "a/prefix-0", "a.test TXT v=spf1 a:b.test/0 -all\nb.test A 203.0.113.1", .result = TL_SPF_PASS,
    .lookups = 1, .matched = "a:b.test/0" },
  { "a/prefix-of-other-kind", "a.test TXT v=spf1 a:b.test//24 -all\nb.test A 192.0.2.2",
    .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "a/ip6", "a.test TXT v=spf1 a -all\na.test AAAA 2001:db8::1\na.test A 192.0.2.1",
    .ip = "2001:db8::1", .result = TL_SPF_PASS, .lookups = 1, .matched = "a" },
  { "a/ip6-prefix", "a.test TXT v=spf1 a/8//63 -all\na.test AAAA 2001:db8:0:1::1",
    .ip = "2001:db8::1", .result = TL_SPF_PASS, .lookups = 1, .matched = "a/8//63" },
  { "a/ip6-outside", "a.test TXT v=spf1 a/8//64 -all\na.test AAAA 2001:db8:0:1::1",
    .ip = "2001:db8::1", .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "a/only-other-kind", "a.test TXT v=spf1 a -all\na.test A 192.0.2.1", .ip = "2001:db8::1",
    .result = TL_SPF_FAIL, .lookups = 1, .voids = 1, .matched = "-all" },
  { "a/mapped", "a.test TXT v=spf1 a -all\na.test A 192.0.2.1", .ip = "::ffff:192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .matched = "a" },
  { "a/alias", "a.test TXT v=spf1 a:b.test -all\nb.test CNAME c.test\nc.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .matched = "a:b.test" },
  { "a/timeout", "a.test TXT v=spf1 a:b.test +all\nb.test TIMEOUT", TEMPORARY, .lookups = 1 },
  { "a/nxdomain", "a.test TXT v=spf1 a:b.test -all", .result = TL_SPF_FAIL, .lookups = 1,
    .voids = 1,
    .matched = "-all" },
  { "a/unaskable", "a.test TXT v=spf1 a:b..test a:c..test a:d..test -all", .result = TL_SPF_FAIL,
    .lookups = 3, .rounds = 1, .matched = "-all" },
  { "a/backslash", "a.test TXT v=spf1 a:%{l}.test -all", .sender = "x\\.y@a.test",
    .result = TL_SPF_FAIL, .lookups = 1, .rounds = 1, .matched = "-all" },
  { "a/case", "a.test TXT v=spf1 A:B.Test -ALL\nb.test A 192.0.2.1", .result = TL_SPF_PASS,
    .lookups = 1, .matched = "A:B.Test" },

  /* §5.4: mx */
  { "mx/self", "a.test TXT v=spf1 mx -all\na.test MX 10 m.test\nm.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .rounds = 3, .matched = "mx" },
  { "mx/second", "a.test TXT v=spf1 mx -all\na.test MX 10 m.test\na.test MX 20 n.test\n"
    "m.test A 192.0.2.2\nn.test A 192.0.2.1", .result = TL_SPF_PASS, .lookups = 1, .rounds = 3,
    .matched = "mx" },
  { "mx/no-address-of-domain", "a.test TXT v=spf1 mx -all\na.test A 192.0.2.1",
    .result = TL_SPF_FAIL, .lookups = 1, .voids = 1, .matched = "-all" },
  { "mx/prefix", "a.test TXT v=spf1 mx:b.test/24 -all\nb.test MX 10 m.test\nm.test A 192.0.2.2",
    .result = TL_SPF_PASS, .lookups = 1, .matched = "mx:b.test/24" },
  { "mx/ip6", "a.test TXT v=spf1 mx -all\na.test MX 10 m.test\nm.test AAAA 2001:db8::1",
    .ip = "2001:db8::1", .result = TL_SPF_PASS, .lookups = 1, .matched = "mx" },
  { "mx/no-host-name", "a.test TXT v=spf1 mx -all\na.test MX 10 _m.test\n_m.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .matched = "mx" },
  { "mx/null", "a.test TXT v=spf1 mx -all\na.test MX 0 .", .result = TL_SPF_FAIL, .lookups = 1,
    .rounds = 2, .matched = "-all" },
  { "mx/timeout", "a.test TXT v=spf1 mx +all\na.test TIMEOUT MX", TEMPORARY, .lookups = 1 },
  { "mx/host-timeout", "a.test TXT v=spf1 mx +all\na.test MX 10 m.test\nm.test TIMEOUT", TEMPORARY,
    .lookups = 1 },
  { "mx/match-before-timeout", "a.test TXT v=spf1 mx -all\na.test MX 10 m.test\n"
    "a.test MX 20 n.test\nm.test A 192.0.2.1\nn.test TIMEOUT", .result = TL_SPF_PASS, .lookups = 1,
    .matched = "mx" },
  { "mx/ten", "a.test TXT v=spf1 mx -all\na.test " NAMES_10 A_10, .result = TL_SPF_PASS,
    .lookups = 1, .rounds = 3, .matched = "mx" },
  { "mx/eleven", "a.test TXT v=spf1 mx +all\na.test MX 0 m9.t\na.test " NAMES_10 A_10, PERMANENT,
    .lookups = 1 },

  /* §5.5: ptr */
  { "ptr/self", "a.test TXT v=spf1 ptr -all\n" PTR ("m.a.test") "m.a.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .rounds = 3, .matched = "ptr" },
  { "ptr/exact", "a.test TXT v=spf1 ptr:M.B.test -all\n" PTR ("m.b.test") "m.b.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .matched = "ptr:M.B.test" },
  { "ptr/like", "a.test TXT v=spf1 ptr -all\n" PTR ("ma.test") "ma.test A 192.0.2.1",
    .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "ptr/unproven", "a.test TXT v=spf1 ptr -all\n" PTR ("m.a.test") "m.a.test A 192.0.2.2",
    .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "ptr/ip6-unproven", "a.test TXT v=spf1 ptr -all\n" PTR_6 "m.a.test\nm.a.test AAAA 2001:db8::2",
    .ip = "2001:db8::1", .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "ptr/ip6", "a.test TXT v=spf1 ptr -all\n" PTR_6 "m.a.test\nm.a.test AAAA 2001:db8::1",
    .ip = "2001:db8::1", .result = TL_SPF_PASS, .lookups = 1, .matched = "ptr" },
  { "ptr/nothing", "a.test TXT v=spf1 ptr -all", .result = TL_SPF_FAIL, .lookups = 1, .voids = 1,
    .matched = "-all" },
  { "ptr/timeout", "a.test TXT v=spf1 ptr -all\n1.2.0.192.in-addr.arpa TIMEOUT",
    .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "ptr/host-timeout",
    "a.test TXT v=spf1 ptr -all\n" PTR ("b.test") PTR ("m.a.test")
    "b.test TIMEOUT\nm.a.test A 192.0.2.1",
    .result = TL_SPF_PASS, .lookups = 1, .matched = "ptr" },
  { "ptr/ten", "m9.t TXT v=spf1 ptr -all\n" PTR_10 A_10, .domain = "m9.t", .result = TL_SPF_PASS,
    .lookups = 1, .matched = "ptr" },
  { "ptr/eleven", "z.t TXT v=spf1 ptr -all\nz.t A 192.0.2.1\n" PTR ("z.t") PTR_10 A_10,
    .domain = "z.t", .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },

  /* §5.6: ip4, ip6 */
  { "ip/31", "a.test TXT v=spf1 ip4:192.0.2.0/31 -all", .result = TL_SPF_PASS,
    .matched = "ip4:192.0.2.0/31" },
  { "ip/32", "a.test TXT v=spf1 ip4:192.0.2.0 -all", .result = TL_SPF_FAIL, .matched = "-all" },
  { "ip/9", "a.test TXT v=spf1 ip4:192.127.0.0/9 -all", .result = TL_SPF_PASS,
    .matched = "ip4:192.127.0.0/9" },
  { "ip/9-outside", "a.test TXT v=spf1 ip4:192.128.0.0/9 -all", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "ip/0-is-one-kind", "a.test TXT v=spf1 ip4:0.0.0.0/0 -all", .ip = "2001:db8::1",
    .result = TL_SPF_FAIL, .matched = "-all" },
  { "ip/6-0-is-one-kind", "a.test TXT v=spf1 ip6:::/0 -all", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "ip/6", "a.test TXT v=spf1 ip6:2001:db8::/33 -all", .ip = "2001:db8:7fff::1",
    .result = TL_SPF_PASS, .matched = "ip6:2001:db8::/33" },
  { "ip/6-outside", "a.test TXT v=spf1 ip6:2001:db8::/33 -all", .ip = "2001:db8:8000::1",
    .result = TL_SPF_FAIL, .matched = "-all" },
  { "ip/6-127", "a.test TXT v=spf1 ip6:2001:db8::/127 -all", .ip = "2001:db8::1",
    .result = TL_SPF_PASS, .matched = "ip6:2001:db8::/127" },
  { "ip/mapped", "a.test TXT v=spf1 ip4:192.0.2.1 -all", .ip = "::ffff:192.0.2.1",
    .result = TL_SPF_PASS, .matched = "ip4:192.0.2.1" },
  { "ip/mapped-is-no-6", "a.test TXT v=spf1 ip6:::ffff:192.0.2.1 -all", .ip = "::ffff:192.0.2.1",
    .result = TL_SPF_FAIL, .matched = "-all" },

  /* §5.7: exists */
  { "exists/found", "a.test TXT v=spf1 exists:%{i}.b.test -all\n192.0.2.1.b.test A 127.0.0.2",
    .result = TL_SPF_PASS, .lookups = 1, .matched = "exists:%{i}.b.test" },
  { "exists/a-for-ip6", "a.test TXT v=spf1 exists:b.test -all\nb.test A 127.0.0.2",
    .ip = "2001:db8::1", .result = TL_SPF_PASS, .lookups = 1, .matched = "exists:b.test" },
  { "exists/only-aaaa", "a.test TXT v=spf1 exists:b.test -all\nb.test AAAA ::1",
    .ip = "2001:db8::1", .result = TL_SPF_FAIL, .lookups = 1, .voids = 1, .matched = "-all" },
  { "exists/timeout", "a.test TXT v=spf1 exists:b.test +all\nb.test TIMEOUT", TEMPORARY,
    .lookups = 1 },

  /* §6.1: redirect */
  { "redirect/followed", "a.test TXT v=spf1 redirect=b.test\nb.test TXT v=spf1 -all",
    .result = TL_SPF_FAIL, .lookups = 1, .rounds = 2, .matched = "-all" },
  { "redirect/domain", "a.test TXT v=spf1 redirect=b.test\nb.test TXT v=spf1 a -all\n"
    "b.test A 192.0.2.1", .result = TL_SPF_PASS, .lookups = 2, .matched = "a" },
  { "redirect/matched-before", "a.test TXT v=spf1 redirect=b.test ip4:192.0.2.1",
    .result = TL_SPF_PASS, .rounds = 1, .matched = "ip4:192.0.2.1" },
  { "redirect/all", "a.test TXT v=spf1 redirect=b.test ?all\nb.test TXT v=spf1 -all",
    .result = TL_SPF_NEUTRAL, .matched = "?all" },
  { "redirect/none", "a.test TXT v=spf1 redirect=b.test", PERMANENT, .lookups = 1 },
  { "redirect/unaskable", "a.test TXT v=spf1 redirect=b..test", PERMANENT, .lookups = 1 },
  { "redirect/timeout", "a.test TXT v=spf1 redirect=b.test\nb.test TIMEOUT", TEMPORARY,
    .lookups = 1 },
  { "redirect/loop", "a.test TXT v=spf1 redirect=a.test", PERMANENT, .lookups = 11, .rounds = 1 },
  { "redirect/default", "a.test TXT v=spf1 redirect=b.test\nb.test TXT v=spf1",
    .result = TL_SPF_NEUTRAL, .lookups = 1 },

  /* §6.2: exp */
  { "exp/text", "a.test TXT v=spf1 -all exp=e.%{d}\ne.a.test TXT %{i} %{c} %{l} at %{d} is not",
    .result = TL_SPF_FAIL, .rounds = 2, .matched = "-all",
    .explanation = "192.0.2.1 192.0.2.1 user at a.test is not" },
  { "exp/only-of-fail", "a.test TXT v=spf1 ~all exp=e.test\ne.test TXT no",
    .result = TL_SPF_SOFTFAIL, .rounds = 1, .matched = "~all" },
  { "exp/nxdomain", "a.test TXT v=spf1 a:x.test a:y.test -all exp=e.test", .result = TL_SPF_FAIL,
    .lookups = 2, .voids = 2, .matched = "-all" },
  { "exp/timeout", "a.test TXT v=spf1 -all exp=e.test\ne.test TIMEOUT", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "exp/empty", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT ", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "record/empty", "a.test TXT ", .result = TL_SPF_NONE },
  { "exp/two", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT a\ne.test TXT b",
    .result = TL_SPF_FAIL, .matched = "-all" },
  { "exp/syntax", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT %{z}", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "exp/not-ascii", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT \\303\\244",
    .result = TL_SPF_FAIL, .matched = "-all" },
  { "exp/zero", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT a\\000b", .result = TL_SPF_FAIL,
    .matched = "-all" },
  { "exp/unaskable", "a.test TXT v=spf1 -all exp=e..test", .result = TL_SPF_FAIL, .rounds = 1,
    .matched = "-all" },
  { "exp/redirected", "a.test TXT v=spf1 redirect=b.test exp=e.test\ne.test TXT wrong\n"
    "b.test TXT v=spf1 -all exp=f.test\nf.test TXT right %{d} %{o}", .result = TL_SPF_FAIL,
    .lookups = 1, .matched = "-all", .explanation = "right b.test a.test" },
  { "exp/redirected-without", "a.test TXT v=spf1 redirect=b.test exp=e.test\ne.test TXT wrong\n"
    "b.test TXT v=spf1 -all", .result = TL_SPF_FAIL, .lookups = 1, .matched = "-all" },
  { "exp/receiver", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT %{r} %{t} %{h}.",
    .result = TL_SPF_FAIL, .matched = "-all",
    .explanation = "mx.here.test 1700000000 mail.a.test." },
  { "exp/p", "a.test TXT v=spf1 -all exp=e.%{p}\ne.m.b.test TXT from %{p}\n" PTR ("m.b.test")
    "m.b.test A 192.0.2.1", .result = TL_SPF_FAIL, .rounds = 4, .matched = "-all",
    .explanation = "from m.b.test" },
  { "exp/p-within", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT from %{p}",
    .result = TL_SPF_FAIL,
    .matched = "-all", .explanation = "from unknown" },
  { "exp/cleaned", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT %{l}",
    .sender = "a\303\244\x01@a.test",
    .result = TL_SPF_FAIL, .matched = "-all", .explanation = "a\303\244\\x01" },

  /* §7: what macros stand for */
  { "macro/no-local", "a.test TXT v=spf1 exists:%{l}.%{o}.x -all\npostmaster.a.test.x A 127.0.0.2",
    .sender = "@a.test", .result = TL_SPF_PASS, .lookups = 1, .matched = "exists:%{l}.%{o}.x" },
  { "macro/no-sender", "a.test TXT v=spf1 exists:%{s}.x -all\npostmaster@a.test.x A 127.0.0.2",
    .sender = "", .result = TL_SPF_PASS, .lookups = 1, .matched = "exists:%{s}.x" },
  { "macro/two-ats", "a.test TXT v=spf1 exists:%{l}.%{o}.x -all\n"
    "\"a@b\".a.test.x A 127.0.0.2",
    .sender = "\"a@b\"@a.test", .result = TL_SPF_PASS, .lookups = 1,
    .matched = "exists:%{l}.%{o}.x" },
  { "macro/ip6", "a.test TXT v=spf1 exists:%{i}.%{v}.x -all\n"
    "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.1.ip6.x A 127.0.0.2",
    .ip = "2001:db8::c1", .result = TL_SPF_PASS, .lookups = 1, .matched = "exists:%{i}.%{v}.x" },
  { "macro/ip6-text", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT %{c} %{i1r}",
    .ip = "2001:db8:0:0::C1", .result = TL_SPF_FAIL, .matched = "-all",
    .explanation = "2001:db8::c1 2" },
  { "macro/mapped", "a.test TXT v=spf1 -all exp=e.test\ne.test TXT %{c} %{v}",
    .ip = "::ffff:192.0.2.1", .result = TL_SPF_FAIL, .matched = "-all",
    .explanation = "192.0.2.1 in-addr" },
  { "macro/p-domain", "a.test TXT v=spf1 exists:%{p}.x -all\n" PTR ("b.test") PTR ("m.a.test")
    PTR ("a.test") "b.test A 192.0.2.1\nm.a.test A 192.0.2.1\na.test A 192.0.2.1\n"
    "a.test.x A 127.0.0.2", .result = TL_SPF_PASS, .lookups = 1, .rounds = 4,
    .matched = "exists:%{p}.x" },
  { "macro/p-below", "a.test TXT v=spf1 exists:%{p}.x -all\n" PTR ("0.test") PTR ("m.a.test")
    "0.test A 192.0.2.1\nm.a.test A 192.0.2.1\nm.a.test.x A 127.0.0.2", .result = TL_SPF_PASS,
    .lookups = 1, .matched = "exists:%{p}.x" },
  { "macro/p-any", "a.test TXT v=spf1 exists:%{p}.x -all\n" PTR ("b.test")
    "b.test A 192.0.2.1\nb.test.x A 127.0.0.2", .result = TL_SPF_PASS, .lookups = 1,
    .matched = "exists:%{p}.x" },
  { "macro/p-unproven", "a.test TXT v=spf1 exists:%{p}.x -all\n" PTR ("a.test")
    "a.test A 192.0.2.9\nunknown.x A 127.0.0.2", .result = TL_SPF_PASS, .lookups = 1,
    .matched = "exists:%{p}.x" },
  { "macro/p-timeout", "a.test TXT v=spf1 exists:%{p}.x -all\n1.2.0.192.in-addr.arpa TIMEOUT\n"
    "unknown.x A 127.0.0.2", .result = TL_SPF_PASS, .lookups = 1, .matched = "exists:%{p}.x" },

  /* §4.6.4: limits */
  { "limit/ten", "a.test TXT v=spf1 a a a a a a a a a a +all\na.test A 192.0.2.2",
    .result = TL_SPF_PASS, .lookups = 10, .rounds = 2, .matched = "+all" },
  { "limit/eleven", "a.test TXT v=spf1 a a a a a a a a a a a +all\na.test A 192.0.2.2", PERMANENT,
    .lookups = 11 },
  { "limit/eleven-not-reached", "a.test TXT v=spf1 a a a a a a a a a ip4:192.0.2.1 a a a\n"
    "a.test A 192.0.2.2", .result = TL_SPF_PASS, .lookups = 9, .matched = "ip4:192.0.2.1" },
  { "limit/ip-is-free", "a.test TXT v=spf1 a a a a a a a a a a ip4:1.2.3.4 ip6:::1 +all\n"
    "a.test A 192.0.2.2", .result = TL_SPF_PASS, .lookups = 10, .matched = "+all" },
  { "limit/each-kind", "a.test TXT v=spf1 a mx ptr exists:b.test include:c.test redirect=d.test\n"
    "a.test A 192.0.2.2\na.test MX 0 .\nb.test TXT x\nc.test TXT v=spf1 a a a a\n"
    "c.test A 192.0.2.2\n"
    "d.test TXT v=spf1 -all", .result = TL_SPF_FAIL, .lookups = 10, .voids = 2, .matched = "-all" },
  { "limit/redirect-is-eleventh", "a.test TXT v=spf1 a a a a a a a a a a redirect=b.test\n"
    "a.test A 192.0.2.2\nb.test TXT v=spf1 +all", PERMANENT, .lookups = 11 },
  { "limit/across-includes", "a.test TXT v=spf1 include:b.test include:b.test +all\n"
    "b.test TXT v=spf1 a a a a a\nb.test A 192.0.2.2", PERMANENT, .lookups = 11 },
  { "limit/within-include", "a.test TXT v=spf1 include:b.test +all\n"
    "b.test TXT v=spf1 a a a a a a a a a a\nb.test A 192.0.2.2", PERMANENT, .lookups = 11 },
  { "limit/loop", "a.test TXT v=spf1 include:b.test\nb.test TXT v=spf1 include:a.test", PERMANENT,
    .lookups = 11, .rounds = 2 },
  { "limit/two-voids", "a.test TXT v=spf1 a:x.test mx:y.test +all", .result = TL_SPF_PASS,
    .lookups = 2, .voids = 2, .rounds = 2, .matched = "+all" },
  { "limit/three-voids", "a.test TXT v=spf1 a:x.test mx:y.test exists:z.test +all", PERMANENT,
    .lookups = 3, .voids = 3, .rounds = 2 },
  { "limit/three-voids-at-end", "a.test TXT v=spf1 a:x.test a:y.test a:z.test", PERMANENT,
    .lookups = 3, .voids = 3 },
  { "limit/voids-of-no-data", "a.test TXT v=spf1 a:x.test a:y.test a:z.test +all\nx.test TXT x\n"
    "y.test TXT y\nz.test TXT z", PERMANENT, .lookups = 3, .voids = 3 },
  { "limit/voids-of-one-term", "a.test TXT v=spf1 mx a:y.test +all\na.test MX 1 m.test\n"
    "a.test MX 2 n.test\na.test MX 3 o.test", .result = TL_SPF_PASS, .lookups = 2, .voids = 2,
    .matched = "+all" },
  { "limit/voids-of-include", "a.test TXT v=spf1 a:x.test include:b.test +all\n"
    "b.test TXT v=spf1 a:y.test a:z.test", PERMANENT, .lookups = 4, .voids = 3 },
  { "limit/voids-of-macro", "a.test TXT v=spf1 a:x.test a:y.test exists:%{p}.test +all\n"
    "unknown.test A 127.0.0.2", PERMANENT, .lookups = 3, .voids = 3 },
  { "limit/voids-of-redirect", "a.test TXT v=spf1 a:x.test a:y.test redirect=%{p}.test\n"
    "unknown.test TXT v=spf1", PERMANENT, .lookups = 3, .voids = 3 },
  { "limit/temperror-first", "a.test TXT v=spf1 a:t.test moo:x", PERMANENT, .rounds = 1 },

  /* Rounds: what terms need is asked side by side. */
  { "rounds/side-by-side", "a.test TXT v=spf1 include:b.test include:c.test a:d.test mx:e.test "
    "exists:%{i}.f.test redirect=g.test\nb.test TXT v=spf1 -all\nc.test TXT v=spf1\n"
    "d.test A 192.0.2.9\ne.test MX 1 m.test\nm.test A 192.0.2.9\n192.0.2.1.f.test A 127.0.0.2",
    .result = TL_SPF_PASS, .lookups = 5, .rounds = 3, .matched = "exists:%{i}.f.test" },
  { "rounds/ptr", "a.test TXT v=spf1 include:b.test ptr -all\nb.test TXT v=spf1 ptr:x.test\n"
    PTR ("m.a.test") "m.a.test A 192.0.2.1", .result = TL_SPF_PASS, .lookups = 3, .rounds = 3,
    .matched = "ptr" },
};

static void
fill_subject (const Case    *c,
              GInetAddress  *ip,
              TlSpfSubject  *out_subject)
{
  out_subject->ip = ip;
  out_subject->domain = c->domain == NULL ? "a.test" : c->domain;
  out_subject->sender = c->sender == NULL ? "user@a.test" : c->sender;
  out_subject->helo = c->helo == NULL ? "mail.a.test" : c->helo;
  out_subject->receiver = "mx.here.test";
  out_subject->now_s = 1700000000;
}

static void
assert_outcome (const Case         *c,
                const TlSpfOutcome *outcome)
{
  g_assert_cmpstr (tl_spf_result_get_nick (outcome->result), ==,
                   tl_spf_result_get_nick (c->result));
  g_assert_cmpstr (outcome->matched, ==, c->matched);
  g_assert_cmpstr (outcome->explanation, ==, c->explanation);
  g_assert_cmpuint (outcome->n_lookups, ==, c->lookups);
  g_assert_cmpuint (outcome->n_voids, ==, c->voids);
  g_assert_cmpint (outcome->why != NULL, ==, c->has_why);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlSpfZone) zone = tl_spf_zone_new (c->zone);
  g_autoptr(GInetAddress) ip = g_inet_address_new_from_string (c->ip == NULL ? "192.0.2.1" : c->ip);
  g_autoptr(TlSpfOutcome) outcome = NULL;
  TlSpfSubject subject;
  guint rounds = 0;

  fill_subject (c, ip, &subject);
  outcome = tl_spf_zone_check (zone, &subject, NULL, &rounds);
  assert_outcome (c, outcome);
  if (c->rounds > 0)
    g_assert_cmpuint (rounds, ==, c->rounds);
}

/* Whatever is known when, it comes to the same. */
static void
test_any_order (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlSpfZone) zone = tl_spf_zone_new (c->zone);
  g_autoptr(GInetAddress) ip = g_inet_address_new_from_string (c->ip == NULL ? "192.0.2.1" : c->ip);
  TlSpfSubject subject;

  fill_subject (c, ip, &subject);
  for (guint32 seed = 1; seed <= 40; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(TlSpfOutcome) outcome = NULL;
      guint rounds = 0;

      outcome = tl_spf_zone_check (zone, &subject, rand, &rounds);
      assert_outcome (c, outcome);
    }
}

static TlSpfOutcome *
check_zone (TlSpfZone *zone,
            guint     *out_rounds)
{
  g_autoptr(GInetAddress) ip = g_inet_address_new_from_string ("192.0.2.1");
  TlSpfSubject subject = { ip, "a.test", "user@a.test", "mail.a.test", NULL, 0 };

  return tl_spf_zone_check (zone, &subject, NULL, out_rounds);
}

/* A chain of n includes, with servers at its end, is n + 3 rounds; as many side by side are 2. */
static void
test_rounds (void)
{
  for (guint n = 1; n <= 9; n++)
    {
      g_autoptr(TlSpfZone) zone = tl_spf_zone_new ("m.test A 192.0.2.1");
      g_autoptr(TlSpfOutcome) outcome = NULL;
      guint rounds = 0;

      tl_spf_zone_add (zone, "a.test TXT v=spf1 include:i1.test -all");
      for (guint i = 1; i <= n; i++)
        {
          g_autofree char *line =
            i < n ? g_strdup_printf ("i%u.test TXT v=spf1 include:i%u.test -all", i, i + 1)
                  : g_strdup_printf ("i%u.test TXT v=spf1 mx -all\ni%u.test MX 1 m.test", i, i);
          g_auto(GStrv) lines = g_strsplit (line, "\n", -1);

          for (gsize j = 0; lines[j] != NULL; j++)
            tl_spf_zone_add (zone, lines[j]);
        }

      outcome = check_zone (zone, &rounds);
      g_assert_cmpint (outcome->result, ==, TL_SPF_PASS);
      g_assert_cmpuint (outcome->n_lookups, ==, n + 1);
      g_assert_cmpuint (rounds, ==, n + 3);
    }
}

static void
test_rounds_wide (void)
{
  g_autoptr(TlSpfZone) zone = tl_spf_zone_new ("");
  g_autoptr(GString) record = g_string_new ("a.test TXT v=spf1");
  g_autoptr(TlSpfOutcome) outcome = NULL;
  guint rounds = 0;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *line = g_strdup_printf ("i%u.test TXT v=spf1 %s", i,
                                               i == 9 ? "all" : "-all");

      g_string_append_printf (record, " include:i%u.test", i);
      tl_spf_zone_add (zone, line);
    }
  tl_spf_zone_add (zone, record->str);

  outcome = check_zone (zone, &rounds);
  g_assert_cmpint (outcome->result, ==, TL_SPF_PASS);
  g_assert_cmpuint (outcome->n_lookups, ==, 10);
  g_assert_cmpuint (rounds, ==, 2);
}

/* What the first question is about is all that is asked before there is a record. */
static void
test_wants (void)
{
  g_autoptr(TlSpfZone) zone =
    tl_spf_zone_new ("a.test TXT v=spf1 include:b.test mx a:%{d}.c.test ptr exists:%{l}.d.test "
                     "exists:%{p}.e.test redirect=f.test exp=g.test\n"
                     "b.test TXT v=spf1 -all exp=h.test");
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  g_autoptr(GInetAddress) ip = g_inet_address_new_from_string ("192.0.2.1");
  TlSpfSubject subject = { ip, "a.test", "user@a.test", "mail.a.test", NULL, 0 };
  g_autoptr(TlSpfOutcome) first = tl_spf_check (&subject, facts);
  g_autoptr(TlSpfOutcome) second = NULL;
  g_autoptr(TlSpfOutcome) third = NULL;
  g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (facts);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_false (first->is_complete);
  g_assert_cmpuint (wanted->len, ==, 1);

  tl_spf_zone_answer (zone, facts, NULL);
  second = tl_spf_check (&subject, facts);
  g_assert_false (second->is_complete);
  g_clear_pointer (&wanted, g_ptr_array_unref);
  wanted = tl_dns_facts_list_wanted (facts);
  for (guint i = 0; i < wanted->len; i++)
    {
      const TlDnsWant *want = wanted->pdata[i];

      g_string_append_printf (text, "%s %d\n", want->name, (int) want->type);
    }
  g_assert_cmpstr (text->str, ==,
                   "g.test 16\nb.test 16\na.test 15\na.test.c.test 1\n1.2.0.192.in-addr.arpa 12\n"
                   "user.d.test 1\nf.test 16\n");
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 6);

  /* An included record explains nothing; three look-ups found nothing, and that is the end. */
  tl_spf_zone_answer (zone, facts, NULL);
  third = tl_spf_check (&subject, facts);
  g_assert_true (third->is_complete);
  g_assert_cmpint (third->result, ==, TL_SPF_PERMERROR);
  g_assert_null (tl_dns_facts_list_wanted (facts));
}

/* Of 253 characters it can be, and not of one more. */
static void
test_long_domain (void)
{
  g_autoptr(GString) domain = g_string_new (NULL);

  while (domain->len < 248)
    g_string_append (domain, "abcdefg.");
  g_string_append (domain, "hijkl");
  for (gsize i = 0; i < 2; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s TXT v=spf1 -all", domain->str);
      g_autoptr(TlSpfZone) zone = tl_spf_zone_new (line);
      g_autoptr(GInetAddress) ip = g_inet_address_new_from_string ("192.0.2.1");
      TlSpfSubject subject = { ip, domain->str, "", "mail.a.test", NULL, 0 };
      g_autoptr(TlSpfOutcome) outcome = NULL;
      guint rounds = 0;

      g_assert_cmpuint (domain->len, ==, 253 + i);
      outcome = tl_spf_zone_check (zone, &subject, NULL, &rounds);
      g_assert_cmpint (outcome->result, ==, i == 0 ? TL_SPF_FAIL : TL_SPF_NONE);
      g_string_append_c (domain, 'm');
    }
}

/* Zones that want to keep somebody busy: every name includes ten others, each with ten servers. */
static void
test_hostile (void)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  g_autoptr(GInetAddress) ip = g_inet_address_new_from_string ("192.0.2.1");
  TlSpfSubject subject = { ip, "a.test", "user@a.test", "mail.a.test", NULL, 0 };
  guint n_asked = 0;
  gboolean is_complete = FALSE;

  for (guint round = 0; round < 60 && !is_complete; round++)
    {
      g_autoptr(TlSpfOutcome) outcome = tl_spf_check (&subject, facts);
      g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (facts);

      is_complete = outcome->is_complete;
      if (is_complete)
        g_assert_cmpint (outcome->result, ==, TL_SPF_PERMERROR);
      for (guint i = 0; wanted != NULL && i < wanted->len; i++)
        {
          const TlDnsWant *want = wanted->pdata[i];
          g_autoptr(GString) lines = g_string_new (NULL);
          g_autoptr(TlSpfZone) zone = NULL;
          g_autoptr(TlRecordSet) set = NULL;

          g_string_append_printf (lines, "%s TXT v=spf1", want->name);
          for (guint j = 0; j < 100; j++)
            g_string_append_printf (lines, " mx:m%u%u.test include:i%u%u.test", n_asked, j,
                                    n_asked, j);
          for (guint j = 0; j < 10; j++)
            g_string_append_printf (lines, "\n%s MX 1 h%u%u.test", want->name, n_asked, j);
          zone = tl_spf_zone_new (lines->str);
          set = tl_spf_zone_lookup (zone, want->name, want->type);
          tl_dns_facts_put (facts, want->name, want->type, set);
          n_asked++;
        }
    }

  g_assert_true (is_complete);
  g_assert_cmpuint (n_asked, <=, 250);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/spf/check/", cases[i].name, NULL);
      g_autofree char *any_order = g_strconcat ("/spf/any-order/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
      g_test_add_data_func (any_order, &cases[i], test_any_order);
    }
  g_test_add_func ("/spf/rounds/chain", test_rounds);
  g_test_add_func ("/spf/rounds/wide", test_rounds_wide);
  g_test_add_func ("/spf/wants", test_wants);
  g_test_add_func ("/spf/long-domain", test_long_domain);
  g_test_add_func ("/spf/hostile", test_hostile);

  return g_test_run ();
}
