/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For whom a bundle is made, and whose key signs it, as options say it. */
#include "tl-journey.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-fingerprint.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

/* In place of a file: the certificate that policy has. */
#define POLICY_WORD "policy"

/**
 * tl_journey_dup_hand_over_entries:
 * @self: a journey, which the options are read into
 *
 * Returns: (transfer full): the options that say for whom, and who signs; free with g_free()
 */
GOptionEntry *
tl_journey_dup_hand_over_entries (TlJourney *self)
{
  const GOptionEntry entries[] = {
    { "seal-for", 0, 0, G_OPTION_ARG_FILENAME, &self->seal_for,
      N_("Put the passwords in, encrypted for this certificate of the platform; “policy”: for the "
         "one that your organisation’s policy has"),
      N_("CERTIFICATE") },
    { "agree", 0, 0, G_OPTION_ARG_STRING, &self->agree,
      N_("Its fingerprint, as the platform told it: in a script, in place of the question"),
      N_("FINGERPRINT") },
    { "signing-key", 0, 0, G_OPTION_ARG_FILENAME, &self->signing_key,
      N_("Sign with a company’s key, a PKCS #12 file or a pkcs11: URI, instead of your own"),
      N_("KEY") },
    { "signing-passphrase-fd", 0, 0, G_OPTION_ARG_INT, &self->signing_passphrase_fd,
      N_("Read that key’s passphrase or PIN from file descriptor N; else it is asked for"),
      N_("N") },
    { NULL }
  };

  return g_memdup2 (entries, sizeof entries);
}

static TlSecret *
get_passphrase (TlJourney  *self,
                GError    **error)
{
  TlSecret *passphrase;

  if (self->signing_passphrase_fd < 0)
    return tl_terminal_ask_secret (_("Passphrase of the signing key:"), error);

  passphrase = tl_secret_read_sync (self->signing_passphrase_fd, error);
  if (passphrase == NULL)
    g_prefix_error (error, "--signing-passphrase-fd: ");

  return passphrase;
}

static gboolean
use_signing_key (TlJourney  *self,
                 GError    **error)
{
  TlHandOver *hand_over = tl_setup_get_hand_over (self->setup);
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  g_autoptr(TlSecret) passphrase = NULL;

  if (self->signing_key == NULL)
    return TRUE;
  if (g_ascii_strncasecmp (self->signing_key, "pkcs11:", strlen ("pkcs11:")) == 0 &&
      !tl_signer_can_use_tokens ())
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           _("--signing-key: OpenSSL has no provider for tokens here; sign "
                             "elsewhere with --unsigned and --attach"));
      return FALSE;
    }

  passphrase = get_passphrase (self, error);
  if (passphrase == NULL)
    return FALSE;
  WAIT_FOR (wait, tl_hand_over_use_key_async (hand_over, self->signing_key, passphrase,
                                              wait.cancellable, tl_journey_wait_ready, &wait));
  if (tl_hand_over_use_key_finish (hand_over, wait.result, error))
    return TRUE;
  g_prefix_error (error, "--signing-key: ");

  return FALSE;
}

/* Whoever passes it on by the wrong certificate has given the passwords away: so a person compares,
 * or a script says what somebody compared. */
static gboolean
agree_to_recipient (TlJourney  *self,
                    GError    **error)
{
  TlHandOver *hand_over = tl_setup_get_hand_over (self->setup);
  TlRecipient *recipient = tl_hand_over_get_recipient (hand_over);
  const char *fingerprint = tl_recipient_get_fingerprint (recipient);
  g_autofree char *groups = tl_fingerprint_to_groups (fingerprint);
  gboolean agreed = FALSE;

  g_object_get (hand_over, "recipient-agreed", &agreed, NULL);
  if (agreed)
    return TRUE;

  if (self->agree != NULL)
    {
      g_autofree char *typed = tl_fingerprint_parse (self->agree);

      agreed = g_strcmp0 (typed, fingerprint) == 0;
      if (!agreed)
        g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                     _("--agree: the certificate’s fingerprint is another one, %s: nothing is "
                       "encrypted for it"),
                     groups);
    }
  else if (tl_terminal_can_ask ())
    {
      tl_terminal_talk_aside ();
      /* Translators: the name in a certificate, which is its own word */
      tl_terminal_print (_("The passwords are to be encrypted for “%s”, with the fingerprint"),
                         tl_recipient_get_name (recipient));
      tl_terminal_print ("  %s", groups);
      agreed = tl_terminal_ask_yes (_("Did the platform tell you the same fingerprint on another "
                                      "way than with the file?"),
                                    FALSE);
      if (!agreed)
        g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                             _("the certificate was not agreed to: nothing is encrypted for it"));
    }
  else
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   _("--seal-for: compare the fingerprint %s with what the platform told you, then "
                     "say --agree FINGERPRINT"),
                   groups);
    }
  tl_hand_over_agree_to_recipient (hand_over, agreed);

  return agreed;
}

static gboolean
load_recipient (TlJourney  *self,
                GError    **error)
{
  TlHandOver *hand_over = tl_setup_get_hand_over (self->setup);
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  if (g_str_equal (self->seal_for, POLICY_WORD))
    {
      if (tl_hand_over_get_recipient (hand_over) != NULL)
        return TRUE;
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           _("--seal-for: no policy that may grant trust has a certificate of the "
                             "platform; “twolanectl policy” shows what holds here"));
      return FALSE;
    }

  WAIT_FOR (wait, tl_hand_over_load_recipient_async (hand_over, self->seal_for, wait.cancellable,
                                                     tl_journey_wait_ready, &wait));
  if (tl_hand_over_load_recipient_finish (hand_over, wait.result, error))
    return TRUE;
  g_prefix_error (error, "--seal-for: ");

  return FALSE;
}

/**
 * tl_journey_prepare_hand_over:
 * @self: a journey with an address
 * @error: return location for a #GError
 *
 * Takes the signing key and the recipient that options name: before anything is tested, so that no
 * test was in vain.
 *
 * Returns: whether they can be used; %FALSE with an error that names the option
 */
gboolean
tl_journey_prepare_hand_over (TlJourney  *self,
                              GError    **error)
{
  if (!use_signing_key (self, error))
    return FALSE;
  if (self->seal_for == NULL)
    return TRUE;
  if (!load_recipient (self, error) || !agree_to_recipient (self, error))
    return FALSE;

  tl_hand_over_set_password_way (tl_setup_get_hand_over (self->setup), TL_PASSWORD_SEALED);

  return TRUE;
}

/**
 * tl_journey_check_sealing:
 * @self: a journey with secrets
 * @error: return location for a #GError
 *
 * Returns: whether what was asked to be sealed can be: %FALSE with %TL_ERROR_INVALID_INPUT where
 *   every lane signs in with a token, or policy has passwords typed
 */
gboolean
tl_journey_check_sealing (TlJourney  *self,
                          GError    **error)
{
  gboolean can_seal = FALSE;

  if (self->seal_for == NULL)
    return TRUE;

  g_object_get (tl_setup_get_hand_over (self->setup), "can-seal", &can_seal, NULL);
  if (!can_seal)
    g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                         _("--seal-for: there is no password to encrypt: a permission that was "
                           "given on the provider’s page is never handed on, and policy may want "
                           "passwords typed"));

  return can_seal;
}
