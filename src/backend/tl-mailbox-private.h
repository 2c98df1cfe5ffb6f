/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What TlSetup and the files of TlMailbox share. */
#include "tl-detail.h"
#include "tl-mailbox-judge.h"
#include "tl-mailbox.h"

G_BEGIN_DECLS

/**
 * TlMailboxAround:
 * @provider: (nullable): whose mailbox it is
 * @software: (nullable): what the server says it is
 * @filing: who files what is sent, as the message to oneself showed
 * @is_shared: it is not the mailbox of whoever signs in
 * @roles: (nullable) (array zero-terminated=1): roles that policy asks for
 * @folders: (nullable) (array zero-terminated=1): folders for outreach that policy asks for
 * @policy: (nullable): whose policy
 *
 * What else than the mailbox itself counts.
 */
typedef struct
{
  TlProvider         *provider;
  const char         *software;
  TlLoopFiling        filing;
  gboolean            is_shared;
  const char * const *roles;
  const char * const *folders;
  const char         *policy;
} TlMailboxAround;

TlMailbox    *tl_mailbox_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void          tl_mailbox_set_around     (TlMailbox             *self,
                                         const TlMailboxAround *around);
void          tl_mailbox_set_facts      (TlMailbox             *self,
                                         TlMailboxFacts        *facts);
void          tl_mailbox_drop_choices   (TlMailbox             *self);
void          tl_mailbox_start_over     (TlMailbox             *self);
void          tl_mailbox_set_creating   (TlMailbox             *self,
                                         gboolean               is_creating);
char        **tl_mailbox_list_wanted    (TlMailbox             *self) G_GNUC_WARN_UNUSED_RESULT;

/* What a folder can be for, in the order it is shown. */
typedef struct
{
  const char *role;
  const char *purpose;
} TlRoleWords;

#define TL_N_ROLES 7

extern const TlRoleWords tl_roles[TL_N_ROLES];

/* Signal `choose (const char *folder)`: a person wrote `folder`. */
TlRoleRow    *tl_role_row_new           (const TlRoleWords     *words) G_GNUC_WARN_UNUSED_RESULT;
void          tl_role_row_show          (TlRoleRow             *self,
                                         TlMailboxReport       *report,
                                         const char * const    *names,
                                         TlProvider            *provider,
                                         gboolean               is_wanted);

TlFolderWish *tl_folder_wish_new        (const char            *name,
                                         const char            *purpose,
                                         const char            *policy)
                                         G_GNUC_WARN_UNUSED_RESULT;
void          tl_folder_wish_show       (TlFolderWish          *self,
                                         gboolean               exists,
                                         TlFinding             *finding);

/* Folders that could be made: a list of TlFolderWish. */
TlFolderWish *tl_folder_wishes_find        (GListStore         *wishes,
                                            const char         *name);
void          tl_folder_wishes_lay_out     (GListStore         *wishes,
                                            const char * const *asked,
                                            const char         *policy);
void          tl_folder_wishes_want        (GListStore         *wishes,
                                            const char         *name,
                                            TlMailboxReport    *report);
void          tl_folder_wishes_show        (GListStore         *wishes,
                                            TlMailboxReport    *report);
char        **tl_folder_wishes_list_wanted (GListStore         *wishes) G_GNUC_WARN_UNUSED_RESULT;

/* Rows of what was seen; GPtrArray of TlDetail. */
GPtrArray    *tl_mailbox_list_room        (TlMailboxReport     *report) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *tl_mailbox_list_rights      (TlMailboxReport     *report,
                                           gboolean             is_shared)
                                           G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *tl_mailbox_list_connections (TlMailboxReport     *report) G_GNUC_WARN_UNUSED_RESULT;
const char   *tl_mailbox_describe_filing  (TlMailboxReport     *report);

G_END_DECLS
