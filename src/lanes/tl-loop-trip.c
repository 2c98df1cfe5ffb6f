/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-trip.h"

#include "tl-auth-results.h"
#include "tl-finding.h"
#include "tl-lane-diagnosis.h"
#include "tl-lane-road.h"
#include "tl-loop-removal.h"
#include "tl-loop-verdict.h"
#include "tl-loop-watch.h"
#include "tl-text.h"

struct _TlLoopTrip
{
  /* Set before it starts, owned */
  TlLaneWork        *incoming;
  TlLaneWork        *outgoing;
  TlLoopMessage     *message;
  guint              patience_ms;

  /* The outgoing lane's thread, owned; read when it has ended */
  GCancellable      *cancellable;      /* borrowed */
  TlFinding         *outgoing_finding;
  GError            *outgoing_error;

  /* As it goes, owned */
  gint64             began_us;
  TlLoopSearch       search;
  GPtrArray         *findings;         /* of TlFinding */
  gboolean           is_lost;          /* the incoming session is of no further use */
  char              *answer;
  char              *folder;           /* it was seen in */
  const char        *role;             /* a literal of ours */
  TlAuthResults     *results;
  TlLoopRemoval      removal;          /* borrows from the session */
  TlLoopReportParts  parts;            /* its numbers */
};

/* What a server says is looked through when it is read, line by line; escapes
 * that are undone after that may spell a password anew. Takes over @text. */
static char *
redact (TlLoopTrip *self,
        char       *text)
{
  g_autofree char *given = text;
  g_autofree char *once = given == NULL ? NULL : tl_lane_work_redact (self->incoming, given);

  return once == NULL ? NULL : tl_lane_work_redact (self->outgoing, once);
}

static char *
clean_place (TlLoopTrip *self,
             const char *place)
{
  return place == NULL ? NULL : redact (self, tl_text_clean (place, -1));
}

/**
 * tl_loop_trip_new:
 * @parts: what a loop is made of
 *
 * Returns: (transfer full): a trip that has not begun
 */
TlLoopTrip *
tl_loop_trip_new (const TlLoopParts *parts)
{
  TlLoopTrip *self = g_new0 (TlLoopTrip, 1);

  self->incoming = tl_lane_work_new (TL_LANE_INCOMING, parts->incoming, parts->address,
                                     parts->incoming_secret, parts->network, parts->budget);
  self->outgoing = tl_lane_work_new (TL_LANE_OUTGOING, parts->outgoing, parts->address,
                                     parts->outgoing_secret, parts->network, parts->budget);
  self->patience_ms = parts->patience_ms;
  self->findings = g_ptr_array_new_with_free_func (g_object_unref);
  self->parts.started_at_s = g_get_real_time () / G_USEC_PER_SEC;
  self->message = tl_loop_message_new (parts->address, self->parts.started_at_s);
  tl_loop_search_init (&self->search, self->incoming, self->message);

  return self;
}

void
tl_loop_trip_free (TlLoopTrip *self)
{
  tl_loop_search_clear (&self->search);
  g_clear_pointer (&self->incoming, tl_lane_work_free);
  g_clear_pointer (&self->outgoing, tl_lane_work_free);
  g_clear_pointer (&self->message, tl_loop_message_free);
  g_clear_object (&self->outgoing_finding);
  g_clear_error (&self->outgoing_error);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->answer, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->results, tl_auth_results_free);
  g_free (self);
}

static guint
ms_since (gint64 began_us)
{
  return (guint) ((g_get_monotonic_time () - began_us) / 1000);
}

/* The incoming server did not do as it should: there is nothing more to be had
 * from this session. Cancelling comes with no fault; returns whether there was
 * one. */
static gboolean
lose (TlLoopTrip *self,
      TlFault    *fault,
      gint64      began_us)
{
  g_autoptr(TlFault) whole = NULL;

  self->is_lost = TRUE;
  if (fault == NULL)
    return FALSE;

  whole = tl_lane_road_add_circumstances (self->incoming, fault, TL_STAGE_USE,
                                          ms_since (began_us));
  g_ptr_array_add (self->findings, tl_lane_diagnose (TL_LANE_INCOMING, TL_STAGE_USE, whole));

  return TRUE;
}

static gpointer
outgoing_thread (gpointer data)
{
  TlLoopTrip *self = data;

  /* No further than signed in: what the lane's test sends behind that would
   * only be in the way. */
  tl_lane_road_run_sync (self->outgoing, TL_STAGE_AUTH, NULL, self->cancellable,
                         &self->outgoing_finding, &self->outgoing_error);

  return NULL;
}

/* Both at once; that one fails does not keep the other from saying so, too. */
static gboolean
open_lanes_sync (TlLoopTrip    *self,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(TlFinding) finding = NULL;
  GThread *thread;
  gboolean is_in;

  self->cancellable = cancellable;
  thread = g_thread_try_new ("tl-loop-out", outgoing_thread, self, error);
  if (thread == NULL)
    return FALSE;
  is_in = tl_lane_road_run_sync (self->incoming, TL_STAGE_USE, NULL, cancellable, &finding, error);
  g_thread_join (thread);

  if (!is_in && finding == NULL)
    return FALSE;
  if (self->outgoing_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->outgoing_error));
      return FALSE;
    }

  if (finding != NULL)
    g_ptr_array_add (self->findings, g_steal_pointer (&finding));
  if (self->outgoing_finding != NULL)
    g_ptr_array_add (self->findings, g_steal_pointer (&self->outgoing_finding));

  return TRUE;
}

/* Before the message is sent: what comes behind this is news. */
static gboolean
open_inbox_sync (TlLoopTrip    *self,
                 GCancellable  *cancellable,
                 GError       **error)
{
  gint64 began_us = g_get_monotonic_time ();
  g_autoptr(TlFault) fault = NULL;

  tl_loop_search_begin (&self->search, self->incoming->budget.use_ms);

  return tl_loop_search_open_sync (&self->search, tl_loop_search_get_inbox (&self->search), TRUE,
                                   cancellable, &fault, error) ||
         lose (self, fault, began_us);
}

static TlFinding *
diagnose_sending (TlLoopTrip *self,
                  TlFault    *fault,
                  guint       ms)
{
  gboolean is_about_it = tl_fault_get_cause (fault) == TL_CAUSE_MESSAGE_REFUSED;
  TlStage stage = is_about_it ? TL_STAGE_DELIVER : TL_STAGE_USE;
  g_autoptr(TlFault) whole = tl_lane_road_add_circumstances (self->outgoing, fault, TL_STAGE_USE,
                                                             ms);

  return tl_lane_diagnose (TL_LANE_OUTGOING, stage, whole);
}

/* Once, and never again: nobody knows what became of one that was not answered.
 * Such a one is looked for, in case it came. */
static gboolean
send_sync (TlLoopTrip    *self,
           gboolean      *out_may_have_come,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 began_us = g_get_monotonic_time ();
  TlDeadline deadline = tl_deadline_in_ms (self->outgoing->budget.use_ms);
  g_autoptr(TlFault) fault = NULL;

  if (tl_smtp_session_send_sync (self->outgoing->smtp, self->outgoing->address,
                                 self->message->bytes, &self->answer, deadline, cancellable,
                                 &fault, error))
    {
      self->parts.is_sent = TRUE;
      self->parts.sent_ms = ms_since (self->began_us);
      *out_may_have_come = TRUE;
      tl_lane_work_say_goodbye_sync (self->outgoing, cancellable);
      return TRUE;
    }

  if (fault == NULL)
    return FALSE;

  g_ptr_array_add (self->findings, diagnose_sending (self, fault, ms_since (began_us)));
  *out_may_have_come = tl_evidence_get_uint (tl_fault_get_evidence (fault),
                                             TL_EVIDENCE_REPLY_CODE, 0) == 0;

  return TRUE;
}

static void
note_arrival (TlLoopTrip  *self,
              TlLoopWatch *watch)
{
  gsize len;
  const char *bytes;

  self->removal.copy_place = watch->copy_place;
  if (watch->place == NULL)
    return;

  bytes = g_bytes_get_data (watch->header, &len);
  self->parts.is_back = TRUE;
  self->removal.place = watch->place;
  self->folder = clean_place (self, watch->place);
  self->role = watch->role;
  self->results = tl_auth_results_read (bytes, len, tl_lane_work_get_host (self->incoming),
                                        tl_address_get_domain (self->incoming->address));
}

/* In the inbox and the junk folder as long as there is patience, then once in
 * all others. */
static gboolean
wait_sync (TlLoopTrip    *self,
           GCancellable  *cancellable,
           GError       **error)
{
  g_auto(TlLoopWatch) watch = { .search = &self->search };
  gint64 began_us = g_get_monotonic_time ();
  g_autoptr(TlFault) fault = NULL;
  gboolean is_fine;

  is_fine = tl_loop_watch_wait_sync (&watch, self->patience_ms, cancellable, &fault, error);
  if (is_fine && watch.place != NULL)
    self->parts.back_ms = ms_since (began_us);
  if (is_fine && watch.place == NULL)
    {
      began_us = g_get_monotonic_time ();
      is_fine = tl_loop_watch_look_around_sync (&watch, cancellable, &fault, error);
    }
  note_arrival (self, &watch);

  return is_fine || lose (self, fault, began_us);
}

static gboolean
tidy_sync (TlLoopTrip    *self,
           GCancellable  *cancellable,
           GError       **error)
{
  self->removal.is_lost = self->is_lost;
  tl_loop_search_begin (&self->search, self->incoming->budget.total_ms);
  if (!tl_loop_removal_run_sync (&self->removal, &self->search, cancellable, error))
    return FALSE;

  self->is_lost = self->removal.is_lost;
  self->parts.n_copies = self->removal.n_copies;
  self->parts.is_removed = self->removal.is_removed;
  /* Of a message that nobody took, nobody keeps a copy. */
  if (self->parts.is_sent || self->removal.filing == TL_LOOP_FILING_FILED)
    self->parts.filing = self->removal.filing;

  return TRUE;
}

static void
redact_results (TlLoopTrip *self)
{
  char **places[] = {
    &self->results->judge, &self->results->spf_words, &self->results->dkim_words,
    &self->results->dkim_domain, &self->results->dkim_selector, &self->results->dmarc_words,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    *places[i] = redact (self, *places[i]);
}

static TlLoopReport *
make_report (TlLoopTrip *self,
             gboolean    is_over)
{
  const char *sent = self->incoming->imap == NULL
                     ? NULL : tl_loop_search_find_role (&self->search, "sent");
  g_autofree char *sent_folder = clean_place (self, self->removal.sent_place);
  g_autofree char *left = clean_place (self, self->removal.left_place);
  g_autofree char *empty = NULL;
  TlLoopReportParts parts = self->parts;

  if (parts.filing == TL_LOOP_FILING_NOT_FILED)
    empty = clean_place (self, sent);
  self->answer = redact (self, self->answer);
  if (self->results != NULL)
    redact_results (self);

  tl_loop_verdict_add (self->findings, &(TlLoopSeen) {
    .incoming_host = tl_lane_work_get_host (self->incoming),
    .outgoing_host = tl_lane_work_get_host (self->outgoing),
    .domain = tl_address_get_domain (self->incoming->address),
    .answer = self->answer,
    .is_over = is_over,
    .waited_s = (self->patience_ms + 500) / 1000,
    .folder = self->folder,
    .role = self->role,
    .results = self->results,
    .empty_sent_folder = empty,
    .left_folder = left,
  });

  parts.folder = self->folder;
  parts.role = self->role;
  parts.sent_folder = sent_folder;
  parts.findings = self->findings;
  if (self->results != NULL)
    {
      parts.judge = self->results->judge;
      parts.spf = self->results->spf;
      parts.dkim = self->results->dkim;
      parts.dkim_domain = self->results->dkim_domain;
      parts.dkim_selector = self->results->dkim_selector;
      parts.dmarc = self->results->dmarc;
    }

  return tl_loop_report_new (&parts);
}

/**
 * tl_loop_trip_run_sync:
 * @self: a trip that has not begun
 * @news: told at what it is, and for how long at most, in milliseconds
 * @user_data: passed to @news
 * @cancellable: (nullable): cancels all of it
 * @error: return location for a #GError
 *
 * Signs in on both lanes at once, opens the inbox, sends, waits, looks
 * elsewhere when it does not come, and removes it. Blocks, and belongs on a
 * thread of its own. A session that ends on the way is a finding of the
 * incoming lane and the end of it: no lane signs in twice.
 *
 * Returns: (transfer full): the report, or %NULL with %G_IO_ERROR_CANCELLED: then the message stays
 *   where it is
 */
TlLoopReport *
tl_loop_trip_run_sync (TlLoopTrip      *self,
                       TlLoopTripNews   news,
                       gpointer         user_data,
                       GCancellable    *cancellable,
                       GError         **error)
{
  gboolean may_have_come = FALSE;
  gboolean is_over = FALSE;

  self->began_us = g_get_monotonic_time ();
  news (TL_LOOP_STAGE_OPENING, self->incoming->budget.total_ms, user_data);
  if (!open_lanes_sync (self, cancellable, error) ||
      (self->findings->len == 0 && !open_inbox_sync (self, cancellable, error)))
    return NULL;

  if (self->findings->len == 0)
    {
      news (TL_LOOP_STAGE_SENDING, self->outgoing->budget.use_ms, user_data);
      if (!send_sync (self, &may_have_come, cancellable, error))
        return NULL;
    }

  if (self->parts.is_sent)
    {
      news (TL_LOOP_STAGE_WAITING, self->patience_ms, user_data);
      if (!wait_sync (self, cancellable, error))
        return NULL;
      is_over = !self->is_lost;
    }

  if (may_have_come)
    {
      if (!self->is_lost)
        news (TL_LOOP_STAGE_TIDYING, self->incoming->budget.total_ms, user_data);
      if (!tidy_sync (self, cancellable, error))
        return NULL;
    }
  if (self->incoming->imap != NULL && !self->is_lost)
    tl_lane_work_say_goodbye_sync (self->incoming, cancellable);

  return make_report (self, is_over);
}
