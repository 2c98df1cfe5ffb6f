/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-dns.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#define TYPE_CNAME 5
#define TYPE_MX 15
#define TYPE_TXT 16
#define TYPE_SRV 33
#define TYPE_OPT 41
#define TYPE_RRSIG 46
#define TYPE_DNSKEY 48
#define CLASS_IN 1

#define FLAG_AD 0x20
#define FLAG_CD 0x10
#define FLAG_TC 0x200

/* Of ours, and never sent: a stray reply goes first. */
#define FLAG_STRAY 0x10000

#define RCODE_SERVFAIL 2
#define RCODE_NXDOMAIN 3
#define RCODE_REFUSED 5

#define ALGORITHM_P256 13
#define TTL_S 60
#define HEADER_LEN 12
#define MAX_MESSAGE_LEN 4096

struct _TlTestDns
{
  const TlTestDnsRow *rows;     /* borrowed */
  gsize               n_rows;
  TlTestDnsSigning    signing;
  EVP_PKEY           *key;      /* owned */
  GByteArray         *dnskey;   /* owned: rdata */
  int                 fd;
  int                 tcp_fd;   /* -1: nobody listens */
  char               *forwarder;
  GThread            *thread;
  int                 delay_ms; /* atomic */
  GMutex              lock;     /* guards what follows */
  GHashTable         *n_asked;  /* owned: of numbers, by name and type */
};

static void
put_u8 (GByteArray *out,
        guint       value)
{
  g_byte_array_append (out, (guint8[]) { (guint8) value }, 1);
}

static void
put_u16 (GByteArray *out,
         guint       value)
{
  put_u8 (out, value >> 8);
  put_u8 (out, value & 0xff);
}

static void
put_u32 (GByteArray *out,
         guint32     value)
{
  put_u16 (out, value >> 16);
  put_u16 (out, value & 0xffff);
}

static void
put_array (GByteArray *out,
           GByteArray *bytes)
{
  g_byte_array_append (out, bytes->data, bytes->len);
}

static void
put_name (GByteArray *out,
          const char *name)
{
  g_auto(GStrv) labels = g_strsplit (name, ".", -1);

  for (gsize i = 0; labels[i] != NULL && *name != '\0'; i++)
    {
      put_u8 (out, (guint) strlen (labels[i]));
      g_byte_array_append (out, (const guint8 *) labels[i], (guint) strlen (labels[i]));
    }
  put_u8 (out, 0);
}

static GByteArray *
row_to_rdata (const TlTestDnsRow *row)
{
  GByteArray *out = g_byte_array_new ();

  if (row->hex != NULL)
    {
      for (const char *p = row->hex; *p != '\0'; p += 2)
        put_u8 (out, (guint) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1])));
      return out;
    }

  if (row->type == TYPE_TXT)
    {
      gsize left = strlen (row->text);
      const char *at = row->text;

      do
        {
          gsize len = MIN (left, 255);

          put_u8 (out, (guint) len);
          g_byte_array_append (out, (const guint8 *) at, (guint) len);
          at += len;
          left -= len;
        }
      while (left > 0);
      return out;
    }

  if (row->type == TYPE_MX || row->type == TYPE_SRV)
    put_u16 (out, row->priority);
  if (row->type == TYPE_SRV)
    {
      put_u16 (out, row->weight);
      put_u16 (out, row->port);
    }
  put_name (out, row->text);

  return out;
}

static void
put_record (GByteArray *out,
            const char *owner,
            guint       type,
            GByteArray *rdata)
{
  put_name (out, owner);
  put_u16 (out, type);
  put_u16 (out, CLASS_IN);
  put_u32 (out, TTL_S);
  put_u16 (out, rdata->len);
  put_array (out, rdata);
}

/* Canonical order of an RRset, RFC 4034 §6.3. */
static int
compare_rdata (gconstpointer a,
               gconstpointer b)
{
  const GByteArray *left = *(const GByteArray * const *) a;
  const GByteArray *right = *(const GByteArray * const *) b;
  int by_bytes = memcmp (left->data, right->data, MIN (left->len, right->len));

  return by_bytes != 0 ? by_bytes : (int) left->len - (int) right->len;
}

/* RFC 4034 appendix B */
static guint16
get_key_tag (const GByteArray *dnskey)
{
  guint32 sum = 0;

  for (guint i = 0; i < dnskey->len; i++)
    sum += i & 1 ? dnskey->data[i] : (guint32) dnskey->data[i] << 8;

  return (guint16) (sum + (sum >> 16));
}

/* RFC 4034 §3.1.8.1, with the signature of RFC 6605 §4. */
static GByteArray *
sign (const TlTestDns *self,
      const char      *owner,
      guint            type,
      GPtrArray       *rdatas,
      gboolean         forged)
{
  GByteArray *rrsig = g_byte_array_new ();
  g_autoptr(GByteArray) signed_data = g_byte_array_new ();
  g_auto(GStrv) labels = g_strsplit (owner, ".", -1);
  guint32 now_s = (guint32) (g_get_real_time () / G_USEC_PER_SEC);
  EVP_MD_CTX *ctx = EVP_MD_CTX_new ();
  guchar der[128];
  const guchar *at = der;
  size_t der_len = sizeof der;
  guchar raw[64];
  ECDSA_SIG *signature;

  put_u16 (rrsig, type);
  put_u8 (rrsig, ALGORITHM_P256);
  put_u8 (rrsig, g_strv_length (labels));
  put_u32 (rrsig, TTL_S);
  put_u32 (rrsig, now_s + 3600);
  put_u32 (rrsig, now_s - 3600);
  put_u16 (rrsig, get_key_tag (self->dnskey));
  put_name (rrsig, "");

  put_array (signed_data, rrsig);
  for (guint i = 0; i < rdatas->len; i++)
    put_record (signed_data, owner, type, g_ptr_array_index (rdatas, i));

  g_assert_cmpint (EVP_DigestSignInit (ctx, NULL, EVP_sha256 (), NULL, self->key), ==, 1);
  g_assert_cmpint (EVP_DigestSign (ctx, der, &der_len, signed_data->data, signed_data->len), ==, 1);
  signature = d2i_ECDSA_SIG (NULL, &at, (long) der_len);
  BN_bn2binpad (ECDSA_SIG_get0_r (signature), raw, 32);
  BN_bn2binpad (ECDSA_SIG_get0_s (signature), raw + 32, 32);
  ECDSA_SIG_free (signature);
  EVP_MD_CTX_free (ctx);

  if (forged)
    raw[7] ^= 0x10;
  g_byte_array_append (rrsig, raw, sizeof raw);

  return rrsig;
}

/* Appends an RRset and, where they are made, its signature. Returns how many records. */
static guint
put_set (const TlTestDns *self,
         GByteArray      *out,
         const char      *owner,
         guint            type,
         GPtrArray       *rdatas,
         gboolean         forged)
{
  g_autoptr(GByteArray) rrsig = NULL;

  g_ptr_array_sort (rdatas, compare_rdata);
  for (guint i = 0; i < rdatas->len; i++)
    put_record (out, owner, type, g_ptr_array_index (rdatas, i));
  if (self->signing == TL_TEST_DNS_UNSIGNED)
    return rdatas->len;

  rrsig = sign (self, owner, type, rdatas, forged);
  put_record (out, owner, TYPE_RRSIG, rrsig);

  return rdatas->len + 1;
}

/* Gives the response code with flags, or -1 to be silent. */
static int
look_up (const TlTestDns *self,
         const char      *name,
         guint            type,
         gboolean         unchecked,
         gboolean         is_first,
         GByteArray      *out,
         guint           *out_n)
{
  g_autoptr(GPtrArray) rdatas =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  guint found_type = type;
  gboolean exists = FALSE;
  gboolean forged = FALSE;
  int flags = 0;

  if (*name == '\0')
    {
      exists = TRUE;
      if (type == TYPE_DNSKEY && self->signing == TL_TEST_DNS_SIGNED)
        g_ptr_array_add (rdatas, g_byte_array_ref (self->dnskey));
    }

  for (gsize i = 0; i < self->n_rows; i++)
    {
      const TlTestDnsRow *row = &self->rows[i];

      if (g_ascii_strcasecmp (row->name, name) != 0)
        continue;

      exists = TRUE;
      if (row->type != type && row->type != TYPE_CNAME)
        continue;
      if (row->manner == TL_TEST_DNS_SILENT)
        return -1;
      if (row->manner == TL_TEST_DNS_SERVFAIL ||
          (row->manner == TL_TEST_DNS_UNCHECKED && !unchecked))
        return RCODE_SERVFAIL;
      if (row->manner == TL_TEST_DNS_REFUSED)
        return RCODE_REFUSED;
      if (row->manner == TL_TEST_DNS_TRUNCATED)
        return FLAG_TC;
      if (row->manner == TL_TEST_DNS_CLAIMED)
        flags |= FLAG_AD;
      if (row->manner == TL_TEST_DNS_STRAY)
        flags |= FLAG_STRAY;
      if (row->manner == TL_TEST_DNS_NOTHING ||
          row->manner == (is_first ? TL_TEST_DNS_LATER : TL_TEST_DNS_FIRST))
        continue;

      found_type = row->type;
      forged = forged || row->manner == TL_TEST_DNS_FORGED;
      g_ptr_array_add (rdatas, row_to_rdata (row));
    }

  if (rdatas->len > 0)
    *out_n = put_set (self, out, name, found_type, rdatas, forged);

  return flags | (exists ? 0 : RCODE_NXDOMAIN);
}

static char *
new_key (const char *name,
         guint       type)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strdup_printf ("%s %u", lower, type);
}

/* Gives how often that was asked before. */
static guint
count (TlTestDns  *self,
       const char *name,
       guint       type)
{
  g_autofree char *key = new_key (name, type);
  guint n;

  g_mutex_lock (&self->lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_asked, key));
  g_hash_table_insert (self->n_asked, g_steal_pointer (&key), GUINT_TO_POINTER (n + 1));
  g_mutex_unlock (&self->lock);

  return n;
}

/* One question, RFC 1035 §4.1. Gives NULL for what is none, and whether a stray
 * reply goes first. */
static GByteArray *
answer (TlTestDns    *self,
        const guint8 *query,
        gsize         len,
        gboolean     *out_is_stray)
{
  g_autoptr(GString) name = g_string_new (NULL);
  g_autoptr(GByteArray) records = g_byte_array_new ();
  GByteArray *out;
  gboolean has_opt;
  gsize i = HEADER_LEN;
  guint n = 0;
  guint type;
  guint n_before;
  int rcode;

  if (len < HEADER_LEN + 5)
    return NULL;
  while (i < len && query[i] != 0 && query[i] < 64)
    {
      g_string_append_printf (name, "%s%.*s", name->len > 0 ? "." : "", (int) query[i],
                              query + i + 1);
      i += query[i] + 1u;
    }
  if (i + 5 > len)
    return NULL;

  type = (guint) (query[i + 1] << 8 | query[i + 2]);
  n_before = count (self, name->str, type);
  g_usleep ((gulong) g_atomic_int_get (&self->delay_ms) * 1000);
  rcode = look_up (self, name->str, type, (query[3] & FLAG_CD) != 0, n_before == 0, records, &n);
  if (rcode < 0)
    return NULL;

  *out_is_stray = (rcode & FLAG_STRAY) != 0;
  rcode &= ~FLAG_STRAY;
  has_opt = query[11] > 0;
  out = g_byte_array_new ();
  g_byte_array_append (out, query, 2);
  put_u16 (out, 0x8180 | (guint) rcode);
  put_u16 (out, 1);
  put_u16 (out, n);
  put_u16 (out, 0);
  put_u16 (out, has_opt ? 1 : 0);
  g_byte_array_append (out, query + HEADER_LEN, (guint) (i + 5 - HEADER_LEN));
  put_array (out, records);
  if (has_opt)
    {
      /* RFC 6891 §6.1.2: class is the size we take, TTL holds DO. */
      put_name (out, "");
      put_u16 (out, TYPE_OPT);
      put_u16 (out, MAX_MESSAGE_LEN);
      put_u32 (out, self->signing == TL_TEST_DNS_UNSIGNED ? 0 : 0x8000);
      put_u16 (out, 0);
    }

  return out;
}

/* Refuses the question under an identifier that is not its own (RFC 5452 §9.1). */
static void
send_stray (const TlTestDns          *self,
            const guint8             *query,
            gsize                     len,
            const struct sockaddr_in *to)
{
  g_autofree guint8 *stray = g_memdup2 (query, len);

  stray[1] ^= 1;
  stray[2] = 0x81;
  stray[3] = 0x80 | RCODE_REFUSED;
  sendto (self->fd, stray, len, 0, (const struct sockaddr *) to, sizeof *to);
}

static gpointer
answering_thread (gpointer data)
{
  TlTestDns *self = data;
  guint8 query[MAX_MESSAGE_LEN];

  for (;;)
    {
      struct sockaddr_in from;
      socklen_t from_len = sizeof from;
      ssize_t len = recvfrom (self->fd, query, sizeof query, 0, (struct sockaddr *) &from,
                              &from_len);
      g_autoptr(GByteArray) reply = NULL;
      gboolean is_stray = FALSE;

      /* Freed: an empty datagram to itself. */
      if (len <= 0)
        return NULL;
      reply = answer (self, query, (gsize) len, &is_stray);
      if (is_stray)
        send_stray (self, query, (gsize) len, &from);
      if (reply != NULL)
        sendto (self->fd, reply->data, reply->len, 0, (struct sockaddr *) &from, from_len);
    }
}

static GByteArray *
key_to_rdata (EVP_PKEY *key)
{
  GByteArray *out = g_byte_array_new ();
  guchar point[65];
  size_t len = 0;

  g_assert_cmpint (EVP_PKEY_get_octet_string_param (key, OSSL_PKEY_PARAM_PUB_KEY, point,
                                                    sizeof point, &len), ==, 1);
  g_assert_cmpuint (len, ==, sizeof point);
  put_u16 (out, 257);
  put_u8 (out, 3);
  put_u8 (out, ALGORITHM_P256);
  g_byte_array_append (out, point + 1, sizeof point - 1);

  return out;
}

/**
 * tl_test_dns_new:
 * @rows: what it knows; used until it is freed
 * @n_rows: how many
 * @signing: what it does about DNSSEC
 *
 * Returns: (transfer full): a resolver that is listening
 */
TlTestDns *
tl_test_dns_new (const TlTestDnsRow *rows,
                 gsize               n_rows,
                 TlTestDnsSigning    signing)
{
  TlTestDns *self = g_new0 (TlTestDns, 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t len = sizeof address;

  self->rows = rows;
  self->n_rows = n_rows;
  self->signing = signing;
  self->key = EVP_EC_gen ("P-256");
  self->dnskey = key_to_rdata (self->key);
  g_mutex_init (&self->lock);
  self->n_asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tcp_fd = -1;
  self->fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (self->fd, (struct sockaddr *) &address, &len), ==, 0);
  self->forwarder = g_strdup_printf ("127.0.0.1@%u", ntohs (address.sin_port));
  self->thread = g_thread_new ("tl-test-dns", answering_thread, self);

  return self;
}

void
tl_test_dns_free (TlTestDns *self)
{
  struct sockaddr_in address;
  socklen_t len = sizeof address;

  g_assert_cmpint (getsockname (self->fd, (struct sockaddr *) &address, &len), ==, 0);
  sendto (self->fd, "", 0, 0, (struct sockaddr *) &address, len);
  g_thread_join (self->thread);

  close (self->fd);
  if (self->tcp_fd >= 0)
    close (self->tcp_fd);
  g_hash_table_unref (self->n_asked);
  g_mutex_clear (&self->lock);
  EVP_PKEY_free (self->key);
  g_byte_array_unref (self->dnskey);
  g_free (self->forwarder);
  g_free (self);
}

/**
 * tl_test_dns_get_forwarder:
 * @self: a resolver
 *
 * Returns: (transfer none): where it is, as libunbound spells it: `127.0.0.1@5353`
 */
const char *
tl_test_dns_get_forwarder (const TlTestDns *self)
{
  return self->forwarder;
}

/**
 * tl_test_dns_dup_anchor:
 * @self: a resolver
 *
 * Returns: (transfer full): its key as a line of a zone file, to validate from
 */
char *
tl_test_dns_dup_anchor (const TlTestDns *self)
{
  g_autofree char *key = g_base64_encode (self->dnskey->data + 4, self->dnskey->len - 4);

  return g_strdup_printf (". IN DNSKEY 257 3 %d %s\n", ALGORITHM_P256, key);
}

/**
 * tl_test_dns_get_n_asked:
 * @self: a resolver
 * @name: a name, without a final dot
 * @type: a type
 *
 * Returns: how often it was asked for that
 */
guint
tl_test_dns_get_n_asked (TlTestDns  *self,
                         const char *name,
                         guint16     type)
{
  g_autofree char *key = new_key (name, type);
  guint n;

  g_mutex_lock (&self->lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_asked, key));
  g_mutex_unlock (&self->lock);

  return n;
}

/**
 * tl_test_dns_set_delay:
 * @self: a resolver
 * @ms: how long it thinks about each question, one after the other
 */
void
tl_test_dns_set_delay (TlTestDns *self,
                       guint      ms)
{
  g_atomic_int_set (&self->delay_ms, (int) ms);
}

/**
 * tl_test_dns_mute_tcp:
 * @self: a resolver
 *
 * Makes it take TCP connections and say nothing; before, it refuses them.
 */
void
tl_test_dns_mute_tcp (TlTestDns *self)
{
  struct sockaddr_in address;
  socklen_t len = sizeof address;

  g_assert_cmpint (getsockname (self->fd, (struct sockaddr *) &address, &len), ==, 0);
  self->tcp_fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->tcp_fd, (struct sockaddr *) &address, len), ==, 0);
  g_assert_cmpint (listen (self->tcp_fd, 64), ==, 0);
}
