/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-signin.h"

G_BEGIN_DECLS

/* How TlSetup tells what a sign-in is at. Each notifies what it changes. */

TlSignin *tl_signin_new               (void) G_GNUC_WARN_UNUSED_RESULT;
void      tl_signin_begin             (TlSignin      *self,
                                       TlSigninWay    way);
void      tl_signin_show_page         (TlSignin      *self,
                                       const char    *url,
                                       guint          seconds);
void      tl_signin_show_code         (TlSignin      *self,
                                       const char    *user_code,
                                       const char    *verification_uri);
void      tl_signin_set_seconds_left  (TlSignin      *self,
                                       guint          seconds);
void      tl_signin_set_turned_away   (TlSignin      *self,
                                       guint          n);
void      tl_signin_finish            (TlSignin      *self);
void      tl_signin_end               (TlSignin      *self,
                                       TlFinding     *finding);
void      tl_signin_succeed           (TlSignin      *self,
                                       TlSigninWay    way,
                                       const char    *account);
void      tl_signin_set_account       (TlSignin      *self,
                                       const char    *account);
void      tl_signin_set_issuer_host   (TlSignin      *self,
                                       const char    *host);
void      tl_signin_set_needs_client  (TlSignin      *self,
                                       gboolean       needs_client);
void      tl_signin_set_client_from_settings (TlSignin *self,
                                       gboolean       client_from_settings);
void      tl_signin_set_can           (TlSignin      *self,
                                       gboolean       can_browser,
                                       gboolean       can_device);
void      tl_signin_set_wants_client_secret (TlSignin *self,
                                       gboolean       wants_client_secret);
void      tl_signin_set_can_revoke    (TlSignin      *self,
                                       gboolean       can_revoke);
void      tl_signin_set_online_account (TlSignin     *self,
                                       const char    *address);

G_END_DECLS
