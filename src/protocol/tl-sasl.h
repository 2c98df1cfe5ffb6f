/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlSaslFlags:
 * @TL_SASL_CLIENT_FIRST: the client has the first word (RFC 4422 §3)
 * @TL_SASL_MUTUAL: the server proves that it knows the password too; success without that
 *   proof is none
 * @TL_SASL_PROMPTS: what the server sends is a prompt for people, not data
 */
typedef enum
{
  TL_SASL_CLIENT_FIRST = 1 << 0,
  TL_SASL_MUTUAL       = 1 << 1,
  TL_SASL_PROMPTS      = 1 << 2,
} TlSaslFlags;

typedef struct _TlSasl TlSasl;
typedef struct _TlSaslMech TlSaslMech;

/**
 * TlSaslMech:
 * @name: as servers list it
 * @flags: how it goes
 * @step: takes the server's last bytes (empty at first) and gives the next ones to send
 *
 * One way to sign in, over bytes: no socket, no base64, no protocol.
 */
struct _TlSaslMech
{
  const char   *name;
  TlSaslFlags   flags;
  TlSecret   *(*step) (TlSasl        *self,
                       GBytes        *challenge,
                       GCancellable  *cancellable,
                       TlFault      **out_fault,
                       GError       **error);
};

const TlSaslMech *tl_sasl_mech_get          (guint                 index);
const TlSaslMech *tl_sasl_choose            (const char * const   *offered,
                                             const TlSaslMech     *weaker_than);
TlFault          *tl_sasl_judge_offer       (const char * const   *offered)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * TlSasl:
 *
 * One exchange under way. Used by one thread; not counted.
 */
TlSasl           *tl_sasl_new               (const TlSaslMech     *mech,
                                             const char           *username,
                                             TlSecret             *password)
  G_GNUC_WARN_UNUSED_RESULT;
void              tl_sasl_free              (TlSasl               *self);

const TlSaslMech *tl_sasl_get_mech          (const TlSasl         *self);
TlSecret         *tl_sasl_step              (TlSasl               *self,
                                             GBytes               *challenge,
                                             GCancellable         *cancellable,
                                             TlFault             **out_fault,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void              tl_sasl_note_written      (TlSasl               *self);
gboolean          tl_sasl_accept            (TlSasl               *self,
                                             TlFault             **out_fault);
gboolean          tl_sasl_has_shown_secret  (const TlSasl         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSasl, tl_sasl_free)

G_END_DECLS
