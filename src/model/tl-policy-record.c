/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-record.h"

#include "tl-error.h"
#include "tl-nick.h"
#include "tl-text.h"

/* These bounds are those of data/schema/bundle.schema.json. */
#define MAX_DOCUMENTS   16
#define MAX_RULES       400
#define MAX_NAME_CHARS  400

#define RULE_PATTERN   "^(?=.{1,64}$)[a-z_]+(\\.[a-z_]+)*$"
#define SHA256_PATTERN "^[0-9a-f]{64}$"

struct _TlPolicyRecord
{
  GArray    *documents; /* of TlPolicyDocument, with strings of its own */
  GArray    *rules;     /* of TlPolicyRule, likewise */
  TlVerdict  verdict;
};

G_DEFINE_BOXED_TYPE (TlPolicyRecord, tl_policy_record, tl_policy_record_ref,
                     tl_policy_record_unref)

static void
document_clear (gpointer data)
{
  TlPolicyDocument *document = data;

  g_free ((char *) document->name);
  g_free ((char *) document->origin);
  g_free ((char *) document->sha256);
}

static void
rule_clear (gpointer data)
{
  TlPolicyRule *rule = data;

  g_free ((char *) rule->rule);
}

static TlPolicyRecord *
make_empty (void)
{
  TlPolicyRecord *self = g_atomic_rc_box_new0 (TlPolicyRecord);

  self->documents = g_array_new (FALSE, FALSE, sizeof (TlPolicyDocument));
  self->rules = g_array_new (FALSE, FALSE, sizeof (TlPolicyRule));
  g_array_set_clear_func (self->documents, document_clear);
  g_array_set_clear_func (self->rules, rule_clear);
  self->verdict = TL_VERDICT_OK;

  return self;
}

static void
add_document (TlPolicyRecord         *self,
              const TlPolicyDocument *document)
{
  const TlPolicyDocument own = {
    .name = g_strdup (document->name),
    .origin = g_strdup (document->origin),
    .sha256 = g_strdup (document->sha256),
  };

  g_array_append_val (self->documents, own);
}

static void
add_rule (TlPolicyRecord     *self,
          const TlPolicyRule *rule)
{
  const TlPolicyRule own = {
    .rule = g_strdup (rule->rule),
    .document = rule->document,
    .verdict = rule->verdict,
  };

  g_array_append_val (self->rules, own);
  if (rule->verdict == TL_VERDICT_ERROR)
    self->verdict = TL_VERDICT_ERROR;
}

/**
 * tl_policy_record_new:
 * @documents: (array length=n_documents): the policies that held; copied
 * @n_documents: at least 1
 * @rules: (array length=n_rules): how it stood to their rules; copied
 * @n_rules: how many rules they have together, also none
 *
 * Returns: (transfer full): a record
 */
TlPolicyRecord *
tl_policy_record_new (const TlPolicyDocument *documents,
                      guint                   n_documents,
                      const TlPolicyRule     *rules,
                      guint                   n_rules)
{
  TlPolicyRecord *self;

  g_return_val_if_fail (n_documents >= 1 && n_documents <= MAX_DOCUMENTS, NULL);
  g_return_val_if_fail (n_rules <= MAX_RULES, NULL);

  self = make_empty ();
  for (guint i = 0; i < n_documents; i++)
    add_document (self, &documents[i]);
  for (guint i = 0; i < n_rules; i++)
    add_rule (self, &rules[i]);

  return self;
}

TlPolicyRecord *
tl_policy_record_ref (TlPolicyRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_policy_record_clear (gpointer data)
{
  TlPolicyRecord *self = data;

  g_clear_pointer (&self->documents, g_array_unref);
  g_clear_pointer (&self->rules, g_array_unref);
}

void
tl_policy_record_unref (TlPolicyRecord *self)
{
  g_atomic_rc_box_release_full (self, tl_policy_record_clear);
}

/**
 * tl_policy_record_get_documents:
 * @self: a record
 * @out_n: (out) (optional): how many there are
 *
 * Returns: (transfer none) (array length=out_n): the policies that held
 */
const TlPolicyDocument *
tl_policy_record_get_documents (const TlPolicyRecord *self,
                                guint                *out_n)
{
  if (out_n != NULL)
    *out_n = self->documents->len;

  return (const TlPolicyDocument *) (gpointer) self->documents->data;
}

/**
 * tl_policy_record_get_rules:
 * @self: a record
 * @out_n: (out) (optional): how many there are
 *
 * Returns: (transfer none) (array length=out_n): how it stood to each rule
 */
const TlPolicyRule *
tl_policy_record_get_rules (const TlPolicyRecord *self,
                            guint                *out_n)
{
  if (out_n != NULL)
    *out_n = self->rules->len;

  return (const TlPolicyRule *) (gpointer) self->rules->data;
}

/**
 * tl_policy_record_get_verdict:
 * @self: a record
 *
 * Returns: error where a rule is broken, else ok
 */
TlVerdict
tl_policy_record_get_verdict (const TlPolicyRecord *self)
{
  return self->verdict;
}

static TlJson *
document_to_json (const TlPolicyDocument *document)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "name", document->name);
  tl_json_set_string (json, "origin", document->origin);
  tl_json_set_string (json, "sha256", document->sha256);

  return json;
}

static TlJson *
rule_to_json (const TlPolicyRule *rule)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_int (json, "document", rule->document);
  tl_json_set_string (json, "rule", rule->rule);
  tl_json_set_string (json, "verdict", tl_verdict_get_nick (rule->verdict));

  return json;
}

/**
 * tl_policy_record_to_json:
 * @self: a record
 *
 * Returns: (transfer full): an object of documents (each with name or null, origin and sha256),
 *   rules (each with rule, document and verdict) and verdict
 */
TlJson *
tl_policy_record_to_json (const TlPolicyRecord *self)
{
  TlJson *json = tl_json_new_object ();
  TlJson *documents = tl_json_new_array ();
  TlJson *rules = tl_json_new_array ();

  for (guint i = 0; i < self->documents->len; i++)
    tl_json_append_take (documents, document_to_json (&g_array_index (self->documents,
                                                                      TlPolicyDocument, i)));
  for (guint i = 0; i < self->rules->len; i++)
    tl_json_append_take (rules, rule_to_json (&g_array_index (self->rules, TlPolicyRule, i)));
  tl_json_set_take (json, "documents", documents);
  tl_json_set_take (json, "rules", rules);
  tl_json_set_string (json, "verdict", tl_verdict_get_nick (self->verdict));

  return json;
}

static gboolean
read_document (TlPolicyRecord  *self,
               TlJson          *json,
               GError         **error)
{
  static const char * const origins[] = { "system", "signer", "user", "file", NULL };
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a policy");
  const TlPolicyDocument document = {
    .name = tl_json_reader_get_text (reader, "name", TL_JSON_OPTIONAL),
    .origin = tl_json_reader_get_string (reader, "origin", TL_JSON_REQUIRED),
    .sha256 = tl_json_reader_get_string (reader, "sha256", TL_JSON_REQUIRED),
  };

  if (document.name != NULL &&
      (*document.name == '\0' || g_utf8_strlen (document.name, -1) > MAX_NAME_CHARS))
    tl_json_reader_refuse (reader, "name", "is not a name");
  if (!g_strv_contains (origins, document.origin))
    tl_json_reader_refuse (reader, "origin", "is no place that a policy comes from");
  if (!g_regex_match_simple (SHA256_PATTERN, document.sha256, G_REGEX_DOLLAR_ENDONLY, 0))
    tl_json_reader_refuse (reader, "sha256", "is not a hash");
  if (!tl_json_reader_finish (reader, error))
    return FALSE;

  add_document (self, &document);

  return TRUE;
}

static gboolean
has_rule (const TlPolicyRecord *self,
          const TlPolicyRule   *rule)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const TlPolicyRule *other = &g_array_index (self->rules, TlPolicyRule, i);

      if (other->document == rule->document && g_str_equal (other->rule, rule->rule))
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_rule (TlPolicyRecord  *self,
           TlJson          *json,
           GError         **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a rule");
  const TlPolicyRule rule = {
    .rule = tl_json_reader_get_string (reader, "rule", TL_JSON_REQUIRED),
    .document = (guint) tl_json_reader_get_int (reader, "document", TL_JSON_REQUIRED, 0,
                                                (gint64) self->documents->len - 1),
    .verdict = (TlVerdict) tl_json_reader_get_enum (reader, "verdict", TL_JSON_REQUIRED,
                                                    TL_TYPE_VERDICT, TL_VERDICT_NOT_TESTED),
  };

  if (!g_regex_match_simple (RULE_PATTERN, rule.rule, G_REGEX_DOLLAR_ENDONLY, 0))
    tl_json_reader_refuse (reader, "rule", "is not the name of a rule");
  if (rule.verdict == TL_VERDICT_WARNING)
    tl_json_reader_refuse (reader, "verdict", "is nothing that a rule can come to");
  if (has_rule (self, &rule))
    tl_json_reader_refuse (reader, "rule", "is there twice");
  if (!tl_json_reader_finish (reader, error))
    return FALSE;

  add_rule (self, &rule);

  return TRUE;
}

static void
read_all (TlPolicyRecord *self,
          TlJsonReader   *reader,
          const char     *member,
          guint           max_n,
          gboolean      (*read_one) (TlPolicyRecord  *self,
                                     TlJson          *json,
                                     GError         **error))
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, member, TL_JSON_REQUIRED, max_n);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;

      if (!read_one (self, g_ptr_array_index (rows, i), &error))
        {
          tl_json_reader_refuse_error (reader, member, error);
          return;
        }
    }
}

/**
 * tl_policy_record_from_json:
 * @json: what tl_policy_record_to_json() gave
 * @error: return location for a #GError
 *
 * Strict: the verdict has to be the one that the rules come to, and each rule stands once in a
 * document that is there.
 *
 * Returns: (transfer full): the record, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlPolicyRecord *
tl_policy_record_from_json (TlJson  *json,
                            GError **error)
{
  g_autoptr(TlPolicyRecord) self = make_empty ();
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the policy record");
  TlVerdict verdict;

  read_all (self, reader, "documents", MAX_DOCUMENTS, read_document);
  if (self->documents->len == 0)
    tl_json_reader_refuse (reader, "documents", "is empty");
  read_all (self, reader, "rules", MAX_RULES, read_rule);
  verdict = (TlVerdict) tl_json_reader_get_enum (reader, "verdict", TL_JSON_REQUIRED,
                                                 TL_TYPE_VERDICT, TL_VERDICT_NOT_TESTED);
  if (verdict != self->verdict)
    tl_json_reader_refuse (reader, "verdict", "is not what the rules come to");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
