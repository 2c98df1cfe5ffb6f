/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-lane.h"

#include <string.h>

#include "tl-scram.h"

/* What comes before the line that a case is about. */
#define GREETED  "TLS\nS: * OK ready\n"
#define CAPS(list) GREETED "C: %T CAPABILITY\nS: * CAPABILITY " list "\nS: %T OK done\n"
#define PLAIN    CAPS ("IMAP4rev1 SASL-IR AUTH=PLAIN") "C: %T AUTHENTICATE PLAIN ?*\n"
#define SIGNED_IN PLAIN "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n"
#define LISTED   SIGNED_IN LIST
#define OPENED   "C: %T EXAMINE INBOX\nS: * 0 EXISTS\nS: %T OK done\n"
#define EXAMINED OPENED "C: %T IDLE\nS: + idling\nC: DONE\nC: %T LOGOUT\n"
#define LIST     "C: %T LIST \"\" \"?\"\nS: * LIST () \"/\" Sent\nS: %T OK done\n"
#define REST     LIST EXAMINED

#define TEN_OF(text) text text text text text text text text text text

#define TLS      TL_SECURITY_TLS
#define STARTTLS TL_SECURITY_STARTTLS

typedef struct
{
  const char *name;
  TlSecurity  security;
  const char *script;
  const char *primary;  /* NULL: green */
  guint       n_auth;
  const char *password;
  gboolean    gives_up; /* the client ends the exchange with a "*" */
} Case;

static const Case cases[] = {
  /* Greeting */
  { "greet/bye", TLS, "TLS\nS: * BYE some reason of ours\n", "greet.rejected" },
  { "greet/bye-busy", TLS, "TLS\nS: * BYE [UNAVAILABLE] later\n", "greet.busy" },
  { "greet/smtp", TLS, "TLS\nS: 220 mail.practice.invalid ESMTP\n", "greet.wrong-service" },
  { "greet/pop3", TLS, "TLS\nS: +OK ready\n", "greet.wrong-service" },
  { "greet/http", STARTTLS, "S: HTTP/1.1 400 Bad Request\n", "greet.wrong-service" },
  { "greet/unknown", TLS, "TLS\nS: * XX\n", "greet.protocol" },
  { "greet/tagged", TLS, "TLS\nS: A1 OK ready\n", "greet.protocol" },
  { "greet/empty", TLS, "TLS\nS: \n", "greet.protocol" },
  { "greet/nul", TLS, "TLS\nS: * OK re\\0ady\n", "greet.protocol" },
  { "greet/bare-cr", TLS, "TLS\nS: * OK re\\rady\n", "greet.protocol" },
  { "greet/escape", TLS, "TLS\nS: \\x1b[2J\n", "greet.protocol" },
  { "greet/bare-lf", TLS, "TLS\nS! * OK ready\\n\n" TL_TEST_IMAP_SIGN_IN TL_TEST_IMAP_USE, NULL, 1 },
  { "greet/tls-alert", STARTTLS, "S! \\x15\\x03\\x01\\0\\x02\\x02\\n\nCLOSE", "greet.tls-expected" },
  { "greet/tls-alert-no-lf", STARTTLS, "S! \\x15\\x03\\x01\\0\\x02\\x02\\x28\nCLOSE",
    "greet.tls-expected" },
  { "greet/hung-up", STARTTLS, "CLOSE", "greet.server-closed" },
  { "greet/cut-line", STARTTLS, "S! * OK rea\nCLOSE", "greet.truncated" },
  { "greet/plain-on-tls-port", TLS, "S: * OK ready\nC: *", "tls.plaintext-peer" },

  /* Upgrade */
  { "upgrade/not-offered", STARTTLS, "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\n",
    "upgrade.not-offered" },
  { "upgrade/only-imap4", STARTTLS,
    "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4\nS: %T OK done\n", "upgrade.not-offered" },
  { "upgrade/caps-bad", STARTTLS, "S: * OK ready\nC: %T CAPABILITY\nS: %T BAD what\n",
    "upgrade.not-offered" },
  { "upgrade/caps-nothing", STARTTLS, "S: * OK ready\nC: %T CAPABILITY\nS: %T OK done\n",
    "upgrade.not-offered" },
  { "upgrade/overwritten", STARTTLS, "S: * OK [CAPABILITY IMAP4rev1 XXXXXXXX] ready\n",
    "upgrade.stripped" },
  { "upgrade/no", STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\nS: %T NO not now\n",
    "upgrade.refused" },
  { "upgrade/bad", STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\nS: %T BAD what\n",
    "upgrade.protocol" },
  { "upgrade/continue", STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\nS: + go\n",
    "upgrade.protocol" },
  { "upgrade/preauth", STARTTLS, "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\n",
    "upgrade.preauth" },
  { "upgrade/preauth-bare", STARTTLS, "S: * PREAUTH hello\n", "upgrade.preauth" },
  { "upgrade/injected", STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\n"
    "S! %T OK go\\r\\n* CAPABILITY IMAP4rev1 INJECTED\\r\\n\nTLS\n", "upgrade.injected" },
  { "upgrade/injected-fragment", STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\n"
    "S! %T OK go\\r\\n* CAPAB\nTLS\n", "upgrade.injected" },
  { "upgrade/injected-later", STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\n"
    "S: %T OK go\nSLEEP 40\nS: * CAPABILITY IMAP4rev1 INJECTED\nTLS\n", "upgrade.injected" },
  { "upgrade/foreign-tag", STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nC: %T STARTTLS\n"
    "S: A0001 OK go\n", "upgrade.protocol" },
  { "upgrade/forgotten", STARTTLS,
    "S: * OK [CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN] ready\nS: * 5 EXISTS\n"
    "S: * LIST () \"/\" Injected\nC: %T STARTTLS\nS: * OK [ALERT] call this number\nS: %T OK go\nTLS\n"
    "C: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 LOGINDISABLED\nS: %T OK done\n",
    "caps.login-disabled" },

  /* Capabilities */
  { "caps/oauth-only", TLS, CAPS ("IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER"),
    "caps.oauth-only" },
  { "caps/login-disabled", TLS, CAPS ("IMAP4rev1 LOGINDISABLED"), "caps.login-disabled" },
  { "caps/foreign", TLS, CAPS ("IMAP4rev1 LOGINDISABLED AUTH=GSSAPI AUTH=NTLM"),
    "caps.no-common-mechanism" },
  { "caps/no-imap4rev1", TLS, CAPS ("IDLE AUTH=PLAIN"), "caps.missing-extension" },
  { "caps/empty", TLS, GREETED "C: %T CAPABILITY\nS: * CAPABILITY\nS: %T OK done\n", "caps.protocol" },
  { "caps/none", TLS, GREETED "C: %T CAPABILITY\nS: %T OK done\n", "caps.protocol" },
  { "caps/bad", TLS, GREETED "C: %T CAPABILITY\nS: %T BAD what\n", "caps.protocol" },
  { "caps/bye", TLS, GREETED "C: %T CAPABILITY\nS: * BYE some reason of ours\n", "caps.server-closed" },
  { "caps/literal", TLS, GREETED "C: %T CAPABILITY\nS: * CAPABILITY {4294967295}\n",
    "caps.literal-limit" },
  { "caps/cut-literal", TLS, GREETED "C: %T CAPABILITY\nS: * X {5}\nS! ab\nSHUTDOWN", "caps.truncated" },
  { "caps/shut-down", TLS, GREETED "C: %T CAPABILITY\nSHUTDOWN", "caps.server-closed" },
  { "caps/reset", TLS, GREETED "C: %T CAPABILITY\nRST", "caps.reset" },
  { "caps/wrong-tag", TLS, GREETED "C: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: A1 OK done\n",
    "caps.protocol" },
  { "caps/future-tags", TLS, "TLS\nS: * OK ready\nS: A1 OK x\nS: A2 OK x\nC: %T CAPABILITY",
    "caps.protocol" },
  { "caps/completion-ahead", TLS, "TLS\nCORK\nS: * OK ready\nS: A1 OK x\nUNCORK\nC: *", "caps.protocol" },
  { "caps/continuation-ahead", TLS, "TLS\nCORK\nS: * OK ready\nS: + go\nUNCORK\nC: *", "caps.protocol" },
  { "caps/bye-ahead", TLS, "TLS\nCORK\nS: * OK ready\nS: * BYE some reason of ours\nUNCORK\nC: *",
    "caps.server-closed" },
  { "caps/list-ahead", TLS, "TLS\nCORK\nS: * OK ready\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nUNCORK\n"
    "C: %T CAPABILITY\nS: %T OK done\n", "caps.protocol" },
  { "caps/flood-ahead", TLS, "TLS\nCORK\nS: * OK ready\nS! " TEN_OF (TEN_OF (TEN_OF ("* OK x\\r\\n")))
    "\nUNCORK\nC: *", "caps.too-long" },
  { "caps/second-greeting", TLS, "TLS\nS: * OK ready\nS: * PREAUTH ready\nC: %T CAPABILITY",
    "caps.protocol" },

  /* Signing in */
  { "auth/preauth", TLS, "TLS\nS: * PREAUTH ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1\n"
    "S: %T OK done\n", "auth.not-proven" },
  { "auth/wrong", TLS, PLAIN "S: %T NO [AUTHENTICATIONFAILED] Authentication failed.\n",
    "auth.bad-credentials", 1 },
  { "auth/app-password", TLS, PLAIN "S: %T NO [ALERT] Application-specific password required: "
    "https://support.google.com/accounts/answer/185833 (Failure)\n", "auth.app-password", 1 },
  { "auth/unavailable", TLS, PLAIN "S: %T NO [UNAVAILABLE] Temporary authentication failure.\n",
    "auth.temporary", 1 },
  { "auth/expired", TLS, PLAIN "S: %T NO [EXPIRED] x\n", "auth.expired", 1 },
  { "auth/referral", TLS, PLAIN "S: %T NO [REFERRAL imap://evil.practice.invalid/] go there\n",
    "auth.refused", 1 },
  { "auth/bye", TLS, PLAIN "S: * BYE some reason of ours\n", "auth.server-closed", 1 },
  { "auth/bad-behind-password", TLS,
    CAPS ("IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN") "C: %T AUTHENTICATE PLAIN ?*\nS: %T BAD what\n",
    "auth.protocol", 1 },
  { "auth/echo", TLS, PLAIN "S: %T NO [AUTHENTICATIONFAILED] no " TL_TEST_LANE_PASSWORD " for you\n",
    "auth.bad-credentials", 1 },
  { "auth/echo-base64", TLS, PLAIN "S: * OK eGM0bjRyeS1QYTU1dzByZA== YzRuNHJ5LVBhNTV3MHJk\n"
    "S: %T NO [AUTHENTICATIONFAILED] eHhjNG40cnktUGE1NXcwcmQ= eW91QHByYWN0aWNlLmludmFsaWQAYzRuNHJ5LVBhNTV3MHJk\n",
    "auth.bad-credentials", 1 },
  { "auth/echo-hex", TLS, PLAIN "S: %T NO 63346E3472792D50613535773072640A 63346e3472792d506135357730726400\n",
    "auth.refused", 1 },
  { "auth/echo-quoted", TLS, CAPS ("IMAP4rev1") "C: %T LOGIN *\nS: %T NO no \"c4n4ry \\\\\"Pa55w0rd\"\n",
    "auth.refused", 1, "c4n4ry \"Pa55w0rd" },
  { "auth/echo-malformed", TLS, PLAIN "S: " TL_TEST_LANE_PASSWORD "\n", "auth.protocol", 1 },
  { "auth/flood", TLS, CAPS ("IMAP4rev1 AUTH=LOGIN") "C: %T AUTHENTICATE LOGIN\n"
    "S: + VXNlcm5hbWU6\nC: *\nS: + UGFzc3dvcmQ6\nC: *\nS: + \nC: ?\n", "auth.protocol", 1,
    .gives_up = TRUE },
  { "auth/echo-line", TLS, CAPS ("IMAP4rev1 AUTH=LOGIN") "C: %T AUTHENTICATE LOGIN\nS: + Username:\n"
    "C: ?*\nS: + Password:\nC: ?*\nS: * OK YzRuNHJ5LVBhNTV3MHJk\nS: %T NO no YzRuNHJ5LVBhNTV3MHJk\n",
    "auth.refused", 1 },
  { "auth/no-initial", TLS, CAPS ("IMAP4rev1 AUTH=PLAIN") "C: %T AUTHENTICATE PLAIN\nS: +\nC: ?*\n"
    "S: * CAPABILITY IMAP4rev1 IDLE\nS: %T OK in\n" REST, NULL, 1 },
  { "auth/login-mechanism", TLS, CAPS ("IMAP4rev1 AUTH=LOGIN") "C: %T AUTHENTICATE LOGIN\n"
    "S: + Username:\nC: eW91QHByYWN0aWNlLmludmFsaWQ=\nS: + UGFzc3dvcmQ6\nC: YzRuNHJ5LVBhNTV3MHJk\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST, NULL, 1 },
  { "auth/early-ok", TLS, CAPS ("IMAP4rev1 AUTH=LOGIN") "C: %T AUTHENTICATE LOGIN\nS: %T OK in\n",
    "auth.not-proven", 1 },
  { "auth/ok-before-initial", TLS, CAPS ("IMAP4rev1 AUTH=PLAIN")
    "C: %T AUTHENTICATE PLAIN\nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST, "auth.not-proven", 1 },
  { "auth/ok-before-initial-scram", TLS, CAPS ("IMAP4rev1 AUTH=SCRAM-SHA-256")
    "C: %T AUTHENTICATE SCRAM-SHA-256\nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST,
    "auth.server-not-proven", 1 },
  { "auth/continuation-ahead", TLS, GREETED "C: %T CAPABILITY\nCORK\n"
    "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: %T OK done\nS: + \nUNCORK\nC: *\nC: *\n",
    "auth.protocol" },
  { "auth/ok-ahead-of-initial", TLS, CAPS ("IMAP4rev1 AUTH=PLAIN") "C: %T AUTHENTICATE PLAIN\n"
    "CORK\nS: + \nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\nUNCORK\nC: ?*\n" REST, "auth.protocol", 1 },
  { "auth/ok-ahead-of-literal", TLS, CAPS ("IMAP4rev1")
    "C: %T LOGIN \"you@practice.invalid\" {9}\nCORK\nS: + go\nS: %T OK in\nUNCORK\nC: pass\xc3\xa4xyz\n"
    REST, "auth.protocol", 1, "pass\xc3\xa4xyz" },
  { "auth/bad-before-initial", TLS, CAPS ("IMAP4rev1 AUTH=LOGIN AUTH=PLAIN")
    "C: %T AUTHENTICATE PLAIN\nS: %T BAD unknown mechanism\nC: %T AUTHENTICATE LOGIN\n"
    "S: + Username:\nC: eW91QHByYWN0aWNlLmludmFsaWQ=\nS: + Password:\nC: YzRuNHJ5LVBhNTV3MHJk\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST, NULL, 2 },
  { "auth/bad-behind-initial", TLS, CAPS ("IMAP4rev1 AUTH=LOGIN AUTH=PLAIN")
    "C: %T AUTHENTICATE PLAIN\nS: + \nC: ?*\nS: %T BAD what\n", "auth.protocol", 1 },
  { "auth/unsupported-mechanism", TLS, CAPS ("IMAP4rev1 AUTH=PLAIN")
    "C: %T AUTHENTICATE PLAIN\nS: %T NO Unsupported authentication mechanism.\n",
    "caps.no-common-mechanism", 1 },
  { "auth/passing-trouble", TLS, PLAIN "S: %T NO Internal error, please try again later\n",
    "auth.temporary", 1 },
  { "auth/login-command", TLS, CAPS ("IMAP4rev1")
    "C: %T LOGIN \"you@practice.invalid\" \"" TL_TEST_LANE_PASSWORD "\"\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST, NULL, 1 },
  { "auth/login-command-quoted", TLS, CAPS ("IMAP4rev1")
    "C: %T LOGIN \"you@practice.invalid\" \" a\\\"b\\\\{5} \"\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST, NULL, 1, " a\"b\\{5} " },
  { "auth/login-command-literal", TLS, CAPS ("IMAP4rev1")
    "C: %T LOGIN \"you@practice.invalid\" {9}\nS: + go\nC: pass\xc3\xa4xyz\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST, NULL, 1, "pass\xc3\xa4xyz" },
  { "auth/login-command-refused", TLS, CAPS ("IMAP4rev1 AUTH=GSSAPI") "C: %T LOGIN *\n"
    "S: %T NO [AUTHENTICATIONFAILED] no\n", "auth.bad-credentials", 1 },
  { "auth/mechanism-unknown", TLS, CAPS ("IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN")
    "C: %T AUTHENTICATE SCRAM-SHA-256 ?*\nS: %T BAD unknown mechanism\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST, NULL, 2 },
  { "auth/scram-refused", TLS, CAPS ("IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN")
    "C: %T AUTHENTICATE SCRAM-SHA-256 ?*\nS: %T NO [AUTHENTICATIONFAILED] no\n",
    "auth.bad-credentials", 1 },

  /* Using it */
  { "use/no-inbox", TLS, LISTED "C: %T EXAMINE INBOX\nS: %T NO [NONEXISTENT] no such mailbox\n",
    "use.inbox-missing", 1 },
  { "use/no-inbox-words", TLS, LISTED "C: %T EXAMINE INBOX\nS: %T NO some reason of ours\n",
    "use.inbox-missing", 1 },
  { "use/not-really", TLS, LISTED "C: %T EXAMINE INBOX\nS: %T OK done\n", "use.protocol", 1 },
  { "use/list-refused", TLS, SIGNED_IN "C: %T LIST *\nS: %T NO some reason of ours\n",
    "use.no-permission", 1 },
  { "use/list-malformed", TLS, SIGNED_IN "C: %T LIST *\nS: * LIST Sent\n", "use.protocol", 1 },
  { "use/bye", TLS, LISTED "C: %T EXAMINE INBOX\nS: * BYE some reason of ours\n", "use.server-closed", 1 },
  { "use/no-idle", TLS, PLAIN "S: %T OK [CAPABILITY IMAP4rev1] in\n" LIST OPENED "C: %T LOGOUT\n",
    "use.idle-missing", 1 },
  { "use/idle-refused", TLS, LISTED OPENED "C: %T IDLE\nS: %T NO some reason of ours\nC: %T LOGOUT\n",
    "use.idle-missing", 1 },
  { "use/caps-asked", TLS, PLAIN "S: %T OK in\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 IDLE\n"
    "S: %T OK done\n" REST, NULL, 1 },
  { "use/unsolicited-between", TLS, SIGNED_IN "C: %T LIST \"\" \"?\"\nS: * LIST () \"/\" Sent\nCORK\n"
    "S: %T OK done\nS: * 9 EXISTS\nUNCORK\n" EXAMINED, NULL, 1 },
  { "use/unsolicited", TLS, SIGNED_IN "C: %T LIST \"\" \"?\"\nS: * 7 EXISTS\nS: * LIST () \"/\" Sent\n"
    "S: * 3 FETCH (FLAGS (\\\\Seen))\nS: %T OK done\n" EXAMINED, NULL, 1 },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = c->security, .script = c->script, .password = c->password,
  };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_test_message ("%s%s", tl_test_peer_get_transcript (lane.peer),
                  tl_test_peer_get_problem (lane.peer) == NULL
                  ? "" : tl_test_peer_get_problem (lane.peer));

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->primary);
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, c->n_auth);
  g_assert_cmpuint (tl_test_peer_count (lane.peer, "?"), ==, c->gives_up);
  if (c->primary == NULL)
    {
      g_assert_null (tl_test_peer_get_problem (lane.peer));
      g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, TL_VERDICT_OK);
    }
  if (c->n_auth <= 1)
    tl_test_lane_assert_sane (&lane);
}

typedef struct
{
  const char *name;
  const char *first;    /* of the server; %s is the client's nonce */
  const char *final;    /* NULL: the right signature */
  const char *primary;
  gboolean    skip_final;
  const char *instead;  /* in place of the signature; %T is the tag */
  gboolean    quotes;   /* and the client's line behind it */
  gboolean    is_junk;  /* characters that are not of base64, which a lax decoder skips */
} ScramCase;

#define SALT "W22ZaJ0SNY7soEsUEjb6gQ=="

static const ScramCase scram_cases[] = {
  { "good",            "r=%sxyz,s=" SALT ",i=4096", NULL, NULL },
  { "wrong-signature", "r=%sxyz,s=" SALT ",i=4096", "v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "auth.server-not-proven" },
  { "no-signature",    "r=%sxyz,s=" SALT ",i=4096", NULL, "auth.server-not-proven", TRUE },
  { "error",           "r=%sxyz,s=" SALT ",i=4096", "e=invalid-proof", "auth.bad-credentials" },
  { "bad-behind-proof", "r=%sxyz,s=" SALT ",i=4096", NULL, "auth.protocol", FALSE, "%T BAD what" },
  { "echo",            "r=%sxyz,s=" SALT ",i=4096", NULL, "auth.bad-credentials", FALSE,
    "%T NO [AUTHENTICATIONFAILED] no", TRUE },
  { "not-base64",      "r=%sxyz,s=" SALT ",i=4096", NULL, "auth.protocol", .is_junk = TRUE },
  { "few-rounds",      "r=%sxyz,s=" SALT ",i=1", NULL, "auth.scram-limits" },
  { "many-rounds",     "r=%sxyz,s=" SALT ",i=2147483648", NULL, "auth.scram-limits" },
  { "nonce",           "r=zyx%s,s=" SALT ",i=4096", NULL, "auth.server-not-proven" },
};

typedef struct
{
  const ScramCase *c;
  char            *client_first_bare;
  char            *server_first;
  char            *quoted;
} ScramPeer;

static char *
decode (const char *line)
{
  const char *space = strrchr (line, ' ');
  gsize len;
  g_autofree guchar *bytes = g_base64_decode (space == NULL ? line : space + 1, &len);

  return g_strndup ((const char *) bytes, len);
}

static char *
say (const char *text,
     gboolean    is_junk)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));

  return g_strconcat (is_junk ? "+ !!!!" : "+ ", base64, NULL);
}

/* The server's side of SCRAM (RFC 5802 §5). */
static char *
play_scram (const char *argument,
            const char *line,
            gpointer    user_data)
{
  ScramPeer *self = user_data;
  g_autofree char *message = decode (line);
  g_autofree char *without_proof = NULL;
  g_autofree char *auth_message = NULL;
  g_autofree guchar *salt = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *final = NULL;
  g_autoptr(TlSecret) password = NULL;
  guint8 digest[TL_SCRAM_KEY_BYTES];
  TlScramKeys keys;
  gsize salt_len;

  if (g_str_equal (argument, "first"))
    {
      g_auto(GStrv) parts = g_strsplit (self->c->first, "%s", 2);

      self->client_first_bare = g_strdup (message + strlen ("n,,"));
      self->server_first = g_strjoin (strstr (message, ",r=") + 3, parts[0], parts[1], NULL);
      return say (self->server_first, self->c->is_junk);
    }

  /* The client has given up. */
  if (g_str_equal (line, "*"))
    return NULL;
  if (self->c->quotes)
    {
      self->quoted = g_strdup (line);
      return g_strjoin (" ", self->c->instead, line, "for you", NULL);
    }
  if (self->c->instead != NULL)
    return g_strdup (self->c->instead);
  if (self->c->final != NULL)
    return say (self->c->final, FALSE);

  without_proof = g_strndup (message, (gsize) (strstr (message, ",p=") - message));
  auth_message = g_strjoin (",", self->client_first_bare, self->server_first, without_proof, NULL);
  salt = g_base64_decode (SALT, &salt_len);
  password = tl_secret_new (TL_TEST_LANE_PASSWORD, strlen (TL_TEST_LANE_PASSWORD));
  tl_scram_derive (TL_SCRAM_SHA_256, password, salt, salt_len, 4096, NULL, &keys, NULL);
  tl_scram_hmac (TL_SCRAM_SHA_256, keys.server, sizeof keys.server, auth_message, digest);
  signature = g_base64_encode (digest, sizeof digest);
  final = g_strconcat ("v=", signature, NULL);

  return say (final, FALSE);
}

static void
test_scram (gconstpointer data)
{
  const ScramCase *c = data;
  ScramPeer peer = { c };
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TLS, .hook = play_scram, .hook_data = &peer,
  };

  lane.script = c->skip_final
                ? CAPS ("IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=SCRAM-SHA-256")
                  "C: %T AUTHENTICATE SCRAM-SHA-256 ?*\nH: first\nC: *\nS: %T OK in\n"
                : CAPS ("IMAP4rev1 AUTH=PLAIN AUTH=SCRAM-SHA-256")
                  "C: %T AUTHENTICATE SCRAM-SHA-256\nS: + \nC: *\nH: first\nC: *\nH: final\nC: \n"
                  "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" REST;
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->primary);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==,
                   c->primary == NULL ? TL_VERDICT_OK : TL_VERDICT_ERROR);
  tl_test_lane_assert_sane (&lane);
  tl_test_lane_assert_hidden (&lane, peer.quoted);
  if (c->is_junk)
    g_assert_cmpuint (tl_test_peer_count (lane.peer, "?"), ==, 1);
  g_free (peer.quoted);
  g_free (peer.client_first_bare);
  g_free (peer.server_first);
}

static void
test_flood (void)
{
  g_autoptr(GString) script = g_string_new (GREETED "C: %T CAPABILITY\n");
  g_autoptr(GString) line = g_string_new (GREETED "C: %T CAPABILITY\nS! * X ");
  g_auto(TlTestLane) lines = { .kind = TL_LANE_INCOMING, .security = TLS };
  g_auto(TlTestLane) bytes = { .kind = TL_LANE_INCOMING, .security = TLS };

  for (guint i = 0; i < 200; i++)
    g_string_append (script, "S: * 1 EXISTS\n");
  for (guint i = 0; i < 70000; i++)
    g_string_append_c (line, 'x');

  lines.script = script->str;
  bytes.script = line->str;
  tl_test_lane_start (&lines);
  tl_test_lane_start (&bytes);
  tl_test_lane_wait (&lines);
  tl_test_lane_wait (&bytes);
  g_assert_cmpstr (tl_test_lane_get_primary (&lines), ==, "caps.too-long");
  g_assert_cmpstr (tl_test_lane_get_primary (&bytes), ==, "caps.too-long");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/incoming/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scram_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/incoming/scram/", scram_cases[i].name, NULL);

      g_test_add_data_func (path, &scram_cases[i], test_scram);
    }
  g_test_add_func ("/lane/incoming/flood", test_flood);

  return g_test_run ();
}
