/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy.h"

#include <string.h>

#include "tl-catalogue.h"
#include "tl-error.h"

#define HEAD   "{\"format\": \"twolane-policy\", \"version\": 0, "
#define FINGERPRINT "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define CLIENT "\"issuer\": \"https://id.example.net\", \"client_id\": \"id\""

static TlPolicy *
load (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", "good", file, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  TlPolicy *policy;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  policy = tl_policy_parse (text, -1, &error);
  g_assert_no_error (error);

  return policy;
}

static void
test_full (void)
{
  g_autoptr(TlPolicy) policy = load ("policy-full.json");
  GPtrArray *clients = tl_policy_get_clients (policy);
  TlOauthClient *microsoft, *google;
  gsize len;

  g_assert_cmpstr (tl_policy_get_name (policy), ==, "Example Ltd");
  g_assert_cmpstr (tl_policy_get_contact (policy), ==, "it@example.org");
  g_assert_cmpuint (clients->len, ==, 2);

  microsoft = g_ptr_array_index (clients, 0);
  g_assert_cmpstr (tl_oauth_client_get_issuer (microsoft), ==,
                   "https://login.microsoftonline.com/{tenant}/v2.0");
  g_assert_cmpstr (tl_oauth_client_get_id (microsoft), ==, "00001111-aaaa-2222-bbbb-3333cccc4444");
  g_assert_cmpstr (tl_oauth_client_get_tenant (microsoft), ==,
                   "aaaabbbb-0000-cccc-1111-dddd2222eeee");
  g_assert_null (tl_oauth_client_get_secret (microsoft));
  g_assert_cmpint (tl_oauth_client_get_origin (microsoft), ==, TL_CLIENT_FROM_POLICY);

  google = g_ptr_array_index (clients, 1);
  g_assert_null (tl_oauth_client_get_tenant (google));
  tl_secret_peek (tl_oauth_client_get_secret (google), &len);
  g_assert_cmpuint (len, ==, strlen ("not-a-secret"));
}

static void
test_least (void)
{
  g_autoptr(TlPolicy) policy = load ("policy-least.json");
  g_autoptr(TlPolicy) nulls = load ("policy-nulls.json");

  g_assert_null (tl_policy_get_name (policy));
  g_assert_null (tl_policy_get_contact (policy));
  g_assert_cmpuint (tl_policy_get_clients (policy)->len, ==, 0);

  g_assert_null (tl_policy_get_contact (nulls));
  g_assert_cmpuint (tl_policy_get_clients (nulls)->len, ==, 1);
}

static void
test_grants (void)
{
  g_autoptr(TlPolicy) policy = load ("policy-rules.json");
  g_autoptr(TlPolicy) nulls = load ("policy-all-null.json");
  const char * const *signers = tl_policy_get_signers (policy);

  g_assert_cmpuint (g_strv_length ((char **) signers), ==, 2);
  g_assert_cmpstr (signers[0], ==,
                   "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
  g_assert_true (g_str_has_prefix (tl_policy_get_certificate (policy),
                                   "-----BEGIN CERTIFICATE-----\n"));
  g_assert_cmpstr (tl_policy_get_directory (policy), ==, "https://autoconfig.example.org/v1.1/");

  g_assert_null (tl_policy_get_signers (nulls)[0]);
  g_assert_null (tl_policy_get_certificate (nulls));
  g_assert_null (tl_policy_get_directory (nulls));
}

static void
test_sha256 (void)
{
  const char *text = HEAD "\"oauth_clients\": []}";
  g_autofree char *spaced = g_strconcat (text, " ", NULL);
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr(TlPolicy) whole = tl_policy_parse (text, -1, NULL);
  g_autoptr(TlPolicy) counted = tl_policy_parse (spaced, (gssize) strlen (text), NULL);
  g_autoptr(TlPolicy) longer = tl_policy_parse (spaced, -1, NULL);

  g_test_summary ("The hash is of the bytes that were read, all of them and no more");

  g_assert_cmpstr (tl_policy_get_sha256 (whole), ==, expected);
  g_assert_cmpstr (tl_policy_get_sha256 (counted), ==, expected);
  g_assert_cmpstr (tl_policy_get_sha256 (longer), !=, expected);
}

typedef struct
{
  const char *path;
  const char *text;
  gint64      expires_s;
} ExpiresCase;

static const ExpiresCase expires_cases[] = {
  { "/policy/expires/none", HEAD "\"oauth_clients\": []}", 0 },
  { "/policy/expires/null", HEAD "\"expires\": null}", 0 },
  /* All of its day. */
  { "/policy/expires/day", HEAD "\"expires\": \"2026-02-28\"}", 1772323200 },
  { "/policy/expires/moment", HEAD "\"expires\": \"2026-02-28T00:00:01Z\"}", 1772236801 },
};

static void
test_expires (gconstpointer data)
{
  const ExpiresCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPolicy) policy = tl_policy_parse (c->text, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (tl_policy_get_expires_s (policy), ==, c->expires_s);
}

static void
test_name (void)
{
  g_autoptr(TlPolicy) policy = tl_policy_parse (HEAD "\"name\": \"Acme\u202eemcA\"}", -1, NULL);

  g_test_summary ("A name that would show as another is spelt out");

  g_assert_cmpstr (tl_policy_get_name (policy), ==, "Acme\\u202eemcA");
}

static void
test_issuer (void)
{
  g_autoptr(TlPolicy) policy = load ("policy-issuer-plain.json");
  TlOauthClient *client = g_ptr_array_index (tl_policy_get_clients (policy), 0);

  g_test_summary ("An issuer with the tenant in its place is the one of the provider table");

  g_assert_cmpstr (tl_oauth_client_get_issuer (client), ==,
                   "https://login.microsoftonline.com/{tenant}/v2.0");
  g_assert_cmpstr (tl_oauth_client_get_tenant (client), ==, "acme.example");
}

/* What somebody who wrote the file has to read: where it is, and what would have been right. The
 * words are those of JSON members, which never change. */
typedef struct
{
  const char *name;
  const char *json;
  const char *named[4];
} ErrorCase;

static const ErrorCase error_cases[] = {
  { "unknown",        HEAD "\"oauth_clients\": [], \"colour\": 1}",
    { "colour", "contact", "oauth_clients" } },
  { "unknown-within", HEAD "\"oauth_clients\": [{" CLIENT ", \"clientsecret\": \"canary-7\"}]}",
    { "oauth_clients", "clientsecret", "client_secret", "tenant" } },
  { "secret",         HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7\\u0001\"}]}",
    { "oauth_clients", "client_secret" } },
  { "secret-as-array", HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": [\"canary-7\"]}]}",
    { "oauth_clients", "client_secret" } },
  { "twice",          HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7\"}, {" CLIENT "}]}",
    { "oauth_clients" } },
  { "cut",            HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7", { NULL } },
  { "two-members",    HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7\", "
                      "\"client_secret\": \"canary-7\"}]}", { NULL } },
  { "rule-within",    HEAD "\"hosts\": {\"incoming\": [\"a.b\"], \"both\": []}}",
    { "hosts", "both", "incoming", "outgoing" } },
  { "rule-word",      HEAD "\"sign_in\": [\"token\"]}", { "sign_in" } },
  { "rule-finding",   HEAD "\"domain_health\": {\"minimum\": [\"domain.spf\"]}}",
    { "domain_health", "minimum", "domain.spf" } },
  { "expires-day",    HEAD "\"expires\": \"2026-02-30\"}", { "expires" } },
  { "expires-word",   HEAD "\"expires\": \"next month\"}", { "expires" } },
  { "expires-zone",   HEAD "\"expires\": \"2026-02-28T00:00:01+01:00\"}", { "expires" } },
  { "expires-number", HEAD "\"expires\": 1772323200}", { "expires" } },
  { "signer",         HEAD "\"trusted_signers\": [{\"fingerprint\": \"00\"}]}",
    { "trusted_signers", "fingerprint" } },
  { "signer-twice",   HEAD "\"trusted_signers\": [{\"fingerprint\": \"" FINGERPRINT "\"}, "
                      "{\"fingerprint\": \"" FINGERPRINT "\", \"name\": \"Eva\"}]}",
    { "trusted_signers", "twice" } },
  { "version",        "{\"format\": \"twolane-policy\", \"version\": 1, \"oauth_clients\": []}",
    { "version" } },
};

static void
test_error (gconstpointer data)
{
  const ErrorCase *c = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_policy_parse (c->json, -1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_test_message ("%s", error->message);
  for (gsize i = 0; i < G_N_ELEMENTS (c->named) && c->named[i] != NULL; i++)
    g_assert_nonnull (strstr (error->message, c->named[i]));
  /* What is wrong within a part names that part once. */
  if (c->named[0] != NULL && c->named[1] != NULL)
    g_assert_null (strstr (strstr (error->message, c->named[0]) + 1, c->named[0]));
  g_assert_null (strstr (error->message, "canary"));
}

/* A certificate in lines of 76 letters and one that makes it as long as it has to be. */
static TlPolicy *
parse_certificate (gsize    len,
                   GError **error)
{
  const char *begin = "-----BEGIN CERTIFICATE-----\n";
  const char *end = "-----END CERTIFICATE-----\n";
  g_autofree char *line = g_strnfill (76, 'A');
  gsize body = len - strlen (begin) - strlen (end);
  g_autoptr(GString) pem = g_string_new (begin);
  g_autoptr(GString) json = g_string_new (NULL);

  for (gsize i = 0; i < body / 77; i++)
    g_string_append_printf (pem, "%s\n", line);
  g_assert_cmpuint (body % 77, >, 1);
  g_string_append_printf (pem, "%.*s\n", (int) (body % 77) - 1, line);
  g_string_append (pem, end);
  g_assert_cmpuint (pem->len, ==, len);
  g_string_replace (pem, "\n", "\\n", 0);
  g_string_printf (json, HEAD "\"target\": {\"id\": \"x\", \"certificate\": \"%s\"}}", pem->str);

  return tl_policy_parse (json->str, -1, error);
}

static void
test_certificate_length (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPolicy) longest = parse_certificate (16 * 1024, &error);
  g_autoptr(TlPolicy) longer = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (tl_policy_get_certificate (longest)), ==, 16 * 1024);
  longer = parse_certificate (16 * 1024 + 1, &error);
  g_assert_null (longer);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* The same documents are given to the JSON Schema by tests/data/check-data: reader and schema must
 * agree. */
typedef struct
{
  const char *folder;
  gboolean    is_good;
  guint       min_n;
} CorpusCase;

static const CorpusCase corpus_cases[] = {
  { "good", TRUE, 8 },
  { "bad", FALSE, 80 },
};

static void
judge (const CorpusCase *c,
       const char       *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", c->folder, file,
                                                 NULL);
  g_autoptr(TlPolicy) policy = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize len;

  g_test_message ("%s/%s", c->folder, file);
  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  policy = tl_policy_parse (text, (gssize) len, &error);
  if (c->is_good)
    g_assert_no_error (error);
  else
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpint (policy != NULL, ==, c->is_good);
}

static void
test_corpus (gconstpointer data)
{
  const CorpusCase *c = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", c->folder, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (path, 0, &error);
  const char *file;
  guint n = 0;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_prefix (file, "policy-"))
        continue;
      judge (c, file);
      n++;
    }

  g_assert_cmpuint (n, >=, c->min_n);
}

/* What the reader takes in domain_health, an editor that holds a policy against the schema does. */
static void
test_schema_ids (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "schema",
                                                 "policy.schema.json", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", tl_catalogue_get (i)->id);

      if (!g_str_has_prefix (tl_catalogue_get (i)->id, "domain."))
        continue;

      g_test_message ("%s", quoted);
      g_assert_nonnull (strstr (text, quoted));
      n++;
    }
  g_assert_cmpuint (n, >, 25);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/full", test_full);
  g_test_add_func ("/policy/least", test_least);
  g_test_add_func ("/policy/grants", test_grants);
  g_test_add_func ("/policy/sha256", test_sha256);
  for (gsize i = 0; i < G_N_ELEMENTS (expires_cases); i++)
    g_test_add_data_func (expires_cases[i].path, &expires_cases[i], test_expires);
  g_test_add_func ("/policy/name", test_name);
  g_test_add_func ("/policy/issuer", test_issuer);
  g_test_add_func ("/policy/schema-ids", test_schema_ids);
  g_test_add_func ("/policy/certificate-length", test_certificate_length);
  for (gsize i = 0; i < G_N_ELEMENTS (corpus_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/policy/corpus/", corpus_cases[i].folder, NULL);

      g_test_add_data_func (path, &corpus_cases[i], test_corpus);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/policy/P9/error/", error_cases[i].name, NULL);

      g_test_add_data_func (path, &error_cases[i], test_error);
    }

  return g_test_run ();
}
