/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlFindingCard:
 *
 * A finding in full: what, why, do this, who can fix it, and the server's own
 * words. Hidden when there is none. What can be done at a press, and the note for
 * somebody else, come from the set-up of the #TlPage that it is on.
 *
 * Properties: `finding` (TlFinding or NULL), `on-page` (bool, read-only: it is on a page of the
 * wizard).
 */
#define TL_TYPE_FINDING_CARD (tl_finding_card_get_type ())
G_DECLARE_FINAL_TYPE (TlFindingCard, tl_finding_card, TL, FINDING_CARD, GtkWidget)

G_END_DECLS
