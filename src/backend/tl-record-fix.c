/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-health-private.h"

#include <string.h>

#include "tl-receivers.h"

/* A character-string holds as many bytes (RFC 1035 §3.3). */
#define MAX_STRING 255

struct _TlRecordFix
{
  GObject   parent_instance;

  /* Owned */
  char     *id;
  char     *name;
  char     *kind;
  char     *value;
  char     *zone_line;
  char    **rules;
};

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_KIND,
  PROP_VALUE,
  PROP_ZONE_LINE,
  PROP_RULES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlRecordFix, tl_record_fix, G_TYPE_OBJECT)

static void
tl_record_fix_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlRecordFix *self = TL_RECORD_FIX (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_ZONE_LINE:
      g_value_set_string (value, self->zone_line);
      break;
    case PROP_RULES:
      g_value_set_boxed (value, self->rules);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_record_fix_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlRecordFix *self = TL_RECORD_FIX (object);

  switch (prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      break;
    case PROP_KIND:
      self->kind = g_value_dup_string (value);
      break;
    case PROP_VALUE:
      self->value = g_value_dup_string (value);
      break;
    case PROP_ZONE_LINE:
      self->zone_line = g_value_dup_string (value);
      break;
    case PROP_RULES:
      self->rules = g_value_dup_boxed (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_record_fix_finalize (GObject *object)
{
  TlRecordFix *self = TL_RECORD_FIX (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->value);
  g_free (self->zone_line);
  g_strfreev (self->rules);

  G_OBJECT_CLASS (tl_record_fix_parent_class)->finalize (object);
}

static void
tl_record_fix_class_init (TlRecordFixClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS |
                            G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_record_fix_get_property;
  object_class->set_property = tl_record_fix_set_property;
  object_class->finalize = tl_record_fix_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_ZONE_LINE] = g_param_spec_string ("zone-line", NULL, NULL, NULL, flags);
  properties[PROP_RULES] = g_param_spec_boxed ("rules", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_record_fix_init (TlRecordFix *self)
{
}

/* One byte of a domain name in a zone file (RFC 1035 §5.1): what is no letter, digit or one of the
 * marks that names have stands as its number. */
static void
append_name (GString    *line,
             const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c) || strchr ("-_.*", *c) != NULL)
        g_string_append_c (line, *c);
      else
        g_string_append_printf (line, "\\%03u", (guchar) *c);
    }
  if (!g_str_has_suffix (name, "."))
    g_string_append_c (line, '.');
}

/* TXT-DATA, RFC 1035 §3.3.14, in the spelling of §5.1:
 *
 *   <character-string> is a contiguous set of characters without interior spaces, or a string
 *   beginning with a " and ending with a "; \X is X itself, \DDD the octet of that number.
 */
static gboolean
append_text (GString    *line,
             const char *text)
{
  gsize n = 0;

  g_string_append_c (line, '"');
  for (const char *c = text; *c != '\0'; c++, n++)
    {
      if (n == MAX_STRING)
        {
          g_string_append (line, "\" \"");
          n = 0;
        }
      if (*c == '"' || *c == '\\')
        g_string_append_printf (line, "\\%c", *c);
      else if (g_ascii_isprint (*c))
        g_string_append_c (line, *c);
      else
        g_string_append_printf (line, "\\%03u", (guchar) *c);
    }
  g_string_append_c (line, '"');

  return TRUE;
}

/* In a zone file a name without a dot at its end would have the zone's own put behind it. */
static gboolean
append_target (GString    *line,
               const char *value)
{
  append_name (line, value);

  return *value != '\0';
}

/* PREFERENCE EXCHANGE, RFC 1035 §3.3.9 */
static gboolean
append_exchange (GString    *line,
                 const char *value)
{
  gsize n = strspn (value, G_CSET_DIGITS);

  if (n == 0 || n > 5 || value[n] != ' ')
    return FALSE;
  g_string_append_len (line, value, n + 1);

  return append_target (line, value + n + 1);
}

/* Three numbers and hexadecimal digits, RFC 6698 §2.2 */
static gboolean
append_tlsa (GString    *line,
             const char *value)
{
  g_string_append (line, value);

  return *value != '\0' && value[strspn (value, G_CSET_DIGITS "abcdefABCDEF ")] == '\0';
}

/* What records can be of: a bundle says it, and a line that is pasted into a zone file has to be
 * one record. */
static const struct
{
  const char  *kind;
  gboolean   (*append) (GString *line, const char *value);
} kinds[] = {
  { "TXT",   append_text },
  { "CNAME", append_target },
  { "MX",    append_exchange },
  { "TLSA",  append_tlsa },
};

/**
 * tl_record_fix_dup_line:
 * @name: where to publish it
 * @kind: its type
 * @value: what it says
 *
 * Returns: (transfer full) (nullable): the line of a zone file (RFC 1035 §5.1); %NULL for a type
 *   that mends nothing here, and for a value that is none of its type
 */
char *
tl_record_fix_dup_line (const char *name,
                        const char *kind,
                        const char *value)
{
  GString *line = g_string_new (NULL);
  gboolean is_line = FALSE;

  append_name (line, name);
  g_string_append_printf (line, " IN %s ", kind);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kind, kinds[i].kind))
        is_line = kinds[i].append (line, value);
    }

  return g_string_free (line, !is_line);
}

/* Whose rule is broken, a sentence each. */
static char **
list_rules (GVariant *evidence)
{
  g_autoptr(GStrvBuilder) rules = g_strv_builder_new ();
  g_autofree const char **ids = NULL;

  g_variant_lookup (evidence, TL_EVIDENCE_RECEIVERS, "^a&s", &ids);
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *text = tl_receivers_dup_rule_text (ids[i]);

      if (text != NULL)
        g_strv_builder_add (rules, text);
    }

  return g_strv_builder_end (rules);
}

/**
 * tl_record_fix_new:
 * @finding: what is wrong
 *
 * Returns: (transfer full) (nullable): the record that mends it, or %NULL where none does
 */
TlRecordFix *
tl_record_fix_new (TlFinding *finding)
{
  GVariant *evidence = tl_finding_get_evidence (finding);
  const char *name = NULL;
  const char *kind = NULL;
  const char *value = NULL;
  g_auto(GStrv) rules = NULL;
  g_autofree char *line = NULL;

  if (evidence == NULL ||
      !g_variant_lookup (evidence, TL_EVIDENCE_RECORD, "&s", &value) ||
      !g_variant_lookup (evidence, TL_EVIDENCE_RECORD_NAME, "&s", &name) ||
      !g_variant_lookup (evidence, TL_EVIDENCE_RECORD_TYPE, "&s", &kind))
    return NULL;

  line = tl_record_fix_dup_line (name, kind, value);
  if (line == NULL)
    return NULL;
  rules = list_rules (evidence);

  return g_object_new (TL_TYPE_RECORD_FIX, "id", tl_finding_get_id (finding), "name", name,
                       "kind", kind, "value", value, "zone-line", line, "rules", rules, NULL);
}

const char *
tl_record_fix_get_id (TlRecordFix *self)
{
  g_return_val_if_fail (TL_IS_RECORD_FIX (self), NULL);

  return self->id;
}

const char *
tl_record_fix_get_name (TlRecordFix *self)
{
  g_return_val_if_fail (TL_IS_RECORD_FIX (self), NULL);

  return self->name;
}

const char *
tl_record_fix_get_kind (TlRecordFix *self)
{
  g_return_val_if_fail (TL_IS_RECORD_FIX (self), NULL);

  return self->kind;
}

const char *
tl_record_fix_get_value (TlRecordFix *self)
{
  g_return_val_if_fail (TL_IS_RECORD_FIX (self), NULL);

  return self->value;
}

const char *
tl_record_fix_get_zone_line (TlRecordFix *self)
{
  g_return_val_if_fail (TL_IS_RECORD_FIX (self), NULL);

  return self->zone_line;
}

const char * const *
tl_record_fix_get_rules (TlRecordFix *self)
{
  g_return_val_if_fail (TL_IS_RECORD_FIX (self), NULL);

  return (const char * const *) self->rules;
}
