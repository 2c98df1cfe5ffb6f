/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-auth-trust.h"

#include <string.h>

#include "tl-header-cursor.h"
#include "tl-host-pattern.h"
#include "tl-site.h"

#define MAX_HOST_LEN 253

/* Exchange Online puts no authserv-id into its field. Where a mailbox is read
 * from there, such a field counts as the receiving side's own. Its machines
 * take a message from each other under names of several owners. */
static const char * const nameless_hosts[] = {
  "outlook.office365.com", "outlook.office.com", "*.outlook.com", NULL
};
static const char * const nameless_sites[] = {
  "office365.com", "outlook.com", "exchangelabs.com", NULL
};

void
tl_auth_trust_clear (TlAuthTrust *self)
{
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_clear_pointer (&self->last_host, g_free);
}

/* Received, RFC 5321 §4.4:
 *
 *   From-domain = "FROM" FWS Extended-Domain
 *   By-domain   = CFWS "BY" FWS Extended-Domain
 *
 * The host behind @clause, or NULL. */
static char *
read_received_host (const TlLoopField *field,
                    const char        *clause)
{
  TlHeaderCursor cursor = { field->value, field->value + field->value_len };
  gboolean is_next = FALSE;

  while (tl_header_cursor_skip_cfws (&cursor) && cursor.at < cursor.end)
    {
      g_autofree char *word = tl_header_cursor_read_value (&cursor, "");

      if (word == NULL)
        return NULL;
      if (is_next)
        return strlen (word) <= MAX_HOST_LEN ? g_steal_pointer (&word) : NULL;
      is_next = g_ascii_strcasecmp (word, clause) == 0;
    }

  return NULL;
}

/* Who owns that host, NULL when its name is nobody's: an address, `localhost`. */
static char *
read_received_site (const TlLoopField *field,
                    const char        *clause)
{
  g_autofree char *host = read_received_host (field, clause);

  return host == NULL ? NULL : tl_site_dup_registrable (host);
}

/**
 * tl_auth_trust_has:
 * @trust: whose word counts
 * @site: (nullable): the owner of a host, a registrable domain
 *
 * Returns: whether @site is one of them
 */
gboolean
tl_auth_trust_has (const TlAuthTrust *trust,
                   const char        *site)
{
  return site != NULL && g_strv_contains ((const char * const *) trust->sites->pdata, site);
}

/* Of those that took the message the top-most one with a name is the last. */
static void
trust_last (TlAuthTrust *trust,
            const char  *header,
            gsize        len)
{
  TlLoopHeader walk;
  TlLoopField field;

  tl_loop_header_init (&walk, header, len);
  while (tl_loop_header_next (&walk, &field))
    {
      char *site = tl_loop_field_is (&field, "Received") ? read_received_site (&field, "by") : NULL;

      if (site != NULL)
        {
          g_ptr_array_add (trust->sites, site);
          trust->last_host = read_received_host (&field, "by");
          return;
        }
    }
}

/**
 * tl_auth_trust_init:
 * @trust: (out caller-allocates): whose word counts
 * @header: the header of a message that was received
 * @len: how many bytes
 * @incoming_host: the server it was read from
 *
 * Those who own @incoming_host, and those who took the message last.
 */
void
tl_auth_trust_init (TlAuthTrust *trust,
                    const char  *header,
                    gsize        len,
                    const char  *incoming_host)
{
  char *site = tl_site_dup_registrable (incoming_host);

  trust->sites = g_ptr_array_new_with_free_func (g_free);
  if (site != NULL)
    g_ptr_array_add (trust->sites, site);
  trust_last (trust, header, len);

  trust->may_be_nameless = tl_host_patterns_match (nameless_hosts, incoming_host) > 0;
  for (gsize i = 0; trust->may_be_nameless && nameless_sites[i] != NULL; i++)
    g_ptr_array_add (trust->sites, g_strdup (nameless_sites[i]));
  g_ptr_array_add (trust->sites, NULL);
}

/**
 * tl_auth_trust_ends_at:
 * @trust: whose word counts, at this place of the header
 * @field: the next Received, from the top
 *
 * Follows the message back to where it came in: a Received by which it did makes
 * the next one the end.
 *
 * Returns: whether what the receiving side added is above @field, all of it
 */
gboolean
tl_auth_trust_ends_at (TlAuthTrust       *trust,
                       const TlLoopField *field)
{
  g_autofree char *by = NULL;
  g_autofree char *from = NULL;

  if (trust->is_handed_over)
    return TRUE;

  by = read_received_site (field, "by");
  if (by == NULL)
    return FALSE;
  from = read_received_site (field, "from");
  trust->is_handed_over = from != NULL && !tl_auth_trust_has (trust, from);

  return !tl_auth_trust_has (trust, by);
}
