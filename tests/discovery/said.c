/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "said.h"

#include "tl-candidate.h"

static TlTrust
find_trust (const char *source)
{
  if (g_str_has_prefix (source, "provider-") || g_str_equal (source, TL_SOURCE_GATEWAY))
    return TL_TRUST_CURATED;
  if (g_str_equal (source, TL_SOURCE_SRV))
    return TL_TRUST_UNSIGNED_DNS;
  if (g_str_has_suffix (source, "directory"))
    return TL_TRUST_DIRECTORY;
  if (g_str_equal (source, TL_SOURCE_GUESS))
    return TL_TRUST_GUESSED;

  return TL_TRUST_OWN_DOMAIN;
}

/* The text is also the claim's one hop. */
TlClaim *
said_parse_claim (const char *text,
                  const char *source,
                  TlAddress  *address)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  TlLaneKind lane = g_str_equal (words[0], "in") ? TL_LANE_INCOMING : TL_LANE_OUTGOING;
  gboolean is_usual = g_strv_length (words) == 2;
  guint16 port = lane == TL_LANE_INCOMING ? 993 : 465;
  TlSecurity security = TL_SECURITY_TLS;
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autoptr(GError) error = NULL;

  if (!is_usual)
    {
      port = (guint16) g_ascii_strtoull (words[2], NULL, 10);
      security = g_str_equal (words[3], "tls") ? TL_SECURITY_TLS : TL_SECURITY_STARTTLS;
    }

  endpoint = tl_endpoint_new (words[1], port, security, &error);
  g_assert_no_error (error);
  settings = tl_lane_settings_new (tl_protocol_for_lane (lane), endpoint, TL_AUTH_PASSWORD,
                                   tl_address_get_addr_spec (address), &error);
  g_assert_no_error (error);

  return tl_claim_new (lane, settings, find_trust (source), (const char * const []) { text, NULL });
}

TlSourceReply *
said_make_reply (const Said *said,
                 TlAddress  *address)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  for (guint i = 0; i < SAID_MAX_CLAIMS && said->says[i] != NULL; i++)
    g_ptr_array_add (claims, said_parse_claim (said->says[i], said->source, address));

  return tl_source_reply_new (said->source, said->status, &(TlSourceFacts) {
    .claims = claims,
    .sites = said->sites[0] != NULL ? said->sites : NULL,
    .remarks = said->remarks,
    .provider = said->provider,
    .gateway = said->gateway,
    .detail = said->detail,
  });
}

GPtrArray *
said_make_all (const Said *said,
               guint       most,
               TlAddress  *address)
{
  GPtrArray *replies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);

  for (guint i = 0; i < most && said[i].source != NULL; i++)
    g_ptr_array_add (replies, said_make_reply (&said[i], address));

  return replies;
}

void
said_shuffle (GPtrArray *array,
              GRand     *rand)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      gpointer kept = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[j];
      array->pdata[j] = kept;
    }
}

/* "in host:port source score", with "?" where a person confirms, by commas. */
char *
said_describe (GPtrArray *candidates)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      TlCandidate *candidate = candidates->pdata[i];
      TlEndpoint *endpoint = tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));
      g_autofree char *place = tl_endpoint_to_string (endpoint);

      g_string_append_printf (out, "%s%s %s %s %u%s", i > 0 ? ", " : "",
                              tl_candidate_get_lane (candidate) == TL_LANE_INCOMING ? "in" : "out",
                              place, tl_candidate_get_source (candidate),
                              tl_candidate_get_score (candidate),
                              tl_candidate_get_confirm (candidate) ? "?" : "");
    }

  return g_string_free (out, FALSE);
}
