/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom passwords are sealed for as policies come and go, and which key may sign. */
#include "tl-hand-over-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-bundle.h"
#include "tl-test-mailbox.h"

#define PASSPHRASE "correct horse"

static TlHandOver *
get_hand_over (TlTestMailbox *mailbox)
{
  return tl_setup_get_hand_over (mailbox->setup);
}

static const char *
get_fingerprint (TlTestMailbox *mailbox)
{
  TlRecipient *recipient = tl_hand_over_get_recipient (get_hand_over (mailbox));

  return recipient == NULL ? NULL : tl_recipient_get_fingerprint (recipient);
}

static gboolean
is_set (TlTestMailbox *mailbox,
        const char    *property)
{
  return tl_test_setup_get ((TlSetup *) get_hand_over (mailbox), property);
}

/* A system's policy that grants the certificate of a key, or none. */
static char *
policy_new (const char *kind)
{
  const TlTestCertificate what = { .key = kind };
  g_autofree char *pem = kind == NULL ? NULL : tl_test_certificate_new (&what);
  g_auto(GStrv) lines = g_strsplit (pem == NULL ? "" : pem, "\n", -1);
  g_autofree char *escaped = g_strjoinv ("\\n", lines);
  g_autofree char *certificate = g_strdup_printf (", \"certificate\": \"%s\"", escaped);
  g_autofree char *members = g_strdup_printf (", \"target\": { \"id\": \"settings-json\"%s }",
                                              kind == NULL ? "" : certificate);

  return tl_test_policy_new (members);
}

static void
load_recipient (TlTestMailbox *mailbox,
                const char    *kind)
{
  const TlTestCertificate what = { .key = kind };
  g_autofree char *pem = tl_test_certificate_new (&what);
  g_autofree char *path = tl_test_mailbox_put (mailbox, "platform.pem", pem);
  TlTestWait wait = { NULL };

  tl_hand_over_load_recipient_async (get_hand_over (mailbox), path, NULL, tl_test_wait_ready,
                                     &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_hand_over_load_recipient_finish (get_hand_over (mailbox), wait.result, NULL));
  g_object_unref (wait.result);
}

typedef struct
{
  const char *name;
  const char *before;  /* the key whose certificate policy grants at first; NULL: none */
  const char *chosen;  /* what a person then loads and agrees to */
  const char *after;   /* what policy grants afterwards */
  const char *result;  /* whom is sealed for then */
  gboolean    is_from_policy;
} ChangeCase;

static const ChangeCase change_cases[] = {
  { .name = "granted", .after = "P-256", .result = "P-256", .is_from_policy = TRUE },
  { .name = "same", .before = "P-256", .after = "P-256", .result = "P-256",
    .is_from_policy = TRUE },
  { .name = "another", .before = "P-256", .after = "P-384", .result = "P-384",
    .is_from_policy = TRUE },
  { .name = "dropped", .before = "P-256" },
  { .name = "chosen", .chosen = "P-384", .after = "P-256", .result = "P-384" },
  { .name = "chosen-instead", .before = "P-256", .chosen = "P-384", .after = "P-256",
    .result = "P-384" },
  { .name = "chosen-stays", .before = "P-256", .chosen = "P-384", .result = "P-384" },
};

static void
test_change (gconstpointer data)
{
  const ChangeCase *c = data;
  g_autofree char *before = policy_new (c->before);
  g_autofree char *after = policy_new (c->after);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (before, NULL);
  g_autoptr(TlTestMailbox) other = tl_test_mailbox_new (after, NULL);
  g_autoptr(TlRecipient) wanted = c->result == NULL ? NULL : tl_test_recipient_new (c->result);

  g_test_summary ("A person's choice stays; what policy named goes with the policy");

  g_assert_cmpint (get_fingerprint (mailbox) != NULL, ==, c->before != NULL);
  if (c->chosen != NULL)
    {
      load_recipient (mailbox, c->chosen);
      g_assert_false (is_set (mailbox, "recipient-agreed"));
      tl_hand_over_agree_to_recipient (get_hand_over (mailbox), TRUE);
    }

  tl_setup_set_policy_store (mailbox->setup, other->policies);
  g_assert_cmpstr (get_fingerprint (mailbox), ==,
                   wanted == NULL ? NULL : tl_recipient_get_fingerprint (wanted));
  g_assert_cmpint (is_set (mailbox, "recipient-from-policy"), ==, c->is_from_policy);
  g_assert_cmpint (is_set (mailbox, "recipient-agreed"), ==, c->result != NULL);
  g_assert_cmpint (is_set (mailbox, "can-seal"), ==, c->result != NULL);
}

static void
test_again (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  g_test_summary ("The same certificate once more: a yes stays, and none does not come");

  load_recipient (mailbox, "P-256");
  load_recipient (mailbox, "P-256");
  g_assert_false (is_set (mailbox, "recipient-agreed"));
  tl_hand_over_agree_to_recipient (get_hand_over (mailbox), TRUE);
  load_recipient (mailbox, "P-256");
  g_assert_true (is_set (mailbox, "recipient-agreed"));
}

static void
test_no_no (void)
{
  g_autofree char *policy = policy_new ("P-256");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, NULL);

  g_test_summary ("What policy agreed to, nobody else takes back");

  tl_hand_over_agree_to_recipient (get_hand_over (mailbox), FALSE);
  g_assert_true (is_set (mailbox, "recipient-agreed"));
  g_assert_true (is_set (mailbox, "can-seal"));
}

static void
on_notified (GObject    *object,
             GParamSpec *spec,
             gpointer    data)
{
  *(guint *) data += 1;
}

static void
test_notified (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  TlHandOver *hand_over = get_hand_over (mailbox);
  guint n_ways = 0;
  guint n_agreed = 0;
  guint n_seals = 0;
  guint n_renders = 0;

  g_test_summary ("Who watches is told once, and only of what changed");

  g_signal_connect (hand_over, "notify::password-way", G_CALLBACK (on_notified), &n_ways);
  g_signal_connect (hand_over, "notify::recipient-agreed", G_CALLBACK (on_notified), &n_agreed);
  g_signal_connect (hand_over, "notify::can-seal", G_CALLBACK (on_notified), &n_seals);
  g_signal_connect (hand_over, "notify::can-render", G_CALLBACK (on_notified), &n_renders);

  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_TYPED);
  g_assert_cmpuint (n_ways, ==, 0);
  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_SEALED);
  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_SEALED);
  g_assert_cmpuint (n_ways, ==, 1);

  tl_hand_over_agree_to_recipient (hand_over, TRUE);
  g_assert_cmpuint (n_agreed, ==, 0);
  load_recipient (mailbox, "P-256");
  n_agreed = 0;
  tl_hand_over_agree_to_recipient (hand_over, TRUE);
  tl_hand_over_agree_to_recipient (hand_over, TRUE);
  g_assert_cmpuint (n_agreed, ==, 1);
  g_assert_cmpuint (n_seals, ==, 1);

  tl_hand_over_set_target (hand_over, tl_targets_find ("settings-json"));
  g_assert_cmpuint (n_renders, ==, 0);
  tl_setup_set_display_name (mailbox->setup, "Ada Lovelace");
  tl_test_mailbox_pass (mailbox);
  tl_hand_over_refresh (hand_over);
  g_assert_cmpuint (n_renders, ==, 1);
}

#define DAY_S (24 * 60 * 60)

/* A company's key and certificate, packed by stock tools; it counts from and until then. */
static char *
make_key (TlTestMailbox *mailbox,
          gint64         from_s,
          gint64         to_s)
{
  const TlTestCertificate what = {
    .key = "P-384", .usage = "digitalSignature", .from_s = from_s, .to_s = to_s,
  };
  g_autofree char *certificate = tl_test_certificate_new (&what);
  g_autofree char *key = tl_test_key_to_pem (tl_test_key_get ("P-384"), NULL);

  tl_test_folder_put (mailbox->folder, "company.pem", certificate, -1);
  tl_test_folder_put (mailbox->folder, "key.pem", key, -1);
  g_assert_cmpint (tl_test_run (mailbox->folder,
    "openssl pkcs12 -export -inkey key.pem -in company.pem -passout 'pass:" PASSPHRASE "' "
    "-out company.p12 >/dev/null 2>&1", NULL), ==, 0);

  return g_build_filename (mailbox->folder, "company.p12", NULL);
}

typedef struct
{
  const char *name;
  gboolean    is_there;    /* the file */
  gint64      from_s;      /* when its certificate counts, from now */
  gint64      to_s;
  TlPurpose   begun;       /* the set-up's purpose when it is asked for, and when it was read */
  TlPurpose   read;
  gboolean    is_used;
  TlError     code;
} KeyCase;

/* Practice looks at no file; and practice that began while it was read takes no key. */
static const KeyCase key_cases[] = {
  { .name = "mailbox", .is_there = TRUE, .from_s = -DAY_S, .to_s = DAY_S, .is_used = TRUE },
  { .name = "expired", .is_there = TRUE, .from_s = -9 * DAY_S, .to_s = -DAY_S,
    .code = TL_ERROR_REFUSED },
  { .name = "not-yet", .is_there = TRUE, .from_s = DAY_S, .to_s = 9 * DAY_S,
    .code = TL_ERROR_REFUSED },
  { .name = "missing", .code = TL_ERROR_NOT_FOUND },
  { .name = "practice", .begun = TL_PURPOSE_PRACTICE, .read = TL_PURPOSE_PRACTICE,
    .code = TL_ERROR_REFUSED },
  { .name = "practice-meanwhile", .is_there = TRUE, .from_s = -DAY_S, .to_s = DAY_S,
    .read = TL_PURPOSE_PRACTICE, .code = TL_ERROR_REFUSED },
};

static void
test_key (gconstpointer data)
{
  const KeyCase *c = data;
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *p12 = c->is_there ? make_key (mailbox, c->from_s, c->to_s)
                                     : g_build_filename (mailbox->folder, "none.p12", NULL);
  g_autoptr(TlSecret) passphrase = tl_secret_new (PASSPHRASE, strlen (PASSPHRASE));
  TlTestWait wait = { NULL };
  g_autoptr(GError) error = NULL;

  mailbox->setup->purpose = c->begun;
  tl_hand_over_use_key_async (get_hand_over (mailbox), p12, passphrase, NULL, tl_test_wait_ready,
                              &wait);
  mailbox->setup->purpose = c->read;
  tl_test_wait_for (&wait);
  g_assert_cmpint (tl_hand_over_use_key_finish (get_hand_over (mailbox), wait.result, &error), ==,
                   c->is_used);
  g_object_unref (wait.result);

  if (!c->is_used)
    g_assert_error (error, TL_ERROR, (int) c->code);
  g_assert_cmpstr (tl_test_finding_get_id (get_hand_over (mailbox), "finding"), ==,
                   c->is_used ? NULL : "export.signer");
  g_assert_cmpint (is_set (mailbox, "company-key"), ==, c->is_used);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (change_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hand-over/recipient/", change_cases[i].name, NULL);

      g_test_add_data_func (path, &change_cases[i], test_change);
    }
  g_test_add_func ("/hand-over/recipient/again", test_again);
  g_test_add_func ("/hand-over/recipient/no-no", test_no_no);
  g_test_add_func ("/hand-over/recipient/notified", test_notified);
  for (gsize i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hand-over/key/", key_cases[i].name, NULL);

      g_test_add_data_func (path, &key_cases[i], test_key);
    }

  return g_test_run ();
}
