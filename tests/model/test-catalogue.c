/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-catalogue.h"

#include <string.h>

#include "tl-evidence.h"
#include "tl-nick.h"

static char *
read_readme (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "src", "model", "README.md",
                                                 NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* Reads the ids of the tables in src/model/README.md: rows "| `stage` | `cause` … |";
 * a star behind a cause makes no difference here. */
static GHashTable *
read_ids (void)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = read_readme ();
  g_auto(GStrv) lines = NULL;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) words = NULL;

      if (!g_regex_match_simple ("^\\| `[a-z]+` \\| (`[a-z0-9-]+`\\*? ?)+ \\|$", lines[i], 0, 0))
        continue;

      words = g_strsplit (lines[i], "`", -1);
      for (guint j = 3; words[j] != NULL; j += 2)
        {
          char *id = g_strconcat (words[1], ".", words[j], NULL);

          g_test_message ("%s", id);
          g_assert_true (g_hash_table_add (ids, id));
          if (words[j + 1] == NULL)
            break;
        }
    }

  return ids;
}

static void
test_listed (void)
{
  g_autoptr(GHashTable) ids = read_ids ();
  GHashTableIter iter;
  gpointer id;

  g_test_summary ("Every id of the list has an entry, and every entry is in the list");

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const TlCatalogueEntry *entry = tl_catalogue_lookup (id);

      g_test_message ("%s", (const char *) id);
      g_assert_nonnull (entry);
      g_assert_cmpstr (entry->id, ==, id);
    }

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      g_test_message ("%s", tl_catalogue_get (i)->id);
      g_assert_true (g_hash_table_contains (ids, tl_catalogue_get (i)->id));
    }

  g_assert_cmpuint (g_hash_table_size (ids), ==, tl_catalogue_get_n ());
  g_assert_cmpuint (tl_catalogue_get_n (), >, 150);
}

static void
test_unknown (void)
{
  g_assert_null (tl_catalogue_lookup ("caps.no-such-thing"));
  g_assert_null (tl_catalogue_lookup ("auth.cancelled"));
  g_assert_null (tl_catalogue_lookup ("reset"));
  g_assert_null (tl_catalogue_lookup (""));
}

static gboolean
is_evidence_key (const char *name)
{
  static const char * const types[] = { "s", "u", "as" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
      g_autoptr(GVariant) value = NULL;
      g_autoptr(GVariant) evidence = NULL;

      value = g_variant_ref_sink (g_str_equal (types[i], "s") ? g_variant_new_string ("x") :
                                  g_str_equal (types[i], "u") ? g_variant_new_uint32 (1) :
                                  g_variant_new_strv (NULL, 0));
      g_variant_builder_add (&builder, "{sv}", name, value);
      evidence = g_variant_ref_sink (g_variant_builder_end (&builder));
      if (tl_evidence_is_valid (evidence))
        return TRUE;
    }

  return FALSE;
}

/* Whether no sentence can show what a person has not written: markup, or a
 * placeholder that stays one. */
static void
check_sentence (const char *sentence,
                gboolean    is_title)
{
  g_autoptr(GRegex) regex = g_regex_new ("\\{([^}]*)\\}", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *filled = NULL;

  g_assert_nonnull (sentence);
  g_assert_cmpuint (strlen (sentence), >, 3);
  g_assert_null (strpbrk (sentence, "<>&\n\t%"));
  g_assert_null (strstr (sentence, "  "));
  g_assert_false (g_ascii_isspace (sentence[strlen (sentence) - 1]));

  g_regex_match (regex, sentence, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      g_assert_true (is_evidence_key (name));
      g_assert_cmpstr (name, !=, TL_EVIDENCE_SERVER_TEXT);
      if (is_title)
        g_assert_true (g_str_equal (name, TL_EVIDENCE_HOST) ||
                       g_str_equal (name, TL_EVIDENCE_PORT) ||
                       g_str_equal (name, TL_EVIDENCE_DOMAIN) ||
                       g_str_equal (name, TL_EVIDENCE_SUGGESTION));
      g_match_info_next (match, NULL);
    }

  filled = tl_catalogue_fill (sentence, NULL);
  g_assert_null (strpbrk (filled, "{}"));
}

static void
test_entry (gconstpointer data)
{
  const TlCatalogueEntry *entry = data;
  guint n = 0;

  check_sentence (entry->title, TRUE);
  check_sentence (entry->explanation, FALSE);
  g_assert_false (g_str_has_suffix (entry->title, "."));
  g_assert_true (g_str_has_suffix (entry->explanation, "."));

  for (; entry->remedies[n].text != NULL; n++)
    {
      g_assert_cmpuint (n, <, TL_REMEDIES_MAX);
      check_sentence (entry->remedies[n].text, FALSE);
      g_assert_true (g_str_has_suffix (entry->remedies[n].text, "."));
    }
  /* What is noted may leave nothing to do; all else has somebody do something. */
  g_assert_true (n >= 1 || entry->severity == TL_SEVERITY_NOTE);

  g_assert_nonnull (tl_severity_get_nick (entry->severity));
  g_assert_nonnull (tl_fixer_get_nick (entry->fixer));

  /* The one sentence that only one finding may say. */
  if (!g_str_equal (entry->id, "auth.bad-credentials"))
    g_assert_null (strstr (entry->title, "password is wrong"));
}

/* The list of actions in src/model/README.md is closed: what remedies offer is
 * there, and what is there is offered by some. */
static void
test_actions (void)
{
  g_autoptr(GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) offered = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GRegex) regex = g_regex_new ("`([a-z-]+)`\\s+[(·]", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *text = read_readme ();
  const char *section = strstr (text, "### Actions");
  GHashTableIter iter;
  gpointer action;

  g_assert_nonnull (section);
  for (g_regex_match (regex, section, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_assert_true (g_hash_table_add (listed, g_match_info_fetch (match, 1)));

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    for (const TlRemedy *remedy = tl_catalogue_get (i)->remedies; remedy->text != NULL; remedy++)
      {
        if (remedy->action == NULL)
          continue;
        g_test_message ("%s: %s", tl_catalogue_get (i)->id, remedy->action);
        g_assert_true (g_hash_table_contains (listed, remedy->action));
        g_hash_table_add (offered, (gpointer) remedy->action);
      }

  g_hash_table_iter_init (&iter, listed);
  while (g_hash_table_iter_next (&iter, &action, NULL))
    {
      g_test_message ("%s", (const char *) action);
      g_assert_true (g_hash_table_contains (offered, action));
    }
  g_assert_cmpuint (g_hash_table_size (listed), >=, 13);
}

typedef struct
{
  const char *name;
  const char *id;
  const char *actions; /* of its remedies, in order; - for one without */
} RemedyCase;

static const RemedyCase remedy_cases[] = {
  { "two-user-names", "auth.bad-credentials",
    "edit-password retry-as-full-address retry-as-local-part -" },
  { "one-click",      "tls.plaintext-peer",   "switch-endpoint retry" },
  { "note-for-it",    "connect.ports-blocked", "retry copy-note edit-settings" },
  { "banned",         "connect.banned",       "- wait copy-note" },
  { "oauth-only",     "caps.oauth-only",      "use-oauth send-request" },
  { "oauth-required", "auth.oauth-required",  "use-oauth send-request ask-admin" },
  { "no-client",      "oauth.no-client",      "send-request edit-password - use-oauth" },
  { "no-listener",    "oauth.no-listener",    "use-device use-oauth" },
  { "sign-in-again",  "oauth.reauth-needed",  "use-oauth" },
  { "denied",         "oauth.denied",         "use-oauth send-request" },
  { "not-app-password", "input.not-app-password", "open-app-password-page edit-password" },
  { "app-password",   "auth.app-password",    "open-app-password-page edit-password" },
  { "foreign-host",   "auth.foreign-host",    "edit-settings edit-password" },
  { "unknown-words",  "auth.refused",
    "edit-password retry-as-full-address retry-as-local-part copy-note" },
};

static void
test_remedies (gconstpointer data)
{
  const RemedyCase *c = data;
  const TlCatalogueEntry *entry = tl_catalogue_lookup (c->id);
  g_autoptr(GString) actions = g_string_new (NULL);

  for (guint i = 0; entry->remedies[i].text != NULL; i++)
    g_string_append_printf (actions, "%s%s", i > 0 ? " " : "",
                            entry->remedies[i].action != NULL ? entry->remedies[i].action : "-");
  g_assert_cmpstr (actions->str, ==, c->actions);
}

typedef struct
{
  const char *name;
  const char *id;
  TlSeverity  severity;
} SeverityCase;

static const SeverityCase severity_cases[] = {
  { "idle-missing",      "use.idle-missing",        TL_SEVERITY_WARNING },
  { "role-missing",      "use.role-missing",        TL_SEVERITY_NOTE },
  { "tested-from-here",  "export.tested-from-here", TL_SEVERITY_NOTE },
  { "needs-consent",     "export.needs-consent",    TL_SEVERITY_NOTE },
  { "private-address",   "resolve.private-address", TL_SEVERITY_WARNING },
  { "conflict",          "discover.conflict",       TL_SEVERITY_WARNING },
  { "untrusted-only",    "discover.untrusted-only", TL_SEVERITY_WARNING },
  { "spf-missing",       "domain.spf-missing",      TL_SEVERITY_WARNING },
  { "in-junk",           "deliver.in-junk",         TL_SEVERITY_WARNING },
  { "dmarc-fail",        "deliver.dmarc-fail",      TL_SEVERITY_WARNING },
  { "deliver-timeout",   "deliver.timeout",         TL_SEVERITY_ERROR },
  { "different",         "pair.different-accounts", TL_SEVERITY_ERROR },
  { "practice",          "bundle.practice",         TL_SEVERITY_ERROR },
  { "unknown-signer",    "bundle.unknown-signer",   TL_SEVERITY_ERROR },
  { "tls-expired",       "tls.expired",             TL_SEVERITY_ERROR },
  { "not-proven",        "auth.not-proven",         TL_SEVERITY_ERROR },
  { "refused",           "auth.refused",            TL_SEVERITY_ERROR },
  { "intercepted",       "tls.intercepted",         TL_SEVERITY_ERROR },
  { "inspected",         "tls.inspected",           TL_SEVERITY_WARNING },
  { "expires-soon",      "tls.expires-soon",        TL_SEVERITY_WARNING },
  { "family-dead",       "connect.family-dead",     TL_SEVERITY_NOTE },
  { "plaintext-allowed", "upgrade.plaintext-allowed", TL_SEVERITY_NOTE },
  { "alert",             "use.alert",               TL_SEVERITY_NOTE },
  { "not-filed",         "deliver.not-filed",       TL_SEVERITY_NOTE },
  { "left-behind",       "deliver.left-behind",     TL_SEVERITY_NOTE },
  { "no-pkce",           "oauth.no-pkce",           TL_SEVERITY_NOTE },
  { "rights-limited",    "use.rights-limited",      TL_SEVERITY_WARNING },
  { "policy",            "store.policy",            TL_SEVERITY_WARNING },
  { "seen",              "store.seen",              TL_SEVERITY_WARNING },
  { "recipient",         "export.recipient",        TL_SEVERITY_ERROR },
  { "anywhere",          "caps.protocol",           TL_SEVERITY_ERROR },
};

static void
test_severity (gconstpointer data)
{
  const SeverityCase *c = data;

  g_assert_cmpint (tl_catalogue_lookup (c->id)->severity, ==, c->severity);
}

/* Without a server that is reached, proven and signed in to, nothing works; a
 * remark in these stages is named here. */
static void
test_no_way_around (void)
{
  static const char * const stages[] = { "connect.", "tls.", "upgrade.", "auth." };
  static const char * const remarks[] = {
    "connect.family-dead", "tls.expires-soon", "tls.inspected", "upgrade.plaintext-allowed", NULL
  };

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      const TlCatalogueEntry *entry = tl_catalogue_get (i);

      for (gsize j = 0; j < G_N_ELEMENTS (stages); j++)
        {
          if (!g_str_has_prefix (entry->id, stages[j]))
            continue;
          g_test_message ("%s", entry->id);
          g_assert_cmpint (entry->severity == TL_SEVERITY_ERROR, ==,
                           !g_strv_contains (remarks, entry->id));
        }
    }
}

/* catalogue.txt says it once more, so that nobody changes it without meaning to:
 * "id severity fixer retry", in the order of the catalogue. */
static void
test_meant (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "model", "catalogue.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  guint n;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  n = g_strv_length (lines);

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      const TlCatalogueEntry *entry = tl_catalogue_get (i);
      g_autofree char *line = g_strjoin (" ", entry->id, tl_severity_get_nick (entry->severity),
                                         tl_fixer_get_nick (entry->fixer),
                                         tl_nick_get (TL_TYPE_RETRY, (int) entry->retry), NULL);

      g_assert_cmpstr (line, ==, i < n ? lines[i] : NULL);
    }
  /* The last line has its end, too. */
  g_assert_cmpuint (n, ==, tl_catalogue_get_n () + 1);
}

typedef struct
{
  const char *name;
  const char *sentence;
  const char *evidence; /* g_variant_parse() */
  const char *expected;
} FillCase;

static const FillCase fill_cases[] = {
  { "nothing",       "plain",               "@a{sv} {}",                      "plain" },
  { "string",        "to {host} go",        "{'host': <'mx.test'>}",          "to mx.test go" },
  { "number",        "{port}",              "{'port': <uint32 993>}",         "993" },
  { "list",          "{names}",             "{'names': <['a', 'b']>}",        "a, b" },
  { "how-full",      "{percent} full",      "{'percent': <uint32 85>}",       "85 % full" },
  { "nobody-knows",  "{percent} full",      "@a{sv} {}",                 "Almost completely full" },
  { "limit",         "only {limit}",        "{'limit': <uint32 15>}",         "only 15" },
  { "role",          "for {role}",          "{'role': <'sent'>}",             "for sent messages" },
  { "unknown-role",  "for {role}",          "{'role': <'x'>}",                "for x" },
  { "wanted-roles",  "{wanted}",            "{'wanted': <['junk', 'right-delete', 'x']>}",
                                                      "junk mail, mark messages as deleted, x" },
  { "long-list",     "{names}",             "{'names': <['a', 'b', 'c', 'd', 'e', 'f', 'g']>}",
                                                                    "a, b, c, d, e, f, …" },
  { "two",           "{host}:{port}",       "{'host': <'h'>, 'port': <uint32 1>}", "h:1" },
  { "endpoint",      "to {endpoint}",       "{'endpoint': <'imaps://imap.test:993'>}",
                                                          "to imap.test, port 993, TLS" },
  { "starttls",      "{endpoint}",          "{'endpoint': <'smtp://imap.test:26'>}",
                                                          "imap.test, port 26, STARTTLS" },
  { "bad-endpoint",  "{endpoint}",          "{'endpoint': <'nowhere'>}",      "nowhere" },
  { "date",          "by {not_after}.",     "{'not_after': <'2026-12-01T12:00:00Z'>}",
                                                          "by 1 December 2026." },
  { "date-before",   "{not_before}",        "{'not_before': <'2026-02-28T12:00:00Z'>}",
                                                          "28 February 2026" },
  { "bad-date",      "{not_after}",         "{'not_after': <'soon'>}",        "soon" },
  { "days",          "{days}",              "{'days': <uint32 12>}",          "12 days" },
  { "day",           "{days}",              "{'days': <uint32 1>}",           "1 day" },
  { "no-days",       "{days}",              "{'days': <uint32 0>}",           "0 days" },
  { "product",       "{product}",           "{'product': <'A Shield'>}",      "A Shield" },
  { "in-no-sentence", "{issuer}",           "{'issuer': <'CN = x'>}",         "{issuer}" },
  { "no-endpoint",   "to {endpoint}",       "@a{sv} {}",            "to the setting that fits" },
  { "missing",       "{host}",              "@a{sv} {}",                      "The mail server" },
  { "missing-inside", "to {host}",          "@a{sv} {}",                      "to the mail server" },
  { "begins-as-it-is", "{user} may",        "{'user': <'alex'>}",             "alex may" },
  { "empty-string",  "{user}",              "{'user': <''>}",                 "Your account" },
  { "empty-list",    "{offered}",           "{'offered': <@as []>}",          "Nothing" },
  { "not-a-key",     "{nobody}",            "@a{sv} {}",                      "{nobody}" },
  { "open",          "a {host",             "{'host': <'h'>}",                "a {host" },
  { "nested",        "{{host}}",            "{'host': <'h'>}",                "{h}" },
  { "once-only",     "{host} {user}",       "{'host': <'{user}'>, 'user': <'u'>}", "{user} u" },
  { "empty-braces",  "{}",                  "@a{sv} {}",                      "{}" },
  { "allowed",       "{wanted}",  "{'wanted': <['oauth2', 'TLSv1.3']>}",
                                                    "signing in on the provider’s page, TLSv1.3" },
  { "no-policy",     "of {policy}",         "@a{sv} {}",                      "of your company" },
  { "percent",       "{host} %s",           "{'host': <'%n'>}",               "%n %s" },
};

static void
test_fill (gconstpointer data)
{
  const FillCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) evidence = g_variant_parse (G_VARIANT_TYPE_VARDICT, c->evidence, NULL, NULL,
                                                  &error);
  g_autofree char *filled = NULL;

  g_assert_no_error (error);
  filled = tl_catalogue_fill (c->sentence, evidence);
  g_assert_cmpstr (filled, ==, c->expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/listed", test_listed);
  g_test_add_func ("/catalogue/unknown", test_unknown);
  g_test_add_func ("/catalogue/actions", test_actions);
  g_test_add_func ("/catalogue/no-way-around", test_no_way_around);
  g_test_add_func ("/catalogue/meant", test_meant);

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      const TlCatalogueEntry *entry = tl_catalogue_get (i);
      g_autofree char *path = g_strconcat ("/catalogue/entry/", entry->id, NULL);

      g_test_add_data_func (path, entry, test_entry);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (remedy_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/catalogue/remedies/", remedy_cases[i].name, NULL);

      g_test_add_data_func (path, &remedy_cases[i], test_remedies);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (severity_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/catalogue/severity/", severity_cases[i].name, NULL);

      g_test_add_data_func (path, &severity_cases[i], test_severity);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (fill_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/catalogue/fill/", fill_cases[i].name, NULL);

      g_test_add_data_func (path, &fill_cases[i], test_fill);
    }

  return g_test_run ();
}
