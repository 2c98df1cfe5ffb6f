/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-secret-row.h"

#include <string.h>

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-secret-text.h"

#define BULLET        "\xe2\x80\xa2"
#define MAX_LEN_BYTES 4096

struct _TlSecretRow
{
  AdwPreferencesRow  parent_instance;

  /* Owned */
  TlSecret          *typed;        /* never NULL, may be empty */

  gboolean           revealed;
  gboolean           filling;      /* the text is being replaced by this file */

  /* Template children, borrowed */
  GtkEditable       *entry;
  TlSecretText      *text;
};

enum
{
  PROP_FILLED = 1,
  PROP_REVEALED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSecretRow, tl_secret_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_typed (TlSecretRow *self)
{
  tl_secret_text_set_secret (self->text, self->revealed ? self->typed : NULL);
}

/* Takes bytes from @start to @end out of what was typed and puts @len of @bytes
 * in their place. A secret is filled once, so this makes another. */
static void
splice (TlSecretRow *self,
        gsize        start,
        gsize        end,
        const char  *bytes,
        gsize        len)
{
  gsize old_len;
  const char *old = tl_secret_peek (self->typed, &old_len);
  gboolean was_filled = old_len > 0;
  TlSecret *made = tl_secret_new_sized (old_len - (end - start) + len);

  tl_secret_append (made, old, start);
  tl_secret_append (made, bytes, len);
  tl_secret_append (made, old + end, old_len - end);
  tl_secret_unref (self->typed);
  self->typed = made;
  show_typed (self);

  if (was_filled != (tl_secret_get_len (made) > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}

static gsize
get_byte_offset (TlSecretRow *self,
                 int          position)
{
  const char *text = tl_secret_peek (self->typed, NULL);

  return (gsize) (g_utf8_offset_to_pointer (text, position) - text);
}

static char *
make_bullets (glong n)
{
  g_autoptr(GString) bullets = g_string_new (NULL);

  for (glong i = 0; i < n; i++)
    g_string_append (bullets, BULLET);

  return g_string_free (g_steal_pointer (&bullets), FALSE);
}

/* Whatever is put into the entry comes by here first: keys, input methods,
 * pasting, assistive technology. It goes into the secret, and bullets go on. */
static void
on_insert_text (GtkEditable *delegate,
                const char  *text,
                int          len,
                int         *position,
                TlSecretRow *self)
{
  gsize n_bytes = len < 0 ? strlen (text) : (gsize) len;
  g_autofree char *bullets = NULL;
  gsize at;

  if (self->filling || n_bytes == 0)
    return;

  g_signal_stop_emission_by_name (delegate, "insert-text");
  if (tl_secret_get_len (self->typed) + n_bytes > MAX_LEN_BYTES)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  at = get_byte_offset (self, *position);
  splice (self, at, at, text, n_bytes);

  bullets = make_bullets (g_utf8_strlen (text, (gssize) n_bytes));
  self->filling = TRUE;
  gtk_editable_insert_text (delegate, bullets, -1, position);
  self->filling = FALSE;
}

static void
on_delete_text (GtkEditable *delegate,
                int          start,
                int          end,
                TlSecretRow *self)
{
  gsize from;
  gsize to;

  if (self->filling)
    return;

  from = get_byte_offset (self, start);
  to = end < 0 ? tl_secret_get_len (self->typed) : get_byte_offset (self, end);
  splice (self, from, to, "", 0);
}

static void
tl_secret_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlSecretRow *self = TL_SECRET_ROW (object);

  switch (prop_id)
    {
    case PROP_FILLED:
      g_value_set_boolean (value, tl_secret_get_len (self->typed) > 0);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_secret_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlSecretRow *self = TL_SECRET_ROW (object);

  switch (prop_id)
    {
    case PROP_REVEALED:
      if (self->revealed != g_value_get_boolean (value))
        {
          self->revealed = g_value_get_boolean (value);
          show_typed (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
tl_secret_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TL_SECRET_ROW (widget)->entry));
}

static void
tl_secret_row_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_SECRET_ROW);

  G_OBJECT_CLASS (tl_secret_row_parent_class)->dispose (object);
}

static void
tl_secret_row_finalize (GObject *object)
{
  TlSecretRow *self = TL_SECRET_ROW (object);

  g_clear_pointer (&self->typed, tl_secret_unref);

  G_OBJECT_CLASS (tl_secret_row_parent_class)->finalize (object);
}

static void
tl_secret_row_class_init (TlSecretRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_secret_row_get_property;
  object_class->set_property = tl_secret_row_set_property;
  object_class->dispose = tl_secret_row_dispose;
  object_class->finalize = tl_secret_row_finalize;
  widget_class->grab_focus = tl_secret_row_grab_focus;

  properties[PROP_FILLED] =
    g_param_spec_boolean ("filled", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_REVEALED] =
    g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TL_TYPE_SECRET_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-secret-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSecretRow, entry);
  gtk_widget_class_bind_template_child (widget_class, TlSecretRow, text);
}

static void
tl_secret_row_init (TlSecretRow *self)
{
  GtkEditable *delegate;

  self->typed = tl_secret_new_sized (0);
  gtk_widget_init_template (GTK_WIDGET (self));

  delegate = gtk_editable_get_delegate (self->entry);
  g_signal_connect_object (delegate, "insert-text", G_CALLBACK (on_insert_text), self, 0);
  g_signal_connect_object (delegate, "delete-text", G_CALLBACK (on_delete_text), self, 0);
}

/**
 * tl_secret_row_steal_secret:
 * @self: a row
 *
 * Takes what was typed and leaves the row empty.
 *
 * Returns: (transfer full) (nullable): the secret, or %NULL when nothing was typed
 */
TlSecret *
tl_secret_row_steal_secret (TlSecretRow *self)
{
  g_autoptr(TlSecret) secret = tl_secret_ref (self->typed);

  tl_secret_row_clear (self);

  return tl_secret_get_len (secret) > 0 ? g_steal_pointer (&secret) : NULL;
}

void
tl_secret_row_clear (TlSecretRow *self)
{
  g_object_set (self, "revealed", FALSE, NULL);
  gtk_editable_set_text (self->entry, "");
}
