/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-judge.h"

#include <string.h>

#include "tl-mailbox-findings.h"
#include "tl-mailbox-roles.h"
#include "tl-provider-details.h"

/* What Dovecot allows a user from one address unless it is told otherwise
 * (mail_max_userip_connections). */
#define DOVECOT_CONNECTIONS 10

static TlMailboxFolder *
make_folder (const TlMailboxEntry *entry,
             const char           *role,
             TlRoleBy              by)
{
  TlMailboxFolder *folder = g_new0 (TlMailboxFolder, 1);

  folder->name = g_strdup (entry->name);
  folder->role = g_strdup (role);
  folder->by = by;
  folder->is_selectable = tl_mailbox_roles_can_hold (entry);
  folder->is_new = entry->is_new;
  folder->is_changed = entry->is_changed;
  folder->n_messages = entry->n_messages;
  folder->n_bytes = entry->n_bytes;
  folder->rights = g_strdup (entry->rights);

  return folder;
}

/* In the server's order, the inbox first, and as many as a report holds: folders with a role are
 * never among those that are left out. */
static GPtrArray *
make_folders (const TlMailboxFactsParts *facts,
              const TlMailboxRoles      *roles)
{
  g_autoptr(GPtrArray) folders =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_folder_free);
  guint n_plain = TL_MAILBOX_REPORT_MAX_FOLDERS;

  for (guint i = 0; i < roles->n; i++)
    n_plain -= roles->roles[i] != NULL && n_plain > 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < roles->n; i++)
        {
          if ((pass == 0) != (g_strcmp0 (roles->roles[i], "inbox") == 0) ||
              (roles->roles[i] == NULL && n_plain == 0) ||
              folders->len == TL_MAILBOX_REPORT_MAX_FOLDERS)
            continue;

          n_plain -= roles->roles[i] == NULL;
          g_ptr_array_add (folders, make_folder (facts->entries->pdata[i], roles->roles[i],
                                                 roles->by[i]));
        }
    }

  return g_steal_pointer (&folders);
}

static guint
find_provider_limit (TlProvider *provider,
                     const char *what)
{
  guint n = provider != NULL ? tl_provider_get_n_limits (provider) : 0;
  guint smallest = 0;

  for (guint i = 0; i < n; i++)
    {
      const TlProviderLimit *limit = tl_provider_get_limit (provider, i);

      if (g_str_equal (limit->what, what) && (smallest == 0 || limit->value < smallest))
        smallest = limit->value;
    }

  return smallest;
}

/* How many connections a user may have open at once, and whether that is only what the software
 * does when nobody changes it. */
static guint
find_max_connections (const TlMailboxSubject *subject,
                      gboolean               *out_is_default)
{
  guint max = find_provider_limit (subject->provider, "connections");
  g_autofree char *software = NULL;

  *out_is_default = FALSE;
  if (max > 0 || subject->software == NULL)
    return max;

  software = g_ascii_strdown (subject->software, -1);
  *out_is_default = strstr (software, "dovecot") != NULL;

  return *out_is_default ? DOVECOT_CONNECTIONS : 0;
}

/* RFC 4314 §2.1.1: `c` stood for `k` and more. Rights that are not known hide nothing. */
static gboolean
may_create (GPtrArray *folders)
{
  for (guint i = 0; i < folders->len; i++)
    {
      const TlMailboxFolder *folder = folders->pdata[i];

      if (g_strcmp0 (folder->role, "inbox") == 0 && folder->rights != NULL)
        return strpbrk (folder->rights, "kc") != NULL;
    }

  return TRUE;
}

/**
 * tl_mailbox_judge:
 * @facts: what a look around the mailbox showed
 * @subject: what it is held against
 *
 * Pure, and quick enough to be called for every change that a person makes. Any thread.
 *
 * Returns: (transfer full): what the mailbox is like to work in
 */
TlMailboxReport *
tl_mailbox_judge (const TlMailboxFacts   *facts,
                  const TlMailboxSubject *subject)
{
  const TlMailboxFactsParts *seen;
  g_autoptr(TlMailboxRoles) roles = NULL;
  g_autoptr(GPtrArray) folders = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  TlMailboxReportParts parts = { 0, };
  TlMailboxCase judged = { 0, };

  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (subject != NULL, NULL);

  seen = tl_mailbox_facts_get_parts (facts);
  roles = tl_mailbox_roles_new (seen, subject->choices, subject->n_choices);
  folders = make_folders (seen, roles);

  judged.facts = seen;
  judged.subject = subject;
  judged.roles = roles;
  judged.folders = folders;
  judged.can_create = may_create (folders);
  judged.max_connections = find_max_connections (subject, &judged.is_default);
  findings = tl_mailbox_findings_list (&judged);

  parts.surveyed_at_s = seen->surveyed_at_s;
  parts.prefix = seen->prefix;
  parts.delimiter = seen->delimiter;
  parts.can_create = judged.can_create;
  parts.filing = subject->filing;
  parts.max_connections = judged.max_connections;
  parts.n_tools = subject->n_tools;
  parts.folders = folders;
  parts.quotas = seen->quotas;
  parts.findings = findings;

  return tl_mailbox_report_new (&parts);
}

GPtrArray *
tl_mailbox_judge_list_largest (TlMailboxReport *report,
                               guint            max_n)
{
  g_return_val_if_fail (report != NULL, NULL);

  return tl_mailbox_findings_list_largest (tl_mailbox_report_get_parts (report)->folders, max_n);
}
