/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery.h"
#include "tl-setup.h"

G_BEGIN_DECLS

/* What the files that make up TlSetup share: tl-setup.c has the object, its
 * properties and what is worked out; -discover, -test and -export have one
 * gesture each. */
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
  GListStore        *prerequisites;
  GListStore        *app_password_steps;

  /* Owned: the lanes, incoming first */
  struct
  {
    TlLaneDraft     *draft;
    TlLaneRun       *run;
    TlSecret        *secret;
  } lanes[2];
  GCancellable      *test_cancellable;
  GListStore        *pair_findings;
  TlFinding         *store_finding;

  /* Owned: the hand-over */
  TlSigning         *signing;
  GListStore        *hand_over_findings;
  char              *export_path;
  gboolean           exporting;
};

void tl_setup_refresh_results (TlSetup       *self);
void tl_setup_set_exporting   (TlSetup       *self,
                               gboolean       exporting,
                               const char    *path);

void tl_cancellable_chain     (GCancellable  *outer,
                               GCancellable  *inner);

G_END_DECLS
