/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SPF records as they should be published: one, with the sender in it, and an end. */
char *tl_domain_remedy_dup_spf        (const char * const *records,
                                       const char         *term,
                                       char                redirect_end)
                                       G_GNUC_WARN_UNUSED_RESULT;

/* A DMARC record with one tag of it changed, or put in. */
char *tl_domain_remedy_dup_dmarc_with (const char         *record,
                                       const char         *name,
                                       const char         *value)
                                       G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
