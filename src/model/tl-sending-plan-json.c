/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-plan.h"

#include "tl-error.h"
#include "tl-nick.h"

/* These bounds are those of data/schema/bundle.schema.json. */
#define MAX_LIMIT      1000000000
#define MAX_NAME_CHARS 400

#define ID_PATTERN   "^(?=.{1,64}$)[a-z0-9]+([.-][a-z0-9]+)*$"
#define DATE_PATTERN "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

static void
set_number (TlJson     *json,
            const char *member,
            guint       value)
{
  if (value > 0)
    tl_json_set_int (json, member, value);
  else
    tl_json_set_take (json, member, NULL);
}

/* 0 where there is none. */
static guint
get_number (TlJsonReader *reader,
            const char   *member,
            gint64        max)
{
  gint64 value = tl_json_reader_get_int (reader, member, TL_JSON_OPTIONAL, 1, max);

  return tl_json_reader_has (reader, member) ? (guint) value : 0;
}

static TlJson *
limit_to_json (const TlSendingLimit *limit)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "of", tl_limit_of_get_nick (limit->of));
  tl_json_set_string (json, "name", limit->name);
  tl_json_set_string (json, "what", limit->what);
  tl_json_set_int (json, "value", limit->value);
  set_number (json, "per_day", limit->per_day);
  tl_json_set_string (json, "when", limit->when);
  tl_json_set_string (json, "source", limit->source);
  tl_json_set_string (json, "as_of", limit->as_of);
  tl_json_set_bool (json, "opinion", limit->is_opinion);
  tl_json_set_bool (json, "confirmed", limit->is_confirmed);

  return json;
}

static TlJson *
warm_up_to_json (const TlSendingPlanParts *parts)
{
  TlJson *json;

  if (parts->n_days == 0)
    return NULL;

  json = tl_json_new_object ();
  tl_json_set_string (json, "preset", parts->preset);
  tl_json_set_bool (json, "edited", parts->is_edited);
  tl_json_set_bool (json, "weekdays_only", parts->weekdays_only);
  tl_json_set_take (json, "days", tl_json_new_uints (parts->days, parts->n_days));

  return json;
}

/**
 * tl_sending_plan_to_json:
 * @self: a plan
 *
 * Returns: (transfer full): an object of kind, volume, mailboxes, domains, service, reasons, limits
 *   (each with of, name, what, value, per_day, when, source, as_of, opinion and confirmed),
 *   ceiling, ceiling_of and warm_up (with preset, edited, weekdays_only and days); what nobody
 *   said is null
 */
TlJson *
tl_sending_plan_to_json (const TlSendingPlan *self)
{
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (self);
  TlJson *json = tl_json_new_object ();
  TlJson *limits = tl_json_new_array ();

  for (guint i = 0; i < parts->limits->len; i++)
    tl_json_append_take (limits, limit_to_json (g_ptr_array_index (parts->limits, i)));

  tl_json_set_string (json, "kind", tl_sending_kind_get_nick (parts->kind));
  set_number (json, "volume", parts->volume);
  tl_json_set_int (json, "mailboxes", parts->n_mailboxes);
  tl_json_set_int (json, "domains", parts->n_domains);
  tl_json_set_string (json, "service", tl_sending_service_get_nick (parts->service));
  tl_json_set_take (json, "reasons", tl_json_new_strv (parts->reasons));
  tl_json_set_take (json, "limits", limits);
  set_number (json, "ceiling", parts->ceiling);
  tl_json_set_string (json, "ceiling_of",
                      parts->ceiling > 0 ? tl_limit_of_get_nick (parts->ceiling_of) : NULL);
  tl_json_set_take (json, "warm_up", warm_up_to_json (parts));

  return json;
}

static const char *
get_name (TlJsonReader   *reader,
          const char     *member,
          TlJsonPresence  presence)
{
  const char *text = tl_json_reader_get_text (reader, member, presence);

  if (text != NULL && (*text == '\0' || g_utf8_strlen (text, -1) > MAX_NAME_CHARS))
    tl_json_reader_refuse (reader, member, "is empty or too long");

  return text;
}

static gboolean
matches (const char *pattern,
         const char *text)
{
  return g_regex_match_simple (pattern, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static TlSendingLimit *
read_limit (TlJson  *json,
            GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the limit");
  const TlSendingLimit limit = {
    .of = (TlLimitOf) tl_json_reader_get_enum (reader, "of", TL_JSON_REQUIRED, TL_TYPE_LIMIT_OF,
                                               TL_LIMIT_OF_NOBODY),
    .name = (char *) get_name (reader, "name", TL_JSON_OPTIONAL),
    .what = (char *) tl_json_reader_get_string (reader, "what", TL_JSON_REQUIRED),
    .value = (guint) tl_json_reader_get_int (reader, "value", TL_JSON_REQUIRED, 1, MAX_LIMIT),
    .per_day = get_number (reader, "per_day", MAX_LIMIT),
    .when = (char *) get_name (reader, "when", TL_JSON_OPTIONAL),
    .source = (char *) get_name (reader, "source", TL_JSON_OPTIONAL),
    .as_of = (char *) tl_json_reader_get_string (reader, "as_of", TL_JSON_OPTIONAL),
    .is_opinion = tl_json_reader_get_bool (reader, "opinion", TL_JSON_REQUIRED),
    .is_confirmed = tl_json_reader_get_bool (reader, "confirmed", TL_JSON_REQUIRED),
  };

  if (limit.of == TL_LIMIT_OF_NOBODY)
    tl_json_reader_refuse (reader, "of", "is nobody who sets limits");
  if (!matches (ID_PATTERN, limit.what))
    tl_json_reader_refuse (reader, "what", "is no word for a limit");
  if (limit.as_of != NULL && !matches (DATE_PATTERN, limit.as_of))
    tl_json_reader_refuse (reader, "as_of", "is not a day such as 2026-01-31");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return tl_sending_limit_copy (&limit);
}

static GPtrArray *
read_limits (TlJsonReader *parent)
{
  GPtrArray *limits = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_sending_limit_free);
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, "limits", TL_JSON_REQUIRED,
                                                        TL_SENDING_PLAN_MAX_LIMITS);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      TlSendingLimit *limit = read_limit (g_ptr_array_index (rows, i), &error);

      if (limit != NULL)
        g_ptr_array_add (limits, limit);
      else
        tl_json_reader_refuse_error (parent, "limits", error);
    }

  return limits;
}

static char **
read_reasons (TlJsonReader *parent)
{
  char **reasons = tl_json_reader_dup_strv (parent, "reasons", TL_JSON_REQUIRED,
                                            TL_SENDING_PLAN_MAX_REASONS);

  for (gsize i = 0; reasons[i] != NULL; i++)
    {
      if (!matches (ID_PATTERN, reasons[i]))
        tl_json_reader_refuse (parent, "reasons", "has an entry that is no id of a rule");
    }

  return reasons;
}

/* Fills all of it that @parts has; the preset is borrowed from @reader. Returns the days. */
static GArray *
read_warm_up (TlJsonReader       *reader,
              TlSendingPlanParts *parts)
{
  GArray *days = tl_json_reader_dup_uints (reader, "days", TL_JSON_REQUIRED,
                                           TL_SENDING_PLAN_MAX_DAYS, TL_SENDING_PLAN_MAX_VOLUME);

  parts->preset = tl_json_reader_get_string (reader, "preset", TL_JSON_OPTIONAL);
  parts->is_edited = tl_json_reader_get_bool (reader, "edited", TL_JSON_REQUIRED);
  parts->weekdays_only = tl_json_reader_get_bool (reader, "weekdays_only", TL_JSON_REQUIRED);
  if (parts->preset != NULL && !matches (ID_PATTERN, parts->preset))
    tl_json_reader_refuse (reader, "preset", "is no id of a preset");
  if (days->len == 0)
    tl_json_reader_refuse (reader, "days", "is empty");
  parts->days = (const guint *) (gpointer) days->data;
  parts->n_days = days->len;

  return days;
}

/* What is worked out from the rest was, and is again. */
static void
check_derived (TlJsonReader             *reader,
               const TlSendingPlanParts *read,
               const TlSendingPlanParts *made)
{
  for (guint i = 0; i < read->limits->len; i++)
    {
      const TlSendingLimit *as_read = g_ptr_array_index (read->limits, i);
      const TlSendingLimit *as_made = g_ptr_array_index (made->limits, i);

      if (as_read->per_day != as_made->per_day)
        tl_json_reader_refuse (reader, "limits", "do not have the smallest first");
    }
  if (read->ceiling != made->ceiling)
    tl_json_reader_refuse (reader, "ceiling", "is not the smallest of the limits");
  if (read->ceiling_of != made->ceiling_of)
    tl_json_reader_refuse (reader, "ceiling_of", "is not whose limit is the smallest");
  for (guint i = 0; i < read->n_days; i++)
    {
      if (read->days[i] > made->days[i])
        tl_json_reader_refuse (reader, "warm_up", "has a day above the ceiling");
    }
}

/**
 * tl_sending_plan_from_json:
 * @json: an object as tl_sending_plan_to_json() makes it
 * @error: return location for a #GError
 *
 * Strict: the ceiling has to be the smallest of the limits, and no day of the warm-up is above it.
 *
 * Returns: (transfer full): the plan, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlSendingPlan *
tl_sending_plan_from_json (TlJson  *json,
                           GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the sending plan");
  g_autoptr(TlJsonReader) warm_up_reader = NULL;
  g_autoptr(GPtrArray) limits = read_limits (reader);
  g_auto(GStrv) reasons = read_reasons (reader);
  g_autoptr(GArray) days = NULL;
  g_autoptr(TlSendingPlan) self = NULL;
  TlJson *warm_up = tl_json_reader_get_object (reader, "warm_up", TL_JSON_OPTIONAL);
  TlSendingPlanParts parts = {
    .kind = (TlSendingKind) tl_json_reader_get_enum (reader, "kind", TL_JSON_REQUIRED,
                                                     TL_TYPE_SENDING_KIND,
                                                     TL_SENDING_KIND_OUTREACH),
    .volume = get_number (reader, "volume", TL_SENDING_PLAN_MAX_VOLUME),
    .n_mailboxes = (guint) tl_json_reader_get_int (reader, "mailboxes", TL_JSON_REQUIRED, 1,
                                                   TL_SENDING_PLAN_MAX_MAILBOXES),
    .n_domains = (guint) tl_json_reader_get_int (reader, "domains", TL_JSON_REQUIRED, 1,
                                                 TL_SENDING_PLAN_MAX_DOMAINS),
    .service = (TlSendingService) tl_json_reader_get_enum (reader, "service", TL_JSON_REQUIRED,
                                                           TL_TYPE_SENDING_SERVICE,
                                                           TL_SENDING_SERVICE_PROVIDER),
    .reasons = (const char * const *) reasons,
    .limits = limits,
    .ceiling = get_number (reader, "ceiling", MAX_LIMIT),
    .ceiling_of = (TlLimitOf) tl_json_reader_get_enum (reader, "ceiling_of", TL_JSON_OPTIONAL,
                                                       TL_TYPE_LIMIT_OF, TL_LIMIT_OF_NOBODY),
  };

  if (warm_up != NULL)
    {
      GError *inner = NULL;

      warm_up_reader = tl_json_reader_new (warm_up, "the warm-up");
      days = read_warm_up (warm_up_reader, &parts);
      if (!tl_json_reader_finish (warm_up_reader, &inner))
        tl_json_reader_refuse_error (reader, "warm_up", inner);
    }

  self = tl_sending_plan_new (&parts);
  check_derived (reader, &parts, tl_sending_plan_get_parts (self));
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
