/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others get of a password that is typed or pasted: assistive technology, whoever lists
 * processes, and whoever reads the core of one. The window is a process of its own, this program
 * with the word "window"; keys are pressed on its display. Where it pastes from is another, with
 * the word "owner". Both wipe what they free, as the program that people run does. */
#include <atspi/atspi.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "tl-secret-row.h"
#include "tl-test-canary.h"
#include "tl-test-memory.h"
#include "tl-ui.h"

#define SECRET_LEN 40
#define WAIT_MS    20000
#define POLL_US    10000
#define MAX_DEPTH  30

typedef struct
{
  GPid             pid;
  char            *folder;    /* owned: its working folder */
  char            *secret;    /* owned */
  TlTestCanary    *canary;    /* owned */
  AtspiAccessible *window;    /* owned */
  GString         *heard;     /* owned: all text of all events */
} Listener;

/* The window. */

static void
on_leave (GtkWidget   *button,
          TlSecretRow *row)
{
  g_autoptr(TlSecret) secret = tl_secret_row_steal_secret (row);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (button));

  g_clear_pointer (&secret, tl_secret_unref);
  gtk_window_set_title (window, "left");
}

/* What no program of ours may do: a copy like any other text. */
static void
on_plant (GtkWidget   *button,
          TlSecretRow *row)
{
  g_autoptr(TlSecret) secret = tl_secret_row_steal_secret (row);

  gtk_window_set_title (GTK_WINDOW (gtk_widget_get_root (button)), "planted");
  g_object_set_data_full (G_OBJECT (row), "planted", g_strdup (tl_secret_peek (secret, NULL)), g_free);
}

static void
show_window (void)
{
  GtkWidget *window;
  GtkWidget *box;
  GtkWidget *row;
  GtkWidget *button;

  adw_init ();
  tl_ui_init ();
  window = gtk_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  row = g_object_new (TL_TYPE_SECRET_ROW, "title", "Password", NULL);
  button = gtk_button_new_with_label ("Leave");
  g_signal_connect (button, "clicked", G_CALLBACK (on_leave), row);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), button);
  button = gtk_button_new_with_label ("Plant");
  g_signal_connect (button, "clicked", G_CALLBACK (on_plant), row);
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_title (GTK_WINDOW (window), "typing");
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (row);

  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

/* Where a password is copied from. */

static void
own_clipboard (void)
{
  GdkDisplay *display;

  gtk_init ();
  display = gdk_display_get_default ();
  gdk_clipboard_set_text (gdk_display_get_clipboard (display), g_getenv ("TL_TEST_OWNED"));
  gdk_display_sync (display);
  g_print ("ready\n");

  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

/* Who listens. */

static void
pause_briefly (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_usleep (POLL_US);
}

/* GTK 4.8 says that a toggle button is a push button, later ones that it is not. */
static gboolean
has_role (AtspiAccessible *thing,
          AtspiRole        role)
{
  AtspiRole own = atspi_accessible_get_role (thing, NULL);

  return own == role || (role == ATSPI_ROLE_PUSH_BUTTON && own == ATSPI_ROLE_TOGGLE_BUTTON);
}

static AtspiAccessible *
find (AtspiAccessible *from,
      AtspiRole        role,
      const char      *part,
      int              depth)
{
  g_autofree char *name = atspi_accessible_get_name (from, NULL);
  int n;

  if (has_role (from, role) && name != NULL && strstr (name, part) != NULL)
    return g_object_ref (from);

  n = depth < MAX_DEPTH ? atspi_accessible_get_child_count (from, NULL) : 0;
  for (int i = 0; i < n; i++)
    {
      g_autoptr(GObject) child = (GObject *) atspi_accessible_get_child_at_index (from, i, NULL);
      AtspiAccessible *hit =
        child != NULL ? find ((AtspiAccessible *) child, role, part, depth + 1) : NULL;

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static AtspiAccessible *
wait_for_thing (Listener   *self,
                AtspiRole   role,
                const char *part)
{
  gint64 give_up_us = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  AtspiAccessible *hit = NULL;

  while (hit == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
      hit = find (self->window, role, part, 0);
      pause_briefly ();
    }

  return hit;
}

static char *
read_text (AtspiAccessible *thing)
{
  g_autoptr(GObject) text = (GObject *) atspi_accessible_get_text_iface (thing);

  if (text == NULL)
    return g_strdup ("");

  return atspi_text_get_text ((AtspiText *) text, 0,
                              atspi_text_get_character_count ((AtspiText *) text, NULL), NULL);
}

/* All that the tree says: names, descriptions, texts. */
static void
read_tree (AtspiAccessible *from,
           GString         *out,
           int              depth)
{
  g_autofree char *name = atspi_accessible_get_name (from, NULL);
  g_autofree char *description = atspi_accessible_get_description (from, NULL);
  g_autofree char *text = read_text (from);
  int n = depth < MAX_DEPTH ? atspi_accessible_get_child_count (from, NULL) : 0;

  g_string_append_printf (out, "%s\n%s\n%s\n", name, description, text);
  for (int i = 0; i < n; i++)
    {
      g_autoptr(GObject) child = (GObject *) atspi_accessible_get_child_at_index (from, i, NULL);

      if (child != NULL)
        read_tree ((AtspiAccessible *) child, out, depth + 1);
    }
}

static void
assert_tree_is_silent (Listener *self)
{
  g_autoptr(GString) tree = g_string_new (NULL);

  read_tree (self->window, tree, 0);
  g_assert_nonnull (strstr (tree->str, "Password"));
  g_assert_cmpstr (tl_test_canary_find (self->canary, tree->str, tree->len), ==, NULL);
}

static void
on_event (AtspiEvent *event,
          void       *data)
{
  Listener *self = data;

  if (G_VALUE_HOLDS_STRING (&event->any_data) && g_value_get_string (&event->any_data) != NULL)
    g_string_append (self->heard, g_value_get_string (&event->any_data));
  g_boxed_free (ATSPI_TYPE_EVENT, event);
}

static void
press (Listener   *self,
       const char *part)
{
  g_autoptr(GObject) thing = (GObject *) wait_for_thing (self, ATSPI_ROLE_PUSH_BUTTON, part);
  g_autoptr(GObject) action =
    (GObject *) atspi_accessible_get_action_iface ((AtspiAccessible *) thing);

  g_assert_true (atspi_action_do_action ((AtspiAction *) action, 0, NULL));
}

static gboolean
is_pressed (AtspiAccessible *thing)
{
  g_autoptr(GObject) states = (GObject *) atspi_accessible_get_state_set (thing);

  return atspi_state_set_contains ((AtspiStateSet *) states, ATSPI_STATE_PRESSED) ||
         atspi_state_set_contains ((AtspiStateSet *) states, ATSPI_STATE_CHECKED);
}

/* And a little longer, so that what is shown has been drawn. */
static void
wait_until_pressed (Listener   *self,
                    const char *part)
{
  g_autoptr(GObject) thing = (GObject *) wait_for_thing (self, ATSPI_ROLE_PUSH_BUTTON, part);
  gint64 give_up_us = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!is_pressed ((AtspiAccessible *) thing))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
      pause_briefly ();
    }
  for (guint i = 0; i < 30; i++)
    pause_briefly ();
}

static void
wait_for_title (Listener   *self,
                const char *title)
{
  gint64 give_up_us = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean there = FALSE;

  while (!there)
    {
      g_autofree char *name = atspi_accessible_get_name (self->window, NULL);

      g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
      there = g_strcmp0 (name, title) == 0;
      pause_briefly ();
    }
}

static void
wait_for_window (Listener *self)
{
  gint64 give_up_us = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (self->window == NULL)
    {
      g_autoptr(GObject) desktop = (GObject *) atspi_get_desktop (0);
      int n = atspi_accessible_get_child_count ((AtspiAccessible *) desktop, NULL);

      g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
      for (int i = 0; i < n && self->window == NULL; i++)
        {
          g_autoptr(GObject) child = (GObject *)
            atspi_accessible_get_child_at_index ((AtspiAccessible *) desktop, i, NULL);
          AtspiAccessible *application = (AtspiAccessible *) child;

          if (application != NULL &&
              atspi_accessible_get_process_id (application, NULL) == (guint) self->pid)
            {
              atspi_accessible_set_cache_mask (application, ATSPI_CACHE_NONE);
              self->window = find (application, ATSPI_ROLE_FRAME, "", 0);
            }
        }
      pause_briefly ();
    }
}

/* Until the entry has as many bullets as the secret has letters. */
static void
wait_until_filled (Listener *self)
{
  g_autoptr(GObject) entry =
    (GObject *) wait_for_thing (self, ATSPI_ROLE_PASSWORD_TEXT, "Password");
  gint64 give_up_us = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  glong n_typed = 0;

  while (n_typed < SECRET_LEN)
    {
      g_autofree char *seen = read_text ((AtspiAccessible *) entry);

      g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
      n_typed = g_utf8_strlen (seen, -1);
      pause_briefly ();
    }
  g_assert_cmpint (n_typed, ==, SECRET_LEN);
}

static void
type (Listener *self)
{
  g_object_unref (wait_for_thing (self, ATSPI_ROLE_PASSWORD_TEXT, "Password"));
  for (gsize i = 0; i < SECRET_LEN; i++)
    {
      /* The keysym of a small letter or a digit is its code in ASCII. */
      g_assert_true (atspi_generate_keyboard_event (self->secret[i], NULL, ATSPI_KEY_SYM, NULL));
      pause_briefly ();
    }
  wait_until_filled (self);
}

/* Returns: the process that the secret is copied in, once it is. */
static GPid
copy_elsewhere (Listener   *self,
                const char *program)
{
  const char *command[] = { program, "owner", NULL };
  g_auto(GStrv) environment = g_environ_setenv (g_get_environ (), "TL_TEST_OWNED", self->secret, TRUE);
  g_autoptr(GError) error = NULL;
  char word[6] = "";
  GPid owner;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) command, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                            NULL, &owner, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (out, word, sizeof word), ==, sizeof word);
  close (out);

  return owner;
}

static void
paste (Listener *self)
{
  /* Of the left Control key, on every PC keyboard and on Xvfb’s. */
  const glong control = 37;

  g_object_unref (wait_for_thing (self, ATSPI_ROLE_PASSWORD_TEXT, "Password"));
  g_assert_true (atspi_generate_keyboard_event (control, NULL, ATSPI_KEY_PRESS, NULL));
  pause_briefly ();
  g_assert_true (atspi_generate_keyboard_event ('v', NULL, ATSPI_KEY_SYM, NULL));
  pause_briefly ();
  g_assert_true (atspi_generate_keyboard_event (control, NULL, ATSPI_KEY_RELEASE, NULL));
  wait_until_filled (self);
}

static void
assert_memory (Listener *self,
               gboolean  has_it)
{
  g_autofree char *hit = tl_test_memory_find_in (self->pid, self->secret);

  if (has_it)
    g_assert_nonnull (hit);
  else
    g_assert_cmpstr (hit, ==, NULL);
}

static void
on_child_begun (gpointer data)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CORE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_CORE, &limit);
    }
}

/* A program that has just come or gone is not in the bus's cache yet, or no more: libatspi warns of
 * that, and asks again. */
static gboolean
is_fatal (const char     *domain,
          GLogLevelFlags  level,
          const char     *message,
          gpointer        data)
{
  return g_strcmp0 (domain, "dbind") != 0;
}

static void
listener_start (Listener   *self,
                const char *program)
{
  static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  const char *command[] = { program, "window", NULL };
  g_autoptr(GError) error = NULL;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  self->secret = g_strnfill (SECRET_LEN, '\0');
  for (gsize i = 0; i < SECRET_LEN; i++)
    self->secret[i] = alphabet[g_random_int_range (0, sizeof alphabet - 1)];
  self->canary = tl_test_canary_new (self->secret);
  self->heard = g_string_new (NULL);
  self->folder = g_dir_make_tmp ("twolane-overhear.XXXXXX", &error);
  g_assert_no_error (error);
  g_spawn_async (self->folder, (char **) command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, on_child_begun,
                 NULL, &self->pid, &error);
  g_assert_no_error (error);
  wait_for_window (self);
}

static void
listener_clear (Listener *self)
{
  g_object_unref (self->window);
  g_string_free (self->heard, TRUE);
  tl_test_canary_free (self->canary);
  g_free (self->secret);
  g_free (self->folder);
}

/* Ends the window with a crash, and searches the core if the system writes one here. */
static void
crash (Listener *self)
{
  /* As in memory: of what was freed, the head is written over. */
  g_autoptr(TlTestCanary) canary = tl_test_canary_new (self->secret + TL_TEST_MEMORY_HEAD_LEN);
  g_autoptr(GDir) dir = NULL;
  const char *name;
  int status;

  kill (self->pid, SIGSEGV);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

      g_assert_nonnull (file);
      g_test_message ("a core of %" G_GSIZE_FORMAT " bytes", g_mapped_file_get_length (file));
      g_assert_cmpstr (tl_test_canary_find (canary, g_mapped_file_get_contents (file),
                                            g_mapped_file_get_length (file)), ==, NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
}

static void
test_overhear (gconstpointer program)
{
  Listener self = { 0 };
  AtspiEventListener *events;
  g_autofree char *args = NULL;

  listener_start (&self, program);
  events = atspi_event_listener_new (on_event, &self, NULL);
  atspi_event_listener_register (events, "object:text-changed", NULL);

  type (&self);
  assert_tree_is_silent (&self);
  assert_memory (&self, FALSE);

  press (&self, "Show what was typed");
  wait_until_pressed (&self, "Show what was typed");
  assert_tree_is_silent (&self);
  assert_memory (&self, FALSE);

  press (&self, "Leave");
  wait_for_title (&self, "left");
  assert_tree_is_silent (&self);
  assert_memory (&self, FALSE);
  args = tl_test_memory_find_args (self.pid, self.secret);
  g_assert_cmpstr (args, ==, NULL);

  /* Bullets were heard, and nothing of what was typed. */
  g_assert_cmpuint (self.heard->len, >, 0);
  for (gsize i = 0; i < self.heard->len; i++)
    g_assert_false (g_ascii_isalnum (self.heard->str[i]));

  crash (&self);

  atspi_event_listener_deregister (events, "object:text-changed", NULL);
  g_object_unref (events);
  listener_clear (&self);
}

static void
test_pasted (gconstpointer program)
{
  Listener self = { 0 };
  GPid owner;

  listener_start (&self, program);
  owner = copy_elsewhere (&self, program);

  paste (&self);
  assert_tree_is_silent (&self);

  press (&self, "Leave");
  wait_for_title (&self, "left");
  assert_tree_is_silent (&self);
  assert_memory (&self, FALSE);
  crash (&self);

  kill (owner, SIGKILL);
  waitpid (owner, NULL, 0);
  listener_clear (&self);
}

static void
test_search_finds (gconstpointer program)
{
  Listener self = { 0 };

  g_test_summary ("A copy that is not wiped is found");

  listener_start (&self, program);
  type (&self);
  press (&self, "Plant");
  wait_for_title (&self, "planted");
  g_usleep (100000);
  assert_memory (&self, TRUE);

  kill (self.pid, SIGKILL);
  waitpid (self.pid, NULL, 0);
  g_rmdir (self.folder);
  listener_clear (&self);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (argc > 1 && g_str_equal (argv[1], "window"))
    show_window ();
  if (argc > 1 && g_str_equal (argv[1], "owner"))
    own_clipboard ();

  g_test_init (&argc, &argv, NULL);
  atspi_init ();

  g_test_add_data_func ("/overhear/P9/typed", program, test_overhear);
  g_test_add_data_func ("/overhear/P9/pasted", program, test_pasted);
  g_test_add_data_func ("/overhear/search-finds", program, test_search_finds);

  return g_test_run ();
}
