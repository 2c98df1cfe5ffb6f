/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dmarc-walk.h"

#include <string.h>

/* What stands at one domain on the way up. */
typedef struct
{
  const char    *domain;   /* borrowed from the start's spelling */
  char          *name;     /* `_dmarc.` before it */
  char          *text;
  TlDmarcRecord *record;
  guint          n_several;
} Stop;

static void
stop_free (gpointer data)
{
  Stop *self = data;

  g_free (self->name);
  g_free (self->text);
  g_clear_pointer (&self->record, tl_dmarc_record_free);
  g_free (self);
}

/* The one DMARC record of an answer; of several none counts. */
static void
read_stop (Stop        *stop,
           TlRecordSet *set)
{
  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *txt = tl_record_set_get (set, i);
      const char *bytes = txt->data == NULL ? "" : g_bytes_get_data (txt->data, NULL);
      gsize len = txt->data == NULL ? 0 : g_bytes_get_size (txt->data);

      if (bytes == NULL || !tl_dmarc_record_is (bytes, len))
        continue;
      stop->n_several++;
      if (stop->record == NULL)
        {
          stop->record = tl_dmarc_record_new (bytes, len);
          stop->text = g_strdup (txt->text);
        }
    }

  if (stop->n_several > 1)
    {
      g_clear_pointer (&stop->record, tl_dmarc_record_free);
      g_clear_pointer (&stop->text, g_free);
    }
  else
    {
      stop->n_several = 0;
    }
}

/* The names of a walk: the domain, then up by one label each; from a domain of more than eight
 * labels it goes on with its last seven. */
static GPtrArray *
list_stops (const char *domain)
{
  g_autoptr(GPtrArray) stops = g_ptr_array_new_with_free_func (stop_free);
  const char *at = domain;
  guint n_labels = 1;

  for (const char *p = domain; *p != '\0'; p++)
    n_labels += *p == '.';

  while (stops->len < TL_DMARC_WALK_MAX)
    {
      Stop *stop = g_new0 (Stop, 1);

      stop->domain = at;
      stop->name = g_strconcat ("_dmarc.", at, NULL);
      g_ptr_array_add (stops, stop);

      do
        {
          at = strchr (at, '.');
          if (at == NULL)
            return g_steal_pointer (&stops);
          at++;
          n_labels--;
        }
      while (n_labels >= TL_DMARC_WALK_MAX);
    }

  return g_steal_pointer (&stops);
}

/* Where the organizational domain is; NULL where nobody on the way says anything. */
static const Stop *
find_organizational (GPtrArray *stops)
{
  const Stop *highest = NULL;

  for (guint i = 0; i < stops->len; i++)
    {
      const Stop *stop = stops->pdata[i];

      if (stop->record == NULL)
        continue;
      if (stop->record->psd == 'n')
        return stop;
      if (stop->record->psd == 'y' && i > 0)
        return stops->pdata[i - 1];
      highest = stop;
    }

  return highest;
}

/* Whose record applies: the domain's, its organizational domain's, or the public suffix's. */
static Stop *
find_policy (GPtrArray  *stops,
             const Stop *organizational)
{
  Stop *own = stops->pdata[0];

  if (own->record != NULL)
    return own;
  for (guint i = 0; i < stops->len && organizational != NULL; i++)
    {
      Stop *stop = stops->pdata[i];

      if (stop == organizational && stop->record != NULL)
        return stop;
    }
  for (guint i = 0; i < stops->len; i++)
    {
      Stop *stop = stops->pdata[i];

      if (stop->record != NULL && stop->record->psd == 'y')
        return stop;
    }

  return NULL;
}

/**
 * tl_dmarc_walk:
 * @domain: where to begin, A-labels, without a dot at the end
 * @facts: what is known; takes note of what else is wanted, which is all of the way at once
 *
 * Walks up the tree (RFC 9989, “DNS Tree Walk”) for the record that applies to @domain, and for its
 * organizational domain: that of the first record with `psd=n`; else the one below the first with
 * `psd=y`; else that of the record with the fewest labels; else @domain itself.
 *
 * Returns: (transfer full): what was found; of use only when it is complete and nothing failed
 */
TlDmarcWalk *
tl_dmarc_walk (const char *domain,
               TlDnsFacts *facts)
{
  g_autoptr(TlDmarcWalk) self = g_new0 (TlDmarcWalk, 1);
  g_autoptr(GPtrArray) stops = list_stops (domain);
  const Stop *organizational;
  Stop *policy;

  self->is_complete = TRUE;
  for (guint i = 0; i < stops->len; i++)
    {
      Stop *stop = stops->pdata[i];
      TlRecordSet *set = tl_dns_facts_look (facts, stop->name, TL_RECORD_TXT);

      if (set == NULL)
        {
          self->is_complete = FALSE;
          continue;
        }
      if (tl_record_set_is_whole (set))
        read_stop (stop, set);
      else if (self->failed_set == NULL)
        {
          self->failed_name = g_strdup (stop->name);
          self->failed_set = tl_record_set_ref (set);
        }
    }

  organizational = find_organizational (stops);
  self->organizational = g_strdup (organizational == NULL ? domain : organizational->domain);
  self->n_several = ((Stop *) stops->pdata[0])->n_several;

  policy = find_policy (stops, organizational);
  if (policy != NULL)
    {
      self->name = g_strdup (policy->name);
      self->domain = g_strdup (policy->domain);
      self->is_own = policy == stops->pdata[0];
      self->text = g_steal_pointer (&policy->text);
      self->record = g_steal_pointer (&policy->record);
    }

  return g_steal_pointer (&self);
}

void
tl_dmarc_walk_free (TlDmarcWalk *self)
{
  g_free (self->failed_name);
  g_clear_pointer (&self->failed_set, tl_record_set_unref);
  g_free (self->organizational);
  g_free (self->name);
  g_free (self->domain);
  g_free (self->text);
  g_clear_pointer (&self->record, tl_dmarc_record_free);
  g_free (self);
}

/**
 * tl_dmarc_walk_get_policy:
 * @self: a walk that found a record
 *
 * Returns: what receivers are asked to do with what is forged in the name of the domain where it
 *   began
 */
TlDmarcPolicy
tl_dmarc_walk_get_policy (const TlDmarcWalk *self)
{
  g_return_val_if_fail (self->record != NULL, TL_DMARC_NONE);

  return tl_dmarc_record_get_effective (self->record,
                                        self->is_own ? self->record->p : self->record->sp);
}

/* Whether two names could have an organizational domain in common at all. */
static gboolean
share_last_label (const char *a,
                  const char *b)
{
  const char *last_a = strrchr (a, '.');
  const char *last_b = strrchr (b, '.');

  return g_ascii_strcasecmp (last_a == NULL ? a : last_a, last_b == NULL ? b : last_b) == 0;
}

/**
 * tl_dmarc_is_aligned:
 * @from: the domain in From
 * @proven: the domain that SPF or DKIM proved
 * @is_strict: `aspf=s` or `adkim=s`
 * @facts: what is known
 *
 * Compares two domains (RFC 9989, “Identifier Alignment”): strict, they are the same; relaxed,
 * their organizational domains are.
 *
 * Returns: whether they are aligned; unknown while something is missing or name servers failed
 */
TlDmarcAligned
tl_dmarc_is_aligned (const char *from,
                     const char *proven,
                     gboolean    is_strict,
                     TlDnsFacts *facts)
{
  g_autoptr(TlDmarcWalk) of_from = NULL;
  g_autoptr(TlDmarcWalk) of_proven = NULL;

  if (g_ascii_strcasecmp (from, proven) == 0)
    return TL_DMARC_ALIGNED_YES;
  if (is_strict || !share_last_label (from, proven))
    return TL_DMARC_ALIGNED_NO;

  of_from = tl_dmarc_walk (from, facts);
  of_proven = tl_dmarc_walk (proven, facts);
  if (!of_from->is_complete || !of_proven->is_complete || of_from->failed_set != NULL ||
      of_proven->failed_set != NULL)
    return TL_DMARC_ALIGNED_UNKNOWN;

  return g_ascii_strcasecmp (of_from->organizational, of_proven->organizational) == 0 ?
         TL_DMARC_ALIGNED_YES : TL_DMARC_ALIGNED_NO;
}
