/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-vault.h"

#include <string.h>

void
tl_test_vault_answer_clear (TlTestVaultAnswer *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->secret, tl_secret_unref);
  g_clear_error (&self->error);
}

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  TlTestVaultAnswer *answer = data;

  if (answer->ask == TL_TEST_STORE)
    tl_vault_store_finish (result, &answer->status, &answer->error);
  else if (answer->ask == TL_TEST_LOOK_UP)
    answer->secret = tl_vault_lookup_finish (result, &answer->status, &answer->error);
  else if (answer->ask == TL_TEST_FORGET)
    tl_vault_forget_finish (result, &answer->status, &answer->error);
  else
    tl_vault_forget_account_finish (result, &answer->status, &answer->error);

  g_main_loop_quit (answer->loop);
}

static gboolean
on_tick (gpointer data)
{
  TlTestVaultAnswer *answer = data;
  gint64 now_us = g_get_monotonic_time ();

  answer->longest_us = MAX (answer->longest_us, now_us - answer->ticked_us);
  answer->ticked_us = now_us;

  return G_SOURCE_CONTINUE;
}

/**
 * tl_test_vault_ask:
 * @answer: what comes of it
 * @ask: what is asked
 * @use: what the secret is for
 * @account: whose it is
 * @text: (nullable): the secret, to be stored
 * @cancellable: (nullable): stops it
 *
 * Asks, and runs the main loop until the vault has answered.
 */
void
tl_test_vault_ask (TlTestVaultAnswer       *answer,
         TlTestVaultAsk           ask,
         TlVaultUse    use,
         const char   *account,
         const char   *text,
         GCancellable *cancellable)
{
  g_autoptr(TlSecret) secret = text != NULL ? tl_secret_new (text, strlen (text)) : NULL;
  gint64 began_us = g_get_monotonic_time ();
  gboolean is_password = use == TL_VAULT_INCOMING_PASSWORD || use == TL_VAULT_OUTGOING_PASSWORD;
  const char *usual = answer->server != NULL ? answer->server : TL_TEST_SERVER;
  const char *server = is_password ? usual : NULL;
  guint tick;

  tl_test_vault_answer_clear (answer);
  answer->ticked_us = began_us;
  answer->longest_us = 0;
  tick = g_timeout_add (TL_TEST_TICK_MS, on_tick, answer);
  answer->loop = g_main_loop_new (NULL, FALSE);
  answer->ask = ask;
  answer->status = (TlVaultStatus) -1;

  if (ask == TL_TEST_STORE)
    tl_vault_store_async (use, account, server, secret, cancellable, on_answered, answer);
  else if (ask == TL_TEST_LOOK_UP)
    tl_vault_lookup_async (use, account, server, cancellable, on_answered, answer);
  else if (ask == TL_TEST_FORGET)
    tl_vault_forget_async (use, account, cancellable, on_answered, answer);
  else
    tl_vault_forget_account_async (account, cancellable, on_answered, answer);

  g_main_loop_run (answer->loop);
  g_source_remove (tick);
  answer->took_ms = (g_get_monotonic_time () - began_us) / 1000;
}

/* As tl_test_vault_ask(), for the incoming password of the usual account. */
void
tl_test_vault_assert_status (TlTestVaultAnswer        *answer,
               TlTestVaultAsk            ask,
               const char    *text,
               TlVaultStatus  expected)
{
  tl_test_vault_ask (answer, ask, TL_VAULT_INCOMING_PASSWORD, TL_TEST_ACCOUNT, text, NULL);
  g_assert_no_error (answer->error);
  g_assert_cmpint (answer->status, ==, expected);
  g_assert_true ((answer->secret != NULL) == (ask == TL_TEST_LOOK_UP && expected == TL_VAULT_OK));
}

void
tl_test_vault_assert_secret (const TlTestVaultAnswer *answer,
               const char   *text)
{
  g_assert_nonnull (answer->secret);
  g_assert_cmpstr (tl_secret_peek (answer->secret, NULL), ==, text);
}
