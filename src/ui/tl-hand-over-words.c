/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-hand-over-words.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"

char *
tl_target_to_choice (GObject  *object,
                     TlTarget *target)
{
  return g_strdup (target == NULL ? _("No particular platform") : tl_target_get_name (target));
}

char *
tl_target_to_subtitle (GObject      *object,
                       TlTargetKind  kind,
                       gboolean      is_confirmed,
                       const char   *checked_on)
{
  const char *form = kind == TL_TARGET_FILE ? _("A file to import") : _("A form to fill in");

  if (is_confirmed)
    /* Translators: what is made, and when its names were last looked up at the product: “A file to
     * import · checked on 2031-01-31” */
    return g_strdup_printf (_("%s · checked on %s"), form, checked_on);

  /* Translators: what is made, and when it was last looked up: its names may be others */
  return g_strdup_printf (_("%s · names not confirmed, looked up on %s"), form, checked_on);
}

gboolean
tl_target_is_file (GObject  *object,
                   TlTarget *target)
{
  return target != NULL && tl_target_get_kind (target) == TL_TARGET_FILE;
}

gboolean
tl_target_is_sheet (GObject  *object,
                    TlTarget *target)
{
  return target != NULL && tl_target_get_kind (target) == TL_TARGET_SHEET;
}

gboolean
tl_target_holds_passwords (GObject  *object,
                           TlTarget *target)
{
  return tl_target_is_file (NULL, target) && tl_target_takes_passwords (target);
}

char *
tl_target_to_offer (GObject  *object,
                    TlTarget *target)
{
  if (target == NULL)
    return g_strdup ("");

  /* Translators: %s is the name of a product, like Instantly (CSV) */
  return g_strdup_printf (tl_target_get_kind (target) == TL_TARGET_FILE ? _("File for %s")
                                                                        : _("Fields for %s"),
                          tl_target_get_name (target));
}

char *
tl_path_to_saved (GObject    *object,
                  const char *path)
{
  g_autofree char *shown = path == NULL ? NULL : g_filename_display_name (path);

  /* Translators: %s is the path of a file */
  return shown == NULL ? g_strdup ("") : g_strdup_printf (_("Saved: %s"), shown);
}

gboolean
tl_password_is_sealed (GObject       *object,
                       TlPasswordWay  way)
{
  return way == TL_PASSWORD_SEALED;
}

/* What is to be encrypted waits for somebody to encrypt it for. */
gboolean
tl_can_save (GObject       *object,
             gboolean       exporting,
             TlPasswordWay  way,
             gboolean       can_seal)
{
  return !exporting && (way != TL_PASSWORD_SEALED || can_seal);
}

char *
tl_recipient_to_title (GObject    *object,
                       const char *name)
{
  return g_strdup (name == NULL || *name == '\0' ? _("Certificate of the platform") : name);
}

char *
tl_recipient_to_subtitle (GObject    *object,
                          const char *name,
                          gboolean    is_from_policy)
{
  if (is_from_policy)
    return g_strdup (_("Given by the rules of your organisation"));

  return g_strdup (name == NULL || *name == '\0'
                     ? _("A file that the platform gives you (PEM)")
                     : _("Its own word: only the fingerprint proves whose it is"));
}

char *
tl_key_to_title (GObject    *object,
                 gboolean    is_company,
                 const char *name)
{
  if (!is_company)
    return g_strdup (_("Your own key"));

  return g_strdup (name == NULL || *name == '\0' ? _("The key of your company") : name);
}

char *
tl_key_to_subtitle (GObject  *object,
                    gboolean  is_company,
                    gboolean  is_kept)
{
  if (is_company)
    return g_strdup (_("A key of your company, until you close this window"));

  return g_strdup (is_kept ? _("Kept in your keyring, the same for every file")
                           : _("Made for this time only"));
}

#define CLOSURE(name) { #name, G_CALLBACK (name) }

static const struct
{
  const char *name;
  GCallback   callback;
} closures[] = {
  CLOSURE (tl_can_save),
  CLOSURE (tl_key_to_subtitle),
  CLOSURE (tl_key_to_title),
  CLOSURE (tl_password_is_sealed),
  CLOSURE (tl_path_to_saved),
  CLOSURE (tl_recipient_to_subtitle),
  CLOSURE (tl_recipient_to_title),
  CLOSURE (tl_target_holds_passwords),
  CLOSURE (tl_target_is_file),
  CLOSURE (tl_target_is_sheet),
  CLOSURE (tl_target_to_choice),
  CLOSURE (tl_target_to_offer),
  CLOSURE (tl_target_to_subtitle),
};

void
tl_hand_over_words_bind (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (closures); i++)
    gtk_widget_class_bind_template_callback_full (widget_class, closures[i].name,
                                                  closures[i].callback);
}
