/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the browser ends up, next to the redirect: followed by what nobody else can guess, so that
 * no one can ask for the last page in its place. */
#define TL_OAUTH_PAGE_PATH "/done/"

/* What the redirect says to a browser: whole answers of HTTP/1.1, after which it hangs up. */
char *tl_oauth_page_new_refusal   (guint       status) G_GNUC_WARN_UNUSED_RESULT;
char *tl_oauth_page_new_departure (const char *path) G_GNUC_WARN_UNUSED_RESULT;
char *tl_oauth_page_new_last      (gboolean    is_good) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
