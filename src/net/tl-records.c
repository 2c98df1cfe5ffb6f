/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-records.h"

#include <glib-unix.h>
#include <string.h>

#include "tl-dns-question.h"
#include "tl-dns-why.h"
#include "tl-gsource.h"
#include "tl-records-private.h"

#define CLASS_IN 1
#define TYPE_DNSKEY 48

struct _TlRecords
{
  GObject     parent_instance;

  TlContacts *contacts;            /* owned; NULL: nobody wants to know */
  TlUnbound   unbound;             /* owned, with what it holds */
  GSource    *readable[TL_N_LEGS]; /* owned */
  GHashTable *questions;           /* of TlDnsQuestion, owned: all that was ever asked */
};

G_DEFINE_FINAL_TYPE (TlRecords, tl_records, G_TYPE_OBJECT)

static void
on_root_keys_answered (void             *data,
                       int               error,
                       struct ub_result *result)
{
  TlRecords *self = data;
  guint n_asked = 0;
  g_autofree gpointer *asked = g_hash_table_get_keys_as_array (self->questions, &n_asked);

  self->unbound.root_proof = error == 0 && result != NULL && result->secure ? TL_ROOT_PROOF_HOLDS
                                                                            : TL_ROOT_PROOF_FAILED;
  ub_resolve_free (result);

  for (guint i = 0; i < n_asked; i++)
    tl_dns_question_tell (asked[i]);
}

/* Returns whether a proof may come of this, now or later. */
static gboolean
ask_root_keys (TlRecords *self)
{
  TlUnbound *unbound = &self->unbound;

  if (unbound->resolvers[TL_LEG_PROOF] == NULL)
    return FALSE;

  if (unbound->root_proof == TL_ROOT_PROOF_UNTRIED)
    unbound->root_proof = ub_resolve_async (unbound->resolvers[TL_LEG_PROOF], ".", TYPE_DNSKEY,
                                            CLASS_IN, self, on_root_keys_answered, NULL) == 0
                            ? TL_ROOT_PROOF_ASKED : TL_ROOT_PROOF_FAILED;

  return unbound->root_proof != TL_ROOT_PROOF_FAILED;
}

/* A callback may drop the last reference from outside, and the resolver must
 * not go while it is at work. */
static gboolean
on_resolver_readable (int          fd,
                      GIOCondition condition,
                      gpointer     data)
{
  g_autoptr(TlRecords) self = g_object_ref (data);

  for (gsize i = 0; i < TL_N_LEGS; i++)
    {
      if (self->unbound.resolvers[i] != NULL && ub_fd (self->unbound.resolvers[i]) == fd)
        ub_process (self->unbound.resolvers[i]);
    }

  return G_SOURCE_CONTINUE;
}

/* The same name is asked for once, however it is spelt. */
static char *
dup_plain_name (const char *name)
{
  char *plain = g_ascii_strdown (name, -1);
  gsize len = strlen (plain);

  if (len > 1 && plain[len - 1] == '.')
    plain[len - 1] = '\0';

  return plain;
}

/* Gives the question, asked now if it was not before. */
static TlDnsQuestion *
get_question (TlRecords    *self,
              const char   *name,
              TlRecordType  type)
{
  g_autofree char *plain = dup_plain_name (name);
  TlDnsQuestion *fresh = tl_dns_question_new (&self->unbound, plain, type);
  TlDnsQuestion *question = g_hash_table_lookup (self->questions, fresh);

  if (question == NULL)
    g_hash_table_add (self->questions, question = fresh);
  else
    tl_dns_question_free (fresh);

  if (!tl_dns_question_is_asked (question))
    {
      if (self->contacts != NULL)
        tl_contacts_add (self->contacts, TL_CONTACT_DNS, plain);
      tl_dns_question_ask (question);
    }

  return question;
}

static void
look_up (TlRecords    *self,
         const char   *name,
         TlRecordType  type,
         gboolean      is_quick,
         TlDeadline    deadline,
         GTask        *task)
{
  TlDnsQuestion *question;

  g_return_if_fail (g_task_get_context (task) == self->unbound.context);

  if (g_task_return_error_if_cancelled (task))
    return;

  question = get_question (self, name, type);
  if (!is_quick && ask_root_keys (self))
    tl_dns_question_ask_proof (question);
  tl_dns_question_wait (question, is_quick, deadline, task);
}

static void
tl_records_dispose (GObject *object)
{
  TlRecords *self = TL_RECORDS (object);

  g_hash_table_remove_all (self->questions);
  for (gsize i = 0; i < TL_N_LEGS; i++)
    {
      tl_gsource_clear (&self->readable[i]);
      g_clear_pointer (&self->unbound.resolvers[i], ub_ctx_delete);
    }

  G_OBJECT_CLASS (tl_records_parent_class)->dispose (object);
}

static void
tl_records_finalize (GObject *object)
{
  TlRecords *self = TL_RECORDS (object);

  g_hash_table_unref (self->questions);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_free (self->unbound.server);
  g_main_context_unref (self->unbound.context);

  G_OBJECT_CLASS (tl_records_parent_class)->finalize (object);
}

static void
tl_records_class_init (TlRecordsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_records_dispose;
  object_class->finalize = tl_records_finalize;
}

static void
tl_records_init (TlRecords *self)
{
  self->unbound.context = g_main_context_ref_thread_default ();
  self->questions = g_hash_table_new_full (tl_dns_question_hash, tl_dns_question_equal,
                                           (GDestroyNotify) tl_dns_question_free, NULL);
}

/**
 * tl_records_new:
 * @contacts: (nullable): where to set down what is asked
 *
 * Makes a resolver that asks where /etc/resolv.conf says, and validates from
 * the root's keys: the system's, else those that are compiled in.
 *
 * Returns: (transfer full): the resolver
 */
TlRecords *
tl_records_new (TlContacts *contacts)
{
  TlRecords *self = tl_records_new_for (NULL, tl_unbound_get_anchor_file ());

  tl_records_set_contacts (self, contacts);

  return self;
}

/**
 * tl_records_new_for:
 * @forwarder: (nullable): address of the resolver to ask, `192.0.2.1` or
 *   `192.0.2.1@5353`; %NULL for the system's
 * @anchor_file: (nullable): file of DS or DNSKEY records to validate from,
 *   `TL_RECORDS_BUILT_IN`, or %NULL not to validate
 *
 * Returns: (transfer full): the resolver
 */
TlRecords *
tl_records_new_for (const char *forwarder,
                    const char *anchor_file)
{
  TlRecords *self = g_object_new (TL_TYPE_RECORDS, NULL);

  self->unbound.server = forwarder != NULL ? g_strdup (forwarder) : tl_dns_why_dup_server ();
  self->unbound.resolvers[TL_LEG_DATA] = tl_unbound_new_context (forwarder, NULL);
  if (anchor_file != NULL)
    self->unbound.resolvers[TL_LEG_PROOF] = tl_unbound_new_context (forwarder, anchor_file);

  for (gsize i = 0; i < TL_N_LEGS; i++)
    {
      if (self->unbound.resolvers[i] == NULL)
        continue;

      self->readable[i] = g_unix_fd_source_new (ub_fd (self->unbound.resolvers[i]), G_IO_IN);
      g_source_set_callback (self->readable[i], G_SOURCE_FUNC (on_resolver_readable), self, NULL);
      g_source_set_static_name (self->readable[i], "[twolane] DNS");
      g_source_attach (self->readable[i], self->unbound.context);
    }

  return self;
}

/**
 * tl_records_set_contacts:
 * @self: one that has not asked anybody
 * @contacts: (nullable): where to set down what is asked
 */
void
tl_records_set_contacts (TlRecords  *self,
                         TlContacts *contacts)
{
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  if (contacts != NULL)
    self->contacts = tl_contacts_ref (contacts);
}

/**
 * tl_records_lookup_async:
 * @self: a resolver
 * @name: a domain name in A-labels, from the root, final dot or not
 * @type: the record type asked for
 * @deadline: the moment by which there is an answer
 * @cancellable: (nullable): cancels the look-up
 * @callback: called on the context @self was made in
 * @user_data: for @callback
 *
 * Looks up records, with what DNSSEC has to say of them: for that an answer
 * waits 1.5 s at most. Whatever DNS says is an answer, and so is its silence past
 * @deadline, or for 4.5 s: see #TlRecordsStatus. The only error is
 * %G_IO_ERROR_CANCELLED.
 *
 * Data that failed validation is never handed out, but that counts only where
 * the resolver has been able to prove the root's own keys.
 */
void
tl_records_lookup_async (TlRecords           *self,
                         const char          *name,
                         TlRecordType         type,
                         TlDeadline           deadline,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_RECORDS (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_records_lookup_async);
  look_up (self, name, type, FALSE, deadline, task);
}

/**
 * tl_records_lookup_quick_async:
 * @self: a resolver
 * @name: a domain name in A-labels, from the root, final dot or not
 * @type: the record type asked for
 * @deadline: the moment by which there is an answer
 * @cancellable: (nullable): cancels the look-up
 * @callback: called on the context @self was made in
 * @user_data: for @callback
 *
 * As tl_records_lookup_async(), and ends with tl_records_lookup_finish(), but
 * waits for no proof and asks for none: one round trip to the system's resolver.
 * What validation would say is always %TL_DNSSEC_UNKNOWN, except that a resolver
 * which validates by itself may have found the answer bogus.
 */
void
tl_records_lookup_quick_async (TlRecords           *self,
                               const char          *name,
                               TlRecordType         type,
                               TlDeadline           deadline,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_RECORDS (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_records_lookup_quick_async);
  look_up (self, name, type, TRUE, deadline, task);
}

/**
 * tl_records_lookup_finish:
 * @self: a resolver
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the answer, or %NULL with %G_IO_ERROR_CANCELLED
 */
TlRecordSet *
tl_records_lookup_finish (TlRecords     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
