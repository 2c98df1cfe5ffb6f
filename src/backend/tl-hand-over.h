/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-recipient.h"
#include "tl-signing.h"
#include "tl-target-render.h"

G_BEGIN_DECLS

/**
 * TlPasswordWay: how passwords travel
 * @TL_PASSWORD_TYPED: not at all: whoever imports types them
 * @TL_PASSWORD_SEALED: in the bundle, encrypted for a platform's certificate
 */
typedef enum
{
  TL_PASSWORD_TYPED,
  TL_PASSWORD_SEALED,
} TlPasswordWay;

#define TL_TYPE_PASSWORD_WAY (tl_password_way_get_type ())
GType tl_password_way_get_type (void) G_GNUC_CONST;

/**
 * TlHandOver:
 *
 * What is made of a tested set-up, and for whom: a part of #TlSetup, which owns it and does the
 * work. Everything on the #GMainContext it was made in.
 *
 * Properties (rw unless said otherwise):
 *
 * - `targets` (GListModel of TlTarget, ro: those that policy allows), `target` (TlTarget or NULL)
 * - `remarks` (GListModel of TlTargetRemark, ro: what the target can not express), `can-render`
 *   (bool, ro: it takes this mailbox), `fields` (GListModel of TlDetail, ro: of a sheet; a value
 *   that is a password is empty and its hint says so; `group` is the form's heading)
 * - `password-way` (TlPasswordWay), `can-seal` (bool, ro: there are passwords, not tokens alone,
 *   and a recipient that was agreed to)
 * - `recipient-name`, `recipient-fingerprint` (string or NULL, ro: groups of four),
 *   `recipient-from-policy` (bool, ro), `recipient-agreed` (bool: a person compared the
 *   fingerprint; TRUE by itself where it is from a policy that may grant; FALSE again for another
 *   recipient)
 * - `company-key` (bool, ro: a company's key signs in place of the person's own), `signer-name`
 *   (string or NULL, ro)
 * - `finding` (TlFinding or NULL, ro: why what was last tried here did not work)
 * - `rendered-path` (string or NULL, ro)
 */
#define TL_TYPE_HAND_OVER (tl_hand_over_get_type ())
G_DECLARE_FINAL_TYPE (TlHandOver, tl_hand_over, TL, HAND_OVER, GObject)

TlTarget      *tl_hand_over_get_target       (TlHandOver           *self);
void           tl_hand_over_set_target       (TlHandOver           *self,
                                              TlTarget             *target);
TlPasswordWay  tl_hand_over_get_password_way (TlHandOver           *self);
void           tl_hand_over_set_password_way (TlHandOver           *self,
                                              TlPasswordWay         way);
TlRecipient   *tl_hand_over_get_recipient    (TlHandOver           *self);
TlFinding     *tl_hand_over_get_finding      (TlHandOver           *self);

/* Whom to seal for: a certificate in PEM. */
void           tl_hand_over_load_recipient_async (TlHandOver           *self,
                                              const char           *path,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       tl_hand_over_load_recipient_finish (TlHandOver          *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void           tl_hand_over_agree_to_recipient (TlHandOver         *self,
                                              gboolean              agree);

/* Who signs: a PKCS #12 file, or `pkcs11:` and what stands behind it. NULL: the person's own
 * key. */
void           tl_hand_over_use_key_async    (TlHandOver           *self,
                                              const char           *where,
                                              TlSecret             *passphrase,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       tl_hand_over_use_key_finish   (TlHandOver           *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* What the target takes, into files; with passwords only into new ones, mode 0600. */
void           tl_hand_over_render_async     (TlHandOver           *self,
                                              const char           *path,
                                              gboolean              with_passwords,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       tl_hand_over_render_finish    (TlHandOver           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
char          *tl_hand_over_dup_file_name    (TlHandOver           *self) G_GNUC_WARN_UNUSED_RESULT;
char         **tl_hand_over_list_steps       (TlHandOver           *self) G_GNUC_WARN_UNUSED_RESULT;
char          *tl_hand_over_dup_sheet_text   (TlHandOver           *self) G_GNUC_WARN_UNUSED_RESULT;
char          *tl_hand_over_dup_sheet_page   (TlHandOver           *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
