/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlTestWait:
 * @result: (nullable): what came back, once it has
 *
 * An answer that is waited for on the main context of the test.
 */
typedef struct
{
  GAsyncResult *result;
} TlTestWait;

void      tl_test_wait_ready       (GObject            *object,
                                    GAsyncResult       *result,
                                    gpointer            wait);
void      tl_test_wait_for         (TlTestWait         *wait);
void      tl_test_pass_ms          (guint               ms);

TlSetup  *tl_test_setup_practise   (TlPracticeScenario  scenario) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_test_setup_get        (TlSetup            *setup,
                                    const char         *property);
void      tl_test_setup_run        (TlSetup            *setup,
                                    TlLaneKind          lane);
const char *tl_test_setup_get_primary (TlSetup         *setup,
                                    TlLaneKind          lane);
gboolean  tl_test_model_has        (GListModel         *findings,
                                    const char         *id);

G_END_DECLS
