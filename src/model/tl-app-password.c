/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-app-password.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (TlAppPasswordAlphabet, tl_app_password_alphabet,
                    G_DEFINE_ENUM_VALUE (TL_APP_PASSWORD_LOWER, "lower"),
                    G_DEFINE_ENUM_VALUE (TL_APP_PASSWORD_ALNUM, "alnum"))

/* U+00A0 in UTF-8: what comes along when a group is copied from a web page. */
#define NO_BREAK_SPACE     "\xc2\xa0"
#define NO_BREAK_SPACE_LEN 2

/* How many bytes of blank @text begins with; 0 for none. */
static gsize
skip_blank (const char *text,
            gsize       len)
{
  if (len >= NO_BREAK_SPACE_LEN && memcmp (text, NO_BREAK_SPACE, NO_BREAK_SPACE_LEN) == 0)
    return NO_BREAK_SPACE_LEN;

  return len > 0 && (*text == ' ' || *text == '\t') ? 1 : 0;
}

static gboolean
is_of_alphabet (TlAppPasswordAlphabet alphabet,
                char                  c)
{
  return alphabet == TL_APP_PASSWORD_LOWER ? g_ascii_islower (c) : g_ascii_isalnum (c);
}

/**
 * tl_app_password_fits:
 * @form: what the provider's app passwords look like
 * @secret: what was typed or pasted
 *
 * For asking before anything is sent: a password of the website in the place of an app password is
 * refused anyway, and counts as a failed sign-in. Blanks count nowhere, a hyphen does not count
 * between two groups: a form is no reason to turn away what a server may well take.
 *
 * Takes the same way through every @secret of one length, whatever it is made of.
 *
 * Returns: whether @secret can be one
 */
gboolean
tl_app_password_fits (const TlAppPasswordForm *form,
                      const TlSecret          *secret)
{
  gsize len, n = 0;
  const char *text = tl_secret_peek (secret, &len);
  gboolean hyphen = FALSE;
  gboolean fits = TRUE;

  for (gsize i = 0; i < len; )
    {
      gsize blank = skip_blank (text + i, len - i);

      if (blank == 0 && text[i] == '-')
        {
          fits = fits && n > 0 && !hyphen;
          hyphen = TRUE;
        }
      else if (blank == 0)
        {
          fits = is_of_alphabet (form->alphabet, text[i]) && fits;
          hyphen = FALSE;
          n++;
        }
      i += MAX (blank, 1);
    }

  return fits && !hyphen && n == form->len;
}
