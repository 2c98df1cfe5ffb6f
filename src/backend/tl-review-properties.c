/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a review shows: its properties, and the lists among them. */
#include "tl-review-private.h"

#include "tl-detail.h"
#include "tl-difference.h"
#include "tl-lane-details.h"
#include "tl-stage-row.h"

enum
{
  PROP_PATH = 1,
  PROP_LOADING,
  PROP_BUNDLE,
  PROP_FINDING,
  PROP_OBJECTION,
  PROP_ACCEPTED,
  PROP_IS_OWN,
  PROP_SEEKING_OWN,
  PROP_ADDRESS,
  PROP_SIGNER,
  PROP_SIGNER_NAME,
  PROP_FACTS,
  PROP_SETTINGS,
  PROP_FOLDERS,
  PROP_SENDING,
  PROP_DOMAIN,
  PROP_INCOMING,
  PROP_OUTGOING,
  PROP_INCOMING_EVIDENCE,
  PROP_OUTGOING_EVIDENCE,
  PROP_FINDINGS,
  PROP_POLICY,
  PROP_OTHER,
  PROP_DIFFERENCES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* @items: (transfer full) (nullable) */
static void
fill (GListStore *store,
      GPtrArray  *items)
{
  g_autoptr(GPtrArray) owned = items;

  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items == NULL ? NULL : items->pdata, items == NULL ? 0 : items->len);
}

static GPtrArray *
list_stages (TlLaneReport *report)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *steps = report == NULL ? NULL : tl_lane_report_get_steps (report);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      TlStageRow *row = tl_stage_row_new (tl_step_get_stage (steps->pdata[i]));

      tl_stage_row_finish (row, steps->pdata[i]);
      g_ptr_array_add (rows, row);
    }

  return rows;
}

static GPtrArray *
list_findings (TlReport  *report,
               TlFinding *trouble)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *found = tl_report_get_findings (report);

  if (trouble != NULL)
    g_ptr_array_add (findings, g_object_ref (trouble));
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (findings, g_object_ref (found->pdata[i]));
  tl_review_add_readiness_findings (findings, report);
  g_ptr_array_add (findings, tl_finding_new ("export.tested-from-here", TL_LANE_NONE, NULL));

  return findings;
}

/**
 * tl_review_show_bundle:
 * @self: a review
 * @reviewing: (nullable): what came of a file; %NULL: nothing
 *
 * Fills the lists that are about one bundle.
 */
void
tl_review_show_bundle (TlReview          *self,
                       const TlReviewing *reviewing)
{
  TlBundle *bundle = reviewing == NULL ? NULL : reviewing->bundle;
  TlReport *report = bundle == NULL ? NULL : tl_bundle_get_report (bundle);

  fill (self->facts, bundle == NULL ? NULL
                     : tl_review_list_facts (bundle, g_get_real_time () / G_USEC_PER_SEC));
  fill (self->settings, bundle == NULL ? NULL
                        : tl_review_list_settings (reviewing));
  fill (self->folders, report == NULL ? NULL : tl_review_list_folders (report));
  fill (self->sending, report == NULL ? NULL : tl_review_list_sending (report));
  fill (self->domain, report == NULL ? NULL : tl_review_list_domain (report));
  for (guint i = 0; i < G_N_ELEMENTS (self->stages); i++)
    {
      TlLaneReport *lane = report == NULL ? NULL : tl_report_get_lane (report, tl_lanes[i]);

      fill (self->stages[i], list_stages (lane));
      fill (self->evidence[i], tl_lane_details_list (lane));
    }
  fill (self->findings, bundle == NULL ? NULL : list_findings (report, reviewing->trouble));
  fill (self->policy, bundle == NULL ? NULL : g_ptr_array_ref (reviewing->results));
}

/**
 * tl_review_show_differences:
 * @self: a review
 *
 * Fills the list of what is not as in the bundle it is compared with.
 */
void
tl_review_show_differences (TlReview *self)
{
  TlBundle *before = self->other == NULL ? NULL : self->other->bundle;

  fill (self->differences,
        before == NULL || self->bundle == NULL ? NULL : tl_bundle_diff (before, self->bundle));
}

static char *
dup_groups (TlReview *self)
{
  return self->bundle == NULL ? NULL
                              : tl_fingerprint_to_groups (tl_bundle_get_fingerprint (self->bundle));
}

static const char *
get_address (TlReview *self)
{
  TlReport *report = self->bundle == NULL ? NULL : tl_bundle_get_report (self->bundle);

  return report == NULL ? NULL
           : tl_address_get_addr_spec (tl_plan_get_address (tl_report_get_plan (report)));
}

static void
tl_review_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TlReview *self = TL_REVIEW (object);

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_BUNDLE:
      g_value_set_boxed (value, self->bundle);
      break;
    case PROP_FINDING:
      g_value_set_object (value, tl_review_get_finding (self));
      break;
    case PROP_OBJECTION:
      g_value_set_object (value, tl_review_get_objection (self));
      break;
    case PROP_ACCEPTED:
      g_value_set_boolean (value, tl_review_is_accepted (self));
      break;
    case PROP_IS_OWN:
      g_value_set_boolean (value, self->is_own);
      break;
    case PROP_SEEKING_OWN:
      g_value_set_boolean (value, self->own_cancellable != NULL);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, get_address (self));
      break;
    case PROP_SIGNER:
      g_value_take_string (value, dup_groups (self));
      break;
    case PROP_SIGNER_NAME:
      g_value_set_string (value, self->bundle == NULL ? NULL
                                   : tl_bundle_get_signer_name (self->bundle));
      break;
    case PROP_FACTS:
      g_value_set_object (value, self->facts);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_FOLDERS:
      g_value_set_object (value, self->folders);
      break;
    case PROP_SENDING:
      g_value_set_object (value, self->sending);
      break;
    case PROP_DOMAIN:
      g_value_set_object (value, self->domain);
      break;
    case PROP_INCOMING:
      g_value_set_object (value, self->stages[0]);
      break;
    case PROP_OUTGOING:
      g_value_set_object (value, self->stages[1]);
      break;
    case PROP_INCOMING_EVIDENCE:
      g_value_set_object (value, self->evidence[0]);
      break;
    case PROP_OUTGOING_EVIDENCE:
      g_value_set_object (value, self->evidence[1]);
      break;
    case PROP_FINDINGS:
      g_value_set_object (value, self->findings);
      break;
    case PROP_POLICY:
      g_value_set_object (value, self->policy);
      break;
    case PROP_OTHER:
      g_value_set_object (value, self->other);
      break;
    case PROP_DIFFERENCES:
      g_value_set_object (value, self->differences);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/**
 * tl_review_install_properties:
 * @object_class: the class of #TlReview
 */
void
tl_review_install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const struct { guint id; const char *name; } models[] = {
    { PROP_FACTS, "facts" },
    { PROP_SETTINGS, "settings" },
    { PROP_FOLDERS, "folders" },
    { PROP_SENDING, "sending" },
    { PROP_DOMAIN, "domain" },
    { PROP_INCOMING, "incoming" },
    { PROP_OUTGOING, "outgoing" },
    { PROP_INCOMING_EVIDENCE, "incoming-evidence" },
    { PROP_OUTGOING_EVIDENCE, "outgoing-evidence" },
    { PROP_FINDINGS, "findings" },
    { PROP_POLICY, "policy" },
    { PROP_DIFFERENCES, "differences" },
  };
  static const struct { guint id; const char *name; } booleans[] = {
    { PROP_LOADING, "loading" },
    { PROP_ACCEPTED, "accepted" },
    { PROP_IS_OWN, "is-own" },
    { PROP_SEEKING_OWN, "seeking-own" },
  };
  static const struct { guint id; const char *name; } strings[] = {
    { PROP_PATH, "path" },
    { PROP_ADDRESS, "address" },
    { PROP_SIGNER, "signer" },
    { PROP_SIGNER_NAME, "signer-name" },
  };

  object_class->get_property = tl_review_get_property;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    properties[models[i].id] =
      g_param_spec_object (models[i].name, NULL, NULL, G_TYPE_LIST_MODEL, flags);
  for (gsize i = 0; i < G_N_ELEMENTS (booleans); i++)
    properties[booleans[i].id] = g_param_spec_boolean (booleans[i].name, NULL, NULL, FALSE, flags);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);

  properties[PROP_BUNDLE] = g_param_spec_boxed ("bundle", NULL, NULL, TL_TYPE_BUNDLE, flags);
  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, flags);
  properties[PROP_OBJECTION] =
    g_param_spec_object ("objection", NULL, NULL, TL_TYPE_FINDING, flags);
  properties[PROP_OTHER] = g_param_spec_object ("other", NULL, NULL, TL_TYPE_REVIEW, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}
