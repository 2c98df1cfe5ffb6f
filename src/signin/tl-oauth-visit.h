/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long one visitor may stay. */
#define TL_OAUTH_VISIT_MS 5000

/**
 * TlOauthVisit:
 *
 * One connection to the redirect: a request is read, its answer is written, and what is said after
 * that is read to no purpose. It owns itself, and lives for as long as something of it is under
 * way. One #GMainContext.
 */
typedef struct _TlOauthVisit TlOauthVisit;

/**
 * TlOauthVisitHost:
 * @receive: gives what to say to a request, as much of it as came; @out_is_last tells whether
 *   @told is to be called
 * @told: that was said, or could not be
 * @left: the visit is over, and its pointer not good any more
 *
 * What whom is visited does about it.
 */
typedef struct
{
  char *(*receive) (gpointer      host,
                    const char   *head,
                    gsize         len,
                    gboolean     *out_is_last);
  void  (*told)    (gpointer      host);
  void  (*left)    (gpointer      host,
                    TlOauthVisit *visit);
} TlOauthVisitHost;

TlOauthVisit *tl_oauth_visit_new     (GSocketConnection      *connection,
                                      const TlOauthVisitHost *vtable,
                                      GObject                *host);
void          tl_oauth_visit_dismiss (TlOauthVisit           *self);

G_END_DECLS
