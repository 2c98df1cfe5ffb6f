/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-private.h"

struct _TlFolderWish
{
  GObject    parent_instance;

  /* Owned */
  char      *name;
  char      *purpose;
  char      *policy;
  TlFinding *finding;

  gboolean   exists;
  gboolean   is_wanted;
};

enum
{
  PROP_NAME = 1,
  PROP_PURPOSE,
  PROP_EXISTS,
  PROP_WANTED,
  PROP_FROM_POLICY,
  PROP_FINDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFolderWish, tl_folder_wish, G_TYPE_OBJECT)

static void
tl_folder_wish_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlFolderWish *self = TL_FOLDER_WISH (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_PURPOSE:
      g_value_set_string (value, self->purpose);
      break;
    case PROP_EXISTS:
      g_value_set_boolean (value, self->exists);
      break;
    case PROP_WANTED:
      g_value_set_boolean (value, self->is_wanted);
      break;
    case PROP_FROM_POLICY:
      g_value_set_string (value, self->policy);
      break;
    case PROP_FINDING:
      g_value_set_object (value, self->finding);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What is there already cannot be made. */
static void
set_wanted (TlFolderWish *self,
            gboolean      is_wanted)
{
  is_wanted = is_wanted && !self->exists;
  if (self->is_wanted == is_wanted)
    return;
  self->is_wanted = is_wanted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WANTED]);
}

static void
tl_folder_wish_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlFolderWish *self = TL_FOLDER_WISH (object);

  switch (prop_id)
    {
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      break;
    case PROP_PURPOSE:
      self->purpose = g_value_dup_string (value);
      break;
    case PROP_FROM_POLICY:
      self->policy = g_value_dup_string (value);
      break;
    case PROP_WANTED:
      set_wanted (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_folder_wish_finalize (GObject *object)
{
  TlFolderWish *self = TL_FOLDER_WISH (object);

  g_free (self->name);
  g_free (self->purpose);
  g_free (self->policy);
  g_clear_object (&self->finding);

  G_OBJECT_CLASS (tl_folder_wish_parent_class)->finalize (object);
}

static void
tl_folder_wish_class_init (TlFolderWishClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags once = ro | G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY;

  object_class->get_property = tl_folder_wish_get_property;
  object_class->set_property = tl_folder_wish_set_property;
  object_class->finalize = tl_folder_wish_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, once);
  properties[PROP_PURPOSE] = g_param_spec_string ("purpose", NULL, NULL, NULL, once);
  properties[PROP_EXISTS] = g_param_spec_boolean ("exists", NULL, NULL, FALSE, ro);
  properties[PROP_WANTED] =
    g_param_spec_boolean ("wanted", NULL, NULL, FALSE, ro | G_PARAM_WRITABLE);
  properties[PROP_FROM_POLICY] = g_param_spec_string ("from-policy", NULL, NULL, NULL, once);
  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_folder_wish_init (TlFolderWish *self)
{
}

/**
 * tl_folder_wish_new:
 * @name: of the folder, parts told apart by `/`
 * @purpose: (nullable): what it is for
 * @policy: (nullable): whose policy asks for it
 *
 * Returns: (transfer full): a folder that could be made; nobody wants it yet
 */
TlFolderWish *
tl_folder_wish_new (const char *name,
                    const char *purpose,
                    const char *policy)
{
  return g_object_new (TL_TYPE_FOLDER_WISH, "name", name, "purpose", purpose,
                       "from-policy", policy, NULL);
}

/**
 * tl_folder_wish_show:
 * @self: a wish
 * @exists: the mailbox has such a folder
 * @finding: (nullable): why it could not be made
 */
void
tl_folder_wish_show (TlFolderWish *self,
                     gboolean      exists,
                     TlFinding    *finding)
{
  if (self->exists != exists)
    {
      self->exists = exists;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXISTS]);
    }
  set_wanted (self, self->is_wanted);
  if (g_set_object (&self->finding, finding))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
}

const char *
tl_folder_wish_get_name (TlFolderWish *self)
{
  g_return_val_if_fail (TL_IS_FOLDER_WISH (self), NULL);

  return self->name;
}

gboolean
tl_folder_wish_is_there (TlFolderWish *self)
{
  g_return_val_if_fail (TL_IS_FOLDER_WISH (self), FALSE);

  return self->exists;
}

gboolean
tl_folder_wish_is_wanted (TlFolderWish *self)
{
  g_return_val_if_fail (TL_IS_FOLDER_WISH (self), FALSE);

  return self->is_wanted;
}
