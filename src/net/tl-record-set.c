/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-record-set.h"

#include "tl-record-parse.h"

struct _TlRecordSet
{
  TlRecordsStatus  status;
  TlDnssec         dnssec;
  GPtrArray       *records; /* of TlRecord; sorted and never changed after */
  gboolean         is_cut;
};

G_DEFINE_BOXED_TYPE (TlRecordSet, tl_record_set, tl_record_set_ref, tl_record_set_unref)

G_DEFINE_ENUM_TYPE (TlRecordsStatus, tl_records_status,
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_ANSWERED, "answered"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_NXDOMAIN, "nxdomain"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_SERVFAIL, "servfail"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_BOGUS, "bogus"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_TRUNCATED, "truncated"),
                    G_DEFINE_ENUM_VALUE (TL_RECORDS_LOOP, "loop"))

G_DEFINE_ENUM_TYPE (TlDnssec, tl_dnssec,
                    G_DEFINE_ENUM_VALUE (TL_DNSSEC_BOGUS, "bogus"),
                    G_DEFINE_ENUM_VALUE (TL_DNSSEC_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (TL_DNSSEC_INSECURE, "insecure"),
                    G_DEFINE_ENUM_VALUE (TL_DNSSEC_SECURE, "secure"))

static int
compare_elements (gconstpointer a,
                  gconstpointer b)
{
  return tl_record_compare (*(const TlRecord * const *) a, *(const TlRecord * const *) b);
}

/**
 * tl_record_set_new:
 * @status: how the look-up ended
 * @dnssec: what validation said
 * @records: (nullable) (transfer full) (element-type TlRecord): an array with
 *   tl_record_free() as its free function
 *
 * Makes an answer of @records: sorted, and only the first
 * `TL_RECORD_SET_MAX_RECORDS` of them. %TL_RECORDS_ANSWERED means that there is
 * at least one: with none it becomes %TL_RECORDS_NOTHING.
 *
 * Returns: (transfer full): the answer
 */
TlRecordSet *
tl_record_set_new (TlRecordsStatus  status,
                   TlDnssec         dnssec,
                   GPtrArray       *records)
{
  TlRecordSet *self = g_atomic_rc_box_new0 (TlRecordSet);

  self->records = records != NULL ? records : g_ptr_array_new ();
  g_ptr_array_sort (self->records, compare_elements);
  self->is_cut = self->records->len > TL_RECORD_SET_MAX_RECORDS;
  if (self->is_cut)
    g_ptr_array_remove_range (self->records, TL_RECORD_SET_MAX_RECORDS,
                              self->records->len - TL_RECORD_SET_MAX_RECORDS);

  self->status = status == TL_RECORDS_ANSWERED && self->records->len == 0 ? TL_RECORDS_NOTHING
                                                                          : status;
  self->dnssec = dnssec;

  return self;
}

/**
 * tl_record_set_with_dnssec:
 * @self: an answer
 * @dnssec: what validation said
 *
 * Returns: (transfer full): the same answer with another result of validation
 */
TlRecordSet *
tl_record_set_with_dnssec (const TlRecordSet *self,
                           TlDnssec           dnssec)
{
  TlRecordSet *other = g_atomic_rc_box_new0 (TlRecordSet);

  other->status = self->status;
  other->dnssec = dnssec;
  other->records = g_ptr_array_ref (self->records);
  other->is_cut = self->is_cut;

  return other;
}

TlRecordSet *
tl_record_set_ref (TlRecordSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_record_set_clear (gpointer data)
{
  TlRecordSet *self = data;

  g_clear_pointer (&self->records, g_ptr_array_unref);
}

void
tl_record_set_unref (TlRecordSet *self)
{
  g_atomic_rc_box_release_full (self, tl_record_set_clear);
}

TlRecordsStatus
tl_record_set_get_status (const TlRecordSet *self)
{
  return self->status;
}

TlDnssec
tl_record_set_get_dnssec (const TlRecordSet *self)
{
  return self->dnssec;
}

guint
tl_record_set_get_n (const TlRecordSet *self)
{
  return self->records->len;
}

const TlRecord *
tl_record_set_get (const TlRecordSet *self,
                   guint              index)
{
  g_return_val_if_fail (index < self->records->len, NULL);

  return g_ptr_array_index (self->records, index);
}

/**
 * tl_record_set_is_cut:
 * @self: an answer
 *
 * Returns: whether there were more records than are kept
 */
gboolean
tl_record_set_is_cut (const TlRecordSet *self)
{
  return self->is_cut;
}

/**
 * tl_record_set_is_whole:
 * @self: an answer
 *
 * Returns: whether all that there is is in it, be it nothing: nobody failed, and nothing was cut
 */
gboolean
tl_record_set_is_whole (const TlRecordSet *self)
{
  return !self->is_cut && !tl_record_set_has_failed (self);
}

/**
 * tl_record_set_has_failed:
 * @self: an answer
 *
 * Returns: whether the DNS did not say; that there is nothing, or no such name, is an answer
 */
gboolean
tl_record_set_has_failed (const TlRecordSet *self)
{
  return self->status != TL_RECORDS_ANSWERED && self->status != TL_RECORDS_NOTHING &&
         self->status != TL_RECORDS_NXDOMAIN;
}
