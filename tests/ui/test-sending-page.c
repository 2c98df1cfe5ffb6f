/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of sending: what is planned, the warm-up, and whether receivers trust the domain. */
#include <adwaita.h>

#include "tl-count-row.h"
#include "tl-domain-view.h"
#include "tl-field-hint.h"
#include "tl-field-view.h"
#include "tl-finding-card.h"
#include "tl-record-view.h"
#include "tl-scene-lanes.h"
#include "tl-scene-readiness.h"
#include "tl-sending-page.h"
#include "tl-tree.h"
#include "tl-ui.h"
#include "tl-volume-group.h"
#include "tl-warm-up-chart.h"
#include "tl-warm-up-group.h"

typedef struct
{
  TlSetup   *setup;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
fixture_open (Fixture *fixture)
{
  fixture->setup = tl_setup_new ();
  tl_scene_test (fixture->setup, TL_SCENE_LANES_GREEN);
  fixture->page = g_object_ref_sink (g_object_new (TL_TYPE_SENDING_PAGE, "setup", fixture->setup,
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

static TlSending *
get_sending (Fixture *fixture)
{
  return tl_setup_get_sending (fixture->setup);
}

/* What a mailbox may send at the most, big. */
static GtkWidget *
find_ceiling (Fixture *fixture)
{
  GtkWidget *group = tl_tree_find (fixture->page, TL_TYPE_VOLUME_GROUP, 0);
  GtkWidget *label;

  for (guint i = 0; (label = tl_tree_find (group, GTK_TYPE_LABEL, i)) != NULL; i++)
    {
      if (gtk_widget_has_css_class (label, "title-1"))
        return label;
    }

  g_assert_not_reached ();
}

static void
test_volume (void)
{
  static const struct { const char *property; guint typed, most; } cases[] = {
    { "volume",      240, TL_SENDING_PLAN_MAX_VOLUME },
    { "n-mailboxes", 6,   TL_SENDING_PLAN_MAX_MAILBOXES },
    { "n-domains",   2,   TL_SENDING_PLAN_MAX_DOMAINS },
  };
  Fixture fixture;
  GtkWidget *group;
  gboolean asked = TRUE;
  TlSendingKind kind;

  g_test_summary ("What is planned is typed in, and comes back; until then there is no plan");

  fixture_open (&fixture);
  group = tl_tree_find (fixture.page, TL_TYPE_VOLUME_GROUP, 0);
  g_object_get (get_sending (&fixture), "was-asked", &asked, NULL);
  g_assert_false (asked);
  g_assert_nonnull (tl_tree_find_button (fixture.page, "_Use This Plan"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *row = tl_tree_find (group, TL_TYPE_COUNT_ROW, i);
      guint number = 0;

      g_object_set (row, "count", cases[i].typed, NULL);
      g_object_get (get_sending (&fixture), cases[i].property, &number, NULL);
      g_assert_cmpuint (number, ==, cases[i].typed);
      g_object_set (get_sending (&fixture), cases[i].property, cases[i].typed + 1, NULL);
      g_object_get (row, "count", &number, NULL);
      g_assert_cmpuint (number, ==, cases[i].typed + 1);
      g_object_get (row, "most", &number, NULL);
      g_assert_cmpuint (number, ==, cases[i].most);
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (tl_tree_find (group, ADW_TYPE_COMBO_ROW, 0)),
                              TL_SENDING_KIND_CONVERSATION);
  g_object_get (get_sending (&fixture), "kind", &kind, NULL);
  g_assert_cmpint (kind, ==, TL_SENDING_KIND_CONVERSATION);
  g_assert_null (tl_tree_find_button (fixture.page, "_Use This Plan"));

  fixture_close (&fixture);
}

static void
test_question_first (void)
{
  Fixture fixture;

  g_test_summary ("No number is shown big before anybody said how much is to be sent");

  fixture_open (&fixture);
  g_assert_false (tl_tree_is_shown (find_ceiling (&fixture), fixture.page));
  g_object_set (get_sending (&fixture), "volume", 240, NULL);
  g_assert_true (tl_tree_is_shown (find_ceiling (&fixture), fixture.page));
  fixture_close (&fixture);
}

static void
test_mnemonics (void)
{
  Fixture fixture;

  g_test_summary ("One letter is for one thing, in each state of the page");

  fixture_open (&fixture);
  tl_tree_check_mnemonics (fixture.page);
  g_object_set (get_sending (&fixture), "volume", 240, NULL);
  tl_scene_look_up (fixture.setup, TL_SCENE_DOMAIN_FAULTS);
  tl_tree_check_mnemonics (fixture.page);
  tl_scene_keep_asking (fixture.setup);
  tl_tree_check_mnemonics (fixture.page);
  tl_domain_health_clear (tl_setup_get_domain_health (fixture.setup));
  settle ();
  fixture_close (&fixture);
}

typedef struct
{
  const char *name;
  const char *property;
  guint       nth;         /* of the entries on the page */
  const char *good;
  const char *bad;
} NameCase;

static const NameCase name_cases[] = {
  { "registered", "registered-domain", 0, "acme-mail.test", "acme mail.test" },
  { "reply-to",   "reply-to",          1, "ada@acme.test",  "ada at acme" },
};

static void
test_name (gconstpointer data)
{
  const NameCase *c = data;
  Fixture fixture;
  GtkWidget *entry;
  g_autofree char *said = NULL;

  g_test_summary ("What is typed is kept, and marked where it cannot be meant; nothing is fine");

  fixture_open (&fixture);
  entry = tl_tree_find (fixture.page, ADW_TYPE_ENTRY_ROW, c->nth);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_FIELD_HINT), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), c->good);
  g_object_get (fixture.setup, c->property, &said, NULL);
  g_assert_cmpstr (said, ==, c->good);
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_FIELD_HINT), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), c->bad);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_FIELD_HINT), ==, 1);
  g_object_set (fixture.setup, c->property, "", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  fixture_close (&fixture);
}

static void
test_confirm (void)
{
  Fixture fixture;
  gboolean asked = FALSE;

  g_test_summary ("A plan that suits as it is can be taken at a press");

  fixture_open (&fixture);
  g_signal_emit_by_name (tl_tree_find_button (fixture.page, "_Use This Plan"), "clicked");
  g_object_get (get_sending (&fixture), "was-asked", &asked, NULL);
  g_assert_true (asked);
  g_assert_null (tl_tree_find_button (fixture.page, "_Use This Plan"));
  fixture_close (&fixture);
}

static void
test_warm_up (void)
{
  Fixture fixture;
  GtkWidget *group;
  GtkWidget *row;
  GtkWidget *chart;
  AdwComboRow *presets;
  g_autoptr(TlWarmUpDay) day = NULL;
  g_autofree char *preset = NULL;
  guint before = 0;
  guint count = 0;
  gboolean edited = FALSE;

  g_test_summary ("The row beside the chart is the day that is chosen there, both ways");

  fixture_open (&fixture);
  group = tl_tree_find (fixture.page, TL_TYPE_WARM_UP_GROUP, 0);
  chart = tl_tree_find (group, TL_TYPE_WARM_UP_CHART, 0);
  row = tl_tree_find (group, TL_TYPE_COUNT_ROW, 0);
  presets = ADW_COMBO_ROW (tl_tree_find (group, ADW_TYPE_COMBO_ROW, 0));

  g_object_set (chart, "selected", 2, NULL);
  day = tl_warm_up_chart_dup_day (TL_WARM_UP_CHART (chart));
  before = tl_warm_up_day_get_messages (day);
  g_object_get (row, "count", &count, NULL);
  g_assert_cmpuint (count, ==, before);
  g_object_set (row, "count", before - 1, NULL);
  g_assert_cmpuint (tl_warm_up_day_get_messages (day), ==, before - 1);
  g_object_set (day, "messages", before - 2, NULL);
  g_object_get (row, "count", &count, NULL);
  g_assert_cmpuint (count, ==, before - 2);

  g_test_message ("no day goes above the ceiling");
  g_object_set (row, "count", 100000, NULL);
  g_object_get (get_sending (&fixture), "ceiling", &count, NULL);
  g_assert_cmpuint (tl_warm_up_day_get_messages (day), ==, count);

  g_test_message ("and back to where it began");
  g_object_get (get_sending (&fixture), "is-edited", &edited, NULL);
  g_assert_true (edited);
  for (guint i = 0; (row = tl_tree_find (group, ADW_TYPE_ACTION_ROW, i)) != NULL; i++)
    {
      if (adw_action_row_get_icon_name (ADW_ACTION_ROW (row)) != NULL)
        g_signal_emit_by_name (row, "activated");
    }
  g_object_get (get_sending (&fixture), "is-edited", &edited, NULL);
  g_assert_false (edited);
  g_assert_cmpuint (tl_warm_up_day_get_messages (day), ==, before);

  g_test_message ("another preset");
  g_object_get (get_sending (&fixture), "preset", &preset, NULL);
  adw_combo_row_set_selected (presets, adw_combo_row_get_selected (presets) == 0 ? 1 : 0);
  {
    g_autofree char *chosen = NULL;

    g_object_get (get_sending (&fixture), "preset", &chosen, NULL);
    g_assert_cmpstr (chosen, !=, preset);
  }
  g_assert_true (tl_sending_set_preset (get_sending (&fixture), preset, NULL));
  settle ();

  fixture_close (&fixture);
}

typedef struct
{
  const char    *name;
  TlSceneDomain  domain;
  guint          n_cards;     /* in view */
  guint          n_records;   /* to publish, in view */
  guint          n_all;       /* to publish, with all details open */
  gboolean       can_copy;
} DomainCase;

static const DomainCase domain_cases[] = {
  { "good",   TL_SCENE_DOMAIN_GOOD },
  { "faults", TL_SCENE_DOMAIN_FAULTS, .n_cards = 2, .n_records = 2, .n_all = 3, .can_copy = TRUE },
  { "notes",  TL_SCENE_DOMAIN_NOTES, .n_all = 1, .can_copy = TRUE },
};

static void
test_domain (gconstpointer data)
{
  const DomainCase *c = data;
  Fixture fixture;
  GtkWidget *copy;

  g_test_summary ("Warnings and their records are in view, and notes with the details");

  fixture_open (&fixture);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_DOMAIN_VIEW), ==, 0);
  tl_scene_look_up (fixture.setup, c->domain);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_DOMAIN_VIEW), ==,
                    TL_N_DOMAIN_TOPICS);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_FINDING_CARD), ==, c->n_cards);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_RECORD_VIEW), ==, c->n_records);
  tl_tree_open_expanders (fixture.page);
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_RECORD_VIEW), ==, c->n_all);
  copy = tl_tree_find_button (fixture.page, "Copy Note for _IT");
  g_assert_cmpint (copy != NULL, ==, c->can_copy);

  fixture_close (&fixture);
}

static void
on_text_read (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  char **text = data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text_read, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);

  return text;
}

static void
test_copy (void)
{
  static const char * const parts[] = {
    "acme.test", "TXT", "v=spf1 include:_spf.elsewhere.test a:smtp.acme.test ~all",
  };
  Fixture fixture;
  GtkWidget *record;
  TlRecordFix *fix;
  g_autofree char *line = NULL;
  g_autofree char *all = NULL;

  g_test_summary ("A record is copied part by part, as a line of a zone, or with all others");

  fixture_open (&fixture);
  tl_scene_look_up (fixture.setup, TL_SCENE_DOMAIN_FAULTS);
  record = tl_tree_find (fixture.page, TL_TYPE_RECORD_VIEW, 0);
  fix = tl_item_view_get_item (TL_ITEM_VIEW (record));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GtkWidget *field = tl_tree_find (record, TL_TYPE_FIELD_VIEW, i);
      g_autofree char *text = NULL;

      g_signal_emit_by_name (tl_tree_find (field, GTK_TYPE_BUTTON, 0), "clicked");
      text = read_clipboard (fixture.page);
      g_assert_cmpstr (text, ==, parts[i]);
    }
  g_signal_emit_by_name (tl_tree_find_button (record, "Copy _Zone Line"), "clicked");
  line = read_clipboard (fixture.page);
  g_assert_cmpstr (line, ==, tl_record_fix_get_zone_line (fix));
  g_assert_nonnull (g_strrstr (line, " TXT "));

  g_signal_emit_by_name (tl_tree_find_button (fixture.page, "Copy Note for _IT"), "clicked");
  all = read_clipboard (fixture.page);
  g_assert_nonnull (g_strrstr (all, "_dmarc.acme.test"));
  g_assert_nonnull (g_strrstr (all, parts[2]));

  fixture_close (&fixture);
}

static void
test_checking (void)
{
  Fixture fixture;

  g_test_summary ("While a domain is looked up it can be stopped, and not begun again");

  fixture_open (&fixture);
  g_assert_nonnull (tl_tree_find_button (fixture.page, "C_heck acme.test"));
  tl_scene_keep_asking (fixture.setup);
  g_assert_null (tl_tree_find_button (fixture.page, "C_heck acme.test"));
  g_assert_nonnull (tl_tree_find_button (fixture.page, "_Stop"));
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_DOMAIN_VIEW), ==,
                    TL_N_DOMAIN_TOPICS);
  tl_domain_health_clear (tl_setup_get_domain_health (fixture.setup));
  g_assert_nonnull (tl_tree_find_button (fixture.page, "C_heck acme.test"));
  g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_DOMAIN_VIEW), ==, 0);
  settle ();

  fixture_close (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (domain_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/sending/domain/", domain_cases[i].name, NULL);

      g_test_add_data_func (path, &domain_cases[i], test_domain);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/sending/name/", name_cases[i].name, NULL);

      g_test_add_data_func (path, &name_cases[i], test_name);
    }
  g_test_add_func ("/ui/sending/volume", test_volume);
  g_test_add_func ("/ui/sending/question-first", test_question_first);
  g_test_add_func ("/ui/sending/mnemonics", test_mnemonics);
  g_test_add_func ("/ui/sending/confirm", test_confirm);
  g_test_add_func ("/ui/sending/warm-up", test_warm_up);
  g_test_add_func ("/ui/sending/copy", test_copy);
  g_test_add_func ("/ui/sending/checking", test_checking);

  return g_test_run ();
}
