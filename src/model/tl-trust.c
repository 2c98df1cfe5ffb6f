/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-trust.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"

G_DEFINE_ENUM_TYPE (TlTrust, tl_trust,
                    G_DEFINE_ENUM_VALUE (TL_TRUST_GUESSED, "guessed"),
                    G_DEFINE_ENUM_VALUE (TL_TRUST_UNSIGNED_DNS, "unsigned-dns"),
                    G_DEFINE_ENUM_VALUE (TL_TRUST_DIRECTORY, "directory"),
                    G_DEFINE_ENUM_VALUE (TL_TRUST_OWN_DOMAIN, "own-domain"),
                    G_DEFINE_ENUM_VALUE (TL_TRUST_CURATED, "curated"),
                    G_DEFINE_ENUM_VALUE (TL_TRUST_MANUAL, "manual"),
                    G_DEFINE_ENUM_VALUE (TL_TRUST_PRACTICE, "practice"))

static const char * const labels[] = {
  /* Translators: on whose word a server is believed to be the right one */
  [TL_TRUST_GUESSED]      = N_("Guessed and tried"),
  /* Translators: the domain's DNS records named the server, and nothing proves them (no DNSSEC) */
  [TL_TRUST_UNSIGNED_DNS] = N_("Named in the domain’s records (cannot be checked for forgery)"),
  /* Translators: a public directory of mail servers named the server */
  [TL_TRUST_DIRECTORY]    = N_("A public directory"),
  [TL_TRUST_OWN_DOMAIN]   = N_("The domain itself"),
  /* Translators: Twolane is the name of this program */
  [TL_TRUST_CURATED]      = N_("Twolane’s own list of providers"),
  [TL_TRUST_MANUAL]       = N_("Entered by you"),
  [TL_TRUST_PRACTICE]     = N_("The practice mailbox"),
};

static const struct
{
  const char *id;
  const char *label;
} sources[] = {
  { TL_SOURCE_PROVIDER_DOMAIN, N_("List of providers, by domain") },
  /* Translators: MX are the DNS records that say where a domain's mail is delivered */
  { TL_SOURCE_PROVIDER_MX,     N_("List of providers, by mail records (MX)") },
  /* Translators: a file that a domain publishes so that mail programs find its servers */
  { TL_SOURCE_AUTOCONFIG,      N_("The domain’s settings file") },
  /* Translators: the same file at a standard address of the domain's web site */
  { TL_SOURCE_WELL_KNOWN,      N_("The settings file on the domain’s web site") },
  /* Translators: PACC is the name of a kind of settings file */
  { TL_SOURCE_PACC,            N_("The domain’s new-style settings file (PACC)") },
  /* Translators: TXT is a kind of DNS record */
  { TL_SOURCE_MAILCONF,        N_("The settings file that the domain’s DNS points to (TXT)") },
  /* Translators: SRV are DNS records that name a domain's servers */
  { TL_SOURCE_SRV,             N_("The domain’s service records (SRV)") },
  { TL_SOURCE_DIRECTORY,       N_("A public directory of mail servers") },
  /* Translators: whoever runs the servers that take the domain's mail in (MX) */
  { TL_SOURCE_MX_AUTOCONFIG,   N_("The settings file of the mail host (MX)") },
  { TL_SOURCE_MX_DIRECTORY,    N_("The directory, by the mail host (MX)") },
  /* Translators: Autodiscover is a service of Microsoft Exchange */
  { TL_SOURCE_AUTODISCOVER,    N_("Microsoft Autodiscover") },
  /* Translators: a filter service that takes a domain's mail in and hands it on */
  { TL_SOURCE_GATEWAY,         N_("Clues to what is behind the mail filter") },
  { TL_SOURCE_GUESS,           N_("Usual server names, tried") },
  { TL_SOURCE_MANUAL,          N_("Entered by you") },
  { TL_SOURCE_PRACTICE,        N_("The practice mailbox") },
};

const char *
tl_trust_get_nick (TlTrust trust)
{
  return tl_nick_get (TL_TYPE_TRUST, (int) trust);
}

/**
 * tl_trust_get_label:
 * @trust: on whose word a value is believed
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_trust_get_label (TlTrust trust)
{
  g_return_val_if_fail ((guint) trust < G_N_ELEMENTS (labels), NULL);

  return _(labels[trust]);
}

/**
 * tl_source_get_label:
 * @source_id: what may be a `TL_SOURCE_` id
 *
 * Returns: (transfer none) (nullable): the wording shown to people, in their
 *   language, or %NULL when there is no such source
 */
const char *
tl_source_get_label (const char *source_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (g_strcmp0 (sources[i].id, source_id) == 0)
        return _(sources[i].label);
    }

  return NULL;
}
