/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-facts.h"

struct _TlMailboxFacts
{
  TlMailboxFactsParts   parts;         /* points into what is below */
  char                 *host;
  char                **capabilities;
  char                 *prefix;
};

G_DEFINE_BOXED_TYPE (TlMailboxFacts, tl_mailbox_facts, tl_mailbox_facts_ref,
                     tl_mailbox_facts_unref)

TlMailboxEntry *
tl_mailbox_entry_copy (const TlMailboxEntry *self)
{
  TlMailboxEntry *copy = g_new (TlMailboxEntry, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->attributes = g_strdupv (self->attributes);
  copy->xlist = g_strdupv (self->xlist);
  copy->rights = g_strdup (self->rights);

  return copy;
}

void
tl_mailbox_entry_free (TlMailboxEntry *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->attributes, g_strfreev);
  g_clear_pointer (&self->xlist, g_strfreev);
  g_clear_pointer (&self->rights, g_free);
  g_free (self);
}

TlMailboxFailure *
tl_mailbox_failure_new (const char *name,
                        const char *server_text,
                        const char *imap_code)
{
  TlMailboxFailure *self = g_new0 (TlMailboxFailure, 1);

  self->name = g_strdup (name);
  self->server_text = g_strdup (server_text);
  self->imap_code = g_strdup (imap_code);

  return self;
}

void
tl_mailbox_failure_free (TlMailboxFailure *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->server_text, g_free);
  g_clear_pointer (&self->imap_code, g_free);
  g_free (self);
}

static gpointer
copy_entry (gconstpointer src,
            gpointer      data)
{
  return tl_mailbox_entry_copy (src);
}

static gpointer
copy_quota (gconstpointer src,
            gpointer      data)
{
  const TlMailboxQuota *quota = src;

  return tl_mailbox_quota_new (quota->root, quota->resource, quota->used, quota->limit);
}

static gpointer
copy_failure (gconstpointer src,
              gpointer      data)
{
  const TlMailboxFailure *failure = src;

  return tl_mailbox_failure_new (failure->name, failure->server_text, failure->imap_code);
}

static GPtrArray *
copy_all (GPtrArray      *from,
          GCopyFunc       copy,
          GDestroyNotify  free_one)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_one);

  for (guint i = 0; from != NULL && i < from->len; i++)
    g_ptr_array_add (all, copy (from->pdata[i], NULL));

  return all;
}

/**
 * tl_mailbox_facts_new:
 * @parts: what they are made of; copied. Its arrays and its capabilities may be %NULL for none
 *
 * Returns: (transfer full): facts, whose arrays are never %NULL
 */
TlMailboxFacts *
tl_mailbox_facts_new (const TlMailboxFactsParts *parts)
{
  static const char * const none[] = { NULL };
  TlMailboxFacts *self = g_atomic_rc_box_new0 (TlMailboxFacts);

  self->host = g_strdup (parts->host);
  self->capabilities = g_strdupv ((char **) (parts->capabilities != NULL ? parts->capabilities
                                                                         : none));
  self->prefix = g_strdup (parts->prefix);

  self->parts = *parts;
  self->parts.host = self->host;
  self->parts.capabilities = (const char * const *) self->capabilities;
  self->parts.prefix = self->prefix;
  self->parts.entries = copy_all (parts->entries, copy_entry,
                                  (GDestroyNotify) tl_mailbox_entry_free);
  self->parts.quotas = copy_all (parts->quotas, copy_quota,
                                 (GDestroyNotify) tl_mailbox_quota_free);
  self->parts.failures = copy_all (parts->failures, copy_failure,
                                   (GDestroyNotify) tl_mailbox_failure_free);

  return self;
}

TlMailboxFacts *
tl_mailbox_facts_ref (TlMailboxFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
facts_clear (gpointer data)
{
  TlMailboxFacts *self = data;

  g_clear_pointer (&self->parts.entries, g_ptr_array_unref);
  g_clear_pointer (&self->parts.quotas, g_ptr_array_unref);
  g_clear_pointer (&self->parts.failures, g_ptr_array_unref);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->capabilities, g_strfreev);
  g_clear_pointer (&self->prefix, g_free);
}

void
tl_mailbox_facts_unref (TlMailboxFacts *self)
{
  g_atomic_rc_box_release_full (self, facts_clear);
}

const TlMailboxFactsParts *
tl_mailbox_facts_get_parts (const TlMailboxFacts *self)
{
  return &self->parts;
}
