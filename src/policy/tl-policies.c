/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policies.h"

#include "tl-policy-private.h"
#include "tl-policy-rule.h"
#include "tl-provider.h"

#define DAY_S (24 * 60 * 60)

typedef struct
{
  TlPolicy       *policy;
  TlPolicyOrigin  origin;
} Entry;

struct _TlPolicies
{
  GArray *entries; /* of Entry, the most trusted first */
};

G_DEFINE_BOXED_TYPE (TlPolicies, tl_policies, tl_policies_ref, tl_policies_unref)

static void
entry_clear (gpointer data)
{
  Entry *self = data;

  g_clear_pointer (&self->policy, tl_policy_unref);
}

static const Entry *
get_entry (const TlPolicies *self,
           guint             i)
{
  return &g_array_index (self->entries, Entry, i);
}

static void
add (TlPolicies     *self,
     TlPolicy       *policy,
     TlPolicyOrigin  origin)
{
  const Entry entry = { tl_policy_ref (policy), origin };

  g_array_append_val (self->entries, entry);
}

/**
 * tl_policies_new:
 *
 * Returns: (transfer full): what holds where there is no policy: nothing is restricted or granted
 */
TlPolicies *
tl_policies_new (void)
{
  TlPolicies *self = g_atomic_rc_box_new0 (TlPolicies);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);

  return self;
}

/**
 * tl_policies_with:
 * @self: policies, fewer than `TL_POLICIES_MAX`
 * @policy: one more
 * @origin: where it came from, as whoever read it knows
 *
 * Returns: (transfer full): @self with @policy behind all that are trusted as far as it is, or
 *   farther
 */
TlPolicies *
tl_policies_with (const TlPolicies *self,
                  TlPolicy         *policy,
                  TlPolicyOrigin    origin)
{
  TlPolicies *more = tl_policies_new ();
  guint i = 0;

  g_return_val_if_fail (self->entries->len < TL_POLICIES_MAX, more);

  for (; i < self->entries->len && get_entry (self, i)->origin <= origin; i++)
    add (more, get_entry (self, i)->policy, get_entry (self, i)->origin);
  add (more, policy, origin);
  for (; i < self->entries->len; i++)
    add (more, get_entry (self, i)->policy, get_entry (self, i)->origin);

  return more;
}

TlPolicies *
tl_policies_ref (TlPolicies *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_policies_clear (gpointer data)
{
  TlPolicies *self = data;

  g_clear_pointer (&self->entries, g_array_unref);
}

void
tl_policies_unref (TlPolicies *self)
{
  g_atomic_rc_box_release_full (self, tl_policies_clear);
}

guint
tl_policies_get_n (const TlPolicies *self)
{
  return self->entries->len;
}

/**
 * tl_policies_get:
 * @self: policies
 * @i: which, the most trusted is 0
 *
 * Returns: (transfer none): that policy
 */
TlPolicy *
tl_policies_get (const TlPolicies *self,
                 guint             i)
{
  g_return_val_if_fail (i < self->entries->len, NULL);

  return get_entry (self, i)->policy;
}

TlPolicyOrigin
tl_policies_get_origin (const TlPolicies *self,
                        guint             i)
{
  g_return_val_if_fail (i < self->entries->len, TL_POLICY_FROM_FILE);

  return get_entry (self, i)->origin;
}

/**
 * tl_policies_get_name:
 * @self: policies
 *
 * Returns: (transfer none) (nullable): whose rules hold: the name of the most trusted that has one
 */
const char *
tl_policies_get_name (const TlPolicies *self)
{
  const char *name = NULL;

  for (guint i = 0; i < self->entries->len && name == NULL; i++)
    name = tl_policy_get_name (get_entry (self, i)->policy);

  return name;
}

static TlFinding *
make_finding (const Entry           *entry,
              const TlPolicyMember  *member,
              const TlPolicyOutcome *outcome,
              TlPlan                *plan)
{
  const TlPolicyLimits *limits = tl_policy_get_limits (entry->policy);
  const char *name = tl_policy_get_name (entry->policy);
  g_auto(GStrv) wanted = tl_policy_member_dup_wanted (member, limits);
  g_autofree char *words = g_strjoinv (", ", wanted);
  g_autofree char *detail = NULL;
  GVariantDict evidence;

  detail = g_strdup_printf ("%s of the policy from %s %s %s; there is %s", member->rule,
                            tl_policy_origin_get_nick (entry->origin),
                            member->forbids ? "forbids" : "allows", words,
                            outcome->found == NULL ? "none" : outcome->found);

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_RULE, "s", member->rule);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_POLICY, "s",
                         name == NULL ? tl_policy_origin_get_label (entry->origin) : name);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_WANTED, "^as",
                         outcome->broken_by != NULL ? outcome->broken_by : wanted);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  if (member->forbids && plan != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_DOMAIN, "s",
                           tl_address_get_domain (tl_plan_get_address (plan)));

  return tl_finding_new (member->finding != NULL ? member->finding : "export.policy", outcome->lane,
                         g_variant_dict_end (&evidence));
}

static char *
dup_found (const TlPolicyMember *member,
           const char           *found)
{
  g_auto(GStrv) words = NULL;

  if (found == NULL || !member->names_found)
    return g_strdup (found);

  words = g_strsplit (found, ", ", -1);

  return tl_policy_member_dup_text (member, words);
}

static TlPolicyResult *
make_result (const Entry           *entry,
             const TlPolicyMember  *member,
             const TlPolicyOutcome *outcome,
             TlPlan                *plan)
{
  const TlPolicyLimits *limits = tl_policy_get_limits (entry->policy);
  g_auto(GStrv) words = tl_policy_member_dup_words (member, limits);
  g_autofree char *wanted = tl_policy_member_dup_text (member, words);
  g_autofree char *found = dup_found (member, outcome->found);
  g_autoptr(TlFinding) finding = NULL;

  if (outcome->verdict == TL_VERDICT_ERROR)
    finding = make_finding (entry, member, outcome, plan);

  return g_object_new (TL_TYPE_POLICY_RESULT,
                       "rule", member->rule,
                       "origin", entry->origin,
                       "policy-name", tl_policy_get_name (entry->policy),
                       "wanted", wanted,
                       "found", found,
                       "verdict", outcome->verdict,
                       "finding", finding,
                       NULL);
}

typedef void (*RuleFunc) (guint                  document,
                          const TlPolicyMember  *member,
                          const TlPolicyOutcome *outcome,
                          gpointer               data);

/* Without a plan nothing is looked at. A practice mailbox is nobody's, and what is made of it is
 * imported nowhere: no rule is about it. */
static void
check_each (const TlPolicies      *self,
            const TlPolicySubject *subject,
            RuleFunc               func,
            gpointer               data)
{
  gboolean is_real = subject->plan != NULL &&
                     tl_plan_get_purpose (subject->plan) != TL_PURPOSE_PRACTICE;
  guint n_members;
  const TlPolicyMember *members = tl_policy_member_list (&n_members);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const TlPolicyLimits *limits = tl_policy_get_limits (get_entry (self, i)->policy);

      for (guint j = 0; j < n_members; j++)
        {
          TlPolicyOutcome outcome = { .verdict = TL_VERDICT_NOT_TESTED, .lane = TL_LANE_NONE };

          if (!tl_policy_member_is_set (&members[j], limits))
            continue;
          if (is_real)
            members[j].check (limits, subject, &outcome);
          func (i, &members[j], &outcome, data);
          g_free (outcome.found);
          g_strfreev (outcome.broken_by);
        }
    }
}

typedef struct
{
  const TlPolicies *policies;
  TlPlan           *plan;
  GPtrArray        *results;
} Collecting;

static void
collect_result (guint                  document,
                const TlPolicyMember  *member,
                const TlPolicyOutcome *outcome,
                gpointer               data)
{
  Collecting *collecting = data;

  g_ptr_array_add (collecting->results,
                   make_result (get_entry (collecting->policies, document), member, outcome,
                                collecting->plan));
}

static GPtrArray *
list_results (const TlPolicies      *self,
              const TlPolicySubject *subject)
{
  Collecting collecting = {
    self, subject->plan, g_ptr_array_new_with_free_func (g_object_unref)
  };

  check_each (self, subject, collect_result, &collecting);

  return collecting.results;
}

/**
 * tl_policies_list_rules:
 * @self: policies
 *
 * Returns: (transfer container) (element-type TlPolicyResult): every rule of every policy, as
 *   not-tested
 */
GPtrArray *
tl_policies_list_rules (const TlPolicies *self)
{
  return list_results (self, &(TlPolicySubject) { NULL });
}

/**
 * tl_policies_check_plan:
 * @self: policies
 * @plan: what is to be tested
 *
 * Returns: (transfer container) (element-type TlPolicyResult): how @plan stands to every rule; what
 *   a test alone can show is not-tested, and so is all of a practice mailbox
 */
GPtrArray *
tl_policies_check_plan (const TlPolicies *self,
                        TlPlan           *plan)
{
  return list_results (self, &(TlPolicySubject) { .plan = plan });
}

/**
 * tl_policies_check_report:
 * @self: policies
 * @report: what was tested, and how it went
 *
 * Returns: (transfer container) (element-type TlPolicyResult): how @report stands to every rule;
 *   what is about a hand-over and not about a mailbox is not-tested: tl_policies_refuse_target(),
 *   tl_policies_refuse_passwords() and tl_policies_refuse_age() look at that
 */
GPtrArray *
tl_policies_check_report (const TlPolicies *self,
                          TlReport         *report)
{
  const TlPolicySubject subject = { .plan = tl_report_get_plan (report), .report = report };

  return list_results (self, &subject);
}

/**
 * tl_policies_check_bundle:
 * @self: policies
 * @report: what a bundle says
 * @made_s: when it was made, seconds since the epoch
 * @now_s: what time it is
 * @has_passwords: there are passwords in it, encrypted
 *
 * Returns: (transfer container) (element-type TlPolicyResult): how the bundle stands to every rule:
 *   as tl_policies_check_report(), and what is about its age and its passwords
 */
GPtrArray *
tl_policies_check_bundle (const TlPolicies *self,
                          TlReport         *report,
                          gint64            made_s,
                          gint64            now_s,
                          gboolean          has_passwords)
{
  const TlPolicySubject subject = {
    .plan = tl_report_get_plan (report),
    .report = report,
    .is_bundle = TRUE,
    .made_s = made_s,
    .now_s = now_s,
    .has_passwords = has_passwords,
  };

  return list_results (self, &subject);
}

static void
collect_rule (guint                  document,
              const TlPolicyMember  *member,
              const TlPolicyOutcome *outcome,
              gpointer               data)
{
  const TlPolicyRule rule = { member->rule, document, outcome->verdict };

  g_array_append_val ((GArray *) data, rule);
}

/**
 * tl_policies_make_record:
 * @self: policies
 * @report: what was tested
 *
 * Returns: (transfer full) (nullable): what a bundle of @report says of policy; %NULL where there
 *   is no policy
 */
TlPolicyRecord *
tl_policies_make_record (const TlPolicies *self,
                         TlReport         *report)
{
  const TlPolicySubject subject = { .plan = tl_report_get_plan (report), .report = report };
  g_autoptr(GArray) documents = g_array_new (FALSE, FALSE, sizeof (TlPolicyDocument));
  g_autoptr(GArray) rules = g_array_new (FALSE, FALSE, sizeof (TlPolicyRule));

  if (self->entries->len == 0)
    return NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = get_entry (self, i);
      const TlPolicyDocument document = {
        .name = tl_policy_get_name (entry->policy),
        .origin = tl_policy_origin_get_nick (entry->origin),
        .sha256 = tl_policy_get_sha256 (entry->policy),
      };

      g_array_append_val (documents, document);
    }
  check_each (self, &subject, collect_rule, rules);

  return tl_policy_record_new ((const TlPolicyDocument *) (gpointer) documents->data,
                               documents->len, (const TlPolicyRule *) (gpointer) rules->data,
                               rules->len);
}

typedef gboolean (*AllowFunc) (const TlPolicyLimits *limits,
                               gconstpointer         what);

/* The first policy that does not allow it. */
static TlFinding *
refuse (const TlPolicies *self,
        const char       *rule,
        AllowFunc         allows,
        gconstpointer     what,
        const char       *found)
{
  const TlPolicyMember *member = tl_policy_member_find (rule);
  const TlPolicyOutcome outcome = {
    .verdict = TL_VERDICT_ERROR, .lane = TL_LANE_NONE, .found = (char *) found,
  };

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = get_entry (self, i);
      const TlPolicyLimits *limits = tl_policy_get_limits (entry->policy);

      if (tl_policy_member_is_set (member, limits) && !allows (limits, what))
        return make_finding (entry, member, &outcome, NULL);
    }

  return NULL;
}

static gboolean
allows_target (const TlPolicyLimits *limits,
               gconstpointer         what)
{
  return g_strcmp0 (limits->target, what) == 0;
}

/**
 * tl_policies_refuse_target:
 * @self: policies
 * @target_id: (nullable): for which target a mailbox is to be handed over; %NULL: for none that
 *   this program knows
 *
 * Returns: (transfer full) (nullable): `export.policy`, where a policy names another; else %NULL
 */
TlFinding *
tl_policies_refuse_target (const TlPolicies *self,
                           const char       *target_id)
{
  return refuse (self, "target.id", allows_target, target_id, target_id);
}

static gboolean
allows_passwords (const TlPolicyLimits *limits,
                  gconstpointer         what)
{
  const gboolean *are_sealed = what;

  return *are_sealed && g_str_equal (limits->passwords, "sealed");
}

/**
 * tl_policies_refuse_passwords:
 * @self: policies
 * @are_sealed: they are encrypted in a bundle; %FALSE: they can be read in a file that a target
 *   takes
 *
 * Returns: (transfer full) (nullable): `export.policy`, where a policy does not let passwords
 *   travel like this; else %NULL
 */
TlFinding *
tl_policies_refuse_passwords (const TlPolicies *self,
                              gboolean          are_sealed)
{
  return refuse (self, "passwords", allows_passwords, &are_sealed,
                 are_sealed ? "sealed" : "in the clear");
}

/**
 * tl_policies_refuse_render:
 * @self: (nullable): policies; %NULL: none
 * @target_id: for which target a file is to be made
 * @with_passwords: there are passwords in it, for anybody to read who has the file
 *
 * Returns: (transfer full) (nullable): `export.policy`, where a policy does not let such a file be
 *   made; else %NULL
 */
TlFinding *
tl_policies_refuse_render (const TlPolicies *self,
                           const char       *target_id,
                           gboolean          with_passwords)
{
  TlFinding *finding;

  if (self == NULL)
    return NULL;

  finding = tl_policies_refuse_target (self, target_id);

  return finding == NULL && with_passwords ? tl_policies_refuse_passwords (self, FALSE) : finding;
}

/**
 * tl_policies_list_unknown_providers:
 * @self: policies
 *
 * A provider that this version does not know is no mistake of the reader's: a newer one may. But
 * whoever writes a policy wants to be told.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids that policies allow and our table has not
 */
char **
tl_policies_list_unknown_providers (const TlPolicies *self)
{
  g_autoptr(GStrvBuilder) unknown = g_strv_builder_new ();

  for (guint i = 0; i < tl_policies_get_n (self); i++)
    {
      char **ids = tl_policy_get_limits (tl_policies_get (self, i))->providers;

      for (gsize j = 0; ids != NULL && ids[j] != NULL; j++)
        {
          if (tl_providers_find (ids[j]) == NULL)
            g_strv_builder_add (unknown, ids[j]);
        }
    }

  return g_strv_builder_end (unknown);
}
