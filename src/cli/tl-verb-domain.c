/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-domain-health.h"
#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-sections-text.h"
#include "tl-terminal.h"

/* What is known of who sends under the domain, all of it optional. */
typedef struct
{
  gboolean   json;
  gboolean   details;
  char     **selectors;
  char      *sends_by;
  char      *reads_at;
  char      *registered;
  char      *reply_to;
  char      *envelope;
  int        volume;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->selectors, g_strfreev);
  g_clear_pointer (&self->sends_by, g_free);
  g_clear_pointer (&self->reads_at, g_free);
  g_clear_pointer (&self->registered, g_free);
  g_clear_pointer (&self->reply_to, g_free);
  g_clear_pointer (&self->envelope, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Who signs for a domain is often the provider of its mailboxes: an id of the table stands for the
 * provider’s host. */
static void
take_sender (const char           *sends_by,
             TlDomainSubjectParts *parts)
{
  TlProvider *provider = sends_by == NULL ? NULL : tl_providers_find (sends_by);

  if (provider == NULL)
    {
      parts->outgoing_host = sends_by;
      return;
    }

  if (tl_provider_get_kind (provider) == TL_PROVIDER_RELAY)
    parts->relay = provider;
  else
    parts->provider = provider;
}

static TlDomainSubject *
make_subject (const Options  *options,
              const char     *domain,
              GError        **error)
{
  TlDomainSubjectParts parts = { .domain = domain };

  if (options->volume < 0 || options->volume > TL_SENDING_PLAN_MAX_VOLUME)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   _("--volume takes a number of messages a day, up to %u"),
                   TL_SENDING_PLAN_MAX_VOLUME);
      return NULL;
    }

  parts.selectors = (const char * const *) options->selectors;
  parts.registered = options->registered;
  parts.reply_domain = options->reply_to;
  parts.envelope_domain = options->envelope;
  parts.incoming_host = options->reads_at;
  parts.volume = (guint) options->volume;
  parts.now_s = g_get_real_time () / G_USEC_PER_SEC;
  take_sender (options->sends_by, &parts);

  return tl_domain_subject_new (&parts, error);
}

static gboolean
check (TlDomainHealth   *health,
       TlDomainSubject  *subject,
       GError          **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_domain_health_check_async (health, subject, wait.cancellable,
                                                tl_journey_wait_ready, &wait));

  return tl_domain_health_check_finish (health, wait.result, error);
}

static int
get_status (TlDomainReport *report)
{
  TlVerdict verdict = tl_domain_report_get_verdict (report);

  return verdict == TL_VERDICT_WARNING || verdict == TL_VERDICT_ERROR ? TL_EXIT_DOMAIN
                                                                      : TL_EXIT_OK;
}

int
tl_verb_domain_run (int    argc,
                    char **argv)
{
  g_auto(Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Answer in JSON, for programs"), NULL },
    { "details", 0, 0, G_OPTION_ARG_NONE, &options.details,
      N_("Say also what was found where, and what is good to know"), NULL },
    { "selector", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.selectors,
      N_("A DKIM selector that is used; can be given more than once"), N_("SELECTOR") },
    { "sends-by", 0, 0, G_OPTION_ARG_STRING, &options.sends_by,
      N_("What sends for the domain: a server, or a provider or relay as “twolanectl providers” "
         "lists them"),
      N_("HOST|PROVIDER") },
    { "reads-at", 0, 0, G_OPTION_ARG_STRING, &options.reads_at,
      N_("The server that its mailboxes are read at"), N_("HOST") },
    { "registered", 0, 0, G_OPTION_ARG_STRING, &options.registered,
      N_("The domain that was registered to send, to be held against this one"), N_("DOMAIN") },
    { "reply-to", 0, 0, G_OPTION_ARG_STRING, &options.reply_to,
      N_("The domain that answers go to, if it is another one"), N_("DOMAIN") },
    { "envelope", 0, 0, G_OPTION_ARG_STRING, &options.envelope,
      N_("The domain of the envelope sender, if it is another one"), N_("DOMAIN") },
    { "volume", 0, 0, G_OPTION_ARG_INT, &options.volume,
      N_("How many messages a day are planned: some rules begin at a number"), N_("N") },
    { NULL }
  };
  g_autoptr(TlDomainHealth) health = NULL;
  g_autoptr(TlDomainSubject) subject = NULL;
  g_autoptr(GError) error = NULL;
  TlDomainReport *report;
  int status;

  if (!tl_cli_parse ("domain", entries, NULL, &argc, &argv, 1, 1, &status))
    return status;

  subject = make_subject (&options, argv[1], &error);
  if (subject == NULL)
    return tl_cli_fail (error);
  health = tl_domain_health_new ();
  if (!check (health, subject, &error))
    return tl_cli_fail (error);

  report = tl_domain_health_get_report (health);
  if (options.json)
    {
      g_autoptr(TlJson) json = tl_domain_report_to_json (report);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_sections_text_print_domain (health, options.details);
    }

  return get_status (report);
}
