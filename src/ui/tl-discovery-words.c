/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-words.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-domain.h"
#include "tl-trust.h"

/* --- Sources ----------------------------------------------------------------- */

char *
tl_source_to_label (GObject    *object,
                    const char *source)
{
  return source == NULL ? NULL : g_strdup (tl_source_get_label (source));
}

/**
 * tl_source_to_found_by:
 * @object: (nullable): unused
 * @source: (nullable): the id of a source
 *
 * Returns: (transfer full) (nullable): who named a server, for beside it
 */
char *
tl_source_to_found_by (GObject    *object,
                       const char *source)
{
  if (source == NULL || g_str_equal (source, TL_SOURCE_MANUAL))
    return tl_source_to_label (object, source);

  /* Translators: %s is who named a server, like "The domain’s settings file" */
  return g_strdup_printf (_("Found by: %s"), tl_source_get_label (source));
}

/* The banner says of the practice mailbox all there is to say. */
gboolean
tl_source_is_told (GObject    *object,
                   const char *source,
                   const char *host)
{
  return host != NULL && *host != '\0' && g_strcmp0 (source, TL_SOURCE_PRACTICE) != 0;
}

/* Words of TlSourceAnswer:status. */
static const struct
{
  const char *status;
  const char *label;
  const char *icon;
} source_statuses[] = {
  { "asking",          N_("asking…"),                     "tl-not-tested-symbolic" },
  { "not-asked",       N_("not asked"),                   "list-remove-symbolic" },
  { "answered",        N_("answered"),                    "tl-ok-symbolic" },
  /* Translators: a source named no server, but said something about who has the mailbox */
  { "evidence",        N_("gave a clue"),                 "dialog-information-symbolic" },
  { "nothing",         N_("knows nothing"),               "list-remove-symbolic" },
  { "nxdomain",        N_("no such name"),                "list-remove-symbolic" },
  { "servfail",        N_("name server failed"),          "dialog-warning-symbolic" },
  { "timeout",         N_("no answer in time"),           "dialog-warning-symbolic" },
  { "truncated",       N_("answer cut off"),              "dialog-warning-symbolic" },
  /* Translators: one answer refers to the next, and that one back to the first */
  { "loop",            N_("refers to itself"),            "dialog-warning-symbolic" },
  { "refused",         N_("refused"),                     "dialog-warning-symbolic" },
  { "bad-document",    N_("answer not usable"),           "dialog-warning-symbolic" },
  { "bad-certificate", N_("could not prove who it is"),   "dialog-warning-symbolic" },
  { "bogus",           N_("forged or damaged signature"), "dialog-warning-symbolic" },
};

char *
tl_source_status_to_label (GObject    *object,
                           const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (source_statuses); i++)
    {
      if (g_strcmp0 (source_statuses[i].status, status) == 0)
        return g_strdup (_(source_statuses[i].label));
    }

  return g_strdup (status);
}

char *
tl_source_status_to_icon (GObject    *object,
                          const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (source_statuses); i++)
    {
      if (g_strcmp0 (source_statuses[i].status, status) == 0)
        return g_strdup (source_statuses[i].icon);
    }

  return g_strdup ("dialog-warning-symbolic");
}

gboolean
tl_source_status_is_waiting (GObject    *object,
                             const char *status)
{
  return g_strcmp0 (status, "asking") == 0;
}

/* On whose word, unless that is what the source is called anyway. */
char *
tl_word_to_subtitle (GObject    *object,
                     const char *source,
                     TlTrust     trust)
{
  const char *word = tl_trust_get_label (trust);

  return g_strdup (source != NULL && g_strcmp0 (tl_source_get_label (source), word) == 0 ? ""
                                                                                         : word);
}

/* --- The address --------------------------------------------------------------- */

char *
tl_suggestion_to_question (GObject    *object,
                           const char *suggestion)
{
  /* Translators: %s is a domain, like gmail.com */
  return suggestion == NULL ? NULL : g_strdup_printf (_("Did you mean %s?"), suggestion);
}

char *
tl_suggestion_to_label (GObject    *object,
                        const char *suggestion)
{
  /* Translators: the label of a button; %s is a domain, like gmail.com */
  return suggestion == NULL ? NULL : g_strdup_printf (_("_Use %s"), suggestion);
}

/**
 * tl_domain_to_forms:
 * @object: (nullable): unused
 * @domain: (nullable): a domain for people
 *
 * Returns: (transfer full): both ways of writing it where there are two, else empty
 */
char *
tl_domain_to_forms (GObject    *object,
                    const char *domain)
{
  if (domain == NULL || g_str_is_ascii (domain))
    return g_strdup ("");

  /* Translators: %s is a domain as people write it, then in brackets as computers do, like
   * "bücher.example (xn--bcher-kva.example)" */
  return g_strdup_printf (_("Compare the spelling: %s"), domain);
}

/* A registrable domain in A-labels, for people. */
char *
tl_site_to_display (GObject    *object,
                    const char *site)
{
  return site == NULL ? NULL : tl_domain_dup_display (site);
}

/* --- How far it is --------------------------------------------------------------- */

/**
 * tl_settling_to_line:
 * @object: (nullable): unused
 * @settling: the proposal stands and further sources are still asked
 * @asked: somebody was asked at all
 *
 * Returns: (transfer full): how far discovery is, once it has a proposal
 */
char *
tl_settling_to_line (GObject  *object,
                     gboolean  settling,
                     gboolean  asked)
{
  if (settling)
    return g_strdup (_("Further sources are still being asked. Nothing that they say changes the "
                       "servers shown."));

  return g_strdup (asked ? _("Everyone has been asked.")
                         : _("Nobody had to be asked: Twolane’s own list knows this domain."));
}

/* --- Servers that were found besides --------------------------------------------- */

char *
tl_candidate_to_title (GObject     *object,
                       TlCandidate *candidate)
{
  TlEndpoint *endpoint;

  if (candidate == NULL)
    return NULL;
  endpoint = tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));

  return tl_endpoint_to_title (object, tl_endpoint_get_host (endpoint),
                               tl_endpoint_get_port (endpoint));
}

char *
tl_candidate_to_subtitle (GObject     *object,
                          TlCandidate *candidate,
                          gboolean     in_use)
{
  TlLaneSettings *settings;
  g_autofree char *found_by = NULL;
  g_autofree char *word = NULL;
  g_autofree char *state = NULL;
  const char *security;

  if (candidate == NULL)
    return NULL;

  settings = tl_candidate_get_settings (candidate);
  security = tl_security_get_label (tl_endpoint_get_security (tl_lane_settings_get_endpoint
                                                              (settings)));
  /* Translators: %s is the kind of encryption of a server */
  state = in_use ? g_strdup_printf (_("In use · %s"), security) : g_strdup (security);
  found_by = tl_source_to_found_by (object, tl_candidate_get_source (candidate));
  word = tl_word_to_subtitle (object, tl_candidate_get_source (candidate),
                              tl_candidate_get_trust (candidate));

  return g_strjoin ("\n", state, found_by, *word == '\0' ? NULL : word, NULL);
}

/**
 * tl_candidate_is_in_use:
 * @object: (nullable): unused
 * @candidate: (nullable): a candidate
 * @host: (nullable): the server in use
 * @port: its port
 * @security: how it is reached
 *
 * Returns: whether that server is the one that @candidate names
 */
gboolean
tl_candidate_is_in_use (GObject     *object,
                        TlCandidate *candidate,
                        const char  *host,
                        guint        port,
                        TlSecurity   security)
{
  TlEndpoint *endpoint;
  g_autofree char *canonical = NULL;

  if (candidate == NULL || host == NULL)
    return FALSE;

  endpoint = tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));
  canonical = tl_host_canonicalize (host);

  return g_strcmp0 (canonical, tl_endpoint_get_host (endpoint)) == 0 &&
         port == tl_endpoint_get_port (endpoint) &&
         security == tl_endpoint_get_security (endpoint);
}

char *
tl_in_use_to_label (GObject  *object,
                    gboolean  in_use)
{
  /* Translators: two labels of one button: put this server in, and take it out again */
  return g_strdup (in_use ? _("_Undo") : _("_Use This"));
}

char *
tl_rejection_to_reason (GObject           *object,
                        TlRejectionReason  reason)
{
  return g_strdup (tl_rejection_reason_get_label (reason));
}

/* Never the line alone: the reason stands beneath it in words. */
PangoAttrList *
tl_rejection_to_attributes (GObject           *object,
                            TlRejectionReason  reason)
{
  PangoAttrList *list = pango_attr_list_new ();

  if (reason == TL_REJECTION_PLAINTEXT)
    pango_attr_list_insert (list, pango_attr_strikethrough_new (TRUE));

  return list;
}

/* --- Advice ------------------------------------------------------------------------ */

char *
tl_hint_to_title (GObject    *object,
                  TlHintKind  kind)
{
  return g_strdup (tl_hint_kind_get_label (kind));
}

/* The issuer's address is for programs; nothing to read is there. */
gboolean
tl_hint_is_page (GObject    *object,
                 TlHintKind  kind,
                 const char *link)
{
  return link != NULL && kind != TL_HINT_OAUTH;
}

/**
 * tl_advice_to_caption:
 * @object: (nullable): unused
 * @source: (nullable): the id of the source that says so; %NULL for this program itself
 * @host: (nullable): of the link, in A-labels
 *
 * Returns: (transfer full): whose advice it is and where its link leads; empty for neither
 */
char *
tl_advice_to_caption (GObject    *object,
                      const char *source,
                      const char *host)
{
  g_autofree char *shown = host == NULL ? NULL : tl_domain_dup_display (host);
  const char *label = source == NULL ? NULL : tl_source_get_label (source);

  if (label == NULL && shown == NULL)
    return g_strdup ("");
  if (label == NULL)
    /* Translators: where a link leads; %s is the name of a web server */
    return g_strdup_printf (_("Opens %s"), shown);
  if (shown == NULL)
    /* Translators: %s is who gives this advice, like "The domain’s settings file" */
    return g_strdup_printf (_("Says: %s"), label);

  /* Translators: who gives this advice, like "The domain’s settings file", then the name of the
   * web server that its link opens */
  return g_strdup_printf (_("Says: %s\nOpens %s"), label, shown);
}

/* Whose advice it is and where its link leads, or who signs in there. */
char *
tl_hint_to_caption (GObject    *object,
                    TlHintKind  kind,
                    const char *source,
                    const char *host)
{
  g_autofree char *shown = host == NULL ? NULL : tl_domain_dup_display (host);

  if (kind != TL_HINT_OAUTH || shown == NULL)
    return tl_advice_to_caption (object, source, host);

  /* Translators: the name of a server that signs people in, then who says so, like "The domain’s
   * settings file" */
  return g_strdup_printf (_("%s\nSays: %s"), shown, tl_source_get_label (source));
}

/* --- Who was asked ------------------------------------------------------------------ */

/* Indexed by TlContactKind. */
static const char * const contact_kinds[] = {
  /* Translators: a heading; the names that DNS was asked about follow */
  [TL_CONTACT_DNS]  = N_("Names looked up"),
  [TL_CONTACT_WEB]  = N_("Web servers"),
  [TL_CONTACT_MAIL] = N_("Mail servers"),
};

char *
tl_contact_kind_to_label (GObject       *object,
                          TlContactKind  kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (contact_kinds), NULL);

  return g_strdup (_(contact_kinds[kind]));
}

/**
 * tl_told_to_sentence:
 * @object: (nullable): unused
 * @send_address: whether a person agreed to having the whole address told
 * @site: (nullable): the registrable domain of the address
 *
 * Returns: (transfer full): what those who were asked got to know
 */
char *
tl_told_to_sentence (GObject    *object,
                     gboolean    send_address,
                     const char *site)
{
  if (!send_address)
    return g_strdup (_("They were told the domain and nothing else of your address."));

  /* Translators: %s is a domain, like example.org; HTTPS is a kind of encrypted connection */
  return g_strdup_printf (_("Web servers under %s were told your whole address, over HTTPS. All "
                            "others were told only the domain."), site == NULL ? "" : site);
}

char *
tl_site_to_asking (GObject    *object,
                   const char *site)
{
  /* Translators: %s is a domain, like example.org; HTTPS is a kind of encrypted connection */
  return g_strdup_printf (_("Some servers answer only to a whole address. Only web servers under "
                            "%s get to see it, over HTTPS."), site == NULL ? "" : site);
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} words[] = {
  CLOSURE (tl_advice_to_caption),
  CLOSURE (tl_candidate_is_in_use),
  CLOSURE (tl_candidate_to_subtitle),
  CLOSURE (tl_candidate_to_title),
  CLOSURE (tl_contact_kind_to_label),
  CLOSURE (tl_domain_to_forms),
  CLOSURE (tl_hint_is_page),
  CLOSURE (tl_hint_to_caption),
  CLOSURE (tl_hint_to_title),
  CLOSURE (tl_in_use_to_label),
  CLOSURE (tl_rejection_to_attributes),
  CLOSURE (tl_rejection_to_reason),
  CLOSURE (tl_settling_to_line),
  CLOSURE (tl_site_to_asking),
  CLOSURE (tl_site_to_display),
  CLOSURE (tl_source_is_told),
  CLOSURE (tl_source_status_is_waiting),
  CLOSURE (tl_source_status_to_icon),
  CLOSURE (tl_source_status_to_label),
  CLOSURE (tl_source_to_found_by),
  CLOSURE (tl_source_to_label),
  CLOSURE (tl_suggestion_to_label),
  CLOSURE (tl_suggestion_to_question),
  CLOSURE (tl_told_to_sentence),
  CLOSURE (tl_word_to_subtitle),
};

/**
 * tl_discovery_words_bind:
 * @widget_class: the class of a template
 *
 * Lets the template name the functions of this file.
 */
void
tl_discovery_words_bind (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, words[i].name, words[i].callback);
}
