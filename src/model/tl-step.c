/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-step.h"

struct _TlStep
{
  TlStage  stage;
  TlStatus status;
  guint    began_ms;
  guint    ms;
};

G_DEFINE_BOXED_TYPE (TlStep, tl_step, tl_step_ref, tl_step_unref)

/**
 * tl_step_new:
 * @stage: which stage
 * @status: how it ended
 * @began_ms: when it began, milliseconds after its lane did
 * @ms: how long it took, milliseconds
 *
 * Returns: (transfer full): a step
 */
TlStep *
tl_step_new (TlStage  stage,
             TlStatus status,
             guint    began_ms,
             guint    ms)
{
  TlStep *self = g_atomic_rc_box_new0 (TlStep);

  self->stage = stage;
  self->status = status;
  self->began_ms = began_ms;
  self->ms = ms;

  return self;
}

TlStep *
tl_step_ref (TlStep *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tl_step_unref (TlStep *self)
{
  g_atomic_rc_box_release (self);
}

TlStage
tl_step_get_stage (const TlStep *self)
{
  return self->stage;
}

TlStatus
tl_step_get_status (const TlStep *self)
{
  return self->status;
}

/**
 * tl_step_get_began_ms:
 * @self: a step
 *
 * Returns: milliseconds from the begin of its lane to its own
 */
guint
tl_step_get_began_ms (const TlStep *self)
{
  return self->began_ms;
}

/**
 * tl_step_get_ms:
 * @self: a step
 *
 * Returns: how long it took, milliseconds
 */
guint
tl_step_get_ms (const TlStep *self)
{
  return self->ms;
}

/**
 * tl_step_to_json:
 * @self: a step
 *
 * Returns: (transfer full): an object of stage, status, began_ms and ms
 */
TlJson *
tl_step_to_json (const TlStep *self)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "stage", tl_stage_get_nick (self->stage));
  tl_json_set_string (json, "status", tl_status_get_nick (self->status));
  tl_json_set_int (json, "began_ms", self->began_ms);
  tl_json_set_int (json, "ms", self->ms);

  return json;
}

/**
 * tl_step_from_json:
 * @json: an object as tl_step_to_json() makes it
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the step, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlStep *
tl_step_from_json (TlJson  *json,
                   GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the step");
  TlStage stage = tl_json_reader_get_enum (reader, "stage", TL_JSON_REQUIRED,
                                           TL_TYPE_STAGE, TL_STAGE_RESOLVE);
  TlStatus status = tl_json_reader_get_enum (reader, "status", TL_JSON_REQUIRED,
                                             TL_TYPE_STATUS, TL_STATUS_NOT_TESTED);
  guint began_ms = (guint) tl_json_reader_get_int (reader, "began_ms", TL_JSON_REQUIRED,
                                                   0, G_MAXUINT);
  guint ms = (guint) tl_json_reader_get_int (reader, "ms", TL_JSON_REQUIRED, 0, G_MAXUINT);

  if (status == TL_STATUS_RUNNING)
    tl_json_reader_refuse (reader, "status", "is one that is never written");

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return tl_step_new (stage, status, began_ms, ms);
}
