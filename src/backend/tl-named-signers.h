/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who was named for this time to be trusted, beside those who are. */
char **tl_named_signers_read_sync (const char * const  *known,
                                   const char * const  *named,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
