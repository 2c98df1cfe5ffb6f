/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-secret.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "tl-error.h"
#include "tl-locked.h"

/* Shorter secrets are not looked for in other text: replacing every "ab" would
 * say more than it hides. */
#define REDACT_MIN_LEN 4

struct _TlSecret
{
  char  *bytes;     /* owned: from tl_locked_alloc(), always one NUL beyond len */
  gsize  max_len;
  gsize  len;
};

G_DEFINE_BOXED_TYPE (TlSecret, tl_secret, tl_secret_ref, tl_secret_unref)

static TlSecret *
new_locked (gsize max_len)
{
  TlSecret *self = g_atomic_rc_box_new0 (TlSecret);

  self->max_len = max_len;
  self->bytes = tl_locked_alloc (max_len + 1);

  return self;
}

/**
 * tl_secret_new_sized:
 * @max_len: the most bytes it will hold, up to `TL_SECRET_MAX_DERIVED_BYTES`
 *
 * Makes an empty secret to be filled with tl_secret_append() before anyone
 * else holds it.
 *
 * Returns: (transfer full): the secret
 */
TlSecret *
tl_secret_new_sized (gsize max_len)
{
  g_return_val_if_fail (max_len <= TL_SECRET_MAX_DERIVED_BYTES, NULL);

  return new_locked (max_len);
}

/**
 * tl_secret_new:
 * @bytes: the secret; the caller wipes its own copy
 * @len: its length, up to `TL_SECRET_MAX_DERIVED_BYTES`
 *
 * Returns: (transfer full): the secret
 */
TlSecret *
tl_secret_new (const void *bytes,
               gsize       len)
{
  TlSecret *self = tl_secret_new_sized (len);

  tl_secret_append (self, bytes, len);

  return self;
}

/**
 * tl_secret_append:
 * @self: a secret that nobody else holds yet
 * @bytes: what to append
 * @len: its length; must fit
 */
void
tl_secret_append (TlSecret   *self,
                  const void *bytes,
                  gsize       len)
{
  g_return_if_fail (len <= self->max_len - self->len);

  if (len > 0)
    memcpy (self->bytes + self->len, bytes, len);
  self->len += len;
}

/**
 * tl_secret_new_base64:
 * @plain: a secret
 *
 * Returns: (transfer full): @plain in base64 (RFC 4648 §4), as secret as @plain
 */
TlSecret *
tl_secret_new_base64 (const TlSecret *plain)
{
  /* What g_base64_encode_step() asks for, and its closing bytes. */
  gsize max_len = (plain->len / 3 + 1) * 4 + 4;
  TlSecret *self = new_locked (max_len);
  int state = 0;
  int save = 0;

  self->len = g_base64_encode_step ((const guchar *) plain->bytes, plain->len, FALSE,
                                    self->bytes, &state, &save);
  self->len += g_base64_encode_close (FALSE, self->bytes + self->len, &state, &save);

  return self;
}

/**
 * tl_secret_strip_spaces:
 * @secret: an app password as the provider shows it, in groups
 *
 * Returns: (transfer full): the same without spaces, no-break spaces among them
 */
TlSecret *
tl_secret_strip_spaces (const TlSecret *secret)
{
  TlSecret *self = tl_secret_new_sized (secret->len);

  for (gsize i = 0; i < secret->len; i++)
    {
      /* A page of HTML has no-break spaces between its groups: U+00A0. */
      if (i + 1 < secret->len && memcmp (secret->bytes + i, "\xc2\xa0", 2) == 0)
        i++;
      else if (secret->bytes[i] != ' ')
        tl_secret_append (self, secret->bytes + i, 1);
    }

  return self;
}

/**
 * tl_secret_read_sync:
 * @fd: a file descriptor; stays open
 * @error: return location for a #GError
 *
 * Reads @fd to its end. One final newline (LF or CRLF) is dropped and nothing
 * else: a password may begin or end with a space.
 *
 * Returns: (transfer full): the secret, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @fd cannot be read, is empty, or holds more than `TL_SECRET_MAX_BYTES`
 */
TlSecret *
tl_secret_read_sync (int      fd,
                     GError **error)
{
  /* Room for the newline that is dropped, and for one byte that is too much. */
  g_autoptr(TlSecret) self = new_locked (TL_SECRET_MAX_BYTES + strlen ("\r\n") + 1);

  while (self->len < self->max_len)
    {
      ssize_t n = read (fd, self->bytes + self->len, self->max_len - self->len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "reading the password from file descriptor %d: %s", fd, g_strerror (errno));
          return NULL;
        }
      if (n == 0)
        break;
      self->len += (gsize) n;
    }

  if (self->len > 0 && self->bytes[self->len - 1] == '\n')
    {
      self->len--;
      if (self->len > 0 && self->bytes[self->len - 1] == '\r')
        self->len--;
    }
  if (self->len > TL_SECRET_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the password from file descriptor %d is longer than %d bytes",
                   fd, TL_SECRET_MAX_BYTES);
      return NULL;
    }
  explicit_bzero (self->bytes + self->len, self->max_len + 1 - self->len);

  if (self->len == 0)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the password from file descriptor %d is empty", fd);
      return NULL;
    }

  return g_steal_pointer (&self);
}

TlSecret *
tl_secret_ref (TlSecret *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_secret_clear (gpointer data)
{
  TlSecret *self = data;

  tl_locked_free (self->bytes, self->max_len + 1);
}

void
tl_secret_unref (TlSecret *self)
{
  g_atomic_rc_box_release_full (self, tl_secret_clear);
}

/**
 * tl_secret_peek:
 * @self: a secret
 * @out_len: (out) (optional): its length
 *
 * Lends the bytes. Copy them only into another secret.
 *
 * Returns: (transfer none): the bytes, followed by a NUL
 */
const char *
tl_secret_peek (const TlSecret *self,
                gsize          *out_len)
{
  if (out_len != NULL)
    *out_len = self->len;

  return self->bytes;
}

gsize
tl_secret_get_len (const TlSecret *self)
{
  return self->len;
}

/**
 * tl_secret_equal:
 * @a: a secret
 * @b: a secret
 *
 * Returns: whether they hold the same bytes; the time taken depends on the lengths alone
 */
gboolean
tl_secret_equal (const TlSecret *a,
                 const TlSecret *b)
{
  guchar difference = 0;

  if (a->len != b->len)
    return FALSE;
  for (gsize i = 0; i < a->len; i++)
    difference |= (guchar) (a->bytes[i] ^ b->bytes[i]);

  return difference == 0;
}

/* What base64 always has of @plain when it stands @offset bytes into some text:
 * the digits of six bits that hold nothing of its neighbours. */
static TlSecret *
new_base64_middle (const TlSecret *plain,
                   gsize           offset)
{
  g_autoptr(TlSecret) shifted = new_locked (offset + plain->len);
  g_autoptr(TlSecret) base64 = NULL;
  gsize end = 8 * (offset + plain->len) / 6;
  gsize first = MIN ((8 * offset + 5) / 6, end);
  TlSecret *self = new_locked (end - first);

  tl_secret_append (shifted, "\0\0", offset);
  tl_secret_append (shifted, plain->bytes, plain->len);
  base64 = tl_secret_new_base64 (shifted);

  tl_secret_append (self, base64->bytes + first, end - first);

  return self;
}

static TlSecret *
new_hex (const TlSecret *plain,
         const char     *digits)
{
  TlSecret *self = new_locked (2 * plain->len);

  for (gsize i = 0; i < plain->len; i++)
    {
      tl_secret_append (self, &digits[(guchar) plain->bytes[i] >> 4], 1);
      tl_secret_append (self, &digits[plain->bytes[i] & 0xf], 1);
    }

  return self;
}

/* What modified UTF-7 (RFC 3501 §5.1.3) always has of @plain, as new_base64_middle();
 * for passwords in ASCII: others have other units. */
static TlSecret *
new_utf7_middle (const TlSecret *plain,
                 gsize           offset)
{
  g_autoptr(TlSecret) wide = new_locked (2 * plain->len);
  TlSecret *self;

  for (gsize i = 0; i < plain->len; i++)
    {
      tl_secret_append (wide, "", 1);
      tl_secret_append (wide, plain->bytes + i, 1);
    }
  self = new_base64_middle (wide, offset);
  for (gsize i = 0; i < self->len; i++)
    if (self->bytes[i] == '/')
      self->bytes[i] = ',';

  return self;
}

/* With a backslash before each of @special: inside of an IMAP quoted string (RFC
 * 9051 §9), and as tl_text_clean() leaves it. */
static TlSecret *
new_escaped (const TlSecret *plain,
             const char     *special)
{
  TlSecret *self = new_locked (2 * plain->len);

  for (gsize i = 0; i < plain->len; i++)
    {
      if (plain->bytes[i] != '\0' && strchr (special, plain->bytes[i]) != NULL)
        tl_secret_append (self, "\\", 1);
      tl_secret_append (self, plain->bytes + i, 1);
    }

  return self;
}

/* RFC 4616 §2 in base64, from its @n_skipped-th byte on. */
static TlSecret *
new_plain_message (const TlSecret *password,
                   const char     *username,
                   gsize           n_skipped)
{
  gsize name_len = strlen (username);
  g_autoptr(TlSecret) message = new_locked (name_len + password->len + 2);

  tl_secret_append (message, "", 1 - n_skipped);
  tl_secret_append (message, username, name_len);
  tl_secret_append (message, "", 1);
  tl_secret_append (message, password->bytes, password->len);

  return tl_secret_new_base64 (message);
}

/**
 * tl_secret_list_guises:
 * @self: a password
 * @username: whose it is
 *
 * The ways in which a server may write a password down that it was sent: the
 * message of SASL PLAIN in base64, with and without its leading NUL,
 * hexadecimal in both cases, base64 of the password, what any modified UTF-7 and
 * any base64 around it have of it, an IMAP quoted string, with its backslashes
 * doubled, and as it is. To be taken out in this order, longer ones first.
 *
 * Returns: (transfer full) (element-type TlSecret): all of them
 */
GPtrArray *
tl_secret_list_guises (const TlSecret *self,
                       const char     *username)
{
  GPtrArray *guises = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secret_unref);

  g_ptr_array_add (guises, new_plain_message (self, username, 0));
  g_ptr_array_add (guises, new_plain_message (self, username, 1));
  g_ptr_array_add (guises, new_hex (self, "0123456789abcdef"));
  g_ptr_array_add (guises, new_hex (self, "0123456789ABCDEF"));
  g_ptr_array_add (guises, tl_secret_new_base64 (self));
  for (gsize offset = 0; offset < 3; offset++)
    {
      g_ptr_array_add (guises, new_utf7_middle (self, offset));
      g_ptr_array_add (guises, new_base64_middle (self, offset));
    }
  g_ptr_array_add (guises, new_escaped (self, "\"\\"));
  g_ptr_array_add (guises, new_escaped (self, "\\"));
  g_ptr_array_add (guises, tl_secret_new (self->bytes, self->len));

  return guises;
}

/**
 * tl_secret_redact:
 * @self: a secret
 * @text: text from outside
 *
 * Takes the secret out of text that a server echoed.
 *
 * Returns: (transfer full): @text with every occurrence of the secret replaced by bullets
 */
char *
tl_secret_redact (const TlSecret *self,
                  const char     *text)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *from = text;
  const char *hit;
  /* A secret with a NUL inside cannot stand in text. */
  gboolean can_stand = self->len >= REDACT_MIN_LEN && strlen (self->bytes) == self->len;

  while (can_stand && (hit = strstr (from, self->bytes)) != NULL)
    {
      g_string_append_len (out, from, hit - from);
      g_string_append (out, "•••");
      from = hit + self->len;
    }
  g_string_append (out, from);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
