/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-condition.h"

#include <string.h>

#include "tl-error.h"
#include "tl-host-pattern.h"
#include "tl-text.h"

typedef enum
{
  KIND_OR,
  KIND_AND,
  KIND_NOT,
  KIND_SET,
  KIND_EQUAL,
  KIND_UNEQUAL,
  KIND_IN,
  KIND_LIKE,
  KIND_CONTAINS,
} Kind;

typedef struct
{
  gboolean      is_name;
  TlTargetName  name;
  TlTargetType  type;
  char         *text;   /* owned; of a literal */
  gint64        number; /* of a literal; true is 1 */
} Operand;

typedef struct
{
  Kind          kind;
  GPtrArray    *children; /* of Node; or, and, not */
  TlTargetName  name;
  GArray       *operands; /* of Operand; the tests */
} Node;

struct _TlTargetCondition
{
  Node    *root;
  guint64  names;
};

typedef struct
{
  const char *start;
  const char *at;
  guint       n_levels;
  guint64     names;
  GError    **error;
} Parser;

static const char * const keywords[] = {
  "and", "contains", "false", "in", "like", "not", "or", "true", NULL
};

static Node *parse_or (Parser *parser);

static void
node_free (Node *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->operands, g_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Node, node_free)

static void
operand_clear (gpointer data)
{
  Operand *operand = data;

  g_clear_pointer (&operand->text, g_free);
}

static Node *
node_new (Kind kind)
{
  Node *self = g_new0 (Node, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->operands = g_array_new (FALSE, TRUE, sizeof (Operand));
  g_array_set_clear_func (self->operands, operand_clear);

  return self;
}

static gboolean
refuse (Parser     *parser,
        const char *why)
{
  if (*parser->error == NULL)
    g_set_error (parser->error, TL_ERROR, TL_ERROR_INVALID_INPUT, "at byte %u of the condition: %s",
                 (guint) (parser->at - parser->start), why);

  return FALSE;
}

static void
skip_blanks (Parser *parser)
{
  parser->at += strspn (parser->at, " ");
}

/* word = 1*( %x61-7A / "_" / "." ) */
static gsize
measure_word (Parser *parser)
{
  skip_blanks (parser);

  return strspn (parser->at, "abcdefghijklmnopqrstuvwxyz_.");
}

static gboolean
take_word (Parser     *parser,
           const char *word)
{
  gsize len = measure_word (parser);

  if (len != strlen (word) || strncmp (parser->at, word, len) != 0)
    return FALSE;

  parser->at += len;

  return TRUE;
}

static gboolean
take_sign (Parser     *parser,
           const char *sign)
{
  skip_blanks (parser);
  if (!g_str_has_prefix (parser->at, sign))
    return FALSE;

  parser->at += strlen (sign);

  return TRUE;
}

static gboolean
take_name (Parser       *parser,
           TlTargetName *out_name)
{
  gsize len = measure_word (parser);
  g_autofree char *word = g_strndup (parser->at, len);

  if (g_strv_contains (keywords, word) || !tl_target_name_find (word, len, out_name))
    return refuse (parser, "there should be a name");

  parser->at += len;
  parser->names |= TL_TARGET_NAME_BIT (*out_name);

  return TRUE;
}

/* literal = "'" *( any character but "'" ) "'" / 1*9DIGIT / "true" / "false" */
static gboolean
take_literal (Parser  *parser,
              Operand *out)
{
  gsize len;

  skip_blanks (parser);
  len = strspn (parser->at, "0123456789");
  if (*parser->at == '\'')
    {
      const char *end = strchr (parser->at + 1, '\'');

      if (end == NULL)
        return refuse (parser, "a text that does not end");
      out->type = TL_TARGET_TYPE_TEXT;
      out->text = g_strndup (parser->at + 1, (gsize) (end - parser->at - 1));
      parser->at = end + 1;
    }
  else if (len > 0 && len <= 9)
    {
      out->type = TL_TARGET_TYPE_NUMBER;
      out->number = g_ascii_strtoll (parser->at, NULL, 10);
      parser->at += len;
    }
  else if (take_word (parser, "true"))
    {
      out->type = TL_TARGET_TYPE_BOOL;
      out->number = 1;
    }
  else if (take_word (parser, "false"))
    {
      out->type = TL_TARGET_TYPE_BOOL;
    }
  else
    {
      return refuse (parser, "there should be a literal");
    }

  return TRUE;
}

/* operand = literal / name */
static gboolean
take_operand (Parser  *parser,
              Operand *out)
{
  gsize len = measure_word (parser);

  if (len == 0 || (len == 4 && strncmp (parser->at, "true", 4) == 0) ||
      (len == 5 && strncmp (parser->at, "false", 5) == 0))
    return take_literal (parser, out);

  out->is_name = TRUE;
  if (!take_name (parser, &out->name))
    return FALSE;
  out->type = tl_target_name_get_type (out->name);

  return TRUE;
}

static gboolean
add_operand (Parser  *parser,
             Node    *node,
             gboolean may_be_name)
{
  Operand operand = { .is_name = FALSE };
  gboolean is_read = may_be_name ? take_operand (parser, &operand)
                                 : take_literal (parser, &operand);

  if (is_read)
    g_array_append_val (node->operands, operand);
  if (is_read && operand.type != tl_target_name_get_type (node->name))
    return refuse (parser, "two things are compared that are not of one type");

  return is_read;
}

/* "(" literal *( "," literal ) ")" */
static gboolean
take_list (Parser *parser,
           Node   *node)
{
  if (!take_sign (parser, "("))
    return refuse (parser, "there should be a list in parentheses");

  do
    {
      if (!add_operand (parser, node, FALSE))
        return FALSE;
    }
  while (take_sign (parser, ","));

  return take_sign (parser, ")") ? TRUE : refuse (parser, "a list that does not end");
}

/* What tl_host_pattern_match() takes, roughly: its alphabet. */
static gboolean
take_pattern (Parser *parser,
              Node   *node)
{
  const Operand *operand;

  if (!add_operand (parser, node, FALSE))
    return FALSE;

  operand = &g_array_index (node->operands, Operand, 0);
  if (operand->type != TL_TARGET_TYPE_TEXT || operand->text[0] == '\0' ||
      strspn (operand->text, "abcdefghijklmnopqrstuvwxyz0123456789.-*") != strlen (operand->text))
    return refuse (parser, "that is not a host pattern");

  return TRUE;
}

static gboolean
take_part (Parser *parser,
           Node   *node)
{
  const Operand *operand;

  if (!add_operand (parser, node, FALSE))
    return FALSE;

  operand = &g_array_index (node->operands, Operand, 0);
  if (operand->type != TL_TARGET_TYPE_TEXT || operand->text[0] == '\0')
    return refuse (parser, "that is no part of a text");

  return TRUE;
}

/* test = name [ "=" operand / "!=" operand / "in" list / "like" literal / "contains" literal ] */
static Node *
parse_test (Parser *parser)
{
  g_autoptr(Node) node = node_new (KIND_SET);
  gboolean is_secret;

  if (!take_name (parser, &node->name))
    return NULL;

  is_secret = tl_target_name_get_type (node->name) == TL_TARGET_TYPE_SECRET;
  if (take_sign (parser, "!="))
    node->kind = KIND_UNEQUAL;
  else if (take_sign (parser, "="))
    node->kind = KIND_EQUAL;
  else if (take_word (parser, "in"))
    node->kind = KIND_IN;
  else if (take_word (parser, "like"))
    node->kind = KIND_LIKE;
  else if (take_word (parser, "contains"))
    node->kind = KIND_CONTAINS;
  else
    return g_steal_pointer (&node);

  if (is_secret)
    {
      refuse (parser, "a password is compared with nothing");
      return NULL;
    }
  if (node->kind == KIND_IN ? !take_list (parser, node)
      : node->kind == KIND_LIKE ? !take_pattern (parser, node)
      : node->kind == KIND_CONTAINS ? !take_part (parser, node)
                                : !add_operand (parser, node, TRUE))
    return NULL;

  return g_steal_pointer (&node);
}

/* term = [ "not" ] ( "(" or-list ")" / test ) */
static Node *
parse_term (Parser *parser)
{
  gboolean is_negated = take_word (parser, "not");
  g_autoptr(Node) node = NULL;
  Node *negation;

  if (!take_sign (parser, "("))
    {
      node = parse_test (parser);
    }
  else if (parser->n_levels == TL_TARGET_CONDITION_MAX_LEVELS)
    {
      refuse (parser, "too many levels");
    }
  else
    {
      parser->n_levels++;
      node = parse_or (parser);
      parser->n_levels--;
      if (node != NULL && !take_sign (parser, ")"))
        {
          refuse (parser, "a parenthesis that is not closed");
          return NULL;
        }
    }
  if (node == NULL || !is_negated)
    return g_steal_pointer (&node);

  negation = node_new (KIND_NOT);
  g_ptr_array_add (negation->children, g_steal_pointer (&node));

  return negation;
}

static Node *
parse_list (Parser      *parser,
            Kind         kind,
            const char  *word,
            Node       *(*parse_part) (Parser *))
{
  g_autoptr(Node) node = node_new (kind);

  do
    {
      Node *part = parse_part (parser);

      if (part == NULL)
        return NULL;
      g_ptr_array_add (node->children, part);
    }
  while (take_word (parser, word));

  return g_steal_pointer (&node);
}

/* and-list = term *( "and" term ) */
static Node *
parse_and (Parser *parser)
{
  return parse_list (parser, KIND_AND, "and", parse_term);
}

/* or-list = and-list *( "or" and-list ) */
static Node *
parse_or (Parser *parser)
{
  return parse_list (parser, KIND_OR, "or", parse_and);
}

/**
 * tl_target_condition_parse:
 * @text: a condition, README.md has its grammar
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the condition, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTargetCondition *
tl_target_condition_parse (const char  *text,
                           GError     **error)
{
  g_autoptr(GError) wrong = NULL;
  Parser parser = { .start = text, .at = text, .error = &wrong };
  g_autoptr(Node) root = NULL;
  TlTargetCondition *self;

  if (strlen (text) > TL_TARGET_CONDITION_MAX_BYTES || !tl_text_is_clean (text))
    refuse (&parser, "it is too long, or not one line of plain text");
  else
    root = parse_or (&parser);

  skip_blanks (&parser);
  if (root != NULL && *parser.at != '\0')
    refuse (&parser, "there should be its end, “and” or “or”");
  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return NULL;
    }

  self = g_new0 (TlTargetCondition, 1);
  self->root = g_steal_pointer (&root);
  self->names = parser.names;

  return self;
}

void
tl_target_condition_free (TlTargetCondition *self)
{
  g_clear_pointer (&self->root, node_free);
  g_free (self);
}

/**
 * tl_target_condition_get_names:
 * @self: a condition
 *
 * Returns: the set of names in it, of `TL_TARGET_NAME_BIT`
 */
guint64
tl_target_condition_get_names (const TlTargetCondition *self)
{
  return self->names;
}

static gboolean
equals (TlTargetName          name,
        const Operand        *operand,
        const TlTargetValues *values)
{
  const char *left, *right;
  gsize len;

  if (operand->type != TL_TARGET_TYPE_TEXT)
    return tl_target_values_get_number (values, name) ==
           (operand->is_name ? tl_target_values_get_number (values, operand->name)
                             : operand->number);

  left = tl_target_values_peek (values, name, &len);
  right = operand->is_name ? tl_target_values_peek (values, operand->name, &len) : operand->text;

  return g_str_equal (left, right);
}

static gboolean
is_among (const Node           *node,
          const TlTargetValues *values)
{
  for (guint i = 0; i < node->operands->len; i++)
    {
      if (equals (node->name, &g_array_index (node->operands, Operand, i), values))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_like (const Node           *node,
         const TlTargetValues *values)
{
  gsize len;
  g_autofree char *folded = tl_host_pattern_fold (tl_target_values_peek (values, node->name, &len));

  return tl_host_pattern_match (g_array_index (node->operands, Operand, 0).text, folded) > 0;
}

static gboolean
has_part (const Node           *node,
          const TlTargetValues *values)
{
  gsize len;

  return strstr (tl_target_values_peek (values, node->name, &len),
                 g_array_index (node->operands, Operand, 0).text) != NULL;
}

static gboolean
node_test (const Node           *node,
           const TlTargetValues *values)
{
  /* An or-list is true as soon as one part is, an and-list false as soon as one is not. */
  for (guint i = 0; i < node->children->len && node->kind <= KIND_AND; i++)
    {
      if (node_test (g_ptr_array_index (node->children, i), values) == (node->kind == KIND_OR))
        return node->kind == KIND_OR;
    }

  switch (node->kind)
    {
    case KIND_OR:
      return FALSE;
    case KIND_AND:
      return TRUE;
    case KIND_NOT:
      return !node_test (g_ptr_array_index (node->children, 0), values);
    case KIND_SET:
      return tl_target_values_has (values, node->name);
    case KIND_LIKE:
      return is_like (node, values);
    case KIND_CONTAINS:
      return has_part (node, values);
    case KIND_EQUAL:
    case KIND_IN:
      return is_among (node, values);
    case KIND_UNEQUAL:
      return !is_among (node, values);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * tl_target_condition_test:
 * @self: a condition
 * @values: a mailbox
 *
 * Returns: whether it is true of the mailbox
 */
gboolean
tl_target_condition_test (const TlTargetCondition *self,
                          const TlTargetValues    *values)
{
  return node_test (self->root, values);
}
