/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-nick.h"

/**
 * tl_nick_get:
 * @enum_type: an enum's type
 * @value: one of its values
 *
 * Returns: (transfer none): the stable word for files, tests and the terminal
 */
const char *
tl_nick_get (GType enum_type,
             int   value)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (enum_type);
  GEnumValue *row = g_enum_get_value (klass, value);

  g_return_val_if_fail (row != NULL, NULL);

  return row->value_nick;
}

/**
 * tl_nick_parse:
 * @enum_type: an enum's type
 * @nick: a word from outside
 * @out_value: (out): the value it stands for
 *
 * Returns: whether @nick is one of the enum's words
 */
gboolean
tl_nick_parse (GType       enum_type,
               const char *nick,
               int        *out_value)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (enum_type);
  GEnumValue *row = g_enum_get_value_by_nick (klass, nick);

  if (row == NULL)
    return FALSE;
  *out_value = row->value;

  return TRUE;
}
