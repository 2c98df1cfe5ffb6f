/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request to IT: register this program where a mailbox is signed in to, and say as whom. */
#include "tl-setup-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"
#include "tl-domain.h"
#include "tl-identity-private.h"
#include "tl-letter.h"
#include "tl-oauth-redirect.h"
#include "tl-oauth-scope.h"
#include "tl-provider-details.h"

/* What mail programs and the systems that start them take for sure. */
#define URI_MAX_BYTES (8 * 1024)

/* Stands where IT puts in what it got. A policy that still has one is refused as a whole. */
#define BLANK "…"

/* What a step of ours is for, where it is not for every server. */
typedef enum
{
  STEP_ALWAYS,
  STEP_WITH_REDIRECTS,
  STEP_WITH_DEVICE,
} StepUse;

/* What every authorization server has to be told of a native program (RFC 8252, RFC 7591 §2), where
 * our table has no steps for its own pages. */
static const struct
{
  StepUse     use;
  const char *text;
} usual_steps[] = {
  { STEP_ALWAYS,
    N_("Register a new client (an application) at the sign-in server, of the kind “native” or "
       "“public” (RFC 8252).") },
  { STEP_WITH_REDIRECTS,
    N_("Enter the redirect URIs below. The server has to accept any port in them (RFC 8252 "
       "§7.3).") },
  { STEP_ALWAYS,
    N_("Allow the grant types authorization_code and refresh_token; PKCE with S256 may be "
       "required.") },
  { STEP_WITH_DEVICE,
    N_("Allow the grant type device_code (RFC 8628) too, for people who sign in on another "
       "device.") },
  { STEP_ALWAYS,
    N_("Allow the scopes below, and give consent to them for everybody who is going to use the "
       "program, or let them give it themselves.") },
};

static const char *
get_provider_name (TlSetup *self)
{
  return self->provider == NULL ? NULL : tl_provider_get_name (self->provider);
}

/* Whether the provider table knows where its mailboxes are signed in to. */
static gboolean
has_row (TlSetup *self)
{
  return self->provider != NULL && tl_provider_takes (self->provider, TL_AUTH_OAUTH2);
}

/* What a server wants that no table knows. */
static const char * const *
get_redirects (TlSetup *self)
{
  static const char * const usual[] = { TL_OAUTH_REDIRECT_IPV4, TL_OAUTH_REDIRECT_IPV6, NULL };

  return has_row (self) ? tl_provider_get_oauth_redirects (self->provider) : usual;
}

static gboolean
wants_secret (TlSetup *self)
{
  return has_row (self) && tl_provider_wants_client_secret (self->provider);
}

static gboolean
wants_tenant (TlSetup *self)
{
  return has_row (self) && tl_provider_get_oauth_tenant (self->provider) != NULL;
}

static void
add_row (GString    *letter,
         const char *label,
         const char *value)
{
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    return;

  /* Translators: a line of a letter: what it is, then its value */
  line = g_strdup_printf (_("%s: %s"), label, value);
  tl_letter_add (letter, "- ", "  ", line);
}

static void
add_gap (GString *letter)
{
  g_string_append_c (letter, '\n');
}

/* --- Parts ------------------------------------------------------------------------ */

static void
add_opening (GString *letter,
             TlSetup *self)
{
  const char *name = get_provider_name (self);
  g_autofree char *domain =
    self->address == NULL ? NULL : tl_domain_dup_display (tl_address_get_domain (self->address));
  g_autofree char *recipient =
    /* Translators: %s is a domain */
    domain == NULL ? NULL : g_strdup_printf (_("To whoever looks after the email of %s"), domain);
  g_autofree char *wish =
    /* Translators: %s is a mailbox provider */
    name == NULL ? NULL : g_strdup_printf (_("Please register the program Twolane for the sign-in "
                                             "on the page of %s, and send me what is asked for "
                                             "at the end."), name);

  tl_letter_add (letter, "", "", recipient != NULL ? recipient
                                                   : _("To whoever looks after our email"));
  add_gap (letter);
  tl_letter_add (letter, "", "", wish != NULL ? wish
                 : _("Please register the program Twolane for the sign-in on the web page of our "
                     "mail provider (OAuth 2.0), and send me what is asked for at the end."));
  add_gap (letter);
  tl_letter_add (letter, "", "",
                 _("Twolane sets up and tests the mailbox that I send from. It signs in on the "
                   "provider’s own page, so that it never sees my password; such a page lets "
                   "people sign in only for programs that their organisation has registered. The "
                   "program runs on my computer alone: there is no service behind it that gets "
                   "access."));
  add_gap (letter);
}

static void
add_who (GString *letter,
         TlSetup *self)
{
  g_autofree char *login = tl_identity_dup_sign_in (self->identity);
  g_autofree char *host = NULL;

  g_object_get (self->signin.shown, "issuer-host", &host, NULL);
  tl_letter_add (letter, "", "", _("What it is about:"));
  if (self->address != NULL)
    add_row (letter, _("Mailbox"), tl_address_get_addr_spec (self->address));
  add_row (letter, _("Who signs in"), login);
  add_row (letter, _("Provider"), get_provider_name (self));
  /* Translators: the server at whose web page people sign in (“authorization server”) */
  add_row (letter, _("Sign-in server"), host);
  add_gap (letter);
}

static void
add_step (GString    *letter,
          guint       number,
          const char *text,
          const char *link)
{
  g_autofree char *first = g_strdup_printf ("%u. ", number);

  tl_letter_add (letter, first, "   ", text);
  if (link != NULL)
    g_string_append_printf (letter, "   %s\n", link);
}

static gboolean
is_step_used (TlSetup *self,
              StepUse  use)
{
  switch (use)
    {
    case STEP_WITH_REDIRECTS:
      return *get_redirects (self) != NULL;
    case STEP_WITH_DEVICE:
      /* Of a server that is in no table nobody knows whether it has it. */
      return self->provider == NULL ||
             tl_provider_get_oauth_endpoint (self->provider, TL_OAUTH_ENDPOINT_TOKEN) == NULL ||
             tl_provider_get_oauth_endpoint (self->provider, TL_OAUTH_ENDPOINT_DEVICE) != NULL;
    case STEP_ALWAYS:
    default:
      return TRUE;
    }
}

static void
add_steps (GString *letter,
           TlSetup *self)
{
  guint n = self->provider == NULL ? 0 : tl_provider_get_n_oauth_steps (self->provider);
  guint number = 0;

  tl_letter_add (letter, "", "", _("What has to be done:"));
  for (guint i = 0; i < n; i++)
    {
      const TlPrerequisite *step = tl_provider_get_oauth_step (self->provider, i);

      add_step (letter, i + 1, step->text, step->link);
    }
  for (guint i = 0; n == 0 && i < G_N_ELEMENTS (usual_steps); i++)
    {
      if (is_step_used (self, usual_steps[i].use))
        add_step (letter, ++number, _(usual_steps[i].text), NULL);
    }
  add_gap (letter);
}

/* One a line and as they are: they are going to be copied. */
static void
add_list (GString            *letter,
          const char         *label,
          const char * const *values)
{
  tl_letter_add (letter, "", "", label);
  for (gsize i = 0; values[i] != NULL; i++)
    g_string_append_printf (letter, "  %s\n", values[i]);
}

/* As they are asked for: who signed in is part of it where that is known to be answered. */
static char **
dup_all_scopes (TlSetup *self)
{
  g_auto(GStrv) scopes = tl_setup_dup_scopes (self);
  g_autofree char *joined = tl_oauth_scope_join ((const char * const *) scopes,
                                                 has_row (self) &&
                                                 tl_provider_has_openid (self->provider));

  return g_strsplit (joined, " ", -1);
}

static void
add_registration (GString *letter,
                  TlSetup *self)
{
  const char * const *redirects = get_redirects (self);
  g_auto(GStrv) scopes = dup_all_scopes (self);

  if (wants_secret (self))
    /* Translators: what a program on people’s own computers is to an authorization server */
    tl_letter_add (letter, "", "", _("Kind of client: public (native), with PKCE (S256), and with "
                                     "the client secret that this provider asks for"));
  else
    /* Translators: what a program on people’s own computers is to an authorization server; keep
     * token_endpoint_auth_method and “none” as they are */
    tl_letter_add (letter, "", "", _("Kind of client: public (native), with PKCE (S256), without a "
                                     "client secret (token_endpoint_auth_method “none”)"));
  if (redirects[0] == NULL)
    tl_letter_add (letter, "", "", _("Redirect URIs: there are none to enter."));
  else
    add_list (letter, _("Redirect URIs, each with any port (RFC 8252 §7.3):"), redirects);
  add_list (letter, _("Scopes (permissions of the signed-in person, not of the application):"),
            (const char * const *) scopes);
  /* Whether such a server tells who signed in is known when it is asked. */
  if (self->provider == NULL || tl_provider_get_oauth_endpoint (self->provider,
                                                                TL_OAUTH_ENDPOINT_TOKEN) == NULL)
    /* Translators: keep openid and email as they are */
    tl_letter_add (letter, "  ", "  ", _("and openid and email, if the server speaks OpenID "
                                         "Connect"));
  add_gap (letter);
}

/* A token opens no door that is shut for everybody. */
static void
add_switches (GString *letter,
              TlSetup *self)
{
  g_autofree char *login = tl_identity_dup_sign_in (self->identity);
  guint n = has_row (self) ? tl_provider_get_n_oauth_switches (self->provider) : 0;
  g_autofree char *who = NULL;
  g_autofree char *text = NULL;

  if (self->address == NULL || (has_row (self) && n == 0))
    return;

  who = login == NULL ? g_strdup (tl_address_get_addr_spec (self->address))
        /* Translators: two email addresses */
        : g_strdup_printf (_("%s and %s"), tl_address_get_addr_spec (self->address), login);
  /* Translators: %s is an email address or two; what has to be switched on follows */
  text = n > 0 ? g_strdup_printf (_("Please check as well, for %s:"), who)
         /* Translators: %s is an email address or two; SMTP AUTH is the name of a setting */
         : g_strdup_printf (_("Please check as well that IMAP and sending with sign-in (SMTP AUTH) "
                              "are on for %s: in the mailbox’s own settings, and for the "
                              "organisation as a whole."), who);
  tl_letter_add (letter, "", "", text);
  for (guint i = 0; i < n; i++)
    {
      const TlPrerequisite *row = tl_provider_get_oauth_switch (self->provider, i);

      tl_letter_add (letter, "- ", "  ", row->text);
      if (row->link != NULL)
        g_string_append_printf (letter, "  %s\n", row->link);
    }
  add_gap (letter);
}

/* What only whoever looks after a mailbox that several people use can give them there. */
static void
add_rights (GString *letter,
            TlSetup *self)
{
  TlSharedWay way = tl_identity_get_shared_way (self->identity);
  const char *login = tl_identity_get_login (self->identity);
  g_autofree char *folder = tl_identity_dup_folder (self->identity);
  guint n = way == TL_SHARED_BY_PROVIDER && self->provider != NULL
              ? tl_provider_get_n_shared_notes (self->provider) : 0;
  g_autofree char *text = NULL;

  if (way == TL_SHARED_NOT || login == NULL || *login == '\0' || self->address == NULL)
    return;

  /* Translators: who signs in, then the address of a shared mailbox */
  text = g_strdup_printf (_("Please let %s read the mailbox %s and send as it:"), login,
                          tl_address_get_addr_spec (self->address));
  tl_letter_add (letter, "", "", text);
  for (guint i = 0; i < n; i++)
    {
      const TlPrerequisite *note = tl_provider_get_shared_note (self->provider, i);

      if (note->fixer == TL_FIXER_YOUR_ADMIN)
        tl_letter_add (letter, "- ", "  ", note->text);
    }
  if (n == 0)
    {
      if (folder != NULL)
        /* Translators: what a folder is called */
        add_row (letter, _("Folder"), folder);
      tl_letter_add (letter, "- ", "  ",
                     /* Translators: keep the letters, they are the names of rights */
                     _("Reading takes the rights to see and read the mailbox, to mark messages and "
                       "to put messages there (l, r, s, w and i of RFC 4314)."));
      tl_letter_add (letter, "- ", "  ", _("Sending takes the right to use its address as the "
                                           "sender."));
    }
  add_gap (letter);
}

/* --- What comes back ------------------------------------------------------------------ */

static TlJson *
make_policy (TlSetup    *self,
             const char *issuer)
{
  TlJson *client = tl_json_new_object ();
  TlJson *clients = tl_json_new_array ();
  TlJson *policy = tl_json_new_object ();

  tl_json_set_string (client, "issuer", issuer != NULL ? issuer : "https://" BLANK);
  tl_json_set_string (client, "client_id", BLANK);
  if (wants_secret (self))
    tl_json_set_string (client, "client_secret", BLANK);
  if (wants_tenant (self))
    tl_json_set_string (client, "tenant", BLANK);
  tl_json_append_take (clients, client);
  tl_json_set_string (policy, "format", "twolane-policy");
  tl_json_set_int (policy, "version", 0);
  tl_json_set_take (policy, "oauth_clients", clients);

  return policy;
}

/* As it is read by whoever fills the policy in; its reader takes the usual tenant for the place of
 * one. */
static char *
dup_plain_issuer (TlSetup *self)
{
  return has_row (self) ? tl_provider_dup_issuer_of (self->provider, NULL)
                        : tl_setup_dup_issuer (self);
}

static void
add_answer (GString *letter,
            TlSetup *self)
{
  g_autofree char *issuer = dup_plain_issuer (self);
  g_autoptr(TlJson) policy = make_policy (self, issuer);
  g_autofree char *text = tl_json_to_pretty (policy);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  tl_letter_add (letter, "", "", _("What I need back:"));
  if (issuer == NULL)
    tl_letter_add (letter, "- ", "  ", _("the address of the sign-in server (its issuer)"));
  tl_letter_add (letter, "- ", "  ", _("the client id (some call it application id)"));
  if (wants_secret (self))
    tl_letter_add (letter, "- ", "  ", _("the client secret"));
  if (wants_tenant (self))
    tl_letter_add (letter, "- ", "  ", _("the directory (tenant) id"));
  if (wants_secret (self))
    tl_letter_add (letter, "", "",
                   _("The client secret proves nothing by itself where the program is on people’s "
                     "own computers (RFC 8252 §8.5); it had better not stand in a mail to many all "
                     "the same."));
  else
    tl_letter_add (letter, "", "", _("None of it is a secret."));
  add_gap (letter);
  tl_letter_add (letter, "", "",
                 /* Translators: keep “…” and /etc/twolane/policy.json as they are */
                 _("Or, for everybody who uses this computer: put this into "
                   "/etc/twolane/policy.json, with the values in the place of “…”; the program "
                   "goes on by itself once it is there."));
  add_gap (letter);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_string_append_printf (letter, "  %s\n", lines[i]);
  add_gap (letter);
}

/* --- The letter --------------------------------------------------------------------- */

static GString *
write_letter (TlSetup *self)
{
  GString *letter = g_string_new (NULL);
  /* Translators: %s is the version of the program */
  g_autofree char *author = g_strdup_printf (_("Written by Twolane %s. No password is in this "
                                               "letter."), TL_VERSION);

  add_opening (letter, self);
  add_who (letter, self);
  add_steps (letter, self);
  add_registration (letter, self);
  add_switches (letter, self);
  add_rights (letter, self);
  add_answer (letter, self);
  tl_letter_add (letter, "", "", author);

  return letter;
}

/**
 * tl_setup_dup_request_text:
 * @self: a set-up
 *
 * The request to whoever administers the provider's sign-in server: what is wanted and why, for
 * whom, what to register step by step with the exact values, and what to send back. It says the
 * same each time it is asked for the same set-up, and holds no secret. Where the provider has its
 * partners alone registered, and behind a personal mailbox, there is no IT to ask.
 *
 * Returns: (transfer full) (nullable): plain text; sentences in lines of at most 76 columns, values
 *   as they are; %NULL where nobody could do it
 */
char *
tl_setup_dup_request_text (TlSetup *self)
{
  GString *letter;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  if (!tl_setup_can_register (self))
    return NULL;

  letter = write_letter (self);
  tl_letter_fold (letter);

  return g_string_free (letter, FALSE);
}

/**
 * tl_setup_dup_request_page:
 * @self: a set-up
 *
 * Returns: (transfer full) (nullable): what tl_setup_dup_request_text() says with a line for each
 *   paragraph, to be shown where lines wrap by themselves
 */
char *
tl_setup_dup_request_page (TlSetup *self)
{
  GString *letter;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  if (!tl_setup_can_register (self))
    return NULL;

  letter = write_letter (self);
  tl_letter_unfold (letter);

  return g_string_free (letter, FALSE);
}

static char *
dup_subject (TlSetup *self)
{
  const char *name = get_provider_name (self);

  /* Translators: the subject of a mail to IT; %s is a mailbox provider */
  return name != NULL ? g_strdup_printf (_("Please register a mail program at %s"), name)
                      : g_strdup (_("Please register a mail program"));
}

/* Appends @text with %-encoded line ends (RFC 6068 §5) up to the last line that fits. Returns
 * whether all of it did. */
static gboolean
append_body (GString    *uri,
             const char *text,
             gsize       max_len)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *escaped = g_uri_escape_string (lines[i], NULL, FALSE);

      if (uri->len + strlen (escaped) + strlen ("%0D%0A") > max_len)
        return FALSE;
      g_string_append (uri, escaped);
      if (lines[i + 1] != NULL)
        g_string_append (uri, "%0D%0A");
    }

  return TRUE;
}

/**
 * tl_setup_dup_request_uri:
 * @self: a set-up
 *
 * The same as a mail that only has to be sent: a mailto URI (RFC 6068) with subject and body, to
 * the address that the organisation's policy names, if it names one. Where a language takes more
 * room than a URI has, the end of the letter is left out, and a line says so.
 *
 * Returns: (transfer full) (nullable): a URI of ASCII characters, at most 8 KiB, or %NULL where
 *   there is no such letter
 */
char *
tl_setup_dup_request_uri (TlSetup *self)
{
  g_autoptr(GString) uri = g_string_new ("mailto:");
  const char *contact;
  g_autofree char *text = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *escaped_subject = NULL;
  g_autofree char *cut = NULL;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  text = tl_setup_dup_request_text (self);
  if (text == NULL)
    return NULL;

  contact = tl_policies_get_contact (tl_client_store_get_policies (self->signin.clients));
  if (contact != NULL)
    g_string_append_uri_escaped (uri, contact, "@", FALSE);

  subject = dup_subject (self);
  escaped_subject = g_uri_escape_string (subject, NULL, FALSE);
  g_string_append_printf (uri, "?subject=%s&body=", escaped_subject);

  cut = g_uri_escape_string (_("[The rest did not fit; copy the whole text from the program.]"),
                             NULL, FALSE);
  if (!append_body (uri, text, URI_MAX_BYTES - strlen (cut)))
    g_string_append (uri, cut);

  return g_string_free (g_steal_pointer (&uri), FALSE);
}
