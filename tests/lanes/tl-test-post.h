/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-loop.h"

G_BEGIN_DECLS

#define TL_TEST_POST_HOST    "mail.practice.invalid"
#define TL_TEST_POST_ADDRESS "you@practice.invalid"

/* What IMAP offers when nothing else is said. */
#define TL_TEST_POST_CAPABILITIES "IDLE UIDPLUS SPECIAL-USE LIST-EXTENDED"

/**
 * TlTestPostScene:
 * @delivers_to: (nullable): where what is sent comes to: folders, parted by commas
 * @after_ms: and when
 * @header: (nullable): what the receiving side puts above it
 * @files_sent: whether a copy goes into `Sent`
 * @folders: (nullable): LIST responses without their beginning, parted by newlines
 * @capabilities: (nullable): what IMAP offers
 * @reply: (nullable): what SMTP says where a 2xx or 354 would be, behind the
 *   command it is for: `DATA 554 no`; `.` is the message
 * @dies_at: (nullable): IMAP hangs up on a command that begins so: `UID STORE`
 * @n_spared: how often it does not, first
 * @bye: (nullable): what it says then
 * @announces: whether each IDLE begins with news
 * @chatters: whether each search does
 * @changes_id: whether the message comes with another Message-ID
 * @stalls_at: (nullable): a command of either that is never answered; `.` is the message
 * @refuses: (nullable): IMAP says NO to a command that begins so
 * @finds_all: whether a search finds whatever there is
 * @n_others: how many more messages there are in the inbox
 * @slow_ms: how long IMAP takes for each answer
 * @keeps: whether IMAP says of another message that it went, and keeps the one that was to go
 * @opens: (nullable): the folder that the mailbox is, in place of INBOX
 * @login: (nullable): who signs in, in place of the mailbox
 * @padding: how many bytes of header come first when a message is fetched
 *
 * How a mailbox behaves, with an IMAP and an SMTP server on loopback, both
 * under TLS. From the start it holds a test message of somebody else in each of
 * `INBOX`, `Junk` and `Sent`.
 */
typedef struct
{
  const char *delivers_to;
  guint       after_ms;
  const char *header;
  gboolean    files_sent;
  const char *folders;
  const char *capabilities;
  const char *reply;
  const char *dies_at;
  guint       n_spared;
  const char *bye;
  gboolean    announces;
  gboolean    chatters;
  gboolean    changes_id;
  const char *stalls_at;
  const char *refuses;
  gboolean    finds_all;
  guint       n_others;
  guint       slow_ms;
  gboolean    keeps;
  const char *opens;
  const char *login;
  gsize       padding;
} TlTestPostScene;

typedef struct _TlTestPost TlTestPost;

TlTestPost *tl_test_post_new          (const TlTestPostScene  *scene) G_GNUC_WARN_UNUSED_RESULT;
void        tl_test_post_free         (TlTestPost             *self);

TlLoop     *tl_test_post_new_loop     (TlTestPost             *self,
                                       guint                   patience_ms)
                                       G_GNUC_WARN_UNUSED_RESULT;

void        tl_test_post_set_total_ms (TlTestPost             *self,
                                       guint                   total_ms);

char       *tl_test_post_dup_contents (TlTestPost             *self) G_GNUC_WARN_UNUSED_RESULT;
guint       tl_test_post_count        (TlTestPost             *self,
                                       const char             *glob);
char       *tl_test_post_dup_sent     (TlTestPost             *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestPost, tl_test_post_free)

G_END_DECLS
