/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-address.h"

#include <string.h>

#include "tl-endpoint.h"
#include "tl-error.h"

/* RFC 5321 §4.5.3.1.1 and §4.5.3.1.3 */
#define LOCAL_PART_MAX_LEN 64
#define ADDRESS_MAX_LEN    254

/* atext, RFC 5322 §3.2.3 */
#define ATEXT G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "!#$%&'*+-/=?^_`{|}~"

struct _TlAddress
{
  char *local_part;
  char *domain;         /* A-labels, lower case */
  char *display_domain; /* U-labels */
  char *addr_spec;      /* local_part@domain */
};

G_DEFINE_BOXED_TYPE (TlAddress, tl_address, tl_address_ref, tl_address_unref)

/* UTF8-non-ascii, RFC 6531 §3.3, less what nobody can see or type: GLib counts
 * line separators and private use as graphic. */
static gboolean
is_visible (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isgraph (c) && type != G_UNICODE_PRIVATE_USE &&
         type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* Dot-string, RFC 5321 §4.1.2, with the UTF-8 of RFC 6531 §3.3:
 *
 *   Dot-string = Atom *("." Atom)
 *   Atom       = 1*( atext / UTF8-non-ascii )
 *
 * Quoted strings ("john smith"@x) are left out: no mail provider hands them
 * out, and an outreach platform takes none. */
static gboolean
is_dot_string (const char *text)
{
  gboolean after_dot = TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '.')
        {
          if (after_dot)
            return FALSE;
          after_dot = TRUE;
          continue;
        }

      after_dot = FALSE;
      if (c < 0x80 ? strchr (ATEXT, (int) c) == NULL : !is_visible (c))
        return FALSE;
    }

  return !after_dot;
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the address %s", why);

  return FALSE;
}

static gboolean
split (const char  *typed,
       char       **out_local_part,
       char       **out_domain,
       GError     **error)
{
  const char *at = strrchr (typed, '@');
  g_autofree char *local_part = NULL;
  g_autofree char *domain = NULL;

  if (*typed == '\0')
    return refuse (error, "is empty");
  if (strlen (typed) > ADDRESS_MAX_LEN)
    return refuse (error, "is longer than 254 characters");
  if (at == NULL)
    return refuse (error, "has no “@”");
  if (at == typed)
    return refuse (error, "has nothing before the “@”");
  if (at[1] == '\0')
    return refuse (error, "has nothing after the “@”");

  local_part = g_strndup (typed, (gsize) (at - typed));
  if (strlen (local_part) > LOCAL_PART_MAX_LEN)
    return refuse (error, "has more than 64 characters before the “@”");
  if (strchr (local_part, '@') != NULL)
    return refuse (error, "has more than one “@”");
  if (!is_dot_string (local_part))
    return refuse (error, "has a character before the “@” that addresses do not use");

  domain = tl_host_canonicalize (at + 1);
  if (domain == NULL)
    return refuse (error, "has no valid domain after the “@”");
  if (strchr (domain, '.') == NULL || g_hostname_is_ip_address (domain))
    return refuse (error, "needs a full domain after the “@”, such as example.com");

  *out_local_part = g_steal_pointer (&local_part);
  *out_domain = g_steal_pointer (&domain);

  return TRUE;
}

/**
 * tl_address_parse:
 * @typed: what a person typed; white space around it is forgiven
 * @error: return location for a #GError
 *
 * Reads a mailbox address (RFC 5321 §4.1.2, without quoted strings and address
 * literals). No look-up is made.
 *
 * Returns: (transfer full): the address, or %NULL with %TL_ERROR_INVALID_INPUT
 *   and a message that says what to correct
 */
TlAddress *
tl_address_parse (const char  *typed,
                  GError     **error)
{
  g_autofree char *bare = NULL;
  g_autofree char *local_part = NULL;
  g_autofree char *domain = NULL;
  TlAddress *self;

  g_return_val_if_fail (typed != NULL, NULL);

  if (!g_utf8_validate (typed, -1, NULL))
    {
      refuse (error, "is not readable text");
      return NULL;
    }

  bare = g_strstrip (g_strdup (typed));
  if (!split (bare, &local_part, &domain, error))
    return NULL;

  self = g_atomic_rc_box_new0 (TlAddress);
  self->display_domain = g_hostname_to_unicode (domain);
  if (self->display_domain == NULL)
    self->display_domain = g_strdup (domain);
  self->addr_spec = g_strconcat (local_part, "@", domain, NULL);
  self->local_part = g_steal_pointer (&local_part);
  self->domain = g_steal_pointer (&domain);

  return self;
}

TlAddress *
tl_address_ref (TlAddress *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_address_clear (gpointer data)
{
  TlAddress *self = data;

  g_clear_pointer (&self->local_part, g_free);
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->display_domain, g_free);
  g_clear_pointer (&self->addr_spec, g_free);
}

void
tl_address_unref (TlAddress *self)
{
  g_atomic_rc_box_release_full (self, tl_address_clear);
}

const char *
tl_address_get_local_part (const TlAddress *self)
{
  return self->local_part;
}

/**
 * tl_address_get_domain:
 * @self: an address
 *
 * Returns: (transfer none): the domain for the wire: lower-case A-labels
 */
const char *
tl_address_get_domain (const TlAddress *self)
{
  return self->domain;
}

/**
 * tl_address_get_display_domain:
 * @self: an address
 *
 * Returns: (transfer none): the domain for people: U-labels
 */
const char *
tl_address_get_display_domain (const TlAddress *self)
{
  return self->display_domain;
}

/**
 * tl_address_get_addr_spec:
 * @self: an address
 *
 * Returns: (transfer none): `local-part@domain`, the domain in A-labels
 */
const char *
tl_address_get_addr_spec (const TlAddress *self)
{
  return self->addr_spec;
}

gboolean
tl_address_equal (const TlAddress *a,
                  const TlAddress *b)
{
  return g_str_equal (a->addr_spec, b->addr_spec);
}
