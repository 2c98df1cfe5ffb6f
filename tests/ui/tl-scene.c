/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports for a set-up to show: what the tests and the pictures of the window look at. Nobody is
 * asked. */
#include "tl-scene.h"

#include "tl-setup-private.h"

static void
add_candidate (GPtrArray  *candidates,
               TlSetup    *setup,
               TlLaneKind  lane,
               const char *url,
               const char *source,
               TlTrust     trust,
               gboolean    confirm)
{
  const char *user = tl_address_get_addr_spec (tl_setup_get_address (setup));
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, user, NULL);

  g_assert_nonnull (settings);
  g_ptr_array_add (candidates, tl_candidate_new (lane, settings, source, trust, 80, confirm,
                                                 (const char *[]) { source, NULL }, NULL, NULL));
}

static GPtrArray *
make_candidates (TlSetup      *setup,
                 TlSceneParts  parts)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  if (parts & (TL_SCENE_GATEWAY | TL_SCENE_ELSEWHERE))
    {
      const char *source = parts & TL_SCENE_GATEWAY ? TL_SOURCE_GATEWAY : TL_SOURCE_SRV;

      add_candidate (all, setup, TL_LANE_INCOMING, "imaps://outlook.mailhost.test:993", source,
                     TL_TRUST_UNSIGNED_DNS, TRUE);
      add_candidate (all, setup, TL_LANE_OUTGOING, "smtp://smtp.mailhost.test:587", source,
                     TL_TRUST_UNSIGNED_DNS, TRUE);
      return all;
    }

  add_candidate (all, setup, TL_LANE_INCOMING, "imaps://imap.acme.test:993", TL_SOURCE_AUTOCONFIG,
                 TL_TRUST_OWN_DOMAIN, FALSE);
  if (!(parts & TL_SCENE_NO_OUTGOING))
    add_candidate (all, setup, TL_LANE_OUTGOING, "smtps://smtp.acme.test:465",
                   TL_SOURCE_AUTOCONFIG, TL_TRUST_OWN_DOMAIN, FALSE);
  if (parts & TL_SCENE_OTHERS)
    {
      add_candidate (all, setup, TL_LANE_INCOMING, "imap://imap.acme.test:143", TL_SOURCE_SRV,
                     TL_TRUST_UNSIGNED_DNS, FALSE);
      add_candidate (all, setup, TL_LANE_INCOMING, "imaps://mail.elsewhere.test:993",
                     TL_SOURCE_DIRECTORY, TL_TRUST_DIRECTORY, TRUE);
      add_candidate (all, setup, TL_LANE_OUTGOING, "smtp://smtp.acme.test:587", TL_SOURCE_SRV,
                     TL_TRUST_UNSIGNED_DNS, FALSE);
    }

  return all;
}

static GPtrArray *
make_rejections (TlSceneParts parts)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  if (!(parts & TL_SCENE_OTHERS))
    return all;

  g_ptr_array_add (all, tl_rejection_new (TL_LANE_INCOMING, TL_SOURCE_AUTOCONFIG,
                                          parts & TL_SCENE_HOSTILE ? "imap.<b>acme</b>.test:143"
                                                                   : "imap.acme.test:143",
                                          TL_REJECTION_PLAINTEXT));
  g_ptr_array_add (all, tl_rejection_new (TL_LANE_INCOMING, TL_SOURCE_AUTOCONFIG,
                                          "pop.acme.test:995", TL_REJECTION_POP3));
  g_ptr_array_add (all, tl_rejection_new (TL_LANE_OUTGOING, TL_SOURCE_AUTODISCOVER,
                                          "smtp.acme.test:70000", TL_REJECTION_BAD_PORT));

  return all;
}

static GPtrArray *
make_hints (TlSceneParts parts)
{
  static const struct { TlHintKind kind; const char *source, *text, *link; }
  honest[] = {
    { TL_HINT_ENABLE,        TL_SOURCE_AUTOCONFIG, "Switch IMAP on in the settings of your mailbox",
      "https://help.acme.test/imap" },
    { TL_HINT_ENABLE,        TL_SOURCE_AUTOCONFIG, "Ask the help desk for a password of its own",
      NULL },
    { TL_HINT_DOCUMENTATION, TL_SOURCE_AUTOCONFIG, "Set up your program",
      "https://help.acme.test/setup" },
    { TL_HINT_WEBMAIL,       TL_SOURCE_DIRECTORY,  NULL, "https://webmail.acme.test/" },
  },
  hostile[] = {
    { TL_HINT_ENABLE,        TL_SOURCE_AUTOCONFIG,
      "Switch <b>IMAP</b> on in the settings of your mailbox", "https://help.acme.test/imap" },
    { TL_HINT_ENABLE,        TL_SOURCE_AUTOCONFIG, "Ask the help desk for a password of its own",
      NULL },
    { TL_HINT_DOCUMENTATION, TL_SOURCE_AUTOCONFIG,
      "Set up <a href=\"https://elsewhere.test/\">your program</a>",
      "https://help.elsewhere.test/setup" },
    { TL_HINT_WEBMAIL,       TL_SOURCE_DIRECTORY,  NULL, "https://xn--bcher-kva.test/mail" },
    { TL_HINT_OAUTH,         TL_SOURCE_PACC,       NULL, "https://login.acme.test/" },
  };
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (hostile) && parts & TL_SCENE_HOSTILE; i++)
    g_ptr_array_add (all, tl_hint_new (hostile[i].kind, hostile[i].source, hostile[i].text,
                                       hostile[i].link));
  for (gsize i = 0; i < G_N_ELEMENTS (honest) && parts & TL_SCENE_HINTS; i++)
    g_ptr_array_add (all, tl_hint_new (honest[i].kind, honest[i].source, honest[i].text,
                                       honest[i].link));

  return all;
}

static const char * const contested[] = {
  "imap.acme.test", "smtp.acme.test", "mail.elsewhere.test", NULL,
};

static void
add_finding (GPtrArray          *findings,
             const char         *id,
             TlLaneKind          lane,
             const char         *domain,
             const char * const *names)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_DOMAIN, "s", domain);
  if (names != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_NAMES, "^as", names);
  g_ptr_array_add (findings, tl_finding_new (id, lane, g_variant_dict_end (&evidence)));
}

static GPtrArray *
make_findings (TlSetup      *setup,
               TlSceneParts  parts)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  const char *domain = tl_address_get_domain (tl_setup_get_address (setup));

  if (parts & TL_SCENE_GATEWAY)
    add_finding (all, "discover.gateway", TL_LANE_NONE, domain, NULL);
  if (parts & TL_SCENE_ELSEWHERE)
    {
      add_finding (all, "discover.untrusted-only", TL_LANE_INCOMING, domain, NULL);
      add_finding (all, "discover.untrusted-only", TL_LANE_OUTGOING, domain, NULL);
    }
  if (parts & TL_SCENE_CONFLICT)
    add_finding (all, "discover.conflict", TL_LANE_NONE, domain, contested);
  if (parts & TL_SCENE_NO_NAME)
    add_finding (all, "resolve.nxdomain", TL_LANE_NONE, domain, NULL);
  else if (parts & TL_SCENE_NO_OUTGOING)
    add_finding (all, "discover.nothing-found", TL_LANE_OUTGOING, domain, NULL);

  return all;
}

static GPtrArray *
make_sources (TlSceneParts parts)
{
  static const struct
  {
    const char     *source;
    TlSourceStatus  status;
    guint           ms;
    const char     *detail;
  } rows[] = {
    { TL_SOURCE_PROVIDER_DOMAIN, TL_SOURCE_STATUS_NOTHING,         0,    NULL },
    { TL_SOURCE_AUTOCONFIG,      TL_SOURCE_STATUS_ANSWERED,        212,  NULL },
    { TL_SOURCE_WELL_KNOWN,      TL_SOURCE_STATUS_NOTHING,         180,  NULL },
    { TL_SOURCE_PACC,            TL_SOURCE_STATUS_BAD_DOCUMENT,    140,
      "the document is not the one whose digest the domain's records state" },
    { TL_SOURCE_SRV,             TL_SOURCE_STATUS_ANSWERED,        48,   NULL },
    { TL_SOURCE_MAILCONF,        TL_SOURCE_STATUS_LOOP,            95,   NULL },
    { TL_SOURCE_DIRECTORY,       TL_SOURCE_STATUS_TRUNCATED,       120,  NULL },
    { TL_SOURCE_AUTODISCOVER,    TL_SOURCE_STATUS_BAD_CERTIFICATE, 330,  NULL },
    { TL_SOURCE_GATEWAY,         TL_SOURCE_STATUS_EVIDENCE,        61,   "gateway mimecast" },
    { TL_SOURCE_GUESS,           TL_SOURCE_STATUS_TIMEOUT,         3000, NULL },
  };
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (all, tl_source_answer_new (rows[i].source,
                                                parts & TL_SCENE_NOBODY
                                                  ? TL_SOURCE_STATUS_NOT_ASKED : rows[i].status,
                                                rows[i].ms, rows[i].detail));

  return all;
}

static TlContacts *
make_contacts (TlSceneParts parts)
{
  static const struct { TlContactKind kind; const char *host; } rows[] = {
    { TL_CONTACT_DNS,  "_imaps._tcp.acme.test" },
    { TL_CONTACT_DNS,  "_submissions._tcp.acme.test" },
    { TL_CONTACT_DNS,  "acme.test" },
    { TL_CONTACT_WEB,  "acme.test" },
    { TL_CONTACT_WEB,  "autoconfig.acme.test" },
    { TL_CONTACT_WEB,  "v1.ispdb.net" },
    { TL_CONTACT_MAIL, "imap.acme.test" },
  };
  TlContacts *contacts = tl_contacts_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows) && !(parts & TL_SCENE_NOBODY); i++)
    tl_contacts_add (contacts, rows[i].kind, rows[i].host);

  return contacts;
}

/**
 * tl_scene_show:
 * @setup: a set-up
 * @address: whose servers they are; another one than before begins anew
 * @parts: what there is besides the proposal
 *
 * Lets discovery say something: the first time the proposal, later what else came in.
 */
void
tl_scene_show (TlSetup      *setup,
               const char   *address,
               TlSceneParts  parts)
{
  g_autoptr(GPtrArray) candidates = NULL;
  g_autoptr(GPtrArray) rejections = make_rejections (parts);
  g_autoptr(GPtrArray) hints = make_hints (parts);
  g_autoptr(GPtrArray) sources = make_sources (parts);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(TlContacts) contacts = make_contacts (parts);
  g_autoptr(TlDiscoveryReport) report = NULL;

  tl_setup_set_address_text (setup, address);
  candidates = make_candidates (setup, parts);
  findings = make_findings (setup, parts);
  report = tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) {
    .candidates = candidates, .sources = sources, .findings = findings, .rejections = rejections,
    .hints = hints, .contacts = contacts, .proposed_ms = 212,
  });

  g_list_store_splice (setup->sources, 0, g_list_model_get_n_items (G_LIST_MODEL (setup->sources)),
                       sources->pdata, sources->len);
  tl_setup_show_discovery (setup, report);
}

/**
 * tl_scene_ask:
 * @setup: a set-up with an address
 *
 * Makes it wait for those who may know the servers, with a discovery that asks nobody.
 */
void
tl_scene_ask (TlSetup *setup)
{
  static const struct { const char *source; TlSourceStatus status; guint ms; } rows[] = {
    { TL_SOURCE_PROVIDER_DOMAIN, TL_SOURCE_STATUS_NOTHING,   0 },
    { TL_SOURCE_PROVIDER_MX,     TL_SOURCE_STATUS_NOTHING,   31 },
    { TL_SOURCE_AUTOCONFIG,      TL_SOURCE_STATUS_ASKING,    0 },
    { TL_SOURCE_WELL_KNOWN,      TL_SOURCE_STATUS_ASKING,    0 },
    { TL_SOURCE_SRV,             TL_SOURCE_STATUS_ANSWERED,  48 },
    { TL_SOURCE_DIRECTORY,       TL_SOURCE_STATUS_ASKING,    0 },
    { TL_SOURCE_GUESS,           TL_SOURCE_STATUS_NOT_ASKED, 0 },
  };

  tl_setup_forget_discovery (setup);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(TlSourceAnswer) answer = tl_source_answer_new (rows[i].source, rows[i].status,
                                                               rows[i].ms, NULL);

      g_list_store_append (setup->sources, answer);
    }
  setup->running_discovery = tl_discovery_new (setup->address, setup->network, NULL);
  g_object_notify (G_OBJECT (setup), "discovering");
}

/**
 * tl_scene_settle:
 * @setup: a set-up whose discovery has a proposal
 * @settling: whether further sources are still asked
 *
 * Makes it so, with a discovery that asks nobody.
 */
void
tl_scene_settle (TlSetup  *setup,
                 gboolean  settling)
{
  g_clear_object (&setup->running_discovery);
  if (settling)
    {
      g_autoptr(TlSourceAnswer) asking = tl_source_answer_new (TL_SOURCE_GUESS,
                                                               TL_SOURCE_STATUS_ASKING, 0, NULL);
      guint n = g_list_model_get_n_items (G_LIST_MODEL (setup->sources));

      g_list_store_splice (setup->sources, n - 1, 1, (gpointer *) &asking, 1);
      setup->running_discovery = tl_discovery_new (setup->address, setup->network, NULL);
    }
  g_object_notify (G_OBJECT (setup), "settling");
}
