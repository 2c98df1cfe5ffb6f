/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-review.h"

G_BEGIN_DECLS

/*
 * What is said about a bundle that is looked at, and about policies: pure functions for <closure>,
 * like those of tl-closures.h. Strings are given.
 */
char  *tl_review_to_title      (GObject    *object,
                                gboolean    loading,
                                gboolean    accepted,
                                gboolean    own,
                                TlBundle   *bundle,
                                TlFinding  *finding);
char  *tl_review_to_lead       (GObject    *object,
                                gboolean    loading,
                                gboolean    accepted,
                                gboolean    own,
                                TlBundle   *bundle,
                                TlFinding  *finding);
char  *tl_review_to_icon       (GObject    *object,
                                gboolean    loading,
                                gboolean    accepted,
                                TlFinding  *finding);
char **tl_review_to_classes    (GObject    *object,
                                gboolean    loading,
                                gboolean    accepted,
                                TlFinding  *finding);
char  *tl_review_to_window_title (GObject    *object,
                                const char *address);
gboolean tl_review_wants_other (GObject    *object,
                                gboolean    loading,
                                TlBundle   *bundle);
gboolean tl_finding_is_about_draft (GObject *object,
                                TlFinding  *finding);
gboolean tl_bundle_is_set      (GObject    *object,
                                TlBundle   *bundle);
char  *tl_signer_to_subtitle   (GObject    *object,
                                const char *name,
                                gboolean    own,
                                TlBundle   *bundle);
gboolean tl_bundle_is_stranger (GObject    *object,
                                TlBundle   *bundle,
                                gboolean    own);
char  *tl_other_to_title       (GObject    *object,
                                const char *path);

char  *tl_rule_to_wanted       (GObject    *object,
                                const char *rule,
                                const char *wanted);
char  *tl_rule_to_found        (GObject    *object,
                                const char *found,
                                TlVerdict   verdict);
char  *tl_rule_to_source       (GObject        *object,
                                const char     *policy_name,
                                TlPolicyOrigin  origin);
char  *tl_policy_to_title      (GObject    *object,
                                const char *policy_name);
char  *tl_value_to_text        (GObject    *object,
                                const char *value);

/* These are for callers in C. */
char  *tl_rules_to_broken      (GObject    *object,
                                GListModel *rules);
char  *tl_differences_to_title (GObject    *object,
                                guint       n_differences);
char  *tl_load_error_to_text   (GObject      *object,
                                const char   *path,
                                const GError *error);

void   tl_review_words_bind    (GtkWidgetClass *widget_class);

G_END_DECLS
