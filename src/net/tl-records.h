/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-deadline.h"
#include "tl-network.h"

G_BEGIN_DECLS

/**
 * TlRecordType: the DNS record types that are asked for, by their IANA numbers
 */
typedef enum
{
  TL_RECORD_A     = 1,
  TL_RECORD_CNAME = 5,
  TL_RECORD_PTR   = 12,
  TL_RECORD_MX    = 15,
  TL_RECORD_TXT   = 16,
  TL_RECORD_AAAA  = 28,
  TL_RECORD_SRV   = 33,
  TL_RECORD_TLSA  = 52,
} TlRecordType;

/**
 * TlRecordsStatus:
 *
 * How a look-up ended. The nick is what `discover --json` prints as a source's status.
 */
typedef enum
{
  TL_RECORDS_ANSWERED,
  TL_RECORDS_NOTHING,
  TL_RECORDS_NXDOMAIN,
  TL_RECORDS_SERVFAIL,
  TL_RECORDS_TIMEOUT,
  TL_RECORDS_REFUSED,
  TL_RECORDS_BOGUS,
  TL_RECORDS_TRUNCATED,
  TL_RECORDS_LOOP,
} TlRecordsStatus;

#define TL_TYPE_RECORDS_STATUS (tl_records_status_get_type ())
GType tl_records_status_get_type (void) G_GNUC_CONST;

/**
 * TlDnssec: what validation said, ordered by how much it proves:
 * bogus < unknown < insecure < secure.
 */
typedef enum
{
  TL_DNSSEC_BOGUS,
  TL_DNSSEC_UNKNOWN,
  TL_DNSSEC_INSECURE,
  TL_DNSSEC_SECURE,
} TlDnssec;

#define TL_TYPE_DNSSEC (tl_dnssec_get_type ())
GType tl_dnssec_get_type (void) G_GNUC_CONST;

/**
 * TlRecord:
 * @priority: SRV priority or MX preference (lower is preferred)
 * @weight: SRV weight
 * @port: SRV port
 * @target: (nullable): SRV, MX, CNAME or PTR target, canonical; "." stays "." (RFC 2782: not
 *   offered); %NULL when it is no host name
 * @raw_target: (nullable): what stood there in place of a host name, cleaned; set when, and only
 *   when, there should be a @target and is none
 * @text: (nullable): TXT, its character-strings joined, cleaned, at most `TL_RECORD_MAX_TEXT`
 * @data: (nullable): TLSA, as on the wire: usage, selector, matching type, association data; A and
 *   AAAA, the address in network order, 4 or 16 bytes; TXT, its character-strings joined, as they
 *   are (RFC 7208 §3.3), at most `TL_RECORD_MAX_TEXT`
 */
typedef struct
{
  guint16  priority;
  guint16  weight;
  guint16  port;
  char    *target;
  char    *raw_target;
  char    *text;
  GBytes  *data;
} TlRecord;

#define TL_RECORD_MAX_TEXT 4096

/**
 * TlRecordSet: an immutable, atomically counted answer
 */
typedef struct _TlRecordSet TlRecordSet;

#define TL_TYPE_RECORD_SET (tl_record_set_get_type ())
GType            tl_record_set_get_type   (void) G_GNUC_CONST;
TlRecordSet     *tl_record_set_ref        (TlRecordSet          *self);
void             tl_record_set_unref      (TlRecordSet          *self);
TlRecordsStatus  tl_record_set_get_status (const TlRecordSet    *self);
TlDnssec         tl_record_set_get_dnssec (const TlRecordSet    *self);
guint            tl_record_set_get_n      (const TlRecordSet    *self);
const TlRecord  *tl_record_set_get        (const TlRecordSet    *self,
                                           guint                 index);
gboolean         tl_record_set_is_cut     (const TlRecordSet    *self);
gboolean         tl_record_set_is_whole   (const TlRecordSet    *self);
gboolean         tl_record_set_has_failed (const TlRecordSet    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRecordSet, tl_record_set_unref)

/**
 * TlRecords:
 *
 * Looks records up through libunbound by way of the system's resolvers. What
 * was asked once is not asked again while it lives: the same question gets the
 * same answer, also while the first is still under way.
 *
 * A look-up waits for what DNSSEC has to say, a quick one does not: it is for
 * those to whom that makes no difference, and is over after one round trip.
 * Belongs to the thread-default #GMainContext it was made in; calls back there.
 */
#define TL_TYPE_RECORDS (tl_records_get_type ())
G_DECLARE_FINAL_TYPE (TlRecords, tl_records, TL, RECORDS, GObject)

TlRecords   *tl_records_new                (TlContacts           *contacts)
                                            G_GNUC_WARN_UNUSED_RESULT;
void         tl_records_lookup_async       (TlRecords            *self,
                                            const char           *name,
                                            TlRecordType          type,
                                            TlDeadline            deadline,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
void         tl_records_lookup_quick_async (TlRecords            *self,
                                            const char           *name,
                                            TlRecordType          type,
                                            TlDeadline            deadline,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TlRecordSet *tl_records_lookup_finish      (TlRecords            *self,
                                            GAsyncResult         *result,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
