/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-group.h"

#include "tl-closures.h"
#include "tl-review-words.h"
#include "tl-rules-window.h"

struct _TlPolicyGroup
{
  TlSetupWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (TlPolicyGroup, tl_policy_group, TL_TYPE_SETUP_WIDGET)

static void
on_rules_activated (TlPolicyGroup *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (tl_rules_window_new (parent, tl_setup_widget_get_setup (
                                                                 TL_SETUP_WIDGET (self)))));
}

static void
tl_policy_group_class_init (TlPolicyGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-policy-group.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_rules_activated);
  tl_closures_bind (widget_class);
  tl_review_words_bind (widget_class);
}

static void
tl_policy_group_init (TlPolicyGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
