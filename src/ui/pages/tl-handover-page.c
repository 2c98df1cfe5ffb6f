/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-handover-page.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-finding-card.h"
#include "tl-hand-over-words.h"

struct _TlHandoverPage
{
  TlPage        parent_instance;

  /* Owned */
  GCancellable *cancellable;      /* of what was begun since the page is shown, or NULL */

  /* Template children, borrowed */
  GtkWidget    *export_card;
  GtkListBox   *findings_list;
};

G_DEFINE_FINAL_TYPE (TlHandoverPage, tl_handover_page, TL_TYPE_PAGE)

static void
stop (TlHandoverPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_exported (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(TlHandoverPage) self = data;
  g_autoptr(GError) error = NULL;

  if (tl_setup_export_finish (TL_SETUP (object), result, &error))
    return;

  g_debug ("saving: %s", error->message);
  /* The button that was pressed may be a screen below. */
  if (self->cancellable != NULL && gtk_widget_get_visible (self->export_card))
    gtk_widget_child_focus (self->export_card, GTK_DIR_TAB_FORWARD);
}

static void
on_path_chosen (const char *path,
                gpointer    data)
{
  g_autoptr(TlHandoverPage) self = data;

  /* Not once the page was left with the question still open. */
  if (path != NULL && self->cancellable != NULL)
    tl_setup_export_async (tl_page_get_setup (TL_PAGE (self)), path, self->cancellable,
                           on_exported, g_object_ref (self));
}

static GtkWindow *
get_window (TlHandoverPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
on_show_clicked (TlHandoverPage *self)
{
  g_autofree char *path = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "export-path", &path, NULL);
  tl_compat_show_in_folder (get_window (self), path);
}

static void
on_signer_loaded (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(TlHandoverPage) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_setup_load_signer_finish (TL_SETUP (object), result, &error))
    g_debug ("the signing key: %s", error->message);
}

static void
tl_handover_page_entered (TlPage *page)
{
  TlHandoverPage *self = TL_HANDOVER_PAGE (page);

  stop (self);
  self->cancellable = g_cancellable_new ();
  tl_setup_load_signer_async (tl_page_get_setup (page), self->cancellable, on_signer_loaded,
                              g_object_ref (self));
  gtk_widget_grab_focus (tl_page_get_next_button (page));
}

static void
tl_handover_page_left (TlPage *page)
{
  stop (TL_HANDOVER_PAGE (page));
}

static gboolean
tl_handover_page_advance (TlPage *page)
{
  g_autofree char *name = tl_setup_dup_file_name (tl_page_get_setup (page));

  /* Translators: title of the dialog that asks where to save the file */
  tl_compat_choose_save_path (get_window (TL_HANDOVER_PAGE (page)), _("Save the Set-Up"), name,
                              on_path_chosen, g_object_ref (page));

  return FALSE;
}

/* What could not be saved is saved elsewhere; everything else is about the lanes. */
static void
tl_handover_page_retry (TlPage     *page,
                        TlLaneKind  lane)
{
  if (tl_setup_get_export_finding (tl_page_get_setup (page)) != NULL)
    tl_handover_page_advance (page);
  else
    gtk_widget_activate_action (GTK_WIDGET (page), "wizard.test-again", NULL);
}

static void
tl_handover_page_constructed (GObject *object)
{
  TlHandoverPage *self = TL_HANDOVER_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));

  G_OBJECT_CLASS (tl_handover_page_parent_class)->constructed (object);

  tl_bind_list (self->findings_list, tl_setup_get_hand_over_findings (setup),
                TL_TYPE_FINDING_CARD, "finding");
}

static void
tl_handover_page_dispose (GObject *object)
{
  stop (TL_HANDOVER_PAGE (object));
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_HANDOVER_PAGE);

  G_OBJECT_CLASS (tl_handover_page_parent_class)->dispose (object);
}

static void
tl_handover_page_class_init (TlHandoverPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlPageClass *page_class = TL_PAGE_CLASS (klass);

  object_class->constructed = tl_handover_page_constructed;
  object_class->dispose = tl_handover_page_dispose;
  page_class->entered = tl_handover_page_entered;
  page_class->left = tl_handover_page_left;
  page_class->advance = tl_handover_page_advance;
  page_class->retry = tl_handover_page_retry;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-handover-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_show_clicked);
  gtk_widget_class_bind_template_child (widget_class, TlHandoverPage, export_card);
  gtk_widget_class_bind_template_child (widget_class, TlHandoverPage, findings_list);
  tl_closures_bind (widget_class);
  tl_hand_over_words_bind (widget_class);
}

static void
tl_handover_page_init (TlHandoverPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
