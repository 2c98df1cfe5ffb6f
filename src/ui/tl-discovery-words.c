/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* Indexed by TlSourceStatus. */
static const char * const status_icons[] = {
  [TL_SOURCE_STATUS_ANSWERED]        = "tl-ok-symbolic",
  [TL_SOURCE_STATUS_EVIDENCE]        = "dialog-information-symbolic",
  [TL_SOURCE_STATUS_NOTHING]         = "list-remove-symbolic",
  [TL_SOURCE_STATUS_NXDOMAIN]        = "list-remove-symbolic",
  [TL_SOURCE_STATUS_SERVFAIL]        = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_TRUNCATED]       = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_LOOP]            = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_TIMEOUT]         = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_REFUSED]         = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_BAD_DOCUMENT]    = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_BAD_CERTIFICATE] = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_BOGUS]           = "dialog-warning-symbolic",
  [TL_SOURCE_STATUS_NOT_ASKED]       = "list-remove-symbolic",
  [TL_SOURCE_STATUS_ASKING]          = "tl-not-tested-symbolic",
};

char *
tl_source_status_to_label (GObject        *object,
                           TlSourceStatus  status)
{
  return g_strdup (tl_source_status_get_label (status));
}

char *
tl_source_status_to_icon (GObject        *object,
                          TlSourceStatus  status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (status_icons), NULL);

  return g_strdup (status_icons[status]);
}

gboolean
tl_source_status_is_waiting (GObject        *object,
                             TlSourceStatus  status)
{
  return status == TL_SOURCE_STATUS_ASKING;
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

/* The letters of a text that are not ASCII, each once, in their order; the number of them is given
 * to @out_n. */
static char *
dup_special_letters (const char *text,
                     guint      *out_n)
{
  g_autoptr(GString) letters = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (letter < 0x80 || g_utf8_strchr (letters->str, -1, letter) != NULL)
        continue;
      if (n++ > 0)
        g_string_append_c (letters, ' ');
      g_string_append_unichar (letters, letter);
    }

  *out_n = n;

  return g_string_free (g_steal_pointer (&letters), FALSE);
}

/**
 * tl_domain_to_forms:
 * @object: (nullable): unused
 * @domain: (nullable): a domain for people
 *
 * Returns: (transfer full): what is unusual about it and both ways of writing it, where there are
 *   two, else empty
 */
char *
tl_domain_to_forms (GObject    *object,
                    const char *domain)
{
  g_autofree char *readable = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *letters = NULL;
  guint n = 0;

  if (domain == NULL || g_str_is_ascii (domain))
    return g_strdup ("");

  /* Behind the space is the other form, in brackets. */
  readable = g_strndup (domain, strcspn (domain, " "));
  ascii = g_hostname_to_ascii (readable);
  letters = dup_special_letters (readable, &n);

  /* Translators: first the letters of a domain that are not in the English alphabet, with spaces
   * between, then the domain as people write it and as computers do, like "bücher.example" and
   * "xn--bcher-kva.example" */
  return g_strdup_printf (ngettext ("This address has a special letter (%s). Is that right? "
                                    "Computers write %s as %s.",
                                    "This address has special letters (%s). Is that right? "
                                    "Computers write %s as %s.", n),
                          letters, readable, ascii);
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

/* Nobody who was told never to give an address away has to guess what is at stake. */
char *
tl_asking_to_promise (GObject  *object,
                      gboolean  missing)
{
  return g_strdup (missing ? _("Safe: no password is sent. It may find what is missing.")
                           : _("Safe: no password is sent."));
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} words[] = {
  CLOSURE (tl_advice_to_caption),
  CLOSURE (tl_asking_to_promise),
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
