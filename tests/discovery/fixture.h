/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-private.h"

G_BEGIN_DECLS

#define MAX_CLAIMS 2
#define NEVER_MS   60000

/* The sources of these tests, in the order shown. */
enum
{
  DOMAIN,
  MX,
  PACC,
  AUTOCONFIG,
  WELL_KNOWN,
  SRV,
  DIRECTORY,
  GUESS,
  N_SOURCES,
};

extern const char * const fixture_ids[N_SOURCES];

/* A source that says what it is told to after a while. One that names nobody
 * has nothing to say, unless it says what became of it. */
typedef struct
{
  guint            after_ms;
  const char      *says[MAX_CLAIMS]; /* as Said has it */
  TlSourceStatus   status;
  TlSourceRemarks  remarks;
  guint            unproven_ms;      /* when it is known that it will not be; 0: when it answers */
  gboolean         leaves_work;      /* has something under way when it answers */
} Fake;

/**
 * Fixture:
 *
 * A discovery that asks fakes, and what is heard of it.
 */
typedef struct
{
  TlDiscoverySource        sources[N_SOURCES];
  const TlDiscoverySource *pointers[N_SOURCES];
  GMainContext            *context;
  TlDiscovery             *discovery;
  GString                 *events;
  TlDiscoveryReport       *proposed;
  gint64                   proposed_at_us;
  TlDiscoveryReport       *report;
  GError                  *error;
  gboolean                 is_done;
  gint64                   ms;
  gint64                   proposed_ms;
} Fixture;

/* How many fakes were ever asked; and of what runs ask by, while something is
 * left under way there, how much is still alive. */
extern gint fixture_n_asked;
extern gint fixture_n_kept;

void fixture_start     (Fixture      *self,
                        TlNetwork    *network,
                        const Fake   *fakes,
                        guint         budget_ms,
                        GCancellable *cancellable);
void fixture_start_for (Fixture      *self,
                        const char   *text,
                        TlNetwork    *network,
                        const Fake   *fakes,
                        guint         budget_ms,
                        GCancellable *cancellable);
void fixture_wait      (Fixture      *self);
void fixture_clear     (Fixture      *self);

G_END_DECLS
