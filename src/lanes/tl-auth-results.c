/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-auth-results.h"

#include <string.h>

#include "tl-auth-trust.h"
#include "tl-header-cursor.h"
#include "tl-loop-header.h"
#include "tl-loop-report.h"
#include "tl-site.h"
#include "tl-text.h"

#define MAX_HOST_LEN 253

/* One resinfo, as it is read. */
typedef struct
{
  char *method;
  char *result;
  char *domain;    /* header.d */
  char *identity;  /* header.i */
  char *selector;  /* header.s */
} Result;

static void
result_clear (Result *self)
{
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->result, g_free);
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->identity, g_free);
  g_clear_pointer (&self->selector, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/* To the next ";" that is neither in a comment nor in quotes. */
static gboolean
skip_to_semicolon (TlHeaderCursor *cursor)
{
  while (tl_header_cursor_skip_cfws (cursor) && cursor->at < cursor->end)
    {
      if (*cursor->at == ';')
        return TRUE;
      if (*cursor->at == '"')
        {
          g_autofree char *quoted = tl_header_cursor_read_quoted (cursor);

          if (quoted == NULL)
            return FALSE;
        }
      else
        {
          cursor->at++;
        }
    }

  return FALSE;
}

/* methodspec, RFC 8601 §2.2:
 *
 *   methodspec     = [CFWS] method [CFWS] "=" [CFWS] result
 *   method         = Keyword [ [CFWS] "/" [CFWS] method-version ] */
static gboolean
read_method (TlHeaderCursor *cursor,
             Result         *result)
{
  if (!tl_header_cursor_skip_cfws (cursor) ||
      (result->method = tl_header_cursor_read_bare (cursor, "=/")) == NULL)
    return FALSE;

  if (tl_header_cursor_take (cursor, '/'))
    {
      g_autofree char *version = NULL;

      if (!tl_header_cursor_skip_cfws (cursor) ||
          (version = tl_header_cursor_read_bare (cursor, "=")) == NULL)
        return FALSE;
    }

  return tl_header_cursor_take (cursor, '=') && tl_header_cursor_skip_cfws (cursor) &&
         (result->result = tl_header_cursor_read_bare (cursor, "=")) != NULL;
}

/* reasonspec and propspec, RFC 8601 §2.2:
 *
 *   reasonspec = "reason" [CFWS] "=" [CFWS] value
 *   propspec   = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
 *
 * What is not known is passed over, §2.7. */
static gboolean
read_property (TlHeaderCursor *cursor,
               Result         *result)
{
  const struct
  {
    const char  *name;
    char       **place;
  } known[] = {
    { "d", &result->domain },
    { "i", &result->identity },
    { "s", &result->selector },
  };
  g_autofree char *type = NULL;
  g_autofree char *property = NULL;
  g_autofree char *value = NULL;

  if (!tl_header_cursor_skip_cfws (cursor) ||
      (type = tl_header_cursor_read_bare (cursor, ".=")) == NULL)
    return FALSE;
  if (tl_header_cursor_take (cursor, '.') &&
      (!tl_header_cursor_skip_cfws (cursor) ||
       (property = tl_header_cursor_read_bare (cursor, "=")) == NULL))
    return FALSE;
  if (!tl_header_cursor_take (cursor, '=') || !tl_header_cursor_skip_cfws (cursor) ||
      (value = tl_header_cursor_read_value (cursor, "")) == NULL)
    return FALSE;

  for (gsize i = 0; property != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (type, "header") == 0 &&
        g_ascii_strcasecmp (property, known[i].name) == 0 && *known[i].place == NULL)
      *known[i].place = g_steal_pointer (&value);

  return TRUE;
}

/* What is said of one method: its word in our spelling, or NULL. The word
 * `hardfail` is from RFC 5451 §2.4.2, and some still write it. */
static const char *
known_result (const Result *result)
{
  static const char * const words[] = {
    "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror",
  };

  if (g_ascii_strcasecmp (result->result, "hardfail") == 0)
    return "fail";
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (result->result, words[i]) == 0)
      return words[i];

  return NULL;
}

static char *
clean_host (const char *host)
{
  return host == NULL || *host == '\0' ? NULL : tl_text_clean_capped (host, -1, MAX_HOST_LEN);
}

static void
note (const char *word,
      const char *said,
      gsize       said_len,
      char      **out_word,
      char      **out_said)
{
  g_autoptr(GString) flat = g_string_new (NULL);

  /* Folding is no part of what was said. */
  for (gsize i = 0; i < said_len; i++)
    {
      gboolean is_space = strchr (" \t\r\n", said[i]) != NULL && said[i] != '\0';

      if (!is_space && said[i] != '\0')
        g_string_append_c (flat, said[i]);
      else if (is_space && flat->len > 0 && flat->str[flat->len - 1] != ' ')
        g_string_append_c (flat, ' ');
    }

  g_strchomp (flat->str);

  g_free (*out_word);
  *out_word = g_strdup (word);
  g_free (*out_said);
  *out_said = tl_text_clean (flat->str, -1);
}

/* Of several signatures the one that counts passed and is the sender's own
 * (aligned, RFC 7489 §3.1.1); else the one that is named first. */
static void
note_dkim (TlAuthResults *self,
           const Result  *result,
           const char    *word,
           const char    *said,
           gsize          said_len,
           const char    *from_domain,
           gboolean      *is_settled)
{
  const char *at = result->identity == NULL ? NULL : strrchr (result->identity, '@');
  const char *domain = result->domain != NULL ? result->domain : at == NULL ? NULL : at + 1;
  gboolean is_own = domain != NULL && strlen (domain) <= MAX_HOST_LEN &&
                    g_str_equal (word, "pass") && tl_site_same (domain, from_domain);

  if (*is_settled || (self->dkim != NULL && !is_own))
    return;

  *is_settled = is_own;
  note (word, said, said_len, &self->dkim, &self->dkim_words);
  g_free (self->dkim_domain);
  /* Exchange Online writes `none` where nobody signed. */
  self->dkim_domain = g_strcmp0 (domain, "none") == 0 ? NULL : clean_host (domain);
  g_free (self->dkim_selector);
  self->dkim_selector = clean_host (result->selector);
}

/* authserv-id, RFC 8601 §2.2:
 *
 *   authres-payload = [CFWS] authserv-id [ CFWS authres-version ]
 *                     ( no-result / 1*resinfo ) [CFWS] CRLF
 *
 * Leaves @cursor at the first ";". */
static char *
read_judge (TlHeaderCursor *cursor)
{
  g_autofree char *id = NULL;

  if (!tl_header_cursor_skip_cfws (cursor) ||
      (id = tl_header_cursor_read_value (cursor, "=")) == NULL ||
      !tl_header_cursor_skip_cfws (cursor))
    return NULL;
  if (cursor->at < cursor->end && *cursor->at != ';')
    {
      g_autofree char *version = tl_header_cursor_read_bare (cursor, "");

      if (version == NULL || strspn (version, G_CSET_DIGITS) != strlen (version) ||
          !tl_header_cursor_skip_cfws (cursor))
        return NULL;
    }
  if (cursor->at < cursor->end && *cursor->at != ';')
    return NULL;

  return strlen (id) <= MAX_HOST_LEN ? g_steal_pointer (&id) : NULL;
}

/* One resinfo, without its ";". The first field that says something about a
 * method decides, the ones below it are older. One that is not well formed ends
 * at the next ";". */
static void
read_result (TlAuthResults  *self,
             TlHeaderCursor *cursor,
             const char     *from_domain,
             gboolean       *is_dkim_settled)
{
  g_auto(Result) result = { NULL };
  const char *said = cursor->at;
  const char *stop = said;
  const char *word;

  if (!read_method (cursor, &result))
    return;
  do
    stop = cursor->at;
  while (read_property (cursor, &result));
  if (tl_header_cursor_skip_cfws (cursor))
    stop = cursor->at;

  word = known_result (&result);
  if (word == NULL)
    return;
  while (said < stop && strchr (" \t\r\n", *said) != NULL)
    said++;

  if (g_ascii_strcasecmp (result.method, "spf") == 0 && self->spf == NULL)
    note (word, said, (gsize) (stop - said), &self->spf, &self->spf_words);
  else if (g_ascii_strcasecmp (result.method, "dmarc") == 0 && self->dmarc == NULL)
    note (word, said, (gsize) (stop - said), &self->dmarc, &self->dmarc_words);
  else if (g_ascii_strcasecmp (result.method, "dkim") == 0)
    note_dkim (self, &result, word, said, (gsize) (stop - said), from_domain, is_dkim_settled);
}

/* resinfo, RFC 8601 §2.2:
 *
 *   resinfo = [CFWS] ";" methodspec [ CFWS reasonspec ] [ 1*(CFWS propspec) ] */
static void
read_results (TlAuthResults  *self,
              TlHeaderCursor *cursor,
              const char     *from_domain,
              gboolean       *is_dkim_settled)
{
  while (skip_to_semicolon (cursor))
    {
      cursor->at++;
      read_result (self, cursor, from_domain, is_dkim_settled);
    }
}

/* Whether a field begins with a result, and hence names nobody. */
static gboolean
is_nameless (TlHeaderCursor cursor)
{
  g_auto(Result) result = { NULL };

  return read_method (&cursor, &result) && known_result (&result) != NULL;
}

/* One Authentication-Results that stands where the receiving side's do. */
static void
read_field (TlAuthResults     *self,
            const TlLoopField *field,
            const TlAuthTrust *trust,
            gboolean           is_first,
            const char        *from_domain,
            gboolean          *is_dkim_settled)
{
  const TlHeaderCursor start = { field->value, field->value + field->value_len };
  TlHeaderCursor cursor = start;
  g_autofree char *judge = read_judge (&cursor);
  g_autofree char *site = NULL;

  if (judge != NULL)
    {
      site = tl_site_dup_registrable (judge);
      if (!tl_auth_trust_has (trust, site))
        return;
    }
  else
    {
      /* Whoever hands a message over may write one on top of it. */
      if (!is_first || trust->is_handed_over || !trust->may_be_nameless ||
          trust->last_host == NULL || !is_nameless (start))
        return;
      judge = g_strdup (trust->last_host);
      cursor = start;
      read_result (self, &cursor, from_domain, is_dkim_settled);
    }

  if (self->judge == NULL)
    self->judge = clean_host (judge);
  read_results (self, &cursor, from_domain, is_dkim_settled);
}

/**
 * tl_auth_results_read:
 * @header: the header of a message that was received, and whatever is behind it
 * @len: how many bytes
 * @incoming_host: the server it was read from
 * @from_domain: the domain of its author
 *
 * Reads Authentication-Results (RFC 8601 §2.2). Anybody may write such a field
 * into a message, hence one counts only when its authserv-id has the owner of
 * @incoming_host or of the host that took the message last, and when it stands
 * above everything that was there before it came in (§5). One without an
 * authserv-id counts when it is the first of all, stands above the Received of
 * the hand-over, and @incoming_host is Exchange Online's: the host that took the
 * message last is its judge. Fields are folded, commented and quoted as the
 * grammar allows; unknown methods and properties are passed over. ARC and
 * Received-SPF are not looked at. Pure, bounded, any bytes and any thread.
 *
 * Returns: (transfer full): what was found, with nothing in it when nobody who counts said anything
 */
TlAuthResults *
tl_auth_results_read (const char *header,
                      gsize       len,
                      const char *incoming_host,
                      const char *from_domain)
{
  TlAuthResults *self = g_new0 (TlAuthResults, 1);
  g_auto(TlAuthTrust) trust = { NULL };
  gboolean is_first = TRUE;
  gboolean is_dkim_settled = FALSE;
  TlLoopHeader walk;
  TlLoopField field;

  tl_auth_trust_init (&trust, header, len, incoming_host);
  tl_loop_header_init (&walk, header, len);
  while (tl_loop_header_next (&walk, &field))
    {
      if (tl_loop_field_is (&field, "Received") && tl_auth_trust_ends_at (&trust, &field))
        break;
      if (!tl_loop_field_is (&field, "Authentication-Results"))
        continue;

      read_field (self, &field, &trust, is_first, from_domain, &is_dkim_settled);
      is_first = FALSE;
    }

  return self;
}

void
tl_auth_results_free (TlAuthResults *self)
{
  g_free (self->judge);
  g_free (self->spf);
  g_free (self->spf_words);
  g_free (self->dkim);
  g_free (self->dkim_words);
  g_free (self->dkim_domain);
  g_free (self->dkim_selector);
  g_free (self->dmarc);
  g_free (self->dmarc_words);
  g_free (self);
}
