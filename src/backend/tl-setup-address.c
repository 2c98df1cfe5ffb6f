/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The address that was typed, what follows from it, and who may be told it. */
#include "tl-setup-private.h"

#include "tl-domain.h"
#include "tl-preferences.h"
#include "tl-site.h"
#include "tl-typo.h"

/**
 * tl_setup_set_directory_url:
 * @self: a set-up
 * @url: (nullable): the directory to ask in place of the preferences' one
 *
 * It is checked when it is asked.
 */
void
tl_setup_set_directory_url (TlSetup    *self,
                            const char *url)
{
  if (g_strcmp0 (self->directory_url, url) == 0)
    return;
  g_free (self->directory_url);
  self->directory_url = g_strdup (url);
  g_object_notify (G_OBJECT (self), "directory-url");
}

/**
 * tl_setup_dup_directory_url:
 * @self: a set-up
 *
 * Returns: (transfer full): the directory to ask, as the command line, or else a policy that may
 *   grant, or else the preferences have it; empty for none; it may be no URL
 */
char *
tl_setup_dup_directory_url (TlSetup *self)
{
  TlPolicies *policies = tl_setup_get_policies (self);
  const char *granted = policies == NULL ? NULL : tl_policies_get_directory (policies);

  if (self->directory_url != NULL)
    return g_strdup (self->directory_url);

  return granted != NULL ? g_strdup (granted) : tl_preferences_dup_directory ();
}

/**
 * tl_setup_set_send_address:
 * @self: a set-up
 * @send_address: whether a person said that servers of the domain may be told the whole address
 */
void
tl_setup_set_send_address (TlSetup  *self,
                           gboolean  send_address)
{
  if (self->send_address == send_address)
    return;
  self->send_address = send_address;
  g_object_notify (G_OBJECT (self), "send-address");
  g_object_notify (G_OBJECT (self), "can-ask-with-address");
}

/**
 * tl_setup_take_address_text:
 * @self: a set-up
 * @text: what was typed, even if it is the same as before
 *
 * Forgets all that was found, typed and tested for another address.
 */
void
tl_setup_take_address_text (TlSetup    *self,
                            const char *text)
{
  g_autoptr(GError) error = NULL;

  tl_setup_leave_practice (self);
  g_free (self->address_text);
  self->address_text = g_strdup (text);
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_object (&self->address_finding);
  g_clear_pointer (&self->suggestion, g_free);
  tl_setup_set_send_address (self, FALSE);
  self->address = tl_address_parse (self->address_text, &error);
  if (self->address == NULL && *self->address_text != '\0')
    {
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

      g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", error->message);
      self->address_finding = tl_finding_new ("input.bad-address", TL_LANE_NONE,
                                              g_variant_dict_end (&evidence));
    }

  if (self->address != NULL)
    self->suggestion = tl_typo_suggest (tl_address_get_domain (self->address));

  tl_setup_forget_servers (self);
  tl_setup_forget_secrets (self);
  g_list_store_remove_all (self->left_to_do);
  tl_setup_forget_users (self);
  tl_setup_forget_readiness (self);
  tl_setup_forget_results (self, TL_LANE_NONE);
  tl_setup_forget_export (self);
  g_object_notify (G_OBJECT (self), "address-text");
  g_object_notify (G_OBJECT (self), "address-valid");
  g_object_notify (G_OBJECT (self), "address-finding");
  g_object_notify (G_OBJECT (self), "domain");
  g_object_notify (G_OBJECT (self), "site");
  g_object_notify (G_OBJECT (self), "suggestion");
}

void
tl_setup_set_address_text (TlSetup    *self,
                           const char *text)
{
  g_return_if_fail (TL_IS_SETUP (self));

  if (g_strcmp0 (self->address_text, text == NULL ? "" : text) != 0)
    tl_setup_take_address_text (self, text == NULL ? "" : text);
}

/**
 * tl_setup_get_address:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): the address, or %NULL while what was typed is none
 */
TlAddress *
tl_setup_get_address (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->address;
}

/**
 * tl_setup_dup_site:
 * @self: a set-up
 *
 * A domain that has no registrable part, as a name in a private network, is its own.
 *
 * Returns: (transfer full) (nullable): whose network it is, as it is shown to people; %NULL without
 *   an address
 */
char *
tl_setup_dup_site (TlSetup *self)
{
  const char *domain = self->address == NULL ? NULL : tl_address_get_domain (self->address);
  g_autofree char *site = domain == NULL ? NULL : tl_site_dup_registrable (domain);

  return domain == NULL ? NULL : tl_domain_dup_display (site == NULL ? domain : site);
}

/**
 * tl_setup_can_ask_with_address:
 * @self: a set-up
 *
 * Where names lead nowhere, and where the list knew it all, nobody is there to be told.
 *
 * Returns: whether it might help to ask again and to tell the whole address
 */
gboolean
tl_setup_can_ask_with_address (TlSetup *self)
{
  GPtrArray *findings;

  if (self->discovery == NULL || self->send_address ||
      *tl_discovery_report_get_contacts (self->discovery, TL_CONTACT_WEB) == NULL)
    return FALSE;

  findings = tl_discovery_report_get_findings (self->discovery);
  for (guint i = 0; i < findings->len; i++)
    {
      if (tl_finding_get_stage (g_ptr_array_index (findings, i)) == TL_STAGE_RESOLVE)
        return FALSE;
    }

  return TRUE;
}
