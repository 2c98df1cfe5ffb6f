/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlContactsView:
 *
 * Whom discovery took, to be read and copied: hosts in one group for each way
 * of asking. Not there as long as nobody was asked.
 *
 * Properties: `contacts` (GListModel of TlContact), `told` (string: what they
 * got to know), `looked-up`, `web`, `mail` (string, ro: hosts, one a line).
 */
#define TL_TYPE_CONTACTS_VIEW (tl_contacts_view_get_type ())
G_DECLARE_FINAL_TYPE (TlContactsView, tl_contacts_view, TL, CONTACTS_VIEW, GtkWidget)

char *tl_contacts_view_dup_text (TlContactsView *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
