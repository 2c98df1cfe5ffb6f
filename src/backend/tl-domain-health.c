/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-health-private.h"

#include <glib/gi18n-lib.h>

#include "tl-cancellable.h"

struct _TlDomainHealth
{
  GObject         parent_instance;

  /* Owned */
  char           *domain;
  TlContacts     *contacts;
  TlRecords      *records;      /* who is asked, in place of the system's; or NULL */
  TlHttps        *https;
  TlDomainCheck  *check;        /* the last one; it has all that was answered */
  GCancellable   *cancellable;  /* of the one that runs */
  TlDomainReport *report;
  GListStore     *rows;
  GListStore     *findings;
  char           *summary;
  gboolean        has_fixes;
};

enum
{
  PROP_DOMAIN = 1,
  PROP_CHECKING,
  PROP_REPORT,
  PROP_ROWS,
  PROP_FINDINGS,
  PROP_VERDICT,
  PROP_SUMMARY,
  PROP_HAS_FIXES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlDomainHealth, tl_domain_health, G_TYPE_OBJECT)

static TlVerdict
get_verdict (TlDomainHealth *self)
{
  return self->report == NULL ? TL_VERDICT_NOT_TESTED
                              : tl_domain_report_get_verdict (self->report);
}

static void
notify (TlDomainHealth *self,
        guint           prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_domain (TlDomainHealth *self,
            const char     *domain)
{
  if (g_strcmp0 (self->domain, domain) == 0)
    return;
  g_free (self->domain);
  self->domain = g_strdup (domain);
  notify (self, PROP_DOMAIN);
}

static char *
dup_summary (TlDomainHealth *self)
{
  if (self->cancellable != NULL)
    return g_strdup (_("Looking…"));

  return self->report == NULL ? g_strdup ("") : tl_domain_topics_dup_summary (self->report);
}

/* For another report, or another answer to whether more is to come. */
static void
refresh (TlDomainHealth *self)
{
  g_autofree char *summary = dup_summary (self);
  gboolean has_fixes = FALSE;

  for (guint i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      g_autoptr(TlDomainRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      tl_domain_row_show (row, self->report, self->cancellable != NULL);
      has_fixes |= g_list_model_get_n_items (tl_domain_row_get_fixes (row)) > 0;
    }
  if (self->has_fixes != has_fixes)
    {
      self->has_fixes = has_fixes;
      notify (self, PROP_HAS_FIXES);
    }
  if (g_strcmp0 (self->summary, summary) != 0)
    {
      g_free (self->summary);
      self->summary = g_steal_pointer (&summary);
      notify (self, PROP_SUMMARY);
    }
}

static void
set_report (TlDomainHealth *self,
            TlDomainReport *report)
{
  TlDomainReport *old = self->report;
  GPtrArray *findings = report == NULL ? NULL : tl_domain_report_get_parts (report)->findings;

  if (old == NULL && report == NULL)
    return;

  self->report = report == NULL ? NULL : tl_domain_report_ref (report);
  g_clear_pointer (&old, tl_domain_report_unref);
  refresh (self);
  g_list_store_splice (self->findings, 0, g_list_model_get_n_items (G_LIST_MODEL (self->findings)),
                       findings == NULL ? NULL : findings->pdata,
                       findings == NULL ? 0 : findings->len);
  notify (self, PROP_REPORT);
  notify (self, PROP_VERDICT);
}

static void
on_progress (TlDomainHealth *self,
             TlDomainReport *report,
             TlDomainCheck  *check)
{
  /* One that was told to stop has nothing to say about what is shown now. */
  if (self->check == check && !g_cancellable_is_cancelled (self->cancellable))
    set_report (self, report);
}

static void
tl_domain_health_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlDomainHealth *self = TL_DOMAIN_HEALTH (object);

  switch (prop_id)
    {
    case PROP_DOMAIN:
      g_value_set_string (value, self->domain);
      break;
    case PROP_CHECKING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_REPORT:
      g_value_set_boxed (value, self->report);
      break;
    case PROP_ROWS:
      g_value_set_object (value, self->rows);
      break;
    case PROP_FINDINGS:
      g_value_set_object (value, self->findings);
      break;
    case PROP_VERDICT:
      g_value_set_enum (value, (int) get_verdict (self));
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_HAS_FIXES:
      g_value_set_boolean (value, self->has_fixes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_domain_health_dispose (GObject *object)
{
  TlDomainHealth *self = TL_DOMAIN_HEALTH (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->check);
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_clear_object (&self->records);
  g_clear_object (&self->https);
  g_clear_pointer (&self->report, tl_domain_report_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->findings);
  g_clear_pointer (&self->summary, g_free);

  G_OBJECT_CLASS (tl_domain_health_parent_class)->dispose (object);
}

static void
tl_domain_health_class_init (TlDomainHealthClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_domain_health_get_property;
  object_class->dispose = tl_domain_health_dispose;

  properties[PROP_DOMAIN] = g_param_spec_string ("domain", NULL, NULL, NULL, ro);
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, ro);
  properties[PROP_REPORT] =
    g_param_spec_boxed ("report", NULL, NULL, TL_TYPE_DOMAIN_REPORT, ro);
  properties[PROP_ROWS] = g_param_spec_object ("rows", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_FINDINGS] =
    g_param_spec_object ("findings", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_VERDICT] =
    g_param_spec_enum ("verdict", NULL, NULL, TL_TYPE_VERDICT, TL_VERDICT_NOT_TESTED, ro);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, ro);
  properties[PROP_HAS_FIXES] = g_param_spec_boolean ("has-fixes", NULL, NULL, FALSE, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_domain_health_init (TlDomainHealth *self)
{
  self->contacts = tl_contacts_new ();
  self->rows = g_list_store_new (TL_TYPE_DOMAIN_ROW);
  self->findings = g_list_store_new (TL_TYPE_FINDING);
  self->summary = g_strdup ("");
  for (guint i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      g_autoptr(TlDomainRow) row = tl_domain_row_new ((TlDomainTopic) i);

      g_list_store_append (self->rows, row);
    }
}

TlDomainHealth *
tl_domain_health_new (void)
{
  return g_object_new (TL_TYPE_DOMAIN_HEALTH, NULL);
}

static void
on_checked (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlDomainHealth *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(TlDomainReport) report =
    tl_domain_check_run_finish (TL_DOMAIN_CHECK (object), result, &error);
  gboolean is_current = self->cancellable == cancellable;

  g_signal_handlers_disconnect_by_data (object, self);
  /* It may have come to its end before it was told to stop. */
  if (report != NULL && g_cancellable_set_error_if_cancelled (cancellable, &error))
    g_clear_pointer (&report, tl_domain_report_unref);
  if (is_current)
    {
      g_clear_object (&self->cancellable);
      /* Half a check says nothing about a domain. */
      if (report == NULL)
        g_clear_object (&self->check);
      set_report (self, report);
      refresh (self);
      notify (self, PROP_CHECKING);
    }

  if (report == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * tl_domain_health_run_async:
 * @self: a domain's health
 * @domain: whose
 * @check: looks it up, and was not run yet
 * @cancellable: (nullable): stops it; nothing is kept of it then
 * @callback: called when the report is there
 * @user_data: for @callback
 *
 * As tl_domain_health_check_async(), which has a check of its own.
 */
void
tl_domain_health_run_async (TlDomainHealth      *self,
                            const char          *domain,
                            TlDomainCheck       *check,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_domain_health_run_async);
  if (self->cancellable != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               "a domain is looked up already");
      return;
    }

  set_report (self, NULL);
  set_domain (self, domain);
  g_set_object (&self->check, check);
  self->cancellable = g_cancellable_new ();
  tl_cancellable_chain (cancellable, self->cancellable);
  g_task_set_task_data (task, g_object_ref (self->cancellable), g_object_unref);
  g_signal_connect_object (check, "progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  refresh (self);
  notify (self, PROP_CHECKING);
  tl_domain_check_run_async (check, tl_deadline_in_ms (TL_DOMAIN_CHECK_MS), self->cancellable,
                             on_checked, g_object_ref (task));
}

/**
 * tl_domain_health_check_async:
 * @self: a domain's health
 * @subject: which domain, and for what set-up
 * @cancellable: (nullable): stops it; nothing is kept of it then
 * @callback: called when the report is there
 * @user_data: for @callback
 *
 * Looks a domain up afresh; `report` and the rows follow what can be said so far. Asks the DNS and
 * the domain's own `mta-sts` host, nobody else.
 */
void
tl_domain_health_check_async (TlDomainHealth      *self,
                              TlDomainSubject     *subject,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(TlDomainCheck) check = NULL;

  g_return_if_fail (TL_IS_DOMAIN_HEALTH (self));

  check = self->records == NULL
            ? tl_domain_check_new (subject, self->contacts)
            : tl_domain_check_new_with (subject, self->records, self->https);
  tl_domain_health_run_async (self, tl_domain_subject_get_parts (subject)->domain, check,
                              cancellable, callback, user_data);
}

/**
 * tl_domain_health_check_finish:
 * @self: a domain's health
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether there is a report, whatever it says; %FALSE with %G_IO_ERROR_CANCELLED, or with
 *   %G_IO_ERROR_PENDING when one was looked up already, which nothing was done to
 */
gboolean
tl_domain_health_check_finish (TlDomainHealth  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_domain_health_clear:
 * @self: a domain's health
 *
 * Forgets what was found, and stops a check that runs.
 */
void
tl_domain_health_clear (TlDomainHealth *self)
{
  gboolean was_checking;

  g_return_if_fail (TL_IS_DOMAIN_HEALTH (self));

  was_checking = self->cancellable != NULL;
  if (was_checking)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->check);
  set_report (self, NULL);
  set_domain (self, NULL);
  if (was_checking)
    {
      refresh (self);
      notify (self, PROP_CHECKING);
    }
}

/**
 * tl_domain_health_start_over:
 * @self: a domain's health
 *
 * For another address: whom this one took is forgotten too.
 */
void
tl_domain_health_start_over (TlDomainHealth *self)
{
  tl_domain_health_clear (self);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  self->contacts = tl_contacts_new ();
}

/**
 * tl_domain_health_show:
 * @self: a domain's health
 * @report: what was found before, as in a bundle
 */
void
tl_domain_health_show (TlDomainHealth *self,
                       TlDomainReport *report)
{
  g_return_if_fail (TL_IS_DOMAIN_HEALTH (self));
  g_return_if_fail (report != NULL);

  tl_domain_health_clear (self);
  set_domain (self, tl_domain_report_get_parts (report)->domain);
  set_report (self, report);
}

/**
 * tl_domain_health_ask_with:
 * @self: a domain's health
 * @records: a resolver
 * @https: a fetcher
 *
 * Has these asked in place of the system's; whom they take they put into
 * tl_domain_health_get_contacts(), or nobody knows.
 */
void
tl_domain_health_ask_with (TlDomainHealth *self,
                           TlRecords      *records,
                           TlHttps        *https)
{
  g_set_object (&self->records, records);
  g_set_object (&self->https, https);
}

/**
 * tl_domain_health_get_contacts:
 * @self: a domain's health
 *
 * Returns: (transfer none): whom the checks take, until the address is another
 */
TlContacts *
tl_domain_health_get_contacts (TlDomainHealth *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), NULL);

  return self->contacts;
}

gboolean
tl_domain_health_is_checking (TlDomainHealth *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * tl_domain_health_is_complete:
 * @self: a domain's health
 *
 * Returns: whether there is a report, and no more to come
 */
gboolean
tl_domain_health_is_complete (TlDomainHealth *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), FALSE);

  return self->report != NULL && self->cancellable == NULL;
}

/**
 * tl_domain_health_judge_again:
 * @self: a domain's health
 * @subject: the same domain, for a set-up that may be another
 *
 * Judges what was answered for another set-up; nobody is asked. Where somebody would have to be,
 * the report is forgotten, as one of a check that still runs is.
 */
void
tl_domain_health_judge_again (TlDomainHealth  *self,
                              TlDomainSubject *subject)
{
  g_autoptr(TlDomainReport) report = NULL;

  g_return_if_fail (TL_IS_DOMAIN_HEALTH (self));

  if (self->report == NULL && self->cancellable == NULL)
    return;
  if (self->cancellable == NULL && self->check != NULL)
    report = tl_domain_check_judge_again (self->check, subject);
  if (report == NULL)
    tl_domain_health_clear (self);
  else
    set_report (self, report);
}

TlDomainReport *
tl_domain_health_get_report (TlDomainHealth *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), NULL);

  return self->report;
}

GListModel *
tl_domain_health_get_rows (TlDomainHealth *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), NULL);

  return G_LIST_MODEL (self->rows);
}

GListModel *
tl_domain_health_get_findings (TlDomainHealth *self)
{
  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), NULL);

  return G_LIST_MODEL (self->findings);
}

/**
 * tl_domain_health_dup_contacts:
 * @self: a domain's health
 * @kind: in what way
 *
 * Returns: (transfer full) (array zero-terminated=1): whom the checks so far took
 */
char **
tl_domain_health_dup_contacts (TlDomainHealth *self,
                               TlContactKind   kind)
{
  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), NULL);

  return tl_contacts_dup (self->contacts, kind);
}

static void
append_fixes (GString    *text,
              GListModel *fixes)
{
  for (guint i = 0; i < g_list_model_get_n_items (fixes); i++)
    {
      g_autoptr(TlRecordFix) fix = g_list_model_get_item (fixes, i);
      const char * const *rules = tl_record_fix_get_rules (fix);

      g_string_append_printf (text, "\n%s\n", tl_record_fix_get_zone_line (fix));
      for (gsize j = 0; rules != NULL && rules[j] != NULL; j++)
        g_string_append_printf (text, "; %s\n", rules[j]);
    }
}

/**
 * tl_domain_health_dup_fixes_text:
 * @self: a domain's health
 *
 * Returns: (transfer full) (nullable): every record to publish as lines of a zone file, with whose
 *   rule is broken without it as comments, for whoever looks after the domain; %NULL when there is
 *   none
 */
char *
tl_domain_health_dup_fixes_text (TlDomainHealth *self)
{
  GString *text;
  gsize n_head;

  g_return_val_if_fail (TL_IS_DOMAIN_HEALTH (self), NULL);

  /* It is pasted into a zone file as it stands. */
  text = g_string_new ("; ");
  /* Translators: a line of its own; %s is a domain */
  g_string_append_printf (text, _("Records to publish for %s, as lines of its zone file. A record "
                                  "that is there for the same purpose gives way."),
                          self->domain == NULL ? "" : self->domain);
  g_string_append_c (text, '\n');
  n_head = text->len;
  for (guint i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      g_autoptr(TlDomainRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      append_fixes (text, tl_domain_row_get_fixes (row));
    }

  return g_string_free (text, text->len == n_head);
}
