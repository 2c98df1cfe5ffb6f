/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-html.h"

#include <glib/gi18n-lib.h>

#include "tl-report-style.h"
#include "tl-url.h"

/* No script, no network, no form, no base: whatever got in here can only be read. */
#define POLICY "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/* More than these are counted and not listed. */
#define MAX_LISTED 60

static void markup (GString    *out,
                    const char *format,
                    ...) G_GNUC_PRINTF (2, 3);

/* Everything that is not a literal of this file goes in through here: each
 * argument is escaped. */
static void
markup (GString    *out,
        const char *format,
        ...)
{
  va_list args;
  g_autofree char *escaped = NULL;

  va_start (args, format);
  escaped = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (out, escaped);
}

static char *
moment_to_text (gint64 moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M UTC") : g_strdup ("–");
}

static void
add_row (GString    *out,
         const char *term,
         const char *value)
{
  if (value != NULL)
    markup (out, "<dt>%s</dt><dd>%s</dd>\n", term, value);
}

static void
add_head (GString             *out,
          TlReport            *report,
          const TlBundleFacts *facts)
{
  TlPlan *plan = tl_report_get_plan (report);
  const char *address = tl_address_get_addr_spec (tl_plan_get_address (plan));
  const char *name = tl_plan_get_display_name (plan);

  /* Translators: the language of this translation, as a BCP 47 tag such as "sv" or "pt-BR" */
  markup (out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
          C_("language tag", "en"));
  g_string_append (out, "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n"
                        "<meta name=\"referrer\" content=\"no-referrer\">\n");
  markup (out, "<title>%s – %s</title>\n<style>\n", _("Mailbox hand-over"), address);
  g_string_append (out, tl_report_style);
  g_string_append (out, "</style>\n</head>\n<body>\n<main>\n<header>\n");
  markup (out, "<p class=\"kicker\">%s</p>\n<h1>%s</h1>\n", _("Mailbox hand-over"), address);
  if (name != NULL)
    markup (out, "<p class=\"facts\">%s</p>\n", name);
}

static void
add_banner (GString    *out,
            const char *title,
            const char *text)
{
  markup (out, "<div class=\"banner\"><strong>%s</strong><p>%s</p></div>\n", title, text);
}

static void
add_readiness (GString             *out,
               TlReport            *report,
               const TlBundleFacts *facts)
{
  static const struct
  {
    const char *class;
    const char *label;
  } readiness[] = {
    [TL_READINESS_DRAFT] = { "draft", N_("Draft") },
    /* Translators: tested, but too long ago */
    [TL_READINESS_STALE] = { "stale", N_("Draft: the test is too old") },
    [TL_READINESS_READY] = { "ready", N_("Ready to hand over") },
  };
  gboolean practice = tl_plan_get_purpose (tl_report_get_plan (report)) == TL_PURPOSE_PRACTICE;
  g_autofree char *made = moment_to_text (facts->made_s);
  g_autofree char *expires = moment_to_text (facts->expires_s);

  markup (out, "<p><span class=\"pill %s\">%s</span></p>\n",
          practice ? "draft" : readiness[facts->readiness].class,
          practice ? _("Practice") : _(readiness[facts->readiness].label));
  g_string_append (out, "<dl>\n");
  add_row (out, _("Made"), made);
  add_row (out, _("Valid until"), expires);
  g_string_append (out, "</dl>\n");

  if (practice)
    add_banner (out, _("This is practice"),
                _("It was made with the practice mailbox and describes no real one. Do not import "
                  "it."));
  else if (facts->readiness != TL_READINESS_READY)
    add_banner (out, _("This is a draft"),
                _("It is ready only when both lanes work with exactly these settings and were "
                  "tested in the half hour before it was made. Platforms refuse it."));
  g_string_append (out, "</header>\n");
}

static void
add_settings (GString          *out,
              const TlPlanLane *planned)
{
  TlLaneSettings *settings = planned->settings;
  TlEndpoint *endpoint;
  g_autofree char *port = NULL;

  if (settings == NULL)
    {
      markup (out, "<p>%s</p>\n", _("No server was found for this lane."));
      return;
    }

  endpoint = tl_lane_settings_get_endpoint (settings);
  port = g_strdup_printf ("%u", tl_endpoint_get_port (endpoint));
  g_string_append (out, "<dl>\n");
  add_row (out, _("Protocol"),
           tl_lane_settings_get_protocol (settings) == TL_PROTOCOL_IMAP ? "IMAP" : "SMTP");
  add_row (out, _("Server"), tl_endpoint_get_host (endpoint));
  add_row (out, _("Port"), port);
  add_row (out, _("Encryption"), tl_security_get_label (tl_endpoint_get_security (endpoint)));
  add_row (out, _("User name"), tl_lane_settings_get_username (settings));
  /* Translators: what is opened in place of the inbox: a shared mailbox among one's own folders */
  add_row (out, _("Opens the folder"), tl_lane_settings_get_folder (settings));
  add_row (out, _("Signs in with"), tl_auth_get_label (tl_lane_settings_get_auth (settings)));
  /* Translators: where the settings were found */
  add_row (out, _("Found by"), tl_source_get_label (planned->source));
  /* Translators: on whose word the settings are believed */
  add_row (out, _("On the word of"), tl_trust_get_label (planned->trust));
  g_string_append (out, "</dl>\n");
}

static void
add_stages (GString      *out,
            TlLaneReport *lane)
{
  GPtrArray *steps = tl_lane_report_get_steps (lane);

  markup (out, "<table>\n<caption>%s</caption>\n"
               "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
               "<th scope=\"col\" class=\"ms\">%s</th></tr></thead>\n<tbody>\n",
          _("What was tested"), _("Stage"), _("Result"), _("Time"));
  for (guint i = 0; i < steps->len; i++)
    {
      TlStep *step = steps->pdata[i];
      TlStatus status = tl_step_get_status (step);
      g_autofree char *ms = NULL;

      if (status != TL_STATUS_NOT_TESTED && status != TL_STATUS_NOT_NEEDED)
        /* Translators: milliseconds */
        ms = g_strdup_printf (_("%u ms"), tl_step_get_ms (step));
      markup (out, "<tr><th scope=\"row\">%s</th><td class=\"%s\">%s</td>"
                   "<td class=\"ms\">%s</td></tr>\n",
              tl_stage_get_label (tl_step_get_stage (step)), tl_status_get_nick (status),
              tl_status_get_label (status), ms != NULL ? ms : "–");
    }
  g_string_append (out, "</tbody>\n</table>\n");
}

static void
add_evidence (GString      *out,
              TlLaneReport *lane)
{
  TlTlsInfo *tls = tl_lane_report_get_tls (lane);
  const char * const *capabilities = tl_lane_report_get_capabilities (lane);
  gint64 tested_at_s = tl_lane_report_get_tested_at_s (lane);
  g_autofree char *tested_at = tested_at_s > 0 ? moment_to_text (tested_at_s) : NULL;

  g_string_append (out, "<dl>\n");
  add_row (out, _("Tested"), tested_at);
  add_row (out, _("Address"), tl_lane_report_get_address (lane));
  add_row (out, _("Through a proxy"), tl_lane_report_get_proxy (lane));
  if (tls != NULL)
    {
      g_autofree char *groups = tl_fingerprint_to_groups (tl_tls_info_get_fingerprint (tls));
      g_autofree char *not_after = moment_to_text (tl_tls_info_get_not_after_s (tls));
      g_autofree char *suite = g_strdup_printf ("%s, %s", tl_tls_info_get_version (tls),
                                                tl_tls_info_get_cipher (tls));

      add_row (out, _("Connection"), suite);
      add_row (out, _("Certificate from"), tl_tls_info_get_issuer (tls));
      add_row (out, _("Certificate until"), not_after);
      markup (out, "<dt>%s</dt><dd><code>%s</code></dd>\n", _("Its SHA-256"), groups);
    }
  if (capabilities != NULL && capabilities[0] != NULL)
    {
      g_autofree char *joined = g_strjoinv (" ", (char **) capabilities);

      markup (out, "<dt>%s</dt><dd><code>%s</code></dd>\n", _("Offers"), joined);
    }
  g_string_append (out, "</dl>\n");
}

static void
add_folders (GString      *out,
             TlLaneReport *lane)
{
  GPtrArray *folders = tl_lane_report_get_folders (lane);

  if (folders == NULL || folders->len == 0)
    return;

  markup (out, "<table>\n<caption>%s</caption>\n"
               "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n"
               "<tbody>\n",
          _("Folders"), _("Name"),
          /* Translators: what a folder is for: inbox, sent, junk … */
          _("Role"));
  for (guint i = 0; i < MIN (folders->len, MAX_LISTED); i++)
    {
      const TlFolder *folder = folders->pdata[i];

      markup (out, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", folder->name,
              folder->role != NULL ? folder->role : "–");
    }
  g_string_append (out, "</tbody>\n</table>\n");
  if (folders->len > MAX_LISTED)
    {
      g_autofree char *more =
        g_strdup_printf (ngettext ("and %u more folder", "and %u more folders",
                                   folders->len - MAX_LISTED),
                         folders->len - MAX_LISTED);

      markup (out, "<p>%s</p>\n", more);
    }
}

static void
add_lane (GString    *out,
          TlReport   *report,
          TlLaneKind  kind)
{
  static const struct
  {
    const char *class;
    const char *arrow;
    const char *title;
    const char *why;
  } lanes[] = {
    [TL_LANE_INCOMING] = { "incoming", "↓", N_("Incoming lane"),
                           N_("Replies, folders, read state: what lets the platform see.") },
    [TL_LANE_OUTGOING] = { "outgoing", "↑", N_("Outgoing lane"),
                           N_("Sending every step of a sequence: what lets the platform act.") },
  };
  TlLaneReport *lane = tl_report_get_lane (report, kind);
  TlVerdict verdict = tl_lane_report_get_verdict (lane);

  markup (out, "<section class=\"lane %s\">\n<h2><span><span aria-hidden=\"true\">%s</span> %s"
               "</span><span class=\"pill %s\">%s</span></h2>\n<p class=\"facts\">%s</p>\n",
          lanes[kind].class, lanes[kind].arrow, _(lanes[kind].title),
          tl_verdict_get_nick (verdict), tl_verdict_get_label (verdict), _(lanes[kind].why));
  add_settings (out, tl_plan_get_lane (tl_report_get_plan (report), kind));
  add_stages (out, lane);
  add_evidence (out, lane);
  add_folders (out, lane);
  g_string_append (out, "</section>\n");
}

/* Who signed in where, beside what the lanes say. */
static void
add_sign_in (GString  *out,
             TlReport *report)
{
  TlPlan *plan = tl_report_get_plan (report);
  const TlPlanSignIn *sign_in = tl_plan_get_sign_in (plan);
  g_autofree char *host = NULL;

  if (sign_in == NULL)
    return;

  markup (out, "<section>\n<h2>%s</h2>\n<dl>\n", _("Who signs in"));
  if (sign_in->login != NULL)
    {
      add_row (out, _("Shared mailbox"), tl_address_get_addr_spec (tl_plan_get_address (plan)));
      add_row (out, _("Who signs in"), sign_in->login);
    }
  if (sign_in->issuer != NULL)
    {
      host = tl_url_dup_host (sign_in->issuer);
      /* Translators: the host of the web page at which somebody signed in */
      add_row (out, _("On the page of"), host != NULL ? host : sign_in->issuer);
      /* Translators: the account that was chosen on that page, an address as a rule */
      add_row (out, _("With the account"), sign_in->account);
      /* Translators: as what the program is registered there (“client id”) */
      add_row (out, _("Client id"), sign_in->client_id);
    }
  if (sign_in->scopes != NULL && sign_in->scopes[0] != NULL)
    {
      g_autofree char *joined = g_strjoinv (" ", (char **) sign_in->scopes);

      markup (out, "<dt>%s</dt><dd><code>%s</code></dd>\n",
              /* Translators: what the program asked to be allowed (“scopes”) */
              _("Asked for"), joined);
    }
  g_string_append (out, "</dl>\n");
  if (sign_in->issuer != NULL)
    markup (out, "<p class=\"facts\">%s</p>\n",
            _("That sign-in was for the test alone and is not handed over: whoever takes this "
              "mailbox has to sign in on that page themselves."));
  g_string_append (out, "</section>\n");
}

static void
add_finding (GString   *out,
             TlFinding *finding)
{
  g_autofree char *title = tl_finding_dup_title (finding);
  g_autofree char *explanation = tl_finding_dup_explanation (finding);
  g_auto(GStrv) remedies = tl_finding_dup_remedies (finding);
  const char *said = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                             TL_EVIDENCE_SERVER_TEXT);
  const TlCatalogueEntry *entry = tl_finding_get_entry (finding);
  TlSeverity severity = tl_finding_get_severity (finding);

  markup (out, "<article class=\"finding\">\n<p class=\"kicker\"><span class=\"%s\">%s</span> · %s"
               " · <code>%s</code></p>\n<h3>%s</h3>\n<p>%s</p>\n",
          tl_severity_get_nick (severity), tl_severity_get_label (severity),
          tl_lane_kind_get_label (tl_finding_get_lane (finding)), tl_finding_get_id (finding),
          title, explanation);
  if (remedies != NULL && remedies[0] != NULL)
    {
      g_string_append (out, "<ol>\n");
      for (guint i = 0; remedies[i] != NULL; i++)
        markup (out, "<li>%s</li>\n", remedies[i]);
      g_string_append (out, "</ol>\n");
    }
  if (entry != NULL)
    markup (out, "<p class=\"facts\">%s %s</p>\n", _("Who can fix it:"),
            tl_fixer_get_label (entry->fixer));
  if (said != NULL)
    markup (out, "<p class=\"facts\">%s</p>\n<pre>%s</pre>\n", _("What the server said:"), said);
  g_string_append (out, "</article>\n");
}

static void
add_findings (GString  *out,
              TlReport *report)
{
  GPtrArray *findings = tl_report_get_findings (report);
  g_autoptr(TlFinding) always = tl_finding_new ("export.tested-from-here", TL_LANE_NONE, NULL);

  markup (out, "<section>\n<h2>%s</h2>\n", _("Findings"));
  for (guint i = 0; i < findings->len; i++)
    add_finding (out, findings->pdata[i]);
  add_finding (out, always);
  g_string_append (out, "</section>\n");
}

static void
add_signature (GString             *out,
               const TlBundleFacts *facts)
{
  g_autofree char *groups = tl_fingerprint_to_groups (facts->fingerprint);

  markup (out, "<section>\n<h2>%s</h2>\n<p><code class=\"fingerprint\">%s</code></p>\n",
          _("Who signed"), groups);
  markup (out, "<p>%s</p>\n<p>%s</p>\n",
          _("The signature says who made this file and that nobody changed it since. It does not "
            "say that what stands in it is true, and it says who only to somebody who has compared "
            "this fingerprint with the signer’s, for example on the phone."),
          _("No password and no token is in this file."));
  markup (out, "<p>%s</p>\n", _("To check it without Twolane, with the signer’s certificate at "
                                "hand:"));
  g_string_append (out, "<pre>unzip FILE.twolane\n"
                        "openssl cms -verify -binary -inform DER -in bundle.json.p7s \\\n"
                        "  -content bundle.json -certfile signer.pem -nointern -noverify"
                        " -out /dev/null\n"
                        "sha256sum report.html</pre>\n");
  markup (out, "<p class=\"facts\">%s</p>\n</section>\n",
          _("The last number has to be the one that bundle.json gives for report.html."));
}

static void
add_foot (GString             *out,
          TlReport            *report,
          const TlBundleFacts *facts)
{
  g_autofree char *hash = tl_plan_dup_settings_hash (tl_report_get_plan (report));
  g_autofree char *serial = g_strdup_printf ("%" G_GUINT64_FORMAT, facts->serial);

  markup (out, "<footer>\n<p>%s</p>\n<p>%s %s · %s <code>%s</code></p>\n</footer>\n"
               "</main>\n</body>\n</html>\n",
          _("This page is for people. What counts is bundle.json beside it: if the two differ, "
            "believe bundle.json."),
          /* Translators: followed by a number */
          _("Serial number"), serial, _("Hash of the tested settings"), hash);
}

/**
 * tl_report_html_write:
 * @report: what is handed over
 * @facts: what the bundle says about itself; the hash of this page is not looked at
 *
 * Writes `report.html`, one page that needs nothing else, in the language of
 * the process. The same input in the same language gives the same bytes.
 *
 * Returns: (transfer full): the page, UTF-8
 */
GBytes *
tl_report_html_write (TlReport            *report,
                      const TlBundleFacts *facts)
{
  g_autoptr(GString) out = g_string_new (NULL);

  add_head (out, report, facts);
  add_readiness (out, report, facts);
  g_string_append (out, "<div class=\"lanes\">\n");
  add_lane (out, report, TL_LANE_INCOMING);
  add_lane (out, report, TL_LANE_OUTGOING);
  g_string_append (out, "</div>\n");
  add_sign_in (out, report);
  add_findings (out, report);
  add_signature (out, facts);
  add_foot (out, report, facts);

  return g_string_free_to_bytes (g_steal_pointer (&out));
}
