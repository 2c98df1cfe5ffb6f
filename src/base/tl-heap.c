/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory is wiped when it is freed. Toolkits, TLS libraries and D-Bus copy what passes through
 * them, a pasted password among it, and free their copies as they are. This file is linked into the
 * two programs, where it comes before the free() and realloc() of the C library for all that they
 * load; both hand on to the same heap, so it does not matter who allocated what. It is no part of
 * the other library here: tests search for what is freed and not wiped, and few ask for this file.
 *
 * What it does not reach: copies on the stack, buffers that stay in use, what GLib before 2.76
 * keeps in its slices (structures, not texts), and C libraries that are not GNU’s. M_PERTURB of
 * mallopt(3) would leave out what a thread keeps at hand, up to 1032 bytes a piece. */
#include <stdlib.h>

/* A sanitizer has a heap of its own. */
#if defined (__GLIBC__) && !defined (__SANITIZE_ADDRESS__)
#include <malloc.h>
#include <string.h>

/* The names by which the GNU C library lends its own, to whoever comes before it. */
void  __libc_free    (void   *memory);
void *__libc_realloc (void   *memory,
                      size_t  size);

void
free (void *memory)
{
  if (memory != NULL)
    explicit_bzero (memory, malloc_usable_size (memory));
  __libc_free (memory);
}

/* Wipes the end that is given up; what does not fit moves, and leaves nothing behind. */
void *
realloc (void   *memory,
         size_t  size)
{
  size_t old_size = memory != NULL ? malloc_usable_size (memory) : 0;
  void *moved;

  if (memory != NULL && size <= old_size)
    explicit_bzero ((char *) memory + size, old_size - size);
  if (memory == NULL || size <= old_size)
    return __libc_realloc (memory, size);

  moved = malloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, old_size);
  free (memory);

  return moved;
}
#endif
