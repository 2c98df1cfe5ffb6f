/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-cms.h"
#include "tl-error.h"
#include "tl-fingerprint.h"
#include "tl-named-signers.h"
#include "tl-policy-file.h"
#include "tl-test-setup.h"

#define HEAD   "{\"format\": \"twolane-policy\", \"version\": 0"
#define RULE   HEAD ", \"name\": \"%s\", \"sign_in\": [\"oauth2\"]}"
#define ISSUER "https://id.acme.test"

/* More than a monitor of files needs to see something. */
#define LATE_MS 4000

/* Nobody has this number. */
#define STRANGER 54321

/* Two folders, two signers; nobody is pinned yet. */
typedef struct
{
  char          *root;
  char          *system;
  char          *user;
  char          *file;
  TlSigner      *pinned;
  TlSigner      *other;
  TlPolicyStore *store;
  guint          n_changed;
} Place;

static void
place_set_up (Place         *place,
              gconstpointer  data)
{
  place->root = g_dir_make_tmp ("twolane-store-XXXXXX", NULL);
  place->system = g_build_filename (place->root, "system", NULL);
  place->user = g_build_filename (place->root, "user", NULL);
  place->file = g_build_filename (place->root, "given.json", NULL);
  g_assert_cmpint (g_mkdir (place->system, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (place->user, 0755), ==, 0);
  place->pinned = tl_signer_new_generate ("it@acme.test", NULL);
  place->other = tl_signer_new_generate ("eve@acme.test", NULL);
}

static void
empty_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
}

static void
place_tear_down (Place         *place,
                 gconstpointer  data)
{
  g_clear_object (&place->store);
  empty_folder (place->system);
  empty_folder (place->user);
  empty_folder (place->root);
  g_rmdir (place->root);
  g_free (place->root);
  g_free (place->system);
  g_free (place->user);
  g_free (place->file);
  tl_signer_unref (place->pinned);
  tl_signer_unref (place->other);
}

static void
write_bytes (const char    *path,
             gconstpointer  bytes,
             gssize         len)
{
  g_autoptr(GError) error = NULL;

  /* Whatever the umask is: what others can write to grants nothing. */
  g_file_set_contents_full (path, bytes, len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

static void
write_in (const char *folder,
          const char *name,
          const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  write_bytes (path, text, -1);
}

static char *
policy_text (const char *name)
{
  return g_strdup_printf (RULE, name);
}

/* A client of its own, so that it shows whether it may grant. */
static char *
expiring_text (const char *name,
               const char *expires)
{
  return g_strdup_printf (HEAD "%s%s%s, \"name\": \"%s\", \"oauth_clients\": [{\"issuer\": \""
                          ISSUER "\", \"client_id\": \"%s\"}]}",
                          expires == NULL ? "" : ", \"expires\": \"",
                          expires == NULL ? "" : expires, expires == NULL ? "" : "\"", name, name);
}

static char *
granting_text (const char *name)
{
  return expiring_text (name, "9999-12-31");
}

static void
sign (const char *path,
      TlSigner   *signer)
{
  g_autofree char *signature_path = g_strconcat (path, ".p7s", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GBytes) signature = NULL;
  g_autoptr(GError) error = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &text, &len, NULL));
  content = g_bytes_new (text, len);
  signature = tl_cms_sign (content, signer, &error);
  g_assert_no_error (error);
  write_bytes (signature_path, g_bytes_get_data (signature, NULL),
               (gssize) g_bytes_get_size (signature));
}

static void
pin_in (const char *folder,
        const char *name,
        TlSigner   *signer)
{
  g_autofree char *text = g_strconcat ("# who may\n", tl_signer_get_fingerprint (signer), "\n",
                                       NULL);

  write_in (folder, name, text);
}

/* Who may sign policies. */
static void
pin (const char *folder,
     TlSigner   *signer)
{
  pin_in (folder, "policy-signers", signer);
}

static void
on_changed (Place *place)
{
  place->n_changed++;
}

static TlPolicies *
open_store (Place *place)
{
  place->store = tl_policy_store_new (place->system, place->user);
  g_signal_connect_swapped (place->store, "changed", G_CALLBACK (on_changed), place);

  return tl_policy_store_get_policies (place->store);
}

static void
assert_finding (Place      *place,
                const char *part)
{
  g_autoptr(TlFinding) finding = NULL;

  g_object_get (place->store, "finding", &finding, NULL);
  g_assert_true (finding == tl_policy_store_get_finding (place->store));
  if (part == NULL)
    {
      g_assert_null (finding);
      return;
    }
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "store.policy");
  g_assert_nonnull (strstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                                    TL_EVIDENCE_DETAIL), part));
}

static void
test_nothing (Place         *place,
              gconstpointer  data)
{
  TlPolicies *policies = open_store (place);
  g_autoptr(TlPolicies) property = NULL;
  g_auto(GStrv) signers = tl_policy_store_list_signers (place->store, NULL);

  g_object_get (place->store, "policies", &property, NULL);
  g_assert_true (property == policies);
  g_assert_cmpuint (tl_policies_get_n (policies), ==, 0);
  g_assert_cmpuint (g_strv_length (signers), ==, 0);
  assert_finding (place, NULL);
}

static void
test_places (Place         *place,
             gconstpointer  data)
{
  static const TlPolicyOrigin origins[] = {
    TL_POLICY_FROM_SYSTEM, TL_POLICY_FROM_USER, TL_POLICY_FROM_FILE
  };
  g_autofree char *system = policy_text ("system");
  g_autofree char *user = policy_text ("user");
  g_autofree char *given = policy_text ("given");
  g_autoptr(GError) error = NULL;
  TlPolicies *policies;

  g_test_summary ("Each place has its policy, the most trusted first");

  write_in (place->user, "policy.json", user);
  write_in (place->system, "policy.json", system);
  write_bytes (place->file, given, -1);
  open_store (place);
  g_assert_true (tl_policy_store_add_file_sync (place->store, place->file, &error));
  g_assert_true (tl_policy_store_add_file_sync (place->store, place->file, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (place->n_changed, ==, 1);

  policies = tl_policy_store_get_policies (place->store);
  g_assert_cmpuint (tl_policies_get_n (policies), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    g_assert_cmpint (tl_policies_get_origin (policies, i), ==, origins[i]);
  g_assert_cmpstr (tl_policy_get_name (tl_policies_get (policies, 1)), ==, "user");
  assert_finding (place, NULL);
}

/* Who signed, who is pinned and where, and what comes of it. */
typedef enum
{
  BY_NOBODY,
  BY_PINNED,
  BY_OTHER,
  BY_PINNED_ABOUT_SOMETHING_ELSE,
  WITH_RUBBISH,
  WITH_TOO_MUCH,
  WITH_A_TAIL,
} Signed;

typedef struct
{
  const char     *name;
  Signed          how;
  gboolean        in_system;
  gboolean        pinned_in_user;
  gboolean        pinned_in_system;
  gboolean        trusted_for_bundles; /* in both places, and by a policy of the system's */
  const char     *expires;             /* NULL: never; "": it does not say */
  TlPolicyOrigin  origin;
  const char     *finding;
} SignatureCase;

static const SignatureCase signature_cases[] = {
  { "unsigned", BY_NOBODY, .pinned_in_user = TRUE, .origin = TL_POLICY_FROM_USER },
  { "pinned-by-user", BY_PINNED, .pinned_in_user = TRUE, .origin = TL_POLICY_FROM_SIGNER },
  { "pinned-by-system", BY_PINNED, .pinned_in_system = TRUE, .origin = TL_POLICY_FROM_SIGNER },
  { "bundles-only", BY_PINNED, .trusted_for_bundles = TRUE, .origin = TL_POLICY_FROM_USER,
    .finding = "policy.json.p7s" },
  { "no-expires", BY_PINNED, .pinned_in_user = TRUE, .expires = "", .origin = TL_POLICY_FROM_USER,
    .finding = "expires" },
  { "expired-day", BY_PINNED, .pinned_in_user = TRUE, .expires = "2026-01-31",
    .origin = TL_POLICY_FROM_USER, .finding = "expired" },
  { "expired-moment", BY_PINNED, .pinned_in_system = TRUE, .expires = "2026-01-31T12:00:00Z",
    .origin = TL_POLICY_FROM_USER, .finding = "expired" },
  { "expires-moment", BY_PINNED, .pinned_in_user = TRUE, .expires = "9999-12-31T12:00:00Z",
    .origin = TL_POLICY_FROM_SIGNER },
  { "system-no-expires", BY_PINNED, .in_system = TRUE, .pinned_in_user = TRUE, .expires = "",
    .origin = TL_POLICY_FROM_SYSTEM },
  { "nobody-pinned", BY_PINNED, .origin = TL_POLICY_FROM_USER, .finding = "policy.json.p7s" },
  { "other", BY_OTHER, .pinned_in_user = TRUE, .pinned_in_system = TRUE,
    .origin = TL_POLICY_FROM_USER, .finding = "policy.json.p7s" },
  { "other-text", BY_PINNED_ABOUT_SOMETHING_ELSE, .pinned_in_user = TRUE,
    .origin = TL_POLICY_FROM_USER, .finding = "policy.json.p7s" },
  { "rubbish", WITH_RUBBISH, .pinned_in_user = TRUE, .origin = TL_POLICY_FROM_USER,
    .finding = "policy.json.p7s" },
  { "too-much", WITH_TOO_MUCH, .pinned_in_user = TRUE, .origin = TL_POLICY_FROM_USER,
    .finding = "policy.json.p7s" },
  { "tail", WITH_A_TAIL, .pinned_in_user = TRUE, .origin = TL_POLICY_FROM_USER,
    .finding = "policy.json.p7s" },
  { "system-signed", BY_PINNED, .in_system = TRUE, .pinned_in_user = TRUE,
    .origin = TL_POLICY_FROM_SYSTEM },
  { "system-other", BY_OTHER, .in_system = TRUE, .pinned_in_user = TRUE,
    .origin = TL_POLICY_FROM_SYSTEM, .finding = "policy.json.p7s" },
};

static void
sign_case (const SignatureCase *c,
           Place               *place,
           const char          *path)
{
  g_autofree char *signature_path = g_strconcat (path, ".p7s", NULL);
  g_autofree char *much = g_strnfill (16 * 1024 + 1, 'x');
  g_autofree char *text = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr(GByteArray) longer = NULL;
  gsize len;

  switch (c->how)
    {
    case BY_PINNED:
      sign (path, place->pinned);
      break;
    case BY_OTHER:
      sign (path, place->other);
      break;
    case BY_PINNED_ABOUT_SOMETHING_ELSE:
      sign (path, place->pinned);
      text = granting_text ("changed");
      write_bytes (path, text, -1);
      break;
    case WITH_RUBBISH:
      write_bytes (signature_path, "rubbish", -1);
      break;
    case WITH_TOO_MUCH:
      write_bytes (signature_path, much, -1);
      break;
    case WITH_A_TAIL:
      sign (path, place->pinned);
      g_assert_true (g_file_get_contents (signature_path, &bytes, &len, NULL));
      longer = g_byte_array_new ();
      g_byte_array_append (longer, (const guint8 *) bytes, (guint) len);
      g_byte_array_append (longer, (const guint8 *) "x", 1);
      write_bytes (signature_path, longer->data, (gssize) longer->len);
      break;
    case BY_NOBODY:
    default:
      break;
    }
}

static void
test_signature (Place         *place,
                gconstpointer  data)
{
  const SignatureCase *c = data;
  const char *folder = c->in_system ? place->system : place->user;
  g_autofree char *path = g_build_filename (folder, "policy.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *trusting = NULL;
  TlPolicies *policies;
  guint which = 0;

  text = expiring_text ("mine", c->expires == NULL ? "9999-12-31"
                                : *c->expires == '\0' ? NULL : c->expires);
  write_bytes (path, text, -1);
  sign_case (c, place, path);
  if (c->pinned_in_user)
    pin (place->user, place->pinned);
  if (c->pinned_in_system)
    pin (place->system, place->pinned);
  if (c->trusted_for_bundles)
    {
      trusting = g_strdup_printf (HEAD ", \"trusted_signers\": [{\"fingerprint\": \"%s\"}]}",
                                  tl_signer_get_fingerprint (place->pinned));
      write_in (place->system, "policy.json", trusting);
      pin_in (place->system, "signers", place->pinned);
      pin_in (place->user, "signers", place->pinned);
      which = 1;
    }

  policies = open_store (place);
  g_assert_cmpuint (tl_policies_get_n (policies), ==, which + 1);
  g_assert_cmpint (tl_policies_get_origin (policies, which), ==, c->origin);
  g_assert_cmpint (tl_policies_find_client (policies, ISSUER) != NULL, ==,
                   tl_policy_origin_grants (c->origin));
  assert_finding (place, c->finding);
}

static void
test_signed_file (Place         *place,
                  gconstpointer  data)
{
  g_autofree char *text = granting_text ("given");
  g_autoptr(GError) error = NULL;
  TlPolicies *policies;

  pin (place->user, place->pinned);
  write_bytes (place->file, text, -1);
  sign (place->file, place->pinned);
  open_store (place);
  g_assert_true (tl_policy_store_add_file_sync (place->store, place->file, &error));
  g_assert_no_error (error);
  policies = tl_policy_store_get_policies (place->store);
  g_assert_cmpint (tl_policies_get_origin (policies, 0), ==, TL_POLICY_FROM_SIGNER);
  g_assert_nonnull (tl_policies_find_client (policies, ISSUER));
}

static void
test_no_chain (Place         *place,
               gconstpointer  data)
{
  g_autofree char *trusting =
    g_strdup_printf (HEAD ", \"expires\": \"9999-12-31\", "
                     "\"trusted_signers\": [{\"fingerprint\": \"%s\"}]}",
                     tl_signer_get_fingerprint (place->other));
  g_autofree char *text = granting_text ("given");
  g_autofree char *path = g_build_filename (place->user, "policy.json", NULL);
  g_auto(GStrv) signers = NULL;
  TlPolicies *policies;

  g_test_summary ("Whom a signed policy trusts may sign bundles, and no further policies");

  pin (place->user, place->pinned);
  write_bytes (path, trusting, -1);
  sign (path, place->pinned);
  write_bytes (place->file, text, -1);
  sign (place->file, place->other);
  open_store (place);
  g_assert_true (tl_policy_store_add_file_sync (place->store, place->file, NULL));

  policies = tl_policy_store_get_policies (place->store);
  g_assert_cmpint (tl_policies_get_origin (policies, 0), ==, TL_POLICY_FROM_SIGNER);
  g_assert_cmpint (tl_policies_get_origin (policies, 1), ==, TL_POLICY_FROM_FILE);
  assert_finding (place, "given.json.p7s");
  signers = tl_policy_store_list_signers (place->store, NULL);
  g_assert_cmpuint (g_strv_length (signers), ==, 1);
  g_assert_true (g_strv_contains ((const char * const *) signers,
                                  tl_signer_get_fingerprint (place->other)));
}

/* What stands where a policy should. */
typedef enum
{
  TEXT,
  FIFO,
  FOLDER,
  LINK,
} Kind;

typedef struct
{
  const char     *name;
  TlPolicyOrigin  place;
  Kind            kind;
  const char     *text;       /* NULL: a policy */
  gsize           pad;
  guint           mode;       /* 0: 0600 */
  gboolean        is_foreign; /* somebody else's; root alone can make one */
  gboolean        is_taken;
} FileCase;

static const FileCase file_cases[] = {
  { "system-unreadable", TL_POLICY_FROM_SYSTEM, .text = "x" },
  { "system-unknown-rule", TL_POLICY_FROM_SYSTEM, .text = HEAD ", \"colour\": 1}" },
  { "system-huge", TL_POLICY_FROM_SYSTEM, .pad = TL_POLICY_FILE_MAX_BYTES },
  { "system-fifo", TL_POLICY_FROM_SYSTEM, FIFO },
  { "system-folder", TL_POLICY_FROM_SYSTEM, FOLDER },
  { "system-link", TL_POLICY_FROM_SYSTEM, LINK },
  { "system-group-writes", TL_POLICY_FROM_SYSTEM, .mode = 0664 },
  { "system-foreign", TL_POLICY_FROM_SYSTEM, .is_foreign = TRUE },
  { "user-unreadable", TL_POLICY_FROM_USER, .text = "" },
  { "user-huge", TL_POLICY_FROM_USER, .pad = TL_POLICY_FILE_MAX_BYTES },
  { "user-fifo", TL_POLICY_FROM_USER, FIFO },
  { "user-folder", TL_POLICY_FROM_USER, FOLDER },
  { "user-link", TL_POLICY_FROM_USER, LINK, .is_taken = TRUE },
  { "user-group-writes", TL_POLICY_FROM_USER, .mode = 0664, .is_taken = TRUE },
};

static void
make_file (const FileCase *c,
           Place          *place,
           const char     *path)
{
  g_autofree char *pad = g_strnfill (c->pad, ' ');
  g_autofree char *policy = policy_text ("x");
  g_autofree char *text = g_strconcat (c->text == NULL ? policy : c->text, pad, NULL);

  switch (c->kind)
    {
    case FIFO:
      g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      return;
    case FOLDER:
      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      return;
    case LINK:
      write_bytes (place->file, text, -1);
      g_assert_cmpint (symlink (place->file, path), ==, 0);
      return;
    case TEXT:
    default:
      write_bytes (path, text, -1);
    }
  if (c->mode != 0)
    g_assert_cmpint (g_chmod (path, (int) c->mode), ==, 0);
  if (c->is_foreign)
    g_assert_cmpint (chown (path, STRANGER, STRANGER), ==, 0);
}

static void
test_file (Place         *place,
           gconstpointer  data)
{
  const FileCase *c = data;
  const char *folder = c->place == TL_POLICY_FROM_SYSTEM ? place->system : place->user;
  g_autofree char *path = g_build_filename (folder, "policy.json", NULL);
  gint64 began_us = g_get_monotonic_time ();
  TlPolicies *policies;

  if (c->is_foreign && geteuid () != 0)
    {
      g_test_skip ("needs to be root");
      return;
    }

  make_file (c, place, path);
  policies = open_store (place);
  g_assert_cmpuint (tl_policies_get_n (policies), ==, c->is_taken ? 1 : 0);
  assert_finding (place, c->is_taken ? NULL : "policy.json");
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);
}

static void
test_one_bad (Place         *place,
              gconstpointer  data)
{
  g_autofree char *user = policy_text ("user");

  g_test_summary ("What can be read goes on to hold beside what cannot");

  write_in (place->system, "policy.json", "x");
  write_in (place->user, "policy.json", user);
  g_assert_cmpuint (tl_policies_get_n (open_store (place)), ==, 1);
  assert_finding (place, "system/policy.json");
}

static void
test_given (Place         *place,
            gconstpointer  data)
{
  g_autofree char *text = policy_text ("given");
  g_autoptr(GError) error = NULL;

  g_test_summary ("A file that was given has to be there, and stays so");

  open_store (place);
  g_assert_false (tl_policy_store_add_file_sync (place->store, place->file, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_NOT_FOUND);
  g_clear_error (&error);

  write_bytes (place->file, "x", -1);
  g_assert_false (tl_policy_store_add_file_sync (place->store, place->file, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_cmpuint (place->n_changed, ==, 0);
  assert_finding (place, NULL);

  write_bytes (place->file, text, -1);
  g_assert_true (tl_policy_store_add_file_sync (place->store, place->file, &error));
  g_assert_no_error (error);
  g_unlink (place->file);
  for (guint i = 0; i < LATE_MS / 20 && place->n_changed < 2; i++)
    tl_test_pass_ms (20);
  g_assert_cmpuint (tl_policies_get_n (tl_policy_store_get_policies (place->store)), ==, 0);
  assert_finding (place, "given.json");
}

static void
test_many (Place         *place,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gboolean taken = TRUE;
  guint n = 0;

  for (; taken && n < 100; n++)
    {
      g_autofree char *name = g_strdup_printf ("given-%u.json", n);
      g_autofree char *path = g_build_filename (place->root, name, NULL);
      g_autofree char *text = policy_text (name);

      write_in (place->root, name, text);
      if (place->store == NULL)
        open_store (place);
      taken = tl_policy_store_add_file_sync (place->store, path, &error);
    }
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpuint (n, <=, TL_POLICIES_MAX);
  g_assert_cmpuint (tl_policies_get_n (tl_policy_store_get_policies (place->store)), ==, n - 1);
}

static void
wait_for_change (Place *place)
{
  guint before = place->n_changed;

  for (guint i = 0; i < LATE_MS / 20 && place->n_changed == before; i++)
    tl_test_pass_ms (20);
  g_assert_cmpuint (place->n_changed, >, before);
  /* What comes of one act comes in several events. */
  tl_test_pass_ms (300);
}

static void
test_watch (Place         *place,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (place->user, "policy.json", NULL);
  g_autofree char *signers_path = g_build_filename (place->user, "policy-signers", NULL);
  g_autofree char *text = granting_text ("user");
  guint n;

  g_test_summary ("A policy, its signature and who is pinned are seen when they arrive or go");

  open_store (place);
  write_bytes (path, text, -1);
  wait_for_change (place);
  g_assert_cmpint (tl_policies_get_origin (tl_policy_store_get_policies (place->store), 0), ==,
                   TL_POLICY_FROM_USER);

  sign (path, place->pinned);
  wait_for_change (place);
  assert_finding (place, "policy.json.p7s");

  pin (place->user, place->pinned);
  wait_for_change (place);
  assert_finding (place, NULL);
  g_assert_cmpint (tl_policies_get_origin (tl_policy_store_get_policies (place->store), 0), ==,
                   TL_POLICY_FROM_SIGNER);

  g_unlink (signers_path);
  wait_for_change (place);
  g_assert_cmpint (tl_policies_get_origin (tl_policy_store_get_policies (place->store), 0), ==,
                   TL_POLICY_FROM_USER);

  n = place->n_changed;
  write_bytes (path, text, -1);
  tl_test_pass_ms (300);
  g_assert_cmpuint (place->n_changed, ==, n);

  g_unlink (path);
  wait_for_change (place);
  g_assert_cmpuint (tl_policies_get_n (tl_policy_store_get_policies (place->store)), ==, 0);
}

/* Whose bundles count, and who was named for this time. */
static char **
list_with (Place               *place,
           const char * const  *named,
           GError             **error)
{
  g_auto(GStrv) known = tl_policy_store_list_signers (place->store, error);

  g_assert_nonnull (known);

  return tl_named_signers_read_sync ((const char * const *) known, named, error);
}

static void
test_list_signers (Place         *place,
                   gconstpointer  data)
{
  g_autofree char *pem = tl_signer_dup_certificate (place->other);
  g_autofree char *groups = tl_fingerprint_to_groups (tl_signer_get_fingerprint (place->other));
  g_autofree char *pem_path = g_build_filename (place->root, "signer.pem", NULL);
  const char * const by_fingerprint[] = { groups, NULL };
  const char * const by_text[] = { pem, NULL };
  const char * const by_file[] = { pem_path, NULL };
  const char * const by_all[] = { groups, pem, pem_path, NULL };
  const char * const * const ways[] = { by_fingerprint, by_text, by_file, by_all };

  pin_in (place->system, "signers", place->pinned);
  /* Who may sign policies may not sign bundles for that. */
  pin_in (place->user, "policy-signers", place->other);
  write_bytes (pem_path, pem, -1);
  open_store (place);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(GError) error = NULL;
      g_auto(GStrv) known = tl_policy_store_list_signers (place->store, &error);
      g_auto(GStrv) signers = list_with (place, ways[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (known), ==, 1);
      g_assert_cmpuint (g_strv_length (signers), ==, 2);
      g_assert_cmpstr (signers[0], ==, tl_signer_get_fingerprint (place->pinned));
      g_assert_cmpstr (signers[1], ==, tl_signer_get_fingerprint (place->other));
    }
}

/* Who cannot be read is not passed over. */
static void
test_signers_unreadable (Place         *place,
                         gconstpointer  data)
{
  g_autofree char *fifo = g_build_filename (place->root, "fifo", NULL);
  const char * const nobody[] = { "/nonexistent/signer", NULL };
  const char * const waits[] = { fifo, NULL };
  const char * const short_one[] = { "00 11 22", NULL };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  open_store (place);
  g_assert_null (list_with (place, nobody, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (list_with (place, waits, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_null (list_with (place, short_one, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_clear_object (&place->store);
  write_in (place->user, "signers", "not a fingerprint\n");
  open_store (place);
  assert_finding (place, "user/signers");
  g_assert_null (tl_policy_store_list_signers (place->store, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_signers_guarded (Place         *place,
                      gconstpointer  data)
{
  g_autofree char *path = g_build_filename (place->user, "policy-signers", NULL);
  g_autofree char *text = granting_text ("user");
  g_autofree char *policy_path = g_build_filename (place->user, "policy.json", NULL);
  TlPolicies *policies;

  g_test_summary ("Whom others can write down is nobody who is trusted");

  write_bytes (policy_path, text, -1);
  sign (policy_path, place->pinned);
  pin (place->user, place->pinned);
  g_assert_cmpint (g_chmod (path, 0666), ==, 0);
  policies = open_store (place);
  g_assert_cmpint (tl_policies_get_origin (policies, 0), ==, TL_POLICY_FROM_USER);
  assert_finding (place, "user/policy-signers");
}

static void
add_place (const char     *prefix,
           const char     *name,
           gconstpointer   data,
           void          (*func) (Place         *place,
                                  gconstpointer  data))
{
  g_autofree char *path = g_strconcat (prefix, name, NULL);

  g_test_add (path, Place, data, place_set_up, func, place_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_place ("/policy-store/", "nothing", NULL, test_nothing);
  add_place ("/policy-store/", "places", NULL, test_places);
  for (gsize i = 0; i < G_N_ELEMENTS (signature_cases); i++)
    add_place ("/policy-store/B03/", signature_cases[i].name, &signature_cases[i], test_signature);
  add_place ("/policy-store/", "signed-file", NULL, test_signed_file);
  add_place ("/policy-store/", "no-chain", NULL, test_no_chain);
  for (gsize i = 0; i < G_N_ELEMENTS (file_cases); i++)
    add_place ("/policy-store/F04/", file_cases[i].name, &file_cases[i], test_file);
  add_place ("/policy-store/F07/", "one-bad", NULL, test_one_bad);
  add_place ("/policy-store/", "given", NULL, test_given);
  add_place ("/policy-store/", "many", NULL, test_many);
  add_place ("/policy-store/", "watch", NULL, test_watch);
  add_place ("/policy-store/signers/", "more", NULL, test_list_signers);
  add_place ("/policy-store/signers/", "unreadable", NULL, test_signers_unreadable);
  add_place ("/policy-store/signers/", "guarded", NULL, test_signers_guarded);

  return g_test_run ();
}
