/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-xml.h"

#include <string.h>

#include "tl-error.h"

/* Faults C05 (entities from elsewhere), C06 (bombs), C07 (depth) and C10 (encodings, pages). */

#define GOOD 0
#define BROKEN ((int) TL_ERROR_PROTOCOL)
#define ALIEN ((int) TL_ERROR_NOT_FOUND)

typedef struct
{
  const char *name;
  const char *document;
  int         result; /* GOOD is none of our codes but invalid-input, which is never given */
  const char *tree;   /* as describe() writes it */
} XmlCase;

static const XmlCase xml_cases[] = {
  { "empty-root", "<r/>", GOOD, "r" },
  { "text", "<r> a b\n</r>", GOOD, "r'a b'" },
  { "children", "<r><a>1</a><b c=\"2\">3<d/></b></r>", GOOD, "r(a'1' b[c=2]'3'(d))" },
  { "own-text", "<r>x<a>y</a>z</r>", GOOD, "r'xz'(a'y')" },
  { "cdata", "<r><![CDATA[<a&]]></r>", GOOD, "r'<a&'" },
  { "five-entities", "<r>&lt;&gt;&amp;&apos;&quot;&#65;&#x42;</r>", GOOD, "r'<>&'\"AB'" },
  { "entity-in-attribute", "<r a=\"&lt;&#10;\"/>", GOOD, "r[a=<\n]" },
  { "prefixes", "<p:r xmlns:p=\"u\"><q:a q:b=\"1\"/></p:r>", GOOD, "r[p=u](a[b=1])" },
  { "prolog", "<?xml version=\"1.0\"?>\n<!-- x --><r/><!-- y --><?z?>", GOOD, "r" },
  { "comment-shortest", "<!--><r/>", GOOD, "r" },
  { "comment-within", "<r><!-- <a> --></r>", GOOD, "r" },
  { "greater-in-quotes", "<r a=\"b>c\" d='e\"f'/>", GOOD, "r[a=b>c d=e\"f]" },
  { "byte-order-mark", "\xef\xbb\xbf<r/>", GOOD, "r" },
  { "utf-8", "<?xml version=\"1.0\" encoding=\"utf-8\"?><r>\303\274</r>", GOOD, "r'\303\274'" },
  { "ascii-as-latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>u</r>", GOOD, "r'u'" },

  { "said-latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>\303\274</r>", ALIEN },
  { "said-latin-1-quotes", "<?xml version='1.0' encoding = 'ISO-8859-1' ?><r>\303\274</r>", ALIEN },
  { "latin-1", "<r>\xfc</r>", ALIEN },
  { "empty", "", ALIEN },
  { "mark-alone", "\xef\xbb\xbf", ALIEN },
  { "spaces", "  \n", ALIEN },
  { "json", "{\"a\":1}", ALIEN },
  { "other-root", "<s><r/></s>", ALIEN },
  { "other-root-begins-alike", "<rr/>", ALIEN },
  { "page", "<!DOCTYPE html><r/>", ALIEN },
  { "page-lower", "<!doctype HTML PUBLIC \"x\"><r/>", ALIEN },

  { "doctype", "<!DOCTYPE r><r/>", BROKEN },
  { "doctype-late", "<r/><!DOCTYPE html>", BROKEN },
  { "laughs", "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>", BROKEN },
  { "external", "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><r>&a;</r>", BROKEN },
  { "entity-unknown", "<r>&a;</r>", BROKEN },
  { "character-0", "<r>&#0;</r>", BROKEN },
  { "not-closed", "<r><a></a>", BROKEN },
  { "crossed", "<r><a></r></a>", BROKEN },
  { "two-roots", "<r/><r/>", BROKEN },
  { "text-behind", "<r/>x", BROKEN },
  { "text-before", "x<r/>", BROKEN },
  { "no-quotes", "<r a=b/>", BROKEN },
  { "comment-open", "<r><!-- </r>", BROKEN },
  { "tag-open", "<r", BROKEN },
};

static void
describe (const TlXml *element,
          GString     *out)
{
  static const char * const names[] = { "a", "b", "c", "d", "p" };
  const char *separator = "[";

  g_string_append (out, tl_xml_get_name (element));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = tl_xml_get_attribute (element, names[i]);

      if (value == NULL)
        continue;
      g_string_append_printf (out, "%s%s=%s", separator, names[i], value);
      separator = " ";
    }
  if (*separator == ' ')
    g_string_append_c (out, ']');
  if (*tl_xml_get_text (element) != '\0')
    g_string_append_printf (out, "'%s'", tl_xml_get_text (element));

  separator = "(";
  for (const TlXml *child = tl_xml_get_first (element); child != NULL;
       child = tl_xml_get_next (child))
    {
      g_string_append (out, separator);
      describe (child, out);
      separator = " ";
    }
  if (*separator == ' ')
    g_string_append_c (out, ')');
}

static void
test_xml (gconstpointer data)
{
  const XmlCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlXml) root = tl_xml_parse (c->document, strlen (c->document), "r", &error);
  g_autoptr(GString) tree = g_string_new (NULL);

  if (c->result != GOOD)
    {
      g_assert_error (error, TL_ERROR, c->result);
      g_assert_null (root);
      return;
    }

  g_assert_no_error (error);
  describe (root, tree);
  g_assert_cmpstr (tree->str, ==, c->tree);
}

typedef struct
{
  const char *name;
  const char *before;
  const char *what;
  guint       n;
  const char *after;
  int         result;
} BoundCase;

static const BoundCase bound_cases[] = {
  { "depth-just", "<r>", "<a>", TL_XML_MAX_DEPTH - 1,
    "</a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></r>", GOOD },
  { "depth-past", "<r>", "<a>", TL_XML_MAX_DEPTH,
    "</a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></r>", BROKEN },
  { "elements-just", "<r>", "<a/>", TL_XML_MAX_ELEMENTS - 1, "</r>", GOOD },
  { "elements-past", "<r>", "<a/>", TL_XML_MAX_ELEMENTS, "</r>", BROKEN },
  { "attributes-just", "<r>", "<a b=\"\" c=\"\"/>", TL_XML_MAX_ATTRIBUTES / 2, "</r>", GOOD },
  { "attributes-past", "<r d=\"\">", "<a b=\"\" c=\"\"/>", TL_XML_MAX_ATTRIBUTES / 2, "</r>",
    BROKEN },
  { "tag-just", "<r a=\"", "x", TL_XML_MAX_TAG - 9, "\"/>", GOOD },
  { "tag-past", "<r a=\"", "x", TL_XML_MAX_TAG - 8, "\"/>", BROKEN },
  { "name-long", "<r><", "a", 3000, "/></r>", BROKEN },
  { "size-just", "<r>", "x", TL_XML_MAX_BYTES - 7, "</r>", GOOD },
  { "size-past", "<r>", "x", TL_XML_MAX_BYTES - 6, "</r>", ALIEN },
};

static char *
repeat (const char *before,
        const char *what,
        guint       n,
        const char *after)
{
  GString *out = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (out, what);
  g_string_append (out, after);

  return g_string_free (out, FALSE);
}

static void
test_bound (gconstpointer data)
{
  const BoundCase *c = data;
  g_autofree char *text = repeat (c->before, c->what, c->n, c->after);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlXml) root = tl_xml_parse (text, strlen (text), "r", &error);

  if (c->result == GOOD)
    {
      g_assert_no_error (error);
      g_assert_nonnull (root);
    }
  else
    {
      g_assert_error (error, TL_ERROR, c->result);
      g_assert_null (root);
    }
}

static void
test_long_text (void)
{
  g_autofree char *text = repeat ("<r><a>x", "\303\274", 3000, "</a><b>y</b></r>");
  g_autoptr(TlXml) root = tl_xml_parse (text, strlen (text), "r", NULL);
  const TlXml *a = tl_xml_find (root, "a");

  g_test_summary ("Text is cut between characters, and is then no value any more");

  g_assert_cmpuint (strlen (tl_xml_get_text (a)), ==, TL_XML_MAX_TEXT - 1);
  g_assert_true (g_utf8_validate (tl_xml_get_text (a), -1, NULL));
  g_assert_false (tl_xml_is_leaf (a));
  g_assert_true (tl_xml_is_leaf (tl_xml_find (root, "b")));
  g_assert_false (tl_xml_is_leaf (root));
  g_assert_null (tl_xml_find (root, "c"));
}

static const char * const encodings[] = { "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "EBCDIC-US" };

/* Fault C10. EBCDIC has other bytes for the marks of XML. */
static void
test_encoding (gconstpointer data)
{
  const char *text = "<?xml version=\"1.0\"?><r><a>1</a></r>";
  g_autoptr(GError) error = NULL;
  g_autoptr(TlXml) root = NULL;
  gsize len = 0;
  g_autofree char *other = g_convert (text, -1, data, "UTF-8", NULL, &len, NULL);

  if (other == NULL)
    {
      g_test_skip ("this system cannot write that encoding");
      return;
    }

  root = tl_xml_parse (other, len, "r", &error);
  g_assert_error (error, TL_ERROR, ALIEN);
  g_assert_null (root);
}

static void
test_nul (void)
{
  static const char text[] = "<r>a\0b</r>";
  g_autoptr(GError) error = NULL;
  g_autoptr(TlXml) root = tl_xml_parse (text, sizeof text - 1, "r", &error);

  g_assert_error (error, TL_ERROR, ALIEN);
  g_assert_null (root);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (xml_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/xml/document/", xml_cases[i].name, NULL);

      g_test_add_data_func (path, &xml_cases[i], test_xml);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bound_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/xml/bound/", bound_cases[i].name, NULL);

      g_test_add_data_func (path, &bound_cases[i], test_bound);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *path = g_strconcat ("/xml/encoding/", encodings[i], NULL);

      g_test_add_data_func (path, encodings[i], test_encoding);
    }
  g_test_add_func ("/xml/long-text", test_long_text);
  g_test_add_func ("/xml/nul", test_nul);

  return g_test_run ();
}
