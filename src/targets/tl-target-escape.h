/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlTargetMedium: how a file is written
 * @TL_TARGET_CSV: RFC 4180; a cell is quoted when it is whole
 * @TL_TARGET_JSON: RFC 8259; a string is quoted when it is whole
 * @TL_TARGET_XML: XML 1.0
 * @TL_TARGET_TOML: TOML 1.0, values in basic strings
 * @TL_TARGET_INI: key = value, without any quoting
 * @TL_TARGET_CONF: values in double quotes, with backslashes
 * @TL_TARGET_TEXT: lines without any quoting
 */
typedef enum
{
  TL_TARGET_CSV,
  TL_TARGET_JSON,
  TL_TARGET_XML,
  TL_TARGET_TOML,
  TL_TARGET_INI,
  TL_TARGET_CONF,
  TL_TARGET_TEXT,
} TlTargetMedium;

#define TL_TYPE_TARGET_MEDIUM (tl_target_medium_get_type ())
GType    tl_target_medium_get_type  (void) G_GNUC_CONST;

gboolean tl_target_escape           (TlTargetMedium   medium,
                                     GString         *out,
                                     const char      *bytes,
                                     gsize            len);

G_END_DECLS
