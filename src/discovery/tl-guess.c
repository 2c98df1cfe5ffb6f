/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-guess.h"

#include "tl-records.h"
#include "tl-site.h"

/* Names that are tried, in order of preference within a lane. The bare domain
 * is most often a web server, so it is left for when nothing else was there. */
static const struct
{
  TlLaneKind  lane;
  const char *prefix;
  gboolean    is_last_resort;
} names[] = {
  { TL_LANE_INCOMING, "imap.", FALSE },
  { TL_LANE_INCOMING, "mail.", FALSE },
  { TL_LANE_INCOMING, "",      TRUE },
  { TL_LANE_OUTGOING, "smtp.", FALSE },
  { TL_LANE_OUTGOING, "mail.", FALSE },
  { TL_LANE_OUTGOING, "",      TRUE },
};

/* RFC 8314 §3.2, §3.3 and §7.3. Never 25: that one is for servers. */
static const struct
{
  TlLaneKind  lane;
  guint16     port;
  TlSecurity  security;
} ports[] = {
  { TL_LANE_INCOMING, 993, TL_SECURITY_TLS },
  { TL_LANE_INCOMING, 143, TL_SECURITY_STARTTLS },
  { TL_LANE_OUTGOING, 465, TL_SECURITY_TLS },
  { TL_LANE_OUTGOING, 587, TL_SECURITY_STARTTLS },
};

static void
guess_free (gpointer data)
{
  TlGuess *self = data;

  tl_endpoint_unref (self->endpoint);
  g_free (self);
}

static TlGuess *
find_guess (GPtrArray        *guesses,
            const TlEndpoint *endpoint)
{
  for (guint i = 0; i < guesses->len; i++)
    {
      TlGuess *guess = guesses->pdata[i];

      if (tl_endpoint_equal (guess->endpoint, endpoint))
        return guess;
    }

  return NULL;
}

/* One host on all of a lane's ports; @like says what kind of guess it is. */
static void
add_host (GPtrArray     *guesses,
          const TlGuess *like,
          const char    *host)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autoptr(TlEndpoint) endpoint = NULL;
      TlGuess *guess;

      if (ports[i].lane != like->lane ||
          (endpoint = tl_endpoint_new (host, ports[i].port, ports[i].security, NULL)) == NULL)
        continue;

      guess = find_guess (guesses, endpoint);
      if (guess != NULL)
        {
          guess->is_exchanger |= like->is_exchanger;
          continue;
        }

      guess = g_new0 (TlGuess, 1);
      *guess = *like;
      guess->endpoint = g_steal_pointer (&endpoint);
      g_ptr_array_add (guesses, guess);
    }
}

/**
 * tl_guesses_new:
 * @domain: a domain name in A-labels
 *
 * Returns: (transfer full) (element-type TlGuess): the usual names and ports, best first within a
 *   lane
 */
GPtrArray *
tl_guesses_new (const char *domain)
{
  GPtrArray *guesses = g_ptr_array_new_with_free_func (guess_free);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *host = g_strconcat (names[i].prefix, domain, NULL);

      add_host (guesses, &(TlGuess) {
                  .lane = names[i].lane,
                  .is_last_resort = names[i].is_last_resort,
                },
                host);
    }

  return guesses;
}

/**
 * tl_guesses_add_exchangers:
 * @guesses: (element-type TlGuess): from tl_guesses_new()
 * @exchangers: (element-type TlRecord): from tl_exchangers_list()
 * @domain: whose exchangers they are
 *
 * The host that takes in a domain's mail often is the one that hands it out,
 * too: the first `TL_GUESS_MAX_EXCHANGERS` that the domain's owner runs join.
 * One that is somebody else's, or above the domain, is not for guessing.
 */
void
tl_guesses_add_exchangers (GPtrArray  *guesses,
                           GPtrArray  *exchangers,
                           const char *domain)
{
  guint n_added = 0;

  for (guint i = 0; i < exchangers->len && n_added < TL_GUESS_MAX_EXCHANGERS; i++)
    {
      const char *host = ((const TlRecord *) exchangers->pdata[i])->target;
      g_autofree char *below = g_strconcat (".", host, NULL);

      if (!tl_site_same (host, domain) || g_str_has_suffix (domain, below))
        continue;

      add_host (guesses, &(TlGuess) { .lane = TL_LANE_INCOMING, .is_exchanger = TRUE }, host);
      add_host (guesses, &(TlGuess) { .lane = TL_LANE_OUTGOING, .is_exchanger = TRUE }, host);
      n_added++;
    }
}
