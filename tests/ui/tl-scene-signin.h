/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-client.h"
#include "tl-setup.h"

G_BEGIN_DECLS

/* What the scenes show where they belong, and tests look for. */
#define TL_SCENE_URL      "https://login.acme.test/authorize?state=4711"
#define TL_SCENE_CODE     "BDWPHQPK"
#define TL_SCENE_PLACE    "https://login.acme.test/device"

/**
 * TlSceneSignin:
 * @TL_SCENE_SIGNIN_OFFER: not begun
 * @TL_SCENE_SIGNIN_ACCOUNT: not begun; GNOME Settings has the account
 * @TL_SCENE_SIGNIN_PREPARING: the provider is asked where
 * @TL_SCENE_SIGNIN_BROWSER: a person is at it in the browser
 * @TL_SCENE_SIGNIN_TURNED_AWAY: as before, and others tried to answer
 * @TL_SCENE_SIGNIN_DEVICE: a code is to be typed
 * @TL_SCENE_SIGNIN_FINISHING: the tokens are on their way
 * @TL_SCENE_SIGNIN_DONE: somebody signed in
 * @TL_SCENE_SIGNIN_DENIED: somebody said no
 * @TL_SCENE_SIGNIN_TIMEOUT: nobody came back
 * @TL_SCENE_SIGNIN_NO_CLIENT: IT has to register the program first
 *
 * Where a sign-in at the provider's page may be.
 */
typedef enum
{
  TL_SCENE_SIGNIN_OFFER,
  TL_SCENE_SIGNIN_ACCOUNT,
  TL_SCENE_SIGNIN_PREPARING,
  TL_SCENE_SIGNIN_BROWSER,
  TL_SCENE_SIGNIN_TURNED_AWAY,
  TL_SCENE_SIGNIN_DEVICE,
  TL_SCENE_SIGNIN_FINISHING,
  TL_SCENE_SIGNIN_DONE,
  TL_SCENE_SIGNIN_DENIED,
  TL_SCENE_SIGNIN_TIMEOUT,
  TL_SCENE_SIGNIN_NO_CLIENT,
} TlSceneSignin;

void  tl_scene_register       (TlSetup       *setup);
void  tl_scene_provide        (TlSetup       *setup,
                               const char    *provider,
                               gboolean       registered);
void  tl_scene_sign_in        (TlSetup       *setup,
                               TlSceneSignin  scene);
void  tl_scene_keep           (TlSetup       *setup,
                               const char    *finding);
void  tl_scene_leave          (TlSetup       *setup);
/* As whom the program signs in there, NULL where nobody has said. */
TlOauthClient *tl_scene_get_client (TlSetup  *setup);
gsize tl_scene_get_secret_len (TlSetup       *setup,
                               TlLaneKind     lane);

G_END_DECLS
