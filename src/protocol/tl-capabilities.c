/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-capabilities.h"

#include <string.h>

struct _TlCapabilities
{
  GHashTable *names;      /* upper-case name → parameters, never NULL */
  GPtrArray  *mechanisms; /* upper case, in the server's order, ended by NULL */
};

G_DEFINE_BOXED_TYPE (TlCapabilities, tl_capabilities, tl_capabilities_ref, tl_capabilities_unref)

TlCapabilities *
tl_capabilities_new (void)
{
  TlCapabilities *self = g_atomic_rc_box_new0 (TlCapabilities);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->mechanisms = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->mechanisms, NULL);

  return self;
}

TlCapabilities *
tl_capabilities_ref (TlCapabilities *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_capabilities_clear (gpointer data)
{
  TlCapabilities *self = data;

  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->mechanisms, g_ptr_array_unref);
}

void
tl_capabilities_unref (TlCapabilities *self)
{
  g_atomic_rc_box_release_full (self, tl_capabilities_clear);
}

/* Printable ASCII: what an IMAP atom and an EHLO keyword have in common. */
static gboolean
is_word (const char *word)
{
  for (const char *p = word; *p != '\0'; p++)
    if (*p <= ' ' || *p >= 0x7f)
      return FALSE;

  return *word != '\0';
}

static gboolean
add_mechanism (TlCapabilities *self,
               const char     *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  if (!is_word (upper))
    return TRUE;
  if (g_strv_contains ((const char * const *) self->mechanisms->pdata, upper))
    return TRUE;
  if (self->mechanisms->len > TL_CAPABILITIES_MAX)
    return FALSE;

  self->mechanisms->pdata[self->mechanisms->len - 1] = g_steal_pointer (&upper);
  g_ptr_array_add (self->mechanisms, NULL);

  return TRUE;
}

static gboolean
add_name (TlCapabilities *self,
          const char     *name,
          const char     *parameters)
{
  if (!is_word (name))
    return TRUE;
  if (g_hash_table_size (self->names) == TL_CAPABILITIES_MAX)
    return FALSE;

  g_hash_table_insert (self->names, g_ascii_strup (name, -1), g_strdup (parameters));

  return TRUE;
}

/**
 * tl_capabilities_add_imap:
 * @self: a set that nobody else holds yet
 * @words: what follows CAPABILITY, parted by spaces
 *
 * RFC 9051 §9: `capability = ("AUTH=" auth-type) / atom`. Words that are not
 * atoms are left out; so is `AUTH=` with nothing behind it.
 *
 * Returns: %FALSE when there are more than `TL_CAPABILITIES_MAX`
 */
gboolean
tl_capabilities_add_imap (TlCapabilities *self,
                          const char     *words)
{
  g_auto(GStrv) each = g_strsplit (words, " ", TL_CAPABILITIES_MAX + 2);

  for (gsize i = 0; each[i] != NULL; i++)
    {
      if (i > TL_CAPABILITIES_MAX)
        return FALSE;
      if (g_ascii_strncasecmp (each[i], "AUTH=", strlen ("AUTH=")) == 0
          ? !add_mechanism (self, each[i] + strlen ("AUTH="))
          : !add_name (self, each[i], ""))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_capabilities_add_ehlo:
 * @self: a set that nobody else holds yet
 * @line: one line of an EHLO reply behind its code
 *
 * RFC 5321 §4.1.1.1: `ehlo-line = ehlo-keyword *( SP ehlo-param )`. The form
 * `AUTH=LOGIN`, from before RFC 2554, is still sent by Exchange and by some
 * providers beside the proper one, and counts the same.
 *
 * Returns: %FALSE when there are more than `TL_CAPABILITIES_MAX`
 */
gboolean
tl_capabilities_add_ehlo (TlCapabilities *self,
                          const char     *line)
{
  g_auto(GStrv) words = g_strsplit_set (line, " =", TL_CAPABILITIES_MAX + 2);
  const char *space = strchr (line, ' ');
  g_autofree char *name = g_strndup (line, strcspn (line, " "));

  if (words[0] == NULL || g_ascii_strcasecmp (words[0], "AUTH") != 0)
    return add_name (self, name, space == NULL ? "" : space + 1);

  for (gsize i = 1; words[i] != NULL; i++)
    if (!add_mechanism (self, words[i]))
      return FALSE;

  return add_name (self, "AUTH", "");
}

/**
 * tl_capabilities_has:
 * @self: a set
 * @name: a capability, in any case; mechanisms are not in here
 *
 * Returns: whether the server says it can do @name
 */
gboolean
tl_capabilities_has (const TlCapabilities *self,
                     const char           *name)
{
  return tl_capabilities_get_parameters (self, name) != NULL;
}

/**
 * tl_capabilities_get_parameters:
 * @self: a set
 * @name: a capability, in any case
 *
 * Returns: (transfer none) (nullable): what stood behind the keyword, "" when nothing did, %NULL
 *   when it was not offered
 */
const char *
tl_capabilities_get_parameters (const TlCapabilities *self,
                                const char           *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  return g_hash_table_lookup (self->names, upper);
}

gboolean
tl_capabilities_is_empty (const TlCapabilities *self)
{
  return g_hash_table_size (self->names) == 0 && self->mechanisms->len == 1;
}

/**
 * tl_capabilities_get_mechanisms:
 * @self: a set
 *
 * Returns: (transfer none) (array zero-terminated=1): SASL mechanisms in upper case, in the
 *   server's order
 */
const char * const *
tl_capabilities_get_mechanisms (const TlCapabilities *self)
{
  return (const char * const *) self->mechanisms->pdata;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * tl_capabilities_dup_names:
 * @self: a set
 *
 * Returns: (transfer full) (array zero-terminated=1): everything in upper case and sorted,
 *   mechanisms as `AUTH=PLAIN`
 */
char **
tl_capabilities_dup_names (const TlCapabilities *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  for (gsize i = 0; i + 1 < self->mechanisms->len; i++)
    g_ptr_array_add (names, g_strconcat ("AUTH=", self->mechanisms->pdata[i], NULL));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
