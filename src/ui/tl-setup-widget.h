/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlSetupWidget:
 *
 * A part of a page that shows a set-up. Its template's children are stacked in a box; the template
 * goes when the widget does.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_SETUP_WIDGET (tl_setup_widget_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlSetupWidget, tl_setup_widget, TL, SETUP_WIDGET, GtkWidget)

/**
 * TlSetupWidgetClass:
 * @setup_changed: (nullable): @setup, never %NULL, is shown from now on; the expressions of the
 *   template hear of it after this
 */
struct _TlSetupWidgetClass
{
  GtkWidgetClass parent_class;

  void (*setup_changed) (TlSetupWidget *self,
                         TlSetup       *setup);
};

TlSetup *tl_setup_widget_get_setup (TlSetupWidget *self);

G_END_DECLS
