/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tl-shots FOLDER [STATE…]: drives the real window through every page and state, and writes a PNG
 * of each in light and dark at three widths. No name is asked of the network that the states do
 * not need: most are the practice mailbox in this process. */
#include <adwaita.h>

#include "tl-application.h"
#include "tl-preferences-window.h"
#include "tl-preferences.h"
#include "tl-scene.h"
#include "tl-window.h"

#define SETTLE_MS   120
#define PATIENCE_MS 30000

static const struct
{
  int width;
  int height;
} sizes[] = {
  { 1100, 860 },
  { 720, 940 },
  { 360, 720 },
};

typedef struct
{
  const char *folder;
  TlWindow   *window;
  TlSetup    *setup;
} Stage;

static gboolean
on_time_passed (gpointer data)
{
  gboolean *passed = data;

  *passed = TRUE;

  return G_SOURCE_REMOVE;
}

static void
settle (guint ms)
{
  gboolean passed = FALSE;

  g_timeout_add (ms, on_time_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for (Stage      *stage,
          const char *property,
          gboolean    wanted)
{
  gint64 give_up_us = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  gboolean value = !wanted;

  while (g_get_monotonic_time () < give_up_us)
    {
      g_object_get (stage->setup, property, &value, NULL);
      if (value == wanted)
        return;
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }

  g_printerr ("waited in vain for “%s”\n", property);
}

static void
act (Stage      *stage,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), action, NULL);
  settle (SETTLE_MS);
}

static void
go_to (Stage      *stage,
       const char *phase)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "wizard.go-to", "s", phase);
  settle (SETTLE_MS);
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type,
             guint     *skip)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget) && (*skip)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_widget (child, type, skip);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static void
expand_all (Stage *stage,
            GType  type)
{
  GtkWidget *hit;
  guint skip;

  for (guint i = 0; skip = i, (hit = find_widget (GTK_WIDGET (stage->window), type, &skip)) != NULL;
       i++)
    g_object_set (hit, "expanded", TRUE, NULL);
  settle (SETTLE_MS);
}

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
        settle (SETTLE_MS);
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
start_over (Stage *stage)
{
  act (stage, "wizard.start-over");
}

static void
practise (Stage              *stage,
          TlPracticeScenario  scenario)
{
  g_autoptr(GError) error = NULL;

  if (!tl_setup_practise (stage->setup, scenario, &error))
    g_printerr ("practice: %s\n", error->message);
  settle (SETTLE_MS);
}

static void
state_address (Stage *stage)
{
}

static void
state_address_bad (Stage *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@example");
  tl_setup_set_address_text (stage->setup, "ada.example.org");
}

static void
state_address_filled (Stage *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@example.org");
  tl_setup_set_display_name (stage->setup, "Ada");
}

static void
state_address_practice (Stage *stage)
{
  expand_all (stage, ADW_TYPE_EXPANDER_ROW);
}

static void
state_servers_nothing (Stage *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@example.invalid");
  act (stage, "wizard.next");
  wait_for (stage, "discovering", FALSE);
}

static void
state_servers_found (Stage *stage)
{
  practise (stage, TL_PRACTICE_ALL_WELL);
  act (stage, "wizard.next");
}

static void
state_servers_edit (Stage *stage)
{
  state_servers_found (stage);
  expand_all (stage, ADW_TYPE_EXPANDER_ROW);
  g_object_set (tl_setup_get_draft (stage->setup, TL_LANE_OUTGOING), "port", 0, NULL);
}

static void
state_servers_provider (Stage *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@gmail.com");
  act (stage, "wizard.next");
  wait_for (stage, "discovering", FALSE);
}

static void
state_servers_notices (Stage *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@outlook.com");
  act (stage, "wizard.next");
  wait_for (stage, "discovering", FALSE);
}

static void
show_scene (Stage        *stage,
            const char   *address,
            TlSceneParts  parts)
{
  tl_scene_show (stage->setup, address, parts);
  act (stage, "wizard.next");
}

static void
expand (Stage      *stage,
        const char *label)
{
  GtkWidget *hit;
  guint skip;

  for (guint i = 0; skip = i,
       (hit = find_widget (GTK_WIDGET (stage->window), GTK_TYPE_EXPANDER, &skip)) != NULL; i++)
    {
      if (g_str_equal (gtk_expander_get_label (GTK_EXPANDER (hit)), label))
        gtk_expander_set_expanded (GTK_EXPANDER (hit), TRUE);
    }
  settle (SETTLE_MS);
}

/* The page asks by itself where there is no proposal: it gets one, and asks again. */
static void
state_servers_asking (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_NO_NAME | TL_SCENE_NO_OUTGOING);
  tl_scene_ask (stage->setup);
  expand (stage, "Who is _asked");
}

static void
state_servers_confirm (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_ELSEWHERE);
}

static void
state_servers_settling (Stage *stage)
{
  show_scene (stage, "ada@acme.test", 0);
  tl_scene_settle (stage->setup, TRUE);
  expand (stage, "Where the servers co_me from");
}

static void
state_servers_also_found (Stage *stage)
{
  GListModel *candidates = NULL;
  g_autoptr(TlCandidate) other = NULL;

  show_scene (stage, "ada@acme.test", TL_SCENE_OTHERS);
  expand (stage, "Also _found");
  g_object_get (stage->setup, "candidates", &candidates, NULL);
  other = g_list_model_get_item (candidates, 2);
  tl_lane_draft_choose (tl_setup_get_draft (stage->setup, TL_LANE_INCOMING), other);
  g_object_unref (candidates);
}

static void
state_servers_asked (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_OTHERS);
  expand (stage, "Where the servers co_me from");
}

static void
state_servers_nobody (Stage *stage)
{
  state_servers_provider (stage);
  expand (stage, "Where the servers co_me from");
}

static void
state_servers_missing (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_NO_OUTGOING);
}

static void
state_servers_gateway (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_GATEWAY);
}

static void
state_servers_conflict (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_CONFLICT | TL_SCENE_OTHERS);
}

static void
state_servers_late (Stage *stage)
{
  show_scene (stage, "ada@acme.test", 0);
  tl_scene_show (stage->setup, "ada@acme.test", TL_SCENE_CONFLICT | TL_SCENE_OTHERS);
}

static void
state_servers_hints (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_HINTS);
}

static void
state_servers_hostile (Stage *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_HOSTILE | TL_SCENE_OTHERS);
  expand (stage, "Also _found");
}

static void
state_address_typo (Stage *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@gmial.com");
}

static void
state_address_idn (Stage *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@b\xc3\xbc" "cher.test");
}

static void
state_signin_practice (Stage *stage)
{
  practise (stage, TL_PRACTICE_ALL_WELL);
  go_to (stage, "sign-in");
}

static void
state_signin_plain (Stage *stage)
{
  state_servers_confirm (stage);
  go_to (stage, "sign-in");
}

static void
state_signin_app_password (Stage *stage)
{
  state_servers_provider (stage);
  go_to (stage, "sign-in");
}

static void
run_lanes (Stage              *stage,
           TlPracticeScenario  scenario)
{
  practise (stage, scenario);
  go_to (stage, "lanes");
  wait_for (stage, "testing", FALSE);
}

static void
state_lanes_running (Stage *stage)
{
  practise (stage, TL_PRACTICE_PORT_BLOCKED);
  go_to (stage, "lanes");
  settle (1500);
}

static void
state_lanes_green (Stage *stage)
{
  run_lanes (stage, TL_PRACTICE_ALL_WELL);
}

static void
state_lanes_wrong_password (Stage *stage)
{
  run_lanes (stage, TL_PRACTICE_WRONG_PASSWORD);
}

static void
state_lanes_app_password (Stage *stage)
{
  run_lanes (stage, TL_PRACTICE_APP_PASSWORD);
  expand_all (stage, GTK_TYPE_EXPANDER);
}

static void
state_lanes_blocked (Stage *stage)
{
  run_lanes (stage, TL_PRACTICE_PORT_BLOCKED);
}

static void
state_lanes_certificate (Stage *stage)
{
  run_lanes (stage, TL_PRACTICE_WRONG_CERTIFICATE);
}

static void
state_hand_over (Stage *stage)
{
  run_lanes (stage, TL_PRACTICE_ALL_WELL);
  go_to (stage, "hand-over");
  settle (SETTLE_MS * 3);
}

static void
state_hand_over_saved (Stage *stage)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "mailbox.twolane", NULL);

  state_hand_over (stage);
  tl_setup_export_async (stage->setup, path, NULL, NULL, NULL);
  settle (SETTLE_MS * 3);
  wait_for (stage, "exporting", FALSE);
}

static void
state_hand_over_failed (Stage *stage)
{
  state_hand_over (stage);
  tl_setup_export_async (stage->setup, "/proc/none/mailbox.twolane", NULL, NULL, NULL);
  wait_for (stage, "exporting", FALSE);
}

static void
state_hand_over_draft (Stage *stage)
{
  run_lanes (stage, TL_PRACTICE_WRONG_PASSWORD);
  go_to (stage, "hand-over");
  settle (SETTLE_MS * 3);
}

static const struct
{
  const char *name;
  void      (*enter) (Stage *stage);
} states[] = {
  { "address",              state_address },
  { "address-bad",          state_address_bad },
  { "address-typo",         state_address_typo },
  { "address-idn",          state_address_idn },
  { "address-filled",       state_address_filled },
  { "address-practice",     state_address_practice },
  { "servers-asking",       state_servers_asking },
  { "servers-nothing",      state_servers_nothing },
  { "servers-found",        state_servers_found },
  { "servers-edit",         state_servers_edit },
  { "servers-provider",     state_servers_provider },
  { "servers-notices",      state_servers_notices },
  { "servers-confirm",      state_servers_confirm },
  { "servers-nobody",       state_servers_nobody },
  { "servers-settling",     state_servers_settling },
  { "servers-late",         state_servers_late },
  { "servers-also-found",   state_servers_also_found },
  { "servers-asked",        state_servers_asked },
  { "servers-missing",      state_servers_missing },
  { "servers-gateway",      state_servers_gateway },
  { "servers-conflict",     state_servers_conflict },
  { "servers-hints",        state_servers_hints },
  { "servers-hostile",      state_servers_hostile },
  { "sign-in-plain",        state_signin_plain },
  { "sign-in-practice",     state_signin_practice },
  { "sign-in-app-password", state_signin_app_password },
  { "lanes-running",        state_lanes_running },
  { "lanes-green",          state_lanes_green },
  { "lanes-wrong-password", state_lanes_wrong_password },
  { "lanes-app-password",   state_lanes_app_password },
  { "lanes-blocked",        state_lanes_blocked },
  { "lanes-certificate",    state_lanes_certificate },
  { "hand-over",            state_hand_over },
  { "hand-over-saved",      state_hand_over_saved },
  { "hand-over-failed",     state_hand_over_failed },
  { "hand-over-draft",      state_hand_over_draft },
};

static void
shoot (Stage *stage,
       guint  index)
{
  static const struct { const char *name; AdwColorScheme scheme; } schemes[] = {
    { "light", ADW_COLOR_SCHEME_FORCE_LIGHT },
    { "dark",  ADW_COLOR_SCHEME_FORCE_DARK },
  };

  gtk_window_set_default_size (GTK_WINDOW (stage->window), sizes[1].width, sizes[1].height);
  start_over (stage);
  states[index].enter (stage);

  for (gsize s = 0; s < G_N_ELEMENTS (schemes); s++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[s].scheme);
      for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          g_autofree char *name = g_strdup_printf ("%02u-%s-%s-%d.png", index + 1,
                                                   states[index].name, schemes[s].name,
                                                   sizes[i].width);
          g_autofree char *path = g_build_filename (stage->folder, name, NULL);

          gtk_window_set_default_size (GTK_WINDOW (stage->window), sizes[i].width,
                                       sizes[i].height);
          settle (SETTLE_MS);
          save (GTK_WINDOW (stage->window), path);
        }
    }
}

/* Windows above the main one. */
static void
shoot_above (Stage      *stage,
             const char *name)
{
  g_autofree char *path = g_build_filename (stage->folder, name, NULL);
  GListModel *windows = gtk_window_get_toplevels ();

  settle (SETTLE_MS * 2);
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
shoot_about (Stage *stage)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "about", NULL);
  shoot_above (stage, "99-about-dark-720.png");
}

static void
shoot_preferences (Stage *stage)
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
      settle (SETTLE_MS);
      row = find_widget (GTK_WIDGET (window), ADW_TYPE_ENTRY_ROW, &skip);
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
  Stage stage = { NULL };

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
  settle (SETTLE_MS * 3);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (argc == 2 || g_strv_contains ((const char * const *) argv + 2, states[i].name))
        shoot (&stage, i);
    }
  if (argc == 2 || g_strv_contains ((const char * const *) argv + 2, "preferences"))
    shoot_preferences (&stage);
  if (argc == 2 || g_strv_contains ((const char * const *) argv + 2, "about"))
    shoot_about (&stage);

  gtk_window_destroy (GTK_WINDOW (stage.window));

  return 0;
}
