/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tl-shots FOLDER [STATE…]: drives the real window through every page and state, and writes a PNG
 * of each in light and dark at three widths. */
#include "tl-shots.h"

#include <adwaita.h>

#include "tl-application.h"
#include "tl-page-view.h"
#include "tl-preferences-window.h"
#include "tl-preferences.h"
#include "tl-window.h"

/* A window above the main one is no wider. */
#define ABOVE_WIDTH 840

static const struct
{
  int width;
  int height;
} sizes[] = {
  { 1100, 860 },
  { 720, 940 },
  { 360, 720 },
};

static void
save (GtkWindow  *window,
      const char *path)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  /* On a busy machine a new size may take its time to be drawn. */
  for (guint i = 0; node == NULL && i < 20; i++)
    {
      g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();

      if (i > 0)
        tl_shots_settle (TL_SHOTS_SETTLE_MS);
      gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                              gdk_paintable_get_intrinsic_height (paintable));
      node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
    }
  if (node == NULL)
    {
      g_printerr ("there is nothing to see for %s\n", path);
      return;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_printerr ("could not write %s\n", path);
}

static void
scroll_to (TlShots *stage,
           GType    type)
{
  guint skip = 0;
  GtkWidget *widget = tl_shots_find (GTK_WIDGET (stage->window), type, &skip);

  if (widget == NULL)
    return;
  tl_page_view_show_child (TL_PAGE_VIEW (gtk_widget_get_ancestor (widget, TL_TYPE_PAGE_VIEW)),
                           widget);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static GtkWindow *
find_above (TlShots *stage)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != GTK_WINDOW (stage->window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }

  return NULL;
}

static void
shoot (TlShots            *stage,
       const TlShotsState *state,
       guint               number)
{
  static const struct { const char *name; AdwColorScheme scheme; } schemes[] = {
    { "light", ADW_COLOR_SCHEME_FORCE_LIGHT },
    { "dark",  ADW_COLOR_SCHEME_FORCE_DARK },
  };
  int above_width;
  int above_height = -1;

  gtk_window_set_default_size (GTK_WINDOW (stage->window), sizes[1].width, sizes[1].height);
  tl_shots_start_over (stage);
  state->enter (stage);
  if (state->is_above && find_above (stage) != NULL)
    gtk_window_get_default_size (find_above (stage), &above_width, &above_height);

  for (gsize s = 0; s < G_N_ELEMENTS (schemes); s++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[s].scheme);
      for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          g_autofree char *name = g_strdup_printf ("%02u-%s-%s-%d.png", number, state->name,
                                                   schemes[s].name, sizes[i].width);
          g_autofree char *path = g_build_filename (stage->folder, name, NULL);
          GtkWindow *above = state->is_above ? find_above (stage) : NULL;

          if (above != NULL)
            gtk_window_set_default_size (above, MIN (sizes[i].width, ABOVE_WIDTH), above_height);
          else
            gtk_window_set_default_size (GTK_WINDOW (stage->window), sizes[i].width,
                                         sizes[i].height);
          tl_shots_settle (TL_SHOTS_SETTLE_MS);
          if (state->get_shown != NULL)
            scroll_to (stage, state->get_shown ());
          save (above != NULL ? above : GTK_WINDOW (stage->window), path);
        }
    }
  if (state->is_above && find_above (stage) != NULL)
    gtk_window_destroy (find_above (stage));
}

/* Windows above the main one. */
static void
shoot_above (TlShots    *stage,
             const char *name)
{
  g_autofree char *path = g_build_filename (stage->folder, name, NULL);
  GListModel *windows = gtk_window_get_toplevels ();

  tl_shots_settle (TL_SHOTS_SETTLE_MS * 2);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != GTK_WINDOW (stage->window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        {
          save (window, path);
          gtk_window_destroy (window);
        }
    }
}

static void
shoot_about (TlShots *stage)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "about", NULL);
  shoot_above (stage, "99-about-dark-720.png");
}

static void
shoot_preferences (TlShots *stage)
{
  static const struct
  {
    const char     *name;
    AdwColorScheme  scheme;
    gboolean        installed;
    const char     *typed;
  } cases[] = {
    { "98-preferences-light.png",        ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE,  NULL },
    { "98-preferences-refused-dark.png", ADW_COLOR_SCHEME_FORCE_DARK,  TRUE,
      "http://directory.test/" },
    { "98-preferences-none-light.png",   ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, NULL },
  };
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWindow *window = GTK_WINDOW (tl_preferences_window_new (GTK_WINDOW (stage->window),
                                                                 cases[i].installed ? settings
                                                                                    : NULL));
      guint skip = 0;
      GtkWidget *row;

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), cases[i].scheme);
      gtk_window_present (window);
      tl_shots_settle (TL_SHOTS_SETTLE_MS);
      row = tl_shots_find (GTK_WIDGET (window), ADW_TYPE_ENTRY_ROW, &skip);
      if (row != NULL && cases[i].typed != NULL)
        {
          gtk_editable_set_text (GTK_EDITABLE (row), cases[i].typed);
          g_signal_emit_by_name (row, "apply");
        }
      shoot_above (stage, cases[i].name);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(TlApplication) application = NULL;
  g_autoptr(GError) error = NULL;
  const TlShotsState * const lists[] = { tl_shots_states, tl_shots_signin_states,
                                         tl_shots_review_states,
                                         tl_shots_readiness_states };
  TlShots stage = { NULL };
  guint number = 0;

  if (argc < 2)
    {
      g_printerr ("tl-shots FOLDER [STATE…]\n");
      return 64;
    }

  stage.folder = argv[1];
  g_mkdir_with_parents (stage.folder, 0755);
  application = tl_application_new ();
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 70;
    }
  g_application_set_default (G_APPLICATION (application));

  stage.window = tl_window_new (GTK_APPLICATION (application));
  stage.setup = tl_window_get_setup (stage.window);
  gtk_window_present (GTK_WINDOW (stage.window));
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (const TlShotsState *state = lists[i]; state->name != NULL; state++)
        {
          number++;
          if (argc == 2 || g_strv_contains ((const char * const *) argv + 2, state->name))
            shoot (&stage, state, number);
        }
    }
  if (argc == 2 || g_strv_contains ((const char * const *) argv + 2, "preferences"))
    shoot_preferences (&stage);
  if (argc == 2 || g_strv_contains ((const char * const *) argv + 2, "about"))
    shoot_about (&stage);

  gtk_window_destroy (GTK_WINDOW (stage.window));

  return 0;
}
