/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-fuzz.h"
#include "tl-oauth-redirect.h"
#include "tl-text.h"

#define AUTHORITY "127.0.0.1:40000"

static void
check_answer (const TlOauthRedirect *redirect)
{
  g_assert_true ((redirect->code == NULL) != (redirect->error == NULL));
  g_assert_true (redirect->state != NULL && *redirect->state != '\0');
  g_assert_true (redirect->code == NULL || tl_secret_get_len (redirect->code) > 0);
  if (redirect->code != NULL)
    g_assert_cmpuint (strlen (tl_secret_peek (redirect->code, NULL)), ==,
                      tl_secret_get_len (redirect->code));
  g_assert_true (tl_text_is_clean (redirect->state));
  g_assert_true (redirect->iss == NULL || tl_text_is_clean (redirect->iss));
  g_assert_true (redirect->error == NULL || tl_text_is_clean (redirect->error));
  g_assert_true (redirect->description == NULL || tl_text_is_clean (redirect->description));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *bytes = (const char *) data;
  gssize len = tl_oauth_redirect_find_head_end (bytes, size);
  g_autoptr(TlOauthRedirect) redirect = NULL;
  g_autofree char *path = NULL;
  guint status = 0;

  if (len < 0)
    return 0;

  g_assert_cmpint (len, <=, size);
  switch (tl_oauth_redirect_parse (bytes, (gsize) len, AUTHORITY, TL_OAUTH_REDIRECT_PATH, &redirect, &path, &status))
    {
    case TL_OAUTH_ERRAND_ANSWER:
      check_answer (redirect);
      break;

    case TL_OAUTH_ERRAND_PAGE:
      g_assert_true (redirect == NULL && path[0] == '/' && tl_text_is_clean (path));
      break;

    case TL_OAUTH_ERRAND_REFUSED:
    default:
      g_assert_true (redirect == NULL && path == NULL);
      g_assert_cmpuint (status, >=, 400);
      g_assert_cmpuint (status, <, 500);
    }

  return 0;
}
