/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-lane.h"
#include "tl-practice.h"
#include "tl-survey.h"

/* A look around the practice mailbox, as a guest of the incoming lane. */

typedef struct
{
  const char * const *create;
  TlMailboxFacts     *facts; /* owned */
} Visit;

static void
visit (struct _TlImapSession *session,
       TlRedact               redact,
       gconstpointer          redact_data,
       GCancellable          *cancellable,
       gpointer               user_data)
{
  Visit *self = user_data;
  const TlSurvey survey = {
    .create = self->create, .deadline = tl_deadline_in_ms (TL_SURVEY_MS), .redact = redact,
    .redact_data = redact_data,
  };

  self->facts = tl_survey_run_sync (&survey, session, cancellable, NULL);
}

static void
on_lane_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  TlLaneReport **out_report = user_data;
  g_autoptr(GError) error = NULL;

  *out_report = tl_lane_run_finish (TL_LANE (object), result, &error);
  g_assert_no_error (error);
}

static TlMailboxFacts *
look (TlPractice         *practice,
      TlNetwork          *network,
      const char * const *create)
{
  g_autoptr(TlAddress) address = tl_address_parse (TL_PRACTICE_ADDRESS, NULL);
  g_autoptr(TlSecret) secret = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (TL_PRACTICE_INCOMING_HOST,
                                                    tl_practice_get_incoming_port (practice),
                                                    TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint,
                                                             TL_AUTH_PASSWORD, TL_PRACTICE_ADDRESS,
                                                             NULL);
  g_autoptr(TlLane) lane = tl_lane_new (TL_LANE_INCOMING, settings, address, secret, network,
                                        &TL_LANE_BUDGET_DEFAULT);
  g_autoptr(TlLaneReport) report = NULL;
  Visit self = { create, NULL };

  tl_lane_invite (lane, visit, &self, NULL);
  tl_lane_run_async (lane, NULL, on_lane_done, &report);
  while (report == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (tl_lane_report_get_verdict (report), ==, TL_VERDICT_OK);

  return self.facts;
}

static char *
list (const TlMailboxFactsParts *parts)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < parts->entries->len; i++)
    {
      const TlMailboxEntry *entry = parts->entries->pdata[i];

      g_assert_cmpint (entry->n_messages, ==, 0);
      g_assert_cmpint (entry->n_bytes, ==, 0);
      g_assert_nonnull (entry->rights);
      g_string_append_printf (out, "%s%s ", entry->name, entry->is_new ? "+" : "");
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_practice (void)
{
  static const char * const wishes[] = { "Replies", "Sales/Réponses", NULL };
  static const struct
  {
    const char * const *create;
    const char         *folders;
  } looks[] = {
    { NULL,   "INBOX Archive Drafts Junk Sent Trash " },
    { wishes, "INBOX Archive Drafts Junk Sent Trash Replies+ Sales+ Sales/Réponses+ " },
    { wishes, "INBOX Archive Drafts Junk Sent Trash Replies Sales Sales/Réponses " },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPractice) practice = tl_practice_start (TL_PRACTICE_ALL_WELL, &error);
  g_autoptr(TlNetwork) network = NULL;

  g_assert_no_error (error);
  network = tl_network_new_practice (tl_practice_get_ca_pem (practice), &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autoptr(TlMailboxFacts) facts = look (practice, network, looks[i].create);
      const TlMailboxFactsParts *parts = tl_mailbox_facts_get_parts (facts);
      g_autofree char *folders = list (parts);

      g_assert_cmpstr (folders, ==, looks[i].folders);
      g_assert_cmpstr (parts->host, ==, TL_PRACTICE_INCOMING_HOST);
      g_assert_cmpuint (parts->quotas->len, ==, 2);
      g_assert_cmpuint (parts->failures->len, ==, 0);
      g_assert_false (parts->is_cut);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/survey/practice", test_practice);

  return g_test_run ();
}
