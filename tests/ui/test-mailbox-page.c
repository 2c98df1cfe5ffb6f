/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the mailbox: what it shows of each, and what a person changes. */
#include <adwaita.h>
#include <string.h>

#include "tl-count-row.h"
#include "tl-finding-card.h"
#include "tl-folders-group.h"
#include "tl-mailbox-page.h"
#include "tl-role-view.h"
#include "tl-scene-lanes.h"
#include "tl-scene-readiness.h"
#include "tl-tree.h"
#include "tl-ui.h"
#include "tl-wish-view.h"

typedef struct
{
  TlSetup   *setup;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
fixture_open (Fixture        *fixture,
              TlSceneMailbox  mailbox)
{
  fixture->setup = tl_setup_new ();
  tl_scene_test (fixture->setup, TL_SCENE_LANES_GREEN);
  tl_scene_look_around (fixture->setup, mailbox);
  fixture->page = g_object_ref_sink (g_object_new (TL_TYPE_MAILBOX_PAGE, "setup", fixture->setup,
                                                   NULL));
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
fixture_close (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_finalize_object (fixture->page);
  g_object_unref (fixture->setup);
}

static TlMailbox *
get_mailbox (Fixture *fixture)
{
  return tl_setup_get_mailbox (fixture->setup);
}

static AdwComboRow *
find_role (Fixture    *fixture,
           const char *role)
{
  GtkWidget *view;

  for (guint i = 0; (view = tl_tree_find (fixture->page, TL_TYPE_ROLE_VIEW, i)) != NULL; i++)
    {
      g_autoptr(TlRoleRow) row = NULL;

      g_object_get (view, "item", &row, NULL);
      if (g_str_equal (tl_role_row_get_role (row), role))
        return ADW_COMBO_ROW (view);
    }

  g_assert_not_reached ();
}

/* What the list shows; "" where it shows that there is none. Of the inbox there is no choice. */
static const char *
get_shown (Fixture    *fixture,
           const char *role)
{
  AdwComboRow *row = find_role (fixture, role);

  return adw_combo_row_get_selected (row) == 0 && !g_str_equal (role, "inbox")
         ? "" : gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

static gboolean
shows_finding (Fixture    *fixture,
               GType       in,
               const char *id)
{
  GtkWidget *card;

  for (guint i = 0; (card = tl_tree_find (fixture->page, TL_TYPE_FINDING_CARD, i)) != NULL; i++)
    {
      g_autoptr(TlFinding) finding = NULL;

      g_object_get (card, "finding", &finding, NULL);
      if (finding != NULL && g_str_equal (tl_finding_get_id (finding), id) &&
          tl_tree_is_shown (card, fixture->page) && gtk_widget_get_ancestor (card, in) != NULL)
        return TRUE;
    }

  return FALSE;
}

typedef struct
{
  const char     *name;
  TlSceneMailbox  mailbox;
  const char     *sent;       /* the folder that is shown for it */
  const char     *junk;
  const char     *archive;
  gboolean        has_bar;
  const char     *finding;    /* NULL: any or none */
} MailboxCase;

static const MailboxCase mailbox_cases[] = {
  { "marked", TL_SCENE_MAILBOX_MARKED, .sent = "[Gmail]/Sent Mail", .junk = "[Gmail]/Spam",
    .archive = "", .has_bar = TRUE },
  { "named", TL_SCENE_MAILBOX_NAMED, .sent = "Gesendete Elemente", .junk = "Junk-E-Mail",
    .archive = "Archiv" },
  { "full", TL_SCENE_MAILBOX_FULL, .sent = "Sent", .junk = "Junk", .archive = "",
    .has_bar = TRUE, .finding = "use.nearly-full" },
  { "shared", TL_SCENE_MAILBOX_SHARED, .sent = "Sent", .junk = "", .archive = "",
    .finding = "use.cannot-keep-flags" },
  { "silent", TL_SCENE_MAILBOX_SILENT, .sent = "", .junk = "", .archive = "" },
};

static void
test_mailbox (gconstpointer data)
{
  const MailboxCase *c = data;
  Fixture fixture;

  fixture_open (&fixture, c->mailbox);
  g_assert_cmpstr (get_shown (&fixture, "inbox"), ==, "INBOX");
  g_assert_cmpstr (get_shown (&fixture, "sent"), ==, c->sent);
  g_assert_cmpstr (get_shown (&fixture, "junk"), ==, c->junk);
  g_assert_cmpstr (get_shown (&fixture, "archive"), ==, c->archive);
  g_assert_cmpint (tl_tree_is_shown (tl_tree_find (fixture.page, GTK_TYPE_LEVEL_BAR, 0),
                                     fixture.page), ==, c->has_bar);
  if (c->finding != NULL)
    g_assert_true (shows_finding (&fixture, TL_TYPE_MAILBOX_PAGE, c->finding));
  g_assert_null (tl_tree_find_button (fixture.page, "_Test the Lanes"));
  g_assert_true (tl_page_get_can_advance (TL_PAGE (fixture.page)));
  fixture_close (&fixture);
}

static void
test_unknown (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_MAILBOX_PAGE, "setup", setup, NULL));

  g_test_summary ("Before anybody looked there are no folders, and a way to look");

  g_assert_nonnull (tl_tree_find_button (page, "_Test the Lanes"));
  g_assert_cmpuint (tl_tree_count_shown (page, TL_TYPE_ROLE_VIEW), ==, 0);
  g_assert_null (tl_tree_find_button (page, "C_reate Folders"));

  g_assert_finalize_object (page);
}

static void
test_correct (void)
{
  Fixture fixture;
  AdwComboRow *row;
  const TlMailboxFolder *folder;
  guint place = 0;

  g_test_summary ("A folder that is chosen has the role, on that person's word; so has none");

  fixture_open (&fixture, TL_SCENE_MAILBOX_MARKED);
  row = find_role (&fixture, "archive");
  for (guint i = 0; i < g_list_model_get_n_items (adw_combo_row_get_model (row)); i++)
    {
      g_autoptr(GtkStringObject) name = g_list_model_get_item (adw_combo_row_get_model (row), i);

      if (g_str_equal (gtk_string_object_get_string (name), "Clients/Acme"))
        place = i;
    }
  g_assert_cmpuint (place, >, 0);
  adw_combo_row_set_selected (row, place);
  folder = tl_mailbox_report_find_role (tl_mailbox_get_report (get_mailbox (&fixture)), "archive");
  g_assert_nonnull (folder);
  g_assert_cmpstr (folder->name, ==, "Clients/Acme");
  g_assert_cmpint (folder->by, ==, TL_ROLE_BY_PERSON);
  g_assert_cmpstr (get_shown (&fixture, "archive"), ==, "Clients/Acme");

  adw_combo_row_set_selected (find_role (&fixture, "junk"), 0);
  g_assert_null (tl_mailbox_report_find_role (tl_mailbox_get_report (get_mailbox (&fixture)),
                                              "junk"));
  g_assert_cmpstr (get_shown (&fixture, "junk"), ==, "");
  g_assert_cmpstr (get_shown (&fixture, "sent"), ==, "[Gmail]/Sent Mail");

  fixture_close (&fixture);
}

static GtkWidget *
find_wish (Fixture    *fixture,
           const char *name)
{
  GtkWidget *view;

  for (guint i = 0; (view = tl_tree_find (fixture->page, TL_TYPE_WISH_VIEW, i)) != NULL; i++)
    {
      if (g_str_equal (tl_folder_wish_get_name (tl_item_view_get_item (TL_ITEM_VIEW (view))), name))
        return view;
    }

  return NULL;
}

static GtkWidget *
find_create_button (Fixture *fixture)
{
  GtkWidget *group = tl_tree_find (fixture->page, TL_TYPE_FOLDERS_GROUP, 0);
  GtkWidget *button;

  for (guint i = 0; (button = tl_tree_find (group, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      const char *label = gtk_button_get_label (GTK_BUTTON (button));

      if (label != NULL && g_str_has_prefix (label, "C_reate"))
        return button;
    }

  g_assert_not_reached ();
}

static void
test_wish (void)
{
  Fixture fixture;
  GtkWidget *check;
  GtkWidget *entry;
  guint n_wanted = 0;

  g_test_summary ("Nothing is asked for to begin with; what is ticked or named is counted");

  fixture_open (&fixture, TL_SCENE_MAILBOX_MARKED);
  g_assert_false (gtk_widget_get_sensitive (find_create_button (&fixture)));
  check = tl_tree_find (find_wish (&fixture, "Replies"), GTK_TYPE_CHECK_BUTTON, 0);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (check),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_widget_activate (check);
  g_assert_true (gtk_widget_get_sensitive (find_create_button (&fixture)));

  g_test_message ("another name; one that cannot be is marked where it was typed");
  entry = tl_tree_find (fixture.page, ADW_TYPE_ENTRY_ROW, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  Follow up ");
  g_signal_emit_by_name (entry, "apply");
  g_assert_nonnull (find_wish (&fixture, "Follow up"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_object_get (get_mailbox (&fixture), "n-wanted", &n_wanted, NULL);
  g_assert_cmpuint (n_wanted, ==, 2);
  gtk_editable_set_text (GTK_EDITABLE (entry), "a//b");
  g_signal_emit_by_name (entry, "apply");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "a");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  gtk_widget_activate (check);
  g_object_get (get_mailbox (&fixture), "n-wanted", &n_wanted, NULL);
  g_assert_cmpuint (n_wanted, ==, 1);

  fixture_close (&fixture);
}

static void
test_made (void)
{
  Fixture fixture;
  GtkWidget *view;

  g_test_summary ("What is there need not be ticked; why one is not stands at it, and only there");

  fixture_open (&fixture, TL_SCENE_MAILBOX_MADE);
  view = find_wish (&fixture, "Replies");
  g_assert_false (tl_tree_is_shown (tl_tree_find (view, GTK_TYPE_CHECK_BUTTON, 0), view));
  view = find_wish (&fixture, "Archive");
  g_assert_true (tl_tree_is_shown (tl_tree_find (view, GTK_TYPE_CHECK_BUTTON, 0), view));
  fixture_close (&fixture);

  fixture_open (&fixture, TL_SCENE_MAILBOX_REFUSED);
  g_assert_true (shows_finding (&fixture, TL_TYPE_WISH_VIEW, "use.cannot-create"));
  g_assert_cmpuint (tl_tree_count_shown (find_wish (&fixture, "Replies"), TL_TYPE_FINDING_CARD),
                    ==, 1);
  {
    GtkWidget *list = gtk_widget_get_ancestor (tl_tree_find (fixture.page, TL_TYPE_ROLE_VIEW, 0),
                                               GTK_TYPE_LIST_BOX);

    g_assert_nonnull (list);
    for (guint i = 0; (view = tl_tree_find (fixture.page, TL_TYPE_FINDING_CARD, i)) != NULL; i++)
      {
        g_autoptr(TlFinding) finding = NULL;

        g_object_get (view, "finding", &finding, NULL);
        if (finding != NULL && g_str_equal (tl_finding_get_id (finding), "use.cannot-create"))
          g_assert_nonnull (gtk_widget_get_ancestor (view, TL_TYPE_WISH_VIEW));
      }
  }
  fixture_close (&fixture);
}

static void
test_tools (void)
{
  Fixture fixture;
  GtkWidget *row;
  guint n_tools = 0;

  g_test_summary ("How many programs there are is typed in, and comes back");

  fixture_open (&fixture, TL_SCENE_MAILBOX_MARKED);
  row = tl_tree_find (fixture.page, TL_TYPE_COUNT_ROW, 0);
  g_object_set (row, "count", 4, NULL);
  g_object_get (get_mailbox (&fixture), "n-tools", &n_tools, NULL);
  g_assert_cmpuint (n_tools, ==, 4);
  tl_mailbox_set_n_tools (get_mailbox (&fixture), 2);
  g_object_get (row, "count", &n_tools, NULL);
  g_assert_cmpuint (n_tools, ==, 2);
  g_object_get (row, "most", &n_tools, NULL);
  g_assert_cmpuint (n_tools, ==, TL_MAILBOX_REPORT_MAX_TOOLS);
  tl_tree_check_mnemonics (fixture.page);
  gtk_test_accessible_assert_property (tl_tree_find (row, GTK_TYPE_SPIN_BUTTON, 0),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Programs that use this mailbox");
  fixture_close (&fixture);
}

static void
test_inbox (void)
{
  Fixture fixture;
  AdwComboRow *row;

  g_test_summary ("Of the inbox nothing can be chosen, and of all others none, too");

  fixture_open (&fixture, TL_SCENE_MAILBOX_MARKED);
  row = find_role (&fixture, "inbox");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), ==, 1);
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  row = find_role (&fixture, "sent");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), >, 2);
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  fixture_close (&fixture);
}

static void
test_whole_name (void)
{
  Fixture fixture;
  GtkLabel *label;

  g_test_summary ("A name of a folder breaks where there is no room, and is never cut");

  fixture_open (&fixture, TL_SCENE_MAILBOX_NAMED);
  label = tl_tree_find_label (GTK_WIDGET (find_role (&fixture, "sent")), "Gesendete Elemente");
  g_assert_nonnull (label);
  g_assert_true (gtk_label_get_wrap (label));
  g_assert_cmpint (gtk_label_get_ellipsize (label), ==, PANGO_ELLIPSIZE_NONE);
  fixture_close (&fixture);
}

static void
test_hostile (void)
{
  Fixture fixture;
  GtkLabel *label;

  g_test_summary ("Names of folders are the server's: markup in them is shown as it is");

  fixture_open (&fixture, TL_SCENE_MAILBOX_HOSTILE);
  g_assert_true (g_str_has_prefix (get_shown (&fixture, "sent"), "<b>Sent</b> &amp;"));
  label = tl_tree_find_label (fixture.page, "<b>Sent</b>");
  g_assert_nonnull (label);
  g_assert_false (gtk_label_get_use_markup (label));
  fixture_close (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (mailbox_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/mailbox/", mailbox_cases[i].name, NULL);

      g_test_add_data_func (path, &mailbox_cases[i], test_mailbox);
    }
  g_test_add_func ("/ui/mailbox/unknown", test_unknown);
  g_test_add_func ("/ui/mailbox/correct", test_correct);
  g_test_add_func ("/ui/mailbox/wish", test_wish);
  g_test_add_func ("/ui/mailbox/made", test_made);
  g_test_add_func ("/ui/mailbox/tools", test_tools);
  g_test_add_func ("/ui/mailbox/inbox", test_inbox);
  g_test_add_func ("/ui/mailbox/whole-name", test_whole_name);
  g_test_add_func ("/ui/mailbox/hostile", test_hostile);

  return g_test_run ();
}
