/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-advice.h"
#include "tl-sending-rule.h"

#include "tl-provider-details.h"
#include "tl-sending-rules.h"

#include <string.h>

#define MAIL_PROVIDER  TL_SENDING_SERVICE_PROVIDER
#define PROVIDER_RELAY TL_SENDING_SERVICE_PROVIDER_RELAY
#define RELAY          TL_SENDING_SERVICE_DEDICATED_RELAY
#define MORE           TL_SENDING_SERVICE_MORE_MAILBOXES

#define OUTREACH     .kind = TL_SENDING_KIND_OUTREACH
#define SUBSCRIBED   .kind = TL_SENDING_KIND_SUBSCRIBED
#define CONVERSATION .kind = TL_SENDING_KIND_CONVERSATION

typedef struct
{
  const char       *name;
  TlSendingWish     wish;
  const char       *provider;
  const char       *relay;
  TlSendingService  service;
  const char       *reasons;  /* joined by blanks */
  guint             ceiling;
  TlLimitOf         of;
  const char       *needed;   /* what the text of outreach-over-ceiling names, or NULL */
} AdviceCase;

static const AdviceCase cases[] = {
  { "nothing-known", { OUTREACH }, NULL, NULL, MAIL_PROVIDER, "volume-unknown answers-come-back",
    0, TL_LIMIT_OF_NOBODY },
  { "nothing-known-newsletter", { SUBSCRIBED }, NULL, NULL, MAIL_PROVIDER, "volume-unknown", 0,
    TL_LIMIT_OF_NOBODY },
  { "small", { OUTREACH, .volume = 30, .preset = "standard" }, "google", NULL, MAIL_PROVIDER,
    "answers-come-back", 35, TL_LIMIT_OF_PRESET },
  { "at-the-ceiling", { OUTREACH, .volume = 35, .preset = "standard" }, "google", NULL,
    MAIL_PROVIDER, "answers-come-back", 35, TL_LIMIT_OF_PRESET },
  { "over-preset", { OUTREACH, .volume = 36, .preset = "standard" }, "google", NULL, MORE,
    "outreach-over-ceiling outreach-not-by-relay", 35, TL_LIMIT_OF_PRESET, "2" },
  { "spread", { OUTREACH, .volume = 300, .n_mailboxes = 10, .preset = "standard" }, "google", NULL,
    MAIL_PROVIDER, "answers-come-back", 35, TL_LIMIT_OF_PRESET },
  { "not-quite-spread", { OUTREACH, .volume = 351, .n_mailboxes = 10, .preset = "standard" },
    "google", NULL, MORE, "outreach-over-ceiling outreach-not-by-relay", 35, TL_LIMIT_OF_PRESET,
    "11" },
  { "over-provider", { OUTREACH, .volume = 501 }, "google", NULL, MORE,
    "outreach-over-provider outreach-over-ceiling outreach-not-by-relay", 500,
    TL_LIMIT_OF_PROVIDER, "2" },
  { "bulk", { OUTREACH, .volume = 5000, .n_mailboxes = 500 }, "microsoft-365", NULL,
    MAIL_PROVIDER, "outreach-bulk answers-come-back", 10000, TL_LIMIT_OF_PROVIDER },
  { "bulk-in-one", { OUTREACH, .volume = 10001 }, "microsoft-365", NULL, MAIL_PROVIDER,
    "outreach-bulk answers-come-back", 10000, TL_LIMIT_OF_PROVIDER },
  { "just-not-bulk", { OUTREACH, .volume = 4999, .n_mailboxes = 500 }, "microsoft-365", NULL,
    MAIL_PROVIDER, "answers-come-back", 10000, TL_LIMIT_OF_PROVIDER },
  { "bulk-however-spread", { OUTREACH, .volume = 9998, .n_mailboxes = 500, .n_domains = 9 },
    "microsoft-365", NULL, MAIL_PROVIDER, "outreach-bulk answers-come-back", 10000,
    TL_LIMIT_OF_PROVIDER },
  { "twenty-mailboxes", { OUTREACH, .volume = 700, .preset = "standard" }, "microsoft-365", NULL,
    MORE, "outreach-over-ceiling outreach-not-by-relay", 35, TL_LIMIT_OF_PRESET, "20" },
  { "too-many-mailboxes", { OUTREACH, .volume = 701, .preset = "standard" }, "microsoft-365", NULL,
    MAIL_PROVIDER, "outreach-too-many-mailboxes answers-come-back", 35, TL_LIMIT_OF_PRESET },
  { "many-mailboxes-there", { OUTREACH, .volume = 735, .n_mailboxes = 21, .preset = "standard" },
    "microsoft-365", NULL, MAIL_PROVIDER, "answers-come-back", 35, TL_LIMIT_OF_PRESET },
  { "forbidden-by-relay", { OUTREACH, .volume = 10, .preset = "standard" }, "google", "postmark",
    MAIL_PROVIDER, "outreach-forbidden-by-relay answers-come-back", 35, TL_LIMIT_OF_PRESET },
  { "relay-that-does-not", { OUTREACH, .volume = 10, .preset = "standard" }, "google", "brevo",
    RELAY, "relay-in-place", 35, TL_LIMIT_OF_PRESET },
  { "relay-over-ceiling", { OUTREACH, .volume = 100, .preset = "standard" }, "google", "brevo",
    MORE, "outreach-over-ceiling", 35, TL_LIMIT_OF_PRESET, "3" },
  { "forbidden-by-provider", { OUTREACH, .volume = 10 }, "mxroute", NULL, MAIL_PROVIDER,
    "outreach-forbidden-by-provider answers-come-back", 9600, TL_LIMIT_OF_PROVIDER },
  { "newsletter-forbids-nothing", { SUBSCRIBED, .volume = 10 }, "mxroute", NULL, MAIL_PROVIDER,
    "within-limits", 9600, TL_LIMIT_OF_PROVIDER },
  { "newsletter-by-relay", { SUBSCRIBED, .volume = 9000 }, "google", "postmark", RELAY,
    "relay-in-place subscribed-bulk", 0, TL_LIMIT_OF_NOBODY },
  { "newsletter-bulk", { SUBSCRIBED, .volume = 5000 }, "microsoft-365", NULL, RELAY,
    "subscribed-bulk", 10000, TL_LIMIT_OF_PROVIDER },
  { "newsletter-over-google", { SUBSCRIBED, .volume = 600 }, "google", NULL, PROVIDER_RELAY,
    "subscribed-over-provider-with-relay subscribed-over-ceiling-with-relay", 500,
    TL_LIMIT_OF_PROVIDER },
  { "newsletter-over-yandex", { SUBSCRIBED, .volume = 600 }, "yandex", NULL, RELAY,
    "subscribed-over-provider subscribed-over-ceiling", 500, TL_LIMIT_OF_PROVIDER },
  { "newsletter-over-preset-google", { SUBSCRIBED, .volume = 60, .preset = "warmed",
                                    .is_preset_chosen = TRUE }, "google",
    NULL, PROVIDER_RELAY, "subscribed-over-ceiling-with-relay", 50, TL_LIMIT_OF_PRESET },
  { "newsletter-over-preset", { SUBSCRIBED, .volume = 60, .preset = "warmed",
                                    .is_preset_chosen = TRUE }, "fastmail", NULL,
    RELAY, "subscribed-over-ceiling", 50, TL_LIMIT_OF_PRESET },
  { "newsletter-small", { SUBSCRIBED, .volume = 40, .preset = "warmed",
                          .is_preset_chosen = TRUE }, "fastmail", NULL,
    MAIL_PROVIDER, "within-limits", 50, TL_LIMIT_OF_PRESET },
  { "talk", { CONVERSATION, .volume = 40 }, "google", NULL, MAIL_PROVIDER, "answers-come-back",
    500, TL_LIMIT_OF_PROVIDER },
  { "talk-knows-no-preset", { CONVERSATION, .volume = 40, .preset = "conservative" }, "google",
    NULL, MAIL_PROVIDER, "answers-come-back", 500, TL_LIMIT_OF_PROVIDER },
  { "newsletter-knows-no-preset", { SUBSCRIBED, .volume = 200, .preset = "standard" }, "google",
    NULL, MAIL_PROVIDER, "within-limits", 500, TL_LIMIT_OF_PROVIDER },
  { "talk-with-a-preset", { CONVERSATION, .volume = 20, .preset = "conservative",
                            .is_preset_chosen = TRUE }, "google", NULL, MAIL_PROVIDER,
    "answers-come-back", 20, TL_LIMIT_OF_PRESET },
  { "talk-over-provider", { CONVERSATION, .volume = 600 }, "google", NULL, MORE,
    "conversation-over-provider conversation-over-ceiling", 500, TL_LIMIT_OF_PROVIDER },
  { "talk-over-policy", { CONVERSATION, .volume = 20, .policy = "Example Ltd",
                          .policy_per_day = 15 }, "google", NULL, MORE,
    "conversation-over-ceiling", 15, TL_LIMIT_OF_POLICY },
  { "policy-first", { OUTREACH, .volume = 10, .preset = "conservative", .policy = "Example Ltd",
                      .policy_per_day = 15, .target = "smartlead-csv", .target_per_day = 16 },
    "google", NULL, MAIL_PROVIDER, "answers-come-back", 15, TL_LIMIT_OF_POLICY },
  { "target-first", { OUTREACH, .volume = 10, .preset = "conservative", .policy_per_day = 17,
                      .target = "smartlead-csv", .target_per_day = 16 },
    "google", NULL, MAIL_PROVIDER, "answers-come-back", 16, TL_LIMIT_OF_TARGET },
  { "hours-are-no-days", { OUTREACH, .volume = 4000 }, "ovh", NULL, MAIL_PROVIDER,
    "answers-come-back", 0, TL_LIMIT_OF_NOBODY },
  { "no-mailbox-said", { OUTREACH, .volume = 20, .n_mailboxes = 0, .n_domains = 0,
                         .preset = "conservative" }, NULL, NULL, MAIL_PROVIDER,
    "answers-come-back", 20, TL_LIMIT_OF_PRESET },
  { "unknown-preset", { OUTREACH, .volume = 20, .preset = "daring" }, NULL, NULL, MAIL_PROVIDER,
    "answers-come-back", 0, TL_LIMIT_OF_NOBODY },
};

static TlSendingPlan *
advise (const AdviceCase *c)
{
  TlSendingWish wish = c->wish;

  wish.provider = c->provider != NULL ? tl_providers_find (c->provider) : NULL;
  wish.relay = c->relay != NULL ? tl_providers_find (c->relay) : NULL;
  g_assert_true ((wish.provider == NULL) == (c->provider == NULL));
  g_assert_true ((wish.relay == NULL) == (c->relay == NULL));

  return tl_sending_advise (&wish);
}

static void
test_advice (gconstpointer data)
{
  const AdviceCase *c = data;
  g_autoptr(TlSendingPlan) plan = advise (c);
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (plan);
  g_autofree char *reasons = g_strjoinv (" ", (char **) parts->reasons);

  g_assert_cmpstr (reasons, ==, c->reasons);
  g_assert_cmpint (parts->service, ==, c->service);
  g_assert_cmpuint (parts->ceiling, ==, c->ceiling);
  g_assert_cmpint (parts->ceiling_of, ==, c->of);
  g_assert_cmpuint (parts->n_mailboxes, ==, MAX (c->wish.n_mailboxes, 1));
  g_assert_cmpuint (parts->n_domains, ==, MAX (c->wish.n_domains, 1));

  for (gsize i = 0; parts->reasons[i] != NULL; i++)
    {
      const TlSendingRule *rule = tl_sending_rule_find (parts->reasons[i]);
      g_autofree char *text = tl_sending_rule_dup_text (rule, plan);

      g_assert_cmpint (rule->service, ==, parts->service);
      g_assert_null (strpbrk (text, "{}"));
      if (c->needed != NULL && g_str_equal (rule->id, "outreach-over-ceiling"))
        {
          g_autofree char *mailboxes = g_strdup_printf (" %s mailboxes", c->needed);

          g_assert_nonnull (strstr (text, mailboxes));
        }
    }
  for (guint i = 0; i < parts->n_days; i++)
    g_assert_true (parts->ceiling == 0 || parts->days[i] <= parts->ceiling);
}

static void
test_reached (void)
{
  TlSendingRules *rules = tl_sending_rules_get ();

  g_test_summary ("No rule is there for nothing: each is among the reasons of some case");

  for (guint i = 0; i < tl_sending_rules_get_n (rules); i++)
    {
      const char *id = tl_sending_rules_nth (rules, i)->id;
      gboolean is_reached = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        {
          g_auto(GStrv) reasons = g_strsplit (cases[j].reasons, " ", -1);

          is_reached |= g_strv_contains ((const char * const *) reasons, id);
        }
      g_test_message ("%s", id);
      g_assert_true (is_reached);
    }
  g_assert_null (tl_sending_rule_find ("nothing"));
}

/* Of every limit: whose, what, how many a day, and whether it is an opinion. */
static char *
describe_limits (const TlSendingPlanParts *parts)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < parts->limits->len; i++)
    {
      const TlSendingLimit *limit = parts->limits->pdata[i];

      g_string_append_printf (text, "%s%s %s %s %u %u%s", i > 0 ? "; " : "",
                              tl_limit_of_get_nick (limit->of), limit->name, limit->what,
                              limit->value, limit->per_day, limit->is_opinion ? " opinion" : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_limits (void)
{
  TlSendingWish wish = { OUTREACH, .preset = "conservative", .target = "custom", .target_per_day = 700,
                         .provider = tl_providers_find ("yandex") };
  TlSendingWish hourly = { .provider = tl_providers_find ("ovh") };
  TlSendingWish relayed = { .provider = tl_providers_find ("yandex"),
                            .relay = tl_providers_find ("sendgrid") };
  g_autoptr(TlSendingPlan) plan = tl_sending_advise (&wish);
  g_autoptr(TlSendingPlan) hours = tl_sending_advise (&hourly);
  g_autoptr(TlSendingPlan) by_relay = tl_sending_advise (&relayed);
  g_autofree char *all = describe_limits (tl_sending_plan_get_parts (plan));
  g_autofree char *only_hours = describe_limits (tl_sending_plan_get_parts (hours));
  const TlSendingLimit *first = tl_sending_plan_get_parts (plan)->limits->pdata[0];

  g_assert_cmpstr (all, ==,
                   "preset conservative messages-per-day 20 20 opinion; "
                   "provider yandex messages-per-day 500 500; "
                   "provider yandex recipients-per-day 500 500; "
                   "target custom messages-per-day 700 700; "
                   "provider yandex recipients-per-message 35 0");
  g_assert_cmpstr (only_hours, ==, "provider ovh messages-per-hour 200 0");
  g_assert_cmpuint (tl_sending_plan_get_parts (by_relay)->limits->len, ==, 0);
  g_assert_nonnull (first->source);
  g_assert_nonnull (first->as_of);
}

/* The row of a provider's table that a limit is of. */
static const TlProviderLimit *
find_row (TlProvider           *provider,
          const TlSendingLimit *limit)
{
  for (guint i = 0; i < tl_provider_get_n_limits (provider); i++)
    {
      const TlProviderLimit *row = tl_provider_get_limit (provider, i);

      if (g_str_equal (row->what, limit->what) && row->value == limit->value &&
          g_strcmp0 (row->when, limit->when) == 0)
        return row;
    }

  g_assert_not_reached ();
}

static void
test_limit_sources (void)
{
  TlProvider *google = tl_providers_find ("google");
  const TlSendingWish wish = { OUTREACH, .provider = tl_providers_find ("yandex"), .relay = google,
                               .preset = "standard", .policy = "Example Ltd",
                               .policy_per_day = 9 };
  g_autoptr(TlSendingPlan) plan = tl_sending_advise (&wish);
  GPtrArray *limits = tl_sending_plan_get_parts (plan)->limits;
  guint n_of[TL_LIMIT_OF_POLICY + 1] = { 0, };
  guint n_when = 0;

  g_test_summary ("A limit says for which case it is, and from where; a relay's count, and only its");

  for (guint i = 0; i < limits->len; i++)
    {
      const TlSendingLimit *limit = limits->pdata[i];
      const TlProviderLimit *row;

      n_of[limit->of]++;
      if (limit->of != TL_LIMIT_OF_PROVIDER)
        continue;

      g_assert_cmpstr (limit->name, ==, "google");
      row = find_row (google, limit);
      g_assert_cmpstr (limit->source, ==, row->source);
      g_assert_cmpstr (limit->as_of, ==, row->as_of);
      g_assert_cmpint (limit->is_confirmed, ==, row->confirmed);
      g_assert_false (limit->is_opinion);
      n_when += limit->when != NULL;
    }
  g_assert_cmpuint (n_of[TL_LIMIT_OF_PROVIDER], >=, 2);
  g_assert_cmpuint (n_of[TL_LIMIT_OF_PRESET], ==, 1);
  g_assert_cmpuint (n_of[TL_LIMIT_OF_POLICY], ==, 1);
  g_assert_cmpuint (n_when, >=, 1);
}

static void
test_preset_source (void)
{
  for (guint i = 0; i < tl_warm_up_get_n_presets (); i++)
    {
      const TlWarmUpPreset *preset = tl_warm_up_get_preset (i);
      const TlSendingWish wish = { OUTREACH, .preset = preset->id };
      g_autoptr(TlSendingPlan) plan = tl_sending_advise (&wish);
      const TlSendingPlanParts *parts = tl_sending_plan_get_parts (plan);
      const TlSendingLimit *limit;

      g_assert_cmpuint (parts->limits->len, ==, 1);
      g_assert_cmpint (parts->weekdays_only, ==, preset->weekdays_only);
      limit = parts->limits->pdata[0];
      g_assert_cmpstr (limit->source, ==, i == 0 ? "coldconvert" : "Smartlead");
      g_assert_cmpstr (limit->as_of, ==, "2026-11-21");
      g_assert_true (limit->is_opinion);
      g_assert_true (limit->is_confirmed);
    }
}

static void
test_days (void)
{
  static const guint wished[] = { 3, 40, 12, 900 };
  TlSendingWish wish = { .preset = "standard", .policy_per_day = 30 };
  TlSendingWish edited = { .preset = "standard", .days = wished, .n_days = 4 };
  TlSendingWish none = { .volume = 5 };
  g_autoptr(TlSendingPlan) lowered = tl_sending_advise (&wish);
  g_autoptr(TlSendingPlan) changed = tl_sending_advise (&edited);
  g_autoptr(TlSendingPlan) without = tl_sending_advise (&none);
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (lowered);

  g_assert_cmpuint (parts->n_days, ==, 16);
  g_assert_cmpuint (parts->days[0], ==, 5);
  g_assert_cmpuint (parts->days[12], ==, 29);
  g_assert_cmpuint (parts->days[13], ==, 30);
  g_assert_cmpuint (parts->days[15], ==, 30);
  g_assert_false (parts->is_edited);
  g_assert_cmpstr (parts->preset, ==, "standard");

  parts = tl_sending_plan_get_parts (changed);
  g_assert_cmpuint (parts->n_days, ==, 4);
  g_assert_cmpuint (parts->days[0], ==, 3);
  g_assert_cmpuint (parts->days[1], ==, 35);
  g_assert_cmpuint (parts->days[2], ==, 12);
  g_assert_cmpuint (parts->days[3], ==, 35);
  g_assert_true (parts->is_edited);

  g_assert_cmpuint (tl_sending_plan_get_parts (without)->n_days, ==, 0);
  g_assert_null (tl_sending_plan_get_parts (without)->preset);
}

typedef struct
{
  const char    *name;
  TlSendingWish  wish;
  const char    *relay;
  guint          n_days;
} WarmUpCase;

static const guint edited_days[] = { 5, 6, 7 };

static const WarmUpCase warm_up_cases[] = {
  { "outreach", { OUTREACH, .volume = 30, .preset = "standard" }, NULL, 16 },
  { "outreach-by-relay", { OUTREACH, .volume = 30, .preset = "standard" }, "brevo", 16 },
  { "talk", { CONVERSATION, .volume = 30, .preset = "standard" }, NULL, 0 },
  { "talk-chosen", { CONVERSATION, .volume = 30, .preset = "standard", .is_preset_chosen = TRUE },
    NULL, 16 },
  { "talk-edited", { CONVERSATION, .volume = 30, .preset = "standard", .days = edited_days,
                     .n_days = 3 }, NULL, 3 },
  { "newsletter-in-relay", { SUBSCRIBED, .volume = 30, .preset = "standard",
                             .is_preset_chosen = TRUE }, "brevo", 0 },
  { "newsletter-to-relay", { SUBSCRIBED, .volume = 9000, .preset = "standard",
                             .is_preset_chosen = TRUE }, NULL, 0 },
  { "newsletter-edited", { SUBSCRIBED, .volume = 9000, .days = edited_days, .n_days = 3 }, NULL,
    0 },
};

static void
test_warm_up (gconstpointer data)
{
  const WarmUpCase *c = data;
  TlSendingWish wish = c->wish;
  g_autoptr(TlSendingPlan) plan = NULL;
  const TlSendingPlanParts *parts;

  wish.relay = c->relay != NULL ? tl_providers_find (c->relay) : NULL;
  plan = tl_sending_advise (&wish);
  parts = tl_sending_plan_get_parts (plan);
  g_assert_cmpuint (parts->n_days, ==, c->n_days);
  g_assert_cmpint (parts->is_edited, ==, c->n_days == 3);
  g_assert_cmpint (parts->preset != NULL, ==, c->n_days > 3);
}

static void
test_provider_limits (void)
{
  TlSendingWish wish = { OUTREACH, .volume = 501, .provider = tl_providers_find ("google") };
  g_autoptr(TlSendingPlan) plan = tl_sending_advise (&wish);
  GPtrArray *limits = tl_sending_plan_get_parts (plan)->limits;
  g_autofree char *text = tl_sending_limits_dup_text (limits, TL_LIMIT_OF_PROVIDER);
  g_autofree char *reason =
    tl_sending_rule_dup_text (tl_sending_rule_find ("outreach-over-provider"), plan);

  g_test_summary ("Plans of one provider differ: each number is there with its plans");

  g_assert_true (g_str_has_prefix (text, "500 ("));
  g_assert_nonnull (strstr (text, "Gmail"));
  g_assert_nonnull (strstr (text, "000 (Google Workspace)"));
  g_assert_null (strstr (text, "different people"));
  g_assert_nonnull (strstr (reason, text));
  g_assert_null (tl_sending_limits_dup_text (limits, TL_LIMIT_OF_TARGET));
}

typedef struct
{
  const char *id;
  guint       ceiling;
  guint       n_days;
  guint       first;
  guint       eighth;
  guint       last;
  gboolean    weekdays_only;
} PresetCase;

/* What facts say of each source. */
static const PresetCase preset_cases[] = {
  { "conservative", 20, 20, 10, 15, 20, TRUE },
  { "standard",     35, 16, 5,  19, 35, FALSE },
  { "warmed",       50, 10, 33, 47, 50, FALSE },
};

static void
test_presets (void)
{
  g_assert_cmpuint (tl_warm_up_get_n_presets (), ==, G_N_ELEMENTS (preset_cases));

  for (guint i = 0; i < G_N_ELEMENTS (preset_cases); i++)
    {
      const PresetCase *c = &preset_cases[i];
      const TlWarmUpPreset *preset = tl_warm_up_get_preset (i);

      g_assert_cmpstr (preset->id, ==, c->id);
      g_assert_true (tl_warm_up_find_preset (c->id) == preset);
      g_assert_cmpuint (preset->ceiling, ==, c->ceiling);
      g_assert_cmpuint (preset->n_days, ==, c->n_days);
      g_assert_cmpuint (preset->days[0], ==, c->first);
      g_assert_cmpuint (preset->days[7], ==, c->eighth);
      g_assert_cmpuint (preset->days[c->n_days - 1], ==, c->last);
      g_assert_cmpint (preset->weekdays_only, ==, c->weekdays_only);
      for (guint day = 1; day < preset->n_days; day++)
        {
          g_assert_cmpuint (preset->days[day], >=, preset->days[day - 1]);
          g_assert_cmpuint (preset->days[day], <=, preset->ceiling);
        }
    }
  g_assert_null (tl_warm_up_find_preset ("daring"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sending/advice/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_advice);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (warm_up_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sending/warm-up/", warm_up_cases[i].name, NULL);

      g_test_add_data_func (path, &warm_up_cases[i], test_warm_up);
    }
  g_test_add_func ("/sending/provider-limits", test_provider_limits);
  g_test_add_func ("/sending/reached", test_reached);
  g_test_add_func ("/sending/limits", test_limits);
  g_test_add_func ("/sending/limit-sources", test_limit_sources);
  g_test_add_func ("/sending/preset-source", test_preset_source);
  g_test_add_func ("/sending/days", test_days);
  g_test_add_func ("/sending/presets", test_presets);

  return g_test_run ();
}
