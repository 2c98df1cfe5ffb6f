/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of the servers makes of what discovery says, early and late. */
#include "tl-servers-page.h"

#include <string.h>

#include "tl-also-found.h"
#include "tl-ask-again.h"
#include "tl-candidate-view.h"
#include "tl-contacts-view.h"
#include "tl-finding-card.h"
#include "tl-hint-view.h"
#include "tl-lane-card.h"
#include "tl-note-view.h"
#include "tl-note.h"
#include "tl-rejection-view.h"
#include "tl-scene.h"
#include "tl-sentences.h"
#include "tl-source-view.h"
#include "tl-tree.h"
#include "tl-ui.h"

#define ADDRESS "ada@acme.test"

typedef struct
{
  GtkWidget *window;
  GtkWidget *page;
  TlSetup   *setup;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  GtkWidget *expander;

  self->setup = tl_setup_new ();
  tl_scene_show (self->setup, ADDRESS, GPOINTER_TO_UINT (data));
  self->page = g_object_ref_sink (g_object_new (TL_TYPE_SERVERS_PAGE, "setup", self->setup, NULL));
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), self->page);
  tl_page_entered (TL_PAGE (self->page));
  for (guint i = 0; (expander = tl_tree_find (self->page, GTK_TYPE_EXPANDER, i)) != NULL; i++)
    g_assert_false (gtk_expander_get_expanded (GTK_EXPANDER (expander)));
  tl_tree_open_expanders (self->page);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->page);
  g_object_unref (self->setup);
}

static void
assert_lead (Fixture    *self,
             gboolean    outgoing,
             gboolean    waiting,
             const char *remark_id)
{
  g_autoptr(TlFinding) remark = NULL;
  g_autofree char *lead = NULL;
  g_autofree char *expected = NULL;

  g_object_get (self->page, "remark", &remark, NULL);
  g_assert_cmpstr (remark == NULL ? NULL : tl_finding_get_id (remark), ==, remark_id);
  expected = tl_servers_to_lead (NULL, FALSE, TRUE, outgoing, waiting, remark, "acme.test");
  g_object_get (adw_bin_get_child (ADW_BIN (self->page)), "lead", &lead, NULL);
  g_assert_cmpstr (lead, ==, expected);
}

static void
assert_host (Fixture    *self,
             TlLaneKind  lane,
             const char *host)
{
  g_autofree char *shown = NULL;

  g_object_get (tl_setup_get_draft (self->setup, lane), "host", &shown, NULL);
  g_assert_cmpstr (shown, ==, host);
}

static gboolean
is_struck (GtkLabel *label)
{
  PangoAttrList *attributes = gtk_label_get_attributes (label);
  g_autoptr(PangoAttrIterator) at = NULL;
  PangoAttribute *line;

  if (attributes == NULL)
    return FALSE;
  at = pango_attr_list_get_iterator (attributes);
  line = pango_attr_iterator_get (at, PANGO_ATTR_STRIKETHROUGH);

  return line != NULL && ((PangoAttrInt *) line)->value;
}

static void
test_struck (Fixture       *self,
             gconstpointer  data)
{
  GtkWidget *view;
  guint n_struck = 0;

  g_test_summary ("C08: unencrypted is struck out, and every reason is in words beside it");

  for (guint i = 0; (view = tl_tree_find (self->page, TL_TYPE_REJECTION_VIEW, i)) != NULL; i++)
    {
      g_autoptr(TlRejection) rejection = NULL;
      const char *words;
      GtkLabel *server;
      GtkLabel *reason;

      g_object_get (view, "rejection", &rejection, NULL);
      server = tl_tree_find_label (view, tl_rejection_get_server (rejection));
      words = tl_rejection_reason_get_label (tl_rejection_get_reason (rejection));
      reason = tl_tree_find_label (view, words);
      g_assert_nonnull (server);
      g_assert_nonnull (reason);
      g_assert_false (gtk_label_get_use_markup (server));
      g_assert_cmpint (is_struck (server), ==,
                       tl_rejection_get_reason (rejection) == TL_REJECTION_PLAINTEXT);
      gtk_test_accessible_assert_relation (view, GTK_ACCESSIBLE_RELATION_LABELLED_BY, server, NULL);
      gtk_test_accessible_assert_relation (view, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, reason,
                                           NULL);
      n_struck += is_struck (server);
    }

  g_assert_cmpuint (n_struck, ==, 1);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_REJECTION_VIEW), ==, 3);
}

static void
test_choose (Fixture       *self,
             gconstpointer  data)
{
  GtkWidget *also_found = tl_tree_find (self->page, TL_TYPE_ALSO_FOUND, 0);
  GtkWidget *view;
  GtkWidget *use;
  g_autofree char *label = NULL;
  gboolean confirm = FALSE;

  g_test_summary ("D05: another server goes into the card with its own need for a yes, and out "
                  "again; the list stays as it is");

  g_assert_cmpuint (tl_tree_count_shown (also_found, TL_TYPE_CANDIDATE_VIEW), ==, 3);
  view = tl_tree_find (also_found, TL_TYPE_CANDIDATE_VIEW, 1);
  use = tl_tree_find (view, GTK_TYPE_BUTTON, 0);
  label = g_strdup (gtk_button_get_label (GTK_BUTTON (use)));
  assert_host (self, TL_LANE_INCOMING, "imap.acme.test");
  g_assert_true (tl_page_get_can_advance (TL_PAGE (self->page)));

  g_signal_emit_by_name (use, "clicked");
  assert_host (self, TL_LANE_INCOMING, "mail.elsewhere.test");
  g_object_get (tl_setup_get_draft (self->setup, TL_LANE_INCOMING), "confirm-needed", &confirm,
                NULL);
  g_assert_true (confirm);
  g_assert_false (tl_page_get_can_advance (TL_PAGE (self->page)));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (use)), !=, label);
  g_assert_true (tl_tree_find (also_found, TL_TYPE_CANDIDATE_VIEW, 1) == view);

  g_signal_emit_by_name (use, "clicked");
  assert_host (self, TL_LANE_INCOMING, "imap.acme.test");
  g_assert_true (tl_page_get_can_advance (TL_PAGE (self->page)));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (use)), ==, label);
}

/* The first of the page's own lists of findings. */
static GtkWidget *
find_findings (GtkWidget *page)
{
  GtkWidget *list;

  for (guint i = 0; (list = tl_tree_find (page, GTK_TYPE_LIST_BOX, i)) != NULL; i++)
    {
      if (gtk_widget_has_css_class (list, "finding-list"))
        return list;
    }

  return NULL;
}

static void
test_late (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *cards = tl_tree_find (self->page, TL_TYPE_LANE_CARD, 0);
  GtkWidget *above = find_findings (self->page);
  GtkWidget *card;
  TlLaneDraft *outgoing = tl_setup_get_draft (self->setup, TL_LANE_OUTGOING);

  g_test_summary ("C12, C09: what comes late is shown below the cards and changes nothing in them");

  assert_lead (self, TRUE, FALSE, NULL);
  tl_scene_settle (self->setup, TRUE);
  g_object_set (outgoing, "host", "typed.acme.test", NULL);
  tl_scene_show (self->setup, ADDRESS, TL_SCENE_CONFLICT | TL_SCENE_OTHERS);
  tl_scene_settle (self->setup, FALSE);

  g_assert_true (tl_tree_find (self->page, TL_TYPE_LANE_CARD, 0) == cards);
  assert_host (self, TL_LANE_INCOMING, "imap.acme.test");
  assert_host (self, TL_LANE_OUTGOING, "typed.acme.test");
  g_assert_true (tl_tree_is_shown (tl_tree_find (self->page, TL_TYPE_ALSO_FOUND, 0), self->page));

  /* Each card has a place for what is wrong with its settings, which is empty here. */
  g_assert_null (tl_tree_find (above, TL_TYPE_FINDING_CARD, 0));
  g_assert_false (gtk_widget_get_visible (above));
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_FINDING_CARD), ==, 1);

  assert_lead (self, TRUE, FALSE, "discover.conflict");

  g_test_message ("who comes back reads it first");
  tl_page_left (TL_PAGE (self->page));
  tl_page_entered (TL_PAGE (self->page));
  card = tl_tree_find (above, TL_TYPE_FINDING_CARD, 0);
  g_assert_nonnull (card);
  g_assert_true (tl_tree_is_shown (card, self->page));
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_FINDING_CARD), ==, 1);
}

static void
test_settling (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *settled = NULL;
  GtkWidget *spinner;

  g_test_summary ("A line says that others are still asked, and stays when they are not");

  tl_scene_settle (self->setup, TRUE);
  for (guint i = 0; (spinner = tl_tree_find (self->page, GTK_TYPE_SPINNER, i)) != NULL; i++)
    {
      if (gtk_widget_get_ancestor (spinner, TL_TYPE_SOURCE_VIEW) == NULL)
        break;
    }
  g_assert_nonnull (spinner);
  g_assert_true (tl_tree_is_shown (spinner, self->page));
  g_assert_true (gtk_spinner_get_spinning (GTK_SPINNER (spinner)));
  g_assert_true (tl_tree_is_shown (tl_tree_find (self->page, TL_TYPE_LANE_CARD, 0), self->page));
  g_assert_true (tl_page_get_can_advance (TL_PAGE (self->page)));

  tl_scene_settle (self->setup, FALSE);
  g_assert_false (gtk_widget_get_visible (spinner));
  g_assert_true (tl_tree_is_shown (gtk_widget_get_parent (spinner), self->page));
}

static void
test_hints (Fixture       *self,
            gconstpointer  data)
{
  static const char * const texts[] = {
    "Switch <b>IMAP</b> on",
    "Set up <a href=",
    "help.acme.test",
    "help.elsewhere.test",
    "xn--bcher-kva.test",
    "login.acme.test",
  };
  GtkWidget *view;
  guint n_links = 0;

  g_test_summary ("C13: a stranger's text is no markup, and each link is shown with its host");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkLabel *label = tl_tree_find_label (self->page, texts[i]);

      g_test_message ("%s", texts[i]);
      g_assert_nonnull (label);
      g_assert_false (gtk_label_get_use_markup (label));
      g_assert_nonnull (strstr (gtk_label_get_text (label), texts[i]));
    }

  for (guint i = 0; (view = tl_tree_find (self->page, TL_TYPE_HINT_VIEW, i)) != NULL; i++)
    {
      g_autoptr(TlHint) hint = NULL;
      GtkWidget *open = tl_tree_find (view, GTK_TYPE_BUTTON, 0);
      GtkLabel *host;

      g_object_get (view, "hint", &hint, NULL);
      g_assert_cmpint (tl_hint_get_kind (hint), !=, TL_HINT_ENABLE);
      if (gtk_widget_get_visible (open))
        {
          n_links++;
          host = tl_tree_find_label (view, tl_hint_get_host (hint));
          g_assert_nonnull (host);
          gtk_test_accessible_assert_relation (open, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, host,
                                               NULL);
        }
    }

  g_test_message ("what has to be done first stands before the servers");
  g_assert_true (tl_tree_comes_before (self->page, tl_tree_find (self->page, TL_TYPE_NOTE_VIEW, 0),
                                       tl_tree_find (self->page, TL_TYPE_LANE_CARD, 0)));
  g_test_message ("the issuer of tokens is no page to read");
  g_assert_cmpuint (n_links, ==, 2);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_HINT_VIEW), ==, 3);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_NOTE_VIEW), ==, 2);
}

static void
test_contacts (Fixture       *self,
               gconstpointer  data)
{
  GtkWidget *view = tl_tree_find (self->page, TL_TYPE_CONTACTS_VIEW, 0);
  g_autofree char *text = tl_contacts_view_dup_text (TL_CONTACTS_VIEW (view));
  g_autofree char *looked_up = NULL;
  g_autofree char *web = NULL;
  g_autofree char *mail = NULL;
  g_autofree char *told = NULL;
  g_autofree char *told_then = NULL;

  g_test_summary ("C14: whom it took is there to be read and copied, and what they got to know");

  g_assert_true (tl_tree_is_shown (view, self->page));
  g_object_get (view, "looked-up", &looked_up, "web", &web, "mail", &mail, "told", &told, NULL);
  g_assert_cmpstr (looked_up, ==, "_imaps._tcp.acme.test\n_submissions._tcp.acme.test\nacme.test");
  g_assert_cmpstr (web, ==, "acme.test\nautoconfig.acme.test\nv1.ispdb.net");
  g_assert_cmpstr (mail, ==, "imap.acme.test");
  g_assert_true (gtk_label_get_selectable (tl_tree_find_label (view, "v1.ispdb.net")));
  g_assert_true (g_str_has_prefix (text, told));
  g_assert_nonnull (strstr (text, looked_up));
  g_assert_nonnull (strstr (text, web));
  g_assert_nonnull (strstr (text, mail));

  g_object_set (self->setup, "send-address", TRUE, NULL);
  g_object_get (view, "told", &told_then, NULL);
  g_assert_null (strstr (told, "acme.test"));
  g_assert_nonnull (strstr (told_then, "acme.test"));
}

static void
test_nobody (Fixture       *self,
             gconstpointer  data)
{
  g_test_summary ("Where nobody was asked there is no list of them, and nothing to ask again");

  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_CONTACTS_VIEW), ==, 0);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_ASK_AGAIN), ==, 0);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_SOURCE_VIEW), ==, 0);
}

static void
test_late_task (Fixture       *self,
                gconstpointer  data)
{
  GtkWidget *cards = tl_tree_find (self->page, TL_TYPE_LANE_CARD, 0);

  g_test_summary ("What turns out late to be done first does not move the cards");

  tl_scene_show (self->setup, ADDRESS, TL_SCENE_HINTS);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_NOTE_VIEW), ==, 2);
  g_assert_true (tl_tree_comes_before (self->page, cards,
                                       tl_tree_find (self->page, TL_TYPE_NOTE_VIEW, 0)));

  tl_page_left (TL_PAGE (self->page));
  tl_page_entered (TL_PAGE (self->page));
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_NOTE_VIEW), ==, 2);
  g_assert_true (tl_tree_comes_before (self->page,
                                       tl_tree_find (self->page, TL_TYPE_NOTE_VIEW, 0), cards));
}

static void
test_asking (Fixture       *self,
             gconstpointer  data)
{
  GtkWidget *view;

  g_test_summary ("While they are asked, those who are asked are all there is to see");

  tl_scene_ask (self->setup);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_LANE_CARD), ==, 0);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_SOURCE_VIEW), ==, 6);
  for (guint i = 0; (view = tl_tree_find (self->page, TL_TYPE_SOURCE_VIEW, i)) != NULL; i++)
    {
      g_autoptr(TlSourceAnswer) answer = NULL;
      TlSourceStatus status = TL_SOURCE_STATUS_NOT_ASKED;

      g_object_get (view, "answer", &answer, NULL);
      g_object_get (answer, "status", &status, NULL);
      g_assert_cmpint (status, !=, TL_SOURCE_STATUS_NOT_ASKED);
      g_assert_cmpint (tl_tree_is_shown (tl_tree_find (view, GTK_TYPE_SPINNER, 0), self->page), ==,
                       status == TL_SOURCE_STATUS_ASKING);
    }
  tl_scene_settle (self->setup, FALSE);
}

static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *title = tl_servers_to_title (NULL, FALSE, TRUE, FALSE);

  g_test_summary ("That one lane has no server is said in the title and the lead, and not again");

  g_assert_cmpstr (tl_page_get_title (TL_PAGE (self->page)), ==, title);
  assert_lead (self, FALSE, FALSE, NULL);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_FINDING_CARD), ==, 0);
}

static GtkAdjustment *
get_scrolling (Fixture *self)
{
  GtkWidget *scrolled = tl_tree_find (self->page, GTK_TYPE_SCROLLED_WINDOW, 0);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

static void
test_elsewhere (Fixture       *self,
                gconstpointer  data)
{
  g_test_summary ("What is to be said of both lanes is said once, and what there is to do is in "
                  "view whatever has the focus");

  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_FINDING_CARD), ==, 1);
  assert_lead (self, TRUE, TRUE, "discover.untrusted-only");

  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 400);
  gtk_window_present (GTK_WINDOW (self->window));
  while (gtk_widget_get_height (self->page) == 0 ||
         gtk_adjustment_get_upper (get_scrolling (self)) <=
         gtk_adjustment_get_page_size (get_scrolling (self)))
    g_main_context_iteration (NULL, TRUE);

  tl_page_entered (TL_PAGE (self->page));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)),
                                         tl_tree_find (self->page, TL_TYPE_LANE_CARD, 0)));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scrolling (self)), ==, 0);

  tl_scene_show (self->setup, ADDRESS, TL_SCENE_NO_OUTGOING);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_FINDING_CARD), ==, 0);
}

/* Above the cards is what has to be done, below them what is to be known. */
static void
test_notices (void)
{
  Fixture fixture = { .setup = tl_setup_new () };
  GtkWidget *cards;
  GtkWidget *view;
  gboolean discovered = FALSE;
  guint n_tasks = 0;
  guint n_notices = 0;

  tl_setup_set_address_text (fixture.setup, "ada@outlook.com");
  fixture.page = g_object_ref_sink (g_object_new (TL_TYPE_SERVERS_PAGE, "setup", fixture.setup,
                                                  NULL));
  fixture.window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture.window), fixture.page);
  tl_page_entered (TL_PAGE (fixture.page));
  while (!discovered)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (fixture.setup, "discovered", &discovered, NULL);
    }

  cards = tl_tree_find (fixture.page, TL_TYPE_LANE_CARD, 0);
  for (guint i = 0; (view = tl_tree_find (fixture.page, TL_TYPE_NOTE_VIEW, i)) != NULL; i++)
    {
      g_autoptr(TlNote) note = NULL;
      gboolean notice = FALSE;

      if (!tl_tree_is_shown (view, fixture.page) ||
          gtk_widget_get_ancestor (view, TL_TYPE_FINDING_CARD) != NULL)
        continue;
      g_object_get (view, "note", &note, NULL);
      g_object_get (note, "notice", &notice, NULL);
      g_assert_cmpint (tl_tree_comes_before (fixture.page, cards, view), ==, notice);
      n_notices += notice;
      n_tasks += !notice;
    }
  g_assert_cmpuint (n_tasks, >, 0);
  g_assert_cmpuint (n_notices, >, 0);

  tear_down (&fixture, NULL);
}

typedef struct
{
  const char  *name;
  TlSceneParts parts;
  gboolean     inside;   /* among those who were asked, and not above the cards */
} AskCase;

static const AskCase ask_cases[] = {
  { "missing",   TL_SCENE_NO_OUTGOING, FALSE },
  { "on-demand", 0,                    TRUE },
};

static void
test_ask_again (gconstpointer data)
{
  const AskCase *c = data;
  Fixture fixture = { NULL };
  gboolean sends = FALSE;
  gboolean discovered = TRUE;
  gboolean by_hand = FALSE;
  GtkWidget *offer = NULL;

  g_test_summary ("C14: the whole address is told after one click and not before, and who sees it "
                  "is said there");

  set_up (&fixture, GUINT_TO_POINTER (c->parts));
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_ASK_AGAIN), ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *widget = tl_tree_find (fixture.page, TL_TYPE_ASK_AGAIN, i);

      if (tl_tree_is_shown (widget, fixture.page))
        offer = widget;
    }
  g_assert_nonnull (offer);
  g_assert_cmpint (gtk_widget_get_ancestor (offer, GTK_TYPE_EXPANDER) != NULL, ==, c->inside);
  g_assert_nonnull (tl_tree_find_label (offer, "acme.test"));
  g_object_get (fixture.setup, "send-address", &sends, NULL);
  g_assert_false (sends);

  /* With a directory that is none nobody is asked, and the page goes on by hand. */
  g_object_set (fixture.setup, "directory-url", "http://directory.test/", NULL);
  gtk_widget_activate_action (tl_tree_find (offer, GTK_TYPE_BUTTON, 0), "servers.ask-with-address",
                              NULL);
  while (!by_hand)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (fixture.page, "by-hand", &by_hand, NULL);
    }
  g_object_get (fixture.setup, "send-address", &sends, "discovered", &discovered, NULL);
  g_assert_true (sends);
  g_assert_false (discovered);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_ASK_AGAIN), ==, 0);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_LANE_CARD), ==, 2);

  tl_tree_open_expanders (fixture.page);
  g_test_message ("who said yes is not asked again");
  tl_scene_show (fixture.setup, ADDRESS, c->parts);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_CONTACTS_VIEW), ==, 1);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_ASK_AGAIN), ==, 0);

  tl_setup_set_address_text (fixture.setup, "bob@acme.test");
  g_object_get (fixture.setup, "send-address", &sends, NULL);
  g_assert_false (sends);
  tear_down (&fixture, NULL);
}

static void
test_no_name (Fixture       *self,
              gconstpointer  data)
{
  g_test_summary ("D01: where the domain does not exist nobody could be told the address");

  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_CONTACTS_VIEW), ==, 1);
  g_assert_cmpuint (tl_tree_count_shown (self->page, TL_TYPE_ASK_AGAIN), ==, 0);
}

static void
test_gateway (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *card = tl_tree_find (self->page, TL_TYPE_LANE_CARD, 0);
  GtkWidget *finding_card = tl_tree_find (find_findings (self->page), TL_TYPE_FINDING_CARD, 0);
  g_autoptr(TlFinding) finding = NULL;
  GtkLabel *question = NULL;
  gboolean expanded = FALSE;

  g_test_summary ("A filter is named above, the cards ask for one yes, and changing opens them");

  g_object_get (finding_card, "finding", &finding, NULL);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "discover.gateway");
  g_assert_false (tl_page_get_can_advance (TL_PAGE (self->page)));
  question = tl_tree_find_label (card, " mailhost.test");
  g_assert_nonnull (question);
  g_assert_true (tl_tree_is_shown (GTK_WIDGET (question), self->page));
  g_assert_nonnull (gtk_label_get_attributes (question));

  gtk_widget_activate_action (finding_card, "page.edit-servers", NULL);
  g_object_get (card, "expanded", &expanded, NULL);
  g_assert_true (expanded);

  g_object_set (tl_setup_get_draft (self->setup, TL_LANE_INCOMING), "confirmed", TRUE, NULL);
  g_object_set (tl_setup_get_draft (self->setup, TL_LANE_OUTGOING), "confirmed", TRUE, NULL);
  g_assert_true (tl_page_get_can_advance (TL_PAGE (self->page)));
}

static void
test_known (void)
{
  Fixture fixture = { .setup = tl_setup_new () };
  GtkWidget *expander = NULL;
  GtkWidget *next;
  g_autoptr(GListModel) contacts = NULL;
  gboolean settled = FALSE;
  gboolean settling = TRUE;

  g_test_summary ("A provider of the list takes nobody; once it stands those who were asked are out "
                  "of the way, and what follows goes below");

  tl_setup_set_address_text (fixture.setup, "ada@gmail.com");
  fixture.page = g_object_ref_sink (g_object_new (TL_TYPE_SERVERS_PAGE, "setup", fixture.setup,
                                                  NULL));
  fixture.window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture.window), fixture.page);
  /* Those who were asked come last. */
  for (guint i = 0; (next = tl_tree_find (fixture.page, GTK_TYPE_EXPANDER, i)) != NULL; i++)
    expander = next;
  tl_page_entered (TL_PAGE (fixture.page));
  g_assert_true (gtk_expander_get_expanded (GTK_EXPANDER (expander)));
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_LANE_CARD), ==, 0);

  while (!settled || settling)
    {
      g_main_context_iteration (NULL, TRUE);
      settled = !gtk_expander_get_expanded (GTK_EXPANDER (expander));
      g_object_get (fixture.setup, "settling", &settling, NULL);
    }
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_LANE_CARD), ==, 2);
  g_assert_true (tl_page_get_can_advance (TL_PAGE (fixture.page)));
  g_object_get (fixture.setup, "contacts", &contacts, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (contacts), ==, 0);

  tl_scene_show (fixture.setup, "ada@gmail.com", TL_SCENE_CONFLICT);
  g_assert_null (tl_tree_find (find_findings (fixture.page), TL_TYPE_FINDING_CARD, 0));
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_FINDING_CARD), ==, 1);

  tear_down (&fixture, NULL);
}

/* Buttons and labels that can be selected: nothing of all this is for the mouse alone. */
static void
test_keyboard (Fixture       *self,
               gconstpointer  data)
{
  GtkWidget *button;

  g_test_summary ("Every button can be focused, and one without text has a name");

  for (guint i = 0; (button = tl_tree_find (self->page, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      /* Expander rows and the like have parts of their own. */
      if (gtk_widget_get_ancestor (button, ADW_TYPE_PREFERENCES_ROW) != NULL)
        continue;
      g_assert_true (gtk_widget_get_focusable (button));
      if (gtk_button_get_icon_name (GTK_BUTTON (button)) != NULL)
        g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (button),
                                                         GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
}

static void
add (const char   *path,
     TlSceneParts  parts,
     void        (*test) (Fixture       *fixture,
                          gconstpointer  data))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (parts), set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  add ("/ui/servers/struck", TL_SCENE_OTHERS | TL_SCENE_HOSTILE, test_struck);
  add ("/ui/servers/choose", TL_SCENE_OTHERS, test_choose);
  add ("/ui/servers/late", 0, test_late);
  add ("/ui/servers/settling", 0, test_settling);
  add ("/ui/servers/hints", TL_SCENE_HOSTILE, test_hints);
  add ("/ui/servers/late-task", 0, test_late_task);
  add ("/ui/servers/asking", 0, test_asking);
  add ("/ui/servers/missing", TL_SCENE_NO_OUTGOING, test_missing);
  add ("/ui/servers/elsewhere", TL_SCENE_ELSEWHERE, test_elsewhere);
  add ("/ui/servers/contacts", 0, test_contacts);
  add ("/ui/servers/nobody", TL_SCENE_NOBODY, test_nobody);
  add ("/ui/servers/no-name", TL_SCENE_NO_NAME | TL_SCENE_NO_OUTGOING, test_no_name);
  add ("/ui/servers/gateway", TL_SCENE_GATEWAY, test_gateway);
  add ("/ui/servers/keyboard", TL_SCENE_OTHERS | TL_SCENE_HOSTILE | TL_SCENE_CONFLICT,
       test_keyboard);
  for (gsize i = 0; i < G_N_ELEMENTS (ask_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/servers/ask-again/", ask_cases[i].name, NULL);

      g_test_add_data_func (path, &ask_cases[i], test_ask_again);
    }
  g_test_add_func ("/ui/servers/known", test_known);
  g_test_add_func ("/ui/servers/notices", test_notices);

  return g_test_run ();
}
