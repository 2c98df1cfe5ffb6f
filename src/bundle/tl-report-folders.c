/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-folders.h"

#include <glib/gi18n-lib.h>

#include "tl-folder-role.h"
#include "tl-report-findings.h"
#include "tl-report-markup.h"

/* Indexed by TlRoleBy. */
static const char * const by_labels[] = {
  [TL_ROLE_BY_NOBODY]   = "",
  /* Translators: how it is known what a folder is for */
  [TL_ROLE_BY_STANDARD] = N_("The server says so"),
  [TL_ROLE_BY_XLIST]    = N_("The server says so"),
  /* Translators: how it is known what a folder is for */
  [TL_ROLE_BY_NAME]     = N_("Recognised by its name"),
  /* Translators: how it is known what a folder is for */
  [TL_ROLE_BY_PERSON]   = N_("Chosen by the person who set it up"),
};

/* Indexed by TlLoopFiling. */
static const char * const filing_labels[] = {
  [TL_LOOP_FILING_UNKNOWN]   = N_("Not known"),
  [TL_LOOP_FILING_FILED]     = N_("The provider, by itself"),
  /* Translators: who puts a copy of what was sent into a folder: the platform has to */
  [TL_LOOP_FILING_NOT_FILED] = N_("Nobody, unless the platform does"),
};

/* What is not known is a dash, and no zero. */
static char *
dup_number (gint64 number)
{
  return number < 0 ? g_strdup ("–") : g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
dup_size (gint64 n_bytes)
{
  return n_bytes < 0 ? g_strdup ("–") : g_format_size ((guint64) n_bytes);
}

static void
add_folder (GString               *out,
            const char            *label,
            const TlMailboxFolder *folder)
{
  g_autofree char *messages = dup_number (folder->n_messages);
  g_autofree char *size = dup_size (folder->n_bytes);

  tl_markup_add (out,
                 "<tr><th scope=\"row\" class=\"role\">%s</th><td><code>%s</code></td><td>%s</td>"
                 "<td class=\"ms\">%s</td><td class=\"ms\">%s</td></tr>\n",
                 label, folder->name,
                 folder->by == TL_ROLE_BY_NOBODY ? "" : _(by_labels[folder->by]), messages, size);
}

static void
add_missing (GString    *out,
             const char *label)
{
  tl_markup_add (out,
                 "<tr><th scope=\"row\" class=\"role\">%s</th>"
                 "<td colspan=\"4\" class=\"not-tested\">%s</td></tr>\n",
                 label,
                 /* Translators: there is no folder for that */
                 _("No folder"));
}

static void
add_folders (GString         *out,
             TlMailboxReport *mailbox)
{
  GPtrArray *folders = tl_mailbox_report_get_parts (mailbox)->folders;
  guint n_others = 0;

  tl_markup_add (out,
                 "<table>\n<caption>%s</caption>\n"
                 "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
                 "<th scope=\"col\">%s</th><th scope=\"col\" class=\"ms\">%s</th>"
                 "<th scope=\"col\" class=\"ms\">%s</th></tr></thead>\n<tbody>\n",
                 _("Which folder is for what"),
                 /* Translators: what a folder is for */
                 _("For"), _("Folder"),
                 /* Translators: how it is known what a folder is for */
                 _("Known from"), _("Messages"),
                 /* Translators: how much room the messages of a folder take */
                 _("Size"));
  for (gsize i = 0; i < TL_N_FOLDER_ROLES; i++)
    {
      const TlMailboxFolder *folder = tl_mailbox_report_find_role (mailbox, tl_folder_roles[i]);

      if (folder != NULL)
        add_folder (out, tl_folder_role_get_label (tl_folder_roles[i]), folder);
      else if (!g_str_equal (tl_folder_roles[i], "flagged"))
        add_missing (out, tl_folder_role_get_label (tl_folder_roles[i]));
    }
  for (guint i = 0; i < folders->len; i++)
    {
      const TlMailboxFolder *folder = g_ptr_array_index (folders, i);

      if (folder->role == NULL && folder->is_new)
        /* Translators: a folder that was made for this set-up */
        add_folder (out, _("New"), folder);
      else if (folder->role == NULL)
        n_others++;
    }
  g_string_append (out, "</tbody>\n</table>\n");

  if (n_others > 0)
    {
      g_autofree char *text =
        /* Translators: %u is a number of folders that have no role */
        g_strdup_printf (ngettext ("%u more folder", "%u more folders", n_others), n_others);

      tl_report_markup_remark (out, text);
    }
}

/* `4.1 GB of 5 GB (82 %)`, or messages in the same form. */
static char *
dup_room (const TlMailboxQuota *quota)
{
  gboolean is_size = g_str_equal (quota->resource, "storage");
  g_autofree char *used = is_size ? g_format_size (quota->used * 1024)
                                  : g_strdup_printf ("%" G_GUINT64_FORMAT, quota->used);
  g_autofree char *limit = is_size ? g_format_size (quota->limit * 1024)
                                   : g_strdup_printf ("%" G_GUINT64_FORMAT, quota->limit);

  if (quota->limit == 0)
    /* Translators: %s is how much room is taken */
    return g_strdup_printf (_("%s, no limit"), used);

  /* Translators: how much is taken of how much there is, and how full that is in percent */
  return g_strdup_printf (_("%s of %s (%u %%)"), used, limit, tl_mailbox_quota_get_percent (quota));
}

static void
add_room (GString                    *out,
          const TlMailboxReportParts *parts)
{
  g_autofree char *connections = parts->max_connections == 0
                                 ? NULL : g_strdup_printf ("%u", parts->max_connections);
  g_autofree char *n_tools = parts->n_tools == 0 ? NULL : g_strdup_printf ("%u", parts->n_tools);
  g_autofree char *surveyed = tl_report_markup_moment (parts->surveyed_at_s);

  g_string_append (out, "<dl>\n");
  for (guint i = 0; i < parts->quotas->len; i++)
    {
      const TlMailboxQuota *quota = g_ptr_array_index (parts->quotas, i);
      g_autofree char *room = dup_room (quota);

      tl_report_markup_row (out, g_str_equal (quota->resource, "storage") ? _("Room")
                                                                           : _("Messages"), room);
    }
  if (parts->quotas->len == 0)
    tl_report_markup_row (out, _("Room"), _("The server does not say"));
  /* Translators: who puts a copy of what was sent into a folder */
  tl_report_markup_row (out, _("Files what is sent"), _(filing_labels[parts->filing]));
  tl_report_markup_row (out, _("New folders"), parts->can_create ? _("May be made")
                                                                 : _("May not be made"));
  tl_report_markup_row (out, _("Connections at once"), connections);
  /* Translators: how many programs are to use a mailbox */
  tl_report_markup_row (out, _("Programs planned"), n_tools);
  tl_report_markup_row (out, _("Looked at"), surveyed);
  g_string_append (out, "</dl>\n");
}

/**
 * tl_report_folders_add:
 * @out: the page so far
 * @mailbox: (nullable): what the mailbox is like to work in; without it there is no section
 *
 * Adds the section of which folder is for what, how much room there is, and what was found of that.
 */
void
tl_report_folders_add (GString         *out,
                       TlMailboxReport *mailbox)
{
  const TlMailboxReportParts *parts;

  if (mailbox == NULL)
    return;

  parts = tl_mailbox_report_get_parts (mailbox);
  tl_report_markup_open (out, "folders", _("Folders and room"));
  add_folders (out, mailbox);
  add_room (out, parts);
  tl_report_findings_add_list (out, parts->findings);
  tl_report_markup_close (out);
}
