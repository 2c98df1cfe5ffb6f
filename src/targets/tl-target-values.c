/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-values.h"

#include <gio/gio.h>
#include <string.h>

#include "tl-nick.h"

struct _TlTargetValues
{
  /* Owned; %NULL: not set */
  char     *texts[TL_TARGET_N_NAMES];
  TlSecret *secrets[TL_LANE_OUTGOING + 1];

  gint64    numbers[TL_TARGET_N_NAMES];
};

/* Names that no server outside can be found by. */
static const char * const private_ends[] = {
  ".local", ".internal", ".localhost", ".test", ".lan",
};

static void
set_text (TlTargetValues *self,
          TlTargetName    name,
          const char     *text)
{
  if (text != NULL && *text != '\0')
    self->texts[name] = g_strdup (text);
}

static void
set_number (TlTargetValues *self,
            TlTargetName    name,
            gint64          number)
{
  self->numbers[name] = number;
  self->texts[name] = g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static void
set_bool (TlTargetValues *self,
          TlTargetName    name,
          gboolean        is_true)
{
  self->numbers[name] = is_true ? 1 : 0;
  self->texts[name] = g_strdup (is_true ? "true" : "false");
}

static void
set_date (TlTargetValues *self,
          TlTargetName    name,
          gint64          moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);

  if (moment != NULL)
    self->texts[name] = g_date_time_format (moment, "%Y-%m-%d");
}

/* fc00::/7 (RFC 4193), which GIO does not know of */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

/**
 * tl_target_host_is_private:
 * @host: a host name or an IP address, as an endpoint has it
 *
 * Returns: whether nobody outside this network can reach it by that: an address that is loopback,
 *   private or link-local, a single label, or a name that DNS does not have
 */
gboolean
tl_target_host_is_private (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_any (address) ||
           g_inet_address_get_is_site_local (address) ||
           g_inet_address_get_is_link_local (address) || is_unique_local (address);

  if (strchr (host, '.') == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (private_ends); i++)
    {
      if (g_str_has_suffix (host, private_ends[i]))
        return TRUE;
    }

  return FALSE;
}

/* RFC 4122 §4.3, version 5, in the name space of URLs (its appendix C). */
static char *
make_uuid (const char *url)
{
  static const guint8 space[] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                  0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr(GString) out = g_string_new (NULL);
  guint8 digest[20];
  gsize len = sizeof digest;

  g_checksum_update (sum, space, sizeof space);
  g_checksum_update (sum, (const guchar *) url, -1);
  g_checksum_get_digest (sum, digest, &len);
  digest[6] = (guint8) ((digest[6] & 0x0f) | 0x50);
  digest[8] = (guint8) ((digest[8] & 0x3f) | 0x80);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (out, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x",
                            digest[i]);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
set_uuids (TlTargetValues *self,
           const char     *address)
{
  g_autofree char *url = g_strconcat ("mailto:", address, NULL);
  g_autofree char *profile = g_strconcat (url, "#profile", NULL);

  self->texts[TL_TARGET_NAME_UUID] = make_uuid (url);
  self->texts[TL_TARGET_NAME_UUID_PROFILE] = make_uuid (profile);
}

/* First and last name are told apart at the first space, as the products' own files have it. */
static void
set_names (TlTargetValues *self,
           const char     *display_name)
{
  g_autofree char *name = g_strstrip (g_strdup (display_name != NULL ? display_name : ""));
  g_auto(GStrv) parts = g_strsplit (name, " ", 2);

  set_text (self, TL_TARGET_NAME_NAME, name);
  if (parts[0] == NULL)
    return;

  set_text (self, TL_TARGET_NAME_NAME_FIRST, parts[0]);
  if (parts[1] != NULL)
    set_text (self, TL_TARGET_NAME_NAME_LAST, g_strstrip (parts[1]));
}

/* host = IP-literal / IPv4address / reg-name, RFC 3986 §3.2.2 */
static char *
make_url_host (const char *host)
{
  return strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);
}

static void
set_lane (TlTargetValues  *self,
          TlLaneSettings  *settings,
          TlLaneKind       lane)
{
  TlEndpoint *endpoint;
  const char *host;
  g_autofree char *url_host = NULL;

#define OF_LANE(name) tl_target_name_of_lane (TL_TARGET_NAME_INCOMING_##name, lane)
  if (settings == NULL)
    return;

  endpoint = tl_lane_settings_get_endpoint (settings);
  host = tl_endpoint_get_host (endpoint);
  url_host = make_url_host (host);
  set_text (self, OF_LANE (HOST), host);
  set_text (self, OF_LANE (URL_HOST), url_host);
  set_number (self, OF_LANE (PORT), tl_endpoint_get_port (endpoint));
  set_text (self, OF_LANE (SECURITY),
            tl_nick_get (TL_TYPE_SECURITY, (int) tl_endpoint_get_security (endpoint)));
  set_text (self, OF_LANE (USER), tl_lane_settings_get_username (settings));
  set_text (self, OF_LANE (AUTH), tl_auth_get_nick (tl_lane_settings_get_auth (settings)));
  set_text (self, OF_LANE (FOLDER), tl_lane_settings_get_folder (settings));
  set_bool (self, OF_LANE (PRIVATE), tl_target_host_is_private (host));
#undef OF_LANE
}

static gboolean
signs_in_by_token (TlLaneSettings *settings)
{
  return settings != NULL && tl_lane_settings_get_auth (settings) == TL_AUTH_OAUTH2;
}

/* Where a password is left blank, whether it would be the same is told by what is known: one user,
 * one kind of password, and nobody who said that the outgoing lane is another account. */
static gboolean
passwords_are_same (const TlTargetMailbox *mailbox,
                    TlPlan                *plan)
{
  const TlPlanLane *incoming = tl_plan_get_lane (plan, TL_LANE_INCOMING);
  const TlPlanLane *outgoing = tl_plan_get_lane (plan, TL_LANE_OUTGOING);

  if (mailbox->incoming != NULL && mailbox->outgoing != NULL)
    return tl_secret_equal (mailbox->incoming, mailbox->outgoing);

  return incoming->settings != NULL && outgoing->settings != NULL && !outgoing->own_user &&
         tl_lane_settings_get_auth (incoming->settings) ==
         tl_lane_settings_get_auth (outgoing->settings) &&
         g_strcmp0 (tl_lane_settings_get_username (incoming->settings),
                    tl_lane_settings_get_username (outgoing->settings)) == 0;
}

static void
set_pair (TlTargetValues        *self,
          const TlTargetMailbox *mailbox,
          TlPlan                *plan)
{
  TlLaneSettings *incoming = tl_plan_get_lane (plan, TL_LANE_INCOMING)->settings;
  TlLaneSettings *outgoing = tl_plan_get_lane (plan, TL_LANE_OUTGOING)->settings;
  gboolean same_user = g_strcmp0 (self->texts[TL_TARGET_NAME_INCOMING_USER],
                                  self->texts[TL_TARGET_NAME_OUTGOING_USER]) == 0;
  gboolean same_password = passwords_are_same (mailbox, plan);

  set_bool (self, TL_TARGET_NAME_SAME_USER, same_user);
  set_bool (self, TL_TARGET_NAME_SAME_PASSWORD, same_password);
  set_bool (self, TL_TARGET_NAME_SEPARATE, !same_user || !same_password);
  set_bool (self, TL_TARGET_NAME_USES_OAUTH,
            signs_in_by_token (incoming) || signs_in_by_token (outgoing));
}

static void
set_sign_in (TlTargetValues     *self,
             const TlPlanSignIn *sign_in)
{
  g_autofree char *scopes = NULL;

  if (sign_in == NULL)
    return;

  if (sign_in->scopes != NULL)
    scopes = g_strjoinv (" ", (char **) sign_in->scopes);
  set_text (self, TL_TARGET_NAME_LOGIN, sign_in->login);
  set_text (self, TL_TARGET_NAME_ISSUER, sign_in->issuer);
  set_text (self, TL_TARGET_NAME_CLIENT_ID, sign_in->client_id);
  set_text (self, TL_TARGET_NAME_SCOPES, scopes);
  set_text (self, TL_TARGET_NAME_ACCOUNT, sign_in->account);
}

static const char *
find_lane_folder (TlLaneReport *incoming,
                  const char   *role)
{
  GPtrArray *folders = incoming != NULL ? tl_lane_report_get_folders (incoming) : NULL;

  for (guint i = 0; folders != NULL && i < folders->len; i++)
    {
      const TlFolder *folder = g_ptr_array_index (folders, i);

      /* A name with what does not show has it spelt out, behind a backslash, and is not the
       * server's any more. */
      if (g_strcmp0 (folder->role, role) == 0)
        return strchr (folder->name, '\\') == NULL ? folder->name : NULL;
    }

  return NULL;
}

/* The first folder of a role is the one: a server that marks two means the first. Where folders
 * were looked at more closely, as a person put it right. NULL where the name that is known would
 * open another folder, or none. */
static const char *
find_folder (TlReport   *report,
             const char *role)
{
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);
  const TlMailboxFolder *folder;

  if (mailbox == NULL)
    return find_lane_folder (tl_report_get_lane (report, TL_LANE_INCOMING), role);

  folder = tl_mailbox_report_find_role (mailbox, role);

  return folder != NULL && !folder->is_changed ? folder->name : NULL;
}

static void
set_folders (TlTargetValues *self,
             TlReport       *report)
{
  static const struct
  {
    const char   *role;
    TlTargetName  name;
  } roles[] = {
    { "sent", TL_TARGET_NAME_FOLDER_SENT },     { "drafts", TL_TARGET_NAME_FOLDER_DRAFTS },
    { "junk", TL_TARGET_NAME_FOLDER_JUNK },     { "trash", TL_TARGET_NAME_FOLDER_TRASH },
    { "archive", TL_TARGET_NAME_FOLDER_ARCHIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    set_text (self, roles[i].name, find_folder (report, roles[i].role));
}

/* Products have one step for every day: the average one of the plan, rounded down, so that they
 * are no sooner at its end; at least 1, or they would never be. */
static void
set_warm_up (TlTargetValues           *self,
             const TlSendingPlanParts *plan)
{
  guint first;
  guint last;

  if (plan->n_days == 0)
    return;

  first = plan->days[0];
  last = plan->days[plan->n_days - 1];
  set_number (self, TL_TARGET_NAME_SENDING_WARM_UP_FIRST, first);
  set_number (self, TL_TARGET_NAME_SENDING_WARM_UP_LIMIT, last);
  if (last > first)
    set_number (self, TL_TARGET_NAME_SENDING_WARM_UP_INCREMENT,
                MAX (1, (last - first) / (plan->n_days - 1)));
}

static void
set_sending (TlTargetValues *self,
             TlSendingPlan  *sending)
{
  const TlSendingPlanParts *plan;

  if (sending == NULL)
    return;

  plan = tl_sending_plan_get_parts (sending);
  if (plan->ceiling > 0)
    set_number (self, TL_TARGET_NAME_SENDING_DAILY_LIMIT, plan->ceiling);
  set_warm_up (self, plan);
}

static gint64
get_tested_at_s (TlReport *report)
{
  return MIN (tl_lane_report_get_tested_at_s (tl_report_get_lane (report, TL_LANE_INCOMING)),
              tl_lane_report_get_tested_at_s (tl_report_get_lane (report, TL_LANE_OUTGOING)));
}

/**
 * tl_target_values_new:
 * @mailbox: a mailbox
 *
 * Returns: (transfer full): what the names stand for; holds references to its passwords
 */
TlTargetValues *
tl_target_values_new (const TlTargetMailbox *mailbox)
{
  TlTargetValues *self = g_new0 (TlTargetValues, 1);
  TlPlan *plan = tl_report_get_plan (mailbox->report);
  TlAddress *address = tl_plan_get_address (plan);

  set_text (self, TL_TARGET_NAME_ADDRESS, tl_address_get_addr_spec (address));
  set_text (self, TL_TARGET_NAME_ADDRESS_LOCAL, tl_address_get_local_part (address));
  set_text (self, TL_TARGET_NAME_ADDRESS_DOMAIN, tl_address_get_domain (address));
  set_names (self, tl_plan_get_display_name (plan));
  set_text (self, TL_TARGET_NAME_PROVIDER, tl_plan_get_provider (plan));
  for (guint i = 0; i < TL_N_LANES; i++)
    set_lane (self, tl_plan_get_lane (plan, tl_lanes[i])->settings, tl_lanes[i]);
  set_pair (self, mailbox, plan);
  set_sign_in (self, tl_plan_get_sign_in (plan));
  set_folders (self, mailbox->report);
  set_sending (self, tl_report_get_sending (mailbox->report));
  set_uuids (self, tl_address_get_addr_spec (address));
  set_date (self, TL_TARGET_NAME_TESTED_ON, get_tested_at_s (mailbox->report));
  set_date (self, TL_TARGET_NAME_MADE_ON, mailbox->now_s);

  if (mailbox->incoming != NULL)
    self->secrets[TL_LANE_INCOMING] = tl_secret_ref (mailbox->incoming);
  if (mailbox->outgoing != NULL)
    self->secrets[TL_LANE_OUTGOING] = tl_secret_ref (mailbox->outgoing);

  return self;
}

void
tl_target_values_free (TlTargetValues *self)
{
  for (guint i = 0; i < TL_TARGET_N_NAMES; i++)
    g_clear_pointer (&self->texts[i], g_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->secrets); i++)
    g_clear_pointer (&self->secrets[i], tl_secret_unref);
  g_free (self);
}

/**
 * tl_target_values_has:
 * @self: the values
 * @name: a name
 *
 * Returns: whether it is set, and not empty, false or 0
 */
gboolean
tl_target_values_has (const TlTargetValues *self,
                      TlTargetName          name)
{
  gsize len;

  if (tl_target_name_get_type (name) == TL_TARGET_TYPE_NUMBER ||
      tl_target_name_get_type (name) == TL_TARGET_TYPE_BOOL)
    return self->numbers[name] != 0;

  tl_target_values_peek (self, name, &len);

  return len > 0;
}

/**
 * tl_target_values_peek:
 * @self: the values
 * @name: a name
 * @out_len: (out): how many bytes
 *
 * Returns: (transfer none): its value as text, empty when it is not set. Ends in a NUL; a password
 *   is in locked memory and any bytes
 */
const char *
tl_target_values_peek (const TlTargetValues *self,
                       TlTargetName          name,
                       gsize                *out_len)
{
  const char *text = self->texts[name] != NULL ? self->texts[name] : "";

  if (tl_target_name_get_type (name) == TL_TARGET_TYPE_SECRET)
    {
      const TlSecret *secret = self->secrets[tl_target_name_get_lane (name)];

      *out_len = 0;
      return secret != NULL ? tl_secret_peek (secret, out_len) : "";
    }

  *out_len = strlen (text);

  return text;
}

/**
 * tl_target_values_get_number:
 * @self: the values
 * @name: the name of a number or a bool
 *
 * Returns: it; 0 when it is not set
 */
gint64
tl_target_values_get_number (const TlTargetValues *self,
                             TlTargetName          name)
{
  return self->numbers[name];
}
