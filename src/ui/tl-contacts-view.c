/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-contacts-view.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-contact.h"
#include "tl-discovery-words.h"

struct _TlContactsView
{
  GtkWidget   parent_instance;

  /* Owned */
  GListModel *contacts;
  char       *told;
  char       *hosts[TL_CONTACT_N_KINDS];   /* of each kind, one a line */
};

enum
{
  PROP_CONTACTS = 1,
  PROP_TOLD,
  PROP_LOOKED_UP,
  PROP_WEB,
  PROP_MAIL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Indexed by TlContactKind. */
static const guint hosts_props[TL_CONTACT_N_KINDS] = {
  [TL_CONTACT_DNS]  = PROP_LOOKED_UP,
  [TL_CONTACT_WEB]  = PROP_WEB,
  [TL_CONTACT_MAIL] = PROP_MAIL,
};

G_DEFINE_FINAL_TYPE (TlContactsView, tl_contacts_view, GTK_TYPE_WIDGET)

static char *
join_hosts (GListModel    *contacts,
            TlContactKind  kind)
{
  g_autoptr(GString) hosts = g_string_new (NULL);
  guint n = contacts == NULL ? 0 : g_list_model_get_n_items (contacts);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlContact) contact = g_list_model_get_item (contacts, i);

      if (tl_contact_get_kind (contact) == kind)
        g_string_append_printf (hosts, "%s%s", hosts->len == 0 ? "" : "\n",
                                tl_contact_get_host (contact));
    }

  return g_string_free (g_steal_pointer (&hosts), FALSE);
}

static void
on_contacts_changed (TlContactsView *self)
{
  gboolean has_any = FALSE;

  for (guint kind = 0; kind < TL_CONTACT_N_KINDS; kind++)
    {
      g_autofree char *hosts = join_hosts (self->contacts, (TlContactKind) kind);

      has_any |= *hosts != '\0';
      if (g_strcmp0 (hosts, self->hosts[kind]) == 0)
        continue;
      g_free (self->hosts[kind]);
      self->hosts[kind] = g_steal_pointer (&hosts);
      g_object_notify_by_pspec (G_OBJECT (self), properties[hosts_props[kind]]);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), has_any);
}

static void
set_contacts (TlContactsView *self,
              GListModel     *contacts)
{
  if (self->contacts == contacts)
    return;

  if (self->contacts != NULL)
    g_signal_handlers_disconnect_by_data (self->contacts, self);
  g_set_object (&self->contacts, contacts);
  if (self->contacts != NULL)
    g_signal_connect_object (self->contacts, "items-changed", G_CALLBACK (on_contacts_changed),
                             self, G_CONNECT_SWAPPED);
  on_contacts_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTACTS]);
}

static void
set_told (TlContactsView *self,
          const char     *told)
{
  if (g_strcmp0 (self->told, told) == 0)
    return;

  g_free (self->told);
  self->told = g_strdup (told);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOLD]);
}

static void
on_copy_clicked (TlContactsView *self)
{
  g_autofree char *text = tl_contacts_view_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
tl_contacts_view_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlContactsView *self = TL_CONTACTS_VIEW (object);

  switch (prop_id)
    {
    case PROP_CONTACTS:
      g_value_set_object (value, self->contacts);
      break;
    case PROP_TOLD:
      g_value_set_string (value, self->told);
      break;
    case PROP_LOOKED_UP:
      g_value_set_string (value, self->hosts[TL_CONTACT_DNS]);
      break;
    case PROP_WEB:
      g_value_set_string (value, self->hosts[TL_CONTACT_WEB]);
      break;
    case PROP_MAIL:
      g_value_set_string (value, self->hosts[TL_CONTACT_MAIL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_contacts_view_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlContactsView *self = TL_CONTACTS_VIEW (object);

  switch (prop_id)
    {
    case PROP_CONTACTS:
      set_contacts (self, g_value_get_object (value));
      break;
    case PROP_TOLD:
      set_told (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_contacts_view_dispose (GObject *object)
{
  TlContactsView *self = TL_CONTACTS_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_CONTACTS_VIEW);
  if (self->contacts != NULL)
    g_signal_handlers_disconnect_by_data (self->contacts, self);
  g_clear_object (&self->contacts);

  G_OBJECT_CLASS (tl_contacts_view_parent_class)->dispose (object);
}

static void
tl_contacts_view_finalize (GObject *object)
{
  TlContactsView *self = TL_CONTACTS_VIEW (object);

  g_free (self->told);
  for (guint kind = 0; kind < TL_CONTACT_N_KINDS; kind++)
    g_free (self->hosts[kind]);

  G_OBJECT_CLASS (tl_contacts_view_parent_class)->finalize (object);
}

static void
tl_contacts_view_class_init (TlContactsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_contacts_view_get_property;
  object_class->set_property = tl_contacts_view_set_property;
  object_class->dispose = tl_contacts_view_dispose;
  object_class->finalize = tl_contacts_view_finalize;

  properties[PROP_CONTACTS] =
    g_param_spec_object ("contacts", NULL, NULL, G_TYPE_LIST_MODEL, rw);
  properties[PROP_TOLD] = g_param_spec_string ("told", NULL, NULL, NULL, rw);
  properties[PROP_LOOKED_UP] = g_param_spec_string ("looked-up", NULL, NULL, NULL, ro);
  properties[PROP_WEB] = g_param_spec_string ("web", NULL, NULL, NULL, ro);
  properties[PROP_MAIL] = g_param_spec_string ("mail", NULL, NULL, NULL, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-contacts-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  tl_closures_bind (widget_class);
}

static void
tl_contacts_view_init (TlContactsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_contacts_view_dup_text:
 * @self: a view
 *
 * Returns: (transfer full): all of it as plain text of several lines, for somebody who does not
 *   have this window
 */
char *
tl_contacts_view_dup_text (TlContactsView *self)
{
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (TL_IS_CONTACTS_VIEW (self), NULL);

  text = g_string_new (self->told);
  for (guint kind = 0; kind < TL_CONTACT_N_KINDS; kind++)
    {
      g_autofree char *label = tl_contact_kind_to_label (NULL, (TlContactKind) kind);

      if (self->hosts[kind] != NULL && *self->hosts[kind] != '\0')
        g_string_append_printf (text, "\n\n%s\n%s", label, self->hosts[kind]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
