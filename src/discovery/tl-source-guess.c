/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"
#include "tl-error.h"
#include "tl-exchangers.h"
#include "tl-guess.h"

typedef struct
{
  TlAddress      *address;     /* owned */
  TlProber       *prober;      /* owned */
  TlDeadline      deadline;
  GCancellable   *cancellable; /* owned */
  char           *nobody;      /* owned: a name that nobody made */
  GHashTable     *addresses;   /* owned: name -> GPtrArray of GInetAddress */
  GPtrArray      *guesses;     /* owned, of owned TlGuess, in order of preference */
  guint           n_waiting;
  gboolean        at_last_resort;
  TlSourceStatus  otherwise;   /* what became of it when nothing is found */
} Asking;

typedef struct
{
  GTask   *task;  /* owned */
  TlGuess *guess; /* borrowed, or NULL */
  char    *host;  /* owned, or NULL */
} Question;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_object (&self->prober);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->nobody, g_free);
  g_clear_pointer (&self->addresses, g_hash_table_unref);
  g_clear_pointer (&self->guesses, g_ptr_array_unref);
  g_free (self);
}

static Question *
question_new (GTask      *task,
              TlGuess    *guess,
              const char *host)
{
  Question *self = g_new (Question, 1);

  self->task = g_object_ref (task);
  self->guess = guess;
  self->host = g_strdup (host);

  return self;
}

static void
question_free (Question *self)
{
  g_object_unref (self->task);
  g_free (self->host);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
has_lane (const Asking *self,
          TlLaneKind    lane)
{
  for (guint i = 0; i < self->guesses->len; i++)
    {
      const TlGuess *guess = self->guesses->pdata[i];

      if (guess->lane == lane && guess->is_there)
        return TRUE;
    }

  return FALSE;
}

static TlSourceReply *
guesses_to_reply (const Asking *self)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  for (guint i = 0; i < self->guesses->len; i++)
    {
      const TlGuess *guess = self->guesses->pdata[i];
      g_autoptr(TlLaneSettings) settings = NULL;
      g_autofree char *hop = NULL;

      if (!guess->is_there)
        continue;

      settings = tl_lane_settings_new (tl_protocol_for_lane (guess->lane), guess->endpoint,
                                       TL_AUTH_PASSWORD,
                                       tl_address_get_addr_spec (self->address), NULL);
      hop = tl_endpoint_to_string (guess->endpoint);
      if (settings != NULL)
        g_ptr_array_add (claims, tl_claim_new (guess->lane, settings, TL_TRUST_GUESSED,
                                               (const char * const []) { hop, NULL }));
    }

  return tl_source_reply_new (TL_SOURCE_GUESS,
                              claims->len > 0 ? TL_SOURCE_STATUS_ANSWERED : self->otherwise,
                              &(TlSourceFacts) { .claims = claims });
}

static gboolean
has_address (GPtrArray    *addresses,
             GInetAddress *wanted)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      if (g_inet_address_equal (addresses->pdata[i], wanted))
        return TRUE;
    }

  return FALSE;
}

/* A name that leads where a name nobody made leads too was made by nobody
 * either. The bare domain is excused: it exists in its own right; and so is an
 * exchanger: somebody wrote it down. */
static gboolean
is_worth_trying (const Asking  *self,
                 const TlGuess *guess)
{
  GPtrArray *wildcard = g_hash_table_lookup (self->addresses, self->nobody);
  GPtrArray *addresses = g_hash_table_lookup (self->addresses,
                                              tl_endpoint_get_host (guess->endpoint));

  if (addresses == NULL || guess->is_last_resort != self->at_last_resort)
    return FALSE;
  if (guess->is_last_resort)
    return !has_lane (self, guess->lane);
  if (guess->is_exchanger)
    return TRUE;

  for (guint i = 0; i < addresses->len; i++)
    {
      if (!has_address (wildcard, addresses->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* Tries everything of this round, or of the next one when there is nothing in
 * this. Which guesses are tried depends on names and on the round before, and
 * never on which answer came first. */
static void
try_round (GTask               *task,
           GAsyncReadyCallback  on_tried)
{
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(GPtrArray) worth = g_ptr_array_new ();

  for (;;)
    {
      for (guint i = 0; i < asking->guesses->len; i++)
        {
          if (is_worth_trying (asking, asking->guesses->pdata[i]))
            g_ptr_array_add (worth, asking->guesses->pdata[i]);
        }

      if (worth->len > 0 || asking->at_last_resort)
        break;
      asking->at_last_resort = TRUE;
    }

  asking->n_waiting = worth->len;
  for (guint i = 0; i < worth->len; i++)
    {
      TlGuess *guess = worth->pdata[i];

      tl_prober_try_async (asking->prober, guess->lane, guess->endpoint, asking->deadline,
                           asking->cancellable, on_tried, question_new (task, guess, NULL));
    }

  if (worth->len == 0)
    tl_discovery_source_take_reply (task, guesses_to_reply (asking));
}

static void
on_guess_tried (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  Asking *asking = g_task_get_task_data (question->task);

  question->guess->is_there = tl_prober_try_finish (TL_PROBER (object), result, NULL);
  if (--asking->n_waiting > 0)
    return;

  if (asking->at_last_resort || g_cancellable_is_cancelled (asking->cancellable))
    {
      tl_discovery_source_take_reply (question->task, guesses_to_reply (asking));
      return;
    }

  asking->at_last_resort = TRUE;
  try_round (question->task, on_guess_tried);
}

static void
on_name_resolved (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) addresses = tl_prober_resolve_finish (TL_PROBER (object), result, &error);
  Asking *asking = g_task_get_task_data (question->task);

  if (addresses != NULL)
    g_hash_table_insert (asking->addresses, g_steal_pointer (&question->host),
                         g_steal_pointer (&addresses));
  else if (g_error_matches (error, TL_ERROR, TL_ERROR_UNREACHABLE))
    asking->otherwise = TL_SOURCE_STATUS_SERVFAIL;
  else if (!g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND))
    asking->otherwise = TL_SOURCE_STATUS_TIMEOUT;

  if (--asking->n_waiting == 0)
    try_round (question->task, on_guess_tried);
}

static void
resolve (GTask      *task,
         const char *host)
{
  Asking *asking = g_task_get_task_data (task);

  asking->n_waiting++;
  tl_prober_resolve_async (asking->prober, host, asking->deadline, asking->cancellable,
                           on_name_resolved, question_new (task, NULL, host));
}

/* Looks up the hosts of the guesses from @start on, each once. */
static void
resolve_from (GTask *task,
              guint  start)
{
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = start; i < asking->guesses->len; i++)
    {
      const TlGuess *guess = asking->guesses->pdata[i];

      if (g_hash_table_add (seen, (gpointer) tl_endpoint_get_host (guess->endpoint)))
        resolve (task, tl_endpoint_get_host (guess->endpoint));
    }
}

static void
on_exchangers_found (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  Asking *asking = g_task_get_task_data (question->task);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  g_autoptr(GPtrArray) exchangers = records != NULL ? tl_exchangers_list (records) : NULL;
  guint n_before = asking->guesses->len;

  if (exchangers != NULL)
    tl_guesses_add_exchangers (asking->guesses, exchangers,
                               tl_address_get_domain (asking->address));
  resolve_from (question->task, n_before);

  if (--asking->n_waiting == 0)
    try_round (question->task, on_guess_tried);
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  const char *domain = tl_address_get_domain (inquiry->address);
  Asking *asking;

  asking = g_new0 (Asking, 1);
  asking->address = tl_address_ref (inquiry->address);
  asking->prober = g_object_ref (inquiry->prober);
  asking->deadline = inquiry->deadline;
  asking->cancellable = g_object_ref (inquiry->cancellable);
  asking->otherwise = TL_SOURCE_STATUS_NOTHING;
  asking->nobody = g_strdup_printf ("x%08x%08x.%s", g_random_int (), g_random_int (), domain);
  asking->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_ptr_array_unref);
  asking->guesses = tl_guesses_new (domain);
  g_task_set_task_data (task, asking, asking_free);

  resolve (task, asking->nobody);
  resolve_from (task, 0);

  asking->n_waiting++;
  tl_records_lookup_quick_async (inquiry->records, domain, TL_RECORD_MX, inquiry->deadline,
                                 inquiry->cancellable, on_exchangers_found,
                                 question_new (task, NULL, NULL));
}

const TlDiscoverySource tl_source_guess = {
  .id = TL_SOURCE_GUESS,
  .below = TRUE,
  .ask_async = ask,
};
