/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-ports.h"

const TlLanePorts TL_LANE_PORTS_DEFAULT = {
  .imaps         = 993,
  .imap          = 143,
  .pop3s         = 995,
  .pop3          = 110,
  .smtps         = 465,
  .smtp          = 587,
  .smtp_other    = 2525,
  .smtp_transfer = 25,
  .https         = 443,
};
