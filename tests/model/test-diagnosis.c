/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-diagnosis.h"

#include <string.h>

#include "tl-catalogue.h"
#include "tl-data.h"
#include "tl-json.h"
#include "tl-nick.h"
#include "tl-test-refusal.h"
#include "tl-text.h"

/* The order of calls that lanes/ has: sentence, then codes, then the reply code. */
static const char *
diagnose (const TlTestRefusal *refusal,
          TlStage              stage,
          const char          *host,
          const char          *sentence)
{
  TlLaneKind lane = refusal->is_smtp ? TL_LANE_OUTGOING : TL_LANE_INCOMING;
  g_autofree char *text = tl_text_clean (sentence, -1);
  const char *finding = tl_diagnosis_find_text (lane, stage, host, text, refusal->code);

  if (finding == NULL)
    finding = tl_diagnosis_find_enhanced (lane, stage, refusal->enhanced, refusal->imap_code);
  if (finding == NULL && refusal->code != 0)
    finding = tl_diagnosis_find_code (lane, stage, refusal->code);

  return finding;
}

static void
check_sample (const char *sample,
              const char *stage_word,
              const char *host,
              const char *finding)
{
  g_autofree char *expected = NULL;
  g_auto(TlTestRefusal) refusal = { 0, };
  int stage;

  g_assert_true (tl_nick_parse (TL_TYPE_STAGE, stage_word, &stage));
  expected = finding[0] == '*' ? g_strconcat (stage_word, finding + 1, NULL) : g_strdup (finding);
  tl_test_refusal_parse (sample, &refusal);

  g_test_message ("%s at %s: %s", host, stage_word, sample);
  if (strstr (refusal.whole, "5.3.4") == NULL)
    g_assert_cmpstr (diagnose (&refusal, (TlStage) stage, host, refusal.bare), ==, expected);
  g_assert_cmpstr (diagnose (&refusal, (TlStage) stage, host, refusal.whole), ==, expected);
  g_assert_nonnull (tl_catalogue_lookup (expected));
}

/* The words of one provider's server say nothing about anybody else's. */
static void
check_twin (const char *sample,
            const char *stage_word,
            const char *finding)
{
  g_auto(TlTestRefusal) refusal = { 0, };
  TlLaneKind lane;
  int stage;

  g_assert_true (tl_nick_parse (TL_TYPE_STAGE, stage_word, &stage));
  tl_test_refusal_parse (sample, &refusal);
  lane = refusal.is_smtp ? TL_LANE_OUTGOING : TL_LANE_INCOMING;

  g_test_message ("elsewhere at %s: %s", stage_word, sample);
  g_assert_cmpstr (tl_diagnosis_find_text (lane, (TlStage) stage, "mail.example.org",
                                           refusal.whole, refusal.code), !=, finding);
}

/* A host that the pattern takes. */
static char *
example_host (const char *pattern)
{
  return pattern == NULL ? g_strdup ("mail.example.org")
       : pattern[0] == '*' ? g_strconcat ("imap", pattern + 1, NULL) : g_strdup (pattern);
}

static void
test_row (gconstpointer data)
{
  g_autoptr(TlJsonReader) row = tl_json_reader_new ((TlJson *) data, "a row");
  g_auto(GStrv) samples = tl_json_reader_dup_strv (row, "samples", TL_JSON_REQUIRED, 100);
  g_auto(GStrv) stages = tl_json_reader_dup_strv (row, "stages", TL_JSON_REQUIRED, 100);
  g_auto(GStrv) hosts = tl_json_reader_dup_strv (row, "hosts", TL_JSON_OPTIONAL, 100);
  const char *finding = tl_json_reader_get_string (row, "finding", TL_JSON_REQUIRED);
  guint n = 0;

  for (guint i = 0; samples[i] != NULL; i++)
    {
      for (guint j = 0; stages[j] != NULL; j++)
        {
          if (hosts[0] != NULL)
            check_twin (samples[i], stages[j], finding);
          for (guint k = 0; k == 0 || hosts[k] != NULL; k++)
            {
              g_autofree char *host = example_host (hosts[k]);

              check_sample (samples[i], stages[j], host, finding);
              n++;
              if (hosts[k] == NULL)
                break;
            }
        }
    }

  g_assert_cmpuint (n, >, 0);
}

typedef struct
{
  const char *name;
  TlLaneKind  lane;
  TlStage     stage;
  const char *host;
  const char *text;
  guint       code;
  const char *expected;
} TextCase;

static const TextCase text_cases[] = {
  { "any-case", TL_LANE_OUTGOING, TL_STAGE_AUTH, NULL, "USERNAME AND PASSWORD NOT ACCEPTED", 535,
    "auth.bad-credentials" },
  { "folded", TL_LANE_OUTGOING, TL_STAGE_AUTH, NULL, "Username  and\\x0a Password\\x0d\\x0anot accepted",
    535, "auth.bad-credentials" },
  { "other-lane", TL_LANE_INCOMING, TL_STAGE_AUTH, NULL, "Username and Password not accepted", 0,
    NULL },
  { "other-stage", TL_LANE_OUTGOING, TL_STAGE_USE, NULL, "Username and Password not accepted", 535,
    NULL },
  { "host-first", TL_LANE_INCOMING, TL_STAGE_AUTH, "imap.mail.me.com", "Authentication failed.", 0,
    "auth.app-password" },
  { "host-other", TL_LANE_INCOMING, TL_STAGE_AUTH, "imap.example.org", "Authentication failed.", 0,
    "auth.bad-credentials" },
  { "host-glued", TL_LANE_INCOMING, TL_STAGE_AUTH, "imap.notmail.me.com", "LOGIN Authentication failed",
    0, NULL },
  { "host-none", TL_LANE_INCOMING, TL_STAGE_AUTH, NULL, "Authentication failed.", 0,
    "auth.bad-credentials" },
  { "more-fragments", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Sender address rejected: not logged in", 553, "use.relay-denied" },
  { "fewer-fragments", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Sender address rejected: Domain not found", 553, "use.sender-refused" },
  { "code-wanted", TL_LANE_OUTGOING, TL_STAGE_USE, NULL, "looks like spam", 554, "use.reputation" },
  { "code-other", TL_LANE_OUTGOING, TL_STAGE_USE, NULL, "looks like spam", 451, NULL },
  { "throttling-is-a-rate", TL_LANE_OUTGOING, TL_STAGE_USE, NULL, "Throttling failure", 454,
    "use.rate-limited" },
  { "throttling-at-auth", TL_LANE_OUTGOING, TL_STAGE_AUTH, NULL, "Throttling failure", 454,
    "auth.throttled" },
  { "credits-are-no-password", TL_LANE_OUTGOING, TL_STAGE_AUTH, NULL,
    "Authentication failed: Maximum credits exceeded", 451, "use.rate-limited" },
  { "quota-of-sending", TL_LANE_OUTGOING, TL_STAGE_USE, NULL, "sending quota exceeded", 552,
    "use.rate-limited" },
  { "quota-of-space", TL_LANE_OUTGOING, TL_STAGE_USE, NULL, "mailbox is full", 552, NULL },
  { "recipient-later", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Recipient address rejected: not now", 450, "use.temporary" },
  { "recipient-for-good", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Recipient address rejected: not now", 550, "use.recipient-refused" },
  { "recipient-rate", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Recipient address rejected: rate limit exceeded", 450, "use.rate-limited" },
  { "recipient-full", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Recipient address rejected: mailbox is full", 450, "use.over-quota" },
  { "recipient-quota", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Recipient address rejected: over quota", 451, "use.over-quota" },
  { "greylisted", TL_LANE_OUTGOING, TL_STAGE_USE, NULL,
    "Recipient address rejected: Greylisted", 450, "use.temporary" },
  { "greylisted-for-good", TL_LANE_OUTGOING, TL_STAGE_USE, NULL, "a greylist of ours", 550, NULL },
  { "unknown", TL_LANE_INCOMING, TL_STAGE_AUTH, NULL, "computer says no", 0, NULL },
  { "empty", TL_LANE_INCOMING, TL_STAGE_AUTH, NULL, "", 0, NULL },
  { "no-lane", TL_LANE_NONE, TL_STAGE_OAUTH, NULL, "error: invalid_grant", 0,
    "oauth.reauth-needed" },
};

static void
test_text (gconstpointer data)
{
  const TextCase *c = data;

  g_assert_cmpstr (tl_diagnosis_find_text (c->lane, c->stage, c->host, c->text, c->code), ==,
                   c->expected);
}

typedef struct
{
  const char *name;
  TlLaneKind  lane;
  TlStage     stage;
  const char *enhanced;
  const char *imap_code;
  const char *expected;
} EnhancedCase;

static const EnhancedCase enhanced_cases[] = {
  { "5.7.8",          TL_LANE_OUTGOING, TL_STAGE_AUTH,    "5.7.8",  NULL, "auth.bad-credentials" },
  { "5.7.14",         TL_LANE_OUTGOING, TL_STAGE_AUTH,    "5.7.14", NULL, NULL },
  { "4.7.0-greet",    TL_LANE_OUTGOING, TL_STAGE_GREET,   "4.7.0",  NULL, "greet.busy" },
  { "4.7.0-upgrade",  TL_LANE_OUTGOING, TL_STAGE_UPGRADE, "4.7.0",  NULL, "upgrade.refused" },
  { "4.7.0-auth",     TL_LANE_OUTGOING, TL_STAGE_AUTH,    "4.7.0",  NULL, "auth.temporary" },
  { "4.7.0-use",      TL_LANE_OUTGOING, TL_STAGE_USE,     "4.7.0",  NULL, "use.rate-limited" },
  { "4.2.0",          TL_LANE_OUTGOING, TL_STAGE_USE,     "4.2.0",  NULL, "use.temporary" },
  { "4.2.1",          TL_LANE_OUTGOING, TL_STAGE_USE,     "4.2.1",  NULL, "use.temporary" },
  { "4.2.2",          TL_LANE_OUTGOING, TL_STAGE_USE,     "4.2.2",  NULL, "use.over-quota" },
  { "4.3.0-auth",     TL_LANE_OUTGOING, TL_STAGE_AUTH,    "4.3.0",  NULL, "auth.temporary" },
  { "4.3.0-use",      TL_LANE_OUTGOING, TL_STAGE_USE,     "4.3.0",  NULL, "use.temporary" },
  { "4.3.0-deliver",  TL_LANE_OUTGOING, TL_STAGE_DELIVER, "4.3.0",  NULL, "use.temporary" },
  { "4.3.1",          TL_LANE_OUTGOING, TL_STAGE_USE,     "4.3.1",  NULL, "use.temporary" },
  { "4.3.2-use",      TL_LANE_OUTGOING, TL_STAGE_USE,     "4.3.2",  NULL, "use.temporary" },
  { "4.3.2-greet",    TL_LANE_OUTGOING, TL_STAGE_GREET,   "4.3.2",  NULL, "greet.busy" },
  { "5.1.1",          TL_LANE_OUTGOING, TL_STAGE_USE,     "5.1.1",  NULL, "use.recipient-refused" },
  { "5.1.8",          TL_LANE_OUTGOING, TL_STAGE_USE,     "5.1.8",  NULL, "use.sender-refused" },
  { "not-incoming",   TL_LANE_INCOMING, TL_STAGE_AUTH,    "5.7.8",  NULL, NULL },
  { "imap-any-case",  TL_LANE_INCOMING, TL_STAGE_AUTH,    NULL, "AuthenticationFailed",
    "auth.bad-credentials" },
  { "imap-expired",   TL_LANE_INCOMING, TL_STAGE_AUTH,    NULL, "EXPIRED", "auth.expired" },
  { "imap-privacy",   TL_LANE_INCOMING, TL_STAGE_AUTH,    NULL, "PRIVACYREQUIRED",
    "caps.tls-required" },
  { "imap-noperm",    TL_LANE_INCOMING, TL_STAGE_USE,     NULL, "NOPERM", "use.no-permission" },
  { "imap-limit-in",  TL_LANE_INCOMING, TL_STAGE_AUTH,    NULL, "LIMIT",
    "auth.too-many-connections" },
  { "imap-limit-use", TL_LANE_INCOMING, TL_STAGE_USE,     NULL, "LIMIT", "use.rate-limited" },
  { "imap-bug-use",   TL_LANE_INCOMING, TL_STAGE_USE,     NULL, "SERVERBUG", "use.temporary" },
  { "imap-later-in",  TL_LANE_INCOMING, TL_STAGE_AUTH,    NULL, "UNAVAILABLE", "auth.temporary" },
  { "imap-later-use", TL_LANE_INCOMING, TL_STAGE_USE,     NULL, "UNAVAILABLE", "use.temporary" },
  { "imap-clientbug", TL_LANE_INCOMING, TL_STAGE_CAPS,    NULL, "CLIENTBUG", "caps.protocol" },
  { "imap-alert",     TL_LANE_INCOMING, TL_STAGE_AUTH,    NULL, "ALERT", NULL },
  { "neither",        TL_LANE_INCOMING, TL_STAGE_AUTH,    NULL, NULL, NULL },
};

static void
test_enhanced (gconstpointer data)
{
  const EnhancedCase *c = data;

  g_assert_cmpstr (tl_diagnosis_find_enhanced (c->lane, c->stage, c->enhanced, c->imap_code), ==,
                   c->expected);
}

typedef struct
{
  const char *name;
  TlStage     stage;
  guint       code;
  const char *expected;
} CodeCase;

static const CodeCase code_cases[] = {
  { "535",         TL_STAGE_AUTH,    535, "auth.bad-credentials" },
  { "530-auth",    TL_STAGE_AUTH,    530, "caps.tls-required" },
  { "530-use",     TL_STAGE_USE,     530, "use.relay-denied" },
  { "534",         TL_STAGE_AUTH,    534, "caps.no-common-mechanism" },
  { "538",         TL_STAGE_AUTH,    538, "caps.tls-required" },
  { "454-auth",    TL_STAGE_AUTH,    454, "auth.temporary" },
  { "454-upgrade", TL_STAGE_UPGRADE, 454, "upgrade.refused" },
  { "421-greet",   TL_STAGE_GREET,   421, "greet.busy" },
  { "421-use",     TL_STAGE_USE,     421, "use.rate-limited" },
  { "450",         TL_STAGE_USE,     450, "use.temporary" },
  { "451",         TL_STAGE_USE,     451, "use.temporary" },
  { "451-auth",    TL_STAGE_AUTH,    451, "auth.temporary" },
  { "454-use",     TL_STAGE_USE,     454, "use.rate-limited" },
  { "452",         TL_STAGE_USE,     452, "use.over-quota" },
  { "550",         TL_STAGE_USE,     550, "use.recipient-refused" },
  { "552",         TL_STAGE_USE,     552, "use.over-quota" },
  { "553",         TL_STAGE_USE,     553, "use.sender-refused" },
  { "554-greet",   TL_STAGE_GREET,   554, "greet.rejected" },
  { "554-use",     TL_STAGE_USE,     554, "use.message-refused" },
  { "class-4",     TL_STAGE_AUTH,    499, "auth.temporary" },
  { "class-5",     TL_STAGE_AUTH,    599, "auth.refused" },
  { "not-a-no",    TL_STAGE_AUTH,    235, NULL },
  { "more-to-do",  TL_STAGE_AUTH,    334, NULL },
};

static void
test_code (gconstpointer data)
{
  const CodeCase *c = data;

  g_assert_cmpstr (tl_diagnosis_find_code (TL_LANE_OUTGOING, c->stage, c->code), ==, c->expected);
  g_assert_null (tl_diagnosis_find_code (TL_LANE_INCOMING, c->stage, c->code));
}

/* Whatever code a server makes up, the outgoing lane has something to say; of a
 * whole message, a code in the 500s alone says no more than that it was refused. */
static void
test_total (void)
{
  static const TlStage stages[] = {
    TL_STAGE_GREET, TL_STAGE_UPGRADE, TL_STAGE_CAPS, TL_STAGE_AUTH, TL_STAGE_USE, TL_STAGE_DELIVER,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      for (guint code = 400; code < 600; code++)
        {
          const char *id = tl_diagnosis_find_code (TL_LANE_OUTGOING, stages[i], code);

          if (stages[i] == TL_STAGE_DELIVER && code >= 500)
            {
              g_assert_null (id);
              continue;
            }
          g_assert_nonnull (id);
          g_assert_nonnull (tl_catalogue_lookup (id));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GBytes) bytes = tl_data_lookup ("diagnoses.json");
  g_autoptr(TlJson) document = NULL;
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  guint n_text = 0;

  g_test_init (&argc, &argv, NULL);

  document = tl_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                            NULL);
  reader = tl_json_reader_new (document, "the diagnoses");
  rows = tl_json_reader_dup_array (reader, "rows", TL_JSON_REQUIRED, 10000);
  g_assert_cmpuint (rows->len, ==, tl_diagnosis_get_n ());

  for (guint i = 0; i < rows->len; i++)
    {
      TlJson *row = g_ptr_array_index (rows, i);
      g_autoptr(TlJsonReader) names = tl_json_reader_new (row, "a row");
      g_autofree char *path = NULL;

      path = g_strconcat ("/diagnosis/row/",
                          tl_json_reader_get_string (names, "id", TL_JSON_REQUIRED), NULL);
      n_text += tl_json_reader_has (names, "text");
      g_test_add_data_func (path, row, test_row);
    }
  g_assert_cmpuint (n_text, >=, 60);

  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/diagnosis/text/", text_cases[i].name, NULL);

      g_test_add_data_func (path, &text_cases[i], test_text);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (enhanced_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/diagnosis/enhanced/", enhanced_cases[i].name, NULL);

      g_test_add_data_func (path, &enhanced_cases[i], test_enhanced);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (code_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/diagnosis/code/", code_cases[i].name, NULL);

      g_test_add_data_func (path, &code_cases[i], test_code);
    }

  g_test_add_func ("/diagnosis/total", test_total);

  return g_test_run ();
}
