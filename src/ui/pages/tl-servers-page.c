/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-servers-page.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-finding-card.h"
#include "tl-hint-view.h"
#include "tl-lane-card.h"
#include "tl-note-view.h"
#include "tl-source-view.h"

struct _TlServersPage
{
  TlPage        parent_instance;

  /* Owned */
  GCancellable *cancellable;      /* of the discovery under way, or NULL */
  GHashTable   *seen;             /* ids of the remarks above the cards; NULL: all are */
  GtkFilter    *above;
  GtkFilter    *below;

  gboolean      by_hand;          /* a wish, not a fact about the mailbox */

  /* Template children, borrowed */
  TlLaneCard   *incoming_card;
  TlLaneCard   *outgoing_card;
  GtkListBox   *findings_list;
  GtkListBox   *late_findings_list;
  GtkListBox   *prerequisites_list;
  GtkListBox   *hints_list;
  GtkListBox   *sources_list;
  GtkExpander  *sources_expander;
  GtkWidget    *by_hand_button;
};

enum
{
  PROP_BY_HAND = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlServersPage, tl_servers_page, TL_TYPE_PAGE)

static void
tl_servers_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BY_HAND:
      g_value_set_boolean (value, TL_SERVERS_PAGE (object)->by_hand);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_servers_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlServersPage *self = TL_SERVERS_PAGE (object);

  switch (prop_id)
    {
    case PROP_BY_HAND:
      if (self->by_hand != g_value_get_boolean (value))
        {
          self->by_hand = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* A lane for which nothing was found is open for typing. */
static void
open_cards (TlServersPage *self)
{
  struct { TlLaneKind lane; TlLaneCard *card; } cards[] = {
    { TL_LANE_INCOMING, self->incoming_card },
    { TL_LANE_OUTGOING, self->outgoing_card },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      TlLaneDraft *draft = tl_setup_get_draft (tl_page_get_setup (TL_PAGE (self)), cards[i].lane);
      gboolean found = FALSE;

      g_object_get (draft, "found", &found, NULL);
      g_object_set (cards[i].card, "expanded", self->by_hand || !found, NULL);
    }
}

static gboolean
is_above (gpointer item,
          gpointer user_data)
{
  TlServersPage *self = user_data;

  return self->seen == NULL || g_hash_table_contains (self->seen, tl_finding_get_id (item));
}

static gboolean
is_below (gpointer item,
          gpointer user_data)
{
  return !is_above (item, user_data);
}

static void
set_seen (TlServersPage *self,
          GHashTable    *seen)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
  self->seen = seen;
  gtk_filter_changed (self->above, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (self->below, GTK_FILTER_CHANGE_DIFFERENT);
}

/* What is remarked from now on is shown below the cards: nobody wants to tick a
 * box that has just moved. */
static void
keep_cards_in_place (TlServersPage *self)
{
  g_autoptr(GListModel) findings = NULL;
  GHashTable *seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "discovery-findings", &findings, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      g_hash_table_add (seen, (char *) g_intern_string (tl_finding_get_id (finding)));
    }

  set_seen (self, seen);
}

static void
stop (TlServersPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What is set by whoever looks after this computer may be of no use. */
static void
go_on_by_hand (TlServersPage *self,
               const GError  *error)
{
  g_debug ("looking for servers: %s", error->message);
  g_clear_object (&self->cancellable);
  g_object_set (self, "by-hand", TRUE, NULL);
  gtk_expander_set_expanded (self->sources_expander, FALSE);
  open_cards (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s",
                              _("Nobody was asked: the directory in the preferences has no usable "
                                "address."));
}

static void
on_discovered (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(TlServersPage) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_setup_discover_finish (TL_SETUP (object), result, &error))
    {
      /* One that was stopped may come back after the next has begun. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        go_on_by_hand (self, error);
      return;
    }

  g_clear_object (&self->cancellable);
  gtk_expander_set_expanded (self->sources_expander, FALSE);
  keep_cards_in_place (self);
  open_cards (self);
}

/* Shows those who are asked as they answer, and nothing that was remarked before. */
static void
begin (TlServersPage *self)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  set_seen (self, NULL);
  gtk_expander_set_expanded (self->sources_expander, TRUE);
}

static void
discover (TlServersPage *self)
{
  begin (self);
  tl_setup_discover_async (tl_page_get_setup (TL_PAGE (self)), self->cancellable, on_discovered,
                           g_object_ref (self));
}

static void
on_ask_with_address (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  TlServersPage *self = TL_SERVERS_PAGE (widget);

  begin (self);
  g_object_set (self, "by-hand", FALSE, NULL);
  tl_setup_discover_with_address_async (tl_page_get_setup (TL_PAGE (self)), self->cancellable,
                                        on_discovered, g_object_ref (self));
  gtk_widget_grab_focus (self->by_hand_button);
}

static void
on_by_hand_clicked (TlServersPage *self)
{
  stop (self);
  g_object_set (self, "by-hand", TRUE, NULL);
  gtk_expander_set_expanded (self->sources_expander, FALSE);
  open_cards (self);
  gtk_widget_child_focus (GTK_WIDGET (self->incoming_card), GTK_DIR_TAB_FORWARD);
}

static void
tl_servers_page_entered (TlPage *page)
{
  TlServersPage *self = TL_SERVERS_PAGE (page);
  gboolean discovered = FALSE;

  g_object_get (tl_page_get_setup (page), "discovered", &discovered, NULL);
  if (!discovered && !self->by_hand)
    {
      discover (self);
    }
  else
    {
      keep_cards_in_place (self);
      open_cards (self);
    }

  if (!discovered)
    gtk_widget_grab_focus (self->by_hand_button);
  else if (!tl_page_get_can_advance (page))
    gtk_widget_child_focus (GTK_WIDGET (self->incoming_card), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (tl_page_get_next_button (page));
}

static void
tl_servers_page_left (TlPage *page)
{
  stop (TL_SERVERS_PAGE (page));
}

static void
tl_servers_page_retry (TlPage     *page,
                       TlLaneKind  lane)
{
  tl_setup_forget_discovery (tl_page_get_setup (page));
  discover (TL_SERVERS_PAGE (page));
}

static void
tl_servers_page_edit_servers (TlPage *page)
{
  TlServersPage *self = TL_SERVERS_PAGE (page);

  g_object_set (self->incoming_card, "expanded", TRUE, NULL);
  g_object_set (self->outgoing_card, "expanded", TRUE, NULL);
  gtk_widget_child_focus (GTK_WIDGET (self->incoming_card), GTK_DIR_TAB_FORWARD);
}

/* Another address is another question: the wish to type was about the last one. */
static void
on_address_changed (TlServersPage *self)
{
  g_object_set (self, "by-hand", FALSE, NULL);
}

static gboolean
is_beside_servers (gpointer item,
                   gpointer user_data)
{
  return tl_hint_get_kind (item) != TL_HINT_ENABLE;
}

/* What has to be switched on stands among the prerequisites. */
static void
show_hints (TlServersPage *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_beside_servers, NULL, NULL));
  GListModel *hints = NULL;
  g_autoptr(GtkFilterListModel) shown = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "hints", &hints, NULL);
  shown = gtk_filter_list_model_new (hints, filter);
  tl_bind_list (self->hints_list, G_LIST_MODEL (shown), TL_TYPE_HINT_VIEW, "hint");
}

static void
show_findings (TlServersPage *self,
               GtkListBox    *list,
               GtkFilter     *filter)
{
  GListModel *findings = NULL;
  g_autoptr(GtkFilterListModel) shown = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "discovery-findings", &findings, NULL);
  shown = gtk_filter_list_model_new (findings, g_object_ref (filter));
  tl_bind_list (list, G_LIST_MODEL (shown), TL_TYPE_FINDING_CARD, "finding");
}

static void
tl_servers_page_constructed (GObject *object)
{
  TlServersPage *self = TL_SERVERS_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  g_autoptr(GListModel) prerequisites = NULL;
  g_autoptr(GListModel) sources = NULL;

  G_OBJECT_CLASS (tl_servers_page_parent_class)->constructed (object);

  show_findings (self, self->findings_list, self->above);
  show_findings (self, self->late_findings_list, self->below);
  show_hints (self);
  g_object_get (setup, "prerequisites", &prerequisites, "sources", &sources, NULL);
  tl_bind_list (self->prerequisites_list, prerequisites, TL_TYPE_NOTE_VIEW, "note");
  tl_bind_list (self->sources_list, sources, TL_TYPE_SOURCE_VIEW, "answer");
  g_signal_connect_object (setup, "notify::address-text", G_CALLBACK (on_address_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
tl_servers_page_dispose (GObject *object)
{
  TlServersPage *self = TL_SERVERS_PAGE (object);

  stop (self);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_SERVERS_PAGE);
  g_clear_object (&self->above);
  g_clear_object (&self->below);
  g_clear_pointer (&self->seen, g_hash_table_unref);

  G_OBJECT_CLASS (tl_servers_page_parent_class)->dispose (object);
}

static void
tl_servers_page_class_init (TlServersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlPageClass *page_class = TL_PAGE_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_servers_page_get_property;
  object_class->set_property = tl_servers_page_set_property;
  object_class->constructed = tl_servers_page_constructed;
  object_class->dispose = tl_servers_page_dispose;
  page_class->entered = tl_servers_page_entered;
  page_class->left = tl_servers_page_left;
  page_class->retry = tl_servers_page_retry;
  page_class->edit_servers = tl_servers_page_edit_servers;

  properties[PROP_BY_HAND] = g_param_spec_boolean ("by-hand", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "servers.ask-with-address", NULL,
                                   on_ask_with_address);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-servers-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_by_hand_clicked);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, incoming_card);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, outgoing_card);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, findings_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, late_findings_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, prerequisites_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, hints_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, sources_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, sources_expander);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, by_hand_button);
  tl_closures_bind (widget_class);
}

static void
tl_servers_page_init (TlServersPage *self)
{
  self->above = GTK_FILTER (gtk_custom_filter_new (is_above, self, NULL));
  self->below = GTK_FILTER (gtk_custom_filter_new (is_below, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
}
