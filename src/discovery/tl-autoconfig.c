/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autoconfig.h"

#include <string.h>

#include "tl-error.h"

/* Longest text of one element that is looked at. A host name has 253 octets. */
#define TEXT_MAX_LEN 512

/* One for each element that means something here; all others are TOKEN_OTHER
 * and what is below them is passed over. */
typedef enum
{
  TOKEN_OTHER,
  TOKEN_CLIENT_CONFIG,
  TOKEN_EMAIL_PROVIDER,
  TOKEN_DOMAIN,
  TOKEN_INCOMING_SERVER,
  TOKEN_OUTGOING_SERVER,
  TOKEN_HOSTNAME,
  TOKEN_PORT,
  TOKEN_SOCKET_TYPE,
  TOKEN_AUTHENTICATION,
  TOKEN_USERNAME,
} Token;

static const struct
{
  const char *name;
  Token       token;
  guint       depth; /* at which it means something; the root is 1 */
} elements[] = {
  { "clientConfig",   TOKEN_CLIENT_CONFIG,   1 },
  { "emailProvider",  TOKEN_EMAIL_PROVIDER,  2 },
  { "domain",         TOKEN_DOMAIN,          3 },
  { "incomingServer", TOKEN_INCOMING_SERVER, 3 },
  { "outgoingServer", TOKEN_OUTGOING_SERVER, 3 },
  { "hostname",       TOKEN_HOSTNAME,        4 },
  { "port",           TOKEN_PORT,            4 },
  { "socketType",     TOKEN_SOCKET_TYPE,     4 },
  { "authentication", TOKEN_AUTHENTICATION,  4 },
  { "username",       TOKEN_USERNAME,        4 },
};

/* What a document calls a way of signing in, and what that needs from a
 * person. Kerberos, client certificates, addresses and nothing at all are
 * left out: none of them is a mailbox a platform could be given. */
static const struct
{
  const char *name;
  TlAuth      auth;
} authentications[] = {
  { "password-cleartext", TL_AUTH_PASSWORD },
  { "plain",              TL_AUTH_PASSWORD },
  { "password-encrypted", TL_AUTH_PASSWORD },
  { "secure",             TL_AUTH_PASSWORD },
  { "OAuth2",             TL_AUTH_OAUTH2 },
};

typedef struct
{
  char     *type;     /* owned, as are the next three */
  char     *hostname;
  char     *port;
  char     *socket_type;
  char     *username;
  gboolean  has_authentication;
  gboolean  takes_password;
  gboolean  takes_oauth2;
  gboolean  is_broken;
} Server;

struct _TlAutoconfig
{
  GPtrArray *incoming; /* owned, of owned TlLaneSettings */
  GPtrArray *outgoing; /* owned, of owned TlLaneSettings */
  gboolean   has_pop3;
  guint      n_plain;
  guint      n_broken;
};

G_DEFINE_BOXED_TYPE (TlAutoconfig, tl_autoconfig, tl_autoconfig_ref, tl_autoconfig_unref)

typedef struct
{
  TlAddress    *address;   /* borrowed */
  TlAutoconfig *kept;      /* borrowed: what is being made */
  TlAutoconfig *provider;  /* owned: being read; kept when its domain matches */
  gboolean      is_ours;   /* a domain of that provider is the address's */
  gboolean      any_ours;
  gboolean      is_recognised; /* it is, or pretends to be, an autoconfig document */
  guint8        path[TL_AUTOCONFIG_MAX_DEPTH + 1];
  guint         depth;
  guint         n_elements;
  GString      *text;      /* owned */
  gboolean      text_too_long;
  Server        server;
} Reading;

static void
server_clear (Server *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->hostname, g_free);
  g_clear_pointer (&self->port, g_free);
  g_clear_pointer (&self->socket_type, g_free);
  g_clear_pointer (&self->username, g_free);
  memset (self, 0, sizeof *self);
}

static TlAutoconfig *
autoconfig_new (void)
{
  TlAutoconfig *self = g_atomic_rc_box_new0 (TlAutoconfig);

  self->incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_lane_settings_unref);
  self->outgoing = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_lane_settings_unref);

  return self;
}

/* Placeholders may stand anywhere in a value. One pass: what was put in is not
 * looked at again, for a local part may itself hold a percent sign. */
static char *
substitute (const char *template,
            TlAddress  *address)
{
  const struct
  {
    const char *name;
    const char *value;
  } placeholders[] = {
    { "%EMAILADDRESS%",   tl_address_get_addr_spec (address) },
    { "%EMAILLOCALPART%", tl_address_get_local_part (address) },
    { "%EMAILDOMAIN%",    tl_address_get_domain (address) },
  };
  g_autoptr(GString) out = g_string_new (NULL);

  while (*template != '\0')
    {
      gsize i;

      for (i = 0; i < G_N_ELEMENTS (placeholders); i++)
        {
          if (g_str_has_prefix (template, placeholders[i].name))
            break;
        }

      if (i < G_N_ELEMENTS (placeholders))
        {
          g_string_append (out, placeholders[i].value);
          template += strlen (placeholders[i].name);
        }
      else
        {
          g_string_append_c (out, *template++);
        }
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
read_security (const char *socket_type,
               TlSecurity *out_security)
{
  if (g_ascii_strcasecmp (socket_type, "SSL") == 0)
    *out_security = TL_SECURITY_TLS;
  else if (g_ascii_strcasecmp (socket_type, "STARTTLS") == 0)
    *out_security = TL_SECURITY_STARTTLS;
  else if (g_ascii_strcasecmp (socket_type, "plain") == 0)
    *out_security = TL_SECURITY_NONE;
  else
    return FALSE;

  return TRUE;
}

/* The settings of one server section, or NULL when it has a hole or a value
 * that cannot be meant: then only this section is lost. An address literal or
 * a bare label is no server a document may name. */
static TlLaneSettings *
server_to_settings (const Server *self,
                    TlProtocol    protocol,
                    TlAddress    *address)
{
  g_autoptr(TlEndpoint) endpoint = NULL;
  TlSecurity security;
  guint64 port;

  if (self->is_broken || self->hostname == NULL || self->port == NULL ||
      self->socket_type == NULL || !read_security (self->socket_type, &security) ||
      !g_ascii_string_to_unsigned (self->port, 10, 1, G_MAXUINT16, &port, NULL))
    return NULL;

  if (self->has_authentication && !self->takes_password && !self->takes_oauth2)
    return NULL;

  endpoint = tl_endpoint_new (self->hostname, (guint16) port, security, NULL);
  if (endpoint == NULL || strchr (tl_endpoint_get_host (endpoint), '.') == NULL ||
      g_hostname_is_ip_address (tl_endpoint_get_host (endpoint)))
    return NULL;

  return tl_lane_settings_new (protocol, endpoint,
                               self->takes_oauth2 && !self->takes_password ? TL_AUTH_OAUTH2
                                                                           : TL_AUTH_PASSWORD,
                               self->username != NULL ? self->username
                                                      : tl_address_get_addr_spec (address),
                               NULL);
}

static void
finish_server (Reading *self)
{
  gboolean is_incoming = self->path[self->depth] == TOKEN_INCOMING_SERVER;
  GPtrArray *list = is_incoming ? self->provider->incoming : self->provider->outgoing;
  g_autoptr(TlLaneSettings) settings = NULL;

  if (is_incoming && g_strcmp0 (self->server.type, "pop3") == 0)
    {
      self->provider->has_pop3 = TRUE;
      return;
    }
  if (g_strcmp0 (self->server.type, is_incoming ? "imap" : "smtp") != 0)
    return;

  settings = server_to_settings (&self->server, is_incoming ? TL_PROTOCOL_IMAP : TL_PROTOCOL_SMTP,
                                 self->address);
  if (settings == NULL)
    {
      self->provider->n_broken++;
      return;
    }
  if (tl_endpoint_get_security (tl_lane_settings_get_endpoint (settings)) == TL_SECURITY_NONE)
    {
      self->provider->n_plain++;
      return;
    }

  if (list->len < TL_AUTOCONFIG_MAX_SERVERS &&
      !g_ptr_array_find_with_equal_func (list, settings, (GEqualFunc) tl_lane_settings_equal, NULL))
    g_ptr_array_add (list, g_steal_pointer (&settings));
}

static void
take_servers (GPtrArray *into,
              GPtrArray *from)
{
  for (guint i = 0; i < from->len && into->len < TL_AUTOCONFIG_MAX_SERVERS; i++)
    g_ptr_array_add (into, tl_lane_settings_ref (from->pdata[i]));
}

static void
finish_provider (Reading *self)
{
  if (self->is_ours)
    {
      take_servers (self->kept->incoming, self->provider->incoming);
      take_servers (self->kept->outgoing, self->provider->outgoing);
      self->kept->has_pop3 |= self->provider->has_pop3;
      self->kept->n_plain += self->provider->n_plain;
      self->kept->n_broken += self->provider->n_broken;
      self->any_ours = TRUE;
    }

  g_clear_pointer (&self->provider, tl_autoconfig_unref);
}

/* The text of the leaf that ends here, trimmed and with its placeholders put
 * in. */
static char *
dup_value (Reading *self)
{
  return substitute (g_strstrip (self->text->str), self->address);
}

/* The domain is compared after substitution: some hosts write the placeholder
 * itself into <domain>. */
static void
read_domain (Reading *self)
{
  g_autofree char *value = dup_value (self);
  g_autofree char *domain = tl_host_canonicalize (value);

  if (g_strcmp0 (domain, tl_address_get_domain (self->address)) == 0)
    self->is_ours = TRUE;
}

static void
read_authentication (Reading *self)
{
  g_autofree char *value = dup_value (self);

  self->server.has_authentication = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (authentications); i++)
    {
      if (g_ascii_strcasecmp (value, authentications[i].name) != 0)
        continue;
      if (authentications[i].auth == TL_AUTH_OAUTH2)
        self->server.takes_oauth2 = TRUE;
      else
        self->server.takes_password = TRUE;
    }
}

/* A value given twice is one too many: which of them is meant is anyone's
 * guess. */
static void
read_leaf (Reading  *self,
           char    **out_value)
{
  if (*out_value != NULL || self->text_too_long)
    {
      self->server.is_broken = TRUE;
      return;
    }

  *out_value = dup_value (self);
}

static Token
find_token (Reading    *self,
            const char *name)
{
  if (self->depth > 1 && self->path[self->depth - 1] == TOKEN_OTHER)
    return TOKEN_OTHER;

  /* The leaves of a server are named like others elsewhere. */
  if (self->depth == 4 && self->path[3] != TOKEN_INCOMING_SERVER &&
      self->path[3] != TOKEN_OUTGOING_SERVER)
    return TOKEN_OTHER;

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (elements[i].depth == self->depth && g_str_equal (elements[i].name, name))
        return elements[i].token;
    }

  return TOKEN_OTHER;
}

static void
on_start_element (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **attribute_names,
                  const char          **attribute_values,
                  gpointer              user_data,
                  GError              **error)
{
  Reading *self = user_data;
  Token token;

  if (self->depth == TL_AUTOCONFIG_MAX_DEPTH)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL,
                   "the document is nested deeper than %d elements", TL_AUTOCONFIG_MAX_DEPTH);
      return;
    }
  if (++self->n_elements > TL_AUTOCONFIG_MAX_ELEMENTS)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL,
                   "the document has more than %d elements", TL_AUTOCONFIG_MAX_ELEMENTS);
      return;
    }

  self->depth++;
  token = find_token (self, name);
  self->path[self->depth] = token;
  g_string_truncate (self->text, 0);
  self->text_too_long = FALSE;

  if (self->depth == 1 && token != TOKEN_CLIENT_CONFIG)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL,
                           "the document’s root is not clientConfig");
      return;
    }
  self->is_recognised = TRUE;

  if (token == TOKEN_EMAIL_PROVIDER)
    {
      self->provider = autoconfig_new ();
      self->is_ours = FALSE;
    }
  else if (token == TOKEN_INCOMING_SERVER || token == TOKEN_OUTGOING_SERVER)
    {
      server_clear (&self->server);
      for (gsize i = 0; attribute_names[i] != NULL; i++)
        {
          if (g_str_equal (attribute_names[i], "type") && self->server.type == NULL)
            self->server.type = g_strdup (attribute_values[i]);
        }
    }
}

static void
on_end_element (GMarkupParseContext  *context,
                const char           *name,
                gpointer              user_data,
                GError              **error)
{
  Reading *self = user_data;

  switch ((Token) self->path[self->depth])
    {
    case TOKEN_EMAIL_PROVIDER:
      finish_provider (self);
      break;
    case TOKEN_DOMAIN:
      read_domain (self);
      break;
    case TOKEN_INCOMING_SERVER:
    case TOKEN_OUTGOING_SERVER:
      finish_server (self);
      break;
    case TOKEN_HOSTNAME:
      read_leaf (self, &self->server.hostname);
      break;
    case TOKEN_PORT:
      read_leaf (self, &self->server.port);
      break;
    case TOKEN_SOCKET_TYPE:
      read_leaf (self, &self->server.socket_type);
      break;
    case TOKEN_USERNAME:
      read_leaf (self, &self->server.username);
      break;
    case TOKEN_AUTHENTICATION:
      read_authentication (self);
      break;
    case TOKEN_OTHER:
    case TOKEN_CLIENT_CONFIG:
    default:
      break;
    }

  self->depth--;
}

static void
on_text (GMarkupParseContext  *context,
         const char           *text,
         gsize                 len,
         gpointer              user_data,
         GError              **error)
{
  Reading *self = user_data;

  if (self->text->len + len > TEXT_MAX_LEN)
    self->text_too_long = TRUE;
  else
    g_string_append_len (self->text, text, (gssize) len);
}

/* What GMarkup does not interpret: comments, processing instructions, and
 * document type declarations. Those last are where entities come from. */
static void
on_passthrough (GMarkupParseContext  *context,
                const char           *text,
                gsize                 len,
                gpointer              user_data,
                GError              **error)
{
  Reading *self = user_data;

  if (g_str_has_prefix (text, "<?") || g_str_has_prefix (text, "<!--"))
    return;

  self->is_recognised = g_ascii_strncasecmp (text, "<!DOCTYPE html", 14) != 0;
  g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, "the document declares a document type");
}

static const GMarkupParser parser = {
  .start_element = on_start_element,
  .end_element = on_end_element,
  .text = on_text,
  .passthrough = on_passthrough,
};

/* GMarkup's own messages quote the document; ours never do. */
static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL, "the document %s", why);

  return FALSE;
}

static gboolean
read_document (Reading     *reading,
               const char  *bytes,
               gsize        len,
               GError     **error)
{
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) cause = NULL;

  if (len > TL_AUTOCONFIG_MAX_BYTES)
    return refuse (error, "is larger than 256 KiB");

  if (len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      len -= 3;
    }
  /* GMarkup takes no bytes at all for a mistake of its caller. */
  if (len == 0)
    return refuse (error, "is empty");
  if (!g_utf8_validate_len (bytes, len, NULL))
    return refuse (error, "is not UTF-8 text");

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, reading, NULL);
  if (g_markup_parse_context_parse (context, bytes, (gssize) len, &cause) &&
      g_markup_parse_context_end_parse (context, &cause))
    return TRUE;

  if (cause->domain != TL_ERROR)
    return refuse (error, "is not well-formed XML");

  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/**
 * tl_autoconfig_parse:
 * @bytes: the document
 * @len: its length in bytes
 * @address: the address it was asked for
 * @error: return location for a #GError
 *
 * Reads an autoconfig document:
 *
 *   clientConfig / emailProvider / { domain+, incomingServer*, outgoingServer* }
 *   server = @type, hostname, port, socketType, authentication+, username
 *
 * Unknown elements and versions are passed over. A server section that is
 * broken, is of another kind or has no encryption is left out, and the others
 * stay. Deviations from the draft, for hosts that need them: a missing
 * authentication means a password, a missing username means the address.
 *
 * Returns: (transfer full): what it says, or %NULL with %TL_ERROR_NOT_FOUND when
 *   it is something else, such as a web page, and %TL_ERROR_PROTOCOL when it is
 *   such a document and damaged: it declares a document type, is deeper or has
 *   more elements than allowed, or names only other domains
 */
TlAutoconfig *
tl_autoconfig_parse (const char  *bytes,
                     gsize        len,
                     TlAddress   *address,
                     GError     **error)
{
  g_autoptr(TlAutoconfig) self = autoconfig_new ();
  Reading reading = { .address = address, .kept = self };
  gboolean is_read;

  g_return_val_if_fail (bytes != NULL || len == 0, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  reading.text = g_string_new (NULL);
  is_read = read_document (&reading, bytes, len, error);
  server_clear (&reading.server);
  g_clear_pointer (&reading.provider, tl_autoconfig_unref);
  g_string_free (reading.text, TRUE);

  if (is_read && !reading.any_ours)
    is_read = refuse (error, "is for other domains");
  if (is_read)
    return g_steal_pointer (&self);

  if (!reading.is_recognised && error != NULL)
    (*error)->code = TL_ERROR_NOT_FOUND;

  return NULL;
}

TlAutoconfig *
tl_autoconfig_ref (TlAutoconfig *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_autoconfig_clear (gpointer data)
{
  TlAutoconfig *self = data;

  g_clear_pointer (&self->incoming, g_ptr_array_unref);
  g_clear_pointer (&self->outgoing, g_ptr_array_unref);
}

void
tl_autoconfig_unref (TlAutoconfig *self)
{
  g_atomic_rc_box_release_full (self, tl_autoconfig_clear);
}

guint
tl_autoconfig_get_n (const TlAutoconfig *self,
                     TlLaneKind          lane)
{
  return lane == TL_LANE_INCOMING ? self->incoming->len : self->outgoing->len;
}

/**
 * tl_autoconfig_get:
 * @self: a document
 * @lane: incoming or outgoing
 * @index: which, in the document's order
 *
 * Returns: (transfer none): how the document says the lane is reached
 */
TlLaneSettings *
tl_autoconfig_get (const TlAutoconfig *self,
                   TlLaneKind          lane,
                   guint               index)
{
  GPtrArray *list = lane == TL_LANE_INCOMING ? self->incoming : self->outgoing;

  g_return_val_if_fail (index < list->len, NULL);

  return list->pdata[index];
}

gboolean
tl_autoconfig_has_pop3 (const TlAutoconfig *self)
{
  return self->has_pop3;
}

/**
 * tl_autoconfig_get_n_plain:
 * @self: a document
 *
 * Returns: how many servers were left out for having no encryption
 */
guint
tl_autoconfig_get_n_plain (const TlAutoconfig *self)
{
  return self->n_plain;
}

/**
 * tl_autoconfig_get_n_broken:
 * @self: a document
 *
 * Returns: how many servers were left out for a missing or impossible value
 */
guint
tl_autoconfig_get_n_broken (const TlAutoconfig *self)
{
  return self->n_broken;
}
