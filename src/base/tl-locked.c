/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-locked.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What a process may lock can be as little as 64 KiB, that is 16 pages; a test of two lanes has
 * dozens of secrets at a time, most of them short. Those share pages, in slots of this size. */
#define SLOT_BYTES 256
#define MAX_SLOTS  64

/* One page of slots. */
typedef struct
{
  char    *page;    /* owned: from mmap() */
  guint64  used;    /* one bit a slot, the first one lowest */
} Slots;

static GMutex slots_lock;
static GSList *all_slots;    /* of Slots; under the lock */

static char *
map_pages (gsize size_bytes)
{
  char *pages = mmap (NULL, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  /* As g_malloc() does: there is nothing sensible to do without 4 KiB. */
  if (pages == MAP_FAILED)
    g_error ("no memory for a secret: %s", g_strerror (errno));

  if (madvise (pages, size_bytes, MADV_DONTDUMP) != 0)
    g_debug ("a secret could not be kept out of core dumps: %s", g_strerror (errno));
  /* A container may allow no locked memory at all: go on, at the price of a
   * page that might be swapped. */
  if (mlock (pages, size_bytes) != 0)
    g_debug ("a secret could not be locked into memory: %s", g_strerror (errno));

  return pages;
}

static gsize
round_up (gsize size_bytes,
          gsize page)
{
  return (size_bytes + page - 1) / page * page;
}

static gint
compare_page (gconstpointer slots,
              gconstpointer memory)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize begin = GPOINTER_TO_SIZE (((const Slots *) slots)->page);

  return GPOINTER_TO_SIZE (memory) - begin < page ? 0 : 1;
}

/**
 * tl_locked_alloc:
 * @size_bytes: at least 1
 *
 * Any thread. There is always memory: where none may be locked, it is not.
 *
 * Returns: (transfer full): zeros, for tl_locked_free()
 */
char *
tl_locked_alloc (gsize size_bytes)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  guint n_slots = (guint) MIN (page / SLOT_BYTES, MAX_SLOTS);
  g_autoptr(GMutexLocker) locker = NULL;
  Slots *slots = NULL;
  guint n = 0;

  if (size_bytes > SLOT_BYTES)
    return map_pages (round_up (size_bytes, page));

  locker = g_mutex_locker_new (&slots_lock);
  for (GSList *l = all_slots; l != NULL && slots == NULL; l = l->next)
    {
      slots = l->data;
      for (n = 0; n < n_slots && (slots->used >> n & 1) != 0; n++)
        continue;
      if (n == n_slots)
        slots = NULL;
    }
  if (slots == NULL)
    {
      slots = g_new0 (Slots, 1);
      slots->page = map_pages (page);
      all_slots = g_slist_prepend (all_slots, slots);
      n = 0;
    }
  slots->used |= G_GUINT64_CONSTANT (1) << n;

  return slots->page + n * SLOT_BYTES;
}

/**
 * tl_locked_free:
 * @memory: from tl_locked_alloc()
 * @size_bytes: what was asked for then
 *
 * Wipes it. Any thread. A page goes when nobody has a slot of it.
 */
void
tl_locked_free (char  *memory,
                gsize  size_bytes)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  g_autoptr(GMutexLocker) locker = NULL;
  GSList *link;
  Slots *slots;

  if (size_bytes > SLOT_BYTES)
    {
      explicit_bzero (memory, round_up (size_bytes, page));
      munmap (memory, round_up (size_bytes, page));
      return;
    }

  explicit_bzero (memory, SLOT_BYTES);
  locker = g_mutex_locker_new (&slots_lock);
  link = g_slist_find_custom (all_slots, memory, compare_page);
  slots = link->data;
  slots->used &= ~(G_GUINT64_CONSTANT (1) << ((memory - slots->page) / SLOT_BYTES));
  if (slots->used == 0)
    {
      munmap (slots->page, page);
      g_free (slots);
      all_slots = g_slist_delete_link (all_slots, link);
    }
}
