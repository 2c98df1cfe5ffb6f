/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"

G_BEGIN_DECLS

#define TL_IMAP_MAX_LINE_LEN       65536
#define TL_IMAP_MAX_LITERAL_BYTES  65536
#define TL_IMAP_MAX_TOKENS         4096
#define TL_IMAP_MAX_DEPTH          32

/**
 * TlImapKind: which of the three kinds of response (RFC 9051 §7)
 */
typedef enum
{
  TL_IMAP_UNTAGGED,
  TL_IMAP_TAGGED,
  TL_IMAP_CONTINUATION,
} TlImapKind;

/**
 * TlImapStatus: the status of a status response (RFC 9051 §7.1), or that it is data
 */
typedef enum
{
  TL_IMAP_DATA,
  TL_IMAP_OK,
  TL_IMAP_NO,
  TL_IMAP_BAD,
  TL_IMAP_BYE,
  TL_IMAP_PREAUTH,
} TlImapStatus;

/**
 * TlImapTokenKind: one word of a data response
 */
typedef enum
{
  TL_IMAP_TOKEN_ATOM,
  TL_IMAP_TOKEN_STRING,
  TL_IMAP_TOKEN_OPEN,
  TL_IMAP_TOKEN_CLOSE,
} TlImapTokenKind;

/**
 * TlImapToken:
 * @kind: what it is; a string was quoted or a literal
 * @text: its bytes, which hold no NUL; empty for a parenthesis
 */
typedef struct
{
  TlImapTokenKind  kind;
  char            *text;
} TlImapToken;

/**
 * TlImapResponse:
 *
 * One response of an IMAP server, fed line by line and literal by literal. Not
 * a value: one thread feeds it and reads it.
 */
typedef struct _TlImapResponse TlImapResponse;

TlImapResponse    *tl_imap_response_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void               tl_imap_response_free         (TlImapResponse        *self);

gboolean           tl_imap_response_feed_line    (TlImapResponse        *self,
                                                  const char            *line,
                                                  gssize                *out_literal_len,
                                                  TlFault              **out_fault);
gboolean           tl_imap_response_feed_literal (TlImapResponse        *self,
                                                  GBytes                *literal,
                                                  TlFault              **out_fault);

TlImapKind         tl_imap_response_get_kind     (const TlImapResponse  *self);
TlImapStatus       tl_imap_response_get_status   (const TlImapResponse  *self);
const char        *tl_imap_response_get_tag      (const TlImapResponse  *self);
const char        *tl_imap_response_get_name     (const TlImapResponse  *self);
guint              tl_imap_response_get_number   (const TlImapResponse  *self);
const char        *tl_imap_response_get_code     (const TlImapResponse  *self);
const char        *tl_imap_response_get_code_arguments (const TlImapResponse *self);
const char        *tl_imap_response_get_text     (const TlImapResponse  *self);
guint              tl_imap_response_get_n_tokens (const TlImapResponse  *self);
const TlImapToken *tl_imap_response_get_token    (const TlImapResponse  *self,
                                                  guint                  index);

TlFault           *tl_imap_response_to_fault     (const TlImapResponse  *self,
                                                  TlCause                cause)
  G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapResponse, tl_imap_response_free)

G_END_DECLS
