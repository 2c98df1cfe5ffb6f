/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-endpoint.h"
#include "tl-error.h"

#define LABEL63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct
{
  const char *name;
  const char *typed;
  const char *host; /* NULL: none */
} HostCase;

static const HostCase host_cases[] = {
  { "plain", "imap.example.org", "imap.example.org" },
  { "case", "IMAP.Example.ORG", "imap.example.org" },
  { "trailing-dot", "imap.example.org.", "imap.example.org" },
  { "one-label", "localhost", "localhost" },
  { "u-label", "b\u00fccher.example", "xn--bcher-kva.example" },
  { "ideographic-dot", "imap\u3002example.org", "imap.example.org" },
  { "digits", "123.example", "123.example" },
  { "label-63", LABEL63 ".example", LABEL63 ".example" },
  { "ipv4", "192.0.2.1", "192.0.2.1" },
  { "ipv6", "2001:DB8::1", "2001:db8::1" },
  { "ipv6-brackets", "[2001:db8::1]", "2001:db8::1" },

  { "empty", "" },
  { "dot", "." },
  { "two-dots", "imap..org" },
  { "dot-first", ".example.org" },
  { "two-trailing-dots", "example.org.." },
  { "label-64", "a" LABEL63 ".example" },
  { "too-long", LABEL63 "." LABEL63 "." LABEL63 "." LABEL63 },
  { "underscore", "_imaps._tcp.example.org" },
  { "hyphen-first", "-a.example" },
  { "hyphen-last", "a-.example" },
  { "space", "imap example.org" },
  { "slash", "imap.example.org/x" },
  { "at", "a@imap.example.org" },
  { "port", "imap.example.org:993" },
  { "percent", "imap%2eexample.org" },
  { "newline", "imap.example.org\n" },
  { "all-digits-end", "imap.123" },
  { "ipv4-short", "192.0.2" },
  { "ipv6-scope", "fe80::1%eth0" },
  { "ipv6-scope-brackets", "[fe80::1%eth0]" },
  { "ipv6-half-bracket", "[2001:db8::1" },
  { "name-in-brackets", "[imap.example.org]" },
  { "empty-brackets", "[]" },
  { "one-bracket", "[" },
  { "not-utf8", "im\xff.example" },
};

static void
test_host (gconstpointer data)
{
  const HostCase *c = data;
  g_autofree char *host = tl_host_canonicalize (c->typed);
  g_autofree char *again = NULL;

  g_assert_cmpstr (host, ==, c->host);
  if (host == NULL)
    return;

  again = tl_host_canonicalize (host);
  g_assert_cmpstr (again, ==, host);
}

static void
test_new (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("Imap.Example.org.", 65535,
                                                    TL_SECURITY_STARTTLS, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tl_endpoint_get_host (endpoint), ==, "imap.example.org");
  g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, 65535);
  g_assert_cmpint (tl_endpoint_get_security (endpoint), ==, TL_SECURITY_STARTTLS);
}

static void
test_bad_host (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_endpoint_new ("no host\033[31m", 993, TL_SECURITY_TLS, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (strchr (error->message, '\033'));
}

static void
test_bad_port (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_endpoint_new ("imap.example.org", 0, TL_SECURITY_TLS, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_equal (void)
{
  g_autoptr(TlEndpoint) a = tl_endpoint_new ("a.example", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlEndpoint) same = tl_endpoint_new ("A.example.", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlEndpoint) host = tl_endpoint_new ("b.example", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlEndpoint) port = tl_endpoint_new ("a.example", 994, TL_SECURITY_TLS, NULL);
  g_autoptr(TlEndpoint) security = tl_endpoint_new ("a.example", 993, TL_SECURITY_STARTTLS, NULL);

  g_assert_true (tl_endpoint_equal (a, same));
  g_assert_false (tl_endpoint_equal (a, host));
  g_assert_false (tl_endpoint_equal (a, port));
  g_assert_false (tl_endpoint_equal (a, security));
}

static void
test_to_string (void)
{
  g_autoptr(TlEndpoint) name = tl_endpoint_new ("a.example", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlEndpoint) ipv6 = tl_endpoint_new ("[2001:db8::1]", 143, TL_SECURITY_STARTTLS, NULL);
  g_autofree char *name_text = tl_endpoint_to_string (name);
  g_autofree char *ipv6_text = tl_endpoint_to_string (ipv6);

  g_assert_cmpstr (name_text, ==, "a.example:993");
  g_assert_cmpstr (ipv6_text, ==, "[2001:db8::1]:143");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (host_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/endpoint/host/", host_cases[i].name, NULL);

      g_test_add_data_func (path, &host_cases[i], test_host);
    }

  g_test_add_func ("/endpoint/new", test_new);
  g_test_add_func ("/endpoint/bad-host", test_bad_host);
  g_test_add_func ("/endpoint/bad-port", test_bad_port);
  g_test_add_func ("/endpoint/equal", test_equal);
  g_test_add_func ("/endpoint/to-string", test_to_string);

  return g_test_run ();
}
