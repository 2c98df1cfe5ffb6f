/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What data/ says that products can not take: each shared rule, and each rule of one target alone,
 * is met by one mailbox here and not by the plain one. */
#include <string.h>

#include "tl-target-render.h"
#include "tl-target-rule.h"
#include "tl-test-mailbox.h"

#define OUTLOOK "outlook.office365.com"
#define TENS(c) c c c c c c c c c c
#define LONG_PASSWORD TENS (TENS ("12345"))

static const TlPlanSignIn sign_in = { .issuer = "https://login.example.com/" };

typedef struct
{
  const char    *name;    /* of the rule, and what else tells the cases apart */
  const char    *target;
  TlTestMailbox  parts;
  const char    *other;   /* password of the outgoing lane, where it is another */
  gboolean       is_said_of_all;
} RuleCase;

static const RuleCase rule_cases[] = {
  { "port-decides-encryption-incoming", "instantly-csv",
    { .incoming_url = "imaps://imap.example.org:994" } },
  { "port-decides-encryption-incoming:tls-on-143", "nylas",
    { .incoming_url = "imaps://imap.example.org:143" } },
  { "port-decides-encryption-incoming:starttls-on-993", "smartlead-json",
    { .incoming_url = "imap://imap.example.org:993" } },
  { "port-decides-encryption-outgoing", "woodpecker-csv",
    { .outgoing_url = "smtp://smtp.example.org:2525" } },
  { "port-decides-encryption-outgoing:tls-on-587", "generic-csv",
    { .outgoing_url = "smtps://smtp.example.org:587" } },
  { "port-decides-encryption-outgoing:starttls-on-465", "apple-mobileconfig",
    { .outgoing_url = "smtp://smtp.example.org:465" } },
  { "starttls-becomes-false-incoming", "lemlist",
    { .incoming_url = "imap://imap.example.org:143" } },
  { "starttls-becomes-false-outgoing", "outreach",
    { .outgoing_url = "smtp://smtp.example.org:587" }, .is_said_of_all = TRUE },
  { "no-starttls-incoming", "odoo", { .incoming_url = "imap://imap.example.org:143" } },
  { "no-starttls-incoming:frappe", "frappe", { .incoming_url = "imap://imap.example.org:143" } },
  { "gmail-needs-oauth-incoming", "lemlist", { .incoming_url = "imaps://imap.gmail.com:993" } },
  { "gmail-needs-oauth-outgoing", "lemlist", { .outgoing_url = "smtp://smtp.googlemail.com:587" } },
  { "personal-outlook-password-incoming", "thunderbird-xml",
    { .provider = "outlook-com", .incoming_url = "imaps://" OUTLOOK ":993" } },
  { "personal-outlook-password-incoming:by-host", "himalaya",
    { .incoming_url = "imaps://imap-mail.outlook.com:993" } },
  { "personal-outlook-password-outgoing", "listmonk",
    { .outgoing_url = "smtp://smtp-mail.outlook.com:587" } },
  { "login-differs-from-address-incoming", "woodpecker-json", { .incoming_user = "ada" } },
  { "login-differs-from-address-outgoing", "reply-io", { .outgoing_user = "ada" } },
  { "two-logins", "frappe", { .outgoing_user = "relay-4711" } },
  { "two-passwords", "brandjet", { .name = NULL }, .other = "another" },
  { "last-name-empty", "instantly-json", { .name = "Ada" } },
  { "last-name-blank", "instantly-csv", { .name = "Ada" } },
  { "name-unused", "nylas", { .name = NULL }, .is_said_of_all = TRUE },
  { "private-host-incoming", "espocrm", { .incoming_url = "imaps://10.1.2.3:993" } },
  { "private-host-incoming:name", "lemlist", { .incoming_url = "imaps://mail.office.lan:993" } },
  { "private-host-outgoing", "hubspot", { .outgoing_url = "smtp://192.168.4.4:587" } },
  { "no-tokens-incoming", "emailengine", { .incoming_auth = TL_AUTH_OAUTH2, .sign_in = &sign_in } },
  { "no-tokens-outgoing", "msmtp", { .outgoing_auth = TL_AUTH_OAUTH2, .sign_in = &sign_in } },
  { "signs-in-itself-incoming", "thunderbird-xml",
    { .incoming_auth = TL_AUTH_OAUTH2, .sign_in = &sign_in } },
  { "signs-in-itself-outgoing", "thunderbird-xml",
    { .outgoing_auth = TL_AUTH_OAUTH2, .sign_in = &sign_in } },
  { "shared-mailbox-folder", "chatwoot", { .folder = "shared/sales" } },
  { "shared-mailbox-by-hand", "aerc", { .folder = "shared/sales" } },
  { "incoming-unused", "listmonk", { .name = NULL }, .is_said_of_all = TRUE },
  { "outgoing-unused", "mbsync", { .name = NULL }, .is_said_of_all = TRUE },
  { "name-has-a-sign", "aerc", { .name = "Ada #1" } },
  { "name-has-a-sign:semicolon", "aerc", { .name = "Ada; Eva" } },
  { "name-has-a-sign:place", "aerc", { .name = "Ada %(from)s" } },
  { "folder-is-a-pattern", "mbsync", { .folder = "shared/*" } },
  { "folder-is-a-pattern:level", "mbsync", { .folder = "shared/%" } },
  { "folder-is-a-pattern:not", "mbsync", { .folder = "!shared" } },
  { "address-is-a-pattern", "msmtp", { .address = "%U@example.org" } },
  { "line-too-long", "msmtp", { .name = NULL }, .other = LONG_PASSWORD },
  { "incoming-stays", "outlook-send-as", { .name = NULL }, .is_said_of_all = TRUE },
  { "whole-organisation", "salesforce", { .name = NULL }, .is_said_of_all = TRUE },
  { "relay-ports", "salesforce", { .outgoing_url = "smtps://smtp.example.org:465" } },
  { "relay-ports:port", "salesforce", { .outgoing_url = "smtp://smtp.example.org:2525" } },
  { "no-port-143", "salesloft", { .incoming_url = "imap://imap.example.org:143" } },
  { "own-permission-incoming", "custom", { .incoming_auth = TL_AUTH_OAUTH2, .sign_in = &sign_in } },
  { "own-permission-outgoing", "custom", { .outgoing_auth = TL_AUTH_OAUTH2, .sign_in = &sign_in } },
};

static gboolean
is_said (const RuleCase      *row,
         const TlTestMailbox *parts,
         const char          *other)
{
  TlTarget *target = tl_targets_find (row->target);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (parts);
  g_autoptr(TlSecret) password = tl_test_secret_new ("p-1");
  g_autoptr(TlSecret) second = tl_test_secret_new (other != NULL ? other : "p-1");
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, password, second };
  g_autoptr(GPtrArray) remarks = NULL;
  gsize len = strcspn (row->name, ":");

  g_assert_nonnull (target);
  remarks = tl_target_check (target, &mailbox);
  for (guint i = 0; i < remarks->len; i++)
    {
      const char *code = tl_target_remark_get_code (g_ptr_array_index (remarks, i));

      if (strlen (code) == len && strncmp (code, row->name, len) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
test_rule (gconstpointer data)
{
  static const TlTestMailbox plain = {
    .incoming_auth = TL_AUTH_PASSWORD, .outgoing_auth = TL_AUTH_PASSWORD,
    .outgoing_url = "smtp://smtp.example.org:587",
  };
  const RuleCase *row = data;

  g_assert_true (is_said (row, &row->parts, row->other));
  g_assert_cmpint (is_said (row, &plain, NULL), ==, row->is_said_of_all);
}

/* Where a server stands in a URL, an IPv6 address has brackets (RFC 3986 §3.2.2). */
static void
test_url (gconstpointer data)
{
  static const TlTestMailbox parts = {
    .incoming_url = "imaps://[2001:db8::1]:993", .outgoing_url = "smtps://[2001:db8::2]:465",
  };
  TlTarget *target = tl_targets_find (data);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  g_autoptr(TlSecret) password = tl_test_secret_new ("p-1");

  for (guint i = 0; i < 2; i++)
    {
      const TlTargetMailbox mailbox = {
        report, TL_TEST_NOW_S, TRUE, i == 0 ? NULL : password, i == 0 ? NULL : password,
      };
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) files = tl_target_render (target, &mailbox, 1, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = g_strndup (g_bytes_get_data (files->pdata[0], NULL),
                        g_bytes_get_size (files->pdata[0]));
      g_assert_nonnull (strstr (text, "[2001:db8::2]:465"));
      g_assert_true (g_str_equal (data, "mautic") || strstr (text, "[2001:db8::1]:993") != NULL);
    }
}

/* No shared rule that no case stands for. */
static void
test_all (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "target-rules.json",
                                                 NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rules = NULL;
  g_autofree char *text = NULL;
  gsize len;

  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  rules = tl_target_rules_parse (text, (gssize) len, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < rules->len; i++)
    {
      const TlTargetRule *rule = g_ptr_array_index (rules, i);
      gsize j = 0;

      while (j < G_N_ELEMENTS (rule_cases) && !g_str_equal (rule_cases[j].name, rule->name))
        j++;
      g_test_message ("%s", rule->name);
      g_assert_cmpuint (j, <, G_N_ELEMENTS (rule_cases));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rule_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/targets/rules/", rule_cases[i].name, NULL);

      g_test_add_data_func (path, &rule_cases[i], test_rule);
    }
  g_test_add_data_func ("/targets/url/aerc", "aerc", test_url);
  g_test_add_data_func ("/targets/url/himalaya", "himalaya", test_url);
  g_test_add_data_func ("/targets/url/mautic", "mautic", test_url);
  g_test_add_func ("/targets/rules/all", test_all);

  return g_test_run ();
}
