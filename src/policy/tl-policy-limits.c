/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-limits.h"

#include <string.h>

#include "tl-catalogue.h"
#include "tl-data-check.h"
#include "tl-text.h"

/* These bounds are those of data/schema/policy.schema.json; a test gives reader and schema the same
 * documents and expects the same answer. */
#define MAX_PROVIDERS 100
#define MAX_HOSTS     200
#define MAX_FINDINGS  50
#define MAX_FOLDERS   16
#define MAX_FOLDER_BYTES 128
#define MAX_CEILING   1000000
#define MAX_AGE_DAYS  366

/* Parts with `/` between them; neither a wildcard of LIST (RFC 9051 §6.3.9) nor a backslash. */
#define FOLDER_PATTERN "^[^/*%\\\\\\x00-\\x1f\\x7f]+(/[^/*%\\\\\\x00-\\x1f\\x7f]+)*$"

static const char * const tls_versions[] = { "1.2", "1.3", NULL };
static const char * const sign_ins[] = { "oauth2", "app-password", "password", NULL };
static const char * const user_names[] = { "address", "local-part", NULL };
static const char * const folder_roles[] = {
  "sent", "drafts", "junk", "trash", "archive", "all", NULL
};
static const char * const password_ways[] = { "typed", "sealed", "any", NULL };

/* A list that restricts: one that is there and empty would forbid everything, which nobody
 * means. */
static char **
read_forms (TlJsonReader *reader,
            const char   *member,
            guint         max_n,
            TlDataForm    form)
{
  g_auto(GStrv) strv = tl_data_check_strv (reader, member, TL_JSON_OPTIONAL, max_n, form);

  if (!tl_json_reader_has (reader, member))
    return NULL;
  if (strv[0] == NULL)
    tl_json_reader_refuse (reader, member, "is empty");

  return g_steal_pointer (&strv);
}

static char **
read_words (TlJsonReader       *reader,
            const char         *member,
            const char * const *words)
{
  g_auto(GStrv) strv = read_forms (reader, member, g_strv_length ((char **) words), TL_DATA_ID);

  for (guint i = 0; strv != NULL && strv[i] != NULL; i++)
    {
      if (!g_strv_contains (words, strv[i]))
        tl_json_reader_refuse (reader, member, "has a word that it may not have");
    }

  return g_steal_pointer (&strv);
}

static char *
read_word (TlJsonReader       *reader,
           const char         *member,
           const char * const *words)
{
  const char *word = tl_json_reader_get_string (reader, member, TL_JSON_OPTIONAL);

  if (word != NULL && !g_strv_contains (words, word))
    tl_json_reader_refuse (reader, member, "is none of the words it may be");

  return g_strdup (word);
}

static gint64
read_number (TlJsonReader *reader,
             const char   *member,
             gint64        max)
{
  gint64 number = tl_json_reader_get_int (reader, member, TL_JSON_OPTIONAL, 1, max);

  return tl_json_reader_has (reader, member) ? number : 0;
}

static TlJsonReader *
open_part (TlJsonReader *reader,
           const char   *member)
{
  TlJson *json = tl_json_reader_get_object (reader, member, TL_JSON_OPTIONAL);

  return json == NULL ? NULL : tl_json_reader_new (json, NULL);
}

static void
close_part (TlJsonReader *reader,
            const char   *member,
            TlJsonReader *part)
{
  GError *error = NULL;

  if (!tl_json_reader_finish (part, &error))
    tl_json_reader_refuse_error (reader, member, error);
}

static void
read_hosts (TlPolicyLimits *self,
            TlJsonReader   *reader)
{
  g_autoptr(TlJsonReader) part = open_part (reader, "hosts");

  if (part == NULL)
    return;

  self->incoming_hosts = read_forms (part, "incoming", MAX_HOSTS, TL_DATA_HOST_PATTERN);
  self->outgoing_hosts = read_forms (part, "outgoing", MAX_HOSTS, TL_DATA_HOST_PATTERN);
  close_part (reader, "hosts", part);
}

static void
read_tls (TlPolicyLimits *self,
          TlJsonReader   *reader)
{
  g_autoptr(TlJsonReader) part = open_part (reader, "tls");

  if (part == NULL)
    return;

  self->min_tls = g_strdup (tl_data_check_word (part, "min_version", tls_versions));
  close_part (reader, "tls", part);
}

/* Letters that cannot be told apart by looking at them are in no name that somebody has to type. */
static gboolean
is_folder_name (const char *name)
{
  return strlen (name) <= MAX_FOLDER_BYTES && tl_text_is_clean (name) &&
         g_ascii_strcasecmp (name, "INBOX") != 0 && !g_str_has_prefix (name, " ") &&
         !g_str_has_suffix (name, " ") &&
         g_regex_match_simple (FOLDER_PATTERN, name, G_REGEX_DOLLAR_ENDONLY, 0);
}

static char **
read_folder_names (TlJsonReader *reader,
                   const char   *member)
{
  g_auto(GStrv) names = tl_json_reader_dup_strv (reader, member, TL_JSON_OPTIONAL, MAX_FOLDERS);

  if (!tl_json_reader_has (reader, member))
    return NULL;

  if (names[0] == NULL)
    tl_json_reader_refuse (reader, member, "is empty");
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (!is_folder_name (names[i]))
        tl_json_reader_refuse (reader, member, "has what cannot be the name of a folder");
      for (gsize j = 0; j < i; j++)
        {
          if (g_str_equal (names[i], names[j]))
            tl_json_reader_refuse (reader, member, "names a folder twice");
        }
    }

  return g_steal_pointer (&names);
}

/* An id that is none would be a rule that nothing can break. */
static void
read_domain_health (TlPolicyLimits *self,
                    TlJsonReader   *reader)
{
  g_autoptr(TlJsonReader) part = open_part (reader, "domain_health");

  if (part == NULL)
    return;

  if (!tl_json_reader_has (part, "minimum"))
    tl_json_reader_refuse (part, "minimum", "is missing");
  self->domain_health = read_forms (part, "minimum", MAX_FINDINGS, TL_DATA_FINDING);
  for (guint i = 0; self->domain_health != NULL && self->domain_health[i] != NULL; i++)
    {
      const char *id = self->domain_health[i];
      g_autofree char *why = g_strdup_printf ("has “%s”, which is no finding about a domain", id);

      if (!g_str_has_prefix (id, "domain.") || tl_catalogue_lookup (id) == NULL)
        tl_json_reader_refuse (part, "minimum", why);
    }
  close_part (reader, "domain_health", part);
}

/**
 * tl_policy_limits_read:
 * @self: limits, all %NULL and 0
 * @reader: a policy
 *
 * Reads what @reader's document restricts; what is wrong is said by its finish. The member `target`
 * is read by whoever reads what it grants.
 */
void
tl_policy_limits_read (TlPolicyLimits *self,
                       TlJsonReader   *reader)
{
  self->providers = read_forms (reader, "providers", MAX_PROVIDERS, TL_DATA_ID);
  read_hosts (self, reader);
  self->domains = read_forms (reader, "domains", MAX_HOSTS, TL_DATA_HOST_PATTERN);
  read_tls (self, reader);
  self->sign_in = read_words (reader, "sign_in", sign_ins);
  self->user_name = read_word (reader, "user_name", user_names);
  self->one_sign_in = !tl_json_reader_get_bool (reader, "separate_sending", TL_JSON_OPTIONAL) &&
                      tl_json_reader_has (reader, "separate_sending");
  self->folder_roles = read_words (reader, "folder_roles", folder_roles);
  self->outreach_folders = read_folder_names (reader, "outreach_folders");
  read_domain_health (self, reader);
  self->daily_ceiling = read_number (reader, "daily_ceiling", MAX_CEILING);
  self->max_age_days = read_number (reader, "max_age_days", MAX_AGE_DAYS);
  self->passwords = read_word (reader, "passwords", password_ways);
}

void
tl_policy_limits_clear (TlPolicyLimits *self)
{
  g_clear_pointer (&self->providers, g_strfreev);
  g_clear_pointer (&self->incoming_hosts, g_strfreev);
  g_clear_pointer (&self->outgoing_hosts, g_strfreev);
  g_clear_pointer (&self->domains, g_strfreev);
  g_clear_pointer (&self->min_tls, g_free);
  g_clear_pointer (&self->sign_in, g_strfreev);
  g_clear_pointer (&self->user_name, g_free);
  g_clear_pointer (&self->folder_roles, g_strfreev);
  g_clear_pointer (&self->outreach_folders, g_strfreev);
  g_clear_pointer (&self->domain_health, g_strfreev);
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->passwords, g_free);
}
