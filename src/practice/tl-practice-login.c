/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-login.h"

#include <openssl/crypto.h>
#include <string.h>

/**
 * tl_practice_login_check:
 * @scenario: what is practised
 * @user: who signs in
 * @password: with what
 *
 * Returns: how that is taken
 */
TlPracticeLogin
tl_practice_login_check (TlPracticeScenario  scenario,
                         const char         *user,
                         const char         *password)
{
  if (scenario == TL_PRACTICE_APP_PASSWORD)
    return TL_PRACTICE_LOGIN_WANTS_APP_PASSWORD;
  if (scenario == TL_PRACTICE_WRONG_PASSWORD || !g_str_equal (user, TL_PRACTICE_ADDRESS) ||
      !g_str_equal (password, TL_PRACTICE_PASSWORD))
    return TL_PRACTICE_LOGIN_WRONG;

  return TL_PRACTICE_LOGIN_TAKEN;
}

/**
 * tl_practice_login_check_plain:
 * @scenario: what is practised
 * @base64: a PLAIN response as it came over the wire
 *
 * Reads message = [authzid] UTF8NUL authcid UTF8NUL passwd (RFC 4616 §2). To
 * act for somebody else is not offered.
 *
 * Returns: how that is taken
 */
TlPracticeLogin
tl_practice_login_check_plain (TlPracticeScenario  scenario,
                               const char         *base64)
{
  gsize len = 0;
  g_autofree char *bytes = (char *) g_base64_decode (base64, &len);
  g_autofree char *message = g_malloc0 (len + 1);
  TlPracticeLogin login = TL_PRACTICE_LOGIN_UNREADABLE;
  const char *user;
  const char *password;

  if (len > 0)
    memcpy (message, bytes, len);

  user = memchr (message, '\0', len);
  password = user != NULL ? memchr (user + 1, '\0', len - (gsize) (user + 1 - message)) : NULL;
  if (password != NULL &&
      strlen (password + 1) == len - (gsize) (password + 1 - message) &&
      (message[0] == '\0' || g_str_equal (message, user + 1)))
    login = tl_practice_login_check (scenario, user + 1, password + 1);

  OPENSSL_cleanse (message, len);
  if (len > 0)
    OPENSSL_cleanse (bytes, len);

  return login;
}
