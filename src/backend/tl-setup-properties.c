/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The properties of a set-up: what each is read from, and those that are written. */
#include "tl-setup-private.h"

#include "tl-domain.h"
#include "tl-loop.h"

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
  PROP_TAKES_OAUTH,
  PROP_TAKES_APP_PASSWORD,
  PROP_TAKES_PASSWORD,
  PROP_SIGNIN,
  PROP_SEEKING_ACCOUNT,
  PROP_IDENTITY,
  PROP_HAS_SECRET,
  PROP_HAS_INCOMING_SECRET,
  PROP_HAS_OUTGOING_SECRET,
  PROP_SECRET_FINDING,
  PROP_REQUEST_NEEDED,
  PROP_CAN_REQUEST,
  PROP_LEFT_TO_DO,
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
  PROP_STORING,
  PROP_KEPT,
  PROP_SIGNER_FINGERPRINT,
  PROP_SIGNER_KEPT,
  PROP_EXPORT_PATH,
  PROP_EXPORT_FINDING,
  PROP_EXPORTING,
  PROP_HAND_OVER_FINDINGS,
  PROP_HAND_OVER,
  PROP_POLICY_RESULTS,
  PROP_POLICY_NAME,
  PROP_POLICY_FINDING,
  PROP_MAILBOX,
  PROP_SENDING,
  PROP_DOMAIN_HEALTH,
  PROP_REGISTERED_DOMAIN,
  PROP_REGISTERED_DOMAIN_VALID,
  PROP_REPLY_TO,
  PROP_REPLY_TO_VALID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
notify (TlSetup *self,
        guint    prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static const char *
get_text (const TlSetupName *name)
{
  return name->text == NULL ? "" : name->text;
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
    case PROP_TAKES_OAUTH:
      g_value_set_boolean (value, tl_setup_takes (self, TL_AUTH_OAUTH2));
      break;
    case PROP_TAKES_APP_PASSWORD:
      g_value_set_boolean (value, tl_setup_takes (self, TL_AUTH_APP_PASSWORD));
      break;
    case PROP_TAKES_PASSWORD:
      g_value_set_boolean (value, tl_setup_takes (self, TL_AUTH_PASSWORD));
      break;
    case PROP_SIGNIN:
      g_value_set_object (value, self->signin.shown);
      break;
    case PROP_SEEKING_ACCOUNT:
      g_value_set_boolean (value, self->signin.online_cancellable != NULL ||
                           self->signin.client_cancellable != NULL);
      break;
    case PROP_IDENTITY:
      g_value_set_object (value, self->identity);
      break;
    case PROP_HAS_SECRET:
      g_value_set_boolean (value, tl_setup_has_lane_secret (self, TL_LANE_INCOMING) &&
                                  tl_setup_has_lane_secret (self, TL_LANE_OUTGOING));
      break;
    case PROP_HAS_INCOMING_SECRET:
      g_value_set_boolean (value, tl_setup_has_lane_secret (self, TL_LANE_INCOMING));
      break;
    case PROP_HAS_OUTGOING_SECRET:
      g_value_set_boolean (value, tl_setup_has_lane_secret (self, TL_LANE_OUTGOING));
      break;
    case PROP_SECRET_FINDING:
      g_value_set_object (value, self->secret_finding);
      break;
    case PROP_REQUEST_NEEDED:
      g_value_set_boolean (value, tl_setup_is_request_needed (self));
      break;
    case PROP_CAN_REQUEST:
      g_value_set_boolean (value, tl_setup_can_register (self));
      break;
    case PROP_LEFT_TO_DO:
      g_value_set_object (value, self->left_to_do);
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
      g_value_set_boolean (value, self->is_looping);
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
    case PROP_STORING:
      g_value_set_boolean (value, tl_setup_is_storing (self));
      break;
    case PROP_KEPT:
      g_value_set_boolean (value, self->is_kept);
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
    case PROP_HAND_OVER:
      g_value_set_object (value, self->hand_over);
      break;
    case PROP_POLICY_RESULTS:
      g_value_set_object (value, self->policy_results);
      break;
    case PROP_POLICY_NAME:
      g_value_set_string (value, self->policy_name);
      break;
    case PROP_POLICY_FINDING:
      g_value_set_object (value, self->policy_finding);
      break;
    case PROP_MAILBOX:
      g_value_set_object (value, self->mailbox);
      break;
    case PROP_SENDING:
      g_value_set_object (value, self->sending);
      break;
    case PROP_DOMAIN_HEALTH:
      g_value_set_object (value, self->domain_health);
      break;
    case PROP_REGISTERED_DOMAIN:
      g_value_set_string (value, get_text (&self->registered));
      break;
    case PROP_REGISTERED_DOMAIN_VALID:
      g_value_set_boolean (value, tl_setup_name_is_valid (&self->registered));
      break;
    case PROP_REPLY_TO:
      g_value_set_string (value, get_text (&self->reply_to));
      break;
    case PROP_REPLY_TO_VALID:
      g_value_set_boolean (value, tl_setup_name_is_valid (&self->reply_to));
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
    case PROP_AUTH:
      tl_setup_set_auth (self, (TlAuth) g_value_get_enum (value));
      break;
    case PROP_REGISTERED_DOMAIN:
      tl_setup_set_registered_domain (self, g_value_get_string (value), NULL);
      break;
    case PROP_REPLY_TO:
      tl_setup_set_reply_to (self, g_value_get_string (value), NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/**
 * tl_setup_install_properties:
 * @object_class: of #TlSetup
 */
void
tl_setup_install_properties (GObjectClass *object_class)
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
    { PROP_LEFT_TO_DO, "left-to-do" },
    { PROP_POLICY_RESULTS, "policy-results" },
  };
  static const struct { guint id; const char *name; } booleans[] = {
    { PROP_ADDRESS_VALID, "address-valid" },
    { PROP_CAN_ASK_WITH_ADDRESS, "can-ask-with-address" },
    { PROP_DISCOVERING, "discovering" },
    { PROP_DISCOVERED, "discovered" },
    { PROP_SETTLING, "settling" },
    { PROP_SERVERS_VALID, "servers-valid" },
    { PROP_TAKES_OAUTH, "takes-oauth" },
    { PROP_TAKES_APP_PASSWORD, "takes-app-password" },
    { PROP_TAKES_PASSWORD, "takes-password" },
    { PROP_SEEKING_ACCOUNT, "seeking-account" },
    { PROP_HAS_SECRET, "has-secret" },
    { PROP_HAS_INCOMING_SECRET, "has-incoming-secret" },
    { PROP_HAS_OUTGOING_SECRET, "has-outgoing-secret" },
    { PROP_REQUEST_NEEDED, "request-needed" },
    { PROP_CAN_REQUEST, "can-request" },
    { PROP_TESTING, "testing" },
    { PROP_TESTED, "tested" },
    { PROP_READY, "ready" },
    { PROP_LOOPING, "looping" },
    { PROP_STORING, "storing" },
    { PROP_KEPT, "kept" },
    { PROP_SIGNER_KEPT, "signer-kept" },
    { PROP_EXPORTING, "exporting" },
    { PROP_REGISTERED_DOMAIN_VALID, "registered-domain-valid" },
    { PROP_REPLY_TO_VALID, "reply-to-valid" },
  };
  static const struct { guint id; const char *name; } strings[] = {
    { PROP_DOMAIN, "domain" },
    { PROP_SITE, "site" },
    { PROP_SUGGESTION, "suggestion" },
    { PROP_PROVIDER_NAME, "provider-name" },
    { PROP_APP_PASSWORD_LINK, "app-password-link" },
    { PROP_SIGNER_FINGERPRINT, "signer-fingerprint" },
    { PROP_EXPORT_PATH, "export-path" },
    { PROP_POLICY_NAME, "policy-name" },
  };

  object_class->get_property = tl_setup_get_property;
  object_class->set_property = tl_setup_set_property;

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
  properties[PROP_POLICY_FINDING] =
    g_param_spec_object ("policy-finding", NULL, NULL, TL_TYPE_FINDING, ro);
  properties[PROP_HAND_OVER] =
    g_param_spec_object ("hand-over", NULL, NULL, TL_TYPE_HAND_OVER, ro);
  properties[PROP_PURPOSE] =
    g_param_spec_enum ("purpose", NULL, NULL, TL_TYPE_PURPOSE, TL_PURPOSE_MAILBOX, ro);
  properties[PROP_AUTH] =
    g_param_spec_enum ("auth", NULL, NULL, TL_TYPE_AUTH, TL_AUTH_PASSWORD, rw);
  properties[PROP_SIGNIN] = g_param_spec_object ("signin", NULL, NULL, TL_TYPE_SIGNIN, ro);
  properties[PROP_IDENTITY] = g_param_spec_object ("identity", NULL, NULL, TL_TYPE_IDENTITY, ro);
  properties[PROP_SECRET_FINDING] =
    g_param_spec_object ("secret-finding", NULL, NULL, TL_TYPE_FINDING, ro);
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

  properties[PROP_MAILBOX] = g_param_spec_object ("mailbox", NULL, NULL, TL_TYPE_MAILBOX, ro);
  properties[PROP_SENDING] = g_param_spec_object ("sending", NULL, NULL, TL_TYPE_SENDING, ro);
  properties[PROP_DOMAIN_HEALTH] =
    g_param_spec_object ("domain-health", NULL, NULL, TL_TYPE_DOMAIN_HEALTH, ro);

  properties[PROP_REGISTERED_DOMAIN] =
    g_param_spec_string ("registered-domain", NULL, NULL, "", rw);
  properties[PROP_REPLY_TO] = g_param_spec_string ("reply-to", NULL, NULL, "", rw);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}
