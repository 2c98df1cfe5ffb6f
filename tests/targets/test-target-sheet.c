/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-render.h"

#include <string.h>

#define SHEET "'kind': 'sheet', 'rules': [{'name': 'a-note', 'severity': 'note', 'when': 'name', " \
  "'text': 'Of {name}.'}], 'groups': [" \
  "{'title': 'Account', 'fields': [{'label': 'Your name', 'value': '{name}'}, " \
  "{'label': 'Provider', 'value': '{provider}'}, " \
  "{'label': 'Never', 'value': 'x', 'when': 'provider'}]}, " \
  "{'fields': [{'label': 'IMAP host', 'value': '{incoming.host}'}, " \
  "{'label': 'Password', 'value': '{incoming.password}', 'secret': true}, " \
  "{'label': 'Sent folder', 'value': '{folder.sent}'}]}], " \
  "'steps': ['Open the form for {address}.', 'Save it.']"

#define MARKUP "<script>alert(1)</script><img src=x>&\"'"

static const TlTestMailbox plain = { .name = "Ada L" };
static const TlTestMailbox hostile = { .name = MARKUP, .sent = MARKUP };
static const TlTestMailbox failed = { .is_failed = TRUE };

static char *
render (const TlTestMailbox  *parts,
        GBytes             *(*make) (TlTarget *, const TlTargetMailbox *))
{
  g_autoptr(TlTarget) target = tl_test_target_new (SHEET);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (parts);
  g_autoptr(TlSecret) secret = tl_test_secret_new ("canary-in");
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, secret, secret };
  g_autoptr(GBytes) made = make (target, &mailbox);

  return made != NULL ? g_strndup (g_bytes_get_data (made, NULL), g_bytes_get_size (made)) : NULL;
}

static void
test_fields (void)
{
  static const TlTargetField wanted[] = {
    { (char *) "Account", (char *) "Your name", (char *) "Ada L", FALSE },
    { (char *) "Account", (char *) "Provider", (char *) "", FALSE },
    { NULL, (char *) "IMAP host", (char *) "imap.example.org", FALSE },
    { NULL, (char *) "Password", (char *) "", TRUE },
    { NULL, (char *) "Sent folder", (char *) "Sent", FALSE },
  };
  g_autoptr(TlTarget) target = tl_test_target_new (SHEET);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&plain);
  g_autoptr(TlSecret) secret = tl_test_secret_new ("canary-in");
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, secret, secret };
  g_autoptr(GPtrArray) fields = tl_target_list_fields (target, &mailbox);
  g_auto(GStrv) steps = tl_target_list_steps (target, &mailbox);

  g_assert_cmpuint (fields->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < fields->len; i++)
    {
      const TlTargetField *field = g_ptr_array_index (fields, i);

      g_assert_cmpstr (field->group, ==, wanted[i].group);
      g_assert_cmpstr (field->label, ==, wanted[i].label);
      g_assert_cmpstr (field->value, ==, wanted[i].value);
      g_assert_cmpint (field->is_secret, ==, wanted[i].is_secret);
    }
  g_assert_cmpuint (g_strv_length (steps), ==, 2);
  g_assert_cmpstr (steps[0], ==, "Open the form for ada@example.org.");
  g_assert_false (tl_target_takes_passwords (target));
}

static void
test_text (void)
{
  g_autofree char *text = render (&plain, tl_target_render_text);

  g_assert_nonnull (strstr (text, "Account\n  Your name:   Ada L\n  Provider:    "));
  g_assert_nonnull (strstr (text, "\n\n  IMAP host:   imap.example.org\n  Password:    "));
  g_assert_nonnull (strstr (text, "\n1. Open the form for ada@example.org.\n2. Save it.\n"));
  g_assert_nonnull (strstr (text, "- Of Ada L.\n"));
  g_assert_null (strstr (text, "canary"));
}

/* A start tag that the page has not by itself, an entity or a quote left open would show here. */
static void
test_markup (void)
{
  g_autofree char *page = render (&hostile, tl_target_render_page);
  g_autofree char *escaped = g_markup_escape_text (MARKUP, -1);

  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "<img"));
  g_assert_null (strstr (page, "<button"));
  g_assert_nonnull (strstr (page, escaped));
  g_assert_null (strstr (page, "canary"));
  g_assert_nonnull (strstr (page, "content=\"default-src 'none'; "));
  g_assert_nonnull (strstr (page, "<html lang=\"en\">"));
  g_assert_true (g_str_has_suffix (page, "</html>\n"));
}

static void
test_page (void)
{
  g_autofree char *page = render (&plain, tl_target_render_page);
  g_autofree char *again = render (&plain, tl_target_render_page);

  g_assert_cmpstr (page, ==, again);
  g_assert_nonnull (strstr (page, "<caption>Account</caption>"));
  g_assert_nonnull (strstr (page, "<th scope=\"row\">Your name</th><td><code>Ada L</code></td>"));
  g_assert_nonnull (strstr (page, "<th scope=\"row\">Provider</th><td class=\"none\">"));
  g_assert_nonnull (strstr (page, "<th scope=\"row\">Password</th><td class=\"none\">"));
  g_assert_nonnull (strstr (page, "<li>Save it.</li>"));
  g_assert_nonnull (strstr (page, "<li class=\"note\">Of Ada L.</li>"));
  g_assert_nonnull (strstr (page, "<dd>Reads.</dd>"));
  g_assert_nonnull (strstr (page, "@page{size:A4"));
}

/* What is refused shows nothing, in no form. */
static void
test_refused (void)
{
  g_autoptr(TlTarget) target = tl_test_target_new (SHEET);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&failed);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, NULL, NULL };
  g_autoptr(GPtrArray) fields = tl_target_list_fields (target, &mailbox);
  g_auto(GStrv) steps = tl_target_list_steps (target, &mailbox);
  g_autofree char *page = render (&failed, tl_target_render_page);
  g_autofree char *text = render (&failed, tl_target_render_text);

  g_assert_cmpuint (fields->len, ==, 0);
  g_assert_null (steps[0]);
  g_assert_null (page);
  g_assert_null (text);
}

static void
test_file_name (void)
{
  const TlTestMailbox odd = { .address = "o'neil+=x@example.org" };
  g_autoptr(TlTarget) target = tl_test_target_new (SHEET);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&odd);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, NULL, NULL };
  g_autofree char *name = tl_target_dup_file_name (target, &mailbox, 0, 1);

  g_assert_cmpstr (name, ==, "o-neil--x-example-org-try.html");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/target/sheet/fields", test_fields);
  g_test_add_func ("/target/sheet/text", test_text);
  g_test_add_func ("/target/sheet/markup", test_markup);
  g_test_add_func ("/target/sheet/page", test_page);
  g_test_add_func ("/target/sheet/refused", test_refused);
  g_test_add_func ("/target/sheet/file-name", test_file_name);

  return g_test_run ();
}
