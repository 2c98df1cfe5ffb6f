/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-explain.h"

#include "tl-lane-elsewhere.h"
#include "tl-lane-second-look.h"
#include "tl-lane-unreached.h"

/* --- Signing in --------------------------------------------------------------- */

/* A server that hangs up in place of an answer has perhaps taken the password
 * and perhaps not: a second attempt could be the one that locks the account. */
static TlFault *
explain_unanswered_sign_in (TlLaneWork    *work,
                            const TlFault *fault,
                            TlDeadline     deadline,
                            GCancellable  *cancellable)
{
  GVariant *evidence = tl_fault_get_evidence (fault);
  GVariantDict dict;

  if (!tl_conversation_has_written_secret (work->conversation) ||
      tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT) != NULL)
    return NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_DETAIL, "s",
                         "the sign-in was on its way: whether it was taken is not known, and it "
                         "is not tried again");

  return tl_fault_with (fault, g_variant_dict_end (&dict));
}

/* --- The table ------------------------------------------------------------------ */

/* Of a stage's budget, what the step itself may take when it ends in silence:
 * the rest is for finding out why. In thousandths. */
static const struct
{
  TlStage  stage;
  gboolean upgraded_only;
  guint    patience;
} patiences[] = {
  { TL_STAGE_CONNECT, FALSE, 667 },
  /* Under TLS somebody is there, and a slow greeting is only that. */
  { TL_STAGE_GREET,   TRUE,  750 },
};

/* What more is found out about a step that failed. An explanation restates the
 * fault or adds evidence to it, or gives NULL: it knows no more. None sends a
 * secret or a user name. @share: the most it may take, in thousandths of the
 * stage's budget; what was refused at once is to be told at once. */
static const struct
{
  TlStage   stage;
  TlCause   cause;
  guint     share;
  TlFault *(*explain_sync) (TlLaneWork    *work,
                            const TlFault *fault,
                            TlDeadline     deadline,
                            GCancellable  *cancellable);
} explanations[] = {
  { TL_STAGE_CONNECT, TL_CAUSE_TIMEOUT,          278, tl_lane_unreached_explain_sync },
  { TL_STAGE_CONNECT, TL_CAUSE_UNREACHABLE,      278, tl_lane_unreached_explain_sync },
  { TL_STAGE_CONNECT, TL_CAUSE_FILTERED,         80,  tl_lane_unreached_explain_sync },
  { TL_STAGE_CONNECT, TL_CAUSE_REFUSED,          80,  tl_lane_unreached_explain_sync },

  { TL_STAGE_GREET,   TL_CAUSE_TIMEOUT,          240, tl_lane_elsewhere_explain_silence_sync },
  { TL_STAGE_GREET,   TL_CAUSE_TLS_EXPECTED,     0,   tl_lane_elsewhere_explain_tls_sync },
  { TL_STAGE_GREET,   TL_CAUSE_WRONG_SERVICE,    300, tl_lane_elsewhere_explain_service_sync },
  { TL_STAGE_TLS,     TL_CAUSE_PLAINTEXT_PEER,   300, tl_lane_elsewhere_explain_service_sync },
  { TL_STAGE_UPGRADE, TL_CAUSE_NOT_OFFERED,      300, tl_lane_elsewhere_explain_no_upgrade_sync },
  { TL_STAGE_UPGRADE, TL_CAUSE_STRIPPED,         300, tl_lane_elsewhere_explain_no_upgrade_sync },

  { TL_STAGE_TLS,     TL_CAUSE_VERSION,          300, tl_lane_second_look_explain_age_sync },
  { TL_STAGE_TLS,     TL_CAUSE_HANDSHAKE,        300, tl_lane_second_look_explain_age_sync },
  { TL_STAGE_TLS,     TL_CAUSE_WEAK,             300, tl_lane_second_look_explain_age_sync },
  { TL_STAGE_TLS,     TL_CAUSE_EXPIRED,          300, tl_lane_second_look_explain_peer_sync },
  { TL_STAGE_TLS,     TL_CAUSE_NOT_YET_VALID,    300, tl_lane_second_look_explain_peer_sync },
  { TL_STAGE_TLS,     TL_CAUSE_HOSTNAME,         300, tl_lane_second_look_explain_peer_sync },
  { TL_STAGE_TLS,     TL_CAUSE_SELF_SIGNED,      300, tl_lane_second_look_explain_peer_sync },
  { TL_STAGE_TLS,     TL_CAUSE_UNTRUSTED_ROOT,   300, tl_lane_second_look_explain_peer_sync },
  { TL_STAGE_TLS,     TL_CAUSE_INCOMPLETE_CHAIN, 300, tl_lane_second_look_explain_peer_sync },
  { TL_STAGE_TLS,     TL_CAUSE_CHAIN_INVALID,    300, tl_lane_second_look_explain_peer_sync },
  { TL_STAGE_TLS,     TL_CAUSE_TIMEOUT,          0,   tl_lane_second_look_explain_stall_sync },

  { TL_STAGE_AUTH,    TL_CAUSE_RESET,            0,   explain_unanswered_sign_in },
  { TL_STAGE_AUTH,    TL_CAUSE_TIMEOUT,          0,   explain_unanswered_sign_in },
  { TL_STAGE_AUTH,    TL_CAUSE_SERVER_CLOSED,    0,   explain_unanswered_sign_in },
  { TL_STAGE_AUTH,    TL_CAUSE_TRUNCATED,        0,   explain_unanswered_sign_in },
  { TL_STAGE_AUTH,    TL_CAUSE_NETWORK_LOST,     0,   explain_unanswered_sign_in },
};

static TlDeadline
after_thousandths (guint budget_ms,
                   guint thousandths)
{
  return tl_deadline_in_ms ((guint) ((guint64) budget_ms * thousandths / 1000));
}

/**
 * tl_lane_explain_get_patience:
 * @work: a lane
 * @stage: a stage that is about to begin
 * @budget_ms: its whole budget
 * @deadline: the moment by which it ends, explanation and all
 *
 * Returns: the moment by which the step itself has to be done
 */
TlDeadline
tl_lane_explain_get_patience (const TlLaneWork *work,
                              TlStage           stage,
                              guint             budget_ms,
                              TlDeadline        deadline)
{
  for (gsize i = 0; i < G_N_ELEMENTS (patiences); i++)
    if (patiences[i].stage == stage &&
        (!patiences[i].upgraded_only || tl_lane_work_is_upgraded (work)))
      return tl_deadline_earlier (deadline, after_thousandths (budget_ms, patiences[i].patience));

  return deadline;
}

/**
 * tl_lane_explain_sync:
 * @work: a lane one of whose steps has failed
 * @stage: which
 * @fault: how
 * @budget_ms: the stage's whole budget
 * @deadline: the moment by which the stage ends
 * @cancellable: (nullable): cancels the waits
 *
 * Finds out more about a failure than the step itself could, on connections of
 * its own. When it was cancelled what it gives means nothing.
 *
 * Returns: (transfer full): @fault, restated or with more evidence where there is any
 */
TlFault *
tl_lane_explain_sync (TlLaneWork    *work,
                      TlStage        stage,
                      const TlFault *fault,
                      guint          budget_ms,
                      TlDeadline     deadline,
                      GCancellable  *cancellable)
{
  for (gsize i = 0; i < G_N_ELEMENTS (explanations); i++)
    {
      TlFault *explained;

      if (explanations[i].stage != stage || explanations[i].cause != tl_fault_get_cause (fault))
        continue;

      deadline = tl_deadline_earlier (deadline,
                                      after_thousandths (budget_ms, explanations[i].share));
      explained = explanations[i].explain_sync (work, fault, deadline, cancellable);
      if (explained != NULL)
        return explained;
    }

  return tl_fault_new (tl_fault_get_cause (fault), tl_fault_get_evidence (fault));
}
