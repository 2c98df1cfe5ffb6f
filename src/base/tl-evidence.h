/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Evidence is what was seen: an immutable GVariant of type a{sv} whose keys are
 * these and whose values have the types of the table in tl-evidence.c. Strings
 * from outside have been through tl_text_clean() before they get here. The keys
 * are the member names of "evidence" in JSON and the {names} that sentences of
 * the findings catalogue may use; they never change.
 */
#define TL_EVIDENCE_ACCOUNT       "account"       /* s: who signed in at the provider, an address */
#define TL_EVIDENCE_ADDRESS       "address"       /* s: the IP address spoken to */
#define TL_EVIDENCE_ADDRESSES     "addresses"     /* as: all addresses tried */
#define TL_EVIDENCE_BYTES         "bytes"         /* u: how many bytes */
#define TL_EVIDENCE_DAYS          "days"          /* u: how many days are left */
#define TL_EVIDENCE_DETAIL        "detail"        /* s: an English clause for the details drawer */
#define TL_EVIDENCE_DOMAIN        "domain"        /* s: a domain */
#define TL_EVIDENCE_ENDPOINT      "endpoint"      /* s: server to try, "imaps://a.example:993" */
#define TL_EVIDENCE_ENHANCED_CODE "enhanced_code" /* s: RFC 3463, "5.7.8" */
#define TL_EVIDENCE_FINGERPRINT   "fingerprint"   /* s: SHA-256 of a certificate, hex */
#define TL_EVIDENCE_FIRST_BYTES   "first_bytes"   /* s: what the peer sent first */
#define TL_EVIDENCE_FOLDER        "folder"        /* s: a folder of the mailbox */
#define TL_EVIDENCE_GATEWAY       "gateway"       /* s: a filter or forwarder, in our table */
#define TL_EVIDENCE_HOST          "host"          /* s: host name, A-labels */
#define TL_EVIDENCE_IMAP_CODE     "imap_code"     /* s: RFC 9051 §7.1, "AUTHENTICATIONFAILED" */
#define TL_EVIDENCE_ISSUER        "issuer"        /* s: who issued a certificate */
#define TL_EVIDENCE_LIMIT         "limit"         /* u: the limit that was passed */
#define TL_EVIDENCE_MECHANISM     "mechanism"     /* s: SASL mechanism */
#define TL_EVIDENCE_NAMES         "names"         /* as: names in a certificate */
#define TL_EVIDENCE_NOT_AFTER     "not_after"     /* s: ISO 8601 UTC */
#define TL_EVIDENCE_NOT_BEFORE    "not_before"    /* s: ISO 8601 UTC */
#define TL_EVIDENCE_OFFERED       "offered"       /* as: mechanisms or capabilities offered */
#define TL_EVIDENCE_OS_ERROR      "os_error"      /* s: by name, "ECONNREFUSED", "EAI_AGAIN" */
#define TL_EVIDENCE_PERCENT       "percent"       /* u: how full, 0 to 100 and above */
#define TL_EVIDENCE_POLICY        "policy"        /* s: whose policy, or where it is from */
#define TL_EVIDENCE_PORT          "port"          /* u: TCP port */
#define TL_EVIDENCE_PORTS_SILENT  "ports_silent"  /* as: ports that did not answer */
#define TL_EVIDENCE_PORTS_OPEN    "ports_open"    /* as: ports on which a connection stood */
#define TL_EVIDENCE_PRODUCT       "product"       /* s: what inspects TLS, from our own table */
#define TL_EVIDENCE_PROVIDER      "provider"      /* s: a mail provider, from our own table */
#define TL_EVIDENCE_PROXY         "proxy"         /* s: proxy used, without credentials */
#define TL_EVIDENCE_RECEIVERS     "receivers"     /* as: whose rule it breaks, of receivers.json */
#define TL_EVIDENCE_RECORD        "record"        /* s: the data of a DNS record to publish */
#define TL_EVIDENCE_RECORD_NAME   "record_name"   /* s: the name to publish it under */
#define TL_EVIDENCE_RECORD_TYPE   "record_type"   /* s: "TXT", "CNAME", "MX", "TLSA" */
#define TL_EVIDENCE_REPLY_CODE    "reply_code"    /* u: RFC 5321 §4.2, 535 */
#define TL_EVIDENCE_RETRY_AFTER   "retry_after"   /* u: seconds the server asks to wait */
#define TL_EVIDENCE_ROLE          "role"          /* s: of a folder, "sent" */
#define TL_EVIDENCE_RULE          "rule"          /* s: a member of policy.json, "hosts.incoming" */
#define TL_EVIDENCE_SECONDS       "seconds"       /* u: how long was waited */
#define TL_EVIDENCE_SELECTOR      "selector"      /* s: DKIM selector, RFC 6376 §3.1 */
#define TL_EVIDENCE_SERVER_TEXT   "server_text"   /* s: the server's own words */
#define TL_EVIDENCE_SOURCE        "source"        /* s: discovery source id */
#define TL_EVIDENCE_SUGGESTION    "suggestion"    /* s: a value to try instead */
#define TL_EVIDENCE_TARGET        "target"        /* s: a platform, from our own table */
#define TL_EVIDENCE_TLS_ALERT     "tls_alert"     /* u: RFC 8446 §6 */
#define TL_EVIDENCE_TLS_VERSION   "tls_version"   /* s: "TLSv1.3" */
#define TL_EVIDENCE_TOKEN_STATUS  "token_status"  /* s: RFC 7628 §3.2.2, "invalid_token" */
#define TL_EVIDENCE_URL           "url"           /* s: a URL, without credentials */
#define TL_EVIDENCE_USER          "user"          /* s: user name signed in with */
#define TL_EVIDENCE_VERIFY_CODE   "verify_code"   /* u: X509_V_ERR_* */
#define TL_EVIDENCE_WANTED        "wanted"        /* as: what was needed and missing */

gboolean    tl_evidence_is_valid   (GVariant   *evidence);
const char *tl_evidence_get_string (GVariant   *evidence,
                                    const char *key);
guint       tl_evidence_get_uint   (GVariant   *evidence,
                                    const char *key,
                                    guint       fallback);
GVariant   *tl_evidence_merge      (GVariant   *base,
                                    GVariant   *over) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
