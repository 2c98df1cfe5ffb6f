/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown of a bundle that passed, in rows. */
#include "tl-review-private.h"

#include <glib/gi18n-lib.h>

#include "tl-detail.h"
#include "tl-provider.h"

/* What of a lane's settings a row tells. */
typedef enum
{
  CELL_SERVER,
  CELL_ENCRYPTION,
  CELL_USER,
  CELL_SIGN_IN,
  CELL_FOLDER,
} Cell;

/* The rows of both lanes: the same label in every bundle, and which rules are about it. */
static const struct
{
  Cell        cell;
  TlLaneKind  lane;
  const char *id;
  const char *label;
  const char *rules[3];
} lane_rows[] = {
  { CELL_SERVER, TL_LANE_INCOMING, "incoming.server", N_("Incoming server"),
    { "hosts.incoming" } },
  { CELL_ENCRYPTION, TL_LANE_INCOMING, "incoming.encryption", N_("Incoming encryption"),
    { "tls.min_version" } },
  { CELL_USER, TL_LANE_INCOMING, "incoming.user-name", N_("Incoming user name"),
    { "user_name" } },
  { CELL_SIGN_IN, TL_LANE_INCOMING, "incoming.sign-in", N_("Incoming sign-in"),
    { "sign_in" } },
  { CELL_FOLDER, TL_LANE_INCOMING, "incoming.folder", N_("Incoming folder"),
    { "folder_roles" } },
  { CELL_SERVER, TL_LANE_OUTGOING, "outgoing.server", N_("Outgoing server"),
    { "hosts.outgoing" } },
  { CELL_ENCRYPTION, TL_LANE_OUTGOING, "outgoing.encryption", N_("Outgoing encryption"),
    { "tls.min_version" } },
  { CELL_USER, TL_LANE_OUTGOING, "outgoing.user-name", N_("Outgoing user name"),
    { "user_name", "separate_sending" } },
  { CELL_SIGN_IN, TL_LANE_OUTGOING, "outgoing.sign-in", N_("Outgoing sign-in"),
    { "sign_in" } },
};

static void
add (GPtrArray  *details,
     TlStatus    status,
     const char *id,
     const char *label,
     const char *hint,
     const char *value)
{
  if (value != NULL && *value != '\0')
    g_ptr_array_add (details, g_object_new (TL_TYPE_DETAIL, "status", status, "id", id,
                                            "label", label, "hint", hint, "value", value, NULL));
}

static char *
describe_moment (gint64 moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);

  return g_date_time_format (moment, "%Y-%m-%d %H:%M UTC");
}

/* The passwords that travel in it, and for whom. */
static void
add_passwords (GPtrArray *details,
               TlBundle  *bundle)
{
  const char *recipient = tl_bundle_get_recipient (bundle);
  g_autofree char *groups = recipient == NULL ? NULL : tl_fingerprint_to_groups (recipient);
  g_autofree char *value = NULL;

  if (groups != NULL)
    /* Translators: a fingerprint in groups of four characters */
    value = g_strdup_printf (_("Encrypted for %s"), groups);
  add (details, TL_STATUS_NOT_TESTED, "passwords", _("Passwords"), NULL,
       value != NULL ? value : _("None: typed in at import"));
}

static void
add_tested_under (GPtrArray *details,
                  TlBundle  *bundle)
{
  TlPolicyRecord *record = tl_report_get_policy (tl_bundle_get_report (bundle));
  gboolean is_kept;

  if (record == NULL)
    return;

  is_kept = tl_policy_record_get_verdict (record) != TL_VERDICT_ERROR;
  add (details, is_kept ? TL_STATUS_OK : TL_STATUS_ERROR, "policy",
       _("Policy where it was made"), NULL, is_kept ? _("Kept") : _("Broken"));
}

/**
 * tl_review_list_facts:
 * @bundle: one that passed
 * @now_s: the present, seconds since the epoch
 *
 * Returns: (transfer full) (element-type TlDetail): who signed it, when, for how long
 */
GPtrArray *
tl_review_list_facts (TlBundle *bundle,
                      gint64    now_s)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *signer = tl_fingerprint_to_groups (tl_bundle_get_fingerprint (bundle));
  g_autofree char *made = describe_moment (tl_bundle_get_made_s (bundle));
  g_autofree char *expires = describe_moment (tl_bundle_get_expires_s (bundle));
  g_autofree char *serial = g_strdup_printf ("%" G_GUINT64_FORMAT, tl_bundle_get_serial (bundle));
  gboolean is_expired = now_s >= tl_bundle_get_expires_s (bundle);
  gboolean is_draft = tl_bundle_is_draft (bundle);

  add (details, tl_bundle_is_vouched_for (bundle) ? TL_STATUS_OK : TL_STATUS_ERROR, "signer",
       _("Signer"), tl_bundle_get_signer_name (bundle), signer);
  add (details, TL_STATUS_NOT_TESTED, "made", _("Made"), NULL, made);
  add (details, is_expired ? TL_STATUS_ERROR : TL_STATUS_NOT_TESTED, "expires",
       _("Valid until"), NULL, expires);
  add (details, TL_STATUS_NOT_TESTED, "serial", _("Serial number"), NULL, serial);
  add (details, is_draft ? TL_STATUS_ERROR : TL_STATUS_OK, "state", _("State"), NULL,
       is_draft ? _("A draft") : _("Ready"));
  add_passwords (details, bundle);
  add_tested_under (details, bundle);

  return details;
}

static gboolean
is_about (TlPolicyResult *result,
          TlLaneKind      lane)
{
  TlFinding *finding = tl_policy_result_get_finding (result);
  TlLaneKind named = finding == NULL ? TL_LANE_NONE : tl_finding_get_lane (finding);

  return lane == TL_LANE_NONE || named == TL_LANE_NONE || named == lane;
}

/* What policy says about a row: the rule that is broken, else one that is kept. */
static TlPolicyResult *
find_result (GPtrArray          *results,
             const char * const *rules,
             TlLaneKind          lane)
{
  TlPolicyResult *kept = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      TlPolicyResult *result = results->pdata[i];

      if (!g_strv_contains (rules, tl_policy_result_get_rule (result)))
        continue;
      if (tl_policy_result_get_verdict (result) == TL_VERDICT_OK)
        kept = result;
      if (tl_policy_result_get_verdict (result) == TL_VERDICT_ERROR && is_about (result, lane))
        return result;
    }

  return kept;
}

static void
add_ruled (GPtrArray          *details,
           const TlReviewing  *self,
           const char * const *rules,
           TlLaneKind          lane,
           const char         *id,
           const char         *label,
           const char         *value)
{
  TlPolicyResult *result = find_result (self->results, rules, lane);
  g_autofree char *hint = NULL;
  TlStatus status = TL_STATUS_NOT_TESTED;

  if (result != NULL)
    {
      status = tl_policy_result_get_verdict (result) == TL_VERDICT_ERROR ? TL_STATUS_ERROR
                                                                         : TL_STATUS_OK;
      /* Translators: what a rule of the organisation allows */
      hint = g_strdup_printf (_("Policy: %s"), tl_policy_result_get_wanted (result));
    }
  add (details, status, id, label, hint, value);
}

static char *
dup_cell (TlLaneSettings *settings,
          Cell            cell)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);

  switch (cell)
    {
    case CELL_SERVER:
      return g_strdup_printf ("%s:%u", tl_endpoint_get_host (endpoint),
                              tl_endpoint_get_port (endpoint));
    case CELL_ENCRYPTION:
      return g_strdup (tl_security_get_label (tl_endpoint_get_security (endpoint)));
    case CELL_USER:
      return g_strdup (tl_lane_settings_get_username (settings));
    case CELL_SIGN_IN:
      return g_strdup (tl_auth_get_label (tl_lane_settings_get_auth (settings)));
    case CELL_FOLDER:
    default:
      return g_strdup (tl_lane_settings_get_folder (settings));
    }
}

static void
add_sign_in (GPtrArray *details,
             TlPlan    *plan)
{
  const TlPlanSignIn *sign_in = tl_plan_get_sign_in (plan);

  if (sign_in == NULL)
    return;

  /* Translators: who signs in to a mailbox that several people share */
  add (details, TL_STATUS_NOT_TESTED, "login", _("Signed in to by"), NULL, sign_in->login);
  /* Translators: the server at whose page somebody signed in */
  add (details, TL_STATUS_NOT_TESTED, "issuer", _("Signed in at"), NULL, sign_in->issuer);
  /* Translators: who signed in there */
  add (details, TL_STATUS_NOT_TESTED, "account", _("Signed in as"), NULL, sign_in->account);
}

/**
 * tl_review_list_settings:
 * @reviewing: a file that passed
 *
 * Returns: (transfer full) (element-type TlDetail): what whoever imports it gets; a row has the
 *   same id in every bundle, and a hint where policy says something about it
 */
GPtrArray *
tl_review_list_settings (const TlReviewing *reviewing)
{
  static const char * const domain_rules[] = { "domains", NULL };
  static const char * const provider_rules[] = { "providers", NULL };
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  TlPlan *plan = tl_report_get_plan (tl_bundle_get_report (reviewing->bundle));
  const char *id = tl_plan_get_provider (plan);
  TlProvider *provider = id == NULL ? NULL : tl_providers_find (id);

  add_ruled (details, reviewing, domain_rules, TL_LANE_NONE, "address", _("Address"),
             tl_address_get_addr_spec (tl_plan_get_address (plan)));
  add (details, TL_STATUS_NOT_TESTED, "name", _("Name"), NULL, tl_plan_get_display_name (plan));
  add_ruled (details, reviewing, provider_rules, TL_LANE_NONE, "provider", _("Provider"),
             provider == NULL ? id : tl_provider_get_name (provider));
  for (gsize i = 0; i < G_N_ELEMENTS (lane_rows); i++)
    {
      TlLaneSettings *settings = tl_plan_get_lane (plan, lane_rows[i].lane)->settings;
      g_autofree char *value = settings == NULL ? NULL : dup_cell (settings, lane_rows[i].cell);

      add_ruled (details, reviewing, lane_rows[i].rules, lane_rows[i].lane, lane_rows[i].id,
                 _(lane_rows[i].label), value);
    }
  add_sign_in (details, plan);

  return details;
}
