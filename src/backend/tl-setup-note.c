/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The note about a finding that somebody else has to see: IT, or the provider. */
#include "tl-setup-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"
#include "tl-domain.h"
#include "tl-letter.h"

/* What is asked for, where it can be said better than for everything that one and the same
 * person can mend. */
static const struct
{
  const char *id;
  const char *request;
} requests[] = {
  { "connect.ports-blocked",
    /* Translators: keep {host}, a server name */
    N_("Please allow connections from this network to {host} on a port for handing in mail: "
       "TCP 465 or 587.") },
  { "connect.proxy-only",
    /* Translators: keep {host}, a server name, and {port}, a port number */
    N_("Please let connections to {host}, TCP port {port}, through the proxy, or past it.") },
  { "connect.banned",
    /* Translators: keep {host}, a server name */
    N_("Please look whether {host} has blocked the network address that the test came from, and "
       "lift that.") },
  { "tls.intercepted",
    /* Translators: keep {host}, a server name */
    N_("Please let encrypted connections to {host} pass without reading along.") },
  { "tls.inspected",
    /* Translators: keep {host}, a server name */
    N_("Please say whether this network or computer is meant to read along on connections to "
       "{host}; if not, please make an exception for it.") },
  { "tls.expires-soon",
    /* Translators: keep {host}, a server name, and {not_after}, a moment */
    N_("Please renew the certificate of {host} before {not_after}.") },
  { "tls.expired",
    /* Translators: keep {host}, a server name */
    N_("Please renew the certificate of {host}.") },
};

static const char * const requests_of[] = {
  [TL_FIXER_YOU]          = N_("Please say what has to be changed, and where."),
  [TL_FIXER_YOUR_ADMIN]   = N_("Please look into this in the settings of the mailbox or of the "
                               "mail server, and say when it is done."),
  [TL_FIXER_THE_PROVIDER] = N_("Please look into this on the mail server, and say what was "
                               "changed or has to be changed here."),
  [TL_FIXER_YOUR_NETWORK] = N_("Please look into this in the network that the test was made "
                               "from, and say when it is done."),
};

/* Where a user name belongs to the matter. */
static const TlStage user_stages[] = {
  TL_STAGE_AUTH, TL_STAGE_OAUTH, TL_STAGE_USE, TL_STAGE_DELIVER, TL_STAGE_PAIR,
};

/* Evidence that is told as it is, in this order. What the connection as a whole was made of, and
 * the server's words, have places of their own. */
static const struct
{
  const char *key;
  const char *label;
} rows[] = {
  { TL_EVIDENCE_DOMAIN,        N_("Domain") },
  { TL_EVIDENCE_URL,           N_("Web address") },
  { TL_EVIDENCE_PORTS_SILENT,  N_("Ports that did not answer") },
  { TL_EVIDENCE_PORTS_OPEN,    N_("Ports that did") },
  { TL_EVIDENCE_OS_ERROR,      N_("Error of the system") },
  { TL_EVIDENCE_ISSUER,        N_("Certificate issued by") },
  { TL_EVIDENCE_PROVIDER,      N_("Known as") },
  { TL_EVIDENCE_FINGERPRINT,   N_("Certificate, SHA-256") },
  { TL_EVIDENCE_NAMES,         N_("Certificate made out to") },
  { TL_EVIDENCE_NOT_BEFORE,    N_("Certificate valid from") },
  { TL_EVIDENCE_NOT_AFTER,     N_("Certificate valid until") },
  { TL_EVIDENCE_TLS_VERSION,   N_("TLS version") },
  { TL_EVIDENCE_TLS_ALERT,     N_("TLS alert") },
  { TL_EVIDENCE_VERIFY_CODE,   N_("Code of the certificate check") },
  { TL_EVIDENCE_MECHANISM,     N_("Sign-in method") },
  { TL_EVIDENCE_OFFERED,       N_("Offered by the server") },
  { TL_EVIDENCE_WANTED,        N_("Needed") },
  { TL_EVIDENCE_REPLY_CODE,    N_("Reply code") },
  { TL_EVIDENCE_ENHANCED_CODE, N_("Enhanced code") },
  { TL_EVIDENCE_IMAP_CODE,     N_("Response code") },
  { TL_EVIDENCE_TOKEN_STATUS,  N_("Word about the token") },
  { TL_EVIDENCE_SELECTOR,      N_("DKIM selector") },
  { TL_EVIDENCE_FOLDER,        N_("Folder") },
  { TL_EVIDENCE_FIRST_BYTES,   N_("First bytes of the server") },
  { TL_EVIDENCE_DETAIL,        N_("Detail") },
};

/* --- Lines ------------------------------------------------------------------------ */

static void
add_row (GString    *note,
         const char *label,
         const char *value)
{
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    return;

  /* Translators: a line of a note: what it is, then its value */
  line = g_strdup_printf (_("%s: %s"), label, value);
  tl_letter_add (note, "- ", "  ", line);
}

static char *
dup_value (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (value, NULL);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **strings = g_variant_get_strv (value, NULL);

      return g_strjoinv (", ", (char **) strings);
    }

  return g_strdup_printf ("%u", g_variant_get_uint32 (value));
}

static void
add_evidence (GString    *note,
              GVariant   *evidence,
              const char *key,
              const char *label)
{
  g_autoptr(GVariant) value = g_variant_lookup_value (evidence, key, NULL);
  g_autofree char *text = NULL;

  /* What is wanted may be words of ours, which sentences have in the reader's language. */
  if (value != NULL)
    text = g_str_equal (key, TL_EVIDENCE_WANTED) ? tl_catalogue_fill ("{wanted}", evidence)
                                                 : dup_value (value);

  add_row (note, label, text);
}

static void
add_moment (GString    *note,
            const char *label,
            gint64      moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);
  g_autofree char *text = moment == NULL ? NULL : g_date_time_format (moment, "%F %T UTC");

  add_row (note, label, text);
}

/* --- Parts ------------------------------------------------------------------------ */

static char *
dup_recipient (TlSetup   *self,
               TlFinding *finding)
{
  g_autofree char *domain =
    self->address == NULL ? NULL : tl_domain_dup_display (tl_address_get_domain (self->address));
  const char *host = tl_evidence_get_string (tl_finding_get_evidence (finding), TL_EVIDENCE_HOST);

  switch (tl_finding_get_entry (finding)->fixer)
    {
    case TL_FIXER_YOUR_NETWORK:
      return g_strdup (_("To whoever runs our network"));
    case TL_FIXER_THE_PROVIDER:
      if (self->provider != NULL)
        /* Translators: %s is a mailbox provider */
        return g_strdup_printf (_("To the support of %s"), tl_provider_get_name (self->provider));
      if (host != NULL)
        /* Translators: %s is a server name */
        return g_strdup_printf (_("To whoever runs the mail server %s"), host);
      break;
    case TL_FIXER_YOU:
    case TL_FIXER_YOUR_ADMIN:
      break;
    default:
      g_assert_not_reached ();
    }

  if (domain == NULL)
    return g_strdup (_("To whoever looks after our email"));

  /* Translators: %s is a domain */
  return g_strdup_printf (_("To whoever looks after the email of %s"), domain);
}

static char *
dup_request (TlFinding *finding)
{
  const TlCatalogueEntry *entry = tl_finding_get_entry (finding);

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      if (g_str_equal (requests[i].id, entry->id))
        return tl_catalogue_fill (_(requests[i].request), tl_finding_get_evidence (finding));
    }

  return g_strdup (_(requests_of[entry->fixer]));
}

static gboolean
needs_user (TlFinding *finding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (user_stages); i++)
    {
      if (user_stages[i] == tl_finding_get_stage (finding))
        return TRUE;
    }

  return FALSE;
}

/* Which server was spoken to, how and when. */
static void
add_connection (GString      *note,
                TlFinding    *finding,
                TlLaneReport *report)
{
  GVariant *evidence = tl_finding_get_evidence (finding);
  TlLaneSettings *settings = tl_lane_report_get_settings (report);
  const char *address = tl_lane_report_get_address (report);

  add_row (note, _("Lane"), tl_lane_kind_get_label (tl_lane_report_get_lane (report)));
  if (settings != NULL)
    {
      TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);
      g_autofree char *place = tl_endpoint_to_string (endpoint);
      g_autofree char *server = g_strdup_printf ("%s, %s", place, tl_security_get_label (
                                                   tl_endpoint_get_security (endpoint)));

      add_row (note, _("Server"), server);
      if (needs_user (finding))
        add_row (note, _("User name"), tl_lane_settings_get_username (settings));
    }

  if (g_variant_lookup (evidence, TL_EVIDENCE_ADDRESSES, "as", NULL))
    add_evidence (note, evidence, TL_EVIDENCE_ADDRESSES, _("Addresses"));
  else if (tl_evidence_get_string (evidence, TL_EVIDENCE_ADDRESS) != NULL)
    add_evidence (note, evidence, TL_EVIDENCE_ADDRESS, _("Address"));
  else
    add_row (note, _("Address"), address);
  add_row (note, _("Proxy"), tl_lane_report_get_proxy (report));
  add_moment (note, _("Tested"), tl_lane_report_get_tested_at_s (report));
}

/* How far the lane got. */
static void
add_steps (GString      *note,
           TlLaneReport *report)
{
  GPtrArray *steps = tl_lane_report_get_steps (report);

  for (guint i = 0; i < steps->len; i++)
    {
      TlStep *step = g_ptr_array_index (steps, i);
      TlStatus status = tl_step_get_status (step);
      g_autofree char *value = NULL;

      if (status == TL_STATUS_NOT_TESTED)
        break;
      /* Translators: how a stage ended, then how many milliseconds it took */
      value = g_strdup_printf (_("%s, %u ms"), tl_status_get_label (status),
                               tl_step_get_ms (step));
      add_row (note, tl_stage_get_label (tl_step_get_stage (step)), value);
    }
}

/* The certificate of a connection that stands, where it is what the finding is about. */
static void
add_certificate (GString   *note,
                 TlFinding *finding,
                 TlTlsInfo *tls)
{
  GVariant *evidence = tl_finding_get_evidence (finding);

  if (tls == NULL)
    return;

  if (tl_evidence_get_string (evidence, TL_EVIDENCE_TLS_VERSION) == NULL)
    add_row (note, _("TLS version"), tl_tls_info_get_version (tls));
  if (tl_finding_get_stage (finding) != TL_STAGE_TLS)
    return;
  if (tl_evidence_get_string (evidence, TL_EVIDENCE_ISSUER) == NULL)
    add_row (note, _("Certificate issued by"), tl_tls_info_get_issuer (tls));
  if (tl_evidence_get_string (evidence, TL_EVIDENCE_FINGERPRINT) == NULL)
    add_row (note, _("Certificate, SHA-256"), tl_tls_info_get_fingerprint (tls));
  if (tl_evidence_get_string (evidence, TL_EVIDENCE_NOT_AFTER) == NULL)
    add_moment (note, _("Certificate valid until"), tl_tls_info_get_not_after_s (tls));
}

static char *
redact (const TlSecret *secret,
        char           *text)
{
  char *redacted = secret == NULL ? NULL : tl_secret_redact (secret, text);

  if (redacted == NULL)
    return text;
  g_free (text);

  return redacted;
}

static void
add_server_words (GString   *note,
                  TlSetup   *self,
                  TlFinding *finding)
{
  const char *words = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                              TL_EVIDENCE_SERVER_TEXT);
  g_autofree char *text = g_strdup (words);

  if (words == NULL)
    return;

  /* Whatever a server repeats, the password is not sent on: the lane has taken it out where it
   * knew it, and this text leaves the house. */
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      text = redact (self->lanes[i].secret, text);
      text = redact (self->lanes[i].token, text);
    }

  tl_letter_add (note, "", "", _("What the server said:"));
  tl_letter_add (note, "> ", "> ", text);
  g_string_append_c (note, '\n');
}

/**
 * tl_setup_dup_note_text:
 * @self: a set-up
 * @finding: something it found
 *
 * The note for whoever can mend it, ready to be sent: what was found, what is asked for, what was
 * tried and when, the server's own words, and the id. It says the same every time it is asked for
 * the same results, and holds no password; the user name only where signing in is the matter.
 *
 * Returns: (transfer full): plain text in lines of at most 76 columns
 */
char *
tl_setup_dup_note_text (TlSetup   *self,
                        TlFinding *finding)
{
  g_autoptr(GString) note = g_string_new (NULL);
  TlLaneReport *report = NULL;
  g_autofree char *recipient = NULL;
  g_autofree char *title = NULL;
  g_autofree char *explanation = NULL;
  g_autofree char *request = NULL;
  g_autofree char *author = NULL;
  GVariant *evidence;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);
  g_return_val_if_fail (TL_IS_FINDING (finding), NULL);

  evidence = tl_finding_get_evidence (finding);
  recipient = dup_recipient (self, finding);
  title = tl_finding_dup_title (finding);
  explanation = tl_finding_dup_explanation (finding);
  request = dup_request (finding);
  if (tl_finding_get_lane (finding) != TL_LANE_NONE)
    report = tl_lane_run_get_report (tl_setup_get_run (self, tl_finding_get_lane (finding)));

  tl_letter_add (note, "", "", recipient);
  g_string_append_c (note, '\n');
  tl_letter_add (note, "", "", title);
  tl_letter_add (note, "", "", explanation);
  g_string_append_c (note, '\n');
  tl_letter_add (note, "", "", request);
  g_string_append_c (note, '\n');

  tl_letter_add (note, "", "", _("What was tried:"));
  if (report != NULL)
    add_connection (note, finding, report);
  else
    add_evidence (note, evidence, TL_EVIDENCE_HOST, _("Server"));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    add_evidence (note, evidence, rows[i].key, _(rows[i].label));
  if (report != NULL)
    {
      add_certificate (note, finding, tl_lane_report_get_tls (report));
      add_steps (note, report);
    }
  g_string_append_c (note, '\n');

  add_server_words (note, self, finding);
  /* Translators: the program's version, then the id of what it found */
  author = g_strdup_printf (_("Written by Twolane %s; it found [%s]. No password is in this note."),
                            TL_VERSION, tl_finding_get_id (finding));
  tl_letter_add (note, "", "", author);
  tl_letter_fold (note);

  return g_string_free (g_steal_pointer (&note), FALSE);
}
