/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-values.h"

#include <string.h>

#include "tl-test-mailbox.h"

static const char * const scopes[] = { "https://mail.example.net/imap", "offline_access", NULL };
static const TlPlanSignIn sign_in = {
  .login = "eva@example.org", .issuer = "https://login.example.net/", .client_id = "0a1b",
  .scopes = scopes, .account = "eva@example.net",
};

static TlTargetValues *
values_new (const TlTestMailbox *parts,
            const char          *incoming,
            const char          *outgoing)
{
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (parts);
  g_autoptr(TlSecret) in = tl_test_secret_new (incoming);
  g_autoptr(TlSecret) out = tl_test_secret_new (outgoing);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, in, out };

  return tl_target_values_new (&mailbox);
}

static const char *
get_value (TlTargetValues *values,
           const char     *word)
{
  TlTargetName name;
  gsize len;

  g_assert_true (tl_target_name_find (word, strlen (word), &name));
  g_assert_cmpstr (tl_target_name_get_word (name), ==, word);

  return tl_target_values_peek (values, name, &len);
}

static const struct
{
  const char *word;
  const char *value;
} names[] = {
  { "address", "ada@example.org" },
  { "address.local", "ada" },
  { "address.domain", "example.org" },
  { "name", "Ada King Lovelace" },
  { "name.first", "Ada" },
  { "name.last", "King Lovelace" },
  { "provider", "fastmail" },
  { "incoming.host", "imap.example.org" },
  { "incoming.url_host", "imap.example.org" },
  { "incoming.port", "993" },
  { "incoming.security", "tls" },
  { "incoming.user", "ada@example.org" },
  { "incoming.auth", "app-password" },
  { "incoming.password", "in" },
  { "incoming.folder", "shared/sales" },
  { "incoming.private", "false" },
  { "outgoing.host", "10.1.2.3" },
  { "outgoing.url_host", "10.1.2.3" },
  { "outgoing.port", "587" },
  { "outgoing.security", "starttls" },
  { "outgoing.user", "relay" },
  { "outgoing.auth", "oauth2" },
  { "outgoing.password", "out" },
  { "outgoing.folder", "" },
  { "outgoing.private", "true" },
  { "same_user", "false" },
  { "same_password", "false" },
  { "separate", "true" },
  { "uses_oauth", "true" },
  { "login", "eva@example.org" },
  { "issuer", "https://login.example.net/" },
  { "client_id", "0a1b" },
  { "scopes", "https://mail.example.net/imap offline_access" },
  { "account", "eva@example.net" },
  { "folder.sent", "Sent" },
  { "folder.drafts", "" },
  { "folder.junk", "" },
  { "folder.trash", "" },
  { "folder.archive", "" },
  { "sending.daily_limit", "40" },
  { "sending.warm_up.first", "5" },
  { "sending.warm_up.increment", "5" },
  { "sending.warm_up.limit", "40" },
  { "uuid", "9262b79c-f2da-5326-bb75-7eabd169084d" },
  { "uuid.profile", "fdf0ee83-ec63-5df4-996e-a32f0666017a" },
  { "tested_on", "2026-01-31" },
  { "made_on", "2026-01-31" },
};

/* Every name, and all of them. */
static void
test_names (void)
{
  const TlTestMailbox parts = {
    .provider = "fastmail", .incoming_auth = TL_AUTH_APP_PASSWORD, .folder = "shared/sales",
    .outgoing_url = "smtp://10.1.2.3:587", .outgoing_user = "relay",
    .outgoing_auth = TL_AUTH_OAUTH2, .sign_in = &sign_in, .has_plan = TRUE,
  };
  g_autoptr(TlTargetValues) values = values_new (&parts, "in", "out");

  g_assert_cmpuint (G_N_ELEMENTS (names), ==, TL_TARGET_N_NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i].word);
      g_assert_cmpstr (get_value (values, names[i].word), ==, names[i].value);
    }
}

/* Without a plan nothing is said of it; a folder that somebody chose is the one, whatever the lane
 * saw. */
static void
test_readiness (void)
{
  static const char * const words[] = {
    "sending.daily_limit", "sending.warm_up.first", "sending.warm_up.increment",
    "sending.warm_up.limit",
  };
  const TlTestMailbox parts = { .chosen_sent = "Posted" };
  g_autoptr(TlTargetValues) values = values_new (&parts, "in", "out");

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpstr (get_value (values, words[i]), ==, "");
  g_assert_cmpstr (get_value (values, "folder.sent"), ==, "Posted");
}

/* A name that had to be changed to be shown would open no folder over there. */
static void
test_changed_name (void)
{
  static const struct
  {
    TlTestMailbox  parts;
    const char    *sent;
  } cases[] = {
    { { .chosen_sent = "A\\\\B", .chosen_is_changed = TRUE }, "" },
    { { .chosen_sent = "Sent Items" }, "Sent Items" },
    { { .sent = "A\\\\B" }, "" },
    { { .sent = "Sent Items" }, "Sent Items" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlTargetValues) values = values_new (&cases[i].parts, "in", "out");

      g_assert_cmpstr (get_value (values, "folder.sent"), ==, cases[i].sent);
    }
}

#define MAX_DAYS 5

typedef struct
{
  const char *name;
  guint       days[MAX_DAYS];
  guint       n_days;
  gboolean    no_ceiling;
  const char *daily_limit;
  const char *first;
  const char *increment;
  const char *limit;
} WarmUpCase;

static const WarmUpCase warm_up_cases[] = {
  { "rising",      { 5, 15, 25 }, 3, FALSE, "40", "5", "10", "25" },
  { "rounded",     { 5, 6, 9, 10, 12 }, 5, FALSE, "40", "5", "1", "12" },
  { "slow",        { 5, 5, 5, 5, 6 }, 5, FALSE, "40", "5", "1", "6" },
  { "two-days",    { 5, 30 }, 2, FALSE, "40", "5", "25", "30" },
  { "one-day",     { 20 }, 1, FALSE, "40", "20", "", "20" },
  { "level",       { 20, 20, 20 }, 3, FALSE, "40", "20", "", "20" },
  { "falling",     { 30, 20, 10 }, 3, FALSE, "40", "30", "", "10" },
  { "no-days",     { 0 }, 0, FALSE, "40", "", "", "" },
  { "no-ceiling",  { 5, 15, 25 }, 3, TRUE, "", "5", "10", "25" },
  { "lowered",     { 30, 90 }, 2, FALSE, "40", "30", "10", "40" },
  { "nothing",     { 0 }, 0, TRUE, "", "", "", "" },
};

/* No step below 1, and no number where there is none to say. */
static void
test_warm_up (gconstpointer data)
{
  const WarmUpCase *c = data;
  const TlTestMailbox parts = {
    .has_plan = TRUE, .days = c->days, .n_days = c->n_days, .no_ceiling = c->no_ceiling,
  };
  g_autoptr(TlTargetValues) values = values_new (&parts, "in", "out");

  g_assert_cmpstr (get_value (values, "sending.daily_limit"), ==, c->daily_limit);
  g_assert_cmpstr (get_value (values, "sending.warm_up.first"), ==, c->first);
  g_assert_cmpstr (get_value (values, "sending.warm_up.increment"), ==, c->increment);
  g_assert_cmpstr (get_value (values, "sending.warm_up.limit"), ==, c->limit);
}

/* RFC 3986 §3.2.2: an IPv6 address stands in brackets in a URL, and nowhere else. */
static void
test_url_host (void)
{
  const TlTestMailbox parts = {
    .incoming_url = "imaps://[2001:db8::1]:993", .outgoing_url = "smtp://192.0.2.1:587",
  };
  g_autoptr(TlTargetValues) values = values_new (&parts, NULL, NULL);

  g_assert_cmpstr (get_value (values, "incoming.host"), ==, "2001:db8::1");
  g_assert_cmpstr (get_value (values, "incoming.url_host"), ==, "[2001:db8::1]");
  g_assert_cmpstr (get_value (values, "outgoing.url_host"), ==, "192.0.2.1");
}

/* RFC 4122 §4.1.1: the two bits of the variant, where the digest has others. */
static void
test_variant (void)
{
  const TlTestMailbox parts = { .address = "zoe@example.org" };
  g_autoptr(TlTargetValues) values = values_new (&parts, NULL, NULL);

  g_assert_cmpstr (get_value (values, "uuid"), ==, "129a62d7-68aa-5a5d-814f-fa580e4c290f");
}

static void
test_unknown (void)
{
  TlTargetName name;

  g_assert_false (tl_target_name_find ("address.", 8, &name));
  g_assert_false (tl_target_name_find ("incoming", 8, &name));
  g_assert_false (tl_target_name_find ("", 0, &name));
}

static const struct
{
  const char *name;
  const char *first;
  const char *last;
} split_cases[] = {
  { "Ada", "Ada", "" },
  { "Ada Lovelace", "Ada", "Lovelace" },
  { "Jane Van Doe", "Jane", "Van Doe" },
  { "  Ada   Lovelace ", "Ada", "Lovelace" },
};

static void
test_split (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (split_cases); i++)
    {
      const TlTestMailbox parts = { .name = split_cases[i].name };
      g_autoptr(TlTargetValues) values = values_new (&parts, NULL, NULL);

      g_assert_cmpstr (get_value (values, "name.first"), ==, split_cases[i].first);
      g_assert_cmpstr (get_value (values, "name.last"), ==, split_cases[i].last);
    }
}

static const struct
{
  const char *host;
  gboolean    is_private;
} hosts[] = {
  { "127.0.0.1", TRUE }, { "::1", TRUE }, { "10.0.0.1", TRUE }, { "172.16.0.1", TRUE },
  { "192.168.1.1", TRUE }, { "169.254.1.1", TRUE }, { "fe80::1", TRUE }, { "fd00::1", TRUE },
  { "fc00::1", TRUE }, { "0.0.0.0", TRUE }, { "mail", TRUE }, { "localhost", TRUE },
  { "mail.local", TRUE }, { "mail.internal", TRUE }, { "mail.localhost", TRUE },
  { "mail.test", TRUE }, { "mail.lan", TRUE },
  { "192.0.2.1", FALSE }, { "172.32.0.1", FALSE }, { "2001:db8::1", FALSE },
  { "mail.example.org", FALSE }, { "local.example.org", FALSE }, { "mail.testing", FALSE },
};

static void
test_private (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_test_message ("%s", hosts[i].host);
      g_assert_cmpint (tl_target_host_is_private (hosts[i].host), ==, hosts[i].is_private);
    }
}

typedef struct
{
  const char    *name;
  TlTestMailbox  parts;
  const char    *incoming;
  const char    *outgoing;
  const char    *same_user;
  const char    *same_password;
  const char    *separate;
} PairCase;

static const PairCase pair_cases[] = {
  { "one-password",  { .purpose = TL_PURPOSE_MAILBOX }, "p", "p", "true", "true", "false" },
  { "two-passwords", { .purpose = TL_PURPOSE_MAILBOX }, "p", "q", "true", "false", "true" },
  { "other-user",    { .outgoing_user = "relay" }, "p", "p", "false", "true", "true" },
  { "blank",         { .purpose = TL_PURPOSE_MAILBOX }, NULL, NULL, "true", "true", "false" },
  { "blank-one",     { .purpose = TL_PURPOSE_MAILBOX }, "p", NULL, "true", "true", "false" },
  { "blank-user",    { .outgoing_user = "relay" }, NULL, NULL, "false", "false", "true" },
  { "blank-own",     { .own_user = TRUE }, NULL, NULL, "true", "false", "true" },
  { "blank-kind",    { .outgoing_auth = TL_AUTH_APP_PASSWORD }, NULL, NULL, "true", "false",
                     "true" },
};

static void
test_pair (gconstpointer data)
{
  const PairCase *c = data;
  g_autoptr(TlTargetValues) values = values_new (&c->parts, c->incoming, c->outgoing);

  g_assert_cmpstr (get_value (values, "same_user"), ==, c->same_user);
  g_assert_cmpstr (get_value (values, "same_password"), ==, c->same_password);
  g_assert_cmpstr (get_value (values, "separate"), ==, c->separate);
  g_assert_cmpstr (get_value (values, "uses_oauth"), ==, "false");
}

/* With a lane that nothing is known of there are values all the same. */
static void
test_missing (void)
{
  const TlTestMailbox parts = { .no_outgoing = TRUE };
  g_autoptr(TlTargetValues) values = values_new (&parts, NULL, NULL);

  g_assert_cmpstr (get_value (values, "outgoing.host"), ==, "");
  g_assert_cmpstr (get_value (values, "outgoing.port"), ==, "");
  g_assert_false (tl_target_values_has (values, TL_TARGET_NAME_OUTGOING_PORT));
  g_assert_cmpstr (get_value (values, "same_user"), ==, "false");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/target/values/names", test_names);
  g_test_add_func ("/target/values/readiness", test_readiness);
  g_test_add_func ("/target/values/changed-name", test_changed_name);
  g_test_add_func ("/target/values/uuid-variant", test_variant);
  g_test_add_func ("/target/values/unknown", test_unknown);
  g_test_add_func ("/target/values/split", test_split);
  g_test_add_func ("/target/values/private", test_private);
  for (gsize i = 0; i < G_N_ELEMENTS (pair_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/values/pair/", pair_cases[i].name, NULL);

      g_test_add_data_func (path, &pair_cases[i], test_pair);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (warm_up_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/values/warm-up/", warm_up_cases[i].name, NULL);

      g_test_add_data_func (path, &warm_up_cases[i], test_warm_up);
    }
  g_test_add_func ("/target/values/missing", test_missing);
  g_test_add_func ("/target/values/url-host", test_url_host);

  return g_test_run ();
}
