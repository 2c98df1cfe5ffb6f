/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlTestDns:
 *
 * A resolver on a UDP port of 127.0.0.1 that answers from a table, on a thread
 * of its own. A name that is not in the table does not exist. It may sign what
 * it says, with one key for the root zone in which all its names are.
 */
typedef struct _TlTestDns TlTestDns;

/**
 * TlTestDnsManner:
 * @TL_TEST_DNS_ANSWER: hands out the record
 * @TL_TEST_DNS_NOTHING: the name exists, such a record does not
 * @TL_TEST_DNS_SERVFAIL: fails
 * @TL_TEST_DNS_REFUSED: refuses
 * @TL_TEST_DNS_SILENT: never answers
 * @TL_TEST_DNS_FORGED: hands out the record with a signature that is not its own
 * @TL_TEST_DNS_CLAIMED: hands out the record and says that it was validated (AD)
 * @TL_TEST_DNS_TRUNCATED: says that the answer is too long for a datagram (TC)
 * @TL_TEST_DNS_UNCHECKED: fails, but for whoever wants no validation (CD)
 * @TL_TEST_DNS_FIRST: hands out the record the first time it is asked for
 * @TL_TEST_DNS_LATER: and this one from then on
 * @TL_TEST_DNS_STRAY: hands out the record behind a refusal of another question
 */
typedef enum
{
  TL_TEST_DNS_ANSWER,
  TL_TEST_DNS_NOTHING,
  TL_TEST_DNS_SERVFAIL,
  TL_TEST_DNS_REFUSED,
  TL_TEST_DNS_SILENT,
  TL_TEST_DNS_FORGED,
  TL_TEST_DNS_CLAIMED,
  TL_TEST_DNS_TRUNCATED,
  TL_TEST_DNS_UNCHECKED,
  TL_TEST_DNS_FIRST,
  TL_TEST_DNS_LATER,
  TL_TEST_DNS_STRAY,
} TlTestDnsManner;

/**
 * TlTestDnsRow:
 * @name: the owner, without a final dot
 * @type: 1 A, 5 CNAME, 15 MX, 16 TXT, 33 SRV, 52 TLSA; rows of the same name and type are one
 *   answer
 * @manner: what is done with it
 * @priority: MX and SRV
 * @weight: SRV
 * @port: SRV
 * @text: the target, or a TXT, in strings of 255; "" is the root
 * @hex: in place of all that: the rdata as it is
 */
typedef struct
{
  const char      *name;
  guint16          type;
  TlTestDnsManner  manner;
  guint16          priority;
  guint16          weight;
  guint16          port;
  const char      *text;
  const char      *hex;
} TlTestDnsRow;

/**
 * TlTestDnsSigning:
 * @TL_TEST_DNS_UNSIGNED: knows no DNSSEC
 * @TL_TEST_DNS_SIGNED: signs, and hands out its key
 * @TL_TEST_DNS_KEYLESS: signs, but has no key to show, as a forwarder that drops
 *   what it does not know
 */
typedef enum
{
  TL_TEST_DNS_UNSIGNED,
  TL_TEST_DNS_SIGNED,
  TL_TEST_DNS_KEYLESS,
} TlTestDnsSigning;

TlTestDns  *tl_test_dns_new           (const TlTestDnsRow *rows,
                                       gsize               n_rows,
                                       TlTestDnsSigning    signing) G_GNUC_WARN_UNUSED_RESULT;
void        tl_test_dns_free          (TlTestDns          *self);
const char *tl_test_dns_get_forwarder (const TlTestDns    *self);
char       *tl_test_dns_dup_anchor    (const TlTestDns    *self) G_GNUC_WARN_UNUSED_RESULT;
guint       tl_test_dns_get_n_asked   (TlTestDns          *self,
                                       const char         *name,
                                       guint16             type);
void        tl_test_dns_set_delay     (TlTestDns          *self,
                                       guint               ms);
void        tl_test_dns_mute_tcp      (TlTestDns          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestDns, tl_test_dns_free)

G_END_DECLS
