/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-inspection.h"
#include "tl-rendering.h"
#include "tl-terminal.h"

/* Bundles on their way to a target. */
typedef struct
{
  TlInspection *inspection;
  TlTarget     *target;
  GPtrArray    *reviews;    /* of TlReview */
  GArray       *mailboxes;  /* of TlTargetMailbox, which own their secrets */

  /* From the command line */
  char         *target_id;
  char         *output;
  int           password_fd;
  int           outgoing_password_fd;
} Rendering;

static void
rendering_clear (Rendering *self)
{
  for (guint i = 0; i < self->mailboxes->len; i++)
    {
      TlTargetMailbox *mailbox = &g_array_index (self->mailboxes, TlTargetMailbox, i);

      g_clear_pointer (&mailbox->incoming, tl_secret_unref);
      g_clear_pointer (&mailbox->outgoing, tl_secret_unref);
    }
  g_clear_pointer (&self->inspection, tl_inspection_free);
  g_clear_pointer (&self->reviews, g_ptr_array_unref);
  g_clear_pointer (&self->mailboxes, g_array_unref);
  g_clear_pointer (&self->target_id, g_free);
  g_clear_pointer (&self->output, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rendering, rendering_clear)

static gboolean
wants_passwords (const Rendering *self)
{
  return self->inspection->key_path != NULL || self->password_fd >= 0 ||
         self->outgoing_password_fd >= 0;
}

static gboolean
check_options (Rendering *self,
               int        n_files,
               GError   **error)
{
  self->target = tl_rendering_find_target (self->target_id, error);
  if (self->target == NULL)
    return FALSE;

  if (wants_passwords (self) && self->output == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           _("with passwords it goes into a file of its own: say which with "
                             "--output"));
      return FALSE;
    }
  if (wants_passwords (self) && !tl_target_takes_passwords (self->target))
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   /* Translators: %s is a product */
                   _("there is no place for a password in what is made for %s: leave out --key and "
                     "--password-fd"),
                   tl_target_get_name (self->target));
      return FALSE;
    }
  if ((self->password_fd >= 0 || self->outgoing_password_fd >= 0) && n_files > 1)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           _("--password-fd is for one mailbox: give one bundle"));
      return FALSE;
    }
  if (self->inspection->key_path != NULL && self->password_fd >= 0)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           _("take either --key or --password-fd"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_password (int          fd,
               const char  *option,
               TlSecret   **out_secret,
               GError     **error)
{
  if (fd < 0)
    return TRUE;

  *out_secret = tl_secret_read_sync (fd, error);
  if (*out_secret == NULL)
    g_prefix_error (error, "--%s: ", option);

  return *out_secret != NULL;
}

/* Its passwords: sealed in the bundle, from file descriptors, or none. */
static gboolean
get_passwords (Rendering       *self,
               TlReview        *review,
               TlTargetMailbox *mailbox,
               int             *out_status)
{
  g_autoptr(GError) error = NULL;

  if (self->inspection->key_path != NULL)
    return tl_inspection_open (self->inspection, review, &mailbox->incoming, &mailbox->outgoing,
                               out_status);

  if (!read_password (self->password_fd, "password-fd", &mailbox->incoming, &error) ||
      !read_password (self->outgoing_password_fd, "outgoing-password-fd", &mailbox->outgoing,
                      &error))
    {
      *out_status = tl_cli_fail (error);
      return FALSE;
    }
  /* One password is for both lanes. */
  if (mailbox->outgoing == NULL && mailbox->incoming != NULL)
    mailbox->outgoing = tl_secret_ref (mailbox->incoming);

  return TRUE;
}

/* Of two bundles of one mailbox the files would have one name, and importers refuse the second
 * row. */
static gboolean
is_new (Rendering *self,
        TlReport  *report)
{
  TlAddress *address = tl_plan_get_address (tl_report_get_plan (report));

  for (guint i = 0; i < self->mailboxes->len; i++)
    {
      TlTargetMailbox *other = &g_array_index (self->mailboxes, TlTargetMailbox, i);

      if (tl_address_equal (tl_plan_get_address (tl_report_get_plan (other->report)), address))
        return FALSE;
    }

  return TRUE;
}

static int
get_status (TlFinding *finding)
{
  return (int) tl_exit_status_for_finding (tl_finding_get_id (finding), TL_LANE_NONE);
}

/* What went wrong has been said when it returns FALSE. */
static gboolean
add_bundle (Rendering  *self,
            const char *path,
            int        *out_status)
{
  g_autoptr(GError) error = NULL;
  TlReview *review = tl_inspection_look (self->inspection, path, &error);
  TlTargetMailbox mailbox = { .now_s = g_get_real_time () / G_USEC_PER_SEC };

  if (review == NULL)
    {
      *out_status = tl_cli_fail_on_file (error);
      return FALSE;
    }
  g_ptr_array_add (self->reviews, review);
  if (!tl_inspection_may_use (review))
    {
      /* Translators: %s is a file */
      tl_terminal_complain (_("nothing is made of %s:"), path);
      tl_terminal_talk_aside ();
      tl_terminal_print_finding (tl_inspection_get_obstacle (review), NULL);
      *out_status = get_status (tl_inspection_get_obstacle (review));
      return FALSE;
    }

  mailbox.report = tl_bundle_get_report (tl_review_get_bundle (review));
  mailbox.is_verified = TRUE;
  if (!is_new (self, mailbox.report))
    {
      /* Translators: %s is a file */
      tl_terminal_complain (_("%s is of a mailbox that another bundle is of, too: give one "
                              "of each"),
                            path);
      *out_status = TL_EXIT_USAGE;
      return FALSE;
    }
  if (!get_passwords (self, review, &mailbox, out_status))
    return FALSE;
  g_array_append_val (self->mailboxes, mailbox);

  return TRUE;
}

/* What policy says of such a file, whatever is put into it: before a password is asked for. */
static gboolean
is_allowed (Rendering *self,
            int       *out_status)
{
  TlPolicyStore *store = self->inspection->policies;
  TlFinding *unreadable = tl_policy_store_get_finding (store);
  g_autoptr(TlFinding) finding = NULL;

  finding = unreadable != NULL
              ? g_object_ref (unreadable)
              : tl_policies_refuse_render (tl_policy_store_get_policies (store),
                                           tl_target_get_id (self->target), wants_passwords (self));
  if (finding == NULL)
    return TRUE;

  tl_terminal_talk_aside ();
  tl_terminal_print_finding (finding, NULL);
  *out_status = get_status (finding);

  return FALSE;
}

static TlJson *
describe (Rendering *self,
          char     **paths)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "target", tl_target_get_id (self->target));
  tl_json_set_take (json, "files", tl_json_new_strv ((const char * const *) paths));
  tl_json_set_bool (json, "passwords", wants_passwords (self));

  return json;
}

static void
print_for_people (Rendering *self,
                  char     **paths)
{
  for (gsize i = 0; paths[i] != NULL; i++)
    /* Translators: %s is a file */
    tl_terminal_print (_("Saved %s"), paths[i]);
  if (wants_passwords (self))
    tl_terminal_print ("%s", _("There are passwords in it that anybody who gets the file can read: "
                               "import it, then delete it."));
  tl_terminal_print ("%s", tl_target_get_summary (self->target));
}

static int
finish (Rendering *self)
{
  const TlTargetMailbox *mailboxes = (const TlTargetMailbox *) (void *) self->mailboxes->data;
  guint n = self->mailboxes->len;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) paths = NULL;

  if (!tl_rendering_check (self->target, mailboxes, n))
    return TL_EXIT_BUNDLE;

  if (self->output == NULL)
    return tl_rendering_print (self->target, mailboxes, n, &error) ? TL_EXIT_OK
                                                                   : tl_cli_fail (error);

  paths = tl_rendering_save (self->target, mailboxes, n, self->output, &error);
  if (paths == NULL)
    return tl_cli_fail_on_file (error);
  if (self->inspection->json)
    {
      g_autoptr(TlJson) json = describe (self, paths);

      tl_terminal_print_json (json);
    }
  else
    {
      print_for_people (self, paths);
    }

  return TL_EXIT_OK;
}

int
tl_verb_render_run (int    argc,
                    char **argv)
{
  g_auto(Rendering) self = {
    .inspection = tl_inspection_new (),
    .reviews = g_ptr_array_new_with_free_func (g_object_unref),
    .mailboxes = g_array_new (FALSE, FALSE, sizeof (TlTargetMailbox)),
    .password_fd = -1,
    .outgoing_password_fd = -1,
  };
  g_autofree GOptionEntry *shared = tl_inspection_dup_key_entries (self.inspection);
  const GOptionEntry entries[] = {
    { "target", 't', 0, G_OPTION_ARG_STRING, &self.target_id,
      N_("For what; “twolanectl targets” lists them"), N_("TARGET") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self.output,
      N_("Save it here, a file or a folder, instead of printing it"), N_("FILE") },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &self.password_fd,
      N_("Put in the password from this file descriptor; else its place stays blank"), N_("N") },
    { "outgoing-password-fd", 0, 0, G_OPTION_ARG_INT, &self.outgoing_password_fd,
      N_("The same for the outgoing server, if it has another password"), N_("N") },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  int status;

  if (!tl_cli_parse ("render", entries, shared, &argc, &argv, 1, TL_TARGET_MAX_MAILBOXES, &status))
    return status;
  if (!check_options (&self, argc - 1, &error) || !tl_inspection_prepare (self.inspection, &error))
    return tl_cli_fail_on_file (error);

  if (!is_allowed (&self, &status))
    return status;

  for (int i = 1; i < argc; i++)
    {
      if (!add_bundle (&self, argv[i], &status))
        return status;
    }

  return finish (&self);
}
