/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlSourceStatus:
 * @TL_SOURCE_STATUS_ANSWERED: it had something to say about this address
 * @TL_SOURCE_STATUS_EVIDENCE: it said who hosts the mail, or in front of whom, and named no server
 * @TL_SOURCE_STATUS_NOTHING: it exists and has nothing to say
 * @TL_SOURCE_STATUS_NXDOMAIN: the name it is asked under does not exist
 * @TL_SOURCE_STATUS_SERVFAIL: name service failed
 * @TL_SOURCE_STATUS_TRUNCATED: name service cut its answer off and gave no whole one
 * @TL_SOURCE_STATUS_LOOP: one name leads to another without end
 * @TL_SOURCE_STATUS_TIMEOUT: it did not answer in time
 * @TL_SOURCE_STATUS_REFUSED: nobody listens there, or it said no
 * @TL_SOURCE_STATUS_BAD_DOCUMENT: what came is not a document of the kind that was asked for
 * @TL_SOURCE_STATUS_BAD_CERTIFICATE: the web server there could not prove its name
 * @TL_SOURCE_STATUS_BOGUS: the signature of the domain's records is wrong
 * @TL_SOURCE_STATUS_NOT_ASKED: it was not needed, or must not be asked for this domain
 * @TL_SOURCE_STATUS_ASKING: it was asked, and what becomes of it is not known yet
 *
 * What became of a discovery source. The nick is what `discover --json` prints.
 */
typedef enum
{
  TL_SOURCE_STATUS_ANSWERED,
  TL_SOURCE_STATUS_EVIDENCE,
  TL_SOURCE_STATUS_NOTHING,
  TL_SOURCE_STATUS_NXDOMAIN,
  TL_SOURCE_STATUS_SERVFAIL,
  TL_SOURCE_STATUS_TRUNCATED,
  TL_SOURCE_STATUS_LOOP,
  TL_SOURCE_STATUS_TIMEOUT,
  TL_SOURCE_STATUS_REFUSED,
  TL_SOURCE_STATUS_BAD_DOCUMENT,
  TL_SOURCE_STATUS_BAD_CERTIFICATE,
  TL_SOURCE_STATUS_BOGUS,
  TL_SOURCE_STATUS_NOT_ASKED,
  TL_SOURCE_STATUS_ASKING,
} TlSourceStatus;

#define TL_TYPE_SOURCE_STATUS (tl_source_status_get_type ())
GType       tl_source_status_get_type  (void) G_GNUC_CONST;
const char *tl_source_status_get_nick  (TlSourceStatus status);
const char *tl_source_status_get_label (TlSourceStatus status);

/**
 * TlSourceAnswer:
 *
 * What became of one discovery source: its id, what happened, how long it took,
 * and a detail. An item of list models; construct-only.
 */
#define TL_TYPE_SOURCE_ANSWER (tl_source_answer_get_type ())
G_DECLARE_FINAL_TYPE (TlSourceAnswer, tl_source_answer, TL, SOURCE_ANSWER, GObject)

TlSourceAnswer *tl_source_answer_new        (const char      *source,
                                             TlSourceStatus   status,
                                             guint            ms,
                                             const char      *detail) G_GNUC_WARN_UNUSED_RESULT;
const char     *tl_source_answer_get_source (TlSourceAnswer  *self);
TlSourceStatus  tl_source_answer_get_status (TlSourceAnswer  *self);
guint           tl_source_answer_get_ms     (TlSourceAnswer  *self);
const char     *tl_source_answer_get_detail (TlSourceAnswer  *self);

G_END_DECLS
