/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-vault.h"

G_BEGIN_DECLS

#define TL_TEST_ACCOUNT "ada@acme.test"
#define TL_TEST_SERVER  "imap.acme.test"
#define TL_TEST_TICK_MS 20

/* What the vault can be asked to do. */
typedef enum
{
  TL_TEST_STORE,
  TL_TEST_LOOK_UP,
  TL_TEST_FORGET,
  TL_TEST_FORGET_ACCOUNT,
} TlTestVaultAsk;

/* What it answered, and what became of the main loop meanwhile. Begins as zeros, and may be asked
 * again. */
typedef struct
{
  GMainLoop      *loop;
  const char     *server;        /* borrowed: of a password; NULL for the usual one */
  TlTestVaultAsk  ask;
  TlVaultStatus   status;
  TlSecret       *secret;
  GError         *error;
  gint64          took_ms;
  gint64          ticked_us;
  gint64          longest_us;    /* between two ticks of the main loop */
} TlTestVaultAnswer;

void tl_test_vault_answer_clear  (TlTestVaultAnswer       *self);
void tl_test_vault_ask           (TlTestVaultAnswer       *answer,
                                  TlTestVaultAsk           ask,
                                  TlVaultUse               use,
                                  const char              *account,
                                  const char              *text,
                                  GCancellable            *cancellable);
void tl_test_vault_assert_status (TlTestVaultAnswer       *answer,
                                  TlTestVaultAsk           ask,
                                  const char              *text,
                                  TlVaultStatus            expected);
void tl_test_vault_assert_secret (const TlTestVaultAnswer *answer,
                                  const char              *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlTestVaultAnswer, tl_test_vault_answer_clear)

G_END_DECLS
