/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery.h"
#include "tl-setup.h"

G_BEGIN_DECLS

/* What the files that make up TlSetup share: tl-setup.c has the object and its
 * properties; -address what was typed first and what follows from it; -found what
 * discovery said; -results what follows from the results and what makes them
 * untrue; -discover, -practice, -secrets, -test, -fix, -loop and -export have one gesture each. */
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
    gboolean         has_token;       /* the secret is an access token */
    GPtrArray       *tried_users;     /* of char: user names tested with this address */
    GCancellable    *cancellable;     /* of its last test */
  } lanes[2];
  gboolean           testing;
  GListStore        *pair_findings;

  /* Owned: the message to oneself */
  struct _TlLoop    *loop;            /* a TlLoop, while it runs */
  GCancellable      *loop_cancellable;
  TlLoopStage        loop_stage;
  guint              loop_patience_s;
  TlLoopReport      *loop_report;
  GListStore        *loop_findings;

  /* Owned: the keyring */
  GCancellable      *recall_cancellable;
  TlFinding         *store_finding;

  /* Owned: the hand-over */
  TlSigning         *signing;
  GListStore        *hand_over_findings;
  char              *export_path;
  TlFinding         *export_finding;
  gboolean           exporting;
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

void     tl_cancellable_chain       (GCancellable  *outer,
                                     GCancellable  *inner);

G_END_DECLS
