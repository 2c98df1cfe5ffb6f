/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-access.h"

#include <glib/gi18n-lib.h>

#include "tl-report-markup.h"
#include "tl-url.h"

typedef enum
{
  NO_LANE,
  TOKEN,
  SEALED,
  TYPED,
} Way;

static const struct
{
  const char *title;
  const char *own_user;
} lanes[] = {
  [TL_LANE_INCOMING] = { N_("Incoming lane"),
                         N_("The incoming lane has a user name of its own, which was entered by "
                            "hand: it may be another account on purpose.") },
  [TL_LANE_OUTGOING] = { N_("Outgoing lane"),
                         N_("The outgoing lane has a user name of its own, which was entered by "
                            "hand: it may be another account on purpose, such as a separate "
                            "sending service.") },
};

/* How the platform gets what a lane signs in with. */
static const struct
{
  const char *class;
  const char *label;
} ways[] = {
  [NO_LANE] = { "no-lane", N_("No server was found for this lane.") },
  [TOKEN]   = { "token",   N_("No password: sign in on the provider’s page") },
  [SEALED]  = { "sealed",  N_("In this file, encrypted") },
  [TYPED]   = { "typed",   N_("Not in this file: typed in at import") },
};

static Way
find_way (TlReport   *report,
          TlLaneKind  kind,
          gboolean    is_sealed)
{
  TlLaneSettings *settings = tl_plan_get_lane (tl_report_get_plan (report), kind)->settings;

  if (settings == NULL)
    return NO_LANE;
  if (tl_lane_settings_get_auth (settings) == TL_AUTH_OAUTH2)
    return TOKEN;

  return is_sealed ? SEALED : TYPED;
}

/**
 * tl_report_access_add_passwords:
 * @out: the page so far
 * @report: what is handed over
 * @facts: what the bundle says about itself
 *
 * Adds the section that says how each lane's password gets to the platform.
 */
void
tl_report_access_add_passwords (GString             *out,
                                TlReport            *report,
                                const TlBundleFacts *facts)
{
  const gboolean are_sealed[] = {
    [TL_LANE_INCOMING] = facts->has_incoming,
    [TL_LANE_OUTGOING] = facts->has_outgoing,
  };

  tl_report_markup_open (out, "passwords", _("How passwords travel"));
  tl_markup_add (out,
                 "<table>\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th>"
                 "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
                 _("Where the password of each lane is"), _("Lane"), _("Password"));
  for (TlLaneKind kind = TL_LANE_INCOMING; kind <= TL_LANE_OUTGOING; kind++)
    {
      Way way = find_way (report, kind, are_sealed[kind]);

      tl_markup_add (out,
                     "<tr><th scope=\"row\">%s</th><td class=\"%s\">%s</td></tr>\n",
                     _(lanes[kind].title), ways[way].class, _(ways[way].label));
    }
  g_string_append (out, "</tbody>\n</table>\n");

  if (*facts->recipient != '\0')
    {
      g_autofree char *groups = tl_fingerprint_to_groups (facts->recipient);

      tl_report_markup_text (out,
                             _("What is encrypted can be read only with the key that has this "
                               "fingerprint, which should be the platform’s. Whoever carries the "
                               "file or looks through it cannot."));
      tl_markup_add (out, "<p><code class=\"fingerprint\">%s</code></p>\n", groups);
      tl_report_markup_text (out, _("No password stands in readable form in this file, and no "
                                    "token of a sign-in is in it."));
    }
  else
    {
      tl_report_markup_text (out, _("No password and no token is in this file."));
    }
  tl_report_markup_close (out);
}

/* Who signed in on a page of the provider's, and that it counts for nobody else. */
static void
add_issuer (GString            *out,
            const TlPlanSignIn *sign_in)
{
  g_autofree char *host = tl_url_dup_host (sign_in->issuer);
  g_autofree char *joined = NULL;

  /* Translators: the host of the web page at which somebody signed in */
  tl_report_markup_row (out, _("On the page of"), host != NULL ? host : sign_in->issuer);
  /* Translators: the account that was chosen on that page, an address as a rule */
  tl_report_markup_row (out, _("With the account"), sign_in->account);
  /* Translators: as what the program is registered there (“client id”) */
  tl_report_markup_row (out, _("Client id"), sign_in->client_id);
  if (sign_in->scopes == NULL || sign_in->scopes[0] == NULL)
    return;

  joined = g_strjoinv (" ", (char **) sign_in->scopes);
  /* Translators: what the program asked to be allowed (“scopes”) */
  tl_report_markup_code (out, _("Asked for"), joined);
}

/**
 * tl_report_access_add_sign_in:
 * @out: the page so far
 * @report: what is handed over
 *
 * Adds the section that says who signs in, where there is a lane to sign in to.
 */
void
tl_report_access_add_sign_in (GString  *out,
                              TlReport *report)
{
  TlPlan *plan = tl_report_get_plan (report);
  const TlPlanSignIn *sign_in = tl_plan_get_sign_in (plan);
  gboolean has_own_user = FALSE;

  if (tl_plan_get_lane (plan, TL_LANE_INCOMING)->settings == NULL &&
      tl_plan_get_lane (plan, TL_LANE_OUTGOING)->settings == NULL)
    return;

  tl_report_markup_open (out, "sign-in", _("Who signs in"));
  if (sign_in != NULL)
    {
      g_string_append (out, "<dl>\n");
      if (sign_in->login != NULL)
        {
          tl_report_markup_row (out, _("Shared mailbox"),
                                tl_address_get_addr_spec (tl_plan_get_address (plan)));
          tl_report_markup_row (out, _("Who signs in"), sign_in->login);
        }
      if (sign_in->issuer != NULL)
        add_issuer (out, sign_in);
      g_string_append (out, "</dl>\n");
    }
  for (TlLaneKind kind = TL_LANE_INCOMING; kind <= TL_LANE_OUTGOING; kind++)
    {
      if (!tl_plan_get_lane (plan, kind)->own_user)
        continue;
      tl_markup_add (out, "<p class=\"own-user %s\">%s</p>\n", tl_lane_kind_get_nick (kind),
                     _(lanes[kind].own_user));
      has_own_user = TRUE;
    }
  if (sign_in != NULL && sign_in->issuer != NULL)
    tl_report_markup_text (out,
                           _("That sign-in was for the test alone and is not handed over: whoever "
                             "takes this mailbox over has to sign in and give consent once more, "
                             "starting from the platform’s own page."));
  if (sign_in == NULL && !has_own_user)
    tl_report_markup_text (out, _("The mailbox signs in itself, with the user names above."));
  tl_report_markup_close (out);
}
