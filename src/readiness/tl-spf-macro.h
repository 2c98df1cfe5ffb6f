/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest name that the DNS can be asked for, as text without a dot at the end. */
#define TL_SPF_MAX_NAME 253

/**
 * TlSpfMacroValues: what the macro letters stand for (RFC 7208 §7.2)
 * @sender: `s`
 * @local: `l`
 * @sender_domain: `o`
 * @domain: `d`
 * @ip_parts: `i`: dots between octets, or between hexadecimal digits
 * @validated: `p`
 * @ip_kind: `v`: `in-addr` or `ip6`
 * @helo: `h`
 * @ip_text: `c`
 * @receiver: `r`
 * @now: `t`
 */
typedef struct
{
  const char *sender;
  const char *local;
  const char *sender_domain;
  const char *domain;
  const char *ip_parts;
  const char *validated;
  const char *ip_kind;
  const char *helo;
  const char *ip_text;
  const char *receiver;
  const char *now;
} TlSpfMacroValues;

gboolean tl_spf_macro_is_string      (const char             *text);
gboolean tl_spf_macro_is_domain_spec (const char             *text);
gboolean tl_spf_macro_is_explanation (const char             *text);
gboolean tl_spf_macro_uses           (const char             *text,
                                      const char             *letters);

char    *tl_spf_macro_expand         (const char             *text,
                                      const TlSpfMacroValues *values) G_GNUC_WARN_UNUSED_RESULT;
char    *tl_spf_macro_expand_name    (const char             *text,
                                      const TlSpfMacroValues *values) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
