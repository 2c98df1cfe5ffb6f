/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-render.h"

void
tl_target_field_free (TlTargetField *self)
{
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->value, g_free);
  g_free (self);
}
