/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-verdict.h"

/* @value may be NULL: then there is nothing to say. */
static void
tell (GVariantDict *dict,
      const char   *key,
      const char   *value)
{
  if (value != NULL)
    g_variant_dict_insert (dict, key, "s", value);
}

static void
add (GPtrArray    *findings,
     const char   *id,
     TlLaneKind    lane,
     GVariantDict *dict)
{
  g_autoptr(GVariant) evidence = g_variant_ref_sink (g_variant_dict_end (dict));

  g_ptr_array_add (findings, tl_finding_new (id, lane, evidence));
}

/* Where it came to, if anywhere. The outgoing server took it, so that what
 * never comes is for those who run that server to look for. */
static void
add_place (GPtrArray        *findings,
           const TlLoopSeen *seen)
{
  gboolean is_junk = g_strcmp0 (seen->role, "junk") == 0;
  GVariantDict dict;

  if (g_strcmp0 (seen->role, "inbox") == 0 || (seen->folder == NULL && !seen->is_over))
    return;

  g_variant_dict_init (&dict, NULL);
  if (seen->folder != NULL)
    {
      tell (&dict, TL_EVIDENCE_HOST, seen->incoming_host);
      tell (&dict, TL_EVIDENCE_FOLDER, seen->folder);
      add (findings, is_junk ? "deliver.in-junk" : "deliver.other-mailbox", TL_LANE_INCOMING,
           &dict);
      return;
    }

  tell (&dict, TL_EVIDENCE_HOST, seen->outgoing_host);
  tell (&dict, TL_EVIDENCE_SERVER_TEXT, seen->answer);
  g_variant_dict_insert (&dict, TL_EVIDENCE_SECONDS, "u", (guint32) seen->waited_s);
  add (findings, "deliver.timeout", TL_LANE_OUTGOING, &dict);
}

static gboolean
is_failure (const char *result)
{
  return g_strcmp0 (result, "fail") == 0 || g_strcmp0 (result, "softfail") == 0;
}

static void
add_result (GPtrArray        *findings,
            const TlLoopSeen *seen,
            const char       *id,
            const char       *result,
            const char       *words,
            const char       *domain,
            const char       *selector)
{
  GVariantDict dict;

  if (!is_failure (result))
    return;

  g_variant_dict_init (&dict, NULL);
  tell (&dict, TL_EVIDENCE_HOST, seen->outgoing_host);
  tell (&dict, TL_EVIDENCE_DOMAIN, domain != NULL ? domain : seen->domain);
  tell (&dict, TL_EVIDENCE_SELECTOR, selector);
  tell (&dict, TL_EVIDENCE_SERVER_TEXT, words);
  add (findings, id, TL_LANE_OUTGOING, &dict);
}

static void
add_note (GPtrArray  *findings,
          const char *id,
          TlLaneKind  lane,
          const char *host,
          const char *folder)
{
  GVariantDict dict;

  if (folder == NULL)
    return;

  g_variant_dict_init (&dict, NULL);
  tell (&dict, TL_EVIDENCE_HOST, host);
  tell (&dict, TL_EVIDENCE_FOLDER, folder);
  add (findings, id, lane, &dict);
}

/**
 * tl_loop_verdict_add:
 * @findings: (element-type TlFinding): what was found so far
 * @seen: what was seen
 *
 * Adds what is to be said about it: errors, then warnings, then notes, each
 * with the lane to look at. Pure, any thread.
 */
void
tl_loop_verdict_add (GPtrArray        *findings,
                     const TlLoopSeen *seen)
{
  const TlAuthResults *results = seen->results;

  add_place (findings, seen);
  if (results != NULL)
    {
      add_result (findings, seen, "deliver.dmarc-fail", results->dmarc, results->dmarc_words,
                  NULL, NULL);
      add_result (findings, seen, "deliver.spf-fail", results->spf, results->spf_words,
                  NULL, NULL);
      add_result (findings, seen, "deliver.dkim-fail", results->dkim, results->dkim_words,
                  results->dkim_domain, results->dkim_selector);
    }

  add_note (findings, "deliver.not-filed", TL_LANE_OUTGOING, seen->outgoing_host,
            seen->empty_sent_folder);
  add_note (findings, "deliver.left-behind", TL_LANE_INCOMING, seen->incoming_host,
            seen->left_folder);
}
