/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-health-private.h"

#include <glib/gi18n-lib.h>

struct _TlDomainRow
{
  GObject        parent_instance;

  TlDomainTopic  topic;
  TlStatus       status;

  /* Owned */
  char          *summary;
  GListStore    *records;
  GListStore    *findings;
  GListStore    *fixes;
};

enum
{
  PROP_TOPIC = 1,
  PROP_TITLE,
  PROP_PURPOSE,
  PROP_STATUS,
  PROP_SUMMARY,
  PROP_RECORDS,
  PROP_FINDINGS,
  PROP_FIXES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlDomainRow, tl_domain_row, G_TYPE_OBJECT)

static void
tl_domain_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlDomainRow *self = TL_DOMAIN_ROW (object);

  switch (prop_id)
    {
    case PROP_TOPIC:
      g_value_set_enum (value, (int) self->topic);
      break;
    case PROP_TITLE:
      g_value_set_string (value, tl_domain_topic_get_label (self->topic));
      break;
    case PROP_PURPOSE:
      g_value_set_string (value, tl_domain_topic_get_purpose (self->topic));
      break;
    case PROP_STATUS:
      g_value_set_enum (value, (int) self->status);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_RECORDS:
      g_value_set_object (value, self->records);
      break;
    case PROP_FINDINGS:
      g_value_set_object (value, self->findings);
      break;
    case PROP_FIXES:
      g_value_set_object (value, self->fixes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_domain_row_dispose (GObject *object)
{
  TlDomainRow *self = TL_DOMAIN_ROW (object);

  g_clear_pointer (&self->summary, g_free);
  g_clear_object (&self->records);
  g_clear_object (&self->findings);
  g_clear_object (&self->fixes);

  G_OBJECT_CLASS (tl_domain_row_parent_class)->dispose (object);
}

static void
tl_domain_row_class_init (TlDomainRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_domain_row_get_property;
  object_class->dispose = tl_domain_row_dispose;

  properties[PROP_TOPIC] =
    g_param_spec_enum ("topic", NULL, NULL, TL_TYPE_DOMAIN_TOPIC, TL_DOMAIN_TOPIC_MX, ro);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, ro);
  properties[PROP_PURPOSE] = g_param_spec_string ("purpose", NULL, NULL, NULL, ro);
  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, TL_TYPE_STATUS, TL_STATUS_NOT_TESTED, ro);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, ro);
  properties[PROP_RECORDS] =
    g_param_spec_object ("records", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_FINDINGS] =
    g_param_spec_object ("findings", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_FIXES] = g_param_spec_object ("fixes", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_domain_row_init (TlDomainRow *self)
{
  self->records = g_list_store_new (TL_TYPE_DETAIL);
  self->findings = g_list_store_new (TL_TYPE_FINDING);
  self->fixes = g_list_store_new (TL_TYPE_RECORD_FIX);
}

/**
 * tl_domain_row_new:
 * @topic: what it is about
 *
 * Returns: (transfer full): the row of a topic that was not looked at
 */
TlDomainRow *
tl_domain_row_new (TlDomainTopic topic)
{
  TlDomainRow *self = g_object_new (TL_TYPE_DOMAIN_ROW, NULL);

  self->topic = topic;
  self->summary = tl_domain_topic_dup_summary (topic, NULL);

  return self;
}

static void
replace (GListStore *store,
         GPtrArray  *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));

  if (n > 0 || items->len > 0)
    g_list_store_splice (store, 0, n, items->pdata, items->len);
}

/* The machine's words where no record has a text of its own. */
static const struct
{
  const char *word;
  const char *label;
} words[] = {
  { "none",      N_("Nothing there") },
  { "nxdomain",  N_("Nothing there") },
  { "nothing",   N_("Nothing there") },
  { "timeout",   N_("No answer") },
  { "servfail",  N_("No answer") },
  { "refused",   N_("No answer") },
  { "truncated", N_("No answer") },
  { "loop",      N_("No answer") },
  { "temperror", N_("No answer") },
  { "unreached", N_("No answer") },
  { "bogus",     N_("An answer that was forged, or wrongly signed") },
};

static const char *
describe (const TlDomainRecord *record)
{
  if (record->value != NULL)
    return record->value;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_strcmp0 (words[i].word, record->detail) == 0)
        return _(words[i].label);
    }

  return record->detail != NULL ? record->detail : _("Nothing there");
}

static void
show_records (TlDomainRow    *self,
              TlDomainReport *report)
{
  g_autoptr(GPtrArray) details = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *records = report == NULL ? NULL : tl_domain_report_get_parts (report)->records;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TlDomainRecord *record = records->pdata[i];
      const char *value;

      if (record->topic != self->topic)
        continue;
      value = describe (record);
      g_ptr_array_add (details, tl_detail_new (record->status,
                                               record->name == NULL ? "" : record->name,
                                               value == record->detail ? NULL : record->detail,
                                               value));
    }
  replace (self->records, details);
}

static void
show_findings (TlDomainRow    *self,
               TlDomainReport *report)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  g_autoptr(GPtrArray) fixes = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *findings = report == NULL ? NULL : tl_domain_report_get_parts (report)->findings;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      TlDomainTopic about;
      TlRecordFix *fix;

      if (!tl_domain_topic_find (tl_finding_get_id (findings->pdata[i]), &about) ||
          about != self->topic)
        continue;
      g_ptr_array_add (found, findings->pdata[i]);
      fix = tl_record_fix_new (findings->pdata[i]);
      if (fix != NULL)
        g_ptr_array_add (fixes, fix);
    }
  replace (self->findings, found);
  replace (self->fixes, fixes);
}

/**
 * tl_domain_row_show:
 * @self: a row
 * @report: (nullable): what was found of all topics, or %NULL while none was looked at
 * @is_checking: whether more is to come
 */
void
tl_domain_row_show (TlDomainRow    *self,
                    TlDomainReport *report,
                    gboolean        is_checking)
{
  TlStatus status = report == NULL ? TL_STATUS_NOT_TESTED
                                   : tl_domain_report_get_status (report, self->topic);
  gboolean is_running = is_checking && status == TL_STATUS_NOT_TESTED;
  g_autofree char *summary = is_running ? g_strdup (_("Looking…"))
                                        : tl_domain_topic_dup_summary (self->topic, report);

  if (is_running)
    status = TL_STATUS_RUNNING;

  show_records (self, report);
  show_findings (self, report);
  if (self->status != status)
    {
      self->status = status;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
  if (g_strcmp0 (self->summary, summary) != 0)
    {
      g_free (self->summary);
      self->summary = g_steal_pointer (&summary);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
    }
}

TlDomainTopic
tl_domain_row_get_topic (TlDomainRow *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_ROW (self), TL_DOMAIN_TOPIC_MX);

  return self->topic;
}

TlStatus
tl_domain_row_get_status (TlDomainRow *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_ROW (self), TL_STATUS_NOT_TESTED);

  return self->status;
}

const char *
tl_domain_row_get_title (TlDomainRow *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_ROW (self), NULL);

  return tl_domain_topic_get_label (self->topic);
}

const char *
tl_domain_row_get_summary (TlDomainRow *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_ROW (self), NULL);

  return self->summary;
}

GListModel *
tl_domain_row_get_records (TlDomainRow *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_ROW (self), NULL);

  return G_LIST_MODEL (self->records);
}

GListModel *
tl_domain_row_get_findings (TlDomainRow *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_ROW (self), NULL);

  return G_LIST_MODEL (self->findings);
}

GListModel *
tl_domain_row_get_fixes (TlDomainRow *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_ROW (self), NULL);

  return G_LIST_MODEL (self->fixes);
}
