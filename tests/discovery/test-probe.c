/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-probe.h"

#include "tl-practice.h"
#include "tl-test-ca.h"
#include "tl-test-peer.h"

typedef struct
{
  const char         *name;
  TlPracticeScenario  scenario;
  TlLaneKind          lane;
  gboolean            at_outgoing; /* the port that is tried */
  const char         *host;
  TlSecurity          security;
  gboolean            is_there;
  TlCause             cause;       /* when it is not */
} ProbeCase;

static const ProbeCase probe_cases[] = {
  { "incoming", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING, FALSE, TL_PRACTICE_INCOMING_HOST,
    TL_SECURITY_TLS, TRUE },
  { "outgoing", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING, TRUE, TL_PRACTICE_OUTGOING_HOST,
    TL_SECURITY_STARTTLS, TRUE },
  { "no-log-in-needed", TL_PRACTICE_WRONG_PASSWORD, TL_LANE_INCOMING, FALSE,
    TL_PRACTICE_INCOMING_HOST,
    TL_SECURITY_TLS, TRUE },
  { "other-service", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING, FALSE, TL_PRACTICE_INCOMING_HOST,
    TL_SECURITY_TLS,
    FALSE, TL_CAUSE_WRONG_SERVICE },
  { "other-service-in-the-clear", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING, TRUE,
    TL_PRACTICE_OUTGOING_HOST,
    TL_SECURITY_STARTTLS, FALSE, TL_CAUSE_WRONG_SERVICE },
  { "other-name", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING, FALSE, TL_PRACTICE_OUTGOING_HOST,
    TL_SECURITY_TLS,
    FALSE, TL_CAUSE_HOSTNAME },
  { "other-certificate", TL_PRACTICE_WRONG_CERTIFICATE, TL_LANE_OUTGOING, TRUE,
    TL_PRACTICE_OUTGOING_HOST,
    TL_SECURITY_STARTTLS, FALSE, TL_CAUSE_HOSTNAME },
  { "plain-where-tls-is-expected", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING, TRUE,
    TL_PRACTICE_OUTGOING_HOST,
    TL_SECURITY_TLS, FALSE, TL_CAUSE_PLAINTEXT_PEER },
  { "tls-where-plain-is-expected", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING, FALSE,
    TL_PRACTICE_INCOMING_HOST,
    TL_SECURITY_STARTTLS, FALSE, TL_CAUSE_TIMEOUT },
  { "silent", TL_PRACTICE_PORT_BLOCKED, TL_LANE_OUTGOING, TRUE, TL_PRACTICE_OUTGOING_HOST,
    TL_SECURITY_STARTTLS,
    FALSE, TL_CAUSE_TIMEOUT },
  { "no-such-name", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING, FALSE, "imap.example.org",
    TL_SECURITY_TLS,
    FALSE, TL_CAUSE_NXDOMAIN },
};

static void
test_probe (gconstpointer data)
{
  const ProbeCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPractice) practice = tl_practice_start (c->scenario, &error);
  g_autoptr(TlNetwork) network = NULL;
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlFault) fault = NULL;
  gboolean is_there;

  g_assert_no_error (error);
  network = tl_network_new_practice (tl_practice_get_ca_pem (practice), &error);
  g_assert_no_error (error);
  endpoint = tl_endpoint_new (c->host, c->at_outgoing ? tl_practice_get_outgoing_port (practice)
                                                      : tl_practice_get_incoming_port (practice),
                              c->security, &error);
  g_assert_no_error (error);

  is_there = tl_probe_run_sync (network, c->lane, endpoint, tl_deadline_in_ms (1500), NULL, &fault,
                                &error);
  g_assert_no_error (error);
  g_assert_cmpint (is_there, ==, c->is_there);
  if (c->is_there)
    g_assert_null (fault);
  else
    g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                     tl_cause_get_nick (c->cause));
}

/* What comes with the agreement to STARTTLS, in the same packet. */
typedef struct
{
  const char *name;
  TlLaneKind  lane;
  const char *script; /* up to the agreement, which it leaves open */
  const char *behind;
  TlCause     cause;
} InjectCase;

#define SMTP "S: 220 hello\nC: EHLO *\nS: 250-hello\nS: 250 STARTTLS\nC: STARTTLS\nS! 220 go\\r\\n"
#define IMAP "S: * OK hello\nC: %T STARTTLS\nS! %T OK go\\r\\n"

static const InjectCase inject_cases[] = {
  { "smtp-answer", TL_LANE_OUTGOING, SMTP, "250 injected\\r\\n", TL_CAUSE_INJECTED },
  { "smtp-byte",   TL_LANE_OUTGOING, SMTP, "2",                  TL_CAUSE_INJECTED },
  { "imap-answer", TL_LANE_INCOMING, IMAP, "* OK injected\\r\\n", TL_CAUSE_INJECTED },
  /* The same conversation without: what is next is the handshake. */
  { "smtp-none",   TL_LANE_OUTGOING, SMTP, "",                   TL_CAUSE_TIMEOUT },
  { "imap-none",   TL_LANE_INCOMING, IMAP, "",                   TL_CAUSE_TIMEOUT },
};

static void
test_inject (gconstpointer data)
{
  const InjectCase *c = data;
  g_autoptr(TlTestCa) authority = tl_test_ca_new ("practice.invalid");
  g_autoptr(TlNetwork) network = tl_network_new_practice (tl_test_ca_get_pem (authority), NULL);
  g_autofree char *script = g_strconcat (c->script, c->behind, "\nHANG", NULL);
  TlTestPeer *peer = tl_test_peer_new (script, NULL);
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (TL_PRACTICE_OUTGOING_HOST,
                                                    tl_test_peer_start (peer),
                                                    TL_SECURITY_STARTTLS, NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (tl_probe_run_sync (network, c->lane, endpoint, tl_deadline_in_ms (1500), NULL,
                                     &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick (c->cause));

  tl_test_peer_free (peer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (probe_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/", probe_cases[i].name, NULL);

      g_test_add_data_func (path, &probe_cases[i], test_probe);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (inject_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/inject/", inject_cases[i].name, NULL);

      g_test_add_data_func (path, &inject_cases[i], test_inject);
    }

  return g_test_run ();
}
