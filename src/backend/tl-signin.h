/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlSigninWay: how a sign-in at the provider's page is done
 * @TL_SIGNIN_BY_BROWSER: in the system's browser (RFC 8252)
 * @TL_SIGNIN_BY_DEVICE: on another device, with a code (RFC 8628)
 * @TL_SIGNIN_BY_ONLINE_ACCOUNT: with what GNOME's Online Accounts have
 */
typedef enum
{
  TL_SIGNIN_BY_BROWSER,
  TL_SIGNIN_BY_DEVICE,
  TL_SIGNIN_BY_ONLINE_ACCOUNT,
} TlSigninWay;

#define TL_TYPE_SIGNIN_WAY (tl_signin_way_get_type ())
GType tl_signin_way_get_type (void) G_GNUC_CONST;

/**
 * TlSigninState: where a sign-in at the provider's page is
 * @TL_SIGNIN_IDLE: not begun, or ended with `finding`
 * @TL_SIGNIN_PREPARING: the provider is asked where to sign in, or as whom
 * @TL_SIGNIN_IN_BROWSER: a person is at it in the browser; `url` is its page
 * @TL_SIGNIN_ON_DEVICE: `user-code` is to be typed at `verification-uri`
 * @TL_SIGNIN_FINISHING: what came back is exchanged for tokens
 * @TL_SIGNIN_DONE: signed in; the next test uses it
 */
typedef enum
{
  TL_SIGNIN_IDLE,
  TL_SIGNIN_PREPARING,
  TL_SIGNIN_IN_BROWSER,
  TL_SIGNIN_ON_DEVICE,
  TL_SIGNIN_FINISHING,
  TL_SIGNIN_DONE,
} TlSigninState;

#define TL_TYPE_SIGNIN_STATE (tl_signin_state_get_type ())
GType tl_signin_state_get_type (void) G_GNUC_CONST;

/**
 * TlSignin:
 *
 * The sign-in at the provider's page of one set-up, while it is watched. #TlSetup drives it.
 *
 * Properties, read-only: `state` (TlSigninState), `way` (TlSigninWay), `busy` (bool: neither idle
 * nor done), `done` (bool), `finding` (TlFinding or NULL: why the last one did not succeed),
 * `account` (string or NULL: who signed in, as the provider has it), `issuer-host` (string or NULL:
 * whose page it is, for people), `url` (string or NULL: of the page that is waited for, to be
 * copied by hand where no browser opens), `user-code`, `verification-uri` (string or NULL),
 * `seconds-left` (uint), `turned-away` (uint: requests to the redirect that were not the answer),
 * `needs-client` (bool: the provider wants to know as whom, and nobody has said),
 * `client-from-settings` (bool: as whom is what a person typed, who may have mistyped it),
 * `wants-client-secret` (bool: and wants a secret beside it), `can-revoke` (bool: it takes a
 * permission back from here, as far as is known), `can-browser`, `can-device` (bool),
 * `online-account` (string or NULL: the address of an account of GNOME's Online Accounts that can
 * be borrowed).
 *
 * Signal: `open-url (const char *url)`: open it in the system's browser.
 */
#define TL_TYPE_SIGNIN (tl_signin_get_type ())
G_DECLARE_FINAL_TYPE (TlSignin, tl_signin, TL, SIGNIN, GObject)

TlSigninState tl_signin_get_state   (TlSignin *self);
TlFinding    *tl_signin_get_finding (TlSignin *self);
gboolean      tl_signin_needs_client (TlSignin *self);

G_END_DECLS
