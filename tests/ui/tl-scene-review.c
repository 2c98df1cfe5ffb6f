/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bundles to look at. Nobody is connected to. */
#include "tl-scene-review.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tl-bundle.h"
#include "tl-scene-readiness.h"
#include "tl-setup-private.h"

/* On P-256, for a key that nobody has kept. */
static const char platform_pem[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBjTCCATOgAwIBAgIBATAKBggqhkjOPQQDAjAeMRwwGgYDVQQDDBNQbGF0Zm9y\n"
  "bSBvZiBFeGFtcGxlMCAXDTI2MTEyMjEwMzEwN1oYDzIxMjYxMDI5MTAzMTA3WjAe\n"
  "MRwwGgYDVQQDDBNQbGF0Zm9ybSBvZiBFeGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZI\n"
  "zj0DAQcDQgAE+d5JTjK2Mw8er82YRQ0Mmn1fnoBVMiivbu4zrHS6pvGhbh/8oGnA\n"
  "mkQWmrv+1Qx7V2WW0fifqFMXfbwKwg2I0KNgMF4wHQYDVR0OBBYEFOOAbtTG32fi\n"
  "xevjD/ytNPYeVgtiMB8GA1UdIwQYMBaAFOOAbtTG32fixevjD/ytNPYeVgtiMA4G\n"
  "A1UdDwEB/wQEAwIDCDAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0gAMEUCIDx1\n"
  "eMdn9z7emxvwVo9m7uGlJMKDBq48I/7GxBRFqQ9AAiEA+IZ1gcggZBt0mby3Xi10\n"
  "QnAP8OccCzI21dCOcDtGzzo=\n"
  "-----END CERTIFICATE-----\n";

/* What every bundle here says. */
#define TOLD "acme.test"

/**
 * tl_scene_review_new:
 * @policy: (nullable): the document that holds; %NULL: none does
 *
 * Returns: (transfer full): somebody who can sign, and a place for files
 */
TlSceneReview *
tl_scene_review_new (const char *policy)
{
  TlSceneReview *self = g_new0 (TlSceneReview, 1);
  g_autoptr(GError) error = NULL;
  g_autofree char *user_folder = NULL;
  g_autofree char *system_folder = NULL;
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("tl-scene-review-XXXXXX", &error);
  g_assert_no_error (error);
  self->state_path = g_build_filename (self->folder, "seen.json", NULL);
  self->signer = tl_signer_new_generate ("Ada of Example", &error);
  g_assert_no_error (error);

  system_folder = g_build_filename (self->folder, "system", NULL);
  user_folder = g_build_filename (self->folder, "user", NULL);
  g_assert_cmpint (g_mkdir (system_folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (user_folder, 0700), ==, 0);
  path = g_build_filename (user_folder, "policy.json", NULL);
  if (policy != NULL)
    g_assert_true (g_file_set_contents (path, policy, -1, NULL));
  self->policies = tl_policy_store_new (system_folder, user_folder);

  return self;
}

/**
 * tl_scene_review_remove:
 * @path: a folder or a file
 *
 * Removes it and all that is in it.
 */
void
tl_scene_review_remove (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      tl_scene_review_remove (child);
    }
  g_remove (path);
}

void
tl_scene_review_free (TlSceneReview *self)
{
  g_clear_object (&self->policies);
  tl_scene_review_remove (self->folder);
  tl_signer_unref (self->signer);
  g_free (self->state_path);
  g_free (self->folder);
  g_free (self);
}

/**
 * tl_scene_review_write:
 * @self: a place for files
 * @lanes: how the test of the mailbox ended
 * @display_name: who its messages come from
 * @serial: of the bundle
 * @ago_s: how many seconds ago it was tested and made; negative: by a clock that is ahead
 *
 * Returns: (transfer full): the path of a bundle
 */
char *
tl_scene_review_write (TlSceneReview *self,
                       TlSceneLanes   lanes,
                       const char    *display_name,
                       guint64        serial,
                       int            ago_s)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("mailbox-%" G_GUINT64_FORMAT ".twolane", serial);
  char *path = g_build_filename (self->folder, name, NULL);

  tl_scene_test_ago (setup, lanes, ago_s);
  tl_setup_set_display_name (setup, display_name);
  tl_scene_test_ago (setup, lanes, ago_s);
  tl_scene_look_around (setup, TL_SCENE_MAILBOX_MARKED);
  g_object_set (tl_setup_get_sending (setup), "volume", 120, "n-mailboxes", 4, NULL);
  tl_scene_look_up (setup, TL_SCENE_DOMAIN_FAULTS);
  report = tl_setup_dup_report (setup);
  g_assert_nonnull (report);
  bytes = tl_bundle_write (&(TlBundleContents) {
    .report = report, .serial = serial, .now_s = g_get_real_time () / G_USEC_PER_SEC - ago_s,
  }, self->signer, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));

  return path;
}

/**
 * tl_scene_review_write_certificate:
 * @self: a place for files
 *
 * Returns: (transfer full): the path of a certificate that passwords can be sealed for
 */
char *
tl_scene_review_write_certificate (TlSceneReview *self)
{
  char *path = g_build_filename (self->folder, "platform.pem", NULL);

  g_assert_true (g_file_set_contents (path, platform_pem, -1, NULL));

  return path;
}

/* Who signs here is on the user's list of trusted signers from now on. */
void
tl_scene_review_pin (TlSceneReview *self)
{
  g_autofree char *system_folder = g_build_filename (self->folder, "system", NULL);
  g_autofree char *user_folder = g_build_filename (self->folder, "user", NULL);
  g_autofree char *path = g_build_filename (user_folder, "signers", NULL);

  g_assert_true (g_file_set_contents (path, tl_signer_get_fingerprint (self->signer), -1, NULL));
  g_object_unref (self->policies);
  self->policies = tl_policy_store_new (system_folder, user_folder);
}

/* What holds here holds for @setup from now on. */
void
tl_scene_review_rule (TlSceneReview *self,
                      TlSetup       *setup)
{
  tl_setup_set_policy_store (setup, self->policies);
}

/**
 * tl_scene_review_damage:
 * @path: a bundle
 *
 * Changes one letter of what it says.
 */
void
tl_scene_review_damage (const char *path)
{
  g_autofree char *data = NULL;
  gsize len = 0;
  gsize at = 0;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  while (at + strlen (TOLD) < len && memcmp (data + at, TOLD, strlen (TOLD)) != 0)
    at++;
  g_assert_cmpuint (at + strlen (TOLD), <, len);
  data[at] = 'b';
  g_assert_true (g_file_set_contents (path, data, (gssize) len, NULL));
}
