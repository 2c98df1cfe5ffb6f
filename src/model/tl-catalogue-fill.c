/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values put into sentences, for people to read. */
#include "tl-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-domain.h"
#include "tl-evidence.h"
#include "tl-lane-settings.h"

/* How many members of an array a sentence names before it trails off. */
#define FILL_ARRAY_MAX 6

static void
append_plain (GString  *out,
              GVariant *value)
{
  g_autofree const char **names = NULL;
  gsize n;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      g_string_append (out, g_variant_get_string (value, NULL));
      return;
    }
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    {
      g_string_append_printf (out, "%u", g_variant_get_uint32 (value));
      return;
    }

  names = g_variant_get_strv (value, &n);
  for (gsize i = 0; i < MIN (n, FILL_ARRAY_MAX); i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      g_string_append (out, names[i]);
    }
  if (n > FILL_ARRAY_MAX)
    g_string_append (out, ", …");
}

/* A day, by the clock of this computer. */
static void
append_date (GString  *out,
             GVariant *value)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (g_variant_get_string (value, NULL),
                                                              NULL);
  g_autoptr(GDateTime) here = moment == NULL ? NULL : g_date_time_to_local (moment);
  /* Translators: a date inside a sentence, “9 December 2026”: %-d is the day, %B the name of the
   * month, %Y the year; what else there is says g_date_time_format() */
  g_autofree char *text = here == NULL ? NULL : g_date_time_format (here, _("%-d %B %Y"));

  if (text == NULL)
    append_plain (out, value);
  else
    g_string_append (out, text);
}

static void
append_endpoint (GString  *out,
                 GVariant *value)
{
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (g_variant_get_string (value, NULL), TL_AUTH_PASSWORD, "x", NULL);
  g_autofree char *host = NULL;
  TlEndpoint *endpoint;

  if (settings == NULL)
    {
      append_plain (out, value);
      return;
    }

  endpoint = tl_lane_settings_get_endpoint (settings);
  host = tl_domain_dup_display (tl_endpoint_get_host (endpoint));
  g_string_append_printf (out, tl_endpoint_get_security (endpoint) == TL_SECURITY_TLS
                          /* Translators: a server to use, inside a sentence: its name, its port
                           * number; TLS is a kind of encryption */
                          ? _("%s, port %u, TLS")
                          /* Translators: a server to use, inside a sentence: its name, its port
                           * number; STARTTLS is a kind of encryption */
                          : _("%s, port %u, STARTTLS"),
                          host, tl_endpoint_get_port (endpoint));
}

typedef struct
{
  const char *value;
  const char *word;
} Word;

/* What folders are for. */
static const Word role_words[] = {
  /* Translators: these stand in a sentence: what a folder is for */
  { "inbox",   N_("incoming messages") },
  { "sent",    N_("sent messages") },
  { "drafts",  N_("drafts") },
  { "junk",    N_("junk mail") },
  { "trash",   N_("deleted messages") },
  { "archive", N_("archived messages") },
  { "all",     N_("all messages") },
  { "flagged", N_("flagged messages") },
};

/* What is wanted, by the words that the evidence has for it: what a server does not let somebody do
 * in a mailbox (RFC 4314 §2.1), and what a policy allows. */
static const Word wanted_words[] = {
  /* Translators: these stand after “may not” or “but not”, perhaps several: what somebody is not
   * allowed to do in a mailbox */
  { "right-read",   N_("read all messages") },
  { "right-seen",   N_("keep messages marked as read") },
  { "right-flags",  N_("mark messages") },
  { "right-insert", N_("put messages there") },
  { "right-create", N_("make folders") },
  { "right-delete", N_("mark messages as deleted") },
  { "right-expunge", N_("remove messages") },
  /* Translators: these stand in a list of what an organisation's policy allows */
  { "oauth2",       N_("signing in on the provider’s page") },
  { "app-password", N_("an app password") },
  { "password",     N_("a password") },
  { "address",      N_("the whole address") },
  { "local-part",   N_("what stands before the @") },
  { "one-sign-in",  N_("one sign-in for both lanes") },
  { "typed",        N_("passwords typed in at the platform") },
  { "sealed",       N_("passwords encrypted for the platform") },
};

/* @fallback where the table has no word. */
static const char *
get_word (const Word *words,
          gsize       n,
          const char *value,
          const char *fallback)
{
  for (gsize i = 0; i < n; i++)
    {
      if (g_str_equal (words[i].value, value))
        return _(words[i].word);
    }

  return fallback;
}

/* A right, a word of a policy, a folder by what it is for, or a finding by its title. */
static char *
dup_wanted_word (const char *wanted)
{
  const TlCatalogueEntry *entry = tl_catalogue_lookup (wanted);
  g_autofree char *title = NULL;

  if (entry == NULL)
    return g_strdup (get_word (wanted_words, G_N_ELEMENTS (wanted_words), wanted,
                               get_word (role_words, G_N_ELEMENTS (role_words), wanted, wanted)));

  title = tl_catalogue_fill (_(entry->title), NULL);

  /* Translators: the title of a finding, inside a sentence */
  return g_strdup_printf (_("“%s”"), title);
}

static void
append_role (GString  *out,
             GVariant *value)
{
  const char *role = g_variant_get_string (value, NULL);

  g_string_append (out, get_word (role_words, G_N_ELEMENTS (role_words), role, role));
}

static void
append_percent (GString  *out,
                GVariant *value)
{
  /* Translators: inside a sentence, how full a mailbox is */
  g_string_append_printf (out, _("%u %%"), g_variant_get_uint32 (value));
}

static void
append_wanted (GString  *out,
               GVariant *value)
{
  g_autofree const char **names = g_variant_get_strv (value, NULL);
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GVariant) list = NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    g_ptr_array_add (words, dup_wanted_word (names[i]));
  list = g_variant_ref_sink (g_variant_new_strv ((const char * const *) words->pdata,
                                                 (gssize) words->len));
  append_plain (out, list);
}

static void
append_days (GString  *out,
             GVariant *value)
{
  guint32 n = g_variant_get_uint32 (value);

  /* Translators: inside a sentence, how long something is still good */
  g_string_append_printf (out, ngettext ("%u day", "%u days", n), n);
}

static void
append_seconds (GString  *out,
                GVariant *value)
{
  guint32 n = g_variant_get_uint32 (value);

  if (n < 120)
    /* Translators: inside a sentence, how long was waited, after "for" or "after" */
    g_string_append_printf (out, ngettext ("%u second", "%u seconds", n), n);
  else
    /* Translators: the same */
    g_string_append_printf (out, ngettext ("%u minute", "%u minutes", n / 60), n / 60);
}

/* What may stand in a sentence: how, and what does when the evidence does not
 * tell. What is in no sentence is in the details as it came. */
static const struct
{
  const char *key;
  const char *word;
  void      (*append) (GString  *out,
                       GVariant *value);  /* NULL: as it is */
} values[] = {
  /* Translators: these stand in a sentence in the place of a value that is not known */
  { TL_EVIDENCE_ACCOUNT,      N_("another account") },
  { TL_EVIDENCE_ADDRESSES,    N_("several addresses") },
  { TL_EVIDENCE_DAYS,         N_("a few days"), append_days },
  { TL_EVIDENCE_DOMAIN,       N_("your domain") },
  { TL_EVIDENCE_ENDPOINT,     N_("the setting that fits"), append_endpoint },
  { TL_EVIDENCE_FOLDER,       N_("a folder") },
  { TL_EVIDENCE_HOST,         N_("the mail server") },
  { TL_EVIDENCE_LIMIT,        N_("a few") },
  { TL_EVIDENCE_NAMES,        N_("another name") },
  { TL_EVIDENCE_NOT_AFTER,    N_("an unknown date"), append_date },
  { TL_EVIDENCE_NOT_BEFORE,   N_("a date in the future"), append_date },
  { TL_EVIDENCE_OFFERED,      N_("nothing") },
  /* Translators: stands before “full”, where nobody knows how full a mailbox is */
  { TL_EVIDENCE_PERCENT,      N_("almost completely"), append_percent },
  /* Translators: stands after “The rule … of” */
  { TL_EVIDENCE_POLICY,       N_("your company") },
  { TL_EVIDENCE_PORT,         N_("(unknown)") },
  { TL_EVIDENCE_PORTS_OPEN,   N_("other ports") },
  { TL_EVIDENCE_PORTS_SILENT, N_("all of them") },
  { TL_EVIDENCE_PRODUCT,      N_("a security program or device that this program does not know") },
  { TL_EVIDENCE_PROVIDER,     N_("Your provider") },
  { TL_EVIDENCE_PROXY,        N_("a proxy") },
  /* Translators: stands after “for”, in the place of what a folder is for */
  { TL_EVIDENCE_ROLE,         N_("something"), append_role },
  /* Translators: in the place of a rule's name that is not known */
  { TL_EVIDENCE_RULE,         N_("(unknown)") },
  /* Translators: stands after “for” or “after”, in the place of a time that is not known */
  { TL_EVIDENCE_SECONDS,      N_("some time"), append_seconds },
  { TL_EVIDENCE_SUGGESTION,   N_("something else") },
  { TL_EVIDENCE_TARGET,       N_("The chosen platform") },
  { TL_EVIDENCE_TLS_VERSION,  N_("an unknown version") },
  { TL_EVIDENCE_USER,         N_("your account") },
  { TL_EVIDENCE_WANTED,       N_("what is needed"), append_wanted },
};

/* An empty string or list says as little as an absent one. */
static gboolean
says_nothing (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return *g_variant_get_string (value, NULL) == '\0';

  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY) &&
         g_variant_n_children (value) == 0;
}

/* A word of ours begins a sentence with a capital; what is evidence stays as it is. */
static void
append_word (GString    *out,
             const char *word)
{
  const char *rest = g_utf8_next_char (word);
  g_autofree char *first = g_strndup (word, (gsize) (rest - word));
  g_autofree char *capital = g_utf8_strup (first, -1);

  if (out->len > 0)
    g_string_append (out, word);
  else
    g_string_append_printf (out, "%s%s", capital, rest);
}

/* Appends what {name} stands for; FALSE when it stands in no sentence. */
static gboolean
append_filled (GString    *out,
               const char *name,
               gsize       len,
               GVariant   *evidence)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(GVariant) value = NULL;

      if (strlen (values[i].key) != len || strncmp (values[i].key, name, len) != 0)
        continue;

      if (evidence != NULL)
        value = g_variant_lookup_value (evidence, values[i].key, NULL);
      if (value == NULL || says_nothing (value))
        append_word (out, _(values[i].word));
      else if (values[i].append != NULL)
        values[i].append (out, value);
      else
        append_plain (out, value);

      return TRUE;
    }

  return FALSE;
}

/**
 * tl_catalogue_fill:
 * @sentence: a title, an explanation or a remedy, already in the user's language
 * @evidence: (nullable): evidence, a{sv} as in tl-evidence.h
 *
 * Puts the values of @evidence in the place of the {names} in @sentence: a moment
 * as a date, a server to use with its port and encryption in words, days and
 * seconds with their noun. A list is joined with commas and trails off after
 * six. A name that @evidence does not hold becomes a neutral word, with a capital at the beginning;
 * braces around anything else stay. Values are not looked at again, so that a {name} inside of
 * one stays what it is. The result is text, never markup.
 *
 * Returns: (transfer full): the sentence
 */
char *
tl_catalogue_fill (const char *sentence,
                   GVariant   *evidence)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *p = sentence;

  g_return_val_if_fail (sentence != NULL, NULL);
  g_return_val_if_fail (evidence == NULL || tl_evidence_is_valid (evidence), NULL);

  while (*p != '\0')
    {
      const char *open = strchr (p, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;

      if (close == NULL)
        break;

      g_string_append_len (out, p, open - p);
      p = open + 1;
      if (append_filled (out, p, (gsize) (close - p), evidence))
        p = close + 1;
      else
        g_string_append_c (out, '{');
    }

  g_string_append (out, p);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
