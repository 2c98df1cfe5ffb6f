/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-render.h"

/**
 * tl_target_field_copy:
 * @self: a field
 *
 * Returns: (transfer full): another one
 */
TlTargetField *
tl_target_field_copy (const TlTargetField *self)
{
  TlTargetField *copy = g_new0 (TlTargetField, 1);

  copy->group = g_strdup (self->group);
  copy->label = g_strdup (self->label);
  copy->value = g_strdup (self->value);
  copy->is_secret = self->is_secret;

  return copy;
}

void
tl_target_field_free (TlTargetField *self)
{
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->value, g_free);
  g_free (self);
}
