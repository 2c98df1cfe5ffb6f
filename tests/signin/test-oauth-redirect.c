/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-redirect.h"

#include <string.h>

#define AUTHORITY "127.0.0.1:40000"
#define HOST      "Host: " AUTHORITY "\r\n"
#define END       "\r\n"
#define GET(query) "GET /" query " HTTP/1.1\r\n" HOST END

typedef struct
{
  const char  *name;
  const char  *head;
  TlOauthErrand visit;
  guint        status;     /* of a refusal */
  const char  *code;
  const char  *state;
  const char  *iss;
  const char  *error;
  const char  *description;
  const char  *path;       /* of a page */
} RedirectCase;

static const RedirectCase redirect_cases[] = {
  { "code", GET ("?code=abc&state=xyz"), TL_OAUTH_ERRAND_ANSWER, 0, "abc", "xyz" },
  { "escaped", GET ("?state=a%2Fb+c%7e&code=4%2F0A~%25"), TL_OAUTH_ERRAND_ANSWER, 0, "4/0A~%",
    "a/b c~" },
  { "escaped-name", GET ("?%63ode=abc&state=xyz"), TL_OAUTH_ERRAND_ANSWER, 0, "abc", "xyz" },
  { "iss", GET ("?code=abc&state=xyz&iss=https%3A%2F%2Fas.test"), TL_OAUTH_ERRAND_ANSWER, 0, "abc",
    "xyz", "https://as.test" },
  { "more", GET ("?code=abc&state=xyz&session_state=1&scope=a%20b"), TL_OAUTH_ERRAND_ANSWER, 0,
    "abc", "xyz" },
  { "error", GET ("?error=access_denied&state=xyz&error_description=no%0D%0Away%1b"),
    TL_OAUTH_ERRAND_ANSWER, 0, NULL, "xyz", NULL, "access_denied", "no\\x0d\\x0away\\x1b" },
  { "browser", "GET /?code=abc&state=xyz HTTP/1.1\r\nhost:" AUTHORITY " \r\nUser-Agent: x\r\n"
    "Accept-Language: \r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n" END,
    TL_OAUTH_ERRAND_ANSWER, 0, "abc", "xyz" },

  { "page", "GET /done?x=1 HTTP/1.1\r\n" HOST END, TL_OAUTH_ERRAND_PAGE, .path = "/done" },
  { "blanks", "GET /?code=abc&state=xyz HTTP/1.1\r\nHost:\t " AUTHORITY "\t \r\nA: b\tc\r\n" END,
    TL_OAUTH_ERRAND_ANSWER, 0, "abc", "xyz" },
  { "begins-like-ours", "GET /?code=abc&state=xyz&co=1&codec=2&states=3 HTTP/1.1\r\n" HOST
    "Ho: x\r\nOri: x\r\nTransfer: x\r\nContent: 1\r\n" END, TL_OAUTH_ERRAND_ANSWER, 0, "abc",
    "xyz" },
  { "page-below", "GET //?code=abc&state=xyz HTTP/1.1\r\n" HOST END, TL_OAUTH_ERRAND_PAGE,
    .path = "//" },

  { "O01/no-state", GET ("?code=abc"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O01/empty-state", GET ("?code=abc&state="), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O02/error-no-state", GET ("?error=access_denied"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "no-query", GET (""), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "state-alone", GET ("?state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "code-and-error", GET ("?code=abc&error=x&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "empty-code", GET ("?code=&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "two-codes", GET ("?code=abc&code=def&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "two-codes-escaped", GET ("?code=abc&%63ode=def&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "two-states", GET ("?code=abc&state=xyz&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "two-isses", GET ("?code=abc&state=xyz&iss=a&iss=b"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "two-others", GET ("?code=abc&state=xyz&a=1&a=2"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "cut-escape", GET ("?code=abc%2&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "no-escape", GET ("?code=abc%zz&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "no-escape-in-name", GET ("?%zz=a&code=abc&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "half-an-escape-in-name", GET ("?%z4=a&code=abc&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "cut-escape-at-the-end", GET ("?state=xyz&code=abc%4"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "half-an-escape", GET ("?code=abc%4z&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "nul-at-the-end", GET ("?code=abc&state=xyz&iss=a%00"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "nul", GET ("?code=a%00b&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "control", GET ("?code=a%0Ab&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "not-ascii", GET ("?code=a%C3%A9&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },
  { "error-quote", GET ("?error=a%22b&state=xyz"), TL_OAUTH_ERRAND_REFUSED, 400 },

  { "O06/other-host", "GET /?code=abc&state=xyz HTTP/1.1\r\nHost: localhost:40000\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O06/other-port", "GET /?code=abc&state=xyz HTTP/1.1\r\nHost: 127.0.0.1:40001\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O06/rebound-host", "GET /?code=abc&state=xyz HTTP/1.1\r\nHost: evil.test:40000\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O06/no-host", "GET /?code=abc&state=xyz HTTP/1.1\r\nA: b\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O06/two-hosts", "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST HOST END, TL_OAUTH_ERRAND_REFUSED,
    400 },
  { "O06/origin", "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST "Origin: https://evil.test\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O06/origin-null", "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST "origin: null\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O06/post", "POST /?code=abc&state=xyz HTTP/1.1\r\n" HOST END, TL_OAUTH_ERRAND_REFUSED, 405 },
  { "O06/head", "HEAD /?code=abc&state=xyz HTTP/1.1\r\n" HOST END, TL_OAUTH_ERRAND_REFUSED, 405 },
  { "O06/body", "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST "Content-Length: 1\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "O06/chunked",
    "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "http-1.0", "GET /?code=abc&state=xyz HTTP/1.0\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "http-0.9", "GET /?code=abc&state=xyz\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "absolute", "GET http://" AUTHORITY "/?code=abc&state=xyz HTTP/1.1\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "spaces", "GET /?code=abc &state=xyz HTTP/1.1\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "bare-lf", "GET /?code=abc&state=xyz HTTP/1.1\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "bare-cr", "GET /?code=abc&state=xyz HTTP/1.1\r\nA: b\rHost: x\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "folded", "GET /?code=abc&state=xyz HTTP/1.1\r\nA: b\r\n c\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "no-name", "GET /?code=abc&state=xyz HTTP/1.1\r\n: b\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "blank-before-colon", "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST "Origin : x\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "blank-before-name", "GET /?code=abc&state=xyz HTTP/1.1\r\n Origin: x\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "cr-in-path", "GET /do\rne HTTP/1.1\r\n" HOST END, TL_OAUTH_ERRAND_REFUSED, 400 },
  { "lf-without-cr", "GET /?code=abc&state=xyz HTTP/1.1\r\nA: b\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "lf-alone", "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST "\nOrigin: x\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "no-target", "GET  HTTP/1.1\r\n" HOST END, TL_OAUTH_ERRAND_REFUSED, 400 },
  { "shorter-host", "GET /?code=abc&state=xyz HTTP/1.1\r\nHost: 127.0.0.1:4000\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "longer-host", "GET /?code=abc&state=xyz HTTP/1.1\r\nHost: " AUTHORITY "0\r\n" END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "shorter-version", "GET /?code=abc&state=xyz HTTP/1.\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "longer-version", "GET /?code=abc&state=xyz HTTP/1.10\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
  { "shorter-method", "GE /?code=abc&state=xyz HTTP/1.1\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 405 },
  { "longer-method", "GETS /?code=abc&state=xyz HTTP/1.1\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 405 },
  { "no-colon", "GET /?code=abc&state=xyz HTTP/1.1\r\nA\r\n" HOST END,
    TL_OAUTH_ERRAND_REFUSED, 400 },
};

static void
test_redirect (gconstpointer data)
{
  const RedirectCase *c = data;
  g_autoptr(TlOauthRedirect) redirect = NULL;
  g_autofree char *path = NULL;
  guint status = 0;
  gssize len = tl_oauth_redirect_find_head_end (c->head, strlen (c->head));

  g_assert_cmpint (len, ==, strlen (c->head));
  g_assert_cmpint (tl_oauth_redirect_parse (c->head, (gsize) len, AUTHORITY, TL_OAUTH_REDIRECT_PATH,
                                            &redirect, &path, &status), ==, c->visit);
  g_assert_cmpint (redirect != NULL, ==, c->visit == TL_OAUTH_ERRAND_ANSWER);
  g_assert_cmpstr (path, ==, c->path);
  if (c->visit == TL_OAUTH_ERRAND_REFUSED)
    g_assert_cmpuint (status, ==, c->status);
  if (redirect == NULL)
    return;

  g_assert_cmpstr (redirect->code != NULL ? tl_secret_peek (redirect->code, NULL) : NULL, ==,
                   c->code);
  g_assert_cmpstr (redirect->state, ==, c->state);
  g_assert_cmpstr (redirect->iss, ==, c->iss);
  g_assert_cmpstr (redirect->error, ==, c->error);
  g_assert_cmpstr (redirect->description, ==, c->description);
}

/* One bound at a time: as much as may come, and one more. */
static const struct
{
  const char *name;
  const char *before;
  const char *repeated;
  const char *after;
  gsize       n_most;
  guint       status;
} bounds[] = {
  { "O06/head", "GET /?state=xyz&code=abc HTTP/1.1\r\n" HOST "A: ", "x", "\r\n" END,
    TL_OAUTH_REDIRECT_MAX_BYTES - 35 - 23 - 3 - 4, 431 },
  { "code", "GET /?state=xyz&code=", "%61", " HTTP/1.1\r\n" HOST END, 2600, 0 },
  { "state", "GET /?code=abc&state=", "x", " HTTP/1.1\r\n" HOST END, 256, 400 },
  { "parameters", "GET /?code=abc&state=xyz", "&a@=", " HTTP/1.1\r\n" HOST END, 30, 400 },
  { "fields", "GET /?code=abc&state=xyz HTTP/1.1\r\n" HOST, "A: b\r\n", END, 99, 400 },
};

static void
test_bound (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  for (gsize more = 0; more < (bounds[i].status != 0 ? 2 : 1); more++)
    {
      g_autoptr(TlOauthRedirect) redirect = NULL;
      g_autoptr(GString) head = g_string_new (bounds[i].before);
      g_autofree char *path = NULL;
      guint status = 0;

      for (gsize n = 0; n < bounds[i].n_most + more; n++)
        {
          gsize at = head->len;

          g_string_append (head, bounds[i].repeated);
          /* No two names alike. */
          for (; at < head->len; at++)
            if (head->str[at] == '@')
              head->str[at] = (char) ('A' + n);
        }
      g_string_append (head, bounds[i].after);

      tl_oauth_redirect_parse (head->str, head->len, AUTHORITY, TL_OAUTH_REDIRECT_PATH, &redirect, &path, &status);
      g_assert_cmpint (redirect != NULL, ==, more == 0);
      if (more > 0)
        g_assert_cmpuint (status, ==, bounds[i].status);
    }
}

static void
test_head_end (void)
{
  g_assert_cmpint (tl_oauth_redirect_find_head_end ("", 0), ==, -1);
  g_assert_cmpint (tl_oauth_redirect_find_head_end ("GET / HTTP/1.1\r\n\r", 17), ==, -1);
  g_assert_cmpint (tl_oauth_redirect_find_head_end ("GET / HTTP/1.1\r\n\r\nGET", 21), ==, 18);
}

/* Each server has a path of its own, and what comes on another is no answer. */
static void
test_path (void)
{
  static const char head[] = "GET /24b4e7a6cbf4ee96?code=abc&state=xyz HTTP/1.1\r\n" HOST END;
  g_autofree char *ours = tl_oauth_redirect_dup_path ("https://as.test");
  g_autofree char *other = tl_oauth_redirect_dup_path ("https://as.test/");
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "https://as.test", -1);
  g_autoptr(TlOauthRedirect) redirect = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GString) mine = g_string_new (head);
  guint status = 0;

  g_assert_cmpuint (strlen (ours), ==, 17);
  g_assert_true (g_str_has_prefix (digest, ours + 1));
  g_assert_cmpstr (ours, !=, other);

  g_string_replace (mine, "/24b4e7a6cbf4ee96", ours, 1);
  g_assert_cmpint (tl_oauth_redirect_parse (mine->str, mine->len, AUTHORITY, other, &redirect, &path,
                                            &status), ==, TL_OAUTH_ERRAND_PAGE);
  g_assert_cmpstr (path, ==, ours);
  g_clear_pointer (&path, g_free);
  g_assert_cmpint (tl_oauth_redirect_parse (mine->str, mine->len, AUTHORITY, ours, &redirect, &path,
                                            &status), ==, TL_OAUTH_ERRAND_ANSWER);
  g_assert_nonnull (redirect);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (redirect_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-redirect/", redirect_cases[i].name, NULL);

      g_test_add_data_func (path, &redirect_cases[i], test_redirect);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-redirect/bound/", bounds[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bound);
    }
  g_test_add_func ("/oauth-redirect/head-end", test_head_end);

  g_test_add_func ("/oauth-redirect/O04/path", test_path);

  return g_test_run ();
}
