/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-catalogue.h"

G_BEGIN_DECLS

/* The findings catalogue in parts. Each ends with a row whose id is %NULL;
 * tl-catalogue.c joins them and is the only reader. */
extern const TlCatalogueEntry tl_catalogue_network[]; /* resolve connect tls greet upgrade */
extern const TlCatalogueEntry tl_catalogue_session[]; /* caps auth oauth use deliver pair */
extern const TlCatalogueEntry tl_catalogue_product[]; /* input discover store export bundle */
extern const TlCatalogueEntry tl_catalogue_domain[];  /* domain */

G_END_DECLS
