/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bounds of every document that is read. */
#define TL_JSON_MAX_BYTES  (1024 * 1024)
#define TL_JSON_MAX_DEPTH  32
#define TL_JSON_MAX_NODES  50000

/* Bounds of a stranger's, which is small where it is meant well. */
#define TL_JSON_FOREIGN_MAX_BYTES  (64 * 1024)
#define TL_JSON_FOREIGN_MAX_DEPTH  16
#define TL_JSON_FOREIGN_MAX_NODES  2000

/**
 * TlJson:
 *
 * A JSON value (RFC 8259) of the strict kind that this program reads and
 * writes: no floats, integers within ±(2^53 − 1), no duplicate members, valid
 * UTF-8, no NUL, no lone surrogate. The only door to json-glib. Counted;
 * changed only while it is being built.
 */
typedef struct _TlJson TlJson;

#define TL_TYPE_JSON (tl_json_get_type ())
GType     tl_json_get_type        (void) G_GNUC_CONST;

TlJson   *tl_json_parse           (const char          *text,
                                   gssize               len,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_parse_foreign   (const char          *bytes,
                                   gsize                len,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_new_object      (void) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_new_array       (void) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_new_string      (const char          *value) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_new_strv        (const char * const  *values) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_new_uints       (const guint         *values,
                                   guint                n) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_new_vardict     (GVariant            *values) G_GNUC_WARN_UNUSED_RESULT;
TlJson   *tl_json_ref             (TlJson              *self);
void      tl_json_unref           (TlJson              *self);

/* Building an object. A NULL string or value is written as null. */
void      tl_json_set_string      (TlJson              *self,
                                   const char          *member,
                                   const char          *value);
void      tl_json_set_int         (TlJson              *self,
                                   const char          *member,
                                   gint64               value);
void      tl_json_set_bool        (TlJson              *self,
                                   const char          *member,
                                   gboolean             value);
void      tl_json_set_time        (TlJson              *self,
                                   const char          *member,
                                   gint64               time_s);
void      tl_json_set_take        (TlJson              *self,
                                   const char          *member,
                                   TlJson              *value);
/* Building an array. */
void      tl_json_append_take     (TlJson              *self,
                                   TlJson              *value);

/* Writing. Canonical is RFC 8785; pretty is for people, two spaces, members in canonical order. */
char     *tl_json_to_canonical    (TlJson              *self) G_GNUC_WARN_UNUSED_RESULT;
char     *tl_json_to_pretty       (TlJson              *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TlJsonReader:
 *
 * Reads one object strictly. Each getter notes the first thing that is wrong
 * and returns a harmless value; tl_json_reader_finish() then says what it was,
 * with its path, or complains about a member that nobody asked for.
 */
typedef struct _TlJsonReader TlJsonReader;

typedef enum
{
  TL_JSON_REQUIRED,
  TL_JSON_OPTIONAL, /* may be absent; null counts as absent */
} TlJsonPresence;

TlJsonReader *tl_json_reader_new        (TlJson              *json,
                                         const char          *what) G_GNUC_WARN_UNUSED_RESULT;
void          tl_json_reader_free       (TlJsonReader        *self);
gboolean      tl_json_reader_has        (TlJsonReader        *self,
                                         const char          *member);
gboolean      tl_json_reader_has_object (TlJsonReader        *self,
                                         const char          *member);
const char   *tl_json_reader_get_string (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence);
const char   *tl_json_reader_get_text   (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence);
gint64        tl_json_reader_get_int    (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence,
                                         gint64               min,
                                         gint64               max);
gboolean      tl_json_reader_get_bool   (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence);
gint64        tl_json_reader_get_time   (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence);
int           tl_json_reader_get_enum   (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence,
                                         GType                enum_type,
                                         int                  fallback);
char        **tl_json_reader_dup_strv   (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence,
                                         guint                max_n) G_GNUC_WARN_UNUSED_RESULT;
GArray       *tl_json_reader_dup_uints  (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence,
                                         guint                max_n,
                                         guint                max) G_GNUC_WARN_UNUSED_RESULT;
TlJson       *tl_json_reader_get_object (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence);
TlJson       *tl_json_reader_dup_value  (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *tl_json_reader_dup_array  (TlJsonReader        *self,
                                         const char          *member,
                                         TlJsonPresence       presence,
                                         guint                max_n) G_GNUC_WARN_UNUSED_RESULT;
GVariant     *tl_json_reader_dup_vardict (TlJsonReader       *self,
                                         const char          *member,
                                         TlJsonPresence       presence) G_GNUC_WARN_UNUSED_RESULT;
void          tl_json_reader_refuse     (TlJsonReader        *self,
                                         const char          *member,
                                         const char          *why);
void          tl_json_reader_refuse_error (TlJsonReader      *self,
                                         const char          *member,
                                         GError              *error);
gboolean      tl_json_reader_finish     (TlJsonReader        *self,
                                         GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlJson, tl_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlJsonReader, tl_json_reader_free)

G_END_DECLS
