/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-transcript.h"

#include "tl-text.h"

typedef struct
{
  TlTranscriptDirection  direction;
  guint                  ms;
  char                  *text;
} Line;

struct _TlTranscript
{
  gint64  began_us;
  GArray *lines; /* of Line */
};

G_DEFINE_BOXED_TYPE (TlTranscript, tl_transcript, tl_transcript_ref, tl_transcript_unref)

static const char * const arrows[] = {
  [TL_TRANSCRIPT_SENT]     = "→",
  [TL_TRANSCRIPT_RECEIVED] = "←",
  [TL_TRANSCRIPT_NOTE]     = "·",
};

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_clear_pointer (&line->text, g_free);
}

/**
 * tl_transcript_new:
 *
 * Returns: (transfer full): an empty transcript whose clock starts now
 */
TlTranscript *
tl_transcript_new (void)
{
  TlTranscript *self = g_atomic_rc_box_new0 (TlTranscript);

  self->began_us = g_get_monotonic_time ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, line_clear);

  return self;
}

TlTranscript *
tl_transcript_ref (TlTranscript *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_transcript_clear (gpointer data)
{
  TlTranscript *self = data;

  g_clear_pointer (&self->lines, g_array_unref);
}

void
tl_transcript_unref (TlTranscript *self)
{
  g_atomic_rc_box_release_full (self, tl_transcript_clear);
}

static void
add_take (TlTranscript          *self,
          TlTranscriptDirection  direction,
          char                  *text)
{
  Line line = {
    .direction = direction,
    .ms = (guint) ((g_get_monotonic_time () - self->began_us) / 1000),
    .text = text,
  };

  g_array_append_val (self->lines, line);
}

/**
 * tl_transcript_add:
 * @self: a transcript
 * @direction: who said it
 * @bytes: what was said, one line without its end
 * @len: its length in bytes, or -1
 *
 * Past `TL_TRANSCRIPT_MAX_LINES` nothing more is kept.
 */
void
tl_transcript_add (TlTranscript          *self,
                   TlTranscriptDirection  direction,
                   const char            *bytes,
                   gssize                 len)
{
  if (self->lines->len < TL_TRANSCRIPT_MAX_LINES)
    add_take (self, direction, tl_text_clean (bytes, len));
  else if (self->lines->len == TL_TRANSCRIPT_MAX_LINES)
    add_take (self, TL_TRANSCRIPT_NOTE, g_strdup ("more was said and is not kept"));
}

/**
 * tl_transcript_add_secret:
 * @self: a transcript
 * @len: how many secret bytes were sent
 */
void
tl_transcript_add_secret (TlTranscript *self,
                          gsize         len)
{
  g_autofree char *text = g_strdup_printf ("(secret, %" G_GSIZE_FORMAT " bytes)", len);

  tl_transcript_add (self, TL_TRANSCRIPT_SENT, text, -1);
}

guint
tl_transcript_get_n_lines (const TlTranscript *self)
{
  return self->lines->len;
}

TlTranscriptDirection
tl_transcript_get_direction (const TlTranscript *self,
                             guint               line)
{
  return g_array_index (self->lines, Line, line).direction;
}

/**
 * tl_transcript_get_ms:
 * @self: a transcript
 * @line: index of a line
 *
 * Returns: milliseconds since the transcript was made
 */
guint
tl_transcript_get_ms (const TlTranscript *self,
                      guint               line)
{
  return g_array_index (self->lines, Line, line).ms;
}

const char *
tl_transcript_get_text (const TlTranscript *self,
                        guint               line)
{
  return g_array_index (self->lines, Line, line).text;
}

/**
 * tl_transcript_to_string:
 * @self: a transcript
 *
 * Returns: (transfer full): one line each: milliseconds, an arrow, the text
 */
char *
tl_transcript_to_string (const TlTranscript *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      g_string_append_printf (out, "%6u %s %s\n", line->ms, arrows[line->direction], line->text);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
