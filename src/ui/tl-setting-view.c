/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setting-view.h"

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-review-words.h"

struct _TlSettingView
{
  GtkWidget  parent_instance;

  /* Owned */
  TlDetail  *detail;
  char      *other;

  gboolean   ruled;
  gboolean   compared;
};

enum
{
  PROP_DETAIL = 1,
  PROP_RULED,
  PROP_COMPARED,
  PROP_OTHER,
  PROP_DIFFERS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSettingView, tl_setting_view, GTK_TYPE_WIDGET)

static void
tl_setting_view_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlSettingView *self = TL_SETTING_VIEW (object);

  switch (prop_id)
    {
    case PROP_DETAIL:
      g_value_set_object (value, self->detail);
      break;
    case PROP_RULED:
      g_value_set_boolean (value, self->ruled);
      break;
    case PROP_COMPARED:
      g_value_set_boolean (value, self->compared);
      break;
    case PROP_OTHER:
      g_value_set_string (value, self->other);
      break;
    case PROP_DIFFERS:
      g_value_set_boolean (value, self->compared && self->detail != NULL &&
                                  g_strcmp0 (tl_detail_get_value (self->detail), self->other) != 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_setting_view_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlSettingView *self = TL_SETTING_VIEW (object);

  switch (prop_id)
    {
    case PROP_DETAIL:
      if (!g_set_object (&self->detail, g_value_get_object (value)))
        return;
      break;
    case PROP_RULED:
      if (self->ruled == g_value_get_boolean (value))
        return;
      self->ruled = g_value_get_boolean (value);
      break;
    case PROP_COMPARED:
      if (self->compared == g_value_get_boolean (value))
        return;
      self->compared = g_value_get_boolean (value);
      break;
    case PROP_OTHER:
      if (g_strcmp0 (self->other, g_value_get_string (value)) == 0)
        return;
      g_free (self->other);
      self->other = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_object_notify_by_pspec (object, pspec);
  g_object_notify_by_pspec (object, properties[PROP_DIFFERS]);
}

static void
tl_setting_view_dispose (GObject *object)
{
  TlSettingView *self = TL_SETTING_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_SETTING_VIEW);
  g_clear_object (&self->detail);

  G_OBJECT_CLASS (tl_setting_view_parent_class)->dispose (object);
}

static void
tl_setting_view_finalize (GObject *object)
{
  g_clear_pointer (&TL_SETTING_VIEW (object)->other, g_free);

  G_OBJECT_CLASS (tl_setting_view_parent_class)->finalize (object);
}

static void
tl_setting_view_class_init (TlSettingViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_setting_view_get_property;
  object_class->set_property = tl_setting_view_set_property;
  object_class->dispose = tl_setting_view_dispose;
  object_class->finalize = tl_setting_view_finalize;

  properties[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, TL_TYPE_DETAIL, flags);
  properties[PROP_RULED] = g_param_spec_boolean ("ruled", NULL, NULL, FALSE, flags);
  properties[PROP_COMPARED] = g_param_spec_boolean ("compared", NULL, NULL, FALSE, flags);
  properties[PROP_OTHER] = g_param_spec_string ("other", NULL, NULL, NULL, flags);
  properties[PROP_DIFFERS] =
    g_param_spec_boolean ("differs", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-setting-view.ui");
  tl_closures_bind (widget_class);
  tl_review_words_bind (widget_class);
}

static void
tl_setting_view_init (TlSettingView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
