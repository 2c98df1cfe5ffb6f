/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-record.h"

#include <string.h>

#include "tl-error.h"
#include "tl-record-parse.h"
#include "tl-record-set.h"

/* Lengths of octets, so that there can be a zero in one. */
#define BYTES(text) text, sizeof text - 1

typedef struct
{
  const char *name;
  const char *record;
  gsize       len;
  const char *read;  /* qualifier, number of the mechanism, target, prefixes; NULL: an error */
} Case;

static const Case cases[] = {
  { "empty",             BYTES ("v=spf1"), "" },
  { "spaces",            BYTES ("v=spf1  a   mx  "), "+2//32/128 +3//32/128" },
  { "version-case",      BYTES ("V=SPF1 -ALL"), "-0//32/128" },
  { "qualifiers",        BYTES ("v=spf1 +a -mx ~ptr ?all"),
    "+2//32/128 -3//32/128 ~4//32/128 ?0//32/128" },
  { "two-qualifiers",    BYTES ("v=spf1 --all"), NULL },
  { "qualifier-alone",   BYTES ("v=spf1 -"), NULL },
  { "qualifier-other",   BYTES ("v=spf1 *all"), NULL },
  { "tab",               BYTES ("v=spf1 a\tmx"), NULL },
  { "newline",           BYTES ("v=spf1 a\n"), NULL },
  { "delete",            BYTES ("v=spf1 a:\x7f.test"), NULL },
  { "tilde",             BYTES ("v=spf1 a:~.test"), "+2/~.test/32/128" },
  { "zero",              BYTES ("v=spf1 a:a\0b.test"), NULL },
  { "zero-at-end",       BYTES ("v=spf1 a\0"), NULL },
  { "not-ascii",         BYTES ("v=spf1 a:\xc3\xa4.test"), NULL },
  { "not-ascii-unknown", BYTES ("v=spf1 x=\xe4 -all"), NULL },

  { "all-target",        BYTES ("v=spf1 all:a.test"), NULL },
  { "all-prefix",        BYTES ("v=spf1 all/8"), NULL },
  { "all-dot",           BYTES ("v=spf1 -all."), NULL },
  { "all-in-other",      BYTES ("v=spf1 -alls"), NULL },
  { "unknown-mechanism", BYTES ("v=spf1 moo -all"), NULL },
  { "unknown-behind",    BYTES ("v=spf1 ip4:192.0.2.1 -all moo"), NULL },
  { "no-name",           BYTES ("v=spf1 =a"), NULL },
  { "number",            BYTES ("v=spf1 1.2.3.4"), NULL },
  { "comma",             BYTES ("v=spf1 a,mx"), NULL },

  { "include",           BYTES ("v=spf1 include:a.test"), "+1/a.test/32/128" },
  { "include-nothing",   BYTES ("v=spf1 include"), NULL },
  { "include-empty",     BYTES ("v=spf1 include:"), NULL },
  { "include-prefix",    BYTES ("v=spf1 include:a.test/24"), NULL },
  { "include-equals",    BYTES ("v=spf1 -include=a.test"), NULL },

  { "a-dual",            BYTES ("v=spf1 a/24//64"), "+2//24/64" },
  { "a-4",               BYTES ("v=spf1 a/0"), "+2//0/128" },
  { "a-6",               BYTES ("v=spf1 A//0"), "+2//32/0" },
  { "a-32",              BYTES ("v=spf1 a/32//128"), "+2//32/128" },
  { "a-33",              BYTES ("v=spf1 a/33"), NULL },
  { "a-129",             BYTES ("v=spf1 a//129"), NULL },
  { "a-1000",            BYTES ("v=spf1 a//1000"), NULL },
  { "a-overflow",        BYTES ("v=spf1 a/4294967296"), NULL },
  { "a-zero-before",     BYTES ("v=spf1 a/08"), NULL },
  { "a-zeros",           BYTES ("v=spf1 a/00"), NULL },
  { "a-nothing",         BYTES ("v=spf1 a/"), NULL },
  { "a-nothing-6",       BYTES ("v=spf1 a//"), NULL },
  { "a-three-slashes",   BYTES ("v=spf1 a///64"), NULL },
  { "a-two-4",           BYTES ("v=spf1 a/8/24"), NULL },
  { "a-6-and-4",         BYTES ("v=spf1 a//64/24"), NULL },
  { "a-6-and-33",        BYTES ("v=spf1 a/33//64"), NULL },
  { "a-target-dual",     BYTES ("v=spf1 a:a.test/24//64"), "+2/a.test/24/64" },
  { "a-target-slashes",  BYTES ("v=spf1 a:a/24.b.test/8"), "+2/a/24.b.test/8/128" },
  { "a-target-empty",    BYTES ("v=spf1 a:"), NULL },
  { "a-target-prefix",   BYTES ("v=spf1 a:/24"), NULL },
  { "a-colon-twice",     BYTES ("v=spf1 a:a.test:25"), NULL },
  { "a-macro-prefix",    BYTES ("v=spf1 a:%{d}/27"), "+2/%{d}/27/128" },
  { "a-name-glued",      BYTES ("v=spf1 aa.test"), NULL },
  { "mx-target",         BYTES ("v=spf1 mx:a.test//48"), "+3/a.test/32/48" },
  { "ptr-target",        BYTES ("v=spf1 ptr:a.test"), "+4/a.test/32/128" },
  { "ptr-prefix",        BYTES ("v=spf1 ptr/24"), NULL },
  { "ptr-empty",         BYTES ("v=spf1 ptr:"), NULL },
  { "exists",            BYTES ("v=spf1 exists:%{ir}.a.test"), "+7/%{ir}.a.test/32/128" },
  { "exists-nothing",    BYTES ("v=spf1 exists"), NULL },
  { "exists-prefix",     BYTES ("v=spf1 exists:a.test/24"), NULL },

  { "ip4",               BYTES ("v=spf1 ip4:192.0.2.255"), "+5/=c00002ff/32/128" },
  { "ip4-prefix",        BYTES ("v=spf1 ip4:0.0.0.0/0"), "+5/=00000000/0/128" },
  { "ip4-256",           BYTES ("v=spf1 ip4:192.0.2.256"), NULL },
  { "ip4-zero-before",   BYTES ("v=spf1 ip4:192.0.02.1"), NULL },
  { "ip4-three",         BYTES ("v=spf1 ip4:192.0.2"), NULL },
  { "ip4-five",          BYTES ("v=spf1 ip4:192.0.2.1.5"), NULL },
  { "ip4-gap",           BYTES ("v=spf1 ip4:192..2.1"), NULL },
  { "ip4-letters",       BYTES ("v=spf1 ip4:192.0.2.n"), NULL },
  { "ip4-nothing",       BYTES ("v=spf1 ip4"), NULL },
  { "ip4-empty",         BYTES ("v=spf1 ip4:"), NULL },
  { "ip4-33",            BYTES ("v=spf1 ip4:192.0.2.1/33"), NULL },
  { "ip4-prefix-empty",  BYTES ("v=spf1 ip4:192.0.2.1/"), NULL },
  { "ip4-prefix-6",      BYTES ("v=spf1 ip4:192.0.2.1//32"), NULL },
  { "ip4-port",          BYTES ("v=spf1 ip4:192.0.2.1:25"), NULL },
  { "ip4-is-ip6",        BYTES ("v=spf1 ip4:2001:db8::1"), NULL },
  { "ip6",               BYTES ("v=spf1 ip6:2001:DB8::1"),
    "+6/=20010db8000000000000000000000001/32/128" },
  { "ip6-dotted",        BYTES ("v=spf1 ip6:::192.0.2.1/0"),
    "+6/=000000000000000000000000c0000201/32/0" },
  { "ip6-129",           BYTES ("v=spf1 ip6:::1/129"), NULL },
  { "ip6-zero-before",   BYTES ("v=spf1 ip6:::1/064"), NULL },
  { "ip6-zone",          BYTES ("v=spf1 ip6:fe80::1%eth0"), NULL },
  { "ip6-zone-number",   BYTES ("v=spf1 ip6:fe80::1%1"), NULL },
  { "ip6-nothing",       BYTES ("v=spf1 ip6"), NULL },
  { "ip6-gaps",          BYTES ("v=spf1 ip6:1::2::3"), NULL },
  { "ip6-is-ip4",        BYTES ("v=spf1 ip6:192.0.2.1"), NULL },
  { "ip6-brackets",      BYTES ("v=spf1 ip6:[::1]"), NULL },

  { "redirect",          BYTES ("v=spf1 redirect=a.test"), "redirect=a.test" },
  { "redirect-case",     BYTES ("v=spf1 ReDirect=a.test"), "redirect=a.test" },
  { "redirect-first",    BYTES ("v=spf1 redirect=a.test a"), "+2//32/128 redirect=a.test" },
  { "redirect-twice",    BYTES ("v=spf1 redirect=a.test redirect=a.test"), NULL },
  { "redirect-empty",    BYTES ("v=spf1 redirect="), NULL },
  { "redirect-prefix",   BYTES ("v=spf1 redirect=a.test/24"), NULL },
  { "redirect-colon",    BYTES ("v=spf1 redirect:a.test"), NULL },
  { "redirect-qualified", BYTES ("v=spf1 -redirect=a.test"), NULL },
  { "exp",               BYTES ("v=spf1 exp=a.test -all"), "-0//32/128 exp=a.test" },
  { "exp-twice",         BYTES ("v=spf1 exp=a.test exp=b.test"), NULL },
  { "exp-empty",         BYTES ("v=spf1 exp="), NULL },
  { "exp-for-exp",       BYTES ("v=spf1 exp=%{r}.test"), NULL },
  { "unknown",           BYTES ("v=spf1 x=1 x=2 moo.cow-far_out=man:dog/cat ra=%{r}"), "" },
  { "unknown-empty",     BYTES ("v=spf1 x="), "" },
  { "unknown-macro",     BYTES ("v=spf1 x=%{z}"), NULL },
  { "unknown-percent",   BYTES ("v=spf1 x=5%"), NULL },
  { "unknown-name",      BYTES ("v=spf1 1x=a"), NULL },
  { "unknown-underline", BYTES ("v=spf1 _x=a"), NULL },
  { "unknown-slash",     BYTES ("v=spf1 x/y=a"), NULL },
};

static char *
describe (const TlSpfRecord *record)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < record->terms->len; i++)
    {
      const TlSpfTerm *term = record->terms->pdata[i];
      g_autoptr(GString) about = g_string_new (term->target);
      gsize len = term->mechanism == TL_SPF_IP4 ? 4 : term->mechanism == TL_SPF_IP6 ? 16 : 0;

      for (gsize j = 0; j < len; j++)
        g_string_append_printf (about, "%s%02x", j == 0 ? "=" : "", term->address[j]);
      g_ptr_array_add (words, g_strdup_printf ("%c%d/%s/%u/%u", term->qualifier,
                                               (int) term->mechanism, about->str, term->prefix4,
                                               term->prefix6));
      g_assert_cmpint (term->asks, ==,
                       term->mechanism != TL_SPF_ALL && term->mechanism != TL_SPF_IP4 &&
                       term->mechanism != TL_SPF_IP6);
    }
  if (record->redirect != NULL)
    g_ptr_array_add (words, g_strconcat ("redirect=", record->redirect, NULL));
  if (record->exp != NULL)
    g_ptr_array_add (words, g_strconcat ("exp=", record->exp, NULL));
  g_ptr_array_add (words, NULL);

  return g_strjoinv (" ", (char **) words->pdata);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSpfRecord) record = tl_spf_record_parse (c->record, c->len, &error);
  g_autofree char *read = record == NULL ? NULL : describe (record);

  g_assert_cmpstr (read, ==, c->read);
  if (record == NULL)
    g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
}

/* 2042 terms in 4095 bytes, and not one more. */
static void
test_long (void)
{
  g_autoptr(GString) text = g_string_new ("v=spf1");
  g_autoptr(TlSpfRecord) record = NULL;
  g_autoptr(TlSpfRecord) longer = NULL;
  g_autoptr(GError) error = NULL;

  while (text->len < TL_RECORD_MAX_TEXT - 2)
    g_string_append (text, " a");
  g_string_append (text, " ");
  g_assert_cmpuint (text->len, ==, TL_RECORD_MAX_TEXT - 1);
  record = tl_spf_record_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (record->terms->len, ==, (TL_RECORD_MAX_TEXT - 2 - 6) / 2);

  g_string_append (text, " ");
  longer = tl_spf_record_parse (text->str, text->len, &error);
  g_assert_null (longer);
  g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
}

typedef struct
{
  const char *name;
  const char *texts[4];
  guint       n;
} SelectCase;

static const SelectCase select_cases[] = {
  { "none",      { "x", "v=spf10", "v=spf" }, 0 },
  { "glued",     { "v=spf1mx" }, 0 },
  { "tab",       { "v=spf1\tmx" }, 0 },
  { "before",    { " v=spf1 mx" }, 0 },
  { "bare",      { "v=spf1" }, 1 },
  { "space",     { "v=spf1 " }, 1 },
  { "case",      { "V=SpF1 mx" }, 1 },
  { "others",    { "\xff\xfe", "v=spf1 \xff", "google-site-verification=x" }, 1 },
  { "two",       { "v=spf1 mx", "v=spf1" }, 2 },
  { "same",      { "v=spf1 mx", "v=spf1 mx" }, 2 },
  { "version-2", { "v=spf2.0/pra mx", "spf2.0/pra mx" }, 0 },
};

static void
test_select (gconstpointer data)
{
  const SelectCase *c = data;
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  g_autoptr(TlRecordSet) set = NULL;
  GBytes *found;
  guint n = 99;

  for (gsize i = 0; c->texts[i] != NULL; i++)
    {
      TlRecord *record = g_new0 (TlRecord, 1);

      record->data = g_bytes_new (c->texts[i], strlen (c->texts[i]));
      g_ptr_array_add (records, record);
    }

  set = tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_UNKNOWN, g_steal_pointer (&records));
  found = tl_spf_record_select (set, &n);
  g_assert_cmpuint (n, ==, c->n);
  g_assert_cmpint (found != NULL, ==, c->n > 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/spf/record/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (select_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/spf/record/select/", select_cases[i].name, NULL);

      g_test_add_data_func (path, &select_cases[i], test_select);
    }
  g_test_add_func ("/spf/record/long", test_long);

  return g_test_run ();
}
