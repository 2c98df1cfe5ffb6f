/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up comes to: plan and results, as a report. */
#include "tl-setup-private.h"

#include "tl-identity-private.h"

static gboolean
uses_token (TlSetup *self)
{
  return tl_setup_needs_token (self, TL_LANE_INCOMING) ||
         tl_setup_needs_token (self, TL_LANE_OUTGOING);
}

/* Who is to sign in at which page, and as whom the program did: whoever takes the bundle over asks
 * for the same. The tokens themselves stay here. */
static TlPlan *
add_sign_in (TlSetup *self,
             TlPlan  *plan)
{
  const TlOauthRequest *request = self->signin.request;
  g_autofree char *login = tl_identity_dup_sign_in (self->identity);
  g_autofree char *account = NULL;
  TlPlanSignIn sign_in = { .login = login };

  if (uses_token (self) && request != NULL)
    {
      g_object_get (self->signin.shown, "account", &account, NULL);
      sign_in.issuer = tl_oauth_server_get_issuer (request->server);
      sign_in.client_id = tl_oauth_client_get_id (request->client);
      sign_in.scopes = request->scopes;
      sign_in.account = account;
    }

  return sign_in.login == NULL && sign_in.issuer == NULL ? tl_plan_ref (plan)
                                                         : tl_plan_with_sign_in (plan, &sign_in);
}

/**
 * tl_setup_dup_bare_report:
 * @self: a set-up
 *
 * Returns: (transfer full) (nullable): as tl_setup_dup_report(), without what policy says of it
 */
TlReport *
tl_setup_dup_bare_report (TlSetup *self)
{
  g_autoptr(TlLaneSettings) incoming = NULL;
  g_autoptr(TlLaneSettings) outgoing = NULL;
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlPlan) signed_in = NULL;
  TlPlanLane lanes[2];
  TlReport *report;

  if (self->address == NULL)
    return NULL;

  incoming = tl_setup_dup_settings (self, TL_LANE_INCOMING);
  outgoing = tl_setup_dup_settings (self, TL_LANE_OUTGOING);
  lanes[0].settings = incoming;
  lanes[1].settings = outgoing;
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      lanes[i].source = tl_lane_draft_get_source (self->lanes[i].draft);
      lanes[i].trust = tl_lane_draft_get_trust (self->lanes[i].draft);
      lanes[i].own_user =
        tl_lane_draft_has_own_user (self->lanes[i].draft,
                                    tl_address_get_addr_spec (self->address));
    }

  plan = tl_plan_new (self->purpose, self->address, self->display_name,
                      self->provider == NULL ? NULL : tl_provider_get_id (self->provider),
                      &lanes[0], &lanes[1]);
  signed_in = add_sign_in (self, plan);

  report = tl_report_new (signed_in, tl_lane_run_get_report (self->lanes[0].run),
                          tl_lane_run_get_report (self->lanes[1].run));

  return tl_setup_add_readiness (self, report);
}

/**
 * tl_setup_dup_report:
 * @self: a set-up
 *
 * Returns: (transfer full) (nullable): plan and results as they stand, and how they stand to the
 *   policies that hold here; %NULL while there is no address
 */
TlReport *
tl_setup_dup_report (TlSetup *self)
{
  TlReport *report;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  report = tl_setup_dup_bare_report (self);

  return report == NULL ? NULL : tl_setup_add_policy (self, report);
}

/**
 * tl_setup_dup_file_name:
 * @self: a set-up with a valid address
 *
 * Returns: (transfer full): a file name for the bundle, without a folder:
 *   letters, digits, dots and hyphens of the address and `.twolane`
 */
char *
tl_setup_dup_file_name (TlSetup *self)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  if (self->address == NULL)
    return g_strdup ("mailbox.twolane");

  stem = g_strdup (tl_address_get_addr_spec (self->address));
  g_strcanon (stem, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-", '-');

  return g_strconcat (stem, ".twolane", NULL);
}
