/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/* The page that signs in, in a window of its own, and what tests find on it. */
typedef struct
{
  TlSetup   *setup;
  GtkWidget *page;
  GtkWidget *window;
  char      *opened;     /* the last page that the browser was to show */
} TlSigninFixture;

void tl_signin_fixture_set_up (TlSigninFixture *fixture,
                               gconstpointer    data);
void tl_signin_fixture_tear_down (TlSigninFixture *fixture,
                                  gconstpointer    data);
GtkWidget *tl_signin_fixture_find (TlSigninFixture *fixture,
                                   GType            type);
gboolean tl_signin_fixture_shows (TlSigninFixture *fixture,
                                  GType            type);
gboolean tl_signin_fixture_has_button (TlSigninFixture *fixture,
                                       const char      *label);
const char *tl_signin_fixture_get_finding (TlSigninFixture *fixture);
void tl_signin_fixture_check_mnemonics (TlSigninFixture *fixture);
void tl_signin_fixture_type (GtkWidget  *row,
                             const char *text);
const char *tl_signin_fixture_get_typed (GtkWidget *row);
GtkWidget *tl_signin_fixture_find_row (TlSigninFixture *fixture,
                                       GType            type,
                                       const char      *title);
GtkSwitch *tl_signin_fixture_find_switch (TlSigninFixture *fixture,
                                          const char      *title);
GtkWidget *tl_signin_fixture_find_above (GType type);
void tl_signin_fixture_draw (void);

G_END_DECLS
