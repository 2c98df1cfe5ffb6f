/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlAuthResults:
 * @judge: (nullable): the host that looked (authserv-id), %NULL when nobody who counts did
 * @spf: (nullable): what it found: `pass`, `fail`, `softfail`, `neutral`, `none`, `temperror`
 *   or `permerror`
 * @spf_words: (nullable): how it said so, cleaned
 * @dkim: (nullable): likewise; of several signatures, the one that counts
 * @dkim_words: (nullable): how it said so, cleaned
 * @dkim_domain: (nullable): who signed (`header.d`, or the domain of `header.i`)
 * @dkim_selector: (nullable): with which key (`header.s`)
 * @dmarc: (nullable): likewise
 * @dmarc_words: (nullable): how it said so, cleaned
 *
 * What the receiving side thought of a message (RFC 8601).
 */
typedef struct
{
  char *judge;
  char *spf;
  char *spf_words;
  char *dkim;
  char *dkim_words;
  char *dkim_domain;
  char *dkim_selector;
  char *dmarc;
  char *dmarc_words;
} TlAuthResults;

TlAuthResults *tl_auth_results_read (const char     *header,
                                     gsize           len,
                                     const char     *incoming_host,
                                     const char     *from_domain) G_GNUC_WARN_UNUSED_RESULT;
void           tl_auth_results_free (TlAuthResults  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlAuthResults, tl_auth_results_free)

G_END_DECLS
