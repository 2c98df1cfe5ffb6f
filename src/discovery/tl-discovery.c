/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-private.h"

#include "tl-error.h"

/* In this order they are shown. */
static const TlDiscoverySource * const all_sources[] = {
  &tl_source_provider_domain,
  &tl_source_provider_mx,
  &tl_source_pacc,
  &tl_source_autoconfig,
  &tl_source_well_known,
  &tl_source_mailconf,
  &tl_source_srv,
  &tl_source_directory,
  &tl_source_mx_autoconfig,
  &tl_source_mx_directory,
  &tl_source_autodiscover,
  &tl_source_gateway,
  &tl_source_guess,
};

struct _TlDiscovery
{
  GObject           parent_instance;

  TlDiscoveryBrief  brief;     /* its address and network are owned */
  char             *directory; /* owned: what the options point at */
  gboolean          has_run;
};

G_DEFINE_FINAL_TYPE (TlDiscovery, tl_discovery, G_TYPE_OBJECT)

enum
{
  SOURCE_CHANGED,
  PROPOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  GMainContext      *owner;     /* owned */
  TlDiscovery       *discovery; /* owned */
  TlSourceAnswer    *answer;    /* owned, or NULL */
  TlDiscoveryReport *report;    /* owned, or NULL */
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *self = data;

  g_main_context_unref (self->owner);
  g_object_unref (self->discovery);
  g_clear_object (&self->answer);
  g_clear_pointer (&self->report, tl_discovery_report_unref);
  g_free (self);
}

static gboolean
deliver (gpointer data)
{
  Delivery *self = data;

  g_assert (g_main_context_is_owner (self->owner));

  if (self->answer != NULL)
    g_signal_emit (self->discovery, signals[SOURCE_CHANGED], 0, self->answer);
  if (self->report != NULL)
    g_signal_emit (self->discovery, signals[PROPOSED], 0, self->report);

  return G_SOURCE_REMOVE;
}

static void
tl_discovery_finalize (GObject *object)
{
  TlDiscovery *self = TL_DISCOVERY (object);

  g_clear_pointer (&self->brief.address, tl_address_unref);
  g_clear_pointer (&self->brief.network, tl_network_unref);
  g_clear_pointer (&self->directory, g_free);

  G_OBJECT_CLASS (tl_discovery_parent_class)->finalize (object);
}

static void
tl_discovery_class_init (TlDiscoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_discovery_finalize;

  /**
   * TlDiscovery::source-changed:
   * @self: the discovery
   * @answer: the source and what has become of it
   *
   * Emitted when a source is asked, and when it is known what became of it.
   */
  signals[SOURCE_CHANGED] =
    g_signal_new ("source-changed", TL_TYPE_DISCOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, TL_TYPE_SOURCE_ANSWER);

  /**
   * TlDiscovery::proposed:
   * @self: the discovery
   * @report: what is known so far; a source that has not answered has the status `asking` in it
   *
   * Emitted when nothing that is outstanding could change what is proposed any
   * more, and something is outstanding. Otherwise the result itself is at hand.
   */
  signals[PROPOSED] =
    g_signal_new ("proposed", TL_TYPE_DISCOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, TL_TYPE_DISCOVERY_REPORT);
}

static void
tl_discovery_init (TlDiscovery *self)
{
}

/**
 * tl_discovery_new:
 * @address: whose servers to look for
 * @network: the real network; in the practice network no source is ever asked
 * @options: (nullable): what a person or policy wants; copied
 *
 * Returns: (transfer full): a discovery, to be run once
 */
TlDiscovery *
tl_discovery_new (TlAddress                *address,
                  TlNetwork                *network,
                  const TlDiscoveryOptions *options)
{
  return tl_discovery_new_with_sources (address, network, options, all_sources,
                                        G_N_ELEMENTS (all_sources), NULL);
}

/**
 * tl_discovery_new_with_sources:
 * @address: whose servers to look for
 * @network: the real network
 * @options: (nullable): what a person or policy wants; copied
 * @sources: (array length=n_sources): the sources to ask; borrowed for good
 * @n_sources: how many
 * @prober_func: (nullable): tries a server; %NULL for really doing so
 *
 * Returns: (transfer full): a discovery that asks these sources and no others
 */
TlDiscovery *
tl_discovery_new_with_sources (TlAddress                        *address,
                               TlNetwork                        *network,
                               const TlDiscoveryOptions         *options,
                               const TlDiscoverySource * const  *sources,
                               guint                             n_sources,
                               TlProberFunc                      prober_func)
{
  static const TlDiscoveryOptions defaults = { 0 };
  TlDiscovery *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (network != NULL, NULL);

  if (options == NULL)
    options = &defaults;

  self = g_object_new (TL_TYPE_DISCOVERY, NULL);
  self->directory = g_strdup (options->directory != NULL ? options->directory
                                                         : TL_DISCOVERY_DIRECTORY);
  self->brief = (TlDiscoveryBrief) {
    .address = tl_address_ref (address),
    .network = tl_network_ref (network),
    .options = {
      .budget_ms = options->budget_ms > 0 ? options->budget_ms : TL_DISCOVERY_BUDGET_MS,
      .directory = self->directory,
      .send_address = options->send_address,
    },
    .sources = sources,
    .n_sources = n_sources,
    .prober_func = prober_func,
  };

  return self;
}

/**
 * tl_discovery_post:
 * @self: the discovery
 * @owner: where its owner listens
 * @answer: (nullable): what became of a source
 * @report: (nullable): what is proposed
 *
 * Sends news to the owner, from the discovery thread. An idle source, and not
 * g_main_context_invoke(): that one may call the owner on this thread.
 */
void
tl_discovery_post (TlDiscovery       *self,
                   GMainContext      *owner,
                   TlSourceAnswer    *answer,
                   TlDiscoveryReport *report)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->owner = g_main_context_ref (owner);
  delivery->discovery = g_object_ref (self);
  delivery->answer = answer != NULL ? g_object_ref (answer) : NULL;
  delivery->report = report != NULL ? tl_discovery_report_ref (report) : NULL;

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, delivery, delivery_free);
  g_source_set_static_name (source, "[twolane] discovery news");
  g_source_attach (source, owner);
}

/**
 * tl_discovery_run_async:
 * @self: a discovery that has not run
 * @cancellable: (nullable): stops it, within 200 ms
 * @callback: called when there is a report
 * @user_data: for @callback
 *
 * Asks all sources at once. What is proposed stands as soon as nothing that is
 * outstanding could change it; the run then goes on for at most
 * `TL_DISCOVERY_SETTLE_MS`, for contradictions and notes. It ends at the latest
 * when the budget is used up; what has not answered by then says so in the
 * report.
 */
void
tl_discovery_run_async (TlDiscovery         *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_DISCOVERY (self));
  g_return_if_fail (!self->has_run);

  self->has_run = TRUE;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_discovery_run_async);

  if (tl_network_is_practice (self->brief.network))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_REFUSED,
                               "nobody is asked about the practice mailbox");
      return;
    }

  tl_discovery_run_start (task, &self->brief);
}

/**
 * tl_discovery_run_finish:
 * @self: a discovery
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Finding nothing is a report, not an error.
 *
 * Returns: (transfer full): the report, or %NULL with %G_IO_ERROR_CANCELLED, or with
 *   %TL_ERROR_REFUSED in the practice network
 */
TlDiscoveryReport *
tl_discovery_run_finish (TlDiscovery   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
