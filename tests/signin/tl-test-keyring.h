/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlTestKeyringManner:
 * @TL_TEST_KEYRING_HANGS: never answers anything
 * @TL_TEST_KEYRING_DISMISSED: locked; its prompt is closed after a while
 * @TL_TEST_KEYRING_UNLOCKED_LATE: locked; its prompt succeeds after more than the service's budget
 * @TL_TEST_KEYRING_CORRUPTS: stores, and gives back something else
 * @TL_TEST_KEYRING_FORGETS: says it stored, and has nothing
 * @TL_TEST_KEYRING_DIES: leaves the bus when asked to store
 * @TL_TEST_KEYRING_NO_DEFAULT: has an item, no collection for new ones, and makes none
 */
typedef enum
{
  TL_TEST_KEYRING_HANGS,
  TL_TEST_KEYRING_DISMISSED,
  TL_TEST_KEYRING_UNLOCKED_LATE,
  TL_TEST_KEYRING_CORRUPTS,
  TL_TEST_KEYRING_FORGETS,
  TL_TEST_KEYRING_DIES,
  TL_TEST_KEYRING_NO_DEFAULT,
} TlTestKeyringManner;

/**
 * TlTestKeyring:
 *
 * A secret service (the freedesktop.org specification, as much as libsecret
 * asks for) that misbehaves in one manner, on the session bus, from a thread of
 * its own.
 */
typedef struct _TlTestKeyring TlTestKeyring;

TlTestKeyring *tl_test_keyring_start (TlTestKeyringManner  manner);
void           tl_test_keyring_stop  (TlTestKeyring       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestKeyring, tl_test_keyring_stop)

G_END_DECLS
