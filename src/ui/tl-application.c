/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-application.h"

#include <glib/gi18n-lib.h>

#include "tl-compat.h"
#include "tl-preferences-window.h"
#include "tl-preferences.h"
#include "tl-review-window.h"
#include "tl-ui.h"
#include "tl-window.h"

#include "config.h"

struct _TlApplication
{
  AdwApplication parent_instance;

  gboolean       practice;
};

G_DEFINE_FINAL_TYPE (TlApplication, tl_application, ADW_TYPE_APPLICATION)

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  tl_compat_present_about (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
on_preferences (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();

  gtk_window_present (GTK_WINDOW (tl_preferences_window_new (parent, settings)));
}

static void
review (TlApplication *self,
        const char    *path)
{
  TlReviewWindow *window = tl_review_window_new (GTK_APPLICATION (self),
                                                 tl_policy_store_get_default ());

  tl_review_window_load (window, path);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_review (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  review (user_data, g_variant_get_bytestring (parameter));
}

static void
on_bundle_chosen (const char *path,
                  gpointer    data)
{
  g_autoptr(TlApplication) self = data;

  if (path != NULL)
    review (self, path);
}

static void
on_open (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  tl_review_window_choose (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                           on_bundle_chosen, g_object_ref (user_data));
}

static void
on_new_window (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_application_activate (G_APPLICATION (user_data));
}

static void
on_close_window (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    gtk_window_close (window);
}

/* Closes each window in turn, so that each can stop what it does. */
static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  GtkApplication *application = GTK_APPLICATION (user_data);
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (application)) != NULL)
    gtk_window_destroy (window);
  g_application_quit (G_APPLICATION (application));
}

static const GActionEntry actions[] = {
  { .name = "about",        .activate = on_about },
  { .name = "preferences",  .activate = on_preferences },
  { .name = "new-window",   .activate = on_new_window },
  { .name = "open",         .activate = on_open },
  { .name = "review",       .activate = on_review, .parameter_type = "ay" },
  { .name = "close-window", .activate = on_close_window },
  { .name = "quit",         .activate = on_quit },
};

static const struct
{
  const char *action;
  const char *accels[2];
} accels[] = {
  { "app.new-window",        { "<Control>n" } },
  { "app.open",              { "<Control>o" } },
  { "app.preferences",       { "<Control>comma" } },
  { "app.close-window",      { "<Control>w" } },
  { "app.quit",              { "<Control>q" } },
  { "win.show-help-overlay", { "<Control>question" } },
};

static void
tl_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (tl_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           (const char *[]) { accels[i].accels[0], NULL });
  gtk_window_set_default_icon_name (TL_APP_ID);
}

static void
tl_application_activate (GApplication *application)
{
  TlApplication *self = TL_APPLICATION (application);
  TlWindow *window = tl_window_new (GTK_APPLICATION (application));
  g_autoptr(GError) error = NULL;

  gtk_window_present (GTK_WINDOW (window));
  if (!self->practice)
    return;

  if (tl_setup_use_practice_file (tl_window_get_setup (window), &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "wizard.next", NULL);
      return;
    }

  g_debug ("the practice mailbox: %s", error->message);
  gtk_widget_activate_action (GTK_WIDGET (window), "wizard.toast", "s",
                              _("No practice mailbox is running. Start one with “twolanectl "
                                "practice”, or choose “Practise first”."));
}

static void
tl_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        review (TL_APPLICATION (application), path);
    }
}

static int
tl_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  TL_APPLICATION (application)->practice = g_variant_dict_contains (options, "practice");

  return -1;
}

static void
tl_application_class_init (TlApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = tl_application_startup;
  application_class->activate = tl_application_activate;
  application_class->open = tl_application_open;
  application_class->handle_local_options = tl_application_handle_local_options;
}

static void
tl_application_init (TlApplication *self)
{
  const GOptionEntry options[] = {
    { .long_name = "practice",
      .arg = G_OPTION_ARG_NONE,
      .description = N_("Use the practice mailbox that “twolanectl practice” runs") },
    { NULL },
  };

  tl_ui_init ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * tl_application_new:
 *
 * Returns: (transfer full): the application; each start is a process of its
 *   own, because a practice mailbox and a password belong to one
 */
TlApplication *
tl_application_new (void)
{
  return g_object_new (TL_TYPE_APPLICATION,
                       "application-id", TL_APP_ID,
                       "flags", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
