/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of the address says of it before anyone is asked. */
#include "tl-address-page.h"

#include <string.h>

#include "tl-tree.h"
#include "tl-ui.h"

static void
test_suggestion (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_ADDRESS_PAGE, "setup", setup, NULL));
  GtkWidget *row = tl_tree_find (page, ADW_TYPE_ACTION_ROW, 0);
  GtkWidget *button = tl_tree_find (row, GTK_TYPE_BUTTON, 0);
  g_autofree char *typed = NULL;
  gboolean discovering = TRUE;

  g_test_summary ("D01: a likely slip is asked about before anyone is, and one may go on all the "
                  "same");

  g_assert_false (gtk_widget_get_visible (row));
  tl_setup_set_address_text (setup, "Ada.L@gmial.com");
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_nonnull (strstr (gtk_button_get_label (GTK_BUTTON (button)), "gmail.com"));
  g_assert_false (adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (row)));
  g_assert_true (tl_page_get_can_advance (TL_PAGE (page)));
  g_object_get (setup, "discovering", &discovering, NULL);
  g_assert_false (discovering);

  g_signal_emit_by_name (button, "clicked");
  g_object_get (setup, "address-text", &typed, NULL);
  g_assert_cmpstr (typed, ==, "Ada.L@gmail.com");
  g_assert_false (gtk_widget_get_visible (row));

  tl_setup_set_address_text (setup, "ada@gmial.com");
  g_assert_true (gtk_widget_get_visible (row));
  tl_setup_set_address_text (setup, "ada@gmial.co");
  tl_setup_set_address_text (setup, "ada@acme.test");
  g_assert_false (gtk_widget_get_visible (row));

  g_assert_finalize_object (page);
}

static void
test_idn (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_ADDRESS_PAGE, "setup", setup, NULL));
  static const char * const typed[] = { "ada@b\xc3\xbc" "cher.test", "ada@xn--bcher-kva.test" };

  g_test_summary ("D16: a domain that can be written in two ways is shown in both");

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      GtkLabel *forms;

      tl_setup_set_address_text (setup, typed[i]);
      forms = tl_tree_find_label (page, "xn--bcher-kva.test");
      g_assert_nonnull (forms);
      g_assert_nonnull (strstr (gtk_label_get_text (forms), "b\xc3\xbc" "cher.test"));
      g_assert_true (tl_tree_is_shown (GTK_WIDGET (forms), page));
      g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (forms), "caption"));
      tl_setup_set_address_text (setup, "ada@acme.test");
      g_assert_false (tl_tree_is_shown (GTK_WIDGET (forms), page));
    }

  g_assert_finalize_object (page);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  g_test_add_func ("/ui/address/suggestion", test_suggestion);
  g_test_add_func ("/ui/address/idn", test_idn);

  return g_test_run ();
}
