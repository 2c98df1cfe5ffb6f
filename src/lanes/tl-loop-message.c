/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-message.h"

#include <gmime/gmime.h>
#include <string.h>
#include <sys/random.h>

#include "tl-loop-header.h"

#define TOKEN_BYTES 16

/* Not translated: who finds one in a mailbox can look it up. */
#define SUBJECT "Twolane test message"
#define TEXT \
  "Twolane sent this message from this mailbox to itself, to see that mail goes\r\n" \
  "out and comes back.\r\n" \
  "It is removed by itself as a rule; if you find it, you may delete it.\r\n"

static void
init_gmime (void)
{
  static gsize is_ready = 0;

  if (g_once_init_enter (&is_ready))
    {
      g_mime_init ();
      g_once_init_leave (&is_ready, 1);
    }
}

static char *
make_token (void)
{
  guint8 bytes[TOKEN_BYTES];
  GString *token = g_string_sized_new (2 * TOKEN_BYTES);

  /* Never comes back short for so few bytes. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("there is no randomness on this system");
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (token, "%02x", bytes[i]);

  return g_string_free (token, FALSE);
}

/* The message says nothing about this computer: no host name, no time zone, no
 * name of a person. */
static GBytes *
compose (const TlLoopMessage *self,
         TlAddress           *address,
         gint64               now_s)
{
  const char *addr_spec = tl_address_get_addr_spec (address);
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (now_s);
  GMimeFormatOptions *options;
  GMimeMessage *message;
  GMimeTextPart *text;
  char *bytes;

  init_gmime ();
  message = g_mime_message_new (TRUE);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, NULL, addr_spec);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, NULL, addr_spec);
  g_mime_message_set_subject (message, SUBJECT, NULL);
  g_mime_message_set_date (message, now);
  g_mime_object_set_header (GMIME_OBJECT (message), "Message-ID", self->message_id, NULL);
  /* RFC 3834 §5: nobody's holiday notice answers it. */
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  g_mime_object_set_header (GMIME_OBJECT (message), TL_LOOP_MESSAGE_FIELD, self->token, NULL);

  text = g_mime_text_part_new_with_subtype ("plain");
  g_mime_text_part_set_text (text, TEXT);
  g_mime_object_set_content_type_parameter (GMIME_OBJECT (text), "charset", "utf-8");
  g_mime_message_set_mime_part (message, GMIME_OBJECT (text));

  options = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  bytes = g_mime_object_to_string (GMIME_OBJECT (message), options);

  g_mime_format_options_free (options);
  g_object_unref (text);
  g_object_unref (message);

  return g_bytes_new_take (bytes, strlen (bytes));
}

/**
 * tl_loop_message_new:
 * @address: sender and recipient
 * @now_s: when, seconds since the epoch
 *
 * Makes a message with a token of its own. It is 7-bit but for a local part in
 * UTF-8 (RFC 6532); the domain is in A-labels everywhere. Any thread.
 *
 * Returns: (transfer full): the message
 */
TlLoopMessage *
tl_loop_message_new (TlAddress *address,
                     gint64     now_s)
{
  TlLoopMessage *self = g_new0 (TlLoopMessage, 1);

  self->token = make_token ();
  self->message_id = g_strdup_printf ("<%s@%s>", self->token, tl_address_get_domain (address));
  self->bytes = compose (self, address, now_s);

  return self;
}

void
tl_loop_message_free (TlLoopMessage *self)
{
  g_free (self->token);
  g_free (self->message_id);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * tl_loop_message_owns:
 * @self: a message
 * @header: the header of one that was found in a mailbox
 *
 * Tells by the token and by nothing else: some servers give each message that
 * passes another Message-ID.
 *
 * Returns: whether it is the same message
 */
gboolean
tl_loop_message_owns (const TlLoopMessage *self,
                      GBytes              *header)
{
  gsize len;
  const char *bytes = g_bytes_get_data (header, &len);
  TlLoopHeader walk;
  TlLoopField field;

  tl_loop_header_init (&walk, bytes, len);
  while (tl_loop_header_next (&walk, &field))
    {
      g_autofree char *value = NULL;

      if (!tl_loop_field_is (&field, TL_LOOP_MESSAGE_FIELD))
        continue;

      value = g_strndup (field.value, MIN (field.value_len, 4 * TOKEN_BYTES));
      if (g_str_equal (g_strstrip (value), self->token))
        return TRUE;
    }

  return FALSE;
}
