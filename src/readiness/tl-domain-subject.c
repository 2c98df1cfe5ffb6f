/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-subject.h"

#include <string.h>

#include "tl-endpoint.h"
#include "tl-error.h"

#define MAX_SELECTORS 20
#define MAX_SELECTOR_LEN 189

struct _TlDomainSubject
{
  TlDomainSubjectParts   parts;     /* borrows what is owned below */
  char                  *domain;
  char                  *registered;
  char                  *reply_domain;
  char                  *envelope_domain;
  char                  *incoming_host;
  char                  *outgoing_host;
  char                 **selectors; /* NULL: none */
};

G_DEFINE_BOXED_TYPE (TlDomainSubject, tl_domain_subject, tl_domain_subject_ref,
                     tl_domain_subject_unref)

static gboolean
refuse (const char  *field,
        const char  *what,
        GError     **error)
{
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s: this is no %s", field, what);

  return FALSE;
}

static gboolean
take_host (const char  *field,
           const char  *typed,
           char       **out_host,
           GError     **error)
{
  if (typed == NULL)
    return TRUE;

  *out_host = tl_host_canonicalize (typed);

  return *out_host != NULL || refuse (field, "host name", error);
}

/* A domain that mail can be for has two labels or more, and is no address. */
static gboolean
take_domain (const char  *field,
             const char  *typed,
             char       **out_domain,
             GError     **error)
{
  g_autofree char *host = typed != NULL ? tl_host_canonicalize (typed) : NULL;

  if (typed == NULL)
    return TRUE;
  if (host == NULL || strchr (host, '.') == NULL || g_hostname_is_ip_address (host))
    return refuse (field, "domain", error);

  *out_domain = g_steal_pointer (&host);

  return TRUE;
}

/* selector = sub-domain *( "." sub-domain ), RFC 6376 §3.1; an underscore, which that rules out, is
 * seen all the same. */
static gboolean
take_selectors (const char * const   *typed,
                char               ***out_selectors,
                GError              **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; typed != NULL && typed[i] != NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (typed[i], -1);
      gsize len = strlen (lower);

      if (i == MAX_SELECTORS || len == 0 || len > MAX_SELECTOR_LEN || lower[0] == '.' ||
          lower[len - 1] == '.' || strstr (lower, "..") != NULL ||
          lower[strspn (lower, G_CSET_a_2_z G_CSET_DIGITS "-_.")] != '\0')
        return refuse ("selector", "DKIM selector", error);
      g_strv_builder_add (builder, lower);
    }

  if (typed != NULL && typed[0] != NULL)
    *out_selectors = g_strv_builder_end (builder);

  return TRUE;
}

/**
 * tl_domain_subject_new:
 * @parts: what is known; all of it is copied
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the subject, or %NULL with %TL_ERROR_INVALID_INPUT, whose message names
 *   the member of @parts that cannot be meant
 */
TlDomainSubject *
tl_domain_subject_new (const TlDomainSubjectParts  *parts,
                       GError                     **error)
{
  g_autoptr(TlDomainSubject) self = NULL;

  g_return_val_if_fail (parts != NULL && parts->domain != NULL, NULL);

  self = g_atomic_rc_box_new0 (TlDomainSubject);
  self->parts.provider = parts->provider != NULL ? tl_provider_ref (parts->provider) : NULL;
  self->parts.relay = parts->relay != NULL ? tl_provider_ref (parts->relay) : NULL;
  self->parts.loop = parts->loop != NULL ? tl_loop_report_ref (parts->loop) : NULL;

  if (!take_domain ("domain", parts->domain, &self->domain, error) ||
      !take_domain ("registered", parts->registered, &self->registered, error) ||
      !take_domain ("reply_domain", parts->reply_domain, &self->reply_domain, error) ||
      !take_domain ("envelope_domain", parts->envelope_domain, &self->envelope_domain, error) ||
      !take_host ("incoming_host", parts->incoming_host, &self->incoming_host, error) ||
      !take_host ("outgoing_host", parts->outgoing_host, &self->outgoing_host, error) ||
      !take_selectors (parts->selectors, &self->selectors, error))
    return NULL;

  self->parts.domain = self->domain;
  self->parts.registered = self->registered;
  self->parts.reply_domain = self->reply_domain;
  self->parts.envelope_domain = self->envelope_domain;
  self->parts.incoming_host = self->incoming_host;
  self->parts.outgoing_host = self->outgoing_host;
  self->parts.selectors = (const char * const *) self->selectors;
  self->parts.volume = parts->volume;
  self->parts.now_s = parts->now_s;

  return g_steal_pointer (&self);
}

TlDomainSubject *
tl_domain_subject_ref (TlDomainSubject *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_domain_subject_clear (gpointer data)
{
  TlDomainSubject *self = data;

  g_free (self->domain);
  g_free (self->registered);
  g_free (self->reply_domain);
  g_free (self->envelope_domain);
  g_free (self->incoming_host);
  g_free (self->outgoing_host);
  g_strfreev (self->selectors);
  g_clear_pointer (&self->parts.provider, tl_provider_unref);
  g_clear_pointer (&self->parts.relay, tl_provider_unref);
  g_clear_pointer (&self->parts.loop, tl_loop_report_unref);
}

void
tl_domain_subject_unref (TlDomainSubject *self)
{
  g_atomic_rc_box_release_full (self, tl_domain_subject_clear);
}

const TlDomainSubjectParts *
tl_domain_subject_get_parts (const TlDomainSubject *self)
{
  return &self->parts;
}
