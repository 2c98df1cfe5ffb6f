/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-error.h"

typedef struct
{
  const char *name;
  int         io_code;
  int         code;     /* TlError, or -1: stays what it is */
  gboolean    prefixed;
} TakeCase;

static const TakeCase take_cases[] = {
  { "timed-out", G_IO_ERROR_TIMED_OUT, TL_ERROR_TIMED_OUT, TRUE },
  { "refused", G_IO_ERROR_CONNECTION_REFUSED, TL_ERROR_UNREACHABLE, TRUE },
  { "host-unreachable", G_IO_ERROR_HOST_UNREACHABLE, TL_ERROR_UNREACHABLE, TRUE },
  { "network-unreachable", G_IO_ERROR_NETWORK_UNREACHABLE, TL_ERROR_UNREACHABLE, TRUE },
  { "closed", G_IO_ERROR_CONNECTION_CLOSED, TL_ERROR_PROTOCOL, TRUE },
  { "not-found", G_IO_ERROR_NOT_FOUND, TL_ERROR_NOT_FOUND, TRUE },
  { "other", G_IO_ERROR_NO_SPACE, -1, TRUE },
  { "cancelled", G_IO_ERROR_CANCELLED, -1, FALSE },
};

static void
test_take (gconstpointer data)
{
  const TakeCase *c = data;
  g_autoptr(GError) error = NULL;

  tl_error_take_io (&error, g_error_new_literal (G_IO_ERROR, c->io_code, "why"), "doing it");

  if (c->code < 0)
    g_assert_error (error, G_IO_ERROR, c->io_code);
  else
    g_assert_error (error, TL_ERROR, c->code);
  g_assert_cmpstr (error->message, ==, c->prefixed ? "doing it: why" : "why");
}

static void
test_take_foreign (void)
{
  g_autoptr(GError) error = NULL;

  g_test_summary ("A code of another domain with the same number is not restated");

  tl_error_take_io (&error,
                    g_error_new_literal (G_FILE_ERROR, G_IO_ERROR_TIMED_OUT, "why"), "doing it");

  g_assert_error (error, G_FILE_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_take_ignored (void)
{
  g_test_summary ("A caller who does not ask for the error gets none, and none is leaked");

  tl_error_take_io (NULL,
                    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "why"), "doing it");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (take_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/error/take/", take_cases[i].name, NULL);

      g_test_add_data_func (path, &take_cases[i], test_take);
    }

  g_test_add_func ("/error/take/foreign", test_take_foreign);
  g_test_add_func ("/error/take/ignored", test_take_ignored);

  return g_test_run ();
}
