/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up makes of who signs in: user names, folder and servers in its drafts. */
#include "tl-setup-private.h"

#include "tl-identity-private.h"

#define MAILBOX "sales@acme.test"
#define LOGIN   "ada@acme.test"

static TlCandidate *
candidate_new (TlLaneKind  lane,
               const char *url)
{
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD,
                                                                     MAILBOX, NULL);

  return tl_candidate_new (lane, settings, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN, 80, FALSE, NULL, NULL,
                           NULL);
}

static TlSetup *
setup_new (void)
{
  TlSetup *setup = tl_setup_new ();
  g_autoptr(TlCandidate) incoming = candidate_new (TL_LANE_INCOMING, "imaps://imap.acme.test:993");
  g_autoptr(TlCandidate) outgoing = candidate_new (TL_LANE_OUTGOING, "smtps://smtp.acme.test:465");

  tl_setup_set_address_text (setup, MAILBOX);
  tl_lane_draft_propose (tl_setup_get_draft (setup, TL_LANE_INCOMING), incoming);
  tl_lane_draft_propose (tl_setup_get_draft (setup, TL_LANE_OUTGOING), outgoing);

  return setup;
}

/* "host:port:security:user" */
static void
assert_draft (TlSetup    *setup,
              TlLaneKind  lane,
              const char *expected)
{
  g_autofree char *host = NULL;
  g_autofree char *username = NULL;
  g_autofree char *shown = NULL;
  TlSecurity security;
  guint port;

  g_object_get (tl_setup_get_draft (setup, lane), "host", &host, "port", &port,
                "security", &security, "username", &username, NULL);
  shown = g_strdup_printf ("%s:%u:%s:%s", host, port,
                           security == TL_SECURITY_TLS ? "tls" : "starttls", username);
  g_assert_cmpstr (shown, ==, expected);
}

#define FOUND_IN  "imap.acme.test:993:tls:" MAILBOX
#define FOUND_OUT "smtp.acme.test:465:tls:" MAILBOX

typedef struct
{
  const char *name;
  const char *relay;
  const char *filled;
  gboolean    is_valid;
} RelayCase;

static const RelayCase relay_cases[] = {
  { "literal", "sendgrid", "smtp.sendgrid.net:587:starttls:apikey", TRUE },
  { "tls", "resend", "smtp.resend.com:465:tls:resend", TRUE },
  { "address", "forward-email-relay", "smtp.forwardemail.net:465:tls:" MAILBOX, TRUE },
  { "any", "mandrill", "smtp.mandrillapp.com:587:starttls:" MAILBOX, TRUE },
  { "given", "brevo", "smtp-relay.brevo.com:587:starttls:", FALSE },
  { "region", "amazon-ses", ":587:starttls:", FALSE },
};

static void
test_relay (gconstpointer data)
{
  const RelayCase *c = data;
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);
  g_autofree char *relay = NULL;

  g_assert_true (tl_identity_choose_relay (identity, c->relay));
  assert_draft (setup, TL_LANE_OUTGOING, c->filled);
  assert_draft (setup, TL_LANE_INCOMING, FOUND_IN);
  g_assert_cmpint (tl_lane_draft_is_valid (tl_setup_get_draft (setup, TL_LANE_OUTGOING)), ==,
                   c->is_valid);
  g_object_get (identity, "relay", &relay, NULL);
  g_assert_cmpstr (relay, ==, c->relay);

  g_object_set (identity, "separate-sending", FALSE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, FOUND_OUT);
  g_assert_cmpstr (tl_lane_draft_get_source (tl_setup_get_draft (setup, TL_LANE_OUTGOING)), ==,
                   TL_SOURCE_SRV);
}

/* Whatever was typed on either side is there again when that side is. */
static void
test_both_are_kept (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_OUTGOING);

  g_object_set (draft, "port", 587, "username", "own-name", NULL);
  tl_identity_choose_relay (identity, "brevo");
  g_object_set (draft, "username", "key-7", NULL);

  g_object_set (identity, "separate-sending", FALSE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.acme.test:587:tls:own-name");
  g_object_set (identity, "separate-sending", TRUE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, "smtp-relay.brevo.com:587:starttls:key-7");
  tl_identity_choose_relay (identity, "sendgrid");
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.sendgrid.net:587:starttls:apikey");
  g_object_set (identity, "separate-sending", FALSE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.acme.test:587:tls:own-name");
}

/* A service that is not in the list is typed; nothing of the mailbox's own server stays in the way. */
static void
test_unlisted (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);

  g_object_set (identity, "separate-sending", TRUE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, ":465:tls:");
  g_object_set (identity, "separate-sending", FALSE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, FOUND_OUT);
}

static void
test_typed_server (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_OUTGOING);
  g_autofree char *relay = NULL;
  g_autofree char *other = NULL;

  g_object_set (draft, "host", "smtp.sendgrid.net", NULL);
  g_object_get (identity, "relay", &relay, NULL);
  g_assert_cmpstr (relay, ==, "sendgrid");
  g_assert_true (tl_identity_is_separate (identity));
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.sendgrid.net:465:tls:apikey");

  g_object_set (draft, "host", "smtp.other.test", NULL);
  g_object_get (identity, "relay", &other, NULL);
  g_assert_null (other);

  g_object_set (identity, "separate-sending", FALSE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, FOUND_OUT);
}

static void
test_typed_server_own_user (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_OUTGOING);

  g_test_summary ("A user name that was typed survives that a service is known by its server");

  g_object_set (draft, "username", "own-name", NULL);
  g_object_set (draft, "host", "smtp.sendgrid.net", NULL);
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.sendgrid.net:465:tls:own-name");
}

static void
test_shared_master (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);

  g_object_set (identity, "shared-way", TL_SHARED_MASTER, "login", LOGIN, NULL);
  assert_draft (setup, TL_LANE_INCOMING, "imap.acme.test:993:tls:" MAILBOX "*" LOGIN);
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.acme.test:465:tls:" MAILBOX "*" LOGIN);

  /* The sending service has a sign-in of its own. */
  tl_identity_choose_relay (identity, "sendgrid");
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.sendgrid.net:587:starttls:apikey");
  assert_draft (setup, TL_LANE_INCOMING, "imap.acme.test:993:tls:" MAILBOX "*" LOGIN);

  g_object_set (identity, "separate-sending", FALSE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, "smtp.acme.test:465:tls:" MAILBOX "*" LOGIN);
  g_object_set (identity, "shared-way", TL_SHARED_NOT, NULL);
  assert_draft (setup, TL_LANE_INCOMING, FOUND_IN);
  assert_draft (setup, TL_LANE_OUTGOING, FOUND_OUT);
}

static void
test_shared_folder (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);
  g_autoptr(TlLaneSettings) incoming = NULL;
  g_autoptr(TlLaneSettings) outgoing = NULL;
  g_autoptr(TlLaneSettings) after = NULL;

  g_object_set (identity, "shared-way", TL_SHARED_FOLDER, "login", LOGIN,
                "shared-folder", "shared/Sales", NULL);
  incoming = tl_setup_dup_settings (setup, TL_LANE_INCOMING);
  outgoing = tl_setup_dup_settings (setup, TL_LANE_OUTGOING);
  g_assert_cmpstr (tl_lane_settings_get_folder (incoming), ==, "shared/Sales");
  g_assert_null (tl_lane_settings_get_folder (outgoing));
  g_assert_cmpstr (tl_lane_settings_get_username (incoming), ==, LOGIN);
  g_assert_cmpstr (tl_lane_settings_get_username (outgoing), ==, LOGIN);

  g_object_set (identity, "shared-way", TL_SHARED_NOT, NULL);
  after = tl_setup_dup_settings (setup, TL_LANE_INCOMING);
  g_assert_null (tl_lane_settings_get_folder (after));
  g_assert_cmpstr (tl_lane_settings_get_username (after), ==, MAILBOX);
}

/* Discovery may come later, or once more: the user name follows all the same. */
static void
test_shared_before_servers (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlCandidate) incoming = candidate_new (TL_LANE_INCOMING, "imaps://imap.acme.test:993");
  TlIdentity *identity = tl_setup_get_identity (setup);

  tl_setup_set_address_text (setup, MAILBOX);
  g_object_set (identity, "shared-way", TL_SHARED_MASTER, "login", LOGIN, NULL);
  tl_lane_draft_propose (tl_setup_get_draft (setup, TL_LANE_INCOMING), incoming);
  tl_setup_apply_identity (setup);
  assert_draft (setup, TL_LANE_INCOMING, "imap.acme.test:993:tls:" MAILBOX "*" LOGIN);
}

/* What a person types over the name stays until another one is given. */
static void
test_typed_over (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_INCOMING);

  g_object_set (identity, "shared-way", TL_SHARED_MASTER, "login", LOGIN, NULL);
  g_object_set (draft, "username", "sales*ada", NULL);
  tl_setup_apply_identity (setup);
  assert_draft (setup, TL_LANE_INCOMING, "imap.acme.test:993:tls:sales*ada");
  g_object_set (identity, "login", "eva@acme.test", NULL);
  assert_draft (setup, TL_LANE_INCOMING, "imap.acme.test:993:tls:" MAILBOX "*eva@acme.test");

  /* Nor is it taken back with the name that it was typed over. */
  g_object_set (draft, "username", "sales*eva", NULL);
  g_object_set (identity, "shared-way", TL_SHARED_NOT, NULL);
  assert_draft (setup, TL_LANE_INCOMING, "imap.acme.test:993:tls:sales*eva");
  assert_draft (setup, TL_LANE_OUTGOING, FOUND_OUT);
}

static void
test_other_address (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);

  g_object_set (identity, "shared-way", TL_SHARED_MASTER, "login", LOGIN, "relay", "sendgrid", NULL);
  tl_setup_set_address_text (setup, "eva@acme.test");
  g_assert_cmpint (tl_identity_get_shared_way (identity), ==, TL_SHARED_NOT);
  assert_draft (setup, TL_LANE_INCOMING, ":993:tls:eva@acme.test");
  assert_draft (setup, TL_LANE_OUTGOING, ":465:tls:eva@acme.test");

  /* The service of the one before is not put before the next. */
  g_object_set (identity, "separate-sending", TRUE, NULL);
  assert_draft (setup, TL_LANE_OUTGOING, ":465:tls:");
}

/* Two accounts on purpose are no mistake. */
static void
test_no_complaint (void)
{
  g_autoptr(TlSetup) setup = setup_new ();
  TlIdentity *identity = tl_setup_get_identity (setup);
  g_autoptr(TlReport) relayed = NULL;
  g_autoptr(TlReport) shared = NULL;
  const TlPlanSignIn *sign_in;

  tl_identity_choose_relay (identity, "sendgrid");
  relayed = tl_setup_dup_report (setup);
  g_assert_cmpuint (tl_report_get_findings (relayed)->len, ==, 0);
  g_assert_true (tl_plan_get_lane (tl_report_get_plan (relayed), TL_LANE_OUTGOING)->own_user);
  g_assert_null (tl_plan_get_sign_in (tl_report_get_plan (relayed)));

  g_object_set (identity, "separate-sending", FALSE, "shared-way", TL_SHARED_FOLDER,
                "login", LOGIN, "shared-folder", "x", NULL);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_OUTGOING), "username", MAILBOX, NULL);
  shared = tl_setup_dup_report (setup);
  g_assert_cmpuint (tl_report_get_findings (shared)->len, ==, 0);
  sign_in = tl_plan_get_sign_in (tl_report_get_plan (shared));
  g_assert_nonnull (sign_in);
  g_assert_cmpstr (sign_in->login, ==, LOGIN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (relay_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-identity/relay/", relay_cases[i].name, NULL);

      g_test_add_data_func (path, &relay_cases[i], test_relay);
    }
  g_test_add_func ("/setup-identity/both-are-kept", test_both_are_kept);
  g_test_add_func ("/setup-identity/unlisted", test_unlisted);
  g_test_add_func ("/setup-identity/typed-server", test_typed_server);
  g_test_add_func ("/setup-identity/typed-server-own-user", test_typed_server_own_user);
  g_test_add_func ("/setup-identity/shared-master", test_shared_master);
  g_test_add_func ("/setup-identity/shared-folder", test_shared_folder);
  g_test_add_func ("/setup-identity/shared-before-servers", test_shared_before_servers);
  g_test_add_func ("/setup-identity/typed-over", test_typed_over);
  g_test_add_func ("/setup-identity/other-address", test_other_address);
  g_test_add_func ("/setup-identity/no-complaint", test_no_complaint);

  return g_test_run ();
}
