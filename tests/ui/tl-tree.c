/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-tree.h"

#include <adwaita.h>
#include <string.h>

static GtkWidget *
find_nth (GtkWidget *widget,
          GType      type,
          guint     *skip)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*skip)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_nth (child, type, skip);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

/**
 * tl_tree_find:
 * @widget: where to look
 * @type: what for
 * @nth: how many to pass over, depth first
 *
 * Returns: (transfer none) (nullable): a widget
 */
GtkWidget *
tl_tree_find (GtkWidget *widget,
              GType      type,
              guint      nth)
{
  return find_nth (widget, type, &nth);
}

/**
 * tl_tree_find_label:
 * @widget: where to look
 * @part: what is in its text
 *
 * Returns: (transfer none) (nullable): the first such label
 */
GtkLabel *
tl_tree_find_label (GtkWidget  *widget,
                    const char *part)
{
  GtkWidget *label;

  for (guint i = 0; (label = tl_tree_find (widget, GTK_TYPE_LABEL, i)) != NULL; i++)
    {
      if (strstr (gtk_label_get_label (GTK_LABEL (label)), part) != NULL)
        return GTK_LABEL (label);
    }

  return NULL;
}

/**
 * tl_tree_find_button:
 * @widget: (nullable): where to look
 * @label: what it says
 *
 * Returns: (transfer none) (nullable): the first such button that is shown
 */
GtkWidget *
tl_tree_find_button (GtkWidget  *widget,
                     const char *label)
{
  GtkWidget *button;

  for (guint i = 0;
       widget != NULL && (button = tl_tree_find (widget, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0 &&
          tl_tree_is_shown (button, widget))
        return button;
    }

  return NULL;
}

/**
 * tl_tree_is_shown:
 * @widget: a widget
 * @page: what it is in
 *
 * Returns: whether it and all it is in are visible
 */
gboolean
tl_tree_is_shown (GtkWidget *widget,
                  GtkWidget *page)
{
  for (; widget != page; widget = gtk_widget_get_parent (widget))
    {
      if (!gtk_widget_get_visible (widget))
        return FALSE;
    }

  return TRUE;
}

guint
tl_tree_count_shown (GtkWidget *page,
                     GType      type)
{
  GtkWidget *widget;
  guint n = 0;

  for (guint i = 0; (widget = tl_tree_find (page, type, i)) != NULL; i++)
    n += tl_tree_is_shown (widget, page);

  return n;
}

/**
 * tl_tree_open_expanders:
 * @page: where
 *
 * Opens all: what is in a closed one is nowhere among the widgets.
 */
void
tl_tree_open_expanders (GtkWidget *page)
{
  GtkWidget *expander;

  for (guint i = 0; (expander = tl_tree_find (page, GTK_TYPE_EXPANDER, i)) != NULL; i++)
    gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
}

/**
 * tl_tree_comes_before:
 * @page: what both are in
 * @first: a widget
 * @second: another one
 *
 * Returns: whether @first is read before @second
 */
gboolean
tl_tree_comes_before (GtkWidget *page,
                      GtkWidget *first,
                      GtkWidget *second)
{
  GtkWidget *widget;

  for (guint i = 0; (widget = tl_tree_find (page, GTK_TYPE_WIDGET, i)) != NULL; i++)
    {
      if (widget == first || widget == second)
        return widget == first;
    }

  return FALSE;
}

/* The same words in each of several rows may share a letter: Alt goes through them. */
static void
add_mnemonic (GHashTable *texts,
              char        letter,
              const char *text)
{
  gpointer key = GINT_TO_POINTER (g_ascii_tolower (letter));
  const char *other = g_hash_table_lookup (texts, key);

  if (other != NULL && !g_str_equal (other, text))
    g_error ("Alt+%c is for “%s” and “%s”", letter, other, text);
  g_hash_table_insert (texts, key, g_strdup (text));
}

/* The letters behind the underscores of what is shown, which Alt presses. */
static void
collect_mnemonics (GtkWidget  *widget,
                   GHashTable *texts)
{
  if (!gtk_widget_get_visible (widget))
    return;

  /* Its title is there twice, in two sizes. */
  if (ADW_IS_ENTRY_ROW (widget))
    {
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

      add_mnemonic (texts, strchr (title, '_')[1], title);
      return;
    }
  if (GTK_IS_LABEL (widget))
    {
      guint keyval = gtk_label_get_mnemonic_keyval (GTK_LABEL (widget));

      if (keyval != 0 && keyval != GDK_KEY_VoidSymbol)
        add_mnemonic (texts, (char) keyval, gtk_label_get_label (GTK_LABEL (widget)));
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_mnemonics (child, texts);
}

/* No two different things that are shown answer to one letter. */
void
tl_tree_check_mnemonics (GtkWidget *page)
{
  g_autoptr(GHashTable) texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  /* In the header bar. */
  add_mnemonic (texts, 'b', "_Back");
  collect_mnemonics (page, texts);
}
