/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-page.h"

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-domain-group.h"
#include "tl-readiness-words.h"

struct _TlSendingPage
{
  TlPage         parent_instance;

  /* Template children, borrowed */
  TlDomainGroup *domain_group;
};

G_DEFINE_FINAL_TYPE (TlSendingPage, tl_sending_page, TL_TYPE_PAGE)

static void
on_confirm_clicked (TlSendingPage *self)
{
  /* The button goes with the press: the focus goes first. */
  gtk_widget_grab_focus (tl_page_get_next_button (TL_PAGE (self)));
  tl_sending_confirm (tl_setup_get_sending (tl_page_get_setup (TL_PAGE (self))));
}

static void
tl_sending_page_entered (TlPage *page)
{
  gtk_widget_grab_focus (tl_page_get_next_button (page));
}

static void
tl_sending_page_left (TlPage *page)
{
  tl_domain_group_stop (TL_SENDING_PAGE (page)->domain_group);
}

/* What can be tried again here is the domain. */
static void
tl_sending_page_retry (TlPage     *page,
                       TlLaneKind  lane)
{
  tl_domain_group_check (TL_SENDING_PAGE (page)->domain_group);
}

static void
tl_sending_page_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_SENDING_PAGE);

  G_OBJECT_CLASS (tl_sending_page_parent_class)->dispose (object);
}

static void
tl_sending_page_class_init (TlSendingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlPageClass *page_class = TL_PAGE_CLASS (klass);

  object_class->dispose = tl_sending_page_dispose;
  page_class->entered = tl_sending_page_entered;
  page_class->left = tl_sending_page_left;
  page_class->retry = tl_sending_page_retry;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-sending-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSendingPage, domain_group);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_sending_page_init (TlSendingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
