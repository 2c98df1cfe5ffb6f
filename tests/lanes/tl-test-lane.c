/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-lane.h"

#include <string.h>

#include "tl-json.h"
#include "tl-test-canary.h"

static const TlLaneBudget patient = {
  10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 30000
};

static const TlLanePorts nowhere = { 0 };

/**
 * tl_test_lane_get_ca:
 *
 * Returns: (transfer none): the one authority of the test program, for other peers of the same host
 */
TlTestCa *
tl_test_lane_get_ca (void)
{
  static TlTestCa *ca = NULL;

  if (ca == NULL)
    ca = tl_test_ca_new ("practice.invalid");

  return ca;
}

static TlNetwork *
get_network (void)
{
  static TlNetwork *network = NULL;

  if (network == NULL)
    network = tl_network_new_practice (tl_test_ca_get_pem (tl_test_lane_get_ca ()), NULL);
  g_assert_nonnull (network);

  return network;
}

static const char *
get_password (TlTestLane *self)
{
  return self->password == NULL ? TL_TEST_LANE_PASSWORD : self->password;
}

static void
on_step_started (TlLane  *lane,
                 TlStage  stage,
                 guint    budget_ms,
                 gpointer user_data)
{
  TlTestLane *self = user_data;

  g_assert_false (self->has_ended);
  g_string_append_printf (self->events, "+%s ", tl_stage_get_nick (stage));
}

static void
on_step_finished (TlLane  *lane,
                  TlStep  *step,
                  gpointer user_data)
{
  TlTestLane *self = user_data;

  g_assert_false (self->has_ended);
  g_string_append_printf (self->events, "-%s:%s ", tl_stage_get_nick (tl_step_get_stage (step)),
                          tl_status_get_nick (tl_step_get_status (step)));
}

static void
on_lane_ended (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  TlTestLane *self = user_data;

  g_assert_null (tl_lane_get_transcript (TL_LANE (source)));
  self->report = tl_lane_run_finish (TL_LANE (source), result, &self->error);
  self->took_us = g_get_monotonic_time () - self->began_us;
  self->has_ended = TRUE;
}

/**
 * tl_test_lane_start:
 * @self: filled in as far as it is not about how it goes
 *
 * Starts peer and lane, on the default main context.
 */
void
tl_test_lane_start (TlTestLane *self)
{
  TlNetwork *usual = self->network == NULL ? get_network () : self->network;
  g_autoptr(TlNetwork) network = self->min_tls == NULL
                                 ? tl_network_ref (usual)
                                 : tl_network_with_min_tls (usual, self->min_tls);
  const char *password = get_password (self);
  g_autoptr(TlSecret) secret = tl_secret_new (password, strlen (password));
  g_autoptr(TlAddress) address = tl_address_parse (self->address == NULL ? TL_TEST_LANE_ADDRESS
                                                                    : self->address, NULL);
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autoptr(GError) error = NULL;
  guint16 port = self->port;

  if (self->script != NULL)
    {
      g_autoptr(SSL_CTX) tls = NULL;

      tls = tl_test_ca_new_server (tl_test_lane_get_ca (),
                                   self->names == NULL ? TL_TEST_LANE_HOST : self->names,
                                   self->peculiar);
      self->peer = tl_test_peer_new (self->script, tls);
      if (self->hook != NULL)
        tl_test_peer_set_hook (self->peer, self->hook, self->hook_data);
      port = tl_test_peer_start (self->peer);
    }

  endpoint = tl_endpoint_new (self->host == NULL ? TL_TEST_LANE_HOST : self->host, port,
                              self->security, &error);
  g_assert_no_error (error);
  settings = tl_lane_settings_new (self->kind == TL_LANE_OUTGOING ? TL_PROTOCOL_SMTP
                                                                  : TL_PROTOCOL_IMAP,
                                   endpoint, self->auth,
                                   self->username == NULL ? TL_TEST_LANE_ADDRESS : self->username,
                                   &error);
  g_assert_no_error (error);
  if (self->folder != NULL)
    {
      g_autoptr(TlLaneSettings) plain = g_steal_pointer (&settings);

      settings = tl_lane_settings_with_folder (plain, self->folder);
    }

  self->began_us = g_get_monotonic_time ();
  self->events = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->lane = tl_lane_new_with_ports (self->kind, settings, address,
                                       self->has_no_secret ? NULL : secret,
                                       network,
                                       self->budget == NULL ? &patient : self->budget,
                                       self->ports == NULL ? &nowhere : self->ports);
  g_signal_connect (self->lane, "step-started", G_CALLBACK (on_step_started), self);
  g_signal_connect (self->lane, "step-finished", G_CALLBACK (on_step_finished), self);
  if (self->guest != NULL)
    tl_lane_invite (self->lane, self->guest, self->guest_data, self->guest_destroy);
  tl_lane_run_async (self->lane, self->cancellable, on_lane_ended, self);
}

/**
 * tl_test_lane_wait:
 * @self: a lane that was started
 *
 * Runs the default main context until the lane has ended, and stops the peer.
 */
void
tl_test_lane_wait (TlTestLane *self)
{
  while (!self->has_ended)
    g_main_context_iteration (NULL, TRUE);
  if (self->peer != NULL)
    tl_test_peer_stop (self->peer);
}

/**
 * tl_test_lane_run:
 * @self: filled in as far as it is not about how it goes, with a script
 *
 * Starts it, waits for it, and logs what was said.
 */
void
tl_test_lane_run (TlTestLane *self)
{
  const char *problem;

  tl_test_lane_start (self);
  tl_test_lane_wait (self);
  problem = tl_test_peer_get_problem (self->peer);
  g_test_message ("%s%s", tl_test_peer_get_transcript (self->peer), problem == NULL ? "" : problem);
}

void
tl_test_lane_clear (TlTestLane *self)
{
  g_clear_pointer (&self->peer, tl_test_peer_free);
  g_clear_object (&self->lane);
  g_clear_object (&self->cancellable);
  if (self->events != NULL)
    g_string_free (g_steal_pointer (&self->events), TRUE);
  g_clear_pointer (&self->report, tl_lane_report_unref);
  g_clear_error (&self->error);
}

/* Tests may go on behind a failed assertion, but not without a report. */
static TlLaneReport *
get_report (TlTestLane *self)
{
  if (self->report == NULL)
    g_error ("there is no report: %s", self->error->message);

  return self->report;
}

/**
 * tl_test_lane_get_primary:
 * @self: a lane that has ended with a report
 *
 * Returns: (transfer none) (nullable): the id of the finding that decided
 */
const char *
tl_test_lane_get_primary (TlTestLane *self)
{
  TlFinding *primary = tl_lane_report_get_primary (get_report (self));

  return primary == NULL ? NULL : tl_finding_get_id (primary);
}

/**
 * tl_test_lane_count_auth:
 * @self: a lane that has ended
 *
 * Returns: how many times it tried to sign in
 */
guint
tl_test_lane_count_auth (TlTestLane *self)
{
  return tl_test_peer_count (self->peer, "AUTH *") +
         tl_test_peer_count (self->peer, "* AUTHENTICATE *") +
         tl_test_peer_count (self->peer, "* LOGIN *");
}

/**
 * tl_test_lane_has_finding:
 * @self: a lane that has ended with a report
 * @id: of a finding
 *
 * Returns: whether it is among those of the report
 */
gboolean
tl_test_lane_has_finding (TlTestLane *self,
                          const char *id)
{
  GPtrArray *findings = tl_lane_report_get_findings (get_report (self));

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (tl_finding_get_id (findings->pdata[i]), id))
      return TRUE;

  return FALSE;
}

/* No way of writing the password down is in @bytes. */
static void
assert_no_password (TlTestLane         *self,
                    const TlTestCanary *canary,
                    const char         *where,
                    const void         *bytes,
                    gsize               len)
{
  g_auto(GStrv) fragments = g_strsplit_set (get_password (self), "\"\\", -1);
  const char *way = tl_test_canary_find (canary, bytes, len);

  /* However often it was escaped. */
  for (gsize i = 0; way == NULL && len > 0 && fragments[i] != NULL; i++)
    if (strlen (fragments[i]) >= 4 &&
        memmem (bytes, len, fragments[i], strlen (fragments[i])) != NULL)
      way = "in part";
  if (way != NULL)
    g_error ("the password, %s, is in %s of\n%s", way, where, self->script);
}

/**
 * tl_test_lane_assert_sane:
 * @self: a lane that has ended
 *
 * What holds however a server behaves: what was said in the clear, the
 * transcript, the report and the evidence hold no password; there was one attempt to sign
 * in at most; what was said in the clear is not reported; a lane that is not
 * green has one error, of the catalogue, and it is the primary.
 */
void
tl_test_lane_assert_sane (TlTestLane *self)
{
  g_autoptr(TlTestCanary) canary = tl_test_canary_new (get_password (self));
  g_autofree char *transcript = tl_transcript_to_string (tl_lane_get_transcript (self->lane));
  g_autoptr(TlJson) json = NULL;
  g_autofree char *report = NULL;
  GPtrArray *findings;
  guint n_errors = 0;

  json = tl_lane_report_to_json (get_report (self));
  report = tl_json_to_canonical (json);
  assert_no_password (self, canary, "the transcript", transcript, strlen (transcript));
  assert_no_password (self, canary, "the report", report, strlen (report));
  if (self->peer != NULL)
    {
      g_autoptr(GBytes) in_clear = tl_test_peer_dup_clear_bytes (self->peer);
      gsize len;
      const void *bytes = g_bytes_get_data (in_clear, &len);

      assert_no_password (self, canary, "what was sent in the clear", bytes, len);
      g_assert_cmpuint (tl_test_lane_count_auth (self), <=, 1);
    }

  if (tl_lane_report_get_tls (self->report) == NULL)
    g_assert_null (tl_lane_report_get_capabilities (self->report)[0]);

  findings = tl_lane_report_get_findings (self->report);
  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = findings->pdata[i];
      g_autofree char *evidence = g_variant_print (tl_finding_get_evidence (finding), FALSE);

      g_assert_nonnull (tl_catalogue_lookup (tl_finding_get_id (finding)));
      assert_no_password (self, canary, "the evidence", evidence, strlen (evidence));
      n_errors += tl_finding_get_severity (finding) == TL_SEVERITY_ERROR;
    }

  if (tl_lane_report_get_verdict (self->report) == TL_VERDICT_ERROR)
    {
      g_assert_cmpuint (n_errors, ==, 1);
      g_assert_true (findings->len > 0 &&
                     tl_lane_report_get_primary (self->report) == findings->pdata[0]);
    }
  else
    {
      g_assert_cmpuint (n_errors, ==, 0);
    }
}

/**
 * tl_test_lane_assert_hidden:
 * @self: a lane that has ended
 * @quoted: (nullable): a line of the client that the server quoted, %NULL when it quoted none
 *
 * The quote is neither in the transcript nor in the evidence.
 */
void
tl_test_lane_assert_hidden (TlTestLane *self,
                            const char *quoted)
{
  g_autofree char *transcript = tl_transcript_to_string (tl_lane_get_transcript (self->lane));
  GPtrArray *findings = tl_lane_report_get_findings (self->report);

  if (quoted == NULL)
    return;

  g_assert_nonnull (strstr (transcript, "for you"));
  g_assert_null (strstr (transcript, quoted));
  for (guint i = 0; i < findings->len; i++)
    {
      GVariant *evidence = tl_finding_get_evidence (findings->pdata[i]);
      g_autofree char *text = g_variant_print (evidence, FALSE);

      g_assert_null (strstr (text, quoted));
    }
}
