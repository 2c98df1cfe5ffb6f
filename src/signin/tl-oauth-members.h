/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

/* Bounds of an answer: what TlJson asks of a stranger's document. */
#define TL_OAUTH_MEMBERS_MAX_BYTES (64 * 1024)
#define TL_OAUTH_MEMBERS_MAX_DEPTH 16
#define TL_OAUTH_MEMBERS_MAX_LIST  64

/**
 * TlOauthMemberKind:
 * @TL_OAUTH_MEMBER_SECRET: a string that nobody may see: 1 to `TL_SECRET_MAX_BYTES` of %x20-7E
 * @TL_OAUTH_MEMBER_TEXT: a string
 * @TL_OAUTH_MEMBER_COUNT: an integer from 0 on, or a string of digits, as some servers have it
 * @TL_OAUTH_MEMBER_LIST: an array of strings, or one string
 */
typedef enum
{
  TL_OAUTH_MEMBER_SECRET,
  TL_OAUTH_MEMBER_TEXT,
  TL_OAUTH_MEMBER_COUNT,
  TL_OAUTH_MEMBER_LIST,
} TlOauthMemberKind;

/**
 * TlOauthMember:
 * @name: printable ASCII
 * @kind: what it has to be
 *
 * A member that is wanted of an object. A row of a table; an index into the table is what the
 * getters take.
 */
typedef struct
{
  const char        *name;
  TlOauthMemberKind  kind;
} TlOauthMember;

/**
 * TlOauthMembers:
 *
 * The wanted members of one JSON object (RFC 8259) that holds secrets. Whatever else is in the
 * object is read over, and no byte of it is copied: a JSON library would leave tokens behind in
 * freed memory. Absent and null are the same.
 */
typedef struct _TlOauthMembers TlOauthMembers;

TlOauthMembers     *tl_oauth_members_parse      (const char            *bytes,
                                                 gsize                  len,
                                                 const TlOauthMember   *wanted,
                                                 guint                  n_wanted,
                                                 GError               **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;
void                tl_oauth_members_free       (TlOauthMembers        *self);

gboolean            tl_oauth_members_has        (const TlOauthMembers  *self,
                                                 guint                  index);
TlSecret           *tl_oauth_members_get_secret (const TlOauthMembers  *self,
                                                 guint                  index);
const char         *tl_oauth_members_get_text   (const TlOauthMembers  *self,
                                                 guint                  index);
guint64             tl_oauth_members_get_count  (const TlOauthMembers  *self,
                                                 guint                  index);
const char * const *tl_oauth_members_get_list   (const TlOauthMembers  *self,
                                                 guint                  index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthMembers, tl_oauth_members_free)

G_END_DECLS
