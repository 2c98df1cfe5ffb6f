/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-folders.h"

#include <string.h>

struct _TlPracticeFolders
{
  GMutex     lock;  /* of what is below */
  GPtrArray *names; /* of utf8 */
};

static const struct
{
  const char *name;
  const char *role; /* RFC 6154 §2, or NULL */
} folders[] = {
  { "INBOX",   NULL },
  { "Archive", "\\Archive" },
  { "Drafts",  "\\Drafts" },
  { "Junk",    "\\Junk" },
  { "Sent",    "\\Sent" },
  { "Trash",   "\\Trash" },
};

TlPracticeFolders *
tl_practice_folders_new (void)
{
  TlPracticeFolders *self = g_new0 (TlPracticeFolders, 1);

  g_mutex_init (&self->lock);
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_ptr_array_add (self->names, g_strdup (folders[i].name));

  return self;
}

void
tl_practice_folders_free (TlPracticeFolders *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* With the lock held. INBOX is one folder in any case (RFC 9051 §5.1). */
static gboolean
has (TlPracticeFolders *self,
     const char        *name)
{
  return g_ascii_strcasecmp (name, "INBOX") == 0 ||
         g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL);
}

gboolean
tl_practice_folders_has (TlPracticeFolders *self,
                         const char        *name)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return has (self, name);
}

/* Printable ASCII, no wildcard, and no part with nothing in it. */
static gboolean
is_name (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (*p < ' ' || *p == 0x7f || strchr ("*%", *p) != NULL)
      return FALSE;

  return name[0] != '\0' && name[0] != '/' && strstr (name, "//") == NULL &&
         strlen (name) <= TL_PRACTICE_FOLDERS_MAX_NAME;
}

/**
 * tl_practice_folders_create:
 * @self: folders
 * @name: a new one; one with `/` in it gets the folders above it as well
 *
 * RFC 9051 §6.3.4.
 *
 * Returns: (transfer none) (nullable): %NULL when it was made, else why not, as a response code of
 *   RFC 5530 and RFC 9051 §7.1: `ALREADYEXISTS`, `CANNOT` or `LIMIT`
 */
const char *
tl_practice_folders_create (TlPracticeFolders *self,
                            const char        *name)
{
  g_autofree char *whole = g_strdup (name);
  g_autoptr(GMutexLocker) locker = NULL;

  /* With a delimiter at its end it only says that there are going to be others below it. */
  if (g_str_has_suffix (whole, "/"))
    whole[strlen (whole) - 1] = '\0';
  if (!is_name (whole))
    return "CANNOT";

  locker = g_mutex_locker_new (&self->lock);
  if (has (self, whole))
    return "ALREADYEXISTS";

  for (const char *p = whole; p != NULL; )
    {
      const char *slash = strchr (p, '/');
      g_autofree char *part = slash == NULL ? g_strdup (whole)
                                            : g_strndup (whole, (gsize) (slash - whole));

      if (!has (self, part))
        {
          if (self->names->len == TL_PRACTICE_FOLDERS_MAX)
            return "LIMIT";
          g_ptr_array_add (self->names, g_steal_pointer (&part));
        }
      p = slash == NULL ? NULL : slash + 1;
    }

  return NULL;
}

/* In the order they were made. */
char **
tl_practice_folders_dup_names (TlPracticeFolders *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < self->names->len; i++)
    g_strv_builder_add (names, self->names->pdata[i]);

  return g_strv_builder_end (names);
}

/* NULL of one without. */
const char *
tl_practice_folders_get_role (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_equal (folders[i].name, name))
      return folders[i].role;

  return NULL;
}
