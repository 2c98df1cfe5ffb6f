/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-contacts.h"

#include <string.h>

#include "tl-text.h"

G_DEFINE_ENUM_TYPE (TlContactKind, tl_contact_kind,
                    G_DEFINE_ENUM_VALUE (TL_CONTACT_DNS, "dns"),
                    G_DEFINE_ENUM_VALUE (TL_CONTACT_WEB, "web"),
                    G_DEFINE_ENUM_VALUE (TL_CONTACT_MAIL, "mail"))

struct _TlContacts
{
  GMutex      mutex;                    /* guards what follows */
  GHashTable *hosts[TL_CONTACT_N_KINDS]; /* owned: sets of owned names */
};

G_DEFINE_BOXED_TYPE (TlContacts, tl_contacts, tl_contacts_ref, tl_contacts_unref)

/**
 * tl_contacts_new:
 *
 * Returns: (transfer full): an empty list
 */
TlContacts *
tl_contacts_new (void)
{
  TlContacts *self = g_atomic_rc_box_new0 (TlContacts);

  g_mutex_init (&self->mutex);
  for (gsize i = 0; i < G_N_ELEMENTS (self->hosts); i++)
    self->hosts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

TlContacts *
tl_contacts_ref (TlContacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_contacts_clear (gpointer data)
{
  TlContacts *self = data;

  for (gsize i = 0; i < G_N_ELEMENTS (self->hosts); i++)
    g_clear_pointer (&self->hosts[i], g_hash_table_unref);
  g_mutex_clear (&self->mutex);
}

void
tl_contacts_unref (TlContacts *self)
{
  g_atomic_rc_box_release_full (self, tl_contacts_clear);
}

/**
 * tl_contacts_add:
 * @self: a list
 * @kind: in what way
 * @host: whom, canonical
 *
 * Sets down that somebody is asked; once is enough. Call it before asking. Any
 * thread. A canonical name needs no cleaning, and is cleaned all the same: the
 * list is printed as it is.
 */
void
tl_contacts_add (TlContacts    *self,
                 TlContactKind  kind,
                 const char    *host)
{
  g_return_if_fail ((guint) kind < TL_CONTACT_N_KINDS);

  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->hosts[kind], tl_text_clean (host, -1));
  g_mutex_unlock (&self->mutex);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * tl_contacts_dup:
 * @self: a list
 * @kind: in what way
 *
 * Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): who was asked that way, in alphabetical order
 */
char **
tl_contacts_dup (TlContacts    *self,
                 TlContactKind  kind)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail ((guint) kind < TL_CONTACT_N_KINDS, NULL);

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->hosts[kind]);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_mutex_unlock (&self->mutex);

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
