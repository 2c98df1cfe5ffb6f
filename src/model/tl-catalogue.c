/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-catalogue.h"

#include <glib/gi18n-lib.h>

#include "tl-catalogue-tables.h"
#include "tl-nick.h"

G_DEFINE_ENUM_TYPE (TlSeverity, tl_severity,
                    G_DEFINE_ENUM_VALUE (TL_SEVERITY_NOTE, "note"),
                    G_DEFINE_ENUM_VALUE (TL_SEVERITY_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (TL_SEVERITY_ERROR, "error"))

G_DEFINE_ENUM_TYPE (TlFixer, tl_fixer,
                    G_DEFINE_ENUM_VALUE (TL_FIXER_YOU, "you"),
                    G_DEFINE_ENUM_VALUE (TL_FIXER_YOUR_ADMIN, "your-admin"),
                    G_DEFINE_ENUM_VALUE (TL_FIXER_THE_PROVIDER, "the-provider"),
                    G_DEFINE_ENUM_VALUE (TL_FIXER_YOUR_NETWORK, "your-network"))

G_DEFINE_ENUM_TYPE (TlRetry, tl_retry,
                    G_DEFINE_ENUM_VALUE (TL_RETRY_NEVER, "never"),
                    G_DEFINE_ENUM_VALUE (TL_RETRY_AFTER_CHANGE, "after-change"),
                    G_DEFINE_ENUM_VALUE (TL_RETRY_LATER, "later"))

/* Indexed by TlSeverity. */
static const char * const severity_labels[] = {
  /* Translators: how much a finding matters, least first */
  [TL_SEVERITY_NOTE]    = N_("Note"),
  [TL_SEVERITY_WARNING] = N_("Warning"),
  [TL_SEVERITY_ERROR]   = N_("Problem"),
};

/* Indexed by TlFixer. */
static const char * const fixer_labels[] = {
  /* Translators: answers to “Who can fix it?” */
  [TL_FIXER_YOU]          = N_("You"),
  [TL_FIXER_YOUR_ADMIN]   = N_("Whoever looks after your email"),
  [TL_FIXER_THE_PROVIDER] = N_("Your email provider"),
  [TL_FIXER_YOUR_NETWORK] = N_("Whoever runs this network"),
};

/* What can go wrong at every station of a lane in the same way. The id of such
 * a finding is made of the stage it happened in and the cause: `caps.reset`. */
static const TlCatalogueEntry anywhere[] = {
  { "reset", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} or something on the way cut the connection"),
    N_("The connection was torn down in the middle of the conversation, as firewalls and "
       "overloaded servers do."),
    { { N_("Try again."), "retry" },
      { N_("If it happens again, try another network, such as your phone’s hotspot."), "retry" },
      { N_("If it is the same there, send the details to whoever runs the mail "
           "server."), "copy-note" } } },
  { "truncated", TL_SEVERITY_ERROR, TL_FIXER_YOUR_NETWORK, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("The encrypted connection to {host} ended without a proper end"),
    N_("It cannot be told whether the server stopped or somebody on the way cut it off, so what "
       "came last is not relied on."),
    { { N_("Try again."), "retry" },
      { N_("If it happens again, try another network."), "retry" } } },
  { "server-closed", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} hung up"),
    N_("The server ended the conversation before the test was through."),
    { { N_("Wait a few minutes and try again."), "retry" },
      { N_("Check that server name and port are right."), "edit-settings" },
      { N_("If it happens again, send the details to whoever runs the mail "
           "server."), "copy-note" } } },
  { "network-lost", TL_SEVERITY_ERROR, TL_FIXER_YOU, TL_RETRY_LATER,
    N_("The network went away during the test"),
    N_("This computer lost its connection, for example because the wireless network changed."),
    { { N_("Connect again and check that a website opens in your browser."), NULL },
      { N_("Test again."), "retry" } } },
  { "protocol", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} answered in a way that makes no sense"),
    N_("What came back does not follow the rules of mail servers, so it is probably another kind "
       "of server, or something on the way changes the conversation."),
    { { N_("Check that server name and port are right."), "edit-settings" },
      { N_("Switch the mail scanning of antivirus programs off and try again."), "retry" },
      { N_("Send the details to whoever runs the mail server."), "copy-note" } } },
  { "too-long", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} talks without end"),
    N_("An answer was longer than any mail server needs, so the conversation was ended for "
       "safety."),
    { { N_("Check that server name and port are right."), "edit-settings" },
      { N_("Send the details to whoever runs the mail server."), "copy-note" } } },
  { "literal-limit", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_AFTER_CHANGE,
    /* Translators: keep {host}, a server name */
    N_("{host} announced more data than is accepted"),
    N_("It wanted to send one piece of data that is larger than the test needs, so the "
       "conversation was ended for safety."),
    { { N_("Try again; a folder with a huge name can cause it."), "retry" },
      { N_("Send the details to whoever runs the mail server."), "copy-note" } } },
  { "timeout", TL_SEVERITY_ERROR, TL_FIXER_THE_PROVIDER, TL_RETRY_LATER,
    /* Translators: keep {host}, a server name */
    N_("{host} stopped answering"),
    /* Translators: keep {seconds}, a number */
    N_("The connection stands, but for {seconds} s no answer came."),
    { { N_("Wait a few minutes and try again."), "wait" },
      { N_("If it happens again, try another network."), "retry" },
      { N_("If it is the same there, send the details to whoever runs the mail "
           "server."), "copy-note" } } },
};

/* Where those causes are met. Literals are an IMAP matter and need a greeting
 * first; a time-out in these stages has an entry of its own. */
static const struct
{
  const char *stage;
  const char *except[3];
} stages[] = {
  { "connect", { "literal-limit", "timeout" } },
  { "tls",     { "literal-limit", "timeout" } },
  { "greet",   { "timeout" } },
  { "upgrade" },
  { "caps" },
  { "auth" },
  { "use" },
};

const char *
tl_severity_get_nick (TlSeverity severity)
{
  return tl_nick_get (TL_TYPE_SEVERITY, (int) severity);
}

/**
 * tl_severity_get_label:
 * @severity: a severity
 *
 * Returns: (transfer none): one word in the user's language
 */
const char *
tl_severity_get_label (TlSeverity severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severity_labels), NULL);

  return _(severity_labels[severity]);
}

const char *
tl_fixer_get_nick (TlFixer fixer)
{
  return tl_nick_get (TL_TYPE_FIXER, (int) fixer);
}

/**
 * tl_fixer_get_label:
 * @fixer: a fixer
 *
 * Returns: (transfer none): who, in the user's language
 */
const char *
tl_fixer_get_label (TlFixer fixer)
{
  g_return_val_if_fail ((guint) fixer < G_N_ELEMENTS (fixer_labels), NULL);

  return _(fixer_labels[fixer]);
}

static gboolean
is_excepted (const char * const *except,
             const char         *cause)
{
  for (gsize i = 0; except[i] != NULL; i++)
    {
      if (g_str_equal (except[i], cause))
        return TRUE;
    }

  return FALSE;
}

static void
add_table (GPtrArray              *all,
           const TlCatalogueEntry *table)
{
  for (; table->id != NULL; table++)
    g_ptr_array_add (all, (gpointer) table);
}

/* The joined catalogue, made on first use and kept for good. */
static GPtrArray *
get_all (void)
{
  static GPtrArray *all = NULL;

  if (g_once_init_enter (&all))
    {
      GPtrArray *made = g_ptr_array_new ();

      add_table (made, tl_catalogue_network);
      add_table (made, tl_catalogue_session);
      add_table (made, tl_catalogue_product);
      add_table (made, tl_catalogue_domain);

      for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
        {
          for (gsize j = 0; j < G_N_ELEMENTS (anywhere); j++)
            {
              TlCatalogueEntry *entry;

              if (is_excepted (stages[i].except, anywhere[j].id))
                continue;

              entry = g_new (TlCatalogueEntry, 1);
              *entry = anywhere[j];
              entry->id = g_strconcat (stages[i].stage, ".", anywhere[j].id, NULL);
              g_ptr_array_add (made, entry);
            }
        }

      g_once_init_leave (&all, made);
    }

  return all;
}

static GHashTable *
get_by_id (void)
{
  static GHashTable *by_id = NULL;

  if (g_once_init_enter (&by_id))
    {
      GPtrArray *all = get_all ();
      GHashTable *made = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < all->len; i++)
        {
          TlCatalogueEntry *entry = g_ptr_array_index (all, i);

          g_hash_table_insert (made, (gpointer) entry->id, entry);
        }

      g_once_init_leave (&by_id, made);
    }

  return by_id;
}

/**
 * tl_catalogue_lookup:
 * @id: a finding id, `stage.cause`
 *
 * Looks a finding up. Any thread.
 *
 * Returns: (transfer none) (nullable): its entry, or %NULL when there is no such finding
 */
const TlCatalogueEntry *
tl_catalogue_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (get_by_id (), id);
}

/**
 * tl_catalogue_get:
 * @index: less than tl_catalogue_get_n()
 *
 * Returns: (transfer none): one entry of the whole catalogue, in an order that never varies
 */
const TlCatalogueEntry *
tl_catalogue_get (guint index)
{
  GPtrArray *all = get_all ();

  g_return_val_if_fail (index < all->len, NULL);

  return g_ptr_array_index (all, index);
}

guint
tl_catalogue_get_n (void)
{
  return get_all ()->len;
}
