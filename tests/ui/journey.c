/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journey TWOLANE OUTPUT [ADDRESS [PASSWORD-FILE]]: walks the wizard from the address to the saved
 * bundle as a person with assistive technology does, over the accessibility bus, and prints the
 * path of the bundle. With no address it practises; with no password it signs in by the desktop's
 * browser. Things are found by role and a part of their name; the page in view is known by the name
 * of the window. TL_JOURNEY_WORDS is a file that all is written to that was to be read on the bus
 * after the sign-in and at the end; TL_JOURNEY_AT_END is a command that is run before the program
 * ends, with its process id behind. Exit status 0 when the bundle is there, 1 when something was not as it should
 * be. */
#include <atspi/atspi.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define STEP_MS     20000
#define POLL_US     40000
#define MAX_DEPTH   60

/* Of <X11/keysymdef.h>. */
#define KEY_TAB     0xff09
#define KEY_RETURN  0xff0d
#define KEY_DOWN    0xff54

typedef struct
{
  AtspiAccessible *window;    /* owned */
  char            *password;  /* owned; what nobody may read from the bus */
  gboolean         overheard;
  GString         *words;     /* owned; a line each */
} Journey;

static void
fail (const char *what,
      const char *name)
{
  g_printerr ("journey: %s “%s”\n", what, name);
  exit (1);
}

static gboolean
has_state (AtspiAccessible *thing,
           AtspiStateType   state)
{
  g_autoptr(GObject) states = (GObject *) atspi_accessible_get_state_set (thing);

  return atspi_state_set_contains ((AtspiStateSet *) states, state);
}

/* Depth first; the first thing of @role whose name has @part in it. */
static AtspiAccessible *
find (AtspiAccessible *from,
      AtspiRole        role,
      const char      *part,
      int              depth)
{
  g_autofree char *name = atspi_accessible_get_name (from, NULL);
  int n;

  if (atspi_accessible_get_role (from, NULL) == role && name != NULL && strstr (name, part) != NULL)
    return g_object_ref (from);
  if (depth == MAX_DEPTH)
    return NULL;

  n = atspi_accessible_get_child_count (from, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr(GObject) child = (GObject *) atspi_accessible_get_child_at_index (from, i, NULL);
      AtspiAccessible *hit = NULL;

      if (child != NULL)
        hit = find ((AtspiAccessible *) child, role, part, depth + 1);
      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static void
pause_briefly (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_usleep (POLL_US);
}

static AtspiAccessible *
wait_for_thing (AtspiAccessible *from,
                AtspiRole        role,
                const char      *part)
{
  gint64 give_up_us = g_get_monotonic_time () + STEP_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < give_up_us)
    {
      AtspiAccessible *hit = find (from, role, part, 0);

      if (hit != NULL)
        return hit;
      pause_briefly ();
    }

  fail ("there is no", part);
  return NULL;
}

static void
wait_for_page (Journey    *self,
               const char *title)
{
  gint64 give_up_us = g_get_monotonic_time () + STEP_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < give_up_us)
    {
      g_autofree char *name = atspi_accessible_get_name (self->window, NULL);

      if (name != NULL && strstr (name, title) != NULL)
        return;
      pause_briefly ();
    }

  fail ("the wizard did not come to", title);
}

/* Buttons of pages that were left stay on the bus: the one that can be pressed is the one in view,
 * so any that takes the action will do. */
static void
press (AtspiAccessible *from,
       AtspiRole        role,
       const char      *part)
{
  gint64 give_up_us = g_get_monotonic_time () + STEP_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < give_up_us)
    {
      g_autoptr(GObject) thing = (GObject *) find (from, role, part, 0);

      if (thing != NULL && has_state ((AtspiAccessible *) thing, ATSPI_STATE_SENSITIVE))
        {
          g_autoptr(GObject) action =
            (GObject *) atspi_accessible_get_action_iface ((AtspiAccessible *) thing);

          if (action != NULL && atspi_action_do_action ((AtspiAction *) action, 0, NULL))
            return;
        }
      pause_briefly ();
    }

  fail ("nothing to press called", part);
}

/* Rows have no action on the bus in GTK 4.8. A person without a mouse gets to them by keys, and so
 * does this. */
static void
press_keys (const glong *keys,
            gsize        n_keys)
{
  for (gsize i = 0; i < n_keys; i++)
    {
      if (!atspi_generate_keyboard_event (keys[i], NULL, ATSPI_KEY_SYM, NULL))
        fail ("cannot press a", "key");
      for (guint rest = 0; rest < 5; rest++)
        pause_briefly ();
    }
}

static void
type_into (AtspiAccessible *entry,
           const char      *text)
{
  g_autoptr(GObject) editable = (GObject *) atspi_accessible_get_editable_text_iface (entry);

  if (editable == NULL ||
      !atspi_editable_text_insert_text ((AtspiEditableText *) editable, 0, text,
                                        (int) strlen (text), NULL))
    fail ("cannot type into what was found for", "text");
}

static char *
read_text (AtspiAccessible *entry)
{
  g_autoptr(GObject) text = (GObject *) atspi_accessible_get_text_iface (entry);

  return atspi_text_get_text ((AtspiText *) text, 0,
                              atspi_text_get_character_count ((AtspiText *) text, NULL), NULL);
}

static void
keep (GString *words,
      char    *text)
{
  if (text != NULL)
    g_string_append_printf (words, "%s\n", text);
  g_free (text);
}

/* All that can be read, of what is in view and what is not. */
static void
keep_words (AtspiAccessible *from,
            GString         *words,
            int              depth)
{
  g_autoptr(GObject) text = (GObject *) atspi_accessible_get_text_iface (from);
  int n = depth == MAX_DEPTH ? 0 : atspi_accessible_get_child_count (from, NULL);

  keep (words, atspi_accessible_get_name (from, NULL));
  keep (words, atspi_accessible_get_description (from, NULL));
  if (text != NULL)
    keep (words, read_text (from));
  for (int i = 0; i < n; i++)
    {
      g_autoptr(GObject) child = (GObject *) atspi_accessible_get_child_at_index (from, i, NULL);

      if (child != NULL)
        keep_words ((AtspiAccessible *) child, words, depth + 1);
    }
}

/* Whatever is said on the bus about text that changes must not be the password. */
static void
on_event (AtspiEvent *event,
          void       *data)
{
  Journey *self = data;

  if (self->password != NULL && G_VALUE_HOLDS_STRING (&event->any_data) &&
      g_value_get_string (&event->any_data) != NULL &&
      g_str_equal (g_value_get_string (&event->any_data), self->password))
    self->overheard = TRUE;
  g_boxed_free (ATSPI_TYPE_EVENT, event);
}

static void
type_password (Journey *self)
{
  g_autoptr(GObject) entry =
    (GObject *) wait_for_thing (self->window, ATSPI_ROLE_PASSWORD_TEXT, "assword");
  g_autofree char *seen = NULL;

  type_into ((AtspiAccessible *) entry, self->password);
  pause_briefly ();
  seen = read_text ((AtspiAccessible *) entry);
  if (seen == NULL || g_utf8_strlen (seen, -1) != g_utf8_strlen (self->password, -1))
    fail ("the password was not taken:", "length");
  if (strstr (seen, self->password) != NULL)
    fail ("the bus can read the", "password");
}

static void
save_to (Journey    *self,
         const char *output)
{
  g_autoptr(GObject) owner = (GObject *) atspi_accessible_get_application (self->window, NULL);
  AtspiAccessible *application = (AtspiAccessible *) owner;
  gint64 give_up_us;
  g_autoptr(GObject) entry = NULL;

  press (self->window, ATSPI_ROLE_PUSH_BUTTON, "Save");
  entry = (GObject *) wait_for_thing (application, ATSPI_ROLE_TEXT, "Name");
  {
    g_autoptr(GObject) editable =
      (GObject *) atspi_accessible_get_editable_text_iface ((AtspiAccessible *) entry);

    atspi_editable_text_set_text_contents ((AtspiEditableText *) editable, output, NULL);
  }

  give_up_us = g_get_monotonic_time () + STEP_MS * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < give_up_us)
    {
      int n = atspi_accessible_get_child_count (application, NULL);

      /* The dialog's own Save, not the one of the page behind it. */
      for (int i = 0; i < n; i++)
        {
          g_autoptr(GObject) window =
            (GObject *) atspi_accessible_get_child_at_index (application, i, NULL);
          g_autoptr(GObject) button = NULL;
          g_autoptr(GObject) action = NULL;

          if (window == NULL || (AtspiAccessible *) window == self->window)
            continue;
          button = (GObject *) find ((AtspiAccessible *) window, ATSPI_ROLE_PUSH_BUTTON, "Save", 0);
          if (button != NULL)
            action = (GObject *) atspi_accessible_get_action_iface ((AtspiAccessible *) button);
          if (action != NULL)
            atspi_action_do_action ((AtspiAction *) action, 0, NULL);
        }

      for (guint i = 0; i < 25; i++)
        {
          if (g_file_test (output, G_FILE_TEST_EXISTS))
            return;
          pause_briefly ();
        }
    }

  fail ("nothing was saved as", output);
}

static AtspiAccessible *
wait_for_window (GPid pid)
{
  gint64 give_up_us = g_get_monotonic_time () + STEP_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < give_up_us)
    {
      g_autoptr(GObject) desktop = (GObject *) atspi_get_desktop (0);
      int n = atspi_accessible_get_child_count ((AtspiAccessible *) desktop, NULL);

      for (int i = 0; i < n; i++)
        {
          g_autoptr(GObject) application = (GObject *)
            atspi_accessible_get_child_at_index ((AtspiAccessible *) desktop, i, NULL);

          AtspiAccessible *candidate = (AtspiAccessible *) application;

          if (candidate != NULL &&
              atspi_accessible_get_process_id (candidate, NULL) == (guint) pid)
            {
              AtspiAccessible *window;

              /* What is asked for is how things stand now. */
              atspi_accessible_set_cache_mask (candidate, ATSPI_CACHE_NONE);
              window = find (candidate, ATSPI_ROLE_FRAME, "", 0);
              if (window != NULL)
                return window;
            }
        }
      pause_briefly ();
    }

  fail ("no window of", "twolane");
  return NULL;
}

static void
sign_in (Journey  *self,
         gboolean  by_browser,
         gboolean  practice)
{
  if (by_browser)
    {
      wait_for_page (self, "Sign in at the provider");
      press (self->window, ATSPI_ROLE_PUSH_BUTTON, "Your Browser");
      wait_for_page (self, "You are signed in");
      keep_words (self->window, self->words, 0);
      return;
    }

  wait_for_page (self, "password");
  if (!practice)
    type_password (self);
}

static void
write_words (Journey *self)
{
  const char *path = g_getenv ("TL_JOURNEY_WORDS");
  g_autoptr(GError) error = NULL;

  if (path == NULL)
    return;

  keep_words (self->window, self->words, 0);
  if (!g_file_set_contents (path, self->words->str, (gssize) self->words->len, &error))
    fail ("writing down what was read:", error->message);
}

static void
run_at_end (GPid pid)
{
  const char *command = g_getenv ("TL_JOURNEY_AT_END");
  g_autofree char *line = NULL;
  int status;

  if (command == NULL)
    return;

  line = g_strdup_printf ("%s %d", command, (int) pid);
  if (!g_spawn_command_line_sync (line, NULL, NULL, &status, NULL) || status != 0)
    fail ("not as it should be at the end:", command);
}

int
main (int   argc,
      char *argv[])
{
  const char *program[] = { argc > 1 ? argv[1] : NULL, NULL };
  gboolean practice = argc == 3;
  Journey journey = { .words = g_string_new (NULL) };
  AtspiEventListener *listener;
  g_auto(GStrv) environment = NULL;
  g_autoptr(GError) error = NULL;
  GPid pid;

  if (argc < 3 || argc > 5)
    {
      g_printerr ("journey TWOLANE OUTPUT [ADDRESS [PASSWORD-FILE]]\n");
      return 64;
    }
  if (argc == 5)
    {
      if (!g_file_get_contents (argv[4], &journey.password, NULL, &error))
        fail ("reading the password:", error->message);
      g_strchomp (journey.password);
    }
  else if (practice)
    {
      journey.password = g_strdup ("rehearsal");
    }

  /* One from an earlier run would prove nothing. */
  g_unlink (argv[2]);
  environment = g_environ_setenv (g_get_environ (), "G_DEBUG", "gc-friendly,fatal-warnings", TRUE);
  if (!g_spawn_async (NULL, (char **) program, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                      &error))
    fail ("starting the program:", error->message);

  atspi_init ();
  listener = atspi_event_listener_new (on_event, &journey, NULL);
  atspi_event_listener_register (listener, "object:text-changed", NULL);
  journey.window = wait_for_window (pid);

  wait_for_page (&journey, "Which mailbox");
  if (practice)
    {
      /* From the address past the name to "Practise first", and in it to where all is well. */
      static const glong keys[] = { KEY_TAB, KEY_TAB, KEY_RETURN, KEY_DOWN, KEY_RETURN };

      press_keys (keys, G_N_ELEMENTS (keys));
    }
  else
    {
      g_autoptr(GObject) row = (GObject *) wait_for_thing (journey.window, ATSPI_ROLE_TEXT, "mail");

      type_into ((AtspiAccessible *) row, argv[3]);
      press (journey.window, ATSPI_ROLE_PUSH_BUTTON, "Continue");
    }

  wait_for_page (&journey, "Are these your servers");
  press (journey.window, ATSPI_ROLE_PUSH_BUTTON, "Continue");
  sign_in (&journey, argc == 4, practice);
  press (journey.window, ATSPI_ROLE_PUSH_BUTTON, "Continue");
  wait_for_page (&journey, "Do both lanes work");
  g_object_unref (wait_for_thing (journey.window, ATSPI_ROLE_LABEL, "Yes. Both"));
  if (practice)
    {
      press (journey.window, ATSPI_ROLE_PUSH_BUTTON, "Send Test Message");
      g_object_unref (wait_for_thing (journey.window, ATSPI_ROLE_LABEL, "came back by the other"));
    }
  press (journey.window, ATSPI_ROLE_PUSH_BUTTON, "Continue");
  wait_for_page (&journey, "Which folder is for what");
  press (journey.window, ATSPI_ROLE_PUSH_BUTTON, "Continue");
  wait_for_page (&journey, "How much will you send");
  press (journey.window, ATSPI_ROLE_PUSH_BUTTON, "Continue");
  wait_for_page (&journey, "Ready to hand over");
  save_to (&journey, argv[2]);

  if (journey.overheard)
    fail ("the bus was told the", "password");
  write_words (&journey);
  run_at_end (pid);

  kill (pid, SIGTERM);
  g_spawn_close_pid (pid);
  g_object_unref (listener);
  g_object_unref (journey.window);
  g_free (journey.password);
  g_string_free (journey.words, TRUE);
  g_print ("%s\n", argv[2]);

  return 0;
}
