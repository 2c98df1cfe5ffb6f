/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-source-reply.h"

G_BEGIN_DECLS

#define SAID_MAX_CLAIMS 8
#define SAID_MAX_SITES  3

/**
 * Said:
 * @source: a `TL_SOURCE_` id
 * @says: "in HOST" or "out HOST", and after it "PORT tls" or "PORT starttls" when not the usual
 * @status: what became of it
 * @remarks: what else it says
 * @provider: (nullable): whose row of our table it is
 * @gateway: (nullable): what was recognised
 * @detail: (nullable): what was wrong
 * @sites: registrable domains of the mail's hosts
 *
 * What one source says, as tests write it.
 */
typedef struct
{
  const char      *source;
  const char      *says[SAID_MAX_CLAIMS];
  TlSourceStatus   status;
  TlSourceRemarks  remarks;
  const char      *provider;
  const char      *gateway;
  const char      *detail;
  const char      *sites[SAID_MAX_SITES];
} Said;

TlClaim       *said_parse_claim (const char  *text,
                                 const char  *source,
                                 TlAddress   *address) G_GNUC_WARN_UNUSED_RESULT;
TlSourceReply *said_make_reply  (const Said  *said,
                                 TlAddress   *address) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *said_make_all    (const Said  *said,
                                 guint        most,
                                 TlAddress   *address) G_GNUC_WARN_UNUSED_RESULT;

void           said_shuffle     (GPtrArray   *array,
                                 GRand       *rand);
char          *said_describe    (GPtrArray   *candidates) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
