/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of the mailbox and of sending work out, without a window. */
#include "tl-readiness-words.h"

static TlMailboxReport *
make_report (const TlMailboxQuota *quotas,
             guint                 n_quotas)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);

  for (guint i = 0; i < n_quotas; i++)
    g_ptr_array_add (all, tl_mailbox_quota_new (quotas[i].root, quotas[i].resource,
                                                quotas[i].used, quotas[i].limit));

  return tl_mailbox_report_new (&(TlMailboxReportParts) { .folders = folders, .quotas = all });
}

typedef struct
{
  const char     *name;
  guint           n_quotas;
  TlMailboxQuota  quotas[2];
  gboolean        has_limit;
  guint           percent;
} RoomCase;

static const RoomCase room_cases[] = {
  { "none",      .n_quotas = 0 },
  { "no-limit",  .n_quotas = 1, .quotas = { { "", "storage", 500, 0 } } },
  { "empty",     .n_quotas = 1, .quotas = { { "", "storage", 0, 100 } }, .has_limit = TRUE },
  { "some",      .n_quotas = 1, .quotas = { { "", "storage", 25, 100 } }, .has_limit = TRUE,
    .percent = 25 },
  { "fullest",   .n_quotas = 2, .quotas = { { "", "storage", 25, 100 }, { "", "message", 9, 10 } },
    .has_limit = TRUE, .percent = 90 },
  { "beyond",    .n_quotas = 1, .quotas = { { "", "storage", 300, 100 } }, .has_limit = TRUE,
    .percent = 100 },
};

static void
test_room (gconstpointer data)
{
  const RoomCase *c = data;
  g_autoptr(TlMailboxReport) report = make_report (c->quotas, c->n_quotas);

  g_assert_true (tl_mailbox_is_known (NULL, report));
  g_assert_cmpint (tl_mailbox_has_limit (NULL, report), ==, c->has_limit);
  g_assert_cmpuint (tl_mailbox_to_percent (NULL, report), ==, c->percent);
}

static void
test_unknown (void)
{
  g_test_summary ("What nobody looked at has no room and no faults");

  g_assert_false (tl_mailbox_is_known (NULL, NULL));
  g_assert_false (tl_mailbox_has_limit (NULL, NULL));
  g_assert_cmpuint (tl_mailbox_to_percent (NULL, NULL), ==, 0);
  g_assert_false (tl_domain_is_known (NULL, NULL));
}

static void
test_create (void)
{
  static const struct { guint n_wanted; gboolean can_create, creating, wanted; } cases[] = {
    { 0, TRUE,  FALSE, FALSE },
    { 1, TRUE,  FALSE, TRUE },
    { 2, FALSE, FALSE, FALSE },
    { 2, TRUE,  TRUE,  FALSE },
  };

  g_test_summary ("The button works when something is wanted, may be made, and is not being made");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tl_folders_can_be_made (NULL, cases[i].n_wanted, cases[i].can_create,
                                             cases[i].creating), ==, cases[i].wanted);
}

static void
test_offer (void)
{
  g_autofree char *offer = tl_domain_to_offer (NULL, "_a_b.test", FALSE);
  g_autofree char *one = tl_folders_to_offer (NULL, 1);
  g_autofree char *two = tl_folders_to_offer (NULL, 2);

  g_test_summary ("A domain has no mnemonic in it; a button says how many folders it makes");

  g_assert_nonnull (g_strrstr (offer, "__a__b.test"));
  g_assert_nonnull (g_strrstr (two, "2"));
  g_assert_cmpstr (one, !=, two);
}

static void
test_topics (void)
{
  g_autoptr(GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("Every status of a topic has a word of its own: none is told by its colour");

  for (guint i = TL_STATUS_NOT_TESTED; i <= TL_STATUS_ERROR; i++)
    g_assert_true (g_hash_table_add (words, tl_topic_to_word (NULL, (TlStatus) i)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (room_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/readiness-words/room/", room_cases[i].name, NULL);

      g_test_add_data_func (path, &room_cases[i], test_room);
    }
  g_test_add_func ("/readiness-words/unknown", test_unknown);
  g_test_add_func ("/readiness-words/create", test_create);
  g_test_add_func ("/readiness-words/offer", test_offer);
  g_test_add_func ("/readiness-words/topics", test_topics);

  return g_test_run ();
}
