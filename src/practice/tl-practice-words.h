/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tl_practice_words_take_astring (const char **at) G_GNUC_WARN_UNUSED_RESULT;
char *tl_practice_words_to_astring   (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
