/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-review-window.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-detail.h"
#include "tl-difference-view.h"
#include "tl-finding-card.h"
#include "tl-page-file.h"
#include "tl-review-lane.h"
#include "tl-review-words.h"
#include "tl-rule-view.h"
#include "tl-setting-view.h"

struct _TlReviewWindow
{
  AdwApplicationWindow  parent_instance;

  /* Owned */
  TlReview             *review;
  TlPolicyStore        *policies;
  GCancellable         *loading;        /* of the file that is being read */
  GCancellable         *comparing;      /* of the other one that is */
  char                 *next_path;      /* to be read when that is over */

  /* Template children, borrowed */
  AdwToastOverlay      *toast_overlay;
  GtkWidget            *title_label;
  GtkLabel             *failure_label;
  GtkLabel             *broken_label;
  GtkLabel             *differences_label;
  GtkListBox           *facts_list;
  GtkListBox           *settings_list;
  GtkListBox           *differences_list;
  GtkListBox           *policy_list;
  GtkListBox           *findings_list;
};

enum
{
  PROP_REVIEW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlReviewWindow, tl_review_window, ADW_TYPE_APPLICATION_WINDOW)

static void
say (TlReviewWindow *self,
     const char     *what)
{
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (what));
}

static GListModel *
dup_list (TlReview   *review,
          const char *name)
{
  GListModel *model = NULL;

  g_object_get (review, name, &model, NULL);

  return model;
}

static TlReview *
dup_other (TlReviewWindow *self)
{
  TlReview *other = NULL;

  g_object_get (self->review, "other", &other, NULL);

  return other;
}

/* The same setting of another file. */
static char *
dup_other_value (TlReview   *other,
                 const char *id)
{
  g_autoptr(GListModel) settings = other == NULL ? NULL : dup_list (other, "settings");

  for (guint i = 0; settings != NULL && i < g_list_model_get_n_items (settings); i++)
    {
      g_autoptr(TlDetail) detail = g_list_model_get_item (settings, i);

      if (g_strcmp0 (tl_detail_get_id (detail), id) == 0)
        return g_strdup (tl_detail_get_value (detail));
    }

  return NULL;
}

/* Whether a policy says anything of any setting. */
static gboolean
is_ruled (TlReview *review)
{
  g_autoptr(GListModel) settings = dup_list (review, "settings");

  for (guint i = 0; i < g_list_model_get_n_items (settings); i++)
    {
      g_autoptr(TlDetail) detail = g_list_model_get_item (settings, i);

      if (tl_detail_get_hint (detail) != NULL)
        return TRUE;
    }

  return FALSE;
}

static GtkWidget *
create_setting (gpointer item,
                gpointer user_data)
{
  TlReviewWindow *self = user_data;
  g_autoptr(TlReview) other = dup_other (self);
  g_autofree char *value = dup_other_value (other, tl_detail_get_id (item));

  return tl_row_new (g_object_new (TL_TYPE_SETTING_VIEW, "detail", item, "other", value,
                                   "compared", other != NULL,
                                   "ruled", is_ruled (self->review), NULL));
}

static void
show_settings (TlReviewWindow *self)
{
  g_autoptr(GListModel) settings = dup_list (self->review, "settings");

  gtk_list_box_bind_model (self->settings_list, settings, create_setting, self, NULL);
}

static gboolean
is_plain_fact (gpointer item,
               gpointer user_data)
{
  return g_strcmp0 (tl_detail_get_id (item), "signer") != 0;
}

/* The signer has a place of their own. */
static void
show_facts (TlReviewWindow *self)
{
  GtkCustomFilter *filter = gtk_custom_filter_new (is_plain_fact, NULL, NULL);
  g_autoptr(GtkFilterListModel) others =
    gtk_filter_list_model_new (dup_list (self->review, "facts"), GTK_FILTER (filter));

  tl_bind_list (self->facts_list, G_LIST_MODEL (others), TL_TYPE_SETTING_VIEW, "detail");
}

static GtkWidget *
create_finding (gpointer item,
                gpointer user_data)
{
  return tl_row_new (g_object_new (TL_TYPE_FINDING_CARD, "told", TRUE, "finding", item, NULL));
}

static void
show_findings (TlReviewWindow *self)
{
  g_autoptr(GListModel) findings = dup_list (self->review, "findings");

  gtk_list_box_bind_model (self->findings_list, findings, create_finding, NULL, NULL);
}

static void
on_findings_changed (TlReviewWindow *self,
                     guint           position,
                     guint           removed,
                     guint           added,
                     GListModel     *findings)
{
  gtk_widget_set_visible (GTK_WIDGET (self->findings_list),
                          g_list_model_get_n_items (findings) > 0);
}

static void
on_rules_changed (TlReviewWindow *self,
                  guint           position,
                  guint           removed,
                  guint           added,
                  GListModel     *rules)
{
  g_autofree char *broken = tl_rules_to_broken (NULL, rules);

  gtk_label_set_label (self->broken_label, broken);
  gtk_widget_set_visible (GTK_WIDGET (self->broken_label), *broken != '\0');
}

static void
on_differences_changed (TlReviewWindow *self,
                        guint           position,
                        guint           removed,
                        guint           added,
                        GListModel     *differences)
{
  g_autofree char *title =
    tl_differences_to_title (NULL, g_list_model_get_n_items (differences));

  gtk_label_set_label (self->differences_label, title);
}

static void
say_failure (TlReviewWindow *self,
             const char     *failure)
{
  gtk_label_set_label (self->failure_label, failure);
  gtk_widget_set_visible (GTK_WIDGET (self->failure_label), *failure != '\0');
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(TlReviewWindow) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *next = g_steal_pointer (&self->next_path);
  g_autofree char *path = NULL;
  g_autofree char *failure = NULL;
  gboolean is_loaded = tl_review_load_finish (TL_REVIEW (object), result, &error);

  if (self->review == NULL)
    return;
  if (next != NULL)
    {
      tl_review_window_load (self, next);
      return;
    }
  if (is_loaded || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_debug ("reading a bundle: %s", error->message);
  g_object_get (object, "path", &path, NULL);
  failure = tl_load_error_to_text (NULL, path, error);
  say_failure (self, failure);
}

static void
on_other_loaded (GObject      *object,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr(TlReviewWindow) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_review_load_finish (TL_REVIEW (object), result, &error))
    g_debug ("reading another bundle: %s", error->message);
  if (self->review == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      g_autofree char *path = NULL;
      g_autofree char *failure = NULL;
      g_autofree char *title = NULL;

      g_object_get (object, "path", &path, NULL);
      failure = tl_load_error_to_text (NULL, path, error);
      title = g_markup_escape_text (failure, -1);
      say (self, title);
    }
  else if (tl_review_get_bundle (TL_REVIEW (object)) == NULL)
    say (self, _("That file did not pass its checks: nothing of it is shown"));
  else
    tl_review_compare_with (self->review, TL_REVIEW (object));
}

static void
on_other_chosen (const char *path,
                 gpointer    data)
{
  g_autoptr(TlReviewWindow) self = data;

  if (path != NULL && self->review != NULL)
    tl_review_window_compare_with (self, path);
}

static void
on_compare_clicked (TlReviewWindow *self)
{
  tl_review_window_choose (GTK_WINDOW (self), on_other_chosen, g_object_ref (self));
}

static void
on_chosen (const char *path,
           gpointer    data)
{
  g_autoptr(TlReviewWindow) self = data;

  if (path != NULL && self->review != NULL)
    tl_review_window_load (self, path);
}

static void
on_choose_clicked (TlReviewWindow *self)
{
  tl_review_window_choose (GTK_WINDOW (self), on_chosen, g_object_ref (self));
}

static void
on_alone_clicked (TlReviewWindow *self)
{
  tl_review_compare_with (self->review, NULL);
}

static void
on_page_shown (gboolean shown,
               gpointer data)
{
  g_autoptr(TlReviewWindow) self = data;

  if (!shown)
    say (self, _("No browser could be opened"));
}

static void
on_page_clicked (TlReviewWindow *self)
{
  g_autofree char *page = tl_review_dup_page (self->review);

  if (page != NULL)
    tl_page_file_show (GTK_WINDOW (self), page, on_page_shown, g_object_ref (self));
}

static void
on_copy_clicked (TlReviewWindow *self)
{
  g_autofree char *signer = NULL;

  g_object_get (self->review, "signer", &signer, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), signer);
  say (self, _("Copied"));
}

static void
on_rollback_answered (gboolean yes,
                      gpointer data)
{
  g_autoptr(TlReviewWindow) self = data;

  if (yes && self->review != NULL)
    tl_review_allow_rollback (self->review);
}

static void
on_rollback_clicked (TlReviewWindow *self)
{
  tl_compat_confirm (GTK_WINDOW (self), _("Accept the older file?"),
                     _("You accepted a newer one from the same signer for this mailbox. Settings "
                       "that were replaced since come back with this one."),
                     _("_Accept the Older File"), on_rollback_answered, g_object_ref (self));
}

/* What a finding offers as “try again”. */
static void
on_retry (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  g_autofree char *path = NULL;

  g_object_get (TL_REVIEW_WINDOW (widget)->review, "path", &path, NULL);
  if (path != NULL)
    tl_review_window_load (TL_REVIEW_WINDOW (widget), path);
}

static void
on_toast (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  g_autofree char *title = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  say (TL_REVIEW_WINDOW (widget), title);
}

static gboolean
on_dropped (TlReviewWindow *self,
            const GValue   *value,
            double          x,
            double          y,
            GtkDropTarget  *target)
{
  g_autofree char *path = g_file_get_path (g_value_get_object (value));

  if (path == NULL)
    return FALSE;
  tl_review_window_load (self, path);

  return TRUE;
}

static void
tl_review_window_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_REVIEW:
      g_value_set_object (value, TL_REVIEW_WINDOW (object)->review);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_review (TlReviewWindow *self,
            TlPolicyStore  *policies)
{
  static const struct
  {
    gsize       offset;
    const char *model;
    GType     (*get_type) (void);
    const char *item_property;
  } lists[] = {
    { G_STRUCT_OFFSET (TlReviewWindow, differences_list), "differences",
      tl_difference_view_get_type, "item" },
    { G_STRUCT_OFFSET (TlReviewWindow, policy_list), "policy", tl_rule_view_get_type, "item" },
  };
  static const struct
  {
    const char *model;
    void      (*changed) (TlReviewWindow *, guint, guint, guint, GListModel *);
  } watches[] = {
    { "differences", on_differences_changed },
    { "findings", on_findings_changed },
    { "policy", on_rules_changed },
  };

  self->policies = g_object_ref (policies);
  self->review = tl_review_new (policies);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(GListModel) model = dup_list (self->review, lists[i].model);

      tl_bind_list (G_STRUCT_MEMBER (GtkListBox *, self, lists[i].offset), model,
                    lists[i].get_type (), lists[i].item_property);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (watches); i++)
    {
      g_autoptr(GListModel) model = dup_list (self->review, watches[i].model);

      g_signal_connect_object (model, "items-changed", G_CALLBACK (watches[i].changed), self,
                               G_CONNECT_SWAPPED);
      watches[i].changed (self, 0, 0, 0, model);
    }
  show_facts (self);
  show_findings (self);
  show_settings (self);
  g_signal_connect_object (self->review, "notify::other", G_CALLBACK (show_settings), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVIEW]);
}

static void
tl_review_window_dispose (GObject *object)
{
  TlReviewWindow *self = TL_REVIEW_WINDOW (object);

  g_cancellable_cancel (self->loading);
  g_cancellable_cancel (self->comparing);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_REVIEW_WINDOW);
  g_clear_object (&self->review);
  g_clear_object (&self->policies);

  G_OBJECT_CLASS (tl_review_window_parent_class)->dispose (object);
}

static void
tl_review_window_finalize (GObject *object)
{
  TlReviewWindow *self = TL_REVIEW_WINDOW (object);

  g_clear_object (&self->loading);
  g_clear_object (&self->comparing);
  g_free (self->next_path);

  G_OBJECT_CLASS (tl_review_window_parent_class)->finalize (object);
}

static void
tl_review_window_class_init (TlReviewWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_review_window_get_property;
  object_class->dispose = tl_review_window_dispose;
  object_class->finalize = tl_review_window_finalize;

  properties[PROP_REVIEW] =
    g_param_spec_object ("review", NULL, NULL, TL_TYPE_REVIEW,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* By the names that the parts of a page call: they stand here too. */
  gtk_widget_class_install_action (widget_class, "page.retry", "s", on_retry);
  gtk_widget_class_install_action (widget_class, "wizard.toast", "s", on_toast);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-review-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, failure_label);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, broken_label);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, differences_label);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, facts_list);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, settings_list);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, differences_list);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, policy_list);
  gtk_widget_class_bind_template_child (widget_class, TlReviewWindow, findings_list);
  gtk_widget_class_bind_template_callback (widget_class, on_alone_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_compare_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_page_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_rollback_clicked);
  tl_closures_bind (widget_class);
  tl_review_words_bind (widget_class);
}

static void
tl_review_window_init (TlReviewWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_object_bind_property (self->title_label, "label", self, "title", G_BINDING_SYNC_CREATE);
}

/**
 * tl_review_window_new:
 * @application: (nullable): what it belongs to
 * @policies: what holds here
 *
 * Returns: (transfer none): a window with nothing to look at yet, owned by GTK
 */
TlReviewWindow *
tl_review_window_new (GtkApplication *application,
                      TlPolicyStore  *policies)
{
  TlReviewWindow *self = g_object_new (TL_TYPE_REVIEW_WINDOW, "application", application, NULL);

  set_review (self, policies);

  return self;
}

TlReview *
tl_review_window_get_review (TlReviewWindow *self)
{
  g_return_val_if_fail (TL_IS_REVIEW_WINDOW (self), NULL);

  return self->review;
}

/**
 * tl_review_window_load:
 * @self: a window
 * @path: a file
 *
 * Looks at a file; what was looked at before goes. Of several in a row the last one counts.
 */
void
tl_review_window_load (TlReviewWindow *self,
                       const char     *path)
{
  gboolean is_loading = FALSE;

  g_return_if_fail (TL_IS_REVIEW_WINDOW (self));

  g_cancellable_cancel (self->comparing);
  say_failure (self, "");
  g_object_get (self->review, "loading", &is_loading, NULL);
  if (is_loading)
    {
      g_free (self->next_path);
      self->next_path = g_strdup (path);
      g_cancellable_cancel (self->loading);
      return;
    }

  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  tl_review_load_async (self->review, path, self->loading, on_loaded, g_object_ref (self));
}

/**
 * tl_review_window_compare_with:
 * @self: a window
 * @path: another file
 *
 * Shows what that file has beside what is shown, once it has passed its own checks. It is only
 * looked at: that it was compared with makes no newer or older file of it.
 */
void
tl_review_window_compare_with (TlReviewWindow *self,
                               const char     *path)
{
  g_autoptr(TlReview) other = tl_review_new (self->policies);

  g_return_if_fail (TL_IS_REVIEW_WINDOW (self));

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  self->comparing = g_cancellable_new ();
  tl_review_set_is_glance (other, TRUE);
  tl_review_load_async (other, path, self->comparing, on_other_loaded, g_object_ref (self));
}

/**
 * tl_review_window_choose:
 * @parent: the window it belongs to
 * @func: called once, with a path or %NULL
 * @user_data: for @func
 *
 * Asks for a bundle.
 */
void
tl_review_window_choose (GtkWindow  *parent,
                         TlSaveFunc  func,
                         gpointer    user_data)
{
  static const char * const patterns[] = { "*.twolane", NULL };

  tl_compat_choose_open_path (parent, _("Review a Bundle"), _("Twolane bundles"), patterns, func,
                              user_data);
}
