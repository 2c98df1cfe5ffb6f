/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-roles.h"

#include "tl-folder-guess.h"
#include "tl-folder-role.h"

/* An attribute, lower case and without its backslash, and what it makes of a folder. */
typedef struct
{
  const char *attribute;
  const char *role;
} Attribute;

/* RFC 6154 §2. `\Important` (RFC 8457) is a view of other folders that nobody works with. */
static const Attribute special_uses[] = {
  { "all",     "all" },
  { "archive", "archive" },
  { "drafts",  "drafts" },
  { "flagged", "flagged" },
  { "junk",    "junk" },
  { "sent",    "sent" },
  { "trash",   "trash" },
};

/* What XLIST, which no document describes and which SPECIAL-USE took the place of, has for them. */
static const Attribute xlist_uses[] = {
  { "inbox",   "inbox" },
  { "allmail", "all" },
  { "archive", "archive" },
  { "drafts",  "drafts" },
  { "starred", "flagged" },
  { "spam",    "junk" },
  { "junk",    "junk" },
  { "sent",    "sent" },
  { "trash",   "trash" },
};

static gboolean
has_attribute (char       **attributes,
               const char  *attribute)
{
  return attributes != NULL && g_strv_contains ((const char * const *) attributes, attribute);
}

/**
 * tl_mailbox_roles_can_hold:
 * @entry: a folder
 *
 * Returns: whether it holds messages: no `\Noselect`, no `\NonExistent` (RFC 9051 §7.3.1)
 */
gboolean
tl_mailbox_roles_can_hold (const TlMailboxEntry *entry)
{
  return !has_attribute (entry->attributes, "noselect") &&
         !has_attribute (entry->attributes, "nonexistent");
}

static void
give (TlMailboxRoles *self,
      guint           index,
      const char     *role,
      TlRoleBy        by)
{
  self->roles[index] = role;
  self->by[index] = by;
}

static gboolean
is_given (const TlMailboxRoles *self,
          const char           *role)
{
  for (guint i = 0; i < self->n; i++)
    {
      if (g_strcmp0 (self->roles[i], role) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_guess (TlMailboxRoles *self,
           const char     *role,
           guint           taken,
           guint           other)
{
  TlRoleGuess guess = { role, taken, other };

  g_array_append_val (self->guesses, guess);
}

/* Whether a person said what a role is: a folder, or none at all. */
static const TlRoleChoice *
find_choice (const TlRoleChoice *choices,
             guint               n_choices,
             const char         *role)
{
  /* The last word counts. */
  for (guint i = n_choices; i > 0; i--)
    {
      if (g_strcmp0 (choices[i - 1].role, role) == 0)
        return &choices[i - 1];
    }

  return NULL;
}

/* INBOX is INBOX in any case of letters (RFC 9051 §5.1). */
static void
give_inbox (TlMailboxRoles *self,
            GPtrArray      *entries)
{
  for (guint i = 0; i < self->n; i++)
    {
      const TlMailboxEntry *entry = entries->pdata[i];

      if (g_ascii_strcasecmp (entry->name, "INBOX") == 0)
        give (self, i, "inbox", TL_ROLE_BY_STANDARD);
    }
}

static void
give_choices (TlMailboxRoles     *self,
              GPtrArray          *entries,
              const TlRoleChoice *choices,
              guint               n_choices)
{
  for (gsize r = 0; r < G_N_ELEMENTS (tl_folder_roles); r++)
    {
      const TlRoleChoice *choice = find_choice (choices, n_choices, tl_folder_roles[r]);

      /* INBOX is nothing else, whoever says so. */
      if (choice == NULL || choice->name == NULL || r == 0)
        continue;

      for (guint i = 0; i < self->n; i++)
        {
          const TlMailboxEntry *entry = entries->pdata[i];

          if (self->roles[i] == NULL && tl_mailbox_roles_can_hold (entry) &&
              g_str_equal (entry->name, choice->name))
            {
              give (self, i, tl_folder_roles[r], TL_ROLE_BY_PERSON);
              break;
            }
        }
    }
}

/* What the server itself says. One that names two folders for the same means both: both keep it,
 * the first is used, and a person is told. */
static void
give_by_attribute (TlMailboxRoles  *self,
                   GPtrArray       *entries,
                   const Attribute *use,
                   gboolean         is_xlist)
{
  guint first = 0;
  guint n_given = 0;

  for (guint i = 0; i < self->n; i++)
    {
      const TlMailboxEntry *entry = entries->pdata[i];

      if (self->roles[i] != NULL || !tl_mailbox_roles_can_hold (entry) ||
          !has_attribute (is_xlist ? entry->xlist : entry->attributes, use->attribute))
        continue;

      give (self, i, use->role, is_xlist ? TL_ROLE_BY_XLIST : TL_ROLE_BY_STANDARD);
      /* Of many, the second stands for the rest: one question for a role. */
      if (n_given == 0)
        first = i;
      else if (n_given == 1)
        add_guess (self, use->role, first, i);
      n_given++;
    }
}

static void
give_by_name (TlMailboxRoles            *self,
              const TlMailboxFactsParts *facts,
              const char                *role)
{
  g_autofree TlFolderCandidate *candidates = g_new0 (TlFolderCandidate, MAX (self->n, 1));
  int taken, other;

  for (guint i = 0; i < self->n; i++)
    {
      const TlMailboxEntry *entry = facts->entries->pdata[i];

      candidates[i].name = entry->name;
      candidates[i].delimiter = entry->delimiter;
      candidates[i].is_free = self->roles[i] == NULL && tl_mailbox_roles_can_hold (entry);
    }

  taken = tl_folder_guess_find (candidates, self->n, facts->prefix, role, &other);
  if (taken < 0)
    return;

  give (self, (guint) taken, role, TL_ROLE_BY_NAME);
  if (other >= 0)
    add_guess (self, role, (guint) taken, (guint) other);
}

/**
 * tl_mailbox_roles_new:
 * @facts: what a look around the mailbox showed; has to stay while the result is used
 * @choices: (array length=n_choices) (nullable): what a person says
 * @n_choices: how many
 *
 * Finds out what folders are for: what a person says, then SPECIAL-USE
 * (RFC 6154), then XLIST, then names. A role that one of these gives is given
 * by no later one; a folder has one role. What cannot hold messages has none.
 * A choice of a folder that is not there leaves its role to nobody.
 *
 * Returns: (transfer full): the roles
 */
TlMailboxRoles *
tl_mailbox_roles_new (const TlMailboxFactsParts *facts,
                      const TlRoleChoice        *choices,
                      guint                      n_choices)
{
  TlMailboxRoles *self = g_new0 (TlMailboxRoles, 1);

  self->n = facts->entries->len;
  self->roles = g_new0 (const char *, MAX (self->n, 1));
  self->by = g_new0 (TlRoleBy, MAX (self->n, 1));
  self->guesses = g_array_new (FALSE, FALSE, sizeof (TlRoleGuess));

  give_inbox (self, facts->entries);
  give_choices (self, facts->entries, choices, n_choices);

  for (gsize i = 0; i < G_N_ELEMENTS (special_uses); i++)
    {
      if (find_choice (choices, n_choices, special_uses[i].role) == NULL)
        give_by_attribute (self, facts->entries, &special_uses[i], FALSE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (xlist_uses); i++)
    {
      if (find_choice (choices, n_choices, xlist_uses[i].role) == NULL &&
          !is_given (self, xlist_uses[i].role))
        give_by_attribute (self, facts->entries, &xlist_uses[i], TRUE);
    }
  for (gsize i = 1; i < G_N_ELEMENTS (tl_folder_roles); i++)
    {
      if (find_choice (choices, n_choices, tl_folder_roles[i]) == NULL &&
          !is_given (self, tl_folder_roles[i]))
        give_by_name (self, facts, tl_folder_roles[i]);
    }

  return self;
}

void
tl_mailbox_roles_free (TlMailboxRoles *self)
{
  g_clear_pointer (&self->roles, g_free);
  g_clear_pointer (&self->by, g_free);
  g_clear_pointer (&self->guesses, g_array_unref);
  g_free (self);
}
