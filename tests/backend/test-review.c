/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-review.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-detail.h"
#include "tl-error.h"
#include "tl-stage-row.h"
#include "tl-test-bundle.h"
#include "tl-test-mailbox.h"

#define DAY_S 86400

/* Of one test: who reviews, and what there is to be reviewed. */
typedef struct
{
  TlTestMailbox *mailbox;   /* for its folder and its policies */
  TlSigner      *signer;
  char          *state;
  char          *path;
  gint64         now_s;
} Reviewer;

/* A key whose certificate is older than any bundle here: one's own is made today. */
static TlSigner *
aged_signer_new (const char *folder)
{
  const TlTestCertificate what = {
    .key = "P-384", .usage = "digitalSignature", .from_s = -60 * DAY_S, .to_s = 60 * DAY_S,
  };
  g_autofree char *certificate = tl_test_certificate_new (&what);
  g_autofree char *key = tl_test_key_to_pem (tl_test_key_get ("P-384"), NULL);
  g_autoptr(TlSecret) passphrase = tl_test_secret_new ("correct horse");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  TlSigner *signer;

  tl_test_folder_put (folder, "aged.pem", certificate, -1);
  tl_test_folder_put (folder, "aged.key", key, -1);
  g_assert_cmpint (tl_test_run (folder, "openssl pkcs12 -export -inkey aged.key -in aged.pem "
                                "-passout 'pass:correct horse' -out aged.p12", NULL), ==, 0);
  bytes = tl_test_folder_get (folder, "aged.p12");
  signer = tl_signer_new_from_pkcs12 (bytes, passphrase, &error);
  g_assert_no_error (error);

  return signer;
}

static Reviewer *
reviewer_new (const char *members)
{
  Reviewer *self = g_new0 (Reviewer, 1);
  g_autofree char *policy = members == NULL ? NULL : tl_test_policy_new (members);

  self->mailbox = tl_test_mailbox_new (NULL, policy);
  self->signer = aged_signer_new (self->mailbox->folder);
  self->state = g_build_filename (self->mailbox->folder, "state", "twolane", "seen.json", NULL);
  self->path = g_build_filename (self->mailbox->folder, "x.twolane", NULL);
  self->now_s = g_get_real_time () / G_USEC_PER_SEC;

  return self;
}

static void
reviewer_free (Reviewer *self)
{
  tl_test_mailbox_free (self->mailbox);
  tl_signer_unref (self->signer);
  g_free (self->state);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reviewer, reviewer_free)

typedef struct
{
  TlTestReportKind kind;
  TlPurpose        purpose;
  gint64           age_s;
  guint64          serial;
  const char      *recipient;
} Sample;

static void
put_sample (Reviewer     *self,
            const Sample *sample)
{
  gint64 made_s = self->now_s - sample->age_s;
  g_autoptr(TlReport) report = tl_test_report_new (sample->kind, sample->purpose, made_s - 60);
  g_autoptr(TlRecipient) recipient =
    sample->recipient == NULL ? NULL : tl_test_recipient_new (sample->recipient);
  g_autoptr(TlSecret) password = tl_test_secret_new ("canary-review");
  g_autoptr(GError) error = NULL;
  const TlBundleContents contents = {
    .report = report,
    .serial = sample->serial == 0 ? 42 : sample->serial,
    .now_s = made_s,
    .recipient = recipient,
    .incoming = recipient == NULL ? NULL : password,
  };
  g_autoptr(GBytes) bytes = tl_bundle_write (&contents, self->signer, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (self->path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static TlReview *
review_new (Reviewer *self,
            gboolean  is_pinned)
{
  TlReview *review = tl_review_new (self->mailbox->policies);

  tl_review_set_state_file (review, self->state);
  if (is_pinned)
    tl_review_add_signer (review, tl_signer_get_fingerprint (self->signer));

  return review;
}

static gboolean
load (TlReview    *review,
      const char  *path,
      GError     **error)
{
  TlTestWait wait = { NULL };
  gboolean is_loaded;

  tl_review_load_async (review, path, NULL, tl_test_wait_ready, &wait);
  g_assert_true (tl_test_setup_get ((TlSetup *) review, "loading"));
  tl_test_wait_for (&wait);
  is_loaded = tl_review_load_finish (review, wait.result, error);
  g_object_unref (wait.result);
  g_assert_false (tl_test_setup_get ((TlSetup *) review, "loading"));

  return is_loaded;
}

static const char *
get_finding (TlReview *review)
{
  TlFinding *finding = tl_review_get_finding (review);

  return finding == NULL ? NULL : tl_finding_get_id (finding);
}

static const char *
judge (Reviewer *self)
{
  g_autoptr(TlReview) review = review_new (self, TRUE);

  g_assert_true (load (review, self->path, NULL));
  g_assert_cmpint (tl_review_is_accepted (review), ==, get_finding (review) == NULL);

  return get_finding (review);
}

static guint
count (TlReview   *review,
       const char *property)
{
  g_autoptr(GListModel) model = NULL;

  g_object_get (review, property, &model, NULL);

  return g_list_model_get_n_items (model);
}

typedef struct
{
  const char *name;
  Sample      sample;
  const char *policy;
  gboolean    is_unknown;   /* nobody pinned the signer */
  gboolean    is_seen;      /* a newer one was accepted before */
  gboolean    is_damaged;   /* one byte is another */
  const char *finding;      /* NULL: accepted */
  const char *objection;    /* besides that nobody knows the signer */
} OrderCase;

#define FORBIDS ", \"domains\": [\"other.test\"]"

/* Whatever else is wrong too, the first that is named is the one that matters most. */
static const OrderCase order_cases[] = {
  { .name = "accepted" },
  { .name = "tampered", .is_damaged = TRUE, .is_unknown = TRUE, .policy = FORBIDS,
    .sample = { .kind = TL_TEST_REPORT_FAILED, .age_s = 40 * DAY_S }, .finding = "bundle.tampered", .objection = "bundle.tampered" },
  { .name = "practice", .is_unknown = TRUE, .policy = FORBIDS,
    .sample = { .kind = TL_TEST_REPORT_FAILED, .purpose = TL_PURPOSE_PRACTICE },
    .finding = "bundle.practice", .objection = "bundle.practice" },
  { .name = "expired", .is_unknown = TRUE, .policy = FORBIDS,
    .sample = { .kind = TL_TEST_REPORT_FAILED, .age_s = 31 * DAY_S }, .finding = "bundle.expired", .objection = "bundle.expired" },
  { .name = "unknown-signer", .is_unknown = TRUE, .policy = FORBIDS,
    .sample = { .kind = TL_TEST_REPORT_FAILED }, .finding = "bundle.unknown-signer",
    .objection = "export.policy" },
  { .name = "unknown-signer-alone", .is_unknown = TRUE, .finding = "bundle.unknown-signer" },
  { .name = "unknown-signer-rollback", .is_unknown = TRUE, .is_seen = TRUE, .policy = FORBIDS,
    .finding = "bundle.unknown-signer", .objection = "bundle.rollback" },
  { .name = "unknown-signer-draft", .is_unknown = TRUE,
    .sample = { .kind = TL_TEST_REPORT_FAILED }, .finding = "bundle.unknown-signer",
    .objection = "export.lane-not-green" },
  { .name = "rollback", .is_seen = TRUE, .policy = FORBIDS,
    .sample = { .kind = TL_TEST_REPORT_FAILED }, .finding = "bundle.rollback", .objection = "bundle.rollback" },
  { .name = "policy", .policy = FORBIDS, .sample = { .kind = TL_TEST_REPORT_FAILED },
    .finding = "export.policy", .objection = "export.policy" },
  { .name = "max-age", .policy = ", \"max_age_days\": 7", .sample = { .age_s = 8 * DAY_S },
    .finding = "export.policy", .objection = "export.policy" },
  { .name = "max-age-kept", .policy = ", \"max_age_days\": 7", .sample = { .age_s = 6 * DAY_S } },
  { .name = "passwords", .policy = ", \"passwords\": \"typed\"",
    .sample = { .recipient = "P-256" }, .finding = "export.policy", .objection = "export.policy" },
  { .name = "passwords-sealed", .policy = ", \"passwords\": \"sealed\"",
    .sample = { .recipient = "P-256" } },
  { .name = "draft", .sample = { .kind = TL_TEST_REPORT_FAILED },
    .finding = "export.lane-not-green", .objection = "export.lane-not-green" },
};

static void
test_order (gconstpointer data)
{
  const OrderCase *c = data;
  g_autoptr(Reviewer) reviewer = reviewer_new (c->policy);
  g_autoptr(TlReview) review = review_new (reviewer, !c->is_unknown);
  g_autoptr(TlFinding) objection = NULL;
  g_autofree char *page = NULL;

  if (c->is_seen)
    {
      g_autoptr(Reviewer) free_one = reviewer_new (NULL);
      const Sample newer = { .serial = 100 };

      /* The same key and list, where no policy stands in the way. */
      g_clear_pointer (&free_one->signer, tl_signer_unref);
      free_one->signer = tl_signer_ref (reviewer->signer);
      g_free (free_one->state);
      free_one->state = g_strdup (reviewer->state);
      put_sample (free_one, &newer);
      g_assert_cmpstr (judge (free_one), ==, NULL);
    }
  put_sample (reviewer, &c->sample);
  if (c->is_damaged)
    {
      int fd = g_open (reviewer->path, O_WRONLY, 0);

      g_assert_cmpint (pwrite (fd, "#", 1, 200), ==, 1);
      close (fd);
    }

  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_cmpstr (get_finding (review), ==, c->finding);
  g_object_get (review, "objection", &objection, NULL);
  g_assert_true (objection == tl_review_get_objection (review));
  g_assert_cmpstr (objection == NULL ? NULL : tl_finding_get_id (objection), ==, c->objection);
  g_assert_cmpint (tl_review_is_accepted (review), ==, c->finding == NULL);
  page = tl_review_dup_page (review);
  g_assert_cmpint (tl_review_get_bundle (review) == NULL, ==, c->is_damaged);
  g_assert_cmpint (page == NULL, ==, c->is_damaged);
  g_assert_cmpint (count (review, "facts") == 0, ==, c->is_damaged);
  g_assert_cmpint (count (review, "settings") == 0, ==, c->is_damaged);
  g_assert_cmpint (count (review, "incoming") == 0, ==, c->is_damaged);
  g_assert_cmpint (g_file_test (reviewer->state, G_FILE_TEST_EXISTS), ==,
                   c->finding == NULL || c->is_seen);
}

static void
test_released (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  const Sample sample = { .kind = TL_TEST_REPORT_READY };
  g_autofree char *address = NULL;

  g_test_summary ("What was shown of one file is gone before the next is looked at");

  put_sample (reviewer, &sample);
  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_nonnull (tl_review_get_bundle (review));

  g_assert_true (g_file_set_contents (reviewer->path, "PK", 2, NULL));
  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_cmpstr (get_finding (review), ==, "bundle.tampered");
  g_assert_null (tl_review_get_bundle (review));
  g_object_get (review, "address", &address, NULL);
  g_assert_null (address);
  g_assert_cmpuint (count (review, "settings"), ==, 0);
  g_assert_cmpuint (count (review, "incoming-evidence"), ==, 0);
}

typedef struct
{
  const char *name;
  void      (*make) (const char *path);
  int         code;
} FileCase;

static void
make_fifo (const char *path)
{
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_huge (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_CREAT, 0600);

  g_assert_cmpint (ftruncate (fd, TL_BUNDLE_MAX_BYTES + 1), ==, 0);
  close (fd);
}

static const FileCase file_cases[] = {
  { .name = "missing", .code = TL_ERROR_NOT_FOUND },
  { .name = "fifo", .make = make_fifo, .code = TL_ERROR_INVALID_INPUT },
  { .name = "folder", .make = make_folder, .code = TL_ERROR_INVALID_INPUT },
  { .name = "huge", .make = make_huge, .code = TL_ERROR_INVALID_INPUT },
};

static void
test_file (gconstpointer data)
{
  const FileCase *c = data;
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  const Sample sample = { .kind = TL_TEST_REPORT_READY };
  g_autoptr(GError) error = NULL;

  /* What was there before does not stay under the name of what cannot be read. */
  put_sample (reviewer, &sample);
  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_nonnull (tl_review_get_bundle (review));
  g_unlink (reviewer->path);
  if (c->make != NULL)
    c->make (reviewer->path);
  g_assert_false (load (review, reviewer->path, &error));
  g_assert_error (error, TL_ERROR, c->code);
  g_assert_null (tl_review_get_bundle (review));
}

static void
test_bytes (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  g_autoptr(GBytes) empty = g_bytes_new (NULL, 0);
  TlTestWait wait = { NULL };

  tl_review_load_bytes_async (review, empty, "/dev/null", NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_review_load_finish (review, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_cmpstr (get_finding (review), ==, "bundle.tampered");
}

static void
test_two_at_once (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) first = review_new (reviewer, TRUE);
  g_autoptr(TlReview) second = review_new (reviewer, TRUE);
  g_autoptr(GError) error = NULL;
  const Sample sample = { .kind = TL_TEST_REPORT_READY };
  TlTestWait waits[3] = { { NULL } };

  put_sample (reviewer, &sample);
  tl_review_load_async (first, reviewer->path, NULL, tl_test_wait_ready, &waits[0]);
  tl_review_load_async (second, reviewer->path, NULL, tl_test_wait_ready, &waits[1]);
  tl_review_load_async (second, reviewer->path, NULL, tl_test_wait_ready, &waits[2]);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    tl_test_wait_for (&waits[i]);

  g_assert_true (tl_review_load_finish (first, waits[0].result, NULL));
  g_assert_true (tl_review_load_finish (second, waits[1].result, NULL));
  g_assert_false (tl_review_load_finish (second, waits[2].result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_true (tl_review_is_accepted (first));
  g_assert_true (tl_review_is_accepted (second));
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    g_object_unref (waits[i].result);
}

static void
test_cancelled (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  const Sample sample = { .kind = TL_TEST_REPORT_READY };
  TlTestWait wait = { NULL };

  put_sample (reviewer, &sample);
  tl_review_load_async (review, reviewer->path, cancellable, tl_test_wait_ready, &wait);
  g_cancellable_cancel (cancellable);
  tl_test_wait_for (&wait);
  g_assert_false (tl_review_load_finish (review, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);
  g_assert_null (tl_review_get_bundle (review));
}

static void
test_rollback (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  g_autoptr(TlReview) glance = review_new (reviewer, TRUE);
  const Sample newer = { .serial = 100 };
  const Sample older = { .serial = 99, .age_s = 60 };

  g_test_summary ("An older one is noticed, may be taken all the same, and does not become the newest");

  put_sample (reviewer, &newer);
  g_assert_cmpstr (judge (reviewer), ==, NULL);
  g_assert_cmpstr (judge (reviewer), ==, NULL);
  put_sample (reviewer, &older);
  g_assert_cmpstr (judge (reviewer), ==, "bundle.rollback");

  tl_review_set_is_glance (glance, TRUE);
  g_assert_true (load (glance, reviewer->path, NULL));
  g_assert_cmpstr (get_finding (glance), ==, NULL);

  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_false (tl_review_is_accepted (review));
  tl_review_allow_rollback (review);
  g_assert_true (tl_review_is_accepted (review));
  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_true (tl_review_is_accepted (review));
  g_assert_cmpstr (judge (reviewer), ==, "bundle.rollback");
}

static void
test_glance (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  const Sample sample = { .kind = TL_TEST_REPORT_READY };

  put_sample (reviewer, &sample);
  tl_review_set_is_glance (review, TRUE);
  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_true (tl_review_is_accepted (review));
  g_assert_false (g_file_test (reviewer->state, G_FILE_TEST_EXISTS));
}

typedef struct
{
  const char *name;
  const char *text;     /* of the list; NULL: see make */
  void      (*make) (const char *path);
} BrokenCase;

static const BrokenCase broken_cases[] = {
  { .name = "empty", .text = "" },
  { .name = "cut", .text = "{ \"format\": \"twolane-seen\", \"ver" },
  { .name = "newer-version", .text = "{\"bundles\":[],\"format\":\"twolane-seen\",\"version\":99}" },
  { .name = "fifo", .make = make_fifo },
  { .name = "folder", .make = make_folder },
};

static void
test_broken_list (gconstpointer data)
{
  const BrokenCase *c = data;
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  g_autoptr(GListModel) findings = NULL;
  g_autofree char *folder = g_path_get_dirname (reviewer->state);
  g_autofree char *aside = g_strconcat (reviewer->state, ".broken", NULL);
  const Sample newer = { .serial = 100 };
  const Sample older = { .serial = 99, .age_s = 60 };

  g_test_summary ("A list that cannot be read is kept aside and said, and the next older one is seen");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (c->text != NULL)
    g_assert_true (g_file_set_contents (reviewer->state, c->text, -1, NULL));
  else
    c->make (reviewer->state);

  put_sample (reviewer, &newer);
  g_assert_true (load (review, reviewer->path, NULL));
  g_assert_true (tl_review_is_accepted (review));
  g_object_get (review, "findings", &findings, NULL);
  g_assert_true (tl_test_model_has (findings, "store.seen"));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  put_sample (reviewer, &older);
  g_assert_cmpstr (judge (reviewer), ==, "bundle.rollback");
}

static void
test_held_list (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  g_autoptr(GListModel) findings = NULL;
  g_autofree char *folder = g_path_get_dirname (reviewer->state);
  g_autofree char *lock = g_strconcat (reviewer->state, ".lock", NULL);
  const Sample sample = { .kind = TL_TEST_REPORT_READY };
  int fd;

  g_test_summary ("Another run that holds the list for good is not waited for for good");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  fd = g_open (lock, O_RDWR | O_CREAT, 0600);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  put_sample (reviewer, &sample);
  g_assert_true (load (review, reviewer->path, NULL));
  close (fd);
  g_object_get (review, "findings", &findings, NULL);
  g_assert_true (tl_test_model_has (findings, "store.seen"));
  g_assert_false (g_file_test (reviewer->state, G_FILE_TEST_EXISTS));
}

static void
test_folder_for_lock (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  g_autoptr(GListModel) findings = NULL;
  g_autofree char *lock = g_strconcat (reviewer->state, ".lock", NULL);
  const Sample sample = { .kind = TL_TEST_REPORT_READY };

  g_assert_cmpint (g_mkdir_with_parents (lock, 0700), ==, 0);
  put_sample (reviewer, &sample);
  g_assert_true (load (review, reviewer->path, NULL));
  g_object_get (review, "findings", &findings, NULL);
  g_assert_true (tl_test_model_has (findings, "store.seen"));
  g_assert_true (tl_test_model_has (findings, "export.tested-from-here"));
}

static void
test_many_at_once (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  TlSigner *signers[8];
  TlReview *reviews[8];
  TlTestWait waits[8] = { { NULL } };
  const Sample newer = { .serial = 100 };
  const Sample older = { .serial = 99, .age_s = 60 };

  g_test_summary ("What many runs note at the same time is all there after");

  for (gsize i = 0; i < G_N_ELEMENTS (reviews); i++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT ".twolane", i);
      g_autofree char *path = g_build_filename (reviewer->mailbox->folder, name, NULL);

      signers[i] = tl_signer_new_generate ("Ada", NULL);
      g_clear_pointer (&reviewer->signer, tl_signer_unref);
      reviewer->signer = tl_signer_ref (signers[i]);
      put_sample (reviewer, &newer);
      g_assert_cmpint (g_rename (reviewer->path, path), ==, 0);
      reviews[i] = review_new (reviewer, TRUE);
      tl_review_load_async (reviews[i], path, NULL, tl_test_wait_ready, &waits[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (reviews); i++)
    {
      tl_test_wait_for (&waits[i]);
      g_assert_true (tl_review_is_accepted (reviews[i]));
      g_object_unref (waits[i].result);
      g_object_unref (reviews[i]);

      g_clear_pointer (&reviewer->signer, tl_signer_unref);
      reviewer->signer = signers[i];
      put_sample (reviewer, &older);
      g_assert_cmpstr (judge (reviewer), ==, "bundle.rollback");
      reviewer->signer = NULL;
      tl_signer_unref (signers[i]);
    }
  reviewer->signer = tl_signer_new_generate ("Ada", NULL);
}

static void
test_unreadable_policy (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autofree char *system = g_build_filename (reviewer->mailbox->folder, "system", NULL);
  g_autofree char *policy = g_build_filename (system, "policy.json", NULL);
  g_autofree char *user = g_build_filename (reviewer->mailbox->folder, "user", NULL);
  const Sample sample = { .kind = TL_TEST_REPORT_READY };

  g_test_summary ("Nothing is accepted while nobody knows what is forbidden");

  g_assert_true (g_file_set_contents (policy, "{", -1, NULL));
  g_clear_object (&reviewer->mailbox->policies);
  reviewer->mailbox->policies = tl_policy_store_new (system, user);
  put_sample (reviewer, &sample);
  g_assert_cmpstr (judge (reviewer), ==, "store.policy");
}

static TlDetail *
find_detail (TlReview   *review,
             const char *model_name,
             const char *value)
{
  g_autoptr(GListModel) model = NULL;

  g_object_get (review, model_name, &model, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(TlDetail) detail = g_list_model_get_item (model, i);

      if (g_str_equal (tl_detail_get_value (detail), value))
        return detail; /* the model keeps it */
    }

  return NULL;
}

static void
test_rows (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (", \"hosts\": { \"outgoing\": [\"*.other.test\"], "
                                               "\"incoming\": [\"*.acme.test\"] }");
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  const Sample sample = { .kind = TL_TEST_REPORT_FAILED };
  g_autoptr(GListModel) stages = NULL;
  g_autofree char *address = NULL;
  TlDetail *incoming;
  TlDetail *outgoing;

  put_sample (reviewer, &sample);
  g_assert_true (load (review, reviewer->path, NULL));
  g_object_get (review, "address", &address, "outgoing", &stages, NULL);
  g_assert_cmpstr (address, ==, "ada@acme.test");
  g_assert_cmpuint (count (review, "policy"), ==, 2);

  incoming = find_detail (review, "settings", "imap.acme.test:993");
  outgoing = find_detail (review, "settings", "smtp.acme.test:587");
  g_assert_cmpint (tl_detail_get_status (incoming), ==, TL_STATUS_OK);
  g_assert_cmpint (tl_detail_get_status (outgoing), ==, TL_STATUS_ERROR);
  g_assert_nonnull (tl_detail_get_hint (outgoing));

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);

      g_assert_cmpint (tl_stage_row_get_status (row), ==,
                       tl_stage_row_get_stage (row) < TL_STAGE_AUTH ? TL_STATUS_OK
                       : tl_stage_row_get_stage (row) == TL_STAGE_AUTH ? TL_STATUS_ERROR
                       : TL_STATUS_NOT_TESTED);
    }
}

static guint
count_status (TlReview   *review,
              const char *model_name,
              TlStatus    status)
{
  g_autoptr(GListModel) model = NULL;
  guint n = 0;

  g_object_get (review, model_name, &model, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(TlDetail) detail = g_list_model_get_item (model, i);

      n += tl_detail_get_status (detail) == status;
    }

  return n;
}

typedef struct
{
  const char *name;
  const char *policy;
  guint       n_broken; /* rows of settings */
  gint64      age_s;
  TlVerdict   verdict;  /* of its one rule */
} RuleCase;

static const RuleCase rule_cases[] = {
  { .name = "sign-in", .policy = ", \"sign_in\": [\"oauth2\"]", .n_broken = 2,
    .verdict = TL_VERDICT_ERROR },
  { .name = "user-name", .policy = ", \"user_name\": \"local-part\"", .n_broken = 2,
    .verdict = TL_VERDICT_ERROR },
  { .name = "tls", .policy = ", \"tls\": { \"min_version\": \"1.3\" }", .verdict = TL_VERDICT_OK },
  { .name = "age", .policy = ", \"max_age_days\": 7", .verdict = TL_VERDICT_OK },
  { .name = "too-old", .policy = ", \"max_age_days\": 7", .age_s = 8 * DAY_S,
    .verdict = TL_VERDICT_ERROR },
};

static void
test_rule (gconstpointer data)
{
  const RuleCase *c = data;
  g_autoptr(Reviewer) reviewer = reviewer_new (c->policy);
  g_autoptr(TlReview) review = review_new (reviewer, TRUE);
  g_autoptr(GListModel) policy = NULL;
  g_autoptr(TlPolicyResult) result = NULL;
  const Sample sample = { .age_s = c->age_s };

  g_test_summary ("A rule that both lanes break is shown at both");

  put_sample (reviewer, &sample);
  g_assert_true (load (review, reviewer->path, NULL));
  g_object_get (review, "policy", &policy, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (policy), ==, 1);
  result = g_list_model_get_item (policy, 0);
  g_assert_cmpint (tl_policy_result_get_verdict (result), ==, c->verdict);
  g_assert_cmpuint (count_status (review, "settings", TL_STATUS_ERROR), ==, c->n_broken);
}

static void
test_compared (void)
{
  g_autoptr(Reviewer) reviewer = reviewer_new (NULL);
  g_autoptr(TlReview) before = review_new (reviewer, TRUE);
  g_autoptr(TlReview) after = review_new (reviewer, TRUE);
  const Sample first = { .serial = 99, .age_s = 60 };
  const Sample second = { .serial = 100 };

  tl_review_compare_with (after, before);
  g_assert_cmpuint (count (after, "differences"), ==, 0);
  put_sample (reviewer, &second);
  g_assert_true (load (after, reviewer->path, NULL));
  g_assert_cmpuint (count (after, "differences"), ==, 0);
  tl_review_set_is_glance (before, TRUE);
  put_sample (reviewer, &first);
  g_assert_true (load (before, reviewer->path, NULL));
  g_assert_cmpuint (count (after, "differences"), >, 0);
  tl_review_compare_with (after, NULL);
  g_assert_cmpuint (count (after, "differences"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (order_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/review/order/", order_cases[i].name, NULL);

      g_test_add_data_func (path, &order_cases[i], test_order);
    }
  g_test_add_func ("/review/P12/released", test_released);
  for (gsize i = 0; i < G_N_ELEMENTS (file_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/review/file/", file_cases[i].name, NULL);

      g_test_add_data_func (path, &file_cases[i], test_file);
    }
  g_test_add_func ("/review/file/empty", test_bytes);
  g_test_add_func ("/review/two-at-once", test_two_at_once);
  g_test_add_func ("/review/cancelled", test_cancelled);
  g_test_add_func ("/review/B07/rollback", test_rollback);
  g_test_add_func ("/review/B07/glance", test_glance);
  for (gsize i = 0; i < G_N_ELEMENTS (broken_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/review/F07/", broken_cases[i].name, NULL);

      g_test_add_data_func (path, &broken_cases[i], test_broken_list);
    }
  g_test_add_func ("/review/F06/held", test_held_list);
  g_test_add_func ("/review/F06/folder-for-lock", test_folder_for_lock);
  g_test_add_func ("/review/F06/many-at-once", test_many_at_once);
  g_test_add_func ("/review/unreadable-policy", test_unreadable_policy);
  g_test_add_func ("/review/rows", test_rows);
  for (gsize i = 0; i < G_N_ELEMENTS (rule_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/review/rule/", rule_cases[i].name, NULL);

      g_test_add_data_func (path, &rule_cases[i], test_rule);
    }
  g_test_add_func ("/review/compared", test_compared);

  return g_test_run ();
}
