/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-diagnosis.h"

#include "tl-nick.h"
#include "tl-test-refusal.h"
#include "tl-text.h"

/* tests/data/diagnoses.ini: what servers and networks do, and what it must be called. */
#define N_ROWS 104

static GKeyFile *table;

static char *
get (const char *group,
     const char *key)
{
  return g_key_file_get_string (table, group, key, NULL);
}

static int
parse_nick (GType       type,
            const char *group,
            const char *key)
{
  g_autofree char *nick = get (group, key);
  int value = 0;

  g_assert_true (tl_nick_parse (type, nick, &value));

  return value;
}

static void
insert_string (GVariantDict *dict,
               const char   *key,
               const char   *value)
{
  if (value != NULL)
    g_variant_dict_insert (dict, key, "s", value);
}

/* The fault that the protocol layer would make of it. */
static TlFault *
make_fault (const char          *group,
            const TlTestRefusal *refusal,
            const char          *sentence,
            const char          *host)
{
  g_autofree char *mechanism = get (group, "mechanism");
  g_autofree char *token_status = get (group, "token_status");
  g_autofree char *text = NULL;
  TlCause cause = TL_CAUSE_REFUSED;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  insert_string (&dict, TL_EVIDENCE_HOST, host);
  insert_string (&dict, TL_EVIDENCE_MECHANISM, mechanism);
  insert_string (&dict, TL_EVIDENCE_TOKEN_STATUS, token_status);
  if (refusal != NULL)
    {
      text = tl_text_clean (sentence, -1);
      insert_string (&dict, TL_EVIDENCE_SERVER_TEXT, text);
      insert_string (&dict, TL_EVIDENCE_ENHANCED_CODE, refusal->enhanced);
      insert_string (&dict, TL_EVIDENCE_IMAP_CODE, refusal->imap_code);
      if (refusal->code != 0)
        g_variant_dict_insert (&dict, TL_EVIDENCE_REPLY_CODE, "u", (guint32) refusal->code);
    }
  if (g_key_file_has_key (table, group, "cause", NULL))
    cause = (TlCause) parse_nick (TL_TYPE_CAUSE, group, "cause");

  return tl_fault_new (cause, g_variant_dict_end (&dict));
}

static void
check (const char          *group,
       const TlTestRefusal *refusal,
       const char          *sentence,
       const char          *host,
       const char          *expected)
{
  TlLaneKind lane = (TlLaneKind) parse_nick (TL_TYPE_LANE_KIND, group, "lane");
  TlStage stage = (TlStage) parse_nick (TL_TYPE_STAGE, group, "stage");
  g_autoptr(TlFault) fault = make_fault (group, refusal, sentence, host);
  g_autoptr(TlFinding) finding = tl_lane_diagnose (lane, stage, fault);

  g_test_message ("%s: %s", host, sentence);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, expected);
  g_assert_cmpint (tl_finding_get_lane (finding), ==, lane);
  g_assert_cmpuint (tl_evidence_get_uint (tl_finding_get_evidence (finding),
                                          TL_EVIDENCE_RETRY_AFTER, 0), ==,
                    (guint) g_key_file_get_integer (table, group, "retry_after", NULL));
}

static void
check_said (const char *group,
            const char *says)
{
  g_autofree char *host = get (group, "host");
  g_autofree char *expected = get (group, "finding");
  g_autofree char *elsewhere = get (group, "elsewhere");
  g_auto(TlTestRefusal) refusal = { 0, };

  tl_test_refusal_parse (says, &refusal);
  if (!g_key_file_has_key (table, group, "whole", NULL))
    check (group, &refusal, refusal.bare, host, expected);
  check (group, &refusal, refusal.whole, host, expected);
  if (elsewhere != NULL)
    check (group, &refusal, refusal.whole, "mail.example.org", elsewhere);
}

static void
test_case (gconstpointer data)
{
  const char *group = data;
  g_autofree char *remark = get (group, "remark");
  g_autofree char *says = get (group, "says");
  g_autofree char *host = get (group, "host");
  g_autofree char *expected = get (group, "finding");

  if (remark != NULL)
    g_assert_cmpint (tl_catalogue_lookup (remark)->severity, ==, TL_SEVERITY_NOTE);
  else if (says != NULL)
    check_said (group, says);
  else
    check (group, NULL, NULL, host, expected);
}

static void
test_complete (gconstpointer data)
{
  const char * const *groups = data;
  gboolean seen[N_ROWS + 1] = { FALSE, };

  for (guint i = 0; groups[i] != NULL; i++)
    {
      guint64 row = g_ascii_strtoull (groups[i], NULL, 10);

      g_assert_cmpuint (row, >=, 1);
      g_assert_cmpuint (row, <=, N_ROWS);
      seen[row] = TRUE;
    }

  for (guint row = 1; row <= N_ROWS; row++)
    {
      g_test_message ("%u", row);
      g_assert_true (seen[row]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_auto(GStrv) groups = NULL;

  g_test_init (&argc, &argv, NULL);

  path = g_test_build_filename (G_TEST_DIST, "data", "diagnoses.ini", NULL);
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  table = file;
  groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *word = g_strdelimit (g_strdup (groups[i]), " ", '-');
      g_autofree char *name = g_strconcat ("/lane/diagnosis/cases/", word, NULL);

      g_test_add_data_func (name, groups[i], test_case);
    }
  g_test_add_data_func ("/lane/diagnosis/complete", groups, test_complete);

  return g_test_run ();
}
