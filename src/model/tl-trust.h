/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlTrust:
 * @TL_TRUST_GUESSED: tried, and something that fits answered
 * @TL_TRUST_UNSIGNED_DNS: named by DNS without DNSSEC
 * @TL_TRUST_DIRECTORY: named by a directory of a third party over verified HTTPS
 * @TL_TRUST_OWN_DOMAIN: named by the address's own domain, over verified HTTPS or signed DNS
 * @TL_TRUST_CURATED: in Twolane's own provider table
 * @TL_TRUST_MANUAL: typed or confirmed by a person
 * @TL_TRUST_PRACTICE: the practice mailbox
 *
 * On whose word a value is believed. Ordered by how far it is believed.
 */
typedef enum
{
  TL_TRUST_GUESSED,
  TL_TRUST_UNSIGNED_DNS,
  TL_TRUST_DIRECTORY,
  TL_TRUST_OWN_DOMAIN,
  TL_TRUST_CURATED,
  TL_TRUST_MANUAL,
  TL_TRUST_PRACTICE,
} TlTrust;

#define TL_TYPE_TRUST (tl_trust_get_type ())
GType       tl_trust_get_type  (void) G_GNUC_CONST;
const char *tl_trust_get_nick  (TlTrust trust);
const char *tl_trust_get_label (TlTrust trust);

/* Ids of discovery sources: the words of files and the terminal. */
#define TL_SOURCE_PROVIDER_DOMAIN "provider-domain"
#define TL_SOURCE_PROVIDER_MX     "provider-mx"
#define TL_SOURCE_AUTOCONFIG      "autoconfig"
#define TL_SOURCE_WELL_KNOWN      "well-known"
#define TL_SOURCE_PACC            "pacc"
#define TL_SOURCE_MAILCONF        "mailconf"
#define TL_SOURCE_SRV             "srv"
#define TL_SOURCE_DIRECTORY       "directory"
#define TL_SOURCE_MX_AUTOCONFIG   "mx-autoconfig"
#define TL_SOURCE_MX_DIRECTORY    "mx-directory"
#define TL_SOURCE_AUTODISCOVER    "autodiscover"
#define TL_SOURCE_GATEWAY         "gateway"
#define TL_SOURCE_GUESS           "guess"
#define TL_SOURCE_MANUAL          "manual"
#define TL_SOURCE_PRACTICE        "practice"

const char *tl_source_get_label (const char *source_id);

G_END_DECLS
