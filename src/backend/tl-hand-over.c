/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-hand-over.h"

#include <glib/gi18n-lib.h>

#include "tl-detail.h"
#include "tl-hand-over-private.h"
#include "tl-secrets.h"
#include "tl-setup-private.h"

enum
{
  PROP_TARGETS = 1,
  PROP_TARGET,
  PROP_REMARKS,
  PROP_CAN_RENDER,
  PROP_FIELDS,
  PROP_PASSWORD_WAY,
  PROP_CAN_SEAL,
  PROP_RECIPIENT_NAME,
  PROP_RECIPIENT_FINGERPRINT,
  PROP_RECIPIENT_FROM_POLICY,
  PROP_RECIPIENT_AGREED,
  PROP_COMPANY_KEY,
  PROP_SIGNER_NAME,
  PROP_FINDING,
  PROP_RENDERED_PATH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (TlPasswordWay, tl_password_way,
                    G_DEFINE_ENUM_VALUE (TL_PASSWORD_TYPED, "typed"),
                    G_DEFINE_ENUM_VALUE (TL_PASSWORD_SEALED, "sealed"))

G_DEFINE_FINAL_TYPE (TlHandOver, tl_hand_over, G_TYPE_OBJECT)

static void
notify (TlHandOver *self,
        guint       prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

/**
 * tl_hand_over_take_finding:
 * @self: a hand-over
 * @finding: (transfer full) (nullable): why what was last tried did not work
 */
void
tl_hand_over_take_finding (TlHandOver *self,
                           TlFinding  *finding)
{
  if (self->finding == NULL && finding == NULL)
    return;
  g_clear_object (&self->finding);
  self->finding = finding;
  notify (self, PROP_FINDING);
}

void
tl_hand_over_take_path (TlHandOver *self,
                        const char *path)
{
  if (g_strcmp0 (self->rendered_path, path) == 0)
    return;
  g_free (self->rendered_path);
  self->rendered_path = g_strdup (path);
  notify (self, PROP_RENDERED_PATH);
}

/* Why passwords cannot be sealed, for whom there is so far. */
static TlFinding *
refuse_recipient (TlHandOver *self,
                  const char *detail)
{
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  if (self->recipient != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_FINGERPRINT, "s",
                           tl_recipient_get_fingerprint (self->recipient));

  return tl_finding_new ("export.recipient", TL_LANE_NONE, g_variant_dict_end (&evidence));
}

/* Why the passwords there are cannot be sealed, or NULL. */
static const char *
find_password_problem (TlHandOver *self)
{
  static const TlLaneKind lanes[] = { TL_LANE_INCOMING, TL_LANE_OUTGOING };
  gboolean is_any = FALSE;

  for (gsize i = 0; self->setup != NULL && i < G_N_ELEMENTS (lanes); i++)
    {
      TlSecret *password = tl_setup_get_password (self->setup, lanes[i]);

      if (password != NULL && !tl_secrets_can_hold (password))
        return "a password is too long for a bundle, or is no UTF-8";
      is_any = is_any || password != NULL;
    }

  return is_any ? NULL : "there is no password to seal";
}

/**
 * tl_hand_over_refuse_seal:
 * @self: a hand-over
 *
 * Returns: (transfer full) (nullable): why passwords cannot be sealed: `export.recipient`, or
 *   `export.policy` where a rule forbids it; %NULL where they can
 */
TlFinding *
tl_hand_over_refuse_seal (TlHandOver *self)
{
  TlPolicies *policies = self->setup == NULL ? NULL : tl_setup_get_policies (self->setup);
  TlFinding *finding = policies == NULL ? NULL : tl_policies_refuse_passwords (policies, TRUE);
  const char *problem;

  if (finding != NULL)
    return finding;
  if (self->recipient == NULL)
    return refuse_recipient (self, "no certificate was given");
  if (!self->is_agreed)
    return refuse_recipient (self, "nobody has compared its fingerprint");
  if (tl_recipient_get_expires_s (self->recipient) <= g_get_real_time () / G_USEC_PER_SEC)
    return refuse_recipient (self, "the certificate has expired");

  problem = find_password_problem (self);

  return problem == NULL ? NULL : refuse_recipient (self, problem);
}

gboolean
tl_hand_over_can_seal (TlHandOver *self)
{
  g_autoptr(TlFinding) finding = tl_hand_over_refuse_seal (self);

  return finding == NULL;
}

static int
compare_by_product (gconstpointer a,
                    gconstpointer b)
{
  TlTarget *first = *(TlTarget * const *) a;
  TlTarget *second = *(TlTarget * const *) b;
  int order = g_utf8_collate (tl_target_get_product (first), tl_target_get_product (second));

  return order != 0 ? order : g_utf8_collate (tl_target_get_name (first),
                                              tl_target_get_name (second));
}

/* The same rows stay while nothing about them changes, so that a list on screen does not blink at
 * every key. */
static void
show (GListStore *store,
      GPtrArray  *items,
      gboolean  (*is_same) (gpointer a,
                            gpointer b))
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  gboolean is_shown = n == items->len;

  for (guint i = 0; is_shown && i < n; i++)
    {
      g_autoptr(GObject) shown = g_list_model_get_item (G_LIST_MODEL (store), i);

      is_shown = is_same (shown, items->pdata[i]);
    }

  if (!is_shown)
    g_list_store_splice (store, 0, n, items->pdata, items->len);
}

static gboolean
is_same_target (gpointer a,
                gpointer b)
{
  return a == b;
}

static void
refresh_targets (TlHandOver *self)
{
  TlPolicies *policies = tl_setup_get_policies (self->setup);
  GPtrArray *all = tl_targets_get_all ();
  g_autoptr(GPtrArray) allowed = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const char *id = tl_target_get_id (all->pdata[i]);
      g_autoptr(TlFinding) refusal =
        policies == NULL ? NULL : tl_policies_refuse_target (policies, id);

      if (refusal == NULL)
        g_ptr_array_add (allowed, all->pdata[i]);
    }
  g_ptr_array_sort (allowed, compare_by_product);

  show (self->targets, allowed, is_same_target);

  if (self->target != NULL && !g_ptr_array_find (allowed, self->target, NULL))
    {
      g_clear_object (&self->target);
      notify (self, PROP_TARGET);
    }
  /* What the organisation named is not to be looked for in a list of one. */
  if (self->target == NULL && allowed->len == 1 && all->len > 1)
    {
      self->target = g_object_ref (allowed->pdata[0]);
      notify (self, PROP_TARGET);
    }
}

/* Reading a certificate and sorting by the words of a language take milliseconds: only where other
 * policies hold than at the last look. */
static void
refresh_policies (TlHandOver *self)
{
  TlPolicies *policies = tl_setup_get_policies (self->setup);

  if (self->has_looked && self->policies == policies)
    return;

  self->has_looked = TRUE;
  g_clear_pointer (&self->policies, tl_policies_unref);
  self->policies = policies == NULL ? NULL : tl_policies_ref (policies);
  tl_hand_over_refresh_recipient (self);
  refresh_targets (self);
}

static gboolean
is_same_remark (gpointer a,
                gpointer b)
{
  return tl_target_remark_get_severity (a) == tl_target_remark_get_severity (b) &&
         tl_target_remark_get_lane (a) == tl_target_remark_get_lane (b) &&
         g_strcmp0 (tl_target_remark_get_code (a), tl_target_remark_get_code (b)) == 0 &&
         g_strcmp0 (tl_target_remark_get_text (a), tl_target_remark_get_text (b)) == 0;
}

static gboolean
is_same_field (gpointer a,
               gpointer b)
{
  return tl_detail_get_status (a) == tl_detail_get_status (b) &&
         g_strcmp0 (tl_detail_get_group (a), tl_detail_get_group (b)) == 0 &&
         g_strcmp0 (tl_detail_get_label (a), tl_detail_get_label (b)) == 0 &&
         g_strcmp0 (tl_detail_get_hint (a), tl_detail_get_hint (b)) == 0 &&
         g_strcmp0 (tl_detail_get_value (a), tl_detail_get_value (b)) == 0;
}

static TlDetail *
describe_field (const TlTargetField *field)
{
  return g_object_new (TL_TYPE_DETAIL,
                       "group", field->group,
                       "label", field->label,
                       /* Translators: about a field of a form, beside the field's own name */
                       "hint", field->is_secret ? _("Type the password there yourself") : NULL,
                       "value", field->is_secret ? "" : field->value,
                       NULL);
}

static void
refresh_expression (TlHandOver *self)
{
  g_autoptr(TlReport) report = self->target == NULL ? NULL : tl_setup_dup_report (self->setup);
  g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) listed = NULL;
  g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlFinding) refusal = NULL;
  TlTargetMailbox mailbox;
  gboolean could_render = self->can_render;

  self->can_render = FALSE;
  if (report != NULL)
    {
      tl_hand_over_describe (report, &mailbox);
      g_ptr_array_unref (remarks);
      remarks = tl_target_check (self->target, &mailbox);
      refusal = tl_target_refuse (self->target, &mailbox);
      self->can_render = refusal == NULL;
    }
  if (report != NULL && tl_target_get_kind (self->target) == TL_TARGET_SHEET)
    listed = tl_target_list_fields (self->target, &mailbox);
  for (guint i = 0; listed != NULL && i < listed->len; i++)
    g_ptr_array_add (fields, describe_field (listed->pdata[i]));

  show (self->remarks, remarks, is_same_remark);
  show (self->fields, fields, is_same_field);
  if (could_render != self->can_render)
    notify (self, PROP_CAN_RENDER);
}

/**
 * tl_hand_over_refresh_can_seal:
 * @self: a hand-over
 *
 * For another password: whether it can be sealed.
 */
void
tl_hand_over_refresh_can_seal (TlHandOver *self)
{
  gboolean can_seal = tl_hand_over_can_seal (self);

  if (self->could_seal == can_seal)
    return;
  self->could_seal = can_seal;
  notify (self, PROP_CAN_SEAL);
}

/**
 * tl_hand_over_refresh:
 * @self: a hand-over
 *
 * Works out anew what follows from the set-up and from policy.
 */
void
tl_hand_over_refresh (TlHandOver *self)
{
  if (self->setup == NULL)
    return;

  refresh_policies (self);
  refresh_expression (self);
  tl_hand_over_refresh_can_seal (self);
}

/**
 * tl_hand_over_refresh_signer:
 * @self: a hand-over
 *
 * Tells whoever watches that another key signs.
 */
void
tl_hand_over_refresh_signer (TlHandOver *self)
{
  notify (self, PROP_COMPANY_KEY);
  notify (self, PROP_SIGNER_NAME);
}

/**
 * tl_hand_over_forget:
 * @self: a hand-over
 *
 * Forgets what became of what was tried last.
 */
void
tl_hand_over_forget (TlHandOver *self)
{
  tl_hand_over_take_finding (self, NULL);
  tl_hand_over_take_path (self, NULL);
}

/**
 * tl_hand_over_start_over:
 * @self: a hand-over
 *
 * For another mailbox: its passwords do not travel until somebody says so again.
 */
void
tl_hand_over_start_over (TlHandOver *self)
{
  tl_hand_over_forget (self);
  tl_hand_over_set_password_way (self, TL_PASSWORD_TYPED);
}

static void
tl_hand_over_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlHandOver *self = TL_HAND_OVER (object);
  TlSigning *signing = self->setup == NULL ? NULL : self->setup->signing;
  TlSigner *signer = signing == NULL ? NULL : tl_signing_get_signer (signing);

  switch (prop_id)
    {
    case PROP_TARGETS:
      g_value_set_object (value, self->targets);
      break;
    case PROP_TARGET:
      g_value_set_object (value, self->target);
      break;
    case PROP_REMARKS:
      g_value_set_object (value, self->remarks);
      break;
    case PROP_CAN_RENDER:
      g_value_set_boolean (value, self->can_render);
      break;
    case PROP_FIELDS:
      g_value_set_object (value, self->fields);
      break;
    case PROP_PASSWORD_WAY:
      g_value_set_enum (value, (int) self->way);
      break;
    case PROP_CAN_SEAL:
      g_value_set_boolean (value, tl_hand_over_can_seal (self));
      break;
    case PROP_RECIPIENT_NAME:
      g_value_set_string (value, self->recipient == NULL
                                   ? NULL : tl_recipient_get_name (self->recipient));
      break;
    case PROP_RECIPIENT_FINGERPRINT:
      g_value_take_string (value, self->recipient == NULL ? NULL
        : tl_fingerprint_to_groups (tl_recipient_get_fingerprint (self->recipient)));
      break;
    case PROP_RECIPIENT_FROM_POLICY:
      g_value_set_boolean (value, self->is_from_policy);
      break;
    case PROP_RECIPIENT_AGREED:
      g_value_set_boolean (value, self->is_agreed);
      break;
    case PROP_COMPANY_KEY:
      g_value_set_boolean (value, signing != NULL && tl_signing_is_company (signing));
      break;
    case PROP_SIGNER_NAME:
      g_value_set_string (value, signer == NULL ? NULL : tl_signer_get_name (signer));
      break;
    case PROP_FINDING:
      g_value_set_object (value, self->finding);
      break;
    case PROP_RENDERED_PATH:
      g_value_set_string (value, self->rendered_path);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_hand_over_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlHandOver *self = TL_HAND_OVER (object);

  switch (prop_id)
    {
    case PROP_TARGET:
      tl_hand_over_set_target (self, g_value_get_object (value));
      break;
    case PROP_PASSWORD_WAY:
      tl_hand_over_set_password_way (self, (TlPasswordWay) g_value_get_enum (value));
      break;
    case PROP_RECIPIENT_AGREED:
      tl_hand_over_agree_to_recipient (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_hand_over_dispose (GObject *object)
{
  TlHandOver *self = TL_HAND_OVER (object);

  self->setup = NULL;
  g_clear_object (&self->targets);
  g_clear_object (&self->remarks);
  g_clear_object (&self->fields);
  g_clear_object (&self->target);
  g_clear_pointer (&self->recipient, tl_recipient_unref);
  g_clear_pointer (&self->policies, tl_policies_unref);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->rendered_path, g_free);

  G_OBJECT_CLASS (tl_hand_over_parent_class)->dispose (object);
}

static void
tl_hand_over_class_init (TlHandOverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const struct { guint id; const char *name; } models[] = {
    { PROP_TARGETS, "targets" },
    { PROP_REMARKS, "remarks" },
    { PROP_FIELDS, "fields" },
  };
  static const struct { guint id; const char *name; } booleans[] = {
    { PROP_CAN_RENDER, "can-render" },
    { PROP_CAN_SEAL, "can-seal" },
    { PROP_RECIPIENT_FROM_POLICY, "recipient-from-policy" },
    { PROP_COMPANY_KEY, "company-key" },
  };
  static const struct { guint id; const char *name; } strings[] = {
    { PROP_RECIPIENT_NAME, "recipient-name" },
    { PROP_RECIPIENT_FINGERPRINT, "recipient-fingerprint" },
    { PROP_SIGNER_NAME, "signer-name" },
    { PROP_RENDERED_PATH, "rendered-path" },
  };

  object_class->get_property = tl_hand_over_get_property;
  object_class->set_property = tl_hand_over_set_property;
  object_class->dispose = tl_hand_over_dispose;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    properties[models[i].id] =
      g_param_spec_object (models[i].name, NULL, NULL, G_TYPE_LIST_MODEL, ro);
  for (gsize i = 0; i < G_N_ELEMENTS (booleans); i++)
    properties[booleans[i].id] = g_param_spec_boolean (booleans[i].name, NULL, NULL, FALSE, ro);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, ro);

  properties[PROP_TARGET] = g_param_spec_object ("target", NULL, NULL, TL_TYPE_TARGET, rw);
  properties[PROP_PASSWORD_WAY] =
    g_param_spec_enum ("password-way", NULL, NULL, TL_TYPE_PASSWORD_WAY, TL_PASSWORD_TYPED, rw);
  properties[PROP_RECIPIENT_AGREED] =
    g_param_spec_boolean ("recipient-agreed", NULL, NULL, FALSE, rw);
  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_hand_over_init (TlHandOver *self)
{
  self->targets = g_list_store_new (TL_TYPE_TARGET);
  self->remarks = g_list_store_new (TL_TYPE_TARGET_REMARK);
  self->fields = g_list_store_new (TL_TYPE_DETAIL);
}

/**
 * tl_hand_over_new:
 * @setup: (transfer none): whose part it is; it says when it goes, by tl_hand_over_part()
 *
 * Returns: (transfer full): its hand-over
 */
TlHandOver *
tl_hand_over_new (TlSetup *setup)
{
  TlHandOver *self = g_object_new (TL_TYPE_HAND_OVER, NULL);

  self->setup = setup;

  return self;
}

/**
 * tl_hand_over_part:
 * @self: a hand-over
 *
 * For a set-up that goes: what still runs here ends without it.
 */
void
tl_hand_over_part (TlHandOver *self)
{
  self->setup = NULL;
}

TlTarget *
tl_hand_over_get_target (TlHandOver *self)
{
  g_return_val_if_fail (TL_IS_HAND_OVER (self), NULL);

  return self->target;
}

void
tl_hand_over_set_target (TlHandOver *self,
                         TlTarget   *target)
{
  g_return_if_fail (TL_IS_HAND_OVER (self));

  if (!g_set_object (&self->target, target))
    return;
  notify (self, PROP_TARGET);
  tl_hand_over_forget (self);
  tl_hand_over_refresh (self);
}

TlPasswordWay
tl_hand_over_get_password_way (TlHandOver *self)
{
  g_return_val_if_fail (TL_IS_HAND_OVER (self), TL_PASSWORD_TYPED);

  return self->way;
}

void
tl_hand_over_set_password_way (TlHandOver    *self,
                               TlPasswordWay  way)
{
  g_return_if_fail (TL_IS_HAND_OVER (self));

  if (self->way == way)
    return;
  self->way = way;
  notify (self, PROP_PASSWORD_WAY);
}

TlRecipient *
tl_hand_over_get_recipient (TlHandOver *self)
{
  g_return_val_if_fail (TL_IS_HAND_OVER (self), NULL);

  return self->recipient;
}

TlFinding *
tl_hand_over_get_finding (TlHandOver *self)
{
  g_return_val_if_fail (TL_IS_HAND_OVER (self), NULL);

  return self->finding;
}

/**
 * tl_hand_over_take_recipient:
 * @self: a hand-over
 * @recipient: (transfer none) (nullable): whom passwords are sealed for from now on
 * @is_from_policy: a policy that may grant named it: nobody need compare anything
 */
void
tl_hand_over_take_recipient (TlHandOver  *self,
                             TlRecipient *recipient,
                             gboolean     is_from_policy)
{
  TlRecipient *old = g_steal_pointer (&self->recipient);
  gboolean is_same = old != NULL && recipient != NULL &&
                     g_str_equal (tl_recipient_get_fingerprint (old),
                                  tl_recipient_get_fingerprint (recipient));

  self->recipient = recipient == NULL ? NULL : tl_recipient_ref (recipient);
  self->is_agreed = is_from_policy || (is_same && self->is_agreed && !self->is_from_policy);
  self->is_from_policy = is_from_policy;
  g_clear_pointer (&old, tl_recipient_unref);

  notify (self, PROP_RECIPIENT_NAME);
  notify (self, PROP_RECIPIENT_FINGERPRINT);
  notify (self, PROP_RECIPIENT_FROM_POLICY);
  notify (self, PROP_RECIPIENT_AGREED);
  if (self->setup != NULL)
    tl_hand_over_refresh_can_seal (self);
}

void
tl_hand_over_agree_to_recipient (TlHandOver *self,
                                 gboolean    agree)
{
  g_return_if_fail (TL_IS_HAND_OVER (self));

  if (self->recipient == NULL || self->is_from_policy || self->is_agreed == agree)
    return;
  self->is_agreed = agree;
  notify (self, PROP_RECIPIENT_AGREED);
  if (self->setup != NULL)
    tl_hand_over_refresh_can_seal (self);
}
