/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/* Where compiled-in templates are. */
#define TL_UI_PATH "/io/github/twolane/Twolane/ui/"

/*
 * Pure functions that .ui files name in <closure>: what is shown, worked out
 * from what is. The first argument is the object the expression is evaluated
 * for and is not looked at, except by tl_security_item_to_label(). Strings and
 * boxed values are given to the caller.
 */
void           tl_closures_bind               (GtkWidgetClass     *widget_class);

gboolean       tl_not                         (GObject            *object,
                                               gboolean            value);
gboolean       tl_both                        (GObject            *object,
                                               gboolean            a,
                                               gboolean            b);
gboolean       tl_either                      (GObject            *object,
                                               gboolean            a,
                                               gboolean            b);
gboolean       tl_text_is_set                 (GObject            *object,
                                               const char         *text);
gboolean       tl_uint_is_set                 (GObject            *object,
                                               guint               value);
gboolean       tl_object_is_set               (GObject            *object,
                                               GObject            *other);
char          *tl_number_to_label             (GObject            *object,
                                               guint               number);
PangoAttrList *tl_bold_part                   (GObject            *object,
                                               const char         *text,
                                               const char         *part);

char          *tl_status_to_icon              (GObject            *object,
                                               TlStatus            status);
char         **tl_status_to_classes           (GObject            *object,
                                               TlStatus            status);
gboolean       tl_status_is_known             (GObject            *object,
                                               TlStatus            status);
char          *tl_milliseconds_to_label       (GObject            *object,
                                               guint               ms);
gboolean       tl_status_is_running           (GObject            *object,
                                               TlStatus            status);
char          *tl_stage_to_time               (GObject            *object,
                                               TlStatus            status,
                                               guint               ms,
                                               guint               left_s);
TlFinding     *tl_finding_of_stage            (GObject            *object,
                                               TlFinding          *finding,
                                               TlStage             stage);

char          *tl_source_to_time              (GObject            *object,
                                               TlSourceStatus      status,
                                               guint               ms);

char          *tl_lane_to_title               (GObject            *object,
                                               TlLaneKind          lane);
char          *tl_lane_to_icon                (GObject            *object,
                                               TlLaneKind          lane);
char          *tl_lane_to_why                 (GObject            *object,
                                               TlLaneKind          lane);
char          *tl_stage_to_label              (GObject            *object,
                                               TlStage             stage,
                                               TlLaneKind          lane);
char         **tl_lane_to_classes             (GObject            *object,
                                               TlLaneKind          lane);
char          *tl_endpoint_to_title           (GObject            *object,
                                               const char         *host,
                                               guint               port);
char          *tl_security_item_to_label      (AdwEnumListItem    *item);
char          *tl_settings_to_subtitle        (GObject            *object,
                                               const char         *host,
                                               TlSecurity          security,
                                               const char         *username);
char          *tl_port_to_hint                (GObject            *object,
                                               TlLaneKind          lane,
                                               TlSecurity          security);
char          *tl_verdict_to_text             (GObject            *object,
                                               TlVerdict           verdict,
                                               gboolean            running);
char          *tl_verdict_to_icon             (GObject            *object,
                                               TlVerdict           verdict);
char         **tl_verdict_to_classes          (GObject            *object,
                                               TlVerdict           verdict);

gboolean       tl_finding_is                  (GObject            *object,
                                               TlFinding          *finding,
                                               const char         *id);
TlFinding     *tl_finding_unless              (GObject            *object,
                                               TlFinding          *finding,
                                               gboolean            said);
char          *tl_finding_to_title            (GObject            *object,
                                               TlFinding          *finding);
char          *tl_finding_to_explanation      (GObject            *object,
                                               TlFinding          *finding);
char          *tl_severity_to_icon            (GObject            *object,
                                               TlSeverity          severity);
char         **tl_severity_to_classes         (GObject            *object,
                                               TlSeverity          severity);
char          *tl_severity_to_word            (GObject            *object,
                                               TlSeverity          severity,
                                               TlLaneKind          lane);
char          *tl_finding_to_severity         (GObject            *object,
                                               TlFinding          *finding);
char          *tl_finding_to_icon             (GObject            *object,
                                               TlFinding          *finding);
char         **tl_finding_to_classes          (GObject            *object,
                                               TlFinding          *finding);
char          *tl_finding_to_fixer            (GObject            *object,
                                               TlFinding          *finding);
char          *tl_finding_to_server_text      (GObject            *object,
                                               TlFinding          *finding);
gboolean       tl_finding_offers              (GObject            *object,
                                               TlFinding          *finding,
                                               TlAction            action);

gboolean       tl_finding_is_about_address    (GObject            *object,
                                               TlFinding          *finding);

gboolean       tl_purpose_is_practice         (GObject            *object,
                                               TlPurpose           purpose);
char          *tl_scenario_to_label           (GObject            *object,
                                               TlPracticeScenario  scenario);
char          *tl_scenario_to_explanation     (GObject            *object,
                                               TlPracticeScenario  scenario);
gboolean       tl_auth_is_app_password        (GObject            *object,
                                               TlAuth              auth);
gboolean       tl_auth_is_oauth               (GObject            *object,
                                               TlAuth              auth);

G_END_DECLS
