/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-zip.h"

#include <string.h>

#include "tl-error.h"

static const char * const names[] = { "a.json", "b.html", NULL };

/* The two members "one" and "" under those names, byte for byte, from another writer. */
static const char golden[] =
  "PK\003\004\012\0\0\0\0\0\0\0!\0\361\206lz\003\0\0\0\003\0\0\0\006\0\0\0a.jsonone"
  "PK\003\004\012\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\006\0\0\0b.html"
  "PK\001\002\012\0\012\0\0\0\0\0\0\0!\0\361\206lz\003\0\0\0\003\0\0\0\006\0\0\0\0\0\0\0\0\0"
  "\0\0\0\0\0\0\0\0a.json"
  "PK\001\002\012\0\012\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\006\0\0\0\0\0\0\0\0\0"
  "\0\0\0\0\x27\0\0\0b.html"
  "PK\005\006\0\0\0\0\002\0\002\0h\0\0\0K\0\0\0\0\0";

static GBytes *
write_two (const char *first,
           const char *second)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (members, g_bytes_new (first, strlen (first)));
  g_ptr_array_add (members, g_bytes_new (second, strlen (second)));

  return tl_zip_write (names, members);
}

static void
assert_refused (const guint8 *data,
                gsize         len)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, len);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) members = tl_zip_read (bytes, names, &error);

  g_assert_null (members);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_golden (void)
{
  g_autoptr(GBytes) bytes = write_two ("one", "");

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   golden, sizeof golden - 1);
}

static void
test_round_trip (void)
{
  g_autoptr(GBytes) bytes = write_two ("{}", "<p>");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) members = tl_zip_read (bytes, names, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_cmpmem (g_bytes_get_data (members->pdata[0], NULL),
                   g_bytes_get_size (members->pdata[0]), "{}", 2);
  g_assert_cmpmem (g_bytes_get_data (members->pdata[1], NULL),
                   g_bytes_get_size (members->pdata[1]), "<p>", 3);
}

static void
test_every_bit (void)
{
  g_autofree guint8 *copy = g_memdup2 (golden, sizeof golden - 1);

  for (gsize i = 0; i < sizeof golden - 1; i++)
    {
      for (guint bit = 0; bit < 8; bit++)
        {
          copy[i] ^= (guint8) (1 << bit);
          assert_refused (copy, sizeof golden - 1);
          copy[i] ^= (guint8) (1 << bit);
        }
    }
}

static void
test_every_length (void)
{
  for (gsize len = 0; len < sizeof golden - 1; len++)
    assert_refused ((const guint8 *) golden, len);
  /* The array's own NUL is one byte too many. */
  assert_refused ((const guint8 *) golden, sizeof golden);
}

typedef struct
{
  const char         *name;
  const char * const *names;
} NamesCase;

static const char * const swapped[] = { "b.html", "a.json", NULL };
static const char * const upper[] = { "A.json", "b.html", NULL };
static const char * const path[] = { "../json", "b.html", NULL };
static const char * const twice[] = { "a.json", "a.json", NULL };
static const char * const more[] = { "a.json", "b.html", "c.html", NULL };
static const char * const fewer[] = { "a.json", NULL };

static const NamesCase names_cases[] = {
  { "swapped", swapped },
  { "case", upper },
  { "path", path },
  { "twice", twice },
  { "more", more },
  { "fewer", fewer },
};

static void
test_names (gconstpointer data)
{
  const NamesCase *c = data;
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GBytes) bytes = NULL;

  for (guint i = 0; c->names[i] != NULL; i++)
    g_ptr_array_add (members, g_bytes_new ("x", 1));
  bytes = tl_zip_write (c->names, members);

  assert_refused (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_huge_claim (void)
{
  g_autofree guint8 *copy = g_memdup2 (golden, sizeof golden - 1);

  memset (copy + 22, 0xff, 4);
  assert_refused (copy, sizeof golden - 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zip/golden", test_golden);
  g_test_add_func ("/zip/round-trip", test_round_trip);
  g_test_add_func ("/zip/B01/every-bit", test_every_bit);
  g_test_add_func ("/zip/B02/every-length", test_every_length);
  g_test_add_func ("/zip/B10/huge-claim", test_huge_claim);
  for (gsize i = 0; i < G_N_ELEMENTS (names_cases); i++)
    {
      g_autofree char *name = g_strconcat ("/zip/B10/names/", names_cases[i].name, NULL);

      g_test_add_data_func (name, &names_cases[i], test_names);
    }

  return g_test_run ();
}
