/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-words.h"

#include <string.h>

static void
test_source_words (void)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_SOURCE_STATUS);

  g_test_summary ("Everything that may become of a source has an icon of its kind");

  for (guint i = 0; i < klass->n_values; i++)
    {
      TlSourceStatus status = (TlSourceStatus) klass->values[i].value;
      g_autofree char *label = tl_source_status_to_label (NULL, status);
      g_autofree char *icon = tl_source_status_to_icon (NULL, status);

      g_assert_cmpstr (icon, !=, NULL);
      g_assert_cmpstr (label, ==, tl_source_status_get_label (status));
    }

  g_assert_true (tl_source_status_is_waiting (NULL, TL_SOURCE_STATUS_ASKING));
  g_assert_false (tl_source_status_is_waiting (NULL, TL_SOURCE_STATUS_ANSWERED));
}

static void
test_found_by (void)
{
  g_autofree char *found = tl_source_to_found_by (NULL, TL_SOURCE_SRV);
  g_autofree char *typed = tl_source_to_found_by (NULL, TL_SOURCE_MANUAL);

  g_assert_nonnull (strstr (found, tl_source_get_label (TL_SOURCE_SRV)));
  g_assert_cmpstr (found, !=, tl_source_get_label (TL_SOURCE_SRV));
  g_assert_cmpstr (typed, ==, tl_source_get_label (TL_SOURCE_MANUAL));
  g_assert_true (tl_source_is_told (NULL, TL_SOURCE_SRV, "imap.example.org"));
  g_assert_false (tl_source_is_told (NULL, TL_SOURCE_SRV, ""));
  g_assert_false (tl_source_is_told (NULL, TL_SOURCE_PRACTICE, "imap.example.org"));
}

static void
test_suggestion (void)
{
  g_autofree char *question = tl_suggestion_to_question (NULL, "gmail.com");
  g_autofree char *label = tl_suggestion_to_label (NULL, "gmail.com");

  g_assert_nonnull (strstr (question, "gmail.com"));
  g_assert_nonnull (strstr (label, "gmail.com"));
  g_assert_cmpstr (question, !=, label);
  g_assert_null (tl_suggestion_to_question (NULL, NULL));
  g_assert_null (tl_suggestion_to_label (NULL, NULL));
}

static void
test_forms (void)
{
  static const struct { const char *domain; const char *parts[3]; } cases[] = {
    { "b\xc3\xbc" "cher.test (xn--bcher-kva.test)",
      { "(\xc3\xbc)", "b\xc3\xbc" "cher.test", "xn--bcher-kva.test" } },
    { "b\xc3\xbc" "ch\xc3\xbc" "\xc3\xa4.test (xn--bch-rla5ea.test)",
      { "(\xc3\xbc \xc3\xa4)", "b\xc3\xbc" "ch\xc3\xbc" "\xc3\xa4.test", "xn--" } },
    { "acme.test", { NULL } },
    { NULL, { NULL } },
  };
  g_autofree char *site = tl_site_to_display (NULL, "xn--bcher-kva.test");

  g_test_summary ("D16: what letters are unusual and both ways of writing, where there are two");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *forms = tl_domain_to_forms (NULL, cases[i].domain);

      g_assert_cmpint (*forms != '\0', ==, cases[i].parts[0] != NULL);
      for (gsize j = 0; j < G_N_ELEMENTS (cases[i].parts) && cases[i].parts[j] != NULL; j++)
        g_assert_nonnull (strstr (forms, cases[i].parts[j]));
    }
  g_assert_cmpstr (site, ==, cases[0].domain);
  g_assert_null (tl_site_to_display (NULL, NULL));
}

static void
test_settling (void)
{
  g_autofree char *settling = tl_settling_to_line (NULL, TRUE, TRUE);
  g_autofree char *unasked = tl_settling_to_line (NULL, TRUE, FALSE);
  g_autofree char *asked = tl_settling_to_line (NULL, FALSE, TRUE);
  g_autofree char *nobody = tl_settling_to_line (NULL, FALSE, FALSE);

  g_assert_cmpstr (settling, ==, unasked);
  g_assert_cmpstr (settling, !=, asked);
  g_assert_cmpstr (asked, !=, nobody);
}

static TlCandidate *
make_candidate (void)
{
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url ("imaps://imap.acme.test:993", TL_AUTH_PASSWORD, "ada@acme.test",
                                   NULL);

  return tl_candidate_new (TL_LANE_INCOMING, settings, TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS, 60,
                           FALSE, NULL, NULL, NULL);
}

static void
test_in_use (void)
{
  static const struct { const char *host; guint port; TlSecurity security; gboolean in_use; }
  cases[] = {
    { "imap.acme.test", 993, TL_SECURITY_TLS,      TRUE },
    { "IMAP.Acme.test", 993, TL_SECURITY_TLS,      TRUE },
    { "mail.acme.test", 993, TL_SECURITY_TLS,      FALSE },
    { "imap.acme.test", 143, TL_SECURITY_TLS,      FALSE },
    { "imap.acme.test", 993, TL_SECURITY_STARTTLS, FALSE },
    { "",               993, TL_SECURITY_TLS,      FALSE },
    { NULL,             0,   TL_SECURITY_NONE,     FALSE },
  };
  g_autoptr(TlCandidate) candidate = make_candidate ();
  g_autofree char *use = tl_in_use_to_label (NULL, FALSE);
  g_autofree char *undo = tl_in_use_to_label (NULL, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tl_candidate_is_in_use (NULL, candidate, cases[i].host, cases[i].port,
                                             cases[i].security), ==, cases[i].in_use);
  g_assert_false (tl_candidate_is_in_use (NULL, NULL, "imap.acme.test", 993, TL_SECURITY_TLS));
  g_assert_cmpstr (use, !=, undo);
}

static void
test_candidate (void)
{
  g_autoptr(TlCandidate) candidate = make_candidate ();
  g_autofree char *title = tl_candidate_to_title (NULL, candidate);
  g_autofree char *idle = tl_candidate_to_subtitle (NULL, candidate, FALSE);
  g_autofree char *used = tl_candidate_to_subtitle (NULL, candidate, TRUE);

  g_assert_cmpstr (title, ==, "imap.acme.test:993");
  g_assert_nonnull (strstr (idle, tl_security_get_label (TL_SECURITY_TLS)));
  g_assert_nonnull (strstr (idle, tl_source_get_label (TL_SOURCE_SRV)));
  g_assert_nonnull (strstr (idle, tl_trust_get_label (TL_TRUST_UNSIGNED_DNS)));
  g_assert_nonnull (strstr (used, idle));
  g_assert_cmpstr (used, !=, idle);
  g_assert_null (tl_candidate_to_title (NULL, NULL));
  g_assert_null (tl_candidate_to_subtitle (NULL, NULL, FALSE));
}

static gboolean
is_struck (TlRejectionReason reason)
{
  g_autoptr(PangoAttrList) list = tl_rejection_to_attributes (NULL, reason);
  g_autoptr(PangoAttrIterator) at = pango_attr_list_get_iterator (list);
  PangoAttribute *line = pango_attr_iterator_get (at, PANGO_ATTR_STRIKETHROUGH);

  return line != NULL && ((PangoAttrInt *) line)->value;
}

static void
test_rejections (void)
{
  g_autoptr(GEnumClass) reasons = g_type_class_ref (TL_TYPE_REJECTION_REASON);

  g_test_summary ("C08: only what is unencrypted is struck out, and each reason is in words");

  for (guint i = 0; i < reasons->n_values; i++)
    {
      TlRejectionReason reason = (TlRejectionReason) reasons->values[i].value;
      g_autofree char *words = tl_rejection_to_reason (NULL, reason);

      g_assert_cmpint (is_struck (reason), ==, reason == TL_REJECTION_PLAINTEXT);
      g_assert_cmpstr (words, ==, tl_rejection_reason_get_label (reason));
    }
}

static void
test_advice (void)
{
  g_autofree char *own = tl_advice_to_caption (NULL, NULL, "help.acme.test");
  g_autofree char *both = tl_advice_to_caption (NULL, TL_SOURCE_AUTOCONFIG, "xn--bcher-kva.test");
  g_autofree char *bare = tl_advice_to_caption (NULL, TL_SOURCE_AUTOCONFIG, NULL);
  g_autofree char *none = tl_advice_to_caption (NULL, NULL, NULL);
  g_autofree char *issuer = tl_hint_to_caption (NULL, TL_HINT_OAUTH, TL_SOURCE_PACC,
                                                "login.acme.test");
  g_autofree char *page = tl_hint_to_caption (NULL, TL_HINT_WEBMAIL, TL_SOURCE_PACC,
                                              "login.acme.test");

  g_test_summary ("C13: whose advice it is, and the host that a link opens");

  g_assert_nonnull (strstr (own, "help.acme.test"));
  g_assert_nonnull (strstr (both, tl_source_get_label (TL_SOURCE_AUTOCONFIG)));
  g_assert_nonnull (strstr (both, "b\xc3\xbc" "cher.test (xn--bcher-kva.test)"));
  g_assert_nonnull (strstr (bare, tl_source_get_label (TL_SOURCE_AUTOCONFIG)));
  g_assert_cmpstr (none, ==, "");
  g_assert_nonnull (strstr (issuer, "login.acme.test"));
  g_assert_cmpstr (issuer, !=, page);
  g_assert_true (tl_hint_is_page (NULL, TL_HINT_WEBMAIL, "https://acme.test/"));
  g_assert_false (tl_hint_is_page (NULL, TL_HINT_WEBMAIL, NULL));
  g_assert_false (tl_hint_is_page (NULL, TL_HINT_OAUTH, "https://acme.test/"));
}

static void
test_told (void)
{
  g_autofree char *domain = tl_told_to_sentence (NULL, FALSE, "acme.test");
  g_autofree char *address = tl_told_to_sentence (NULL, TRUE, "acme.test");
  g_autofree char *asking = tl_site_to_asking (NULL, "acme.test");
  g_autofree char *safe = tl_asking_to_promise (NULL, FALSE);
  g_autofree char *safe_and_missing = tl_asking_to_promise (NULL, TRUE);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("C14: what they got to know, and who would see the whole address");

  g_assert_null (strstr (domain, "acme.test"));
  g_assert_nonnull (strstr (address, "acme.test"));
  g_assert_nonnull (strstr (asking, "acme.test"));
  g_assert_true (g_str_has_prefix (safe_and_missing, safe));
  g_assert_cmpstr (safe_and_missing, !=, safe);
  for (guint kind = 0; kind < TL_CONTACT_N_KINDS; kind++)
    g_assert_true (g_hash_table_add (seen, tl_contact_kind_to_label (NULL, (TlContactKind) kind)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/discovery-words/source-words", test_source_words);
  g_test_add_func ("/ui/discovery-words/found-by", test_found_by);
  g_test_add_func ("/ui/discovery-words/suggestion", test_suggestion);
  g_test_add_func ("/ui/discovery-words/forms", test_forms);
  g_test_add_func ("/ui/discovery-words/settling", test_settling);
  g_test_add_func ("/ui/discovery-words/in-use", test_in_use);
  g_test_add_func ("/ui/discovery-words/candidate", test_candidate);
  g_test_add_func ("/ui/discovery-words/rejections", test_rejections);
  g_test_add_func ("/ui/discovery-words/advice", test_advice);
  g_test_add_func ("/ui/discovery-words/told", test_told);

  return g_test_run ();
}
