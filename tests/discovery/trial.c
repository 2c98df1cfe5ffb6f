/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include <string.h>

#include <glib/gstdio.h>

#include "tl-https-private.h"
#include "tl-records-private.h"

static TlTestDns *dns;
static TlTestPages *web;
static GTlsDatabase *trust;
static char *folder;
static char *ca_file;

/**
 * trial_begin:
 * @rows: (array length=n_rows): what name service knows
 * @n_rows: how many
 * @pages: (array length=n_pages): the web
 * @n_pages: how many
 * @unproven: (nullable): hosts that cannot prove their names, with commas between them
 *
 * Makes the world in which every trial takes place.
 */
void
trial_begin (const TlTestDnsRow *rows,
             gsize               n_rows,
             const TlTestPage   *pages,
             gsize               n_pages,
             const char         *unproven)
{
  dns = tl_test_dns_new (rows, n_rows, TL_TEST_DNS_UNSIGNED);
  web = tl_test_pages_new (pages, n_pages, unproven);
  folder = g_dir_make_tmp ("twolane-trial-XXXXXX", NULL);
  ca_file = g_build_filename (folder, "ca.pem", NULL);
  g_assert_true (g_file_set_contents (ca_file, tl_test_pages_get_ca_pem (web), -1, NULL));
  trust = g_tls_file_database_new (ca_file, NULL);
  g_assert_nonnull (trust);
}

void
trial_end (void)
{
  g_clear_object (&trust);
  g_clear_pointer (&web, tl_test_pages_free);
  g_clear_pointer (&dns, tl_test_dns_free);
  g_unlink (ca_file);
  g_rmdir (folder);
  g_clear_pointer (&ca_file, g_free);
  g_clear_pointer (&folder, g_free);
}

TlTestPages *
trial_get_web (void)
{
  return web;
}

void
trial_clear (Trial *self)
{
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_object (&self->records);
  g_clear_object (&self->https);
  g_clear_object (&self->prober);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->reply, tl_source_reply_unref);
}

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  ((Trial *) user_data)->reply = tl_discovery_source_ask_finish (result);
}

static void
on_unproven (const TlDiscoverySource *source,
             gpointer                 data)
{
  Trial *self = data;

  g_assert_null (self->reply);
  self->n_unproven++;
}

/* The best answer may be there before the last request has arrived. */
static void
wait_until_asked (guint n)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_auto(GStrv) asked = tl_test_pages_dup_asked (web);

      if (g_strv_length (asked) >= n)
        return;
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

/**
 * trial_run:
 * @self: a new trial
 * @source: who is asked
 * @domain: about whom
 * @n_asked: how many requests the web will get
 *
 * Asks, and waits until there is an answer and the web was asked as often.
 */
void
trial_run (Trial                   *self,
           const TlDiscoverySource *source,
           const char              *domain,
           guint                    n_asked)
{
  g_autofree char *text = g_strconcat (TRIAL_WHO "@", domain, NULL);
  g_autofree char *proxy = tl_test_pages_dup_proxy (web);
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new (proxy, NULL);
  TlInquiry inquiry;

  tl_test_pages_forget (web);
  self->address = tl_address_parse (text, NULL);
  self->contacts = tl_contacts_new ();
  self->network = tl_network_new_system ();
  if (self->records == NULL)
    self->records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  tl_records_set_contacts (self->records, self->contacts);
  self->https = tl_https_new_for (trust, proxies);
  tl_https_set_contacts (self->https, self->contacts);
  self->prober = tl_prober_new (self->network, self->contacts, self->probe);
  self->cancellable = g_cancellable_new ();
  if (self->options.directory == NULL)
    self->options.directory = "https://directory.test/v1/";

  inquiry = (TlInquiry) {
    .address = self->address,
    .options = &self->options,
    .records = self->records,
    .https = self->https,
    .prober = self->prober,
    .deadline = tl_deadline_in_ms (8000),
    .cancellable = self->cancellable,
    .unproven = on_unproven,
    .data = self,
  };
  tl_discovery_source_ask_async (source, &inquiry, on_answered, self);
  g_assert_null (self->reply);
  while (self->reply == NULL)
    g_main_context_iteration (NULL, TRUE);

  /* What is still under way belongs to the inquiry. */
  wait_until_asked (n_asked);
  g_cancellable_cancel (self->cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
trial_assert_claim (TlSourceReply *reply,
                    TlLaneKind     lane,
                    const char    *server,
                    TlTrust        its_trust)
{
  for (guint i = 0; i < tl_source_reply_get_n (reply); i++)
    {
      TlClaim *claim = tl_source_reply_get_claim (reply, i);
      g_autofree char *named = tl_endpoint_to_string (tl_claim_get_endpoint (claim));

      if (tl_claim_get_lane (claim) != lane)
        continue;

      g_assert_cmpstr (named, ==, server);
      g_assert_cmpint (tl_claim_get_trust (claim), ==, its_trust);
      g_assert_nonnull (tl_claim_get_hops (claim)[0]);
      return;
    }

  g_assert_null (server);
}

/* C02: a name is above another when that one ends in it. */
static void
assert_nothing_above (TlContacts *contacts,
                      const char *domain)
{
  for (guint kind = 0; kind < TL_CONTACT_N_KINDS; kind++)
    {
      g_auto(GStrv) hosts = tl_contacts_dup (contacts, kind);

      for (guint i = 0; hosts[i] != NULL; i++)
        {
          g_autofree char *below = g_strconcat (".", hosts[i], NULL);

          g_assert_false (g_str_has_suffix (domain, below));
        }
    }
}

static void
test_case (gconstpointer data)
{
  const TrialCase *c = data;
  g_auto(Trial) trial = { 0 };
  g_auto(GStrv) asked = NULL;
  g_autofree char *transcript = NULL;
  g_autofree char *has = NULL;
  g_autofree char *wants = g_strjoinv ("\n", (char **) c->asked);
  const char *detail;

  trial_run (&trial, c->source, c->domain, g_strv_length ((char **) c->asked));

  g_assert_cmpstr (tl_source_reply_get_source (trial.reply), ==, c->source->id);
  g_assert_cmpstr (tl_source_status_get_nick (tl_source_reply_get_status (trial.reply)), ==,
                   tl_source_status_get_nick (c->status));
  g_assert_cmpint (tl_source_reply_get_remarks (trial.reply), ==, c->remarks);
  trial_assert_claim (trial.reply, TL_LANE_INCOMING, c->incoming, c->trust);
  trial_assert_claim (trial.reply, TL_LANE_OUTGOING, c->outgoing, c->trust);

  detail = tl_source_reply_get_detail (trial.reply);
  if (g_strcmp0 (c->detail, "*") == 0)
    g_assert_nonnull (detail);
  else
    g_assert_cmpstr (detail, ==, c->detail);

  asked = tl_test_pages_dup_asked (web);
  has = g_strjoinv ("\n", asked);
  g_assert_cmpstr (has, ==, wants);

  transcript = tl_test_pages_dup_transcript (web);
  g_assert_null (strstr (transcript, TRIAL_WHO));
  g_assert_null (strstr (transcript, "uthorization:"));
  assert_nothing_above (trial.contacts, c->domain);
}

void
trial_add_cases (const TrialCase *cases,
                 gsize            n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strconcat ("/source/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
}
