/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf.h"

#include "tl-spf-lookup.h"
#include "tl-spf-macro.h"
#include "tl-text.h"

/* Where counting ends: who has that many has to begin anew anyway. */
#define MAX_COUNTED 30

typedef struct
{
  TlDnsFacts  *facts;
  const char  *top;
  TlSpfSurvey *survey;        /* borrowed; its lists are in the next two */
  GPtrArray   *includes;      /* of char */
  GPtrArray   *shut;          /* of char: included, and not to let pass */
  GPtrArray   *lookup_terms;  /* of char */
} Walk;

/* The first error in order is the one that a check would come to. */
G_GNUC_PRINTF (3, 4)
static void
note_error (Walk        *self,
            TlSpfResult  result,
            const char  *format,
            ...)
{
  va_list args;

  if (self->survey->result != TL_SPF_NEUTRAL)
    return;

  self->survey->result = result;
  va_start (args, format);
  self->survey->why = g_strdup_vprintf (format, args);
  va_end (args);
}

static TlSpfAnswer
ask (Walk          *self,
     const char    *name,
     TlRecordType   type,
     TlRecordSet  **out_set)
{
  TlSpfAnswer answer = tl_spf_lookup (self->facts, name, type, out_set);

  if (answer == TL_SPF_ANSWER_OPEN)
    self->survey->is_complete = FALSE;
  if (answer == TL_SPF_ANSWER_ERROR)
    note_error (self, TL_SPF_TEMPERROR, "the DNS does not answer for %s", name);

  return answer;
}

/* Whether a host has an address of neither kind. One kind will do: which one is asked for depends
 * on who sends. */
static gboolean
is_host_void (Walk       *self,
              const char *host)
{
  TlRecordSet *set = NULL;

  return ask (self, host, TL_RECORD_A, &set) == TL_SPF_ANSWER_VOID &&
         ask (self, host, TL_RECORD_AAAA, &set) == TL_SPF_ANSWER_VOID;
}

static gboolean
is_mx_void (Walk       *self,
            const char *target)
{
  TlRecordSet *set = NULL;
  TlSpfAnswer answer = ask (self, target, TL_RECORD_MX, &set);
  gboolean is_void = answer == TL_SPF_ANSWER_VOID;

  if (answer != TL_SPF_ANSWER_FOUND)
    return is_void;

  if (tl_record_set_get_n (set) > TL_SPF_MAX_NAMES)
    {
      note_error (self, TL_SPF_PERMERROR, "%s has more than %d mail servers", target,
                  TL_SPF_MAX_NAMES);
      return FALSE;
    }

  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const char *host = tl_spf_get_host (tl_record_set_get (set, i));

      is_void = (host != NULL && is_host_void (self, host)) || is_void;
    }

  return is_void;
}

/* A `ptr` leads to where the client's address does, and that can be anywhere. */
static gboolean
is_term_void (Walk            *self,
              const TlSpfTerm *term,
              const char      *target)
{
  TlRecordSet *set = NULL;

  switch (term->mechanism)
    {
    case TL_SPF_A:
      return is_host_void (self, target);

    case TL_SPF_MX:
      return is_mx_void (self, target);

    case TL_SPF_EXISTS:
      return ask (self, target, TL_RECORD_A, &set) == TL_SPF_ANSWER_VOID;

    default:
      return FALSE;
    }
}

static void
count_void (Walk *self)
{
  self->survey->n_voids++;
  if (self->survey->n_voids > TL_SPF_MAX_VOIDS)
    note_error (self, TL_SPF_PERMERROR, "more than %d look-ups found nothing", TL_SPF_MAX_VOIDS);
}

/* Gives whether there is to be looked any further. */
static gboolean
count_lookup (Walk       *self,
              const char *domain,
              const char *term)
{
  g_autofree char *text = g_strdup_printf ("%s %s", domain, term);

  if (self->survey->n_lookups == MAX_COUNTED)
    return FALSE;

  g_ptr_array_add (self->lookup_terms, tl_text_clean (text, -1));
  self->survey->n_lookups++;
  if (self->survey->n_lookups > TL_SPF_MAX_LOOKUPS)
    note_error (self, TL_SPF_PERMERROR, "more than %d terms ask the DNS", TL_SPF_MAX_LOOKUPS);

  return TRUE;
}

/* Gives NULL where it depends on who sends. */
static char *
expand_name (Walk       *self,
             const char *domain,
             const char *spec)
{
  TlSpfMacroValues values = { .domain = domain, .sender_domain = self->top };

  if (spec == NULL)
    return g_strdup (domain);

  return tl_spf_macro_uses (spec, "slipvh") ? NULL : tl_spf_macro_expand_name (spec, &values);
}

/* @passes: who passes in here passes. */
static gboolean walk (Walk       *self,
                      const char *domain,
                      gboolean    is_main,
                      gboolean    passes);

static gboolean
has_name (GPtrArray  *names,
          const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* Whoever is in what is shut never comes to what includes it once more. */
static void
note_include (Walk       *self,
              const char *target,
              gboolean    passes)
{
  g_autofree char *name = g_ascii_strdown (target, -1);

  if (!passes && !has_name (self->shut, name) && !has_name (self->includes, name))
    g_ptr_array_add (self->shut, g_steal_pointer (&name));
  else if (passes && !has_name (self->shut, name) && !has_name (self->includes, name))
    g_ptr_array_add (self->includes, g_steal_pointer (&name));
}

static gboolean
follow (Walk       *self,
        const char *domain,
        const char *spec,
        gboolean    is_main,
        gboolean    passes)
{
  g_autofree char *target = expand_name (self, domain, spec);

  if (target == NULL)
    return TRUE;

  note_include (self, target, passes);

  return walk (self, target, is_main, passes);
}

/* `ip4:0.0.0.0/0` and `ip6:::/0`: everybody of a kind. */
static gboolean
is_everybody (const TlSpfTerm *term)
{
  return (term->mechanism == TL_SPF_IP4 && term->prefix4 == 0) ||
         (term->mechanism == TL_SPF_IP6 && term->prefix6 == 0);
}

/* What a record's own `all` says of those that no term named. */
static void
take_all (Walk     *self,
          char      qualifier,
          gboolean  is_main,
          gboolean  passes)
{
  if (is_main)
    self->survey->all = qualifier;
  if ((passes && qualifier == '+') || (is_main && qualifier == '?'))
    self->survey->is_open = TRUE;
}

/* As if no term matched but `all`. */
static gboolean
walk_record (Walk              *self,
             const char        *domain,
             const TlSpfRecord *record,
             gboolean           is_main,
             gboolean           passes)
{
  g_autofree char *redirect = NULL;

  for (guint i = 0; i < record->terms->len; i++)
    {
      const TlSpfTerm *term = record->terms->pdata[i];
      g_autofree char *target = NULL;

      if (term->mechanism == TL_SPF_ALL)
        {
          take_all (self, term->qualifier, is_main, passes);
          return TRUE;
        }
      if (is_everybody (term))
        {
          self->survey->is_open |= passes && term->qualifier == '+';
          passes = FALSE;
        }
      if (!term->asks)
        continue;
      if (!count_lookup (self, domain, term->text))
        return FALSE;

      if (term->mechanism == TL_SPF_INCLUDE)
        {
          if (!follow (self, domain, term->target, FALSE, passes && term->qualifier == '+'))
            return FALSE;
          continue;
        }

      target = self->survey->n_lookups > TL_SPF_MAX_LOOKUPS
                 ? NULL
                 : expand_name (self, domain, term->target);
      if (target != NULL && is_term_void (self, term, target))
        count_void (self);
    }

  if (record->redirect == NULL)
    {
      self->survey->is_open |= is_main;
      return TRUE;
    }

  redirect = g_strconcat ("redirect=", record->redirect, NULL);
  return count_lookup (self, domain, redirect) &&
         follow (self, domain, record->redirect, is_main, passes);
}

static gboolean
walk (Walk       *self,
      const char *domain,
      gboolean    is_main,
      gboolean    passes)
{
  g_autoptr(TlSpfRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_top = self->survey->n_lookups == 0;
  GBytes *bytes = NULL;
  guint n = 0;

  switch (tl_spf_lookup_record (self->facts, domain, &bytes, &n))
    {
    case TL_SPF_ANSWER_FOUND:
      break;

    case TL_SPF_ANSWER_OPEN:
      self->survey->is_complete = FALSE;
      return TRUE;

    case TL_SPF_ANSWER_ERROR:
      note_error (self, TL_SPF_TEMPERROR, "the DNS does not answer for %s", domain);
      return TRUE;

    default:
      note_error (self, is_top ? TL_SPF_NONE : TL_SPF_PERMERROR, "%s has no record", domain);
      return TRUE;
    }

  if (is_top)
    self->survey->n_records = n;
  if (n > 1)
    {
      note_error (self, TL_SPF_PERMERROR, "%s has %u records", domain, n);
      return TRUE;
    }

  if (is_top)
    {
      self->survey->n_bytes = g_bytes_get_size (bytes);
      self->survey->record = tl_text_clean_capped (g_bytes_get_data (bytes, NULL),
                                                   (gssize) self->survey->n_bytes,
                                                   TL_RECORD_MAX_TEXT);
    }

  record = tl_spf_record_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (record == NULL)
    {
      note_error (self, TL_SPF_PERMERROR, "the record of %s: %s", domain, error->message);
      return TRUE;
    }

  return walk_record (self, domain, record, is_main, passes);
}

/**
 * tl_spf_survey:
 * @domain: a domain, without a dot at the end
 * @facts: what is known of the DNS
 *
 * Goes through a domain's record and all that it leads to as if nobody matched before `all`, in the
 * order of RFC 7208 §4.6. What depends on who sends is counted and not followed; look-ups are
 * counted beyond the limit too, up to 30. A term found nothing when its host has neither A nor
 * AAAA. The `all` is that of the record that is redirected to, where it is.
 *
 * Returns: (transfer full): what the record is like
 */
TlSpfSurvey *
tl_spf_survey (const char *domain,
               TlDnsFacts *facts)
{
  g_autoptr(TlSpfSurvey) survey = g_new0 (TlSpfSurvey, 1);
  g_autoptr(GPtrArray) includes = g_ptr_array_new ();
  g_autoptr(GPtrArray) lookup_terms = g_ptr_array_new ();
  g_autoptr(GPtrArray) shut = g_ptr_array_new_with_free_func (g_free);
  Walk self = {
    .facts = facts,
    .top = domain,
    .survey = survey,
    .includes = includes,
    .lookup_terms = lookup_terms,
    .shut = shut,
  };

  survey->is_complete = TRUE;
  survey->result = TL_SPF_NEUTRAL;
  walk (&self, domain, TRUE, TRUE);

  g_ptr_array_add (includes, NULL);
  g_ptr_array_add (lookup_terms, NULL);
  survey->includes = (char **) g_ptr_array_steal (includes, NULL);
  survey->lookup_terms = (char **) g_ptr_array_steal (lookup_terms, NULL);

  return g_steal_pointer (&survey);
}
