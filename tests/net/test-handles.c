/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tl-handles.h"
#include "tl-test-child.h"
#include "tl-tlsa-lookup.h"
#include "tl-unbound.h"

/* Whatever is open already. */
static void
leave_free (guint n)
{
  struct rlimit limit;
  int fd = 0;

  for (guint n_free = 0; n_free < n || fcntl (fd, F_GETFD) >= 0; fd++)
    n_free += fcntl (fd, F_GETFD) < 0;
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = (rlim_t) fd;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
}

static void
count_room (guint16  port,
            gpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  leave_free (n);
  for (guint i = 1; i <= n; i++)
    g_assert_true (tl_handles_have_room (i));
  g_assert_false (tl_handles_have_room (n + 1));
}

/* A gap below counts as much as what is above. */
static void
count_gaps (guint16  port,
            gpointer data)
{
  int fds[8];

  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = dup (0);
  leave_free (1);
  g_assert_true (tl_handles_have_room (1));
  g_assert_false (tl_handles_have_room (2));
  close (fds[2]);
  close (fds[5]);
  g_assert_true (tl_handles_have_room (3));
  g_assert_false (tl_handles_have_room (4));
}

static void
begin_nothing (guint16  port,
               gpointer data)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();

  leave_free (GPOINTER_TO_UINT (data));
  g_assert_null (tl_tlsa_lookup_new (network, "mail.invalid", 993));
  g_assert_null (tl_unbound_new_context ("127.0.0.1", NULL));
}

static void
test_room (void)
{
  static const guint numbers[] = { 0, 1, 3, 4, 63, 64, 65, 130 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    tl_test_child_finish (tl_test_child_new (count_room, GUINT_TO_POINTER (numbers[i])), 0);
}

static void
test_gaps (void)
{
  tl_test_child_finish (tl_test_child_new (count_gaps, NULL), 0);
}

static void
test_libraries (void)
{
  g_test_summary ("What ends the program when it runs out on the way is not begun");

  for (guint n = 0; n < TL_HANDLES_FOR_UNBOUND; n += 3)
    tl_test_child_finish (tl_test_child_new (begin_nothing, GUINT_TO_POINTER (n)), 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/handles/N18/room", test_room);
  g_test_add_func ("/handles/N18/gaps", test_gaps);
  g_test_add_func ("/handles/N18/libraries", test_libraries);

  return g_test_run ();
}
