/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlPage:
 *
 * A page of the wizard: one question, what answers it, and the way on.
 *
 * Properties: `setup` (TlSetup, construct-only), `title` (string: the one
 * question), `lead` (string: a sentence under it), `why` (string: why this
 * matters), `content-width` (int: px the content may grow to), `can-advance`
 * (bool: the question is answered), `busy` (bool: something is under way),
 * `next-label` (string with mnemonic; empty when nothing comes next).
 *
 * Children of type `action` go beside the button that leads on, all others
 * into the body. The action `page.retry` takes the nick of a lane.
 */
#define TL_TYPE_PAGE (tl_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlPage, tl_page, TL, PAGE, AdwBin)

/**
 * TlPageClass:
 * @entered: the page came into view: put the focus where the work starts
 * @left: the page goes out of view: stop what only it needs
 * @advance: the way on was chosen: take over what is not bound; %FALSE to stay
 * @retry: a finding's "try again" was chosen, for one lane or for all
 */
struct _TlPageClass
{
  AdwBinClass parent_class;

  void     (*entered) (TlPage     *self);
  void     (*left)    (TlPage     *self);
  gboolean (*advance) (TlPage     *self);
  void     (*retry)   (TlPage     *self,
                       TlLaneKind  lane);
};

TlSetup    *tl_page_get_setup       (TlPage      *self);
const char *tl_page_get_title       (TlPage      *self);
gboolean    tl_page_get_can_advance (TlPage      *self);
void        tl_page_set_can_advance (TlPage      *self,
                                     gboolean     can_advance);
GtkWidget  *tl_page_get_next_button (TlPage      *self);

void        tl_page_entered         (TlPage      *self);
void        tl_page_left            (TlPage      *self);
gboolean    tl_page_advance         (TlPage      *self);

G_END_DECLS
