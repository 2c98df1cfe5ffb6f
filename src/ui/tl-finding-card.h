/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlFindingCard:
 *
 * A finding in full: what, why, do this, who can fix it, and the server's own
 * words. Hidden when there is none.
 *
 * Property: `finding` (TlFinding or NULL).
 */
#define TL_TYPE_FINDING_CARD (tl_finding_card_get_type ())
G_DECLARE_FINAL_TYPE (TlFindingCard, tl_finding_card, TL, FINDING_CARD, GtkWidget)

char *tl_finding_to_note (TlFinding *finding) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
