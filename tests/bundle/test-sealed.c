/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sealed.h"

#include <string.h>

#include "tl-der.h"
#include "tl-error.h"
#include "tl-test-bundle.h"

static const char content[] = "{\"format\":\"twolane-secrets\"}";

static const char * const kinds[] = { "RSA:3072", "RSA:4096", "P-256", "P-384", "P-521" };

static GBytes *
seal (const char *kind)
{
  g_autoptr(TlRecipient) recipient = tl_test_recipient_new (kind);
  g_autoptr(TlSecret) secret = tl_test_secret_new (content);
  g_autoptr(GError) error = NULL;
  GBytes *sealed = tl_sealed_write (secret, recipient, &error);

  g_assert_no_error (error);

  return sealed;
}

static void
assert_opens (GBytes   *sealed,
              TlOpener *opener)
{
  g_autoptr(TlSecret) expected = tl_test_secret_new (content);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) opened = tl_sealed_open (sealed, opener, &error);

  g_assert_no_error (error);
  g_assert_true (tl_secret_equal (opened, expected));
}

static void
test_round_trip (gconstpointer data)
{
  const char *kind = data;
  g_autofree char *another = g_strconcat (kind, "#2", NULL);
  g_autoptr(GBytes) sealed = seal (kind);
  g_autoptr(TlOpener) opener = tl_test_opener_new (kind);
  g_autoptr(TlOpener) other = tl_test_opener_new (another);
  g_autoptr(TlOpener) other_kind = tl_test_opener_new (kind[0] == 'R' ? "P-256" : "RSA:3072");
  g_autoptr(GError) error = NULL;

  assert_opens (sealed, opener);
  g_assert_null (memmem (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                         "twolane-secrets", 15));

  g_assert_null (tl_sealed_open (sealed, other, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (tl_sealed_open (sealed, other_kind, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
}

/* Where the key's own bits are changed the form is right and the key does not fit; no change at
 * all gives anything out. */
static void
test_every_byte (gconstpointer data)
{
  const char *kind = data;
  g_autoptr(GBytes) sealed = seal (kind);
  g_autoptr(TlOpener) opener = tl_test_opener_new (kind);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (sealed, &len);
  g_autofree guint8 *copy = g_memdup2 (bytes, len);
  guint n_refused = 0;

  for (gsize i = 0; i < len; i++)
    {
      g_autoptr(GBytes) changed = NULL;
      g_autoptr(TlSecret) opened = NULL;

      copy[i] ^= (guint8) (1 << (i % 8));
      changed = g_bytes_new (copy, len);
      opened = tl_sealed_open (changed, opener, NULL);
      copy[i] = bytes[i];

      /* Issuer and serial number only say whose key to look for; the bundle names it itself. */
      if (opened == NULL)
        n_refused++;
    }

  g_assert_cmpuint (n_refused, >=, len - 64);
}

static void
test_every_length (gconstpointer data)
{
  g_autoptr(GBytes) sealed = seal (data);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (sealed, &len);
  g_autofree guint8 *longer = g_malloc0 (len + 2);
  g_autoptr(GBytes) appended = NULL;
  g_autoptr(GBytes) with_null = NULL;
  g_autoptr(GBytes) prepended = NULL;

  for (gsize n = 0; n < len; n++)
    {
      g_autoptr(GBytes) shorter = g_bytes_new (bytes, n);

      g_assert_false (tl_sealed_check (shorter, NULL));
    }

  memcpy (longer, bytes, len);
  appended = g_bytes_new (longer, len + 1);
  g_assert_false (tl_sealed_check (appended, NULL));
  /* An element of its own: NULL. */
  longer[len] = 0x05;
  with_null = g_bytes_new (longer, len + 2);
  g_assert_false (tl_sealed_check (with_null, NULL));
  memmove (longer + 1, longer, len);
  longer[0] = 0;
  prepended = g_bytes_new (longer, len + 1);
  g_assert_false (tl_sealed_check (prepended, NULL));
}

static void
test_long (void)
{
  g_autoptr(TlRecipient) recipient = tl_test_recipient_new ("P-256");
  g_autofree char *text = g_strnfill (TL_SEALED_MAX_BYTES, 'x');
  g_autoptr(TlSecret) secret = tl_secret_new (text, TL_SEALED_MAX_BYTES - 1024);
  g_autoptr(TlSecret) too_long = tl_secret_new (text, TL_SEALED_MAX_BYTES);
  g_autoptr(TlOpener) opener = tl_test_opener_new ("P-256");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) sealed = tl_sealed_write (secret, recipient, &error);
  g_autoptr(TlSecret) opened = NULL;

  g_assert_no_error (error);
  opened = tl_sealed_open (sealed, opener, &error);
  g_assert_no_error (error);
  g_assert_true (tl_secret_equal (opened, secret));

  g_assert_null (tl_sealed_write (too_long, recipient, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

#define ENCRYPT "openssl cms -encrypt -binary -in content -outform DER -out sealed "
#define OAEP    " -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256"
#define KDF     " -keyopt ecdh_kdf_md:sha256"

/* What stock tools make, with what they have to be told to make what is taken. */
typedef struct
{
  const char *name;
  const char *command;
  const char *opener;   /* NULL: refused, whatever the key */
} StockCase;

static const StockCase stock_cases[] = {
  { "oaep",          ENCRYPT "-aes-256-gcm -recip rsa.pem" OAEP, "RSA:3072" },
  { "oaep-keyid",    ENCRYPT "-aes-256-gcm -keyid -recip rsa.pem" OAEP },
  { "ecdh",          ENCRYPT "-aes-256-gcm -recip ec.pem" KDF, "P-256" },
  { "cbc",           ENCRYPT "-aes-256-cbc -recip rsa.pem" OAEP },
  { "gcm-128",       ENCRYPT "-aes-128-gcm -recip rsa.pem" OAEP },
  { "pkcs1",         ENCRYPT "-aes-256-gcm -recip rsa.pem" },
  { "oaep-sha1",     ENCRYPT "-aes-256-gcm -recip rsa.pem -keyopt rsa_padding_mode:oaep" },
  { "oaep-mgf-sha1", ENCRYPT "-aes-256-gcm -recip rsa.pem" OAEP " -keyopt rsa_mgf1_md:sha1" },
  { "oaep-label",    ENCRYPT "-aes-256-gcm -recip rsa.pem" OAEP " -keyopt rsa_oaep_label:00" },
  { "ecdh-sha1",     ENCRYPT "-aes-256-gcm -recip ec.pem" },
  { "two",           ENCRYPT "-aes-256-gcm -recip ec.pem" KDF " -recip other.pem" KDF },
  { "two-kinds",     ENCRYPT "-aes-256-gcm -recip ec.pem" KDF " -recip rsa.pem" OAEP },
  { "rsa-2048",      ENCRYPT "-aes-256-gcm -recip weak.pem" OAEP },
  { "secret-key",    ENCRYPT "-aes-256-gcm -secretkeyid 00 -secretkey "
                     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" },
  { "streamed",      ENCRYPT "-stream -aes-256-gcm -recip rsa.pem" OAEP },
  { "signed",        "openssl cms -sign -binary -nodetach -in content -outform DER -out sealed "
                     "-signer rsa.pem -inkey rsa.key" },
};

static void
put_certificate (const char *folder,
                 const char *name,
                 const char *kind)
{
  const TlTestCertificate what = { .key = kind };
  g_autofree char *pem = tl_test_certificate_new (&what);

  tl_test_folder_put (folder, name, pem, -1);
}

static void
test_stock (gconstpointer data)
{
  const StockCase *c = data;
  g_autofree char *folder = tl_test_folder_new ();
  g_autofree char *key = tl_test_key_to_pem (tl_test_key_get ("RSA:3072"), NULL);
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(GError) error = NULL;

  tl_test_folder_put (folder, "content", content, -1);
  put_certificate (folder, "rsa.pem", "RSA:3072");
  put_certificate (folder, "ec.pem", "P-256");
  put_certificate (folder, "other.pem", "P-384");
  put_certificate (folder, "weak.pem", "RSA:2048");
  tl_test_folder_put (folder, "rsa.key", key, -1);
  /* Every one of them has to exist to be refused. */
  g_assert_cmpint (tl_test_run (folder, c->command, NULL), ==, 0);
  sealed = tl_test_folder_get (folder, "sealed");
  if (c->opener != NULL)
    {
      g_autoptr(TlOpener) opener = tl_test_opener_new (c->opener);

      assert_opens (sealed, opener);
    }
  else
    {
      g_assert_false (tl_sealed_check (sealed, &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }

  tl_test_folder_remove (folder);
}

/* The other way round. */
static void
test_stock_decrypt (gconstpointer data)
{
  const char *kind = data;
  g_autofree char *folder = tl_test_folder_new ();
  g_autofree char *key = tl_test_key_to_pem (tl_test_key_get (kind), NULL);
  g_autoptr(GBytes) sealed = seal (kind);
  g_autofree char *text = NULL;

  tl_test_folder_put (folder, "platform.key", key, -1);
  tl_test_folder_put (folder, "secrets.p7m", g_bytes_get_data (sealed, NULL),
                      (gssize) g_bytes_get_size (sealed));
  g_assert_cmpint (tl_test_run (folder, "openssl cms -decrypt -binary -inform DER -in secrets.p7m "
                                        "-inkey platform.key", &text), ==, 0);
  g_assert_cmpstr (text, ==, content);

  tl_test_folder_remove (folder);
}

/* Lengths and structure, by hand. */
typedef struct
{
  const char *name;
  const char *hex;
} FormCase;

static const FormCase form_cases[] = {
  { "empty",           "" },
  { "one-byte",        "30" },
  { "claims-more",     "3082ffff" },
  { "indefinite",      "3080060b2a864886f70d0109100117a08000000000" },
  { "long-form-short", "308105060b2a8648" },
  { "three-octets",    "3083000005060b2a86" },
  { "high-tag",        "3f8001003000" },
  { "nested",          "30823030300c300a3008300630043002300030003000300030003000" },
  { "zeros",           "00000000000000000000" },
};

static void
append_hex (GByteArray *out,
            const char *hex)
{
  for (const char *p = hex; *p != '\0'; p += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));

      g_byte_array_append (out, &byte, 1);
    }
}

static void
test_form (gconstpointer data)
{
  const FormCase *c = data;
  g_autoptr(GByteArray) array = g_byte_array_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  append_hex (array, c->hex);
  bytes = g_bytes_new (array->data, array->len);

  g_assert_false (tl_sealed_check (bytes, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* One element of what is sealed, with something behind its content or in the content's place.
 * Elements are named by where they stand: "010" is the first in the second of the whole. */
typedef struct
{
  const char *name;
  const char *kind;
  const char *element;    /* NULL: nothing is changed */
  const char *hex;
  gboolean    is_instead;
  guint       n_zeros;    /* of 0 bytes behind that */
  gboolean    is_taken;
} SpliceCase;

#define RSA "RSA:3072"
#define EC  "P-256"
#define NOTHING "0500"

static const SpliceCase splice_cases[] = {
  { "rsa",                   RSA, .is_taken = TRUE },
  { "ec",                    EC,  .is_taken = TRUE },
  { "whole",                 RSA, "0", NOTHING },
  { "wrapped",               RSA, "01", NOTHING },
  { "data",                  RSA, "010", NOTHING },
  { "version",               RSA, "0100", "01", TRUE },
  { "recipients",            RSA, "0101", NOTHING },
  { "transport",             RSA, "01010", NOTHING },
  { "transport-version",     RSA, "010100", "02", TRUE },
  { "issuer",                RSA, "010101", NOTHING },
  { "issuer-long-length",    RSA, "0101010", "31810100", TRUE },
  { "issuer-indefinite",     RSA, "0101010", "31800000", TRUE },
  { "issuer-high-tag",       RSA, "0101010", "1f8100", TRUE },
  { "serial-20",             RSA, "0101011", "01", TRUE, 19, TRUE },
  { "serial-21",             RSA, "0101011", "01", TRUE, 20 },
  { "serial-empty",          RSA, "0101011", "", TRUE },
  { "oaep",                  RSA, "010102", NOTHING },
  { "transport-8192-bits",   RSA, "010103", "", TRUE, 1024, TRUE },
  { "transport-8200-bits",   RSA, "010103", "", TRUE, 1025 },
  { "transport-3064-bits",   RSA, "010103", "", TRUE, 383 },
  { "content",               RSA, "0102", NOTHING },
  { "algorithm",             RSA, "01021", NOTHING },
  { "parameters",            RSA, "010211", NOTHING },
  { "nonce-13",              RSA, "0102110", "", TRUE, 13 },
  { "nonce-11",              RSA, "0102110", "", TRUE, 11 },
  { "tag-length",            RSA, "0102111", "0c", TRUE },
  { "ciphertext-none",       RSA, "01022", "", TRUE },
  { "tag-15",                RSA, "0103", "", TRUE, 15 },
  { "tag-17",                RSA, "0103", "", TRUE, 17 },
  { "agreement",             EC,  "01010", NOTHING },
  { "agreement-version",     EC,  "010100", "02", TRUE },
  { "originator",            EC,  "010101", NOTHING },
  { "sender",                EC,  "0101010", NOTHING },
  { "sender-algorithm",      EC,  "01010100", NOTHING },
  { "point-384",             EC,  "01010101", "0004", TRUE, 96, TRUE },
  { "point-521",             EC,  "01010101", "0004", TRUE, 132, TRUE },
  { "point-compressed",      EC,  "01010101", "0002", TRUE, 64 },
  { "point-unused-bits",     EC,  "01010101", "0104", TRUE, 64 },
  { "point-long",            EC,  "01010101", "0004", TRUE, 65 },
  { "agreement-algorithm",   EC,  "010102", NOTHING },
  { "keys",                  EC,  "010103", NOTHING },
  { "key",                   EC,  "0101030", NOTHING },
  { "key-issuer",            EC,  "01010300", NOTHING },
  { "wrapped-48",            EC,  "01010301", "", TRUE, 48 },
  { "wrapped-32",            EC,  "01010301", "", TRUE, 32 },
};

static void
append_head (GByteArray *out,
             guint8      tag,
             guint       len)
{
  const guint8 head[] = { tag, 0x82, (guint8) (len >> 8), (guint8) len };

  if (len >= 0x100)
    {
      g_byte_array_append (out, head, 4);
      return;
    }
  g_byte_array_append (out, &tag, 1);
  if (len >= 0x80)
    g_byte_array_append (out, (const guint8 *) "\x81", 1);
  g_byte_array_append (out, &head[3], 1);
}

/* @elements with the case's change at @path. */
static GByteArray *
splice (TlDer             elements,
        const char       *path,
        const SpliceCase *c)
{
  GByteArray *out = g_byte_array_new ();

  for (int i = 0; elements.len > 0; i++)
    {
      const guint8 *begin = elements.data;
      g_autoptr(GByteArray) inside = NULL;
      TlDer within;

      g_assert_true (tl_der_take (&elements, *begin, &within));
      if (path == NULL || g_ascii_digit_value (*path) != i)
        {
          g_byte_array_append (out, begin, (guint) (elements.data - begin));
          continue;
        }
      if (path[1] != '\0')
        {
          inside = splice (within, path + 1, c);
        }
      else
        {
          inside = g_byte_array_new ();
          if (!c->is_instead)
            g_byte_array_append (inside, within.data, (guint) within.len);
          append_hex (inside, c->hex);
          g_byte_array_set_size (inside, inside->len + c->n_zeros);
          if (c->n_zeros > 0)
            memset (inside->data + inside->len - c->n_zeros, 0, c->n_zeros);
        }
      append_head (out, *begin, inside->len);
      g_byte_array_append (out, inside->data, inside->len);
    }

  return out;
}

static void
test_splice (gconstpointer data)
{
  const SpliceCase *c = data;
  g_autoptr(GBytes) sealed = seal (c->kind);
  g_autoptr(GByteArray) changed = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  TlDer whole;

  whole.data = g_bytes_get_data (sealed, &whole.len);
  changed = splice (whole, c->element, c);
  bytes = g_bytes_new (changed->data, changed->len);
  g_assert_cmpint (g_bytes_equal (bytes, sealed), ==, c->element == NULL);

  g_assert_cmpint (tl_sealed_check (bytes, &error), ==, c->is_taken);
  if (!c->is_taken)
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
add (const char        *path,
     const char        *name,
     gconstpointer      data,
     GTestDataFunc      test)
{
  g_autofree char *full = g_strconcat (path, name, NULL);

  g_test_add_data_func (full, data, test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (kinds[i]), ":", '-');

      add ("/sealed/round-trip/", name, kinds[i], test_round_trip);
      add ("/sealed/stock-decrypt/", name, kinds[i], test_stock_decrypt);
    }
  add ("/sealed/B01/every-byte/", "ecdh", "P-256", test_every_byte);
  add ("/sealed/B01/every-byte/", "rsa", "RSA:3072", test_every_byte);
  add ("/sealed/B02/every-length/", "ecdh", "P-256", test_every_length);
  add ("/sealed/B02/every-length/", "rsa", "RSA:3072", test_every_length);
  g_test_add_func ("/sealed/long", test_long);
  for (gsize i = 0; i < G_N_ELEMENTS (stock_cases); i++)
    add ("/sealed/B06/", stock_cases[i].name, &stock_cases[i], test_stock);
  for (gsize i = 0; i < G_N_ELEMENTS (form_cases); i++)
    add ("/sealed/B06/form/", form_cases[i].name, &form_cases[i], test_form);
  for (gsize i = 0; i < G_N_ELEMENTS (splice_cases); i++)
    add ("/sealed/B06/splice/", splice_cases[i].name, &splice_cases[i], test_splice);

  return g_test_run ();
}
