/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-servers-page.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-finding-card.h"
#include "tl-lane-card.h"
#include "tl-note-view.h"
#include "tl-source-view.h"

struct _TlServersPage
{
  TlPage        parent_instance;

  /* Owned */
  GCancellable *cancellable;      /* of the discovery under way, or NULL */

  gboolean      by_hand;          /* a wish, not a fact about the mailbox */

  /* Template children, borrowed */
  TlLaneCard   *incoming_card;
  TlLaneCard   *outgoing_card;
  GtkListBox   *findings_list;
  GtkListBox   *prerequisites_list;
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

static void
stop (TlServersPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_discovered (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(TlServersPage) self = data;
  g_autoptr(GError) error = NULL;

  /* One that was stopped may come back after the next has begun. */
  if (!tl_setup_discover_finish (TL_SETUP (object), result, &error))
    return;

  g_clear_object (&self->cancellable);
  gtk_expander_set_expanded (self->sources_expander, FALSE);
  open_cards (self);
}

static void
discover (TlServersPage *self)
{
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));

  stop (self);
  self->cancellable = g_cancellable_new ();
  gtk_expander_set_expanded (self->sources_expander, TRUE);
  tl_setup_discover_async (setup, self->cancellable, on_discovered, g_object_ref (self));
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
    discover (self);
  else
    open_cards (self);

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

/* Another address is another question: the wish to type was about the last one. */
static void
on_address_changed (TlServersPage *self)
{
  g_object_set (self, "by-hand", FALSE, NULL);
}

static void
tl_servers_page_constructed (GObject *object)
{
  TlServersPage *self = TL_SERVERS_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  g_autoptr(GListModel) findings = NULL;
  g_autoptr(GListModel) prerequisites = NULL;
  g_autoptr(GListModel) sources = NULL;

  G_OBJECT_CLASS (tl_servers_page_parent_class)->constructed (object);

  g_object_get (setup,
                "discovery-findings", &findings,
                "prerequisites", &prerequisites,
                "sources", &sources,
                NULL);
  tl_bind_list (self->findings_list, findings, TL_TYPE_FINDING_CARD, "finding");
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

  properties[PROP_BY_HAND] = g_param_spec_boolean ("by-hand", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-servers-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_by_hand_clicked);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, incoming_card);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, outgoing_card);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, findings_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, prerequisites_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, sources_list);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, sources_expander);
  gtk_widget_class_bind_template_child (widget_class, TlServersPage, by_hand_button);
  tl_closures_bind (widget_class);
}

static void
tl_servers_page_init (TlServersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
