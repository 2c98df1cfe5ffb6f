/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-practice.h"

G_BEGIN_DECLS

/**
 * TlPracticeLogin: how the practice mailbox takes a log-in
 */
typedef enum
{
  TL_PRACTICE_LOGIN_TAKEN,
  TL_PRACTICE_LOGIN_WRONG,
  TL_PRACTICE_LOGIN_WANTS_APP_PASSWORD,
  TL_PRACTICE_LOGIN_UNREADABLE,
} TlPracticeLogin;

TlPracticeLogin tl_practice_login_check       (TlPracticeScenario  scenario,
                                               const char         *user,
                                               const char         *password);
TlPracticeLogin tl_practice_login_check_plain (TlPracticeScenario  scenario,
                                               const char         *base64);

G_END_DECLS
