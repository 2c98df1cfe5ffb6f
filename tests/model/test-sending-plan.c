/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-plan.h"

#include <string.h>

#include "tl-error.h"

#define LIMIT(of, value, per_day) \
  "{\"as_of\":\"2026-01-31\",\"confirmed\":true,\"name\":\"x\",\"of\":\"" of "\"," \
  "\"opinion\":false,\"per_day\":" per_day ",\"source\":\"vendor page\",\"value\":" value "," \
  "\"what\":\"messages-per-day\",\"when\":null}"
#define WARM_UP(days) \
  "{\"days\":[" days "],\"edited\":false,\"preset\":\"standard\",\"weekdays_only\":true}"
#define PLAN(ceiling, of, limits, volume, warm_up) \
  "{\"ceiling\":" ceiling ",\"ceiling_of\":" of ",\"domains\":1,\"kind\":\"outreach\"," \
  "\"limits\":[" limits "],\"mailboxes\":2,\"reasons\":[\"outreach-small\"]," \
  "\"service\":\"provider\",\"volume\":" volume ",\"warm_up\":" warm_up "}"
#define BOTH LIMIT ("policy", "40", "40") "," LIMIT ("provider", "500", "500")

typedef struct
{
  const char *name;
  const char *text;
  const char *said; /* NULL: it is read, and written alike */
} ReadCase;

static const ReadCase read_cases[] = {
  { "least", PLAN ("null", "null", "", "null", "null") },
  { "limits", PLAN ("40", "\"policy\"", BOTH, "120", "null") },
  { "limit-without-days", PLAN ("null", "null", LIMIT ("target", "3", "null"), "1", "null") },
  { "limits-order", PLAN ("40", "\"policy\"", LIMIT ("provider", "500", "500") ","
                          LIMIT ("policy", "40", "40"), "1", "null"), "“limits”" },
  { "ceiling-larger", PLAN ("500", "\"policy\"", BOTH, "1", "null"), "“ceiling”" },
  { "ceiling-smaller", PLAN ("39", "\"policy\"", BOTH, "1", "null"), "“ceiling”" },
  { "ceiling-none", PLAN ("null", "null", BOTH, "1", "null"), "“ceiling”" },
  { "ceiling-of-nothing", PLAN ("40", "\"policy\"", "", "1", "null"), "“ceiling”" },
  { "ceiling-zero", PLAN ("0", "null", "", "1", "null"), "“ceiling”" },
  { "ceiling-of-another", PLAN ("40", "\"provider\"", BOTH, "1", "null"), "“ceiling_of”" },
  { "ceiling-of-nobody", PLAN ("null", "\"nobody\"", "", "1", "null"), "one form" },
  { "limit-of-nobody", PLAN ("40", "null", LIMIT ("nobody", "40", "40"), "1", "null"), "“of”" },
  { "limit-zero", PLAN ("null", "null", LIMIT ("policy", "0", "null"), "1", "null"), "“value”" },
  { "volume-high", PLAN ("null", "null", "", "1000001", "null"), "“volume”" },
  { "warm-up", PLAN ("40", "\"policy\"", BOTH, "1", WARM_UP ("0,5,40")) },
  { "warm-up-no-ceiling", PLAN ("null", "null", "", "1", WARM_UP ("5,1000000")) },
  { "warm-up-above", PLAN ("40", "\"policy\"", BOTH, "1", WARM_UP ("5,41")), "“warm_up”" },
  { "warm-up-empty", PLAN ("40", "\"policy\"", BOTH, "1", WARM_UP ("")), "“days” is empty" },
  { "warm-up-negative", PLAN ("40", "\"policy\"", BOTH, "1", WARM_UP ("5,-1")), "“days”" },
  { "warm-up-text", PLAN ("40", "\"policy\"", BOTH, "1", WARM_UP ("\"5\"")), "“days”" },
  { "unknown", "{\"x\":1}", "is missing" },
};

static void
test_read (gconstpointer data)
{
  const ReadCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->text, -1, &error);
  g_autoptr(TlSendingPlan) plan = NULL;
  g_autoptr(TlJson) again = NULL;
  g_autofree char *text = NULL;
  gboolean is_one_form = g_strcmp0 (c->said, "one form") == 0;

  g_assert_no_error (error);
  plan = tl_sending_plan_from_json (json, &error);
  if (c->said != NULL && !is_one_form)
    {
      g_assert_null (plan);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, c->said));
      return;
    }

  g_assert_no_error (error);
  again = tl_sending_plan_to_json (plan);
  text = tl_json_to_canonical (again);
  g_assert_true (g_str_equal (text, c->text) == !is_one_form);
}

typedef struct
{
  const char *name;
  guint       per_day[3]; /* of the provider, the preset and the policy; 0: says nothing of days */
  guint       given;
  guint       ceiling;
  TlLimitOf   of;
  guint       day;        /* what becomes of one with 100 */
} CeilingCase;

static const CeilingCase ceiling_cases[] = {
  { "none", { 0, 0, 0 }, 0, 0, TL_LIMIT_OF_NOBODY, 100 },
  { "made-up", { 0, 0, 0 }, 50, 0, TL_LIMIT_OF_NOBODY, 100 },
  { "provider", { 40, 50, 60 }, 0, 40, TL_LIMIT_OF_PROVIDER, 40 },
  { "preset", { 50, 40, 60 }, 40, 40, TL_LIMIT_OF_PRESET, 40 },
  { "policy", { 60, 50, 40 }, 999, 40, TL_LIMIT_OF_POLICY, 40 },
  { "alike", { 60, 40, 40 }, 0, 40, TL_LIMIT_OF_PRESET, 40 },
  { "one", { 0, 0, 2000 }, 0, 2000, TL_LIMIT_OF_POLICY, 100 },
};

static void
test_ceiling (gconstpointer data)
{
  static const TlLimitOf of[] = {
    TL_LIMIT_OF_PROVIDER, TL_LIMIT_OF_PRESET, TL_LIMIT_OF_POLICY,
  };
  const CeilingCase *c = data;
  const guint days[] = { 1, 100 };
  g_autoptr(GPtrArray) limits =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_sending_limit_free);
  g_autoptr(TlSendingPlan) plan = NULL;
  const TlSendingPlanParts *parts;

  for (gsize i = 0; i < G_N_ELEMENTS (of); i++)
    {
      TlSendingLimit limit = { .of = of[i], .what = (char *) "x", .value = 9,
                               .per_day = c->per_day[i] };

      g_ptr_array_add (limits, tl_sending_limit_copy (&limit));
    }
  plan = tl_sending_plan_new (&(TlSendingPlanParts) {
    .limits = limits, .ceiling = c->given, .ceiling_of = TL_LIMIT_OF_TARGET, .days = days,
    .n_days = G_N_ELEMENTS (days),
  });
  parts = tl_sending_plan_get_parts (plan);

  g_assert_cmpuint (parts->ceiling, ==, c->ceiling);
  g_assert_cmpint (parts->ceiling_of, ==, c->of);
  g_assert_cmpuint (parts->days[0], ==, 1);
  g_assert_cmpuint (parts->days[1], ==, c->day);
  g_assert_cmpuint (parts->n_mailboxes, ==, 1);
}

static void
test_bounds (void)
{
  guint days[TL_SENDING_PLAN_MAX_DAYS + 1] = { 0 };
  g_autoptr(TlSendingPlan) plan = tl_sending_plan_new (&(TlSendingPlanParts) {
    .volume = G_MAXUINT, .days = days, .n_days = G_N_ELEMENTS (days),
  });
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (plan);

  g_assert_cmpuint (parts->n_days, ==, TL_SENDING_PLAN_MAX_DAYS);
  g_assert_cmpuint (parts->volume, ==, TL_SENDING_PLAN_MAX_VOLUME);
  g_assert_cmpuint (parts->limits->len, ==, 0);
  g_assert_null (parts->reasons[0]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sending-plan/read/", read_cases[i].name, NULL);

      g_test_add_data_func (path, &read_cases[i], test_read);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ceiling_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sending-plan/ceiling/", ceiling_cases[i].name, NULL);

      g_test_add_data_func (path, &ceiling_cases[i], test_ceiling);
    }
  g_test_add_func ("/sending-plan/bounds", test_bounds);

  return g_test_run ();
}
