/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fault.h"

struct _TlFault
{
  TlCause   cause;
  GVariant *evidence; /* a{sv}, never NULL */
};

G_DEFINE_BOXED_TYPE (TlFault, tl_fault, tl_fault_ref, tl_fault_unref)

/**
 * tl_fault_new:
 * @cause: why the step failed
 * @evidence: (nullable): what was seen, a{sv} as in tl-evidence.h; a floating
 *   reference is taken over
 *
 * Returns: (transfer full): a new fault
 */
TlFault *
tl_fault_new (TlCause   cause,
              GVariant *evidence)
{
  TlFault *self;

  if (evidence == NULL)
    evidence = g_variant_new ("a{sv}", NULL);
  g_return_val_if_fail (tl_evidence_is_valid (evidence), NULL);

  self = g_atomic_rc_box_new0 (TlFault);
  self->cause = cause;
  self->evidence = g_variant_ref_sink (evidence);

  return self;
}

/**
 * tl_fault_new_detail:
 * @cause: why the step failed
 * @format: an English clause for the details drawer, printf style
 * @...: its arguments, which have been through tl_text_clean() when they come from outside
 *
 * Returns: (transfer full): a new fault whose only evidence is that detail
 */
TlFault *
tl_fault_new_detail (TlCause     cause,
                     const char *format,
                     ...)
{
  GVariantDict dict;
  va_list args;
  char *detail;

  va_start (args, format);
  detail = g_strdup_vprintf (format, args);
  va_end (args);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, TL_EVIDENCE_DETAIL, g_variant_new_take_string (detail));

  return tl_fault_new (cause, g_variant_dict_end (&dict));
}

TlFault *
tl_fault_ref (TlFault *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_fault_clear (gpointer data)
{
  TlFault *self = data;

  g_clear_pointer (&self->evidence, g_variant_unref);
}

void
tl_fault_unref (TlFault *self)
{
  g_atomic_rc_box_release_full (self, tl_fault_clear);
}

TlCause
tl_fault_get_cause (const TlFault *self)
{
  return self->cause;
}

GVariant *
tl_fault_get_evidence (const TlFault *self)
{
  return self->evidence;
}

/**
 * tl_fault_with:
 * @self: a fault
 * @more: evidence whose members win; a floating reference is taken over
 *
 * Returns: (transfer full): a fault with the cause of @self and the evidence of both
 */
TlFault *
tl_fault_with (const TlFault *self,
               GVariant      *more)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink (more);
  g_autoptr(GVariant) merged = tl_evidence_merge (self->evidence, owned);

  return tl_fault_new (self->cause, merged);
}
