/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-secret-row.h"
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
test_revealed (void)
{
  GtkWidget *row = g_object_ref_sink (g_object_new (TL_TYPE_SECRET_ROW, NULL));
  GtkEditable *delegate = find_delegate (row);
  g_autoptr(TlSecret) secret = NULL;
  gboolean revealed = TRUE;
  int position = 0;

  gtk_editable_insert_text (delegate, "sword", -1, &position);
  g_object_set (row, "revealed", TRUE, NULL);
  g_assert_cmpstr (gtk_editable_get_text (delegate), ==, "sword");
  gtk_editable_insert_text (delegate, "fish", -1, &position);
  g_assert_cmpstr (gtk_editable_get_text (delegate), ==, "swordfish");
  g_object_set (row, "revealed", FALSE, NULL);
  g_assert_null (strstr (gtk_editable_get_text (delegate), "sword"));

  g_object_set (row, "revealed", TRUE, NULL);
  secret = tl_secret_row_steal_secret (TL_SECRET_ROW (row));
  g_assert_cmpstr (tl_secret_peek (secret, NULL), ==, "swordfish");
  g_object_get (row, "revealed", &revealed, NULL);
  g_assert_false (revealed);
  g_assert_cmpstr (gtk_editable_get_text (delegate), ==, "");

  g_assert_finalize_object (row);
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

  return g_test_run ();
}
