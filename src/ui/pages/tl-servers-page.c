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
#include "tl-page-view.h"
#include "tl-source-view.h"

struct _TlServersPage
{
  TlPage        parent_instance;

  /* Owned */
  GCancellable *cancellable;      /* of the discovery under way, or NULL */
  GHashTable   *seen;             /* remarks and tasks above the cards; NULL: all are */
  GtkFilter    *above;
  GtkFilter    *below;
  GListModel   *findings;         /* what is remarked: shown above the cards or below */
  TlFinding    *remark;           /* the gravest of them, or NULL */

  gboolean      by_hand;          /* a wish, not a fact about the mailbox */

  /* Template children, borrowed */
  TlLaneCard   *incoming_card;
  TlLaneCard   *outgoing_card;
  GtkListBox   *findings_list;
  GtkListBox   *late_findings_list;
  GtkListBox   *prerequisites_list;
  GtkListBox   *late_prerequisites_list;
  GtkListBox   *notices_list;
  GtkListBox   *hints_list;
  GtkListBox   *sources_list;
  GtkExpander  *sources_expander;
  GtkWidget    *by_hand_button;
};

enum
{
  PROP_BY_HAND = 1,
  PROP_REMARK,
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
  TlServersPage *self = TL_SERVERS_PAGE (object);

  switch (prop_id)
    {
    case PROP_BY_HAND:
      g_value_set_boolean (value, self->by_hand);
      break;
    case PROP_REMARK:
      g_value_set_object (value, self->remark);
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

/* What an item of the lists above the cards is known by when it comes again. */
static char *
dup_key (gpointer item)
{
  char *text = NULL;

  if (TL_IS_FINDING (item))
    return g_strdup (tl_finding_get_id (item));

  g_object_get (item, "text", &text, NULL);

  return text;
}

static gboolean
is_above (gpointer item,
          gpointer user_data)
{
  TlServersPage *self = user_data;
  g_autofree char *key = dup_key (item);

  return self->seen == NULL || g_hash_table_contains (self->seen, key);
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

static void
add_seen (GHashTable *seen,
          GListModel *model)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (model, i);

      g_hash_table_add (seen, dup_key (item));
    }
}

/* What is remarked from now on, or becomes a task, is shown below the cards: nobody
 * wants to tick a box that has just moved. */
static void
keep_cards_in_place (TlServersPage *self)
{
  g_autoptr(GListModel) prerequisites = NULL;
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "prerequisites", &prerequisites, NULL);
  add_seen (seen, self->findings);
  add_seen (seen, prerequisites);
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

  /* What there is to do is said at the top, wherever the focus went. */
  tl_page_view_show_top (TL_PAGE_VIEW (adw_bin_get_child (ADW_BIN (self))));
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

/* Takes @model. */
static GListModel *
pick (GListModel          *model,
      GtkCustomFilterFunc  func)
{
  return G_LIST_MODEL (gtk_filter_list_model_new (model, GTK_FILTER (gtk_custom_filter_new
                                                                     (func, NULL, NULL))));
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
  GListModel *hints = NULL;
  g_autoptr(GListModel) shown = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "hints", &hints, NULL);
  shown = pick (hints, is_beside_servers);
  tl_bind_list (self->hints_list, shown, TL_TYPE_HINT_VIEW, "hint");
}

/* That one lane has no server is what the lead says, and its card; what is to be said
 * of both is said once. */
static gboolean
is_remarked (gpointer item,
             gpointer user_data)
{
  GListModel *all = user_data;
  const char *id = tl_finding_get_id (item);

  if (tl_finding_get_lane (item) == TL_LANE_NONE)
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(TlFinding) other = g_list_model_get_item (all, i);

      if (other == item)
        break;
      if (g_str_equal (tl_finding_get_id (other), id))
        return FALSE;
    }

  return !g_str_equal (id, "discover.nothing-found");
}

/* Whether an item is the first of its kind changes with what is before it. */
static void
on_findings_changed (GtkFilter *filter)
{
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static gboolean
is_notice (gpointer item,
           gpointer user_data)
{
  gboolean notice = FALSE;

  g_object_get (item, "notice", &notice, NULL);

  return notice;
}

static gboolean
is_task (gpointer item,
         gpointer user_data)
{
  return !is_notice (item, user_data);
}

static gboolean
is_asked (gpointer item,
          gpointer user_data)
{
  TlSourceStatus status = TL_SOURCE_STATUS_NOT_ASKED;

  g_object_get (item, "status", &status, NULL);

  return status != TL_SOURCE_STATUS_NOT_ASKED;
}

static void
show_part (GtkListBox *list,
           GListModel *model,
           GtkFilter  *filter,
           GType       widget_type,
           const char *item_property)
{
  g_autoptr(GtkFilterListModel) shown = gtk_filter_list_model_new (g_object_ref (model),
                                                                   g_object_ref (filter));

  tl_bind_list (list, G_LIST_MODEL (shown), widget_type, item_property);
}

static void
show_findings (TlServersPage *self)
{
  GListModel *findings = NULL;
  GtkFilter *filter;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "discovery-findings", &findings, NULL);
  filter = GTK_FILTER (gtk_custom_filter_new (is_remarked, findings, NULL));
  self->findings = G_LIST_MODEL (gtk_filter_list_model_new (findings, filter));
  g_signal_connect_object (findings, "items-changed", G_CALLBACK (on_findings_changed), filter,
                           G_CONNECT_SWAPPED);
  show_part (self->findings_list, self->findings, self->above, TL_TYPE_FINDING_CARD, "finding");
  show_part (self->late_findings_list, self->findings, self->below, TL_TYPE_FINDING_CARD,
             "finding");
}

static void
show_prerequisites (TlServersPage *self)
{
  GListModel *all = NULL;
  g_autoptr(GListModel) notices = NULL;
  g_autoptr(GListModel) tasks = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "prerequisites", &all, NULL);
  notices = pick (g_object_ref (all), is_notice);
  tasks = pick (all, is_task);
  show_part (self->prerequisites_list, tasks, self->above, TL_TYPE_NOTE_VIEW, "note");
  show_part (self->late_prerequisites_list, tasks, self->below, TL_TYPE_NOTE_VIEW, "note");
  tl_bind_list (self->notices_list, notices, TL_TYPE_NOTE_VIEW, "note");
}

static void
show_sources (TlServersPage *self)
{
  GListModel *sources = NULL;
  g_autoptr(GListModel) asked = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "sources", &sources, NULL);
  asked = pick (sources, is_asked);
  tl_bind_list (self->sources_list, asked, TL_TYPE_SOURCE_VIEW, "answer");
}

/* A problem is graver than a warning, and a note is neither. */
static void
weigh_remarks (TlServersPage *self)
{
  g_autoptr(TlFinding) gravest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (self->findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (self->findings, i);
      TlSeverity severity = tl_finding_get_severity (finding);

      /* What to do about that is what the lead says anyway. */
      if (tl_finding_is (NULL, finding, "discover.nothing-found"))
        continue;
      if (severity > (gravest == NULL ? TL_SEVERITY_NOTE : tl_finding_get_severity (gravest)))
        g_set_object (&gravest, finding);
    }

  if (g_set_object (&self->remark, gravest))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMARK]);
}

static void
tl_servers_page_constructed (GObject *object)
{
  TlServersPage *self = TL_SERVERS_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));

  G_OBJECT_CLASS (tl_servers_page_parent_class)->constructed (object);

  show_findings (self);
  show_prerequisites (self);
  show_hints (self);
  show_sources (self);
  g_signal_connect_object (self->findings, "items-changed", G_CALLBACK (weigh_remarks), self,
                           G_CONNECT_SWAPPED);
  weigh_remarks (self);
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
  g_clear_object (&self->findings);
  g_clear_object (&self->remark);
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
  properties[PROP_REMARK] =
    g_param_spec_object ("remark", NULL, NULL, TL_TYPE_FINDING,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
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
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, late_prerequisites_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, notices_list);
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
