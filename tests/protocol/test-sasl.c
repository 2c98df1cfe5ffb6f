/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sasl.h"

#include <string.h>

static const TlSaslBinding no_binding = { 0 };

typedef struct
{
  const char *name;
  TlSaslWith  with;
  gboolean    can_bind;
  const char *offered;
  const char *chosen;   /* NULL: none */
  const char *next;     /* when the chosen one is not known after all */
  int         cause;    /* of the judgement, -1: it can be used */
} OfferCase;

#define PASSWORD    TL_SASL_WITH_PASSWORD
#define TOKEN       TL_SASL_WITH_TOKEN
#define CERTIFICATE TL_SASL_WITH_CERTIFICATE
#define NO_COMMON   TL_CAUSE_NO_COMMON_MECHANISM

static const OfferCase offer_cases[] = {
  { "plain",          PASSWORD, TRUE,  "PLAIN",                         "PLAIN", NULL, -1 },
  { "ours-first",     PASSWORD, TRUE,  "LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256",
    "SCRAM-SHA-256", "SCRAM-SHA-1", -1 },
  { "bound-first",    PASSWORD, TRUE,  "SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS",
    "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", -1 },
  { "cannot-bind",    PASSWORD, FALSE, "SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-1",
    "SCRAM-SHA-1", NULL, -1 },
  { "bound-alone",    PASSWORD, FALSE, "SCRAM-SHA-256-PLUS",            NULL, NULL, NO_COMMON },
  { "cram",           PASSWORD, TRUE,  "PLAIN CRAM-MD5",                "CRAM-MD5", "PLAIN", -1 },
  { "login-last",     PASSWORD, TRUE,  "LOGIN XOAUTH2 PLAIN",           "PLAIN", "LOGIN", -1 },
  { "login-alone",    PASSWORD, TRUE,  "DIGEST-MD5 LOGIN",              "LOGIN", NULL, -1 },
  { "token-alone",    PASSWORD, TRUE,  "XOAUTH2 OAUTHBEARER",           NULL, NULL,
    TL_CAUSE_OAUTH_ONLY },
  { "token-and-else", PASSWORD, TRUE,  "XOAUTH2 GSSAPI",                NULL, NULL, NO_COMMON },
  { "foreign",        PASSWORD, TRUE,  "DIGEST-MD5 NTLM GSSAPI",        NULL, NULL, NO_COMMON },
  { "certificate",    PASSWORD, TRUE,  "EXTERNAL",                      NULL, NULL, NO_COMMON },
  { "token",          TOKEN,    TRUE,  "PLAIN XOAUTH2 OAUTHBEARER",     "OAUTHBEARER", "XOAUTH2", -1 },
  { "xoauth2",        TOKEN,    FALSE, "PLAIN XOAUTH2",                 "XOAUTH2", NULL, -1 },
  { "no-token",       TOKEN,    TRUE,  "PLAIN SCRAM-SHA-256",           NULL, NULL, NO_COMMON },
  { "token-nothing",  TOKEN,    TRUE,  "",                              NULL, NULL, NO_COMMON },
  { "external",       CERTIFICATE, TRUE, "PLAIN EXTERNAL",              "EXTERNAL", NULL, -1 },
  { "no-external",    CERTIFICATE, TRUE, "PLAIN",                       NULL, NULL, NO_COMMON },
};

static void
test_offer (gconstpointer data)
{
  const OfferCase *c = data;
  g_auto(GStrv) list = g_strsplit (c->offered, " ", -1);
  const char * const *offered = (const char * const *) list;
  const TlSaslMech *chosen = tl_sasl_choose (c->with, c->can_bind, offered, NULL);
  g_autoptr(TlFault) fault = tl_sasl_judge_offer (c->with, c->can_bind, offered);

  g_assert_cmpstr (chosen == NULL ? NULL : chosen->name, ==, c->chosen);
  g_assert_cmpint (fault == NULL ? -1 : (int) tl_fault_get_cause (fault), ==, c->cause);
  if (fault != NULL)
    {
      g_autoptr(GVariant) names = g_variant_lookup_value (tl_fault_get_evidence (fault),
                                                          TL_EVIDENCE_OFFERED, NULL);
      g_autofree const char **seen = g_variant_get_strv (names, NULL);

      g_assert_cmpstrv (seen, list);
    }
  if (chosen != NULL)
    {
      const TlSaslMech *next = tl_sasl_choose (c->with, c->can_bind, offered, chosen);

      g_assert_cmpstr (next == NULL ? NULL : next->name, ==, c->next);
    }
}

static const TlSaslMech *
find (const char *name)
{
  for (guint i = 0; tl_sasl_mech_get (i) != NULL; i++)
    if (g_str_equal (tl_sasl_mech_get (i)->name, name))
      return tl_sasl_mech_get (i);

  g_assert_not_reached ();
}

static TlSasl *
start_as (const char          *mechanism,
          const char          *username,
          const char          *password,
          gsize                len,
          const TlSaslBinding *binding)
{
  const TlSaslMech *mech = find (mechanism);
  g_autoptr(TlSecret) secret = tl_secret_new (password, len);
  const TlSaslCredentials who = {
    .with = mech->with,
    .username = username,
    .secret = mech->with == TL_SASL_WITH_CERTIFICATE ? NULL : secret,
    .host = "server.example.com",
    .port = 143,
  };

  return tl_sasl_new (mech, &who, binding);
}

static TlSasl *
start (const char *mechanism,
       const char *password,
       gsize       len)
{
  return start_as (mechanism, "ada@example.org", password, len, &no_binding);
}

static TlSecret *
step (TlSasl      *sasl,
      const char  *challenge,
      TlFault    **out_fault)
{
  g_autoptr(GBytes) bytes = g_bytes_new (challenge, strlen (challenge));
  g_autoptr(GError) error = NULL;
  TlSecret *message = tl_sasl_step (sasl, bytes, NULL, out_fault, &error);

  g_assert_no_error (error);

  return message;
}

static void
test_plain (void)
{
  static const char wanted[] = "\0ada@example.org\0 p\"w ";
  g_autoptr(TlSasl) sasl = start ("PLAIN", " p\"w ", 5);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlFault) again_fault = NULL;
  g_autoptr(TlSecret) message = NULL;
  g_autoptr(TlSecret) again = NULL;
  const char *bytes;
  gsize len;

  g_assert_false (tl_sasl_accept (sasl, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_NOT_PROVEN);
  g_clear_pointer (&fault, tl_fault_unref);

  g_assert_false (tl_sasl_has_shown_secret (sasl));
  message = step (sasl, "", &fault);
  bytes = tl_secret_peek (message, &len);
  g_assert_cmpmem (bytes, len, wanted, sizeof wanted - 1);
  /* Made is not shown. */
  g_assert_false (tl_sasl_has_shown_secret (sasl));
  g_assert_false (tl_sasl_accept (sasl, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_NOT_PROVEN);
  g_clear_pointer (&fault, tl_fault_unref);
  tl_sasl_note_written (sasl);
  g_assert_true (tl_sasl_has_shown_secret (sasl));
  g_assert_true (tl_sasl_accept (sasl, &fault));

  again = step (sasl, "more", &again_fault);
  g_assert_null (again);
  g_assert_cmpint (tl_fault_get_cause (again_fault), ==, TL_CAUSE_PROTOCOL);
}

static void
test_login (void)
{
  g_autoptr(TlSasl) sasl = start ("LOGIN", "secret", 6);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlSecret) name = step (sasl, "Username:", &fault);
  g_autoptr(TlFault) early = NULL;
  g_autoptr(TlSecret) password = NULL;
  g_autoptr(TlSecret) again = NULL;

  g_assert_cmpstr (tl_secret_peek (name, NULL), ==, "ada@example.org");
  tl_sasl_note_written (sasl);
  g_assert_false (tl_sasl_has_shown_secret (sasl));
  g_assert_false (tl_sasl_accept (sasl, &early));
  g_assert_cmpint (tl_fault_get_cause (early), ==, TL_CAUSE_NOT_PROVEN);

  password = step (sasl, "Username:", &fault);
  g_assert_cmpstr (tl_secret_peek (password, NULL), ==, "secret");
  g_assert_false (tl_sasl_has_shown_secret (sasl));
  tl_sasl_note_written (sasl);
  g_assert_true (tl_sasl_has_shown_secret (sasl));

  again = step (sasl, "", &fault);
  g_assert_null (again);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
}

static void
test_scram_unproven (void)
{
  g_autoptr(TlSasl) sasl = start ("SCRAM-SHA-256", "secret", 6);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlSecret) first = step (sasl, "", &fault);

  g_assert_true (g_str_has_prefix (tl_secret_peek (first, NULL), "n,,n=ada@example.org,r="));
  g_assert_false (tl_sasl_has_shown_secret (sasl));
  g_assert_false (tl_sasl_accept (sasl, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_SERVER_NOT_PROVEN);
}

static void
test_scram_nonces (void)
{
  g_autoptr(TlSasl) one = start ("SCRAM-SHA-256", "secret", 6);
  g_autoptr(TlSasl) two = start ("SCRAM-SHA-256", "secret", 6);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlSecret) first = step (one, "", &fault);
  g_autoptr(TlSecret) second = step (two, "", &fault);

  g_assert_cmpstr (tl_secret_peek (first, NULL), !=, tl_secret_peek (second, NULL));
}

typedef struct
{
  const char *name;
  const char *mechanism;
  const char *binding;    /* NULL: there is none */
  gboolean    is_offered;
  const char *header;
} HeaderCase;

static const HeaderCase header_cases[] = {
  { "exporter",  "SCRAM-SHA-256-PLUS", "tls-exporter",         TRUE,  "p=tls-exporter,,n=" },
  { "end-point", "SCRAM-SHA-1-PLUS",   "tls-server-end-point", TRUE,  "p=tls-server-end-point,,n=" },
  { "could",     "SCRAM-SHA-256",      "tls-exporter",         FALSE, "y,,n=" },
  { "could-1",   "SCRAM-SHA-1",        "tls-exporter",         FALSE, "y,,n=" },
  { "refused",   "SCRAM-SHA-256",      "tls-exporter",         TRUE,  "n,,n=" },
  { "cannot",    "SCRAM-SHA-256",      NULL,                   FALSE, "n,,n=" },
  { "cannot-but-offered", "SCRAM-SHA-256", NULL,               TRUE,  "n,,n=" },
};

static void
test_header (gconstpointer data)
{
  const HeaderCase *c = data;
  g_autoptr(GBytes) bytes = c->binding == NULL ? NULL : g_bytes_new ("binding", 7);
  const TlSaslBinding binding = { c->binding, bytes, c->is_offered };
  g_autoptr(TlSasl) sasl = start_as (c->mechanism, "ada", "secret", 6, &binding);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlSecret) first = step (sasl, "", &fault);

  g_assert_true (g_str_has_prefix (tl_secret_peek (first, NULL), c->header));
}

/* The example of RFC 2195 §2. */
static void
test_cram_md5 (void)
{
  g_autoptr(TlSasl) sasl = start_as ("CRAM-MD5", "tim", "tanstaaftanstaaf", 16, &no_binding);
  g_autoptr(TlSasl) unasked = start ("CRAM-MD5", "secret", 6);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlFault) unasked_fault = NULL;
  g_autoptr(TlSecret) message = step (sasl, "<1896.697170952@postoffice.reston.mci.net>", &fault);
  g_autoptr(TlSecret) again = NULL;
  g_autoptr(TlSecret) none = NULL;

  g_assert_cmpstr (tl_secret_peek (message, NULL), ==, "tim b913a602c7eda7a495b4e6e7334d3890");
  tl_sasl_note_written (sasl);
  g_assert_true (tl_sasl_accept (sasl, &fault));
  again = step (sasl, "<more>", &fault);
  g_assert_null (again);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);

  none = step (unasked, "", &unasked_fault);
  g_assert_null (none);
  g_assert_cmpint (tl_fault_get_cause (unasked_fault), ==, TL_CAUSE_PROTOCOL);
}

typedef struct
{
  const char *name;
  const char *mechanism;
  const char *username;
  const char *token;
  const char *base64;   /* of the message */
  const char *answer;   /* to an error */
} TokenCase;

static const TokenCase token_cases[] = {
  /* RFC 7628 §4.1 */
  { "rfc", "OAUTHBEARER", "user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==",
    "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOW"
    "RmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB", "\1" },
  { "escaped", "OAUTHBEARER", "a=b,c", "t",
    "bixhPWE9M0RiPTJDYywBaG9zdD1zZXJ2ZXIuZXhhbXBsZS5jb20BcG9ydD0xNDMBYXV0aD1CZWFyZXIgdAEB", "\1" },
  /* developers.google.com: the IMAP example of the XOAUTH2 mechanism */
  { "google", "XOAUTH2", "someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
    "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG"
    "1semRHRXVZMjl0Q2cBAQ==", "" },
};

static void
test_token (gconstpointer data)
{
  const TokenCase *c = data;
  g_autoptr(TlSasl) sasl = start_as (c->mechanism, c->username, c->token, strlen (c->token),
                                     &no_binding);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlSecret) message = step (sasl, "", &fault);
  g_autoptr(TlSecret) base64 = tl_secret_new_base64 (message);
  g_autoptr(TlSecret) answer = NULL;
  g_autoptr(TlSecret) again = NULL;
  g_autoptr(GVariant) evidence = NULL;

  g_assert_cmpstr (tl_secret_peek (base64, NULL), ==, c->base64);
  tl_sasl_note_written (sasl);
  g_assert_true (tl_sasl_accept (sasl, &fault));

  answer = step (sasl, "{\"status\":\"invalid_token\",\"scope\":\"mail\"}", &fault);
  g_assert_cmpstr (tl_secret_peek (answer, NULL), ==, c->answer);
  tl_sasl_note_written (sasl);
  evidence = g_variant_ref_sink (tl_sasl_dup_evidence (sasl));
  g_assert_true (tl_evidence_is_valid (evidence));
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_TOKEN_STATUS), ==, "invalid_token");
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_MECHANISM), ==, c->mechanism);
  g_assert_nonnull (strstr (tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT), "scope"));
  g_assert_false (tl_sasl_accept (sasl, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_NOT_PROVEN);
  g_clear_pointer (&fault, tl_fault_unref);

  again = step (sasl, "{}", &fault);
  g_assert_null (again);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
}

/* What would end a message early, and start another member of it. */
static void
test_token_injection (void)
{
  static const char * const mechanisms[] = { "OAUTHBEARER", "XOAUTH2" };

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      g_autoptr(TlSasl) token = start (mechanisms[i], "a\1host=evil", 11);
      g_autoptr(TlSasl) blank = start (mechanisms[i], "a b", 3);
      g_autoptr(TlSasl) user = start_as (mechanisms[i], "a\1b", "t", 1, &no_binding);
      g_autoptr(TlFault) token_fault = NULL;
      g_autoptr(TlFault) blank_fault = NULL;
      g_autoptr(TlFault) user_fault = NULL;
      g_autoptr(TlSecret) none = step (token, "", &token_fault);
      g_autoptr(TlSecret) nothing = step (blank, "", &blank_fault);
      g_autoptr(TlSecret) nobody = step (user, "", &user_fault);

      g_assert_null (none);
      g_assert_cmpint (tl_fault_get_cause (token_fault), ==, TL_CAUSE_TOKEN_REJECTED);
      g_assert_null (nothing);
      g_assert_cmpint (tl_fault_get_cause (blank_fault), ==, TL_CAUSE_TOKEN_REJECTED);
      g_assert_null (nobody);
      g_assert_cmpint (tl_fault_get_cause (user_fault), ==, TL_CAUSE_BAD_CREDENTIALS);
    }
}

static void
test_external (void)
{
  g_autoptr(TlSasl) sasl = start ("EXTERNAL", "", 0);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlSecret) message = step (sasl, "", &fault);
  g_autoptr(TlSecret) again = NULL;

  g_assert_cmpuint (tl_secret_get_len (message), ==, 0);
  g_assert_false (tl_sasl_accept (sasl, &fault));
  g_clear_pointer (&fault, tl_fault_unref);
  tl_sasl_note_written (sasl);
  g_assert_true (tl_sasl_accept (sasl, &fault));
  again = step (sasl, "", &fault);
  g_assert_null (again);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
}

/* The table is in the order of strength, by what it is for. */
static void
test_table (void)
{
  static const char * const names[] = {
    "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN",
    "LOGIN", "OAUTHBEARER", "XOAUTH2", "EXTERNAL",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const TlSaslMech *mech = tl_sasl_mech_get (i);
      gboolean is_scram = g_str_has_prefix (mech->name, "SCRAM-");

      g_assert_cmpstr (mech->name, ==, names[i]);
      g_assert_cmpint ((mech->flags & TL_SASL_BINDS) != 0, ==, g_str_has_suffix (names[i], "-PLUS"));
      g_assert_cmpint ((mech->flags & TL_SASL_MUTUAL) != 0, ==, is_scram);
    }
  g_assert_null (tl_sasl_mech_get (G_N_ELEMENTS (names)));
}

static void
test_nul (void)
{
  for (guint i = 0; tl_sasl_mech_get (i) != NULL; i++)
    {
      const TlSaslMech *mech = tl_sasl_mech_get (i);
      g_autoptr(GBytes) bytes = g_bytes_new ("binding", 7);
      const TlSaslBinding binding = { "tls-exporter", bytes, TRUE };
      g_autoptr(TlSasl) sasl = start_as (mech->name, "ada", "a\0b", 3, &binding);
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(TlSecret) message = NULL;

      if (mech->with == TL_SASL_WITH_CERTIFICATE)
        continue;
      message = step (sasl, "", &fault);
      g_assert_null (message);
      g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_BAD_CREDENTIALS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sasl/table", test_table);
  for (gsize i = 0; i < G_N_ELEMENTS (offer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sasl/X23/offer/", offer_cases[i].name, NULL);

      g_test_add_data_func (path, &offer_cases[i], test_offer);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (header_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sasl/scram/header/", header_cases[i].name, NULL);

      g_test_add_data_func (path, &header_cases[i], test_header);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (token_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sasl/token/O12/", token_cases[i].name, NULL);

      g_test_add_data_func (path, &token_cases[i], test_token);
    }
  g_test_add_func ("/sasl/token/X20/injection", test_token_injection);
  g_test_add_func ("/sasl/plain/X21", test_plain);
  g_test_add_func ("/sasl/login", test_login);
  g_test_add_func ("/sasl/cram-md5", test_cram_md5);
  g_test_add_func ("/sasl/external", test_external);
  g_test_add_func ("/sasl/scram/X22/unproven", test_scram_unproven);
  g_test_add_func ("/sasl/scram/nonces", test_scram_nonces);
  g_test_add_func ("/sasl/X20/nul", test_nul);

  return g_test_run ();
}
