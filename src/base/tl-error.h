/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlError:
 * @TL_ERROR_INVALID_INPUT: a person or a file gave a value that cannot be meant
 * @TL_ERROR_NOT_FOUND: a name, a record or a document does not exist
 * @TL_ERROR_UNREACHABLE: no connection: DNS answered, the network did not
 * @TL_ERROR_TIMED_OUT: a deadline passed
 * @TL_ERROR_TLS: the handshake failed, or the certificate is not for this host
 * @TL_ERROR_PROTOCOL: the other side spoke out of turn or outside the grammar
 * @TL_ERROR_REFUSED: the other side understood and said no
 * @TL_ERROR_TEMPORARY: name service failed for now: nothing is known about the name
 *
 * What went wrong, cut along the line of what a caller can do next. It serves
 * callers that have no findings catalogue: files, parsers, settings. A step of
 * a lane that fails fills a #TlFault instead.
 *
 * Cancelling is not in here: it stays %G_IO_ERROR_CANCELLED everywhere.
 */
typedef enum
{
  TL_ERROR_INVALID_INPUT,
  TL_ERROR_NOT_FOUND,
  TL_ERROR_UNREACHABLE,
  TL_ERROR_TIMED_OUT,
  TL_ERROR_TLS,
  TL_ERROR_PROTOCOL,
  TL_ERROR_REFUSED,
  TL_ERROR_TEMPORARY,
} TlError;

#define TL_ERROR (tl_error_quark ())
GQuark tl_error_quark   (void);

void   tl_error_take_io (GError     **error,
                         GError      *cause,
                         const char  *doing);

G_END_DECLS
