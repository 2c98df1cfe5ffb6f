/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-around.h"

G_BEGIN_DECLS

/**
 * TlSurveyPlace:
 * @prefix: (nullable): what the names of personal folders begin with, UTF-8
 * @delimiter: what parts of names are told apart by, 0 when names are flat
 *
 * How a server names folders.
 */
typedef struct
{
  const char *prefix;
  char        delimiter;
} TlSurveyPlace;

GPtrArray *tl_survey_names_split (const TlSurveyPlace  *place,
                                  const char           *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
