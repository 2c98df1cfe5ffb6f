/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-tls-info.h"

struct _TlTlsInfo
{
  char   *version;
  char   *cipher;
  char   *fingerprint;
  char   *issuer;
  char  **names;
  gint64  not_after_s;
};

G_DEFINE_BOXED_TYPE (TlTlsInfo, tl_tls_info, tl_tls_info_ref, tl_tls_info_unref)

/**
 * tl_tls_info_new:
 * @version: `TLSv1.2` or `TLSv1.3`
 * @cipher: the suite, by its IANA name
 * @fingerprint: SHA-256 of the server's certificate in DER, 64 lower-case hex digits
 * @issuer: who issued it, as one line
 * @names: the names it is for (subjectAltName, RFC 5280 §4.2.1.6)
 * @not_after_s: when it expires, seconds since the epoch, UTC
 *
 * Returns: (transfer full): a new value
 */
TlTlsInfo *
tl_tls_info_new (const char         *version,
                 const char         *cipher,
                 const char         *fingerprint,
                 const char         *issuer,
                 const char * const *names,
                 gint64              not_after_s)
{
  TlTlsInfo *self = g_atomic_rc_box_new0 (TlTlsInfo);

  self->version = g_strdup (version);
  self->cipher = g_strdup (cipher);
  self->fingerprint = g_strdup (fingerprint);
  self->issuer = g_strdup (issuer);
  self->names = g_strdupv ((char **) names);
  self->not_after_s = not_after_s;

  return self;
}

TlTlsInfo *
tl_tls_info_ref (TlTlsInfo *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_tls_info_clear (gpointer data)
{
  TlTlsInfo *self = data;

  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->cipher, g_free);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->names, g_strfreev);
}

void
tl_tls_info_unref (TlTlsInfo *self)
{
  g_atomic_rc_box_release_full (self, tl_tls_info_clear);
}

const char *
tl_tls_info_get_version (const TlTlsInfo *self)
{
  return self->version;
}

const char *
tl_tls_info_get_cipher (const TlTlsInfo *self)
{
  return self->cipher;
}

const char *
tl_tls_info_get_fingerprint (const TlTlsInfo *self)
{
  return self->fingerprint;
}

const char *
tl_tls_info_get_issuer (const TlTlsInfo *self)
{
  return self->issuer;
}

const char * const *
tl_tls_info_get_names (const TlTlsInfo *self)
{
  return (const char * const *) self->names;
}

gint64
tl_tls_info_get_not_after_s (const TlTlsInfo *self)
{
  return self->not_after_s;
}
