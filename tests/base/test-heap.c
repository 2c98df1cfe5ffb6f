/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This program has src/base/tl-heap.c, as the two that people run have. What is freed is looked at
 * by the kernel, which a compiler does not second-guess. */
#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* Where nothing is wiped, what is wiped has no test. */
#if defined (__GLIBC__) && !defined (__SANITIZE_ADDRESS__)
#define IS_WIPED TRUE
#else
#define IS_WIPED FALSE
#endif

#define MARK 0x5a
/* glibc writes two pointers and, in large pieces, two more into what is free. */
#define LINK_BYTES 32

typedef struct
{
  const char *name;
  gsize       size;
} SizeCase;

/* Each comes from another list: per thread, fast, sorted by size, from the system by itself. */
static const SizeCase size_cases[] = {
  { "thread-cache", 100 },
  { "thread-cache-last", 1032 },
  { "unsorted", 1100 },
  { "large", 60000 },
};

/* Whether @address, which may be gone, has a byte of ours. */
static gsize
count_marks (gsize address,
             gsize size)
{
  /* Not from the heap, which would give out what was just freed. */
  static guint8 seen[512 * 1024];
  struct iovec local = { seen, size };
  struct iovec remote = { GSIZE_TO_POINTER (address), size };
  gsize n_marks = 0;

  g_assert_cmpuint (size, <=, sizeof seen);
  if (process_vm_readv (getpid (), &local, 1, &remote, 1, 0) != (gssize) size)
    return 0;
  for (gsize i = LINK_BYTES; i < size; i++)
    n_marks += seen[i] == MARK;

  return n_marks;
}

static gpointer
new_marked (gsize size)
{
  gpointer memory = g_malloc (size);

  memset (memory, MARK, size);

  return memory;
}

/* With a neighbour, lest the piece is merged with what is free around it. */
static void
test_freed (gconstpointer data)
{
  const SizeCase *c = data;
  /* More than a thread's cache takes of one size. */
  gpointer pieces[20];
  gpointer neighbours[20];
  gsize addresses[20];

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      pieces[i] = new_marked (c->size);
      neighbours[i] = g_malloc (40);
      addresses[i] = GPOINTER_TO_SIZE (pieces[i]);
      g_assert_cmpuint (count_marks (addresses[i], c->size), ==, c->size - LINK_BYTES);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_free (pieces[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_assert_cmpuint (count_marks (addresses[i], c->size), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_free (neighbours[i]);
}

static gpointer
free_there (gpointer data)
{
  g_free (data);

  return NULL;
}

static void
test_thread (void)
{
  gpointer memory = new_marked (100);
  gsize address = GPOINTER_TO_SIZE (memory);

  g_test_summary ("Nor does another thread keep what it freed");

  g_thread_join (g_thread_new ("free", free_there, memory));
  g_assert_cmpuint (count_marks (address, 100), ==, 0);
}

typedef struct
{
  const char *name;
  gsize       before;
  gsize       after;
} MoveCase;

static const MoveCase move_cases[] = {
  { "grows", 100, 4000 },
  { "grows-large", 4000, 400000 },
  { "grows-from-the-system", 400000, 4000000 },
  { "same", 100, 100 },
  { "shrinks", 4000, 100 },
  { "shrinks-large", 400000, 100 },
  { "to-nothing", 100, 0 },
};

static void
test_moved (gconstpointer data)
{
  const MoveCase *c = data;
  gpointer old = new_marked (c->before);
  gpointer neighbour = g_malloc (40);
  gsize address = GPOINTER_TO_SIZE (old);
  gsize kept = MIN (c->before, c->after);
  guint8 *moved = g_realloc (old, c->after);

  for (gsize i = 0; i < kept; i++)
    g_assert_cmpint (moved[i], ==, MARK);
  if (GPOINTER_TO_SIZE (moved) != address)
    g_assert_cmpuint (count_marks (address, c->before), ==, 0);
  else
    g_assert_cmpuint (count_marks (address + kept, c->before - kept), ==, 0);

  g_free (moved);
  g_free (neighbour);
}

static void
test_errno (void)
{
  gpointer memory = new_marked (100);

  errno = ENOENT;
  free (memory);
  free (NULL);
  g_assert_cmpint (errno, ==, ENOENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; IS_WIPED && i < G_N_ELEMENTS (size_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/heap/P9/freed/", size_cases[i].name, NULL);

      g_test_add_data_func (path, &size_cases[i], test_freed);
    }
  if (IS_WIPED)
    g_test_add_func ("/heap/P9/thread", test_thread);
  for (gsize i = 0; IS_WIPED && i < G_N_ELEMENTS (move_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/heap/P9/moved/", move_cases[i].name, NULL);

      g_test_add_data_func (path, &move_cases[i], test_moved);
    }
  g_test_add_func ("/heap/errno", test_errno);

  return g_test_run ();
}
