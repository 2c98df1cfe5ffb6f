/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlPage:
 *
 * A page of the wizard. Its child is a #TlPageView.
 *
 * Properties: `setup` (TlSetup, construct-only), `title` (string) and
 * `can-advance` (bool), which follow those of the view.
 *
 * The action `page.retry` takes the nick of a lane; `page.edit-servers`, and `page.send-request`
 * that shows what to ask of IT, take nothing.
 */
#define TL_TYPE_PAGE (tl_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlPage, tl_page, TL, PAGE, AdwBin)

/**
 * TlPageClass:
 * @entered: the page came into view: put the focus where the work starts
 * @left: the page goes out of view: stop what only it needs
 * @advance: the way on was chosen: take over what is not bound; %FALSE to stay
 * @retry: a finding's "try again" was chosen, for one lane or for all; where a
 *   page has none, the lanes are tested again
 * @edit_servers: a finding's "change servers" was chosen; where a page has none,
 *   the page that has them comes into view
 * @sign_in: a sign-in at the provider's page was chosen; where a page has none, the
 *   page that has it comes into view first
 * @apply_fix: what can be done about a finding at a press was chosen; where a page
 *   has none, its findings do not offer it
 */
struct _TlPageClass
{
  AdwBinClass parent_class;

  void     (*entered) (TlPage     *self);
  void     (*left)    (TlPage     *self);
  gboolean (*advance) (TlPage     *self);
  void     (*retry)   (TlPage     *self,
                       TlLaneKind  lane);
  void     (*edit_servers) (TlPage *self);
  void     (*sign_in) (TlPage      *self,
                       TlSigninWay  way);
  void     (*apply_fix) (TlPage     *self,
                         TlFix      *fix);
};

TlSetup    *tl_page_get_setup       (TlPage      *self);
const char *tl_page_get_title       (TlPage      *self);
gboolean    tl_page_get_can_advance (TlPage      *self);
GtkWidget  *tl_page_get_next_button (TlPage      *self);

void        tl_page_entered         (TlPage      *self);
void        tl_page_left            (TlPage      *self);
gboolean    tl_page_advance         (TlPage      *self);

gboolean    tl_page_signs_in        (TlPage      *self);
void        tl_page_sign_in         (TlPage      *self,
                                     TlSigninWay  way);

gboolean    tl_page_applies_fixes   (TlPage      *self);
void        tl_page_apply_fix       (TlPage      *self,
                                     TlFix       *fix);

G_END_DECLS
