/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-verified-tls-private.h"

struct _TlVerifiedTls
{
  TlTlsInfo *info;
};

G_DEFINE_BOXED_TYPE (TlVerifiedTls, tl_verified_tls, tl_verified_tls_ref, tl_verified_tls_unref)

/* Private to the handshake: see tl-handshake.c. */
TlVerifiedTls *
tl_verified_tls_new (TlTlsInfo *info)
{
  TlVerifiedTls *self = g_atomic_rc_box_new0 (TlVerifiedTls);

  self->info = tl_tls_info_ref (info);

  return self;
}

TlVerifiedTls *
tl_verified_tls_ref (TlVerifiedTls *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_verified_tls_clear (gpointer data)
{
  TlVerifiedTls *self = data;

  g_clear_pointer (&self->info, tl_tls_info_unref);
}

void
tl_verified_tls_unref (TlVerifiedTls *self)
{
  g_atomic_rc_box_release_full (self, tl_verified_tls_clear);
}

/**
 * tl_verified_tls_get_info:
 * @self: a proof
 *
 * Returns: (transfer none): what the connection is made of
 */
TlTlsInfo *
tl_verified_tls_get_info (const TlVerifiedTls *self)
{
  return self->info;
}
