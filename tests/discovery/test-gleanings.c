/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-gleanings.h"

#include "said.h"

static GPtrArray *
new_objects (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* Three sources, in the order in which they happen to answer. */
static GPtrArray *
make_replies (void)
{
  GPtrArray *replies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);
  const char * const ids[] = { TL_SOURCE_AUTODISCOVER, TL_SOURCE_SRV, TL_SOURCE_AUTOCONFIG };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(GPtrArray) rejections = new_objects ();
      g_autoptr(GPtrArray) hints = new_objects ();

      g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_INCOMING, ids[i], "pop.example.org",
                                                     TL_REJECTION_POP3));
      if (i == 0)
        g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_OUTGOING, ids[i], "pop.example.org",
                                                       TL_REJECTION_POP3));
      if (i == 1)
        g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_INCOMING, ids[i], "pop.example.org",
                                                       TL_REJECTION_PLAINTEXT));
      g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, ids[i], "Switch it on", NULL));
      if (i == 0)
        g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, ids[i], "Switch POP3 on", NULL));
      if (i == 2)
        g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, ids[i], "Switch it on",
                                             "https://example.org/"));
      g_ptr_array_add (replies, tl_source_reply_new (ids[i], TL_SOURCE_STATUS_ANSWERED,
                                                     &(TlSourceFacts) {
                                                       .rejections = rejections,
                                                       .hints = hints,
                                                     }));
    }

  return replies;
}

static void
test_once_each (void)
{
  g_autoptr(GPtrArray) replies = make_replies ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (guint turn = 0; turn < 20; turn++)
    {
      g_autoptr(GPtrArray) rejections = tl_gleanings_list_rejections (replies);
      g_autoptr(GPtrArray) hints = tl_gleanings_list_hints (replies);

      g_assert_cmpuint (rejections->len, ==, 3);
      g_assert_cmpstr (tl_rejection_get_source (rejections->pdata[0]), ==, TL_SOURCE_AUTOCONFIG);
      g_assert_cmpint (tl_rejection_get_reason (rejections->pdata[0]), ==, TL_REJECTION_POP3);
      g_assert_cmpint (tl_rejection_get_reason (rejections->pdata[1]), ==, TL_REJECTION_PLAINTEXT);
      g_assert_cmpint (tl_rejection_get_lane (rejections->pdata[2]), ==, TL_LANE_OUTGOING);

      g_assert_cmpuint (hints->len, ==, 3);
      g_assert_cmpstr (tl_hint_get_source (hints->pdata[0]), ==, TL_SOURCE_AUTOCONFIG);
      g_assert_null (tl_hint_get_link (hints->pdata[0]));
      g_assert_cmpstr (tl_hint_get_link (hints->pdata[1]), ==, "https://example.org/");
      g_assert_cmpstr (tl_hint_get_text (hints->pdata[2]), ==, "Switch POP3 on");

      said_shuffle (replies, rand);
    }
}

static void
test_none (void)
{
  g_autoptr(GPtrArray) replies = g_ptr_array_new ();
  g_autoptr(GPtrArray) rejections = tl_gleanings_list_rejections (replies);
  g_autoptr(GPtrArray) hints = tl_gleanings_list_hints (replies);

  g_assert_cmpuint (rejections->len, ==, 0);
  g_assert_cmpuint (hints->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/discovery/gleanings/once-each", test_once_each);
  g_test_add_func ("/discovery/gleanings/none", test_none);

  return g_test_run ();
}
