/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dns-facts.h"

#include <string.h>

#include "tl-record-set.h"

/* One thing that is known, wanted, or both in turn. */
typedef struct
{
  char          *key;
  char          *name;
  TlRecordType   type;       /* 0: a document */
  gboolean       needs_proof;
  gboolean       is_waited;  /* a judge could not go on without it; or without its proof, for which
                                there is needs_proof */
  TlRecordSet   *early;      /* what is there before its proof is */
  TlRecordSet   *set;
  TlDnsDocument *document;
} Fact;

struct _TlDnsFacts
{
  TlDnsFacts  *base;    /* borrowed: who is asked for all but what is in here; NULL: nobody */
  GHashTable  *facts;   /* key → Fact */
  GPtrArray   *order;   /* of Fact, borrowed: as they were first wanted */
  TlRecordSet *too_many;
};

static void
fact_free (gpointer data)
{
  Fact *self = data;

  g_free (self->key);
  g_free (self->name);
  g_clear_pointer (&self->early, tl_record_set_unref);
  g_clear_pointer (&self->set, tl_record_set_unref);
  g_clear_pointer (&self->document, tl_dns_document_free);
  g_free (self);
}

/* A name in the one spelling that it is compared in (RFC 4343); a URL as it is. */
static char *
canonicalize (const char   *name,
              TlRecordType  type)
{
  char *lower;
  gsize len;

  if (type == 0)
    return g_strdup (name);

  lower = g_ascii_strdown (name, -1);
  len = strlen (lower);
  if (len > 1 && lower[len - 1] == '.')
    lower[len - 1] = '\0';

  return lower;
}

/* Gives the fact, made where it is new; NULL where there are too many. Over another facts, what is
 * not in here is that one's. */
static Fact *
ensure (TlDnsFacts   *self,
        const char   *name,
        TlRecordType  type)
{
  g_autofree char *canonical = canonicalize (name, type);
  g_autofree char *key = g_strdup_printf ("%u %s", type, canonical);
  Fact *fact = g_hash_table_lookup (self->facts, key);

  if (fact != NULL)
    return fact;
  if (self->base != NULL)
    return ensure (self->base, name, type);
  if (g_hash_table_size (self->facts) >= TL_DNS_FACTS_MAX)
    return NULL;

  fact = g_new0 (Fact, 1);
  fact->key = g_steal_pointer (&key);
  fact->name = g_steal_pointer (&canonical);
  fact->type = type;
  g_hash_table_insert (self->facts, fact->key, fact);
  g_ptr_array_add (self->order, fact);

  return fact;
}

static gboolean
is_known (const Fact *fact)
{
  return fact->set != NULL || fact->document != NULL;
}

static gboolean
is_missed (const Fact *fact)
{
  return !is_known (fact) && (fact->needs_proof || (fact->is_waited && fact->early == NULL));
}

/**
 * tl_dns_facts_new:
 *
 * Returns: (transfer full): facts that know nothing yet
 */
TlDnsFacts *
tl_dns_facts_new (void)
{
  TlDnsFacts *self = g_new0 (TlDnsFacts, 1);

  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, fact_free);
  self->order = g_ptr_array_new ();
  self->too_many = tl_record_set_new (TL_RECORDS_REFUSED, TL_DNSSEC_UNKNOWN, NULL);

  return self;
}

/**
 * tl_dns_facts_new_over:
 * @base: what is known; outlives what is made
 * @name: whose records are to be others
 * @type: which of them
 * @set: what they would be
 *
 * For a judge that asks what would be if a record were published: all else is as in @base, and
 * what is wanted is wanted of @base.
 *
 * Returns: (transfer full): the same facts with that one answer in the place of what is known
 */
TlDnsFacts *
tl_dns_facts_new_over (TlDnsFacts   *base,
                       const char   *name,
                       TlRecordType  type,
                       TlRecordSet  *set)
{
  TlDnsFacts *self = tl_dns_facts_new ();

  tl_dns_facts_put (self, name, type, set);
  self->base = base;

  return self;
}

void
tl_dns_facts_free (TlDnsFacts *self)
{
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->facts);
  tl_record_set_unref (self->too_many);
  g_free (self);
}

/**
 * tl_dns_facts_look:
 * @self: facts
 * @name: what to look up
 * @type: which records
 *
 * Returns: (transfer none) (nullable): the answer; %NULL while there is none, and then it is wanted
 */
TlRecordSet *
tl_dns_facts_look (TlDnsFacts   *self,
                   const char   *name,
                   TlRecordType  type)
{
  Fact *fact = ensure (self, name, type);

  if (fact == NULL)
    return self->too_many;

  fact->is_waited = TRUE;

  return fact->set != NULL ? fact->set : fact->early;
}

/**
 * tl_dns_facts_look_proven:
 * @self: facts
 * @name: what to look up
 * @type: which records
 *
 * As tl_dns_facts_look(), where it matters what DNSSEC says. An answer that came before anybody
 * wanted to know is given as it is. A proof can come long after what it proves: whoever is after
 * the names that records lead to does not wait for it.
 *
 * Returns: (transfer none) (nullable): the answer, or %NULL
 */
TlRecordSet *
tl_dns_facts_look_proven (TlDnsFacts   *self,
                          const char   *name,
                          TlRecordType  type)
{
  Fact *fact = ensure (self, name, type);

  if (fact == NULL)
    return self->too_many;

  fact->needs_proof = TRUE;

  return fact->set;
}

/**
 * tl_dns_facts_look_at:
 * @self: facts
 * @url: an https URL
 *
 * Returns: (transfer none) (nullable): the document, which may be that there is none; %NULL while
 *   nobody has looked, and then it is wanted
 */
const TlDnsDocument *
tl_dns_facts_look_at (TlDnsFacts *self,
                      const char *url)
{
  Fact *fact = ensure (self, url, 0);

  if (fact == NULL)
    return NULL;

  fact->is_waited = TRUE;

  return fact->document;
}

/**
 * tl_dns_facts_scout:
 * @self: facts
 * @name: what to look up
 * @type: which records
 *
 * Says that it may be needed in a round to come: it is asked for with this one.
 */
void
tl_dns_facts_scout (TlDnsFacts   *self,
                    const char   *name,
                    TlRecordType  type)
{
  ensure (self, name, type);
}

/**
 * tl_dns_facts_list_wanted:
 * @self: facts
 *
 * Returns: (transfer full) (element-type TlDnsWant) (nullable): what is wanted and not known, in
 *   the order it was first wanted, borrowed from @self; %NULL when nothing is
 */
GPtrArray *
tl_dns_facts_list_wanted (TlDnsFacts *self)
{
  g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->order->len; i++)
    {
      Fact *fact = self->order->pdata[i];
      TlDnsWant *want;

      if (is_known (fact))
        continue;
      want = g_new0 (TlDnsWant, 1);
      want->name = fact->name;
      want->type = fact->type;
      want->needs_proof = fact->needs_proof;
      want->is_waited = is_missed (fact);
      g_ptr_array_add (wanted, want);
    }

  return wanted->len == 0 ? NULL : g_steal_pointer (&wanted);
}

/**
 * tl_dns_facts_get_n_waited:
 * @self: facts
 *
 * Returns: how many of what is wanted a judge could not go on without: with none of them there is
 *   no need for another round
 */
guint
tl_dns_facts_get_n_waited (TlDnsFacts *self)
{
  guint n = 0;

  for (guint i = 0; i < self->order->len; i++)
    {
      Fact *fact = self->order->pdata[i];

      n += is_missed (fact);
    }

  return n;
}

/**
 * tl_dns_facts_forget_wanted:
 * @self: facts
 *
 * Nobody wants what is not known any more, until somebody looks again.
 */
void
tl_dns_facts_forget_wanted (TlDnsFacts *self)
{
  for (guint i = self->order->len; i > 0; i--)
    {
      Fact *fact = self->order->pdata[i - 1];

      if (is_known (fact))
        continue;
      g_ptr_array_remove_index (self->order, i - 1);
      g_hash_table_remove (self->facts, fact->key);
    }
}

/**
 * tl_dns_facts_put:
 * @self: facts
 * @name: what was looked up
 * @type: which records
 * @set: the answer
 *
 * Puts an answer in; the first one stays.
 */
void
tl_dns_facts_put (TlDnsFacts   *self,
                  const char   *name,
                  TlRecordType  type,
                  TlRecordSet  *set)
{
  Fact *fact = ensure (self, name, type);

  if (fact != NULL && fact->set == NULL)
    fact->set = tl_record_set_ref (set);
}

/**
 * tl_dns_facts_put_early:
 * @self: facts
 * @name: what was looked up
 * @type: which records
 * @set: the answer without its proof
 *
 * Puts in what is there before the proof is: tl_dns_facts_look() gives it, until there is more.
 */
void
tl_dns_facts_put_early (TlDnsFacts   *self,
                        const char   *name,
                        TlRecordType  type,
                        TlRecordSet  *set)
{
  Fact *fact = ensure (self, name, type);

  if (fact != NULL && fact->early == NULL)
    fact->early = tl_record_set_ref (set);
}

/**
 * tl_dns_facts_put_document:
 * @self: facts
 * @url: where it was looked for
 * @document: (transfer full): what came of it
 *
 * Puts a document in; the first one stays.
 */
void
tl_dns_facts_put_document (TlDnsFacts    *self,
                           const char    *url,
                           TlDnsDocument *document)
{
  Fact *fact = ensure (self, url, 0);

  if (fact != NULL && fact->document == NULL)
    fact->document = document;
  else
    tl_dns_document_free (document);
}

/**
 * tl_dns_facts_get_n:
 * @self: facts
 *
 * Returns: how many answers there are
 */
guint
tl_dns_facts_get_n (TlDnsFacts *self)
{
  guint n = 0;

  for (guint i = 0; i < self->order->len; i++)
    n += is_known (self->order->pdata[i]);

  return n;
}

/**
 * tl_dns_document_new:
 * @status: HTTP status
 * @content_type: (nullable): media type
 * @body: (nullable): what it says
 * @why: (nullable): why there is no body
 *
 * Returns: (transfer full): a document that somebody answered with
 */
TlDnsDocument *
tl_dns_document_new (guint       status,
                     const char *content_type,
                     GBytes     *body,
                     const char *why)
{
  TlDnsDocument *self = g_new0 (TlDnsDocument, 1);

  self->status = status;
  self->content_type = g_strdup (content_type);
  self->body = body == NULL ? NULL : g_bytes_ref (body);
  self->why = g_strdup (why);

  return self;
}

/**
 * tl_dns_document_new_failed:
 * @cause: why there is no answer
 * @why: (nullable): the same as an English clause
 *
 * Returns: (transfer full): that there is no document
 */
TlDnsDocument *
tl_dns_document_new_failed (TlDnsDocumentCause  cause,
                            const char         *why)
{
  TlDnsDocument *self = tl_dns_document_new (0, NULL, NULL, why);

  self->cause = cause;

  return self;
}

void
tl_dns_document_free (TlDnsDocument *self)
{
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->why);
  g_free (self);
}
