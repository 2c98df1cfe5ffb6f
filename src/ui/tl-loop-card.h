/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlLoopCard:
 *
 * The message to oneself: offers it, shows what it is at, then how it fared. It
 * is sent only when its button is pressed. One that is under way goes on when the
 * page is left, so that it can be removed, and stops with the card.
 *
 * Properties: `setup` (TlSetup), `elapsed-s` (uint, ro: whole seconds since the
 * one under way came to what it is at).
 *
 * The action `page.retry` of the findings in it sends another one.
 */
#define TL_TYPE_LOOP_CARD (tl_loop_card_get_type ())
G_DECLARE_FINAL_TYPE (TlLoopCard, tl_loop_card, TL, LOOP_CARD, GtkWidget)

G_END_DECLS
