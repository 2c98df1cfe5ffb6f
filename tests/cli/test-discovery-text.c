/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person is shown of a discovery. Names and ids are looked for, never sentences. */
#include "tl-discovery-text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "tl-terminal.h"

static void
add_candidate (GPtrArray  *candidates,
               TlLaneKind  lane,
               const char *url)
{
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, "ada", NULL);

  g_ptr_array_add (candidates, tl_candidate_new (lane, settings, TL_SOURCE_SRV,
                                                 TL_TRUST_UNSIGNED_DNS, 70, FALSE, NULL, NULL,
                                                 NULL));
}

static TlDiscoveryReport *
make_full (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@acme.test", NULL);
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();

  add_candidate (candidates, TL_LANE_INCOMING, "imaps://first.acme.test");
  add_candidate (candidates, TL_LANE_INCOMING, "imaps://second.acme.test");
  g_ptr_array_add (sources, tl_source_answer_new (TL_SOURCE_PACC, TL_SOURCE_STATUS_BAD_DOCUMENT,
                                                  41, "clause-a"));
  g_ptr_array_add (sources, tl_source_answer_new (TL_SOURCE_SRV, TL_SOURCE_STATUS_LOOP, 42, NULL));
  g_ptr_array_add (sources, tl_source_answer_new (TL_SOURCE_GUESS, TL_SOURCE_STATUS_NOT_ASKED, 43,
                                                  NULL));
  g_ptr_array_add (findings, tl_finding_new ("discover.conflict", TL_LANE_NONE, NULL));
  g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_INCOMING, TL_SOURCE_AUTOCONFIG,
                                                 "plain.acme.test:143\033[2J",
                                                 TL_REJECTION_PLAINTEXT));
  g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_NONE, TL_SOURCE_AUTOCONFIG,
                                                 "nowhere.acme.test", TL_REJECTION_BAD_PORT));
  g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_AUTOCONFIG, "advice\n[z]",
                                       "https://help.acme.test/x"));
  g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_WELL_KNOWN, "advice\n[z]",
                                       "https://help.acme.test/x"));
  g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, TL_SOURCE_WELL_KNOWN, "advice\n[z]",
                                       "https://help.acme.test/y"));
  tl_contacts_add (contacts, TL_CONTACT_DNS, "asked.acme.test");
  tl_contacts_add (contacts, TL_CONTACT_DNS, "x0123456789abcdef.acme.test");
  tl_contacts_add (contacts, TL_CONTACT_DNS, "xerox.acme.test");
  tl_contacts_add (contacts, TL_CONTACT_WEB, "asked.acme.test");
  tl_contacts_add (contacts, TL_CONTACT_MAIL, "tried.acme.test");

  return tl_discovery_report_new (address, &(TlDiscoveryParts) {
    .candidates = candidates,
    .sources = sources,
    .findings = findings,
    .rejections = rejections,
    .hints = hints,
    .contacts = contacts,
    .proposed_ms = 1234,
  });
}

static void
test_full (void)
{
  /* A newline stands where another line has to begin. */
  static const char * const parts[] = {
    "*\n  *second.acme.test:993*",
    "*plain.acme.test:143\\x1b[2J*not used*",
    "*\n  nowhere.acme.test*not used*",
    "*advice\\x0a[z]*",
    "*https://help.acme.test/x*help.acme.test*",
  };
  /* How it came about is for those who ask, and findings stand elsewhere. */
  static const char * const absent[] = {
    "*first.acme.test*", "* ms*", "*asked.acme.test*", "*clause-a*", "*discover.conflict*",
    "*\033*", "*help.acme.test/x*help.acme.test/x*",
  };

  if (g_test_subprocess ())
    {
      g_autoptr(TlDiscoveryReport) report = make_full ();

      tl_discovery_text_print (report, NULL);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_test_trap_assert_stdout (parts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    g_test_trap_assert_stdout_unmatched (absent[i]);
}

static void
test_said_once (void)
{
  g_autofree char *both = g_strdup_printf ("*(%s · %s)\n*help.acme.test/x*",
                                           tl_source_get_label (TL_SOURCE_AUTOCONFIG),
                                           tl_source_get_label (TL_SOURCE_WELL_KNOWN));

  if (g_test_subprocess ())
    {
      g_autoptr(TlDiscoveryReport) report = make_full ();

      tl_discovery_text_print (report, NULL);
      return;
    }

  g_test_summary ("Advice of two sources is given once, and named after both");

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout (both);
}

static void
test_said_before (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(TlDiscoveryReport) report = make_full ();
      g_autoptr(GListStore) notes = g_list_store_new (TL_TYPE_NOTE);
      g_autoptr(TlNote) note =
        tl_note_new_from_hint (g_ptr_array_index (tl_discovery_report_get_hints (report), 0));

      g_list_store_append (notes, note);
      tl_discovery_text_print (report, G_LIST_MODEL (notes));
      return;
    }

  g_test_summary ("What stood among the prerequisites is not said again; another link is");

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*help.acme.test/x*");
  g_test_trap_assert_stdout ("*help.acme.test/y*");
}

static void
test_details (void)
{
  static const char * const parts[] = {
    "*asked.acme.test*\n*tried.acme.test\n*1234*",
    "*x0123456789abcdef.acme.test (*), xerox.acme.test\n*",
  };
  g_autofree char *sources =
    g_strdup_printf ("*: %s, 41 ms (clause-a)\n  *: %s, 42 ms\n*",
                     tl_source_status_get_label (TL_SOURCE_STATUS_BAD_DOCUMENT),
                     tl_source_status_get_label (TL_SOURCE_STATUS_LOOP));

  if (g_test_subprocess ())
    {
      g_autoptr(TlDiscoveryReport) report = make_full ();

      tl_discovery_text_print_details (report);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_test_trap_assert_stdout (parts[i]);
  g_test_trap_assert_stdout (sources);
  g_test_trap_assert_stdout_unmatched ("*bad-document*");
  g_test_trap_assert_stdout_unmatched ("*43 ms*");
}

static void
test_summary (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(TlDiscoveryReport) report = make_full ();

      tl_discovery_text_print_summary (report);
      return;
    }

  g_test_summary ("Whoever was asked twice is one place");

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("4 *--details*\n");
}

static void
test_nobody (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(TlAddress) address = tl_address_parse ("ada@acme.test", NULL);
      g_autoptr(TlDiscoveryReport) report =
        tl_discovery_report_new (address, &(TlDiscoveryParts) { NULL });

      tl_discovery_text_print (report, NULL);
      tl_discovery_text_print_details (report);
      tl_discovery_text_print_summary (report);
      return;
    }

  g_test_summary ("What needed nobody has no empty headings");

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*:\n*");
  g_test_trap_assert_stdout_unmatched ("*--details*");
}

static void
test_struck (void)
{
  g_autofree char *struck = NULL;

  g_test_summary ("No escape sequence goes into a pipe");

  if (g_test_subprocess ())
    {
      g_setenv ("TERM", "xterm-256color", TRUE);
      struck = tl_terminal_dup_struck ("x");
      g_assert_cmpstr (struck, ==, "x");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_struck_on_terminal (void)
{
  int terminal;
  int line;
  g_autofree char *struck = NULL;
  g_autofree char *plain = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  terminal = posix_openpt (O_RDWR | O_NOCTTY);
  g_assert_true (grantpt (terminal) == 0 && unlockpt (terminal) == 0);
  line = open (ptsname (terminal), O_RDWR | O_NOCTTY);
  g_assert_cmpint (dup2 (line, STDOUT_FILENO), ==, STDOUT_FILENO);

  g_setenv ("TERM", "xterm-256color", TRUE);
  struck = tl_terminal_dup_struck ("x");
  g_setenv ("TERM", "dumb", TRUE);
  plain = tl_terminal_dup_struck ("x");
  g_assert_cmpstr (struck, ==, "\033[9mx\033[29m");
  g_assert_cmpstr (plain, ==, "x");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/discovery-text/full", test_full);
  g_test_add_func ("/discovery-text/said-once", test_said_once);
  g_test_add_func ("/discovery-text/said-before", test_said_before);
  g_test_add_func ("/discovery-text/details", test_details);
  g_test_add_func ("/discovery-text/summary", test_summary);
  g_test_add_func ("/discovery-text/nobody", test_nobody);
  g_test_add_func ("/discovery-text/struck", test_struck);
  g_test_add_func ("/discovery-text/struck-on-terminal", test_struck_on_terminal);

  return g_test_run ();
}
