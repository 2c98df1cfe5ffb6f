/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-contacts.h"

static void
test_order (void)
{
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_auto(GStrv) dns = NULL;
  g_auto(GStrv) web = NULL;
  g_auto(GStrv) mail = NULL;
  g_autofree char *line = NULL;

  g_test_summary ("Each name once, each kind by itself, in alphabetical order whoever came first");

  tl_contacts_add (contacts, TL_CONTACT_DNS, "b.example");
  tl_contacts_add (contacts, TL_CONTACT_DNS, "a.example");
  tl_contacts_add (contacts, TL_CONTACT_DNS, "b.example");
  tl_contacts_add (contacts, TL_CONTACT_MAIL, "b.example");

  dns = tl_contacts_dup (contacts, TL_CONTACT_DNS);
  web = tl_contacts_dup (contacts, TL_CONTACT_WEB);
  mail = tl_contacts_dup (contacts, TL_CONTACT_MAIL);
  line = g_strjoinv (" ", dns);
  g_assert_cmpstr (line, ==, "a.example b.example");
  g_assert_cmpuint (g_strv_length (web), ==, 0);
  g_assert_cmpuint (g_strv_length (mail), ==, 1);
  g_assert_cmpstr (mail[0], ==, "b.example");
}

static void
test_clean (void)
{
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_auto(GStrv) web = NULL;

  tl_contacts_add (contacts, TL_CONTACT_WEB, "a\033[31mred\n.example");

  web = tl_contacts_dup (contacts, TL_CONTACT_WEB);
  g_assert_cmpstr (web[0], ==, "a\\x1b[31mred\\x0a.example");
}

#define N_THREADS 8
#define N_NAMES   200

static gpointer
write_names (gpointer data)
{
  g_autoptr(TlContacts) contacts = data;

  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u.example", i);
      g_auto(GStrv) so_far = NULL;

      tl_contacts_add (contacts, TL_CONTACT_WEB, name);
      so_far = tl_contacts_dup (contacts, TL_CONTACT_WEB);
      g_assert_cmpuint (g_strv_length (so_far), >, i);
    }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  GThread *threads[N_THREADS];
  g_auto(GStrv) web = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("writer", write_names, tl_contacts_ref (contacts));
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  web = tl_contacts_dup (contacts, TL_CONTACT_WEB);
  g_assert_cmpuint (g_strv_length (web), ==, N_NAMES);
}

static void
test_nicks (void)
{
  static const char * const nicks[TL_CONTACT_N_KINDS] = { "dns", "web", "mail" };
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_CONTACT_KIND);

  g_assert_cmpuint (klass->n_values, ==, TL_CONTACT_N_KINDS);
  for (guint i = 0; i < TL_CONTACT_N_KINDS; i++)
    g_assert_cmpstr (g_enum_get_value (klass, (int) i)->value_nick, ==, nicks[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contacts/order", test_order);
  g_test_add_func ("/contacts/clean", test_clean);
  g_test_add_func ("/contacts/threads", test_threads);
  g_test_add_func ("/contacts/nicks", test_nicks);

  return g_test_run ();
}
