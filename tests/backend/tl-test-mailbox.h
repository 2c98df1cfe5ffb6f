/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-private.h"
#include "tl-test-setup.h"

G_BEGIN_DECLS

#define TL_TEST_MAILBOX_ADDRESS  "ada@acme.test"
#define TL_TEST_MAILBOX_PASSWORD "canary-mailbox"

/**
 * TlTestMailbox:
 * @folder: where what a test writes goes; removed with everything in it
 * @policies: what holds
 * @setup: a set-up of TL_TEST_MAILBOX_ADDRESS that was typed by hand
 *
 * A mailbox whose lanes were tested without a server.
 */
typedef struct
{
  char          *folder;
  TlPolicyStore *policies;
  TlSetup       *setup;
} TlTestMailbox;

TlTestMailbox *tl_test_mailbox_new     (const char     *system_policy,
                                        const char     *user_policy) G_GNUC_WARN_UNUSED_RESULT;
void           tl_test_mailbox_free    (TlTestMailbox  *self);
void           tl_test_mailbox_pass    (TlTestMailbox  *self);
char          *tl_test_mailbox_put     (TlTestMailbox  *self,
                                        const char     *name,
                                        const char     *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean       tl_test_mailbox_export  (TlTestMailbox  *self,
                                        const char     *path);
guint          tl_test_mailbox_count   (TlTestMailbox  *self);
const char    *tl_test_finding_get_id  (gpointer        object,
                                        const char     *property);
char          *tl_test_policy_new      (const char     *members) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestMailbox, tl_test_mailbox_free)

G_END_DECLS
