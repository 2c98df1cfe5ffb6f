/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/*
 * What the pages say about discovery: who was asked, what was found and by
 * whom. Pure functions for <closure>, like those of tl-closures.h. All strings
 * and attributes are given.
 */
char          *tl_source_to_label           (GObject           *object,
                                             const char        *source);
char          *tl_source_to_found_by        (GObject           *object,
                                             const char        *source);
gboolean       tl_source_is_told            (GObject           *object,
                                             const char        *source,
                                             const char        *host);
char          *tl_source_status_to_label    (GObject           *object,
                                             TlSourceStatus     status);
char          *tl_source_status_to_icon     (GObject           *object,
                                             TlSourceStatus     status);
gboolean       tl_source_status_is_waiting  (GObject           *object,
                                             TlSourceStatus     status);
char          *tl_word_to_subtitle          (GObject           *object,
                                             const char        *source,
                                             TlTrust            trust);
char          *tl_suggestion_to_question    (GObject           *object,
                                             const char        *suggestion);
char          *tl_suggestion_to_label       (GObject           *object,
                                             const char        *suggestion);
char          *tl_domain_to_forms           (GObject           *object,
                                             const char        *domain);
char          *tl_site_to_display           (GObject           *object,
                                             const char        *site);
char          *tl_settling_to_line          (GObject           *object,
                                             gboolean           settling,
                                             gboolean           asked);
char          *tl_candidate_to_title        (GObject           *object,
                                             TlCandidate       *candidate);
char          *tl_candidate_to_subtitle     (GObject           *object,
                                             TlCandidate       *candidate,
                                             gboolean           in_use);
gboolean       tl_candidate_is_in_use       (GObject           *object,
                                             TlCandidate       *candidate,
                                             const char        *host,
                                             guint              port,
                                             TlSecurity         security);
char          *tl_in_use_to_label           (GObject           *object,
                                             gboolean           in_use);
char          *tl_rejection_to_reason       (GObject           *object,
                                             TlRejectionReason  reason);
PangoAttrList *tl_rejection_to_attributes   (GObject           *object,
                                             TlRejectionReason  reason);
char          *tl_hint_to_title             (GObject           *object,
                                             TlHintKind         kind);
gboolean       tl_hint_is_page              (GObject           *object,
                                             TlHintKind         kind,
                                             const char        *link);
char          *tl_hint_to_caption           (GObject           *object,
                                             TlHintKind         kind,
                                             const char        *source,
                                             const char        *host);
char          *tl_advice_to_caption         (GObject           *object,
                                             const char        *source,
                                             const char        *host);
char          *tl_contact_kind_to_label     (GObject           *object,
                                             TlContactKind      kind);
char          *tl_told_to_sentence          (GObject           *object,
                                             gboolean           send_address,
                                             const char        *site);
char          *tl_site_to_asking            (GObject           *object,
                                             const char        *site);
char          *tl_asking_to_promise         (GObject           *object,
                                             gboolean           missing);

void           tl_discovery_words_bind      (GtkWidgetClass     *widget_class);

G_END_DECLS
