/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-flight.h"

typedef struct
{
  int                 id;
  char               *tag;
  const char * const *data;         /* borrowed; upper case, or NULL */
  TlImapFlightFlags   flags;
  gboolean            is_continued; /* answered with a "+": its completion is not waited for */
} Command;

struct _TlImapFlight
{
  GArray *commands; /* of Command, in the order they were sent; completed ones are gone */
};

static void
command_clear (gpointer data)
{
  Command *command = data;

  g_clear_pointer (&command->tag, g_free);
}

TlImapFlight *
tl_imap_flight_new (void)
{
  TlImapFlight *self = g_new0 (TlImapFlight, 1);

  self->commands = g_array_new (FALSE, FALSE, sizeof (Command));
  g_array_set_clear_func (self->commands, command_clear);

  return self;
}

void
tl_imap_flight_free (TlImapFlight *self)
{
  g_clear_pointer (&self->commands, g_array_unref);
  g_free (self);
}

/**
 * tl_imap_flight_add:
 * @self: a flight
 * @id: what the command is called here, not negative
 * @tag: its tag
 * @data: (nullable) (array zero-terminated=1): static: which untagged data belong to it, upper case
 * @flags: how it takes part
 *
 * Notes a command that is about to be sent behind all others.
 */
void
tl_imap_flight_add (TlImapFlight       *self,
                    int                 id,
                    const char         *tag,
                    const char * const *data,
                    TlImapFlightFlags   flags)
{
  Command command = { .id = id, .tag = g_strdup (tag), .data = data, .flags = flags };

  g_return_if_fail (id >= 0);

  g_array_append_val (self->commands, command);
}

static gboolean
fail (TlFault    **out_fault,
      const char  *detail)
{
  *out_fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL, "%s", detail);

  return FALSE;
}

/* Nothing before @index had to be completed first. */
static gboolean
is_settled (TlImapFlight *self,
            guint         index)
{
  for (guint i = 0; i < index; i++)
    if (g_array_index (self->commands, Command, i).flags & TL_IMAP_FLIGHT_SETTLES)
      return FALSE;

  return TRUE;
}

static gboolean
take_completion (TlImapFlight  *self,
                 const char    *tag,
                 int           *out_id,
                 TlFault      **out_fault)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      const Command *command = &g_array_index (self->commands, Command, i);

      if (!g_str_equal (command->tag, tag))
        continue;
      if (!is_settled (self, i))
        return fail (out_fault, "a command was completed before one that it depends on");

      *out_id = command->id;
      g_array_remove_index (self->commands, i);
      return TRUE;
    }

  return fail (out_fault, "a completion of a command that was not given");
}

/* Of the last one that may be: what was continued before waits for its completion alone. */
static gboolean
take_continuation (TlImapFlight  *self,
                   int           *out_id,
                   TlFault      **out_fault)
{
  for (guint n = self->commands->len; n > 0; n--)
    {
      guint i = n - 1;
      Command *command = &g_array_index (self->commands, Command, i);

      if (!(command->flags & TL_IMAP_FLIGHT_CONTINUES))
        continue;
      if (!is_settled (self, i))
        return fail (out_fault, "a command was continued before one that it depends on");

      command->is_continued = TRUE;
      *out_id = command->id;
      return TRUE;
    }

  return fail (out_fault, "the server wants more when there is no more");
}

/* The first command that asked for such data: a server answers in the order it was asked in
 * wherever that makes a difference (RFC 9051 §5.5). */
static int
find_asker (TlImapFlight *self,
            const char   *name)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      const Command *command = &g_array_index (self->commands, Command, i);

      if (name != NULL && command->data != NULL && g_strv_contains (command->data, name))
        return command->id;
    }

  return -1;
}

/**
 * tl_imap_flight_take:
 * @self: a flight
 * @response: a complete response
 * @out_id: (out): the command that it belongs to; -1 for data that nobody asked for
 * @out_fault: (out): %TL_CAUSE_PROTOCOL
 *
 * A completion ends its command. One of no command that was sent, one of a
 * command whose turn it is not, and a continuation that nobody waits for, are
 * against the protocol; data that nobody asked for may come at any time.
 *
 * Returns: whether @response may come now
 */
gboolean
tl_imap_flight_take (TlImapFlight          *self,
                     const TlImapResponse  *response,
                     int                   *out_id,
                     TlFault              **out_fault)
{
  switch (tl_imap_response_get_kind (response))
    {
    case TL_IMAP_TAGGED:
      return take_completion (self, tl_imap_response_get_tag (response), out_id, out_fault);

    case TL_IMAP_CONTINUATION:
      return take_continuation (self, out_id, out_fault);

    case TL_IMAP_UNTAGGED:
    default:
      *out_id = find_asker (self, tl_imap_response_get_name (response));
      return TRUE;
    }
}

/**
 * tl_imap_flight_is_done:
 * @self: a flight
 *
 * Returns: whether every command was completed, or continued
 */
gboolean
tl_imap_flight_is_done (const TlImapFlight *self)
{
  for (guint i = 0; i < self->commands->len; i++)
    if (!g_array_index (self->commands, Command, i).is_continued)
      return FALSE;

  return TRUE;
}
