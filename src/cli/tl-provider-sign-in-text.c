/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `providers` says of the ways in: what has to be done first, app passwords, shared mailboxes,
 * the sign-in page. */
#include "tl-provider-text.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"
#include "tl-terminal.h"

/* Of a hint that somebody else than the reader has to see to. */
static const char * const fixer_labels[] = {
  /* Translators: in brackets behind something to do: who can do it */
  [TL_FIXER_YOUR_ADMIN]   = N_("your administrator"),
  /* Translators: in brackets behind something to do: who can do it */
  [TL_FIXER_THE_PROVIDER] = N_("the provider"),
};

static const char * const endpoint_labels[] = {
  /* Translators: web addresses of a provider’s sign-in service: what each is for */
  [TL_OAUTH_ENDPOINT_AUTHORIZATION] = N_("Signing in"),
  [TL_OAUTH_ENDPOINT_TOKEN]         = N_("Tokens"),
  [TL_OAUTH_ENDPOINT_DEVICE]        = N_("Signing in on another device"),
  [TL_OAUTH_ENDPOINT_REVOCATION]    = N_("Ending the permission"),
};

/* Who, which lane and of when, where it is said: "your administrator, as of 2026-01-31". */
static char *
describe_hint (const TlPrerequisite *hint)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  /* Translators: in brackets behind something to do: the day that it was true, 2026-01-31 */
  g_autofree char *as_of = g_strdup_printf (_("as of %s"), hint->as_of != NULL ? hint->as_of : "");

  if (hint->fixer != TL_FIXER_YOU)
    g_ptr_array_add (parts, (gpointer) _(fixer_labels[hint->fixer]));
  if (hint->lane != TL_LANE_NONE)
    g_ptr_array_add (parts, (gpointer) tl_lane_kind_get_label (hint->lane));
  if (hint->as_of != NULL)
    g_ptr_array_add (parts, as_of);
  if (parts->len == 0)
    return NULL;

  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}

static void
show_hint (guint                 number,
           const TlPrerequisite *hint,
           const char           *doubtful)
{
  g_autofree char *more = describe_hint (hint);

  tl_terminal_print ("  %u. %s%s", number, hint->text, doubtful);
  if (more != NULL)
    tl_terminal_print ("     (%s)", more);
  if (hint->link != NULL)
    tl_terminal_print ("     %s", hint->link);
}

static void
show_registration (const TlProvider *provider)
{
  g_autofree char *redirects = g_strjoinv (", ", (char **)
                                           tl_provider_get_oauth_redirects (provider));
  guint n_steps = tl_provider_get_n_oauth_steps (provider);
  guint n_switches = tl_provider_get_n_oauth_switches (provider);

  if (tl_provider_can_register (provider))
    {
      /* Translators: web addresses or “none”, then perhaps “(not confirmed)” */
      tl_terminal_print (_("Redirect URIs to enter there: %s%s"),
                         *redirects == '\0' ? _("none") : redirects,
                         tl_provider_text_doubt (provider, "/oauth/redirects"));
      if (tl_provider_wants_client_secret (provider))
        /* Translators: %s is nothing, or “(not confirmed)” */
        tl_terminal_print (_("It wants a client secret beside the client id%s"),
                           tl_provider_text_doubt (provider, "/oauth/client_secret"));
    }
  if (n_steps > 0)
    tl_terminal_print ("%s", tl_provider_can_register (provider)
                       ? _("How this program is registered there, once for everybody:")
                       : _("This program cannot be registered there:"));
  for (guint i = 0; i < n_steps; i++)
    show_hint (i + 1, tl_provider_get_oauth_step (provider, i),
               tl_provider_text_doubt (provider, "/oauth/register/%u", i));
  if (n_switches > 0)
    tl_terminal_print ("%s", _("What has to be switched on for the mailbox:"));
  for (guint i = 0; i < n_switches; i++)
    show_hint (i + 1, tl_provider_get_oauth_switch (provider, i),
               tl_provider_text_doubt (provider, "/oauth/switches/%u", i));
}

static void
show_oauth (const TlProvider *provider)
{
  if (tl_provider_get_oauth_issuer (provider) == NULL)
    return;

  /* Translators: the address of the provider’s sign-in service (“issuer” is what files and
   * administrators call it), then perhaps “(not confirmed)” */
  tl_terminal_print (_("Its sign-in page (issuer): %s%s"), tl_provider_get_oauth_issuer (provider),
                     tl_provider_text_doubt (provider, "/oauth/issuer"));
  if (tl_provider_get_oauth_tenant (provider) != NULL)
    /* Translators: first %s is a word in braces, part of a web address; the second, what stands
     * there; then perhaps “(not confirmed)” */
    tl_terminal_print (_("     %s is your organisation’s directory id, or “%s”%s"),
                       TL_PROVIDER_OAUTH_TENANT, tl_provider_get_oauth_tenant (provider),
                       tl_provider_text_doubt (provider, "/oauth/tenant"));
  for (guint i = 0; i < G_N_ELEMENTS (endpoint_labels); i++)
    {
      const char *url = tl_provider_get_oauth_endpoint (provider, (TlOauthEndpoint) i);
      const char *member = tl_nick_get (TL_TYPE_OAUTH_ENDPOINT, (int) i);

      if (url != NULL)
        /* Translators: what an address is for, the address, then perhaps “(not confirmed)” */
        tl_terminal_print (_("  %s: %s%s"), _(endpoint_labels[i]), url,
                           tl_provider_text_doubt (provider, "/oauth/endpoints/%s", member));
    }
  if (tl_provider_has_openid (provider))
    /* Translators: %s is nothing, or “(not confirmed)” */
    tl_terminal_print (_("It can tell which address signed in%s"),
                       tl_provider_text_doubt (provider, "/oauth/openid"));
  if (tl_provider_get_grants_link (provider) != NULL)
    /* Translators: a web address, then perhaps “(not confirmed)” */
    tl_terminal_print (_("What programs were allowed, and how to end it: %s%s"),
                       tl_provider_get_grants_link (provider),
                       tl_provider_text_doubt (provider, "/oauth/grants_link"));

  show_registration (provider);
}

/* The words of the file, put into an example. */
static void
show_shared_user (const TlProvider *provider,
                  TlAuth            auth,
                  TlLaneKind        lane)
{
  g_autoptr(TlAddress) mailbox = tl_address_parse ("shared@example.org", NULL);
  g_autoptr(TlAddress) login = tl_address_parse ("you@example.org", NULL);
  g_autofree char *user = tl_provider_dup_shared_user (provider, auth, lane, mailbox, login);

  if (user != NULL)
    /* Translators: a way of signing in, a lane such as “Incoming”, a user name, then perhaps
     * “(not confirmed)” */
    tl_terminal_print (_("  %s, %s: the user name is %s%s"), tl_auth_get_label (auth),
                       tl_lane_kind_get_label (lane), user,
                       tl_provider_text_doubt (provider, "/shared_mailbox/%s",
                                               tl_auth_get_nick (auth)));
}

static void
show_shared (const TlProvider *provider)
{
  const TlAuth *kinds;
  guint n = tl_provider_get_sign_in (provider, &kinds);

  if (tl_provider_get_n_shared_notes (provider) == 0)
    return;

  tl_terminal_print ("%s", _("A mailbox that several people share, here shared@example.org, opened "
                             "by you@example.org:"));
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < TL_N_LANES; j++)
        show_shared_user (provider, kinds[i], tl_lanes[j]);
    }
  for (guint i = 0; i < tl_provider_get_n_shared_notes (provider); i++)
    show_hint (i + 1, tl_provider_get_shared_note (provider, i),
               tl_provider_text_doubt (provider, "/shared_mailbox/notes/%u", i));
}

static void
show_form (const TlProvider *provider)
{
  const TlAppPasswordForm *form = tl_provider_get_app_password_form (provider);

  if (form == NULL)
    return;

  tl_terminal_print (form->alphabet == TL_APP_PASSWORD_LOWER
                     /* Translators: %u is how many, at least 8 */
                     ? _("     It has %u lower-case letters; what looks otherwise is not sent.")
                     /* Translators: %u is how many, at least 8 */
                     : _("     It has %u letters and digits; what looks otherwise is not sent."),
                     form->len);
}

static void
show_steps (const TlProvider *provider)
{
  const char * const *steps = tl_provider_get_app_password_steps (provider);

  if (tl_provider_get_n_prerequisites (provider) > 0)
    tl_terminal_print ("%s", _("Before it works:"));
  for (guint i = 0; i < tl_provider_get_n_prerequisites (provider); i++)
    show_hint (i + 1, tl_provider_get_prerequisite (provider, i),
               tl_provider_text_doubt (provider, "/prerequisites/%u", i));

  if (steps[0] != NULL)
    tl_terminal_print ("%s", _("How an app password is made:"));
  for (guint i = 0; steps[i] != NULL; i++)
    tl_terminal_print ("  %u. %s%s", i + 1, steps[i],
                       tl_provider_text_doubt (provider, "/app_password/steps/%u", i));
  if (tl_provider_get_app_password_link (provider) != NULL)
    tl_terminal_print ("     %s%s", tl_provider_get_app_password_link (provider),
                       tl_provider_text_doubt (provider, "/app_password/link"));
  show_form (provider);

  if (tl_provider_get_n_notices (provider) > 0)
    tl_terminal_print ("%s", _("To know before outreach:"));
  for (guint i = 0; i < tl_provider_get_n_notices (provider); i++)
    show_hint (i + 1, tl_provider_get_notice (provider, i),
               tl_provider_text_doubt (provider, "/notices/%u", i));
}

/**
 * tl_provider_text_show_sign_in:
 * @provider: a provider
 *
 * Prints how a mailbox there is signed in to.
 */
void
tl_provider_text_show_sign_in (const TlProvider *provider)
{
  show_steps (provider);
  show_shared (provider);
  show_oauth (provider);
}
