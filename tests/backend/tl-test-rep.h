/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-private.h"
#include "tl-test-issuer.h"
#include "tl-test-setup.h"

G_BEGIN_DECLS

/**
 * TlTestRep:
 * @issuer: where they sign in
 * @setup: their set-up
 * @clients: as whom
 * @browses: whether the browser is used at all
 *
 * Somebody whose provider wants a sign-in at its page: TL_TEST_ISSUER_ACCOUNT, with a scripted
 * browser.
 */
typedef struct
{
  TlTestIssuer  *issuer;
  TlSetup       *setup;
  TlClientStore *clients;
  gboolean       browses;
  GPtrArray     *browsers;  /* of GThread */
} TlTestRep;

TlTestRep *tl_test_rep_new     (TlTestIssuerMood  mood,
                                const char       *sign_in) G_GNUC_WARN_UNUSED_RESULT;
void       tl_test_rep_free    (TlTestRep        *self);
TlSetup   *tl_test_rep_begin   (TlTestRep        *self,
                                const char       *address) G_GNUC_WARN_UNUSED_RESULT;
void       tl_test_rep_register (TlTestRep       *self);
gboolean   tl_test_rep_sign_in (TlTestRep        *self,
                                TlSigninWay       way);
const char *tl_test_rep_get_finding (TlTestRep   *self);
void       tl_test_rep_pass    (TlTestRep        *self,
                                TlLaneKind        lane);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestRep, tl_test_rep_free)

G_END_DECLS
