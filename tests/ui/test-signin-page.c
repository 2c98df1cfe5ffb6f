/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that signs in, in every state that a sign-in may be in; what is said of it. */
#include <adwaita.h>
#include <string.h>

#include "tl-client-card.h"
#include "tl-client-window.h"
#include "tl-device-code.h"
#include "tl-finding-card.h"
#include "tl-identity-group.h"
#include "tl-keyring-group.h"
#include "tl-lanes-page.h"
#include "tl-note-view.h"
#include "tl-preferences.h"
#include "tl-request-window.h"
#include "tl-scene-lanes.h"
#include "tl-scene-signin.h"
#include "tl-secret-row.h"
#include "tl-signin-card.h"
#include "tl-signin-choice.h"
#include "tl-signin-fixture.h"
#include "tl-signin-page.h"
#include "tl-signin-private.h"
#include "tl-signin-words.h"
#include "tl-tree.h"
#include "tl-ui.h"
#include "tl-window.h"

#define BULLET "\xe2\x80\xa2"

/* --- Every state ----------------------------------------------------------------------- */

typedef struct
{
  const char    *name;
  TlSceneSignin  scene;
  gboolean       offer;
  gboolean       account;
  gboolean       in_browser;
  gboolean       on_device;
  gboolean       cancel;
  gboolean       done;
  gboolean       client;
  const char    *finding;
  const char    *focus;       /* the label of the button that has it */
} StateCase;

static const StateCase state_cases[] = {
  { "offer",       TL_SCENE_SIGNIN_OFFER, .offer = TRUE, .focus = "Sign In with _Your Browser" },
  { "account",     TL_SCENE_SIGNIN_ACCOUNT, .offer = TRUE, .account = TRUE,
    .focus = "Sign In with _Your Browser" },
  { "preparing",   TL_SCENE_SIGNIN_PREPARING, .cancel = TRUE, .focus = "Ca_ncel" },
  { "in-browser",  TL_SCENE_SIGNIN_BROWSER, .in_browser = TRUE, .cancel = TRUE, .focus = "Ca_ncel" },
  { "turned-away", TL_SCENE_SIGNIN_TURNED_AWAY, .in_browser = TRUE, .cancel = TRUE,
    .focus = "Ca_ncel" },
  { "on-device",   TL_SCENE_SIGNIN_DEVICE, .on_device = TRUE, .cancel = TRUE, .focus = "Ca_ncel" },
  { "finishing",   TL_SCENE_SIGNIN_FINISHING, .cancel = TRUE, .focus = "Ca_ncel" },
  { "done",        TL_SCENE_SIGNIN_DONE, .done = TRUE, .focus = "_Continue" },
  { "denied",      TL_SCENE_SIGNIN_DENIED, .offer = TRUE, .finding = "oauth.denied",
    .focus = "Sign In with _Your Browser" },
  { "O17/timeout", TL_SCENE_SIGNIN_TIMEOUT, .offer = TRUE, .finding = "oauth.timeout",
    .focus = "Sign In with _Your Browser" },
  { "no-client",   TL_SCENE_SIGNIN_NO_CLIENT, .client = TRUE, .focus = "Send This Re_quest to IT…" },
};

static void
test_state (TlSigninFixture *fixture,
            gconstpointer    data)
{
  const StateCase *c = data;
  gboolean waiting = c->cancel;
  GtkWidget *focus;

  tl_scene_sign_in (fixture->setup, c->client ? c->scene : TL_SCENE_SIGNIN_OFFER);
  tl_page_entered (TL_PAGE (fixture->page));
  tl_signin_fixture_draw ();
  tl_scene_sign_in (fixture->setup, c->scene);

  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_CLIENT_CARD) == c->client);
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CARD) == !c->client);
  g_assert_false (tl_signin_fixture_shows (fixture, TL_TYPE_SECRET_ROW));
  g_assert_true (tl_signin_fixture_has_button (fixture, "Sign In with _Your Browser") == c->offer);
  g_assert_true (tl_signin_fixture_has_button (fixture, "Use a Code on Another _Device") == c->offer);
  g_assert_true (tl_signin_fixture_has_button (fixture, "_Use It") == c->account);
  g_assert_true (tl_signin_fixture_has_button (fixture, "Open the Page _Again") == c->in_browser);
  g_assert_true (tl_signin_fixture_has_button (fixture, "Copy _Link") == c->in_browser);
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_DEVICE_CODE) == c->on_device);
  g_assert_true (tl_signin_fixture_has_button (fixture, "Ca_ncel") == c->cancel);
  g_assert_true (tl_signin_fixture_has_button (fixture, "Use Another _Account") == c->done);
  g_assert_cmpstr (tl_signin_fixture_get_finding (fixture), ==, c->finding);
  g_assert_true (tl_page_get_can_advance (TL_PAGE (fixture->page)) == c->done);
  g_assert_true (waiting == (tl_tree_find (fixture->page, GTK_TYPE_SPINNER, 0) != NULL &&
                             tl_tree_is_shown (tl_tree_find (tl_signin_fixture_find (fixture, TL_TYPE_SIGNIN_CARD),
                                                             GTK_TYPE_SPINNER, 0),
                                               fixture->page)));

  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, c->focus);
  tl_signin_fixture_check_mnemonics (fixture);
}

static gboolean
shows_text (TlSigninFixture *fixture,
            const char      *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = tl_tree_find (fixture->page, GTK_TYPE_LABEL, i)) != NULL; i++)
    {
      if (strstr (gtk_label_get_label (GTK_LABEL (label)), text) != NULL &&
          tl_tree_is_shown (label, fixture->page))
        return TRUE;
    }

  return FALSE;
}

static void
test_url (TlSigninFixture *fixture,
          gconstpointer    data)
{
  g_test_summary ("The address of the provider's page is opened and can be copied; it is not shown. "
                  "What is shown is whose page it is");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_OFFER);
  g_assert_true (shows_text (fixture, "https://login.microsoftonline.com/"));
  g_assert_null (fixture->opened);
  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_BROWSER);
  g_assert_cmpstr (fixture->opened, ==, TL_SCENE_URL);
  g_assert_false (shows_text (fixture, "4711"));
  g_assert_true (shows_text (fixture, "login.microsoftonline.com"));
  g_assert_true (shows_text (fixture, "4:59"));
}

static void
on_text_read (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
assert_copies (TlSigninFixture *fixture,
               GtkWidget       *button,
               const char      *text)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->page);
  g_autofree char *read = NULL;

  g_signal_emit_by_name (button, "clicked");
  gdk_clipboard_read_text_async (clipboard, NULL, on_text_read, &read);
  while (read == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (read, ==, text);
}

static void
test_copy (TlSigninFixture *fixture,
           gconstpointer    data)
{
  GtkWidget *code;

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_BROWSER);
  assert_copies (fixture, tl_tree_find_button (fixture->page, "Copy _Link"), TL_SCENE_URL);
  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_DEVICE);
  code = tl_signin_fixture_find (fixture, TL_TYPE_DEVICE_CODE);
  assert_copies (fixture, tl_tree_find (code, GTK_TYPE_BUTTON, 0), TL_SCENE_PLACE);
  assert_copies (fixture, tl_tree_find (code, GTK_TYPE_BUTTON, 1), TL_SCENE_CODE);
}

static void
test_device (TlSigninFixture *fixture,
             gconstpointer    data)
{
  GtkLabel *code;
  GtkLabel *place;

  g_test_summary ("The address is text, in full, and never opened; the code is as it came; whoever "
                  "asks is named");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_DEVICE);
  place = tl_tree_find_label (fixture->page, TL_SCENE_PLACE);
  code = tl_tree_find_label (fixture->page, TL_SCENE_CODE);
  g_assert_nonnull (place);
  g_assert_nonnull (code);
  g_assert_cmpstr (gtk_label_get_text (place), ==, TL_SCENE_PLACE);
  g_assert_cmpstr (gtk_label_get_text (code), ==, TL_SCENE_CODE);
  g_assert_true (gtk_label_get_selectable (place));
  g_assert_true (gtk_label_get_selectable (code));
  g_assert_cmpint (gtk_label_get_ellipsize (place), ==, PANGO_ELLIPSIZE_NONE);
  g_assert_null (fixture->opened);
  g_assert_true (shows_text (fixture, "Never type one that somebody else sent you"));

  g_test_message ("there is nowhere to type a code");
  for (guint i = 0;; i++)
    {
      GtkWidget *entry = tl_tree_find (fixture->page, GTK_TYPE_TEXT, i);

      if (entry == NULL)
        break;
      g_assert_false (tl_tree_is_shown (entry, fixture->page) &&
                      gtk_widget_get_ancestor (entry, TL_TYPE_SIGNIN_CARD) != NULL);
    }

  tl_signin_end (tl_setup_get_signin (fixture->setup), NULL);
  g_assert_null (tl_tree_find_label (fixture->page, TL_SCENE_CODE));
}

static void
test_hostile (TlSigninFixture *fixture,
              gconstpointer    data)
{
  TlSignin *signin = tl_setup_get_signin (fixture->setup);
  GtkLabel *code;

  g_test_summary ("What the provider says is text, whatever it looks like");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_OFFER);
  tl_signin_begin (signin, TL_SIGNIN_BY_DEVICE);
  tl_signin_show_code (signin, "<b>AB</b>", TL_SCENE_PLACE);
  code = tl_tree_find_label (fixture->page, "<b>AB</b>");
  g_assert_nonnull (code);
  g_assert_false (gtk_label_get_use_markup (code));
  tl_signin_succeed (signin, TL_SIGNIN_BY_BROWSER, "<i>ada</i>@acme.test");
  code = tl_tree_find_label (fixture->page, "<i>ada</i>");
  g_assert_nonnull (code);
  g_assert_false (gtk_label_get_use_markup (code));
}

/* --- How ------------------------------------------------------------------------------ */

static void
test_choice (TlSigninFixture *fixture,
             gconstpointer    data)
{
  GtkWidget *choice = tl_signin_fixture_find (fixture, TL_TYPE_SIGNIN_CHOICE);
  GtkWidget *row;

  g_test_summary ("Where the provider takes several ways one is chosen, and what it needs is shown");

  g_assert_false (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CHOICE));
  tl_scene_provide (fixture->setup, "google", TRUE);
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CHOICE));
  g_assert_cmpuint (tl_tree_count_shown (choice, ADW_TYPE_ACTION_ROW), ==, 2);
  g_assert_cmpint (tl_setup_get_auth (fixture->setup), ==, TL_AUTH_OAUTH2);
  g_assert_true (gtk_check_button_get_active (
                   GTK_CHECK_BUTTON (tl_tree_find (choice, GTK_TYPE_CHECK_BUTTON, 0))));
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CARD));

  row = tl_tree_find (choice, ADW_TYPE_ACTION_ROW, 1);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_cmpint (tl_setup_get_auth (fixture->setup), ==, TL_AUTH_APP_PASSWORD);
  g_assert_false (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CARD));
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SECRET_ROW));
  g_assert_cmpuint (tl_tree_count_shown (fixture->page, TL_TYPE_NOTE_VIEW), >, 1);

  tl_setup_set_auth (fixture->setup, TL_AUTH_OAUTH2);
  g_assert_true (gtk_check_button_get_active (
                   GTK_CHECK_BUTTON (tl_tree_find (choice, GTK_TYPE_CHECK_BUTTON, 0))));

  tl_scene_provide (fixture->setup, "microsoft-365", TRUE);
  g_assert_false (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CHOICE));
}

/* --- As whom -------------------------------------------------------------------------- */

/* Folded or not, it is the same letter. */
static void
assert_same_words (const char *a,
                   const char *b)
{
  g_auto(GStrv) a_parts = g_strsplit_set (a, " \n", -1);
  g_auto(GStrv) b_parts = g_strsplit_set (b, " \n", -1);
  g_autofree char *a_words = g_strjoinv ("", a_parts);
  g_autofree char *b_words = g_strjoinv ("", b_parts);

  g_assert_cmpstr (a_words, ==, b_words);
}

static void
test_request (TlSigninFixture *fixture,
              gconstpointer    data)
{
  GtkWidget *window;
  g_autofree char *text = NULL;
  g_autofree char *page = NULL;

  g_test_summary ("All that IT has to know is in one window, to be selected and taken along");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_NO_CLIENT);
  text = tl_setup_dup_request_text (fixture->setup);
  page = tl_setup_dup_request_page (fixture->setup);
  g_assert_nonnull (text);
  g_assert_cmpstr (page, !=, text);
  assert_same_words (page, text);
  gtk_widget_activate_action (fixture->page, "page.send-request", NULL);
  window = tl_signin_fixture_find_above (TL_TYPE_REQUEST_WINDOW);
  g_assert_nonnull (window);
  g_assert_nonnull (tl_tree_find_label (window, page));
  g_assert_true (gtk_label_get_selectable (tl_tree_find_label (window, page)));
  g_assert_nonnull (tl_tree_find_button (window, "_Open in Mail App"));
  g_assert_nonnull (tl_tree_find_button (window, "_Save…"));
  assert_copies (fixture, tl_tree_find_button (window, "_Copy"), text);
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  const char *name;
  const char *id;
  const char *tenant;
  gboolean    is_id_wrong;
  gboolean    is_tenant_wrong;
} ClientCase;

static const ClientCase client_cases[] = {
  { "good",          "11111111-2222-3333-4444-555555555555", "acme.test" },
  { "no-tenant",     "11111111-2222-3333-4444-555555555555", "" },
  { "pasted",        "  11111111-2222-3333-4444-555555555555 ", " acme.test " },
  { "bad-id",        "caf\xc3\xa9", "", .is_id_wrong = TRUE },
  { "bad-id-too",    "caf\xc3\xa9", "acme.test", .is_id_wrong = TRUE },
  { "bad-tenant",    "11111111-2222-3333-4444-555555555555", "our directory",
    .is_tenant_wrong = TRUE },
};

/* Of a provider that gives programs a secret too, as of one that does not. */
typedef struct
{
  const char *name;
  const char *provider;
  const char *secret;     /* what is typed, where there is a row */
  gboolean    has_row;
  gboolean    is_wrong;
} ClientSecretCase;

static const ClientSecretCase client_secret_cases[] = {
  { "none-wanted", "microsoft-365" },
  { "typed",       "google", "c2d3", .has_row = TRUE },
  { "left-out",    "google", NULL, .has_row = TRUE },
  { "wrong",       "google", "caf\xc3\xa9", .has_row = TRUE, .is_wrong = TRUE },
};

static void
test_client_secret (TlSigninFixture *fixture,
                    gconstpointer    data)
{
  const ClientSecretCase *c = data;
  g_autoptr(GtkWidget) window = NULL;
  GtkWidget *row;
  TlOauthClient *client;
  TlSecret *secret;
  gsize len = 0;

  g_test_summary ("A client secret is asked for where the provider wants one, and typed unseen");

  tl_scene_provide (fixture->setup, c->provider, FALSE);
  window = g_object_ref (GTK_WIDGET (tl_client_window_new (GTK_WINDOW (fixture->window),
                                                           fixture->setup)));
  gtk_window_present (GTK_WINDOW (window));
  row = tl_tree_find (window, TL_TYPE_SECRET_ROW, 0);
  g_assert_cmpint (gtk_widget_get_visible (row), ==, c->has_row);
  if (c->secret != NULL)
    tl_signin_fixture_type (row, c->secret);
  gtk_editable_set_text (GTK_EDITABLE (tl_tree_find (window, ADW_TYPE_ENTRY_ROW, 0)), "id");
  g_signal_emit_by_name (tl_tree_find_button (window, "_Use It"), "clicked");
  while (g_main_context_iteration (NULL, FALSE))
    continue;

  client = tl_scene_get_client (fixture->setup);
  g_assert_cmpint (client == NULL, ==, c->is_wrong);
  if (c->is_wrong)
    {
      gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_INVALID,
                                        GTK_ACCESSIBLE_INVALID_TRUE);
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  secret = tl_oauth_client_get_secret (client);
  g_assert_cmpint (secret != NULL, ==, c->secret != NULL);
  if (secret != NULL)
    g_assert_cmpmem (tl_secret_peek (secret, &len), len, c->secret, strlen (c->secret));
}

static void
test_client (TlSigninFixture *fixture,
             gconstpointer    data)
{
  const ClientCase *c = data;
  g_autoptr(GtkWidget) window = NULL;
  GtkWidget *client_row;
  GtkWidget *tenant_row;
  GtkWidget *button;
  gboolean wrong = c->is_id_wrong || c->is_tenant_wrong;

  g_test_summary ("What IT sent is taken, or the field is named that cannot be meant");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_NO_CLIENT);
  tl_page_entered (TL_PAGE (fixture->page));
  g_signal_emit_by_name (tl_tree_find_button (fixture->page, "IT Sent Me a Client _ID…"), "clicked");
  window = g_object_ref (tl_signin_fixture_find_above (TL_TYPE_CLIENT_WINDOW));
  client_row = tl_tree_find (window, ADW_TYPE_ENTRY_ROW, 0);
  tenant_row = tl_tree_find (window, ADW_TYPE_ENTRY_ROW, 1);
  button = tl_tree_find_button (window, "_Use It");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (client_row), c->id);
  gtk_editable_set_text (GTK_EDITABLE (tenant_row), c->tenant);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  while (g_main_context_iteration (NULL, FALSE))
    continue;

  g_assert_true (tl_signin_needs_client (tl_setup_get_signin (fixture->setup)) == wrong);
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_CLIENT_CARD) == wrong);
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CARD) == !wrong);
  if (!wrong)
    return;

  g_assert_true (gtk_widget_has_css_class (client_row, "error") == c->is_id_wrong);
  g_assert_true (gtk_widget_has_css_class (tenant_row, "error") == c->is_tenant_wrong);
  gtk_test_accessible_assert_state (c->is_id_wrong ? client_row : tenant_row,
                                    GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_editable_set_text (GTK_EDITABLE (client_row), "4711");
  g_assert_false (gtk_widget_has_css_class (client_row, "error"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- What is typed -------------------------------------------------------------------- */

static void
test_caught (TlSigninFixture *fixture,
             gconstpointer    data)
{
  GtkWidget *row;

  g_test_summary ("A password that cannot be an app password is not sent; the page stays, says so, "
                  "and sends it when told to");

  tl_scene_provide (fixture->setup, "google", TRUE);
  tl_setup_set_auth (fixture->setup, TL_AUTH_APP_PASSWORD);
  tl_page_entered (TL_PAGE (fixture->page));
  row = tl_signin_fixture_find (fixture, TL_TYPE_SECRET_ROW);
  g_assert_false (tl_page_get_can_advance (TL_PAGE (fixture->page)));
  tl_signin_fixture_type (row, "swordfish");
  g_assert_cmpstr (tl_signin_fixture_get_typed (row), ==, BULLET BULLET BULLET BULLET BULLET BULLET BULLET BULLET BULLET);
  g_assert_true (tl_page_get_can_advance (TL_PAGE (fixture->page)));
  g_assert_false (tl_page_advance (TL_PAGE (fixture->page)));
  g_assert_cmpstr (tl_signin_fixture_get_finding (fixture), ==, "input.not-app-password");
  g_assert_true (tl_signin_fixture_has_button (fixture, "_Use It Anyway"));
  g_assert_cmpstr (tl_signin_fixture_get_typed (row), ==, "");
  g_assert_false (tl_page_advance (TL_PAGE (fixture->page)));
  tl_signin_fixture_check_mnemonics (fixture);

  g_signal_emit_by_name (tl_tree_find_button (fixture->page, "_Use It Anyway"), "clicked");
  g_assert_true (tl_scene_get (fixture->setup, "has-secret"));
  g_assert_false (tl_signin_fixture_has_button (fixture, "_Use It Anyway"));
  g_assert_null (tl_signin_fixture_get_finding (fixture));
  g_assert_true (tl_page_advance (TL_PAGE (fixture->page)));
}

static void
test_right (TlSigninFixture *fixture,
            gconstpointer    data)
{
  g_test_summary ("One that has the form goes on");

  tl_scene_provide (fixture->setup, "google", TRUE);
  tl_setup_set_auth (fixture->setup, TL_AUTH_APP_PASSWORD);
  tl_signin_fixture_type (tl_signin_fixture_find (fixture, TL_TYPE_SECRET_ROW), "abcd efgh ijkl mnop");
  g_assert_true (tl_page_advance (TL_PAGE (fixture->page)));
  g_assert_true (tl_scene_get (fixture->setup, "has-secret"));
  g_assert_null (tl_signin_fixture_get_finding (fixture));
}

/* --- From a finding of another page ------------------------------------------------------ */

typedef struct
{
  const char *name;
  const char *finding;
  const char *provider;
  gboolean    registered;
  gboolean    oauth;
  gboolean    request;
} ActionCase;

static const ActionCase action_cases[] = {
  { "oauth-required", "auth.oauth-required", "microsoft-365", TRUE, .oauth = TRUE,
    .request = TRUE },
  { "no-client", "oauth.no-client", "microsoft-365", FALSE, .oauth = TRUE, .request = TRUE },
  { "not-offered", "connect.refused", "microsoft-365", TRUE },
};

static void
test_actions (TlSigninFixture *fixture,
              gconstpointer    data)
{
  const ActionCase *c = data;
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_LANES_PAGE, "setup", fixture->setup,
                                                     NULL));
  GtkWidget *card = g_object_new (TL_TYPE_FINDING_CARD, NULL);
  GtkWidget *window = gtk_window_new ();
  g_autoptr(TlFinding) finding = tl_finding_new (c->finding, TL_LANE_NONE, NULL);
  GtkListBox *list = GTK_LIST_BOX (tl_tree_find (page, GTK_TYPE_LIST_BOX, 0));

  g_test_summary ("What a finding of the lanes offers can be pressed there, where it can be done");

  tl_scene_provide (fixture->setup, c->provider, c->registered);
  tl_setup_set_auth (fixture->setup, TL_AUTH_OAUTH2);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_list_box_bind_model (list, NULL, NULL, NULL, NULL);
  gtk_list_box_append (list, card);
  g_object_set (card, "finding", finding, NULL);
  g_assert_true ((tl_tree_find_button (card, "Si_gn In on the Provider’s Page") != NULL) == c->oauth);
  g_assert_true ((tl_tree_find_button (card, "Send a Re_quest to IT…") != NULL) == c->request);

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (page);
}

static void
test_starts (void)
{
  g_autoptr(AdwApplication) application = adw_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
  TlWindow *window;
  TlSignin *signin;

  g_test_summary ("A sign-in that another page asks for starts on the page that signs in, and ends "
                  "when that is left");

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = tl_window_new (GTK_APPLICATION (application));
  signin = tl_setup_get_signin (tl_window_get_setup (window));
  tl_scene_provide (tl_window_get_setup (window), "microsoft-365", TRUE);
  g_assert_cmpint (tl_signin_get_state (signin), ==, TL_SIGNIN_IDLE);
  tl_page_sign_in (tl_window_get_page (window), TL_SIGNIN_BY_BROWSER);
  g_assert_true (TL_IS_SIGNIN_PAGE (tl_window_get_page (window)));
  g_assert_cmpint (tl_signin_get_state (signin), !=, TL_SIGNIN_IDLE);
  gtk_widget_activate_action (GTK_WIDGET (window), "wizard.back", NULL);
  while (tl_signin_get_state (signin) != TL_SIGNIN_IDLE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (tl_signin_get_finding (signin));

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

#define ADD(path, func) g_test_add (path, TlSigninFixture, NULL, tl_signin_fixture_set_up, func, tl_signin_fixture_tear_down)
#define ADD_CASES(prefix, cases, func)                                                       \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                           \
    {                                                                                        \
      g_autofree char *path = g_strconcat (prefix, cases[i].name, NULL);                     \
                                                                                             \
      g_test_add (path, TlSigninFixture, &cases[i], tl_signin_fixture_set_up, func, tl_signin_fixture_tear_down);                        \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  ADD_CASES ("/ui/signin-page/state/", state_cases, test_state);
  ADD ("/ui/signin-page/url", test_url);
  ADD ("/ui/signin-page/copy", test_copy);
  ADD ("/ui/signin-page/O15/O16/device", test_device);
  ADD ("/ui/signin-page/hostile", test_hostile);
  ADD ("/ui/signin-page/choice", test_choice);
  ADD ("/ui/signin-page/request", test_request);
  ADD_CASES ("/ui/signin-page/client/", client_cases, test_client);
  ADD_CASES ("/ui/signin-page/client-secret/", client_secret_cases, test_client_secret);
  ADD ("/ui/signin-page/caught", test_caught);
  ADD ("/ui/signin-page/app-password", test_right);
  ADD_CASES ("/ui/signin-page/action/", action_cases, test_actions);
  g_test_add_func ("/ui/signin-page/starts", test_starts);

  return g_test_run ();
}
