/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-report.h"
#include "tl-domain-health.h"
#include "tl-fix.h"
#include "tl-hand-over.h"
#include "tl-identity.h"
#include "tl-lane-draft.h"
#include "tl-lane-run.h"
#include "tl-loop-report.h"
#include "tl-mailbox.h"
#include "tl-policy-store.h"
#include "tl-practice.h"
#include "tl-provider.h"
#include "tl-report.h"
#include "tl-secret.h"
#include "tl-sending.h"
#include "tl-signin.h"
#include "tl-signing.h"

G_BEGIN_DECLS

/* The longest that a message to oneself may be waited for. */
#define TL_SETUP_MAX_LOOP_PATIENCE_S 3600

/**
 * TlSetup:
 *
 * One mailbox being set up: the whole road as one object, driven alike by the
 * window, the terminal and the tests. Everything happens on the
 * #GMainContext it was made in; nothing here blocks.
 *
 * Properties (rw unless said otherwise):
 *
 * - `address-text` (string), `address-valid` (bool, ro), `address-finding`
 *   (TlFinding or NULL, ro: only once something was typed), `domain` (string,
 *   ro: the domain for people, in both forms where they differ, or NULL), `site`
 *   (string or NULL, ro: its registrable domain, likewise), `suggestion` (string or
 *   NULL, ro: the domain that was probably meant, worked out with nobody asked)
 * - `display-name` (string): who the messages come from
 * - `purpose` (TlPurpose, ro)
 * - `discovering` (bool, ro: until the proposal stands), `discovered` (bool, ro:
 *   it stands), `settling` (bool, ro: it stands, and further sources are still
 *   asked; they add to the lists and change no draft), `sources` (GListModel of
 *   TlSourceAnswer, ro), `candidates` (GListModel of TlCandidate, ro),
 *   `discovery-findings` (GListModel of TlFinding, ro), `rejections` (GListModel
 *   of TlRejection, ro), `hints` (GListModel of TlHint, ro), `contacts`
 *   (GListModel of TlContact, ro: whom it took, by kind and alphabet)
 * - `directory-url` (string): the public directory to ask; empty for none; while
 *   it is NULL, as the preferences have it. `send-address` (bool): hosts under the address's
 *   registrable domain may see the whole address; FALSE again for another one.
 *   `can-ask-with-address` (bool, ro): that might find more
 * - `incoming`, `outgoing` (TlLaneDraft, ro)
 * - `servers-valid` (bool, ro): both drafts can be used and were agreed to
 * - `provider-name` (string or NULL, ro), `prerequisites` (GListModel of
 *   TlNote, ro), `app-password-link`
 *   (string or NULL, ro), `app-password-steps` (GListModel of TlNote, ro)
 * - `auth` (TlAuth): what the mailbox is signed in to with: as the provider prefers, until a person
 *   chooses among what it takes: `takes-oauth`, `takes-app-password`, `takes-password` (bool, ro).
 *   `signin` (TlSignin, ro): the sign-in at the provider's page. `seeking-account` (bool, ro):
 *   GNOME's Online Accounts are asked for this mailbox
 * - `has-secret` (bool, ro): every lane has something to sign in with; `has-incoming-secret`,
 *   `has-outgoing-secret` (bool, ro)
 * - `secret-finding` (TlFinding or NULL, ro): why what was typed is not sent: it cannot be an app
 *   password. tl_setup_insist_on_secret() sends it all the same
 * - `identity` (TlIdentity, ro): who signs in on which lane
 * - `request-needed` (bool, ro): somebody has to register this program first; `can-request` (bool,
 *   ro): that is for IT to do, and tl_setup_dup_request_text() asks for it
 * - `left-to-do` (GListModel of TlNote, ro): after tl_setup_forget_async(), what else to switch off
 * - `incoming-run`, `outgoing-run` (TlLaneRun, ro), `testing` (bool, ro),
 *   `tested` (bool, ro: both lanes have a report), `ready` (bool, ro: both
 *   green), `pair-findings` (GListModel of TlFinding, ro)
 * - `looping` (bool, ro), `loop-stage` (TlLoopStage, ro: what the last loop is or was at),
 *   `loop-report` (TlLoopReport or NULL, ro), `loop-findings` (GListModel of TlFinding, ro),
 *   `loop-patience` (uint, seconds): how long the message to oneself is waited for
 * - `remember` (bool): keep the password in the keyring; `store-finding`
 *   (TlFinding or NULL, ro: why the keyring did not do what it was last asked); `storing` (bool,
 *   ro: it is being written to), `kept` (bool, ro: it has taken something to sign in with since the
 *   last test)
 * - `signer-fingerprint` (string or NULL, ro: groups of four),
 *   `signer-kept` (bool, ro: the key is in the keyring, not for this run only),
 *   `export-path` (string or NULL, ro), `export-finding` (TlFinding or NULL, ro),
 *   `exporting` (bool, ro), `hand-over-findings` (GListModel of TlFinding, ro)
 * - `hand-over` (TlHandOver, ro): for whom, with or without passwords, signed by which key
 * - `policy-results` (GListModel of TlPolicyResult, ro): every rule that holds here and how this
 *   set-up stands to it, before and after the test; `policy-name` (string or NULL, ro): whose
 *   rules, or NULL where there are none; `policy-finding` (TlFinding or NULL, ro):
 *   `store.policy`, or the first rule that is broken: it keeps a lane from being tested where
 *   testing would break it, and a bundle from being ready
 * - `mailbox` (TlMailbox, ro): its folders, room and rights, as the last test of the incoming lane
 *   saw them; `sending` (TlSending, ro): what is to be sent, and what is advised; `domain-health`
 *   (TlDomainHealth, ro): whether receivers will trust the domain, once that was asked for
 * - `registered-domain`, `reply-to` (string): the domain that was registered to send and the
 *   address that replies go to, as they were typed; empty while nobody said.
 *   `registered-domain-valid`, `reply-to-valid` (bool, ro): it can be meant, or is empty
 *
 * Changing the address forgets what was discovered; changing a draft or a
 * password forgets the test results of that lane, so that a report always
 * speaks of exactly the settings shown.
 */
#define TL_TYPE_SETUP (tl_setup_get_type ())
G_DECLARE_FINAL_TYPE (TlSetup, tl_setup, TL, SETUP, GObject)

TlSetup      *tl_setup_new               (void) G_GNUC_WARN_UNUSED_RESULT;

void          tl_setup_set_address_text  (TlSetup              *self,
                                          const char           *text);
TlAddress    *tl_setup_get_address       (TlSetup              *self);
gboolean      tl_setup_set_registered_domain (TlSetup          *self,
                                          const char           *text,
                                          GError              **error);
gboolean      tl_setup_set_reply_to      (TlSetup              *self,
                                          const char           *text,
                                          GError              **error);
void          tl_setup_set_display_name  (TlSetup              *self,
                                          const char           *name);
TlPurpose     tl_setup_get_purpose       (TlSetup              *self);
TlLaneDraft  *tl_setup_get_draft         (TlSetup              *self,
                                          TlLaneKind            lane);
TlLaneRun    *tl_setup_get_run           (TlSetup              *self,
                                          TlLaneKind            lane);
TlAuth        tl_setup_get_auth          (TlSetup              *self);
TlDiscoveryReport *tl_setup_get_discovery (TlSetup             *self);
TlReport     *tl_setup_dup_report        (TlSetup              *self) G_GNUC_WARN_UNUSED_RESULT;
GListModel   *tl_setup_get_hand_over_findings (TlSetup         *self);
TlFinding    *tl_setup_get_store_finding (TlSetup              *self);
TlFinding    *tl_setup_get_export_finding (TlSetup             *self);

void          tl_setup_discover_async    (TlSetup              *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_discover_finish   (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error);

void          tl_setup_discover_with_address_async (TlSetup    *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_is_settling       (TlSetup              *self);
void          tl_setup_forget_discovery  (TlSetup              *self);

void          tl_setup_set_secret        (TlSetup              *self,
                                          TlLaneKind            lane,
                                          TlSecret             *secret);
void          tl_setup_set_token         (TlSetup              *self,
                                          TlLaneKind            lane,
                                          TlSecret             *token);
void          tl_setup_insist_on_secret  (TlSetup              *self);
void          tl_setup_set_auth          (TlSetup              *self,
                                          TlAuth                auth);
TlSignin     *tl_setup_get_signin        (TlSetup              *self);
void          tl_setup_sign_in_async     (TlSetup              *self,
                                          TlSigninWay           way,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_sign_in_finish    (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error);
gboolean      tl_setup_set_client        (TlSetup              *self,
                                          const char           *client_id,
                                          const char           *tenant,
                                          TlSecret             *secret,
                                          GError              **error);
char         *tl_setup_dup_request_text  (TlSetup              *self) G_GNUC_WARN_UNUSED_RESULT;
char         *tl_setup_dup_request_page  (TlSetup              *self) G_GNUC_WARN_UNUSED_RESULT;
char         *tl_setup_dup_request_uri   (TlSetup              *self) G_GNUC_WARN_UNUSED_RESULT;
void          tl_setup_forget_async      (TlSetup              *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_forget_finish     (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error);

TlIdentity   *tl_setup_get_identity      (TlSetup              *self);
void          tl_setup_recall_async      (TlSetup              *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_recall_finish     (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error);

void          tl_setup_test_async        (TlSetup              *self,
                                          TlLaneKind            lane,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_test_finish       (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error);

GPtrArray    *tl_setup_list_fixes        (TlSetup              *self,
                                          TlFinding            *finding) G_GNUC_WARN_UNUSED_RESULT;
char        **tl_setup_dup_remedies      (TlSetup              *self,
                                          TlFinding            *finding,
                                          const char          **out_first_action)
                                          G_GNUC_WARN_UNUSED_RESULT;
guint         tl_setup_get_wait_s        (TlSetup              *self,
                                          TlFinding            *finding);
void          tl_setup_apply_fix_async   (TlSetup              *self,
                                          TlFix                *fix,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_apply_fix_finish  (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error);
char         *tl_setup_dup_note_text     (TlSetup              *self,
                                          TlFinding            *finding) G_GNUC_WARN_UNUSED_RESULT;

void          tl_setup_loop_async        (TlSetup              *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
TlLoopReport *tl_setup_loop_finish       (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;

TlMailbox    *tl_setup_get_mailbox       (TlSetup              *self);
TlSending    *tl_setup_get_sending       (TlSetup              *self);
TlDomainHealth *tl_setup_get_domain_health (TlSetup            *self);
/* Makes the folders that are wished for: signs in once more on the incoming lane, and looks around
 * again after. Fails without a green incoming lane. */
void          tl_setup_create_folders_async (TlSetup           *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_create_folders_finish (TlSetup          *self,
                                          GAsyncResult         *result,
                                          GError              **error);
/* Looks the address's domain up, for this very set-up. Not for a practice mailbox. */
void          tl_setup_check_domain_async (TlSetup             *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_check_domain_finish (TlSetup            *self,
                                          GAsyncResult         *result,
                                          GError              **error);

TlSigning    *tl_setup_get_signing       (TlSetup              *self);
void          tl_setup_load_signer_async (TlSetup              *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_load_signer_finish (TlSetup             *self,
                                          GAsyncResult         *result,
                                          GError              **error);

void          tl_setup_export_async      (TlSetup              *self,
                                          const char           *path,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_export_finish     (TlSetup              *self,
                                          GAsyncResult         *result,
                                          GError              **error);
char         *tl_setup_dup_file_name     (TlSetup              *self) G_GNUC_WARN_UNUSED_RESULT;
TlHandOver   *tl_setup_get_hand_over     (TlSetup              *self);
TlPolicyStore *tl_setup_get_policy_store (TlSetup              *self);
TlFinding    *tl_setup_get_policy_finding (TlSetup             *self);
GPtrArray    *tl_setup_list_broken_rules (TlSetup              *self) G_GNUC_WARN_UNUSED_RESULT;

/* For a key that is elsewhere: the members of an unsigned bundle, for the certificate in PEM of
 * whoever will sign, as files into a folder. */
void          tl_setup_export_unsigned_async (TlSetup          *self,
                                          const char           *folder,
                                          const char           *certificate_pem,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      tl_setup_export_unsigned_finish (TlSetup         *self,
                                          GAsyncResult         *result,
                                          GError              **error);

gboolean      tl_setup_practise          (TlSetup              *self,
                                          TlPracticeScenario    scenario,
                                          GError              **error);
gboolean      tl_setup_use_practice_file (TlSetup              *self,
                                          GError              **error);
void          tl_setup_start_over        (TlSetup              *self);

G_END_DECLS
