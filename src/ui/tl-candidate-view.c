/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-candidate-view.h"

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-discovery-words.h"

struct _TlCandidateView
{
  GtkWidget    parent_instance;

  /* Owned */
  TlCandidate *candidate;
  TlLaneDraft *draft;
};

enum
{
  PROP_CANDIDATE = 1,
  PROP_DRAFT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlCandidateView, tl_candidate_view, GTK_TYPE_WIDGET)

static void
on_use_clicked (TlCandidateView *self)
{
  g_autofree char *host = NULL;
  guint port = 0;
  TlSecurity security = TL_SECURITY_NONE;

  g_object_get (self->draft, "host", &host, "port", &port, "security", &security, NULL);
  if (tl_candidate_is_in_use (NULL, self->candidate, host, port, security))
    tl_lane_draft_reset (self->draft);
  else
    tl_lane_draft_choose (self->draft, self->candidate);
}

static void
tl_candidate_view_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlCandidateView *self = TL_CANDIDATE_VIEW (object);

  switch (prop_id)
    {
    case PROP_CANDIDATE:
      g_value_set_object (value, self->candidate);
      break;
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_candidate_view_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlCandidateView *self = TL_CANDIDATE_VIEW (object);

  switch (prop_id)
    {
    case PROP_CANDIDATE:
      if (g_set_object (&self->candidate, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_DRAFT:
      if (g_set_object (&self->draft, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_candidate_view_dispose (GObject *object)
{
  TlCandidateView *self = TL_CANDIDATE_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_CANDIDATE_VIEW);
  g_clear_object (&self->candidate);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (tl_candidate_view_parent_class)->dispose (object);
}

static void
tl_candidate_view_class_init (TlCandidateViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_candidate_view_get_property;
  object_class->set_property = tl_candidate_view_set_property;
  object_class->dispose = tl_candidate_view_dispose;

  properties[PROP_CANDIDATE] =
    g_param_spec_object ("candidate", NULL, NULL, TL_TYPE_CANDIDATE, flags);
  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, TL_TYPE_LANE_DRAFT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-candidate-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
  tl_closures_bind (widget_class);
}

static void
tl_candidate_view_init (TlCandidateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
