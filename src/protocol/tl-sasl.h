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
 * @TL_SASL_BINDS: the exchange is bound to its TLS connection (RFC 5056)
 */
typedef enum
{
  TL_SASL_CLIENT_FIRST = 1 << 0,
  TL_SASL_MUTUAL       = 1 << 1,
  TL_SASL_PROMPTS      = 1 << 2,
  TL_SASL_BINDS        = 1 << 3,
} TlSaslFlags;

/**
 * TlSaslWith: what is signed in with
 * @TL_SASL_WITH_PASSWORD: a password, or one made for this program
 * @TL_SASL_WITH_TOKEN: an access token (RFC 6749 §1.4)
 * @TL_SASL_WITH_CERTIFICATE: what TLS showed already (EXTERNAL, RFC 4422 appendix A)
 */
typedef enum
{
  TL_SASL_WITH_PASSWORD,
  TL_SASL_WITH_TOKEN,
  TL_SASL_WITH_CERTIFICATE,
} TlSaslWith;

/**
 * TlSaslCredentials:
 * @with: what is signed in with
 * @username: who
 * @secret: (nullable): the password or the token, %NULL for a certificate
 * @host: the server, which OAUTHBEARER names (RFC 7628 §3.1)
 * @port: its port
 *
 * Who signs in, and with what. Everything is borrowed.
 */
typedef struct
{
  TlSaslWith   with;
  const char  *username;
  TlSecret    *secret;
  const char  *host;
  guint16      port;
} TlSaslCredentials;

/**
 * TlSaslBinding:
 * @name: (nullable): the kind, `tls-exporter` or `tls-server-end-point`; %NULL when there is none
 * @data: (nullable): its bytes
 * @is_offered: whether the server offers, or offered and then refused, to bind
 *
 * What a sign-in can be bound to. Everything is borrowed.
 */
typedef struct
{
  const char *name;
  GBytes     *data;
  gboolean    is_offered;
} TlSaslBinding;

typedef struct _TlSasl TlSasl;
typedef struct _TlSaslMech TlSaslMech;

/**
 * TlSaslMech:
 * @name: as servers list it
 * @with: what is signed in with
 * @flags: how it goes
 * @step: takes the server's last bytes (empty at first) and gives the next ones to send
 *
 * One way to sign in, over bytes: no socket, no base64, no protocol.
 */
struct _TlSaslMech
{
  const char   *name;
  TlSaslWith    with;
  TlSaslFlags   flags;
  TlSecret   *(*step) (TlSasl        *self,
                       GBytes        *challenge,
                       GCancellable  *cancellable,
                       TlFault      **out_fault,
                       GError       **error);
};

const TlSaslMech *tl_sasl_mech_get          (guint                 index);
const TlSaslMech *tl_sasl_choose            (TlSaslWith            with,
                                             gboolean              can_bind,
                                             const char * const   *offered,
                                             const TlSaslMech     *weaker_than);
gboolean          tl_sasl_offers_binding    (const char * const   *offered);
TlFault          *tl_sasl_judge_offer       (TlSaslWith            with,
                                             gboolean              can_bind,
                                             const char * const   *offered)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * TlSasl:
 *
 * One exchange under way. Used by one thread; not counted.
 */
TlSasl           *tl_sasl_new               (const TlSaslMech     *mech,
                                             const TlSaslCredentials *who,
                                             const TlSaslBinding  *binding)
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
GVariant         *tl_sasl_dup_evidence      (const TlSasl         *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSasl, tl_sasl_free)

G_END_DECLS
