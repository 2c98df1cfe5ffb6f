/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TlPageView:
 *
 * What a page looks like: one question, what answers it, why it matters, and
 * the way on. The one child of every #TlPage.
 *
 * Properties: `title` (string: the one question), `lead` (string: a sentence
 * under it), `why` (string: why this matters), `content-width` (int: px the
 * content may grow to), `can-advance` (bool: the question is answered), `busy`
 * (bool: something is under way), `next-label` (string with mnemonic; empty
 * when nothing comes next).
 *
 * Children of type `action` go beside the button that leads on, any other
 * becomes the body.
 */
#define TL_TYPE_PAGE_VIEW (tl_page_view_get_type ())
G_DECLARE_FINAL_TYPE (TlPageView, tl_page_view, TL, PAGE_VIEW, GtkWidget)

GtkWidget *tl_page_view_get_next_button (TlPageView *self);
void       tl_page_view_show_top        (TlPageView *self);
void       tl_page_view_show_child      (TlPageView *self,
                                         GtkWidget  *child);

G_END_DECLS
