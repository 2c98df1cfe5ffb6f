/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-remedy.h"

#include <string.h>

/* What stands at the end of an SPF record that keeps others out, and yet loses no message while a
 * sender is still missing. */
#define SPF_END '~'

#define SPF_VERSION "v=spf1"
#define REDIRECT    "redirect="
#define EXP         "exp="

static gboolean
is_all (const char *term)
{
  gsize sign = strspn (term, "+-~?");

  return sign <= 1 && g_ascii_strcasecmp (term + sign, "all") == 0;
}

static gboolean
is_redirect (const char *term)
{
  return g_ascii_strncasecmp (term, REDIRECT, strlen (REDIRECT)) == 0;
}

static gboolean
has_term (GPtrArray  *terms,
          const char *term)
{
  for (guint i = 0; i < terms->len; i++)
    {
      if (g_ascii_strcasecmp (terms->pdata[i], term) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What is gathered from records. */
typedef struct
{
  GPtrArray *terms;         /* owned, of char */
  char      *exp;           /* owned; one is allowed (RFC 7208 §6) */
  char       end;           /* the strictest qualifier of an `all`; 0: there is none */
  gboolean   is_redirected;
  gboolean   has_refusals;  /* terms that turn somebody away */
} Parts;

static void
parts_clear (Parts *self)
{
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->exp, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static void
take_term (Parts *self,
           char  *term)
{
  g_autofree char *owned = term;

  self->has_refusals = self->has_refusals || strchr ("-~?", term[0]) != NULL;
  if (!has_term (self->terms, term))
    g_ptr_array_add (self->terms, g_steal_pointer (&owned));
}

/* A redirect counts where there is no `all` (RFC 7208 §6.1); to include the same lets the same
 * senders pass, and leaves room for more behind it. */
static void
gather (Parts      *self,
        const char *record)
{
  g_auto(GStrv) words = g_strsplit (record, " ", -1);
  const char *redirect = NULL;
  char end = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      /* What stands behind `all` does nothing (RFC 7208 §5.1), and is not to begin to now. */
      if (words[i][0] == '\0' || g_ascii_strcasecmp (words[i], SPF_VERSION) == 0 ||
          (end != 0 && strchr (words[i], '=') == NULL))
        continue;
      if (is_all (words[i]))
        end = strchr ("+-~?", words[i][0]) != NULL ? words[i][0] : '+';
      else if (is_redirect (words[i]))
        redirect = words[i] + strlen (REDIRECT);
      else if (g_ascii_strncasecmp (words[i], EXP, strlen (EXP)) != 0)
        take_term (self, g_strdup (words[i]));
      else if (self->exp == NULL)
        self->exp = g_strdup (words[i]);
    }

  if (end == 0 && redirect != NULL)
    {
      take_term (self, g_strconcat ("include:", redirect, NULL));
      self->is_redirected = TRUE;
    }
  if (end == '-' || (end == '~' && self->end == 0))
    self->end = end;
}

static char *
join (const Parts *self,
      char         end)
{
  g_autoptr(GString) out = g_string_new (SPF_VERSION);

  for (guint i = 0; i < self->terms->len; i++)
    g_string_append_printf (out, " %s", (const char *) self->terms->pdata[i]);
  g_string_append_printf (out, " %call", end);
  if (self->exp != NULL)
    g_string_append_printf (out, " %s", self->exp);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * tl_domain_remedy_dup_spf:
 * @records: (array zero-terminated=1): SPF records of one domain, none or more
 * @term: (nullable): what has to be in, `include:_spf.a.example`
 * @redirect_end: the qualifier of the `all` that a single record is redirected to, 0 when unknown
 *
 * Makes one record of what there is: a domain may have one only (RFC 7208 §3.2). Terms keep their
 * order, a redirect is included behind them, and @term comes last before the end: so who passed
 * before passes on the same term. The end is the strictest there was, and `~all` where there was
 * none, an open one, or several records of which one is redirected. What it comes to says only an
 * evaluation.
 *
 * Returns: (transfer full) (nullable): the record; %NULL where several records turn somebody away,
 *   whom another one might let in
 */
char *
tl_domain_remedy_dup_spf (const char * const *records,
                          const char         *term,
                          char                redirect_end)
{
  g_auto(Parts) parts = { .terms = g_ptr_array_new_with_free_func (g_free) };
  gboolean is_single = records[0] != NULL && records[1] == NULL;

  for (gsize i = 0; records[i] != NULL; i++)
    gather (&parts, records[i]);
  if (!is_single && parts.has_refusals)
    return NULL;

  if (parts.is_redirected)
    parts.end = is_single && redirect_end == '-' ? '-' : '~';
  if (term != NULL && !has_term (parts.terms, term))
    g_ptr_array_add (parts.terms, g_strdup (term));

  return join (&parts, parts.end == 0 ? SPF_END : parts.end);
}

/**
 * tl_domain_remedy_dup_dmarc_with:
 * @record: a DMARC record, or a DKIM key's
 * @name: a tag's name
 * @value: (nullable): what it shall say, %NULL to take it out
 *
 * Returns: (transfer full): the same record with that tag in its place, or put in where it was not
 *   there
 */
char *
tl_domain_remedy_dup_dmarc_with (const char *record,
                                 const char *name,
                                 const char *value)
{
  g_auto(GStrv) tags = g_strsplit (record, ";", -1);
  g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
  gboolean is_set = FALSE;

  for (guint i = 0; tags[i] != NULL; i++)
    {
      char *tag = g_strstrip (tags[i]);
      gsize len = strcspn (tag, "= \t");

      if (tag[0] == '\0')
        continue;
      if (len == strlen (name) && strncmp (tag, name, len) == 0)
        {
          if (value != NULL)
            g_ptr_array_add (out, g_strdup_printf ("%s=%s", name, value));
          is_set = TRUE;
        }
      else
        {
          g_ptr_array_add (out, g_strdup (tag));
        }
    }
  /* Older receivers want p= right behind the version (RFC 7489 §6.4). */
  if (!is_set && value != NULL)
    g_ptr_array_insert (out, g_str_equal (name, "p") && out->len > 0 ? 1 : -1,
                        g_strdup_printf ("%s=%s", name, value));
  g_ptr_array_add (out, NULL);

  return g_strjoinv ("; ", (char **) out->pdata);
}
