/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-hint.h"

#include <string.h>

#include "tl-text.h"
#include "tl-trust.h"

typedef struct
{
  const char *name;
  const char *link;
  const char *host; /* NULL: the link is dropped */
  const char *kept; /* NULL: the link as it is */
} LinkCase;

/* C13: what a stranger's document may have a person click on. */
static const LinkCase link_cases[] = {
  { "plain", "https://help.acme.test/imap?x=1#y", "help.acme.test" },
  { "port", "https://help.acme.test:8443/", "help.acme.test" },
  { "upper-case", "HTTPS://Help.ACME.test/A", "help.acme.test", "https://Help.ACME.test/A" },
  { "u-label", "https://b\u00fccher.example/", "xn--bcher-kva.example" },
  { "lookalike", "https://\u0430cme.test/", "xn--cme-5cd.test" },
  { "literal", "https://192.0.2.1/", NULL },

  { "user-information", "https://www.bank.example@evil.example/", NULL },
  { "user-and-password", "https://www.bank.example:x@evil.example/", NULL },
  { "empty-user", "https://@evil.example/", NULL },
  { "http", "http://help.acme.test/", NULL },
  { "javascript", "javascript:alert(1)", NULL },
  { "file", "file:///etc/passwd", NULL },
  { "data", "data:text/html,hello", NULL },
  { "mailto", "mailto:ada@acme.test", NULL },
  { "no-scheme", "help.acme.test/imap", NULL },
  { "scheme-relative", "//help.acme.test/", NULL },
  { "no-host", "https:///imap", NULL },
  { "empty", "", NULL },
  { "space", "https://help.acme.test/a b", NULL },
  { "quote", "https://help.acme.test/\"onclick=x", NULL },
  { "line-break", "https://help.acme.test/\r\nX: y", NULL },
  { "tab-in-host", "https://help.\tacme.test/", NULL },
  { "escape", "https://help.acme.test/\033[31m", NULL },
  { "bidi", "https://help.acme.test/\u202egnp.exe", NULL },
  { "not-utf8", "https://help.acme.test/\xff", NULL },
  { "backslash", "https://help.acme.test\\@evil.example/", NULL },
};

static void
test_link (gconstpointer data)
{
  const LinkCase *c = data;
  g_autoptr(TlHint) hint =
    tl_hint_new (TL_HINT_DOCUMENTATION, TL_SOURCE_AUTOCONFIG, "Read this", c->link);
  g_autoptr(TlHint) alone =
    tl_hint_new (TL_HINT_DOCUMENTATION, TL_SOURCE_AUTOCONFIG, NULL, c->link);
  const char *kept = c->kept != NULL ? c->kept : c->link;

  g_assert_nonnull (hint);
  g_assert_cmpstr (tl_hint_get_host (hint), ==, c->host);
  g_assert_cmpstr (tl_hint_get_link (hint), ==, c->host != NULL ? kept : NULL);
  g_assert_cmpint (alone != NULL, ==, c->host != NULL);
}

static void
test_long_link (gconstpointer data)
{
  gsize len = GPOINTER_TO_SIZE (data);
  g_autofree char *tail = g_strnfill (len - strlen ("https://a.test/"), 'x');
  g_autofree char *link = g_strconcat ("https://a.test/", tail, NULL);
  g_autoptr(TlHint) hint = tl_hint_new (TL_HINT_WEBMAIL, TL_SOURCE_PACC, "text", link);

  g_assert_cmpint (tl_hint_get_link (hint) != NULL, ==, len <= TL_HINT_MAX_LINK);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *clean; /* NULL: there is no hint without a link */
} TextCase;

static const TextCase text_cases[] = {
  { "plain", "Switch IMAP on first", "Switch IMAP on first" },
  { "markup", "<a href=\"https://evil.example\">Bank</a> &amp; <b>x</b>",
    "<a href=\"https://evil.example\">Bank</a> &amp; <b>x</b>" },
  { "line-break", "one\ntwo", "one\\x0atwo" },
  { "escape", "\033]8;;https://evil.example\007x", "\\x1b]8;;https://evil.example\\x07x" },
  { "bidi", "a\u202eb", "a\\u202eb" },
  { "not-utf8", "a\xff", "a\\xff" },
  { "empty", "", NULL },
  { "none", NULL, NULL },
};

static void
test_text (gconstpointer data)
{
  const TextCase *c = data;
  g_autoptr(TlHint) hint = tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_WELL_KNOWN, c->text, NULL);
  g_autoptr(TlHint) linked =
    tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_WELL_KNOWN, c->text, "https://a.test/");

  if (c->clean == NULL)
    g_assert_null (hint);
  else
    g_assert_cmpstr (tl_hint_get_text (hint), ==, c->clean);
  g_assert_cmpstr (tl_hint_get_text (linked), ==, c->clean);
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr(TlHint) hint = tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_PACC, text, NULL);

  g_assert_cmpint (g_utf8_strlen (tl_hint_get_text (hint), -1), <=, TL_HINT_MAX_TEXT + 1);
  g_assert_true (tl_text_is_clean (tl_hint_get_text (hint)));
}

static void
test_values (void)
{
  g_autoptr(TlHint) hint =
    tl_hint_new (TL_HINT_OAUTH, TL_SOURCE_PACC, "a", "https://issuer.test/");
  g_autofree char *source = NULL;
  g_autofree char *text = NULL;
  g_autofree char *link = NULL;
  g_autofree char *host = NULL;
  TlHintKind kind;

  g_object_get (hint, "kind", &kind, "source", &source, "text", &text, "link", &link,
                "host", &host, NULL);

  g_assert_cmpint (kind, ==, TL_HINT_OAUTH);
  g_assert_cmpint (tl_hint_get_kind (hint), ==, TL_HINT_OAUTH);
  g_assert_cmpstr (source, ==, "pacc");
  g_assert_cmpstr (tl_hint_get_source (hint), ==, "pacc");
  g_assert_cmpstr (text, ==, "a");
  g_assert_cmpstr (link, ==, "https://issuer.test/");
  g_assert_cmpstr (host, ==, "issuer.test");
}

static void
test_kinds (void)
{
  static const char * const nicks[] = {
    "enable", "instruction", "documentation", "webmail", "oauth",
  };
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_HINT_KIND);

  g_assert_cmpuint (klass->n_values, ==, G_N_ELEMENTS (nicks));
  for (guint i = 0; i < klass->n_values; i++)
    {
      g_assert_cmpstr (klass->values[i].value_nick, ==, nicks[i]);
      g_assert_nonnull (tl_hint_kind_get_label ((TlHintKind) i));
    }
}

static void
test_json (void)
{
  g_autoptr(TlHint) hint =
    tl_hint_new (TL_HINT_WEBMAIL, TL_SOURCE_PACC, NULL, "https://web.test/");
  g_autoptr(TlJson) json = tl_hint_to_json (hint);
  g_autofree char *canonical = tl_json_to_canonical (json);

  g_assert_cmpstr (canonical, ==, "{\"kind\":\"webmail\",\"link\":\"https://web.test/\","
                                  "\"source\":\"pacc\",\"text\":null}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (link_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hint/c13/link/", link_cases[i].name, NULL);

      g_test_add_data_func (path, &link_cases[i], test_link);
    }
  g_test_add_data_func ("/hint/c13/link/longest", GSIZE_TO_POINTER (TL_HINT_MAX_LINK),
                        test_long_link);
  g_test_add_data_func ("/hint/c13/link/too-long", GSIZE_TO_POINTER (TL_HINT_MAX_LINK + 1),
                        test_long_link);
  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hint/c13/text/", text_cases[i].name, NULL);

      g_test_add_data_func (path, &text_cases[i], test_text);
    }
  g_test_add_func ("/hint/c13/text/long", test_long_text);
  g_test_add_func ("/hint/values", test_values);
  g_test_add_func ("/hint/kinds", test_kinds);
  g_test_add_func ("/hint/json", test_json);

  return g_test_run ();
}
