/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-document.h"

#include <string.h>

#define MAX_REJECTIONS 16

/* Sections of one lane that are looked at, whatever becomes of them. */
#define MAX_SECTIONS 32

/* A host name has 253 octets on the wire and at most so many as people write it. */
#define MAX_HOST_BYTES 1024

struct _TlDocument
{
  const char      *source;     /* interned */
  GPtrArray       *servers[3]; /* owned, by TlLaneKind, of owned TlLaneSettings */
  gboolean         is_cut[3];  /* by TlLaneKind */
  guint            n_sections[3]; /* by TlLaneKind */
  GPtrArray       *rejections; /* owned, of owned TlRejection */
  GPtrArray       *hints;      /* owned, of owned TlHint */
};

/**
 * tl_document_new:
 * @source: the `TL_SOURCE_` id it came by
 *
 * Returns: (transfer full): a document that says nothing yet
 */
TlDocument *
tl_document_new (const char *source)
{
  TlDocument *self = g_new0 (TlDocument, 1);

  self->source = g_intern_string (source);
  for (gsize i = 0; i < G_N_ELEMENTS (self->servers); i++)
    self->servers[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_lane_settings_unref);
  self->rejections = g_ptr_array_new_with_free_func (g_object_unref);
  self->hints = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
tl_document_free (TlDocument *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->servers); i++)
    g_ptr_array_unref (self->servers[i]);
  g_ptr_array_unref (self->rejections);
  g_ptr_array_unref (self->hints);
  g_free (self);
}

static gboolean
is_same_server (gconstpointer a,
                gconstpointer b)
{
  return tl_lane_settings_equal (a, b);
}

/**
 * tl_document_reject:
 * @self: a document that is being read
 * @lane: which lane the server would have been for
 * @server: as the document names it; text from outside
 * @reason: why it is not offered
 */
void
tl_document_reject (TlDocument        *self,
                    TlLaneKind         lane,
                    const char        *server,
                    TlRejectionReason  reason)
{
  if (self->rejections->len < MAX_REJECTIONS || reason == TL_REJECTION_LIST_CUT)
    g_ptr_array_add (self->rejections, tl_rejection_new (lane, self->source, server, reason));
}

/* Said once a lane. */
static void
cut (TlDocument *self,
     TlLaneKind  lane,
     const char *server)
{
  if (!self->is_cut[lane])
    tl_document_reject (self, lane, server, TL_REJECTION_LIST_CUT);
  self->is_cut[lane] = TRUE;
}

/**
 * tl_document_add_server:
 * @self: a document that is being read
 * @lane: incoming or outgoing
 * @settings: how the document says the lane is reached
 *
 * Takes a server in; one that was named before changes nothing, and of those
 * after the first `TL_DOCUMENT_MAX_SERVERS` it is set down once that they were.
 */
void
tl_document_add_server (TlDocument     *self,
                        TlLaneKind      lane,
                        TlLaneSettings *settings)
{
  GPtrArray *servers = self->servers[lane];

  if (g_ptr_array_find_with_equal_func (servers, settings, is_same_server, NULL))
    return;

  if (servers->len < TL_DOCUMENT_MAX_SERVERS)
    {
      g_ptr_array_add (servers, tl_lane_settings_ref (settings));
    }
  else
    {
      g_autofree char *server = tl_endpoint_to_string (tl_lane_settings_get_endpoint (settings));

      cut (self, lane, server);
    }
}

/* A name as others on the network mean it too: no address literal, for nobody
 * vouches for one, and no bare label, which is a machine next door. */
static gboolean
is_public_name (const char *host)
{
  g_autofree char *canonical = NULL;

  if (host != NULL && strlen (host) <= MAX_HOST_BYTES)
    canonical = tl_host_canonicalize (host);

  return canonical != NULL && strchr (canonical, '.') != NULL &&
         !g_hostname_is_ip_address (canonical);
}

static char *
describe (const TlDocumentServer *server,
          TlLaneKind              lane)
{
  if (server->host == NULL || server->host[0] == '\0')
    return g_strdup (lane == TL_LANE_INCOMING ? "imap" : "smtp");
  if (server->port == 0)
    return g_strdup (server->host);

  return g_strdup_printf ("%s:%u", server->host, server->port);
}

/**
 * tl_document_take_server:
 * @self: a document that is being read
 * @lane: incoming or outgoing
 * @server: what the document says about it
 *
 * Takes a server in, or sets down the one reason why it is not offered.
 */
void
tl_document_take_server (TlDocument             *self,
                         TlLaneKind              lane,
                         const TlDocumentServer *server)
{
  g_autofree char *name = describe (server, lane);
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;

  if (++self->n_sections[lane] > MAX_SECTIONS)
    {
      cut (self, lane, name);
      return;
    }
  if (!is_public_name (server->host))
    {
      tl_document_reject (self, lane, name, TL_REJECTION_BAD_HOST);
      return;
    }
  if (server->port == 0 || server->port > G_MAXUINT16)
    {
      tl_document_reject (self, lane, name, TL_REJECTION_BAD_PORT);
      return;
    }
  if (!server->says_security || server->security == TL_SECURITY_NONE)
    {
      tl_document_reject (self, lane, name, server->says_security ? TL_REJECTION_PLAINTEXT
                                                                  : TL_REJECTION_BAD_SECURITY);
      return;
    }
  if (!server->says_auth)
    {
      tl_document_reject (self, lane, name, TL_REJECTION_NO_SIGN_IN);
      return;
    }

  endpoint = tl_endpoint_new (server->host, (guint16) server->port, server->security, NULL);
  if (server->username != NULL)
    settings = tl_lane_settings_new (tl_protocol_for_lane (lane), endpoint, server->auth,
                                     server->username, NULL);
  if (settings != NULL)
    tl_document_add_server (self, lane, settings);
  else
    tl_document_reject (self, lane, name, TL_REJECTION_BAD_USER);
}

/**
 * tl_document_add_hint:
 * @self: a document that is being read
 * @kind: what it is about
 * @text: (nullable): text from outside
 * @link: (nullable): a link from outside
 *
 * Takes a hint in, unless there is nothing left of it that may be shown.
 */
void
tl_document_add_hint (TlDocument *self,
                      TlHintKind  kind,
                      const char *text,
                      const char *link)
{
  g_autoptr(TlHint) hint = NULL;

  if (self->hints->len >= TL_DOCUMENT_MAX_HINTS)
    return;

  hint = tl_hint_new (kind, self->source, text, link);
  if (hint != NULL)
    g_ptr_array_add (self->hints, g_steal_pointer (&hint));
}

/**
 * tl_document_get_source:
 * @self: a document
 *
 * Returns: (transfer none): the `TL_SOURCE_` id it came by
 */
const char *
tl_document_get_source (const TlDocument *self)
{
  return self->source;
}

guint
tl_document_get_n (const TlDocument *self,
                   TlLaneKind        lane)
{
  return self->servers[lane]->len;
}

/**
 * tl_document_get:
 * @self: a document
 * @lane: incoming or outgoing
 * @index: which, in the document's order
 *
 * Returns: (transfer none): how the document says the lane is reached
 */
TlLaneSettings *
tl_document_get (const TlDocument *self,
                 TlLaneKind        lane,
                 guint             index)
{
  g_return_val_if_fail (index < self->servers[lane]->len, NULL);

  return self->servers[lane]->pdata[index];
}

/**
 * tl_document_get_rejections:
 * @self: a document
 *
 * Returns: (transfer none) (element-type TlRejection): servers that are not offered
 */
GPtrArray *
tl_document_get_rejections (const TlDocument *self)
{
  return self->rejections;
}

/**
 * tl_document_get_hints:
 * @self: a document
 *
 * Returns: (transfer none) (element-type TlHint): what it says besides
 */
GPtrArray *
tl_document_get_hints (const TlDocument *self)
{
  return self->hints;
}
