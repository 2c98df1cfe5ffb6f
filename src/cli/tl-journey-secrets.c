/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secrets of a journey: typed unseen, read from a file descriptor, or from the keyring. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

static gboolean
has_secret (TlJourney  *self,
            const char *property)
{
  gboolean has = FALSE;

  g_object_get (self->setup, property, &has, NULL);

  return has;
}

/* Says why the keyring did not answer. Standard output is for the results. */
static void
explain_recall (TlJourney  *self,
                GError    **error)
{
  TlFinding *finding = tl_setup_get_store_finding (self->setup);

  if (finding == NULL)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_NOT_FOUND,
                   "--keyring: it has no sign-in for %s; “twolanectl sign-in” puts one there",
                   tl_address_get_addr_spec (tl_setup_get_address (self->setup)));
      return;
    }

  tl_terminal_talk_aside ();
  tl_terminal_print_finding (finding, NULL);
  g_set_error_literal (error, TL_ERROR, TL_ERROR_UNREACHABLE,
                       "the keyring did not give the sign-in");
}

/**
 * tl_journey_recall:
 * @self: a journey with an address
 * @error: return location for a #GError
 *
 * Takes from the keyring what it has of the mailbox. A secret of its own for sending may still be
 * missing where another option gives it.
 *
 * Returns: %FALSE with %TL_ERROR_NOT_FOUND, with %TL_ERROR_UNREACHABLE, which was explained, or
 *   with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_recall (TlJourney  *self,
                   GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  g_autoptr(GError) why = NULL;

  WAIT_FOR (wait, tl_setup_recall_async (self->setup, wait.cancellable, tl_journey_wait_ready,
                                         &wait));
  if (tl_setup_recall_finish (self->setup, wait.result, &why) ||
      (why == NULL && self->outgoing_password_fd >= 0 && has_secret (self, "has-incoming-secret")))
    return TRUE;

  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  else
    explain_recall (self, error);

  return FALSE;
}

static TlSecret *
read_secret (int          fd,
             const char  *option,
             GError     **error)
{
  TlSecret *secret = tl_secret_read_sync (fd, error);

  if (secret == NULL)
    g_prefix_error (error, "--%s: ", option);

  return secret;
}

/* Whose secret one that is given for the mailbox is. */
static TlLaneKind
get_mailbox_lanes (TlJourney *self)
{
  return tl_identity_is_separate (tl_setup_get_identity (self->setup)) ? TL_LANE_INCOMING
                                                                       : TL_LANE_NONE;
}

/**
 * tl_journey_read_token:
 * @self: a journey with `--token-fd`
 * @error: return location for a #GError
 *
 * Returns: whether there was one; %FALSE with an error that names the option
 */
gboolean
tl_journey_read_token (TlJourney  *self,
                       GError    **error)
{
  g_autoptr(TlSecret) token = read_secret (self->token_fd, "token-fd", error);

  if (token == NULL)
    return FALSE;
  tl_setup_set_token (self->setup, get_mailbox_lanes (self), token);

  return TRUE;
}

/**
 * tl_journey_read_password:
 * @self: a journey with `--password-fd`
 * @error: return location for a #GError
 *
 * Returns: whether there was one; %FALSE with an error that names the option
 */
gboolean
tl_journey_read_password (TlJourney  *self,
                          GError    **error)
{
  g_autoptr(TlSecret) password = read_secret (self->password_fd, "password-fd", error);

  if (password == NULL)
    return FALSE;
  tl_setup_set_secret (self->setup, get_mailbox_lanes (self), password);
  if (self->insist)
    tl_setup_insist_on_secret (self->setup);

  return TRUE;
}

/* Whether what was typed is to be sent although it cannot be what the provider wants. */
static gboolean
settle_doubt (TlJourney *self)
{
  g_autoptr(TlFinding) doubt = NULL;

  g_object_get (self->setup, "secret-finding", &doubt, NULL);
  if (doubt == NULL)
    return TRUE;
  if (!self->insist)
    {
      tl_terminal_print_finding (doubt, NULL);
      if (!tl_terminal_ask_yes (_("Send it all the same?"), FALSE))
        return FALSE;
    }
  tl_setup_insist_on_secret (self->setup);

  return TRUE;
}

static void
explain_app_password (TlJourney *self)
{
  g_autofree char *link = NULL;

  g_object_get (self->setup, "app-password-link", &link, NULL);
  tl_terminal_print ("%s", _("It takes an app password, not your own:"));
  tl_journey_print_notes (self, "app-password-steps");
  if (link != NULL)
    tl_terminal_print_link (link, NULL);
}

/* Asks until something is typed that can be a secret. */
static TlSecret *
ask_secret (const char  *question,
            GError     **error)
{
  for (;;)
    {
      g_autoptr(GError) why = NULL;
      TlSecret *secret = tl_terminal_ask_secret (question, &why);

      if (secret != NULL)
        return secret;
      if (!g_error_matches (why, TL_ERROR, TL_ERROR_INVALID_INPUT))
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return NULL;
        }
      /* Translators: %s is a technical clause in English, such as “the password is empty” */
      tl_terminal_complain (_("%s; please type it again, or stop with Ctrl+C"), why->message);
    }
}

/**
 * tl_journey_type_password:
 * @self: a journey whose sign-in is with a password, its own or an app password
 * @error: return location for a #GError
 *
 * Asks for the password of the mailbox; for another one where nothing was typed, or what cannot be
 * one that its provider takes, unless that is to be sent all the same.
 *
 * Returns: %FALSE with %TL_ERROR_NOT_FOUND or %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_type_password (TlJourney  *self,
                          GError    **error)
{
  const char *login = tl_identity_get_login (tl_setup_get_identity (self->setup));
  const char *whose = login != NULL
                        ? login : tl_address_get_addr_spec (tl_setup_get_address (self->setup));
  gboolean is_app_password = tl_setup_get_auth (self->setup) == TL_AUTH_APP_PASSWORD;
  g_autofree char *question = NULL;

  if (is_app_password)
    explain_app_password (self);
  question = is_app_password
               /* Translators: %s is an address */
               ? g_strdup_printf (_("App password for %s (not shown):"), whose)
               /* Translators: %s is an address */
               : g_strdup_printf (_("Password for %s (not shown):"), whose);
  do
    {
      g_autoptr(TlSecret) secret = ask_secret (question, error);

      if (secret == NULL)
        return FALSE;
      tl_setup_set_secret (self->setup, get_mailbox_lanes (self), secret);
    }
  while (!settle_doubt (self));

  return TRUE;
}

/**
 * tl_journey_get_outgoing_secret:
 * @self: a journey that has what the mailbox is signed in to with
 * @error: return location for a #GError
 *
 * Gets the secret of a sending service, if there is one with a sign-in of its own.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT, which names the option, or %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_get_outgoing_secret (TlJourney  *self,
                                GError    **error)
{
  TlIdentity *identity = tl_setup_get_identity (self->setup);
  g_autoptr(TlSecret) secret = NULL;
  g_autofree char *name = NULL;
  g_autofree char *host = NULL;
  g_autofree char *question = NULL;

  if (self->outgoing_password_fd >= 0)
    {
      secret = read_secret (self->outgoing_password_fd, "outgoing-password-fd", error);
      if (secret != NULL)
        tl_setup_set_secret (self->setup, TL_LANE_OUTGOING, secret);
      return secret != NULL;
    }

  /* What was typed before may be what was turned down; the keyring has what worked. */
  if (!tl_identity_is_separate (identity) ||
      (self->keyring && has_secret (self, "has-outgoing-secret")) ||
      !tl_lane_draft_is_valid (tl_setup_get_draft (self->setup, TL_LANE_OUTGOING)))
    return TRUE;
  if (!tl_terminal_can_ask ())
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the sending service has a secret of its own: "
                           "give --outgoing-password-fd N");
      return FALSE;
    }

  g_object_get (identity, "outgoing-secret-name", &name, NULL);
  g_object_get (tl_setup_get_draft (self->setup, TL_LANE_OUTGOING), "host", &host, NULL);
  /* Translators: what the secret is called, such as “SMTP key”, and a server */
  question = g_strdup_printf (_("%s for %s (not shown):"), name, host);
  secret = ask_secret (question, error);
  if (secret != NULL)
    tl_setup_set_secret (self->setup, TL_LANE_OUTGOING, secret);

  return secret != NULL;
}
