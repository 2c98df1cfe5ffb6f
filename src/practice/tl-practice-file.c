/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-error.h"

#define MAX_BYTES (16 * 1024)

/* The whole file, in the one spelling there is: members sorted, two spaces. */
#define CA_PEM   "{\n  \"ca_pem\": \""
#define INCOMING "\",\n  \"format\": \"twolane-practice\",\n  \"incoming_port\": "
#define OUTGOING ",\n  \"outgoing_port\": "
#define VERSION  ",\n  \"version\": 1\n}\n"

struct _TlPracticeFile
{
  guint16  incoming_port;
  guint16  outgoing_port;
  char    *ca_pem; /* owned */
};

G_DEFINE_BOXED_TYPE (TlPracticeFile, tl_practice_file, tl_practice_file_ref, tl_practice_file_unref)

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "twolane", NULL);
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "twolane", "practice.json", NULL);
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_REFUSED, "the practice file %s", why);

  return FALSE;
}

static gboolean
refuse_errno (GError     **error,
              const char  *doing)
{
  int os_error = errno;

  g_set_error (error, TL_ERROR, os_error == ENOENT ? TL_ERROR_NOT_FOUND : TL_ERROR_REFUSED,
               "%s the practice file: %s", doing, g_strerror (os_error));

  return FALSE;
}

/* Only what this user alone could have written is believed: whoever can put a
 * file there can say which certificates count. */
static gboolean
check_private (int      fd,
               mode_t   kind,
               gsize   *out_size,
               GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return refuse_errno (error, "looking at");
  if ((info.st_mode & S_IFMT) != kind)
    return refuse (error, "is not a file in a folder");
  if (info.st_uid != geteuid ())
    return refuse (error, "belongs to another user");
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return refuse (error, "is open to other users");
  if (kind == S_IFREG && info.st_size > MAX_BYTES)
    return refuse (error, "is too large");

  *out_size = (gsize) info.st_size;

  return TRUE;
}

static char *
read_all (int      fd,
          gsize    size,
          GError **error)
{
  g_autofree char *bytes = g_malloc (size + 1);
  gsize n_read = 0;

  while (n_read < size)
    {
      gssize n = read (fd, bytes + n_read, size - n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          refuse_errno (error, "reading");
          return NULL;
        }
      if (n == 0)
        break;
      n_read += (gsize) n;
    }
  bytes[n_read] = '\0';

  return g_steal_pointer (&bytes);
}

/* Both checks are made on what was opened, so nothing can be put in its place
 * between looking and reading. */
static char *
load (GError **error)
{
  g_autofree char *folder = dup_folder ();
  int folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  int fd = -1;
  gsize size;
  char *text = NULL;

  if (folder_fd < 0)
    {
      refuse_errno (error, "opening");
      return NULL;
    }

  if (check_private (folder_fd, S_IFDIR, &size, error))
    {
      fd = openat (folder_fd, "practice.json", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
      if (fd < 0)
        refuse_errno (error, "opening");
      else if (check_private (fd, S_IFREG, &size, error))
        text = read_all (fd, size, error);
    }

  if (fd >= 0)
    g_close (fd, NULL);
  g_close (folder_fd, NULL);

  return text;
}

/* PEM (RFC 7468 §3) has nothing that JSON escapes but the ends of its lines. */
static char *
render (guint16     incoming_port,
        guint16     outgoing_port,
        const char *ca_pem)
{
  g_auto(GStrv) lines = g_strsplit (ca_pem, "\n", -1);
  g_autofree char *escaped = g_strjoinv ("\\n", lines);

  return g_strdup_printf (CA_PEM "%s" INCOMING "%u" OUTGOING "%u" VERSION, escaped, incoming_port,
                          outgoing_port);
}

/* Moves @at behind @expected. */
static gboolean
skip (const char **at,
      const char  *expected)
{
  if (!g_str_has_prefix (*at, expected))
    return FALSE;

  *at += strlen (expected);

  return TRUE;
}

static guint16
take_port (const char **at)
{
  char *end = NULL;
  guint64 port = g_ascii_strtoull (*at, &end, 10);

  *at = end;

  return port <= G_MAXUINT16 ? (guint16) port : 0;
}

static char *
take_pem (const char **at)
{
  g_autofree char *escaped = g_strndup (*at, strcspn (*at, "\""));
  g_auto(GStrv) lines = g_strsplit (escaped, "\\n", -1);

  *at += strlen (escaped);

  return g_strjoinv ("\n", lines);
}

/* Only what tl_practice_file_write() writes is read: what came out is spelt
 * again and has to give the same bytes. */
static gboolean
parse (TlPracticeFile *self,
       const char     *text)
{
  const char *at = text;
  g_autofree char *again = NULL;

  if (!skip (&at, CA_PEM) || (self->ca_pem = take_pem (&at)) == NULL ||
      !skip (&at, INCOMING) || (self->incoming_port = take_port (&at)) == 0 ||
      !skip (&at, OUTGOING) || (self->outgoing_port = take_port (&at)) == 0)
    return FALSE;

  again = render (self->incoming_port, self->outgoing_port, self->ca_pem);

  return g_str_equal (text, again);
}

/**
 * tl_practice_file_read:
 * @error: return location for a #GError
 *
 * Reads the file of the practice mailbox that is running for this user.
 *
 * Returns: (transfer full): what it says, or %NULL with %TL_ERROR_NOT_FOUND when there is none,
 *   %TL_ERROR_REFUSED when it is not this user's alone, or %TL_ERROR_INVALID_INPUT when it is
 *   damaged
 */
TlPracticeFile *
tl_practice_file_read (GError **error)
{
  g_autofree char *text = load (error);
  g_autoptr(TlPracticeFile) self = NULL;

  if (text == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (TlPracticeFile);
  if (!parse (self, text))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the practice file is damaged");
      return NULL;
    }

  return g_steal_pointer (&self);
}

TlPracticeFile *
tl_practice_file_ref (TlPracticeFile *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_practice_file_clear (gpointer data)
{
  TlPracticeFile *self = data;

  g_clear_pointer (&self->ca_pem, g_free);
}

void
tl_practice_file_unref (TlPracticeFile *self)
{
  g_atomic_rc_box_release_full (self, tl_practice_file_clear);
}

guint16
tl_practice_file_get_incoming_port (const TlPracticeFile *self)
{
  return self->incoming_port;
}

guint16
tl_practice_file_get_outgoing_port (const TlPracticeFile *self)
{
  return self->outgoing_port;
}

const char *
tl_practice_file_get_ca_pem (const TlPracticeFile *self)
{
  return self->ca_pem;
}

/**
 * tl_practice_file_write:
 * @practice: a running practice mailbox
 * @error: return location for a #GError
 *
 * Writes the file for other programs of this user, replacing that of an earlier
 * practice mailbox. Whoever calls this calls tl_practice_file_remove() at the
 * end.
 *
 * Returns: %FALSE with %TL_ERROR_REFUSED or an error of GLib when it cannot be written
 */
gboolean
tl_practice_file_write (TlPractice  *practice,
                        GError     **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = dup_path ();
  g_autofree char *text = render (tl_practice_get_incoming_port (practice),
                                  tl_practice_get_outgoing_port (practice),
                                  tl_practice_get_ca_pem (practice));

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0)
    return refuse_errno (error, "making the folder of");

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/**
 * tl_practice_file_remove:
 * @practice: the practice mailbox whose file was written
 *
 * Removes the file, unless by now it is that of another practice mailbox.
 */
void
tl_practice_file_remove (TlPractice *practice)
{
  g_autoptr(TlPracticeFile) file = tl_practice_file_read (NULL);
  g_autofree char *path = dup_path ();

  if (file != NULL && g_str_equal (file->ca_pem, tl_practice_get_ca_pem (practice)))
    g_unlink (path);
}
