/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-ledger.h"
#include "tl-test-door.h"
#include "tl-test-lane.h"
#include "tl-test-server.h"

#define SILENT TL_TEST_DOOR_SILENT
#define CLOSED TL_TEST_DOOR_CLOSED

/* Who may be behind a door. */
#define IMAP  "S: * OK ready\nHANG\n"
#define SMTP  "S: 220 mail.practice.invalid ESMTP\nHANG\n"
#define POP3  "S: +OK ready\nHANG\n"
#define SSH   "S: SSH-2.0-x\nHANG\n"
#define HTTP  "S: HTTP/1.1 400 Bad Request\nHANG\n"
#define TLS   "TLS\nHANG\n"
#define POP3S "TLS\n" POP3
#define MUTE  "HANG\n"

#define IMAP_BEFORE_TLS \
  "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\n" \
  "S: %T OK done\nC: %T STARTTLS\nS: %T OK go ahead\nTLS\nHANG\n"
#define IMAP_WITHOUT_UPGRADE \
  "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: %T OK done\nHANG\n"
#define SMTP_STRIPPED \
  "S: 220 ****\nC: EHLO ?*\nS: 250-mail.practice.invalid\nS: 250-XXXXXXXA\nS: 250 SIZE 1000\n" \
  "HANG\n"
#define OFFER(words) \
  "TLS\nS: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN" words "\n" \
  "S: %T OK done\n"

/* A TLS alert: handshake_failure (RFC 8446 §6). */
#define WILL_NOT "S! \\x15\\x03\\x03\\x00\\x02\\x02\\x28\nCLOSE\n"
/* The beginning of a ServerHello, and no more. */
#define STALLS "S! \\x16\\x03\\x03\\x00\\x7a\\x02\\x00\\x00\\x76\\x03\\x03\nHANG\n"

typedef struct
{
  const char *imaps;
  const char *imap;
  const char *pop3s;
  const char *pop3;
  const char *smtps;
  const char *smtp;
  const char *smtp_other;
  const char *smtp_transfer;
  const char *https;
} Doors;

typedef struct
{
  const char *path;
  TlLaneKind  kind;
  TlSecurity  security;
  const char *own;         /* behind the lane's own port */
  TlTestTls   peculiar;    /* what its certificate is like */
  const char *names;       /* and for whom; NULL: the right name */
  Doors       doors;       /* behind other ports of the host; NULL: there is no such port */
  guint       n_rejected;  /* sign-ins that the host has rejected before */
  const char *id;
  const char *endpoint;    /* what is offered: a door, "own" with TLS, "own-starttls"; NULL: none */
  const char *tls_version;
  const char *min_tls;     /* that is asked for; NULL: what always is */
  gboolean    has_detail;
  guint       n_sign_ins;
  const char *silent;      /* the ports that are said to be silent, those that are said to be */
  const char *open;        /* open, and those that are said to refuse; NULL: not looked at */
  const char *refused;
} Case;

#define IN  TL_LANE_INCOMING
#define OUT TL_LANE_OUTGOING

static const Case cases[] = {
  /* No connection, and another port that would do */
  { .path = "N02/other-port", .kind = OUT, .security = TL_SECURITY_STARTTLS, .own = SILENT,
    .doors = { .smtps = TLS, .https = CLOSED }, .id = "connect.timeout", .endpoint = "smtps" },
  { .path = "N01/other-port", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = IMAP }, .id = "connect.refused", .endpoint = "imap" },
  { .path = "N01/tls-first", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = IMAP, .imaps = TLS }, .id = "connect.refused", .endpoint = "imaps" },
  { .path = "N01/third-port", .kind = OUT, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .smtps = CLOSED, .smtp = CLOSED, .smtp_other = SMTP }, .id = "connect.refused",
    .endpoint = "smtp_other" },
  { .path = "N01/no-other-port", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = CLOSED, .imaps = CLOSED }, .id = "connect.refused" },
  { .path = "N01/another-service", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = SMTP, .imaps = SSH }, .id = "connect.refused" },
  { .path = "N01/mute", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = MUTE }, .id = "connect.refused" },

  /* The network keeps messages in */
  { .path = "N02/ports-blocked", .kind = OUT, .security = TL_SECURITY_TLS, .own = SILENT,
    .doors = { .smtp = SILENT, .smtp_other = SILENT, .smtp_transfer = SILENT, .https = MUTE },
    .id = "connect.ports-blocked", .silent = "own smtp smtp_other smtp_transfer", .open = "https",
    .refused = "" },
  { .path = "N02/ports-blocked-refused-control", .kind = OUT, .security = TL_SECURITY_TLS,
    .own = SILENT,
    .doors = { .smtp = SILENT, .smtp_other = SILENT, .smtp_transfer = SILENT, .https = CLOSED },
    .id = "connect.ports-blocked", .silent = "own smtp smtp_other smtp_transfer", .open = "",
    .refused = "https" },
  /* Only what was seen is said: these web pages did not come through. */
  { .path = "N02/ports-blocked-silent-web", .kind = OUT, .security = TL_SECURITY_TLS,
    .own = SILENT,
    .doors = { .smtp = SILENT, .smtp_transfer = SILENT, .https = SILENT, .imaps = MUTE },
    .id = "connect.ports-blocked", .silent = "own smtp smtp_transfer", .open = "imaps",
    .refused = "" },
  { .path = "N02/ports-blocked-refused-and-open", .kind = OUT, .security = TL_SECURITY_TLS,
    .own = SILENT,
    .doors = { .smtp = SILENT, .smtp_transfer = SILENT, .https = MUTE, .imaps = CLOSED },
    .id = "connect.ports-blocked", .silent = "own smtp smtp_transfer", .open = "https",
    .refused = "imaps" },
  { .path = "N02/one-port-answers", .kind = OUT, .security = TL_SECURITY_TLS, .own = SILENT,
    .doors = { .smtp = SILENT, .smtp_other = SILENT, .smtp_transfer = CLOSED, .https = MUTE },
    .id = "connect.timeout", .silent = "own smtp smtp_other", .open = "https",
    .refused = "smtp_transfer" },
  { .path = "N02/all-silent", .kind = OUT, .security = TL_SECURITY_TLS, .own = SILENT,
    .doors = { .smtp = SILENT, .smtp_transfer = SILENT, .https = SILENT, .imaps = SILENT },
    .id = "connect.timeout", .silent = "own smtp smtp_transfer imaps", .open = "",
    .refused = "" },
  { .path = "N02/incoming-is-never-blocked", .kind = IN, .security = TL_SECURITY_TLS,
    .own = SILENT, .doors = { .imap = SILENT, .https = MUTE }, .id = "connect.timeout" },

  /* Locked out */
  { .path = "A01/banned-refused", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = CLOSED, .pop3 = CLOSED, .https = MUTE }, .n_rejected = 1,
    .id = "connect.banned" },
  { .path = "A01/banned-silent", .kind = OUT, .security = TL_SECURITY_TLS, .own = SILENT,
    .doors = { .smtp = SILENT, .imaps = SILENT, .https = SILENT }, .n_rejected = 3,
    .id = "connect.banned" },
  { .path = "A01/not-banned-nothing-rejected", .kind = IN, .security = TL_SECURITY_TLS,
    .own = CLOSED, .doors = { .imap = CLOSED, .pop3 = CLOSED }, .id = "connect.refused" },
  { .path = "A01/not-banned-one-answers", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = IMAP, .pop3 = CLOSED }, .n_rejected = 1, .id = "connect.refused",
    .endpoint = "imap" },

  /* No IMAP at all */
  { .path = "N01/pop3-only", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = CLOSED, .imaps = CLOSED, .pop3 = POP3 }, .id = "discover.pop3-only" },
  { .path = "N01/pop3s-only", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = CLOSED, .pop3s = POP3S }, .id = "discover.pop3-only" },
  { .path = "N02/pop3-only", .kind = IN, .security = TL_SECURITY_TLS, .own = SILENT,
    .doors = { .imap = SILENT, .pop3 = POP3 }, .id = "discover.pop3-only" },
  { .path = "N01/pop3-and-imap", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = IMAP, .pop3 = POP3 }, .id = "connect.refused", .endpoint = "imap" },
  { .path = "N01/pop3-is-something-else", .kind = IN, .security = TL_SECURITY_TLS, .own = CLOSED,
    .doors = { .imap = CLOSED, .pop3 = SMTP, .pop3s = TLS }, .id = "connect.refused" },
  { .path = "N01/pop3-and-the-outgoing-lane", .kind = OUT, .security = TL_SECURITY_TLS,
    .own = CLOSED, .doors = { .pop3 = POP3 }, .id = "connect.refused" },

  /* Another service, or TLS too early or too late */
  { .path = "T19/silence", .kind = IN, .security = TL_SECURITY_STARTTLS, .own = TLS,
    .id = "greet.tls-expected", .endpoint = "own" },
  { .path = "N07/silence", .kind = OUT, .security = TL_SECURITY_STARTTLS, .own = MUTE,
    .doors = { .smtps = TLS }, .id = "greet.timeout" },
  { .path = "T19/record", .kind = OUT, .security = TL_SECURITY_STARTTLS, .own = WILL_NOT,
    .id = "greet.tls-expected", .endpoint = "own" },
  { .path = "S15/pop3", .kind = IN, .security = TL_SECURITY_STARTTLS, .own = POP3,
    .doors = { .imaps = TLS }, .id = "greet.wrong-service", .endpoint = "imaps" },
  { .path = "S15/pop3-only", .kind = IN, .security = TL_SECURITY_STARTTLS, .own = POP3,
    .doors = { .imaps = CLOSED, .imap = SILENT }, .id = "discover.pop3-only" },
  { .path = "S15/pop3-and-mute-imap", .kind = IN, .security = TL_SECURITY_STARTTLS, .own = POP3,
    .doors = { .imaps = CLOSED, .imap = MUTE }, .id = "greet.wrong-service" },
  { .path = "S15/pop3-on-the-outgoing-lane", .kind = OUT, .security = TL_SECURITY_STARTTLS,
    .own = POP3, .doors = { .smtps = CLOSED, .smtp = SMTP }, .id = "greet.wrong-service",
    .endpoint = "smtp" },
  { .path = "S15/smtp-on-the-incoming-lane", .kind = IN, .security = TL_SECURITY_STARTTLS,
    .own = SMTP, .doors = { .imap = IMAP }, .id = "greet.wrong-service", .endpoint = "imap" },
  { .path = "S15/imap-on-the-outgoing-lane", .kind = OUT, .security = TL_SECURITY_STARTTLS,
    .own = IMAP, .doors = { .smtps = TLS }, .id = "greet.wrong-service", .endpoint = "smtps" },
  { .path = "S15/http", .kind = IN, .security = TL_SECURITY_STARTTLS, .own = HTTP,
    .doors = { .imaps = CLOSED }, .id = "greet.wrong-service" },
  { .path = "S15/under-tls", .kind = IN, .security = TL_SECURITY_TLS, .own = POP3S,
    .doors = { .imaps = CLOSED, .imap = CLOSED }, .id = "discover.pop3-only" },
  { .path = "T18/same-port", .kind = IN, .security = TL_SECURITY_TLS, .own = IMAP,
    .doors = { .imaps = CLOSED }, .id = "tls.plaintext-peer", .endpoint = "own-starttls" },
  { .path = "T18/tls-port", .kind = OUT, .security = TL_SECURITY_TLS, .own = SMTP,
    .doors = { .smtps = TLS }, .id = "tls.plaintext-peer", .endpoint = "smtps" },
  { .path = "T18/pop3-only", .kind = IN, .security = TL_SECURITY_TLS, .own = POP3,
    .doors = { .imap = CLOSED }, .id = "discover.pop3-only" },
  { .path = "T18/ssh", .kind = IN, .security = TL_SECURITY_TLS, .own = SSH,
    .doors = { .imap = CLOSED }, .id = "tls.plaintext-peer" },
  { .path = "T18/rubbish", .kind = IN, .security = TL_SECURITY_TLS, .own = "S: hello\nHANG\n",
    .doors = { .imap = IMAP }, .id = "tls.plaintext-peer" },

  /* No upgrade */
  { .path = "S01/tls-port", .kind = IN, .security = TL_SECURITY_STARTTLS,
    .own = IMAP_WITHOUT_UPGRADE, .doors = { .imaps = TLS }, .id = "upgrade.not-offered",
    .endpoint = "imaps" },
  { .path = "S01/no-tls-port", .kind = IN, .security = TL_SECURITY_STARTTLS,
    .own = IMAP_WITHOUT_UPGRADE, .doors = { .imaps = IMAP }, .id = "upgrade.not-offered" },
  { .path = "N16/tls-port", .kind = OUT, .security = TL_SECURITY_STARTTLS, .own = SMTP_STRIPPED,
    .doors = { .smtps = TLS }, .id = "upgrade.stripped", .endpoint = "smtps" },
  { .path = "N16/no-tls-port", .kind = OUT, .security = TL_SECURITY_STARTTLS,
    .own = SMTP_STRIPPED, .doors = { .smtps = CLOSED }, .id = "upgrade.stripped" },

  /* TLS that is too old or too weak */
  { .path = "T16/tls-1.1", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .peculiar = TL_TEST_TLS_ONLY_1_1, .id = "tls.version", .tls_version = "TLSv1.1",
    .has_detail = TRUE },
  { .path = "T16/tls-1.0-upgraded", .kind = IN, .security = TL_SECURITY_STARTTLS,
    .own = IMAP_BEFORE_TLS, .peculiar = TL_TEST_TLS_ONLY_1_0, .id = "tls.version",
    .tls_version = "TLSv1", .has_detail = TRUE },
  { .path = "T16/tls-1.2-and-more-wanted", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .peculiar = TL_TEST_TLS_ONLY_1_2, .min_tls = "TLSv1.3", .id = "tls.version",
    .tls_version = "TLSv1.2", .has_detail = TRUE },
  { .path = "T16/tls-1.2-upgraded-and-more-wanted", .kind = IN, .security = TL_SECURITY_STARTTLS,
    .own = IMAP_BEFORE_TLS, .peculiar = TL_TEST_TLS_ONLY_1_2, .min_tls = "TLSv1.3",
    .id = "tls.version", .tls_version = "TLSv1.2", .has_detail = TRUE },
  { .path = "T16/will-not", .kind = IN, .security = TL_SECURITY_TLS, .own = WILL_NOT,
    .id = "tls.handshake", .has_detail = TRUE },
  { .path = "T15/rsa-1024", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .peculiar = TL_TEST_TLS_RSA_1024, .id = "tls.weak", .tls_version = "TLSv1.3",
    .has_detail = TRUE },
  { .path = "T15/small-dh", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .peculiar = TL_TEST_TLS_SMALL_DH, .id = "tls.weak", .tls_version = "TLSv1.2",
    .has_detail = TRUE },

  /* Certificates */
  { .path = "T03/name-of-the-same-domain", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .names = "other.practice.invalid", .id = "tls.hostname",
    .endpoint = "imaps://other.practice.invalid" },
  { .path = "T03/upgraded", .kind = OUT, .security = TL_SECURITY_STARTTLS,
    .own = "S: 220 mail ESMTP\nC: EHLO ?*\nS: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\n"
           "S: 220 go ahead\nTLS\nHANG\n",
    .names = "other.practice.invalid", .id = "tls.hostname",
    .endpoint = "smtp://other.practice.invalid" },
  { .path = "T03/wildcard", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .names = "*.other.practice.invalid", .id = "tls.hostname" },
  { .path = "T01/all-the-same", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .peculiar = TL_TEST_TLS_EXPIRED, .id = "tls.expired" },
  { .path = "T04/interceptor", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .peculiar = TL_TEST_TLS_SELF_SIGNED | TL_TEST_TLS_NO_SAN,
    .names = "Avast Web/Mail Shield Root", .id = "tls.intercepted" },
  { .path = "T04/nobody-known", .kind = IN, .security = TL_SECURITY_TLS, .own = TLS,
    .peculiar = TL_TEST_TLS_SELF_SIGNED, .id = "tls.self-signed" },
  { .path = "N13/stalled", .kind = IN, .security = TL_SECURITY_TLS, .own = STALLS,
    .id = "tls.timeout", .has_detail = TRUE },
  { .path = "N13/never-began", .kind = IN, .security = TL_SECURITY_TLS, .own = MUTE,
    .id = "tls.timeout" },

  /* Hung up on while signing in */
  { .path = "N10/secret-was-sent", .kind = IN, .security = TL_SECURITY_TLS,
    .own = OFFER (" SASL-IR") "C: %T AUTHENTICATE PLAIN ?*\nRST\n", .id = "auth.reset",
    .has_detail = TRUE, .n_sign_ins = 1 },
  { .path = "N10/secret-was-not-sent", .kind = IN, .security = TL_SECURITY_TLS,
    .own = OFFER ("") "C: %T AUTHENTICATE PLAIN\nRST\n", .id = "auth.reset", .n_sign_ins = 1 },
  { .path = "N10/silent", .kind = IN, .security = TL_SECURITY_TLS,
    .own = OFFER (" SASL-IR") "C: %T AUTHENTICATE PLAIN ?*\nHANG\n", .id = "auth.timeout",
    .has_detail = TRUE, .n_sign_ins = 1 },
};

/* --- Playing a host ------------------------------------------------------------------ */

#define N_DOORS (sizeof (Doors) / sizeof (const char *))

static const char * const door_names[N_DOORS] = {
  "imaps", "imap", "pop3s", "pop3", "smtps", "smtp", "smtp_other", "smtp_transfer", "https",
};

static void
open_doors (const Doors  *doors,
            TlTestDoor  **out_doors,
            TlLanePorts  *out_ports)
{
  const char * const *behind = (const char * const *) doors;
  guint16 *ports[N_DOORS] = {
    &out_ports->imaps, &out_ports->imap, &out_ports->pop3s, &out_ports->pop3, &out_ports->smtps,
    &out_ports->smtp, &out_ports->smtp_other, &out_ports->smtp_transfer, &out_ports->https,
  };

  for (gsize i = 0; i < N_DOORS; i++)
    {
      g_autoptr(SSL_CTX) tls = NULL;

      if (behind[i] == NULL)
        continue;

      tls = tl_test_ca_new_server (tl_test_lane_get_ca (), "*.practice.invalid", TL_TEST_TLS_GOOD);
      out_doors[i] = tl_test_door_new (behind[i], tls);
      *ports[i] = tl_test_door_get_port (out_doors[i]);
    }
}

static char *
dup_expected (const Case         *c,
              const char         *host,
              guint16             own_port,
              TlTestDoor * const *doors)
{
  const char *scheme = c->kind == OUT ? "smtp" : "imap";

  if (c->endpoint == NULL)
    return NULL;
  if (strstr (c->endpoint, "://") != NULL)
    return g_strdup_printf ("%s:%u", c->endpoint, own_port);
  if (g_str_equal (c->endpoint, "own"))
    return g_strdup_printf ("%ss://%s:%u", scheme, host, own_port);
  if (g_str_equal (c->endpoint, "own-starttls"))
    return g_strdup_printf ("%s://%s:%u", scheme, host, own_port);

  for (gsize i = 0; i < N_DOORS; i++)
    if (g_str_equal (door_names[i], c->endpoint))
      return g_strdup_printf ("%s%s://%s:%u", scheme,
                              g_str_has_suffix (c->endpoint, "ps") ? "s" : "", host,
                              tl_test_door_get_port (doors[i]));

  g_assert_not_reached ();
}

/* The ports of @names, which are those of doors or "own", in order. */
static char *
dup_ports (const char         *names,
           guint16             own_port,
           TlTestDoor * const *doors)
{
  g_auto(GStrv) words = g_strsplit (names, " ", -1);
  g_autoptr(GString) ports = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], "own"))
        g_string_append_printf (ports, "%s%u", ports->len > 0 ? ", " : "", own_port);
      for (gsize j = 0; j < N_DOORS; j++)
        if (g_str_equal (door_names[j], words[i]))
          g_string_append_printf (ports, "%s%u", ports->len > 0 ? ", " : "",
                                  tl_test_door_get_port (doors[j]));
    }

  return g_string_free (g_steal_pointer (&ports), FALSE);
}

static void
assert_ports (const Case         *c,
              GVariant           *evidence,
              guint16             own_port,
              TlTestDoor * const *doors)
{
  const struct { const char *key; const char *names; } lists[] = {
    { TL_EVIDENCE_PORTS_SILENT, c->silent },
    { TL_EVIDENCE_PORTS_OPEN, c->open },
  };
  const char *detail = tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *expected = dup_ports (lists[i].names, own_port, doors);
      g_auto(GStrv) seen = NULL;
      g_autofree char *list = NULL;

      g_assert_true (g_variant_lookup (evidence, lists[i].key, "^as", &seen));
      list = g_strjoinv (", ", seen);
      g_assert_cmpstr (list, ==, expected);
    }

  if (*c->refused == '\0')
    {
      g_assert_null (detail);
    }
  else
    {
      g_autofree char *expected = dup_ports (c->refused, own_port, doors);

      g_assert_nonnull (detail);
      g_assert_true (g_str_has_suffix (detail, expected));
    }
}

/* At a port that is only looked at, nobody says who they are. */
static void
assert_discreet (TlTestDoor *door)
{
  TlTestPeer *peer = door == NULL ? NULL : tl_test_door_get_peer (door);

  if (peer == NULL)
    return;

  tl_test_peer_stop (peer);
  g_assert_cmpuint (tl_test_peer_count (peer, "*"), ==, 0);
}

static void
remember (const char *host,
          guint16     port,
          guint       n_rejected)
{
  g_autofree char *name = g_strdup_printf ("%s:%u", host, port);
  TlLaneLedger *ledger = tl_lane_ledger_get_default ();
  gint64 now_us = g_get_monotonic_time ();

  tl_lane_ledger_record_answer (ledger, name, now_us);
  for (guint i = 0; i < n_rejected; i++)
    tl_lane_ledger_record_sign_in (ledger, name, TL_LANE_INCOMING, FALSE, now_us);
}

static void
test_explain (gconstpointer data)
{
  const Case *c = data;
  const TlLaneBudget budget = {
    .resolve_ms = 3000, .connect_ms = g_str_equal (c->own, SILENT) ? 1800 : 6000,
    .tls_ms = g_str_equal (c->own, MUTE) || g_str_equal (c->own, STALLS) ? 700 : 6000,
    .greet_ms = 2400, .upgrade_ms = 4000, .caps_ms = 4000, .auth_ms = 1000, .use_ms = 4000,
    .total_ms = 15000,
  };
  g_autofree char *host = g_strdup_printf ("h%u.practice.invalid", (guint) (c - cases));
  g_autoptr(SSL_CTX) tls = tl_test_ca_new_server (tl_test_lane_get_ca (),
                                                  c->names == NULL ? host : c->names, c->peculiar);
  g_autoptr(TlTestDoor) own = tl_test_door_new (c->own, tls);
  TlTestDoor *doors[N_DOORS] = { NULL };
  TlLanePorts ports = { 0 };
  g_auto(TlTestLane) lane = {
    .kind = c->kind, .security = c->security, .budget = &budget, .host = host,
    .port = tl_test_door_get_port (own), .ports = &ports, .min_tls = c->min_tls,
  };
  g_autofree char *expected = NULL;
  GVariant *evidence;

  open_doors (&c->doors, doors, &ports);
  remember (host, lane.port, c->n_rejected);
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->id);
  evidence = tl_finding_get_evidence (tl_lane_report_get_primary (lane.report));
  expected = dup_expected (c, host, lane.port, doors);
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_ENDPOINT), ==, expected);
  if (c->tls_version != NULL || c->peculiar == TL_TEST_TLS_GOOD)
    g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_TLS_VERSION), ==,
                     c->tls_version);
  if (c->has_detail)
    g_assert_nonnull (tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL));
  else if (g_str_has_prefix (c->path, "N1"))
    g_assert_null (tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL));
  if (c->silent != NULL)
    assert_ports (c, evidence, lane.port, doors);
  if (g_str_equal (c->id, "discover.pop3-only"))
    g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_DOMAIN), ==,
                     "practice.invalid");
  if (g_str_equal (c->id, "tls.intercepted"))
    g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_PRODUCT), ==, "Avast");
  tl_test_lane_assert_sane (&lane);

  if (tl_test_door_get_peer (own) != NULL)
    {
      TlTestPeer *peer = tl_test_door_get_peer (own);

      tl_test_peer_stop (peer);
      g_assert_cmpuint (tl_test_peer_count (peer, "AUTH *") +
                        tl_test_peer_count (peer, "* AUTHENTICATE *") +
                        tl_test_peer_count (peer, "* LOGIN *"), ==, c->n_sign_ins);
    }
  for (gsize i = 0; i < N_DOORS; i++)
    {
      assert_discreet (doors[i]);
      g_clear_pointer (&doors[i], tl_test_door_free);
    }
}

/* --- A host whose machines differ --------------------------------------------------------- */

/* What the connections see, in the order they are made; from the last one on
 * all see the same. */
typedef struct
{
  guint    n;
  SSL_CTX *contexts[3];
  int      n_served;      /* atomic */
} Farm;

static void
serve_farm (int      fd,
            gpointer data)
{
  Farm *self = data;
  guint index = (guint) g_atomic_int_add (&self->n_served, 1);
  SSL *ssl = tl_test_accept_tls (fd, self->contexts[MIN (index, self->n - 1)]);

  if (ssl == NULL)
    return;
  tl_test_wait_for_hang_up (fd);
  SSL_free (ssl);
}

static const struct
{
  const char *path;
  TlTestTls   shown[3];
  guint       n;
  const char *id;
} farm_cases[] = {
  { "T24/one-of-three-expired", { TL_TEST_TLS_EXPIRED, TL_TEST_TLS_GOOD, TL_TEST_TLS_GOOD }, 3,
    "tls.inconsistent" },
  { "T24/two-of-three-expired", { TL_TEST_TLS_EXPIRED, TL_TEST_TLS_EXPIRED, TL_TEST_TLS_GOOD }, 3,
    "tls.inconsistent" },
  { "T24/self-signed-and-expired", { TL_TEST_TLS_SELF_SIGNED, TL_TEST_TLS_EXPIRED }, 2,
    "tls.inconsistent" },
  { "T24/made-up-for-each", { TL_TEST_TLS_SELF_SIGNED, TL_TEST_TLS_SELF_SIGNED,
                              TL_TEST_TLS_SELF_SIGNED }, 3, "tls.self-signed" },
  /* A machine that is fine is not looked at twice. */
  { "T24/bad-behind-good", { TL_TEST_TLS_GOOD, TL_TEST_TLS_EXPIRED }, 2, "greet.timeout" },
};

static void
test_farm (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Farm farm = { .n = farm_cases[i].n };
  g_autoptr(TlTestServer) server = NULL;
  static const TlLaneBudget budget = { 4000, 4000, 6000, 500, 4000, 4000, 4000, 4000, 9000 };
  g_auto(TlTestLane) lane = { .kind = IN, .security = TL_SECURITY_TLS, .budget = &budget };

  for (guint j = 0; j < farm.n; j++)
    farm.contexts[j] = tl_test_ca_new_server (tl_test_lane_get_ca (), TL_TEST_LANE_HOST,
                                              farm_cases[i].shown[j]);
  server = tl_test_server_new (serve_farm, &farm);
  lane.port = tl_test_server_get_port (server);
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, farm_cases[i].id);
  g_assert_cmpuint (tl_test_server_get_n_served (server), ==,
                    farm_cases[i].shown[0] == TL_TEST_TLS_GOOD ? 1 : 3);
  if (g_str_equal (farm_cases[i].id, "tls.inconsistent"))
    g_assert_nonnull (tl_evidence_get_string (
      tl_finding_get_evidence (tl_lane_report_get_primary (lane.report)), TL_EVIDENCE_DETAIL));
  tl_test_lane_assert_sane (&lane);

  g_clear_pointer (&server, tl_test_server_free);
  for (guint j = 0; j < farm.n; j++)
    SSL_CTX_free (farm.contexts[j]);
}

/* A name of somebody else's in the certificate is not offered. */
static void
test_foreign_name (void)
{
  g_autoptr(TlTestCa) ca = tl_test_ca_new (NULL);
  g_autoptr(TlNetwork) network = tl_network_new_practice (tl_test_ca_get_pem (ca), NULL);
  g_autoptr(SSL_CTX) tls =
    tl_test_ca_new_server (ca, "mail.evil.example,mail.practice.invalid.evil.example",
                           TL_TEST_TLS_GOOD);
  g_autoptr(TlTestDoor) own = tl_test_door_new (TLS, tls);
  g_auto(TlTestLane) lane = {
    .kind = IN, .security = TL_SECURITY_TLS, .network = network,
    .port = tl_test_door_get_port (own),
  };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "tls.hostname");
  g_assert_null (tl_evidence_get_string (
    tl_finding_get_evidence (tl_lane_report_get_primary (lane.report)), TL_EVIDENCE_ENDPOINT));
}

/* --- Locked out, from the first sign-in on ---------------------------------------------------- */

static void
test_banned (void)
{
  const char *host = "ban.practice.invalid";
  g_autoptr(SSL_CTX) tls = tl_test_ca_new_server (tl_test_lane_get_ca (), host, TL_TEST_TLS_GOOD);
  g_autoptr(TlTestDoor) open = tl_test_door_new (
    OFFER (" SASL-IR") "C: %T AUTHENTICATE PLAIN ?*\nS: %T NO [AUTHENTICATIONFAILED] no\n", tls);
  g_autoptr(TlTestDoor) other = tl_test_door_new (CLOSED, NULL);
  const TlLanePorts ports = { .imap = tl_test_door_get_port (other) };
  const struct { TlTestDoor *door; gboolean is_shut; const char *id; } visits[] = {
    { .door = other, .id = "connect.refused" },
    { .door = open, .id = "auth.bad-credentials" },
    { .door = open, .is_shut = TRUE, .id = "connect.banned" },
  };

  g_test_summary ("A port that refuses is only a port; after a rejected sign-in it is a ban");

  for (gsize i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_auto(TlTestLane) lane = {
        .kind = IN, .security = TL_SECURITY_TLS, .host = host, .ports = &ports,
        .port = tl_test_door_get_port (visits[i].door),
      };

      if (visits[i].is_shut)
        tl_test_peer_stop (tl_test_door_get_peer (open));
      tl_test_lane_start (&lane);
      tl_test_lane_wait (&lane);
      g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, visits[i].id);
      tl_test_lane_assert_sane (&lane);
    }

  g_assert_cmpuint (tl_test_peer_count (tl_test_door_get_peer (open), "* AUTHENTICATE *"), ==, 1);
}

static void
test_prompt (void)
{
  g_autoptr(TlTestDoor) own = tl_test_door_new (CLOSED, NULL);
  g_autoptr(TlTestDoor) other = tl_test_door_new (SILENT, NULL);
  const TlLanePorts ports = { .imap = tl_test_door_get_port (other) };
  g_auto(TlTestLane) lane = {
    .kind = IN, .security = TL_SECURITY_TLS, .ports = &ports, .host = "n01.practice.invalid",
    .port = tl_test_door_get_port (own), .budget = &TL_LANE_BUDGET_DEFAULT,
  };
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("What is refused at once is told within a second, whoever else is silent");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "connect.refused");
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 1000 * 1000);
}

static void
test_cancelled (void)
{
  g_autoptr(TlTestDoor) own = tl_test_door_new (SILENT, NULL);
  g_autoptr(TlTestDoor) other = tl_test_door_new (SILENT, NULL);
  static const TlLaneBudget budget = { 4000, 6000, 4000, 500, 4000, 4000, 4000, 4000, 9000 };
  const TlLanePorts ports = { .imap = tl_test_door_get_port (other) };
  g_auto(TlTestLane) lane = {
    .kind = IN, .security = TL_SECURITY_TLS, .ports = &ports, .budget = &budget,
    .port = tl_test_door_get_port (own),
  };
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("Finding out more ends at once when it is not wanted any more");

  tl_test_lane_start (&lane);
  /* The step itself has four seconds, then two are left for explaining. */
  while (g_get_monotonic_time () - began_us < 4500 * 1000)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  g_assert_false (lane.has_ended);
  began_us = g_get_monotonic_time ();
  g_cancellable_cancel (lane.cancellable);
  tl_test_lane_wait (&lane);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 200 * 1000);
  g_assert_error (lane.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-explain/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_explain);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (farm_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-explain/", farm_cases[i].path, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_farm);
    }
  g_test_add_func ("/lane-explain/T03/foreign-name", test_foreign_name);
  g_test_add_func ("/lane-explain/A01/banned-by-a-rejection", test_banned);
  g_test_add_func ("/lane-explain/N01/prompt", test_prompt);
  g_test_add_func ("/lane-explain/cancelled", test_cancelled);

  return g_test_run ();
}
