/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-rules.h"

#include <string.h>

#include "tl-data-check.h"
#include "tl-data.h"
#include "tl-nick.h"

/* These bounds and words are those of data/schema/sending-rules.schema.json. */
#define MAX_RULES     60
#define MAX_PROVIDERS 60
#define MAX_TEXT      400

static const char * const over_words[] = { "ceiling", "provider", NULL };
static const char * const placeholders[] = {
  "volume", "per_mailbox", "per_domain", "limit", "provider_limits", "provider", "needed"
};

/* One that is not asked for holds always. */
typedef struct
{
  gboolean       kinds[TL_SENDING_KIND_CONVERSATION + 1];
  gboolean       asks_kind;
  gboolean       asks_volume;
  gboolean       volume_known;
  TlSendingOver  over;
  gboolean       asks_over;
  guint          per_domain_at_least;
  guint          volume_at_least;
  guint          mailboxes_at_least;
  gboolean       asks_relay;
  gboolean       by_relay;
  gboolean       asks_forbidden;
  gboolean       is_forbidden;
  gboolean       asks_offer;
  gboolean       offers_relay;
} Condition;

typedef struct
{
  TlSendingRule  rule;      /* points into what is below */
  Condition      condition;
  char          *id;
  char          *text;
  char          *source;
  char          *as_of;
} Row;

struct _TlSendingRules
{
  GPtrArray  *rows;
  char      **offer_relay;      /* providers that have a relay of their own */
  char      **forbid_outreach;  /* providers and relays whose rules do not allow it */
};

static void
row_free (gpointer data)
{
  Row *self = data;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->as_of, g_free);
  g_free (self);
}

static void
rules_free (TlSendingRules *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->offer_relay, g_strfreev);
  g_clear_pointer (&self->forbid_outreach, g_strfreev);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSendingRules, rules_free)

/* A sentence whose {names} are ours. */
static gboolean
is_text (const char *text)
{
  g_autoptr(GString) rest = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (placeholders); i++)
    {
      g_autofree char *name = g_strdup_printf ("{%s}", placeholders[i]);

      g_string_replace (rest, name, "", 0);
    }

  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x20 || *p == 0x7f)
        return FALSE;
    }

  return *text != '\0' && g_utf8_strlen (text, -1) <= MAX_TEXT &&
         strpbrk (rest->str, "<>{}") == NULL;
}

static void
read_flag (TlJsonReader *reader,
           const char   *member,
           gboolean     *out_asks,
           gboolean     *out_value)
{
  *out_asks = tl_json_reader_has (reader, member);
  if (*out_asks)
    *out_value = tl_json_reader_get_bool (reader, member, TL_JSON_REQUIRED);
}

/* 0, which every number reaches, where it is not asked for. */
static guint
read_least (TlJsonReader *reader,
            const char   *member)
{
  return !tl_json_reader_has (reader, member)
         ? 0 : (guint) tl_json_reader_get_int (reader, member, TL_JSON_REQUIRED, 1,
                                               TL_SENDING_PLAN_MAX_VOLUME);
}

static Condition
parse_condition (TlJson  *json,
                 GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "when");
  g_auto(GStrv) kinds = NULL;
  Condition self = { 0, };

  self.asks_kind = tl_json_reader_has (reader, "kinds");
  if (self.asks_kind)
    kinds = tl_data_check_strv (reader, "kinds", TL_JSON_REQUIRED,
                                TL_SENDING_KIND_CONVERSATION + 1, TL_DATA_ID);
  if (self.asks_kind && kinds[0] == NULL)
    tl_json_reader_refuse (reader, "kinds", "is empty");
  for (gsize i = 0; self.asks_kind && kinds[i] != NULL; i++)
    {
      int kind = -1;

      if (tl_nick_parse (TL_TYPE_SENDING_KIND, kinds[i], &kind))
        self.kinds[kind] = TRUE;
      else
        tl_json_reader_refuse (reader, "kinds", "says something unknown");
    }

  self.asks_over = tl_json_reader_has (reader, "per_mailbox_over");
  if (self.asks_over)
    self.over = g_strcmp0 (tl_data_check_word (reader, "per_mailbox_over", over_words),
                           "provider") == 0
                ? TL_SENDING_OVER_PROVIDER : TL_SENDING_OVER_CEILING;

  self.per_domain_at_least = read_least (reader, "per_domain_at_least");
  self.volume_at_least = read_least (reader, "volume_at_least");
  self.mailboxes_at_least = read_least (reader, "mailboxes_at_least");
  read_flag (reader, "volume_known", &self.asks_volume, &self.volume_known);
  read_flag (reader, "by_relay", &self.asks_relay, &self.by_relay);
  read_flag (reader, "forbidden", &self.asks_forbidden, &self.is_forbidden);
  read_flag (reader, "relay_offered", &self.asks_offer, &self.offers_relay);

  tl_json_reader_finish (reader, error);

  return self;
}

static Row *
parse_row (TlJson      *json,
           GHashTable  *ids,
           gboolean     is_last,
           GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a rule");
  g_autoptr(TlJson) when = NULL;
  g_autoptr(GError) condition_error = NULL;
  const Condition nothing = { 0, };
  Row *self = g_new0 (Row, 1);
  const char *text;

  self->id = g_strdup (tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID));
  if (!g_hash_table_add (ids, g_strdup (self->id)))
    tl_json_reader_refuse (reader, "id", "is there twice");

  when = tl_json_reader_dup_value (reader, "when", TL_JSON_REQUIRED);
  if (!tl_json_reader_has_object (reader, "when"))
    tl_json_reader_refuse (reader, "when", "is not an object");
  else
    self->condition = parse_condition (when, &condition_error);
  if (condition_error != NULL)
    tl_json_reader_refuse (reader, "when", condition_error->message);
  /* So that there is always an answer, and that none behind it is for nothing. */
  if ((memcmp (&self->condition, &nothing, sizeof nothing) == 0) != is_last)
    tl_json_reader_refuse (reader, "when", "asks for nothing, or does not and is the last");

  text = tl_json_reader_get_text (reader, "text", TL_JSON_REQUIRED);
  if (!is_text (text))
    tl_json_reader_refuse (reader, "text", "is not a sentence with our names in braces");
  self->text = g_strdup (text);
  self->rule.service = tl_json_reader_get_enum (reader, "service", TL_JSON_REQUIRED,
                                                TL_TYPE_SENDING_SERVICE, 0);
  self->source = g_strdup (tl_data_check_string (reader, "source", TL_JSON_REQUIRED,
                                                 TL_DATA_TEXT));
  self->as_of = g_strdup (tl_data_check_string (reader, "as_of", TL_JSON_REQUIRED,
                                                TL_DATA_DATE));
  self->rule.is_opinion = tl_json_reader_get_bool (reader, "opinion", TL_JSON_REQUIRED);
  tl_data_check_word (reader, "confidence", tl_data_confidence_words);

  self->rule.id = self->id;
  self->rule.text = self->text;
  self->rule.source = self->source;
  self->rule.as_of = self->as_of;

  if (!tl_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "“%s”: ", self->id);
      g_clear_pointer (&self, row_free);
    }

  return self;
}

static TlSendingRules *
parse_rules (const char  *json,
             gssize       len,
             GError     **error)
{
  g_autoptr(TlSendingRules) self = g_new0 (TlSendingRules, 1);
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(TlJson) document = tl_json_parse (json, len, error);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (document == NULL)
    return NULL;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  reader = tl_json_reader_new (document, "the sending rules");
  self->offer_relay = tl_data_check_strv (reader, "offer_relay", TL_JSON_REQUIRED, MAX_PROVIDERS,
                                          TL_DATA_ID);
  self->forbid_outreach = tl_data_check_strv (reader, "forbid_outreach", TL_JSON_REQUIRED,
                                              MAX_PROVIDERS, TL_DATA_ID);
  rows = tl_json_reader_dup_array (reader, "rules", TL_JSON_REQUIRED, MAX_RULES);
  if (rows->len == 0)
    tl_json_reader_refuse (reader, "rules", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = parse_row (rows->pdata[i], ids, i + 1 == rows->len, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (self->rows, row);
    }

  return g_steal_pointer (&self);
}

/**
 * tl_sending_rules_get:
 *
 * Gets the compiled-in table, read on first use and kept for good. Any thread.
 *
 * Returns: (transfer none): the rules
 */
TlSendingRules *
tl_sending_rules_get (void)
{
  static TlSendingRules *rules = NULL;

  if (g_once_init_enter (&rules))
    g_once_init_leave (&rules, tl_data_parse ("sending-rules.json", (TlDataParse) parse_rules));

  return rules;
}

/**
 * tl_sending_rules_check:
 * @json: a document by data/schema/sending-rules.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a table and forgets it again.
 *
 * Returns: whether it could be used; otherwise %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_sending_rules_check (const char  *json,
                        gssize       len,
                        GError     **error)
{
  g_autoptr(TlSendingRules) rules = parse_rules (json, len, error);

  return rules != NULL;
}

guint
tl_sending_rules_get_n (TlSendingRules *self)
{
  return self->rows->len;
}

const TlSendingRule *
tl_sending_rules_nth (TlSendingRules *self,
                      guint           index)
{
  const Row *row = g_ptr_array_index (self->rows, index);

  return &row->rule;
}

static gboolean
names (char       **providers,
       const char  *id)
{
  return id != NULL && g_strv_contains ((const char * const *) providers, id);
}

/* A limit that nobody knows is not passed. */
static gboolean
is_over (const TlSendingCase *facts,
         TlSendingOver        over)
{
  guint limit = over == TL_SENDING_OVER_PROVIDER ? facts->provider_per_day : facts->ceiling;

  return limit > 0 && facts->per_mailbox > limit;
}

/**
 * tl_sending_rules_holds:
 * @self: the rules
 * @index: of which
 * @facts: what it is held against
 *
 * Returns: whether all that the rule asks for is so
 */
gboolean
tl_sending_rules_holds (TlSendingRules      *self,
                        guint                index,
                        const TlSendingCase *facts)
{
  const Row *row = g_ptr_array_index (self->rows, index);
  const Condition *when = &row->condition;
  const char *sender = facts->relay != NULL ? facts->relay : facts->provider;

  return (!when->asks_kind || when->kinds[facts->kind]) &&
         (!when->asks_volume || when->volume_known == (facts->volume > 0)) &&
         (!when->asks_over || is_over (facts, when->over)) &&
         facts->per_domain >= when->per_domain_at_least &&
         facts->volume >= when->volume_at_least &&
         tl_sending_divide_up (facts->volume, facts->ceiling) >= when->mailboxes_at_least &&
         (!when->asks_relay || when->by_relay == (facts->relay != NULL)) &&
         (!when->asks_forbidden || when->is_forbidden == names (self->forbid_outreach, sender)) &&
         (!when->asks_offer ||
          when->offers_relay == names (self->offer_relay, facts->provider));
}
