/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-rules.h"

#include <string.h>

#include "tl-provider.h"

/* What data/sending-rules.json says, written a second time by hand: neither a row nor an order, a
 * condition or a source changes unseen. */
typedef enum
{
  ANY,
  NO,
  YES,
} Asked;

typedef struct
{
  const char       *id;
  TlSendingService  service;
  const char       *kinds;      /* initials; NULL: all */
  guint             volume;     /* at least, as the next two */
  guint             mailboxes;
  guint             per_domain;
  TlSendingOver     over;
  Asked             by_relay;
  Asked             forbidden;
  Asked             offered;
  Asked             known;
  const char       *names;      /* what its text has placeholders for, in their order */
  const char       *source;
  gboolean          is_opinion;
} RuleCase;

#define PROVIDER TL_SENDING_SERVICE_PROVIDER
#define OFFERED  TL_SENDING_SERVICE_PROVIDER_RELAY
#define RELAY    TL_SENDING_SERVICE_DEDICATED_RELAY
#define MORE     TL_SENDING_SERVICE_MORE_MAILBOXES

#define OVER_CEILING  .over = TL_SENDING_OVER_CEILING
#define OVER_PROVIDER .over = TL_SENDING_OVER_PROVIDER

#define SERVICES  "the rules of sending services"
#define PROVIDERS "the provider’s rules"
#define LIMIT     "the provider’s limit"
#define BULK      "Twolane, from the rules of Google and Microsoft for bulk senders"
#define OURS      .source = "Twolane", .is_opinion = TRUE

static const RuleCase rule_cases[] = {
  { "outreach-forbidden-by-relay", PROVIDER, "o", .by_relay = YES, .forbidden = YES, .names = "",
    .source = SERVICES },
  { "outreach-forbidden-by-provider", PROVIDER, "o", .by_relay = NO, .forbidden = YES, .names = "",
    .source = PROVIDERS },
  { "outreach-bulk", PROVIDER, "o", .volume = 5000, .names = "", .source = BULK,
    .is_opinion = TRUE },
  { "outreach-too-many-mailboxes", PROVIDER, "o", .mailboxes = 21, OVER_CEILING,
    .names = "volume limit needed", OURS },
  { "outreach-over-provider", MORE, "o", OVER_PROVIDER,
    .names = "per_mailbox provider provider_limits", .source = LIMIT },
  { "outreach-over-ceiling", MORE, "o", OVER_CEILING, .names = "volume limit needed", OURS },
  { "outreach-not-by-relay", MORE, "o", OVER_CEILING, .by_relay = NO, .names = "",
    .source = SERVICES },
  { "conversation-over-provider", MORE, "c", OVER_PROVIDER,
    .names = "per_mailbox provider provider_limits", .source = LIMIT },
  { "conversation-over-ceiling", MORE, "c", OVER_CEILING, .names = "volume limit needed", OURS },
  { "relay-in-place", RELAY, NULL, .by_relay = YES, .names = "", OURS },
  { "subscribed-bulk", RELAY, "s", .per_domain = 5000, .names = "", .source = BULK,
    .is_opinion = TRUE },
  { "subscribed-over-provider-with-relay", OFFERED, "s", OVER_PROVIDER, .offered = YES,
    .names = "per_mailbox provider provider_limits", .source = LIMIT },
  { "subscribed-over-provider", RELAY, "s", OVER_PROVIDER,
    .names = "per_mailbox provider provider_limits", .source = LIMIT },
  { "subscribed-over-ceiling-with-relay", OFFERED, "s", OVER_CEILING, .offered = YES,
    .names = "per_mailbox limit provider", OURS },
  { "subscribed-over-ceiling", RELAY, "s", OVER_CEILING, .names = "per_mailbox limit", OURS },
  { "volume-unknown", PROVIDER, NULL, .known = NO, .names = "", OURS },
  { "answers-come-back", PROVIDER, "oc", .names = "", OURS },
  { "within-limits", PROVIDER, NULL, .names = "per_mailbox", OURS },
};

/* Whose rules generally forbid mail that nobody asked for, and who has a relay of its own. */
static const char * const forbid[] = {
  "amazon-ses", "mandrill", "mxroute", "postmark", "sendgrid", NULL
};
static const char * const offer[] = { "google", NULL };

/* Names between braces, in the order of the text, joined by blanks. */
static char *
list_names (const char *text)
{
  g_autoptr(GString) names = g_string_new (NULL);
  const char *open = text;

  while ((open = strchr (open, '{')) != NULL)
    {
      const char *end = strchr (open, '}');

      g_assert_nonnull (end);
      if (names->len > 0)
        g_string_append_c (names, ' ');
      g_string_append_len (names, open + 1, end - open - 1);
      open = end;
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
test_rows (void)
{
  TlSendingRules *rules = tl_sending_rules_get ();

  g_assert_cmpuint (tl_sending_rules_get_n (rules), ==, G_N_ELEMENTS (rule_cases));

  for (guint i = 0; i < G_N_ELEMENTS (rule_cases); i++)
    {
      const RuleCase *c = &rule_cases[i];
      const TlSendingRule *rule = tl_sending_rules_nth (rules, i);
      g_autofree char *names = list_names (rule->text);

      g_assert_cmpstr (rule->id, ==, c->id);
      g_assert_true (tl_sending_rule_find (c->id) == rule);
      g_assert_cmpint (rule->service, ==, c->service);
      g_assert_cmpstr (rule->source, ==, c->source);
      g_assert_cmpint (rule->is_opinion, ==, c->is_opinion);
      g_assert_cmpstr (rule->as_of, ==, "2026-11-21");
      g_assert_cmpstr (names, ==, c->names);
    }
}

static gboolean
is_so (Asked    asked,
       gboolean is)
{
  return asked == ANY || (asked == YES) == is;
}

static gboolean
is_among (const char * const *ids,
          const char         *id)
{
  return id != NULL && g_strv_contains (ids, id);
}

static gboolean
is_over (const RuleCase      *c,
         const TlSendingCase *facts)
{
  guint most = c->over == TL_SENDING_OVER_CEILING ? facts->ceiling : facts->provider_per_day;

  return c->over == TL_SENDING_OVER_ANYTHING || (most > 0 && facts->per_mailbox > most);
}

static gboolean
is_enough (const RuleCase      *c,
           const TlSendingCase *facts)
{
  guint needed = facts->ceiling > 0 ? (facts->volume + facts->ceiling - 1) / facts->ceiling : 0;

  return facts->volume >= c->volume && needed >= c->mailboxes &&
         facts->per_domain >= c->per_domain;
}

static gboolean
is_wanted (const RuleCase      *c,
           const TlSendingCase *facts)
{
  static const char initials[] = "osc";
  const char *sender = facts->relay != NULL ? facts->relay : facts->provider;

  return (c->kinds == NULL || strchr (c->kinds, initials[facts->kind]) != NULL) &&
         is_enough (c, facts) && is_over (c, facts) &&
         is_so (c->by_relay, facts->relay != NULL) &&
         is_so (c->forbidden, is_among (forbid, sender)) &&
         is_so (c->offered, is_among (offer, facts->provider)) &&
         is_so (c->known, facts->volume > 0);
}

/* Every volume beside every limit. */
static void
hold_against (TlSendingCase facts)
{
  static const guint volumes[] = { 0, 200, 201, 4999, 5000 };
  TlSendingRules *rules = tl_sending_rules_get ();

  for (guint n = 0; n < G_N_ELEMENTS (volumes) << 4; n++)
    {
      facts.volume = volumes[n >> 4];
      facts.per_mailbox = 10 + (n & 1);
      facts.per_domain = 4999 + (n >> 1 & 1);
      facts.ceiling = (n >> 2 & 1) * 10;
      facts.provider_per_day = (n >> 3 & 1) * 10;
      for (guint i = 0; i < G_N_ELEMENTS (rule_cases); i++)
        {
          if (tl_sending_rules_holds (rules, i, &facts) != is_wanted (&rule_cases[i], &facts))
            g_error ("%s: %u a day, %u of a mailbox, %u of a domain, provider %s, relay %s",
                     rule_cases[i].id, facts.volume, facts.per_mailbox, facts.per_domain,
                     facts.provider, facts.relay);
        }
    }
}

static void
test_conditions (gconstpointer data)
{
  TlSendingKind kind = GPOINTER_TO_INT (data);
  GPtrArray *providers = tl_providers_get_all ();

  hold_against ((TlSendingCase) { .kind = kind });
  for (guint i = 0; i < providers->len; i++)
    {
      const char *id = tl_provider_get_id (providers->pdata[i]);

      hold_against ((TlSendingCase) { .kind = kind, .provider = id });
      hold_against ((TlSendingCase) { .kind = kind, .relay = id });
      hold_against ((TlSendingCase) { .kind = kind, .provider = "google", .relay = id });
      hold_against ((TlSendingCase) { .kind = kind, .provider = "mxroute", .relay = id });
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sending/rules/rows", test_rows);
  for (TlSendingKind kind = 0; kind <= TL_SENDING_KIND_CONVERSATION; kind++)
    {
      g_autofree char *path = g_strconcat ("/sending/rules/conditions/",
                                           tl_sending_kind_get_nick (kind), NULL);

      g_test_add_data_func (path, GINT_TO_POINTER (kind), test_conditions);
    }

  return g_test_run ();
}
