/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-stage.h"

G_BEGIN_DECLS

/**
 * TlSeverity: ordered, NOTE < WARNING < ERROR. A note never changes a verdict.
 */
typedef enum
{
  TL_SEVERITY_NOTE,
  TL_SEVERITY_WARNING,
  TL_SEVERITY_ERROR,
} TlSeverity;

#define TL_TYPE_SEVERITY (tl_severity_get_type ())
GType       tl_severity_get_type  (void) G_GNUC_CONST;
const char *tl_severity_get_nick  (TlSeverity severity);
const char *tl_severity_get_label (TlSeverity severity);

/**
 * TlFixer: who can mend it: `you`, `your-admin`, `the-provider`, `your-network`
 */
typedef enum
{
  TL_FIXER_YOU,
  TL_FIXER_YOUR_ADMIN,
  TL_FIXER_THE_PROVIDER,
  TL_FIXER_YOUR_NETWORK,
} TlFixer;

#define TL_TYPE_FIXER (tl_fixer_get_type ())
GType       tl_fixer_get_type  (void) G_GNUC_CONST;
const char *tl_fixer_get_nick  (TlFixer fixer);
const char *tl_fixer_get_label (TlFixer fixer);

/**
 * TlRetry: whether trying again helps: `never`, `after-change`, `later`
 */
typedef enum
{
  TL_RETRY_NEVER,
  TL_RETRY_AFTER_CHANGE,
  TL_RETRY_LATER,
} TlRetry;

#define TL_TYPE_RETRY (tl_retry_get_type ())
GType tl_retry_get_type (void) G_GNUC_CONST;

#define TL_REMEDIES_MAX 4

/**
 * TlRemedy:
 * @text: what to do, untranslated; may use {names} of evidence
 * @action: (nullable): what the program can do about it, a word of the closed
 *   list in README.md: `retry`, `switch-endpoint`, `copy-note`, …
 */
typedef struct
{
  const char *text;
  const char *action;
} TlRemedy;

/**
 * TlCatalogueEntry:
 * @id: `stage.cause`
 * @severity: how much it matters
 * @fixer: who can mend it
 * @retry: whether trying again helps
 * @title: what, one sentence, untranslated; may use {names} of evidence
 * @explanation: why, one sentence, untranslated; may use {names} of evidence
 * @remedies: do this, in order, ended by a row whose text is %NULL
 */
typedef struct
{
  const char *id;
  TlSeverity  severity;
  TlFixer     fixer;
  TlRetry     retry;
  const char *title;
  const char *explanation;
  TlRemedy    remedies[TL_REMEDIES_MAX + 1];
} TlCatalogueEntry;

const TlCatalogueEntry *tl_catalogue_lookup  (const char *id);
const TlCatalogueEntry *tl_catalogue_get     (guint       index);
guint                   tl_catalogue_get_n   (void);
char                   *tl_catalogue_fill    (const char *sentence,
                                              GVariant   *evidence) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
