/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-hint.h"
#include "tl-lane-kind.h"
#include "tl-lane-settings.h"
#include "tl-rejection.h"
#include "tl-trust.h"

G_BEGIN_DECLS

#define TL_DOCUMENT_MAX_SERVERS 8
#define TL_DOCUMENT_MAX_HINTS   8

/**
 * TlDocument:
 *
 * What a settings document of any kind says about one address: servers over
 * TLS in the document's order, at most `TL_DOCUMENT_MAX_SERVERS` a lane and each
 * once; servers that are not offered, and why; and hints. Its parser fills it;
 * after that nobody changes it. One thread.
 */
typedef struct _TlDocument TlDocument;

/**
 * TlDocumentServer:
 * @host: (nullable): as the document names it; text from outside
 * @port: 1 to 65535; 0 when it names none, or an impossible one
 * @says_security: it says in a word that is known how it is spoken to
 * @security: how
 * @says_auth: it names a way to sign in that this program could use, or need not name one
 * @auth: which
 * @username: (nullable): who signs in; text from outside
 *
 * A server as a document describes it, before anything of it is believed.
 */
typedef struct
{
  const char *host;
  guint       port;
  gboolean    says_security;
  TlSecurity  security;
  gboolean    says_auth;
  TlAuth      auth;
  const char *username;
} TlDocumentServer;

TlDocument     *tl_document_new          (const char            *source) G_GNUC_WARN_UNUSED_RESULT;
void            tl_document_free         (TlDocument            *self);

/* For parsers */
void            tl_document_take_server  (TlDocument              *self,
                                          TlLaneKind               lane,
                                          const TlDocumentServer  *server);
void            tl_document_add_server   (TlDocument            *self,
                                          TlLaneKind             lane,
                                          TlLaneSettings        *settings);
void            tl_document_reject       (TlDocument            *self,
                                          TlLaneKind             lane,
                                          const char            *server,
                                          TlRejectionReason      reason);
void            tl_document_add_hint     (TlDocument            *self,
                                          TlHintKind             kind,
                                          const char            *text,
                                          const char            *link);

const char     *tl_document_get_source   (const TlDocument      *self);
guint           tl_document_get_n        (const TlDocument      *self,
                                          TlLaneKind             lane);
TlLaneSettings *tl_document_get          (const TlDocument      *self,
                                          TlLaneKind             lane,
                                          guint                  index);
GPtrArray      *tl_document_get_rejections (const TlDocument    *self);
GPtrArray      *tl_document_get_hints    (const TlDocument      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDocument, tl_document_free)

G_END_DECLS
