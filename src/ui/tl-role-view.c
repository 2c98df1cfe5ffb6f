/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-role-view.h"

#include <glib/gi18n-lib.h>

#include "tl-mailbox.h"
#include "tl-readiness-words.h"

/* How wide a name is at the least, where it is that long, and before it breaks. */
#define LEAST_NAME_CHARS 10
#define MAX_NAME_CHARS   32

struct _TlRoleView
{
  AdwComboRow    parent_instance;

  /* Owned */
  TlRoleRow     *item;
  GtkStringList *folders;

  gboolean       is_following;   /* the row changes, not the person */
};

enum
{
  PROP_ITEM = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlRoleView, tl_role_view, ADW_TYPE_COMBO_ROW)

/* None, and every folder that it may be, the one that it is among them. The inbox is what it is
 * called: there is nothing to choose. */
static GPtrArray *
list_folders (TlRoleRow *item)
{
  const char * const *names = tl_role_row_get_names (item);
  const char *folder = tl_role_row_get_folder (item);
  GPtrArray *all = g_ptr_array_new ();

  if (folder != NULL && g_str_equal (tl_role_row_get_role (item), "inbox"))
    {
      g_ptr_array_add (all, (gpointer) folder);
      g_ptr_array_add (all, NULL);
      return all;
    }

  /* Translators: the choice that no folder of the mailbox is for this */
  g_ptr_array_add (all, (gpointer) _("None"));
  if (folder != NULL && (names == NULL || !g_strv_contains (names, folder)))
    g_ptr_array_add (all, (gpointer) folder);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) names[i]);
  g_ptr_array_add (all, NULL);

  return all;
}

static gboolean
has_folders (TlRoleView *self,
             GPtrArray  *all)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->folders));

  if (n != all->len - 1)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (gtk_string_list_get_string (self->folders, i), all->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

static guint
find_folder (TlRoleView *self,
             const char *folder)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->folders));

  for (guint i = 1; folder != NULL && i < n; i++)
    {
      if (g_str_equal (gtk_string_list_get_string (self->folders, i), folder))
        return i;
    }

  return 0;
}

static void
follow (TlRoleView *self)
{
  g_autoptr(GPtrArray) all = NULL;
  g_autofree char *label = NULL;
  g_autofree char *purpose = NULL;
  g_autofree char *by_text = NULL;
  g_autofree char *subtitle = NULL;

  if (self->item == NULL)
    return;

  all = list_folders (self->item);
  self->is_following = TRUE;
  if (!has_folders (self, all))
    gtk_string_list_splice (self->folders, 0,
                            g_list_model_get_n_items (G_LIST_MODEL (self->folders)),
                            (const char * const *) all->pdata);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self),
                              find_folder (self, tl_role_row_get_folder (self->item)));
  self->is_following = FALSE;

  g_object_get (self->item, "label", &label, "purpose", &purpose, "by-text", &by_text, NULL);
  subtitle = tl_role_to_subtitle (NULL, purpose, by_text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

/* A name breaks where it must and is never cut; a short one takes no more than it needs. */
static void
on_name_set_up (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item,
                gpointer                  in_list)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), in_list != NULL ? 0 : 1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_NAME_CHARS);
  gtk_widget_set_hexpand (label, in_list != NULL);
  gtk_box_append (GTK_BOX (box), label);
  if (in_list != NULL)
    {
      GtkWidget *mark = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                      "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      g_object_bind_property (list_item, "selected", mark, "visible", G_BINDING_SYNC_CREATE);
      gtk_box_append (GTK_BOX (box), mark);
    }
  else
    {
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
    }
  gtk_list_item_set_child (list_item, box);
}

static void
on_name_bound (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               gpointer                  in_list)
{
  GtkLabel *label = GTK_LABEL (gtk_widget_get_first_child (gtk_list_item_get_child (list_item)));
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (list_item));

  gtk_label_set_label (label, name);
  gtk_label_set_width_chars (label, (int) MIN (g_utf8_strlen (name, -1), LEAST_NAME_CHARS));
}

static GtkListItemFactory *
make_factory (gboolean in_list)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_name_set_up), GINT_TO_POINTER (in_list));
  g_signal_connect (factory, "bind", G_CALLBACK (on_name_bound), GINT_TO_POINTER (in_list));

  return factory;
}

static gboolean
on_choice_over (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* What a person says may make the list of roles anew while the choice is still being made. */
static void
on_selected (TlRoleView *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  g_autofree char *folder = NULL;

  if (self->is_following || self->item == NULL || selected == GTK_INVALID_LIST_POSITION ||
      g_list_model_get_n_items (G_LIST_MODEL (self->folders)) == 1)
    return;

  g_idle_add_full (G_PRIORITY_DEFAULT, on_choice_over, g_object_ref (self), g_object_unref);
  if (selected > 0)
    folder = g_strdup (gtk_string_list_get_string (self->folders, selected));
  g_object_set (self->item, "folder", folder, NULL);
  follow (self);
}

static void
set_item (TlRoleView *self,
          TlRoleRow  *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "notify", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);
}

static void
tl_role_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, TL_ROLE_VIEW (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_role_view_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlRoleView *self = TL_ROLE_VIEW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      if (self->item != g_value_get_object (value))
        {
          set_item (self, g_value_get_object (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_role_view_dispose (GObject *object)
{
  TlRoleView *self = TL_ROLE_VIEW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (tl_role_view_parent_class)->dispose (object);
}

static void
tl_role_view_finalize (GObject *object)
{
  g_object_unref (TL_ROLE_VIEW (object)->folders);

  G_OBJECT_CLASS (tl_role_view_parent_class)->finalize (object);
}

static void
tl_role_view_class_init (TlRoleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_role_view_get_property;
  object_class->set_property = tl_role_view_set_property;
  object_class->dispose = tl_role_view_dispose;
  object_class->finalize = tl_role_view_finalize;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, TL_TYPE_ROLE_ROW,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_role_view_init (TlRoleView *self)
{
  g_autoptr(GtkListItemFactory) row_factory = make_factory (FALSE);
  g_autoptr(GtkListItemFactory) list_factory = make_factory (TRUE);

  self->folders = gtk_string_list_new (NULL);
  /* Names of folders are the server's. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_combo_row_set_factory (ADW_COMBO_ROW (self), row_factory);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (self), list_factory);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->folders));
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
}
