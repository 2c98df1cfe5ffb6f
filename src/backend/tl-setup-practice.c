/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a set-up gets its servers from the practice mailbox. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-practice-file.h"

static gboolean
enter_practice (TlSetup     *self,
                const char  *ca_pem,
                guint16      incoming_port,
                guint16      outgoing_port,
                GError     **error)
{
  const struct
  {
    const char *host;
    guint16     port;
    TlSecurity  security;
    TlProtocol  protocol;
  } rows[] = {
    { TL_PRACTICE_INCOMING_HOST, incoming_port, TL_SECURITY_TLS, TL_PROTOCOL_IMAP },
    { TL_PRACTICE_OUTGOING_HOST, outgoing_port, TL_SECURITY_STARTTLS, TL_PROTOCOL_SMTP },
  };
  g_autoptr(TlNetwork) network = tl_network_new_practice (ca_pem, error);
  g_autoptr(TlSecret) secret = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));
  g_autoptr(TlSourceAnswer) answer = tl_source_answer_new (TL_SOURCE_PRACTICE,
                                                           TL_SOURCE_STATUS_ANSWERED, 0, NULL);

  if (network == NULL)
    return FALSE;

  tl_setup_set_address_text (self, "");
  tl_setup_set_address_text (self, TL_PRACTICE_ADDRESS);
  g_clear_pointer (&self->network, tl_network_unref);
  self->network = g_steal_pointer (&network);
  self->purpose = TL_PURPOSE_PRACTICE;
  tl_signing_clear (self->signing);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (rows[i].host, rows[i].port,
                                                        rows[i].security, error);
      g_autoptr(TlLaneSettings) settings = NULL;

      if (endpoint == NULL)
        return FALSE;
      settings = tl_lane_settings_new (rows[i].protocol, endpoint, TL_AUTH_PASSWORD,
                                       TL_PRACTICE_ADDRESS, error);
      if (settings == NULL)
        return FALSE;
      tl_lane_draft_set_settings (self->lanes[i].draft, settings, TL_SOURCE_PRACTICE,
                                  TL_TRUST_PRACTICE);
    }

  g_list_store_append (self->sources, answer);
  tl_setup_set_secret (self, TL_LANE_NONE, secret);
  g_object_notify (G_OBJECT (self), "purpose");
  g_object_notify (G_OBJECT (self), "discovered");

  return TRUE;
}

/**
 * tl_setup_practise:
 * @self: a set-up
 * @scenario: what shall happen
 * @error: return location for a #GError
 *
 * Starts the practice mailbox in this process and fills everything in for it.
 *
 * Returns: whether the practice mailbox runs
 */
gboolean
tl_setup_practise (TlSetup             *self,
                   TlPracticeScenario   scenario,
                   GError             **error)
{
  g_autoptr(TlPractice) practice = tl_practice_start (scenario, error);

  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);

  if (practice == NULL ||
      !enter_practice (self, tl_practice_get_ca_pem (practice),
                       tl_practice_get_incoming_port (practice),
                       tl_practice_get_outgoing_port (practice), error))
    return FALSE;

  self->practice = g_steal_pointer (&practice);

  return TRUE;
}

/**
 * tl_setup_use_practice_file:
 * @self: a set-up
 * @error: return location for a #GError
 *
 * Uses the practice mailbox that `twolanectl practice` runs.
 *
 * Returns: whether there is one; %FALSE with %TL_ERROR_NOT_FOUND otherwise
 */
gboolean
tl_setup_use_practice_file (TlSetup  *self,
                            GError  **error)
{
  g_autoptr(TlPracticeFile) file = tl_practice_file_read (error);

  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);

  return file != NULL && enter_practice (self, tl_practice_file_get_ca_pem (file),
                                         tl_practice_file_get_incoming_port (file),
                                         tl_practice_file_get_outgoing_port (file), error);
}

/**
 * tl_setup_leave_practice:
 * @self: a set-up
 *
 * Back to the real network, if it was in the practice mailbox.
 */
void
tl_setup_leave_practice (TlSetup *self)
{
  if (self->purpose != TL_PURPOSE_PRACTICE)
    return;

  if (self->practice != NULL)
    tl_practice_stop (self->practice);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->network, tl_network_unref);
  self->network = tl_network_new_system ();
  self->purpose = TL_PURPOSE_MAILBOX;
  /* The practice key must never sign for a real mailbox, nor the other way. */
  tl_signing_clear (self->signing);
  g_object_notify (G_OBJECT (self), "purpose");
}
