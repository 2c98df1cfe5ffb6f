/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-refusers.h"

#define PEER_HOST "mail.practice.invalid"

void
tl_test_refusers_start (TlTestRefusers *self,
                        TlTestRep      *rep)
{
  static const char * const scripts[] = {
    "TLS\n"
    "S: * OK ready\n"
    "C: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2\n"
    "S: %T OK done\n"
    "C: %T AUTHENTICATE *\n"
    "S: %T NO [AUTHENTICATIONFAILED] no\n"
    "HANG\n",
    "TLS\n"
    "S: 220 mail.practice.invalid ESMTP\n"
    "C: EHLO *\n"
    "S: 250-mail.practice.invalid\n"
    "S: 250 AUTH PLAIN XOAUTH2\n"
    "C: AUTH *\n"
    "S: 535 5.7.8 no\n"
    "HANG\n",
  };
  static const char * const schemes[] = { "imaps", "smtps" };
  g_autoptr(GError) error = NULL;

  self->ca = tl_test_ca_new (NULL);
  self->tls = tl_test_ca_new_server (self->ca, PEER_HOST, TL_TEST_TLS_GOOD);
  g_clear_pointer (&rep->setup->network, tl_network_unref);
  rep->setup->network = tl_network_new_practice (tl_test_ca_get_pem (self->ca), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *url = NULL;
      g_autoptr(TlLaneSettings) settings = NULL;

      self->peers[i] = tl_test_peer_new (scripts[i], self->tls);
      url = g_strdup_printf ("%s://" PEER_HOST ":%u", schemes[i],
                             tl_test_peer_start (self->peers[i]));
      settings = tl_lane_settings_new_from_url (url, TL_AUTH_OAUTH2, TL_TEST_ISSUER_ACCOUNT,
                                                &error);
      g_assert_no_error (error);
      tl_lane_draft_set_settings (rep->setup->lanes[i].draft, settings, TL_SOURCE_PROVIDER_MX,
                                  TL_TRUST_CURATED);
    }
}

void
tl_test_refusers_stop (TlTestRefusers *self)
{
  for (guint i = 0; i < 2; i++)
    {
      tl_test_peer_stop (self->peers[i]);
      tl_test_peer_free (self->peers[i]);
    }
  SSL_CTX_free (self->tls);
  tl_test_ca_free (self->ca);
}
