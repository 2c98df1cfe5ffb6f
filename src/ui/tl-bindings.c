/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bindings.h"

#include "tl-note-view.h"
#include "tl-security.h"

#define MAX_PORT 65535

/* A text property may be NULL, an editable's may not. */
gboolean
tl_text_from_null (GBinding     *binding,
                   const GValue *from,
                   GValue       *to,
                   gpointer      user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_string (to, text == NULL ? "" : text);

  return TRUE;
}

/**
 * tl_port_to_text:
 * @binding: unused
 * @from: a uint, 0 for "none yet"
 * @to: a string
 * @user_data: unused
 *
 * Returns: %TRUE
 */
gboolean
tl_port_to_text (GBinding     *binding,
                 const GValue *from,
                 GValue       *to,
                 gpointer      user_data)
{
  guint port = g_value_get_uint (from);

  if (port == 0)
    g_value_set_string (to, "");
  else
    g_value_take_string (to, g_strdup_printf ("%u", port));

  return TRUE;
}

/**
 * tl_port_from_text:
 * @binding: unused
 * @from: a string, as typed
 * @to: a uint
 * @user_data: unused
 *
 * What is not a port becomes 0, which the draft calls a problem; the text stays
 * as typed, because 0 is shown as nothing only when it comes from the draft.
 *
 * Returns: %TRUE
 */
gboolean
tl_port_from_text (GBinding     *binding,
                   const GValue *from,
                   GValue       *to,
                   gpointer      user_data)
{
  guint64 port = 0;

  if (!g_ascii_string_to_unsigned (g_value_get_string (from), 10, 1, MAX_PORT, &port, NULL))
    port = 0;
  g_value_set_uint (to, (guint) port);

  return TRUE;
}

/* The list of choices leaves out TL_SECURITY_NONE, which no lane uses. */
gboolean
tl_security_to_index (GBinding     *binding,
                      const GValue *from,
                      GValue       *to,
                      gpointer      user_data)
{
  int security = g_value_get_enum (from);

  g_value_set_uint (to, security == TL_SECURITY_NONE ? GTK_INVALID_LIST_POSITION
                                                     : (guint) security - TL_SECURITY_STARTTLS);

  return TRUE;
}

gboolean
tl_security_from_index (GBinding     *binding,
                        const GValue *from,
                        GValue       *to,
                        gpointer      user_data)
{
  guint index = g_value_get_uint (from);

  if (index > TL_SECURITY_TLS - TL_SECURITY_STARTTLS)
    return FALSE;
  g_value_set_enum (to, (int) index + TL_SECURITY_STARTTLS);

  return TRUE;
}

/**
 * tl_bind_text:
 * @source: an object
 * @property: one of its string properties
 * @editable: what it is typed into
 *
 * Keeps the two the same, both ways, from @source on.
 */
void
tl_bind_text (GObject     *source,
              const char  *property,
              GtkEditable *editable)
{
  g_object_bind_property_full (source, property, editable, "text",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE,
                               tl_text_from_null, NULL, NULL, NULL);
}

/**
 * tl_row_new:
 * @view: (transfer floating): what shows an item of a list
 *
 * Returns: (transfer floating): a row around it. Nothing happens when it is clicked, so it
 *   neither lights up nor takes the focus.
 */
GtkWidget *
tl_row_new (GtkWidget *view)
{
  return g_object_new (GTK_TYPE_LIST_BOX_ROW,
                       "activatable", FALSE,
                       "selectable", FALSE,
                       "focusable", FALSE,
                       "child", view,
                       NULL);
}

typedef struct
{
  GType       widget_type;
  const char *item_property;
} RowRecipe;

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  const RowRecipe *recipe = user_data;

  return tl_row_new (g_object_new (recipe->widget_type, recipe->item_property, item, NULL));
}

static gboolean
is_step (TlNoteView *view)
{
  g_autoptr(TlNote) note = NULL;
  gboolean notice = FALSE;

  g_object_get (view, "note", &note, NULL);
  if (note != NULL)
    g_object_get (note, "notice", &notice, NULL);

  return !notice;
}

/* Steps are numbered by their place, which no item knows; a single one is not, and neither is what
 * is only to be known. */
static void
number_rows (GtkListBox *list)
{
  gboolean several = gtk_list_box_get_row_at_index (list, 1) != NULL;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      GtkWidget *view = gtk_list_box_row_get_child (row);

      if (TL_IS_NOTE_VIEW (view))
        g_object_set (view, "number",
                      several && is_step (TL_NOTE_VIEW (view)) ? (guint) i + 1 : 0, NULL);
    }
}

static void
on_items_changed (GtkListBox *list,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GListModel *model)
{
  gtk_widget_set_visible (GTK_WIDGET (list), g_list_model_get_n_items (model) > 0);
  number_rows (list);
}

/**
 * tl_bind_list:
 * @list: a list box
 * @model: what to show
 * @widget_type: the type of widget that shows an item
 * @item_property: its property for the item, a static string
 *
 * Shows @model in @list, which is hidden as long as there is nothing to show.
 */
void
tl_bind_list (GtkListBox *list,
              GListModel *model,
              GType       widget_type,
              const char *item_property)
{
  RowRecipe *recipe = g_new (RowRecipe, 1);

  recipe->widget_type = widget_type;
  recipe->item_property = item_property;
  gtk_list_box_bind_model (list, model, create_row, recipe, g_free);

  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), list,
                           G_CONNECT_SWAPPED);
  on_items_changed (list, 0, 0, 0, model);
}
