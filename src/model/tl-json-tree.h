/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"

G_BEGIN_DECLS

/**
 * TlJsonKind: what a value is
 */
typedef enum
{
  TL_JSON_KIND_NULL,
  TL_JSON_KIND_BOOL,
  TL_JSON_KIND_INT,
  TL_JSON_KIND_STRING,
  TL_JSON_KIND_ARRAY,
  TL_JSON_KIND_OBJECT,
} TlJsonKind;

/* For documents whose members are not known beforehand: walking them, in the order of the file. */
TlJsonKind   tl_json_get_kind         (TlJson      *self);
const char  *tl_json_get_string       (TlJson      *self);
guint        tl_json_get_n_entries    (TlJson      *self);
TlJson      *tl_json_dup_entry        (TlJson      *self,
                                       guint        index) G_GNUC_WARN_UNUSED_RESULT;
char       **tl_json_dup_member_names (TlJson      *self) G_GNUC_WARN_UNUSED_RESULT;
TlJson      *tl_json_dup_member       (TlJson      *self,
                                       const char  *member) G_GNUC_WARN_UNUSED_RESULT;
TlJson      *tl_json_dup_pointed      (TlJson      *self,
                                       const char  *pointer) G_GNUC_WARN_UNUSED_RESULT;

/* One string as both forms write it, in quotes. */
void         tl_json_write_string     (GString     *out,
                                       const char  *text);

G_END_DECLS
