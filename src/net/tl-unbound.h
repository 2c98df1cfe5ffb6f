/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <unbound.h>

#include "tl-records.h"

G_BEGIN_DECLS

/**
 * TlRootProof: whether these resolvers can hand on what validation needs
 *
 * Until the root's own keys have been proven through it, a failed proof says
 * more about the resolver (or this computer's clock) than about the name.
 */
typedef enum
{
  TL_ROOT_PROOF_UNTRIED,
  TL_ROOT_PROOF_ASKED,
  TL_ROOT_PROOF_HOLDS,
  TL_ROOT_PROOF_FAILED,
} TlRootProof;

typedef enum
{
  TL_LEG_DATA,
  TL_LEG_PROOF,
} TlLeg;

#define TL_N_LEGS 2

/**
 * TlUnbound:
 * @context: where everything happens
 * @server: whom libunbound asks, `192.0.2.1` or `192.0.2.1@5353`
 * @resolvers: (array fixed-size=2): one that gets the data, one that judges it; %NULL: none
 * @root_proof: whether its judgement counts
 *
 * What all questions have in common.
 */
typedef struct
{
  GMainContext  *context;
  char          *server;
  struct ub_ctx *resolvers[TL_N_LEGS];
  TlRootProof    root_proof;
} TlUnbound;

struct ub_ctx *tl_unbound_new_context     (const char             *forwarder,
                                           const char             *anchor_file)
                                           G_GNUC_WARN_UNUSED_RESULT;
const char    *tl_unbound_get_anchor_file (void);
TlRecordSet   *tl_unbound_read            (const struct ub_result *result,
                                           TlRecordType            type)
                                           G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
