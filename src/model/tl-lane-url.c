/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-settings.h"

#include "tl-error.h"

static const struct
{
  const char *scheme;
  TlProtocol  protocol;
  TlSecurity  security;
  guint16     port;
} schemes[] = {
  /* RFC 8314 §7.3 and §3.3; there is no scheme for a lane in the clear. */
  { "imap",  TL_PROTOCOL_IMAP, TL_SECURITY_STARTTLS, 143 },
  { "imaps", TL_PROTOCOL_IMAP, TL_SECURITY_TLS,      993 },
  { "smtp",  TL_PROTOCOL_SMTP, TL_SECURITY_STARTTLS, 587 },
  { "smtps", TL_PROTOCOL_SMTP, TL_SECURITY_TLS,      465 },
};

/* What was typed is not repeated in any message: before an "@" there may be a
 * password. */
static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, why);

  return FALSE;
}

/* port = *DIGIT, RFC 3986 §3.2.3, here 1*5DIGIT */
static gboolean
parse_port (const char  *text,
            guint16     *out_port,
            GError     **error)
{
  gsize len = strspn (text, G_CSET_DIGITS);
  guint64 port;

  if (len == 0 || len > 5 || text[len] != '\0')
    return refuse (error, "a port is a number from 1 to 65535");

  port = g_ascii_strtoull (text, NULL, 10);
  if (port == 0 || port > G_MAXUINT16)
    return refuse (error, "a port is a number from 1 to 65535");
  *out_port = (guint16) port;

  return TRUE;
}

/* authority = [ userinfo "@" ] host [ ":" port ], RFC 3986 §3.2, without userinfo
 *
 * @out_port keeps its value when no port is given. */
static gboolean
split_authority (const char  *authority,
                 char       **out_host,
                 guint16     *out_port,
                 GError     **error)
{
  const char *colon;
  gsize host_len;

  if (strpbrk (authority, "@") != NULL)
    return refuse (error, "a server is given without user name and password: "
                          "the user name has an option of its own");
  if (strpbrk (authority, "/?#") != NULL)
    return refuse (error, "a server is given without anything after its name and port");

  if (*authority == '[')
    {
      const char *bracket = strchr (authority, ']');

      if (bracket == NULL || (bracket[1] != ':' && bracket[1] != '\0'))
        return refuse (error, "an IPv6 address is closed by “]”, which only a port may follow");
      colon = bracket[1] == ':' ? bracket + 1 : NULL;
    }
  else
    {
      colon = strchr (authority, ':');
      if (colon != NULL && strchr (colon + 1, ':') != NULL)
        return refuse (error, "an IPv6 address is put in brackets, such as [2001:db8::1]:993");
    }

  host_len = colon != NULL ? (gsize) (colon - authority) : strlen (authority);
  if (host_len == 0)
    return refuse (error, "a server’s name is missing after “://”");
  if (colon != NULL && !parse_port (colon + 1, out_port, error))
    return FALSE;

  *out_host = g_strndup (authority, host_len);

  return TRUE;
}

/**
 * tl_lane_settings_new_from_url:
 * @url: `imap://HOST[:PORT]`, `imaps://…`, `smtp://…` or `smtps://…`
 * @auth: what is signed in with
 * @username: who signs in
 * @error: return location for a #GError
 *
 * Makes settings of what is typed on a command line. The schemes without an s
 * mean that STARTTLS is required. The port may be left out: 143, 993, 587 and
 * 465. Nothing but host and port may follow the scheme.
 *
 * Returns: (transfer full): the settings, or %NULL with %TL_ERROR_INVALID_INPUT
 *   and a message that says what to correct
 */
TlLaneSettings *
tl_lane_settings_new_from_url (const char  *url,
                               TlAuth       auth,
                               const char  *username,
                               GError     **error)
{
  const char *authority;
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  g_autoptr(TlEndpoint) endpoint = NULL;
  gsize row = 0;
  guint16 port;

  g_return_val_if_fail (url != NULL, NULL);

  authority = strstr (url, "://");
  if (authority != NULL)
    scheme = g_strndup (url, (gsize) (authority - url));
  while (scheme != NULL && row < G_N_ELEMENTS (schemes) &&
         g_ascii_strcasecmp (scheme, schemes[row].scheme) != 0)
    row++;

  if (scheme == NULL || row == G_N_ELEMENTS (schemes))
    {
      refuse (error, "a server begins with imap://, imaps://, smtp:// or smtps://");
      return NULL;
    }

  if (!g_utf8_validate (url, -1, NULL))
    {
      refuse (error, "a server’s name is readable text");
      return NULL;
    }

  port = schemes[row].port;
  if (!split_authority (authority + strlen ("://"), &host, &port, error) ||
      !(endpoint = tl_endpoint_new (host, port, schemes[row].security, error)))
    return NULL;

  return tl_lane_settings_new (schemes[row].protocol, endpoint, auth, username, error);
}

/**
 * tl_lane_settings_to_url:
 * @self: settings
 *
 * Returns: (transfer full) (nullable): its server as tl_lane_settings_new_from_url() reads it, with
 *   the port; %NULL for a lane in the clear
 */
char *
tl_lane_settings_to_url (const TlLaneSettings *self)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (self);

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autofree char *place = NULL;

      if (schemes[i].protocol != tl_lane_settings_get_protocol (self) ||
          schemes[i].security != tl_endpoint_get_security (endpoint))
        continue;

      place = tl_endpoint_to_string (endpoint);

      return g_strconcat (schemes[i].scheme, "://", place, NULL);
    }

  return NULL;
}
