/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-closures.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-discovery-words.h"
#include "tl-duration.h"
#include "tl-sentences.h"

gboolean
tl_not (GObject  *object,
        gboolean  value)
{
  return !value;
}

gboolean
tl_both (GObject  *object,
         gboolean  a,
         gboolean  b)
{
  return a && b;
}

gboolean
tl_either (GObject  *object,
           gboolean  a,
           gboolean  b)
{
  return a || b;
}

gboolean
tl_text_is_set (GObject    *object,
                const char *text)
{
  return text != NULL && *text != '\0';
}

gboolean
tl_uint_is_set (GObject *object,
                guint    value)
{
  return value != 0;
}

gboolean
tl_object_is_set (GObject *object,
                  GObject *other)
{
  return other != NULL;
}

/* The number of a step in a list, counted from 1; 0 is for a list without. */
char *
tl_number_to_label (GObject *object,
                    guint    number)
{
  /* Translators: the number of a step in a list of instructions */
  return number == 0 ? g_strdup ("") : g_strdup_printf (_("%u."), number);
}

/**
 * tl_bold_part:
 * @object: (nullable): unused
 * @text: (nullable): a sentence
 * @part: (nullable): words of it
 *
 * Makes @part stand out without building markup out of somebody's data.
 *
 * Returns: (transfer full): bold over the last place where @part stands in @text
 */
PangoAttrList *
tl_bold_part (GObject    *object,
              const char *text,
              const char *part)
{
  PangoAttrList *list = pango_attr_list_new ();
  const char *hit;
  PangoAttribute *bold;

  if (text == NULL || part == NULL || *part == '\0' || (hit = g_strrstr (text, part)) == NULL)
    return list;

  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->start_index = (guint) (hit - text);
  bold->end_index = bold->start_index + (guint) strlen (part);
  pango_attr_list_insert (list, bold);

  return list;
}

/* Indexed by TlStatus: the look of a stage. Each icon has its own outline, so
 * that none is told from another by colour alone. */
static const struct
{
  const char *icon;
  const char *css_class;
} statuses[] = {
  [TL_STATUS_NOT_TESTED] = { "tl-not-tested-symbolic", "dim-label" },
  [TL_STATUS_RUNNING]    = { "tl-not-tested-symbolic", "running" },
  [TL_STATUS_OK]         = { "tl-ok-symbolic",         "success" },
  [TL_STATUS_NOT_NEEDED] = { "list-remove-symbolic",   "dim-label" },
  [TL_STATUS_WARNING]    = { "dialog-warning-symbolic", "warning" },
  [TL_STATUS_ERROR]      = { "tl-failed-symbolic",     "error" },
};

static char **
make_classes (const char *one,
              const char *other)
{
  const char *classes[] = { one, other, NULL };

  return g_strdupv ((char **) classes);
}

char *
tl_status_to_icon (GObject  *object,
                   TlStatus  status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (statuses), NULL);

  return g_strdup (statuses[status].icon);
}

char **
tl_status_to_classes (GObject  *object,
                      TlStatus  status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (statuses), NULL);

  return make_classes (statuses[status].css_class, NULL);
}

/* What was not tested has nothing to show. */
gboolean
tl_status_is_known (GObject  *object,
                    TlStatus  status)
{
  return status != TL_STATUS_NOT_TESTED;
}

gboolean
tl_status_is_running (GObject  *object,
                      TlStatus  status)
{
  return status == TL_STATUS_RUNNING;
}

char *
tl_milliseconds_to_label (GObject *object,
                          guint    ms)
{
  return tl_duration_dup_label (ms);
}

char *
tl_stage_to_time (GObject  *object,
                  TlStatus  status,
                  guint     ms,
                  guint     left_s)
{
  switch (status)
    {
    case TL_STATUS_NOT_TESTED:
    case TL_STATUS_NOT_NEEDED:
      return g_strdup (tl_status_get_label (status));
    case TL_STATUS_RUNNING:
      /* Translators: how many seconds are left before a stage counts as failed */
      return left_s == 0 ? g_strdup ("") : g_strdup_printf (_("%u s left"), left_s);
    case TL_STATUS_OK:
    case TL_STATUS_WARNING:
    case TL_STATUS_ERROR:
    default:
      return tl_milliseconds_to_label (NULL, ms);
    }
}

TlFinding *
tl_finding_of_stage (GObject   *object,
                     TlFinding *finding,
                     TlStage    stage)
{
  if (finding == NULL || tl_finding_get_stage (finding) != stage)
    return NULL;

  return g_object_ref (finding);
}

char *
tl_source_to_time (GObject        *object,
                   TlSourceStatus  status,
                   guint           ms)
{
  if (status == TL_SOURCE_STATUS_ASKING || status == TL_SOURCE_STATUS_NOT_ASKED)
    return g_strdup ("");

  return tl_milliseconds_to_label (NULL, ms);
}

/* Indexed by TlLaneKind. */
static const struct
{
  const char *title;
  const char *icon;
  const char *why;
  const char *use;
  const char *css_class;
} lanes[] = {
  [TL_LANE_NONE]     = { "", "", "", NULL, "lane-none" },
  [TL_LANE_INCOMING] = { N_("Incoming lane"), "tl-incoming-symbolic",
                         N_("Receives replies"),
                         /* Translators: a stage of the test: the inbox is opened and read */
                         N_("Open the inbox"), "lane-incoming" },
  [TL_LANE_OUTGOING] = { N_("Outgoing lane"), "tl-outgoing-symbolic",
                         N_("Sends your emails"),
                         /* Translators: a stage of the test: a message is prepared, not sent */
                         N_("Allowed to send"), "lane-outgoing" },
};

char *
tl_lane_to_title (GObject    *object,
                  TlLaneKind  lane)
{
  return lane == TL_LANE_NONE ? g_strdup ("") : g_strdup (_(lanes[lane].title));
}

char *
tl_lane_to_icon (GObject    *object,
                 TlLaneKind  lane)
{
  return g_strdup (lanes[lane].icon);
}

char *
tl_lane_to_why (GObject    *object,
                TlLaneKind  lane)
{
  return lane == TL_LANE_NONE ? g_strdup ("") : g_strdup (_(lanes[lane].why));
}

char *
tl_stage_to_label (GObject    *object,
                   TlStage     stage,
                   TlLaneKind  lane)
{
  if (stage == TL_STAGE_USE && lane != TL_LANE_NONE)
    return g_strdup (_(lanes[lane].use));

  return g_strdup (tl_stage_get_label (stage));
}

char **
tl_lane_to_classes (GObject    *object,
                    TlLaneKind  lane)
{
  return make_classes ("lane-arrow", lanes[lane].css_class);
}

char *
tl_endpoint_to_title (GObject    *object,
                      const char *host,
                      guint       port)
{
  if (host == NULL || *host == '\0')
    return g_strdup (_("No server yet"));
  if (port == 0)
    return g_strdup (host);

  return g_strdup_printf (strchr (host, ':') == NULL ? "%s:%u" : "[%s]:%u", host, port);
}

char *
tl_security_item_to_label (AdwEnumListItem *item)
{
  return g_strdup (tl_security_get_label ((TlSecurity) adw_enum_list_item_get_value (item)));
}

char *
tl_settings_to_subtitle (GObject    *object,
                         const char *host,
                         TlSecurity  security,
                         const char *username)
{
  /* How to reach nobody would be said for nothing. */
  if (host == NULL || *host == '\0')
    return g_strdup (_("Enter its name"));
  if (username == NULL || *username == '\0')
    return g_strdup (tl_security_get_label (security));

  return g_strdup_printf ("%s\n%s", username, tl_security_get_label (security));
}

/* The port of each lane for each kind of encryption (RFC 8314 §7). */
static const guint usual_ports[][TL_SECURITY_TLS + 1] = {
  [TL_LANE_INCOMING] = { [TL_SECURITY_STARTTLS] = 143, [TL_SECURITY_TLS] = 993 },
  [TL_LANE_OUTGOING] = { [TL_SECURITY_STARTTLS] = 587, [TL_SECURITY_TLS] = 465 },
};

char *
tl_port_to_hint (GObject    *object,
                 TlLaneKind  lane,
                 TlSecurity  security)
{
  g_return_val_if_fail ((guint) lane < G_N_ELEMENTS (usual_ports), NULL);
  g_return_val_if_fail ((guint) security < G_N_ELEMENTS (usual_ports[0]), NULL);

  /* Translators: %u is the number of a port, like 587 */
  return g_strdup_printf (_("Enter a port; %u is usual here"), usual_ports[lane][security]);
}

/* Indexed by TlVerdict. */
static const struct
{
  const char *icon;
  const char *css_class;
} verdicts[] = {
  [TL_VERDICT_NOT_TESTED] = { "tl-not-tested-symbolic", "dim-label" },
  [TL_VERDICT_OK]         = { "tl-ok-symbolic", "success" },
  [TL_VERDICT_WARNING]    = { "dialog-warning-symbolic", "warning" },
  [TL_VERDICT_ERROR]      = { "tl-failed-symbolic", "error" },
};

char *
tl_verdict_to_text (GObject   *object,
                    TlVerdict  verdict,
                    gboolean   running)
{
  return g_strdup (running ? _("Being tested") : tl_verdict_get_label (verdict));
}

char *
tl_verdict_to_icon (GObject   *object,
                    TlVerdict  verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdicts), NULL);

  return g_strdup (verdicts[verdict].icon);
}

char **
tl_verdict_to_classes (GObject   *object,
                       TlVerdict  verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdicts), NULL);

  return make_classes (verdicts[verdict].css_class, NULL);
}

char *
tl_finding_to_title (GObject   *object,
                     TlFinding *finding)
{
  return finding == NULL ? NULL : tl_finding_dup_title (finding);
}

char *
tl_finding_to_explanation (GObject   *object,
                           TlFinding *finding)
{
  return finding == NULL ? NULL : tl_finding_dup_explanation (finding);
}

/* Indexed by TlSeverity. */
static const struct
{
  const char *icon;
  const char *css_class;
} severities[] = {
  [TL_SEVERITY_NOTE]    = { "dialog-information-symbolic", "note" },
  [TL_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warning" },
  [TL_SEVERITY_ERROR]   = { "dialog-error-symbolic", "error" },
};

char *
tl_severity_to_icon (GObject    *object,
                     TlSeverity  severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severities), NULL);

  return g_strdup (severities[severity].icon);
}

char **
tl_severity_to_classes (GObject    *object,
                        TlSeverity  severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severities), NULL);

  return make_classes ("severity", severities[severity].css_class);
}

char *
tl_severity_to_word (GObject    *object,
                     TlSeverity  severity,
                     TlLaneKind  lane)
{
  g_autofree char *where = tl_lane_to_title (NULL, lane);

  if (*where == '\0')
    return g_strdup (tl_severity_get_label (severity));

  /* Translators: how grave it is, and on which lane: “Problem · Outgoing lane” */
  return g_strdup_printf (_("%s · %s"), tl_severity_get_label (severity), where);
}

char *
tl_finding_to_severity (GObject   *object,
                        TlFinding *finding)
{
  return finding == NULL ? NULL
                         : tl_severity_to_word (NULL, tl_finding_get_severity (finding),
                                                tl_finding_get_lane (finding));
}

char *
tl_finding_to_icon (GObject   *object,
                    TlFinding *finding)
{
  return finding == NULL ? NULL : tl_severity_to_icon (NULL, tl_finding_get_severity (finding));
}

char **
tl_finding_to_classes (GObject   *object,
                       TlFinding *finding)
{
  return finding == NULL ? make_classes ("severity", NULL)
                         : tl_severity_to_classes (NULL, tl_finding_get_severity (finding));
}

char *
tl_finding_to_fixer (GObject   *object,
                     TlFinding *finding)
{
  const TlCatalogueEntry *entry = finding == NULL ? NULL : tl_finding_get_entry (finding);

  if (entry == NULL)
    return NULL;

  /* Translators: %s is one of "you", "your administrator", "the provider", "your network" */
  return g_strdup_printf (_("Who can fix it: %s"), tl_fixer_get_label (entry->fixer));
}

char *
tl_finding_to_server_text (GObject   *object,
                           TlFinding *finding)
{
  return finding == NULL ? NULL
                         : g_strdup (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                                             TL_EVIDENCE_SERVER_TEXT));
}

gboolean
tl_finding_offers (GObject   *object,
                   TlFinding *finding,
                   TlAction   action)
{
  return finding != NULL && tl_finding_has_action (finding, action);
}

/**
 * tl_finding_is_about_address:
 * @object: (nullable): unused
 * @finding: (nullable): a finding
 *
 * Returns: whether what has to change is the address that was typed, not a server
 */
gboolean
tl_finding_is_about_address (GObject   *object,
                             TlFinding *finding)
{
  return finding != NULL && tl_finding_get_lane (finding) == TL_LANE_NONE &&
         (tl_finding_get_stage (finding) == TL_STAGE_INPUT ||
          tl_finding_get_stage (finding) == TL_STAGE_RESOLVE ||
          g_str_equal (tl_finding_get_id (finding), "discover.nothing-found"));
}

gboolean
tl_finding_is (GObject    *object,
               TlFinding  *finding,
               const char *id)
{
  return finding != NULL && g_strcmp0 (tl_finding_get_id (finding), id) == 0;
}

/* What is said somewhere else already is not said here. */
TlFinding *
tl_finding_unless (GObject   *object,
                   TlFinding *finding,
                   gboolean   said)
{
  return finding == NULL || said ? NULL : g_object_ref (finding);
}

gboolean
tl_purpose_is_practice (GObject   *object,
                        TlPurpose  purpose)
{
  return purpose == TL_PURPOSE_PRACTICE;
}

char *
tl_scenario_to_label (GObject            *object,
                      TlPracticeScenario  scenario)
{
  return g_strdup (tl_practice_scenario_get_label (scenario));
}

char *
tl_scenario_to_explanation (GObject            *object,
                            TlPracticeScenario  scenario)
{
  return g_strdup (tl_practice_scenario_get_explanation (scenario));
}

gboolean
tl_auth_is_app_password (GObject *object,
                         TlAuth   auth)
{
  return auth == TL_AUTH_APP_PASSWORD;
}

gboolean
tl_auth_is_oauth (GObject *object,
                  TlAuth   auth)
{
  return auth == TL_AUTH_OAUTH2;
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} closures[] = {
  CLOSURE (tl_auth_is_app_password),
  CLOSURE (tl_auth_is_oauth),
  CLOSURE (tl_bold_part),
  CLOSURE (tl_both),
  CLOSURE (tl_either),
  CLOSURE (tl_endpoint_to_title),
  CLOSURE (tl_finding_is),
  CLOSURE (tl_finding_is_about_address),
  CLOSURE (tl_finding_of_stage),
  CLOSURE (tl_finding_offers),
  CLOSURE (tl_finding_to_classes),
  CLOSURE (tl_finding_to_explanation),
  CLOSURE (tl_finding_to_fixer),
  CLOSURE (tl_finding_to_icon),
  CLOSURE (tl_finding_to_server_text),
  CLOSURE (tl_finding_to_severity),
  CLOSURE (tl_finding_to_title),
  CLOSURE (tl_finding_unless),
  CLOSURE (tl_lane_to_classes),
  CLOSURE (tl_lane_to_icon),
  CLOSURE (tl_lane_to_title),
  CLOSURE (tl_lane_to_why),
  CLOSURE (tl_not),
  CLOSURE (tl_number_to_label),
  CLOSURE (tl_object_is_set),
  CLOSURE (tl_port_to_hint),
  CLOSURE (tl_purpose_is_practice),
  CLOSURE (tl_scenario_to_explanation),
  CLOSURE (tl_scenario_to_label),
  CLOSURE (tl_security_item_to_label),
  CLOSURE (tl_settings_to_subtitle),
  CLOSURE (tl_source_to_time),
  CLOSURE (tl_stage_to_label),
  CLOSURE (tl_stage_to_time),
  CLOSURE (tl_severity_to_classes),
  CLOSURE (tl_severity_to_icon),
  CLOSURE (tl_severity_to_word),
  CLOSURE (tl_status_is_known),
  CLOSURE (tl_status_is_running),
  CLOSURE (tl_status_to_classes),
  CLOSURE (tl_status_to_icon),
  CLOSURE (tl_text_is_set),
  CLOSURE (tl_uint_is_set),
  CLOSURE (tl_verdict_to_classes),
  CLOSURE (tl_verdict_to_icon),
  CLOSURE (tl_verdict_to_text),
};

/**
 * tl_closures_bind:
 * @widget_class: the class of a template
 *
 * Lets the template name the functions of this file.
 */
void
tl_closures_bind (GtkWidgetClass *widget_class)
{
  tl_discovery_words_bind (widget_class);
  tl_sentences_bind (widget_class);
  for (gsize i = 0; i < G_N_ELEMENTS (closures); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, closures[i].name,
                                                  closures[i].callback);
}
