/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-subject.h"

#include <string.h>

#include "tl-error.h"

static const char * const one_selector[] = { "S1", NULL };
static const char * const dotted_selector[] = { "a_1.b-2", NULL };
static const char * const empty_selector[] = { "", NULL };
static const char * const odd_selector[] = { "a b", NULL };
static const char * const no_selector[] = { NULL };

static const struct
{
  const char           *name;
  const char           *field;  /* what cannot be meant; NULL: all of it can */
  const char           *domain; /* as it is kept */
  TlDomainSubjectParts  parts;
} cases[] = {
  { "plain", NULL, "a.test", { .domain = "a.test" } },
  { "canonical", NULL, "a.test", { .domain = "A.Test." } },
  { "unicode", NULL, "xn--bcher-kva.test", { .domain = "bücher.test" } },
  { "selector", NULL, "a.test", { .domain = "a.test", .selectors = one_selector } },
  { "dotted", NULL, "a.test", { .domain = "a.test", .selectors = dotted_selector } },
  { "no-selector", NULL, "a.test", { .domain = "a.test", .selectors = no_selector } },
  { "incoming-address", NULL, "a.test", { .domain = "a.test", .incoming_host = "192.0.2.1" } },
  { "domain-of-one-label", "domain", NULL, { .domain = "test" } },
  { "domain-is-address", "domain", NULL, { .domain = "192.0.2.1" } },
  { "domain-empty", "domain", NULL, { .domain = "" } },
  { "domain-odd", "domain", NULL, { .domain = "a b.test" } },
  { "domain-is-mailbox", "domain", NULL, { .domain = "a@a.test" } },
  { "registered", "registered", NULL, { .domain = "a.test", .registered = "a_b.test" } },
  { "reply", "reply_domain", NULL, { .domain = "a.test", .reply_domain = "x" } },
  { "envelope", "envelope_domain", NULL, { .domain = "a.test", .envelope_domain = "::1" } },
  { "incoming", "incoming_host", NULL, { .domain = "a.test", .incoming_host = "a/b" } },
  { "outgoing", "outgoing_host", NULL, { .domain = "a.test", .outgoing_host = "" } },
  { "selector-empty", "selector", NULL, { .domain = "a.test", .selectors = empty_selector } },
  { "selector-odd", "selector", NULL, { .domain = "a.test", .selectors = odd_selector } },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDomainSubject) subject = tl_domain_subject_new (&cases[i].parts, &error);
  const TlDomainSubjectParts *parts;

  if (cases[i].field != NULL)
    {
      g_assert_null (subject);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_prefix (error->message, cases[i].field));
      return;
    }

  g_assert_no_error (error);
  parts = tl_domain_subject_get_parts (subject);
  g_assert_cmpstr (parts->domain, ==, cases[i].domain);
  if (cases[i].parts.selectors == one_selector)
    g_assert_cmpstr (parts->selectors[0], ==, "s1");
  if (cases[i].parts.selectors == no_selector)
    g_assert_null (parts->selectors);
}

static void
test_copies (void)
{
  g_autoptr(TlLoopReport) loop = tl_loop_report_new (&(TlLoopReportParts) { .n_copies = 1 });
  char typed[] = "a.test";
  g_autoptr(TlDomainSubject) subject =
    tl_domain_subject_new (&(TlDomainSubjectParts) { .domain = typed, .registered = typed,
                                                     .reply_domain = typed,
                                                     .envelope_domain = typed,
                                                     .incoming_host = typed,
                                                     .outgoing_host = typed, .loop = loop,
                                                     .volume = 7, .now_s = 9 }, NULL);
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (subject);

  memset (typed, 'x', strlen (typed));
  g_clear_pointer (&loop, tl_loop_report_unref);
  g_assert_cmpstr (parts->domain, ==, "a.test");
  g_assert_cmpstr (parts->registered, ==, "a.test");
  g_assert_cmpstr (parts->reply_domain, ==, "a.test");
  g_assert_cmpstr (parts->envelope_domain, ==, "a.test");
  g_assert_cmpstr (parts->incoming_host, ==, "a.test");
  g_assert_cmpstr (parts->outgoing_host, ==, "a.test");
  g_assert_cmpuint (tl_loop_report_get_parts (parts->loop)->n_copies, ==, 1);
  g_assert_cmpuint (parts->volume, ==, 7);
  g_assert_cmpint (parts->now_s, ==, 9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-subject/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/domain-subject/copies", test_copies);

  return g_test_run ();
}
