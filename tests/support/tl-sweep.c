/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tl-sweep SECRETS [--pid PID…] [PATH…]: searches for secrets that must not be there. SECRETS is a
 * file with one of at least 25 bytes a line (it is no argument, lest the search finds itself). A PID
 * is searched in its command line, its environment and all memory that a core dump of it would
 * have; a PATH is a file, or a folder with all that is in it, names too. Prints one line a hit, with
 * the number of the secret's line and how it is written down; exit status 0 when there is none, 1
 * when there are some, 64 when it was asked the wrong thing. Run the process with MALLOC_PERTURB_=0,
 * or what it freed without wiping is hidden. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "tl-test-canary.h"
#include "tl-test-memory.h"

#define MIN_SECRET_LEN 25

typedef struct
{
  char         **secrets;   /* owned */
  TlTestCanary **canaries;  /* owned, as many */
  guint          n_secrets;
  guint          n_hits;
} Sweep;

static void
report (Sweep      *self,
        guint       index,
        const char *hit,
        const char *where)
{
  self->n_hits++;
  g_print ("secret %u: %s: %s\n", index + 1, where, hit);
}

static void
sweep_bytes (Sweep      *self,
             const char *bytes,
             gsize       len,
             const char *where)
{
  for (guint i = 0; i < self->n_secrets; i++)
    {
      const char *way = tl_test_canary_find (self->canaries[i], bytes, len);

      if (way != NULL)
        report (self, i, way, where);
    }
}

static void
sweep_path (Sweep      *self,
            const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *where = g_strconcat ("the name ", path, NULL);

  sweep_bytes (self, name, strlen (name), where);

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
      const char *entry;

      while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *inside = g_build_filename (path, entry, NULL);

          sweep_path (self, inside);
        }
    }
  else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_autofree char *bytes = NULL;
      gsize len;

      if (g_file_get_contents (path, &bytes, &len, NULL))
        sweep_bytes (self, bytes, len, path);
      else
        g_printerr ("tl-sweep: %s cannot be read\n", path);
    }
  else if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_printerr ("tl-sweep: there is no %s\n", path);
      exit (64);
    }
}

static void
sweep_process (Sweep      *self,
               const char *text)
{
  GPid pid = atoi (text);

  for (guint i = 0; i < self->n_secrets; i++)
    {
      g_autofree char *args = tl_test_memory_find_args (pid, self->secrets[i]);
      g_autofree char *memory = tl_test_memory_find_in (pid, self->secrets[i]);

      if (args != NULL)
        report (self, i, args, text);
      if (memory != NULL)
        report (self, i, memory, text);
    }
}

static void
load_secrets (Sweep      *self,
              const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_printerr ("tl-sweep: %s\n", error->message);
      exit (64);
    }
  g_strchomp (text);
  self->secrets = g_strsplit (text, "\n", -1);
  self->n_secrets = g_strv_length (self->secrets);
  self->canaries = g_new0 (TlTestCanary *, self->n_secrets);
  for (guint i = 0; i < self->n_secrets; i++)
    {
      if (strlen (self->secrets[i]) < MIN_SECRET_LEN)
        {
          g_printerr ("tl-sweep: line %u of %s is shorter than %d bytes\n", i + 1, path,
                      MIN_SECRET_LEN);
          exit (64);
        }
      self->canaries[i] = tl_test_canary_new (self->secrets[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  Sweep sweep = { NULL };

  if (argc < 3)
    {
      g_printerr ("tl-sweep SECRETS [--pid PID…] [PATH…]\n");
      return 64;
    }

  load_secrets (&sweep, argv[1]);
  for (int i = 2; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--pid") && i + 1 < argc)
        sweep_process (&sweep, argv[++i]);
      else
        sweep_path (&sweep, argv[i]);
    }

  for (guint i = 0; i < sweep.n_secrets; i++)
    tl_test_canary_free (sweep.canaries[i]);
  g_free (sweep.canaries);
  g_strfreev (sweep.secrets);

  return sweep.n_hits == 0 ? 0 : 1;
}
