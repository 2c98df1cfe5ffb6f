/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-finding-card.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-duration.h"
#include "tl-loop-card.h"
#include "tl-note-view.h"
#include "tl-note.h"
#include "tl-page.h"

struct _TlFindingCard
{
  GtkWidget   parent_instance;

  /* Owned */
  TlFinding  *finding;
  gboolean    is_told;       /* of somebody else's mailbox */
  GListStore *remedies;      /* of TlNote */
  GListStore *fixes;         /* of TlFix */

  /* Borrowed */
  TlPage     *page;          /* that it is on, while it is on one */
  const char *best_action;   /* of the first remedy, or NULL; the catalogue's */

  guint       second_id;     /* while a server asks to wait */

  /* Template children, borrowed */
  GtkListBox *remedies_list;
  GtkListBox *fixes_list;
  GtkButton  *retry_button;
  GtkWidget  *password_button;
  GtkWidget  *oauth_button;
  GtkWidget  *device_button;
  GtkWidget  *request_button;
};

enum
{
  PROP_FINDING = 1,
  PROP_ON_PAGE,
  PROP_TOLD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFindingCard, tl_finding_card, GTK_TYPE_WIDGET)

/* Only what can still be done, where that is known. One button stands out: that of the first. */
static void
show_remedies (TlFindingCard *self)
{
  g_auto(GStrv) remedies = NULL;
  const char *action = NULL;

  g_list_store_remove_all (self->remedies);
  self->best_action = NULL;
  if (self->finding == NULL)
    return;

  remedies = self->page == NULL
               ? tl_finding_dup_remedies (self->finding)
               : tl_setup_dup_remedies (tl_page_get_setup (self->page), self->finding, &action);
  for (gsize i = 0; remedies != NULL && remedies[i] != NULL; i++)
    {
      g_autoptr(TlNote) note = tl_note_new (remedies[i], NULL);

      g_list_store_append (self->remedies, note);
    }

  if (self->page != NULL && tl_page_applies_fixes (self->page))
    self->best_action = action;
}

/* Only the page of the lanes can mend one, and only while nothing is under way. */
static void
show_fixes (TlFindingCard *self)
{
  g_autoptr(GPtrArray) fixes = NULL;
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->fixes));

  if (self->page != NULL && self->finding != NULL && tl_page_applies_fixes (self->page))
    fixes = tl_setup_list_fixes (tl_page_get_setup (self->page), self->finding);

  g_list_store_splice (self->fixes, 0, n_old, fixes == NULL ? NULL : fixes->pdata,
                       fixes == NULL ? 0 : fixes->len);
  gtk_widget_set_visible (GTK_WIDGET (self->fixes_list), fixes != NULL && fixes->len > 0);
}

/* A message to oneself has a button of its own to send another. */
static gboolean
has_retry (TlFindingCard *self)
{
  return self->finding != NULL && !self->is_told &&
         (tl_finding_has_action (self->finding, TL_ACTION_RETRY) ||
          tl_finding_has_action (self->finding, TL_ACTION_WAIT)) &&
         gtk_widget_get_ancestor (GTK_WIDGET (self), TL_TYPE_LOOP_CARD) == NULL;
}

/* Not while anything is tested, and not before the server wants to be asked again. Returns whether
 * that is still to come. */
static gboolean
update_retry (TlFindingCard *self)
{
  TlSetup *setup = self->page == NULL ? NULL : tl_page_get_setup (self->page);
  g_autofree char *clock = NULL;
  g_autofree char *label = NULL;
  gboolean testing = FALSE;
  gboolean looping = FALSE;
  guint wait_s = 0;

  if (setup != NULL)
    g_object_get (setup, "testing", &testing, "looping", &looping, NULL);
  if (setup != NULL && self->finding != NULL)
    wait_s = tl_setup_get_wait_s (setup, self->finding);

  clock = tl_duration_dup_clock (wait_s);
  /* Translators: on a button that cannot be pressed yet; %s is a clock that runs down, as 4:59 */
  label = wait_s == 0 ? g_strdup (_("_Try Again")) : g_strdup_printf (_("_Try Again in %s"), clock);
  gtk_button_set_label (self->retry_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), has_retry (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->retry_button), wait_s == 0 && !testing && !looping);

  return wait_s > 0;
}

static gboolean
on_second_passed (gpointer data)
{
  TlFindingCard *self = data;

  if (update_retry (self))
    return G_SOURCE_CONTINUE;
  self->second_id = 0;

  return G_SOURCE_REMOVE;
}

static void
show_retry (TlFindingCard *self)
{
  if (!update_retry (self))
    g_clear_handle_id (&self->second_id, g_source_remove);
  else if (self->second_id == 0)
    self->second_id = g_timeout_add_seconds (1, on_second_passed, self);
}

static void
set_suggested (GtkWidget *button,
               gboolean   suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* What signs in otherwise. On the page that signs in, the ways stand right below. */
static void
show_ways (TlFindingCard *self)
{
  TlSetup *setup = self->page == NULL ? NULL : tl_page_get_setup (self->page);
  gboolean elsewhere = self->page != NULL && !tl_page_signs_in (self->page);
  gboolean takes_oauth = FALSE;
  const struct { GtkWidget *button; TlAction action; gboolean possible; } ways[] = {
    { self->oauth_button,    TL_ACTION_USE_OAUTH,    elsewhere },
    { self->device_button,   TL_ACTION_USE_DEVICE,   elsewhere },
    { self->request_button,  TL_ACTION_SEND_REQUEST, setup != NULL },
    { self->password_button, TL_ACTION_EDIT_PASSWORD, elsewhere },
  };

  if (setup != NULL)
    g_object_get (setup, "takes-oauth", &takes_oauth, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      gboolean possible = ways[i].possible && self->finding != NULL &&
                          tl_finding_has_action (self->finding, ways[i].action);

      if (ways[i].action == TL_ACTION_EDIT_PASSWORD)
        possible = possible || (ways[i].possible && self->finding != NULL &&
                                tl_finding_has_action (self->finding,
                                                       TL_ACTION_OPEN_APP_PASSWORD_PAGE));
      else
        possible = possible && takes_oauth;
      gtk_widget_set_visible (ways[i].button, possible);
      set_suggested (ways[i].button,
                     g_strcmp0 (self->best_action, tl_action_get_nick (ways[i].action)) == 0);
    }
}

static void
on_busy_changed (TlFindingCard *self)
{
  show_retry (self);
  show_remedies (self);
  show_ways (self);
  show_fixes (self);
}

static void
leave_page (TlFindingCard *self)
{
  if (self->page == NULL)
    return;
  g_signal_handlers_disconnect_by_func (tl_page_get_setup (self->page), on_busy_changed, self);
  self->page = NULL;
  g_clear_handle_id (&self->second_id, g_source_remove);
}

static gboolean
on_click_over (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* A test that starts takes the finding away, and the card with it, while its button is still being
 * clicked. GTK 4.8 reads freed memory when a widget outlives what its expressions look at. */
static void
outlive_click (TlFindingCard *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_click_over, g_object_ref (self), g_object_unref);
}

static void
on_fix_clicked (TlFindingCard *self,
                GtkButton     *button)
{
  /* The list lets go of it as soon as the test starts. */
  g_autoptr(TlFix) fix = g_object_ref (g_object_get_data (G_OBJECT (button), "fix"));

  outlive_click (self);
  tl_page_apply_fix (self->page, fix);
}

static GtkWidget *
create_fix (gpointer item,
            gpointer user_data)
{
  TlFindingCard *self = user_data;
  const char *action = tl_action_get_nick (tl_fix_get_action (item));
  GtkWidget *button = gtk_button_new_with_label (tl_fix_get_label (item));
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  /* Names of servers and people may be longer than a narrow window is wide. */
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  if (g_strcmp0 (self->best_action, action) == 0)
    gtk_widget_add_css_class (button, "suggested-action");
  g_object_set_data_full (G_OBJECT (button), "fix", g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_fix_clicked), self,
                           G_CONNECT_SWAPPED);

  return tl_row_new (button);
}

/* Where there is no set-up to tell of. */
static char *
dup_finding_text (TlFinding *finding)
{
  g_autofree char *title = tl_finding_dup_title (finding);
  g_autofree char *explanation = tl_finding_dup_explanation (finding);
  g_auto(GStrv) remedies = tl_finding_dup_remedies (finding);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s (%s)\n%s\n", title, tl_finding_get_id (finding), explanation);
  for (gsize i = 0; remedies != NULL && remedies[i] != NULL; i++)
    g_string_append_printf (text, "- %s\n", remedies[i]);

  return g_string_free (text, FALSE);
}

static void
on_copy_clicked (TlFindingCard *self)
{
  g_autofree char *note = NULL;

  note = self->page == NULL
           ? dup_finding_text (self->finding)
           : tl_setup_dup_note_text (tl_page_get_setup (self->page), self->finding);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), note);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
on_oauth_clicked (TlFindingCard *self)
{
  tl_page_sign_in (self->page, TL_SIGNIN_BY_BROWSER);
}

static void
on_device_clicked (TlFindingCard *self)
{
  tl_page_sign_in (self->page, TL_SIGNIN_BY_DEVICE);
}

static void
on_retry_clicked (TlFindingCard *self)
{
  outlive_click (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "page.retry", "s",
                              tl_lane_kind_get_nick (tl_finding_get_lane (self->finding)));
}

static void
tl_finding_card_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlFindingCard *self = TL_FINDING_CARD (object);

  switch (prop_id)
    {
    case PROP_FINDING:
      g_value_set_object (value, self->finding);
      break;
    case PROP_ON_PAGE:
      g_value_set_boolean (value, self->page != NULL);
      break;
    case PROP_TOLD:
      g_value_set_boolean (value, self->is_told);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_finding_card_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlFindingCard *self = TL_FINDING_CARD (object);

  switch (prop_id)
    {
    case PROP_FINDING:
      if (g_set_object (&self->finding, g_value_get_object (value)))
        {
          show_remedies (self);
          show_ways (self);
          show_retry (self);
          show_fixes (self);
          gtk_widget_set_visible (GTK_WIDGET (self), self->finding != NULL);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_TOLD:
      if (self->is_told == g_value_get_boolean (value))
        return;
      self->is_told = g_value_get_boolean (value);
      show_retry (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_finding_card_root (GtkWidget *widget)
{
  TlFindingCard *self = TL_FINDING_CARD (widget);

  GTK_WIDGET_CLASS (tl_finding_card_parent_class)->root (widget);

  self->page = TL_PAGE (gtk_widget_get_ancestor (widget, TL_TYPE_PAGE));
  if (self->page == NULL)
    return;

  g_signal_connect_object (tl_page_get_setup (self->page), "notify::testing",
                           G_CALLBACK (on_busy_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tl_page_get_setup (self->page), "notify::looping",
                           G_CALLBACK (on_busy_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tl_page_get_setup (self->page), "notify::takes-oauth",
                           G_CALLBACK (on_busy_changed), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ON_PAGE]);
  on_busy_changed (self);
}

static void
tl_finding_card_unroot (GtkWidget *widget)
{
  TlFindingCard *self = TL_FINDING_CARD (widget);

  leave_page (self);

  GTK_WIDGET_CLASS (tl_finding_card_parent_class)->unroot (widget);
}

static void
tl_finding_card_dispose (GObject *object)
{
  TlFindingCard *self = TL_FINDING_CARD (object);

  leave_page (self);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_FINDING_CARD);
  g_clear_object (&self->finding);
  g_clear_object (&self->remedies);
  g_clear_object (&self->fixes);

  G_OBJECT_CLASS (tl_finding_card_parent_class)->dispose (object);
}

static void
tl_finding_card_class_init (TlFindingCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_finding_card_get_property;
  object_class->set_property = tl_finding_card_set_property;
  object_class->dispose = tl_finding_card_dispose;
  widget_class->root = tl_finding_card_root;
  widget_class->unroot = tl_finding_card_unroot;

  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, flags);
  properties[PROP_TOLD] = g_param_spec_boolean ("told", NULL, NULL, FALSE, flags);
  properties[PROP_ON_PAGE] =
    g_param_spec_boolean ("on-page", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-finding-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, remedies_list);
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, fixes_list);
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, retry_button);
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, password_button);
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, oauth_button);
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, device_button);
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, request_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_oauth_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_device_clicked);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  tl_closures_bind (widget_class);
}

static void
tl_finding_card_init (TlFindingCard *self)
{
  self->remedies = g_list_store_new (TL_TYPE_NOTE);
  self->fixes = g_list_store_new (TL_TYPE_FIX);
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_bind_list (self->remedies_list, G_LIST_MODEL (self->remedies), TL_TYPE_NOTE_VIEW, "note");
  gtk_list_box_bind_model (self->fixes_list, G_LIST_MODEL (self->fixes), create_fix, self, NULL);
}
