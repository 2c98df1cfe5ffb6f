/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice.h"

#include <glib/gi18n-lib.h>

#include "tl-practice-authority.h"
#include "tl-practice-server.h"

/* The name on the certificate where it is the wrong one. It has to be under
 * practice.invalid too, or the authority's constraint would be what fails. */
#define OTHER_HOST "old.practice.invalid"

G_DEFINE_ENUM_TYPE (TlPracticeScenario, tl_practice_scenario,
                    G_DEFINE_ENUM_VALUE (TL_PRACTICE_ALL_WELL, "all-well"),
                    G_DEFINE_ENUM_VALUE (TL_PRACTICE_WRONG_PASSWORD, "wrong-password"),
                    G_DEFINE_ENUM_VALUE (TL_PRACTICE_APP_PASSWORD, "app-password"),
                    G_DEFINE_ENUM_VALUE (TL_PRACTICE_PORT_BLOCKED, "port-blocked"),
                    G_DEFINE_ENUM_VALUE (TL_PRACTICE_WRONG_CERTIFICATE, "wrong-certificate"))

/* Indexed by TlPracticeScenario. */
static const struct
{
  const char *label;
  const char *explanation;
} words[] = {
  [TL_PRACTICE_ALL_WELL] = {
    N_("Everything works"),
    N_("Both lanes turn green, so you see the whole way once."),
  },
  [TL_PRACTICE_WRONG_PASSWORD] = {
    N_("The password is wrong"),
    N_("Both servers refuse every password, as after a typing mistake."),
  },
  [TL_PRACTICE_APP_PASSWORD] = {
    N_("An app password is needed"),
    N_("The usual password is refused because the provider wants one made for this purpose."),
  },
  [TL_PRACTICE_PORT_BLOCKED] = {
    N_("The network blocks outgoing mail"),
    N_("The outgoing server never answers, as behind many office and hotel networks."),
  },
  [TL_PRACTICE_WRONG_CERTIFICATE] = {
    N_("The certificate is for another name"),
    N_("The servers prove to be somebody else, so no password is sent."),
  },
};

struct _TlPractice
{
  GObject              parent_instance;

  TlPracticeAuthority *authority; /* owned */
  TlPracticeInbox     *inbox;     /* owned */
  TlPracticeServer    *incoming;  /* owned; NULL once stopped */
  TlPracticeServer    *outgoing;  /* owned; NULL once stopped */
  guint16              incoming_port;
  guint16              outgoing_port;
};

G_DEFINE_FINAL_TYPE (TlPractice, tl_practice, G_TYPE_OBJECT)

/**
 * tl_practice_scenario_get_label:
 * @scenario: a scenario
 *
 * Returns: (transfer none): its name, in the user's language
 */
const char *
tl_practice_scenario_get_label (TlPracticeScenario scenario)
{
  g_return_val_if_fail ((guint) scenario < G_N_ELEMENTS (words), NULL);

  return _(words[scenario].label);
}

/**
 * tl_practice_scenario_get_explanation:
 * @scenario: a scenario
 *
 * Returns: (transfer none): what it will be like, one sentence in the user's language
 */
const char *
tl_practice_scenario_get_explanation (TlPracticeScenario scenario)
{
  g_return_val_if_fail ((guint) scenario < G_N_ELEMENTS (words), NULL);

  return _(words[scenario].explanation);
}

static void
tl_practice_dispose (GObject *object)
{
  TlPractice *self = TL_PRACTICE (object);

  tl_practice_stop (self);
  g_clear_pointer (&self->inbox, tl_practice_inbox_unref);
  g_clear_pointer (&self->authority, tl_practice_authority_free);

  G_OBJECT_CLASS (tl_practice_parent_class)->dispose (object);
}

static void
tl_practice_class_init (TlPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_practice_dispose;
}

static void
tl_practice_init (TlPractice *self)
{
  self->inbox = tl_practice_inbox_new ();
}

static TlPracticeServer *
start_server (TlPractice           *self,
              TlPracticeServeFunc   serve,
              TlPracticeScenario    scenario,
              const char           *host,
              GError              **error)
{
  TlPracticeServer *server;
  SSL_CTX *context = tl_practice_authority_make_context (
    self->authority, scenario == TL_PRACTICE_WRONG_CERTIFICATE ? OTHER_HOST : host, error);

  if (context == NULL)
    return NULL;

  server = tl_practice_server_start (serve, scenario, self->inbox, context, error);
  SSL_CTX_free (context);

  return server;
}

/**
 * tl_practice_start:
 * @scenario: what is practised
 * @error: return location for a #GError
 *
 * Makes a certificate authority and starts both servers. Blocks for a moment:
 * up to some 200 ms where a port is to be silent.
 *
 * Returns: (transfer full): the running practice mailbox, or %NULL with %TL_ERROR_TLS,
 *   %TL_ERROR_REFUSED or an error of GIO
 */
TlPractice *
tl_practice_start (TlPracticeScenario   scenario,
                   GError             **error)
{
  g_autoptr(TlPractice) self = g_object_new (TL_TYPE_PRACTICE, NULL);

  self->authority = tl_practice_authority_new (error);
  if (self->authority == NULL)
    return NULL;

  self->incoming = start_server (self, tl_practice_imap_serve, scenario, TL_PRACTICE_INCOMING_HOST,
                                 error);
  if (self->incoming == NULL)
    return NULL;

  if (scenario == TL_PRACTICE_PORT_BLOCKED)
    self->outgoing = tl_practice_server_start_silent (error);
  else
    self->outgoing = start_server (self, tl_practice_smtp_serve, scenario,
                                   TL_PRACTICE_OUTGOING_HOST, error);
  if (self->outgoing == NULL)
    return NULL;

  self->incoming_port = tl_practice_server_get_port (self->incoming);
  self->outgoing_port = tl_practice_server_get_port (self->outgoing);

  return g_steal_pointer (&self);
}

/**
 * tl_practice_stop:
 * @self: a practice mailbox
 *
 * Stops both servers and waits for their threads, which end at once. Ports and
 * certificate can still be asked for. Stopping twice is allowed.
 */
void
tl_practice_stop (TlPractice *self)
{
  g_clear_pointer (&self->incoming, tl_practice_server_stop);
  g_clear_pointer (&self->outgoing, tl_practice_server_stop);
}

/**
 * tl_practice_get_incoming_port:
 * @self: a practice mailbox
 *
 * Returns: the port of the IMAP server on 127.0.0.1, TLS from the start
 */
guint16
tl_practice_get_incoming_port (TlPractice *self)
{
  return self->incoming_port;
}

/**
 * tl_practice_get_outgoing_port:
 * @self: a practice mailbox
 *
 * Returns: the port of the submission server on 127.0.0.1, STARTTLS
 */
guint16
tl_practice_get_outgoing_port (TlPractice *self)
{
  return self->outgoing_port;
}

const char *
tl_practice_get_ca_pem (TlPractice *self)
{
  return tl_practice_authority_get_pem (self->authority);
}
