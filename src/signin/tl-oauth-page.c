/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* No script, no token, nothing from elsewhere, nothing kept. */
#define SAFE_HEADERS "Cache-Control: no-store\r\n" \
                     "Content-Security-Policy: default-src 'none'; base-uri 'none'; " \
                       "form-action 'none'; frame-ancestors 'none'\r\n" \
                     "Referrer-Policy: no-referrer\r\n" \
                     "X-Content-Type-Options: nosniff\r\n" \
                     "Connection: close\r\n"

/**
 * tl_oauth_page_new_refusal:
 * @status: an HTTP status of 400 or more
 *
 * Returns: (transfer full): a whole answer that says no more than that
 */
char *
tl_oauth_page_new_refusal (guint status)
{
  return g_strdup_printf ("HTTP/1.1 %u Refused\r\n" SAFE_HEADERS
                          "Content-Length: 0\r\n\r\n", status);
}

/**
 * tl_oauth_page_new_departure:
 * @path: `TL_OAUTH_PAGE_PATH` and more of [A-Za-z0-9_-]
 *
 * To an address without the code, so that the browser keeps and hands on that one.
 *
 * Returns: (transfer full): a whole answer that leads to @path
 */
char *
tl_oauth_page_new_departure (const char *path)
{
  return g_strdup_printf ("HTTP/1.1 303 See Other\r\n" SAFE_HEADERS
                          "Location: %s\r\nContent-Length: 0\r\n\r\n", path);
}

/**
 * tl_oauth_page_new_last:
 * @is_good: whether the provider let them in
 *
 * Returns: (transfer full): a whole answer: the page that is on show when it is over
 */
char *
tl_oauth_page_new_last (gboolean is_good)
{
  /* Translators: the page that the web browser shows after somebody has signed in at their mail
   * provider. Whether the program can use it is found out after that */
  const char *good = _("Your provider has let you in. Go back to Twolane: it goes on from here.");
  /* Translators: the page that the web browser shows after signing in at a mail provider was
   * refused or given up */
  const char *bad = _("The sign-in was not finished. Go back to Twolane to see why.");
  g_autofree char *words = g_markup_escape_text (is_good ? good : bad, -1);
  /* Translators: the language of this translation, as a BCP 47 tag such as "sv" or "pt-BR" */
  g_autofree char *language = g_markup_escape_text (C_("language tag", "en"), -1);
  g_autofree char *html = g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                                           "<meta charset=\"utf-8\">\n<title>Twolane</title>\n"
                                           "</head>\n<body>\n<p>%s</p>\n</body>\n</html>\n",
                                           language, words);

  return g_strdup_printf ("HTTP/1.1 200 OK\r\n" SAFE_HEADERS
                          "Content-Type: text/html; charset=utf-8\r\n"
                          "Content-Length: %zu\r\n\r\n%s", strlen (html), html);
}
