/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-private.h"

#include <glib/gi18n-lib.h>

#include "tl-folder-role.h"

struct _TlRoleRow
{
  GObject            parent_instance;

  const TlRoleWords *words;

  /* Owned */
  char              *folder;
  char              *by_text;
  char             **names;

  TlRoleBy           by;
  TlStatus           status;
  gboolean           is_wanted;
};

enum
{
  PROP_ROLE = 1,
  PROP_LABEL,
  PROP_PURPOSE,
  PROP_FOLDER,
  PROP_BY,
  PROP_BY_TEXT,
  PROP_NAMES,
  PROP_WANTED,
  PROP_STATUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHOOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlRoleRow, tl_role_row, G_TYPE_OBJECT)

const TlRoleWords tl_roles[TL_N_ROLES] = {
  { "inbox", N_("Where replies arrive.") },
  { "sent", N_("Where a copy of what is sent is kept.") },
  { "drafts", N_("Messages that are not finished.") },
  { "junk", N_("What the provider takes for spam; replies get lost here.") },
  { "trash", N_("What was deleted, until it is emptied.") },
  { "archive", N_("What is done with and kept.") },
  { "all", N_("Every message once, wherever else it is shown.") },
};

/* On whose word; %s is a provider, or the server where none is known. */
static const char * const by_texts[] = {
  [TL_ROLE_BY_NOBODY]   = N_("The server does not say which"),
  /* Translators: %s is a provider's name, or “The server” */
  [TL_ROLE_BY_STANDARD] = N_("%s says so"),
  /* Translators: %s is a provider's name, or “The server” */
  [TL_ROLE_BY_XLIST]    = N_("%s says so, in an older way"),
  [TL_ROLE_BY_NAME]     = N_("Recognised by its name"),
  [TL_ROLE_BY_PERSON]   = N_("You chose it"),
};

static char *
dup_by_text (TlRoleBy    by,
             TlProvider *provider)
{
  const char *format = _(by_texts[by]);
  const char *who = provider == NULL ? _("The server") : tl_provider_get_name (provider);
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strjoinv (who, parts);
}

static void
tl_role_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlRoleRow *self = TL_ROLE_ROW (object);

  switch (prop_id)
    {
    case PROP_ROLE:
      g_value_set_string (value, self->words->role);
      break;
    case PROP_LABEL:
      g_value_set_string (value, tl_folder_role_get_label (self->words->role));
      break;
    case PROP_PURPOSE:
      g_value_set_string (value, _(self->words->purpose));
      break;
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    case PROP_BY:
      g_value_set_enum (value, (int) self->by);
      break;
    case PROP_BY_TEXT:
      g_value_set_string (value, self->by_text);
      break;
    case PROP_NAMES:
      g_value_set_boxed (value, self->names);
      break;
    case PROP_WANTED:
      g_value_set_boolean (value, self->is_wanted);
      break;
    case PROP_STATUS:
      g_value_set_enum (value, (int) self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_role_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlRoleRow *self = TL_ROLE_ROW (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      /* Whoever owns the row decides, and shows what comes of it. */
      if (g_strcmp0 (g_value_get_string (value), self->folder) != 0)
        g_signal_emit (self, signals[SIGNAL_CHOOSE], 0, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_role_row_finalize (GObject *object)
{
  TlRoleRow *self = TL_ROLE_ROW (object);

  g_free (self->folder);
  g_free (self->by_text);
  g_strfreev (self->names);

  G_OBJECT_CLASS (tl_role_row_parent_class)->finalize (object);
}

static void
tl_role_row_class_init (TlRoleRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_role_row_get_property;
  object_class->set_property = tl_role_row_set_property;
  object_class->finalize = tl_role_row_finalize;

  properties[PROP_ROLE] = g_param_spec_string ("role", NULL, NULL, NULL, ro);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, ro);
  properties[PROP_PURPOSE] = g_param_spec_string ("purpose", NULL, NULL, NULL, ro);
  properties[PROP_FOLDER] =
    g_param_spec_string ("folder", NULL, NULL, NULL, ro | G_PARAM_WRITABLE);
  properties[PROP_BY] =
    g_param_spec_enum ("by", NULL, NULL, TL_TYPE_ROLE_BY, TL_ROLE_BY_NOBODY, ro);
  properties[PROP_BY_TEXT] = g_param_spec_string ("by-text", NULL, NULL, NULL, ro);
  properties[PROP_NAMES] = g_param_spec_boxed ("names", NULL, NULL, G_TYPE_STRV, ro);
  properties[PROP_WANTED] = g_param_spec_boolean ("wanted", NULL, NULL, FALSE, ro);
  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, TL_TYPE_STATUS, TL_STATUS_NOT_TESTED, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHOOSE] =
    g_signal_new ("choose", TL_TYPE_ROLE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
tl_role_row_init (TlRoleRow *self)
{
  self->names = g_new0 (char *, 1);
  self->by_text = g_strdup ("");
}

/**
 * tl_role_row_new:
 * @words: one of tl_roles
 *
 * Returns: (transfer full): the row of a role that no folder has
 */
TlRoleRow *
tl_role_row_new (const TlRoleWords *words)
{
  TlRoleRow *self = g_object_new (TL_TYPE_ROLE_ROW, NULL);

  self->words = words;

  return self;
}

/* A role that a folder lacks matters where somebody asks for it, and for the inbox. */
static TlStatus
judge (TlMailboxReport       *report,
       const TlMailboxFolder *folder,
       gboolean               is_wanted)
{
  if (report == NULL)
    return TL_STATUS_NOT_TESTED;
  if (folder != NULL)
    return TL_STATUS_OK;

  return is_wanted ? TL_STATUS_WARNING : TL_STATUS_NOT_NEEDED;
}

static void
show_folder (TlRoleRow  *self,
             const char *name)
{
  if (g_strcmp0 (self->folder, name) == 0)
    return;
  g_free (self->folder);
  self->folder = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
}

static void
show_by (TlRoleRow *self,
         TlRoleBy   by,
         char      *text)
{
  if (self->by != by)
    {
      self->by = by;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY]);
    }
  if (g_strcmp0 (self->by_text, text) != 0)
    {
      g_free (self->by_text);
      self->by_text = g_strdup (text);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY_TEXT]);
    }
}

/**
 * tl_role_row_show:
 * @self: a row
 * @report: (nullable): the mailbox as it was seen, or %NULL when it was not
 * @names: (array zero-terminated=1): folders that it may be
 * @provider: (nullable): whose mailbox it is
 * @is_wanted: a policy asks for the role
 *
 * Shows which folder has the role now.
 */
void
tl_role_row_show (TlRoleRow          *self,
                  TlMailboxReport    *report,
                  const char * const *names,
                  TlProvider         *provider,
                  gboolean            is_wanted)
{
  const TlMailboxFolder *folder =
    report == NULL ? NULL : tl_mailbox_report_find_role (report, self->words->role);
  TlRoleBy by = folder == NULL ? TL_ROLE_BY_NOBODY : folder->by;
  TlStatus status = judge (report, folder, is_wanted);
  g_autofree char *text = report == NULL ? g_strdup ("") : dup_by_text (by, provider);

  /* What can be chosen is there before what is chosen. */
  if (!g_strv_equal ((const char * const *) self->names, names))
    {
      g_strfreev (self->names);
      self->names = g_strdupv ((char **) names);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAMES]);
    }
  show_folder (self, folder == NULL ? NULL : folder->name);
  show_by (self, by, text);
  if (self->is_wanted != is_wanted)
    {
      self->is_wanted = is_wanted;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WANTED]);
    }
  if (self->status != status)
    {
      self->status = status;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
}

const char *
tl_role_row_get_role (TlRoleRow *self)
{
  g_return_val_if_fail (TL_IS_ROLE_ROW (self), NULL);

  return self->words->role;
}

const char *
tl_role_row_get_folder (TlRoleRow *self)
{
  g_return_val_if_fail (TL_IS_ROLE_ROW (self), NULL);

  return self->folder;
}

/**
 * tl_role_row_get_names:
 * @self: a row
 *
 * Returns: (transfer none) (array zero-terminated=1): folders that it may be, in the server's order
 */
const char * const *
tl_role_row_get_names (TlRoleRow *self)
{
  g_return_val_if_fail (TL_IS_ROLE_ROW (self), NULL);

  return (const char * const *) self->names;
}
