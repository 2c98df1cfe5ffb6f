/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"

G_BEGIN_DECLS

/**
 * TlGreetingKind: what kind of service speaks like this
 */
typedef enum
{
  TL_GREETING_UNKNOWN,
  TL_GREETING_IMAP,
  TL_GREETING_SMTP,
  TL_GREETING_POP3,
  TL_GREETING_HTTP,
  TL_GREETING_SSH,
  TL_GREETING_TLS,
} TlGreetingKind;

TlGreetingKind  tl_greeting_recognize (const char      *line);
TlFault        *tl_greeting_to_fault  (const char      *line,
                                       TlGreetingKind   wanted) G_GNUC_WARN_UNUSED_RESULT;
TlFault        *tl_greeting_restate   (const TlFault   *fault,
                                       const char      *pending) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
