/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dmarc-record.h"

#include <string.h>

#include "tl-dkim-tags.h"
#include "tl-endpoint.h"

G_DEFINE_ENUM_TYPE (TlDmarcPolicy, tl_dmarc_policy,
                    G_DEFINE_ENUM_VALUE (TL_DMARC_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_DMARC_QUARANTINE, "quarantine"),
                    G_DEFINE_ENUM_VALUE (TL_DMARC_REJECT, "reject"))

static const char * const old_tags[] = { "pct", "rf", "ri" };

/* What a tag may say, where it is one of few words. */
static const struct
{
  const char *name;
  const char *words[4];
  const char *why;
} word_tags[] = {
  { "p",     { "none", "quarantine", "reject", NULL }, "p= is not none, quarantine or reject" },
  { "sp",    { "none", "quarantine", "reject", NULL }, "sp= is not none, quarantine or reject" },
  { "np",    { "none", "quarantine", "reject", NULL }, "np= is not none, quarantine or reject" },
  { "adkim", { "r", "s", NULL },                       "adkim= is neither r nor s" },
  { "aspf",  { "r", "s", NULL },                       "aspf= is neither r nor s" },
  { "psd",   { "y", "n", "u", NULL },                  "psd= is not y, n or u" },
  { "t",     { "y", "n", NULL },                       "t= is neither y nor n" },
};

/* The word in lower case; NULL where the tag is not there or says something else, which is noted.
 * Words are compared without regard to case (RFC 5234 §2.3). */
static const char *
read_word (TlDmarcRecord    *self,
           const TlDkimTags *tags,
           const char       *name)
{
  const char *value = tl_dkim_tags_get (tags, name);
  gsize row = 0;

  if (value == NULL)
    return NULL;
  while (!g_str_equal (word_tags[row].name, name))
    row++;

  for (gsize i = 0; word_tags[row].words[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (word_tags[row].words[i], value) == 0)
        return word_tags[row].words[i];
    }
  if (self->why == NULL)
    {
      self->why = word_tags[row].why;
      self->faulty_tag = word_tags[row].name;
    }

  return NULL;
}

static TlDmarcPolicy
read_policy (TlDmarcRecord    *self,
             const TlDkimTags *tags,
             const char       *name,
             TlDmarcPolicy     otherwise)
{
  const char *word = read_word (self, tags, name);

  if (word == NULL)
    return otherwise;

  return g_str_equal (word, "reject") ? TL_DMARC_REJECT :
         g_str_equal (word, "quarantine") ? TL_DMARC_QUARANTINE : TL_DMARC_NONE;
}

static gboolean
is_other_uri (const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  return scheme != NULL && g_ascii_strcasecmp (scheme, "mailto") != 0;
}

/* dmarc-urilist = URI *( *WSP "," *WSP URI ); of a URI, a comma and an exclamation mark within are
 * written as %2C and %21, and `!` begins a size that is no longer meant. URIs of another kind are
 * passed over. */
static void
read_report_hosts (TlDmarcRecord *self,
                   const char    *value)
{
  g_auto(GStrv) uris = g_strsplit (value, ",", -1);
  g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; uris[i] != NULL; i++)
    {
      char *uri = g_strstrip (uris[i]);
      char *mark = strpbrk (uri, "!?");
      const char *at;
      g_autofree char *host = NULL;

      if (mark != NULL)
        *mark = '\0';
      at = strrchr (uri, '@');
      if (is_other_uri (uri))
        continue;
      if (g_ascii_strncasecmp (uri, "mailto:", 7) != 0 || at == NULL ||
          (host = tl_host_canonicalize (at + 1)) == NULL || strchr (host, '.') == NULL)
        {
          if (self->why == NULL)
            {
              self->why = "rua= has what is no mailto: address";
              self->faulty_tag = "rua";
            }
          continue;
        }
      if (hosts->len < TL_DMARC_MAX_REPORT_HOSTS &&
          !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_steal_pointer (&host));
    }

  self->has_rua = hosts->len > 0;
  g_ptr_array_add (hosts, NULL);
  self->report_hosts = (char **) g_ptr_array_free (g_steal_pointer (&hosts), FALSE);
}

/**
 * tl_dmarc_record_is:
 * @bytes: the strings of a TXT record, joined
 * @len: how many
 *
 * dmarc-version = "v" *WSP "=" *WSP %s"DMARC1", followed by `;` or the end.
 *
 * Returns: whether it is meant as a DMARC record: what does not begin like one is passed over
 */
gboolean
tl_dmarc_record_is (const char *bytes,
                    gsize       len)
{
  g_autofree char *text = g_strndup (bytes, len);

  return g_regex_match_simple ("^v[ \\t]*=[ \\t]*DMARC1[ \\t]*(;|$)", text,
                               G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY, 0);
}

/**
 * tl_dmarc_record_new:
 * @bytes: the strings of a TXT record for which tl_dmarc_record_is() says yes
 * @len: how many
 *
 * Reads a policy record (RFC 9989): where `p` is missing none is asked; what is missing of `sp` and
 * `np` is as the one before. A tag that says what it may not counts as missing, and is noted. Pure.
 *
 * Returns: (transfer full): the record
 */
TlDmarcRecord *
tl_dmarc_record_new (const char *bytes,
                     gsize       len)
{
  g_autoptr(TlDmarcRecord) self = g_new0 (TlDmarcRecord, 1);
  g_autoptr(TlDkimTags) tags = tl_dkim_tags_parse (bytes, len, NULL);
  const char *word;

  self->psd = 'u';
  if (tags == NULL)
    {
      self->report_hosts = g_new0 (char *, 1);
      self->why = "the record is not a list of tags";
      return g_steal_pointer (&self);
    }

  self->p = read_policy (self, tags, "p", TL_DMARC_NONE);
  self->sp = read_policy (self, tags, "sp", self->p);
  self->np = read_policy (self, tags, "np", self->sp);
  self->is_dkim_strict = g_strcmp0 (read_word (self, tags, "adkim"), "s") == 0;
  self->is_spf_strict = g_strcmp0 (read_word (self, tags, "aspf"), "s") == 0;
  self->is_test = g_strcmp0 (read_word (self, tags, "t"), "y") == 0;
  if ((word = read_word (self, tags, "psd")) != NULL)
    self->psd = word[0];

  word = tl_dkim_tags_get (tags, "rua");
  if (word != NULL)
    read_report_hosts (self, word);
  else
    self->report_hosts = g_new0 (char *, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (old_tags) && self->old == NULL; i++)
    {
      if (tl_dkim_tags_get (tags, old_tags[i]) != NULL)
        self->old = old_tags[i];
    }

  return g_steal_pointer (&self);
}

void
tl_dmarc_record_free (TlDmarcRecord *self)
{
  g_strfreev (self->report_hosts);
  g_free (self);
}

/**
 * tl_dmarc_record_get_effective:
 * @self: a record
 * @policy: its @p, @sp or @np
 *
 * Returns: what receivers are asked to do: with `t=y`, one step less
 */
TlDmarcPolicy
tl_dmarc_record_get_effective (const TlDmarcRecord *self,
                               TlDmarcPolicy        policy)
{
  return self->is_test && policy > TL_DMARC_NONE ? policy - 1 : policy;
}
