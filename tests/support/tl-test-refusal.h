/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A server's refusal as it is written down, taken apart as the protocol layer
 * does it: `535 5.7.8 sentence`, `NO [CODE arg] sentence`, or a sentence alone.
 * Sentences are as they came, not cleaned. */
typedef struct
{
  gboolean  is_smtp;
  guint     code;       /* 0: none */
  char     *enhanced;   /* owned; NULL: none, as the others */
  char     *imap_code;
  char     *bare;       /* the sentence without codes */
  char     *whole;      /* the sentence with the enhanced or response code */
} TlTestRefusal;

void tl_test_refusal_parse (const char    *sample,
                            TlTestRefusal *out);
void tl_test_refusal_clear (TlTestRefusal *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlTestRefusal, tl_test_refusal_clear)

G_END_DECLS
