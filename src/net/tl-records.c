/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-records.h"

#include <glib-unix.h>
#include <unbound.h>
#include <unistd.h>

#include "tl-gsource.h"
#include "tl-record-parse.h"
#include "tl-record-set.h"
#include "tl-records-private.h"

#define CLASS_IN 1
#define TYPE_DNSKEY 48

#define RCODE_NOERROR 0
#define RCODE_NXDOMAIN 3
#define RCODE_REFUSED 5

/* How long an answer waits for its proof. Forwarders that know no DNSSEC are
 * common, and they must not make everything slow. */
#define PROOF_WAIT_MS 1500

/* Where systems keep the keys of the root zone. */
static const char * const anchor_files[] = {
  "/usr/share/dns/root.key",
  "/etc/unbound/root.key",
  "/var/lib/unbound/root.key",
};

/* And what they hold, for a system that has none of them: the root's key signing
 * keys of 2017 and 2024 (RFC 9718; IANA's root-anchors.xml). */
static const char * const built_in_anchors[] = {
  ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
  ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
};

/* libunbound answers for these by itself. A resolver at home, in a company or
 * in a laboratory knows better; whoever knows nothing says NXDOMAIN just the same. */
static const char * const special_zones[] = {
  "test.",
  "home.arpa.",
};

/**
 * RootProof: whether this resolver can hand on what validation needs
 *
 * Until the root's own keys have been proven through it, a failed proof says
 * more about the resolver (or this computer's clock) than about the name.
 */
typedef enum
{
  ROOT_PROOF_UNTRIED,
  ROOT_PROOF_ASKED,
  ROOT_PROOF_HOLDS,
  ROOT_PROOF_FAILED,
} RootProof;

typedef enum
{
  LEG_DATA,
  LEG_PROOF,
  N_LEGS,
} LegKind;

struct _TlRecords
{
  GObject         parent_instance;

  GMainContext   *context;           /* owned */
  struct ub_ctx  *resolvers[N_LEGS]; /* owned; NULL: none */
  GSource        *readable[N_LEGS];  /* owned */
  RootProof       root_proof;
  GPtrArray      *lookups;           /* of Lookup, borrowed: those under way */
};

G_DEFINE_FINAL_TYPE (TlRecords, tl_records, G_TYPE_OBJECT)

typedef struct _Lookup Lookup;

/* One question to one of the two resolvers. */
typedef struct
{
  Lookup      *lookup;  /* borrowed */
  gboolean     pending;
  int          id;      /* libunbound's, while pending */
  TlRecordSet *answer;  /* owned; NULL: none yet */
} Leg;

struct _Lookup
{
  TlRecords    *records;      /* borrowed: the task holds it */
  GTask        *task;         /* owned */
  TlRecordType  type;
  TlDeadline    deadline;
  Leg           legs[N_LEGS];
  GSource      *timer;        /* owned */
  GSource      *cancelled;    /* owned; NULL without a cancellable */
};

/* After this no callback of the look-up will run. */
static void
lookup_free (Lookup *self)
{
  g_ptr_array_remove_fast (self->records->lookups, self);

  for (gsize i = 0; i < N_LEGS; i++)
    {
      if (self->legs[i].pending)
        ub_cancel (self->records->resolvers[i], self->legs[i].id);
      g_clear_pointer (&self->legs[i].answer, tl_record_set_unref);
    }

  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->cancelled);
  g_object_unref (self->task);
  g_free (self);
}

/* Ends a look-up; @self and, with the last reference, its TlRecords are gone after. */
static void
lookup_take_answer (Lookup      *self,
                    TlRecordSet *answer)
{
  g_autoptr(GTask) task = g_object_ref (self->task);

  lookup_free (self);
  g_task_return_pointer (task, answer, (GDestroyNotify) tl_record_set_unref);
}

/* The answer to give now, or NULL while it pays to wait. What was proven is
 * taken from the validating resolver itself: whoever can forge the other one's
 * answer must not get it called secure. */
static TlRecordSet *
lookup_judge (Lookup   *self,
              gboolean  no_more_waiting)
{
  TlRecordSet *data = self->legs[LEG_DATA].answer;
  TlRecordSet *proof = self->legs[LEG_PROOF].answer;
  RootProof root_proof = self->records->root_proof;
  gboolean proof_may_come = root_proof == ROOT_PROOF_ASKED ||
                            (root_proof == ROOT_PROOF_HOLDS && self->legs[LEG_PROOF].pending);

  if (proof != NULL && tl_record_set_get_dnssec (proof) == TL_DNSSEC_SECURE)
    return tl_record_set_ref (proof);
  if (proof != NULL && tl_record_set_get_dnssec (proof) == TL_DNSSEC_BOGUS &&
      root_proof == ROOT_PROOF_HOLDS)
    return tl_record_set_ref (proof);

  if (!no_more_waiting && (data == NULL || proof_may_come))
    return NULL;
  if (data == NULL)
    return tl_record_set_new (TL_RECORDS_TIMEOUT, TL_DNSSEC_UNKNOWN, NULL);
  if (proof != NULL && root_proof == ROOT_PROOF_HOLDS)
    return tl_record_set_with_dnssec (data, tl_record_set_get_dnssec (proof));

  return tl_record_set_ref (data);
}

static gboolean
on_time_passed (gpointer data)
{
  Lookup *self = data;

  lookup_take_answer (self, lookup_judge (self, TRUE));

  return G_SOURCE_REMOVE;
}

static void
lookup_arm_timer (Lookup     *self,
                  TlDeadline  deadline)
{
  tl_gsource_clear (&self->timer);
  self->timer = g_timeout_source_new (tl_deadline_get_left_ms (deadline));
  g_source_set_callback (self->timer, on_time_passed, self, NULL);
  g_source_set_static_name (self->timer, "[twolane] DNS deadline");
  g_source_attach (self->timer, self->records->context);
}

static void
lookup_advance (Lookup *self)
{
  TlRecordSet *answer = lookup_judge (self, FALSE);

  if (answer != NULL)
    lookup_take_answer (self, answer);
  else if (self->legs[LEG_DATA].answer != NULL)
    lookup_arm_timer (self, tl_deadline_earlier (self->deadline,
                                                 tl_deadline_in_ms (PROOF_WAIT_MS)));
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  Lookup *self = data;
  g_autoptr(GTask) task = g_object_ref (self->task);

  lookup_free (self);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* A bogus answer comes with its data all the same, so that is asked first. */
static TlRecordSet *
result_to_record_set (const struct ub_result *result,
                      TlRecordType            type)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  TlDnssec dnssec = result->secure ? TL_DNSSEC_SECURE : TL_DNSSEC_INSECURE;

  if (result->bogus)
    return tl_record_set_new (TL_RECORDS_BOGUS, TL_DNSSEC_BOGUS, NULL);
  if (result->rcode == RCODE_NXDOMAIN)
    return tl_record_set_new (TL_RECORDS_NXDOMAIN, dnssec, NULL);
  if (result->rcode == RCODE_REFUSED)
    return tl_record_set_new (TL_RECORDS_REFUSED, TL_DNSSEC_UNKNOWN, NULL);
  if (result->rcode != RCODE_NOERROR)
    return tl_record_set_new (TL_RECORDS_SERVFAIL, TL_DNSSEC_UNKNOWN, NULL);

  for (gsize i = 0; result->havedata && result->data[i] != NULL; i++)
    {
      TlRecord *record = tl_record_parse (type, (const guint8 *) result->data[i],
                                          (gsize) result->len[i]);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return tl_record_set_new (TL_RECORDS_ANSWERED, dnssec, g_steal_pointer (&records));
}

/* Called by ub_process(), hence on the context's thread. A name that DNS could
 * not hold is no syntax error to whoever asks: it just does not exist. */
static void
on_leg_answered (void             *data,
                 int               error,
                 struct ub_result *result)
{
  Leg *leg = data;
  Lookup *self = leg->lookup;

  leg->pending = FALSE;
  if (error == UB_SYNTAX)
    leg->answer = tl_record_set_new (TL_RECORDS_NXDOMAIN, TL_DNSSEC_UNKNOWN, NULL);
  else if (error != 0 || result == NULL)
    leg->answer = tl_record_set_new (TL_RECORDS_SERVFAIL, TL_DNSSEC_UNKNOWN, NULL);
  else
    leg->answer = result_to_record_set (result, self->type);
  ub_resolve_free (result);

  /* Only the proof's word on DNSSEC counts: the data was not validated. */
  if (leg == &self->legs[LEG_DATA])
    {
      g_autoptr(TlRecordSet) unproven = g_steal_pointer (&leg->answer);

      leg->answer = tl_record_set_with_dnssec (unproven, TL_DNSSEC_UNKNOWN);
    }

  lookup_advance (self);
}

static void
on_root_keys_answered (void             *data,
                       int               error,
                       struct ub_result *result)
{
  TlRecords *self = data;
  g_autoptr(GPtrArray) waiting = g_ptr_array_copy (self->lookups, NULL, NULL);

  self->root_proof = error == 0 && result != NULL && result->secure ? ROOT_PROOF_HOLDS
                                                                    : ROOT_PROOF_FAILED;
  ub_resolve_free (result);

  for (guint i = 0; i < waiting->len; i++)
    {
      if (g_ptr_array_find (self->lookups, g_ptr_array_index (waiting, i), NULL))
        lookup_advance (g_ptr_array_index (waiting, i));
    }
}

static void
ask_root_keys (TlRecords *self)
{
  gboolean asked = ub_resolve_async (self->resolvers[LEG_PROOF], ".", TYPE_DNSKEY, CLASS_IN, self,
                                     on_root_keys_answered, NULL) == 0;

  self->root_proof = asked ? ROOT_PROOF_ASKED : ROOT_PROOF_FAILED;
}

/* A callback may drop the last reference from outside, and the resolver must
 * not go while it is at work. */
static gboolean
on_resolver_readable (int          fd,
                      GIOCondition condition,
                      gpointer     data)
{
  g_autoptr(TlRecords) self = g_object_ref (data);

  for (gsize i = 0; i < N_LEGS; i++)
    {
      if (self->resolvers[i] != NULL && ub_fd (self->resolvers[i]) == fd)
        ub_process (self->resolvers[i]);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
add_anchors (struct ub_ctx *resolver,
             const char    *anchor_file)
{
  gboolean added = TRUE;

  if (anchor_file == NULL)
    return TRUE;
  if (!g_str_equal (anchor_file, TL_RECORDS_BUILT_IN))
    return ub_ctx_add_ta_file (resolver, anchor_file) == 0;

  for (gsize i = 0; added && i < G_N_ELEMENTS (built_in_anchors); i++)
    added = ub_ctx_add_ta (resolver, built_in_anchors[i]) == 0;

  return added;
}

/* The order matters: the first zone added ends the configuration. Never the
 * root servers: without a usable resolv.conf it is this computer (resolv.conf(5)). */
static struct ub_ctx *
new_resolver (const char *forwarder,
              const char *anchor_file)
{
  struct ub_ctx *resolver = ub_ctx_create ();
  gboolean usable;

  if (resolver == NULL)
    return NULL;

  ub_ctx_debugout (resolver, NULL);
  usable = ub_ctx_async (resolver, TRUE) == 0 &&
           ub_ctx_set_option (resolver, "do-not-query-localhost:", "no") == 0 &&
           ub_ctx_set_option (resolver, "unblock-lan-zones:", "yes") == 0 &&
           (forwarder != NULL ? ub_ctx_set_fwd (resolver, forwarder) == 0
                              : ub_ctx_resolvconf (resolver, NULL) == 0 ||
                                ub_ctx_set_fwd (resolver, "127.0.0.1") == 0) &&
           add_anchors (resolver, anchor_file);

  for (gsize i = 0; usable && i < G_N_ELEMENTS (special_zones); i++)
    usable = ub_ctx_zone_add (resolver, special_zones[i], "transparent") == 0;

  if (!usable)
    g_clear_pointer (&resolver, ub_ctx_delete);

  return resolver;
}

static void
tl_records_dispose (GObject *object)
{
  TlRecords *self = TL_RECORDS (object);

  for (gsize i = 0; i < N_LEGS; i++)
    {
      tl_gsource_clear (&self->readable[i]);
      g_clear_pointer (&self->resolvers[i], ub_ctx_delete);
    }

  G_OBJECT_CLASS (tl_records_parent_class)->dispose (object);
}

static void
tl_records_finalize (GObject *object)
{
  TlRecords *self = TL_RECORDS (object);

  g_ptr_array_unref (self->lookups);
  g_main_context_unref (self->context);

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
  self->context = g_main_context_ref_thread_default ();
  self->lookups = g_ptr_array_new ();
}

/**
 * tl_records_new:
 *
 * Makes a resolver that asks where /etc/resolv.conf says, and validates from
 * the root's keys: the system's, else those that are compiled in.
 *
 * Returns: (transfer full): the resolver
 */
TlRecords *
tl_records_new (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (anchor_files); i++)
    {
      if (access (anchor_files[i], R_OK) == 0)
        return tl_records_new_for (NULL, anchor_files[i]);
    }

  return tl_records_new_for (NULL, TL_RECORDS_BUILT_IN);
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

  self->resolvers[LEG_DATA] = new_resolver (forwarder, NULL);
  if (anchor_file != NULL)
    self->resolvers[LEG_PROOF] = new_resolver (forwarder, anchor_file);

  for (gsize i = 0; i < N_LEGS; i++)
    {
      if (self->resolvers[i] == NULL)
        continue;

      self->readable[i] = g_unix_fd_source_new (ub_fd (self->resolvers[i]), G_IO_IN);
      g_source_set_callback (self->readable[i], G_SOURCE_FUNC (on_resolver_readable), self, NULL);
      g_source_set_static_name (self->readable[i], "[twolane] DNS");
      g_source_attach (self->readable[i], self->context);
    }

  return self;
}

/* Returns whether the question is on its way. */
static gboolean
lookup_ask (Lookup     *self,
            LegKind     kind,
            const char *name)
{
  Leg *leg = &self->legs[kind];

  leg->lookup = self;
  leg->pending = self->records->resolvers[kind] != NULL &&
                 ub_resolve_async (self->records->resolvers[kind], name, (int) self->type, CLASS_IN,
                                   leg, on_leg_answered, &leg->id) == 0;

  return leg->pending;
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
 * Looks up records. Whatever DNS says is an answer, and so is its silence past
 * @deadline: see #TlRecordsStatus. The only error is %G_IO_ERROR_CANCELLED.
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
  Lookup *lookup;

  g_return_if_fail (TL_IS_RECORDS (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_records_lookup_async);
  g_return_if_fail (g_task_get_context (task) == self->context);

  if (g_task_return_error_if_cancelled (task))
    return;

  lookup = g_new0 (Lookup, 1);
  lookup->records = self;
  lookup->task = g_object_ref (task);
  lookup->type = type;
  lookup->deadline = deadline;
  g_ptr_array_add (self->lookups, lookup);

  if (!lookup_ask (lookup, LEG_DATA, name))
    {
      lookup_take_answer (lookup,
                          tl_record_set_new (TL_RECORDS_SERVFAIL, TL_DNSSEC_UNKNOWN, NULL));
      return;
    }

  if (self->resolvers[LEG_PROOF] != NULL && self->root_proof == ROOT_PROOF_UNTRIED)
    ask_root_keys (self);
  if (self->root_proof == ROOT_PROOF_ASKED || self->root_proof == ROOT_PROOF_HOLDS)
    lookup_ask (lookup, LEG_PROOF, name);

  lookup_arm_timer (lookup, deadline);
  if (cancellable != NULL)
    {
      lookup->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (lookup->cancelled, G_SOURCE_FUNC (on_cancelled), lookup, NULL);
      g_source_set_static_name (lookup->cancelled, "[twolane] DNS cancelled");
      g_source_attach (lookup->cancelled, self->context);
    }
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
