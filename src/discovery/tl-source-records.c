/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-records.h"

static const TlSourceStatus statuses[] = {
  [TL_RECORDS_ANSWERED]  = TL_SOURCE_STATUS_ANSWERED,
  [TL_RECORDS_NOTHING]   = TL_SOURCE_STATUS_NOTHING,
  [TL_RECORDS_NXDOMAIN]  = TL_SOURCE_STATUS_NXDOMAIN,
  [TL_RECORDS_SERVFAIL]  = TL_SOURCE_STATUS_SERVFAIL,
  [TL_RECORDS_TIMEOUT]   = TL_SOURCE_STATUS_TIMEOUT,
  [TL_RECORDS_REFUSED]   = TL_SOURCE_STATUS_REFUSED,
  [TL_RECORDS_BOGUS]     = TL_SOURCE_STATUS_BOGUS,
  [TL_RECORDS_TRUNCATED] = TL_SOURCE_STATUS_TRUNCATED,
  [TL_RECORDS_LOOP]      = TL_SOURCE_STATUS_LOOP,
};

/**
 * tl_source_status_from_records:
 * @status: what DNS said
 *
 * Returns: what that makes of a source that depends on it
 */
TlSourceStatus
tl_source_status_from_records (TlRecordsStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (statuses), TL_SOURCE_STATUS_SERVFAIL);

  return statuses[status];
}

/**
 * tl_source_records_finish:
 * @records: who was asked
 * @result: what the callback was given
 * @source: the `TL_SOURCE_` id of who asked
 * @out_reply: (out) (transfer full): what the source has to say when there are no records
 *
 * Ends a look-up that a source cannot do without.
 *
 * Returns: (transfer full) (nullable): the records, of which there is one at least; %NULL with
 *   @out_reply set
 */
TlRecordSet *
tl_source_records_finish (TlRecords      *records,
                          GAsyncResult   *result,
                          const char     *source,
                          TlSourceReply **out_reply)
{
  g_autoptr(TlRecordSet) found = tl_records_lookup_finish (records, result, NULL);
  TlRecordsStatus status = found != NULL ? tl_record_set_get_status (found) : TL_RECORDS_TIMEOUT;

  if (status == TL_RECORDS_ANSWERED)
    return g_steal_pointer (&found);

  *out_reply = tl_source_reply_new_status (source, tl_source_status_from_records (status));

  return NULL;
}
