/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-secret-row.h"
#include "tl-secret-text.h"
#include "tl-test-memory.h"
#include "tl-ui.h"

/* What is typed goes in by the entry's delegate, as from a keyboard or an input method. */
static GtkEditable *
find_delegate (GtkWidget *widget)
{
  if (GTK_IS_TEXT (widget))
    return GTK_EDITABLE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *hit = find_delegate (child);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

typedef struct
{
  const char *name;
  const char *first;      /* typed into the empty row */
  int         start;      /* then this range of characters is deleted … */
  int         end;
  const char *then;       /* … and this typed in its place */
  const char *wanted;
} EditCase;

static const EditCase edit_cases[] = {
  { "typed",          "swordfish", 0, 0,  "",     "swordfish" },
  { "spaces",         " a b ",     0, 0,  "",     " a b " },
  { "in-the-middle",  "swfish",    2, 2,  "ord",  "swordfish" },
  { "replaced",       "swordfish", 0, 5,  "cat",  "catfish" },
  { "to-the-end",     "swordfish", 5, -1, "tail", "swordtail" },
  { "not-ascii",      "åäö€x",     1, 3,  "ß",    "åß€x" },
  { "astral",         "a𝄞b",       1, 2,  "𝄢",    "a𝄢b" },
};

static void
test_edit (gconstpointer data)
{
  const EditCase *c = data;
  GtkWidget *row = g_object_ref_sink (g_object_new (TL_TYPE_SECRET_ROW, NULL));
  GtkEditable *delegate = find_delegate (row);
  g_autoptr(TlSecret) secret = NULL;
  int position = 0;
  gboolean filled = FALSE;

  gtk_editable_insert_text (delegate, c->first, -1, &position);
  g_assert_cmpint (position, ==, g_utf8_strlen (c->first, -1));
  position = c->start;
  if (c->start != c->end)
    gtk_editable_delete_text (delegate, c->start, c->end);
  gtk_editable_insert_text (delegate, c->then, -1, &position);

  g_object_get (row, "filled", &filled, NULL);
  g_assert_true (filled);
  g_assert_cmpint (g_utf8_strlen (gtk_editable_get_text (delegate), -1), ==,
                   g_utf8_strlen (c->wanted, -1));
  for (const char *at = gtk_editable_get_text (delegate); *at != '\0'; at = g_utf8_next_char (at))
    g_assert_cmphex (g_utf8_get_char (at), ==, 0x2022);

  secret = tl_secret_row_steal_secret (TL_SECRET_ROW (row));
  g_assert_cmpstr (tl_secret_peek (secret, NULL), ==, c->wanted);
  g_object_get (row, "filled", &filled, NULL);
  g_assert_false (filled);
  g_assert_null (tl_secret_row_steal_secret (TL_SECRET_ROW (row)));

  g_assert_finalize_object (row);
}

static void
on_text_inserted (GtkEditable *editable,
                  const char  *text,
                  int          len,
                  int         *position,
                  gboolean    *overheard)
{
  if (strncmp (text, "swordfish", (gsize) MAX (len, 0)) == 0)
    *overheard = TRUE;
}

static void
test_overheard (void)
{
  GtkWidget *row = g_object_ref_sink (g_object_new (TL_TYPE_SECRET_ROW, NULL));
  GtkEditable *delegate = find_delegate (row);
  gboolean overheard = FALSE;
  int position = 0;

  g_test_summary ("Whoever listens after the row, as the accessibility bus does, hears bullets");

  g_signal_connect_after (delegate, "insert-text", G_CALLBACK (on_text_inserted), &overheard);
  gtk_editable_insert_text (delegate, "swordfish", -1, &position);
  g_assert_false (overheard);

  g_assert_finalize_object (row);
}

static void
assert_bullets (GtkEditable *delegate,
                glong        n)
{
  const char *text = gtk_editable_get_text (delegate);

  g_assert_cmpint (g_utf8_strlen (text, -1), ==, n);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    g_assert_cmphex (g_utf8_get_char (text), ==, 0x2022);
  g_assert_false (gtk_text_get_visibility (GTK_TEXT (delegate)));
}

static GtkWidget *
find_drawing (GtkWidget *widget)
{
  if (TL_IS_SECRET_TEXT (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_drawing (child);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static int
measure_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

static void
test_revealed (void)
{
  GtkWidget *row = g_object_ref_sink (g_object_new (TL_TYPE_SECRET_ROW, NULL));
  GtkEditable *delegate = find_delegate (row);
  GtkWidget *drawing = find_drawing (row);
  g_autoptr(TlSecret) secret = NULL;
  gboolean revealed = TRUE;
  int position = 0;
  int width;

  g_test_summary ("To be seen it is drawn; the entry, which others can read, has bullets still");

  gtk_editable_insert_text (delegate, "sword", -1, &position);
  g_assert_false (gtk_widget_get_visible (drawing));
  g_object_set (row, "revealed", TRUE, NULL);
  assert_bullets (delegate, 5);
  g_assert_true (gtk_widget_get_visible (drawing));
  width = measure_width (drawing);
  g_assert_cmpint (width, >, 0);
  gtk_editable_insert_text (delegate, "fish", -1, &position);
  assert_bullets (delegate, 9);
  g_assert_cmpint (measure_width (drawing), >, width);
  g_object_set (row, "revealed", FALSE, NULL);
  assert_bullets (delegate, 9);
  g_assert_false (gtk_widget_get_visible (drawing));
  g_assert_cmpint (measure_width (drawing), ==, 0);

  g_object_set (row, "revealed", TRUE, NULL);
  secret = tl_secret_row_steal_secret (TL_SECRET_ROW (row));
  g_assert_cmpstr (tl_secret_peek (secret, NULL), ==, "swordfish");
  g_object_get (row, "revealed", &revealed, NULL);
  g_assert_false (revealed);
  g_assert_cmpstr (gtk_editable_get_text (delegate), ==, "");
  g_assert_cmpint (measure_width (drawing), ==, 0);

  g_assert_finalize_object (row);
}

static gboolean
on_time_passed (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Long enough for frames to be drawn. */
static void
wait_for_frames (void)
{
  gboolean passed = FALSE;

  g_timeout_add (300, on_time_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_wiped (void)
{
  g_autoptr(TlTestMemory) canary = tl_test_memory_new ();
  const char *text = tl_test_memory_peek (canary);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *row = g_object_new (TL_TYPE_SECRET_ROW, NULL);
  GtkEditable *delegate = find_delegate (row);
  g_autofree char *filler = g_strnfill (1500, 'x');
  g_autoptr(TlSecret) secret = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *left = NULL;
  g_autofree char *proof = NULL;
  char *planted;
  int position = 0;

  g_test_summary ("Typed key by key, corrected and looked at, it is in no memory that a dump has");

  gtk_window_set_child (GTK_WINDOW (window), row);
  gtk_window_present (GTK_WINDOW (window));
  /* With so much in front, no small block is put where it was by chance. */
  gtk_editable_insert_text (delegate, filler, -1, &position);
  for (gsize i = 0; text[i] != '\0'; i++)
    gtk_editable_insert_text (delegate, text + i, 1, &position);
  gtk_editable_delete_text (delegate, position - 1, position);
  position--;
  gtk_editable_insert_text (delegate, text + strlen (text) - 1, 1, &position);
  g_object_set (row, "revealed", TRUE, NULL);
  wait_for_frames ();
  g_assert_true (gtk_widget_get_mapped (find_drawing (row)));
  g_assert_cmpint (gtk_widget_get_height (find_drawing (row)), >, 0);
  typed = tl_test_memory_find (canary);
  g_assert_cmpstr (typed, ==, NULL);
  secret = tl_secret_row_steal_secret (TL_SECRET_ROW (row));
  g_assert_true (g_str_has_suffix (tl_secret_peek (secret, NULL), text));
  g_clear_pointer (&secret, tl_secret_unref);
  left = tl_test_memory_find (canary);
  g_assert_cmpstr (left, ==, NULL);

  /* What is freed as it is would be found. */
  planted = g_strdup (text);
  g_free (planted);
  proof = tl_test_memory_find (canary);
  g_assert_nonnull (proof);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (edit_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/secret-row/edit/", edit_cases[i].name, NULL);

      g_test_add_data_func (path, &edit_cases[i], test_edit);
    }
  g_test_add_func ("/ui/secret-row/overheard", test_overheard);
  g_test_add_func ("/ui/secret-row/revealed", test_revealed);
  g_test_add_func ("/ui/secret-row/P9/wiped", test_wiped);

  return g_test_run ();
}
