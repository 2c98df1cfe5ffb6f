/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sentences.h"

#include <glib/gi18n-lib.h>

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
  if (finding != NULL)
    return tl_finding_dup_title (finding);

  return g_strdup (_("Nothing leaves this computer until you press Continue."));
}

char *
tl_servers_to_title (GObject  *object,
                     gboolean  discovering,
                     gboolean  found)
{
  if (discovering)
    return g_strdup (_("Finding your servers"));

  return g_strdup (found ? _("Are these your servers?") : _("Which servers are yours?"));
}

char *
tl_servers_to_lead (GObject    *object,
                    gboolean    discovering,
                    gboolean    found,
                    const char *domain)
{
  if (discovering)
    /* Translators: %s is the domain of an email address, like example.org */
    return g_strdup_printf (_("Everyone who may know the servers of %s is asked at once."),
                            domain == NULL ? "" : domain);

  return g_strdup (found ? _("Your password goes to these two and nowhere else.")
                         : _("Enter the names that your provider or your administrator gives."));
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
                 const char *provider_name)
{
  const char *name = provider_name != NULL ? provider_name : _("This provider");

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
tl_secret_to_hint (GObject   *object,
                   gboolean   has_secret,
                   TlPurpose  purpose)
{
  if (purpose == TL_PURPOSE_PRACTICE)
    return g_strdup (_("The practice mailbox has a practice password, and it is filled in "
                       "already."));
  if (has_secret)
    return g_strdup (_("A password is there already. Leave this empty to keep it."));

  return g_strdup (_("It stays on this computer, is used for both lanes, and goes to no server "
                     "that has not proven who it is."));
}

char *
tl_results_to_lead (GObject  *object,
                    gboolean  testing,
                    gboolean  tested,
                    gboolean  ready)
{
  if (testing)
    return g_strdup (_("Both are being tested at the same time. No message is sent."));
  if (!tested)
    return g_strdup (_("The test was stopped before it could tell."));

  return g_strdup (ready ? _("Yes. Both were signed in to and used, from this computer, just now.")
                         : _("Not yet. What is wrong, and who can fix it, is written where it "
                             "happened."));
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
                      gboolean  ready)
{
  return g_strdup (ready ? _("One signed file, without a password, for IT to review and for "
                             "your platform to import.")
                         : _("The file will be marked as a draft, which platforms refuse. It "
                             "helps whoever has to fix what is wrong."));
}

char *
tl_hand_over_to_next_label (GObject    *object,
                            const char *export_path)
{
  return g_strdup (export_path == NULL ? _("_Save…") : _("_Save Another Copy…"));
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
  CLOSURE (tl_hand_over_to_lead),
  CLOSURE (tl_hand_over_to_next_label),
  CLOSURE (tl_hand_over_to_title),
  CLOSURE (tl_provider_to_first),
  CLOSURE (tl_results_to_lead),
  CLOSURE (tl_results_to_next_label),
  CLOSURE (tl_secret_to_hint),
  CLOSURE (tl_servers_to_lead),
  CLOSURE (tl_servers_to_title),
  CLOSURE (tl_site_to_question),
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
