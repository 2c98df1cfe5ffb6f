/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-rules-window.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-review-words.h"
#include "tl-rule-view.h"

struct _TlRulesWindow
{
  TlSetupWindow  parent_instance;

  /* Template children, borrowed */
  GtkListBox    *rules_list;
};

G_DEFINE_FINAL_TYPE (TlRulesWindow, tl_rules_window, TL_TYPE_SETUP_WINDOW)

static void
tl_rules_window_class_init (TlRulesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-rules-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlRulesWindow, rules_list);
  tl_closures_bind (widget_class);
  tl_review_words_bind (widget_class);
}

static void
tl_rules_window_init (TlRulesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_rules_window_new:
 * @parent: (nullable): the window it is above
 * @setup: what the rules are held against
 *
 * Returns: (transfer none): a window, owned by GTK
 */
TlRulesWindow *
tl_rules_window_new (GtkWindow *parent,
                     TlSetup   *setup)
{
  TlRulesWindow *self = g_object_new (TL_TYPE_RULES_WINDOW, "transient-for", parent,
                                      "setup", setup, NULL);
  g_autoptr(GListModel) results = NULL;

  g_object_get (setup, "policy-results", &results, NULL);
  tl_bind_list (self->rules_list, results, TL_TYPE_RULE_VIEW, "item");

  return self;
}
