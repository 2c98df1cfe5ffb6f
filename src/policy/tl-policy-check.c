/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-check.h"

#include <string.h>

#include "tl-host-pattern.h"
#include "tl-provider-details.h"
#include "tl-text.h"

#define DAY_S (24 * 60 * 60)

static const TlLaneKind lane_kinds[] = { TL_LANE_INCOMING, TL_LANE_OUTGOING };

static TlLaneSettings *
get_settings (TlPlan     *plan,
              TlLaneKind  lane)
{
  return tl_plan_get_lane (plan, lane)->settings;
}

static void
judge (TlPolicyOutcome *outcome,
       gboolean         is_kept,
       const char      *found)
{
  outcome->verdict = is_kept ? TL_VERDICT_OK : TL_VERDICT_ERROR;
  g_free (outcome->found);
  outcome->found = found == NULL ? NULL : tl_text_clean (found, -1);
}

/* Both lanes have to keep it. The one that does not is named, and none where both do not. */
static void
judge_lane (TlPolicyOutcome *outcome,
            TlLaneKind       lane,
            gboolean         is_kept,
            const char      *found)
{
  g_autofree char *before = NULL;

  if (outcome->verdict != TL_VERDICT_ERROR)
    {
      judge (outcome, is_kept, found);
      outcome->lane = is_kept ? TL_LANE_NONE : lane;
      return;
    }
  if (is_kept)
    return;

  before = g_steal_pointer (&outcome->found);
  judge (outcome, FALSE, found);
  outcome->lane = TL_LANE_NONE;
  if (outcome->found == NULL)
    {
      outcome->found = g_steal_pointer (&before);
    }
  else if (before != NULL && !g_str_equal (before, outcome->found))
    {
      g_autofree char *here = g_steal_pointer (&outcome->found);

      outcome->found = g_strconcat (before, ", ", here, NULL);
    }
}

/* A lane that cannot be seen leaves the rule untested, unless it is broken already. */
static void
forget (TlPolicyOutcome *outcome)
{
  if (outcome->verdict == TL_VERDICT_ERROR)
    return;

  outcome->verdict = TL_VERDICT_NOT_TESTED;
  g_clear_pointer (&outcome->found, g_free);
}

static void
check_host (char            **patterns,
            TlPlan           *plan,
            TlLaneKind        lane,
            TlPolicyOutcome  *out_outcome)
{
  TlLaneSettings *settings = get_settings (plan, lane);
  g_autofree char *host = NULL;

  if (settings == NULL)
    return;

  host = tl_host_pattern_fold (tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings)));
  judge_lane (out_outcome, lane,
              tl_host_patterns_match ((const char * const *) patterns, host) > 0, host);
}

void
tl_policy_check_incoming_host (const TlPolicyLimits  *limits,
                               const TlPolicySubject *subject,
                               TlPolicyOutcome       *out_outcome)
{
  check_host (limits->incoming_hosts, subject->plan, TL_LANE_INCOMING, out_outcome);
}

void
tl_policy_check_outgoing_host (const TlPolicyLimits  *limits,
                               const TlPolicySubject *subject,
                               TlPolicyOutcome       *out_outcome)
{
  check_host (limits->outgoing_hosts, subject->plan, TL_LANE_OUTGOING, out_outcome);
}

void
tl_policy_check_domain (const TlPolicyLimits  *limits,
                        const TlPolicySubject *subject,
                        TlPolicyOutcome       *out_outcome)
{
  g_autofree char *domain =
    tl_host_pattern_fold (tl_address_get_domain (tl_plan_get_address (subject->plan)));

  judge (out_outcome,
         tl_host_patterns_match ((const char * const *) limits->domains, domain) > 0, domain);
}

/* What is no version of TLS that we know is older than any that is asked for. */
static guint
rank_tls (const char *version)
{
  static const char * const versions[] = { "TLSv1.2", "TLSv1.3" };

  for (guint i = 0; version != NULL && i < G_N_ELEMENTS (versions); i++)
    {
      if (g_str_equal (version, versions[i]))
        return i + 1;
    }

  return 0;
}

static gboolean
is_green (TlReport   *report,
          TlLaneKind  lane)
{
  TlLaneReport *tested = tl_report_get_lane (report, lane);

  return tested != NULL && (tl_lane_report_get_verdict (tested) == TL_VERDICT_OK ||
                            tl_lane_report_get_verdict (tested) == TL_VERDICT_WARNING);
}

/* A bundle that says a lane works without saying over what does not keep the rule. */
void
tl_policy_check_tls (const TlPolicyLimits  *limits,
                     const TlPolicySubject *subject,
                     TlPolicyOutcome       *out_outcome)
{
  g_autofree char *wanted = g_strconcat ("TLSv", limits->min_tls, NULL);
  gboolean is_seen = TRUE;

  for (gsize i = 0; subject->report != NULL && i < G_N_ELEMENTS (lane_kinds); i++)
    {
      TlTlsInfo *tls = tl_lane_report_get_tls (tl_report_get_lane (subject->report, lane_kinds[i]));
      const char *version = tls == NULL ? NULL : tl_tls_info_get_version (tls);

      if (version == NULL && !(subject->is_bundle && is_green (subject->report, lane_kinds[i])))
        is_seen = FALSE;
      else
        judge_lane (out_outcome, lane_kinds[i], rank_tls (version) >= rank_tls (wanted), version);
    }
  if (!is_seen)
    forget (out_outcome);
}

void
tl_policy_check_sign_in (const TlPolicyLimits  *limits,
                         const TlPolicySubject *subject,
                         TlPolicyOutcome       *out_outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lane_kinds); i++)
    {
      TlLaneSettings *settings = get_settings (subject->plan, lane_kinds[i]);
      const char *nick;

      if (settings == NULL)
        continue;

      nick = tl_auth_get_nick (tl_lane_settings_get_auth (settings));
      judge_lane (out_outcome, lane_kinds[i],
                  g_strv_contains ((const char * const *) limits->sign_in, nick), nick);
    }
}

/* One spelling for what most servers take for one account. */
static char *
dup_account (TlPlan     *plan,
             TlLaneKind  lane)
{
  g_autofree char *user =
    g_utf8_casefold (tl_lane_settings_get_username (get_settings (plan, lane)), -1);
  g_autofree char *domain = NULL;

  if (strchr (user, '@') != NULL)
    return g_steal_pointer (&user);
  domain = g_utf8_casefold (tl_address_get_domain (tl_plan_get_address (plan)), -1);

  return g_strconcat (user, "@", domain, NULL);
}

static gboolean
is_in_form (const char *user,
            const char *address,
            gboolean    is_whole)
{
  const char *at = strrchr (address, '@');
  g_autofree char *local = at == NULL ? g_strdup (address)
                                      : g_strndup (address, (gsize) (at - address));

  return g_ascii_strcasecmp (user, is_whole ? address : local) == 0;
}

/* Who signs in to a mailbox that several people share; NULL where nobody but the mailbox does. It
 * is a word of the set-up's own: a stranger's, of another domain than the mailbox or any that the
 * policy allows, says nothing about an account here. */
static const char *
get_login (const TlPolicyLimits *limits,
           TlPlan               *plan)
{
  const TlPlanSignIn *sign_in = tl_plan_get_sign_in (plan);
  const char *login = sign_in == NULL ? NULL : sign_in->login;
  const char *at = login == NULL ? NULL : strrchr (login, '@');
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;

  if (at == NULL)
    return NULL;

  theirs = tl_host_pattern_fold (at + 1);
  ours = tl_host_pattern_fold (tl_address_get_domain (tl_plan_get_address (plan)));
  if (!g_str_equal (theirs, ours) &&
      (limits->domains == NULL ||
       tl_host_patterns_match ((const char * const *) limits->domains, theirs) == 0))
    return NULL;

  return login;
}

/* Whether a user name is one that follows from the mailbox and who signs in to it. */
static gboolean
is_known_form (const char *user,
               TlPlan     *plan,
               const char *login)
{
  const char *address = tl_address_get_addr_spec (tl_plan_get_address (plan));

  return is_in_form (user, address, TRUE) || is_in_form (user, address, FALSE) ||
         is_in_form (user, login, TRUE) || is_in_form (user, login, FALSE);
}

/* Whether the outgoing lane signs in as somebody else, or with something else, than the incoming
 * one. A shared mailbox may have another name on each lane without being another account: both are
 * forms of the mailbox's address or of the login, then. */
static gboolean
sends_separately (const TlPolicyLimits *limits,
                  TlPlan               *plan)
{
  const char *login = get_login (limits, plan);
  TlLaneSettings *incoming = get_settings (plan, TL_LANE_INCOMING);
  TlLaneSettings *outgoing = get_settings (plan, TL_LANE_OUTGOING);
  g_autofree char *account_in = NULL;
  g_autofree char *account_out = NULL;

  if (incoming == NULL || outgoing == NULL)
    return FALSE;
  if (tl_lane_settings_get_auth (incoming) != tl_lane_settings_get_auth (outgoing))
    return TRUE;

  account_in = dup_account (plan, TL_LANE_INCOMING);
  account_out = dup_account (plan, TL_LANE_OUTGOING);

  if (g_str_equal (account_in, account_out))
    return FALSE;

  return login == NULL || tl_plan_get_lane (plan, TL_LANE_OUTGOING)->own_user ||
         !is_known_form (tl_lane_settings_get_username (incoming), plan, login) ||
         !is_known_form (tl_lane_settings_get_username (outgoing), plan, login);
}

static gboolean
has_made_host (TlProvider *provider,
               TlPlan     *plan,
               TlLaneKind  lane,
               const char *host)
{
  for (guint i = 0; i < tl_provider_get_n_endpoints (provider, lane); i++)
    {
      g_autoptr(TlLaneSettings) settings =
        tl_provider_dup_settings (provider, lane, i, tl_plan_get_address (plan), NULL);

      if (settings != NULL &&
          g_ascii_strcasecmp (host, tl_endpoint_get_host (
            tl_lane_settings_get_endpoint (settings))) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The set-up names its provider itself, so its servers have to be that provider's, too. One that
 * sends for another mailbox is not: whether there may be one is another rule. */
static void
check_provider_host (const TlPolicyLimits *limits,
                     TlPlan               *plan,
                     TlProvider           *provider,
                     TlLaneKind            lane,
                     TlPolicyOutcome      *outcome)
{
  TlLaneSettings *settings = get_settings (plan, lane);
  const char *host;

  if (settings == NULL || (lane == TL_LANE_OUTGOING && sends_separately (limits, plan)))
    return;

  host = tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings));
  if (!tl_provider_has_host (provider, lane, host) && !has_made_host (provider, plan, lane, host))
    judge_lane (outcome, lane, FALSE, host);
}

void
tl_policy_check_provider (const TlPolicyLimits  *limits,
                          const TlPolicySubject *subject,
                          TlPolicyOutcome       *out_outcome)
{
  const char *id = tl_plan_get_provider (subject->plan);
  gboolean is_allowed = id != NULL &&
                        g_strv_contains ((const char * const *) limits->providers, id);
  TlProvider *provider = is_allowed ? tl_providers_find (id) : NULL;

  judge (out_outcome, is_allowed && provider != NULL, id);
  for (gsize i = 0; provider != NULL && i < G_N_ELEMENTS (lane_kinds); i++)
    check_provider_host (limits, subject->plan, provider, lane_kinds[i], out_outcome);
}

/* A sending service of its own has names of its own kind: whether there may be one is another
 * rule. It is one that a person gave a name for, or that is known for one. */
static gboolean
has_names_of_its_own (const TlPolicyLimits *limits,
                      TlPlan               *plan)
{
  const char *host;
  TlProvider *provider;

  if (!sends_separately (limits, plan))
    return FALSE;

  host = tl_endpoint_get_host (tl_lane_settings_get_endpoint (get_settings (plan,
                                                                            TL_LANE_OUTGOING)));
  provider = tl_providers_find_by_host (host);

  return tl_plan_get_lane (plan, TL_LANE_OUTGOING)->own_user ||
         (provider != NULL && tl_provider_get_kind (provider) == TL_PROVIDER_RELAY);
}

void
tl_policy_check_user_name (const TlPolicyLimits  *limits,
                           const TlPolicySubject *subject,
                           TlPolicyOutcome       *out_outcome)
{
  const char *address = tl_address_get_addr_spec (tl_plan_get_address (subject->plan));
  const char *login = get_login (limits, subject->plan);
  gboolean is_whole = g_str_equal (limits->user_name, "address");

  for (gsize i = 0; i < G_N_ELEMENTS (lane_kinds); i++)
    {
      TlLaneSettings *settings = get_settings (subject->plan, lane_kinds[i]);
      const char *user;

      if (settings == NULL ||
          (lane_kinds[i] == TL_LANE_OUTGOING && has_names_of_its_own (limits, subject->plan)))
        continue;

      user = tl_lane_settings_get_username (settings);
      judge_lane (out_outcome, lane_kinds[i],
                  is_in_form (user, address, is_whole) ||
                  (login != NULL && is_in_form (user, login, is_whole)),
                  user);
    }
}

void
tl_policy_check_separate_sending (const TlPolicyLimits  *limits,
                                  const TlPolicySubject *subject,
                                  TlPolicyOutcome       *out_outcome)
{
  TlLaneSettings *outgoing = get_settings (subject->plan, TL_LANE_OUTGOING);

  if (outgoing == NULL || get_settings (subject->plan, TL_LANE_INCOMING) == NULL)
    return;

  judge_lane (out_outcome, TL_LANE_OUTGOING, !sends_separately (limits, subject->plan),
              tl_lane_settings_get_username (outgoing));
}

/* The next two are about what is made of a set-up, and not about a mailbox. */
void
tl_policy_check_age (const TlPolicyLimits  *limits,
                     const TlPolicySubject *subject,
                     TlPolicyOutcome       *out_outcome)
{
  gint64 age_s = subject->now_s - subject->made_s;
  g_autofree char *days = NULL;

  if (!subject->is_bundle)
    return;

  days = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (age_s, 0) / DAY_S);
  judge (out_outcome, age_s <= limits->max_age_days * DAY_S, days);
}

void
tl_policy_check_passwords (const TlPolicyLimits  *limits,
                           const TlPolicySubject *subject,
                           TlPolicyOutcome       *out_outcome)
{
  if (!subject->is_bundle)
    return;

  judge (out_outcome, !subject->has_passwords || g_str_equal (limits->passwords, "sealed"),
         subject->has_passwords ? "encrypted" : "none");
}

/* Rules that nothing of a set-up shows. */
void
tl_policy_check_nothing (const TlPolicyLimits  *limits,
                         const TlPolicySubject *subject,
                         TlPolicyOutcome       *out_outcome)
{

}
