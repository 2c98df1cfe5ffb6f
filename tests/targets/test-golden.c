/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every target of data/targets/ against what it has to make of the same four mailboxes, in
 * golden/; of a sheet the page as well, of the first mailbox. With TL_GOLDEN_WRITE set to that
 * folder they are written anew: read them then. */
#include <string.h>

#include "tl-target-render.h"
#include "tl-test-mailbox.h"

/* Of both lanes: a target that has no place for a password must not show one. */
#define CANARY "canary-7b1e"

typedef struct
{
  const char    *id;
  TlTestMailbox  parts;
  const char    *incoming;
  const char    *outgoing;
} Mailbox;

static const char * const scopes[] = { "https://mail.example.com/imap", "offline_access", NULL };
static const TlPlanSignIn sign_in = {
  .issuer = "https://login.example.com/", .client_id = "2f6d0c1e", .scopes = scopes,
  .account = "ada@example.com",
};

static const Mailbox mailboxes[] = {
  {
    .id = "password",
    .parts = {
      .address = "ada@example.com", .name = "Ada King Lovelace",
      .incoming_url = "imaps://imap.example.com:993", .incoming_user = "ada@example.com",
      .outgoing_url = "smtp://smtp.example.com:587", .outgoing_user = "ada@example.com",
      .incoming_auth = TL_AUTH_PASSWORD, .outgoing_auth = TL_AUTH_PASSWORD, .has_plan = TRUE,
    },
    .incoming = "abcd-efgh-ijkl", .outgoing = "abcd-efgh-ijkl",
  },
  {
    .id = "oauth",
    .parts = {
      .address = "ada@example.com", .name = "Ada King Lovelace", .sign_in = &sign_in,
      .incoming_url = "imaps://imap.example.com:993", .incoming_user = "ada@example.com",
      .outgoing_url = "smtps://smtp.relay.example.net:465", .outgoing_user = "relay-4711",
      .incoming_auth = TL_AUTH_OAUTH2, .outgoing_auth = TL_AUTH_PASSWORD, .own_user = TRUE,
    },
    .outgoing = "abcd-efgh-ijkl",
  },
  {
    .id = "relay",
    .parts = {
      .address = "ada@example.com", .name = "Ada King Lovelace",
      .incoming_url = "imaps://imap.example.com:993", .incoming_user = "ada@example.com",
      .outgoing_url = "smtps://smtp.relay.example.net:465", .outgoing_user = "relay-4711",
      .incoming_auth = TL_AUTH_PASSWORD, .outgoing_auth = TL_AUTH_PASSWORD, .own_user = TRUE,
    },
    .incoming = "abcd-efgh-ijkl", .outgoing = "mnop-qrst-uvwx",
  },
  {
    .id = "odd",
    .parts = {
      .address = "o'neil+=x@example.com", .name = "=1+1 \"Zoë\", O’Neil & <Söhne> \\ {x}",
      .incoming_url = "imap://imap.example.com:143", .incoming_user = "o'neil+=x@example.com",
      .outgoing_url = "smtp://smtp.example.com:587", .outgoing_user = "o'neil+=x@example.com",
      .incoming_auth = TL_AUTH_APP_PASSWORD, .outgoing_auth = TL_AUTH_PASSWORD,
      .sent = "Gesendete \"Objekte\" & ]]>",
    },
    .incoming = "=p\"w'\\&<>,;#% ü{x}`$(id)", .outgoing = "@\"\"'\\\\%41]]>#;,= é",
  },
};

/* One line for each remark: what is refused, why, and of which lane. */
static GBytes *
list_remarks (GPtrArray *remarks)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < remarks->len; i++)
    {
      TlTargetRemark *remark = g_ptr_array_index (remarks, i);

      g_string_append_printf (text, "%s %s %s\n",
                              tl_severity_get_nick (tl_target_remark_get_severity (remark)),
                              tl_lane_kind_get_nick (tl_target_remark_get_lane (remark)),
                              tl_target_remark_get_code (remark));
    }

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static gboolean
is_refused (GPtrArray *remarks)
{
  for (guint i = 0; i < remarks->len; i++)
    {
      if (tl_target_remark_get_severity (g_ptr_array_index (remarks, i)) == TL_SEVERITY_ERROR)
        return TRUE;
    }

  return FALSE;
}

/* What comes out, and the ending of its file's name; with an error, why nothing does. */
static GBytes *
render (TlTarget               *target,
        const TlTargetMailbox  *mailbox,
        char                  **out_extension)
{
  g_autoptr(GPtrArray) remarks = tl_target_check (target, mailbox);
  g_autoptr(GPtrArray) files = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;

  if (is_refused (remarks))
    {
      g_autoptr(TlFinding) finding = tl_target_refuse (target, mailbox);

      g_assert_cmpstr (tl_finding_get_id (finding), ==, "export.target-cannot-express");
      *out_extension = g_strdup ("refused");
      return list_remarks (remarks);
    }

  g_assert_null (tl_target_refuse (target, mailbox));
  if (tl_target_get_kind (target) == TL_TARGET_SHEET)
    {
      *out_extension = g_strdup ("txt");
      return tl_target_render_text (target, mailbox);
    }

  files = tl_target_render (target, mailbox, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  name = tl_target_dup_file_name (target, mailbox, 0, 1);
  *out_extension = g_strdup (strrchr (name, '.') + 1);

  return g_bytes_ref (g_ptr_array_index (files, 0));
}

typedef struct
{
  TlTarget      *target;
  const Mailbox *mailbox;
} Case;

static void
compare (GBytes     *made,
         const char *name)
{
  const char *anew = g_getenv ("TL_GOLDEN_WRITE");
  g_autofree char *path = anew != NULL
    ? g_build_filename (anew, name, NULL)
    : g_test_build_filename (G_TEST_DIST, "targets", "golden", name, NULL);
  gsize len;
  const char *bytes = g_bytes_get_data (made, &len);
  g_autofree char *golden = NULL;
  gsize golden_len;
  g_autoptr(GError) error = NULL;

  if (anew != NULL)
    g_file_set_contents (path, bytes, (gssize) len, &error);
  g_assert_no_error (error);

  g_file_get_contents (path, &golden, &golden_len, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (bytes, len, golden, golden_len);
}

static void
test_golden (gconstpointer data)
{
  const Case *row = data;
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&row->mailbox->parts);
  g_autoptr(TlSecret) incoming = tl_test_secret_new (row->mailbox->incoming);
  g_autoptr(TlSecret) outgoing = tl_test_secret_new (row->mailbox->outgoing);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, incoming, outgoing };
  g_autofree char *extension = NULL;
  g_autoptr(GBytes) made = render (row->target, &mailbox, &extension);
  g_autofree char *name = g_strdup_printf ("%s.%s.%s", tl_target_get_id (row->target),
                                           row->mailbox->id, extension);

  compare (made, name);
}

/* The page of a sheet, which is rendered as text above. */
static void
test_page (gconstpointer data)
{
  TlTarget *target = (TlTarget *) data;
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&mailboxes[0].parts);
  g_autoptr(TlSecret) password = tl_test_secret_new (CANARY);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, password, password };
  g_autoptr(GBytes) made = tl_target_render_page (target, &mailbox);
  g_autofree char *name = g_strconcat (tl_target_get_id (target), ".page.html", NULL);

  g_assert_nonnull (made);
  compare (made, name);
}

/* Without passwords the same comes out, with blanks in their places. */
static void
test_blank (gconstpointer data)
{
  TlTarget *target = (TlTarget *) data;
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&mailboxes[0].parts);
  g_autoptr(TlSecret) password = tl_test_secret_new (CANARY);
  const TlTargetMailbox typed = { report, TL_TEST_NOW_S, TRUE, password, password };
  const TlTargetMailbox blank = { report, TL_TEST_NOW_S, TRUE, NULL, NULL };
  g_autofree char *extension = NULL;
  g_autofree char *filled_extension = NULL;
  g_autoptr(GBytes) made = render (target, &blank, &extension);
  g_autoptr(GBytes) filled = render (target, &typed, &filled_extension);
  gsize len;
  const char *bytes = g_bytes_get_data (filled, &len);
  gboolean shown = g_strstr_len (bytes, (gssize) len, CANARY) != NULL;

  g_assert_cmpstr (extension, !=, "refused");
  g_assert_cmpstr (extension, ==, filled_extension);
  g_assert_cmpint (shown, ==, tl_target_takes_passwords (target));
  if (!shown)
    g_assert_true (g_bytes_equal (made, filled));
}

/* No file in golden/ that nothing is compared with. */
static void
test_orphans (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "targets", "golden", NULL);
  GPtrArray *targets = tl_targets_get_all ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n_files = 0;
  guint n_sheets = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < targets->len; i++)
    n_sheets += tl_target_get_kind (g_ptr_array_index (targets, i)) == TL_TARGET_SHEET ? 1 : 0;
  g_assert_cmpuint (n_sheets, >=, 9);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_auto(GStrv) parts = g_strsplit (name, ".", 3);

      g_assert_cmpuint (g_strv_length (parts), ==, 3);
      g_assert_nonnull (tl_targets_find (parts[0]));
      n_files++;
    }
  g_assert_cmpuint (n_files, ==, targets->len * G_N_ELEMENTS (mailboxes) + n_sheets);
}

int
main (int    argc,
      char **argv)
{
  g_autofree Case *cases = NULL;
  GPtrArray *targets;
  gsize n = 0;

  g_test_init (&argc, &argv, NULL);
  targets = tl_targets_get_all ();
  cases = g_new0 (Case, targets->len * G_N_ELEMENTS (mailboxes));

  for (guint i = 0; i < targets->len; i++)
    {
      TlTarget *target = g_ptr_array_index (targets, i);
      g_autofree char *blank = g_strconcat ("/targets/blank/", tl_target_get_id (target), NULL);

      g_test_add_data_func (blank, target, test_blank);
      if (tl_target_get_kind (target) == TL_TARGET_SHEET)
        {
          g_autofree char *page = g_strconcat ("/targets/page/", tl_target_get_id (target), NULL);

          g_test_add_data_func (page, target, test_page);
        }
      for (gsize j = 0; j < G_N_ELEMENTS (mailboxes); j++, n++)
        {
          g_autofree char *path = g_strdup_printf ("/targets/golden/%s/%s",
                                                   tl_target_get_id (target), mailboxes[j].id);

          cases[n] = (Case) { target, &mailboxes[j] };
          g_test_add_data_func (path, &cases[n], test_golden);
        }
    }
  if (g_getenv ("TL_GOLDEN_WRITE") == NULL)
    g_test_add_func ("/targets/golden/orphans", test_orphans);

  return g_test_run ();
}
