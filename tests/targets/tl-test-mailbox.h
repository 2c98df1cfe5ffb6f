/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-mailbox.h"
#include "tl-target.h"

G_BEGIN_DECLS

/* 2026-01-31T12:00:00Z; both lanes were tested a minute before. */
#define TL_TEST_NOW_S 1769860800

/**
 * TlTestMailbox:
 *
 * A mailbox to be made; what is not said is that of ada@example.org, whose lanes both work.
 * @has_plan: up to 40 messages a day are to be sent, from 5 on the first of eight days
 * @days: (array length=n_days): in the place of these; @n_days: how many
 * @no_ceiling: and the plan has no limit
 * @chosen_sent: somebody said that this is the folder for sent mail; @chosen_is_changed: and its
 *   name is not the server's
 * @no_outgoing: there is no outgoing lane; @is_failed: it was not signed in to
 */
typedef struct
{
  const char         *address;
  const char         *name;
  const char         *provider;
  const char         *incoming_url;
  const char         *incoming_user;
  TlAuth              incoming_auth;
  const char         *outgoing_url;
  const char         *outgoing_user;
  TlAuth              outgoing_auth;
  gboolean            own_user;
  gboolean            no_outgoing;
  gboolean            is_failed;
  const char         *folder;
  const char         *sent;
  const char         *chosen_sent;
  gboolean            chosen_is_changed;
  gboolean            has_plan;
  const guint        *days;
  guint               n_days;
  gboolean            no_ceiling;
  const TlPlanSignIn *sign_in;
  TlPurpose           purpose;
} TlTestMailbox;

TlReport *tl_test_mailbox_report_new (const TlTestMailbox *parts) G_GNUC_WARN_UNUSED_RESULT;
TlSecret *tl_test_secret_new         (const char          *password) G_GNUC_WARN_UNUSED_RESULT;
char     *tl_test_target_dup_json    (const char          *body) G_GNUC_WARN_UNUSED_RESULT;
TlTarget *tl_test_target_new         (const char          *body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
