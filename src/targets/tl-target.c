/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target.h"

#include <string.h>

#include "tl-data.h"
#include "tl-target-private.h"

G_DEFINE_ENUM_TYPE (TlTargetKind, tl_target_kind,
                    G_DEFINE_ENUM_VALUE (TL_TARGET_FILE, "file"),
                    G_DEFINE_ENUM_VALUE (TL_TARGET_SHEET, "sheet"))

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_PRODUCT,
  PROP_KIND,
  PROP_IS_CONFIRMED,
  PROP_CHECKED_ON,
  PROP_SUMMARY,
  PROP_INCOMING_USE,
  PROP_OUTGOING_USE,
  PROP_TAKES_PASSWORDS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTarget, tl_target, G_TYPE_OBJECT)

static void
tl_target_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TlTarget *self = TL_TARGET (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_PRODUCT:
      g_value_set_string (value, self->product);
      break;
    case PROP_KIND:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_IS_CONFIRMED:
      g_value_set_boolean (value, self->is_confirmed);
      break;
    case PROP_CHECKED_ON:
      g_value_set_string (value, self->checked_on);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_INCOMING_USE:
      g_value_set_string (value, self->uses[TL_LANE_INCOMING]);
      break;
    case PROP_OUTGOING_USE:
      g_value_set_string (value, self->uses[TL_LANE_OUTGOING]);
      break;
    case PROP_TAKES_PASSWORDS:
      g_value_set_boolean (value, self->takes_passwords);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_target_finalize (GObject *object)
{
  TlTarget *self = TL_TARGET (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->product, g_free);
  g_clear_pointer (&self->checked_on, g_free);
  g_clear_pointer (&self->unconfirmed, g_strfreev);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->summary, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->uses); i++)
    g_clear_pointer (&self->uses[i], g_free);
  g_clear_pointer (&self->extension, g_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->required, g_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->tree, tl_target_tree_free);
  g_clear_pointer (&self->lines, tl_target_lines_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_target_parent_class)->finalize (object);
}

static void
tl_target_class_init (TlTargetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_target_get_property;
  object_class->finalize = tl_target_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_PRODUCT] = g_param_spec_string ("product", NULL, NULL, NULL, flags);
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_TARGET_KIND, TL_TARGET_FILE, flags);
  properties[PROP_IS_CONFIRMED] =
    g_param_spec_boolean ("is-confirmed", NULL, NULL, FALSE, flags);
  properties[PROP_CHECKED_ON] = g_param_spec_string ("checked-on", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_INCOMING_USE] = g_param_spec_string ("incoming-use", NULL, NULL, NULL, flags);
  properties[PROP_OUTGOING_USE] = g_param_spec_string ("outgoing-use", NULL, NULL, NULL, flags);
  properties[PROP_TAKES_PASSWORDS] =
    g_param_spec_boolean ("takes-passwords", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_target_init (TlTarget *self)
{
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_rule_unref);
  self->required = g_array_new (FALSE, FALSE, sizeof (TlTargetName));
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_column_free);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_sheet_field_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_template_free);
}

const char *
tl_target_get_id (TlTarget *self)
{
  return self->id;
}

const char *
tl_target_get_name (TlTarget *self)
{
  return self->name;
}

const char *
tl_target_get_product (TlTarget *self)
{
  return self->product;
}

TlTargetKind
tl_target_get_kind (TlTarget *self)
{
  return self->kind;
}

gboolean
tl_target_is_confirmed (TlTarget *self)
{
  return self->is_confirmed;
}

const char *
tl_target_get_checked_on (TlTarget *self)
{
  return self->checked_on;
}

/**
 * tl_target_get_unconfirmed:
 * @self: a target
 *
 * Returns: (transfer none) (array zero-terminated=1): JSON pointers into its file, at what was not
 *   seen at the source; none, never %NULL
 */
const char * const *
tl_target_get_unconfirmed (TlTarget *self)
{
  return (const char * const *) self->unconfirmed;
}

const char *
tl_target_get_summary (TlTarget *self)
{
  return self->summary;
}

/**
 * tl_target_get_use:
 * @self: a target
 * @lane: a lane
 *
 * Returns: (transfer none): what the product does with the lane, translated
 */
const char *
tl_target_get_use (TlTarget   *self,
                   TlLaneKind  lane)
{
  g_return_val_if_fail (lane != TL_LANE_NONE, NULL);

  return self->uses[lane];
}

/**
 * tl_target_get_link:
 * @self: a target
 *
 * Returns: (transfer none) (nullable): the page where the form is described, https
 */
const char *
tl_target_get_link (TlTarget *self)
{
  return self->link;
}

/**
 * tl_target_takes_passwords:
 * @self: a target
 *
 * Returns: whether its file has a place for passwords; a sheet never shows one
 */
gboolean
tl_target_takes_passwords (TlTarget *self)
{
  return self->takes_passwords;
}

/**
 * tl_target_get_daily_limit:
 * @self: a target
 *
 * Returns: the most messages a day that the product lets a mailbox be set to; 0 when none is known
 */
guint
tl_target_get_daily_limit (TlTarget *self)
{
  return self->daily_limit;
}

/**
 * tl_target_get_max_rows:
 * @self: a target
 *
 * Returns: how many mailboxes one file may have, 0 where the product names no cap
 */
guint
tl_target_get_max_rows (TlTarget *self)
{
  return self->max_rows;
}

static TlTarget *
load (const char *file)
{
  g_autofree char *name = g_strconcat ("targets/", file, NULL);
  g_autofree char *wanted = NULL;
  g_autoptr(GBytes) bytes = tl_data_lookup (name);
  g_autoptr(GError) error = NULL;
  TlTarget *target = tl_target_parse (g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), &error);

  if (target == NULL)
    g_error ("%s: %s", name, error->message);
  wanted = g_strconcat (target->id, ".json", NULL);
  if (!g_str_equal (wanted, file))
    g_error ("%s: its id is not its name", name);

  return target;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const TlTarget *left = *(const TlTarget * const *) a;
  const TlTarget *right = *(const TlTarget * const *) b;
  int order = g_ascii_strcasecmp (left->name, right->name);

  return order != 0 ? order : strcmp (left->id, right->id);
}

/**
 * tl_targets_get_all:
 *
 * The table, read from the compiled-in data on first use and kept for good. Any thread.
 *
 * Returns: (transfer none) (element-type TlTarget): the targets, sorted by name
 */
GPtrArray *
tl_targets_get_all (void)
{
  static GPtrArray *all = NULL;

  if (g_once_init_enter (&all))
    {
      g_auto(GStrv) files = tl_data_list ("targets");
      GPtrArray *made = g_ptr_array_new ();

      for (guint i = 0; files[i] != NULL; i++)
        g_ptr_array_add (made, load (files[i]));
      g_ptr_array_sort (made, compare_names);

      g_once_init_leave (&all, made);
    }

  return all;
}

/**
 * tl_targets_find:
 * @id: a target's id
 *
 * Returns: (transfer none) (nullable): that target, or %NULL
 */
TlTarget *
tl_targets_find (const char *id)
{
  GPtrArray *all = tl_targets_get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      TlTarget *target = g_ptr_array_index (all, i);

      if (g_str_equal (target->id, id))
        return target;
    }

  return NULL;
}
