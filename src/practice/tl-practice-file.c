/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-error.h"
#include "tl-json.h"

#define FORMAT    "twolane-practice"
#define VERSION   1
#define MAX_BYTES (16 * 1024)

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

/**
 * tl_practice_file_read:
 * @error: return location for a #GError
 *
 * Reads the file of the practice mailbox that is running for this user.
 *
 * Returns: (transfer full): what it says, or %NULL with %TL_ERROR_NOT_FOUND when there is none,
 *   %TL_ERROR_REFUSED when it is not this user's alone, or %TL_ERROR_INVALID_INPUT when it is damaged
 */
TlPracticeFile *
tl_practice_file_read (GError **error)
{
  g_autofree char *text = load (error);
  g_autoptr(TlJson) json = NULL;
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(TlPracticeFile) self = NULL;

  if (text == NULL || (json = tl_json_parse (text, -1, error)) == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (TlPracticeFile);
  reader = tl_json_reader_new (json, "practice.json");
  if (g_strcmp0 (tl_json_reader_get_string (reader, "format", TL_JSON_REQUIRED), FORMAT) != 0)
    tl_json_reader_refuse (reader, "format", "is another one");
  tl_json_reader_get_int (reader, "version", TL_JSON_REQUIRED, VERSION, VERSION);
  self->incoming_port = (guint16) tl_json_reader_get_int (reader, "incoming_port", TL_JSON_REQUIRED,
                                                          1, G_MAXUINT16);
  self->outgoing_port = (guint16) tl_json_reader_get_int (reader, "outgoing_port", TL_JSON_REQUIRED,
                                                          1, G_MAXUINT16);
  self->ca_pem = g_strdup (tl_json_reader_get_string (reader, "ca_pem", TL_JSON_REQUIRED));

  return tl_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
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
  g_autofree char *text = NULL;
  g_autoptr(TlJson) json = tl_json_new_object ();

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0)
    return refuse_errno (error, "making the folder of");

  tl_json_set_string (json, "format", FORMAT);
  tl_json_set_int (json, "version", VERSION);
  tl_json_set_int (json, "incoming_port", tl_practice_get_incoming_port (practice));
  tl_json_set_int (json, "outgoing_port", tl_practice_get_outgoing_port (practice));
  tl_json_set_string (json, "ca_pem", tl_practice_get_ca_pem (practice));
  text = tl_json_to_pretty (json);

  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
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
