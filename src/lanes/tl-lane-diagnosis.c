/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-diagnosis.h"

#include "tl-catalogue.h"
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
  { TL_STAGE_AUTH,    "auth.bad-credentials", "auth.protocol" },
  { TL_STAGE_OAUTH,   "oauth.no-client",      "oauth.no-client" },
  { TL_STAGE_USE,     "use.no-permission",    "use.protocol" },
};

/* Where a cause may be at home when it is not at home in the stage it showed
 * in: bytes pushed in before the handshake show during it. That a token is
 * wanted has two findings, one for who has none, which is never looked for here. */
static const TlStage homes[] = {
  TL_STAGE_CAPS,
  TL_STAGE_UPGRADE,
  TL_STAGE_TLS,
  TL_STAGE_CONNECT,
  TL_STAGE_AUTH,
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

/* Words before codes: of the two, codes are wrong more often. A code in the
 * 500s says little about which command of several was refused, so it counts
 * only where the cause says no more. */
static const char *
find_by_reply (TlLaneKind  lane,
               TlStage     stage,
               TlCause     cause,
               GVariant   *evidence)
{
  const char *host = tl_evidence_get_string (evidence, TL_EVIDENCE_HOST);
  const char *text = tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT);
  const char *enhanced = tl_evidence_get_string (evidence, TL_EVIDENCE_ENHANCED_CODE);
  const char *imap_code = tl_evidence_get_string (evidence, TL_EVIDENCE_IMAP_CODE);
  guint code = tl_evidence_get_uint (evidence, TL_EVIDENCE_REPLY_CODE, 0);
  const char *id;

  if (text == NULL || !is_told (cause))
    return NULL;

  id = as_error (tl_diagnosis_find_text (lane, stage, host, text, code));
  if (id == NULL)
    id = as_error (tl_diagnosis_find_enhanced (lane, stage, enhanced, imap_code));
  if (id == NULL && code != 0 && (cause == TL_CAUSE_REFUSED || code < 500))
    id = as_error (tl_diagnosis_find_code (lane, stage, code));

  return id;
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
find_default (TlStage stage,
              TlCause cause)
{
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
 * this stage or in the one it is at home in. Any thread.
 *
 * Returns: (transfer full): a finding of severity error whose id the catalogue has
 */
TlFinding *
tl_lane_diagnose (TlLaneKind  lane,
                  TlStage     stage,
                  TlFault    *fault)
{
  TlCause cause = tl_fault_get_cause (fault);
  GVariant *evidence = tl_fault_get_evidence (fault);
  const char *id = find_by_reply (lane, stage, cause, evidence);

  /* "connect.refused" is about a port; a refusal elsewhere is about what was asked. */
  if (id == NULL && (cause != TL_CAUSE_REFUSED || stage == TL_STAGE_CONNECT))
    {
      id = find_at (stage, cause);
      for (gsize i = 0; i < G_N_ELEMENTS (homes) && id == NULL && stage != TL_STAGE_OAUTH; i++)
        id = find_at (homes[i], cause);
    }
  if (id == NULL)
    id = find_default (stage, cause);

  return tl_finding_new (id, lane, evidence);
}
