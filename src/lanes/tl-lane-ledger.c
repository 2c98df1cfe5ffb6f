/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-ledger.h"

/* Whoever tests more hosts than that in an hour loses the oldest. */
#define MAX_HOSTS 512

/* Bans commonly last ten minutes to an hour. */
#define MEMORY_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  gint64 answered_us;
  /* By lane: signing in on one says nothing about the other's password. */
  guint  n_rejected[TL_LANE_OUTGOING + 1];
} Page;

struct _TlLaneLedger
{
  GMutex      lock;
  GHashTable *pages;  /* of Page, by host */
};

/**
 * tl_lane_ledger_get_default:
 *
 * Returns: (transfer none): the ledger of this process
 */
TlLaneLedger *
tl_lane_ledger_get_default (void)
{
  static gsize once;
  static TlLaneLedger *ledger;

  if (g_once_init_enter (&once))
    {
      ledger = tl_lane_ledger_new ();
      g_once_init_leave (&once, 1);
    }

  return ledger;
}

TlLaneLedger *
tl_lane_ledger_new (void)
{
  TlLaneLedger *self = g_new0 (TlLaneLedger, 1);

  g_mutex_init (&self->lock);
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
tl_lane_ledger_free (TlLaneLedger *self)
{
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Forgets what is old, and with no room left the host that has been quiet for
 * longest. */
static void
make_room (TlLaneLedger *self,
           gint64        now_us)
{
  const char *oldest = NULL;
  gint64 oldest_us = G_MAXINT64;
  GHashTableIter iter;
  gpointer host;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, &host, &value))
    {
      Page *page = value;

      if (now_us - page->answered_us > MEMORY_US)
        {
          g_hash_table_iter_remove (&iter);
        }
      else if (page->answered_us < oldest_us)
        {
          oldest_us = page->answered_us;
          oldest = host;
        }
    }

  if (g_hash_table_size (self->pages) >= MAX_HOSTS && oldest != NULL)
    g_hash_table_remove (self->pages, oldest);
}

static Page *
find_page (TlLaneLedger *self,
           const char   *host,
           gint64        now_us)
{
  Page *page = g_hash_table_lookup (self->pages, host);

  return page != NULL && now_us - page->answered_us <= MEMORY_US ? page : NULL;
}

/**
 * tl_lane_ledger_record_answer:
 * @self: a ledger
 * @host: a host, as of tl_lane_work_dup_ledger_name()
 * @now_us: this moment, on the monotonic clock
 *
 * Records that a connection to @host stood.
 */
void
tl_lane_ledger_record_answer (TlLaneLedger *self,
                              const char   *host,
                              gint64        now_us)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Page *page = find_page (self, host, now_us);

  if (page == NULL)
    {
      make_room (self, now_us);
      page = g_new0 (Page, 1);
      g_hash_table_replace (self->pages, g_strdup (host), page);
    }
  page->answered_us = now_us;
}

/**
 * tl_lane_ledger_record_sign_in:
 * @self: a ledger
 * @host: a host, canonical, that has answered
 * @lane: which lane signed in
 * @is_accepted: whether it was let in
 * @now_us: this moment, on the monotonic clock
 *
 * Counts what was rejected; to be let in starts the lane's count anew.
 */
void
tl_lane_ledger_record_sign_in (TlLaneLedger *self,
                               const char   *host,
                               TlLaneKind    lane,
                               gboolean      is_accepted,
                               gint64        now_us)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Page *page = find_page (self, host, now_us);

  if (page == NULL)
    return;

  page->answered_us = now_us;
  if (is_accepted)
    page->n_rejected[lane] = 0;
  else
    page->n_rejected[lane]++;
}

/**
 * tl_lane_ledger_get_n_rejected:
 * @self: a ledger
 * @host: a host, canonical
 * @now_us: this moment, on the monotonic clock
 *
 * Returns: how many sign-ins @host has rejected since it let anyone in; 0 when it has not
 *   answered for an hour
 */
guint
tl_lane_ledger_get_n_rejected (TlLaneLedger *self,
                               const char   *host,
                               gint64        now_us)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Page *page = find_page (self, host, now_us);
  guint n = 0;

  for (gsize i = 0; page != NULL && i < G_N_ELEMENTS (page->n_rejected); i++)
    n += page->n_rejected[i];

  return n;
}
