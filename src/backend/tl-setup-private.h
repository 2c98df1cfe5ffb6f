/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-cancellable.h"
#include "tl-client-store.h"
#include "tl-discovery.h"
#include "tl-lane-draft-aside.h"
#include "tl-oauth-keeper.h"
#include "tl-online-account.h"
#include "tl-setup.h"
#include "tl-signin-keep.h"
#include "tl-vault.h"

G_BEGIN_DECLS

typedef struct _TlSetupIdentity TlSetupIdentity;
typedef struct _TlSetupKeeping TlSetupKeeping;

/* What the files that make up TlSetup share: tl-setup.c has the object, -properties its
 * properties; -address what was typed first and what follows from it; -found what
 * discovery said; -results what follows from the results and what makes them
 * untrue; -auth with what it is signed in to, -gate where that may go, -client as whom, -signed-in
 * what a sign-in gave, -online the account that may be borrowed, -keyring what is to be kept;
 * -policy what the organisation asks; -mailbox, -sending, -domain and -readiness whether it can be
 * worked and sent with; -report what all that comes to; -discover, -practice, -secrets, -signin,
 * -token, -test, -fix, -loop, -folders, -forget and -export have one gesture each. */
/* A name that was typed: as it stands there, and the domain that it comes to, A-labels, or NULL. */
typedef struct
{
  char *text;
  char *domain;
} TlSetupName;

struct _TlSetup
{
  GObject            parent_instance;

  /* Owned: what was typed */
  char              *address_text;
  TlAddress         *address;
  TlFinding         *address_finding;
  char              *display_name;
  TlPurpose          purpose;
  gboolean           remember;
  char              *suggestion;
  char              *directory_url;   /* NULL: as the preferences have it */
  gboolean           send_address;

  /* Owned: what was found */
  TlNetwork         *network;
  TlPractice        *practice;
  TlDiscovery       *running_discovery;
  GCancellable      *discover_cancellable;
  TlDiscoveryReport *discovery;
  TlProvider        *provider;
  GListStore        *sources;
  GListStore        *candidates;
  GListStore        *discovery_findings;
  GListStore        *rejections;
  GListStore        *hints;
  GListStore        *contacts;
  GListStore        *prerequisites;
  GListStore        *app_password_steps;

  /* Owned: the lanes, incoming first */
  struct
  {
    TlLaneDraft     *draft;
    TlLaneRun       *run;
    TlSecret        *secret;
    TlProvider      *secret_provider; /* whose app password it is, where it takes no other */
    char            *secret_host;     /* the one server it is for, out of the keyring; or NULL */
    gboolean         has_token;       /* the secret is an access token that was given by hand */
    TlSecret        *token;           /* of the last test, from the sign-in */
    gboolean         is_waiting;      /* to be tested as soon as there is a token */
    GPtrArray       *tried_users;     /* of char: user names tested with this address */
    GCancellable    *cancellable;     /* of its last test */
  } lanes[2];
  gboolean           testing;
  GListStore        *pair_findings;

  /* Owned: what it is signed in to with */
  gboolean           is_auth_chosen;
  TlAuth             chosen_auth;
  gboolean           was_separate;    /* sending had a sign-in of its own at the last look */
  gboolean           insists;         /* a password that cannot be right is sent all the same */
  TlFinding         *secret_finding;
  TlIdentity        *identity;
  TlSetupIdentity   *identity_state;  /* what it made of the drafts: tl-setup-identity.c */
  GListStore        *left_to_do;

  /* Owned: the sign-in at the provider's page */
  struct
  {
    TlSignin        *shown;
    TlClientStore   *clients;
    GCancellable    *cancellable;     /* of the one that runs */
    GCancellable    *token_cancellable; /* of what asks for a token */
    GCancellable    *client_cancellable; /* of what looks for one in the keyring */
    char            *recalled_issuer; /* whose it looked for last */
    gboolean         was_refused;     /* the issuer registers nobody by itself */
    TlOauthClient   *registered;      /* as whom it was registered, for this time */
    TlContacts      *contacts;        /* whom it took, for this mailbox */
    TlOauthRequest  *request;         /* what the tokens were got with */
    TlOauthKeeper   *keeper;
    TlSigninKeep    *kept;            /* what the keyring had, while nobody has used it */
    TlSetupKeeping  *keeping;         /* the keeper's, if there is one: tl-setup-keyring.c */
    TlOnlineAccount *online;          /* one that could be borrowed */
    GCancellable    *online_cancellable; /* of what looks for one */
    gboolean         is_borrowed;     /* it is */
    TlSigninWay      way;             /* of the last sign-in that succeeded */
  } signin;

  /* Owned: the message to oneself */
  gboolean           is_looping;
  struct _TlLoop    *loop;            /* a TlLoop, while it runs */
  GCancellable      *loop_cancellable;
  TlLoopStage        loop_stage;
  guint              loop_patience_s;
  TlLoopReport      *loop_report;
  GListStore        *loop_findings;

  /* Owned: the keyring */
  GCancellable      *recall_cancellable;
  TlFinding         *store_finding;
  gboolean           is_keeping_refused; /* it is about something that was to be kept */
  GQueue            *errands;         /* what is still to be put into it, or taken out */
  gboolean           is_errand_running;
  gboolean           is_kept;         /* it took something to sign in with since the last test */

  /* Owned: the hand-over */
  TlSigning         *signing;
  TlHandOver        *hand_over;
  GListStore        *hand_over_findings;
  char              *export_path;
  TlFinding         *export_finding;
  gboolean           exporting;

  /* Owned: what the organisation asks */
  TlPolicyStore     *policies;
  GListStore        *policy_results;
  TlFinding         *policy_finding;
  char              *policy_name;

  /* Owned: whether the mailbox is ready to work, and the domain to send */
  TlMailbox         *mailbox;
  TlSending         *sending;
  TlDomainHealth    *domain_health;
  TlDomainSubject   *domain_subject;  /* what that was looked up for, or NULL */
  TlSetupName        registered;      /* the domain that was registered to send */
  TlSetupName        reply_to;        /* an address */
  GCancellable      *create_cancellable; /* while folders are made */
};

void     tl_setup_set_directory_url (TlSetup       *self,
                                     const char    *url);
char    *tl_setup_dup_directory_url (TlSetup       *self);
void     tl_setup_set_send_address  (TlSetup       *self,
                                     gboolean       send_address);
void     tl_setup_take_address_text (TlSetup       *self,
                                     const char    *text);
char    *tl_setup_dup_site          (TlSetup       *self);
gboolean tl_setup_can_ask_with_address (TlSetup    *self);
void     tl_setup_leave_practice    (TlSetup       *self);
void     tl_setup_run_discovery     (TlSetup       *self,
                                     TlDiscovery   *discovery,
                                     GTask         *task);
void     tl_setup_show_discovery    (TlSetup       *self,
                                     TlDiscoveryReport *report);
void     tl_setup_hide_discovery    (TlSetup       *self);
void     tl_setup_refresh_contacts  (TlSetup       *self);
void     tl_setup_refresh_prerequisites (TlSetup   *self);
TlAuth   tl_setup_get_lane_auth     (TlSetup       *self,
                                     TlLaneKind     lane);
guint    tl_setup_get_wait_at_s     (TlSetup       *self,
                                     TlFinding     *finding,
                                     gint64         now_s);
void     tl_setup_remember_user     (TlSetup       *self,
                                     TlLaneKind     lane,
                                     const char    *username);
void     tl_setup_forget_users      (TlSetup       *self);
void     tl_setup_forget_loop       (TlSetup       *self);
gboolean tl_setup_is_tested         (TlSetup       *self);
gboolean tl_setup_is_ready          (TlSetup       *self);
void     tl_setup_refresh_results   (TlSetup       *self);
void     tl_setup_refresh_hand_over (TlSetup       *self);
void     tl_setup_refresh_hand_over_at (TlSetup    *self,
                                     gint64         now_s);
void     tl_setup_forget_results    (TlSetup       *self,
                                     TlLaneKind     lane);
void     tl_setup_forget_servers    (TlSetup       *self);
void     tl_setup_forget_secrets    (TlSetup       *self);
void     tl_setup_forget_export     (TlSetup       *self);
void     tl_setup_remember_secrets  (TlSetup       *self);
void     tl_setup_refresh_secrets   (TlSetup       *self);
void     tl_setup_refresh_sending   (TlSetup       *self);
TlSecret *tl_setup_get_password     (TlSetup       *self,
                                     TlLaneKind     lane);
TlFinding *tl_setup_find_secret_problem (TlSetup   *self,
                                     TlLaneKind     lane) G_GNUC_WARN_UNUSED_RESULT;

/* -auth */
gboolean tl_setup_takes             (TlSetup       *self,
                                     TlAuth         auth);
gboolean tl_setup_has_lane_secret   (TlSetup       *self,
                                     TlLaneKind     lane);
gboolean tl_setup_is_request_needed (TlSetup       *self);
gboolean tl_setup_can_register      (TlSetup       *self);
char    *tl_setup_dup_issuer        (TlSetup       *self) G_GNUC_WARN_UNUSED_RESULT;
char   **tl_setup_dup_scopes        (TlSetup       *self) G_GNUC_WARN_UNUSED_RESULT;
void     tl_setup_choose_auth       (TlSetup       *self,
                                     TlAuth         auth);
void     tl_setup_refresh_signin    (TlSetup       *self);
void     tl_setup_set_client_store  (TlSetup       *self,
                                     TlClientStore *clients);

/* -client */
void     tl_setup_recall_client     (TlSetup       *self,
                                     const char    *issuer);

void     tl_setup_take_registration (TlSetup       *self,
                                     TlOauthClient *client);
void     tl_setup_drop_registration (TlSetup       *self,
                                     TlOauthClient *client,
                                     TlFinding     *finding);

/* -signed-in: what a sign-in gave, for as long as there is one. */
void     tl_setup_drop_signin       (TlSetup       *self);
void     tl_setup_forget_signin     (TlSetup       *self);
void     tl_setup_take_keeper       (TlSetup       *self,
                                     TlOauthRequest *request,
                                     TlOauthKeeper *keeper);
void     tl_setup_drop_tokens       (TlSetup       *self);
void     tl_setup_refresh_revocation (TlSetup      *self);
TlProvider *tl_setup_find_issuing_provider (TlSetup *self,
                                     const char    *issuer);
TlOauthClient *tl_setup_dup_kept_client (TlSetup   *self,
                                     const TlSigninKeep *kept) G_GNUC_WARN_UNUSED_RESULT;
void     tl_setup_take_kept         (TlSetup       *self,
                                     TlSecret      *secret);
void     tl_setup_show_signed_in    (TlSetup       *self,
                                     TlSigninWay    way,
                                     const char    *account);

/* -policy: what the organisation asks. */
void     tl_setup_set_policy_store  (TlSetup       *self,
                                     TlPolicyStore *store);
TlPolicies *tl_setup_get_policies   (TlSetup       *self);
void     tl_setup_refresh_policy    (TlSetup       *self);
TlReport *tl_setup_add_policy       (TlSetup       *self,
                                     TlReport      *report) G_GNUC_WARN_UNUSED_RESULT;
TlFinding *tl_setup_refuse_export   (TlSetup       *self);
TlFinding *tl_setup_gate_policy     (TlSetup       *self,
                                     TlLaneKind     lane) G_GNUC_WARN_UNUSED_RESULT;
TlNetwork *tl_setup_dup_network     (TlSetup       *self) G_GNUC_WARN_UNUSED_RESULT;

/* -report: what it is made of, without what policy says of it. */
TlReport *tl_setup_dup_bare_report  (TlSetup       *self) G_GNUC_WARN_UNUSED_RESULT;

/* -gate: where what a lane signs in with may go. */
TlFinding *tl_setup_gate            (TlSetup       *self,
                                     TlLaneKind     lane) G_GNUC_WARN_UNUSED_RESULT;
TlFinding *tl_setup_gate_host       (TlSetup       *self,
                                     TlLaneKind     lane,
                                     const char    *host) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_setup_may_go_again      (TlSetup       *self,
                                     TlLaneKind     lane,
                                     GError       **error);
TlProvider *tl_setup_find_app_password_provider (TlSetup *self,
                                     TlLaneKind     lane);
gboolean tl_setup_has_place_for     (TlSetup       *self,
                                     const char    *issuer);

/* -online */
void     tl_setup_look_for_online_account (TlSetup *self);
void     tl_setup_stop_seeking      (TlSetup       *self);
void     tl_setup_borrow_async      (TlSetup       *self,
                                     GCancellable  *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer       user_data);
gboolean tl_setup_borrow_finish     (TlSetup       *self,
                                     GAsyncResult  *result,
                                     TlFinding    **out_finding,
                                     GError       **error);

/* -token */
void     tl_setup_get_token_async   (TlSetup       *self,
                                     GCancellable  *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer       user_data);
TlSecret *tl_setup_get_token_finish (TlSetup       *self,
                                     GAsyncResult  *result,
                                     TlFinding    **out_finding,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_setup_needs_token       (TlSetup       *self,
                                     TlLaneKind     lane);

/* -keyring */
void     tl_setup_check_secret_host (TlSetup       *self,
                                     TlLaneKind     lane);
void     tl_setup_keep              (TlSetup       *self,
                                     TlVaultUse     use,
                                     TlSecret      *secret);
void     tl_setup_keep_client       (TlSetup       *self,
                                     const char    *issuer,
                                     TlSecret      *secret);
void     tl_setup_drop_client       (TlSetup       *self,
                                     const char    *issuer);
void     tl_setup_keep_refresh      (TlSetup       *self);
TlSetupKeeping *tl_setup_watch_keeper (TlSetup     *self,
                                     TlOauthRequest *request,
                                     TlOauthKeeper *keeper);
void     tl_setup_set_in_keyring    (TlSetup       *self,
                                     gboolean       is_in_keyring);
gboolean tl_setup_is_in_keyring     (TlSetup       *self);
gboolean tl_setup_is_storing      (TlSetup         *self);
void     tl_setup_set_kept        (TlSetup         *self,
                                   gboolean         is_kept);
void     tl_setup_take_store_finding (TlSetup      *self,
                                     TlFinding     *finding);

/* -identity: makes and drops the identity; -identify after the address, the provider or the auth
 * changed; -apply puts what it means into the drafts, and runs by itself when it changes. */
void     tl_setup_start_identity    (TlSetup       *self);
void     tl_setup_stop_identity     (TlSetup       *self);
void     tl_setup_identify          (TlSetup       *self);
void     tl_setup_apply_identity    (TlSetup       *self);
/* What a lane is tested with: its draft, with the folder of a shared mailbox. */
TlLaneSettings *tl_setup_dup_settings (TlSetup     *self,
                                     TlLaneKind     lane) G_GNUC_WARN_UNUSED_RESULT;

/* -readiness: mailbox, sending and domain as parts of a set-up. */
void     tl_setup_start_readiness   (TlSetup       *self);
void     tl_setup_stop_readiness    (TlSetup       *self);
void     tl_setup_refresh_readiness (TlSetup       *self);
void     tl_setup_forget_readiness  (TlSetup       *self);
TlReport *tl_setup_add_readiness    (TlSetup       *self,
                                     TlReport      *report) G_GNUC_WARN_UNUSED_RESULT;
/* -mailbox, -folders, -sending, -domain, -names */
void     tl_setup_refresh_mailbox   (TlSetup       *self);
void     tl_setup_stop_creating     (TlSetup       *self);
TlProvider *tl_setup_find_relay     (TlSetup       *self);
void     tl_setup_refresh_plan      (TlSetup       *self);
void     tl_setup_refresh_domain    (TlSetup       *self);
void     tl_setup_forget_domain     (TlSetup       *self);
gboolean tl_setup_name_is_valid     (const TlSetupName *name);
void     tl_setup_forget_names      (TlSetup       *self);
void     tl_setup_clear_names       (TlSetup       *self);

/* -properties */
void     tl_setup_install_properties (GObjectClass *object_class);

G_END_DECLS
