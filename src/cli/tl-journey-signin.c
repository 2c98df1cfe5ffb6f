/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a journey signs in: by the way that an option names or a person chooses. The provider's page
 * is in tl-journey-page.c, secrets are in tl-journey-secrets.c. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

/* What --sign-in takes, and what a person is offered. */
typedef struct
{
  const char *word;
  const char *label;
  TlAuth      auth;
  TlSigninWay way;     /* of TL_AUTH_OAUTH2 */
  const char *of;      /* property of the set-up that says whether the provider takes it */
  const char *can;     /* property of its sign-in that says whether it can be done; or NULL */
} Way;

static const Way ways[] = {
  { "browser", N_("Sign in on the provider’s page, in your browser"),
    TL_AUTH_OAUTH2, TL_SIGNIN_BY_BROWSER, "takes-oauth", "can-browser" },
  { "device", N_("Sign in on the provider’s page, on another device, with a code"),
    TL_AUTH_OAUTH2, TL_SIGNIN_BY_DEVICE, "takes-oauth", "can-device" },
  { "online-account", N_("Use the account in the settings of this computer"),
    TL_AUTH_OAUTH2, TL_SIGNIN_BY_ONLINE_ACCOUNT, "takes-oauth", "online-account" },
  { "app-password", N_("Type an app password, which you make on the provider’s page"),
    TL_AUTH_APP_PASSWORD, TL_SIGNIN_BY_BROWSER, "takes-app-password", NULL },
  { "password", N_("Type the password"),
    TL_AUTH_PASSWORD, TL_SIGNIN_BY_BROWSER, "takes-password", NULL },
};

/* What else there is to choose where IT has to register this program first. */
typedef enum
{
  CHOICE_SIGN_IN,
  CHOICE_SHOW_REQUEST,
  CHOICE_TYPE_CLIENT,
  CHOICE_LOOK_AGAIN,
  CHOICE_STOP,
} Choice;

static const struct
{
  Choice      choice;
  gboolean    needs_it;  /* there has to be an IT */
  const char *label;
} client_choices[] = {
  { CHOICE_SHOW_REQUEST, TRUE, N_("Show the request for IT") },
  { CHOICE_TYPE_CLIENT, FALSE, N_("Type the client id that I got") },
  { CHOICE_LOOK_AGAIN, TRUE, N_("Look again: IT has put it on this computer") },
};

static const Way *
find_way (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (g_str_equal (ways[i].word, word))
        return &ways[i];
    }

  return NULL;
}

static char *
list_words (void)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", ways[i].word);

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * tl_journey_check_sign_in:
 * @self: a journey whose options were read
 * @error: return location for a #GError
 *
 * Looks before the work whether the options about signing in can be meant together.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT, which names the option
 */
gboolean
tl_journey_check_sign_in (TlJourney  *self,
                          GError    **error)
{
  g_autofree char *words = NULL;

  if (self->token_fd >= 0 &&
      (self->password_fd >= 0 || self->keyring || self->sign_in != NULL))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--token-fd is for both lanes in place of a password; only "
                           "--outgoing-password-fd goes beside it");
      return FALSE;
    }
  if (self->sign_in != NULL && find_way (self->sign_in) == NULL)
    {
      words = list_words ();
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "--sign-in: there is no way “%s”; there are: %s", self->sign_in, words);
      return FALSE;
    }
  if (self->sign_in != NULL && self->keyring)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--keyring uses the sign-in that is kept, --sign-in makes a new one: "
                           "leave one of them out");
      return FALSE;
    }
  if (self->tenant != NULL && self->client_id == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--tenant goes with --client-id; IT sends both");
      return FALSE;
    }
  if (self->client_secret_fd >= 0 && self->client_id == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--client-secret-fd goes with --client-id; IT sends both");
      return FALSE;
    }
  if (self->sign_in != NULL && self->password_fd >= 0 &&
      find_way (self->sign_in)->auth == TL_AUTH_OAUTH2)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "--sign-in=%s needs no password: leave out --password-fd, or say "
                   "--sign-in=app-password or --sign-in=password", self->sign_in);
      return FALSE;
    }

  return tl_journey_check_identity (self, error);
}

static gboolean
is_taken (TlJourney *self,
          const Way *way)
{
  gboolean takes = FALSE;

  g_object_get (self->setup, way->of, &takes, NULL);

  return takes;
}

/* Whether it can be done now. */
static gboolean
is_offered (TlJourney *self,
            const Way *way)
{
  TlSignin *signin = tl_setup_get_signin (self->setup);
  g_autofree char *account = NULL;
  gboolean can = TRUE;

  if (!is_taken (self, way))
    return FALSE;
  if (way->auth == TL_AUTH_OAUTH2 && way->way == TL_SIGNIN_BY_ONLINE_ACCOUNT)
    {
      g_object_get (signin, way->can, &account, NULL);
      return account != NULL;
    }
  if (way->can != NULL)
    g_object_get (signin, way->can, &can, NULL);

  return can;
}

static gboolean
has_lane_to_test (TlJourney *self)
{
  return tl_lane_draft_is_valid (tl_setup_get_draft (self->setup, TL_LANE_INCOMING)) ||
         tl_lane_draft_is_valid (tl_setup_get_draft (self->setup, TL_LANE_OUTGOING));
}

/**
 * tl_journey_check_way:
 * @self: a journey with servers
 * @error: return location for a #GError
 *
 * Looks whether the mailbox takes the way that `--sign-in` names. Where IT has to register this
 * program first, it is the lanes that say so.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT, which names the option and what can be done
 */
gboolean
tl_journey_check_way (TlJourney  *self,
                      GError    **error)
{
  const Way *way = self->sign_in == NULL ? NULL : find_way (self->sign_in);
  gboolean needs_client = tl_signin_needs_client (tl_setup_get_signin (self->setup));
  g_autoptr(GString) others = g_string_new (NULL);

  if (way == NULL || !has_lane_to_test (self) || is_offered (self, way) ||
      (is_taken (self, way) && (way->way != TL_SIGNIN_BY_DEVICE || needs_client)))
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (is_offered (self, &ways[i]))
        g_string_append_printf (others, "%s%s", others->len == 0 ? "" : ", ", ways[i].word);
    }
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
               "--sign-in=%s: this mailbox is not known to take that; what can be done now: %s",
               way->word, others->len > 0 ? others->str
               : needs_client && tl_journey_can_request (self)
                 ? "nothing before IT has done what “twolanectl request” asks for"
               : needs_client ? "nothing without --client-id"
               : "nothing");

  return FALSE;
}

/**
 * tl_journey_ask_number:
 * @labels: (element-type utf8): what there is to choose from
 *
 * Prints it as a numbered list, and asks until one of its numbers is typed.
 *
 * Returns: the number, from 1 on; 0 at the end of input
 */
guint
tl_journey_ask_number (GPtrArray *labels)
{
  for (guint i = 0; i < labels->len; i++)
    tl_terminal_print ("  %u  %s", i + 1, (const char *) g_ptr_array_index (labels, i));
  for (;;)
    {
      g_autofree char *answer = tl_terminal_ask (_("Which number?"), NULL);
      guint64 number = 0;

      if (answer == NULL)
        return 0;
      if (g_ascii_string_to_unsigned (answer, 10, 1, labels->len, &number, NULL))
        return (guint) number;
      /* Translators: %u is the highest number of a list */
      tl_terminal_complain (_("please type a number from 1 to %u"), labels->len);
    }
}

/* How long Online Accounts may take to answer before the choice is offered without them. */
#define ACCOUNT_MS 2000

static gboolean
on_waited_enough (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* What has come by while a person was reading: a policy of IT's, an account of the desktop's. */
static void
take_news (TlJourney *self)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  gboolean waited_enough = FALSE;
  gboolean seeking = FALSE;
  guint timeout_id = g_timeout_add (ACCOUNT_MS, on_waited_enough, &waited_enough);

  WAIT_WHILE (wait, (void) 0,
              (g_object_get (self->setup, "seeking-account", &seeking, NULL), seeking) &&
              !waited_enough && !g_cancellable_is_cancelled (wait.cancellable));
  if (!waited_enough)
    g_source_remove (timeout_id);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* An app password is had in minutes; whoever wants the page all the same learns how. */
static void
print_road_to_page (TlJourney *self)
{
  const char *address = tl_address_get_addr_spec (tl_setup_get_address (self->setup));
  g_autofree char *word = tl_journey_dup_word (address);

  if (tl_setup_get_auth (self->setup) != TL_AUTH_APP_PASSWORD || !tl_journey_can_request (self) ||
      !tl_signin_needs_client (tl_setup_get_signin (self->setup)))
    return;
  /* Translators: %s is an address, the end of a command line */
  tl_terminal_print (_("To sign in on the provider’s page instead, IT has to register this program "
                       "first. The request for it:  twolanectl request %s"), word);
  tl_terminal_print ("%s", "");
}

/* One that was typed may be mistyped. */
static gboolean
is_client_typed (TlJourney *self)
{
  gboolean is_typed = FALSE;

  g_object_get (tl_setup_get_signin (self->setup), "client-from-settings", &is_typed, NULL);

  return is_typed;
}

/* What is offered: the ways that can be gone now, and what helps where IT has to do something
 * first. */
static Choice
choose (TlJourney  *self,
        gboolean    is_first,
        const Way **out_way)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  const Way *offered[G_N_ELEMENTS (ways)];
  Choice more[G_N_ELEMENTS (client_choices)];
  gboolean needed = FALSE;
  guint n = 0;
  guint number;

  take_news (self);
  g_object_get (self->setup, "request-needed", &needed, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (!is_offered (self, &ways[i]))
        continue;
      offered[n++] = &ways[i];
      g_ptr_array_add (labels, (gpointer) _(ways[i].label));
    }
  if (n == 1 && !needed && offered[0]->auth != TL_AUTH_OAUTH2)
    {
      print_road_to_page (self);
      *out_way = offered[0];
      return CHOICE_SIGN_IN;
    }

  if (needed)
    {
      g_autoptr(TlFinding) finding = tl_finding_new ("oauth.no-client", TL_LANE_NONE, NULL);

      if (is_first)
        {
          tl_journey_print_finding (self, finding);
          tl_terminal_print ("%s", "");
        }
      if (tl_journey_print_policy_finding ())
        tl_terminal_print ("%s", "");
      for (gsize i = 0; i < G_N_ELEMENTS (client_choices); i++)
        {
          if (client_choices[i].needs_it && !tl_journey_can_request (self))
            continue;
          more[labels->len - n] = client_choices[i].choice;
          g_ptr_array_add (labels, (gpointer) _(client_choices[i].label));
        }
    }
  else if (is_client_typed (self))
    {
      more[0] = CHOICE_TYPE_CLIENT;
      g_ptr_array_add (labels, (gpointer) _("Change the client id that I typed"));
    }
  g_ptr_array_add (labels, (gpointer) _("Stop"));
  tl_terminal_print ("%s", _("How do you want to sign in?"));
  number = tl_journey_ask_number (labels);
  if (number == 0 || number == labels->len)
    return CHOICE_STOP;
  if (number > n)
    return more[number - n - 1];
  *out_way = offered[number - 1];

  return CHOICE_SIGN_IN;
}

static void
print_failure (TlJourney *self)
{
  TlFinding *finding = tl_signin_get_finding (tl_setup_get_signin (self->setup));

  tl_terminal_print ("%s", "");
  if (finding == NULL)
    return;
  tl_terminal_print_finding (finding, NULL);
  tl_terminal_print ("%s", "");
}

/* An interrupted sign-in, and one that failed, leads back to the choice. */
static gboolean
sign_in_as_chosen (TlJourney  *self,
                   gboolean    was_told,
                   GError    **error)
{
  for (gboolean is_first = !was_told;; is_first = FALSE)
    {
      const Way *way = NULL;

      switch (choose (self, is_first, &way))
        {
        case CHOICE_SHOW_REQUEST:
          tl_terminal_print ("%s", "");
          tl_journey_print_request (self);
          tl_terminal_print ("%s", "");
          continue;
        case CHOICE_TYPE_CLIENT:
          tl_journey_type_client (self);
          continue;
        case CHOICE_LOOK_AGAIN:
          continue;
        case CHOICE_STOP:
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
          return FALSE;
        case CHOICE_SIGN_IN:
        default:
          break;
        }

      tl_setup_set_auth (self->setup, way->auth);
      if (way->auth != TL_AUTH_OAUTH2)
        return tl_journey_type_password (self, error);
      if (tl_journey_sign_in_at_page (self, way->way, NULL))
        return TRUE;
      print_failure (self);
    }
}

/* By the way of --sign-in. One that does not lead there is the result of the lanes, or, where
 * there is a person to ask, leads to the choice. */
static gboolean
sign_in_as_told (TlJourney  *self,
                 GError    **error)
{
  const Way *way = find_way (self->sign_in);
  g_autoptr(GError) why = NULL;

  tl_setup_set_auth (self->setup, way->auth);
  if (way->auth != TL_AUTH_OAUTH2)
    {
      if (tl_terminal_can_ask ())
        return tl_journey_type_password (self, error);
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "there is no terminal to ask for the password: give --password-fd N beside "
                   "--sign-in=%s", way->word);
      return FALSE;
    }

  if (tl_journey_sign_in_at_page (self, way->way, &why))
    return TRUE;
  if (self->is_dialogue)
    {
      print_failure (self);
      return sign_in_as_chosen (self, TRUE, error);
    }
  if (why == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));

  return FALSE;
}

/* Whether somebody signed in already, in this run, and that is to be used again. */
static gboolean
keeps_sign_in (TlJourney *self)
{
  return tl_setup_get_auth (self->setup) == TL_AUTH_OAUTH2 &&
         tl_signin_get_state (tl_setup_get_signin (self->setup)) == TL_SIGNIN_DONE &&
         !tl_terminal_ask_yes (_("You are signed in. Sign in again, or in another way?"), FALSE);
}

/* Nobody is there to ask: says what a script can do, and nothing that the mailbox does not take. */
static gboolean
refuse_to_guess (TlJourney  *self,
                 GError    **error)
{
  const char *address = tl_address_get_addr_spec (tl_setup_get_address (self->setup));
  g_autofree char *word = tl_journey_dup_word (address);
  gboolean takes_page = FALSE;
  gboolean takes_app_password = FALSE;
  gboolean takes_password = FALSE;

  g_object_get (self->setup, "takes-oauth", &takes_page, "takes-app-password", &takes_app_password,
                "takes-password", &takes_password, NULL);
  if (takes_app_password || takes_password || !takes_page)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "there is no terminal to ask for the password: "
                           "give --password-fd N, --keyring or --sign-in=browser");
      return FALSE;
    }

  if (!tl_signin_needs_client (tl_setup_get_signin (self->setup)))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "this mailbox takes no password, and there is no terminal to ask how to "
                           "sign in: give --sign-in=device, --sign-in=browser or --keyring");
      return FALSE;
    }

  tl_journey_complain_of_policy ();
  if (!tl_journey_can_request (self))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "this mailbox takes no password but a sign-in on the provider’s page, "
                           "which has to know this program: with a client id give --client-id=… "
                           "and --sign-in=device, or --sign-in=browser");
      return FALSE;
    }

  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
               "this mailbox takes no password but a sign-in on the provider’s page, for which "
               "IT has to register this program: “twolanectl request %s%s” writes what IT has to "
               "do; with the client id that comes back give --client-id=… and --sign-in=device, "
               "or --sign-in=browser", *address == '-' ? "-- " : "", word);

  return FALSE;
}

/* What the mailbox is signed in to with, from where the options or a person say. */
static gboolean
sign_in (TlJourney  *self,
         GError    **error)
{
  gboolean is_told = self->sign_in != NULL && !(self->is_dialogue && self->was_asked);

  self->was_asked = TRUE;
  if (is_told)
    return sign_in_as_told (self, error);
  if (!tl_terminal_can_ask ())
    return refuse_to_guess (self, error);

  return keeps_sign_in (self) || sign_in_as_chosen (self, FALSE, error);
}

/**
 * tl_journey_get_secrets:
 * @self: a journey with servers
 * @error: return location for a #GError
 *
 * Signs in, or gets what the lanes sign in with: at the provider's page, from file descriptors, the
 * keyring, or a prompt. Where no lane has a server, nobody is asked for anything.
 *
 * Returns: whether each lane that is going to be tested has got what can be got; a sign-in at the
 *   provider's page that failed is the result of its lanes
 */
gboolean
tl_journey_get_secrets (TlJourney  *self,
                        GError    **error)
{
  const Way *told;

  if (self->practice)
    return TRUE;
  if (!tl_journey_check_sign_in (self, error))
    return FALSE;

  told = self->sign_in == NULL ? NULL : find_way (self->sign_in);
  if (self->token_fd >= 0)
    return tl_journey_read_token (self, error) && tl_journey_get_outgoing_secret (self, error);
  if (!tl_journey_check_way (self, error))
    return FALSE;
  if (self->password_fd >= 0 && !self->keyring)
    {
      if (told != NULL)
        tl_setup_set_auth (self->setup, told->auth);
      return tl_journey_read_password (self, error) && tl_journey_get_outgoing_secret (self, error);
    }

  if (!has_lane_to_test (self))
    return TRUE;
  if (self->keyring)
    return tl_journey_recall (self, error) && tl_journey_get_outgoing_secret (self, error);

  return sign_in (self, error) && tl_journey_get_outgoing_secret (self, error);
}
