/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-canary.h"

#include <string.h>

/* What stands around a secret where it is planted, and next to it in a blob. */
#define AROUND_BEFORE "x\001before it: "
#define AROUND_AFTER  " and behind"
#define USER          "you@practice.invalid"

/* One way of writing bytes down. @lose_before and @lose_after are how many
 * characters at the ends depend on what is around. */
typedef struct
{
  const char *name;
  GString  *(*encode) (const GString *bytes);
  const char *before;       /* what is encoded along with the secret */
  const char *after;
  gsize       lose_before;
  gsize       lose_after;
} Way;

typedef struct
{
  const Way *way;
  GString   *bytes;         /* owned */
} Needle;

struct _TlTestCanary
{
  GArray *needles;          /* of Needle */
};

static GString *
as_it_is (const GString *bytes)
{
  return g_string_new_len (bytes->str, (gssize) bytes->len);
}

static GString *
in_base64 (const GString *bytes)
{
  g_autofree char *text = g_base64_encode ((const guchar *) bytes->str, bytes->len);

  return g_string_new (text);
}

/* RFC 4648 §5 */
static GString *
in_base64_url (const GString *bytes)
{
  GString *text = in_base64 (bytes);

  for (gsize i = 0; i < text->len; i++)
    text->str[i] = text->str[i] == '+' ? '-' : text->str[i] == '/' ? '_' : text->str[i];

  return text;
}

static GString *
print_each (const GString *bytes,
            const char    *format)
{
  GString *text = g_string_new (NULL);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  for (gsize i = 0; i < bytes->len; i++)
    g_string_append_printf (text, format, (guint) (guchar) bytes->str[i]);
#pragma GCC diagnostic pop

  return text;
}

static GString *
in_hex (const GString *bytes)
{
  return print_each (bytes, "%02x");
}

static GString *
in_upper_hex (const GString *bytes)
{
  return print_each (bytes, "%02X");
}

static GString *
in_percents (const GString *bytes)
{
  return print_each (bytes, "%%%02x");
}

static GString *
in_upper_percents (const GString *bytes)
{
  return print_each (bytes, "%%%02X");
}

/* RFC 3986 §2.1: what has to be. */
static GString *
in_url (const GString *bytes)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < bytes->len; i++)
    {
      char c = bytes->str[i];

      if (g_ascii_isalnum (c) || strchr ("-._~", c) != NULL)
        g_string_append_c (text, c);
      else
        g_string_append_printf (text, "%%%02X", (guint) (guchar) c);
    }

  return text;
}

static GString *
widen (const GString *bytes,
       gboolean       is_big)
{
  GString *wide = g_string_new (NULL);

  for (gsize i = 0; i < bytes->len; i++)
    {
      g_string_append_c (wide, is_big ? '\0' : bytes->str[i]);
      g_string_append_c (wide, is_big ? bytes->str[i] : '\0');
    }

  return wide;
}

static GString *
in_utf_16_le (const GString *bytes)
{
  return widen (bytes, FALSE);
}

static GString *
in_utf_16_be (const GString *bytes)
{
  return widen (bytes, TRUE);
}

static GString *
in_base64_of_utf_16 (const GString *bytes)
{
  g_autoptr(GString) wide = widen (bytes, FALSE);

  return in_base64 (wide);
}

static GString *
backwards (const GString *bytes)
{
  GString *turned = g_string_sized_new (bytes->len);

  for (gsize i = bytes->len; i > 0; i--)
    g_string_append_c (turned, bytes->str[i - 1]);

  return turned;
}

static GString *
in_base64_backwards (const GString *bytes)
{
  g_autoptr(GString) text = in_base64 (bytes);

  return backwards (text);
}

/* The start of a C string or of a line of JSON: quoted. */
static GString *
quoted (const GString *bytes)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < bytes->len; i++)
    {
      if (bytes->str[i] == '"' || bytes->str[i] == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, bytes->str[i]);
    }

  return text;
}

/* Four characters stand for three bytes: a byte or two in front shift all that
 * comes behind, and the first and last group hold what is around. */
static const Way ways[] = {
  { "raw",                 as_it_is },
  { "quoted",              quoted },
  { "base64-0",            in_base64, "", "", 0, 4 },
  { "base64-1",            in_base64, "x", "", 4, 4 },
  { "base64-2",            in_base64, "xx", "", 4, 4 },
  { "base64url-0",         in_base64_url, "", "", 0, 4 },
  { "base64url-1",         in_base64_url, "x", "", 4, 4 },
  { "base64url-2",         in_base64_url, "xx", "", 4, 4 },
  { "base64-plain",        in_base64, "\001" USER "\001" },
  { "base64-plain-as",     in_base64, USER "\001" USER "\001" },
  { "base64-backwards-0",  in_base64_backwards, "", "", 4, 0 },
  { "base64-backwards-1",  in_base64_backwards, "x", "", 4, 4 },
  { "base64-backwards-2",  in_base64_backwards, "xx", "", 4, 4 },
  { "base64-utf-16-0",     in_base64_of_utf_16, "", "", 0, 4 },
  { "base64-utf-16-1",     in_base64_of_utf_16, "x", "", 4, 4 },
  { "base64-utf-16-2",     in_base64_of_utf_16, "xx", "", 8, 4 },
  { "hex",                 in_hex },
  { "hex-upper",           in_upper_hex },
  { "percent",             in_percents },
  { "percent-upper",       in_upper_percents },
  { "url",                 in_url },
  { "utf-16-le",           in_utf_16_le },
  { "utf-16-be",           in_utf_16_be },
  { "backwards",           backwards },
};

/* A secret between @before and @after. \001 stands for NUL. */
static GString *
surround (const char *before,
          const char *secret,
          const char *after)
{
  GString *bytes = g_string_new (before);

  g_string_append (bytes, secret);
  g_string_append (bytes, after == NULL ? "" : after);
  for (gsize i = 0; i < bytes->len; i++)
    bytes->str[i] = bytes->str[i] == '\001' ? '\0' : bytes->str[i];

  return bytes;
}

static void
needle_clear (gpointer data)
{
  Needle *needle = data;

  g_string_free (needle->bytes, TRUE);
}

/**
 * tl_test_canary_new:
 * @secret: what nobody may find; at least 9 bytes, lest it is found by chance
 *
 * Returns: (transfer full): a search for it
 */
TlTestCanary *
tl_test_canary_new (const char *secret)
{
  TlTestCanary *self = g_new0 (TlTestCanary, 1);

  g_assert_cmpuint (strlen (secret), >=, 9);

  self->needles = g_array_new (FALSE, FALSE, sizeof (Needle));
  g_array_set_clear_func (self->needles, needle_clear);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(GString) plain = surround (ways[i].before == NULL ? "" : ways[i].before, secret,
                                           ways[i].after);
      Needle needle = { &ways[i], ways[i].encode (plain) };

      g_assert_cmpuint (needle.bytes->len, >, ways[i].lose_before + ways[i].lose_after + 7);
      g_string_truncate (needle.bytes, needle.bytes->len - ways[i].lose_after);
      g_string_erase (needle.bytes, 0, (gssize) ways[i].lose_before);
      g_array_append_val (self->needles, needle);
    }

  return self;
}

void
tl_test_canary_free (TlTestCanary *self)
{
  g_clear_pointer (&self->needles, g_array_unref);
  g_free (self);
}

/**
 * tl_test_canary_find:
 * @self: a search
 * @bytes: where to look
 * @len: how many they are
 *
 * Returns: (nullable): how the secret is written there, %NULL when it is not there
 */
const char *
tl_test_canary_find (const TlTestCanary *self,
                     const void         *bytes,
                     gsize               len)
{
  for (guint i = 0; len > 0 && i < self->needles->len; i++)
    {
      const Needle *needle = &g_array_index (self->needles, Needle, i);

      if (memmem (bytes, len, needle->bytes->str, needle->bytes->len) != NULL)
        return needle->way->name;
    }

  return NULL;
}

gsize
tl_test_canary_get_n_ways (void)
{
  return G_N_ELEMENTS (ways);
}

const char *
tl_test_canary_get_way (gsize index)
{
  return ways[index].name;
}

/**
 * tl_test_canary_plant:
 * @index: a way of writing
 * @secret: what is written
 *
 * Returns: (transfer full): @secret written that way, with other bytes before and behind
 */
GBytes *
tl_test_canary_plant (gsize       index,
                      const char *secret)
{
  const Way *way = &ways[index];
  gboolean is_blob = way->lose_before == 0 && way->lose_after == 0;
  /* What is in front keeps the alignment: a multiple of three. */
  g_autofree char *before = g_strconcat (is_blob ? "" : "abcdef",
                                         way->before == NULL ? "" : way->before, NULL);
  g_autoptr(GString) plain = surround (before, secret, is_blob ? "" : AROUND_AFTER);
  g_autoptr(GString) encoded = way->encode (plain);

  g_string_prepend (encoded, AROUND_BEFORE);
  g_string_append (encoded, AROUND_AFTER);

  return g_bytes_new (encoded->str, encoded->len);
}
