/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-auth-results.h"

#include <string.h>

#include "tl-loop-header.h"

#define INCOMING "imap.acme.test"
#define FROM     "acme.test"

/* What the mailbox's own side and the other one write. */
#define TAKEN "Received: from out.relay.test (out.relay.test [192.0.2.1]) by mx.acme.test with ESMTPS;\r\n" \
              " Sun, 1 Feb 2026 12:00:00 +0000\r\n"
#define THEIRS "Received: from [10.0.0.2] by out.relay.test with ESMTPSA; Sun, 1 Feb 2026 12:00:00 +0000\r\n"
#define AR "Authentication-Results: "

typedef struct
{
  const char *name;
  const char *header;
  const char *judge;
  const char *spf;
  const char *dkim;
  const char *domain;
  const char *selector;
  const char *dmarc;
  const char *words;  /* of DKIM; NULL: not looked at */
} Case;

static const Case cases[] = {
  { "plain", TAKEN AR "mx.acme.test; spf=pass smtp.mailfrom=acme.test; "
    "dkim=pass header.d=acme.test header.s=s1; dmarc=pass header.from=acme.test\r\n" THEIRS,
    "mx.acme.test", "pass", "pass", "acme.test", "s1", "pass" },
  { "fails", TAKEN AR "mx.acme.test; spf=fail; dkim=fail header.d=acme.test; dmarc=fail\r\n",
    "mx.acme.test", "fail", "fail", "acme.test", NULL, "fail", "dkim=fail header.d=acme.test" },
  { "several-fields", AR "mx.acme.test; dmarc=pass\r\n" TAKEN AR "mx.acme.test; dkim=none\r\n"
    AR "mx.acme.test; spf=softfail\r\n" THEIRS, "mx.acme.test", "softfail", "none", NULL, NULL,
    "pass" },
  { "first-decides", AR "mx.acme.test; spf=pass\r\n" AR "mx.acme.test; spf=fail\r\n",
    "mx.acme.test", "pass" },
  { "no-result", TAKEN AR "mx.acme.test; none\r\n", "mx.acme.test" },
  { "version", TAKEN AR "mx.acme.test 1; spf=pass\r\n", "mx.acme.test", "pass" },
  { "version-wrong", TAKEN AR "mx.acme.test x; spf=pass\r\n" },
  { "method-version", TAKEN AR "mx.acme.test; spf / 1 = pass\r\n", "mx.acme.test", "pass" },
  { "case", "received: BY MX.ACME.TEST\r\nAUTHENTICATION-RESULTS: MX.Acme.Test; SPF=Pass; "
    "DKIM=PASS Header.D=acme.test Header.S=S1\r\n", "MX.Acme.Test", "pass", "pass", "acme.test",
    "S1" },
  { "quoted", TAKEN AR "\"mx.acme.test\"; spf=pass reason=\"a; dkim=fail \\\" b\"; "
    "dkim=pass header.d=\"acme.test\" header.s=s1\r\n", "mx.acme.test", "pass", "pass",
    "acme.test", "s1" },
  { "comments", TAKEN AR "(a) mx.acme.test (b (c; spf=fail)) 1 (d); (e) spf (f) = (g) pass (h) "
    "smtp (i) . (j) mailfrom (k) = (l) acme.test\r\n", "mx.acme.test", "pass" },
  { "comment-escape", TAKEN AR "mx.acme.test (\\) ; spf=fail); spf=pass\r\n", "mx.acme.test",
    "pass" },
  { "comment-unclosed", TAKEN AR "mx.acme.test (spf; spf=fail\r\n" },
  { "comment-depth-16", TAKEN AR "mx.acme.test ((((((((((((((((x)))))))))))))))); spf=pass\r\n",
    "mx.acme.test", "pass" },
  { "comment-depth-17", TAKEN AR "mx.acme.test (((((((((((((((((x))))))))))))))))); spf=pass\r\n" },
  { "quote-unclosed", TAKEN AR "mx.acme.test; spf=pass reason=\"x; dkim=pass\r\n", "mx.acme.test",
    "pass" },
  { "folded", TAKEN AR "mx.acme.test;\r\n\tspf=pass\r\n smtp.mailfrom=acme.test;\r\n dkim=pass\r\n"
    "\theader.d=acme.test\r\n  header.s=s1\r\n", "mx.acme.test", "pass", "pass", "acme.test", "s1",
    NULL, "dkim=pass header.d=acme.test header.s=s1" },
  { "folded-lf", "Received: by mx.acme.test\n" AR "mx.acme.test;\n spf=pass\n", "mx.acme.test",
    "pass" },
  { "folded-id", TAKEN AR "\r\n mx.acme.test;\r\n spf=pass\r\n", "mx.acme.test", "pass" },
  { "unknown-method", TAKEN AR "mx.acme.test; iprev=fail policy.iprev=192.0.2.1; x-tls=pass; "
    "spf=pass; compauth=pass reason=100\r\n", "mx.acme.test", "pass" },
  { "unknown-property", TAKEN AR "mx.acme.test; dkim=pass header.d=acme.test header.b=aB+/=x "
    "policy.what=ever header.s=s1\r\n", "mx.acme.test", NULL, "pass", "acme.test", "s1" },
  { "unknown-result", TAKEN AR "mx.acme.test; spf=perhaps; dmarc=bestguesspass\r\n",
    "mx.acme.test" },
  { "hardfail", TAKEN AR "mx.acme.test; spf=hardfail\r\n", "mx.acme.test", "fail" },
  { "malformed-then-good", TAKEN AR "mx.acme.test; =; spf; spf==; dkim=; dmarc=pass\r\n",
    "mx.acme.test", NULL, NULL, NULL, NULL, "pass" },
  { "empty", TAKEN AR "\r\n" },
  { "id-alone", TAKEN AR "mx.acme.test\r\n", "mx.acme.test" },
  { "trailing-semicolon", TAKEN AR "mx.acme.test; spf=pass;\r\n", "mx.acme.test", "pass" },
  { "identity", TAKEN AR "mx.acme.test; dkim=pass header.i=@acme.test header.s=s1\r\n",
    "mx.acme.test", NULL, "pass", "acme.test", "s1" },
  { "identity-with-local-part", TAKEN AR "mx.acme.test; dkim=pass header.i=you@acme.test\r\n",
    "mx.acme.test", NULL, "pass", "acme.test" },

  /* Several signatures */
  { "dkim/own-is-second", TAKEN AR "mx.acme.test; dkim=pass header.d=relay.test header.s=r; "
    "dkim=pass header.d=mail.acme.test header.s=own\r\n", "mx.acme.test", NULL, "pass",
    "mail.acme.test", "own" },
  { "dkim/own-fails", TAKEN AR "mx.acme.test; dkim=pass header.d=relay.test header.s=r; "
    "dkim=fail header.d=acme.test header.s=own\r\n", "mx.acme.test", NULL, "pass", "relay.test",
    "r" },
  { "dkim/own-is-first", TAKEN AR "mx.acme.test; dkim=pass header.d=acme.test header.s=a; "
    "dkim=pass header.d=acme.test header.s=b\r\n", "mx.acme.test", NULL, "pass", "acme.test", "a" },
  { "dkim/own-in-next-field", TAKEN AR "mx.acme.test; dkim=fail header.d=relay.test\r\n"
    AR "mx.acme.test; dkim=pass header.d=acme.test header.s=b\r\n", "mx.acme.test", NULL, "pass",
    "acme.test", "b" },
  { "dkim/none-own", TAKEN AR "mx.acme.test; dkim=neutral header.d=x.test header.s=1; "
    "dkim=pass header.d=y.test header.s=2\r\n", "mx.acme.test", NULL, "neutral", "x.test", "1" },

  /* Whose word counts */
  { "whose/by-host", "Received: by 2002:a05:7022:4191 with SMTP id x; date\r\n"
    "Received: from a.relay.test by mx.hoster.test with ESMTPS; date\r\n"
    AR "mx.hoster.test; spf=pass\r\n" THEIRS, "mx.hoster.test", "pass" },
  { "whose/same-site", TAKEN AR "filter7.acme.test; spf=pass\r\n", "filter7.acme.test", "pass" },
  { "whose/foreign", TAKEN AR "mx.evil.test; spf=pass\r\n" },
  { "whose/lookalike", TAKEN AR "mx.acme.test.evil.test; spf=pass\r\n" },
  { "whose/nobody", TAKEN AR "spf=pass smtp.mailfrom=acme.test; dkim=pass\r\n" },
  { "whose/single-label", TAKEN AR "mx; spf=pass\r\n" },
  { "whose/public-suffix", TAKEN AR "test; spf=pass\r\n" },
  { "whose/address", TAKEN AR "192.0.2.1; spf=pass\r\n" },
  { "whose/forged-below", TAKEN THEIRS AR "mx.acme.test; spf=pass; dkim=pass; dmarc=pass\r\n" },
  { "whose/forged-below-real", TAKEN AR "mx.acme.test; spf=fail\r\n" THEIRS
    AR "mx.acme.test; spf=pass; dkim=pass header.d=acme.test\r\n", "mx.acme.test", "fail" },
  { "whose/forged-below-unnamed", TAKEN "Received: by localhost; date\r\n"
    AR "mx.acme.test; spf=pass\r\n" },
  { "whose/forged-below-address", "Received: from [192.0.2.1] by mx.acme.test; date\r\n" THEIRS
    AR "mx.acme.test; spf=pass\r\n" },
  { "whose/internal-hops", "Received: from localhost by mail.acme.test; date\r\n"
    "Received: from mx.acme.test by localhost; date\r\n" TAKEN AR "mx.acme.test; spf=pass\r\n"
    THEIRS, "mx.acme.test", "pass" },
  { "whose/gateway", "Received: from gw.filter.test by mx.acme.test; date\r\n"
    AR "mx.acme.test; spf=fail\r\nReceived: from out.relay.test by gw.filter.test; date\r\n"
    AR "gw.filter.test; spf=pass\r\n", "mx.acme.test", "fail" },
  { "whose/no-received", AR "mx.acme.test; spf=pass\r\n", "mx.acme.test", "pass" },
  { "whose/received-comment", "Received: from a.relay.test (by mx.evil.test) by mx.acme.test; x\r\n"
    AR "mx.evil.test; spf=pass\r\n" },
  { "whose/by-behind-semicolon", "Received: from a.relay.test; by mx.evil.test\r\n"
    AR "mx.evil.test; spf=pass\r\n" },
  { "whose/in-body", TAKEN "\r\n" AR "mx.acme.test; spf=pass\r\n" },

  /* What is not looked at */
  { "not/arc", TAKEN "ARC-Authentication-Results: i=1; mx.acme.test; spf=pass\r\n"
    "X-Authentication-Results: mx.acme.test; spf=pass\r\n" },
  { "not/received-spf", TAKEN "Received-SPF: pass (mx.acme.test: ok)\r\n" },
  { "not/nothing", "" },
  { "not/colon-first", ": mx.acme.test; spf=pass\r\n" },
};

static TlAuthResults *
read_text (const char *header)
{
  return tl_auth_results_read (header, strlen (header), INCOMING, FROM);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlAuthResults) results = read_text (c->header);

  g_assert_cmpstr (results->judge, ==, c->judge);
  g_assert_cmpstr (results->spf, ==, c->spf);
  g_assert_cmpstr (results->dkim, ==, c->dkim);
  g_assert_cmpstr (results->dkim_domain, ==, c->domain);
  g_assert_cmpstr (results->dkim_selector, ==, c->selector);
  g_assert_cmpstr (results->dmarc, ==, c->dmarc);
  if (c->words != NULL)
    g_assert_cmpstr (results->dkim_words, ==, c->words);
}

/* Every prefix of every case: nothing is read behind the end, and a field that
 * was cut gives no judge that the whole one does not. */
static void
test_cut (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize len = 0; len <= strlen (cases[i].header); len++)
      {
        g_autofree char *exact = g_memdup2 (cases[i].header, len);
        g_autoptr(TlAuthResults) results = NULL;

        results = tl_auth_results_read (exact == NULL ? "" : exact, len, INCOMING, FROM);
        g_assert_true (results->judge != NULL ||
                       (results->spf == NULL && results->dkim == NULL && results->dmarc == NULL));
      }
}

/* Exchange Online, which names nobody */
#define MICROSOFT_HOST "outlook.office365.com"
#define HOPS \
  "Received: from B.eurprd01.prod.exchangelabs.com (2001:db8::1) by\r\n" \
  " A.eurprd01.prod.outlook.com with HTTPS; Sun, 1 Feb 2026 12:00:00 +0000\r\n" \
  "Received: from C.eurprd01.prod.protection.outlook.com (2001:db8::2) by\r\n" \
  " B.eurprd01.prod.exchangelabs.com (2001:db8::3) with Microsoft SMTP Server; date\r\n"
#define HANDED \
  "Received: from out.relay.test (192.0.2.1) by C.mail.protection.outlook.com (10.0.0.1)\r\n" \
  " with Microsoft SMTP Server; date\r\n"
#define NAMELESS(spf) AR "spf=" spf " (sender IP is 192.0.2.1)\r\n" \
  " smtp.mailfrom=acme.test; dkim=pass (signature was verified)\r\n header.d=acme.test;dmarc=pass " \
  "action=none\r\n header.from=acme.test;compauth=pass reason=100\r\n"
#define MICROSOFT_JUDGE "A.eurprd01.prod.outlook.com"

static const struct
{
  const char *name;
  const char *incoming;
  const char *header;
  const char *judge;
  const char *results;
} nameless_cases[] = {
  { "theirs", MICROSOFT_HOST, HOPS NAMELESS ("pass") HANDED, MICROSOFT_JUDGE, "pass pass pass" },
  { "fails", MICROSOFT_HOST, HOPS NAMELESS ("fail") HANDED, MICROSOFT_JUDGE, "fail pass pass" },
  { "on-top", "imap-mail.outlook.com", NAMELESS ("pass") HOPS HANDED, MICROSOFT_JUDGE,
    "pass pass pass" },
  { "below-the-hand-over", MICROSOFT_HOST, HOPS HANDED NAMELESS ("pass") THEIRS, NULL, "- - -" },
  { "unsigned", MICROSOFT_HOST, HOPS AR "dkim=none (message not signed)\r\n header.d=none;dmarc=none "
    "action=none header.from=acme.test;\r\n" HANDED, MICROSOFT_JUDGE, "- none none" },
  { "twin-below", MICROSOFT_HOST, HOPS NAMELESS ("fail") HANDED THEIRS NAMELESS ("pass"),
    MICROSOFT_JUDGE, "fail pass pass" },
  { "twin-alone", MICROSOFT_HOST, HOPS HANDED THEIRS NAMELESS ("pass"), NULL, "- - -" },
  { "twin-next", MICROSOFT_HOST, HOPS AR "dkim=none\r\n" NAMELESS ("pass") HANDED, MICROSOFT_JUDGE,
    "- none -" },
  { "named-first", MICROSOFT_HOST, HOPS AR "mx.evil.test; spf=fail\r\n" NAMELESS ("pass") HANDED,
    NULL, "- - -" },
  { "named-too", MICROSOFT_HOST, HOPS NAMELESS ("pass") AR "x.outlook.com; spf=fail; dmarc=fail\r\n"
    HANDED, MICROSOFT_JUDGE, "pass pass pass" },
  { "no-received", MICROSOFT_HOST, NAMELESS ("pass"), NULL, "- - -" },
  { "elsewhere", "imap.acme.test", HOPS NAMELESS ("pass") HANDED, NULL, "- - -" },
  { "lookalike", "outlook.office365.com.evil.test", HOPS NAMELESS ("pass") HANDED, NULL, "- - -" },
  { "no-result", MICROSOFT_HOST, HOPS AR "spf=perhaps; dkim=pass\r\n" HANDED, NULL, "- - -" },
};

static const char *
or_dash (const char *text)
{
  return text == NULL ? "-" : text;
}

static void
test_nameless (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *header = nameless_cases[i].header;
  g_autoptr(TlAuthResults) results = tl_auth_results_read (header, strlen (header),
                                                           nameless_cases[i].incoming, FROM);
  g_autofree char *found = g_strdup_printf ("%s %s %s", or_dash (results->spf),
                                            or_dash (results->dkim), or_dash (results->dmarc));

  g_assert_cmpstr (results->judge, ==, nameless_cases[i].judge);
  g_assert_cmpstr (found, ==, nameless_cases[i].results);
  g_assert_cmpstr (results->dkim_domain, ==,
                   g_strcmp0 (results->dkim, "pass") == 0 ? FROM : NULL);
}

static const char *
make_fields (GString *text)
{
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "X-A: b\r\n");

  return NULL;
}

static const char *
make_received (GString *text)
{
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, TAKEN);

  return NULL;
}

static const char *
make_results (GString *text)
{
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, AR "mx.evil.test; spf=pass\r\n");

  return NULL;
}

static const char *
make_line (GString *text)
{
  g_string_append (text, AR "mx.acme.test; spf=pass");
  for (guint i = 0; i < 1024 * 1024; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\r\n");

  return "mx.acme.test";
}

static const char *
make_parentheses (GString *text)
{
  g_string_append (text, AR "mx.acme.test ");
  for (guint i = 0; i < 1024 * 1024; i++)
    g_string_append_c (text, '(');

  return NULL;
}

static const char *
make_semicolons (GString *text)
{
  g_string_append (text, AR "mx.acme.test ");
  for (guint i = 0; i < 1024 * 1024; i++)
    g_string_append_c (text, ';');

  return "mx.acme.test";
}

static const char *
make_quotes (GString *text)
{
  g_string_append (text, AR "mx.acme.test; spf=pass reason=\"");
  for (guint i = 0; i < 1024 * 1024; i++)
    g_string_append (text, "\\\"");

  return "mx.acme.test";
}

static const char *
make_folds (GString *text)
{
  g_string_append (text, AR "mx.acme.test;");
  for (guint i = 0; i < 1024 * 1024; i++)
    g_string_append (text, "\r\n ");

  return "mx.acme.test";
}

static const struct
{
  const char  *name;
  const char *(*make) (GString *text);
} floods[] = {
  { "fields", make_fields },
  { "received", make_received },
  { "results", make_results },
  { "line", make_line },
  { "parentheses", make_parentheses },
  { "semicolons", make_semicolons },
  { "quotes", make_quotes },
  { "folds", make_folds },
};

/* Only so much is looked at, whatever there is. */
static void
test_flood (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_autoptr(GString) text = g_string_new (TAKEN);
  const char *judge = floods[index].make (text);
  g_autoptr(TlAuthResults) results = NULL;
  gint64 began_us;

  began_us = g_get_monotonic_time ();
  results = tl_auth_results_read (text->str, text->len, INCOMING, FROM);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC / 4);
  g_assert_cmpstr (results->judge, ==, judge);
}

static void
test_bounds (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(TlAuthResults) inside = NULL;
  g_autoptr(TlAuthResults) outside = NULL;
  g_autoptr(TlAuthResults) behind = NULL;

  for (guint i = 0; i < TL_LOOP_HEADER_MAX_FIELDS - 1; i++)
    g_string_append (text, "X: y\r\n");
  g_string_append (text, AR "mx.acme.test; spf=pass\r\n");
  inside = tl_auth_results_read (text->str, text->len, INCOMING, FROM);
  g_assert_cmpstr (inside->spf, ==, "pass");

  g_string_prepend (text, "X: y\r\n");
  outside = tl_auth_results_read (text->str, text->len, INCOMING, FROM);
  g_assert_null (outside->judge);

  g_string_assign (text, "X: ");
  while (text->len < TL_LOOP_HEADER_MAX_BYTES)
    g_string_append_c (text, 'y');
  g_string_append (text, "\r\n" AR "mx.acme.test; spf=pass\r\n");
  behind = tl_auth_results_read (text->str, text->len, INCOMING, FROM);
  g_assert_null (behind->judge);
}

/* What is shown holds no line end and no control character. */
static void
test_clean (void)
{
  g_autoptr(TlAuthResults) results = NULL;

  results = read_text (TAKEN AR "mx.acme.test; dkim=fail (\x1b[2J\xe2\x80\xae)\r\n header.d=a\xff.test\r\n");
  g_assert_cmpstr (results->dkim_words, ==,
                   "dkim=fail (\\x1b[2J\\u202e) header.d=a\\xff.test");
  g_assert_cmpstr (results->dkim_domain, ==, "a\\xff.test");
}

/* A mailbox on an address literal is nobody's by name; who took the message is. */
static void
test_literal (void)
{
  const char *header = TAKEN AR "mx.acme.test; spf=pass\r\n";
  const char *alone = AR "mx.acme.test; spf=pass\r\n";
  g_autoptr(TlAuthResults) taken = tl_auth_results_read (header, strlen (header), "192.0.2.9", FROM);
  g_autoptr(TlAuthResults) untaken = tl_auth_results_read (alone, strlen (alone), "192.0.2.9", FROM);

  g_assert_cmpstr (taken->spf, ==, "pass");
  g_assert_null (untaken->judge);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/auth-results/read/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (nameless_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/auth-results/nameless/", nameless_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_nameless);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      g_autofree char *path = g_strconcat ("/auth-results/X18/", floods[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_flood);
    }
  g_test_add_func ("/auth-results/cut", test_cut);
  g_test_add_func ("/auth-results/X18/bounds", test_bounds);
  g_test_add_func ("/auth-results/clean", test_clean);
  g_test_add_func ("/auth-results/literal", test_literal);

  return g_test_run ();
}
