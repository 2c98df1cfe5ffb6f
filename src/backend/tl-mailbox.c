/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-private.h"

#include "tl-error.h"
#include "tl-survey.h"

typedef struct
{
  char *role;
  char *folder; /* NULL: none at all */
} Choice;

struct _TlMailbox
{
  GObject          parent_instance;

  /* Owned: what it is judged by */
  TlMailboxFacts  *facts;
  TlProvider      *provider;
  char            *software;
  char           **roles;      /* that policy asks for */
  char           **folders;    /* likewise, for outreach */
  char            *policy;
  GPtrArray       *choices;    /* of Choice */
  TlLoopFiling     filing;
  gboolean         is_shared;
  guint            n_tools;

  /* Owned: what comes of it */
  TlMailboxReport *report;
  GListStore      *rows;
  GListStore      *wishes;
  GListStore      *room;
  GListStore      *rights;
  GListStore      *connections;
  GListStore      *findings;
  guint            n_wanted;
  gboolean         is_creating;
};

enum
{
  PROP_REPORT = 1,
  PROP_ROLES,
  PROP_WISHES,
  PROP_ROOM,
  PROP_RIGHTS,
  PROP_CONNECTIONS,
  PROP_FILING_TEXT,
  PROP_FINDINGS,
  PROP_N_TOOLS,
  PROP_CAN_CREATE,
  PROP_N_WANTED,
  PROP_CREATING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlMailbox, tl_mailbox, G_TYPE_OBJECT)

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_free (self->role);
  g_free (self->folder);
  g_free (self);
}

static gboolean
can_create (TlMailbox *self)
{
  return self->report != NULL && tl_mailbox_report_get_parts (self->report)->can_create;
}

static void
fill (GListStore *store,
      GPtrArray  *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items == NULL ? NULL : items->pdata, items == NULL ? 0 : items->len);
}

static void
fill_taking (GListStore *store,
             GPtrArray  *items)
{
  fill (store, items);
  g_ptr_array_unref (items);
}

/* Folders that may have a role: those that hold messages. */
static char **
list_names (TlMailboxReport *report)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  GPtrArray *folders = report == NULL ? NULL : tl_mailbox_report_get_parts (report)->folders;

  for (guint i = 0; folders != NULL && i < folders->len; i++)
    {
      const TlMailboxFolder *folder = folders->pdata[i];

      if (folder->is_selectable)
        g_strv_builder_add (names, folder->name);
    }

  return g_strv_builder_end (names);
}

static void
show_roles (TlMailbox *self)
{
  g_auto(GStrv) names = list_names (self->report);

  for (guint i = 0; i < TL_N_ROLES; i++)
    {
      g_autoptr(TlRoleRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      tl_role_row_show (row, self->report, (const char * const *) names, self->provider,
                        self->roles != NULL &&
                        g_strv_contains ((const char * const *) self->roles,
                                         tl_roles[i].role));
    }
}

static void
count_wanted (TlMailbox *self)
{
  g_auto(GStrv) names = tl_folder_wishes_list_wanted (self->wishes);
  guint n = g_strv_length (names);

  if (self->n_wanted == n)
    return;
  self->n_wanted = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WANTED]);
}

static void
on_wishes_changed (TlMailbox  *self,
                   guint       position,
                   guint       n_removed,
                   guint       n_added,
                   GListModel *wishes)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (wishes, i);

      g_signal_connect_object (wish, "notify::wanted", G_CALLBACK (count_wanted), self,
                               G_CONNECT_SWAPPED);
    }
  count_wanted (self);
}

static TlMailboxReport *
judge (TlMailbox *self)
{
  g_autofree TlRoleChoice *choices = g_new0 (TlRoleChoice, self->choices->len + 1);
  TlMailboxSubject subject = {
    .provider = self->provider,
    .software = self->software,
    .filing = self->filing,
    .is_shared = self->is_shared,
    .n_tools = self->n_tools,
    .choices = choices,
    .n_choices = self->choices->len,
    .wanted_roles = (const char * const *) self->roles,
  };

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = self->choices->pdata[i];

      choices[i].role = choice->role;
      choices[i].name = choice->folder;
    }

  return self->facts == NULL ? NULL : tl_mailbox_judge (self->facts, &subject);
}

/* Works out anew what the mailbox is like; nothing is asked for it. */
static void
refresh (TlMailbox *self)
{
  gboolean could_create = can_create (self);
  gboolean was_there = self->report != NULL;

  g_clear_pointer (&self->report, tl_mailbox_report_unref);
  self->report = judge (self);
  show_roles (self);
  tl_folder_wishes_show (self->wishes, self->report);
  if (!was_there && self->report == NULL)
    return;

  fill_taking (self->room, tl_mailbox_list_room (self->report));
  fill_taking (self->rights, tl_mailbox_list_rights (self->report, self->is_shared));
  fill_taking (self->connections, tl_mailbox_list_connections (self->report));
  fill (self->findings,
        self->report == NULL ? NULL : tl_mailbox_report_get_parts (self->report)->findings);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPORT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILING_TEXT]);
  if (could_create != can_create (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CREATE]);
}

static void
on_chosen (TlMailbox  *self,
           const char *folder,
           TlRoleRow  *row)
{
  g_autoptr(GError) error = NULL;

  /* A list on screen that was ahead of the mailbox is told what holds. */
  if (!tl_mailbox_choose (self, tl_role_row_get_role (row), folder, &error))
    g_object_notify (G_OBJECT (row), "folder");
}

static void
tl_mailbox_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlMailbox *self = TL_MAILBOX (object);

  switch (prop_id)
    {
    case PROP_REPORT:
      g_value_set_boxed (value, self->report);
      break;
    case PROP_ROLES:
      g_value_set_object (value, self->rows);
      break;
    case PROP_WISHES:
      g_value_set_object (value, self->wishes);
      break;
    case PROP_ROOM:
      g_value_set_object (value, self->room);
      break;
    case PROP_RIGHTS:
      g_value_set_object (value, self->rights);
      break;
    case PROP_CONNECTIONS:
      g_value_set_object (value, self->connections);
      break;
    case PROP_FILING_TEXT:
      g_value_set_string (value, tl_mailbox_describe_filing (self->report));
      break;
    case PROP_FINDINGS:
      g_value_set_object (value, self->findings);
      break;
    case PROP_N_TOOLS:
      g_value_set_uint (value, self->n_tools);
      break;
    case PROP_CAN_CREATE:
      g_value_set_boolean (value, can_create (self));
      break;
    case PROP_N_WANTED:
      g_value_set_uint (value, self->n_wanted);
      break;
    case PROP_CREATING:
      g_value_set_boolean (value, self->is_creating);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_mailbox_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_N_TOOLS:
      tl_mailbox_set_n_tools (TL_MAILBOX (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_mailbox_dispose (GObject *object)
{
  TlMailbox *self = TL_MAILBOX (object);

  g_clear_pointer (&self->facts, tl_mailbox_facts_unref);
  g_clear_pointer (&self->provider, tl_provider_unref);
  g_clear_pointer (&self->software, g_free);
  g_clear_pointer (&self->roles, g_strfreev);
  g_clear_pointer (&self->folders, g_strfreev);
  g_clear_pointer (&self->policy, g_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->report, tl_mailbox_report_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->wishes);
  g_clear_object (&self->room);
  g_clear_object (&self->rights);
  g_clear_object (&self->connections);
  g_clear_object (&self->findings);

  G_OBJECT_CLASS (tl_mailbox_parent_class)->dispose (object);
}

static void
tl_mailbox_class_init (TlMailboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const struct { guint id; const char *name; } models[] = {
    { PROP_ROLES, "roles" },
    { PROP_WISHES, "wishes" },
    { PROP_ROOM, "room" },
    { PROP_RIGHTS, "rights" },
    { PROP_CONNECTIONS, "connections" },
    { PROP_FINDINGS, "findings" },
  };

  object_class->get_property = tl_mailbox_get_property;
  object_class->set_property = tl_mailbox_set_property;
  object_class->dispose = tl_mailbox_dispose;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    properties[models[i].id] =
      g_param_spec_object (models[i].name, NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_REPORT] =
    g_param_spec_boxed ("report", NULL, NULL, TL_TYPE_MAILBOX_REPORT, ro);
  properties[PROP_FILING_TEXT] = g_param_spec_string ("filing-text", NULL, NULL, NULL, ro);
  properties[PROP_N_TOOLS] =
    g_param_spec_uint ("n-tools", NULL, NULL, 0, G_MAXUINT, 0, ro | G_PARAM_WRITABLE);
  properties[PROP_CAN_CREATE] = g_param_spec_boolean ("can-create", NULL, NULL, FALSE, ro);
  properties[PROP_N_WANTED] = g_param_spec_uint ("n-wanted", NULL, NULL, 0, G_MAXUINT, 0, ro);
  properties[PROP_CREATING] = g_param_spec_boolean ("creating", NULL, NULL, FALSE, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_mailbox_init (TlMailbox *self)
{
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  self->rows = g_list_store_new (TL_TYPE_ROLE_ROW);
  self->wishes = g_list_store_new (TL_TYPE_FOLDER_WISH);
  self->room = g_list_store_new (TL_TYPE_DETAIL);
  self->rights = g_list_store_new (TL_TYPE_DETAIL);
  self->connections = g_list_store_new (TL_TYPE_DETAIL);
  self->findings = g_list_store_new (TL_TYPE_FINDING);
  for (guint i = 0; i < TL_N_ROLES; i++)
    {
      g_autoptr(TlRoleRow) row = tl_role_row_new (&tl_roles[i]);

      g_signal_connect_object (row, "choose", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
      g_list_store_append (self->rows, row);
    }
  g_signal_connect_object (self->wishes, "items-changed", G_CALLBACK (on_wishes_changed), self,
                           G_CONNECT_SWAPPED);
  tl_folder_wishes_lay_out (self->wishes, NULL, NULL);
}

TlMailbox *
tl_mailbox_new (void)
{
  return g_object_new (TL_TYPE_MAILBOX, NULL);
}

static gboolean
is_same_strv (char               **a,
              const char * const  *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL || *a == NULL) && (b == NULL || *b == NULL);

  return g_strv_equal ((const char * const *) a, b);
}

static gboolean
is_around (TlMailbox             *self,
           const TlMailboxAround *around)
{
  return self->provider == around->provider && self->filing == around->filing &&
         self->is_shared == around->is_shared && is_same_strv (self->roles, around->roles) &&
         is_same_strv (self->folders, around->folders) &&
         g_strcmp0 (self->policy, around->policy) == 0 &&
         g_strcmp0 (self->software, around->software) == 0;
}

/* What a person wants stays wanted. */
static void
set_policy_folders (TlMailbox          *self,
                    const char * const *folders,
                    const char         *policy)
{
  g_auto(GStrv) wanted = tl_folder_wishes_list_wanted (self->wishes);

  if (is_same_strv (self->folders, folders) && g_strcmp0 (self->policy, policy) == 0)
    return;

  g_strfreev (self->folders);
  self->folders = g_strdupv ((char **) folders);
  g_free (self->policy);
  self->policy = g_strdup (policy);
  tl_folder_wishes_lay_out (self->wishes, folders, policy);
  for (gsize i = 0; wanted[i] != NULL; i++)
    tl_folder_wishes_want (self->wishes, wanted[i], self->report);
}

/**
 * tl_mailbox_set_around:
 * @self: a mailbox
 * @around: what else counts, now
 *
 * Judges the mailbox again if that changed; nothing is asked for it.
 */
void
tl_mailbox_set_around (TlMailbox             *self,
                       const TlMailboxAround *around)
{
  TlProvider *old = self->provider;

  g_return_if_fail (TL_IS_MAILBOX (self));

  if (is_around (self, around))
    return;

  self->provider = around->provider == NULL ? NULL : tl_provider_ref (around->provider);
  g_clear_pointer (&old, tl_provider_unref);
  g_free (self->software);
  self->software = g_strdup (around->software);
  self->filing = around->filing;
  self->is_shared = around->is_shared;
  if (!is_same_strv (self->roles, around->roles))
    {
      g_strfreev (self->roles);
      self->roles = g_strdupv ((char **) around->roles);
    }
  set_policy_folders (self, around->folders, around->policy);
  refresh (self);
}

/**
 * tl_mailbox_set_facts:
 * @self: a mailbox
 * @facts: (nullable): what a look around it showed, or %NULL when there was none that still counts
 */
void
tl_mailbox_set_facts (TlMailbox      *self,
                      TlMailboxFacts *facts)
{
  TlMailboxFacts *old = self->facts;

  g_return_if_fail (TL_IS_MAILBOX (self));

  if (old == facts)
    return;
  self->facts = facts == NULL ? NULL : tl_mailbox_facts_ref (facts);
  g_clear_pointer (&old, tl_mailbox_facts_unref);
  refresh (self);
}

/**
 * tl_mailbox_drop_choices:
 * @self: a mailbox
 *
 * For another server or account: what a person said of folders was about others.
 */
void
tl_mailbox_drop_choices (TlMailbox *self)
{
  g_return_if_fail (TL_IS_MAILBOX (self));

  if (self->choices->len == 0)
    return;
  g_ptr_array_set_size (self->choices, 0);
  refresh (self);
}

/**
 * tl_mailbox_start_over:
 * @self: a mailbox
 *
 * For another address: nothing is known, chosen or wished for.
 */
void
tl_mailbox_start_over (TlMailbox *self)
{
  g_return_if_fail (TL_IS_MAILBOX (self));

  g_ptr_array_set_size (self->choices, 0);
  tl_folder_wishes_lay_out (self->wishes, (const char * const *) self->folders, self->policy);
  tl_mailbox_set_n_tools (self, 0);
  tl_mailbox_set_facts (self, NULL);
}

void
tl_mailbox_set_creating (TlMailbox *self,
                         gboolean   is_creating)
{
  if (self->is_creating == is_creating)
    return;
  self->is_creating = is_creating;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CREATING]);
}

/**
 * tl_mailbox_list_wanted:
 * @self: a mailbox
 *
 * Returns: (transfer full) (array zero-terminated=1): folders that are to be made
 */
char **
tl_mailbox_list_wanted (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return tl_folder_wishes_list_wanted (self->wishes);
}

TlMailboxReport *
tl_mailbox_get_report (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return self->report;
}

GListModel *
tl_mailbox_get_roles (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return G_LIST_MODEL (self->rows);
}

GListModel *
tl_mailbox_get_wishes (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return G_LIST_MODEL (self->wishes);
}

GListModel *
tl_mailbox_get_room (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return G_LIST_MODEL (self->room);
}

GListModel *
tl_mailbox_get_rights (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return G_LIST_MODEL (self->rights);
}

GListModel *
tl_mailbox_get_connections (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return G_LIST_MODEL (self->connections);
}

GListModel *
tl_mailbox_get_findings (TlMailbox *self)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), NULL);

  return G_LIST_MODEL (self->findings);
}

static gboolean
has_role (const char *role)
{
  for (guint i = 0; i < TL_N_ROLES; i++)
    {
      if (g_strcmp0 (tl_roles[i].role, role) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_mailbox_choose:
 * @self: a mailbox that was looked around
 * @role: a role of the list
 * @folder: (nullable): the folder that has it, or %NULL for none
 * @error: return location for a #GError
 *
 * A person says which folder has a role. It holds over what the server says, until the address, the
 * server or the account changes.
 *
 * Returns: whether there are such a role and such a folder; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_mailbox_choose (TlMailbox   *self,
                   const char  *role,
                   const char  *folder,
                   GError     **error)
{
  const TlMailboxFolder *known;
  Choice *choice;

  g_return_val_if_fail (TL_IS_MAILBOX (self), FALSE);

  if (!has_role (role))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "role: no folder can have such a one");
      return FALSE;
    }
  known = self->report == NULL || folder == NULL ? NULL
                                                 : tl_mailbox_report_find (self->report, folder);
  if (self->report == NULL || (folder != NULL && (known == NULL || !known->is_selectable)))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "folder: the mailbox has none of that name that holds messages");
      return FALSE;
    }

  for (guint i = self->choices->len; i > 0; i--)
    {
      if (g_str_equal (((Choice *) self->choices->pdata[i - 1])->role, role))
        g_ptr_array_remove_index (self->choices, i - 1);
    }
  choice = g_new0 (Choice, 1);
  choice->role = g_strdup (role);
  choice->folder = g_strdup (folder);
  g_ptr_array_add (self->choices, choice);
  refresh (self);

  return TRUE;
}

/**
 * tl_mailbox_wish:
 * @self: a mailbox
 * @name: of a folder, UTF-8, parts told apart by `/`
 * @error: return location for a #GError
 *
 * Wants a folder to be made when folders are; one that is there already is left alone.
 *
 * Returns: whether it can have that name; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_mailbox_wish (TlMailbox   *self,
                 const char  *name,
                 GError     **error)
{
  g_return_val_if_fail (TL_IS_MAILBOX (self), FALSE);

  if (!tl_survey_check_name (name, error))
    return FALSE;
  if (self->n_wanted >= TL_SURVEY_MAX_CREATED)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "name: more than %d folders at once",
                   TL_SURVEY_MAX_CREATED);
      return FALSE;
    }

  tl_folder_wishes_want (self->wishes, name, self->report);

  return TRUE;
}

void
tl_mailbox_set_n_tools (TlMailbox *self,
                        guint      n_tools)
{
  g_return_if_fail (TL_IS_MAILBOX (self));

  n_tools = MIN (n_tools, TL_MAILBOX_REPORT_MAX_TOOLS);
  if (self->n_tools == n_tools)
    return;
  self->n_tools = n_tools;
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TOOLS]);
}
