/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autoconfig.h"

#include <string.h>

#include "tl-error.h"
#include "tl-xml.h"

/* Names that need more than a comparison of ASCII, per document. */
#define MAX_FOREIGN_DOMAINS 64

/* What a document calls a way of signing in, and what that needs from a person:
 * the draft's words, their older aliases, and the SASL mechanisms that
 * version 1.2 names. Kerberos, client certificates, addresses and nothing at all
 * are left out: none of them is a mailbox a platform could be given. */
static const struct
{
  const char *name;
  TlAuth      auth;
} authentications[] = {
  { "password-cleartext",  TL_AUTH_PASSWORD },
  { "plain",               TL_AUTH_PASSWORD }, /* alias, and SASL's PLAIN (RFC 4616) */
  { "password-encrypted",  TL_AUTH_PASSWORD },
  { "secure",              TL_AUTH_PASSWORD },
  { "LOGIN",               TL_AUTH_PASSWORD },
  { "CRAM-MD5",            TL_AUTH_PASSWORD },
  { "SCRAM-SHA-1",         TL_AUTH_PASSWORD },
  { "SCRAM-SHA-1-PLUS",    TL_AUTH_PASSWORD },
  { "SCRAM-SHA-256",       TL_AUTH_PASSWORD },
  { "SCRAM-SHA-256-PLUS",  TL_AUTH_PASSWORD },
  { "OAuth2",              TL_AUTH_OAUTH2 },
  { "XOAUTH2",             TL_AUTH_OAUTH2 },
  { "OAUTHBEARER",         TL_AUTH_OAUTH2 },
};

typedef struct
{
  TlAddress  *address;          /* borrowed, as are the next two */
  const char *domain;
  TlDocument *document;
  guint       n_foreign_domains;
} Reading;

/* Placeholders may stand anywhere in a value. One pass: what was put in is not
 * looked at again, for a local part may itself hold a percent sign. */
static char *
substitute (const Reading *self,
            const char    *template,
            gboolean       is_link)
{
  const struct
  {
    const char *name;
    const char *value;
  } placeholders[] = {
    { "%EMAILADDRESS%",   tl_address_get_addr_spec (self->address) },
    { "%EMAILLOCALPART%", tl_address_get_local_part (self->address) },
    { "%EMAILDOMAIN%",    tl_address_get_domain (self->address) },
  };
  g_autoptr(GString) out = g_string_new (NULL);

  while (*template != '\0')
    {
      gsize n_plain = strcspn (template, "%");
      gsize i = 0;

      g_string_append_len (out, template, (gssize) n_plain);
      template += n_plain;
      if (*template == '\0')
        break;

      while (i < G_N_ELEMENTS (placeholders) && !g_str_has_prefix (template, placeholders[i].name))
        i++;

      if (i == G_N_ELEMENTS (placeholders))
        {
          g_string_append_c (out, *template++);
          continue;
        }
      if (is_link)
        g_string_append_uri_escaped (out, placeholders[i].value, NULL, FALSE);
      else
        g_string_append (out, placeholders[i].value);
      template += strlen (placeholders[i].name);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A host may be made of the domain and of nothing else: looking it up says its
 * name to everybody on the way, and the local part is nobody's business. */
static gboolean
tells_who (const char *template)
{
  return strstr (template, "%EMAILADDRESS%") != NULL ||
         strstr (template, "%EMAILLOCALPART%") != NULL;
}

/* The one value of that name, or NULL when there is none. A value given twice
 * is one too many, for which of them is meant is anyone's guess; that, one that
 * is not text alone and a host that tells who asks become the empty string,
 * which nothing takes. */
static char *
dup_value (const Reading *self,
           const TlXml   *server,
           const char    *name,
           gboolean       is_host)
{
  const TlXml *found = NULL;

  for (const TlXml *child = tl_xml_get_first (server); child != NULL;
       child = tl_xml_get_next (child))
    {
      if (!g_str_equal (tl_xml_get_name (child), name))
        continue;
      if (found != NULL || !tl_xml_is_leaf (child) ||
          (is_host && tells_who (tl_xml_get_text (child))))
        return g_strdup ("");
      found = child;
    }

  return found != NULL ? substitute (self, tl_xml_get_text (found), FALSE) : NULL;
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

/* The list is in the document's order of preference; this program signs in with
 * a password wherever one is taken, as tl_provider_get_preferred_auth() does. A
 * document that names no way at all means a password: some hosts leave it out. */
static gboolean
read_auth (const TlXml *server,
           TlAuth      *out_auth)
{
  gboolean takes_password = FALSE;
  gboolean takes_oauth2 = FALSE;
  guint n_named = 0;

  for (const TlXml *child = tl_xml_get_first (server); child != NULL;
       child = tl_xml_get_next (child))
    {
      if (!g_str_equal (tl_xml_get_name (child), "authentication"))
        continue;

      n_named++;
      for (gsize i = 0; i < G_N_ELEMENTS (authentications); i++)
        {
          if (g_ascii_strcasecmp (tl_xml_get_text (child), authentications[i].name) != 0)
            continue;
          takes_password |= authentications[i].auth == TL_AUTH_PASSWORD;
          takes_oauth2 |= authentications[i].auth == TL_AUTH_OAUTH2;
        }
    }

  *out_auth = takes_oauth2 && !takes_password ? TL_AUTH_OAUTH2 : TL_AUTH_PASSWORD;

  return n_named == 0 || takes_password || takes_oauth2;
}

/* server = @type, hostname, port, socketType, authentication+, username
 *
 * Kinds that are neither mail lanes nor POP3 (jmap, ews, activeSync, graph,
 * exchange) are passed over. */
static void
read_server (const Reading *self,
             const TlXml   *element,
             TlLaneKind     lane)
{
  const char *type = tl_xml_get_attribute (element, "type");
  g_autofree char *host = dup_value (self, element, "hostname", TRUE);
  g_autofree char *port = dup_value (self, element, "port", FALSE);
  g_autofree char *socket_type = dup_value (self, element, "socketType", FALSE);
  g_autofree char *username = dup_value (self, element, "username", FALSE);
  TlDocumentServer server = { .host = host };
  guint64 number = 0;

  if (lane == TL_LANE_INCOMING && g_strcmp0 (type, "pop3") == 0)
    {
      tl_document_reject (self->document, lane, host != NULL && *host != '\0' ? host : type,
                          TL_REJECTION_POP3);
      return;
    }
  if (g_strcmp0 (type, lane == TL_LANE_INCOMING ? "imap" : "smtp") != 0)
    return;

  if (port != NULL && g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, &number, NULL))
    server.port = (guint) number;
  if (socket_type != NULL)
    server.says_security = read_security (socket_type, &server.security);
  server.says_auth = read_auth (element, &server.auth);
  server.username = username != NULL ? username : tl_address_get_addr_spec (self->address);

  tl_document_take_server (self->document, lane, &server);
}

/* Of one text in several languages, the English one: it is evidence, quoted
 * as it came, and English is what most can read. */
static const char *
find_text (const TlXml *element,
           const char  *name)
{
  const TlXml *best = NULL;
  guint best_rank = 0;

  for (const TlXml *child = tl_xml_get_first (element); child != NULL;
       child = tl_xml_get_next (child))
    {
      const char *lang = tl_xml_get_attribute (child, "lang");
      guint rank = 1;

      if (!g_str_equal (tl_xml_get_name (child), name))
        continue;
      if (lang == NULL)
        rank = 2;
      else if (g_ascii_strcasecmp (lang, "en") == 0 || g_ascii_strncasecmp (lang, "en-", 3) == 0)
        rank = 3;

      if (rank > best_rank)
        {
          best = child;
          best_rank = rank;
        }
    }

  return best != NULL ? tl_xml_get_text (best) : NULL;
}

static void
add_hint (const Reading *self,
          TlHintKind     kind,
          const char    *text,
          const char    *link)
{
  g_autofree char *whole_text = text != NULL ? substitute (self, text, FALSE) : NULL;
  g_autofree char *whole_link = link != NULL ? substitute (self, link, TRUE) : NULL;

  tl_document_add_hint (self->document, kind, whole_text, whole_link);
}

/* Some documents give the host alone where an issuer is a URL (RFC 8414 §2). */
static void
add_issuer (const Reading *self,
            const TlXml   *oauth2)
{
  const TlXml *issuer = tl_xml_find (oauth2, "issuer");
  g_autofree char *link = NULL;

  if (issuer == NULL || *tl_xml_get_text (issuer) == '\0')
    return;

  link = g_strconcat (strstr (tl_xml_get_text (issuer), "://") == NULL ? "https://" : "",
                      tl_xml_get_text (issuer), NULL);
  add_hint (self, TL_HINT_OAUTH, NULL, link);
}

/* hints = *( enable / documentation / instruction / webMail / oAuth2 )
 *
 * They stand within emailProvider in some documents and beside it in others. */
static void
read_hints (const Reading *self,
            const TlXml   *parent)
{
  for (const TlXml *child = tl_xml_get_first (parent); child != NULL;
       child = tl_xml_get_next (child))
    {
      const char *name = tl_xml_get_name (child);

      if (g_str_equal (name, "enable"))
        {
          add_hint (self, TL_HINT_ENABLE, find_text (child, "instruction"),
                    tl_xml_get_attribute (child, "visiturl"));
        }
      else if (g_str_equal (name, "documentation"))
        {
          add_hint (self, TL_HINT_DOCUMENTATION, find_text (child, "descr"),
                    tl_xml_get_attribute (child, "url"));
        }
      else if (g_str_equal (name, "instruction"))
        {
          add_hint (self, TL_HINT_INSTRUCTION, find_text (child, "descr"),
                    tl_xml_get_attribute (child, "url"));
        }
      else if (g_str_equal (name, "webMail") && tl_xml_find (child, "loginPage") != NULL)
        {
          add_hint (self, TL_HINT_WEBMAIL, NULL,
                    tl_xml_get_attribute (tl_xml_find (child, "loginPage"), "url"));
        }
      else if (g_str_equal (name, "oAuth2"))
        {
          add_issuer (self, child);
        }
    }
}

/* Compared after substitution: some hosts write the placeholder itself into
 * <domain>. ASCII that differs here differs in its canonical form too. */
static gboolean
domain_fits (Reading     *self,
             const TlXml *element)
{
  g_autofree char *value = substitute (self, tl_xml_get_text (element), FALSE);
  const char *own = tl_address_get_domain (self->address);
  g_autofree char *canonical = NULL;

  if (!tl_xml_is_leaf (element))
    return FALSE;
  if (g_ascii_strcasecmp (value, self->domain) == 0 || g_ascii_strcasecmp (value, own) == 0)
    return TRUE;
  if ((g_str_is_ascii (value) && !g_str_has_suffix (value, ".")) ||
      ++self->n_foreign_domains > MAX_FOREIGN_DOMAINS)
    return FALSE;

  canonical = tl_host_canonicalize (value);

  return g_strcmp0 (canonical, self->domain) == 0 || g_strcmp0 (canonical, own) == 0;
}

static gboolean
provider_fits (Reading     *self,
               const TlXml *provider)
{
  for (const TlXml *child = tl_xml_get_first (provider); child != NULL;
       child = tl_xml_get_next (child))
    {
      if (g_str_equal (tl_xml_get_name (child), "domain") && domain_fits (self, child))
        return TRUE;
    }

  return FALSE;
}

static void
read_provider (const Reading *self,
               const TlXml   *provider)
{
  for (const TlXml *child = tl_xml_get_first (provider); child != NULL;
       child = tl_xml_get_next (child))
    {
      if (g_str_equal (tl_xml_get_name (child), "incomingServer"))
        read_server (self, child, TL_LANE_INCOMING);
      else if (g_str_equal (tl_xml_get_name (child), "outgoingServer"))
        read_server (self, child, TL_LANE_OUTGOING);
    }
  read_hints (self, provider);
}

/**
 * tl_autoconfig_parse:
 * @bytes: the document
 * @len: its length in bytes
 * @address: whose settings they are to be
 * @domain: the name it was asked for: the address's domain, or that of a mail exchanger
 * @source: the `TL_SOURCE_` id it came by
 * @error: return location for a #GError
 *
 * Reads an autoconfig document (draft-ietf-mailmaint-autoconfig):
 *
 *   clientConfig  = emailProvider+, hints
 *   emailProvider = domain+, incomingServer*, outgoingServer*, hints
 *
 * It counts when one of its domains is @domain or the address's. Unknown
 * elements and versions are passed over. A server section that is broken, is of
 * another kind or has no encryption is left out, and the others stay. Deviations
 * from the draft, for hosts that need them: a missing authentication means a
 * password, a missing username means the address. Pure.
 *
 * Returns: (transfer full): what it says, or %NULL with %TL_ERROR_NOT_FOUND when
 *   it is something else, such as a web page, and %TL_ERROR_PROTOCOL when it is
 *   such a document and damaged, passes a bound of tl_xml_parse(), or names only
 *   other domains
 */
TlDocument *
tl_autoconfig_parse (const char  *bytes,
                     gsize        len,
                     TlAddress   *address,
                     const char  *domain,
                     const char  *source,
                     GError     **error)
{
  g_autoptr(TlXml) root = tl_xml_parse (bytes, len, "clientConfig", error);
  g_autoptr(TlDocument) document = NULL;
  Reading reading = { .address = address, .domain = domain };
  gboolean is_ours = FALSE;

  if (root == NULL)
    return NULL;

  document = tl_document_new (source);
  reading.document = document;
  for (const TlXml *child = tl_xml_get_first (root); child != NULL; child = tl_xml_get_next (child))
    {
      if (!g_str_equal (tl_xml_get_name (child), "emailProvider") ||
          !provider_fits (&reading, child))
        continue;
      is_ours = TRUE;
      read_provider (&reading, child);
    }

  if (!is_ours)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, "the document is for other domains");
      return NULL;
    }
  read_hints (&reading, root);

  return g_steal_pointer (&document);
}
