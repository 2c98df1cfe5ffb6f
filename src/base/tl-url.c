/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-url.h"

#include <string.h>

#include "tl-endpoint.h"
#include "tl-text.h"

/* What no URI may hold (RFC 3986 §2) and GUri lets through; browsers read “\” as “/”. */
#define NOT_IN_URLS " \"<>\\^`{|}"

/**
 * tl_url_is_https:
 * @url: a URL
 *
 * User information is what a look-alike is made of (RFC 3986 §7.6):
 * "https://your-bank.example@evil.example/" leads to the latter.
 *
 * Returns: whether it is an https one (RFC 9110 §4.2.2) with a host, and without user information
 */
gboolean
tl_url_is_https (GUri *url)
{
  return g_str_equal (g_uri_get_scheme (url), "https") && g_uri_get_userinfo (url) == NULL &&
         g_uri_get_host (url) != NULL && *g_uri_get_host (url) != '\0';
}

/**
 * tl_url_has_name:
 * @url: a URL with a canonical host, or none
 *
 * An address, "localhost" and "router" are within somebody's own network, where
 * no stranger's word leads; "127.1" and "0x7f.0x1" are addresses to the system,
 * and no top-level domain begins with a digit (RFC 3696 §2).
 *
 * Returns: whether its host is a name of two labels or more
 */
gboolean
tl_url_has_name (GUri *url)
{
  const char *host = g_uri_get_host (url);
  const char *dot = host == NULL ? NULL : strrchr (host, '.');

  return dot != NULL && g_ascii_isalpha (dot[1]);
}

/* GUri takes the percents out of a host: "bank.example%2F.evil.test" becomes
 * what looks like a path on bank.example. What is a host at all is brought to
 * its one spelling. */
static GUri *
name_canonically (GUri *url)
{
  g_autofree char *host = tl_host_canonicalize (g_uri_get_host (url));
  g_autoptr(GUri) canonical = NULL;

  if (host == NULL)
    return NULL;

  canonical = g_uri_build (g_uri_get_flags (url), g_uri_get_scheme (url), NULL, host,
                           g_uri_get_port (url), g_uri_get_path (url), g_uri_get_query (url),
                           g_uri_get_fragment (url));

  return tl_url_has_name (canonical) ? g_steal_pointer (&canonical) : NULL;
}

/**
 * tl_url_parse_https:
 * @text: (nullable): what may be a URL; text from outside
 *
 * Pure. How long it may be is the caller's to say.
 *
 * Returns: (transfer full) (nullable): the URL with its host canonical, or %NULL for what is none,
 *   holds what no URL may, is not as tl_url_is_https() wants it, or has no host of a full name
 */
GUri *
tl_url_parse_https (const char *text)
{
  g_autoptr(GUri) url = NULL;

  if (text != NULL && tl_text_is_clean (text) && strpbrk (text, NOT_IN_URLS) == NULL)
    url = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return url != NULL && tl_url_is_https (url) ? name_canonically (url) : NULL;
}

/**
 * tl_url_dup_host:
 * @text: (nullable): what may be a URL; text from outside
 *
 * Returns: (transfer full) (nullable): the host as it is on the wire, in A-labels (RFC 5890), which
 *   no look-alike survives; %NULL where tl_url_parse_https() gives none
 */
char *
tl_url_dup_host (const char *text)
{
  g_autoptr(GUri) url = tl_url_parse_https (text);

  return url != NULL ? g_strdup (g_uri_get_host (url)) : NULL;
}

/**
 * tl_url_has_usual_port:
 * @url: an https URL
 *
 * Returns: whether it is on the port that goes with https
 */
gboolean
tl_url_has_usual_port (GUri *url)
{
  return g_uri_get_port (url) == -1 || g_uri_get_port (url) == TL_URL_HTTPS_PORT;
}
