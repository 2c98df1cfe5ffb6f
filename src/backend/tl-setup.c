/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setup.h"

#include "tl-contact.h"
#include "tl-domain.h"
#include "tl-loop.h"
#include "tl-note.h"
#include "tl-setup-private.h"

enum
{
  PROP_ADDRESS_TEXT = 1,
  PROP_ADDRESS_VALID,
  PROP_ADDRESS_FINDING,
  PROP_DOMAIN,
  PROP_SITE,
  PROP_SUGGESTION,
  PROP_DISPLAY_NAME,
  PROP_PURPOSE,
  PROP_DIRECTORY_URL,
  PROP_SEND_ADDRESS,
  PROP_CAN_ASK_WITH_ADDRESS,
  PROP_DISCOVERING,
  PROP_DISCOVERED,
  PROP_SETTLING,
  PROP_SOURCES,
  PROP_CANDIDATES,
  PROP_DISCOVERY_FINDINGS,
  PROP_REJECTIONS,
  PROP_HINTS,
  PROP_CONTACTS,
  PROP_INCOMING,
  PROP_OUTGOING,
  PROP_SERVERS_VALID,
  PROP_PROVIDER_NAME,
  PROP_PREREQUISITES,
  PROP_APP_PASSWORD_LINK,
  PROP_APP_PASSWORD_STEPS,
  PROP_AUTH,
  PROP_HAS_SECRET,
  PROP_INCOMING_RUN,
  PROP_OUTGOING_RUN,
  PROP_TESTING,
  PROP_TESTED,
  PROP_READY,
  PROP_PAIR_FINDINGS,
  PROP_LOOPING,
  PROP_LOOP_STAGE,
  PROP_LOOP_REPORT,
  PROP_LOOP_FINDINGS,
  PROP_LOOP_PATIENCE,
  PROP_REMEMBER,
  PROP_STORE_FINDING,
  PROP_SIGNER_FINGERPRINT,
  PROP_SIGNER_KEPT,
  PROP_EXPORT_PATH,
  PROP_EXPORT_FINDING,
  PROP_EXPORTING,
  PROP_HAND_OVER_FINDINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSetup, tl_setup, G_TYPE_OBJECT)

static void
notify (TlSetup *self,
        guint    prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
on_draft_changed (TlSetup     *self,
                  GParamSpec  *pspec,
                  TlLaneDraft *draft)
{
  tl_setup_forget_results (self, tl_lane_draft_get_lane (draft));
  tl_setup_refresh_prerequisites (self);
  notify (self, PROP_SERVERS_VALID);
}

static void
set_remember (TlSetup  *self,
              gboolean  remember)
{
  if (self->remember == remember)
    return;
  self->remember = remember;
  tl_setup_refresh_hand_over (self);
  notify (self, PROP_REMEMBER);
}

static void
set_loop_patience (TlSetup *self,
                   guint    seconds)
{
  if (self->loop_patience_s == seconds)
    return;
  self->loop_patience_s = seconds;
  notify (self, PROP_LOOP_PATIENCE);
}

static void
tl_setup_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  TlSetup *self = TL_SETUP (object);

  switch (prop_id)
    {
    case PROP_ADDRESS_TEXT:
      g_value_set_string (value, self->address_text);
      break;
    case PROP_ADDRESS_VALID:
      g_value_set_boolean (value, self->address != NULL);
      break;
    case PROP_ADDRESS_FINDING:
      g_value_set_object (value, self->address_finding);
      break;
    case PROP_DOMAIN:
      g_value_take_string (value, self->address == NULL ? NULL
                             : tl_domain_dup_display (tl_address_get_domain (self->address)));
      break;
    case PROP_SITE:
      g_value_take_string (value, tl_setup_dup_site (self));
      break;
    case PROP_SUGGESTION:
      g_value_set_string (value, self->suggestion);
      break;
    case PROP_DISPLAY_NAME:
      g_value_set_string (value, self->display_name);
      break;
    case PROP_PURPOSE:
      g_value_set_enum (value, (int) self->purpose);
      break;
    case PROP_DIRECTORY_URL:
      g_value_take_string (value, tl_setup_dup_directory_url (self));
      break;
    case PROP_SEND_ADDRESS:
      g_value_set_boolean (value, self->send_address);
      break;
    case PROP_CAN_ASK_WITH_ADDRESS:
      g_value_set_boolean (value, tl_setup_can_ask_with_address (self));
      break;
    case PROP_DISCOVERING:
      g_value_set_boolean (value, self->running_discovery != NULL && self->discovery == NULL);
      break;
    case PROP_SETTLING:
      g_value_set_boolean (value, tl_setup_is_settling (self));
      break;
    case PROP_DISCOVERED:
      g_value_set_boolean (value,
                           self->discovery != NULL || self->purpose == TL_PURPOSE_PRACTICE);
      break;
    case PROP_SOURCES:
      g_value_set_object (value, self->sources);
      break;
    case PROP_CANDIDATES:
      g_value_set_object (value, self->candidates);
      break;
    case PROP_DISCOVERY_FINDINGS:
      g_value_set_object (value, self->discovery_findings);
      break;
    case PROP_REJECTIONS:
      g_value_set_object (value, self->rejections);
      break;
    case PROP_HINTS:
      g_value_set_object (value, self->hints);
      break;
    case PROP_CONTACTS:
      g_value_set_object (value, self->contacts);
      break;
    case PROP_INCOMING:
      g_value_set_object (value, self->lanes[0].draft);
      break;
    case PROP_OUTGOING:
      g_value_set_object (value, self->lanes[1].draft);
      break;
    case PROP_SERVERS_VALID:
      g_value_set_boolean (value, tl_lane_draft_is_valid (self->lanes[0].draft) &&
                                  tl_lane_draft_is_valid (self->lanes[1].draft));
      break;
    case PROP_PROVIDER_NAME:
      g_value_set_string (value,
                          self->provider == NULL ? NULL : tl_provider_get_name (self->provider));
      break;
    case PROP_PREREQUISITES:
      g_value_set_object (value, self->prerequisites);
      break;
    case PROP_APP_PASSWORD_LINK:
      g_value_set_string (value, self->provider == NULL ? NULL
                                   : tl_provider_get_app_password_link (self->provider));
      break;
    case PROP_APP_PASSWORD_STEPS:
      g_value_set_object (value, self->app_password_steps);
      break;
    case PROP_AUTH:
      g_value_set_enum (value, (int) tl_setup_get_auth (self));
      break;
    case PROP_HAS_SECRET:
      g_value_set_boolean (value, self->lanes[0].secret != NULL && self->lanes[1].secret != NULL);
      break;
    case PROP_INCOMING_RUN:
      g_value_set_object (value, self->lanes[0].run);
      break;
    case PROP_OUTGOING_RUN:
      g_value_set_object (value, self->lanes[1].run);
      break;
    case PROP_TESTING:
      g_value_set_boolean (value, self->testing);
      break;
    case PROP_TESTED:
      g_value_set_boolean (value, tl_setup_is_tested (self));
      break;
    case PROP_READY:
      g_value_set_boolean (value, tl_setup_is_ready (self));
      break;
    case PROP_PAIR_FINDINGS:
      g_value_set_object (value, self->pair_findings);
      break;
    case PROP_LOOPING:
      g_value_set_boolean (value, self->loop != NULL);
      break;
    case PROP_LOOP_STAGE:
      g_value_set_enum (value, (int) self->loop_stage);
      break;
    case PROP_LOOP_REPORT:
      g_value_set_boxed (value, self->loop_report);
      break;
    case PROP_LOOP_FINDINGS:
      g_value_set_object (value, self->loop_findings);
      break;
    case PROP_LOOP_PATIENCE:
      g_value_set_uint (value, self->loop_patience_s);
      break;
    case PROP_REMEMBER:
      g_value_set_boolean (value, self->remember);
      break;
    case PROP_STORE_FINDING:
      g_value_set_object (value, self->store_finding);
      break;
    case PROP_SIGNER_FINGERPRINT:
      g_value_take_string (value, tl_signing_dup_fingerprint (self->signing));
      break;
    case PROP_SIGNER_KEPT:
      g_value_set_boolean (value, tl_signing_is_kept (self->signing));
      break;
    case PROP_EXPORT_PATH:
      g_value_set_string (value, self->export_path);
      break;
    case PROP_EXPORT_FINDING:
      g_value_set_object (value, self->export_finding);
      break;
    case PROP_EXPORTING:
      g_value_set_boolean (value, self->exporting);
      break;
    case PROP_HAND_OVER_FINDINGS:
      g_value_set_object (value, self->hand_over_findings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_setup_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  TlSetup *self = TL_SETUP (object);

  switch (prop_id)
    {
    case PROP_ADDRESS_TEXT:
      tl_setup_set_address_text (self, g_value_get_string (value));
      break;
    case PROP_DISPLAY_NAME:
      tl_setup_set_display_name (self, g_value_get_string (value));
      break;
    case PROP_DIRECTORY_URL:
      tl_setup_set_directory_url (self, g_value_get_string (value));
      break;
    case PROP_SEND_ADDRESS:
      tl_setup_set_send_address (self, g_value_get_boolean (value));
      break;
    case PROP_LOOP_PATIENCE:
      set_loop_patience (self, g_value_get_uint (value));
      break;
    case PROP_REMEMBER:
      set_remember (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_setup_dispose (GObject *object)
{
  TlSetup *self = TL_SETUP (object);

  if (self->practice != NULL)
    tl_practice_stop (self->practice);
  g_clear_object (&self->practice);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      g_clear_object (&self->lanes[i].draft);
      g_clear_object (&self->lanes[i].run);
      g_clear_pointer (&self->lanes[i].secret, tl_secret_unref);
      g_clear_pointer (&self->lanes[i].tried_users, g_ptr_array_unref);
      g_clear_object (&self->lanes[i].cancellable);
    }
  g_clear_object (&self->running_discovery);
  g_clear_object (&self->discover_cancellable);
  g_clear_object (&self->recall_cancellable);
  g_clear_object (&self->address_finding);
  g_clear_object (&self->store_finding);
  g_clear_object (&self->export_finding);
  g_clear_object (&self->signing);
  g_clear_object (&self->sources);
  g_clear_object (&self->candidates);
  g_clear_object (&self->discovery_findings);
  g_clear_object (&self->rejections);
  g_clear_object (&self->hints);
  g_clear_object (&self->contacts);
  g_clear_object (&self->prerequisites);
  g_clear_object (&self->app_password_steps);
  g_clear_object (&self->pair_findings);
  g_clear_object (&self->loop);
  g_clear_object (&self->loop_cancellable);
  g_clear_pointer (&self->loop_report, tl_loop_report_unref);
  g_clear_object (&self->loop_findings);
  g_clear_object (&self->hand_over_findings);
  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->discovery, tl_discovery_report_unref);
  g_clear_pointer (&self->provider, tl_provider_unref);
  g_clear_pointer (&self->address_text, g_free);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->export_path, g_free);
  g_clear_pointer (&self->suggestion, g_free);
  g_clear_pointer (&self->directory_url, g_free);

  G_OBJECT_CLASS (tl_setup_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const struct { guint id; const char *name; } models[] = {
    { PROP_SOURCES, "sources" },
    { PROP_CANDIDATES, "candidates" },
    { PROP_DISCOVERY_FINDINGS, "discovery-findings" },
    { PROP_REJECTIONS, "rejections" },
    { PROP_HINTS, "hints" },
    { PROP_CONTACTS, "contacts" },
    { PROP_PREREQUISITES, "prerequisites" },
    { PROP_APP_PASSWORD_STEPS, "app-password-steps" },
    { PROP_PAIR_FINDINGS, "pair-findings" },
    { PROP_LOOP_FINDINGS, "loop-findings" },
    { PROP_HAND_OVER_FINDINGS, "hand-over-findings" },
  };
  static const struct { guint id; const char *name; } booleans[] = {
    { PROP_ADDRESS_VALID, "address-valid" },
    { PROP_CAN_ASK_WITH_ADDRESS, "can-ask-with-address" },
    { PROP_DISCOVERING, "discovering" },
    { PROP_DISCOVERED, "discovered" },
    { PROP_SETTLING, "settling" },
    { PROP_SERVERS_VALID, "servers-valid" },
    { PROP_HAS_SECRET, "has-secret" },
    { PROP_TESTING, "testing" },
    { PROP_TESTED, "tested" },
    { PROP_READY, "ready" },
    { PROP_LOOPING, "looping" },
    { PROP_SIGNER_KEPT, "signer-kept" },
    { PROP_EXPORTING, "exporting" },
  };
  static const struct { guint id; const char *name; } strings[] = {
    { PROP_DOMAIN, "domain" },
    { PROP_SITE, "site" },
    { PROP_SUGGESTION, "suggestion" },
    { PROP_PROVIDER_NAME, "provider-name" },
    { PROP_APP_PASSWORD_LINK, "app-password-link" },
    { PROP_SIGNER_FINGERPRINT, "signer-fingerprint" },
    { PROP_EXPORT_PATH, "export-path" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    properties[models[i].id] =
      g_param_spec_object (models[i].name, NULL, NULL, G_TYPE_LIST_MODEL, ro);
  for (gsize i = 0; i < G_N_ELEMENTS (booleans); i++)
    properties[booleans[i].id] = g_param_spec_boolean (booleans[i].name, NULL, NULL, FALSE, ro);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, ro);

  properties[PROP_ADDRESS_TEXT] = g_param_spec_string ("address-text", NULL, NULL, "", rw);
  properties[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, "", rw);
  properties[PROP_DIRECTORY_URL] = g_param_spec_string ("directory-url", NULL, NULL, NULL, rw);
  properties[PROP_SEND_ADDRESS] = g_param_spec_boolean ("send-address", NULL, NULL, FALSE, rw);
  properties[PROP_REMEMBER] = g_param_spec_boolean ("remember", NULL, NULL, FALSE, rw);
  properties[PROP_ADDRESS_FINDING] =
    g_param_spec_object ("address-finding", NULL, NULL, TL_TYPE_FINDING, ro);
  properties[PROP_STORE_FINDING] =
    g_param_spec_object ("store-finding", NULL, NULL, TL_TYPE_FINDING, ro);
  properties[PROP_EXPORT_FINDING] =
    g_param_spec_object ("export-finding", NULL, NULL, TL_TYPE_FINDING, ro);
  properties[PROP_PURPOSE] =
    g_param_spec_enum ("purpose", NULL, NULL, TL_TYPE_PURPOSE, TL_PURPOSE_MAILBOX, ro);
  properties[PROP_AUTH] =
    g_param_spec_enum ("auth", NULL, NULL, TL_TYPE_AUTH, TL_AUTH_PASSWORD, ro);
  properties[PROP_LOOP_STAGE] =
    g_param_spec_enum ("loop-stage", NULL, NULL, TL_TYPE_LOOP_STAGE, TL_LOOP_STAGE_OPENING, ro);
  properties[PROP_LOOP_REPORT] =
    g_param_spec_boxed ("loop-report", NULL, NULL, TL_TYPE_LOOP_REPORT, ro);
  properties[PROP_LOOP_PATIENCE] =
    g_param_spec_uint ("loop-patience", NULL, NULL, 1, TL_SETUP_MAX_LOOP_PATIENCE_S,
                       TL_LOOP_PATIENCE_MS / 1000, rw);
  properties[PROP_INCOMING] =
    g_param_spec_object ("incoming", NULL, NULL, TL_TYPE_LANE_DRAFT, ro);
  properties[PROP_OUTGOING] =
    g_param_spec_object ("outgoing", NULL, NULL, TL_TYPE_LANE_DRAFT, ro);
  properties[PROP_INCOMING_RUN] =
    g_param_spec_object ("incoming-run", NULL, NULL, TL_TYPE_LANE_RUN, ro);
  properties[PROP_OUTGOING_RUN] =
    g_param_spec_object ("outgoing-run", NULL, NULL, TL_TYPE_LANE_RUN, ro);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_setup_class_init (TlSetupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_setup_get_property;
  object_class->set_property = tl_setup_set_property;
  object_class->dispose = tl_setup_dispose;
  install_properties (object_class);
}

static void
on_signing_changed (TlSetup *self)
{
  tl_setup_refresh_hand_over (self);
  notify (self, PROP_SIGNER_FINGERPRINT);
  notify (self, PROP_SIGNER_KEPT);
}

static void
tl_setup_init (TlSetup *self)
{
  self->network = tl_network_new_system ();
  self->address_text = g_strdup ("");
  self->display_name = g_strdup ("");
  self->sources = g_list_store_new (TL_TYPE_SOURCE_ANSWER);
  self->candidates = g_list_store_new (TL_TYPE_CANDIDATE);
  self->discovery_findings = g_list_store_new (TL_TYPE_FINDING);
  self->rejections = g_list_store_new (TL_TYPE_REJECTION);
  self->hints = g_list_store_new (TL_TYPE_HINT);
  self->contacts = g_list_store_new (TL_TYPE_CONTACT);
  self->prerequisites = g_list_store_new (TL_TYPE_NOTE);
  self->app_password_steps = g_list_store_new (TL_TYPE_NOTE);
  self->pair_findings = g_list_store_new (TL_TYPE_FINDING);
  self->loop_findings = g_list_store_new (TL_TYPE_FINDING);
  self->loop_patience_s = TL_LOOP_PATIENCE_MS / 1000;
  self->hand_over_findings = g_list_store_new (TL_TYPE_FINDING);
  self->signing = tl_signing_new ();
  g_signal_connect_object (self->signing, "notify::fingerprint", G_CALLBACK (on_signing_changed),
                           self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      self->lanes[i].draft = tl_lane_draft_new (tl_lanes[i]);
      self->lanes[i].run = tl_lane_run_new (tl_lanes[i]);
      self->lanes[i].tried_users = g_ptr_array_new_with_free_func (g_free);
      g_signal_connect_object (self->lanes[i].draft, "notify::valid",
                               G_CALLBACK (on_draft_changed), self, G_CONNECT_SWAPPED);
    }
  tl_setup_refresh_hand_over (self);
}

TlSetup *
tl_setup_new (void)
{
  return g_object_new (TL_TYPE_SETUP, NULL);
}

void
tl_setup_set_display_name (TlSetup    *self,
                           const char *name)
{
  g_return_if_fail (TL_IS_SETUP (self));

  if (g_strcmp0 (self->display_name, name == NULL ? "" : name) == 0)
    return;
  g_free (self->display_name);
  self->display_name = g_strdup (name == NULL ? "" : name);
  notify (self, PROP_DISPLAY_NAME);
}

TlPurpose
tl_setup_get_purpose (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), TL_PURPOSE_MAILBOX);

  return self->purpose;
}

TlLaneDraft *
tl_setup_get_draft (TlSetup    *self,
                    TlLaneKind  lane)
{
  g_return_val_if_fail (TL_IS_SETUP (self) && lane != TL_LANE_NONE, NULL);

  return self->lanes[lane - TL_LANE_INCOMING].draft;
}

TlLaneRun *
tl_setup_get_run (TlSetup    *self,
                  TlLaneKind  lane)
{
  g_return_val_if_fail (TL_IS_SETUP (self) && lane != TL_LANE_NONE, NULL);

  return self->lanes[lane - TL_LANE_INCOMING].run;
}

/**
 * tl_setup_get_auth:
 * @self: a set-up
 *
 * Returns: what this mailbox is signed in to with
 */
TlAuth
tl_setup_get_auth (TlSetup *self)
{
  TlCandidate *proposal = NULL;

  g_return_val_if_fail (TL_IS_SETUP (self), TL_AUTH_PASSWORD);

  if (self->provider != NULL)
    return tl_provider_get_preferred_auth (self->provider);
  if (self->discovery != NULL)
    proposal = tl_discovery_report_get_proposal (self->discovery, TL_LANE_INCOMING);

  return proposal == NULL ? TL_AUTH_PASSWORD
                          : tl_lane_settings_get_auth (tl_candidate_get_settings (proposal));
}

/**
 * tl_setup_get_lane_auth:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: what this lane is signed in to with: a token where one was given, else what the
 *   mailbox takes
 */
TlAuth
tl_setup_get_lane_auth (TlSetup    *self,
                        TlLaneKind  lane)
{
  return self->lanes[lane - TL_LANE_INCOMING].has_token ? TL_AUTH_OAUTH2
                                                        : tl_setup_get_auth (self);
}

/**
 * tl_setup_get_discovery:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): what discovery says, once the proposal stands
 */
TlDiscoveryReport *
tl_setup_get_discovery (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->discovery;
}

GListModel *
tl_setup_get_hand_over_findings (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return G_LIST_MODEL (self->hand_over_findings);
}

TlSigning *
tl_setup_get_signing (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->signing;
}

/**
 * tl_setup_get_store_finding:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): why the keyring did not give or keep a
 *   password when it was last asked, or %NULL when it did, or had none
 */
TlFinding *
tl_setup_get_store_finding (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->store_finding;
}

/**
 * tl_setup_get_export_finding:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): why the last export failed, or %NULL
 */
TlFinding *
tl_setup_get_export_finding (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->export_finding;
}

/**
 * tl_setup_start_over:
 * @self: a set-up
 *
 * Forgets everything, for the next mailbox. The signer stays, unless it was for practice.
 */
void
tl_setup_start_over (TlSetup *self)
{
  g_return_if_fail (TL_IS_SETUP (self));

  tl_setup_set_display_name (self, NULL);
  set_remember (self, FALSE);
  /* Without an address too there may be servers typed by hand. */
  tl_setup_take_address_text (self, "");
}

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/**
 * tl_cancellable_chain:
 * @outer: (nullable): the gesture's
 * @inner: ours, which something else than the gesture may cancel too
 *
 * Makes cancelling @outer cancel @inner.
 */
void
tl_cancellable_chain (GCancellable *outer,
                      GCancellable *inner)
{
  if (outer == NULL)
    return;

  if (g_cancellable_is_cancelled (outer))
    g_cancellable_cancel (inner);
  else
    /* Not g_cancellable_connect(): it would call back while holding its lock. */
    g_signal_connect_object (outer, "cancelled", G_CALLBACK (on_outer_cancelled), inner, 0);
}
