/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names beside the address that receivers and those who answer see: the domain that was
 * registered to send, and where replies go. */
#include "tl-setup-private.h"

#include "tl-error.h"

/* A domain that mail can be for, in its one spelling; or NULL. */
static char *
canonical_domain (const char *typed)
{
  const TlDomainSubjectParts parts = { .domain = typed };
  g_autoptr(TlDomainSubject) subject = tl_domain_subject_new (&parts, NULL);

  return subject == NULL ? NULL : g_strdup (tl_domain_subject_get_parts (subject)->domain);
}

/* What is judged is the domain that replies go to. */
static char *
canonical_reply_domain (const char *typed)
{
  g_autoptr(TlAddress) address = tl_address_parse (typed, NULL);

  return address == NULL ? NULL : canonical_domain (tl_address_get_domain (address));
}

static void
notify (TlSetup    *self,
        const char *property)
{
  g_autofree char *valid = g_strconcat (property, "-valid", NULL);

  g_object_notify (G_OBJECT (self), property);
  g_object_notify (G_OBJECT (self), valid);
}

/* @domain: (transfer full) (nullable): what @text comes to */
static void
take (TlSetup     *self,
      TlSetupName *name,
      const char  *property,
      const char  *text,
      char        *domain)
{
  if (g_strcmp0 (name->text, text) == 0)
    {
      g_free (domain);
      return;
    }

  g_free (name->text);
  name->text = g_strdup (text);
  g_free (name->domain);
  name->domain = domain;
  notify (self, property);
  tl_setup_refresh_domain (self);
}

static gboolean
accept (const TlSetupName  *name,
        const char         *message,
        GError            **error)
{
  if (tl_setup_name_is_valid (name))
    return TRUE;

  g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, message);

  return FALSE;
}

/**
 * tl_setup_name_is_valid:
 * @name: what was typed
 *
 * Returns: whether it can be meant; nothing can
 */
gboolean
tl_setup_name_is_valid (const TlSetupName *name)
{
  return name->domain != NULL || name->text == NULL || *name->text == '\0';
}

/**
 * tl_setup_set_registered_domain:
 * @self: a set-up
 * @text: (nullable): the domain that was registered to send, as it was typed; empty: nobody said
 * @error: return location for a #GError
 *
 * What cannot be meant is kept, so that it can be corrected, and counts for nothing. A domain that
 * was looked up is judged again. It is forgotten with the address.
 *
 * Returns: whether it can be meant; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_setup_set_registered_domain (TlSetup     *self,
                                const char  *text,
                                GError     **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (text == NULL ? "" : text));

  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);

  take (self, &self->registered, "registered-domain", typed,
        *typed == '\0' ? NULL : canonical_domain (typed));

  return accept (&self->registered, "registered-domain: this is no domain", error);
}

/**
 * tl_setup_set_reply_to:
 * @self: a set-up
 * @text: (nullable): the address that replies go to, as it was typed; empty: the one in From
 * @error: return location for a #GError
 *
 * As tl_setup_set_registered_domain().
 *
 * Returns: whether it can be meant; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_setup_set_reply_to (TlSetup     *self,
                       const char  *text,
                       GError     **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (text == NULL ? "" : text));

  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);

  take (self, &self->reply_to, "reply-to", typed,
        *typed == '\0' ? NULL : canonical_reply_domain (typed));

  return accept (&self->reply_to, "reply-to: this is no mail address", error);
}

/**
 * tl_setup_forget_names:
 * @self: a set-up
 *
 * For a change of the address.
 */
void
tl_setup_forget_names (TlSetup *self)
{
  take (self, &self->registered, "registered-domain", "", NULL);
  take (self, &self->reply_to, "reply-to", "", NULL);
}

/**
 * tl_setup_clear_names:
 * @self: a set-up that ends
 */
void
tl_setup_clear_names (TlSetup *self)
{
  TlSetupName *names[] = { &self->registered, &self->reply_to };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_clear_pointer (&names[i]->text, g_free);
      g_clear_pointer (&names[i]->domain, g_free);
    }
}
