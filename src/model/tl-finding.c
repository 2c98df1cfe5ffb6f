/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-finding.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"
#include "tl-text.h"

struct _TlFinding
{
  GObject                 parent_instance;

  /* Owned */
  GVariant               *evidence;

  /* Borrowed, for ever */
  const TlCatalogueEntry *entry;

  TlLaneKind              lane;
  TlStage                 stage;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_LANE,
  PROP_EVIDENCE,
  PROP_STAGE,
  PROP_SEVERITY,
  PROP_TITLE,
  PROP_EXPLANATION,
  PROP_SERVER_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFinding, tl_finding, G_TYPE_OBJECT)

static void
tl_finding_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlFinding *self = TL_FINDING (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, tl_finding_get_id (self));
      break;
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_EVIDENCE:
      g_value_set_variant (value, self->evidence);
      break;
    case PROP_STAGE:
      g_value_set_enum (value, (int) self->stage);
      break;
    case PROP_SEVERITY:
      g_value_set_enum (value, (int) tl_finding_get_severity (self));
      break;
    case PROP_TITLE:
      g_value_take_string (value, tl_finding_dup_title (self));
      break;
    case PROP_EXPLANATION:
      g_value_take_string (value, tl_finding_dup_explanation (self));
      break;
    case PROP_SERVER_TEXT:
      g_value_set_string (value, tl_evidence_get_string (self->evidence, TL_EVIDENCE_SERVER_TEXT));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_finding_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  TlFinding *self = TL_FINDING (object);

  switch (property_id)
    {
    case PROP_ID:
      self->entry = tl_catalogue_lookup (g_value_get_string (value));
      break;
    case PROP_LANE:
      self->lane = (TlLaneKind) g_value_get_enum (value);
      break;
    case PROP_EVIDENCE:
      /* Merging puts the members in order: same evidence, same bytes. */
      self->evidence = tl_evidence_merge (g_value_get_variant (value), NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* The part of an id before the dot. */
static gboolean
stage_of_id (const char *id,
             TlStage    *out_stage)
{
  g_autofree char *nick = g_strndup (id, strcspn (id, "."));
  int value;

  if (!tl_nick_parse (TL_TYPE_STAGE, nick, &value))
    return FALSE;
  *out_stage = (TlStage) value;

  return TRUE;
}

static void
tl_finding_constructed (GObject *object)
{
  TlFinding *self = TL_FINDING (object);

  G_OBJECT_CLASS (tl_finding_parent_class)->constructed (object);

  if (self->entry == NULL || !stage_of_id (self->entry->id, &self->stage))
    g_error ("a finding was made with an id that the catalogue does not have");
}

static void
tl_finding_finalize (GObject *object)
{
  TlFinding *self = TL_FINDING (object);

  g_clear_pointer (&self->evidence, g_variant_unref);

  G_OBJECT_CLASS (tl_finding_parent_class)->finalize (object);
}

static void
tl_finding_class_init (TlFindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GParamFlags derived = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_finding_get_property;
  object_class->set_property = tl_finding_set_property;
  object_class->constructed = tl_finding_constructed;
  object_class->finalize = tl_finding_finalize;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, given);
  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, given);
  properties[PROP_EVIDENCE] =
    g_param_spec_variant ("evidence", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, given);
  properties[PROP_STAGE] =
    g_param_spec_enum ("stage", NULL, NULL, TL_TYPE_STAGE, TL_STAGE_INPUT, derived);
  properties[PROP_SEVERITY] =
    g_param_spec_enum ("severity", NULL, NULL, TL_TYPE_SEVERITY, TL_SEVERITY_NOTE, derived);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, derived);
  properties[PROP_EXPLANATION] =
    g_param_spec_string ("explanation", NULL, NULL, NULL, derived);
  properties[PROP_SERVER_TEXT] =
    g_param_spec_string ("server-text", NULL, NULL, NULL, derived);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_finding_init (TlFinding *self)
{
}

/**
 * tl_finding_new:
 * @id: an id of the catalogue
 * @lane: which lane it is about, or %TL_LANE_NONE
 * @evidence: (nullable): what was seen, a{sv} as in tl-evidence.h; a floating
 *   reference is taken over
 *
 * Returns: (transfer full): a finding
 */
TlFinding *
tl_finding_new (const char *id,
                TlLaneKind  lane,
                GVariant   *evidence)
{
  g_autoptr(GVariant) owned = evidence != NULL ? g_variant_ref_sink (evidence) : NULL;

  g_return_val_if_fail (tl_catalogue_lookup (id) != NULL, NULL);
  g_return_val_if_fail (owned == NULL || tl_evidence_is_valid (owned), NULL);

  return g_object_new (TL_TYPE_FINDING,
                       "id", id,
                       "lane", lane,
                       "evidence", owned,
                       NULL);
}

/**
 * tl_finding_new_detail:
 * @id: an id of the catalogue
 * @lane: the lane it is about, or %TL_LANE_NONE
 * @detail: an English clause, from anywhere
 *
 * Returns: (transfer full): the finding with @detail, cleaned, as its evidence
 */
TlFinding *
tl_finding_new_detail (const char *id,
                       TlLaneKind  lane,
                       const char *detail)
{
  g_autofree char *clean = tl_text_clean (detail, -1);
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", clean);

  return tl_finding_new (id, lane, g_variant_dict_end (&evidence));
}

const char *
tl_finding_get_id (TlFinding *self)
{
  return self->entry->id;
}

TlLaneKind
tl_finding_get_lane (TlFinding *self)
{
  return self->lane;
}

TlStage
tl_finding_get_stage (TlFinding *self)
{
  return self->stage;
}

TlSeverity
tl_finding_get_severity (TlFinding *self)
{
  return self->entry->severity;
}

/**
 * tl_finding_get_evidence:
 * @self: a finding
 *
 * Returns: (transfer none): an a{sv} as in tl-evidence.h, never %NULL
 */
GVariant *
tl_finding_get_evidence (TlFinding *self)
{
  return self->evidence;
}

/**
 * tl_finding_get_entry:
 * @self: a finding
 *
 * Returns: (transfer none): its entry in the catalogue, never %NULL
 */
const TlCatalogueEntry *
tl_finding_get_entry (TlFinding *self)
{
  return self->entry;
}

/**
 * tl_finding_has_action:
 * @self: a finding
 * @action: something the program can do
 *
 * Returns: whether one of its remedies is that
 */
gboolean
tl_finding_has_action (TlFinding *self,
                       TlAction   action)
{
  const char *nick = tl_action_get_nick (action);

  for (const TlRemedy *remedy = self->entry->remedies; remedy->text != NULL; remedy++)
    {
      if (g_strcmp0 (remedy->action, nick) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_finding_dup_title:
 * @self: a finding
 *
 * Returns: (transfer full): what, one sentence in the user's language
 */
char *
tl_finding_dup_title (TlFinding *self)
{
  return tl_catalogue_fill (_(self->entry->title), self->evidence);
}

/**
 * tl_finding_dup_explanation:
 * @self: a finding
 *
 * Returns: (transfer full): why, one sentence in the user's language
 */
char *
tl_finding_dup_explanation (TlFinding *self)
{
  return tl_catalogue_fill (_(self->entry->explanation), self->evidence);
}

/**
 * tl_finding_dup_remedies:
 * @self: a finding
 *
 * Returns: (transfer full) (array zero-terminated=1): what to do, in order, one
 *   sentence each in the user's language; as many as the entry has remedies
 */
char **
tl_finding_dup_remedies (TlFinding *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (const TlRemedy *remedy = self->entry->remedies; remedy->text != NULL; remedy++)
    {
      g_autofree char *sentence = tl_catalogue_fill (_(remedy->text), self->evidence);

      g_strv_builder_add (builder, sentence);
    }

  return g_strv_builder_end (builder);
}

/**
 * tl_finding_to_json:
 * @self: a finding
 *
 * Returns: (transfer full): an object of id, lane, stage, severity and
 *   evidence; no sentence of ours
 */
TlJson *
tl_finding_to_json (TlFinding *self)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "id", self->entry->id);
  tl_json_set_string (json, "lane", tl_lane_kind_get_nick (self->lane));
  tl_json_set_string (json, "stage", tl_stage_get_nick (self->stage));
  tl_json_set_string (json, "severity", tl_severity_get_nick (self->entry->severity));
  tl_json_set_take (json, "evidence", tl_json_new_vardict (self->evidence));

  return json;
}

/**
 * tl_findings_to_json:
 * @findings: (element-type TlFinding): findings
 *
 * Returns: (transfer full): an array of what tl_finding_to_json() makes
 */
TlJson *
tl_findings_to_json (GPtrArray *findings)
{
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < findings->len; i++)
    tl_json_append_take (json, tl_finding_to_json (g_ptr_array_index (findings, i)));

  return json;
}

/**
 * tl_findings_copy:
 * @findings: (element-type TlFinding) (nullable): findings
 * @max_n: the most to keep
 *
 * Returns: (transfer full) (element-type TlFinding): the first @max_n of them; never %NULL
 */
GPtrArray *
tl_findings_copy (GPtrArray *findings,
                  guint      max_n)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; findings != NULL && i < MIN (findings->len, max_n); i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (findings, i)));

  return copy;
}

/**
 * tl_findings_get_verdict:
 * @findings: (element-type TlFinding): findings
 *
 * Returns: as bad as the worst of them; ok where there are only notes, or none
 */
TlVerdict
tl_findings_get_verdict (GPtrArray *findings)
{
  static const TlVerdict verdicts[] = {
    [TL_SEVERITY_NOTE]    = TL_VERDICT_OK,
    [TL_SEVERITY_WARNING] = TL_VERDICT_WARNING,
    [TL_SEVERITY_ERROR]   = TL_VERDICT_ERROR,
  };
  TlSeverity worst = TL_SEVERITY_NOTE;

  for (guint i = 0; i < findings->len; i++)
    worst = MAX (worst, tl_finding_get_severity (g_ptr_array_index (findings, i)));

  return verdicts[worst];
}

/* Evidence of a file has not been through tl_text_clean() here; what has been
 * somewhere else has nothing left that would be spelt out. */
static gboolean
evidence_is_clean (GVariant *evidence)
{
  GVariantIter iter;
  GVariant *value;

  g_variant_iter_init (&iter, evidence);
  while (g_variant_iter_next (&iter, "{&sv}", NULL, &value))
    {
      g_autoptr(GVariant) owned = value;
      g_autofree const char **strv = NULL;

      if (g_variant_is_of_type (owned, G_VARIANT_TYPE_STRING) &&
          !tl_text_is_clean (g_variant_get_string (owned, NULL)))
        return FALSE;
      if (!g_variant_is_of_type (owned, G_VARIANT_TYPE_STRING_ARRAY))
        continue;

      strv = g_variant_get_strv (owned, NULL);
      for (gsize i = 0; strv[i] != NULL; i++)
        {
          if (!tl_text_is_clean (strv[i]))
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * tl_finding_from_json:
 * @json: an object as tl_finding_to_json() makes it
 * @error: return location for a #GError
 *
 * Refuses an id that the catalogue does not have, and a stage or severity other
 * than the catalogue's: what would be shown is not what was written.
 *
 * Returns: (transfer full): the finding, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlFinding *
tl_finding_from_json (TlJson  *json,
                      GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the finding");
  const char *id = tl_json_reader_get_string (reader, "id", TL_JSON_REQUIRED);
  TlLaneKind lane = tl_json_reader_get_enum (reader, "lane", TL_JSON_REQUIRED,
                                             TL_TYPE_LANE_KIND, TL_LANE_NONE);
  TlStage stage = tl_json_reader_get_enum (reader, "stage", TL_JSON_REQUIRED,
                                           TL_TYPE_STAGE, TL_STAGE_INPUT);
  TlSeverity severity = tl_json_reader_get_enum (reader, "severity", TL_JSON_REQUIRED,
                                                 TL_TYPE_SEVERITY, TL_SEVERITY_NOTE);
  g_autoptr(GVariant) evidence = tl_json_reader_dup_vardict (reader, "evidence", TL_JSON_REQUIRED);
  const TlCatalogueEntry *entry = tl_catalogue_lookup (id);
  TlStage expected = TL_STAGE_INPUT;

  if (entry == NULL)
    tl_json_reader_refuse (reader, "id", "is not in the catalogue");
  else if (!stage_of_id (entry->id, &expected) || stage != expected)
    tl_json_reader_refuse (reader, "stage", "is not that of the id");
  else if (severity != entry->severity)
    tl_json_reader_refuse (reader, "severity", "is not that of the id");

  if (!tl_evidence_is_valid (evidence))
    tl_json_reader_refuse (reader, "evidence", "has a member that evidence does not have");
  else if (!evidence_is_clean (evidence))
    tl_json_reader_refuse (reader, "evidence", "holds characters that do not show");

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return tl_finding_new (id, lane, evidence);
}

/**
 * tl_findings_read:
 * @parent: who reads the document that they stand in
 * @member: where
 * @max_n: the most there may be
 *
 * What is wrong with one is noted by @parent.
 *
 * Returns: (transfer full) (element-type TlFinding): what tl_findings_to_json() wrote; never %NULL
 */
GPtrArray *
tl_findings_read (TlJsonReader *parent,
                  const char   *member,
                  guint         max_n)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, member, TL_JSON_REQUIRED, max_n);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      TlFinding *finding = tl_finding_from_json (g_ptr_array_index (rows, i), &error);

      if (finding != NULL)
        g_ptr_array_add (findings, finding);
      else
        tl_json_reader_refuse_error (parent, member, error);
    }

  return findings;
}
