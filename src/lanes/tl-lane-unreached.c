/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-unreached.h"

#include "tl-knock.h"
#include "tl-lane-elsewhere.h"
#include "tl-lane-ledger.h"
#include "tl-proxy.h"

#define MAX_DOORS 8

/* What is looked at beside a port that did not answer. */
typedef struct
{
  TlKnock knocks[MAX_DOORS];
  gsize   n_knocks;
  gsize   n_own;     /* the first of them are other ways into the same lane */
  gsize   n_mail;    /* and these belong to mail at all; the rest is the web */
  char   *proxy;     /* owned: what the web goes through, or NULL */
  char   *passage;   /* owned: whether that lets this lane through */
} Survey;

static void
survey_clear (Survey *self)
{
  g_clear_pointer (&self->proxy, g_free);
  g_clear_pointer (&self->passage, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Survey, survey_clear)

static void
add_door (TlLaneWork     *work,
          Survey         *survey,
          guint16         port,
          TlSecurity      security,
          TlGreetingKind  wanted)
{
  if (port == 0 || port == tl_lane_work_get_port (work) ||
      tl_knock_find (survey->knocks, survey->n_knocks, port) != NULL)
    return;

  g_return_if_fail (survey->n_knocks < MAX_DOORS);
  survey->knocks[survey->n_knocks++] = (TlKnock) {
    .port = port, .security = security, .wanted = wanted,
  };
}

/* The outgoing lane's own doors come first, best first, as
 * tl_lane_elsewhere_list() has them. */
static void
line_up (TlLaneWork *work,
         Survey     *survey)
{
  const TlLanePorts *ports = &work->ports;

  survey->n_knocks = tl_lane_elsewhere_list (work, survey->knocks);
  if (work->kind == TL_LANE_OUTGOING)
    {
      add_door (work, survey, ports->smtp_transfer, TL_SECURITY_NONE, TL_GREETING_SMTP);
      survey->n_own = survey->n_knocks;
      add_door (work, survey, ports->imaps, TL_SECURITY_NONE, TL_GREETING_IMAP);
    }
  else
    {
      survey->n_own = survey->n_knocks;
      add_door (work, survey, ports->pop3s, TL_SECURITY_TLS, TL_GREETING_POP3);
      add_door (work, survey, ports->pop3, TL_SECURITY_STARTTLS, TL_GREETING_POP3);
    }
  survey->n_mail = survey->n_knocks;
  add_door (work, survey, ports->https, TL_SECURITY_NONE, TL_GREETING_HTTP);
}

/* --- The proxy, beside the knocking ------------------------------------------------ */

typedef struct
{
  TlLaneWork   *work;
  TlDeadline    deadline;
  GCancellable *cancellable;
  Survey       *survey;
} Errand;

static gpointer
proxy_thread (gpointer data)
{
  Errand *self = data;
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (self->work->settings);
  g_autoptr(GUri) own = NULL;
  g_autoptr(GUri) web = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(GError) error = NULL;

  /* Where mail has a proxy already, it is that one which did not get through. */
  own = tl_proxy_find_sync (self->work->network, endpoint, self->deadline, self->cancellable,
                            &error);
  if (own == NULL && error == NULL)
    web = tl_proxy_find_web_sync (self->work->network, tl_endpoint_get_host (endpoint),
                                  self->deadline, self->cancellable, &error);
  if (web == NULL)
    return NULL;

  channel = tl_channel_dial_through_sync (self->work->network, web, endpoint, self->deadline,
                                          self->cancellable, &fault, &error);
  self->survey->proxy = tl_proxy_describe (web);
  self->survey->passage =
    g_strdup_printf ("CONNECT to port %u through the proxy: %s", tl_endpoint_get_port (endpoint),
                     channel != NULL ? "passes"
                     : fault == NULL ? "not known"
                                     : tl_cause_get_nick (tl_fault_get_cause (fault)));

  return NULL;
}

static void
look_around_sync (TlLaneWork   *work,
                  Survey       *survey,
                  gboolean      with_proxy,
                  TlDeadline    deadline,
                  GCancellable *cancellable)
{
  Errand errand = { work, deadline, cancellable, survey };
  GThread *thread = NULL;

  if (with_proxy)
    thread = g_thread_try_new ("tl-lane-proxy", proxy_thread, &errand, NULL);
  tl_knock_all_sync (work, survey->knocks, survey->n_knocks, deadline, cancellable);
  if (thread != NULL)
    g_thread_join (thread);
}

/* --- What it comes to --------------------------------------------------------------- */

static guint
count_state (const Survey *survey,
             gsize         from,
             gsize         to,
             TlKnockState  state)
{
  guint n = 0;

  for (gsize i = from; i < to; i++)
    n += survey->knocks[i].state == state;

  return n;
}

static gboolean
is_cut_off (TlCause cause)
{
  return cause == TL_CAUSE_TIMEOUT || cause == TL_CAUSE_FILTERED;
}

/* The host answered in this run, rejected a sign-in, and now there is no mail
 * service of it left that answers: bans drop, and bans refuse. Its web pages
 * are often left alone. */
static gboolean
is_banned (TlLaneWork   *work,
           const Survey *survey,
           TlCause       cause)
{
  g_autofree char *name = tl_lane_work_dup_ledger_name (work);

  return cause != TL_CAUSE_UNREACHABLE && survey->n_mail > 0 &&
         count_state (survey, 0, survey->n_mail, TL_KNOCK_OPEN) == 0 &&
         tl_lane_ledger_get_n_rejected (tl_lane_ledger_get_default (), name,
                                        g_get_monotonic_time ()) > 0;
}

static gboolean
is_pop3_only (TlLaneWork   *work,
              const Survey *survey)
{
  gboolean has_pop3 = FALSE;

  for (gsize i = survey->n_own; i < survey->n_mail; i++)
    has_pop3 = has_pop3 || survey->knocks[i].speaks;

  return work->kind == TL_LANE_INCOMING && has_pop3 &&
         count_state (survey, 0, survey->n_own, TL_KNOCK_OPEN) == 0;
}

/* Every way out for messages is cut, and something else of the host is there;
 * a refusal is an answer, too. */
static gboolean
is_blocked (TlLaneWork   *work,
            const Survey *survey,
            TlCause       cause)
{
  guint n_cut = count_state (survey, 0, survey->n_own, TL_KNOCK_SILENT) +
                count_state (survey, 0, survey->n_own, TL_KNOCK_FILTERED);
  guint n_there = count_state (survey, survey->n_own, survey->n_knocks, TL_KNOCK_OPEN) +
                  count_state (survey, survey->n_own, survey->n_knocks, TL_KNOCK_REFUSED);

  return work->kind == TL_LANE_OUTGOING && is_cut_off (cause) && survey->n_own > 0 &&
         n_cut == survey->n_own && n_there > 0;
}

static gboolean
is_proxy_only (const Survey *survey)
{
  return survey->proxy != NULL &&
         count_state (survey, 0, survey->n_knocks, TL_KNOCK_OPEN) == 0 &&
         count_state (survey, 0, survey->n_knocks, TL_KNOCK_REFUSED) == 0;
}

static TlCause
judge (TlLaneWork   *work,
       const Survey *survey,
       TlCause       cause)
{
  if (is_banned (work, survey, cause))
    return TL_CAUSE_BANNED;
  if (is_pop3_only (work, survey))
    return TL_CAUSE_POP3_ONLY;
  if (is_blocked (work, survey, cause))
    return TL_CAUSE_PORTS_BLOCKED;
  if (is_proxy_only (survey))
    return TL_CAUSE_PROXY_ONLY;

  return cause;
}

/* The ports for mail that stayed silent, and whatever let a connection stand. A
 * port that refused did neither: it counts for the verdict, and is named beside. */
static void
insert_ports (TlLaneWork   *work,
              const Survey *survey,
              TlCause       cause,
              GVariantDict *dict)
{
  g_autoptr(GStrvBuilder) silent = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) open = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) refused = g_strv_builder_new ();
  g_auto(GStrv) silent_ports = NULL;
  g_auto(GStrv) open_ports = NULL;
  g_auto(GStrv) refused_ports = NULL;

  if (is_cut_off (cause))
    {
      g_autofree char *own = g_strdup_printf ("%u", tl_lane_work_get_port (work));

      g_strv_builder_add (silent, own);
    }
  for (gsize i = 0; i < survey->n_knocks; i++)
    {
      const TlKnock *knock = &survey->knocks[i];
      g_autofree char *port = g_strdup_printf ("%u", knock->port);

      if (knock->state == TL_KNOCK_OPEN)
        g_strv_builder_add (open, port);
      else if (knock->state == TL_KNOCK_REFUSED)
        g_strv_builder_add (refused, port);
      else if (knock->state != TL_KNOCK_UNKNOWN && i < survey->n_mail)
        g_strv_builder_add (silent, port);
    }

  silent_ports = g_strv_builder_end (silent);
  open_ports = g_strv_builder_end (open);
  refused_ports = g_strv_builder_end (refused);
  g_variant_dict_insert (dict, TL_EVIDENCE_PORTS_SILENT, "^as", silent_ports);
  g_variant_dict_insert (dict, TL_EVIDENCE_PORTS_OPEN, "^as", open_ports);
  if (refused_ports[0] != NULL && !g_variant_dict_contains (dict, TL_EVIDENCE_DETAIL))
    {
      g_autofree char *list = g_strjoinv (", ", refused_ports);
      g_autofree char *detail = g_strconcat ("refused at other ports: ", list, NULL);

      g_variant_dict_insert (dict, TL_EVIDENCE_DETAIL, "s", detail);
    }
}

/**
 * tl_lane_unreached_explain_sync:
 * @work: a lane that got no connection
 * @fault: why
 * @deadline: the moment by which it is explained
 * @cancellable: (nullable): cancels the waits
 *
 * Knocks on other ports of the same host, all at once, and asks which proxy
 * the web goes through. That tells apart a host that bans this network, one
 * that only has POP3, a network that keeps messages in, and one that only lets
 * the web out; else another port that would do is evidence.
 *
 * Returns: (transfer full): @fault, or %TL_CAUSE_BANNED, %TL_CAUSE_POP3_ONLY,
 *   %TL_CAUSE_PORTS_BLOCKED or %TL_CAUSE_PROXY_ONLY, with the ports that were silent and
 *   those that answered
 */
TlFault *
tl_lane_unreached_explain_sync (TlLaneWork    *work,
                                const TlFault *fault,
                                TlDeadline     deadline,
                                GCancellable  *cancellable)
{
  TlCause cause = tl_fault_get_cause (fault);
  g_auto(Survey) survey = { 0 };
  TlCause judged;
  g_autofree char *url = NULL;
  GVariantDict dict;

  line_up (work, &survey);
  look_around_sync (work, &survey, cause != TL_CAUSE_REFUSED, deadline, cancellable);
  judged = judge (work, &survey, cause);

  g_variant_dict_init (&dict, tl_fault_get_evidence (fault));
  insert_ports (work, &survey, cause, &dict);
  if (judged == TL_CAUSE_POP3_ONLY)
    g_variant_dict_insert (&dict, TL_EVIDENCE_DOMAIN, "s", tl_address_get_domain (work->address));
  if (judged == TL_CAUSE_PROXY_ONLY)
    {
      g_variant_dict_insert (&dict, TL_EVIDENCE_PROXY, "s", survey.proxy);
      g_variant_dict_insert (&dict, TL_EVIDENCE_DETAIL, "s", survey.passage);
    }

  url = judged == cause ? tl_lane_elsewhere_dup_best (work, survey.knocks, survey.n_own) : NULL;
  if (url != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_ENDPOINT, "s", url);

  return tl_fault_new (judged, g_variant_dict_end (&dict));
}
