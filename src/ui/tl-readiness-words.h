/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/*
 * What is said on the pages of the mailbox and of sending: pure functions for <closure>, like those
 * of tl-closures.h. Strings are given.
 */
gboolean tl_mailbox_is_known       (GObject         *object,
                                    TlMailboxReport *report);
char    *tl_mailbox_to_lead        (GObject         *object,
                                    TlMailboxReport *report,
                                    gboolean         testing);
guint    tl_mailbox_to_percent     (GObject         *object,
                                    TlMailboxReport *report);
gboolean tl_mailbox_has_limit      (GObject         *object,
                                    TlMailboxReport *report);
char    *tl_mailbox_to_room        (GObject         *object,
                                    TlMailboxReport *report);
char    *tl_role_to_subtitle       (GObject         *object,
                                    const char      *purpose,
                                    const char      *by_text);
char    *tl_wish_to_subtitle       (GObject         *object,
                                    const char      *purpose,
                                    gboolean         exists,
                                    const char      *from_policy);
char    *tl_folders_to_offer       (GObject         *object,
                                    guint            n_wanted);
char    *tl_folders_to_note        (GObject         *object,
                                    guint            n_wanted,
                                    gboolean         can_create,
                                    gboolean         creating);
gboolean tl_folders_can_be_made    (GObject         *object,
                                    guint            n_wanted,
                                    gboolean         can_create,
                                    gboolean         creating);
char    *tl_ceiling_to_label       (GObject         *object,
                                    guint            ceiling);
char    *tl_day_to_title           (GObject         *object,
                                    guint            day);
char    *tl_preset_to_subtitle     (GObject         *object,
                                    const char      *source,
                                    gboolean         is_edited);
char    *tl_domain_to_offer        (GObject         *object,
                                    const char      *domain,
                                    gboolean         was_checked);
char    *tl_domain_to_description  (GObject         *object,
                                    const char      *domain);
gboolean tl_domain_is_known        (GObject         *object,
                                    TlDomainReport  *report);
char    *tl_topic_to_word          (GObject         *object,
                                    TlStatus         status);
char    *tl_lines_to_text          (GObject         *object,
                                    GStrv            lines);

void     tl_readiness_words_bind   (GtkWidgetClass  *widget_class);

G_END_DECLS
