/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

/**
 * TlDomainField: `name=value`; both owned
 */
typedef struct
{
  char *name;
  char *value;
} TlDomainField;

GPtrArray *tl_domain_text_select (TlRecordSet  *set,
                                  const char   *version) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_domain_text_split  (GBytes       *text,
                                  GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
