/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <signal.h>

#include <glib-unix.h>

#include "tl-journey.h"

G_BEGIN_DECLS

/**
 * TlJourneyWait:
 * @cancellable: (nullable): what an interrupt cancels, while it is waited
 * @result: (nullable): what came back, once it has
 *
 * The wait for one asynchronous call of a set-up. Zeroed: not begun.
 */
typedef struct
{
  GCancellable *cancellable;
  GAsyncResult *result;
} TlJourneyWait;

char    *tl_journey_dup_word   (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
void     tl_journey_print_rows (GPtrArray     *details);
void     tl_journey_hint_at_note (void);

gboolean tl_journey_wait_stop  (gpointer       data);
void     tl_journey_wait_ready (GObject       *object,
                                GAsyncResult  *result,
                                gpointer       data);
void     tl_journey_wait_clear (TlJourneyWait *wait);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlJourneyWait, tl_journey_wait_clear)

/* Starts one asynchronous call of the set-up and runs the main loop while a
 * condition holds. Signals are caught only meanwhile: at a prompt they do what
 * a terminal user expects. */
#define WAIT_WHILE(wait, call, condition) \
  G_STMT_START \
    { \
      guint int_id = g_unix_signal_add (SIGINT, tl_journey_wait_stop, &(wait)); \
      guint term_id = g_unix_signal_add (SIGTERM, tl_journey_wait_stop, &(wait)); \
      guint hup_id = g_unix_signal_add (SIGHUP, tl_journey_wait_stop, &(wait)); \
      \
      (wait).cancellable = g_cancellable_new (); \
      (call); \
      while (condition) \
        g_main_context_iteration (NULL, TRUE); \
      g_source_remove (int_id); \
      g_source_remove (term_id); \
      g_source_remove (hup_id); \
    } \
  G_STMT_END

#define WAIT_FOR(wait, call) WAIT_WHILE (wait, call, (wait).result == NULL)

G_END_DECLS
