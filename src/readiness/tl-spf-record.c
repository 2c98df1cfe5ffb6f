/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-record.h"

#include <string.h>

#include <gio/gio.h>

#include "tl-error.h"
#include "tl-spf-macro.h"
#include "tl-text.h"

#define VERSION "v=spf1"

typedef enum
{
  NEVER,
  MAYBE,
  ALWAYS,
} Need;

/* Indexed by TlSpfMechanism (RFC 7208 §5). */
static const struct
{
  const char *name;
  Need        target;
  gboolean    has_prefixes;
  gboolean    asks;
} mechanisms[] = {
  [TL_SPF_ALL]     = { "all",     NEVER,  FALSE, FALSE },
  [TL_SPF_INCLUDE] = { "include", ALWAYS, FALSE, TRUE  },
  [TL_SPF_A]       = { "a",       MAYBE,  TRUE,  TRUE  },
  [TL_SPF_MX]      = { "mx",      MAYBE,  TRUE,  TRUE  },
  [TL_SPF_PTR]     = { "ptr",     MAYBE,  FALSE, TRUE  },
  [TL_SPF_IP4]     = { "ip4",     ALWAYS, FALSE, FALSE },
  [TL_SPF_IP6]     = { "ip6",     ALWAYS, FALSE, FALSE },
  [TL_SPF_EXISTS]  = { "exists",  ALWAYS, FALSE, TRUE  },
};

static void
term_free (gpointer data)
{
  TlSpfTerm *self = data;

  g_free (self->target);
  g_free (self->text);
  g_free (self);
}

void
tl_spf_record_free (TlSpfRecord *self)
{
  g_ptr_array_unref (self->terms);
  g_free (self->redirect);
  g_free (self->exp);
  g_free (self);
}

static gboolean
is_ours (GBytes *data)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (data, &size);
  gsize len = strlen (VERSION);

  return size >= len && g_ascii_strncasecmp (bytes, VERSION, len) == 0 &&
         (size == len || bytes[len] == ' ');
}

/**
 * tl_spf_record_select:
 * @set: the TXT records of a domain
 * @out_n: (out): how many of them are SPF records; more than one is an error
 *
 * Takes out what begins with `v=spf1` and a space or its end (RFC 7208 §4.5): other records are
 * none of our business, whatever is in them.
 *
 * Returns: (transfer none) (nullable): the first, or %NULL
 */
GBytes *
tl_spf_record_select (const TlRecordSet *set,
                      guint             *out_n)
{
  GBytes *found = NULL;
  guint n = 0;

  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      GBytes *data = tl_record_set_get (set, i)->data;

      if (data == NULL || !is_ours (data))
        continue;
      if (n == 0)
        found = data;
      n++;
    }

  *out_n = n;
  return found;
}

G_GNUC_PRINTF (3, 4)
static gboolean
reject (const char *term,
        GError    **error,
        const char *format,
        ...)
{
  g_autofree char *shown = tl_text_clean (term, -1);
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL, "“%s”: %s", shown, reason);

  return FALSE;
}

/* ip4-cidr-length = "/" ("0" / %x31-39 0*1DIGIT), value range 0-32
 * ip6-cidr-length = "/" ("0" / %x31-39 0*2DIGIT), value range 0-128 */
static gboolean
read_length (const char *digits,
             guint       max,
             guint      *out_length)
{
  gsize len = strspn (digits, G_CSET_DIGITS);
  guint length;

  if (len == 0 || len > 3 || digits[len] != '\0' || (digits[0] == '0' && len > 1))
    return FALSE;

  length = (guint) g_ascii_strtoull (digits, NULL, 10);
  if (length > max)
    return FALSE;

  *out_length = length;
  return TRUE;
}

/* Where the digits at the end of a text begin, if any, when a slash is before them; else NULL. */
static char *
find_length (char *text)
{
  char *p = text + strlen (text);

  while (p > text && g_ascii_isdigit (p[-1]))
    p--;

  return p > text && p[-1] == '/' ? p : NULL;
}

/* dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
 *
 * Cuts it off the end of @rest: a domain-spec may hold slashes, and cannot end in such a thing. */
static gboolean
take_lengths (TlSpfTerm *self,
              char      *rest)
{
  char *length = find_length (rest);

  if (length != NULL && length - 1 > rest && length[-2] == '/')
    {
      if (!read_length (length, 128, &self->prefix6))
        return FALSE;
      length[-2] = '\0';
      length = find_length (rest);
    }
  if (length != NULL)
    {
      if (!read_length (length, 32, &self->prefix4))
        return FALSE;
      length[-1] = '\0';
    }

  return TRUE;
}

/* ip4-network = qnum "." qnum "." qnum "." qnum
 * qnum        = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / "2" %x30-34 DIGIT / "25" %x30-35 */
static gboolean
read_ip4 (const char *text,
          guint8     *out_address)
{
  g_auto(GStrv) parts = g_strsplit (text, ".", 5);

  if (g_strv_length (parts) != 4)
    return FALSE;

  for (gsize i = 0; i < 4; i++)
    {
      guint octet = 0;

      if (!read_length (parts[i], 255, &octet))
        return FALSE;
      out_address[i] = (guint8) octet;
    }

  return TRUE;
}

/* As in RFC 4291 §2.2, and no zone behind it. */
static gboolean
read_ip6 (const char *text,
          guint8     *out_address)
{
  g_autoptr(GInetAddress) address = NULL;

  if (text[strspn (text, G_CSET_DIGITS "abcdefABCDEF:.")] != '\0')
    return FALSE;

  address = g_inet_address_new_from_string (text);
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return FALSE;

  memcpy (out_address, g_inet_address_to_bytes (address), 16);
  return TRUE;
}

/* ip4 = "ip4" ":" ip4-network [ ip4-cidr-length ]
 * ip6 = "ip6" ":" ip6-network [ ip6-cidr-length ] */
static gboolean
read_network (TlSpfTerm   *self,
              const char  *text,
              GError     **error)
{
  gboolean is_ip4 = self->mechanism == TL_SPF_IP4;
  g_auto(GStrv) halves = g_strsplit (text, "/", 2);
  const char *network = halves[0] == NULL ? "" : halves[0];

  if (is_ip4 ? !read_ip4 (network, self->address) : !read_ip6 (network, self->address))
    return reject (self->text, error, "that is no %s address", is_ip4 ? "IPv4" : "IPv6");
  if (halves[0] != NULL && halves[1] != NULL &&
      (is_ip4 ? !read_length (halves[1], 32, &self->prefix4)
              : !read_length (halves[1], 128, &self->prefix6)))
    return reject (self->text, error, "that is no length of a prefix");

  return TRUE;
}

/* What is behind the name of a mechanism: `:` and what it is about, lengths of prefixes. */
static gboolean
read_arguments (TlSpfTerm   *self,
                const char  *arguments,
                GError     **error)
{
  g_autofree char *rest = g_strdup (arguments);

  if (mechanisms[self->mechanism].has_prefixes && !take_lengths (self, rest))
    return reject (self->text, error, "that is no length of a prefix");

  if (*rest == '\0')
    return mechanisms[self->mechanism].target != ALWAYS ||
           reject (self->text, error, "what it is about is missing");
  if (*rest != ':' || mechanisms[self->mechanism].target == NEVER)
    return reject (self->text, error, "there is something behind it that does not belong there");
  if (self->mechanism == TL_SPF_IP4 || self->mechanism == TL_SPF_IP6)
    return read_network (self, rest + 1, error);
  if (!tl_spf_macro_is_domain_spec (rest + 1))
    return reject (self->text, error, "that is no domain");

  self->target = g_strdup (rest + 1);
  return TRUE;
}

/* directive = [ qualifier ] mechanism */
static gboolean
read_directive (TlSpfRecord  *self,
                const char   *text,
                gsize         name_len,
                GError      **error)
{
  gboolean is_qualified = strchr ("+-~?", text[0]) != NULL;
  const char *name = text + is_qualified;

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      TlSpfTerm *term;

      if (strlen (mechanisms[i].name) != name_len ||
          g_ascii_strncasecmp (name, mechanisms[i].name, name_len) != 0)
        continue;

      term = g_new0 (TlSpfTerm, 1);
      term->mechanism = (TlSpfMechanism) i;
      term->qualifier = is_qualified ? text[0] : '+';
      term->asks = mechanisms[i].asks;
      term->prefix4 = 32;
      term->prefix6 = 128;
      term->text = g_strdup (text);
      g_ptr_array_add (self->terms, term);
      return read_arguments (term, name + name_len, error);
    }

  return reject (text, error, "there is no such mechanism");
}

/* redirect         = "redirect" "=" domain-spec
 * explanation      = "exp" "=" domain-spec
 * unknown-modifier = name "=" macro-string
 *
 * The first two at most once (RFC 7208 §6), what is unknown as often as it likes. */
static gboolean
read_modifier (TlSpfRecord  *self,
               const char   *text,
               gsize         name_len,
               GError      **error)
{
  const char *value = text + name_len + 1;
  char **place = NULL;

  if (name_len == strlen ("redirect") && g_ascii_strncasecmp (text, "redirect", name_len) == 0)
    place = &self->redirect;
  else if (name_len == strlen ("exp") && g_ascii_strncasecmp (text, "exp", name_len) == 0)
    place = &self->exp;

  if (place == NULL)
    return tl_spf_macro_is_string (value) || reject (text, error, "its macros are wrong");
  if (*place != NULL)
    return reject (text, error, "it is there twice");
  if (!tl_spf_macro_is_domain_spec (value))
    return reject (text, error, "that is no domain");

  *place = g_strdup (value);
  return TRUE;
}

/* name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ), and what is behind it says what it names. */
static gboolean
read_term (TlSpfRecord  *self,
           const char   *text,
           GError      **error)
{
  gboolean is_qualified = strchr ("+-~?", text[0]) != NULL;
  const char *name = text + is_qualified;
  gsize name_len = strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.");

  if (!g_ascii_isalpha (name[0]))
    return reject (text, error, "it does not begin with a name");
  if (!is_qualified && name[name_len] == '=')
    return read_modifier (self, text, name_len, error);

  return read_directive (self, text, name_len, error);
}

/**
 * tl_spf_record_parse:
 * @bytes: an SPF record, as it is
 * @len: its length in bytes
 * @error: return location for a #GError
 *
 * Reads a record (RFC 7208 §4.6.1, §12):
 *
 *   record  = version terms *SP
 *   version = "v=spf1"
 *   terms   = *( 1*SP ( directive / modifier ) )
 *
 * An error anywhere in it makes all of it useless (§4.6). A record of `TL_RECORD_MAX_TEXT` bytes
 * or more is one: what is behind may have been cut off.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with %TL_ERROR_PROTOCOL
 */
TlSpfRecord *
tl_spf_record_parse (const char  *bytes,
                     gsize        len,
                     GError     **error)
{
  g_autoptr(TlSpfRecord) self = g_new0 (TlSpfRecord, 1);
  g_autofree char *text = NULL;
  g_auto(GStrv) terms = NULL;

  g_return_val_if_fail (len >= strlen (VERSION), NULL);

  self->terms = g_ptr_array_new_with_free_func (term_free);
  if (len >= TL_RECORD_MAX_TEXT)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL,
                   "the record is too long: it has %d bytes or more", TL_RECORD_MAX_TEXT);
      return NULL;
    }

  for (gsize i = 0; i < len; i++)
    {
      if (bytes[i] < ' ' || bytes[i] > '~')
        {
          g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL,
                       "there is a character in it that may not be there: \\x%02x",
                       (guint) (guchar) bytes[i]);
          return NULL;
        }
    }

  text = g_strndup (bytes + strlen (VERSION), len - strlen (VERSION));
  terms = g_strsplit (text, " ", -1);
  for (gsize i = 0; terms[i] != NULL; i++)
    {
      if (*terms[i] != '\0' && !read_term (self, terms[i], error))
        return NULL;
    }

  return g_steal_pointer (&self);
}
