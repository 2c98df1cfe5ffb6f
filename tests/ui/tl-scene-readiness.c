/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailboxes and domains for a set-up to show. Nobody is asked. */
#include "tl-scene-readiness.h"

#include "tl-domain-health-private.h"
#include "tl-mailbox-private.h"
#include "tl-records-private.h"

#define DOMAIN "acme.test"

#define MAX_ENTRIES  12
#define MIB          (1024.0 * 1024.0)

typedef struct
{
  const char *name;
  const char *attribute;   /* of SPECIAL-USE */
  int         n_messages;  /* 0: not known */
  double      n_bytes;     /* 0: not known */
  const char *rights;
  gboolean    is_new;
} EntryScene;

typedef struct
{
  const char *capabilities[6];
  char        delimiter;
  guint64     quota_used;   /* KiB */
  guint64     quota_limit;  /* KiB; 0: the server says nothing */
  gboolean    is_shared;
  const char *failure;      /* a folder that could not be made */
  EntryScene  entries[MAX_ENTRIES];
} MailboxScene;

static const MailboxScene mailboxes[] = {
  [TL_SCENE_MAILBOX_MARKED] = {
    .capabilities = { "SPECIAL-USE", "QUOTA" }, .delimiter = '/',
    .quota_used = 4404019, .quota_limit = 15728640,
    .entries = {
      { "INBOX", NULL, 2184, 812 * MIB },
      { "[Gmail]/All Mail", "all", 18240, 3900 * MIB },
      { "[Gmail]/Drafts", "drafts", 3, 0.2 * MIB },
      { "[Gmail]/Sent Mail", "sent", 6120, 1210 * MIB },
      { "[Gmail]/Spam", "junk", 88, 12 * MIB },
      { "[Gmail]/Bin", "trash", 140, 31 * MIB },
      { "Clients/Acme", NULL, 420, 96 * MIB },
    },
  },
  [TL_SCENE_MAILBOX_NAMED] = {
    .delimiter = '/',
    .entries = {
      { "INBOX", NULL, 640 },
      { "Gesendete Elemente", NULL, 1210 },
      { "Entw\xc3\xbcrfe", NULL, 4 },
      { "Junk-E-Mail", NULL, 37 },
      { "Gel\xc3\xb6schte Elemente", NULL, 90 },
      { "Archiv", NULL, 4200 },
    },
  },
  [TL_SCENE_MAILBOX_FULL] = {
    .capabilities = { "SPECIAL-USE", "QUOTA", "STATUS=SIZE" }, .delimiter = '.',
    .quota_used = 4823449, .quota_limit = 5242880,
    .entries = {
      { "INBOX", NULL, 21840, 3812 * MIB },
      { "Drafts", "drafts", 3, 1 * MIB },
      { "Sent", "sent", 6120, 610 * MIB },
      { "Junk", "junk", 1880, 120 * MIB },
      { "Trash", "trash", 840, 61 * MIB },
    },
  },
  [TL_SCENE_MAILBOX_SHARED] = {
    .capabilities = { "SPECIAL-USE", "ACL" }, .delimiter = '/', .is_shared = TRUE,
    .entries = {
      { "INBOX", NULL, 512, 0, "lr" },
      { "Sent", "sent", 300, 0, "lr" },
      { "Trash", "trash", 12, 0, "lr" },
    },
  },
  [TL_SCENE_MAILBOX_SILENT] = {
    .delimiter = '/',
    .entries = { { "INBOX" } },
  },
  [TL_SCENE_MAILBOX_MADE] = {
    .capabilities = { "SPECIAL-USE", "QUOTA" }, .delimiter = '/',
    .quota_used = 131200, .quota_limit = 1048576,
    .entries = {
      { "INBOX", NULL, 84 },
      { "Drafts", "drafts", 1 },
      { "Sent", "sent", 61 },
      { "Junk", "junk", 8 },
      { "Trash", "trash", 4 },
      { "Replies", NULL, 0, 0, NULL, TRUE },
      { "Auto-replies", NULL, 0, 0, NULL, TRUE },
    },
  },
  [TL_SCENE_MAILBOX_REFUSED] = {
    .capabilities = { "SPECIAL-USE" }, .delimiter = '/', .failure = "Replies",
    .entries = {
      { "INBOX", NULL, 84 },
      { "Sent", "sent", 61 },
    },
  },
  [TL_SCENE_MAILBOX_HOSTILE] = {
    .capabilities = { "SPECIAL-USE" }, .delimiter = '/',
    .entries = {
      { "INBOX", NULL, 84 },
      { "<b>Sent</b> &amp; a name that is far longer than any list of a narrow window is wide",
        "sent", 61 },
      { "<span foreground=\"white\">Trash</span>", "trash", 6 },
    },
  },
};

static TlMailboxEntry *
make_entry (const EntryScene *scene,
            char              delimiter)
{
  const char *attributes[] = { scene->attribute, NULL };
  TlMailboxEntry entry = {
    .name = (char *) scene->name,
    .attributes = (char **) attributes,
    .delimiter = delimiter,
    .n_messages = scene->n_messages == 0 && !scene->is_new ? -1 : scene->n_messages,
    .n_unseen = -1,
    .n_bytes = scene->n_bytes > 0 ? (gint64) scene->n_bytes : -1,
    .rights = (char *) scene->rights,
    .is_new = scene->is_new,
  };

  return tl_mailbox_entry_copy (&entry);
}

/**
 * tl_scene_look_around:
 * @setup: a set-up whose lanes were tested
 * @mailbox: what the mailbox is like
 *
 * Lets it be looked at.
 */
void
tl_scene_look_around (TlSetup        *setup,
                      TlSceneMailbox  mailbox)
{
  const MailboxScene *scene = &mailboxes[mailbox];
  TlMailbox *shown = tl_setup_get_mailbox (setup);
  g_autoptr(GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_entry_free);
  g_autoptr(GPtrArray) quotas =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);
  g_autoptr(GPtrArray) failures =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_failure_free);
  TlMailboxFactsParts parts = {
    .surveyed_at_s = 1931250600, .host = "imap." DOMAIN, .capabilities = scene->capabilities,
    .delimiter = scene->delimiter, .entries = entries, .quotas = quotas, .failures = failures,
  };
  TlMailboxAround around = { .is_shared = scene->is_shared };
  g_autoptr(TlMailboxFacts) facts = NULL;

  for (gsize i = 0; i < MAX_ENTRIES && scene->entries[i].name != NULL; i++)
    g_ptr_array_add (entries, make_entry (&scene->entries[i], scene->delimiter));
  if (scene->quota_limit > 0)
    g_ptr_array_add (quotas, tl_mailbox_quota_new ("", "storage", scene->quota_used,
                                                   scene->quota_limit));
  if (scene->failure != NULL)
    g_ptr_array_add (failures, tl_mailbox_failure_new (scene->failure, "Permission denied",
                                                       "NOPERM"));

  facts = tl_mailbox_facts_new (&parts);
  tl_mailbox_set_around (shown, &around);
  tl_mailbox_set_facts (shown, facts);
}

typedef struct
{
  TlDomainTopic  topic;
  TlStatus       status;
  const char    *name;
  const char    *value;
  const char    *detail;
} RecordScene;

static const RecordScene good_records[] = {
  { TL_DOMAIN_TOPIC_MX,      TL_STATUS_OK, DOMAIN, "10 mx." DOMAIN, NULL },
  { TL_DOMAIN_TOPIC_SPF,     TL_STATUS_OK, DOMAIN, "v=spf1 include:_spf." DOMAIN " -all", "pass" },
  { TL_DOMAIN_TOPIC_DKIM,    TL_STATUS_OK, "s2031._domainkey." DOMAIN,
    "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA", "2048" },
  { TL_DOMAIN_TOPIC_DMARC,   TL_STATUS_OK, "_dmarc." DOMAIN,
    "v=DMARC1; p=reject; rua=mailto:dmarc@" DOMAIN, "reject" },
  { TL_DOMAIN_TOPIC_IDENTITY, TL_STATUS_OK, DOMAIN, NULL, NULL },
  { TL_DOMAIN_TOPIC_MTA_STS, TL_STATUS_OK, "_mta-sts." DOMAIN, "v=STSv1; id=20310101", "enforce" },
  { TL_DOMAIN_TOPIC_TLS_RPT, TL_STATUS_OK, "_smtp._tls." DOMAIN,
    "v=TLSRPTv1; rua=mailto:tls@" DOMAIN, NULL },
  { TL_DOMAIN_TOPIC_DANE,    TL_STATUS_OK, "_25._tcp.mx." DOMAIN, "3 1 1 6d0b4f1e7a1c9e50", NULL },
  { TL_DOMAIN_TOPIC_DNSSEC,  TL_STATUS_OK, DOMAIN, NULL, "secure" },
  { TL_DOMAIN_TOPIC_BIMI,    TL_STATUS_NOT_NEEDED, "default._bimi." DOMAIN, NULL, NULL },
  { .name = NULL },
};

static const RecordScene fault_records[] = {
  { TL_DOMAIN_TOPIC_MX,      TL_STATUS_OK, DOMAIN, "10 mx." DOMAIN, NULL },
  { TL_DOMAIN_TOPIC_SPF,     TL_STATUS_WARNING, DOMAIN,
    "v=spf1 include:_spf.elsewhere.test ~all", "softfail" },
  { TL_DOMAIN_TOPIC_DKIM,    TL_STATUS_NOT_TESTED, "s2031._domainkey." DOMAIN, NULL, "timeout" },
  { TL_DOMAIN_TOPIC_DMARC,   TL_STATUS_WARNING, "_dmarc." DOMAIN, NULL, NULL },
  { TL_DOMAIN_TOPIC_MTA_STS, TL_STATUS_NOT_NEEDED, "_mta-sts." DOMAIN, NULL, NULL },
  { TL_DOMAIN_TOPIC_DANE,    TL_STATUS_NOT_NEEDED, "_25._tcp.mx." DOMAIN, NULL, NULL },
  { TL_DOMAIN_TOPIC_DNSSEC,  TL_STATUS_NOT_NEEDED, DOMAIN, NULL, "insecure" },
  { .name = NULL },
};

static const RecordScene note_records[] = {
  { TL_DOMAIN_TOPIC_DMARC,   TL_STATUS_OK, "_dmarc." DOMAIN, "v=DMARC1; p=reject", "reject" },
  { .name = NULL },
};

typedef struct
{
  const char *id;
  const char *evidence;
} FindingScene;

static const FindingScene fault_findings[] = {
  { "domain.spf-excludes-lane",
    "{'domain': <'acme.test'>, 'host': <'smtp.acme.test'>, 'receivers': <['google', 'yahoo']>,"
    " 'record': <'v=spf1 include:_spf.elsewhere.test a:smtp.acme.test ~all'>,"
    " 'record_name': <'acme.test'>, 'record_type': <'TXT'>}" },
  { "domain.dmarc-missing",
    "{'domain': <'acme.test'>, 'receivers': <['google', 'yahoo', 'microsoft']>,"
    " 'record': <'v=DMARC1; p=none; rua=mailto:dmarc@acme.test'>,"
    " 'record_name': <'_dmarc.acme.test'>, 'record_type': <'TXT'>}" },
  { "domain.mta-sts-missing",
    "{'domain': <'acme.test'>, 'record': <'v=STSv1; id=20310101T000000'>,"
    " 'record_name': <'_mta-sts.acme.test'>, 'record_type': <'TXT'>}" },
  { "domain.not-signed", "{'domain': <'acme.test'>}" },
  { NULL },
};

static const FindingScene note_findings[] = {
  { "domain.dmarc-unreported",
    "{'domain': <'acme.test'>, 'record': <'v=DMARC1; p=reject; rua=mailto:dmarc@acme.test'>,"
    " 'record_name': <'_dmarc.acme.test'>, 'record_type': <'TXT'>}" },
  { NULL },
};

static const struct
{
  const RecordScene  *records;
  const FindingScene *findings;
} domains[] = {
  [TL_SCENE_DOMAIN_GOOD]   = { good_records,  NULL },
  [TL_SCENE_DOMAIN_FAULTS] = { fault_records, fault_findings },
  [TL_SCENE_DOMAIN_NOTES]  = { note_records,  note_findings },
};

/**
 * tl_scene_look_up:
 * @setup: a set-up
 * @domain: how its domain is
 *
 * Lets the domain be looked up.
 */
void
tl_scene_look_up (TlSetup       *setup,
                  TlSceneDomain  domain)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlDomainReport) report = NULL;

  for (const RecordScene *scene = domains[domain].records; scene->name != NULL; scene++)
    g_ptr_array_add (records, tl_domain_record_new (scene->topic, scene->status, scene->name,
                                                    scene->value, scene->detail));
  for (const FindingScene *scene = domains[domain].findings;
       scene != NULL && scene->id != NULL; scene++)
    {
      g_autoptr(GError) error = NULL;
      GVariant *evidence = g_variant_parse (G_VARIANT_TYPE_VARDICT, scene->evidence, NULL, NULL,
                                            &error);

      g_assert_no_error (error);
      g_ptr_array_add (findings, tl_finding_new (scene->id, TL_LANE_NONE, evidence));
    }

  report = tl_domain_report_new (&(TlDomainReportParts) {
    .domain = DOMAIN, .checked_at_s = 1931250600, .n_trips = 3, .n_questions = 21,
    .records = records, .findings = findings,
  });
  tl_domain_health_show (tl_setup_get_domain_health (setup), report);
}

/**
 * tl_scene_keep_asking:
 * @setup: a set-up
 *
 * Lets its domain be looked up, by asking a name server in this process that never answers.
 */
void
tl_scene_keep_asking (TlSetup *setup)
{
  g_autoptr(GSocket) silent = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM,
                                            G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) anywhere = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  g_autofree char *forwarder = NULL;
  g_autoptr(TlDomainSubject) subject = NULL;
  g_autoptr(TlRecords) records = NULL;
  g_autoptr(TlHttps) https = tl_https_new (NULL);
  g_autoptr(TlDomainCheck) check = NULL;

  g_assert_true (g_socket_bind (silent, anywhere, FALSE, NULL));
  address = g_socket_get_local_address (silent, NULL);
  forwarder = g_strdup_printf ("127.0.0.1@%u", g_inet_socket_address_get_port (
                                                 G_INET_SOCKET_ADDRESS (address)));
  g_object_set_data_full (G_OBJECT (setup), "silent-server", g_steal_pointer (&silent),
                          g_object_unref);

  subject = tl_domain_subject_new (&(TlDomainSubjectParts) { .domain = DOMAIN,
                                                             .now_s = 1931250600 }, NULL);
  records = tl_records_new_for (forwarder, NULL);
  check = tl_domain_check_new_with (subject, records, https);
  tl_domain_health_run_async (tl_setup_get_domain_health (setup), DOMAIN, check, NULL, NULL, NULL);
}
