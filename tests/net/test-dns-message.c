/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-dns-message.h"

/* Bytes as a string literal; the NUL that C adds does not count. */
#define BYTES(bytes) (const guint8 *) (bytes), sizeof (bytes) - 1

/* id 0x1234; then flags, and how many answers there are. */
#define HEAD(flags, n) "\x12\x34" flags "\x00\x01" n "\x00\x00\x00\x00"
#define OK "\x81\x80"
#define CUT "\x83\x80"

/* The question, with its name at 12: b.test, type MX. */
#define QUESTION "\x01" "b\x04" "test\x00\x00\x0f\x00\x01"

/* From a name to a name, both of one letter under the test of the question. */
#define ALIAS(from, to) \
  "\x01" from "\xc0\x0e" "\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x04" "\x01" to "\xc0\x0e"
#define MX_OF_QUESTION "\xc0\x0c" "\x00\x0f\x00\x01\x00\x00\x00\x3c\x00\x03\x00\x05\x00"

static const struct
{
  const char   *name;
  const guint8 *bytes;
  gsize         len;
  gboolean      is_damaged;
  guint         rcode;
  gboolean      is_truncated;
  guint         n_answers;
  guint         n_aliases;
  gboolean      is_loop;
  const char   *end;
} replies[] = {
  { "answer", BYTES (HEAD (OK, "\x00\x01") QUESTION MX_OF_QUESTION), .n_answers = 1,
    .end = "b.test" },
  { "nothing", BYTES (HEAD (OK, "\x00\x00") QUESTION), .end = "b.test" },
  { "upper-case", BYTES (HEAD (OK, "\x00\x00") "\x01" "B\x04" "TEST\x00\x00\x0f\x00\x01"),
    .end = "b.test" },
  { "root", BYTES (HEAD (OK, "\x00\x00") "\x00\x00\x0f\x00\x01"), .end = "" },
  { "servfail", BYTES (HEAD ("\x81\x82", "\x00\x00") QUESTION), .rcode = TL_DNS_SERVFAIL,
    .end = "b.test" },
  { "nxdomain", BYTES (HEAD ("\x81\x83", "\x00\x00") QUESTION), .rcode = TL_DNS_NXDOMAIN,
    .end = "b.test" },
  { "refused", BYTES (HEAD ("\x81\x85", "\x00\x00") QUESTION), .rcode = TL_DNS_REFUSED,
    .end = "b.test" },
  { "d07-truncated", BYTES (HEAD (CUT, "\x00\x00") QUESTION), .is_truncated = TRUE,
    .end = "b.test" },
  { "d07-truncated-within", BYTES (HEAD (CUT, "\x00\x05") QUESTION "\xc0\x0c\x00"),
    .is_truncated = TRUE, .n_answers = 5, .end = "b.test" },
  { "alias", BYTES (HEAD (OK, "\x00\x01") QUESTION ALIAS ("b", "c")), .n_answers = 1,
    .n_aliases = 1, .end = "c.test" },
  { "two-aliases-backwards", BYTES (HEAD (OK, "\x00\x02") QUESTION ALIAS ("c", "d") ALIAS ("b", "c")),
    .n_answers = 2, .n_aliases = 2, .end = "d.test" },
  { "alias-of-another", BYTES (HEAD (OK, "\x00\x01") QUESTION ALIAS ("x", "y")), .n_answers = 1,
    .end = "b.test" },
  { "d06-alias-of-itself", BYTES (HEAD (OK, "\x00\x01") QUESTION ALIAS ("b", "b")), .n_answers = 1,
    .n_aliases = 9, .is_loop = TRUE, .end = "b.test" },
  { "d06-eight-aliases",
    BYTES (HEAD (OK, "\x00\x08") QUESTION ALIAS ("b", "c") ALIAS ("c", "d") ALIAS ("d", "e")
           ALIAS ("e", "f") ALIAS ("f", "g") ALIAS ("g", "h") ALIAS ("h", "i") ALIAS ("i", "j")),
    .n_answers = 8, .n_aliases = 8, .end = "j.test" },
  { "d06-nine-aliases",
    BYTES (HEAD (OK, "\x00\x09") QUESTION ALIAS ("b", "c") ALIAS ("c", "d") ALIAS ("d", "e")
           ALIAS ("e", "f") ALIAS ("f", "g") ALIAS ("g", "h") ALIAS ("h", "i") ALIAS ("i", "j")
           ALIAS ("j", "k")),
    .n_answers = 9, .n_aliases = 9, .is_loop = TRUE, .end = "j.test" },
  { "odd-octets", BYTES (HEAD (OK, "\x00\x00") "\x04" "a.\x1b\x00\x00\x00\x0f\x00\x01"),
    .end = "a\\046\\027\\000" },

  { "empty", BYTES (""), TRUE },
  { "a-query", BYTES (HEAD ("\x01\x00", "\x00\x00") QUESTION), TRUE },
  { "no-question", BYTES ("\x12\x34" OK "\x00\x00\x00\x00\x00\x00\x00\x00"), TRUE },
  { "two-questions", BYTES ("\x12\x34" OK "\x00\x02\x00\x00\x00\x00\x00\x00" QUESTION QUESTION),
    TRUE },
  { "missing-answers", BYTES (HEAD (OK, "\xff\xff") QUESTION), TRUE },
  { "label-past-end", BYTES (HEAD (OK, "\x00\x00") "\x3f" "b"), TRUE },
  { "reserved-label", BYTES (HEAD (OK, "\x00\x00") "\x80" "b\x00\x00\x0f\x00\x01"), TRUE },
  { "pointer-to-itself", BYTES (HEAD (OK, "\x00\x00") "\xc0\x0c\x00\x0f\x00\x01"), TRUE },
  { "pointer-forward", BYTES (HEAD (OK, "\x00\x00") "\xc0\x20\x00\x0f\x00\x01"), TRUE },
  { "pointer-cut", BYTES (HEAD (OK, "\x00\x00") "\xc0"), TRUE },
  { "rdata-past-end", BYTES (HEAD (OK, "\x00\x01") QUESTION
                             "\xc0\x0c\x00\x0f\x00\x01\x00\x00\x00\x3c\xff\xff\x00"), TRUE },
};

/* The copy is exactly as long as the message, so that a sanitizer sees a read past its end. */
static TlDnsReply *
parse_copy (const guint8 *bytes,
            gsize         len)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, len);

  return tl_dns_reply_parse (copy, len);
}

static void
test_reply (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlDnsReply) reply = parse_copy (replies[i].bytes, replies[i].len);

  if (replies[i].is_damaged)
    {
      g_assert_null (reply);
      return;
    }

  g_assert_nonnull (reply);
  g_assert_cmphex (reply->id, ==, 0x1234);
  g_assert_cmpuint (reply->rcode, ==, replies[i].rcode);
  g_assert_cmpint (reply->is_truncated, ==, replies[i].is_truncated);
  g_assert_cmpuint (reply->n_answers, ==, replies[i].n_answers);
  g_assert_cmpuint (reply->n_aliases, ==, replies[i].n_aliases);
  g_assert_cmpint (reply->is_loop, ==, replies[i].is_loop);
  g_assert_cmpstr (reply->end, ==, replies[i].end);
}

static void
test_cut_everywhere (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      for (gsize len = 0; len < replies[i].len; len++)
        {
          g_autoptr(TlDnsReply) reply = parse_copy (replies[i].bytes, len);

          g_assert_true (reply == NULL || reply->is_truncated);
        }
    }
}

static void
test_noise (void)
{
  g_test_summary ("Whatever the bytes: an end, and no more aliases than are followed");

  for (guint i = 0; i < 50000; i++)
    {
      guint8 noise[96] = { 0x12, 0x34, 0x81, 0x80, 0, 1, 0, 3 };
      g_autoptr(TlDnsReply) reply = NULL;

      for (gsize j = 12; j < sizeof noise; j++)
        noise[j] = (guint8) (g_test_rand_int_range (0, 3) == 0 ? 0xc0 : g_test_rand_int_range (0, 14));
      reply = parse_copy (noise, (gsize) g_test_rand_int_range (0, sizeof noise));
      if (reply != NULL)
        g_assert_cmpuint (reply->n_aliases, <=, TL_DNS_MAX_ALIASES + 1);
    }
}

#define LABEL_63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct
{
  const char *name;
  const char *asked;
  gboolean    unchecked;
  const char *bytes; /* NULL: no name */
  gsize       len;
} queries[] = {
#define QUERY(bytes) (bytes), sizeof (bytes) - 1
  { "plain", "b.test", FALSE,
    QUERY ("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" "\x01" "b\x04test\x00\x00\x0f\x00\x01") },
  { "final-dot", "b.test.", FALSE,
    QUERY ("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" "\x01" "b\x04test\x00\x00\x0f\x00\x01") },
  { "unchecked", "b.test", TRUE,
    QUERY ("\x12\x34\x01\x10\x00\x01\x00\x00\x00\x00\x00\x00" "\x01" "b\x04test\x00\x00\x0f\x00\x01") },
  { "root", "", FALSE,
    QUERY ("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" "\x00\x00\x0f\x00\x01") },
  { "empty-label", "b..test" },
  { "dot-first", ".test" },
  { "label-of-64", "a" LABEL_63 ".test" },
  { "too-long", LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_63 ".test" },
};

static void
test_query (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GBytes) query = tl_dns_query_new (0x1234, queries[i].asked, 15, queries[i].unchecked);

  if (queries[i].bytes == NULL)
    {
      g_assert_null (query);
      return;
    }

  g_assert_nonnull (query);
  g_assert_cmpmem (g_bytes_get_data (query, NULL), g_bytes_get_size (query), queries[i].bytes,
                   queries[i].len);
}

#define ADD_CASES(prefix, cases, func)                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strconcat ("/dns-message/" prefix "/", cases[i].name, NULL); \
                                                                                \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                  \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_CASES ("reply", replies, test_reply)
  ADD_CASES ("query", queries, test_query)
  g_test_add_func ("/dns-message/cut-everywhere", test_cut_everywhere);
  g_test_add_func ("/dns-message/noise", test_noise);

  return g_test_run ();
}
