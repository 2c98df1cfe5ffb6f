/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The domain of a set-up's address: looked up when asked, judged for this very set-up, forgotten
 * when that is another. */
#include "tl-setup-private.h"

#include "tl-contact.h"
#include "tl-domain-health-private.h"
#include "tl-error.h"
#include "tl-https-private.h"
#include "tl-records-private.h"
#include "tl-test-dns.h"
#include "tl-test-mailbox.h"

static const TlTestDnsRow rows[] = {
  { "acme.test", TL_RECORD_MX, .priority = 10, .text = "mx.acme.test" },
  { "mx.acme.test", TL_RECORD_A, .hex = "c0000201" },
  { "smtp.acme.test", TL_RECORD_A, .hex = "c0000202" },
  { "acme.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.2 -all" },
};

typedef struct
{
  TlTestDns     *dns;
  TlTestMailbox *mailbox;
  TlSetup       *setup;
} World;

static void
world_set_up (World *world)
{
  g_autoptr(TlRecords) records = NULL;
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new ("http://127.0.0.1:1", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (NULL, proxies);

  world->dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  world->mailbox = tl_test_mailbox_new (NULL, NULL);
  world->setup = world->mailbox->setup;
  records = tl_records_new_for (tl_test_dns_get_forwarder (world->dns), NULL);
  tl_domain_health_ask_with (tl_setup_get_domain_health (world->setup), records, https);
}

static void
world_clear (World *world)
{
  g_clear_pointer (&world->mailbox, tl_test_mailbox_free);
  g_clear_pointer (&world->dns, tl_test_dns_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static gboolean
check (TlSetup  *setup,
       GError  **error)
{
  TlTestWait wait = { NULL };
  gboolean is_there;

  tl_setup_check_domain_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_there = tl_setup_check_domain_finish (setup, wait.result, error);
  g_object_unref (wait.result);

  return is_there;
}

static gboolean
has_section (TlSetup *setup)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (setup);

  return report != NULL && tl_report_get_domain (report) != NULL;
}

static gboolean
has_finding (TlSetup    *setup,
             const char *id)
{
  return tl_test_model_has (tl_domain_health_get_findings (tl_setup_get_domain_health (setup)),
                            id);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_checked (void)
{
  g_auto(World) world = { NULL };
  g_autoptr(TlDomainHealth) health = NULL;
  g_autoptr(GError) error = NULL;
  guint n_ready = 0;

  g_test_summary ("Never unless asked; then for the outgoing lane's very host");

  world_set_up (&world);
  g_object_get (world.setup, "domain-health", &health, NULL);
  g_assert_true (health == tl_setup_get_domain_health (world.setup));
  tl_test_mailbox_pass (world.mailbox);
  g_assert_cmpuint (tl_test_dns_get_n_asked (world.dns, "acme.test", TL_RECORD_TXT), ==, 0);
  g_assert_false (has_section (world.setup));

  g_signal_connect_swapped (world.setup, "notify::ready", G_CALLBACK (count), &n_ready);
  g_assert_true (check (world.setup, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_ready, >=, 1);
  g_assert_true (has_section (world.setup));
  g_assert_true (has_finding (world.setup, "domain.dmarc-missing"));
  g_assert_false (has_finding (world.setup, "domain.spf-excludes-lane"));
  g_assert_true (tl_setup_is_ready (world.setup));
}

static void
test_not_while_checking (void)
{
  g_auto(World) world = { NULL };
  TlTestWait wait = { NULL };

  g_test_summary ("What can be said so far is no part of a report");

  world_set_up (&world);
  tl_test_dns_set_delay (world.dns, 50);
  tl_setup_check_domain_async (world.setup, NULL, tl_test_wait_ready, &wait);
  while (tl_domain_health_get_report (tl_setup_get_domain_health (world.setup)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (wait.result == NULL)
    g_assert_false (has_section (world.setup));
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_check_domain_finish (world.setup, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_true (has_section (world.setup));
}

static void
test_practice (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlSetup) empty = tl_setup_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (check (setup, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_false (check (empty, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_address_forgets (void)
{
  g_auto(World) world = { NULL };
  TlDomainHealth *health;
  guint n_report = 0;

  world_set_up (&world);
  health = tl_setup_get_domain_health (world.setup);
  g_assert_true (check (world.setup, NULL));
  g_signal_connect_swapped (health, "notify::report", G_CALLBACK (count), &n_report);
  tl_setup_set_address_text (world.setup, "ada@other.test");
  g_assert_cmpuint (n_report, ==, 1);
  g_assert_null (tl_domain_health_get_report (health));
  g_assert_false (has_section (world.setup));
}

static void
test_address_stops (void)
{
  g_auto(World) world = { NULL };
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  world_set_up (&world);
  tl_test_dns_set_delay (world.dns, 200);
  tl_setup_check_domain_async (world.setup, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (world.setup, "ada@other.test");
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_check_domain_finish (world.setup, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);
  g_assert_null (tl_domain_health_get_report (tl_setup_get_domain_health (world.setup)));
}

static void
test_volume_judged_again (void)
{
  g_auto(World) world = { NULL };
  g_autoptr(TlDomainReport) before = NULL;
  TlDomainHealth *health;
  guint n_asked;

  g_test_summary ("More to send: judged again, and nobody is asked");

  world_set_up (&world);
  health = tl_setup_get_domain_health (world.setup);
  g_assert_true (check (world.setup, NULL));
  before = tl_domain_report_ref (tl_domain_health_get_report (health));
  n_asked = tl_test_dns_get_n_asked (world.dns, "acme.test", TL_RECORD_TXT);
  g_object_set (tl_setup_get_sending (world.setup), "volume", 8000, NULL);
  g_assert_nonnull (tl_domain_health_get_report (health));
  g_assert_true (tl_domain_health_get_report (health) != before);
  g_assert_true (has_section (world.setup));
  g_assert_cmpuint (tl_test_dns_get_n_asked (world.dns, "acme.test", TL_RECORD_TXT), ==, n_asked);
}

static void
test_password_keeps (void)
{
  g_auto(World) world = { NULL };
  g_autoptr(TlSecret) secret = tl_secret_new ("other", 5);
  TlDomainReport *before;
  TlDomainHealth *health;

  g_test_summary ("A password says nothing about a domain");

  world_set_up (&world);
  health = tl_setup_get_domain_health (world.setup);
  g_assert_true (check (world.setup, NULL));
  before = tl_domain_health_get_report (health);
  tl_setup_set_secret (world.setup, TL_LANE_NONE, secret);
  g_assert_true (tl_domain_health_get_report (health) == before);
}

static void
test_unknown_host_forgets (void)
{
  g_auto(World) world = { NULL };
  TlDomainHealth *health;

  g_test_summary ("A server that nobody was asked about: what was found is not about this set-up");

  world_set_up (&world);
  health = tl_setup_get_domain_health (world.setup);
  g_assert_true (check (world.setup, NULL));
  g_object_set (tl_setup_get_draft (world.setup, TL_LANE_OUTGOING), "host", "relay.other.test",
                NULL);
  g_assert_null (tl_domain_health_get_report (health));
  g_assert_false (has_section (world.setup));
}

static char *
dup_text (TlSetup    *setup,
          const char *property)
{
  char *text = NULL;

  g_object_get (setup, property, &text, NULL);

  return text;
}

static gboolean
get_bool (TlSetup    *setup,
          const char *property)
{
  gboolean value = FALSE;

  g_object_get (setup, property, &value, NULL);

  return value;
}

static const struct
{
  const char *name;
  const char *property;
  const char *text;
  gboolean    is_valid;
  const char *kept; /* NULL: as it was typed */
} names[] = {
  { "empty", "registered-domain", "", TRUE },
  { "domain", "registered-domain", "acme.test", TRUE },
  { "blanks", "registered-domain", "  acme.test ", TRUE, "acme.test" },
  { "umlaut", "registered-domain", "b\xc3\xbc" "cher.test", TRUE },
  { "label", "registered-domain", "acme", FALSE },
  { "address-as-domain", "registered-domain", "ada@acme.test", FALSE },
  { "number", "registered-domain", "192.0.2.1", FALSE },
  { "no-reply-to", "reply-to", "", TRUE },
  { "address", "reply-to", "ada@acme.test", TRUE },
  { "domain-as-address", "reply-to", "acme.test", FALSE },
  { "nobody", "reply-to", "@acme.test", FALSE },
};

static void
test_name (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gboolean is_reply = g_str_equal (names[i].property, "reply-to");
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *valid = g_strconcat (names[i].property, "-valid", NULL);
  g_autofree char *signal = g_strconcat ("notify::", names[i].property, NULL);
  g_autofree char *kept = NULL;
  g_autofree char *forgotten = NULL;
  guint n = 0;

  g_test_summary ("What cannot be meant is kept to be corrected, and refused by its name");

  tl_setup_set_address_text (setup, "ada@acme.test");
  g_assert_true (get_bool (setup, valid));
  g_signal_connect_swapped (setup, signal, G_CALLBACK (count), &n);
  g_object_set (setup, names[i].property, names[i].text, NULL);
  g_assert_cmpuint (n, ==, *names[i].text == '\0' ? 0 : 1);
  g_assert_cmpint (get_bool (setup, valid), ==, names[i].is_valid);
  kept = dup_text (setup, names[i].property);
  g_assert_cmpstr (kept, ==, names[i].kept != NULL ? names[i].kept : names[i].text);

  g_assert_cmpint ((is_reply ? tl_setup_set_reply_to
                             : tl_setup_set_registered_domain) (setup, names[i].text, &error), ==,
                   names[i].is_valid);
  if (!names[i].is_valid)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_prefix (error->message, names[i].property));
    }

  tl_setup_set_address_text (setup, "ada@other.test");
  g_assert_true (get_bool (setup, valid));
  forgotten = dup_text (setup, names[i].property);
  g_assert_cmpstr (forgotten, ==, "");
}

static const struct
{
  const char *name;
  const char *property;
  const char *text;
  const char *finding; /* or NULL */
} alike[] = {
  { "registered", "registered-domain", "acme.test", NULL },
  { "other", "registered-domain", "acmee.test", "domain.lookalike-sender" },
  { "other-unusable", "registered-domain", "acmee", NULL },
  { "reply-here", "reply-to", "bob@acme.test", NULL },
  { "reply-elsewhere", "reply-to", "bob@elsewhere.test", "domain.replies-elsewhere" },
};

static void
test_alike (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto(World) world = { NULL };

  g_test_summary ("The names that were said are looked up and judged with the domain");

  world_set_up (&world);
  g_object_set (world.setup, alike[i].property, alike[i].text, NULL);
  g_assert_true (check (world.setup, NULL));
  g_assert_cmpint (has_finding (world.setup, "domain.lookalike-sender"), ==,
                   g_strcmp0 (alike[i].finding, "domain.lookalike-sender") == 0);
  g_assert_cmpint (has_finding (world.setup, "domain.replies-elsewhere"), ==,
                   g_strcmp0 (alike[i].finding, "domain.replies-elsewhere") == 0);
}

static void
test_registered_judged_again (void)
{
  g_auto(World) world = { NULL };
  TlDomainHealth *health;
  guint n_asked;
  gint64 before_s;

  g_test_summary ("Said afterwards: judged again, nobody is asked, and it is as old as it was");

  world_set_up (&world);
  health = tl_setup_get_domain_health (world.setup);
  g_assert_true (check (world.setup, NULL));
  before_s = tl_domain_report_get_parts (tl_domain_health_get_report (health))->checked_at_s;
  n_asked = tl_test_dns_get_n_asked (world.dns, "acme.test", TL_RECORD_TXT);
  tl_test_pass_ms (1100);
  g_object_set (world.setup, "registered-domain", "acmee.test", NULL);
  g_assert_true (has_finding (world.setup, "domain.lookalike-sender"));
  g_assert_true (has_section (world.setup));
  g_assert_cmpuint (tl_test_dns_get_n_asked (world.dns, "acme.test", TL_RECORD_TXT), ==, n_asked);
  g_assert_cmpint (tl_domain_report_get_parts (tl_domain_health_get_report (health))->checked_at_s,
                   ==, before_s);

  g_object_set (world.setup, "registered-domain", "", NULL);
  g_assert_false (has_finding (world.setup, "domain.lookalike-sender"));
}

static void
test_pending (void)
{
  g_auto(World) world = { NULL };
  g_autoptr(GError) error = NULL;
  TlDomainSubject *subject;
  TlTestWait wait = { NULL };

  g_test_summary ("A second check is refused, and changes nothing about the one that runs");

  world_set_up (&world);
  tl_test_dns_set_delay (world.dns, 50);
  tl_setup_check_domain_async (world.setup, NULL, tl_test_wait_ready, &wait);
  subject = world.setup->domain_subject;
  g_assert_nonnull (subject);
  g_assert_false (check (world.setup, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_true (world.setup->domain_subject == subject);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_check_domain_finish (world.setup, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_true (has_section (world.setup));
}

static gboolean
has_contact (TlSetup    *setup,
             const char *host)
{
  g_autoptr(GListModel) contacts = NULL;

  g_object_get (setup, "contacts", &contacts, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (contacts); i++)
    {
      g_autoptr(TlContact) contact = g_list_model_get_item (contacts, i);

      if (tl_contact_get_kind (contact) == TL_CONTACT_DNS &&
          g_str_equal (tl_contact_get_host (contact), host))
        return TRUE;
    }

  return FALSE;
}

static void
test_contacts (void)
{
  g_auto(World) world = { NULL };
  g_autoptr(TlRecords) records = NULL;
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new ("http://127.0.0.1:1", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (NULL, proxies);
  TlDomainHealth *health;

  g_test_summary ("Whom a check took is said, and forgotten with the address");

  world_set_up (&world);
  health = tl_setup_get_domain_health (world.setup);
  records = tl_records_new_for (tl_test_dns_get_forwarder (world.dns), NULL);
  tl_records_set_contacts (records, tl_domain_health_get_contacts (health));
  tl_domain_health_ask_with (health, records, https);
  g_assert_false (has_contact (world.setup, "_dmarc.acme.test"));
  g_assert_true (check (world.setup, NULL));
  g_assert_true (has_contact (world.setup, "_dmarc.acme.test"));
  tl_setup_set_address_text (world.setup, "ada@other.test");
  g_assert_false (has_contact (world.setup, "_dmarc.acme.test"));
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-domain/checked", test_checked);
  g_test_add_func ("/setup-domain/not-while-checking", test_not_while_checking);
  g_test_add_func ("/setup-domain/practice", test_practice);
  g_test_add_func ("/setup-domain/address-forgets", test_address_forgets);
  g_test_add_func ("/setup-domain/address-stops", test_address_stops);
  g_test_add_func ("/setup-domain/volume-judged-again", test_volume_judged_again);
  g_test_add_func ("/setup-domain/password-keeps", test_password_keeps);
  g_test_add_func ("/setup-domain/unknown-host-forgets", test_unknown_host_forgets);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-domain/name/", names[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-domain/alike/", alike[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_alike);
    }
  g_test_add_func ("/setup-domain/registered-judged-again", test_registered_judged_again);
  g_test_add_func ("/setup-domain/pending", test_pending);
  g_test_add_func ("/setup-domain/contacts", test_contacts);

  return g_test_run ();
}
