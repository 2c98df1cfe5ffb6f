/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-mailbox-report.h"

G_BEGIN_DECLS

/**
 * TlRoleRow:
 *
 * What a folder is for, and which one it is, for a row of a list.
 *
 * Properties: `role` (string, construct-only), `label` (string, ro: “Sent messages”), `purpose`
 * (string, ro: what it is for, one sentence), `folder` (string or NULL, rw: which one; a change is
 * a person's choice), `by` (TlRoleBy, ro), `by-text` (string, ro: on whose word, in a few words),
 * `names` (GStrv, ro: folders that it may be),
 * `wanted` (bool, ro: a policy asks for it), `status` (TlStatus, ro).
 */
#define TL_TYPE_ROLE_ROW (tl_role_row_get_type ())
G_DECLARE_FINAL_TYPE (TlRoleRow, tl_role_row, TL, ROLE_ROW, GObject)

const char         *tl_role_row_get_role    (TlRoleRow       *self);
const char         *tl_role_row_get_folder  (TlRoleRow       *self);
const char * const *tl_role_row_get_names   (TlRoleRow       *self);

/**
 * TlFolderWish:
 *
 * A folder that could be made. Properties: `name` (string, construct-only), `purpose` (string or
 * NULL, ro), `exists` (bool, ro), `wanted` (bool, rw: make it), `from-policy` (string or NULL, ro:
 * whose policy asks for it), `finding` (TlFinding or NULL, ro: why it could not be made).
 */
#define TL_TYPE_FOLDER_WISH (tl_folder_wish_get_type ())
G_DECLARE_FINAL_TYPE (TlFolderWish, tl_folder_wish, TL, FOLDER_WISH, GObject)

const char *tl_folder_wish_get_name   (TlFolderWish *self);
gboolean    tl_folder_wish_is_there   (TlFolderWish *self);
gboolean    tl_folder_wish_is_wanted  (TlFolderWish *self);

/**
 * TlMailbox:
 *
 * The mailbox as the incoming lane saw it, and what a person says of it. Belongs to a #TlSetup.
 *
 * Properties: `report` (TlMailboxReport or NULL, ro), `roles` (GListModel of TlRoleRow, ro),
 * `wishes` (GListModel of TlFolderWish, ro), `room` (GListModel of TlDetail, ro: quota and the
 * biggest folders), `rights` (GListModel of TlDetail, ro), `connections` (GListModel of TlDetail,
 * ro), `filing-text` (string, ro: who files what is sent), `findings` (GListModel of TlFinding,
 * ro), `n-tools` (uint, rw: how many programs are to use the mailbox at once), `can-create` (bool,
 * ro), `n-wanted` (uint, ro: how many folders are to be made), `creating` (bool, ro).
 */
#define TL_TYPE_MAILBOX (tl_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (TlMailbox, tl_mailbox, TL, MAILBOX, GObject)

TlMailboxReport *tl_mailbox_get_report    (TlMailbox        *self);
GListModel      *tl_mailbox_get_roles     (TlMailbox        *self);
GListModel      *tl_mailbox_get_wishes    (TlMailbox        *self);
GListModel      *tl_mailbox_get_room      (TlMailbox        *self);
GListModel      *tl_mailbox_get_rights    (TlMailbox        *self);
GListModel      *tl_mailbox_get_connections (TlMailbox      *self);
GListModel      *tl_mailbox_get_findings  (TlMailbox        *self);
gboolean         tl_mailbox_choose        (TlMailbox        *self,
                                           const char       *role,
                                           const char       *folder,
                                           GError          **error);
gboolean         tl_mailbox_wish          (TlMailbox        *self,
                                           const char       *name,
                                           GError          **error);
void             tl_mailbox_set_n_tools   (TlMailbox        *self,
                                           guint             n_tools);

G_END_DECLS
