/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlJourney:
 *
 * One trip down the road by a command line: the options that several verbs
 * share, a set-up, and the waiting for its asynchronous calls, which an
 * interrupt ends. Not counted.
 */
typedef struct
{
  TlSetup  *setup;

  /* From the command line */
  gboolean  json;
  gboolean  practice;
  gboolean  keyring;
  char     *incoming;
  char     *outgoing;
  char     *user;
  char     *outgoing_user;
  char     *accept;
  int       password_fd;
  int       outgoing_password_fd;
} TlJourney;

TlJourney          *tl_journey_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void                tl_journey_free          (TlJourney   *self);
GOptionEntry       *tl_journey_dup_entries   (TlJourney   *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean            tl_journey_set_address   (TlJourney   *self,
                                              const char  *address,
                                              GError     **error);
gboolean            tl_journey_discover      (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_find_servers  (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_get_secrets   (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_test          (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_load_signer   (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_export        (TlJourney   *self,
                                              const char  *path,
                                              GError     **error);

TlJson             *tl_journey_describe_export (TlJourney *self,
                                              const char  *path,
                                              gboolean     ready) G_GNUC_WARN_UNUSED_RESULT;
void                tl_journey_print_servers (TlJourney   *self);
void                tl_journey_print_results (TlJourney   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlJourney, tl_journey_free)

G_END_DECLS
