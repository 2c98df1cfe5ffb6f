/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"

G_BEGIN_DECLS

/**
 * TlDataForm: the forms that strings in data/ have
 * @TL_DATA_ID: `zoho-eu`
 * @TL_DATA_HOST: a host name of at least two labels, lower case A-labels
 * @TL_DATA_HOST_PATTERN: a host name, or `*.` and a host name
 * @TL_DATA_MX_PATTERN: what tl_host_pattern_match() takes
 * @TL_DATA_HOST_TEMPLATE: a host name, `{mx}`, a name that ends in `{domain}`,
 *   or a name with one label `{word}`
 * @TL_DATA_DNS_NAME: a name in DNS that need not be a host's
 * @TL_DATA_LITERAL: a user name in printable ASCII
 * @TL_DATA_LINK: an https URL
 * @TL_DATA_OAUTH_URL: an issuer or an endpoint of an authorization server: an https URL of plain
 *   path segments, of which one may be `{tenant}`
 * @TL_DATA_USER_TEMPLATE: how the user name for a shared mailbox is made of `{mailbox}`, `{login}`,
 *   and what stands before the @ of either: `{mailbox_name}`, `{login_name}`
 * @TL_DATA_TENANT: what stands for `{tenant}`: a directory id, a domain, or a word
 * @TL_DATA_CLIENT_ID: a client id, or a client secret (RFC 6749 appendix A.1, A.2)
 * @TL_DATA_ADDRESS: an email address of ASCII characters, not quoted
 * @TL_DATA_SCOPE: an OAuth scope (RFC 6749 §3.3)
 * @TL_DATA_TEXT: one line for people, no markup
 * @TL_DATA_DATE: `2026-01-31`
 * @TL_DATA_POINTER: where in a document (RFC 6901)
 * @TL_DATA_FINDING: `stage.cause`, or `*.cause`
 * @TL_DATA_FRAGMENT: part of a server's sentence, folded: lower case, single blanks
 * @TL_DATA_QUOTE: what a server said, printable ASCII
 * @TL_DATA_ENHANCED: an enhanced status code (RFC 3463 §2)
 * @TL_DATA_REPLY_CODE: an SMTP reply code that refuses (RFC 5321 §4.2), 400 to 599
 * @TL_DATA_IMAP_CODE: an IMAP response code (RFC 9051 §7.1)
 */
typedef enum
{
  TL_DATA_ID,
  TL_DATA_HOST,
  TL_DATA_HOST_PATTERN,
  TL_DATA_MX_PATTERN,
  TL_DATA_HOST_TEMPLATE,
  TL_DATA_DNS_NAME,
  TL_DATA_LITERAL,
  TL_DATA_LINK,
  TL_DATA_OAUTH_URL,
  TL_DATA_USER_TEMPLATE,
  TL_DATA_TENANT,
  TL_DATA_CLIENT_ID,
  TL_DATA_ADDRESS,
  TL_DATA_SCOPE,
  TL_DATA_TEXT,
  TL_DATA_DATE,
  TL_DATA_POINTER,
  TL_DATA_FINDING,
  TL_DATA_FRAGMENT,
  TL_DATA_QUOTE,
  TL_DATA_ENHANCED,
  TL_DATA_REPLY_CODE,
  TL_DATA_IMAP_CODE,
} TlDataForm;

extern const char * const tl_data_confidence_words[];

const char  *tl_data_check_string (TlJsonReader        *reader,
                                   const char          *member,
                                   TlJsonPresence       presence,
                                   TlDataForm           form);
char       **tl_data_check_strv   (TlJsonReader        *reader,
                                   const char          *member,
                                   TlJsonPresence       presence,
                                   guint                max_n,
                                   TlDataForm           form) G_GNUC_WARN_UNUSED_RESULT;
const char  *tl_data_check_word   (TlJsonReader        *reader,
                                   const char          *member,
                                   const char * const  *words);

G_END_DECLS
