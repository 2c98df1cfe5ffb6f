/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf.h"

#include <string.h>

#include "tl-spf-lookup.h"
#include "tl-spf-macro.h"
#include "tl-text.h"

#define IP4_LEN 4
#define IP6_LEN 16

/* What a term comes to. */
typedef enum
{
  NO_MATCH,
  MATCH,
  TEMPORARY,
  PERMANENT,
} Match;

/* One check_host() with all that it includes. What is not known yet is taken for no match: then
 * the terms that follow are looked at as well, and what they will need is wanted along with it.
 * Nothing of that counts, for the outcome is not complete then; and as what is not known can only
 * add to the limits, they are never hit too early. */
typedef struct
{
  const TlSpfSubject *subject;
  TlDnsFacts         *facts;
  TlSpfMacroValues    values;
  guint8              ip[IP6_LEN];
  gsize               ip_len;
  TlRecordType        address_type;
  gboolean            is_complete;
  guint               n_lookups;
  guint               n_voids;
  gboolean            term_is_void;    /* it has been counted as one */
  gboolean            is_explaining;   /* nothing counts any more */
  char               *why;
  char               *matched;
  char               *explanation;
} Check;

G_GNUC_PRINTF (2, 3)
static void
set_why (Check      *self,
         const char *format,
         ...)
{
  va_list args;

  if (self->why != NULL || !self->is_complete)
    return;

  va_start (args, format);
  self->why = g_strdup_vprintf (format, args);
  va_end (args);
}

/* Counts what found nothing: a term once, however many questions of it did (RFC 7208 §4.6.4). */
static TlSpfAnswer
ask (Check         *self,
     const char    *name,
     TlRecordType   type,
     TlRecordSet  **out_set)
{
  TlSpfAnswer answer = tl_spf_lookup (self->facts, name, type, out_set);

  if (answer == TL_SPF_ANSWER_OPEN)
    self->is_complete = FALSE;
  if (answer == TL_SPF_ANSWER_VOID && !self->term_is_void && !self->is_explaining)
    {
      self->term_is_void = TRUE;
      self->n_voids++;
    }

  return answer;
}

static gboolean
has_too_many_voids (Check *self)
{
  if (self->n_voids <= TL_SPF_MAX_VOIDS)
    return FALSE;

  set_why (self, "more than %d look-ups found nothing", TL_SPF_MAX_VOIDS);
  return TRUE;
}

/* A term that asks begins. */
static gboolean
count_lookup (Check *self)
{
  self->term_is_void = FALSE;
  self->n_lookups++;
  if (self->n_lookups <= TL_SPF_MAX_LOOKUPS)
    return TRUE;

  set_why (self, "more than %d terms ask the DNS", TL_SPF_MAX_LOOKUPS);
  return FALSE;
}

static gboolean
is_within (Check        *self,
           const guint8 *network,
           gsize         network_len,
           guint         prefix)
{
  guint n_bytes = prefix / 8;
  guint n_bits = prefix % 8;
  guint8 mask = (guint8) (0xff00 >> n_bits);

  return network_len == self->ip_len && memcmp (network, self->ip, n_bytes) == 0 &&
         (n_bits == 0 || ((network[n_bytes] ^ self->ip[n_bytes]) & mask) == 0);
}

static guint
get_prefix (Check           *self,
            const TlSpfTerm *term)
{
  return self->ip_len == IP4_LEN ? term->prefix4 : term->prefix6;
}

/* Whether the client is at one of the addresses of a host, or near them. */
static Match
match_addresses (Check      *self,
                 const char *host,
                 guint       prefix)
{
  TlRecordSet *set = NULL;

  switch (ask (self, host, self->address_type, &set))
    {
    case TL_SPF_ANSWER_FOUND:
      break;

    case TL_SPF_ANSWER_ERROR:
      return TEMPORARY;

    default:
      return NO_MATCH;
    }

  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      GBytes *data = tl_record_set_get (set, i)->data;
      gsize size = 0;
      const guint8 *address = data == NULL ? NULL : g_bytes_get_data (data, &size);

      if (is_within (self, address, size, prefix))
        return MATCH;
    }

  return NO_MATCH;
}

/* The name that is asked to say whose address it is (RFC 1035 §3.5, RFC 3596 §2.5). */
static char *
dup_reverse_name (Check *self)
{
  g_autoptr(GString) name = g_string_new (NULL);

  for (gsize i = self->ip_len; i-- > 0;)
    {
      if (self->ip_len == IP4_LEN)
        g_string_append_printf (name, "%u.", self->ip[i]);
      else
        g_string_append_printf (name, "%x.%x.", self->ip[i] & 0xfu, self->ip[i] >> 4u);
    }
  g_string_append_printf (name, "%s.arpa", self->values.ip_kind);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* The client's names that lead back to its address (RFC 7208 §5.5): of the first ten, without those
 * that the DNS does not answer for. Without any where there was an error. */
static GPtrArray *
list_validated (Check *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *reverse = dup_reverse_name (self);
  TlRecordSet *set = NULL;

  if (ask (self, reverse, TL_RECORD_PTR, &set) != TL_SPF_ANSWER_FOUND)
    return g_steal_pointer (&names);

  for (guint i = 0; i < MIN (tl_record_set_get_n (set), TL_SPF_MAX_NAMES); i++)
    {
      const char *host = tl_spf_get_host (tl_record_set_get (set, i));

      if (host != NULL && match_addresses (self, host, 8 * (guint) self->ip_len) == MATCH)
        g_ptr_array_add (names, (gpointer) host);
    }

  return g_steal_pointer (&names);
}

static gboolean
is_below (const char *name,
          const char *domain)
{
  gsize name_len = strlen (name);
  gsize domain_len = strlen (domain);

  return name_len > domain_len && name[name_len - domain_len - 1] == '.' &&
         g_ascii_strcasecmp (name + name_len - domain_len, domain) == 0;
}

/* The macro `p` (RFC 7208 §7.3): the domain itself, else one below it, else any. */
static const char *
find_validated (Check *self)
{
  g_autoptr(GPtrArray) names = list_validated (self);
  const char *below = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      if (g_ascii_strcasecmp (names->pdata[i], self->values.domain) == 0)
        return names->pdata[i];
      if (below == NULL && is_below (names->pdata[i], self->values.domain))
        below = names->pdata[i];
    }

  return below != NULL ? below : names->len > 0 ? names->pdata[0] : "unknown";
}

/* Gives NULL while it is not known what to put in. */
static char *
expand_name (Check      *self,
             const char *spec)
{
  gboolean was_complete = self->is_complete;
  TlSpfMacroValues values = self->values;

  if (spec == NULL)
    return g_strdup (self->values.domain);

  if (tl_spf_macro_uses (spec, "p"))
    {
      self->is_complete = TRUE;
      values.validated = find_validated (self);
      if (!self->is_complete)
        return NULL;
      self->is_complete = was_complete;
    }

  return tl_spf_macro_expand_name (spec, &values);
}

static Match
match_all (Check           *self G_GNUC_UNUSED,
           const TlSpfTerm *term G_GNUC_UNUSED,
           const char      *target G_GNUC_UNUSED)
{
  return MATCH;
}

static Match
match_a (Check           *self,
         const TlSpfTerm *term,
         const char      *target)
{
  return match_addresses (self, target, get_prefix (self, term));
}

/* More than ten names are an error (RFC 7208 §4.6.4) even if one of the first would have matched:
 * which are the first is up to whoever answers. */
static Match
match_mx (Check           *self,
          const TlSpfTerm *term,
          const char      *target)
{
  TlRecordSet *set = NULL;
  TlSpfAnswer answer = ask (self, target, TL_RECORD_MX, &set);

  if (answer != TL_SPF_ANSWER_FOUND)
    return answer == TL_SPF_ANSWER_ERROR ? TEMPORARY : NO_MATCH;

  if (tl_record_set_get_n (set) > TL_SPF_MAX_NAMES)
    {
      set_why (self, "%s has more than %d mail servers", target, TL_SPF_MAX_NAMES);
      return PERMANENT;
    }

  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const char *host = tl_spf_get_host (tl_record_set_get (set, i));
      Match match = host == NULL ? NO_MATCH
                                 : match_addresses (self, host, get_prefix (self, term));

      if (match != NO_MATCH)
        return match;
    }

  return NO_MATCH;
}

static Match
match_ptr (Check           *self,
           const TlSpfTerm *term G_GNUC_UNUSED,
           const char      *target)
{
  g_autoptr(GPtrArray) names = list_validated (self);

  for (guint i = 0; i < names->len; i++)
    {
      if (g_ascii_strcasecmp (names->pdata[i], target) == 0 || is_below (names->pdata[i], target))
        return MATCH;
    }

  return NO_MATCH;
}

static Match
match_ip4 (Check           *self,
           const TlSpfTerm *term,
           const char      *target G_GNUC_UNUSED)
{
  return is_within (self, term->address, IP4_LEN, term->prefix4) ? MATCH : NO_MATCH;
}

static Match
match_ip6 (Check           *self,
           const TlSpfTerm *term,
           const char      *target G_GNUC_UNUSED)
{
  return is_within (self, term->address, IP6_LEN, term->prefix6) ? MATCH : NO_MATCH;
}

/* An A record it is, whatever the client's address (RFC 7208 §5.7). */
static Match
match_exists (Check           *self,
              const TlSpfTerm *term G_GNUC_UNUSED,
              const char      *target)
{
  TlRecordSet *set = NULL;

  switch (ask (self, target, TL_RECORD_A, &set))
    {
    case TL_SPF_ANSWER_FOUND:
      return MATCH;

    case TL_SPF_ANSWER_ERROR:
      return TEMPORARY;

    default:
      return NO_MATCH;
    }
}

/* Indexed by TlSpfMechanism; to include is to begin anew, and not in here. */
static Match (* const matchers[]) (Check           *self,
                                   const TlSpfTerm *term,
                                   const char      *target) = {
  [TL_SPF_ALL]    = match_all,
  [TL_SPF_A]      = match_a,
  [TL_SPF_MX]     = match_mx,
  [TL_SPF_PTR]    = match_ptr,
  [TL_SPF_IP4]    = match_ip4,
  [TL_SPF_IP6]    = match_ip6,
  [TL_SPF_EXISTS] = match_exists,
};

/* Indexed by TlSpfResult: what it means to whoever included the record (RFC 7208 §5.2). */
static const Match included[] = {
  [TL_SPF_NONE]      = PERMANENT,
  [TL_SPF_NEUTRAL]   = NO_MATCH,
  [TL_SPF_PASS]      = MATCH,
  [TL_SPF_FAIL]      = NO_MATCH,
  [TL_SPF_SOFTFAIL]  = NO_MATCH,
  [TL_SPF_TEMPERROR] = TEMPORARY,
  [TL_SPF_PERMERROR] = PERMANENT,
};

static TlSpfResult
get_result (char qualifier)
{
  switch (qualifier)
    {
    case '-':
      return TL_SPF_FAIL;

    case '~':
      return TL_SPF_SOFTFAIL;

    case '?':
      return TL_SPF_NEUTRAL;

    default:
      return TL_SPF_PASS;
    }
}

/* explain-string = *( macro-string / SP )
 *
 * Whatever is wrong with it, there is no explanation then, and nothing else (RFC 7208 §6.2). */
static void
explain (Check      *self,
         const char *spec)
{
  g_autofree char *target = NULL;
  g_autofree char *text = NULL;
  g_autofree char *explanation = NULL;
  TlSpfMacroValues values;
  TlRecordSet *set = NULL;
  const char *bytes;
  gsize len = 0;

  self->is_explaining = TRUE;
  target = expand_name (self, spec);
  if (target == NULL || ask (self, target, TL_RECORD_TXT, &set) != TL_SPF_ANSWER_FOUND ||
      tl_record_set_get_n (set) != 1 || tl_record_set_get (set, 0)->data == NULL)
    return;

  bytes = g_bytes_get_data (tl_record_set_get (set, 0)->data, &len);
  if (len == 0)
    return;

  text = g_strndup (bytes, len);
  if (strlen (text) != len || !tl_spf_macro_is_explanation (text))
    return;

  values = self->values;
  if (tl_spf_macro_uses (text, "p"))
    values.validated = find_validated (self);
  explanation = tl_spf_macro_expand (text, &values);
  self->explanation = tl_text_clean (explanation, -1);
}

static TlSpfResult
give_up (Match match)
{
  return match == TEMPORARY ? TL_SPF_TEMPERROR : TL_SPF_PERMERROR;
}

/* check_host() for one domain (RFC 7208 §4). As deep as there are look-ups at most. */
static TlSpfResult evaluate (Check      *self,
                             const char *domain,
                             gboolean    is_included);

static Match
match_include (Check      *self,
               const char *target)
{
  TlSpfResult result = evaluate (self, target, TRUE);

  if (result == TL_SPF_NONE)
    set_why (self, "%s, which is included, has no record", target);

  return included[result];
}

static Match
match_term (Check           *self,
            const TlSpfTerm *term)
{
  g_autofree char *target = NULL;
  Match match;

  if (term->asks && !count_lookup (self))
    return PERMANENT;

  target = expand_name (self, term->target);
  if (target == NULL)
    return NO_MATCH;

  match = term->mechanism == TL_SPF_INCLUDE ? match_include (self, target)
                                            : matchers[term->mechanism] (self, term, target);
  if (has_too_many_voids (self))
    return PERMANENT;
  if (match == TEMPORARY)
    set_why (self, "the DNS does not answer for “%s”", term->text);

  return match;
}

/* What is left when no term matched (RFC 7208 §6.1). */
static TlSpfResult
redirect (Check      *self,
          const char *spec,
          gboolean    is_included)
{
  g_autofree char *target = NULL;
  TlSpfResult result;

  if (spec == NULL)
    return TL_SPF_NEUTRAL;
  if (!count_lookup (self))
    return TL_SPF_PERMERROR;

  target = expand_name (self, spec);
  if (has_too_many_voids (self))
    return TL_SPF_PERMERROR;
  if (target == NULL)
    return TL_SPF_NEUTRAL;

  result = evaluate (self, target, is_included);
  if (result != TL_SPF_NONE)
    return result;

  set_why (self, "%s, which is redirected to, has no record", target);
  return TL_SPF_PERMERROR;
}

static TlSpfResult
evaluate_record (Check             *self,
                 const TlSpfRecord *record,
                 gboolean           is_included)
{
  for (guint i = 0; i < record->terms->len; i++)
    {
      const TlSpfTerm *term = record->terms->pdata[i];
      Match match = match_term (self, term);

      if (match == TEMPORARY || match == PERMANENT)
        return give_up (match);
      if (match == NO_MATCH)
        continue;

      if (!is_included)
        self->matched = tl_text_clean (term->text, -1);
      if (!is_included && term->qualifier == '-' && record->exp != NULL)
        explain (self, record->exp);
      return get_result (term->qualifier);
    }

  return redirect (self, record->redirect, is_included);
}

/* What may be needed last is asked for first. */
static void
scout_explanation (Check      *self,
                   const char *spec)
{
  g_autofree char *target = NULL;

  if (spec == NULL || tl_spf_macro_uses (spec, "p"))
    return;

  target = tl_spf_macro_expand_name (spec, &self->values);
  if (tl_spf_name_is_askable (target))
    tl_dns_facts_scout (self->facts, target, TL_RECORD_TXT);
}

static TlSpfResult
evaluate (Check      *self,
          const char *domain,
          gboolean    is_included)
{
  g_autoptr(TlSpfRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  const char *outer = self->values.domain;
  GBytes *bytes = NULL;
  TlSpfResult result;
  guint n = 0;

  switch (tl_spf_lookup_record (self->facts, domain, &bytes, &n))
    {
    case TL_SPF_ANSWER_FOUND:
      break;

    case TL_SPF_ANSWER_OPEN:
      self->is_complete = FALSE;
      return TL_SPF_NEUTRAL;

    case TL_SPF_ANSWER_ERROR:
      set_why (self, "the DNS does not answer for %s", domain);
      return TL_SPF_TEMPERROR;

    default:
      return TL_SPF_NONE;
    }

  if (n > 1)
    {
      set_why (self, "%s has %u records", domain, n);
      return TL_SPF_PERMERROR;
    }

  record = tl_spf_record_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (record == NULL)
    {
      set_why (self, "the record of %s: %s", domain, error->message);
      return TL_SPF_PERMERROR;
    }

  self->values.domain = domain;
  if (!is_included)
    scout_explanation (self, record->exp);
  result = evaluate_record (self, record, is_included);
  self->values.domain = outer;

  return result;
}

/* An IPv4 address in IPv6 clothes is an IPv4 address (RFC 7208 §5). */
static void
take_address (Check        *self,
              GInetAddress *address)
{
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  self->ip_len = g_inet_address_get_native_size (address);
  if (self->ip_len == IP6_LEN && memcmp (bytes, mapped, sizeof mapped) == 0)
    {
      bytes += sizeof mapped;
      self->ip_len = IP4_LEN;
    }
  memcpy (self->ip, bytes, self->ip_len);
  self->address_type = self->ip_len == IP4_LEN ? TL_RECORD_A : TL_RECORD_AAAA;
}

/* The macro `i`: an IPv4 address as ever, an IPv6 address with a dot between any two digits. */
static char *
dup_ip_parts (Check *self)
{
  g_autoptr(GString) parts = g_string_new (NULL);

  for (gsize i = 0; i < self->ip_len; i++)
    {
      if (self->ip_len == IP4_LEN)
        g_string_append_printf (parts, "%s%u", i > 0 ? "." : "", self->ip[i]);
      else
        g_string_append_printf (parts, "%s%X.%X", i > 0 ? "." : "", self->ip[i] >> 4u,
                                self->ip[i] & 0xfu);
    }

  return g_string_free (g_steal_pointer (&parts), FALSE);
}

/**
 * tl_spf_check:
 * @subject: who sends what
 * @facts: what is known of the DNS
 *
 * Evaluates check_host() (RFC 7208 §4). Pure over @facts: what it misses is wanted afterwards, and
 * everything that the terms to come will need, as far as their records are known. The order of
 * terms and the limits are those of the RFC, whatever is known when.
 *
 * A name that the DNS cannot be asked for has no records (§4.8 leaves that open). More than 10 mail
 * servers are an error wherever the matching one stands.
 *
 * Returns: (transfer full): what it comes to
 */
TlSpfOutcome *
tl_spf_check (const TlSpfSubject *subject,
              TlDnsFacts         *facts)
{
  g_autoptr(TlSpfOutcome) outcome = g_new0 (TlSpfOutcome, 1);
  g_autoptr(GInetAddress) address = NULL;
  g_autofree char *domain = g_strdup (subject->domain);
  g_autofree char *sender = NULL;
  g_autofree char *local = NULL;
  g_autofree char *ip_parts = NULL;
  g_autofree char *ip_text = NULL;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, subject->now_s);
  const char *at = strrchr (subject->sender, '@');
  Check check = { 0 };

  if (g_str_has_suffix (domain, "."))
    domain[strlen (domain) - 1] = '\0';

  /* Without a local part it is the postmaster's (RFC 7208 §4.3). */
  local = at == NULL || at == subject->sender
            ? g_strdup ("postmaster")
            : g_strndup (subject->sender, (gsize) (at - subject->sender));
  sender = g_strdup_printf ("%s@%s", local, at == NULL ? subject->domain : at + 1);

  check.facts = facts;
  check.is_complete = TRUE;
  take_address (&check, subject->ip);
  address = g_inet_address_new_from_bytes (check.ip, check.ip_len == IP4_LEN
                                                       ? G_SOCKET_FAMILY_IPV4
                                                       : G_SOCKET_FAMILY_IPV6);
  ip_text = g_inet_address_to_string (address);
  ip_parts = dup_ip_parts (&check);

  check.values = (TlSpfMacroValues) {
    .sender = sender,
    .local = local,
    .sender_domain = strrchr (sender, '@') + 1,
    .domain = domain,
    .ip_parts = ip_parts,
    .ip_kind = check.ip_len == IP4_LEN ? "in-addr" : "ip6",
    .helo = subject->helo,
    .ip_text = ip_text,
    .receiver = subject->receiver == NULL ? "unknown" : subject->receiver,
    .now = now,
  };

  outcome->result = evaluate (&check, domain, FALSE);
  outcome->is_complete = check.is_complete;
  outcome->n_lookups = check.n_lookups;
  outcome->n_voids = check.n_voids;
  outcome->matched = check.matched;
  outcome->explanation = check.explanation;
  outcome->why = check.why;

  return g_steal_pointer (&outcome);
}
