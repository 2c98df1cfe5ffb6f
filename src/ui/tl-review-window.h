/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-compat.h"
#include "tl-review.h"

G_BEGIN_DECLS

/**
 * TlReviewWindow:
 *
 * A bundle that somebody sent: what it is worth, whose it is, and what is in it, beside policy and
 * beside another bundle. Of one that failed its checks nothing is shown but that.
 *
 * Properties: `review` (TlReview, read-only).
 */
#define TL_TYPE_REVIEW_WINDOW (tl_review_window_get_type ())
G_DECLARE_FINAL_TYPE (TlReviewWindow, tl_review_window, TL, REVIEW_WINDOW, AdwApplicationWindow)

TlReviewWindow *tl_review_window_new          (GtkApplication  *application,
                                               TlPolicyStore   *policies) G_GNUC_WARN_UNUSED_RESULT;
TlReview       *tl_review_window_get_review   (TlReviewWindow  *self);
void            tl_review_window_load         (TlReviewWindow  *self,
                                               const char      *path);
void            tl_review_window_compare_with (TlReviewWindow  *self,
                                               const char      *path);

void            tl_review_window_choose       (GtkWindow       *parent,
                                               TlSaveFunc       func,
                                               gpointer         user_data);

G_END_DECLS
