/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every widget and every page, made and let go. */
#include <adwaita.h>

#include "tl-adaptive-box.h"
#include "tl-address-page.h"
#include "tl-also-found.h"
#include "tl-ask-again.h"
#include "tl-candidate-view.h"
#include "tl-client-card.h"
#include "tl-contacts-view.h"
#include "tl-count-row.h"
#include "tl-detail-group.h"
#include "tl-detail-view.h"
#include "tl-device-code.h"
#include "tl-difference-view.h"
#include "tl-domain-group.h"
#include "tl-domain-view.h"
#include "tl-field-hint.h"
#include "tl-field-view.h"
#include "tl-finding-card.h"
#include "tl-folders-group.h"
#include "tl-handover-page.h"
#include "tl-hint-view.h"
#include "tl-identity-group.h"
#include "tl-keyring-group.h"
#include "tl-lane-card.h"
#include "tl-lane-column.h"
#include "tl-lane-line.h"
#include "tl-lane-strip.h"
#include "tl-lanes-page.h"
#include "tl-loop-card.h"
#include "tl-mailbox-page.h"
#include "tl-note-view.h"
#include "tl-password-group.h"
#include "tl-policy-group.h"
#include "tl-recalled-card.h"
#include "tl-record-view.h"
#include "tl-rejection-view.h"
#include "tl-remark-view.h"
#include "tl-review-lane.h"
#include "tl-role-view.h"
#include "tl-rule-view.h"
#include "tl-secret-row.h"
#include "tl-sending-page.h"
#include "tl-servers-page.h"
#include "tl-setting-view.h"
#include "tl-signature-group.h"
#include "tl-signin-card.h"
#include "tl-signin-choice.h"
#include "tl-signin-page.h"
#include "tl-source-view.h"
#include "tl-stage-view.h"
#include "tl-target-group.h"
#include "tl-target-view.h"
#include "tl-time-axis.h"
#include "tl-ui.h"
#include "tl-volume-group.h"
#include "tl-warm-up-chart.h"
#include "tl-warm-up-group.h"
#include "tl-wish-view.h"
#include "tl-wrap-box.h"

typedef struct
{
  const char *name;
  GType     (*get_type) (void);
} TypeCase;

static const TypeCase widget_cases[] = {
  { "adaptive-box",    tl_adaptive_box_get_type },
  { "also-found",      tl_also_found_get_type },
  { "ask-again",       tl_ask_again_get_type },
  { "candidate-view",  tl_candidate_view_get_type },
  { "client-card",     tl_client_card_get_type },
  { "contacts-view",   tl_contacts_view_get_type },
  { "count-row",       tl_count_row_get_type },
  { "detail-group",    tl_detail_group_get_type },
  { "detail-view",     tl_detail_view_get_type },
  { "device-code",     tl_device_code_get_type },
  { "difference-view", tl_difference_view_get_type },
  { "domain-group",    tl_domain_group_get_type },
  { "domain-view",     tl_domain_view_get_type },
  { "field-hint",      tl_field_hint_get_type },
  { "field-view",      tl_field_view_get_type },
  { "finding-card",    tl_finding_card_get_type },
  { "folders-group",   tl_folders_group_get_type },
  { "hint-view",       tl_hint_view_get_type },
  { "identity-group",  tl_identity_group_get_type },
  { "keyring-group",   tl_keyring_group_get_type },
  { "lane-card",       tl_lane_card_get_type },
  { "lane-column",     tl_lane_column_get_type },
  { "lane-line",       tl_lane_line_get_type },
  { "lane-strip",      tl_lane_strip_get_type },
  { "loop-card",       tl_loop_card_get_type },
  { "note-view",       tl_note_view_get_type },
  { "password-group",  tl_password_group_get_type },
  { "policy-group",    tl_policy_group_get_type },
  { "recalled-card",   tl_recalled_card_get_type },
  { "record-view",     tl_record_view_get_type },
  { "rejection-view",  tl_rejection_view_get_type },
  { "remark-view",     tl_remark_view_get_type },
  { "review-lane",     tl_review_lane_get_type },
  { "role-view",       tl_role_view_get_type },
  { "rule-view",       tl_rule_view_get_type },
  { "secret-row",      tl_secret_row_get_type },
  { "setting-view",    tl_setting_view_get_type },
  { "signature-group", tl_signature_group_get_type },
  { "signin-card",     tl_signin_card_get_type },
  { "signin-choice",   tl_signin_choice_get_type },
  { "source-view",     tl_source_view_get_type },
  { "stage-view",      tl_stage_view_get_type },
  { "target-group",    tl_target_group_get_type },
  { "target-view",     tl_target_view_get_type },
  { "time-axis",       tl_time_axis_get_type },
  { "volume-group",    tl_volume_group_get_type },
  { "warm-up-chart",   tl_warm_up_chart_get_type },
  { "warm-up-group",   tl_warm_up_group_get_type },
  { "wish-view",       tl_wish_view_get_type },
  { "wrap-box",        tl_wrap_box_get_type },
};

static const TypeCase page_cases[] = {
  { "address",   tl_address_page_get_type },
  { "hand-over", tl_handover_page_get_type },
  { "lanes",     tl_lanes_page_get_type },
  { "mailbox",   tl_mailbox_page_get_type },
  { "sending",   tl_sending_page_get_type },
  { "servers",   tl_servers_page_get_type },
  { "sign-in",   tl_signin_page_get_type },
};

static void
test_widget (gconstpointer data)
{
  const TypeCase *c = data;
  GtkWidget *widget;

  g_test_summary ("A widget that is made and let go leaves nothing behind");

  widget = g_object_ref_sink (g_object_new (c->get_type (), NULL));
  g_assert_finalize_object (widget);
}

static void
test_page (gconstpointer data)
{
  const TypeCase *c = data;
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (c->get_type (), "setup", setup, NULL));

  g_assert_true (tl_page_get_setup (TL_PAGE (page)) == setup);
  g_assert_nonnull (tl_page_get_title (TL_PAGE (page)));
  g_assert_false (tl_page_get_can_advance (TL_PAGE (page)));
  g_assert_true (GTK_IS_BUTTON (tl_page_get_next_button (TL_PAGE (page))));

  g_assert_finalize_object (page);
}

static void
test_used_page (gconstpointer data)
{
  const TypeCase *c = data;
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (c->get_type (), "setup", setup, NULL));
  g_autoptr(GError) error = NULL;

  g_test_summary ("A page that has followed its set-up for a while lets go of it all the same");

  tl_setup_set_address_text (setup, "ada@example.org");
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, &error));
  g_assert_no_error (error);
  tl_setup_start_over (setup);

  g_assert_finalize_object (page);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (widget_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/widget/", widget_cases[i].name, NULL);

      g_test_add_data_func (path, &widget_cases[i], test_widget);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (page_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/page/", page_cases[i].name, NULL);

      g_test_add_data_func (path, &page_cases[i], test_page);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (page_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/page/", page_cases[i].name, "/used", NULL);

      g_test_add_data_func (path, &page_cases[i], test_used_page);
    }

  return g_test_run ();
}
