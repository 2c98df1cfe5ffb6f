/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-document.h"
#include "tl-https.h"
#include "tl-source-reply.h"

G_BEGIN_DECLS

/* What is wrong with a document of which nothing was kept (C10): TL_HTTPS_MAX_BYTES */
#define TL_SOURCE_DOCUMENT_TOO_LARGE "the document is larger than 256 KiB"

/**
 * TlDocumentParseFunc:
 * @bytes: the document
 * @len: its length in bytes
 * @address: whose settings they are to be
 * @domain: the name the document was asked for
 * @source: the `TL_SOURCE_` id it came by
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what it says, or %NULL with %TL_ERROR_NOT_FOUND when it is something
 *   else and %TL_ERROR_PROTOCOL when it is such a document and damaged
 */
typedef TlDocument *(*TlDocumentParseFunc) (const char  *bytes,
                                            gsize        len,
                                            TlAddress   *address,
                                            const char  *domain,
                                            const char  *source,
                                            GError     **error);

TlSourceReply   *tl_source_document_read       (const char           *source,
                                                TlDocumentParseFunc   parse,
                                                const TlHttpsAnswer  *answer,
                                                const char           *hop,
                                                TlAddress            *address,
                                                const char           *domain,
                                                TlTrust               trust)
                                                G_GNUC_WARN_UNUSED_RESULT;
TlDocument      *tl_source_document_open       (const char           *source,
                                                TlDocumentParseFunc   parse,
                                                const TlHttpsAnswer  *answer,
                                                TlAddress            *address,
                                                const char           *domain,
                                                TlSourceReply       **out_reply)
                                                G_GNUC_WARN_UNUSED_RESULT;
TlSourceReply   *tl_source_document_to_reply   (const TlDocument     *document,
                                                TlTrust               trust,
                                                const char           *hop,
                                                const TlHttpsAnswer  *answer,
                                                TlSourceRemarks       remarks)
                                                G_GNUC_WARN_UNUSED_RESULT;
TlSourceReply   *tl_source_document_for_error  (const char           *source,
                                                const GError         *error)
                                                G_GNUC_WARN_UNUSED_RESULT;
TlSourceRemarks  tl_source_document_judge_peek (const TlHttpsAnswer  *answer,
                                                const char           *domain);

G_END_DECLS
