/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was seen of a mailbox, in rows: room, rights, connections. */
#include "tl-mailbox-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As many folders as tell what fills a mailbox. */
#define MAX_LARGEST 5

static void
add (GPtrArray  *details,
     TlStatus    status,
     const char *id,
     const char *group,
     const char *label,
     const char *hint,
     const char *value)
{
  g_ptr_array_add (details, g_object_new (TL_TYPE_DETAIL, "status", status, "id", id,
                                          "group", group, "label", label, "hint", hint,
                                          "value", value, NULL));
}

static char *
dup_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

static char *
dup_messages (guint64 n)
{
  g_autofree char *count = dup_count (n);
  const char *format = g_dngettext (GETTEXT_PACKAGE, "%s message", "%s messages",
                                    (gulong) MIN (n, G_MAXUINT));
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strjoinv (count, parts);
}

/* In whole percent, rounded down: 100 is full. */
static guint
get_percent (const TlMailboxQuota *quota)
{
  long double share = (long double) quota->used / (long double) quota->limit * 100;

  return share > 999 ? 999 : (guint) share;
}

static TlStatus
judge_percent (guint percent)
{
  if (percent >= 100)
    return TL_STATUS_ERROR;

  return percent >= TL_MAILBOX_FULL_PERCENT ? TL_STATUS_WARNING : TL_STATUS_OK;
}

static char *
dup_amount (const TlMailboxQuota *quota,
            guint64               amount)
{
  if (g_str_equal (quota->resource, "storage"))
    return g_format_size (amount > G_MAXUINT64 / 1024 ? G_MAXUINT64 : amount * 1024);

  return dup_messages (amount);
}

static void
add_quota (GPtrArray            *details,
           const TlMailboxQuota *quota)
{
  gboolean is_storage = g_str_equal (quota->resource, "storage");
  const char *label = is_storage ? _("Space") : _("Number of messages");
  const char *id = is_storage ? "quota.storage" : "quota.message";
  const char *hint = *quota->root == '\0' ? NULL : quota->root;
  g_autofree char *used = dup_amount (quota, quota->used);
  g_autofree char *limit = NULL;
  g_autofree char *value = NULL;

  if (quota->limit == 0)
    {
      /* Translators: %s is how much is taken: “4.1 GB” */
      value = g_strdup_printf (_("%s, no limit"), used);
      add (details, TL_STATUS_OK, id, "quota", label, hint, value);
      return;
    }

  limit = dup_amount (quota, quota->limit);
  /* Translators: how much is taken, how much there is, and that as a percentage: “4.1 GB of 5.0 GB,
   * 82 %” */
  value = g_strdup_printf (_("%s of %s, %u %%"), used, limit, get_percent (quota));
  add (details, judge_percent (get_percent (quota)), id, "quota", label, hint, value);
}

static void
add_folder (GPtrArray             *details,
            const TlMailboxFolder *folder)
{
  g_autofree char *messages =
    folder->n_messages < 0 ? NULL : dup_messages ((guint64) folder->n_messages);
  g_autofree char *size =
    folder->n_bytes < 0 ? NULL : g_format_size ((guint64) folder->n_bytes);

  if (messages == NULL && size == NULL)
    return;

  add (details, TL_STATUS_NOT_TESTED, "folder", "largest", folder->name,
       size == NULL ? NULL : messages, size == NULL ? messages : size);
}

/**
 * tl_mailbox_list_room:
 * @report: (nullable): a mailbox as it was seen
 *
 * Returns: (transfer full) (element-type TlDetail): how full it is (group `quota`; a row that says
 *   so where nobody knows) and its largest folders (group `largest`); none without a report
 */
GPtrArray *
tl_mailbox_list_room (TlMailboxReport *report)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  const TlMailboxReportParts *parts =
    report == NULL ? NULL : tl_mailbox_report_get_parts (report);
  g_autoptr(GPtrArray) largest = NULL;

  if (parts == NULL)
    return details;

  for (guint i = 0; parts->quotas != NULL && i < parts->quotas->len; i++)
    add_quota (details, parts->quotas->pdata[i]);
  if (details->len == 0)
    add (details, TL_STATUS_NOT_TESTED, "quota.unknown", "quota", _("Space"), NULL,
         _("The server does not say"));

  largest = tl_mailbox_judge_list_largest (report, MAX_LARGEST);
  for (guint i = 0; i < largest->len; i++)
    add_folder (details, largest->pdata[i]);

  return details;
}

/* What may be done, by the letters that it takes (RFC 4314 §4); every one of them. */
static const struct
{
  const char *id;
  const char *role;
  const char *letters;
  const char *label;
} rights[] = {
  { "read",     "inbox", "lr", N_("Read the inbox") },
  { "flags",    "inbox", "sw", N_("Keep what is read and what is marked") },
  { "delete",   "inbox", "te", N_("Move and delete messages") },
  { "file",     "sent",  "i",  N_("File a copy of what is sent") },
};

static gboolean
has_letters (const char *held,
             const char *wanted)
{
  for (gsize i = 0; wanted[i] != '\0'; i++)
    {
      if (strchr (held, wanted[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_mailbox_list_rights:
 * @report: (nullable): a mailbox as it was seen
 * @is_shared: it is not the mailbox of whoever signs in
 *
 * Returns: (transfer full) (element-type TlDetail): what may be done there, ids `read`, `flags`,
 *   `delete`, `file`, `create`; where the server says nothing, one row `unknown` of a shared
 *   mailbox and none of one's own; none without a report
 */
GPtrArray *
tl_mailbox_list_rights (TlMailboxReport *report,
                        gboolean         is_shared)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);

  if (report == NULL)
    return details;

  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      const TlMailboxFolder *folder = tl_mailbox_report_find_role (report, rights[i].role);
      gboolean may;

      if (folder == NULL || folder->rights == NULL)
        continue;
      may = has_letters (folder->rights, rights[i].letters);
      add (details, may ? TL_STATUS_OK : TL_STATUS_WARNING, rights[i].id, NULL,
           _(rights[i].label), folder->name, may ? _("Yes") : _("No"));
    }

  if (details->len == 0)
    {
      if (is_shared)
        /* Translators: what may be done in a mailbox */
        add (details, TL_STATUS_NOT_TESTED, "unknown", NULL, _("Rights"), NULL,
             _("The server does not say"));
      return details;
    }

  add (details, tl_mailbox_report_get_parts (report)->can_create ? TL_STATUS_OK : TL_STATUS_WARNING,
       "create", NULL, _("Create folders"), NULL,
       tl_mailbox_report_get_parts (report)->can_create ? _("Yes") : _("No"));

  return details;
}

static gboolean
has_finding (const TlMailboxReportParts *parts,
             const char                 *id)
{
  for (guint i = 0; parts->findings != NULL && i < parts->findings->len; i++)
    {
      if (g_str_equal (tl_finding_get_id (parts->findings->pdata[i]), id))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_mailbox_list_connections:
 * @report: (nullable): a mailbox as it was seen
 *
 * Returns: (transfer full) (element-type TlDetail): how many connections at once are allowed (id
 *   `allowed`) and how many programs want some (id `tools`); none without a report
 */
GPtrArray *
tl_mailbox_list_connections (TlMailboxReport *report)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  const TlMailboxReportParts *parts =
    report == NULL ? NULL : tl_mailbox_report_get_parts (report);
  g_autofree char *allowed = NULL;
  g_autofree char *tools = NULL;
  TlStatus status;

  if (parts == NULL)
    return details;

  status = has_finding (parts, "use.connections-tight") ? TL_STATUS_WARNING : TL_STATUS_OK;
  allowed = parts->max_connections == 0 ? g_strdup (_("Nobody says"))
                                        : dup_count (parts->max_connections);
  add (details, parts->max_connections == 0 ? TL_STATUS_NOT_TESTED : status, "allowed", NULL,
       _("Connections allowed at once"), NULL, allowed);
  if (parts->n_tools != 0)
    {
      tools = dup_count (parts->n_tools);
      add (details, TL_STATUS_NOT_TESTED, "tools", NULL, _("Programs that use the mailbox"), NULL,
           tools);
    }

  return details;
}

/* Indexed by TlLoopFiling. */
static const char * const filings[] = {
  [TL_LOOP_FILING_UNKNOWN] =
    N_("Not known yet who files what is sent: a message to yourself shows it."),
  [TL_LOOP_FILING_FILED] = N_("The provider files a copy of everything that is sent."),
  [TL_LOOP_FILING_NOT_FILED] =
    N_("The provider files no copy: whatever sends has to put one into the folder for sent "
       "messages."),
};

/**
 * tl_mailbox_describe_filing:
 * @report: (nullable): a mailbox as it was seen
 *
 * Returns: (transfer none): who files what is sent, one sentence
 */
const char *
tl_mailbox_describe_filing (TlMailboxReport *report)
{
  return _(filings[report == NULL ? TL_LOOP_FILING_UNKNOWN
                                  : tl_mailbox_report_get_parts (report)->filing]);
}
