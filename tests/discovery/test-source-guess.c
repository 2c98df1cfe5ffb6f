/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include "tl-test-names.h"

/* Which of the guesses are tried at all: a name that nobody made is none. */

static const TlTestDnsRow rows[] = {
  { "wild-mx.test", TL_RECORD_MX, .priority = 10, .text = "mx.wild-mx.test" },
};

static const TlTestPage pages[] = {
  { "https://www.test/" },
};

static const TlTestName names[] = {
  { "imap.plain.test",     0, { "192.0.2.1" } },
  { "smtp.plain.test",     0, { "192.0.2.1" } },
  { "plain.test",          0, { "192.0.2.9" } },
  { "*.wild.test",         0, { "192.0.2.9" } },
  { "imap.wild-made.test", 0, { "192.0.2.1" } },
  { "*.wild-made.test",    0, { "192.0.2.9" } },
  { "mail.wild-part.test", 0, { "192.0.2.9", "192.0.2.1" } },
  { "imap.wild-part.test", 0, { "192.0.2.9" } },
  { "*.wild-part.test",    0, { "192.0.2.8", "192.0.2.9" } },
  { "wild-bare.test",      0, { "192.0.2.9" } },
  { "*.wild-bare.test",    0, { "192.0.2.9" } },
  { "*.wild-mx.test",      0, { "192.0.2.9" } },
};

/* Whoever is asked is a mail server: what is not to be found must not be asked. */
static gboolean
is_always_there (TlNetwork         *network,
                 TlLaneKind         lane,
                 const TlEndpoint  *endpoint,
                 TlDeadline         deadline,
                 GCancellable      *cancellable)
{
  return TRUE;
}

static const struct
{
  const char *domain;
  const char *tried;    /* hosts, sorted */
  const char *incoming;
  const char *outgoing;
} cases[] = {
  { "plain.test", "imap.plain.test smtp.plain.test", "imap.plain.test:993", "smtp.plain.test:465" },
  { "nobody.test", "", NULL, NULL },
  { "wild.test", "", NULL, NULL },
  { "wild-made.test", "imap.wild-made.test", "imap.wild-made.test:993", NULL },
  { "wild-part.test", "mail.wild-part.test", "mail.wild-part.test:993", "mail.wild-part.test:465" },
  { "wild-bare.test", "wild-bare.test", "wild-bare.test:993", "wild-bare.test:465" },
  { "wild-mx.test", "mx.wild-mx.test", "mx.wild-mx.test:993", "mx.wild-mx.test:465" },
};

static void
test_guess (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(Trial) trial = { .probe = is_always_there };
  g_auto(GStrv) hosts = NULL;
  g_autofree char *tried = NULL;

  trial_run (&trial, &tl_source_guess, cases[i].domain, 0);
  g_assert_cmpstr (tl_source_status_get_nick (tl_source_reply_get_status (trial.reply)), ==,
                   tl_source_status_get_nick (cases[i].incoming != NULL
                                                ? TL_SOURCE_STATUS_ANSWERED
                                                : TL_SOURCE_STATUS_NOTHING));
  hosts = tl_contacts_dup (trial.contacts, TL_CONTACT_MAIL);
  tried = g_strjoinv (" ", hosts);
  g_assert_cmpstr (tried, ==, cases[i].tried);
  trial_assert_claim (trial.reply, TL_LANE_INCOMING, cases[i].incoming, TL_TRUST_GUESSED);
  trial_assert_claim (trial.reply, TL_LANE_OUTGOING, cases[i].outgoing, TL_TRUST_GUESSED);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tl_test_names_set (names, G_N_ELEMENTS (names));
  trial_begin (rows, G_N_ELEMENTS (rows), pages, G_N_ELEMENTS (pages), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source/guess/", cases[i].domain, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_guess);
    }

  status = g_test_run ();
  trial_end ();

  return status;
}
