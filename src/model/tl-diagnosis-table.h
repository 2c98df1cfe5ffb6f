/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-lane-kind.h"
#include "tl-stage.h"

G_BEGIN_DECLS

/* What a row looks at. */
typedef enum
{
  TL_DIAGNOSIS_TEXT,      /* fragments of the server's sentence */
  TL_DIAGNOSIS_ENHANCED,  /* RFC 3463 */
  TL_DIAGNOSIS_IMAP_CODE, /* RFC 9051 §7.1 */
  TL_DIAGNOSIS_CODE,      /* RFC 5321 §4.2 */
  TL_DIAGNOSIS_CLASS,     /* its first digit */
} TlDiagnosisKind;

typedef struct
{
  TlDiagnosisKind   kind;
  TlLaneKind        lane;      /* NONE: any lane */
  guint             stages;    /* a bit for each TlStage */
  char            **hosts;     /* patterns; none: any host */
  char            **fragments; /* folded; each must occur */
  char            **codes;     /* reply codes, of which one must be there; none: any reply */
  char             *word;      /* of ENHANCED and IMAP_CODE */
  guint             number;    /* of CODE and CLASS */
  char             *finding;   /* `*.cause` stands for the stage at hand */
} TlDiagnosis;

GPtrArray *tl_diagnosis_table_parse (const char  *json,
                                     gssize       len,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
char      *tl_diagnosis_fold        (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
