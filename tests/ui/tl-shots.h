/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-window.h"

G_BEGIN_DECLS

#define TL_SHOTS_SETTLE_MS 120

/**
 * TlShots:
 * @folder: where pictures go
 * @window: what is pictured
 * @setup: what it shows
 *
 * The one window that every picture is taken of.
 */
typedef struct
{
  const char *folder;
  TlWindow   *window;
  TlSetup    *setup;
} TlShots;

/**
 * TlShotsState:
 * @name: of its pictures
 * @enter: gets the window there, from the start
 * @get_shown: (nullable): what is scrolled to, where the page does not do so itself
 * @is_above: the picture is of a window above the main one
 */
typedef struct
{
  const char *name;
  void      (*enter) (TlShots *stage);
  GType     (*get_shown) (void);
  gboolean    is_above;
} TlShotsState;

/* Ended by one without a name. */
extern const TlShotsState tl_shots_states[];
extern const TlShotsState tl_shots_signin_states[];
extern const TlShotsState tl_shots_review_states[];
extern const TlShotsState tl_shots_readiness_states[];

void       tl_shots_go_to      (TlShots    *self,
                                const char *phase);
void       tl_shots_settle     (guint      ms);
GtkWidget *tl_shots_find       (GtkWidget *widget,
                                GType      type,
                                guint     *skip);
void       tl_shots_start_over (TlShots   *self);

G_END_DECLS
