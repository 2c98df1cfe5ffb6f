/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-lane-kind.h"

G_BEGIN_DECLS

/*
 * Whatever is called in another way by newer GTK or libadwaita is called here
 * and nowhere else.
 */

/**
 * TlSaveFunc:
 * @path: (nullable): the file that was chosen, or %NULL when nothing was
 * @user_data: what was given
 */
typedef void (*TlSaveFunc) (const char *path,
                            gpointer    user_data);

/**
 * TlAnswerFunc:
 * @yes: whether it was agreed to, or came to pass
 * @user_data: what was given
 */
typedef void (*TlAnswerFunc) (gboolean yes,
                              gpointer user_data);

void tl_compat_confirm          (GtkWindow   *parent,
                                 const char  *question,
                                 const char  *explanation,
                                 const char  *verb,
                                 TlAnswerFunc func,
                                 gpointer     user_data);
void tl_compat_choose_save_path (GtkWindow   *parent,
                                 const char  *title,
                                 const char  *name,
                                 TlSaveFunc   func,
                                 gpointer     user_data);
void tl_compat_choose_open_path (GtkWindow   *parent,
                                 const char  *title,
                                 const char  *kind,
                                 const char * const *patterns,
                                 TlSaveFunc   func,
                                 gpointer     user_data);
void tl_compat_open_uri         (GtkWindow   *parent,
                                 const char  *uri,
                                 TlAnswerFunc func,
                                 gpointer     user_data);
void tl_compat_show_in_folder   (GtkWindow   *parent,
                                 const char  *path);
void tl_compat_present_about    (GtkWindow   *parent);
void tl_compat_get_lane_color   (GtkWidget   *widget,
                                 TlLaneKind   lane,
                                 GdkRGBA     *out_color);
void tl_compat_get_text_color   (GtkWidget   *widget,
                                 GdkRGBA     *out_color);
void tl_compat_dispose_template  (GtkWidget   *widget,
                                  GType        type);

G_END_DECLS
