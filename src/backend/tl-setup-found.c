/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What discovery said becomes lists and drafts: first the proposal, later what else came in. */
#include "tl-setup-private.h"

#include "tl-contact.h"
#include "tl-domain.h"
#include "tl-note.h"

/* Puts items into a list, and leaves what is the same at its beginning and at its
 * end alone: a row that somebody is about to press must not be made anew. */
static void
fill (GListStore *store,
      GPtrArray  *items,
      GEqualFunc  equal)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint first = 0;
  guint last = 0;

  for (; first < MIN (n, items->len); first++)
    {
      g_autoptr(GObject) old = g_list_model_get_item (G_LIST_MODEL (store), first);

      if (!equal (old, items->pdata[first]))
        break;
    }
  for (; last < MIN (n, items->len) - first; last++)
    {
      g_autoptr(GObject) old = g_list_model_get_item (G_LIST_MODEL (store), n - 1 - last);

      if (!equal (old, items->pdata[items->len - 1 - last]))
        break;
    }

  if (n != items->len || first != n)
    g_list_store_splice (store, first, n - first - last, items->pdata + first,
                         items->len - first - last);
}

/* Of items that are written into files the whole of what is written counts. */
static char *
dup_written (gpointer item)
{
  g_autoptr(TlJson) json = NULL;

  if (TL_IS_CANDIDATE (item))
    json = tl_candidate_to_json (item);
  else if (TL_IS_FINDING (item))
    json = tl_finding_to_json (item);
  else if (TL_IS_REJECTION (item))
    json = tl_rejection_to_json (item);
  else
    json = tl_hint_to_json (item);

  return tl_json_to_canonical (json);
}

static gboolean
is_same_written (gconstpointer a,
                 gconstpointer b)
{
  g_autofree char *text_a = dup_written ((gpointer) a);
  g_autofree char *text_b = dup_written ((gpointer) b);

  return g_str_equal (text_a, text_b);
}

static gboolean
is_same_note (gconstpointer a,
              gconstpointer b)
{
  return tl_note_equal ((TlNote *) a, (TlNote *) b);
}

static gboolean
is_same_contact (gconstpointer a,
                 gconstpointer b)
{
  return tl_contact_get_kind ((TlContact *) a) == tl_contact_get_kind ((TlContact *) b) &&
         g_str_equal (tl_contact_get_host ((TlContact *) a), tl_contact_get_host ((TlContact *) b));
}

static void
add_contacts (GPtrArray          *contacts,
              TlContactKind       kind,
              const char * const *hosts)
{
  for (gsize i = 0; hosts[i] != NULL; i++)
    {
      g_autoptr(TlContact) contact = tl_contact_new (kind, hosts[i]);

      if (!g_ptr_array_find_with_equal_func (contacts, contact, is_same_contact, NULL))
        g_ptr_array_add (contacts, g_steal_pointer (&contact));
    }
}

/**
 * tl_setup_refresh_contacts:
 * @self: a set-up
 *
 * Lists whom the search has asked, and whom a sign-in or a look at the domain took.
 */
void
tl_setup_refresh_contacts (TlSetup *self)
{
  g_autoptr(GPtrArray) contacts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < TL_CONTACT_N_KINDS; i++)
    {
      TlContactKind kind = (TlContactKind) i;
      g_auto(GStrv) hosts = self->signin.contacts == NULL
                              ? NULL : tl_contacts_dup (self->signin.contacts, kind);
      g_auto(GStrv) checked = tl_domain_health_dup_contacts (self->domain_health, kind);

      if (self->discovery != NULL)
        add_contacts (contacts, kind, tl_discovery_report_get_contacts (self->discovery, kind));
      if (hosts != NULL)
        add_contacts (contacts, kind, (const char * const *) hosts);
      add_contacts (contacts, kind, (const char * const *) checked);
    }

  fill (self->contacts, contacts, is_same_contact);
}

static void
add_provider_notes (GPtrArray        *notes,
                    const TlProvider *provider)
{
  for (guint i = 0; i < tl_provider_get_n_prerequisites (provider); i++)
    {
      const TlPrerequisite *prerequisite = tl_provider_get_prerequisite (provider, i);

      g_ptr_array_add (notes, tl_note_new_for_prerequisite (prerequisite, FALSE));
    }
  for (guint i = 0; i < tl_provider_get_n_notices (provider); i++)
    {
      const TlPrerequisite *notice = tl_provider_get_notice (provider, i);

      g_ptr_array_add (notes, tl_note_new_for_prerequisite (notice, TRUE));
    }
}

/* Whether a server in use stands on the word of a source. */
static gboolean
is_relied_on (TlSetup    *self,
              const char *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (g_strcmp0 (tl_lane_draft_get_source (self->lanes[i].draft), source) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_setup_refresh_prerequisites:
 * @self: a set-up
 *
 * Works out anew what has to be done first: the provider's own conditions, then
 * what is to be switched on by the word of whoever named the servers in use.
 */
void
tl_setup_refresh_prerequisites (TlSetup *self)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *hints = self->discovery == NULL ? NULL
                                             : tl_discovery_report_get_hints (self->discovery);

  if (self->provider != NULL)
    add_provider_notes (notes, self->provider);
  for (guint i = 0; hints != NULL && i < hints->len; i++)
    {
      TlHint *hint = g_ptr_array_index (hints, i);

      if (tl_hint_get_kind (hint) == TL_HINT_ENABLE &&
          is_relied_on (self, tl_hint_get_source (hint)))
        g_ptr_array_add (notes, tl_note_new_from_hint (hint));
    }

  fill (self->prerequisites, notes, is_same_note);
}

static void
show_provider (TlSetup    *self,
               const char *provider_id)
{
  TlProvider *provider = provider_id == NULL ? NULL : tl_providers_find (provider_id);
  const char * const *steps = provider == NULL ? NULL
                                               : tl_provider_get_app_password_steps (provider);
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_pointer (&self->provider, tl_provider_unref);
  if (provider != NULL)
    self->provider = tl_provider_ref (provider);
  for (gsize i = 0; steps != NULL && steps[i] != NULL; i++)
    g_ptr_array_add (notes, tl_note_new (steps[i], NULL));

  fill (self->app_password_steps, notes, is_same_note);
  g_object_notify (G_OBJECT (self), "provider-name");
  g_object_notify (G_OBJECT (self), "app-password-link");
}

/* What the address alone has to say stands before what was found. */
static TlDiscoveryReport *
add_own_findings (TlDiscoveryReport *report)
{
  const char *domain = tl_address_get_domain (tl_discovery_report_get_address (report));
  g_autoptr(TlFinding) finding = NULL;
  g_autofree char *display = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (!tl_domain_is_lookalike (domain))
    return tl_discovery_report_ref (report);

  display = tl_domain_dup_display (domain);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DOMAIN, "s", display);
  finding = tl_finding_new ("input.lookalike", TL_LANE_NONE, g_variant_dict_end (&evidence));

  return tl_discovery_report_with_finding (report, finding);
}

static void
show_lists (TlSetup           *self,
            TlDiscoveryReport *report)
{
  fill (self->discovery_findings, tl_discovery_report_get_findings (report), is_same_written);
  fill (self->candidates, tl_discovery_report_get_candidates (report), is_same_written);
  fill (self->rejections, tl_discovery_report_get_rejections (report), is_same_written);
  fill (self->hints, tl_discovery_report_get_hints (report), is_same_written);
  tl_setup_refresh_contacts (self);
}

/* What a person typed meanwhile, or saw already, stands until it is reset. */
static void
show_proposal (TlSetup           *self,
               TlDiscoveryReport *report,
               gboolean           is_late)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      TlLaneDraft *draft = self->lanes[i].draft;
      TlCandidate *proposal = tl_discovery_report_get_proposal (report,
                                                                tl_lane_draft_get_lane (draft));
      gboolean edited = FALSE;

      g_object_get (draft, "edited", &edited, NULL);
      if (proposal != NULL && (edited || is_late))
        tl_lane_draft_set_found (draft, proposal);
      else if (proposal != NULL)
        tl_lane_draft_propose (draft, proposal);
    }
}

/**
 * tl_setup_show_discovery:
 * @self: a set-up
 * @report: what discovery says by now
 *
 * Takes over a report: the first one is the proposal and fills the drafts, what
 * comes after it changes nothing that is shown in them.
 */
void
tl_setup_show_discovery (TlSetup           *self,
                         TlDiscoveryReport *report)
{
  g_autoptr(TlDiscoveryReport) previous = g_steal_pointer (&self->discovery);

  self->discovery = add_own_findings (report);
  show_lists (self, self->discovery);
  show_proposal (self, self->discovery, previous != NULL);
  show_provider (self, tl_discovery_report_get_provider (self->discovery));
  tl_setup_refresh_prerequisites (self);
  g_object_notify (G_OBJECT (self), "discovered");
  g_object_notify (G_OBJECT (self), "can-ask-with-address");
  tl_setup_refresh_signin (self);
  tl_setup_look_for_online_account (self);
}

/**
 * tl_setup_hide_discovery:
 * @self: a set-up
 *
 * Forgets the report and empties the lists. The drafts stay.
 */
void
tl_setup_hide_discovery (TlSetup *self)
{
  g_clear_pointer (&self->discovery, tl_discovery_report_unref);
  g_clear_pointer (&self->provider, tl_provider_unref);
  g_list_store_remove_all (self->sources);
  g_list_store_remove_all (self->candidates);
  g_list_store_remove_all (self->discovery_findings);
  g_list_store_remove_all (self->rejections);
  g_list_store_remove_all (self->hints);
  tl_setup_refresh_contacts (self);
  g_list_store_remove_all (self->prerequisites);
  g_list_store_remove_all (self->app_password_steps);
  g_object_notify (G_OBJECT (self), "discovered");
  g_object_notify (G_OBJECT (self), "can-ask-with-address");
  g_object_notify (G_OBJECT (self), "provider-name");
  g_object_notify (G_OBJECT (self), "app-password-link");
  self->signin.was_refused = FALSE;
  tl_setup_refresh_signin (self);
}
