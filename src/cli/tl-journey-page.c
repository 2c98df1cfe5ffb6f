/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign-in at the provider's page, as a person at a terminal sees it, and the request to IT
 * where that page does not know this program. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-journey-private.h"
#include "tl-terminal.h"

/* Where somebody types a password is for them to look at. */
static void
print_caution (TlSignin   *signin,
               const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  guint seconds = 0;

  if (uri != NULL)
    /* Translators: %s is the host of a page, such as login.example.org */
    tl_terminal_print (_("Before you type anything there, check that the address in the browser "
                         "begins with https://%s/."), g_uri_get_host (uri));
  g_object_get (signin, "seconds-left", &seconds, NULL);
  if (seconds > 0)
    tl_terminal_print (ngettext ("You have %u minute; Ctrl+C gives up.",
                                 "You have %u minutes; Ctrl+C gives up.", (seconds + 59) / 60),
                       (seconds + 59) / 60);
  else
    tl_terminal_print ("%s", _("This waits for you; Ctrl+C gives up."));
}

static void
on_open_url (TlSignin   *signin,
             const char *url,
             gpointer    data)
{
  g_autofree char *host = NULL;
  gboolean opened = FALSE;

  g_object_get (signin, "issuer-host", &host, NULL);
  if (g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL)
    opened = g_app_info_launch_default_for_uri (url, NULL, NULL);
  if (opened)
    /* Translators: %s is the host of a page, such as login.example.org */
    tl_terminal_print (_("Your browser opens a page of %s: sign in there. If it does not open, "
                         "copy this address into a browser on this computer:"),
                       host);
  else
    /* Translators: %s is the host of a page, such as login.example.org */
    tl_terminal_print (_("Open this page of %s in a browser on this computer, and sign in there:"),
                       host);
  tl_terminal_print ("     %s", url);
  print_caution (signin, url);
}

static void
print_code (TlSignin *signin)
{
  g_autofree char *uri = NULL;
  g_autofree char *code = NULL;
  g_autofree char *host = NULL;
  guint seconds = 0;

  g_object_get (signin, "verification-uri", &uri, "user-code", &code, "issuer-host", &host,
                "seconds-left", &seconds, NULL);
  tl_terminal_print ("%s", _("On your phone or another computer, open"));
  tl_terminal_print ("     %s", uri);
  tl_terminal_print ("%s", _("and type this code:"));
  tl_terminal_print ("     %s", code);
  /* Translators: %s is the host of a page, such as login.example.org */
  tl_terminal_print (_("It is good for %s and for what you started here, nothing else. Never "
                       "type a code that somebody sent you."),
                     host);
  tl_terminal_print (ngettext ("You have %u minute; Ctrl+C gives up.",
                               "You have %u minutes; Ctrl+C gives up.", (seconds + 59) / 60),
                     (seconds + 59) / 60);
}

static void
on_state_changed (TlSignin *signin)
{
  if (tl_signin_get_state (signin) == TL_SIGNIN_ON_DEVICE)
    print_code (signin);
}

/**
 * tl_journey_sign_in_at_page:
 * @self: a journey with an address
 * @way: how
 * @error: return location for a #GError
 *
 * Signs in at the provider's page, saying what a person has to do. With JSON that is said aside: it
 * is not for whoever reads the results.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or without an error: then `finding` of the sign-in
 *   says why
 */
gboolean
tl_journey_sign_in_at_page (TlJourney    *self,
                            TlSigninWay   way,
                            GError      **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  TlSignin *signin = tl_setup_get_signin (self->setup);
  g_autofree char *account = NULL;
  gulong url_id;
  gulong state_id;
  gboolean done;

  if (self->json)
    tl_terminal_talk_aside ();
  url_id = g_signal_connect (signin, "open-url", G_CALLBACK (on_open_url), NULL);
  state_id = g_signal_connect (signin, "notify::state", G_CALLBACK (on_state_changed), NULL);
  WAIT_FOR (wait, tl_setup_sign_in_async (self->setup, way, wait.cancellable,
                                          tl_journey_wait_ready, &wait));
  done = tl_setup_sign_in_finish (self->setup, wait.result, error);
  g_signal_handler_disconnect (signin, url_id);
  g_signal_handler_disconnect (signin, state_id);

  g_object_get (signin, "account", &account, NULL);
  if (done && account != NULL)
    /* Translators: %s is an address */
    tl_terminal_print (_("Signed in as %s."), account);
  else if (done)
    tl_terminal_print ("%s", _("Signed in."));

  return done;
}

/**
 * tl_journey_print_request:
 * @self: a journey with an address
 *
 * Prints the request that IT gets, for copying.
 */
void
tl_journey_print_request (TlJourney *self)
{
  g_autofree char *text = tl_setup_dup_request_text (self->setup);
  g_auto(GStrv) lines =
    g_strsplit (text != NULL ? text
                : _("There is nobody to ask: behind a personal mailbox there is no IT that could "
                    "register this program. Use the sign-in that your outreach platform has for "
                    "this provider, or a client id from somebody who registered this program."),
                "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    tl_terminal_print ("%s", lines[i]);
}
