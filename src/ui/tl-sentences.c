/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sentences.h"

#include <glib/gi18n-lib.h>

#define GROUPS_PER_LINE 8

char *
tl_address_to_title (GObject    *object,
                     const char *address_text)
{
  return g_strdup (address_text == NULL || *address_text == '\0' ? "Twolane" : address_text);
}

char *
tl_address_to_hint (GObject   *object,
                    TlFinding *finding)
{
  if (finding != NULL && tl_finding_get_severity (finding) == TL_SEVERITY_ERROR)
    {
      g_autofree char *title = tl_finding_dup_title (finding);
      g_autofree char *explanation = tl_finding_dup_explanation (finding);

      /* Translators: what is wrong, then a sentence that explains it */
      return g_strdup_printf (_("%s. %s"), title, explanation);
    }
  if (finding != NULL)
    return tl_finding_dup_title (finding);

  return g_strdup (_("Nothing leaves this computer until you press Continue."));
}

/**
 * tl_servers_to_title:
 * @object: (nullable): unused
 * @discovering: servers are being looked for
 * @incoming: one for the incoming lane was found
 * @outgoing: one for the outgoing lane was found
 *
 * Returns: (transfer full): what the page asks
 */
char *
tl_servers_to_title (GObject  *object,
                     gboolean  discovering,
                     gboolean  incoming,
                     gboolean  outgoing)
{
  if (discovering)
    return g_strdup (_("Finding your servers"));
  if (incoming != outgoing)
    return g_strdup (_("One server is missing"));

  return g_strdup (incoming ? _("Are these your servers?") : _("Which servers are yours?"));
}

/* What there is to do where a server is missing. */
static char *
say_missing (gboolean incoming,
             gboolean outgoing)
{
  if (incoming == outgoing)
    return g_strdup (_("Enter the names that your provider or your administrator gives."));

  if (incoming)
    return g_strdup (_("No outgoing server was found. Enter the name that your provider or your "
                       "administrator gives."));

  return g_strdup (_("No incoming server was found. Enter the name that your provider or your "
                     "administrator gives."));
}

/**
 * tl_servers_to_lead:
 * @object: (nullable): unused
 * @discovering: servers are being looked for
 * @incoming: one for the incoming lane was found
 * @outgoing: one for the outgoing lane was found
 * @waiting: a server waits for a yes
 * @remark: (nullable): the gravest warning or problem that is shown on the page
 * @domain: (nullable): that of the address, for people
 *
 * Returns: (transfer full): what to do on the page, and first what comes first
 */
char *
tl_servers_to_lead (GObject    *object,
                    gboolean    discovering,
                    gboolean    incoming,
                    gboolean    outgoing,
                    gboolean    waiting,
                    TlFinding  *remark,
                    const char *domain)
{
  if (discovering)
    /* Translators: %s is the domain of an email address, like example.org */
    return g_strdup_printf (_("Everyone who may know the servers of %s is asked at once."),
                            domain == NULL ? "" : domain);

  if (remark != NULL && tl_finding_get_severity (remark) == TL_SEVERITY_ERROR)
    return g_strdup (_("Look at the problem below first."));
  if (remark != NULL && waiting)
    return g_strdup (_("Look at the warning below first, then tick the box: your password goes "
                       "only to servers that you know."));
  if (waiting)
    return g_strdup (_("Tick the box first: your password goes only to servers that you know."));
  if (!incoming || !outgoing)
    return say_missing (incoming, outgoing);

  return g_strdup (remark != NULL ? _("Look at the warning below first.")
                                  : _("What you sign in with goes to these two and nowhere else."));
}

char *
tl_servers_to_why (GObject  *object,
                   gboolean  named)
{
  /* Translators: "IT" is whoever looks after the computers */
  return g_strdup (named ? _("If you do not recognise a name above, ask IT before you continue.")
                         : "");
}

/* Who was asked is only worth a headline until somebody knew. */
char *
tl_sources_to_label (GObject  *object,
                     gboolean  discovering,
                     gboolean  named)
{
  if (discovering)
    return g_strdup (_("Who is _asked"));

  return g_strdup (named ? _("Where the servers co_me from") : _("Who was _asked"));
}

char *
tl_provider_to_first (GObject    *object,
                      const char *provider_name)
{
  if (provider_name == NULL)
    return g_strdup (_("Do this first"));

  /* Translators: %s is the name of a mail provider; a list of things to do follows */
  return g_strdup_printf (_("Do this first at %s"), provider_name);
}

char *
tl_auth_to_lead (GObject    *object,
                 TlAuth      auth,
                 const char *provider_name,
                 TlPurpose   purpose)
{
  const char *name = provider_name != NULL ? provider_name : _("This provider");

  if (purpose == TL_PURPOSE_PRACTICE)
    return g_strdup (_("The practice mailbox has its own. There is nothing to type."));

  switch (auth)
    {
    case TL_AUTH_APP_PASSWORD:
      /* Translators: %s is the name of a mail provider, or "This provider" */
      return g_strdup_printf (_("%s takes an app password here: one made for this use alone, not "
                                "the password you read your email with."), name);
    case TL_AUTH_OAUTH2:
      /* Translators: %s is the name of a mail provider, or "This provider" */
      return g_strdup_printf (_("%s signs programs in through the browser."), name);
    case TL_AUTH_PASSWORD:
    default:
      return g_strdup (_("Use the password that you read this mailbox with."));
    }
}

char *
tl_auth_to_row_title (GObject *object,
                      TlAuth   auth)
{
  return g_strdup (auth == TL_AUTH_APP_PASSWORD ? _("A_pp password") : _("_Password"));
}

/* What the pages are called where there is room for a word. */
static const struct
{
  const char *phase;
  const char *name;
} phases[] = {
  { "address",   N_("Address") },
  { "servers",   N_("Servers") },
  { "sign-in",   N_("Sign in") },
  { "lanes",     N_("Lanes") },
  { "mailbox",   N_("Mailbox") },
  { "sending",   N_("Sending") },
  { "hand-over", N_("Hand over") },
};

char *
tl_phase_to_name (GObject    *object,
                  const char *phase)
{
  for (gsize i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      if (g_strcmp0 (phases[i].phase, phase) == 0)
        return g_strdup (_(phases[i].name));
    }

  return g_strdup (phase);
}

/**
 * tl_step_to_label:
 * @object: (nullable): unused
 * @position: the current step, counted from 0
 * @n_steps: how many there are
 * @title: (nullable): the step's name
 * @incoming: how the incoming lane did
 * @outgoing: how the outgoing lane did
 *
 * Returns: (transfer full): the progress strip in words, for those who hear it
 */
char *
tl_step_to_label (GObject    *object,
                  guint       position,
                  guint       n_steps,
                  const char *title,
                  TlVerdict   incoming,
                  TlVerdict   outgoing)
{
  /* Translators: read out by a screen reader. The step's number, how many there are, the step's
   * name, then how the incoming and the outgoing lane did: "not tested", "works" and so on */
  return g_strdup_printf (_("Step %u of %u (%s). Incoming: %s. Outgoing: %s."),
                          position + 1, n_steps, title == NULL ? "" : title,
                          tl_verdict_get_label (incoming), tl_verdict_get_label (outgoing));
}

/**
 * tl_site_to_question:
 * @object: (nullable): unused
 * @site: (nullable): a registrable domain
 *
 * Returns: (transfer full): what a person has to say yes to before a password goes there
 */
char *
tl_site_to_question (GObject    *object,
                     const char *site)
{
  /* Translators: %s is a domain, like example.org, shown in bold; the sentence is a question that
   * ticking the box answers with yes */
  return g_strdup_printf (_("Yes, I know %s: it may receive my password"),
                          site == NULL ? "" : site);
}

char *
tl_site_to_advice (GObject    *object,
                   const char *site)
{
  /* Translators: %s is a domain, like example.org; "IT" is whoever looks after the computers */
  return g_strdup_printf (_("Not sure? Ask IT whether %s runs your email."),
                          site == NULL ? "" : site);
}

char *
tl_secret_to_hint (GObject  *object,
                   gboolean  has_secret)
{
  if (has_secret)
    return g_strdup (_("A password is there already. Leave this empty to keep it."));

  return g_strdup (_("Sent only to your mail servers, once they have proven who they are."));
}

/* One sentence or two that name the lane and what its finding is called. */
static char *
say_failures (TlFinding *incoming,
              TlFinding *outgoing)
{
  g_autofree char *in_title = incoming == NULL ? NULL : tl_finding_dup_title (incoming);
  g_autofree char *out_title = outgoing == NULL ? NULL : tl_finding_dup_title (outgoing);

  if (in_title != NULL && g_strcmp0 (in_title, out_title) == 0)
    /* Translators: %s is what is wrong, like "The mailbox is full" */
    return g_strdup_printf (_("Both lanes: %s. See below."), in_title);
  if (in_title != NULL && out_title != NULL)
    /* Translators: each %s is what is wrong with that lane, like "The mailbox is full" */
    return g_strdup_printf (_("Incoming does not work: %s. Outgoing does not work: %s. "
                              "See below."), in_title, out_title);
  if (in_title != NULL)
    /* Translators: %s is what is wrong, like "The mailbox is full" */
    return g_strdup_printf (_("Incoming does not work: %s. See below."), in_title);

  /* Translators: %s is what is wrong, like "The mailbox is full" */
  return g_strdup_printf (_("Outgoing does not work: %s. See below."), out_title);
}

static TlFinding *
pick_failure (TlFinding *primary)
{
  return primary != NULL && tl_finding_get_severity (primary) == TL_SEVERITY_ERROR ? primary : NULL;
}

static gboolean
is_warning (TlFinding *primary)
{
  return primary != NULL && tl_finding_get_severity (primary) == TL_SEVERITY_WARNING;
}

/**
 * tl_results_to_lead:
 * @object: (nullable): unused
 * @testing: a test is under way
 * @tested: both lanes have a report
 * @ready: both lanes work
 * @incoming: (nullable): the primary finding of the incoming lane
 * @outgoing: (nullable): that of the outgoing lane
 * @loop: (nullable): how a message to oneself fared since
 *
 * Returns: (transfer full): how the test went, with what is wrong if anything is
 */
char *
tl_results_to_lead (GObject      *object,
                    gboolean      testing,
                    gboolean      tested,
                    gboolean      ready,
                    TlFinding    *incoming,
                    TlFinding    *outgoing,
                    TlLoopReport *loop)
{
  guint n_warnings = is_warning (incoming) + is_warning (outgoing);

  if (testing)
    return g_strdup (_("Both are being tested at the same time. No message is sent."));
  if (!tested)
    return g_strdup (_("The test was stopped before it could tell."));

  if (!ready && (pick_failure (incoming) != NULL || pick_failure (outgoing) != NULL))
    return say_failures (pick_failure (incoming), pick_failure (outgoing));

  if (!ready)
    return g_strdup (_("Not yet. What is wrong, and who can fix it, is written where it "
                       "happened."));

  if (loop != NULL && tl_loop_report_get_verdict (loop) == TL_VERDICT_ERROR)
    return g_strdup (_("Each was signed in to and used, but the test message did not come full "
                       "circle. See below."));
  if (n_warnings == 0)
    return g_strdup (_("Yes. Both were signed in to and used, from this computer, just now."));

  return g_strdup (ngettext ("Yes. Both were signed in to and used, from this computer, just now. "
                             "Look at the warning below.",
                             "Yes. Both were signed in to and used, from this computer, just now. "
                             "Look at the warnings below.", n_warnings));
}

char *
tl_results_to_next_label (GObject  *object,
                          gboolean  tested,
                          gboolean  ready)
{
  return g_strdup (tested && !ready ? _("Hand Over a _Draft") : _("_Continue"));
}

char *
tl_hand_over_to_title (GObject  *object,
                       gboolean  ready)
{
  return g_strdup (ready ? _("Ready to hand over") : _("Hand over a draft?"));
}

char *
tl_hand_over_to_lead (GObject  *object,
                      gboolean  ready,
                      gboolean  sealed)
{
  if (!ready)
    return g_strdup (_("The file will be marked as a draft, which platforms refuse. It helps "
                       "whoever has to fix what is wrong."));

  return g_strdup (sealed ? _("One signed file for IT to review. Only the platform can read the "
                              "passwords in it.")
                          : _("One signed file, without a password, for IT to review."));
}

char *
tl_hand_over_to_next_steps (GObject   *object,
                            gboolean   ready,
                            TlPurpose  purpose,
                            TlTarget  *target)
{
  g_autofree char *then = NULL;

  if (purpose == TL_PURPOSE_PRACTICE)
    return g_strdup (_("A practice file: do not send it."));
  if (!ready)
    return g_strdup (_("Send this file to whoever can fix what is wrong."));

  if (target == NULL)
    then = g_strdup (_("For your platform, choose it under “Who is it for?”."));
  else if (tl_target_get_kind (target) == TL_TARGET_FILE)
    /* Translators: %s is a platform, like Instantly (CSV) */
    then = g_strdup_printf (_("Save the file for %s below, and upload that one there."),
                            tl_target_get_name (target));
  else
    /* Translators: %s is a platform, like HubSpot */
    then = g_strdup_printf (_("Open the fields for %s below, and fill in its form by them."),
                            tl_target_get_name (target));

  /* Translators: "IT" is whoever looks after the computers; %s is a sentence about the platform */
  return g_strdup_printf (_("1. Send this file to IT. If they ask who signed it, give them the "
                            "fingerprint under “Your signature”.\n"
                            "2. %s"), then);
}

/**
 * tl_fingerprint_to_lines:
 * @object: (nullable): unused
 * @fingerprint: (nullable): groups of four digits with spaces between
 *
 * Returns: (transfer full) (nullable): the same with eight groups a line
 */
char *
tl_fingerprint_to_lines (GObject    *object,
                         const char *fingerprint)
{
  char *lines = g_strdup (fingerprint);
  guint n_groups = 0;

  for (char *p = lines; p != NULL && *p != '\0'; p++)
    {
      if (*p == ' ' && ++n_groups % GROUPS_PER_LINE == 0)
        *p = '\n';
    }

  return lines;
}

char *
tl_hand_over_to_next_label (GObject    *object,
                            const char *export_path)
{
  return g_strdup (export_path == NULL ? _("_Save…") : _("_Save Another Copy…"));
}

/* A program that was only built has no schema, and so nowhere to keep what is preferred. */
char *
tl_directory_to_subtitle (GObject  *object,
                          gboolean  kept)
{
  return g_strdup (kept ? _("It knows the servers of many providers")
                        : _("Settings are not installed"));
}

char *
tl_directory_to_hint (GObject  *object,
                      gboolean  refused)
{
  if (refused)
    return g_strdup (_("Not kept: the address of a directory begins with “https://” and has "
                       "neither “?” nor “#”."));

  /* Translators: "IT" is whoever looks after the computers */
  return g_strdup (_("Leave it as it is unless IT names another."));
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} sentences[] = {
  CLOSURE (tl_address_to_hint),
  CLOSURE (tl_address_to_title),
  CLOSURE (tl_auth_to_lead),
  CLOSURE (tl_auth_to_row_title),
  CLOSURE (tl_directory_to_hint),
  CLOSURE (tl_directory_to_subtitle),
  CLOSURE (tl_fingerprint_to_lines),
  CLOSURE (tl_hand_over_to_lead),
  CLOSURE (tl_hand_over_to_next_label),
  CLOSURE (tl_hand_over_to_next_steps),
  CLOSURE (tl_hand_over_to_title),
  CLOSURE (tl_provider_to_first),
  CLOSURE (tl_results_to_lead),
  CLOSURE (tl_results_to_next_label),
  CLOSURE (tl_secret_to_hint),
  CLOSURE (tl_servers_to_lead),
  CLOSURE (tl_servers_to_title),
  CLOSURE (tl_servers_to_why),
  CLOSURE (tl_site_to_advice),
  CLOSURE (tl_site_to_question),
  CLOSURE (tl_sources_to_label),
  CLOSURE (tl_step_to_label),
};

/**
 * tl_sentences_bind:
 * @widget_class: the class of a template
 *
 * Lets the template name the functions of this file.
 */
void
tl_sentences_bind (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, sentences[i].name,
                                                  sentences[i].callback);
}
