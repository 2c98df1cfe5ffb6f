/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-report.h"

#include <string.h>

#include "tl-error.h"
#include "tl-lane-report.h"
#include "tl-nick.h"

#define MAX_NUMBER      ((G_GINT64_CONSTANT (1) << 53) - 1)
#define MAX_CONNECTIONS 10000
#define MAX_TOOLS       1000

/* What is not known, and what there is no limit of, is null. */
static void
set_number (TlJson     *json,
            const char *member,
            gboolean    is_known,
            gint64      value)
{
  if (is_known)
    tl_json_set_int (json, member, value);
  else
    tl_json_set_take (json, member, NULL);
}

static gint64
get_number (TlJsonReader *reader,
            const char   *member,
            gint64        min,
            gint64        max,
            gint64        fallback)
{
  gint64 value = tl_json_reader_get_int (reader, member, TL_JSON_OPTIONAL, min, max);

  return tl_json_reader_has (reader, member) ? value : fallback;
}

static TlJson *
folder_to_json (const TlMailboxFolder *folder)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "name", folder->name);
  tl_json_set_string (json, "role", folder->role);
  tl_json_set_string (json, "by", tl_role_by_get_nick (folder->by));
  tl_json_set_bool (json, "selectable", folder->is_selectable);
  tl_json_set_bool (json, "new", folder->is_new);
  set_number (json, "messages", folder->n_messages >= 0, folder->n_messages);
  set_number (json, "bytes", folder->n_bytes >= 0, folder->n_bytes);
  tl_json_set_string (json, "rights", folder->rights);
  if (folder->is_changed)
    tl_json_set_bool (json, "changed", TRUE);

  return json;
}

static TlJson *
quota_to_json (const TlMailboxQuota *quota)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "root", quota->root);
  tl_json_set_string (json, "resource", quota->resource);
  tl_json_set_int (json, "used", (gint64) quota->used);
  set_number (json, "limit", quota->limit > 0, (gint64) quota->limit);

  return json;
}

/**
 * tl_mailbox_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): an object of surveyed_at, prefix, delimiter, can_create, filing,
 *   max_connections, tools, folders (each with name, role, by, selectable, new, messages, bytes and
 *   rights), quotas (each with root, resource, used and limit), findings and verdict; what is not
 *   known is null
 */
TlJson *
tl_mailbox_report_to_json (const TlMailboxReport *self)
{
  const TlMailboxReportParts *parts = tl_mailbox_report_get_parts (self);
  const char delimiter[] = { parts->delimiter, '\0' };
  TlJson *json = tl_json_new_object ();
  TlJson *folders = tl_json_new_array ();
  TlJson *quotas = tl_json_new_array ();

  for (guint i = 0; i < parts->folders->len; i++)
    tl_json_append_take (folders, folder_to_json (g_ptr_array_index (parts->folders, i)));
  for (guint i = 0; i < parts->quotas->len; i++)
    tl_json_append_take (quotas, quota_to_json (g_ptr_array_index (parts->quotas, i)));

  tl_json_set_time (json, "surveyed_at", parts->surveyed_at_s);
  tl_json_set_string (json, "prefix", parts->prefix);
  tl_json_set_string (json, "delimiter", parts->delimiter != 0 ? delimiter : NULL);
  tl_json_set_bool (json, "can_create", parts->can_create);
  tl_json_set_string (json, "filing", tl_loop_filing_get_nick (parts->filing));
  set_number (json, "max_connections", parts->max_connections > 0, parts->max_connections);
  set_number (json, "tools", parts->n_tools > 0, parts->n_tools);
  tl_json_set_take (json, "folders", folders);
  tl_json_set_take (json, "quotas", quotas);
  tl_json_set_take (json, "findings", tl_findings_to_json (parts->findings));
  tl_json_set_string (json, "verdict",
                      tl_verdict_get_nick (tl_mailbox_report_get_verdict (self)));

  return json;
}

static gboolean
said_by_server (TlRoleBy by)
{
  return by == TL_ROLE_BY_STANDARD || by == TL_ROLE_BY_XLIST;
}

/* A server may name two folders for one role; nobody else may. */
static gboolean
role_is_taken (GPtrArray             *folders,
               const TlMailboxFolder *folder)
{
  for (guint i = 0; i < folders->len; i++)
    {
      const TlMailboxFolder *other = g_ptr_array_index (folders, i);

      if (g_strcmp0 (other->role, folder->role) == 0 &&
          !(said_by_server (other->by) && said_by_server (folder->by)))
        return TRUE;
    }

  return FALSE;
}

static void
read_folder (TlJson     *json,
             GPtrArray  *folders,
             GError    **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the folder");
  const TlMailboxFolder folder = {
    .name = (char *) tl_json_reader_get_text (reader, "name", TL_JSON_REQUIRED),
    .role = (char *) tl_json_reader_get_string (reader, "role", TL_JSON_OPTIONAL),
    .by = (TlRoleBy) tl_json_reader_get_enum (reader, "by", TL_JSON_REQUIRED, TL_TYPE_ROLE_BY,
                                              TL_ROLE_BY_NOBODY),
    .is_selectable = tl_json_reader_get_bool (reader, "selectable", TL_JSON_REQUIRED),
    .is_new = tl_json_reader_get_bool (reader, "new", TL_JSON_REQUIRED),
    .is_changed = tl_json_reader_get_bool (reader, "changed", TL_JSON_OPTIONAL),
    .n_messages = get_number (reader, "messages", 0, MAX_NUMBER, -1),
    .n_bytes = get_number (reader, "bytes", 0, MAX_NUMBER, -1),
    .rights = (char *) tl_json_reader_get_text (reader, "rights", TL_JSON_OPTIONAL),
  };

  if (tl_json_reader_has (reader, "changed") && !folder.is_changed)
    tl_json_reader_refuse (reader, "changed", "is there and false");
  if (*folder.name == '\0')
    tl_json_reader_refuse (reader, "name", "is empty");
  if (folder.role != NULL && !tl_folder_role_is_known (folder.role))
    tl_json_reader_refuse (reader, "role", "is none of the roles of folders");
  if ((folder.role == NULL) != (folder.by == TL_ROLE_BY_NOBODY))
    tl_json_reader_refuse (reader, "by", "does not go with the role");
  if (folder.role != NULL && role_is_taken (folders, &folder))
    tl_json_reader_refuse (reader, "role", "is another folder’s");
  if (folder.rights != NULL && strlen (folder.rights) > TL_MAILBOX_REPORT_MAX_RIGHTS)
    tl_json_reader_refuse (reader, "rights", "has too many letters");

  if (tl_json_reader_finish (reader, error))
    g_ptr_array_add (folders, tl_mailbox_folder_copy (&folder));
}

static void
read_quota (TlJson     *json,
            GPtrArray  *quotas,
            GError    **error)
{
  static const char * const resources[] = { "storage", "message", NULL };
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the quota");
  const char *root = tl_json_reader_get_text (reader, "root", TL_JSON_REQUIRED);
  const char *resource = tl_json_reader_get_string (reader, "resource", TL_JSON_REQUIRED);
  gint64 used = tl_json_reader_get_int (reader, "used", TL_JSON_REQUIRED, 0, MAX_NUMBER);
  gint64 limit = get_number (reader, "limit", 1, MAX_NUMBER, 0);

  if (!g_strv_contains (resources, resource))
    tl_json_reader_refuse (reader, "resource", "is neither storage nor message");

  if (tl_json_reader_finish (reader, error))
    g_ptr_array_add (quotas, tl_mailbox_quota_new (root, resource, (guint64) used,
                                                   (guint64) limit));
}

/* Up to the first that is wrong. */
static void
read_rows (TlJsonReader  *parent,
           const char    *member,
           guint          max_n,
           GPtrArray     *out_rows,
           void         (*read_row) (TlJson     *json,
                                     GPtrArray  *rows,
                                     GError    **error))
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, member, TL_JSON_REQUIRED, max_n);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;

      read_row (g_ptr_array_index (rows, i), out_rows, &error);
      if (error != NULL)
        {
          tl_json_reader_refuse_error (parent, member, error);
          return;
        }
    }
}

/* One printable ASCII character (RFC 9051 §7.3.1: QUOTED-CHAR), or none. */
static char
read_delimiter (TlJsonReader *reader)
{
  const char *text = tl_json_reader_get_string (reader, "delimiter", TL_JSON_OPTIONAL);

  if (text == NULL)
    return 0;
  if (strlen (text) != 1 || !g_ascii_isgraph (*text))
    {
      tl_json_reader_refuse (reader, "delimiter", "is not one character");
      return 0;
    }

  return *text;
}

/**
 * tl_mailbox_report_from_json:
 * @json: an object as tl_mailbox_report_to_json() makes it
 * @error: return location for a #GError
 *
 * Strict: no two folders have one role but where the server itself says so, and the verdict has to
 * be the one that the findings come to.
 *
 * Returns: (transfer full): the report, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlMailboxReport *
tl_mailbox_report_from_json (TlJson  *json,
                             GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the folders");
  g_autoptr(GPtrArray) folders =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_folder_free);
  g_autoptr(GPtrArray) quotas =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);
  g_autoptr(GPtrArray) findings =
    tl_findings_read (reader, "findings", TL_MAILBOX_REPORT_MAX_FINDINGS);
  const TlMailboxReportParts parts = {
    .surveyed_at_s = tl_json_reader_get_time (reader, "surveyed_at", TL_JSON_REQUIRED),
    .prefix = tl_json_reader_get_text (reader, "prefix", TL_JSON_OPTIONAL),
    .delimiter = read_delimiter (reader),
    .can_create = tl_json_reader_get_bool (reader, "can_create", TL_JSON_REQUIRED),
    .filing = (TlLoopFiling) tl_json_reader_get_enum (reader, "filing", TL_JSON_REQUIRED,
                                                      TL_TYPE_LOOP_FILING,
                                                      TL_LOOP_FILING_UNKNOWN),
    .max_connections = (guint) get_number (reader, "max_connections", 1, MAX_CONNECTIONS, 0),
    .n_tools = (guint) get_number (reader, "tools", 1, MAX_TOOLS, 0),
    .folders = folders,
    .quotas = quotas,
    .findings = findings,
  };
  TlVerdict verdict = (TlVerdict) tl_json_reader_get_enum (reader, "verdict", TL_JSON_REQUIRED,
                                                           TL_TYPE_VERDICT,
                                                           TL_VERDICT_NOT_TESTED);

  read_rows (reader, "folders", TL_MAILBOX_REPORT_MAX_FOLDERS, folders, read_folder);
  read_rows (reader, "quotas", TL_MAILBOX_REPORT_MAX_QUOTAS, quotas, read_quota);
  if (verdict != tl_findings_get_verdict (findings))
    tl_json_reader_refuse (reader, "verdict", "is not what the findings come to");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return tl_mailbox_report_new (&parts);
}
