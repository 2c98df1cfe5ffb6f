/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-removal.h"

/* What was found in one folder. */
typedef struct
{
  guint    n_seen;
  gboolean is_known;  /* all of it */
  gboolean is_tidy;
} Result;

/* What cannot be removed is left where it is, and said to be there. */
static gboolean
tidy_folder_sync (TlLoopRemoval  *self,
                  TlLoopSearch   *search,
                  const char     *place,
                  Result         *out_result,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_autoptr(TlFault) fault = NULL;
  gboolean is_answered;
  guint n_gone;

  is_answered = tl_loop_search_remove_sync (search, place, &out_result->n_seen, &n_gone,
                                            cancellable, &fault, error);
  if (!is_answered && fault == NULL)
    return FALSE;

  out_result->is_known = is_answered && !search->is_cut;
  out_result->is_tidy = out_result->is_known && n_gone == out_result->n_seen;
  self->is_lost = fault != NULL && !tl_loop_search_is_no (fault);
  if (n_gone < out_result->n_seen || (self->is_lost && self->left_place == NULL))
    self->left_place = place;

  return TRUE;
}

/* What lies in the folder for sent messages was filed there; in another one it
 * was seen that nobody had delivered it. */
static void
note_filing (TlLoopRemoval *self,
             const char    *place,
             gboolean       is_sent_folder,
             const Result  *result)
{
  if (is_sent_folder && result->n_seen > 0)
    {
      self->filing = TL_LOOP_FILING_FILED;
      self->sent_place = place;
    }
  else if (is_sent_folder && result->is_known && self->filing == TL_LOOP_FILING_UNKNOWN)
    {
      self->filing = TL_LOOP_FILING_NOT_FILED;
    }
}

/**
 * tl_loop_removal_run_sync:
 * @self: a removal
 * @search: what it looks with, in a phase of its own
 * @cancellable: (nullable): cancels the wait
 * @error: return location for a #GError
 *
 * Removes the message wherever it may be: where sent messages are filed, where it
 * was seen, and last where a server keeps what was removed elsewhere. What cannot
 * be looked for, or not in time, is taken to be left behind; a session that is
 * lost leaves all of it.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_loop_removal_run_sync (TlLoopRemoval  *self,
                          TlLoopSearch   *search,
                          GCancellable   *cancellable,
                          GError        **error)
{
  const char *sent = tl_loop_search_find_role (search, "sent");
  const char *junk = tl_loop_search_find_role (search, "junk");
  const char *all = tl_loop_search_find_role (search, "all");
  const char *inbox = tl_loop_search_get_inbox (search);
  const char *places[] = { sent, inbox, junk, self->place, self->copy_place, all };
  const char *place = self->place == NULL ? inbox : self->place;
  gboolean was_seen = FALSE;
  gboolean is_place_tidy = FALSE;

  if (self->copy_place != NULL)
    {
      self->filing = TL_LOOP_FILING_FILED;
      self->sent_place = self->copy_place;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (places) && !self->is_lost; i++)
    {
      gboolean is_repeated = FALSE;
      Result result = { 0, };

      for (gsize j = 0; j < i; j++)
        is_repeated = is_repeated || g_strcmp0 (places[i], places[j]) == 0;
      if (places[i] == NULL || is_repeated)
        continue;
      if (tl_loop_search_is_over (search))
        {
          self->left_place = self->left_place == NULL ? places[i] : self->left_place;
          break;
        }
      if (!tidy_folder_sync (self, search, places[i], &result, cancellable, error))
        return FALSE;

      was_seen = was_seen || result.n_seen > 0;
      /* Where it was seen it has to be seen again, to be known to be gone. */
      if (g_str_equal (places[i], place))
        is_place_tidy = result.is_tidy && (self->place == NULL || result.n_seen > 0);
      note_filing (self, places[i], places[i] == sent, &result);
      if (places[i] == self->place || places[i] == junk || g_str_equal (places[i], inbox))
        self->n_copies += result.n_seen;
    }

  if (!is_place_tidy)
    self->left_place = place;
  self->is_removed = was_seen && self->left_place == NULL;

  return TRUE;
}
