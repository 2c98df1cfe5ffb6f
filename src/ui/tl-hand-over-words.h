/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-hand-over.h"

G_BEGIN_DECLS

/*
 * What is said on the page that hands over: pure functions for <closure>, like those of
 * tl-closures.h. Strings are given.
 */
char    *tl_target_to_choice       (GObject       *object,
                                    TlTarget      *target);
char    *tl_target_to_subtitle     (GObject       *object,
                                    TlTargetKind   kind,
                                    gboolean       is_confirmed,
                                    const char    *checked_on);
gboolean tl_target_is_file         (GObject       *object,
                                    TlTarget      *target);
gboolean tl_target_is_sheet        (GObject       *object,
                                    TlTarget      *target);
gboolean tl_target_holds_passwords (GObject       *object,
                                    TlTarget      *target);
char    *tl_target_to_offer        (GObject       *object,
                                    TlTarget      *target);
char    *tl_path_to_saved          (GObject       *object,
                                    const char    *path);
gboolean tl_password_is_sealed     (GObject       *object,
                                    TlPasswordWay  way);
gboolean tl_can_save               (GObject       *object,
                                    gboolean       exporting,
                                    TlPasswordWay  way,
                                    gboolean       can_seal);
char    *tl_recipient_to_title     (GObject       *object,
                                    const char    *name);
char    *tl_recipient_to_subtitle  (GObject       *object,
                                    const char    *name,
                                    gboolean       is_from_policy);
char    *tl_key_to_title           (GObject       *object,
                                    gboolean       is_company,
                                    const char    *name);
char    *tl_key_to_subtitle        (GObject       *object,
                                    gboolean       is_company,
                                    gboolean       is_kept);

void     tl_hand_over_words_bind   (GtkWidgetClass *widget_class);

G_END_DECLS
