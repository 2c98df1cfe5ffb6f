/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-receivers.h"

#include <string.h>

#include "tl-catalogue.h"
#include "tl-data.h"
#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *finding;
  const char *others[3];
  guint       volume;
  const char *broken;
} BrokenCase;

static const BrokenCase broken_cases[] = {
  { "one-of-two",        "domain.spf-missing", { NULL }, 10, "" },
  { "both",              "domain.spf-missing", { "domain.dkim-not-found" }, 10,
    "google.spf-or-dkim yahoo.spf-or-dkim" },
  { "both-other-way",    "domain.dkim-weak", { "domain.spf-permerror" }, 10,
    "google.spf-or-dkim yahoo.spf-or-dkim" },
  { "bulk",              "domain.spf-missing", { NULL }, 5000,
    "google.spf yahoo.spf microsoft.spf" },
  { "not-yet-bulk",      "domain.spf-missing", { NULL }, 4999, "" },
  { "nobody-said",       "domain.dmarc-missing", { NULL }, 0,
    "google.dmarc yahoo.dmarc microsoft.dmarc" },
  { "bulk-both",         "domain.spf-excludes-lane", { "domain.dkim-not-found" }, 9000,
    "google.spf-or-dkim google.spf yahoo.spf-or-dkim yahoo.spf microsoft.spf" },
  { "not-named-by-it",   "domain.tls-rpt-missing", { "domain.spf-missing", "domain.dkim-weak" },
    9000, "" },
  { "unaligned",         "domain.dmarc-unaligned", { NULL }, 5000,
    "google.alignment yahoo.alignment microsoft.alignment" },
  { "monitoring-is-enough", "domain.dmarc-none", { NULL }, 9000, "" },
  { "ptr",               "domain.ptr-missing", { NULL }, 1, "google.ptr" },
};

static void
test_broken (gconstpointer data)
{
  const BrokenCase *c = data;
  const char * const all[] = { c->finding, c->others[0], c->others[0] == NULL ? NULL : c->others[1],
                               NULL };
  g_auto(GStrv) broken = tl_receivers_list_broken (c->finding, all, c->volume);
  g_autofree char *joined = g_strjoinv (" ", broken);

  g_assert_cmpstr (joined, ==, c->broken);
}

static void
test_table (void)
{
  g_autofree char *text = tl_receivers_dup_rule_text ("microsoft.dmarc");
  g_autofree char *none = tl_receivers_dup_rule_text ("microsoft.ptr");

  g_assert_cmpuint (tl_receivers_get_n (), ==, 15);
  g_assert_nonnull (text);
  g_assert_null (none);
  g_assert_cmpuint (tl_receivers_find ("google.spf-or-dkim")->from_volume, ==, 0);
  g_assert_cmpuint (tl_receivers_find ("yahoo.dkim")->from_volume, ==, 5000);
  g_assert_cmpstr (tl_receivers_find ("yahoo.dkim")->receiver, ==, "Yahoo");
  g_assert_cmpstr (tl_receivers_find ("microsoft.spf")->as_of, ==, "2025-05-05");
}

typedef struct
{
  const char *id;
  const char *receiver;
  guint       from_volume;
  const char *as_of;
  const char *broken_by[2];  /* of each of these that is there, one; ids without "domain." */
} RuleCase;

#define SPF  "spf-missing|spf-permerror|spf-too-many-lookups|spf-void-lookups|spf-excludes-lane"
#define DKIM "dkim-not-found|dkim-weak"
#define DMARC "dmarc-missing|dmarc-invalid"

/* What data/receivers.json says, written a second time by hand. */
static const RuleCase rule_cases[] = {
  { "google.spf-or-dkim", "Google", 0, "2024-02-01", { SPF, DKIM } },
  { "google.ptr", "Google", 0, "2024-02-01", { "ptr-missing" } },
  { "google.spf", "Google", 5000, "2024-02-01", { SPF } },
  { "google.dkim", "Google", 5000, "2024-02-01", { DKIM } },
  { "google.dmarc", "Google", 5000, "2024-02-01", { DMARC } },
  { "google.alignment", "Google", 5000, "2024-02-01", { "dmarc-unaligned" } },
  { "yahoo.spf-or-dkim", "Yahoo", 0, "2024-02-01", { SPF, DKIM } },
  { "yahoo.spf", "Yahoo", 5000, "2024-02-01", { SPF } },
  { "yahoo.dkim", "Yahoo", 5000, "2024-02-01", { DKIM } },
  { "yahoo.dmarc", "Yahoo", 5000, "2024-02-01", { DMARC } },
  { "yahoo.alignment", "Yahoo", 5000, "2024-02-01", { "dmarc-unaligned" } },
  { "microsoft.spf", "Microsoft", 5000, "2025-05-05", { SPF } },
  { "microsoft.dkim", "Microsoft", 5000, "2025-05-05", { DKIM } },
  { "microsoft.dmarc", "Microsoft", 5000, "2025-05-05", { DMARC } },
  { "microsoft.alignment", "Microsoft", 5000, "2025-05-05", { "dmarc-unaligned" } },
};

static void
test_rules (void)
{
  g_assert_cmpuint (tl_receivers_get_n (), ==, G_N_ELEMENTS (rule_cases));

  for (guint i = 0; i < G_N_ELEMENTS (rule_cases); i++)
    {
      const TlReceiverRule *rule = tl_receivers_get (i);

      g_assert_cmpstr (rule->id, ==, rule_cases[i].id);
      g_assert_true (tl_receivers_find (rule->id) == rule);
      g_assert_cmpstr (rule->receiver, ==, rule_cases[i].receiver);
      g_assert_cmpuint (rule->from_volume, ==, rule_cases[i].from_volume);
      g_assert_cmpstr (rule->source, ==, "vendor page");
      g_assert_cmpstr (rule->as_of, ==, rule_cases[i].as_of);
    }
}

static gboolean
is_of_group (const char *group,
             const char *finding)
{
  g_auto(GStrv) ids = NULL;

  if (!g_str_has_prefix (finding, "domain."))
    return FALSE;

  ids = g_strsplit (group, "|", -1);

  return g_strv_contains ((const char * const *) ids, finding + strlen ("domain."));
}

static gboolean
is_broken (const RuleCase *c,
           const char     *finding,
           const char     *other)
{
  gboolean is_named = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (c->broken_by) && c->broken_by[i] != NULL; i++)
    {
      gboolean is_it = is_of_group (c->broken_by[i], finding);

      if (!is_it && !is_of_group (c->broken_by[i], other))
        return FALSE;
      is_named |= is_it;
    }

  return is_named;
}

/* Two findings at once, of all that there are. */
static void
test_pairs (gconstpointer data)
{
  guint volume = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      for (guint j = 0; j < tl_catalogue_get_n (); j++)
        {
          const char * const both[] = { tl_catalogue_get (i)->id, tl_catalogue_get (j)->id,
                                        NULL };
          g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
          g_auto(GStrv) broken = tl_receivers_list_broken (both[0], both, volume);
          g_auto(GStrv) wanted = NULL;

          for (guint k = 0; k < G_N_ELEMENTS (rule_cases); k++)
            {
              if ((volume == 0 || volume >= rule_cases[k].from_volume) &&
                  is_broken (&rule_cases[k], both[0], both[1]))
                g_strv_builder_add (builder, rule_cases[k].id);
            }
          wanted = g_strv_builder_end (builder);
          if (!g_strv_equal ((const char * const *) broken, (const char * const *) wanted))
            {
              g_autofree char *theirs = g_strjoinv (" ", broken);

              g_error ("%s beside %s: %s", both[0], both[1], theirs);
            }
        }
    }
}

typedef struct
{
  const char *name;
  const char *from;  /* in the compiled-in table, the first one */
  const char *to;
} BadCase;

static const BadCase bad_cases[] = {
  { "no-finding",   "domain.spf-missing", "domain.spf-nothing" },
  { "id",           "\"spf-or-dkim\"",    "\"SPF\"" },
  { "twice",        "\"id\": \"ptr\"",    "\"id\": \"spf-or-dkim\"" },
  { "date",         "2024-02-01",         "February" },
  { "source",       "vendor page",        "hearsay" },
  { "volume",       "\"from_volume\": 0", "\"from_volume\": -1" },
  { "markup",       "Google takes",       "<b>Google</b> takes" },
  { "member",       "\"text\"",           "\"words\"" },
  { "rules-gone",   "\"broken_by\": [",   "\"broken_by\": [], \"x\": [" },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autoptr(GBytes) bytes = tl_data_lookup ("receivers.json");
  g_autofree char *good = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *at = strstr (good, c->from);
  g_autofree char *head = NULL;
  g_autofree char *bad = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (at);
  g_assert_true (tl_receivers_check (good, -1, &error));
  g_assert_no_error (error);

  head = g_strndup (good, (gsize) (at - good));
  bad = g_strconcat (head, c->to, at + strlen (c->from), NULL);
  g_assert_false (tl_receivers_check (bad, -1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (broken_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/receivers/broken/", broken_cases[i].name, NULL);

      g_test_add_data_func (path, &broken_cases[i], test_broken);
    }
  g_test_add_func ("/receivers/table", test_table);
  g_test_add_func ("/receivers/rules", test_rules);
  g_test_add_data_func ("/receivers/pairs/nobody-said", GUINT_TO_POINTER (0), test_pairs);
  g_test_add_data_func ("/receivers/pairs/few", GUINT_TO_POINTER (1), test_pairs);
  g_test_add_data_func ("/receivers/pairs/not-yet-bulk", GUINT_TO_POINTER (4999), test_pairs);
  g_test_add_data_func ("/receivers/pairs/bulk", GUINT_TO_POINTER (5000), test_pairs);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/receivers/bad/", bad_cases[i].name, NULL);

      g_test_add_data_func (path, &bad_cases[i], test_bad);
    }

  return g_test_run ();
}
