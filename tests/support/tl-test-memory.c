/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tl-test-canary.h"

#define SECRET_LEN   48
#define CHUNK_BYTES  (1024 * 1024)
#define MAX_HIT_LEN  512

/* More than any way of writing SECRET_LEN bytes down takes, so that nothing is
 * missed where two chunks meet. */
#define OVERLAP_BYTES 4096

struct _TlTestMemory
{
  char  *page;      /* owned: from mmap(), left out of dumps */
  gsize  page_len;
};

/* One of /proc/PID/smaps. */
typedef struct
{
  guint64   start;
  guint64   end;
  char      path[256];
  gboolean  readable;
  gboolean  excluded;   /* from core dumps */
  guint64   anonymous_kb;
  guint64   rss_kb;
} Mapping;

/**
 * tl_test_memory_new:
 *
 * Returns: (transfer full): a secret of letters and digits that nobody else has
 */
TlTestMemory *
tl_test_memory_new (void)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  TlTestMemory *self = g_new0 (TlTestMemory, 1);

  self->page_len = (gsize) sysconf (_SC_PAGESIZE);
  self->page = mmap (NULL, self->page_len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                     0);
  g_assert_true (self->page != MAP_FAILED);
  g_assert_cmpint (madvise (self->page, self->page_len, MADV_DONTDUMP), ==, 0);
  for (gsize i = 0; i < SECRET_LEN; i++)
    self->page[i] = alphabet[g_random_int_range (0, sizeof alphabet - 1)];

  return self;
}

void
tl_test_memory_free (TlTestMemory *self)
{
  munmap (self->page, self->page_len);
  g_free (self);
}

const char *
tl_test_memory_peek (const TlTestMemory *self)
{
  return self->page;
}

static gboolean
is_dumped (const Mapping *mapping)
{
  /* What a file has, and nobody wrote over, is no part of a dump. */
  return mapping->readable && !mapping->excluded && mapping->rss_kb > 0 &&
         (mapping->path[0] != '/' || mapping->anonymous_kb > 0);
}

/* Reads and searches one mapping. Pages that cannot be read are not dumped either. */
static char *
search (int                 memory,
        const Mapping      *mapping,
        const TlTestCanary *canary,
        char               *chunk)
{
  guint64 at = mapping->start;

  while (at < mapping->end)
    {
      ssize_t n = pread (memory, chunk, MIN (mapping->end - at, CHUNK_BYTES), (off_t) at);
      const char *way;

      if (n <= 0)
        {
          at += (guint64) sysconf (_SC_PAGESIZE);
          continue;
        }
      way = tl_test_canary_find (canary, chunk, (gsize) n);
      if (way != NULL)
        return g_strdup_printf ("%s in %" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %s", way, at,
                                at + (guint64) n, mapping->path);
      at += (guint64) n;
      if (at < mapping->end && n > OVERLAP_BYTES)
        at -= OVERLAP_BYTES;
    }

  return NULL;
}

/* Searches in the mappings that @smaps lists. */
static char *
search_listed (FILE               *smaps,
               int                 memory,
               const TlTestCanary *canary,
               char               *chunk)
{
  Mapping mapping = { 0 };
  char line[1024];
  char *hit = NULL;

  while (hit == NULL && fgets (line, sizeof line, smaps) != NULL)
    {
      guint64 start, end, kb;
      char access[8];
      int path_at = 0;

      if (sscanf (line, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %7s %*s %*s %*s %n", &start,
                  &end, access, &path_at) == 3)
        {
          mapping = (Mapping) { .start = start, .end = end, .readable = access[0] == 'r' };
          g_strlcpy (mapping.path, path_at > 0 ? g_strchomp (line + path_at) : "",
                     sizeof mapping.path);
        }
      else if (sscanf (line, "Rss: %" G_GINT64_MODIFIER "u", &kb) == 1)
        {
          mapping.rss_kb = kb;
        }
      else if (sscanf (line, "Anonymous: %" G_GINT64_MODIFIER "u", &kb) == 1)
        {
          mapping.anonymous_kb = kb;
        }
      /* The last line of each. */
      else if (g_str_has_prefix (line, "VmFlags:"))
        {
          mapping.excluded = strstr (line, " dd") != NULL;
          if (is_dumped (&mapping))
            hit = search (memory, &mapping, canary, chunk);
        }
    }

  return hit;
}

/**
 * tl_test_memory_find_in:
 * @pid: a process, not this one
 * @secret: at least 25 bytes
 *
 * Returns: (transfer full) (nullable): how and where the secret is in the memory
 *   that a dump of @pid would have, %NULL when it is not there
 */
char *
tl_test_memory_find_in (GPid        pid,
                        const char *secret)
{
  g_autofree char *smaps_path = g_strdup_printf ("/proc/%d/smaps", pid);
  g_autofree char *memory_path = g_strdup_printf ("/proc/%d/mem", pid);
  g_autoptr(TlTestCanary) canary = tl_test_canary_new (secret + TL_TEST_MEMORY_HEAD_LEN);
  g_autofree char *chunk = g_malloc (CHUNK_BYTES);
  FILE *smaps = fopen (smaps_path, "re");
  int memory = open (memory_path, O_RDONLY | O_CLOEXEC);
  char *hit;

  if (smaps == NULL || memory < 0)
    g_error ("the memory of %d: %s", pid, g_strerror (errno));
  hit = search_listed (smaps, memory, canary, chunk);
  fclose (smaps);
  close (memory);

  return hit;
}

/**
 * tl_test_memory_find:
 * @self: a secret
 *
 * Searches this process. A child does it, so that what is searched for is not
 * found where the search itself writes it down. Other threads should be at rest.
 *
 * Returns: (transfer full) (nullable): how and where it is, %NULL when nowhere
 */
char *
tl_test_memory_find (const TlTestMemory *self)
{
  char text[MAX_HIT_LEN] = "";
  gsize len = 0;
  ssize_t n;
  int fds[2];
  int status = -1;
  pid_t child;

  g_assert_cmpint (pipe (fds), ==, 0);
  /* Where only one's ancestors may look; elsewhere nobody minds. */
  prctl (PR_SET_PTRACER, PR_SET_PTRACER_ANY);

  child = fork ();
  if (child == 0)
    {
      char *hit = tl_test_memory_find_in (getppid (), self->page);

      if (hit != NULL && write (fds[1], hit, MIN (strlen (hit), sizeof text - 1)) < 0)
        _exit (1);
      _exit (0);
    }
  g_assert_cmpint (child, >, 0);
  close (fds[1]);
  while (len < sizeof text - 1 && (n = read (fds[0], text + len, sizeof text - 1 - len)) > 0)
    len += (gsize) n;
  close (fds[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);

  return len > 0 ? g_strdup (text) : NULL;
}

/**
 * tl_test_memory_find_args:
 * @pid: a process
 * @secret: at least 9 bytes
 *
 * Returns: (transfer full) (nullable): how and where the secret is in what
 *   everybody may list of @pid, or its heirs get, %NULL when it is not there
 */
char *
tl_test_memory_find_args (GPid        pid,
                          const char *secret)
{
  static const char * const names[] = { "cmdline", "environ", "comm" };
  g_autoptr(TlTestCanary) canary = tl_test_canary_new (secret);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, names[i]);
      g_autofree char *bytes = NULL;
      g_autoptr(GError) error = NULL;
      gsize len;
      const char *way;

      if (!g_file_get_contents (path, &bytes, &len, &error))
        g_error ("%s", error->message);
      way = tl_test_canary_find (canary, bytes, len);
      if (way != NULL)
        return g_strdup_printf ("%s in %s", way, path);
    }

  return NULL;
}
