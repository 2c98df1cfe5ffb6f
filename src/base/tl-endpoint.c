/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-endpoint.h"

#include <string.h>

#include "tl-error.h"
#include "tl-text.h"

struct _TlEndpoint
{
  char       *host;
  guint16     port;
  TlSecurity  security;
};

G_DEFINE_BOXED_TYPE (TlEndpoint, tl_endpoint, tl_endpoint_ref, tl_endpoint_unref)

/* A host name, RFC 1123 §2.1: labels of 1 to 63 letters, digits and hyphens,
 * no hyphen at either end, 253 octets in all. The last label must not be all
 * digits, or it would be read as an address (RFC 3696 §2). The underscore is
 * not allowed: it names DNS records, never hosts. */
static gboolean
is_host_name (const char *name)
{
  g_auto(GStrv) labels = NULL;
  const char *last = NULL;

  if (*name == '\0' || strlen (name) > 253)
    return FALSE;

  labels = g_strsplit (name, ".", -1);
  for (gsize i = 0; labels[i] != NULL; i++)
    {
      gsize len = strlen (labels[i]);

      if (len == 0 || len > 63 || labels[i][0] == '-' || labels[i][len - 1] == '-' ||
          strspn (labels[i], G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") != len)
        return FALSE;
      last = labels[i];
    }

  return last[strspn (last, G_CSET_DIGITS)] != '\0';
}

/**
 * tl_host_canonicalize:
 * @typed: a host name or address literal, in any spelling a person may type
 *
 * Brings a host to the one spelling we keep: lower-case A-labels, no trailing
 * dot, an IPv6 literal without brackets. GLib does the IDNA part and lets any
 * ASCII through, so the grammar of host names is checked here.
 *
 * Returns: (transfer full) (nullable): the host, or %NULL when it is none
 */
char *
tl_host_canonicalize (const char *typed)
{
  g_autofree char *bare = g_strdup (typed);
  g_autofree char *ascii = NULL;
  gsize len = strlen (bare);

  if (!g_utf8_validate (bare, (gssize) len, NULL))
    return NULL;

  if (bare[0] == '[' && g_str_has_suffix (bare, "]"))
    {
      memmove (bare, bare + 1, len - 2);
      bare[len - 2] = '\0';
      if (!g_hostname_is_ip_address (bare))
        return NULL;
    }

  /* A scope ("fe80::1%eth0") names an interface of this computer: it means
   * nothing to whoever reads the bundle. */
  if (g_hostname_is_ip_address (bare))
    return strchr (bare, '%') == NULL ? g_ascii_strdown (bare, -1) : NULL;

  if (g_str_has_suffix (bare, "."))
    bare[len - 1] = '\0';

  ascii = g_hostname_to_ascii (bare);
  if (ascii == NULL || !is_host_name (ascii))
    return NULL;

  return g_ascii_strdown (ascii, -1);
}

/**
 * tl_endpoint_new:
 * @host: a host name or address literal, in any spelling a person may type
 * @port: a TCP port, 1 to 65535
 * @security: how the connection is protected
 * @error: return location for a #GError
 *
 * Makes an endpoint, bringing @host to its one canonical spelling.
 *
 * Returns: (transfer full): the endpoint, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @host is neither an address literal nor a host name (RFC 1123 §2.1)
 *   or @port is 0
 */
TlEndpoint *
tl_endpoint_new (const char  *host,
                 guint16      port,
                 TlSecurity   security,
                 GError     **error)
{
  g_autofree char *canonical = NULL;
  TlEndpoint *self;

  g_return_val_if_fail (host != NULL, NULL);

  if ((canonical = tl_host_canonicalize (host)) == NULL)
    {
      g_autofree char *clean = tl_text_clean (host, -1);

      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "“%s” is not a server name", clean);
      return NULL;
    }

  if (port == 0)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "a port is a number from 1 to 65535");
      return NULL;
    }

  self = g_atomic_rc_box_new0 (TlEndpoint);
  self->host = g_steal_pointer (&canonical);
  self->port = port;
  self->security = security;

  return self;
}

TlEndpoint *
tl_endpoint_ref (TlEndpoint *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_endpoint_clear (gpointer data)
{
  TlEndpoint *self = data;

  g_clear_pointer (&self->host, g_free);
}

void
tl_endpoint_unref (TlEndpoint *self)
{
  g_atomic_rc_box_release_full (self, tl_endpoint_clear);
}

const char *
tl_endpoint_get_host (const TlEndpoint *self)
{
  return self->host;
}

guint16
tl_endpoint_get_port (const TlEndpoint *self)
{
  return self->port;
}

TlSecurity
tl_endpoint_get_security (const TlEndpoint *self)
{
  return self->security;
}

gboolean
tl_endpoint_equal (const TlEndpoint *a,
                   const TlEndpoint *b)
{
  return a->port == b->port && a->security == b->security && g_str_equal (a->host, b->host);
}

/**
 * tl_endpoint_to_string:
 * @self: an endpoint
 *
 * Returns: (transfer full): `host:port`, an IPv6 literal in brackets
 */
char *
tl_endpoint_to_string (const TlEndpoint *self)
{
  if (strchr (self->host, ':') != NULL)
    return g_strdup_printf ("[%s]:%u", self->host, self->port);

  return g_strdup_printf ("%s:%u", self->host, self->port);
}
