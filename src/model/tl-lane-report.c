/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-report.h"

struct _TlLaneReport
{
  TlLaneKind       lane;
  TlVerdict        verdict;
  TlLaneSettings  *settings;
  TlFinding       *primary;
  GPtrArray       *steps;        /* of TlStep, every stage of the lane */
  GPtrArray       *findings;     /* of TlFinding */
  TlTlsInfo       *tls;
  char            *address;
  char            *proxy;
  char           **capabilities;
  GPtrArray       *folders;      /* of TlFolder */
  TlLaneFacts     *facts;
  gint64           tested_at_s;
};

G_DEFINE_BOXED_TYPE (TlLaneReport, tl_lane_report, tl_lane_report_ref, tl_lane_report_unref)

/**
 * tl_folder_new:
 * @name: the folder's name, decoded and cleaned
 * @role: (nullable): its role, one of the words of #TlFolder
 *
 * Returns: (transfer full): a folder
 */
TlFolder *
tl_folder_new (const char *name,
               const char *role)
{
  TlFolder *self = g_new (TlFolder, 1);

  self->name = g_strdup (name);
  self->role = g_strdup (role);

  return self;
}

void
tl_folder_free (TlFolder *self)
{
  g_free (self->name);
  g_free (self->role);
  g_free (self);
}

/**
 * tl_folder_role_is_known:
 * @role: a word from outside
 *
 * Returns: whether @role is one of the words of #TlFolder (RFC 6154 §2, and the inbox)
 */
gboolean
tl_folder_role_is_known (const char *role)
{
  static const char * const roles[] = {
    "inbox", "sent", "drafts", "junk", "trash", "archive", "all", "flagged", NULL
  };

  return g_strv_contains (roles, role);
}

static TlStep *
find_step (GPtrArray *steps,
           TlStage    stage)
{
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      TlStep *step = g_ptr_array_index (steps, i);

      if (tl_step_get_stage (step) == stage)
        return step;
    }

  return NULL;
}

/* Every stage of the lane once, in the order run. One that is said to be under
 * way was not seen to its end. */
static GPtrArray *
complete_steps (const TlLaneReportParts *parts)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  TlSecurity security = TL_SECURITY_TLS;
  const TlStage *stages;
  gsize n_stages;

  if (parts->settings != NULL)
    security = tl_endpoint_get_security (tl_lane_settings_get_endpoint (parts->settings));

  stages = tl_stage_list_lane (security, &n_stages);
  for (gsize i = 0; i < n_stages; i++)
    {
      /* With no server there is nothing that can have been tested. */
      TlStep *step = parts->settings != NULL ? find_step (parts->steps, stages[i]) : NULL;

      if (step != NULL && tl_step_get_status (step) != TL_STATUS_RUNNING)
        g_ptr_array_add (steps, tl_step_ref (step));
      else
        g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_NOT_TESTED, 0, 0));
    }

  return steps;
}

static gboolean
has_status (GPtrArray *steps,
            TlStatus   status)
{
  for (guint i = 0; i < steps->len; i++)
    {
      if (tl_step_get_status (g_ptr_array_index (steps, i)) == status)
        return TRUE;
    }

  return FALSE;
}

static TlFinding *
first_of_severity (GPtrArray  *findings,
                   TlSeverity  severity)
{
  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);

      if (tl_finding_get_severity (finding) == severity)
        return finding;
    }

  return NULL;
}

/* The order matters: a lane with a failure is never merely untested, and a
 * lane with a gap is never green, whatever the rest of it says. */
static TlVerdict
decide (const TlLaneReport  *self,
        TlFinding          **out_primary)
{
  TlFinding *error = first_of_severity (self->findings, TL_SEVERITY_ERROR);
  TlFinding *warning = first_of_severity (self->findings, TL_SEVERITY_WARNING);

  /* Without a server whatever was said about that decides, be it only a warning. */
  *out_primary = error == NULL && self->settings == NULL ? warning : error;
  if (self->settings == NULL || error != NULL || has_status (self->steps, TL_STATUS_ERROR))
    return TL_VERDICT_ERROR;

  if (has_status (self->steps, TL_STATUS_NOT_TESTED))
    return TL_VERDICT_NOT_TESTED;

  *out_primary = warning;
  if (warning != NULL || has_status (self->steps, TL_STATUS_WARNING))
    return TL_VERDICT_WARNING;

  return TL_VERDICT_OK;
}

static GPtrArray *
copy_findings (GPtrArray *from)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; from != NULL && i < MIN (from->len, TL_LANE_REPORT_MAX_FINDINGS); i++)
    g_ptr_array_add (findings, g_object_ref (g_ptr_array_index (from, i)));

  return findings;
}

static GPtrArray *
copy_folders (GPtrArray *from)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);

  for (guint i = 0; from != NULL && i < MIN (from->len, TL_LANE_REPORT_MAX_FOLDERS); i++)
    {
      const TlFolder *folder = g_ptr_array_index (from, i);

      g_ptr_array_add (folders, tl_folder_new (folder->name, folder->role));
    }

  return folders;
}

static char **
copy_capabilities (const char * const *from)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; from != NULL && from[i] != NULL && i < TL_LANE_REPORT_MAX_CAPABILITIES; i++)
    g_strv_builder_add (builder, from[i]);

  return g_strv_builder_end (builder);
}

/**
 * tl_lane_report_new:
 * @parts: what it is made of
 *
 * Makes a report and works out its verdict: `error` with no server, an error
 * finding or a failed stage; else `not-tested` with a stage that was not
 * reached; else `warning` with a warning finding or stage; else `ok`. The
 * primary is the first finding of the severity that decided.
 *
 * More folders, capabilities and findings than the `TL_LANE_REPORT_MAX_` bounds
 * are left out, so that what is written can always be read.
 *
 * Returns: (transfer full): a report
 */
TlLaneReport *
tl_lane_report_new (const TlLaneReportParts *parts)
{
  TlLaneReport *self;
  TlFinding *primary;

  g_return_val_if_fail (parts->lane != TL_LANE_NONE, NULL);

  self = g_atomic_rc_box_new0 (TlLaneReport);
  self->lane = parts->lane;
  if (parts->settings != NULL)
    self->settings = tl_lane_settings_ref (parts->settings);
  self->steps = complete_steps (parts);
  self->findings = copy_findings (parts->findings);
  if (parts->tls != NULL)
    self->tls = tl_tls_info_ref (parts->tls);
  self->address = g_strdup (parts->address);
  self->proxy = g_strdup (parts->proxy);
  self->capabilities = copy_capabilities (parts->capabilities);
  self->folders = copy_folders (parts->folders);
  if (parts->facts != NULL)
    self->facts = tl_lane_facts_ref (parts->facts);
  self->tested_at_s = parts->tested_at_s;

  self->verdict = decide (self, &primary);
  g_set_object (&self->primary, primary);

  return self;
}

TlLaneReport *
tl_lane_report_ref (TlLaneReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_lane_report_clear (gpointer data)
{
  TlLaneReport *self = data;

  g_clear_pointer (&self->settings, tl_lane_settings_unref);
  g_clear_object (&self->primary);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->tls, tl_tls_info_unref);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->proxy, g_free);
  g_clear_pointer (&self->capabilities, g_strfreev);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  g_clear_pointer (&self->facts, tl_lane_facts_unref);
}

void
tl_lane_report_unref (TlLaneReport *self)
{
  g_atomic_rc_box_release_full (self, tl_lane_report_clear);
}

TlLaneKind
tl_lane_report_get_lane (const TlLaneReport *self)
{
  return self->lane;
}

TlVerdict
tl_lane_report_get_verdict (const TlLaneReport *self)
{
  return self->verdict;
}

/**
 * tl_lane_report_get_primary:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): the finding that decided the verdict
 */
TlFinding *
tl_lane_report_get_primary (const TlLaneReport *self)
{
  return self->primary;
}

/**
 * tl_lane_report_get_settings:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): what was tested, or %NULL when no server was found
 */
TlLaneSettings *
tl_lane_report_get_settings (const TlLaneReport *self)
{
  return self->settings;
}

/**
 * tl_lane_report_get_steps:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlStep): every stage of the lane, in the order run
 */
GPtrArray *
tl_lane_report_get_steps (const TlLaneReport *self)
{
  return self->steps;
}

/**
 * tl_lane_report_get_findings:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlFinding): what was found, never %NULL
 */
GPtrArray *
tl_lane_report_get_findings (const TlLaneReport *self)
{
  return self->findings;
}

TlTlsInfo *
tl_lane_report_get_tls (const TlLaneReport *self)
{
  return self->tls;
}

const char *
tl_lane_report_get_address (const TlLaneReport *self)
{
  return self->address;
}

const char *
tl_lane_report_get_proxy (const TlLaneReport *self)
{
  return self->proxy;
}

/**
 * tl_lane_report_get_capabilities:
 * @self: a report
 *
 * Returns: (transfer none) (array zero-terminated=1): what the server said it can, never %NULL
 */
const char * const *
tl_lane_report_get_capabilities (const TlLaneReport *self)
{
  return (const char * const *) self->capabilities;
}

/**
 * tl_lane_report_get_folders:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlFolder): the folders, never %NULL
 */
GPtrArray *
tl_lane_report_get_folders (const TlLaneReport *self)
{
  return self->folders;
}

/**
 * tl_lane_report_get_facts:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): what else was learnt, %NULL when the lane did not get there
 */
TlLaneFacts *
tl_lane_report_get_facts (const TlLaneReport *self)
{
  return self->facts;
}

/**
 * tl_lane_report_get_tested_at_s:
 * @self: a report
 *
 * Returns: when the lane was tested, seconds since the epoch, UTC
 */
gint64
tl_lane_report_get_tested_at_s (const TlLaneReport *self)
{
  return self->tested_at_s;
}
