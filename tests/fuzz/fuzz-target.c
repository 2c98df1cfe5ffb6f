/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-fuzz.h"
#include "tl-target-condition.h"
#include "tl-target-render.h"
#include "tl-target-template.h"

#define NOW_S  1769860800
#define SECRET "canary-7b1e\xc3\xa9\"'"

static TlLaneReport *
lane_new (TlLaneKind      lane,
          TlLaneSettings *settings)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  gsize n_stages;
  const TlStage *stages = tl_stage_list_lane (TL_SECURITY_TLS, &n_stages);
  const TlLaneReportParts parts = {
    .lane = lane, .settings = settings, .steps = steps, .tested_at_s = NOW_S,
  };

  for (gsize i = 0; i < n_stages; i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, (guint) i, 1));

  return tl_lane_report_new (&parts);
}

/* A mailbox that works, the same for every input. */
static const TlTargetMailbox *
get_mailbox (void)
{
  static TlTargetMailbox mailbox;
  g_autoptr(TlLaneSettings) in = NULL;
  g_autoptr(TlLaneSettings) out = NULL;
  g_autoptr(TlLaneReport) incoming = NULL;
  g_autoptr(TlLaneReport) outgoing = NULL;
  g_autoptr(TlPlan) plan = NULL;
  TlPlanLane lanes[2] = { { .source = TL_SOURCE_SRV, .trust = TL_TRUST_OWN_DOMAIN },
                          { .source = TL_SOURCE_SRV, .trust = TL_TRUST_OWN_DOMAIN } };

  if (mailbox.report != NULL)
    return &mailbox;

  in = tl_lane_settings_new_from_url ("imaps://imap.example.org:993", TL_AUTH_PASSWORD, "=ada", NULL);
  out = tl_lane_settings_new_from_url ("smtps://smtp.example.org:465", TL_AUTH_PASSWORD, "ada", NULL);
  incoming = lane_new (TL_LANE_INCOMING, in);
  outgoing = lane_new (TL_LANE_OUTGOING, out);
  lanes[0].settings = in;
  lanes[1].settings = out;
  plan = tl_plan_new (TL_PURPOSE_MAILBOX, tl_fuzz_get_address (), "Ada <L>", NULL, &lanes[0],
                      &lanes[1]);
  mailbox = (TlTargetMailbox) {
    tl_report_new (plan, incoming, outgoing), NOW_S, TRUE,
    tl_secret_new (SECRET, strlen (SECRET)), tl_secret_new (SECRET, strlen (SECRET)),
  };

  return &mailbox;
}

static void
check_language (const char *text)
{
  g_autoptr(TlTargetValues) values = tl_target_values_new (get_mailbox ());
  g_autoptr(GError) condition_error = NULL;
  g_autoptr(GError) template_error = NULL;
  g_autoptr(TlTargetCondition) condition = tl_target_condition_parse (text, &condition_error);
  g_autoptr(TlTargetTemplate) template = tl_target_template_parse (text, &template_error);
  g_autoptr(GString) out = g_string_new (NULL);
  TlTargetName failed;

  g_assert_true ((condition != NULL) != (condition_error != NULL));
  g_assert_true ((template != NULL) != (template_error != NULL));
  if (condition != NULL)
    tl_target_condition_test (condition, values);

  /* What it makes is one line of UTF-8, in which only the password has the canary. */
  if (template != NULL &&
      tl_target_template_append (template, values, TL_TARGET_TEXT, out, &failed))
    {
      g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));
      g_assert_null (strchr (out->str, '\n'));
      g_assert_true (strstr (text, "canary") != NULL || strstr (out->str, "canary") == NULL ||
                     (tl_target_template_get_names (template) & TL_TARGET_NAMES_SECRET) != 0);
    }
}

/* A file comes out twice the same; a sheet has no password in it. */
static void
check_target (TlTarget *target)
{
  const TlTargetMailbox *mailbox = get_mailbox ();
  g_autoptr(TlFinding) refusal = tl_target_refuse (target, mailbox);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = tl_target_render (target, mailbox, 1, &error);
  g_autoptr(GPtrArray) again = tl_target_render (target, mailbox, 1, NULL);
  g_autoptr(GBytes) page = tl_target_render_page (target, mailbox);
  g_autoptr(GBytes) text = tl_target_render_text (target, mailbox);

  g_assert_true ((files != NULL) != (error != NULL));
  g_assert_true (files == NULL || (refusal == NULL && files->len == 1));
  if (files != NULL)
    g_assert_true (g_bytes_equal (files->pdata[0], again->pdata[0]));

  g_assert_cmpint (page != NULL, ==, text != NULL);
  if (page != NULL)
    g_assert_null (g_strstr_len (g_bytes_get_data (page, NULL), (gssize) g_bytes_get_size (page),
                                 SECRET));
}

/* The bytes are a condition, a template, and a target. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlTarget) target = tl_target_parse (text, -1, &error);

  g_assert_true ((target != NULL) != (error != NULL));
  check_language (text);
  if (target != NULL)
    check_target (target);

  return 0;
}
