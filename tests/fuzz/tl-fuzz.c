/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fuzz.h"

#include <string.h>

#include "tl-text.h"

/* What must hold of whatever a parser makes of a stranger's bytes. Every check
 * aborts: a fuzzer counts that as a find, and a test as a failure. */

/**
 * tl_fuzz_get_address:
 *
 * Returns: (transfer none): the address all documents are for
 */
TlAddress *
tl_fuzz_get_address (void)
{
  static TlAddress *address = NULL;

  if (address == NULL)
    address = tl_address_parse ("ada@example.org", NULL);

  return address;
}

/**
 * tl_fuzz_check_settings:
 * @settings: what is offered
 * @lane: for which lane
 *
 * A server that is offered has a name, a port and encryption.
 */
void
tl_fuzz_check_settings (TlLaneSettings *settings,
                        TlLaneKind      lane)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);
  const char *host = tl_endpoint_get_host (endpoint);
  g_autofree char *canonical = tl_host_canonicalize (host);

  g_assert_cmpstr (canonical, ==, host);
  g_assert_nonnull (strchr (host, '.'));
  g_assert_false (g_hostname_is_ip_address (host));
  g_assert_cmpuint (tl_endpoint_get_port (endpoint), !=, 0);
  g_assert_cmpint (tl_endpoint_get_security (endpoint), !=, TL_SECURITY_NONE);
  g_assert_cmpint (tl_lane_settings_get_protocol (settings), ==, tl_protocol_for_lane (lane));
  for (const char *p = tl_lane_settings_get_username (settings); *p != '\0';
       p = g_utf8_next_char (p))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (p)));
}

/**
 * tl_fuzz_check_rejections:
 * @rejections: (element-type TlRejection): what is not offered
 * @max_n: how many there may be
 */
void
tl_fuzz_check_rejections (GPtrArray *rejections,
                          guint      max_n)
{
  g_assert_cmpuint (rejections->len, <=, max_n);
  for (guint i = 0; i < rejections->len; i++)
    {
      const char *server = tl_rejection_get_server (rejections->pdata[i]);

      g_assert_true (tl_text_is_clean (server));
      g_assert_cmpstr (server, !=, "");
    }
}

/**
 * tl_fuzz_check_document:
 * @document: what a parser made
 */
void
tl_fuzz_check_document (TlDocument *document)
{
  GPtrArray *hints = tl_document_get_hints (document);

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      g_assert_cmpuint (tl_document_get_n (document, tl_lanes[i]), <=, TL_DOCUMENT_MAX_SERVERS);
      for (guint j = 0; j < tl_document_get_n (document, tl_lanes[i]); j++)
        tl_fuzz_check_settings (tl_document_get (document, tl_lanes[i], j), tl_lanes[i]);
    }

  /* One more a lane: that the list was cut. */
  tl_fuzz_check_rejections (tl_document_get_rejections (document), 16 + TL_N_LANES);

  g_assert_cmpuint (hints->len, <=, TL_DOCUMENT_MAX_HINTS);
  for (guint i = 0; i < hints->len; i++)
    {
      const char *text = tl_hint_get_text (hints->pdata[i]);
      const char *link = tl_hint_get_link (hints->pdata[i]);

      g_assert_true (text == NULL || tl_text_is_clean (text));
      g_assert_true (link == NULL || g_ascii_strncasecmp (link, "https://", 8) == 0);
      g_assert_true (text != NULL || link != NULL);
    }
}
