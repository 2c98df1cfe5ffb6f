/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state that has a picture, and how the window gets there. No name is asked of the network
 * that the states do not need: most are the practice mailbox in this process. */
#include "tl-shots.h"

#include <adwaita.h>

#include "tl-detail-view.h"
#include "tl-finding-card.h"
#include "tl-loop-card.h"
#include "tl-scene-lanes.h"
#include "tl-scene.h"

#define PATIENCE_MS 30000

static gboolean
on_time_passed (gpointer data)
{
  gboolean *passed = data;

  *passed = TRUE;

  return G_SOURCE_REMOVE;
}

/**
 * tl_shots_settle:
 * @ms: milliseconds
 *
 * Lets things happen and be drawn.
 */
void
tl_shots_settle (guint ms)
{
  gboolean passed = FALSE;

  g_timeout_add (ms, on_time_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * tl_shots_find:
 * @widget: where to look
 * @type: what for
 * @skip: how many to pass over, depth first; counts down
 *
 * Returns: (transfer none) (nullable): a widget that is on the screen
 */
GtkWidget *
tl_shots_find (GtkWidget *widget,
               GType      type,
               guint     *skip)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget) && (*skip)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = tl_shots_find (child, type, skip);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static void
wait_for (TlShots    *stage,
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
act (TlShots    *stage,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), action, NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

/**
 * tl_shots_go_to:
 * @self: the window
 * @phase: of a page
 */
void
tl_shots_go_to (TlShots    *self,
                const char *phase)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "wizard.go-to", "s", phase);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
expand_all (TlShots *stage,
            GType    type)
{
  GtkWidget *hit;
  guint skip;

  for (guint i = 0;
       skip = i, (hit = tl_shots_find (GTK_WIDGET (stage->window), type, &skip)) != NULL; i++)
    g_object_set (hit, "expanded", TRUE, NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
practise (TlShots            *stage,
          TlPracticeScenario  scenario)
{
  g_autoptr(GError) error = NULL;

  if (!tl_setup_practise (stage->setup, scenario, &error))
    g_printerr ("practice: %s\n", error->message);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_address (TlShots *stage)
{
}

static void
state_address_bad (TlShots *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@example");
  tl_setup_set_address_text (stage->setup, "ada.example.org");
}

static void
state_address_filled (TlShots *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@example.org");
  tl_setup_set_display_name (stage->setup, "Ada");
}

static void
state_address_practice (TlShots *stage)
{
  expand_all (stage, ADW_TYPE_EXPANDER_ROW);
}

static void
state_servers_nothing (TlShots *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@example.invalid");
  act (stage, "wizard.next");
  wait_for (stage, "discovering", FALSE);
}

static void
state_servers_found (TlShots *stage)
{
  practise (stage, TL_PRACTICE_ALL_WELL);
  act (stage, "wizard.next");
}

static void
state_servers_edit (TlShots *stage)
{
  state_servers_found (stage);
  expand_all (stage, ADW_TYPE_EXPANDER_ROW);
  g_object_set (tl_setup_get_draft (stage->setup, TL_LANE_OUTGOING), "port", 0, NULL);
}

static void
state_servers_provider (TlShots *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@gmail.com");
  act (stage, "wizard.next");
  wait_for (stage, "discovering", FALSE);
}

static void
state_servers_notices (TlShots *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@outlook.com");
  act (stage, "wizard.next");
  wait_for (stage, "discovering", FALSE);
}

static void
show_scene (TlShots      *stage,
            const char   *address,
            TlSceneParts  parts)
{
  tl_scene_show (stage->setup, address, parts);
  act (stage, "wizard.next");
}

static void
expand (TlShots    *stage,
        const char *label)
{
  GtkWidget *hit;
  guint skip;

  for (guint i = 0; skip = i,
       (hit = tl_shots_find (GTK_WIDGET (stage->window), GTK_TYPE_EXPANDER, &skip)) != NULL; i++)
    {
      if (g_str_equal (gtk_expander_get_label (GTK_EXPANDER (hit)), label))
        gtk_expander_set_expanded (GTK_EXPANDER (hit), TRUE);
    }
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

/* The page asks by itself where there is no proposal: it gets one, and asks again. */
static void
state_servers_asking (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_NO_NAME | TL_SCENE_NO_OUTGOING);
  tl_scene_ask (stage->setup);
  expand (stage, "Who is _asked");
}

static void
state_servers_confirm (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_ELSEWHERE);
}

static void
state_servers_settling (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", 0);
  tl_scene_settle (stage->setup, TRUE);
  expand (stage, "Where the servers co_me from");
}

static void
state_servers_also_found (TlShots *stage)
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
state_servers_asked (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_OTHERS);
  expand (stage, "Where the servers co_me from");
}

static void
state_servers_nobody (TlShots *stage)
{
  state_servers_provider (stage);
  expand (stage, "Where the servers co_me from");
}

static void
state_servers_missing (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_NO_OUTGOING);
}

static void
state_servers_gateway (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_GATEWAY);
}

static void
state_servers_conflict (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_CONFLICT | TL_SCENE_OTHERS);
}

static void
state_servers_late (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", 0);
  tl_scene_show (stage->setup, "ada@acme.test", TL_SCENE_CONFLICT | TL_SCENE_OTHERS);
}

static void
state_servers_hints (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_HINTS);
}

static void
state_servers_hostile (TlShots *stage)
{
  show_scene (stage, "ada@acme.test", TL_SCENE_HOSTILE | TL_SCENE_OTHERS);
  expand (stage, "Also _found");
}

static void
state_address_typo (TlShots *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@gmial.com");
}

static void
state_address_idn (TlShots *stage)
{
  tl_setup_set_address_text (stage->setup, "ada@b\xc3\xbc" "cher.test");
}

static void
state_signin_practice (TlShots *stage)
{
  practise (stage, TL_PRACTICE_ALL_WELL);
  tl_shots_go_to (stage, "sign-in");
}

static void
state_signin_plain (TlShots *stage)
{
  state_servers_confirm (stage);
  tl_shots_go_to (stage, "sign-in");
}

static void
run_lanes (TlShots            *stage,
           TlPracticeScenario  scenario)
{
  practise (stage, scenario);
  tl_shots_go_to (stage, "lanes");
  wait_for (stage, "testing", FALSE);
}

static void
state_lanes_running (TlShots *stage)
{
  practise (stage, TL_PRACTICE_PORT_BLOCKED);
  tl_shots_go_to (stage, "lanes");
  tl_shots_settle (1500);
}

static void
state_lanes_green (TlShots *stage)
{
  run_lanes (stage, TL_PRACTICE_ALL_WELL);
}

static void
state_lanes_wrong_password (TlShots *stage)
{
  run_lanes (stage, TL_PRACTICE_WRONG_PASSWORD);
}

static void
state_lanes_app_password (TlShots *stage)
{
  run_lanes (stage, TL_PRACTICE_APP_PASSWORD);
  expand_all (stage, GTK_TYPE_EXPANDER);
}

static void
state_lanes_blocked (TlShots *stage)
{
  run_lanes (stage, TL_PRACTICE_PORT_BLOCKED);
}

static void
state_lanes_certificate (TlShots *stage)
{
  run_lanes (stage, TL_PRACTICE_WRONG_CERTIFICATE);
}

/* Both lanes have a result when their page comes, so that it tests nothing. */
static void
show_lanes (TlShots      *stage,
            TlSceneLanes  lanes)
{
  tl_scene_test (stage->setup, lanes);
  tl_shots_go_to (stage, "lanes");
}

static void
state_lanes_fix_endpoint (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_ENDPOINT);
}

static void
state_lanes_fix_user (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_USER);
}

static void
state_lanes_wait (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_THROTTLED);
}

static void
state_lanes_ports_blocked (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_BLOCKED);
}

static void
state_lanes_banned (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_BANNED);
}

static void
state_lanes_intercepted (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_INTERCEPTED);
}

static void
state_lanes_expires (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_EXPIRES);
}

static void
state_lanes_details (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_GREEN);
  expand (stage, "_Details");
}

static void
state_loop_idle (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_GREEN);
}

static void
state_loop_running (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_GREEN);
  tl_scene_loop (stage->setup, TL_SCENE_LOOP_RUNNING);
}

static void
state_loop_green (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_GREEN);
  tl_scene_loop (stage->setup, TL_SCENE_LOOP_GREEN);
}

static void
state_loop_junk (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_GREEN);
  tl_scene_loop (stage->setup, TL_SCENE_LOOP_JUNK);
}

static void
state_loop_lost (TlShots *stage)
{
  show_lanes (stage, TL_SCENE_LANES_GREEN);
  tl_scene_loop (stage->setup, TL_SCENE_LOOP_LOST);
}

static void
state_hand_over (TlShots *stage)
{
  run_lanes (stage, TL_PRACTICE_ALL_WELL);
  tl_shots_go_to (stage, "hand-over");
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);
}

static void
state_hand_over_saved (TlShots *stage)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "mailbox.twolane", NULL);

  state_hand_over (stage);
  tl_setup_export_async (stage->setup, path, NULL, NULL, NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);
  wait_for (stage, "exporting", FALSE);
}

static void
state_hand_over_failed (TlShots *stage)
{
  state_hand_over (stage);
  tl_setup_export_async (stage->setup, "/proc/none/mailbox.twolane", NULL, NULL, NULL);
  wait_for (stage, "exporting", FALSE);
}

static void
state_hand_over_draft (TlShots *stage)
{
  run_lanes (stage, TL_PRACTICE_WRONG_PASSWORD);
  tl_shots_go_to (stage, "hand-over");
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);
}

const TlShotsState tl_shots_states[] = {
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
  { "lanes-running",        state_lanes_running },
  { "lanes-green",          state_lanes_green },
  { "lanes-wrong-password", state_lanes_wrong_password },
  { "lanes-app-password",   state_lanes_app_password },
  { "lanes-blocked",        state_lanes_blocked },
  { "lanes-certificate",    state_lanes_certificate },
  { "lanes-fix-endpoint",   state_lanes_fix_endpoint, tl_finding_card_get_type },
  { "lanes-fix-user",       state_lanes_fix_user, tl_finding_card_get_type },
  { "lanes-wait",           state_lanes_wait, tl_finding_card_get_type },
  { "lanes-ports-blocked",  state_lanes_ports_blocked, tl_finding_card_get_type },
  { "lanes-banned",         state_lanes_banned, tl_finding_card_get_type },
  { "lanes-intercepted",    state_lanes_intercepted, tl_finding_card_get_type },
  { "lanes-expires",        state_lanes_expires, tl_finding_card_get_type },
  { "lanes-details",        state_lanes_details, tl_detail_view_get_type },
  { "loop-idle",            state_loop_idle, tl_loop_card_get_type },
  { "loop-running",         state_loop_running, tl_loop_card_get_type },
  { "loop-green",           state_loop_green, tl_loop_card_get_type },
  { "loop-junk",            state_loop_junk, tl_loop_card_get_type },
  { "loop-lost",            state_loop_lost, tl_loop_card_get_type },
  { "hand-over",            state_hand_over },
  { "hand-over-saved",      state_hand_over_saved },
  { "hand-over-failed",     state_hand_over_failed },
  { "hand-over-draft",      state_hand_over_draft },
  { NULL },
};

/**
 * tl_shots_start_over:
 * @self: the window
 *
 * Gets back to where every state starts.
 */
void
tl_shots_start_over (TlShots *self)
{
  tl_scene_end_loop (self->setup);
  act (self, "wizard.start-over");
}
