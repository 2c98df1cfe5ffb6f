/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Signatures of shorter keys do not count (RFC 8301 §3.2), and what is recommended. */
#define TL_DKIM_KEY_MIN_BITS         1024
#define TL_DKIM_KEY_RECOMMENDED_BITS 2048

/**
 * TlDkimKeyState:
 * @TL_DKIM_KEY_USABLE: signatures can be checked with it
 * @TL_DKIM_KEY_REVOKED: it was taken back: `p=` is empty
 * @TL_DKIM_KEY_UNUSABLE: nobody can check a signature with it
 */
typedef enum
{
  TL_DKIM_KEY_USABLE,
  TL_DKIM_KEY_REVOKED,
  TL_DKIM_KEY_UNUSABLE,
} TlDkimKeyState;

#define TL_TYPE_DKIM_KEY_STATE (tl_dkim_key_state_get_type ())
GType tl_dkim_key_state_get_type (void) G_GNUC_CONST;

/**
 * TlDkimKey:
 * @state: whether it can be used
 * @algorithm: `rsa` or `ed25519`; %NULL where it is another or the record cannot be read
 * @n_bits: how long it is, 0 unless usable
 * @is_test: `t=y`: the domain is only trying it out
 * @is_strict: `t=s`: for addresses of this very domain alone
 * @why: (nullable): why it is unusable: an English clause of ours
 */
typedef struct
{
  TlDkimKeyState  state;
  const char     *algorithm;
  guint           n_bits;
  gboolean        is_test;
  gboolean        is_strict;
  const char     *why;
} TlDkimKey;

void tl_dkim_key_parse (const char *bytes,
                        gsize       len,
                        TlDkimKey  *out_key);

G_END_DECLS
