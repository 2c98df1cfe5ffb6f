/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-closures.h"
#include "tl-discovery-words.h"
#include "tl-duration.h"
#include "tl-sentences.h"

#define MAX_CODE_GROUP 4
#define MAX_CODE_LINE  12

/* Between two groups of a code, in Pango units: about the width of a letter. */
#define CODE_GAP (14 * PANGO_SCALE)

static const char *
get_name (const char *provider_name)
{
  return provider_name != NULL ? provider_name : _("This provider");
}

/* --- The page ----------------------------------------------------------------------- */

char *
tl_signin_to_title (GObject  *object,
                    TlAuth    auth,
                    gboolean  done,
                    gboolean  needs_client,
                    gboolean  recalled)
{
  if (recalled)
    return g_strdup (_("Nothing to type this time"));
  if (auth == TL_AUTH_APP_PASSWORD)
    return g_strdup (_("What is the app password?"));
  if (auth != TL_AUTH_OAUTH2)
    return g_strdup (_("What is the password?"));
  if (done)
    return g_strdup (_("You are signed in"));

  return g_strdup (needs_client ? _("One request to IT comes first")
                                : _("Sign in at the provider"));
}

char *
tl_signin_to_lead (GObject    *object,
                   TlAuth      auth,
                   const char *provider_name,
                   TlPurpose   purpose,
                   gboolean    done,
                   gboolean    needs_client,
                   gboolean    recalled)
{
  if (recalled)
    return g_strdup (_("Your sign-in is in the keyring. The next step tests both lanes with it."));
  if (auth != TL_AUTH_OAUTH2 || purpose == TL_PURPOSE_PRACTICE)
    return tl_auth_to_lead (object, auth, provider_name, purpose);
  if (done)
    return g_strdup (_("The next step tests both lanes with it."));
  if (needs_client)
    /* Translators: %s is the name of a mail provider, or "This provider" */
    return g_strdup_printf (_("%s signs people in on its own page, and only from programs that "
                              "an organisation has registered."), get_name (provider_name));

  /* Translators: %s is the name of a mail provider, or "This provider" */
  return g_strdup_printf (_("%s signs people in on its own page. Twolane never sees your "
                            "password."),
                          get_name (provider_name));
}

/* --- Signing in at the provider's page ------------------------------------------------ */

char *
tl_signin_to_status (GObject       *object,
                     TlSigninState  state,
                     TlSigninWay    way,
                     const char    *issuer_host)
{
  const char *host = issuer_host != NULL ? issuer_host : _("the provider");

  switch (state)
    {
    case TL_SIGNIN_IN_BROWSER:
      /* Translators: %s is the name of a web server, or "the provider" */
      return g_strdup_printf (_("Waiting for you at %s"), host);
    case TL_SIGNIN_ON_DEVICE:
      return g_strdup (_("Waiting for you on the other device"));
    case TL_SIGNIN_FINISHING:
      return g_strdup (_("Finishing the sign-in"));
    case TL_SIGNIN_PREPARING:
      if (way == TL_SIGNIN_BY_ONLINE_ACCOUNT)
        return g_strdup (_("Asking GNOME Settings for the account"));
      /* Translators: %s is the name of a web server, or "the provider" */
      return g_strdup_printf (_("Asking %s where to sign in"), host);
    case TL_SIGNIN_IDLE:
    case TL_SIGNIN_DONE:
    default:
      return g_strdup ("");
    }
}

char *
tl_signin_to_help (GObject       *object,
                   TlSigninState  state,
                   TlSigninWay    way)
{
  if (state == TL_SIGNIN_IN_BROWSER)
    return g_strdup (_("Sign in on the page that your browser shows, and allow what it asks. "
                       "This window then goes on by itself."));
  if (state == TL_SIGNIN_FINISHING && way != TL_SIGNIN_BY_ONLINE_ACCOUNT)
    return g_strdup (_("You can close the page in the browser."));

  return g_strdup ("");
}

gboolean
tl_signin_is_idle (GObject       *object,
                   TlSigninState  state)
{
  return state == TL_SIGNIN_IDLE;
}

gboolean
tl_signin_is_in_browser (GObject       *object,
                         TlSigninState  state)
{
  return state == TL_SIGNIN_IN_BROWSER;
}

gboolean
tl_signin_is_on_device (GObject       *object,
                        TlSigninState  state)
{
  return state == TL_SIGNIN_ON_DEVICE;
}

/* Whose page it is: what a person compares with the address bar. */
char *
tl_issuer_to_offer (GObject    *object,
                    const char *provider_name,
                    const char *issuer_host)
{
  if (issuer_host == NULL)
    /* Translators: %s is the name of a mail provider, or "This provider" */
    return g_strdup_printf (_("%s shows its page in your browser."), get_name (provider_name));

  /* Translators: the first %s is the name of a mail provider, or "This provider", the second that
   * of a web server, like accounts.example.org */
  return g_strdup_printf (_("%s shows its page in your browser. Before you type anything there, "
                            "check that its address begins with https://%s/"),
                          get_name (provider_name), issuer_host);
}

char *
tl_signin_to_account (GObject    *object,
                      const char *account)
{
  if (account == NULL || *account == '\0')
    return g_strdup (_("Signed in"));

  /* Translators: %s is an email address */
  return g_strdup_printf (_("Signed in as %s"), account);
}

char *
tl_signin_to_place (GObject     *object,
                    const char  *issuer_host,
                    TlSigninWay  way)
{
  if (way == TL_SIGNIN_BY_ONLINE_ACCOUNT)
    return g_strdup (_("With the account in GNOME Settings"));
  if (issuer_host == NULL)
    return g_strdup ("");

  /* Translators: where somebody signed in; %s is the name of a web server */
  return g_strdup_printf (_("At %s"), issuer_host);
}

char *
tl_seconds_to_left (GObject *object,
                    guint    seconds)
{
  g_autofree char *clock = tl_duration_dup_clock (seconds);

  /* Translators: %s is a clock that runs down, as 4:59 */
  return seconds == 0 ? g_strdup ("") : g_strdup_printf (_("%s left"), clock);
}

char *
tl_turned_away_to_label (GObject *object,
                         guint    turned_away)
{
  if (turned_away == 0)
    return g_strdup ("");

  /* Translators: about programs on this computer that are not the browser that is waited for */
  return g_strdup_printf (ngettext ("%u request that was not the answer was turned away. There "
                                    "is nothing for you to do.",
                                    "%u requests that were not the answer were turned away. There "
                                    "is nothing for you to do.",
                                    turned_away), turned_away);
}

/* Whether it may have to break into lines, as few are. */
gboolean
tl_code_is_long (GObject    *object,
                 const char *code)
{
  return code != NULL && g_utf8_strlen (code, -1) > MAX_CODE_LINE;
}

/**
 * tl_code_to_attributes:
 * @object: (nullable): unused
 * @code: (nullable): to be typed on another device
 *
 * Sets a code in groups for the eye alone: what is read aloud or copied has nothing in between.
 *
 * Returns: (transfer full): gaps between groups; none where the code brings its own, or breaks
 *   into lines, for which GTK 4.8 cannot measure them
 */
PangoAttrList *
tl_code_to_attributes (GObject    *object,
                       const char *code)
{
  PangoAttrList *list = pango_attr_list_new ();
  gsize len = code == NULL ? 0 : strlen (code);
  gsize group = len % 3 == 0 && len % MAX_CODE_GROUP != 0 ? 3 : MAX_CODE_GROUP;
  int spacing;

  if (len <= MAX_CODE_GROUP + 1 || tl_code_is_long (NULL, code) || !g_str_is_ascii (code) ||
      strpbrk (code, " -") != NULL)
    return list;

  /* Half of a letter's spacing goes to either side of it. So that only the gaps are wide, letters
   * take turns: what one adds before the next, the next takes away. */
  spacing = group % 2 == 1 ? CODE_GAP : -CODE_GAP;
  for (gsize i = 0; i < len; i++)
    {
      PangoAttribute *attribute = pango_attr_letter_spacing_new (spacing);

      attribute->start_index = (guint) i;
      attribute->end_index = (guint) i + 1;
      pango_attr_list_insert (list, attribute);
      spacing = ((i + 1) % group == 0 ? 2 * CODE_GAP : 0) - spacing;
    }

  return list;
}

char *
tl_code_to_asker (GObject    *object,
                  const char *provider_name)
{
  /* Translators: %s is the name of a mail provider, or "This provider" */
  return g_strdup_printf (_("%s made this code for the sign-in that you have just started here. "
                            "Never type one that somebody else sent you: it would sign them in."),
                          get_name (provider_name));
}

/* --- How ----------------------------------------------------------------------------- */

char *
tl_auth_to_choice (GObject    *object,
                   TlAuth      auth,
                   const char *provider_name)
{
  switch (auth)
    {
    case TL_AUTH_OAUTH2:
      if (provider_name == NULL)
        return g_strdup (_("Sign in on the provider’s page"));
      /* Translators: %s is the name of a mail provider */
      return g_strdup_printf (_("Sign in on the page of %s"), provider_name);
    case TL_AUTH_APP_PASSWORD:
      return g_strdup (_("App password"));
    case TL_AUTH_PASSWORD:
    default:
      return g_strdup (_("Password"));
    }
}

char *
tl_auth_to_consequence (GObject *object,
                        TlAuth   auth)
{
  switch (auth)
    {
    case TL_AUTH_OAUTH2:
      return g_strdup (_("In your browser. Nothing to copy, and it can be withdrawn there."));
    case TL_AUTH_APP_PASSWORD:
      return g_strdup (_("Made once on the provider’s page, for this use alone."));
    case TL_AUTH_PASSWORD:
    default:
      return g_strdup (_("The one that you read this mailbox with."));
    }
}

gboolean
tl_auth_is_typed (GObject *object,
                  TlAuth   auth)
{
  return auth != TL_AUTH_OAUTH2;
}

/**
 * tl_secrets_suffice:
 * @object: (nullable): unused
 * @is_identity_valid: it is clear who signs in
 * @separate: the outgoing lane has a sign-in of its own
 * @has_incoming: the incoming lane has something to sign in with
 * @has_outgoing: the outgoing lane has
 * @filled: something was typed for the mailbox, and not taken over yet
 * @outgoing_filled: something was typed for the separate service, and not taken over yet
 *
 * Returns: whether both lanes can sign in once what was typed is taken over
 */
gboolean
tl_secrets_suffice (GObject  *object,
                    gboolean  is_identity_valid,
                    gboolean  separate,
                    gboolean  has_incoming,
                    gboolean  has_outgoing,
                    gboolean  filled,
                    gboolean  outgoing_filled)
{
  return is_identity_valid && (has_incoming || filled) &&
         (has_outgoing || (separate ? outgoing_filled : filled));
}

/* Where there is one way only, nothing is to be chosen. */
gboolean
tl_several (GObject  *object,
            gboolean  a,
            gboolean  b,
            gboolean  c)
{
  return (a != FALSE) + (b != FALSE) + (c != FALSE) > 1;
}

/* --- Who ----------------------------------------------------------------------------- */

/* Indexed by TlSharedWay. */
static const struct
{
  const char *label;
  const char *explanation;
} shared_ways[] = {
  [TL_SHARED_NOT]         = { "", "" },
  [TL_SHARED_BY_PROVIDER] = { NULL, N_("You sign in, and say which mailbox you mean") },
  [TL_SHARED_MASTER]      = { N_("With a master user"),
                              N_("Your own servers: whoever runs them made one for this") },
  [TL_SHARED_FOLDER]      = { N_("As a folder among your own"),
                              N_("Your own servers: its folders are shared with you") },
};

char *
tl_shared_way_to_label (GObject     *object,
                        TlSharedWay  way,
                        const char  *provider_name)
{
  g_return_val_if_fail ((guint) way < G_N_ELEMENTS (shared_ways), NULL);

  if (way == TL_SHARED_BY_PROVIDER)
    {
      if (provider_name == NULL)
        return g_strdup (_("The provider’s way"));
      /* Translators: how a shared mailbox is signed in to; %s is the name of a mail provider */
      return g_strdup_printf (_("As %s does it"), provider_name);
    }

  return g_strdup (way == TL_SHARED_NOT ? "" : _(shared_ways[way].label));
}

char *
tl_shared_way_to_explanation (GObject     *object,
                              TlSharedWay  way)
{
  g_return_val_if_fail ((guint) way < G_N_ELEMENTS (shared_ways), NULL);

  return g_strdup (way == TL_SHARED_NOT ? "" : _(shared_ways[way].explanation));
}

gboolean
tl_shared_way_is_set (GObject     *object,
                      TlSharedWay  way)
{
  return way != TL_SHARED_NOT;
}

gboolean
tl_shared_way_is_by_provider (GObject     *object,
                              TlSharedWay  way)
{
  return way == TL_SHARED_BY_PROVIDER;
}

gboolean
tl_shared_way_is_folder (GObject     *object,
                         TlSharedWay  way)
{
  return way == TL_SHARED_FOLDER;
}

/* What to do about it first: under the field that it is about, there is no need to say what is. */
char *
tl_finding_to_step (GObject   *object,
                    TlFinding *finding)
{
  g_auto(GStrv) steps = finding == NULL ? NULL : tl_finding_dup_remedies (finding);

  return g_strdup (steps == NULL || steps[0] == NULL ? "" : steps[0]);
}

char *
tl_identity_to_summary (GObject     *object,
                        TlSharedWay  way,
                        const char  *login,
                        gboolean     separate)
{
  g_autofree char *who = NULL;

  if (way == TL_SHARED_NOT)
    who = g_strdup (_("The mailbox itself"));
  else if (login == NULL || *login == '\0')
    who = g_strdup (_("Somebody for a shared mailbox"));
  else
    /* Translators: %s is the email address of a person */
    who = g_strdup_printf (_("%s for a shared mailbox"), login);

  if (!separate)
    return g_steal_pointer (&who);

  /* Translators: %s is who signs in, like "The mailbox itself" */
  return g_strdup_printf (_("%s; another service sends"), who);
}

/* A provider has its own word for it: "API key", "SMTP password". It may hold an underscore. */
char *
tl_secret_name_to_title (GObject    *object,
                         const char *name)
{
  g_auto(GStrv) parts = NULL;

  if (name == NULL || *name == '\0')
    return g_strdup (_("Password for sending"));

  parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

/* --- The keyring --------------------------------------------------------------------- */

/* Indexed by the end of a finding's id. */
static const struct
{
  const char *id;
  const char *hint;
} stores[] = {
  { "store.no-service",    N_("There is no keyring here to remember it in: you can use it now, and "
                              "it is gone when the window closes.") },
  { "store.locked",        N_("The keyring is locked: unless you unlock it, this is gone when the "
                              "window closes.") },
  { "store.dismissed",     N_("The keyring stayed locked: you can use this now, and it is gone "
                              "when the window closes.") },
  { "store.verify-failed", N_("The keyring did not keep what it was given: you can use this now, "
                              "and it is gone when the window closes.") },
};

char *
tl_store_to_hint (GObject   *object,
                  TlFinding *store_finding)
{
  for (gsize i = 0; store_finding != NULL && i < G_N_ELEMENTS (stores); i++)
    {
      if (g_str_equal (tl_finding_get_id (store_finding), stores[i].id))
        return g_strdup (_(stores[i].hint));
    }

  return g_strdup (_("So that this mailbox can be checked again later"));
}

gboolean
tl_store_is_there (GObject   *object,
                   TlFinding *store_finding)
{
  return !tl_finding_is (NULL, store_finding, "store.no-service");
}

/* --- Notes --------------------------------------------------------------------------- */

/* A day as people write it; what is no day is shown as it is. */
static char *
dup_day (const char *as_of)
{
  g_autofree char *noon = g_strconcat (as_of, "T12:00:00Z", NULL);
  g_autoptr(GDateTime) day = g_date_time_new_from_iso8601 (noon, NULL);

  /* Translators: a day: day of the month, month, year, as 21 November 2026; see the manual page of
   * strftime */
  return day == NULL ? g_strdup (as_of) : g_date_time_format (day, _("%-d %B %Y"));
}

/**
 * tl_note_to_caption:
 * @object: (nullable): unused
 * @source: (nullable): the id of the source that says so; %NULL for this program itself
 * @host: (nullable): of the link, in A-labels
 * @fixer: who can do it
 * @as_of: (nullable): the day that it was true, `2026-01-31`
 * @lane: which lane it is about
 *
 * Returns: (transfer full): whose advice it is and where its link leads, which lane it is about,
 *   who has to do it where that is not the reader, and how old it is; empty for none of these
 */
char *
tl_note_to_caption (GObject    *object,
                    const char *source,
                    const char *host,
                    TlFixer     fixer,
                    const char *as_of,
                    TlLaneKind  lane)
{
  g_autofree char *advice = tl_advice_to_caption (object, source, host);
  g_autofree char *lane_title = tl_lane_to_title (NULL, lane);
  g_autoptr(GString) facts = g_string_new (lane_title);

  if (fixer != TL_FIXER_YOU)
    {
      if (facts->len > 0)
        g_string_append (facts, " · ");
      /* Translators: %s is one of "your administrator", "the provider", "your network" */
      g_string_append_printf (facts, _("Who can do it: %s"), tl_fixer_get_label (fixer));
    }
  if (as_of != NULL)
    {
      g_autofree char *day = dup_day (as_of);

      if (facts->len > 0)
        g_string_append (facts, " · ");
      /* Translators: when something was last known to be so; %s is a day, like 21 November 2026 */
      g_string_append_printf (facts, _("As of %s"), day);
    }

  if (facts->len > 0 && *advice != '\0')
    g_string_prepend (facts, "\n");
  g_string_prepend (facts, advice);

  return g_string_free (g_steal_pointer (&facts), FALSE);
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} words[] = {
  CLOSURE (tl_auth_is_typed),
  CLOSURE (tl_auth_to_choice),
  CLOSURE (tl_auth_to_consequence),
  CLOSURE (tl_code_is_long),
  CLOSURE (tl_code_to_asker),
  CLOSURE (tl_code_to_attributes),
  CLOSURE (tl_finding_to_step),
  CLOSURE (tl_identity_to_summary),
  CLOSURE (tl_issuer_to_offer),
  CLOSURE (tl_note_to_caption),
  CLOSURE (tl_seconds_to_left),
  CLOSURE (tl_secret_name_to_title),
  CLOSURE (tl_secrets_suffice),
  CLOSURE (tl_several),
  CLOSURE (tl_shared_way_is_by_provider),
  CLOSURE (tl_shared_way_is_folder),
  CLOSURE (tl_shared_way_is_set),
  CLOSURE (tl_shared_way_to_explanation),
  CLOSURE (tl_shared_way_to_label),
  CLOSURE (tl_signin_is_idle),
  CLOSURE (tl_signin_is_in_browser),
  CLOSURE (tl_signin_is_on_device),
  CLOSURE (tl_signin_to_account),
  CLOSURE (tl_signin_to_help),
  CLOSURE (tl_signin_to_lead),
  CLOSURE (tl_signin_to_place),
  CLOSURE (tl_signin_to_status),
  CLOSURE (tl_signin_to_title),
  CLOSURE (tl_store_is_there),
  CLOSURE (tl_store_to_hint),
  CLOSURE (tl_turned_away_to_label),
};

/**
 * tl_signin_words_bind:
 * @widget_class: the class of a template
 *
 * Lets the template name the functions of this file.
 */
void
tl_signin_words_bind (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, words[i].name, words[i].callback);
}
