/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-greeting.h"

#include <string.h>

#include "tl-text.h"

/* How services begin when one only listens. */
static const struct
{
  const char     *beginning;
  TlGreetingKind  kind;
} beginnings[] = {
  { "* OK",       TL_GREETING_IMAP },
  { "* PREAUTH",  TL_GREETING_IMAP },
  { "* BYE",      TL_GREETING_IMAP },
  { "220 ",       TL_GREETING_SMTP },
  { "220-",       TL_GREETING_SMTP },
  { "421 ",       TL_GREETING_SMTP },
  { "421-",       TL_GREETING_SMTP },
  { "554 ",       TL_GREETING_SMTP },
  { "554-",       TL_GREETING_SMTP },
  { "+OK",        TL_GREETING_POP3 },
  { "-ERR",       TL_GREETING_POP3 },
  { "HTTP/",      TL_GREETING_HTTP },
  { "<!DOCTYPE",  TL_GREETING_HTTP },
  { "<html",      TL_GREETING_HTTP },
  { "SSH-",       TL_GREETING_SSH },
  /* TLS records, RFC 8446 §5.1: an alert or a handshake, as raw bytes and as
   * tl_text_clean() spells them. */
  { "\x15\x03",   TL_GREETING_TLS },
  { "\x16\x03",   TL_GREETING_TLS },
  { "\\x15\\x03", TL_GREETING_TLS },
  { "\\x16\\x03", TL_GREETING_TLS },
};

/**
 * tl_greeting_recognize:
 * @line: what the peer sent first, raw or cleaned
 *
 * Returns: what kind of service speaks like that
 */
TlGreetingKind
tl_greeting_recognize (const char *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_ascii_strncasecmp (line, beginnings[i].beginning, strlen (beginnings[i].beginning)) == 0)
      return beginnings[i].kind;

  return TL_GREETING_UNKNOWN;
}

/**
 * tl_greeting_to_fault:
 * @line: what came in place of a greeting of the right kind, raw
 * @wanted: the kind that was expected
 *
 * Says why @line is no greeting: another service, TLS from the first byte on,
 * or nothing that is known.
 *
 * Returns: (transfer full): the fault, with what was seen
 */
TlFault *
tl_greeting_to_fault (const char     *line,
                      TlGreetingKind  wanted)
{
  TlGreetingKind kind = tl_greeting_recognize (line);
  g_autofree char *clean = tl_text_clean (line, -1);
  TlCause cause = TL_CAUSE_PROTOCOL;
  GVariantDict dict;

  if (kind == TL_GREETING_TLS)
    cause = TL_CAUSE_TLS_EXPECTED;
  else if (kind != TL_GREETING_UNKNOWN && kind != wanted)
    cause = TL_CAUSE_WRONG_SERVICE;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_FIRST_BYTES, "s", clean);

  return tl_fault_new (cause, g_variant_dict_end (&dict));
}

/**
 * tl_greeting_restate:
 * @fault: why no greeting could be read
 * @pending: (nullable): bytes that came and make no line, raw or cleaned
 *
 * A TLS record is no line, hence a server that speaks TLS from the first byte
 * shows as a malformed or a cut one.
 *
 * Returns: (transfer full): @fault, or %TL_CAUSE_TLS_EXPECTED with its evidence
 */
TlFault *
tl_greeting_restate (const TlFault *fault,
                     const char    *pending)
{
  const char *first = tl_evidence_get_string (tl_fault_get_evidence (fault),
                                              TL_EVIDENCE_FIRST_BYTES);
  TlCause cause = tl_fault_get_cause (fault);

  if ((first != NULL && tl_greeting_recognize (first) == TL_GREETING_TLS) ||
      (pending != NULL && tl_greeting_recognize (pending) == TL_GREETING_TLS))
    cause = TL_CAUSE_TLS_EXPECTED;

  return tl_fault_new (cause, tl_fault_get_evidence (fault));
}
