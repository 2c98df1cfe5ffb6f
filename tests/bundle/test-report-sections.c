/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-html.h"

#include <string.h>

#include "tl-test-report.h"

#define MADE_S 1800000000

/* What a page says of folders, volume and domain: how many rows of what, and every value that is
 * the same in all languages. */
typedef struct
{
  const char *section;
  guint       n_terms;    /* of lists of terms */
  guint       n_rows;     /* of tables, with their heads */
  guint       n_reasons;  /* of lists without numbers */
  guint       n_remarks;
  guint       n_findings;
  guint       n_labels;   /* of lists and blocks inside */
  const char *values;     /* what stands as code, and numbers */
} SectionCase;

static const SectionCase section_cases[] = {
  { "folders", .n_terms = 6, .n_rows = 9, .n_remarks = 1, .n_findings = 1, .n_labels = 1,
    .values = "INBOX|12|Skickat|Replies|0|15|2|use.nearly-full" },
  /* Limits, then the weeks of the warm-up with their days. */
  { "sending", .n_terms = 7, .n_rows = 6, .n_reasons = 2, .n_remarks = 2, .n_labels = 1,
    .values = "120|3|1|40|nobodys-rule|40|2000|1|2|3|4|5|1|5|10|15|20|30|2|40" },
  /* Of the record to publish: name, type and text. */
  { "domain", .n_terms = 4, .n_rows = 1 + TL_N_DOMAIN_TOPICS, .n_reasons = 2, .n_findings = 1,
    .n_labels = 3,
    .values = "acme.test|acme.test|10 mx.acme.test|acme.test|v=spf1 -all|"
              "domain.spf-excludes-lane|acme.test|TXT|v=spf1 include:spf.example.org -all" },
};

typedef struct
{
  GHashTable *n_of;    /* element, element.class or parent element → how many */
  GString    *values;
} Seen;

static void
count (Seen       *seen,
       const char *what)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (seen->n_of, what));

  g_hash_table_insert (seen->n_of, g_strdup (what), GUINT_TO_POINTER (n + 1));
}

static guint
get_n (const Seen *seen,
       const char *what)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (seen->n_of, what));
}

static void
on_start (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              data,
          GError              **error)
{
  Seen *seen = data;
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  const char *class = NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "class"))
        class = values[i];
    }
  count (seen, element);
  if (stack->next != NULL)
    {
      g_autofree char *both = g_strconcat (stack->next->data, " ", element, NULL);

      count (seen, both);
    }
  if (class != NULL)
    {
      g_autofree char *both = g_strconcat (element, ".", class, NULL);

      count (seen, both);
    }
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static void
on_text (GMarkupParseContext  *context,
         const char           *text,
         gsize                 len,
         gpointer              data,
         GError              **error)
{
  Seen *seen = data;
  const char *element = g_markup_parse_context_get_element (context);

  if (g_str_equal (element, "code") || g_str_equal (element, "pre") || is_number (text))
    g_string_append_printf (seen->values, "%s%s", seen->values->len > 0 ? "|" : "", text);
}

/* Of the page with everything in it. */
static char *
write_section (const char *section)
{
  const TlBundleFacts facts = { .serial = 7, .made_s = MADE_S, .expires_s = MADE_S + 86400 };
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX,
                                                   MADE_S - 60);
  g_autoptr(GBytes) bytes = tl_report_html_write (report, &facts, NULL);
  g_autofree char *page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *head = g_strdup_printf ("<section id=\"%s\">", section);
  const char *begin = strstr (page, head);
  const char *end;

  g_assert_nonnull (begin);
  end = strstr (begin, "</section>");
  g_assert_nonnull (end);

  return g_strndup (begin, (gsize) (end - begin) + strlen ("</section>"));
}

static void
test_section (gconstpointer data)
{
  static const GMarkupParser parser = { .start_element = on_start, .text = on_text };
  const SectionCase *c = data;
  g_autofree char *text = write_section (c->section);
  g_autoptr(GHashTable) n_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GString) values = g_string_new (NULL);
  Seen seen = { n_of, values };
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &seen, NULL);
  g_autoptr(GError) error = NULL;

  g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (values->str, ==, c->values);
  g_assert_cmpuint (get_n (&seen, "dt"), ==, c->n_terms);
  g_assert_cmpuint (get_n (&seen, "tr"), ==, c->n_rows);
  g_assert_cmpuint (get_n (&seen, "ul li"), ==, c->n_reasons);
  g_assert_cmpuint (get_n (&seen, "p.remark"), ==, c->n_remarks);
  g_assert_cmpuint (get_n (&seen, "article.finding"), ==, c->n_findings);
  g_assert_cmpuint (get_n (&seen, "p.label"), ==, c->n_labels);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (section_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/report/section/", section_cases[i].section, NULL);

      g_test_add_data_func (path, &section_cases[i], test_section);
    }

  return g_test_run ();
}
