/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-plan.h"

#include "tl-nick.h"
#include "tl-text.h"

/* Ids of the provider table are short; a name is what fits into a From line. */
#define PROVIDER_MAX_BYTES     64
#define DISPLAY_NAME_MAX_BYTES 255
/* Far more than any provider asks for, and no more than a page can show. */
#define SCOPES_MAX             32
#define SIGN_IN_MAX_BYTES      512

struct _TlPlan
{
  TlPurpose   purpose;
  TlAddress  *address;
  char       *display_name;
  char       *provider;
  TlPlanLane  incoming; /* settings and source owned */
  TlPlanLane  outgoing;
  gboolean    has_sign_in;
  TlPlanSignIn sign_in; /* all of it owned */
};

G_DEFINE_ENUM_TYPE (TlPurpose, tl_purpose,
                    G_DEFINE_ENUM_VALUE (TL_PURPOSE_MAILBOX, "mailbox"),
                    G_DEFINE_ENUM_VALUE (TL_PURPOSE_PRACTICE, "practice"))

G_DEFINE_BOXED_TYPE (TlPlan, tl_plan, tl_plan_ref, tl_plan_unref)

static void
plan_lane_fill (TlPlanLane       *self,
                const TlPlanLane *from)
{
  if (from == NULL || from->settings == NULL)
    return;

  self->settings = tl_lane_settings_ref (from->settings);
  self->source = g_strdup (from->source);
  self->trust = from->trust;
  self->own_user = from->own_user;
}

static void
plan_lane_clear (TlPlanLane *self)
{
  g_clear_pointer (&self->settings, tl_lane_settings_unref);
  g_free ((char *) self->source);
  self->source = NULL;
}

static void
sign_in_fill (TlPlanSignIn       *self,
              const TlPlanSignIn *from)
{
  self->login = g_strdup (from->login);
  self->issuer = g_strdup (from->issuer);
  self->client_id = g_strdup (from->client_id);
  self->scopes = (const char * const *) g_strdupv ((char **) from->scopes);
  self->account = g_strdup (from->account);
}

static void
sign_in_clear (TlPlanSignIn *self)
{
  g_free ((char *) self->login);
  g_free ((char *) self->issuer);
  g_free ((char *) self->client_id);
  g_strfreev ((char **) self->scopes);
  g_free ((char *) self->account);
  *self = (TlPlanSignIn) { NULL };
}

static gboolean
plan_lane_speaks (const TlPlanLane *self,
                  TlProtocol        protocol)
{
  return self == NULL || self->settings == NULL ||
         (tl_lane_settings_get_protocol (self->settings) == protocol &&
          tl_source_get_label (self->source) != NULL);
}

/* A name as it is kept: no control and no invisible character, except the two
 * joiners that some scripts cannot be spelt without (Unicode §23.2), and no
 * more bytes than fit. NULL when nothing is left. */
static char *
dup_display_name (const char *typed)
{
  g_autoptr(GString) name = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);

  for (const char *p = g_strstrip (valid); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
          !(g_unichar_isprint (c) || c == 0x200c || c == 0x200d))
        continue;
      if (name->len + (gsize) g_unichar_to_utf8 (c, NULL) > DISPLAY_NAME_MAX_BYTES)
        break;
      g_string_append_unichar (name, c);
    }

  /* What was cut or left out may have stood next to white space. */
  g_strstrip (name->str);

  return name->str[0] != '\0' ? g_strdup (name->str) : NULL;
}

/**
 * tl_plan_new:
 * @purpose: what it is for
 * @address: the mailbox
 * @display_name: (nullable): the name to send as; characters that do not show are left out
 * @provider: (nullable): id in the provider table
 * @incoming: (nullable): the incoming lane (IMAP); %NULL like one with no settings
 * @outgoing: (nullable): the outgoing lane (SMTP)
 *
 * Takes references to and copies of what it is given.
 *
 * Returns: (transfer full): a plan
 */
TlPlan *
tl_plan_new (TlPurpose         purpose,
             TlAddress        *address,
             const char       *display_name,
             const char       *provider,
             const TlPlanLane *incoming,
             const TlPlanLane *outgoing)
{
  TlPlan *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (plan_lane_speaks (incoming, TL_PROTOCOL_IMAP), NULL);
  g_return_val_if_fail (plan_lane_speaks (outgoing, TL_PROTOCOL_SMTP), NULL);

  self = g_atomic_rc_box_new0 (TlPlan);
  self->purpose = purpose;
  self->address = tl_address_ref (address);
  self->display_name = dup_display_name (display_name);
  self->provider = g_strdup (provider);
  plan_lane_fill (&self->incoming, incoming);
  plan_lane_fill (&self->outgoing, outgoing);

  return self;
}

/**
 * tl_plan_with_sign_in:
 * @self: a plan
 * @sign_in: (nullable): who signs in where; all of it is copied. One with nothing in it is as
 *   good as %NULL
 *
 * Returns: (transfer full): the same plan with that sign-in
 */
TlPlan *
tl_plan_with_sign_in (const TlPlan       *self,
                      const TlPlanSignIn *sign_in)
{
  TlPlan *copy = tl_plan_new (self->purpose, self->address, self->display_name, self->provider,
                              &self->incoming, &self->outgoing);

  copy->has_sign_in = sign_in != NULL && (sign_in->login != NULL || sign_in->issuer != NULL);
  if (copy->has_sign_in)
    sign_in_fill (&copy->sign_in, sign_in);

  return copy;
}

/**
 * tl_plan_get_sign_in:
 * @self: a plan
 *
 * Returns: (transfer none) (nullable): who signs in where, or %NULL when the mailbox itself does,
 *   with a password
 */
const TlPlanSignIn *
tl_plan_get_sign_in (const TlPlan *self)
{
  return self->has_sign_in ? &self->sign_in : NULL;
}

TlPlan *
tl_plan_ref (TlPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_plan_clear (gpointer data)
{
  TlPlan *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->provider, g_free);
  plan_lane_clear (&self->incoming);
  plan_lane_clear (&self->outgoing);
  sign_in_clear (&self->sign_in);
}

void
tl_plan_unref (TlPlan *self)
{
  g_atomic_rc_box_release_full (self, tl_plan_clear);
}

TlPurpose
tl_plan_get_purpose (const TlPlan *self)
{
  return self->purpose;
}

TlAddress *
tl_plan_get_address (const TlPlan *self)
{
  return self->address;
}

/**
 * tl_plan_get_display_name:
 * @self: a plan
 *
 * Returns: (transfer none) (nullable): the name to send as, never empty
 */
const char *
tl_plan_get_display_name (const TlPlan *self)
{
  return self->display_name;
}

const char *
tl_plan_get_provider (const TlPlan *self)
{
  return self->provider;
}

/**
 * tl_plan_get_lane:
 * @self: a plan
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 *
 * Returns: (transfer none): the lane, never %NULL; without settings it has no source either
 */
const TlPlanLane *
tl_plan_get_lane (const TlPlan *self,
                  TlLaneKind    lane)
{
  g_return_val_if_fail (lane != TL_LANE_NONE, NULL);

  return lane == TL_LANE_INCOMING ? &self->incoming : &self->outgoing;
}

static TlJson *
settings_to_json (const TlPlanLane *lane)
{
  return lane->settings != NULL ? tl_lane_settings_to_json (lane->settings) : NULL;
}

/**
 * tl_plan_sign_in_to_json:
 * @self: a plan
 *
 * Returns: (transfer full) (nullable): an object of login, issuer, client_id, scopes and account,
 *   or %NULL where the mailbox itself signs in, with a password
 */
TlJson *
tl_plan_sign_in_to_json (const TlPlan *self)
{
  const TlPlanSignIn *sign_in = &self->sign_in;
  TlJson *json;

  if (!self->has_sign_in)
    return NULL;

  json = tl_json_new_object ();
  tl_json_set_string (json, "login", sign_in->login);
  tl_json_set_string (json, "issuer", sign_in->issuer);
  tl_json_set_string (json, "client_id", sign_in->client_id);
  tl_json_set_take (json, "scopes", tl_json_new_strv (sign_in->scopes));
  tl_json_set_string (json, "account", sign_in->account);

  return json;
}

/* Left out where nobody else signs in: what was hashed before there was such a member keeps its
 * hash. */
static void
set_sign_in (TlJson       *json,
             const TlPlan *self)
{
  if (self->has_sign_in)
    tl_json_set_take (json, "sign_in", tl_plan_sign_in_to_json (self));
}

/**
 * tl_plan_dup_settings_hash:
 * @self: a plan
 *
 * Hashes what a test is a test of: the address, both lanes' settings and who signs in where.
 * Where they came from, and the name to send as, change nothing about it.
 *
 * Returns: (transfer full): SHA-256 of the canonical JSON of
 *   `{address, incoming, outgoing}`, and `sign_in` where there is one, 64 lower-case hex digits
 */
char *
tl_plan_dup_settings_hash (const TlPlan *self)
{
  g_autoptr(TlJson) json = tl_json_new_object ();
  g_autofree char *canonical = NULL;

  tl_json_set_string (json, "address", tl_address_get_addr_spec (self->address));
  tl_json_set_take (json, "incoming", settings_to_json (&self->incoming));
  tl_json_set_take (json, "outgoing", settings_to_json (&self->outgoing));
  set_sign_in (json, self);
  canonical = tl_json_to_canonical (json);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
}

static TlJson *
plan_lane_to_json (const TlPlanLane *self)
{
  TlJson *json = settings_to_json (self);

  if (json != NULL)
    {
      tl_json_set_string (json, "source", self->source);
      tl_json_set_string (json, "trust", tl_trust_get_nick (self->trust));
      tl_json_set_bool (json, "own_user", self->own_user);
    }

  return json;
}

/**
 * tl_plan_to_json:
 * @self: a plan
 *
 * Returns: (transfer full): an object of purpose, address, display_name,
 *   provider, and incoming and outgoing, each null or settings with source, trust
 *   and own_user; and sign_in where there is one
 */
TlJson *
tl_plan_to_json (const TlPlan *self)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "purpose", tl_nick_get (TL_TYPE_PURPOSE, (int) self->purpose));
  tl_json_set_string (json, "address", tl_address_get_addr_spec (self->address));
  tl_json_set_string (json, "display_name", self->display_name);
  tl_json_set_string (json, "provider", self->provider);
  tl_json_set_take (json, "incoming", plan_lane_to_json (&self->incoming));
  tl_json_set_take (json, "outgoing", plan_lane_to_json (&self->outgoing));
  set_sign_in (json, self);

  return json;
}

static void
read_lane (TlJsonReader *reader,
           const char   *member,
           TlProtocol    protocol,
           TlPlanLane   *out_lane)
{
  TlJson *json = tl_json_reader_get_object (reader, member, TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) lane = NULL;
  GError *error = NULL;

  if (json == NULL)
    return;

  lane = tl_json_reader_new (json, "the lane");
  out_lane->settings = tl_lane_settings_read (lane);
  out_lane->source = g_strdup (tl_json_reader_get_string (lane, "source", TL_JSON_REQUIRED));
  out_lane->trust = tl_json_reader_get_enum (lane, "trust", TL_JSON_REQUIRED,
                                             TL_TYPE_TRUST, TL_TRUST_GUESSED);
  out_lane->own_user = tl_json_reader_get_bool (lane, "own_user", TL_JSON_REQUIRED);
  if (tl_source_get_label (out_lane->source) == NULL)
    tl_json_reader_refuse (lane, "source", "is not a source that is known here");
  if (!plan_lane_speaks (out_lane, protocol))
    tl_json_reader_refuse (lane, "protocol", "is not that of this lane");

  if (!tl_json_reader_finish (lane, &error))
    tl_json_reader_refuse_error (reader, member, error);
}

static const char *
read_sign_in_text (TlJsonReader *reader,
                   const char   *member)
{
  const char *text = tl_json_reader_get_text (reader, member, TL_JSON_OPTIONAL);

  if (text != NULL && (*text == '\0' || strlen (text) > SIGN_IN_MAX_BYTES))
    {
      tl_json_reader_refuse (reader, member, "is empty or too long");
      return NULL;
    }

  return text;
}

/* An address, in its one spelling, or NULL */
static const char *
read_login (TlJsonReader *reader)
{
  const char *text = read_sign_in_text (reader, "login");
  g_autoptr(TlAddress) address = text == NULL ? NULL : tl_address_parse (text, NULL);

  if (text != NULL &&
      (address == NULL || !g_str_equal (tl_address_get_addr_spec (address), text)))
    tl_json_reader_refuse (reader, "login", "is not an address in its one spelling");

  return text;
}

/* What only an authorization server gives, and it always does but for the account. */
static void
check_token_members (TlJsonReader       *reader,
                     const TlPlanSignIn *sign_in)
{
  gboolean has_scopes = sign_in->scopes != NULL && sign_in->scopes[0] != NULL;

  if (sign_in->issuer == NULL && sign_in->login == NULL)
    tl_json_reader_refuse (reader, "login", "is missing, and so is an issuer");
  if (sign_in->issuer == NULL &&
      (sign_in->client_id != NULL || has_scopes || sign_in->account != NULL))
    tl_json_reader_refuse (reader, "issuer", "is missing");
  if (sign_in->issuer != NULL && !g_str_has_prefix (sign_in->issuer, "https://"))
    tl_json_reader_refuse (reader, "issuer", "is no https URL");

  for (gsize i = 0; has_scopes && sign_in->scopes[i] != NULL; i++)
    {
      /* scope-token, RFC 6749 §3.3 */
      for (const char *p = sign_in->scopes[i]; *p != '\0'; p++)
        {
          if (!g_ascii_isgraph (*p) || *p == '"' || *p == '\\')
            tl_json_reader_refuse (reader, "scopes", "holds what is no scope");
        }
      if (*sign_in->scopes[i] == '\0' || strlen (sign_in->scopes[i]) > SIGN_IN_MAX_BYTES)
        tl_json_reader_refuse (reader, "scopes", "holds what is no scope");
    }
}

static gboolean
read_sign_in (TlJsonReader *reader,
              TlPlanSignIn *out_sign_in)
{
  TlJson *json = tl_json_reader_get_object (reader, "sign_in", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) inner = NULL;
  g_auto(GStrv) scopes = NULL;
  TlPlanSignIn read = { NULL };
  GError *error = NULL;

  if (json == NULL)
    return FALSE;

  inner = tl_json_reader_new (json, "the sign-in");
  scopes = tl_json_reader_dup_strv (inner, "scopes", TL_JSON_REQUIRED, SCOPES_MAX);
  read.login = read_login (inner);
  read.issuer = read_sign_in_text (inner, "issuer");
  read.client_id = read_sign_in_text (inner, "client_id");
  read.scopes = (const char * const *) scopes;
  read.account = read_sign_in_text (inner, "account");
  check_token_members (inner, &read);

  if (!tl_json_reader_finish (inner, &error))
    {
      tl_json_reader_refuse_error (reader, "sign_in", error);
      return FALSE;
    }
  sign_in_fill (out_sign_in, &read);

  return TRUE;
}

static TlAddress *
read_address (TlJsonReader *reader)
{
  const char *text = tl_json_reader_get_string (reader, "address", TL_JSON_REQUIRED);
  g_autoptr(TlAddress) address = tl_address_parse (text, NULL);

  if (address == NULL || !g_str_equal (tl_address_get_addr_spec (address), text))
    tl_json_reader_refuse (reader, "address", "is not an address in its one spelling");

  return g_steal_pointer (&address);
}

/**
 * tl_plan_from_json:
 * @json: an object as tl_plan_to_json() makes it
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the plan, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlPlan *
tl_plan_from_json (TlJson  *json,
                   GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the plan");
  TlPurpose purpose = tl_json_reader_get_enum (reader, "purpose", TL_JSON_REQUIRED,
                                               TL_TYPE_PURPOSE, TL_PURPOSE_MAILBOX);
  g_autoptr(TlAddress) address = read_address (reader);
  const char *name = tl_json_reader_get_string (reader, "display_name", TL_JSON_OPTIONAL);
  const char *provider = tl_json_reader_get_text (reader, "provider", TL_JSON_OPTIONAL);
  g_autofree char *kept_name = dup_display_name (name);
  TlPlanLane incoming = { NULL };
  TlPlanLane outgoing = { NULL };
  TlPlanSignIn sign_in = { NULL };
  gboolean has_sign_in;
  g_autoptr(TlPlan) self = NULL;
  TlPlan *with_sign_in = NULL;

  if (g_strcmp0 (name, kept_name) != 0)
    tl_json_reader_refuse (reader, "display_name", "is empty, too long, or does not show");
  if (provider != NULL && (*provider == '\0' || strlen (provider) > PROVIDER_MAX_BYTES))
    tl_json_reader_refuse (reader, "provider", "is empty or too long");
  read_lane (reader, "incoming", TL_PROTOCOL_IMAP, &incoming);
  read_lane (reader, "outgoing", TL_PROTOCOL_SMTP, &outgoing);
  has_sign_in = read_sign_in (reader, &sign_in);

  if (tl_json_reader_finish (reader, error))
    {
      self = tl_plan_new (purpose, address, name, provider, &incoming, &outgoing);
      with_sign_in = tl_plan_with_sign_in (self, has_sign_in ? &sign_in : NULL);
    }
  plan_lane_clear (&incoming);
  plan_lane_clear (&outgoing);
  sign_in_clear (&sign_in);

  return with_sign_in;
}
