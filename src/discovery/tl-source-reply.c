/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-reply.h"

G_DEFINE_ENUM_TYPE (TlSourceStatus, tl_source_status,
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_ANSWERED, "answered"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_EVIDENCE, "evidence"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_NXDOMAIN, "nxdomain"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_SERVFAIL, "servfail"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_TRUNCATED, "truncated"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_LOOP, "loop"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_BAD_DOCUMENT, "bad-document"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_BAD_CERTIFICATE, "bad-certificate"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_BOGUS, "bogus"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_NOT_ASKED, "not-asked"))

static const TlSourceStatus records_statuses[] = {
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

struct _TlSourceReply
{
  const char      *source;  /* interned */
  TlSourceStatus   status;
  GPtrArray       *claims;     /* owned, of owned TlClaim */
  GPtrArray       *rejections; /* owned, of owned TlRejection */
  GPtrArray       *hints;      /* owned, of owned TlHint */
  char           **sites;      /* owned */
  TlSourceRemarks  remarks;
  char            *detail;     /* owned, nullable */
};

G_DEFINE_BOXED_TYPE (TlSourceReply, tl_source_reply, tl_source_reply_ref, tl_source_reply_unref)

const char *
tl_source_status_get_nick (TlSourceStatus status)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_SOURCE_STATUS);
  const GEnumValue *value = g_enum_get_value (klass, (int) status);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

TlSourceStatus
tl_source_status_from_records (TlRecordsStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (records_statuses),
                        TL_SOURCE_STATUS_SERVFAIL);

  return records_statuses[status];
}

static GPtrArray *
copy_objects (GPtrArray *from)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; from != NULL && i < from->len; i++)
    g_ptr_array_add (objects, g_object_ref (from->pdata[i]));

  return objects;
}

/**
 * tl_source_reply_new:
 * @source: a `TL_SOURCE_` id
 * @status: what became of the source
 * @facts: (nullable): what it found out; copied
 *
 * Returns: (transfer full): the reply
 */
TlSourceReply *
tl_source_reply_new (const char          *source,
                     TlSourceStatus       status,
                     const TlSourceFacts *facts)
{
  static const TlSourceFacts none = { NULL };
  TlSourceReply *self = g_atomic_rc_box_new0 (TlSourceReply);

  if (facts == NULL)
    facts = &none;

  self->source = g_intern_string (source);
  self->status = status;
  self->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  for (guint i = 0; facts->claims != NULL && i < facts->claims->len; i++)
    g_ptr_array_add (self->claims, tl_claim_ref (facts->claims->pdata[i]));
  self->rejections = copy_objects (facts->rejections);
  self->hints = copy_objects (facts->hints);
  self->sites = facts->sites != NULL ? g_strdupv ((char **) facts->sites) : g_new0 (char *, 1);
  self->remarks = facts->remarks;
  self->detail = g_strdup (facts->detail);

  return self;
}

/**
 * tl_source_reply_new_status:
 * @source: a `TL_SOURCE_` id
 * @status: what became of the source
 *
 * Returns: (transfer full): a reply that says nothing more
 */
TlSourceReply *
tl_source_reply_new_status (const char     *source,
                            TlSourceStatus  status)
{
  return tl_source_reply_new (source, status, NULL);
}

TlSourceReply *
tl_source_reply_ref (TlSourceReply *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_source_reply_clear (gpointer data)
{
  TlSourceReply *self = data;

  g_clear_pointer (&self->claims, g_ptr_array_unref);
  g_clear_pointer (&self->rejections, g_ptr_array_unref);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  g_clear_pointer (&self->sites, g_strfreev);
  g_clear_pointer (&self->detail, g_free);
}

void
tl_source_reply_unref (TlSourceReply *self)
{
  g_atomic_rc_box_release_full (self, tl_source_reply_clear);
}

const char *
tl_source_reply_get_source (const TlSourceReply *self)
{
  return self->source;
}

TlSourceStatus
tl_source_reply_get_status (const TlSourceReply *self)
{
  return self->status;
}

guint
tl_source_reply_get_n (const TlSourceReply *self)
{
  return self->claims->len;
}

TlClaim *
tl_source_reply_get_claim (const TlSourceReply *self,
                           guint                index)
{
  g_return_val_if_fail (index < self->claims->len, NULL);

  return self->claims->pdata[index];
}

gboolean
tl_source_reply_names (const TlSourceReply *self,
                       TlLaneKind           lane)
{
  for (guint i = 0; i < self->claims->len; i++)
    {
      if (tl_claim_get_lane (self->claims->pdata[i]) == lane)
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_source_reply_get_rejections:
 * @self: a reply
 *
 * Returns: (transfer none) (element-type TlRejection): what it named that is not offered
 */
GPtrArray *
tl_source_reply_get_rejections (const TlSourceReply *self)
{
  return self->rejections;
}

/**
 * tl_source_reply_get_hints:
 * @self: a reply
 *
 * Returns: (transfer none) (element-type TlHint): what it says besides
 */
GPtrArray *
tl_source_reply_get_hints (const TlSourceReply *self)
{
  return self->hints;
}

const char * const *
tl_source_reply_get_sites (const TlSourceReply *self)
{
  return (const char * const *) self->sites;
}

TlSourceRemarks
tl_source_reply_get_remarks (const TlSourceReply *self)
{
  return self->remarks;
}

const char *
tl_source_reply_get_detail (const TlSourceReply *self)
{
  return self->detail;
}
