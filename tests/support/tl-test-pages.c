/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-pages.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "tl-test-ca.h"
#include "tl-test-server.h"

#define SCHEME "https://"
#define MAX_REQUEST_BYTES (64 * 1024)

struct _TlTestPages
{
  const TlTestPage *pages;      /* borrowed */
  gsize             n_pages;
  const char       *unproven;   /* borrowed, nullable */
  TlTestCa         *ca;         /* owned */
  SSL_CTX          *ctx;        /* owned */
  TlTestServer     *server;     /* owned */

  GMutex            lock;       /* guards what follows */
  GPtrArray        *asked;      /* owned, of owned char: `GET https://host/path` */
  GString          *transcript; /* owned: every byte that was received over TLS */
};

static char *
dup_host (const char *url)
{
  return g_strndup (url + strlen (SCHEME), strcspn (url + strlen (SCHEME), "/"));
}

static gboolean
has_host (const TlTestPages *self,
          const char        *host)
{
  g_auto(GStrv) unproven = g_strsplit (self->unproven != NULL ? self->unproven : "", ",", -1);

  if (g_strv_contains ((const char * const *) unproven, host))
    return TRUE;

  for (gsize i = 0; i < self->n_pages; i++)
    {
      g_autofree char *its = dup_host (self->pages[i].url);

      if (g_str_equal (its, host))
        return TRUE;
    }

  return FALSE;
}

/* The value of a header line, up to its end; NULL: there is none. */
static char *
dup_header (const char *head,
            const char *name)
{
  g_autofree char *start = g_strdup_printf ("\r\n%s: ", name);
  const char *found = strstr (head, start);

  return found != NULL
    ? g_strndup (found + strlen (start), strcspn (found + strlen (start), "\r")) : NULL;
}

/* Reads up to the empty line; FALSE when the other side hung up. */
static gboolean
read_head (int      fd,
           SSL     *ssl,
           GString *head)
{
  while (strstr (head->str, "\r\n\r\n") == NULL && head->len < MAX_REQUEST_BYTES)
    {
      char byte;
      gssize n = ssl != NULL ? SSL_read (ssl, &byte, 1) : recv (fd, &byte, 1, 0);

      if (n != 1)
        return FALSE;
      g_string_append_c (head, byte);
    }

  return TRUE;
}

static void
read_body (SSL     *ssl,
           GString *request)
{
  g_autofree char *length = dup_header (request->str, "Content-Length");
  gsize left = length != NULL ? MIN (strtoul (length, NULL, 10), MAX_REQUEST_BYTES) : 0;

  for (char byte; left > 0 && SSL_read (ssl, &byte, 1) == 1; left--)
    g_string_append_c (request, byte);
}

/* Takes down what was asked, and gives the URL. */
static char *
take_down (TlTestPages *self,
           const char  *request,
           gsize        len)
{
  g_auto(GStrv) line = g_strsplit (request, " ", 3);
  g_autofree char *host = dup_header (request, "Host");
  char *url = g_strconcat (SCHEME, host, line[1], NULL);

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->asked, g_strconcat (line[0], " ", url, NULL));
  g_string_append_len (self->transcript, request, (gssize) len);
  g_mutex_unlock (&self->lock);

  return url;
}

static void
send_page (const TlTestPages *self,
           SSL               *ssl,
           const char        *url)
{
  const TlTestPage missing = { .status = "404 Not Found" };
  const TlTestPage *page = &missing;
  g_autoptr(GString) reply = g_string_new ("HTTP/1.1 ");

  for (gsize i = 0; i < self->n_pages; i++)
    {
      if (g_str_equal (self->pages[i].url, url))
        page = &self->pages[i];
    }

  if (g_strcmp0 (page->status, "") == 0)
    return;

  g_string_append_printf (reply, "%s\r\nConnection: close\r\nContent-Length: %zu\r\n",
                          page->status != NULL ? page->status : "200 OK",
                          page->body != NULL ? strlen (page->body) : 0);
  if (page->type != NULL)
    g_string_append_printf (reply, "Content-Type: %s\r\n", page->type);
  if (page->location != NULL)
    g_string_append_printf (reply, "Location: %s\r\n", page->location);
  g_string_append_printf (reply, "\r\n%s", page->body != NULL ? page->body : "");
  SSL_write (ssl, reply->str, (int) reply->len);
}

static void
serve (int      fd,
       gpointer data)
{
  static const char yes[] = "HTTP/1.1 200 Yes\r\n\r\n";
  static const char no[] = "HTTP/1.1 502 Nobody there\r\n\r\n";
  TlTestPages *self = data;
  g_autoptr(GString) head = g_string_new (NULL);
  g_autoptr(GString) request = g_string_new (NULL);
  g_autofree char *host = NULL;
  g_autofree char *url = NULL;
  const char *reply;
  SSL *ssl;

  if (!read_head (fd, NULL, head) || !g_str_has_prefix (head->str, "CONNECT "))
    return;
  host = g_strndup (head->str + strlen ("CONNECT "),
                    strcspn (head->str + strlen ("CONNECT "), ":"));
  reply = has_host (self, host) ? yes : no;
  if (send (fd, reply, strlen (reply), 0) < 0 || reply == no)
    return;

  ssl = tl_test_accept_tls (fd, self->ctx);
  if (ssl == NULL)
    return;
  if (read_head (fd, ssl, request))
    {
      read_body (ssl, request);
      url = take_down (self, request->str, request->len);
      send_page (self, ssl, url);
    }
  SSL_shutdown (ssl);
  SSL_free (ssl);
}

/**
 * tl_test_pages_new:
 * @pages: (array length=n_pages): its pages; used until it is freed
 * @n_pages: how many
 * @unproven: (nullable): hosts, with commas between them, that are there and are not in the
 *   certificate; no page is theirs
 *
 * Returns: (transfer full): a web that is there
 */
TlTestPages *
tl_test_pages_new (const TlTestPage *pages,
                   gsize             n_pages,
                   const char       *unproven)
{
  TlTestPages *self = g_new0 (TlTestPages, 1);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_pages; i++)
    {
      char *host = dup_host (pages[i].url);

      if (!g_hash_table_contains (seen, host))
        g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", host);
      g_hash_table_add (seen, host);
    }

  self->pages = pages;
  self->n_pages = n_pages;
  self->unproven = unproven;
  g_mutex_init (&self->lock);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->transcript = g_string_new (NULL);
  self->ca = tl_test_ca_new (NULL);
  self->ctx = tl_test_ca_new_server (self->ca, names->str, TL_TEST_TLS_GOOD);
  self->server = tl_test_server_new (serve, self);

  return self;
}

void
tl_test_pages_free (TlTestPages *self)
{
  tl_test_server_free (self->server);
  SSL_CTX_free (self->ctx);
  tl_test_ca_free (self->ca);
  g_ptr_array_unref (self->asked);
  g_string_free (self->transcript, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * tl_test_pages_get_ca_pem:
 * @self: a web
 *
 * Returns: (transfer none): the authority to trust
 */
const char *
tl_test_pages_get_ca_pem (TlTestPages *self)
{
  return tl_test_ca_get_pem (self->ca);
}

/**
 * tl_test_pages_dup_proxy:
 * @self: a web
 *
 * Returns: (transfer full): the URL of the proxy it is behind
 */
char *
tl_test_pages_dup_proxy (TlTestPages *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", tl_test_server_get_port (self->server));
}

/**
 * tl_test_pages_forget:
 * @self: a web
 *
 * From now on it was not asked anything yet.
 */
void
tl_test_pages_forget (TlTestPages *self)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_set_size (self->asked, 0);
  g_string_truncate (self->transcript, 0);
  g_mutex_unlock (&self->lock);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * tl_test_pages_dup_asked:
 * @self: a web
 *
 * Returns: (transfer full): every request as `METHOD URL`, sorted
 */
char **
tl_test_pages_dup_asked (TlTestPages *self)
{
  g_autoptr(GStrvBuilder) asked = g_strv_builder_new ();

  g_mutex_lock (&self->lock);
  g_ptr_array_sort (self->asked, compare_strings);
  for (guint i = 0; i < self->asked->len; i++)
    g_strv_builder_add (asked, self->asked->pdata[i]);
  g_mutex_unlock (&self->lock);

  return g_strv_builder_end (asked);
}

/**
 * tl_test_pages_dup_transcript:
 * @self: a web
 *
 * Returns: (transfer full): everything that was received, heads and bodies
 */
char *
tl_test_pages_dup_transcript (TlTestPages *self)
{
  char *transcript;

  g_mutex_lock (&self->lock);
  transcript = g_strndup (self->transcript->str, self->transcript->len);
  g_mutex_unlock (&self->lock);

  return transcript;
}
