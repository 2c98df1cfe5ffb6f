/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the tl-json*.c files alone: what a TlJson is made of. */

#include <json-glib/json-glib.h>

#include "tl-json.h"

G_BEGIN_DECLS

/* The integers that every reader of JSON agrees on (RFC 8259 §6): 2^53 − 1. */
#define TL_JSON_MAX_INT G_GINT64_CONSTANT (9007199254740991)

/* The one spelling of a moment, RFC 3339 in UTC to the second. */
#define TL_JSON_TIME_FORMAT "%Y-%m-%dT%H:%M:%SZ"

struct _TlJson
{
  JsonNode *node; /* owned, never NULL */
};

TlJson *tl_json_new_for_node    (JsonNode    *node) G_GNUC_WARN_UNUSED_RESULT;
GList  *tl_json_sort_members    (JsonObject  *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
