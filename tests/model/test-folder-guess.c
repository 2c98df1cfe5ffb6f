/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-folder-guess.h"
#include "tl-folder-role.h"

#define MAX_NAMES 6

typedef struct
{
  const char *name;
  const char *prefix;
  char        delimiter;
  const char *names[MAX_NAMES]; /* "!name": nobody may have it */
  const char *role;
  int         best;
  int         rival;
} Case;

static const Case cases[] = {
  { .name = "trash-is-no-place", .delimiter = '/',
    .names = { "INBOX", "Trash", "Trash/Sent Items", "Clients/Sent" },
    .role = "sent", .best = 3, .rival = -1 },
  { .name = "only-in-the-trash", .delimiter = '/', .names = { "Trash", "Trash/Sent" },
    .role = "sent", .best = -1, .rival = -1 },
  { .name = "longer", .delimiter = '/', .names = { "Sent", "Sent Items" },
    .role = "sent", .best = 1, .rival = 0 },
  { .name = "longer-first", .delimiter = '/', .names = { "Sent Items", "Sent" },
    .role = "sent", .best = 0, .rival = 1 },
  { .name = "best-of-rivals", .delimiter = '/',
    .names = { "Sent", "Sent Messages", "Sent Items", "Sent Mail" },
    .role = "sent", .best = 1, .rival = 2 },
  { .name = "order", .delimiter = '/', .names = { "A/Sent", "B/Sent", "C/Sent" },
    .role = "sent", .best = 0, .rival = 1 },
  { .name = "top-has-no-rival-inside", .delimiter = '/', .names = { "Old/Sent Items", "Sent" },
    .role = "sent", .best = 1, .rival = -1 },
  { .name = "taken", .delimiter = '/', .names = { "!Sent Items", "Sent" },
    .role = "sent", .best = 1, .rival = -1 },
  { .name = "below-inbox", .delimiter = '.', .names = { "Old.Sent Items", "inbox.Sent" },
    .role = "sent", .best = 1, .rival = -1 },
  { .name = "below-brackets", .delimiter = '/', .names = { "Old/Drafts", "[Gmail]/Drafts" },
    .role = "drafts", .best = 1, .rival = -1 },
  { .name = "below-prefix", .prefix = "Mail/", .delimiter = '/',
    .names = { "Old/Sent Items", "Mail/Sent" }, .role = "sent", .best = 1, .rival = -1 },
  { .name = "prefix-alone", .prefix = "Sent", .delimiter = '/', .names = { "Sent" },
    .role = "sent", .best = 0, .rival = -1 },
  { .name = "flat", .names = { "a/Sent", "Sent" }, .role = "sent", .best = 1, .rival = -1 },
  { .name = "other-role", .delimiter = '/', .names = { "Sent" }, .role = "junk", .best = -1,
    .rival = -1 },
  { .name = "nothing", .role = "sent", .best = -1, .rival = -1 },
};

static void
test_find (gconstpointer data)
{
  const Case *c = data;
  TlFolderCandidate candidates[MAX_NAMES];
  guint n = 0;
  int rival = 99;

  for (; n < MAX_NAMES && c->names[n] != NULL; n++)
    {
      gboolean is_free = c->names[n][0] != '!';

      candidates[n].name = c->names[n] + (is_free ? 0 : 1);
      candidates[n].delimiter = c->delimiter;
      candidates[n].is_free = is_free;
    }

  g_assert_cmpint (tl_folder_guess_find (candidates, n, c->prefix, c->role, &rival), ==, c->best);
  g_assert_cmpint (rival, ==, c->rival);
}

static void
test_labels (void)
{
  for (gsize i = 0; i < TL_N_FOLDER_ROLES; i++)
    {
      g_assert_cmpstr (tl_folder_role_get_label (tl_folder_roles[i]), !=, tl_folder_roles[i]);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (tl_folder_role_get_label (tl_folder_roles[i]), !=,
                         tl_folder_role_get_label (tl_folder_roles[j]));
    }
  g_assert_cmpstr (tl_folder_role_get_label ("outbox"), ==, "outbox");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/folder/guess/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_find);
    }
  g_test_add_func ("/folder/labels", test_labels);

  return g_test_run ();
}
