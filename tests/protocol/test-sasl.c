/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sasl.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *offered;
  const char *chosen;   /* NULL: none */
  const char *next;     /* when the chosen one is not known after all */
  int         cause;    /* of the judgement, -1: a password can be used */
} OfferCase;

static const OfferCase offer_cases[] = {
  { "plain",         "PLAIN",                          "PLAIN", NULL, -1 },
  { "ours-first",    "LOGIN PLAIN SCRAM-SHA-256",      "SCRAM-SHA-256", "PLAIN", -1 },
  { "login-last",    "LOGIN XOAUTH2 PLAIN",            "PLAIN", "LOGIN", -1 },
  { "login-alone",   "CRAM-MD5 LOGIN",                 "LOGIN", NULL, -1 },
  { "no-plus",       "SCRAM-SHA-256-PLUS",             NULL, NULL, TL_CAUSE_NO_COMMON_MECHANISM },
  { "token",         "XOAUTH2 OAUTHBEARER",            NULL, NULL, TL_CAUSE_OAUTH_ONLY },
  { "token-and-else", "XOAUTH2 GSSAPI",                NULL, NULL, TL_CAUSE_NO_COMMON_MECHANISM },
  { "foreign",       "CRAM-MD5 NTLM GSSAPI",           NULL, NULL, TL_CAUSE_NO_COMMON_MECHANISM },
};

static void
test_offer (gconstpointer data)
{
  const OfferCase *c = data;
  g_auto(GStrv) offered = g_strsplit (c->offered, " ", -1);
  const TlSaslMech *chosen = tl_sasl_choose ((const char * const *) offered, NULL);
  g_autoptr(TlFault) fault = tl_sasl_judge_offer ((const char * const *) offered);

  g_assert_cmpstr (chosen == NULL ? NULL : chosen->name, ==, c->chosen);
  g_assert_cmpint (fault == NULL ? -1 : (int) tl_fault_get_cause (fault), ==, c->cause);
  if (chosen != NULL)
    {
      const TlSaslMech *next = tl_sasl_choose ((const char * const *) offered, chosen);

      g_assert_cmpstr (next == NULL ? NULL : next->name, ==, c->next);
    }
}

static TlSasl *
start (const char *mechanism,
       const char *password,
       gsize       len)
{
  const char * const offered[] = { mechanism, NULL };
  g_autoptr(TlSecret) secret = tl_secret_new (password, len);

  return tl_sasl_new (tl_sasl_choose (offered, NULL), "ada@example.org", secret);
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

static void
test_nul (void)
{
  for (guint i = 0; tl_sasl_mech_get (i) != NULL; i++)
    {
      g_autoptr(TlSasl) sasl = start (tl_sasl_mech_get (i)->name, "a\0b", 3);
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(TlSecret) message = step (sasl, "", &fault);

      g_assert_null (message);
      g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_BAD_CREDENTIALS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (offer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sasl/offer/", offer_cases[i].name, NULL);

      g_test_add_data_func (path, &offer_cases[i], test_offer);
    }
  g_test_add_func ("/sasl/plain", test_plain);
  g_test_add_func ("/sasl/login", test_login);
  g_test_add_func ("/sasl/scram/unproven", test_scram_unproven);
  g_test_add_func ("/sasl/scram/nonces", test_scram_nonces);
  g_test_add_func ("/sasl/nul", test_nul);

  return g_test_run ();
}
