/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-online-account-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tl-error.h"
#include "tl-test-memory.h"
#include "tl-test-mock.h"

#define SERVICE  "org.gnome.OnlineAccounts"
#define MANAGER  "/org/gnome/OnlineAccounts"
#define ACCOUNTS MANAGER "/Accounts/"
#define MAILBOX  "ada@acme.test"

/* No file is there. */
static const TlOnlineAccountLimits outside = { "/nonexistent/sandbox", 5000, 30000 };
static const TlOnlineAccountLimits hasty = { "/nonexistent/sandbox", 300, 300 };

typedef struct
{
  GMainLoop       *loop;
  TlOnlineAccount *account;   /* found, or whose token is asked for */
  TlSecret        *token;
  GError          *error;
  guint            seconds;
  guint            n_ticks;
  gint64           took_ms;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->account, tl_online_account_unref);
  g_clear_pointer (&self->token, tl_secret_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Answer *answer = data;

  answer->account = tl_online_account_find_finish (result, &answer->error);
  g_main_loop_quit (answer->loop);
}

static void
on_token (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Answer *answer = data;

  answer->token = tl_online_account_get_token_finish (answer->account, result, &answer->seconds,
                                                      &answer->error);
  g_main_loop_quit (answer->loop);
}

static gboolean
on_tick (gpointer data)
{
  ((Answer *) data)->n_ticks++;

  return G_SOURCE_CONTINUE;
}

static void
run (Answer *answer)
{
  gint64 began_us = g_get_monotonic_time ();
  guint tick = g_timeout_add (20, on_tick, answer);

  g_main_loop_run (answer->loop);
  answer->took_ms = (g_get_monotonic_time () - began_us) / 1000;
  g_source_remove (tick);
}

static void
find_within (Answer                *answer,
             const char            *address,
             TlOnlineAccountLimits  limits,
             GCancellable          *cancellable)
{
  answer_clear (answer);
  answer->loop = g_main_loop_new (NULL, FALSE);
  answer->n_ticks = 0;
  tl_online_account_find_within_async (address, limits, cancellable, on_found, answer);
  run (answer);
}

static void
find (Answer       *answer,
      const char   *address,
      GCancellable *cancellable)
{
  find_within (answer, address, outside, cancellable);
}

static void
get_token_within (Answer                *answer,
                  TlOnlineAccountLimits  limits,
                  GCancellable          *cancellable)
{
  g_clear_error (&answer->error);
  g_clear_pointer (&answer->token, tl_secret_unref);
  answer->seconds = 12345;
  answer->n_ticks = 0;
  tl_online_account_get_token_within_async (answer->account, limits, cancellable, on_token, answer);
  run (answer);
}

static void
get_token (Answer       *answer,
           GCancellable *cancellable)
{
  get_token_within (answer, outside, cancellable);
}

static GVariant *
make_properties (const char *first,
                 ...)
{
  GVariantDict dict;
  va_list values;

  g_variant_dict_init (&dict, NULL);
  va_start (values, first);
  for (const char *name = first; name != NULL; name = va_arg (values, const char *))
    g_variant_dict_insert_value (&dict, name, va_arg (values, GVariant *));
  va_end (values);

  return g_variant_dict_end (&dict);
}

typedef struct
{
  const char *id;
  const char *address;
  const char *provider;
  gboolean    no_mail;          /* has no such interface */
  gboolean    no_imap;
  gboolean    no_oauth2;
  gboolean    mail_disabled;
  gboolean    needs_attention;
} Account;

#define GIVES_TOKEN "ret = ('ya29.token', 3599)"

static void
add_account (TlTestMock    *mock,
             const Account *account,
             const char    *code)
{
  g_autofree char *path = g_strconcat (ACCOUNTS, account->id, NULL);

  tl_test_mock_add_object (
    mock, path, SERVICE ".Account",
    make_properties ("Id", g_variant_new_string (account->id),
                     "ProviderType", g_variant_new_string (account->provider),
                     "PresentationIdentity", g_variant_new_string ("Somebody"),
                     "MailDisabled", g_variant_new_boolean (account->mail_disabled),
                     "AttentionNeeded", g_variant_new_boolean (account->needs_attention), NULL));
  if (!account->no_mail)
    tl_test_mock_add_properties (
      mock, path, SERVICE ".Mail",
      make_properties ("EmailAddress", g_variant_new_string (account->address),
                       "ImapUserName", g_variant_new_string (account->address),
                       "ImapSupported", g_variant_new_boolean (!account->no_imap), NULL));
  if (!account->no_oauth2)
    {
      tl_test_mock_add_properties (
        mock, path, SERVICE ".OAuth2Based",
        make_properties ("ClientId", g_variant_new_string ("client"), NULL));
      tl_test_mock_add_method (mock, path, SERVICE ".OAuth2Based", "GetAccessToken", "", "si", code);
    }
}

static TlTestMock *
start_service (void)
{
  return tl_test_mock_start (SERVICE, MANAGER, SERVICE ".Manager");
}

typedef struct
{
  const char *name;
  const char *address;    /* that is looked for */
  Account     accounts[3];
  const char *found;      /* provider of the one that is found; NULL: none */
} FindCase;

static const FindCase find_cases[] = {
  { "none", MAILBOX, { { NULL } }, NULL },
  { "one", MAILBOX, { { "a1", MAILBOX, "google" } }, "google" },
  { "case", "ADA@Acme.Test", { { "a1", "Ada@ACME.test", "google" } }, "google" },
  { "other-address", MAILBOX, { { "a1", "bob@acme.test", "google" } }, NULL },
  { "other-domain", MAILBOX, { { "a1", "ada@acme.invalid", "google" } }, NULL },
  { "begins-alike", MAILBOX, { { "a1", MAILBOX "s", "google" } }, NULL },
  { "no-address", "nobody", { { "a1", MAILBOX, "google" } }, NULL },
  { "mail-disabled", MAILBOX, { { "a1", MAILBOX, "google", .mail_disabled = TRUE } }, NULL },
  { "no-mail", MAILBOX, { { "a1", MAILBOX, "google", .no_mail = TRUE } }, NULL },
  { "no-imap", MAILBOX, { { "a1", MAILBOX, "ms_graph", .no_imap = TRUE } }, NULL },
  { "no-oauth2", MAILBOX, { { "a1", MAILBOX, "imap_smtp", .no_oauth2 = TRUE } }, NULL },
  { "several", MAILBOX,
    { { "a1", "bob@acme.test", "exchange" }, { "a2", MAILBOX, "google" },
      { "a3", "cy@acme.test", "ms_graph" } }, "google" },
  { "same-twice", MAILBOX, { { "a2", MAILBOX, "google" }, { "a1", MAILBOX, "windows_live" } },
    "windows_live" },
  { "attention-last", MAILBOX,
    { { "a1", MAILBOX, "windows_live", .needs_attention = TRUE }, { "a2", MAILBOX, "google" } },
    "google" },
  { "attention", MAILBOX, { { "a1", MAILBOX, "google", .needs_attention = TRUE } }, "google" },
  { "hostile-provider", MAILBOX, { { "a1", MAILBOX, "a\033[31m\nb" } }, "a\\x1b[31m\\x0ab" },
};

static void
test_find (gconstpointer data)
{
  const FindCase *c = data;
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (c->accounts) && c->accounts[i].id != NULL; i++)
    add_account (mock, &c->accounts[i], GIVES_TOKEN);

  find (&answer, c->address, NULL);
  g_assert_no_error (answer.error);
  g_assert_true ((answer.account != NULL) == (c->found != NULL));
  if (c->found == NULL)
    return;
  g_assert_cmpstr (tl_online_account_get_provider (answer.account), ==, c->found);
  g_assert_cmpint (g_ascii_strcasecmp (tl_online_account_get_address (answer.account), c->address),
                   ==, 0);
}

static const Account ours = { "a1", MAILBOX, "google" };

/* With more behind it, lest it is right by chance. */
#define RAISES(name) "raise dbus.exceptions.DBusException('token=ya29.token', name='" name "')"

typedef struct
{
  const char *name;
  const char *code;
  int         error;    /* -1: the token is given */
  guint       seconds;
} TokenCase;

static const TokenCase token_cases[] = {
  { "given", GIVES_TOKEN, -1, 3599 },
  { "no-known-end", "ret = ('ya29.token', 0)", -1, 0 },
  { "expired", "ret = ('ya29.token', -5)", TL_ERROR_REFUSED },
  { "empty", "ret = ('', 3599)", TL_ERROR_PROTOCOL },
  { "with-control", "ret = ('ya29.token\\x01auth=x', 3599)", TL_ERROR_PROTOCOL },
  { "with-space", "ret = ('ya29 token', 3599)", TL_ERROR_PROTOCOL },
  { "not-ascii", "ret = ('ya29.t\\u00f6ken', 3599)", TL_ERROR_PROTOCOL },
  { "too-long", "ret = ('x' * 12001, 3599)", TL_ERROR_PROTOCOL },
  { "not-authorised", RAISES ("org.gnome.OnlineAccounts.Error.NotAuthorized"), TL_ERROR_REFUSED },
  { "not-supported", RAISES ("org.gnome.OnlineAccounts.Error.NotSupported"), TL_ERROR_NOT_FOUND },
  { "failed", RAISES ("org.gnome.OnlineAccounts.Error.Failed"), TL_ERROR_UNREACHABLE },
  { "no-reply", RAISES ("org.freedesktop.DBus.Error.NoReply"), TL_ERROR_TIMED_OUT },
};

static void
test_token (gconstpointer data)
{
  const TokenCase *c = data;
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };

  add_account (mock, &ours, c->code);
  find (&answer, MAILBOX, NULL);
  g_assert_nonnull (answer.account);

  get_token (&answer, NULL);
  if (c->error == -1)
    {
      g_assert_no_error (answer.error);
      g_assert_cmpstr (tl_secret_peek (answer.token, NULL), ==, "ya29.token");
      g_assert_cmpuint (answer.seconds, ==, c->seconds);
    }
  else
    {
      g_assert_error (answer.error, TL_ERROR, c->error);
      g_assert_null (answer.token);
      g_assert_cmpuint (answer.seconds, ==, 12345);
      g_assert_null (strstr (answer.error->message, "ya29"));
    }
}

static void
test_longest_token (void)
{
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };

  add_account (mock, &ours, "ret = ('x' * 12000, 3599)");
  find (&answer, MAILBOX, NULL);
  get_token (&answer, NULL);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (tl_secret_get_len (answer.token), ==, 12000);
}

static void
test_attention (void)
{
  Account account = ours;
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };

  g_test_summary ("An account that needs attention is not asked for a token; once seen to, it is");

  account.needs_attention = TRUE;
  add_account (mock, &account, GIVES_TOKEN);
  find (&answer, MAILBOX, NULL);
  get_token (&answer, NULL);
  g_assert_error (answer.error, TL_ERROR, TL_ERROR_REFUSED);

  tl_test_mock_remove_object (mock, ACCOUNTS "a1");
  add_account (mock, &ours, GIVES_TOKEN);
  get_token (&answer, NULL);
  g_assert_no_error (answer.error);
  g_assert_nonnull (answer.token);
}

static void
test_gone (void)
{
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };

  add_account (mock, &ours, GIVES_TOKEN);
  find (&answer, MAILBOX, NULL);
  tl_test_mock_remove_object (mock, ACCOUNTS "a1");
  get_token (&answer, NULL);
  g_assert_error (answer.error, TL_ERROR, TL_ERROR_NOT_FOUND);

  g_clear_pointer (&mock, tl_test_mock_stop);
  get_token (&answer, NULL);
  g_assert_error (answer.error, TL_ERROR, TL_ERROR_NOT_FOUND);
}

static void
test_hangs (void)
{
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };

  add_account (mock, &ours, "import time; time.sleep (1); ret = ('ya29.token', 3599)");
  find (&answer, MAILBOX, NULL);
  g_assert_nonnull (answer.account);

  get_token_within (&answer, hasty, NULL);
  g_assert_error (answer.error, TL_ERROR, TL_ERROR_TIMED_OUT);
  g_assert_cmpint (answer.took_ms, >=, 300);
  g_assert_cmpint (answer.took_ms, <, 900);
  g_assert_cmpuint (answer.n_ticks, >, 5);

  /* It is still asleep. */
  find_within (&answer, MAILBOX, hasty, NULL);
  g_assert_no_error (answer.error);
  g_assert_null (answer.account);
  g_assert_cmpint (answer.took_ms, >=, 300);
  g_assert_cmpuint (answer.n_ticks, >, 5);
}

static gboolean
on_time_to_cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr(TlTestMock) mock = start_service ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Answer) answer = { NULL };

  add_account (mock, &ours, "import time; time.sleep (1); ret = ('ya29.token', 3599)");
  find (&answer, MAILBOX, NULL);
  g_timeout_add (50, on_time_to_cancel, cancellable);
  get_token (&answer, cancellable);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (answer.took_ms, <, 250);

  find (&answer, MAILBOX, cancellable);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (answer.account);
}

static void
test_sandbox (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "flatpak-info", NULL);
  TlOnlineAccountLimits inside = { path, 5000, 30000 };
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };

  g_test_summary ("In a sandbox there is no asking, whoever might answer");

  add_account (mock, &ours, GIVES_TOKEN);
  g_assert_true (g_file_set_contents (path, "[Application]\n", -1, NULL));
  find_within (&answer, MAILBOX, inside, NULL);
  g_assert_no_error (answer.error);
  g_assert_null (answer.account);

  g_unlink (path);
  find_within (&answer, MAILBOX, inside, NULL);
  g_assert_nonnull (answer.account);
}

static void
test_no_service (void)
{
  g_auto(Answer) answer = { NULL };

  find (&answer, MAILBOX, NULL);
  g_assert_no_error (answer.error);
  g_assert_null (answer.account);
  g_assert_cmpint (answer.took_ms, <, 2000);
}

/* Asks for the canary @n_times, and lets go of it. */
static void
borrow (const TlTestMemory *canary,
        guint               n_times)
{
  g_autoptr(TlTestMock) mock = start_service ();
  g_auto(Answer) answer = { NULL };
  /* The service is told where to read it, and not what it is. With so much in front, small
   * messages that come after do not write over it by chance. */
  g_autofree char *path = g_build_filename (g_get_home_dir (), "canary", NULL);
  g_autofree char *code = g_strdup_printf ("ret = ('x' * 3000 + open('%s').read(), 3599)", path);
  FILE *file = g_fopen (path, "we");

  setbuf (file, NULL);
  g_assert_cmpint (fputs (tl_test_memory_peek (canary), file), >=, 0);
  fclose (file);
  add_account (mock, &ours, code);
  find (&answer, MAILBOX, NULL);
  for (guint i = 0; i < n_times; i++)
    {
      get_token (&answer, NULL);
      g_assert_no_error (answer.error);
      g_assert_true (g_str_has_suffix (tl_secret_peek (answer.token, NULL),
                                       tl_test_memory_peek (canary)));
    }
}

static void
test_wiped (void)
{
  g_autoptr(TlTestMemory) canary = tl_test_memory_new ();
  g_autofree char *hit = NULL;
  g_autofree char *planted = NULL;
  g_autofree char *proof = NULL;

  g_test_summary ("A borrowed token stays nowhere in memory, GDBus’s buffers included");

  borrow (canary, 3);
  hit = tl_test_memory_find (canary);
  g_assert_cmpstr (hit, ==, NULL);

  planted = g_strdup (tl_test_memory_peek (canary));
  proof = tl_test_memory_find (canary);
  g_assert_nonnull (proof);
}

int
main (int   argc,
      char *argv[])
{
  const char *bus = g_getenv ("TL_TEST_BUS");
  gboolean is_mocked;

  g_test_init (&argc, &argv, NULL);
  is_mocked = argc > 1 && g_str_equal (argv[1], "mocked");
  /* A word that is misspelt would pass for a test. */
  g_assert_true (argc == 1 || is_mocked);

  /* Nothing said: a list of all. */
  if (bus == NULL || is_mocked)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (find_cases); i++)
        {
          g_autofree char *path = g_strconcat ("/online-account/find/", find_cases[i].name, NULL);

          g_test_add_data_func (path, &find_cases[i], test_find);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (token_cases); i++)
        {
          g_autofree char *path = g_strconcat ("/online-account/token/", token_cases[i].name, NULL);

          g_test_add_data_func (path, &token_cases[i], test_token);
        }
      g_test_add_func ("/online-account/token/longest", test_longest_token);
      g_test_add_func ("/online-account/attention", test_attention);
      g_test_add_func ("/online-account/gone", test_gone);
      g_test_add_func ("/online-account/hangs", test_hangs);
      g_test_add_func ("/online-account/cancelled", test_cancelled);
      g_test_add_func ("/online-account/sandbox", test_sandbox);
      g_test_add_func ("/online-account/P9/wiped", test_wiped);
    }
  if (bus == NULL || argc == 1)
    g_test_add_func ("/online-account/no-service", test_no_service);

  return g_test_run ();
}
