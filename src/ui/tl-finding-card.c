/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-finding-card.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-note-view.h"
#include "tl-note.h"

struct _TlFindingCard
{
  GtkWidget   parent_instance;

  /* Owned */
  TlFinding  *finding;
  GListStore *remedies;      /* of TlNote */

  /* Template children, borrowed */
  GtkListBox *remedies_list;
};

enum
{
  PROP_FINDING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFindingCard, tl_finding_card, GTK_TYPE_WIDGET)

static void
show_remedies (TlFindingCard *self)
{
  g_auto(GStrv) remedies = NULL;

  g_list_store_remove_all (self->remedies);
  if (self->finding == NULL)
    return;

  remedies = tl_finding_dup_remedies (self->finding);
  for (gsize i = 0; remedies != NULL && remedies[i] != NULL; i++)
    {
      g_autoptr(TlNote) note = tl_note_new (remedies[i], NULL);

      g_list_store_append (self->remedies, note);
    }
}

/**
 * tl_finding_to_note:
 * @finding: a finding
 *
 * Puts a finding into words for somebody who does not have this window.
 *
 * Returns: (transfer full): plain text of several lines
 */
char *
tl_finding_to_note (TlFinding *finding)
{
  g_autoptr(GString) note = g_string_new (NULL);
  g_autofree char *title = tl_finding_dup_title (finding);
  g_autofree char *explanation = tl_finding_dup_explanation (finding);
  g_auto(GStrv) remedies = tl_finding_dup_remedies (finding);
  g_autofree char *server_text = tl_finding_to_server_text (NULL, finding);
  const char *host = tl_evidence_get_string (tl_finding_get_evidence (finding), TL_EVIDENCE_HOST);
  guint port = tl_evidence_get_uint (tl_finding_get_evidence (finding), TL_EVIDENCE_PORT, 0);

  g_string_append_printf (note, "%s\n%s\n", title, explanation);
  for (gsize i = 0; remedies != NULL && remedies[i] != NULL; i++)
    g_string_append_printf (note, "%" G_GSIZE_FORMAT ". %s\n", i + 1, remedies[i]);
  if (host != NULL)
    {
      g_autofree char *place = tl_endpoint_to_title (NULL, host, port);

      /* Translators: %s is a server and its port, like imap.example.org:993 */
      g_string_append_printf (note, _("Server: %s"), place);
      g_string_append_c (note, '\n');
    }
  if (server_text != NULL)
    {
      /* Translators: %s is quoted from a mail server */
      g_string_append_printf (note, _("What the server said: %s"), server_text);
      g_string_append_c (note, '\n');
    }
  g_string_append_printf (note, "[%s]\n", tl_finding_get_id (finding));

  return g_string_free (g_steal_pointer (&note), FALSE);
}

static void
on_copy_clicked (TlFindingCard *self)
{
  g_autofree char *note = tl_finding_to_note (self->finding);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), note);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
on_retry_clicked (TlFindingCard *self)
{
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
          gtk_widget_set_visible (GTK_WIDGET (self), self->finding != NULL);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_finding_card_dispose (GObject *object)
{
  TlFindingCard *self = TL_FINDING_CARD (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_FINDING_CARD);
  g_clear_object (&self->finding);
  g_clear_object (&self->remedies);

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

  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-finding-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFindingCard, remedies_list);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  tl_closures_bind (widget_class);
}

static void
tl_finding_card_init (TlFindingCard *self)
{
  self->remedies = g_list_store_new (TL_TYPE_NOTE);
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_bind_list (self->remedies_list, G_LIST_MODEL (self->remedies), TL_TYPE_NOTE_VIEW, "note");
}
