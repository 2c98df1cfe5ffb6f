/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-diagnosis.h"

#include "tl-catalogue.h"
#include "tl-diagnosis-table.h"
#include "tl-diagnosis.h"

/* Causes that a server's words or codes can say more about. The others are
 * facts that were seen here, whatever the server said. */
static const TlCause told_causes[] = {
  TL_CAUSE_REFUSED,
  TL_CAUSE_REJECTED,
  TL_CAUSE_BUSY,
  TL_CAUSE_SERVER_CLOSED,
  TL_CAUSE_PROTOCOL,
  TL_CAUSE_SENDER_REFUSED,
  TL_CAUSE_RECIPIENT_REFUSED,
  TL_CAUSE_MESSAGE_REFUSED,
  TL_CAUSE_INBOX_MISSING,
};

/* What it comes to when nothing more is known. */
static const struct
{
  TlStage     stage;
  const char *refusal;  /* the server said no */
  const char *other;
} defaults[] = {
  { TL_STAGE_RESOLVE, "resolve.servfail",     "resolve.servfail" },
  { TL_STAGE_CONNECT, "connect.refused",      "connect.unreachable" },
  { TL_STAGE_TLS,     "tls.handshake",        "tls.handshake" },
  { TL_STAGE_GREET,   "greet.rejected",       "greet.protocol" },
  { TL_STAGE_UPGRADE, "upgrade.refused",      "upgrade.protocol" },
  { TL_STAGE_CAPS,    "caps.protocol",        "caps.protocol" },
  { TL_STAGE_AUTH,    "auth.refused",         "auth.protocol" },
  { TL_STAGE_OAUTH,   "oauth.no-client",      "oauth.no-client" },
  { TL_STAGE_USE,     "use.no-permission",    "use.protocol" },
  { TL_STAGE_DELIVER, "deliver.refused",      "deliver.refused" },
};

/* What a server that only says how long to wait comes to. */
static const struct
{
  TlStage     stage;
  const char *id;
} waits[] = {
  { TL_STAGE_AUTH,    "auth.throttled" },
  { TL_STAGE_USE,     "use.rate-limited" },
  { TL_STAGE_DELIVER, "use.rate-limited" },
};

/* Why a server did not take a token: the error of RFC 7628 §3.2.2, or the HTTP
 * status that Google and Microsoft give in its place. Anything else: the token. */
static const struct
{
  const char *status;
  const char *id;
} token_statuses[] = {
  { "insufficient_scope",      "auth.scope-missing" },
  { "403",                     "auth.scope-missing" },
  { "server_error",            "auth.temporary" },
  { "temporarily_unavailable", "auth.temporary" },
  { "500",                     "auth.temporary" },
  { "502",                     "auth.temporary" },
  { "503",                     "auth.temporary" },
};

/* Mechanisms that show a token (RFC 7628; XOAUTH2 is Google's), and the findings
 * about a password that a server's words may lead to all the same. */
static const char * const token_mechanisms[] = { "OAUTHBEARER", "XOAUTH2", NULL };
static const char * const password_ids[] = {
  "auth.bad-credentials", "auth.app-password", "auth.oauth-required", "auth.expired",
  "auth.refused", NULL
};

/* A wait in a server's words, folded:
 *
 *   ( "backoff time:" / ( "again" / "retry" / "wait" ) [ SP ( "in" / "after" / "for" ) ] )
 *   SP 1*9DIGIT SP unit
 *
 * Exchange writes “Suggested Backoff Time: 9123 milliseconds”. */
#define WAIT_PATTERN "\\b(?:backoff time:|(?:again|retry|wait)(?: in| after| for)?) " \
                     "([0-9]{1,9}) ?(ms|milliseconds?|s|seconds?|secs?|minutes?|mins?|hours?)\\b"
#define WAIT_MAX_S   86400

/* Where a cause may be at home when it is not at home in the stage it showed
 * in: bytes pushed in before the handshake show during it. That a token is
 * wanted has two findings, one for who has none, which is never looked for here. */
static const TlStage homes[] = {
  TL_STAGE_CAPS,
  TL_STAGE_UPGRADE,
  TL_STAGE_TLS,
  TL_STAGE_CONNECT,
  TL_STAGE_AUTH,
  TL_STAGE_DISCOVER,
};

static gboolean
is_told (TlCause cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (told_causes); i++)
    if (told_causes[i] == cause)
      return TRUE;

  return FALSE;
}

/* A stage that failed has a finding that says so: a mere remark will not do. */
static const char *
as_error (const char *id)
{
  const TlCatalogueEntry *entry = id == NULL ? NULL : tl_catalogue_lookup (id);

  return entry != NULL && entry->severity == TL_SEVERITY_ERROR ? entry->id : NULL;
}

static const char *
find_by_words (TlLaneKind  lane,
               TlStage     stage,
               GVariant   *evidence)
{
  const char *host = tl_evidence_get_string (evidence, TL_EVIDENCE_HOST);
  const char *text = tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT);
  const char *enhanced = tl_evidence_get_string (evidence, TL_EVIDENCE_ENHANCED_CODE);
  const char *imap_code = tl_evidence_get_string (evidence, TL_EVIDENCE_IMAP_CODE);
  guint code = tl_evidence_get_uint (evidence, TL_EVIDENCE_REPLY_CODE, 0);
  const char *id = as_error (tl_diagnosis_find_text (lane, stage, host, text, code));

  return id != NULL ? id
                    : as_error (tl_diagnosis_find_enhanced (lane, stage, enhanced, imap_code));
}

/* Words before codes: of the two, codes are wrong more often. A code in the
 * 500s says little about which command of several was refused, so it counts
 * only where the cause says no more. What a server refuses a message for may be
 * what it refuses any use for. */
static const char *
find_by_reply (TlLaneKind  lane,
               TlStage     stage,
               TlCause     cause,
               GVariant   *evidence)
{
  guint code = tl_evidence_get_uint (evidence, TL_EVIDENCE_REPLY_CODE, 0);
  const char *id;

  if (tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT) == NULL || !is_told (cause))
    return NULL;

  id = find_by_words (lane, stage, evidence);
  if (id == NULL && stage == TL_STAGE_DELIVER)
    id = find_by_words (lane, TL_STAGE_USE, evidence);
  if (id == NULL && code != 0 && (cause == TL_CAUSE_REFUSED || code < 500))
    id = as_error (tl_diagnosis_find_code (lane, stage, code));

  return id;
}

/* A token is no password: whatever the words, nobody is told to type one. One that was taken, and
 * opens no mailbox, is somebody's who has no right to that mailbox: so Exchange says it of one that
 * several people share. */
static const char *
find_by_token (TlStage     stage,
               TlCause     cause,
               GVariant   *evidence,
               const char *id)
{
  const char *status = tl_evidence_get_string (evidence, TL_EVIDENCE_TOKEN_STATUS);
  const char *mechanism = tl_evidence_get_string (evidence, TL_EVIDENCE_MECHANISM);
  gboolean is_about_password = mechanism != NULL && id != NULL &&
                               g_strv_contains (token_mechanisms, mechanism) &&
                               g_strv_contains (password_ids, id);

  if (stage == TL_STAGE_USE && is_about_password)
    return "use.no-permission";
  if (stage != TL_STAGE_AUTH || !is_told (cause))
    return id;

  if (status != NULL)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (token_statuses); i++)
        if (g_ascii_strcasecmp (token_statuses[i].status, status) == 0)
          return token_statuses[i].id;

      return "auth.token-rejected";
    }

  return is_about_password ? "auth.token-rejected" : id;
}

/* The seconds that a server asks to wait, rounded up; 0 when it does not say. */
static guint
parse_wait (const char *text)
{
  static const struct { const char *unit; guint64 ms; } units[] = {
    { "ms", 1 }, { "mil", 1 }, { "m", 60 * 1000 }, { "s", 1000 }, { "h", 60 * 60 * 1000 },
  };
  g_autoptr(GRegex) regex = g_regex_new (WAIT_PATTERN, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *folded = tl_diagnosis_fold (text);
  g_autofree char *number = NULL;
  g_autofree char *word = NULL;
  guint64 ms = 0;

  if (!g_regex_match (regex, folded, 0, &match))
    return 0;

  number = g_match_info_fetch (match, 1);
  word = g_match_info_fetch (match, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (units) && ms == 0; i++)
    if (g_str_has_prefix (word, units[i].unit))
      ms = g_ascii_strtoull (number, NULL, 10) * units[i].ms;

  return (guint) MIN ((ms + 999) / 1000, WAIT_MAX_S);
}

/* The evidence, with the wait that the server asks for where it was not there yet. */
static GVariant *
with_wait (TlCause   cause,
           GVariant *evidence)
{
  const char *text = tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT);
  GVariantDict dict;
  guint wait_s;

  if (text == NULL || !is_told (cause) ||
      tl_evidence_get_uint (evidence, TL_EVIDENCE_RETRY_AFTER, 0) != 0 ||
      (wait_s = parse_wait (text)) == 0)
    return g_variant_ref (evidence);

  g_variant_dict_init (&dict, evidence);
  g_variant_dict_insert (&dict, TL_EVIDENCE_RETRY_AFTER, "u", (guint32) wait_s);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static const char *
find_at (TlStage stage,
         TlCause cause)
{
  g_autofree char *id = g_strconcat (tl_stage_get_nick (stage), ".",
                                     tl_cause_get_nick (cause), NULL);

  return as_error (id);
}

static const char *
find_default (TlStage   stage,
              TlCause   cause,
              GVariant *evidence)
{
  guint wait_s = tl_evidence_get_uint (evidence, TL_EVIDENCE_RETRY_AFTER, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (waits) && wait_s != 0; i++)
    if (waits[i].stage == stage && cause == TL_CAUSE_REFUSED)
      return waits[i].id;

  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (defaults[i].stage == stage)
      return cause == TL_CAUSE_REFUSED ? defaults[i].refusal : defaults[i].other;

  g_return_val_if_reached ("greet.protocol");
}

/**
 * tl_lane_diagnose:
 * @lane: which lane
 * @stage: the stage that failed
 * @fault: why
 *
 * The one place where faults become findings. Where the server gave a reason,
 * its words are looked up first, then its codes; else the cause decides, in
 * this stage or in the one it is at home in. What a server says of a token is
 * never said of a password. The evidence is the fault's, to which the wait that
 * the server's words ask for is added. Any thread.
 *
 * Returns: (transfer full): a finding of severity error whose id the catalogue has
 */
TlFinding *
tl_lane_diagnose (TlLaneKind  lane,
                  TlStage     stage,
                  TlFault    *fault)
{
  TlCause cause = tl_fault_get_cause (fault);
  g_autoptr(GVariant) evidence = with_wait (cause, tl_fault_get_evidence (fault));
  const char *id = find_by_reply (lane, stage, cause, evidence);

  /* "connect.refused" is about a port; a refusal elsewhere is about what was asked. */
  if (id == NULL && (cause != TL_CAUSE_REFUSED || stage == TL_STAGE_CONNECT))
    {
      id = find_at (stage, cause);
      for (gsize i = 0; i < G_N_ELEMENTS (homes) && id == NULL && stage != TL_STAGE_OAUTH; i++)
        id = find_at (homes[i], cause);
    }
  if (id == NULL)
    id = find_default (stage, cause, evidence);
  id = find_by_token (stage, cause, evidence, id);

  return tl_finding_new (id, lane, evidence);
}
