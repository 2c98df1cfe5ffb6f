/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"

G_BEGIN_DECLS

/**
 * TlHintKind:
 * @TL_HINT_ENABLE: something has to be switched on first
 * @TL_HINT_INSTRUCTION: how to set a mail program up
 * @TL_HINT_DOCUMENTATION: a page about it
 * @TL_HINT_WEBMAIL: where the mailbox is in a browser
 * @TL_HINT_OAUTH: who signs in here with a browser: the issuer's URL
 *
 * What a settings document says beside its servers.
 */
typedef enum
{
  TL_HINT_ENABLE,
  TL_HINT_INSTRUCTION,
  TL_HINT_DOCUMENTATION,
  TL_HINT_WEBMAIL,
  TL_HINT_OAUTH,
} TlHintKind;

#define TL_TYPE_HINT_KIND (tl_hint_kind_get_type ())
GType       tl_hint_kind_get_type  (void) G_GNUC_CONST;
const char *tl_hint_kind_get_label (TlHintKind kind);

#define TL_HINT_MAX_TEXT 400
#define TL_HINT_MAX_LINK 500

/**
 * TlHint:
 *
 * A stranger's advice: text and link as a settings document gave them. Both are
 * data: never markup, the link never opened by itself and always shown with its
 * host. An item of list models; every property is construct-only.
 *
 * @kind, @source (a `TL_SOURCE_` id), @text (nullable, cleaned, at most
 * `TL_HINT_MAX_TEXT` characters), @link (nullable, https with a host name), @host (nullable: the
 * link's, as it is shown to people).
 */
#define TL_TYPE_HINT (tl_hint_get_type ())
G_DECLARE_FINAL_TYPE (TlHint, tl_hint, TL, HINT, GObject)

TlHint     *tl_hint_new        (TlHintKind   kind,
                                const char  *source,
                                const char  *text,
                                const char  *link) G_GNUC_WARN_UNUSED_RESULT;
TlHintKind  tl_hint_get_kind   (TlHint      *self);
const char *tl_hint_get_source (TlHint      *self);
const char *tl_hint_get_text   (TlHint      *self);
const char *tl_hint_get_link   (TlHint      *self);
const char *tl_hint_get_host   (TlHint      *self);
TlJson     *tl_hint_to_json    (TlHint      *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
