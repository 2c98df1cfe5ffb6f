/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders that could be made, as a list. */
#include "tl-mailbox-private.h"

#include <glib/gi18n-lib.h>

/* Of the folders that outreach works with, in their order. */
static const char * const purposes[] = {
  N_("Answers that somebody has to read."),
  N_("Out-of-office notes and the like, out of the way."),
  N_("Conversations that are done with."),
};

/* A wish in the server's spelling: parts by its delimiter, behind its prefix. */
static gboolean
is_there (TlMailboxReport *report,
          const char      *name)
{
  const TlMailboxReportParts *parts =
    report == NULL ? NULL : tl_mailbox_report_get_parts (report);
  g_autofree char *spelt = g_strdup (name);
  g_autofree char *whole = NULL;

  if (parts == NULL)
    return FALSE;

  if (parts->delimiter != '\0')
    g_strdelimit (spelt, "/", parts->delimiter);
  whole = g_strconcat (parts->prefix == NULL ? "" : parts->prefix, spelt, NULL);

  return tl_mailbox_report_find (report, whole) != NULL ||
         tl_mailbox_report_find (report, spelt) != NULL;
}

/* Why a folder could not be made. */
static TlFinding *
find_failure (TlMailboxReport *report,
              const char      *name)
{
  GPtrArray *findings = report == NULL ? NULL : tl_mailbox_report_get_parts (report)->findings;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      TlFinding *finding = findings->pdata[i];
      GVariant *evidence = tl_finding_get_evidence (finding);
      const char *folder = NULL;

      if (g_str_equal (tl_finding_get_id (finding), "use.cannot-create") && evidence != NULL &&
          g_variant_lookup (evidence, TL_EVIDENCE_FOLDER, "&s", &folder) &&
          g_strcmp0 (folder, name) == 0)
        return finding;
    }

  return NULL;
}

/**
 * tl_folder_wishes_find:
 * @wishes: of #TlFolderWish
 * @name: of a folder
 *
 * Returns: (transfer none) (nullable): its wish
 */
TlFolderWish *
tl_folder_wishes_find (GListStore *wishes,
                       const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (wishes)); i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (G_LIST_MODEL (wishes), i);

      if (g_str_equal (tl_folder_wish_get_name (wish), name))
        return wish; /* the model keeps it */
    }

  return NULL;
}

static void
add (GListStore *wishes,
     const char *name,
     const char *purpose,
     const char *policy)
{
  g_autoptr(TlFolderWish) wish = tl_folder_wish_new (name, purpose, policy);

  g_list_store_append (wishes, wish);
}

/**
 * tl_folder_wishes_lay_out:
 * @wishes: of #TlFolderWish; what it held goes
 * @asked: (nullable) (array zero-terminated=1): folders that a policy asks for
 * @policy: (nullable): whose
 *
 * What outreach works with, then what policy asks for besides; nobody wants any of it yet.
 */
void
tl_folder_wishes_lay_out (GListStore         *wishes,
                          const char * const *asked,
                          const char         *policy)
{
  g_auto(GStrv) names = tl_mailbox_dup_outreach_names ();

  g_list_store_remove_all (wishes);
  for (gsize i = 0; names[i] != NULL; i++)
    add (wishes, names[i], i < G_N_ELEMENTS (purposes) ? _(purposes[i]) : NULL,
         asked != NULL && g_strv_contains (asked, names[i]) ? policy : NULL);
  for (gsize i = 0; asked != NULL && asked[i] != NULL; i++)
    {
      if (tl_folder_wishes_find (wishes, asked[i]) == NULL)
        add (wishes, asked[i], NULL, policy);
    }
}

/**
 * tl_folder_wishes_want:
 * @wishes: of #TlFolderWish
 * @name: a name that a folder can have
 * @report: (nullable): the mailbox as it was seen
 *
 * Wants the folder, unless it is there.
 */
void
tl_folder_wishes_want (GListStore      *wishes,
                       const char      *name,
                       TlMailboxReport *report)
{
  TlFolderWish *wish = tl_folder_wishes_find (wishes, name);

  if (wish == NULL)
    {
      add (wishes, name, NULL, NULL);
      wish = tl_folder_wishes_find (wishes, name);
      tl_folder_wish_show (wish, is_there (report, name), NULL);
    }
  g_object_set (wish, "wanted", TRUE, NULL);
}

/**
 * tl_folder_wishes_show:
 * @wishes: of #TlFolderWish
 * @report: (nullable): the mailbox as it was seen
 */
void
tl_folder_wishes_show (GListStore      *wishes,
                       TlMailboxReport *report)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (wishes)); i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (G_LIST_MODEL (wishes), i);
      const char *name = tl_folder_wish_get_name (wish);

      tl_folder_wish_show (wish, is_there (report, name), find_failure (report, name));
    }
}

/**
 * tl_folder_wishes_list_wanted:
 * @wishes: of #TlFolderWish
 *
 * Returns: (transfer full) (array zero-terminated=1): folders that are to be made
 */
char **
tl_folder_wishes_list_wanted (GListStore *wishes)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (wishes)); i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (G_LIST_MODEL (wishes), i);

      if (tl_folder_wish_is_wanted (wish))
        g_strv_builder_add (names, tl_folder_wish_get_name (wish));
    }

  return g_strv_builder_end (names);
}
