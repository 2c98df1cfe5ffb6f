/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-pox.h"

#include <string.h>

#include "tl-error.h"
#include "tl-text.h"
#include "tl-xml.h"

#define OUTLOOK_NS  "http://schemas.microsoft.com/exchange/autodiscover/outlook/"
#define REQUEST_NS  OUTLOOK_NS "requestschema/2006"
#define RESPONSE_NS OUTLOOK_NS "responseschema/2006a"

/* Protocol types that Microsoft Exchange alone speaks, or that lead to its web mail. */
static const char * const exchange_types[] = { "EXCH", "EXPR", "EXHTTP", "mapiHttp", "WEB" };

/* On these ports one thing is spoken, whatever SSL and Encryption say: hosts
 * write "SSL on" beside 143 and 587 and mean the upgrade. */
static const struct
{
  guint      port;
  TlSecurity security;
} usual_ports[] = {
  { 993, TL_SECURITY_TLS },
  { 465, TL_SECURITY_TLS },
  { 143, TL_SECURITY_STARTTLS },
  { 587, TL_SECURITY_STARTTLS },
};

/* Encryption, where it is given, overrides SSL. On any other port "TLS" is the
 * upgrade and the rest is TLS from the start. */
static const struct
{
  const char *name;
  TlSecurity  security;
} encryptions[] = {
  { "None", TL_SECURITY_NONE },
  { "SSL",  TL_SECURITY_TLS },
  { "TLS",  TL_SECURITY_STARTTLS },
  { "Auto", TL_SECURITY_TLS },
};

/* The text of the first child of that name, or NULL when there is none or it is empty. */
static const char *
get_value (const TlXml *parent,
           const char  *name)
{
  const TlXml *child = tl_xml_find (parent, name);

  return child != NULL && *tl_xml_get_text (child) != '\0' ? tl_xml_get_text (child) : NULL;
}

static gboolean
is_off (const TlXml *protocol,
        const char  *name)
{
  const char *value = get_value (protocol, name);

  return value != NULL && g_ascii_strcasecmp (value, "off") == 0;
}

static gboolean
read_security (const TlXml *protocol,
               guint        port,
               TlSecurity  *out_security)
{
  const char *encryption = get_value (protocol, "Encryption");
  TlSecurity security = is_off (protocol, "SSL") ? TL_SECURITY_NONE : TL_SECURITY_TLS;
  gsize i = 0;

  if (encryption != NULL)
    {
      while (i < G_N_ELEMENTS (encryptions) &&
             g_ascii_strcasecmp (encryption, encryptions[i].name) != 0)
        i++;
      if (i == G_N_ELEMENTS (encryptions))
        return FALSE;
      security = encryptions[i].security;
    }

  for (i = 0; security != TL_SECURITY_NONE && i < G_N_ELEMENTS (usual_ports); i++)
    {
      if (usual_ports[i].port == port)
        security = usual_ports[i].security;
    }
  *out_security = security;

  return TRUE;
}

/* A server that was told a placeholder hands it back, whole or its local part:
 * who is meant is the person. Anything else it says is taken literally. */
static char *
dup_username (const char *login_name,
              TlAddress  *address,
              const char *placeholder)
{
  const char *at = placeholder != NULL ? strrchr (placeholder, '@') : NULL;

  if (login_name == NULL)
    return g_strdup (tl_address_get_addr_spec (address));
  if (at == NULL)
    return g_strdup (login_name);

  if (g_ascii_strcasecmp (login_name, placeholder) == 0)
    return g_strdup (tl_address_get_addr_spec (address));
  if (strlen (login_name) == (gsize) (at - placeholder) &&
      g_ascii_strncasecmp (login_name, placeholder, (gsize) (at - placeholder)) == 0)
    return g_strdup (tl_address_get_local_part (address));

  return g_strdup (login_name);
}

static const char *
get_type (const TlXml *protocol)
{
  const char *type = get_value (protocol, "Type");

  return type != NULL ? type : tl_xml_get_attribute (protocol, "Type");
}

/* Protocol = Type, Server, Port, LoginName, SSL, Encryption, AuthRequired, …
 *
 * SPA (NTLM) and DomainRequired are passed over: the first is on where it is
 * missing, so that it says nothing about a server, and an address has a domain. */
static void
read_server (TlDocument  *document,
             const TlXml *protocol,
             TlLaneKind   lane,
             TlAddress   *address,
             const char  *placeholder)
{
  const char *port = get_value (protocol, "Port");
  g_autofree char *username = dup_username (get_value (protocol, "LoginName"), address,
                                            placeholder);
  guint64 number = 0;
  TlDocumentServer server = {
    .host = get_value (protocol, "Server"),
    .says_auth = !is_off (protocol, "AuthRequired"),
    .auth = TL_AUTH_PASSWORD,
    .username = username,
  };

  if (port != NULL && g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, &number, NULL))
    server.port = (guint) number;
  server.says_security = read_security (protocol, server.port, &server.security);

  tl_document_take_server (document, lane, &server);
}

static void
read_protocol (TlPox       *self,
               const TlXml *protocol,
               TlAddress   *address,
               const char  *placeholder)
{
  const char *type = get_type (protocol);
  const char *host = get_value (protocol, "Server");

  if (type == NULL)
    return;

  if (g_ascii_strcasecmp (type, "IMAP") == 0)
    read_server (self->document, protocol, TL_LANE_INCOMING, address, placeholder);
  else if (g_ascii_strcasecmp (type, "SMTP") == 0)
    read_server (self->document, protocol, TL_LANE_OUTGOING, address, placeholder);
  else if (g_ascii_strcasecmp (type, "POP3") == 0)
    tl_document_reject (self->document, TL_LANE_INCOMING, host != NULL ? host : "pop3",
                        TL_REJECTION_POP3);

  for (gsize i = 0; i < G_N_ELEMENTS (exchange_types); i++)
    self->is_exchange |= g_ascii_strcasecmp (type, exchange_types[i]) == 0;
}

static char *
dup_clean (const TlXml *parent,
           const char  *name)
{
  const char *value = get_value (parent, name);

  return value != NULL ? tl_text_clean (value, -1) : NULL;
}

static void
read_account (TlPox       *self,
              const TlXml *account,
              TlAddress   *address,
              const char  *placeholder)
{
  self->redirect_address = dup_clean (account, "RedirectAddr");
  self->redirect_url = dup_clean (account, "RedirectUrl");

  for (const TlXml *child = tl_xml_get_first (account); child != NULL;
       child = tl_xml_get_next (child))
    {
      if (g_str_equal (tl_xml_get_name (child), "Protocol"))
        read_protocol (self, child, address, placeholder);
    }
}

/**
 * tl_pox_write_request:
 * @address_text: the address to say, as UTF-8; usually a placeholder at the domain
 *
 * Writes what is POSTed to a Microsoft Autodiscover server ([MS-OXDSCLI] §2.2.3),
 * to be sent as `text/xml; charset=utf-8` and nothing else.
 *
 * Returns: (transfer full): the document
 */
GBytes *
tl_pox_write_request (const char *address_text)
{
  g_autofree char *escaped = g_markup_escape_text (address_text, -1);
  char *text = g_strconcat ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                            "<Autodiscover xmlns=\"" REQUEST_NS "\"><Request><EMailAddress>",
                            escaped,
                            "</EMailAddress><AcceptableResponseSchema>" RESPONSE_NS
                            "</AcceptableResponseSchema></Request></Autodiscover>\n", NULL);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * tl_pox_parse:
 * @bytes: the answer's body
 * @len: its length in bytes
 * @address: whose settings they are to be
 * @placeholder: (nullable): the address the server was told in place of the real one
 * @error: return location for a #GError
 *
 * Reads the answer of a Microsoft Autodiscover server ([MS-OXDSCLI] §2.2.4):
 *
 *   Autodiscover / Response / { Account / { RedirectAddr, RedirectUrl, Protocol* },
 *                               Error / ErrorCode }
 *
 * Where it differs from what is written there is said above each part. Pure.
 *
 * Returns: (transfer full): what it says, or %NULL with %TL_ERROR_NOT_FOUND when
 *   it is something else and %TL_ERROR_PROTOCOL when it is such a document and damaged
 */
TlPox *
tl_pox_parse (const char  *bytes,
              gsize        len,
              TlAddress   *address,
              const char  *placeholder,
              GError     **error)
{
  g_autoptr(TlXml) root = tl_xml_parse (bytes, len, "Autodiscover", error);
  g_autoptr(TlPox) self = NULL;
  const TlXml *response;
  const TlXml *part;
  guint64 code = 0;

  if (root == NULL)
    return NULL;

  response = tl_xml_find (root, "Response");
  if (response == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, "the document has no Response");
      return NULL;
    }

  self = g_new0 (TlPox, 1);
  self->document = tl_document_new (TL_SOURCE_AUTODISCOVER);
  if ((part = tl_xml_find (response, "Account")) != NULL)
    read_account (self, part, address, placeholder);
  if ((part = tl_xml_find (response, "Error")) != NULL && get_value (part, "ErrorCode") != NULL &&
      g_ascii_string_to_unsigned (get_value (part, "ErrorCode"), 10, 1, G_MAXUINT16, &code, NULL))
    self->error_code = (guint) code;

  return g_steal_pointer (&self);
}

void
tl_pox_free (TlPox *self)
{
  tl_document_free (self->document);
  g_free (self->redirect_address);
  g_free (self->redirect_url);
  g_free (self);
}
