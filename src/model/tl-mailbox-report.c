/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-report.h"

#include <string.h>

#include "tl-nick.h"

/* The largest that JSON carries (2^53 − 1). */
#define MAX_NUMBER ((G_GINT64_CONSTANT (1) << 53) - 1)

struct _TlMailboxReport
{
  TlMailboxReportParts parts; /* with everything of its own */
};

G_DEFINE_ENUM_TYPE (TlRoleBy, tl_role_by,
                    G_DEFINE_ENUM_VALUE (TL_ROLE_BY_NOBODY, "nobody"),
                    G_DEFINE_ENUM_VALUE (TL_ROLE_BY_STANDARD, "standard"),
                    G_DEFINE_ENUM_VALUE (TL_ROLE_BY_XLIST, "xlist"),
                    G_DEFINE_ENUM_VALUE (TL_ROLE_BY_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (TL_ROLE_BY_PERSON, "person"))

G_DEFINE_BOXED_TYPE (TlMailboxReport, tl_mailbox_report, tl_mailbox_report_ref,
                     tl_mailbox_report_unref)

const char *
tl_role_by_get_nick (TlRoleBy by)
{
  return tl_nick_get (TL_TYPE_ROLE_BY, (int) by);
}

/**
 * tl_mailbox_folder_copy:
 * @self: a folder
 *
 * Returns: (transfer full): the same, with strings of its own
 */
TlMailboxFolder *
tl_mailbox_folder_copy (const TlMailboxFolder *self)
{
  TlMailboxFolder *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->role = g_strdup (self->role);
  copy->rights = g_strdup (self->rights);

  return copy;
}

void
tl_mailbox_folder_free (TlMailboxFolder *self)
{
  g_free (self->name);
  g_free (self->role);
  g_free (self->rights);
  g_free (self);
}

/**
 * tl_mailbox_quota_new:
 * @root: the quota root's name, cleaned
 * @resource: `storage` or `message`
 * @used: how much of it is taken
 * @limit: how much there is, 0 for no limit
 *
 * Numbers beyond what a bundle can hold (2^53 − 1) are cut to that.
 *
 * Returns: (transfer full): a quota
 */
TlMailboxQuota *
tl_mailbox_quota_new (const char *root,
                      const char *resource,
                      guint64     used,
                      guint64     limit)
{
  TlMailboxQuota *self = g_new (TlMailboxQuota, 1);

  self->root = g_strdup (root);
  self->resource = g_strdup (resource);
  self->used = MIN (used, (guint64) MAX_NUMBER);
  self->limit = MIN (limit, (guint64) MAX_NUMBER);

  return self;
}

void
tl_mailbox_quota_free (TlMailboxQuota *self)
{
  g_free (self->root);
  g_free (self->resource);
  g_free (self);
}

/* Doubles *@rest, a part of @limit, and adds @more, which is smaller than @limit too. Returns how
 * often @limit went into it; what is left is in *@rest. No step leaves 64 bits. */
static guint
double_and_add (guint64 *rest,
                guint64  more,
                guint64  limit)
{
  const guint64 terms[] = { *rest, more };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      gboolean is_whole = *rest >= limit - terms[i];

      *rest = is_whole ? *rest - (limit - terms[i]) : *rest + terms[i];
      n += is_whole;
    }

  return n;
}

/**
 * tl_mailbox_quota_get_percent:
 * @self: a quota
 *
 * The one way that it is worked out: in whole numbers, rounded down, so that 100 and above is full
 * and nothing else is.
 *
 * Returns: how full it is, above 100 where more is taken than there is; 0 where there is no limit
 */
guint
tl_mailbox_quota_get_percent (const TlMailboxQuota *self)
{
  guint64 whole, part, rest = 0;
  guint percent = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (self->limit == 0)
    return 0;

  whole = self->used / self->limit;
  part = self->used % self->limit;
  if (whole >= G_MAXUINT / 100)
    return G_MAXUINT;

  /* A hundred times the part, bit by bit of the hundred. */
  for (guint bit = 64; bit > 0; bit >>= 1)
    percent = 2 * percent + double_and_add (&rest, (100 & bit) != 0 ? part : 0, self->limit);

  return (guint) whole * 100 + percent;
}

/**
 * tl_mailbox_quotas_find_fullest:
 * @quotas: (element-type TlMailboxQuota) (nullable): quotas
 *
 * Returns: (transfer none) (nullable): the first of those that are the fullest; %NULL where none
 *   has a limit
 */
const TlMailboxQuota *
tl_mailbox_quotas_find_fullest (GPtrArray *quotas)
{
  const TlMailboxQuota *fullest = NULL;

  for (guint i = 0; quotas != NULL && i < quotas->len; i++)
    {
      const TlMailboxQuota *quota = g_ptr_array_index (quotas, i);

      if (quota->limit > 0 &&
          (fullest == NULL ||
           tl_mailbox_quota_get_percent (quota) > tl_mailbox_quota_get_percent (fullest)))
        fullest = quota;
    }

  return fullest;
}

static GPtrArray *
copy_folders (GPtrArray *folders)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_folder_free);

  for (guint i = 0; folders != NULL &&
                    i < MIN (folders->len, TL_MAILBOX_REPORT_MAX_FOLDERS); i++)
    {
      const TlMailboxFolder *folder = g_ptr_array_index (folders, i);
      TlMailboxFolder *copy;

      if (*folder->name == '\0')
        continue;

      copy = tl_mailbox_folder_copy (folder);
      if (copy->rights != NULL && strlen (copy->rights) > TL_MAILBOX_REPORT_MAX_RIGHTS)
        g_clear_pointer (&copy->rights, g_free);
      copy->n_messages = CLAMP (copy->n_messages, -1, MAX_NUMBER);
      copy->n_bytes = CLAMP (copy->n_bytes, -1, MAX_NUMBER);
      g_ptr_array_add (copies, copy);
    }

  return copies;
}

static GPtrArray *
copy_quotas (GPtrArray *quotas)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);

  for (guint i = 0; quotas != NULL && i < MIN (quotas->len, TL_MAILBOX_REPORT_MAX_QUOTAS); i++)
    {
      const TlMailboxQuota *quota = g_ptr_array_index (quotas, i);

      g_ptr_array_add (copies, tl_mailbox_quota_new (quota->root, quota->resource, quota->used,
                                                     quota->limit));
    }

  return copies;
}

/**
 * tl_mailbox_report_new:
 * @parts: what it is made of; all of it stays the caller's
 *
 * What is more than a report holds is left out, and so is what a server may send and no report
 * holds: a folder without a name, a delimiter that is no printable character.
 *
 * Returns: (transfer full): a report
 */
TlMailboxReport *
tl_mailbox_report_new (const TlMailboxReportParts *parts)
{
  TlMailboxReport *self = g_atomic_rc_box_new0 (TlMailboxReport);

  self->parts = *parts;
  self->parts.prefix = g_strdup (parts->prefix);
  self->parts.delimiter = g_ascii_isgraph (parts->delimiter) ? parts->delimiter : '\0';
  self->parts.folders = copy_folders (parts->folders);
  self->parts.quotas = copy_quotas (parts->quotas);
  self->parts.findings = tl_findings_copy (parts->findings, TL_MAILBOX_REPORT_MAX_FINDINGS);

  return self;
}

TlMailboxReport *
tl_mailbox_report_ref (TlMailboxReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_mailbox_report_clear (gpointer data)
{
  TlMailboxReport *self = data;

  g_free ((char *) self->parts.prefix);
  g_ptr_array_unref (self->parts.folders);
  g_ptr_array_unref (self->parts.quotas);
  g_ptr_array_unref (self->parts.findings);
}

void
tl_mailbox_report_unref (TlMailboxReport *self)
{
  g_atomic_rc_box_release_full (self, tl_mailbox_report_clear);
}

/**
 * tl_mailbox_report_get_parts:
 * @self: a report
 *
 * Returns: (transfer none): all of it; no list is %NULL
 */
const TlMailboxReportParts *
tl_mailbox_report_get_parts (const TlMailboxReport *self)
{
  return &self->parts;
}

/**
 * tl_mailbox_report_find_role:
 * @self: a report
 * @role: a word of #TlMailboxFolder
 *
 * Returns: (transfer none) (nullable): the first folder with that role
 */
const TlMailboxFolder *
tl_mailbox_report_find_role (const TlMailboxReport *self,
                             const char            *role)
{
  for (guint i = 0; i < self->parts.folders->len; i++)
    {
      const TlMailboxFolder *folder = g_ptr_array_index (self->parts.folders, i);

      if (g_strcmp0 (folder->role, role) == 0)
        return folder;
    }

  return NULL;
}

/**
 * tl_mailbox_report_find:
 * @self: a report
 * @name: the whole path, letter for letter
 *
 * Returns: (transfer none) (nullable): the folder of that name
 */
const TlMailboxFolder *
tl_mailbox_report_find (const TlMailboxReport *self,
                        const char            *name)
{
  for (guint i = 0; i < self->parts.folders->len; i++)
    {
      const TlMailboxFolder *folder = g_ptr_array_index (self->parts.folders, i);

      if (g_strcmp0 (folder->name, name) == 0)
        return folder;
    }

  return NULL;
}

/**
 * tl_mailbox_report_find_fullest:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): the fullest quota; %NULL where none has a limit
 */
const TlMailboxQuota *
tl_mailbox_report_find_fullest (const TlMailboxReport *self)
{
  return tl_mailbox_quotas_find_fullest (self->parts.quotas);
}

/**
 * tl_mailbox_report_get_verdict:
 * @self: a report
 *
 * Returns: as bad as the worst finding
 */
TlVerdict
tl_mailbox_report_get_verdict (const TlMailboxReport *self)
{
  return tl_findings_get_verdict (self->parts.findings);
}
