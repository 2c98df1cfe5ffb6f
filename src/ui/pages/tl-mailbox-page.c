/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-page.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-count-row.h"
#include "tl-detail-view.h"
#include "tl-finding-card.h"
#include "tl-readiness-words.h"
#include "tl-role-view.h"

struct _TlMailboxPage
{
  TlPage       parent_instance;

  /* Template children, borrowed */
  GtkListBox  *findings_list;
  GtkListBox  *roles_list;
  GtkLevelBar *room_bar;
  GtkListBox  *room_list;
  TlCountRow  *tools_row;
};

G_DEFINE_FINAL_TYPE (TlMailboxPage, tl_mailbox_page, TL_TYPE_PAGE)

static GtkWidget *
create_role (gpointer item,
             gpointer user_data)
{
  return g_object_new (TL_TYPE_ROLE_VIEW, "item", item, NULL);
}

/* Why a folder could not be made stands at that folder. */
static gboolean
is_for_page (gpointer item,
             gpointer user_data)
{
  return !g_str_equal (tl_finding_get_id (item), "use.cannot-create");
}

static void
show_room (TlMailboxPage *self)
{
  TlMailboxReport *report =
    tl_mailbox_get_report (tl_setup_get_mailbox (tl_page_get_setup (TL_PAGE (self))));
  g_autofree char *words = tl_mailbox_to_room (NULL, report);

  gtk_level_bar_set_value (self->room_bar, tl_mailbox_to_percent (NULL, report));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->room_bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
tl_mailbox_page_entered (TlPage *page)
{
  gtk_widget_grab_focus (tl_page_get_next_button (page));
}

static void
tl_mailbox_page_constructed (GObject *object)
{
  TlMailboxPage *self = TL_MAILBOX_PAGE (object);
  TlMailbox *mailbox = tl_setup_get_mailbox (tl_page_get_setup (TL_PAGE (self)));
  g_autoptr(GtkFilterListModel) findings =
    gtk_filter_list_model_new (g_object_ref (tl_mailbox_get_findings (mailbox)),
                               GTK_FILTER (gtk_custom_filter_new (is_for_page, NULL, NULL)));

  G_OBJECT_CLASS (tl_mailbox_page_parent_class)->constructed (object);

  /* GTK's own offsets are those of a battery: full is good. */
  gtk_level_bar_remove_offset_value (self->room_bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->room_bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->room_bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_level_bar_add_offset_value (self->room_bar, "roomy", TL_MAILBOX_FULL_PERCENT - 1);
  gtk_level_bar_add_offset_value (self->room_bar, "tight", 100);
  tl_bind_list (self->findings_list, G_LIST_MODEL (findings), TL_TYPE_FINDING_CARD, "finding");
  tl_bind_list (self->room_list, tl_mailbox_get_room (mailbox), TL_TYPE_DETAIL_VIEW, "detail");
  gtk_list_box_bind_model (self->roles_list, tl_mailbox_get_roles (mailbox), create_role, NULL,
                           NULL);
  g_object_set (self->tools_row, "most", (guint) TL_MAILBOX_REPORT_MAX_TOOLS, NULL);
  g_object_bind_property (mailbox, "n-tools", self->tools_row, "count",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (mailbox, "notify::report", G_CALLBACK (show_room), self,
                           G_CONNECT_SWAPPED);
  show_room (self);
}

static void
tl_mailbox_page_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_MAILBOX_PAGE);

  G_OBJECT_CLASS (tl_mailbox_page_parent_class)->dispose (object);
}

static void
tl_mailbox_page_class_init (TlMailboxPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tl_mailbox_page_constructed;
  object_class->dispose = tl_mailbox_page_dispose;
  TL_PAGE_CLASS (klass)->entered = tl_mailbox_page_entered;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-mailbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlMailboxPage, findings_list);
  gtk_widget_class_bind_template_child (widget_class, TlMailboxPage, roles_list);
  gtk_widget_class_bind_template_child (widget_class, TlMailboxPage, room_bar);
  gtk_widget_class_bind_template_child (widget_class, TlMailboxPage, room_list);
  gtk_widget_class_bind_template_child (widget_class, TlMailboxPage, tools_row);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_mailbox_page_init (TlMailboxPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
