/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is advised for what somebody wants to send, as it is shown and edited. */
#include "tl-sending-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-sending-rule.h"

static void
count (guint *n)
{
  (*n)++;
}

static guint
get_uint (gpointer    object,
          const char *property)
{
  guint value = 0;

  g_object_get (object, property, &value, NULL);

  return value;
}

static gboolean
get_bool (gpointer    object,
          const char *property)
{
  gboolean value = FALSE;

  g_object_get (object, property, &value, NULL);

  return value;
}

static guint
get_day (TlSending *sending,
         guint      index)
{
  g_autoptr(TlWarmUpDay) day = g_list_model_get_item (tl_sending_get_days (sending), index);

  g_assert_nonnull (day);

  return tl_warm_up_day_get_messages (day);
}

static void
test_begins (void)
{
  g_autoptr(TlSending) sending = tl_sending_new ();
  g_autofree char *preset = NULL;
  g_auto(GStrv) titles = NULL;

  g_test_summary ("There is a plan from the start, and nobody asked for one");

  g_assert_nonnull (tl_sending_get_plan (sending));
  g_assert_false (tl_sending_was_asked (sending));
  g_object_get (sending, "preset", &preset, "preset-titles", &titles, NULL);
  g_assert_nonnull (tl_warm_up_find_preset (preset));
  g_assert_cmpuint (g_strv_length (titles), ==, tl_warm_up_get_n_presets ());
  g_assert_cmpuint (g_list_model_get_n_items (tl_sending_get_days (sending)), ==,
                    tl_warm_up_find_preset (preset)->n_days);
}

/* Everything that follows from a wish is told of. */
static void
test_notifies (void)
{
  static const char * const follow[] = {
    "plan", "service-title", "ceiling", "ceiling-text", "ceiling-line", "days-text", "preset-source",
    "is-edited", "was-asked", "volume",
  };
  g_autoptr(TlSending) sending = tl_sending_new ();
  guint n[G_N_ELEMENTS (follow)] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (follow); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", follow[i], NULL);

      g_signal_connect_swapped (sending, signal, G_CALLBACK (count), &n[i]);
    }
  g_object_set (sending, "volume", 40, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (follow); i++)
    g_assert_cmpuint (n[i], ==, 1);
  g_object_set (sending, "volume", 40, NULL);
  g_assert_cmpuint (n[0], ==, 1);
  g_assert_true (tl_sending_was_asked (sending));
}

static void
test_clamps (void)
{
  static const struct
  {
    const char *property;
    guint       value;
    guint       held;
  } rows[] = {
    { "n-mailboxes", 0, 1 },
    { "n-domains", 0, 1 },
    { "n-mailboxes", G_MAXUINT, TL_SENDING_PLAN_MAX_MAILBOXES },
    { "n-domains", G_MAXUINT, TL_SENDING_PLAN_MAX_DOMAINS },
    { "volume", G_MAXUINT, TL_SENDING_PLAN_MAX_VOLUME },
    { "volume", 0, 0 },
  };
  g_autoptr(TlSending) sending = tl_sending_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_object_set (sending, rows[i].property, rows[i].value, NULL);
      g_assert_cmpuint (get_uint (sending, rows[i].property), ==, rows[i].held);
    }
}

static void
test_preset (void)
{
  g_autoptr(TlSending) sending = tl_sending_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *held = NULL;
  guint n = 0;

  g_test_summary ("An unknown preset changes nothing, and a list on screen is told so");

  g_assert_true (tl_sending_set_preset (sending, "conservative", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (get_day (sending, 0), ==,
                    tl_warm_up_find_preset ("conservative")->days[0]);
  g_assert_cmpuint (get_uint (sending, "ceiling"), ==, 20);

  g_assert_false (tl_sending_set_preset (sending, "reckless", &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "preset:"));
  g_signal_connect_swapped (sending, "notify::preset", G_CALLBACK (count), &n);
  g_object_set (sending, "preset", "reckless", NULL);
  g_assert_cmpuint (n, ==, 1);
  g_object_get (sending, "preset", &held, NULL);
  g_assert_cmpstr (held, ==, "conservative");
}

static void
test_days (void)
{
  static const guint mine[] = { 3, 9, 1000 };
  g_autoptr(TlSending) sending = tl_sending_new ();
  g_autoptr(TlWarmUpDay) first = NULL;
  g_autoptr(GError) error = NULL;
  guint usual;
  guint n = 0;

  g_test_summary ("A person's days, lowered to the ceiling; and back to the preset's");

  usual = g_list_model_get_n_items (tl_sending_get_days (sending));
  first = g_list_model_get_item (tl_sending_get_days (sending), 0);
  g_signal_connect_swapped (first, "notify::messages", G_CALLBACK (count), &n);
  g_assert_true (tl_sending_set_days (sending, mine, G_N_ELEMENTS (mine), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (tl_sending_get_days (sending)), ==, 3);
  g_assert_cmpuint (get_day (sending, 0), ==, 3);
  g_assert_cmpuint (get_day (sending, 2), ==, get_uint (sending, "ceiling"));
  g_assert_cmpuint (get_uint (first, "ceiling"), ==, get_uint (sending, "ceiling"));
  g_assert_true (get_bool (sending, "is-edited"));
  g_assert_true (tl_sending_was_asked (sending));

  tl_sending_reset_days (sending);
  g_assert_false (get_bool (sending, "is-edited"));
  g_assert_cmpuint (g_list_model_get_n_items (tl_sending_get_days (sending)), ==, usual);
}

static void
test_edit_day (void)
{
  g_autoptr(TlSending) sending = tl_sending_new ();
  g_autoptr(TlWarmUpDay) day = g_list_model_get_item (tl_sending_get_days (sending), 1);
  g_autoptr(TlWarmUpDay) same = NULL;
  guint ceiling = get_uint (sending, "ceiling");
  guint n = 0;

  g_test_summary ("One day written in its row; more than the ceiling is told of at once");

  g_assert_cmpuint (get_uint (day, "day"), ==, 2);
  g_object_set (day, "messages", 4, NULL);
  g_assert_cmpuint (get_day (sending, 1), ==, 4);
  g_assert_true (get_bool (sending, "is-edited"));
  same = g_list_model_get_item (tl_sending_get_days (sending), 1);
  g_assert_true (same == day);

  g_object_set (day, "messages", ceiling, NULL);
  g_signal_connect_swapped (day, "notify::messages", G_CALLBACK (count), &n);
  g_object_set (day, "messages", ceiling + 7, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (get_day (sending, 1), ==, ceiling);
}

static void
test_days_nonsense (void)
{
  static const guint huge[] = { TL_SENDING_PLAN_MAX_VOLUME + 1 };
  static const guint many[TL_SENDING_PLAN_MAX_DAYS + 1] = { 1 };
  static const struct
  {
    const guint *days;
    guint        n;
  } rows[] = { { many, 0 }, { many, G_N_ELEMENTS (many) }, { huge, 1 } };
  g_autoptr(TlSending) sending = tl_sending_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (tl_sending_set_days (sending, rows[i].days, rows[i].n, &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_prefix (error->message, "days:"));
    }
  g_assert_false (get_bool (sending, "is-edited"));
  g_assert_false (tl_sending_was_asked (sending));
}

/* Who sets the ceiling: the smallest of all. */
static const struct
{
  const char      *name;
  TlSendingAround  around;
  guint            ceiling;
  TlLimitOf        of;
} ceilings[] = {
  { "preset", { .policy_per_day = 500, .policy = "Acme" }, 20, TL_LIMIT_OF_PRESET },
  { "policy", { .policy_per_day = 7, .policy = "Acme" }, 7, TL_LIMIT_OF_POLICY },
  { "target", { .target_per_day = 9, .target = "instantly-csv" }, 9, TL_LIMIT_OF_TARGET },
};

static void
test_ceiling (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(TlSending) sending = tl_sending_new ();
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  g_autofree char *number = g_strdup_printf ("%u", ceilings[i].ceiling);
  guint n_decides = 0;
  guint n = 0;

  g_assert_true (tl_sending_set_preset (sending, "conservative", NULL));
  g_signal_connect_swapped (sending, "notify::plan", G_CALLBACK (count), &n);
  tl_sending_set_around (sending, &ceilings[i].around);
  tl_sending_set_around (sending, &ceilings[i].around);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (get_uint (sending, "ceiling"), ==, ceilings[i].ceiling);
  g_assert_cmpint (tl_sending_plan_get_parts (tl_sending_get_plan (sending))->ceiling_of, ==,
                   ceilings[i].of);
  g_object_get (sending, "ceiling-text", &text, "ceiling-line", &line, NULL);
  g_assert_null (strstr (text, number));
  g_assert_nonnull (strstr (line, number));
  g_assert_true (g_str_has_suffix (line, text));

  for (guint j = 0; j < g_list_model_get_n_items (tl_sending_get_limits (sending)); j++)
    {
      g_autoptr(TlDetail) limit = g_list_model_get_item (tl_sending_get_limits (sending), j);

      if (tl_detail_get_status (limit) != TL_STATUS_OK)
        continue;
      n_decides++;
      g_assert_cmpstr (tl_detail_get_group (limit), ==, tl_limit_of_get_nick (ceilings[i].of));
      g_assert_cmpstr (tl_detail_get_value (limit), ==, number);
    }
  g_assert_cmpuint (n_decides, ==, 1);
}

static void
test_provider (void)
{
  g_autoptr(TlSending) sending = tl_sending_new ();
  TlProvider *provider = tl_providers_find ("google");
  gboolean is_named = FALSE;

  g_test_summary ("Limits of a provider name it, with source and day");

  tl_sending_set_provider (sending, provider);
  g_assert_false (tl_sending_was_asked (sending));
  for (guint i = 0; i < g_list_model_get_n_items (tl_sending_get_limits (sending)); i++)
    {
      g_autoptr(TlDetail) limit = g_list_model_get_item (tl_sending_get_limits (sending), i);
      const char *hint = tl_detail_get_hint (limit);

      g_assert_nonnull (tl_detail_get_id (limit));
      if (g_strcmp0 (tl_detail_get_group (limit), "provider") != 0)
        continue;
      is_named = TRUE;
      g_assert_nonnull (strstr (hint, tl_provider_get_name (provider)));
      g_assert_nonnull (strstr (hint, "20"));
    }
  g_assert_true (is_named);
}

static void
test_reasons (void)
{
  g_autoptr(TlSending) sending = tl_sending_new ();
  g_autofree char *title = NULL;
  guint n;

  g_test_summary ("There is always a reason, on somebody's word, and an opinion says that it is one");

  g_object_set (sending, "volume", 900, "n-mailboxes", 2, NULL);
  n = g_list_model_get_n_items (tl_sending_get_reasons (sending));
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlDetail) reason = g_list_model_get_item (tl_sending_get_reasons (sending), i);
      const TlSendingRule *rule = tl_sending_rule_find (tl_detail_get_id (reason));
      g_auto(GStrv) parts = NULL;

      g_assert_nonnull (rule);
      parts = g_strsplit (tl_detail_get_hint (reason), " · ", -1);
      g_assert_cmpuint (g_strv_length (parts), ==, rule->is_opinion ? 3 : 2);
      g_assert_nonnull (strstr (tl_detail_get_hint (reason), rule->as_of));
      g_assert_cmpstr (tl_detail_get_value (reason), ==, "");
      g_assert_null (strchr (tl_detail_get_label (reason), '{'));
    }
  g_object_get (sending, "service-title", &title, NULL);
  g_assert_cmpuint (strlen (title), >, 0);
}

static void
test_preset_chosen (void)
{
  g_autoptr(TlSending) sending = tl_sending_new ();

  g_test_summary ("The usual preset is for outreach; one that a person chose, for all");

  g_object_set (sending, "kind", TL_SENDING_KIND_CONVERSATION, NULL);
  g_assert_null (tl_sending_plan_get_parts (tl_sending_get_plan (sending))->preset);
  g_assert_true (tl_sending_set_preset (sending, "standard", NULL));
  g_assert_cmpstr (tl_sending_plan_get_parts (tl_sending_get_plan (sending))->preset, ==,
                   "standard");
  tl_sending_start_over (sending);
  g_object_set (sending, "kind", TL_SENDING_KIND_CONVERSATION, NULL);
  g_assert_null (tl_sending_plan_get_parts (tl_sending_get_plan (sending))->preset);
}

static void
test_one (void)
{
  const TlSendingAround one = { .policy_per_day = 1, .policy = "Acme" };
  const TlSendingAround two = { .policy_per_day = 2, .policy = "Acme" };
  g_autoptr(TlSending) sending = tl_sending_new ();
  g_autofree char *line = NULL;
  g_autofree char *other = NULL;

  g_test_summary ("One message is no messages");

  tl_sending_set_around (sending, &two);
  g_object_get (sending, "ceiling-line", &other, NULL);
  tl_sending_set_around (sending, &one);
  g_object_get (sending, "ceiling-line", &line, NULL);
  g_strdelimit (other, "2", '1');
  g_assert_cmpstr (line, !=, other);
}

static void
test_start_over (void)
{
  g_autoptr(TlSending) sending = tl_sending_new ();
  guint n = 0;

  g_object_set (sending, "volume", 900, "kind", TL_SENDING_KIND_CONVERSATION, NULL);
  g_assert_true (tl_sending_set_preset (sending, "conservative", NULL));
  g_signal_connect_swapped (sending, "notify::was-asked", G_CALLBACK (count), &n);
  tl_sending_start_over (sending);
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (tl_sending_was_asked (sending));
  g_assert_cmpuint (get_uint (sending, "volume"), ==, 0);
  g_assert_cmpint (tl_sending_plan_get_parts (tl_sending_get_plan (sending))->kind, ==,
                   TL_SENDING_KIND_OUTREACH);

  tl_sending_confirm (sending);
  g_assert_true (tl_sending_was_asked (sending));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sending/begins", test_begins);
  g_test_add_func ("/sending/notifies", test_notifies);
  g_test_add_func ("/sending/clamps", test_clamps);
  g_test_add_func ("/sending/preset", test_preset);
  g_test_add_func ("/sending/days", test_days);
  g_test_add_func ("/sending/edit-day", test_edit_day);
  g_test_add_func ("/sending/days-nonsense", test_days_nonsense);
  for (guint i = 0; i < G_N_ELEMENTS (ceilings); i++)
    {
      g_autofree char *path = g_strconcat ("/sending/ceiling/", ceilings[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_ceiling);
    }
  g_test_add_func ("/sending/provider", test_provider);
  g_test_add_func ("/sending/reasons", test_reasons);
  g_test_add_func ("/sending/preset-chosen", test_preset_chosen);
  g_test_add_func ("/sending/one", test_one);
  g_test_add_func ("/sending/start-over", test_start_over);

  return g_test_run ();
}
