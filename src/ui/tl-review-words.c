/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-review-words.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-error.h"

/* What a file is worth, by the first thing that is wrong with it. Others have their own title. */
static const struct
{
  const char *id;
  const char *title;
} titles[] = {
  { "bundle.unknown-signer",        N_("Unchanged, but nobody you trust vouches for it") },
  { "bundle.tampered",              N_("Changed, damaged, or no Twolane bundle at all") },
  { "bundle.bad-signature",         N_("The signature does not hold") },
  { "bundle.schema",                N_("This file cannot be understood") },
  { "bundle.expired",               N_("This file does not count at this moment") },
  { "bundle.practice",              N_("A practice file: not to be imported") },
  { "bundle.rollback",              N_("An older file than you accepted before") },
  { "bundle.not-for-you",           N_("Its passwords are for somebody else") },
  { "export.policy",                N_("It breaks a rule of your organisation") },
  { "export.lane-not-green",        N_("A draft: not to be imported") },
  { "export.stale",                 N_("A draft: not to be imported") },
};

/**
 * tl_review_to_title:
 * @object: (nullable): unused
 * @loading: the file is being read
 * @accepted: everything passed
 * @own: the key that signs here made it
 * @bundle: (nullable): what of it may be shown
 * @finding: (nullable): the first thing that is wrong
 *
 * Returns: (transfer full): what the file is worth, in one sentence
 */
char *
tl_review_to_title (GObject   *object,
                    gboolean   loading,
                    gboolean   accepted,
                    gboolean   own,
                    TlBundle  *bundle,
                    TlFinding *finding)
{
  if (loading)
    return g_strdup (_("The file is being checked"));
  if (accepted)
    return g_strdup (_("Everything passed: it may be imported"));
  if (finding == NULL)
    return g_strdup (bundle == NULL ? _("The file could not be read")
                                    : _("A draft: not to be imported"));

  if (own && g_str_equal (tl_finding_get_id (finding), "bundle.unknown-signer"))
    return g_strdup (_("Unchanged, and signed with your own key"));

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (g_str_equal (titles[i].id, tl_finding_get_id (finding)))
        return g_strdup (_(titles[i].title));
    }

  return tl_finding_dup_title (finding);
}

/* Which lane stopped first, and where. */
static char *
describe_draft (TlBundle *bundle)
{
  static const TlLaneKind lanes[] = { TL_LANE_INCOMING, TL_LANE_OUTGOING };
  TlReport *report = tl_bundle_get_report (bundle);

  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      TlLaneReport *lane = tl_report_get_lane (report, lanes[i]);
      GPtrArray *steps = lane == NULL ? NULL : tl_lane_report_get_steps (lane);
      g_autofree char *title = tl_lane_to_title (NULL, lanes[i]);

      if (lane == NULL)
        /* Translators: %s is a lane, like “Incoming lane” */
        return g_strdup_printf (_("%s was not tested."), title);
      for (guint j = 0; j < steps->len; j++)
        {
          const TlStep *step = steps->pdata[j];

          if (tl_step_get_status (step) == TL_STATUS_ERROR)
            /* Translators: a lane, like “Outgoing lane”, and what it failed at, like “Sign in” */
            return g_strdup_printf (_("%s failed at: %s."), title,
                                    tl_stage_get_label (tl_step_get_stage (step)));
        }
    }

  return g_strdup (_("It was not complete when it was made."));
}

char *
tl_review_to_lead (GObject   *object,
                   gboolean   loading,
                   gboolean   accepted,
                   gboolean   own,
                   TlBundle  *bundle,
                   TlFinding *finding)
{
  if (loading)
    return g_strdup (_("Nothing of it is shown before every check has passed."));
  if (bundle == NULL)
    return g_strdup (_("Nothing of it is shown, because nothing in it can be relied on."));
  if (accepted)
    return g_strdup (_("A signer whom you trust made it, and nobody changed it since."));
  if (tl_finding_is (NULL, finding, "export.stale"))
    return g_strdup (_("It was made too long after the test. Ask the sender to test again and send "
                       "a new one."));
  if (tl_finding_is_about_draft (NULL, finding))
    {
      g_autofree char *why = describe_draft (bundle);

      /* Translators: %s is a sentence that says which lane failed */
      return g_strdup_printf (_("%s Ask the sender to repair it and to send a new one."), why);
    }
  if (own)
    return g_strdup (_("To others it counts once they trust your signature. Look below before you "
                       "send it."));

  return g_strdup (_("It is shown so that you can find out more. Do not import it as it is."));
}

char *
tl_review_to_icon (GObject   *object,
                   gboolean   loading,
                   gboolean   accepted,
                   TlFinding *finding)
{
  if (loading)
    return g_strdup ("tl-not-tested-symbolic");
  if (accepted)
    return g_strdup ("tl-ok-symbolic");
  if (finding == NULL)
    return g_strdup ("dialog-warning-symbolic");

  return tl_finding_to_icon (NULL, finding);
}

char **
tl_review_to_classes (GObject   *object,
                      gboolean   loading,
                      gboolean   accepted,
                      TlFinding *finding)
{
  const char *classes[] = { loading ? "dim-label" : accepted ? "success" : "warning", NULL };

  if (!loading && !accepted && finding != NULL &&
      tl_finding_get_severity (finding) == TL_SEVERITY_ERROR)
    classes[0] = "error";

  return g_strdupv ((char **) classes);
}

char *
tl_review_to_window_title (GObject    *object,
                           const char *address)
{
  return g_strdup (address == NULL || *address == '\0' ? _("Review") : address);
}

gboolean
tl_bundle_is_set (GObject  *object,
                  TlBundle *bundle)
{
  return bundle != NULL;
}

/* The name is the signer's own word, and says so. */
char *
tl_signer_to_subtitle (GObject    *object,
                       const char *name,
                       gboolean    own,
                       TlBundle   *bundle)
{
  if (own)
    return g_strdup (_("This is your own key."));
  if (name == NULL || *name == '\0')
    return g_strdup (_("The signer gives no name."));

  if (bundle != NULL && tl_bundle_is_vouched_for (bundle))
    /* Translators: %s is the name that a signer has */
    return g_strdup_printf (_("“%s”, whose signature is trusted on this computer."), name);

  /* Translators: %s is a name that nobody has checked */
  return g_strdup_printf (_("Calls itself “%s”; only the fingerprint proves who it is."), name);
}

gboolean
tl_bundle_is_stranger (GObject  *object,
                       TlBundle *bundle,
                       gboolean  own)
{
  return bundle != NULL && !own && !tl_bundle_is_vouched_for (bundle);
}

char *
tl_other_to_title (GObject    *object,
                   const char *path)
{
  g_autofree char *name = path == NULL ? NULL : g_path_get_basename (path);
  g_autofree char *shown = name == NULL ? NULL : g_filename_display_name (name);

  if (shown == NULL)
    return g_strdup ("");

  /* Translators: %s is the name of a file */
  return g_strdup_printf (_("Compared with %s"), shown);
}

/* What stands before that which a rule wants. Others say what is allowed. */
static const struct
{
  const char *rule;
  const char *word;
} wishes[] = {
  /* Translators: before what a rule asks for: “At most: 14 days” */
  { "daily_ceiling",         N_("At most") },
  { "max_age_days",          N_("At most") },
  /* Translators: before what a rule asks for: “At least: TLS 1.3” */
  { "domain_health.minimum", N_("At least") },
  { "tls.min_version",       N_("At least") },
  /* Translators: before what a rule asks for: “Required: Sent, Trash” */
  { "folder_roles",          N_("Required") },
  { "separate_sending",      N_("Required") },
  { "target.id",             N_("Required") },
};

char *
tl_rule_to_wanted (GObject    *object,
                   const char *rule,
                   const char *wanted)
{
  /* Translators: before what a rule allows: “Allowed: *.example.org” */
  const char *word = _("Allowed");

  if (wanted == NULL)
    return g_strdup ("");

  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      if (g_strcmp0 (wishes[i].rule, rule) == 0)
        word = _(wishes[i].word);
    }

  /* Translators: a word like “Allowed” or “At most”, and what is */
  return g_strdup_printf (_("%s: %s"), word, wanted);
}

char *
tl_rule_to_found (GObject    *object,
                  const char *found,
                  TlVerdict   verdict)
{
  if (found != NULL && *found != '\0')
    /* Translators: what a mailbox has where a rule allows something else: “Here: a.example.org” */
    return g_strdup_printf (_("Here: %s"), found);

  /* Translators: a mailbox has nothing of what a rule asks for */
  return g_strdup (verdict == TL_VERDICT_ERROR ? _("Here: none of them") : "");
}

/**
 * tl_rules_to_broken:
 * @object: (nullable): unused
 * @rules: (nullable): a list of #TlPolicyResult
 *
 * Returns: (transfer full): which of them are broken, where there are several
 */
char *
tl_rules_to_broken (GObject    *object,
                    GListModel *rules)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = 0; rules != NULL && i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (rules, i);

      if (tl_policy_result_get_verdict (result) == TL_VERDICT_ERROR)
        g_ptr_array_add (labels, (gpointer) tl_policy_result_get_label (result));
    }
  if (labels->len < 2)
    return g_strdup ("");

  g_ptr_array_add (labels, NULL);
  list = g_strjoinv (", ", (char **) labels->pdata);

  /* Translators: how many rules a mailbox breaks, two at least, and which */
  return g_strdup_printf (ngettext ("It breaks %u rule: %s.", "It breaks %u rules: %s.",
                                    labels->len - 1), labels->len - 1, list);
}

/**
 * tl_differences_to_title:
 * @object: (nullable): unused
 * @n_differences: how many there are
 *
 * Returns: (transfer full): a heading above them
 */
char *
tl_differences_to_title (GObject *object,
                         guint    n_differences)
{
  if (n_differences == 0)
    return g_strdup (_("No differences"));

  /* Translators: how many things are not the same in two files */
  return g_strdup_printf (ngettext ("%u difference", "%u differences", n_differences),
                          n_differences);
}

/**
 * tl_load_error_to_text:
 * @object: (nullable): unused
 * @path: a file that could not be looked at
 * @error: why not
 *
 * Returns: (transfer full): the same for people
 */
char *
tl_load_error_to_text (GObject      *object,
                       const char   *path,
                       const GError *error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  if (g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND))
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_("“%s” is not there."), shown);

  /* Translators: %s is the name of a file; the list says whose signatures are trusted */
  return g_strdup_printf (_("“%s” could not be read, or the list of trusted signers could not."),
                          shown);
}

/* A file that failed, or is not there: another may be meant. */
gboolean
tl_review_wants_other (GObject  *object,
                       gboolean  loading,
                       TlBundle *bundle)
{
  return !loading && bundle == NULL;
}

/* What is wrong with it is said above for whoever receives it: the finding speaks to its maker. */
gboolean
tl_finding_is_about_draft (GObject   *object,
                           TlFinding *finding)
{
  return tl_finding_is (NULL, finding, "export.lane-not-green") ||
         tl_finding_is (NULL, finding, "export.stale");
}

char *
tl_rule_to_source (GObject        *object,
                   const char     *policy_name,
                   TlPolicyOrigin  origin)
{
  if (policy_name == NULL || *policy_name == '\0')
    return g_strdup (tl_policy_origin_get_label (origin));

  /* Translators: the name of a policy and where it came from */
  return g_strdup_printf (_("%s · %s"), policy_name, tl_policy_origin_get_label (origin));
}

char *
tl_policy_to_title (GObject    *object,
                    const char *policy_name)
{
  if (policy_name == NULL || *policy_name == '\0')
    return g_strdup (_("Rules hold for this mailbox"));

  /* Translators: %s is the name of an organisation or of its policy */
  return g_strdup_printf (_("The rules of %s hold here"), policy_name);
}

char *
tl_value_to_text (GObject    *object,
                  const char *value)
{
  /* Translators: there is no value on this side of a comparison */
  return g_strdup (value == NULL || *value == '\0' ? _("none") : value);
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} closures[] = {
  CLOSURE (tl_bundle_is_set),
  CLOSURE (tl_bundle_is_stranger),
  CLOSURE (tl_finding_is_about_draft),
  CLOSURE (tl_other_to_title),
  CLOSURE (tl_policy_to_title),
  CLOSURE (tl_review_to_classes),
  CLOSURE (tl_review_to_icon),
  CLOSURE (tl_review_to_lead),
  CLOSURE (tl_review_to_title),
  CLOSURE (tl_review_to_window_title),
  CLOSURE (tl_review_wants_other),
  CLOSURE (tl_rule_to_found),
  CLOSURE (tl_rule_to_source),
  CLOSURE (tl_rule_to_wanted),
  CLOSURE (tl_signer_to_subtitle),
  CLOSURE (tl_value_to_text),
};

void
tl_review_words_bind (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (closures); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, closures[i].name,
                                                  closures[i].callback);
}
