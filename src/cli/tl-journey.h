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
  char     *directory;
  gboolean  send_address;
  int       password_fd;
  int       outgoing_password_fd;
  int       token_fd;
  char     *sign_in;     /* a word of --sign-in */
  char     *client_id;
  char     *tenant;
  int       client_secret_fd;
  TlSecret *client_secret; /* read from it */
  char     *login;
  char     *shared;
  char     *relay;
  gboolean  insist;
  char    **policy_files;
  char     *seal_for;    /* a certificate, or a word */
  char     *agree;       /* a fingerprint */
  char     *signing_key;
  int       signing_passphrase_fd;
  char    **folders;     /* ROLE=NAME */
  char    **create;      /* names of folders */
  int       n_tools;
  int       volume;
  int       n_mailboxes;
  int       n_domains;
  char     *kind;
  char     *warm_up;
  gboolean  skips_domain;
  char     *registered;
  char     *reply_to;
  gboolean  details;
  gboolean  can_note;    /* whether this verb has an option for the next */
  gboolean  note;

  gboolean  is_dialogue; /* asks questions even if it ends with JSON */
  gboolean  was_asked;   /* has signed in, or tried to, before */
  gboolean  warned_of_client; /* that it is not kept */
} TlJourney;

TlJourney          *tl_journey_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void                tl_journey_free          (TlJourney   *self);
GOptionEntry       *tl_journey_dup_entries   (TlJourney   *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry       *tl_journey_dup_search_entries (TlJourney *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry       *tl_journey_dup_identity_entries (TlJourney *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry       *tl_journey_dup_hand_over_entries (TlJourney *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry       *tl_journey_dup_mailbox_entries (TlJourney *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry       *tl_journey_dup_sending_entries (TlJourney *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry       *tl_journey_dup_domain_entries (TlJourney *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry       *tl_journey_dup_dialogue_entries (TlJourney *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean            tl_journey_use_policies  (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_set_address   (TlJourney   *self,
                                              const char  *address,
                                              GError     **error);
const char         *tl_journey_pick_address  (TlJourney   *self,
                                              const char  *verb,
                                              int          argc,
                                              char       **argv);
gboolean            tl_journey_discover      (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_settle        (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_find_servers  (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_confirm_servers (TlJourney *self);
gboolean            tl_journey_show_found    (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_check_sign_in (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_ask_servers   (TlJourney   *self);
gboolean            tl_journey_ask_identity  (TlJourney   *self);
gboolean            tl_journey_use_identity  (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_get_secrets   (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_test          (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_test_incoming (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_check_readiness (TlJourney *self,
                                              GError     **error);
gboolean            tl_journey_use_mailbox   (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_create_folders (TlJourney  *self,
                                              GError     **error);
gboolean            tl_journey_use_sending_plan (TlJourney *self,
                                              GError     **error);
gboolean            tl_journey_check_domain  (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_ask_readiness (TlJourney   *self,
                                              GError     **error);
TlLoopReport       *tl_journey_loop          (TlJourney   *self,
                                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            tl_journey_apply_fix     (TlJourney   *self,
                                              TlFix       *fix,
                                              GError     **error);
gboolean            tl_journey_load_signer   (TlJourney   *self,
                                              GError     **error);
gboolean            tl_journey_export        (TlJourney   *self,
                                              const char  *path,
                                              GError     **error);

gboolean            tl_journey_export_unsigned (TlJourney *self,
                                              const char  *folder,
                                              const char  *certificate_pem,
                                              GError     **error);
gboolean            tl_journey_prepare_hand_over (TlJourney *self,
                                              GError     **error);
gboolean            tl_journey_check_sealing (TlJourney   *self,
                                              GError     **error);

TlJson             *tl_journey_describe_export (TlJourney *self,
                                              const char  *path,
                                              gboolean     ready) G_GNUC_WARN_UNUSED_RESULT;
gboolean            tl_journey_has_server    (TlJourney   *self,
                                              TlLaneKind   lane);
void                tl_journey_print_servers (TlJourney   *self);
void                tl_journey_print_results (TlJourney   *self);
TlJson             *tl_journey_report_to_json (TlJourney  *self,
                                             TlReport     *report) G_GNUC_WARN_UNUSED_RESULT;
void                tl_journey_print_loop    (TlJourney   *self,
                                              TlLoopReport *report);
gboolean            tl_journey_print_help    (TlJourney   *self,
                                              TlFinding   *finding);
void                tl_journey_print_finding (TlJourney   *self,
                                              TlFinding   *finding);
void                tl_journey_print_both_fixes (TlJourney *self);
char               *tl_journey_dup_fix_command (TlJourney *self,
                                              TlFix       *incoming_fix,
                                              TlFix       *outgoing_fix)
                                              G_GNUC_WARN_UNUSED_RESULT;
void                tl_journey_print_request (TlJourney   *self);
void                tl_journey_print_prerequisites (TlJourney *self);
void                tl_journey_print_notes   (TlJourney   *self,
                                              const char  *property);
void                tl_journey_print_next    (TlJourney   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlJourney, tl_journey_free)

G_END_DECLS
