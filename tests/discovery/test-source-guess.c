/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include <netdb.h>

/* Which of the guesses are tried at all: a name that nobody made is none. */

static const TlTestDnsRow rows[] = {
  { "wild-mx.test", TL_RECORD_MX, .priority = 10, .text = "mx.wild-mx.test" },
};

static const TlTestPage pages[] = {
  { "https://www.test/" },
};

/* The system's resolver, played by this file: the linker takes these for libc's.
 * A name that starts with "*" stands for every one below that is not listed. */
static const struct
{
  const char *host;
  const char *addresses[3];
} known[] = {
  { "imap.plain.test",     { "192.0.2.1" } },
  { "smtp.plain.test",     { "192.0.2.1" } },
  { "plain.test",          { "192.0.2.9" } },
  { "*.wild.test",         { "192.0.2.9" } },
  { "imap.wild-made.test", { "192.0.2.1" } },
  { "*.wild-made.test",    { "192.0.2.9" } },
  { "mail.wild-part.test", { "192.0.2.9", "192.0.2.1" } },
  { "imap.wild-part.test", { "192.0.2.9" } },
  { "*.wild-part.test",    { "192.0.2.8", "192.0.2.9" } },
  { "wild-bare.test",      { "192.0.2.9" } },
  { "*.wild-bare.test",    { "192.0.2.9" } },
  { "*.wild-mx.test",      { "192.0.2.9" } },
};

static struct addrinfo *
addrinfo_new (const char *text)
{
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (text);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (inet, 0);
  gsize len = (gsize) g_socket_address_get_native_size (address);
  struct addrinfo *self = g_new0 (struct addrinfo, 1);

  self->ai_addr = g_malloc (len);
  self->ai_addrlen = (socklen_t) len;
  g_assert_true (g_socket_address_to_native (address, self->ai_addr, len, NULL));

  return self;
}

int
getaddrinfo (const char             *name,
             const char             *service,
             const struct addrinfo  *hints,
             struct addrinfo       **out_found)
{
  *out_found = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      struct addrinfo **at = out_found;

      if (!g_str_equal (known[i].host, name) &&
          !(known[i].host[0] == '*' && g_str_has_suffix (name, known[i].host + 1)))
        continue;

      for (gsize j = 0; known[i].addresses[j] != NULL; j++)
        {
          *at = addrinfo_new (known[i].addresses[j]);
          at = &(*at)->ai_next;
        }
      return 0;
    }

  return EAI_NONAME;
}

void
freeaddrinfo (struct addrinfo *found)
{
  while (found != NULL)
    {
      struct addrinfo *next = found->ai_next;

      g_free (found->ai_addr);
      g_free (found);
      found = next;
    }
}

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
