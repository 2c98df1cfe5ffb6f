/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-html.h"

#include <glib/gi18n-lib.h>

#include "tl-report-access.h"
#include "tl-report-domain.h"
#include "tl-report-evidence.h"
#include "tl-report-findings.h"
#include "tl-report-folders.h"
#include "tl-report-lanes.h"
#include "tl-report-markup.h"
#include "tl-report-rules.h"
#include "tl-report-sending.h"
#include "tl-report-style.h"

/* No script, no network, no form, no base: whatever got in here can only be read. */
#define POLICY "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

static const struct
{
  const char *class;
  const char *label;
} readiness_labels[] = {
  [TL_READINESS_DRAFT] = { "draft", N_("Draft") },
  /* Translators: tested, but too long ago */
  [TL_READINESS_STALE] = { "stale", N_("Draft: the test is too old") },
  [TL_READINESS_READY] = { "ready", N_("Ready to hand over") },
};

static gboolean
is_practice (TlReport *report)
{
  return tl_plan_get_purpose (tl_report_get_plan (report)) == TL_PURPOSE_PRACTICE;
}

static void
add_head (GString  *out,
          TlReport *report)
{
  const char *address =
    tl_address_get_addr_spec (tl_plan_get_address (tl_report_get_plan (report)));
  /* Translators: which way this language is written: "ltr" (left to right) or "rtl" */
  const char *direction = C_("text direction", "ltr");

  tl_markup_add (out,
                 "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n"
                 "<meta charset=\"utf-8\">\n",
                 /* Translators: the language of this translation, as a BCP 47 tag such as
                  * "sv" or "pt-BR" */
                 C_("language tag", "en"),
                 g_strcmp0 (direction, "rtl") == 0 ? "rtl" : "ltr");
  g_string_append (out, "<meta http-equiv=\"Content-Security-Policy\" "
                        "content=\"" POLICY "\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n"
                        "<meta name=\"color-scheme\" content=\"light dark\">\n"
                        "<meta name=\"referrer\" content=\"no-referrer\">\n");
  tl_markup_add (out, "<title>%s – %s</title>\n<style>\n", _("Mailbox hand-over"), address);
  g_string_append (out, tl_report_style);
  g_string_append (out, "</style>\n</head>\n<body>\n<main>\n<header>\n");
  tl_markup_add (out, "<p class=\"kicker\">%s</p>\n<h1>%s</h1>\n", _("Mailbox hand-over"),
                 address);
  tl_markup_add (out, "<p id=\"about\">%s %s</p>\n</header>\n",
                 /* Translators: Twolane is the name of this program */
                 _("Twolane, a program on the sender’s computer, tested this mailbox in "
                   "both directions, receiving (the incoming lane) and sending (the "
                   "outgoing lane), and wrote down here what another service needs to take "
                   "it over."),
                 _("The signature on the file says who made it and that nobody changed it "
                   "since; it does not say that what stands in it is true."));
}

/* What stands in the way of using this file, or that nothing does. */
static const char *
describe_readiness (TlReport            *report,
                    const TlBundleFacts *facts)
{
  TlPolicyRecord *policy = tl_report_get_policy (report);

  if (is_practice (report))
    return _("It was made with the practice mailbox and describes no real one. Do not import it.");
  if (facts->readiness == TL_READINESS_READY)
    return _("Both lanes worked with exactly these settings, tested at most half an hour before "
             "this was made.");
  if (policy != NULL && tl_policy_record_get_verdict (policy) == TL_VERDICT_ERROR)
    return _("A rule of a policy that held where it was made is broken. Platforms refuse a draft.");

  return _("It is ready only when both lanes work with exactly these settings and were tested in "
           "the half hour before it was made. Platforms refuse a draft.");
}

/* First of all: what stands below is the same whether it was accepted or not. */
static void
add_verdict (GString               *out,
             const TlReportVerdict *verdict)
{
  g_autofree char *reviewed = tl_report_markup_moment (verdict->reviewed_s);
  g_autofree char *title = verdict->finding == NULL ? NULL
                                                    : tl_finding_dup_title (verdict->finding);

  tl_report_markup_open (out, "verdict", _("What the review said"));
  tl_markup_add (out, "<div class=\"%s\"><p><span class=\"pill %s\">%s</span></p>\n",
                 title == NULL ? "state" : "state banner", title == NULL ? "ready" : "draft",
                 title == NULL ? _("Accepted") : _("Not accepted"));
  if (title != NULL)
    tl_markup_add (out, "<p>%s <code>%s</code></p>\n", title,
                   tl_finding_get_id (verdict->finding));
  g_string_append (out, "</div>\n<dl>\n");
  tl_report_markup_row (out, _("Reviewed"), reviewed);
  /* Translators: followed by what the certificate of a signer calls itself */
  tl_report_markup_row (out, _("Signer’s own word"), verdict->signer_name);
  g_string_append (out, "</dl>\n");
  tl_report_markup_close (out);
}

static void
add_readiness (GString               *out,
               TlReport              *report,
               const TlBundleFacts   *facts,
               const TlReportVerdict *verdict)
{
  TlPlan *plan = tl_report_get_plan (report);
  gboolean practice = is_practice (report);
  gboolean ready = !practice && facts->readiness == TL_READINESS_READY;
  g_autofree char *made = tl_report_markup_moment (facts->made_s);
  g_autofree char *expires = tl_report_markup_moment (facts->expires_s);
  g_autofree char *groups = tl_fingerprint_to_groups (facts->fingerprint);

  /* Whether it can be used is then for the review to say. */
  tl_report_markup_open (out, "readiness", verdict == NULL ? _("Can it be used?")
                                                           : _("What it says of itself"));
  tl_markup_add (out, "<div class=\"%s\">", ready ? "state" : "state banner");
  if (verdict == NULL || !ready)
    tl_markup_add (out, "<p><span class=\"pill %s\">%s</span></p>\n",
                   practice ? "draft" : readiness_labels[facts->readiness].class,
                   practice ? _("This is practice")
                            : _(readiness_labels[facts->readiness].label));
  tl_report_markup_text (out, describe_readiness (report, facts));
  g_string_append (out, "</div>\n<dl>\n");
  tl_report_markup_row (out, _("Mailbox"), tl_address_get_addr_spec (tl_plan_get_address (plan)));
  /* Translators: the name that recipients of the mailbox's mail see */
  tl_report_markup_row (out, _("Sends as"), tl_plan_get_display_name (plan));
  tl_report_markup_row (out, _("Made"), made);
  tl_report_markup_row (out, _("Valid until"), expires);
  /* Translators: followed by the fingerprint of a key */
  tl_report_markup_code (out, _("Signed with the key"), groups);
  g_string_append (out, "</dl>\n");
  tl_report_markup_close (out);
}

/* The foot belongs to it, so that paper never has a page of that alone. */
static void
add_check (GString             *out,
           TlReport            *report,
           const TlBundleFacts *facts)
{
  gboolean is_sealed = *facts->recipient != '\0';
  g_autofree char *hash = tl_plan_dup_settings_hash (tl_report_get_plan (report));
  g_autofree char *serial = g_strdup_printf ("%" G_GUINT64_FORMAT, facts->serial);

  tl_report_markup_open (out, "check", _("How to check this without Twolane"));
  tl_report_markup_text (out, _("The signature says who only to somebody who has compared the "
                                "fingerprint of the key with the signer’s, for example on the "
                                "phone, and has the signer’s certificate from somewhere else than "
                                "this file."));
  tl_markup_add (out, "<pre>unzip FILE.twolane\n"
                      "openssl cms -verify -binary -inform DER -in bundle.json.p7s \\\n"
                      "  -content bundle.json -certfile signer.pem -nointern -noverify \\\n"
                      "  -out /dev/null\n"
                      "sha256sum report.html%s</pre>\n", is_sealed ? " secrets.p7m" : "");
  tl_report_markup_text (out,
                         is_sealed ? _("The last numbers have to be those that bundle.json gives "
                                       "for report.html and secrets.p7m.")
                                   : _("The last number has to be the one that bundle.json gives "
                                       "for report.html."));
  tl_markup_add (out,
                 "<footer>\n<p>%s</p>\n<p>%s %s · %s <code>%s</code></p>\n</footer>\n",
                 _("This page is for people. What counts is bundle.json beside it: if the "
                   "two differ, believe bundle.json."),
                 /* Translators: followed by a number */
                 _("Serial number"), serial,
                 /* Translators: followed by a hash */
                 _("Hash of the tested settings"), hash);
  tl_report_markup_close (out);
}

/**
 * tl_report_html_write:
 * @report: what is handed over
 * @facts: what the bundle says about itself; the hashes of other members are not looked at
 * @verdict: (nullable): what came of a review, for the page that the reviewer keeps; %NULL for the
 *   page in the bundle
 *
 * Writes `report.html`, one page that needs nothing else, in the language of
 * the process. The same input in the same language gives the same bytes.
 *
 * Returns: (transfer full): the page, UTF-8
 */
GBytes *
tl_report_html_write (TlReport              *report,
                      const TlBundleFacts   *facts,
                      const TlReportVerdict *verdict)
{
  g_autoptr(GString) out = g_string_new (NULL);

  add_head (out, report);
  if (verdict != NULL)
    add_verdict (out, verdict);
  add_readiness (out, report, facts, verdict);
  tl_report_lanes_add_settings (out, report);
  tl_report_lanes_add_tests (out, report);
  tl_report_folders_add (out, tl_report_get_mailbox (report));
  tl_report_sending_add (out, tl_report_get_sending (report));
  tl_report_domain_add (out, tl_report_get_domain (report));
  tl_report_rules_add (out, tl_report_get_policy (report));
  tl_report_access_add_passwords (out, report, facts);
  tl_report_access_add_sign_in (out, report);
  tl_report_findings_add (out, report);
  tl_report_findings_add_not_proven (out, report);
  tl_report_evidence_add (out, report);
  add_check (out, report, facts);
  g_string_append (out, "</main>\n</body>\n</html>\n");

  return g_string_free_to_bytes (g_steal_pointer (&out));
}
