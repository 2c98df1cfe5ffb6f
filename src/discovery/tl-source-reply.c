/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-reply.h"

struct _TlSourceReply
{
  const char      *source;     /* interned */
  TlSourceStatus   status;
  GPtrArray       *claims;     /* owned, of owned TlClaim */
  GPtrArray       *rejections; /* owned, of owned TlRejection */
  GPtrArray       *hints;      /* owned, of owned TlHint */
  char           **sites;      /* owned */
  TlSourceRemarks  remarks;
  const char      *provider;   /* interned, nullable */
  const char      *gateway;    /* interned, nullable */
  char            *detail;     /* owned, nullable */
};

G_DEFINE_BOXED_TYPE (TlSourceReply, tl_source_reply, tl_source_reply_ref, tl_source_reply_unref)

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
  self->provider = g_intern_string (facts->provider);
  self->gateway = g_intern_string (facts->gateway);
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

/**
 * tl_source_reply_names:
 * @self: a reply
 * @lane: incoming or outgoing
 *
 * Returns: whether it names a server for @lane
 */
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

/**
 * tl_source_reply_get_sites:
 * @self: a reply
 *
 * Returns: (transfer none) (array zero-terminated=1): registrable domains of the domain's own mail
 *   host
 */
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

/**
 * tl_source_reply_get_provider:
 * @self: a reply
 *
 * Returns: (transfer none) (nullable): id of the provider whose row of our table the claims are; it
 *   lives for good
 */
const char *
tl_source_reply_get_provider (const TlSourceReply *self)
{
  return self->provider;
}

/**
 * tl_source_reply_get_gateway:
 * @self: a reply
 *
 * Returns: (transfer none) (nullable): id of the filter or forwarder that was recognised
 */
const char *
tl_source_reply_get_gateway (const TlSourceReply *self)
{
  return self->gateway;
}

const char *
tl_source_reply_get_detail (const TlSourceReply *self)
{
  return self->detail;
}

static const char *
get_host (const TlClaim *claim)
{
  return tl_endpoint_get_host (tl_claim_get_endpoint (claim));
}

static gboolean
names_host (const TlSourceReply *self,
            TlLaneKind           lane,
            const char          *host)
{
  for (guint i = 0; i < self->claims->len; i++)
    {
      const TlClaim *claim = self->claims->pdata[i];

      if (tl_claim_get_lane (claim) == lane && g_str_equal (get_host (claim), host))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_source_reply_contradicts:
 * @self: what one source said
 * @other: what another said
 * @lane: incoming or outgoing
 *
 * Returns: %TRUE when both name servers for @lane and have no host in common; another port or
 *   another security of the same host is no contradiction, and neither is a guess
 */
gboolean
tl_source_reply_contradicts (const TlSourceReply *self,
                             const TlSourceReply *other,
                             TlLaneKind           lane)
{
  if (g_str_equal (self->source, TL_SOURCE_GUESS) || g_str_equal (other->source, TL_SOURCE_GUESS) ||
      !tl_source_reply_names (self, lane) || !tl_source_reply_names (other, lane))
    return FALSE;

  for (guint i = 0; i < self->claims->len; i++)
    {
      const TlClaim *claim = self->claims->pdata[i];

      if (tl_claim_get_lane (claim) == lane && names_host (other, lane, get_host (claim)))
        return FALSE;
    }

  return TRUE;
}
