/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-outcome.h"

/* A task hands on one pointer: to this. */
typedef struct
{
  gpointer        value;    /* owned; NULL: there is a refusal */
  GDestroyNotify  destroy;
  TlOauthRefusal *refusal;  /* owned */
} Outcome;

static void
outcome_free (Outcome *self)
{
  if (self->value != NULL)
    self->destroy (self->value);
  g_clear_pointer (&self->refusal, tl_oauth_refusal_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static void
return_outcome (GTask         *task,
                const Outcome *outcome)
{
  g_task_return_pointer (task, g_memdup2 (outcome, sizeof *outcome), (GDestroyNotify) outcome_free);
}

/**
 * tl_oauth_outcome_return_value:
 * @task: a task that has not returned
 * @value: (transfer full): what was asked for
 * @destroy: frees it when nobody fetches it
 */
void
tl_oauth_outcome_return_value (GTask          *task,
                               gpointer        value,
                               GDestroyNotify  destroy)
{
  g_return_if_fail (value != NULL);

  return_outcome (task, &(const Outcome) { .value = value, .destroy = destroy });
}

/**
 * tl_oauth_outcome_return_refusal:
 * @task: a task that has not returned
 * @refusal: (transfer full): why there is no value
 */
void
tl_oauth_outcome_return_refusal (GTask          *task,
                                 TlOauthRefusal *refusal)
{
  g_return_if_fail (refusal != NULL);

  return_outcome (task, &(const Outcome) { .refusal = refusal });
}

/**
 * tl_oauth_outcome_return_finding:
 * @task: a task that has not returned
 * @finding: why there is no value
 */
void
tl_oauth_outcome_return_finding (GTask     *task,
                                 TlFinding *finding)
{
  TlOauthRefusal *refusal = g_new0 (TlOauthRefusal, 1);

  refusal->finding = g_object_ref (finding);
  tl_oauth_outcome_return_refusal (task, refusal);
}

/**
 * tl_oauth_outcome_propagate_refusal:
 * @result: a task that one of the above, or an error, has returned
 * @out_refusal: (out): why there is no value
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the value; or %NULL with @out_refusal; or %NULL with what the task was
 *   ended with: %G_IO_ERROR_CANCELLED
 */
gpointer
tl_oauth_outcome_propagate_refusal (GAsyncResult    *result,
                                    TlOauthRefusal **out_refusal,
                                    GError         **error)
{
  g_autoptr(Outcome) outcome = g_task_propagate_pointer (G_TASK (result), error);

  if (outcome == NULL)
    return NULL;
  if (outcome->refusal != NULL)
    *out_refusal = g_steal_pointer (&outcome->refusal);

  return g_steal_pointer (&outcome->value);
}

/**
 * tl_oauth_outcome_propagate:
 * @result: as for tl_oauth_outcome_propagate_refusal()
 * @out_finding: (out): why there is no value, for a person
 * @error: return location for a #GError
 *
 * Returns: (transfer full): as tl_oauth_outcome_propagate_refusal()
 */
gpointer
tl_oauth_outcome_propagate (GAsyncResult  *result,
                            TlFinding    **out_finding,
                            GError       **error)
{
  g_autoptr(TlOauthRefusal) refusal = NULL;
  gpointer value = tl_oauth_outcome_propagate_refusal (result, &refusal, error);

  if (refusal != NULL)
    *out_finding = g_steal_pointer (&refusal->finding);

  return value;
}
