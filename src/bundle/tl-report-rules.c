/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-rules.h"

#include <glib/gi18n-lib.h>

#include "tl-report-markup.h"

/* A rule that is not here is shown by its name alone. */
static const struct
{
  const char *rule;
  const char *label;
} rule_labels[] = {
  { "domains",               N_("Domains of addresses") },
  { "providers",             N_("Mail providers") },
  { "hosts.incoming",        N_("Incoming servers") },
  { "hosts.outgoing",        N_("Outgoing servers") },
  { "tls.min_version",       N_("Encryption") },
  { "sign_in",               N_("Sign-in") },
  { "user_name",             N_("User name") },
  { "separate_sending",      N_("Sign-in for sending") },
  { "folder_roles",          N_("Folders") },
  { "outreach_folders",      N_("Folders by name") },
  { "domain_health.minimum", N_("Faults a domain may not have") },
  { "daily_ceiling",         N_("Volume") },
  { "max_age_days",          N_("Greatest age of a file") },
  { "target.id",             N_("Platform") },
  { "passwords",             N_("How passwords travel") },
};

static const struct
{
  const char *origin;
  const char *label;
} origin_labels[] = {
  /* Translators: where a policy came from */
  { "system", N_("Set by the administrator of the computer where this file was made") },
  /* Translators: where a policy came from: it was signed by somebody who is trusted there */
  { "signer", N_("Signed by somebody who is trusted where this file was made") },
  /* Translators: where a policy came from */
  { "user",   N_("From the settings of the person who made this file") },
  /* Translators: where a policy came from */
  { "file",   N_("From a file that was chosen by the person who made this file") },
};

/* Indexed by TlVerdict; a rule is never between kept and broken. */
static const char * const verdict_labels[] = {
  /* Translators: how a set-up stands to a rule: nothing has looked yet */
  [TL_VERDICT_NOT_TESTED] = N_("Not looked at yet"),
  /* Translators: how a set-up stands to a rule */
  [TL_VERDICT_OK]         = N_("Kept"),
  /* Translators: how a set-up stands to a rule: a rule comes to nothing between kept and broken */
  [TL_VERDICT_WARNING]    = N_("Broken"),
  /* Translators: how a set-up stands to a rule */
  [TL_VERDICT_ERROR]      = N_("Broken"),
};

static const char *
find_rule_label (const char *rule)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rule_labels); i++)
    {
      if (g_strcmp0 (rule_labels[i].rule, rule) == 0)
        return _(rule_labels[i].label);
    }

  return NULL;
}

static const char *
find_origin_label (const char *origin)
{
  for (gsize i = 0; i < G_N_ELEMENTS (origin_labels); i++)
    {
      if (g_strcmp0 (origin_labels[i].origin, origin) == 0)
        return _(origin_labels[i].label);
    }

  return origin;
}

static void
add_rule (GString            *out,
          const TlPolicyRule *rule)
{
  const char *label = find_rule_label (rule->rule);

  g_string_append (out, "<tr><th scope=\"row\">");
  if (label != NULL)
    tl_markup_add (out, "%s ", label);
  tl_markup_add (out, "<code>%s</code></th><td class=\"%s\">%s</td></tr>\n", rule->rule,
                 tl_verdict_get_nick (rule->verdict), _(verdict_labels[rule->verdict]));
}

static void
add_document (GString              *out,
              const TlPolicyRecord *record,
              guint                 index)
{
  guint n_documents;
  guint n_rules;
  const TlPolicyDocument *document = &tl_policy_record_get_documents (record, &n_documents)[index];
  const TlPolicyRule *rules = tl_policy_record_get_rules (record, &n_rules);
  guint n_own = 0;

  for (guint i = 0; i < n_rules; i++)
    n_own += rules[i].document == index;

  g_string_append (out, "<div class=\"policy\">\n");
  tl_markup_add (out, "<h3><bdi>%s</bdi></h3>\n<p class=\"remark\">%s</p>\n",
                 document->name != NULL ? document->name : _("A policy without a name"),
                 find_origin_label (document->origin));
  if (n_own == 0)
    {
      tl_report_markup_text (out, _("It has no rule that could be broken here."));
    }
  else
    {
      tl_markup_add (out,
                     "<table class=\"rules\">\n<caption>%s</caption>\n"
                     "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr>"
                     "</thead>\n<tbody>\n",
                     _("How this mailbox stands to each rule"), _("Rule"), _("Result"));
      for (guint i = 0; i < n_rules; i++)
        {
          if (rules[i].document == index)
            add_rule (out, &rules[i]);
        }
      g_string_append (out, "</tbody>\n</table>\n");
    }
  tl_markup_add (out, "<p class=\"small\">%s <code>%s</code></p>\n</div>\n",
                 /* Translators: followed by a hash: of which file a policy is */
                 _("SHA-256 of the policy:"), document->sha256);
}

/**
 * tl_report_rules_add:
 * @out: the page so far
 * @record: (nullable): which policies held, or %NULL where none did
 *
 * Adds the section about policies: which documents, and how the mailbox stands to each rule.
 */
void
tl_report_rules_add (GString        *out,
                     TlPolicyRecord *record)
{
  guint n_documents = 0;

  tl_report_markup_open (out, "policy", _("Policy"));
  if (record == NULL)
    {
      tl_report_markup_text (out, _("No company policy applied where this file was made."));
    }
  else
    {
      tl_policy_record_get_documents (record, &n_documents);
      tl_report_markup_text (out, tl_policy_record_get_verdict (record) == TL_VERDICT_ERROR
                                  ? _("At least one rule is broken, so this file is a draft.")
                                  : _("Every rule that could be looked at is kept."));
      for (guint i = 0; i < n_documents; i++)
        add_document (out, record, i);
    }
  tl_report_markup_remark (out, _("Whoever takes this file checks it against their own policy as "
                                  "well; this is what the sender’s side says."));
  tl_report_markup_close (out);
}
