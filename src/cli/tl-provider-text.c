/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-provider-words.h"
#include "tl-terminal.h"

static const char *
describe_confidence (const TlProvider *provider)
{
  if (!tl_provider_is_confirmed (provider, NULL))
    return _("not confirmed");

  return tl_provider_get_unconfirmed (provider)[0] == NULL ? _("confirmed")
                                                           : _("mostly confirmed");
}

/**
 * tl_provider_text_doubt:
 * @provider: a provider
 * @format: printf style: a place in its file, as a JSON pointer (RFC 6901)
 * @...: its arguments
 *
 * Returns: what is put behind a line about it: nothing, or that it is known less well
 */
const char *
tl_provider_text_doubt (const TlProvider *provider,
                        const char       *format,
                        ...)
{
  g_autofree char *pointer = NULL;
  va_list args;

  va_start (args, format);
  pointer = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: follows a line of facts about a provider */
  return tl_provider_is_confirmed (provider, pointer) ? "" : _(" (not confirmed)");
}

/* Padded by characters; printf counts bytes. */
static char *
pad (const char *text,
     glong       width)
{
  glong missing = width - g_utf8_strlen (text, -1);
  g_autofree char *blanks = g_strnfill (missing > 0 ? (gsize) missing : 0, ' ');

  return g_strconcat (text, blanks, NULL);
}

/* The day that all of them were checked on. Returns NULL when there is no such day. */
static const char *
find_common_day (GPtrArray *providers)
{
  const char *day = tl_provider_get_checked_on (g_ptr_array_index (providers, 0));

  for (guint i = 1; i < providers->len; i++)
    {
      if (!g_str_equal (tl_provider_get_checked_on (g_ptr_array_index (providers, i)), day))
        return NULL;
    }

  return day;
}

/* A day that all rows have is said once, below them. */
static void
list_kind (GPtrArray      *providers,
           TlProviderKind  kind,
           gboolean        with_days,
           const char     *heading)
{
  glong id_width = 0, name_width = 0, confidence_width = 0;
  gboolean begun = FALSE;

  for (guint i = 0; i < providers->len; i++)
    {
      const TlProvider *provider = g_ptr_array_index (providers, i);

      id_width = MAX (id_width, g_utf8_strlen (tl_provider_get_id (provider), -1));
      name_width = MAX (name_width, g_utf8_strlen (tl_provider_get_name (provider), -1));
      confidence_width = MAX (confidence_width, g_utf8_strlen (describe_confidence (provider), -1));
    }

  for (guint i = 0; i < providers->len; i++)
    {
      const TlProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *id = pad (tl_provider_get_id (provider), id_width);
      g_autofree char *name = pad (tl_provider_get_name (provider), name_width);
      g_autofree char *confidence = pad (describe_confidence (provider),
                                         with_days ? confidence_width : 0);

      if (tl_provider_get_kind (provider) != kind)
        continue;
      if (!begun)
        tl_terminal_print ("%s", heading);
      begun = TRUE;
      tl_terminal_print ("  %s  %s  %s%s%s", id, name, confidence, with_days ? "  " : "",
                         with_days ? tl_provider_get_checked_on (provider) : "");
    }
}

/* What gives it away where a filter's exchangers stand before its own. */
static void
show_signals (const TlProvider *provider)
{
  const char * const *lists[] = { tl_provider_get_spf (provider),
                                  tl_provider_get_autodiscover (provider) };
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (guint j = 0; lists[i][j] != NULL; j++)
        g_ptr_array_add (names, (gpointer) lists[i][j]);
    }
  if (names->len == 0)
    return;

  g_ptr_array_add (names, NULL);
  list = g_strjoinv (", ", (char **) names->pdata);
  /* Translators: names in DNS, then perhaps “(not confirmed)” */
  tl_terminal_print (_("Behind a mail filter it is known by: %s%s"), list,
                     tl_provider_text_doubt (provider, "/signals"));
}

static void
show_names (const TlProvider *provider)
{
  const char * const *domains = tl_provider_get_domains (provider);
  const char * const *mx = tl_provider_get_mx (provider);
  g_autofree char *domain_list = g_strjoinv (", ", (char **) domains);
  g_autofree char *mx_list = g_strjoinv (", ", (char **) mx);

  if (domains[0] != NULL)
    /* Translators: domains of addresses, then perhaps “(not confirmed)” */
    tl_terminal_print (_("Addresses in: %s%s"), domain_list,
                       tl_provider_text_doubt (provider, "/domains"));
  if (mx[0] != NULL)
    /* Translators: patterns of server names, then perhaps “(not confirmed)” */
    tl_terminal_print (_("Other domains are known by where their mail goes: %s%s"), mx_list,
                       tl_provider_text_doubt (provider, "/mx"));
  show_signals (provider);
}

/* What the words in server names stand for. */
static void
explain_template (const char *host)
{
  const char *start = strchr (host, '{');
  g_autofree char *word = NULL;

  if (start == NULL)
    return;

  word = g_strndup (start, strcspn (start, "}") + 1);
  if (g_str_equal (word, "{domain}"))
    /* Translators: %s is a word in braces, part of a server name */
    tl_terminal_print (_("     %s is the domain of your address"), word);
  else if (g_str_equal (word, "{mx}"))
    /* Translators: %s is a word in braces, part of a server name */
    tl_terminal_print (_("     %s is the server that takes mail for your domain"), word);
  else
    /* Translators: %s is a word in braces, part of a server name */
    tl_terminal_print (_("     %s is not the same for all customers"), word);
}

static void
show_servers (const TlProvider *provider,
              TlLaneKind        lane)
{
  const char *member = lane == TL_LANE_INCOMING ? "incoming" : "outgoing";
  guint n = tl_provider_get_n_endpoints (provider, lane);

  if (n == 0)
    {
      /* Translators: %s is a lane, such as “Incoming” */
      tl_terminal_print (_("%s: none for programs elsewhere"), tl_lane_kind_get_label (lane));
      return;
    }

  /* Translators: %s is a lane, such as “Incoming” */
  tl_terminal_print (_("%s, the best first:"), tl_lane_kind_get_label (lane));
  for (guint i = 0; i < n; i++)
    {
      const TlProviderServer *server = tl_provider_get_server (provider, lane, i);

      tl_terminal_print ("  %u. %s:%u  %s%s", i + 1, server->host, server->port,
                         tl_security_get_label (server->security),
                         tl_provider_text_doubt (provider, "/%s/%u", member, i));
      explain_template (server->host);
    }
}

static char *
describe_username (const TlProvider *provider,
                   TlLaneKind        lane)
{
  const char *literal;

  switch (tl_provider_get_username (provider, lane, &literal))
    {
    case TL_USERNAME_LOCAL_PART:
      return g_strdup (_("the part of the address before the @"));
    case TL_USERNAME_ANY:
      return g_strdup (_("any; your address will do"));
    case TL_USERNAME_GIVEN:
      return g_strdup (_("the one that the provider gives you"));
    case TL_USERNAME_LITERAL:
      /* Translators: %s is a word to be typed as it stands */
      return g_strdup_printf (_("“%s”, the same for everybody"), literal);
    case TL_USERNAME_ADDRESS:
    default:
      return g_strdup (_("the whole address"));
    }
}

static void
show_sign_in (const TlProvider *provider)
{
  g_autofree char *incoming = describe_username (provider, TL_LANE_INCOMING);
  g_autofree char *outgoing = describe_username (provider, TL_LANE_OUTGOING);
  g_autoptr(GString) ways = g_string_new (NULL);
  const TlAuth *kinds;
  guint n = tl_provider_get_sign_in (provider, &kinds);

  if (g_str_equal (incoming, outgoing) || tl_provider_get_kind (provider) == TL_PROVIDER_RELAY)
    {
      /* Translators: what the user name is, then perhaps “(not confirmed)” */
      tl_terminal_print (_("User name: %s%s"), outgoing,
                         tl_provider_text_doubt (provider, "/username"));
    }
  else
    {
      /* Translators: what the user name is, then perhaps “(not confirmed)” */
      tl_terminal_print (_("User name, incoming: %s%s"), incoming,
                         tl_provider_text_doubt (provider, "/incoming_username"));
      /* Translators: what the user name is, then perhaps “(not confirmed)” */
      tl_terminal_print (_("User name, outgoing: %s%s"), outgoing,
                         tl_provider_text_doubt (provider, "/username"));
    }

  for (guint i = 0; i < n; i++)
    g_string_append_printf (ways, "%s%s", i == 0 ? "" : ", ", tl_auth_get_label (kinds[i]));
  /* Translators: ways of signing in, the best first, then perhaps “(not confirmed)” */
  tl_terminal_print (_("Signs in with: %s%s"), ways->str,
                     tl_provider_text_doubt (provider, "/sign_in"));
  if (tl_provider_get_secret_name (provider) != NULL)
    /* Translators: what the provider calls its secret, then perhaps “(not confirmed)” */
    tl_terminal_print (_("What it calls its password: %s%s"),
                       tl_provider_get_secret_name (provider),
                       tl_provider_text_doubt (provider, "/secret_name"));
}

static void
show_limits (const TlProvider *provider)
{
  guint n = tl_provider_get_n_limits (provider);

  if (n > 0)
    tl_terminal_print ("%s", _("Limits:"));
  for (guint i = 0; i < n; i++)
    {
      const TlProviderLimit *limit = tl_provider_get_limit (provider, i);
      const char *what = tl_provider_limit_get_label (limit->what);
      const char *source = tl_provider_source_get_label (limit->source);
      const char *sure = limit->confirmed ? tl_provider_text_doubt (provider, "/limits/%u", i)
                                          : _(" (not confirmed)");
      g_autofree char *when = limit->when == NULL ? g_strdup ("")
                                                  : g_strdup_printf (" (%s)", limit->when);

      /* Translators: what is limited, how many, perhaps of which plan in brackets, who said so,
       * the day, then perhaps “(not confirmed)” */
      tl_terminal_print (_("  %s: %u%s – %s, %s%s"), what, limit->value, when, source, limit->as_of,
                         sure);
    }
}

/**
 * tl_provider_text_list:
 * @providers: (element-type TlProvider): at least one, sorted as they are to be shown
 * @name: (nullable): what they were searched by
 *
 * Prints a line for each, those with mailboxes first, and what the words in it mean.
 */
void
tl_provider_text_list (GPtrArray  *providers,
                       const char *name)
{
  const char *day = find_common_day (providers);

  if (name != NULL)
    /* Translators: %s is what was typed; providers follow that have it in a name or a domain */
    tl_terminal_print (_("Matches for “%s”:"), name);
  list_kind (providers, TL_PROVIDER_MAILBOX, day == NULL, _("Mailboxes"));
  list_kind (providers, TL_PROVIDER_RELAY, day == NULL, _("Relays, which only send"));
  if (day != NULL)
    /* Translators: %s is a day, such as 2026-01-31 */
    tl_terminal_print (_("All were last checked on %s."), day);
  tl_terminal_print ("%s", _("“Confirmed” facts were compared with the provider’s own pages; "
                             "“twolanectl providers NAME” marks those that were not. Either way "
                             "a server has to prove its name before it gets a password."));
}

/**
 * tl_provider_text_show:
 * @provider: a provider
 *
 * Prints all that is known of it, and what of that is not confirmed.
 */
void
tl_provider_text_show (const TlProvider *provider)
{
  gboolean relay = tl_provider_get_kind (provider) == TL_PROVIDER_RELAY;

  tl_terminal_print ("%s  [%s]", tl_provider_get_name (provider), tl_provider_get_id (provider));
  if (relay)
    tl_terminal_print ("%s", _("A relay: it only sends"));
  /* Translators: how sure the facts are, and the day they were compared with their sources */
  tl_terminal_print (_("These facts are %s, last checked %s"), describe_confidence (provider),
                     tl_provider_get_checked_on (provider));
  show_names (provider);
  if (!relay)
    show_servers (provider, TL_LANE_INCOMING);
  show_servers (provider, TL_LANE_OUTGOING);
  show_sign_in (provider);
  tl_provider_text_show_sign_in (provider);
  show_limits (provider);
}
