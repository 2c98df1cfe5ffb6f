/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of lanes and of messages to oneself for a set-up to show. Nobody is connected to. */
#include "tl-scene-lanes.h"

#include "tl-loop.h"
#include "tl-scene.h"
#include "tl-setup-private.h"

#define ADDRESS  "ada@acme.test"
#define INCOMING "imaps://imap.acme.test:993"
#define OUTGOING "smtps://smtp.acme.test:465"

#define PATIENCE_MS 10000

typedef struct
{
  const char *url;         /* what was tested */
  TlStage     stage;       /* where something was found */
  guint       ms;          /* how long that stage took */
  const char *id;          /* what was found; NULL: nothing */
  const char *evidence;    /* of it, in GVariant text */
} LaneScene;

static const LaneScene scenes[][2] = {
  [TL_SCENE_LANES_GREEN] = { { .url = INCOMING }, { .url = OUTGOING } },
  [TL_SCENE_LANES_ENDPOINT] = {
    { .url = "imap://imap.acme.test:993", .stage = TL_STAGE_GREET, .ms = 3012,
      .id = "greet.tls-expected",
      .evidence = "{'host': <'imap.acme.test'>, 'port': <uint32 993>,"
                  " 'endpoint': <'imaps://imap.acme.test:993'>}" },
    { .url = OUTGOING },
  },
  [TL_SCENE_LANES_USER] = {
    { .url = INCOMING },
    { .url = OUTGOING, .stage = TL_STAGE_AUTH, .ms = 2087, .id = "auth.bad-credentials",
      .evidence = "{'host': <'smtp.acme.test'>, 'port': <uint32 465>, 'user': <'" ADDRESS "'>,"
                  " 'reply_code': <uint32 535>, 'enhanced_code': <'5.7.8'>,"
                  " 'server_text': <'5.7.8 Error: authentication failed'>}" },
  },
  [TL_SCENE_LANES_THROTTLED] = {
    { .url = INCOMING },
    { .url = OUTGOING, .stage = TL_STAGE_AUTH, .ms = 95, .id = "auth.throttled",
      .evidence = "{'host': <'smtp.acme.test'>, 'port': <uint32 465>,"
                  " 'reply_code': <uint32 454>, 'enhanced_code': <'4.7.0'>,"
                  " 'retry_after': <uint32 1200>,"
                  " 'server_text': <'4.7.0 Too many login attempts, try again in 20 minutes'>}" },
  },
  [TL_SCENE_LANES_BLOCKED] = {
    { .url = INCOMING },
    { .url = "smtp://smtp.acme.test:587", .stage = TL_STAGE_CONNECT, .ms = 10004,
      .id = "connect.ports-blocked",
      .evidence = "{'host': <'smtp.acme.test'>, 'port': <uint32 587>,"
                  " 'ports_silent': <['25', '465', '587', '2525']>,"
                  " 'ports_open': <['443', '993']>}" },
  },
  [TL_SCENE_LANES_BANNED] = {
    { .url = INCOMING, .stage = TL_STAGE_CONNECT, .ms = 10002, .id = "connect.banned",
      .evidence = "{'host': <'imap.acme.test'>, 'port': <uint32 993>}" },
    { .url = OUTGOING },
  },
  [TL_SCENE_LANES_INTERCEPTED] = {
    { .url = INCOMING, .stage = TL_STAGE_TLS, .ms = 61, .id = "tls.intercepted",
      .evidence = "{'host': <'imap.acme.test'>, 'port': <uint32 993>,"
                  " 'issuer': <'Example Mail Shield Root'>, 'product': <'Example Mail Shield'>}" },
    { .url = OUTGOING, .stage = TL_STAGE_TLS, .ms = 58, .id = "tls.intercepted",
      .evidence = "{'host': <'smtp.acme.test'>, 'port': <uint32 465>,"
                  " 'issuer': <'Example Mail Shield Root'>, 'product': <'Example Mail Shield'>}" },
  },
  [TL_SCENE_LANES_EXPIRES] = {
    { .url = INCOMING, .stage = TL_STAGE_TLS, .ms = 52, .id = "tls.expires-soon",
      .evidence = "{'host': <'imap.acme.test'>, 'port': <uint32 993>, 'days': <uint32 12>,"
                  " 'not_after': <'2031-03-14T11:00:00Z'>}" },
    { .url = OUTGOING },
  },
};

static const TlLaneFactsParts facts[] = {
  {
    .software = "Dovecot", .mechanism = "SCRAM-SHA-256-PLUS", .delimiter = '/', .rights = "lrswit",
    .has_quota = TRUE, .quota_used = 1331200, .quota_limit = 15728640, .n_messages = 2184,
    .idles = TRUE,
  },
  { .software = "Postfix", .mechanism = "PLAIN", .n_messages = -1, .max_message_bytes = 52428800 },
};

static TlFinding *
make_finding (const LaneScene *scene,
              TlLaneKind       lane)
{
  g_autoptr(GError) error = NULL;
  GVariant *evidence;

  if (scene->id == NULL)
    return NULL;

  evidence = g_variant_parse (G_VARIANT_TYPE_VARDICT, scene->evidence, NULL, NULL, &error);
  g_assert_no_error (error);

  return tl_finding_new (scene->id, lane, evidence);
}

static gboolean
is_error (TlFinding *finding)
{
  return finding != NULL && tl_finding_get_severity (finding) == TL_SEVERITY_ERROR;
}

/* Every stage takes its time; what failed ends the lane. */
static GPtrArray *
make_steps (const LaneScene *scene,
            TlSecurity       security,
            TlFinding       *finding)
{
  static const guint usual_ms[] = { 12, 48, 52, 50, 31, 61, 84, 55 };
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  gsize n_stages;
  const TlStage *stages = tl_stage_list_lane (security, &n_stages);
  guint began_ms = 0;

  for (gsize i = 0; i < n_stages; i++)
    {
      gboolean is_here = finding != NULL && stages[i] == scene->stage;
      guint ms = is_here ? scene->ms : usual_ms[i % G_N_ELEMENTS (usual_ms)];
      TlStatus status = !is_here ? TL_STATUS_OK
                        : is_error (finding) ? TL_STATUS_ERROR : TL_STATUS_WARNING;

      g_ptr_array_add (steps, tl_step_new (stages[i], status, began_ms, ms));
      began_ms += ms;
      if (status == TL_STATUS_ERROR)
        break;
    }

  return steps;
}

static void
test_lane (TlSetup         *setup,
           TlLaneKind       lane,
           const LaneScene *scene,
           int              ago_s)
{
  const char *names[] = { lane == TL_LANE_INCOMING ? "imap.acme.test" : "smtp.acme.test", NULL };
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (scene->url, TL_AUTH_PASSWORD, ADDRESS, NULL);
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);
  g_autoptr(TlFinding) finding = make_finding (scene, lane);
  g_autoptr(GPtrArray) steps = make_steps (scene, tl_endpoint_get_security (endpoint), finding);
  g_autoptr(GPtrArray) findings = g_ptr_array_new ();
  g_autoptr(TlTlsInfo) tls =
    tl_tls_info_new ("TLSv1.3", "TLS_AES_256_GCM_SHA384",
                     "6d0b4f1e7a1c9e50c1f6a2d9be27ee2a4b7a0c7f3d7f1ad4e3a0cf5b19f0e6d2",
                     "Example Trust CA", names, 1931250600);
  g_autoptr(TlLaneFacts) learnt = tl_lane_facts_new (&facts[lane - TL_LANE_INCOMING]);
  g_autoptr(TlLaneReport) report = NULL;

  if (finding != NULL)
    g_ptr_array_add (findings, finding);
  tl_lane_draft_set_settings (tl_setup_get_draft (setup, lane), settings, TL_SOURCE_MANUAL,
                              TL_TRUST_MANUAL);
  report = tl_lane_report_new (&(TlLaneReportParts) {
    .lane = lane, .settings = settings, .steps = steps, .findings = findings,
    .tls = is_error (finding) ? NULL : tls, .address = "192.0.2.7",
    .facts = is_error (finding) ? NULL : learnt,
    .tested_at_s = g_get_real_time () / G_USEC_PER_SEC - ago_s,
  });
  tl_setup_remember_user (setup, lane, ADDRESS);
  tl_lane_run_show (tl_setup_get_run (setup, lane), report);
}

/**
 * tl_scene_test:
 * @setup: a set-up
 * @lanes: how the test ends
 *
 * Gives both lanes settings, a password and a result.
 */
void
tl_scene_test (TlSetup      *setup,
               TlSceneLanes  lanes)
{
  tl_scene_test_ago (setup, lanes, 0);
}

/**
 * tl_scene_test_ago:
 * @setup: a set-up
 * @lanes: how the test ended
 * @ago_s: how many seconds ago; negative: by a clock that is ahead
 *
 * Like tl_scene_test(), with a result of some time ago.
 */
void
tl_scene_test_ago (TlSetup      *setup,
                   TlSceneLanes  lanes,
                   int           ago_s)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("swordfish", 9);

  tl_scene_show (setup, ADDRESS, 0);
  tl_setup_set_secret (setup, TL_LANE_NONE, secret);
  for (gsize i = 0; i < G_N_ELEMENTS (scenes[lanes]); i++)
    test_lane (setup, i == 0 ? TL_LANE_INCOMING : TL_LANE_OUTGOING, &scenes[lanes][i], ago_s);
  tl_setup_refresh_results (setup);
}

/**
 * tl_scene_misdirect:
 * @setup: a practice mailbox
 *
 * Sets its incoming lane to a port where nothing is, and lets it be found so.
 *
 * Returns: (transfer full): what was found, which names the right server
 */
TlFinding *
tl_scene_misdirect (TlSetup *setup)
{
  g_autofree char *url = g_strdup_printf ("imaps://%s:%u", TL_PRACTICE_INCOMING_HOST,
                                          tl_practice_get_incoming_port (setup->practice));
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  TlFinding *finding;

  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "port", 1,
                "security", TL_SECURITY_STARTTLS, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_ENDPOINT, "s", url);
  finding = tl_finding_new ("tls.plaintext-peer", TL_LANE_INCOMING, g_variant_dict_end (&evidence));
  tl_lane_run_miss (tl_setup_get_run (setup, TL_LANE_INCOMING), finding);
  tl_setup_refresh_results (setup);

  return finding;
}

static void
start_loop (TlSetup *setup)
{
  TlLoopParts parts = { .budget = &TL_LANE_BUDGET_DEFAULT };

  parts.incoming = tl_lane_report_get_settings (tl_lane_run_get_report (setup->lanes[0].run));
  parts.outgoing = tl_lane_report_get_settings (tl_lane_run_get_report (setup->lanes[1].run));
  parts.address = setup->address;
  parts.incoming_secret = setup->lanes[0].secret;
  parts.outgoing_secret = setup->lanes[1].secret;
  parts.network = setup->network;
  setup->loop = tl_loop_new (&parts);
  setup->is_looping = TRUE;
  setup->loop_stage = TL_LOOP_STAGE_WAITING;
  g_object_notify (G_OBJECT (setup), "loop-stage");
  g_object_notify (G_OBJECT (setup), "looping");
}

static void
add_finding (GPtrArray  *findings,
             const char *id,
             const char *evidence)
{
  g_ptr_array_add (findings, tl_finding_new (id, TL_LANE_NONE,
                                             evidence == NULL ? NULL
                                             : g_variant_parse (G_VARIANT_TYPE_VARDICT, evidence,
                                                                NULL, NULL, NULL)));
}

/**
 * tl_scene_loop:
 * @setup: a set-up whose lanes work
 * @loop: how far it is
 *
 * Lets a message to oneself be under way, or have an end. Nothing is sent.
 */
void
tl_scene_loop (TlSetup     *setup,
               TlSceneLoop  loop)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  TlLoopReportParts parts = {
    .is_sent = TRUE, .sent_ms = 412, .is_back = TRUE, .back_ms = 1830, .folder = "INBOX",
    .role = "inbox", .n_copies = 1, .judge = "mx.acme.test", .spf = "pass", .dkim = "pass",
    .dkim_domain = "acme.test", .dkim_selector = "s2031", .dmarc = "pass",
    .filing = TL_LOOP_FILING_FILED, .sent_folder = "Sent", .is_removed = TRUE, .findings = findings,
  };

  switch (loop)
    {
    case TL_SCENE_LOOP_RUNNING:
      start_loop (setup);
      return;
    case TL_SCENE_LOOP_GREEN:
      break;
    case TL_SCENE_LOOP_JUNK:
      parts.folder = "Junk";
      parts.role = "junk";
      parts.dkim = "none";
      parts.dkim_domain = parts.dkim_selector = NULL;
      parts.spf = "softfail";
      parts.dmarc = "fail";
      parts.filing = TL_LOOP_FILING_NOT_FILED;
      parts.sent_folder = NULL;
      parts.is_removed = FALSE;
      add_finding (findings, "deliver.in-junk", NULL);
      add_finding (findings, "deliver.dmarc-fail", "{'domain': <'acme.test'>}");
      add_finding (findings, "deliver.not-filed", NULL);
      add_finding (findings, "deliver.left-behind", "{'folder': <'Junk'>}");
      break;
    case TL_SCENE_LOOP_LOST:
      parts = (TlLoopReportParts) { .is_sent = TRUE, .sent_ms = 412, .findings = findings };
      add_finding (findings, "deliver.timeout", "{'seconds': <uint32 120>}");
      break;
    default:
      g_assert_not_reached ();
    }

  setup->loop_report = tl_loop_report_new (&parts);
  g_list_store_splice (setup->loop_findings, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (setup->loop_findings)),
                       findings->pdata, findings->len);
  g_object_notify (G_OBJECT (setup), "loop-report");
}

/**
 * tl_scene_end_loop:
 * @setup: a set-up
 *
 * Ends a message to oneself that is only said to be under way.
 */
void
tl_scene_end_loop (TlSetup *setup)
{
  setup->is_looping = FALSE;
  g_clear_object (&setup->loop);
  g_object_notify (G_OBJECT (setup), "looping");
}

static gboolean
on_patience_lost (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/**
 * tl_scene_get:
 * @setup: a set-up
 * @property: a truth value of it
 *
 * Returns: what it is
 */
gboolean
tl_scene_get (TlSetup    *setup,
              const char *property)
{
  gboolean value = FALSE;

  g_object_get (setup, property, &value, NULL);

  return value;
}

/**
 * tl_scene_run_until:
 * @setup: a set-up
 * @property: a truth value of it
 * @wanted: what it becomes within ten seconds
 *
 * Lets things happen until then, and whatever follows from it.
 */
void
tl_scene_run_until (TlSetup    *setup,
                    const char *property,
                    gboolean    wanted)
{
  gboolean lost = FALSE;
  guint patience = g_timeout_add (PATIENCE_MS, on_patience_lost, &lost);

  while (tl_scene_get (setup, property) != wanted && !lost)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (lost);
  g_source_remove (patience);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
