/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files of this folder alone: what a target is made of. */

#include "tl-json.h"
#include "tl-target-condition.h"
#include "tl-target-rule.h"
#include "tl-target-template.h"
#include "tl-target.h"

G_BEGIN_DECLS

/* These bounds are those of data/schema/target.schema.json. */
#define TL_TARGET_MAX_COLUMNS 60
#define TL_TARGET_MAX_LINES   400
#define TL_TARGET_MAX_LIST    200
#define TL_TARGET_MAX_GROUPS  20
#define TL_TARGET_MAX_FIELDS  60
#define TL_TARGET_MAX_STEPS   30
#define TL_TARGET_MAX_RULES   40

/**
 * TlTargetScope:
 * @written: names that go into the file
 * @is_inside: whether what is being read stands within a list of mailboxes
 * @has_list: whether there is such a list
 * @outside: names that stand outside of any
 *
 * What is gathered while a document is read.
 */
typedef struct
{
  guint64  written;
  gboolean is_inside;
  gboolean has_list;
  guint64  outside;
} TlTargetScope;

/**
 * TlTargetRun:
 * @mailboxes: (array length=n_mailboxes): whose turn it is
 * @n_mailboxes: at least 1
 * @max_line: how many bytes a line may have without its end; 0: as many as there are
 * @failed: whose value could not be written, on failure
 * @is_too_long: on failure, that it was for the length of the line
 *
 * One file being written.
 */
typedef struct
{
  TlTargetValues * const *mailboxes;
  guint                   n_mailboxes;
  guint                   max_line;
  TlTargetName            failed;
  gboolean                is_too_long;
} TlTargetRun;

typedef struct _TlTargetTree  TlTargetTree;
typedef struct _TlTargetLines TlTargetLines;

typedef struct
{
  char              *name;
  TlTargetTemplate  *value;
  TlTargetCondition *when;      /* NULL: always */
  TlTargetTemplate  *otherwise; /* NULL: empty then */
} TlTargetColumn;

typedef struct
{
  char              *title; /* NULL: none */
  char              *label;
  TlTargetTemplate  *value;
  TlTargetCondition *when;  /* NULL: always */
  gboolean           is_secret;
} TlTargetSheetField;

struct _TlTarget
{
  GObject              parent_instance;

  /* Owned */
  char                *id;
  char                *name;
  char                *product;
  char                *checked_on;
  char               **unconfirmed;
  char                *link;      /* NULL: none */
  char                *summary;
  char                *uses[TL_LANE_OUTGOING + 1];
  char                *extension; /* NULL for a sheet */
  GPtrArray           *rules;     /* of TlTargetRule */
  GArray              *required;  /* of TlTargetName */
  GPtrArray           *columns;   /* of TlTargetColumn */
  TlTargetTree        *tree;
  TlTargetLines       *lines;
  GPtrArray           *fields;    /* of TlTargetSheetField */
  GPtrArray           *steps;     /* of TlTargetTemplate */

  TlTargetKind         kind;
  TlTargetMedium       medium;
  gboolean             is_confirmed;
  gboolean             takes_passwords;
  gboolean             takes_several; /* mailboxes in one file */
  gboolean             has_bom;
  guint                daily_limit;   /* messages; 0: none is known */
  guint                max_rows;      /* 0: no cap */
  guint                max_bytes;
  guint                max_line;      /* bytes; 0: no cap */
};

void               tl_target_column_free       (TlTargetColumn       *self);
void               tl_target_sheet_field_free  (TlTargetSheetField   *self);

/* Readers of parts of a file; @at is where they stand, a JSON pointer that errors begin with. */
TlTargetTemplate  *tl_target_read_template     (const char           *text,
                                                const char           *at,
                                                TlTargetScope        *scope,
                                                GError              **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
TlTargetTemplate  *tl_target_read_words        (const char           *text,
                                                const char           *at,
                                                GError              **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
TlTargetCondition *tl_target_read_condition    (const char           *text,
                                                const char           *at,
                                                TlTargetScope        *scope,
                                                GError              **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
gboolean           tl_target_refuse_at         (GError              **error,
                                                const char           *at,
                                                const char           *why);

TlTargetTree      *tl_target_tree_read         (TlJson               *json,
                                                const char           *at,
                                                TlTargetScope        *scope,
                                                GError              **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
void               tl_target_tree_free         (TlTargetTree         *self);
gboolean           tl_target_tree_write        (const TlTargetTree   *self,
                                                TlTargetRun          *run,
                                                GString              *out);
TlTargetLines     *tl_target_lines_read        (TlJson               *json,
                                                const char           *at,
                                                TlTargetScope        *scope,
                                                GError              **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
void               tl_target_lines_free        (TlTargetLines        *self);
gboolean           tl_target_lines_write       (const TlTargetLines  *self,
                                                TlTargetMedium        medium,
                                                TlTargetRun          *run,
                                                GString              *out);
gboolean           tl_target_csv_write         (TlTarget             *self,
                                                TlTargetRun          *run,
                                                GString              *out);
gboolean           tl_target_csv_find_formula  (TlTarget             *self,
                                                const TlTargetValues *values,
                                                gboolean              in_password,
                                                TlTargetName         *out_name);
gboolean           tl_target_write             (TlTarget             *self,
                                                TlTargetRun          *run,
                                                GString              *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetColumn, tl_target_column_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetSheetField, tl_target_sheet_field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetTree, tl_target_tree_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetLines, tl_target_lines_free)

G_END_DECLS
