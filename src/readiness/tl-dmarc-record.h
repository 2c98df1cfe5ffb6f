/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlDmarcPolicy: what is asked of receivers, ordered by how much: none < quarantine < reject
 */
typedef enum
{
  TL_DMARC_NONE,
  TL_DMARC_QUARANTINE,
  TL_DMARC_REJECT,
} TlDmarcPolicy;

#define TL_TYPE_DMARC_POLICY (tl_dmarc_policy_get_type ())
GType tl_dmarc_policy_get_type (void) G_GNUC_CONST;

#define TL_DMARC_MAX_REPORT_HOSTS 10

/**
 * TlDmarcRecord:
 * @p: for the domain itself; none where it is not said
 * @sp: for domains below it
 * @np: for domains below it that do not exist
 * @psd: `y`, `n` or `u`
 * @is_test: `t=y`: one step less is asked
 * @is_spf_strict: `aspf=s`
 * @is_dkim_strict: `adkim=s`
 * @has_rua: reports are asked for
 * @report_hosts: (array zero-terminated=1): the domains of the addresses that reports go to, each
 *   once, canonical
 * @old: (nullable): a tag that RFC 9989 no longer has, of which receivers may still take note
 * @why: (nullable): what is wrong with it: an English clause of ours
 * @faulty_tag: (nullable): the tag in which, where it is in one
 *
 * A DMARC policy record (RFC 9989).
 */
typedef struct
{
  TlDmarcPolicy   p;
  TlDmarcPolicy   sp;
  TlDmarcPolicy   np;
  char            psd;
  gboolean        is_test;
  gboolean        is_spf_strict;
  gboolean        is_dkim_strict;
  gboolean        has_rua;
  char          **report_hosts;
  const char     *old;
  const char     *why;
  const char     *faulty_tag;
} TlDmarcRecord;

gboolean       tl_dmarc_record_is   (const char          *bytes,
                                     gsize                len);
TlDmarcRecord *tl_dmarc_record_new  (const char          *bytes,
                                     gsize                len) G_GNUC_WARN_UNUSED_RESULT;
void           tl_dmarc_record_free (TlDmarcRecord       *self);
/* What receivers are asked to do with what is forged: with t=y one step less. */
TlDmarcPolicy  tl_dmarc_record_get_effective (const TlDmarcRecord *self,
                                              TlDmarcPolicy        policy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDmarcRecord, tl_dmarc_record_free)

G_END_DECLS
