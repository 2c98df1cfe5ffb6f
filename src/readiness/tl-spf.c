/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf.h"

G_DEFINE_ENUM_TYPE (TlSpfResult, tl_spf_result,
                    G_DEFINE_ENUM_VALUE (TL_SPF_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_SPF_NEUTRAL, "neutral"),
                    G_DEFINE_ENUM_VALUE (TL_SPF_PASS, "pass"),
                    G_DEFINE_ENUM_VALUE (TL_SPF_FAIL, "fail"),
                    G_DEFINE_ENUM_VALUE (TL_SPF_SOFTFAIL, "softfail"),
                    G_DEFINE_ENUM_VALUE (TL_SPF_TEMPERROR, "temperror"),
                    G_DEFINE_ENUM_VALUE (TL_SPF_PERMERROR, "permerror"))

/**
 * tl_spf_result_get_nick:
 * @result: what a check came to
 *
 * Returns: (transfer none): the word of RFC 7208 §2.6
 */
const char *
tl_spf_result_get_nick (TlSpfResult result)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_SPF_RESULT);
  GEnumValue *value = g_enum_get_value (klass, (int) result);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

void
tl_spf_outcome_free (TlSpfOutcome *self)
{
  g_free (self->explanation);
  g_free (self->matched);
  g_free (self->why);
  g_free (self);
}

void
tl_spf_survey_free (TlSpfSurvey *self)
{
  g_free (self->record);
  g_free (self->why);
  g_strfreev (self->includes);
  g_strfreev (self->lookup_terms);
  g_free (self);
}
