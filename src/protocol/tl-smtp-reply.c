/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-reply.h"

#include <string.h>

#include "tl-text.h"

struct _TlSmtpReply
{
  guint      code;          /* 0 before the first line */
  char      *enhanced_code; /* or NULL */
  GPtrArray *lines;         /* text behind code and separator */
  gsize      n_bytes;
};

TlSmtpReply *
tl_smtp_reply_new (void)
{
  TlSmtpReply *self = g_new0 (TlSmtpReply, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
tl_smtp_reply_free (TlSmtpReply *self)
{
  g_clear_pointer (&self->enhanced_code, g_free);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

/* status-code, RFC 3463 §2: class "." subject "." detail, where class is the
 * first digit of the reply code (RFC 2034 §4). Gives its length, or 0. */
static gsize
measure_enhanced_code (const char *text,
                       guint       code)
{
  gsize subject;
  gsize detail;

  if (text[0] != (char) ('0' + code / 100) || text[1] != '.')
    return 0;
  subject = strspn (text + 2, G_CSET_DIGITS);
  if (subject < 1 || subject > 3 || text[2 + subject] != '.')
    return 0;
  detail = strspn (text + 3 + subject, G_CSET_DIGITS);
  if (detail < 1 || detail > 3)
    return 0;

  return text[3 + subject + detail] == ' ' || text[3 + subject + detail] == '\0'
         ? 3 + subject + detail : 0;
}

static gboolean
fail (TlFault    **out_fault,
      TlCause      cause,
      const char  *line,
      const char  *why)
{
  g_autofree char *seen = tl_text_clean_capped (line, -1, 80);

  *out_fault = tl_fault_new_detail (cause, "%s: %s", why, seen);

  return FALSE;
}

/**
 * tl_smtp_reply_feed:
 * @self: a reply that is not complete
 * @line: its next line, without its end
 * @out_more: (out): whether another line follows
 * @out_fault: (out): %TL_CAUSE_PROTOCOL or %TL_CAUSE_TOO_LONG
 *
 * Reply-line, RFC 5321 §4.2:
 *
 *     *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
 *     Reply-code = %x32-35 %x30-35 %x30-39
 *
 * Every line of one reply has to carry the same code (§4.2.1).
 *
 * Returns: whether @line is in the grammar
 */
gboolean
tl_smtp_reply_feed (TlSmtpReply  *self,
                    const char   *line,
                    gboolean     *out_more,
                    TlFault     **out_fault)
{
  const char *text;
  guint code;

  if (!(line[0] >= '2' && line[0] <= '5' &&
        line[1] >= '0' && line[1] <= '5' &&
        g_ascii_isdigit (line[2]) &&
        (line[3] == '\0' || line[3] == ' ' || line[3] == '-')))
    return fail (out_fault, TL_CAUSE_PROTOCOL, line, "this is no SMTP reply");

  code = 100u * (guint) (line[0] - '0') + 10u * (guint) (line[1] - '0') + (guint) (line[2] - '0');
  if (self->lines->len > 0 && self->code != code)
    return fail (out_fault, TL_CAUSE_PROTOCOL, line, "the code changes within one reply");

  self->n_bytes += strlen (line);
  if (self->lines->len == TL_SMTP_REPLY_MAX_LINES || self->n_bytes > TL_SMTP_REPLY_MAX_BYTES)
    return fail (out_fault, TL_CAUSE_TOO_LONG, line, "the reply does not end");

  text = line[3] == '\0' ? "" : line + 4;
  self->code = code;
  /* RFC 2034 §4 wants it in each line; the first that has one counts. */
  if (self->enhanced_code == NULL)
    {
      gsize len = measure_enhanced_code (text, code);

      self->enhanced_code = len == 0 ? NULL : g_strndup (text, len);
    }
  g_ptr_array_add (self->lines, g_strdup (text));
  *out_more = line[3] == '-';

  return TRUE;
}

guint
tl_smtp_reply_get_code (const TlSmtpReply *self)
{
  return self->code;
}

gboolean
tl_smtp_reply_is_positive (const TlSmtpReply *self)
{
  return self->code >= 200 && self->code < 300;
}

/**
 * tl_smtp_reply_get_enhanced_code:
 * @self: a complete reply
 *
 * Returns: (transfer none) (nullable): the enhanced status code (RFC 3463): `5.7.8`
 */
const char *
tl_smtp_reply_get_enhanced_code (const TlSmtpReply *self)
{
  return self->enhanced_code;
}

guint
tl_smtp_reply_get_n_lines (const TlSmtpReply *self)
{
  return self->lines->len;
}

const char *
tl_smtp_reply_get_line (const TlSmtpReply *self,
                        guint              index)
{
  return self->lines->pdata[index];
}

/**
 * tl_smtp_reply_dup_text:
 * @self: a complete reply
 *
 * Joins the lines of a reply to the sentence that its author meant: parted by
 * spaces, with the enhanced code once at most.
 *
 * Returns: (transfer full): the text, raw
 */
char *
tl_smtp_reply_dup_text (const TlSmtpReply *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = self->lines->pdata[i];

      if (i > 0)
        line += measure_enhanced_code (line, self->code);
      line += strspn (line, " ");
      if (*line != '\0' && text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * tl_smtp_reply_to_fault:
 * @self: a complete reply
 * @cause: what it means
 *
 * Returns: (transfer full): a fault with the reply's codes and words
 */
TlFault *
tl_smtp_reply_to_fault (const TlSmtpReply *self,
                        TlCause            cause)
{
  g_autofree char *raw = tl_smtp_reply_dup_text (self);
  g_autofree char *text = tl_text_clean (raw, -1);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_REPLY_CODE, "u", (guint32) self->code);
  g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", text);
  if (self->enhanced_code != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_ENHANCED_CODE, "s", self->enhanced_code);

  return tl_fault_new (cause, g_variant_dict_end (&dict));
}
