/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-provider.h"
#include "tl-sending-plan.h"

G_BEGIN_DECLS

/**
 * TlWarmUpDay: one day of the plan. Properties: `day` (uint, construct-only, from 1), `messages`
 * (uint, rw; a change is a person's), `ceiling` (uint, ro).
 */
#define TL_TYPE_WARM_UP_DAY (tl_warm_up_day_get_type ())
G_DECLARE_FINAL_TYPE (TlWarmUpDay, tl_warm_up_day, TL, WARM_UP_DAY, GObject)

guint tl_warm_up_day_get_messages (TlWarmUpDay *self);

/**
 * TlSending:
 *
 * What is to be sent from a mailbox, and what is advised. Belongs to a #TlSetup.
 *
 * Properties: `kind` (TlSendingKind, rw), `volume` (uint, rw: messages a day from all mailboxes,
 * 0: nobody said), `n-mailboxes`, `n-domains` (uint, rw, at least 1), `preset` (string, rw: id; an
 * unknown one is refused and changes nothing), `preset-titles` (GStrv, ro), `plan` (TlSendingPlan,
 * ro: never NULL; changes with everything above), `service-title` (string, ro: what is advised,
 * one sentence), `reasons` (GListModel of TlDetail, ro: why as label, on whose word as hint;
 * opinions say so; an empty value), `limits` (GListModel of TlDetail, ro: with source and date),
 * `ceiling` (uint, ro), `ceiling-text` (string, ro: who sets that, one sentence),
 * `ceiling-line` (string, ro: how many a day, and who sets that), `days`
 * (GListModel of TlWarmUpDay, ro), `days-text` (string, ro: the plan in a sentence, for screen
 * readers), `preset-source` (string, ro: whose opinion it is), `is-edited` (bool, ro), `was-asked`
 * (bool, ro: somebody said something: then, and only then, a bundle has the plan).
 */
#define TL_TYPE_SENDING (tl_sending_get_type ())
G_DECLARE_FINAL_TYPE (TlSending, tl_sending, TL, SENDING, GObject)

TlSendingPlan *tl_sending_get_plan     (TlSending       *self);
gboolean       tl_sending_was_asked    (TlSending       *self);
void           tl_sending_confirm      (TlSending       *self);
/* Whose mailbox it is; a set-up says so by itself, `twolanectl plan` by hand. */
void           tl_sending_set_provider (TlSending       *self,
                                        TlProvider      *provider);
GListModel    *tl_sending_get_reasons  (TlSending       *self);
GListModel    *tl_sending_get_limits   (TlSending       *self);
GListModel    *tl_sending_get_days     (TlSending       *self);
gboolean       tl_sending_set_preset   (TlSending       *self,
                                        const char      *id,
                                        GError         **error);
gboolean       tl_sending_set_days     (TlSending       *self,
                                        const guint     *days,
                                        guint            n_days,
                                        GError         **error);
void           tl_sending_reset_days   (TlSending       *self);

G_END_DECLS
