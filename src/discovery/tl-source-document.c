/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-document.h"

#include "tl-error.h"
#include "tl-site.h"

/* What became of a request that brought no answer. */
static const struct
{
  TlError         code;
  TlSourceStatus  status;
} statuses[] = {
  { TL_ERROR_NOT_FOUND,   TL_SOURCE_STATUS_NXDOMAIN },
  { TL_ERROR_TEMPORARY,   TL_SOURCE_STATUS_SERVFAIL },
  { TL_ERROR_UNREACHABLE, TL_SOURCE_STATUS_REFUSED },
  { TL_ERROR_TIMED_OUT,   TL_SOURCE_STATUS_TIMEOUT },
  { TL_ERROR_TLS,         TL_SOURCE_STATUS_BAD_CERTIFICATE },
  { TL_ERROR_PROTOCOL,    TL_SOURCE_STATUS_BAD_DOCUMENT },
};

/* Media types that settings documents have, and web pages do not. */
static const char * const xml_types[] = { "text/xml", "application/xml", NULL };
static const char * const document_types[] = {
  "text/xml", "application/xml", "application/json", NULL,
};

static gboolean
type_is_one_of (const TlHttpsAnswer *answer,
                const char * const  *types)
{
  return answer->content_type != NULL && g_strv_contains (types, answer->content_type);
}

static gboolean
is_page (const TlHttpsAnswer *answer)
{
  return g_strcmp0 (answer->content_type, "text/html") == 0;
}

/**
 * tl_source_document_for_error:
 * @source: a `TL_SOURCE_` id
 * @error: why no answer came, from tl_https_send_finish()
 *
 * Returns: (transfer full): what the source has to say
 */
TlSourceReply *
tl_source_document_for_error (const char   *source,
                              const GError *error)
{
  TlSourceStatus status = TL_SOURCE_STATUS_REFUSED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    status = TL_SOURCE_STATUS_TIMEOUT;
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_error_matches (error, TL_ERROR, (int) statuses[i].code))
        status = statuses[i].status;
    }

  return tl_source_reply_new_status (source, status);
}

/**
 * tl_source_document_open:
 * @source: a `TL_SOURCE_` id
 * @parse: how a document of its kind is read
 * @answer: what came from the web server
 * @address: whose settings they are to be
 * @domain: the name the document was asked for
 * @out_reply: (out) (transfer full): what the source has to say instead of a document
 *
 * Reads what came. An answer of 200 and nothing else counts. That the media
 * type is that of a document is not asked for: some hosts say
 * application/octet-stream. That it says HTML is the page of a web site that
 * answers to every name. What is wrong with a document is told when there is
 * one: such a page is none. Pure.
 *
 * Returns: (transfer full) (nullable): the document; %NULL with @out_reply set
 */
TlDocument *
tl_source_document_open (const char           *source,
                         TlDocumentParseFunc   parse,
                         const TlHttpsAnswer  *answer,
                         TlAddress            *address,
                         const char           *domain,
                         TlSourceReply       **out_reply)
{
  g_autoptr(GError) error = NULL;
  TlDocument *document = NULL;
  TlSourceFacts facts = { NULL };
  TlSourceStatus status = TL_SOURCE_STATUS_BAD_DOCUMENT;
  gsize len;
  const char *bytes = g_bytes_get_data (answer->body, &len);

  if (answer->status == 404 || answer->status == 410)
    {
      status = TL_SOURCE_STATUS_NOTHING;
    }
  else if (answer->status != 200)
    {
      status = TL_SOURCE_STATUS_REFUSED;
    }
  else if (answer->is_too_large)
    {
      facts.detail = is_page (answer) ? NULL : TL_SOURCE_DOCUMENT_TOO_LARGE;
    }
  else if (!is_page (answer))
    {
      document = parse (bytes, len, address, domain, source, &error);
      if (document != NULL)
        return document;
      if (type_is_one_of (answer, document_types) ||
          g_error_matches (error, TL_ERROR, TL_ERROR_PROTOCOL))
        facts.detail = error->message;
    }
  *out_reply = tl_source_reply_new (source, status, &facts);

  return NULL;
}

/* A document may be well written and of no use all the same: whoever wrote it
 * should hear why. That it names POP3 alone is said in another way. */
static const char *
get_uselessness (GPtrArray *rejections)
{
  gboolean any_plain = FALSE;

  for (guint i = 0; i < rejections->len; i++)
    {
      TlRejectionReason reason = tl_rejection_get_reason (rejections->pdata[i]);

      if (reason == TL_REJECTION_POP3)
        return NULL;
      any_plain |= reason == TL_REJECTION_PLAINTEXT;
    }

  if (rejections->len == 0)
    return NULL;

  return any_plain ? "all servers it names are without encryption, or not complete"
                   : "all servers it names lack a value, or have an impossible one";
}

/**
 * tl_source_document_to_reply:
 * @document: what came
 * @trust: how far its word is believed
 * @hop: (nullable): the record that led to it
 * @answer: the answer it came in
 * @remarks: what its source says besides
 *
 * Returns: (transfer full): what its source has to say
 */
TlSourceReply *
tl_source_document_to_reply (const TlDocument    *document,
                             TlTrust              trust,
                             const char          *hop,
                             const TlHttpsAnswer *answer,
                             TlSourceRemarks      remarks)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) hops = NULL;
  TlSourceFacts facts = {
    .claims = claims,
    .rejections = tl_document_get_rejections (document),
    .hints = tl_document_get_hints (document),
    .remarks = remarks,
  };
  TlSourceStatus status = TL_SOURCE_STATUS_ANSWERED;

  if (hop != NULL)
    g_strv_builder_add (builder, hop);
  g_strv_builder_addv (builder, (const char **) answer->hops);
  hops = g_strv_builder_end (builder);

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      for (guint j = 0; j < tl_document_get_n (document, tl_lanes[i]); j++)
        g_ptr_array_add (claims, tl_claim_new (tl_lanes[i],
                                               tl_document_get (document, tl_lanes[i], j), trust,
                                               (const char * const *) hops));
    }

  if (claims->len == 0)
    {
      facts.detail = get_uselessness (facts.rejections);
      status = facts.detail != NULL ? TL_SOURCE_STATUS_BAD_DOCUMENT : TL_SOURCE_STATUS_NOTHING;
    }

  return tl_source_reply_new (tl_document_get_source (document), status, &facts);
}

/**
 * tl_source_document_read:
 * @source: a `TL_SOURCE_` id
 * @parse: how a document of its kind is read
 * @answer: what came from the web server
 * @hop: (nullable): the record that led there
 * @address: whose settings they are to be
 * @domain: the name the document was asked for
 * @trust: how far its word is believed
 *
 * As tl_source_document_open(), for a source that has nothing to add.
 *
 * Returns: (transfer full): what the source has to say
 */
TlSourceReply *
tl_source_document_read (const char          *source,
                         TlDocumentParseFunc  parse,
                         const TlHttpsAnswer *answer,
                         const char          *hop,
                         TlAddress           *address,
                         const char          *domain,
                         TlTrust              trust)
{
  TlSourceReply *reply = NULL;
  g_autoptr(TlDocument) document = tl_source_document_open (source, parse, answer, address, domain,
                                                            &reply);

  return document != NULL
    ? tl_source_document_to_reply (document, trust, hop, answer, TL_SOURCE_REMARK_NONE) : reply;
}

static gboolean
leads_elsewhere (const char *location,
                 const char *domain)
{
  g_autoptr(GUri) uri = location != NULL ? g_uri_parse (location, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL && g_uri_get_host (uri) != NULL &&
         !tl_site_same (g_uri_get_host (uri), domain);
}

/**
 * tl_source_document_judge_peek:
 * @answer: what tl_https_peek_finish() gave for a place where a document would be
 * @domain: the domain it would be of
 *
 * What an answer without protection shows, which anybody on the way may have
 * made up: that a document is offered in this way alone, or that something in
 * between answers in place of everybody: it says so (511, RFC 6585 §6), or leads
 * away to a site of its own. Pure.
 *
 * Returns: the remark to make, if any
 */
TlSourceRemarks
tl_source_document_judge_peek (const TlHttpsAnswer *answer,
                               const char          *domain)
{
  if (answer->status == 511 ||
      (answer->status >= 300 && answer->status < 400 && leads_elsewhere (answer->location, domain)))
    return TL_SOURCE_REMARK_PORTAL;
  if (answer->status == 200 && type_is_one_of (answer, xml_types))
    return TL_SOURCE_REMARK_PLAIN_HTTP;

  return TL_SOURCE_REMARK_NONE;
}
