/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-render.h"

#include <string.h>

#include "tl-error.h"

#define HEAD "'kind': 'file', 'rules': [], 'extension': 'csv', 'medium': 'csv', "

typedef struct
{
  const char *name;
  const char *display_name;
  const char *password;
  const char *row;
} CellCase;

/* RFC 4180 §2; what a spreadsheet takes for a formula gets an apostrophe, a password never. */
static const CellCase cell_cases[] = {
  { "plain",            "Ada",          "pw",        "Ada,pw" },
  { "comma",            "Ada, L",       "a,b",       "\"Ada, L\",\"a,b\"" },
  { "quote",            "A \"B\" C",    "\"",        "\"A \"\"B\"\" C\",\"\"\"\"" },
  { "newline",          "Ada",          "a\nb",      "Ada,\"a\nb\"" },
  { "return",           "Ada",          "a\rb",      "Ada,\"a\rb\"" },
  { "blanks",           "Ada",          " a ",       "Ada,\" a \"" },
  { "no-password",      "Ada",          NULL,        "Ada," },
  { "formula/equals",   "=1+1",         "=1+1",      "'=1+1,=1+1" },
  { "formula/plus",     "+1",           "+1",        "'+1,+1" },
  { "formula/minus",    "-1",           "-1",        "'-1,-1" },
  { "formula/at",       "@SUM(A1)",     "@SUM",      "'@SUM(A1),@SUM" },
  { "formula/wide-equals", "\xef\xbc\x9d" "1+1", "\xef\xbc\x9d" "1",
    "'\xef\xbc\x9d" "1+1,\xef\xbc\x9d" "1" },
  { "formula/wide-plus", "\xef\xbc\x8b" "1", NULL, "'\xef\xbc\x8b" "1," },
  { "formula/wide-minus", "\xef\xbc\x8d" "1", NULL, "'\xef\xbc\x8d" "1," },
  { "formula/wide-at",  "\xef\xbc\xa0" "1", NULL, "'\xef\xbc\xa0" "1," },
  { "formula/wide-other", "\xef\xbc\xa1" "1", NULL, "\xef\xbc\xa1" "1," },
  { "formula/quoted",   "=A(\"b\",1)",  "=\"",       "\"'=A(\"\"b\"\",1)\",\"=\"\"\"" },
  { "formula/within",   "a=1",          "a=1",       "a=1,a=1" },
  { "formula/tab",      "Ada",          "\t=1",      "Ada,\t=1" },
  { "utf8",             "Zoë",          "пароль",    "Zoë,пароль" },
  { "not-utf8",         "Ada",          "a\xff",     NULL },
};

static void
test_cell (gconstpointer data)
{
  const CellCase *c = data;
  const TlTestMailbox parts = { .name = c->display_name };
  g_autofree char *wanted = c->row != NULL ? g_strdup_printf ("N,P\r\n%s\r\n", c->row) : NULL;
  g_autofree char *made =
    tl_test_render (HEAD "'columns': [{'name': 'N', 'value': '{name}'}, "
                    "{'name': 'P', 'value': '{incoming.password}'}]", &parts, c->password, NULL);

  g_assert_cmpstr (made, ==, wanted);
}

static void
test_columns (void)
{
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autofree char *made =
    tl_test_render (HEAD "'bom': true, 'columns': ["
                    "{'name': 'A, B', 'value': 'ssl', 'when': 'incoming.security = `tls`', "
                    "'else': 'starttls'}, "
                    "{'name': 'C', 'value': 'ssl', 'when': 'outgoing.security = `tls`', "
                    "'else': '{outgoing.security}'}, "
                    "{'name': 'D', 'value': 'x', 'when': 'provider'}, "
                    "{'name': 'E', 'value': 'Basic {outgoing.password}'}]", &parts, NULL, NULL);

  g_assert_cmpstr (made, ==, "\xef\xbb\xbf\"A, B\",C,D,E\r\nssl,starttls,,\r\n");
}

typedef struct
{
  const char *name;
  const char *display_name;
  const char *value;       /* of the one column */
  TlLaneKind  lane;        /* whom it is said of */
  guint       n;
} FormulaCase;

/* Of a cell with a password in it, it is said of the password; of our own words, of nobody. */
static const FormulaCase formula_cases[] = {
  { .name = "password",     .value = "{incoming.password}", .lane = TL_LANE_INCOMING, .n = 1 },
  { .name = "mixed",        .value = "{name}{incoming.password}", .lane = TL_LANE_INCOMING,
    .display_name = "=Ada", .n = 1 },
  { .name = "name",         .value = "{name}", .display_name = "=Ada", .lane = TL_LANE_NONE,
    .n = 1 },
  { .name = "ours",         .value = "=1+1" },
  { .name = "within",       .value = "{name}{incoming.password}" },
};

static void
test_formula (gconstpointer data)
{
  const FormulaCase *c = data;
  const TlTestMailbox parts = { .name = c->display_name };
  g_autofree char *body = g_strdup_printf (HEAD "'columns': [{'name': 'A', 'value': '%s'}]",
                                           c->value);
  g_autoptr(TlTarget) target = tl_test_target_new (body);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  g_autoptr(TlSecret) password = tl_test_secret_new ("=p");
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, password, NULL };
  g_autoptr(GPtrArray) remarks = tl_target_check (target, &mailbox);
  guint n = 0;

  for (guint i = 0; i < remarks->len; i++)
    {
      TlTargetRemark *remark = g_ptr_array_index (remarks, i);

      if (!g_str_equal (tl_target_remark_get_code (remark), "spreadsheet"))
        continue;
      g_assert_cmpint (tl_target_remark_get_lane (remark), ==, c->lane);
      n++;
    }
  g_assert_cmpuint (n, ==, c->n);
}

/* Both kinds of formula are said. */
static void
test_remarks (void)
{
  static const char body[] = HEAD "'columns': [{'name': 'U', 'value': '{incoming.user}'}, "
                             "{'name': 'P', 'value': '{incoming.password}'}]";
  const TlTestMailbox plain = { .purpose = TL_PURPOSE_MAILBOX };
  const TlTestMailbox odd = { .incoming_user = "+ada" };

  g_assert_false (tl_test_has_remark (body, &plain, "p", TL_SEVERITY_WARNING, TL_LANE_INCOMING,
                                      "spreadsheet"));
  g_assert_true (tl_test_has_remark (body, &plain, "=p", TL_SEVERITY_WARNING, TL_LANE_INCOMING,
                                     "spreadsheet"));
  g_assert_true (tl_test_has_remark (body, &odd, "p", TL_SEVERITY_WARNING, TL_LANE_INCOMING,
                                     "spreadsheet"));
  g_assert_true (tl_test_has_remark (body, &plain, "\xff", TL_SEVERITY_ERROR, TL_LANE_INCOMING,
                                     "cannot-escape"));
}

typedef struct
{
  const char *name;
  const char *caps;
  guint       n_mailboxes;
  guint       rows[5];
} SplitCase;

static const SplitCase split_cases[] = {
  { "one",       "",                                     1,   { 1 } },
  { "all",       "",                                     250, { 250 } },
  { "rows",      "'max_rows': 100, ",                    250, { 100, 100, 50 } },
  { "rows-fit",  "'max_rows': 100, ",                    200, { 100, 100 } },
  { "bytes",     "'max_bytes': 1000, ",                  200, { 58, 58, 58, 26 } },
  { "bytes-fit", "'max_bytes': 1029, ",                  120, { 60, 60 } },
  { "bytes-one", "'max_bytes': 1028, ",                  120, { 59, 59, 2 } },
  { "both",      "'max_rows': 50, 'max_bytes': 1000, ",  120, { 50, 50, 20 } },
};

/* A row has 17 bytes with its line end, the head 9. */
static void
test_split (gconstpointer data)
{
  const SplitCase *c = data;
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  g_autofree char *body = g_strdup_printf (HEAD "%s'columns': [{'name': 'Address', 'value': "
                                           "'{address}'}]", c->caps);
  g_autoptr(TlTarget) target = tl_test_target_new (body);
  g_autofree TlTargetMailbox *mailboxes = g_new0 (TlTargetMailbox, c->n_mailboxes);
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < c->n_mailboxes; i++)
    mailboxes[i] = (TlTargetMailbox) { report, TL_TEST_NOW_S, TRUE, NULL, NULL };
  files = tl_target_render (target, mailboxes, c->n_mailboxes, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < files->len; i++)
    g_assert_cmpuint (g_bytes_get_size (g_ptr_array_index (files, i)), ==, 9 + 17 * c->rows[i]);
  g_assert_cmpuint (c->rows[files->len], ==, 0);
}

static void
test_too_large (void)
{
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autofree char *long_password = g_strnfill (2000, 'p');
  g_autofree char *made =
    tl_test_render (HEAD "'max_bytes': 1000, 'columns': [{'name': 'P', 'value': "
                    "'{incoming.password}'}]", &parts, long_password, NULL);

  g_assert_null (made);
}

typedef struct
{
  const char *name;
  guint       n_mailboxes;
  gboolean    is_taken;
} NumberCase;

static const NumberCase number_cases[] = {
  { "none",     0,                           FALSE },
  { "most",     TL_TARGET_MAX_MAILBOXES,     TRUE },
  { "too-many", TL_TARGET_MAX_MAILBOXES + 1, FALSE },
};

static void
test_number (gconstpointer data)
{
  const NumberCase *c = data;
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  g_autoptr(TlTarget) target = tl_test_target_new (HEAD "'columns': [{'name': 'A', 'value': 'x'}]");
  g_autofree TlTargetMailbox *mailboxes = g_new0 (TlTargetMailbox, c->n_mailboxes);
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < c->n_mailboxes; i++)
    mailboxes[i] = (TlTargetMailbox) { report, TL_TEST_NOW_S, TRUE, NULL, NULL };
  files = tl_target_render (target, mailboxes, c->n_mailboxes, &error);
  g_assert_cmpint (files != NULL, ==, c->is_taken);
  if (!c->is_taken)
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  else
    g_assert_cmpuint (g_bytes_get_size (g_ptr_array_index (files, 0)), ==,
                      strlen ("A\r\n") + c->n_mailboxes * strlen ("x\r\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cell_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/csv/cell/", cell_cases[i].name, NULL);

      g_test_add_data_func (path, &cell_cases[i], test_cell);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (split_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/csv/split/", split_cases[i].name, NULL);

      g_test_add_data_func (path, &split_cases[i], test_split);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (formula_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/csv/formula/", formula_cases[i].name, NULL);

      g_test_add_data_func (path, &formula_cases[i], test_formula);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (number_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/csv/number/", number_cases[i].name, NULL);

      g_test_add_data_func (path, &number_cases[i], test_number);
    }
  g_test_add_func ("/target/csv/columns", test_columns);
  g_test_add_func ("/target/csv/formula/remarks", test_remarks);
  g_test_add_func ("/target/csv/too-large", test_too_large);

  return g_test_run ();
}
