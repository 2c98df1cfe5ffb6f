/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request to IT: what is in it, that it can be pasted, and that it can be mailed. */
#include "tl-setup-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "tl-letter.h"
#include "tl-provider-details.h"

#define MAX_COLUMNS 76

typedef struct
{
  const char *name;
  const char *address;    /* NULL: nothing was typed yet */
  const char *provider;   /* NULL: none that is known */
  const char *login;      /* of a shared mailbox, or NULL */
  const char *host;       /* of the sign-in server, in the text */
  const char *issuer;     /* of the policy, NULL: left to IT */
  gboolean    has_tenant;
  gboolean    has_secret;
} RequestCase;

static const RequestCase cases[] = {
  { "microsoft", "ada@acme.test", "microsoft-365", .has_tenant = TRUE,
    .host = "login.microsoftonline.com",
    .issuer = "https://login.microsoftonline.com/{tenant}/v2.0" },
  { "microsoft/shared", "sales@acme.test", "microsoft-365", "ada@acme.test", .has_tenant = TRUE,
    .host = "login.microsoftonline.com",
    .issuer = "https://login.microsoftonline.com/{tenant}/v2.0" },
  { "google", "ada@acme.test", "google", .host = "accounts.google.com",
    .issuer = "https://accounts.google.com", .has_secret = TRUE },
  { "no-oauth", "ada@acme.test", "icloud" },
  { "unknown", "ada@acme.test" },
  { "u-label", "ada@b\303\274cher.example" },
  { "odd-address", "a&body=%0D#{b}|+c?@acme.test" },
  { "nothing" },
};

static TlSetup *
setup_new (const RequestCase *c)
{
  TlSetup *setup = tl_setup_new ();

  if (c->address != NULL)
    {
      tl_setup_set_address_text (setup, c->address);
      g_assert_true (tl_setup_get_address (setup) != NULL);
    }
  if (c->provider != NULL)
    setup->provider = tl_provider_ref (tl_providers_find (c->provider));
  tl_setup_refresh_signin (setup);
  tl_setup_identify (setup);
  if (c->login != NULL)
    g_object_set (tl_setup_get_identity (setup), "shared-way", TL_SHARED_BY_PROVIDER,
                  "login", c->login, NULL);

  return setup;
}

static gboolean
has_line (char       **lines,
          const char  *wanted)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_equal (lines[i], wanted))
        return TRUE;
    }

  return FALSE;
}

/* The lines with each run of white space as one space, so that what was broken over lines is found. */
static char *
dup_joined (const char *text)
{
  g_auto(GStrv) words = g_strsplit_set (text, " \n", -1);
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_string_append_printf (joined, "%s ", words[i]);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* Where the lines of the policy begin and end. */
static void
find_snippet (const char  *text,
              const char **out_from,
              const char **out_to)
{
  *out_from = strstr (text, "\n  {\n");
  *out_to = strstr (text, "\n  }\n");
  g_assert_true (*out_from != NULL && *out_to > *out_from);
}

/* Nothing that a person would have to guess the meaning of; only an address that is to be copied
 * may be longer than a line. */
static void
check_form (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  const char *from, *to;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "\n"));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || g_unichar_isprint (g_utf8_get_char (p)));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *value = strstr (lines[i], "\"issuer\": ");

      if (value == NULL || strlen (value) <= MAX_COLUMNS)
        g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, MAX_COLUMNS);
      g_assert_false (g_str_has_suffix (lines[i], " "));
    }

  find_snippet (text, &from, &to);
  for (const char *p = text; *p != '\0'; p++)
    g_assert_true (*p != '{' || (p > from && p < to));
  g_assert_null (strstr (text, "{tenant}"));
}

static gboolean
has_item (const char *joined,
          const char *first_words)
{
  g_autofree char *item = g_strconcat (" - ", first_words, NULL);

  return strstr (joined, item) != NULL;
}

/* What is asked for when somebody signs in, each on a line of its own. */
static void
check_scopes (TlSetup  *setup,
              char    **lines)
{
  gboolean has_openid = setup->provider != NULL && tl_provider_has_openid (setup->provider);
  g_auto(GStrv) scopes = tl_setup_dup_scopes (setup);

  for (guint i = 0; scopes[i] != NULL; i++)
    {
      g_autofree char *line = g_strconcat ("  ", scopes[i], NULL);

      g_assert_true (has_line (lines, line));
    }
  g_assert_cmpint (has_line (lines, "  openid"), ==, has_openid);
  g_assert_cmpint (has_line (lines, "  email"), ==, has_openid);
}

/* All that a provider's row says is in the letter, and nothing else. */
static void
check_row (TlSetup    *setup,
           const char *text)
{
  TlProvider *provider = setup->provider;
  gboolean has_row = provider != NULL && tl_provider_takes (provider, TL_AUTH_OAUTH2);
  gboolean wants_secret = has_row && tl_provider_wants_client_secret (provider);
  gboolean wants_tenant = has_row && tl_provider_get_oauth_tenant (provider) != NULL;
  static const char * const all_redirects[] = {
    "http://127.0.0.1/", "http://[::1]/", "http://localhost", NULL
  };
  const char * const *redirects = has_row ? tl_provider_get_oauth_redirects (provider) : NULL;
  g_autofree char *joined = dup_joined (text);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_steps = provider == NULL ? 0 : tl_provider_get_n_oauth_steps (provider);
  guint n_switches = has_row ? tl_provider_get_n_oauth_switches (provider) : 0;

  for (guint i = 0; i < n_steps; i++)
    {
      const TlPrerequisite *step = tl_provider_get_oauth_step (provider, i);
      g_autofree char *wanted = g_strdup_printf ("%u. %s ", i + 1, step->text);
      g_autofree char *link = step->link == NULL ? NULL : g_strconcat ("   ", step->link, NULL);

      g_assert_nonnull (strstr (joined, wanted));
      g_assert_true (link == NULL || has_line (lines, link));
      g_assert_cmpint (step->fixer, ==, TL_FIXER_YOUR_ADMIN);
    }
  if (n_steps == 0)
    g_assert_nonnull (strstr (joined, "(RFC 8252)."));
  if (n_steps == 0 && has_row)
    g_assert_cmpint (strstr (joined, "device_code") != NULL, ==,
                     tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_DEVICE) != NULL ||
                     tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_TOKEN) == NULL);

  for (guint i = 0; i < n_switches; i++)
    g_assert_nonnull (strstr (joined, tl_provider_get_oauth_switch (provider, i)->text));
  g_assert_cmpint (strstr (joined, "SMTP AUTH") != NULL, ==, !has_row && setup->address != NULL);

  for (gsize i = 0; all_redirects[i] != NULL; i++)
    {
      g_autofree char *line = g_strconcat ("  ", all_redirects[i], NULL);
      gboolean is_wanted = has_row ? g_strv_contains (redirects, all_redirects[i])
                                   : !g_str_has_suffix (line, "localhost");

      g_assert_cmpint (has_line (lines, line), ==, is_wanted);
    }
  check_scopes (setup, lines);
  g_assert_nonnull (strstr (joined, "S256"));
  g_assert_cmpint (strstr (joined, "token_endpoint_auth_method") != NULL, ==, !wants_secret);
  g_assert_true (has_item (joined, "the client id"));
  g_assert_cmpint (has_item (joined, "the client secret"), ==, wants_secret);
  g_assert_cmpint (has_item (joined, "the directory (tenant) id"), ==, wants_tenant);
  g_assert_cmpint (has_item (joined, "the address of the sign-in server"), ==,
                   !has_row);
  g_assert_cmpint (strstr (text, "\"client_secret\": \"…\"") != NULL, ==, wants_secret);
  g_assert_cmpint (strstr (text, "\"tenant\": \"…\"") != NULL, ==, wants_tenant);
}

static void
test_text (gconstpointer data)
{
  const RequestCase *c = data;
  g_autoptr(TlSetup) setup = setup_new (c);
  g_autofree char *text = tl_setup_dup_request_text (setup);
  g_autofree char *again = tl_setup_dup_request_text (setup);
  g_autofree char *joined = dup_joined (text);

  g_assert_cmpstr (text, ==, again);
  if (c->address == NULL || strchr (c->address, '{') == NULL)
    check_form (text);
  check_row (setup, text);

  if (c->address != NULL)
    g_assert_nonnull (strstr (joined, tl_address_get_addr_spec (tl_setup_get_address (setup))));
  if (c->login != NULL)
    g_assert_nonnull (strstr (joined, c->login));
  if (c->host != NULL)
    {
      g_autofree char *line = g_strconcat (": ", c->host, " ", NULL);

      g_assert_nonnull (strstr (joined, line));
    }
}

/* Who may do what with a mailbox that several people use, and what a row says to that. */
static const struct
{
  const char  *name;
  const char  *provider;  /* NULL: none that is known */
  TlSharedWay  way;
  const char  *login;
  const char  *wanted[3];
} rights_cases[] = {
  { "provider", "microsoft-365", TL_SHARED_BY_PROVIDER, "ada@acme.test",
    { "let ada@acme.test read the mailbox sales@acme.test ", "(Full Access)", "“Send as”" } },
  { "folder", NULL, TL_SHARED_FOLDER, "ada@acme.test",
    { "let ada@acme.test read the mailbox sales@acme.test ", "- Folder: Shared/sales ",
      "RFC 4314" } },
  { "master", NULL, TL_SHARED_MASTER, "ada",
    { "let ada read the mailbox sales@acme.test ", "RFC 4314" } },
  { "not-shared", "microsoft-365", TL_SHARED_NOT, "ada@acme.test", { NULL } },
  { "nobody", "microsoft-365", TL_SHARED_BY_PROVIDER, NULL, { NULL } },
};

static void
test_rights (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  const RequestCase c = { .address = "sales@acme.test", .provider = rights_cases[index].provider };
  g_autoptr(TlSetup) setup = setup_new (&c);
  g_autofree char *text = NULL;
  g_autofree char *joined = NULL;

  g_object_set (tl_setup_get_identity (setup), "shared-way", rights_cases[index].way,
                "login", rights_cases[index].login, "shared-folder", "Shared/sales", NULL);
  text = tl_setup_dup_request_text (setup);
  joined = dup_joined (text);
  check_form (text);
  for (gsize i = 0; i < G_N_ELEMENTS (rights_cases[index].wanted); i++)
    {
      if (rights_cases[index].wanted[i] != NULL)
        g_assert_nonnull (strstr (joined, rights_cases[index].wanted[i]));
    }
  if (rights_cases[index].wanted[0] == NULL)
    g_assert_null (strstr (joined, "Please let"));
}

/* Whoever has a mailbox at a provider's own domain has no IT behind it. */
static const struct
{
  const char *address;
  const char *provider;
  gboolean    takes_oauth;
  gboolean    needs_request;  /* once the sign-in on the page is chosen */
} personal_cases[] = {
  { "ada@gmail.com", "google", FALSE, FALSE },
  { "ada@GoogleMail.com", "google", FALSE, FALSE },
  { "ada@aol.com", "aol", FALSE, FALSE },
  { "ada@outlook.com", "outlook-com", TRUE, TRUE },
  { "ada@fastmail.com", "fastmail", FALSE, FALSE },
  { "ada@icloud.com", "icloud", FALSE, FALSE },
};

static void
test_personal (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  const RequestCase c = { .address = personal_cases[index].address,
                          .provider = personal_cases[index].provider };
  g_autoptr(TlClientStore) clients = tl_client_store_new ("/nonexistent/policy.json");
  g_autoptr(TlSetup) setup = setup_new (&c);
  g_autofree char *text = NULL;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;
  gboolean can_request = TRUE;

  tl_setup_set_client_store (setup, clients);
  text = tl_setup_dup_request_text (setup);
  page = tl_setup_dup_request_page (setup);
  uri = tl_setup_dup_request_uri (setup);
  g_assert_null (text);
  g_assert_null (page);
  g_assert_null (uri);
  g_object_get (setup, "can-request", &can_request, NULL);
  g_assert_false (can_request);

  g_assert_cmpint (tl_setup_takes (setup, TL_AUTH_OAUTH2), ==, personal_cases[index].takes_oauth);
  tl_setup_set_auth (setup, TL_AUTH_OAUTH2);
  g_assert_cmpint (tl_setup_get_auth (setup) == TL_AUTH_OAUTH2, ==,
                   personal_cases[index].takes_oauth);
  g_assert_cmpint (tl_setup_is_request_needed (setup), ==, personal_cases[index].needs_request);
}

static gboolean
has_action (TlFinding  *finding,
            char      **remedies,
            const char *action)
{
  g_auto(GStrv) all = tl_finding_dup_remedies (finding);

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (g_strcmp0 (tl_finding_get_entry (finding)->remedies[i].action, action) == 0 &&
          g_strv_contains ((const char * const *) remedies, all[i]))
        return TRUE;
    }

  return FALSE;
}

/* What helps where nobody knows this program: not everybody has IT, or app passwords. */
static const struct
{
  const char *address;
  const char *provider;
  gboolean    has_it;
  gboolean    has_app_password;
} remedy_cases[] = {
  { "ada@acme.test", "microsoft-365", TRUE, FALSE },
  { "ada@acme.test", "google", TRUE, TRUE },
  { "ada@outlook.com", "outlook-com", FALSE, FALSE },
  { "ada@fastmail.com", "fastmail", FALSE, TRUE },
  { "ada@acme.test", NULL, TRUE, FALSE },
};

static void
test_remedies (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  const RequestCase c = { .address = remedy_cases[index].address,
                          .provider = remedy_cases[index].provider };
  gboolean has_it = remedy_cases[index].has_it;
  g_autoptr(TlSetup) setup = setup_new (&c);
  g_autoptr(TlFinding) finding = tl_finding_new ("oauth.no-client", TL_LANE_NONE, NULL);
  g_autoptr(TlFinding) other = tl_finding_new ("auth.oauth-required", TL_LANE_NONE, NULL);
  g_auto(GStrv) remedies = tl_setup_dup_remedies (setup, finding, NULL);
  g_auto(GStrv) others = tl_setup_dup_remedies (setup, other, NULL);

  g_assert_cmpint (has_action (finding, remedies, "send-request"), ==, has_it);
  g_assert_cmpint (has_action (finding, remedies, NULL), ==, !has_it);
  g_assert_cmpint (has_action (finding, remedies, "edit-password"), ==,
                   remedy_cases[index].has_app_password);
  g_assert_true (has_action (finding, remedies, "use-oauth"));
  g_assert_cmpint (has_action (other, others, "send-request"), ==, has_it);
  g_assert_true (has_action (other, others, "use-oauth"));
}

/* The snippet with its blanks filled in, as IT would. */
static TlPolicy *
fill_policy (const char  *text,
             GError     **error)
{
  g_autoptr(GString) filled = NULL;
  const char *from, *to;

  find_snippet (text, &from, &to);
  filled = g_string_new_len (from, to - from + (gssize) strlen ("\n  }"));
  g_string_replace (filled, "https://…", "https://auth.acme.test", 0);
  g_string_replace (filled, "\"client_id\": \"…\"", "\"client_id\": \"0a1b\"", 0);
  g_string_replace (filled, "\"client_secret\": \"…\"", "\"client_secret\": \"c2d3\"", 0);
  g_string_replace (filled, "\"tenant\": \"…\"", "\"tenant\": \"acme.test\"", 0);

  return tl_policy_parse (filled->str, -1, error);
}

/* What is between the braces is a policy once the blanks are filled in, and none before: a blank
 * that was overlooked must not be taken for an id. */
static void
test_policy (gconstpointer data)
{
  const RequestCase *c = data;
  g_autoptr(TlSetup) setup = setup_new (c);
  g_autofree char *text = tl_setup_dup_request_text (setup);
  g_autofree char *snippet = NULL;
  g_autoptr(TlPolicy) blank = NULL;
  g_autoptr(TlPolicy) policy = NULL;
  g_autoptr(GError) refusal = NULL;
  g_autoptr(GError) error = NULL;
  const char *from, *to;
  TlOauthClient *client;

  find_snippet (text, &from, &to);
  snippet = g_strndup (from, (gsize) (to - from) + strlen ("\n  }"));
  blank = tl_policy_parse (snippet, -1, &refusal);
  g_assert_null (blank);
  g_assert_nonnull (refusal);

  policy = fill_policy (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_policy_get_clients (policy)->len, ==, 1);
  client = tl_policy_get_clients (policy)->pdata[0];
  g_assert_cmpstr (tl_oauth_client_get_id (client), ==, "0a1b");
  g_assert_cmpstr (tl_oauth_client_get_issuer (client), ==,
                   c->issuer != NULL ? c->issuer : "https://auth.acme.test");
  g_assert_cmpstr (tl_oauth_client_get_tenant (client), ==, c->has_tenant ? "acme.test" : NULL);
  g_assert_cmpint (tl_oauth_client_get_secret (client) != NULL, ==, c->has_secret);
}

static void
test_uri (gconstpointer data)
{
  const RequestCase *c = data;
  g_autoptr(TlSetup) setup = setup_new (c);
  g_autofree char *text = tl_setup_dup_request_text (setup);
  g_autofree char *uri = tl_setup_dup_request_uri (setup);
  g_autoptr(GString) expected = g_string_new (text);
  g_auto(GStrv) fields = g_strsplit (uri, "&", -1);
  g_autofree char *body = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (strlen (uri), <=, 8192);
  g_assert_true (g_str_has_prefix (uri, "mailto:?subject="));
  g_assert_true (g_uri_is_valid (uri, G_URI_FLAGS_NONE, &error));
  g_assert_no_error (error);
  for (const char *p = uri; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p) && strchr ("<>\"\\^`{|}", *p) == NULL);
  /* RFC 6068 §2: of what is reserved, "&" parts the fields, and there are two. */
  g_assert_cmpuint (g_strv_length (fields), ==, 2);

  body = g_uri_unescape_string (strstr (uri, "&body=") + strlen ("&body="), NULL);
  g_string_replace (expected, "\n", "\r\n", 0);
  g_assert_cmpstr (body, ==, expected->str);
}

static void
test_web_address (void)
{
  static const char address[] = "https://auth.acme.test/a-path-that-is-as-long-as-some-pages-of-"
                                "administration-are/and-longer-than-a-line";
  g_autofree char *text = g_strconcat ("Open ", address, " and choose “Allow”.", NULL);
  g_autoptr(GString) letter = g_string_new (NULL);
  g_autoptr(GString) page = g_string_new (NULL);
  g_autofree char *expected = g_strconcat ("- Open\n  ", address, "\n  and choose “Allow”.\n", NULL);
  g_autofree char *shown = g_strconcat ("- ", text, "\n", NULL);

  g_test_summary ("An address that is longer than a line is not broken");

  g_assert_cmpuint (strlen (address), >, MAX_COLUMNS);
  tl_letter_add (letter, "- ", "  ", text);
  tl_letter_fold (letter);
  g_assert_cmpstr (letter->str, ==, expected);
  tl_letter_add (page, "- ", "  ", text);
  tl_letter_unfold (page);
  g_assert_cmpstr (page->str, ==, shown);
}

static void
test_contact (void)
{
  g_autofree char *folder = g_dir_make_tmp ("twolane-request-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "policy.json", NULL);
  g_autoptr(TlClientStore) clients = NULL;
  g_autoptr(TlSetup) setup = NULL;
  g_autofree char *uri = NULL;
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (path, "{\"format\": \"twolane-policy\", \"version\": 0, "
                            "\"contact\": \"it+mail&x@acme.test\", \"oauth_clients\": []}", -1,
                            G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
  clients = tl_client_store_new (path);
  setup = setup_new (&cases[0]);
  tl_setup_set_client_store (setup, clients);

  uri = tl_setup_dup_request_uri (setup);
  g_assert_true (g_str_has_prefix (uri, "mailto:it%2Bmail%26x@acme.test?subject="));

  g_remove (path);
  g_rmdir (folder);
}

/* A letter that is too long ends at the end of a line, and says that it does. */
static void
test_cut (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "providers",
                                                 "microsoft-365.json", NULL);
  g_autoptr(GRegex) texts = g_regex_new ("\"text\": \"[^\"]*\"", 0, 0, NULL);
  g_autoptr(GString) wide = g_string_new ("\"text\": \"");
  g_autofree char *json = NULL;
  g_autoptr(GString) expected = NULL;
  g_autoptr(TlSetup) setup = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *body = NULL;
  g_autoptr(GError) error = NULL;
  char *last;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 150; i++)
    g_string_append (wide, "語");
  g_string_append (wide, "\"");
  json = g_regex_replace_literal (texts, contents, -1, 0, wide->str, 0, &error);
  g_assert_no_error (error);

  setup = tl_setup_new ();
  tl_setup_set_address_text (setup, "ada@acme.test");
  setup->provider = tl_provider_parse (json, -1, &error);
  g_assert_no_error (error);
  text = tl_setup_dup_request_text (setup);
  uri = tl_setup_dup_request_uri (setup);

  g_assert_cmpuint (strlen (uri), <=, 8192);
  g_assert_cmpuint (strlen (uri), >, 7000);
  body = g_uri_unescape_string (strstr (uri, "&body=") + strlen ("&body="), NULL);
  g_assert_true (g_utf8_validate (body, -1, NULL));
  last = g_strrstr (body, "\r\n") + 2;
  g_assert_cmpint (*last, ==, '[');
  *last = '\0';
  expected = g_string_new (text);
  g_string_replace (expected, "\n", "\r\n", 0);
  g_assert_cmpuint (strlen (body), <, expected->len);
  g_assert_true (g_str_has_prefix (expected->str, body));
}

/* The letter of every provider agrees with its row, can be mailed, and its policy is taken for the
 * very server that is signed in to. A provider that has only its partners registered gets none. */
static void
test_all_providers (void)
{
  GPtrArray *all = tl_providers_get_all ();
  guint n_oauth = 0;
  guint n_closed = 0;

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = all->pdata[i];
      const RequestCase c = { .address = "ada@acme.test", .provider = tl_provider_get_id (provider) };
      g_autoptr(TlSetup) setup = setup_new (&c);
      g_autofree char *text = tl_setup_dup_request_text (setup);
      g_autofree char *uri = tl_setup_dup_request_uri (setup);
      g_autofree char *issuer = tl_setup_dup_issuer (setup);
      g_autoptr(TlPolicy) policy = NULL;
      g_autoptr(GError) error = NULL;
      gboolean takes_oauth = tl_provider_takes (provider, TL_AUTH_OAUTH2);

      g_test_message ("%s", c.provider);
      n_oauth += takes_oauth ? 1 : 0;
      if (takes_oauth && !tl_provider_can_register (provider))
        {
          n_closed++;
          g_assert_null (text);
          g_assert_null (uri);
          tl_setup_set_auth (setup, TL_AUTH_OAUTH2);
          g_assert_cmpint (tl_setup_get_auth (setup), !=, TL_AUTH_OAUTH2);
          g_assert_false (tl_setup_takes (setup, TL_AUTH_OAUTH2));
          g_assert_false (tl_setup_is_request_needed (setup));
          continue;
        }

      g_assert_cmpuint (strlen (uri), <=, 8192);
      g_assert_true (g_str_has_suffix (uri, "%0D%0A"));
      check_form (text);
      check_row (setup, text);
      policy = fill_policy (text, &error);
      g_assert_no_error (error);
      if (takes_oauth)
        g_assert_cmpstr (tl_oauth_client_get_issuer (tl_policy_get_clients (policy)->pdata[0]), ==,
                         issuer);
    }

  g_assert_cmpuint (n_oauth, >=, 6);
  g_assert_cmpuint (n_closed, >=, 1);
}

/* Whom a partner's client was given can sign in there all the same. */
static void
test_partner (void)
{
  const RequestCase c = { .address = "ada@yahoo.com", .provider = "yahoo" };
  g_autoptr(TlClientStore) clients = tl_client_store_new ("/nonexistent/policy.json");
  g_autoptr(TlSetup) setup = setup_new (&c);
  g_autoptr(GError) error = NULL;

  tl_setup_set_client_store (setup, clients);
  g_assert_false (tl_setup_takes (setup, TL_AUTH_OAUTH2));
  g_assert_true (tl_setup_takes (setup, TL_AUTH_APP_PASSWORD));
  g_assert_true (tl_setup_set_client (setup, "partner", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (tl_setup_takes (setup, TL_AUTH_OAUTH2));
  g_assert_false (tl_setup_is_request_needed (setup));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("/setup-request/text/", cases[i].name, NULL);
      g_autofree char *policy = g_strconcat ("/setup-request/policy/", cases[i].name, NULL);
      g_autofree char *uri = g_strconcat ("/setup-request/uri/", cases[i].name, NULL);

      g_test_add_data_func (text, &cases[i], test_text);
      g_test_add_data_func (policy, &cases[i], test_policy);
      g_test_add_data_func (uri, &cases[i], test_uri);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rights_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-request/rights/", rights_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_rights);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (personal_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-request/personal/", personal_cases[i].address,
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_personal);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (remedy_cases); i++)
    {
      const char *provider = remedy_cases[i].provider;
      g_autofree char *path = g_strconcat ("/setup-request/remedies/",
                                           provider != NULL ? provider : "unknown", NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_remedies);
    }
  g_test_add_func ("/setup-request/web-address", test_web_address);
  g_test_add_func ("/setup-request/contact", test_contact);
  g_test_add_func ("/setup-request/cut", test_cut);
  g_test_add_func ("/setup-request/all-providers", test_all_providers);
  g_test_add_func ("/setup-request/partner", test_partner);

  return g_test_run ();
}
