/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes into the files of a target, and when they may be made. */
#include "tl-hand-over-private.h"

#include <string.h>

#include "tl-detail.h"
#include "tl-test-mailbox.h"

#define FILE_TARGET "settings-json"
#define SHEET_TARGET "custom"
#define IN "canary-in"
#define OUT "canary-out"

/* Tested, with another password for each lane. */
static TlTestMailbox *
mailbox_new (const char *target)
{
  TlTestMailbox *mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autoptr(TlSecret) incoming = tl_secret_new (IN, strlen (IN));
  g_autoptr(TlSecret) outgoing = tl_secret_new (OUT, strlen (OUT));

  tl_setup_set_display_name (mailbox->setup, "Ada Lovelace");
  tl_setup_set_secret (mailbox->setup, TL_LANE_INCOMING, incoming);
  tl_setup_set_secret (mailbox->setup, TL_LANE_OUTGOING, outgoing);
  tl_test_mailbox_pass (mailbox);
  tl_hand_over_set_target (tl_setup_get_hand_over (mailbox->setup), tl_targets_find (target));

  return mailbox;
}

static gboolean
render (TlTestMailbox *mailbox,
        const char    *path,
        gboolean       with_passwords,
        GCancellable  *cancellable)
{
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  TlTestWait wait = { NULL };
  gboolean is_there;

  tl_hand_over_render_async (hand_over, path, with_passwords, cancellable, tl_test_wait_ready,
                             &wait);
  tl_test_wait_for (&wait);
  is_there = tl_hand_over_render_finish (hand_over, wait.result, NULL);
  g_object_unref (wait.result);

  return is_there;
}

typedef struct
{
  const char *name;
  const char *target;
  const char *file;
  gboolean    with_passwords;
  gboolean    is_old;         /* it is there already */
  gboolean    is_refused;
  const char *begin;          /* of what is made */
  gboolean    shows;          /* both passwords are in it, each of its lane */
} RenderCase;

static const RenderCase render_cases[] = {
  { .name = "passwords", .target = FILE_TARGET, .file = "a.json", .with_passwords = TRUE,
    .begin = "{", .shows = TRUE },
  { .name = "passwords-old", .target = FILE_TARGET, .file = "a.json", .with_passwords = TRUE,
    .is_old = TRUE, .is_refused = TRUE, .begin = "old" },
  { .name = "blank", .target = FILE_TARGET, .file = "a.json", .begin = "{" },
  { .name = "blank-old", .target = FILE_TARGET, .file = "a.json", .is_old = TRUE, .begin = "{" },
  { .name = "page", .target = SHEET_TARGET, .file = "a.html", .begin = "<!DOCTYPE html>" },
  { .name = "text", .target = SHEET_TARGET, .file = "a.txt", .begin = "Any other p" },
  { .name = "page-passwords", .target = SHEET_TARGET, .file = "a.html", .with_passwords = TRUE,
    .begin = "<!DOCTYPE html>" },
  /* Nothing secret is in it, whatever was asked for. */
  { .name = "page-old", .target = SHEET_TARGET, .file = "a.html", .with_passwords = TRUE,
    .is_old = TRUE, .begin = "<!DOCTYPE html>" },
};

static void
test_render (gconstpointer data)
{
  const RenderCase *c = data;
  g_autoptr(TlTestMailbox) mailbox = mailbox_new (c->target);
  g_autofree char *path = g_build_filename (mailbox->folder, c->file, NULL);
  g_autofree char *text = NULL;
  const char *in, *out;

  if (c->is_old)
    g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (render (mailbox, path, c->with_passwords, NULL), ==, !c->is_refused);
  g_assert_cmpstr (tl_test_finding_get_id (tl_setup_get_hand_over (mailbox->setup), "finding"), ==,
                   c->is_refused ? "export.write-failed" : NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, c->begin));
  in = strstr (text, IN);
  out = strstr (text, OUT);
  g_assert_cmpint (in != NULL, ==, c->shows);
  g_assert_cmpint (out != NULL, ==, c->shows);
  if (c->shows)
    {
      const char *outgoing = strstr (text, "\"outgoing\"");

      g_assert_true (strstr (text, "\"incoming\"") < in && in < outgoing && outgoing < out);
    }
  g_assert_cmpuint (tl_test_mailbox_count (mailbox), ==, 1);
}

typedef struct
{
  const char *name;
  const char *members;
  gboolean    with_passwords;
  gboolean    is_refused;
} PolicyCase;

/* What holds when it is made, not when it was chosen. */
static const PolicyCase policy_cases[] = {
  { .name = "none" },
  { .name = "none-passwords", .with_passwords = TRUE },
  { .name = "target", .members = ", \"target\": { \"id\": \"msmtp\" }", .is_refused = TRUE },
  { .name = "this-target", .members = ", \"target\": { \"id\": \"" FILE_TARGET "\" }" },
  { .name = "typed", .members = ", \"passwords\": \"typed\"" },
  { .name = "typed-passwords", .members = ", \"passwords\": \"typed\"", .with_passwords = TRUE,
    .is_refused = TRUE },
};

static void
test_policy (gconstpointer data)
{
  const PolicyCase *c = data;
  g_autofree char *policy = c->members == NULL ? NULL : tl_test_policy_new (c->members);
  g_autoptr(TlTestMailbox) governed = tl_test_mailbox_new (policy, NULL);
  g_autoptr(TlTestMailbox) mailbox = mailbox_new (FILE_TARGET);
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autofree char *path = g_build_filename (mailbox->folder, "a.json", NULL);

  tl_setup_set_policy_store (mailbox->setup, governed->policies);
  /* As a window that still shows it would have it. */
  g_set_object (&hand_over->target, tl_targets_find (FILE_TARGET));
  g_assert_cmpint (render (mailbox, path, c->with_passwords, NULL), ==, !c->is_refused);
  g_assert_cmpstr (tl_test_finding_get_id (hand_over, "finding"), ==,
                   c->is_refused ? "export.policy" : NULL);
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, !c->is_refused);
}

/* Stopped before it began, nothing is made and nothing is wrong. */
static void
test_cancelled (void)
{
  g_autoptr(TlTestMailbox) mailbox = mailbox_new (FILE_TARGET);
  g_autofree char *path = g_build_filename (mailbox->folder, "a.json", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (render (mailbox, path, TRUE, cancellable));
  g_assert_null (tl_test_finding_get_id (tl_setup_get_hand_over (mailbox->setup), "finding"));
  g_assert_cmpuint (tl_test_mailbox_count (mailbox), ==, 0);
}

/* Whether a field of the sheet on screen has a value. */
static gboolean
shows (TlTestMailbox *mailbox,
       const char    *value)
{
  g_autoptr(GListModel) fields = NULL;

  g_object_get (tl_setup_get_hand_over (mailbox->setup), "fields", &fields, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr(TlDetail) field = g_list_model_get_item (fields, i);

      if (g_strcmp0 (tl_detail_get_value (field), value) == 0)
        return TRUE;
    }

  return FALSE;
}

/* As many fields as before, and another value in one. */
static void
test_fields (void)
{
  g_autoptr(TlTestMailbox) mailbox = mailbox_new (SHEET_TARGET);

  g_assert_true (shows (mailbox, "Ada Lovelace"));
  tl_setup_set_display_name (mailbox->setup, "Ada King");
  tl_test_mailbox_pass (mailbox);
  tl_hand_over_refresh (tl_setup_get_hand_over (mailbox->setup));
  g_assert_true (shows (mailbox, "Ada King"));
  g_assert_false (shows (mailbox, "Ada Lovelace"));
}

static void
test_name (void)
{
  g_autoptr(TlTestMailbox) mailbox = mailbox_new (FILE_TARGET);
  g_autoptr(TlTestMailbox) fresh = tl_test_mailbox_new (NULL, NULL);
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autoptr(TlHandOver) parted = g_object_ref (tl_setup_get_hand_over (fresh->setup));
  g_autofree char *name = tl_hand_over_dup_file_name (hand_over);
  g_autofree char *none = tl_hand_over_dup_file_name (parted);
  g_autofree char *gone = NULL;

  g_assert_cmpstr (name, ==, "ada-acme-test-" FILE_TARGET ".json");
  g_assert_null (none);
  tl_hand_over_set_target (parted, tl_targets_find (FILE_TARGET));
  g_clear_object (&fresh->setup);
  gone = tl_hand_over_dup_file_name (parted);
  g_assert_null (gone);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (render_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hand-over/P11/render/", render_cases[i].name, NULL);

      g_test_add_data_func (path, &render_cases[i], test_render);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (policy_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hand-over/render/policy/", policy_cases[i].name, NULL);

      g_test_add_data_func (path, &policy_cases[i], test_policy);
    }
  g_test_add_func ("/hand-over/render/cancelled", test_cancelled);
  g_test_add_func ("/hand-over/render/fields", test_fields);
  g_test_add_func ("/hand-over/render/name", test_name);

  return g_test_run ();
}
