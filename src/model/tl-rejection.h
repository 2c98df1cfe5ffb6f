/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"
#include "tl-lane-kind.h"

G_BEGIN_DECLS

/**
 * TlRejectionReason:
 * @TL_REJECTION_PLAINTEXT: it is to be reached without encryption; shown struck out
 * @TL_REJECTION_POP3: it fetches mail and cannot track replies
 * @TL_REJECTION_NOT_OFFERED: the domain states that it has no such service
 * @TL_REJECTION_BAD_HOST: its name is no host name
 * @TL_REJECTION_BAD_PORT: its port is missing or impossible
 * @TL_REJECTION_BAD_USER: the user name it wants holds what no user name may
 * @TL_REJECTION_BAD_SECURITY: its kind of encryption is missing or unknown
 * @TL_REJECTION_NO_SIGN_IN: none of the ways to sign in that it names is known
 * @TL_REJECTION_LIST_CUT: it and what follows came after more servers than are read
 *
 * Why a server that a source named is not offered. The nick is what files and
 * the terminal say.
 */
typedef enum
{
  TL_REJECTION_PLAINTEXT,
  TL_REJECTION_POP3,
  TL_REJECTION_NOT_OFFERED,
  TL_REJECTION_BAD_HOST,
  TL_REJECTION_BAD_PORT,
  TL_REJECTION_BAD_USER,
  TL_REJECTION_BAD_SECURITY,
  TL_REJECTION_NO_SIGN_IN,
  TL_REJECTION_LIST_CUT,
} TlRejectionReason;

#define TL_TYPE_REJECTION_REASON (tl_rejection_reason_get_type ())
GType       tl_rejection_reason_get_type  (void) G_GNUC_CONST;
const char *tl_rejection_reason_get_label (TlRejectionReason reason);

/**
 * TlRejection:
 *
 * A server that a source named and that is not offered, and why. An item of
 * list models; every property is construct-only, so any thread may hold one.
 *
 * @lane (incoming, outgoing, or none where that is not known), @source (a
 * `TL_SOURCE_` id), @server (as it was named, text from outside: cleaned and at
 * most 255 characters long), @reason.
 */
#define TL_TYPE_REJECTION (tl_rejection_get_type ())
G_DECLARE_FINAL_TYPE (TlRejection, tl_rejection, TL, REJECTION, GObject)

TlRejection       *tl_rejection_new        (TlLaneKind         lane,
                                            const char        *source,
                                            const char        *server,
                                            TlRejectionReason  reason) G_GNUC_WARN_UNUSED_RESULT;
TlRejection       *tl_rejection_new_clean  (TlLaneKind         lane,
                                            const char        *source,
                                            const char        *server,
                                            TlRejectionReason  reason) G_GNUC_WARN_UNUSED_RESULT;
TlLaneKind         tl_rejection_get_lane   (TlRejection       *self);
const char        *tl_rejection_get_source (TlRejection       *self);
const char        *tl_rejection_get_server (TlRejection       *self);
TlRejectionReason  tl_rejection_get_reason (TlRejection       *self);
TlJson            *tl_rejection_to_json    (TlRejection       *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
