/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ranking.h"

#include <string.h>

#include "said.h"

#define MAX_PROBED  3
#define MAX_SOURCES 4
#define N_SCENES    600
#define N_ORDERS    4

#define BOTH(host) { "in " host, "out " host }

static GPtrArray *
make_probed (const char * const *texts,
             TlAddress          *address)
{
  GPtrArray *probed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_probed_free);

  for (guint i = 0; i < MAX_PROBED && texts[i] != NULL; i++)
    {
      g_autoptr(TlClaim) claim = said_parse_claim (strchr (texts[i], ' ') + 1, TL_SOURCE_SRV,
                                                   address);

      g_ptr_array_add (probed, tl_probed_new (tl_claim_get_lane (claim),
                                              tl_claim_get_endpoint (claim),
                                              g_str_has_prefix (texts[i], "there ")));
    }

  return probed;
}

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *probed[MAX_PROBED];
  gboolean    more_to_come;
  const char *trials; /* "in host:port", by commas */
} TrialCase;

static const TrialCase trial_cases[] = {
  { "alone", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } }, { NULL }, FALSE, "" },
  { "alone-and-more-to-come",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org", "in b.example.org", "out a.example.org" } } },
    { NULL }, TRUE, "in a.example.org:993, out a.example.org:465" },
  { "alone-and-there",
    { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    { "there in a.example.org", "gone out a.example.org" }, TRUE, "" },
  { "agree", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
               { TL_SOURCE_SRV, { "in a.example.org 143 starttls" } } }, { NULL }, FALSE, "" },
  { "one-in-common", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org", "in b.example.org" } },
                       { TL_SOURCE_SRV, { "in b.example.org" } } }, { NULL }, FALSE, "" },
  { "disagree", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 143 starttls", "in a.example.org" } },
                  { TL_SOURCE_SRV, { "in b.example.org" } } },
    { NULL }, FALSE, "in a.example.org:993, in a.example.org:143, in b.example.org:993" },
  { "disagree-and-first-there",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
      { TL_SOURCE_SRV, { "in b.example.org" } } },
    { "there in a.example.org" }, TRUE, "" },
  { "disagree-and-first-gone",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
      { TL_SOURCE_SRV, { "in b.example.org" } },
      { TL_SOURCE_AUTODISCOVER, { "in c.example.org" } } },
    { "gone in a.example.org" }, FALSE, "in b.example.org:993, in c.example.org:993" },
  { "disagree-and-second-there",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
      { TL_SOURCE_SRV, { "in b.example.org" } },
      { TL_SOURCE_AUTODISCOVER, { "in c.example.org" } } },
    { "there in b.example.org" }, FALSE, "in a.example.org:993" },
  { "one-lane", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org", "out c.example.org" } },
                  { TL_SOURCE_SRV, { "in a.example.org", "out d.example.org" } } },
    { NULL }, FALSE, "out c.example.org:465, out d.example.org:465" },
  { "with-a-guess", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
                      { TL_SOURCE_GUESS, { "in b.example.org" } } }, { NULL }, FALSE, "" },
  { "guess-needs-no-trying", { { TL_SOURCE_GUESS, { "in b.example.org" } } }, { NULL }, TRUE, "" },
  { "with-the-table", { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com" } },
                        { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
                        { TL_SOURCE_SRV, { "in b.example.org" } } }, { NULL }, TRUE, "" },
  { "proven-pacc-with-the-table",
    { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com" } },
      { TL_SOURCE_PACC, { "in a.example.org" }, .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
      { TL_SOURCE_SRV, { "in b.example.org" } } }, { NULL }, FALSE, "in a.example.org:993" },
  { "stranger", { { TL_SOURCE_SRV, { "in imap.hoster.test" } } }, { NULL }, TRUE, "" },
  { "with-a-stranger", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
                         { TL_SOURCE_SRV, { "in imap.hoster.test" } } }, { NULL }, FALSE, "" },
  { "gateway-is-not-contacted", { { TL_SOURCE_GATEWAY, { "in imap.gmail.com" } } }, { NULL }, TRUE,
    "" },
};

static void
test_trials (gconstpointer data)
{
  const TrialCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = said_make_all (c->said, MAX_SOURCES, address);
  g_autoptr(GPtrArray) probed = make_probed (c->probed, address);
  g_autoptr(TlRanking) ranking = tl_ranking_new (address, replies, probed);
  g_autoptr(GPtrArray) trials = tl_ranking_list_trials (ranking, c->more_to_come);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < trials->len; i++)
    {
      g_autofree char *place = tl_endpoint_to_string (tl_claim_get_endpoint (trials->pdata[i]));

      g_string_append_printf (found, "%s%s %s", i > 0 ? ", " : "",
                              tl_claim_get_lane (trials->pdata[i]) == TL_LANE_INCOMING ? "in"
                                                                                       : "out",
                              place);
    }
  g_assert_cmpstr (found->str, ==, c->trials);
}

/* A hostile document that names many servers gets few of them contacted. */
static void
test_trials_bounded (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);
  g_autoptr(GPtrArray) trials = NULL;
  g_autoptr(TlRanking) ranking = NULL;
  const Said other = { TL_SOURCE_SRV, { "in imap.example.org" } };
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("in a%u.example.org", i);

      g_ptr_array_add (claims, said_parse_claim (text, TL_SOURCE_AUTOCONFIG, address));
    }
  g_ptr_array_add (replies, tl_source_reply_new (TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED,
                                                 &(TlSourceFacts) { .claims = claims }));
  g_ptr_array_add (replies, said_make_reply (&other, address));

  ranking = tl_ranking_new (address, replies, NULL);
  trials = tl_ranking_list_trials (ranking, TRUE);
  g_assert_cmpuint (trials->len, ==, 8);
}

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *probed[MAX_PROBED];
  const char *outstanding; /* ids, by spaces, "!" after one that will not be proven any more; the
                            * first is the one in question */
  gboolean    may_change;
} ChangeCase;

#define THERE(host) { "there in " host, "there out " host }

static const ChangeCase change_cases[] = {
  { "nothing-yet", { { NULL } }, { NULL }, "guess", TRUE },
  { "nothing-yet-but-a-gateway", { { NULL } }, { NULL }, "gateway", TRUE },

  { "guess-after-srv", { { TL_SOURCE_SRV, BOTH ("a.example.org") } }, { NULL }, "guess", FALSE },
  { "guess-after-one-lane", { { TL_SOURCE_SRV, { "in a.example.org" } } }, { NULL }, "guess",
    TRUE },
  { "guess-after-stranger", { { TL_SOURCE_SRV, BOTH ("a.hoster.test") } }, { NULL }, "guess",
    TRUE },
  { "guess-after-table", { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") } }, { NULL }, "guess",
    FALSE },

  /* The table: only PACC could prove more. */
  { "mx-after-domain", { { TL_SOURCE_PROVIDER_DOMAIN, BOTH ("imap.gmail.com") } }, { NULL },
    "provider-mx pacc autoconfig srv directory", FALSE },
  { "pacc-after-domain", { { TL_SOURCE_PROVIDER_DOMAIN, BOTH ("imap.gmail.com") } }, { NULL },
    "pacc srv directory autodiscover", FALSE },
  { "pacc-after-mx", { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") } }, { NULL }, "pacc",
    TRUE },
  { "all-others-after-mx", { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") } }, { NULL },
    "autoconfig well-known srv directory mx-autoconfig mx-directory autodiscover gateway", FALSE },
  { "all-others-after-mx-contradicted",
    { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") },
      { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } }, { NULL },
    "srv directory mx-autoconfig autodiscover", FALSE },
  { "after-the-table-knows-of-none",
    { { TL_SOURCE_PROVIDER_DOMAIN, .remarks = TL_SOURCE_REMARK_NO_IMAP } }, { NULL },
    "autoconfig srv guess", FALSE },

  /* Who is not known to be there could be demoted. */
  { "srv-after-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } }, { NULL }, "srv",
    TRUE },
  { "srv-after-document-half-there", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    { "there in a.example.org" }, "srv", TRUE },
  { "srv-after-live-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "srv", FALSE },
  { "gateway-after-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } }, { NULL },
    "gateway", FALSE },
  { "srv-after-dead-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    { "gone in a.example.org", "there out a.example.org" }, "srv", TRUE },

  /* Who could overtake, alone or with the help of others. */
  { "document-after-live-srv", { { TL_SOURCE_SRV, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "autoconfig", TRUE },
  { "two-after-live-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "directory autodiscover", FALSE },
  { "three-after-live-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "directory autodiscover mx-autoconfig", TRUE },
  { "one-forger-after-live-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "srv mailconf mx-autoconfig mx-directory", FALSE },
  { "a-guess-helps-nobody", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "directory autodiscover guess", FALSE },
  { "one-hand-after-live-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "directory mx-directory", FALSE },
  { "equal-and-later-in-the-table", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "well-known", FALSE },
  { "equal-and-earlier-in-the-table", { { TL_SOURCE_WELL_KNOWN, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "autoconfig", TRUE },
  { "equal-and-complete-against-one-lane",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
      { TL_SOURCE_PROVIDER_MX, { "out smtp.gmail.com" } } },
    THERE ("a.example.org"), "well-known", TRUE },
  { "equal-and-safer",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 143 starttls", "out a.example.org" } } },
    { "there in a.example.org 143 starttls", "there out a.example.org" }, "well-known", TRUE },
  { "agreement-with-a-rival",
    { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") },
      { TL_SOURCE_WELL_KNOWN, BOTH ("b.example.org") } },
    THERE ("a.example.org"), "autodiscover", TRUE },
  { "same-hand-agrees-with-no-rival",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org", "in b.example.org", "out a.example.org" } } },
    THERE ("a.example.org"), "pacc!", FALSE },
  { "agreement-with-a-rival-far-behind",
    { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") },
      { TL_SOURCE_MAILCONF, BOTH ("b.example.org") } },
    THERE ("a.example.org"), "autodiscover", FALSE },
  { "agreement-with-a-rival-that-is-gone",
    { { TL_SOURCE_AUTOCONFIG, BOTH ("b.example.org") },
      { TL_SOURCE_SRV, { "in a.example.org" } },
      { TL_SOURCE_PROVIDER_MX, { "out smtp.gmail.com" } } },
    { "gone in b.example.org", "there in a.example.org" }, "autodiscover", FALSE },
  { "the-same-server-on-better-authority",
    { { TL_SOURCE_SRV, BOTH ("a.example.org") },
      { TL_SOURCE_DIRECTORY, BOTH ("a.example.org") },
      { TL_SOURCE_AUTODISCOVER, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "well-known", TRUE },
  { "the-same-server-on-less-authority",
    { { TL_SOURCE_SRV, BOTH ("a.example.org") },
      { TL_SOURCE_DIRECTORY, BOTH ("a.example.org") },
      { TL_SOURCE_AUTODISCOVER, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "mx-autoconfig", FALSE },
  { "the-same-server-once-agreed-on",
    { { TL_SOURCE_SRV, BOTH ("a.example.org") },
      { TL_SOURCE_DIRECTORY, BOTH ("a.example.org") },
      { TL_SOURCE_MX_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "autoconfig", TRUE },
  { "other-port-of-the-first", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org",
                                                           "in a.example.org 143 starttls",
                                                           "out a.example.org" } } },
    THERE ("a.example.org"), "autodiscover", FALSE },
  { "sites-may-lift-a-rival",
    { { TL_SOURCE_PACC, { "in a.example.org 143 starttls", "in a.hoster.test" },
        .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
      { TL_SOURCE_PROVIDER_DOMAIN, { "out smtp.gmail.com" } } },
    { "there in a.example.org 143 starttls" }, "provider-mx", TRUE },
  { "exchanger-and-pacc", { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") } }, { NULL },
    "pacc autoconfig srv", TRUE },
  { "exchanger-and-unproven-pacc", { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") } },
    { NULL }, "pacc! autoconfig srv", FALSE },
  { "document-and-unproven-pacc", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "pacc!", FALSE },
  { "document-and-pacc", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } },
    THERE ("a.example.org"), "pacc", TRUE },
  { "nobody-to-lift",
    { { TL_SOURCE_PACC, { "in a.example.org 143 starttls" },
        .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
      { TL_SOURCE_PROVIDER_DOMAIN, { "out smtp.gmail.com" } } },
    { "there in a.example.org 143 starttls" }, "provider-mx", FALSE },
};

static void
test_may_change (gconstpointer data)
{
  const ChangeCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = said_make_all (c->said, MAX_SOURCES, address);
  g_autoptr(GPtrArray) probed = make_probed (c->probed, address);
  g_autoptr(TlRanking) ranking = tl_ranking_new (address, replies, probed);
  g_autoptr(GPtrArray) outstanding = g_ptr_array_new ();
  g_auto(GStrv) words = g_strsplit (c->outstanding, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean may_be_proven = !g_str_has_suffix (words[i], "!");

      g_strdelimit (words[i], "!", '\0');
      g_ptr_array_add (outstanding, (gpointer) tl_weight_at_best (words[i], may_be_proven));
    }

  g_assert_cmpint (tl_ranking_may_change (ranking, outstanding, outstanding->pdata[0]), ==,
                   c->may_change);
}

/* What everybody would say, and which servers are dead. */
typedef struct
{
  TlAddress  *address; /* owned */
  GPtrArray  *replies; /* owned, of owned TlSourceReply */
  GHashTable *dead;    /* owned: set of "lane host port" */
} Scene;

static void
scene_clear (Scene *self)
{
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->replies, g_ptr_array_unref);
  g_clear_pointer (&self->dead, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static const char * const sources[] = {
  TL_SOURCE_PROVIDER_DOMAIN, TL_SOURCE_PROVIDER_MX, TL_SOURCE_PACC, TL_SOURCE_AUTOCONFIG,
  TL_SOURCE_WELL_KNOWN, TL_SOURCE_MAILCONF, TL_SOURCE_SRV, TL_SOURCE_DIRECTORY,
  TL_SOURCE_MX_AUTOCONFIG, TL_SOURCE_MX_DIRECTORY, TL_SOURCE_AUTODISCOVER, TL_SOURCE_GATEWAY,
  TL_SOURCE_GUESS,
};

static const char * const places[] = {
  "imap.example.org", "mail.example.org", "example.org", "imap.hoster.test", "mail.hoster.test",
  "imap.gmail.com", "imap.fastmail.com",
};

/* Odds in percent. */
static gboolean
happens (GRand  *rand,
         gint32  odds)
{
  return g_rand_int_range (rand, 0, 100) < odds;
}

static TlSourceReply *
make_reply (const char *source,
            TlAddress  *address,
            GRand      *rand)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  const char * const sites[] = { "hoster.test", NULL };
  gboolean is_table = g_str_has_prefix (source, "provider-");
  TlSourceFacts facts = { .claims = claims };
  gint32 n = happens (rand, is_table ? 15 : 45) ? g_rand_int_range (rand, 1, 5) : 0;

  for (gint32 i = 0; i < n; i++)
    {
      gboolean is_incoming = g_rand_boolean (rand);
      gboolean is_tls = happens (rand, 60);
      g_autofree char *text =
        g_strdup_printf ("%s %s %u %s", is_incoming ? "in" : "out",
                         places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))],
                         is_incoming ? (is_tls ? 993 : 143) : (is_tls ? 465 : 587),
                         is_tls ? "tls" : "starttls");

      g_ptr_array_add (claims, said_parse_claim (text, source, address));
    }

  if (g_str_equal (source, TL_SOURCE_PROVIDER_MX) && happens (rand, 30))
    facts.sites = sites;
  if (g_str_equal (source, TL_SOURCE_PACC) && happens (rand, 40))
    facts.remarks |= TL_SOURCE_REMARK_AUTHENTICATED;
  if (happens (rand, 4))
    facts.remarks |= TL_SOURCE_REMARK_NO_IMAP;

  return tl_source_reply_new (source, n == 0 && happens (rand, 3) ? TL_SOURCE_STATUS_BOGUS
                                                                  : TL_SOURCE_STATUS_ANSWERED,
                              &facts);
}

static char *
name_trial (const TlClaim *claim)
{
  const TlEndpoint *endpoint = tl_claim_get_endpoint (claim);

  return g_strdup_printf ("%d %s %u", (int) tl_claim_get_lane (claim),
                          tl_endpoint_get_host (endpoint), tl_endpoint_get_port (endpoint));
}

static void
scene_init (Scene *self,
            GRand *rand)
{
  gint32 odds_dead = g_rand_int_range (rand, 0, 80);

  self->address = tl_address_parse ("ada@example.org", NULL);
  self->replies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);
  self->dead = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      TlSourceReply *reply = make_reply (sources[i], self->address, rand);

      g_ptr_array_add (self->replies, reply);
      for (guint j = 0; j < tl_source_reply_get_n (reply); j++)
        {
          if (happens (rand, odds_dead))
            g_hash_table_add (self->dead, name_trial (tl_source_reply_get_claim (reply, j)));
        }
    }
}

/* A run of the scene in which answers and trials come as they happen to. */
typedef struct
{
  GPtrArray *waiting;  /* of borrowed TlSourceReply: not answered yet */
  GPtrArray *replies;  /* of borrowed TlSourceReply: answered */
  GPtrArray *trying;   /* of owned TlClaim: under way */
  GPtrArray *tried;    /* of owned TlClaim: ever begun */
  GPtrArray *probed;   /* of owned TlProbed */
  gboolean   is_told;  /* it is known who will not be proven */
} Play;

static gboolean
is_same_trial (gconstpointer a,
               gconstpointer b)
{
  g_autofree char *left = name_trial (a);
  g_autofree char *right = name_trial (b);

  return g_str_equal (left, right);
}

static GPtrArray *
list_waiting (const Play *self)
{
  GPtrArray *weights = g_ptr_array_new ();

  for (guint i = 0; i < self->waiting->len; i++)
    {
      const TlSourceReply *reply = self->waiting->pdata[i];
      gboolean may_be_proven =
        !self->is_told ||
        (tl_source_reply_get_remarks (reply) & TL_SOURCE_REMARK_AUTHENTICATED) != 0;

      g_ptr_array_add (weights, (gpointer) tl_weight_at_best (tl_source_reply_get_source (reply),
                                                              may_be_proven));
    }

  return weights;
}

static void
play_begin_trials (Play            *self,
                   const TlRanking *ranking)
{
  gboolean more = FALSE;
  g_autoptr(GPtrArray) trials = NULL;

  for (guint i = 0; i < self->waiting->len; i++)
    more |= !g_str_equal (tl_source_reply_get_source (self->waiting->pdata[i]), TL_SOURCE_GUESS);

  trials = tl_ranking_list_trials (ranking, more);
  for (guint i = 0; i < trials->len; i++)
    {
      if (g_ptr_array_find_with_equal_func (self->tried, trials->pdata[i], is_same_trial, NULL))
        continue;
      g_ptr_array_add (self->tried, tl_claim_ref (trials->pdata[i]));
      g_ptr_array_add (self->trying, tl_claim_ref (trials->pdata[i]));
    }
}

static gboolean
play_is_settled (const Play      *self,
                 const TlRanking *ranking)
{
  g_autoptr(GPtrArray) needed = tl_ranking_list_trials (ranking, FALSE);
  g_autoptr(GPtrArray) weights = list_waiting (self);

  for (guint i = 0; i < weights->len; i++)
    {
      if (tl_ranking_may_change (ranking, weights, weights->pdata[i]))
        return FALSE;
    }

  return needed->len == 0;
}

/* One thing happens: an answer comes, or a trial ends. Now and then it is known
 * besides who will not be proven. */
static void
play_step (Play        *self,
           const Scene *scene,
           GRand       *rand)
{
  guint at = (guint) g_rand_int_range (rand, 0, (gint32) (self->waiting->len + self->trying->len));
  g_autoptr(TlClaim) claim = NULL;
  g_autofree char *name = NULL;

  self->is_told |= happens (rand, 20);
  if (at < self->waiting->len)
    {
      g_ptr_array_add (self->replies, g_ptr_array_steal_index (self->waiting, at));
      return;
    }

  claim = g_ptr_array_steal_index (self->trying, at - self->waiting->len);
  name = name_trial (claim);
  g_ptr_array_add (self->probed, tl_probed_new (tl_claim_get_lane (claim),
                                                tl_claim_get_endpoint (claim),
                                                !g_hash_table_contains (scene->dead, name)));
}

/* The first of each lane, without the score, which agreement may still raise. */
static char *
describe_proposal (const TlRanking *ranking)
{
  g_autoptr(GPtrArray) candidates = tl_ranking_list_candidates (ranking);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      for (guint j = 0; j < candidates->len; j++)
        {
          TlCandidate *candidate = candidates->pdata[j];
          TlLaneSettings *settings = tl_candidate_get_settings (candidate);
          g_autofree char *place = NULL;

          if (tl_candidate_get_lane (candidate) != tl_lanes[i])
            continue;

          place = tl_endpoint_to_string (tl_lane_settings_get_endpoint (settings));
          g_string_append_printf (out, "%s by %s, hop %s, confirm %d; ", place,
                                  tl_candidate_get_source (candidate),
                                  tl_candidate_get_hops (candidate)[0],
                                  tl_candidate_get_confirm (candidate));
          break;
        }
    }

  return g_string_free (out, FALSE);
}

/* Plays @scene to its end. Once settled, the proposal must be the last one.
 * Returns all candidates in the end, and whether it was settled before all had
 * answered. */
static char *
play (const Scene *scene,
      GRand       *rand,
      gboolean    *out_was_early)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();
  g_autoptr(GPtrArray) replies = g_ptr_array_new ();
  g_autoptr(GPtrArray) trying = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) tried = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) probed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_probed_free);
  Play self = { waiting, replies, trying, tried, probed, FALSE };
  g_autofree char *proposal = NULL;

  *out_was_early = FALSE;
  for (guint i = 0; i < scene->replies->len; i++)
    g_ptr_array_add (waiting, scene->replies->pdata[i]);

  for (;;)
    {
      g_autoptr(TlRanking) ranking = tl_ranking_new (scene->address, replies, probed);

      play_begin_trials (&self, ranking);
      if (proposal == NULL && play_is_settled (&self, ranking))
        {
          proposal = describe_proposal (ranking);
          *out_was_early = waiting->len > 0;
        }
      if (waiting->len == 0 && play_is_settled (&self, ranking))
        {
          g_autofree char *last = describe_proposal (ranking);
          g_autoptr(GPtrArray) candidates = tl_ranking_list_candidates (ranking);

          g_assert_cmpstr (proposal, ==, last);
          return said_describe (candidates);
        }

      play_step (&self, scene, rand);
    }
}

/* C12: whatever the order in which answers come and trials end, the proposal
 * that was once settled stays, and the order in the end is the same. */
static void
test_any_order (void)
{
  guint n_early = 0;

  for (guint i = 0; i < N_SCENES; i++)
    {
      guint32 seed = (guint32) g_test_rand_int ();
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autofree char *expected = NULL;
      g_auto(Scene) scene = { NULL };

      g_test_message ("scene %u has seed %u", i, seed);
      scene_init (&scene, rand);
      for (guint j = 0; j < N_ORDERS; j++)
        {
          gboolean was_early;
          g_autofree char *found = play (&scene, rand, &was_early);

          n_early += was_early;
          if (expected == NULL)
            expected = g_steal_pointer (&found);
          else
            g_assert_cmpstr (found, ==, expected);
        }
    }

  /* Or else the test shows nothing about early proposals. */
  g_test_message ("%u of %u runs were settled early", n_early, N_SCENES * N_ORDERS);
  g_assert_cmpuint (n_early, >, N_SCENES * N_ORDERS / 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (trial_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/trials/", trial_cases[i].name, NULL);

      g_test_add_data_func (path, &trial_cases[i], test_trials);
    }
  g_test_add_func ("/discovery/trials-bounded", test_trials_bounded);
  for (gsize i = 0; i < G_N_ELEMENTS (change_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/may-change/", change_cases[i].name, NULL);

      g_test_add_data_func (path, &change_cases[i], test_may_change);
    }
  g_test_add_func ("/discovery/any-order", test_any_order);

  return g_test_run ();
}
