/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-private.h"

#include "tl-json-tree.h"

typedef enum
{
  KIND_LITERAL,   /* a number, true, false or null */
  KIND_STRING,
  KIND_NUMBER,
  KIND_BOOL,
  KIND_IF,
  KIND_MAILBOXES,
  KIND_ARRAY,
  KIND_OBJECT,
} Kind;

struct _TlTargetTree
{
  Kind               kind;

  /* Owned */
  char              *literal;
  TlTargetTemplate  *template;
  TlTargetCondition *condition;
  GPtrArray         *children; /* of TlTargetTree; if: then, and else where there is one */
  char             **names;    /* of an object's members */
};

static TlTargetTree *
tree_new (Kind kind)
{
  TlTargetTree *self = g_new0 (TlTargetTree, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_tree_free);

  return self;
}

void
tl_target_tree_free (TlTargetTree *self)
{
  g_clear_pointer (&self->literal, g_free);
  g_clear_pointer (&self->template, tl_target_template_free);
  g_clear_pointer (&self->condition, tl_target_condition_free);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_strfreev);
  g_free (self);
}

static gboolean
add_child (TlTargetTree   *self,
           TlJson         *json,
           const char     *at,
           const char     *token,
           TlTargetScope  *scope,
           GError        **error)
{
  g_autofree char *below = g_strconcat (at, "/", token, NULL);
  TlTargetTree *child = tl_target_tree_read (json, below, scope, error);

  if (child != NULL)
    g_ptr_array_add (self->children, child);

  return child != NULL;
}

/* A member whose name begins with a dollar says what the object stands for. */
static const char *
get_text (TlJson      *json,
          const char  *member,
          TlJson     **out_value)
{
  g_clear_pointer (out_value, tl_json_unref);
  *out_value = tl_json_dup_member (json, member);

  return *out_value != NULL ? tl_json_get_string (*out_value) : NULL;
}

/* {"$number": template} */
static TlTargetTree *
read_number (TlJson         *json,
             const char     *at,
             TlTargetScope  *scope,
             GError        **error)
{
  g_autoptr(TlTargetTree) self = tree_new (KIND_NUMBER);
  g_autoptr(TlJson) value = NULL;
  const char *text = get_text (json, "$number", &value);

  if (text != NULL)
    self->template = tl_target_read_template (text, at, scope, error);
  else
    tl_target_refuse_at (error, at, "“$number” is not a template");
  if (self->template == NULL)
    return NULL;
  if (!tl_target_template_is_number (self->template))
    {
      tl_target_refuse_at (error, at, "“$number” is not one number");
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
read_question (TlTargetTree   *self,
               TlJson         *json,
               const char     *member,
               const char     *at,
               TlTargetScope  *scope,
               GError        **error)
{
  g_autoptr(TlJson) value = NULL;
  const char *text = get_text (json, member, &value);

  if (text == NULL)
    return tl_target_refuse_at (error, at, "there should be a condition");
  self->condition = tl_target_read_condition (text, at, scope, error);

  return self->condition != NULL;
}

/* {"$bool": condition} */
static TlTargetTree *
read_bool (TlJson         *json,
           const char     *at,
           TlTargetScope  *scope,
           GError        **error)
{
  g_autoptr(TlTargetTree) self = tree_new (KIND_BOOL);

  return read_question (self, json, "$bool", at, scope, error) ? g_steal_pointer (&self) : NULL;
}

/* {"$if": condition, "$then": tree, "$else"?: tree} */
static TlTargetTree *
read_if (TlJson         *json,
         const char     *at,
         TlTargetScope  *scope,
         GError        **error)
{
  g_autoptr(TlTargetTree) self = tree_new (KIND_IF);
  g_autoptr(TlJson) then = tl_json_dup_member (json, "$then");
  g_autoptr(TlJson) otherwise = tl_json_dup_member (json, "$else");

  if (!read_question (self, json, "$if", at, scope, error))
    return NULL;
  if (then == NULL)
    {
      tl_target_refuse_at (error, at, "there should be a “$then”");
      return NULL;
    }
  if (!add_child (self, then, at, "$then", scope, error) ||
      (otherwise != NULL && !add_child (self, otherwise, at, "$else", scope, error)))
    return NULL;

  return g_steal_pointer (&self);
}

/* {"$mailboxes": tree} */
static TlTargetTree *
read_mailboxes (TlJson         *json,
                const char     *at,
                TlTargetScope  *scope,
                GError        **error)
{
  g_autoptr(TlTargetTree) self = tree_new (KIND_MAILBOXES);
  g_autoptr(TlJson) each = tl_json_dup_member (json, "$mailboxes");

  if (scope->is_inside)
    {
      tl_target_refuse_at (error, at, "a list of mailboxes within another");
      return NULL;
    }

  scope->has_list = TRUE;
  scope->is_inside = TRUE;
  if (!add_child (self, each, at, "$mailboxes", scope, error))
    return NULL;
  scope->is_inside = FALSE;

  return g_steal_pointer (&self);
}

static const struct
{
  const char    *member;
  const char    *others[3];
  TlTargetTree *(*read) (TlJson *, const char *, TlTargetScope *, GError **);
} forms[] = {
  { "$number",    { NULL },              read_number },
  { "$bool",      { NULL },              read_bool },
  { "$if",        { "$then", "$else" },  read_if },
  { "$mailboxes", { NULL },              read_mailboxes },
};

static TlTargetTree *
read_form (guint            form,
           char           **names,
           TlJson          *json,
           const char      *at,
           TlTargetScope   *scope,
           GError         **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!g_str_equal (names[i], forms[form].member) &&
          !g_strv_contains (forms[form].others, names[i]))
        {
          tl_target_refuse_at (error, at, "a member beside one that begins with a dollar");
          return NULL;
        }
    }

  return forms[form].read (json, at, scope, error);
}

static TlTargetTree *
read_object (TlJson         *json,
             const char     *at,
             TlTargetScope  *scope,
             GError        **error)
{
  g_autoptr(TlTargetTree) self = tree_new (KIND_OBJECT);

  self->names = tl_json_dup_member_names (json);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (g_strv_contains ((const char * const *) self->names, forms[i].member))
        return read_form (i, self->names, json, at, scope, error);
    }

  for (guint i = 0; self->names[i] != NULL; i++)
    {
      g_autoptr(TlJson) member = tl_json_dup_member (json, self->names[i]);

      if (self->names[i][0] == '$')
        {
          tl_target_refuse_at (error, at, "a member that begins with a dollar and is not known");
          return NULL;
        }
      if (!add_child (self, member, at, self->names[i], scope, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

static TlTargetTree *
read_array (TlJson         *json,
            const char     *at,
            TlTargetScope  *scope,
            GError        **error)
{
  g_autoptr(TlTargetTree) self = tree_new (KIND_ARRAY);
  guint n = tl_json_get_n_entries (json);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlJson) entry = tl_json_dup_entry (json, i);
      g_autofree char *token = g_strdup_printf ("%u", i);

      if (!add_child (self, entry, at, token, scope, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * tl_target_tree_read:
 * @json: the document of a target, or a part of it
 * @at: where it stands, a JSON pointer
 * @scope: gathers what is named
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the document, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTargetTree *
tl_target_tree_read (TlJson         *json,
                     const char     *at,
                     TlTargetScope  *scope,
                     GError        **error)
{
  g_autoptr(TlTargetTree) self = NULL;

  switch (tl_json_get_kind (json))
    {
    case TL_JSON_KIND_OBJECT:
      return read_object (json, at, scope, error);
    case TL_JSON_KIND_ARRAY:
      return read_array (json, at, scope, error);
    case TL_JSON_KIND_STRING:
      self = tree_new (KIND_STRING);
      self->template = tl_target_read_template (tl_json_get_string (json), at, scope, error);
      return self->template != NULL ? g_steal_pointer (&self) : NULL;
    default:
      self = tree_new (KIND_LITERAL);
      self->literal = tl_json_to_canonical (json);
      return g_steal_pointer (&self);
    }
}

/* What an if stands for; NULL: it is left out. */
static const TlTargetTree *
resolve (const TlTargetTree   *self,
         const TlTargetValues *values)
{
  while (self != NULL && self->kind == KIND_IF)
    {
      guint index = tl_target_condition_test (self->condition, values) ? 0 : 1;

      self = index < self->children->len ? g_ptr_array_index (self->children, index) : NULL;
    }

  return self;
}

typedef struct
{
  TlTargetRun *run;
  GString     *out;
  guint        n_written; /* of the list that is being written */
} Writer;

static gboolean write_tree (const TlTargetTree   *self,
                            const TlTargetValues *values,
                            TlTargetRun          *run,
                            GString              *out,
                            guint                 indent);

static void
write_break (GString *out,
             guint    indent)
{
  g_string_append_printf (out, "\n%*s", (int) indent, "");
}

/* One entry of a list, or none. */
static gboolean
write_child (const TlTargetTree   *child,
             const char           *name,
             const TlTargetValues *values,
             Writer               *writer,
             guint                 indent)
{
  child = resolve (child, values);
  if (child == NULL)
    return TRUE;

  if (writer->n_written++ > 0)
    g_string_append_c (writer->out, ',');
  write_break (writer->out, indent);
  if (name != NULL)
    {
      tl_json_write_string (writer->out, name);
      g_string_append (writer->out, ": ");
    }

  return write_tree (child, values, writer->run, writer->out, indent);
}

static gboolean
write_list (const TlTargetTree   *self,
            const TlTargetValues *values,
            TlTargetRun          *run,
            GString              *out,
            guint                 indent)
{
  Writer writer = { run, out, 0 };
  gboolean is_mailboxes = self->kind == KIND_MAILBOXES;
  guint n = is_mailboxes ? run->n_mailboxes : self->children->len;

  g_string_append_c (out, self->kind == KIND_OBJECT ? '{' : '[');
  for (guint i = 0; i < n; i++)
    {
      if (!write_child (g_ptr_array_index (self->children, is_mailboxes ? 0 : i),
                        self->names != NULL ? self->names[i] : NULL,
                        is_mailboxes ? run->mailboxes[i] : values, &writer, indent + 2))
        return FALSE;
    }
  if (writer.n_written > 0)
    write_break (out, indent);
  g_string_append_c (out, self->kind == KIND_OBJECT ? '}' : ']');

  return TRUE;
}

/* A string with a place for a password that was not given is blank as a whole. */
static gboolean
write_string (const TlTargetTree   *self,
              const TlTargetValues *values,
              TlTargetRun          *run,
              GString              *out)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (!tl_target_template_lacks_password (self->template, values) &&
      !tl_target_template_append (self->template, values, TL_TARGET_JSON, text, &run->failed))
    return FALSE;

  if (self->kind == KIND_NUMBER)
    g_string_append (out, text->str);
  else
    tl_json_write_string (out, text->str);

  return TRUE;
}

static gboolean
write_tree (const TlTargetTree   *self,
            const TlTargetValues *values,
            TlTargetRun          *run,
            GString              *out,
            guint                 indent)
{
  switch (self->kind)
    {
    case KIND_LITERAL:
      g_string_append (out, self->literal);
      return TRUE;
    case KIND_BOOL:
      g_string_append (out, tl_target_condition_test (self->condition, values) ? "true" : "false");
      return TRUE;
    case KIND_STRING:
    case KIND_NUMBER:
      return write_string (self, values, run, out);
    default:
      return write_list (self, values, run, out, indent);
    }
}

/**
 * tl_target_tree_write:
 * @self: a document
 * @run: whose turn it is
 * @out: what it is added to
 *
 * Writes it as JSON, indented by two spaces, members in the order of the target's file.
 *
 * Returns: whether every value could be written
 */
gboolean
tl_target_tree_write (const TlTargetTree *self,
                      TlTargetRun        *run,
                      GString            *out)
{
  const TlTargetTree *root = resolve (self, run->mailboxes[0]);

  if (root != NULL && !write_tree (root, run->mailboxes[0], run, out, 0))
    return FALSE;
  g_string_append_c (out, '\n');

  return TRUE;
}
