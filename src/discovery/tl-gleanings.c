/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-gleanings.h"

#include "tl-weight.h"

/* What sources say besides servers that are offered, gathered from all of
 * them: of what several say, the weightiest is the one that is named. */

static int
compare_replies (gconstpointer a,
                 gconstpointer b)
{
  const TlSourceReply *left = *(const TlSourceReply * const *) a;
  const TlSourceReply *right = *(const TlSourceReply * const *) b;
  guint left_order = tl_weight_get_order (tl_weight_of_reply (left));
  guint right_order = tl_weight_get_order (tl_weight_of_reply (right));

  return left_order < right_order ? -1 : left_order > right_order;
}

static gboolean
is_same_rejection (gconstpointer a,
                   gconstpointer b)
{
  TlRejection *left = (gpointer) a;
  TlRejection *right = (gpointer) b;

  return tl_rejection_get_lane (left) == tl_rejection_get_lane (right) &&
         tl_rejection_get_reason (left) == tl_rejection_get_reason (right) &&
         g_strcmp0 (tl_rejection_get_server (left), tl_rejection_get_server (right)) == 0;
}

static gboolean
is_same_hint (gconstpointer a,
              gconstpointer b)
{
  TlHint *left = (gpointer) a;
  TlHint *right = (gpointer) b;

  return tl_hint_get_kind (left) == tl_hint_get_kind (right) &&
         g_strcmp0 (tl_hint_get_text (left), tl_hint_get_text (right)) == 0 &&
         g_strcmp0 (tl_hint_get_link (left), tl_hint_get_link (right)) == 0;
}

static GPtrArray *
gather (GPtrArray  *replies,
        GPtrArray *(*get) (const TlSourceReply *reply),
        GEqualFunc  is_same)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_copy (replies, NULL, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_replies);
  for (guint i = 0; i < sorted->len; i++)
    {
      GPtrArray *said = get (sorted->pdata[i]);

      for (guint j = 0; j < said->len; j++)
        {
          if (!g_ptr_array_find_with_equal_func (all, said->pdata[j], is_same, NULL))
            g_ptr_array_add (all, g_object_ref (said->pdata[j]));
        }
    }

  return all;
}

/**
 * tl_gleanings_list_rejections:
 * @replies: (element-type TlSourceReply): what the sources said, in any order
 *
 * Returns: (transfer full) (element-type TlRejection): what they named that is not offered, each
 *   server once a lane and reason
 */
GPtrArray *
tl_gleanings_list_rejections (GPtrArray *replies)
{
  return gather (replies, tl_source_reply_get_rejections, is_same_rejection);
}

/**
 * tl_gleanings_list_hints:
 * @replies: (element-type TlSourceReply): what the sources said, in any order
 *
 * Returns: (transfer full) (element-type TlHint): what they advise, each piece of advice once
 */
GPtrArray *
tl_gleanings_list_hints (GPtrArray *replies)
{
  return gather (replies, tl_source_reply_get_hints, is_same_hint);
}
