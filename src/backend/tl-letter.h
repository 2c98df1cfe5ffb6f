/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Plain text that somebody else is to read, in a mail as a rule. */
void tl_letter_add (GString    *letter,
                    const char *first,
                    const char *next,
                    const char *text);
void tl_letter_fold   (GString *letter);
void tl_letter_unfold (GString *letter);

G_END_DECLS
