/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-unbound.h"

#include <unistd.h>

#include "tl-dns-message.h"
#include "tl-handles.h"
#include "tl-record-parse.h"
#include "tl-record-set.h"
#include "tl-records-private.h"

/* Where systems keep the keys of the root zone. */
static const char * const anchor_files[] = {
  "/usr/share/dns/root.key",
  "/etc/unbound/root.key",
  "/var/lib/unbound/root.key",
};

/* And what they hold, for a system that has none of them: the root's key signing
 * keys of 2017 and 2024 (RFC 9718; IANA's root-anchors.xml). */
static const char * const built_in_anchors[] = {
  ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
  ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
};

/* libunbound answers for these by itself. A resolver at home, in a company or
 * in a laboratory knows better; whoever knows nothing says NXDOMAIN just the same. */
static const char * const special_zones[] = {
  "test.",
  "home.arpa.",
};

static gboolean
add_anchors (struct ub_ctx *resolver,
             const char    *anchor_file)
{
  gboolean added = TRUE;

  if (anchor_file == NULL)
    return TRUE;
  if (!g_str_equal (anchor_file, TL_RECORDS_BUILT_IN))
    return ub_ctx_add_ta_file (resolver, anchor_file) == 0;

  for (gsize i = 0; added && i < G_N_ELEMENTS (built_in_anchors); i++)
    added = ub_ctx_add_ta (resolver, built_in_anchors[i]) == 0;

  return added;
}

/**
 * tl_unbound_new_context:
 * @forwarder: (nullable): address of the resolver to ask, `192.0.2.1` or
 *   `192.0.2.1@5353`; %NULL for the system's
 * @anchor_file: (nullable): file of DS or DNSKEY records to validate from,
 *   `TL_RECORDS_BUILT_IN`, or %NULL not to validate
 *
 * Makes one of libunbound's contexts, which asks on a thread of its own. It never
 * asks the root servers: without a usable resolv.conf it asks this computer
 * (resolv.conf(5)).
 *
 * Returns: (transfer full) (nullable): the context, or %NULL when it cannot be
 *   made
 */
struct ub_ctx *
tl_unbound_new_context (const char *forwarder,
                        const char *anchor_file)
{
  struct ub_ctx *resolver = tl_handles_have_room (TL_HANDLES_FOR_UNBOUND) ? ub_ctx_create ()
                                                                          : NULL;
  gboolean usable;

  if (resolver == NULL)
    return NULL;

  ub_ctx_debugout (resolver, NULL);
  usable = ub_ctx_async (resolver, TRUE) == 0 &&
           ub_ctx_set_option (resolver, "do-not-query-localhost:", "no") == 0 &&
           ub_ctx_set_option (resolver, "unblock-lan-zones:", "yes") == 0 &&
           ub_ctx_set_option (resolver, "trust-anchor-signaling:", "no") == 0 &&
           (forwarder != NULL ? ub_ctx_set_fwd (resolver, forwarder) == 0
                              : ub_ctx_resolvconf (resolver, NULL) == 0 ||
                                ub_ctx_set_fwd (resolver, "127.0.0.1") == 0) &&
           add_anchors (resolver, anchor_file);

  /* Last: the first zone added ends the configuration. */
  for (gsize i = 0; usable && i < G_N_ELEMENTS (special_zones); i++)
    usable = ub_ctx_zone_add (resolver, special_zones[i], "transparent") == 0;

  if (!usable)
    g_clear_pointer (&resolver, ub_ctx_delete);

  return resolver;
}

/**
 * tl_unbound_get_anchor_file:
 *
 * Returns: (transfer none): where the root's keys are: a file of the system's,
 *   else `TL_RECORDS_BUILT_IN`
 */
const char *
tl_unbound_get_anchor_file (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (anchor_files); i++)
    {
      if (access (anchor_files[i], R_OK) == 0)
        return anchor_files[i];
    }

  return TL_RECORDS_BUILT_IN;
}

/* libunbound follows more aliases than we do. */
static gboolean
has_loop (const struct ub_result *result)
{
  g_autoptr(TlDnsReply) reply = NULL;

  if (result->answer_packet != NULL && result->answer_len > 0)
    reply = tl_dns_reply_parse (result->answer_packet, (gsize) result->answer_len);

  return reply != NULL && reply->is_loop;
}

/**
 * tl_unbound_read:
 * @result: what libunbound found
 * @type: the record type that was asked for
 *
 * Returns: (transfer full): the same as a value
 */
TlRecordSet *
tl_unbound_read (const struct ub_result *result,
                 TlRecordType            type)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  TlDnssec dnssec = result->secure ? TL_DNSSEC_SECURE : TL_DNSSEC_INSECURE;

  /* A bogus answer comes with its data all the same, so that is asked first. */
  if (result->bogus)
    return tl_record_set_new (TL_RECORDS_BOGUS, TL_DNSSEC_BOGUS, NULL);
  if (has_loop (result))
    return tl_record_set_new (TL_RECORDS_LOOP, TL_DNSSEC_UNKNOWN, NULL);
  if (result->rcode == TL_DNS_NXDOMAIN)
    return tl_record_set_new (TL_RECORDS_NXDOMAIN, dnssec, NULL);
  if (result->rcode == TL_DNS_REFUSED)
    return tl_record_set_new (TL_RECORDS_REFUSED, TL_DNSSEC_UNKNOWN, NULL);
  if (result->rcode != TL_DNS_NOERROR)
    return tl_record_set_new (TL_RECORDS_SERVFAIL, TL_DNSSEC_UNKNOWN, NULL);

  for (gsize i = 0; result->havedata && result->data[i] != NULL; i++)
    {
      TlRecord *record = tl_record_parse (type, (const guint8 *) result->data[i],
                                          (gsize) result->len[i]);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return tl_record_set_new (TL_RECORDS_ANSWERED, dnssec, g_steal_pointer (&records));
}
