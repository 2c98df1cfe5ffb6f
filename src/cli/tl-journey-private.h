/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <signal.h>

#include <glib-unix.h>

#include "tl-exit-status.h"
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

gboolean tl_journey_sign_in_at_page (TlJourney *self,
                                TlSigninWay    way,
                                GError       **error);
gboolean tl_journey_recall     (TlJourney     *self,
                                GError       **error);
gboolean tl_journey_read_token (TlJourney     *self,
                                GError       **error);
gboolean tl_journey_read_password (TlJourney  *self,
                                GError       **error);
gboolean tl_journey_type_password (TlJourney  *self,
                                GError       **error);
gboolean tl_journey_get_outgoing_secret (TlJourney *self,
                                GError       **error);

gboolean tl_journey_can_request (TlJourney   *self);
gboolean tl_journey_set_client (TlJourney     *self,
                                const char    *client_id,
                                const char    *tenant,
                                TlSecret      *secret,
                                GError       **error);
void     tl_journey_type_client (TlJourney    *self);
gboolean tl_journey_print_policy_finding (void);
void     tl_journey_complain_of_policy (void);
char    *tl_journey_dup_relay  (TlJourney     *self,
                                const char    *text) G_GNUC_WARN_UNUSED_RESULT;

char    *tl_journey_dup_command (TlJourney    *self,
                                const char    *verb,
                                gboolean       waits_for_client) G_GNUC_WARN_UNUSED_RESULT;
TlExitStatus tl_journey_stop   (TlJourney     *self,
                                const char    *verb);
int      tl_journey_fail       (TlJourney     *self,
                                const char    *verb,
                                const GError  *error);

gboolean tl_journey_check_way  (TlJourney     *self,
                                GError       **error);
void     tl_journey_use_sending (TlJourney    *self);
gboolean tl_journey_check_identity (TlJourney *self,
                                GError       **error);
gboolean tl_journey_wait_until_kept (TlJourney *self,
                                GError       **error);
guint    tl_journey_ask_number (GPtrArray     *labels);
void     tl_journey_print_ahead (TlJourney    *self,
                                const char    *first);
void     tl_journey_print_notices (GListModel *notes,
                                const char    *heading);
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
