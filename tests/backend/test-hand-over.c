/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-hand-over-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tl-detail.h"
#include "tl-error.h"
#include "tl-test-bundle.h"
#include "tl-test-mailbox.h"

/* One that takes passwords and any server. */
#define FILE_TARGET "settings-json"

static TlHandOver *
get_hand_over (TlTestMailbox *mailbox)
{
  return tl_setup_get_hand_over (mailbox->setup);
}

static gboolean
is_set (TlTestMailbox *mailbox,
        const char    *property)
{
  return tl_test_setup_get ((TlSetup *) get_hand_over (mailbox), property);
}

static guint
count (TlTestMailbox *mailbox,
       const char    *property)
{
  g_autoptr(GListModel) model = NULL;

  g_object_get (get_hand_over (mailbox), property, &model, NULL);

  return g_list_model_get_n_items (model);
}

static gboolean
render (TlTestMailbox  *mailbox,
        const char     *path,
        gboolean        with_passwords,
        GError        **error)
{
  TlTestWait wait = { NULL };
  gboolean is_there;

  tl_hand_over_render_async (get_hand_over (mailbox), path, with_passwords, NULL,
                             tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_there = tl_hand_over_render_finish (get_hand_over (mailbox), wait.result, error);
  g_object_unref (wait.result);

  return is_there;
}

static void
test_targets (void)
{
  g_autofree char *policy = tl_test_policy_new (", \"target\": { \"id\": \"" FILE_TARGET "\" }");
  g_autoptr(TlTestMailbox) free_one = tl_test_mailbox_new (NULL, NULL);
  g_autoptr(TlTestMailbox) bound = tl_test_mailbox_new (NULL, policy);
  g_autoptr(GListModel) targets = NULL;
  g_autoptr(TlTarget) last = NULL;
  TlTarget *target;

  g_test_summary ("All, by product and name; where policy names one, that one");

  g_assert_cmpuint (count (free_one, "targets"), ==, tl_targets_get_all ()->len);
  g_assert_null (tl_hand_over_get_target (get_hand_over (free_one)));
  g_object_get (get_hand_over (free_one), "targets", &targets, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr(TlTarget) item = g_list_model_get_item (targets, i);

      if (last != NULL)
        {
          int order = g_utf8_collate (tl_target_get_product (last), tl_target_get_product (item));

          g_assert_cmpint (order, <=, 0);
          if (order == 0)
            g_assert_cmpint (g_utf8_collate (tl_target_get_name (last),
                                             tl_target_get_name (item)), <=, 0);
        }
      g_set_object (&last, item);
    }

  g_assert_cmpuint (count (bound, "targets"), ==, 1);
  target = tl_hand_over_get_target (get_hand_over (bound));
  g_assert_nonnull (target);
  g_assert_cmpstr (tl_target_get_id (target), ==, FILE_TARGET);
}

static void
test_render (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *blank = g_build_filename (mailbox->folder, "blank.json", NULL);
  g_autofree char *full = g_build_filename (mailbox->folder, "full.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *after = NULL;
  g_autofree char *shown = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf facts;

  g_test_summary ("Passwords only where they were asked for, into a file of its owner's that is new");

  tl_hand_over_set_target (get_hand_over (mailbox), tl_targets_find (FILE_TARGET));
  g_assert_false (is_set (mailbox, "can-render"));
  g_assert_false (render (mailbox, blank, FALSE, NULL));
  g_assert_cmpstr (tl_test_finding_get_id (get_hand_over (mailbox), "finding"), ==,
                   "export.target-cannot-express");
  g_assert_cmpuint (tl_test_mailbox_count (mailbox), ==, 0);

  tl_setup_set_display_name (mailbox->setup, "Ada Lovelace");
  tl_test_mailbox_pass (mailbox);
  g_assert_true (is_set (mailbox, "can-render"));
  g_assert_true (render (mailbox, blank, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (blank, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "imap.acme.test"));
  g_assert_null (strstr (text, TL_TEST_MAILBOX_PASSWORD));
  g_object_get (get_hand_over (mailbox), "rendered-path", &shown, NULL);
  g_assert_cmpstr (shown, ==, blank);

  g_assert_true (render (mailbox, full, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (full, &secret, NULL, NULL));
  g_assert_nonnull (strstr (secret, TL_TEST_MAILBOX_PASSWORD));
  g_assert_cmpint (g_stat (full, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 0777, ==, 0600);

  /* Never over what is there. */
  g_assert_false (render (mailbox, blank, TRUE, NULL));
  g_assert_cmpstr (tl_test_finding_get_id (get_hand_over (mailbox), "finding"), ==,
                   "export.write-failed");
  g_assert_true (g_file_get_contents (blank, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

typedef struct
{
  const char *name;
  const char *policy;
  gboolean    with_passwords;
  const char *finding;
} RefusedCase;

static const RefusedCase refused_cases[] = {
  { .name = "passwords-typed", .policy = ", \"passwords\": \"typed\"", .with_passwords = TRUE,
    .finding = "export.policy" },
  { .name = "passwords-sealed", .policy = ", \"passwords\": \"sealed\"", .with_passwords = TRUE,
    .finding = "export.policy" },
  { .name = "blank", .policy = ", \"passwords\": \"typed\"" },
  { .name = "rule", .policy = ", \"domains\": [\"other.test\"]", .finding = "export.policy" },
};

static void
test_refused (gconstpointer data)
{
  const RefusedCase *c = data;
  g_autofree char *policy = tl_test_policy_new (c->policy);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, policy);
  g_autofree char *path = g_build_filename (mailbox->folder, "x.json", NULL);

  tl_setup_set_display_name (mailbox->setup, "Ada Lovelace");
  tl_test_mailbox_pass (mailbox);
  tl_hand_over_set_target (get_hand_over (mailbox), tl_targets_find (FILE_TARGET));
  g_assert_cmpint (render (mailbox, path, c->with_passwords, NULL), ==, c->finding == NULL);
  g_assert_cmpstr (tl_test_finding_get_id (get_hand_over (mailbox), "finding"), ==, c->finding);
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, c->finding == NULL);
}

static TlTarget *
find_sheet (void)
{
  GPtrArray *all = tl_targets_get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      if (tl_target_get_kind (all->pdata[i]) == TL_TARGET_SHEET)
        return all->pdata[i];
    }
  g_assert_not_reached ();
}

static void
test_sheet (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *text = NULL;
  g_autofree char *page = NULL;
  g_autofree char *none = NULL;

  tl_setup_set_display_name (mailbox->setup, "Ada Lovelace");
  tl_test_mailbox_pass (mailbox);
  tl_hand_over_set_target (get_hand_over (mailbox), find_sheet ());
  g_assert_cmpuint (count (mailbox, "fields"), >, 0);
  text = tl_hand_over_dup_sheet_text (get_hand_over (mailbox));
  page = tl_hand_over_dup_sheet_page (get_hand_over (mailbox));
  g_assert_null (strstr (text, TL_TEST_MAILBOX_PASSWORD));
  g_assert_null (strstr (page, TL_TEST_MAILBOX_PASSWORD));
  g_assert_nonnull (strstr (page, "<html"));

  tl_hand_over_set_target (get_hand_over (mailbox), tl_targets_find (FILE_TARGET));
  g_assert_cmpuint (count (mailbox, "fields"), ==, 0);
  none = tl_hand_over_dup_sheet_text (get_hand_over (mailbox));
  g_assert_null (none);
}

static gboolean
load_recipient (TlTestMailbox *mailbox,
                const char    *kind)
{
  const TlTestCertificate what = { .key = kind };
  g_autofree char *pem = tl_test_certificate_new (&what);
  g_autofree char *path = tl_test_mailbox_put (mailbox, "platform.pem", pem);
  TlTestWait wait = { NULL };
  gboolean is_loaded;

  tl_hand_over_load_recipient_async (get_hand_over (mailbox), path, NULL, tl_test_wait_ready,
                                     &wait);
  tl_test_wait_for (&wait);
  is_loaded = tl_hand_over_load_recipient_finish (get_hand_over (mailbox), wait.result, NULL);
  g_object_unref (wait.result);

  return is_loaded;
}

static void
test_agreement (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  g_test_summary ("A yes is to one certificate, and to no other");

  g_assert_false (is_set (mailbox, "can-seal"));
  g_assert_true (load_recipient (mailbox, "P-256"));
  g_assert_false (is_set (mailbox, "recipient-agreed"));
  g_assert_false (is_set (mailbox, "can-seal"));
  tl_hand_over_agree_to_recipient (get_hand_over (mailbox), TRUE);
  g_assert_true (is_set (mailbox, "can-seal"));

  g_assert_false (load_recipient (mailbox, "RSA:2048"));
  g_assert_cmpstr (tl_test_finding_get_id (get_hand_over (mailbox), "finding"), ==,
                   "export.recipient");
  g_assert_true (is_set (mailbox, "can-seal"));

  g_assert_true (load_recipient (mailbox, "P-384"));
  g_assert_false (is_set (mailbox, "recipient-agreed"));
  g_assert_false (is_set (mailbox, "can-seal"));
}

static void
test_tokens_alone (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autoptr(TlSecret) token = tl_test_secret_new ("canary-token");

  g_assert_true (load_recipient (mailbox, "P-256"));
  tl_hand_over_agree_to_recipient (get_hand_over (mailbox), TRUE);
  tl_setup_set_token (mailbox->setup, TL_LANE_OUTGOING, token);
  g_assert_true (is_set (mailbox, "can-seal"));
  tl_setup_set_token (mailbox->setup, TL_LANE_NONE, token);
  g_assert_false (is_set (mailbox, "can-seal"));
}

typedef struct
{
  const char *name;
  gsize       len;
  char        byte;
  gboolean    can_seal;
} PasswordCase;

static const PasswordCase password_cases[] = {
  { .name = "one-byte", .len = 1, .byte = 'a', .can_seal = TRUE },
  { .name = "longest", .len = 1024, .byte = 'a', .can_seal = TRUE },
  { .name = "too-long", .len = 1025, .byte = 'a' },
  { .name = "no-utf-8", .len = 9, .byte = '\xff' },
};

static void
test_password (gconstpointer data)
{
  const PasswordCase *c = data;
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *text = g_strnfill (c->len, c->byte);
  g_autoptr(TlSecret) password = tl_test_secret_new (text);

  g_test_summary ("What no bundle can hold is said before anything is made, and named for what it is");

  g_assert_true (load_recipient (mailbox, "P-256"));
  tl_hand_over_agree_to_recipient (get_hand_over (mailbox), TRUE);
  tl_setup_set_secret (mailbox->setup, TL_LANE_OUTGOING, password);
  g_assert_cmpint (is_set (mailbox, "can-seal"), ==, c->can_seal);

  tl_hand_over_set_password_way (get_hand_over (mailbox), TL_PASSWORD_SEALED);
  g_assert_cmpint (tl_test_mailbox_export (mailbox, path), ==, c->can_seal);
  g_assert_cmpstr (tl_test_finding_get_id (mailbox->setup, "export-finding"), ==,
                   c->can_seal ? NULL : "export.recipient");
  g_assert_cmpuint (tl_test_mailbox_count (mailbox), ==, c->can_seal ? 2 : 1);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  guint      *n)
{
  (*n)++;
}

static void
on_changed (GObject    *object,
            GParamSpec *pspec,
            guint      *n)
{
  (*n)++;
}

static void
test_steady (void)
{
  static const char * const lists[] = { "targets", "remarks", "fields" };
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autoptr(TlSecret) password = tl_test_secret_new ("another");
  g_autoptr(TlSecret) long_one = NULL;
  g_autofree char *text = g_strnfill (1025, 'a');
  guint n_changes = 0;
  guint n_seals = 0;

  g_test_summary ("Another password changes no list; whether it can be sealed is told");

  tl_setup_set_display_name (mailbox->setup, "Ada Lovelace");
  tl_hand_over_set_target (get_hand_over (mailbox), find_sheet ());
  g_assert_true (load_recipient (mailbox, "P-256"));
  tl_hand_over_agree_to_recipient (get_hand_over (mailbox), TRUE);
  g_assert_cmpuint (count (mailbox, "remarks"), >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(GListModel) model = NULL;

      g_object_get (get_hand_over (mailbox), lists[i], &model, NULL);
      g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &n_changes);
    }
  g_signal_connect (get_hand_over (mailbox), "notify::can-seal", G_CALLBACK (on_changed), &n_seals);

  tl_setup_set_secret (mailbox->setup, TL_LANE_NONE, password);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpuint (n_seals, ==, 0);
  long_one = tl_test_secret_new (text);
  tl_setup_set_secret (mailbox->setup, TL_LANE_NONE, long_one);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpuint (n_seals, ==, 1);

  /* Now there is something to fill in. */
  tl_test_mailbox_pass (mailbox);
  g_assert_cmpuint (n_changes, >, 0);
  g_assert_cmpuint (count (mailbox, "fields"), >, 0);
}

typedef struct
{
  const char *name;
  gboolean    is_system;
} GrantCase;

static const GrantCase grant_cases[] = {
  { .name = "system", .is_system = TRUE },
  { .name = "user" },
};

static void
test_granted (gconstpointer data)
{
  const GrantCase *c = data;
  const TlTestCertificate what = { .key = "P-256" };
  g_autofree char *pem = tl_test_certificate_new (&what);
  g_auto(GStrv) lines = g_strsplit (pem, "\n", -1);
  g_autofree char *escaped = g_strjoinv ("\\n", lines);
  g_autofree char *members =
    g_strdup_printf (", \"target\": { \"id\": \"" FILE_TARGET "\", \"certificate\": \"%s\" }", escaped);
  g_autofree char *policy = tl_test_policy_new (members);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (c->is_system ? policy : NULL,
                                                          c->is_system ? NULL : policy);

  g_test_summary ("A certificate needs no yes where a policy that may grant has it, and only there");

  g_assert_cmpint (tl_hand_over_get_recipient (get_hand_over (mailbox)) != NULL, ==, c->is_system);
  g_assert_cmpint (is_set (mailbox, "recipient-from-policy"), ==, c->is_system);
  g_assert_cmpint (is_set (mailbox, "recipient-agreed"), ==, c->is_system);
  g_assert_cmpint (is_set (mailbox, "can-seal"), ==, c->is_system);
}

static void
test_another_mailbox (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);

  tl_hand_over_set_password_way (get_hand_over (mailbox), TL_PASSWORD_SEALED);
  tl_setup_set_address_text (mailbox->setup, "bob@acme.test");
  g_assert_cmpint (tl_hand_over_get_password_way (get_hand_over (mailbox)), ==, TL_PASSWORD_TYPED);
}

static void
test_outlives (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autoptr(TlHandOver) hand_over = g_object_ref (get_hand_over (mailbox));
  TlTestWait wait = { NULL };

  g_test_summary ("What still runs when its set-up goes ends without it");

  tl_hand_over_use_key_async (hand_over, "/nonexistent", NULL, NULL, tl_test_wait_ready, &wait);
  g_clear_object (&mailbox->setup);
  tl_test_wait_for (&wait);
  g_assert_false (tl_hand_over_use_key_finish (hand_over, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_false (tl_test_setup_get ((TlSetup *) hand_over, "can-seal"));
}

static void
test_properties (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  guint n = 0;
  g_autofree GParamSpec **specs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (get_hand_over (mailbox)), &n);

  g_assert_cmpuint (n, ==, 15);
  for (guint i = 0; i < n; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (get_hand_over (mailbox)), specs[i]->name, &value);
      if (g_type_is_a (specs[i]->value_type, G_TYPE_LIST_MODEL))
        g_assert_nonnull (g_value_get_object (&value));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hand-over/targets", test_targets);
  g_test_add_func ("/hand-over/P11/render", test_render);
  for (gsize i = 0; i < G_N_ELEMENTS (refused_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hand-over/refused/", refused_cases[i].name, NULL);

      g_test_add_data_func (path, &refused_cases[i], test_refused);
    }
  g_test_add_func ("/hand-over/B11/sheet", test_sheet);
  g_test_add_func ("/hand-over/agreement", test_agreement);
  g_test_add_func ("/hand-over/tokens-alone", test_tokens_alone);
  for (gsize i = 0; i < G_N_ELEMENTS (grant_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hand-over/granted/", grant_cases[i].name, NULL);

      g_test_add_data_func (path, &grant_cases[i], test_granted);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (password_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hand-over/password/", password_cases[i].name, NULL);

      g_test_add_data_func (path, &password_cases[i], test_password);
    }
  g_test_add_func ("/hand-over/steady", test_steady);
  g_test_add_func ("/hand-over/another-mailbox", test_another_mailbox);
  g_test_add_func ("/hand-over/outlives", test_outlives);
  g_test_add_func ("/hand-over/properties", test_properties);

  return g_test_run ();
}
